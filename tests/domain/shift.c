/* Shifts, templates and what they want, written by hand. */
#include "domain/shift.h"

#include <stdlib.h>

#include "base/day.h"
#include "duty.h"

/* Templates ---------------------------------------------------------------------------------------------------------------------- */

static void a_new_template_wants_one_hand(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift_template tp;
	const struct shift_template *list;
	size_t n;
	int64_t id = duty_template(t, FILLS({ "place", "居民食堂" }, { "grid_id", NULL, t->grid3 }, { "from_day", "2026-11-01" }));

	assert_ok(shift_template_load(&t->of, id, &a, &tp, &e));
	assert_string_equal(tp.title, "午餐送餐");
	assert_string_equal(tp.grid, "03");
	assert_int_equal(tp.weekdays, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5);
	assert_int_equal(tp.begin_min, 600);
	assert_int_equal(tp.to_day, DAY_NONE);
	assert_int_equal(tp.n_needs, 1);
	assert_int_equal(tp.needs[0].headcount, 1);
	assert_string_equal(tp.needs[0].role, "hand");
	duty_template(t, FILLS({ "service", "patrol" }, { "title", "夜间巡防" }, { "begin_min", "19:00" }, { "end_min", "21:00" }));
	duty_template(t, FILLS({ "title", "早餐送餐" }, { "begin_min", "7:00" }, { "end_min", "8:00" }));
	assert_ok(shift_templates(&t->of, &a, &list, &n, &e));
	assert_int_equal(n, 3);
	assert_string_equal(list[0].title, "早餐送餐");
	assert_string_equal(list[2].title, "夜间巡防");
	assert_int_equal(list[2].n_needs, 1);
	/* saved again it keeps its needs */
	assert_ok(duty_try_template(t, id, FILLS({ "title", "午间送餐" }), NULL, &e));
	assert_ok(shift_template_load(&t->of, id, &a, &tp, &e));
	assert_int_equal(tp.n_needs, 1);
}

static void times_that_make_no_shift_are_refused(void **state)
{
	static const struct { const char *begin, *end, *field, *words; } cases[] = {
		{ "22:00", "6:00", "end_min", "分成两个班" }, { "10:00", "10:00", "end_min", "同一个时间" }, { "10:00", "9:59", "end_min", "早于开始" },
		{ NULL, "9:00", "begin_min", "几点开始" }, { "9:00", NULL, "end_min", "几点结束" },
	};
	struct town *t = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_refused_untouched(duty_try_template(t, 0, FILLS({ "begin_min", cases[i].begin }, { "end_min", cases[i].end }), NULL, &e), RC_INVALID,
		                         cases[i].field, cases[i].words);
		assert_refused_untouched(duty_try_shift(t, 0, FILLS({ "begin_min", cases[i].begin }, { "end_min", cases[i].end }), NULL, NULL, &e), RC_INVALID,
		                         cases[i].field, cases[i].words);
	}
	assert_refused_untouched(duty_try_template(t, 0, FILLS({ "from_day", "2026-12-01" }, { "to_day", "2026-11-30" }), NULL, &e), RC_INVALID, "to_day",
	                         "早于");
	assert_refused_untouched(duty_try_template(t, 0, FILLS({ "grid_id", NULL, 4711 }), NULL, &e), RC_INVALID, "grid_id", "网格不存在");
	assert_refused_untouched(duty_try_template(t, 0, FILLS({ "title", NULL }), NULL, &e), RC_INVALID, "title", "名称");
	assert_refused_untouched(duty_try_shift(t, 0, FILLS({ "day", "2026-11-23" }), NULL, NULL, &e), RC_INVALID, "day", "日期已过");
	assert_refused_untouched(duty_try_shift(t, 0, FILLS({ "day", NULL }), NULL, NULL, &e), RC_INVALID, "day", "日期");
	/* the last minute of a day is one */
	duty_shift(t, FILLS({ "begin_min", "22:00" }, { "end_min", "23:59" }));
}

