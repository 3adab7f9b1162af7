/* Calling a meeting: its form, its number, who prepares it, its list, what is said about it. */
#include "domain/meeting.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "room.h"
#include "store/journal.h"

static void a_meeting_gets_its_number_and_the_quorum_of_its_kind(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL), second = room_meeting(t, FILLS({ "kind", "bench" }, { "grid_id", NULL, t->grid3 }));

	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_string_equal(m.number, "YS-20261124-01");
	assert_string_equal(m.title, "友邻议事会");
	assert_string_equal(m.recorder, "陈晓");
	assert_string_equal(m.host, "周勤");
	assert_string_equal(m.quorum.name, "default");
	assert_int_equal(m.status, MEETING_DRAFT);
	assert_int_equal(m.day, TOWN_TODAY);
	assert_int_equal(m.begin_min, 14 * 60);
	assert_int_equal(m.end_min, 15 * 60 + 30);
	assert_int_equal(m.expected, 0);
	assert_int_equal(m.n_attendees + m.n_slots + m.n_amendments, 0);
	assert_false(m.deleted);
	assert_ok(meeting_load(&t->of, second, &a, &m, &e));
	assert_string_equal(m.number, "YS-20261124-02");
	assert_string_equal(m.quorum.name, "bench");
	assert_string_equal(m.grid, "03");
	assert_ok(room_try_save(t, second, FILLS({ "kind", "assembly" }, { "number", "YS-1" }), NULL, &e));
	assert_ok(meeting_load(&t->of, second, &a, &m, &e));
	assert_string_equal(m.number, "YS-20261124-02");
	assert_string_equal(m.quorum.name, "assembly");
}

