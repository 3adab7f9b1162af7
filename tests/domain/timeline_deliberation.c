/* 议事 and 定事 in the story of an issue: meetings, votes, decisions, notices, objections, and where it stands meanwhile. */
#include "domain/timeline.h"

#include <stdlib.h>

#include "council.h"

/* The lines between 理事 and 办事: "deliberate√ 议定 @周勤", events indented by one blank, with their sign. */
static char *story(struct town *t, int64_t id)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF out = { 0 };
	struct timeline line;
	struct err e = { 0 };

	assert_ok(timeline_load(&t->of, id, &arena, &line, &e));
	for (size_t i = 0; i < line.n; i++) {
		const struct timeline_entry *entry = &line.entries[i];
		bool head = entry->kind == TIMELINE_STEP || entry->kind == TIMELINE_FUTURE;

		if (entry->phase == PHASE_RAISE || entry->phase == PHASE_TRIAGE || entry->phase == PHASE_EVALUATE)
			continue;
		strbuf_format(&out, "%s%s%s%s%s%s\n", head ? phase_key(entry->phase) : " ", timeline_sign(entry->mark), entry->headline[0] ? " " : "",
		              entry->headline, entry->who[0] ? " @" : "", entry->who);
	}
	return mem_copy(strbuf_str(&out));
}

static void assert_story(struct town *t, int64_t id, const char *wanted)
{
	AUTO_FREE char *got = story(t, id);

	assert_string_equal(got, wanted);
}

static void assert_text(struct town *t, int64_t id, enum timeline_kind kind, size_t nth, const char *wanted)
{
	AUTO_ARENA arena = { 0 };
	struct timeline line;
	struct err e = { 0 };

	assert_ok(timeline_load(&t->of, id, &arena, &line, &e));
	for (size_t i = 0; i < line.n; i++)
		if (line.entries[i].kind == kind && nth-- == 0) {
			assert_string_equal(line.entries[i].text, wanted);
			return;
		}
	fail();
}

static void carry_out(struct town *t, int64_t decision)
{
	struct err e = { 0 };

	assert_ok(decision_carry_out(&t->of, decision, council_rev(t, decision), &e));
}

static void the_way_from_the_vote_to_the_work_is_one_story(void **state)
{
	struct town *t = *state;
	AUTO_RECORD objection = { 0 }, handling = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), decision;

	council_pass(t, &issue, 1, &c);
	council_insert(t, "INSERT INTO recusal (id, agenda_slot_id, attendee_id, reason, at) SELECT :id, %lld, min(id), '雨棚厂是他家开的', %lld FROM attendee /*scan*/",
	               (long long)c.slot, (long long)t->now);
	town_pass_minutes(t, 30);
	town_as(t, PROJECT);
	decision = council_decide(t, &c);
	town_pass_minutes(t, 5);
	assert_ok(decision_submit(&t->of, decision, council_rev(t, decision), &e));
	town_as(t, HEAD);
	town_pass_minutes(t, 5);
	assert_ok(decision_approve(&t->of, decision, council_rev(t, decision), &e));
	assert_ok(council_part(t, decision, "notice", FILLS({ "from_day", "今天" }, { "to_day", "+6" }, { "place", "公告栏" }), &e));
	town_set_day(t, "2026-11-25");
	council_record(t, &objection, "objection", 0, FILLS({ "name", "王五" }, { "text", "挡光" }));
	assert_ok(objection_save(&t->of, town_int(t, "SELECT id FROM notice", 0), &objection, &e));
	assert_story(t, issue,
		"deliberate√ 议定 @周勤\n"
		" √ YS-20261124-01 议事会 · 实到 10 应到 12 · 通过\n"
		" · 回避 居民1\n"
		" √ 方案1 举手：赞成 7，反对 2，弃权 1 · 通过\n"
		"decide! JY-20261124-01 有 1 条异议等处理\n"
		" √ JY-20261124-01 · 社区 李明 · ￥8,000.00 友邻基金 @吴静\n"
		" · 提交决议\n"
		" √ 批准决议 @周勤\n"
		" > 公示 昨天 至 11-30 · 公告栏\n"
		" ! 异议 王五 · 未处理\n"
		"act-\n");
	assert_text(t, issue, TIMELINE_MEETING, 0, "议题：YT-20261124-001 雨棚怎么装\n主持：周勤");
	assert_text(t, issue, TIMELINE_RECUSAL, 0, "雨棚厂是他家开的");
	assert_text(t, issue, TIMELINE_BALLOT, 0, "方案：加装雨棚\n赞成 7 票，超过有表决权的 10 人的一半");
	assert_text(t, issue, TIMELINE_DECISION, 0, "决议：加装雨棚\n生效：12-01");
	council_record(t, &handling, "objection-handle", objection.id, FILLS({ "state", "dismissed" }, { "handling", "已测光" }));
	assert_ok(objection_handle(&t->of, &handling, &e));
	assert_text(t, issue, TIMELINE_OBJECTION, 0, "挡光\n处理：已测光（周勤 今天）");
	town_set_day(t, "2026-12-01");
	carry_out(t, decision);
	assert_story(t, issue,
		"deliberate√ 议定 @周勤\n"
		" √ YS-20261124-01 议事会 · 实到 10 应到 12 · 通过\n"
		" · 回避 居民1\n"
		" √ 方案1 举手：赞成 7，反对 2，弃权 1 · 通过\n"
		"decide√ 进入办事 @周勤\n"
		" √ JY-20261124-01 · 社区 李明 · ￥8,000.00 友邻基金 @吴静\n"
		" · 提交决议\n"
		" √ 批准决议 @周勤\n"
		" √ 公示 11-24 至 昨天 · 公告栏\n"
		" · 异议 王五 · 不成立\n"
		"act> 李明办理中，期限 12-14\n"
		" > 量尺寸 · 未开始，期限 12-14 @李明\n");
}

