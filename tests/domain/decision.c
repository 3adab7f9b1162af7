/* Decisions: written for what passed, approved by another than their author, put on notice, carried out. */
#include "domain/decision.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "council.h"

#define STATE "SELECT state FROM decision WHERE id = :id"
#define PHASE "SELECT phase FROM issue WHERE id = :id"

/* Everything that is written is journaled: as long as this stands, nothing was changed. */
static int64_t changes(struct town *t)
{
	return town_int(t, "SELECT count(*) FROM journal", 0);
}

static int64_t passed(struct town *t, struct council *c)
{
	int64_t issue = town_raise(t, "楼道雨棚", NULL);

	council_pass(t, &issue, 1, c);
	town_as(t, PROJECT);
	return issue;
}

static enum rc submit(struct town *t, int64_t id, struct err *e)
{
	return decision_submit(&t->of, id, council_rev(t, id), e);
}

static enum rc approve(struct town *t, int64_t id, struct err *e)
{
	return decision_approve(&t->of, id, council_rev(t, id), e);
}

static enum rc carry_out(struct town *t, int64_t id, struct err *e)
{
	return decision_carry_out(&t->of, id, council_rev(t, id), e);
}

static enum rc give_back(struct town *t, int64_t id, const char *note, struct err *e)
{
	AUTO_RECORD r = { 0 };

	council_record(t, &r, "decision-return", id, FILLS({ "approved_note", note }));
	return decision_return(&t->of, &r, e);
}

static enum rc object_as(struct town *t, int64_t notice, struct record *r, const struct fill *fills, struct err *e)
{
	council_record(t, r, "objection", 0, fills);
	return objection_save(&t->of, notice, r, e);
}

static enum rc object(struct town *t, int64_t notice, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	return object_as(t, notice, &r, fills, e);
}

/* One that is taken down; its id. */
static int64_t objected(struct town *t, int64_t notice, const struct fill *fills)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	assert_ok(object_as(t, notice, &r, fills, &e));
	return r.id;
}

static enum rc handle(struct town *t, int64_t objection, const char *state, struct err *e)
{
	AUTO_RECORD r = { 0 };

	council_record(t, &r, "objection-handle", objection, FILLS({ "state", state }, { "handling", "上门说明了" }));
	return objection_handle(&t->of, &r, e);
}

static int64_t notice_of(struct town *t, int64_t decision)
{
	return town_int(t, "SELECT max(id) FROM notice WHERE decision_id = :id", decision);
}

/* Writing ------------------------------------------------------------------------------------------------------------------------ */

static void a_decision_begins_with_what_was_voted(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	AUTO_ARENA a = { 0 };
	struct decision d;
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id;

	assert_ok(decision_prefill(&t->of, c.item, &r, &e));
	assert_string_equal(record_text(&r, "text"), "加装雨棚");
	assert_string_equal(record_text(&r, "party"), "community");
	assert_int_equal(record_number(&r, "cost_fen", 0), 800000);
	assert_int_equal(record_number(&r, "effective_day", 0), TOWN_TODAY + 7);
	assert_int_equal(record_number(&r, "owner_id", 0), t->accounts[GRID3]);
	id = council_decide(t, &c);
	assert_ok(decision_load(&t->of, id, &a, &d, &e));
	assert_string_equal(d.number, "JY-20261124-01");
	assert_string_equal(d.meeting, "YS-20261124-01");
	assert_string_equal(d.item_number, "YT-20261124-001");
	assert_string_equal(d.owner, "李明");
	assert_string_equal(d.author, "吴静");
	assert_int_equal(d.state, DECISION_DRAFT);
	assert_int_equal(d.cost_fen, 800000);
	assert_int_equal(d.meeting_id, c.meeting);
	assert_int_equal(d.n_tasks, 1);
	assert_int_equal(d.n_issues, 1);
	assert_int_equal(d.issues[0].id, issue);
}

