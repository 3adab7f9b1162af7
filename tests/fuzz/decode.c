/* Any bytes at all through the key decoder: the same events however they are cut, nothing hostile typed, nothing left over. */
#include "ui/decode.h"

#include <stdlib.h>
#include <string.h>

#include "../base/test.h"
#include "base/mem.h"
#include "base/text.h"
#include "mutate.h"

static const char *const pieces[] = {
	"\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[1;5D", "\x1b[200~", "\x1b[201~", "\x1b[<0;10;5M", "\x1b[<0;10;5m", "\x1b[M !!", "\x1b[24;80R", "\x1b[[A", "\x1b\x1b[C",
	"\x1b", "王", "秀英", "𠀀", "e\xcc\x81", "a", "/", "\r", "\t", "\x13", "\x7f", "\x1bx", "\x1b[?62;22c", "\x1b]0;title\a", "\x1bP1$r0m\x1b\\", "\x1b[", "\x1bO",
	"\x1b[24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24;24m",      /* longer than any sequence that means something */
};

static void add_event(struct strbuf *out, const struct key_event *ev)
{
	if (ev->key < KEY_SPECIAL) {
		uint32_t base = ev->key & ~MOD_ALT;

		assert_true(base < 0x20 || key_is_text(base));
	}
	strbuf_format(out, "%x@%d,%d", (unsigned)ev->key, ev->row, ev->col);
	if (ev->key == YK_PASTE)
		strbuf_add_n(out, ev->text, ev->n);
	strbuf_add_char(out, ' ');
}

static void take_events(struct decoder *d, struct strbuf *out)
{
	struct key_event ev;

	for (;;) {
		bool ready = decoder_ready(d);

		if (!decoder_next(d, &ev)) {
			assert_false(ready);
			return;
		}
		assert_true(ready);
		add_event(out, &ev);
	}
}

/* Feed bytes in pieces of `most` bytes, or with r of 1 … most; at the end nothing more comes, and nothing may be left. */
static void decode(const struct strbuf *bytes, struct rng *r, size_t most, struct strbuf *out)
{
	struct decoder *d = decoder_new();
	struct strbuf rest = { 0 };
	size_t at = 0;

	while (at < bytes->n) {
		size_t n = r ? 1 + rng_below(r, most) : most;

		n = n < bytes->n - at ? n : bytes->n - at;
		decoder_add(d, bytes->s + at, n);
		take_events(d, out);
		at += n;
	}
	for (size_t i = 0; i <= bytes->n; i++) {
		decoder_timeout(d);
		take_events(d, out);
	}
	decoder_add(d, "Q", 1);
	take_events(d, &rest);
	assert_string_equal(strbuf_str(&rest), "51@0,0 ");
	strbuf_release(&rest);
	decoder_free(d);
}

static void the_same_bytes_give_the_same_events_however_they_are_cut(void **state)
{
	struct rng r = { 5 };
	size_t rounds = fuzz_rounds(3000);

	(void)state;
	for (size_t i = 0; i < rounds; i++) {
		AUTO_STRBUF bytes = { 0 }, whole = { 0 }, cut = { 0 }, single = { 0 };

		for (size_t k = 1 + rng_below(&r, 6); k > 0; k--)
			strbuf_add(&bytes, pieces[rng_below(&r, COUNT(pieces))]);
		if (i % 4)
			mutate(&r, &bytes);
		strbuf_truncate(&bytes, bytes.n < 400 ? bytes.n : 400);
		strbuf_add(&bytes, "");
		decode(&bytes, NULL, bytes.n, &whole);
		decode(&bytes, NULL, 1, &single);
		decode(&bytes, &r, 9, &cut);
		assert_string_equal(strbuf_str(&single), strbuf_str(&whole));
		assert_string_equal(strbuf_str(&cut), strbuf_str(&whole));
	}
}

/* What is pasted is text, whatever it looks like: it comes as one event, byte for byte. */
static void no_key_ever_comes_out_of_a_paste(void **state)
{
	struct rng r = { 9 };
	size_t rounds = fuzz_rounds(1500);

	(void)state;
	for (size_t i = 0; i < rounds; i++) {
		AUTO_STRBUF text = { 0 }, bytes = { 0 }, events = { 0 }, want = { 0 };

		for (size_t k = rng_below(&r, 6); k > 0; k--)
			strbuf_add(&text, pieces[rng_below(&r, COUNT(pieces))]);
		mutate(&r, &text);
		if (text.n == 0 || memmem(text.s, text.n, "\x1b[201~", 6))
			continue;
		strbuf_add(&bytes, "\x1b[200~");
		strbuf_add_n(&bytes, text.s, text.n);
		strbuf_add(&bytes, "\x1b[201~x");
		add_event(&want, &(struct key_event){ .key = YK_PASTE, .text = text.s, .n = text.n });
		add_event(&want, &(struct key_event){ .key = 'x' });
		decode(&bytes, &r, 7, &events);
		assert_int_equal(events.n, want.n);
		assert_memory_equal(events.s, want.s, want.n);
	}
}

static void a_megabyte_of_anything_is_decoded_at_once(void **state)
{
	struct rng r = { 13 };
	AUTO_STRBUF bytes = { 0 }, events = { 0 };
	struct decoder *d = decoder_new();

	(void)state;
	while (bytes.n < 1024 * 1024) {
		strbuf_add(&bytes, pieces[rng_below(&r, COUNT(pieces))]);
		strbuf_add_char(&bytes, (char)rng_below(&r, 256));
	}
	for (size_t at = 0; at < bytes.n; at += 4096) {
		decoder_add(d, bytes.s + at, bytes.n - at < 4096 ? bytes.n - at : 4096);
		take_events(d, &events);
	}
	assert_true(events.n > bytes.n / 8);
	decoder_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_bytes_give_the_same_events_however_they_are_cut),
		cmocka_unit_test(no_key_ever_comes_out_of_a_paste),
		cmocka_unit_test(a_megabyte_of_anything_is_decoded_at_once),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("key decoder with any bytes", tests, NULL, NULL);
}
