/* A verifier is only worth something if it refuses: a good plan is broken in each way that there is. */
#include <string.h>

#include "week.h"

enum { MOST = 16 };

/* A plan that can be written to. */
struct copy {
	struct week w;
	struct assign_plan plan;
	struct assign_seat seats[MOST];
	int64_t prices[WEEK_SHIFTS];
};

static void set_copy(struct copy *c)
{
	struct assign a;
	const struct assign_plan *plan = week_plan(&a, &c->w.p, 1);

	c->plan = *plan;
	memcpy(c->seats, plan->seats, (size_t)plan->n_seats * sizeof *c->seats);
	memcpy(c->prices, plan->prices, (size_t)c->w.p.n_shifts * sizeof *c->prices);
	c->plan.seats = c->seats;
	c->plan.prices = c->prices;
	assign_release(&a);
}

/* Two people, three shifts; the second one needs both. */
static int set_up(void **state)
{
	static struct copy c;

	week_plain(&c.w, 2, 3);
	c.w.shifts[1].need = 2;
	week_finish(&c.w);
	set_copy(&c);
	*state = &c;
	return 0;
}

static void a_good_plan_passes(void **state)
{
	struct copy *c = *state;
	struct err e = { 0 };

	assert_int_equal(assign_verify(&c->w.p, &c->plan, &e), RC_OK);
	assert_int_equal(c->plan.n_seats, 4);
	assert_int_equal(c->plan.unfilled, 0);
	assert_int_equal(c->plan.cost, 4 * 10 + 2 * (200 + 600));
	assert_true(c->plan.proven);
}

static void less_of_a_skill(struct copy *c) { c->w.shifts[0].skill = 5; }
static void no_such_pair(struct copy *c) { c->w.n_pairs[0] = c->w.n_pairs[1] = 0; }
static void windows_end_too_early(struct copy *c) { c->w.windows_of[0][0].end = c->w.windows_of[1][0].end = 500; }
static void a_window_says_no(struct copy *c) { c->w.windows_of[0][0].degree = c->w.windows_of[1][0].degree = ASSIGN_CANNOT; }
static void a_cap_in_shifts(struct copy *c) { c->w.people[0].max_shifts = 1; }
static void a_cap_in_minutes(struct copy *c) { c->w.people[1].max_minutes = 239; }
static void fewer_places(struct copy *c) { c->w.shifts[1].need = 1; }
static void shifts_that_overlap(struct copy *c) { c->w.shifts[1].start = 0; c->w.shifts[1].end = 1440; }
static void people_who_quarrel(struct copy *c) { c->w.apart[0] = (struct assign_apart){ 1, 0 }; c->w.p.n_apart = 1; }
static void a_pin_elsewhere(struct copy *c)
{
	c->w.pins[0] = (struct assign_seat){ c->seats[0].person, c->seats[0].shift == 0 ? 2 : 0 };
	c->w.p.n_pins = 1;
}
static void a_seat_twice(struct copy *c) { c->seats[1] = c->seats[0]; }
static void a_seat_of_nobody(struct copy *c) { c->seats[3].person = 7; }
static void a_seat_nowhere(struct copy *c) { c->seats[3].shift = -1; }
static void a_seat_less(struct copy *c) { c->plan.n_seats--; }
static void a_better_cost(struct copy *c) { c->plan.cost--; }
static void a_place_less_open(struct copy *c) { c->plan.unfilled--; }
static void a_bound_too_high(struct copy *c) { c->plan.bound++; }
static void prices_that_prove_nothing(struct copy *c) { c->prices[0] += 300; }
static void prices_beyond_an_open_place(struct copy *c) { c->prices[1] = 100001; }
static void a_distance_out_of_the_air(struct copy *c) { c->plan.at_most++; }
static void proof_without_ground(struct copy *c) { c->plan.bound--; }

static void each_broken_plan_is_refused(void **state)
{
	static const struct {
		const char *what;
		void (*damage)(struct copy *c);
	} cases[] = {
		{ "skill", less_of_a_skill }, { "pair", no_such_pair }, { "window", windows_end_too_early }, { "cannot", a_window_says_no },
		{ "shifts", a_cap_in_shifts }, { "minutes", a_cap_in_minutes }, { "places", fewer_places }, { "overlap", shifts_that_overlap },
		{ "apart", people_who_quarrel }, { "pin", a_pin_elsewhere }, { "twice", a_seat_twice }, { "nobody", a_seat_of_nobody },
		{ "nowhere", a_seat_nowhere }, { "less", a_seat_less }, { "cost", a_better_cost }, { "unfilled", a_place_less_open },
		{ "bound", a_bound_too_high }, { "prices", prices_that_prove_nothing }, { "beyond", prices_beyond_an_open_place },
		{ "proof", proof_without_ground }, { "distance", a_distance_out_of_the_air },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct copy *c = *state;
		struct err e = { 0 };

		set_up(state);
		cases[i].damage(c);
		week_finish(&c->w);
		if (assign_verify(&c->w.p, &c->plan, &e) == RC_OK)
			fail_msg("passed: %s", cases[i].what);
		assert_int_equal(e.code, RC_INVALID);
		assert_true(e.text[0] != '\0');
	}
}

/* A person moved from where he is best to where he is worse costs more than is said, whatever else holds. */
static void a_swap_that_costs_more_is_noticed(void **state)
{
	struct copy *c = *state;
	struct err e = { 0 };

	week_plain(&c->w, 2, 2);
	c->w.pairs_of[0][0].cost = c->w.pairs_of[1][1].cost = 3;
	week_finish(&c->w);
	set_copy(c);
	assert_int_equal(c->seats[0].shift, 0);
	c->seats[0].shift = 1;
	c->seats[1].shift = 0;
	assert_int_equal(assign_verify(&c->w.p, &c->plan, &e), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_good_plan_passes, set_up),
		cmocka_unit_test_setup(each_broken_plan_is_refused, set_up),
		cmocka_unit_test_setup(a_swap_that_costs_more_is_noticed, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
