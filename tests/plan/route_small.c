/* Thousands of small problems of routes, planned and tried out in full. */
#include "errand.h"

enum { ROUNDS = 1500 };

/* Every plan keeps the rules and none costs less than the best there is; returns how many cost more. */
static int plan_errands(int errands, uint32_t seed, unsigned what)
{
	int worse = 0;

	for (int i = 0; i < errands; i++) {
		struct errand w;
		struct route r = { 0 };
		int64_t least, cost;

		errand_random(&w, &seed, what);
		least = errand_least(&w);
		cost = errand_plan(&r, &w.p, 1, ROUNDS)->cost;
		if (cost < least)
			fail_msg("errand %d costs %lld, the best %lld", i, (long long)cost, (long long)least);
		worse += cost > least;
		route_release(&r);
	}
	return worse;
}

static void small_errands_are_planned_at_the_least_cost(void **state)
{
	(void)state;
	assert_int_equal(plan_errands(1200, 1, 0), 0);
}

static void windows_and_waiting_are_planned_at_the_least_cost(void **state)
{
	(void)state;
	assert_int_equal(plan_errands(800, 2, ERRAND_WINDOWS), 0);
}

static void pins_faces_and_forbidden_pairs_are_planned_at_the_least_cost(void **state)
{
	(void)state;
	assert_int_equal(plan_errands(800, 3, ERRAND_PINS | ERRAND_FORBIDDEN), 0);
}

static void fixed_orders_and_fairness_are_all_but_always_planned_at_the_least_cost(void **state)
{
	(void)state;
	assert_true(plan_errands(800, 4, ERRAND_ORDER | ERRAND_FAIR) <= 2);
}

/* Ways that are shorter round a corner, or longer back than forth. */
static void ways_of_a_table_are_planned_at_the_least_cost_but_for_one_in_a_hundred(void **state)
{
	(void)state;
	assert_true(plan_errands(500, 5, ERRAND_TABLE) <= 5);
}

static void everything_at_once_is_planned_at_the_least_cost(void **state)
{
	(void)state;
	assert_int_equal(plan_errands(600, 6, ERRAND_WINDOWS | ERRAND_PINS | ERRAND_FORBIDDEN | ERRAND_ORDER | ERRAND_FAIR), 0);
	assert_int_equal(plan_errands(400, 7, ERRAND_WINDOWS | ERRAND_PINS | ERRAND_FORBIDDEN | ERRAND_ORDER | ERRAND_FAIR | ERRAND_TABLE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_errands_are_planned_at_the_least_cost),
		cmocka_unit_test(windows_and_waiting_are_planned_at_the_least_cost),
		cmocka_unit_test(pins_faces_and_forbidden_pairs_are_planned_at_the_least_cost),
		cmocka_unit_test(fixed_orders_and_fairness_are_all_but_always_planned_at_the_least_cost),
		cmocka_unit_test(ways_of_a_table_are_planned_at_the_least_cost_but_for_one_in_a_hundred),
		cmocka_unit_test(everything_at_once_is_planned_at_the_least_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
