/* Moving, giving, merging and splitting: choices with load and warnings, a reason where somebody is under way, and one call to the domain each. */
#include "ui/screens/dispatch_act.h"

#include <string.h>

#include "base/mem.h"
#include "store/record.h"

#define CANDIDATES 20

/* Reasons ------------------------------------------------------------------------------------------------------------------------------- */

static bool is_out(const struct dispatch *d, int route)
{
	return route >= 0 && strcmp(d->day.routes[route].state, "out") == 0;
}

/* A change of what is under way wants a reason. false: left with Esc. The caller frees *why, NULL where none is wanted. */
static bool ask_why(struct app *app, bool out, char **why)
{
	*why = NULL;
	if (!out)
		return true;
	*why = app_prompt(app, "线路已经出发，为什么改（改后请打电话告诉送餐人）", "", false);
	return *why != NULL;
}

/* Stops to another route ------------------------------------------------------------------------------------------------------------------ */

struct targets {
	const char **labels;
	int64_t *ids;
	int *routes;
	size_t n;
};

static void add_target(struct targets *t, struct arena *a, int route, int64_t id, const char *label)
{
	t->labels[t->n] = arena_copy(a, label);
	t->routes[t->n] = route;
	t->ids[t->n++] = id;
}

static int meals_of(const struct dispatch *d, const struct dispatch_chosen *c)
{
	int meals = 0;

	for (size_t i = 0; i < c->n; i++)
		meals += d->day.orders[c->orders[i]].portions;
	return meals;
}

static bool any_blocked(const struct dispatch *d, const struct dispatch_chosen *c, int64_t volunteer_id)
{
	for (size_t i = 0; i < c->n; i++)
		if (volunteer_id && dispatch_is_blocked(d, d->day.orders[c->orders[i]].diner_id, volunteer_id))
			return true;
	return false;
}

/* 2号线 周大勇 电动车 5/20份，改后 6 份  超载 */
static void add_route_target(const struct app *app, const struct dispatch *d, const struct dispatch_chosen *c, int route, struct targets *t, struct arena *a)
{
	const struct meal_route *r = &d->day.routes[route];
	int after = r->meals + meals_of(d, c), carrier = d->routes[route].carrier;
	unsigned warnings = carrier >= 0 && after > d->carriers[carrier].load_meals ? DISPATCH_OVER_LOAD : 0;
	AUTO_STRBUF label = { 0 };

	dispatch_route_words(app, d, route, &label);
	strbuf_format(&label, "，改后 %d 份  ", after);
	warnings |= any_blocked(d, c, r->volunteer_id) ? DISPATCH_BLOCKED : 0;
	dispatch_warning_words(warnings, &label);
	add_target(t, a, route, r->id, strbuf_str(&label));
}

static bool all_on(const struct dispatch *d, const struct dispatch_chosen *c, int route)
{
	for (size_t i = 0; i < c->n; i++)
		if (d->day.orders[c->orders[i]].route != route)
			return false;
	return true;
}

static struct targets list_targets(const struct app *app, const struct dispatch *d, const struct dispatch_chosen *c, struct arena *a)
{
	size_t most = d->day.n_routes + 2;
	struct targets t = { arena_alloc(a, most * sizeof *t.labels), arena_alloc(a, most * sizeof *t.ids), arena_alloc(a, most * sizeof *t.routes), 0 };

	for (size_t i = 0; i < d->day.n_routes; i++)
		if (d->day.routes[i].back_at == 0 && !all_on(d, c, (int)i))
			add_route_target(app, d, c, (int)i, &t, a);
	add_target(&t, a, -1, ROUTE_NEW, "新开一条线路");
	if (!all_on(d, c, -1))
		add_target(&t, a, -1, ROUTE_NONE, "先不派（等送餐力量）");
	return t;
}

static bool any_out(const struct dispatch *d, const struct dispatch_chosen *c, int to)
{
	bool out = is_out(d, to);

	for (size_t i = 0; i < c->n; i++)
		out = out || is_out(d, d->day.orders[c->orders[i]].route);
	return out;
}

static bool move_orders(struct app *app, const struct dispatch *d, const struct dispatch_chosen *c)
{
	AUTO_ARENA a = { 0 };
	struct targets t = list_targets(app, d, c, &a);
	AUTO_FREE char *title = c->n == 1 ? mem_format("%s 改到哪条线路", d->day.orders[c->orders[0]].name) : mem_format("%zu户改到哪条线路", c->n);
	AUTO_FREE char *why = NULL;
	int64_t *ids = arena_alloc(&a, c->n * sizeof *ids + 1), *from = arena_alloc(&a, c->n * sizeof *from + 1);
	int chosen = app_choose(app, title, t.labels, t.n, 0), moved = 0;
	struct err e = { 0 };
	enum rc rc;

	if (chosen < 0 || !ask_why(app, any_out(d, c, t.routes[chosen]), &why))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct meal_order *o = &d->day.orders[c->orders[i]];

		ids[i] = o->id;
		from[i] = o->route >= 0 ? d->day.routes[o->route].id : ROUTE_NONE;
	}
	rc = stops_move(app->of, d->day.day, d->day.meal, ids, from, c->n, t.ids[chosen], why, &moved, &e);
	app_report(app, rc, &e, "已改%d户，按 Ctrl-Z 可以撤销", moved);
	return rc == RC_OK;
}

