/* Who carries which meals to whom, in what order: the delivery-route planner.
 *
 * Arrays in, arrays out: no input or output, the clock is passed in, the same problem, seed and work give the same plan.  Each carrier makes at most
 * one round trip from the kitchen.  What always holds (hard):
 *
 *   - a carrier's meals do not exceed his capacity; he is away at most max_s, leaves no earlier than from_s and is back by to_s
 *   - the hand-over of the last meal of a trip begins at most hot_s after leaving the kitchen; he may leave later than from_s, and waits where he
 *     comes before a diner's window
 *   - the hand-over to a diner begins within the diner's window
 *   - forbidden pairs never meet; a firm diner is served by his own carrier or not at all
 *
 * Cost of a plan (less is better), lexicographic where the weights lie far enough apart:
 *
 *   - unserved x need x meals for each diner left out
 *   - pin for each diner with another carrier than his own, order for each stop whose place in the route is lower than that of the one before it among
 *     those that have one
 *   - second for each second of travel and service, wait for each of waiting, and what each carrier used costs by himself
 *   - familiar x faces for each strange face
 *   - fairness, convex so that work is spread: fair x ((carried_s + away)^2 - carried_s^2) / fair_unit_s^2 for each carrier
 *
 * With a weight for pins above that for meals nothing that was fixed by hand is moved for the sake of another diner.
 *
 * A trip that is under way is left out of the problem with its carrier and diners.
 *
 * Sources: Clarke & Wright 1964 (savings); Christiaens & Vanden Berghe 2020 (slack induction by string removals); Potvin & Rousseau 1995 (2-opt*).
 */
#ifndef YL_PLAN_ROUTE_H
#define YL_PLAN_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	ROUTE_MAX_DINERS = 20000,
	ROUTE_MAX_CARRIERS = 20000,
	ROUTE_MAX_SPEEDS = 64,
	ROUTE_MAX_PAIRS = 1000000,        /* forbidden ones */
	ROUTE_MAX_METRES = 1000000,       /* a coordinate, either side of 0 */
	ROUTE_MAX_SECONDS = 10000000,     /* an instant, a way, a stay */
	ROUTE_MAX_MEALS = 1000000,        /* of a diner, of a carrier */
	ROUTE_MAX_NEED = 1000,
	ROUTE_MAX_COST = 100000000,       /* a weight; need x meals x unserved; what a carrier costs */
	ROUTE_MAX_FAIR = 10000,
};

/* A point on the map; place 0 is the kitchen. */
struct route_place {
	int32_t x, y;                     /* metres */
};

/* A way of getting about: all carriers on foot, all on e-bikes.  Seconds between two places: metres as the crow flies x detour / mm_per_s, to the
 * nearest second, unless a table is given. */
struct route_speed {
	int32_t mm_per_s;                 /* 1 or more; not looked at with a table */
	const int32_t *seconds;           /* NULL, or [n_places x n_places], row by row: from, to */
};

struct route_diner {
	int32_t place;                    /* 1 or more */
	int32_t meals;                    /* 0 or more: also a key or a box to be fetched is a stop */
	int32_t service_s;                /* knock, wait, hand over */
	int32_t open_s, close_s;          /* the hand-over begins within these, on the clock of from_s */
	int32_t need;                     /* 1 or more: how much worse than for others it is to be left out */
	int32_t carrier;                  /* his own, -1: none */
	bool firm;                        /* no other than his own carrier, at any price */
	int32_t place_in_route;           /* 1 or more: comes after those of lower places on the same trip; 0: wherever it suits */
	int32_t familiar;                 /* the carrier whose face he knows, -1: none */
	int32_t faces;                    /* 0 or more: how much a strange face matters */
};

struct route_carrier {
	int32_t capacity;                 /* meals */
	int32_t speed;
	int32_t from_s, to_s;             /* at the kitchen, from and until */
	int32_t max_s;                    /* away at most */
	int32_t carried_s;                /* away in the last weeks, for fairness */
	int32_t cost;                     /* of being used at all */
};

