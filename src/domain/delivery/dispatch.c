/* The board of a meal: carriers, routes with their times and warnings, and who is on none. */
#include "domain/dispatch.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "dispatch_inside.h"
#include "store/stmt.h"

#define FAR_M 100000                     /* nobody's kitchen is so far away: no coordinate at all */

static const char *const warning_words[DISPATCH_WARNING_COUNT] = {
#define X(name, words) [DISPATCH_BIT_##name] = words,
	DISPATCH_WARNINGS(X)
#undef X
};

void dispatch_warning_words(unsigned warnings, struct strbuf *out)
{
	const char *between = "";

	for (unsigned i = 0; i < DISPATCH_WARNING_COUNT; i++)
		if (warnings & 1U << i) {
			strbuf_format(out, "%s%s", between, warning_words[i]);
			between = "、";
		}
}

bool dispatch_is_carried(const struct meal_order *o)
{
	return strcmp(o->way, "delivery") == 0 && !o->cancelled && o->outcome[0] == '\0';
}

bool route_state_is(const struct meal_route *r, const char *state)
{
	return strcmp(r->state, state) == 0;
}

bool route_is_open(const struct meal_route *r)
{
	return route_state_is(r, "draft") || route_state_is(r, "confirmed");
}

int dispatch_free_line(const struct meal_day *m)
{
	int line = 1;

	for (size_t i = 0; i < m->n_routes; i++)
		if (m->routes[i].line == line) {
			line++;
			i = (size_t)-1;
		}
	return line;
}

/* Where the doors are --------------------------------------------------------------------------------------------------------------- */

static bool has_place(const struct meal_order *o)
{
	return o->placed && o->x_m > -FAR_M && o->x_m < FAR_M && o->y_m > -FAR_M && o->y_m < FAR_M;
}

struct middle {
	int64_t grid_id;
	int32_t x_m, y_m;
	bool known;
};

static enum rc read_middle(struct office *of, struct middle *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT round(avg(x_m)), round(avg(y_m)) FROM building WHERE grid_id = :grid AND x_m IS NOT NULL AND y_m IS NOT NULL"
		" AND deleted_at IS NULL /*scan*/");
	bool row;
	enum rc rc;

	bind_int(&q, ":grid", m->grid_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row || column_is_null(&q, 0))
		return rc;
	m->x_m = (int32_t)column_int(&q, 0);
	m->y_m = (int32_t)column_int(&q, 1);
	m->known = true;
	return RC_OK;
}

/* Of a grid, read once. */
static enum rc middle_of(struct office *of, struct middle *known, size_t *n, int64_t grid_id, struct middle *out, struct err *e)
{
	enum rc rc;

	for (size_t i = 0; i < *n; i++)
		if (known[i].grid_id == grid_id) {
			*out = known[i];
			return RC_OK;
		}
	*out = (struct middle){ .grid_id = grid_id };
	if (grid_id != 0 && (rc = read_middle(of, out, e)) != RC_OK)
		return rc;
	known[(*n)++] = *out;
	return RC_OK;
}

static enum rc find_doors(struct office *of, struct dispatch *d, struct dispatch_door *doors, struct arena *a, struct err *e)
{
	struct middle *known = arena_alloc(a, (d->day.n_orders + 1) * sizeof *known), middle;
	size_t n = 0;

	for (size_t i = 0; i < d->day.n_orders; i++) {
		const struct meal_order *o = &d->day.orders[i];
		enum rc rc = RC_OK;

		doors[i] = (struct dispatch_door){ .x_m = o->x_m, .y_m = o->y_m, .arrive_min = -1 };
		if (has_place(o))
			continue;
		if ((rc = middle_of(of, known, &n, o->grid_id, &middle, e)) != RC_OK)
			return rc;
		doors[i].x_m = middle.known ? middle.x_m : d->kitchen_x_m;
		doors[i].y_m = middle.known ? middle.y_m : d->kitchen_y_m;
		doors[i].warnings = DISPATCH_UNPLACED;
	}
	return RC_OK;
}

static void read_house(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct dispatch_house *)out = (struct dispatch_house){ (int32_t)column_int(q, 0), (int32_t)column_int(q, 1) };
}

static enum rc read_houses(struct office *of, struct dispatch *d, struct arena *a, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT x_m, y_m FROM building WHERE x_m IS NOT NULL AND y_m IS NOT NULL AND deleted_at IS NULL /*scan*/");

	return stmt_rows(&q, a, sizeof *d->houses, read_house, &d->houses, &d->n_houses, e);
}

/* Who does not go where --------------------------------------------------------------------------------------------------------------- */

