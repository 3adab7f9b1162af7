/* 提事登记: log what somebody raises, or change what was logged; similar open issues stand beside it while one types.
 *
 * issue-raise  args.context_id a resident who is the reporter (0: not known yet)
 * issue-edit   args.id the issue
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/issue.h"
#include "domain/resident.h"
#include "ui/form_screen.h"
#include "ui/widgets/pager.h"

#define SIMILAR_MAX 8
#define STRIP_ROWS 6              /* of similar issues under the form, where there is no room beside it */

struct issue_form_screen {
	struct form_screen fs;        /* first */
	int64_t id;                   /* 0: a new one */
	char number[48];              /* given at saving */
	struct arena arena;           /* of `similar` and `reporter` */
	struct similar_issue *similar;
	size_t n_similar, cursor;
	bool stale;                   /* what `similar` depends on has changed */
	bool beside;                  /* the keys go to the similar issues */
	int64_t reporter_id;
	char *reporter;               /* one line about the chosen reporter; NULL */
};

enum { WHEN_SIMILAR = WHEN_OWN, WHEN_BESIDE = WHEN_OWN << 1, WHEN_FORM = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_SAVE,       "^S",        WHEN_ALWAYS },
	{ ACT_SUPPORT,    "Enter Z",   WHEN_BESIDE },
	{ ACT_OPEN,       "l",         WHEN_BESIDE },
	{ ACT_OTHER_PANE, "F6",        WHEN_SIMILAR },
	{ ACT_NEXT_FIELD, "Tab",       WHEN_FORM },
	{ ACT_PREV_FIELD, "Shift-Tab", WHEN_FORM },
	{ ACT_LEAVE,      "Esc F10",   WHEN_ALWAYS },
};
static const struct keymap keys = { "issue-form", binds, COUNT(binds) };

/* What the form says of the reporter -------------------------------------------------------------------------------------------- */

/* A known reporter brings the address where nothing else was typed, and a line about who it is. */
static enum rc take_reporter(struct app *app, struct issue_form_screen *s, struct err *e)
{
	const struct value *picked = form_view_value(app, s->fs.view, "reporter_id");
	int64_t id = picked && picked->kind == VALUE_NUMBER ? picked->number : 0;
	struct resident_summary who;
	AUTO_RECORD household = { 0 };
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF line = { 0 };
	struct value name = { 0 };
	enum rc rc;

	if (id == s->reporter_id)
		return RC_OK;
	s->reporter_id = id;
	free(s->reporter);
	s->reporter = NULL;
	if (id == 0)
		return RC_OK;
	if ((rc = resident_summary(app->of, id, &arena, &who, e)) != RC_OK)
		return rc;
	resident_summary_line(&who, &line);
	s->reporter = strbuf_take(&line);
	value_set_text(&name, who.name);
	form_view_set(app, s->fs.view, "reporter_name", &name, false);
	value_clear(&name);
	if (who.household_id == 0)
		return RC_OK;
	if ((rc = record_load(app->of->st, form_find(app->of->forms, "household"), who.household_id, &household, e)) != RC_OK)
		return rc;
	form_view_set(app, s->fs.view, "building_id", record_value(&household, "building_id"), false);
	form_view_set(app, s->fs.view, "unit", record_value(&household, "unit"), false);
	form_view_set(app, s->fs.view, "room", record_value(&household, "room"), false);
	return RC_OK;
}

/* A known reporter's name and phone need no typing: the cursor goes on to what does. */
static void pass_known(struct app *app, struct issue_form_screen *s)
{
	static const char *const known[] = { "reporter_name", "reporter_phone" };

	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(form_view_active_field(s->fs.view), known[i]) == 0)
			form_view_move(app, s->fs.view, 1);
}

static void reporter_changed(struct app *app, struct issue_form_screen *s)
{
	struct err e = { 0 };

	if (take_reporter(app, s, &e) != RC_OK)
		app_fail(app, &e);
	else if (s->reporter_id != 0)
		pass_known(app, s);
}

static enum rc find_similar(struct app *app, struct issue_form_screen *s, struct err *e)
{
	const struct value *category = form_view_value(app, s->fs.view, "category");
	const struct value *building = form_view_value(app, s->fs.view, "building_id");
	const struct value *title = form_view_value(app, s->fs.view, "title");
	int64_t building_id = building && building->kind == VALUE_NUMBER ? building->number : 0;

