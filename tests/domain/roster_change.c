/* Somebody is put on a place, taken off, changed for somebody else. */
#include <stdlib.h>

#include "base/day.h"
#include "domain/roster.h"
#include "duty.h"
#include "store/journal.h"

static int64_t seats(struct town *t, int64_t shift)
{
	return town_int(t, "SELECT count(*) FROM assignment WHERE shift_id = :id AND state <> 'cancelled' AND deleted_at IS NULL", shift);
}

static int64_t assign(struct town *t, int64_t need, int64_t volunteer)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(roster_assign(&t->of, need, volunteer, NULL, &id, &e));
	return id;
}

static void an_assignment_is_planned_until_it_is_confirmed(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), id = assign(t, duty_need(t, shift), duty_volunteer(t, "徐丽", NULL));

	assert_town_text(t, "SELECT way || state || coalesce(override_why, '-') FROM assignment WHERE id = :id", id, "assignedplanned-");
	assert_int_equal(town_int(t, "SELECT account_id FROM assignment WHERE id = :id", id), t->accounts[GRID3]);
	assert_refused_untouched(roster_confirm(&t->of, id, 9, &e), RC_CONFLICT, "", "刚被别人改过");
	assert_ok(roster_confirm(&t->of, id, 1, &e));
	assert_int_equal(town_int(t, "SELECT confirmed_at FROM assignment WHERE id = :id", id), t->now);
	assert_ok(roster_pin(&t->of, id, 2, true, &e));
	assert_int_equal(town_int(t, "SELECT pinned FROM assignment WHERE id = :id", id), 1);
	assert_ok(roster_pin(&t->of, id, 3, false, &e));
	assert_int_equal(town_int(t, "SELECT pinned FROM assignment WHERE id = :id", id), 0);
}

static void what_blocks_is_passed_over_only_with_a_reason(void **state)
{
	static const struct { const char *set, *words; } cases[] = {
		{ "status = 'away'", "不在岗" }, { "weekly_shifts = 0", "超过每周上限" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), id;

	duty_headcount(t, shift, "9");
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t who = duty_volunteer(t, "徐丽", cases[i].set);

		assert_refused_untouched(roster_assign(&t->of, need, who, NULL, NULL, &e), RC_INVALID, "override_why", cases[i].words);
		assert_refused_untouched(roster_assign(&t->of, need, who, " ", NULL, &e), RC_INVALID, "override_why", cases[i].words);
		assert_refused_untouched(roster_assign(&t->of, need, who, "急", NULL, &e), RC_INVALID, "override_why", "2 到 100 个字");
		assert_ok(roster_assign(&t->of, need, who, "本人说可以来", &id, &e));
		assert_town_text(t, "SELECT override_why FROM assignment WHERE id = :id", id, "本人说可以来");
	}
	/* a reason that is not needed is not kept; what is only said does not block */
	assert_ok(roster_assign(&t->of, need, duty_volunteer(t, "顾明", "services = 'meals'"), "随便写写", &id, &e));
	assert_town_text(t, "SELECT override_why FROM assignment WHERE id = :id", id, NULL);
}

