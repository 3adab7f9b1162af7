/* getopt_long with our words: what is wrong, and what is allowed. */
#include "command.h"

#include <string.h>

#include "base/strbuf.h"

static void list_options(const struct option *options, struct strbuf *out)
{
	for (; options->name; options++)
		strbuf_format(out, "%s--%s", out->n ? " " : "", options->name);
}

int cli_option(struct cli *cli, int argc, char **argv, const struct option *options, bool stop)
{
	AUTO_STRBUF allowed = { 0 };
	const char *wrong;
	int found;

	opterr = 0;
	for (;;) {
		found = getopt_long(argc, argv, stop ? "+:" : ":", options, NULL);
		if (found == OPTION_CONFIG)
			cli->config = optarg;
		else if (found == OPTION_DB)
			cli->db = optarg;
		else
			break;
	}
	if (found != '?' && found != ':')
		return found;
	/* Of "-xyz" getopt has not moved on while it is at x. */
	wrong = argv[optind - 1][0] == '-' || optind == argc ? argv[optind - 1] : argv[optind];
	if (found == ':') {
		cli_usage(cli, "选项 %.40s 后面要有值", wrong);
	} else {
		list_options(options, &allowed);
		cli_usage(cli, "不认识的选项「%.40s」；可用 %s", wrong, strbuf_str(&allowed));
	}
	return OPTION_WRONG;
}
