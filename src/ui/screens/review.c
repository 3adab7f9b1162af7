/* 督办: what the head looks at, in five tabs: decisions to approve, outcomes, what is overdue, open objections, 六事核查.
 *
 * args.text  the tab to begin with: approve outcomes overdue objections checks; NULL: the first
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/issue_list.h"
#include "store/draft.h"
#include "ui/screen.h"
#include "ui/screens/review_checks.h"
#include "ui/screens/review_columns.h"
#include "ui/screens/review_filter.h"
#include "ui/widgets/issue_pane.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/tabs.h"

#define KEEP_FILTER "review.filter"
#define LIST_COLS_MIN 78          /* the outcomes' columns, beside an issue */

enum {
	WHEN_NOT_FINDING = WHEN_OWN,  /* arrows sideways belong to the text while it is typed */
	WHEN_LIST = WHEN_OWN << 1,    /* of issues: can be searched, sorted and written out */
	WHEN_NARROWED = WHEN_OWN << 2,/* a tab that the filter is for */
};

struct review_screen {
	enum review_tab tab;
	struct review_choice choice;
	struct list_view views[REVIEW_LISTS];
	bool outcomes_stale;          /* changed while another tab was looked at */
	struct review_totals totals;
	bool totals_due;
	struct issue_pane pane;       /* beside issues */
	struct card_view card;        /* beside decisions and objections */
	int64_t beside_id;            /* what either shows */
	bool beside_stale;
	struct review_checks checks;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l",        WHEN_ROW },
	{ ACT_OTHER_PANE,   "Tab Right",      WHEN_NOT_FINDING },
	{ ACT_PREV_PANE,    "Shift-Tab Left", WHEN_NOT_FINDING },
	{ ACT_FILTER,       "F7 f",           WHEN_NARROWED },
	{ ACT_CLEAR_FILTER, "F8 a",           WHEN_NARROWED | WHEN_FILTERED },
	{ ACT_FIND,         "/",              WHEN_LIST },
	{ ACT_SORT,         "F9 o",           WHEN_LIST },
	{ ACT_REVERSE,      "O",              WHEN_LIST },
	{ ACT_EXPORT,       "x",              WHEN_LIST | WHEN_MAY_EDIT },
};
static const struct keymap keys = { "review", binds, COUNT(binds) };

static const struct {
	const char *name, *title;
} tabs[REVIEW_TABS] = {
	[REVIEW_APPROVE]    = { "approve",    "待批" },
	[REVIEW_OUTCOMES]   = { "outcomes",   "成效" },
	[REVIEW_OVERDUE]    = { "overdue",    "逾期" },
	[REVIEW_OBJECTIONS] = { "objections", "异议" },
	[REVIEW_CHECKS]     = { "checks",     "六事核查" },
};

static bool is_list(const struct review_screen *s)
{
	return s->tab != REVIEW_CHECKS;
}

static bool is_of_issues(const struct review_screen *s)
{
	return s->tab == REVIEW_OUTCOMES || s->tab == REVIEW_OVERDUE;
}

/* Areas ------------------------------------------------------------------------------------------------------------------------------ */

/* Below the tabs, and below the sums of outcomes. */
static struct rect body_area(const struct app *app, const struct review_screen *s)
{
	int above = s->tab == REVIEW_OUTCOMES ? 2 : 1;
	struct rect r = app->area;

	r.row += above;
	r.rows -= above;
	return r;
}

static struct rect list_area(const struct app *app, const struct review_screen *s)
{
	struct rect r = body_area(app, s);

	if (app->wide) {
		int cols = r.cols * 3 / 5;

		r.cols = cols > LIST_COLS_MIN ? cols : LIST_COLS_MIN;
	}
	return r;
}

static struct rect beside_area(const struct app *app, const struct review_screen *s)
{
	struct rect r = body_area(app, s), left = list_area(app, s);

	r.col += left.cols - 1;
	r.cols -= left.cols - 1;
	return r;
}

