/* A .roster file as a problem for the planner (the format is told in tests/tools/gen_roster.py). */
#ifndef YL_TESTS_BENCH_ROSTER_FILE_H
#define YL_TESTS_BENCH_ROSTER_FILE_H

#include "plan/assign.h"

struct roster_file {
	struct assign_problem problem;
	struct assign_shift *shifts;
	struct assign_person *people;
	int32_t *window_first, *pair_first;
	struct assign_window *windows;
	struct assign_pair *pairs;
	bool fixed;                       /* KIND flow */
};

/* Errors RC_IO, RC_INVALID; nothing is kept on failure. */
enum rc roster_file_read(struct roster_file *out, const char *path, struct err *e) MUST_USE;
void roster_file_release(struct roster_file *r);

#endif
