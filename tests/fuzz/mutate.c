/* Damaging texts at random, the same way each time. */
#include "mutate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/test.h"
#include "base/text.h"

#define WORD(s) { s, sizeof(s) - 1 }

const struct hostile_word hostile_words[] = {
	WORD("\x1b[31m"), WORD("\x1b]0;x\a"), WORD("\x1b]52;c;eA==\x1b\\"), WORD("\x9b" "2J"), WORD("\xc2\x9b" "2J"), WORD("\x1b"), WORD("\x7f"),
	WORD("\b\b\b"), WORD("\x0e"), WORD("\0"), WORD("\r"), WORD("\r\n"), WORD("\n"), WORD("\n\n"), WORD("\t"), WORD("\v"),
	WORD("\xe2\x80\xae"), WORD("\xe2\x81\xa6"), WORD("\xe2\x80\x8b"), WORD("\xe2\x80\xa8"), WORD("\xef\xbb\xbf"), WORD("\xe2\x80\x8d"),
	WORD("\xff"), WORD("\xc0\x80"), WORD("\xed\xa0\x80"), WORD("\xf4\x90\x80\x80"), WORD("\xe7\x8e"), WORD("\xf0\x9f\x98\x80"), WORD("\xef\xbf\xbe"),
	WORD("\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"), WORD("\xee\x80\x80"), WORD("\xe3\x80\x80"), WORD("\xef\xbc\x9d"), WORD("%s%n%d"),
	WORD("["), WORD("]"), WORD("="), WORD(":"), WORD("\""), WORD("'"), WORD("\"\""), WORD(";"), WORD("#"), WORD("|"), WORD("\\"), WORD("\\\n"),
	WORD(","), WORD("."), WORD(".."), WORD("/"), WORD("-"), WORD("*"), WORD(" "), WORD("[form]\n"), WORD("[field x]\n"), WORD("type = "),
	WORD("99999999999999999999"), WORD("-1"), WORD("0"), WORD("1..0"), WORD("9223372036854775807"), WORD("1e99"), WORD("=1+1"), WORD("王秀英"),
};
const size_t hostile_word_count = COUNT(hostile_words);

uint64_t rng_next(struct rng *r)
{
	uint64_t x = r->state;                         /* xorshift64* (Vigna 2016) */

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	r->state = x;
	return x * UINT64_C(0x2545F4914F6CDD1D);
}

size_t rng_below(struct rng *r, size_t n)
{
	return (size_t)((rng_next(r) >> 16) % n);
}

/* Put `with` in place of n bytes at `at`. */
static void replace(struct strbuf *text, size_t at, size_t n, const char *with, size_t with_n)
{
	struct strbuf out = { 0 };

	strbuf_add_n(&out, strbuf_str(text), at);
	strbuf_add_n(&out, with, with_n);
	strbuf_add_n(&out, strbuf_str(text) + at + n, text->n - at - n);
	strbuf_release(text);
	*text = out;
}

static void insert_word(struct rng *r, struct strbuf *text, size_t at)
{
	const struct hostile_word *word = &hostile_words[rng_below(r, hostile_word_count)];

	replace(text, at, 0, word->bytes, word->n);
}

static void repeat_piece(struct rng *r, struct strbuf *text, size_t at, size_t len)
{
	AUTO_STRBUF piece = { 0 };
	size_t times = rng_below(r, 20) == 0 ? 400 : 1 + rng_below(r, 3);

	for (size_t i = 0; i < times && piece.n < 100000; i++)
		strbuf_add_n(&piece, strbuf_str(text) + at, len);
	replace(text, at, 0, strbuf_str(&piece), piece.n);
}

static void change_once(struct rng *r, struct strbuf *text)
{
	size_t at = rng_below(r, text->n + 1), left = text->n - at;
	size_t len = left ? 1 + rng_below(r, left < 60 ? left : 60) : 0;
	AUTO_STRBUF piece = { 0 };
	char byte = (char)rng_below(r, 256);

	switch (rng_below(r, 8)) {
	case 0:
		replace(text, at, len > 0, &byte, 1);
		break;
	case 1:
		replace(text, at, len, "", 0);
		break;
	case 2:
		repeat_piece(r, text, at, len);
		break;
	case 3:                                        /* move a piece */
		strbuf_add_n(&piece, strbuf_str(text) + at, len);
		replace(text, at, len, "", 0);
		replace(text, rng_below(r, text->n + 1), 0, strbuf_str(&piece), piece.n);
		break;
	case 4:
		if (rng_below(r, 4) == 0)
			strbuf_truncate(text, at);
		break;
	default:
		insert_word(r, text, at);
	}
}

void mutate(struct rng *r, struct strbuf *text)
{
	for (size_t i = 1 + rng_below(r, 4); i > 0; i--)
		change_once(r, text);
}

size_t fuzz_rounds(size_t usual)
{
	const char *times = getenv("YOULIN_FUZZ");
	long factor = times ? strtol(times, NULL, 10) : 1;

	return usual * (size_t)(factor > 0 ? factor : 1);
}

void read_whole_file(const char *path, struct strbuf *out)
{
	FILE *file = fopen(path, "rb");
	char block[16384];
	size_t n;

	assert_non_null(file);
	while ((n = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add_n(out, block, n);
	fclose(file);
}

void assert_clean(const char *text)
{
	size_t n = strlen(text), at = 0, bad_at;
	bool clean = text_is_utf8(text, n, &bad_at);

	while (clean && at < n) {
		uint32_t cp;

		at += text_decode(text + at, n - at, &cp);
		clean = !text_is_hostile(cp);
	}
	if (clean)
		return;
	for (at = 0; at < n; at++)
		fprintf(stderr, text[at] >= ' ' && text[at] < 127 ? "%c" : "\\x%02x", (unsigned char)text[at]);
	fputc('\n', stderr);
	fail_msg("a text that may not reach a terminal");
}

void assert_refusal(const struct err *e, enum rc rc)
{
	assert_int_not_equal(rc, RC_OK);
	assert_int_equal(e->code, rc);
	assert_false(text_is_blank(e->text));
	assert_clean(e->text);
}

void quiet_begin(struct quiet *q)
{
	char path[] = "/tmp/youlin-fuzz-XXXXXX";

	fflush(stderr);
	q->saved = dup(STDERR_FILENO);
	q->file = mkstemp(path);
	assert_true(q->saved >= 0 && q->file >= 0);
	unlink(path);
	dup2(q->file, STDERR_FILENO);
}

size_t quiet_end(struct quiet *q)
{
	struct stat st;

	fflush(stderr);
	dup2(q->saved, STDERR_FILENO);
	assert_int_equal(fstat(q->file, &st), 0);
	close(q->saved);
	close(q->file);
	return (size_t)st.st_size;
}
