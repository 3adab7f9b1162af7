/* The lines of the dispatch board, and the points of its map. */
#include "ui/screens/dispatch_rows.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#define NAME_COLS 8
#define TRANSPORT_COLS 6
#define LOAD_COLS 8
#define WAY_COLS 8
#define STATE_COLS 6
#define STOP_WARNINGS (DISPATCH_LATE | DISPATCH_WINDOW | DISPATCH_BLOCKED | DISPATCH_UNPLACED | DISPATCH_GONE)

bool dispatch_is_marked(const struct dispatch_marks *m, int64_t order_id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->ids[i] == order_id)
			return true;
	return false;
}

/* Words -------------------------------------------------------------------------------------------------------------------------------- */

static const char *carrier_name(const struct dispatch *d, int route)
{
	return d->day.routes[route].volunteer_id ? d->day.routes[route].carrier : "没有人";
}

static int load_of(const struct dispatch *d, int route)
{
	int carrier = d->routes[route].carrier;

	return carrier >= 0 ? d->carriers[carrier].load_meals : 0;
}

static void add_load(const struct dispatch *d, int route, struct strbuf *out)
{
	if (d->routes[route].carrier >= 0)
		strbuf_format(out, "%d/%d份", d->day.routes[route].meals, load_of(d, route));
	else
		strbuf_format(out, "%d份", d->day.routes[route].meals);
}

void dispatch_route_words(const struct app *app, const struct dispatch *d, int route, struct strbuf *out)
{
	const struct meal_route *r = &d->day.routes[route];

	strbuf_format(out, "%d号线 %s %s ", r->line, carrier_name(d, route), office_code_label(app->of, "transport", r->transport));
	add_load(d, route, out);
}

void dispatch_carrier_words(const struct app *app, const struct dispatch *d, const struct carrier *c, struct strbuf *out)
{
	strbuf_format(out, "%s %s %d/%d份", c->name, office_code_label(app->of, "transport", c->transport), c->meals, c->load_meals);
	for (size_t i = 0; i < d->day.n_routes; i++)
		if (d->day.routes[i].volunteer_id == c->volunteer_id)
			strbuf_format(out, " %d号线", d->day.routes[i].line);
	if (c->assignment_id == 0) {
		strbuf_add(out, " 不在班上");
		return;
	}
	strbuf_add_char(out, ' ');
	time_format(out, c->from_min);
	strbuf_add_char(out, '-');
	time_format(out, c->to_min);
}

void dispatch_sums(const struct dispatch *d, struct strbuf *out)
{
	int brought = 0, waiting = 0, carried_by_none = 0;
	size_t come = 0;

	for (size_t i = 0; i < d->day.n_orders; i++)
		brought += strcmp(d->day.orders[i].way, "delivery") == 0 && !d->day.orders[i].cancelled ? d->day.orders[i].portions : 0;
	for (size_t i = 0; i < d->n_unrouted; i++)
		waiting += d->day.orders[d->unrouted[i]].portions;
	for (size_t i = 0; i < d->day.n_routes; i++)
		carried_by_none += d->day.routes[i].volunteer_id ? 0 : d->day.routes[i].meals;
	for (size_t i = 0; i < d->n_carriers; i++)
		come += !d->carriers[i].away;
	strbuf_format(out, "送餐%d份：%zu条线路 已派%d份 待派%d份", brought, d->day.n_routes, brought - waiting - carried_by_none, waiting);
	if (carried_by_none > 0)
		strbuf_format(out, " 线路没人送%d份", carried_by_none);
	strbuf_format(out, " · 能送的志愿者%zu位", come);
}

/* Lines --------------------------------------------------------------------------------------------------------------------------------- */

static void add_fitted(struct strbuf *out, const char *text, int cols)
{
	text_fit(out, text, cols, ALIGN_LEFT);
	strbuf_add_char(out, ' ');
}

static void add_time(struct strbuf *out, int minute)
{
	if (minute < 0)
		strbuf_add(out, "  -  ");
	else
		time_format(out, minute);
}

/* +1 周大勇   电动车 5/20份   3.2公里 11:12 草稿   超载 */
static void add_route(const struct app *app, struct card_view *v, const struct dispatch_view *view, int route)
{
	const struct meal_route *r = &view->d->day.routes[route];
	const struct dispatch_route *way = &view->d->routes[route];
	unsigned warnings = r->back_at ? 0 : way->warnings;      /* what is over can't be mended here */
	AUTO_FREE char *head = mem_format("%s%d号", r->id == view->opened_id ? "-" : "+", r->line);
	AUTO_FREE char *km = mem_format("%d.%d公里", way->metres / 1000, way->metres % 1000 / 100);
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF load = { 0 };

	add_load(view->d, route, &load);
	add_fitted(&line, head, 5);
	add_fitted(&line, carrier_name(view->d, route), NAME_COLS);
	add_fitted(&line, office_code_label(app->of, "transport", r->transport), TRANSPORT_COLS);
	add_fitted(&line, strbuf_str(&load), LOAD_COLS);
	add_fitted(&line, km, WAY_COLS);
	add_time(&line, way->last_door_min);
	strbuf_add_char(&line, ' ');
	add_fitted(&line, office_code_label(app->of, "route_state", r->state), STATE_COLS);
	dispatch_warning_words(warnings, &line);
	card_view_line(v, strbuf_str(&line), warnings ? STYLE_WARNING : route_style(r->line), route + 1, DISPATCH_TAG_ROUTE);
}

