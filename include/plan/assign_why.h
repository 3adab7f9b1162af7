/* Why a plan is as it is, as data: what keeps a person from a shift and what it would cost to put him there, why a place stays open, and what one
 * more volunteer would be worth.  Words are the caller's.
 *
 * All functions only read the problem and the plan (one that assign_verify() accepts); but for struct assign_why they keep nothing.
 */
#ifndef YL_PLAN_ASSIGN_WHY_H
#define YL_PLAN_ASSIGN_WHY_H

#include "plan/assign.h"

/* What keeps a person from a shift; the first that applies, in this order. */
enum assign_rule {
	ASSIGN_ON_IT,                     /* he is on it */
	ASSIGN_UNSKILLED,
	ASSIGN_UNLISTED,                  /* the caller gave no pair: too far, not wanted … */
	ASSIGN_AWAY,                      /* outside his windows, or in one that says CANNOT */
	ASSIGN_KEPT_APART,                /* somebody whom he is not to meet is on the event */
	ASSIGN_OVERLAPS,                  /* he is on another shift then */
	ASSIGN_SHIFTS_FULL,               /* at his cap in shifts */
	ASSIGN_MINUTES_FULL,              /* the shift would take him over his cap in minutes */
	ASSIGN_NO_PLACE,                  /* nothing but that the shift has its people */
	ASSIGN_FREE,                      /* nothing; if a place is open, it costs more than leaving it so */
	ASSIGN_RULES,
};

#define ASSIGN_IMPOSSIBLE INT64_MAX

struct assign_move {
	enum assign_rule rule;
	int32_t by;                       /* KEPT_APART: that person; OVERLAPS: that shift; else -1 */
	int32_t gives_up;                 /* how many shifts he would leave for it */
	int64_t cost;                     /* how much dearer the plan gets if nobody else moves; ASSIGN_IMPOSSIBLE where a rule or a pin forbids */
};

void assign_why_not(const struct assign_problem *p, const struct assign_plan *plan, int32_t person, int32_t shift, struct assign_move *out);

/* The one thing to say of a place that stays open. */
enum assign_open_kind {
	ASSIGN_OPEN_UNSKILLED,            /* nobody who is listed has the skill */
	ASSIGN_OPEN_AWAY,                 /* nobody of these is available then */
	ASSIGN_OPEN_APART,                /* who is available is kept apart from somebody there */
	ASSIGN_OPEN_TAKEN,                /* all who could are needed elsewhere, or at their caps: see the group */
	ASSIGN_OPEN_DEARER,               /* somebody could, but would cost more than the open place */
};

/* The group of an open place is the smallest reason why no exchange helps: the shift, those that somebody who could take it would have to leave for
 * it, those that have to be left for these, and so on.  Together they need `places`, and `people` are all who could take one of them. */
struct assign_open {
	int32_t shift, places;            /* open ones */
	enum assign_open_kind kind;
	int32_t people[ASSIGN_RULES];     /* everybody, by what keeps him from it */
	int32_t group_shifts, group_places, group_people;
};

/* Explain shifts with open places one after the other, in the order of shifts. Problem and plan outlive it. */
struct assign_why;
struct assign_why *assign_why_new(const struct assign_problem *p, const struct assign_plan *plan);
void assign_why_free(struct assign_why *w);
/* The next one; false: there is none. Looks at everybody once, and at who could take a place of the group. */
bool assign_why_next(struct assign_why *w, struct assign_open *out);

/* One more volunteer of this skill and grid at this time, fresh and for one shift. */
struct assign_recruit {
	int32_t grid, skill, start, end;
	int32_t open;                     /* places open there now */
	int64_t worth;                    /* how much less the plan would cost, by the prices of the bound; counted without distance and wishes */
};

/* What recruits would be worth, best first, those that would be worth nothing left out; `out` has room for n_shifts. Returns how many. */
int32_t assign_recruits(const struct assign_problem *p, const struct assign_plan *plan, struct assign_recruit *out);

#endif
