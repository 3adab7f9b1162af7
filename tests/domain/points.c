/* 积分: entries that add up to zero, the oldest spent first, what has passed its day gone. */
#include "domain/attendance.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "served.h"
#include "store/journal.h"
#include "store/txn.h"

static int64_t balance_of(struct town *t, int64_t volunteer)
{
	AUTO_ARENA a = { 0 };
	struct service_hours h;
	struct err e = { 0 };

	assert_ok(service_hours(&t->of, volunteer, &a, &h, &e));
	return h.points;
}

/* Of every move and of all together. */
static void assert_balanced(struct town *t)
{
	assert_int_equal(town_int(t, "SELECT count(*) FROM (SELECT move_id FROM point_entry GROUP BY move_id HAVING sum(points) <> 0 OR count(*) <> 2)", 0), 0);
}

/* As the loop does in idle time: how many moves it came to. */
static int64_t expire(struct town *t)
{
	int64_t before = town_int(t, "SELECT count(*) FROM point_entry WHERE kind = 'expired'", 0), after = 0;
	bool more = true;
	struct err e = { 0 };

	while (more)
		assert_ok(points_expire_next(&t->of, &after, &more, &e));
	return (town_int(t, "SELECT count(*) FROM point_entry WHERE kind = 'expired'", 0) - before) / 2;
}

static void a_day(struct town *t, int32_t day)
{
	t->now = instant_of_day(day, 9 * 60);
}

static void approved_hours_earn_points_where_the_setting_says_how_many(void **state)
{
	static const struct { int per_hour, minutes; int64_t points; } cases[] = {
		{ 0, 120, 0 }, { 1, 120, 2 }, { 1, 119, 1 }, { 10, 30, 5 }, { 10, 5, 0 }, { 10, 6, 1 }, { 1000, 61, 1016 },
	};
	struct town *t = *state;

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t who = served_volunteer(t, "沈明", 0), id;

		t->settings.per_hour = cases[i].per_hour;
		id = served_day(t, who, TOWN_TODAY - 1, cases[i].minutes, true);
		assert_int_equal(balance_of(t, who), cases[i].points);
		assert_int_equal(town_int(t, "SELECT count(*) FROM point_entry WHERE attendance_id = :id", id), cases[i].points ? 2 : 0);
	}
	assert_balanced(t);
}

static void an_approval_that_is_taken_back_takes_its_points_with_it(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), id;

	t->settings.per_hour = 10;
	town_as(t, HEAD);
	t->now = instant_of_day(TOWN_TODAY, 20 * 60);
	id = served_day(t, who, TOWN_TODAY, 120, true);
	assert_int_equal(balance_of(t, who), 20);
	assert_ok(attendance_mark(&t->of, town_int(t, "SELECT assignment_id FROM attendance WHERE id = :id", id), ATTENDANCE_ABSENT, &e));
	assert_int_equal(balance_of(t, who), 0);
	assert_ok(attendance_mark(&t->of, town_int(t, "SELECT assignment_id FROM attendance WHERE id = :id", id), ATTENDANCE_PRESENT, &e));
	assert_ok(served_try_approve(t, id, 60, &e));
	assert_int_equal(balance_of(t, who), 10);
	assert_balanced(t);
}

/* With 24 months: 10 points of 2026-01-31 last until 2028-01-31, 20 of 2026-02-28 until 2028-02-28. Worked by hand. */
static void the_oldest_points_are_spent_first_and_the_rest_expires(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	t->settings.per_hour = 10;
	town_as(t, HEAD);
	served_day(t, who, day_from_civil(2026, 1, 31), 60, true);
	served_day(t, who, day_from_civil(2026, 2, 28), 120, true);
	a_day(t, day_from_civil(2028, 1, 31));
	assert_int_equal(balance_of(t, who), 30);
	assert_ok(points_spend(&t->of, who, 4, "换毛巾", &e));          /* of the 10: 6 are left */
	assert_int_equal(balance_of(t, who), 26);
	a_day(t, day_from_civil(2028, 2, 1));
	assert_int_equal(balance_of(t, who), 20);                       /* the 6 are gone though nobody has entered it */
	assert_refused_untouched(points_spend(&t->of, who, 21, "", &e), RC_INVALID, "points", "只有20分");
	assert_ok(points_spend(&t->of, who, 5, "换肥皂", &e));          /* enters it, and takes 5 of the 20 */
	assert_int_equal(balance_of(t, who), 15);
	assert_int_equal(town_int(t, "SELECT points FROM point_entry WHERE kind = 'expired' AND volunteer_id = :id", who), -6);
	assert_int_equal(expire(t), 0);
	a_day(t, day_from_civil(2028, 2, 29));
	assert_int_equal(expire(t), 1);
	assert_int_equal(balance_of(t, who), 0);
	assert_int_equal(town_int(t, "SELECT sum(points) FROM point_entry WHERE volunteer_id = :id", who), 0);
	assert_int_equal(expire(t), 0);
	assert_balanced(t);
}

