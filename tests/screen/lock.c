/* The locked screen. */
#include "demo.h"
#include "golden.h"
#include "test.h"

static void the_lock_covers_everything_and_keeps_what_was_typed(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "王秀");
	terminal_expect(t, "王秀");
	terminal_press(t, "Alt-l");
	terminal_expect(t, "已锁屏");
	assert_false(terminal_shows(t, "王秀"));
	assert_false(terminal_shows(t, "提事登记"));
	golden_check(t, "lock");
	terminal_type(t, "wrong");
	terminal_press(t, "Enter");
	terminal_expect(t, "不对");
	assert_false(terminal_shows(t, "王秀"));
	terminal_press(t, "Esc");              /* no way around it */
	terminal_press(t, "F1");
	terminal_press(t, "^P");
	terminal_press(t, "Alt-1");
	terminal_settle(t, 100, 1000);
	assert_true(terminal_shows(t, "已锁屏"));
	terminal_press(t, "^U");
	terminal_type(t, "youlin-demo");
	terminal_press(t, "Enter");
	terminal_expect(t, "王秀");
	terminal_type(t, "英");
	terminal_expect(t, "王秀英");
	terminal_close(t);
}

static void another_one_may_log_in_and_the_draft_waits_for_the_first(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "王秀英");
	terminal_expect(t, "王秀英");
	terminal_press(t, "Alt-l");
	terminal_expect(t, "已锁屏");
	terminal_press(t, "F10");
	demo_log_in(t, "head");
	terminal_expect(t, "俞国华");
	assert_false(terminal_shows(t, "王秀英"));
	terminal_press(t, "Alt-l");
	terminal_expect(t, "已锁屏");
	terminal_press(t, "F10");
	demo_log_in(t, "desk");
	terminal_expect(t, "草稿 1");
	terminal_close(t);
}

static void an_idle_screen_locks_itself(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F10");
	terminal_expect(t, "退出友邻？");        /* a question is no way around the lock */
	demo_leap(*state, 1);
	terminal_expect(t, "已锁屏");
	assert_false(terminal_shows(t, "退出友邻？"));
	terminal_type(t, "youlin-demo");
	terminal_press(t, "Enter");
	terminal_expect(t, "退出友邻？");
	terminal_press(t, "y");
	assert_int_equal(terminal_stop(t), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_lock_covers_everything_and_keeps_what_was_typed, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(another_one_may_log_in_and_the_draft_waits_for_the_first, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_idle_screen_locks_itself, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
