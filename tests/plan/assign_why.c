/* What is said of open places and of people who are not on a shift. */
#include "plan/assign_why.h"

#include "week.h"

static struct assign_open only_open_place(struct week *w)
{
	struct assign_open open, none;
	struct assign a;
	struct assign_why *why = assign_why_new(&w->p, week_plan(&a, &w->p, 1));

	assert_true(assign_why_next(why, &open));
	assert_false(assign_why_next(why, &none));
	assign_why_free(why);
	assign_release(&a);
	return open;
}

static void an_open_place_says_what_everybody_lacks(void **state)
{
	struct week w;
	struct assign_open open;

	(void)state;
	week_plain(&w, 3, 1);
	w.shifts[0].skill = 4;
	open = only_open_place(&w);
	assert_int_equal(open.kind, ASSIGN_OPEN_UNSKILLED);
	assert_int_equal(open.people[ASSIGN_UNSKILLED], 3);
	assert_int_equal(open.group_people, 0);
	assert_int_equal(open.group_places, 1);

	w.people[1].skills = w.people[2].skills = 1 << 4;
	w.windows_of[1][0].end = 500;
	w.windows_of[2][0].degree = ASSIGN_CANNOT;
	week_finish(&w);
	open = only_open_place(&w);
	assert_int_equal(open.kind, ASSIGN_OPEN_AWAY);
	assert_int_equal(open.people[ASSIGN_AWAY], 2);

	week_plain(&w, 1, 1);
	w.p.weights.unfilled = 100;
	assert_int_equal(only_open_place(&w).kind, ASSIGN_OPEN_DEARER);
}

static void people_who_must_not_meet_leave_a_place_open(void **state)
{
	struct week w;
	struct assign_open open;

	(void)state;
	week_plain(&w, 2, 1);
	w.shifts[0].need = 2;
	w.apart[0] = (struct assign_apart){ 0, 1 };
	w.p.n_apart = 1;
	open = only_open_place(&w);
	assert_int_equal(open.people[ASSIGN_KEPT_APART], 1);
	assert_int_equal(open.people[ASSIGN_ON_IT], 1);
}

/* Three shifts at one time for two people, and a fourth for somebody whom none of these could have: he is not in the group. */
static void the_group_holds_the_shifts_that_compete_and_no_others(void **state)
{
	struct week w;
	struct assign_open open;

	(void)state;
	week_plain(&w, 3, 4);
	for (int32_t s = 1; s < 4; s++) {
		w.shifts[s].start = 480;
		w.shifts[s].end = 600;
	}
	w.shifts[3].skill = 2;
	w.people[2].skills = 1 << 2;
	open = only_open_place(&w);
	assert_int_equal(open.kind, ASSIGN_OPEN_TAKEN);
	assert_int_equal(open.people[ASSIGN_OVERLAPS], 2);
	assert_int_equal(open.people[ASSIGN_UNSKILLED], 1);
	assert_int_equal(open.group_shifts, 3);
	assert_int_equal(open.group_places, 3);
	assert_int_equal(open.group_people, 2);
}

static void caps_are_named(void **state)
{
	struct week w;

	(void)state;
	week_plain(&w, 1, 3);
	assert_int_equal(only_open_place(&w).people[ASSIGN_SHIFTS_FULL], 1);
	w.people[0].max_shifts = 3;
	w.people[0].max_minutes = 300;
	assert_int_equal(only_open_place(&w).people[ASSIGN_MINUTES_FULL], 1);
}

/* Put the person there by a pin, give the others what they had: the plan costs as much more as was said. */
static void what_a_move_costs_is_what_the_plan_then_costs(void **state)
{
	struct week w;
	struct assign a, b;
	const struct assign_plan *plan;
	struct assign_move move;

	(void)state;
	week_plain(&w, 1, 3);
	w.shifts[0].priority = 3;
	w.shifts[1].priority = 2;
	plan = week_plan(&a, &w.p, 1);
	assign_why_not(&w.p, plan, 0, 2, &move);
	assert_int_equal(move.rule, ASSIGN_SHIFTS_FULL);
	assert_int_equal(move.gives_up, 1);
	assert_int_equal(move.cost, 100000);
	w.pins[0] = (struct assign_seat){ 0, 2 };
	w.p.n_pins = 1;
	assert_int_equal(week_plan(&b, &w.p, 1)->cost - plan->cost, move.cost);
	assign_release(&a);
	assign_release(&b);
}

