/* 我的草稿: what this account typed and has not saved. args.id the draft to point at; 0: the newest. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/issue_flow.h"
#include "store/draft.h"
#include "ui/form_screen.h"
#include "ui/screens/part.h"

struct drafts_screen {
	struct draft *drafts;
	size_t n, cursor, top;
	int64_t point_id;             /* to put the cursor on when it is loaded; 0: keep */
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,   "Enter l", WHEN_ROW },
	{ ACT_DELETE, "D",       WHEN_ROW },
};
static const struct keymap keys = { "drafts", binds, COUNT(binds) };

static void release(struct drafts_screen *s)
{
	for (size_t i = 0; i < s->n; i++)
		draft_release(&s->drafts[i]);
	free(s->drafts);
	s->drafts = NULL;
	s->n = 0;
}

static int visible_rows(const struct app *app)
{
	return app->area.rows > 4 ? app->area.rows - 4 : 1;    /* frame, heading, foot */
}

static void show_cursor(const struct app *app, struct drafts_screen *s)
{
	size_t rows = (size_t)visible_rows(app);

	if (s->cursor >= s->n)
		s->cursor = s->n > 0 ? s->n - 1 : 0;
	if (s->cursor < s->top)
		s->top = s->cursor;
	if (s->cursor >= s->top + rows)
		s->top = s->cursor - rows + 1;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct drafts_screen *s = state;
	int64_t keep = s->point_id ? s->point_id : s->cursor < s->n ? s->drafts[s->cursor].id : 0;
	struct draft *drafts = NULL;
	size_t n = 0;
	enum rc rc;

	if ((rc = draft_list(app->of->st, app->of->me.id, &drafts, &n, e)) != RC_OK)
		return rc;
	release(s);
	s->drafts = drafts;
	s->n = n;
	s->point_id = 0;
	for (size_t i = 0; i < n; i++)
		if (drafts[i].id == keep)
			s->cursor = i;
	show_cursor(app, s);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct drafts_screen *s = state;

	(void)app; (void)e;
	s->point_id = args->id;
	return RC_OK;
}

/* The step whose form the draft was typed into: only one that can still be taken. NULL if there is none. */
static const char *transition_of(struct app *app, const struct draft *d)
{
	struct offer offers[TRANSITIONS_MAX];
	AUTO_ISSUE issue = { 0 };
	struct err e = { 0 };
	size_t n;

	if (d->context_id == 0 || issue_load(app->of, d->context_id, &issue, &e) != RC_OK)
		return NULL;
	n = issue_transitions(app->of, &issue, offers, TRANSITIONS_MAX);
	for (size_t i = 0; i < n; i++)
		if (offers[i].allowed && offers[i].transition->form && strcmp(offers[i].transition->form, d->form) == 0)
			return offers[i].transition->name;
	return NULL;
}

/* The screen that the draft was typed in; it offers the draft itself. */
static struct next open_draft(struct app *app, const struct draft *d)
{
	static const struct {
		const char *form, *screen;        /* a screen of what the draft belongs to */
	} of_context[] = { { "support", "issue-support" }, { "ballot", "ballot" } };
	const struct form *form = form_find(app->of->forms, d->form);
	const char *transition, *part;

	if (d->elsewhere) {
		app_warn(app, DRAFT_ELSEWHERE);
		return next_stay();
	}
	if (form == NULL) {
		app_warn(app, "这张表单已经没有了，草稿只能丢掉");
		return next_stay();
	}
	if (strcmp(d->form, "issue") == 0)
		return next_push(d->record_id ? "issue-edit" : "issue-raise", (struct screen_args){ .id = d->record_id });
	for (size_t i = 0; i < COUNT(of_context); i++)
		if (strcmp(d->form, of_context[i].form) == 0)
			return next_push(of_context[i].screen, (struct screen_args){ .id = d->context_id });
	if ((part = part_of_form(d->form)) != NULL)
		return part_push(part, d->record_id, d->context_id);
	if (strcmp(form->table, form->name) == 0 && form->roles_edit[0])
		return next_push(form_screen_for(form->name),
		                 (struct screen_args){ .form = form->name, .id = d->record_id, .context_id = d->context_id });
	if ((transition = transition_of(app, d)) != NULL)
		return next_push("issue-step", (struct screen_args){ .id = d->context_id, .text = transition, .context_id = d->record_id });
	app_warn(app, "这件事项已经往前走了，这份草稿用不上了");
	return next_stay();
}

