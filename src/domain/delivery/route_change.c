/* What every change of a route begins and ends with: the meal as it is in the transaction, who may still change it, and rows with times reckoned anew. */
#include "dispatch_inside.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "store/stmt.h"
#include "store/store.h"

#define WHY_MAX 100

void route_change_release(struct route_change *c)
{
	arena_clear(&c->arena);
}

enum rc route_change_begin(struct route_change *c, struct office *of, int32_t day, const char *meal, struct err *e)
{
	enum rc rc;

	c->of = of;
	if ((rc = dispatch_load(of, day, meal, &c->arena, &c->d, e)) != RC_OK)
		return rc;
	return meal_require_open(of, day, meal, e);
}

static enum rc begin_at(struct route_change *c, struct office *of, const char *sql, int64_t id, const char *missing, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);
	AUTO_FREE char *meal = NULL;
	int32_t day;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, missing, e)) != RC_OK)
		return rc;
	day = column_day(&q, 0);
	meal = mem_copy(column_text(&q, 1));
	return route_change_begin(c, of, day, meal, e);
}

int route_change_find(const struct route_change *c, int64_t id)
{
	for (size_t i = 0; i < c->d.day.n_routes; i++)
		if (c->d.day.routes[i].id == id)
			return (int)i;
	return -1;
}

enum rc route_require_change(const struct meal_route *r, const char *why, struct err *e)
{
	if (route_is_open(r))
		return RC_OK;
	if (!route_state_is(r, "out"))
		return err_set(e, RC_INVALID, NULL, "%d 号线已经回来，不能再改；送达情况请登记在送达里", r->line);
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "%d 号线已经出发，要改请写理由，并打电话告诉送餐人", r->line);
	if (text_cluster_count(why) > WHY_MAX)
		return err_set(e, RC_INVALID, "why", "理由最多 %d 个字", WHY_MAX);
	return RC_OK;
}

enum rc route_change_route(struct route_change *c, struct office *of, int64_t id, int64_t rev, const char *why, int *at, struct err *e)
{
	enum rc rc = begin_at(c, of, "SELECT day, meal FROM route WHERE id = :id AND deleted_at IS NULL AND merged_into_id IS NULL", id,
	                      "这条线路已经删除或并走，请重新选择", e);
	int found;

	if (rc != RC_OK)
		return rc;
	if ((found = route_change_find(c, id)) < 0)
		return err_set(e, RC_NOTFOUND, NULL, "这条线路已经删除或并走，请重新选择");
	if (rev != 0 && c->d.day.routes[found].rev != rev)
		return err_set(e, RC_CONFLICT, NULL, "%d 号线刚被别人改过，请看过新的内容再改", c->d.day.routes[found].line);
	*at = found;
	return route_require_change(&c->d.day.routes[found], why, e);
}

enum rc route_change_order(struct route_change *c, struct office *of, int64_t id, int *at, struct err *e)
{
	enum rc rc = begin_at(c, of, "SELECT day, meal FROM meal_order WHERE id = :id", id, "没有这份订餐", e);

	for (size_t i = 0; i < c->d.day.n_orders && rc == RC_OK; i++)
		if (c->d.day.orders[i].id == id) {
			*at = (int)i;
			return RC_OK;
		}
	return rc != RC_OK ? rc : err_set(e, RC_NOTFOUND, NULL, "没有这份订餐");
}

enum rc route_change_carrier(struct route_change *c, int64_t volunteer_id, int *at, struct err *e)
{
	struct carrier *list;
	enum rc rc;

	for (size_t i = 0; i < c->d.n_carriers; i++)
		if (c->d.carriers[i].volunteer_id == volunteer_id) {
			*at = (int)i;
			return RC_OK;
		}
	if (volunteer_id == 0) {
		*at = -1;
		return RC_OK;
	}
	list = arena_alloc(&c->arena, (c->d.n_carriers + 1) * sizeof *list);
	if ((rc = dispatch_carrier_by_hand(c->of, &c->d.day, volunteer_id, &c->arena, &list[c->d.n_carriers], e)) != RC_OK)
		return rc;
	if (c->d.n_carriers > 0)
		memcpy(list, c->d.carriers, c->d.n_carriers * sizeof *list);
	c->d.carriers = list;
	*at = (int)c->d.n_carriers++;
	return RC_OK;
}

/* Rows ---------------------------------------------------------------------------------------------------------------------------------- */

static int64_t stop_id(const struct meal_order *o)
{
	AUTO_FREE char *key = mem_format("%" PRId64, o->id);

	return o->stop_id ? o->stop_id : store_derived_id("stop", key);
}

