/* The demo community for one test: a copy of the small one that was made when the tests were built, in a home of its own. */
#ifndef YL_TESTS_SCREEN_DEMO_H
#define YL_TESTS_SCREEN_DEMO_H

#include "terminal.h"

struct demo {
	char home[64];
	char database[128];
};

void demo_make(struct demo *d);
void demo_remove(struct demo *d);
/* cmocka fixtures: *state is a fresh struct demo. */
int demo_setup(void **state);
int demo_teardown(void **state);

/* The program on its database, on 2026-11-24 at 09:41 (clock.c), TERM=xterm-256color; `environment` (NULL-ended, or NULL) overrides. */
struct terminal *demo_start(const struct demo *d, int rows, int cols, const char *const *environment);
/* … and logged in as one of the demo accounts: the first main screen is there. */
struct terminal *demo_start_as(const struct demo *d, int rows, int cols, const char *login);
void demo_log_in(struct terminal *t, const char *login);
/* Let hours pass for the programs that run on it, and for those that start later. */
void demo_leap(const struct demo *d, int hours);

#endif
