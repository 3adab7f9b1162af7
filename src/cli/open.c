/* youlin: open the program. */
#include "command.h"

#include "domain/office.h"
#include "store/store.h"
#include "ui/ui.h"

int command_open(struct cli *cli, int argc, char **argv)
{
	AUTO_PLACE place = { 0 };
	struct ui_options options = { 0 };
	struct err e = { 0 };

	(void)argc;
	(void)argv;
	if (place_open(&place, cli, &e) != RC_OK)
		return cli_failed(&e);
	if (store_is_demo(place.st))
		options.notice = "演示数据，全部虚构。账号 desk grid canteen project head admin，密码都是 youlin-demo";
	return ui_run(place.of, &options, &e) == RC_OK ? EXIT_DONE : cli_failed(&e);
}
