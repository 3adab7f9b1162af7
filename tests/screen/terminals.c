/* Kinds of terminals: names, colours, none, wide ambiguous characters, and those that can't show Chinese. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "demo.h"
#include "test.h"
#include "ui/ambiguous.h"

static char *page_of(const struct demo *d, const char *kind)
{
	struct terminal *t = demo_start(d, 24, 80, (const char *const[]){ kind, NULL });
	AUTO_STRBUF page = { 0 };

	demo_log_in(t, "desk");
	terminal_press(t, "Down");
	terminal_press(t, "8");
	terminal_expect(t, "┌ 居民");
	terminal_press(t, "PgDn");
	terminal_settle(t, 200, 3000);
	for (int row = 1; row < 24; row++)     /* the title bar has the time */
		strbuf_format(&page, "%s\n", terminal_row(t, row));
	terminal_close(t);
	return strbuf_take(&page);
}

static void every_kind_of_terminal_shows_the_same_page(void **state)
{
	static const char *const kinds[] = { "TERM=xterm", "TERM=putty", "TERM=screen", "TERM=tmux-256color", "TERM=rxvt", "TERM=vt220", "TERM=unheard-of" };
	AUTO_FREE char *want = page_of(*state, "TERM=xterm-256color");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		AUTO_FREE char *page = page_of(*state, kinds[i]);

		assert_string_equal(page, want);
	}
}

static bool anything_coloured(struct terminal *t)
{
	for (int row = 0; row < 24; row++)
		for (int col = 0; col < 80; col++)
			if (terminal_look(t, row, col).coloured)
				return true;
	return false;
}

static void no_color_means_attributes_only(void **state)
{
	static const struct { const char *environment; bool coloured; } cases[] = { { "NO_COLOR=1", false }, { "TERM=vt220", false }, { "NO_COLOR=", true } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = demo_start(*state, 24, 80, (const char *const[]){ cases[i].environment, NULL });

		demo_log_in(t, "desk");
		terminal_expect(t, "已逾期");
		assert_int_equal(anything_coloured(t), cases[i].coloured);
		if (!cases[i].coloured)        /* the cursor's row, the first in the frame, is told by an attribute */
			assert_true(terminal_look(t, 2, 2).reverse);
		terminal_close(t);
	}
}

static void assert_nothing_ambiguous(struct terminal *t)
{
	const char *s = terminal_screen(t);
	size_t n = strlen(s), at = 0;

	while (at < n) {
		uint32_t cp;

		at += text_decode(s + at, n - at, &cp);
		if (text_char_width(cp) == 1 && ambiguous_substitute(cp) != cp)
			fail_msg("U+%04X stands on the screen:\n%s", cp, s);
	}
}

/* Where ─ … “ take two columns, rows would run out of their frame. */
static void wide_ambiguous_characters_are_replaced(void **state)
{
	static const char *const keys[] = { "2", "Down", "Enter", "F1", "Esc", "8", "Enter", "F2", "^P" };
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_ambiguous_width(t, 2);
	demo_log_in(t, "desk");
	assert_true(terminal_shows(t, "+ 工作台 ---"));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		terminal_press(t, keys[i]);
		terminal_settle(t, 150, 3000);
		assert_nothing_ambiguous(t);
	}
	terminal_close(t);
}

/* Over a slow line the answer comes when the first page stands already. */
static void a_late_answer_about_the_width_is_heeded(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_ambiguous_width(t, 2);
	terminal_hold_answers(t);
	terminal_expect(t, "┌ 登录");
	terminal_type(t, "des");
	terminal_answer(t);
	terminal_expect(t, "+ 登录 ---");
	assert_nothing_ambiguous(t);
	terminal_type(t, "k");
	terminal_expect(t, "desk");
	terminal_close(t);
}

static void assert_refused(void *state, const char *environment, const char *words)
{
	struct terminal *t = demo_start(state, 24, 200, (const char *const[]){ environment, NULL });

	terminal_expect(t, words);
	assert_int_equal(terminal_stop(t), 1);
}

static void a_terminal_that_cannot_do_it_is_told_so(void **state)
{
	assert_refused(*state, "TERM=linux", "kmscon");
	assert_refused(*state, "TERM=linux", "fcitx5");
	assert_refused(*state, "TERM=dumb", "TERM=xterm-256color");
}

/* Without a terminal there is one line, no escape sequence. */
static void a_pipe_is_no_terminal(void **state)
{
	const struct demo *d = *state;
	struct terminal *t;
	char command[512];

	snprintf(command, sizeof command, "\"$YOULIN\" --db %s | cat -v", d->database);
	t = terminal_start(24, 80, (const char *const[]){ "sh", "-c", command, NULL }, NULL);
	terminal_expect(t, "这里不是终端");
	assert_false(terminal_shows(t, "^["));
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_kind_of_terminal_shows_the_same_page, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(no_color_means_attributes_only, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(wide_ambiguous_characters_are_replaced, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_late_answer_about_the_width_is_heeded, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_terminal_that_cannot_do_it_is_told_so, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_pipe_is_no_terminal, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
