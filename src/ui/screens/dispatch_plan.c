/* 自动排线: made in idle time, shown before it is accepted. args.id the day, args.text the meal, args.context_id a volunteer who does not come;
 * args.form "again": from the standing routes, near to them. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/screens/dispatch_rows.h"
#include "ui/widgets/card_words.h"

enum { TAG_NONE, TAG_ORDER };

struct plan_screen {
	struct dispatch_planner *planner;
	struct dispatch_wish wish;
	char *meal;
	const struct dispatch_plan *plan;     /* NULL: not made yet */
	bool planning;
	int percent;
	struct card_view card;
};

enum { WHEN_ANY = WHEN_OWN, WHEN_PLANNED = WHEN_OWN << 1, WHEN_ALL = WHEN_OWN << 2, WHEN_REST = WHEN_OWN << 3 };

static const struct key_bind binds[] = {
	{ ACT_ACCEPT,     "F6 S", WHEN_ANY },
	{ ACT_PLAN_REST,  "F8 W", WHEN_ALL | WHEN_PLANNED },
	{ ACT_PLAN_ALL,   "F8 W", WHEN_REST | WHEN_PLANNED },
	{ ACT_OPEN,       "Enter l", WHEN_ROW },
};
static const struct keymap keys = { "dispatch-plan", binds, COUNT(binds) };

/* The card -------------------------------------------------------------------------------------------------------------------------------- */

static bool changes_anything(const struct dispatch_plan *p)
{
	return p->n_moved > 0 || p->n_emptied > 0 || p->n_unserved > 0 || p->n_routes > 0;
}

static void add_summary(struct card_view *v, const struct dispatch_plan *p)
{
	AUTO_STRBUF line = { 0 };
	size_t served = 0;

	for (size_t i = 0; i < p->n_routes; i++)
		served += p->routes[i].n_stops;
	strbuf_format(&line, "%zu条线路送%zu户，改动%zu户", p->n_routes, served, p->n_moved);
	if (p->n_unserved > 0)
		strbuf_format(&line, "，%zu户没有人送", p->n_unserved);
	if (p->n_kept > 0)
		strbuf_format(&line, "；%zu条线路不动", p->n_kept);
	card_view_line(v, strbuf_str(&line), p->n_unserved > 0 ? STYLE_WARNING : STYLE_STRONG, 0, TAG_NONE);
	strbuf_truncate(&line, 0);
	strbuf_format(&line, "路程 %d.%d公里 → %d.%d公里", p->metres_before / 1000, p->metres_before % 1000 / 100, p->metres_after / 1000,
	              p->metres_after % 1000 / 100);
	if (p->n_unplaced > 0)
		strbuf_format(&line, "；%zu户的楼栋没有坐标，按网格中心估算", p->n_unplaced);
	card_view_line(v, strbuf_str(&line), STYLE_DIM, 0, TAG_NONE);
}

static void add_unserved(struct card_view *v, const struct dispatch_plan *p)
{
	if (p->n_unserved == 0)
		return;
	card_heading(v, "没有人送，等送餐力量", p->n_unserved);
	for (size_t i = 0; i < p->n_asks; i++)
		card_view_line(v, p->asks[i], STYLE_GOOD, 0, TAG_NONE);
	for (size_t i = 0; i < p->n_unserved; i++) {
		const struct meal_order *o = &p->before.day.orders[p->unserved[i].order];
		AUTO_FREE char *line = mem_format("! %s  %s：%s", o->name, o->address, p->unserved[i].why);

		card_view_line(v, line, STYLE_WARNING, p->unserved[i].order + 1, TAG_ORDER);
	}
}

/* 1号线 → before; "" where it was there already. */
static void add_from(const struct dispatch_plan *p, const struct dispatch_planned *route, const struct meal_order *o, struct strbuf *out)
{
	if (o->route < 0)
		strbuf_add(out, " （待派 →）");
	else if (o->route != route->route)
		strbuf_format(out, " （%d号线 →）", p->before.day.routes[o->route].line);
}

static void add_stop(struct card_view *v, const struct dispatch_plan *p, const struct dispatch_planned *route, size_t k)
{
	const struct meal_order *o = &p->before.day.orders[route->stops[k]];
	bool moved = o->route != route->route || route->route < 0;
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "  %2zu ", k + 1);
	time_format(&line, route->arrive_min[k]);
	strbuf_format(&line, " %s  %d份 %s", o->name, o->portions, o->address);
	if (o->pinned)
		strbuf_add(&line, " 钉住");
	add_from(p, route, o, &line);
	card_view_line(v, strbuf_str(&line), moved ? STYLE_STRONG : STYLE_TEXT, route->stops[k] + 1, TAG_ORDER);
}

/* 2号线（新） 周大勇 电动车 5/20份 3.2公里 10:45-11:30 */
static void add_route(const struct app *app, struct card_view *v, const struct dispatch_plan *p, const struct dispatch_planned *route)
{
	const struct carrier *c = route->carrier >= 0 ? &p->before.carriers[route->carrier] : NULL;
	AUTO_STRBUF head = { 0 };

	strbuf_format(&head, "%d号线%s %s", route->line, route->route < 0 ? "（新）" : "", c ? c->name : "（没有人）");
	if (c)
		strbuf_format(&head, " %s %d/%d份", office_code_label(app->of, "transport", c->transport), route->meals, c->load_meals);
	strbuf_format(&head, " %d.%d公里 ", route->metres / 1000, route->metres % 1000 / 100);
	time_format(&head, route->leave_min);
	strbuf_add(&head, "出发 ");
	time_format(&head, route->back_min);
	strbuf_add(&head, "回");
	card_view_heading(v, strbuf_str(&head));
	if (route->warnings) {
		AUTO_STRBUF words = { 0 };

		dispatch_warning_words(route->warnings, &words);
		card_view_line(v, strbuf_str(&words), STYLE_WARNING, 0, TAG_NONE);
	}
	for (size_t k = 0; k < route->n_stops; k++)
		add_stop(v, p, route, k);
}

