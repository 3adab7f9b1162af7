/* 纪要: composed, kept, confirmed, amended. */
#include "domain/meeting.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "room.h"

static void compose(struct town *t, int64_t meeting, struct strbuf *out)
{
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;

	assert_ok(meeting_load(&t->of, meeting, &a, &m, &e));
	meeting_compose_minutes(&t->of, &m, out);
}

static void minutes_are_composed_from_what_was_recorded(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF out = { 0 };
	struct err e = { 0 };
	struct room c;

	t->now = instant_of_day(TOWN_TODAY, 14 * 60 + 5);
	room_open(t, &c, 11);
	assert_ok(room_try_recuse(t, c.slots[0], c.people[1], "住在一楼", &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }, { "text", "腿脚不便，盼了三年" }), &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[3], NULL, FILLS({ "stance", "neutral" }), &e));
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	assert_ok(room_try_ballot(t, c.slots[1], FILLS({ "for_n", "5" }, { "against_n", "6" }), NULL, &e));
	town_pass_minutes(t, 55);
	room_end(t, c.meeting, 1);
	compose(t, c.meeting, &out);
	assert_string_equal(strbuf_str(&out),
		"会议：友邻议事会（YS-20261124-01）\n"
		"时间：2026年11月24日 14:05至15:00\n"
		"地点：社区议事厅\n"
		"形式：议事会，友邻站，例会\n"
		"主持：周勤　记录：陈晓\n"
		"应到：12 人　实到：11 人（应到人数过半，需 7 人，已达到）\n"
		"到会：王秀英（居民）、李建国（居民）、张三（居民）、沈明（居民代表）、陆芳（居民代表）、顾平（居民代表）、俞静（居民代表）、潘红（居民代表）、"
		"施伟（居民代表）、范华（居民代表）、方敏（居民代表）\n"
		"缺席：金涛（居民代表）\n"
		"\n"
		"一、3幢加装电梯（YT-20261124-001）\n"
		"回避：李建国（住在一楼）\n"
		"发言：\n"
		"　　王秀英（赞成）：腿脚不便，盼了三年\n"
		"　　沈明（中立）\n"
		"表决：举手，参加 11 人，赞成 8，反对 2，弃权 0，回避 1。\n"
		"　　赞成 8 票，超过有表决权的 10 人的一半，通过。计票人沈明，监票人陆芳。\n"
		"结果：通过。\n"
		"\n"
		"二、地下车库充电桩（YT-20261124-002）\n"
		"表决：举手，参加 11 人，赞成 5，反对 6，弃权 0，回避 0。\n"
		"　　赞成 5 票，没有超过有表决权的 11 人的一半（要 6 票），不通过。计票人沈明，监票人陆芳。\n"
		"结果：未通过。\n"
		"\n"
		"三、小区遛狗公约（YT-20261124-003）\n"
		"结果：未议到，退回议题池。\n");
}

static void what_was_noted_afterwards_has_the_hours_it_was_called_for(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF out = { 0 };
	struct err e = { 0 };
	int64_t id = room_meeting(t, FILLS({ "day", "2026-11-20" })), slot;

	assert_ok(meeting_schedule(&t->of, id, room_item(t, "遛狗公约", NULL), 0, &e));
	slot = room_slot(t, id, 1);
	assert_ok(meeting_begin(&t->of, id, room_rev(t, id), &e));
	assert_ok(meeting_settle(&t->of, slot, SLOT_DEFERRED, &e));
	room_end(t, id, 0);
	compose(t, id, &out);
	assert_non_null(strstr(strbuf_str(&out), "时间：2026年11月20日 14:00至15:30\n"));
	assert_non_null(strstr(strbuf_str(&out), "未达到）\n\n一、遛狗公约"));
	assert_non_null(strstr(strbuf_str(&out), "结果：再议，退回议题池。\n"));
}

static void items_are_numbered_as_offices_do(void **state)
{
	static const struct { size_t n; const char *words; } cases[] = {
		{ 1, "\n一、题" }, { 10, "\n十、题" }, { 11, "\n十一、题" }, { 19, "\n十九、题" }, { 20, "\n二十、题" }, { 99, "\n九十九、题" }, { 100, "\n100、题" },
	};
	struct town *t = *state;
	struct meeting_slot *slots = mem_alloc(100 * sizeof *slots);
	struct meeting m = { .title = "", .number = "", .place = "", .kind = "", .level = "", .basis = "", .host = "", .recorder = "", .day = TOWN_TODAY };

	m.quorum = (struct quorum_rule){ .label = "", .denominator = 1 };
	m.slots = slots;
	for (size_t i = 0; i < 100; i++)
		slots[i] = (struct meeting_slot){ .title = "题", .number = "", .note = "" };
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		m.n_slots = cases[i].n;
		meeting_compose_minutes(&t->of, &m, &out);
		assert_non_null(strstr(strbuf_str(&out), cases[i].words));
	}
	free(slots);
}

