/* Added fields ([field x.…]): one row of `extra` for each value, under an id that every site derives alike. */
#include "store/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "internal.h"

int64_t extra_id(const char *table, int64_t record_id, const char *name)
{
	AUTO_FREE char *key = mem_format("%s/%" PRId64 "/%s", table, record_id, name);

	return store_derived_id("extra", key);
}

static bool has_extras(const struct form *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].extra)
			return true;
	return false;
}

/* A text that the field no longer takes (its type was changed in the form) reads as nothing. */
static void read_value(const struct field *f, const char *typed, struct value *v)
{
	struct err ignored;

	if (f->type == FIELD_PICK)
		value_set_number(v, strtoll(typed, NULL, 10));
	else if (field_parse(f, typed, day_today(), v, &ignored) != RC_OK)
		value_clear(v);
}

enum rc extra_load(struct store *st, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT name, value FROM extra WHERE tbl = :table AND record_id = :id AND value IS NOT NULL");
	bool row = false;
	enum rc rc;

	if (!has_extras(r->form))
		return RC_OK;
	bind_text(&q, ":table", r->form->table);
	bind_int(&q, ":id", r->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const struct field *f = form_field(r->form, column_text(&q, 0));

		if (f && f->extra)
			read_value(f, column_text(&q, 1), &r->values[form_field_index(r->form, f)]);
	}
	return rc;
}

static enum rc write_value(struct store *st, const struct record *r, const struct field *f, const struct value *v, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO extra (id, tbl, record_id, name, value) VALUES (:id, :table, :record, :name, :value)"
	                           " ON CONFLICT (id) DO UPDATE SET value = excluded.value, rev = rev + 1");
	AUTO_STRBUF typed = { 0 };

	field_typed(f, v, &typed);
	bind_int(&q, ":id", extra_id(r->form->table, r->id, f->name));
	bind_text(&q, ":table", r->form->table);
	bind_int(&q, ":record", r->id);
	bind_text(&q, ":name", f->name);
	bind_text(&q, ":value", typed.n > 0 ? strbuf_str(&typed) : NULL);
	return stmt_run(&q, e);
}

enum rc extra_save(struct store *st, const struct record *stored, const struct record *r, struct err *e)
{
	static const struct value none;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];

		if (f->extra && !value_equal(stored ? &stored->values[i] : &none, &r->values[i]))
			rc = write_value(st, r, f, &r->values[i], e);
	}
	return rc;
}
