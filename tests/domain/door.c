/* A lunch in the town that is on its way. */
#include "door.h"

#include "base/day.h"

void door_setup(struct town *t, struct door *d)
{
	town_as(t, HEAD);
	d->carrier = hands_volunteer(t, "周大勇", FILLS({ "transport", "walk" }));
	d->route = canteen_route(t, TOWN_TODAY, "lunch", 3, d->carrier);
	d->wang = canteen_diner(t, t->wang, "delivery");
	d->li = canteen_diner(t, t->li, "delivery");
	d->of_wang = canteen_order(t, d->wang, TOWN_TODAY, "lunch");
	d->of_li = canteen_order(t, d->li, TOWN_TODAY, "lunch");
	canteen_stop(t, d->of_wang, d->route, 1);
	canteen_stop(t, d->of_li, d->route, 2);
	t->now = instant_of_day(TOWN_TODAY, 12 * 60);
	town_as(t, CANTEEN);
}

void door_tell(struct town *t, int64_t order, const char *code, struct outcome_said *said)
{
	struct outcome_said own = { 0 };
	struct err e = { 0 };

	assert_ok(outcome_set(&t->of, order, &(struct outcome_entry){ .code = code }, &own, &e));
	if (said)
		*said = own;
}

int64_t door_check(struct town *t, int64_t order)
{
	return town_int(t, "SELECT coalesce(max(id), 0) FROM welfare_check WHERE order_id = :id AND deleted_at IS NULL", order);
}
