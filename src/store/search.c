/* Full text: what a person typed as a query for the tokenizer, and the functions by which triggers keep an index.
 *
 * With trusted_schema=OFF a trigger may not write a virtual table, so that it calls a function that does.
 */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "internal.h"

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x3000;
}

/* One word as a phrase; quotes are left out, for the tokenizer drops them anyway. */
static void add_phrase(struct strbuf *out, const char *s, size_t n)
{
	bool any = false;
	uint32_t cp, folded;

	for (size_t i = 0; i < n && !any; i += text_decode(s + i, n - i, &cp)) {
		text_decode(s + i, n - i, &cp);
		any = search_is_han(cp) || search_is_word(cp, &folded);
	}
	if (!any)
		return;
	strbuf_add(out, out->n > 0 ? " AND \"" : "\"");
	for (size_t i = 0; i < n; i++)
		if (s[i] != '"')
			strbuf_add_char(out, s[i]);
	strbuf_add_char(out, '"');
}

void search_query(struct strbuf *out, const char *typed)
{
	size_t n = strlen(typed), start = 0;
	uint32_t cp;

	for (size_t i = 0, step; i < n; i += step) {
		step = text_decode(typed + i, n - i, &cp);
		if (!is_blank(cp))
			continue;
		add_phrase(out, typed + start, i - start);
		start = i + step;
	}
	add_phrase(out, typed + start, n - start);
}

static bool is_text_index(const char *name)
{
	size_t n = strlen(name);

	return n > 5 && strcmp(name + n - 5, "_text") == 0 && table_is_identifier(name);
}

/* INSERT of one row into an external-content index; "delete" as the index's own column takes the same values out again. */
static void write_index(sqlite3_context *c, int n, sqlite3_value **args, bool drop)
{
	struct store *st = sqlite3_user_data(c);
	const char *index = n > 0 ? (const char *)sqlite3_value_text(args[0]) : NULL;
	AUTO_STRBUF sql = { 0 };
	struct err e = { 0 };

	if (n < 4 || n % 2 != 0 || index == NULL || !is_text_index(index)) {
		sqlite3_result_error(c, "yl_text: index, id, and a name and a value for each column", -1);
		return;
	}
	strbuf_format(&sql, "INSERT INTO \"%s\" (%s%s%s", index, drop ? "\"" : "", drop ? index : "", drop ? "\", rowid" : "rowid");
	for (int i = 2; i < n; i += 2)
		strbuf_format(&sql, ", \"%s\"", (const char *)sqlite3_value_text(args[i]));
	strbuf_format(&sql, ") VALUES (%s:id", drop ? "'delete', " : "");
	for (int i = 2; i < n; i += 2)
		strbuf_format(&sql, ", ?%d", 100 + i);
	strbuf_add_char(&sql, ')');

	AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

	bind_int(&q, ":id", sqlite3_value_int64(args[1]));
	for (int i = 2; i < n && q.fault.code == RC_OK; i += 2)
		sqlite3_bind_value(q.raw, 100 + i, args[i + 1]);
	if (stmt_run(&q, &e) != RC_OK)
		sqlite3_result_error(c, e.text, -1);
}

static void f_text_add(sqlite3_context *c, int n, sqlite3_value **args)
{
	write_index(c, n, args, false);
}

static void f_text_drop(sqlite3_context *c, int n, sqlite3_value **args)
{
	write_index(c, n, args, true);
}

enum rc search_register(struct store *st, struct err *e)
{
	const int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;

	if (sqlite3_create_function(st->db, "yl_text_add", -1, flags, st, f_text_add, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function(st->db, "yl_text_drop", -1, flags, st, f_text_drop, NULL, NULL) != SQLITE_OK)
		return db_fail(st, e);
	return RC_OK;
}
