/* Orders from plans: who gets one, and that making them again changes nothing. */
#include "domain/meal_order.h"

#include <inttypes.h>

#include "hands.h"
#include "store/txn.h"

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

	plan(t, wang, "1 2 5", "lunch", 2, "'dine_in'", "NULL", "NULL");
	plan(t, wang, "2", "dinner", 1, "NULL", "NULL", "NULL");
	assert_int_equal(make(t), 4);
	assert_town_text(t, "SELECT group_concat((day - 20781) || meal || portions || size || way || source || state, ' ') FROM"
	                    " (SELECT * FROM meal_order WHERE diner_id = :id ORDER BY day, meal) /*scan*/", wang,
	                 "0dinner1normalpickupplanordered 0lunch2normaldine_inplanordered 3lunch2normaldine_inplanordered"
	                 " 6lunch2normaldine_inplanordered");
	rows = hands_rows(t);
	assert_int_equal(make(t), 0);
	assert_int_equal(hands_rows(t), rows);
}

static enum rc try_change(struct town *t, int64_t id, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	hands_record(t, &r, "meal_order", id, fills);
	return meal_order_save(&t->of, &r, e);
}

static void what_was_cancelled_or_changed_by_hand_is_left(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), its = plan(t, wang, "2 3 4", "lunch", 1, "NULL", "NULL", "NULL");

	assert_int_equal(make(t), 3);
	assert_ok(meal_order_cancel(&t->of, meal_order_id(wang, TOWN_TODAY, "lunch"), "去女儿家", &e));
	assert_ok(try_change(t, meal_order_id(wang, TOWN_TODAY + 1, "lunch"), FILLS({ "portions", "2" }), &e));
	town_write(t, "UPDATE meal_plan SET portions = 3 WHERE id = :id", its);
	assert_int_equal(make(t), 0);
	assert_town_text(t, "SELECT group_concat(state || portions, ' ') FROM (SELECT * FROM meal_order WHERE diner_id = :id ORDER BY day) /*scan*/", wang,
	                 "cancelled1 ordered2 ordered3");
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

static void today_is_made_until_the_meal_has_left_and_says_that_it_is_late(void **state)
{
	struct town *t = *state;
	int64_t wang = diner(t, "active");

	plan(t, wang, "2", "lunch", 1, "NULL", "NULL", "NULL");
	plan(t, wang, "2", "breakfast", 1, "NULL", "NULL", "NULL");
	assert_int_equal(make(t), 1);                                                    /* breakfast left at 6:30 */
	assert_town_text(t, "SELECT meal || why FROM meal_order WHERE diner_id = :id", wang, "lunch截止后按用餐计划订的");
}

static void without_a_ground_meals_are_fetched_and_say_why(void **state)
{
	static const struct { const char *ground, *to, *wanted; } cases[] = {
		{ "'alone'", "NULL", "delivery|delivery" }, { "NULL", "NULL", "pickup没有送餐依据，改为自取|pickup没有送餐依据，改为自取" },
		{ "'alone'", "20782", "delivery|pickup送餐依据已到期，改为自取" }, { "'alone'", "20781", "pickup送餐依据已到期，改为自取|pickup送餐依据已到期，改为自取" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = hands_insert(t, "INSERT INTO diner (id, resident_id, status, way, entitled_why, entitled_to_day) VALUES (:id, 1, 'active', 'delivery', %s, %s)",
		                          cases[i].ground, cases[i].to);

		plan(t, id, "3 4", "lunch", 1, "NULL", "NULL", "NULL");
		make(t);
		assert_town_text(t, "SELECT group_concat(way || coalesce(why, ''), '|') FROM (SELECT * FROM meal_order WHERE diner_id = :id ORDER BY day) /*scan*/",
		                 id, cases[i].wanted);
	}
}

static void who_died_moved_or_is_no_resident_any_more_gets_none(void **state)
{
	static const char *const gone[] = { "status = 'dead'", "status = 'moved'", "deleted_at = 1" };
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(gone); i++) {
		AUTO_FREE char *sql = mem_format("UPDATE resident SET %s WHERE id = :id", gone[i]);
		int64_t id = hands_insert(t, "INSERT INTO diner (id, resident_id, status, way) VALUES (:id, %" PRId64 ", 'active', 'pickup')", t->zhang);

		town_write(t, "UPDATE resident SET status = 'present', deleted_at = NULL WHERE id = :id", t->zhang);
		plan(t, id, "3", "lunch", 1, "NULL", "NULL", "NULL");
		assert_int_equal(make(t), 1);                                                /* and what lapsed before is ordered again */
		assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE state = 'ordered' /*scan*/", 0), (int)i + 1);
		town_write(t, sql, t->zhang);
		make(t);
		assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE diner_id = :id AND state = 'ordered' /*scan*/", id), 0);
	}
}

static void two_desks_that_make_the_same_orders_have_made_them_once(void **state)
{
	struct town *t = *state, *other = town_second(t);
	struct err e = { 0 };
	int64_t wang = diner(t, "active");
	int made;

	plan(t, wang, "1 2 3 4 5 6 7", "lunch", 1, "NULL", "NULL", "NULL");
	assert_int_equal(make(t), 7);
	assert_ok(orders_make(&other->of, TOWN_TODAY + 1, 7, &made, &e));
	assert_int_equal(made, 1);
	assert_int_equal(make(t), 0);
	assert_int_equal(town_int(t, ORDERS, wang), 8);
	town_close_second(other);
}

