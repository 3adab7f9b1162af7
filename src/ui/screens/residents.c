/* 居民: find people by name, pinyin, telephone or address; filters always in words; beside the list the person under the cursor. */
#include <stdio.h>
#include <string.h>

#include "domain/register.h"
#include "domain/resident.h"
#include "store/draft.h"
#include "ui/screen.h"
#include "ui/screens/resident_card.h"
#include "ui/screens/residents_filter.h"
#include "ui/widgets/hint.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/register_columns.h"

#define KEEP_FILTER "residents.filter"
#define KEEP_ORDER "residents.order"
#define LIST_COLS_MIN 71          /* with the care tags */

struct residents {
	struct list_view list;
	struct arena arena;           /* of the list's columns and SQL */
	const struct form *form;
	struct residents_filter filter;
	struct resident_card card;    /* the second pane; in one pane loaded when a key needs it */
	bool card_stale;
	bool in_card;                 /* keys go to the second pane */
	enum action pushed;           /* what opened the screen above */
	int64_t marked;               /* the first of two records to merge; 0: none */
	char marked_name[96];
};

enum {
	WHEN_MERGE = WHEN_OWN, WHEN_PAIR = WHEN_OWN << 1, WHEN_IMPORT = WHEN_OWN << 2, WHEN_EXPORT = WHEN_OWN << 3, WHEN_RAISE = WHEN_OWN << 4,
	WHEN_REVEAL = WHEN_OWN << 5,
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_NEW,          "F2 N",    WHEN_MAY_CREATE },
	{ ACT_RAISE,        "F5 T",    WHEN_RAISE },
	{ ACT_EDIT,         "F4 E",    WHEN_MAY_EDIT },
	{ ACT_HOUSEHOLD,    "F6 b",    WHEN_ROW },
	{ ACT_FILTER,       "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "a",       WHEN_FILTERED },
	{ ACT_REVEAL,       "v",       WHEN_REVEAL },
	{ ACT_HISTORY,      "F3 h",    WHEN_ROW },
	{ ACT_OTHER_PANE,   "Tab",     WHEN_WIDE | WHEN_ROW },
	{ ACT_MARK,         "m",       WHEN_MERGE },
	{ ACT_MERGE,        "M",       WHEN_PAIR },
	{ ACT_IMPORT,       "F8 I",    WHEN_IMPORT },
	{ ACT_EXPORT,       "F9 x",    WHEN_EXPORT },
	{ ACT_SORT,         "o",       WHEN_ROW },
	{ ACT_REVERSE,      "O",       WHEN_ROW },
};
static const struct keymap keys = { "residents", binds, COUNT(binds) };

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

static enum rc prepare(struct app *app, struct residents *s, struct err *e)
{
	return list_view_prepare(app, &s->list, app->area.rows - 2, e);
}

static enum rc load_card(struct app *app, struct residents *s, struct err *e)
{
	enum rc rc = resident_card_load(app, &s->card, list_view_id(&s->list), e);

	s->card_stale = false;
	card_view_layout_framed(&s->card.view, card_area(app, app->area));
	return rc;
}

/* The card of the row under the cursor, for keys that need to know more than the row. NULL: said on the message line. */
static struct resident_card *present_card(struct app *app, struct residents *s)
{
	struct err e = { 0 };

