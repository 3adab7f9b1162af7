/* youlin check: is everything as it should be? */
#include "command.h"

#include <stdio.h>

#include "base/mem.h"
#include "domain/office.h"
#include "store/check.h"

static void print_line(void *context, bool ok, const char *line)
{
	(void)context;
	cli_say("%s  %s", ok ? "正常" : "有误", line);
}

int command_check(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "rebuild", no_argument, NULL, 'r' }, COMMON_OPTIONS };
	AUTO_PLACE place = { 0 };
	struct err e = { 0 };
	bool rebuild = false;
	int option, faults = 0;

	optind = 0;
	while ((option = cli_option(cli, argc, argv, options, false)) != -1) {
		if (option == OPTION_HELP) {
			cli_say("youlin check [--rebuild]：检查数据库、台账、表单、设置。--rebuild 先重建可重算的内容（检索、排序列）。");
			return EXIT_DONE;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		rebuild = true;
	}
	if (optind < argc)
		return cli_usage(cli, "多出了「%.40s」；数据库的路径用 --db 写", argv[optind]);
	if (place_open(&place, cli, &e) != RC_OK || (rebuild && store_rebuild_derived(place.st, &e) != RC_OK))
		return cli_failed(&e);
	print_line(NULL, true, "设置、表单、节假日和时限文件");
	if (store_check(place.st, place.of->forms, print_line, NULL, &faults, &e) != RC_OK)
		return cli_failed(&e);
	if (faults == 0) {
		cli_say("全部正常");
		return EXIT_DONE;
	}
	cli_say("有 %d 处不对。可重算的内容用 youlin check --rebuild 修复，其余请从备份恢复。", faults);
	return EXIT_FAILED;
}
