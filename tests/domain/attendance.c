/* 签到: who came, when, for how long, and who says that it counts. */
#include "domain/attendance.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "served.h"
#include "store/journal.h"

#define NINE (9 * 60)

/* 09:00 to 11:00 of a day: 沈明 stands on it. */
struct morning {
	int64_t volunteer, shift, assignment;
};

static struct morning make_morning(struct town *t, int32_t day)
{
	struct morning m;

	m.volunteer = served_volunteer(t, "沈明", 0);
	m.shift = served_shift(t, &(struct shift_row){ .title = "送餐一组", .day = day, .begin_min = NINE, .end_min = NINE + 120 });
	m.assignment = served_assign(t, m.shift, m.volunteer);
	return m;
}

static void at(struct town *t, int32_t day, int minute)
{
	t->now = instant_of_day(day, minute);
}

static void rename_volunteer(struct town *t, int64_t id, const char *name)
{
	AUTO_FREE char *sql = mem_format("UPDATE volunteer SET name = '%s' WHERE id = :id", name);

	town_write(t, sql, id);
}

static int64_t attendance_of(struct town *t, int64_t assignment)
{
	return town_int(t, "SELECT id FROM attendance WHERE assignment_id = :id", assignment);
}

/* The list ------------------------------------------------------------------------------------------------------------------------- */

static void a_day_lists_its_shifts_in_order_and_extra_work_last(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	const struct attendance_row *rows;
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY);
	int64_t wang = served_volunteer(t, "王秀英", t->wang), noon, off;
	size_t n;

	noon = served_shift(t, &(struct shift_row){ .title = "送餐二组", .day = TOWN_TODAY, .begin_min = 660, .end_min = 720 });
	served_assign(t, noon, wang);
	served_assign(t, m.shift, wang);
	off = served_assign(t, noon, m.volunteer);
	town_write(t, "UPDATE assignment SET state = 'cancelled' WHERE id = :id", off);
	served_assign(t, served_shift(t, &(struct shift_row){ .title = "明天", .day = TOWN_TODAY + 1, .begin_min = 600, .end_min = 660 }), wang);
	town_as(t, GRID3);
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, m.volunteer }), NULL, &e));
	assert_ok(attendance_day(&t->of, TOWN_TODAY, &a, &rows, &n, &e));
	assert_int_equal(n, 4);
	assert_string_equal(rows[0].shift, "送餐一组");
	assert_string_equal(rows[1].shift, "送餐一组");
	assert_string_equal(rows[2].shift, "送餐二组");
	assert_string_equal(rows[2].name, "王秀英");
	assert_string_equal(rows[2].phone, "138****5566");
	assert_int_equal(rows[2].result, ATTENDANCE_RESULT_COUNT);
	assert_int_equal(rows[2].minutes, -1);
	assert_int_equal(rows[3].assignment_id, 0);
	assert_string_equal(rows[3].content, "陪老人说话");
	assert_int_equal(rows[3].minutes, 60);
	town_as(t, ADMIN);
	assert_refused(attendance_day(&t->of, TOWN_TODAY, &a, &rows, &n, &e), RC_DENIED, "", "查看志愿者");
}

/* One key -------------------------------------------------------------------------------------------------------------------------- */

static void lateness_begins_after_the_minutes_of_the_settings(void **state)
{
	static const struct { int now; enum attendance_result result; int came, minutes; } cases[] = {
		{ NINE - 30, ATTENDANCE_PRESENT, NINE, 120 },          /* too early is at the begin */
		{ NINE, ATTENDANCE_PRESENT, NINE, 120 },
		{ NINE + 10, ATTENDANCE_PRESENT, NINE + 10, 120 },     /* ten minutes are forgiven */
		{ NINE + 11, ATTENDANCE_LATE, NINE + 11, 109 },
		{ NINE + 119, ATTENDANCE_LATE, NINE + 119, 1 },
		{ NINE + 120, ATTENDANCE_PRESENT, NINE, 120 },         /* written down after the shift: nobody knows better */
		{ 20 * 60, ATTENDANCE_PRESENT, NINE, 120 },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		AUTO_FREE char *name = mem_format("沈明%zu", i);
		struct err e = { 0 };
		struct attendance_row row;
		struct morning m = make_morning(t, TOWN_TODAY);

		rename_volunteer(t, m.volunteer, name);
		at(t, TOWN_TODAY, cases[i].now);
		assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
		row = served_row(t, TOWN_TODAY, name, &a);
		assert_int_equal(row.result, cases[i].result);
		assert_int_equal(row.came_min, cases[i].came);
		assert_int_equal(row.minutes, cases[i].minutes);
		assert_string_equal(row.content, "送餐一组");
		assert_false(row.approved);
	}
}

