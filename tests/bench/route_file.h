/* Benchmark files as problems for the routing planner: CVRPLIB .vrp, Solomon .txt and .meal (told in tests/tools/gen_canteen.py). */
#ifndef YL_TESTS_BENCH_ROUTE_FILE_H
#define YL_TESTS_BENCH_ROUTE_FILE_H

#include "plan/route.h"

enum route_kind { ROUTE_VRP, ROUTE_SOLOMON, ROUTE_MEAL };

struct route_file {
	enum route_kind kind;
	struct route_problem problem;
	struct route_place *places;
	struct route_speed *speeds;
	struct route_diner *diners;
	struct route_carrier *carriers;
	int32_t *ways;                    /* a table where the file's own rounding wants one */
	int64_t service;                  /* of all diners; what the file's cost does not count. Nothing for .meal */
};

/* Read a file; its name's ending tells the kind.
 * In a .vrp a second is a unit of length (rounded to the nearest whole one), carriers are as many as customers.  In Solomon's files it is a tenth of a
 * unit, ways cut off, not rounded; waiting is free.
 * Errors RC_IO, RC_INVALID with the line; nothing is kept on failure. */
enum rc route_file_read(struct route_file *out, const char *path, struct err *e) MUST_USE;
void route_file_release(struct route_file *f);

#endif
