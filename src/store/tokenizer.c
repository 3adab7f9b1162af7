/* The full text tokenizer "han": each Han character is a token, other letters and digits form words, in folded form (ａ A a are one).
 *
 * A query in double quotes is then an exact substring of one character or more, which neither the trigram tokenizer nor LIKE on it gives.
 */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "internal.h"

#define WORD_BYTES 128

bool search_is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF) || cp == 0x3007;
}

/* Letters, digits and marks of any script; ASCII after folding of width and case. */
bool search_is_word(uint32_t cp, uint32_t *folded)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFEE0;
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	*folded = cp;
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
	return (cp >= 0xC0 && cp <= 0x1FFF && cp != 0xD7 && cp != 0xF7) || (cp >= 0x3040 && cp <= 0x30FF) ||
	       (cp >= 0xAC00 && cp <= 0xD7A3);
}

typedef int emit_token(void *context, int flags, const char *token, int n, int start, int end);

/* The word that starts at `at`: gathered folded, cut at WORD_BYTES; *end is where it ends. */
static int take_word(const char *text, int n, int at, char word[WORD_BYTES], int *end)
{
	int length = 0;

	while (at < n) {
		uint32_t cp, folded;
		char bytes[4];
		size_t step = text_decode(text + at, (size_t)(n - at), &cp), size;

		if (search_is_han(cp) || !search_is_word(cp, &folded))
			break;
		size = text_encode(folded, bytes);
		if (length + (int)size <= WORD_BYTES) {
			memcpy(word + length, bytes, size);
			length += (int)size;
		}
		at += (int)step;
	}
	*end = at;
	return length;
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int n, emit_token *emit)
{
	int at = 0, result = SQLITE_OK;

	(void)self, (void)flags;
	while (at < n && result == SQLITE_OK) {
		char word[WORD_BYTES];
		uint32_t cp;
		int step = (int)text_decode(text + at, (size_t)(n - at), &cp), end, length;

		if (search_is_han(cp)) {
			result = emit(context, 0, text + at, step, at, at + step);
			at += step;
			continue;
		}
		length = take_word(text, n, at, word, &end);
		if (length > 0)
			result = emit(context, 0, word, length, at, end);
		at = end > at ? end : at + step;
	}
	return result;
}

static int create(void *context, const char **args, int n, Fts5Tokenizer **out)
{
	(void)args, (void)n;
	*out = context;                            /* no state of its own */
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *self)
{
	(void)self;
}

enum rc tokenizer_register(struct store *st, struct err *e)
{
	static fts5_tokenizer han = { create, destroy, tokenize };
	fts5_api *api = NULL;
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(st->db, "SELECT fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(q, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(q);
	}
	sqlite3_finalize(q);
	if (api == NULL)
		return err_set(e, RC_DB, NULL, "系统的 SQLite 没有全文检索（FTS5），请安装 Debian 的 libsqlite3-0");
	return api->xCreateTokenizer(api, "han", st, &han, NULL) == SQLITE_OK ? RC_OK : db_fail(st, e);
}
