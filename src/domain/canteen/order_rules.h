/* What the files about orders share. All of it runs inside the transaction of a use case, and asks no role. */
#ifndef YL_DOMAIN_ORDER_RULES_H
#define YL_DOMAIN_ORDER_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/diner.h"
#include "domain/office.h"

/* Diners as far as diner_wants(), diner_way() and diner_is_entitled() look at them, in the order of their ids; the rest of struct diner is empty.
 * order_diner.c */
enum rc order_diners(struct office *of, int64_t after, int max, struct arena *a, struct diner **out, size_t *n, struct err *e) MUST_USE;
/* One, deleted or not; RC_NOTFOUND. */
enum rc order_diner(struct office *of, int64_t id, struct arena *a, struct diner *out, struct err *e) MUST_USE;

/* An order as it stands. Texts live in the arena. */
struct order_row {
	int64_t id, rev, diner_id;
	int32_t day;
	int portions;
	const char *meal, *size, *way, *why, *carrier;    /* carrier: who is on the way with it; "" nobody */
	bool typed, cancelled, changed, lapsed, reported, out;    /* out: its route has left and is not back */
};
/* order_row.c. Of one diner, from `from_day` to `to_day`, both counted. */
enum rc order_rows(struct office *of, int64_t diner_id, int32_t from_day, int32_t to_day, struct arena *a, const struct order_row **out, size_t *n,
                   struct err *e) MUST_USE;
enum rc order_find_row(struct office *of, int64_t id, struct arena *a, struct order_row *out, struct err *e) MUST_USE;
/* A stop of what is not brought any more goes. */
enum rc order_leave_route(struct office *of, int64_t id, struct err *e) MUST_USE;

/* meal_order.c: RC_INVALID where it has an outcome, or its meal is closed. */
enum rc order_require_changeable(struct office *of, const struct order_row *o, struct err *e) MUST_USE;
/* RC_INVALID "why" where there is none and the clock, or a carrier on the way, asks for one. */
enum rc order_require_reason(const struct office *of, const struct order_row *o, const char *why, struct err *e) MUST_USE;

/* The days and meals that orders follow their plans in: made once for many diners. order_days.c */
struct order_meal {
	const char *meal;                            /* code */
	bool closed, late, left;                     /* late: the cut-off has passed; left: the kitchen has given it out */
};
struct order_days {
	int32_t from_day, to_day;                    /* both counted */
	int32_t make_to_day;                         /* the last one that new orders are made for */
	const struct order_meal *meals;              /* n_meals for each day */
	size_t n_meals;
};
enum rc order_days_load(struct office *of, int32_t from_day, int days, int make_days, struct arena *a, struct order_days *out, struct err *e) MUST_USE;

/* What an order has to become. order_deed.c */
enum order_deed_kind { DEED_MAKE, DEED_RESTORE, DEED_CHANGE, DEED_LAPSE };
struct order_deed {
	enum order_deed_kind kind;
	int64_t order_id, diner_id;
	int32_t day;
	int portions;
	const char *meal, *size, *way, *why;
	bool keep_values;                            /* portions, size and way stay as they were changed by hand */
};
/* What the orders of a diner have to become to be as the plans say; *against is added up: orders that stand against them. Only reads. */
enum rc order_deeds(struct office *of, const struct order_days *days, const struct diner *d, struct arena *a, const struct order_deed **out, size_t *n,
                    int *against, struct err *e) MUST_USE;
enum rc order_deed_do(struct office *of, const struct order_deed *deed, struct err *e) MUST_USE;

/* Let the coming orders of one diner follow the plans, after whatever was changed of them. order_follow.c */
enum rc orders_follow(struct office *of, int64_t diner_id, struct err *e) MUST_USE;
/* Whether the plans want the diner that day at that meal. */
enum rc order_is_planned(struct office *of, int64_t diner_id, int32_t day, const char *meal, bool *planned, struct err *e) MUST_USE;

#endif
