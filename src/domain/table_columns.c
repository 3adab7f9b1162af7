/* Which columns a table really has, asked from SQLite. */
#include "table_columns.h"

#include <string.h>

#include "base/mem.h"
#include "store/stmt.h"

static size_t find_column(const struct table_columns *t, const char *column)
{
	size_t i = 0;

	while (i < t->n && strcmp(t->names[i], column) != 0)
		i++;
	return i;
}

static enum rc load_names(struct store *st, struct arena *a, struct table_columns *t, struct err *e)
{
	AUTO_FREE const char **names = NULL;
	size_t cap = 0, n = 0;
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(st, "SELECT name FROM pragma_table_info(:table) /*scan*/");

	bind_text(&q, ":table", t->table);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		names = mem_grow(names, &cap, n + 1, sizeof *names);
		names[n++] = arena_copy(a, column_text(&q, 0));
	}
	if (rc != RC_OK)
		return rc;
	if (n == 0)
		return err_set(e, RC_INVALID, NULL, "数据库里没有表 %s", t->table);
	t->names = arena_alloc(a, n * sizeof *names);
	memcpy(t->names, names, n * sizeof *names);
	t->indexed = arena_alloc(a, n * sizeof *t->indexed);
	t->n = n;
	return RC_OK;
}

static enum rc load_indexes(struct store *st, struct table_columns *t, struct err *e)
{
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(st,
		"SELECT c.name FROM pragma_index_list(:table) AS i, pragma_index_info(i.name) AS c WHERE c.seqno = 0 AND c.name IS NOT NULL /*scan*/");

	bind_text(&q, ":table", t->table);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		size_t i = find_column(t, column_text(&q, 0));

		if (i < t->n)
			t->indexed[i] = true;
	}
	return rc;
}

enum rc table_columns_load(struct store *st, const char *table, struct arena *a, struct table_columns *out, struct err *e)
{
	struct table_columns t = { .table = arena_copy(a, table) };
	enum rc rc;

	if ((rc = load_names(st, a, &t, e)) != RC_OK || (rc = load_indexes(st, &t, e)) != RC_OK)
		return rc;
	*out = t;
	return RC_OK;
}

bool table_has(const struct table_columns *t, const char *column)
{
	return find_column(t, column) < t->n;
}

bool table_is_indexed(const struct table_columns *t, const char *column)
{
	size_t i = find_column(t, column);

	return i < t->n && t->indexed[i];
}

const char *table_pinyin(const struct table_columns *t, const char *column)
{
	static const char text[] = "_text";
	size_t n = strlen(column), end = strlen(text);
	AUTO_FREE char *whole = mem_format("%s_pinyin", column);
	AUTO_FREE char *stem = n > end && strcmp(column + n - end, text) == 0 ? mem_format("%.*s_pinyin", (int)(n - end), column) : NULL;
	size_t i = find_column(t, whole);

	if (i == t->n && stem)
		i = find_column(t, stem);
	return i < t->n ? t->names[i] : NULL;
}
