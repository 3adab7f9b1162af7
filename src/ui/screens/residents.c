/* 居民: find people by name, pinyin, telephone or address; filters always in words; beside the list the person under the cursor. */
#include <stdio.h>
#include <string.h>

#include "domain/register.h"
#include "domain/resident.h"
#include "ui/list_screen.h"
#include "ui/screens/resident_card.h"

struct residents {
	struct list_screen ls;        /* first */
	struct resident_card card;    /* the second pane; in one pane loaded when a key needs it */
	bool in_card;                 /* keys go to the second pane */
	int64_t marked;               /* the first of two records to merge; 0: none */
	char marked_name[96];
	bool merging;                 /* the screen that merges is above */
};

enum {
	WHEN_MERGE = WHEN_OWN, WHEN_PAIR = WHEN_OWN << 1, WHEN_IMPORT = WHEN_OWN << 2, WHEN_RAISE = WHEN_OWN << 3, WHEN_REVEAL = WHEN_OWN << 4,
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

static const struct list_key opens[] = {
	{ ACT_OPEN,    .screen = "resident",        .row = ROW_AS_ID, .returns = true },
	{ ACT_NEW,     .screen = "resident-edit",   .form = "resident", .returns = true },
	{ ACT_EDIT,    .screen = "resident-edit",   .form = "resident", .row = ROW_AS_ID, .returns = true },
	{ ACT_HISTORY, .screen = "history",         .form = "resident", .row = ROW_AS_ID },
	{ ACT_RAISE,   .screen = "issue-raise",     .row = ROW_AS_CONTEXT },
	{ ACT_IMPORT,  .screen = "resident-import" },
};

/* Filters ------------------------------------------------------------------------------------------------------------------------------ */

static struct list_filter by_grid(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app; (void)a;
	return resident_filter_grid(v->grid.id);
}

static struct list_filter by_status(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return resident_filter_status(v->code, a);
}

static struct list_filter by_care(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return resident_filter_care(v->code, a);
}

static const struct filter_kind filters[] = {
	{ .key = "grid",   .title = "网格",     .condition = by_grid },
	{ .key = "status", .title = "人员状态", .codes = "resident_status", .condition = by_status, .first = "present" },      /* those who live here */
	{ .key = "care",   .title = "关爱标签", .codes = "care_tag", .condition = by_care },
};

/* The panes ---------------------------------------------------------------------------------------------------------------------------- */

/* Dead and moved people stand out; those who live here need no word. */
static void show_status(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	const struct form *form = form_find(app->of->forms, "resident");

	if (strcmp(list_text(l, i, source), "present") == 0)
		return;
	register_cell(app->of, form, l, i, source, out);
	*style = STYLE_WARNING;
}

static enum rc load_beside(struct app *app, void *state, int64_t id, struct rect area, struct err *e)
{
	struct residents *s = state;
	enum rc rc = resident_card_load(app, &s->card, id, e);

	card_view_layout_framed(&s->card.view, area);
	return rc;
}

static void draw_beside(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct residents *s = state;

	(void)app;
	card_view_draw_framed(&s->card.view, c, area, s->card.id ? s->card.who.name : "", s->in_card);
}

static const struct list_screen_spec spec = {
	.name = "residents", .title = "居民", .empty = "按 {new} 新增一位，或请书记按 {import} 从 CSV 文件导入",
	.keys = &keys, .opens = opens, .n_opens = COUNT(opens), .filters = filters, .n_filters = COUNT(filters), .cols_min = 71,    /* with the care tags */
	.load_beside = load_beside, .draw_beside = draw_beside,
};

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct residents *s = state;

	(void)args;
	return list_screen_open_register(app, &s->ls, &spec, form_find(app->of->forms, "resident"), show_status, e);
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct residents *s = state;

	s->in_card = s->in_card && app->wide;
	return list_screen_load(app, state, e);
}

/* The card of the row under the cursor, for keys that need to know more than the row. NULL: said on the message line. */
static struct resident_card *present_card(struct app *app, struct residents *s)
{
	return list_screen_beside(app, s) ? &s->card : NULL;
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
		return list_screen_push(&s->ls, "household", (struct screen_args){ .id = card->who.household_id }, false);
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

static struct next merge(struct residents *s)
{
	s->merging = true;
	return list_screen_push(&s->ls, "resident-merge", (struct screen_args){ .id = s->marked, .context_id = list_view_id(&s->ls.view) }, true);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct residents *s = state;

	switch (action) {
	case ACT_FIND:
		s->in_card = false;
		return list_screen_act(app, state, action);
	case ACT_OPEN:
		s->ls.returns = false;
		return s->in_card ? resident_card_open(&s->card) : list_screen_act(app, state, action);
	case ACT_HOUSEHOLD:
		return to_household(app, s);
	case ACT_MERGE:
		return merge(s);
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
		if (!s->in_card)
			return list_screen_act(app, state, action);
		s->in_card = false;
		return next_stay();
	default:
		return list_screen_act(app, state, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct residents *s = state;

	if (ev->key == YK_CLICK)
		s->in_card = app->wide && card_view_key(&s->card.view, ev);
	if (s->in_card)
		return ev->key == YK_CLICK || card_view_key(&s->card.view, ev) ? next_stay() : next_pass();
	return list_screen_type(app, state, ev);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct residents *s = state;
	const struct office *of = app->of;
	int64_t id = list_view_id(&s->ls.view);
	unsigned w = list_screen_when(app, state);

	w |= office_may(of, MAY_RESIDENT_EDIT) ? WHEN_MAY_CREATE : 0;
	w |= office_may(of, MAY_RESIDENT_IMPORT) ? WHEN_IMPORT : 0;
	if (!id)
		return w;
	w |= office_may(of, MAY_RESIDENT_EDIT) ? WHEN_MAY_EDIT : 0;
	w |= office_may(of, MAY_RESIDENT_MERGE) ? WHEN_MERGE : 0;
	w |= office_may(of, MAY_RESIDENT_MERGE) && s->marked && s->marked != id ? WHEN_PAIR : 0;
	w |= office_may(of, MAY_ISSUE_RAISE) ? WHEN_RAISE : 0;
	w |= office_may(of, MAY_REVEAL) ? WHEN_REVEAL : 0;
	return w;
}

/* Who were merged are one now. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct residents *s = state;

	if (result_id && s->merging)
		s->marked = 0;
	s->merging = false;
	return list_screen_resume(app, state, result_id);
}

static enum rc leave(struct app *app, void *state, struct err *e)
{
	struct residents *s = state;

	return resident_card_hide(app, &s->card, e);
}

static void close_screen(struct app *app, void *state)
{
	struct residents *s = state;

	list_screen_close(app, state);
	resident_card_release(&s->card);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct residents *s = state;
	AUTO_STRBUF title = { 0 };

	strbuf_add(&title, spec.title);
	if (s->marked)
		strbuf_format(&title, " · 已标记 %s", s->marked_name);
	list_screen_draw_titled(app, state, c, area, strbuf_str(&title), !s->in_card);
}

const struct screen_def residents_screen = {
	.name = "residents", .title = "居民", .reads = CARD_READS,
	.state_size = sizeof(struct residents), .keys = &keys,
	.open = open_screen, .load = load, .draw = draw, .act = act, .when = when, .type = type, .typing = list_screen_typing, .resume = resume,
	.idle = list_screen_idle, .leave = leave, .close = close_screen,
};
