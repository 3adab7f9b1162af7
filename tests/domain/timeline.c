/* The story of an issue: complete, in order, grouped by its steps. */
#include "domain/timeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/issue_flow.h"
#include "town.h"

/* The story as lines: "triage√ 直办 李明", events indented by one blank, with their sign. */
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

		if (head)
			strbuf_format(&out, "%s%s%s", phase_key(entry->phase), entry->round == 2 ? "2" : "", timeline_sign(entry->mark));
		else
			strbuf_format(&out, " %s", timeline_sign(entry->mark));
		strbuf_format(&out, "%s%s%s%s\n", entry->headline[0] ? " " : "", entry->headline, entry->who[0] ? " @" : "", entry->who);
	}
	return mem_copy(strbuf_str(&out));
}

static void assert_story(struct town *t, int64_t id, const char *wanted)
{
	AUTO_FREE char *got = story(t, id);

	assert_string_equal(got, wanted);
}

static const struct timeline_entry *find(const struct timeline *line, enum timeline_kind kind, size_t nth)
{
	for (size_t i = 0; i < line->n; i++)
		if (line->entries[i].kind == kind && nth-- == 0)
			return &line->entries[i];
	return NULL;
}

static void a_new_issue_waits_and_shows_what_is_to_come(void **state)
{
	struct town *t = *state;

	assert_story(t, town_raise(t, "水管漏水", NULL),
		"raise√ 窗口来访 · 本人 @陈晓\n"
		"triage> 等受理，期限 明天\n"
		"deliberate-\ndecide-\nact-\nevaluate-\n");
}

static void a_whole_life_is_told_in_order(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	AUTO_RECORD support = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL), task;

	record_init(&support, form_find(t->of.forms, "support"));
	value_set_number(record_value(&support, "resident_id"), t->li);
	town_pass_minutes(t, 5);
	assert_ok(issue_support(&t->of, id, &support, &e));
	town_as(t, GRID3);
	town_pass_minutes(t, 5);
	town_take(t, id, "triage.accept", FILLS({ "answer_way", "phone" }));
	town_pass_minutes(t, 5);
	town_take(t, id, "triage.direct", FILLS({ "text", "先关总阀" }));
	task = town_int(t, "SELECT id FROM action WHERE issue_id = :id", id);
	town_pass_minutes(t, 5);
	assert_ok(town_try(t, id, "act.progress", 0, FILLS({ "text", "居民来电催" }), &e));
	town_pass_minutes(t, 5);
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "等配件" }, { "status", "blocked" }, { "progress", "40" }), &e));
	town_set_day(t, "2026-11-25");
	town_take(t, id, "hold", FILLS({ "reason", "weather" }, { "note", "下雨" }, { "review_day", "2026-11-30" }));
	town_set_day(t, "2026-11-27");
	town_take(t, id, "resume", NULL);
	town_take(t, id, "extension.ask", FILLS({ "workdays", "2" }, { "reason", "配件晚到" }));
	town_as(t, HEAD);
	town_pass_minutes(t, 5);
	town_take(t, id, "extension.approve", FILLS({ "decided_note", "同意" }));
	town_as(t, GRID3);
	town_pass_minutes(t, 5);
	assert_ok(town_try(t, id, "act.progress", task, FILLS({ "text", "换好了" }, { "status", "done" }), &e));
	town_take(t, id, "act.done", FILLS({ "text", "已换" }, { "closing", "solved" }, { "evidence", "照片" }, { "answer_way", "phone" }));
	town_as(t, DESK);
	town_pass_minutes(t, 5);
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "unreached" }));
	town_pass_minutes(t, 5);
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "dissatisfied" }, { "solved", "0" }, { "opinion", "还滴水" }));
	assert_story(t, id,
		"raise√ 窗口来访 · 本人 @陈晓\n"
		"triage√ 直办 李明 @李明\n"
		" · 附议 李建国 @陈晓\n"
		" √ 受理\n"
		"deliberate- 不需要\ndecide- 不需要\n"
		"act√ 办结 已解决 @李明\n"
		" √ 水管漏水 · 完成 今天 @李明\n"
		" ! 受阻 40% @李明\n"
		" · 完成 100% @李明\n"
		" · 进展 @李明\n"
		" · 挂起：天气或施工条件 @李明\n"
		" · 恢复，停了2个工作日 @李明\n"
		" · 申请延期2个工作日 @李明\n"
		" √ 批准延期，期限改为 12-07 @周勤\n"
		"evaluate! 重办 @陈晓\n"
		" - 提事人 未联系上 · 电话 @陈晓\n"
		" ! 提事人 不满意，没有解决 · 电话 @陈晓\n"
		"act2> 李明办理中，期限 12-04\n"
		" > 水管漏水 · 未开始，期限 12-04 @李明\n");
}

