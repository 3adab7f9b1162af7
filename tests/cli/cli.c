/* Commands, options and what is said to those who get them wrong. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../domain/test.h"
#include "base/mem.h"
#include "base/text.h"
#include "program.h"

static void has(const struct strbuf *b, const char *words)
{
	if (strstr(strbuf_str(b), words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, strbuf_str(b));
}

static void help_and_version_need_nothing(void **state)
{
	struct program *p = *state;

	RUN(p, NULL, "--version");
	assert_int_equal(p->status, 0);
	has(&p->out, "youlin " YL_VERSION);
	RUN(p, NULL, "help");
	assert_int_equal(p->status, 0);
	has(&p->out, "youlin init");
	RUN(p, NULL, "--help");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "account", "--help");
	assert_int_equal(p->status, 0);
	has(&p->out, "disable");
}

static void wrong_arguments_say_what_is_allowed_and_exit_2(void **state)
{
	static const struct { const char *args[6]; const char *words; } cases[] = {
		{ { "nonsense" }, "init、demo、account、check" }, { { "" }, "没有「」这个命令" }, { { "--bad" }, "--version --config" },
		{ { "-x" }, "-x" }, { { "--db" }, "后面要有值" }, { { "init", "extra" }, "多出了「extra」" }, { { "init", "--type" }, "后面要有值" },
		{ { "init" }, "缺少 --code" }, { { "demo", "--scale", "huge" }, "small、community、decade" }, { { "demo", "--seed", "x" }, "--seed" },
		{ { "demo", "--seed", "99999999999999999999" }, "--seed" }, { { "demo", "--seed", "" }, "--seed" }, { { "demo", "--today", "never" }, "--today" },
		{ { "demo", "a", "b" }, "多出了「b」" }, { { "account" }, "add、passwd" }, { { "account", "explode" }, "add、passwd" },
		{ { "account", "add" }, "用户名" }, { { "account", "passwd", "a", "b" }, "多出了「b」" }, { { "check", "x" }, "多出了「x」" },
		{ { "check", "--rebuild=1" }, "--rebuild" },
	};
	struct program *p = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		program_run(p, NULL, cases[i].args);
		if (p->status != 2 || strstr(strbuf_str(&p->err), cases[i].words) == NULL)
			fail_msg("case %zu: %d, %s", i, p->status, strbuf_str(&p->err));
		assert_string_equal(strbuf_str(&p->out), "");
	}
}

static void hostile_arguments_reach_no_terminal_raw(void **state)
{
	struct program *p = *state;
	AUTO_FREE char *huge = mem_alloc(100001);
	const char *texts[] = { "\x1b[2J\x1b]0;x\x07", "\xff\xfe\x80", "\xE2\x80\xAE" "abc", "a\nb\rc", huge, "%s%n%s%n", "../../../etc/passwd" };

	memset(huge, 'A', 100000);
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO_FREE char *option = mem_format("--%s", texts[i]);

		RUN(p, NULL, texts[i]);
		assert_int_equal(p->status, 2);
		assert_null(strchr(strbuf_str(&p->err), '\x1b'));
		assert_true(text_is_utf8(strbuf_str(&p->err), p->err.n, NULL));
		assert_true(p->err.n < 1000);
		RUN(p, NULL, option);
		assert_int_equal(p->status, 2);
		assert_null(strchr(strbuf_str(&p->err), '\x1b'));
		RUN(p, NULL, "demo", "--scale", texts[i]);
		assert_int_equal(p->status, 2);
		assert_null(strchr(strbuf_str(&p->err), '\x1b'));
		RUN(p, NULL, "account", "disable", texts[i]);
		assert_int_equal(p->status, 1);                    /* there is no database */
	}
}

static void without_a_database_the_way_to_one_is_said(void **state)
{
	struct program *p = *state;

	RUN(p, NULL, "check");
	assert_int_equal(p->status, 1);
	has(&p->err, "youlin init");
	has(&p->err, "youlin demo");
	RUN(p, NULL, "--db", "");
	assert_int_equal(p->status, 1);
	RUN(p, NULL, "--config", "/no/such.ini", "check");
	assert_int_equal(p->status, 1);
	has(&p->err, "/no/such.ini");
}

