/* A verifier is only worth something if it refuses: a good plan is broken in each way that there is. */
#include <string.h>

#include "errand.h"

/* A plan that can be written to. */
struct copy {
	struct errand w;
	struct route_plan plan;
	struct route_trip trips[ERRAND_CARRIERS];
	struct route_stop stops[ERRAND_STOPS];
	int32_t unserved[ERRAND_STOPS];
};

/* Four diners along a street, two carriers of two meals each; a fifth diner is left out. */
static int set_up(void **state)
{
	static struct copy c;
	struct route r = { 0 };
	const struct route_plan *plan;

	errand_plain(&c.w, 5, 2);
	c.w.carriers[0].capacity = c.w.carriers[1].capacity = 2;
	plan = errand_plan(&r, &c.w.p, 1, 500);
	c.plan = *plan;
	memcpy(c.trips, plan->trips, (size_t)plan->n_trips * sizeof *c.trips);
	memcpy(c.stops, plan->stops, (size_t)plan->n_stops * sizeof *c.stops);
	memcpy(c.unserved, plan->unserved, (size_t)plan->n_unserved * sizeof *c.unserved);
	c.plan.trips = c.trips;
	c.plan.stops = c.stops;
	c.plan.unserved = c.unserved;
	route_release(&r);
	*state = &c;
	return 0;
}

static void a_good_plan_passes(void **state)
{
	struct copy *c = *state;
	struct err e = { 0 };

	assert_int_equal(route_verify(&c->w.p, &c->plan, &e), RC_OK);
	assert_int_equal(c->plan.n_trips, 2);
	assert_int_equal(c->plan.n_unserved, 1);
	assert_int_equal(c->plan.unserved_meals, 1);
	assert_int_equal(c->plan.unserved_at_least, 1);
	assert_int_equal(c->unserved[0], 4);
	/* 300 and 400 m, and 100 and 200 m along the street, or crosswise: the ends of both trips, and two minutes each. */
	assert_int_equal(c->plan.seconds, 2 * 400 + 2 * 200 + 4 * 60);
	assert_int_equal(c->plan.cost, 100000 + 2 * 400 + 2 * 200 + 4 * 60);
}

