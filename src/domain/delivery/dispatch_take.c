/* What the planner found, as routes of the day: each trip to the carrier's own route, to one that nobody carries, or to a new one. */
#include "dispatch_inside.h"

#include <stdlib.h>

struct taking {
	const struct office *of;
	const struct dispatch_problem *p;
	const struct route_plan *best;
	struct arena *a;
	struct dispatch_plan *plan;
	struct dispatch_planned *routes;
	bool *used;                          /* [day.n_routes]: has its trip */
	bool *left;                          /* [n_diners]: unserved though firm: it stays on its route */
	struct dispatch_door *doors;         /* [day.n_orders]: for reckoning */
};

static const struct meal_day *day_of(const struct taking *t)
{
	return &t->plan->before.day;
}

/* Which route ---------------------------------------------------------------------------------------------------------------------------- */

static bool anything_stays(const struct taking *t, int route)
{
	const struct meal_route *r = &day_of(t)->routes[route];

	for (size_t i = 0; i < r->n_stops; i++)
		if (t->p->stays[r->stops[i]])
			return true;
	return false;
}

static int stops_in_common(const struct taking *t, const struct route_trip *trip, int route)
{
	int n = 0;

	for (int32_t i = 0; i < trip->n; i++)
		n += day_of(t)->orders[t->p->orders[t->best->stops[trip->first + i].diner]].route == route;
	return n;
}

/* One that nobody carries and that the trip has most of; -1: none. */
static int adopt(const struct taking *t, const struct route_trip *trip)
{
	int best = -1, most = 0;

	for (size_t i = 0; i < day_of(t)->n_routes; i++) {
		const struct meal_route *r = &day_of(t)->routes[i];
		int common;

		if (t->used[i] || r->volunteer_id != 0 || !route_is_open(r) || anything_stays(t, (int)i))
			continue;
		common = stops_in_common(t, trip, (int)i);
		if (common > most) {
			most = common;
			best = (int)i;
		}
	}
	return best;
}

static bool line_is_free(const struct taking *t, int line)
{
	for (size_t i = 0; i < day_of(t)->n_routes; i++)
		if (day_of(t)->routes[i].line == line)
			return false;
	for (size_t i = 0; i < t->plan->n_routes; i++)
		if (t->routes[i].line == line)
			return false;
	return true;
}

/* That of the fixed line which most of its diners are on, else the lowest that is free. */
static int new_line(const struct taking *t, const struct route_trip *trip)
{
	int best = 0, most = 0, line = 1;

	for (int32_t i = 0; i < trip->n; i++) {
		int its = day_of(t)->orders[t->p->orders[t->best->stops[trip->first + i].diner]].line, n = 0;

		for (int32_t k = 0; k < trip->n; k++)
			n += day_of(t)->orders[t->p->orders[t->best->stops[trip->first + k].diner]].line == its;
		if (its > 0 && n > most && line_is_free(t, its)) {
			most = n;
			best = its;
		}
	}
	while (best == 0 && !line_is_free(t, line))
		line++;
	return best ? best : line;
}

/* Its stops -------------------------------------------------------------------------------------------------------------------------------- */

static bool is_left(const struct taking *t, int order)
{
	for (int32_t i = 0; i < t->best->n_unserved; i++)
		if (t->left[t->best->unserved[i]] && t->p->orders[t->best->unserved[i]] == order)
			return true;
	return false;
}

/* Of a standing route: what stays whatever the plan says, where it was among the others: at the end. */
static size_t add_staying(const struct taking *t, int route, int *stops, size_t n)
{
	const struct meal_route *r = &day_of(t)->routes[route];

	for (size_t i = 0; i < r->n_stops; i++)
		if (t->p->stays[r->stops[i]] || is_left(t, r->stops[i]))
			stops[n++] = r->stops[i];
	return n;
}

static void finish(struct taking *t, struct dispatch_planned *p, int *stops, size_t n)
{
	const struct dispatch *d = &t->plan->before;
	int *arrive = arena_alloc(t->a, (n + 1) * sizeof *arrive);
	struct reckoned way = dispatch_reckon(t->of, d, p->carrier >= 0 ? &d->carriers[p->carrier] : NULL, stops, n, -1, t->doors);

	for (size_t i = 0; i < n; i++) {
		arrive[i] = t->doors[stops[i]].arrive_min;
		p->n_moved += day_of(t)->orders[stops[i]].route != p->route || p->route < 0;
	}
	p->stops = stops;
	p->n_stops = n;
	p->arrive_min = arrive;
	p->meals = way.meals;
	p->leave_min = way.leave_min;
	p->last_door_min = way.last_door_min;
	p->back_min = way.back_min;
	p->metres = way.metres;
	p->warnings = way.warnings;
	t->plan->n_moved += p->n_moved;
	t->plan->metres_after += way.metres;
	t->plan->metres_before += p->route >= 0 ? d->routes[p->route].metres : 0;
}

