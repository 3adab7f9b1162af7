/* Steps of 办事: tasks, progress, another person in charge, 办结. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "town.h"

#define TASK_OF "SELECT min(id) FROM action WHERE issue_id = :id"
#define TASK_STATE "SELECT status || ' ' || progress FROM action WHERE id = :id"

static int64_t acting(struct town *t)
{
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_to_act(t, id);
	town_as(t, GRID3);
	return id;
}

static void progress_moves_its_task(void **state)
{
	static const struct { const char *status, *percent, *wanted; } cases[] = {
		{ NULL, NULL, "todo 0" },               /* a note alone */
		{ NULL, "0", "todo 0" },
		{ NULL, "30", "doing 30" },             /* begun */
		{ "blocked", NULL, "blocked 30" },
		{ NULL, "40", "blocked 40" },
		{ "doing", "60", "doing 60" },
		{ "done", "70", "done 100" },           /* done is done */
		{ "doing", "80", "doing 80" },          /* taken back: a mistaken key */
		{ "done", NULL, "done 100" },
		{ "cancelled", NULL, "cancelled 100" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t), task = town_int(t, TASK_OF, id);

	for (size_t i = 0; i < COUNT(cases); i++) {
		town_pass_minutes(t, 10);
		assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "记一笔" }, { "status", cases[i].status }, { "progress", cases[i].percent }), &e));
		assert_town_text(t, TASK_STATE, task, cases[i].wanted);
	}
	assert_int_equal(town_int(t, "SELECT count(*) FROM progress WHERE action_id = :id", task), COUNT(cases));
	assert_int_equal(town_int(t, "SELECT count(*) FROM progress WHERE account_id = :id", t->accounts[GRID3]), COUNT(cases));
}

static void why_it_is_blocked_and_what_came_of_it_stand_at_the_task(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t), task = town_int(t, TASK_OF, id);

	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "等配件" }, { "status", "blocked" }), &e));
	assert_town_text(t, "SELECT blocked_reason FROM action WHERE id = :id", task, "等配件");
	assert_int_equal(town_int(t, "SELECT done_at IS NULL FROM action WHERE id = :id", task), 1);
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "换好了" }, { "status", "done" }), &e));
	assert_town_text(t, "SELECT blocked_reason FROM action WHERE id = :id", task, NULL);
	assert_town_text(t, "SELECT result FROM action WHERE id = :id", task, "换好了");
	assert_int_equal(town_int(t, "SELECT done_at FROM action WHERE id = :id", task), t->now);
	town_pass_minutes(t, 5);
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "没换好" }, { "status", "doing" }), &e));
	assert_int_equal(town_int(t, "SELECT done_at IS NULL AND result IS NULL FROM action WHERE id = :id", task), 1);
}

static void progress_without_a_task_is_a_note(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL), other;

	assert_ok(town_try(t, id, "act.progress", 0, FILLS({ "text", "居民又来电催" }), &e));
	assert_refused(town_try(t, id, "act.progress", 0, FILLS({ "text", "好了" }, { "status", "done" }), &e), RC_INVALID, "status", "选定");
	assert_refused(town_try(t, id, "act.progress", 0, FILLS({ "text", "好了" }, { "progress", "50" }), &e), RC_INVALID, "status", "选定");
	assert_refused(town_try(t, id, "act.progress", 4711, FILLS({ "text", "好了" }), &e), RC_NOTFOUND, "", "没有这项任务");
	other = acting(t);
	assert_refused(town_try(t, id, "act.progress", town_int(t, TASK_OF, other), FILLS({ "text", "好了" }), &e), RC_NOTFOUND, "", "没有这项任务");
	assert_int_equal(town_int(t, "SELECT count(*) FROM progress", 0), 1);
}

static void a_task_outside_the_work_is_noted_but_not_moved(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL), task;

	town_to_evaluate(t, id);
	town_as(t, HEAD);
	task = town_int(t, TASK_OF, id);
	assert_refused(town_try(t, id, "act.progress", task, FILLS({ "text", "再记" }, { "status", "doing" }), &e), RC_INVALID, "status", "不在本次办理");
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "补记一笔" }), &e));
	assert_town_text(t, TASK_STATE, task, "done 100");
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "dissatisfied" }, { "solved", "0" }));
	assert_refused(town_try(t, id, "act.progress", task, FILLS({ "text", "再记" }, { "status", "doing" }), &e), RC_INVALID, "status", "不在本次办理");
}

