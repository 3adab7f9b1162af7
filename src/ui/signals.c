/* The only state of ui that is not passed around: a signal handler gets no context. */
#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum what { HAPPENS_RESIZE, HAPPENS_HANGUP, HAPPENS_NOTHING, HAPPENS_CRASH };

static const struct { int number; enum what what; } caught[] = {
	{ SIGWINCH, HAPPENS_RESIZE },
	{ SIGHUP, HAPPENS_HANGUP }, { SIGTERM, HAPPENS_HANGUP }, { SIGINT, HAPPENS_HANGUP }, { SIGQUIT, HAPPENS_HANGUP },
	{ SIGTSTP, HAPPENS_NOTHING }, { SIGPIPE, HAPPENS_NOTHING },
	{ SIGABRT, HAPPENS_CRASH }, { SIGSEGV, HAPPENS_CRASH }, { SIGBUS, HAPPENS_CRASH }, { SIGFPE, HAPPENS_CRASH }, { SIGILL, HAPPENS_CRASH },
};

static struct {
	int pipe[2];
	struct sigaction before[COUNT(caught)];
	volatile sig_atomic_t armed;
	int terminal;
	struct termios saved;
	char bytes[256];
	size_t n;
} process = { .pipe = { -1, -1 } };

static void tell(int number)
{
	int before = errno;
	ssize_t written = write(process.pipe[1], number == SIGWINCH ? "r" : "h", 1);

	(void)written;                 /* the pipe is full: enough is in it already */
	errno = before;
}

static void write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, bytes, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return;
		bytes += k;
		n -= (size_t)k;
	}
}

void signals_restore_terminal(void)
{
	if (!process.armed)
		return;
	process.armed = 0;
	write_all(process.terminal, process.bytes, process.n);
	tcsetattr(process.terminal, TCSANOW, &process.saved);
}

/* The handler is gone already (SA_RESETHAND): the second time the signal does what it does. */
static void crash(int number)
{
	signals_restore_terminal();
	raise(number);
}

static void catch_one(size_t i)
{
	struct sigaction action = { .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaction(caught[i].number, NULL, &process.before[i]);
	switch (caught[i].what) {
	case HAPPENS_NOTHING:
		action.sa_handler = SIG_IGN;
		break;
	case HAPPENS_CRASH:
		if (process.before[i].sa_handler != SIG_DFL)
			return;        /* a sanitizer's */
		action.sa_handler = crash;
		action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER);
		break;
	case HAPPENS_RESIZE:
	case HAPPENS_HANGUP:
		action.sa_handler = tell;
		break;
	}
	sigaction(caught[i].number, &action, NULL);
}

enum rc signals_open(int *fd, struct err *e)
{
	if (pipe2(process.pipe, O_NONBLOCK | O_CLOEXEC) != 0)
		return err_set(e, RC_IO, NULL, "不能打开管道：%s", err_reason(errno));
	for (size_t i = 0; i < COUNT(caught); i++)
		catch_one(i);
	*fd = process.pipe[0];
	return RC_OK;
}

void signals_close(void)
{
	if (process.pipe[0] < 0)
		return;
	for (size_t i = 0; i < COUNT(caught); i++)
		sigaction(caught[i].number, &process.before[i], NULL);
	close(process.pipe[0]);
	close(process.pipe[1]);
	process.pipe[0] = process.pipe[1] = -1;
}

unsigned signals_take(void)
{
	unsigned came = 0;
	char bytes[64];
	ssize_t n;

	while ((n = read(process.pipe[0], bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < n; i++)
			came |= bytes[i] == 'r' ? SIGNAL_RESIZE : SIGNAL_HANGUP;
	return came;
}

void signals_arm(int terminal, const struct termios *saved, const char *bytes, size_t n)
{
	process.terminal = terminal;
	process.saved = *saved;
	process.n = n < sizeof process.bytes ? n : sizeof process.bytes;
	memcpy(process.bytes, bytes, process.n);
	process.armed = 1;
}

void signals_disarm(void)
{
	process.armed = 0;
}
