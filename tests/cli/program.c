/* The command line in a child process. */
#include "program.h"

#include <dirent.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../domain/test.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "domain/account/password.h"

#define MAX_ARGS 40
#define PATIENCE_MS 60000

/* Linked instead of the real one: the test is about words, not about hashing. */
const struct password_cost password_cost = { .operations = 1, .memory_bytes = 8192 };

int program_setup(void **state)
{
	struct program *p = mem_alloc(sizeof *p);

	snprintf(p->dir, sizeof p->dir, "/tmp/youlin-cli-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	p->db = mem_format("%s/youlin/youlin.db", p->dir);
	setenv("HOME", p->dir, 1);
	setenv("XDG_DATA_HOME", p->dir, 1);
	setenv("YOULIN_CONFIG", YL_SOURCE_DIR "/config/youlin.ini", 1);
	*state = p;
	return 0;
}

static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		AUTO_FREE char *name = mem_format("%s/%s", path, entry->d_name);

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlink(name) != 0)
			remove_tree(name);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

int program_teardown(void **state)
{
	struct program *p = *state;

	remove_tree(p->dir);
	strbuf_release(&p->out);
	strbuf_release(&p->err);
	free(p->db);
	free(p);
	return 0;
}

/* In the child. */
static void become(const char *const *args)
{
	char *argv[MAX_ARGS + 2] = { "youlin" };
	int argc = 1;

	while (args[argc - 1]) {
		argv[argc] = mem_copy(args[argc - 1]);
		argc++;
	}
	text_locale_init();
	int status = cli_main(argc, argv);
	fflush(NULL);
	_exit(status);
}

static void read_all(int fd, struct strbuf *out)
{
	char block[4096];
	ssize_t n;

	while ((n = read(fd, block, sizeof block)) > 0)
		strbuf_add_n(out, block, (size_t)n);
	close(fd);
}

static void note_status(struct program *p, pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	p->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static FILE *input_file(const char *input)
{
	FILE *f = tmpfile();

	assert_non_null(f);
	fputs(input, f);
	rewind(f);
	return f;
}

void program_run(struct program *p, const char *input, const char *const *args)
{
	FILE *in = input_file(input ? input : "");
	FILE *said = tmpfile();
	int out[2];
	pid_t child;

	strbuf_truncate(&p->out, 0);
	strbuf_truncate(&p->err, 0);
	assert_non_null(said);
	assert_int_equal(pipe(out), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(fileno(in), STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(fileno(said), STDERR_FILENO);
		close(out[0]);
		become(args);
	}
	close(out[1]);
	read_all(out[0], &p->out);
	note_status(p, child);
	rewind(said);
	lseek(fileno(said), 0, SEEK_SET);
	read_all(dup(fileno(said)), &p->err);
	fclose(in);
	fclose(said);
}

/* Read until the words have come, or nothing more does. */
static bool wait_for(int fd, struct strbuf *out, size_t from, const char *words)
{
	char block[4096];
	struct pollfd one = { .fd = fd, .events = POLLIN };

	while (words == NULL || strstr(strbuf_str(out) + from, words) == NULL) {
		ssize_t n;

		if (poll(&one, 1, PATIENCE_MS) <= 0 || (n = read(fd, block, sizeof block)) <= 0)
			return words == NULL;
		strbuf_add_n(out, block, (size_t)n);
	}
	return true;
}

void program_talk(struct program *p, const char *const *args, const char *const *talk)
{
	int terminal;
	size_t from = 0;
	pid_t child;

	strbuf_truncate(&p->out, 0);
	strbuf_add(&p->out, "");
	child = forkpty(&terminal, NULL, NULL, NULL);
	assert_true(child >= 0);
	if (child == 0)
		become(args);
	for (; talk[0]; talk += 2) {
		if (!wait_for(terminal, &p->out, from, talk[0]))
			fail_msg("waited for \"%s\", got: %s", talk[0], strbuf_str(&p->out));
		from = p->out.n;
		assert_int_equal(write(terminal, talk[1], strlen(talk[1])), strlen(talk[1]));
	}
	wait_for(terminal, &p->out, from, NULL);
	close(terminal);
	note_status(p, child);
}