/* Loading ---------------------------------------------------------------------------------------------------------------------------- */

static enum rc filter_outcomes(struct app *app, struct review_screen *s, struct err *e)
{
	struct review_filter f = review_choice_filter(app, &s->choice);
	struct list_filter filters[REVIEW_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	size_t n = review_filters(&f, &arena, filters);

	review_choice_words(app, &s->choice, &words);
	s->totals_due = true;
	review_checks_restart(&s->checks, &f);
	return list_view_filter(app, &s->views[REVIEW_OUTCOMES], filters, n, strbuf_str(&words), e);
}

/* What is overdue now is, whenever it was raised. */
static enum rc filter_overdue(struct app *app, struct review_screen *s, struct err *e)
{
	struct issue_filter f = ISSUE_FILTER_ALL;
	struct list_filter filters[ISSUE_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	size_t n;
	enum rc rc;

	f.overdue = true;
	f.grid_id = s->choice.grid.id;
	memcpy(f.category, s->choice.category, sizeof f.category);
	n = issue_filters(app->of, &f, &arena, filters);
	if ((rc = issue_filter_label(app->of, &f, &words, e)) != RC_OK)
		return rc;
	return list_view_filter(app, &s->views[REVIEW_OVERDUE], filters, n, strbuf_str(&words), e);
}

static enum rc prepare(struct app *app, struct review_screen *s, struct err *e)
{
	enum rc rc;

