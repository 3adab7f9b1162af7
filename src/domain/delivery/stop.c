/* One order on a route: moved to another or to another place in it, taken off, pinned. */
#include "domain/dispatch.h"

#include <string.h>

#include "dispatch_inside.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Where the caller saw it, and still to be brought. */
static enum rc check_order(const struct route_change *c, int at, int64_t from_route_id, struct err *e)
{
	const struct meal_order *o = &c->d.day.orders[at];
	int64_t is_on = o->route >= 0 ? c->d.day.routes[o->route].id : 0;

	if (o->cancelled)
		return err_set(e, RC_CONFLICT, NULL, "%s的订餐刚被取消，不用再派", o->name);
	if (o->outcome[0])
		return err_set(e, RC_INVALID, NULL, "%s这一餐已经登记了送达结果，不能再改线路", o->name);
	if (is_on != from_route_id)
		return err_set(e, RC_CONFLICT, NULL, "%s刚被别人改到%s，请看过新的内容再改", o->name, is_on ? "别的线路" : "待派的一组");
	return RC_OK;
}

static enum rc check_target(const struct route_change *c, int order, int64_t id, const char *why, int *at, struct err *e)
{
	int found;

	if (strcmp(c->d.day.orders[order].way, "delivery") != 0)
		return err_set(e, RC_INVALID, NULL, "%s这一餐不是送餐，不能派到线路上；请先改取餐方式", c->d.day.orders[order].name);
	if ((found = route_change_find(c, id)) < 0)
		return err_set(e, RC_NOTFOUND, NULL, "要去的线路已经删除或并走，请重新选择");
	*at = found;
	return route_require_change(&c->d.day.routes[found], why, e);
}

/* The stops of a route without one of them. */
static int *stops_without(struct route_change *c, int route, int order, size_t *n)
{
	const struct meal_route *r = &c->d.day.routes[route];
	int *stops = arena_alloc(&c->arena, (r->n_stops + 2) * sizeof *stops);

	*n = 0;
	for (size_t i = 0; i < r->n_stops; i++)
		if (r->stops[i] != order)
			stops[(*n)++] = r->stops[i];
	return stops;
}

static enum rc put(struct route_change *c, int order, int route, int position, const char *why, struct err *e)
{
	size_t n, at;
	int *stops = stops_without(c, route, order, &n);

	at = position > 0 ? (size_t)position - 1 : dispatch_best_place(&c->d, stops, n, order);
	at = at < n ? at : n;
	memmove(stops + at + 1, stops + at, (n - at) * sizeof *stops);
	stops[at] = order;
	return route_write_stops(c, c->d.day.routes[route].id, c->d.routes[route].carrier, stops, n + 1, why, e);
}

static enum rc leave_route(struct route_change *c, int order, int route, const char *why, struct err *e)
{
	size_t n;
	const int *stops = stops_without(c, route, order, &n);

	return route_write_stops(c, c->d.day.routes[route].id, c->d.routes[route].carrier, stops, n, why, e);
}

static enum rc loosen(struct office *of, const struct meal_order *o, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE stop SET pinned = NULL WHERE id = :id");

	bind_int(&q, ":id", o->stop_id);
	return stmt_run(&q, e);
}

static enum rc move(struct office *of, int64_t order_id, int64_t from_id, int64_t to_id, int position, const char *why, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_order *o;
	int at, to = -1;
	enum rc rc;

	if ((rc = route_change_order(&c, of, order_id, &at, e)) != RC_OK || (rc = check_order(&c, at, from_id, e)) != RC_OK)
		return rc;
	o = &c.d.day.orders[at];
	if ((to_id != 0 && (rc = check_target(&c, at, to_id, why, &to, e)) != RC_OK) ||
	    (o->route >= 0 && (rc = route_require_change(&c.d.day.routes[o->route], why, e)) != RC_OK))
		return rc;
	if (to < 0 && o->route < 0)
		return err_set(e, RC_INVALID, NULL, "%s还不在任何线路上", o->name);
	if (to >= 0 && (rc = put(&c, at, to, position, why, e)) != RC_OK)
		return rc;
	if (to == o->route)
		return RC_OK;
	/* A pin holds it on the route where it was. */
	if ((o->pinned && (rc = loosen(of, o, e)) != RC_OK) || (to < 0 && (rc = route_write_off(of, o, e)) != RC_OK))
		return rc;
	return o->route >= 0 ? leave_route(&c, at, o->route, why, e) : RC_OK;
}

enum rc stop_move(struct office *of, int64_t order_id, int64_t from_route_id, int64_t to_route_id, int position, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.move", e)) != RC_OK ||
	    (rc = move(of, order_id, from_route_id, to_route_id, position, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc move_all(struct office *of, const int64_t *order_ids, const int64_t *from_ids, size_t n, int64_t to_id, const char *why, int *moved, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		enum rc rc = from_ids[i] == to_id ? RC_OK : stop_move(of, order_ids[i], from_ids[i], to_id, 0, why, e);

		if (rc != RC_OK)
			return rc;
		*moved += from_ids[i] != to_id;
	}
	return RC_OK;
}

enum rc stops_move(struct office *of, int32_t day, const char *meal, const int64_t *order_ids, const int64_t *from_ids, size_t n, int64_t to_route_id,
                   const char *why, int *moved, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t to = to_route_id;
	int count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.move", e)) != RC_OK ||
	    (to == ROUTE_NEW && (rc = route_create(of, day, meal, 0, &to, e)) != RC_OK) ||
	    (rc = move_all(of, order_ids, from_ids, n, to, why, &count, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (moved)
		*moved = count;
	return RC_OK;
}

static enum rc pin(struct office *of, int64_t order_id, bool pinned, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	AUTO_STMT q = stmt_use(of->st, "UPDATE stop SET rev = rev + 1, pinned = nullif(:pinned, 0) WHERE id = :id AND coalesce(pinned, 0) <> :pinned");
	int at;
	enum rc rc;

	if ((rc = route_change_order(&c, of, order_id, &at, e)) != RC_OK)
		return rc;
	if (c.d.day.orders[at].route < 0)
		return err_set(e, RC_INVALID, NULL, "%s还不在任何线路上，派好再钉住", c.d.day.orders[at].name);
	bind_int(&q, ":id", c.d.day.orders[at].stop_id);
	bind_int(&q, ":pinned", pinned);
	return stmt_run(&q, e);
}

enum rc stop_pin(struct office *of, int64_t order_id, bool pinned, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.pin", e)) != RC_OK ||
	    (rc = pin(of, order_id, pinned, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