/* A route to somebody else ------------------------------------------------------------------------------------------------------------- */

/* Whoever stands on no shift is found by name; 0: nobody was chosen. */
static int64_t ask_by_hand(struct app *app)
{
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *typed = app_prompt(app, "哪位志愿者（姓名或拼音首字母；不在这个班上，会有提醒）", "", false);
	struct candidate *found = NULL;
	const char **labels;
	struct err e = { 0 };
	int64_t id = 0;
	size_t n = 0;
	int chosen;

	if (typed == NULL || typed[0] == '\0')
		return 0;
	if (record_candidates(app->of->st, form_find(app->of->forms, "volunteer"), typed, CANDIDATES, &found, &n, &e) != RC_OK)
		app_fail(app, &e);
	else if (n == 0)
		app_warn(app, "没有叫「%s」的志愿者", typed);
	labels = arena_alloc(&a, (n + 1) * sizeof *labels);
	for (size_t i = 0; i < n; i++)
		labels[i] = arena_format(&a, "%s  %s", found[i].label, found[i].detail ? found[i].detail : "");
	if (n > 0 && (chosen = app_choose(app, "哪一位", labels, n, 0)) >= 0)
		id = found[chosen].id;
	candidates_free(found, n);
	return id;
}

/* Whom; -1: left. */
static int64_t ask_carrier(struct app *app, const struct dispatch *d, int route, const char *title)
{
	AUTO_ARENA a = { 0 };
	const char **labels = arena_alloc(&a, (d->n_carriers + 2) * sizeof *labels);
	int64_t volunteer;
	size_t n = 0;
	int chosen;

	for (; n < d->n_carriers; n++) {
		AUTO_STRBUF label = { 0 };

		dispatch_carrier_words(app, d, &d->carriers[n], &label);
		strbuf_add(&label, "  ");
		if (route >= 0)
			dispatch_warning_words(dispatch_try_carrier(d, route, &d->carriers[n]) & ~(unsigned)DISPATCH_NO_SHIFT, &label);
		labels[n] = arena_copy(&a, strbuf_str(&label));
	}
	labels[n++] = "别的志愿者…";
	labels[n++] = "先不定人";
	chosen = app_choose(app, title, labels, n, 0);
	if (chosen < 0)
		return -1;
	if ((size_t)chosen < d->n_carriers)
		return d->carriers[chosen].volunteer_id;
	if ((size_t)chosen == d->n_carriers + 1)
		return 0;
	volunteer = ask_by_hand(app);
	return volunteer ? volunteer : -1;
}

static int route_of_carrier(const struct dispatch *d, int64_t volunteer_id, int but)
{
	for (size_t i = 0; i < d->day.n_routes && volunteer_id != 0; i++)
		if ((int)i != but && d->day.routes[i].volunteer_id == volunteer_id && d->day.routes[i].back_at == 0)
			return (int)i;
	return -1;
}

static void give_route(struct app *app, const struct dispatch *d, int route)
{
	static const char *const ways[] = { "并成一条线路", "让他送两趟", "不改" };
	const struct meal_route *r = &d->day.routes[route];
	AUTO_FREE char *title = mem_format("%d号线改给谁", r->line);
	AUTO_FREE char *why = NULL;
	int64_t volunteer = ask_carrier(app, d, route, title);
	int other = route_of_carrier(d, volunteer, route), way = 1;
	struct err e = { 0 };

	if (volunteer < 0)
		return;
	if (other >= 0) {
		AUTO_FREE char *question = mem_format("他已经送%d号线", d->day.routes[other].line);

		way = app_choose(app, question, ways, COUNT(ways), 0);
	}
	if (way < 0 || way == 2 || !ask_why(app, is_out(d, route) || (way == 0 && is_out(d, other)), &why))
		return;
	if (way == 0)
		app_report(app, route_merge(app->of, r->id, r->rev, d->day.routes[other].id, why, &e), &e, "%d号线已并到%d号线", r->line, d->day.routes[other].line);
	else
		app_report(app, route_give(app->of, r->id, r->rev, volunteer, other >= 0, why, &e), &e, "%d号线已改好，按 Ctrl-Z 可以撤销", r->line);
}

bool dispatch_reroute(struct app *app, const struct dispatch *d, const struct dispatch_chosen *c)
{
	if (c->n > 0)
		return move_orders(app, d, c);
	if (c->route >= 0)
		give_route(app, d, c->route);
	return false;
}

/* Routes --------------------------------------------------------------------------------------------------------------------------------- */

