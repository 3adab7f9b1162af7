/* 事项: the list of issues, its filters always in words with the number of hidden rows, and beside it the issue under the cursor.
 *
 * args.data  a struct issue_filter to begin with (from the workbench); NULL: the account's own, kept as a preference
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/issue_list.h"
#include "domain/place.h"
#include "store/draft.h"
#include "ui/screen.h"
#include "ui/widgets/grid_choice.h"
#include "ui/widgets/issue_find.h"
#include "ui/widgets/issue_pane.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/list_view.h"

#define KEEP_FILTER "issue-list.filter"

struct issue_list_screen {
	struct list_view view;
	struct issue_filter filter;
	bool own_filter;              /* the filter is the account's: changes are kept */
	struct issue_pane pane;
	int64_t pane_id;              /* what the pane should show */
	bool pane_stale;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_RAISE,        "F2 N",    WHEN_MAY_CREATE },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_FILTER,       "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_SORT,         "F9 o",    WHEN_ALWAYS },
	{ ACT_REVERSE,      "O",       WHEN_ALWAYS },
	{ ACT_EXPORT,       "x",       WHEN_MAY_EDIT },
};
static const struct keymap keys = { "issue-list", binds, COUNT(binds) };

/* Columns ---------------------------------------------------------------------------------------------------------------------- */

static void show_cell(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	issue_cell(app->of, l, i, (enum issue_column)source, out);
	if (issue_row_late(app->of, l, i) > 0 && (source == ISSUE_LATE || source == ISSUE_DUE))
		*style = STYLE_WARNING;
}

static const struct view_column columns[] = {
	{ .title = "编号",   .width_cols = 10, .source = ISSUE_NUMBER,   .order = "raised_at", .show = show_cell },
	{ .title = "标题",   .width_cols = 24, .source = ISSUE_TITLE,    .show = show_cell },
	{ .title = "网格",   .width_cols = 5,  .source = ISSUE_GRID,     .order = "grid_id",   .show = show_cell },
	{ .title = "状态",   .width_cols = 10, .source = ISSUE_STATE,    .show = show_cell },
	{ .title = "期限",   .width_cols = 6,  .source = ISSUE_DUE,      .order = "due_day",   .show = show_cell },
	{ .title = "逾期",   .width_cols = 9,  .source = ISSUE_LATE,     .show = show_cell },
	{ .title = "责任人", .width_cols = 0,  .source = ISSUE_HANDLER,  .show = show_cell },
};

/* Filters ------------------------------------------------------------------------------------------------------------------------ */

