/* A preview becomes the day's routes, in one transaction: what was changed since it was made is left as it is now. */
#include "domain/dispatch.h"

#include <string.h>

#include "dispatch_inside.h"
#include "store/txn.h"

enum { TARGET_STAYS = -1, TARGET_OFF = -2 };

struct accepting {
	struct route_change c;
	const struct dispatch_plan *plan;
	int64_t *route_ids;                  /* [plan->n_routes] as they are now; 0: left out */
	int *carriers;                       /* [plan->n_routes] in c.d.carriers */
	int *now;                            /* [before.day.n_orders]: place in c.d.day.orders; -1: changed since */
	int *target;                         /* [c.d.day.n_orders]: a planned route, or one of the above */
	int moved, stale;
};

static const struct meal_day *before_of(const struct accepting *a)
{
	return &a->plan->before.day;
}

/* Orders ------------------------------------------------------------------------------------------------------------------------------------ */

static int64_t route_id_of(const struct meal_day *m, const struct meal_order *o)
{
	return o->route >= 0 ? m->routes[o->route].id : 0;
}

/* Nothing was done to it that the plan did not know of. */
static bool is_fresh(const struct accepting *a, const struct meal_order *then, const struct meal_order *o)
{
	const struct meal_day *m = &a->c.d.day;

	return dispatch_is_carried(o) == dispatch_is_carried(then) && route_id_of(m, o) == route_id_of(before_of(a), then) && o->pinned == then->pinned &&
	       o->portions == then->portions && (o->route < 0 || route_is_open(&m->routes[o->route]));
}

/* Both days list them alike but for what came in between. */
static int find_order(const struct meal_day *m, int64_t id, size_t about)
{
	if (about < m->n_orders && m->orders[about].id == id)
		return (int)about;
	for (size_t i = 0; i < m->n_orders; i++)
		if (m->orders[i].id == id)
			return (int)i;
	return -1;
}

static void match_orders(struct accepting *a)
{
	for (size_t i = 0; i < before_of(a)->n_orders; i++) {
		const struct meal_order *then = &before_of(a)->orders[i];
		int at = find_order(&a->c.d.day, then->id, i);

		a->now[i] = at >= 0 && is_fresh(a, then, &a->c.d.day.orders[at]) ? at : -1;
	}
}

/* Routes ------------------------------------------------------------------------------------------------------------------------------------ */

/* *at -1: somebody gave it away, it left, or it is gone; or for a new one: its carrier has another by now. */
static enum rc match_route(struct accepting *a, size_t i, bool *fits, struct err *e)
{
	const struct dispatch_planned *p = &a->plan->routes[i];
	int64_t volunteer = p->carrier >= 0 ? a->plan->before.carriers[p->carrier].volunteer_id : 0;
	const struct meal_route *then = p->route >= 0 ? &before_of(a)->routes[p->route] : NULL;
	int at = then ? route_change_find(&a->c, then->id) : -1;
	enum rc rc;

	*fits = false;
	if (then && (at < 0 || !route_is_open(&a->c.d.day.routes[at]) || a->c.d.day.routes[at].volunteer_id != then->volunteer_id))
		return RC_OK;
	for (size_t k = 0; k < a->c.d.day.n_routes && volunteer != 0; k++)
		if ((int)k != at && a->c.d.day.routes[k].volunteer_id == volunteer && (then == NULL || then->volunteer_id == 0))
			return RC_OK;
	rc = route_change_carrier(&a->c, volunteer, &a->carriers[i], e);
	if (rc == RC_NOTFOUND || rc == RC_INVALID) {
		err_clear(e);
		return RC_OK;
	}
	*fits = rc == RC_OK;
	return rc;
}

static size_t count_fresh(const struct accepting *a, const struct dispatch_planned *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_stops; i++)
		n += a->now[p->stops[i]] >= 0;
	return n;
}

static enum rc make_route(struct accepting *a, size_t i, struct err *e)
{
	const struct dispatch_planned *p = &a->plan->routes[i];
	const struct carrier *c = a->carriers[i] >= 0 ? &a->c.d.carriers[a->carriers[i]] : NULL;
	int line = p->line;

	if (p->route < 0) {
		for (size_t k = 0; k < a->c.d.day.n_routes; k++)
			line = a->c.d.day.routes[k].line == p->line ? dispatch_free_line(&a->c.d.day) : line;
		return route_insert(a->c.of, &a->c.d.day, line, c, &a->route_ids[i], e);
	}
	a->route_ids[i] = before_of(a)->routes[p->route].id;
	return before_of(a)->routes[p->route].volunteer_id == 0 && c ? route_write_carrier(a->c.of, a->route_ids[i], c, e) : RC_OK;
}

static enum rc match_routes(struct accepting *a, struct err *e)
{
	for (size_t i = 0; i < a->plan->n_routes; i++) {
		const struct dispatch_planned *p = &a->plan->routes[i];
		size_t fresh = count_fresh(a, p);
		bool fits;
		enum rc rc = match_route(a, i, &fits, e);

		if (rc != RC_OK)
			return rc;
		a->stale += (int)(fits ? p->n_stops - fresh : p->n_moved);
		if (!fits || (fresh == 0 && p->route < 0))
			continue;
		if ((rc = make_route(a, i, e)) != RC_OK)
			return rc;
		for (size_t k = 0; k < p->n_stops; k++)
			if (a->now[p->stops[k]] >= 0)
				a->target[a->now[p->stops[k]]] = (int)i;
	}
	return RC_OK;
}

