/* What the parts of the assignment planner share while they work on one problem. */
#ifndef YL_PLAN_ASSIGN_WORK_H
#define YL_PLAN_ASSIGN_WORK_H

#include "assign_model.h"
#include "netflow.h"

/* A stretch of a person's time in which he may do one shift. */
struct slot {
	int32_t core;                     /* the edge that it is laid round */
	int32_t minutes;                  /* how long a shift in it may be */
	int32_t from, to;
};

/* A set of edges that keeps the rules, with what follows from it. Open places are counted in the cost. */
struct roster {
	int8_t *on;                       /* [n_edges] */
	int32_t *count, *used;            /* [n_people] shifts and minutes */
	int32_t *filled;                  /* [n_shifts] */
	int64_t cost;
};

enum phase { PHASE_START, PHASE_FLOW, PHASE_FIRST, PHASE_SEARCH, PHASE_DONE };

struct assign_work {
	struct assign_model m;
	struct roster now, best;          /* the search goes on from the one, the plan is the other */
	enum phase phase;
	uint64_t chance;                  /* state of the random numbers */
	int64_t effort, allowed;          /* spent and given so far, in about nanoseconds; the network counts its own */

	/* the network of slots: at most one edge of a slot, so many slots of a person; only of the people of a round */
	struct netflow net;
	int32_t *people, n_people;        /* [n_people] those of the round */
	bool *marked;                     /* [n_people] whether one of them */
	int32_t *shifts, n_shifts;        /* [n_shifts] those that somebody of them could do */
	int32_t *shift_arc;               /* [n_shifts] the way past all people, which is the first arc of a shift; -1: not in the network */
	int32_t *slot;                    /* [n_edges] slot of the edge, -1: left out */
	int32_t *slots;                   /* [n_people] */
	int32_t *arc;                     /* [n_edges] */
	int32_t *slot_size, *slot_node, *slot_arc, *slot_used;   /* [most_edges + 1] of the person at hand */
	int32_t *later_node, *later_arc;  /* [n_people + n_edges] */
	int32_t n_later;
	int32_t *undo, n_undo;            /* edges that the round put, or -1 - edge where it dropped one */

	/* prices */
	double *price, *best_price;       /* [n_shifts] at hand, and those that prove most */
	double *shaken;                   /* [n_shifts] those of a round */
	double *slope, *rate;             /* [n_shifts] how they move */
	int32_t *wanted;                  /* [n_shifts] how many would take it at these prices */
	double *table;                    /* of the pattern search */
	int32_t *kept, *kept_before, *map, *pattern;   /* [most_edges + 1] */
	double bound;                     /* the best so far in whole prices, pins apart */
	double peak, stride, small;
	int32_t steps, idle;

	/* the search */
	uint64_t salt;                    /* of the coins of this round */
	struct slot *cores;               /* [most_edges + 1] of the person at hand */
	int32_t *seen_shifts;             /* [n_shifts] shifts that a round's neighbourhood went through */
	bool *seen;                       /* [n_shifts] */
	int32_t rounds, barren;           /* so many rounds, so many since the last that was any good */
	int64_t slack, slack_step;        /* how much dearer than the best plan the one at hand may be: less with each round */
	int64_t dual_effort, search_effort;
	bool pricing;                     /* better prices are still looked for */
	int64_t found;                    /* effort when the last better plan was found */
	bool solving;                     /* a round's network is built and not yet solved */
	bool stale;                       /* the seats of the plan are to be written anew */

	struct assign_plan plan;
	struct assign_seat *seats;
	int64_t *prices;
};

/* All effort so far. */
static inline int64_t effort_of(const struct assign_work *w)
{
	return w->effort + w->net.effort;
}

/* Chance ------------------------------------------------------------------------------------------------------------------------- */

/* xorshift64*: good enough for breaking ties, and the same everywhere. */
static inline uint32_t chance(struct assign_work *w, uint32_t below)
{
	w->chance ^= w->chance >> 12;
	w->chance ^= w->chance << 25;
	w->chance ^= w->chance >> 27;
	return (uint32_t)(((w->chance * 2685821657736338717ULL) >> 32) * below >> 32);
}

/* Rosters ------------------------------------------------------------------------------------------------------------------------ */

void roster_make(struct roster *r, const struct assign_model *m);
void roster_release(struct roster *r);
void roster_clear(struct roster *r, const struct assign_model *m);
void roster_copy(struct roster *to, const struct roster *from, const struct assign_model *m);
void roster_put(struct roster *r, const struct assign_model *m, int32_t edge);
void roster_drop(struct roster *r, const struct assign_model *m, int32_t edge);

/* Whether the rules allow the edge beside what the roster holds. */
bool roster_fits(const struct roster *r, const struct assign_model *m, int32_t edge);

/* The cheapest who fits on an open place of a shift, -1 if leaving it open costs less. */
int32_t roster_cheapest(const struct roster *r, const struct assign_model *m, int32_t shift);

/* Give each open place of a shift to the cheapest who fits. */
void roster_fill(struct roster *r, const struct assign_model *m, int32_t shift);

/* The network -------------------------------------------------------------------------------------------------------------------- */

/* Build the network of the slots in `slot` and `slots` of the people of the round; the flow starts with what fits into them of the best roster.
 * What others have is left to them. */
void flow_build(struct assign_work *w);

/* Take the flow as it is into the best roster, as far as the rules allow; if the plan would get dearer, all stays as it was.
 * Returns whether the plan is another one. */
bool flow_take(struct assign_work *w);

/* Have everybody in the round. */
void flow_everybody(struct assign_work *w);

/* Prices ------------------------------------------------------------------------------------------------------------------------- */

/* The best set of shifts for a person when shift s pays price[s]: its gain over doing nothing, its edges in w->pattern, their number in *n. */
double pattern_best(struct assign_work *w, int32_t person, const double *price, int32_t *n);

/* What no plan can cost less than, at these prices (whole numbers make it exact); pins apart. Counts w->wanted. */
double dual_value(struct assign_work *w, const double *price);

/* Begin from the prices at hand; one step of the search for better ones, which returns whether another is worth it. */
void dual_begin(struct assign_work *w);
bool dual_step(struct assign_work *w);

/* The search --------------------------------------------------------------------------------------------------------------------- */

/* A round divides the time of each of its people into slots, round what the best plan or (for `priced` in a thousand of them) the best prices have
 * him do, and solves all of them at once. */
void round_of_everybody(struct assign_work *w, uint32_t priced);

/* The same for people near an open place, or near any where none is open. */
void round_near(struct assign_work *w);

#endif
