/* The command line in a child process: its exit status and what it said. */
#ifndef YL_TESTS_CLI_PROGRAM_H
#define YL_TESTS_CLI_PROGRAM_H

#include <stddef.h>

#include "base/strbuf.h"

struct program {
	char dir[128];                    /* a home of its own */
	char *db;                         /* where a database without --db comes to lie */
	int status;
	struct strbuf out, err;
};

int program_setup(void **state);
int program_teardown(void **state);

/* Run `youlin ARGS…` (NULL-ended) with `input` as standard input, which is no terminal. */
void program_run(struct program *p, const char *input, const char *const *args);
#define RUN(p, input, ...) program_run(p, input, (const char *const[]){ __VA_ARGS__, NULL })
/* On a terminal: waits for each prompt, then types the answer; prompts and answers alternate, NULL-ended. `out` has the whole screen text. */
void program_talk(struct program *p, const char *const *args, const char *const *talk);

#endif
