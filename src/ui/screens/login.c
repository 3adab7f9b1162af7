/* The first screen: who is there. args.text: a notice (demo data), or NULL. */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/editor.h"
#include "ui/loop.h"
#include "ui/screen.h"

#define BOX_ROWS 12
#define NOTICE_ROWS 2
#define BOX_COLS 60
#define LABEL_COLS 10

enum login_field { LOGIN_NAME, LOGIN_PASSWORD, LOGIN_FIELDS };

struct login_screen {
	struct editor *fields[LOGIN_FIELDS];
	enum login_field active;
	char *notice;
	char *refusal;                /* in words; NULL: none */
	bool working;                 /* the password is being checked */
};

static const struct key_bind binds[] = {
	{ ACT_LOGIN,      "Enter",        WHEN_ALWAYS },
	{ ACT_NEXT_FIELD, "Tab Down",     WHEN_ALWAYS },
	{ ACT_PREV_FIELD, "Shift-Tab Up", WHEN_ALWAYS },
};
static const struct keymap keys = { "login", binds, COUNT(binds) };

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct login_screen *s = state;

	(void)app;
	(void)e;
	s->fields[LOGIN_NAME] = editor_new(false, 40);
	s->fields[LOGIN_PASSWORD] = editor_new(false, 128);
	editor_make_secret(s->fields[LOGIN_PASSWORD]);
	s->notice = mem_copy(args->text);
	return RC_OK;
}

static void close_screen(struct app *app, void *state)
{
	struct login_screen *s = state;

	(void)app;
	for (int i = 0; i < LOGIN_FIELDS; i++)
		editor_free(s->fields[i]);
	free(s->notice);
	free(s->refusal);
}

static void draw_field(const struct login_screen *s, struct canvas *c, struct rect in, int row, enum login_field field, const char *label)
{
	bool active = s->active == field;

	canvas_text(c, in.row + row, in.col + 3, LABEL_COLS, STYLE_LABEL, label);
	editor_draw(s->fields[field], c, (struct rect){ in.row + row, in.col + 3 + LABEL_COLS, 1, in.cols - 6 - LABEL_COLS },
	            active ? STYLE_FIELD_ACTIVE : STYLE_FIELD, active);
}

static void draw_notice(const char *notice, struct canvas *c, struct rect area)
{
	for (int row = 0; row < area.rows && *notice; row++) {
		size_t shown = 0, step = text_wrap(notice, area.cols, &shown);
		AUTO_FREE char *line = mem_copy_n(notice, shown);

		canvas_put(c, area.row + row, area.col, area.cols, STYLE_NOTICE, line);
		notice += step;
	}
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct login_screen *s = state;
	struct rect box = { area.row + (area.rows - BOX_ROWS) / 2, area.col + (area.cols - BOX_COLS) / 2, BOX_ROWS, BOX_COLS };
	struct rect in = canvas_frame(c, box, STYLE_BORDER, "登录");

	canvas_format(c, in.row + 1, in.col + 3, in.cols - 6, STYLE_STRONG, "友邻 · %s", app->of->community.name);
	draw_field(s, c, in, 3, LOGIN_NAME, "用户名");
	draw_field(s, c, in, 5, LOGIN_PASSWORD, "密码");
	if (s->working)
		canvas_put(c, in.row + 7, in.col + 3, in.cols - 6, STYLE_DIM, "正在核对…");
	else if (s->refusal)
		canvas_put(c, in.row + 7, in.col + 3, in.cols - 6, STYLE_ERROR, s->refusal);
	if (s->notice)
		draw_notice(s->notice, c, (struct rect){ in.row + in.rows - NOTICE_ROWS, in.col + 3, NOTICE_ROWS, in.cols - 6 });
}

static struct next log_in(struct app *app, struct login_screen *s)
{
	struct err e = { 0 };
	enum rc rc;

	s->working = true;
	loop_paint(app->loop);        /* the hash takes a moment */
	s->working = false;
	rc = account_login(app->of, editor_text(s->fields[LOGIN_NAME]), editor_text(s->fields[LOGIN_PASSWORD]), &e);
	editor_set(s->fields[LOGIN_PASSWORD], "");
	if (rc == RC_OK)
		return next_pop(0);
	free(s->refusal);
	s->refusal = mem_copy(e.text);
	s->active = LOGIN_PASSWORD;
	return next_stay();
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct login_screen *s = state;

	switch (action) {
	case ACT_NEXT_FIELD:
	case ACT_PREV_FIELD:
		s->active = s->active == LOGIN_NAME ? LOGIN_PASSWORD : LOGIN_NAME;
		return next_stay();
	case ACT_LOGIN:
		if (s->active == LOGIN_NAME || editor_is_empty(s->fields[LOGIN_PASSWORD])) {
			s->active = editor_is_empty(s->fields[LOGIN_NAME]) ? LOGIN_NAME : LOGIN_PASSWORD;
			return next_stay();
		}
		return log_in(app, s);
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct login_screen *s = state;

	(void)app;
	editor_key(s->fields[s->active], ev);
	return next_stay();
}

const struct screen_def login_screen = {
	.name = "login", .title = "登录", .state_size = sizeof(struct login_screen), .keys = &keys, .types = true,
	.open = open_screen, .draw = draw, .act = act, .type = type, .close = close_screen,
};
