/* Why a plan of routes leaves somebody out, as data, and which further carriers would serve whom. Words are the caller's. */
#ifndef YL_PLAN_ROUTE_WHY_H
#define YL_PLAN_ROUTE_WHY_H

#include "plan/route.h"

/* What keeps a carrier from a diner, in this order; from ROUTE_FULL on another plan for the others could change it. */
enum route_rule {
	ROUTE_FORBIDDEN,                  /* a forbidden pair, or the diner is firm about somebody else */
	ROUTE_TOO_MANY,                   /* more meals than he can carry at all */
	ROUTE_TOO_FAR,                    /* straight from the kitchen it would still be past the hot-meal limit */
	ROUTE_NO_TIME,                    /* straight there and back does not fit the diner's window or the carrier's hours */
	ROUTE_FULL,                       /* his other meals leave no room */
	ROUTE_LATE,                       /* wherever he is put, the last door comes past the hot-meal limit */
	ROUTE_WINDOWS,                    /* … somebody's window is missed */
	ROUTE_LONG,                       /* … the trip does not fit the carrier's hours */
	ROUTE_DEARER,                     /* nothing; but it would cost more than leaving him out */
	ROUTE_RULES,
};

struct route_unserved {
	int32_t diner;
	enum route_rule rule;             /* the one thing to say: of all carriers, that which comes nearest to serving him */
	int32_t carrier;                  /* that carrier, -1 where there is none at all */
	int32_t carriers[ROUTE_RULES];    /* everybody, by what keeps him */
};

/* Explain each diner left out, in the plan's order; `out` has room for n_unserved. Only reads a plan that route_verify() accepts. */
void route_why_unserved(const struct route_problem *p, const struct route_plan *plan, struct route_unserved *out);

/* A further carrier who would be worth having: of which kind, and his trip in the plan below. */
struct route_recruit {
	int32_t kind;                     /* of the caller's */
	int32_t trip;
	int32_t meals;                    /* that are left out in the plan before, of those he would carry */
};

/* Whom to ask: the problem with `each` carriers of every kind beside those there are, planned again from the plan at hand. What a kind costs should
 * be more than any trip and less than an unserved meal, so that no more are asked than are needed. */
struct route_recruits {
	struct route_problem *p;          /* the larger problem; its carriers from n_before on are the further ones */
	struct route_carrier *carriers;
	int32_t n_before, each;
	bool *left_out;                   /* [n_diners] in the plan before */
	struct route route;               /* its planner: route_step(), route_best() */
};

/* `p` is borrowed until route_recruits_release(), the plan only read. Errors RC_INVALID as of route_init(). */
enum rc route_recruits_init(struct route_recruits *out, const struct route_problem *p, const struct route_plan *plan,
                            const struct route_carrier *kinds, int32_t n_kinds, int32_t each, uint64_t seed, struct err *e) MUST_USE;

/* The recruits of the best plan so far, most meals first; `out` has room for n_kinds x each. Returns how many. */
int32_t route_recruits_list(const struct route_recruits *r, struct route_recruit *out);

void route_recruits_release(struct route_recruits *r);

#endif