static void less_room(struct copy *c) { c->w.carriers[0].capacity = 1; }
static void a_colder_meal(struct copy *c) { c->w.p.hot_s = 200; }
static void a_shorter_duty(struct copy *c) { c->w.carriers[c->trips[0].carrier].max_s = c->trips[0].back_s - c->trips[0].leave_s - 1; }
static void a_later_beginning(struct copy *c) { c->w.carriers[0].from_s = 1; }
static void an_earlier_end(struct copy *c) { c->w.carriers[0].to_s = c->trips[0].back_s - 1; }
static void a_window_that_opens_later(struct copy *c) { c->w.diners[c->stops[1].diner].open_s = c->stops[1].begin_s + 1; }
static void a_window_that_closes(struct copy *c) { c->w.diners[c->stops[1].diner].close_s = c->stops[1].begin_s - 1; }
static void a_slower_way(struct copy *c) { c->w.speeds[0].mm_per_s = 900; }
static void a_longer_stay(struct copy *c) { c->w.diners[c->stops[0].diner].service_s = 61; }
static void a_forbidden_pair(struct copy *c)
{
	c->w.forbidden[0] = (struct route_pair){ c->stops[3].diner, c->trips[1].carrier };
	c->w.p.n_forbidden = 1;
}
static void a_firm_diner(struct copy *c)
{
	c->w.diners[c->stops[0].diner].carrier = c->trips[1].carrier;
	c->w.diners[c->stops[0].diner].firm = true;
}
static void a_pin_not_counted(struct copy *c) { c->w.diners[c->stops[0].diner].carrier = c->trips[1].carrier; }
static void a_face_not_counted(struct copy *c) { c->w.diners[c->stops[0].diner].familiar = c->trips[1].carrier; }
static void an_order_not_counted(struct copy *c)
{
	c->w.diners[c->stops[0].diner].place_in_route = 2;
	c->w.diners[c->stops[1].diner].place_in_route = 1;
}
static void a_stop_twice(struct copy *c) { c->stops[1] = c->stops[0]; }
static void a_stop_of_nobody(struct copy *c) { c->stops[0].diner = 9; }
static void a_stop_of_less_than_nobody(struct copy *c) { c->stops[0].diner = -1; }
static void a_hand_over_before_he_is_there(struct copy *c) { c->stops[0].begin_s--; }
static void a_carrier_twice(struct copy *c) { c->trips[1].carrier = c->trips[0].carrier; }
static void a_carrier_of_nowhere(struct copy *c) { c->trips[1].carrier = 2; }
static void a_trip_beyond_the_stops(struct copy *c) { c->trips[1].n++; }
static void an_empty_trip(struct copy *c) { c->trips[0].n = 0; }
static void a_trip_less(struct copy *c) { c->plan.n_trips--; }
static void other_meals(struct copy *c) { c->trips[0].meals++; }
static void another_return(struct copy *c) { c->trips[0].back_s--; }
static void another_last_door(struct copy *c) { c->trips[0].last_door_s--; }
static void waiting_out_of_the_air(struct copy *c) { c->trips[0].waiting_s++; }
static void somebody_vanished(struct copy *c) { c->plan.n_unserved = 0; }
static void somebody_else_left_out(struct copy *c) { c->unserved[0] = 0; }
static void one_too_many_left_out(struct copy *c) { c->unserved[1] = 0; c->plan.n_unserved = 2; }
static void a_better_cost(struct copy *c) { c->plan.cost--; }
static void fewer_seconds(struct copy *c) { c->plan.seconds--; }
static void fewer_unserved_meals(struct copy *c) { c->plan.unserved_meals--; }
static void a_bound_out_of_the_air(struct copy *c) { c->plan.unserved_at_least++; }
static void fairness_not_counted(struct copy *c) { c->w.p.weights.fair = 1; }
static void a_carrier_not_paid(struct copy *c) { c->w.carriers[0].cost = 5; }

static void each_broken_plan_is_refused(void **state)
{
	static const struct {
		const char *what;
		void (*damage)(struct copy *c);
	} cases[] = {
		{ "room", less_room }, { "hot", a_colder_meal }, { "duty", a_shorter_duty }, { "from", a_later_beginning }, { "to", an_earlier_end },
		{ "open", a_window_that_opens_later }, { "close", a_window_that_closes }, { "speed", a_slower_way }, { "stay", a_longer_stay },
		{ "forbidden", a_forbidden_pair }, { "firm", a_firm_diner }, { "pin", a_pin_not_counted }, { "face", a_face_not_counted },
		{ "order", an_order_not_counted }, { "twice", a_stop_twice }, { "nobody", a_stop_of_nobody }, { "-1", a_stop_of_less_than_nobody },
		{ "early", a_hand_over_before_he_is_there }, { "carrier twice", a_carrier_twice }, { "nowhere", a_carrier_of_nowhere },
		{ "beyond", a_trip_beyond_the_stops }, { "empty", an_empty_trip }, { "less", a_trip_less }, { "meals", other_meals },
		{ "return", another_return }, { "door", another_last_door }, { "waiting", waiting_out_of_the_air }, { "vanished", somebody_vanished },
		{ "else", somebody_else_left_out }, { "many", one_too_many_left_out }, { "cost", a_better_cost }, { "seconds", fewer_seconds },
		{ "unserved", fewer_unserved_meals }, { "bound", a_bound_out_of_the_air }, { "fair", fairness_not_counted },
		{ "paid", a_carrier_not_paid },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct copy *c;
		struct err e = { 0 };

		set_up(state);
		c = *state;
		cases[i].damage(c);
		if (route_verify(&c->w.p, &c->plan, &e) == RC_OK)
			fail_msg("passed: %s", cases[i].what);
		assert_int_equal(e.code, RC_INVALID);
		assert_true(e.text[0] != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_good_plan_passes, set_up),
		cmocka_unit_test_setup(each_broken_plan_is_refused, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
