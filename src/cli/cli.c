/* The table of commands, and finding the one that was asked for. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "command.h"
#include "harden.h"

static const struct command commands[] = {
	{ "init", "[选项]", "建立一个真实社区的数据库", command_init },
	{ "demo", "[选项] [路径]", "建立演示社区（数据全部虚构）", command_demo },
	{ "account", "add|passwd|role|grids|disable|enable|list …", "管理账号", command_account },
	{ "check", "[--rebuild]", "检查数据库、台账、表单和设置", command_check },
};

static void print_call(const char *call, const char *summary)
{
	AUTO_STRBUF line = { 0 };

	text_fit(&line, call, 56, ALIGN_LEFT);
	cli_say("  youlin %s %s", strbuf_str(&line), summary);
}

static void print_help(void)
{
	cli_say("友邻 youlin：社区事项办理\n");
	print_call("[--config 文件] [--db 文件]", "打开程序");
	for (size_t i = 0; i < COUNT(commands); i++) {
		AUTO_FREE char *call = mem_format("%s %s", commands[i].name, commands[i].arguments);

		print_call(call, commands[i].summary);
	}
	print_call("help", "显示本页");
	print_call("--version", "显示版本");
	cli_say("\n每个命令都可带 --config（设置文件）、--db（数据库文件）、--help。");
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int run_command(struct cli *cli, int argc, char **argv)
{
	AUTO_STRBUF names = { 0 };
	const struct command *c;

	if (strcmp(argv[0], "help") == 0) {
		print_help();
		return EXIT_DONE;
	}
	c = find_command(argv[0]);
	if (c) {
		cli->command = c->name;
		return c->run(cli, argc, argv);
	}
	for (size_t i = 0; i < COUNT(commands); i++)
		strbuf_format(&names, "%s、", commands[i].name);
	return cli_usage(cli, "没有「%.40s」这个命令；可用 %shelp", argv[0], strbuf_str(&names));
}

int cli_main(int argc, char **argv)
{
	enum { VERSION = 1 };
	static const struct option options[] = { { "version", no_argument, NULL, VERSION }, COMMON_OPTIONS };
	struct cli cli = { .command = "" };
	int option;

	harden();
	if (argc < 1)
		return EXIT_USAGE;
	optind = 0;
	while ((option = cli_option(&cli, argc, argv, options, true)) != -1) {
		switch (option) {
		case VERSION:
			cli_say("youlin %s", YL_VERSION);
			return EXIT_DONE;
		case OPTION_HELP:
			print_help();
			return EXIT_DONE;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind < argc)
		return run_command(&cli, argc - optind, argv + optind);
	return command_open(&cli, argc, argv);
}