static void who_did_not_come_served_nothing(void **state)
{
	static const enum attendance_result results[] = { ATTENDANCE_ABSENT, ATTENDANCE_EXCUSED };
	struct town *t = *state;
	struct morning m = make_morning(t, TOWN_TODAY);

	at(t, TOWN_TODAY, NINE + 5);
	for (size_t i = 0; i < COUNT(results); i++) {
		AUTO_ARENA a = { 0 };
		struct err e = { 0 };
		struct attendance_row row;

		assert_ok(attendance_mark(&t->of, m.assignment, results[i], &e));
		row = served_row(t, TOWN_TODAY, "沈明", &a);
		assert_int_equal(row.result, results[i]);
		assert_int_equal(row.came_min, -1);
		assert_int_equal(row.minutes, 0);
	}
	assert_int_equal(town_int(t, "SELECT count(*) FROM attendance", 0), 1);
}

static void a_flexible_shift_has_no_lateness_and_its_minutes_are_asked_for(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct attendance_row row;
	int64_t who = served_volunteer(t, "沈明", 0), assignment;

	assignment = served_assign(t, served_shift(t, &(struct shift_row){ "随时探访", TOWN_TODAY, 480, 1080, true }), who);
	at(t, TOWN_TODAY, 600);
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_PRESENT, &e));
	row = served_row(t, TOWN_TODAY, "沈明", &a);
	assert_int_equal(row.result, ATTENDANCE_PRESENT);
	assert_int_equal(row.came_min, 600);
	assert_int_equal(row.minutes, -1);
	at(t, TOWN_TODAY, 1100);
	town_as(t, HEAD);
	assert_refused_untouched(served_try_approve(t, row.attendance_id, -1, &e), RC_INVALID, "", "还没有服务时长");
	assert_refused_untouched(served_try_save(t, assignment, FILLS({ "begin_min", NULL }), &e), RC_INVALID, "minutes", "请填服务时长");
	assert_ok(served_try_save(t, assignment, FILLS({ "end_min", "1115" }), &e));
	assert_int_equal(served_row(t, TOWN_TODAY, "沈明", &a).minutes, 75);
}

static void a_mark_is_corrected_on_the_same_day_and_the_journal_keeps_both(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct attendance_row row;
	struct morning m = make_morning(t, TOWN_TODAY);
	int64_t entries;

	at(t, TOWN_TODAY, NINE + 20);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_ABSENT, &e));
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	assert_int_equal(served_row(t, TOWN_TODAY, "沈明", &a).result, ATTENDANCE_LATE);
	/* pressed again it means: was there in time */
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	row = served_row(t, TOWN_TODAY, "沈明", &a);
	assert_int_equal(row.result, ATTENDANCE_PRESENT);
	assert_int_equal(row.came_min, NINE);
	assert_int_equal(row.minutes, 120);
	entries = town_int(t, "SELECT count(*) FROM journal", 0);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM journal", 0), entries);       /* nothing to say twice */
	assert_int_equal(town_int(t, "SELECT count(*) FROM journal WHERE verb = 'attendance.mark'", 0) >= 3, 1);
}