static void an_open_step_says_where_it_stands(void **state)
{
	static const struct { const char *sql; const char *wanted; } item[] = {
		{ "UPDATE agenda_item SET state = 'pool', meeting_id = NULL WHERE id = :id", "deliberate> 在议题池等会\n" },
		{ "UPDATE agenda_item SET state = 'scheduled', meeting_id = (SELECT id FROM meeting) WHERE id = :id", "deliberate> 已排入 YS-20261124-01，今天\n" },
		{ "UPDATE meeting SET status = 'running' WHERE :id", "deliberate> YS-20261124-01 正在议\n" },
		{ "UPDATE agenda_item SET state = 'failed' WHERE id = :id", "deliberate! 没有通过，等再议或退回理事\n" },
		{ "UPDATE agenda_item SET state = 'withdrawn' WHERE id = :id", "deliberate> 等议事会\n" },
	};
	struct town *t = *state;
	AUTO_RECORD back = { 0 };
	struct council c;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), decision;

	council_pass(t, &issue, 1, &c);
	assert_story(t, issue, "deliberate√ 议定 @周勤\n √ YS-20261124-01 议事会 · 实到 10 应到 12 · 通过\n √ 方案1 举手：赞成 7，反对 2，弃权 1 · 通过\n"
	                       "decide> 已议定，等写决议\nact-\n");
	town_as(t, PROJECT);
	decision = council_decide(t, &c);
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 起草中\n"));
	}
	town_as(t, HEAD);
	assert_ok(decision_submit(&t->of, decision, council_rev(t, decision), &e));
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 待批\n"));
		assert_non_null(strstr(got, " > 提交决议，等批准\n"));
	}
	council_record(t, &back, "decision-return", decision, FILLS({ "approved_note", "写明费用" }));
	assert_ok(decision_return(&t->of, &back, &e));
	assert_text(t, issue, TIMELINE_DECISION, 2, "写明费用");
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 已退回，等修改\n"));
		assert_non_null(strstr(got, " ! 退回决议 @周勤\n"));
	}
	assert_ok(decision_submit(&t->of, decision, council_rev(t, decision), &e));
	assert_ok(decision_approve(&t->of, decision, council_rev(t, decision), &e));
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 已批准，等公示\n"));
	}
	assert_ok(council_part(t, decision, "notice", FILLS({ "from_day", "今天" }, { "to_day", "2026-12-01" }, { "place", "公告栏" }), &e));
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 公示至 12-01\n"));
	}
	town_set_day(t, "2026-12-02");
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "decide> JY-20261124-01 公示期满，可以办理\n"));
	}
	town_set_day(t, "2026-11-24");
	town_pass_minutes(t, 60);
	town_take(t, issue, "step.undo", FILLS({ "reason", "没有回避" }));
	for (size_t i = 0; i < COUNT(item); i++) {
		AUTO_FREE char *got = NULL;

		town_write(t, item[i].sql, c.item);
		got = story(t, issue);
		if (strstr(got, item[i].wanted) == NULL)
			fail_msg("not \"%s\" in\n%s", item[i].wanted, got);
	}
}