static void who_cannot_stand_there_at_all_is_refused_whatever_the_reason(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *why = mem_alloc(1000);
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL);
	int64_t stopped = duty_volunteer(t, "停用", "status = 'stopped'"), deleted = duty_volunteer(t, "删除", "deleted_at = 1");
	int64_t away = duty_volunteer(t, "请假", "status = 'away'"), template_id = duty_template(t, NULL), leader;

	assert_ok(duty_try_need(t, 0, shift, 0, FILLS({ "role", "leader" }), &leader, &e));
	memset(why, 'a', 999);
	assert_refused_untouched(roster_assign(&t->of, need, stopped, "可以", NULL, &e), RC_INVALID, "", "已停用");
	assert_refused_untouched(roster_assign(&t->of, need, deleted, "可以", NULL, &e), RC_INVALID, "", "已删除");
	assert_refused_untouched(roster_assign(&t->of, need, 4711, "可以", NULL, &e), RC_NOTFOUND, "", "没有这位志愿者");
	assert_refused_untouched(roster_assign(&t->of, 4711, xu, NULL, NULL, &e), RC_NOTFOUND, "", "已经删除");
	assert_refused_untouched(roster_assign(&t->of, town_int(t, "SELECT id FROM shift_need WHERE template_id = :id", template_id), xu, NULL, NULL, &e),
	                         RC_NOTFOUND, "", "已经删除");
	assert_refused_untouched(roster_assign(&t->of, need, away, why, NULL, &e), RC_INVALID, "override_why", "100 个字");
	assign(t, need, xu);
	assert_refused_untouched(roster_assign(&t->of, leader, xu, "可以", NULL, &e), RC_INVALID, "", "已经在");
	assert_refused_untouched(roster_assign(&t->of, need, gu, "可以", NULL, &e), RC_INVALID, "", "排满");
	assert_ok(shift_cancel(&t->of, shift, duty_rev(t, "shift", shift), "下雨", &e));
	assert_refused_untouched(roster_assign(&t->of, need, gu, "可以", NULL, &e), RC_INVALID, "", "已取消");
	shift = duty_shift(t, FILLS({ "day", "2026-11-24" }, { "begin_min", "8:30" }, { "end_min", "9:01" }));
	assign(t, duty_need(t, shift), xu);
	town_pass_minutes(t, 1);
	assert_refused_untouched(roster_assign(&t->of, duty_need(t, shift), gu, "可以", NULL, &e), RC_INVALID, "", "时间已过");
}

