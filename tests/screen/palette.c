/* Ctrl-P: finding commands by name and by pinyin initials, and doing them. */
#include "demo.h"
#include "test.h"

static struct terminal *open_palette(void *state, const char *login)
{
	struct terminal *t = demo_start_as(state, 24, 80, login);

	terminal_press(t, "^P");
	terminal_expect(t, "拼音首字母");
	return t;
}

static void commands_are_found_by_initials_and_by_name(void **state)
{
	static const struct { const char *typed, *found; } cases[] = {
		{ "tsdj", ">提事登记" }, { "提事", ">提事登记" }, { "tishi", ">提事登记" }, { "sp", ">锁屏" }, { "wdcg", ">我的草稿" }, { "ｓｐ", ">锁屏" },
	};
	struct terminal *t = open_palette(*state, "desk");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		terminal_type(t, cases[i].typed);
		terminal_expect(t, cases[i].found);
		assert_false(terminal_shows(t, "打开所选"));
		terminal_press(t, "^U");
		terminal_expect(t, "打开所选");
	}
	terminal_type(t, "zzzz");
	terminal_expect(t, "没有这样的命令");
	terminal_press(t, "Enter");            /* does nothing */
	terminal_press(t, "Esc");
	terminal_expect_gone(t, "拼音首字母");
	terminal_close(t);
}

static void a_command_is_done(void **state)
{
	struct terminal *t = open_palette(*state, "desk");

	terminal_type(t, "tsdj");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 提事登记");
	terminal_press(t, "^P");               /* from a form too */
	terminal_expect(t, "拼音首字母");
	terminal_type(t, "居民");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民");
	terminal_press(t, "^P");
	terminal_type(t, "帮助");
	terminal_expect(t, "帮助：这里有哪些键");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 帮助");
	terminal_close(t);
}

static void a_role_is_offered_only_what_it_may_do(void **state)
{
	struct terminal *t = open_palette(*state, "admin");

	terminal_type(t, "tsdj");
	terminal_expect(t, "没有这样的命令");
	terminal_press(t, "^U");
	terminal_type(t, "居民");
	terminal_expect(t, "没有这样的命令");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commands_are_found_by_initials_and_by_name, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_command_is_done, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_role_is_offered_only_what_it_may_do, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
