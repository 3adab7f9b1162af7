/* One diner's part of a month: 对账单, order by order. args.id the month's first day, args.context_id the diner. */
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/screens/settlement_rows.h"

struct settlement_diner_screen {
	int32_t month_day;
	int64_t diner_id;
	struct arena arena;           /* owns the month */
	struct settlement month;
	const struct settle_diner *diner;        /* NULL: nothing is theirs */
	struct card_view list;
};

enum { WHEN_ORDER = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_PAPER,        "F5 p",    WHEN_ROW },
	{ ACT_DINER,        "Enter u", WHEN_ALWAYS },
	{ ACT_MONTH_BEFORE, "[ Left",  WHEN_ALWAYS },
	{ ACT_MONTH_AFTER,  "] Right", WHEN_ALWAYS },
	{ ACT_HISTORY,      "h",       WHEN_ORDER },
};
static const struct keymap keys = { "settlement-diner", binds, COUNT(binds) };

static struct rect rows_area(const struct app *app)
{
	struct rect r = app->area;

	return (struct rect){ r.row + 2, r.col + 1, r.rows - 3, r.cols - 2 };
}

static enum rc load_month(struct app *app, struct settlement_diner_screen *s, int32_t month_day, struct err *e)
{
	struct arena made = { 0 };
	struct settlement month;
	struct rect area = rows_area(app);
	enum rc rc;

	if ((rc = settlement_load(app->of, month_day, &made, &month, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->month = month;
	s->month_day = month.month_day;
	s->diner = settlement_diner(&s->month, s->diner_id);
	settlement_orders(app, &s->list, s->diner, true);
	s->list.row = area.row;
	s->list.col = area.col;
	card_view_layout(&s->list, area.rows, area.cols);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct settlement_diner_screen *s = state;

	(void)app; (void)e;
	s->month_day = (int32_t)args->id;
	s->diner_id = args->context_id;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct settlement_diner_screen *s = state;

	return load_month(app, s, s->month_day, e);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct settlement_diner_screen *s = state;
	struct rect rows = rows_area(app);
	AUTO_STRBUF title = { 0 };

	settlement_title(&s->month, &title);
	if (s->diner)
		strbuf_format(&title, " · %s %s", s->diner->name, s->diner->number);
	canvas_frame(c, area, STYLE_BORDER, strbuf_str(&title));
	settlement_order_headings(c, rows.row - 1, rows.col);
	card_view_draw(&s->list, c, rows, true);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct settlement_diner_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_PAPER:
		return next_push("paper", (struct screen_args){ .id = s->month_day, .context_id = s->diner_id, .text = "statement" });
	case ACT_DINER:
		return next_push("diner", (struct screen_args){ .id = s->diner_id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = card_view_item(&s->list)->id, .form = "meal_order" });
	case ACT_MONTH_BEFORE:
	case ACT_MONTH_AFTER:
		if (load_month(app, s, month_of_day(s->month_day, action == ACT_MONTH_AFTER ? 1 : -1), &e) != RC_OK)
			app_fail(app, &e);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct settlement_diner_screen *s = state;
	const struct card_item *item = card_view_item(&s->list);

	(void)app;
	return (s->diner ? WHEN_ROW : 0) | (item && item->id ? WHEN_ORDER : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct settlement_diner_screen *s = state;

	(void)app;
	return card_view_key(&s->list, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct settlement_diner_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	arena_clear(&s->arena);
}

const struct screen_def settlement_diner_screen = {
	.name = "settlement-diner", .title = "对账单", .reads = SETTLEMENT_READS,
	.state_size = sizeof(struct settlement_diner_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
