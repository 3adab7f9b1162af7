/* What a key does: the key maps say which action, the screen may have its own meaning for it, else the loop has; what is no action is typed. */
#include "ui/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/undo.h"
#include "ui/alarm.h"
#include "ui/change_text.h"
#include "ui/chrome.h"
#include "ui/screens/help.h"
#include "ui/screens/palette.h"

#define ACTIVE_MAX 64

const struct keymap *dispatch_keymap(const struct loop *l)
{
	const struct layer *top = stack_top(l);

	return top && top->failure == NULL ? top->def->keys : NULL;
}

unsigned dispatch_when(const struct loop *l)
{
	const struct layer *top = stack_top(l);
	unsigned when = top && top->def->when && top->failure == NULL ? top->def->when(&l->app, top->state) : 0;

	return when | (l->app.wide ? WHEN_WIDE : 0) | (l->app.of->me.id ? WHEN_LOGGED_IN : 0) | (alarm_stands(l) ? WHEN_ALARM : 0);
}

bool dispatch_typing(const struct loop *l)
{
	const struct layer *top = stack_top(l);

	if (top == NULL || top->failure)
		return false;
	return top->def->typing ? top->def->typing(&l->app, top->state) : top->def->types;
}

bool dispatch_offers(const struct loop *l, enum action action)
{
	char digit = action_digit(action);
	const struct screen_entry *entry = screen_of_digit(digit);

	return digit == '\0' || (entry && screen_allowed(l->app.of, entry));
}

size_t dispatch_active(const struct loop *l, struct key_bind *out, size_t max)
{
	struct key_bind all[ACTIVE_MAX];
	size_t n = keymaps_active(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), all, COUNT(all)), kept = 0;

	for (size_t i = 0; i < n && kept < max; i++)
		if (dispatch_offers(l, all[i].action))
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

/* 撤销：受理 DH-20261124-001 */
static void say_undone(struct loop *l, const char *done)
{
	size_t n = strcspn(done, " ");
	AUTO_FREE char *verb = mem_copy_n(done, n);
	AUTO_STRBUF words = { 0 };

	change_verb(l->app.of, verb, &words);
	app_say(&l->app, "撤销：%s%s", strbuf_str(&words), done + n);
}

/* While a text is being typed, Ctrl-Z is easily meant for the text. */
static void undo(struct loop *l)
{
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	if (dispatch_typing(l) && !app_ask(&l->app, "撤销的是上一次保存的改动（撤销输入用 Alt-z）。要撤销吗？"))
		return;
	if (office_undo(l->app.of, &done, &e) == RC_OK)
		say_undone(l, done);
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
	case ACT_ALARM:
		dispatch_next(l, alarm_go(l));
		return true;
	case ACT_REDRAW:
		redraw(l);
		return true;
	default:
		if (action_digit(action) == '\0')
			return false;
		stack_go(l, action_digit(action));
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

void dispatch_next(struct loop *l, struct next next)
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
	dispatch_next(l, next);
	return true;
}

void dispatch_action(struct loop *l, enum action action)
{
	stack_refresh(l);
	try_action(l, action);
}

static void type_into_screen(struct loop *l, const struct key_event *ev)
{
	struct layer *top = stack_top(l);

	if (top && top->def->type && top->failure == NULL)
		dispatch_next(l, top->def->type(&l->app, top->state, ev));
}

static enum action action_of_event(struct loop *l, const struct key_event *ev)
{
	enum action action;

	if (ev->key == YK_PASTE || (key_is_text(ev->key) && dispatch_typing(l)))
		return ACT_NONE;
	if (ev->key == YK_CLICK)
		return chrome_hit(l, ev->row, ev->col);
	action = keymaps_find(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), ev->key);
	return dispatch_offers(l, action) ? action : ACT_NONE;
}

void dispatch_key(struct loop *l, const struct key_event *ev)
{
	enum action action = action_of_event(l, ev);

	if (action == ACT_NONE || !try_action(l, action))
		type_into_screen(l, ev);
}
