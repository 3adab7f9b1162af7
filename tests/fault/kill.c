/* kill -9 at any moment: what was acknowledged is there, and the database is sound.
 *
 *	test_fault_kill [ROUNDS]
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../store/fixture.h"
#include "ledger.h"

enum { WRITERS = 3, PIPE_BYTES = 1 << 20 };

static int rounds = 8;
static unsigned random_state = 20261124;

static unsigned next_random(unsigned below)
{
	random_state = random_state * 1103515245 + 12345;
	return (random_state >> 16) % below;
}

/* Start the writers, kill each after a random while, collect the highest step that each was told is saved. */
static void run_round(struct fixture *f, int acknowledged[WRITERS], bool too_early)
{
	int fds[2], first[WRITERS];
	pid_t pids[WRITERS];
	struct ack a;
	struct store *st = fixture_open_at(f->path);

	for (int w = 0; w < WRITERS; w++)
		first[w] = ledger_steps(st, w) + 1;
	store_close(st);
	assert_int_equal(pipe(fds), 0);
	fcntl(fds[0], F_SETPIPE_SZ, PIPE_BYTES);
	fflush(NULL);
	for (int w = 0; w < WRITERS; w++) {
		pids[w] = fork();
		if (pids[w] == 0) {
			close(fds[0]);
			_exit(ledger_write(&(struct writer){
				.path = f->path, .number = w, .first_step = first[w], .acks = fds[1], .too_early = too_early }));
		}
	}
	close(fds[1]);
	/* However slow the machine is: some have saved. Who acknowledges too early sleeps before its commit now. */
	for (unsigned left = too_early ? 1 : 1 + next_random(30); left > 0; left--) {
		assert_int_equal(read(fds[0], &a, sizeof a), sizeof a);
		acknowledged[a.writer] = a.step;
	}
	usleep(too_early ? 0 : next_random(10000));
	for (int w = 0; w < WRITERS; w++) {
		kill(pids[w], SIGKILL);
		usleep(too_early ? 0 : next_random(4000));
	}
	for (int w = 0; w < WRITERS; w++)
		assert_int_equal(waitpid(pids[w], NULL, 0), pids[w]);
	while (read(fds[0], &a, sizeof a) == sizeof a)
		acknowledged[a.writer] = a.step;
	close(fds[0]);
}

static void no_acknowledged_save_is_lost_to_kill_9(void **state)
{
	struct fixture *f = *state;
	int acknowledged[WRITERS] = { 0 }, all = 0;

	fixture_close(f);
	for (int round = 0; round < rounds; round++) {
		struct store *st;

		run_round(f, acknowledged, false);
		st = fixture_open_at(f->path);
		for (int w = 0; w < WRITERS; w++) {
			int steps = ledger_steps(st, w);

			assert_true(steps >= acknowledged[w]);     /* a commit whose acknowledgement was killed may be there too */
			assert_true(steps <= acknowledged[w] + 1);
			acknowledged[w] = steps;
		}
		if (round % 4 == 3 || round == rounds - 1)
			assert_int_equal(ledger_faults(st), 0);
		store_close(st);
	}
	for (int w = 0; w < WRITERS; w++)
		all += acknowledged[w];
	print_message("%d rounds, %d transactions\n", rounds, all);
	assert_true(all > 0);
}

/* The control: a program that says "saved" before it is must be caught. */
static void a_save_that_is_acknowledged_too_early_is_caught(void **state)
{
	struct fixture *f = *state;
	int acknowledged[WRITERS] = { 0 }, lost = 0;

	fixture_close(f);
	for (int round = 0; round < 5 && lost == 0; round++) {
		struct store *st;

		run_round(f, acknowledged, true);
		st = fixture_open_at(f->path);
		for (int w = 0; w < WRITERS; w++)
			lost += ledger_steps(st, w) < acknowledged[w];
		assert_int_equal(ledger_faults(st), 0);            /* whole it is all the same */
		store_close(st);
	}
	assert_true(lost > 0);
}

int main(int n, char **args)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_acknowledged_save_is_lost_to_kill_9, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_save_that_is_acknowledged_too_early_is_caught, fixture_begin, fixture_end),
	};

	if (n > 1)
		rounds = atoi(args[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