	s->beside_stale = true;
	if (!is_list(s)) {
		review_checks_layout(app, &s->checks, body_area(app, s));
		return RC_OK;
	}
	if (s->tab == REVIEW_OUTCOMES && s->outcomes_stale) {
		s->outcomes_stale = false;
		if ((rc = list_view_reload(app, &s->views[s->tab], e)) != RC_OK)
			return rc;
	}
	return list_view_prepare(app, &s->views[s->tab], list_area(app, s).rows - 2, e);
}

static void refresh(struct app *app, struct review_screen *s, enum rc rc, struct err *e)
{
	if (rc != RC_OK || prepare(app, s, e) != RC_OK)
		app_fail(app, e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct review_screen *s = state;
	AUTO_FREE char *kept = NULL;
	enum rc rc;

	for (int t = 0; args->text && t < REVIEW_TABS; t++)
		if (strcmp(args->text, tabs[t].name) == 0)
			s->tab = (enum review_tab)t;
	if ((rc = preference_get(app->of->st, app->of->me.id, KEEP_FILTER, &kept, e)) != RC_OK)
		return rc;
	if (kept)
		review_choice_read(app, &s->choice, kept);
	for (size_t i = 0; i < REVIEW_LISTS; i++) {
		const struct review_list *l = &review_lists[i];

		if ((rc = list_view_open(app, &s->views[i], l->spec, l->columns, l->n_columns, l->order, l->find, NULL, e)) != RC_OK)
			return rc;
	}
	rc = filter_outcomes(app, s, e);
	return rc == RC_OK ? filter_overdue(app, s, e) : rc;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct review_screen *s = state;
	struct review_filter f = review_choice_filter(app, &s->choice);
	enum rc rc;

	s->outcomes_stale = s->totals_due = true;
	review_checks_restart(&s->checks, &f);
	for (size_t i = 0; i < REVIEW_LISTS; i++)
		if (i != REVIEW_OUTCOMES && (rc = list_view_reload(app, &s->views[i], e)) != RC_OK)
			return rc;
	return prepare(app, s, e);
}

/* One thing a slice, what is looked at first. */
static bool load_beside(struct app *app, struct review_screen *s, struct err *e)
{
	int64_t id = list_view_id(&s->views[s->tab]);
	struct rect area = beside_area(app, s);

	if (!app->wide || (!s->beside_stale && s->beside_id == id))
		return false;
	s->beside_stale = false;
	s->beside_id = id;
	if (!is_of_issues(s)) {
		review_card_fill(app, s->tab, &s->views[s->tab], &s->card);
		card_view_layout_framed(&s->card, area);
		return true;
	}
	if (issue_pane_load(app, &s->pane, id, e) != RC_OK)
		app_fail(app, e);
	issue_pane_layout(&s->pane, area.rows - 2, area.cols - 2);
	return true;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct review_screen *s = state;
	struct review_filter f = review_choice_filter(app, &s->choice);
	struct err e = { 0 };

	if (!is_list(s))
		return review_checks_idle(app, &s->checks, body_area(app, s), repaint);
	if (load_beside(app, s, &e))
		return *repaint = true;
	if (s->tab == REVIEW_OUTCOMES && s->totals_due) {
		s->totals_due = false;
		if (review_totals(app->of, &f, &s->totals, &e) != RC_OK)
			app_fail(app, &e);
		return *repaint = true;
	}
	return list_view_idle(app, &s->views[s->tab], repaint);
}

/* Painting --------------------------------------------------------------------------------------------------------------------------- */

/* How many stand in a tab, where that is known without asking. */
static bool tab_count(const struct review_screen *s, enum review_tab tab, size_t *n)
{
	if (tab == REVIEW_OUTCOMES)
		return false;             /* the sums say more */
	*n = tab == REVIEW_CHECKS ? s->checks.total : list_count(s->views[tab].list);
	return tab == REVIEW_CHECKS ? s->checks.known : list_complete(s->views[tab].list);
}

static void draw_tabs(const struct review_screen *s, struct canvas *c, struct rect area)
{
	struct tab_name names[REVIEW_TABS];

	for (int t = 0; t < REVIEW_TABS; t++) {
		names[t] = (struct tab_name){ .title = tabs[t].title };
		names[t].counted = tab_count(s, (enum review_tab)t, &names[t].n);
	}
	tabs_draw(c, area, names, REVIEW_TABS, (size_t)s->tab);
}

static void draw_totals(const struct review_screen *s, struct canvas *c, struct rect area)
{
	const struct review_totals *t = &s->totals;
	AUTO_STRBUF text = { 0 };

	if (s->totals_due && t->issues == 0)
		strbuf_add(&text, " …");
	else
		strbuf_format(&text, " %lld 件 · 已结 %lld · 按期 %lld · 超期 %lld · 未办结已逾期 %lld · 满意 %lld/%lld · 重办 %lld", (long long)t->issues,
		              (long long)t->closed, (long long)t->on_time, (long long)t->late, (long long)t->overdue, (long long)t->satisfied,
		              (long long)t->rated, (long long)t->reopened);
	canvas_text(c, area.row + 1, area.col, area.cols, STYLE_STRONG, strbuf_str(&text));
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct review_screen *s = state;

	draw_tabs(s, c, area);
	if (!is_list(s)) {
		review_checks_draw(app, &s->checks, c, body_area(app, s));
		return;
	}
	if (s->tab == REVIEW_OUTCOMES)
		draw_totals(s, c, area);
	if (app->wide && is_of_issues(s))
		issue_pane_draw(&s->pane, c, beside_area(app, s));
	else if (app->wide)
		card_view_draw_framed(&s->card, c, beside_area(app, s), "所选", false);
	list_view_draw(app, &s->views[s->tab], c, canvas_frame(c, list_area(app, s), STYLE_BORDER, tabs[s->tab].title), true);
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static struct next open_row(const struct app *app, struct review_screen *s)
{
	struct list_view *v = is_list(s) ? &s->views[s->tab] : NULL;

	if (v == NULL)
		return review_checks_open(app, &s->checks, body_area(app, s));
	v->finding = false;
	switch (s->tab) {
	case REVIEW_APPROVE:
		return next_push("decision", (struct screen_args){ .id = list_view_id(v) });
	case REVIEW_OBJECTIONS:
		return next_push("decision", (struct screen_args){ .id = strtoll(list_text(v->list, v->cursor, REVIEW_OBJECTION_DECISION_ID), NULL, 10) });
	default:
		return next_push("issue", (struct screen_args){ .id = list_view_id(v) });
	}
}

static void change_filter(struct app *app, struct review_screen *s)
{
	AUTO_STRBUF line = { 0 };
	struct err e = { 0 };
	enum rc rc;

	review_choice_write(&s->choice, &line);
	if ((rc = filter_outcomes(app, s, &e)) == RC_OK && (rc = filter_overdue(app, s, &e)) == RC_OK)
		rc = preference_set(app->of->st, app->of->me.id, KEEP_FILTER, strbuf_str(&line), &e);
	refresh(app, s, rc, &e);
}

static void turn_to(struct app *app, struct review_screen *s, int step)
{
	struct err e = { 0 };

	s->tab = (enum review_tab)((s->tab + REVIEW_TABS + step) % REVIEW_TABS);
	refresh(app, s, RC_OK, &e);
}

/* Esc first leaves the findings, or takes away what was typed to find something. */
static struct next go_back(struct app *app, struct review_screen *s)
{
	struct err e = { 0 };

	if (!is_list(s))
		return review_checks_escape(app, &s->checks, body_area(app, s)) ? next_stay() : next_pass();
	if (!list_view_escape(app, &s->views[s->tab], &e))
		return next_pass();
	refresh(app, s, e.code, &e);
	return next_stay();
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct review_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		return open_row(app, s);
	case ACT_OTHER_PANE:
	case ACT_PREV_PANE:
		turn_to(app, s, action == ACT_OTHER_PANE ? 1 : -1);
		return next_stay();
	case ACT_FILTER:
		if (review_choice_ask(app, &s->choice))
			change_filter(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		s->choice = (struct review_choice){ .period = PERIOD_ALL };
		change_filter(app, s);
		return next_stay();
	case ACT_FIND:
		list_view_start_find(&s->views[s->tab]);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		refresh(app, s, list_view_sort(app, &s->views[s->tab], action == ACT_REVERSE, &e), &e);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, &s->views[s->tab], tabs[s->tab].title);
		return next_stay();
	case ACT_BACK:
		return go_back(app, s);
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct review_screen *s = state;
	struct err e = { 0 };

	if (!is_list(s))
		return review_checks_key(app, &s->checks, body_area(app, s), ev) ? next_stay() : next_pass();
	if (!list_view_key(app, &s->views[s->tab], ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct review_screen *s = state;

	(void)app;
	return is_list(s) && s->views[s->tab].finding;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct review_screen *s = state;
	const struct review_choice *c = &s->choice;
	bool row = is_list(s) ? list_view_id(&s->views[s->tab]) != 0 : review_checks_may_open(&s->checks);

	return (row ? WHEN_ROW : 0) | (typing(app, state) ? 0 : WHEN_NOT_FINDING) | (is_of_issues(s) ? WHEN_LIST : 0) |
	       (is_of_issues(s) || !is_list(s) ? WHEN_NARROWED : 0) | (office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0) |
	       (c->grid.id || c->category[0] || c->period != PERIOD_ALL ? WHEN_FILTERED : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct review_screen *s = state;

	(void)app;
	for (size_t i = 0; i < REVIEW_LISTS; i++)
		list_view_close(&s->views[i]);
	issue_pane_release(&s->pane);
	card_view_release(&s->card);
	review_checks_release(&s->checks);
}

const struct screen_def review_screen = {
	.name = "review", .title = "督办",
	.reads = ISSUE_PANE_READS | TBL_GRID | TBL_AGENDA_ITEM | TBL_AGENDA_ISSUE | TBL_INTEREST | TBL_MEETING | TBL_ATTENDEE | TBL_AGENDA_SLOT | TBL_RECUSAL |
	         TBL_BALLOT | TBL_DECISION | TBL_DECISION_TASK | TBL_NOTICE | TBL_OBJECTION,
	.state_size = sizeof(struct review_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .idle = idle,
	.close = close_screen,
};