	s->similar = NULL;
	s->n_similar = 0;
	arena_clear(&s->arena);
	return issue_similar(app->of, category ? value_text(category) : "", building_id, title ? value_text(title) : "", s->id,
	                     SIMILAR_MAX, &s->arena, &s->similar, &s->n_similar, e);
}

/* Similar issues are looked for in idle time: typing never waits for them. */
static bool idle(struct app *app, void *state, bool *repaint)
{
	struct issue_form_screen *s = state;
	struct err e = { 0 };

	if (!s->stale)
		return false;
	s->stale = false;
	if (take_reporter(app, s, &e) != RC_OK || find_similar(app, s, &e) != RC_OK)
		app_fail(app, &e);
	if (s->cursor >= s->n_similar)
		s->cursor = 0;
	s->beside = s->beside && s->n_similar > 0;
	*repaint = true;
	return false;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------------ */

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	struct issue_form_screen *s = state;
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if (s->id != 0)
		return issue_edit(app->of, r, e);
	if ((rc = issue_raise(app->of, r, &number, e)) == RC_OK)
		snprintf(s->number, sizeof s->number, "%s", number);
	return rc;
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	struct issue_form_screen *s = state;

	app_say(app, s->id ? "已保存 %s 的修改" : "已保存 %s　按 r 看回执，F2 再登记一件", s->number);
	return s->id ? next_pop(s->id) : next_replace("issue", (struct screen_args){ .id = r->id });
}

static enum rc open_raise(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_form_screen *s = state;
	AUTO_RECORD initial = { 0 };

	record_init(&initial, form_find(app->of->forms, "issue"));
	if (args->context_id != 0)
		value_set_number(record_value(&initial, "reporter_id"), args->context_id);
	s->stale = true;
	return form_screen_open(app, &s->fs, &initial, 0, save, saved, "提事登记", e);
}

static enum rc open_edit(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_form_screen *s = state;
	AUTO_RECORD initial = { 0 };
	AUTO_ISSUE it = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if ((rc = issue_load(app->of, args->id, &it, e)) != RC_OK ||
	    (rc = record_load(app->of->st, form_find(app->of->forms, "issue"), args->id, &initial, e)) != RC_OK)
		return rc;
	s->id = args->id;
	snprintf(s->number, sizeof s->number, "%s", it.number);
	strbuf_format(&heading, "修改 %s", it.number);
	return form_screen_open(app, &s->fs, &initial, 0, save, saved, strbuf_str(&heading), e);
}

/* Painting ------------------------------------------------------------------------------------------------------------------------------- */

static int draw_text(struct canvas *c, struct rect area, int row, enum style style, const char *text)
{
	while (*text && row < area.rows) {
		size_t shown = 0;
		size_t step = text_wrap(text, area.cols - 2, &shown);
		AUTO_FREE char *line = mem_copy_n(text, shown);

		canvas_text(c, area.row + row++, area.col + 2, area.cols - 2, style, line);
		text += step;
	}
	return row;
}

/* One similar issue with its full text: a title alone is not enough to decide on. */
static int draw_similar_one(const struct app *app, const struct similar_issue *it, struct canvas *c, struct rect area, int row, bool selected, bool whole)
{
	AUTO_STRBUF when = { 0 };

	day_format_near(&when, day_of_instant(it->raised_at), app->today);
	canvas_text(c, area.row + row, area.col, area.cols, selected ? STYLE_SELECTED : STYLE_STRONG, it->title);
	if (++row < area.rows) {
		canvas_text(c, area.row + row, area.col, area.cols, STYLE_DIM, "");
		canvas_format(c, area.row + row++, area.col + 2, area.cols - 2, STYLE_DIM, "%s %s %s%s 附议%d %s", it->number, strbuf_str(&when),
		              phase_label(app->of, it->phase), it->status == STATUS_OPEN ? "" : status_label(app->of, it->status), it->supporters, it->place);
	}
	return whole ? draw_text(c, area, row, STYLE_TEXT, it->body) : row;
}

