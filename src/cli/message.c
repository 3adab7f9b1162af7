/* Lines for people: whatever stands in them, the terminal gets only text. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

static void say(FILE *to, const char *before, const char *text)
{
	AUTO_STRBUF clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_NOTE);
	fprintf(to, "%s%s\n", before, strbuf_str(&clean));
}

static char *formatted(const char *format, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		return mem_copy("");
	return text;
}

int cli_usage(const struct cli *cli, const char *format, ...)
{
	AUTO_FREE char *text = NULL;
	AUTO_FREE char *before = mem_format("youlin%s%s: ", cli->command[0] ? " " : "", cli->command);
	va_list args;

	va_start(args, format);
	text = formatted(format, args);
	va_end(args);
	say(stderr, before, text);
	return EXIT_USAGE;
}

int cli_failed(const struct err *e)
{
	say(stderr, "youlin: ", e->text);
	return EXIT_FAILED;
}

void cli_say(const char *format, ...)
{
	AUTO_FREE char *text = NULL;
	va_list args;

	va_start(args, format);
	text = formatted(format, args);
	va_end(args);
	say(stdout, "", text);
}
