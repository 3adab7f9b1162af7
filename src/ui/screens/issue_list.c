/* 事项: the list of issues, its filters always in words with the number of hidden rows, and beside it the issue under the cursor.
 *
 * args.data  a struct issue_filter to begin with (from the workbench); NULL: the account's own, kept as a preference
 */
#include <stdio.h>
#include <string.h>

#include "domain/issue_list.h"
#include "ui/list_screen.h"
#include "ui/widgets/issue_find.h"
#include "ui/widgets/issue_pane.h"

struct issue_list_screen {
	struct list_screen ls;        /* first */
	struct issue_filter filter;
	struct issue_pane pane;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_RAISE,        "F2 N",    WHEN_MAY_CREATE },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_FILTER,       "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_SORT,         "F9 o",    WHEN_ALWAYS },
	{ ACT_REVERSE,      "O",       WHEN_ALWAYS },
	{ ACT_EXPORT,       "x",       WHEN_EXPORT },
};
static const struct keymap keys = { "issue-list", binds, COUNT(binds) };

static const struct list_key opens[] = {
	{ ACT_OPEN,  .screen = "issue", .row = ROW_AS_ID },
	{ ACT_RAISE, .screen = "issue-raise" },
};

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

_Static_assert(ISSUE_FILTERS_MAX <= LIST_CONDITIONS_MAX, "the conditions of an issue's filter must fit");

static enum rc conditions(const struct app *app, const void *state, struct arena *a, struct list_filter *out, size_t *n, struct strbuf *words,
                          struct err *e)
{
	const struct issue_list_screen *s = state;

	*n = issue_filters(app->of, &s->filter, a, out);
	return issue_filter_label(app->of, &s->filter, words, e);
}

static void read_filter(void *state, const char *line)
{
	struct issue_list_screen *s = state;

	issue_filter_read(&s->filter, line);
}

static void write_filter(const void *state, struct strbuf *out)
{
	const struct issue_list_screen *s = state;

	issue_filter_write(&s->filter, out);
}

static void clear_filter(void *state)
{
	struct issue_list_screen *s = state;

	s->filter = ISSUE_FILTER_ALL;
	s->filter.status = ISSUE_ALL;
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

static void choose_grid(struct app *app, struct issue_filter *f)
{
	struct grid_choice grid = { .id = f->grid_id };

	if (grid_choice_ask(app, &grid))
		f->grid_id = grid.id;
}

static bool choose_filter(struct app *app, void *state)
{
	struct issue_filter *f = &((struct issue_list_screen *)state)->filter;
	const char *const labels[] = {
		"步骤…", "状态…", "网格…", "分类…",
		f->mine ? "不限于我的" : "只看我的", f->overdue ? "不限于逾期" : "只看已逾期",
		f->today ? "不限于今天到期" : "只看今天到期", f->soon ? "不限于快到期" : "只看快到期",
	};

	switch (app_choose(app, "筛选", labels, COUNT(labels), 0)) {
	case 0: choose_phase(app, f); break;
	case 1: choose_status(app, f); break;
	case 2: choose_grid(app, f); break;
	case 3: filter_ask_code(app, "分类", "category", f->category, sizeof f->category); break;
	case 4: f->mine = !f->mine; break;
	case 5: f->overdue = !f->overdue; break;
	case 6: f->today = !f->today; break;
	case 7: f->soon = !f->soon; break;
	default: return false;
	}
	return true;
}

static const struct list_own_filter own_filter = {
	.read = read_filter, .write = write_filter, .clear = clear_filter, .choose = choose_filter, .conditions = conditions,
};

/* The screen ------------------------------------------------------------------------------------------------------------------------ */

static enum rc load_beside(struct app *app, void *state, int64_t id, struct rect area, struct err *e)
{
	struct issue_list_screen *s = state;
	enum rc rc = issue_pane_load(app, &s->pane, id, e);

	issue_pane_layout(&s->pane, area.rows - 2, area.cols - 2);
	return rc;
}

static void draw_beside(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct issue_list_screen *s = state;

	(void)app;
	issue_pane_draw(&s->pane, c, area);
}

static const struct list_screen_spec spec = {
	.name = "issue-list", .title = "事项", .keys = &keys, .opens = opens, .n_opens = COUNT(opens), .own_filter = &own_filter,
	.load_beside = load_beside, .draw_beside = draw_beside,
};

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_list_screen *s = state;

	s->ls.passing = args->data != NULL;
	s->filter = args->data ? *(const struct issue_filter *)args->data : ISSUE_FILTER_ALL;
	return list_screen_open(app, &s->ls, &spec, &issue_list_spec, columns, COUNT(columns), issue_orders[0].order, issue_find_rule, NULL, e);
}

static unsigned when(const struct app *app, const void *state)
{
	return list_screen_when(app, state) | (office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_MAY_CREATE : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct issue_list_screen *s = state;

	list_screen_close(app, state);
	issue_pane_release(&s->pane);
}

const struct screen_def issue_list_screen = {
	.name = "issue-list", .title = "事项",
	.reads = ISSUE_PANE_READS | TBL_GRID,
	.state_size = sizeof(struct issue_list_screen), .keys = &keys,
	LIST_SCREEN_FUNCTIONS, .open = open_screen, .draw = list_screen_draw, .act = list_screen_act, .when = when, .close = close_screen,
};
