/* What a plan of routes promises: pins, windows, the same from the same seed, a plan made before, reasons, recruits, hostile numbers. */
#include <string.h>

#include "errand.h"
#include "plan/route_why.h"

static void a_pin_is_kept_though_another_carrier_is_nearer(void **state)
{
	struct errand w;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 4, 2);
	w.diners[1].carrier = 1;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->pins_broken, 0);
	assert_int_equal(plan->trips[plan->n_trips - 1].carrier, 1);
	route_release(&r);
}

static void a_firm_diner_is_rather_left_out_than_brought_by_another(void **state)
{
	struct errand w;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 3, 2);
	w.diners[1].carrier = 1;
	w.diners[1].firm = true;
	w.carriers[1].capacity = 0;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->n_unserved, 1);
	assert_int_equal(plan->unserved[0], 1);
	route_release(&r);
	w.diners[1].firm = false;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->n_unserved, 0);
	assert_int_equal(plan->pins_broken, 1);
	route_release(&r);
}

static void a_fixed_order_is_walked_though_it_is_longer(void **state)
{
	struct errand w;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 4, 1);
	for (int32_t i = 0; i < 4; i++)
		w.diners[i].place_in_route = i == 1 ? 1 : i == 3 ? 2 : i == 0 ? 3 : 0;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->orders_broken, 0);
	assert_int_equal(plan->n_stops, 4);
	route_release(&r);
}

static void he_leaves_late_rather_than_wait_while_the_meals_get_cold(void **state)
{
	struct errand w;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 2, 1);
	w.p.hot_s = 400;
	w.diners[1].open_s = 3000;
	w.diners[1].close_s = 3600;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->n_unserved, 0);
	assert_int_equal(plan->trips[0].waiting_s, 0);
	assert_true(plan->trips[0].leave_s >= 3000 - 60 - 200);
	route_release(&r);
}

static void fairness_shares_the_work_that_one_could_do(void **state)
{
	struct errand w;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 6, 2);
	w.carriers[0].carried_s = 100000;
	w.p.weights.fair = 5;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->trips[0].carrier, 1);
	route_release(&r);
}

/* Reasons ----------------------------------------------------------------------------------------------------------------------------- */

static struct route_unserved only_reason(struct errand *w)
{
	struct route r = { 0 };
	struct route_unserved why[ERRAND_STOPS];
	const struct route_plan *plan = errand_plan(&r, &w->p, 1, 500);

	assert_int_equal(plan->n_unserved, 1);
	route_why_unserved(&w->p, plan, why);
	route_release(&r);
	return why[0];
}

static void forbid(struct errand *w) { w->forbidden[w->p.n_forbidden++] = (struct route_pair){ 2, 0 }; }
static void order_much(struct errand *w) { w->diners[2].meals = 21; }
static void move_far(struct errand *w) { w->places[3].x = 2701; }
static void close_early(struct errand *w) { w->diners[2].close_s = 299; }
static void fill_up(struct errand *w) { w->diners[0].need = w->diners[1].need = 2; w->carriers[0].capacity = 2; }
static void keep_hot(struct errand *w) { w->diners[0].need = w->diners[1].need = 2; w->p.hot_s = 410; }
static void set_windows(struct errand *w) { w->diners[0].need = w->diners[1].need = 2; w->diners[2].close_s = 300; w->diners[0].close_s = 100; }
static void shorten(struct errand *w) { w->diners[0].need = w->diners[1].need = 2; w->carriers[0].max_s = 700; }
static void cheapen(struct errand *w) { w->diners[0].need = w->diners[1].need = 1000; w->p.weights.unserved = 259; }

