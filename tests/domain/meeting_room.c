/* A meeting while people talk: from the first signature to the end. */
#include "domain/meeting.h"

#include <stdio.h>
#include <stdlib.h>

#include "room.h"
#include "store/journal.h"

static enum slot_outcome outcome_of(struct town *t, int64_t meeting, size_t slot)
{
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;

	assert_ok(meeting_load(&t->of, meeting, &a, &m, &e));
	assert_true(slot < m.n_slots);
	return m.slots[slot].outcome;
}

static void assert_item(struct town *t, int64_t item, const char *state, bool here)
{
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", item, state);
	assert_int_equal(town_int(t, "SELECT meeting_id IS NOT NULL FROM agenda_item WHERE id = :id", item), here);
}

/* Twelve people, three items: one passes with one recusal, one fails, one is not reached. */
static void a_whole_meeting(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;
	bool passed;

	room_open(t, &c, 12);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.status, MEETING_RUNNING);
	assert_int_equal(m.begun_at, t->now);
	assert_int_equal(m.present, 12);
	town_pass_minutes(t, 10);
	assert_ok(room_try_recuse(t, c.slots[0], c.people[1], "住在一楼，采光受影响", &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }, { "text", "腿脚不便，盼了三年" }), &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[3], NULL, FILLS({ "stance", "suggest" }), &e));
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "for_n", "9" }, { "against_n", "1" }, { "abstain_n", "1" }), &passed, &e));
	assert_true(passed);
	town_pass_minutes(t, 30);
	assert_ok(room_try_ballot(t, c.slots[1], FILLS({ "for_n", "5" }, { "against_n", "7" }), &passed, &e));
	assert_false(passed);
	town_pass_minutes(t, 40);
	room_end(t, c.meeting, 1);
	arena_clear(&a);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.status, MEETING_ENDED);
	assert_int_equal(m.ended_at, t->now);
	assert_int_equal(m.ended_at - m.begun_at, 80 * 60000);
	assert_int_equal(m.slots[0].outcome, SLOT_PASSED);
	assert_int_equal(m.slots[0].n_recusals, 1);
	assert_string_equal(m.slots[0].recusals[0].name, "李建国");
	assert_string_equal(m.slots[0].recusals[0].reason, "住在一楼，采光受影响");
	assert_int_equal(m.slots[0].n_opinions, 2);
	assert_string_equal(m.slots[0].opinions[0].name, "王秀英");
	assert_string_equal(m.slots[0].opinions[0].text, "腿脚不便，盼了三年");
	assert_string_equal(m.slots[0].opinions[1].stance, "suggest");
	assert_int_equal(m.slots[0].ballots[0].count.recused_n, 1);
	assert_int_equal(m.slots[1].outcome, SLOT_FAILED);
	assert_int_equal(m.slots[2].outcome, SLOT_UNREACHED);
	assert_item(t, c.items[0], "passed", true);
	assert_item(t, c.items[1], "failed", true);
	assert_item(t, c.items[2], "pool", false);
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", c.issues[0], "decide");
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", c.issues[1], "deliberate");
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", c.issues[2], "deliberate");
	/* what was not reached comes to the next meeting */
	assert_ok(meeting_schedule(&t->of, room_meeting(t, FILLS({ "day", "明天" })), c.items[2], 20, &e));
}

static void a_meeting_begins_with_items_by_its_recorder(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	int64_t empty = room_meeting(t, NULL);

	assert_refused_untouched(meeting_begin(&t->of, empty, room_rev(t, empty), &e), RC_INVALID, "", "还没有议题");
	room_call(t, &c);
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting) - 1, &e), RC_CONFLICT, "", "刚被别人改动");
	town_as(t, PROJECT);
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_DENIED, "", "会议记录由陈晓来记");
	town_as(t, CANTEEN);
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_DENIED, "", "权限");
	town_as(t, DESK);
	town_write(t, "UPDATE meeting SET host = NULL WHERE id = :id", c.meeting);
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_INVALID, "host", "主持人");
	town_write(t, "UPDATE meeting SET host = '周勤' WHERE id = :id", c.meeting);
	/* nobody signed in: said, not refused */
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e), RC_INVALID, "", "进行中");
}

