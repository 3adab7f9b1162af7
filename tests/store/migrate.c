/* Migrations: run once, after a backup, or not at all. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

/* What a later program would bring. */
static const char second[] =
	"CREATE TABLE home_visit (\n"
	"  id   INTEGER PRIMARY KEY,\n"
	"  rev  INTEGER NOT NULL DEFAULT 1,\n"
	"  name TEXT,                -- of the person\n"
	"  minutes INTEGER NOT NULL DEFAULT 0\n"
	") STRICT;\n"
	"INSERT INTO journaled (tbl) VALUES ('home_visit');\n"
	"ALTER TABLE grid ADD COLUMN colour TEXT;\n";
static const char third[] = "CREATE TABLE local_note (id INTEGER PRIMARY KEY, text TEXT) STRICT;\n";

#define AHEAD 2
#define LIST_MAX 100

/* The program's migrations and two more; the second of them may be another one. Returns how many. */
static size_t later(struct migration list[LIST_MAX], const char *third_sql)
{
	size_t n;
	const struct migration *now = migrate_list(&n);

	assert_true(n + AHEAD <= LIST_MAX);
	memcpy(list, now, n * sizeof *now);
	list[n] = (struct migration){ (int)n + 1, "visits", second };
	list[n + 1] = (struct migration){ (int)n + 2, "notes", third_sql };
	return n + AHEAD;
}

static int64_t version_of(struct store *st)
{
	return fixture_int(st, "SELECT user_version FROM pragma_user_version");
}

static int count_backups(const struct fixture *f)
{
	DIR *d = opendir(f->dir);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(d)) != NULL)
		n += strstr(entry->d_name, ".backup-v") != NULL;
	closedir(d);
	return n;
}

static void an_older_database_is_brought_up_after_a_backup(void **state)
{
	struct fixture *f = *state;
	struct migration list[LIST_MAX];
	size_t n = later(list, third);
	AUTO_FREE char *out = NULL;

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_ok(migrate_open(f->st, list, n, &f->e), &f->e);
	assert_int_equal(count_backups(f), 1);
	assert_int_equal(version_of(f->st), n);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 1);
	/* The new table is journaled, the new column too, and the shell is still kept out. */
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'journal_home_visit_*'"), 4);
	assert_int_equal(fixture_int(f->st, "SELECT sql LIKE '%colour%' FROM sqlite_schema WHERE name = 'journal_grid_update'"), 1);
	assert_int_not_equal(fixture_shell(f->path, "INSERT INTO home_visit (id) VALUES (1)", &out), 0);
	assert_ok(migrate_open(f->st, list, n, &f->e), &f->e);      /* again: nothing left */
	assert_int_equal(count_backups(f), 1);
}

static void the_backup_is_the_database_of_before(void **state)
{
	struct fixture *f = *state;
	struct migration list[LIST_MAX];
	size_t n = later(list, third);
	AUTO_FREE char *from = NULL;
	AUTO_FREE char *key = mem_format("%s.key", f->path);
	AUTO_FREE char *command = NULL;
	struct store *old;

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_ok(migrate_open(f->st, list, n, &f->e), &f->e);
	command = mem_format("cd %s && b=$(ls | grep 'backup-v[0-9]*-[0-9]*-[0-9]*$') && cp $b old.db && cp office.db.key old.db.key", f->dir);
	assert_int_equal(system(command), 0);
	from = fixture_file(f, "old.db");
	old = fixture_open_at(from);
	assert_int_equal(fixture_int(old, "SELECT count(*) FROM grid"), 1);
	assert_int_equal(version_of(old), n - AHEAD);
	store_close(old);
}

static void a_migration_that_fails_leaves_everything_as_it_was(void **state)
{
	static const char *const wrong[] = {
		"CREATE TABLE home_visit (id INTEGER PRIMARY KEY) STRICT;",                 /* exists already */
		"CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; SELECT no_such_function();",
		"CREATE TABLE t (id INTEGER PRIMARY KEY, rev INTEGER NOT NULL DEFAULT 1, x TEXT NOT NULL) STRICT;"
		"INSERT INTO journaled (tbl) VALUES ('t');",                               /* NOT NULL without DEFAULT */
		"INSERT INTO journaled (tbl) VALUES ('nowhere');",
	};
	struct fixture *f = *state;
	struct migration list[LIST_MAX];

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_ok(migrate_open(f->st, list, later(list, third) - 1, &f->e), &f->e);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		size_t n = later(list, wrong[i]);

		assert_int_not_equal(migrate_open(f->st, list, n, &f->e), RC_OK);
		assert_non_null(strstr(f->e.text, "没有成功"));
		assert_int_equal(version_of(f->st), n - 1);
		assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 't')"), 0);
		assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'journal_grid_*'"), 4);
	}
}

struct opener {
	const char *path;
	int go;
};

static int open_with_later_program(void *context)
{
	const struct opener *o = context;
	struct store_options options = { .path = o->path, .busy_timeout_ms = 20000 };
	struct migration list[LIST_MAX];
	size_t n = later(list, third);
	struct store *st = db_new(&options);
	struct err e = { 0 };
	char byte;
	enum rc rc;

	if (read(o->go, &byte, 1) != 0)                /* all begin when the pipe is closed */
		return 1;
	rc = db_connect(st, o->path, &e);
	if (rc == RC_OK)
		rc = migrate_open(st, list, n, &e);
	if (rc != RC_OK)
		fprintf(stderr, "%s\n", e.text);
	store_close(st);
	return (int)rc;
}

static void several_processes_that_open_at_once_migrate_once(void **state)
{
	enum { PROCESSES = 6 };
	struct fixture *f = *state;
	struct opener o = { f->path, 0 };
	int fds[2], status;
	pid_t pids[PROCESSES];

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_close(f);
	assert_int_equal(pipe(fds), 0);
	o.go = fds[0];
	fflush(NULL);
	for (int i = 0; i < PROCESSES; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			close(fds[1]);
			_exit(open_with_later_program(&o));
		}
	}
	close(fds[0]);
	close(fds[1]);
	for (int i = 0; i < PROCESSES; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(count_backups(f), 1);
}

static void a_program_that_is_still_open_is_told_of_the_upgrade(void **state)
{
	struct fixture *f = *state;
	struct store *old = fixture_open_at(f->path);
	struct migration list[LIST_MAX];
	size_t n = later(list, third);
	AUTO_TXN t = { 0 };

	assert_ok(migrate_open(f->st, list, n, &f->e), &f->e);
	assert_rc(txn_begin(&t, old, "test", &f->e), RC_INVALID, &f->e);
	assert_non_null(strstr(f->e.text, "升级"));
	store_close(old);
}

static void the_schema_keeps_its_comments(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'resident'"
	                                    " AND sql LIKE '%-- -> household%'"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_older_database_is_brought_up_after_a_backup, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_backup_is_the_database_of_before, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_migration_that_fails_leaves_everything_as_it_was, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(several_processes_that_open_at_once_migrate_once, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_program_that_is_still_open_is_told_of_the_upgrade, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_schema_keeps_its_comments, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
