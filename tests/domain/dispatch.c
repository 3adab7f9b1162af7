/* Routes of a meal: changed by hand, nobody lost, and every refusal in words. */
#include "domain/dispatch.h"

#include <inttypes.h>
#include <stdio.h>

#include "rounds.h"

static const struct dispatch_route *reckoned(const struct dispatch *d, int64_t id)
{
	for (size_t i = 0; i < d->day.n_routes; i++)
		if (d->day.routes[i].id == id)
			return &d->routes[i];
	fail_msg("the route is not there");
	return NULL;
}

static int64_t rev_of(struct town *t, int64_t route)
{
	return town_int(t, "SELECT rev FROM route WHERE id = :id", route);
}

/* Carriers -------------------------------------------------------------------------------------------------------------------------------- */

static void carriers_are_those_whose_shift_fits_and_who_come(void **state)
{
	static const struct { const char *name, *set, *assignment, *shift; bool comes; int load; } cases[] = {
		{ "周来",   NULL,                          NULL,                                   "begin_min = 630, end_min = 750", true,  8 },
		{ "周迟",   "load_meals = 5",              NULL,                                   "begin_min = 735, end_min = 800", true,  5 },
		{ "周晚",   NULL,                          NULL,                                   "begin_min = 736, end_min = 800", false, 0 },
		{ "周早",   NULL,                          NULL,                                   "begin_min = 540, end_min = 645", false, 0 },
		{ "周取消", NULL,                          "state = 'cancelled'",                  "begin_min = 630, end_min = 750", false, 0 },
		{ "周停",   "status = 'stopped'",          NULL,                                   "begin_min = 630, end_min = 750", false, 0 },
		{ "周零",   "load_meals = 0",              NULL,                                   "begin_min = 630, end_min = 750", true,  0 },
	};
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct dispatch d;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = rounds_carrier(t, cases[i].name, "walk", cases[i].set);
		int64_t shift = hands_insert(t, "INSERT INTO shift (id, service, day, state) VALUES (:id, 'meals', %d, 'published')", TOWN_TODAY);
		char sql[256];

		snprintf(sql, sizeof sql, "UPDATE shift SET %s WHERE id = :id", cases[i].shift);
		town_write(t, sql, shift);
		snprintf(sql, sizeof sql, "UPDATE assignment SET shift_id = %" PRId64 "%s%s WHERE volunteer_id = :id /*scan*/", shift, cases[i].assignment ? ", " : "",
		         cases[i].assignment ? cases[i].assignment : "");
		town_write(t, sql, id);
	}
	rounds_load(t, &a, &d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct carrier *found = NULL;

		for (size_t k = 0; k < d.n_carriers; k++)
			if (strcmp(d.carriers[k].name, cases[i].name) == 0)
				found = &d.carriers[k];
		if ((found != NULL) != cases[i].comes)
			fail_msg("%s", cases[i].name);
		if (found)
			assert_int_equal(found->load_meals, cases[i].load);
	}
	assert_int_equal(d.n_carriers, 3);
}

static void who_is_away_keeps_a_route_with_a_warning_and_is_no_choice_without_one(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	int64_t one = rounds_carrier(t, "周一", "walk", NULL), two = rounds_carrier(t, "周二", "walk", NULL);
	int64_t route = rounds_route(t, one, ORDERS(rounds_order(t, "王一", 100, 0, "")));

	hands_insert(t, "INSERT INTO absence (id, volunteer_id, from_day, to_day) VALUES (:id, %" PRId64 ", %d, %d)", one, TOWN_TODAY, TOWN_TODAY);
	hands_insert(t, "INSERT INTO absence (id, volunteer_id, from_day, to_day) VALUES (:id, %" PRId64 ", %d, %d)", two, TOWN_TODAY, TOWN_TODAY);
	rounds_load(t, &a, &d);
	assert_int_equal(d.n_carriers, 1);
	assert_true(reckoned(&d, route)->warnings & DISPATCH_AWAY);
}

/* Times ------------------------------------------------------------------------------------------------------------------------------------- */

