/* The SQL functions that derived columns and pickers use: pinyin, telephone tails, addresses, hashes of sealed values. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "internal.h"
#include "store/seal.h"

static const char *text_of(sqlite3_value *v)
{
	const unsigned char *s = sqlite3_value_text(v);

	return s ? (const char *)s : "";
}

static void answer(sqlite3_context *c, const struct strbuf *text)
{
	sqlite3_result_text64(c, strbuf_str(text), text->n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void f_pinyin(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF out = { 0 };

	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL)
		return;
	pinyin_name(&out, text_of(args[0]));
	answer(c, &out);
}

static void f_initials(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF out = { 0 };

	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL)
		return;
	pinyin_initials(&out, text_of(args[0]));
	answer(c, &out);
}

/* Reversed, so that the tail of a telephone number becomes a prefix that an index can find. */
static void f_reversed_digits(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF folded = { 0 }, out = { 0 };

	(void)n;
	text_fold(&folded, text_of(args[0]));
	for (size_t i = folded.n; i-- > 0; )
		if (folded.s[i] >= '0' && folded.s[i] <= '9')
			strbuf_add_char(&out, folded.s[i]);
	if (out.n > 0)
		answer(c, &out);
}

/* yl_address_key(building number, unit, room): '3-2-501', '3-501' where there is no unit. */
static void f_address_key(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF out = { 0 };

	if (*text_of(args[0]) == '\0')
		return;
	for (int i = 0; i < n; i++) {
		const char *part = text_of(args[i]);

		if (*part == '\0')
			continue;
		if (out.n > 0)
			strbuf_add_char(&out, '-');
		text_fold(&out, part);
	}
	answer(c, &out);
}

/* A number gets its word; what somebody wrote out ("东单元", "后间") stays. */
static void add_part(struct strbuf *out, const char *part, const char *word)
{
	size_t n = strlen(part);

	if (n == 0)
		return;
	strbuf_add(out, part);
	if ((unsigned char)part[n - 1] < 0x80)
		strbuf_add(out, word);
}

/* yl_address_text(place, unit, room): '西林小区3幢2单元501室'. */
static void f_address_text(sqlite3_context *c, int n, sqlite3_value **args)
{
	AUTO_STRBUF out = { 0 };

	(void)n;
	strbuf_add(&out, text_of(args[0]));
	add_part(&out, text_of(args[1]), "单元");
	add_part(&out, text_of(args[2]), "室");
	if (out.n > 0)
		answer(c, &out);
}

/* yl_sealed_hash(sealed, table, id, column): NULL for none, and for what this office's key does not open. */
static void f_sealed_hash(sqlite3_context *c, int n, sqlite3_value **args)
{
	const struct store *st = sqlite3_user_data(c);
	const void *sealed = sqlite3_value_blob(args[0]);
	AUTO_FREE char *plain = NULL;
	unsigned char hash[SEAL_HASH_BYTES];
	const char *table = text_of(args[1]), *column = text_of(args[3]);

	(void)n;
	if (sealed == NULL ||
	    seal_open(st, table, sqlite3_value_int64(args[2]), column, sealed, (size_t)sqlite3_value_bytes(args[0]), &plain, NULL) != RC_OK)
		return;
	seal_hash(st, table, column, plain, hash);
	sqlite3_result_blob(c, hash, sizeof hash, SQLITE_TRANSIENT);
}

static void f_pinyin_match(sqlite3_context *c, int n, sqlite3_value **args)
{
	(void)n;
	sqlite3_result_int(c, pinyin_match(text_of(args[0]), text_of(args[1])));
}

static void f_pinyin_find(sqlite3_context *c, int n, sqlite3_value **args)
{
	(void)n;
	sqlite3_result_int(c, pinyin_find(text_of(args[0]), text_of(args[1])));
}

enum rc function_register_text(struct store *st, struct err *e)
{
	static const struct {
		const char *name;
		int arguments;
		void (*call)(sqlite3_context *c, int n, sqlite3_value **args);
	} functions[] = {
		{ "yl_pinyin", 1, f_pinyin }, { "yl_initials", 1, f_initials }, { "yl_reversed_digits", 1, f_reversed_digits },
		{ "yl_address_key", 3, f_address_key }, { "yl_address_text", 3, f_address_text },
		{ "yl_sealed_hash", 4, f_sealed_hash },
		{ "yl_pinyin_match", 2, f_pinyin_match }, { "yl_pinyin_find", 2, f_pinyin_find },
	};

	for (size_t i = 0; i < COUNT(functions); i++)
		if (sqlite3_create_function(st->db, functions[i].name, functions[i].arguments,
		                            SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC, st,
		                            functions[i].call, NULL, NULL) != SQLITE_OK)
			return db_fail(st, e);
	return RC_OK;
}
