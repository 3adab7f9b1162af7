/* 送餐单: what the carrier of a route needs to know of each door, and no more; and everybody who is on no sheet of the meal, with the reason.
 *
 *	delivered orders of the meal + those left out = on the sheets of all routes + excluded
 */
#ifndef YL_DOMAIN_DELIVERY_SHEET_H
#define YL_DOMAIN_DELIVERY_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/dispatch.h"

struct sheet_door {
	int order;                                   /* place in board.day.orders */
	const char *caller;                          /* 王女士, 欧阳先生, 王老人: never the whole name */
	const char *phone, *phone_masked;            /* "" unless the office prints them (setting phone_on_sheet); phone is whole: for paper alone */
};

struct sheet_excluded {
	const char *name, *reason;
	int portions;
};

struct delivery_sheet {
	struct dispatch board;
	int route;                                   /* place in board.day.routes */
	const struct sheet_door *doors;              /* in the order of the way */
	size_t n_doors;
	size_t total, on_sheets;                     /* doors: of the whole meal; on the sheets of all its routes */
	const struct sheet_excluded *excluded;       /* total - on_sheets of them: who waits for a carrier, then who is left out, by name */
	size_t n_excluded;
};

/* Errors  RC_DENIED (DINER_VIEW); RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc delivery_sheet_load(struct office *of, int64_t route_id, struct arena *a, struct delivery_sheet *out, struct err *e) MUST_USE;
/* To be called before a sheet is printed or stored: who took it out of the house is written down (table reveal). */
enum rc delivery_sheet_note(struct office *of, int64_t route_id, struct err *e) MUST_USE;
/* 王女士; appended. sex: code. Pure. */
void delivery_sheet_caller(const char *name, const char *sex, struct strbuf *out);

#endif
