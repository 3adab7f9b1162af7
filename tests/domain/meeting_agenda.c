/* The agenda: from the pool, in order, and back. */
#include "domain/meeting.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "room.h"
#include "store/journal.h"

/* Titles in their order, and whether positions are 1..n. */
static void assert_agenda(struct town *t, int64_t meeting, const char *wanted)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF got = { 0 };
	struct err e = { 0 };
	struct meeting m;

	assert_ok(meeting_load(&t->of, meeting, &a, &m, &e));
	for (size_t i = 0; i < m.n_slots; i++) {
		assert_int_equal(m.slots[i].position, i + 1);
		strbuf_format(&got, "%s%s", i ? " " : "", m.slots[i].title);
	}
	assert_string_equal(strbuf_str(&got), wanted);
}

static void items_of_the_pool_are_put_at_the_end_and_leave_it(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL), lift = room_item(t, "加装电梯", NULL), dogs = room_item(t, "遛狗公约", NULL);

	town_write(t, "UPDATE agenda_item SET property = 1 WHERE id = :id", lift);
	assert_ok(meeting_schedule(&t->of, id, lift, 40, &e));
	assert_ok(meeting_schedule(&t->of, id, dogs, 0, &e));
	assert_agenda(t, id, "加装电梯 遛狗公约");
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(m.planned_min, 55);
	assert_int_equal(m.slots[0].agenda_item_id, lift);
	assert_true(m.slots[0].property);
	assert_false(m.slots[1].property);
	assert_int_equal(m.slots[0].outcome, SLOT_OPEN);
	assert_int_equal(m.slots[0].length_min, 40);
	assert_int_equal(strncmp(m.slots[0].number, "YT-20261124-", 12), 0);
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", lift, "scheduled");
	assert_int_equal(town_int(t, "SELECT meeting_id FROM agenda_item WHERE id = :id", lift), id);
}

