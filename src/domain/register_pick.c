/* What fields that point at other records show: names by form, masked or shortened for those who may not read them. */
#include "domain/register_pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "domain/register.h"
#include "domain/resident.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "table_columns.h"

#define MASKED "****"
#define SHORT_COLUMN "address_key"

/* The expression for the grid of a row of this table. */
static const char *grid_column(const struct table_columns *t)
{
	if (table_has(t, "grid_id"))
		return "grid_id";
	return strcmp(t->table, "grid") == 0 ? "coalesce(parent_id, id)" : "NULL";
}

enum rc register_grid(struct office *of, const struct form *form, int64_t id, int64_t *grid_id, struct err *e)
{
	struct table_columns t;
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF sql = { 0 };
	bool row;
	enum rc rc;

	if ((rc = table_columns_load(of->st, form->table, &a, &t, e)) != RC_OK)
		return rc;
	strbuf_format(&sql, "SELECT %s FROM \"%s\" WHERE id = :id", grid_column(&t), t.table);
	AUTO_STMT q = stmt_use_temporary(of->st, strbuf_str(&sql));
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "这条%s记录已经没有了", form->title);
	*grid_id = column_int(&q, 0);
	return RC_OK;
}

enum rc register_label(struct office *of, const struct form *form, int64_t id, char **label, struct err *e)
{
	const struct field *name = form_field(form, form->name_field);
	struct table_columns t;
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF sql = { 0 };
	bool row;
	enum rc rc;

	if (name == NULL || !name->sensitive)
		return record_label(of->st, form, id, label, e);
	if ((rc = table_columns_load(of->st, form->table, &a, &t, e)) != RC_OK)
		return rc;
	strbuf_format(&sql, "SELECT \"%s\", %s, %s FROM \"%s\" WHERE id = :id", name->name, grid_column(&t),
	              table_has(&t, SHORT_COLUMN) ? SHORT_COLUMN : "NULL", t.table);
	AUTO_STMT q = stmt_use_temporary(of->st, strbuf_str(&sql));
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		*label = mem_copy("");
	else if (office_sees(of, name, column_int(&q, 1)))
		*label = mem_copy(column_text(&q, 0));
	else
		*label = mem_copy(column_text(&q, 2)[0] ? column_text(&q, 2) : MASKED);
	return RC_OK;
}

/* Names that the account may not read give way to their short form; a detail that says the same is left out. */
static enum rc mask_candidates(struct office *of, const struct form *form, struct candidate *c, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		char *label;
		enum rc rc = register_label(of, form, c[i].id, &label, e);

		if (rc != RC_OK)
			return rc;
		free(c[i].label);
		c[i].label = label;
		if (c[i].detail && strcmp(c[i].detail, label) == 0)
			c[i].detail[0] = '\0';
	}
	return RC_OK;
}

enum rc register_candidates(struct office *of, const struct form *form, const char *typed, size_t max,
                            struct candidate **out, size_t *n, struct err *e)
{
	const struct field *name = form_field(form, form->name_field);
	struct candidate *found = NULL;
	size_t count = 0;
	enum rc rc;

	if (strcmp(form->name, "resident") == 0)
		return resident_find(of, typed, max, out, n, e);
	if ((rc = record_candidates(of->st, form, typed, max, &found, &count, e)) != RC_OK)
		return rc;
	if (name && name->sensitive && (rc = mask_candidates(of, form, found, count, e)) != RC_OK) {
		candidates_free(found, count);
		return rc;
	}
	*out = found;
	*n = count;
	return RC_OK;
}

bool register_may_add(const struct office *of, const struct form *form)
{
	if (!register_may_edit(of, form))
		return false;
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].required && form->fields[i].readonly)
			return false;
	return true;
}

enum rc register_count(struct office *of, const struct form *form, int64_t *count, struct err *e)
{
	struct table_columns t;
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF sql = { 0 };
	enum rc rc;

	if ((rc = table_columns_load(of->st, form->table, &a, &t, e)) != RC_OK)
		return rc;
	strbuf_format(&sql, "SELECT count(*) FROM \"%s\" WHERE %s /*scan*/", t.table, table_has(&t, "deleted_at") ? "deleted_at IS NULL" : "1");
	AUTO_STMT q = stmt_use_temporary(of->st, strbuf_str(&sql));
	return stmt_int(&q, count, e);
}

enum rc register_restore(struct office *of, const struct form *form, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	char verb[64];
	enum rc rc;

	if (!register_may_edit(of, form))
		return err_set(e, RC_DENIED, NULL, "%s不能修改%s", role_label(of->me.role), form->title);
	snprintf(verb, sizeof verb, "%.50s.restore", form->name);
	if ((rc = txn_begin(&t, of->st, verb, e)) != RC_OK || (rc = record_restore(of->st, form, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