static void bad_input_is_refused_at_its_field_and_changes_nothing(void **state)
{
	static const struct { const char *field, *typed, *at, *words; } cases[] = {
		{ "text", NULL, "text", "" }, { "party", NULL, "party", "" }, { "owner_id", NULL, "owner_id", "外部责任人" },
		{ "source", NULL, "source", "经费来源" }, { "cost_fen", NULL, "source", "没有经费" }, { "cost_fen", "0", "source", "没有经费" },
		{ "effective_day", NULL, "effective_day", "" }, { "effective_day", "2026-11-23", "effective_day", "早于" },
	};
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t before, id;

	passed(t, &c);
	before = changes(t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };

		assert_ok(decision_prefill(&t->of, c.item, &r, &e));
		town_fill(t, &r, FILLS({ "source", "fund" }, { cases[i].field, cases[i].typed }));
		assert_refused(decision_save(&t->of, c.item, &r, &e), RC_INVALID, cases[i].at, cases[i].words);
		assert_int_equal(changes(t), before);
	}
	{
		AUTO_RECORD r = { 0 };

		assert_ok(decision_prefill(&t->of, c.item, &r, &e));
		town_fill(t, &r, FILLS({ "source", "fund" }, { "owner_id", NULL, t->accounts[CANTEEN] }));
		assert_refused(decision_save(&t->of, c.item, &r, &e), RC_INVALID, "owner_id", "不能办事");
		assert_int_equal(changes(t), before);
	}
	id = council_decide(t, &c);
	{
		AUTO_RECORD stale = { 0 };

		council_record(t, &stale, "decision", id, FILLS({ "text", "只装东面" }, { "number", "JY-伪造" }));
		assert_ok(decision_save(&t->of, 0, &stale, &e));
		assert_town_text(t, "SELECT number || text FROM decision WHERE id = :id", id, "JY-20261124-01只装东面");
		stale.rev--;
		value_set_text(record_value(&stale, "text"), "只装西面");
		assert_code(decision_save(&t->of, 0, &stale, &e), RC_CONFLICT);
	}
}

static void only_a_passed_matter_that_is_open_gets_one_decision(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c);

	assert_ok(decision_prefill(&t->of, c.item, &r, &e));
	town_fill(t, &r, FILLS({ "source", "fund" }));
	town_write(t, "UPDATE agenda_item SET state = 'failed' WHERE id = :id", c.item);
	assert_refused(decision_save(&t->of, c.item, &r, &e), RC_INVALID, "text", "YT-20261124-001 还没有议定");
	town_write(t, "UPDATE agenda_item SET state = 'passed' WHERE id = :id", c.item);
	assert_refused(decision_save(&t->of, 4711, &r, &e), RC_NOTFOUND, "", "没有这个议题");
	town_as(t, HEAD);
	town_take(t, issue, "withdraw", FILLS({ "reason", "不装了" }));
	town_as(t, PROJECT);
	assert_refused(decision_save(&t->of, c.item, &r, &e), RC_INVALID, "text", "DH-20261124-001 已结");
	assert_int_equal(town_int(t, "SELECT count(*) FROM decision", 0), 0);
	town_as(t, HEAD);
	town_take(t, issue, "reopen", FILLS({ "reason", "还是要装" }));
	town_as(t, PROJECT);
	assert_refused(decision_save(&t->of, c.item, &r, &e), RC_INVALID, "text", "YT-20261124-001 的事项都不在定事");       /* it is in 理事 again */
	town_write(t, "UPDATE issue SET phase = 'decide' WHERE id = :id", issue);
	assert_ok(decision_save(&t->of, c.item, &r, &e));
	r.id = 0;
	assert_refused(decision_save(&t->of, c.item, &r, &e), RC_CONFLICT, "text", "已有决议 JY-20261124-01");
	assert_refused(decision_prefill(&t->of, c.item, &r, &e), RC_CONFLICT, "text", "已有决议");
}