static struct next discard(struct app *app, struct drafts_screen *s)
{
	struct err e = { 0 };

	if (!app_ask(app, "丢掉这份草稿？填写的内容不能找回"))
		return next_stay();
	if (draft_drop(app->of->st, s->drafts[s->cursor].id, &e) != RC_OK || load_screen(app, s, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "草稿已丢掉");
	return next_stay();
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct drafts_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return open_draft(app, &s->drafts[s->cursor]);
	case ACT_DELETE:
		return discard(app, s);
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct drafts_screen *s = state;
	size_t page = (size_t)visible_rows(app), last = s->n > 0 ? s->n - 1 : 0;

	switch (ev->key) {
	case YK_UP: case YK_WHEEL_UP: case 'k':
		s->cursor -= s->cursor > 0;
		break;
	case YK_DOWN: case YK_WHEEL_DOWN: case 'j':
		s->cursor += s->cursor < last;
		break;
	case YK_PGUP:
		s->cursor = s->cursor > page ? s->cursor - page : 0;
		break;
	case YK_PGDN:
		s->cursor = s->cursor + page < last ? s->cursor + page : last;
		break;
	case YK_HOME: case 'g':
		s->cursor = 0;
		break;
	case YK_END: case 'G':
		s->cursor = last;
		break;
	default:
		return next_pass();
	}
	show_cursor(app, s);
	return next_stay();
}

static void draw_row(const struct app *app, const struct draft *d, struct canvas *c, struct rect line, bool chosen)
{
	enum style style = chosen ? STYLE_SELECTED : STYLE_TEXT;
	const struct form *form = form_find(app->of->forms, d->form);
	int title_cols = line.cols - 19 - 9 > 10 ? line.cols - 19 - 9 : line.cols;
	AUTO_STRBUF when = { 0 };
	AUTO_STRBUF title = { 0 };
	int col;

	instant_format(&when, d->updated_at);
	strbuf_format(&title, "%s%s%s", form ? form->title : d->form, text_is_blank(d->title) ? "" : "：", d->title);
	canvas_fill(c, line, style);
	col = canvas_text(c, line.row, line.col + 1, title_cols - 1, style, strbuf_str(&title));
	if (title_cols == line.cols)
		return;
	col = canvas_text(c, line.row, col + 1, 8, style, d->elsewhere ? "别处在填" : d->record_id ? "修改" : "新增");
	canvas_text(c, line.row, col, line.col + line.cols - col, style, strbuf_str(&when));
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct drafts_screen *s = state;
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, "我的草稿");
	int rows = inner.rows - 2;

	canvas_text(c, inner.row, inner.col, inner.cols, STYLE_HEADING, " 填了还没保存的");
	for (int k = 0; k < rows && s->top + (size_t)k < s->n; k++)
		draw_row(app, &s->drafts[s->top + (size_t)k], c, (struct rect){ inner.row + 1 + k, inner.col, 1, inner.cols }, s->top + (size_t)k == s->cursor);
	if (s->n == 0)
		canvas_put(c, inner.row + 2, inner.col + 2, inner.cols - 2, STYLE_DIM, "没有草稿");
	canvas_format(c, inner.row + inner.rows - 1, inner.col, inner.cols, STYLE_DIM, "%zu 份草稿，保存后自动去掉", s->n);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct drafts_screen *s = state;

	(void)app;
	return s->n > 0 ? WHEN_ROW : 0;
}

static void close_screen(struct app *app, void *state)
{
	(void)app;
	release(state);
}

const struct screen_def drafts_screen = {
	.name = "drafts", .title = "我的草稿", .reads = TBL_DRAFT,
	.state_size = sizeof(struct drafts_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
