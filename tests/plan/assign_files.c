/* The benchmark's small files: their optima, the same plan from the same seed, and planning again after a change. */
#include <stdio.h>

#include "roster_file.h"
#include "week.h"

#define FILES YL_SOURCE_DIR "/tests/data/roster/"

static void read_file(struct roster_file *f, const char *name)
{
	char path[512];
	struct err e = { 0 };

	snprintf(path, sizeof path, FILES "%s.roster", name);
	if (roster_file_read(f, path, &e) != RC_OK)
		fail_msg("%s", e.text);
}

/* Optima from HiGHS. */
static void fixed_slots_of_the_files_are_planned_at_the_known_optimum(void **state)
{
	static const struct { const char *name; int64_t cost, unfilled; } cases[] = {
		{ "r1-flow", 1707666, 10 }, { "r2-flow", 3245161, 22 }, { "r3-flow", 6192046, 47 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct roster_file f;
		struct assign a;
		const struct assign_plan *plan;

		read_file(&f, cases[i].name);
		plan = week_plan(&a, &f.problem, 1);
		assert_int_equal(plan->cost, cases[i].cost);
		assert_int_equal(plan->unfilled, cases[i].unfilled);
		assert_true(plan->proven);
		assign_release(&a);
		roster_file_release(&f);
	}
}

static void overlapping_shifts_come_within_a_twentieth_of_a_per_cent(void **state)
{
	static const struct { const char *name; int64_t optimum, unfilled; } cases[] = {
		{ "r1-ilp", 3206035, 18 }, { "r2-ilp", 7131342, 57 }, { "r3-ilp", 13937970, 108 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct roster_file f;
		struct assign a;
		const struct assign_plan *plan;

		read_file(&f, cases[i].name);
		plan = week_plan(&a, &f.problem, 1);
		assert_true(plan->cost >= cases[i].optimum && plan->bound <= cases[i].optimum);
		assert_true(plan->cost - cases[i].optimum <= cases[i].optimum / 2000);
		assert_int_equal(plan->unfilled, cases[i].unfilled);
		assign_release(&a);
		roster_file_release(&f);
	}
}

/* So much effort, in so many steps; every one leaves a valid plan. */
static void plan_in_steps(struct assign *a, const struct assign_problem *p, uint64_t seed, int64_t budget, int steps)
{
	struct err e = { 0 };

	assert_int_equal(assign_init(a, p, seed, &e), RC_OK);
	for (int i = 0; i < steps; i++) {
		const struct assign_plan *plan;
		int64_t before = assign_best(a)->cost;

		assign_step(a, budget);
		plan = assign_best(a);
		assert_true(plan->cost <= before);
		if (assign_verify(p, plan, &e) != RC_OK)
			fail_msg("after %d steps: %s", i + 1, e.text);
	}
}

static void the_same_effort_makes_the_same_plan_in_however_many_steps(void **state)
{
	struct roster_file f;
	struct assign a, b;

	(void)state;
	read_file(&f, "r2-ilp");
	plan_in_steps(&a, &f.problem, 7, 150, 200);
	plan_in_steps(&b, &f.problem, 7, 10000, 3);
	assert_int_equal(assign_best(&a)->cost, assign_best(&b)->cost);
	assert_int_equal(assign_best(&a)->n_seats, assign_best(&b)->n_seats);
	assert_memory_equal(assign_best(&a)->seats, assign_best(&b)->seats, (size_t)assign_best(&a)->n_seats * sizeof(struct assign_seat));
	assert_memory_equal(assign_best(&a)->prices, assign_best(&b)->prices, (size_t)f.problem.n_shifts * sizeof(int64_t));
	assign_release(&a);
	assign_release(&b);
	roster_file_release(&f);
}

/* Somebody falls out: starting from the plan before, what remains of it is the first plan, and the end is the optimum of a fresh start. */
static void planning_again_from_the_plan_before_ends_where_a_fresh_start_does(void **state)
{
	struct roster_file f;
	struct assign first, again, fresh;
	struct err e = { 0 };
	int64_t kept;

	(void)state;
	read_file(&f, "r2-flow");
	for (int32_t gone = 0; gone < f.problem.n_people; gone += 5) {
		int32_t cap = f.people[gone].max_shifts;

		week_plan(&first, &f.problem, 1);
		f.people[gone].max_shifts = 0;
		assert_int_equal(assign_init(&again, &f.problem, 1, &e), RC_OK);
		assign_start_from(&again, assign_best(&first)->seats, assign_best(&first)->n_seats, gone % 2 ? assign_best(&first)->prices : NULL);
		kept = assign_best(&again)->cost;
		if (assign_verify(&f.problem, assign_best(&again), &e) != RC_OK)
			fail_msg("%s", e.text);
		while (assign_step(&again, 1000))
			;
		week_plan(&fresh, &f.problem, 1);
		assert_true(assign_best(&again)->cost <= kept);
		assert_int_equal(assign_best(&again)->cost, assign_best(&fresh)->cost);
		f.people[gone].max_shifts = cap;
		assign_release(&first);
		assign_release(&again);
		assign_release(&fresh);
	}
	roster_file_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixed_slots_of_the_files_are_planned_at_the_known_optimum),
		cmocka_unit_test(overlapping_shifts_come_within_a_twentieth_of_a_per_cent),
		cmocka_unit_test(the_same_effort_makes_the_same_plan_in_however_many_steps),
		cmocka_unit_test(planning_again_from_the_plan_before_ends_where_a_fresh_start_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