static void what_hangs_on_it_is_checked(void **state)
{
	static const struct { const char *form; struct fill fills[6]; const char *at, *words; } cases[] = {
		{ "decision_partner", { { "party", "community" }, { "name", "物业" }, { "promise", "出梯子" }, { "promised_day", "昨天" } }, "promised_day", "早于今天" },
		{ "decision_partner", { { "party", "community" }, { "promise", "出梯子" }, { "promised_day", "+3" } }, "name", "" },
		{ "decision_task", { { "title", "量尺寸" }, { "party", "community" }, { "due_day", "+3" } }, "owner_id", "责任人" },
		{ "decision_task", { { "title", "量尺寸" }, { "party", "community" }, { "owner_name", "物业" }, { "due_day", "昨天" } }, "due_day", "早于今天" },
		{ "notice", { { "from_day", "今天" }, { "to_day", "+7" }, { "place", "公告栏" } }, "", "批准后才能公示" },
		{ "objection", { { "name", "王五" }, { "text", "太吵" } }, "", "不是决议的一部分" },
	};
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t id, before, notice;

	passed(t, &c);
	id = council_decide(t, &c);
	before = changes(t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };

		record_init(&r, form_find(t->of.forms, cases[i].form));
		town_fill(t, &r, cases[i].fills);
		assert_refused(decision_part_save(&t->of, id, &r, &e), RC_INVALID, cases[i].at, cases[i].words);
		assert_int_equal(changes(t), before);
	}
	assert_ok(submit(t, id, &e));
	assert_refused(council_part(t, id, "decision_task", FILLS({ "title", "再量" }, { "owner_name", "物业" }, { "due_day", "+3" }), &e), RC_INVALID, "",
	               "现在是「待批」");
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_refused(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "昨天" }, { "place", "公告栏" }), &e), RC_INVALID, "to_day",
	               "早于开始");
	assert_refused(council_part(t, id, "notice", FILLS({ "from_day", "昨天" }, { "to_day", "+7" }, { "place", "公告栏" }), &e), RC_INVALID, "from_day",
	               "早于批准");
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "+7" }, { "place", "公告栏" }), &e));
	notice = notice_of(t, id);
	assert_refused(decision_part_delete(&t->of, form_find(t->of.forms, "notice"), notice, "", &e), RC_INVALID, "why", "理由");
	assert_ok(object(t, notice, FILLS({ "name", "王五" }, { "text", "太吵" }), &e));
	assert_refused(decision_part_delete(&t->of, form_find(t->of.forms, "notice"), notice, "贴错了", &e), RC_INVALID, "", "已有异议");
}

static void parts_are_changed_and_taken_away_while_it_is_written(void **state)
{
	struct town *t = *state;
	const struct form *form = form_find(t->of.forms, "decision_task");
	AUTO_RECORD r = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t id, task;

	passed(t, &c);
	id = council_decide(t, &c);
	task = town_int(t, "SELECT id FROM decision_task WHERE decision_id = :id", id);
	council_record(t, &r, "decision_task", task, FILLS({ "title", "量尺寸和画图" }));
	assert_ok(decision_part_save(&t->of, id, &r, &e));
	assert_refused(decision_part_save(&t->of, 4711, &r, &e), RC_NOTFOUND, "", "没有这份决议");
	assert_town_text(t, "SELECT title FROM decision_task WHERE id = :id", task, "量尺寸和画图");
	assert_ok(decision_part_delete(&t->of, form, task, "写重了", &e));
	assert_refused(decision_part_delete(&t->of, form, task, "写重了", &e), RC_NOTFOUND, "", "不在了");
}

/* Approval ----------------------------------------------------------------------------------------------------------------------- */

static void submitting_needs_tasks_or_a_reason(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	id = council_decide(t, &c);
	council_record(t, &r, "decision", id, FILLS({ "no_action", "已经装好" }));
	assert_ok(decision_save(&t->of, 0, &r, &e));
	assert_refused(submit(t, id, &e), RC_INVALID, "no_action", "已有 1 项任务");
	assert_ok(decision_part_delete(&t->of, form_find(t->of.forms, "decision_task"),
	                               town_int(t, "SELECT id FROM decision_task WHERE decision_id = :id", id), "不用了", &e));
	town_fill(t, &r, FILLS({ "no_action", NULL }));
	assert_ok(decision_save(&t->of, 0, &r, &e));
	assert_refused(submit(t, id, &e), RC_INVALID, "no_action", "请加上任务");
	town_fill(t, &r, FILLS({ "no_action", "已经装好" }));
	assert_ok(decision_save(&t->of, 0, &r, &e));
	town_as(t, DESK);
	assert_refused(submit(t, id, &e), RC_DENIED, "", "由吴静起草");
	town_as(t, PROJECT);
	assert_ok(submit(t, id, &e));
	assert_refused(submit(t, id, &e), RC_INVALID, "", "现在是「待批」");
	assert_refused(decision_submit(&t->of, id, 1, &e), RC_CONFLICT, "", "刚被别人改动");
}