static void points_last_to_the_same_day_of_the_month_or_its_end(void **state)
{
	static const struct { int months, year, month, day, to_year, to_month, to_day; } cases[] = {
		{ 24, 2026, 11, 20, 2028, 11, 20 }, { 1, 2026, 1, 31, 2026, 2, 28 }, { 1, 2026, 10, 31, 2026, 11, 30 }, { 12, 2024, 2, 29, 2025, 2, 28 },
		{ 2, 2026, 11, 23, 2027, 1, 23 },
	};
	struct town *t = *state;

	t->settings.per_hour = 1;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t who = served_volunteer(t, "沈明", 0);

		t->settings.expire_months = cases[i].months;
		served_day(t, who, day_from_civil(cases[i].year, cases[i].month, cases[i].day), 60, true);
		assert_int_equal(town_int(t, "SELECT expires_day FROM point_entry WHERE volunteer_id = :id", who),
		                 day_from_civil(cases[i].to_year, cases[i].to_month, cases[i].to_day));
	}
}

static void points_do_not_expire_where_the_setting_is_zero(void **state)
{
	struct town *t = *state;
	int64_t who = served_volunteer(t, "沈明", 0);

	t->settings.per_hour = 10;
	t->settings.expire_months = 0;
	served_day(t, who, TOWN_TODAY - 1, 60, true);
	a_day(t, TOWN_TODAY + 9000);
	town_as(t, HEAD);
	assert_int_equal(expire(t), 0);
	assert_int_equal(balance_of(t, who), 10);
}

