/* 订餐: one order of a diner, a day and a meal, made from the plans of who eats or typed by hand.
 *
 * The id follows from diner, day and meal: what two desks make becomes one row. An order is cancelled, never deleted. What a person decided stands: an order
 * that was typed or cancelled by hand is not touched by plans, portions, size and way that were changed by hand stay. All else follows the plans, in
 * the transaction that changes them: see orders_follow().
 * Where meals can't be brought any more (no ground, or it has run out: diner_is_entitled()) the order is 自取, and says why.
 */
#ifndef YL_DOMAIN_MEAL_ORDER_H
#define YL_DOMAIN_MEAL_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"
#include "store/record.h"

enum { ORDERS_DAYS_MAX = 31, ORDER_PORTIONS_MAX = 10 };

/* Make the orders of `days` days from `from_day` on, as diner_wants() says, and let those that are there follow their plans. *made  how many are new.
 * Today's count until the meal has left the kitchen; after the cut-off they say so in `why`. A meal that is closed is left.
 * Errors  RC_DENIED (MEAL_ORDER); RC_INVALID "from_day" a day that has gone by, "days"; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc orders_make(struct office *of, int32_t from_day, int days, int *made, struct err *e) MUST_USE;

/* The same as idle work of today and the settings' order_days after it, a few diners a call; the program's own deed, which no Ctrl-Z takes back.
 * after  the diner who was looked at last; 0 to begin with
 * more   whether there are others
 * Errors  RC_BUSY at once where another process writes: call again later with the same *after; RC_DENIED; RC_DB */
enum rc orders_tend(struct office *of, int64_t *after, bool *more, struct err *e) MUST_USE;

/* How many coming orders of the diner stand although no plan of theirs holds that day: typed by hand, or on their way. Say so after a pause or a step. */
enum rc orders_against_plan(struct office *of, int64_t diner_id, int *n, struct err *e) MUST_USE;

/* Form meal_order. New (id 0): 临时加订; one that was cancelled is ordered again as typed. Else portions, size and way of an order are changed.
 * Errors  RC_DENIED; RC_NOTFOUND; RC_CONFLICT; RC_INVALID "diner_id" nobody, or one who does not eat here (by the ladder, or the resident's record), "day" gone by,
 *         too far ahead, or its meal is closed, "meal", "portions" (1 … ORDER_PORTIONS_MAX; there is an order already), "size", "way" brought without a ground,
 *         "why" wanted after the cut-off, in a pause, and where a carrier is on the way with it; an outcome that is written; RC_BUSY; RC_DB */
enum rc meal_order_save(struct office *of, struct record *r, struct err *e) MUST_USE;

/* One order is not cooked, or is after all. An order that is so already stays as it is. One that is restored and that no plan makes is typed by hand from
 * then on; after the cut-off it says so itself.
 * why  wanted after the cut-off and where a carrier is on the way with it; "" or NULL before
 * Errors  RC_DENIED; RC_NOTFOUND; RC_INVALID "why", "day" closed, an outcome that is written already; RC_BUSY; RC_DB */
enum rc meal_order_cancel(struct office *of, int64_t id, const char *why, struct err *e) MUST_USE;
enum rc meal_order_restore(struct office *of, int64_t id, struct err *e) MUST_USE;

/* Whether a change of an order of the meal wants a reason now, by the clock. */
bool meal_order_wants_reason(const struct office *of, int32_t day, const char *meal);

int64_t meal_order_id(int64_t diner_id, int32_t day, const char *meal);

#endif
