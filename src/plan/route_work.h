/* What the files of the routing planner share: the trips as they are now, the best ones, and what undoes a round. */
#ifndef YL_PLAN_ROUTE_WORK_H
#define YL_PLAN_ROUTE_WORK_H

#include "route_model.h"

enum { NOT_ON_TRIP = INT32_MIN / 2 };     /* less than any way can make good */

/* A stop in its trip. Neighbours in a trip are stops or 0, the kitchen. */
struct node {
	int32_t route;                    /* the carrier, -1: left out or in hand */
	int32_t next, prev;
	int32_t out, in;                  /* ways to these */
	int32_t place;
	float x, y;                       /* of model_stop, where the search looks */
};

/* The trip of a carrier; the same index. */
struct trip {
	int32_t first, last, n;           /* 0 where empty */
	int32_t room;                     /* meals that still fit */
	int32_t travel, service, waiting;
	int32_t away;                     /* travel + service + waiting */
	int32_t last_door;                /* from leaving to the last hand-over's beginning */
	int32_t limit, speed;
	int32_t descents;                 /* stops after one of a higher place */
	int64_t meeting;                  /* pins broken and strange faces */
	int64_t cost;
};

/* A stretch of a trip: how long it takes at least, and between which instants it must begin to take no longer. */
struct span {
	int32_t takes, soonest, latest;
};

struct change {
	int32_t stop, route, after;
	int32_t in, out, direct;          /* ways */
	bool put;
};

/* Where a stop would cost least. */
struct spot {
	int64_t delta;                    /* INT64_MAX: nowhere */
	int32_t route, after;
};

struct route_work {
	struct route_model m;
	uint64_t chance;
	struct node *nodes;               /* [n + 1] */
	int32_t *gap;                     /* [n + 1] the longer way beside a stop, NOT_ON_TRIP */
	struct trip *trips;               /* [n_carriers] */
	struct span *before, *behind;     /* [n + 1] from leaving to a stop's hand-over included; from there to the kitchen. Where time binds */
	int32_t *rank_before, *rank_behind;   /* [n + 1] the nearest place given at or before a stop, at or after it; 0 none */
	int32_t *idle;                    /* [n_classes] a carrier of the class who may be idle */
	int64_t cost;                     /* of the trips */
	int64_t lost, soft_lost;          /* of who is left out: as it is, and as the search sees it */
	int64_t *soft_price;              /* [n + 1] */
	int32_t *absent, *absent_at, n_absent;    /* who is left out; [n + 1] where in the list, -1 */

	struct change *changes;           /* of this round */
	int32_t n_changes;
	size_t change_room;
	int32_t *touched, n_touched, *touched_round;   /* trips changed this round, [n_carriers] */
	struct trip *trips_saved;         /* [n_carriers] by touched */
	int32_t round;

	int32_t *hand, n_hand;            /* stops to be put in, the removed ones first */
	int32_t *key;                     /* [n + 1] by which they are sorted */
	int32_t blink;                    /* spots until one is not seen */
	int32_t seed_stop, n_used;

	int32_t *best_next, *best_first, *best_route;  /* [n + 1], [n_carriers], [n + 1] */
	int64_t best_cost;
	int32_t *dirty, n_dirty;          /* trips changed since the best */
	bool *is_dirty;

	struct route_aim aim, spent, cycle_from;
	int32_t cycles, legs;             /* coolings; of each cycle */
	bool mixed;                       /* it matters which carrier makes a trip */
	bool warm;                        /* began from somebody's plan */
	double hot, cold, heat;           /* temperatures */
	double *logs;                     /* of chances */

	bool stale;                       /* the plan below is older than the best */
	struct route_plan plan;
	struct route_trip *plan_trips;
	struct route_stop *plan_stops;
	int32_t *plan_unserved;
};

static inline uint64_t chance_bits(struct route_work *w)
{
	w->chance ^= w->chance >> 12;
	w->chance ^= w->chance << 25;
	w->chance ^= w->chance >> 27;
	return w->chance * UINT64_C(0x2545F4914F6CDD1D);
}

/* 0 … below - 1. */
static inline int32_t chance_below(struct route_work *w, int32_t below)
{
	return (int32_t)((chance_bits(w) >> 32) * (uint64_t)below >> 32);
}

/* 0 … 1, 1 not included. */
static inline double chance_part(struct route_work *w)
{
	return (double)(chance_bits(w) >> 11) * 0x1p-53;
}

/* Trips: route_trip.c.  A trip's times and cost are right after trip_settle(), which returns whether it keeps its times (without a stop the way can be
 * longer, by rounding or by a table); all changes since round_begin() can be undone. */
void trips_make(struct route_work *w);
void trips_clear(struct route_work *w);
void trip_take(struct route_work *w, int32_t stop);
void trip_put(struct route_work *w, int32_t stop, int32_t route, int32_t after);
bool trip_settle(struct route_work *w, int32_t route);
void round_begin(struct route_work *w);
void round_undo(struct route_work *w);
struct span span_of_stop(const struct model_stop *s);
struct span span_of_kitchen(const struct route_model *m, int32_t carrier);
bool span_join(const struct span *a, int32_t way, const struct span *b, struct span *out);

/* The cheapest spot of a stop beside those near it or with an idle carrier; with `blinking` one spot in a hundred is not seen. route_spot.c. */
struct spot spot_near(struct route_work *w, int32_t stop, bool blinking);
/* The same over all trips. */
struct spot spot_anywhere(struct route_work *w, int32_t stop);
/* At one place of one trip. */
struct spot spot_at(struct route_work *w, int32_t stop, int32_t route, int32_t after);

/* The first trips: route_start.c. Leaves those for whom there is no room in the list of who is left out. */
void start_savings(struct route_work *w);
void start_spots(struct route_work *w);
void absent_add(struct route_work *w, int32_t stop);
void absent_remove(struct route_work *w, int32_t stop);

/* Join the round's stop to one near it by an exchange of ends or a turn: whether that was done, and costs less than `keep_below`; else there may be
 * something to undo. route_tails.c. */
bool tails_join(struct route_work *w, double keep_below);

/* One round of the search: take some stops out, put them in elsewhere, keep it or not. route_search.c. */
void search_round(struct route_work *w);
void best_keep(struct route_work *w);
void best_load(struct route_work *w);

#endif