static void what_cannot_be_scheduled_is_said(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = room_meeting(t, NULL), other = room_meeting(t, NULL);
	int64_t item = room_item(t, "加装电梯", NULL), gone = room_item(t, "遛狗公约", NULL);

	assert_refused_untouched(meeting_schedule(&t->of, id, item, -1, &e), RC_INVALID, "length_min", "1 到 480");
	assert_refused_untouched(meeting_schedule(&t->of, id, item, 481, &e), RC_INVALID, "length_min", "1 到 480");
	assert_refused_untouched(meeting_schedule(&t->of, id, 4711, 15, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused_untouched(meeting_schedule(&t->of, 4711, item, 15, &e), RC_NOTFOUND, "", "没有这次会议");
	town_write(t, "UPDATE agenda_item SET deleted_at = 1 WHERE id = :id", gone);
	assert_refused_untouched(meeting_schedule(&t->of, id, gone, 15, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_ok(meeting_schedule(&t->of, id, item, 15, &e));
	assert_refused_untouched(meeting_schedule(&t->of, other, item, 15, &e), RC_INVALID, "", "已排期");
	town_as(t, CANTEEN);
	assert_refused_untouched(meeting_schedule(&t->of, id, item, 15, &e), RC_DENIED, "", "权限");
}

static void items_move_within_the_agenda(void **state)
{
	static const struct { int which, by; const char *wanted; } cases[] = {
		{ 0, 1, "地下车库充电桩 3幢加装电梯 小区遛狗公约" }, { 0, 1, "地下车库充电桩 小区遛狗公约 3幢加装电梯" },
		{ 0, 1, "地下车库充电桩 小区遛狗公约 3幢加装电梯" }, { 0, -9, "3幢加装电梯 地下车库充电桩 小区遛狗公约" },
		{ 0, INT_MAX, "地下车库充电桩 小区遛狗公约 3幢加装电梯" }, { 0, INT_MIN, "3幢加装电梯 地下车库充电桩 小区遛狗公约" },
		{ 1, 0, "3幢加装电梯 地下车库充电桩 小区遛狗公约" }, { 2, -1, "3幢加装电梯 小区遛狗公约 地下车库充电桩" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_call(t, &c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_ok(meeting_move_slot(&t->of, c.slots[cases[i].which], cases[i].by, &e));
		assert_agenda(t, c.meeting, cases[i].wanted);
	}
	assert_refused_untouched(meeting_move_slot(&t->of, 4711, 1, &e), RC_NOTFOUND, "", "议程里没有");
}

static void what_is_taken_off_goes_back_to_the_pool(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	struct room c;

	room_call(t, &c);
	assert_ok(meeting_unschedule(&t->of, c.slots[0], &e));
	assert_agenda(t, c.meeting, "地下车库充电桩 小区遛狗公约");
	assert_town_text(t, "SELECT state || coalesce(meeting_id, '') FROM agenda_item WHERE id = :id", c.items[0], "pool");
	assert_refused(meeting_unschedule(&t->of, c.slots[0], &e), RC_NOTFOUND, "", "议程里没有");
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_agenda(t, c.meeting, "3幢加装电梯 地下车库充电桩 小区遛狗公约");
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", c.items[0], "scheduled");
}

static void a_running_meeting_takes_up_more_but_drops_nothing_that_was_begun(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	int64_t more;

	room_open(t, &c, 8);
	more = room_item(t, "楼道堆物", NULL);
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e));
	assert_refused_untouched(meeting_unschedule(&t->of, c.slots[0], &e), RC_INVALID, "", "已经议过");
	town_as(t, PROJECT);
	assert_refused_untouched(meeting_schedule(&t->of, c.meeting, more, 15, &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(meeting_move_slot(&t->of, c.slots[1], 1, &e), RC_DENIED, "", "会议记录由陈晓来记");
	town_as(t, DESK);
	assert_ok(meeting_unschedule(&t->of, c.slots[1], &e));
	assert_ok(meeting_schedule(&t->of, c.meeting, more, 15, &e));
	assert_agenda(t, c.meeting, "3幢加装电梯 小区遛狗公约 楼道堆物");
	room_end(t, c.meeting, 3);
	assert_refused_untouched(meeting_schedule(&t->of, c.meeting, c.items[1], 15, &e), RC_INVALID, "", "已结束");
	assert_refused_untouched(meeting_move_slot(&t->of, c.slots[0], 1, &e), RC_INVALID, "", "已结束");
}

static void length_and_note_are_a_form_and_moving_is_no_conflict(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	AUTO_RECORD stale = { 0 };
	struct err e = { 0 };
	struct room c;

	room_call(t, &c);
	assert_ok(record_load(t->st, form_find(t->of.forms, "agenda_slot"), c.slots[0], &r, &e));
	record_copy(&stale, &r);
	assert_ok(meeting_move_slot(&t->of, c.slots[0], 2, &e));
	value_set_number(record_value(&r, "length_min"), 45);
	value_set_text(record_value(&r, "note"), "请电梯公司到场");
	assert_ok(meeting_slot_save(&t->of, &r, &e));
	assert_town_text(t, "SELECT length_min || note || position FROM agenda_slot WHERE id = :id", c.slots[0], "45请电梯公司到场3");
	value_set_number(record_value(&stale, "length_min"), 20);
	assert_refused_untouched(meeting_slot_save(&t->of, &stale, &e), RC_CONFLICT, "", "刚被别人改过");
	value_set_number(record_value(&r, "length_min"), 481);
	assert_refused_untouched(meeting_slot_save(&t->of, &r, &e), RC_INVALID, "length_min", "480");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(items_of_the_pool_are_put_at_the_end_and_leave_it),
		TOWN_TEST(what_cannot_be_scheduled_is_said),
		TOWN_TEST(items_move_within_the_agenda),
		TOWN_TEST(what_is_taken_off_goes_back_to_the_pool),
		TOWN_TEST(a_running_meeting_takes_up_more_but_drops_nothing_that_was_begun),
		TOWN_TEST(length_and_note_are_a_form_and_moving_is_no_conflict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
