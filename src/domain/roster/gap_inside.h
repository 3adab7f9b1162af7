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
	struct gap_rate *list;
	size_t n;
};
double gap_shows(const struct gap_rates *rates, int64_t volunteer_id);      /* 0.5 for somebody who was never to come */

/* The smallest value that at least `percent` of a hundred do not exceed (nearest rank); n > 0. Sorts the values. */
int gap_percentile(int *values, size_t n, int percent);

/* A call of the last year. */
struct gap_called {
	int64_t id, volunteer_id, shift_id, need_id, at;
	const char *outcome;
	bool assigned;                       /* stands on that shift */
};
struct gap_calls_made {
	struct gap_called *list;             /* by volunteer, at */
	size_t n;
};

/* gap_base.c: what every question asks for. Zeroed but for `pool.of` and `also_day` it is empty. */
enum { GAP_RATES, GAP_CALLS, GAP_PARTS };
struct gap_base {
	struct roster_pool pool;             /* of the days that gaps are looked for in … */
	int32_t also_day;                    /* … and of this one; DAY_NONE: none */
	struct gap_rates rates;
	struct gap_calls_made calls;
	unsigned generation;                 /* moves whenever something is read again */
	struct gap_part {
		bool begun, whole;
		uint64_t version;                /* of its tables when it was begun */
		int32_t today;
	} parts[GAP_PARTS];
	int rate_days;                       /* so many days back are read */
	int64_t call_after;                  /* calls up to this one are read */
	size_t calls_cap;
	struct arena calls_arena;
};
void gap_base_release(struct gap_base *b);
/* One slice. *more false: all is there and as the database has it. */
enum rc gap_base_step(struct gap_base *b, bool *more, struct err *e) MUST_USE;

/* gap.c: the gaps, found anew: a step after the other, each on a base that is whole. Gaps and what they point to live in the arena. */
struct gap_finding {
	struct arena arena;
	struct gap *list;
	struct roster_spot *spots;           /* one each of the list until it is put in order */
	size_t n, cap, spots_cap;
	struct roster_week week;             /* under way */
	int32_t next_monday;                 /* 0: none was begun */
	size_t next_shift, next_gap, next_person;
	struct gap_sum *sums;                /* gap_trend.c */
	size_t n_sums;
	int32_t next_empty;                  /* day whose empty places are counted next */
};
void gap_finding_release(struct gap_finding *f);
enum rc gap_finding_step(struct gap_finding *f, const struct gap_base *b, bool *more, struct err *e) MUST_USE;
/* gap_trend.c: the last of its steps. */
enum rc gap_sums_step(struct gap_finding *f, struct office *of, bool *more, struct err *e) MUST_USE;

/* gap_call.c: whom to ask for a place, found anew. */
struct gap_asking {
	struct arena arena;                  /* owns the calls and what they point to */
	struct arena place_arena;            /* owns what the spot points to */
	struct roster_spot spot;
	struct gap_ranked *ranked;
	struct gap_call *list;
	size_t n, next_person;
};
void gap_asking_release(struct gap_asking *k);
enum rc gap_asking_begin(struct gap_asking *k, struct gap_base *b, int64_t need_id, struct err *e) MUST_USE;
void gap_asking_step(struct gap_asking *k, const struct gap_base *b, bool *more);

/* Whether somebody may be asked for a place: nothing blocks, consented, has not said no and rests from no call. */
bool gap_may_ask(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                 const struct gap_calls_made *calls);

#endif
