/* 厨房单: one meal as the cook needs it — counts, dishes, whom they don't suit, labels, and who gets nothing.
 * args.id the day, args.text the meal; without them the meal of now. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/kitchen.h"
#include "ui/screen.h"
#include "ui/screens/meal_at.h"
#include "ui/screens/kitchen_rows.h"
#include "ui/widgets/list_export.h"

#define SHEET_COLS 70             /* where labels stand beside it */

struct kitchen_screen {
	struct meal_at at;
	struct arena arena;           /* owns the following */
	struct meal_day m;
	struct menu menu;
	struct kitchen k;
	struct card_view views[2];    /* the sheet, the labels */
	int view;                     /* the keys go to it; alone on a narrow screen */
};

enum { WHEN_MAY_MENU = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_PAPER,      "F5 p",    WHEN_ALWAYS },
	{ ACT_LABELS,     "F6 b",    WHEN_ALWAYS },
	{ ACT_SAMPLE,     "F8 S",    WHEN_MAY_MENU },
	{ ACT_MENU,       "F4 c",    WHEN_ALWAYS },
	{ ACT_NEXT_VIEW,  "Tab F7",  WHEN_ALWAYS },
	{ ACT_OPEN,       "Enter l", WHEN_ROW },
	{ ACT_OTHER_MEAL, "m",       WHEN_ALWAYS },
	{ ACT_DAY_BEFORE, "[ Left",  WHEN_ALWAYS },
	{ ACT_DAY_AFTER,  "] Right", WHEN_ALWAYS },
	{ ACT_GO_DAY,     "F3 d",    WHEN_ALWAYS },
	{ ACT_EXPORT,     "F9 x",    WHEN_EXPORT },
};
static const struct keymap keys = { "kitchen", binds, COUNT(binds) };

/* Areas -------------------------------------------------------------------------------------------------------------------------- */

/* The foot is the frame's last line. */
static struct rect view_area(const struct app *app, int view)
{
	struct rect r = app->area;

	if (!app->wide)
		return r;
	if (view == 0)
		r.cols = SHEET_COLS;
	else
		r = (struct rect){ r.row, r.col + SHEET_COLS - 1, r.rows, r.cols - SHEET_COLS + 1 };
	return r;
}

static struct rect card_area(const struct app *app, int view)
{
	struct rect r = view_area(app, view);

	r.rows--;
	return r;
}

/* Loading ------------------------------------------------------------------------------------------------------------------------ */

static void fill(const struct app *app, struct kitchen_screen *s)
{
	kitchen_sheet(app, &s->views[0], &s->m, &s->menu, &s->k);
	kitchen_labels(&s->views[1], &s->k);
	for (int v = 0; v < 2; v++)
		card_view_layout_framed(&s->views[v], card_area(app, v));
}

static enum rc load_meal(struct app *app, struct kitchen_screen *s, struct meal_at at, struct err *e)
{
	struct arena made = { 0 };
	struct meal_day m;
	struct menu menu;
	enum rc rc;

	if ((rc = meal_day_load(app->of, at.day, at.meal, &made, &m, e)) != RC_OK || (rc = menu_load(app->of, at.day, at.meal, &made, &menu, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->m = m;
	s->menu = menu;
	s->at = at;
	kitchen_reckon(app->of, &s->m, &s->menu, &s->arena, &s->k);
	fill(app, s);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct kitchen_screen *s = state;

	(void)e;
	s->at = meal_at_of(app, args);
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct kitchen_screen *s = state;

	return load_meal(app, s, s->at, e);
}

static void show(struct app *app, struct kitchen_screen *s, struct meal_at at)
{
	struct err e = { 0 };

	if (load_meal(app, s, at, &e) != RC_OK)
		app_fail(app, &e);
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------ */

static void draw_view(const struct app *app, const struct kitchen_screen *s, struct canvas *c, int view)
{
	struct rect area = view_area(app, view);
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF foot = { 0 };

	strbuf_add(&title, view ? "标签 · " : "厨房单 · ");
	if (!view || !app->wide)
		kitchen_title(app, &s->m, &title);
	else
		strbuf_format(&title, "%zu张", s->k.n_labels);
	kitchen_foot_words(&s->k, &foot);
	canvas_frame(c, area, STYLE_BORDER, strbuf_str(&title));
	card_view_draw(&s->views[view], c, (struct rect){ area.row + 1, area.col + 2, area.rows - 3, area.cols - 4 }, view == s->view);
	if (!view || !app->wide)
		canvas_text(c, area.row + area.rows - 2, area.col + 2, area.cols - 4, s->k.left_out ? STYLE_STRONG : STYLE_DIM, strbuf_str(&foot));
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct kitchen_screen *s = state;

	(void)area;
	if (app->wide)
		draw_view(app, s, c, !s->view);
	draw_view(app, s, c, s->view);
}

/* Acting ------------------------------------------------------------------------------------------------------------------------- */

static void put_sample(struct app *app, struct kitchen_screen *s)
{
	AUTO_FREE char *by = app_prompt(app, "谁留的样（每样不少于125克，留48小时）", app->of->me.name, false);
	struct err e = { 0 };

	if (by)
		app_report(app, menu_sample(app->of, s->at.day, s->at.meal, by, "", &e), &e, "已记下留样：%s", by);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct kitchen_screen *s = state;
	struct meal_at to;

	if (meal_at_key(app, s->at, action, &to)) {
		show(app, s, to);
		return next_stay();
	}
	switch (action) {
	case ACT_PAPER:
	case ACT_LABELS:
		return next_push("paper", (struct screen_args){ .id = s->at.day, .form = s->at.meal, .text = action == ACT_PAPER ? "kitchen" : "labels" });
	case ACT_EXPORT:
		report_export(app, "kitchen", &(struct report_query){ .day = s->at.day, .meal = s->at.meal });
		return next_stay();
	case ACT_SAMPLE:
		put_sample(app, s);
		return next_stay();
	case ACT_MENU:
		return next_push("menu", meal_at_args(s->at));
	case ACT_OPEN:
		return next_push("diner", (struct screen_args){ .id = card_view_item(&s->views[s->view])->id });
	case ACT_NEXT_VIEW:
		s->view = !s->view;
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct kitchen_screen *s = state;
	const struct card_item *item = card_view_item(&s->views[s->view]);

	return (item && item->id ? WHEN_ROW : 0) | (office_may(app->of, MAY_MENU_EDIT) ? WHEN_MAY_MENU : 0) |
	       (s->k.n_labels > 0 && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct kitchen_screen *s = state;

	(void)app;
	return card_view_key(&s->views[s->view], ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct kitchen_screen *s = state;

	(void)app;
	card_view_release(&s->views[0]);
	card_view_release(&s->views[1]);
	arena_clear(&s->arena);
}

const struct screen_def kitchen_screen = {
	.name = "kitchen", .title = "厨房单", .reads = MEAL_DAY_READS | TBL_MENU | TBL_MENU_DISH | TBL_DISH,
	.state_size = sizeof(struct kitchen_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