static void tasks_are_added_and_changed(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t), task;

	assert_ok(town_try(t, id, "act.task", 0, FILLS({ "title", "请物业验收" }, { "owner_id", NULL, 0 }, { "owner_name", "物业王经理" },
	                                               { "due_day", "+5" }, { "partner", "业委会" }, { "promised_day", "+3" }), &e));
	task = town_int(t, "SELECT max(id) FROM action WHERE issue_id = :id", id);
	assert_town_text(t, "SELECT title || owner_name || status || round FROM action WHERE id = :id", task, "请物业验收物业王经理todo1");
	assert_int_equal(town_int(t, "SELECT issue_id FROM action WHERE id = :id", task), id);
	assert_refused(town_try(t, id, "act.task", 0, FILLS({ "title", "太晚了" }, { "due_day", "昨天" }), &e), RC_INVALID, "due_day", "早于今天");
	assert_refused(town_try(t, id, "act.task", 0, FILLS({ "title", "没人做" }, { "owner_id", NULL, t->accounts[CANTEEN] }), &e), RC_INVALID, "owner_id",
	               "不能办事");
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "开始了" }, { "progress", "20" }), &e));
	assert_ok(town_try(t, id, "act.change", task, FILLS({ "title", "请物业和业委会验收" }), &e));
	assert_town_text(t, "SELECT title || status || progress FROM action WHERE id = :id", task, "请物业和业委会验收doing20");
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "验收了" }, { "status", "done" }), &e));
	assert_refused(town_try(t, id, "act.change", task, FILLS({ "title", "再改" }), &e), RC_INVALID, "", "已完成");
	assert_refused(town_try(t, id, "act.change", 4711, NULL, &e), RC_NOTFOUND, "", "");
}

static void a_stale_change_of_a_task_conflicts(void **state)
{
	struct town *t = *state;
	const struct transition *change = transition_find("act.change");
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = acting(t), task = town_int(t, TASK_OF, id);

	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_ok(issue_step_prefill(&t->of, &it, change, task, &r, &e));
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "开始了" }, { "progress", "20" }), &e));
	town_fill(t, &r, FILLS({ "title", "改成别的" }));
	assert_code(issue_step(&t->of, &it, change, task, &r, &e), RC_CONFLICT);
	assert_town_text(t, "SELECT title FROM action WHERE id = :id", task, "水管漏水");
}

static void assigning_hands_over_what_is_open(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = acting(t), first = town_int(t, TASK_OF, id), second;

	assert_ok(town_try(t, id, "act.task", 0, FILLS({ "title", "别人的任务" }, { "owner_id", NULL, t->accounts[PROJECT] }), &e));
	second = town_int(t, "SELECT max(id) FROM action WHERE issue_id = :id", id);
	assert_refused(town_try(t, id, "act.assign", 0, FILLS({ "handler_id", NULL, t->accounts[GRID3] }), &e), RC_INVALID, "handler_id", "已经是李明");
	assert_ok(town_try(t, id, "act.assign", 0, FILLS({ "handler_id", NULL, t->accounts[DESK] }, { "reason", "李明请假" }), &e));
	assert_int_equal(town_int(t, "SELECT handler_id FROM issue WHERE id = :id", id), t->accounts[DESK]);
	assert_int_equal(town_int(t, "SELECT handler_id FROM phase WHERE issue_id = :id AND closed_at IS NULL", id), t->accounts[DESK]);
	assert_int_equal(town_int(t, "SELECT owner_id FROM action WHERE id = :id", first), t->accounts[DESK]);
	assert_int_equal(town_int(t, "SELECT owner_id FROM action WHERE id = :id", second), t->accounts[PROJECT]);
}

