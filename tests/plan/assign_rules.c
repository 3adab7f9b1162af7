/* The rules one by one, and problems that are not ones. */
#include "week.h"

static bool has_seat(const struct assign_plan *plan, int32_t person, int32_t shift)
{
	for (int32_t i = 0; i < plan->n_seats; i++)
		if (plan->seats[i].person == person && plan->seats[i].shift == shift)
			return true;
	return false;
}

static void work_is_spread_and_what_was_carried_counts(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 3, 2);
	w.people[1].carried_minutes = 480;
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 0);
	assert_false(has_seat(plan, 1, 0) || has_seat(plan, 1, 1));
	assert_true(has_seat(plan, 0, 0) != has_seat(plan, 0, 1));
	assign_release(&a);
}

static void one_shift_may_begin_when_another_ends(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 1, 2);
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 0);
	assign_release(&a);

	w.shifts[1].start--;
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 1);
	assert_true(plan->proven);
	assign_release(&a);
}

static void a_shift_may_span_windows_that_touch_and_costs_the_least_willing(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 1, 1);
	w.windows_of[0][0] = (struct assign_window){ 540, 700, ASSIGN_RATHER_NOT };
	w.windows_of[0][1] = (struct assign_window){ 400, 540, ASSIGN_WILLING };
	w.n_windows[0] = 2;
	week_finish(&w);
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->cost, 10 + 200 + 30);
	assign_release(&a);

	w.windows_of[0][1].end = 539;
	week_finish(&w);
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 1);
	assign_release(&a);
}

static void a_pin_stands_even_where_a_rule_forbids_it(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 2, 3);
	w.shifts[0].skill = 9;
	w.people[0].max_shifts = 1;
	w.pins[0] = (struct assign_seat){ 0, 0 };
	w.p.n_pins = 1;
	plan = week_plan(&a, &w.p, 1);
	assert_true(has_seat(plan, 0, 0));
	assert_false(has_seat(plan, 0, 1) || has_seat(plan, 0, 2));
	assert_int_equal(plan->unfilled, 0);
	assign_release(&a);
}

static void more_pins_than_places_leave_nothing_open(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 3, 1);
	w.pins[0] = (struct assign_seat){ 0, 0 };
	w.pins[1] = (struct assign_seat){ 2, 0 };
	w.p.n_pins = 2;
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->n_seats, 2);
	assert_int_equal(plan->unfilled, 0);
	assign_release(&a);
}

static void people_kept_apart_are_so_in_all_rows_of_an_event(void **state)
{
	struct week w;
	struct assign a;
	const struct assign_plan *plan;

	(void)state;
	week_plain(&w, 2, 2);
	w.shifts[1] = w.shifts[0];
	w.shifts[0].event = w.shifts[1].event = 3;
	w.apart[0] = (struct assign_apart){ 0, 1 };
	w.p.n_apart = 1;
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 1);
	assign_release(&a);

	w.shifts[1].event = 4;
	plan = week_plan(&a, &w.p, 1);
	assert_int_equal(plan->unfilled, 0);
	assign_release(&a);
}

static void what_is_dearer_than_an_open_place_stays_open(void **state)
{
	struct week w;
	struct assign a;

	(void)state;
	week_plain(&w, 1, 1);
	w.p.weights.unfilled = 209;
	assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, 1);
	assign_release(&a);
	w.p.weights.unfilled = 211;
	assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, 0);
	assign_release(&a);
}

static void nobody_and_nothing_make_an_empty_plan(void **state)
{
	struct week w;
	struct assign a;

	(void)state;
	for (int32_t people = 0; people < 2; people++)
		for (int32_t shifts = 0; shifts < 2; shifts++) {
			week_plain(&w, people, shifts);
			assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, shifts && !people);
			assign_release(&a);
		}
	week_plain(&w, 2, 2);
	w.shifts[0].need = w.shifts[1].need = 0;
	assert_int_equal(week_plan(&a, &w.p, 1)->n_seats, 0);
	assign_release(&a);
	assign_release(&a);
}

/* Caps beyond all measure, instants at the ends of what is allowed, more places than people. */
static void large_numbers_are_computed_with_or_refused(void **state)
{
	struct week w;
	struct assign a;

	(void)state;
	week_plain(&w, 3, 3);
	w.shifts[0] = (struct assign_shift){ -ASSIGN_MAX_MINUTES, ASSIGN_MAX_MINUTES, ASSIGN_MAX_NEED, 0, 1000, 0, -1 };
	w.people[0].max_shifts = w.people[0].max_minutes = INT32_MAX;
	w.people[1].carried_minutes = ASSIGN_MAX_MINUTES;
	w.people[2].max_minutes = 200;
	w.windows_of[0][0] = (struct assign_window){ INT32_MIN, INT32_MAX, ASSIGN_CAN };
	week_finish(&w);
	assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, ASSIGN_MAX_NEED);
	assign_release(&a);
}

