/* What stops and moves the clock: 挂起, 搁置, 恢复, 延期; gross and net working days. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/deadline.h"
#include "town.h"

static int64_t acting(struct town *t)
{
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_to_act(t, id);
	town_as(t, GRID3);
	return id;
}

static int32_t due_of(struct town *t, int64_t id)
{
	return (int32_t)town_int(t, "SELECT due_day FROM issue WHERE id = :id", id);
}

static void assert_days(struct town *t, int64_t id, int gross, int net)
{
	AUTO_ISSUE it = { 0 };
	struct issue_days days;
	struct err e = { 0 };

	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_ok(issue_days(&t->of, &it, &days, &e));
	if (days.gross != gross || days.net != net)
		fail_msg("%d gross, %d net instead of %d, %d", days.gross, days.net, gross, net);
}

static void a_hold_moves_the_deadline_by_the_working_days_it_lasted(void **state)
{
	/* raised on Tuesday 11-24, due on 12-01 */
	static const struct { const char *from, *to; int shift; } cases[] = {
		{ "2026-11-24", "2026-11-24", 0 }, { "2026-11-24", "2026-11-25", 1 }, { "2026-11-27", "2026-11-29", 0 },
		{ "2026-11-27", "2026-11-30", 1 }, { "2026-11-25", "2026-12-02", 7 }, { "2026-12-03", "2026-12-04", 1 },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id;

		town_set_day(t, "2026-11-24");
		id = acting(t);
		town_set_day(t, cases[i].from);
		town_take(t, id, "hold", FILLS({ "reason", "weather" }, { "note", "下雨" }));
		town_set_day(t, cases[i].to);
		town_take(t, id, "resume", NULL);
		if (due_of(t, id) != TOWN_TODAY + 7 + cases[i].shift)
			fail_msg("%s to %s: due %d days after today", cases[i].from, cases[i].to, due_of(t, id) - TOWN_TODAY);
	}
}

static void a_hold_over_a_holiday_counts_working_days_only(void **state)
{
	struct town *t = *state;
	int64_t id;

	town_set_day(t, "2026-09-28");
	id = acting(t);
	assert_int_equal(due_of(t, id), day_from_civil(2026, 10, 10));     /* 09-29 09-30 10-08 10-09 and Saturday 10-10, which is worked */
	town_set_day(t, "2026-09-30");
	town_take(t, id, "hold", FILLS({ "reason", "absent" }, { "note", "外出" }));
	town_set_day(t, "2026-10-08");
	town_take(t, id, "resume", FILLS({ "reason", "人回来了" }));
	assert_int_equal(due_of(t, id), day_from_civil(2026, 10, 12));
	assert_town_text(t, "SELECT text FROM progress WHERE issue_id = :id", id, "恢复：人回来了");
	assert_int_equal(town_int(t, "SELECT ended_by FROM suspension WHERE issue_id = :id", id), t->accounts[GRID3]);
}

static void the_deadline_of_acceptance_stands_too(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, GRID3);
	town_take(t, id, "park", FILLS({ "reason", "ownership" }, { "note", "权属不清" }));
	town_set_day(t, "2026-11-27");
	town_take(t, id, "unpark", NULL);
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.step_due_day, TOWN_TODAY + 6);
	assert_int_equal(it.due_day, TOWN_TODAY + 10);
}

static void gross_and_net_days_are_both_kept(void **state)
{
	struct town *t = *state;
	int64_t id = acting(t);

	assert_days(t, id, 0, 0);
	town_set_day(t, "2026-11-26");
	assert_days(t, id, 2, 2);
	town_take(t, id, "hold", FILLS({ "reason", "weather" }, { "note", "下雨" }));
	town_set_day(t, "2026-12-01");
	assert_days(t, id, 5, 2);
	town_take(t, id, "park", FILLS({ "reason", "money" }, { "note", "没钱" }));
	assert_int_equal(town_int(t, "SELECT count(*) FROM suspension WHERE issue_id = :id AND ended_day IS NULL", id), 1);
	town_set_day(t, "2026-12-03");
	assert_days(t, id, 7, 2);
	town_take(t, id, "unpark", NULL);
	assert_int_equal(due_of(t, id), TOWN_TODAY + 14);        /* 12-01 and five working days */
	town_set_day(t, "2026-12-04");
	town_take(t, id, "withdraw", FILLS({ "reason", "好了" }));
	town_set_day(t, "2027-01-20");
	assert_days(t, id, 8, 3);
}

static void days_of_two_desks_that_both_held_it_are_counted_once(void **state)
{
	struct town *t = *state;
	int64_t id = acting(t);

	town_write(t, "INSERT INTO suspension (id, issue_id, kind, from_day, ended_day) VALUES (1, :id, 'hold', 20782, 20786)", id);
	town_write(t, "INSERT INTO suspension (id, issue_id, kind, from_day, ended_day) VALUES (2, :id, 'hold', 20783, 20787)", id);
	town_write(t, "INSERT INTO suspension (id, issue_id, kind, from_day, ended_day) VALUES (3, :id, 'hold', NULL, 20787)", id);
	town_set_day(t, "2026-12-01");
	assert_days(t, id, 5, 2);
}

static void a_review_day_lies_ahead(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t);

	assert_refused(town_try(t, id, "hold", 0, FILLS({ "reason", "weather" }, { "note", "雨" }, { "review_day", "今天" }), &e), RC_INVALID, "review_day",
	               "今天以后");
	assert_ok(town_try(t, id, "park", 0, FILLS({ "reason", "list" }, { "note", "不在目录" }, { "missing_fen", "12000" }, { "source", "fund" }), &e));
	assert_int_equal(town_int(t, "SELECT missing_fen FROM suspension WHERE issue_id = :id", id), 1200000);
	assert_int_equal(town_int(t, "SELECT review_day FROM suspension WHERE issue_id = :id", id), TOWN_TODAY + 30);
	assert_int_equal(town_int(t, "SELECT at FROM suspension WHERE issue_id = :id", id), t->now);
}

