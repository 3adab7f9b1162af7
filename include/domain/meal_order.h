/* 订餐: one order of a diner, a day and a meal, made from the plans of who eats.
 *
 * The id follows from diner, day and meal: what two desks make becomes one row. An order is cancelled, never deleted.
 */
#ifndef YL_DOMAIN_MEAL_ORDER_H
#define YL_DOMAIN_MEAL_ORDER_H

#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"

enum { ORDERS_DAYS_MAX = 31 };

/* Make the orders of `days` days from `from_day` on, of diners whose status eats and who are not paused that day. One that is there, cancelled or changed by
 * hand, is left as it is. Where two plans hold the later one does. *made  how many are new.
 * Errors  RC_DENIED (MEAL_ORDER); RC_INVALID "from_day" a day that has gone by, "days"; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc orders_make(struct office *of, int32_t from_day, int days, int *made, struct err *e) MUST_USE;

/* One order is not cooked, or is after all; a reason is kept with what is cancelled. An order that is so already stays.
 * Errors  RC_DENIED; RC_NOTFOUND; RC_INVALID "why" blank, "day" closed, an outcome that is written already; RC_BUSY; RC_DB */
enum rc meal_order_cancel(struct office *of, int64_t id, const char *why, struct err *e) MUST_USE;
enum rc meal_order_restore(struct office *of, int64_t id, struct err *e) MUST_USE;

int64_t meal_order_id(int64_t diner_id, int32_t day, const char *meal);

#endif
