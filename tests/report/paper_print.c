/* Printing through an `lp` that the test puts into $PATH. */
#include "report/paper.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sample.h"
#include "test.h"

#define TIMEOUT_MS 400

static void write_text(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
}

/* An lp with this body, alone in $PATH beside the system's own tools; NULL: no lp at all. */
static void put_lp(struct sample *s, const char *body)
{
	AUTO_FREE char *lp = sample_path(s, "lp");
	AUTO_FREE char *script = mem_format("#!/bin/sh\nhere=%s\n%s\n", s->folder, body ? body : "");

	if (body)
		write_text(lp, script, 0700);
	setenv("PATH", s->folder, 1);
	unsetenv("XDG_RUNTIME_DIR");
}

static enum rc print(struct sample *s, const struct paper_job *job, struct err *e)
{
	AUTO_PAPER *p = paper_of_minutes(&s->of, &s->m);

	return paper_print(p, "", job, e);
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");
	AUTO_STRBUF out = { 0 };
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		strbuf_add_char(&out, (char)c);
	fclose(f);
	return strbuf_take(&out);
}

/* Its words one a line, the mode of the file's folder and of the file, the file's first bytes. */
#define RECORDING_LP \
	"for word; do printf '%s\\n' \"$word\"; done > $here/words\n" \
	"for last; do :; done\n" \
	"/usr/bin/stat -c %a \"${last%/*}\" \"$last\" > $here/modes\n" \
	"read -r line < \"$last\"; echo \"$line\" > $here/begin\n" \
	"if read -r nothing; then echo input > $here/input; fi\n" \
	"echo 'request id is office-12 (1 file(s))'"

static void lp_is_given_its_words_and_a_private_file(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .printer = "office", .copies = 3, .folder = s->folder };
	AUTO_FREE char *words_path = sample_path(s, "words"), *modes_path = sample_path(s, "modes"), *begin_path = sample_path(s, "begin");
	AUTO_FREE char *input_path = sample_path(s, "input"), *words = NULL, *modes = NULL, *begin = NULL, *wanted = NULL;
	struct err e = { 0 };

	put_lp(s, RECORDING_LP);
	assert_ok(print(s, &job, &e));
	words = read_file(words_path);
	modes = read_file(modes_path);
	begin = read_file(begin_path);
	wanted = mem_format("-d\noffice\n-n\n3\n-t\nHY-20261128-001\n%s/youlin-print-", s->folder);
	assert_int_equal(strncmp(words, wanted, strlen(wanted)), 0);
	assert_has(words, "/paper.pdf\n");
	assert_string_equal(modes, "700\n600\n");
	assert_int_equal(strncmp(begin, "%PDF-", 5), 0);
	assert_int_not_equal(access(input_path, F_OK), 0);
	/* sample_teardown() fails where the folder was not removed */
}

static void the_default_printer_is_not_named(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .printer = "", .copies = 1, .folder = s->folder };
	AUTO_FREE char *path = sample_path(s, "words"), *words = NULL;
	struct err e = { 0 };

	put_lp(s, RECORDING_LP);
	assert_ok(print(s, &job, &e));
	words = read_file(path);
	assert_int_equal(strncmp(words, "-n\n1\n-t\n", 8), 0);
}

static void no_word_reaches_a_shell(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .printer = "a;touch${IFS}x", .copies = 1, .folder = s->folder };
	AUTO_FREE char *path = sample_path(s, "words"), *words = NULL;
	struct err e = { 0 };

	s->m.number = "$(touch $here/broken) `id` 'x";
	put_lp(s, RECORDING_LP);
	assert_ok(print(s, &job, &e));
	words = read_file(path);
	assert_has(words, "-d\na;touch${IFS}x\n");
	assert_has(words, "-t\n$(touch $here/broken) `id` 'x\n");
}

static void a_private_runtime_directory_is_used_and_an_open_one_is_not(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .copies = 1, .folder = s->folder };
	AUTO_FREE char *runtime = sample_path(s, "run"), *path = sample_path(s, "words"), *words = NULL, *again = NULL;
	struct err e = { 0 };

	put_lp(s, RECORDING_LP);
	assert_int_equal(mkdir(runtime, 0700), 0);
	setenv("XDG_RUNTIME_DIR", runtime, 1);
	assert_ok(print(s, &job, &e));
	words = read_file(path);
	assert_has(words, "/run/youlin-print-");
	assert_int_equal(chmod(runtime, 0755), 0);
	assert_ok(print(s, &job, &e));
	again = read_file(path);
	assert_has_not(again, "/run/youlin-print-");
	unsetenv("XDG_RUNTIME_DIR");
	assert_int_equal(rmdir(runtime), 0);
}

