/* Who eats in the town, what is ordered and who carries it: rows as they are, without the use cases that make them. */
#ifndef YL_TESTS_DOMAIN_CANTEEN_H
#define YL_TESTS_DOMAIN_CANTEEN_H

#include "hands.h"

/* An active diner that is the resident, with a ground for delivery; `way` a code of meal_way. */
int64_t canteen_diner(struct town *t, int64_t resident, const char *way);
/* A plan of every day, one portion, as long as the diner eats. */
int64_t canteen_plan(struct town *t, int64_t diner, const char *meal);
/* One portion, ordered, as the diner's way is; its id is what meal_order_id() says. */
int64_t canteen_order(struct town *t, int64_t diner, int32_t day, const char *meal);
/* A draft route of the meal; volunteer 0: nobody. */
int64_t canteen_route(struct town *t, int32_t day, const char *meal, int line, int64_t volunteer);
int64_t canteen_stop(struct town *t, int64_t order, int64_t route, int position);
/* A resident of a household, 0: of none. */
int64_t canteen_resident(struct town *t, const char *name, int64_t household);

#endif