static void add_order(struct card_view *v, const struct dispatch_view *view, int order, size_t place)
{
	const struct meal_order *o = &view->d->day.orders[order];
	bool over = o->outcome[0] || (o->route >= 0 && view->d->day.routes[o->route].back_at);
	unsigned warnings = over ? 0 : view->d->doors[order].warnings & STOP_WARNINGS;
	AUTO_STRBUF line = { 0 };

	strbuf_add(&line, dispatch_is_marked(view->marks, o->id) ? " * " : "   ");
	if (place > 0) {
		strbuf_format(&line, "%2zu ", place);
		add_time(&line, view->d->doors[order].arrive_min);
		strbuf_add_char(&line, ' ');
	}
	add_fitted(&line, o->name, NAME_COLS);
	strbuf_format(&line, "%d份 %s", o->portions, o->address);
	if (o->pinned)
		strbuf_add(&line, " 钉住");
	if (o->outcome[0])
		strbuf_format(&line, " %s", order_standing_label(o->standing));
	if (warnings) {
		strbuf_add(&line, "  ");
		dispatch_warning_words(warnings, &line);
	}
	card_view_line(v, strbuf_str(&line), warnings ? STYLE_WARNING : STYLE_TEXT, order + 1, place > 0 ? DISPATCH_TAG_STOP : DISPATCH_TAG_UNROUTED);
}

static void point(struct card_view *v, const struct dispatch_view *view, enum dispatch_tag tag, int64_t id)
{
	bool of_order = view->at_tag == DISPATCH_TAG_STOP || view->at_tag == DISPATCH_TAG_UNROUTED, is_order = tag != DISPATCH_TAG_ROUTE;

	/* An order may have gone from one group to another meanwhile. */
	if (view->at_id == id && (view->at_tag == tag || (of_order && is_order)))
		v->cursor = v->n;
}

static void add_unrouted(struct card_view *v, const struct dispatch_view *view)
{
	const struct dispatch *d = view->d;
	int meals = 0;

	for (size_t i = 0; i < d->n_unrouted; i++)
		meals += d->day.orders[d->unrouted[i]].portions;
	if (d->n_unrouted > 0) {
		AUTO_FREE char *head = mem_format("待派 %zu户 %d份", d->n_unrouted, meals);

		card_view_heading(v, head);
	}
	for (size_t i = 0; i < d->n_unrouted; i++) {
		point(v, view, DISPATCH_TAG_UNROUTED, d->day.orders[d->unrouted[i]].id);
		add_order(v, view, d->unrouted[i], 0);
	}
}

void dispatch_list(const struct app *app, struct card_view *v, const struct dispatch_view *view)
{
	const struct meal_day *m = &view->d->day;

	card_view_clear(v);
	for (size_t i = 0; i < m->n_routes; i++) {
		point(v, view, DISPATCH_TAG_ROUTE, m->routes[i].id);
		add_route(app, v, view, (int)i);
		for (size_t k = 0; k < m->routes[i].n_stops && m->routes[i].id == view->opened_id; k++) {
			point(v, view, DISPATCH_TAG_STOP, m->orders[m->routes[i].stops[k]].id);
			add_order(v, view, m->routes[i].stops[k], k + 1);
		}
	}
	add_unrouted(v, view);
	if (v->n == 0)
		card_view_line(v, "这一餐没有要送的", STYLE_DIM, 0, DISPATCH_TAG_NONE);
}

/* The map ----------------------------------------------------------------------------------------------------------------------------------- */

static struct map_point point_of(const struct dispatch *d, int order, int line, int place, int here)
{
	return (struct map_point){
		.x_m = d->doors[order].x_m, .y_m = d->doors[order].y_m, .kind = line > 0 ? MAP_STOP : MAP_UNSERVED, .line = line, .place = place, .here = order == here,
	};
}

void dispatch_points(const struct dispatch *d, int chosen, int here, struct arena *a, struct cell_map *out)
{
	struct map_point *points = arena_alloc(a, (d->day.n_orders + d->n_houses + 1) * sizeof *points);
	size_t n = 0;

	points[n++] = (struct map_point){ .x_m = d->kitchen_x_m, .y_m = d->kitchen_y_m, .kind = MAP_KITCHEN };
	for (size_t k = 0; chosen >= 0 && k < d->day.routes[chosen].n_stops; k++)
		points[n++] = point_of(d, d->day.routes[chosen].stops[k], d->day.routes[chosen].line, (int)k + 1, here);
	for (size_t i = 0; i < d->day.n_routes; i++)
		for (size_t k = 0; (int)i != chosen && k < d->day.routes[i].n_stops; k++)
			points[n++] = point_of(d, d->day.routes[i].stops[k], d->day.routes[i].line > 0 ? d->day.routes[i].line : 1, 0, here);
	for (size_t i = 0; i < d->n_unrouted; i++)
		points[n++] = point_of(d, d->unrouted[i], 0, 0, here);
	for (size_t i = 0; i < d->n_houses; i++)
		points[n++] = (struct map_point){ .x_m = d->houses[i].x_m, .y_m = d->houses[i].y_m, .kind = MAP_HOUSE };
	*out = (struct cell_map){ points, n };
}
