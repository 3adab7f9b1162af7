/* Who eats in the town, what is ordered and who carries it. */
#include "canteen.h"

#include <inttypes.h>
#include <stdio.h>

#include "domain/meal_order.h"
#include "store/stmt.h"
#include "store/txn.h"

int64_t canteen_resident(struct town *t, const char *name, int64_t household)
{
	return hands_insert(t, "INSERT INTO resident (id, name, household_id, status, phone) VALUES (:id, '%s', nullif(%" PRId64 ", 0), 'present', '13800001234')",
	                    name, household);
}

int64_t canteen_diner(struct town *t, int64_t resident, const char *way)
{
	return hands_insert(t, "INSERT INTO diner (id, number, resident_id, status, way, entitled_why)"
	                       " VALUES (:id, 'JC-' || (SELECT count(*) + 1 FROM diner /*scan*/), %" PRId64 ", 'active', '%s', 'alone')", resident, way);
}

int64_t canteen_plan(struct town *t, int64_t diner, const char *meal)
{
	return hands_insert(t, "INSERT INTO meal_plan (id, diner_id, weekdays, meal, portions, size) VALUES (:id, %" PRId64 ", '1 2 3 4 5 6 7', '%s', 1, 'normal')",
	                    diner, meal);
}

int64_t canteen_order(struct town *t, int64_t diner, int32_t day, const char *meal)
{
	int64_t id = meal_order_id(diner, day, meal);
	char sql[512];

	snprintf(sql, sizeof sql, "INSERT INTO meal_order (id, diner_id, day, meal, portions, size, way, source, state, at)"
	         " SELECT :id, id, %" PRId32 ", '%s', 1, 'normal', way, 'plan', 'ordered', 1 FROM diner WHERE id = %" PRId64, day, meal, diner);
	town_write(t, sql, id);
	return id;
}

int64_t canteen_route(struct town *t, int32_t day, const char *meal, int line, int64_t volunteer)
{
	return hands_insert(t, "INSERT INTO route (id, day, meal, line, volunteer_id, transport, load_meals, state)"
	                       " VALUES (:id, %" PRId32 ", '%s', %d, nullif(%" PRId64 ", 0), 'walk', 8, 'draft')", day, meal, line, volunteer);
}

int64_t canteen_stop(struct town *t, int64_t order, int64_t route, int position)
{
	return hands_insert(t, "INSERT INTO stop (id, order_id, route_id, position) VALUES (:id, %" PRId64 ", %" PRId64 ", %d)", order, route, position);
}
