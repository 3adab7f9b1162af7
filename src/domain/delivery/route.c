/* A route as a whole: made, given to somebody, merged, split, deleted. */
#include "domain/dispatch.h"

#include <string.h>

#include "dispatch_inside.h"
#include "store/stmt.h"
#include "store/txn.h"

/* One who has a route of the meal goes once; `but` is the route that is to be his. */
static enum rc require_free(const struct route_change *c, int carrier, int but, struct err *e)
{
	for (size_t i = 0; i < c->d.day.n_routes && carrier >= 0; i++)
		if ((int)i != but && c->d.day.routes[i].volunteer_id == c->d.carriers[carrier].volunteer_id)
			return err_set(e, RC_INVALID, "volunteer_id", "%s已经送 %d 号线；请把两条线路并成一条，或确定让他送两趟", c->d.carriers[carrier].name,
			               c->d.day.routes[i].line);
	return RC_OK;
}

static const struct carrier *carrier_at(const struct route_change *c, int at)
{
	return at >= 0 ? &c->d.carriers[at] : NULL;
}

/* Making --------------------------------------------------------------------------------------------------------------------------------- */

static enum rc create(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, int64_t *id, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	int carrier;
	enum rc rc;

	if ((rc = route_change_begin(&c, of, day, meal, e)) != RC_OK || (rc = route_change_carrier(&c, volunteer_id, &carrier, e)) != RC_OK ||
	    (rc = require_free(&c, carrier, -1, e)) != RC_OK)
		return rc;
	return route_insert(of, &c.d.day, dispatch_free_line(&c.d.day), carrier_at(&c, carrier), id, e);
}

enum rc route_create(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, int64_t *id, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t made = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.create", e)) != RC_OK ||
	    (rc = create(of, day, meal, volunteer_id, &made, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (id)
		*id = made;
	return RC_OK;
}

/* Somebody else ------------------------------------------------------------------------------------------------------------------------ */

static enum rc give(struct office *of, int64_t id, int64_t rev, int64_t volunteer_id, bool second, const char *why, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *r;
	int at, carrier;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, why, &at, e)) != RC_OK || (rc = route_change_carrier(&c, volunteer_id, &carrier, e)) != RC_OK)
		return rc;
	r = &c.d.day.routes[at];
	if (r->volunteer_id == volunteer_id)
		return volunteer_id ? err_set(e, RC_INVALID, "volunteer_id", "%d 号线已经是%s送，请另选一位", r->line, c.d.carriers[carrier].name)
		                    : err_set(e, RC_INVALID, "volunteer_id", "%d 号线还没有送餐人", r->line);
	if (volunteer_id == 0 && r->left_at)
		return err_set(e, RC_INVALID, "volunteer_id", "%d 号线已经出发，不能没有送餐人；请选接手的人", r->line);
	if ((!second && (rc = require_free(&c, carrier, at, e)) != RC_OK) || (rc = route_write_carrier(of, id, carrier_at(&c, carrier), e)) != RC_OK)
		return rc;
	return route_write_stops(&c, id, carrier, r->stops, r->n_stops, why, e);
}

enum rc route_give(struct office *of, int64_t id, int64_t rev, int64_t volunteer_id, bool second, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.give", e)) != RC_OK ||
	    (rc = give(of, id, rev, volunteer_id, second, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Two into one ------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_merged(struct office *of, int64_t id, int64_t into_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE route SET rev = rev + 1, merged_into_id = :into WHERE id = :id");

	bind_int(&q, ":into", into_id);
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

static enum rc merge(struct office *of, int64_t id, int64_t rev, int64_t into_id, const char *why, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *from, *into;
	int at, to, *stops;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, why, &at, e)) != RC_OK)
		return rc;
	if ((to = route_change_find(&c, into_id)) < 0 || to == at)
		return err_set(e, RC_INVALID, "into_id", to == at ? "请选另一条线路来并" : "要并进去的线路不在这一餐，请重新选择");
	from = &c.d.day.routes[at];
	into = &c.d.day.routes[to];
	if ((rc = route_require_change(into, why, e)) != RC_OK)
		return rc;
	stops = arena_alloc(&c.arena, (from->n_stops + into->n_stops + 1) * sizeof *stops);
	if (into->n_stops > 0)
		memcpy(stops, into->stops, into->n_stops * sizeof *stops);
	if (from->n_stops > 0)
		memcpy(stops + into->n_stops, from->stops, from->n_stops * sizeof *stops);
	if ((rc = route_write_stops(&c, into_id, c.d.routes[to].carrier, stops, from->n_stops + into->n_stops, why, e)) != RC_OK)
		return rc;
	return write_merged(of, id, into_id, e);
}

enum rc route_merge(struct office *of, int64_t id, int64_t rev, int64_t into_id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.merge", e)) != RC_OK ||
	    (rc = merge(of, id, rev, into_id, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* One into two ------------------------------------------------------------------------------------------------------------------------- */

static enum rc split(struct office *of, int64_t id, int64_t rev, int position, const char *why, int64_t *new_id, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *r;
	size_t stays;
	int at;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, why, &at, e)) != RC_OK)
		return rc;
	r = &c.d.day.routes[at];
	if (position < 2 || (size_t)position > r->n_stops)
		return err_set(e, RC_INVALID, "position", "拆线路要留下至少一户，也要拆出至少一户；请把光标放在第 2 户或以后");
	stays = (size_t)position - 1;
	if ((rc = route_insert(of, &c.d.day, dispatch_free_line(&c.d.day), NULL, new_id, e)) != RC_OK ||
	    (rc = route_write_stops(&c, id, c.d.routes[at].carrier, r->stops, stays, why, e)) != RC_OK)
		return rc;
	return route_write_stops(&c, *new_id, -1, r->stops + stays, r->n_stops - stays, why, e);
}

enum rc route_split(struct office *of, int64_t id, int64_t rev, int position, const char *why, int64_t *new_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t made = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.split", e)) != RC_OK ||
	    (rc = split(of, id, rev, position, why, &made, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (new_id)
		*new_id = made;
	return RC_OK;
}

/* Away --------------------------------------------------------------------------------------------------------------------------------- */

static enum rc delete(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	int at;
	enum rc rc = route_change_route(&c, of, id, rev, NULL, &at, e);

	if (rc != RC_OK)
		return rc;
	if (c.d.day.routes[at].n_stops > 0)
		return err_set(e, RC_INVALID, NULL, "%d 号线还有 %zu 户，请先改到别的线路", c.d.day.routes[at].line, c.d.day.routes[at].n_stops);
	return route_write_deleted(of, id, e);
}

enum rc route_delete(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.delete", e)) != RC_OK ||
	    (rc = delete(of, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
