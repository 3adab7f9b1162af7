/* Thousands of small weeks, planned and tried out in full. */
#include "week.h"

struct tally {
	int weeks, best, proven;
};

/* Every plan keeps the rules and its bound; returns how many were the best there is. */
static struct tally plan_weeks(int weeks, uint32_t seed, unsigned what)
{
	struct tally t = { 0 };

	for (t.weeks = 0; t.weeks < weeks; t.weeks++) {
		struct week w;
		struct assign a;
		const struct assign_plan *plan;
		int64_t least;

		week_random(&w, &seed, what);
		least = week_least(&w);
		plan = week_plan(&a, &w.p, 1);
		assert_true(plan->bound <= least);
		assert_true(plan->cost >= least);
		t.best += plan->cost == least;
		t.proven += plan->proven;
		assign_release(&a);
	}
	return t;
}

static void fixed_slots_are_planned_at_the_least_cost_and_proven_so(void **state)
{
	struct tally t = plan_weeks(3000, 1, WEEK_FIXED);

	(void)state;
	assert_int_equal(t.best, t.weeks);
	assert_int_equal(t.proven, t.weeks);
}

static void pins_count_for_everything_and_the_rest_is_still_the_best(void **state)
{
	struct tally t = plan_weeks(2000, 2, WEEK_FIXED | WEEK_PINS);

	(void)state;
	assert_int_equal(t.best, t.weeks);
	assert_int_equal(t.proven, t.weeks);
}

static void small_weeks_with_overlaps_and_hours_are_planned_at_the_least_cost(void **state)
{
	struct tally t = plan_weeks(1500, 3, 0), pinned = plan_weeks(500, 4, WEEK_PINS);

	(void)state;
	assert_int_equal(t.best, t.weeks);
	assert_int_equal(pinned.best, pinned.weeks);
}

static void people_kept_apart_do_not_meet_and_the_plan_is_still_the_best(void **state)
{
	struct tally t = plan_weeks(500, 5, WEEK_APART | WEEK_PINS), fixed = plan_weeks(500, 6, WEEK_APART | WEEK_FIXED);

	(void)state;
	assert_int_equal(t.best, t.weeks);
	assert_int_equal(fixed.best, fixed.weeks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixed_slots_are_planned_at_the_least_cost_and_proven_so),
		cmocka_unit_test(pins_count_for_everything_and_the_rest_is_still_the_best),
		cmocka_unit_test(small_weeks_with_overlaps_and_hours_are_planned_at_the_least_cost),
		cmocka_unit_test(people_kept_apart_do_not_meet_and_the_plan_is_still_the_best),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
