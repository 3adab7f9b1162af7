/* 送餐: one meal of a day — who gets it, how, and what came of it; from here to menu, kitchen, routes, doors and money.
 * args.id the day, args.text the meal; without them the meal of now. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/meal_day.h"
#include "domain/meal_order.h"
#include "ui/screen.h"
#include "ui/screens/meal_at.h"
#include "ui/screens/canteen_rows.h"
#include "ui/screens/part.h"
#include "ui/widgets/card_beside.h"
#include "ui/widgets/list_export.h"

struct canteen_screen {
	struct meal_at at;
	enum canteen_view view;
	char *find;                   /* NULL: everybody */
	struct arena arena;           /* owns the meal */
	struct meal_day meal_day;
	int passed;                   /* as it was loaded */
	struct card_view list, beside;
};

enum { WHEN_ORDER = WHEN_OWN, WHEN_OPEN = WHEN_OWN << 1, WHEN_MAY_ORDER = WHEN_OWN << 2, WHEN_SETTLES = WHEN_OWN << 3, WHEN_MASKED = WHEN_OWN << 4 };

static const struct key_bind binds[] = {
	{ ACT_DISPATCH,     "F6 p",    WHEN_ALWAYS },
	{ ACT_DOORS,        "F8 s",    WHEN_ALWAYS },
	{ ACT_KITCHEN,      "F5 k",    WHEN_ALWAYS },
	{ ACT_ORDER_NEW,    "F2 N",    WHEN_MAY_ORDER },
	{ ACT_EDIT,         "F4 E",    WHEN_MAY_ORDER | WHEN_OPEN },
	{ ACT_ORDER_CANCEL, "X",       WHEN_MAY_ORDER | WHEN_ORDER },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_NEXT_VIEW,    "Tab F7",  WHEN_ALWAYS },
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_OTHER_MEAL,   "m",       WHEN_ALWAYS },
	{ ACT_DAY_BEFORE,   "[ Left",  WHEN_ALWAYS },
	{ ACT_DAY_AFTER,    "] Right", WHEN_ALWAYS },
	{ ACT_GO_DAY,       "F3 d",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "a",       WHEN_FILTERED },
	{ ACT_MENU,         "c",       WHEN_ALWAYS },
	{ ACT_WELFARE,      "w",       WHEN_ALWAYS },
	{ ACT_DINERS,       "u",       WHEN_ALWAYS },
	{ ACT_SETTLEMENT,   "j",       WHEN_SETTLES },
	{ ACT_COVERAGE,     "g",       WHEN_ALWAYS },
	{ ACT_EXPORT,       "F9 x",    WHEN_EXPORT },
	{ ACT_HISTORY,      "h",       WHEN_ORDER },
};
static const struct keymap keys = { "canteen", binds, COUNT(binds) };

/* Areas -------------------------------------------------------------------------------------------------------------------------- */

/* Above the lines: tabs, sums, and what the columns are. */
static const struct card_beside shape = { .list_cols = 78, .head_rows = 3, .margin_cols = 2 };

/* Loading ------------------------------------------------------------------------------------------------------------------------ */

static const struct meal_order *chosen_order(const struct canteen_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == CANTEEN_TAG_ORDER ? &s->meal_day.orders[item->id - 1] : NULL;
}

static const struct meal_left_out *chosen_left_out(const struct canteen_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == CANTEEN_TAG_LEFT_OUT ? &s->meal_day.left_out[item->id - 1] : NULL;
}

static int64_t chosen_diner(const struct canteen_screen *s)
{
	const struct meal_order *o = chosen_order(s);
	const struct meal_left_out *x = chosen_left_out(s);

	return o ? o->diner_id : x ? x->diner_id : 0;
}

static void fill_beside(const struct app *app, struct canteen_screen *s)
{
	canteen_beside(app, &s->beside, &s->meal_day, chosen_order(s), chosen_left_out(s));
	card_view_layout_framed(&s->beside, card_beside_other(app, &shape));
}

/* The cursor stays on the person, wherever the row is now. */
static void fill(const struct app *app, struct canteen_screen *s, int64_t diner_id)
{
	canteen_list(app, &s->list, &s->meal_day, s->view, s->find ? s->find : "", diner_id);
	card_beside_layout(app, &shape, &s->list);
	fill_beside(app, s);
}