static void each_diner_left_out_is_told_why(void **state)
{
	static const struct {
		const char *what;
		void (*make)(struct errand *w);
		enum route_rule rule;
	} cases[] = {
		{ "forbidden", forbid, ROUTE_FORBIDDEN }, { "many", order_much, ROUTE_TOO_MANY }, { "far", move_far, ROUTE_TOO_FAR },
		{ "no time", close_early, ROUTE_NO_TIME }, { "full", fill_up, ROUTE_FULL }, { "late", keep_hot, ROUTE_LATE },
		{ "windows", set_windows, ROUTE_WINDOWS }, { "long", shorten, ROUTE_LONG }, { "dearer", cheapen, ROUTE_DEARER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errand w;
		struct route_unserved why;

		errand_plain(&w, 3, 1);
		cases[i].make(&w);
		why = only_reason(&w);
		if (why.diner != 2 || why.rule != cases[i].rule || why.carriers[why.rule] != 1 || why.carrier != 0)
			fail_msg("%s: diner %d, rule %d", cases[i].what, why.diner, why.rule);
	}
}

static void recruits_take_who_is_left_out_and_no_more_are_asked_than_needed(void **state)
{
	struct errand w;
	struct route r = { 0 };
	struct route_recruits more = { 0 };
	struct route_recruit list[4];
	struct route_carrier kind = { .capacity = 3, .to_s = 20000, .max_s = 5400, .cost = 10000 };
	struct err e = { 0 };
	int64_t calls = 0;
	struct plan_clock clock = errand_clock(&calls);
	const struct route_plan *plan;

	(void)state;
	errand_plain(&w, 8, 1);
	w.carriers[0].capacity = 3;
	plan = errand_plan(&r, &w.p, 1, 500);
	assert_int_equal(plan->unserved_meals, 5);
	assert_int_equal(route_recruits_init(&more, &w.p, plan, &kind, 1, 4, 1, &e), RC_OK);
	route_step(&more.route, 0, 2000, &clock);
	assert_int_equal(route_verify(more.p, route_best(&more.route), &e), RC_OK);
	assert_int_equal(route_best(&more.route)->n_unserved, 0);
	assert_int_equal(route_recruits_list(&more, list), 2);
	assert_int_equal(list[0].kind, 0);
	assert_true(list[0].meals >= list[1].meals);
	assert_int_equal(route_recruits_init(&more, &w.p, plan, &kind, 1, ROUTE_MAX_CARRIERS, 1, &e), RC_INVALID);
	route_recruits_release(&more);
	route_release(&r);
}

/* Again ------------------------------------------------------------------------------------------------------------------------------- */

static void the_same_seed_and_work_make_the_same_plan_and_every_step_a_valid_one(void **state)
{
	uint32_t seed = 11;

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct errand w;
		struct route a = { 0 }, b = { 0 };
		struct err e = { 0 };
		int64_t calls = 0, before = INT64_MAX;
		struct plan_clock clock = errand_clock(&calls);

		errand_random(&w, &seed, ERRAND_WINDOWS | ERRAND_PINS | ERRAND_FORBIDDEN | ERRAND_ORDER);
		assert_int_equal(route_init(&a, &w.p, 5, &e), RC_OK);
		assert_int_equal(route_init(&b, &w.p, 5, &e), RC_OK);
		route_aim_at(&a, (struct route_aim){ .rounds = 320 });
		route_aim_at(&b, (struct route_aim){ .rounds = 320 });
		for (int step = 0; step < 20; step++) {
			route_step(&a, 0, 32, &clock);
			assert_int_equal(route_verify(&w.p, route_best(&a), &e), RC_OK);
			assert_true(route_best(&a)->cost <= before);
			before = route_best(&a)->cost;
		}
		route_step(&b, 0, 640, &clock);
		assert_int_equal(route_best(&b)->cost, before);
		assert_int_equal(route_best(&a)->n_stops, route_best(&b)->n_stops);
		assert_memory_equal(route_best(&a)->stops, route_best(&b)->stops, (size_t)route_best(&a)->n_stops * sizeof(struct route_stop));
		route_release(&a);
		route_release(&b);
	}
}

