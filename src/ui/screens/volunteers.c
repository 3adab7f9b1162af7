/* 志愿者: who can help, by name, pinyin, telephone or number; filters always in words; beside the list whoever is under the cursor. */
#include <string.h>

#include "domain/register.h"
#include "domain/volunteer.h"
#include "store/draft.h"
#include "ui/screen.h"
#include "ui/screens/part.h"
#include "ui/screens/volunteers_filter.h"
#include "ui/widgets/hint.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/register_columns.h"
#include "ui/widgets/volunteer_card.h"

#define KEEP_FILTER "volunteers.filter"
#define KEEP_ORDER "volunteers.order"
#define LIST_COLS_MIN 76          /* with the status */

struct volunteers {
	struct list_view list;
	struct arena columns;         /* and SQL of the list */
	const struct form *form;
	struct volunteers_filter filter;
	struct card_view card;        /* the second pane */
	struct arena arena;           /* of what the card shows */
	int64_t card_id;              /* whose it is; 0: nobody's */
	bool card_stale;
	enum action pushed;           /* what opened the screen above */
};

enum { WHEN_EXPORT = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_OPEN,          "Enter l", WHEN_ROW },
	{ ACT_FIND,          "/",       WHEN_ALWAYS },
	{ ACT_NEW,           "F2 N",    WHEN_MAY_CREATE },
	{ ACT_LADDER,        "F6 S",    WHEN_MAY_EDIT },
	{ ACT_WEEK,          "F5 w",    WHEN_ROW },
	{ ACT_FILTER,        "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER,  "a",       WHEN_FILTERED },
	{ ACT_ROSTER,        "r",       WHEN_ALWAYS },
	{ ACT_ATTENDANCE,    "s",       WHEN_ALWAYS },
	{ ACT_GAPS,          "Q",       WHEN_ALWAYS },
	{ ACT_HOURS,         "t",       WHEN_ROW },
	{ ACT_QUALIFICATION, "C",       WHEN_MAY_EDIT },
	{ ACT_ABSENCE,       "A",       WHEN_MAY_EDIT },
	{ ACT_EDIT,          "F4 E",    WHEN_MAY_EDIT },
	{ ACT_HISTORY,       "F3 h",    WHEN_ROW },
	{ ACT_IMPORT,        "F8 I",    WHEN_MAY_CREATE },
	{ ACT_EXPORT,        "F9 x",    WHEN_EXPORT },
	{ ACT_SORT,          "o",       WHEN_ROW },
	{ ACT_REVERSE,       "O",       WHEN_ROW },
};
static const struct keymap keys = { "volunteers", binds, COUNT(binds) };

/* The panes ------------------------------------------------------------------------------------------------------------------------ */

static struct rect list_area(const struct app *app, struct rect area)
{
	if (app->wide)
		area.cols = area.cols * 3 / 5 > LIST_COLS_MIN ? area.cols * 3 / 5 : LIST_COLS_MIN;
	return area;
}

static struct rect card_area(const struct app *app, struct rect area)
{
	int left = list_area(app, area).cols;

	return (struct rect){ area.row, area.col + left, area.rows, area.cols - left };
}

static enum rc prepare(struct app *app, struct volunteers *s, struct err *e)
{
	return list_view_prepare(app, &s->list, app->area.rows - 2, e);
}

static enum rc load_card(struct app *app, struct volunteers *s, struct err *e)
{
	int64_t id = list_view_id(&s->list);
	struct volunteer v;
	enum rc rc;

	s->card_stale = false;
	s->card_id = id;
	arena_clear(&s->arena);
	card_view_clear(&s->card);
	if (id == 0)
		return RC_OK;
	if ((rc = volunteer_load(app->of, id, &s->arena, &v, e)) != RC_OK)
		return rc;
	volunteer_card(app, &s->card, &v);
	card_view_layout_framed(&s->card, card_area(app, app->area));
	return RC_OK;
}

/* Filters and order ------------------------------------------------------------------------------------------------------------------ */