static int tend(struct town *t)
{
	struct err e = { 0 };
	int64_t after = 0;
	int calls = 0;
	bool more = true;

	for (; more; calls++)
		assert_ok(orders_tend(&t->of, &after, &more, &e));
	return calls;
}

static void idle_work_makes_the_coming_orders_in_slices_as_the_programs_own_deed(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t first = diner(t, "active"), rows, after = 0;
	bool more;
	AUTO_FREE char *done = NULL;

	plan(t, first, "1 2 3 4 5 6 7", "lunch", 1, "NULL", "NULL", "NULL");
	for (int i = 0; i < 30; i++)
		plan(t, diner(t, "active"), "3", "dinner", 1, "NULL", "NULL", "NULL");
	assert_true(tend(t) > 2);
	assert_int_equal(town_int(t, ORDERS, first), 8);                                 /* today and seven days ahead */
	assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE meal = 'dinner' /*scan*/", 0), 30);
	assert_int_equal(town_int(t, "SELECT count(*) FROM journal WHERE verb = 'order.make' AND coalesce(actor, 0) <> 0 /*scan*/", 0), 0);
	rows = hands_rows(t);
	tend(t);
	assert_int_equal(hands_rows(t), rows);
	town_as(t, PROJECT);
	assert_refused_unchanged(orders_tend(&t->of, &after, &more, &e), RC_DENIED, "", "");
}

static void idle_work_waits_for_nobody_and_goes_on_where_it_was(void **state)
{
	struct town *t = *state, *other = town_second(t);
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), after = 0;
	bool more = true;

	plan(t, wang, "3", "lunch", 1, "NULL", "NULL", "NULL");
	{
		AUTO_TXN busy = { 0 };

		assert_ok(txn_begin(&busy, other->st, "test", &e));
		assert_refused(orders_tend(&t->of, &after, &more, &e), RC_BUSY, "", "数据库正由");
		assert_int_equal(after, 0);
		assert_true(more);
	}
	assert_ok(orders_tend(&t->of, &after, &more, &e));
	assert_false(more);
	assert_int_equal(after, wang);
	assert_int_equal(town_int(t, ORDERS, wang), 1);
	assert_int_equal(store_actor(t->st), t->of.me.id);
	town_close_second(other);
}

static void days_that_make_no_sense_are_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int made = -1;

	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY - 1, 7, &made, &e), RC_INVALID, "from_day", "日期已过");
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY, 0, &made, &e), RC_INVALID, "days", "1 到 31 天");
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY, 32, &made, &e), RC_INVALID, "days", "");
	assert_refused_unchanged(orders_make(&t->of, TOWN_TODAY + 32, 1, &made, &e), RC_INVALID, "days", "最远到今天以后 31 天");
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
	int made;

	plan(t, wang, "2", "lunch", 1, "NULL", "NULL", "NULL");
	make(t);
	assert_ok(meal_order_cancel(&t->of, id, "女儿来了", &e));
	assert_town_text(t, STATE, id, "cancelled女儿来了");
	rows = hands_rows(t);
	assert_ok(meal_order_cancel(&t->of, id, "又一次", &e));
	assert_int_equal(hands_rows(t), rows);
	assert_ok(meal_order_restore(&t->of, id, &e));
	assert_town_text(t, STATE, id, "ordered截止后恢复的");
	id = meal_order_id(wang, TOWN_TODAY + 7, "lunch");
	assert_ok(orders_make(&t->of, TOWN_TODAY + 7, 1, &made, &e));
	assert_ok(meal_order_cancel(&t->of, id, NULL, &e));                              /* in time: nobody has to say why */
	assert_town_text(t, STATE, id, "cancelled");
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
	assert_refused_unchanged(meal_order_cancel(&t->of, id, "　", &e), RC_INVALID, "why", "已过中餐订餐截止时间 8:45，厨房已经备餐，请写明原因");
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
		TOWN_TEST(what_was_cancelled_or_changed_by_hand_is_left),
		TOWN_TEST(who_does_not_eat_gets_none),
		TOWN_TEST(both_ends_of_a_pause_and_of_a_plan_count),
		TOWN_TEST(of_two_plans_the_later_one_holds),
		TOWN_TEST(a_cancelled_order_keeps_its_reason_until_it_is_restored),
		TOWN_TEST(what_is_over_is_not_cancelled),
		TOWN_TEST(today_is_made_until_the_meal_has_left_and_says_that_it_is_late),
		TOWN_TEST(without_a_ground_meals_are_fetched_and_say_why),
		TOWN_TEST(who_died_moved_or_is_no_resident_any_more_gets_none),
		TOWN_TEST(two_desks_that_make_the_same_orders_have_made_them_once),
		TOWN_TEST(idle_work_makes_the_coming_orders_in_slices_as_the_programs_own_deed),
		TOWN_TEST(idle_work_waits_for_nobody_and_goes_on_where_it_was),
		TOWN_TEST(days_that_make_no_sense_are_refused),
	};

	return cmocka_run_group_tests_name("domain-meal_order", tests, NULL, NULL);
}
