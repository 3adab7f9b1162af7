/* Events and time: a key goes to the present screen, what it changed is loaded, one frame is painted; in between drafts are kept, others' changes are
 * looked for, and idle screens get slices of time.
 */
#include "ui/loop.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/day.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/journal.h"
#include "ui/chrome.h"
#include "ui/modal.h"
#include "ui/screens/help.h"
#include "ui/screens/palette.h"

#define TICK_MS 250
#define DRAIN_MS 100              /* keys that wait are handled together, but a frame is due after so long */
#define ACTIVE_MAX 64

int64_t loop_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void loop_say(struct loop *l, enum style style, const char *text)
{
	char *copy = mem_copy(text);

	free(l->message);
	l->message = copy;
	l->message_style = style;
	l->dirty = true;
}

bool loop_too_small(const struct loop *l)
{
	return l->app.rows < ROWS_MIN || l->app.cols < COLS_MIN;
}

static void draw_too_small(struct loop *l)
{
	canvas_format(&l->canvas, l->canvas.rows / 2, 0, l->canvas.cols, STYLE_WARNING, "窗口只有 %d×%d，请放大到 %d×%d", l->app.cols, l->app.rows,
	              COLS_MIN, ROWS_MIN);
}

static void draw_screen(struct loop *l)
{
	const struct layer *top = stack_top(l);

	chrome_draw(l, &l->canvas);
	if (top == NULL)
		return;
	if (top->failure) {
		struct rect in = canvas_frame(&l->canvas, l->app.area, STYLE_BORDER, top->def->title);

		canvas_text(&l->canvas, in.row + 1, in.col + 1, in.cols - 2, STYLE_ERROR, top->failure);
		canvas_text(&l->canvas, in.row + 3, in.col + 1, in.cols - 2, STYLE_TEXT, "Ctrl-L 再读一次");
		return;
	}
	top->def->draw(&l->app, top->state, &l->canvas, l->app.area);
}

void loop_compose(struct loop *l)
{
	if (l->canvas.rows != l->app.rows || l->canvas.cols != l->app.cols)
		canvas_resize(&l->canvas, l->app.rows, l->app.cols);
	canvas_clear(&l->canvas);
	if (loop_too_small(l)) {
		draw_too_small(l);
	} else {
		if (l->modal == NULL || !modal_covers(l->modal))
			draw_screen(l);
		modal_draw_all(l, &l->canvas);
	}
}

void loop_send(struct loop *l)
{
	tty_show(l->tty, &l->canvas);
	l->dirty = false;
}

void loop_paint(struct loop *l)
{
	loop_compose(l);
	loop_send(l);
}

static void take_size(struct loop *l)
{
	tty_size(l->tty, &l->app.rows, &l->app.cols);
	l->app.wide = l->app.cols >= COLS_WIDE;
	l->app.area = (struct rect){ 1, 0, l->app.rows - 3, l->app.cols };
	l->canvas.ascii_lines = tty_ascii_lines(l->tty);
	l->dirty = true;
	if (!loop_too_small(l))
		stack_mark_stale(l);
}

/* The title bar's minute, and with it the day. */
static void look_at_clock(struct loop *l)
{
	int64_t now = office_now(l->app.of);
	int32_t today = office_today(l->app.of);

	if (today != l->app.today)
		stack_mark_stale(l);
	l->app.today = today;
	if (now / 60000 != l->minute)
		l->dirty = true;
	l->minute = now / 60000;
}

static void tick(struct loop *l, int64_t now)
{
	struct layer *top = stack_top(l);

	if (now - l->tick_at < TICK_MS)
		return;
	l->tick_at = now;
	look_at_clock(l);
	if (top && top->def->tick && top->failure == NULL) {
		uint64_t drafts = store_version(l->app.of->st, TBL_DRAFT);

		top->def->tick(&l->app, top->state);
		l->dirty = l->dirty || store_version(l->app.of->st, TBL_DRAFT) != drafts;
	}
}

static void poll_others(struct loop *l, int64_t now)
{
	struct err e = { 0 };
	bool changed;

	if (now - l->poll_at < l->app.of->settings->refresh_ms)
		return;
	l->poll_at = now;
	if (store_poll(l->app.of->st, &changed, &e) != RC_OK)
		log_event("store_poll: %s", e.text);
}

static void lock_if_idle(struct loop *l, int64_t now)
{
	int64_t limit_ms = (int64_t)l->app.of->settings->idle_lock_minutes * 60000;

	if (limit_ms > 0 && l->app.of->me.id != 0 && !l->locked && now - l->key_at >= limit_ms)
		lock_run(l);
}

