/* The log: one line an event, written whole, so that several processes share the file. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

/* Two files of this size stay under a megabyte. */
#define FILE_BYTES_MAX (500 * 1024)
#define LINE_BYTES_MAX 1000

/* The one log of a process: it has to be reachable from everywhere, as standard error is. */
static struct {
	char *path;
	int fd;
} the_log = { NULL, -1 };

static char *default_path(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return mem_format("%s/youlin/youlin.log", state);
	return mem_format("%s/.local/state/youlin/youlin.log", home && *home ? home : ".");
}

/* Make the directories above a file. */
static bool make_parents(const char *path)
{
	AUTO_FREE char *dir = mem_copy(path);

	for (char *p = dir + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		if (mkdir(dir, 0700) != 0 && errno != EEXIST)
			return false;
		*p = '/';
	}
	return true;
}

static int open_file(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

enum rc log_open(const char *path, struct err *e)
{
	char *own = path ? mem_copy(path) : default_path();
	int fd = make_parents(own) ? open_file(own) : -1;

	if (fd < 0) {
		enum rc rc = err_set(e, RC_IO, NULL, "%s: 写不了日志：%s", own, err_reason(errno));

		free(own);
		return rc;
	}
	log_close();
	the_log.path = own;
	the_log.fd = fd;
	return RC_OK;
}

void log_close(void)
{
	if (the_log.fd >= 0)
		close(the_log.fd);
	free(the_log.path);
	the_log.path = NULL;
	the_log.fd = -1;
}

/* Another process may have turned the files over already: then our descriptor is that of the old file. */
static void rotate(void)
{
	struct stat ours, there;
	AUTO_FREE char *old = mem_format("%s.1", the_log.path);
	int fd;

	if (fstat(the_log.fd, &ours) != 0 || ours.st_size < FILE_BYTES_MAX)
		return;
	flock(the_log.fd, LOCK_EX);
	if (stat(the_log.path, &there) == 0 && there.st_ino == ours.st_ino && there.st_dev == ours.st_dev)
		rename(the_log.path, old);
	fd = open_file(the_log.path);
	if (fd >= 0) {
		close(the_log.fd);             /* and with it the lock */
		the_log.fd = fd;
	} else {
		flock(the_log.fd, LOCK_UN);
	}
}

void log_event(const char *format, ...)
{
	char message[LINE_BYTES_MAX];
	AUTO_STRBUF line = { 0 };
	int64_t now = instant_now();
	va_list args;
	ssize_t written;

	if (the_log.fd < 0)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	rotate();
	instant_format(&line, now);
	strbuf_format(&line, ":%02d %d ", (int)(now / 1000 % 60), (int)getpid());
	text_clean(&line, message, strlen(message), TEXT_LINE);
	strbuf_add_char(&line, '\n');
	written = write(the_log.fd, line.s, line.n);
	(void)written;                     /* a full disk must not stop the work that is logged */
}
