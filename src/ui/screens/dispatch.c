/* 派单板: the routes of a meal with their stops, who is on none, and the map. args.id the day, args.text the meal; without them the meal of now. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/screens/meal_at.h"
#include "ui/screens/dispatch_act.h"
#include "ui/screens/dispatch_rows.h"

#define LIST_COLS 80              /* beside the map; the frames share a border */

struct dispatch_screen {
	struct meal_at at;
	struct arena arena;           /* owns the board */
	struct dispatch board;
	struct arena map_arena;
	struct cell_map map;
	struct dispatch_marks marks;
	int64_t opened_id;            /* route */
	struct card_view list;
	bool on_map;                  /* where there is room for one: the map */
};

enum {
	WHEN_EDITS = WHEN_OWN, WHEN_ROUTE = WHEN_OWN << 1, WHEN_STOP = WHEN_OWN << 2, WHEN_ORDER = WHEN_OWN << 3, WHEN_NARROW = WHEN_OWN << 4,
	WHEN_OUT = WHEN_OWN << 5, WHEN_IN = WHEN_OWN << 6, WHEN_EMPTY = WHEN_OWN << 7, WHEN_ITEM = WHEN_OWN << 8,
};

static const struct key_bind binds[] = {
	{ ACT_REROUTE,       "F6 G",    WHEN_EDITS | WHEN_ITEM },
	{ ACT_ROUTE_PLAN,    "F5 A",    WHEN_EDITS },
	{ ACT_STOP_EARLIER,  "K",       WHEN_EDITS | WHEN_STOP },
	{ ACT_STOP_LATER,    "J",       WHEN_EDITS | WHEN_STOP },
	{ ACT_MARK,          "Space",   WHEN_EDITS | WHEN_ORDER },
	{ ACT_STOP_PIN,      "P",       WHEN_EDITS | WHEN_STOP },
	{ ACT_OTHER_PANE,    "Tab",     WHEN_NARROW },
	{ ACT_OPEN,          "Enter l", WHEN_ROW },
	{ ACT_ROUTE_CONFIRM, "C",       WHEN_EDITS | WHEN_ROUTE | WHEN_IN },
	{ ACT_ROUTE_LEAVE,   "F7 O",    WHEN_EDITS | WHEN_ROUTE | WHEN_IN },
	{ ACT_ROUTE_BACK,    "F7 O",    WHEN_EDITS | WHEN_ROUTE | WHEN_OUT },
	{ ACT_SHEET,         "F8 p",    WHEN_ROUTE },
	{ ACT_ROUTE_MERGE,   "M",       WHEN_EDITS | WHEN_ROUTE },
	{ ACT_ROUTE_SPLIT,   "T",       WHEN_EDITS | WHEN_STOP },
	{ ACT_ROUTE_NEW,     "F2 N",    WHEN_EDITS },
	{ ACT_CARRIER_ILL,   "I",       WHEN_EDITS | WHEN_ROUTE | WHEN_IN },
	{ ACT_DELETE,        "D",       WHEN_EDITS | WHEN_EMPTY },
	{ ACT_KEEP_ORDER,    "S",       WHEN_EDITS | WHEN_ROUTE },
	{ ACT_DOORS,         "s",       WHEN_ALWAYS },
	{ ACT_OTHER_MEAL,    "m",       WHEN_ALWAYS },
	{ ACT_DAY_BEFORE,    "[ Left",  WHEN_ALWAYS },
	{ ACT_DAY_AFTER,     "] Right", WHEN_ALWAYS },
	{ ACT_GO_DAY,        "F3 d",    WHEN_ALWAYS },
	{ ACT_HISTORY,       "h",       WHEN_ROUTE },
};
static const struct keymap keys = { "dispatch", binds, COUNT(binds) };

/* Areas ----------------------------------------------------------------------------------------------------------------------------------- */

static struct rect list_area(const struct app *app)
{
	struct rect r = app->area;

	r.cols = app->wide && LIST_COLS < r.cols ? LIST_COLS : r.cols;
	return r;
}

static struct rect map_area(const struct app *app)
{
	struct rect r = app->area;