struct route_pair {
	int32_t diner, carrier;
};

struct route_weights {
	int32_t unserved;                 /* a meal of need 1 */
	int32_t pin, order, second, wait, familiar;
	int32_t fair, fair_unit_s;        /* fair_unit_s 1 or more */
};

/* Borrowed until route_release(). */
struct route_problem {
	int32_t n_places, n_speeds, n_diners, n_carriers, n_forbidden;
	const struct route_place *places; /* may be NULL where all speeds have tables */
	const struct route_speed *speeds;
	const struct route_diner *diners;
	const struct route_carrier *carriers;
	const struct route_pair *forbidden;
	int32_t detour_permille;          /* ways are so much longer than as the crow flies; 1000: not at all */
	int32_t hot_s;                    /* from leaving the kitchen to the last door */
	struct route_weights weights;
};

struct route_stop {
	int32_t diner;
	int32_t begin_s;                  /* the hand-over begins */
};

struct route_trip {
	int32_t carrier;
	int32_t first, n;                 /* its stops in plan->stops */
	int32_t meals;
	int32_t leave_s, last_door_s, back_s;   /* as late as early doors allow: no more waiting than must be */
	int32_t waiting_s;
};

struct route_plan {
	int32_t n_trips, n_stops, n_unserved;
	const struct route_trip *trips;   /* by carrier, each at most once */
	const struct route_stop *stops;   /* trip after trip, in the order of the way */
	const int32_t *unserved;          /* diners, ascending */
	int64_t cost;
	int64_t seconds;                  /* travel, service and waiting of all trips */
	int64_t unserved_meals;
	int32_t pins_broken, orders_broken, strange_faces;
	int64_t unserved_at_least;        /* meals beyond what all carriers can take together */
	int64_t rounds;                   /* of the search so far */
};

/* What the search is meant to take: it cools over so many rounds, or over so much time (of the steps, not of route_init), whichever is over first; 0 is
 * no limit.  With rounds alone the plan is the same on every machine. */
struct route_aim {
	int64_t rounds, us;
};

struct route {
	struct route_work *work;
};

/* Take a problem and make a first plan.
 *
 * out    caller's storage, route_release() afterwards; untouched on failure
 * seed   of what is decided by chance
 * Errors RC_INVALID with a sentence that names the row (counted from 1): negative meals, a window that ends before it begins …
 */
enum rc route_init(struct route *out, const struct route_problem *p, uint64_t seed, struct err *e) MUST_USE;

/* Before the first step; without it the aim is rounds enough for most days. */
void route_aim_at(struct route *r, struct route_aim aim);

/* Start from a plan made before: its trips are taken over stop by stop as far as the rules still allow, the other diners put in where they cost
 * least, and the search stays near it.  Before the first step.  Its numbers of carriers and diners are those of this problem; stops and trips of
 * somebody who is not there any more (-1) are passed over. */
void route_start_from(struct route *r, const struct route_plan *from);

/* Microseconds that never go back.  A clock that counts its calls makes a plan reproducible to the byte. */
struct plan_clock {
	int64_t (*now)(void *with);
	void *with;
};

/* Work for about `us`, or `rounds`, whichever is over first; 0 means without that limit (both 0: until the aim is reached).  Returns whether more is
 * worth it: false once the aim is reached; further calls go on from the best plan all the same. */
bool route_step(struct route *r, int64_t us, int64_t rounds, const struct plan_clock *clock);

/* The best plan so far, valid until the next call. */
const struct route_plan *route_best(const struct route *r);

void route_release(struct route *r);

/* Whether a plan keeps every hard rule, says the truth about its times and costs what it says.  Shares no code with the planner.
 * Errors RC_INVALID with the first fault. */
enum rc route_verify(const struct route_problem *p, const struct route_plan *plan, struct err *e) MUST_USE;

#endif
