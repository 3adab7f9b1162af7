/* Live tables: which columns there are, which of them are journaled, derived, or travel in a group. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

bool table_is_identifier(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n < 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == n && !(*name >= '0' && *name <= '9');
}

const struct column *table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return &t->columns[i];
	return NULL;
}

static void table_free(struct table *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++) {
		free(t->columns[i].name);
		free(t->columns[i].type);
		free(t->columns[i].initial);
	}
	free(t->columns);
	free(t->name);
	free(t);
}

void table_cache_clear(struct store *st)
{
	while (st->tables) {
		struct table *t = st->tables;

		st->tables = t->next;
		table_free(t);
	}
}

static enum rc load_columns(struct store *st, struct table *t, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info(:table)");
	size_t cap = 0;
	bool row = false;
	enum rc rc;

	bind_text(&q, ":table", t->name);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct column *c;

		t->columns = mem_grow(t->columns, &cap, t->n + 1, sizeof *t->columns);
		c = &t->columns[t->n++];
		*c = (struct column){ 0 };
		c->name = mem_copy(column_text(&q, 0));
		c->type = mem_copy(column_text(&q, 1));
		c->required = column_int(&q, 2) != 0;
		c->initial = column_is_null(&q, 3) ? NULL : mem_copy(column_text(&q, 3));
	}
	return rc;
}

/* Whether `word` is one of the blank-separated words of s[0..n). */
static bool has_word(const char *s, size_t n, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i < n; ) {
		size_t end = i;

		while (end < n && s[end] != ' ')
			end++;
		if (end - i == length && memcmp(s + i, word, length) == 0)
			return true;
		i = end + 1;
	}
	return false;
}

/* Which group of 'a b c; d e' a column is in, from 1; 0 for none. */
static int group_of(const char *groups, const char *column)
{
	for (int g = 1; *groups; g++) {
		size_t n = strcspn(groups, ";");

		if (has_word(groups, n, column))
			return g;
		groups += n + (groups[n] == ';');
	}
	return 0;
}

static enum rc mark_columns(struct store *st, struct table *t, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT derived, groups FROM journaled WHERE tbl = :table");
	const char *derived, *groups;
	bool row = false;
	enum rc rc;

	bind_text(&q, ":table", t->name);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	t->journaled = true;
	derived = column_text(&q, 0);
	groups = column_text(&q, 1);
	for (size_t i = 0; i < t->n; i++) {
		struct column *c = &t->columns[i];

		c->derived = has_word(derived, strlen(derived), c->name);
		c->journaled = !c->derived && strcmp(c->name, "id") != 0 && strcmp(c->name, "rev") != 0;
		c->group = group_of(groups, c->name);
	}
	return RC_OK;
}

enum rc table_load(struct store *st, const char *name, const struct table **out, struct err *e)
{
	struct table *t;
	enum rc rc;

	for (t = st->tables; t; t = t->next)
		if (strcmp(t->name, name) == 0) {
			*out = t;
			return RC_OK;
		}
	t = mem_alloc(sizeof *t);
	t->name = mem_copy(name);
	if ((rc = load_columns(st, t, e)) == RC_OK && t->n == 0)
		rc = err_set(e, RC_NOTFOUND, NULL, "数据库里没有表 %s", name);
	if (rc != RC_OK || (rc = mark_columns(st, t, e)) != RC_OK) {
		table_free(t);
		return rc;
	}
	t->next = st->tables;
	st->tables = t;
	*out = t;
	return RC_OK;
}

enum rc table_journaled(struct store *st, char ***names, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT tbl FROM journaled ORDER BY rowid /*scan*/");
	char **list = NULL;
	size_t count = 0, cap = 0;
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		list = mem_grow(list, &cap, count + 1, sizeof *list);
		list[count++] = mem_copy(column_text(&q, 0));
	}
	if (rc != RC_OK) {
		table_names_free(list, count);
		return rc;
	}
	*names = list;
	*n = count;
	return RC_OK;
}

void table_names_free(char **names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
}
