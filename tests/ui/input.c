/* Bytes and signals in time, over a pipe. */
#include "ui/input.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#define ESCAPE_MS 40

struct line {
	int write_end, read_end;
	struct input *in;
};

static int setup(void **state)
{
	struct line *line = calloc(1, sizeof *line);
	struct err e = { 0 };
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	line->read_end = ends[0];
	line->write_end = ends[1];
	assert_int_equal(input_open(&line->in, line->read_end, ESCAPE_MS, &e), RC_OK);
	*state = line;
	return 0;
}

static int teardown(void **state)
{
	struct line *line = *state;

	input_close(line->in);
	close(line->read_end);
	if (line->write_end >= 0)
		close(line->write_end);
	free(line);
	return 0;
}

static void send(const struct line *line, const char *bytes)
{
	assert_int_equal(write(line->write_end, bytes, strlen(bytes)), strlen(bytes));
}

static uint32_t key(const struct line *line, int timeout_ms)
{
	struct key_event ev;

	return input_read(line->in, timeout_ms, &ev) ? ev.key : (uint32_t)YK_NONE;
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static void nothing_comes_in_time(void **state)
{
	long from = now_ms();

	assert_int_equal(key(*state, 0), YK_NONE);
	assert_int_equal(key(*state, 30), YK_NONE);
	assert_in_range(now_ms() - from, 28, 2000);
	assert_false(input_pending(((struct line *)*state)->in));
}

static void bytes_that_came_together_are_handed_out_one_by_one(void **state)
{
	struct line *line = *state;

	send(line, "a王\x1b[A");
	assert_true(input_pending(line->in));
	assert_int_equal(key(line, -1), 'a');
	assert_true(input_pending(line->in));
	assert_int_equal(key(line, 0), 0x738B);
	assert_int_equal(key(line, 0), YK_UP);
	assert_false(input_pending(line->in));
}

/* An Esc is only an Esc when nothing followed it for the delay; asking without waiting does not shorten that. */
static void a_lone_escape_takes_the_delay(void **state)
{
	struct line *line = *state;
	long from = now_ms();

	send(line, "\x1b");
	assert_int_equal(key(line, 0), YK_NONE);
	assert_int_equal(key(line, 0), YK_NONE);
	assert_false(input_pending(line->in));
	assert_int_equal(key(line, 2000), YK_ESC);
	assert_in_range(now_ms() - from, ESCAPE_MS - 2, 1500);
	send(line, "\x1b");
	assert_int_equal(key(line, 0), YK_NONE);
	send(line, "[B");
	assert_int_equal(key(line, 2000), YK_DOWN);
	send(line, "\xE7\x8E");                   /* half a character is no key, however long it takes */
	assert_int_equal(key(line, ESCAPE_MS * 2), YK_NONE);
	send(line, "\x8B");
	assert_int_equal(key(line, 2000), 0x738B);
}

static void a_paste_whose_end_got_lost_is_taken_after_a_while(void **state)
{
	struct line *line = *state;
	struct key_event ev;

	send(line, "\x1b[200~abc");
	assert_int_equal(key(line, 50), YK_NONE);
	assert_true(input_read(line->in, 5000, &ev));
	assert_int_equal(ev.key, YK_PASTE);
	assert_memory_equal(ev.text, "abc", 3);
}

static void two_clicks_at_one_place_are_a_double_click(void **state)
{
	struct line *line = *state;

	send(line, "\x1b[<0;5;5M\x1b[<0;5;5m\x1b[<0;5;5M\x1b[<0;5;5M\x1b[<0;6;5M");
	assert_int_equal(key(line, 0), YK_CLICK);
	assert_int_equal(key(line, 0), YK_DOUBLE_CLICK);
	assert_int_equal(key(line, 0), YK_CLICK);
	assert_int_equal(key(line, 0), YK_CLICK);
}

static void what_was_typed_before_the_line_broke_still_arrives(void **state)
{
	struct line *line = *state;

	send(line, "王x");
	close(line->write_end);
	line->write_end = -1;
	assert_int_equal(key(line, 1000), 0x738B);
	assert_int_equal(key(line, 1000), 'x');
	assert_int_equal(key(line, 1000), YK_HANGUP);
	assert_int_equal(key(line, 1000), YK_HANGUP);      /* and nothing else any more */
	assert_true(input_pending(line->in));
}

static void signals_become_keys(void **state)
{
	static const int ends[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT };
	struct line *line = *state;

	raise(SIGWINCH);
	raise(SIGWINCH);
	assert_int_equal(key(line, 1000), YK_RESIZE);
	assert_int_equal(key(line, 0), YK_NONE);
	raise(SIGTSTP);                                    /* a desk program isn't stopped */
	assert_int_equal(key(line, 0), YK_NONE);
	for (size_t i = 0; i < COUNT(ends); i++) {
		raise(ends[i]);
		assert_int_equal(key(line, 1000), YK_HANGUP);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_comes_in_time, setup, teardown),
		cmocka_unit_test_setup_teardown(bytes_that_came_together_are_handed_out_one_by_one, setup, teardown),
		cmocka_unit_test_setup_teardown(a_lone_escape_takes_the_delay, setup, teardown),
		cmocka_unit_test_setup_teardown(a_paste_whose_end_got_lost_is_taken_after_a_while, setup, teardown),
		cmocka_unit_test_setup_teardown(two_clicks_at_one_place_are_a_double_click, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_typed_before_the_line_broke_still_arrives, setup, teardown),
		cmocka_unit_test_setup_teardown(signals_become_keys, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
