/* The queue of writers: flock on PATH.lock around each write transaction.
 *
 * SQLite's own waiting polls without a queue, so that one of several busy writers can starve; a blocked flock is woken as soon as the
 * lock is free.  The file says who holds it, and which transaction was committed last: a database that knows less than its lock file was
 * put back from a backup (self.c).  The kernel drops the lock of a process that dies.
 *
 * Bytes behind the line are the drafts that somebody is typing into: one lock each, also dropped by the kernel.
 */
#include "store/txn.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "internal.h"
#include "store/draft.h"

#define MARK_BYTES 256
#define NAME_COLS 40
#define WAKE_AGAIN_NS (20 * 1000 * 1000)       /* in case the first signal came before flock slept */

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wake(int signal_number)
{
	(void)signal_number;
}

/* Sleep in flock until it is ours or `deadline`: a timer aimed at this thread interrupts it, for flock itself knows no time-out. */
static bool flock_until(int fd, int64_t deadline)
{
	int64_t left_ms = deadline - monotonic_ms();
	struct sigaction interrupt = { .sa_handler = wake }, before;   /* without SA_RESTART */
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM };
	struct itimerspec when = { .it_interval.tv_nsec = WAKE_AGAIN_NS };
	sigset_t alarm_only, mask_before;
	timer_t timer;
	bool ours = false;

	if (left_ms <= 0)
		return false;
	when.it_value.tv_sec = left_ms / 1000;
	when.it_value.tv_nsec = left_ms % 1000 * 1000000;
	event._sigev_un._tid = (int)syscall(SYS_gettid);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
		return false;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	sigaction(SIGALRM, &interrupt, &before);
	pthread_sigmask(SIG_UNBLOCK, &alarm_only, &mask_before);
	timer_settime(timer, 0, &when, NULL);
	do
		ours = flock(fd, LOCK_EX) == 0;
	while (!ours && errno == EINTR && monotonic_ms() < deadline);
	timer_delete(timer);
	pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
	sigaction(SIGALRM, &before, NULL);
	return ours;
}

static bool read_mark(int fd, struct lock_mark *out)
{
	char bytes[MARK_BYTES + 1] = "";
	ssize_t n = pread(fd, bytes, MARK_BYTES, 0);
	size_t end;

	*out = (struct lock_mark){ 0 };
	if (n <= 0 || sscanf(bytes, "%ld %31s %" SCNd64 " %" SCNd64 " %127[^\n]",
	                     &out->pid, out->tty, &out->site, &out->no, out->name) < 4)
		return false;
	for (end = strlen(out->name); end > 0 && out->name[end - 1] == ' '; end--)
		out->name[end - 1] = '\0';
	return true;
}

static enum rc busy(int fd, int timeout_ms, struct err *e)
{
	struct lock_mark holder;
	char who[160] = "另一个程序", where[80] = "";

	if (read_mark(fd, &holder)) {
		if (strcmp(holder.name, "-") != 0)
			snprintf(who, sizeof who, "「%s」", holder.name);
		if (strcmp(holder.tty, "-") != 0)
			snprintf(where, sizeof where, "（进程 %ld，终端 %s）", holder.pid, holder.tty);
		else
			snprintf(where, sizeof where, "（进程 %ld）", holder.pid);
	}
	return err_set(e, RC_BUSY, NULL, "数据库正由%s%s写入，已等待 %g 秒，请稍后再试", who, where, timeout_ms / 1000.0);
}

static enum rc open_lock(struct store *st, struct err *e)
{
	if (st->lock_fd >= 0)
		return RC_OK;
	st->lock_fd = open(st->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (st->lock_fd < 0)
		return err_set(e, RC_IO, NULL, "打开锁文件 %s 失败：%s", st->lock_path, err_reason(errno));
	file_restrict(st->lock_path);
	return RC_OK;
}

enum rc lock_take(struct store *st, int timeout_ms, struct err *e)
{
	enum rc rc = open_lock(st, e);

	if (rc != RC_OK)
		return rc;
	if (flock(st->lock_fd, LOCK_EX | LOCK_NB) != 0 && !flock_until(st->lock_fd, monotonic_ms() + timeout_ms))
		return busy(st->lock_fd, timeout_ms, e);
	read_mark(st->lock_fd, &st->lock_before);
	return RC_OK;
}

/* One line of fixed length, so that writing it never changes the file's size. The number never goes back for the same site: a process
 * that dies while a restored database becomes a new site must leave the sign of it. */
void lock_sign(struct store *st)
{
	char line[MARK_BYTES + 1];
	const char *name = st->actor_name ? st->actor_name : "-";
	const struct lock_mark *before = &st->lock_before;
	int64_t no = before->site == st->self.site && before->no > st->self.no ? before->no : st->self.no;
	int n = snprintf(line, sizeof line, "%ld %s %" PRId64 " %" PRId64 " %.*s", (long)getpid(), st->tty, st->self.site, no,
	                 (int)text_prefix(name, NAME_COLS, NULL), name);

	memset(line + n, ' ', sizeof line - 1 - (size_t)n);
	line[MARK_BYTES - 1] = '\n';
	if (pwrite(st->lock_fd, line, MARK_BYTES, 0) != MARK_BYTES)
		return;                            /* a full disk: the commit itself will say so */
}

void lock_drop(struct store *st)
{
	flock(st->lock_fd, LOCK_UN);
}

/* Far behind the line that says who writes. Ids in use never come near the end of the range. */
static struct flock draft_byte(int64_t draft_id, short type)
{
	return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)(MARK_BYTES + draft_id), .l_len = 1 };
}

enum rc lock_draft(struct store *st, int64_t draft_id, struct err *e)
{
	struct flock byte = draft_byte(draft_id, F_WRLCK);
	enum rc rc = open_lock(st, e);

	if (rc != RC_OK)
		return rc;
	if (fcntl(st->lock_fd, F_OFD_SETLK, &byte) == 0)
		return RC_OK;
	if (errno == EAGAIN || errno == EACCES)
		return err_set(e, RC_BUSY, NULL, DRAFT_ELSEWHERE);
	return err_set(e, RC_IO, NULL, "锁文件 %s 不能用：%s", st->lock_path, err_reason(errno));
}

void lock_draft_drop(struct store *st, int64_t draft_id)
{
	struct flock byte = draft_byte(draft_id, F_UNLCK);

	if (st->lock_fd >= 0)
		fcntl(st->lock_fd, F_OFD_SETLK, &byte);
}

bool lock_draft_elsewhere(struct store *st, int64_t draft_id)
{
	struct flock byte = draft_byte(draft_id, F_WRLCK);
	struct err ignored = { 0 };

	return open_lock(st, &ignored) == RC_OK && fcntl(st->lock_fd, F_OFD_GETLK, &byte) == 0 && byte.l_type != F_UNLCK;
}