static void draw_similar(const struct app *app, const struct issue_form_screen *s, struct canvas *c, struct rect area, bool whole)
{
	AUTO_STRBUF title = { 0 };
	struct rect inner;
	int row = 0;

	strbuf_format(&title, s->n_similar ? "相似的未结事项 %zu（F6 选择附议）" : "没有相似的未结事项", s->n_similar);
	inner = canvas_frame(c, area, s->beside ? STYLE_STRONG : STYLE_BORDER, strbuf_str(&title));
	for (size_t i = s->beside ? s->cursor : 0; i < s->n_similar && row < inner.rows; i++)
		row = draw_similar_one(app, &s->similar[i], c, inner, row, s->beside && i == s->cursor, whole || (s->beside && i == s->cursor));
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct issue_form_screen *s = state;
	struct rect form = area, side = area;
	struct rect inner;

	if (app->wide) {
		form.cols = area.cols * 3 / 5;
		side.col += form.cols;
		side.cols -= form.cols;
		draw_similar(app, s, c, side, true);
	} else if (s->beside || s->n_similar > 0) {
		int strip = s->beside ? area.rows / 2 : STRIP_ROWS;

		form.rows -= strip;
		side.row += form.rows;
		side.rows = strip;
		draw_similar(app, s, c, side, false);
	}
	inner = canvas_frame(c, form, STYLE_BORDER, s->fs.heading);
	if (s->reporter) {
		canvas_text(c, inner.row, inner.col, inner.cols, STYLE_NOTICE, s->reporter);
		inner.row++;
		inner.rows--;
	}
	form_view_draw(app, s->fs.view, c, inner);
}

/* Keys ------------------------------------------------------------------------------------------------------------------------------------ */

static struct next act(struct app *app, void *state, enum action action)
{
	struct issue_form_screen *s = state;

	if (s->beside && (action == ACT_LEAVE || action == ACT_OTHER_PANE)) {
		s->beside = false;
		return next_stay();
	}
	switch (action) {
	case ACT_OTHER_PANE:
		s->beside = true;
		return next_stay();
	case ACT_SUPPORT:
		return next_push("issue-support", (struct screen_args){ .id = s->similar[s->cursor].id, .context_id = s->reporter_id });
	case ACT_OPEN:
		return next_push("issue", (struct screen_args){ .id = s->similar[s->cursor].id });
	default:
		return form_screen_act(app, state, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct issue_form_screen *s = state;
	struct next next;

	if (s->beside) {
		if (ev->key == YK_DOWN && s->cursor + 1 < s->n_similar)
			s->cursor++;
		else if (ev->key == YK_UP && s->cursor > 0)
			s->cursor--;
		return ev->key == YK_DOWN || ev->key == YK_UP ? next_stay() : next_pass();
	}
	next = form_screen_type(app, state, ev);
	if (s->fs.event != FORM_CHANGED)
		return next;
	s->stale = true;
	if (strcmp(form_view_changed_field(s->fs.view), "reporter_id") == 0)
		reporter_changed(app, s);
	return next;
}

static bool typing(const struct app *app, const void *state)
{
	const struct issue_form_screen *s = state;

	(void)app;
	return !s->beside;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct issue_form_screen *s = state;

	(void)app;
	return (s->n_similar ? WHEN_SIMILAR : 0) | (s->beside ? WHEN_BESIDE : WHEN_FORM);
}

/* Back from a picker's new record, or from 附议: then nothing is left to be logged here. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct issue_form_screen *s = state;
	struct err e = { 0 };

	s->stale = true;
	if (!s->beside)
		return form_screen_resume(app, state, result_id);
	if (result_id == 0)
		return false;
	if (form_view_drop_draft(app, s->fs.view, &e) != RC_OK)
		app_fail(app, &e);
	return true;
}

static void close_screen(struct app *app, void *state)
{
	struct issue_form_screen *s = state;

	form_screen_close(app, state);
	arena_clear(&s->arena);
	free(s->reporter);
}

#define ISSUE_FORM_FUNCTIONS \
	.state_size = sizeof(struct issue_form_screen), .keys = &keys, .types = true, .load = form_screen_load, .draw = draw, .act = act, .when = when, \
	.type = type, .typing = typing, .resume = resume, .idle = idle, .tick = form_screen_tick, .leave = form_screen_leave, \
	.status = form_screen_status, .close = close_screen

const struct screen_def issue_raise_screen = { .name = "issue-raise", .title = "提事登记", .open = open_raise, ISSUE_FORM_FUNCTIONS };
const struct screen_def issue_edit_screen = { .name = "issue-edit", .title = "修改事项", .open = open_edit, ISSUE_FORM_FUNCTIONS };