static void what_was_approved_is_corrected_on_the_day_and_has_to_be_approved_again(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY);

	at(t, TOWN_TODAY, NINE + 130);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, attendance_of(t, m.assignment), -1, &e));
	town_as(t, DESK);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_ABSENT, &e));
	assert_false(served_row(t, TOWN_TODAY, "沈明", &a).approved);
	assert_int_equal(served_row(t, TOWN_TODAY, "沈明", &a).approved_minutes, -1);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	/* the next day: as long as it is not approved */
	town_set_day(t, "2026-11-25");
	assert_ok(served_try_save(t, m.assignment, FILLS({ "minutes", "100" }), &e));
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, attendance_of(t, m.assignment), -1, &e));
	assert_refused_untouched(attendance_mark(&t->of, m.assignment, ATTENDANCE_ABSENT, &e), RC_INVALID, "", "只能在服务当天更正");
	assert_refused_untouched(served_try_save(t, m.assignment, FILLS({ "minutes", "90" }), &e), RC_INVALID, "", "只能在服务当天更正");
}

static void marking_is_refused_where_nothing_can_have_happened(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct morning today = make_morning(t, TOWN_TODAY), tomorrow = make_morning(t, TOWN_TODAY + 1);

	assert_refused_untouched(attendance_mark(&t->of, tomorrow.assignment, ATTENDANCE_PRESENT, &e), RC_INVALID, "", "还没到这一天");
	assert_refused_untouched(attendance_mark(&t->of, 4711, ATTENDANCE_PRESENT, &e), RC_NOTFOUND, "", "没有这条派班");
	assert_refused_untouched(attendance_mark(&t->of, today.assignment, ATTENDANCE_RESULT_COUNT, &e), RC_INVALID, "result", "请选签到结果");
	town_as(t, PROJECT);
	assert_refused_untouched(attendance_mark(&t->of, today.assignment, ATTENDANCE_PRESENT, &e), RC_DENIED, "", "签到");
	town_as(t, CANTEEN);
	town_write(t, "UPDATE assignment SET state = 'cancelled' WHERE id = :id", today.assignment);
	assert_refused_untouched(attendance_mark(&t->of, today.assignment, ATTENDANCE_PRESENT, &e), RC_INVALID, "", "已取消");
	town_write(t, "UPDATE assignment SET state = 'confirmed' WHERE id = :id", today.assignment);
	assert_ok(attendance_mark(&t->of, today.assignment, ATTENDANCE_PRESENT, &e));
	/* who was deleted meanwhile keeps what was served */
	town_write(t, "UPDATE volunteer SET deleted_at = 1 WHERE id = :id", today.volunteer);
	assert_ok(attendance_mark(&t->of, today.assignment, ATTENDANCE_LATE, &e));
}

/* Times ---------------------------------------------------------------------------------------------------------------------------- */

static void minutes_follow_from_times_and_may_be_fewer(void **state)
{
	static const struct { const char *came, *left, *minutes, *why; int wanted; } cases[] = {
		{ "0900", "1100", NULL, NULL, 120 }, { "0905", "1020", NULL, NULL, 75 }, { "0900", "1100", "45", NULL, 45 }, { NULL, NULL, NULL, NULL, 120 },
		{ NULL, NULL, "0", NULL, 0 }, { "0830", "1115", NULL, "老人要多聊一会", 165 },
	};
	struct town *t = *state;
	struct morning m = make_morning(t, TOWN_TODAY - 1);

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		struct err e = { 0 };

		assert_ok(served_try_save(t, m.assignment, FILLS({ "result", "present" }, { "begin_min", cases[i].came }, { "end_min", cases[i].left },
		                                                 { "minutes", cases[i].minutes }, { "difference_why", cases[i].why }), &e));
		assert_int_equal(served_row(t, TOWN_TODAY - 1, "沈明", &a).minutes, cases[i].wanted);
	}
}

