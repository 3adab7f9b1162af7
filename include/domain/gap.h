/* 缺口: where hands will be missing in the days to come, and whom to ask. */
#ifndef YL_DOMAIN_GAP_H
#define YL_DOMAIN_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/record.h"

/* How likely somebody comes who was put on a shift: (attended + 1) / (scheduled + 2), both weighted by 2^(-age/60 days); leave asked for in time counts for neither. */
double show_probability(double attended, double scheduled);

/* One shift that is short: its places against who will likely come. */
struct gap {
	int64_t shift_id, need_id, grid_id;
	const char *service, *title, *grid, *role;   /* codes; "" */
	int32_t day;
	int begin_min, end_min;
	int wanted;                                  /* heads; where need varies: the 80th percentile of the last eight same weekdays' `needed` */
	int assigned;
	double expected;                             /* sum of show-up probabilities of those assigned */
	double missing;                              /* wanted - expected, above zero */
	int asked, agreed;                           /* calls so far; those who said yes and are not assigned */
	bool cannot;                                 /* nobody is left to ask */
};
struct gap_sum {
	const char *service;                         /* code */
	int shifts, short_shifts;
	double missing;
	int suppressed;                              /* places of the last 28 days that stayed empty: work that waited for hands */
};

struct gap_call {
	int64_t volunteer_id;
	const char *name, *phone, *grid, *reason;    /* phone masked; reason as a roster candidate's, with 接通率 */
	const char *last;                            /* outcome and when of the last call for this shift, "" */
	double shows;                                /* show-up probability */
};

/* Found in slices of a few milliseconds, so that no key waits; what is read for one question serves the next as long as nothing changes. */
struct gap_search;
struct gap_search *gap_search_new(struct office *of);            /* of and its login outlive it */
void gap_search_free(struct gap_search *s);
/* Look for the gaps of the next [roster] gap_days days from tomorrow, and for the sums by service; for no calls until they are asked for. */
void gap_search_begin(struct gap_search *s);
/* Look for whom to ask for a place, after the gaps if they are looked for too. */
void gap_search_ask(struct gap_search *s, int64_t need_id);
/* One slice. *more false: all that was looked for is found. After an error nothing is looked for any more. */
enum rc gap_search_step(struct gap_search *s, bool *more, struct err *e) MUST_USE;
/* What was found last; each stays until the next search of its kind has come to its end. */
/* Most pressing first: sooner, then by missing. A place counts as short from half a head missing. */
const struct gap *gap_search_gaps(const struct gap_search *s, size_t *n);
/* Services with shifts or with work that waits, in the order of the code list. */
const struct gap_sum *gap_search_sums(const struct gap_search *s, size_t *n);
/* Best first: available, certified, near, under the cap, knows the place, consented (may_call); nobody who said no for this shift, or who was called for
 * any in the last [roster] call_rest_days days without being needed. */
const struct gap_call *gap_search_calls(const struct gap_search *s, size_t *n);

/* Form call. `yes` assigns at once (roster_assign; its refusal is this one's). */
enum rc gap_call_note(struct office *of, int64_t need_id, int64_t volunteer_id, struct record *r, struct err *e) MUST_USE;
enum rc gap_reveal(struct office *of, int64_t volunteer_id, char **plain, struct err *e) MUST_USE;     /* the number to dial; written down first */

/* Oldest month first, the present one last; `active` at its end. */
struct volunteer_trend {
	int32_t month;                               /* its first day */
	int joined, left, active, no_shows, attended;
};
/* RC_INVALID: not 1 … 60 months. */
enum rc volunteer_trends(struct office *of, int months, struct arena *a, const struct volunteer_trend **out, size_t *n, struct err *e) MUST_USE;

#endif
