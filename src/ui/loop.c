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
#include "domain/attendance.h"
#include "domain/meal_order.h"
#include "ui/alarm.h"
#include "ui/chrome.h"
#include "ui/modal.h"

#define TICK_MS 250
#define DAILY_RETRY_MS 60000
#define DRAIN_MS 100              /* keys that wait are handled together, but a frame is due after so long */

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
	alarm_look(l, now);
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

static void start_work(struct loop *l)
{
	char first = stack_first_digit(l);

	while (l->piles[PILE_LOGIN].n > 0)
		stack_pop(l, 0);
	l->key_at = loop_clock();
	memset(&l->daily, 0, sizeof l->daily);
	if (first)
		stack_go(l, first);
	else
		loop_say(l, STYLE_WARNING, "这个账号的角色没有可用的主屏，请找系统管理员");
}

static void handle(struct loop *l, const struct key_event *ev)
{
	stack_refresh(l);
	loop_say(l, STYLE_TEXT, NULL);
	dispatch_key(l, ev);
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

/* What is due once a day, and again where one of the tables it goes by has changed since. */
static const struct daily_job {
	enum rc (*next)(struct office *of, int64_t *after, bool *more, struct err *e);
	const char *name;
	enum capability may;
	table_set reads;
} daily_jobs[DAILY_JOBS] = {
	[DAILY_POINTS] = { points_expire_next, "points_expire_next", MAY_VOLUNTEER_EDIT, 0 },
	[DAILY_ORDERS] = { orders_tend, "orders_tend", MAY_MEAL_ORDER, TABLE_BIT(DINER) | TABLE_BIT(MEAL_PLAN) | TABLE_BIT(MEAL_PAUSE) | TABLE_BIT(RESIDENT) },
};

/* A slice of one job; false: there is nothing of it now. Where another process writes, a minute later. */
static bool work_daily_job(struct loop *l, size_t i)
{
	const struct daily_job *job = &daily_jobs[i];
	uint64_t version = job->reads ? store_version(l->app.of->st, job->reads) : 0;
	bool more = false;
	struct err e = { 0 };
	enum rc rc;

	if (!office_may(l->app.of, job->may) || (l->daily[i].done_day == l->app.today && l->daily[i].version == version) ||
	    loop_clock() < l->daily[i].retry_at)
		return false;
	if (l->daily[i].after == 0)
		l->daily[i].version = version;
	rc = job->next(l->app.of, &l->daily[i].after, &more, &e);
	if (more)
		return true;
	if (rc == RC_BUSY) {
		l->daily[i].retry_at = loop_clock() + DAILY_RETRY_MS;
		return false;
	}
	if (rc != RC_OK)
		log_event("%s: %s", job->name, e.text);
	l->daily[i].done_day = l->app.today;
	l->daily[i].after = 0;
	return false;
}

/* When the present screen has nothing to do; false: neither has this. */
static bool work_daily(struct loop *l)
{
	for (size_t i = 0; l->app.of->me.id != 0 && i < DAILY_JOBS; i++)
		if (work_daily_job(l, i))
			return true;
	return false;
}

static void work(struct loop *l)
{
	while (l->ending == ENDING_NOT) {
		struct key_event ev;

		if (!loop_too_small(l))
			stack_refresh(l);
		if (l->dirty)
			loop_paint(l);
		if (tty_pending(l->tty) || !(idle(l) || work_daily(l))) {
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
