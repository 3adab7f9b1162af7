/* A lunch in the town that is on its way: who eats, a route with its carrier, and short ways of telling what happened. */
#ifndef YL_TESTS_DOMAIN_DOOR_H
#define YL_TESTS_DOMAIN_DOOR_H

#include "canteen.h"
#include "domain/outcome.h"
#include "domain/welfare.h"

struct door {
	int64_t carrier, route;              /* line 3, of today's lunch */
	int64_t wang, li;                    /* diners; wang in grid 03, li in 05 */
	int64_t of_wang, of_li;              /* their orders, both on the route */
};

/* Noon: lunch left the kitchen at 10:45. CANTEEN is at work. */
void door_setup(struct town *t, struct door *d);
/* An outcome at once, with nothing else said. */
void door_tell(struct town *t, int64_t order, const char *code, struct outcome_said *said);
int64_t door_check(struct town *t, int64_t order);               /* the order's check that stands; 0: none */

#define assert_check(order, wanted) assert_town_text(t, "SELECT cause || ' ' || state || coalesce(' ' || conclusion, '') FROM welfare_check" \
	" WHERE order_id = :id AND deleted_at IS NULL", order, wanted)

#endif
