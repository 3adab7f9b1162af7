/* Asking on a terminal, or reading lines where there is none. Passwords are not echoed and are wiped after use. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#define LINE_BYTES 1000
#define CTRL_C 0x03
#define CTRL_D 0x04

bool cli_is_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

void cli_forget(char **secret)
{
	if (*secret)
		sodium_memzero(*secret, strlen(*secret));
	free(*secret);
	*secret = NULL;
}

/* One line of a descriptor, without buffering ahead: what follows belongs to the next question. `line` holds LINE_BYTES + 1. */
static enum rc read_line(int fd, char *line, struct err *e)
{
	size_t n = 0;

	for (;;) {
		char c;
		ssize_t got = read(fd, &c, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(e, RC_IO, NULL, "读不到输入：%s", err_reason(errno));
		if ((got == 0 && n == 0) || (got == 1 && (c == CTRL_C || (c == CTRL_D && n == 0))))
			return err_set(e, RC_STOPPED, NULL, "已取消");
		if (got == 0 || c == '\n')
			break;
		if (c == '\0' || n == LINE_BYTES)
			return err_set(e, RC_INVALID, NULL, "输入的一行太长或含有无效字符");
		line[n++] = c;
	}
	if (n > 0 && line[n - 1] == '\r')
		n--;
	line[n] = '\0';
	return RC_OK;
}

enum rc cli_ask(const char *question, const char *initial, char **answer, struct err *e)
{
	char line[LINE_BYTES + 1];
	enum rc rc;

	for (;;) {
		AUTO_STRBUF clean = { 0 };

		if (cli_is_interactive()) {
			printf(initial && *initial ? "%s [%s]：" : "%s%s：", question, initial ? initial : "");
			fflush(stdout);
		}
		if ((rc = read_line(STDIN_FILENO, line, e)) != RC_OK)
			return rc;
		text_clean(&clean, line, strlen(line), TEXT_LINE);
		if (clean.n == 0 && initial)
			strbuf_add(&clean, initial);
		if (clean.n > 0 || initial) {
			*answer = mem_copy(strbuf_str(&clean));
			return RC_OK;
		}
		if (!cli_is_interactive())
			return err_set(e, RC_INVALID, NULL, "缺少%s", question);
	}
}

enum rc cli_ask_password(const char *question, char **password, struct err *e)
{
	char line[LINE_BYTES + 1];
	struct termios before, quiet;
	bool terminal = cli_is_interactive() && tcgetattr(STDIN_FILENO, &before) == 0;
	enum rc rc;

	if (terminal) {
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);       /* Ctrl-C comes as a byte, so that the echo always returns */
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		printf("%s（输入时不显示）：", question);
		fflush(stdout);
	}
	rc = read_line(STDIN_FILENO, line, e);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		printf("\n");
	}
	if (rc == RC_OK)
		*password = mem_copy(line);
	sodium_memzero(line, sizeof line);
	return rc;
}

enum rc cli_ask_new_password(char **password, struct err *e)
{
	AUTO_SECRET first = NULL;
	AUTO_SECRET second = NULL;
	enum rc rc;

	if ((rc = cli_ask_password("新密码", &first, e)) != RC_OK)
		return rc;
	if (cli_is_interactive()) {
		if ((rc = cli_ask_password("再输一遍", &second, e)) != RC_OK)
			return rc;
		if (strcmp(first, second) != 0)
			return err_set(e, RC_INVALID, "password", "两次输入的密码不同");
	}
	*password = first;
	first = NULL;
	return RC_OK;
}

enum rc cli_read_password_file(const char *path, char **password, struct err *e)
{
	char line[LINE_BYTES + 1];
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	enum rc rc;

	if (fd < 0)
		return err_set(e, RC_IO, NULL, "不能打开密码文件 %s：%s", path, err_reason(errno));
	rc = read_line(fd, line, e);
	if (fd != STDIN_FILENO)
		close(fd);
	if (rc == RC_OK)
		*password = mem_copy(line);
	sodium_memzero(line, sizeof line);
	return rc == RC_STOPPED ? err_set(e, RC_INVALID, NULL, "密码文件是空的") : rc;
}
