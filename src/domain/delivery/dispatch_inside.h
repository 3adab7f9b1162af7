/* What the files about routes and their planning share. */
#ifndef YL_DOMAIN_CANTEEN_DISPATCH_INSIDE_H
#define YL_DOMAIN_CANTEEN_DISPATCH_INSIDE_H

#include "domain/dispatch.h"
#include "plan/route.h"
#include "plan/route_why.h"

#define DISPATCH_LINE_MAX 999
#define SECONDS 60

enum transport { TRANSPORT_WALK, TRANSPORT_BICYCLE, TRANSPORT_EBIKE, TRANSPORT_CAR, TRANSPORT_COUNT };
extern const char *const transport_codes[TRANSPORT_COUNT];
enum transport transport_of(const char *code);                       /* WALK where it is none of them */
int transport_meals(const struct settings *s, enum transport t);
int transport_speed(const struct settings *s, enum transport t);     /* metres a minute, at least 1 */

/* dispatch_carrier.c: those on shifts, then those who carry a route all the same. */
enum rc dispatch_carriers(struct office *of, const struct meal_day *m, struct arena *a, struct carrier **out, size_t *n, struct err *e) MUST_USE;
/* One more, who stands on no shift. RC_NOTFOUND; RC_INVALID one who has stopped or is deleted. */
enum rc dispatch_carrier_by_hand(struct office *of, const struct meal_day *m, int64_t volunteer_id, struct arena *a, struct carrier *out, struct err *e) MUST_USE;

/* dispatch_reckon.c: a way from the kitchen over doors and back. */
struct reckoned {
	int leave_min, last_door_min, back_min, metres, meals;
	unsigned warnings;
};
/* `stops` are places in d->day.orders; `doors` (of the same places) get their arrival and warnings; NULL: nobody asks. left_min -1: he leaves when it suits.
 * `c` NULL: nobody carries, on foot. Pure. */
struct reckoned dispatch_reckon(const struct office *of, const struct dispatch *d, const struct carrier *c, const int *stops, size_t n, int left_min,
                                struct dispatch_door *doors);
/* Where among the stops one more costs least, 0 … n. Pure. */
size_t dispatch_best_place(const struct dispatch *d, const int *stops, size_t n, int order);
/* Seconds that a carrier stays at a door. */
int dispatch_stay_s(const struct office *of, const struct meal_order *o);
/* When the hand-over may begin, in minutes of the day; what was agreed for another meal does not count. */
void dispatch_window(const struct meal_day *m, const struct meal_order *o, int *begin_min, int *end_min);
int32_t dispatch_mm_per_s(const struct carrier *c);

bool route_state_is(const struct meal_route *r, const char *state);
bool route_is_open(const struct meal_route *r);                      /* draft or confirmed: may still be changed freely */
int dispatch_free_line(const struct meal_day *m);                    /* the lowest number that no route of the meal has */

/* route_change.c: what every change begins and ends with, inside a txn. */
struct route_change {
	struct office *of;
	struct arena arena;
	struct dispatch d;
	struct dispatch_door *doors;         /* [day.n_orders]: for reckoning; NULL until it is needed */
};
void route_change_release(struct route_change *c);
#define AUTO_ROUTE_CHANGE __attribute__((cleanup(route_change_release))) struct route_change
enum rc route_change_begin(struct route_change *c, struct office *of, int32_t day, const char *meal, struct err *e) MUST_USE;
/* … of the meal that a route or an order is of; *at its place in day.routes or day.orders. Of a route also that it may be changed. */
enum rc route_change_route(struct route_change *c, struct office *of, int64_t id, int64_t rev, const char *why, int *at, struct err *e) MUST_USE;
enum rc route_change_order(struct route_change *c, struct office *of, int64_t id, int *at, struct err *e) MUST_USE;
enum rc route_require_change(const struct meal_route *r, const char *why, struct err *e) MUST_USE;
int route_change_find(const struct route_change *c, int64_t id);     /* -1: none */
/* Write the stops of a route as they are to be, times reckoned for `carrier` (place in carriers, -1: nobody); what was confirmed is a draft again.
 * `why` of a change under way is kept as its note. */
enum rc route_write_stops(struct route_change *c, int64_t route_id, int carrier, const int *stops, size_t n, const char *why, struct err *e) MUST_USE;
enum rc route_write_off(struct office *of, const struct meal_order *o, struct err *e) MUST_USE;       /* on no route any more */
enum rc route_insert(struct office *of, const struct meal_day *m, int line, const struct carrier *c, int64_t *id, struct err *e) MUST_USE;
enum rc route_write_carrier(struct office *of, int64_t id, const struct carrier *c, struct err *e) MUST_USE;
enum rc route_write_deleted(struct office *of, int64_t id, struct err *e) MUST_USE;
/* The carrier's place in c->d.carriers; added by hand where he is not there. volunteer_id 0: -1. */
enum rc route_change_carrier(struct route_change *c, int64_t volunteer_id, int *at, struct err *e) MUST_USE;

/* dispatch_faces.c: who was at a door lately. */
struct dispatch_face {
	int64_t last_id;                             /* volunteer; 0: nobody in 60 days */
	int faces;                                   /* different ones in 30 days */
};
enum rc dispatch_face_read(struct office *of, int64_t diner_id, int32_t day, struct dispatch_face *out, struct err *e) MUST_USE;

/* dispatch_problem.c: the day as the planner takes it. */
struct dispatch_problem {
	struct route_problem p;
	const int *orders;                           /* [n_diners] places in day.orders */
	const int *carriers;                         /* [n_carriers] places in d.carriers */
	const int *routes;                           /* [n_carriers] his open route in day.routes, -1: none */
	const bool *taken;                           /* [day.n_routes]: its stops are in the problem, but for those that stay */
	const bool *stays;                           /* [day.n_orders]: on its route whatever the plan says */
};
/* faces  [day.n_orders]. Pure; borrowed from d and the arena. */
void dispatch_problem_make(const struct office *of, const struct dispatch *d, const struct dispatch_wish *w, const struct dispatch_face *faces, struct arena *a,
                           struct dispatch_problem *out);
/* The standing routes as a plan of the problem; for route_start_from(). */
void dispatch_problem_standing(const struct dispatch *d, const struct dispatch_problem *p, struct arena *a, struct route_plan *out);

/* dispatch_why.c */
void dispatch_unserved_words(const struct dispatch *d, const struct dispatch_problem *p, const struct route_unserved *u, struct strbuf *out);
/* Kinds of carriers to ask for, one a transport; `out` holds TRANSPORT_COUNT. */
void dispatch_recruit_kinds(const struct office *of, const struct dispatch *d, struct route_carrier *out);
void dispatch_recruit_words(const struct office *of, enum transport t, int n, int meals, struct strbuf *out);

/* dispatch_take.c: what the planner found, as a preview. `best` of the problem. */
void dispatch_take(const struct office *of, const struct dispatch_problem *p, const struct route_plan *best, struct arena *a, struct dispatch_plan *plan);

#endif
