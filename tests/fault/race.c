/* Eight processes that save at once: nothing is lost, nobody sees an error, nobody starves.
 *
 *	test_fault_race [STEPS OF EACH]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../store/fixture.h"
#include "ledger.h"

enum { PROCESSES = 8, COUNTER = 5 };

static int steps = 20;

struct racer {
	const char *path;
	bool reads_outside;       /* wrong on purpose: reads before its transaction */
	int64_t *longest_us;      /* shared */
};

static int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum rc read_counter(struct store *st, int64_t *value, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT built_year FROM estate WHERE id = :id");

	bind_int(&q, ":id", COUNTER);
	return stmt_int(&q, value, e);
}

/* Add one: a read and a write that belong together. */
static enum rc count_up(struct store *st, const struct racer *r, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "UPDATE estate SET built_year = :value, rev = rev + 1 WHERE id = :id");
	AUTO_TXN t = { 0 };
	int64_t value = 0;
	enum rc rc = RC_OK;

	if (r->reads_outside) {
		rc = read_counter(st, &value, e);
		usleep(2000);
	}
	if (rc != RC_OK || (rc = txn_begin(&t, st, "race.count", e)) != RC_OK ||
	    (!r->reads_outside && (rc = read_counter(st, &value, e)) != RC_OK))
		return rc;
	bind_int(&q, ":value", value + 1);
	bind_int(&q, ":id", COUNTER);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static int race(void *context)
{
	const struct racer *r = context;
	struct store_options options = { .path = r->path, .busy_timeout_ms = 60000 };
	struct store *st = NULL;
	struct err e = { 0 };
	enum rc rc = store_open(&st, &options, &e);

	for (int i = 0; rc == RC_OK && i < steps; i++) {
		int64_t began = clock_us();

		rc = count_up(st, r, &e);
		if (clock_us() - began > *r->longest_us)
			*r->longest_us = clock_us() - began;
	}
	if (rc != RC_OK)
		fprintf(stderr, "%s\n", e.text);
	store_close(st);
	return (int)rc;
}

/* Run all at once; the counter's value at the end. */
static int64_t run(struct fixture *f, bool reads_outside, int64_t *longest_us)
{
	int64_t *shared = mmap(NULL, PROCESSES * sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pids[PROCESSES];
	int status;

	assert_ptr_not_equal(shared, MAP_FAILED);
	fixture_write(f->st, "test", "INSERT INTO estate (id, name, built_year) VALUES (5, '计数', 0)");
	fixture_close(f);
	fflush(NULL);
	for (int i = 0; i < PROCESSES; i++) {
		struct racer r = { f->path, reads_outside, &shared[i] };

		pids[i] = fork();
		if (pids[i] == 0)
			_exit(race(&r));
	}
	*longest_us = 0;
	for (int i = 0; i < PROCESSES; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		if (shared[i] > *longest_us)
			*longest_us = shared[i];
	}
	munmap(shared, PROCESSES * sizeof *shared);
	fixture_open(f);
	return fixture_int(f->st, "SELECT built_year FROM estate WHERE id = 5");
}

static void eight_processes_lose_nothing_and_only_wait(void **state)
{
	struct fixture *f = *state;
	int64_t longest_us;

	assert_int_equal(run(f, false, &longest_us), PROCESSES * steps);
	assert_int_equal(fixture_int(f->st, "SELECT rev FROM estate WHERE id = 5"), PROCESSES * steps + 1);
	assert_int_equal(fixture_int(f->st, "SELECT no FROM self"), PROCESSES * steps + 1);
	assert_int_equal(ledger_faults(f->st), 0);
	print_message("%d transactions, the longest took %.0f ms\n", PROCESSES * steps, (double)longest_us / 1000);
	assert_true(longest_us < 10 * 1000000);
}

/* The control: what is read before the transaction may be old when it is written. */
static void reading_before_the_transaction_is_caught(void **state)
{
	struct fixture *f = *state;
	int64_t longest_us;

	assert_true(run(f, true, &longest_us) < PROCESSES * steps);
	assert_int_equal(ledger_faults(f->st), 0);
}

int main(int n, char **args)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(eight_processes_lose_nothing_and_only_wait, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(reading_before_the_transaction_is_caught, fixture_begin, fixture_end),
	};

	if (n > 1)
		steps = atoi(args[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