	if ((s->card_stale || s->card.id != list_view_id(&s->list)) && load_card(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return NULL;
	}
	return s->card.id ? &s->card : NULL;
}

/* Filters and order ------------------------------------------------------------------------------------------------------------------ */

static enum rc apply_filter(struct app *app, struct residents *s, struct err *e)
{
	struct list_filter conditions[RESIDENTS_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	size_t n = residents_filter_conditions(&s->filter, &arena, conditions);
	enum rc rc;

	residents_filter_words(app, &s->filter, &words);
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

static void change_filter(struct app *app, struct residents *s)
{
	AUTO_STRBUF line = { 0 };
	struct err e = { 0 };

	if (apply_filter(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	residents_filter_write(&s->filter, &line);
	keep(app, KEEP_FILTER, &line);
}

static void clear_filter(struct app *app, struct residents *s)
{
	s->filter = (struct residents_filter){ 0 };
	list_view_clear_find(&s->list);
	change_filter(app, s);
}

static void sort(struct app *app, struct residents *s, bool reverse)
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

/* Dead and moved people stand out; those who live here need no word. */
static void show_status(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	const struct form *form = form_find(app->of->forms, "resident");

	if (strcmp(list_text(l, i, source), "present") == 0)
		return;
	register_cell(app->of, form, l, i, source, out);
	*style = STYLE_WARNING;
}

static enum rc open_list(struct app *app, struct residents *s, const char *kept_order, struct err *e)
{
	struct view_column *columns;
	struct list_order order;
	struct list_spec *spec = arena_alloc(&s->arena, sizeof *spec);
	size_t n;
	enum rc rc;

	if ((rc = register_list_spec(app->of, s->form, &s->arena, spec, e)) != RC_OK ||
	    (rc = register_columns(app, s->form, &s->arena, &columns, &n, e)) != RC_OK ||
	    (rc = register_order_read(app, s->form, kept_order, &s->arena, &order, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (strcmp(s->form->columns[i].field->name, "status") == 0)
			columns[i].show = show_status;
	return list_view_open(app, &s->list, spec, columns, n, order, register_find_rule, (void *)s->form, e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct residents *s = state;
	AUTO_FREE char *filter = NULL;
	AUTO_FREE char *order = NULL;
	enum rc rc;

	(void)args;
	s->form = form_find(app->of->forms, "resident");
	if ((rc = preference_get(app->of->st, app->of->me.id, KEEP_FILTER, &filter, e)) != RC_OK ||
	    (rc = preference_get(app->of->st, app->of->me.id, KEEP_ORDER, &order, e)) != RC_OK ||
	    (rc = open_list(app, s, order, e)) != RC_OK)
		return rc;
	s->filter = RESIDENTS_FILTER_FIRST;
	if (filter)
		residents_filter_read(app, &s->filter, filter);
	return apply_filter(app, s, e);
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct residents *s = state;
	enum rc rc;

	if ((rc = list_view_reload(app, &s->list, e)) != RC_OK || (rc = prepare(app, s, e)) != RC_OK)
		return rc;
	s->card_stale = true;
	s->in_card = s->in_card && app->wide;
	return RC_OK;
}

/* The card follows the cursor when nobody types: a held arrow key does not load every person that it passes. */
static bool idle(struct app *app, void *state, bool *repaint)
{
	struct residents *s = state;
	struct err e = { 0 };

	if (!app->wide || (!s->card_stale && s->card.id == list_view_id(&s->list)))
		return list_view_idle(app, &s->list, repaint);
	if (load_card(app, s, &e) != RC_OK)
		app_fail(app, &e);
	*repaint = true;
	return true;
}

/* Keys ---------------------------------------------------------------------------------------------------------------------------------- */

static void mark(struct app *app, struct residents *s)
{
	const struct resident_card *card = present_card(app, s);

	if (!card)
		return;
	if (s->marked == card->id) {
		s->marked = 0;
		app_say(app, "已取消标记");
		return;
	}
	s->marked = card->id;
	snprintf(s->marked_name, sizeof s->marked_name, "%s", card->who.name);
	app_say(app, "已标记 %s，再到同一个人的另一条记录上按「合并」", s->marked_name);
}

static struct next to_household(struct app *app, struct residents *s)
{
	const struct resident_card *card = present_card(app, s);

	if (card && card->who.household_id)
		return next_push("household", (struct screen_args){ .id = card->who.household_id });
	if (card)
		app_say(app, "%s 还没有登记住址，按「修改」选择所在户", card->who.name);
	return next_stay();
}

static void reveal(struct app *app, struct residents *s)
{
	struct resident_card *card = present_card(app, s);

	if (card && resident_card_masks(app, card))
		resident_card_reveal(app, card);
	else if (card)
		app_say(app, "%s 没有遮盖的内容", card->who.name);
}

/* Keys that lead to another screen. */
static struct next go(struct app *app, struct residents *s, enum action action)
{
	int64_t id = list_view_id(&s->list);

	s->list.finding = false;           /* what was typed goes on filtering */
	s->pushed = action;
	switch (action) {
	case ACT_OPEN:
		return s->in_card ? resident_card_open(&s->card) : next_push("resident", (struct screen_args){ .id = id });
	case ACT_NEW:
		return next_push("resident-edit", (struct screen_args){ .form = "resident" });
	case ACT_EDIT:
		return next_push("resident-edit", (struct screen_args){ .form = "resident", .id = id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = "resident", .id = id });
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ .context_id = id });
	case ACT_HOUSEHOLD:
		return to_household(app, s);
	case ACT_MERGE:
		return next_push("resident-merge", (struct screen_args){ .id = s->marked, .context_id = id });
	case ACT_IMPORT:
		return next_push("resident-import", (struct screen_args){ 0 });
	default:
		return next_pass();
	}
}

/* Out of the second pane, then out of what was typed to find somebody, then away. */
static struct next back(struct app *app, struct residents *s)
{
	struct err e = { 0 };
	bool used = s->in_card || list_view_escape(app, &s->list, &e);

	s->in_card = false;
	if (e.code != RC_OK)
		app_fail(app, &e);
	return used ? next_stay() : next_pass();
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct residents *s = state;

	switch (action) {
	case ACT_FIND:
		s->in_card = false;
		list_view_start_find(&s->list);
		return next_stay();
	case ACT_FILTER:
		if (residents_filter_choose(app, &s->filter))
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
		list_export(app, &s->list, "居民");
		return next_stay();
	case ACT_MARK:
		mark(app, s);
		return next_stay();
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_OTHER_PANE:
		s->in_card = !s->in_card && present_card(app, s);
		return next_stay();
	case ACT_BACK:
		return back(app, s);
	default:
		return go(app, s, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct residents *s = state;
	struct err e = { 0 };

	if (ev->key == YK_CLICK)
		s->in_card = app->wide && card_view_key(&s->card.view, ev);
	if (s->in_card)
		return ev->key == YK_CLICK || card_view_key(&s->card.view, ev) ? next_stay() : next_pass();
	if (!list_view_key(app, &s->list, ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct residents *s = state;

	(void)app;
	return s->list.finding;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct residents *s = state;
	const struct office *of = app->of;
	int64_t id = list_view_id(&s->list);
	unsigned w = app->wide ? WHEN_WIDE : 0;

	w |= list_view_filtered(&s->list) ? WHEN_FILTERED : 0;
	w |= office_may(of, MAY_RESIDENT_EDIT) ? WHEN_MAY_CREATE : 0;
	w |= office_may(of, MAY_RESIDENT_IMPORT) ? WHEN_IMPORT : 0;
	if (!id)
		return w;
	w |= WHEN_ROW;
	w |= office_may(of, MAY_RESIDENT_EDIT) ? WHEN_MAY_EDIT : 0;
	w |= office_may(of, MAY_RESIDENT_MERGE) ? WHEN_MERGE : 0;
	w |= office_may(of, MAY_RESIDENT_MERGE) && s->marked && s->marked != id ? WHEN_PAIR : 0;
	w |= office_may(of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0;
	w |= office_may(of, MAY_ISSUE_RAISE) ? WHEN_RAISE : 0;
	w |= office_may(of, MAY_REVEAL) ? WHEN_REVEAL : 0;
	return w;
}

/* A person who was opened, added or merged comes back under the cursor. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct residents *s = state;

	(void)app;
	if (result_id == 0 || s->pushed == ACT_RAISE || s->pushed == ACT_HOUSEHOLD)
		return false;
	s->list.cursor_id = result_id;
	if (s->pushed == ACT_MERGE)
		s->marked = 0;
	return false;
}

static enum rc leave(struct app *app, void *state, struct err *e)
{
	struct residents *s = state;

	return resident_card_hide(app, &s->card, e);
}

static void close_screen(struct app *app, void *state)
{
	struct residents *s = state;

	(void)app;
	list_view_close(&s->list);
	resident_card_release(&s->card);
	arena_clear(&s->arena);
}

/* Painting -------------------------------------------------------------------------------------------------------------------------------- */

static void draw_list(const struct app *app, const struct residents *s, struct canvas *c, struct rect area)
{
	AUTO_STRBUF title = { 0 };
	struct rect inner;

	strbuf_add(&title, "居民");
	if (s->marked)
		strbuf_format(&title, " · 已标记 %s", s->marked_name);
	inner = canvas_frame(c, area, STYLE_BORDER, strbuf_str(&title));
	list_view_draw(app, &s->list, c, inner, !s->in_card);
	if (list_count(s->list.list) > 0 || !list_complete(s->list.list))
		return;
	hint_draw(app, c, inner, &keys, list_view_filtered(&s->list) ?
	          "按 {clear-filter} 显示全部，或按 {find} 换个词再找" : "按 {new} 新增一位，或请书记按 {import} 从 CSV 文件导入");
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct residents *s = state;

	draw_list(app, s, c, list_area(app, area));
	if (app->wide)
		card_view_draw_framed(&s->card.view, c, card_area(app, area), s->card.id ? s->card.who.name : "", s->in_card);
}

const struct screen_def residents_screen = {
	.name = "residents", .title = "居民",
	.reads = CARD_READS,
	.state_size = sizeof(struct residents), .keys = &keys,
	.open = open_screen, .load = load, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .resume = resume, .idle = idle,
	.leave = leave, .close = close_screen,
};
