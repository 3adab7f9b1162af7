/* 服务时长台账: the rows of the ledger that some filters leave, and what they add up to by volunteer, service and month. */
#ifndef YL_DOMAIN_SERVICE_LEDGER_H
#define YL_DOMAIN_SERVICE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"

struct service_entry {
	int64_t volunteer_id;
	const char *name, *number, *service, *content, *result, *approver;   /* service, result: codes */
	int32_t day;
	int minutes, approved;                       /* -1: not known, not approved */
};

/* Of one volunteer, service or month. */
struct service_sum {
	int64_t volunteer_id;                        /* 0 of the others */
	const char *name, *number;                   /* of a volunteer; "" */
	const char *service;                         /* code; "" of the others */
	int32_t month;                               /* its first day; DAY_NONE of the others */
	int64_t approved, waiting;                   /* minutes */
	int times, no_shows;                         /* approved ones; those who did not come */
	int stars;                                   /* of a volunteer, by all that was ever approved */
};

struct service_ledger {
	const struct service_entry *entries;         /* by day, in the order that was asked for */
	const struct service_sum *volunteers, *services, *months;            /* by name; by code; oldest first */
	size_t n, n_volunteers, n_services, n_months;
};

/* Whoever waits is told how far it is, and may stop it. */
struct service_watch {
	bool (*stop)(void *context, int64_t done, int64_t all);              /* NULL: nobody waits */
	void *context;
};

/* Filters are those of attendance_list_spec(); texts live in the arena.
 * Errors  RC_DENIED; RC_STOPPED; RC_INVALID the setting star_hours; RC_DB */
enum rc service_ledger_load(struct office *of, const struct list_filter *filters, size_t n, bool newest_first, const struct service_watch *watch,
                            struct arena *a, struct service_ledger *out, struct err *e) MUST_USE;

#endif