static void times_that_cannot_be_are_refused_at_their_field(void **state)
{
	static const struct { const char *came, *left, *minutes, *field, *words; } cases[] = {
		{ "0900", "0800", NULL, "end_min", "离开要晚于到" }, { "0900", "0900", NULL, "end_min", "离开要晚于到" },
		{ "2200", "0100", NULL, "end_min", "过了半夜" }, { "0900", "1000", "61", "minutes", "最多60分钟" },
		{ "0900", "1101", NULL, "difference_why", "比班次的120分钟多" }, { NULL, NULL, "121", "difference_why", "写明原因" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY - 1), today = make_morning(t, TOWN_TODAY), tomorrow = make_morning(t, TOWN_TODAY + 1);

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_untouched(served_try_save(t, m.assignment, FILLS({ "result", "present" }, { "begin_min", cases[i].came },
		                                         { "end_min", cases[i].left }, { "minutes", cases[i].minutes }), &e), RC_INVALID, cases[i].field, cases[i].words);
	assert_refused_untouched(served_try_save(t, m.assignment, NULL, &e), RC_INVALID, "result", "结果");
	at(t, TOWN_TODAY, NINE + 60);
	assert_refused_untouched(served_try_save(t, today.assignment, FILLS({ "result", "present" }, { "begin_min", "0900" }, { "end_min", "1030" }), &e),
	                         RC_INVALID, "end_min", "还没到这个时间");
	assert_refused_untouched(served_try_save(t, tomorrow.assignment, FILLS({ "result", "present" }), &e), RC_INVALID, "", "还没到这一天");
	assert_ok(served_try_save(t, m.assignment, FILLS({ "result", "excused" }, { "difference_why", "家里有事" }), &e));
}

static void two_who_sign_in_the_same_person_do_not_make_two(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY);

	record_init(&r, form_find(t->of.forms, "attendance"));
	town_fill(t, &r, FILLS({ "result", "present" }));
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_EXCUSED, &e));
	assert_refused_untouched(attendance_save(&t->of, m.assignment, &r, &e), RC_CONFLICT, "", "刚由别人签到");
}

static void times_are_offered_as_the_shift_has_them_or_as_they_stand(void **state)
{
	struct town *t = *state;
	AUTO_RECORD fresh = { 0 };
	AUTO_RECORD stored = { 0 };
	AUTO_RECORD flexible = { 0 };
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY - 1);
	int64_t loose = served_assign(t, served_shift(t, &(struct shift_row){ "随时探访", TOWN_TODAY, 480, 1080, true }), m.volunteer);

	record_init(&fresh, form_find(t->of.forms, "attendance"));
	assert_ok(attendance_prefill(&t->of, m.assignment, &fresh, &e));
	assert_int_equal(fresh.id, 0);
	assert_string_equal(record_text(&fresh, "result"), "present");
	assert_int_equal(record_number(&fresh, "begin_min", -1), NINE);
	assert_int_equal(record_number(&fresh, "end_min", -1), NINE + 120);
	record_init(&flexible, form_find(t->of.forms, "attendance"));
	assert_ok(attendance_prefill(&t->of, loose, &flexible, &e));
	assert_int_equal(record_number(&flexible, "begin_min", -1), -1);
	assert_ok(served_try_save(t, m.assignment, FILLS({ "result", "late" }, { "begin_min", "0930" }, { "end_min", "1100" }), &e));
	record_init(&stored, form_find(t->of.forms, "attendance"));
	assert_ok(attendance_prefill(&t->of, m.assignment, &stored, &e));
	assert_int_equal(stored.id, attendance_of(t, m.assignment));
	assert_int_equal(record_number(&stored, "minutes", -1), 90);
	assert_refused(attendance_prefill(&t->of, 4711, &stored, &e), RC_NOTFOUND, "", "没有这条派班");
	town_as(t, PROJECT);
	assert_refused(attendance_prefill(&t->of, m.assignment, &stored, &e), RC_DENIED, "", "签到");
}

/* Beside the roster ---------------------------------------------------------------------------------------------------------------- */

