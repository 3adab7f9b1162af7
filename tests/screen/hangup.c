/* The line breaks: drafts are kept, the session ends, the program with it, at once; and a crash gives the terminal back. */
#include <signal.h>

#include "demo.h"
#include "store/stmt.h"
#include "store/store.h"
#include "test.h"

static const char *const no_leak_search[] = { "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0", NULL };

static enum rc read_number(struct store *st, const char *sql, int64_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, sql);

	return stmt_int(&q, n, e);
}

static int64_t count(const struct demo *d, const char *sql)
{
	struct store_options options = { .path = d->database, .read_only = true };
	struct store *st = NULL;
	struct err e = { 0 };
	int64_t n = -1;

	assert_int_equal(store_open(&st, &options, &e), RC_OK);
	assert_int_equal(read_number(st, sql, &n, &e), RC_OK);
	store_close(st);
	return n;
}

static struct terminal *type_something(const struct demo *d)
{
	struct terminal *t = demo_start(d, 24, 80, no_leak_search);

	demo_log_in(t, "desk");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "王秀英");
	terminal_expect(t, "王秀英");
	return t;
}

static void assert_draft_and_session(const struct demo *d)
{
	assert_int_equal(count(d, "SELECT count(*) /*scan*/ FROM draft"), 1);
	assert_int_equal(count(d, "SELECT count(*) /*scan*/ FROM session WHERE ended_at IS NULL"), 0);
}

static void a_dropped_line_keeps_the_draft_and_ends_within_a_second(void **state)
{
	long ms;

	assert_int_equal(terminal_drop(type_something(*state), &ms), 0);
	assert_in_range(ms, 0, 1000);
	assert_draft_and_session(*state);
}

static void a_request_to_end_does_the_same(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT };

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t;
		struct demo d;

		demo_make(&d);
		t = type_something(&d);
		kill(terminal_process(t), signals[i]);
		assert_int_equal(terminal_stop(t), 0);
		assert_draft_and_session(&d);
		t = demo_start_as(&d, 24, 80, "desk");
		terminal_expect(t, "草稿 1");      /* it waits on the workbench */
		terminal_close(t);
		demo_remove(&d);
	}
}

static void a_question_does_not_keep_the_program_alive(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, no_leak_search);
	long ms;

	demo_log_in(t, "desk");
	terminal_press(t, "F10");
	terminal_expect(t, "退出友邻？");
	assert_int_equal(terminal_drop(t, &ms), 0);
	assert_in_range(ms, 0, 1000);
}

static void a_locked_screen_hangs_up_too(void **state)
{
	struct terminal *t = type_something(*state);
	long ms;

	terminal_press(t, "Alt-l");
	terminal_expect(t, "已锁屏");
	assert_int_equal(terminal_drop(t, &ms), 0);
	assert_in_range(ms, 0, 1000);
	assert_draft_and_session(*state);
}

static void a_crash_gives_the_terminal_back(void **state)
{
	struct terminal *t = demo_start(*state, 24, 80, no_leak_search);

	demo_log_in(t, "desk");
	assert_true(terminal_state(t).alternate_screen);
	assert_true(terminal_state(t).paste_mode);
	kill(terminal_process(t), SIGABRT);
	terminal_settle(t, 300, 2000);
	assert_false(terminal_state(t).alternate_screen);
	assert_false(terminal_state(t).paste_mode);
	assert_true(terminal_state(t).cursor_visible);
	assert_int_equal(terminal_stop(t), -SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_dropped_line_keeps_the_draft_and_ends_within_a_second, demo_setup, demo_teardown),
		cmocka_unit_test(a_request_to_end_does_the_same),
		cmocka_unit_test_setup_teardown(a_question_does_not_keep_the_program_alive, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_locked_screen_hangs_up_too, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_crash_gives_the_terminal_back, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
