/* youlin. */
#include "base/text.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	text_locale_init();
	return cli_main(argc, argv);
}
