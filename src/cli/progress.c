/* A progress bar: one line that is written over, only where somebody looks. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_COLUMNS 30

void cli_progress(void *context, const char *what, int percent)
{
	int full = percent * BAR_COLUMNS / 100;

	(void)context;
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K%3d%% [", percent);
	for (int i = 0; i < BAR_COLUMNS; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %s", what);
	fflush(stderr);
}

void cli_progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K");
}
