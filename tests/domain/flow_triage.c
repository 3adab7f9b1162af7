/* Steps of 理事: what each leaves behind. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "town.h"

static void accepting_stops_the_clock_of_acceptance_and_stays(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, GRID3);
	town_pass_minutes(t, 30);
	town_take(t, id, "triage.accept", FILLS({ "answer_way", "phone" }, { "text", "已电话告知" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_TRIAGE);
	assert_int_equal(it.accepted_at, t->now);
	assert_int_equal(town_int(t, "SELECT answered_at FROM phase WHERE issue_id = :id AND closed_at IS NULL", id), t->now);
	assert_refused(town_try(t, id, "triage.accept", 0, NULL, &e), RC_INVALID, "", "已经受理");
	town_pass_minutes(t, 60);
	town_take(t, id, "triage.direct", NULL);
	issue_release(&it);
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.accepted_at, t->now - 60 * 60000);
	assert_int_equal(town_int(t, "SELECT answered_at FROM phase WHERE issue_id = :id AND phase = 'triage'", id), t->now - 60 * 60000);
	assert_town_text(t, "SELECT text FROM phase WHERE issue_id = :id AND phase = 'triage'", id, "已电话告知");
}

static void telling_nobody_leaves_no_time(void **state)
{
	struct town *t = *state;
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, GRID3);
	town_take(t, id, "triage.accept", FILLS({ "answer_way", "none" }));
	town_take(t, id, "triage.direct", NULL);
	assert_int_equal(town_int(t, "SELECT count(answered_at) FROM phase WHERE issue_id = :id", id), 0);
}

static void handling_it_here_gives_a_first_task_to_the_grids_worker(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, HEAD);
	town_take(t, id, "triage.direct", FILLS({ "text", "尽快上门" }, { "party", "volunteer" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	assert_string_equal(it.handler, "李明");
	assert_string_equal(it.party, "volunteer");
	assert_int_equal(it.accepted_at, t->now);
	assert_int_equal(it.open_actions, 1);
	assert_int_equal(it.my_actions, 0);
	assert_town_text(t, "SELECT result || route || text FROM phase WHERE issue_id = :id AND phase = 'triage'", id, "directcommunity尽快上门");
	assert_town_text(t, "SELECT title || party || status FROM action WHERE issue_id = :id", id, "水管漏水volunteertodo");
	assert_int_equal(town_int(t, "SELECT owner_id FROM action WHERE issue_id = :id", id), t->accounts[GRID3]);
	assert_int_equal(town_int(t, "SELECT due_day FROM action WHERE issue_id = :id", id), it.due_day);
	assert_int_equal(town_int(t, "SELECT at FROM action WHERE issue_id = :id", id), t->now);
}

static void only_those_who_may_act_are_made_responsible(void **state)
{
	static const struct { enum town_account who; const char *words; } cases[] = {
		{ CANTEEN, "不能办事" }, { ADMIN, "不能办事" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(town_try(t, id, "triage.direct", 0, FILLS({ "handler_id", NULL, t->accounts[cases[i].who] }), &e), RC_INVALID, "handler_id",
		               cases[i].words);
	assert_refused(town_try(t, id, "triage.direct", 0, FILLS({ "handler_id", NULL, 4711 }), &e), RC_INVALID, "handler_id", "不存在");
	town_write(t, "UPDATE account SET disabled_at = 1 WHERE id = :id", t->accounts[PROJECT]);
	assert_refused(town_try(t, id, "triage.direct", 0, FILLS({ "handler_id", NULL, t->accounts[PROJECT] }), &e), RC_INVALID, "handler_id", "停用");
	assert_ok(town_try(t, id, "triage.direct", 0, FILLS({ "handler_id", NULL, t->accounts[DESK] }), &e));
}

static void a_referral_names_the_body_and_its_promise(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "占道经营", NULL);

	town_as(t, GRID3);
	assert_refused(town_try(t, id, "triage.refer", 0, FILLS({ "unit_in_charge", "城管" }, { "text", "占道" }, { "promised_day", "昨天" }), &e),
	               RC_INVALID, "promised_day", "早于今天");
	town_take(t, id, "triage.refer", FILLS({ "unit_in_charge", "综合行政执法局" }, { "text", "占道" }, { "promised_day", "2026-11-30" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_ACT);
	assert_string_equal(it.unit_in_charge, "综合行政执法局");
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	assert_town_text(t, "SELECT title || '/' || partner FROM action WHERE issue_id = :id", id, "跟进转办：综合行政执法局/综合行政执法局");
	assert_int_equal(town_int(t, "SELECT promised_day FROM action WHERE issue_id = :id", id), TOWN_TODAY + 6);
	assert_int_equal(town_int(t, "SELECT promised_day FROM phase WHERE issue_id = :id AND phase = 'triage'", id), TOWN_TODAY + 6);
}

static void deliberation_waits_and_can_be_taken_back(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "加装电梯", NULL);

	town_as(t, GRID3);
	town_take(t, id, "triage.deliberate", FILLS({ "reason", "一楼反对" }));
	assert_town_text(t, "SELECT reason FROM phase WHERE issue_id = :id AND phase = 'triage'", id, "一楼反对");
	town_take(t, id, "deliberate.back", FILLS({ "reason", "已协商一致" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_TRIAGE);
	assert_int_equal(it.round, 1);
	assert_true(it.accepted_at != 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE issue_id = :id AND phase = 'triage'", id), 2);
	town_take(t, id, "triage.direct", NULL);
}

static void a_refusal_closes_with_its_reason(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	AUTO_STRBUF words = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "邻居欠钱", NULL);

	town_as(t, GRID3);
	assert_refused(town_try(t, id, "triage.refuse", 0, FILLS({ "reason", "　 " }, { "answer_way", "phone" }), &e), RC_INVALID, "reason", "");
	town_take(t, id, "triage.refuse", FILLS({ "reason", "经济纠纷请走司法途径" }, { "answer_way", "phone" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.status, STATUS_CLOSED);
	assert_string_equal(it.closing, "refused");
	assert_int_equal(it.closed_at, t->now);
	assert_int_equal(it.phase_id, 0);
	issue_state(&t->of, &it, &words);
	assert_string_equal(strbuf_str(&words), "已结 不予受理");
}

/* Joining ------------------------------------------------------------------------------------------------------------------------- */

