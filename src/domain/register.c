/* The generic list of a record type: its row query, its order, its cells.
 *
 * A column that has a short form for those who may not see it (an address: 3-2-501) comes as both, with a unit separator between them.
 */
#include "domain/register.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/stmt.h"
#include "table_columns.h"

#define SHORT_FORM '\x1f'
#define MASKED "****"

/* A text column of `alias`, together with its short form where the table keeps one. */
static void add_text_column(struct strbuf *sql, const char *alias, const struct table_columns *t, const char *column, bool sensitive)
{
	if (sensitive && strcmp(column, "address_text") == 0 && table_has(t, "address_key"))
		strbuf_format(sql, "%s.address_text || char(31) || coalesce(%s.address_key, '')", alias, alias);
	else
		strbuf_format(sql, "%s.\"%s\"", alias, column);
}

static enum rc add_pick_column(struct office *of, const struct table_columns *t, const struct field *f, struct strbuf *sql, struct err *e)
{
	const struct form *target = form_find(of->forms, f->pick_form);
	const struct field *name = target ? form_field(target, target->name_field) : NULL;
	struct table_columns there;
	AUTO_ARENA a = { 0 };
	enum rc rc;

	if (name == NULL)
		return err_set(e, RC_INVALID, f->name, "表单 %s 没有名称字段，不能在列表中显示", f->pick_form);
	if ((rc = table_columns_load(of->st, target->table, &a, &there, e)) != RC_OK)
		return rc;
	strbuf_add(sql, "(SELECT ");
	add_text_column(sql, "picked", &there, name->name, name->sensitive);
	strbuf_format(sql, " FROM \"%s\" AS picked WHERE picked.id = \"%s\".\"%s\")", target->table, t->table, f->name);
	return RC_OK;
}

static enum rc add_column(struct office *of, const struct table_columns *t, const struct field *f, struct strbuf *sql, struct err *e)
{
	AUTO_FREE char *alias = mem_format("\"%s\"", t->table);

	if (f->extra) {
		strbuf_format(sql, "(SELECT value FROM extra WHERE extra.tbl = '%s' AND extra.record_id = %s.id AND extra.name = '%s')",
		              t->table, alias, f->name);
		return RC_OK;
	}
	if (!table_has(t, f->name))
		return err_set(e, RC_INVALID, f->name, "表 %s 没有列 %s", t->table, f->name);
	if (f->type == FIELD_PICK)
		return add_pick_column(of, t, f, sql, e);
	if (f->sealed || f->type == FIELD_IDNUMBER)
		strbuf_format(sql, "iif(%s.\"%s\" IS NULL, NULL, '*')", alias, f->name);
	else
		add_text_column(sql, alias, t, f->name, f->sensitive);
	return RC_OK;
}

/* The tables of STORE_TABLES that a form's rows come from. */
static table_set tables_read(const struct office *of, const struct form *form)
{
	static const struct {
		const char *name;
		int bit;
	} tables[] = {
#define X(upper, lower) { #lower, TABLE_##upper },
		STORE_TABLES(X)
#undef X
	};
	table_set bits = TBL_EXTRA;

	for (size_t i = 0; i < COUNT(tables); i++) {
		bool read = strcmp(tables[i].name, form->table) == 0;

		for (size_t k = 0; k < form->n_columns && !read; k++) {
			const struct field *f = form->columns[k].field;
			const struct form *target = f->type == FIELD_PICK ? form_find(of->forms, f->pick_form) : NULL;

			read = target && strcmp(tables[i].name, target->table) == 0;
		}
		if (read)
			bits |= (table_set)1 << tables[i].bit;
	}
	return bits;
}

