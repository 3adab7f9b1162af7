/* Bytes of seven kinds of terminal → key events. */
#include "ui/decode.h"

#include <curses.h>        /* before term.h */
#include <string.h>
#include <term.h>

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

static void add_event(struct strbuf *out, const struct key_event *ev)
{
	if (out->n > 0)
		strbuf_add_char(out, ' ');
	if (ev->key == YK_PASTE)
		strbuf_format(out, "paste(%.*s)", (int)ev->n, ev->text);
	else if (ev->key == YK_CURSOR_REPORT)
		strbuf_format(out, "report(%d,%d)", ev->row, ev->col);
	else if (ev->key == YK_CLICK || ev->key == YK_WHEEL_UP || ev->key == YK_WHEEL_DOWN)
		strbuf_format(out, "%s(%d,%d)", ev->key == YK_CLICK ? "click" : ev->key == YK_WHEEL_UP ? "up" : "down", ev->row, ev->col);
	else
		key_show(out, ev->key);
}

/* All events of some bytes as names: "a 上 王 paste(…)"; at the end everything that waits is taken as it is. */
static void decode(struct decoder *d, const char *bytes, size_t n, struct strbuf *out)
{
	struct key_event ev;

	decoder_add(d, bytes, n);
	for (int timeouts = 0; timeouts < 4;) {
		bool ready = decoder_ready(d);

		if (decoder_next(d, &ev)) {
			assert_true(ready);
			add_event(out, &ev);
			continue;
		}
		assert_false(ready);
		decoder_timeout(d);
		timeouts++;
	}
}

static const struct { const char *bytes, *want; } sequences[] = {
	{ "a", "a" }, { "王秀", "王 秀" }, { "𠀀", "𠀀" }, { "e\u0301", "e \u0301" }, { "\r", "Enter" }, { "\n", "Enter" }, { "\t", "Tab" },
	{ "\x7f", "退格" }, { "\b", "退格" }, { "\x10", "^P" }, { "\x1f", "^_" }, { " ", "空格" }, { "\x1b", "Esc" }, { "\x1b\x1b", "Esc Esc" },
	{ "\x1b" "1", "Alt-1" }, { "\x1bl", "Alt-l" }, { "\x1b\x7f", "Alt-退格" }, { "\x1b王", "Esc 王" }, { "\x1b\r", "Esc Enter" }, { "\x1b[", "Alt-[" },
	{ "\x1bO", "Alt-O" }, { "\x1b\t", "Shift-Tab" },
	/* arrows: normal, application, rxvt's Shift and Ctrl, xterm's modifiers, rxvt's Alt */
	{ "\x1b[A\x1b[B\x1b[C\x1b[D", "上 下 右 左" }, { "\x1bOA\x1bOB\x1bOC\x1bOD", "上 下 右 左" }, { "\x1b[a\x1b[d", "Shift-上 Shift-左" },
	{ "\x1bOd\x1bOc", "Ctrl-左 Ctrl-右" }, { "\x1b[1;5D\x1b[1;2C\x1b[1;3A\x1b[1;6C", "Ctrl-左 Shift-右 Alt-上 Ctrl-右" }, { "\x1bO5D", "Ctrl-左" },
	{ "\x1b\x1b[A", "Alt-上" }, { "\x1b\x1bOD", "Alt-左" },
	/* Home and End of xterm, PuTTY, screen, rxvt, with modifiers */
	{ "\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End Home End" },
	{ "\x1b[1;5H\x1b[1;2F\x1b[7^\x1b[8$", "Ctrl-Home Shift-End Ctrl-Home Shift-End" },
	{ "\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[Z", "Ins Del PgUp PgDn Shift-Tab" },
	/* F-keys of xterm, PuTTY, VT400, the Linux console */
	{ "\x1bOP\x1bOQ\x1bOR\x1bOS", "F1 F2 F3 F4" }, { "\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~", "F1 F2 F3 F4 F5" },
	{ "\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "F1 F2 F3 F4 F5" }, { "\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~", "F6 F7 F8 F9 F10 F11 F12" },
	{ "\x1b[1;2P", "F1" },
	/* the numeric keypad, should it be in application mode */
	{ "\x1bOp\x1bOy\x1bOn\x1bOk\x1bOM", "0 9 . + Enter" },
	/* the mouse: SGR, and the old form */
	{ "\x1b[<0;11;4M\x1b[<0;11;4m", "click(3,10)" }, { "\x1b[<64;1;1M\x1b[<65;300;200M", "up(0,0) down(199,299)" }, { "\x1b[<2;1;1M\x1b[<35;1;1M", "" },
	{ "\x1b[M +$", "click(3,10)" }, { "\x1b[<0;0;0M", "" },
	/* bracketed paste */
	{ "\x1b[200~张三\r李四\x1b[201~x", "paste(张三\r李四) x" }, { "\x1b[200~\x1b[201~", "paste()" }, { "\x1b[200~a\x1b[Ab\x1b[201~", "paste(a\x1b[Ab)" },
	{ "\x1b[200~没有结尾", "paste(没有结尾)" }, { "x\x1b[201~y", "x y" },
	/* what is no key is swallowed whole */
	{ "\x1b[?1;2cx", "x" }, { "\x1b[24;80Rx", "report(23,79) x" }, { "\x1b[1R", "" }, { "\x1b[R", "F3" }, { "\x1b[Ix\x1b[Oy", "x y" }, { "\x1b[>0;95;0cx", "x" }, { "\x1b[?2004;1$yx", "x" }, { "\x1b[99~x", "x" },
	{ "\x1b[1;1x", "" }, { "\x1b[\x1b[A", "上" }, { "\x1b[12\rx", "Enter x" }, { "\x1b[[Zx", "x" }, { "\x1b[99999999999999999999~x", "x" },
	/* bytes that are no text */
	{ "\xFFx", "x" }, { "\xC0\xAFx", "x" }, { "\xE7\x8Ex", "x" }, { "\xE7\x8E", "" }, { "\xED\xA0\x80x", "x" }, { "\xC2\x9Bx", "x" }, { "\u202Ex", "x" }, { "\x80\x80", "" },
};

static void sequences_become_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sequences); i++) {
		struct decoder *d = decoder_new();
		AUTO_STRBUF got = { 0 };

		decode(d, sequences[i].bytes, strlen(sequences[i].bytes), &got);
		assert_string_equal(strbuf_str(&got), sequences[i].want);
		decoder_free(d);
	}
}

