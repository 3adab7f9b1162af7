/* 六事核查 on the head's screen. */
#include "ui/screens/review_checks.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define FINDINGS_MAX 500
#define CHECKS_COLS 38            /* of the checks' pane where both stand side by side */
#define HELP_ROWS_MAX 3

static size_t check_under_cursor(const struct review_checks *r)
{
	return r->checks.cursor < review_check_count() ? r->checks.cursor : 0;
}

static struct rect checks_area(const struct app *app, struct rect area)
{
	if (app->wide)
		area.cols = CHECKS_COLS;
	return area;
}

static struct rect found_area(const struct app *app, struct rect area)
{
	if (app->wide) {
		area.col += CHECKS_COLS - 1;
		area.cols -= CHECKS_COLS - 1;
	}
	return area;
}

/* Rows that the help of a check takes above its findings. */
static int help_rows(const char *help, int cols)
{
	int rows = 0;
	size_t shown;

	for (const char *s = help; *s && rows < HELP_ROWS_MAX; rows++)
		s += text_wrap(s, cols, &shown);
	return rows;
}

static void fill_checks(struct review_checks *r)
{
	card_view_clear(&r->checks);
	for (size_t i = 0; i < review_check_count(); i++) {
		char text[32] = "…";

		if (i < r->counted)
			snprintf(text, sizeof text, "%zu", r->counts[i]);
		card_view_fact(&r->checks, review_check_at(i)->label, text, i < r->counted && r->counts[i] > 0 ? STYLE_WARNING : STYLE_TEXT, 0, (int)i);
	}
}

void review_checks_restart(struct review_checks *r, const struct review_filter *f)
{
	r->filter = *f;
	r->counted = 0;
	r->shown = 0;
	if (r->checks.n == 0)
		fill_checks(r);
}

void review_checks_release(struct review_checks *r)
{
	card_view_release(&r->checks);
	card_view_release(&r->found);
	arena_clear(&r->arena);
}

void review_checks_layout(const struct app *app, struct review_checks *r, struct rect area)
{
	struct rect right = found_area(app, area);
	int help = help_rows(review_check_at(check_under_cursor(r))->help, right.cols - 4);

	card_view_layout_framed(&r->checks, checks_area(app, area));
	right.row += help;
	right.rows -= help;
	card_view_layout_framed(&r->found, right);
}

/* Counting and loading ---------------------------------------------------------------------------------------------------------------- */

static void fill_found(struct review_checks *r)
{
	card_view_clear(&r->found);
	for (size_t i = 0; i < r->n; i++) {
		AUTO_STRBUF text = { 0 };

		strbuf_format(&text, "%s %s\n%s", r->findings[i].number, r->findings[i].title, r->findings[i].what);
		card_view_line(&r->found, strbuf_str(&text), STYLE_TEXT, r->findings[i].id, 0);
	}
}

static enum rc load_found(struct app *app, struct review_checks *r, struct err *e)
{
	size_t check = check_under_cursor(r);
	enum rc rc;

	r->findings = NULL;
	r->n = 0;
	r->shown = check + 1;         /* also after a failure, which would come again */
	arena_clear(&r->arena);
	rc = review_findings(app->of, check, &r->filter, FINDINGS_MAX, &r->arena, &r->findings, &r->n, e);
	fill_found(r);
	return rc;
}

static void all_counted(struct review_checks *r)
{
	r->known = true;
	r->total = 0;
	for (size_t i = 0; i < r->counted; i++)
		r->total += r->counts[i];
	fill_checks(r);
}

static enum rc count_next(struct app *app, struct review_checks *r, struct err *e)
{
	size_t check = r->counted++;
	enum rc rc = review_count(app->of, check, &r->filter, &r->counts[check], e);

	if (r->counted == review_check_count())
		all_counted(r);
	return rc;
}

bool review_checks_idle(struct app *app, struct review_checks *r, struct rect area, bool *repaint)
{
	bool wanted = r->shown != check_under_cursor(r) + 1 && (app->wide || r->inside);
	struct err e = { 0 };
	enum rc rc;

	if (!wanted && r->counted >= review_check_count())
		return false;
	rc = wanted ? load_found(app, r, &e) : count_next(app, r, &e);
	if (rc != RC_OK)
		app_fail(app, &e);
	review_checks_layout(app, r, area);
	*repaint = true;
	return true;
}

/* Keys -------------------------------------------------------------------------------------------------------------------------------- */

bool review_checks_key(const struct app *app, struct review_checks *r, struct rect area, const struct key_event *ev)
{
	size_t before = r->checks.cursor;
	bool used;

	if (ev->key == YK_CLICK && app->wide)
		r->inside = ev->col >= found_area(app, area).col;
	used = card_view_key(r->inside ? &r->found : &r->checks, ev);
	if (r->checks.cursor != before) {
		r->found.cursor = 0;
		review_checks_layout(app, r, area);
	}
	return used;
}

bool review_checks_may_open(const struct review_checks *r)
{
	return !r->inside || (r->shown == check_under_cursor(r) + 1 && r->found.cursor < r->n);
}

struct next review_checks_open(const struct app *app, struct review_checks *r, struct rect area)
{
	static const char *const screens[] = { [REVIEW_ISSUE] = "issue", [REVIEW_MEETING] = "meeting", [REVIEW_DECISION] = "decision" };

	if (!r->inside) {
		r->inside = true;
		review_checks_layout(app, r, area);
		return next_stay();
	}
	return next_push(screens[review_check_at(check_under_cursor(r))->subject], (struct screen_args){ .id = r->findings[r->found.cursor].id });
}

bool review_checks_escape(const struct app *app, struct review_checks *r, struct rect area)
{
	bool was_inside = r->inside;

	r->inside = false;
	review_checks_layout(app, r, area);
	return was_inside;
}

/* Painting ---------------------------------------------------------------------------------------------------------------------------- */

static void draw_found(const struct app *app, const struct review_checks *r, struct canvas *c, struct rect area)
{
	const struct review_check *check = review_check_at(check_under_cursor(r));
	bool there = r->shown == check_under_cursor(r) + 1;
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, check->label);
	const char *s = check->help;

	(void)app;
	inner.col++;
	inner.cols -= 2;
	for (int row = 0; *s && row < HELP_ROWS_MAX; row++) {
		size_t shown, used = text_wrap(s, inner.cols, &shown);
		AUTO_FREE char *line = mem_copy_n(s, shown);

		canvas_put(c, inner.row++, inner.col, inner.cols, STYLE_DIM, line);
		inner.rows--;
		s += used;
	}
	if (there && r->n > 0)
		card_view_draw(&r->found, c, inner, r->inside);
	else
		canvas_put(c, inner.row + 1, inner.col, inner.cols, STYLE_DIM, there ? "没有发现" : "正在查…");
}

void review_checks_draw(const struct app *app, const struct review_checks *r, struct canvas *c, struct rect area)
{
	if (app->wide || r->inside)
		draw_found(app, r, c, found_area(app, area));
	if (app->wide || !r->inside)
		card_view_draw_framed(&r->checks, c, checks_area(app, area), "六事核查", !r->inside);
}
