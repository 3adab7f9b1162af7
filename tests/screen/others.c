/* Somebody else works on the same database: what they save shows by itself. */
#include <time.h>

#include "demo.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"
#include "test.h"

static enum rc rename_issues(struct store *st, struct err *e)
{
	enum rc rc;
	AUTO_TXN t = { 0 };

	if ((rc = txn_begin(&t, st, "issue.edit", e)) != RC_OK)
		return rc;
	{
		AUTO_STMT q = stmt_use(st, "UPDATE issue /*scan*/ SET title = '别人刚改的', rev = rev + 1");

		if ((rc = stmt_run(&q, e)) != RC_OK)
			return rc;
	}
	return txn_commit(&t, e);
}

static void somebody_renames_all_issues(const struct demo *d)
{
	struct store_options options = { .path = d->database };
	struct store *st = NULL;
	struct err e = { 0 };

	if (store_open(&st, &options, &e) != RC_OK || rename_issues(st, &e) != RC_OK)
		fail_msg("%s", e.text);
	store_close(st);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static void what_another_one_saves_shows_without_a_key_and_the_cursor_stays(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");
	int row, row_after;
	long from;

	terminal_press(t, "2");
	terminal_expect(t, "┌ 事项");
	terminal_press(t, "Down");
	terminal_press(t, "Down");
	terminal_settle(t, 100, 1000);
	assert_true(terminal_find(t, ">11", &row, NULL));      /* numbers begin with the day: 1120-001 */
	somebody_renames_all_issues(*state);
	from = now_ms();
	terminal_expect(t, "别人刚改的");
	assert_in_range(now_ms() - from, 0, 2000);             /* one second; the sanitizers take their share */
	assert_true(terminal_find(t, ">11", &row_after, NULL));
	assert_int_equal(row_after, row);
	terminal_close(t);
}

/* In a form what is being typed is never overwritten by what comes from elsewhere. */
static void what_is_being_typed_is_left_alone(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "王秀英");
	terminal_expect(t, "王秀英");
	somebody_renames_all_issues(*state);
	terminal_settle(t, 1200, 1200);
	assert_true(terminal_shows(t, "王秀英"));
	terminal_press(t, "Alt-1");
	terminal_expect(t, "别人刚改的");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_another_one_saves_shows_without_a_key_and_the_cursor_stays, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_being_typed_is_left_alone, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