static void nothing_is_recorded_before_the_beginning_or_after_the_end(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	int unreached = -1;

	room_call(t, &c);
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e), RC_INVALID, "",
	                         "请先开始会议");
	assert_refused_untouched(room_try_recuse(t, c.slots[0], c.people[0], "是当事人", &e), RC_INVALID, "", "请先开始会议");
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "请先开始会议");
	assert_refused_untouched(meeting_settle(&t->of, c.slots[0], SLOT_FAILED, &e), RC_INVALID, "", "请先开始会议");
	assert_refused_untouched(meeting_end(&t->of, c.meeting, room_rev(t, c.meeting), &unreached, &e), RC_INVALID, "", "请先开始会议");
	assert_int_equal(unreached, -1);
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_refused_untouched(meeting_end(&t->of, c.meeting, 1, &unreached, &e), RC_CONFLICT, "", "刚被别人改动");
	room_end(t, c.meeting, 3);
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e), RC_INVALID, "", "已结束");
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "已结束");
	assert_refused_untouched(meeting_end(&t->of, c.meeting, room_rev(t, c.meeting), &unreached, &e), RC_INVALID, "", "已结束");
}

static void an_opinion_is_a_stance_and_words_may_follow(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;
	int64_t id = 0, begun;

	room_open(t, &c, 8);
	begun = t->now;
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[0], NULL, NULL, &e), RC_INVALID, "stance", "态度");
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], &id, FILLS({ "stance", "oppose" }), &e));
	town_pass_minutes(t, 3);
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], &id, FILLS({ "text", "噪声大" }), &e));
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], &id, FILLS({ "text", "噪声大，要隔音" }), &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.slots[0].n_opinions, 1);
	assert_string_equal(m.slots[0].opinions[0].text, "噪声大，要隔音");
	assert_int_equal(m.slots[0].opinions[0].at, begun);
	assert_int_equal(m.slots[0].begun_at, begun);
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[1], &id, NULL, &e), RC_NOTFOUND, "", "不属于这项议题");
	assert_refused_untouched(room_try_opinion(t, c.slots[1], c.people[0], &id, NULL, &e), RC_NOTFOUND, "", "不属于这项议题");
	assert_refused_untouched(room_try_opinion(t, c.slots[1], 4711, NULL, FILLS({ "stance", "oppose" }), &e), RC_NOTFOUND, "", "名单上没有");
}

static void a_recusal_is_of_somebody_who_is_here_once(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c, other;

	room_open(t, &c, 8);
	room_open(t, &other, 8);
	assert_refused_untouched(room_try_recuse(t, c.slots[0], c.people[9], "是当事人", &e), RC_INVALID, "", "没有签到");
	assert_refused_untouched(room_try_recuse(t, c.slots[0], other.people[0], "是当事人", &e), RC_NOTFOUND, "", "不在这次会议的名单上");
	assert_refused_untouched(room_try_recuse(t, c.slots[0], c.people[0], NULL, &e), RC_INVALID, "reason", "回避的理由");
	assert_ok(room_try_recuse(t, c.slots[0], c.people[0], "是当事人", &e));
	assert_refused_untouched(room_try_recuse(t, c.slots[0], c.people[0], "是当事人", &e), RC_INVALID, "", "王秀英已经登记回避");
	assert_ok(room_try_recuse(t, c.slots[1], c.people[0], "是当事人", &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_ok(meeting_recuse_drop(&t->of, m.slots[0].recusals[0].id, &e));
	assert_refused_untouched(meeting_recuse_drop(&t->of, m.slots[0].recusals[0].id, &e), RC_NOTFOUND, "", "已经撤销");
	assert_ok(room_try_recuse(t, c.slots[0], c.people[0], "是当事人家属", &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM recusal WHERE agenda_slot_id = :id AND deleted_at IS NULL", c.slots[0]), 1);
}

static void items_are_settled_by_hand(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 8);
	assert_refused_untouched(meeting_settle(&t->of, c.slots[0], SLOT_PASSED, &e), RC_INVALID, "", "请记表决");
	assert_refused_untouched(meeting_settle(&t->of, c.slots[0], SLOT_OPEN, &e), RC_INVALID, "", "未通过");
	assert_ok(meeting_settle(&t->of, c.slots[0], SLOT_FAILED, &e));
	assert_item(t, c.items[0], "failed", true);
	assert_int_equal(town_int(t, "SELECT settled_at FROM agenda_item WHERE id = :id", c.items[0]), t->now);
	assert_ok(meeting_settle(&t->of, c.slots[1], SLOT_DEFERRED, &e));
	assert_item(t, c.items[1], "pool", false);
	assert_refused_untouched(meeting_settle(&t->of, c.slots[1], SLOT_FAILED, &e), RC_INVALID, "", "已经是「再议」");
	assert_int_equal(outcome_of(t, c.meeting, 0), SLOT_FAILED);
	assert_int_equal(outcome_of(t, c.meeting, 1), SLOT_DEFERRED);
	/* once more, the same day */
	assert_ok(meeting_schedule(&t->of, c.meeting, c.items[1], 10, &e));
	assert_int_equal(outcome_of(t, c.meeting, 3), SLOT_OPEN);
	room_end(t, c.meeting, 2);
	assert_item(t, c.items[1], "pool", false);
}

static void what_was_begun_and_not_voted_on_is_deferred(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 8);
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e));
	room_end(t, c.meeting, 3);
	assert_int_equal(outcome_of(t, c.meeting, 0), SLOT_DEFERRED);
	assert_int_equal(outcome_of(t, c.meeting, 1), SLOT_UNREACHED);
	assert_item(t, c.items[0], "pool", false);
}

