/* The checker of terminal bytes itself: it must let through what curses sends, and catch every hostile word. */
#include "wire.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

static void check(const char *bytes, size_t n, bool clean)
{
	struct wire w;

	wire_init(&w, 24, 80);
	for (size_t i = 0; i < n; i++)
		wire_add(&w, bytes + i, 1);
	wire_add(&w, "x", 1);
	if ((w.fault[0] == '\0') != clean)
		fail_msg("%s: %s", clean ? "refused" : "let through", clean ? w.fault : bytes);
}

static void what_curses_sends_is_let_through(void **state)
{
	static const char *const cases[] = {
		"\x1b[?1049h\x1b[22;0;0t\x1b[1;24r\x1b(B\x1b[m\x1b[4l\x1b[?7h\x1b[?1h\x1b=\x1b[H\x1b[2J", "\x1b[39;49m\x1b[K\x1b[24;80H", "\r中─\x1b[6n",
		"\x1b[38;5;231m\x1b[48;5;24m事项\x1b[39;49m\x1b(B\x1b[m", "\x1b[1;7;30;47m", "\x1b[12d\x1b[40G\x1b[5X\x1b[3b\x1b[1K\x1b[J", "\x1b[?2004h\x1b[?1006h\x1b[?1000h",
		"\x1b[?25l\x1b[?12l\x1b[?25h", "\x1b)0\x0f", "王秀英𠀀é�…\r\n\b\t\a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i], strlen(cases[i]), true);
}

static void every_hostile_word_is_caught(void **state)
{
	static const struct { const char *bytes; size_t n; } cases[] = {
#define CASE(s) { s, sizeof(s) - 1 }
		CASE("\x1b]0;t\a"), CASE("\x1b]52;c;eA==\x1b\\"), CASE("\x1bP1$r\x1b\\"), CASE("\x1b_x\x1b\\"), CASE("\x1b^x\x1b\\"), CASE("\x1b" "c"), CASE("\x1bZ"),
		CASE("\x1b#8"), CASE("\x1bN"), CASE("\x1b%G"), CASE("\x1b*0"), CASE("\x1b[5m"), CASE("\x1b[8m"), CASE("\x1b[9m"), CASE("\x1b[38;2;1;2;3m"),
		CASE("\x1b[999;999H"), CASE("\x1b[999C"), CASE("\x1b[5i"), CASE("\x1b[5n"), CASE("\x1b[c"), CASE("\x1b[>c"), CASE("\x1b[21t"), CASE("\x1b[?9h"),
		CASE("\x1b[?1003h"), CASE("\x1b[20h"), CASE("\x1b[!p"), CASE("\x1b[3g"), CASE("\x1b[s"), CASE("\x1b[0 q"), CASE("\x1b[3J"), CASE("\x1b[1;2;3;4;5;6;7;8;9m"),
		CASE("\x9b" "2J"), CASE("\xc2\x9b" "2J"), CASE("\xc2\x90x"), CASE("\0"), CASE("\x01"), CASE("\x0e"), CASE("\x0b"), CASE("\x7f"), CASE("\x05"),
		CASE("\xe2\x80\xae"), CASE("\xe2\x81\xa6"), CASE("\xe2\x80\x8b"), CASE("\xe2\x80\xa8"), CASE("\xef\xbb\xbf"), CASE("\xff"), CASE("\xc0\x80"),
		CASE("\xed\xa0\x80"), CASE("\xf4\x90\x80\x80"), CASE("\xe7\x8e"), CASE("\xf0\x9f\x98"), CASE("\x80"),
#undef CASE
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].bytes, cases[i].n, false);
}

static void a_position_is_measured_by_the_largest_window(void **state)
{
	struct wire w;

	(void)state;
	wire_init(&w, 24, 80);
	wire_resize(&w, 36, 120);
	wire_resize(&w, 24, 80);
	wire_add(&w, "\x1b[36;120H", 9);
	assert_string_equal(w.fault, "");
	wire_add(&w, "\x1b[37;1H", 7);
	assert_non_null(strstr(w.fault, "1b 5b 33 37"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_curses_sends_is_let_through),
		cmocka_unit_test(every_hostile_word_is_caught),
		cmocka_unit_test(a_position_is_measured_by_the_largest_window),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("bytes on their way to a terminal", tests, NULL, NULL);
}
