/* A lunch of the town: houses, carriers, orders. */
#include "rounds.h"

#include <inttypes.h>
#include <stdio.h>

int rounds_setup(void **state)
{
	struct town *t;
	int rc = town_setup(state);

	if (rc != 0)
		return rc;
	t = *state;
	town_as(t, CANTEEN);
	return 0;
}

static int64_t order_in(struct town *t, const char *name, const char *x, const char *y, const char *care)
{
	int64_t building = hands_insert(t, "INSERT INTO building (id, estate_id, number, name, grid_id, place_text, place_pinyin, x_m, y_m)"
	                                   " VALUES (:id, 1, '9', '9幢', %" PRId64 ", '西林小区9幢', 'xi lin', %s, %s)", t->grid3, x, y);
	int64_t household = hands_insert(t, "INSERT INTO household (id, building_id, unit, room, address_text, address_key)"
	                                    " VALUES (:id, %" PRId64 ", '1', '101', '西林小区9幢1单元101室', '9-1-101')", building);
	int64_t resident = canteen_resident(t, name, household);
	char sql[256];

	snprintf(sql, sizeof sql, "UPDATE resident SET care_tags = '%s', grid_id = %" PRId64 ", sex = '2' WHERE id = :id", care, t->grid3);
	town_write(t, sql, resident);
	return canteen_order(t, canteen_diner(t, resident, "delivery"), LUNCH);
}

int64_t rounds_order(struct town *t, const char *name, int x_m, int y_m, const char *care)
{
	char x[16], y[16];

	snprintf(x, sizeof x, "%d", x_m);
	snprintf(y, sizeof y, "%d", y_m);
	return order_in(t, name, x, y, care);
}

int64_t rounds_order_nowhere(struct town *t, const char *name)
{
	return order_in(t, name, "NULL", "NULL", "");
}

int64_t rounds_diner(struct town *t, int64_t order)
{
	return town_int(t, "SELECT diner_id FROM meal_order WHERE id = :id", order);
}

static int64_t shift_of_today(struct town *t)
{
	int64_t id = town_int(t, "SELECT coalesce((SELECT id FROM shift WHERE service = 'meals' AND day = :id LIMIT 1), 0)", TOWN_TODAY);

	return id ? id : hands_insert(t, "INSERT INTO shift (id, service, title, day, begin_min, end_min, state) VALUES (:id, 'meals', '送餐', %d, 630, 750, 'published')",
	                              TOWN_TODAY);
}

int64_t rounds_carrier(struct town *t, const char *name, const char *transport, const char *set)
{
	int64_t id = hands_insert(t, "INSERT INTO volunteer (id, name, phone, transport, status, services) VALUES (:id, '%s', '13900005678', '%s', 'active', 'meals')",
	                          name, transport);
	char sql[256];

	if (set) {
		snprintf(sql, sizeof sql, "UPDATE volunteer SET %s WHERE id = :id", set);
		town_write(t, sql, id);
	}
	hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, way, state) VALUES (:id, %" PRId64 ", %" PRId64 ", 'assigned', 'planned')",
	             shift_of_today(t), id);
	return id;
}

void rounds_load(struct town *t, struct arena *a, struct dispatch *out)
{
	struct err e = { 0 };

	assert_ok(dispatch_load(&t->of, LUNCH, a, out, &e));
}

int64_t rounds_route(struct town *t, int64_t volunteer, const int64_t *orders)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(route_create(&t->of, LUNCH, volunteer, &id, &e));
	for (int i = 0; orders[i]; i++)
		assert_ok(stop_move(&t->of, orders[i], 0, id, 1000, NULL, &e));
	return id;
}

static const struct meal_route *route_of(const struct dispatch *d, int64_t id)
{
	for (size_t i = 0; i < d->day.n_routes; i++)
		if (d->day.routes[i].id == id)
			return &d->day.routes[i];
	fail_msg("the route is not there");
	return NULL;
}

char *rounds_way(struct town *t, int64_t route)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF out = { 0 };
	struct dispatch d;
	const struct meal_route *r;

	rounds_load(t, &a, &d);
	r = route_of(&d, route);
	for (size_t i = 0; i < r->n_stops; i++)
		strbuf_format(&out, "%s%s", i ? " " : "", d.day.orders[r->stops[i]].name);
	strbuf_add(&out, "");
	return strbuf_take(&out);
}

void assert_way(struct town *t, int64_t route, const char *wanted)
{
	AUTO_FREE char *way = rounds_way(t, route);

	assert_string_equal(way ? way : "", wanted);
}

void assert_nobody_lost(struct town *t)
{
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	int *seen;

	rounds_load(t, &a, &d);
	seen = arena_alloc(&a, (d.day.n_orders + 1) * sizeof *seen);
	for (size_t i = 0; i < d.day.n_routes; i++)
		for (size_t k = 0; k < d.day.routes[i].n_stops; k++) {
			seen[d.day.routes[i].stops[k]]++;
			assert_true(k == 0 || d.day.orders[d.day.routes[i].stops[k]].position >= d.day.orders[d.day.routes[i].stops[k - 1]].position);
		}
	for (size_t i = 0; i < d.n_unrouted; i++)
		seen[d.unrouted[i]]++;
	for (size_t i = 0; i < d.day.n_orders; i++)
		assert_int_equal(seen[i], dispatch_is_carried(&d.day.orders[i]));
	assert_int_equal(town_int(t, "SELECT count(*) - count(DISTINCT order_id) FROM stop WHERE deleted_at IS NULL /*scan*/", 0), 0);
}

const struct dispatch_plan *rounds_plan(struct town *t, struct dispatch_planner *p, enum dispatch_mode mode, int64_t without)
{
	const struct dispatch_wish wish = { .day = TOWN_TODAY, .meal = "lunch", .mode = mode, .without_id = without };
	struct err e = { 0 };
	bool more = true;

	(void)t;
	assert_ok(dispatch_planner_begin(p, &wish, &e));
	while (more)
		assert_ok(dispatch_planner_step(p, &more, &e));
	return dispatch_planner_plan(p);
}