static void add_emptied(struct card_view *v, const struct dispatch_plan *p)
{
	for (size_t i = 0; i < p->n_emptied; i++) {
		const struct meal_route *r = &p->before.day.routes[p->emptied[i]];
		AUTO_FREE char *line = mem_format("%d号线的站点都改到别的线路，采用后删去这条空线路", r->line);

		card_view_line(v, line, STYLE_DIM, 0, TAG_NONE);
	}
}

static void fill(const struct app *app, struct plan_screen *s)
{
	card_view_clear(&s->card);
	if (s->plan) {
		add_summary(&s->card, s->plan);
		add_unserved(&s->card, s->plan);
		for (size_t i = 0; i < s->plan->n_routes; i++)
			add_route(app, &s->card, s->plan, &s->plan->routes[i]);
		add_emptied(&s->card, s->plan);
	} else if (s->planning) {
		AUTO_FREE char *line = mem_format("正在排线 %d%%，按 Esc 停下，线路不动", s->percent);

		card_view_line(&s->card, line, STYLE_NOTICE, 0, TAG_NONE);
	}
	card_view_layout_framed(&s->card, app->area);
}

/* Loading and painting ---------------------------------------------------------------------------------------------------------------------- */

static enum rc begin_plan(struct plan_screen *s, struct err *e)
{
	enum rc rc = dispatch_planner_begin(s->planner, &s->wish, e);

	if (rc != RC_OK)
		return rc;
	s->plan = NULL;
	s->percent = 0;
	s->planning = true;
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct plan_screen *s = state;

	s->planner = dispatch_planner_new(app->of);
	s->meal = mem_copy(args->text);
	s->wish = (struct dispatch_wish){
		.day = (int32_t)args->id, .meal = s->meal, .mode = args->form ? DISPATCH_AGAIN : DISPATCH_ALL, .without_id = args->context_id,
	};
	return begin_plan(s, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	(void)e;
	fill(app, state);
	return RC_OK;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct plan_screen *s = state;
	int before = s->percent;
	struct err e = { 0 };
	bool more = false;

	if (!s->planning)
		return false;
	if (dispatch_planner_step(s->planner, &more, &e) != RC_OK)
		app_fail(app, &e);
	else if (!more)
		s->plan = dispatch_planner_plan(s->planner);
	else
		s->percent = dispatch_planner_percent(s->planner);
	s->planning = more;
	*repaint = !more || s->percent != before;
	if (*repaint)
		fill(app, s);
	return more;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct plan_screen *s = state;
	AUTO_STRBUF title = { 0 };

	strbuf_add(&title, "自动排线 ");
	day_format(&title, s->wish.day);
	strbuf_format(&title, " %s%s", office_code_label(app->of, "meal", s->meal), s->wish.mode == DISPATCH_REST ? " · 只排待派的" : "");
	card_view_draw_framed(&s->card, c, area, strbuf_str(&title), true);
}

/* Acting ------------------------------------------------------------------------------------------------------------------------------------ */

static unsigned when(const struct app *app, const void *state)
{
	const struct plan_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);

	(void)app;
	return (s->plan && changes_anything(s->plan) ? WHEN_ANY : 0) | (s->planning ? 0 : WHEN_PLANNED) | (s->wish.mode == DISPATCH_REST ? WHEN_REST : WHEN_ALL) |
	       (s->plan && item && item->tag == TAG_ORDER ? WHEN_ROW : 0);
}

static struct next accept(struct app *app, const struct plan_screen *s)
{
	struct err e = { 0 };
	int moved = 0, stale = 0;

	if (dispatch_plan_accept(app->of, s->plan, &moved, &stale, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	if (stale > 0)
		app_warn(app, "改了%d户；%d户因为别人刚改过没有动", moved, stale);
	else
		app_say(app, "已采用，改了%d户；按 Ctrl-Z 全部撤回", moved);
	return next_pop(0);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct plan_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_ACCEPT:
		return accept(app, s);
	case ACT_OPEN:
		return next_push("diner", (struct screen_args){ .id = s->plan->before.day.orders[card_view_item(&s->card)->id - 1].diner_id });
	case ACT_PLAN_ALL: case ACT_PLAN_REST:
		s->wish.mode = action == ACT_PLAN_ALL ? DISPATCH_ALL : DISPATCH_REST;
		if (begin_plan(s, &e) != RC_OK)
			app_fail(app, &e);
		fill(app, s);
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct plan_screen *s = state;

	(void)app;
	return card_view_key(&s->card, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct plan_screen *s = state;

	(void)app;
	card_view_release(&s->card);
	dispatch_planner_free(s->planner);
	free(s->meal);
}

const struct screen_def dispatch_plan_screen = {
	.name = "dispatch-plan", .title = "自动排线",
	.state_size = sizeof(struct plan_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
