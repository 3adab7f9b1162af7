/* Asking the terminal how wide it draws. */
#include "ui/probe.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "test.h"

static void the_answer_is_told_from_what_was_typed(void **state)
{
	static const struct { const char *came; enum terminal_width width; const char *typed; } cases[] = {
		{ "\x1b[1;4R", WIDTH_NARROW, "" },
		{ "\x1b[24;5R", WIDTH_WIDE, "" },
		{ "\x1b[1;7R", WIDTH_NOT_UTF8, "" },           /* the six bytes as Latin-1 or GBK */
		{ "\x1b[1;1R", WIDTH_UNKNOWN, "" },
		{ "de\x1b[1;4Rsk", WIDTH_NARROW, "desk" },
		{ "\x1b[A王\x1b[1;4R\r", WIDTH_NARROW, "\x1b[A王\r" },
		{ "\x1b[1;R\x1b[;4R\x1b[1;4R", WIDTH_NARROW, "\x1b[1;R\x1b[;4R" },
		{ "desk", WIDTH_UNKNOWN, "desk" },              /* no answer within the time */
		{ "\x1b[1;4", WIDTH_UNKNOWN, "\x1b[1;4" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF typed = { 0 };
		int in[2], out[2];
		char asked[64];
		ssize_t n;

		assert_int_equal(pipe(in), 0);
		assert_int_equal(pipe(out), 0);
		assert_int_equal(write(in[1], cases[i].came, strlen(cases[i].came)), strlen(cases[i].came));
		assert_int_equal(probe_width(in[0], out[1], &typed), cases[i].width);
		assert_string_equal(strbuf_str(&typed), cases[i].typed);
		n = read(out[0], asked, sizeof asked - 1);
		assert_true(n > 0);
		asked[n] = '\0';
		assert_string_equal(asked, "\r中─\x1b[6n\r\x1b[K");       /* nothing of it stays on the screen */
		for (int k = 0; k < 2; k++) {
			close(in[k]);
			close(out[k]);
		}
	}
}

static void a_broken_line_ends_the_question(void **state)
{
	AUTO_STRBUF typed = { 0 };
	int in[2], out[2];

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	close(in[1]);
	assert_int_equal(probe_width(in[0], out[1], &typed), WIDTH_UNKNOWN);
	close(in[0]);
	close(out[0]);
	close(out[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_answer_is_told_from_what_was_typed),
		cmocka_unit_test(a_broken_line_ends_the_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
