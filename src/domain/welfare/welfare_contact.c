/* One check as a page: its tries, and whom each rung may want. */
#include "delivery/door_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/register.h"
#include "reveal.h"
#include "store/stmt.h"
#include "welfare_inside.h"

#define CONTACTS_MAX 8

enum { RUNG_KNOCK = 1, RUNG_CALL, RUNG_NEIGHBOUR, RUNG_VISIT };

struct contact_list {
	struct office *of;
	struct arena *arena;
	int64_t grid_id;
	struct welfare_contact *list;
	size_t n;
};

/* Somebody, if anything is known of him. */
static void add(struct contact_list *l, int rung, const char *what, const char *name, const char *phone, const char *table, const char *field, int64_t id)
{
	const struct form *form = form_find(l->of->forms, table);
	const struct field *f = form ? form_field(form, field) : NULL;
	AUTO_STRBUF shown = { 0 };

	if (name[0] == '\0' && phone[0] == '\0')
		return;
	if (f)
		register_show(l->of, f, phone, l->grid_id, &shown);
	l->list[l->n++] = (struct welfare_contact){
		.rung = rung, .what = what, .name = arena_copy(l->arena, name), .phone = arena_copy(l->arena, strbuf_str(&shown)), .table = table,
		.field = phone[0] && strcmp(phone, strbuf_str(&shown)) != 0 ? field : "", .record_id = id,
	};
}

/* 王芳（女儿，有钥匙） */
static const char *described(struct arena *a, const char *name, const char *relation, bool has_key)
{
	if (name[0] == '\0' || (relation[0] == '\0' && !has_key))
		return name;
	return arena_format(a, "%s（%s%s%s）", name, relation, relation[0] && has_key ? "，" : "", has_key ? "有钥匙" : "");
}

static enum rc read_contacts(struct contact_list *l, const struct welfare_check *c, struct welfare_page *page, struct err *e)
{
	AUTO_STMT q = stmt_use(l->of->st,
		"SELECT r.phone, r.phone_note, r.phone2, r.phone2_note, d.stand_in, d.stand_in_phone, d.key_holder, d.key_phone, r.emergency_name,"
		" r.emergency_relation, r.emergency_phone, r.emergency_key, worker.name, g.leader, g.phone, r.grid_id, r.note, d.wait_min, d.door_note"
		" FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id LEFT JOIN grid AS g ON g.id = r.grid_id"
		" LEFT JOIN account AS worker ON worker.id = g.worker_id AND worker.disabled_at IS NULL WHERE d.id = :diner");
	struct arena *a = l->arena;
	int wait;
	enum rc rc;

	bind_int(&q, ":diner", c->diner_id);
	if ((rc = stmt_one(&q, "没有这位就餐老人的记录", e)) != RC_OK)
		return rc;
	if (c->carrier[0])
		add(l, RUNG_KNOCK, "送餐人", c->carrier, "", "volunteer", "", 0);
	add(l, RUNG_CALL, "本人", column_text(&q, 1), column_text(&q, 0), "resident", "phone", c->resident_id);
	add(l, RUNG_CALL, "本人", column_text(&q, 3), column_text(&q, 2), "resident", "phone2", c->resident_id);
	add(l, RUNG_NEIGHBOUR, "代收人", column_text(&q, 4), column_text(&q, 5), "diner", "stand_in_phone", c->diner_id);
	add(l, RUNG_NEIGHBOUR, "有钥匙", column_text(&q, 6), column_text(&q, 7), "diner", "key_phone", c->diner_id);
	add(l, RUNG_NEIGHBOUR, "紧急联系人", described(a, column_text(&q, 8), column_text(&q, 9), column_int(&q, 11) != 0), column_text(&q, 10), "resident",
	    "emergency_phone", c->resident_id);
	add(l, RUNG_VISIT, "网格员", column_text(&q, 12), "", "account", "", 0);
	add(l, RUNG_VISIT, "网格长", column_text(&q, 13), column_text(&q, 14), "grid", "phone", column_int(&q, 15));
	wait = (int)column_int(&q, 17) ? (int)column_int(&q, 17) : l->of->settings->wait_minutes;
	page->wait = arena_format(a, "敲门后等 %d 分钟%s%s", wait, column_text(&q, 18)[0] ? "；" : "", column_text(&q, 18));
	page->health = arena_copy(a, column_text(&q, 16));
	return RC_OK;
}

static void read_step(const struct stmt *q, struct arena *a, void *out)
{
	*(struct welfare_step *)out = (struct welfare_step){
		.at = column_int(q, 0), .rung = (int)column_int(q, 1), .person = arena_copy(a, column_text(q, 2)), .result = arena_copy(a, column_text(q, 3)),
		.note = arena_copy(a, column_text(q, 4)),
	};
}

enum rc welfare_load(struct office *of, int64_t id, struct arena *a, struct welfare_page *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT at, rung, person, result, note FROM welfare_step WHERE check_id = :check ORDER BY at, id /*scan*/");
	struct welfare_page page = { .wait = "", .health = "" };
	struct contact_list l = { .of = of, .arena = a, .list = arena_alloc(a, CONTACTS_MAX * sizeof *l.list) };
	enum rc rc;

	if ((rc = welfare_find(of, id, a, &page.check, e)) != RC_OK)
		return rc;
	l.grid_id = page.check.grid_id;
	bind_int(&q, ":check", id);
	if ((rc = stmt_rows(&q, a, sizeof *page.steps, read_step, &page.steps, &page.n_steps, e)) != RC_OK ||
	    (rc = read_contacts(&l, &page.check, &page, e)) != RC_OK)
		return rc;
	page.contacts = l.list;
	page.n_contacts = l.n;
	*out = page;
	return RC_OK;
}

/* A contact's columns are named in this file; the one that is asked for has to be among them. */
static const char *reveal_sql(const struct welfare_contact *c)
{
	static const struct { const char *table, *field, *sql; } known[] = {
		{ "resident", "phone", "SELECT phone FROM resident WHERE id = :id" },
		{ "resident", "phone2", "SELECT phone2 FROM resident WHERE id = :id" },
		{ "resident", "emergency_phone", "SELECT emergency_phone FROM resident WHERE id = :id" },
		{ "diner", "stand_in_phone", "SELECT stand_in_phone FROM diner WHERE id = :id" },
		{ "diner", "key_phone", "SELECT key_phone FROM diner WHERE id = :id" },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].table, c->table) == 0 && strcmp(known[i].field, c->field) == 0)
			return known[i].sql;
	return NULL;
}

enum rc welfare_reveal(struct office *of, int64_t id, const struct welfare_contact *c, char **plain, struct err *e)
{
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *value = NULL;
	struct welfare_check check;
	const char *sql = reveal_sql(c);
	enum rc rc;

	if ((rc = welfare_find(of, id, &a, &check, e)) != RC_OK || (!check.open && (rc = office_require(of, MAY_REVEAL, e)) != RC_OK))
		return rc;
	if (sql == NULL || (c->record_id != check.resident_id && c->record_id != check.diner_id))
		return err_set(e, RC_INVALID, NULL, "这一项没有遮盖");
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", c->record_id);
	if ((rc = stmt_text(&q, &value, e)) != RC_OK || (rc = reveal_note(of, c->table, c->record_id, c->field, e)) != RC_OK)
		return rc;
	if (value == NULL)
		return err_set(e, RC_INVALID, NULL, "没有登记这个号码");
	*plain = value;
	value = NULL;
	return RC_OK;
}
