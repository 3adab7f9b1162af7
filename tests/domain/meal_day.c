/* One meal of a day: nobody who wanted to eat is missing from it, and it says of everybody what came of the order. */
#include "domain/meal_day.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/day.h"
#include "canteen.h"
#include "domain/diner.h"
#include "store/stmt.h"

#define LUNCH TOWN_TODAY, "lunch"

static void load(struct town *t, struct arena *a, struct meal_day *m)
{
	struct err e = { 0 };

	assert_ok(meal_day_load(&t->of, LUNCH, a, m, &e));
}

static int64_t carrier(struct town *t)
{
	enum town_account before = t->who;
	int64_t id;

	town_as(t, HEAD);
	id = hands_volunteer(t, "周大勇", FILLS({ "transport", "walk" }));
	town_as(t, before);
	return id;
}

static const struct meal_order *find(const struct meal_day *m, int64_t id)
{
	for (size_t i = 0; i < m->n_orders; i++)
		if (m->orders[i].id == id)
			return &m->orders[i];
	fail_msg("order %" PRId64 " is not there", id);
	return NULL;
}

static void an_order_says_what_came_of_it(void **state)
{
	static const struct { const char *way, *set; bool routed, carried; int minutes; enum order_standing wanted; } cases[] = {
		{ "delivery", "outcome = NULL",                          false, false, 0,   ORDER_ORDERED },
		{ "pickup",   "outcome = NULL",                          false, false, 0,   ORDER_ORDERED },
		{ "delivery", "outcome = NULL",                          true,  false, 0,   ORDER_NO_CARRIER },
		{ "delivery", "outcome = NULL",                          true,  true,  0,   ORDER_ORDERED },
		{ "delivery", "outcome = 's1'",                          true,  true,  0,   ORDER_EATEN },
		{ "delivery", "outcome = 's4'",                          true,  true,  0,   ORDER_EATEN },
		{ "pickup",   "outcome = 's5'",                          false, false, 0,   ORDER_COLLECTED },
		{ "delivery", "outcome = 'f1'",                          true,  true,  0,   ORDER_FAILED },
		{ "delivery", "state = 'cancelled'",                     true,  true,  0,   ORDER_CANCELLED },
		{ "delivery", "outcome = NULL",                          true,  true,  400, ORDER_UNREPORTED },
		{ "pickup",   "outcome = NULL",                          false, false, 400, ORDER_UNREPORTED },
		{ "delivery", "outcome = 'f8'",                          false, false, 400, ORDER_FAILED },
	};
	struct town *t = *state;
	int64_t now = t->now, volunteer = carrier(t);

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		struct meal_day m;
		char set[128];
		int64_t diner = canteen_diner(t, t->wang, cases[i].way), order = canteen_order(t, diner, LUNCH), route = 0;

		snprintf(set, sizeof set, "UPDATE meal_order SET %s WHERE id = :id", cases[i].set);
		town_write(t, set, order);
		if (cases[i].routed)
			canteen_stop(t, order, route = canteen_route(t, LUNCH, 1, cases[i].carried ? volunteer : 0), 1);
		t->now = now - 60 * 60000 + cases[i].minutes * 60000;      /* 08:00, before the cut-off */
		load(t, &a, &m);
		if (find(&m, order)->standing != cases[i].wanted)
			fail_msg("case %zu: %s", i, order_standing_label(find(&m, order)->standing));
		t->now = now;
		town_write(t, "UPDATE meal_order SET day = 1 WHERE id = :id", order);
		town_write(t, "UPDATE route SET deleted_at = 1 WHERE id = :id", route);
	}
}

static void after_the_cut_off_who_has_no_carrier_is_counted(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	int64_t order = canteen_order(t, canteen_diner(t, t->wang, "delivery"), LUNCH);

	load(t, &a, &m);
	assert_int_equal(find(&m, order)->standing, ORDER_NO_CARRIER);
	town_write(t, "UPDATE meal_order SET outcome = NULL WHERE id = :id", order);
	t->now -= 24 * 3600000LL;
	load(t, &a, &m);
	assert_int_equal(find(&m, order)->standing, ORDER_ORDERED);
}

