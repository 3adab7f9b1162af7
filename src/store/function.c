/* The SQL functions that the journal's triggers call. They exist on this program's connections alone, so that a write from anywhere
 * else fails instead of passing the journal by. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define NOT_IN_TXN "没有事务，不能写入需要记台账的表"
#define SALT_BYTES 16

static struct store *store_of(sqlite3_context *c)
{
	return sqlite3_user_data(c);
}

/* The store, if a transaction runs; else the statement fails. */
static struct store *writing(sqlite3_context *c)
{
	struct store *st = store_of(c);

	if (st->depth > 0)
		return st;
	sqlite3_result_error(c, NOT_IN_TXN, -1);
	return NULL;
}

static void f_site(sqlite3_context *c, int n, sqlite3_value **args)
{
	struct store *st = writing(c);

	(void)n, (void)args;
	if (st)
		sqlite3_result_int64(c, st->next.site);
}

static void f_no(sqlite3_context *c, int n, sqlite3_value **args)
{
	struct store *st = writing(c);

	(void)n, (void)args;
	if (st)
		sqlite3_result_int64(c, st->next.no);
}

static enum rc count_ops(struct store *st, int64_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT count(*) FROM journal WHERE site = :site AND no = :no");

	bind_int(&q, ":site", st->next.site);
	bind_int(&q, ":no", st->next.no);
	return stmt_int(&q, n, e);
}

static void f_k(sqlite3_context *c, int n, sqlite3_value **args)
{
	struct store *st = writing(c);
	struct err e = { 0 };

	(void)n, (void)args;
	if (st == NULL)
		return;
	if (st->k < 0 && count_ops(st, &st->k, &e) != RC_OK) {
		sqlite3_result_error(c, e.text, -1);
		return;
	}
	sqlite3_result_int64(c, st->k++);
}

static void f_hlc(sqlite3_context *c, int n, sqlite3_value **args)
{
	struct store *st = writing(c);

	(void)n, (void)args;
	if (st)
		sqlite3_result_int64(c, st->next.hlc);
}

static void f_actor(sqlite3_context *c, int n, sqlite3_value **args)
{
	struct store *st = store_of(c);

	(void)n, (void)args;
	if (st->actor)
		sqlite3_result_int64(c, st->actor);
}

static void f_verb(sqlite3_context *c, int n, sqlite3_value **args)
{
	(void)n, (void)args;
	sqlite3_result_text(c, store_of(c)->verb, -1, SQLITE_TRANSIENT);
}

static void f_schema(sqlite3_context *c, int n, sqlite3_value **args)
{
	(void)n, (void)args;
	sqlite3_result_int(c, store_schema_version());
}

static void f_salt(sqlite3_context *c, int n, sqlite3_value **args)
{
	unsigned char salt[SALT_BYTES];

	(void)n, (void)args;
	random_bytes(store_of(c), salt, sizeof salt);
	sqlite3_result_blob(c, salt, sizeof salt, SQLITE_TRANSIENT);
}

static void f_sealing(sqlite3_context *c, int n, sqlite3_value **args)
{
	(void)n, (void)args;
	sqlite3_result_int(c, store_of(c)->sealing);
}

/* Objects of columns -------------------------------------------------------------------------------------------------------------- */

/* One word of "name name:a name:a …": a column; those with the same letter travel together. */
struct column_word {
	const char *name;
	size_t n;
	unsigned group;               /* a bit; 0: none */
};

static bool next_column(const char **rest, struct column_word *w)
{
	const char *colon;
	size_t n = strcspn(*rest, " ");

	if (n == 0)
		return false;
	colon = memchr(*rest, ':', n);
	*w = (struct column_word){ .name = *rest, .n = colon ? (size_t)(colon - *rest) : n, .group = colon ? 1U << (colon[1] - 'a') % 32 : 0 };
	*rest += n;
	*rest += **rest == ' ';
	return true;
}

static void add_member(struct strbuf *out, const struct column_word *w, sqlite3_value *value)
{
	if (out->n > 1)
		strbuf_add_char(out, ',');
	json_text(out, w->name, w->n);
	strbuf_add_char(out, ':');
	json_value(out, value);
}

