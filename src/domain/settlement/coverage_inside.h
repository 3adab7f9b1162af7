/* What the files of the coverage ask each other. */
#ifndef YL_DOMAIN_CANTEEN_COVERAGE_INSIDE_H
#define YL_DOMAIN_CANTEEN_COVERAGE_INSIDE_H

#include "domain/coverage.h"

/* A diner with what happened to the orders of the last days. */
struct covered {
	int64_t id, resident_id, grid_id;
	const char *number, *status, *name, *care, *grid;
	int meals, suppressed;               /* eaten; not carried */
	int faces, brought;                  /* of this month: carriers, and meals with one */
	bool in_need;                        /* set while residents are read */
};

struct covered_list {
	struct covered *list;                /* by id, in the arena */
	struct covered **by_resident;
	size_t n;
};

enum rc covered_read(struct office *of, int32_t from_day, int32_t to_day, int32_t month_day, struct arena *a, struct covered_list *out, struct err *e) MUST_USE;
struct covered *covered_of_resident(const struct covered_list *c, int64_t resident_id);

/* Whether one of the blank-separated tags has the flag in the code list. */
bool care_has_flag(const struct office *of, const char *tags, const char *flag);

/* coverage_carrier.c; `out` has its grids. */
enum rc coverage_carriers(struct office *of, struct arena *a, struct coverage *out, struct err *e) MUST_USE;

#endif