static void who_gets_nothing_is_named_with_the_reason(void **state)
{
	static const struct { const char *name, *sql, *reason; } cases[] = {
		{ "没订的", NULL, "还没有生成订餐" },
		{ "待审的", "UPDATE diner SET status = 'applied' WHERE id = :id", "待审" },
		{ "停餐的", "UPDATE diner SET status = 'paused', status_why = '装修' WHERE id = :id", "暂停：装修" },
		{ "住院的", "INSERT INTO meal_pause (id, diner_id, from_day, to_day, reason) VALUES (:id + 1, :id, 20780, 20784, 'hospital')", "暂停：住院" },
		{ "过世的", "UPDATE resident SET status = 'dead' WHERE id = (SELECT resident_id FROM diner WHERE id = :id)", "居民资料里已去世" },
		{ "以后的", "UPDATE diner SET status_day = 20790 WHERE id = :id", "起才在册" },
		{ "取消的", "INSERT INTO meal_order (id, diner_id, day, meal, portions, way, state, why) VALUES (:id + 1, :id, 20781, 'lunch', 1, 'pickup',"
		            " 'cancelled', '去女儿家')", "取消：去女儿家" },
	};
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t diner = canteen_diner(t, canteen_resident(t, cases[i].name, 0), "pickup");

		canteen_plan(t, diner, "lunch");
		if (cases[i].sql)
			town_write(t, cases[i].sql, diner);
	}
	canteen_plan(t, canteen_diner(t, t->wang, "pickup"), "dinner");
	load(t, &a, &m);
	assert_int_equal(m.n_left_out, COUNT(cases));
	assert_int_equal(m.meals, 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t k = 0;

		while (k < m.n_left_out && strcmp(m.left_out[k].name, cases[i].name) != 0)
			k++;
		assert_true(k < m.n_left_out);
		if (strstr(m.left_out[k].reason, cases[i].reason) == NULL)
			fail_msg("%s: %s", cases[i].name, m.left_out[k].reason);
	}
}

static void stops_come_in_the_order_of_the_way(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	int64_t volunteer = carrier(t), route = canteen_route(t, LUNCH, 2, volunteer), first = canteen_route(t, LUNCH, 1, 0);
	int64_t orders[4];

	for (int i = 0; i < 4; i++) {
		orders[i] = canteen_order(t, canteen_diner(t, t->wang, "delivery"), LUNCH);
		canteen_stop(t, orders[i], route, 4 - i);
	}
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", orders[1]);
	town_write(t, "UPDATE meal_order SET portions = 3 WHERE id = :id", orders[3]);
	town_write(t, "UPDATE stop SET arrive_min = 660 WHERE order_id = :id", orders[0]);
	load(t, &a, &m);
	assert_int_equal(m.n_routes, 2);
	assert_true(m.routes[0].id == first && m.routes[0].n_stops == 0);
	assert_int_equal(m.routes[1].n_stops, 3);
	assert_int_equal(m.orders[m.routes[1].stops[0]].id, orders[3]);
	assert_int_equal(m.orders[m.routes[1].stops[2]].id, orders[0]);
	assert_int_equal(m.routes[1].meals, 5);
	assert_int_equal(m.routes[1].last_door_min, 660);
	assert_int_equal(m.meals, 5);
	assert_string_equal(m.routes[1].carrier, "周大勇");
	town_write(t, "UPDATE route SET merged_into_id = 1 WHERE id = :id", route);
	load(t, &a, &m);
	assert_int_equal(m.n_routes, 1);
	assert_int_equal(find(&m, orders[0])->route, -1);
	assert_int_equal(find(&m, orders[0])->standing, ORDER_NO_CARRIER);
}

