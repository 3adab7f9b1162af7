/* youlin account: whoever can run this on the file owns it, so nobody has to log in. Names and passwords are asked, never arguments. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/office.h"

struct call {
	struct cli *cli;
	struct office *of;
	const char *login, *role;
	char **rest;                      /* arguments behind the login */
	int n_rest;
};

static enum rc parse_role(const char *key, enum role *role, struct err *e)
{
	*role = role_from_key(key ? key : "");
	return *role != ROLE_NONE ? RC_OK : err_set(e, RC_INVALID, "role", "角色可用 desk、grid、canteen、project、head、admin");
}

static enum rc add(const struct call *c, struct err *e)
{
	AUTO_FREE char *name = NULL;
	AUTO_SECRET password = NULL;
	enum role role;
	enum rc rc;

	if ((rc = parse_role(c->role ? c->role : c->n_rest ? c->rest[0] : NULL, &role, e)) != RC_OK ||
	    (rc = cli_ask("姓名", role_label(role), &name, e)) != RC_OK || (rc = cli_ask_new_password(&password, e)) != RC_OK)
		return rc;
	return account_add(c->of, c->login, name, role, password, NULL, e);
}

static enum rc set_password(const struct call *c, struct err *e)
{
	AUTO_SECRET password = NULL;
	int64_t id;
	enum rc rc;

	if ((rc = account_find(c->of, c->login, &id, e)) != RC_OK || (rc = cli_ask_new_password(&password, e)) != RC_OK)
		return rc;
	return account_set_password(c->of, c->login, password, e);
}

static enum rc set_role(const struct call *c, struct err *e)
{
	enum role role;
	enum rc rc;

	if ((rc = parse_role(c->role ? c->role : c->n_rest ? c->rest[0] : NULL, &role, e)) != RC_OK)
		return rc;
	return account_set_role(c->of, c->login, role, e);
}

static enum rc set_grids(const struct call *c, struct err *e)
{
	AUTO_STRBUF codes = { 0 };

	for (int i = 0; i < c->n_rest; i++)
		strbuf_format(&codes, "%s ", c->rest[i]);
	return account_set_grids(c->of, c->login, strbuf_str(&codes), e);
}

static enum rc set_person(const struct call *c, struct err *e)
{
	AUTO_FREE char *typed = NULL;
	AUTO_FREE char *who = NULL;
	int64_t id;
	enum rc rc;

	if ((rc = account_find(c->of, c->login, &id, e)) != RC_OK || (rc = cli_ask("居民的姓名、手机号或地址（空着：不登记）", "", &typed, e)) != RC_OK ||
	    (rc = account_set_person(c->of, c->login, typed, &who, e)) != RC_OK)
		return rc;
	cli_say("%s", who[0] ? who : "没有登记居民");
	return RC_OK;
}

static enum rc disable(const struct call *c, struct err *e)
{
	return account_set_disabled(c->of, c->login, 1, e);
}

static enum rc enable(const struct call *c, struct err *e)
{
	return account_set_disabled(c->of, c->login, 0, e);
}

static enum rc list(const struct call *c, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct account_row *rows;
	size_t n;
	enum rc rc;

	if ((rc = account_list(c->of, &a, &rows, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		text_fit(&line, rows[i].login, 16, ALIGN_LEFT);
		text_fit(&line, rows[i].name, 14, ALIGN_LEFT);
		text_fit(&line, role_label(rows[i].role), 14, ALIGN_LEFT);
		strbuf_add(&line, rows[i].disabled ? "已停用  " : "        ");
		if (rows[i].last_ok_at)
			instant_format(&line, rows[i].last_ok_at);
		cli_say("%s", strbuf_str(&line));
	}
	return RC_OK;
}

static const struct action {
	const char *name, *arguments, *summary, *done;
	bool needs_login;
	int max_rest;
	enum rc (*run)(const struct call *c, struct err *e);
} actions[] = {
	{ "add",     "用户名 角色",       "新增账号；姓名和密码另行询问",           "已新增", true,  1, add },
	{ "passwd",  "用户名",            "改密码",                                 "已改密码", true, 0, set_password },
	{ "role",    "用户名 角色",       "改角色：desk grid canteen project head admin", "已改角色", true, 1, set_role },
	{ "grids",   "用户名 [网格编号…]", "网格员负责的网格；不写编号为全部",       "已改网格", true, 200, set_grids },
	{ "person",  "用户名",            "登记账号是哪位居民的；居民另行询问",     "已登记账号本人", true, 0, set_person },
	{ "disable", "用户名",            "停用",                                   "已停用", true,  0, disable },
	{ "enable",  "用户名",            "恢复",                                   "已恢复", true,  0, enable },
	{ "list",    "",                  "列出全部账号",                           NULL, false, 0, list },
};

static void print_help(void)
{
	for (size_t i = 0; i < COUNT(actions); i++) {
		AUTO_STRBUF line = { 0 };
		AUTO_FREE char *call = mem_format("youlin account %s %s", actions[i].name, actions[i].arguments);

		text_fit(&line, call, 46, ALIGN_LEFT);
		cli_say("%s %s", strbuf_str(&line), actions[i].summary);
	}
}

static const struct action *find_action(const char *name)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

static int run_action(struct call *c, const struct action *a)
{
	AUTO_PLACE place = { 0 };
	struct err e = { 0 };
	enum rc rc;

	if ((rc = place_open(&place, c->cli, &e)) != RC_OK)
		return cli_failed(&e);
	c->of = place.of;
	if ((rc = a->run(c, &e)) != RC_OK)
		return rc == RC_INVALID ? cli_usage(c->cli, "%s", e.text) : cli_failed(&e);
	if (a->done)
		cli_say("%s：%s", a->done, c->login);
	return EXIT_DONE;
}

int command_account(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "role", required_argument, NULL, 'r' }, COMMON_OPTIONS };
	struct call c = { .cli = cli };
	const struct action *a;
	int option;

	optind = 0;
	while ((option = cli_option(cli, argc, argv, options, false)) != -1) {
		if (option == OPTION_HELP) {
			print_help();
			return EXIT_DONE;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		c.role = optarg;
	}
	a = optind < argc ? find_action(argv[optind]) : NULL;
	if (a == NULL)
		return cli_usage(cli, "请写 add、passwd、role、grids、person、disable、enable 或 list；youlin account --help 有说明");
	c.rest = argv + optind + 1;
	c.n_rest = argc - optind - 1;
	if (a->needs_login) {
		if (c.n_rest == 0)
			return cli_usage(cli, "%s 后面要写用户名", a->name);
		c.login = *c.rest++;
		c.n_rest--;
	}
	if (c.n_rest > a->max_rest)
		return cli_usage(cli, "多出了「%.40s」", c.rest[a->max_rest]);
	return run_action(&c, a);
}