/* 1,050 m as the crow flies, a third longer: 1,365 m on foot take 19.5 minutes; 3 minutes at the door. */
static void times_are_reckoned_from_the_kitchen_over_each_door(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	int64_t first = rounds_order(t, "王一", 1050, 0, ""), second = rounds_order(t, "李二", 1050, 0, "");
	int64_t route = rounds_route(t, rounds_carrier(t, "周一", "walk", NULL), ORDERS(first, second));

	rounds_load(t, &a, &d);
	assert_int_equal(reckoned(&d, route)->leave_min, 645);
	assert_int_equal(reckoned(&d, route)->last_door_min, 645 + 22);
	assert_int_equal(reckoned(&d, route)->back_min, 645 + 45);
	assert_int_equal(reckoned(&d, route)->metres, 2730);
	assert_int_equal(reckoned(&d, route)->warnings, 0);
	assert_int_equal(town_int(t, "SELECT arrive_min FROM stop WHERE order_id = :id", first), 645 + 19);
	assert_int_equal(town_int(t, "SELECT arrive_min FROM stop WHERE order_id = :id", second), 645 + 22);
}

static void he_leaves_late_rather_than_wait_before_a_door(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	int64_t order = rounds_order(t, "王一", 1050, 0, ""), route;

	town_write(t, "UPDATE diner SET window_begin_min = 690, window_end_min = 720 WHERE id = :id", rounds_diner(t, order));
	route = rounds_route(t, rounds_carrier(t, "周一", "walk", NULL), ORDERS(order));
	rounds_load(t, &a, &d);
	assert_int_equal(reckoned(&d, route)->leave_min, 690 - 20);
	assert_int_equal(reckoned(&d, route)->last_door_min, 690);
	assert_int_equal(town_int(t, "SELECT leave_min FROM route WHERE id = :id", route), 690 - 20);
}

static void what_is_wrong_with_a_route_is_said(void **state)
{
	static const struct { const char *table, *set; unsigned warning; } cases[] = {
		{ "volunteer", "load_meals = 0",                               DISPATCH_OVER_LOAD },
		{ "shift",     "end_min = 650",                                DISPATCH_OVER_SHIFT },
		{ "diner",     "window_begin_min = 646, window_end_min = 647", DISPATCH_WINDOW },
		{ "building",  "x_m = NULL",                                   DISPATCH_UNPLACED },
		{ "building",  "x_m = 40000",                                  DISPATCH_LATE | DISPATCH_OVER_SHIFT },
		{ "meal_order", "way = 'pickup'",                              DISPATCH_GONE },
		{ "diner",     "window_begin_min = 400, window_end_min = 420", 0 },
		{ "assignment", "state = 'cancelled'",                         DISPATCH_NO_SHIFT },
	};
	struct town *t = *state;
	int64_t volunteer = rounds_carrier(t, "周一", "walk", NULL), order = rounds_order(t, "王一", 1000, 0, "");
	int64_t route = rounds_route(t, volunteer, ORDERS(order));

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		struct dispatch d;
		char sql[256];

		snprintf(sql, sizeof sql, "UPDATE %s SET %s WHERE (:id <> 0) /*scan*/", cases[i].table, cases[i].set);
		town_write(t, sql, 1);
		rounds_load(t, &a, &d);
		if (reckoned(&d, route)->warnings != cases[i].warning)
			fail_msg("%s: %x", cases[i].set, reckoned(&d, route)->warnings);
		town_write(t, "UPDATE volunteer SET load_meals = NULL WHERE :id <> 0 /*scan*/", 1);
		town_write(t, "UPDATE shift SET end_min = 750 WHERE :id <> 0 /*scan*/", 1);
		town_write(t, "UPDATE diner SET window_begin_min = NULL, window_end_min = NULL WHERE :id <> 0 /*scan*/", 1);
		town_write(t, "UPDATE building SET x_m = 1000, y_m = 0 WHERE :id <> 0 /*scan*/", 1);
		town_write(t, "UPDATE meal_order SET way = 'delivery' WHERE :id <> 0 /*scan*/", 1);
	}
}

/* By hand ----------------------------------------------------------------------------------------------------------------------------------- */