static void texts_and_days_come_with_the_steps(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct timeline line;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", FILLS({ "body", "从昨晚开始\n流到四楼" }));

	town_set_day(t, "2026-11-25");
	town_to_act(t, id);
	town_set_day(t, "2026-12-04");
	assert_ok(timeline_load(&t->of, id, &arena, &line, &e));
	assert_string_equal(find(&line, TIMELINE_STEP, 0)->text, "从昨晚开始\n流到四楼");
	assert_string_equal(find(&line, TIMELINE_STEP, 1)->text, "尽快上门");
	assert_int_equal(find(&line, TIMELINE_STEP, 1)->days, 1);
	assert_int_equal(find(&line, TIMELINE_STEP, 2)->days, 7);
	assert_int_equal(find(&line, TIMELINE_STEP, 2)->mark, TIMELINE_ALERT);
	assert_int_equal(find(&line, TIMELINE_ACTION, 0)->mark, TIMELINE_ALERT);
	assert_int_equal(find(&line, TIMELINE_ACTION, 0)->days, 3);
	assert_non_null(strstr(find(&line, TIMELINE_ACTION, 0)->headline, "逾期3天"));
	assert_non_null(strstr(find(&line, TIMELINE_ACTION, 0)->text, "主体：社区"));
	assert_int_equal(line.gross, 8);
	assert_int_equal(line.net, 8);
}

static void joined_issues_know_each_other(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct timeline line;
	struct err e = { 0 };
	int64_t first = town_raise(t, "楼上漏水", NULL), second = town_raise(t, "水管漏水", FILLS({ "reporter_id", NULL, t->li }, { "body", "滴水" }));

	town_as(t, HEAD);
	town_pass_minutes(t, 5);
	town_take(t, second, "triage.join", FILLS({ "joined_id", NULL, first }));
	assert_story(t, second, "raise√ 窗口来访 · 本人 @陈晓\ntriage√ 并入 DH-20261124-001 @周勤\ndeliberate-\ndecide-\nact-\nevaluate-\n");
	assert_ok(timeline_load(&t->of, second, &arena, &line, &e));
	assert_int_equal(find(&line, TIMELINE_STEP, 1)->record_id, first);
	assert_ok(timeline_load(&t->of, first, &arena, &line, &e));
	assert_int_equal(find(&line, TIMELINE_JOINED, 0)->record_id, second);
	assert_string_equal(find(&line, TIMELINE_JOINED, 0)->headline, "DH-20261124-002 并入：水管漏水");
	assert_string_equal(find(&line, TIMELINE_JOINED, 0)->text, "滴水");
}

