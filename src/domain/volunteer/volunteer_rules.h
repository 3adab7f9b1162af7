/* What the files about volunteers share. All of it runs inside the transaction of a use case. */
#ifndef YL_DOMAIN_VOLUNTEER_RULES_H
#define YL_DOMAIN_VOLUNTEER_RULES_H

#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"
#include "domain/volunteer.h"

/* The columns that every rule asks for; number and name live in the arena. */
struct volunteer_row {
	int64_t id, rev, grid_id, resident_id;
	const char *number, *name;
	enum volunteer_status status;
	int32_t status_day, joined_day;
};
/* volunteer_save.c: asks no role. A deleted one is RC_NOTFOUND. */
enum rc volunteer_find(struct office *of, int64_t id, struct arena *a, struct volunteer_row *out, struct err *e) MUST_USE;

/* What the form can't say, after what is blank was filled in from the resident. `was`: the resident that is stored, 0 for a new volunteer. */
enum rc volunteer_check(struct office *of, struct record *r, int64_t was, struct err *e) MUST_USE;
/* RC_INVALID at the field where another volunteer has the same resident, outside number, or name and telephone. */
enum rc volunteer_check_same(struct office *of, const struct record *r, struct err *e) MUST_USE;

/* volunteer_join.c: before two residents become one, inside its txn: of the volunteers on either one stays (that of `keep_resident` where there is one), with
 * all that hangs on the others. RC_INVALID where both are to come to shifts that lie across each other, or where hours that were counted twice stand in a
 * proof that counts: says what to do first. */
enum rc volunteer_join(struct office *of, int64_t keep_resident, int64_t other_resident, struct err *e) MUST_USE;

/* Places that somebody is still to fill: of assignments that stand, on shifts that stand and have not begun. The text after a WHERE; binds :volunteer,
 * :today and :minutes (of the day). */
#define FUTURE_ASSIGNMENTS \
	"assignment.volunteer_id = :volunteer AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL AND EXISTS (SELECT 1 FROM shift" \
	" WHERE shift.id = assignment.shift_id AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL" \
	" AND (shift.day > :today OR (shift.day = :today AND shift.begin_min > :minutes)))"

#endif