static void extra_work_is_refused_where_it_cannot_be(void **state)
{
	static const struct { const char *field, *typed, *at, *words; } cases[] = {
		{ "day", "+1", "day", "不能晚于今天" }, { "day", "-61", "day", "60天以内" }, { "minutes", NULL, "minutes", "请填服务时长" },
		{ "content", NULL, "content", "内容" }, { "service", NULL, "service", "服务" }, { "volunteer_id", NULL, "volunteer_id", "志愿者" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	town_as(t, GRID3);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_untouched(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }, { cases[i].field, cases[i].typed }), NULL, &e),
		                         RC_INVALID, cases[i].at, cases[i].words);
	assert_refused_untouched(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, 4711 }), NULL, &e), RC_INVALID, "volunteer_id", "不在了");
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }, { "day", "-60" }), NULL, &e));
	town_as(t, DESK);
	assert_refused_untouched(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }), NULL, &e), RC_DENIED, "", "请交网格员或书记");
}

static void an_hour_is_not_counted_twice(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY - 1);
	int64_t extra;

	town_as(t, GRID3);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	assert_refused_untouched(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, m.volunteer }, { "day", "-1" }, { "begin_min", "1030" },
	                                          { "end_min", "1200" }), NULL, &e), RC_INVALID, "begin_min", "09:00 到 11:00 已记了「送餐一组」");
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, m.volunteer }, { "day", "-1" }, { "begin_min", "1100" }, { "end_min", "1200" },
	                                       { "minutes", NULL }), &extra, &e));
	assert_int_equal(town_int(t, "SELECT minutes FROM attendance WHERE id = :id", extra), 60);
	/* saved again it does not overlap itself */
	assert_ok(served_try_extra(t, extra, FILLS({ "minutes", "30" }), NULL, &e));
	assert_refused_untouched(served_try_save(t, m.assignment, FILLS({ "begin_min", "0930" }, { "end_min", "1130" }), &e), RC_INVALID, "begin_min",
	                         "已记了「陪老人说话」");
	/* of one who did not come the hours are free */
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_ABSENT, &e));
	assert_ok(served_try_extra(t, extra, FILLS({ "begin_min", "1000" }, { "end_min", "1200" }), NULL, &e));
	assert_refused_untouched(served_try_extra(t, attendance_of(t, m.assignment), FILLS({ "content", "别的" }), NULL, &e), RC_INVALID, "", "请按「到」「爽约」等更正");
}

static void extra_work_written_down_by_mistake_is_deleted_with_a_reason(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY);
	int64_t extra, old;

	town_as(t, GRID3);
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, m.volunteer }), &extra, &e));
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, m.volunteer }, { "day", "-1" }), &old, &e));
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	assert_refused_untouched(attendance_extra_delete(&t->of, extra, 1, " ", &e), RC_INVALID, "why", "请写明删除的理由");
	assert_refused_untouched(attendance_extra_delete(&t->of, extra, 77, "记错了", &e), RC_CONFLICT, "", "");
	assert_refused_untouched(attendance_extra_delete(&t->of, attendance_of(t, m.assignment), 1, "记错了", &e), RC_INVALID, "", "更正");
	assert_ok(served_try_approve(t, old, -1, &e));
	assert_refused_untouched(attendance_extra_delete(&t->of, old, 2, "记错了", &e), RC_INVALID, "", "只能在服务当天更正");
	town_as(t, DESK);
	assert_refused_untouched(attendance_extra_delete(&t->of, extra, 1, "记错了", &e), RC_DENIED, "", "请交网格员或书记");
	town_as(t, GRID3);
	assert_ok(attendance_extra_delete(&t->of, extra, town_int(t, "SELECT rev FROM attendance WHERE id = :id", extra), "记错了", &e));
	assert_refused(attendance_extra_delete(&t->of, extra, 2, "记错了", &e), RC_NOTFOUND, "", "不在了");
}

/* Approval ------------------------------------------------------------------------------------------------------------------------- */