static void nobody_approves_the_own_decision(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t id, before;

	passed(t, &c);
	town_as(t, HEAD);
	id = council_decide(t, &c);
	assert_refused(approve(t, id, &e), RC_INVALID, "", "还没有提交");
	assert_ok(submit(t, id, &e));
	before = changes(t);
	assert_refused(approve(t, id, &e), RC_DENIED, "", "决议由您起草，要由另一位负责人批准");
	assert_int_equal(changes(t), before);
	town_write(t, "UPDATE account SET disabled_at = 1 WHERE id = :id", t->accounts[HEAD2]);
	before = changes(t);
	assert_refused(approve(t, id, &e), RC_DENIED, "", "请管理员再建一个");
	town_as(t, PROJECT);
	assert_refused(approve(t, id, &e), RC_DENIED, "", "");
	assert_int_equal(changes(t), before);
	assert_town_text(t, STATE, id, "submitted");
	town_write(t, "UPDATE account SET disabled_at = NULL WHERE id = :id", t->accounts[HEAD2]);
	town_as(t, HEAD2);
	town_write(t, "UPDATE account SET name = '周勤' WHERE login = 'head2'", 0);
	assert_refused(approve(t, id, &e), RC_DENIED, "", "按姓名认定；若只是同名");
	town_write(t, "UPDATE account SET resident_id = :id WHERE login IN ('head', 'head2')", t->wang);
	assert_refused(approve(t, id, &e), RC_DENIED, "", "决议由您起草，要由另一位负责人批准");
	assert_null(strstr(e.text, "按姓名"));
	town_write(t, "UPDATE account SET resident_id = :id WHERE login = 'head2'", t->li);
	assert_ok(approve(t, id, &e));
	assert_int_equal(town_int(t, "SELECT approved_by FROM decision WHERE id = :id", id), t->accounts[HEAD2]);
	assert_refused(approve(t, id, &e), RC_INVALID, "", "已经批准");
}

static void a_returned_decision_is_changed_and_comes_again(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	id = council_decide(t, &c);
	town_as(t, HEAD);
	assert_refused(give_back(t, id, "写明费用", &e), RC_INVALID, "", "还没有提交");
	assert_ok(submit(t, id, &e));
	assert_refused(give_back(t, id, NULL, &e), RC_INVALID, "approved_note", "要改什么");
	assert_ok(give_back(t, id, "写明费用", &e));
	assert_town_text(t, "SELECT state || approved_note FROM decision WHERE id = :id", id, "returned写明费用");
	town_as(t, PROJECT);
	council_record(t, &r, "decision", id, FILLS({ "text", "加装雨棚，每户分摊" }));
	assert_ok(decision_save(&t->of, 0, &r, &e));
	assert_ok(submit(t, id, &e));
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_town_text(t, "SELECT state || coalesce(approved_note, '-') FROM decision WHERE id = :id", id, "approved-");
}

static void the_author_takes_it_back_until_it_is_approved(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	town_as(t, PROJECT);
	id = council_decide(t, &c);
	assert_ok(submit(t, id, &e));
	town_as(t, DESK);
	assert_refused(give_back(t, id, "费用写错了", &e), RC_DENIED, "", "");
	town_as(t, PROJECT);
	assert_ok(give_back(t, id, "费用写错了", &e));
	assert_town_text(t, "SELECT state || approved_note || (approved_by IS NULL) FROM decision WHERE id = :id", id, "returned费用写错了1");
	assert_ok(submit(t, id, &e));
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	town_as(t, PROJECT);
	assert_refused(give_back(t, id, "费用写错了", &e), RC_DENIED, "", "");
}

/* Carrying out ------------------------------------------------------------------------------------------------------------------- */

static void assert_blocked(struct town *t, int64_t id, const char *words)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF why = { 0 };
	struct decision d;
	struct err e = { 0 };
	int64_t before = changes(t);

	assert_ok(decision_load(&t->of, id, &a, &d, &e));
	assert_true(decision_blocked(&t->of, &d, &why));
	if (strstr(strbuf_str(&why), words) == NULL)
		fail_msg("says \"%s\", not \"%s\"", strbuf_str(&why), words);
	assert_refused(carry_out(t, id, &e), RC_INVALID, "", words);
	assert_int_equal(changes(t), before);
}