static void match_unserved(struct accepting *a)
{
	for (size_t i = 0; i < a->plan->n_unserved; i++) {
		int at = a->now[a->plan->unserved[i].order];

		if (at < 0)
			a->stale++;
		else
			a->target[at] = TARGET_OFF;
	}
}

/* Writing ----------------------------------------------------------------------------------------------------------------------------------- */

/* A confirmed route that the plan leaves alone stays confirmed. */
static bool is_as_it_was(const struct accepting *a, size_t i, int at, const int *stops, size_t n)
{
	const struct meal_route *r = &a->c.d.day.routes[at];

	return a->carriers[i] == a->c.d.routes[at].carrier && r->n_stops == n && (n == 0 || memcmp(r->stops, stops, n * sizeof *stops) == 0);
}

/* As planned; then who came to the route meanwhile. */
static enum rc write_planned(struct accepting *a, size_t i, struct err *e)
{
	const struct dispatch_planned *p = &a->plan->routes[i];
	const struct meal_day *m = &a->c.d.day;
	int at = route_change_find(&a->c, a->route_ids[i]);
	size_t n = 0, most = p->n_stops + (at >= 0 ? m->routes[at].n_stops : 0);
	int *stops = arena_alloc(&a->c.arena, (most + 1) * sizeof *stops);

	for (size_t k = 0; k < p->n_stops; k++)
		if (a->now[p->stops[k]] >= 0)
			stops[n++] = a->now[p->stops[k]];
	for (size_t k = 0; k < n; k++)
		a->moved += at < 0 || m->orders[stops[k]].route != at;
	for (size_t k = 0; at >= 0 && k < m->routes[at].n_stops; k++)
		if (a->target[m->routes[at].stops[k]] == TARGET_STAYS)
			stops[n++] = m->routes[at].stops[k];
	if (at >= 0 && is_as_it_was(a, i, at, stops, n))
		return RC_OK;
	return route_write_stops(&a->c, a->route_ids[i], a->carriers[i], stops, n, NULL, e);
}

static bool is_planned(const struct accepting *a, int64_t route_id)
{
	for (size_t i = 0; i < a->plan->n_routes; i++)
		if (a->route_ids[i] == route_id)
			return true;
	return false;
}

/* A route that is no plan's: it lost what went elsewhere, and is deleted where nothing is left. */
static enum rc write_rest(struct accepting *a, int at, struct err *e)
{
	const struct meal_route *r = &a->c.d.day.routes[at];
	int *stops = arena_alloc(&a->c.arena, (r->n_stops + 1) * sizeof *stops);
	size_t n = 0;

	for (size_t k = 0; k < r->n_stops; k++)
		if (a->target[r->stops[k]] == TARGET_STAYS)
			stops[n++] = r->stops[k];
	if (n == r->n_stops)
		return RC_OK;
	return n > 0 ? route_write_stops(&a->c, r->id, a->c.d.routes[at].carrier, stops, n, NULL, e) : route_write_deleted(a->c.of, r->id, e);
}

static enum rc write_all(struct accepting *a, struct err *e)
{
	const struct meal_day *m = &a->c.d.day;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < a->plan->n_routes && rc == RC_OK; i++)
		rc = a->route_ids[i] ? write_planned(a, i, e) : RC_OK;
	for (size_t i = 0; i < m->n_orders && rc == RC_OK; i++)
		if (a->target[i] == TARGET_OFF && m->orders[i].route >= 0) {
			a->moved++;
			rc = route_write_off(a->c.of, &m->orders[i], e);
		}
	for (size_t i = 0; i < m->n_routes && rc == RC_OK; i++)
		rc = is_planned(a, m->routes[i].id) ? RC_OK : write_rest(a, (int)i, e);
	return rc;
}

static enum rc accept(struct accepting *a, struct office *of, struct err *e)
{
	enum rc rc = route_change_begin(&a->c, of, before_of(a)->day, before_of(a)->meal, e);
	struct arena *arena = &a->c.arena;

	if (rc != RC_OK)
		return rc;
	a->route_ids = arena_alloc(arena, (a->plan->n_routes + 1) * sizeof *a->route_ids);
	a->carriers = arena_alloc(arena, (a->plan->n_routes + 1) * sizeof *a->carriers);
	a->now = arena_alloc(arena, (before_of(a)->n_orders + 1) * sizeof *a->now);
	a->target = arena_alloc(arena, (a->c.d.day.n_orders + 1) * sizeof *a->target);
	for (size_t i = 0; i < a->c.d.day.n_orders; i++)
		a->target[i] = TARGET_STAYS;
	match_orders(a);
	if ((rc = match_routes(a, e)) != RC_OK)
		return rc;
	match_unserved(a);
	return write_all(a, e);
}

enum rc dispatch_plan_accept(struct office *of, const struct dispatch_plan *plan, int *moved, int *stale, struct err *e)
{
	AUTO_TXN t = { 0 };
	struct accepting a = { .plan = plan };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) == RC_OK && (rc = txn_begin(&t, of->st, "route.plan", e)) == RC_OK &&
	    (rc = accept(&a, of, e)) == RC_OK && (rc = txn_commit(&t, e)) == RC_OK) {
		*moved = a.moved;
		*stale = a.stale;
	}
	route_change_release(&a.c);
	return rc;
}
