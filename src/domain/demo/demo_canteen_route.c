/* Who carried what: the lines of a lunch go to those who stood on the shift, the same person to the same line where it can be. */
#include "demo_canteen.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "domain/meal_day.h"
#include "store/stmt.h"
#include "store/store.h"

#define OVER_LOAD 2                /* meals more than a carrier takes at once, on a full day */
#define DETOUR_PERCENT 130
#define NEAR_LINES 2               /* a carrier helps out on */
#define STAND_IN_DAYS 343          /* 49 weeks */
#define DOOR_MIN 2                 /* knocking and handing over */

static void read_carrier(const struct stmt *q, struct arena *a, void *element)
{
	struct demo_carrier *carrier = element;

	*carrier = (struct demo_carrier){
		.day = column_day(q, 0), .assignment_id = column_int(q, 1), .volunteer_id = column_int(q, 2), .resident_id = column_int(q, 3),
		.name = arena_copy(a, column_text(q, 4)), .transport = arena_copy(a, column_text(q, 5)), .load = (int)column_int(q, 6),
		.who = (size_t)column_int(q, 7) - 1,
	};
}

/* Those who came, on days that are past; of today those who are to come. */
enum rc demo_read_carriers(struct demo_canteen *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"SELECT s.day, a.id, v.id, v.resident_id, v.name, v.transport, v.load_meals, dense_rank() OVER (ORDER BY v.id)"
		" FROM shift AS s JOIN assignment AS a ON a.shift_id = s.id JOIN volunteer AS v ON v.id = a.volunteer_id"
		" LEFT JOIN attendance AS t ON t.assignment_id = a.id WHERE s.title = '午餐送餐' AND a.state <> 'cancelled' AND s.day <= :today"
		" AND (s.day = :today OR t.result IN ('present', 'late')) ORDER BY s.day, a.id /*scan*/");
	enum rc rc;

	bind_day(&q, ":today", c->today);
	if ((rc = stmt_rows(&q, &c->arena, sizeof *c->carriers, read_carrier, &c->carriers, &c->n_carriers, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < c->n_carriers; i++)
		if (c->carriers[i].who >= c->n_people)
			c->n_people = c->carriers[i].who + 1;
	c->served = arena_alloc(&c->arena, c->n_people * (size_t)(c->lines + 1) * sizeof *c->served + 1);
	return RC_OK;
}

static int abs_int(int n)
{
	return n < 0 ? -n : n;
}

static int *served(struct demo_canteen *c, const struct demo_carrier *carrier, int line)
{
	return &c->served[carrier->who * (size_t)(c->lines + 1) + (size_t)line];
}

/* Carriers and lines ------------------------------------------------------------------------------------------------------------------ */

static bool is_free(const struct demo_routes *routes, const struct demo_carrier *carrier)
{
	for (int i = 0; i < routes->n; i++)
		if (routes->list[i].carrier == carrier)
			return false;
	return true;
}

/* Of the lines and the carriers that have none yet, the pair that knows each other best; then whoever takes most. */
static bool pair_best(struct demo_canteen *c, const struct demo_carrier *first, size_t n, struct demo_routes *routes)
{
	const struct demo_carrier *carrier = NULL;
	int best = -1, line = 0;

	for (int i = 0; i < c->lines; i++)
		for (size_t k = 0; k < n && routes->list[i].carrier == NULL; k++) {
			int score = *served(c, &first[k], i + 1) * 100 + first[k].load;

			if (score <= best || !is_free(routes, &first[k]))
				continue;
			best = score;
			line = i;
			carrier = &first[k];
		}
	if (carrier == NULL)
		return false;
	routes->list[line].carrier = carrier;
	return true;
}

/* The first who carries on the day, and how many do. Before the rosters begin those of the same weekday of their first year come in their place. */
static size_t find_day(const struct demo_canteen *c, int32_t day, size_t *n)
{
	size_t first = 0;
	int32_t rostered = c->n_carriers ? c->carriers[0].day : day;

	while (day < rostered)
		day += STAND_IN_DAYS;
	while (first < c->n_carriers && c->carriers[first].day < day)
		first++;
	for (*n = 0; first + *n < c->n_carriers && c->carriers[first + *n].day == day;)
		++*n;
	return first;
}

/* A route for each line; behind them one for each carrier who is left over. */
static void begin_routes(struct demo_canteen *c, int32_t day, struct demo_routes *routes)
{
	size_t n, first = find_day(c, day, &n);

	*routes = (struct demo_routes){ .day = day, .n = c->lines };
	for (int i = 0; i < c->lines; i++)
		routes->list[i].line = i + 1;
	while (pair_best(c, c->carriers + first, n, routes))
		;
	for (size_t k = 0; k < n && routes->n < DEMO_ROUTES_MAX; k++)
		if (is_free(routes, &c->carriers[first + k]))
			routes->list[routes->n++] = (struct demo_route){ .carrier = &c->carriers[first + k], .line = routes->n + 1 };
	for (int i = 0; day < c->today && i < c->lines; i++)
		if (routes->list[i].carrier)
			++*served(c, routes->list[i].carrier, i + 1);
}

/* Orders and routes ------------------------------------------------------------------------------------------------------------------- */

static bool may_carry(const struct demo_route *r, const struct demo_order *o)
{
	return r->carrier && r->carrier->volunteer_id != o->diner->block_id && r->carrier->resident_id != o->diner->resident_id;
}

/* The diner's own volunteer, then the line's carrier, then the nearest line with room, unless it is too far off. -1: nobody. */
static int find_route(const struct demo_canteen *c, const struct demo_routes *routes, const struct demo_order *o)
{
	int best = -1, nearest = NEAR_LINES + 1;

	for (int i = 0; i < routes->n; i++) {
		const struct demo_route *r = &routes->list[i];
		int far = o->diner->line && r->line <= c->lines ? abs_int(r->line - o->diner->line) : 1;

		if (!may_carry(r, o))
			continue;
		if (r->carrier->volunteer_id == o->diner->volunteer_id)
			return i;
		if (r->meals + o->portions > r->carrier->load + OVER_LOAD || far >= nearest)
			continue;
		nearest = far;
		best = i;
	}
	return best;
}

/* As the lines say, for the dispatcher to look through: somebody's own volunteer, nobody's blocked one. */
static int draft_route(const struct demo_routes *routes, const struct demo_order *o)
{
	const struct demo_route *r;

	for (int i = 0; i < routes->n; i++)
		if (may_carry(&routes->list[i], o) && routes->list[i].carrier->volunteer_id == o->diner->volunteer_id)
			return i;
	if (o->diner->line == 0)
		return -1;
	r = &routes->list[o->diner->line - 1];
	return r->carrier == NULL || may_carry(r, o) ? o->diner->line - 1 : -1;
}

void demo_route_orders(struct demo_canteen *c, int32_t day, struct demo_order *orders, size_t n, struct demo_routes *out)
{
	begin_routes(c, day, out);
	for (size_t i = 0; i < n; i++) {
		struct demo_order *o = &orders[i];

		if (o->way != DEMO_DELIVERY || o->why)
			continue;
		o->route = day < c->today ? find_route(c, out, o) : draft_route(out, o);
		if (o->route < 0)
			continue;
		o->carrier = out->list[o->route].carrier;
		out->list[o->route].meals += o->portions;
	}
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

static int metres_a_minute(const struct demo_carrier *carrier)
{
	return carrier == NULL || strcmp(carrier->transport, "walk") == 0 ? 70 : strcmp(carrier->transport, "bicycle") == 0 ? 180 : 250;
}

static int64_t stop_id(int64_t order_id)
{
	AUTO_FREE char *key = mem_format("%" PRId64, order_id);

	return store_derived_id("stop", key);
}

static enum rc insert_stop(struct demo_canteen *c, const struct demo_order *o, int64_t route_id, int position, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st, "INSERT INTO stop (id, order_id, route_id, position, arrive_min) VALUES (:id, :order, :route, :position, :arrive)");

	bind_int(&q, ":id", stop_id(o->id));
	bind_int(&q, ":order", o->id);
	bind_int(&q, ":route", route_id);
	bind_int(&q, ":position", position);
	bind_int(&q, ":arrive", o->arrive_min);
	return stmt_run(&q, e);
}

/* Stops in the order of the line; *back_min: when the last one is served. */
static enum rc insert_stops(struct demo_canteen *c, const struct demo_route *r, int index, struct demo_order *orders, size_t n, int *back_min, struct err *e)
{
	int position = 0, speed = metres_a_minute(r->carrier);
	int32_t x = c->d->of->settings->kitchen_x, y = c->d->of->settings->kitchen_y;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct demo_order *o = &orders[i];
		int metres;

		if (o->route != index)
			continue;
		metres = (abs_int(o->diner->x_m - x) + abs_int(o->diner->y_m - y)) * DETOUR_PERCENT / 150;
		*back_min += metres / speed + (position ? DOOR_MIN : 0);
		o->arrive_min = *back_min;
		x = o->diner->x_m;
		y = o->diner->y_m;
		rc = insert_stop(c, o, r->id, ++position, e);
	}
	return rc;
}