static void what_keeps_a_person_from_a_shift_is_the_first_rule(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;
	struct assign_move move;

	(void)state;
	week_plain(&w, 2, 2);
	w.shifts[1].start = 500;
	w.pairs_of[1][0].cost = w.pairs_of[0][1].cost = 500;
	week_finish(&w);
	plan = week_plan(&a, &w.p, 1);
	assign_why_not(&w.p, plan, 0, 0, &move);
	assert_int_equal(move.rule, ASSIGN_ON_IT);
	assign_why_not(&w.p, plan, 0, 1, &move);
	assert_int_equal(move.rule, ASSIGN_OVERLAPS);
	assert_int_equal(move.by, 0);
	assert_int_equal(move.gives_up, 1);
	assert_int_equal(move.cost, 100000 + 500 - 10);
	w.pins[0] = (struct assign_seat){ 0, 0 };
	w.p.n_pins = 1;
	assign_why_not(&w.p, plan, 0, 1, &move);
	assert_true(move.cost == ASSIGN_IMPOSSIBLE);
	w.p.n_pins = 0;
	w.n_pairs[0] = 1;
	week_finish(&w);
	assign_why_not(&w.p, plan, 0, 1, &move);
	assert_int_equal(move.rule, ASSIGN_UNLISTED);
	assert_true(move.cost == ASSIGN_IMPOSSIBLE);
	assign_release(&a);

	week_plain(&w, 2, 1);
	plan = week_plan(&a, &w.p, 1);
	assign_why_not(&w.p, plan, plan->seats[0].person == 0, 0, &move);
	assert_int_equal(move.rule, ASSIGN_NO_PLACE);
	assert_int_equal(move.cost, 210);
	assign_release(&a);
}

/* What a recruit is said to be worth is what the plan costs less with him. */
static void a_recruit_is_worth_what_the_plan_costs_less(void **state)
{
	struct week w;
	struct assign a;
	struct assign_recruit recruits[WEEK_SHIFTS];
	int64_t before;
	int32_t n;

	(void)state;
	week_plain(&w, 1, 3);
	w.people[0].max_shifts = 1;
	w.shifts[0].grid = w.shifts[2].grid = 5;
	w.shifts[2].start = w.shifts[0].start;
	w.shifts[2].end = w.shifts[0].end;
	w.shifts[1].priority = 2;
	before = week_plan(&a, &w.p, 1)->cost;
	n = assign_recruits(&w.p, assign_best(&a), recruits);
	assert_int_equal(n, 2);
	assert_int_equal(recruits[1].grid, 5);
	assert_int_equal(recruits[1].open, 2);
	assert_int_equal(recruits[1].worth, 100000 - 200);
	assign_release(&a);

	week_plain(&w, 2, 3);
	w.people[0].max_shifts = w.people[1].max_shifts = 1;
	w.shifts[1].priority = 2;
	assert_int_equal(before - week_plan(&a, &w.p, 1)->cost, recruits[1].worth - 10);
	assign_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_open_place_says_what_everybody_lacks),
		cmocka_unit_test(people_who_must_not_meet_leave_a_place_open),
		cmocka_unit_test(the_group_holds_the_shifts_that_compete_and_no_others),
		cmocka_unit_test(caps_are_named),
		cmocka_unit_test(what_a_move_costs_is_what_the_plan_then_costs),
		cmocka_unit_test(what_keeps_a_person_from_a_shift_is_the_first_rule),
		cmocka_unit_test(a_recruit_is_worth_what_the_plan_costs_less),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