static void nobody_approves_their_own(void **state)
{
	static const struct { const char *name; bool resident; } cases[] = { { "周勤", false }, { "周 勤", false }, { "小周", true } };
	struct town *t = *state;
	struct err e = { 0 };

	town_write(t, "UPDATE resident SET name = '周勤' WHERE id = :id", t->zhang);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		int64_t who = served_volunteer(t, cases[i].name, cases[i].resident ? t->zhang : 0), id = served_day(t, who, TOWN_TODAY - 2, 60, false);
		int count = -1;

		town_as(t, HEAD);
		assert_true(served_row(t, TOWN_TODAY - 2, cases[i].name, &a).mine);
		assert_refused_untouched(served_try_approve(t, id, -1, &e), RC_DENIED, "", "不能由本人核定");
		assert_ok(attendance_approve_day(&t->of, TOWN_TODAY - 2, &count, &e));
		assert_int_equal(count, 0);
		town_as(t, HEAD2);
		assert_false(served_row(t, TOWN_TODAY - 2, cases[i].name, &a).mine);
		assert_ok(served_try_approve(t, id, -1, &e));
	}
}

/* 'w' and 'z': residents wang and zhang; the head is called 周勤. */
static void who_served_and_who_approves_are_compared_as_people(void **state)
{
	static const struct { char account, volunteer; const char *name; const char *refused; } cases[] = {
		{ 'w', 'w', "小王", "交另一位网格员或书记" },                 /* one person, whatever each record calls her */
		{ 'w', 'z', "周勤", NULL },                                    /* a namesake who is known to be another */
		{ 'w', '-', "周勤", "按姓名认定" }, { '-', 'z', "周勤", "按姓名认定" }, { 'w', '-', "王秀英", "按姓名认定" },
		{ 'w', '-', "小陈", NULL }, { '-', 'z', "小张", NULL },
	};
	struct town *t = *state;
	struct err e = { 0 };

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t resident = cases[i].volunteer == 'w' ? t->wang : cases[i].volunteer == 'z' ? t->zhang : 0;
		int64_t who = served_volunteer(t, cases[i].name, resident), id = served_day(t, who, TOWN_TODAY - 2, 60, false);

		town_as(t, HEAD);
		town_write(t, "UPDATE account SET resident_id = nullif(:id, 0) WHERE login = 'head'", cases[i].account == 'w' ? t->wang : 0);
		if (cases[i].refused) {
			assert_refused_untouched(served_try_approve(t, id, -1, &e), RC_DENIED, "", cases[i].refused);
			assert_int_equal(strstr(e.text, "按姓名") != NULL, cases[i].account != cases[i].volunteer);
		} else {
			assert_ok(served_try_approve(t, id, -1, &e));
		}
	}
}

static void part_of_the_minutes_may_be_approved_and_no_more_than_claimed(void **state)
{
	static const struct { int minutes; enum rc rc; const char *words; int wanted; } cases[] = {
		{ -1, RC_OK, "", 120 }, { 120, RC_OK, "", 120 }, { 45, RC_OK, "", 45 }, { 0, RC_OK, "", 0 }, { 121, RC_INVALID, "最多核定120分钟", 0 },
		{ -2, RC_INVALID, "不能小于0", 0 },
	};
	struct town *t = *state;

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int64_t id = served_day(t, served_volunteer(t, "沈明", 0), TOWN_TODAY - 3, 120, false);

		if (cases[i].rc != RC_OK) {
			assert_refused_untouched(served_try_approve(t, id, cases[i].minutes, &e), cases[i].rc, "minutes", cases[i].words);
			continue;
		}
		assert_ok(served_try_approve(t, id, cases[i].minutes, &e));
		assert_int_equal(town_int(t, "SELECT approved_minutes FROM attendance WHERE id = :id", id), cases[i].wanted);
		assert_int_equal(town_int(t, "SELECT approved_by FROM attendance WHERE id = :id", id), t->accounts[HEAD]);
		assert_refused_untouched(served_try_approve(t, id, cases[i].minutes, &e), RC_INVALID, "", "已核定");
	}
}