static enum rc insert_route(struct demo_canteen *c, struct demo_route *r, int32_t day, int leave_min, int back_min, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"INSERT INTO route (id, day, meal, line, volunteer_id, assignment_id, transport, load_meals, leave_min, left_at, back_at, state, account_id, at)"
		" VALUES (:id, :day, 'lunch', :line, :volunteer, :assignment, :transport, :load, :leave, :left, :back, :state, :account, :at)");
	bool past = day < c->today;
	int late = past ? demo_between(&c->d->random, 0, 6) : 0;

	bind_int(&q, ":id", r->id);
	bind_day(&q, ":day", day);
	bind_int(&q, ":line", r->line);
	bind_id(&q, ":volunteer", r->carrier ? r->carrier->volunteer_id : 0);
	bind_id(&q, ":assignment", r->carrier && r->carrier->day == day ? r->carrier->assignment_id : 0);
	bind_text(&q, ":transport", r->carrier ? r->carrier->transport : NULL);
	bind_id(&q, ":load", r->carrier ? r->carrier->load : 0);
	bind_int(&q, ":leave", leave_min);
	bind_id(&q, ":left", past ? instant_of_day(day, leave_min + late) : 0);
	bind_id(&q, ":back", past ? instant_of_day(day, back_min + late + DOOR_MIN + 6) : 0);
	bind_text(&q, ":state", past ? "closed" : "draft");
	bind_int(&q, ":account", c->account_id);
	bind_int(&q, ":at", instant_of_day(day, 8 * 60));
	return stmt_run(&q, e);
}

enum rc demo_insert_routes(struct demo_canteen *c, struct demo_routes *routes, struct demo_order *orders, size_t n, struct err *e)
{
	int leave_min = meal_leave_min(c->d->of, "lunch");
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < routes->n; i++) {
		struct demo_route *r = &routes->list[i];
		int back_min = leave_min;

		if (r->meals == 0)
			continue;
		if ((rc = demo_new_id(c->d, &r->id, e)) != RC_OK || (rc = insert_stops(c, r, i, orders, n, &back_min, e)) != RC_OK)
			return rc;
		rc = insert_route(c, r, routes->day, leave_min, back_min, e);
	}
	return rc;
}
