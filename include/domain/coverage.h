/* 覆盖与缺口: which elders need a meal and get one, by grid; who sees too many faces; who could carry and does not.
 *
 * In need: residents present, of [canteen] need_age or an unknown age, with a care tag that has the flag `meal`. Served: a meal was eaten (flag `eaten`) in the last
 * COVERAGE_DAYS days, today included. Suppressed demand: orders of these days that nobody carried, told so (flag `unmanned`) or passed without a
 * carrier and without an outcome. Grid workers see their grids, others all.
 */
#ifndef YL_DOMAIN_COVERAGE_H
#define YL_DOMAIN_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"

enum { COVERAGE_DAYS = 30, COVERAGE_SHIFT_DAYS = 28 };

struct coverage_grid {
	int64_t grid_id;                             /* 0: residents of no grid */
	const char *grid;
	int need, served;                            /* elders in need; those of them who were served */
	int others;                                  /* served without such a tag */
	int waiting;                                 /* diners that are applied for */
	int suppressed;                              /* orders */
	bool nobody;                                 /* need, and none of them served */
};

/* Somebody in need who is not served. */
struct coverage_elder {
	int64_t resident_id, diner_id, grid_id;      /* diner_id 0: no diner yet */
	const char *name, *grid, *address, *care, *diner_status;     /* care: codes care_tag; diner_status: code, "" */
	int suppressed;
};

/* How many different carriers a diner saw in this month. Of those whose care tags have the flag `familiar`; worst first. */
struct coverage_face {
	int64_t diner_id, grid_id;
	const char *number, *name, *grid, *care;
	int faces, meals;
	bool over;                                   /* more than [canteen] faces_month */
};

/* A volunteer on duty who wants to carry, was on no shift in the last COVERAGE_SHIFT_DAYS days and has none to come. */
struct coverage_carrier {
	int64_t volunteer_id, grid_id;
	const char *number, *name, *grid, *transport;        /* transport: code */
	int32_t last_day;                            /* of the last shift; DAY_NONE: never */
	int need;                                    /* elders in need of the grid who are not served */
	bool may_call;
};

struct coverage {
	int32_t from_day, to_day, month_day;
	const struct coverage_grid *grids;           /* those where most are not served first */
	const struct coverage_elder *elders;         /* by grid as above, then address */
	const struct coverage_face *faces;
	const struct coverage_carrier *carriers;     /* where most are not served first */
	size_t n_grids, n_elders, n_faces, n_carriers;
	struct coverage_grid all;
};

/* Errors  RC_DENIED (DINER_VIEW); RC_BUSY; RC_DB */
enum rc coverage_load(struct office *of, struct arena *a, struct coverage *out, struct err *e) MUST_USE;

#define COVERAGE_READS \
	(TBL_MEAL_ORDER | TBL_DINER | TBL_RESIDENT | TBL_GRID | TBL_ROUTE | TBL_STOP | TBL_VOLUNTEER | TBL_SHIFT | TBL_ASSIGNMENT)

#endif
