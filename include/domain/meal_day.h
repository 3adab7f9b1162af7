/* 一餐: one meal of a day as a whole — its orders, the routes that carry them, and who is left out, with the reason.
 *
 * Kitchen sheet, routes, doors and closing all read a meal here, so that nobody stands on one sheet and is missing from another:
 *	everybody who wanted to eat = orders that are cooked + left out.
 * domain.md §4: people dropped silently from a run are the first complaint of those who use such programs.
 */
#ifndef YL_DOMAIN_MEAL_DAY_H
#define YL_DOMAIN_MEAL_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/menu.h"
#include "domain/office.h"

/* What an order has come to: from its row, its route and the clock; never stored. domain.md §5.6 */
#define ORDER_STANDINGS(X) \
	X(ORDERED,    "已订")       \
	X(NO_CARRIER, "待送餐力量") \
	X(LOADED,     "已装车")     \
	X(EATEN,      "已送达")     \
	X(COLLECTED,  "已自取")     \
	X(FAILED,     "没送到")     \
	X(UNREPORTED, "未回报")     \
	X(CANCELLED,  "取消")
enum order_standing {
#define X(name, label) ORDER_##name,
	ORDER_STANDINGS(X)
#undef X
	ORDER_STANDING_COUNT
};
const char *order_standing_label(enum order_standing s);

/* Texts are never NULL and live in the arena; codes where a code list has the label. */
struct meal_order {
	int64_t id, rev, diner_id, resident_id;
	const char *number, *name, *phone;           /* the diner's; phone masked */
	const char *address, *grid;                  /* 西林小区3幢2单元501室; 03 */
	const char *sex;                             /* code sex: 1 2 */
	const char *care;                            /* codes care_tag, blank-separated */
	const char *size, *way, *source, *why;
	int portions;
	bool cancelled, lapsed;                      /* lapsed: cancelled because no plan holds; why says which way */
	enum order_standing standing;

	const char *outcome, *condition, *outcome_note;    /* outcome "": not reported */
	int64_t outcome_at, outcome_volunteer_id;
	int64_t check_id;                            /* a welfare check of this order that is open; 0: none */

	int route;                                   /* place in meal_day.routes; -1: on none */
	int64_t stop_id, stop_rev;
	int position, arrive_min;                    /* arrive_min -1: not planned */
	bool pinned;

	struct diner_food food;
	int line, line_position;                     /* the fixed route and the place in it; 0: none */
	int64_t volunteer_id;                        /* who always carries; 0: nobody */
	int window_begin_min, window_end_min;        /* -1: any time */
	int wait_min;                                /* 0: the office's setting */
	bool may_leave;
	const char *stand_in, *key_holder, *door_note, *entry_note;     /* entry_note: the building's */
	int64_t building_id, grid_id;                /* 0: none */
	bool placed;                                 /* the building has coordinates */
	int32_t x_m, y_m;
};

struct meal_route {
	int64_t id, rev, volunteer_id, assignment_id;    /* volunteer_id 0: nobody carries it yet */
	const char *carrier, *phone, *transport, *state, *note;     /* phone masked; state: code route_state */
	int line, load_meals, leave_min;             /* load_meals: what the carrier takes at once */
	int64_t left_at, back_at;                    /* 0: not yet */
	const int *stops;                            /* places in meal_day.orders, in the order of the way */
	size_t n_stops;
	int meals, last_door_min;                    /* carried; last_door_min -1: not planned */
};

/* Wanted to eat, but nothing is cooked: by a plan of that day without an order, or an order that was cancelled. */
struct meal_left_out {
	int64_t diner_id, order_id;                  /* order_id 0: there is none */
	const char *number, *name, *reason;          /* 暂停：住院 11-20 至 11-27; 取消：去女儿家; 还没有生成订餐 */
	int portions;
};

struct meal_day {
	int32_t day;
	const char *meal;                            /* code */
	const struct meal_order *orders;             /* by grid, address, id; cancelled ones too */
	size_t n_orders;
	const struct meal_route *routes;             /* by line, id */
	size_t n_routes;
	const struct meal_left_out *left_out;        /* by name */
	size_t n_left_out;
	int meals;                                   /* portions that are cooked */
	int leave_min;                               /* 出餐 */
	bool closed;
	int64_t closed_at;
	const char *closed_by;
	size_t checks_open;                          /* welfare checks of its orders */
};

/* Errors  RC_DENIED (DINER_VIEW); RC_INVALID "meal"; RC_BUSY; RC_DB */
enum rc meal_day_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct meal_day *out, struct err *e) MUST_USE;

/* What of it a screen has to watch: TBL_… bits. */
#define MEAL_DAY_READS \
	(TBL_MEAL_ORDER | TBL_ROUTE | TBL_STOP | TBL_DINER | TBL_MEAL_PLAN | TBL_MEAL_PAUSE | TBL_MEAL_CLOSE | TBL_WELFARE_CHECK | TBL_RESIDENT | \
	 TBL_HOUSEHOLD | TBL_BUILDING | TBL_VOLUNTEER)

/* When a meal leaves the kitchen, in minutes of the day: the office's setting. -1: no such meal. */
int meal_leave_min(const struct office *of, const char *meal);
/* Whether orders want a reason by now. */
bool meal_cutoff_passed(const struct office *of, int32_t day, const char *meal);
/* Whether every order of it should have an outcome by now. */
bool meal_report_is_due(const struct office *of, int32_t day, const char *meal);
/* The meal that the clock is nearest to: from three hours after one has left, the next that this office has plans for. A code; never NULL. */
const char *meal_of_now(const struct office *of);
/* RC_INVALID "day" where the meal is closed: in words, what to do. Every change of orders, routes and outcomes asks first. */
enum rc meal_require_open(struct office *of, int32_t day, const char *meal, struct err *e) MUST_USE;

#endif
