/* Backups: whole, private, never over another file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static void fill(struct store *st, int rows)
{
	AUTO_FREE char *sql = mem_format("WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d)"
	                                 " INSERT INTO issue (id, title, body) SELECT n, '漏水' || n, printf('%%.1000c', 'x') FROM c", rows);

	fixture_write(st, "test", sql);
}

static void a_backup_opens_and_has_everything(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "backup.db");
	AUTO_FREE char *command = mem_format("cp %s.key %s.key", f->path, to);
	struct stat at;
	struct store *copy;

	fill(f->st, 1000);
	assert_ok(store_backup(f->st, to, &f->e), &f->e);
	assert_int_equal(stat(to, &at), 0);
	assert_int_equal(at.st_mode & 0777, 0600);
	assert_int_equal(system(command), 0);
	copy = fixture_open_at(to);
	assert_int_equal(fixture_int(copy, "SELECT count(*) FROM issue"), 1000);
	assert_int_equal(fixture_int(copy, "SELECT count(*) FROM journal"), 1000);
	store_close(copy);
}

static void nothing_is_left_over_and_nothing_is_replaced(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "backup.db");
	AUTO_FREE char *nowhere = fixture_file(f, "no/such/directory/x.db");
	AUTO_FREE char *count = mem_format("test $(ls %s | grep -c new-) = 0", f->dir);
	struct stat before, after;

	assert_ok(store_backup(f->st, to, &f->e), &f->e);
	assert_int_equal(stat(to, &before), 0);
	assert_rc(store_backup(f->st, to, &f->e), RC_CONFLICT, &f->e);
	assert_int_equal(stat(to, &after), 0);
	assert_int_equal(before.st_mtime, after.st_mtime);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_rc(store_backup(f->st, nowhere, &f->e), RC_IO, &f->e);
	assert_int_equal(system(count), 0);
}

static int write_on(void *context)
{
	struct store *st = fixture_open_at(context);

	for (int i = 0; i < 40; i++)
		fixture_write(st, "test", "UPDATE issue SET title = title || 'x' WHERE id < 20");
	store_close(st);
	return 0;
}

static void a_backup_is_one_state_while_others_write(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "backup.db");
	AUTO_FREE char *command = mem_format("cp %s.key %s.key", f->path, to);
	struct store *copy;
	pid_t pid;

	fill(f->st, 1000);
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(write_on(f->path));
	assert_ok(store_backup(f->st, to, &f->e), &f->e);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(system(command), 0);
	copy = fixture_open_at(to);
	/* Twenty titles grow together: all of them are equally long, and the journal says the same. */
	assert_int_equal(fixture_int(copy, "SELECT count(DISTINCT length(title) - length(id)) FROM issue WHERE id < 20"), 1);
	assert_int_equal(fixture_int(copy, "SELECT (SELECT max(no) FROM journal) = (SELECT no FROM self)"), 1);
	store_close(copy);
}

static void a_backup_inside_a_transaction_is_refused(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "backup.db");
	AUTO_TXN t = { 0 };

	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	assert_rc(store_backup(f->st, to, &f->e), RC_DB, &f->e);
	assert_int_not_equal(access(to, F_OK), 0);
}

struct seen {
	int calls, last;
};

static void note(void *context, const char *what, int percent)
{
	struct seen *s = context;

	assert_non_null(what);
	assert_true(percent >= s->last && percent <= 100);
	s->last = percent;
	s->calls++;
}

static void progress_is_told(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "backup.db");
	struct seen seen = { 0 };

	fill(f->st, 3000);
	f->st->progress = note;
	f->st->progress_context = &seen;
	assert_ok(store_backup(f->st, to, &f->e), &f->e);
	assert_true(seen.calls > 1);
	assert_int_equal(seen.last, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_backup_opens_and_has_everything, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(nothing_is_left_over_and_nothing_is_replaced, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_backup_is_one_state_while_others_write, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_backup_inside_a_transaction_is_refused, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(progress_is_told, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
