/* 工作台: what waits for me today, by role; Enter goes there.
 *
 * Groups stand under each other, each with its first rows; the cursor walks over headings and rows alike.
 */
#include "base/day.h"
#include "base/mem.h"
#include "domain/review.h"
#include "domain/workbench.h"
#include "ui/screen.h"
#include "ui/widgets/issue_pane.h"

#define ROWS_PER_GROUP 5

struct workbench_line {
	const struct workbench_group *group;
	const struct workbench_row *row;      /* NULL: the group's heading */
};

struct workbench_screen {
	struct arena arena;
	struct workbench bench;
	struct workbench_line *lines;         /* in the arena */
	size_t n, cursor, top;
	struct issue_pane pane;               /* beside the list where the terminal is wide */
	bool pane_stale;
	size_t checks_done, checks_sum;       /* 六事核查: counted so far since the last change, and what they found */
	size_t checks;                        /* at the last time that all were counted */
	bool checks_known;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,  "Enter l", WHEN_ROW },
	{ ACT_RAISE, "F2 N",    WHEN_MAY_CREATE },
};
static const struct keymap keys = { "workbench", binds, COUNT(binds) };

static void flatten(struct workbench_screen *s)
{
	size_t n = 0;

	for (size_t g = 0; g < s->bench.n; g++)
		n += 1 + s->bench.groups[g].n_rows;
	s->lines = arena_alloc(&s->arena, n * sizeof *s->lines);
	s->n = 0;
	for (size_t g = 0; g < s->bench.n; g++) {
		const struct workbench_group *group = &s->bench.groups[g];

		s->lines[s->n++] = (struct workbench_line){ .group = group };
		for (size_t i = 0; i < group->n_rows; i++)
			s->lines[s->n++] = (struct workbench_line){ .group = group, .row = &group->rows[i] };
	}
	if (s->cursor >= s->n)
		s->cursor = s->n ? s->n - 1 : 0;
}

/* The issue under the cursor; 0 on a heading and on what is no issue. */
static int64_t issue_under_cursor(const struct workbench_screen *s)
{
	const struct workbench_line *line = s->n ? &s->lines[s->cursor] : NULL;

	return line && line->row && (line->group->target == WORKBENCH_ISSUES || line->group->target == WORKBENCH_ACTIONS) ? line->row->id : 0;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct workbench_screen *s = state;
	enum rc rc;

	arena_clear(&s->arena);
	s->bench = (struct workbench){ 0 };
	s->n = 0;
	if ((rc = workbench_load(app->of, ROWS_PER_GROUP, &s->arena, &s->bench, e)) != RC_OK)
		return rc;
	flatten(s);
	s->pane_stale = true;
	s->checks_done = s->checks_sum = 0;
	return RC_OK;
}

static void draw_heading(const struct workbench_screen *s, const struct workbench_group *g, struct canvas *c, struct rect line, bool selected)
{
	size_t count = g->uncounted ? s->checks : g->count;
	bool alarm = g->urgent && count > 0;
	enum style style = selected ? STYLE_SELECTED : alarm ? STYLE_URGENT : count ? STYLE_HEADING : STYLE_DIM;

	canvas_text(c, line.row, line.col, line.cols, style, "");
	if (g->uncounted && !s->checks_known)
		canvas_format(c, line.row, line.col + 1, line.cols - 2, style, "%s …", g->label);
	else
		canvas_format(c, line.row, line.col + 1, line.cols - 2, style, "%s %zu", g->label, count);
}

static void draw_row(const struct workbench_row *r, struct canvas *c, struct rect line, bool selected)
{
	enum style style = selected ? STYLE_SELECTED : r->late > 0 ? STYLE_WARNING : STYLE_TEXT;
	int number_cols = 12, grid_cols = 4, note_cols = line.cols < 70 ? 16 : 22;
	int title_cols = line.cols - 6 - number_cols - grid_cols - note_cols;
	int col;

	canvas_text(c, line.row, line.col, line.cols, style, "");
	col = canvas_text(c, line.row, line.col + 3, number_cols, style, r->number);
	col = canvas_text(c, line.row, col, title_cols, style, r->title);
	col = canvas_text(c, line.row, col + 1, grid_cols, style, r->grid);
	canvas_text(c, line.row, col + 1, note_cols, style, r->note);
}

static void draw_list(const struct workbench_screen *s, struct canvas *c, struct rect area)
{
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, "工作台");
	size_t top = s->top;

	if (s->cursor < top)
		top = s->cursor;
	if (s->cursor >= top + (size_t)inner.rows)
		top = s->cursor - (size_t)inner.rows + 1;
	for (int i = 0; i < inner.rows && top + (size_t)i < s->n; i++) {
		const struct workbench_line *line = &s->lines[top + (size_t)i];
		struct rect row = { inner.row + i, inner.col, 1, inner.cols };
		bool selected = top + (size_t)i == s->cursor;

		if (line->row)
			draw_row(line->row, c, row, selected);
		else
			draw_heading(s, line->group, c, row, selected);
	}
}