static void refusals_referrals_and_parking_are_told(void **state)
{
	struct town *t = *state;
	int64_t refused = town_raise(t, "邻居欠钱", NULL), referred = town_raise(t, "占道经营", NULL), parked = town_raise(t, "装充电桩", NULL);

	town_as(t, HEAD);
	town_take(t, refused, "triage.refuse", FILLS({ "reason", "请走司法途径" }, { "answer_way", "phone" }));
	town_take(t, referred, "triage.refer", FILLS({ "unit_in_charge", "执法局" }, { "text", "占道" }, { "promised_day", "2026-12-01" }));
	town_take(t, parked, "park", FILLS({ "reason", "money" }, { "note", "没钱" }, { "missing_fen", "1234.50" }, { "source", "fund" },
	                                   { "review_day", "2026-12-24" }));
	assert_story(t, refused, "raise√ 窗口来访 · 本人 @陈晓\ntriage! 不予受理 @周勤\ndeliberate-\ndecide-\nact-\nevaluate-\n");
	assert_story(t, referred,
		"raise√ 窗口来访 · 本人 @陈晓\ntriage√ 转办 执法局，预计 12-01 答复 @周勤\ndeliberate- 不需要\ndecide- 不需要\n"
		"act> 李明办理中，期限 12-01\n > 跟进转办：执法局 · 未开始，期限 12-01 @李明\nevaluate-\n");
	assert_story(t, parked,
		"raise√ 窗口来访 · 本人 @陈晓\ntriage> 等受理，期限 明天\n > 搁置：资金不足，复核 12-24 @周勤\ndeliberate-\ndecide-\nact-\nevaluate-\n");
	town_set_day(t, "2026-12-24");
	assert_story(t, parked,
		"raise√ 窗口来访 · 本人 @陈晓\ntriage> 等受理，期限 11-25\n ! 搁置：资金不足，复核 今天 @周勤\ndeliberate-\ndecide-\nact-\nevaluate-\n");
	{
		AUTO_ARENA arena = { 0 };
		struct timeline line;
		struct err e = { 0 };

		assert_ok(timeline_load(&t->of, parked, &arena, &line, &e));
		assert_string_equal(find(&line, TIMELINE_PARK, 0)->text, "没钱\n缺口：￥1234.50\n资金来源：友邻基金");
		assert_int_equal(line.net, 0);
		assert_int_equal(line.gross, 22);
	}
}

static void tasks_stand_in_the_pass_that_gave_them(void **state)
{
	struct town *t = *state;
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_as(t, HEAD);
	town_take(t, id, "triage.direct", NULL);
	town_pass_minutes(t, 5);
	town_take(t, id, "act.back", FILLS({ "reason", "不该我办" }));
	town_pass_minutes(t, 5);
	town_take(t, id, "triage.direct", FILLS({ "handler_id", NULL, t->accounts[PROJECT] }));
	assert_story(t, id,
		"raise√ 窗口来访 · 本人 @陈晓\n"
		"triage√ 直办 李明 @周勤\n"
		"deliberate- 不需要\ndecide- 不需要\n"
		"act! 退回理事 @周勤\n"
		" - 水管漏水 · 取消 @李明\n"
		"triage√ 直办 吴静 @周勤\n"
		"act> 吴静办理中，期限 12-01\n"
		" > 水管漏水 · 未开始，期限 12-01 @吴静\n"
		"evaluate-\n");
}

static void rows_without_instants_still_make_a_story(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *got = NULL;
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_to_act(t, id);
	town_write(t, "UPDATE action SET at = NULL WHERE issue_id = :id", id);
	town_write(t, "INSERT INTO suspension (id, issue_id, kind) VALUES (1, :id, 'hold')", id);
	town_write(t, "INSERT INTO evaluation (id, issue_id, round) VALUES (1, :id, 9)", id);
	town_write(t, "INSERT INTO phase (id, issue_id, phase, opened_at) VALUES (1, :id, 'unknown', 5)", id);
	got = story(t, id);
	assert_non_null(strstr(got, "act>"));
	assert_non_null(strstr(got, "水管漏水 · 未开始"));
}

static void who_may_not_see_it_reads_no_story(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct timeline line = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_code(timeline_load(&t->of, 4711, &arena, &line, &e), RC_NOTFOUND);
	town_as(t, ADMIN);
	assert_code(timeline_load(&t->of, id, &arena, &line, &e), RC_DENIED);
	assert_null(line.entries);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_new_issue_waits_and_shows_what_is_to_come),
		TOWN_TEST(a_whole_life_is_told_in_order),
		TOWN_TEST(texts_and_days_come_with_the_steps),
		TOWN_TEST(joined_issues_know_each_other),
		TOWN_TEST(refusals_referrals_and_parking_are_told),
		TOWN_TEST(tasks_stand_in_the_pass_that_gave_them),
		TOWN_TEST(rows_without_instants_still_make_a_story),
		TOWN_TEST(who_may_not_see_it_reads_no_story),
	};

	return cmocka_run_group_tests_name("domain-timeline", tests, NULL, NULL);
}
