/* A route is confirmed, leaves, comes back; its order is kept for other days; its carrier falls ill. */
#include "domain/dispatch.h"

#include "base/text.h"
#include "dispatch_inside.h"
#include "domain/attendance.h"
#include "domain/roster.h"
#include "store/stmt.h"
#include "store/txn.h"

/* The steps ------------------------------------------------------------------------------------------------------------------------------ */

static enum rc require_ready(const struct route_change *c, int at, const char *what, struct err *e)
{
	const struct meal_route *r = &c->d.day.routes[at];

	if (r->volunteer_id == 0)
		return err_set(e, RC_INVALID, "volunteer_id", "%d 号线还没有送餐人，请先选人再%s", r->line, what);
	if (r->n_stops == 0)
		return err_set(e, RC_INVALID, NULL, "%d 号线一户也没有，不用%s", r->line, what);
	return RC_OK;
}

static enum rc write_step(struct office *of, int64_t id, const char *state, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE route SET rev = rev + 1, state = :state, left_at = iif(:state = 'out', :now, left_at), back_at = iif(:state = 'back', :now, NULL)"
		" WHERE id = :id");

	bind_text(&q, ":state", state);
	bind_int(&q, ":now", office_now(of));
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

static enum rc confirm(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	int at;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, NULL, &at, e)) != RC_OK || (rc = require_ready(&c, at, "确认", e)) != RC_OK)
		return rc;
	return write_step(of, id, "confirmed", e);
}

enum rc route_confirm(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.confirm", e)) != RC_OK ||
	    (rc = confirm(of, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc leave(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *r;
	int at;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, NULL, &at, e)) != RC_OK || (rc = require_ready(&c, at, "出发", e)) != RC_OK)
		return rc;
	r = &c.d.day.routes[at];
	for (size_t i = 0; i < c.d.day.n_routes; i++)
		if (route_state_is(&c.d.day.routes[i], "out") && c.d.day.routes[i].volunteer_id == r->volunteer_id)
			return err_set(e, RC_INVALID, NULL, "%s正在送 %d 号线，回来登记后再出发", r->carrier, c.d.day.routes[i].line);
	return write_step(of, id, "out", e);
}

