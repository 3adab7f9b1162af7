/* F1 and the key line: exactly the keys that work. */
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "demo.h"
#include "golden.h"
#include "test.h"

/* Everything that help says, page by page. */
static void read_help(struct terminal *t, struct strbuf *out)
{
	terminal_press(t, "F1");
	terminal_expect(t, "Esc关闭");
	for (int page = 0; page < 4; page++) {
		strbuf_add(out, terminal_screen(t));
		terminal_press(t, "PgDn");
		terminal_settle(t, 60, 2000);
	}
	terminal_press(t, "Esc");
	terminal_expect_gone(t, "Esc关闭");
}

#define assert_says(help, text) assert_non_null(strstr(strbuf_str(&help), text))
#define assert_silent(help, text) assert_null(strstr(strbuf_str(&help), text))

static void help_lists_the_keys_of_this_screen_and_of_every_screen(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");
	AUTO_STRBUF help = { 0 };

	read_help(t, &help);
	assert_says(help, "F2 N");
	assert_says(help, "提事登记");
	assert_says(help, "F1 ?");
	assert_says(help, "^P");
	assert_says(help, "1 Alt-1");
	assert_says(help, "F10 q Esc");
	assert_says(help, "[workbench]");
	terminal_close(t);
}

/* A key that does nothing here is neither shown nor obeyed. */
static void keys_without_effect_are_not_listed(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);
	AUTO_STRBUF login = { 0 };
	AUTO_STRBUF admin = { 0 };

	terminal_expect(t, "用户名");
	terminal_press(t, "F1");
	terminal_expect(t, "Esc关闭");
	golden_check(t, "help-login");
	terminal_press(t, "Esc");
	terminal_expect_gone(t, "Esc关闭");
	read_help(t, &login);
	assert_says(login, "Enter");
	assert_says(login, "F1 ");
	assert_silent(login, "F1 ?");          /* a question mark is typed here */
	assert_silent(login, "^P");
	assert_silent(login, "Alt-1");
	assert_says(login, "Alt-z ^_");        /* of the text */
	terminal_press(t, "^P");
	terminal_press(t, "Alt-1");
	terminal_settle(t, 100, 1000);
	assert_true(terminal_shows(t, "用户名"));
	assert_false(terminal_shows(t, "拼音首字母"));

	demo_log_in(t, "admin");
	read_help(t, &admin);
	assert_says(admin, "0 Alt-0");
	assert_silent(admin, "8 Alt-8");       /* no resident's data for an administrator */
	assert_silent(admin, "输入文字时");
	terminal_press(t, "8");
	terminal_settle(t, 100, 1000);
	assert_false(terminal_shows(t, "8居民"));
	assert_true(terminal_shows(t, "0系统"));
	terminal_close(t);
}

static void the_key_line_shows_what_the_keys_do_now(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	assert_non_null(strstr(terminal_row(t, 23), "F10退出"));         /* the first screen */
	terminal_press(t, "2");
	terminal_expect(t, "F10返回");
	assert_non_null(strstr(terminal_row(t, 23), "F1帮助"));
	terminal_press(t, "/");
	terminal_settle(t, 100, 1000);
	assert_null(strstr(terminal_row(t, 23), "/查找"));               /* a slash is typed now */
	terminal_press(t, "Esc");
	terminal_expect(t, "/查找");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(help_lists_the_keys_of_this_screen_and_of_every_screen, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(keys_without_effect_are_not_listed, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_key_line_shows_what_the_keys_do_now, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
