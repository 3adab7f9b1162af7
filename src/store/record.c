/* Records by form spec: one piece of SQL for every record type, put together from fields that were checked against the live columns. */
#include "store/record.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "internal.h"
#include "store/seal.h"

void record_init(struct record *r, const struct form *form)
{
	*r = (struct record){ .form = form, .n = form->n, .values = mem_alloc(form->n * sizeof *r->values) };
}

void record_release(struct record *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++)
		value_clear(&r->values[i]);
	free(r->values);
	*r = (struct record){ 0 };
}

void record_copy(struct record *to, const struct record *from)
{
	struct record copy = *from;

	if (to == from)
		return;
	copy.values = mem_alloc(from->n * sizeof *copy.values);
	for (size_t i = 0; i < from->n; i++)
		value_copy(&copy.values[i], &from->values[i]);
	record_release(to);
	*to = copy;
}

static const struct value *value_of(const struct record *r, const char *field)
{
	const struct field *f = form_field(r->form, field);

	assert(f != NULL);
	return &r->values[form_field_index(r->form, f)];
}

struct value *record_value(struct record *r, const char *field)
{
	return (struct value *)value_of(r, field);
}

const char *record_text(const struct record *r, const char *field)
{
	return value_text(value_of(r, field));
}

int64_t record_number(const struct record *r, const char *field, int64_t none)
{
	const struct value *v = value_of(r, field);

	return v->kind == VALUE_NUMBER ? v->number : none;
}

/* Reading ------------------------------------------------------------------------------------------------------------------------- */

/* What can't be opened reads as nothing, and saving leaves it alone: a damaged value must not lock a whole record. */
static void read_sealed(const struct stmt *q, int column, const struct form *form, int64_t id, const struct field *f, struct value *v)
{
	AUTO_FREE char *plain = NULL;
	size_t n;
	const void *bytes = column_blob(q, column, &n);

	if (seal_open(q->st, form->table, id, f->name, bytes, n, &plain, NULL) == RC_OK)
		value_set_text(v, plain);
}

static void read_values(const struct stmt *q, struct record *r)
{
	int column = 2;

	for (size_t i = 0; i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];

		if (f->extra)
			continue;
		if (column_is_null(q, column))
			value_clear(&r->values[i]);
		else if (f->sealed)
			read_sealed(q, column, r->form, r->id, f, &r->values[i]);
		else if (sqlite3_column_type(q->raw, column) == SQLITE_INTEGER)
			value_set_number(&r->values[i], column_int(q, column));
		else
			value_set_text(&r->values[i], column_text(q, column));
		column++;
	}
}

static void select_sql(const struct form *form, const struct table *t, struct strbuf *sql)
{
	strbuf_format(sql, "SELECT %s, %s", table_column(t, "rev") ? "rev" : "0",
	              table_column(t, "deleted_at") ? "deleted_at IS NOT NULL" : "0");
	for (size_t i = 0; i < form->n; i++)
		if (!form->fields[i].extra)
			strbuf_format(sql, ", \"%s\"", form->fields[i].name);
	strbuf_format(sql, " FROM \"%s\" WHERE id = :id", form->table);
}

enum rc record_load(struct store *st, const struct form *form, int64_t id, struct record *r, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	AUTO_RECORD found = { 0 };
	const struct table *t;
	bool row = false;
	enum rc rc = record_table(st, form, &t, e);

	if (rc != RC_OK)
		return rc;
	select_sql(form, t, &sql);
	AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "找不到这条%s", form->title);
	record_init(&found, form);
	found.id = id;
	found.rev = column_int(&q, 0);
	found.deleted = column_int(&q, 1) != 0;
	read_values(&q, &found);
	if ((rc = extra_load(st, &found, e)) != RC_OK)
		return rc;
	record_release(r);
	*r = found;
	found = (struct record){ 0 };
	return RC_OK;
}

/* Saving -------------------------------------------------------------------------------------------------------------------------- */

