/* Who is there: the first screen, good and bad passwords, the lockout, what each role gets. */
#include <stdlib.h>

#include "demo.h"
#include "golden.h"
#include "test.h"

static void try_to_log_in(struct terminal *t, const char *login, const char *password)
{
	terminal_type(t, login);
	terminal_press(t, "Enter");
	terminal_type(t, password);
	terminal_press(t, "Enter");
}

static void the_first_screen_asks_who_is_there(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_expect(t, "F10退出");
	assert_true(terminal_shows(t, "演示数据"));
	assert_true(terminal_state(t).cursor_visible);
	golden_check(t, "login");
	terminal_press(t, "F10");
	assert_int_equal(terminal_stop(t), 0);
}

static void the_right_password_opens_the_workbench(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_expect(t, "用户名");
	try_to_log_in(t, "desk", "youlin-demo");
	terminal_expect(t, "1工作台");
	terminal_expect(t, "陈晓");
	terminal_press(t, "F10");
	terminal_expect(t, "退出友邻？");
	terminal_press(t, "Enter");            /* the default is no */
	terminal_expect_gone(t, "退出友邻？");
	terminal_press(t, "q");
	terminal_expect(t, "退出友邻？");
	terminal_type(t, "ｙ");                 /* the input method is still on */
	assert_int_equal(terminal_stop(t), 0);
}

static void a_password_is_never_shown(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_expect(t, "用户名");
	terminal_type(t, "desk");
	terminal_press(t, "Tab");
	terminal_type(t, "my-secret密码");
	terminal_expect(t, "***********");
	assert_false(terminal_shows(t, "my-secret"));
	terminal_press(t, "Esc");
	assert_int_equal(terminal_stop(t), 0);
}

static void a_wrong_password_and_an_unknown_name_read_the_same(void **state)
{
	static const char *const logins[] = { "desk", "nobody" };

	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
		struct terminal *t = demo_start(*state, 24, 80, NULL);

		terminal_expect(t, "用户名");
		try_to_log_in(t, logins[i], "wrong");
		terminal_expect(t, "用户名或密码不对");
		assert_false(terminal_shows(t, "wrong"));
		assert_false(terminal_shows(t, "*****"));      /* typed anew, not mended */
		terminal_type(t, "youlin-demo");
		terminal_press(t, "Enter");
		terminal_expect(t, i == 0 ? "1工作台" : "用户名或密码不对");
		terminal_close(t);
	}
}

static void after_three_failures_one_has_to_wait(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_expect(t, "用户名");
	try_to_log_in(t, "desk", "wrong");
	for (int i = 0; i < 3; i++) {
		terminal_expect(t, "用户名或密码不对");
		terminal_type(t, "wrong");
		terminal_press(t, "Enter");
		terminal_expect_gone(t, "正在核对");
	}
	terminal_type(t, "youlin-demo");
	terminal_press(t, "Enter");
	terminal_expect(t, "秒");
	assert_false(terminal_shows(t, "1工作台"));
	terminal_press(t, "F10");
	assert_int_equal(terminal_stop(t), 0);
}

static void each_role_has_its_own_main_screens(void **state)
{
	static const struct { const char *login, *has, *has_not; } cases[] = {
		{ "admin", "0系统", "8居民" }, { "canteen", "8居民", "F2提事提事" }, { "head", "2事项", "登录" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = demo_start_as(*state, 24, 80, cases[i].login);

		terminal_expect(t, cases[i].has);
		assert_false(terminal_shows(t, cases[i].has_not));
		terminal_close(t);
	}
}

/* The terminal is asked how wide it draws; a person who types at once must not lose a letter by that. */
static void what_is_typed_while_the_program_starts_is_kept(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, NULL);

	terminal_type(t, "desk\ryoulin-demo\r");
	terminal_expect(t, "陈晓");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_first_screen_asks_who_is_there, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_right_password_opens_the_workbench, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_password_is_never_shown, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_wrong_password_and_an_unknown_name_read_the_same, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(after_three_failures_one_has_to_wait, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(each_role_has_its_own_main_screens, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_typed_while_the_program_starts_is_kept, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