/* Nothing of a plan that still holds is lost; somebody who falls ill leaves his diners to the others. */
static void a_plan_made_before_is_what_the_next_one_starts_from(void **state)
{
	uint32_t seed = 12;

	(void)state;
	for (int i = 0; i < 200; i++) {
		struct errand w;
		struct route first = { 0 }, again = { 0 };
		struct err e = { 0 };

		errand_random(&w, &seed, ERRAND_WINDOWS | ERRAND_PINS | ERRAND_FORBIDDEN);
		w.p.weights.unserved = 100000;
		errand_plan(&first, &w.p, 1, 1000);
		assert_int_equal(route_init(&again, &w.p, 1, &e), RC_OK);
		route_start_from(&again, route_best(&first));
		assert_int_equal(route_verify(&w.p, route_best(&again), &e), RC_OK);
		assert_true(route_best(&again)->cost <= route_best(&first)->cost);
		route_release(&again);
		w.carriers[0].capacity = 0;
		assert_int_equal(route_init(&again, &w.p, 1, &e), RC_OK);
		route_start_from(&again, route_best(&first));
		assert_int_equal(route_verify(&w.p, route_best(&again), &e), RC_OK);
		route_release(&again);
		route_release(&first);
	}
}

static void a_plan_of_people_who_are_gone_is_passed_over(void **state)
{
	static const struct route_stop stops[] = { { 7, 0 }, { -1, 0 }, { 0, 0 }, { 0, 0 } };
	static const struct route_trip trips[] = { { .carrier = -1, .n = 1 }, { .carrier = 9, .first = 1, .n = 1 }, { .carrier = 0, .n = 4 } };
	struct route_plan old = { .n_trips = 3, .n_stops = 4, .trips = trips, .stops = stops };
	struct errand w;
	struct route r = { 0 };
	struct err e = { 0 };

	(void)state;
	errand_plain(&w, 3, 1);
	assert_int_equal(route_init(&r, &w.p, 1, &e), RC_OK);
	route_start_from(&r, &old);
	assert_int_equal(route_verify(&w.p, route_best(&r), &e), RC_OK);
	assert_int_equal(route_best(&r)->n_stops, 3);
	route_release(&r);
}

/* Bad input --------------------------------------------------------------------------------------------------------------------------- */

static void no_meals(struct errand *w) { w->diners[1].meals = -1; }
static void no_need(struct errand *w) { w->diners[1].need = 0; }
static void a_turned_window(struct errand *w) { w->diners[1].open_s = 30000; }
static void a_negative_stay(struct errand *w) { w->diners[1].service_s = -1; }
static void in_the_kitchen(struct errand *w) { w->diners[1].place = 0; }
static void nowhere(struct errand *w) { w->diners[1].place = 4; }
static void a_pin_to_nobody(struct errand *w) { w->diners[1].carrier = 2; }
static void firm_about_nobody(struct errand *w) { w->diners[1].firm = true; }
static void no_speed(struct errand *w) { w->carriers[1].speed = 1; }
static void turned_hours(struct errand *w) { w->carriers[1].to_s = -1; }
static void too_dear(struct errand *w) { w->p.weights.unserved = INT32_MAX; }
static void too_fair(struct errand *w) { w->p.weights.fair = ROUTE_MAX_FAIR; w->p.weights.fair_unit_s = 1; }
static void no_unit(struct errand *w) { w->p.weights.fair_unit_s = 0; }
static void nobody_forbidden(struct errand *w) { w->forbidden[0] = (struct route_pair){ 3, 0 }; w->p.n_forbidden = 1; }
static void off_the_map(struct errand *w) { w->places[2].x = INT32_MAX; }
static void nobody_at_all(struct errand *w) { w->p.n_diners = -1; }

static void what_cannot_be_planned_is_refused_with_its_row(void **state)
{
	static void (*const cases[])(struct errand *w) = {
		no_meals, no_need, a_turned_window, a_negative_stay, in_the_kitchen, nowhere, a_pin_to_nobody, firm_about_nobody, no_speed,
		turned_hours, too_dear, too_fair, no_unit, nobody_forbidden, off_the_map, nobody_at_all,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errand w;
		struct route r = { 0 };
		struct err e = { 0 };

		errand_plain(&w, 3, 2);
		cases[i](&w);
		if (route_init(&r, &w.p, 1, &e) != RC_INVALID)
			fail_msg("taken: case %zu", i);
		assert_true(e.text[0] != '\0');
		assert_null(r.work);
	}
}