static void it_waits_for_approval_and_for_the_end_of_its_notice(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id = council_decide(t, &c);

	assert_blocked(t, id, "现在是「起草」");
	assert_ok(submit(t, id, &e));
	assert_blocked(t, id, "现在是「待批」");
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_blocked(t, id, "还没有公示");
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "2026-11-30" }, { "place", "公告栏" }), &e));
	town_set_day(t, "2026-11-30");
	assert_blocked(t, id, "公示到 2026-11-30");
	town_set_day(t, "2026-12-01");
	assert_refused(decision_carry_out(&t->of, id, 1, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_ok(carry_out(t, id, &e));
	assert_town_text(t, PHASE, issue, "act");
	assert_blocked(t, id, "已在执行");
	assert_refused(give_back(t, id, "再改改", &e), RC_INVALID, "", "已在执行");
}

static void the_whole_way_from_the_vote_to_the_answer(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id = council_decide(t, &c), action;

	assert_ok(council_part(t, id, "decision_partner", FILLS({ "party", "charity" }, { "name", "物业公司" }, { "promise", "出脚手架" },
	                                                        { "promised_day", "+12" }), &e));
	assert_ok(council_part(t, id, "decision_partner", FILLS({ "party", "volunteer" }, { "name", "楼组长" }, { "promise", "通知住户" },
	                                                        { "promised_day", "+9" }), &e));
	assert_ok(council_part(t, id, "decision_task", FILLS({ "title", "安装" }, { "party", "charity" }, { "owner_name", "雨棚厂" }, { "due_day", "+30" }), &e));
	assert_ok(submit(t, id, &e));
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "+6" }, { "place", "公告栏" }), &e));
	town_set_day(t, "2026-12-01");
	town_as(t, PROJECT);
	assert_ok(carry_out(t, id, &e));
	assert_ok(issue_load(&t->of, issue, &it, &e));
	assert_int_equal(it.phase, PHASE_ACT);
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	assert_string_equal(it.party, "community");
	assert_int_equal(it.open_actions, 2);
	assert_int_equal(it.due_day, TOWN_TODAY + 30);                  /* as the head approved it */
	action = town_int(t, "SELECT action_id FROM decision_task WHERE decision_id = :id AND title = '量尺寸'", id);
	assert_town_text(t, "SELECT title || '|' || partner FROM action WHERE id = :id", action, "量尺寸|楼组长：通知住户；物业公司：出脚手架");
	assert_int_equal(town_int(t, "SELECT promised_day FROM action WHERE id = :id", action), TOWN_TODAY + 9);
	assert_town_text(t, "SELECT owner_name || (partner IS NULL) FROM action WHERE issue_id = :id AND title = '安装'", issue, "雨棚厂1");
	assert_int_equal(town_int(t, "SELECT acted_at FROM decision WHERE id = :id", id), t->now);
	town_as(t, GRID3);
	assert_ok(town_try(t, issue, "act.change", action, FILLS({ "title", "量好尺寸" }), &e));
	town_write(t, "UPDATE action SET status = 'done' WHERE issue_id = :id", issue);
	town_take(t, issue, "act.done", FILLS({ "text", "装好了" }, { "closing", "solved" }, { "evidence", "照片" }, { "answer_way", "phone" }));
	assert_town_text(t, PHASE, issue, "evaluate");
	town_take(t, issue, "evaluate.answer", FILLS({ "satisfaction", "satisfied" }, { "solved", "1" }));
	assert_town_text(t, "SELECT group_concat(phase || ':' || result, ' ') FROM (SELECT * FROM phase WHERE issue_id = :id ORDER BY opened_at, id)", issue,
	                 "raise:raised triage:deliberate deliberate:passed decide:decided act:done evaluate:satisfied");
}

static void without_tasks_its_issues_are_evaluated_at_once(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	AUTO_ISSUE it = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id;

	assert_ok(decision_prefill(&t->of, c.item, &r, &e));
	town_fill(t, &r, FILLS({ "cost_fen", NULL }, { "owner_id", NULL }, { "owner_name", "城管中队" }, { "no_action", "城管已经拆除" }));
	assert_ok(decision_save(&t->of, c.item, &r, &e));
	id = r.id;
	assert_ok(submit(t, id, &e));
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "今天" }, { "place", "公告栏" }), &e));
	town_set_day(t, "明天");
	town_as(t, DESK);
	assert_ok(carry_out(t, id, &e));
	assert_ok(issue_load(&t->of, issue, &it, &e));
	assert_int_equal(it.phase, PHASE_EVALUATE);
	assert_string_equal(it.unit_in_charge, "城管中队");
	assert_int_equal(it.handler_id, t->accounts[GRID3]);           /* of its grid */
	assert_string_equal(it.claimed, "explained");
	assert_int_equal(town_int(t, "SELECT count(*) FROM action WHERE issue_id = :id", issue), 0);
	for (int i = 0; i < 3; i++)
		town_take(t, issue, "evaluate.answer", FILLS({ "satisfaction", "unreached" }));
	town_take(t, issue, "evaluate.unreached", FILLS({ "reason", "没人接" }));
	assert_town_text(t, "SELECT closing FROM issue WHERE id = :id", issue, "explained");
}