static int supporters(struct town *t, int64_t id)
{
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };

	assert_ok(issue_load(&t->of, id, &it, &e));
	return it.supporters;
}

static void support(struct town *t, int64_t id, int64_t resident)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "support"));
	value_set_number(record_value(&r, "resident_id"), resident);
	assert_ok(issue_support(&t->of, id, &r, &e));
}

static void joining_makes_reporter_and_supporters_supporters_there(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t first = town_raise(t, "楼上漏水", NULL), second = town_raise(t, "水管漏水", FILLS({ "reporter_id", NULL, t->li }));
	int64_t unknown = town_raise(t, "天花板滴水", FILLS({ "reporter_kind", "anonymous" }));

	support(t, second, t->zhang);
	support(t, second, t->wang);
	town_as(t, HEAD);
	town_take(t, second, "triage.join", FILLS({ "joined_id", NULL, first }));
	assert_ok(issue_load(&t->of, second, &it, &e));
	assert_int_equal(it.status, STATUS_CLOSED);
	assert_string_equal(it.closing, "duplicate");
	assert_int_equal(it.joined_id, first);
	assert_string_equal(it.joined_number, "DH-20261124-001");
	/* li and zhang; wang is the reporter there already */
	assert_int_equal(supporters(t, first), 2);
	assert_town_text(t, "SELECT name || note FROM support WHERE issue_id = :id AND resident_id = (SELECT id FROM resident WHERE name = '李建国')",
	                 first, "李建国随 DH-20261124-002 并入");
	town_take(t, unknown, "triage.join", FILLS({ "joined_id", NULL, first }));
	assert_int_equal(supporters(t, first), 3);
	assert_int_equal(town_int(t, "SELECT count(*) FROM support WHERE issue_id = :id AND name = '匿名'", first), 1);
}

