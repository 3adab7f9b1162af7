/* What the files about one meal of a day share. */
#ifndef YL_DOMAIN_MEAL_DAY_INSIDE_H
#define YL_DOMAIN_MEAL_DAY_INSIDE_H

#include "domain/meal_day.h"

/* Who has a plan for the meal but no order, and whose order was cancelled; of m its orders are there already. */
enum rc meal_left_out(struct office *of, const struct meal_day *m, struct arena *a, const struct meal_left_out **out, size_t *n, struct err *e) MUST_USE;

#endif
