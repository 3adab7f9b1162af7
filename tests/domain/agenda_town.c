/* What the tests of 议题 do over and over. */
#include "agenda_town.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/journal.h"

/* Live rows of the tables of this part and of issues, without rev: for "nothing was changed". The caller frees. */
char *agenda_snapshot(struct town *t)
{
	static const char *const queries[] = {
		"SELECT group_concat(id || title || coalesce(body, '') || state || urgency || property || at || supporters || coalesce(meeting_id, '-')"
		" || coalesce(merged_id, '-') || coalesce(settled_at, '-'), ';') FROM agenda_item WHERE deleted_at IS NULL",
		"SELECT group_concat(agenda_item_id || '/' || issue_id, ';') FROM agenda_issue WHERE deleted_at IS NULL",
		"SELECT group_concat(agenda_item_id || name || stake, ';') FROM interest WHERE deleted_at IS NULL",
		"SELECT group_concat(agenda_item_id || text || position, ';') FROM alternative WHERE deleted_at IS NULL",
		"SELECT group_concat(agenda_item_id || '/' || meeting_id, ';') FROM agenda_slot WHERE deleted_at IS NULL",
	};
	AUTO_FREE char *issues = town_snapshot(t);
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(queries); i++) {
		AUTO_FREE char *text = town_text(t, queries[i], 0);

		strbuf_format(&out, "%s\n", text ? text : "");
	}
	strbuf_add(&out, issues);
	return strbuf_take(&out);
}

void assert_agenda_unchanged(struct town *t, const char *before)
{
	AUTO_FREE char *now = agenda_snapshot(t);

	assert_string_equal(now, before);
}

void town_undo(struct town *t)
{
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
}

/* An issue that 理事 sent to 议事, and its item. Made by the head; the account at work is the same afterwards. */
int64_t agenda_deliberated(struct town *t, const char *title, const struct fill *fills, int64_t *issue)
{
	enum town_account before = t->who;
	int64_t id;

	town_as(t, DESK);
	id = town_raise(t, title, fills);
	town_as(t, HEAD);
	town_take(t, id, "triage.deliberate", FILLS({ "reason", "两边说法不一" }));
	town_as(t, before);
	if (issue)
		*issue = id;
	return town_int(t, "SELECT agenda_item_id FROM agenda_issue WHERE issue_id = :id AND deleted_at IS NULL", id);
}

enum rc agenda_try_save(struct town *t, const struct fill *fills, int64_t issue, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, "agenda_item"));
	town_fill(t, &r, fills);
	if ((rc = agenda_save(&t->of, &r, issue, e)) == RC_OK && id)
		*id = r.id;
	return rc;
}

int64_t agenda_question(struct town *t, const char *title)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(agenda_try_save(t, FILLS({ "title", title }, { "urgency", "normal" }), 0, &id, &e));
	return id;
}

enum rc agenda_try_part(struct town *t, int64_t item, const char *form, const struct fill *fills, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, form));
	town_fill(t, &r, fills);
	if ((rc = agenda_part_save(&t->of, item, &r, e)) == RC_OK && id)
		*id = r.id;
	return rc;
}

int64_t agenda_party(struct town *t, int64_t item, int64_t resident, const char *name)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(agenda_try_part(t, item, "interest", FILLS({ "category", "resident" }, { "stake", "挡光" }, { "resident_id", NULL, resident },
	                                                     { "name", name }), &id, &e));
	return id;
}

int64_t agenda_way(struct town *t, int64_t item, const char *text)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(agenda_try_part(t, item, "alternative", FILLS({ "text", text }, { "cost_fen", "1200" }), &id, &e));
	return id;
}

void agenda_support(struct town *t, int64_t issue, int64_t resident)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "support"));
	value_set_number(record_value(&r, "resident_id"), resident);
	assert_ok(issue_support(&t->of, issue, &r, &e));
}

void agenda_get(struct town *t, int64_t id, struct arena *a, struct agenda_item *out)
{
	struct err e = { 0 };

	assert_ok(agenda_load(&t->of, id, a, out, &e));
}

/* Put on the agenda of a meeting, by hand: meetings are another part. */
void agenda_schedule(struct town *t, int64_t item)
{
	town_write(t, "INSERT OR IGNORE INTO meeting (id, number, day, status) VALUES (900 + 0 * :id, 'YS-20261124-01', 20785, 'announced')", item);
	town_write(t, "INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position) VALUES (:id + 100000, 900, :id, 1)", item);
	town_write(t, "UPDATE agenda_item SET state = 'scheduled', meeting_id = 900 WHERE id = :id", item);
}

void agenda_fail(struct town *t, int64_t item)
{
	town_write(t, "UPDATE agenda_item SET state = 'failed', settled_at = 1 WHERE id = :id", item);
}