/* Two at once -------------------------------------------------------------------------------------------------------------------- */

static void two_recorders_at_once_lose_nothing(void **state)
{
	struct town *t = *state;
	struct town *second = town_second(t);      /* the head, at another terminal */
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;
	int64_t rev, opinion = 0;
	int unreached;
	AUTO_RECORD theirs = { 0 };

	room_call(t, &c);
	rev = room_rev(t, c.meeting);
	assert_ok(meeting_begin(&second->of, c.meeting, rev, &e));
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, rev, &e), RC_CONFLICT, "", "现在：进行中");
	for (int i = 0; i < 8; i++)
		assert_ok(meeting_sign(i % 2 ? &t->of : &second->of, c.people[i], true, &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], &opinion, FILLS({ "stance", "support" }), &e));
	assert_ok(room_try_opinion(second, c.slots[0], c.people[1], NULL, FILLS({ "stance", "oppose" }), &e));
	/* the same opinion at both: the later one is told */
	assert_ok(record_load(second->st, form_find(second->of.forms, "opinion"), opinion, &theirs, &e));
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], &opinion, FILLS({ "text", "早就该装" }), &e));
	value_set_text(record_value(&theirs, "text"), "该装");
	assert_refused_untouched(meeting_opinion(&second->of, c.slots[0], c.people[0], &theirs, &e), RC_CONFLICT, "", "刚被别人改过");
	assert_ok(room_try_ballot(second, c.slots[0], NULL, NULL, &e));
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "已经是「通过」");
	rev = room_rev(t, c.meeting);
	assert_ok(meeting_end(&t->of, c.meeting, rev, &unreached, &e));
	assert_refused_untouched(meeting_end(&second->of, c.meeting, rev, &unreached, &e), RC_CONFLICT, "", "现在：已结束");
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.present, 8);
	assert_int_equal(m.slots[0].n_opinions, 2);
	assert_int_equal(m.slots[0].n_ballots, 1);
	town_close_second(second);
}

static void somebody_else_does_not_keep_the_record(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	struct room c;
	int unreached;

	room_open(t, &c, 8);
	assert_ok(room_try_recuse(t, c.slots[0], c.people[0], "是当事人", &e));
	town_as(t, GRID3);
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e), RC_DENIED, "",
	                         "会议记录由陈晓来记");
	assert_refused_untouched(room_try_recuse(t, c.slots[0], c.people[1], "是当事人", &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(meeting_recuse_drop(&t->of, town_int(t, "SELECT id FROM recusal WHERE agenda_slot_id = :id", c.slots[0]), &e),
	                         RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(meeting_settle(&t->of, c.slots[0], SLOT_FAILED, &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(meeting_end(&t->of, c.meeting, room_rev(t, c.meeting), &unreached, &e), RC_DENIED, "", "会议记录由陈晓来记");
	record_init(&r, form_find(t->of.forms, "attendee"));
	town_fill(t, &r, FILLS({ "name", "马强" }, { "category", "merchant" }));
	assert_refused_untouched(meeting_walk_in(&t->of, c.meeting, &r, &e), RC_DENIED, "", "会议记录由陈晓来记");
}

static void the_end_is_undone_with_what_it_sent_back(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 8);
	room_end(t, c.meeting, 3);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_town_text(t, "SELECT status FROM meeting WHERE id = :id", c.meeting, "running");
	assert_item(t, c.items[0], "scheduled", true);
	assert_int_equal(outcome_of(t, c.meeting, 0), SLOT_OPEN);
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_whole_meeting),
		TOWN_TEST(a_meeting_begins_with_items_by_its_recorder),
		TOWN_TEST(nothing_is_recorded_before_the_beginning_or_after_the_end),
		TOWN_TEST(an_opinion_is_a_stance_and_words_may_follow),
		TOWN_TEST(a_recusal_is_of_somebody_who_is_here_once),
		TOWN_TEST(items_are_settled_by_hand),
		TOWN_TEST(what_was_begun_and_not_voted_on_is_deferred),
		TOWN_TEST(two_recorders_at_once_lose_nothing),
		TOWN_TEST(somebody_else_does_not_keep_the_record),
		TOWN_TEST(the_end_is_undone_with_what_it_sent_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