static enum rc apply_filter(struct app *app, struct issue_list_screen *s, struct err *e)
{
	struct list_filter filters[ISSUE_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	enum rc rc;
	size_t n = issue_filters(app->of, &s->filter, &arena, filters);

	if ((rc = issue_filter_label(app->of, &s->filter, &words, e)) != RC_OK ||
	    (rc = list_view_filter(app, &s->view, filters, n, strbuf_str(&words), e)) != RC_OK)
		return rc;
	s->pane_stale = true;
	return list_view_prepare(app, &s->view, app->area.rows - 2, e);
}

static void change_filter(struct app *app, struct issue_list_screen *s)
{
	struct err e = { 0 };
	AUTO_STRBUF line = { 0 };

	if (apply_filter(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	if (!s->own_filter)
		return;
	issue_filter_write(&s->filter, &line);
	if (preference_set(app->of->st, app->of->me.id, KEEP_FILTER, strbuf_str(&line), &e) != RC_OK)
		app_fail(app, &e);
}

static void choose_phase(struct app *app, struct issue_filter *f)
{
	const char *labels[PHASE_COUNT + 1] = { "不限步骤" };
	int chosen;

	for (int p = 0; p < PHASE_COUNT; p++)
		labels[p + 1] = phase_label(app->of, (enum phase)p);
	if ((chosen = app_choose(app, "步骤", labels, COUNT(labels), 0)) >= 0)
		f->phase = chosen == 0 ? ISSUE_ANY_PHASE : (enum phase)(chosen - 1);
}

static void choose_status(struct app *app, struct issue_filter *f)
{
	static const char *const labels[] = { "全部未结", "进行中", "挂起", "搁置", "已结", "未结和已结" };
	int chosen = app_choose(app, "状态", labels, COUNT(labels), (int)f->status);

	if (chosen >= 0)
		f->status = (enum issue_status_filter)chosen;
}

static void choose_category(struct app *app, struct issue_filter *f)
{
	const struct code_list *list = form_codes(app->of->forms, "category");
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, (list->n + 1) * sizeof *labels);
	int chosen;

	labels[0] = "不限分类";
	for (size_t i = 0; i < list->n; i++)
		labels[i + 1] = arena_format(&arena, "%s%s", list->codes[i].parent ? "  " : "", list->codes[i].label);
	if ((chosen = app_choose(app, "分类", labels, list->n + 1, 0)) >= 0)
		snprintf(f->category, sizeof f->category, "%s", chosen == 0 ? "" : list->codes[chosen - 1].code);
}

static void choose_grid(struct app *app, struct issue_filter *f)
{
	struct grid_choice grid = { .id = f->grid_id };

	if (grid_choice_ask(app, &grid))
		f->grid_id = grid.id;
}

static void choose_filter(struct app *app, struct issue_list_screen *s)
{
	struct issue_filter *f = &s->filter;
	const char *const labels[] = {
		"步骤…", "状态…", "网格…", "分类…",
		f->mine ? "不限于我的" : "只看我的", f->overdue ? "不限于逾期" : "只看已逾期",
		f->today ? "不限于今天到期" : "只看今天到期", f->soon ? "不限于快到期" : "只看快到期",
	};

	switch (app_choose(app, "筛选", labels, COUNT(labels), 0)) {
	case 0: choose_phase(app, f); break;
	case 1: choose_status(app, f); break;
	case 2: choose_grid(app, f); break;
	case 3: choose_category(app, f); break;
	case 4: f->mine = !f->mine; break;
	case 5: f->overdue = !f->overdue; break;
	case 6: f->today = !f->today; break;
	case 7: f->soon = !f->soon; break;
	default: return;
	}
	change_filter(app, s);
}

/* The screen ------------------------------------------------------------------------------------------------------------------------ */

static enum rc own_filter(struct app *app, struct issue_list_screen *s, struct err *e)
{
	AUTO_FREE char *kept = NULL;
	enum rc rc;

	s->own_filter = true;
	if ((rc = preference_get(app->of->st, app->of->me.id, KEEP_FILTER, &kept, e)) != RC_OK)
		return rc;
	if (kept)
		issue_filter_read(&s->filter, kept);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_list_screen *s = state;
	enum rc rc;

	s->filter = args->data ? *(const struct issue_filter *)args->data : ISSUE_FILTER_ALL;
	if (args->data == NULL && (rc = own_filter(app, s, e)) != RC_OK)
		return rc;
	if ((rc = list_view_open(app, &s->view, &issue_list_spec, columns, COUNT(columns), issue_orders[0].order, issue_find_rule, NULL, e)) != RC_OK)
		return rc;
	return apply_filter(app, s, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct issue_list_screen *s = state;
	enum rc rc;

	if ((rc = list_view_reload(app, &s->view, e)) != RC_OK)
		return rc;
	s->pane_stale = true;
	return list_view_prepare(app, &s->view, app->area.rows - 2, e);
}

static struct rect pane_area(const struct app *app, struct rect area)
{
	int left = app->wide ? area.cols * 3 / 5 : area.cols;

	return (struct rect){ area.row, area.col + left, area.rows, area.cols - left };
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct issue_list_screen *s = state;
	struct rect right = pane_area(app, area);
	struct rect left = area;

	left.cols -= right.cols;
	list_view_draw(app, &s->view, c, canvas_frame(c, left, STYLE_BORDER, "事项"), true);
	if (app->wide)
		issue_pane_draw(&s->pane, c, right);
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct issue_list_screen *s = state;
	struct rect right = pane_area(app, app->area);
	struct err e = { 0 };

	if (app->wide && (s->pane_stale || s->pane_id != list_view_id(&s->view))) {
		s->pane_stale = false;
		s->pane_id = list_view_id(&s->view);
		if (issue_pane_load(app, &s->pane, s->pane_id, &e) != RC_OK)
			app_fail(app, &e);
		issue_pane_layout(&s->pane, right.rows - 2, right.cols - 2);
		*repaint = true;
		return true;
	}
	return list_view_idle(app, &s->view, repaint);
}

static void sort_by(struct app *app, struct issue_list_screen *s, bool reverse)
{
	struct err e = { 0 };

	if (list_view_sort(app, &s->view, reverse, &e) != RC_OK ||
	    list_view_prepare(app, &s->view, app->area.rows - 2, &e) != RC_OK)
		app_fail(app, &e);
}

/* Esc first takes away what was typed to find something. */
static bool leave_find(struct app *app, struct issue_list_screen *s)
{
	struct err e = { 0 };
	bool used = list_view_escape(app, &s->view, &e);

	if (e.code != RC_OK)
		app_fail(app, &e);
	return used;
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct issue_list_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		s->view.finding = false;
		return next_push("issue", (struct screen_args){ .id = list_view_id(&s->view) });
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ 0 });
	case ACT_FIND:
		list_view_start_find(&s->view);
		return next_stay();
	case ACT_FILTER:
		choose_filter(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		s->filter = ISSUE_FILTER_ALL;
		s->filter.status = ISSUE_ALL;
		list_view_clear_find(&s->view);
		change_filter(app, s);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		sort_by(app, s, action == ACT_REVERSE);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, &s->view, "事项");
		return next_stay();
	case ACT_BACK:
		return leave_find(app, s) ? next_stay() : next_pass();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct issue_list_screen *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, &s->view, ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct issue_list_screen *s = state;

	(void)app;
	return s->view.finding;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct issue_list_screen *s = state;

	return (list_view_id(&s->view) ? WHEN_ROW : 0) | (office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_MAY_CREATE : 0) |
	       (office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0) | (list_view_filtered(&s->view) ? WHEN_FILTERED : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct issue_list_screen *s = state;

	(void)app;
	list_view_close(&s->view);
	issue_pane_release(&s->pane);
}

const struct screen_def issue_list_screen = {
	.name = "issue-list", .title = "事项",
	.reads = ISSUE_PANE_READS | TBL_GRID,
	.state_size = sizeof(struct issue_list_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .idle = idle,
	.close = close_screen,
};