static void a_stop_moves_between_routes_and_places(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), b = rounds_order(t, "李二", 200, 0, ""), c = rounds_order(t, "张三", 300, 0, "");
	int64_t one = rounds_route(t, rounds_carrier(t, "周一", "walk", NULL), ORDERS(a, b, c)), two = rounds_route(t, 0, ORDERS(0));

	assert_way(t, one, "王一 李二 张三");
	assert_ok(stop_move(&t->of, c, one, one, 1, NULL, &e));
	assert_way(t, one, "张三 王一 李二");
	assert_ok(stop_move(&t->of, a, one, two, 1, NULL, &e));
	assert_way(t, one, "张三 李二");
	assert_way(t, two, "王一");
	assert_ok(stop_move(&t->of, b, one, two, 0, NULL, &e));
	assert_way(t, two, "王一 李二");
	assert_ok(stop_move(&t->of, c, one, 0, 0, NULL, &e));
	assert_way(t, one, "");
	assert_nobody_lost(t);
	assert_ok(stop_move(&t->of, c, 0, one, 9, NULL, &e));
	assert_way(t, one, "张三");
	assert_nobody_lost(t);
	assert_int_equal(town_int(t, "SELECT count(*) FROM diner WHERE line IS NOT NULL AND :id = :id /*scan*/", 1), 0);
}

static void a_whole_route_goes_to_somebody_else(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t one = rounds_carrier(t, "周一", "walk", NULL), two = rounds_carrier(t, "吴二", "ebike", NULL), third;
	int64_t route = rounds_route(t, one, ORDERS(rounds_order(t, "王一", 1050, 0, ""))), other = rounds_route(t, two, ORDERS(rounds_order(t, "李二", 9, 9, "")));
	int64_t by_hand = hands_insert(t, "INSERT INTO volunteer (id, name, status) VALUES (:id, '郑外', 'active')");

	assert_refused_unchanged(route_give(&t->of, route, 0, two, false, NULL, &e), RC_INVALID, "volunteer_id", "吴二已经送 2 号线");
	assert_refused_unchanged(route_give(&t->of, route, 0, one, false, NULL, &e), RC_INVALID, "volunteer_id", "已经是周一送");
	assert_refused_unchanged(route_give(&t->of, route, 0, 424242, false, NULL, &e), RC_NOTFOUND, "", "没有这位志愿者");
	assert_refused_unchanged(route_give(&t->of, route, 99, by_hand, false, NULL, &e), RC_CONFLICT, "", "刚被别人改过");
	assert_ok(route_give(&t->of, route, rev_of(t, route), by_hand, false, NULL, &e));
	assert_town_text(t, "SELECT transport || load_meals || ' ' || ifnull(assignment_id, 'none') FROM route WHERE id = :id", route, "walk8 none");
	assert_ok(route_give(&t->of, route, 0, two, true, NULL, &e));
	assert_int_equal(town_int(t, "SELECT arrive_min FROM stop WHERE route_id = :id", route), 645 + 5);
	third = rounds_route(t, 0, ORDERS(0));
	assert_ok(route_merge(&t->of, other, 0, route, NULL, &e));
	assert_way(t, route, "王一 李二");
	assert_int_equal(town_int(t, "SELECT merged_into_id FROM route WHERE id = :id", other), route);
	assert_refused_unchanged(route_merge(&t->of, other, 0, route, NULL, &e), RC_NOTFOUND, "", "已经删除或并走");
	assert_refused_unchanged(route_merge(&t->of, route, 0, route, NULL, &e), RC_INVALID, "into_id", "另一条");
	assert_refused_unchanged(route_delete(&t->of, route, 0, &e), RC_INVALID, "", "还有 2 户");
	assert_ok(route_delete(&t->of, third, 0, &e));
	assert_nobody_lost(t);
}

static void a_route_is_split_from_a_stop_on(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t route = rounds_route(t, rounds_carrier(t, "周一", "walk", NULL), ORDERS(rounds_order(t, "王一", 1, 0, ""), rounds_order(t, "李二", 2, 0, ""),
	                                                                              rounds_order(t, "张三", 3, 0, "")));
	int64_t made = 0;

	assert_refused_unchanged(route_split(&t->of, route, 0, 1, NULL, &made, &e), RC_INVALID, "position", "至少一户");
	assert_refused_unchanged(route_split(&t->of, route, 0, 4, NULL, &made, &e), RC_INVALID, "position", "至少一户");
	assert_ok(route_split(&t->of, route, 0, 2, NULL, &made, &e));
	assert_way(t, route, "王一");
	assert_way(t, made, "李二 张三");
	assert_nobody_lost(t);
}

/* Under way ---------------------------------------------------------------------------------------------------------------------------------- */