/* The hours of a person who could work for years, to the minute, do not fit the table that the bound is made with. */
static void hours_too_fine_for_the_bound_are_still_kept_to_the_minute(void **state)
{
	struct week w;
	struct assign a;

	(void)state;
	week_plain(&w, 1, 8);
	w.people[0].max_shifts = 8;
	w.people[0].max_minutes = 0;
	for (int32_t s = 0; s < 8; s++) {
		w.shifts[s].start = 1000000 * s;
		w.shifts[s].end = w.shifts[s].start + 900001 + 10 * s;
		w.people[0].max_minutes += s < 4 ? 900001 + 10 * s : 0;
	}
	w.windows_of[0][0].end = 10000000;
	week_finish(&w);
	assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, 4);
	assign_release(&a);
	w.people[0].max_minutes--;
	assert_int_equal(week_plan(&a, &w.p, 1)->unfilled, 5);
	assign_release(&a);
}

static void a_negative_need(struct week *w) { w->shifts[0].need = -1; }
static void a_huge_need(struct week *w) { w->shifts[0].need = INT32_MAX; }
static void an_end_before_its_beginning(struct week *w) { w->shifts[1].end = w->shifts[1].start; }
static void an_instant_out_of_range(struct week *w) { w->shifts[1].end = INT32_MAX; }
static void a_skill_out_of_range(struct week *w) { w->shifts[1].skill = 64; }
static void no_priority(struct week *w) { w->shifts[1].priority = 0; }
static void a_huge_priority(struct week *w) { w->shifts[1].priority = 1001; }
static void a_negative_cap(struct week *w) { w->people[0].max_shifts = -1; }
static void a_negative_carry(struct week *w) { w->people[0].carried_minutes = -1; }
static void a_pair_of_no_shift(struct week *w) { w->pairs_of[0][0].shift = 2; }
static void a_pair_twice(struct week *w) { w->pairs_of[0][0].shift = 1; }
static void a_huge_cost(struct week *w) { w->pairs_of[1][0].cost = INT32_MAX; }
static void a_window_backwards(struct week *w) { w->windows_of[0][0].end = -1; }
static void a_degree_out_of_range(struct week *w) { w->windows_of[0][0].degree = 4; }
static void a_quarrel_with_oneself(struct week *w) { w->p.n_apart = 1; }
static void a_quarrel_with_nobody(struct week *w) { w->apart[0].a = 2; w->p.n_apart = 1; }
static void a_pin_of_nobody(struct week *w) { w->pins[0].person = -1; w->p.n_pins = 1; }
static void a_pin_on_nothing(struct week *w) { w->pins[0].shift = 2; w->p.n_pins = 1; }
static void a_pin_twice(struct week *w) { w->p.n_pins = 2; }
static void a_carry_dearer_than_all(struct week *w)
{
	w->p.weights.fair_carried = 200000;
	w->p.weights.carried_unit = 1;
	w->people[0].carried_minutes = ASSIGN_MAX_MINUTES;
}
static void no_unit(struct week *w) { w->p.weights.carried_unit = 0; }
static void a_negative_weight(struct week *w) { w->p.weights.unfilled = -1; }
static void negative_sizes(struct week *w) { w->p.n_shifts = -1; }

static void a_bad_problem_is_refused_in_words_and_leaves_nothing(void **state)
{
	static void (*const cases[])(struct week *w) = {
		a_negative_need, a_huge_need, an_end_before_its_beginning, an_instant_out_of_range, a_skill_out_of_range, no_priority, a_huge_priority,
		a_negative_cap, a_negative_carry, a_carry_dearer_than_all, a_pair_of_no_shift, a_pair_twice, a_huge_cost, a_window_backwards, a_degree_out_of_range,
		a_quarrel_with_oneself, a_quarrel_with_nobody, a_pin_of_nobody, a_pin_on_nothing, a_pin_twice, no_unit, a_negative_weight,
		negative_sizes,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct week w;
		struct assign a = { NULL };
		struct err e = { 0 };

		week_plain(&w, 2, 2);
		cases[i](&w);
		week_finish(&w);
		if (assign_init(&a, &w.p, 1, &e) != RC_INVALID)
			fail_msg("case %zu passed", i);
		assert_true(e.text[0] != '\0');
		assert_null(a.work);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_is_spread_and_what_was_carried_counts),
		cmocka_unit_test(one_shift_may_begin_when_another_ends),
		cmocka_unit_test(a_shift_may_span_windows_that_touch_and_costs_the_least_willing),
		cmocka_unit_test(a_pin_stands_even_where_a_rule_forbids_it),
		cmocka_unit_test(more_pins_than_places_leave_nothing_open),
		cmocka_unit_test(people_kept_apart_are_so_in_all_rows_of_an_event),
		cmocka_unit_test(what_is_dearer_than_an_open_place_stays_open),
		cmocka_unit_test(nobody_and_nothing_make_an_empty_plan),
		cmocka_unit_test(large_numbers_are_computed_with_or_refused),
		cmocka_unit_test(hours_too_fine_for_the_bound_are_still_kept_to_the_minute),
		cmocka_unit_test(a_bad_problem_is_refused_in_words_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