static void approval_waits_for_the_end_and_for_somebody_who_came(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct morning m = make_morning(t, TOWN_TODAY);

	at(t, TOWN_TODAY, NINE + 60);
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_PRESENT, &e));
	assert_refused_untouched(served_try_approve(t, attendance_of(t, m.assignment), -1, &e), RC_DENIED, "", "核定服务时长");
	town_as(t, HEAD);
	assert_refused_untouched(served_try_approve(t, attendance_of(t, m.assignment), -1, &e), RC_INVALID, "", "还没结束");
	at(t, TOWN_TODAY, NINE + 120);
	assert_refused_untouched(attendance_approve(&t->of, attendance_of(t, m.assignment), 77, -1, &e), RC_CONFLICT, "", "刚被别人改过");
	assert_refused_untouched(attendance_approve(&t->of, 4711, 1, -1, &e), RC_NOTFOUND, "", "不在了");
	assert_ok(attendance_mark(&t->of, m.assignment, ATTENDANCE_ABSENT, &e));
	assert_refused_untouched(served_try_approve(t, attendance_of(t, m.assignment), -1, &e), RC_INVALID, "", "没有到");
}

static void an_approval_is_undone_with_its_points(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	int64_t id;

	t->settings.per_hour = 10;
	id = served_day(t, served_volunteer(t, "沈明", 0), TOWN_TODAY - 1, 60, false);
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, id, -1, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM point_entry", 0), 2);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM point_entry", 0), 0);
	assert_int_equal(town_int(t, "SELECT approved_at IS NULL FROM attendance WHERE id = :id", id), 1);
	assert_ok(served_try_approve(t, id, 30, &e));
}

static void a_day_is_approved_at_once_but_for_what_may_not_be(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int32_t day = TOWN_TODAY - 1;
	int64_t first = served_day(t, served_volunteer(t, "沈明", 0), day, 60, false), done = served_day(t, served_volunteer(t, "陆芳", 0), day, 60, true);
	int64_t own = served_day(t, served_volunteer(t, "周勤", 0), day, 60, false), absent = served_day(t, served_volunteer(t, "马强", 0), day, 60, false);
	int64_t other_day = served_day(t, served_volunteer(t, "丁二", 0), day - 1, 60, false);
	int count = -1;

	town_write(t, "UPDATE attendance SET result = 'absent', minutes = 0 WHERE id = :id", absent);
	assert_refused_untouched(attendance_approve_day(&t->of, day, &count, &e), RC_DENIED, "", "核定服务时长");
	town_as(t, HEAD);
	assert_ok(attendance_approve_day(&t->of, day, &count, &e));
	assert_int_equal(count, 1);
	assert_int_equal(town_int(t, "SELECT approved_minutes FROM attendance WHERE id = :id", first), 60);
	assert_int_equal(town_int(t, "SELECT approved_by FROM attendance WHERE id = :id", done), t->accounts[HEAD2]);
	assert_int_equal(town_int(t, "SELECT count(*) FROM attendance WHERE approved_at IS NULL", 0), 3);
	(void)own; (void)other_day;
}

/* The ledger ----------------------------------------------------------------------------------------------------------------------- */

static size_t count_rows(struct town *t, const struct list_filter *filters, size_t n)
{
	struct list *l = NULL;
	struct err e = { 0 };
	bool more = true;
	size_t count;

	assert_ok(list_open(&l, t->st, attendance_list_spec(), &e));
	assert_ok(list_query(l, filters, n, (struct list_order){ "day", true }, 0, &e));
	while (more)
		assert_ok(list_fill(l, 100, &more, &e));
	count = list_count(l);
	if (count > 0) {
		assert_ok(list_prepare(l, 0, 1, &e));
		assert_string_equal(list_text(l, 0, 2), "meals");
	}
	list_close(l);
	return count;
}

