/* The demo's months that are long over are settled, each on the third of the next; the last one waits for the person who tries the program. */
#include "demo_canteen.h"

#include "base/day.h"
#include "domain/settlement.h"

#define SETTLED_ON 2                     /* days after the first of the next month */

/* The month to be settled next, if a whole month lies between it and today. *done: there is none. */
static enum rc settle_next(struct demo *d, int32_t today, bool *done, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct settlement s;
	int32_t month;
	enum rc rc = settlement_load(d->of, today, &a, &s, e);

	if (rc != RC_OK)
		return rc;
	month = s.next_month;
	*done = month == DAY_NONE || month_of_day(month, 2) > today;
	if (*done)
		return RC_OK;
	d->clock = instant_of_day(month_of_day(month, 1) + SETTLED_ON, 10 * 60);
	if ((rc = settlement_load(d->of, month, &a, &s, e)) != RC_OK)
		return rc;
	return settlement_close(d->of, month, &s, "", e);
}

enum rc demo_settle_months(struct demo *d, int32_t today, struct err *e)
{
	struct account who = d->of->me;
	int64_t clock = d->clock;
	bool done = false;
	enum rc rc = RC_OK;

	d->of->me.id = d->accounts[ROLE_CANTEEN];
	d->of->me.role = ROLE_CANTEEN;
	while (rc == RC_OK && !done)
		rc = settle_next(d, today, &done, e);
	d->clock = clock;
	d->of->me = who;
	return rc;
}
