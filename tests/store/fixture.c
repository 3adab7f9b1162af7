/* A database for each test. */
#include "fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

char *fixture_file(const struct fixture *f, const char *name)
{
	return mem_format("%s/%s", f->dir, name);
}

struct store *fixture_open_at(const char *path)
{
	struct store_options options = { .path = path, .busy_timeout_ms = 20000 };
	struct store *st = NULL;
	struct err e = { 0 };

	assert_ok(store_open(&st, &options, &e), &e);
	return st;
}

void fixture_open(struct fixture *f)
{
	f->st = fixture_open_at(f->path);
}

void fixture_close(struct fixture *f)
{
	store_close(f->st);
	f->st = NULL;
}

int fixture_begin(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct store_options options = { .path = f->path, .create = true, .busy_timeout_ms = 20000 };

	text_locale_init();
	snprintf(f->dir, sizeof f->dir, "/tmp/youlin-test-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	snprintf(f->path, sizeof f->path, "%s/office.db", f->dir);
	*state = f;
	if (store_open(&f->st, &options, &f->e) != RC_OK) {
		fprintf(stderr, "%s\n", f->e.text);
		return -1;
	}
	return 0;
}

static void remove_directory(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	while (d && (entry = readdir(d)) != NULL) {
		AUTO_FREE char *path = mem_format("%s/%s", dir, entry->d_name);

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlink(path) != 0)
			remove_directory(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

int fixture_end(void **state)
{
	struct fixture *f = *state;

	fixture_close(f);
	remove_directory(f->dir);
	free(f);
	return 0;
}

void fixture_assert_rc(enum rc rc, enum rc expected, const struct err *e, const char *what, const char *file, int line)
{
	if (rc == expected)
		return;
	print_error("%s:%d: %s gave %d, expected %d: %s\n", file, line, what, rc, expected, e->text);
	_assert_int_equal((unsigned long)rc, (unsigned long)expected, file, line);
}

void fixture_write(struct store *st, const char *verb, const char *sql)
{
	struct err e = { 0 };
	AUTO_TXN t = { 0 };

	assert_ok(txn_begin(&t, st, verb, &e), &e);
	{
		AUTO_STMT q = stmt_use_temporary(st, sql);

		assert_ok(stmt_run(&q, &e), &e);
	}
	assert_ok(txn_commit(&t, &e), &e);
}

static char *scannable(const char *sql)
{
	return mem_format("%s /*scan*/", sql);
}

int64_t fixture_int(struct store *st, const char *sql)
{
	AUTO_FREE char *text = scannable(sql);
	AUTO_STMT q = stmt_use_temporary(st, text);
	struct err e = { 0 };
	int64_t n = 0;

	assert_ok(stmt_int(&q, &n, &e), &e);
	return n;
}

char *fixture_text(struct store *st, const char *sql)
{
	AUTO_FREE char *text = scannable(sql);
	AUTO_STMT q = stmt_use_temporary(st, text);
	struct err e = { 0 };
	char *s = NULL;

	assert_ok(stmt_text(&q, &s, &e), &e);
	return s;
}

int fixture_child(int (*run)(void *context), void *context)
{
	int status = -1;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(run(context));
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int fixture_shell(const char *path, const char *sql, char **out)
{
	struct strbuf text = { 0 };
	int fds[2], status = -1;
	char bytes[512];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		dup2(fds[1], STDERR_FILENO);
		close(fds[0]);
		execlp("sqlite3", "sqlite3", "-batch", "-bail", path, sql, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	while ((n = read(fds[0], bytes, sizeof bytes)) > 0)
		strbuf_add_n(&text, bytes, (size_t)n);
	close(fds[0]);
	waitpid(pid, &status, 0);
	*out = strbuf_take(&text);
	assert_int_not_equal(WEXITSTATUS(status), 127);   /* the sqlite3 program must be there */
	return WEXITSTATUS(status);
}