static void who_makes_no_rosters_makes_no_shifts(void **state)
{
	static const enum town_account others[] = { DESK, CANTEEN, PROJECT, ADMIN };
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), template_id = duty_template(t, NULL);
	int made;

	for (size_t i = 0; i < COUNT(others); i++) {
		town_as(t, others[i]);
		assert_refused_untouched(duty_try_template(t, 0, NULL, NULL, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(duty_try_shift(t, 0, NULL, NULL, NULL, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_make_week(&t->of, DUTY_NEXT, &made, &made, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &made, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_publish_week(&t->of, DUTY_MONDAY, &made, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_cancel(&t->of, shift, 1, "下雨", &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_reopen(&t->of, shift, 1, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_need_delete(&t->of, duty_need(t, shift), "多了", &e), RC_DENIED, "", "排班");
		assert_refused_untouched(shift_template_delete(&t->of, template_id, 1, "不用了", &e), RC_DENIED, "", "排班");
	}
}

/* Shifts ------------------------------------------------------------------------------------------------------------------------- */

static void an_extra_shift_is_a_draft_that_wants_one_hand(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t id = duty_shift(t, FILLS({ "grid_id", NULL, t->grid5 }, { "place", "5幢楼下" }));

	assert_ok(shift_load(&t->of, id, &a, &s, &e));
	assert_int_equal(s.state, SHIFT_DRAFT);
	assert_int_equal(s.day, TOWN_TODAY + 3);
	assert_int_equal(s.template_id, 0);
	assert_int_equal(s.needed, -1);
	assert_string_equal(s.grid, "05");
	assert_int_equal(s.n_needs, 1);
	assert_int_equal(town_int(t, "SELECT account_id FROM shift WHERE id = :id", id), t->accounts[GRID3]);
	assert_refused(shift_load(&t->of, 4711, &a, &s, &e), RC_NOTFOUND, "", "没有这个班次");
}

static void moving_a_shift_says_whom_it_displaces(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), other = duty_shift(t, FILLS({ "title", "陪诊" }, { "service", "escort" }, { "begin_min", "14:00" }, { "end_min", "16:00" }));
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL);
	int displaced;

	duty_headcount(t, shift, "2");
	duty_stand(t, duty_need(t, shift), xu, "planned");
	duty_stand(t, duty_need(t, shift), gu, "confirmed");
	duty_stand(t, duty_need(t, other), xu, "planned");
	assert_ok(duty_try_shift(t, shift, FILLS({ "place", "3幢" }), NULL, &displaced, &e));
	assert_int_equal(displaced, 0);
	assert_ok(duty_try_shift(t, shift, FILLS({ "begin_min", "15:00" }, { "end_min", "17:00" }), NULL, &displaced, &e));
	assert_int_equal(displaced, 1);
	duty_absent(t, gu, TOWN_TODAY + 4, TOWN_TODAY + 4);
	assert_ok(duty_try_shift(t, shift, FILLS({ "day", "2026-11-28" }), NULL, &displaced, &e));
	assert_int_equal(displaced, 1);
	/* they stay */
	assert_int_equal(town_int(t, "SELECT count(*) FROM assignment WHERE shift_id = :id AND state <> 'cancelled'", shift), 2);
}

static void what_people_signed_in_for_is_not_moved(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, FILLS({ "day", "2026-11-24" }));
	int64_t seat = duty_stand(t, duty_need(t, shift), duty_volunteer(t, "徐丽", NULL), "confirmed");
	AUTO_FREE char *sql = mem_format("INSERT INTO attendance (id, assignment_id, shift_id, result) VALUES (:id, %lld, %lld, 'present')", (long long)seat,
	                                 (long long)shift);

	duty_insert(t, sql);
	assert_refused_untouched(duty_try_shift(t, shift, FILLS({ "begin_min", "9:00" }), NULL, NULL, &e), RC_INVALID, "begin_min", "已经有人签到");
	assert_ok(duty_try_shift(t, shift, FILLS({ "note", "带雨衣" }), NULL, NULL, &e));
	assert_refused_untouched(shift_cancel(&t->of, shift, duty_rev(t, "shift", shift), "下雨", &e), RC_INVALID, "", "已经有人签到");
}

static void what_was_really_needed_is_written_down_afterwards(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t id = duty_shift(t, FILLS({ "day", "2026-11-24" }));

	town_set_day(t, "2026-11-26");
	assert_ok(duty_try_shift(t, id, FILLS({ "needed", "4" }), NULL, NULL, &e));
	assert_ok(shift_load(&t->of, id, &a, &s, &e));
	assert_int_equal(s.needed, 4);
	assert_refused_untouched(duty_try_shift(t, id, FILLS({ "day", "2026-11-25" }), NULL, NULL, &e), RC_INVALID, "day", "已经过去");
}

static void a_stale_save_conflicts(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 };
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL);
	int displaced;

	assert_ok(record_load(t->st, form_find(t->of.forms, "shift"), shift, &mine, &e));
	assert_ok(duty_try_shift(t, shift, FILLS({ "title", "上门探访" }), NULL, NULL, &e));
	value_set_text(record_value(&mine, "title"), "节前探访");
	assert_refused_untouched(shift_save(&t->of, &mine, &displaced, &e), RC_CONFLICT, "", "刚被别人改过");
}

/* Needs -------------------------------------------------------------------------------------------------------------------------- */

static void needs_are_added_changed_and_deleted(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t shift = duty_shift(t, NULL), other = duty_shift(t, NULL), cook;

	assert_ok(duty_try_need(t, 0, shift, 0, FILLS({ "role", "leader" }, { "skill", "first_aid" }, { "priority", "3" }), &cook, &e));
	assert_ok(shift_load(&t->of, shift, &a, &s, &e));
	assert_int_equal(s.n_needs, 2);
	assert_int_equal(s.needs[1].id, cook);
	assert_int_equal(s.needs[1].position, 2);
	assert_int_equal(s.needs[1].priority, 3);
	assert_string_equal(s.needs[1].skill, "first_aid");
	assert_refused_untouched(duty_try_need(t, 0, other, cook, FILLS({ "headcount", "3" }), NULL, &e), RC_NOTFOUND, "", "不属于这里");
	assert_refused_untouched(duty_try_need(t, 0, 4711, 0, NULL, NULL, &e), RC_NOTFOUND, "", "没有这个班次");
	assert_refused_untouched(duty_try_need(t, 4711, 0, 0, NULL, NULL, &e), RC_NOTFOUND, "", "没有这个班次模板");
	assert_ok(shift_need_delete(&t->of, cook, "不用领队", &e));
	assert_refused_untouched(shift_need_delete(&t->of, cook, "不用领队", &e), RC_NOTFOUND, "", "已经删除");
	assert_refused_untouched(shift_need_delete(&t->of, duty_need(t, shift), "不用人", &e), RC_INVALID, "", "至少要留下一项");
}

static void headcounts_are_real_and_no_fewer_than_the_people(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift);

	duty_headcount(t, shift, "3");
	duty_stand(t, need, duty_volunteer(t, "徐丽", NULL), "planned");
	duty_stand(t, need, duty_volunteer(t, "顾明", NULL), "confirmed");
	duty_stand(t, need, duty_volunteer(t, "朱红", NULL), "cancelled");
	assert_refused_untouched(duty_try_need(t, 0, shift, need, FILLS({ "headcount", "1" }), NULL, &e), RC_INVALID, "headcount", "已经排了 2 人");
	assert_ok(duty_try_need(t, 0, shift, need, FILLS({ "headcount", "2" }), NULL, &e));
	assert_ok(record_load(t->st, form_find(t->of.forms, "shift_need"), need, &r, &e));
	for (int i = 0; i < 3; i++) {
		static const int bad[] = { 0, -1, 201 };

		value_set_number(record_value(&r, "headcount"), bad[i]);
		assert_refused_untouched(shift_need_save(&t->of, 0, shift, &r, &e), RC_INVALID, "headcount", "人");
	}
	assert_ok(duty_try_need(t, 0, shift, 0, FILLS({ "role", "driver" }), NULL, &e));
	assert_refused_untouched(shift_need_delete(&t->of, need, "不用", &e), RC_INVALID, "", "已经排了 2 人");
}