static void failed_votes_and_meetings_that_did_not_come_so_far_stand_out(void **state)
{
	struct town *t = *state;
	struct council c;
	int64_t issue = town_raise(t, "楼道雨棚", NULL), later;

	council_pass(t, &issue, 1, &c);
	town_write(t, "UPDATE ballot SET result = 'failed', for_n = 4, against_n = 5, recused_n = 0, invalid_n = 1, abstain_n = 0 WHERE id = :id", c.ballot);
	town_write(t, "UPDATE agenda_slot SET outcome = 'unreached' WHERE id = :id", c.slot);
	later = council_insert(t, "INSERT INTO meeting (id, number, kind, day, begin_min, status) VALUES (:id, 'YS-20261201-01', 'bench', 20788, 840,"
	                          " 'announced')");
	council_insert(t, "INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position) VALUES (:id, %lld, %lld, 1)", (long long)later,
	               (long long)c.item);
	assert_story(t, issue,
		"deliberate√ 议定 @周勤\n"
		" ! YS-20261124-01 议事会 · 实到 10 应到 12 · 未议到\n"
		" ! 方案1 举手：赞成 4，反对 5，弃权 0，废票 1 · 不通过\n"
		" > YS-20261201-01 板凳会/现场会 12-01 14:00 · 已通知\n"
		"decide> 已议定，等写决议\nact-\n");
	town_write(t, "UPDATE meeting SET status = 'cancelled', cancelled_why = '台风' WHERE id = :id", later);
	assert_text(t, issue, TIMELINE_MEETING, 1, "议题：YT-20261124-001 雨棚怎么装\n取消：台风");
}

static void what_was_undone_stays_in_the_story(void **state)
{
	struct town *t = *state;
	struct council c;
	int64_t issue = town_raise(t, "楼道雨棚", NULL);

	council_pass(t, &issue, 1, &c);
	town_pass_minutes(t, 10);
	town_as(t, PROJECT);
	council_approve(t, &c);
	town_as(t, HEAD);
	town_pass_minutes(t, 10);
	town_take(t, issue, "step.undo", FILLS({ "reason", "没有回避" }));
	assert_story(t, issue,
		"deliberate√ 议定 @周勤\n"
		" √ YS-20261124-01 议事会 · 实到 10 应到 12 · 通过\n"
		" √ 方案1 举手：赞成 7，反对 2，弃权 1 · 通过\n"
		"decide! 退回上一步 @周勤\n"
		" - JY-20261124-01 · 社区 李明 · ￥8,000.00 友邻基金 @吴静\n"
		" · 提交决议\n"
		" √ 批准决议 @周勤\n"
		" ! JY-20261124-01 作废 @周勤\n"
		"deliberate> 在议题池等会\n"
		"act-\n");
	assert_text(t, issue, TIMELINE_STEP, 3, "理由：没有回避");
	town_pass_minutes(t, 10);
	town_take(t, issue, "step.undo", FILLS({ "reason", "不必议" }));
	{
		AUTO_FREE char *got = story(t, issue);

		assert_non_null(strstr(got, "deliberate! 退回上一步 @周勤\n"));
		assert_non_null(strstr(got, " √ 方案1 举手"));        /* also after the issue left the item */
		assert_non_null(strstr(got, "作废"));
	}
}

static void a_matter_that_is_withdrawn_says_why(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t issue = town_raise(t, "楼道雨棚", NULL), item;

	town_as(t, HEAD);
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "几户意见不一" }));
	item = town_int(t, "SELECT agenda_item_id FROM agenda_issue WHERE issue_id = :id", issue);
	town_pass_minutes(t, 10);
	assert_ok(agenda_withdraw(&t->of, item, "几户已谈妥", &e));
	assert_story(t, issue, "deliberate! 退回理事 @周勤\n · 撤销议题 YT-20261124-001\ndecide-\nact-\n");
	assert_text(t, issue, TIMELINE_MEETING, 0, "几户已谈妥");
}

static void rows_without_instants_still_make_a_story(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *got = NULL;
	struct council c;
	int64_t issue = town_raise(t, "楼道雨棚", NULL);

	council_pass(t, &issue, 1, &c);
	town_write(t, "UPDATE ballot SET at = NULL, rule = NULL, way = 'x', present_n = NULL WHERE :id", 1);
	town_write(t, "UPDATE agenda_slot SET at = NULL, outcome = 'nonsense' WHERE :id", 1);
	town_write(t, "UPDATE meeting SET day = NULL, kind = NULL, status = NULL, host = NULL WHERE :id", 1);
	council_insert(t, "INSERT INTO recusal (id, agenda_slot_id) VALUES (:id, %lld)", (long long)c.slot);
	council_insert(t, "INSERT INTO decision (id, agenda_item_id) VALUES (:id, %lld)", (long long)c.item);
	council_insert(t, "INSERT INTO notice (id, decision_id) SELECT :id, id FROM decision /*scan*/");
	council_insert(t, "INSERT INTO objection (id, notice_id) SELECT :id, id FROM notice /*scan*/");
	got = story(t, issue);
	assert_non_null(strstr(got, "decide"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_way_from_the_vote_to_the_work_is_one_story),
		TOWN_TEST(an_open_step_says_where_it_stands),
		TOWN_TEST(failed_votes_and_meetings_that_did_not_come_so_far_stand_out),
		TOWN_TEST(what_was_undone_stays_in_the_story),
		TOWN_TEST(a_matter_that_is_withdrawn_says_why),
		TOWN_TEST(rows_without_instants_still_make_a_story),
	};

	return cmocka_run_group_tests_name("domain-timeline-deliberation", tests, NULL, NULL);
}
