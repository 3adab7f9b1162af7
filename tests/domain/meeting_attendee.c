/* Who is called, and who is there. */
#include "domain/meeting.h"

#include <stdio.h>
#include <stdlib.h>

#include "room.h"

static void people_come_from_the_register_or_are_written_by_hand(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL), wang, shen;

	assert_ok(room_try_invite(t, id, 0, FILLS({ "resident_id", NULL, t->wang }, { "name", "小王" }), &wang, &e));
	assert_ok(room_try_invite(t, id, 0, FILLS({ "name", "沈明" }, { "category", "property" }, { "represents", "物业公司" }), &shen, &e));
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(m.n_attendees, 2);
	assert_int_equal(m.expected, 2);
	assert_int_equal(m.attendees[0].id, wang);
	assert_string_equal(m.attendees[0].name, "王秀英");
	assert_int_equal(m.attendees[0].resident_id, t->wang);
	assert_true(m.attendees[0].invited);
	assert_int_equal(m.attendees[0].present_at, 0);
	assert_string_equal(m.attendees[1].represents, "物业公司");
	assert_ok(room_try_invite(t, id, shen, FILLS({ "represents", "佳园物业" }), NULL, &e));
	assert_ok(room_try_save(t, id, FILLS({ "expected", "30" }), NULL, &e));
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(m.n_attendees, 2);
	assert_string_equal(m.attendees[1].represents, "佳园物业");
	assert_int_equal(m.expected, 30);
}

static void nobody_is_on_the_list_twice(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = room_meeting(t, NULL), other = room_meeting(t, NULL), wang, namesake;

	assert_ok(room_try_invite(t, id, 0, FILLS({ "resident_id", NULL, t->wang }), &wang, &e));
	assert_ok(room_try_invite(t, id, 0, FILLS({ "name", "沈明" }, { "category", "property" }), NULL, &e));
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "resident_id", NULL, t->wang }, { "category", "member" }), NULL, &e), RC_INVALID,
	                         "resident_id", "王秀英已经在名单上");
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "name", "王秀英" }), NULL, &e), RC_INVALID, "name", "已经在名单上");
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "name", "沈明" }, { "category", "property" }), NULL, &e), RC_INVALID, "name",
	                         "沈明已经在名单上");
	assert_refused_untouched(room_try_invite(t, id, 0, NULL, NULL, &e), RC_INVALID, "resident_id", "选定参会人");
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "resident_id", NULL, 4711 }), NULL, &e), RC_INVALID, "resident_id", "重新选定");
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "name", "陆芳" }, { "category", NULL }), NULL, &e), RC_INVALID, "category", "身份");
	assert_refused_untouched(room_try_invite(t, other, wang, NULL, NULL, &e), RC_NOTFOUND, "", "不在这次会议的名单上");
	assert_refused_untouched(room_try_invite(t, 4711, 0, FILLS({ "name", "陆芳" }), NULL, &e), RC_NOTFOUND, "", "没有这次会议");
	assert_refused_untouched(room_try_invite(t, id, 0, FILLS({ "name", "王 秀英" }), NULL, &e), RC_INVALID, "name", "已经在名单上");
	/* another category, another resident of that name, another meeting */
	assert_ok(room_try_invite(t, id, 0, FILLS({ "name", "沈明" }, { "category", "merchant" }), NULL, &e));
	town_write(t, "UPDATE resident SET name = '王秀英' WHERE id = :id", t->li);
	assert_ok(room_try_invite(t, id, 0, FILLS({ "resident_id", NULL, t->li }), &namesake, &e));
	assert_ok(room_try_invite(t, other, 0, FILLS({ "resident_id", NULL, t->wang }), NULL, &e));
	/* saved again it is no duplicate of itself */
	assert_ok(room_try_invite(t, id, namesake, FILLS({ "represents", "5幢" }), NULL, &e));
}

