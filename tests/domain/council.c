/* A matter that a meeting passed, for tests of what comes after. */
#include "council.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

int64_t council_insert(struct town *t, const char *sql, ...)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };
	char text[1024];
	int64_t id;
	va_list args;

	va_start(args, sql);
	vsnprintf(text, sizeof text, sql, args);
	va_end(args);
	assert_ok(txn_begin(&txn, t->st, "test.insert", &e));
	assert_ok(store_new_id(t->st, &id, &e));
	{
		AUTO_STMT q = stmt_use_temporary(t->st, text);

		bind_int(&q, ":id", id);
		assert_ok(stmt_run(&q, &e));
	}
	assert_ok(txn_commit(&txn, &e));
	return id;
}

/* What 理事 made for it gives way to the item of the test. */
static void link_issue(struct town *t, int64_t issue, const struct council *c)
{
	town_write(t, "UPDATE agenda_item SET state = 'withdrawn' WHERE id IN (SELECT agenda_item_id FROM agenda_issue WHERE issue_id = :id)", issue);
	town_write(t, "UPDATE agenda_issue SET deleted_at = 1, deleted_why = 'test' WHERE issue_id = :id", issue);
	council_insert(t, "INSERT INTO agenda_issue (id, agenda_item_id, issue_id, at) VALUES (:id, %lld, %lld, %lld)", (long long)c->item,
	               (long long)issue, (long long)t->now);
}

static void build_meeting(struct town *t, struct council *c)
{
	long long now = t->now, meeting, slot;

	meeting = c->meeting = council_insert(t,
		"INSERT INTO meeting (id, number, title, kind, day, host, status, expected) VALUES (:id, 'YS-20261124-01', '楼道议事会', 'council', 20781,"
		" '周勤', 'ended', 12)");
	for (int i = 0; i < 10; i++)
		council_insert(t, "INSERT INTO attendee (id, meeting_id, name, category, present_at) VALUES (:id, %lld, '居民%d', 'resident', %lld)", meeting,
		               i + 1, now);
	c->item = council_insert(t,
		"INSERT INTO agenda_item (id, number, title, urgency, state, meeting_id, at, settled_at, grid_id) VALUES (:id, 'YT-20261124-001',"
		" '雨棚怎么装', 'normal', 'passed', %lld, %lld, %lld, %lld)", meeting, now, now, (long long)t->grid3);
	c->alternative = council_insert(t, "INSERT INTO alternative (id, agenda_item_id, position, text, cost_fen) VALUES (:id, %lld, 1, '加装雨棚', 800000)",
	                                (long long)c->item);
	slot = c->slot = council_insert(t,
		"INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position, length_min, outcome, at) VALUES (:id, %lld, %lld, 1, 20, 'passed', %lld)",
		meeting, (long long)c->item, now);
	c->ballot = council_insert(t,
		"INSERT INTO ballot (id, agenda_slot_id, alternative_id, way, rule, for_n, against_n, abstain_n, recused_n, invalid_n, present_n, result, at)"
		" VALUES (:id, %lld, %lld, 'hand', 'majority', 7, 2, 1, 0, 0, 10, 'passed', %lld)", slot, (long long)c->alternative, now);
}

void council_pass(struct town *t, const int64_t *issues, size_t n, struct council *out)
{
	enum town_account before = t->who;

	town_as(t, HEAD);
	for (size_t i = 0; i < n; i++)
		town_take(t, issues[i], "triage.deliberate", FILLS({ "reason", "几户意见不一" }));
	build_meeting(t, out);
	for (size_t i = 0; i < n; i++) {
		link_issue(t, issues[i], out);
		town_take(t, issues[i], "deliberate.passed", NULL);
	}
	town_as(t, before);
}

void council_record(struct town *t, struct record *r, const char *form, int64_t id, const struct fill *fills)
{
	struct err e = { 0 };

	if (id)
		assert_ok(record_load(t->st, form_find(t->of.forms, form), id, r, &e));
	else
		record_init(r, form_find(t->of.forms, form));
	town_fill(t, r, fills);
}

enum rc council_part(struct town *t, int64_t decision, const char *form, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	council_record(t, &r, form, 0, fills);
	return decision_part_save(&t->of, decision, &r, e);
}

int64_t council_rev(struct town *t, int64_t decision)
{
	return town_int(t, "SELECT rev FROM decision WHERE id = :id", decision);
}

int64_t council_decide(struct town *t, const struct council *c)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	assert_ok(decision_prefill(&t->of, c->item, &r, &e));
	town_fill(t, &r, FILLS({ "source", "fund" }));
	assert_ok(decision_save(&t->of, c->item, &r, &e));
	assert_ok(council_part(t, r.id, "decision_task", FILLS({ "title", "量尺寸" }, { "party", "community" }, { "owner_id", NULL, t->accounts[GRID3] },
	                                                       { "due_day", "+20" }), &e));
	return r.id;
}

int64_t council_approve(struct town *t, const struct council *c)
{
	enum town_account before = t->who;
	struct err e = { 0 };
	int64_t id;

	town_as(t, PROJECT);
	id = council_decide(t, c);
	assert_ok(decision_submit(&t->of, id, council_rev(t, id), &e));
	town_as(t, HEAD);
	assert_ok(decision_approve(&t->of, id, council_rev(t, id), &e));
	town_as(t, before);
	return id;
}

int64_t council_announce(struct town *t, const struct council *c)
{
	enum town_account before = t->who;
	struct err e = { 0 };
	int64_t id = council_approve(t, c);

	town_as(t, PROJECT);
	assert_ok(council_part(t, id, "notice", FILLS({ "from_day", "今天" }, { "to_day", "+6" }, { "place", "小区公告栏" }), &e));
	t->now += INT64_C(7) * 24 * 3600 * 1000;
	town_as(t, before);
	return id;
}
