/* To the office's printer: `lp` is started with an argument vector and never through a shell, and is not waited for longer than the job says. */
#include "report/paper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "paper_pdf.h"

#define COPIES_MOST 99
#define TIMEOUT_MS 10000
#define TURN_MS 50
#define ANSWER_BYTES 4096              /* of what lp says; the rest is read and forgotten */
#define ANSWER_COLS 120

extern char **environ;

/* Where the file lies while lp takes it ------------------------------------------------------------------------------------------ */

/* A folder of this account alone, with one file in it. */
struct spool {
	char *folder, *file;
};

static void spool_remove(struct spool *s)
{
	if (s->file)
		unlink(s->file);
	if (s->folder)
		rmdir(s->folder);
	free(s->file);
	free(s->folder);
	*s = (struct spool){ 0 };
}
#define AUTO_SPOOL __attribute__((cleanup(spool_remove))) struct spool

/* The runtime directory counts only where it is this account's and closed to others. */
static bool is_private(const char *folder)
{
	struct stat st;

	return folder && folder[0] == '/' && stat(folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

static enum rc spool_make(struct spool *s, const char *beside, const struct strbuf *content, struct err *e)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *where = is_private(runtime) ? runtime : beside;
	char *folder;

	if (text_is_blank(where))
		return err_set(e, RC_IO, NULL, "没有地方放要打印的文件，请存为 PDF 再打印");
	folder = mem_format("%s/youlin-print-XXXXXX", where);
	if (mkdtemp(folder) == NULL) {       /* 0700 */
		free(folder);
		return err_set(e, RC_IO, NULL, "不能建打印用的临时目录（%s）：%s", err_reason(errno), where);
	}
	s->folder = folder;
	s->file = mem_format("%s/paper.pdf", folder);
	return file_write(s->file, strbuf_str(content), content->n, false, e);
}

/* lp ----------------------------------------------------------------------------------------------------------------------------- */

struct lp {
	pid_t id;
	int answer;                   /* what it says; -1 once that has ended */
	struct strbuf said;
	int status;
};

static enum rc lp_start(struct lp *lp, char *const *words, struct err *e)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int ends[2], reason;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, RC_IO, NULL, "不能启动 lp：%s", err_reason(errno));
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, ends[1], STDERR_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	/* a group of its own: it is ended with whatever it started, and the terminal's signals are none of its business */
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	reason = posix_spawnp(&lp->id, words[0], &files, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	close(ends[1]);
	if (reason != 0) {
		close(ends[0]);
		return reason == ENOENT ? err_set(e, RC_NOTFOUND, NULL, "本机没有打印命令 lp，请管理员安装 cups-client 并设好打印机；也可以存为 PDF")
		                        : err_set(e, RC_IO, NULL, "不能启动 lp：%s", err_reason(reason));
	}
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	lp->answer = ends[0];
	return RC_OK;
}

static void hang_up(struct lp *lp)
{
	if (lp->answer >= 0)
		close(lp->answer);
	lp->answer = -1;
}

/* All that is there to read now. */
static void hear(struct lp *lp)
{
	char bytes[512];
	ssize_t n = 0;

	while (lp->answer >= 0 && ((n = read(lp->answer, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0 && lp->said.n < ANSWER_BYTES)
			strbuf_add_n(&lp->said, bytes, (size_t)n);
	if (lp->answer >= 0 && (n == 0 || errno != EAGAIN))
		hang_up(lp);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void lp_end(struct lp *lp)
{
	kill(-lp->id, SIGKILL);
	while (waitpid(lp->id, &lp->status, 0) < 0 && errno == EINTR)
		;
}

static enum rc lp_wait(struct lp *lp, const struct paper_job *job, struct err *e)
{
	int64_t until = now_ms() + (job->timeout_ms > 0 ? job->timeout_ms : TIMEOUT_MS);

	for (;;) {
		struct pollfd wait = { .fd = lp->answer, .events = POLLIN };
		pid_t ended;

		(void)poll(&wait, 1, TURN_MS);
		hear(lp);
		ended = waitpid(lp->id, &lp->status, WNOHANG);
		if (ended == lp->id) {
			hear(lp);
			return RC_OK;
		}
		if (ended < 0 && errno != EINTR)
			return err_set(e, RC_IO, NULL, "不知道 lp 打印得怎么样：%s", err_reason(errno));
		if (job->stop && job->stop(job->context)) {
			lp_end(lp);
			return err_set(e, RC_STOPPED, NULL, "已停止打印");
		}
		if (now_ms() >= until) {
			lp_end(lp);
			return err_set(e, RC_IO, NULL, "打印机没有回应，已停止；请检查打印服务，或者存为 PDF");
		}
	}
}

/* lp's own words, on one line. */
static enum rc complain(const struct lp *lp, struct err *e)
{
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF shown = { 0 };

	text_clean(&line, lp->said.s ? lp->said.s : "", lp->said.n, TEXT_LINE);
	if (line.n == 0)
		return err_set(e, RC_IO, NULL, "打印没有成功，lp 没有说明原因；请检查打印服务，或者存为 PDF");
	strbuf_add_n(&shown, line.s, text_prefix(line.s, ANSWER_COLS, NULL));
	return err_set(e, RC_IO, NULL, "打印没有成功，lp 说：%s", strbuf_str(&shown));
}

static enum rc run_lp(const struct paper_job *job, const char *title, const char *file, struct err *e)
{
	AUTO_FREE char *copies = mem_format("%d", job->copies);
	struct lp lp = { .answer = -1 };
	char *words[10];
	size_t n = 0;
	enum rc rc;

	words[n++] = (char *)"lp";
	if (!text_is_blank(job->printer)) {
		words[n++] = (char *)"-d";
		words[n++] = (char *)job->printer;
	}
	words[n++] = (char *)"-n";
	words[n++] = copies;
	words[n++] = (char *)"-t";
	words[n++] = (char *)title;
	words[n++] = (char *)file;
	words[n] = NULL;
	if ((rc = lp_start(&lp, words, e)) != RC_OK)
		return rc;
	rc = lp_wait(&lp, job, e);
	hang_up(&lp);
	if (rc == RC_OK && !(WIFEXITED(lp.status) && WEXITSTATUS(lp.status) == 0))
		rc = complain(&lp, e);
	strbuf_release(&lp.said);
	return rc;
}

/* CUPS names have no blank, slash, # or control; a name that begins with "-" would be an option. */
static bool is_printer(const char *name)
{
	if (text_is_blank(name))
		return true;
	if (name[0] == '-' || strlen(name) > 127)
		return false;
	for (; *name; name++)
		if ((unsigned char)*name <= ' ' || *name == 0x7F || *name == '/' || *name == '#')
			return false;
	return true;
}

enum rc paper_print(const struct paper *p, const char *fonts, const struct paper_job *job, struct err *e)
{
	AUTO_STRBUF pages = { 0 };
	AUTO_SPOOL spool = { 0 };
	enum rc rc;

	if (job->copies < 1 || job->copies > COPIES_MOST)
		return err_set(e, RC_INVALID, "copies", "份数应是 1 到 %d", COPIES_MOST);
	if (!is_printer(job->printer))
		return err_set(e, RC_INVALID, "printer", "打印机不能叫「%s」，请改设置 [report] printer", job->printer);
	if ((rc = paper_render(p, fonts, &pages, e)) != RC_OK || (rc = spool_make(&spool, job->folder, &pages, e)) != RC_OK)
		return rc;
	return run_lp(job, paper_number(p), spool.file, e);
}