	if (app->wide) {
		r.col += LIST_COLS - 1;
		r.cols -= LIST_COLS - 1;
	}
	return r;
}

static struct rect rows_area(const struct app *app)
{
	struct rect r = list_area(app);

	return (struct rect){ r.row + 2, r.col + 2, r.rows - 3, r.cols - 4 };
}

/* Where the cursor is ---------------------------------------------------------------------------------------------------------------------- */

static const struct card_item *here(const struct dispatch_screen *s)
{
	return card_view_item(&s->list);
}

/* -1: none. */
static int order_here(const struct dispatch_screen *s)
{
	const struct card_item *item = here(s);

	return item && (item->tag == DISPATCH_TAG_STOP || item->tag == DISPATCH_TAG_UNROUTED) ? (int)item->id - 1 : -1;
}

/* Its own, or that of the stop. */
static int route_here(const struct dispatch_screen *s)
{
	const struct card_item *item = here(s);
	int order = order_here(s);

	if (item && item->tag == DISPATCH_TAG_ROUTE)
		return (int)item->id - 1;
	return order >= 0 ? s->board.day.orders[order].route : -1;
}

static bool on_route_line(const struct dispatch_screen *s)
{
	return here(s) && here(s)->tag == DISPATCH_TAG_ROUTE;
}

static int order_of(const struct dispatch *d, int64_t id)
{
	for (size_t i = 0; i < d->day.n_orders; i++)
		if (d->day.orders[i].id == id)
			return (int)i;
	return -1;
}

/* Loading ----------------------------------------------------------------------------------------------------------------------------------- */

static void fill_map(struct dispatch_screen *s)
{
	arena_clear(&s->map_arena);
	dispatch_points(&s->board, route_here(s), order_here(s), &s->map_arena, &s->map);
}

static void fill(const struct app *app, struct dispatch_screen *s, enum dispatch_tag tag, int64_t id)
{
	struct rect area = rows_area(app);
	const struct dispatch_view view = { .d = &s->board, .marks = &s->marks, .opened_id = s->opened_id, .at_tag = tag, .at_id = id };

	dispatch_list(app, &s->list, &view);
	s->list.row = area.row;
	s->list.col = area.col;
	card_view_layout(&s->list, area.rows, area.cols);
	fill_map(s);
}

/* The cursor stays on the route or the person. */
static int64_t id_here(const struct dispatch_screen *s, enum dispatch_tag *tag)
{
	const struct card_item *item = here(s);
	int order = order_here(s);

	*tag = item ? (enum dispatch_tag)item->tag : DISPATCH_TAG_NONE;
	if (order >= 0)
		return s->board.day.orders[order].id;
	return *tag == DISPATCH_TAG_ROUTE ? s->board.day.routes[item->id - 1].id : 0;
}

static void fill_again(const struct app *app, struct dispatch_screen *s)
{
	enum dispatch_tag tag;
	int64_t id = id_here(s, &tag);

	fill(app, s, tag, id);
}

/* Who was cancelled or has eaten needs no mark any more. */
static void drop_marks(struct dispatch_screen *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->marks.n; i++) {
		int order = order_of(&s->board, s->marks.ids[i]);

		if (order >= 0 && dispatch_is_carried(&s->board.day.orders[order]))
			s->marks.ids[kept++] = s->marks.ids[i];
	}
	s->marks.n = kept;
}

static enum rc load_meal(struct app *app, struct dispatch_screen *s, struct meal_at at, struct err *e)
{
	struct arena made = { 0 };
	struct dispatch board;
	enum dispatch_tag tag = DISPATCH_TAG_NONE;
	int64_t id = s->list.n > 0 ? id_here(s, &tag) : 0;
	enum rc rc;

