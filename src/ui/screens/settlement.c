/* 结算: a month's meals — who pays how much, what the street is asked for, what is corrected, what stands in the way; closing it.
 * args.id any day of the month; 0: the one to be closed next, if it is over, else this month. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "report/report.h"
#include "ui/screen.h"
#include "ui/screens/settlement_rows.h"
#include "ui/widgets/card_beside.h"
#include "ui/widgets/list_export.h"

#define MONTHS_OFFERED 24

struct settlement_screen {
	int32_t month_day;
	enum settlement_view view;
	char *find;                   /* NULL: everybody */
	struct arena arena;           /* owns the month */
	struct settlement month;
	struct card_view list, beside;
};

enum { WHEN_DINER = WHEN_OWN, WHEN_OPEN = WHEN_OWN << 1 };

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_NEXT_VIEW,    "Tab F7",  WHEN_ALWAYS },
	{ ACT_MONTH_BEFORE, "[ Left",  WHEN_ALWAYS },
	{ ACT_MONTH_AFTER,  "] Right", WHEN_ALWAYS },
	{ ACT_GO_MONTH,     "F3 d",    WHEN_ALWAYS },
	{ ACT_CLOSE_MONTH,  "F6 C",    WHEN_OPEN },
	{ ACT_PAPER,        "F5 p",    WHEN_ALWAYS },
	{ ACT_EXPORT,       "F9 x",    WHEN_EXPORT },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_DINER,        "u",       WHEN_DINER },
};
static const struct keymap keys = { "settlement", binds, COUNT(binds) };

/* Areas -------------------------------------------------------------------------------------------------------------------------- */

/* Above the lines: tabs, sums, and what the columns are. */
static const struct card_beside shape = { .list_cols = 81, .head_rows = 3, .margin_cols = 1 };

/* Loading ------------------------------------------------------------------------------------------------------------------------ */

static int64_t chosen_diner(const struct settlement_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == SETTLEMENT_TAG_DINER ? item->id : 0;
}

/* The meal under the cursor that stands in the way; NULL: none. */
static const struct settle_meal *chosen_meal(const struct settlement_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	if (item && item->tag == SETTLEMENT_TAG_UNCLOSED)
		return &s->month.unclosed[item->id - 1];
	return item && item->tag == SETTLEMENT_TAG_UNPRICED ? &s->month.unpriced[item->id - 1] : NULL;
}

static void fill_beside(const struct app *app, struct settlement_screen *s)
{
	if (!app->wide)
		return;
	settlement_orders(app, &s->beside, settlement_diner(&s->month, chosen_diner(s)), false);
	card_view_layout_framed(&s->beside, card_beside_other(app, &shape));
}

static void fill(const struct app *app, struct settlement_screen *s, int64_t diner_id)
{
	settlement_list(app, &s->list, &s->month, s->view, s->find ? s->find : "", diner_id);
	card_beside_layout(app, &shape, &s->list);
	fill_beside(app, s);
}

static enum rc load_month(struct app *app, struct settlement_screen *s, int32_t month_day, struct err *e)
{
	struct arena made = { 0 };
	struct settlement month;
	int64_t diner_id = chosen_diner(s);
	enum rc rc;

