/* What screens say to the person, and work that takes long. Questions are in dialog.c. */
#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "ui/loop.h"
#include "ui/modal.h"

#define PROGRESS_AFTER_MS 300
#define PROGRESS_EVERY_MS 100
#define PROGRESS_FORGET_MS 1000   /* a pause so long: other work has begun */

static void say_format(struct app *app, enum style style, const char *format, va_list args)
{
	AUTO_FREE char *text = NULL;

	if (vasprintf(&text, format, args) >= 0)
		loop_say(app->loop, style, text);
}

bool app_key_waits(const struct app *app)
{
	return app->loop->tty && tty_pending(app->loop->tty);
}

void app_say(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(app, STYLE_GOOD, format, args);
	va_end(args);
}

void app_warn(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(app, STYLE_WARNING, format, args);
	va_end(args);
}

void app_fail(struct app *app, const struct err *e)
{
	loop_say(app->loop, STYLE_ERROR, e->text[0] ? e->text : "没有成功，请再试一次");
}

void app_report(struct app *app, enum rc rc, const struct err *e, const char *format, ...)
{
	va_list args;

	if (rc != RC_OK) {
		app_fail(app, e);
		return;
	}
	va_start(args, format);
	say_format(app, STYLE_GOOD, format, args);
	va_end(args);
}

struct question_run {
	const struct question *question;
	void *state;
};

static void draw_question(const struct loop *l, void *state, struct canvas *c)
{
	const struct question_run *run = state;

	canvas_fill(c, l->app.area, STYLE_TEXT);
	run->question->draw(&l->app, run->state, c, canvas_frame(c, l->app.area, STYLE_STRONG, run->question->title));
}

static enum modal_answer key_question(struct loop *l, void *state, const struct key_event *ev)
{
	const struct question_run *run = state;

	return run->question->key(&l->app, run->state, ev) ? MODAL_WAIT : MODAL_DONE;
}

bool app_question(struct app *app, const struct question *q, void *state)
{
	struct question_run run = { q, state };

	return modal_run(app->loop, &(struct modal){ .hint = q->hint, .draw = draw_question, .key = key_question, .state = &run });
}

static void add_thousands(struct strbuf *out, int64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
			strbuf_add_char(out, ',');
		strbuf_add_char(out, digits[i]);
	}
}

static void draw_progress(struct loop *l, const char *what, int64_t done, int64_t all)
{
	struct rect in = modal_box(&l->canvas, 6, 60, what);
	AUTO_STRBUF text = { 0 };

	if (all > 0)
		canvas_fill(&l->canvas, (struct rect){ in.row + 1, in.col + 1, 1, (int)((in.cols - 2) * (done < all ? done : all) / all) }, STYLE_SELECTED);
	add_thousands(&text, done);
	if (all > 0) {
		strbuf_add(&text, " / ");
		add_thousands(&text, all);
		strbuf_add(&text, "，还有 ");
		add_thousands(&text, all - done);
	}
	canvas_put(&l->canvas, in.row + 2, in.col + 1, in.cols - 2, STYLE_TEXT, strbuf_str(&text));
	canvas_put(&l->canvas, in.row + 3, in.col + 1, in.cols - 2, STYLE_DIM, "Esc 停止，数据保持原样");
}

bool app_progress(struct app *app, const char *what, int64_t done, int64_t all)
{
	struct loop *l = app->loop;
	int64_t now = loop_clock();

	if (what != l->progress.what || done < l->progress.done || now - l->progress.called_at > PROGRESS_FORGET_MS)
		l->progress.began_at = now;
	l->progress.what = what;
	l->progress.done = done;
	l->progress.called_at = now;
	if (l->ending != ENDING_NOT)
		return true;
	if (now - l->progress.began_at < PROGRESS_AFTER_MS || now - l->progress.painted_at < PROGRESS_EVERY_MS)
		return false;
	l->progress.painted_at = now;
	loop_compose(l);
	if (!loop_too_small(l))
		draw_progress(l, what, done, all);
	loop_send(l);
	l->dirty = true;
	return loop_stop_wanted(l);
}
