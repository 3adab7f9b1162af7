/* What the files about doors, checks and closing ask each other. All of it runs inside the transaction of a use case. */
#ifndef YL_DOMAIN_DOOR_RULES_H
#define YL_DOMAIN_DOOR_RULES_H

#include "domain/outcome.h"
#include "domain/welfare.h"

/* An order with what the rules at its door ask for; texts live in the arena. */
struct door_order {
	int64_t id, diner_id, outcome_at, route_id, carrier_id, left_at;      /* route_id 0: on none */
	int32_t day;
	int line;
	const char *meal, *way, *outcome, *condition, *name;                  /* outcome "": not reported */
	bool cancelled;
	bool paused;                         /* a pause of that day, or the diner's state */
};
enum rc door_order_find(struct office *of, int64_t id, struct arena *a, struct door_order *out, struct err *e) MUST_USE;

/* welfare_open.c: after the outcome of `before` has become code and condition ("" none). */
enum rc welfare_follow(struct office *of, const struct door_order *before, const char *code, const char *condition, struct outcome_said *said,
                       struct err *e) MUST_USE;
/* Whether this and the order before it were missed: opens a check, or closes it as a false alarm. *opened its id, 0: none. */
enum rc welfare_follow_missed(struct office *of, int64_t order_id, int64_t *opened, bool *closed, struct err *e) MUST_USE;
int64_t welfare_check_id(int64_t order_id);
/* Minutes that a rung has; 0: no end. */
int welfare_rung_minutes(const struct office *of, int rung);
/* Whether a check of somebody in this grid is the account's to see to. */
bool welfare_is_mine(const struct office *of, int64_t grid_id);

int64_t meal_close_id(int32_t day, const char *meal);
/* meal_close.c: after an undo, inside its txn: whether it touched what is closed. RC_INVALID says so. */
enum rc meals_stand(struct office *of, struct err *e) MUST_USE;

#endif