/* Extension ---------------------------------------------------------------------------------------------------------------------- */

static void an_extension_is_decided_by_another(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t);

	town_take(t, id, "extension.ask", FILLS({ "workdays", "4" }, { "reason", "等配件" }));
	assert_int_equal(due_of(t, id), TOWN_TODAY + 7);
	assert_refused(town_try(t, id, "extension.ask", 0, FILLS({ "workdays", "4" }, { "reason", "再等" }), &e), RC_INVALID, "", "已有一个");
	assert_refused(town_try(t, id, "extension.approve", 0, NULL, &e), RC_DENIED, "", "批准延期");
	town_as(t, HEAD);
	town_take(t, id, "extension.approve", FILLS({ "decided_note", "同意" }));
	assert_int_equal(due_of(t, id), TOWN_TODAY + 13);
	assert_town_text(t, "SELECT state || decided_note FROM extension WHERE issue_id = :id", id, "approved同意");
	assert_int_equal(town_int(t, "SELECT due_after_day - due_before_day FROM extension WHERE issue_id = :id", id), 6);
	assert_int_equal(town_int(t, "SELECT decided_by FROM extension WHERE issue_id = :id", id), t->accounts[HEAD]);
	assert_refused(town_try(t, id, "extension.approve", 0, NULL, &e), RC_INVALID, "", "没有等批准");
}

static void nobody_decides_on_what_they_asked_for(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t);

	town_as(t, HEAD);
	town_take(t, id, "extension.ask", FILLS({ "workdays", "4" }, { "reason", "等配件" }));
	assert_refused(town_try(t, id, "extension.approve", 0, NULL, &e), RC_DENIED, "", "您自己申请");
	assert_refused(town_try(t, id, "extension.refuse", 0, FILLS({ "decided_note", "不" }), &e), RC_DENIED, "", "您自己申请");
	town_as(t, HEAD2);
	town_write(t, "UPDATE account SET resident_id = :id WHERE login IN ('head', 'head2')", t->wang);      /* one person with two accounts */
	assert_refused(town_try(t, id, "extension.refuse", 0, FILLS({ "decided_note", "不" }), &e), RC_DENIED, "", "您自己申请");
	town_write(t, "UPDATE account SET resident_id = :id WHERE login = 'head2'", t->li);
	assert_ok(town_try(t, id, "extension.refuse", 0, FILLS({ "decided_note", "抓紧办" }), &e));
	assert_int_equal(due_of(t, id), TOWN_TODAY + 7);
	assert_town_text(t, "SELECT state FROM extension WHERE issue_id = :id", id, "refused");
}

static void extensions_have_limits(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t);

	assert_refused(town_try(t, id, "extension.ask", 0, FILLS({ "workdays", "21" }, { "reason", "很久" }), &e), RC_INVALID, "workdays", "最多延 20");
	for (int i = 0; i < 2; i++) {
		town_as(t, GRID3);
		town_take(t, id, "extension.ask", FILLS({ "workdays", "1" }, { "reason", "等配件" }));
		town_as(t, HEAD);
		town_take(t, id, "extension.approve", NULL);
	}
	assert_refused(town_try(t, id, "extension.ask", 0, FILLS({ "workdays", "1" }, { "reason", "再等" }), &e), RC_INVALID, "", "已延期 2 次");
	id = acting(t);
	town_set_day(t, "2026-12-02");
	assert_refused(town_try(t, id, "extension.ask", 0, FILLS({ "workdays", "1" }, { "reason", "晚了" }), &e), RC_INVALID, "", "期满前");
}

static void a_decision_made_twice_conflicts(void **state)
{
	struct town *t = *state;
	const struct transition *approve = transition_find("extension.approve");
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = acting(t);

	town_take(t, id, "extension.ask", FILLS({ "workdays", "1" }, { "reason", "等配件" }));
	town_as(t, HEAD);
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_ok(issue_step_prefill(&t->of, &it, approve, 0, &r, &e));
	town_as(t, HEAD2);
	town_take(t, id, "extension.refuse", FILLS({ "decided_note", "不必" }));
	town_as(t, GRID3);
	town_take(t, id, "extension.ask", FILLS({ "workdays", "2" }, { "reason", "还是要" }));
	town_as(t, HEAD);
	assert_code(issue_step(&t->of, &it, approve, 0, &r, &e), RC_CONFLICT);
	assert_int_equal(due_of(t, id), TOWN_TODAY + 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_hold_moves_the_deadline_by_the_working_days_it_lasted),
		TOWN_TEST(a_hold_over_a_holiday_counts_working_days_only),
		TOWN_TEST(the_deadline_of_acceptance_stands_too),
		TOWN_TEST(gross_and_net_days_are_both_kept),
		TOWN_TEST(days_of_two_desks_that_both_held_it_are_counted_once),
		TOWN_TEST(a_review_day_lies_ahead),
		TOWN_TEST(an_extension_is_decided_by_another),
		TOWN_TEST(nobody_decides_on_what_they_asked_for),
		TOWN_TEST(extensions_have_limits),
		TOWN_TEST(a_decision_made_twice_conflicts),
	};

	return cmocka_run_group_tests_name("domain-flow-clock", tests, NULL, NULL);
}