static void expiring_is_the_programs_deed_and_is_nobodys_to_undo(void **state)
{
	struct town *t = *state;
	int64_t who = served_volunteer(t, "沈明", 0);
	struct err e = { 0 };
	char *done = NULL;

	t->settings.per_hour = 10;
	town_as(t, HEAD2);
	served_day(t, who, TOWN_TODAY - 1, 60, true);
	a_day(t, TOWN_TODAY + 900);
	town_as(t, GRID3);
	assert_int_equal(expire(t), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM journal WHERE verb = 'points.expire' AND actor <> 0", 0), 0);
	assert_true(town_int(t, "SELECT count(*) FROM journal WHERE verb = 'points.expire'", 0) > 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM point_entry WHERE kind = 'expired' AND account_id IS NOT NULL", 0), 0);
	assert_int_equal(store_actor(t->st), t->of.me.id);
	assert_refused(journal_undo(t->st, t->of.me.id, &done, &e), RC_NOTFOUND, "", "没有可以撤销的操作");
	assert_balanced(t);
}

/* Two desks that expire the same make the same rows; where that has been done and points came back, what expires then is a move of its own. */
static void the_id_of_what_expires_follows_from_whose_it_was_and_when(void **state)
{
	struct town *t = *state;
	int64_t who = served_volunteer(t, "沈明", 0);
	AUTO_FREE char *key = NULL;

	t->settings.per_hour = 10;
	town_as(t, HEAD2);
	served_day(t, who, TOWN_TODAY - 1, 60, true);
	key = mem_format("expired %lld %lld", (long long)who, (long long)town_int(t, "SELECT expires_day FROM point_entry WHERE volunteer_id = :id", who));
	a_day(t, TOWN_TODAY + 900);
	assert_int_equal(expire(t), 1);
	assert_int_equal(town_int(t, "SELECT points FROM point_entry WHERE id = :id", store_derived_id("point_entry", key)), -10);
	town_write(t, "UPDATE point_entry SET points = points + sign(points) WHERE kind = 'earned' AND move_id IN"
	              " (SELECT move_id FROM point_entry WHERE volunteer_id = :id) /*scan*/", who);
	assert_int_equal(expire(t), 1);
	assert_int_equal(balance_of(t, who), 0);
	assert_balanced(t);
}

static void whoever_writes_is_not_waited_for(void **state)
{
	struct town *t = *state, *second = town_second(t);
	int64_t who = served_volunteer(t, "沈明", 0), after = 0;
	bool more = true;
	struct err e = { 0 };

	t->settings.per_hour = 10;
	town_as(t, HEAD2);
	served_day(t, who, TOWN_TODAY - 1, 60, true);
	a_day(t, TOWN_TODAY + 900);
	{
		AUTO_TXN writes = { 0 };

		assert_ok(txn_begin(&writes, second->st, "test.write", &e));
		assert_refused(points_expire_next(&t->of, &after, &more, &e), RC_BUSY, "", "数据库正由");
		assert_int_equal(after, 0);
		assert_int_equal(store_actor(t->st), t->of.me.id);
	}
	assert_int_equal(expire(t), 1);
	town_close_second(second);
	town_as(t, CANTEEN);
	assert_refused(points_expire_next(&t->of, &after, &more, &e), RC_DENIED, "", "管理志愿者");
}

static void the_head_corrects_with_a_reason_and_never_below_zero(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	town_as(t, GRID3);
	assert_refused_untouched(points_correct(&t->of, who, 5, "少记", &e), RC_DENIED, "", "更正积分");
	town_as(t, HEAD);
	assert_refused_untouched(points_correct(&t->of, who, 5, " ", &e), RC_INVALID, "note", "请写明为什么");
	assert_refused_untouched(points_correct(&t->of, who, 0, "少记", &e), RC_INVALID, "points", "不能是0");
	assert_refused_untouched(points_correct(&t->of, who, -1, "多记", &e), RC_INVALID, "points", "只有0分");
	assert_refused_untouched(points_correct(&t->of, who, INT64_MIN, "多记", &e), RC_INVALID, "points", "最多1000000");
	assert_refused_untouched(points_correct(&t->of, 4711, 5, "少记", &e), RC_NOTFOUND, "", "没有这位志愿者");
	assert_ok(points_correct(&t->of, who, 8, "补上去年的", &e));
	assert_ok(points_correct(&t->of, who, -3, "多补了", &e));
	assert_int_equal(balance_of(t, who), 5);
	assert_balanced(t);
}

static void spending_wants_a_number_above_zero_and_within_the_balance(void **state)
{
	static const struct { int64_t points; const char *words; } cases[] = {
		{ 0, "1到1000000之间" }, { -5, "1到1000000之间" }, { INT64_MAX, "1到1000000之间" }, { INT64_MIN, "1到1000000之间" }, { 11, "只有10分" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	t->settings.per_hour = 10;
	served_day(t, who, TOWN_TODAY - 1, 60, true);
	town_as(t, GRID5);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_untouched(points_spend(&t->of, who, cases[i].points, "", &e), RC_INVALID, "points", cases[i].words);
	town_as(t, DESK);
	assert_refused_untouched(points_spend(&t->of, who, 1, "", &e), RC_DENIED, "", "管理志愿者");
	town_as(t, GRID5);
	assert_ok(points_spend(&t->of, who, 10, NULL, &e));
	assert_int_equal(balance_of(t, who), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(approved_hours_earn_points_where_the_setting_says_how_many),
		TOWN_TEST(an_approval_that_is_taken_back_takes_its_points_with_it),
		TOWN_TEST(the_oldest_points_are_spent_first_and_the_rest_expires),
		TOWN_TEST(points_last_to_the_same_day_of_the_month_or_its_end),
		TOWN_TEST(points_do_not_expire_where_the_setting_is_zero),
		TOWN_TEST(expiring_is_the_programs_deed_and_is_nobodys_to_undo),
		TOWN_TEST(the_id_of_what_expires_follows_from_whose_it_was_and_when),
		TOWN_TEST(whoever_writes_is_not_waited_for),
		TOWN_TEST(the_head_corrects_with_a_reason_and_never_below_zero),
		TOWN_TEST(spending_wants_a_number_above_zero_and_within_the_balance),
	};

	return cmocka_run_group_tests_name("domain-points", tests, NULL, NULL);
}
