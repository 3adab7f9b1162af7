/* youlin init: a real community's database. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/office.h"

/* What is asked, in order; each may be given as an option instead. */
enum { CODE, NAME, STREET, TYPE, ABBR, ADMIN, ANSWERS };
static const struct {
	const char *option, *question, *initial;
} asked[ANSWERS] = {
	[CODE]   = { "code", "12 位统计用区划代码", NULL },
	[NAME]   = { "name", "社区名称，如 西林寺社区", NULL },
	[STREET] = { "street", "所属街道（镇）", NULL },
	[TYPE]   = { "type", "社区类型：urban 城市、rural 农村、mixed 融合型大社区、fringe 城中村和拆迁集聚", "urban" },
	[ABBR]   = { "abbr", "事项编号的字头，如 DH", NULL },
	[ADMIN]  = { "admin", "第一个系统管理员的用户名", "admin" },
};

struct answers {
	char *texts[ANSWERS];
	const char *password_file;
};

static void answers_release(struct answers *a)
{
	for (size_t i = 0; i < ANSWERS; i++)
		free(a->texts[i]);
}

static enum rc ask_missing(struct answers *a, struct err *e)
{
	for (size_t i = 0; i < ANSWERS; i++) {
		enum rc rc;

		if (a->texts[i])
			continue;
		if (!cli_is_interactive())
			return err_set(e, RC_INVALID, NULL, "缺少 --%s（%s）", asked[i].option, asked[i].question);
		if ((rc = cli_ask(asked[i].question, asked[i].initial, &a->texts[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc make(const struct cli *cli, struct answers *a, char **path, struct err *e)
{
	__attribute__((cleanup(settings_release))) struct settings settings = { 0 };
	AUTO_SECRET password = NULL;
	enum rc rc;

	if ((rc = settings_load(&settings, cli->config, e)) != RC_OK || (rc = cli_data_path(cli, &settings, path, e)) != RC_OK ||
	    (rc = ask_missing(a, e)) != RC_OK)
		return rc;
	rc = a->password_file ? cli_read_password_file(a->password_file, &password, e) : cli_ask_new_password(&password, e);
	if (rc != RC_OK)
		return rc;
	const struct office_new n = {
		.code = a->texts[CODE], .name = a->texts[NAME], .street = a->texts[STREET], .kind = a->texts[TYPE], .abbr = a->texts[ABBR],
		.admin_login = a->texts[ADMIN], .admin_name = "系统管理员", .admin_password = password,
	};
	return office_create(*path, &settings, &n, e);
}

int command_init(struct cli *cli, int argc, char **argv)
{
	enum { PASSWORD_FILE = ANSWERS + 1 };
	static const struct option options[] = {
		{ "code", required_argument, NULL, 1 + CODE }, { "name", required_argument, NULL, 1 + NAME },
		{ "street", required_argument, NULL, 1 + STREET }, { "type", required_argument, NULL, 1 + TYPE },
		{ "abbr", required_argument, NULL, 1 + ABBR }, { "admin", required_argument, NULL, 1 + ADMIN },
		{ "password-file", required_argument, NULL, 1 + PASSWORD_FILE }, COMMON_OPTIONS,
	};
	__attribute__((cleanup(answers_release))) struct answers a = { 0 };
	AUTO_FREE char *path = NULL;
	struct err e = { 0 };
	int option;
	enum rc rc;

	optind = 0;
	while ((option = cli_option(cli, argc, argv, options, false)) != -1) {
		if (option == OPTION_HELP) {
			cli_say("youlin init：建立一个真实社区的数据库。没有写的选项会逐项询问。");
			for (size_t i = 0; i < ANSWERS; i++)
				cli_say("  --%-14s %s", asked[i].option, asked[i].question);
			cli_say("  --password-file 管理员密码所在的文件，- 为标准输入");
			return EXIT_DONE;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		if (option == 1 + PASSWORD_FILE) {
			a.password_file = optarg;
		} else {
			free(a.texts[option - 1]);
			a.texts[option - 1] = mem_copy(optarg);
		}
	}
	if (optind < argc)
		return cli_usage(cli, "多出了「%.40s」；数据库的路径用 --db 写", argv[optind]);
	if ((rc = make(cli, &a, &path, &e)) == RC_OK) {
		cli_say("已建立 %s\n密钥在 %s.key：请另行备份，没有它身份证号等加密内容读不出来。\n现在可以运行 youlin，用 %s 登录。", path, path, a.texts[ADMIN]);
		return EXIT_DONE;
	}
	return rc == RC_INVALID ? cli_usage(cli, "%s", e.text) : cli_failed(&e);
}
