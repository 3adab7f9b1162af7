/* 派单: who carries which meals of a day to whom — the carriers there are, the routes with their times and warnings, and plans made by the planner
 * (plan/route.h).
 *
 * Every delivered order is on exactly one route or on none; whoever is on none waits for a carrier (待送餐力量) and is listed. Times are reckoned here
 * alone, with the same speeds, detour and stays for plans and for what people move by hand. Today's routes never change a diner's fixed line; only
 * route_keep_order() does.
 */
#ifndef YL_DOMAIN_DISPATCH_H
#define YL_DOMAIN_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/meal_day.h"
#include "domain/office.h"

/* What is not as it should be with a route; the first five with a stop too; STRANGE is said of plans alone. Bits; nothing of it blocks. */
#define DISPATCH_WARNINGS(X) \
	X(LATE,       "过保温时间") \
	X(WINDOW,     "误约定时段") \
	X(BLOCKED,    "登记了不上门") \
	X(UNPLACED,   "楼栋没有坐标") \
	X(GONE,       "不用送了") \
	X(STRANGE,    "本月换人多") \
	X(NO_CARRIER, "没有送餐人") \
	X(AWAY,       "请假或没到") \
	X(NO_SHIFT,   "不在班上") \
	X(OVER_LOAD,  "超载") \
	X(OVER_SHIFT, "过班次时间") \
	X(TWICE,      "两条线路")
enum dispatch_warning_bit {
#define X(name, words) DISPATCH_BIT_##name,
	DISPATCH_WARNINGS(X)
#undef X
	DISPATCH_WARNING_COUNT
};
enum dispatch_warning {
#define X(name, words) DISPATCH_##name = 1 << DISPATCH_BIT_##name,
	DISPATCH_WARNINGS(X)
#undef X
};
/* "超载、误约定时段"; appended. */
void dispatch_warning_words(unsigned warnings, struct strbuf *out);

/* Somebody who can carry: stands on a shift of service `meals` that fits the meal, or was given a route by hand. */
struct carrier {
	int64_t volunteer_id, assignment_id;         /* assignment_id 0: not on a shift */
	const char *name, *phone, *transport;        /* phone masked; code, "walk" where nothing is said */
	int load_meals;                              /* at once; 0: can't carry any */
	int m_per_min;
	int from_min, to_min;                        /* his shift; by hand: from when the meal leaves, three hours */
	bool away;                                   /* absent, or did not come */
	int minutes;                                 /* served with meals in the 28 days before */
	int route;                                   /* the first he carries, in day.routes; -1: none */
	int meals;                                   /* on all of his routes */
};

/* What the way comes to for an order on a route. */
struct dispatch_door {
	int32_t x_m, y_m;                            /* the building's, else the middle of its grid, else the kitchen */
	int arrive_min;                              /* -1: on no route */
	unsigned warnings;
};

struct dispatch_route {
	int carrier;                                 /* in carriers; -1: nobody */
	int leave_min, last_door_min, back_min;      /* last_door_min -1: no stops */
	int metres;
	unsigned warnings;                           /* its own and those of its stops */
};

struct dispatch_house {
	int32_t x_m, y_m;
};

struct dispatch_block {
	int64_t diner_id, volunteer_id;
};

struct dispatch {
	struct meal_day day;
	const struct carrier *carriers;              /* by shift, name; those by hand last */
	size_t n_carriers;
	const struct dispatch_route *routes;         /* as day.routes */
	const struct dispatch_door *doors;           /* as day.orders */
	const int *unrouted;                         /* places in day.orders: to be delivered, on no route */
	size_t n_unrouted;
	const struct dispatch_block *blocks;
	size_t n_blocks;
	const struct dispatch_house *houses;         /* all buildings that have coordinates, for the map */
	size_t n_houses;
	int32_t kitchen_x_m, kitchen_y_m;
	int hot_minutes;
};

/* Whether a carrier has to bring it: delivery, not cancelled, nothing reported. */
bool dispatch_is_carried(const struct meal_order *o);

/* Errors of all: RC_DENIED by role (DINER_VIEW to read, ROUTE_EDIT to change); RC_NOTFOUND; RC_INVALID in words; RC_CONFLICT; RC_BUSY; RC_DB.
 * Nothing is changed on failure. */
enum rc dispatch_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct dispatch *out, struct err *e) MUST_USE;
#define DISPATCH_READS (MEAL_DAY_READS | TBL_SHIFT | TBL_ASSIGNMENT | TBL_ATTENDANCE | TBL_ABSENCE | TBL_DINER_BLOCK)

/* Whether somebody may not go to a diner. Pure. */
bool dispatch_is_blocked(const struct dispatch *d, int64_t diner_id, int64_t volunteer_id);
/* What would be said of a route (place in day.routes) with another carrier, but for its times. Pure. */
unsigned dispatch_try_carrier(const struct dispatch *d, int route, const struct carrier *c);

/* Changing routes ---------------------------------------------------------------------------------------------------------------- */

/* Of all changes: the meal is open, else RC_INVALID "day". A route that is out is changed only with a reason (`why` not blank; RC_INVALID "why"), one that is
 * back not at all. A confirmed one becomes a draft again: what was changed is confirmed anew. `rev` 0: whatever it is. *id may be NULL. */

/* volunteer_id 0: nobody yet. RC_INVALID "volunteer_id" where he has a route of this meal already. */
enum rc route_create(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, int64_t *id, struct err *e) MUST_USE;
/* The whole route to somebody else; volunteer_id 0: to nobody. One who has a route of this meal already is RC_INVALID "volunteer_id" (merge them),
 * unless `second` says that he goes twice. */
