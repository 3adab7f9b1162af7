/* The demo's canteen: who eats, what is cooked, and a year of orders with who carried them. */
#ifndef YL_DOMAIN_DEMO_CANTEEN_H
#define YL_DOMAIN_DEMO_CANTEEN_H

#include "base/mem.h"
#include "demo_make.h"
#include "store/stmt.h"

enum { DEMO_PAUSES_MAX = 3, DEMO_AHEAD_DAYS = 7, DEMO_MENU_DAYS = 14 };

enum demo_way { DEMO_DINE_IN, DEMO_PICKUP, DEMO_DELIVERY };

struct demo_pause {
	int32_t from_day, to_day;
	bool hospital;
};

/* What orders and routes ask about a diner. */
struct demo_diner {
	int64_t id, resident_id, volunteer_id, block_id;     /* volunteer_id: always carries; block_id: does not go there; 0: nobody */
	const char *status, *size;
	enum demo_way way;
	unsigned lunch, dinner;                  /* bits by weekday from 1; 0: no plan, comes now and then */
	int portions;
	int32_t from_day, to_day;                /* on which orders were made; to_day DAY_NONE: open */
	int line, line_position;                 /* 0: none */
	int32_t x_m, y_m;
	bool may_leave;
	struct demo_pause pauses[DEMO_PAUSES_MAX];
	int n_pauses;
};

/* Somebody who stood on a shift 午餐送餐 (of today: who will). */
struct demo_carrier {
	int32_t day;
	int64_t volunteer_id, resident_id, assignment_id;
	size_t who;                              /* the same person, the same number */
	const char *name, *transport;
	int load;
};

struct demo_canteen {
	struct demo *d;
	struct arena arena;
	int32_t today, from_day;                 /* orders from that day on */
	int lines;
	struct demo_diner *diners;
	size_t n_diners, n_planned;              /* n_planned: with a plan, of those who were made so far */
	const struct demo_carrier *carriers;     /* by day */
	size_t n_carriers, n_people;             /* n_people: different ones */
	int *served;                             /* how often a person carried a line: n_people × (lines + 1) */
	int64_t account_id;                      /* of the canteen */
};

/* One order of a day as it is being written. */
struct demo_order {
	const struct demo_diner *diner;
	int64_t id;
	enum demo_way way;
	const char *meal, *source, *why, *outcome, *condition;   /* why: cancelled; outcome NULL: none yet */
	int portions;
	int64_t outcome_at;
	const struct demo_carrier *carrier;
	int route;                               /* index in the day's; -1: on none */
	int arrive_min;
};

/* `diners` of the elders become diners, on `lines` fixed routes; a menu for every meal and the orders of `days` days until a week from today
 * (0: from the beginning of the rosters on). */
enum rc demo_make_canteen(struct demo *d, size_t diners, int lines, int days, struct err *e) MUST_USE;

/* demo_canteen_elder.c: the elders who eat, by weight, in the order of their neighbourhood where they are brought meals. */
struct demo_elder {
	int64_t id, building_id;
	const char *name, *care, *child;         /* child: who lives elsewhere, "" for none */
	int age, estate, floor, unit;
	bool has_phone;
	int32_t x_m, y_m;
};
enum rc demo_choose_elders(struct demo_canteen *c, size_t n, struct demo_elder **out, size_t *chosen, struct err *e) MUST_USE;
/* Where meals are brought along an even walk through the estates: less before greater. */
int demo_elder_compare(const struct demo_elder *a, const struct demo_elder *b);
bool demo_elder_has(const struct demo_elder *elder, const char *tag);

/* demo_canteen_diner.c */
enum rc demo_make_diners(struct demo_canteen *c, size_t n, struct err *e) MUST_USE;
/* demo_canteen_plan.c: plans, pauses and blocks of a diner. */
void demo_choose_plan(struct demo_canteen *c, struct demo_diner *diner);
enum rc demo_insert_plans(struct demo_canteen *c, const struct demo_diner *diner, struct err *e) MUST_USE;
enum rc demo_insert_block(struct demo_canteen *c, const struct demo_diner *diner, struct err *e) MUST_USE;

/* demo_canteen_settle.c */
enum rc demo_settle_months(struct demo *d, int32_t today, struct err *e) MUST_USE;

/* demo_canteen_menu.c */
enum rc demo_make_menus(struct demo_canteen *c, struct err *e) MUST_USE;

/* demo_canteen_route.c: orders of a lunch find their routes (.route and .carrier are set), then the routes are written with their stops. */
enum { DEMO_ROUTES_MAX = 48 };
struct demo_route {
	const struct demo_carrier *carrier;      /* NULL: nobody yet */
	int line, meals;
	int64_t id;
};
struct demo_routes {
	int32_t day;
	struct demo_route list[DEMO_ROUTES_MAX];
	int n;
};
enum rc demo_read_carriers(struct demo_canteen *c, struct err *e) MUST_USE;
void demo_route_orders(struct demo_canteen *c, int32_t day, struct demo_order *orders, size_t n, struct demo_routes *out);
enum rc demo_insert_routes(struct demo_canteen *c, struct demo_routes *routes, struct demo_order *orders, size_t n, struct err *e) MUST_USE;

/* demo_canteen_outcome.c */
void demo_choose_outcome(struct demo_canteen *c, int32_t day, int leave_min, struct demo_order *o);
/* demo_canteen_check.c: the check that the order's outcome asks for, with its steps; nothing where it asks for none. */
enum rc demo_insert_check(struct demo_canteen *c, const struct demo_order *o, struct err *e) MUST_USE;

#endif
