/* 退回上一步: what was closed stays in the record, what hangs on it goes back with the issue. */
#include <stdlib.h>

#include "council.h"

#define WAY "SELECT group_concat(phase || ':' || coalesce(result, ''), ' ') FROM (SELECT * FROM phase WHERE issue_id = :id ORDER BY opened_at, id)"
#define CLOSED "SELECT group_concat(id || phase || opened_at || closed_at || result || rev, ' ') FROM (SELECT * FROM phase WHERE issue_id = :id" \
	" AND closed_at IS NOT NULL AND result <> 'undone' ORDER BY opened_at, id)"

static void undo(struct town *t, int64_t issue, const char *why)
{
	AUTO_FREE char *before = town_text(t, CLOSED, issue);
	enum town_account was = t->who;

	town_pass_minutes(t, 1);
	town_as(t, HEAD);
	town_take(t, issue, "step.undo", FILLS({ "reason", why }));
	town_as(t, was);
	assert_town_text(t, CLOSED, issue, before);
	town_pass_minutes(t, 1);
}

static int64_t carried(struct town *t, int64_t *issue, struct council *c)
{
	struct err e = { 0 };
	int64_t decision;

	*issue = town_raise(t, "楼道雨棚", NULL);
	council_pass(t, issue, 1, c);
	town_as(t, PROJECT);
	decision = council_announce(t, c);
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	return decision;
}

static void it_wants_the_head_and_a_reason(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "水管漏水", NULL);

	town_to_act(t, issue);
	town_as(t, GRID3);
	assert_refused(town_try(t, issue, "step.undo", 0, FILLS({ "reason", "派错了" }), &e), RC_DENIED, "", "");
	town_as(t, HEAD);
	assert_refused(town_try(t, issue, "step.undo", 0, NULL, &e), RC_INVALID, "reason", "");
	assert_town_text(t, WAY, issue, "raise:raised triage:direct act:");
	undo(t, issue, "派错了");
	assert_town_text(t, WAY, issue, "raise:raised triage:direct act:undone triage:");
	assert_town_text(t, "SELECT reason FROM phase WHERE issue_id = :id AND result = 'undone'", issue, "派错了");
	assert_town_text(t, "SELECT status || blocked_reason FROM action WHERE issue_id = :id", issue, "cancelled派错了");
	assert_int_equal(town_int(t, "SELECT handler_id IS NULL FROM issue WHERE id = :id", issue), 1);
	assert_refused(town_try(t, issue, "step.undo", 0, FILLS({ "reason", "再退" }), &e), RC_INVALID, "", "不能退回上一步");
}

static void an_undone_answer_begins_another_round(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t issue = town_raise(t, "水管漏水", NULL);

	town_to_evaluate(t, issue);
	undo(t, issue, "其实没有修");
	assert_ok(issue_load(&t->of, issue, &it, &e));
	assert_int_equal(it.phase, PHASE_ACT);
	assert_int_equal(it.round, 2);
	assert_int_equal(it.open_actions, 1);
	assert_int_equal(it.reopened, 1);
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	undo(t, issue, "还是要别人办");               /* 办事 of any round came from 理事 */
	assert_town_text(t, WAY, issue, "raise:raised triage:direct act:done evaluate:undone act:undone triage:");
}

static void an_undone_vote_waits_in_the_pool_without_its_decision(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL) };
	struct council c;
	struct err e = { 0 };
	int64_t decision, before;

	council_pass(t, issues, COUNT(issues), &c);
	town_as(t, PROJECT);
	decision = council_approve(t, &c);
	town_as(t, HEAD);
	town_take(t, issues[1], "hold", FILLS({ "reason", "weather" }, { "note", "台风" }));
	before = town_int(t, "SELECT count(*) FROM journal", 0);
	assert_refused(town_try(t, issues[0], "step.undo", 0, FILLS({ "reason", "没有回避" }), &e), RC_INVALID, "", "DH-20261124-002");
	assert_int_equal(town_int(t, "SELECT count(*) FROM journal", 0), before);
	town_take(t, issues[1], "resume", FILLS({ "reason", "天晴" }));
	undo(t, issues[0], "没有回避");
	for (size_t i = 0; i < COUNT(issues); i++)
		assert_town_text(t, WAY, issues[i], "raise:raised triage:deliberate deliberate:passed decide:undone deliberate:");
	assert_town_text(t, "SELECT state || (meeting_id IS NULL) || (settled_at IS NULL) FROM agenda_item WHERE id = :id", c.item, "pool11");
	assert_town_text(t, "SELECT outcome FROM agenda_slot WHERE id = :id", c.slot, "passed");
	assert_town_text(t, "SELECT deleted_why FROM decision WHERE id = :id", decision, "没有回避");
	assert_code(decision_approve(&t->of, decision, council_rev(t, decision), &e), RC_NOTFOUND);
}

