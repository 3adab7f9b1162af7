/* The log. */
#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

static void an_event_is_one_line_in_a_private_file(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *path = mem_format("%s/a/b/youlin.log", f->path);
	AUTO_FREE char *content = NULL;
	struct err e = { 0 };
	struct stat st;

	log_event("nobody hears this");
	assert_int_equal(log_open(path, &e), RC_OK);
	log_event("导出 %d 条\n[假的一行]\x1b", 3);
	log_event("%s", "");
	log_close();
	log_event("nor this");
	content = file_content(path);
	assert_non_null(strstr(content, " 导出 3 条 [假的一行]\n"));
	assert_non_null(strstr(content, "\n2"));                /* the second line begins with its year */
	assert_null(strstr(content, "nobody"));
	assert_null(strchr(content, 0x1b));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void the_default_place_is_the_state_directory(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *path = mem_format("%s/youlin/youlin.log", f->path);
	AUTO_FREE char *home_path = mem_format("%s/.local/state/youlin/youlin.log", f->path);
	struct err e = { 0 };

	setenv("XDG_STATE_HOME", f->path, 1);
	assert_int_equal(log_open(NULL, &e), RC_OK);
	log_close();
	assert_int_equal(access(path, F_OK), 0);
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", f->path, 1);
	assert_int_equal(log_open(NULL, &e), RC_OK);
	log_close();
	assert_int_equal(access(home_path, F_OK), 0);
}

static void the_log_stays_under_a_megabyte(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *path = mem_format("%s/youlin.log", f->path);
	AUTO_FREE char *old = mem_format("%s.1", path);
	struct err e = { 0 };
	struct stat now, before;

	assert_int_equal(log_open(path, &e), RC_OK);
	for (int i = 0; i < 20000; i++)
		log_event("第 %d 次保存用了很久很久很久很久很久很久很久很久很久很久很久很久", i);
	log_close();
	assert_int_equal(stat(path, &now), 0);
	assert_int_equal(stat(old, &before), 0);
	assert_true(now.st_size + before.st_size < 1024 * 1024);
	assert_true(before.st_size >= 500 * 1024);
}

/* Lines of several processes never mix, and none is lost when one turns the files over. */
static void processes_share_the_file(void **state)
{
	enum { PROCESSES = 4, EVENTS = 2500 };
	const struct folder *f = *state;
	AUTO_FREE char *path = mem_format("%s/youlin.log", f->path);
	AUTO_FREE char *old = mem_format("%s.1", path);
	AUTO_STRBUF all = { 0 };
	struct err e = { 0 };
	int lines = 0;

	for (int p = 0; p < PROCESSES; p++) {
		if (fork() == 0) {
			if (log_open(path, &e) != RC_OK)
				_exit(1);
			for (int i = 0; i < EVENTS; i++)
				log_event("进程 %d 第 %d 次，这一行长一点好让文件翻过去", p, i);
			log_close();
			_exit(0);
		}
	}
	for (int p = 0; p < PROCESSES; p++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < 2; i++) {
		AUTO_FREE char *content = file_content(i ? path : old);

		assert_non_null(content);
		strbuf_add(&all, content);
	}
	for (const char *p = strbuf_str(&all); (p = strstr(p, "翻过去\n")) != NULL; p++)
		lines++;
	assert_int_equal(lines, PROCESSES * EVENTS);
}

static void a_long_event_is_cut_at_a_character(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *path = mem_format("%s/youlin.log", f->path);
	AUTO_FREE char *content = NULL;
	AUTO_STRBUF event = { 0 };
	struct err e = { 0 };

	while (event.n < 5000)
		strbuf_add(&event, "长");
	assert_int_equal(log_open(path, &e), RC_OK);
	log_event("%s", strbuf_str(&event));
	log_close();
	content = file_content(path);
	assert_true(strlen(content) < 1100);
	assert_true(text_is_utf8(content, strlen(content), NULL));
}

static void a_place_that_cannot_be_written_is_an_io_failure(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *below_file = mem_format("%s/x/youlin.log", f->path);
	AUTO_FREE char *link = mem_format("%s/link", f->path);
	struct err e = { 0 };

	folder_write_text(f, "x", "");
	assert_int_equal(log_open(below_file, &e), RC_IO);
	assert_non_null(strstr(e.text, "youlin.log"));
	assert_int_equal(symlink("/tmp/elsewhere.log", link), 0);
	assert_int_equal(log_open(link, &e), RC_IO);             /* a link would let others choose the file */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_event_is_one_line_in_a_private_file, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(the_default_place_is_the_state_directory, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(the_log_stays_under_a_megabyte, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(processes_share_the_file, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_long_event_is_cut_at_a_character, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_place_that_cannot_be_written_is_an_io_failure, folder_setup, folder_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
