/* youlin demo: a community to look at, all of it invented. */
#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "domain/demo.h"

#define NOON_MINUTES (16 * 60)

struct request {
	struct demo_options options;
	const char *path;
	bool if_missing;
};

static bool parse_seed(const char *text, uint64_t *seed)
{
	char *end;
	unsigned long long n;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	n = strtoull(text, &end, 10);
	*seed = n;
	return errno == 0 && *end == '\0';
}

static int take_option(struct cli *cli, int option, struct request *r)
{
	enum demo_scale none = (enum demo_scale)-1;
	struct err e = { 0 };
	int32_t day;

	switch (option) {
	case 's':
		return parse_seed(optarg, &r->options.seed) ? EXIT_DONE : cli_usage(cli, "--seed 应是一个整数，如 1，现在是「%.40s」", optarg);
	case 'c':
		r->options.scale = demo_scale_from_key(optarg, none);
		return r->options.scale != none ? EXIT_DONE : cli_usage(cli, "--scale 可用 small、community、decade，现在是「%.40s」", optarg);
	case 't':
		if (day_parse(optarg, day_today(), &day, &e) != RC_OK)
			return cli_usage(cli, "--today %s", e.text);
		r->options.now = instant_of_day(day, NOON_MINUTES);
		return EXIT_DONE;
	case 'm':
		r->if_missing = true;
		return EXIT_DONE;
	case OPTION_HELP:
		cli_say("youlin demo [--seed N] [--scale small|community|decade] [--today 日期] [--if-missing] [路径]\n"
		        "建立演示社区。同一个 --seed 和 --today 得到同样的内容；--if-missing：已有数据库时什么也不做。");
		return OPTION_HELP;
	default:
		return EXIT_USAGE;
	}
}

static void print_account(const struct demo_account *a)
{
	AUTO_STRBUF line = { 0 };

	text_fit(&line, a->login, 10, ALIGN_LEFT);
	text_fit(&line, a->name, 10, ALIGN_LEFT);
	cli_say("  %s%s", strbuf_str(&line), role_label(a->role));
}

static void print_accounts(const char *path)
{
	cli_say("已建立演示社区 %s（人名、电话、证件号全部虚构）\n登录密码都是 %s：", path, DEMO_PASSWORD);
	for (size_t i = 0; i < demo_account_count; i++)
		print_account(&demo_accounts[i]);
}

static int make(struct cli *cli, const struct request *r)
{
	__attribute__((cleanup(settings_release))) struct settings settings = { 0 };
	AUTO_FREE char *path = NULL;
	struct err e = { 0 };
	enum rc rc;

	if ((rc = settings_load(&settings, cli->config, &e)) != RC_OK || (rc = cli_data_path(cli, &settings, &path, &e)) != RC_OK)
		return cli_failed(&e);
	if (r->if_missing && access(path, F_OK) == 0)
		return EXIT_DONE;
	rc = demo_create(path, &settings, &r->options, &e);
	cli_progress_end();
	if (rc != RC_OK)
		return cli_failed(&e);
	print_accounts(path);
	return EXIT_DONE;
}

int command_demo(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' }, { "scale", required_argument, NULL, 'c' }, { "today", required_argument, NULL, 't' },
		{ "if-missing", no_argument, NULL, 'm' }, COMMON_OPTIONS,
	};
	struct request r = { .options = { .seed = 1, .scale = DEMO_COMMUNITY, .progress = cli_progress } };
	int option;

	optind = 0;
	while ((option = cli_option(cli, argc, argv, options, false)) != -1) {
		int status = take_option(cli, option, &r);

		if (status != EXIT_DONE)
			return status == OPTION_HELP ? EXIT_DONE : status;
	}
	if (argc - optind > 1)
		return cli_usage(cli, "只能写一个路径，多出了「%.40s」", argv[optind + 1]);
	if (optind < argc)
		cli->db = argv[optind];
	return make(cli, &r);
}