/* Keeping ------------------------------------------------------------------------------------------------------------------------ */

static enum rc try_minutes(struct town *t, int64_t meeting, const char *text, struct err *e)
{
	AUTO_RECORD r = { 0 };

	assert_int_equal(record_load(t->st, form_find(t->of.forms, "minutes"), meeting, &r, e), RC_OK);
	value_set_text(record_value(&r, "minutes"), text);
	return meeting_minutes_save(&t->of, &r, e);
}

static enum rc try_amend(struct town *t, int64_t meeting, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "amendment"));
	town_fill(t, &r, FILLS({ "text", "实到应为 10 人" }, { "reason", "金涛代签" }));
	town_fill(t, &r, fills);
	return meeting_amend(&t->of, meeting, &r, e);
}

static void minutes_are_confirmed_by_the_head_and_then_only_amended(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_RECORD stale = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_open(t, &c, 11);
	assert_ok(try_minutes(t, c.meeting, "边议边记", &e));
	room_end(t, c.meeting, 3);
	assert_ok(record_load(t->st, form_find(t->of.forms, "minutes"), c.meeting, &stale, &e));
	assert_ok(try_minutes(t, c.meeting, "一、加装电梯……", &e));
	assert_refused_untouched(meeting_minutes_save(&t->of, &stale, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_refused_untouched(try_minutes(t, c.meeting, NULL, &e), RC_INVALID, "minutes", "纪要");
	assert_refused_untouched(try_amend(t, c.meeting, NULL, &e), RC_INVALID, "", "不能附更正");
	assert_refused_untouched(meeting_confirm(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_DENIED, "", "书记");
	town_as(t, PROJECT);
	assert_refused_untouched(try_minutes(t, c.meeting, "另一种说法", &e), RC_DENIED, "", "会议记录由陈晓来记");
	town_as(t, HEAD);
	assert_refused_untouched(meeting_confirm(&t->of, c.meeting, 1, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_ok(meeting_confirm(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.status, MEETING_CONFIRMED);
	assert_string_equal(m.confirmer, "周勤");
	assert_int_equal(m.confirmed_at, t->now);
	assert_refused_untouched(try_minutes(t, c.meeting, "改了", &e), RC_INVALID, "", "要更正请附纪要更正");
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "title", "别的会" }), NULL, &e), RC_INVALID, "", "纪要已确认");
	town_as(t, DESK);
	assert_ok(try_amend(t, c.meeting, NULL, &e));
	town_pass_minutes(t, 10);
	assert_ok(try_amend(t, c.meeting, FILLS({ "text", "表决为票决" }), &e));
	assert_refused_untouched(try_amend(t, c.meeting, FILLS({ "reason", NULL }), &e), RC_INVALID, "reason", "更正理由");
	town_as(t, GRID3);
	assert_refused_untouched(try_amend(t, c.meeting, NULL, &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.n_amendments, 2);
	assert_string_equal(m.amendments[0].text, "实到应为 10 人");
	assert_string_equal(m.amendments[1].text, "表决为票决");
	assert_string_equal(m.amendments[1].who, "陈晓");
	assert_int_equal(m.amendments[1].at, t->now);
	assert_string_equal(m.minutes, "一、加装电梯……");
}

static void there_is_nothing_to_confirm_without_minutes(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_call(t, &c);
	assert_refused_untouched(try_minutes(t, c.meeting, "还没开", &e), RC_INVALID, "", "请先开始会议");
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	town_as(t, HEAD);
	assert_refused_untouched(meeting_confirm(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_INVALID, "", "请先散会");
	room_end(t, c.meeting, 3);
	assert_refused_untouched(meeting_confirm(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_INVALID, "minutes", "还没有写纪要");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(minutes_are_composed_from_what_was_recorded),
		TOWN_TEST(what_was_noted_afterwards_has_the_hours_it_was_called_for),
		TOWN_TEST(items_are_numbered_as_offices_do),
		TOWN_TEST(minutes_are_confirmed_by_the_head_and_then_only_amended),
		TOWN_TEST(there_is_nothing_to_confirm_without_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