static void issues_of_one_vote_move_together(void **state)
{
	struct town *t = *state;
	int64_t issues[] = { town_raise(t, "东楼道雨棚", NULL), town_raise(t, "西楼道雨棚", NULL), town_raise(t, "北楼道雨棚", NULL) };
	struct council c;
	struct err e = { 0 };
	int64_t id, before;

	council_pass(t, issues, COUNT(issues), &c);
	town_as(t, HEAD);
	id = council_announce(t, &c);
	town_take(t, issues[0], "withdraw", FILLS({ "reason", "不装了" }));
	town_take(t, issues[2], "hold", FILLS({ "reason", "weather" }, { "note", "台风" }));
	before = changes(t);
	assert_refused(carry_out(t, id, &e), RC_INVALID, "", "DH-20261124-003 现在挂起，请先恢复");
	assert_int_equal(changes(t), before);
	town_take(t, issues[2], "resume", FILLS({ "reason", "天晴" }));
	assert_ok(carry_out(t, id, &e));
	assert_town_text(t, "SELECT phase || status FROM issue WHERE id = :id", issues[0], "decideclosed");
	assert_town_text(t, "SELECT title FROM action WHERE issue_id = :id", issues[1], "量尺寸");
	assert_town_text(t, "SELECT title || owner_id = '随 DH-20261124-002 一并办理' || (SELECT handler_id FROM issue WHERE issue.id = issue_id)"
	                    " FROM action WHERE issue_id = :id", issues[2], "1");
}

static void a_decision_of_closed_issues_is_not_carried_out(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id = council_announce(t, &c);

	town_as(t, HEAD);
	town_write(t, "UPDATE issue SET status = 'closed' WHERE id = :id", issue);     /* at another desk */
	assert_refused(carry_out(t, id, &e), RC_INVALID, "text", "DH-20261124-001 已结");
	town_write(t, "UPDATE issue SET status = 'open' WHERE id = :id", issue);
	town_take(t, issue, "withdraw", FILLS({ "reason", "不装了" }));
	assert_refused(carry_out(t, id, &e), RC_NOTFOUND, "", "已作废");
	town_take(t, issue, "reopen", FILLS({ "reason", "还是要" }));
	assert_refused(carry_out(t, id, &e), RC_NOTFOUND, "", "已作废");
	assert_int_equal(town_int(t, "SELECT acted_at IS NULL FROM decision WHERE id = :id", id), 1);
}

static void money_comes_from_what_an_office_has(void **state)
{
	static const struct { const char *source, *label; } cases[] = {
		{ "community", "社区经费" }, { "repair", "住宅维修资金" }, { "purchase", "政府购买服务" }, { "fund", "友邻基金" },
	};
	struct town *t = *state;
	const struct form *form = form_find(t->of.forms, "decision");
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	id = council_decide(t, &c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };
		AUTO_STRBUF shown = { 0 };

		council_record(t, &r, "decision", id, FILLS({ "source", cases[i].source }));
		assert_ok(decision_save(&t->of, 0, &r, &e));
		field_show(form_field(form, "source"), record_value(&r, "source"), false, &shown);
		assert_string_equal(strbuf_str(&shown), cases[i].label);
	}
}

/* Objections --------------------------------------------------------------------------------------------------------------------- */

