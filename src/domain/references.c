/* Which columns refer to a table. SQLite keeps the text of CREATE TABLE with its comments: each column's line says what it points to. */
#include "references.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "store/stmt.h"

struct found {
	struct reference *list;
	size_t n, cap;
};

static size_t identifier_bytes(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* Whether a line's comment points to the table, and its column's name. */
static bool points_to(const char *line, size_t n, const char *table, const char **column, size_t *column_bytes)
{
	const char *end = line + n;
	const char *arrow = memmem(line, n, "-> ", 3);
	size_t table_bytes = strlen(table);

	if (arrow == NULL || (size_t)(end - arrow) < 3 + table_bytes || identifier_bytes(arrow + 3) != table_bytes ||
	    strncmp(arrow + 3, table, table_bytes) != 0)
		return false;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	*column = line;
	*column_bytes = identifier_bytes(line);
	return *column_bytes > 0;
}

static void read_table(const char *name, const char *sql, const char *table, struct arena *a, struct found *f)
{
	while (*sql) {
		size_t n = strcspn(sql, "\n"), column_bytes;
		const char *column;

		if (points_to(sql, n, table, &column, &column_bytes)) {
			f->list = mem_grow(f->list, &f->cap, f->n + 1, sizeof *f->list);
			f->list[f->n++] = (struct reference){ arena_copy(a, name), arena_copy_n(a, column, column_bytes) };
		}
		sql += n + (sql[n] == '\n');
	}
}

enum rc references_to(struct store *st, const char *table, struct arena *a, struct reference **out, size_t *n, struct err *e)
{
	struct found f = { 0 };
	bool row;
	enum rc rc;

	AUTO_STMT q = stmt_use(st, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name IN (SELECT tbl FROM journaled) ORDER BY name /*scan*/");
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		read_table(column_text(&q, 0), column_text(&q, 1), table, a, &f);
	if (rc == RC_OK) {
		*out = arena_alloc(a, f.n * sizeof *f.list + 1);
		if (f.n > 0)
			memcpy(*out, f.list, f.n * sizeof *f.list);
		*n = f.n;
	}
	mem_free_pointer(&f.list);
	return rc;
}