enum rc route_leave(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.leave", e)) != RC_OK ||
	    (rc = leave(of, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc back(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *r;
	int at;
	enum rc rc;

	if ((rc = route_change_route(&c, of, id, rev, "回来", &at, e)) != RC_OK)
		return rc;
	r = &c.d.day.routes[at];
	if (!route_state_is(r, "out"))
		return err_set(e, RC_INVALID, NULL, "%d 号线还没有出发，请先登记出发", r->line);
	if (office_now(of) < r->left_at)
		return err_set(e, RC_INVALID, NULL, "电脑时间比 %d 号线出发的时间还早，请先校对电脑时间", r->line);
	return write_step(of, id, "back", e);
}

enum rc route_back(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.back", e)) != RC_OK ||
	    (rc = back(of, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* 存为固定顺序 ------------------------------------------------------------------------------------------------------------------------------ */

static enum rc write_line(struct office *of, int64_t diner_id, int line, int position, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE diner SET rev = rev + 1, line = :line, line_position = :position WHERE id = :id AND (line IS NOT :line OR line_position IS NOT :position)");

	bind_int(&q, ":id", diner_id);
	bind_int(&q, ":line", line);
	bind_int(&q, ":position", position);
	return stmt_run(&q, e);
}

static enum rc keep_order(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	const struct meal_route *r;
	int at;
	enum rc rc = route_change_route(&c, of, id, rev, "存为固定顺序", &at, e);

	if (rc != RC_OK)
		return rc;
	r = &c.d.day.routes[at];
	if (r->n_stops == 0)
		return err_set(e, RC_INVALID, NULL, "%d 号线一户也没有，没有顺序可存", r->line);
	for (size_t i = 0; i < r->n_stops && rc == RC_OK; i++)
		rc = write_line(of, c.d.day.orders[r->stops[i]].diner_id, r->line, (int)i + 1, e);
	return rc;
}

enum rc route_keep_order(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "route.order", e)) != RC_OK ||
	    (rc = keep_order(of, id, rev, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Ill ------------------------------------------------------------------------------------------------------------------------------------ */

static enum rc loosen(struct office *of, int64_t route_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE stop SET rev = rev + 1, pinned = NULL WHERE route_id = :route AND pinned = 1 AND deleted_at IS NULL");

	bind_int(&q, ":route", route_id);
	return stmt_run(&q, e);
}

static enum rc lose_carrier(struct route_change *c, int at, struct err *e)
{
	const struct meal_route *r = &c->d.day.routes[at];
	enum rc rc;

	if ((rc = route_write_carrier(c->of, r->id, NULL, e)) != RC_OK || (rc = loosen(c->of, r->id, e)) != RC_OK)
		return rc;
	return route_write_stops(c, r->id, -1, r->stops, r->n_stops, NULL, e);
}

/* Refused by the rules: then it stays as it is. */
static bool is_refusal(enum rc rc)
{
	return rc == RC_INVALID || rc == RC_NOTFOUND || rc == RC_CONFLICT || rc == RC_DENIED;
}

static enum rc has_signed(struct office *of, int64_t assignment_id, bool *signed_in, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM attendance WHERE assignment_id = :id AND result IS NOT NULL AND deleted_at IS NULL");

	bind_int(&q, ":id", assignment_id);
	return stmt_step(&q, signed_in, e);
}

/* Off the shift where the role and the roster allow it, else excused from it: so that nobody plans with him again. Whoever has signed in stays signed in. */
static enum rc leave_shift(struct office *of, int64_t assignment_id, const char *why, bool *off, struct err *e)
{
	bool signed_in;
	enum rc rc;

	if (assignment_id == 0)
		return RC_OK;
	if ((rc = has_signed(of, assignment_id, &signed_in, e)) != RC_OK || signed_in)
		return rc;
	rc = roster_remove(of, assignment_id, 0, why, e);
	if (is_refusal(rc)) {
		err_clear(e);
		rc = attendance_mark(of, assignment_id, ATTENDANCE_EXCUSED, e);
	}
	*off = rc == RC_OK;
	if (!is_refusal(rc))
		return rc;
	err_clear(e);
	return RC_OK;
}

static enum rc take_off(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, const char *why, bool *off, struct err *e)
{
	AUTO_ROUTE_CHANGE c = { 0 };
	int carrier, n = 0;
	enum rc rc;

	if ((rc = route_change_begin(&c, of, day, meal, e)) != RC_OK || (rc = route_change_carrier(&c, volunteer_id, &carrier, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < c.d.day.n_routes; i++) {
		if (c.d.day.routes[i].volunteer_id != volunteer_id || !route_is_open(&c.d.day.routes[i]))
			continue;
		if ((rc = lose_carrier(&c, (int)i, e)) != RC_OK)
			return rc;
		n++;
	}
	if (n == 0)
		return err_set(e, RC_INVALID, "volunteer_id", "%s没有还没出发的线路；已经出发的请改给别人", carrier >= 0 ? c.d.carriers[carrier].name : "");
	return leave_shift(of, c.d.carriers[carrier].assignment_id, why, off, e);
}

enum rc carrier_take_off(struct office *of, int32_t day, const char *meal, int64_t volunteer_id, const char *why, bool *off_shift, struct err *e)
{
	AUTO_TXN t = { 0 };
	bool off = false;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROUTE_EDIT, e)) != RC_OK)
		return rc;
	if (volunteer_id == 0)
		return err_set(e, RC_INVALID, "volunteer_id", "这条线路还没有送餐人");
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明为什么来不了，如「生病」");
	if ((rc = txn_begin(&t, of->st, "route.ill", e)) != RC_OK || (rc = take_off(of, day, meal, volunteer_id, why, &off, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (off_shift)
		*off_shift = off;
	return RC_OK;
}
