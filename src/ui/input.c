/* Bytes and signals of one terminal, in time: what a lone Esc is, what a double click is, when the line has broken. */
#include "ui/input.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui/decode.h"
#include "ui/signals.h"

#define PASTE_WAIT_MS 1000        /* the end of a paste got lost if nothing comes for so long */
#define DOUBLE_CLICK_MS 400
#define READ_BYTES 65536

struct input {
	int fd, signal_fd;
	struct decoder *decoder;
	int escape_delay_ms;
	bool resized, hung_up;
	int64_t came_at;               /* when bytes came last; ms */
	int64_t click_at;              /* ms; for double clicks */
	int click_row, click_col;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum rc input_open(struct input **out, int fd, int escape_delay_ms, struct err *e)
{
	int signal_fd;
	enum rc rc = signals_open(&signal_fd, e);

	if (rc != RC_OK)
		return rc;
	*out = mem_alloc(sizeof **out);
	**out = (struct input){ .fd = fd, .signal_fd = signal_fd, .decoder = decoder_new(), .escape_delay_ms = escape_delay_ms };
	return RC_OK;
}

void input_close(struct input *in)
{
	if (in == NULL)
		return;
	signals_close();
	decoder_free(in->decoder);
	free(in);
}

void input_give(struct input *in, const char *bytes, size_t n)
{
	decoder_add(in->decoder, bytes, n);
	in->came_at = now_ms();
}

static void take_signals(struct input *in)
{
	unsigned came = signals_take();

	in->resized = in->resized || (came & SIGNAL_RESIZE);
	in->hung_up = in->hung_up || (came & SIGNAL_HANGUP);
}

static void take_bytes(struct input *in)
{
	AUTO_FREE char *bytes = mem_alloc(READ_BYTES);
	ssize_t n = read(in->fd, bytes, READ_BYTES);

	if (n > 0) {
		decoder_add(in->decoder, bytes, (size_t)n);
		explicit_bzero(bytes, (size_t)n);
		in->came_at = now_ms();
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		in->hung_up = true;
	}
}

static void mark_double_click(struct input *in, struct key_event *ev)
{
	int64_t now = now_ms();

	if (ev->key != YK_CLICK)
		return;
	if (now - in->click_at <= DOUBLE_CLICK_MS && in->click_row == ev->row && in->click_col == ev->col) {
		ev->key = YK_DOUBLE_CLICK;
		now = 0;               /* a third click is a first one */
	}
	in->click_at = now;
	in->click_row = ev->row;
	in->click_col = ev->col;
}

/* What was typed before the line broke is still handed out; then nothing but YK_HANGUP. */
static bool next_event(struct input *in, struct key_event *out)
{
	if (in->resized) {
		in->resized = false;
		*out = (struct key_event){ .key = YK_RESIZE };
		return true;
	}
	if (decoder_next(in->decoder, out)) {
		mark_double_click(in, out);
		return true;
	}
	if (!in->hung_up)
		return false;
	*out = (struct key_event){ .key = YK_HANGUP };
	return true;
}

/* When a sequence that has begun counts as all there is; INT64_MAX: none has begun. */
static int64_t sequence_end(const struct input *in)
{
	switch (decoder_waits(in->decoder)) {
	case DECODER_ESCAPE:
		return in->came_at + in->escape_delay_ms;
	case DECODER_PASTE:
		return in->came_at + PASTE_WAIT_MS;
	default:
		return INT64_MAX;
	}
}

/* Wait until then for bytes or signals; false: none came. */
static bool wait_until(struct input *in, int64_t until)
{
	struct pollfd p[] = { { .fd = in->fd, .events = POLLIN }, { .fd = in->signal_fd, .events = POLLIN } };
	int64_t left = until == INT64_MAX ? -1 : until - now_ms();

	if (until != INT64_MAX && left < 0)
		left = 0;
	if (poll(p, 2, left > INT_MAX ? INT_MAX : (int)left) <= 0)
		return false;
	if (p[1].revents)
		take_signals(in);
	if (p[0].revents)
		take_bytes(in);
	return true;
}

bool input_read(struct input *in, int timeout_ms, struct key_event *out)
{
	int64_t end = timeout_ms < 0 ? INT64_MAX : now_ms() + timeout_ms;

	while (!next_event(in, out)) {
		int64_t sequence = sequence_end(in);

		if (wait_until(in, sequence < end ? sequence : end))
			continue;
		if (sequence <= now_ms())
			decoder_timeout(in->decoder);
		else if (end <= now_ms())
			return false;
	}
	return true;
}

bool input_pending(const struct input *in)
{
	struct pollfd p[] = { { .fd = in->fd, .events = POLLIN }, { .fd = in->signal_fd, .events = POLLIN } };

	return in->resized || in->hung_up || decoder_ready(in->decoder) || poll(p, 2, 0) > 0;
}
