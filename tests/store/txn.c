/* Transactions: what is kept, what is taken back, who waits for whom. */
#include "store/txn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"

static void insert_grid(struct store *st, int64_t id)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO grid (id, code) VALUES (:id, '01')");
	struct err e = { 0 };

	bind_int(&q, ":id", id);
	assert_ok(stmt_run(&q, &e), &e);
}

/* Numbers 1, 2, 3 … without a gap, each with ops 0 … n - 1, and self at the last of them. */
static void assert_gapless(struct store *st, int64_t transactions, int64_t ops)
{
	assert_int_equal(fixture_int(st, "SELECT count(*) FROM journal"), ops);
	assert_int_equal(fixture_int(st, "SELECT count(DISTINCT no) FROM journal"), transactions);
	assert_int_equal(fixture_int(st, "SELECT coalesce(max(no), 0) FROM journal"), transactions);
	assert_int_equal(fixture_int(st, "SELECT no FROM self"), transactions);
	assert_int_equal(fixture_int(st, "SELECT count(*) FROM journal WHERE n > 0"), transactions);
	assert_int_equal(fixture_int(st, "SELECT count(*) FROM (SELECT no FROM journal GROUP BY no"
	                                 " HAVING max(k) + 1 <> count(*) OR max(n) <> count(*) OR min(k) <> 0)"), 0);
	assert_int_equal(fixture_int(st, "SELECT count(*) FROM journal WHERE (n > 0) <> (hash IS NOT NULL)"), 0);
}

static void what_is_not_committed_is_taken_back(void **state)
{
	struct fixture *f = *state;

	{
		AUTO_TXN t = { 0 };

		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		insert_grid(f->st, 1);
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 0);
	assert_gapless(f->st, 0, 0);
	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 1);
	assert_gapless(f->st, 1, 1);
}

static void a_transaction_without_changes_takes_no_number(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_write(f->st, "draft", "INSERT INTO draft (id, account_id, form, content, updated_at) VALUES (1, 1, 'issue', '{}', 0)");
	fixture_write(f->st, "grid.same", "UPDATE grid SET code = '01', rev = rev + 1 WHERE id = 1");
	assert_gapless(f->st, 1, 1);
	assert_int_equal(fixture_int(f->st, "SELECT rev FROM grid"), 2);
}

