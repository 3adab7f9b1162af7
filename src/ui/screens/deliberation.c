/* 议事: three lists beside each other, 议题池, 议事会, 决议; the chosen one as a card at the side where there is room. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/agenda.h"
#include "domain/decision.h"
#include "domain/deliberation_choice.h"
#include "domain/meeting.h"
#include "ui/form_screen.h"
#include "ui/screens/part.h"
#include "ui/widgets/deliberation_cards.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/tabs.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/register_columns.h"

enum tab { TAB_ITEMS, TAB_MEETINGS, TAB_DECISIONS, TAB_COUNT };

struct deliberation_screen {
	enum tab tab;
	struct list_view views[TAB_COUNT];
	bool all[TAB_COUNT];          /* settled ones too */
	struct card_view card;
	struct arena arena;           /* of what the card shows */
	bool card_stale;              /* shows another row, or that row as it was */
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l",       WHEN_ROW },
	{ ACT_OTHER_PANE,   "Tab Right",     WHEN_ALWAYS },
	{ ACT_MEETING_NEW,  "F2 N",          WHEN_MAY_CREATE },
	{ ACT_NEW,          "F5 T",          WHEN_MAY_CREATE },
	{ ACT_FIND,         "/",             WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",          WHEN_ALWAYS },
	{ ACT_SORT,         "F9 o",          WHEN_ALWAYS },
	{ ACT_REVERSE,      "O",             WHEN_ALWAYS },
	{ ACT_EXPORT,       "x",             WHEN_MAY_EDIT },
};
static const struct keymap keys = { "deliberation", binds, COUNT(binds) };

/* Columns ----------------------------------------------------------------------------------------------------------------------- */

static void show_urgency(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	if (strcmp(list_text(l, i, source), "normal") != 0)
		*style = *style == STYLE_TEXT ? STYLE_URGENT : *style;
	strbuf_add(out, office_code_label(app->of, "urgency", list_text(l, i, source)));
}

static int64_t number_of(const struct list *l, size_t i, size_t source)
{
	return strtoll(list_text(l, i, source), NULL, 10);
}

static void show_since(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)style;
	if (list_text(l, i, source)[0])
		day_format_near(out, day_of_instant(number_of(l, i, source)), app->today);
}

static void show_day(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)style;
	if (list_text(l, i, source)[0])
		day_format_near(out, (int32_t)number_of(l, i, source), app->today);
}

static void show_time(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)app; (void)style;
	if (list_text(l, i, source)[0])
		time_format(out, (int)number_of(l, i, source));
}

/* Nothing rather than a column of zeros. */
static void show_count(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)app; (void)style;
	if (number_of(l, i, source) > 0)
		strbuf_add(out, list_text(l, i, source));
}

static void show_objections(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	if (number_of(l, i, source) > 0 && *style == STYLE_TEXT)
		*style = STYLE_WARNING;
	show_count(app, l, i, source, out, style);
}

static const struct view_column item_columns[] = {
	{ .title = "议题", .width_cols = 0, .source = 1 },
	{ .title = "紧急", .width_cols = 6, .source = 2, .order = "rank", .show = show_urgency },
	{ .title = "附议", .width_cols = 5, .source = 3, .order = "supporters", .align = ALIGN_RIGHT, .show = show_count },
	{ .title = "提出", .width_cols = 11, .source = 4, .order = "at", .show = show_since },
	{ .title = "方案", .width_cols = 5, .source = 6, .align = ALIGN_RIGHT, .show = show_count },
	{ .title = "状态", .width_cols = 8, .source = 5, .codes = "agenda_state" },
};
static const struct view_column meeting_columns[] = {
	{ .title = "日期", .width_cols = 11, .source = 3, .order = "day", .show = show_day },
	{ .title = "时间", .width_cols = 6, .source = 4, .show = show_time },
	{ .title = "会议", .width_cols = 0, .source = 1 },
	{ .title = "形式", .width_cols = 14, .source = 2, .codes = "meeting_kind" },
	{ .title = "议题", .width_cols = 5, .source = 7, .align = ALIGN_RIGHT, .show = show_count },
	{ .title = "状态", .width_cols = 12, .source = 6, .codes = "meeting_status" },
};
static const struct view_column decision_columns[] = {
	{ .title = "编号", .width_cols = 15, .source = 0, .order = "number" },
	{ .title = "决议", .width_cols = 0, .source = 1 },
	{ .title = "责任主体", .width_cols = 12, .source = 2, .codes = "party" },
	{ .title = "公示至", .width_cols = 11, .source = 7, .show = show_day },
	{ .title = "异议", .width_cols = 5, .source = 6, .align = ALIGN_RIGHT, .show = show_objections },
	{ .title = "状态", .width_cols = 8, .source = 3, .codes = "decision_state" },
};