bool loop_next_key(struct loop *l, int timeout_ms, struct key_event *ev)
{
	bool came = tty_read(l->tty, timeout_ms, ev);
	int64_t now = loop_clock();

	if (came && ev->key == YK_HANGUP) {
		l->ending = ENDING_HANGUP;
		return false;
	}
	if (came && ev->key == YK_RESIZE) {
		take_size(l);
		return false;
	}
	if (came)
		l->key_at = now;
	tick(l, now);
	poll_others(l, now);
	lock_if_idle(l, now);
	return came && l->ending == ENDING_NOT && !loop_too_small(l);
}

bool loop_stop_wanted(struct loop *l)
{
	struct key_event ev;
	bool stop = false;

	while (l->ending == ENDING_NOT && tty_read(l->tty, 0, &ev)) {
		if (ev.key == YK_HANGUP)
			l->ending = ENDING_HANGUP;
		else if (ev.key == YK_RESIZE)
			take_size(l);
		else
			stop = stop || ev.key == YK_ESC;
		l->key_at = loop_clock();
	}
	return stop || l->ending != ENDING_NOT;
}

const struct keymap *loop_keys(const struct loop *l)
{
	const struct layer *top = stack_top(l);

	return top ? top->def->keys : NULL;
}

unsigned loop_when(const struct loop *l)
{
	const struct layer *top = stack_top(l);
	unsigned when = top && top->def->when && top->failure == NULL ? top->def->when(&l->app, top->state) : 0;

	return when | (l->app.wide ? WHEN_WIDE : 0) | (l->app.of->me.id ? WHEN_LOGGED_IN : 0);
}

bool loop_typing(const struct loop *l)
{
	const struct layer *top = stack_top(l);

	if (top == NULL || top->failure)
		return false;
	return top->def->typing ? top->def->typing(&l->app, top->state) : top->def->types;
}

bool loop_is_common(enum action action)
{
	return action >= ACT_HELP && action <= ACT_GO_0;
}

static char digit_of(enum action action)
{
	return action >= ACT_GO_1 && action <= ACT_GO_0 ? "1234567890"[action - ACT_GO_1] : '\0';
}

bool loop_offers(const struct loop *l, enum action action)
{
	char digit = digit_of(action);
	const struct screen_entry *entry = screen_of_digit(digit);

	return digit == '\0' || (entry && screen_allowed(l->app.of, entry));
}

size_t loop_active(const struct loop *l, struct key_bind *out, size_t max)
{
	struct key_bind all[ACTIVE_MAX];
	size_t n = keymaps_active(l->app.keymaps, loop_keys(l), loop_when(l), all, COUNT(all)), kept = 0;

	for (size_t i = 0; i < n && kept < max; i++)
		if (loop_offers(l, all[i].action))
			out[kept++] = all[i];
	return kept;
}

static void quit(struct loop *l)
{
	if (l->pile == PILE_LOGIN || app_ask(&l->app, "退出友邻？没保存的会留作草稿"))
		l->ending = ENDING_QUIT;
}

static void go_back(struct loop *l)
{
	if (stack_at_first(l)) {
		quit(l);
	} else if (l->piles[l->pile].n > 1) {
		if (stack_leave(l))
			stack_pop(l, 0);
	} else {
		stack_go(l, stack_first_digit(l));
	}
}

/* While a text is being typed, Ctrl-Z is easily meant for the text. */
static void undo(struct loop *l)
{
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	if (loop_typing(l) && !app_ask(&l->app, "撤销的是上一次保存的改动（撤销输入用 Alt-z）。要撤销吗？"))
		return;
	if (journal_undo(l->app.of->st, l->app.of->me.id, &done, &e) == RC_OK)
		app_say(&l->app, "%s", done);
	else
		app_fail(&l->app, &e);
}

static void redraw(struct loop *l)
{
	struct layer *top = stack_top(l);

	tty_redraw(l->tty);
	l->dirty = true;
	if (top && top->failure)
		top->stale = true;
}

/* What an action means where the screen has no meaning of its own for it. */
static bool act_common(struct loop *l, enum action action)
{
	switch (action) {
	case ACT_HELP:
		help_show(l);
		return true;
	case ACT_PALETTE:
		palette_run(l);
		return true;
	case ACT_BACK:
		go_back(l);
		return true;
	case ACT_QUIT:
		quit(l);
		return true;
	case ACT_LOCK:
		lock_run(l);
		return true;
	case ACT_UNDO:
		undo(l);
		return true;
	case ACT_REDRAW:
		redraw(l);
		return true;
	default:
		if (digit_of(action) == '\0')
			return false;
		stack_go(l, digit_of(action));
		return true;
	}
}

