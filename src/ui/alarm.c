/* The bell of welfare checks: what the loop looks at between two keys. */
#include "ui/alarm.h"

#include <string.h>

#include "base/log.h"
#include "ui/loop.h"

#define SECOND_MS 1000

/* Whoever is on the screen: somebody else, or nobody, is not told of what rang before. */
static bool begin(struct loop *l)
{
	if (l->alarm.account_id == l->app.of->me.id)
		return l->app.of->me.id != 0;
	memset(&l->alarm, 0, sizeof l->alarm);
	l->alarm.account_id = l->app.of->me.id;
	l->dirty = true;
	return l->app.of->me.id != 0;
}

static bool is_due(const struct loop *l)
{
	return !l->alarm.looked || store_version(l->app.of->st, TBL_WELFARE_CHECK) != l->alarm.version ||
	       (l->alarm.now.next_at && office_now(l->app.of) >= l->alarm.now.next_at);
}

/* true: something is to be rung for that was not before. */
static bool look(struct loop *l)
{
	struct welfare_alarm before = l->alarm.now;
	struct err e = { 0 };

	l->alarm.version = store_version(l->app.of->st, TBL_WELFARE_CHECK);
	l->alarm.looked = true;
	if (welfare_alarm(l->app.of, &l->alarm.now, &e) != RC_OK) {
		log_event("welfare_alarm: %s", e.text);
		l->alarm.now.next_at = 0;
		return false;
	}
	l->dirty = true;
	return l->alarm.now.loud > before.loud || (l->alarm.now.loud > 0 && l->alarm.now.loud_at > before.loud_at);
}

static bool rings_again(const struct loop *l, int64_t now_ms)
{
	int64_t every_ms = (int64_t)l->app.of->settings->bell_seconds * SECOND_MS;

	return l->alarm.now.loud > 0 && every_ms > 0 && now_ms - l->alarm.rang_at >= every_ms;
}

void alarm_look(struct loop *l, int64_t now_ms)
{
	if (!begin(l) || !((is_due(l) && look(l)) || rings_again(l, now_ms)))
		return;
	l->alarm.rang_at = now_ms;
	tty_bell(l->tty);
}

bool alarm_stands(const struct loop *l)
{
	return l->alarm.now.open > 0;
}

bool alarm_is_loud(const struct loop *l)
{
	return l->alarm.now.loud > 0;
}

void alarm_words(const struct loop *l, bool brief, struct strbuf *out)
{
	const struct welfare_alarm *a = &l->alarm.now;

	if (a->open == 0)
		return;
	if (brief)
		strbuf_format(out, " 核查%zu ", a->open);
	else if (a->open == 1)
		strbuf_format(out, " 核查 %s %s ", a->name, a->what);
	else
		strbuf_format(out, " 核查 %s %s 等%zu人 ", a->name, a->what, a->open);
	keymaps_keys(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), dispatch_typing(l), ACT_ALARM, 1, out);
	strbuf_add_char(out, ' ');
}

enum style alarm_style(const struct loop *l)
{
	return alarm_is_loud(l) ? STYLE_ERROR : STYLE_URGENT;
}

struct next alarm_go(const struct loop *l)
{
	const struct layer *top = stack_top(l);
	struct screen_args to = { .id = l->alarm.now.check_id };

	if (top && strcmp(top->def->name, "welfare-check") == 0)
		return next_replace("welfare-check", to);
	return next_push("welfare-check", to);
}