static int compare_blocks(const void *left, const void *right)
{
	const struct dispatch_block *a = left, *b = right;

	if (a->diner_id != b->diner_id)
		return a->diner_id < b->diner_id ? -1 : 1;
	return a->volunteer_id < b->volunteer_id ? -1 : a->volunteer_id > b->volunteer_id;
}

static void read_block(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct dispatch_block *)out = (struct dispatch_block){ column_int(q, 0), column_int(q, 1) };
}

static enum rc read_blocks(struct office *of, struct dispatch *d, struct arena *a, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT b.diner_id, b.volunteer_id FROM meal_order AS o JOIN diner_block AS b ON b.diner_id = o.diner_id"
		" WHERE o.day = :day AND o.meal = :meal AND b.deleted_at IS NULL");
	struct dispatch_block *blocks;
	size_t n;
	enum rc rc;

	bind_day(&q, ":day", d->day.day);
	bind_text(&q, ":meal", d->day.meal);
	if ((rc = stmt_rows(&q, a, sizeof *blocks, read_block, &blocks, &n, e)) != RC_OK)
		return rc;
	if (n > 0)
		qsort(blocks, n, sizeof *blocks, compare_blocks);
	d->blocks = blocks;
	d->n_blocks = n;
	return RC_OK;
}

bool dispatch_is_blocked(const struct dispatch *d, int64_t diner_id, int64_t volunteer_id)
{
	const struct dispatch_block key = { diner_id, volunteer_id };

	return d->n_blocks > 0 && bsearch(&key, d->blocks, d->n_blocks, sizeof key, compare_blocks) != NULL;
}

/* Together ------------------------------------------------------------------------------------------------------------------------------ */

static void list_unrouted(struct dispatch *d, struct arena *a)
{
	int *list = arena_alloc(a, (d->day.n_orders + 1) * sizeof *list);

	for (size_t i = 0; i < d->day.n_orders; i++)
		if (d->day.orders[i].route < 0 && dispatch_is_carried(&d->day.orders[i]))
			list[d->n_unrouted++] = (int)i;
	d->unrouted = list;
}

static int carrier_of(const struct dispatch *d, int64_t volunteer_id)
{
	for (size_t i = 0; i < d->n_carriers && volunteer_id != 0; i++)
		if (d->carriers[i].volunteer_id == volunteer_id)
			return (int)i;
	return -1;
}

static void reckon_route(const struct office *of, struct dispatch *d, size_t i, struct dispatch_route *out, struct dispatch_door *doors)
{
	const struct meal_route *r = &d->day.routes[i];
	int carrier = carrier_of(d, r->volunteer_id);
	const struct carrier *c = carrier >= 0 ? &d->carriers[carrier] : NULL;
	struct reckoned way = dispatch_reckon(of, d, c, r->stops, r->n_stops, r->left_at ? minutes_of_instant(r->left_at) : -1, doors);

	*out = (struct dispatch_route){
		.carrier = carrier, .leave_min = way.leave_min, .last_door_min = way.last_door_min, .back_min = way.back_min, .metres = way.metres,
		.warnings = way.warnings | (c && c->route != (int)i ? DISPATCH_TWICE : 0),
	};
}

/* A carrier's first route is his; what he carries on all of them is his load. */
static void tell_carriers(const struct meal_day *m, struct carrier *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m->n_routes; k++)
			if (m->routes[k].volunteer_id == list[i].volunteer_id) {
				list[i].route = list[i].route < 0 ? (int)k : list[i].route;
				list[i].meals += m->routes[k].meals;
			}
}

enum rc dispatch_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct dispatch *out, struct err *e)
{
	struct dispatch d = { .kitchen_x_m = of->settings->kitchen_x, .kitchen_y_m = of->settings->kitchen_y, .hot_minutes = of->settings->hot_minutes };
	struct dispatch_route *routes;
	struct dispatch_door *doors;
	struct carrier *carriers;
	enum rc rc;

	if ((rc = meal_day_load(of, day, meal, a, &d.day, e)) != RC_OK)
		return rc;
	doors = arena_alloc(a, (d.day.n_orders + 1) * sizeof *doors);
	routes = arena_alloc(a, (d.day.n_routes + 1) * sizeof *routes);
	d.doors = doors;
	d.routes = routes;
	if ((rc = find_doors(of, &d, doors, a, e)) != RC_OK || (rc = read_blocks(of, &d, a, e)) != RC_OK || (rc = read_houses(of, &d, a, e)) != RC_OK ||
	    (rc = dispatch_carriers(of, &d.day, a, &carriers, &d.n_carriers, e)) != RC_OK)
		return rc;
	tell_carriers(&d.day, carriers, d.n_carriers);
	d.carriers = carriers;
	for (size_t i = 0; i < d.day.n_routes; i++)
		reckon_route(of, &d, i, &routes[i], doors);
	list_unrouted(&d, a);
	*out = d;
	return RC_OK;
}