/* How much of the day's clock has gone by: 0 … 2. */
static int passed(const struct app *app, int32_t day, const char *meal)
{
	return meal_cutoff_passed(app->of, day, meal) + meal_report_is_due(app->of, day, meal);
}

static enum rc load_meal(struct app *app, struct canteen_screen *s, struct meal_at at, struct err *e)
{
	struct arena made = { 0 };
	struct meal_day m;
	int64_t diner_id = chosen_diner(s);
	enum rc rc;

	if ((rc = meal_day_load(app->of, at.day, at.meal, &made, &m, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->meal_day = m;
	s->passed = passed(app, at.day, at.meal);
	s->at = at;
	fill(app, s, diner_id);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct canteen_screen *s = state;

	(void)e;
	s->at = meal_at_of(app, args);
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct canteen_screen *s = state;

	return load_meal(app, s, s->at, e);
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------ */

static void add_title(const struct app *app, const struct canteen_screen *s, struct strbuf *out)
{
	strbuf_add(out, "送餐 · ");
	meal_at_words(app, s->at, out);
	strbuf_add_char(out, ' ');
	time_format(out, s->meal_day.leave_min);
	strbuf_add(out, s->meal_day.closed ? "出餐 · 已关账" : "出餐");
	if (s->find)
		strbuf_format(out, " · 查找「%s」", s->find);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct canteen_screen *s = state;
	struct rect rows = card_beside_lines(app, &shape);
	struct tab_name tabs[CANTEEN_VIEW_COUNT];
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF sums = { 0 };

	(void)area;
	add_title(app, s, &title);
	canteen_tabs(app, &s->meal_day, tabs);
	canteen_sums(app, &s->meal_day, &sums);
	if (app->wide)
		card_view_draw_framed(&s->beside, c, card_beside_other(app, &shape), "所选", false);
	canvas_frame(c, card_beside_list(app, &shape), STYLE_BORDER, strbuf_str(&title));
	tabs_draw(c, (struct rect){ rows.row - 3, rows.col, 1, rows.cols }, tabs, COUNT(tabs), s->view);
	canvas_put(c, rows.row - 2, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	canteen_headings(c, rows.row - 1, rows.col, s->view);
	card_view_draw(&s->list, c, rows, true);
}

/* Another meal ------------------------------------------------------------------------------------------------------------------- */

static void show(struct app *app, struct canteen_screen *s, struct meal_at at)
{
	struct err e = { 0 };

	if (load_meal(app, s, at, &e) != RC_OK)
		app_fail(app, &e);
}

static void next_view(struct app *app, struct canteen_screen *s)
{
	int64_t diner_id = chosen_diner(s);

	s->view = (enum canteen_view)((s->view + 1) % CANTEEN_VIEW_COUNT);
	s->list.cursor = 0;
	fill(app, s, diner_id);
}

static void set_find(struct app *app, struct canteen_screen *s, char *find)
{
	int64_t diner_id = chosen_diner(s);

	free(s->find);
	s->find = find;
	s->list.cursor = 0;
	fill(app, s, diner_id);
}

static void ask_find(struct app *app, struct canteen_screen *s)
{
	char *typed = app_prompt(app, "找谁（姓名、拼音首字母、编号、地址）", s->find ? s->find : "", false);

	if (typed == NULL)
		return;
	if (typed[0] == '\0') {
		free(typed);
		typed = NULL;
	}
	set_find(app, s, typed);
}

/* Orders ------------------------------------------------------------------------------------------------------------------------- */

/* A reason is a must once the kitchen reckons with the order. */
static void cancel(struct app *app, struct canteen_screen *s, const struct meal_order *o)
{
	bool out = o->route >= 0 && s->meal_day.routes[o->route].left_at != 0, late = meal_order_wants_reason(app->of, s->at.day, s->at.meal);
	AUTO_FREE char *why = app_prompt(app, out ? "已在路上，为什么取消" : late ? "已过截止时间，为什么取消" : "为什么取消（可不填）", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return;
	if (meal_order_cancel(app->of, o->id, why, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已取消 %s 的%s，按 Ctrl-Z 可以撤销", o->name, office_code_label(app->of, "meal", s->at.meal));
}

static void restore(struct app *app, const struct meal_order *o)
{
	struct err e = { 0 };

	if (meal_order_restore(app->of, o->id, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已恢复 %s 的订餐", o->name);
}

/* The order under the cursor, also where it was cancelled. */
static const struct meal_order *order_here(const struct canteen_screen *s)
{
	const struct meal_left_out *x = chosen_left_out(s);

	for (size_t i = 0; x && x->order_id && i < s->meal_day.n_orders; i++)
		if (s->meal_day.orders[i].id == x->order_id)
			return &s->meal_day.orders[i];
	return chosen_order(s);
}

static void cancel_or_restore(struct app *app, struct canteen_screen *s)
{
	const struct meal_order *o = order_here(s);

	if (o->cancelled)
		restore(app, o);
	else
		cancel(app, s, o);
}

/* Keys --------------------------------------------------------------------------------------------------------------------------- */

/* Keys that lead to another screen of this meal. */
static const struct { enum action action; const char *screen; } leads[] = {
	{ ACT_DISPATCH, "dispatch" }, { ACT_DOORS, "doors" }, { ACT_KITCHEN, "kitchen" }, { ACT_MENU, "menu" }, { ACT_WELFARE, "welfare" },
	{ ACT_DINERS, "diners" }, { ACT_SETTLEMENT, "settlement" }, { ACT_COVERAGE, "coverage" },
};

/* What these two are shown by is no meal. */
static bool is_of_meal(enum action action)
{
	return action == ACT_DISPATCH || action == ACT_DOORS || action == ACT_KITCHEN || action == ACT_MENU;
}

static bool lead(const struct canteen_screen *s, enum action action, struct next *out)
{
	for (size_t i = 0; i < COUNT(leads); i++)
		if (leads[i].action == action) {
			*out = next_push(leads[i].screen, is_of_meal(action) ? meal_at_args(s->at) : (struct screen_args){ 0 });
			return true;
		}
	return false;
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct canteen_screen *s = state;
	struct next next;
	struct meal_at to;

	if (meal_at_key(app, s->at, action, &to)) {
		show(app, s, to);
		return next_stay();
	}
	if (lead(s, action, &next))
		return next;
	switch (action) {
	case ACT_OPEN:
		return next_push("diner", (struct screen_args){ .id = chosen_diner(s) });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = order_here(s)->id, .form = "meal_order" });
	case ACT_ORDER_NEW:
		return part_push("meal_order", 0, s->at.day);
	case ACT_EDIT:
		return part_push("meal_order", chosen_order(s)->id, s->at.day);
	case ACT_ORDER_CANCEL:
		cancel_or_restore(app, s);
		return next_stay();
	case ACT_EXPORT:
		report_export(app, "meal-orders", &(struct report_query){ .day = s->at.day, .meal = s->at.meal });
		return next_stay();
	case ACT_FIND:
		ask_find(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		set_find(app, s, NULL);
		return next_stay();
	case ACT_NEXT_VIEW:
		next_view(app, s);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct canteen_screen *s = state;
	const struct meal_order *o = order_here(s);
	bool open = !s->meal_day.closed;

	return (chosen_diner(s) ? WHEN_ROW : 0) | (o ? WHEN_ORDER : 0) | (chosen_order(s) && open && !o->outcome[0] ? WHEN_OPEN : 0) |
	       (open && office_may(app->of, MAY_MEAL_ORDER) ? WHEN_MAY_ORDER : 0) | (office_may(app->of, MAY_SETTLE) ? WHEN_SETTLES : 0) |
	       (s->find ? WHEN_FILTERED : 0) | (s->meal_day.n_orders > 0 && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct canteen_screen *s = state;

	if (!card_view_key(&s->list, ev))
		return next_pass();
	fill_beside(app, s);
	return next_stay();
}

/* At the minute that orders are late or outcomes are due the list says so by itself. */
static void tick(struct app *app, void *state)
{
	struct canteen_screen *s = state;

	if (passed(app, s->at.day, s->at.meal) != s->passed)
		show(app, s, s->at);
}

static void close_screen(struct app *app, void *state)
{
	struct canteen_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	card_view_release(&s->beside);
	arena_clear(&s->arena);
	free(s->find);
}

const struct screen_def canteen_screen = {
	.name = "canteen", .title = "送餐", .reads = MEAL_DAY_READS,
	.state_size = sizeof(struct canteen_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .tick = tick, .close = close_screen,
};