static enum rc apply_filter(struct app *app, struct volunteers *s, struct err *e)
{
	struct list_filter conditions[VOLUNTEERS_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	size_t n = volunteers_filter_conditions(app, &s->filter, &arena, conditions);
	enum rc rc;

	volunteers_filter_words(app, &s->filter, &words);
	if ((rc = list_view_filter(app, &s->list, conditions, n, strbuf_str(&words), e)) != RC_OK)
		return rc;
	s->card_stale = true;
	return prepare(app, s, e);
}

static void keep(struct app *app, const char *name, const struct strbuf *value)
{
	struct err e = { 0 };

	if (preference_set(app->of->st, app->of->me.id, name, strbuf_str(value), &e) != RC_OK)
		app_fail(app, &e);
}

static void change_filter(struct app *app, struct volunteers *s)
{
	AUTO_STRBUF line = { 0 };
	struct err e = { 0 };

	if (apply_filter(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	volunteers_filter_write(&s->filter, &line);
	keep(app, KEEP_FILTER, &line);
}

static void clear_filter(struct app *app, struct volunteers *s)
{
	s->filter = (struct volunteers_filter){ 0 };
	list_view_clear_find(&s->list);
	change_filter(app, s);
}

static void sort(struct app *app, struct volunteers *s, bool reverse)
{
	AUTO_STRBUF order = { 0 };
	struct err e = { 0 };

	if (list_view_sort(app, &s->list, reverse, &e) != RC_OK || prepare(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	register_order_write(&s->list.order, &order);
	keep(app, KEEP_ORDER, &order);
}

/* Opening and loading ------------------------------------------------------------------------------------------------------------------ */

/* Who can't be put on a shift stands out. */
static void show_status(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	enum volunteer_status status = volunteer_status_from_key(list_text(l, i, source));

	register_cell(app->of, form_find(app->of->forms, "volunteer"), l, i, source, out);
	if (*style == STYLE_TEXT)
		*style = status == VOLUNTEER_ACTIVE ? STYLE_GOOD : status == VOLUNTEER_STOPPED ? STYLE_DIM : STYLE_WARNING;
}

static enum rc open_list(struct app *app, struct volunteers *s, const char *kept_order, struct err *e)
{
	struct view_column *columns;
	struct list_order order;
	struct list_spec *spec = arena_alloc(&s->columns, sizeof *spec);
	size_t n;
	enum rc rc;

	if ((rc = register_list_spec(app->of, s->form, &s->columns, spec, e)) != RC_OK ||
	    (rc = register_columns(app, s->form, &s->columns, &columns, &n, e)) != RC_OK ||
	    (rc = register_order_read(app, s->form, kept_order, &s->columns, &order, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (strcmp(s->form->columns[i].field->name, "status") == 0)
			columns[i].show = show_status;
	return list_view_open(app, &s->list, spec, columns, n, order, register_find_rule, (void *)s->form, e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct volunteers *s = state;
	AUTO_FREE char *filter = NULL;
	AUTO_FREE char *order = NULL;
	enum rc rc;

	s->form = form_find(app->of->forms, "volunteer");
	if ((rc = preference_get(app->of->st, app->of->me.id, KEEP_FILTER, &filter, e)) != RC_OK ||
	    (rc = preference_get(app->of->st, app->of->me.id, KEEP_ORDER, &order, e)) != RC_OK || (rc = open_list(app, s, order, e)) != RC_OK)
		return rc;
	if (args->text || filter)
		volunteers_filter_read(app, &s->filter, args->text ? args->text : filter);
	return apply_filter(app, s, e);
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct volunteers *s = state;
	enum rc rc;

	if ((rc = list_view_reload(app, &s->list, e)) != RC_OK || (rc = prepare(app, s, e)) != RC_OK)
		return rc;
	s->card_stale = true;
	return RC_OK;
}

/* The card follows the cursor when nobody types. */
static bool idle(struct app *app, void *state, bool *repaint)
{
	struct volunteers *s = state;
	struct err e = { 0 };

	if (!app->wide || (!s->card_stale && s->card_id == list_view_id(&s->list)))
		return list_view_idle(app, &s->list, repaint);
	if (load_card(app, s, &e) != RC_OK)
		app_fail(app, &e);
	*repaint = true;
	return true;
}

/* Keys ---------------------------------------------------------------------------------------------------------------------------------- */

/* Keys that lead to another screen. */
static struct next go(struct volunteers *s, enum action action)
{
	int64_t id = list_view_id(&s->list);

	s->list.finding = false;           /* what was typed goes on filtering */
	s->pushed = action;
	switch (action) {
	case ACT_OPEN:
		return next_push("volunteer", (struct screen_args){ .id = id });
	case ACT_NEW:
		return part_push("volunteer", 0, 0);
	case ACT_EDIT:
		return part_push("volunteer", id, 0);
	case ACT_LADDER:
		return part_push("volunteer-status", id, 0);
	case ACT_QUALIFICATION:
		return part_push("qualification", 0, id);
	case ACT_ABSENCE:
		return part_push("absence", 0, id);
	case ACT_WEEK:
		return next_push("volunteer-week", (struct screen_args){ .id = id });
	case ACT_HOURS:
		return next_push("service-record", (struct screen_args){ .id = id });
	case ACT_ROSTER:
		return next_push("roster", (struct screen_args){ 0 });
	case ACT_ATTENDANCE:
		return next_push("attendance", (struct screen_args){ 0 });
	case ACT_GAPS:
		return next_push("gaps", (struct screen_args){ 0 });
	case ACT_IMPORT:
		return next_push("volunteer-import", (struct screen_args){ 0 });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = "volunteer", .id = id });
	default:
		return next_pass();
	}
}

static struct next back(struct app *app, struct volunteers *s)
{
	struct err e = { 0 };
	bool used = list_view_escape(app, &s->list, &e);

	if (e.code != RC_OK)
		app_fail(app, &e);
	return used ? next_stay() : next_pass();
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct volunteers *s = state;

	switch (action) {
	case ACT_FIND:
		list_view_start_find(&s->list);
		return next_stay();
	case ACT_FILTER:
		if (volunteers_filter_choose(app, &s->filter))
			change_filter(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		clear_filter(app, s);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		sort(app, s, action == ACT_REVERSE);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, &s->list, "志愿者");
		return next_stay();
	case ACT_BACK:
		return back(app, s);
	default:
		return go(s, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct volunteers *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, &s->list, ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct volunteers *s = state;

	(void)app;
	return s->list.finding;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct volunteers *s = state;
	bool may_edit = office_may(app->of, MAY_VOLUNTEER_EDIT), row = list_view_id(&s->list) != 0;

	return (list_view_filtered(&s->list) ? WHEN_FILTERED : 0) | (may_edit ? WHEN_MAY_CREATE : 0) | (row ? WHEN_ROW : 0) |
	       (row && may_edit ? WHEN_MAY_EDIT : 0) | (row && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

/* Who was opened or added comes back under the cursor; certificates, absences and shifts bring back ids of their own. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct volunteers *s = state;

	(void)app;
	if (result_id && (s->pushed == ACT_OPEN || s->pushed == ACT_NEW || s->pushed == ACT_EDIT || s->pushed == ACT_LADDER))
		s->list.cursor_id = result_id;
	return false;
}

static void close_screen(struct app *app, void *state)
{
	struct volunteers *s = state;

	(void)app;
	list_view_close(&s->list);
	card_view_release(&s->card);
	arena_clear(&s->arena);
	arena_clear(&s->columns);
}

/* Painting -------------------------------------------------------------------------------------------------------------------------------- */

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct volunteers *s = state;
	struct rect inner = canvas_frame(c, list_area(app, area), STYLE_BORDER, "志愿者");

	list_view_draw(app, &s->list, c, inner, true);
	if (list_count(s->list.list) == 0 && list_complete(s->list.list))
		hint_draw(app, c, inner, &keys, list_view_filtered(&s->list) ? "按 {clear-filter} 显示全部，或按 {find} 换个词再找" : "按 {new} 登记第一位志愿者，或按 {import} 从 CSV 文件导入");
	if (app->wide)
		card_view_draw_framed(&s->card, c, card_area(app, area), "", false);
}

const struct screen_def volunteers_screen = {
	.name = "volunteers", .title = "志愿者", .reads = VOLUNTEER_READS,
	.state_size = sizeof(struct volunteers), .keys = &keys,
	.open = open_screen, .load = load, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .resume = resume, .idle = idle,
	.close = close_screen,
};