/* A slow line delivers bytes one by one; nothing may change by that as long as the rest comes in time. */
static void bytes_that_come_one_by_one_give_the_same_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sequences); i++) {
		struct decoder *d = decoder_new();
		AUTO_STRBUF got = { 0 };
		const char *s = sequences[i].bytes;

		for (; s[0] && s[1]; s++) {
			struct key_event ev;

			decoder_add(d, s, 1);
			while (decoder_next(d, &ev))
				add_event(&got, &ev);
		}
		decode(d, s, strlen(s), &got);
		assert_string_equal(strbuf_str(&got), sequences[i].want);
		decoder_free(d);
	}
}

static void an_escape_waits_for_what_may_follow(void **state)
{
	static const struct { const char *bytes; enum decoder_wait want; } cases[] = {
		{ "", DECODER_IDLE }, { "x", DECODER_IDLE }, { "\x1b", DECODER_ESCAPE }, { "\x1b[1", DECODER_ESCAPE }, { "\xE7\x8E", DECODER_IDLE },
		{ "\x1b[200~abc", DECODER_PASTE }, { "\x1b[A", DECODER_IDLE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct decoder *d = decoder_new();
		struct key_event ev;

		decoder_add(d, cases[i].bytes, strlen(cases[i].bytes));
		while (decoder_next(d, &ev))
			;
		assert_int_equal(decoder_waits(d), cases[i].want);
		assert_false(decoder_ready(d));
		decoder_free(d);
	}
}

/* Whatever a terminal's description says its keys send is understood. */
static void keys_of_seven_terminals_are_known(void **state)
{
	static const char *const terminals[] = { "xterm", "xterm-256color", "putty", "screen", "tmux", "linux", "rxvt" };
	static const struct { const char *capability; uint32_t key; } keys[] = {
		{ "kf1", YK_F1 }, { "kf2", YK_F2 }, { "kf3", YK_F3 }, { "kf4", YK_F4 }, { "kf5", YK_F5 }, { "kf6", YK_F6 }, { "kf7", YK_F7 },
		{ "kf8", YK_F8 }, { "kf9", YK_F9 }, { "kf10", YK_F10 }, { "kf11", YK_F11 }, { "kf12", YK_F12 }, { "khome", YK_HOME }, { "kend", YK_END },
		{ "kcuu1", YK_UP }, { "kcud1", YK_DOWN }, { "kcub1", YK_LEFT }, { "kcuf1", YK_RIGHT }, { "kpp", YK_PGUP }, { "knp", YK_PGDN },
		{ "kdch1", YK_DELETE }, { "kich1", YK_INSERT }, { "kcbt", YK_BACKTAB }, { "kbs", YK_BACKSPACE },
	};
	int known = 0;

	(void)state;
	for (size_t t = 0; t < COUNT(terminals); t++) {
		int status;

		if (setupterm(terminals[t], 1, &status) != OK)
			continue;          /* ncurses-term isn't installed */
		known++;
		for (size_t i = 0; i < COUNT(keys); i++) {
			char *bytes = tigetstr((char *)(uintptr_t)keys[i].capability);
			AUTO_STRBUF got = { 0 };
			AUTO_STRBUF want = { 0 };
			struct decoder *d;

			if (bytes == NULL || bytes == (char *)-1)
				continue;
			d = decoder_new();
			decode(d, bytes, strlen(bytes), &got);
			key_show(&want, keys[i].key);
			if (strcmp(strbuf_str(&got), strbuf_str(&want)) != 0)
				print_error("%s %s\n", terminals[t], keys[i].capability);
			assert_string_equal(strbuf_str(&got), strbuf_str(&want));
			decoder_free(d);
		}
		del_curterm(cur_term);
	}
	assert_true(known > 0);
}

static void a_megabyte_paste_in_pieces_arrives_whole(void **state)
{
	struct decoder *d = decoder_new();
	AUTO_STRBUF text = { 0 };
	AUTO_STRBUF sent = { 0 };
	struct key_event ev;
	size_t events = 0;

	(void)state;
	while (text.n < 1 << 20)
		strbuf_add(&text, "三幢二单元\r");
	strbuf_format(&sent, "\x1b[200~%s\x1b[201~", strbuf_str(&text));
	for (size_t at = 0; at < sent.n; at += 4093) {
		decoder_add(d, sent.s + at, sent.n - at < 4093 ? sent.n - at : 4093);
		while (decoder_next(d, &ev)) {
			assert_int_equal(ev.key, YK_PASTE);
			assert_int_equal(ev.n, text.n);
			assert_memory_equal(ev.text, text.s, text.n);
			events++;
		}
	}
	assert_int_equal(events, 1);
	decoder_free(d);
}

static void random_bytes_never_break_it(void **state)
{
	static const char *const pieces[] = { "\x1b", "[", "O", "<", "0;1;1", "M", "200~", "201~", "~", "$", "^", "A", "王", "\xE7", "\x8E", "\xF0", "M\x80", "\r", "1;5", "?", "\x7f" };
	uint64_t seed = 3;
	struct decoder *d = decoder_new();

	(void)state;
	for (int round = 0; round < 200000; round++) {
		const char *piece = pieces[random_below(&seed, COUNT(pieces))];
		struct key_event ev;
		int events = 0;

		decoder_add(d, piece, strlen(piece));
		if (random_below(&seed, 7) == 0)
			decoder_timeout(d);
		while (decoder_next(d, &ev)) {
			assert_true(ev.key != YK_NONE && ev.key != 0);
			assert_true(events++ < 1000);
		}
	}
	decoder_free(d);
	decoder_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_become_keys),
		cmocka_unit_test(bytes_that_come_one_by_one_give_the_same_keys),
		cmocka_unit_test(an_escape_waits_for_what_may_follow),
		cmocka_unit_test(keys_of_seven_terminals_are_known),
		cmocka_unit_test(a_megabyte_paste_in_pieces_arrives_whole),
		cmocka_unit_test(random_bytes_never_break_it),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
