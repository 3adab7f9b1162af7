/* What the files about diners share. All of it runs inside the transaction of a use case. */
#ifndef YL_DOMAIN_DINER_RULES_H
#define YL_DOMAIN_DINER_RULES_H

#include <stdint.h>

#include "base/err.h"
#include "domain/diner.h"
#include "domain/office.h"

/* The columns that every rule asks for; texts live in the arena. */
struct diner_row {
	int64_t id, rev, resident_id, volunteer_id;
	const char *number, *name, *entitled_why;    /* name: the resident's */
	enum diner_status status;
	int32_t status_day;
};
/* diner_save.c: asks no role. A deleted one is RC_NOTFOUND. */
enum rc diner_find_row(struct office *of, int64_t id, struct arena *a, struct diner_row *out, struct err *e) MUST_USE;
/* RC_INVALID "resident_id", naming the first, where the resident is another diner than `id`. */
enum rc diner_check_same(struct office *of, int64_t resident_id, int64_t id, struct err *e) MUST_USE;

/* diner_join.c: before two residents become one, inside its txn. Where both are diners one must have ended: that one is marked as deleted, and what was
 * ordered for it goes along. RC_INVALID where both go on: says what to do first. */
enum rc diner_join(struct office *of, int64_t keep_resident, int64_t other_resident, struct err *e) MUST_USE;

#endif