static void a_route_that_is_out_is_changed_only_with_a_reason(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), b = rounds_order(t, "李二", 200, 0, "");
	int64_t route = rounds_route(t, 0, ORDERS(a)), two = rounds_route(t, 0, ORDERS(b)), who = rounds_carrier(t, "周一", "walk", NULL);

	assert_refused_unchanged(route_confirm(&t->of, route, 0, &e), RC_INVALID, "volunteer_id", "还没有送餐人");
	assert_refused_unchanged(route_back(&t->of, route, 0, &e), RC_INVALID, "", "还没有出发");
	assert_ok(route_give(&t->of, route, 0, who, false, NULL, &e));
	assert_ok(route_confirm(&t->of, route, 0, &e));
	assert_ok(stop_move(&t->of, b, two, route, 0, NULL, &e));
	assert_town_text(t, "SELECT state FROM route WHERE id = :id", route, "draft");
	assert_ok(route_leave(&t->of, route, 0, &e));
	assert_refused_unchanged(stop_move(&t->of, b, route, two, 0, "　", &e), RC_INVALID, "why", "已经出发");
	assert_refused_unchanged(route_give(&t->of, route, 0, 0, false, "换人", &e), RC_INVALID, "volunteer_id", "不能没有送餐人");
	assert_ok(stop_move(&t->of, b, route, two, 0, "他刚打电话说不在家", &e));
	assert_town_text(t, "SELECT state || note FROM route WHERE id = :id", route, "out他刚打电话说不在家");
	t->now -= 3600000;
	assert_refused_unchanged(route_back(&t->of, route, 0, &e), RC_INVALID, "", "校对电脑时间");
	t->now += 2 * 3600000;
	assert_ok(route_back(&t->of, route, 0, &e));
	assert_refused_unchanged(stop_move(&t->of, a, route, two, 0, "理由", &e), RC_INVALID, "", "已经回来");
	assert_nobody_lost(t);
}

static void what_is_over_or_not_to_be_brought_is_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), route = rounds_route(t, 0, ORDERS(a)), b = rounds_order(t, "李二", 1, 1, "");

	town_write(t, "UPDATE meal_order SET way = 'pickup' WHERE id = :id", b);
	assert_refused_unchanged(stop_move(&t->of, b, 0, route, 0, NULL, &e), RC_INVALID, "", "不是送餐");
	assert_refused_unchanged(stop_move(&t->of, a, 0, route, 0, NULL, &e), RC_CONFLICT, "", "刚被别人改到别的线路");
	assert_refused_unchanged(stop_move(&t->of, a, route, 777, 0, NULL, &e), RC_NOTFOUND, "", "已经删除或并走");
	assert_refused_unchanged(stop_pin(&t->of, b, true, &e), RC_INVALID, "", "不在任何线路");
	town_write(t, "UPDATE meal_order SET outcome = 's1' WHERE id = :id", a);
	assert_refused_unchanged(stop_move(&t->of, a, route, 0, 0, NULL, &e), RC_INVALID, "", "送达结果");
	town_write(t, "UPDATE meal_order SET state = 'cancelled', outcome = NULL WHERE id = :id", a);
	assert_refused_unchanged(stop_move(&t->of, a, route, 0, 0, NULL, &e), RC_CONFLICT, "", "刚被取消");
	hands_insert(t, "INSERT INTO meal_close (id, day, meal) VALUES (:id, %d, 'lunch')", TOWN_TODAY);
	assert_refused_unchanged(route_create(&t->of, LUNCH, 0, NULL, &e), RC_INVALID, "day", "已经关账");
	assert_refused_unchanged(route_delete(&t->of, route, 0, &e), RC_INVALID, "day", "已经关账");
	assert_refused_unchanged(route_create(&t->of, TOWN_TODAY, "supper", 0, NULL, &e), RC_INVALID, "meal", "没有");
	town_as(t, GRID3);
	assert_refused_unchanged(route_create(&t->of, LUNCH, 0, NULL, &e), RC_DENIED, "", "");
}

static void two_dispatchers_do_not_undo_each_other(void **state)
{
	struct town *t = *state, *other;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), one = rounds_route(t, 0, ORDERS(a)), two = rounds_route(t, 0, ORDERS(0)), rev = rev_of(t, one);

	other = town_second(t);
	town_as(other, CANTEEN);
	assert_ok(stop_move(&other->of, a, one, two, 0, NULL, &e));
	assert_refused_unchanged(stop_move(&t->of, a, one, 0, 0, NULL, &e), RC_CONFLICT, "", "刚被别人改到别的线路");
	assert_refused_unchanged(route_delete(&t->of, one, rev, &e), RC_CONFLICT, "", "刚被别人改过");
	town_close_second(other);
	assert_nobody_lost(t);
}

