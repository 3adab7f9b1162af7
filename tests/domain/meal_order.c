/* Orders from plans: who gets one, and that making them again changes nothing. */
#include "domain/meal_order.h"

#include <inttypes.h>

#include "hands.h"

#define ORDERS "SELECT count(*) FROM meal_order WHERE diner_id = :id /*scan*/"

static int64_t diner(struct town *t, const char *status)
{
	return hands_insert(t, "INSERT INTO diner (id, resident_id, status, way) VALUES (:id, 1, '%s', 'pickup')", status);
}

static int64_t plan(struct town *t, int64_t diner, const char *weekdays, const char *meal, int portions, const char *way, const char *from, const char *to)
{
	return hands_insert(t, "INSERT INTO meal_plan (id, diner_id, weekdays, meal, portions, size, way, from_day, to_day)"
	                       " VALUES (:id, %" PRId64 ", '%s', '%s', %d, NULL, %s, %s, %s)", diner, weekdays, meal, portions, way, from, to);
}

/* A week from today, a Tuesday. */
static int make(struct town *t)
{
	struct err e = { 0 };
	int made = -1;

	assert_ok(orders_make(&t->of, TOWN_TODAY, 7, &made, &e));
	return made;
}

static void a_plan_makes_the_orders_of_its_weekdays_once(void **state)
{
	struct town *t = *state;
	int64_t wang = diner(t, "active");
	int64_t rows;

	plan(t, wang, "1 2 5", "lunch", 2, "'delivery'", "NULL", "NULL");
	plan(t, wang, "2", "dinner", 1, "NULL", "NULL", "NULL");
	assert_int_equal(make(t), 4);
	assert_town_text(t, "SELECT group_concat((day - 20781) || meal || portions || size || way || source || state, ' ') FROM"
	                    " (SELECT * FROM meal_order WHERE diner_id = :id ORDER BY day, meal) /*scan*/", wang,
	                 "0dinner1normalpickupplanordered 0lunch2normaldeliveryplanordered 3lunch2normaldeliveryplanordered"
	                 " 6lunch2normaldeliveryplanordered");
	rows = hands_rows(t);
	assert_int_equal(make(t), 0);
	assert_int_equal(hands_rows(t), rows);
}

static void what_was_cancelled_or_changed_is_left(void **state)
{
	struct town *t = *state;
	int64_t wang = diner(t, "active"), its = plan(t, wang, "2 3", "lunch", 1, "NULL", "NULL", "NULL");

	assert_int_equal(make(t), 2);
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", meal_order_id(wang, TOWN_TODAY, "lunch"));
	town_write(t, "UPDATE meal_plan SET portions = 3 WHERE id = :id", its);
	assert_int_equal(make(t), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE diner_id = :id AND state = 'cancelled' /*scan*/", wang), 1);
	assert_int_equal(town_int(t, "SELECT sum(portions) FROM meal_order WHERE diner_id = :id /*scan*/", wang), 2);
}

static void who_does_not_eat_gets_none(void **state)
{
	static const struct { const char *status; int made; } cases[] = {
		{ "applied", 0 }, { "active", 7 }, { "paused", 0 }, { "stopped", 0 }, { "quiet", 0 }, { "deceased", 0 }, { "gone", 0 },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = diner(t, cases[i].status);

		plan(t, id, "1 2 3 4 5 6 7", "lunch", 1, "NULL", "NULL", "NULL");
		assert_int_equal(make(t), cases[i].made);
		assert_int_equal(town_int(t, ORDERS, id), cases[i].made);
	}
}

static void both_ends_of_a_pause_and_of_a_plan_count(void **state)
{
	struct town *t = *state;
	int64_t wang = diner(t, "active"), li = diner(t, "active");

	plan(t, wang, "1 2 3 4 5 6 7", "lunch", 1, "NULL", "20782", "20785");
	plan(t, li, "1 2 3 4 5 6 7", "lunch", 1, "NULL", "NULL", "NULL");
	hands_insert(t, "INSERT INTO meal_pause (id, diner_id, from_day, to_day) VALUES (:id, %" PRId64 ", 20782, 20784)", li);
	hands_insert(t, "INSERT INTO meal_pause (id, diner_id, from_day, to_day, deleted_at) VALUES (:id, %" PRId64 ", 20781, 20789, 1)", li);
	assert_int_equal(make(t), 8);
	assert_int_equal(town_int(t, ORDERS, wang), 4);
	assert_int_equal(town_int(t, ORDERS, li), 4);
}

static void of_two_plans_the_later_one_holds(void **state)
{
	struct town *t = *state;
	int64_t wang = diner(t, "active");

	plan(t, wang, "2", "lunch", 1, "NULL", "NULL", "NULL");
	plan(t, wang, "2", "lunch", 4, "NULL", "20780", "NULL");
	assert_int_equal(make(t), 1);
	assert_int_equal(town_int(t, "SELECT portions FROM meal_order WHERE diner_id = :id /*scan*/", wang), 4);
}

static void days_that_make_no_sense_are_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int made = -1;

	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY - 1, 7, &made, &e), RC_INVALID, "from_day", "日期已过");
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY, 0, &made, &e), RC_INVALID, "days", "1 到 31 天");
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY, 32, &made, &e), RC_INVALID, "days", "");
	town_as(t, PROJECT);
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY, 7, &made, &e), RC_DENIED, "", "");
	assert_int_equal(made, -1);
}