static void bind_field(struct stmt *q, const struct record *r, size_t i)
{
	const struct field *f = &r->form->fields[i];
	char name[72];
	AUTO_FREE unsigned char *sealed = NULL;
	size_t n;

	snprintf(name, sizeof name, ":%s", f->name);
	if (!f->sealed || r->values[i].kind != VALUE_TEXT) {
		bind_value(q, name, &r->values[i]);
		return;
	}
	seal_text(q->st, r->form->table, r->id, f->name, r->values[i].text, &sealed, &n);
	bind_blob(q, name, sealed, n);
}

/* What a parameter stands for: "no value" in a column that has a default is the default. */
static void add_parameter(struct strbuf *sql, const struct column *c)
{
	if (c->required)
		strbuf_format(sql, "coalesce(:%s, %s)", c->name, c->initial);
	else
		strbuf_format(sql, ":%s", c->name);
}

/* Whether field i of the form is a column that saving writes. */
static const struct column *written_column(const struct form *form, const struct table *t, size_t i)
{
	const struct column *c = form->fields[i].extra ? NULL : table_column(t, form->fields[i].name);

	return c && !c->derived ? c : NULL;
}

static enum rc insert_row(struct store *st, const struct table *t, struct record *r, struct err *e)
{
	AUTO_STRBUF names = { 0 }, values = { 0 };
	enum rc rc = store_new_id(st, &r->id, e);

	if (rc != RC_OK)
		return rc;
	strbuf_format(&names, "INSERT INTO \"%s\" (id", t->name);
	strbuf_add(&values, ") VALUES (:id");
	for (size_t i = 0; i < r->form->n; i++) {
		const struct column *c = written_column(r->form, t, i);

		if (c == NULL)
			continue;
		strbuf_format(&names, ", \"%s\"", c->name);
		strbuf_add(&values, ", ");
		add_parameter(&values, c);
	}
	strbuf_add(&names, strbuf_str(&values));
	strbuf_add_char(&names, ')');
	AUTO_STMT q = stmt_use(st, strbuf_str(&names));

	bind_int(&q, ":id", r->id);
	for (size_t i = 0; i < r->form->n; i++)
		if (written_column(r->form, t, i))
			bind_field(&q, r, i);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	r->rev = 1;
	return extra_save(st, NULL, r, e);
}

enum rc record_moved_on(const struct form *form, struct err *e)
{
	return err_set(e, RC_CONFLICT, NULL, "这条%s刚被别人改过，没有保存；请看过新的内容再改", form->title);
}

static enum rc update_row(struct store *st, const struct table *t, const struct record *stored, struct record *r, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	bool changed = false;
	enum rc rc;

	strbuf_format(&sql, "UPDATE \"%s\" SET rev = rev + 1", t->name);
	for (size_t i = 0; i < r->form->n; i++) {
		const struct column *c = written_column(r->form, t, i);

		if (value_equal(&stored->values[i], &r->values[i]))
			continue;
		changed = changed || c || r->form->fields[i].extra;
		if (c == NULL)
			continue;
		strbuf_format(&sql, ", \"%s\" = ", c->name);
		add_parameter(&sql, c);
	}
	if (!changed)
		return RC_OK;
	strbuf_add(&sql, " WHERE id = :id AND rev = :rev");
	AUTO_STMT q = stmt_use_temporary(st, strbuf_str(&sql));

	bind_int(&q, ":id", r->id);
	bind_int(&q, ":rev", r->rev);
	for (size_t i = 0; i < r->form->n; i++)
		if (written_column(r->form, t, i) && !value_equal(&stored->values[i], &r->values[i]))
			bind_field(&q, r, i);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	if (store_changes(st) == 0)
		return record_moved_on(r->form, e);
	r->rev++;
	return extra_save(st, stored, r, e);
}

static enum rc write_row(struct store *st, struct record *r, struct err *e)
{
	AUTO_RECORD stored = { 0 };
	const struct table *t;
	enum rc rc = record_table(st, r->form, &t, e);