static void who_falls_ill_loses_his_routes_and_his_pins(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), who = rounds_carrier(t, "周一", "walk", NULL), route = rounds_route(t, who, ORDERS(a));
	int64_t other = rounds_carrier(t, "吴二", "walk", NULL), signed_in = rounds_carrier(t, "郑三", "walk", NULL);
	bool off = false;

	assert_ok(stop_pin(&t->of, a, true, &e));
	assert_refused_unchanged(carrier_take_off(&t->of, LUNCH, who, "", &off, &e), RC_INVALID, "why", "来不了");
	assert_ok(carrier_take_off(&t->of, LUNCH, who, "发烧", &off, &e));
	assert_true(off);
	assert_int_equal(town_int(t, "SELECT count(*) FROM attendance WHERE result = 'excused' AND volunteer_id = :id", who), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM route WHERE volunteer_id IS NOT NULL AND id = :id", route), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM stop WHERE pinned = 1 AND route_id = :id", route), 0);
	assert_refused_unchanged(carrier_take_off(&t->of, LUNCH, who, "发烧", &off, &e), RC_INVALID, "volunteer_id", "没有还没出发的线路");
	town_as(t, HEAD);
	assert_ok(route_give(&t->of, route, 0, other, false, NULL, &e));
	assert_ok(carrier_take_off(&t->of, LUNCH, other, "发烧", &off, &e));
	assert_true(off);
	assert_int_equal(town_int(t, "SELECT count(*) FROM attendance WHERE volunteer_id = :id", other) +
	                 town_int(t, "SELECT count(*) FROM assignment WHERE state = 'cancelled' AND volunteer_id = :id", other), 1);
	hands_insert(t, "INSERT INTO attendance (id, assignment_id, volunteer_id, day, result) SELECT :id, id, volunteer_id, 20781, 'present' FROM assignment"
	                " WHERE volunteer_id = %" PRId64, signed_in);
	assert_ok(route_give(&t->of, route, 0, signed_in, false, NULL, &e));
	assert_ok(carrier_take_off(&t->of, LUNCH, signed_in, "晕倒", &off, &e));
	assert_false(off);
	assert_nobody_lost(t);
}

static void the_fixed_order_changes_only_when_it_is_meant(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t a = rounds_order(t, "王一", 100, 0, ""), b = rounds_order(t, "李二", 200, 0, ""), route = rounds_route(t, 0, ORDERS(b, a));

	assert_ok(route_keep_order(&t->of, route, 0, &e));
	assert_town_text(t, "SELECT line || '/' || line_position FROM diner WHERE id = :id", rounds_diner(t, a), "1/2");
	assert_town_text(t, "SELECT line || '/' || line_position FROM diner WHERE id = :id", rounds_diner(t, b), "1/1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROUNDS_TEST(carriers_are_those_whose_shift_fits_and_who_come),
		ROUNDS_TEST(who_is_away_keeps_a_route_with_a_warning_and_is_no_choice_without_one),
		ROUNDS_TEST(times_are_reckoned_from_the_kitchen_over_each_door),
		ROUNDS_TEST(he_leaves_late_rather_than_wait_before_a_door),
		ROUNDS_TEST(what_is_wrong_with_a_route_is_said),
		ROUNDS_TEST(a_stop_moves_between_routes_and_places),
		ROUNDS_TEST(a_whole_route_goes_to_somebody_else),
		ROUNDS_TEST(a_route_is_split_from_a_stop_on),
		ROUNDS_TEST(a_route_that_is_out_is_changed_only_with_a_reason),
		ROUNDS_TEST(what_is_over_or_not_to_be_brought_is_refused),
		ROUNDS_TEST(two_dispatchers_do_not_undo_each_other),
		ROUNDS_TEST(who_falls_ill_loses_his_routes_and_his_pins),
		ROUNDS_TEST(the_fixed_order_changes_only_when_it_is_meant),
	};

	return cmocka_run_group_tests_name("domain-dispatch", tests, NULL, NULL);
}