static void add_trip(struct taking *t, const struct route_trip *trip)
{
	struct dispatch_planned *p = &t->routes[t->plan->n_routes];
	int own = t->p->routes[trip->carrier], route = own >= 0 ? own : adopt(t, trip), *stops;
	size_t n = 0, most = (size_t)trip->n + (route >= 0 ? day_of(t)->routes[route].n_stops : 0);

	*p = (struct dispatch_planned){
		.route = route, .carrier = t->p->carriers[trip->carrier], .line = route >= 0 ? day_of(t)->routes[route].line : new_line(t, trip),
	};
	stops = arena_alloc(t->a, (most + 1) * sizeof *stops);
	for (int32_t i = 0; i < trip->n; i++)
		stops[n++] = t->p->orders[t->best->stops[trip->first + i].diner];
	if (route >= 0) {
		n = add_staying(t, route, stops, n);
		t->used[route] = true;
	}
	finish(t, p, stops, n);
	t->plan->n_routes++;
}

/* A route whose stops the plan took away: what stays on it stays; else it is empty. */
static void add_rest(struct taking *t, int route, int *emptied)
{
	const struct meal_route *r = &day_of(t)->routes[route];
	struct dispatch_planned *p = &t->routes[t->plan->n_routes];
	int *stops = arena_alloc(t->a, (r->n_stops + 1) * sizeof *stops);
	size_t n = add_staying(t, route, stops, 0);

	if (n == 0) {
		t->plan->metres_before += t->plan->before.routes[route].metres;
		emptied[t->plan->n_emptied++] = route;
		return;
	}
	*p = (struct dispatch_planned){ .route = route, .carrier = t->plan->before.routes[route].carrier, .line = r->line };
	finish(t, p, stops, n);
	t->plan->n_routes++;
}

static int by_line(const void *left, const void *right)
{
	const struct dispatch_planned *a = left, *b = right;

	return a->line != b->line ? (a->line > b->line) - (a->line < b->line) : (a->route > b->route) - (a->route < b->route);
}

/* Firm ones that no plan can serve stay where somebody put them; he sees the warning. */
static void find_left(struct taking *t)
{
	for (int32_t i = 0; i < t->best->n_unserved; i++) {
		const struct route_diner *d = &t->p->p.diners[t->best->unserved[i]];

		t->left[t->best->unserved[i]] = d->firm;
	}
}

void dispatch_take(const struct office *of, const struct dispatch_problem *p, const struct route_plan *best, struct arena *a, struct dispatch_plan *plan)
{
	struct taking t = { .of = of, .p = p, .best = best, .a = a, .plan = plan };
	size_t n = plan->before.day.n_routes;
	int *emptied = arena_alloc(a, (n + 1) * sizeof *emptied);

	t.routes = arena_alloc(a, (n + (size_t)best->n_trips + 1) * sizeof *t.routes);
	t.used = arena_alloc(a, (n + 1) * sizeof *t.used);
	t.doors = arena_alloc(a, (plan->before.day.n_orders + 1) * sizeof *t.doors);
	t.left = arena_alloc(a, ((size_t)p->p.n_diners + 1) * sizeof *t.left);
	find_left(&t);
	for (int32_t i = 0; i < best->n_trips; i++)
		if (best->trips[i].n > 0)
			add_trip(&t, &best->trips[i]);
	for (size_t i = 0; i < n; i++)
		if (!t.used[i] && p->taken[i])
			add_rest(&t, (int)i, emptied);
		else if (!t.used[i])
			plan->n_kept++;
	qsort(t.routes, plan->n_routes, sizeof *t.routes, by_line);
	for (int32_t i = 0; i < p->p.n_diners; i++)
		plan->n_unplaced += (plan->before.doors[p->orders[i]].warnings & DISPATCH_UNPLACED) != 0;
	plan->routes = t.routes;
	plan->emptied = emptied;
}
