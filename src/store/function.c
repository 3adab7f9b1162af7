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

/* yl_json(name, wanted, value, …): an object of the wanted ones. */
static void f_json(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF out = { 0 };

	if (n % 3 != 0) {
		sqlite3_result_error(c, "yl_json: three arguments a column", -1);
		return;
	}
	strbuf_add_char(&out, '{');
	for (int i = 0; i < n; i += 3) {
		if (!sqlite3_value_int(args[i + 1]))
			continue;
		if (out.n > 1)
			strbuf_add_char(&out, ',');
		json_text(&out, (const char *)sqlite3_value_text(args[i]), (size_t)sqlite3_value_bytes(args[i]));
		strbuf_add_char(&out, ':');
		json_value(&out, args[i + 2]);
	}
	strbuf_add_char(&out, '}');
	sqlite3_result_text64(c, strbuf_str(&out), out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
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
		{ "yl_json_value", 2, f_json_value },
	};

	/* Innocuous: else trusted_schema=OFF keeps them out of triggers. */
	for (size_t i = 0; i < COUNT(functions); i++)
		if (sqlite3_create_function(st->db, functions[i].name, functions[i].arguments, SQLITE_UTF8 | SQLITE_INNOCUOUS,
		                            st, functions[i].call, NULL, NULL) != SQLITE_OK)
			return db_fail(st, e);
	return RC_OK;
}