#define STATE "SELECT state || coalesce(why, '') FROM meal_order WHERE id = :id"

static void a_cancelled_order_keeps_its_reason_until_it_is_restored(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id = meal_order_id(wang, TOWN_TODAY, "lunch"), rows;

	plan(t, wang, "2", "lunch", 1, "NULL", "NULL", "NULL");
	make(t);
	assert_ok(meal_order_cancel(&t->of, id, "女儿来了", &e));
	assert_town_text(t, STATE, id, "cancelled女儿来了");
	rows = hands_rows(t);
	assert_ok(meal_order_cancel(&t->of, id, "又一次", &e));
	assert_int_equal(hands_rows(t), rows);
	assert_ok(meal_order_restore(&t->of, id, &e));
	assert_town_text(t, STATE, id, "ordered");
}

static void what_is_over_is_not_cancelled(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id = meal_order_id(wang, TOWN_TODAY, "lunch");

	plan(t, wang, "2", "lunch", 1, "NULL", "NULL", "NULL");
	make(t);
	assert_refused_unchanged(meal_order_cancel(&t->of, id, "　", &e), RC_INVALID, "why", "为什么取消");
	assert_refused_unchanged(meal_order_cancel(&t->of, 12345, "不吃", &e), RC_NOTFOUND, "", "没有这份订餐");
	town_write(t, "UPDATE meal_order SET outcome = 'S1' WHERE id = :id", id);
	assert_refused_unchanged(meal_order_cancel(&t->of, id, "不吃", &e), RC_INVALID, "", "送达结果");
	town_write(t, "UPDATE meal_order SET outcome = NULL WHERE id = :id", id);
	hands_insert(t, "INSERT INTO meal_close (id, day, meal) VALUES (:id, %d, 'lunch')", TOWN_TODAY);
	assert_refused_unchanged(meal_order_cancel(&t->of, id, "不吃", &e), RC_INVALID, "day", "已经关账");
	assert_refused_unchanged(meal_order_restore(&t->of, id, &e), RC_INVALID, "day", "已经关账");
	town_as(t, PROJECT);
	assert_refused_unchanged(meal_order_cancel(&t->of, id, "不吃", &e), RC_DENIED, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_plan_makes_the_orders_of_its_weekdays_once),
		TOWN_TEST(what_was_cancelled_or_changed_is_left),
		TOWN_TEST(who_does_not_eat_gets_none),
		TOWN_TEST(both_ends_of_a_pause_and_of_a_plan_count),
		TOWN_TEST(of_two_plans_the_later_one_holds),
		TOWN_TEST(a_cancelled_order_keeps_its_reason_until_it_is_restored),
		TOWN_TEST(what_is_over_is_not_cancelled),
		TOWN_TEST(days_that_make_no_sense_are_refused),
	};

	return cmocka_run_group_tests_name("domain-meal_order", tests, NULL, NULL);
}
