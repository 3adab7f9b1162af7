/* References, read from the comments of the schema: SQLite keeps the text of CREATE TABLE as it was written. */
#include "store/reference.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

void references_release(struct references *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->list[i].table);
		free(r->list[i].column);
		free(r->list[i].target);
		free(r->list[i].target_column);
	}
	free(r->list);
	*r = (struct references){ 0 };
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (islower((unsigned char)s[n]) || isdigit((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* One line of CREATE TABLE: "  parent_id  INTEGER,  -- -> grid, of a micro grid". The comment stands behind the column it speaks of; a column that was
 * added later begins with the comma. */
static void read_line(struct references *r, const char *table, const char *line, size_t n)
{
	AUTO_FREE char *text = mem_copy_n(line, n);
	const char *comment = strstr(text, "--"), *arrow = comment ? strstr(comment, "-> ") : NULL;
	const char *column = text + strspn(text, " \t,"), *target;
	struct reference found = { 0 };
	bool named;

	if (arrow == NULL || column == comment || word_length(column) == 0)
		return;
	target = arrow + strlen("-> ");
	named = *target == '[';
	target += named;
	if (word_length(target) == 0)
		return;
	found.table = mem_copy(table);
	found.column = mem_copy_n(column, word_length(column));
	if (named)
		found.target_column = mem_copy_n(target, word_length(target));
	else
		found.target = mem_copy_n(target, word_length(target));
	r->list = mem_grow(r->list, &r->cap, r->n + 1, sizeof *r->list);
	r->list[r->n++] = found;
}

/* What was read last is not what was asked for. */
static void drop_last(struct references *r, const char *target)
{
	struct reference *last = &r->list[r->n - 1];

	if (last->target && strcmp(last->target, target) == 0)
		return;
	r->n--;
	free(last->table);
	free(last->column);
	free(last->target);
	free(last->target_column);
}

enum rc references_load(struct store *st, const char *target, struct references *out, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%-> %' ORDER BY name /*scan*/");
	AUTO_REFERENCES r = { 0 };
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		for (const char *line = column_text(&q, 1); *line; ) {
			size_t n = strcspn(line, "\n"), before = r.n;

			read_line(&r, column_text(&q, 0), line, n);
			if (target && r.n > before)
				drop_last(&r, target);
			line += n + (line[n] == '\n');
		}
	if (rc != RC_OK)
		return rc;
	references_release(out);
	*out = r;
	r = (struct references){ 0 };
	return RC_OK;
}