static void open_named(struct loop *l, const struct next *next)
{
	const struct screen_entry *entry = screen_find(next->screen);

	if (entry == NULL)
		loop_say(l, STYLE_ERROR, "没有这一屏");
	else if (next->kind == NEXT_PUSH)
		stack_push(l, entry, &next->args);
	else
		stack_replace(l, entry, &next->args);
}

void loop_apply(struct loop *l, struct next next)
{
	switch (next.kind) {
	case NEXT_PUSH:
	case NEXT_REPLACE:
		open_named(l, &next);
		break;
	case NEXT_POP:
		if (l->piles[l->pile].n > 1 || l->pile == PILE_LOGIN)
			stack_pop(l, next.result_id);
		else
			go_back(l);
		break;
	case NEXT_QUIT:
		quit(l);
		break;
	case NEXT_STAY:
	case NEXT_PASS:
		break;
	}
}

/* Offer an action to the screen, then to the loop; false: nobody has a use for it. */
static bool try_action(struct loop *l, enum action action)
{
	struct layer *top = stack_top(l);
	struct next next = next_pass();

	if (top && top->def->act && top->failure == NULL)
		next = top->def->act(&l->app, top->state, action);
	if (next.kind == NEXT_PASS)
		return act_common(l, action);
	loop_apply(l, next);
	return true;
}

void loop_act(struct loop *l, enum action action)
{
	stack_refresh(l);
	try_action(l, action);
}

static void type_into_screen(struct loop *l, const struct key_event *ev)
{
	struct layer *top = stack_top(l);

	if (top && top->def->type && top->failure == NULL)
		loop_apply(l, top->def->type(&l->app, top->state, ev));
}

static enum action action_of_event(struct loop *l, const struct key_event *ev)
{
	enum action action;

	if (ev->key == YK_PASTE || (key_is_text(ev->key) && loop_typing(l)))
		return ACT_NONE;
	if (ev->key == YK_CLICK)
		return chrome_hit(l, ev->row, ev->col);
	action = keymaps_find(l->app.keymaps, loop_keys(l), loop_when(l), ev->key);
	return loop_offers(l, action) ? action : ACT_NONE;
}

static void start_work(struct loop *l)
{
	char first = stack_first_digit(l);

	while (l->piles[PILE_LOGIN].n > 0)
		stack_pop(l, 0);
	l->key_at = loop_clock();
	if (first)
		stack_go(l, first);
	else
		loop_say(l, STYLE_WARNING, "这个账号的角色没有可用的主屏，请找系统管理员");
}

static void handle(struct loop *l, const struct key_event *ev)
{
	enum action action;

	stack_refresh(l);
	loop_say(l, STYLE_TEXT, NULL);
	action = action_of_event(l, ev);
	if (action == ACT_NONE || !try_action(l, action))
		type_into_screen(l, ev);
	l->dirty = true;
	if (stack_top(l))
		stack_top(l)->idle_done = false;
	if (l->app.of->me.id != 0 && l->pile == PILE_LOGIN)
		start_work(l);
}

static void handle_waiting(struct loop *l, struct key_event *ev)
{
	int64_t end = loop_clock() + DRAIN_MS;

	do
		handle(l, ev);
	while (l->ending == ENDING_NOT && loop_clock() < end && tty_pending(l->tty) && loop_next_key(l, 0, ev));
}

/* A slice of time for the present screen; false: it has nothing to do. */
static bool idle(struct loop *l)
{
	struct layer *top = stack_top(l);
	bool repaint = false;

	if (top == NULL || top->idle_done || top->failure || top->def->idle == NULL || loop_too_small(l))
		return false;
	top->idle_done = !top->def->idle(&l->app, top->state, &repaint);
	l->dirty = l->dirty || repaint;
	return true;
}

static void work(struct loop *l)
{
	while (l->ending == ENDING_NOT) {
		struct key_event ev;

		if (!loop_too_small(l))
			stack_refresh(l);
		if (l->dirty)
			loop_paint(l);
		if (tty_pending(l->tty) || !idle(l)) {
			if (loop_next_key(l, TICK_MS, &ev))
				handle_waiting(l, &ev);
		} else if (l->dirty) {
			loop_paint(l);
		}
	}
}

static void log_in(struct loop *l)
{
	l->pile = PILE_LOGIN;
	stack_push(l, screen_find("login"), &(struct screen_args){ .text = l->notice });
}

/* Sessions one after the other, until the program is left or the line breaks. Drafts are kept whatever happens. */
void loop_run(struct loop *l)
{
	do {
		l->ending = ENDING_NOT;
		take_size(l);
		look_at_clock(l);
		l->key_at = loop_clock();
		log_in(l);
		work(l);
		stack_leave_all(l);
		stack_close_all(l);
		account_logout(l->app.of);
		loop_say(l, STYLE_TEXT, NULL);
	} while (l->ending == ENDING_LOGOUT);
}