static void people_sign_in_from_the_announcement_to_the_end(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_call(t, &c);
	assert_refused_untouched(meeting_sign(&t->of, c.people[0], true, &e), RC_INVALID, "", "请先通知或开始");
	assert_ok(meeting_announce(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_ok(meeting_sign(&t->of, c.people[0], true, &e));
	town_pass_minutes(t, 5);
	assert_ok(meeting_sign(&t->of, c.people[0], true, &e));
	assert_int_equal(town_int(t, "SELECT present_at FROM attendee WHERE id = :id", c.people[0]), t->now - 5 * 60000);
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_ok(meeting_sign(&t->of, c.people[1], true, &e));
	assert_ok(meeting_sign(&t->of, c.people[0], false, &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.present, 1);
	assert_int_equal(m.expected, 12);
	town_as(t, PROJECT);
	assert_refused_untouched(meeting_sign(&t->of, c.people[2], true, &e), RC_DENIED, "", "会议记录由陈晓来记");
	town_as(t, HEAD);
	assert_ok(meeting_sign(&t->of, c.people[2], true, &e));
	town_as(t, DESK);
	room_end(t, c.meeting, 3);
	assert_refused_untouched(meeting_sign(&t->of, c.people[3], true, &e), RC_INVALID, "", "已结束");
	assert_refused_untouched(room_try_invite(t, c.meeting, 0, FILLS({ "name", "马强" }), NULL, &e), RC_INVALID, "", "已结束");
	assert_refused_untouched(meeting_sign(&t->of, 4711, true, &e), RC_NOTFOUND, "", "名单上没有");
}

static enum rc try_walk_in(struct town *t, int64_t meeting, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "attendee"));
	town_fill(t, &r, FILLS({ "category", "resident" }));
	town_fill(t, &r, fills);
	return meeting_walk_in(&t->of, meeting, &r, e);
}

static void who_walks_in_is_there_and_not_expected(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_call(t, &c);
	assert_refused_untouched(try_walk_in(t, c.meeting, FILLS({ "name", "马强" }), &e), RC_INVALID, "", "请先通知或开始");
	assert_ok(meeting_begin(&t->of, c.meeting, room_rev(t, c.meeting), &e));
	assert_refused_untouched(try_walk_in(t, c.meeting, FILLS({ "resident_id", NULL, t->wang }), &e), RC_INVALID, "resident_id", "请直接签到");
	assert_ok(try_walk_in(t, c.meeting, FILLS({ "name", "马强" }), &e));
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.n_attendees, 13);
	assert_int_equal(m.expected, 12);
	assert_int_equal(m.present, 1);
	assert_false(m.attendees[12].invited);
	assert_int_equal(m.attendees[12].present_at, t->now);
}

static void whoever_was_there_stays_on_the_list(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_open(t, &c, 8);
	assert_refused_untouched(meeting_uninvite(&t->of, c.people[0], &e), RC_INVALID, "", "王秀英已签到");
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e));
	assert_ok(room_try_recuse(t, c.slots[0], c.people[1], "住在一楼", &e));
	assert_ok(meeting_sign(&t->of, c.people[0], false, &e));
	assert_ok(meeting_sign(&t->of, c.people[1], false, &e));
	assert_refused_untouched(meeting_uninvite(&t->of, c.people[0], &e), RC_INVALID, "", "发言或回避");
	assert_refused_untouched(meeting_uninvite(&t->of, c.people[1], &e), RC_INVALID, "", "发言或回避");
	assert_ok(meeting_uninvite(&t->of, c.people[11], &e));
	assert_refused(meeting_uninvite(&t->of, c.people[11], &e), RC_NOTFOUND, "", "名单上没有");
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.n_attendees, 11);
	assert_int_equal(m.expected, 11);
}

/* Interested parties ------------------------------------------------------------------------------------------------------------- */

static void add_interest(struct town *t, int64_t item, const char *values)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO interest (id, agenda_item_id, resident_id, name, category) SELECT coalesce(max(id), 0) + 1, :id, %s"
	                                 " FROM interest", values);

	town_write(t, sql, item);
}

static void interested_parties_are_missed_and_invited_once(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *li = mem_format("%lld, NULL, 'resident'", (long long)t->li);
	AUTO_FREE char *wang = mem_format("%lld, '王秀英', 'resident'", (long long)t->wang);
	const char *out[8];
	struct err e = { 0 };
	struct meeting m;
	int64_t id = room_meeting(t, NULL), lift = room_item(t, "3幢加装电梯", NULL), dogs = room_item(t, "小区遛狗公约", NULL);
	int added = -1;

	add_interest(t, lift, li);
	add_interest(t, lift, "NULL, '佳园物业', 'property'");
	add_interest(t, lift, wang);
	add_interest(t, dogs, "NULL, '李建国', 'resident'");
	add_interest(t, dogs, "NULL, '养犬协会', NULL");
	assert_ok(meeting_schedule(&t->of, id, lift, 0, &e));
	assert_ok(meeting_schedule(&t->of, id, dogs, 0, &e));
	assert_ok(room_try_invite(t, id, 0, FILLS({ "name", "王秀英" }), NULL, &e));
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(meeting_warnings(&t->of, &m, &a, out, COUNT(out)), 4);
	assert_non_null(strstr(out[0], "利害关系方李建国没有邀请"));
	assert_non_null(strstr(out[1], "利害关系方佳园物业没有邀请"));
	assert_ok(meeting_invite_interested(&t->of, id, &added, &e));
	assert_int_equal(added, 3);
	assert_ok(meeting_load(&t->of, id, &a, &m, &e));
	assert_int_equal(m.n_attendees, 4);
	assert_int_equal(m.attendees[1].resident_id, t->li);
	assert_string_equal(m.attendees[2].category, "property");
	assert_string_equal(m.attendees[3].name, "养犬协会");
	assert_string_equal(m.attendees[3].category, "resident");
	assert_int_equal(meeting_warnings(&t->of, &m, &a, out, COUNT(out)), 0);
	assert_ok(meeting_invite_interested(&t->of, id, &added, &e));
	assert_int_equal(added, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(people_come_from_the_register_or_are_written_by_hand),
		TOWN_TEST(nobody_is_on_the_list_twice),
		TOWN_TEST(people_sign_in_from_the_announcement_to_the_end),
		TOWN_TEST(who_walks_in_is_there_and_not_expected),
		TOWN_TEST(whoever_was_there_stays_on_the_list),
		TOWN_TEST(interested_parties_are_missed_and_invited_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