void dispatch_merge(struct app *app, const struct dispatch *d, int route)
{
	AUTO_ARENA a = { 0 };
	const struct meal_route *r = &d->day.routes[route];
	const char **labels = arena_alloc(&a, (d->day.n_routes + 1) * sizeof *labels);
	int *routes = arena_alloc(&a, (d->day.n_routes + 1) * sizeof *routes);
	AUTO_FREE char *title = mem_format("%d号线并到哪条", r->line);
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };
	size_t n = 0;
	int chosen;

	for (size_t i = 0; i < d->day.n_routes; i++) {
		AUTO_STRBUF label = { 0 };

		if ((int)i == route || d->day.routes[i].back_at != 0)
			continue;
		dispatch_route_words(app, d, (int)i, &label);
		strbuf_format(&label, "，并后 %d 份", d->day.routes[i].meals + r->meals);
		routes[n] = (int)i;
		labels[n++] = arena_copy(&a, strbuf_str(&label));
	}
	if (n == 0) {
		app_warn(app, "没有别的线路可并");
		return;
	}
	if ((chosen = app_choose(app, title, labels, n, 0)) < 0 || !ask_why(app, is_out(d, route) || is_out(d, routes[chosen]), &why))
		return;
	app_report(app, route_merge(app->of, r->id, r->rev, d->day.routes[routes[chosen]].id, why, &e), &e, "%d号线已并到%d号线，按 Ctrl-Z 可以撤销", r->line,
	           d->day.routes[routes[chosen]].line);
}

static int place_in_route(const struct dispatch *d, int order)
{
	const struct meal_route *r = &d->day.routes[d->day.orders[order].route];

	for (size_t k = 0; k < r->n_stops; k++)
		if (r->stops[k] == order)
			return (int)k + 1;
	return 0;
}

void dispatch_split(struct app *app, const struct dispatch *d, const struct dispatch_chosen *c)
{
	const struct meal_route *r = &d->day.routes[c->route];
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };

	if (ask_why(app, is_out(d, c->route), &why))
		app_report(app, route_split(app->of, r->id, r->rev, place_in_route(d, c->order), why, NULL, &e), &e, "已拆出一条新线路，请选送餐人");
}

void dispatch_shift(struct app *app, const struct dispatch *d, int order, int by)
{
	const struct meal_order *o = &d->day.orders[order];
	const struct meal_route *r = &d->day.routes[o->route];
	int to = place_in_route(d, order) + by;
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };

	if (to < 1 || (size_t)to > r->n_stops) {
		app_say(app, by < 0 ? "已经是第一站" : "已经是最后一站");
		return;
	}
	if (ask_why(app, is_out(d, o->route), &why))
		app_report(app, stop_move(app->of, o->id, r->id, r->id, to, why, &e), &e, "%s 改为第%d站", o->name, to);
}

void dispatch_new_route(struct app *app, const struct dispatch *d)
{
	int64_t volunteer = ask_carrier(app, d, -1, "新线路谁送");
	struct err e = { 0 };

	if (volunteer >= 0)
		app_report(app, route_create(app->of, d->day.day, d->day.meal, volunteer, NULL, &e), &e, "已加一条线路，在待派的老人上按 G 派给它");
}

bool dispatch_ill(struct app *app, const struct dispatch *d, int route)
{
	const struct meal_route *r = &d->day.routes[route];
	AUTO_FREE char *label = mem_format("%s为什么来不了", r->carrier);
	AUTO_FREE char *why = r->volunteer_id ? app_prompt(app, label, "", false) : NULL;
	struct err e = { 0 };
	bool off = false;
	enum rc rc;

	if (r->volunteer_id == 0)
		app_warn(app, "%d号线还没有送餐人", r->line);
	if (why == NULL)
		return false;
	rc = carrier_take_off(app->of, d->day.day, d->day.meal, r->volunteer_id, why, &off, &e);
	app_report(app, rc, &e, off ? "%s已撤下，这一班记了请假或已撤" : "%s已撤下线路；他已签到，班次没有动", r->carrier);
	return rc == RC_OK;
}

void dispatch_step(struct app *app, const struct dispatch *d, int route, enum action action)
{
	const struct meal_route *r = &d->day.routes[route];
	struct err e = { 0 };

	switch (action) {
	case ACT_ROUTE_CONFIRM:
		app_report(app, route_confirm(app->of, r->id, r->rev, &e), &e, "%d号线已确认", r->line);
		break;
	case ACT_ROUTE_LEAVE:
		app_report(app, route_leave(app->of, r->id, r->rev, &e), &e, "%d号线已出发", r->line);
		break;
	case ACT_ROUTE_BACK:
		app_report(app, route_back(app->of, r->id, r->rev, &e), &e, "%d号线已回来，送达结果请登记在送达里", r->line);
		break;
	case ACT_KEEP_ORDER:
		if (app_ask(app, "把这条线路今天的站点和先后存为这些老人的固定线路和顺序？"))
			app_report(app, route_keep_order(app->of, r->id, r->rev, &e), &e, "已存为%d号固定线路", r->line);
		break;
	default:
		app_report(app, route_delete(app->of, r->id, r->rev, &e), &e, "%d号线已删除", r->line);
	}
}