static void only_who_makes_rosters_changes_them(void **state)
{
	static const enum town_account others[] = { DESK, CANTEEN, PROJECT, ADMIN };
	struct town *t = *state;
	struct err e = { 0 };
	int64_t need = duty_need(t, duty_shift(t, NULL)), xu = duty_volunteer(t, "徐丽", NULL), id = assign(t, need, xu);

	for (size_t i = 0; i < COUNT(others); i++) {
		town_as(t, others[i]);
		assert_refused_untouched(roster_assign(&t->of, need, xu, NULL, NULL, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_remove(&t->of, id, 1, "不来", &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_swap(&t->of, id, id, NULL, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_replace(&t->of, id, xu, "不来", NULL, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_pin(&t->of, id, 1, true, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_confirm(&t->of, id, 1, &e), RC_DENIED, "", "排班");
	}
}

static void whoever_assigns_the_last_place_second_is_told(void **state)
{
	struct town *t = *state, *second = town_second(t);
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), id;

	id = assign(t, need, xu);
	assert_refused(roster_assign(&second->of, need, gu, NULL, NULL, &e), RC_INVALID, "", "排满");
	/* and who takes off what somebody else has changed */
	assert_ok(roster_confirm(&second->of, id, 1, &e));
	assert_refused(roster_remove(&t->of, id, 1, NULL, &e), RC_CONFLICT, "", "刚被别人改过");
	assert_int_equal(seats(t, shift), 1);
	/* the volunteer is stopped elsewhere just before */
	duty_headcount(t, shift, "2");
	town_write(second, "UPDATE volunteer SET status = 'stopped' WHERE id = :id", gu);
	assert_refused(roster_assign(&t->of, need, gu, NULL, NULL, &e), RC_INVALID, "", "已停用");
	town_close_second(second);
}

static void taking_somebody_off_wants_a_reason_once_confirmed(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), xu = duty_volunteer(t, "徐丽", NULL), id = assign(t, need, xu);

	assert_ok(roster_remove(&t->of, id, 1, NULL, &e));
	assert_int_equal(seats(t, shift), 0);
	assert_refused_untouched(roster_remove(&t->of, id, 2, NULL, &e), RC_CONFLICT, "", "已从这个班撤下");
	id = assign(t, need, xu);
	assert_ok(roster_confirm(&t->of, id, 1, &e));
	assert_refused_untouched(roster_remove(&t->of, id, 2, "", &e), RC_INVALID, "why", "理由");
	assert_ok(roster_remove(&t->of, id, 2, "家里有事", &e));
	assert_town_text(t, "SELECT cancelled_why FROM assignment WHERE id = :id", id, "家里有事");
	assert_refused_untouched(roster_remove(&t->of, 4711, 1, "家里有事", &e), RC_NOTFOUND, "", "没有这次派班");
}

static void who_has_signed_in_stays(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, FILLS({ "day", "2026-11-24" })), id = assign(t, duty_need(t, shift), duty_volunteer(t, "徐丽", NULL));
	int64_t gu = duty_volunteer(t, "顾明", NULL);

	town_write(t, "INSERT INTO attendance (id, assignment_id, shift_id, result) SELECT 900, id, shift_id, 'present' FROM assignment WHERE id = :id", id);
	assert_refused_untouched(roster_remove(&t->of, id, 1, "不来", &e), RC_INVALID, "", "已有签到记录");
	assert_refused_untouched(roster_replace(&t->of, id, gu, "不来", NULL, &e), RC_INVALID, "", "已有签到记录");
}

static void two_change_places_and_both_are_asked(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t friday = duty_shift(t, NULL), saturday = duty_shift(t, FILLS({ "day", "2026-11-28" }));
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL);
	int64_t a = assign(t, duty_need(t, friday), xu), b = assign(t, duty_need(t, saturday), gu);
	AUTO_FREE char *done = NULL;

	assert_refused_untouched(roster_swap(&t->of, a, a, NULL, &e), RC_INVALID, "", "不同岗位");
	duty_absent(t, xu, TOWN_TODAY + 4, TOWN_TODAY + 4);
	assert_refused_untouched(roster_swap(&t->of, a, b, NULL, &e), RC_INVALID, "override_why", "徐丽：请假");
	assert_ok(roster_swap(&t->of, a, b, "已销假", &e));
	assert_int_equal(town_int(t, "SELECT volunteer_id FROM assignment WHERE shift_id = :id AND state = 'planned'", friday), gu);
	assert_int_equal(town_int(t, "SELECT volunteer_id FROM assignment WHERE shift_id = :id AND state = 'planned'", saturday), xu);
	assert_int_equal(town_int(t, "SELECT replaces_id FROM assignment WHERE shift_id = :id AND state = 'planned'", friday), a);
	assert_town_text(t, "SELECT cancelled_why FROM assignment WHERE id = :id", a, "换班");
	assert_town_text(t, "SELECT override_why FROM assignment WHERE shift_id = :id AND state = 'planned'", friday, NULL);
	assert_town_text(t, "SELECT override_why FROM assignment WHERE shift_id = :id AND state = 'planned'", saturday, "已销假");
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_town_text(t, "SELECT state FROM assignment WHERE id = :id", a, "planned");
	assert_int_equal(seats(t, friday), 1);
}

/* Neither is in the other's way: at the cap, at the same time, kept apart from somebody who leaves. */
static void two_at_their_caps_can_change_places(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t one = duty_shift(t, NULL), other = duty_shift(t, FILLS({ "begin_min", "11:00" }, { "end_min", "13:00" }));
	int64_t xu = duty_volunteer(t, "徐丽", "weekly_shifts = 1"), gu = duty_volunteer(t, "顾明", "weekly_shifts = 1");
	int64_t a = assign(t, duty_need(t, one), xu), b = assign(t, duty_need(t, other), gu);

	duty_apart(t, xu, gu);
	assert_ok(roster_swap(&t->of, a, b, NULL, &e));
}

static void somebody_stands_in_for_another(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), away = duty_volunteer(t, "朱红", "status = 'away'");
	int64_t id = assign(t, duty_need(t, shift), xu);

	assert_refused_untouched(roster_replace(&t->of, id, gu, " ", NULL, &e), RC_INVALID, "why", "为什么换人");
	assert_refused_untouched(roster_replace(&t->of, id, xu, "临时有事", NULL, &e), RC_INVALID, "", "还是徐丽本人");
	assert_refused_untouched(roster_replace(&t->of, id, away, "临时有事", NULL, &e), RC_INVALID, "override_why", "不在岗");
	assert_ok(roster_replace(&t->of, id, gu, "临时有事", NULL, &e));
	assert_town_text(t, "SELECT state || cancelled_why FROM assignment WHERE id = :id", id, "cancelled临时有事");
	assert_int_equal(town_int(t, "SELECT replaces_id FROM assignment WHERE shift_id = :id AND state = 'planned'", shift), id);
}

