/* A lunch of the town with houses on a map, carriers on a shift and orders to bring. CANTEEN is at work; the kitchen is at 0, 0. */
#ifndef YL_TESTS_DOMAIN_ROUNDS_H
#define YL_TESTS_DOMAIN_ROUNDS_H

#include "canteen.h"
#include "domain/dispatch.h"

#define LUNCH TOWN_TODAY, "lunch"

int rounds_setup(void **state);
#define ROUNDS_TEST(name) cmocka_unit_test_setup_teardown(name, rounds_setup, town_teardown)

/* An order of somebody who lives in a house of his own there; its id. `care` codes of care_tag. */
int64_t rounds_order(struct town *t, const char *name, int x_m, int y_m, const char *care);
int64_t rounds_order_nowhere(struct town *t, const char *name);      /* the house has no coordinates */
int64_t rounds_diner(struct town *t, int64_t order);
/* On the shift from 10:30 to 12:30 of today; `set` of the volunteer ("load_meals = 0"; NULL). */
int64_t rounds_carrier(struct town *t, const char *name, const char *transport, const char *set);
void rounds_load(struct town *t, struct arena *a, struct dispatch *out);
/* A route with these orders, in this order, times reckoned. Orders end with 0. */
int64_t rounds_route(struct town *t, int64_t volunteer, const int64_t *orders);
#define ORDERS(...) (const int64_t[]){ __VA_ARGS__, 0 }
/* Names in the order of the way: "王一 李二". The caller frees. */
char *rounds_way(struct town *t, int64_t route);
void assert_way(struct town *t, int64_t route, const char *wanted);
/* Every order that is to be brought is on exactly one route or listed as on none, and positions say the order of the way. */
void assert_nobody_lost(struct town *t);
/* Plan to the end; the planner owns the plan. */
const struct dispatch_plan *rounds_plan(struct town *t, struct dispatch_planner *p, enum dispatch_mode mode, int64_t without);

#endif