static void end_object(sqlite3_context *c, struct strbuf *out)
{
	strbuf_add_char(out, '}');
	sqlite3_result_text64(c, strbuf_str(out), out->n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* yl_json(columns, value, …): those that are not NULL. */
static void f_json(sqlite3_context *c, int n, sqlite3_value **args)
{
	const char *rest = (const char *)sqlite3_value_text(args[0]);
	struct column_word w;
	AUTO_STRBUF out = { 0 };

	strbuf_add_char(&out, '{');
	for (int i = 1; i < n && rest && next_column(&rest, &w); i++)
		if (sqlite3_value_type(args[i]) != SQLITE_NULL)
			add_member(&out, &w, args[i]);
	end_object(c, &out);
}

/* As SQL's IS, for values of one column. */
static bool is_same(sqlite3_value *a, sqlite3_value *b)
{
	int type = sqlite3_value_type(a), n;

	if (type != sqlite3_value_type(b))
		return false;
	switch (type) {
	case SQLITE_NULL:
		return true;
	case SQLITE_INTEGER:
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	case SQLITE_FLOAT:
		return sqlite3_value_double(a) == sqlite3_value_double(b);
	default:
		n = sqlite3_value_bytes(a);
		return n == sqlite3_value_bytes(b) && (n == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)n) == 0);
	}
}

static unsigned groups_changed(const char *columns, int n, sqlite3_value **args)
{
	struct column_word w;
	unsigned groups = 0;

	for (int i = 1; i + 1 < n && columns && next_column(&columns, &w); i += 2)
		if (!is_same(args[i], args[i + 1]))
			groups |= w.group;
	return groups;
}

/* yl_json_old(columns, old, new, …) and yl_json_new: one side of those that differ, and of all that travel with one. */
static void json_side(sqlite3_context *c, int n, sqlite3_value **args, int side)
{
	const char *rest = (const char *)sqlite3_value_text(args[0]);
	unsigned groups = groups_changed(rest, n, args);
	struct column_word w;
	AUTO_STRBUF out = { 0 };

	strbuf_add_char(&out, '{');
	for (int i = 1; i + 1 < n && rest && next_column(&rest, &w); i += 2)
		if ((w.group & groups) || !is_same(args[i], args[i + 1]))
			add_member(&out, &w, args[i + side]);
	end_object(c, &out);
}

static void f_json_old(sqlite3_context *c, int n, sqlite3_value **args)
{
	json_side(c, n, args, 0);
}

static void f_json_new(sqlite3_context *c, int n, sqlite3_value **args)
{
	json_side(c, n, args, 1);
}

/* yl_json_value(type, value) of a row of json_each: the value as it stood in its column. */
static void f_json_value(sqlite3_context *c, int n, sqlite3_value **args)
{
	const char *type = (const char *)sqlite3_value_text(args[0]), *text = (const char *)sqlite3_value_text(args[1]);
	unsigned char *bytes;
	size_t size;

	(void)n;
	if (type && text && strcmp(type, "object") == 0 && json_blob_bytes(text, &bytes, &size))
		sqlite3_result_blob64(c, bytes, size, free);
	else
		sqlite3_result_value(c, args[1]);
}

enum rc function_register(struct store *st, struct err *e)
{
	static const struct {
		const char *name;
		int arguments;
		void (*call)(sqlite3_context *c, int n, sqlite3_value **args);
	} functions[] = {
		{ "yl_site", 0, f_site }, { "yl_no", 0, f_no }, { "yl_k", 0, f_k }, { "yl_hlc", 0, f_hlc },
		{ "yl_actor", 0, f_actor }, { "yl_verb", 0, f_verb }, { "yl_schema", 0, f_schema },
		{ "yl_salt", 0, f_salt }, { "yl_sealing", 0, f_sealing }, { "yl_json", -1, f_json },
		{ "yl_json_old", -1, f_json_old }, { "yl_json_new", -1, f_json_new },
		{ "yl_json_value", 2, f_json_value },
	};

	/* Innocuous: else trusted_schema=OFF keeps them out of triggers. */
	for (size_t i = 0; i < COUNT(functions); i++)
		if (sqlite3_create_function(st->db, functions[i].name, functions[i].arguments, SQLITE_UTF8 | SQLITE_INNOCUOUS,
		                            st, functions[i].call, NULL, NULL) != SQLITE_OK)
			return db_fail(st, e);
	return RC_OK;
}
