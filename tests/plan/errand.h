/* A small problem of routes: made plain or by chance, planned, and solved by trying everything. */
#ifndef YL_TESTS_PLAN_ERRAND_H
#define YL_TESTS_PLAN_ERRAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/route.h"

enum { ERRAND_STOPS = 8, ERRAND_CARRIERS = 4, ERRAND_PLACES = ERRAND_STOPS + 1, ERRAND_PAIRS = 6 };

enum {
	ERRAND_WINDOWS = 1, ERRAND_PINS = 2, ERRAND_FORBIDDEN = 4, ERRAND_ORDER = 8, ERRAND_FAIR = 16, ERRAND_TABLE = 32,
};

struct errand {
	struct route_problem p;
	struct route_place places[ERRAND_PLACES];
	struct route_speed speeds[2];
	struct route_diner diners[ERRAND_STOPS];
	struct route_carrier carriers[ERRAND_CARRIERS];
	struct route_pair forbidden[ERRAND_PAIRS];
	int32_t ways[2][ERRAND_PLACES * ERRAND_PLACES];
};

/* `below` 1 or more; the same sequence from the same seed. */
int32_t errand_chance(uint32_t *seed, int32_t below);

/* Diners in a row along a street, 100 m apart, the kitchen at its end; on foot at a metre a second; one meal and 60 s each. */
void errand_plain(struct errand *w, int32_t diners, int32_t carriers);
/* One by chance; what it has beside the plain rules is said by `what`. */
void errand_random(struct errand *w, uint32_t *seed, unsigned what);
/* After rows have been copied or filled: point the problem to them. */
void errand_finish(struct errand *w);

/* What the best plan costs: all orders of all subsets for all carriers. */
int64_t errand_least(const struct errand *w);

/* Plan with so many rounds and have it verified. */
const struct route_plan *errand_plan(struct route *r, const struct route_problem *p, uint64_t seed, int64_t rounds);

/* A clock that counts calls. */
struct plan_clock errand_clock(int64_t *calls);

#endif