static void what_is_wrong_with_a_meeting_is_said_at_its_field(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	const struct { struct fill fill; const char *field, *words; } cases[] = {
		{ { "end_min", "1330" }, "end_min", "结束要晚于开始" },
		{ { "end_min", "1400" }, "end_min", "14:00" },
		{ { "end_min", NULL }, "end_min", "结束" },
		{ { "begin_min", NULL }, "begin_min", "开始" },
		{ { "day", NULL }, "day", "日期" },
		{ { "host", NULL }, "host", "主持人" },
		{ { "place", NULL }, "place", "地点" },
		{ { "title", NULL }, "title", "会议名称" },
		{ { "recorder_id", NULL }, "recorder_id", "记录人" },
		{ { "recorder_id", NULL, 4711 }, "recorder_id", "不存在" },
		{ { "recorder_id", NULL, t->accounts[CANTEEN] }, "recorder_id", "不能记录" },
		{ { "recorder_id", NULL, t->accounts[ADMIN] }, "recorder_id", "不能记录" },
		{ { "recorder_id", NULL, t->accounts[PROJECT] }, "recorder_id", "停用" },
		{ { "announced_day", "2026-11-25" }, "announced_day", "会议日期之后" },
	};
	int64_t id = room_meeting(t, NULL);

	town_write(t, "UPDATE account SET disabled_at = 1 WHERE id = :id", t->accounts[PROJECT]);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fill fills[] = { cases[i].fill, { 0 } };

		assert_refused_untouched(room_try_save(t, 0, fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
		assert_refused_untouched(room_try_save(t, id, fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	}
	/* noted afterwards */
	assert_ok(room_try_save(t, 0, FILLS({ "day", "2026-11-10" }, { "announced_day", NULL }), NULL, &e));
}

static void only_those_who_may_prepare_meetings(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL);

	town_as(t, CANTEEN);
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_false(meeting_is_mine(&t->of, &m));
	assert_refused_untouched(room_try_save(t, id, NULL, NULL, &e), RC_DENIED, "", "没有「筹备和记录议事」的权限");
	assert_refused_untouched(meeting_announce(&t->of, id, 2, &e), RC_DENIED, "", "权限");
	town_as(t, ADMIN);
	assert_refused(meeting_load(&t->of, id, &a, &m, &e), RC_DENIED, "", "权限");
	town_as(t, PROJECT);
	assert_ok(room_try_save(t, id, FILLS({ "place", "3幢楼下" }), NULL, &e));
	assert_false(meeting_is_mine(&t->of, &m));
	town_as(t, HEAD);
	assert_true(meeting_is_mine(&t->of, &m));
	town_as(t, DESK);
	assert_true(meeting_is_mine(&t->of, &m));
	assert_refused(meeting_load(&t->of, 4711, &a, &m, &e), RC_NOTFOUND, "", "没有这次会议");
}

static void a_stale_save_conflicts_and_changes_nothing(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 };
	struct err e = { 0 };
	int64_t id = room_meeting(t, NULL);

	assert_ok(record_load(t->st, form_find(t->of.forms, "meeting"), id, &mine, &e));
	assert_ok(room_try_save(t, id, FILLS({ "place", "3幢楼下" }), NULL, &e));
	value_set_text(record_value(&mine, "place"), "4幢楼下");
	assert_refused_untouched(meeting_save(&t->of, &mine, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_string_equal(record_text(&mine, "place"), "4幢楼下");
}

static void announcing_needs_the_rev_that_was_seen_and_a_day_before_the_meeting(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, FILLS({ "announced_day", NULL }, { "day", "周五" })), past;

	assert_refused_untouched(meeting_announce(&t->of, id, room_rev(t, id) - 1, &e), RC_CONFLICT, "", "现在：筹备");
	assert_ok(meeting_announce(&t->of, id, room_rev(t, id), &e));
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(m.status, MEETING_ANNOUNCED);
	assert_int_equal(m.announced_day, TOWN_TODAY);
	assert_refused_untouched(meeting_announce(&t->of, id, m.rev, &e), RC_INVALID, "", "已通知");
	past = room_meeting(t, FILLS({ "announced_day", NULL }, { "day", "2026-11-20" }));
	assert_refused_untouched(meeting_announce(&t->of, past, room_rev(t, past), &e), RC_INVALID, "announced_day", "当时哪天");
}

static void a_cancelled_meeting_gives_its_items_back(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_call(t, &c);
	assert_refused_untouched(meeting_cancel(&t->of, c.meeting, room_rev(t, c.meeting), "　", &e), RC_INVALID, "why", "理由");
	assert_refused_untouched(meeting_cancel(&t->of, c.meeting, 99, "台风", &e), RC_CONFLICT, "", "刚被别人改动");
	assert_ok(meeting_cancel(&t->of, c.meeting, room_rev(t, c.meeting), "台风", &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.status, MEETING_CANCELLED);
	assert_string_equal(m.cancelled_why, "台风");
	assert_int_equal(town_int(t, "SELECT count(*) FROM agenda_item WHERE state = 'pool' AND meeting_id IS NULL", 0), ROOM_ITEMS);
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "place", "3幢楼下" }), NULL, &e), RC_INVALID, "", "已取消");
	assert_refused_untouched(meeting_begin(&t->of, c.meeting, m.rev, &e), RC_INVALID, "", "已取消");
}

static void a_running_meeting_changes_only_what_it_is_called_and_where(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 8);
	assert_ok(room_try_save(t, c.meeting, FILLS({ "title", "加梯议事会" }, { "place", "3幢楼下" }, { "host", "郑平" }), NULL, &e));
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "day", "明天" }), NULL, &e), RC_INVALID, "day", "只能改名称、地点和主持人");
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "recorder_id", NULL, t->accounts[HEAD] }), NULL, &e), RC_INVALID, "recorder_id",
	                         "记录人");
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "expected", "3" }), NULL, &e), RC_INVALID, "expected", "应到");
	town_as(t, PROJECT);
	assert_refused_untouched(room_try_save(t, c.meeting, FILLS({ "title", "别的会" }), NULL, &e), RC_DENIED, "", "会议记录由陈晓来记");
	assert_refused_untouched(meeting_cancel(&t->of, c.meeting, room_rev(t, c.meeting), "台风", &e), RC_DENIED, "", "陈晓");
	town_as(t, HEAD);
	assert_refused_untouched(meeting_cancel(&t->of, c.meeting, room_rev(t, c.meeting), "台风", &e), RC_INVALID, "", "不能取消");
}