static void without_lp_it_is_said_who_can_help(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .copies = 1, .folder = s->folder };
	struct err e = { 0 };

	put_lp(s, NULL);
	assert_refused(print(s, &job, &e), RC_NOTFOUND, "本机没有打印命令 lp");
}

static void an_lp_that_fails_is_quoted(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .copies = 1, .folder = s->folder };
	struct err e = { 0 };

	put_lp(s, "echo 'lp: Error - no default destination available.' >&2; exit 1");
	assert_refused(print(s, &job, &e), RC_IO, "lp 说：lp: Error - no default destination available.");
	put_lp(s, "exit 3");
	assert_refused(print(s, &job, &e), RC_IO, "没有说明原因");
	put_lp(s, "kill -9 $$");
	assert_refused(print(s, &job, &e), RC_IO, "没有说明原因");
	put_lp(s, "printf '\\033[31m坏\\a\\377'; exit 1");
	assert_refused(print(s, &job, &e), RC_IO, "lp 说：[31m坏");
	put_lp(s, "i=0; while [ $i -lt 20000 ]; do echo 很长的话; i=$((i+1)); done; exit 1");
	assert_refused(print(s, &job, &e), RC_IO, "lp 说：很长的话 很长的话");
}

static void an_lp_that_hangs_is_ended_with_what_it_started(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .copies = 1, .folder = s->folder, .timeout_ms = TIMEOUT_MS };
	AUTO_FREE char *late = sample_path(s, "late");
	struct err e = { 0 };

	put_lp(s, "(/bin/sleep 1; echo late > $here/late) & exec >/dev/null 2>&1; /bin/sleep 60");
	assert_refused(print(s, &job, &e), RC_IO, "打印机没有回应");
	usleep(1200 * 1000);
	assert_int_not_equal(access(late, F_OK), 0);
}

static void an_lp_that_leaves_a_child_behind_is_not_waited_for(void **state)
{
	struct sample *s = *state;
	struct paper_job job = { .copies = 1, .folder = s->folder, .timeout_ms = TIMEOUT_MS };
	struct err e = { 0 };

	put_lp(s, "/bin/sleep 2 & exit 0");
	assert_ok(print(s, &job, &e));
}

static bool stop_at_third(void *context)
{
	return ++*(int *)context == 3;
}

static void a_person_may_stop_waiting(void **state)
{
	struct sample *s = *state;
	int asked = 0;
	struct paper_job job = { .copies = 1, .folder = s->folder, .stop = stop_at_third, .context = &asked };
	struct err e = { 0 };

	put_lp(s, "/bin/sleep 60");
	assert_refused(print(s, &job, &e), RC_STOPPED, "已停止打印");
	assert_int_equal(asked, 3);
}

static void what_cannot_be_printed_is_refused_before_lp(void **state)
{
	static const char *const printers[] = { "-o", "two words", "a/b", "a#b", "a\nb" };
	struct sample *s = *state;
	struct err e = { 0 };

	put_lp(s, "echo started > $here/words");
	for (size_t i = 0; i < COUNT(printers); i++)
		assert_refused(print(s, &(struct paper_job){ .printer = printers[i], .copies = 1, .folder = s->folder }, &e), RC_INVALID, "打印机不能叫");
	assert_refused(print(s, &(struct paper_job){ .copies = 0, .folder = s->folder }, &e), RC_INVALID, "1 到 99");
	assert_refused(print(s, &(struct paper_job){ .copies = 100, .folder = s->folder }, &e), RC_INVALID, "1 到 99");
	assert_refused(print(s, &(struct paper_job){ .copies = 1 }, &e), RC_IO, "存为 PDF");
	assert_refused(print(s, &(struct paper_job){ .copies = 1, .folder = "/nonexistent" }, &e), RC_IO, "没有这个文件或目录");
	AUTO_FREE char *path = sample_path(s, "words");
	assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(lp_is_given_its_words_and_a_private_file),
		SAMPLE_TEST(the_default_printer_is_not_named),
		SAMPLE_TEST(no_word_reaches_a_shell),
		SAMPLE_TEST(a_private_runtime_directory_is_used_and_an_open_one_is_not),
		SAMPLE_TEST(without_lp_it_is_said_who_can_help),
		SAMPLE_TEST(an_lp_that_fails_is_quoted),
		SAMPLE_TEST(an_lp_that_hangs_is_ended_with_what_it_started),
		SAMPLE_TEST(an_lp_that_leaves_a_child_behind_is_not_waited_for),
		SAMPLE_TEST(a_person_may_stop_waiting),
		SAMPLE_TEST(what_cannot_be_printed_is_refused_before_lp),
	};

	return cmocka_run_group_tests_name("report-paper-print", tests, NULL, NULL);
}
