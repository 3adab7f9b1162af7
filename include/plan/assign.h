/* Who stands on which shift: the assignment planner.
 *
 * Arrays in, arrays out: no input or output, no clock, the same problem and seed give the same plan after the same effort.  A row of
 * `shifts` is one kind of place (one skill) of one event; a shift that needs a cook and two helpers is two rows with the same `event`.  The pairs
 * that the caller lists are those it would like to see; the planner takes of them what the hard rules allow:
 *
 *   - the person has the skill, and the shift lies inside the person's windows and touches none that says CANNOT
 *   - no two shifts of a person overlap (one may end when the next begins)
 *   - at most max_shifts and max_minutes a person
 *   - no more people than places; two people who are to be kept apart are not on the same event
 *   - pins stand whatever the rules say, and count for all of them; what a pin breaks by itself is not held against a plan
 *
 * Cost of a plan (less is better): unfilled x priority for each place left open, the cost of each pair and of its degree of willingness, and for a
 * person's j-th shift fair_step x (2j - 1) + fair_carried x (carried_minutes / carried_unit): convex, so that work is spread.
 *
 * Where no eligible shifts overlap except such as exclude each other all round, caps count shifts only and nobody is to be kept apart (fixed slots),
 * the plan is the optimum of a minimum-cost flow.  Else it is searched for, and `bound` says how far it can be from the best.
 */
#ifndef YL_PLAN_ASSIGN_H
#define YL_PLAN_ASSIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum assign_degree { ASSIGN_CANNOT, ASSIGN_RATHER_NOT, ASSIGN_CAN, ASSIGN_WILLING };

enum {
	ASSIGN_MAX_ROWS = 1000000,        /* shifts, people, pins … */
	ASSIGN_MAX_NEED = 100000,         /* places of one shift */
	ASSIGN_MAX_MINUTES = 100000000,   /* an instant */
	ASSIGN_MAX_COST = 100000000,      /* a pair, a weight, unfilled x priority */
	ASSIGN_MAX_SHIFTS = 400,          /* a person's cap; larger ones mean the same */
	ASSIGN_MAX_PAIRS = 20000,         /* of one person */
	ASSIGN_TABLE = 8000000,           /* shifts x count x hours of one person in the bound; more, and its hours are rounded in his favour */
};

struct assign_shift {
	int32_t start, end;               /* minutes on one clock for all, start < end; midnight is nothing special */
	int32_t need;                     /* places, pins included */
	int32_t skill;                    /* 0..63 */
	int32_t priority;                 /* 1 or more */
	int32_t grid;                     /* where; only reported, distance is in the pair's cost */
	int32_t event;                    /* rows of one event share their people, -1: an event of its own */
};

struct assign_person {
	uint64_t skills;                  /* bit k: has skill k */
	int32_t max_shifts, max_minutes;  /* 0: takes none (pins stand) */
	int32_t carried_minutes;          /* worked in the last weeks */
	int32_t grid;
};

struct assign_window {
	int32_t start, end;
	enum assign_degree degree;
};

struct assign_pair {
	int32_t shift;
	int32_t cost;                     /* distance, wish, continuity, familiarity together */
};

struct assign_apart {
	int32_t a, b;                     /* people who are not to be on the same event */
};

struct assign_seat {
	int32_t person, shift;
};

struct assign_weights {
	int32_t unfilled;                 /* one open place of priority 1 */
	int32_t degree[4];                /* added to a pair by the least willing window that it touches; CANNOT happens to pins only */
	int32_t fair_step, fair_carried;
	int32_t carried_unit;             /* minutes, 1 or more */
};

/* Borrowed until assign_release(). `*_first` have one entry more than people: person i owns [first[i], first[i + 1]). */
struct assign_problem {
	int32_t n_shifts, n_people, n_apart, n_pins;
	const struct assign_shift *shifts;
	const struct assign_person *people;
	const int32_t *window_first;
	const struct assign_window *windows;
	const int32_t *pair_first;
	const struct assign_pair *pairs;  /* a shift at most once a person */
	const struct assign_apart *apart;
	const struct assign_seat *pins;   /* each at most once; a pin without a pair costs nothing for itself */
	struct assign_weights weights;
};

struct assign_plan {
	int32_t n_seats;
	const struct assign_seat *seats;  /* by person, then shift; pins included */
	int64_t cost;
	int64_t unfilled;                 /* open places */
	int64_t bound;                    /* no plan costs less */
	int64_t at_most;                  /* a plan of the same cost for the rest would fill at most so many places more */
	bool proven;                      /* cost == bound: nothing is better */
	const int64_t *prices;            /* one a shift: what one place of it costs all things considered; from these follows the bound */
};

struct assign {
	struct assign_work *work;
};

/* Take a problem.
 *
 * out    caller's storage, assign_release() afterwards; untouched on failure
 * seed   of what is decided by chance
 * Errors RC_INVALID with a sentence that names the row (counted from 1): negative need, an end before its beginning, a pair of no shift …
 */
enum rc assign_init(struct assign *out, const struct assign_problem *p, uint64_t seed, struct err *e) MUST_USE;

/* Start from a plan made before (another week's answer, a person's own): what the rules still allow of it is the first plan to better, and its
 * prices, one a shift (NULL: unknown), prove what they can.  Before the first step; with fixed slots the optimum is found all the same. */
void assign_start_from(struct assign *a, const struct assign_seat *seats, int32_t n_seats, const int64_t *prices);

/* Work on; returns whether more is worth it.
 *
 * effort  how much: about a microsecond each on a desk machine, but counted by what is done and not by a clock, so that the same problem, seed and
 *         sum of efforts give the same plan anywhere, in however many steps.  A step may overrun by one piece of work; the next is shorter by it.
 *         Taking the problem (assign_init) counts as well.
 */
bool assign_step(struct assign *a, int64_t effort);

/* The best plan so far, valid until the next call; before the first step it is a quick one, each place given to the cheapest in turn. */
const struct assign_plan *assign_best(const struct assign *a);

void assign_release(struct assign *a);

/* Whether a plan keeps every hard rule, costs what it says and cannot be bettered below its bound.  Shares no code with the planner: the bound is
 * worked out anew from the prices, person by person (with fixed slots this is the check of all reduced costs at once).
 * Errors RC_INVALID with the first fault. */
enum rc assign_verify(const struct assign_problem *p, const struct assign_plan *plan, struct err *e) MUST_USE;

#endif
