/* A home with a demo database for each test. YOULIN, YOULIN_TEST_DEMO and YOULIN_TEST_CLOCK come from the build. */
#include "demo.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "domain/demo.h"
#include "test.h"

#define ENVIRONMENT_MAX 32

static const char *needed(const char *name)
{
	const char *value = getenv(name);

	if (value == NULL)
		fail_msg("%s is not set: run the tests through meson", name);
	return value;
}

static void copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	char bytes[65536];
	ssize_t n;

	assert_true(in >= 0);
	assert_true(out >= 0);
	while ((n = read(in, bytes, sizeof bytes)) > 0)
		assert_int_equal(write(out, bytes, (size_t)n), n);
	assert_int_equal(n, 0);
	close(in);
	assert_int_equal(close(out), 0);
}

void demo_make(struct demo *d)
{
	const char *made = needed("YOULIN_TEST_DEMO");
	AUTO_FREE char *made_key = mem_format("%s.key", made), *key = NULL;

	strcpy(d->home, "/tmp/youlin-screen-XXXXXX");
	assert_non_null(mkdtemp(d->home));
	snprintf(d->database, sizeof d->database, "%s/youlin.db", d->home);
	key = mem_format("%s.key", d->database);
	copy_file(made, d->database);
	copy_file(made_key, key);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void demo_remove(struct demo *d)
{
	nftw(d->home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int demo_setup(void **state)
{
	struct demo *d = mem_alloc(sizeof *d);

	demo_make(d);
	*state = d;
	return 0;
}

int demo_teardown(void **state)
{
	demo_remove(*state);
	free(*state);
	return 0;
}

/* Names of the environment that the program gets; the caller's own come last and win. */
static size_t fill_environment(const struct demo *d, struct arena *a, const char *const *more, const char **out)
{
	static const char *const fixed[] = { "TERM=xterm-256color", "LANG=C.UTF-8", "TZ=Asia/Shanghai", "NO_COLOR=", "YOULIN_CONFIG=" };
	size_t n = 0;

	for (size_t i = 0; i < COUNT(fixed); i++)
		out[n++] = fixed[i];
	out[n++] = arena_format(a, "HOME=%s", d->home);
	out[n++] = arena_format(a, "XDG_DATA_HOME=%s", d->home);
	out[n++] = arena_format(a, "XDG_STATE_HOME=%s", d->home);
	out[n++] = arena_format(a, "XDG_CONFIG_HOME=%s", d->home);
	out[n++] = arena_format(a, "LD_PRELOAD=%s", needed("YOULIN_TEST_CLOCK"));
	out[n++] = arena_format(a, "YOULIN_TEST_LEAP=%s/leap", d->home);
	for (; more && *more; more++) {
		assert_true(n < ENVIRONMENT_MAX - 1);
		out[n++] = *more;
	}
	out[n] = NULL;
	return n;
}

struct terminal *demo_start(const struct demo *d, int rows, int cols, const char *const *environment)
{
	const char *const arguments[] = { needed("YOULIN"), "--db", d->database, NULL };
	const char *names[ENVIRONMENT_MAX];
	AUTO_ARENA arena = { 0 };

	fill_environment(d, &arena, environment, names);
	return terminal_start(rows, cols, arguments, names);
}

void demo_log_in(struct terminal *t, const char *login)
{
	terminal_expect(t, "用户名");
	terminal_type(t, login);
	terminal_press(t, "Enter");
	terminal_type(t, DEMO_PASSWORD);
	terminal_press(t, "Enter");
	terminal_expect(t, "命令");            /* of the key line: nobody has it who is not logged in */
}

struct terminal *demo_start_as(const struct demo *d, int rows, int cols, const char *login)
{
	struct terminal *t = demo_start(d, rows, cols, NULL);

	demo_log_in(t, login);
	return t;
}

void demo_leap(const struct demo *d, int hours)
{
	AUTO_FREE char *path = mem_format("%s/leap", d->home);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_true(dprintf(fd, "%d\n", hours) > 0);
	close(fd);
}