enum rc register_list_spec(struct office *of, const struct form *form, struct arena *a, struct list_spec *out, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	struct table_columns t;
	enum rc rc;

	if (!register_may_view(of, form))
		return err_set(e, RC_DENIED, NULL, "%s不能查看%s", role_label(of->me.role), form->title);
	if (form->n_columns == 0)
		return err_set(e, RC_INVALID, NULL, "%s 没有写 [list] columns，不能列出", form->path);
	if ((rc = table_columns_load(of->st, form->table, a, &t, e)) != RC_OK)
		return rc;
	strbuf_add(&sql, "SELECT ");
	for (size_t i = 0; i < form->n_columns; i++) {
		if ((rc = add_column(of, &t, form->columns[i].field, &sql, e)) != RC_OK)
			return rc;
		strbuf_add(&sql, ", ");
	}
	if (table_has(&t, "grid_id"))
		strbuf_format(&sql, "\"%s\".grid_id", form->table);
	else
		strbuf_add(&sql, strcmp(form->table, "grid") == 0 ? "coalesce(grid.parent_id, grid.id)" : "NULL");
	strbuf_format(&sql, " FROM \"%s\" WHERE \"%s\".id = :id", form->table, form->table);
	*out = (struct list_spec){
		.table = t.table, .row = arena_copy(a, strbuf_str(&sql)), .n_columns = form->n_columns + 1,
		.live = table_has(&t, "deleted_at") ? "deleted_at IS NULL" : "1", .reads = tables_read(of, form),
	};
	return RC_OK;
}

enum rc register_order(struct office *of, const struct form *form, const char *column, bool descending, struct arena *a, struct list_order *out,
                       struct err *e)
{
	struct table_columns t;
	const struct field *f = form_field(form, column);
	const char *sorted;
	enum rc rc;

	if ((rc = table_columns_load(of->st, form->table, a, &t, e)) != RC_OK)
		return rc;
	sorted = table_pinyin(&t, column);
	if (sorted == NULL || !table_is_indexed(&t, sorted)) {
		bool address = strcmp(column, "household_id") == 0 && table_is_indexed(&t, "address_key");

		sorted = address ? "address_key" : arena_copy(a, column);
	}
	if (!table_is_indexed(&t, sorted))
		return err_set(e, RC_INVALID, f ? f->name : NULL, "不能按%s排序", f ? f->label : column);
	*out = (struct list_order){ .column = sorted, .descending = descending };
	return RC_OK;
}

static void show_typed(const struct field *f, const char *raw, bool masked, struct strbuf *out)
{
	struct value v = { 0 };
	bool number = f->type == FIELD_INT || f->type == FIELD_MONEY || f->type == FIELD_DATE || f->type == FIELD_TIME || f->type == FIELD_YESNO;
	struct err ignored;

	if (f->extra) {
		if (field_parse(f, raw, 0, &v, &ignored) != RC_OK)
			value_set_text(&v, raw);
	} else if (number) {
		value_set_number(&v, strtoll(raw, NULL, 10));
	} else {
		value_set_text(&v, raw);
	}
	field_show(f, &v, masked, out);
	value_clear(&v);
}

void register_show(const struct office *of, const struct field *f, const char *raw, int64_t grid_id, struct strbuf *out)
{
	const char *separator = strchr(raw, SHORT_FORM);
	const struct form *target = f->type == FIELD_PICK ? form_find(of->forms, f->pick_form) : NULL;
	const struct field *name = target ? form_field(target, target->name_field) : f;
	bool seen = office_sees(of, name ? name : f, grid_id);

	if (*raw == '\0')
		return;
	if (f->sealed || f->type == FIELD_IDNUMBER)
		strbuf_add(out, MASKED);
	else if (separator)
		strbuf_add_n(out, seen ? raw : separator + 1, seen ? (size_t)(separator - raw) : strlen(separator + 1));
	else if (f->type == FIELD_PICK)
		strbuf_add(out, seen ? raw : MASKED);
	else
		show_typed(f, raw, !seen, out);
}

void register_cell(const struct office *of, const struct form *form, const struct list *l, size_t i, size_t column, struct strbuf *out)
{
	int64_t grid_id = strtoll(list_text(l, i, form->n_columns), NULL, 10);

	register_show(of, form->columns[column].field, list_text(l, i, column), grid_id, out);
}