static void calling_a_meeting_can_be_undone_and_its_number_is_not_given_again(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL), next;

	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_true(m.deleted);
	assert_refused_untouched(meeting_announce(&t->of, id, m.rev, &e), RC_NOTFOUND, "", "已删除");
	next = room_meeting(t, NULL);
	assert_town_text(t, "SELECT number FROM meeting WHERE id = :id", next, "YS-20261124-02");
}

static void the_list_shows_items_and_people(void **state)
{
	struct town *t = *state;
	struct list *l;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 8);
	room_meeting(t, FILLS({ "day", "周五" }, { "title", "楼组会" }));
	assert_ok(list_open(&l, t->st, meeting_list_spec(), &e));
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "day", true }, 0, &e));
	assert_int_equal(list_count(l), 2);
	assert_ok(list_prepare(l, 0, 2, &e));
	assert_string_equal(list_text(l, 0, 1), "楼组会");
	assert_string_equal(list_text(l, 1, 0), "YS-20261124-01");
	assert_string_equal(list_text(l, 1, 2), "council");
	assert_string_equal(list_text(l, 1, 4), "840");
	assert_string_equal(list_text(l, 1, 5), "社区议事厅");
	assert_string_equal(list_text(l, 1, 6), "running");
	assert_string_equal(list_text(l, 1, 7), "3");
	assert_string_equal(list_text(l, 1, 8), "8");
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &e));
	list_close(l);
}

/* Warnings ----------------------------------------------------------------------------------------------------------------------- */

static void assert_warnings(struct town *t, int64_t id, const char *const *wanted, size_t n)
{
	AUTO_ARENA a = { 0 };
	const char *out[16];
	struct err e = { 0 };
	struct meeting m;

	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(meeting_warnings(&t->of, &m, &a, out, COUNT(out)), n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(out[i], wanted[i]);
	assert_int_equal(meeting_warnings(&t->of, &m, &a, out, 1), n ? 1 : 0);
}
#define assert_warned(t, id, ...) \
	assert_warnings(t, id, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void a_meeting_says_what_is_not_as_it_should_be(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	int64_t bare = room_meeting(t, FILLS({ "announced_day", NULL })), late = room_meeting(t, FILLS({ "announced_day", "2026-11-22" }));
	int64_t past = room_meeting(t, FILLS({ "announced_day", NULL }, { "day", "2026-11-20" }));

	assert_warned(t, bare, "离会期只有 0 天，还没有通知，一般要提前 3 天", "还没有邀请人", "还没有排入议题");
	assert_warned(t, late, "提前 2 天通知的，一般要提前 3 天", "还没有邀请人", "还没有排入议题");
	assert_warned(t, past, "会议日期已过，还没有通知", "还没有邀请人", "还没有排入议题");
	room_call(t, &c);
	assert_warnings(t, c.meeting, NULL, 0);
	assert_ok(room_try_save(t, c.meeting, FILLS({ "end_min", "1500" }), NULL, &e));
	assert_warned(t, c.meeting, "议程共 90 分钟，会议只有 60 分钟");
	assert_ok(meeting_announce(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	for (int i = 0; i < 4; i++)
		assert_ok(meeting_sign(&t->of, c.people[i], true, &e));
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_warned(t, c.meeting, "议程共 90 分钟，会议只有 60 分钟", "实到 4 人，不足应到 12 人的法定人数 7 人（应到人数过半）");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_meeting_gets_its_number_and_the_quorum_of_its_kind),
		TOWN_TEST(what_is_wrong_with_a_meeting_is_said_at_its_field),
		TOWN_TEST(only_those_who_may_prepare_meetings),
		TOWN_TEST(a_stale_save_conflicts_and_changes_nothing),
		TOWN_TEST(announcing_needs_the_rev_that_was_seen_and_a_day_before_the_meeting),
		TOWN_TEST(a_cancelled_meeting_gives_its_items_back),
		TOWN_TEST(a_running_meeting_changes_only_what_it_is_called_and_where),
		TOWN_TEST(calling_a_meeting_can_be_undone_and_its_number_is_not_given_again),
		TOWN_TEST(the_list_shows_items_and_people),
		TOWN_TEST(a_meeting_says_what_is_not_as_it_should_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