	if ((rc = dispatch_load(app->of, at.day, at.meal, &made, &board, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->board = board;
	s->at = at;
	drop_marks(s);
	fill(app, s, tag, id);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct dispatch_screen *s = state;

	(void)e;
	s->at = meal_at_of(app, args);
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct dispatch_screen *s = state;

	return load_meal(app, s, s->at, e);
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------------------- */

static void add_title(const struct app *app, const struct dispatch_screen *s, struct strbuf *out)
{
	strbuf_add(out, "派单 · ");
	meal_at_words(app, s->at, out);
	strbuf_add_char(out, ' ');
	time_format(out, s->board.day.leave_min);
	strbuf_add(out, s->board.day.closed ? "出餐 · 已关账" : "出餐");
	if (s->marks.n > 0)
		strbuf_format(out, " · 标记%zu户", s->marks.n);
}

static void draw_map(const struct app *app, const struct dispatch_screen *s, struct canvas *c)
{
	struct rect area = map_area(app);
	AUTO_STRBUF title = { 0 };
	int route = route_here(s);

	strbuf_add(&title, "地图");
	if (route >= 0)
		strbuf_format(&title, " · %d号线按站点编号", s->board.day.routes[route].line);
	area = canvas_frame(c, area, STYLE_BORDER, strbuf_str(&title));
	cell_map_draw(&s->map, c, (struct rect){ area.row, area.col + 1, area.rows, area.cols - 2 });
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct dispatch_screen *s = state;
	struct rect rows = rows_area(app);
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF sums = { 0 };

	(void)area;
	if (app->wide || s->on_map)
		draw_map(app, s, c);
	if (!app->wide && s->on_map)
		return;
	add_title(app, s, &title);
	dispatch_sums(&s->board, &sums);
	canvas_frame(c, list_area(app), STYLE_BORDER, strbuf_str(&title));
	canvas_put(c, rows.row - 1, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	card_view_draw(&s->list, c, rows, true);
}

/* Acting ------------------------------------------------------------------------------------------------------------------------------------ */

static unsigned when(const struct app *app, const void *state)
{
	const struct dispatch_screen *s = state;
	int route = route_here(s), order = order_here(s);
	const struct meal_route *r = route >= 0 ? &s->board.day.routes[route] : NULL;

	return (office_may(app->of, MAY_ROUTE_EDIT) && !s->board.day.closed ? WHEN_EDITS : 0) | (r ? WHEN_ROUTE : 0) | (order >= 0 ? WHEN_ORDER : 0) |
	       (order >= 0 && r ? WHEN_STOP : 0) | (r || order >= 0 || s->marks.n > 0 ? WHEN_ITEM : 0) | (r || order >= 0 ? WHEN_ROW : 0) |
	       (app->wide ? 0 : WHEN_NARROW) | (r && r->left_at && !r->back_at ? WHEN_OUT : 0) | (r && !r->left_at ? WHEN_IN : 0) |
	       (r && on_route_line(s) && r->n_stops == 0 ? WHEN_EMPTY : 0);
}

static void show(struct app *app, struct dispatch_screen *s, struct meal_at at)
{
	struct err e = { 0 };

	if (load_meal(app, s, at, &e) != RC_OK)
		app_fail(app, &e);
}

static void toggle_mark(struct dispatch_screen *s, int64_t id)
{
	for (size_t i = 0; i < s->marks.n; i++)
		if (s->marks.ids[i] == id) {
			s->marks.ids[i] = s->marks.ids[--s->marks.n];
			return;
		}
	s->marks.ids = mem_grow(s->marks.ids, &s->marks.cap, s->marks.n + 1, sizeof *s->marks.ids);
	s->marks.ids[s->marks.n++] = id;
}

/* Those marked, else the one under the cursor; on a route's own line without marks: none, the route is meant. */
static struct dispatch_chosen chosen(const struct dispatch_screen *s, struct arena *a)
{
	int *orders = arena_alloc(a, (s->marks.n + 1) * sizeof *orders);
	struct dispatch_chosen c = { .route = route_here(s), .order = order_here(s), .orders = orders };

	for (size_t i = 0; i < s->marks.n; i++)
		orders[c.n++] = order_of(&s->board, s->marks.ids[i]);
	if (c.n == 0 && c.order >= 0)
		orders[c.n++] = c.order;
	return c;
}

static struct next open_line(const struct app *app, struct dispatch_screen *s)
{
	int order = order_here(s), route = route_here(s);

	if (order >= 0)
		return next_push("diner", (struct screen_args){ .id = s->board.day.orders[order].diner_id });
	s->opened_id = s->opened_id == s->board.day.routes[route].id ? 0 : s->board.day.routes[route].id;
	fill_again(app, s);
	return next_stay();
}

static struct next plan(const struct dispatch_screen *s, enum dispatch_mode mode, int64_t without_id)
{
	return next_push("dispatch-plan", (struct screen_args){ .id = s->at.day, .text = s->at.meal, .context_id = without_id, .form = mode == DISPATCH_AGAIN ? "again" : NULL });
}

static void pin(struct app *app, const struct dispatch_screen *s)
{
	const struct meal_order *o = &s->board.day.orders[order_here(s)];
	struct err e = { 0 };

	app_report(app, stop_pin(app->of, o->id, !o->pinned, &e), &e, "%s %s", o->name, o->pinned ? "已放开" : "已钉住，自动排线不动它");
}

static struct next stop_act(struct app *app, struct dispatch_screen *s, enum action action)
{
	AUTO_ARENA a = { 0 };
	struct dispatch_chosen c = chosen(s, &a);

	switch (action) {
	case ACT_REROUTE:
		if (dispatch_reroute(app, &s->board, &c))
			s->marks.n = 0;
		break;
	case ACT_ROUTE_SPLIT:
		dispatch_split(app, &s->board, &c);
		break;
	case ACT_MARK:
		toggle_mark(s, s->board.day.orders[c.order].id);
		fill_again(app, s);
		break;
	case ACT_STOP_PIN:
		pin(app, s);
		break;
	default:
		dispatch_shift(app, &s->board, c.order, action == ACT_STOP_LATER ? 1 : -1);
	}
	return next_stay();
}

static struct next route_act(struct app *app, struct dispatch_screen *s, enum action action)
{
	int route = route_here(s);
	int64_t volunteer = s->board.day.routes[route].volunteer_id;

	switch (action) {
	case ACT_ROUTE_MERGE:
		dispatch_merge(app, &s->board, route);
		return next_stay();
	case ACT_CARRIER_ILL:
		return dispatch_ill(app, &s->board, route) ? plan(s, DISPATCH_AGAIN, volunteer) : next_stay();
	case ACT_SHEET:
		return next_push("paper", (struct screen_args){ .id = s->board.day.routes[route].id, .text = "sheet" });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->board.day.routes[route].id, .form = "route" });
	default:
		dispatch_step(app, &s->board, route, action);
		return next_stay();
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct dispatch_screen *s = state;
	struct meal_at to;

	if (meal_at_key(app, s->at, action, &to)) {
		show(app, s, to);
		return next_stay();
	}
	switch (action) {
	case ACT_REROUTE: case ACT_ROUTE_SPLIT: case ACT_MARK: case ACT_STOP_PIN: case ACT_STOP_EARLIER: case ACT_STOP_LATER:
		return stop_act(app, s, action);
	case ACT_ROUTE_MERGE: case ACT_CARRIER_ILL: case ACT_SHEET: case ACT_HISTORY: case ACT_ROUTE_CONFIRM: case ACT_ROUTE_LEAVE: case ACT_ROUTE_BACK:
	case ACT_KEEP_ORDER: case ACT_DELETE:
		return route_act(app, s, action);
	case ACT_OPEN:
		return open_line(app, s);
	case ACT_ROUTE_PLAN:
		return plan(s, DISPATCH_ALL, 0);
	case ACT_ROUTE_NEW:
		dispatch_new_route(app, &s->board);
		return next_stay();
	case ACT_OTHER_PANE:
		s->on_map = !s->on_map;
		return next_stay();
	case ACT_DOORS:
		return next_push("doors", meal_at_args(s->at));
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct dispatch_screen *s = state;

	(void)app;
	if (!card_view_key(&s->list, ev))
		return next_pass();
	fill_map(s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct dispatch_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	arena_clear(&s->arena);
	arena_clear(&s->map_arena);
	free(s->marks.ids);
}

const struct screen_def dispatch_screen = {
	.name = "dispatch", .title = "派单板", .reads = DISPATCH_READS,
	.state_size = sizeof(struct dispatch_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