static void joining_refuses_what_leads_nowhere(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t first = town_raise(t, "楼上漏水", NULL), second = town_raise(t, "水管漏水", FILLS({ "reporter_id", NULL, t->li }));
	int64_t third = town_raise(t, "又漏水了", NULL), closed = town_raise(t, "早就好了", NULL);

	town_as(t, HEAD);
	town_take(t, closed, "withdraw", FILLS({ "reason", "好了" }));
	assert_refused(town_try(t, first, "triage.join", 0, FILLS({ "joined_id", NULL, first }), &e), RC_INVALID, "joined_id", "自己");
	assert_refused(town_try(t, first, "triage.join", 0, FILLS({ "joined_id", NULL, closed }), &e), RC_INVALID, "joined_id", "已结");
	assert_refused(town_try(t, first, "triage.join", 0, FILLS({ "joined_id", NULL, 4711 }), &e), RC_NOTFOUND, "", "没有这件事项");
	town_take(t, second, "triage.join", FILLS({ "joined_id", NULL, first }));
	assert_refused(town_try(t, first, "triage.join", 0, FILLS({ "joined_id", NULL, second }), &e), RC_INVALID, "joined_id", "互相并入");
	assert_refused(town_try(t, third, "triage.join", 0, FILLS({ "joined_id", NULL, second }), &e), RC_INVALID, "joined_id", "已结");
	town_write(t, "UPDATE issue SET deleted_at = 1 WHERE id = :id", first);
	assert_refused(town_try(t, third, "triage.join", 0, FILLS({ "joined_id", NULL, first }), &e), RC_INVALID, "joined_id", "已删除");
	assert_refused(town_try(t, first, "triage.direct", 0, NULL, &e), RC_NOTFOUND, "", "已删除");
}

static void an_issue_without_a_grid_is_anybodys(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "广场舞太吵", FILLS({ "reporter_kind", "anonymous" }, { "building_id", NULL, 0 }));

	town_as(t, GRID5);
	assert_ok(town_try(t, id, "triage.direct", 0, NULL, &e));
	assert_int_equal(town_int(t, "SELECT handler_id FROM issue WHERE id = :id", id), t->accounts[GRID5]);
}

static void a_handler_from_another_grid_may_act_on_it(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, GRID5);
	assert_refused(town_try(t, id, "triage.direct", 0, NULL, &e), RC_DENIED, "", "03网格");
	town_as(t, HEAD);
	town_take(t, id, "triage.direct", FILLS({ "handler_id", NULL, t->accounts[GRID5] }));
	town_as(t, GRID5);
	assert_ok(town_try(t, id, "act.progress", town_int(t, "SELECT id FROM action WHERE issue_id = :id", id),
	                   FILLS({ "text", "已修好" }, { "status", "done" }), &e));
	/* no task left: being in charge is enough */
	assert_ok(town_try(t, id, "act.done", 0, FILLS({ "text", "已修好" }, { "closing", "partly" }, { "answer_way", "phone" }), &e));
}

static void the_owner_of_a_task_may_report_on_it(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL), task;

	town_to_act(t, id);
	town_as(t, GRID3);
	town_take(t, id, "act.task", FILLS({ "title", "请五网格帮忙" }, { "owner_id", NULL, t->accounts[GRID5] }));
	task = town_int(t, "SELECT max(id) FROM action WHERE issue_id = :id", id);
	town_as(t, GRID5);
	assert_refused(town_try(t, id, "hold", 0, FILLS({ "reason", "weather" }, { "note", "雨" }), &e), RC_DENIED, "", "03网格");
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "已到场" }, { "status", "done" }), &e));
	assert_refused(town_try(t, id, "act.progress", task, FILLS({ "text", "补一句" }), &e), RC_DENIED, "", "03网格");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(accepting_stops_the_clock_of_acceptance_and_stays),
		TOWN_TEST(telling_nobody_leaves_no_time),
		TOWN_TEST(handling_it_here_gives_a_first_task_to_the_grids_worker),
		TOWN_TEST(only_those_who_may_act_are_made_responsible),
		TOWN_TEST(a_referral_names_the_body_and_its_promise),
		TOWN_TEST(deliberation_waits_and_can_be_taken_back),
		TOWN_TEST(a_refusal_closes_with_its_reason),
		TOWN_TEST(joining_makes_reporter_and_supporters_supporters_there),
		TOWN_TEST(joining_refuses_what_leads_nowhere),
		TOWN_TEST(an_issue_without_a_grid_is_anybodys),
		TOWN_TEST(a_handler_from_another_grid_may_act_on_it),
		TOWN_TEST(the_owner_of_a_task_may_report_on_it),
	};

	return cmocka_run_group_tests_name("domain-flow-triage", tests, NULL, NULL);
}