	if (rc != RC_OK)
		return rc;
	if (r->id == 0)
		return insert_row(st, t, r, e);
	if ((rc = record_load(st, r->form, r->id, &stored, e)) != RC_OK)
		return rc;
	if (stored.rev != r->rev || stored.deleted != r->deleted)
		return record_moved_on(r->form, e);
	return update_row(st, t, &stored, r, e);
}

static enum rc check_values(struct record *r, struct err *e)
{
	enum rc rc;

	for (size_t i = 0; i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];

		if (!field_is_shown(r->form, f, r->values))
			value_clear(&r->values[i]);
		else if ((rc = field_check(f, &r->values[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc record_save(struct store *st, struct record *r, const char *verb, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD next = { 0 };
	enum rc rc;

	record_copy(&next, r);
	if ((rc = check_values(&next, e)) != RC_OK ||
	    (rc = txn_begin(&t, st, verb, e)) != RC_OK ||
	    (rc = write_row(st, &next, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_release(r);
	*r = next;
	next = (struct record){ 0 };
	return RC_OK;
}

/* Deleting is a mark -------------------------------------------------------------------------------------------------------------- */

/* Set the mark, or take it away where `why` is NULL. */
static enum rc mark_deleted(struct store *st, const struct form *form, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	AUTO_RECORD stored = { 0 };
	const struct table *t;
	enum rc rc = record_table(st, form, &t, e);

	if (rc != RC_OK || (rc = record_load(st, form, id, &stored, e)) != RC_OK)
		return rc;
	if (table_column(t, "deleted_at") == NULL)
		return err_set(e, RC_INVALID, NULL, "%s只能添加，不能删除", form->title);
	if (stored.deleted == (why != NULL))
		return err_set(e, RC_NOTFOUND, NULL, why ? "这条%s已经删除" : "这条%s没有删除，不用恢复", form->title);
	if (stored.rev != rev)
		return record_moved_on(form, e);
	strbuf_format(&sql, "UPDATE \"%s\" SET deleted_at = :at, deleted_by = :by, deleted_why = :why, rev = rev + 1 WHERE id = :id", t->name);
	AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

	bind_id(&q, ":at", why ? store_now(st) : 0);
	bind_id(&q, ":by", why ? st->actor : 0);
	bind_text(&q, ":why", why);
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

enum rc record_delete(struct store *st, const struct form *form, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_FREE char *verb = mem_format("%s.delete", form->name);
	AUTO_TXN t = { 0 };
	enum rc rc;

	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明删除的理由");
	if ((rc = txn_begin(&t, st, verb, e)) != RC_OK ||
	    (rc = mark_deleted(st, form, id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc record_restore(struct store *st, const struct form *form, int64_t id, int64_t rev, struct err *e)
{
	AUTO_FREE char *verb = mem_format("%s.restore", form->name);
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, st, verb, e)) != RC_OK ||
	    (rc = mark_deleted(st, form, id, rev, NULL, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* What is called after somebody else: a diner, after the resident. */
static const struct { const char *table, *sql; } labels[] = {
	{ "diner", "SELECT coalesce(r.name || ' ', '') || coalesce(d.number, '') FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id WHERE d.id = :id" },
};

static void label_sql(const struct form *form, const char *table, struct strbuf *sql)
{
	for (size_t i = 0; i < COUNT(labels); i++)
		if (strcmp(labels[i].table, table) == 0) {
			strbuf_add(sql, labels[i].sql);
			return;
		}
	strbuf_format(sql, "SELECT \"%s\" FROM \"%s\" WHERE id = :id", form->name_field, table);
}

enum rc record_label(struct store *st, const struct form *form, int64_t id, char **label, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	const struct table *t;
	char *found = NULL;
	enum rc rc = record_table(st, form, &t, e);

	if (rc != RC_OK)
		return rc;
	if (table_column(t, form->name_field) == NULL)
		return err_set(e, RC_INVALID, NULL, "%s：name_field 不是表 %s 的列", form->path, t->name);
	label_sql(form, t->name, &sql);
	AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

	bind_int(&q, ":id", id);
	rc = stmt_text(&q, &found, e);
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	*label = found ? found : mem_copy("");
	return RC_OK;
}