enum rc route_give(struct office *of, int64_t id, int64_t rev, int64_t volunteer_id, bool second, const char *why, struct err *e) MUST_USE;
/* The stops of one behind those of another, which stays; the first says where it went (merged_into_id). */
enum rc route_merge(struct office *of, int64_t id, int64_t rev, int64_t into_id, const char *why, struct err *e) MUST_USE;
/* Stops from `position` on become a route of their own, with nobody yet. RC_INVALID where nothing would stay or go. */
enum rc route_split(struct office *of, int64_t id, int64_t rev, int position, const char *why, int64_t *new_id, struct err *e) MUST_USE;
enum rc route_delete(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;         /* RC_INVALID while it has stops */
/* RC_INVALID without a carrier or without stops; leaving also where the carrier is out with another route. */
enum rc route_confirm(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
enum rc route_leave(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
/* RC_INVALID where it has not left, or the clock says that it is earlier than when it did. */
enum rc route_back(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
/* 存为固定顺序: the diners' own line and place in it become those of this route. */
enum rc route_keep_order(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;

/* An order to a route and a place in it (1 …; 0: where it costs least; beyond the end: last); to_route_id 0: on none.
 * from_route_id  where the caller saw it, 0: on none. RC_CONFLICT where it is elsewhere by now. */
enum rc stop_move(struct office *of, int64_t order_id, int64_t from_route_id, int64_t to_route_id, int position, const char *why, struct err *e) MUST_USE;
/* Several at once, one change: from_ids says of each where the caller saw it. `to_route_id` may be ROUTE_NEW: one that nobody carries yet.
 * What is on the target already stays as it is; *moved may be NULL. */
enum { ROUTE_NONE = 0, ROUTE_NEW = -1 };
enum rc stops_move(struct office *of, int32_t day, const char *meal, const int64_t *order_ids, const int64_t *from_ids, size_t n, int64_t to_route_id,
                   const char *why, int *moved, struct err *e) MUST_USE;
/* A plan leaves it where it is. RC_INVALID where it is on no route. */
enum rc stop_pin(struct office *of, int64_t order_id, bool pinned, struct err *e) MUST_USE;

/* Ill: all his routes of the meal that are not out lose him, his pins are loosened, and he is taken off the shift or excused from it (*off_shift),
 * so that no plan reckons with him; where he has signed in, or the role may neither, the shift stays as it is.
 * RC_INVALID "why" blank; where he has no such route. */
enum rc carrier_take_off(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, const char *why, bool *off_shift, struct err *e) MUST_USE;

/* Planning ------------------------------------------------------------------------------------------------------------------------ */

/* ALL plans anew what is not pinned; REST only who is on no route or on one that nobody carries; AGAIN begins with the standing routes and stays near them.
 * Routes that are out or back, and their carriers, are never touched. */
enum dispatch_mode { DISPATCH_ALL, DISPATCH_REST, DISPATCH_AGAIN };

/* A route as it would be: the carrier's own, one that nobody carries, or a new one. */
struct dispatch_planned {
	int route;                                   /* in before.day.routes; -1: a new one */
	int carrier;                                 /* in before.carriers */
	int line, meals;
	int leave_min, last_door_min, back_min, metres;
	unsigned warnings;
	const int *stops;                            /* places in before.day.orders, in the order of the way */
	const int *arrive_min;
	size_t n_stops;
	size_t n_moved;                              /* come from elsewhere */
};

struct dispatch_unserved {
	int order;
	const char *why;                             /* 带不下：3人都已装满，最接近的是张三 */
};

struct dispatch_plan {
	struct dispatch before;
	enum dispatch_mode mode;
	const struct dispatch_planned *routes;       /* by line */
	size_t n_routes;
	const int *emptied;                          /* in before.day.routes: would be deleted */
	size_t n_emptied;
	const struct dispatch_unserved *unserved;
	size_t n_unserved;
	const char *const *asks;                     /* 再请1位电动车送餐人（一趟20份）：可多送7份 */
	size_t n_asks;
	size_t n_kept;                               /* routes that the plan does not touch */
	size_t n_moved, n_unplaced;                  /* stops that change; orders whose building has no coordinates */
	int metres_before, metres_after;             /* of the routes that are planned */
	int64_t rounds;
};

struct dispatch_wish {
	int32_t day;
	const char *meal;                            /* copied */
	enum dispatch_mode mode;
	int64_t without_id;                          /* a volunteer who does not come; 0: all come */
};

/* In slices of a few milliseconds; the same day gives the same plan, whatever the machine. `of` and its login outlive it. */
struct dispatch_planner;
struct dispatch_planner *dispatch_planner_new(struct office *of);
void dispatch_planner_free(struct dispatch_planner *p);
enum rc dispatch_planner_begin(struct dispatch_planner *p, const struct dispatch_wish *w, struct err *e) MUST_USE;
enum rc dispatch_planner_step(struct dispatch_planner *p, bool *more, struct err *e) MUST_USE;
int dispatch_planner_percent(const struct dispatch_planner *p);
/* Once step said that nothing more is to be done: until the next begin. */
const struct dispatch_plan *dispatch_planner_plan(const struct dispatch_planner *p);

/* In one transaction. What was changed meanwhile (cancelled, reported, moved, a route that left or was given to somebody else) is left as it is now and counted.
 * *moved  stops that are elsewhere now; *stale  those left out. */
enum rc dispatch_plan_accept(struct office *of, const struct dispatch_plan *plan, int *moved, int *stale, struct err *e) MUST_USE;

#endif