static void an_objection_stops_it_until_it_is_handled(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t issue = passed(t, &c), id = council_announce(t, &c), notice = notice_of(t, id), first, second;

	town_as(t, DESK);
	assert_refused(object(t, notice, FILLS({ "text", "挡光" }), &e), RC_INVALID, "name", "手写姓名");
	assert_refused(object(t, notice, FILLS({ "name", "王五" }), &e), RC_INVALID, "text", "");
	assert_refused(object(t, 4711, FILLS({ "name", "王五" }, { "text", "挡光" }), &e), RC_NOTFOUND, "", "公示不在了");
	first = objected(t, notice, FILLS({ "resident_id", NULL, t->li }, { "text", "挡光" }));
	assert_town_text(t, "SELECT name || phone || state FROM objection WHERE id = :id", first, "李建国13900001234open");
	second = objected(t, notice, FILLS({ "name", "王五" }, { "text", "太贵" }));
	assert_blocked(t, id, "有 2 条异议还没有处理");
	assert_refused(handle(t, first, "open", &e), RC_INVALID, "state", "处理结果");
	assert_ok(handle(t, first, "dismissed", &e));
	assert_blocked(t, id, "有 1 条异议");
	assert_ok(handle(t, second, "withdrawn", &e));
	assert_int_equal(town_int(t, "SELECT handled_by FROM objection WHERE id = :id", second), t->accounts[DESK]);
	assert_ok(carry_out(t, id, &e));
	assert_town_text(t, PHASE, issue, "act");
	assert_refused(object(t, notice, FILLS({ "name", "赵六" }, { "text", "晚了" }), &e), RC_INVALID, "", "已在执行");
	assert_refused(handle(t, first, "upheld", &e), RC_INVALID, "", "已在执行");
}

static void a_revealed_phone_is_noted_first(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *plain = NULL;
	AUTO_ARENA arena = { 0 };
	struct council c;
	struct decision d;
	struct err e = { 0 };
	int64_t id, notice, li, silent;

	passed(t, &c);
	id = council_announce(t, &c);
	notice = notice_of(t, id);
	town_as(t, DESK);
	li = objected(t, notice, FILLS({ "resident_id", NULL, t->li }, { "text", "挡光" }));
	silent = objected(t, notice, FILLS({ "name", "王五" }, { "text", "太贵" }));
	assert_ok(decision_load(&t->of, id, &arena, &d, &e));
	assert_string_equal(d.notices[0].objections[0].phone, "139****1234");
	assert_string_equal(d.notices[0].objections[1].phone, "");
	assert_refused(objection_reveal(&t->of, silent, &plain, &e), RC_INVALID, "", "没有留电话");
	assert_refused(objection_reveal(&t->of, 4711, &plain, &e), RC_NOTFOUND, "", "没有这条异议");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal", 0), 0);
	assert_ok(objection_reveal(&t->of, li, &plain, &e));
	assert_string_equal(plain, "13900001234");
	assert_int_equal(town_int(t, "SELECT account_id FROM reveal WHERE tbl = 'objection' AND record_id = :id AND field = 'phone'", li), t->accounts[DESK]);
	town_as(t, GRID5);
	assert_refused(objection_reveal(&t->of, li, &plain, &e), RC_DENIED, "", "03网格");
	town_as(t, PROJECT);
	assert_refused(objection_reveal(&t->of, li, &plain, &e), RC_DENIED, "", "完整号码");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal", 0), 1);
}

static void an_upheld_objection_wants_another_decision(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t id, objection;

	passed(t, &c);
	id = council_announce(t, &c);
	objection = objected(t, notice_of(t, id), FILLS({ "name", "王五" }, { "text", "太贵" }));
	assert_ok(handle(t, objection, "upheld", &e));
	assert_blocked(t, id, "异议成立");
	town_as(t, HEAD);
	assert_ok(give_back(t, id, "费用减半", &e));
	assert_refused(object(t, notice_of(t, id), FILLS({ "name", "赵六" }, { "text", "太贵" }), &e), RC_INVALID, "", "退回修改");
	town_as(t, PROJECT);
	council_record(t, &r, "decision", id, FILLS({ "cost_fen", "4000" }));
	assert_ok(decision_save(&t->of, 0, &r, &e));
	assert_ok(submit(t, id, &e));
	town_as(t, HEAD);
	assert_ok(approve(t, id, &e));
	assert_blocked(t, id, "还没有公示");                             /* what was announced was another decision */
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "今天" }, { "place", "公告栏" }), &e));
	town_set_day(t, "2026-12-02");
	assert_ok(carry_out(t, id, &e));
}

