/* A council of twelve. */
#include "room.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "store/stmt.h"
#include "store/txn.h"

static void fill_new(struct town *t, struct record *r, const char *form, const struct fill *fills)
{
	record_init(r, form_find(t->of.forms, form));
	town_fill(t, r, fills);
}

/* A record of a row, or a new one. */
static void open_record(struct town *t, struct record *r, const char *form, int64_t id)
{
	struct err e = { 0 };

	if (id)
		assert_ok(record_load(t->st, form_find(t->of.forms, form), id, r, &e));
	else
		record_init(r, form_find(t->of.forms, form));
}

/* Items -------------------------------------------------------------------------------------------------------------------------- */

int64_t room_item(struct town *t, const char *title, int64_t *issue)
{
	enum town_account before = t->who;
	int64_t id;

	town_as(t, HEAD);
	id = town_raise(t, title, NULL);
	town_take(t, id, "triage.deliberate", FILLS({ "reason", "要大家商量" }));
	town_as(t, before);
	if (issue)
		*issue = id;
	return town_int(t, "SELECT agenda_item_id FROM agenda_issue WHERE issue_id = :id", id);
}

/* Meetings ----------------------------------------------------------------------------------------------------------------------- */

enum rc room_try_save(struct town *t, int64_t id, const struct fill *fills, int64_t *made, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	open_record(t, &r, "meeting", id);
	if (id == 0)
		town_fill(t, &r, FILLS({ "title", "友邻议事会" }, { "kind", "council" }, { "level", "station" }, { "day", "今天" }, { "begin_min", "1400" },
		                       { "end_min", "1530" }, { "place", "社区议事厅" }, { "host", "周勤" },
		                       { "recorder_id", NULL, t->accounts[DESK] }, { "basis", "regular" }, { "announced_day", "2026-11-20" }));
	town_fill(t, &r, fills);
	rc = meeting_save(&t->of, &r, e);
	if (rc == RC_OK && made)
		*made = r.id;
	return rc;
}

int64_t room_meeting(struct town *t, const struct fill *fills)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(room_try_save(t, 0, fills, &id, &e));
	return id;
}

enum rc room_try_invite(struct town *t, int64_t meeting, int64_t attendee, const struct fill *fills, int64_t *made, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	open_record(t, &r, "attendee", attendee);
	if (attendee == 0)
		town_fill(t, &r, FILLS({ "category", "resident" }));
	town_fill(t, &r, fills);
	rc = meeting_invite(&t->of, meeting, &r, e);
	if (rc == RC_OK && made)
		*made = r.id;
	return rc;
}

void room_call(struct town *t, struct room *c)
{
	static const char *const titles[ROOM_ITEMS] = { "3幢加装电梯", "地下车库充电桩", "小区遛狗公约" };
	static const char *const names[ROOM_PEOPLE] = {
		NULL, NULL, NULL, "沈明", "陆芳", "顾平", "俞静", "潘红", "施伟", "范华", "方敏", "金涛",
	};
	const int64_t residents[] = { t->wang, t->li, t->zhang };
	struct err e = { 0 };

	c->meeting = room_meeting(t, NULL);
	for (size_t i = 0; i < ROOM_PEOPLE; i++)
		assert_ok(room_try_invite(t, c->meeting, 0,
		          i < COUNT(residents) ? FILLS({ "resident_id", NULL, residents[i] }) : FILLS({ "name", names[i] }, { "category", "delegate" }),
		          &c->people[i], &e));
	for (size_t i = 0; i < ROOM_ITEMS; i++) {
		c->items[i] = room_item(t, titles[i], &c->issues[i]);
		assert_ok(meeting_schedule(&t->of, c->meeting, c->items[i], 30, &e));
		c->slots[i] = room_slot(t, c->meeting, (int)i + 1);
	}
}

void room_open(struct town *t, struct room *c, int present)
{
	struct err e = { 0 };

	room_call(t, c);
	assert_ok(meeting_announce(&t->of, c->meeting, room_rev(t, c->meeting), &e));
	for (int i = 0; i < present; i++)
		assert_ok(meeting_sign(&t->of, c->people[i], true, &e));
	assert_ok(meeting_begin(&t->of, c->meeting, room_rev(t, c->meeting), &e));
}

void room_end(struct town *t, int64_t meeting, int back)
{
	struct err e = { 0 };
	int unreached = -1;

	assert_ok(meeting_end(&t->of, meeting, room_rev(t, meeting), &unreached, &e));
	assert_int_equal(unreached, back);
}

/* In the room -------------------------------------------------------------------------------------------------------------------- */

enum rc room_try_opinion(struct town *t, int64_t slot, int64_t attendee, int64_t *id, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	open_record(t, &r, "opinion", id ? *id : 0);
	town_fill(t, &r, fills);
	rc = meeting_opinion(&t->of, slot, attendee, &r, e);
	if (rc == RC_OK && id)
		*id = r.id;
	return rc;
}

enum rc room_try_recuse(struct town *t, int64_t slot, int64_t attendee, const char *reason, struct err *e)
{
	AUTO_RECORD r = { 0 };

	fill_new(t, &r, "recusal", FILLS({ "reason", reason }));
	return meeting_recuse(&t->of, slot, attendee, &r, e);
}

enum rc room_try_ballot(struct town *t, int64_t slot, const struct fill *fills, bool *passed, struct err *e)
{
	AUTO_RECORD r = { 0 };
	bool result = false;
	int64_t rest;
	enum rc rc;

	if ((rc = meeting_ballot_prefill(&t->of, slot, &r, e)) != RC_OK)
		return rc;
	rest = record_number(&r, "present_n", 8) - record_number(&r, "recused_n", 0) - 8;
	value_set_number(record_value(&r, "for_n"), rest < 0 ? 8 + rest : 8);
	value_set_number(record_value(&r, "against_n"), rest < 0 ? 0 : rest);
	town_fill(t, &r, FILLS({ "teller", "沈明" }, { "supervisor", "陆芳" }));
	town_fill(t, &r, fills);
	rc = meeting_ballot(&t->of, slot, 0, &r, &result, e);
	if (rc == RC_OK && passed)
		*passed = result;
	return rc;
}

int64_t room_rev(struct town *t, int64_t meeting)
{
	return town_int(t, "SELECT rev FROM meeting WHERE id = :id", meeting);
}

int64_t room_slot(struct town *t, int64_t meeting, int position)
{
	AUTO_FREE char *sql = mem_format("SELECT id FROM agenda_slot WHERE meeting_id = :id AND position = %d AND deleted_at IS NULL", position);

	return town_int(t, sql, meeting);
}

/* All rows ----------------------------------------------------------------------------------------------------------------------- */

char *room_snapshot(struct town *t)
{
	static const char *const tables[] = {
		"agenda_item", "agenda_issue", "interest", "alternative", "meeting", "attendee", "agenda_slot", "recusal", "opinion", "ballot", "amendment",
		"issue", "phase", "action",
	};
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++)
		town_snapshot_table(t, tables[i], "", &out);
	return mem_copy(strbuf_str(&out));
}
