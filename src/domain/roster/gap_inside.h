/* What the files about 缺口 share: how likely somebody comes, and everybody who could be asked. */
#ifndef YL_DOMAIN_GAP_INSIDE_H
#define YL_DOMAIN_GAP_INSIDE_H

#include "domain/gap.h"
#include "roster_inside.h"

#define GAP_HALF_DAYS 60                 /* what happened so long ago counts half */
#define GAP_PAST_DAYS 365                /* … and what happened before that not at all */

/* How often people came when they were to come, weighted by age; by volunteer. */
struct gap_rate {
	int64_t volunteer_id;
	double attended, scheduled;
};
struct gap_rates {
	const struct gap_rate *list;
	size_t n;
};
enum rc gap_rates_load(struct office *of, struct arena *a, struct gap_rates *out, struct err *e) MUST_USE;
double gap_shows(const struct gap_rates *rates, int64_t volunteer_id);      /* 0.5 for somebody who was never to come */

/* The smallest value that at least `percent` of a hundred do not exceed (nearest rank); n > 0. Sorts the values. */
int gap_percentile(int *values, size_t n, int percent);

/* gap_call.c: calls of the last year by volunteer, and of one shift. */
struct gap_called {
	int64_t volunteer_id, shift_id, need_id, at;
	const char *outcome;
	bool assigned;                       /* stands on that shift */
};
struct gap_calls_made {
	const struct gap_called *list;       /* by volunteer, at */
	size_t n;
};
enum rc gap_calls_load(struct office *of, struct arena *a, struct gap_calls_made *out, struct err *e) MUST_USE;
/* Whether somebody may be asked for a place: nothing blocks, consented, has not said no and rests from no call. */
bool gap_may_ask(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                 const struct gap_calls_made *calls);

#endif