static void the_address_is_whole_as_long_as_somebody_goes_there(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	struct err e = { 0 };
	int64_t diner = canteen_diner(t, t->wang, "delivery");

	canteen_order(t, diner, LUNCH);
	canteen_order(t, diner, TOWN_TODAY - 30, "lunch");
	town_as(t, CANTEEN);
	load(t, &a, &m);
	assert_non_null(strstr(m.orders[0].address, "3幢2单元501室"));
	assert_non_null(strstr(m.orders[0].phone, "****"));
	assert_ok(meal_day_load(&t->of, TOWN_TODAY - 30, "lunch", &a, &m, &e));
	assert_string_equal(m.orders[0].address, "3-2-501");
}

static void a_diner_has_the_last_meals_and_those_to_come(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct diner d;
	struct err e = { 0 };
	int64_t diner = canteen_diner(t, t->wang, "pickup");

	for (int32_t i = 0; i < 25; i++)
		canteen_order(t, diner, TOWN_TODAY + 2 - i, i % 2 ? "lunch" : "dinner");
	canteen_order(t, canteen_diner(t, t->li, "pickup"), LUNCH);
	town_write(t, "UPDATE meal_order SET outcome = 's1' WHERE diner_id = :id AND day = 20780", diner);
	assert_ok(diner_load(&t->of, diner, &a, &d, &e));
	assert_int_equal(d.n_meals, 20);
	assert_true(d.meals[0].day == TOWN_TODAY + 2 && !d.meals[0].cancelled);
	assert_string_equal(d.meals[3].outcome, "s1");
	assert_int_equal(d.meals[19].day, TOWN_TODAY - 17);
}

static void a_closed_meal_says_so_and_is_not_changed(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	struct err e = { 0 };

	assert_ok(meal_require_open(&t->of, LUNCH, &e));
	hands_insert(t, "INSERT INTO meal_close (id, day, meal, closed_at, account_id) VALUES (:id, 20781, 'lunch', 5, %" PRId64 ")", t->accounts[CANTEEN]);
	load(t, &a, &m);
	assert_true(m.closed && m.closed_at == 5 && m.closed_by[0] != '\0');
	assert_refused(meal_require_open(&t->of, LUNCH, &e), RC_INVALID, "day", "重新开账");
	assert_ok(meal_require_open(&t->of, TOWN_TODAY, "dinner", &e));
}

static void the_meal_of_now_is_the_next_that_somebody_eats(void **state)
{
	static const struct { int hour; const char *meal; } cases[] = { { 0, "lunch" }, { 9, "lunch" }, { 13, "lunch" }, { 14, "dinner" }, { 23, "dinner" } };
	struct town *t = *state;
	int64_t diner = canteen_diner(t, t->wang, "pickup");

	assert_string_equal(meal_of_now(&t->of), "lunch");
	canteen_plan(t, diner, "lunch");
	canteen_plan(t, diner, "dinner");
	for (size_t i = 0; i < COUNT(cases); i++) {
		t->now = instant_of_day(TOWN_TODAY, cases[i].hour * 60);
		assert_string_equal(meal_of_now(&t->of), cases[i].meal);
	}
}

static void who_may_not_and_what_is_no_meal_is_refused(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	struct err e = { 0 };

	assert_refused(meal_day_load(&t->of, TOWN_TODAY, "", &a, &m, &e), RC_INVALID, "meal", "没有");
	assert_refused(meal_day_load(&t->of, TOWN_TODAY, "lunch'--", &a, &m, &e), RC_INVALID, "meal", "没有");
	town_as(t, PROJECT);
	assert_refused(meal_day_load(&t->of, LUNCH, &a, &m, &e), RC_DENIED, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(an_order_says_what_came_of_it), TOWN_TEST(after_the_cut_off_who_has_no_carrier_is_counted),
		TOWN_TEST(who_gets_nothing_is_named_with_the_reason), TOWN_TEST(stops_come_in_the_order_of_the_way),
		TOWN_TEST(the_address_is_whole_as_long_as_somebody_goes_there), TOWN_TEST(a_diner_has_the_last_meals_and_those_to_come),
		TOWN_TEST(a_closed_meal_says_so_and_is_not_changed),
		TOWN_TEST(the_meal_of_now_is_the_next_that_somebody_eats), TOWN_TEST(who_may_not_and_what_is_no_meal_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