/* What another program left there is shown as something that makes sense, and never runs a screen aground. */
static void rows_of_nonsense_are_read_as_something(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	struct shift_template tp;
	int64_t shift = duty_shift(t, NULL), template_id = duty_template(t, NULL);
	int made, skipped;

	town_write(t, "UPDATE shift SET state = 'x', service = NULL, title = NULL, day = NULL, begin_min = 900, end_min = -5, needed = NULL WHERE id = :id", shift);
	town_write(t, "UPDATE shift_need SET headcount = -3, priority = 99, role = NULL, skill = '不是代码' WHERE shift_id = :id", shift);
	assert_ok(shift_load(&t->of, shift, &a, &s, &e));
	assert_int_equal(s.state, SHIFT_STATE_COUNT);
	assert_string_equal(s.title, "");
	assert_int_equal(s.day, DAY_NONE);
	assert_int_equal(s.needs[0].headcount, 1);
	assert_int_equal(s.needs[0].priority, SHIFT_PRIORITY_USUAL);
	assert_string_equal(shift_state_key(s.state), "");
	town_write(t, "UPDATE shift_template SET weekdays = '1 9 星期二 3', end_min = 10 WHERE id = :id", template_id);
	assert_ok(shift_template_load(&t->of, template_id, &a, &tp, &e));
	assert_int_equal(tp.weekdays, 1 << 1 | 1 << 3);
	assert_refused_untouched(shift_make_week(&t->of, DUTY_NEXT, &made, &skipped, &e), RC_INVALID, "", "时间不对");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(a_new_template_wants_one_hand),
		DUTY_TEST(times_that_make_no_shift_are_refused),
		DUTY_TEST(who_makes_no_rosters_makes_no_shifts),
		DUTY_TEST(an_extra_shift_is_a_draft_that_wants_one_hand),
		DUTY_TEST(moving_a_shift_says_whom_it_displaces),
		DUTY_TEST(what_people_signed_in_for_is_not_moved),
		DUTY_TEST(what_was_really_needed_is_written_down_afterwards),
		DUTY_TEST(a_stale_save_conflicts),
		DUTY_TEST(needs_are_added_changed_and_deleted),
		DUTY_TEST(headcounts_are_real_and_no_fewer_than_the_people),
		DUTY_TEST(rows_of_nonsense_are_read_as_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