	if ((rc = settlement_load(app->of, month_day, &made, &month, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->month = month;
	s->month_day = month.month_day;
	fill(app, s, diner_id);
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct settlement_screen *s = state;
	enum rc rc;

	if (s->month_day != DAY_NONE)
		return load_month(app, s, s->month_day, e);
	if ((rc = load_month(app, s, app->today, e)) != RC_OK || s->month.next_month == DAY_NONE || s->month.next_month >= s->month.month_day)
		return rc;
	return load_month(app, s, s->month.next_month, e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct settlement_screen *s = state;

	(void)app; (void)e;
	s->month_day = args->id ? (int32_t)args->id : DAY_NONE;
	return RC_OK;
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------ */

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct settlement_screen *s = state;
	struct rect rows = card_beside_lines(app, &shape);
	struct tab_name tabs[SETTLEMENT_VIEW_COUNT];
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF sums = { 0 };

	(void)area;
	settlement_title(&s->month, &title);
	if (s->find)
		strbuf_format(&title, " · 查找「%s」", s->find);
	settlement_tabs(&s->month, tabs);
	settlement_sums(&s->month, &sums);
	if (app->wide)
		card_view_draw_framed(&s->beside, c, card_beside_other(app, &shape), "所选", false);
	canvas_frame(c, card_beside_list(app, &shape), STYLE_BORDER, strbuf_str(&title));
	tabs_draw(c, (struct rect){ rows.row - 3, rows.col, 1, rows.cols }, tabs, COUNT(tabs), s->view);
	canvas_put(c, rows.row - 2, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	settlement_headings(c, rows.row - 1, rows.col, s->view);
	card_view_draw(&s->list, c, rows, true);
}

/* Another month ------------------------------------------------------------------------------------------------------------------ */

static void show(struct app *app, struct settlement_screen *s, int32_t month_day)
{
	struct err e = { 0 };

	if (load_month(app, s, month_day, &e) != RC_OK)
		app_fail(app, &e);
}

static void ask_month(struct app *app, struct settlement_screen *s)
{
	const char *labels[MONTHS_OFFERED];
	AUTO_ARENA a = { 0 };
	int chosen;

	for (int i = 0; i < MONTHS_OFFERED; i++) {
		AUTO_STRBUF words = { 0 };

		month_words(&words, month_of_day(app->today, -i));
		labels[i] = arena_copy(&a, strbuf_str(&words));
	}
	if ((chosen = app_choose(app, "月份", labels, COUNT(labels), 0)) >= 0)
		show(app, s, month_of_day(app->today, -chosen));
}

static void set_find(struct app *app, struct settlement_screen *s, char *find)
{
	int64_t diner_id = chosen_diner(s);

	free(s->find);
	s->find = find;
	s->list.cursor = 0;
	fill(app, s, diner_id);
}

static void ask_find(struct app *app, struct settlement_screen *s)
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

static void next_view(struct app *app, struct settlement_screen *s)
{
	int64_t diner_id = chosen_diner(s);

	s->view = (enum settlement_view)((s->view + 1) % SETTLEMENT_VIEW_COUNT);
	s->list.cursor = 0;
	fill(app, s, diner_id);
}

/* Closing ------------------------------------------------------------------------------------------------------------------------ */

static void close_month(struct app *app, struct settlement_screen *s)
{
	AUTO_STRBUF question = { 0 };
	AUTO_STRBUF month = { 0 };
	struct err e = { 0 };

	month_words(&month, s->month_day);
	strbuf_format(&question, "结%s的账？", strbuf_str(&month));
	settlement_sums(&s->month, &question);
	if (s->month.corrected.entries > 0) {
		strbuf_add(&question, "；以前月份更正自付");
		report_words(REPORT_MONEY, s->month.corrected.charge.own_fen, &question);
		strbuf_add(&question, "、补贴");
		report_words(REPORT_MONEY, s->month.corrected.charge.subsidy_fen, &question);
	}
	strbuf_add(&question, "。结了不能撤销，以后的更正进下个月");
	if (!app_ask(app, strbuf_str(&question)))
		return;
	if (settlement_close(app->of, s->month_day, &s->month, "", &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s已结账，按 p 可以打印结算表", strbuf_str(&month));
}

/* Keys --------------------------------------------------------------------------------------------------------------------------- */

static struct next open_row(const struct settlement_screen *s)
{
	const struct settle_meal *meal = chosen_meal(s);

	if (meal)
		return next_push("canteen", (struct screen_args){ .id = meal->day, .text = meal->meal });
	return next_push("settlement-diner", (struct screen_args){ .id = s->month_day, .context_id = chosen_diner(s) });
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct settlement_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return open_row(s);
	case ACT_DINER:
		return next_push("diner", (struct screen_args){ .id = chosen_diner(s) });
	case ACT_PAPER:
		return next_push("paper", (struct screen_args){ .id = s->month_day, .text = "settlement" });
	case ACT_EXPORT:
		report_export(app, "settlement", &(struct report_query){ .day = s->month_day });
		return next_stay();
	case ACT_CLOSE_MONTH:
		close_month(app, s);
		return next_stay();
	case ACT_NEXT_VIEW:
		next_view(app, s);
		return next_stay();
	case ACT_FIND:
		ask_find(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		set_find(app, s, NULL);
		return next_stay();
	case ACT_GO_MONTH:
		ask_month(app, s);
		return next_stay();
	case ACT_MONTH_BEFORE:
	case ACT_MONTH_AFTER:
		show(app, s, month_of_day(s->month_day, action == ACT_MONTH_AFTER ? 1 : -1));
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct settlement_screen *s = state;

	return (chosen_diner(s) ? WHEN_ROW | WHEN_DINER : 0) | (chosen_meal(s) ? WHEN_ROW : 0) | (!s->month.closed ? WHEN_OPEN : 0) |
	       (s->find ? WHEN_FILTERED : 0) | (s->month.n_diners > 0 && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct settlement_screen *s = state;

	if (!card_view_key(&s->list, ev))
		return next_pass();
	fill_beside(app, s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct settlement_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	card_view_release(&s->beside);
	arena_clear(&s->arena);
	free(s->find);
}

const struct screen_def settlement_screen = {
	.name = "settlement", .title = "餐费结算", .reads = SETTLEMENT_READS,
	.state_size = sizeof(struct settlement_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