static void the_ledger_is_narrowed_by_volunteer_month_and_what_waits(void **state)
{
	struct town *t = *state;
	int64_t shen = served_volunteer(t, "沈明", 0), lu = served_volunteer(t, "陆芳", 0);
	struct list_filter of_shen = attendance_of_volunteer(shen), october = attendance_between(day_from_civil(2026, 10, 1), day_from_civil(2026, 10, 31));

	served_day(t, shen, day_from_civil(2026, 10, 1), 60, true);
	served_day(t, shen, day_from_civil(2026, 10, 31), 60, false);
	served_day(t, shen, day_from_civil(2026, 11, 1), 60, false);
	served_day(t, lu, day_from_civil(2026, 10, 15), 60, false);
	town_write(t, "UPDATE attendance SET result = 'absent' WHERE volunteer_id = :id", lu);
	assert_int_equal(count_rows(t, NULL, 0), 4);
	assert_int_equal(count_rows(t, &of_shen, 1), 3);
	assert_int_equal(count_rows(t, &october, 1), 3);
	assert_int_equal(count_rows(t, (const struct list_filter[]){ of_shen, october }, 2), 2);
	assert_int_equal(count_rows(t, &attendance_unapproved, 1), 2);
}

static void the_ledger_is_searched_by_who_served(void **state)
{
	static const struct { const char *typed; bool any; size_t rows; } cases[] = {
		{ "", false, 3 }, { "   ", false, 3 }, { "沈明", true, 2 }, { "sm", true, 2 }, { "ZY-0002", true, 1 }, { "沈 明", true, 2 }, { "没有的人", true, 0 },
		{ "' OR 1=1 --", true, 0 }, { "5566", true, 3 },
	};
	struct town *t = *state;
	int64_t shen = served_volunteer(t, "沈明", 0), lu = served_volunteer(t, "陆芳", 0);

	served_day(t, shen, TOWN_TODAY - 1, 60, true);
	served_day(t, shen, TOWN_TODAY - 2, 60, true);
	served_day(t, lu, TOWN_TODAY - 3, 60, true);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		struct list_filter f;
		struct err e = { 0 };
		bool any;

		assert_ok(attendance_filter_typed(&t->of, cases[i].typed, &a, &f, &any, &e));
		assert_int_equal(any, cases[i].any);
		assert_int_equal(count_rows(t, &f, any), cases[i].rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_day_lists_its_shifts_in_order_and_extra_work_last),
		TOWN_TEST(lateness_begins_after_the_minutes_of_the_settings),
		TOWN_TEST(who_did_not_come_served_nothing),
		TOWN_TEST(a_flexible_shift_has_no_lateness_and_its_minutes_are_asked_for),
		TOWN_TEST(a_mark_is_corrected_on_the_same_day_and_the_journal_keeps_both),
		TOWN_TEST(what_was_approved_is_corrected_on_the_day_and_has_to_be_approved_again),
		TOWN_TEST(marking_is_refused_where_nothing_can_have_happened),
		TOWN_TEST(minutes_follow_from_times_and_may_be_fewer),
		TOWN_TEST(times_that_cannot_be_are_refused_at_their_field),
		TOWN_TEST(times_are_offered_as_the_shift_has_them_or_as_they_stand),
		TOWN_TEST(extra_work_written_down_by_mistake_is_deleted_with_a_reason),
		TOWN_TEST(an_approval_is_undone_with_its_points),
		TOWN_TEST(the_ledger_is_searched_by_who_served),
		TOWN_TEST(two_who_sign_in_the_same_person_do_not_make_two),
		TOWN_TEST(extra_work_is_refused_where_it_cannot_be),
		TOWN_TEST(an_hour_is_not_counted_twice),
		TOWN_TEST(nobody_approves_their_own),
		TOWN_TEST(who_served_and_who_approves_are_compared_as_people),
		TOWN_TEST(part_of_the_minutes_may_be_approved_and_no_more_than_claimed),
		TOWN_TEST(approval_waits_for_the_end_and_for_somebody_who_came),
		TOWN_TEST(a_day_is_approved_at_once_but_for_what_may_not_be),
		TOWN_TEST(the_ledger_is_narrowed_by_volunteer_month_and_what_waits),
	};

	return cmocka_run_group_tests_name("domain-attendance", tests, NULL, NULL);
}
