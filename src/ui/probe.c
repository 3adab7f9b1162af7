/* Ask the terminal how wide it draws. */
#include "ui/probe.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 300

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

/* The column of an answer at s, from 1; 0 if it is none. *n its bytes. */
static int parse_answer(const char *s, size_t *n)
{
	int row, col, used = 0;

	if (sscanf(s, "\x1b[%5d;%5dR%n", &row, &col, &used) != 2 || used == 0 || col < 1)
		return 0;
	*n = (size_t)used;
	return col;
}

int probe_take_answer(struct strbuf *bytes)
{
	for (size_t at = 0; at < bytes->n; at++) {
		size_t n;
		int col = bytes->s[at] == '\x1b' ? parse_answer(bytes->s + at, &n) : 0;

		if (col == 0)
			continue;
		memmove(bytes->s + at, bytes->s + at + n, bytes->n - at - n);
		strbuf_truncate(bytes, bytes->n - n);
		return col - 1;
	}
	return -1;
}

static bool put(int fd, const char *s)
{
	return write(fd, s, strlen(s)) == (ssize_t)strlen(s);
}

/* 中 takes two columns and ─ one or two; in a terminal that is not UTF-8 six bytes take five columns and more. */
enum terminal_width probe_width_of(int col)
{
	if (col == 3)
		return WIDTH_NARROW;
	if (col == 4)
		return WIDTH_WIDE;
	return col > 4 ? WIDTH_NOT_UTF8 : WIDTH_UNKNOWN;
}

enum terminal_width probe_width(int in, int out, struct strbuf *typed)
{
	long end = now_ms() + WAIT_MS, left;
	int col = -1;

	if (!put(out, "\r中─\x1b[6n"))
		return WIDTH_UNKNOWN;
	while (col < 0 && (left = end - now_ms()) > 0) {
		struct pollfd p = { .fd = in, .events = POLLIN };
		char bytes[256];
		ssize_t n;

		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(in, bytes, sizeof bytes);
		if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
			break;
		if (n > 0)
			strbuf_add_n(typed, bytes, (size_t)n);
		col = probe_take_answer(typed);
	}
	if (!put(out, "\r\x1b[K"))
		return WIDTH_UNKNOWN;
	return probe_width_of(col);
}
