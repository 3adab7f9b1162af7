/* Asking on a terminal: what is missing is asked, passwords are not shown, Ctrl-C leaves nothing behind. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../domain/test.h"
#include "base/mem.h"
#include "base/text.h"
#include "program.h"

static void init_asks_for_everything_and_shows_no_password(void **state)
{
	static const char *const args[] = { "init", NULL };
	static const char *const talk[] = {
		"区划代码：", "330482001001\n", "社区名称", "西林寺社区\n", "街道", "当湖街道\n", "社区类型", "\n", "字头", "\n", "字头", "DH\n",
		"用户名", "root\n", "新密码", "a long password\n", "再输一遍", "a long password\n", NULL,
	};
	struct program *p = *state;

	program_talk(p, args, talk);
	if (p->status != 0)
		fail_msg("%d: %s", p->status, strbuf_str(&p->out));
	assert_null(strstr(strbuf_str(&p->out), "a long password"));
	assert_non_null(strstr(strbuf_str(&p->out), "root 登录"));
	RUN(p, NULL, "account", "list");
	assert_non_null(strstr(strbuf_str(&p->out), "root"));
}

static void two_different_passwords_are_refused(void **state)
{
	static const char *const args[] = { "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	                                    "--admin", "root", NULL };
	static const char *const talk[] = { "新密码", "a long password\n", "再输一遍", "a wrong password\n", NULL };
	struct program *p = *state;
	struct stat s;

	program_talk(p, args, talk);
	assert_int_equal(p->status, 2);
	assert_non_null(strstr(strbuf_str(&p->out), "两次输入的密码不同"));
	assert_int_equal(stat(p->db, &s), -1);
}

static void ctrl_c_at_the_password_leaves_and_gives_the_echo_back(void **state)
{
	static const char *const args[] = { "init", "--code", "330482001001", "--name", "西林寺社区", "--street", "当湖街道", "--type", "urban", "--abbr", "DH",
	                                    "--admin", "root", NULL };
	static const char *const talk[] = { "新密码", "secret\x03\n", NULL };
	struct program *p = *state;
	struct stat s;

	program_talk(p, args, talk);
	assert_int_equal(p->status, 1);
	assert_non_null(strstr(strbuf_str(&p->out), "已取消"));
	assert_null(strstr(strbuf_str(&p->out), "secret"));
	assert_int_equal(stat(p->db, &s), -1);
}

static void a_demo_shows_how_far_it_is(void **state)
{
	static const char *const args[] = { "demo", "--scale", "small", "--today", "2026-11-24", NULL };
	static const char *const talk[] = { NULL };
	struct program *p = *state;

	program_talk(p, args, talk);
	assert_int_equal(p->status, 0);
	assert_non_null(strstr(strbuf_str(&p->out), "100% [####"));
	assert_non_null(strstr(strbuf_str(&p->out), "住户和居民"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, program_setup, program_teardown)
	const struct CMUnitTest tests[] = {
		TEST(init_asks_for_everything_and_shows_no_password),
		TEST(two_different_passwords_are_refused),
		TEST(ctrl_c_at_the_password_leaves_and_gives_the_echo_back),
		TEST(a_demo_shows_how_far_it_is),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