static void back(struct town *t, int64_t issue, const char *why)
{
	enum town_account was = t->who;

	town_pass_minutes(t, 1);
	town_as(t, HEAD);
	town_take(t, issue, "deliberate.back", FILLS({ "reason", why }));
	town_as(t, was);
}

static void a_decision_ends_with_the_last_issue_that_goes_back_to_triage(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL) };
	struct council c;
	struct err e = { 0 };
	int64_t decision;

	council_pass(t, issues, COUNT(issues), &c);
	decision = council_approve(t, &c);
	back(t, issues[0], "东楼道已自行装好");
	assert_int_equal(town_int(t, "SELECT deleted_at IS NULL FROM decision WHERE id = :id", decision), 1);
	back(t, issues[1], "西楼道要重新议");
	assert_town_text(t, "SELECT deleted_why || (SELECT name FROM account WHERE account.id = decision.deleted_by) FROM decision WHERE id = :id", decision,
	                 "西楼道要重新议周勤");
	assert_town_text(t, "SELECT verb FROM journal WHERE tbl = 'decision' AND id = :id ORDER BY lsn DESC LIMIT 1 /*scan*/", decision,
	                 "issue.deliberate.back");
	town_as(t, PROJECT);
	assert_code(decision_submit(&t->of, decision, council_rev(t, decision), &e), RC_NOTFOUND);
}

static void a_decision_ends_with_its_issue_that_is_withdrawn(void **state)
{
	struct town *t = *state;
	int64_t issue = town_raise(t, "东楼道雨棚", NULL), decision;
	struct council c;

	council_pass(t, &issue, 1, &c);
	decision = council_approve(t, &c);
	town_as(t, DESK);
	town_take(t, issue, "withdraw", FILLS({ "reason", "提事人搬走了" }));
	assert_town_text(t, "SELECT deleted_why FROM decision WHERE id = :id", decision, "提事人搬走了");
}

static void a_decision_that_others_go_by_stays(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL) };
	struct council c;
	struct err e = { 0 };
	int64_t decision;

	council_pass(t, issues, COUNT(issues), &c);
	town_as(t, PROJECT);
	decision = council_announce(t, &c);
	back(t, issues[0], "东楼道已自行装好");
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", issues[0], "triage");
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", issues[1], "act");
	assert_int_equal(town_int(t, "SELECT deleted_at IS NULL FROM decision WHERE id = :id", decision), 1);
}

static void what_is_carried_out_for_another_stays_when_this_one_goes_back(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL) };
	struct council c;
	struct err e = { 0 };
	int64_t decision;

	council_pass(t, issues, COUNT(issues), &c);
	town_as(t, PROJECT);
	decision = council_announce(t, &c);
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	undo(t, issues[0], "先不装东边");
	back(t, issues[0], "东楼道已自行装好");
	assert_int_equal(town_int(t, "SELECT deleted_at IS NULL FROM decision WHERE id = :id", decision), 1);
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", issues[1], "act");
}

/* The second decision stands beside the first, which stays on the record. */
static void after_going_back_it_is_decided_anew(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), item;

	council_pass(t, &issue, 1, &c);
	council_approve(t, &c);
	undo(t, issue, "没有回避");
	town_write(t, "UPDATE agenda_item SET state = 'passed' WHERE id = :id", c.item);
	town_as(t, HEAD);
	town_take(t, issue, "deliberate.passed", NULL);
	council_approve(t, &c);
	assert_town_text(t, "SELECT group_concat((deleted_at IS NOT NULL) || state, ' ') FROM decision WHERE agenda_item_id = :id", c.item,
	                 "1approved 0approved");
	back(t, issue, "换个办法");
	assert_int_equal(town_int(t, "SELECT count(*) FROM decision WHERE agenda_item_id = :id AND deleted_at IS NULL", c.item), 0);
	town_as(t, PROJECT);
	{
		AUTO_RECORD r = { 0 };

		assert_refused(decision_prefill(&t->of, c.item, &r, &e), RC_INVALID, "text", "不在定事");
	}
	town_as(t, HEAD);
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "再议" }));
	item = town_int(t, "SELECT id FROM agenda_item WHERE state = 'pool'", 0);
	town_write(t, "UPDATE agenda_item SET state = 'passed' WHERE id = :id", item);
	town_take(t, issue, "deliberate.passed", NULL);
	town_as(t, PROJECT);
	{
		AUTO_RECORD r = { 0 };

		assert_ok(decision_prefill(&t->of, item, &r, &e));
		assert_ok(decision_save(&t->of, item, &r, &e));
		assert_int_equal(town_int(t, "SELECT count(*) FROM decision WHERE agenda_item_id = :id AND deleted_at IS NULL", item), 1);
	}
}