static void finishing_wants_everything_done_and_proof_of_a_claim(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = acting(t), task = town_int(t, TASK_OF, id);
	const struct fill done[] = { { "text", "换了管子", 0 }, { "closing", "solved", 0 }, { "answer_way", "phone", 0 }, { 0 } };

	assert_refused(town_try(t, id, "act.done", 0, done, &e), RC_INVALID, "", "还有 1 项任务");
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "不用做了" }, { "status", "cancelled" }), &e));
	assert_refused(town_try(t, id, "act.done", 0, done, &e), RC_INVALID, "evidence", "已解决");
	assert_refused(town_try(t, id, "act.done", 0, FILLS({ "text", "撤回了" }, { "closing", "withdrawn" }, { "answer_way", "phone" }), &e), RC_INVALID,
	               "closing", "诉求人撤回");
	town_set_day(t, "2026-11-27");
	assert_ok(town_try(t, id, "act.done", 0, FILLS({ "text", "解释过了" }, { "closing", "explained" }, { "answer_way", "visit" }), &e));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_EVALUATE);
	assert_string_equal(it.claimed, "explained");
	assert_string_equal(it.closing, "");
	assert_int_equal(it.step_due_day, TOWN_TODAY + 6);     /* Friday → Monday */
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	assert_int_equal(town_int(t, "SELECT answered_at FROM phase WHERE issue_id = :id AND phase = 'act'", id), t->now);
	assert_int_equal(issue_days_late(&t->of, &it), 0);
}

static void giving_back_cancels_and_frees_the_handler(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = acting(t);

	town_take(t, id, "act.back", FILLS({ "reason", "是开发商的事" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_TRIAGE);
	assert_int_equal(it.handler_id, 0);
	assert_int_equal(it.open_actions, 0);
	assert_town_text(t, "SELECT status || blocked_reason FROM action WHERE issue_id = :id", id, "cancelled是开发商的事");
	assert_town_text(t, "SELECT result || reason FROM phase WHERE issue_id = :id AND phase = 'act'", id, "back是开发商的事");
	town_take(t, id, "triage.direct", NULL);
	issue_release(&it);
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.open_actions, 1);
}

static void lateness_counts_working_days_and_stands_with_the_clock(void **state)
{
	static const struct { const char *day; int late; } cases[] = {
		{ "2026-11-24", 0 }, { "2026-12-01", 0 }, { "2026-12-02", 1 }, { "2026-12-04", 3 }, { "2026-12-06", 3 }, { "2026-12-07", 4 },
	};
	struct town *t = *state;
	int64_t id = acting(t);
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ISSUE it = { 0 };

		town_set_day(t, cases[i].day);
		assert_ok(issue_load(&t->of, id, &it, &e));
		assert_int_equal(issue_days_late(&t->of, &it), cases[i].late);
	}
	town_take(t, id, "hold", FILLS({ "reason", "weather" }, { "note", "下雪" }));
	{
		AUTO_ISSUE it = { 0 };

		assert_ok(issue_load(&t->of, id, &it, &e));
		assert_int_equal(issue_days_late(&t->of, &it), 0);
	}
}

static void an_emergency_of_a_saturday_is_late_on_sunday(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id;

	town_set_day(t, "2026-11-28");
	id = town_raise(t, "水管爆裂", FILLS({ "urgency", "emergency" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.due_day, TOWN_TODAY + 4);
	assert_int_equal(issue_days_late(&t->of, &it), 0);
	town_set_day(t, "2026-11-29");
	assert_int_equal(issue_days_late(&t->of, &it), 1);
	town_set_day(t, "2026-11-30");
	assert_int_equal(issue_days_late(&t->of, &it), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(progress_moves_its_task),
		TOWN_TEST(why_it_is_blocked_and_what_came_of_it_stand_at_the_task),
		TOWN_TEST(progress_without_a_task_is_a_note),
		TOWN_TEST(a_task_outside_the_work_is_noted_but_not_moved),
		TOWN_TEST(tasks_are_added_and_changed),
		TOWN_TEST(a_stale_change_of_a_task_conflicts),
		TOWN_TEST(assigning_hands_over_what_is_open),
		TOWN_TEST(finishing_wants_everything_done_and_proof_of_a_claim),
		TOWN_TEST(giving_back_cancels_and_frees_the_handler),
		TOWN_TEST(lateness_counts_working_days_and_stands_with_the_clock),
		TOWN_TEST(an_emergency_of_a_saturday_is_late_on_sunday),
	};

	return cmocka_run_group_tests_name("domain-flow-act", tests, NULL, NULL);
}