static const struct {
	const char *title, *form, *screen, *open_words;
	const struct list_spec *(*spec)(void);
	const struct view_column *columns;
	size_t n_columns;
	struct list_order order;
	const struct list_filter *open;
} tabs[TAB_COUNT] = {
	[TAB_ITEMS]     = { "议题池", "agenda_item", "agenda-item", "未定的", agenda_list_spec, item_columns, COUNT(item_columns), { "rank", false },
	                    &agenda_open_filter },
	[TAB_MEETINGS]  = { "议事会", "meeting", "meeting", "未归档的", meeting_list_spec, meeting_columns, COUNT(meeting_columns), { "day", true },
	                    &meeting_open_filter },
	[TAB_DECISIONS] = { "决议", "decision", "decision", "未交办的", decision_list_spec, decision_columns, COUNT(decision_columns), { "number", true },
	                    &decision_open_filter },
};

/* Loading ----------------------------------------------------------------------------------------------------------------------- */

static struct list_view *view_of(struct deliberation_screen *s)
{
	return &s->views[s->tab];
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct deliberation_screen *s = state;
	enum rc rc;

	(void)args;
	for (size_t i = 0; i < TAB_COUNT; i++) {
		const struct form *form = form_find(app->of->forms, tabs[i].form);

		if ((rc = list_view_open(app, &s->views[i], tabs[i].spec(), tabs[i].columns, tabs[i].n_columns, tabs[i].order, register_find_rule,
		                         (void *)form, e)) != RC_OK ||
		    (rc = list_view_filter(app, &s->views[i], tabs[i].open, 1, tabs[i].open_words, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static struct rect list_area(const struct app *app)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = r.cols * 3 / 5;
	return r;
}

static struct rect card_area(const struct app *app)
{
	struct rect list = list_area(app), r = app->area;

	r.col += list.cols - 1;
	r.cols -= list.cols - 1;
	return r;
}

static enum rc load_card(struct app *app, struct deliberation_screen *s, struct err *e)
{
	int64_t id = list_view_id(view_of(s));
	struct agenda_item item;
	struct decision decision;
	struct meeting meeting;
	enum rc rc = RC_OK;

	card_view_clear(&s->card);
	arena_clear(&s->arena);
	if (id == 0)
		return RC_OK;
	switch (s->tab) {
	case TAB_ITEMS:
		if ((rc = agenda_load(app->of, id, &s->arena, &item, e)) == RC_OK)
			agenda_card(app, &s->card, &item);
		break;
	case TAB_MEETINGS:
		if ((rc = meeting_load(app->of, id, &s->arena, &meeting, e)) == RC_OK)
			meeting_card(app, &s->card, &meeting);
		break;
	default:
		if ((rc = decision_load(app->of, id, &s->arena, &decision, e)) == RC_OK)
			decision_card(app, &s->card, &decision);
	}
	card_view_layout_framed(&s->card, card_area(app));
	return rc;
}

/* One row of the area is for the names of the lists. */
static enum rc prepare(struct app *app, struct deliberation_screen *s, struct err *e)
{
	s->card_stale = true;
	return list_view_prepare(app, view_of(s), app->area.rows - 3, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct deliberation_screen *s = state;
	enum rc rc;

	for (size_t i = 0; i < TAB_COUNT; i++)
		if ((rc = list_view_reload(app, &s->views[i], e)) != RC_OK)
			return rc;
	return prepare(app, s, e);
}

static void refresh(struct app *app, struct deliberation_screen *s, enum rc rc, struct err *e)
{
	if (rc != RC_OK || prepare(app, s, e) != RC_OK)
		app_fail(app, e);
}

/* Drawing ----------------------------------------------------------------------------------------------------------------------- */

static void draw_tabs(const struct deliberation_screen *s, struct canvas *c, struct rect line)
{
	struct tab_name names[TAB_COUNT];

	for (size_t i = 0; i < TAB_COUNT; i++)
		names[i] = (struct tab_name){ tabs[i].title, true, list_count(s->views[i].list) };
	tabs_draw(c, line, names, TAB_COUNT, (size_t)s->tab);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct deliberation_screen *s = state;
	struct rect list = list_area(app), inner;
	AUTO_FREE char *title = mem_format("议事 · %s", tabs[s->tab].title);

	(void)area;
	if (app->wide)
		card_view_draw_framed(&s->card, c, card_area(app), "所选", false);
	inner = canvas_frame(c, list, STYLE_BORDER, title);
	draw_tabs(s, c, (struct rect){ inner.row, inner.col, 1, inner.cols });
	inner.row++;
	inner.rows--;
	list_view_draw(app, &s->views[s->tab], c, inner, true);
}

/* Acting ------------------------------------------------------------------------------------------------------------------------ */

static void show_all(struct app *app, struct deliberation_screen *s)
{
	struct err e = { 0 };
	enum rc rc;

	s->all[s->tab] = !s->all[s->tab];
	list_view_clear_find(view_of(s));
	rc = s->all[s->tab] ? list_view_filter(app, view_of(s), NULL, 0, "", &e)
	                    : list_view_filter(app, view_of(s), tabs[s->tab].open, 1, tabs[s->tab].open_words, &e);
	refresh(app, s, rc, &e);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct deliberation_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		view_of(s)->finding = false;
		return next_push(tabs[s->tab].screen, (struct screen_args){ .id = list_view_id(view_of(s)) });
	case ACT_OTHER_PANE:
		s->tab = (enum tab)((s->tab + 1) % TAB_COUNT);
		refresh(app, s, RC_OK, &e);
		return next_stay();
	case ACT_MEETING_NEW:
		return part_push("meeting", 0, 0);
	case ACT_NEW:
		return part_push("agenda_item", 0, 0);
	case ACT_FIND:
		list_view_start_find(view_of(s));
		return next_stay();
	case ACT_CLEAR_FILTER:
		show_all(app, s);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		refresh(app, s, list_view_sort(app, view_of(s), action == ACT_REVERSE, &e), &e);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, view_of(s), tabs[s->tab].title);
		return next_stay();
	case ACT_BACK:
		if (!list_view_escape(app, view_of(s), &e))
			return next_pass();
		refresh(app, s, e.code, &e);
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct deliberation_screen *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, view_of(s), ev, &e))
		return next_pass();
	s->card_stale = true;
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct deliberation_screen *s = state;

	(void)app;
	return s->views[s->tab].finding;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct deliberation_screen *s = state;
	struct err e = { 0 };

	if (app->wide && s->card_stale) {     /* what is looked at comes before rows that are not seen yet */
		s->card_stale = false;
		if (load_card(app, s, &e) != RC_OK)
			app_fail(app, &e);
		return *repaint = true;
	}
	return list_view_idle(app, view_of(s), repaint);
}

/* A new meeting or item is opened at once: what follows is its agenda, its parties. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct deliberation_screen *s = state;

	(void)app;
	if (result_id)
		view_of(s)->cursor_id = result_id;
	return false;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct deliberation_screen *s = state;

	return (list_view_id(&s->views[s->tab]) ? WHEN_ROW : 0) | (office_may(app->of, MAY_MEETING_EDIT) ? WHEN_MAY_CREATE : 0) |
	       (office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct deliberation_screen *s = state;

	(void)app;
	for (size_t i = 0; i < TAB_COUNT; i++)
		list_view_close(&s->views[i]);
	card_view_release(&s->card);
	arena_clear(&s->arena);
}

const struct screen_def deliberation_screen = {
	.name = "deliberation", .title = "议事",
	.reads = TBL_AGENDA_ITEM | TBL_AGENDA_ISSUE | TBL_INTEREST | TBL_ALTERNATIVE | TBL_MEETING | TBL_ATTENDEE | TBL_AGENDA_SLOT | TBL_DECISION |
	         TBL_DECISION_TASK | TBL_DECISION_PARTNER | TBL_NOTICE | TBL_OBJECTION | TBL_BALLOT,
	.state_size = sizeof(struct deliberation_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .idle = idle,
	.resume = resume, .close = close_screen,
};