static void an_inner_transaction_is_taken_back_alone(void **state)
{
	struct fixture *f = *state;
	AUTO_TXN outer = { 0 };

	assert_ok(txn_begin(&outer, f->st, "outer", &f->e), &f->e);
	insert_grid(f->st, 1);
	{
		AUTO_TXN inner = { 0 };

		assert_ok(txn_begin(&inner, f->st, "inner", &f->e), &f->e);
		insert_grid(f->st, 2);
		insert_grid(f->st, 3);
	}
	{
		AUTO_TXN inner = { 0 };

		assert_ok(txn_begin(&inner, f->st, "inner", &f->e), &f->e);
		insert_grid(f->st, 4);
		assert_ok(txn_commit(&inner, &f->e), &f->e);
	}
	assert_ok(txn_commit(&outer, &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT sum(id) FROM grid"), 1 + 4);
	assert_gapless(f->st, 1, 2);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal WHERE verb = 'outer'"), 2);
}

static void an_outer_transaction_takes_its_inner_ones_back(void **state)
{
	struct fixture *f = *state;

	{
		AUTO_TXN outer = { 0 };
		AUTO_TXN inner = { 0 };

		assert_ok(txn_begin(&outer, f->st, "outer", &f->e), &f->e);
		assert_ok(txn_begin(&inner, f->st, "inner", &f->e), &f->e);
		insert_grid(f->st, 1);
		assert_ok(txn_commit(&inner, &f->e), &f->e);
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 0);
	assert_gapless(f->st, 0, 0);
}

static void a_statement_that_fails_leaves_no_gap_in_the_journal(void **state)
{
	struct fixture *f = *state;
	AUTO_TXN t = { 0 };

	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (5, '05')");
	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	insert_grid(f->st, 1);
	{
		/* Two rows are journaled before the third one fails. */
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO grid (id, code) VALUES (2, 'a'), (3, 'b'), (5, 'c')");

		assert_rc(stmt_run(&q, &f->e), RC_DB, &f->e);
	}
	insert_grid(f->st, 6);
	assert_ok(txn_commit(&t, &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT sum(id) FROM grid"), 5 + 1 + 6);
	assert_gapless(f->st, 2, 3);
}

struct holder {
	const char *path;
	const char *name;
	int ready, hold_ms;
};

/* Another process: takes the write lock, says so, keeps it for a while. */
static int hold(void *context)
{
	struct holder *h = context;
	struct store_options options = { .path = h->path };
	struct store *st = NULL;
	struct err e = { 0 };
	struct timespec pause = { .tv_sec = h->hold_ms / 1000, .tv_nsec = h->hold_ms % 1000 * 1000000L };
	AUTO_TXN t = { 0 };

	if (store_open(&st, &options, &e) != RC_OK)
		return 1;
	store_set_actor(st, 7, h->name);
	if (txn_begin(&t, st, "test", &e) != RC_OK || write(h->ready, "x", 1) != 1)
		return 2;
	nanosleep(&pause, NULL);
	txn_end(&t);
	store_close(st);
	return 0;
}

static pid_t start_holder(struct fixture *f, const char *name, int hold_ms)
{
	int fds[2];
	struct holder h = { f->path, name, 0, hold_ms };
	char byte;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	h.ready = fds[1];
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(hold(&h));
	assert_int_equal(read(fds[0], &byte, 1), 1);
	close(fds[0]);
	close(fds[1]);
	return pid;
}

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void who_waits_too_long_is_told_whom_for(void **state)
{
	struct fixture *f = *state;
	pid_t pid = start_holder(f, "陈晓", 1000);
	struct store_options options = { .path = f->path, .busy_timeout_ms = 200 };
	struct store *st = NULL;
	AUTO_FREE char *process = mem_format("进程 %ld", (long)pid);
	int64_t began = clock_ms(), waited;
	AUTO_TXN t = { 0 };

	assert_ok(store_open(&st, &options, &f->e), &f->e);
	assert_rc(txn_begin(&t, st, "test", &f->e), RC_BUSY, &f->e);
	waited = clock_ms() - began;
	assert_true(waited >= 195 && waited < 900);
	assert_non_null(strstr(f->e.text, "「陈晓」"));
	assert_non_null(strstr(f->e.text, process));
	assert_non_null(strstr(f->e.text, "已等待 0.2 秒"));
	assert_false(t.open);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_ok(txn_begin(&t, st, "test", &f->e), &f->e);
	txn_end(&t);
	store_close(st);
}

static void who_waits_gets_the_lock_as_soon_as_it_is_free(void **state)
{
	struct fixture *f = *state;
	pid_t pid = start_holder(f, NULL, 150);
	int64_t began = clock_ms();

	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_true(clock_ms() - began < 2000);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_gapless(f->st, 1, 1);
}

static void readers_never_wait_for_a_writer(void **state)
{
	struct fixture *f = *state;
	pid_t pid = start_holder(f, NULL, 500);
	int64_t began = clock_ms();

	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 0);
	assert_true(clock_ms() - began < 300);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* A program that does not stand in our queue holds SQLite's own lock. */
static int hold_like_a_stranger(void *context)
{
	const struct holder *h = context;
	FILE *shell;
	AUTO_FREE char *held = mem_format("%s.held", h->path), *command = mem_format("sqlite3 %s >%s", h->path, held);
	struct stat s = { 0 };

	shell = popen(command, "w");
	if (shell == NULL)
		return 1;
	fputs("BEGIN IMMEDIATE;\n.system echo held\n", shell);
	fflush(shell);
	while (stat(held, &s) != 0 || s.st_size == 0)
		usleep(10 * 1000);
	if (write(h->ready, "x", 1) != 1)
		return 2;
	usleep((useconds_t)h->hold_ms * 1000);
	fputs("ROLLBACK;\n", shell);
	return pclose(shell);
}

static void another_program_that_writes_is_waited_for_too(void **state)
{
	struct fixture *f = *state;
	struct store_options options = { .path = f->path, .busy_timeout_ms = 100 };
	struct store *st = NULL;
	int fds[2];
	struct holder h = { f->path, NULL, 0, 2000 };
	char byte;
	pid_t pid;
	AUTO_TXN t = { 0 };

	assert_int_equal(pipe(fds), 0);
	h.ready = fds[1];
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(hold_like_a_stranger(&h));
	assert_int_equal(read(fds[0], &byte, 1), 1);
	assert_ok(store_open(&st, &options, &f->e), &f->e);
	assert_rc(txn_begin(&t, st, "test", &f->e), RC_BUSY, &f->e);
	assert_non_null(strstr(f->e.text, "另一个程序"));
	store_close(st);
	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(fds[0]);
	close(fds[1]);
}

static void the_journal_names_who_and_what_for(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *seen = NULL;

	store_set_actor(f->st, 77, "陈晓");
	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	store_set_actor(f->st, 0, NULL);
	fixture_write(f->st, "import", "UPDATE grid SET name = '一网格' WHERE id = 1");
	seen = fixture_text(f->st, "SELECT group_concat(coalesce(actor, '-') || ' ' || verb, '|') FROM journal");
	assert_string_equal(seen, "77 grid.add|- import");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_not_committed_is_taken_back, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_transaction_without_changes_takes_no_number, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(an_inner_transaction_is_taken_back_alone, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(an_outer_transaction_takes_its_inner_ones_back, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_statement_that_fails_leaves_no_gap_in_the_journal, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(who_waits_too_long_is_told_whom_for, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(who_waits_gets_the_lock_as_soon_as_it_is_free, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(readers_never_wait_for_a_writer, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(another_program_that_writes_is_waited_for_too, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_journal_names_who_and_what_for, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