static void init_makes_an_office_from_options_and_a_password_on_standard_input(void **state)
{
	struct program *p = *state;
	struct stat s;

	RUN(p, "a long password\n", "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	    "--admin", "root", "--password-file", "-");
	assert_int_equal(p->status, 0);
	has(&p->out, "youlin.db.key");
	assert_int_equal(stat(p->db, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
	RUN(p, NULL, "account", "list");
	assert_int_equal(p->status, 0);
	has(&p->out, "root");
	RUN(p, NULL, "check");
	assert_int_equal(p->status, 0);
	has(&p->out, "全部正常");
	RUN(p, "a long password\n", "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	    "--admin", "root", "--password-file", "-");
	assert_int_equal(p->status, 1);
	has(&p->err, "已经存在");
}

static void init_refuses_what_is_wrong_and_leaves_no_file(void **state)
{
	struct program *p = *state;
	struct stat s;

	RUN(p, "a long password\n", "init", "--code", "123", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	    "--admin", "root", "--password-file", "-");
	assert_int_equal(p->status, 2);
	has(&p->err, "12 位数字");
	RUN(p, "short\n", "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	    "--admin", "root", "--password-file", "-");
	assert_int_equal(p->status, 2);
	has(&p->err, "密码太短");
	RUN(p, "", "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	    "--admin", "root", "--password-file", "-");
	has(&p->err, "密码文件是空的");
	assert_int_equal(stat(p->db, &s), -1);
}

static void a_demo_is_made_once_and_says_its_accounts(void **state)
{
	struct program *p = *state;

	RUN(p, NULL, "demo", "--scale", "small", "--seed", "3", "--today", "2026-11-24");
	assert_int_equal(p->status, 0);
	has(&p->out, "youlin-demo");
	has(&p->out, "陈晓");
	assert_string_equal(strbuf_str(&p->err), "");      /* no progress bar where nobody looks */
	RUN(p, NULL, "demo", "--if-missing");
	assert_int_equal(p->status, 0);
	assert_string_equal(strbuf_str(&p->out), "");
	RUN(p, NULL, "demo");
	assert_int_equal(p->status, 1);
	has(&p->err, "已经存在");
	RUN(p, NULL, "check");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "check", "--rebuild");
	assert_int_equal(p->status, 0);
}

static void accounts_are_administered_without_names_or_passwords_as_arguments(void **state)
{
	struct program *p = *state;

	RUN(p, NULL, "demo", "--scale", "small", "--today", "2026-11-24");
	RUN(p, "王秀英\na long password\n", "account", "add", "wang", "grid");
	assert_int_equal(p->status, 0);
	has(&p->out, "wang");
	RUN(p, NULL, "account", "list");
	has(&p->out, "王秀英");
	RUN(p, "王\na long password\n", "account", "add", "wang", "--role", "grid");
	assert_int_equal(p->status, 1);
	has(&p->err, "已有人使用");
	RUN(p, "王\na long password\n", "account", "add", "wang2", "king");
	assert_int_equal(p->status, 2);
	has(&p->err, "desk、grid");
	RUN(p, "another password\n", "account", "passwd", "wang");
	assert_int_equal(p->status, 0);
	RUN(p, "", "account", "passwd", "wang");
	assert_int_equal(p->status, 1);
	RUN(p, "x\n", "account", "passwd", "nobody");
	assert_int_equal(p->status, 1);
	has(&p->err, "nobody");
	RUN(p, NULL, "account", "role", "wang", "head");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "account", "grids", "wang", "01", "02");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "account", "grids", "wang", "77");
	assert_int_equal(p->status, 1);
	RUN(p, "\n", "account", "person", "wang");
	assert_int_equal(p->status, 0);
	has(&p->out, "没有登记居民");
	RUN(p, "nobody of that name\n", "account", "person", "wang");
	assert_int_equal(p->status, 1);
	has(&p->err, "没有找到居民");
	RUN(p, NULL, "account", "disable", "wang");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "account", "list");
	has(&p->out, "已停用");
	RUN(p, NULL, "account", "enable", "wang");
	assert_int_equal(p->status, 0);
	RUN(p, NULL, "account", "disable", "admin");
	assert_int_equal(p->status, 2);
	has(&p->err, "最后一个");
}

static void check_tells_a_damaged_file_from_a_whole_one(void **state)
{
	struct program *p = *state;
	FILE *f;

	RUN(p, NULL, "demo", "--scale", "small", "--today", "2026-11-24");
	f = fopen(p->db, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, 4096 * 20, SEEK_SET), 0);
	for (int i = 0; i < 4096 * 4; i++)
		fputc(0xA5, f);
	fclose(f);
	RUN(p, NULL, "check");
	assert_int_equal(p->status, 1);
	f = fopen(p->db, "wb");
	fputs("not a database", f);
	fclose(f);
	RUN(p, NULL, "check");
	assert_int_equal(p->status, 1);
	has(&p->err, "不是友邻的数据库");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, program_setup, program_teardown)
	const struct CMUnitTest tests[] = {
		TEST(help_and_version_need_nothing),
		TEST(wrong_arguments_say_what_is_allowed_and_exit_2),
		TEST(hostile_arguments_reach_no_terminal_raw),
		TEST(without_a_database_the_way_to_one_is_said),
		TEST(init_makes_an_office_from_options_and_a_password_on_standard_input),
		TEST(init_refuses_what_is_wrong_and_leaves_no_file),
		TEST(a_demo_is_made_once_and_says_its_accounts),
		TEST(accounts_are_administered_without_names_or_passwords_as_arguments),
		TEST(check_tells_a_damaged_file_from_a_whole_one),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