/* Property: whatever is tried without a reason, nobody is in two places at once, over the cap or absent. */
static void nothing_breaks_a_rule_without_a_reason(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t people[12], needs[16];
	uint32_t seed = 20261124;
	int done = 0, refused = 0;

	for (size_t i = 0; i < COUNT(people); i++) {
		people[i] = duty_volunteer(t, "志愿者", i % 3 == 0 ? "weekly_shifts = 2" : i % 3 == 1 ? "weekly_minutes = 300" : NULL);
		if (i % 4 == 0)
			duty_absent(t, people[i], TOWN_TODAY + 2, TOWN_TODAY + 3);
	}
	for (size_t i = 0; i < COUNT(needs); i++) {
		AUTO_FREE char *day = mem_format("2026-11-%02d", (int)(25 + i % 4)), *begin = mem_format("%d:00", (int)(9 + i % 3)),
		               *end = mem_format("%d:00", (int)(12 + i % 4));
		int64_t shift = duty_shift(t, FILLS({ "day", day }, { "begin_min", begin }, { "end_min", end }));

		duty_headcount(t, shift, "3");
		needs[i] = duty_need(t, shift);
	}
	for (int i = 0; i < 300; i++) {
		enum rc rc;

		seed = seed * 1664525 + 1013904223;
		rc = roster_assign(&t->of, needs[(seed >> 8) % COUNT(needs)], people[(seed >> 20) % COUNT(people)], NULL, NULL, &e);
		assert_true(rc == RC_OK || rc == RC_INVALID);
		done += rc == RC_OK;
		refused += rc == RC_INVALID;
	}
	assert_true(done > 20 && refused > 100);
	assert_int_equal(town_int(t, "SELECT count(*) FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN assignment AS b ON b.volunteer_id = a.volunteer_id"
	                             " AND b.id > a.id JOIN shift AS u ON u.id = b.shift_id AND u.day = s.day AND u.begin_min < s.end_min AND s.begin_min < u.end_min"
	                             " WHERE :id", 1), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM (SELECT 1 FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN volunteer AS v ON v.id ="
	                             " a.volunteer_id WHERE :id GROUP BY v.id HAVING count(*) > coalesce(v.weekly_shifts, 5) OR"
	                             " sum(s.end_min - s.begin_min) > coalesce(v.weekly_minutes, 1200))", 1), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN absence AS b ON b.volunteer_id = a.volunteer_id"
	                             " AND s.day BETWEEN b.from_day AND b.to_day WHERE :id", 1), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE :id GROUP BY need_id HAVING count(*) > 3)", 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(an_assignment_is_planned_until_it_is_confirmed),
		DUTY_TEST(what_blocks_is_passed_over_only_with_a_reason),
		DUTY_TEST(who_cannot_stand_there_at_all_is_refused_whatever_the_reason),
		DUTY_TEST(only_who_makes_rosters_changes_them),
		DUTY_TEST(whoever_assigns_the_last_place_second_is_told),
		DUTY_TEST(taking_somebody_off_wants_a_reason_once_confirmed),
		DUTY_TEST(who_has_signed_in_stays),
		DUTY_TEST(two_change_places_and_both_are_asked),
		DUTY_TEST(two_at_their_caps_can_change_places),
		DUTY_TEST(somebody_stands_in_for_another),
		DUTY_TEST(nothing_breaks_a_rule_without_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
