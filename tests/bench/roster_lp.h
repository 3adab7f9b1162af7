/* A .roster as a mixed-integer programme in the LP format that GLPK and CBC read. */
#ifndef YL_TESTS_BENCH_ROSTER_LP_H
#define YL_TESTS_BENCH_ROSTER_LP_H

#include <stdio.h>

#include "roster_file.h"

void roster_lp_write(const struct roster_file *f, FILE *out);

#endif