static struct rect pane_area(struct rect area)
{
	int left = area.cols * 55 / 100;

	return (struct rect){ area.row, area.col + left, area.rows, area.cols - left };
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct workbench_screen *s = state;
	struct rect left = area, right;

	if (!app->wide) {
		draw_list(s, c, area);
		return;
	}
	right = pane_area(area);
	left.cols -= right.cols;
	draw_list(s, c, left);
	issue_pane_draw(&s->pane, c, right);
}

/* One check of 六事核查 a slice, of the last twelve months; the number on the screen stays until all have been counted anew. */
static bool count_checks(struct app *app, struct workbench_screen *s, bool *repaint)
{
	struct review_filter recent = review_filter_recent(app->of);
	struct err e = { 0 };
	size_t found = 0;

	if (!office_may(app->of, MAY_REVIEW) || s->checks_done >= review_check_count())
		return false;
	if (review_count(app->of, s->checks_done++, &recent, &found, &e) != RC_OK)
		app_fail(app, &e);
	s->checks_sum += found;
	if (s->checks_done < review_check_count())
		return true;
	*repaint = !s->checks_known || s->checks != s->checks_sum;
	s->checks = s->checks_sum;
	s->checks_known = true;
	return false;
}

/* The pane is loaded in idle time, so that moving the cursor never waits for it. */
static bool idle(struct app *app, void *state, bool *repaint)
{
	struct workbench_screen *s = state;
	struct err e = { 0 };

	if (!s->pane_stale || !app->wide)
		return count_checks(app, s, repaint);
	s->pane_stale = false;
	if (issue_pane_load(app, &s->pane, issue_under_cursor(s), &e) != RC_OK)
		app_fail(app, &e);
	issue_pane_layout(&s->pane, pane_area(app->area).rows - 2, pane_area(app->area).cols - 2);
	*repaint = true;
	return true;
}

static struct next open_line(const struct workbench_screen *s)
{
	const struct workbench_line *line = &s->lines[s->cursor];
	struct screen_args to = { .id = line->row ? line->row->id : 0 };

	switch (line->group->target) {
	case WORKBENCH_DRAFTS:
		return next_push("drafts", to);
	case WORKBENCH_REVIEW:
		return line->row ? next_push("decision", to) : next_push("review", (struct screen_args){ .text = line->group->tab });
	case WORKBENCH_ROSTER:
		return next_push(line->row ? "roster" : "gaps", to);
	case WORKBENCH_ATTENDANCE:
		to.id = line->group->n_rows ? line->group->rows[line->row ? line->row - line->group->rows : 0].id : 0;
		return next_push("attendance", to);
	case WORKBENCH_WELFARE:
		return next_push(line->row ? "welfare-check" : "welfare", to);
	case WORKBENCH_DOORS:
		line = line->row || line->group->n_rows == 0 ? line : line + 1;
		return next_push("doors", line->row ? (struct screen_args){ .id = line->row->id, .text = line->row->meal } : to);
	case WORKBENCH_VOLUNTEERS:
		return line->row ? next_push("volunteer", to) : next_push("volunteers", (struct screen_args){ .text = line->group->tab });
	case WORKBENCH_SETTLEMENT:
		return next_push("settlement", to);
	default:
		return line->row ? next_push("issue", (struct screen_args){ .id = line->row->id, .context_id = line->row->action_id })
		                 : next_push("issue-list", (struct screen_args){ .data = &line->group->filter });
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct workbench_screen *s = state;

	(void)app;
	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ 0 });
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct workbench_screen *s = state;
	size_t page = app->rows > 8 ? (size_t)app->rows - 7 : 1;
	size_t last = s->n ? s->n - 1 : 0;
	size_t at = s->cursor;

	switch (ev->key) {
	case YK_UP: case YK_WHEEL_UP: case 'k': at = at ? at - 1 : 0; break;
	case YK_DOWN: case YK_WHEEL_DOWN: case 'j': at = at < last ? at + 1 : last; break;
	case YK_PGUP: at = at > page ? at - page : 0; break;
	case YK_PGDN: at = at + page < last ? at + page : last; break;
	case YK_HOME: case 'g': at = 0; break;
	case YK_END: case 'G': at = last; break;
	default: return next_pass();
	}
	if (at < s->top)
		s->top = at;
	if (at >= s->top + page)
		s->top = at - page + 1;
	s->pane_stale = s->pane_stale || at != s->cursor;
	s->cursor = at;
	return next_stay();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct workbench_screen *s = state;

	return (s->n ? WHEN_ROW : 0) | (office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_MAY_CREATE : 0) | (app->wide ? WHEN_WIDE : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct workbench_screen *s = state;

	(void)app;
	arena_clear(&s->arena);
	issue_pane_release(&s->pane);
}

const struct screen_def workbench_screen = {
	.name = "workbench", .title = "工作台",
	.reads = WORKBENCH_READS | ISSUE_PANE_READS,
	.state_size = sizeof(struct workbench_screen), .keys = &keys,
	.load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