static void a_matter_that_needs_no_meeting_leaves_the_agenda(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL) };
	struct council c;

	council_pass(t, issues, COUNT(issues), &c);
	undo(t, issues[0], "没有回避");
	town_write(t, "UPDATE agenda_item SET state = 'scheduled' WHERE id = :id", c.item);
	town_write(t, "UPDATE agenda_slot SET outcome = NULL, at = NULL WHERE id = :id", c.slot);
	undo(t, issues[0], "不用议");
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", c.item, "scheduled");       /* the other one is still to be discussed */
	undo(t, issues[1], "都不用议");
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", c.item, "withdrawn");
	assert_town_text(t, "SELECT deleted_why FROM agenda_slot WHERE id = :id", c.slot, "都不用议");
	assert_town_text(t, "SELECT deleted_why FROM agenda_issue WHERE deleted_why <> 'test' AND issue_id = :id", issues[0], "不用议");
	assert_town_text(t, WAY, issues[1], "raise:raised triage:deliberate deliberate:passed decide:undone deliberate:undone triage:");
}

static void a_decision_is_carried_out_again_where_it_was_broken_off(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue, decision = carried(t, &issue, &c), first;

	first = town_int(t, "SELECT id FROM action WHERE issue_id = :id", issue);
	undo(t, issue, "先谈价钱");
	assert_town_text(t, WAY, issue, "raise:raised triage:deliberate deliberate:passed decide:decided act:undone decide:");
	assert_town_text(t, "SELECT status FROM action WHERE id = :id", first, "cancelled");
	assert_int_equal(town_int(t, "SELECT acted_at IS NULL FROM decision WHERE id = :id", decision), 1);
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM action WHERE issue_id = :id AND title = '量尺寸'", issue), 2);
	assert_int_equal(town_int(t, "SELECT action_id <> :id FROM decision_task", first), 1);
	town_write(t, "UPDATE action SET status = 'done' WHERE issue_id = :id AND status = 'todo'", issue);
	undo(t, issue, "再停一停");
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM action WHERE issue_id = :id", issue), 2);     /* what is done isn't done again */
}

static void what_was_settled_without_work_goes_back_to_its_decision(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), decision;

	council_pass(t, &issue, 1, &c);
	town_as(t, PROJECT);
	decision = council_announce(t, &c);
	town_write(t, "UPDATE decision_task SET deleted_at = 1 WHERE decision_id = :id", decision);
	town_write(t, "UPDATE decision SET no_action = '已经装好' WHERE id = :id", decision);
	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", issue, "evaluate");
	undo(t, issue, "其实没装");
	assert_town_text(t, WAY, issue, "raise:raised triage:deliberate deliberate:passed decide:settled evaluate:undone decide:");
	assert_int_equal(town_int(t, "SELECT acted_at IS NULL FROM decision WHERE id = :id", decision), 1);
}

static void a_record_moves_only_what_it_is_about(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), decision;

	council_pass(t, &issue, 1, &c);
	town_as(t, PROJECT);
	decision = council_decide(t, &c);
	assert_refused(town_try(t, issue, "decide.act", decision, NULL, &e), RC_INVALID, "", "没有已批准的决议");
	assert_refused(town_try(t, issue, "decide.settled", 4711, NULL, &e), RC_INVALID, "", "没有已批准的决议");
	assert_refused(town_try(t, issue, "deliberate.passed", 0, NULL, &e), RC_INVALID, "", "不能议定");
	town_as(t, CANTEEN);
	assert_refused(town_try(t, issue, "decide.act", decision, NULL, &e), RC_DENIED, "", "");
}

static void a_vote_wakes_a_matter_that_was_held(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL);

	town_as(t, HEAD);
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "意见不一" }));
	town_take(t, issue, "hold", FILLS({ "reason", "weather" }, { "note", "台风" }));
	town_as(t, GRID5);                            /* who keeps the record needn't be of this grid */
	town_take(t, issue, "deliberate.passed", NULL);
	town_as(t, HEAD);
	assert_ok(issue_load(&t->of, issue, &it, &e));
	assert_int_equal(it.phase, PHASE_DECIDE);
	assert_int_equal(it.status, STATUS_OPEN);
	assert_int_equal(it.suspension_id, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(it_wants_the_head_and_a_reason),
		TOWN_TEST(an_undone_answer_begins_another_round),
		TOWN_TEST(an_undone_vote_waits_in_the_pool_without_its_decision),
		TOWN_TEST(a_decision_ends_with_its_issue_that_is_withdrawn),
		TOWN_TEST(a_decision_ends_with_the_last_issue_that_goes_back_to_triage),
		TOWN_TEST(a_decision_that_others_go_by_stays),
		TOWN_TEST(what_is_carried_out_for_another_stays_when_this_one_goes_back),
		TOWN_TEST(after_going_back_it_is_decided_anew),
		TOWN_TEST(a_matter_that_needs_no_meeting_leaves_the_agenda),
		TOWN_TEST(a_decision_is_carried_out_again_where_it_was_broken_off),
		TOWN_TEST(what_was_settled_without_work_goes_back_to_its_decision),
		TOWN_TEST(a_record_moves_only_what_it_is_about),
		TOWN_TEST(a_vote_wakes_a_matter_that_was_held),
	};

	return cmocka_run_group_tests_name("domain-flow-undo", tests, NULL, NULL);
}