static void objections_begin_with_the_notice(void **state)
{
	struct town *t = *state;
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	id = council_approve(t, &c);
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "+2" }, { "to_day", "+9" }, { "place", "公告栏" }), &e));
	assert_refused(object(t, notice_of(t, id), FILLS({ "name", "王五" }, { "text", "挡光" }), &e), RC_INVALID, "", "还没有开始");
	town_set_day(t, "2026-11-26");
	assert_ok(object(t, notice_of(t, id), FILLS({ "name", "王五" }, { "text", "挡光" }), &e));
}

/* Roles and lists ---------------------------------------------------------------------------------------------------------------- */

static void who_reads_writes_and_approves(void **state)
{
	static const struct { enum town_account who; bool reads, writes, approves; } cases[] = {
		{ DESK, true, true, false }, { GRID5, true, true, false }, { CANTEEN, true, false, false }, { PROJECT, true, true, false },
		{ HEAD2, true, true, true }, { ADMIN, false, false, false },
	};
	struct town *t = *state;
	struct council c;
	int64_t id;

	passed(t, &c);
	id = council_decide(t, &c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };
		AUTO_ARENA a = { 0 };
		struct decision d;
		struct err e = { 0 };

		town_as(t, cases[i].who);
		assert_code(decision_load(&t->of, id, &a, &d, &e), cases[i].reads ? RC_OK : RC_DENIED);
		council_record(t, &r, "decision", id, NULL);
		assert_code(decision_save(&t->of, 0, &r, &e), cases[i].writes ? RC_OK : RC_DENIED);
		assert_code(decision_approve(&t->of, id, council_rev(t, id), &e), cases[i].approves ? RC_INVALID : RC_DENIED);
	}
}

static void the_list_tells_number_state_and_notice(void **state)
{
	static const char *const wanted[] = { "JY-20261124-01", "加装雨棚", "community", "approved", NULL, "YS-20261124-01", "1", "20787" };
	struct town *t = *state;
	struct list *list = NULL;
	struct council c;
	struct err e = { 0 };
	int64_t id;

	passed(t, &c);
	id = council_announce(t, &c);
	assert_ok(object(t, notice_of(t, id), FILLS({ "name", "王五" }, { "text", "挡光" }), &e));
	assert_ok(list_open(&list, t->st, decision_list_spec(), &e));
	assert_ok(list_query(list, NULL, 0, (struct list_order){ "at", true }, 0, &e));
	assert_int_equal(list_count(list), 1);
	assert_ok(list_prepare(list, 0, 1, &e));
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (wanted[i])
			assert_string_equal(list_text(list, 0, i), wanted[i]);
	assert_ok(list_query(list, NULL, 0, (struct list_order){ "number", false }, 0, &e));
	assert_int_equal(list_id(list, 0), id);
	list_close(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_decision_begins_with_what_was_voted),
		TOWN_TEST(bad_input_is_refused_at_its_field_and_changes_nothing),
		TOWN_TEST(only_a_passed_matter_that_is_open_gets_one_decision),
		TOWN_TEST(what_hangs_on_it_is_checked),
		TOWN_TEST(parts_are_changed_and_taken_away_while_it_is_written),
		TOWN_TEST(submitting_needs_tasks_or_a_reason),
		TOWN_TEST(nobody_approves_the_own_decision),
		TOWN_TEST(the_author_takes_it_back_until_it_is_approved),
		TOWN_TEST(a_returned_decision_is_changed_and_comes_again),
		TOWN_TEST(it_waits_for_approval_and_for_the_end_of_its_notice),
		TOWN_TEST(the_whole_way_from_the_vote_to_the_answer),
		TOWN_TEST(without_tasks_its_issues_are_evaluated_at_once),
		TOWN_TEST(issues_of_one_vote_move_together),
		TOWN_TEST(a_decision_of_closed_issues_is_not_carried_out),
		TOWN_TEST(money_comes_from_what_an_office_has),
		TOWN_TEST(an_objection_stops_it_until_it_is_handled),
		TOWN_TEST(a_revealed_phone_is_noted_first),
		TOWN_TEST(an_upheld_objection_wants_another_decision),
		TOWN_TEST(objections_begin_with_the_notice),
		TOWN_TEST(who_reads_writes_and_approves),
		TOWN_TEST(the_list_tells_number_state_and_notice),
	};

	return cmocka_run_group_tests_name("domain-decision", tests, NULL, NULL);
}