static enum rc write_stop(struct office *of, const struct meal_order *o, int64_t route_id, int position, int arrive_min, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO stop (id, order_id, route_id, position, arrive_min) VALUES (:id, :order, :route, :position, :arrive)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, order_id = :order, route_id = :route, position = :position, arrive_min = :arrive,"
		" pinned = iif(deleted_at IS NULL, pinned, NULL), deleted_at = NULL, deleted_by = NULL, deleted_why = NULL"
		" WHERE route_id IS NOT :route OR position IS NOT :position OR arrive_min IS NOT :arrive OR deleted_at IS NOT NULL");

	bind_int(&q, ":id", stop_id(o));
	bind_int(&q, ":order", o->id);
	bind_int(&q, ":route", route_id);
	bind_int(&q, ":position", position);
	bind_int(&q, ":arrive", arrive_min);
	return stmt_run(&q, e);
}

/* When it leaves is kept only where it is later than the meal itself; of one that has left it is what it was. */
static enum rc touch(struct route_change *c, int64_t route_id, bool out, int leave_min, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st,
		"UPDATE route SET rev = rev + 1, state = iif(state = 'confirmed', 'draft', state), leave_min = iif(:out, leave_min, nullif(:leave, :usual)),"
		" note = coalesce(:why, note) WHERE id = :id");

	bind_int(&q, ":out", out);
	bind_int(&q, ":leave", leave_min);
	bind_int(&q, ":usual", c->d.day.leave_min);
	bind_text(&q, ":why", out && !text_is_blank(why) ? why : NULL);
	bind_int(&q, ":id", route_id);
	return stmt_run(&q, e);
}

enum rc route_write_stops(struct route_change *c, int64_t route_id, int carrier, const int *stops, size_t n, const char *why, struct err *e)
{
	int at = route_change_find(c, route_id);
	bool out = at >= 0 && c->d.day.routes[at].left_at != 0;
	struct reckoned way;
	enum rc rc;

	if (c->doors == NULL)
		c->doors = arena_alloc(&c->arena, (c->d.day.n_orders + 1) * sizeof *c->doors);
	way = dispatch_reckon(c->of, &c->d, carrier >= 0 ? &c->d.carriers[carrier] : NULL, stops, n,
	                      out ? minutes_of_instant(c->d.day.routes[at].left_at) : -1, c->doors);
	for (size_t i = 0; i < n; i++)
		if ((rc = write_stop(c->of, &c->d.day.orders[stops[i]], route_id, (int)i + 1, c->doors[stops[i]].arrive_min, e)) != RC_OK)
			return rc;
	return touch(c, route_id, out, way.leave_min, why, e);
}

enum rc route_write_off(struct office *of, const struct meal_order *o, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE stop SET rev = rev + 1, pinned = NULL, deleted_at = :now, deleted_by = :me, deleted_why = '撤下' WHERE id = :id AND deleted_at IS NULL");

	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":id", o->stop_id);
	return stmt_run(&q, e);
}

enum rc route_insert(struct office *of, const struct meal_day *m, int line, const struct carrier *c, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO route (id, day, meal, line, volunteer_id, assignment_id, transport, load_meals, state, account_id, at)"
		" VALUES (:id, :day, :meal, :line, :volunteer, :assignment, :transport, :load, 'draft', :me, :now)");

	bind_day(&q, ":day", m->day);
	bind_text(&q, ":meal", m->meal);
	bind_int(&q, ":line", line);
	bind_id(&q, ":volunteer", c ? c->volunteer_id : 0);
	bind_id(&q, ":assignment", c ? c->assignment_id : 0);
	bind_text(&q, ":transport", c ? c->transport : NULL);
	if (c)
		bind_int(&q, ":load", c->load_meals);
	else
		bind_null(&q, ":load");
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_insert(&q, id, e);
}

enum rc route_write_carrier(struct office *of, int64_t id, const struct carrier *c, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE route SET volunteer_id = :volunteer, assignment_id = :assignment, transport = :transport, load_meals = :load WHERE id = :id");

	bind_id(&q, ":volunteer", c ? c->volunteer_id : 0);
	bind_id(&q, ":assignment", c ? c->assignment_id : 0);
	bind_text(&q, ":transport", c ? c->transport : NULL);
	if (c)
		bind_int(&q, ":load", c->load_meals);
	else
		bind_null(&q, ":load");
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

enum rc route_write_deleted(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE route SET rev = rev + 1, deleted_at = :now, deleted_by = :me, deleted_why = '没有站点' WHERE id = :id AND deleted_at IS NULL");

	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}