/* The largest numbers of all at once neither overflow (the sanitizer says so) nor lose anybody. */
static void hostile_numbers_are_planned_without_overflow(void **state)
{
	struct errand w;
	struct route r = { 0 };

	(void)state;
	errand_plain(&w, 8, 4);
	w.p.weights = (struct route_weights){ .unserved = 100, .pin = ROUTE_MAX_COST, .order = ROUTE_MAX_COST, .second = ROUTE_MAX_FAIR,
		.wait = ROUTE_MAX_FAIR, .familiar = ROUTE_MAX_COST, .fair = ROUTE_MAX_FAIR, .fair_unit_s = 10000 };
	w.p.hot_s = ROUTE_MAX_SECONDS;
	w.p.detour_permille = ROUTE_MAX_METRES;
	w.speeds[0].mm_per_s = 1;
	for (int32_t i = 0; i < 8; i++) {
		w.diners[i].meals = ROUTE_MAX_MEALS;
		w.diners[i].service_s = i % 2 ? ROUTE_MAX_SECONDS : 0;
		w.diners[i].close_s = ROUTE_MAX_SECONDS;
		w.diners[i].carrier = w.diners[i].familiar = i % 4;
		w.places[i + 1] = (struct route_place){ i % 3 ? ROUTE_MAX_METRES : -ROUTE_MAX_METRES, i % 3 ? ROUTE_MAX_METRES : i };
	}
	for (int32_t i = 0; i < 4; i++)
		w.carriers[i] = (struct route_carrier){ .capacity = ROUTE_MAX_MEALS, .to_s = ROUTE_MAX_SECONDS, .max_s = ROUTE_MAX_SECONDS,
			.carried_s = ROUTE_MAX_SECONDS, .cost = ROUTE_MAX_COST };
	errand_plan(&r, &w.p, 1, 500);
	route_release(&r);
	w.p.detour_permille = 0;
	errand_plan(&r, &w.p, 1, 500);
	route_release(&r);
}

static void nobody_to_carry_or_nobody_to_eat_is_a_plan_too(void **state)
{
	struct errand w;
	struct route r = { 0 };

	(void)state;
	errand_plain(&w, 3, 0);
	assert_int_equal(errand_plan(&r, &w.p, 1, 100)->n_unserved, 3);
	route_release(&r);
	errand_plain(&w, 0, 2);
	assert_int_equal(errand_plan(&r, &w.p, 1, 100)->cost, 0);
	route_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pin_is_kept_though_another_carrier_is_nearer),
		cmocka_unit_test(a_firm_diner_is_rather_left_out_than_brought_by_another),
		cmocka_unit_test(a_fixed_order_is_walked_though_it_is_longer),
		cmocka_unit_test(he_leaves_late_rather_than_wait_while_the_meals_get_cold),
		cmocka_unit_test(fairness_shares_the_work_that_one_could_do),
		cmocka_unit_test(each_diner_left_out_is_told_why),
		cmocka_unit_test(recruits_take_who_is_left_out_and_no_more_are_asked_than_needed),
		cmocka_unit_test(the_same_seed_and_work_make_the_same_plan_and_every_step_a_valid_one),
		cmocka_unit_test(a_plan_made_before_is_what_the_next_one_starts_from),
		cmocka_unit_test(a_plan_of_people_who_are_gone_is_passed_over),
		cmocka_unit_test(what_cannot_be_planned_is_refused_with_its_row),
		cmocka_unit_test(hostile_numbers_are_planned_without_overflow),
		cmocka_unit_test(nobody_to_carry_or_nobody_to_eat_is_a_plan_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
