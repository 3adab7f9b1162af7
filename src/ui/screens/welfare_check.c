/* One 关爱核查 as a page: why, which rung and how long it has, whom it wants, what was tried, and how it ended. args.id the check. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/welfare.h"
#include "ui/card_screen.h"
#include "ui/screens/part.h"

#define MINUTE_MS 60000

enum { TAG_NONE, TAG_CONTACT };   /* a contact's id is its place in the page, from 1 */

struct check_screen {
	struct card_screen cs;        /* first */
	struct welfare_page page;
	int64_t minute;               /* of the clock, as it was loaded */
};

enum { WHEN_OPEN = WHEN_OWN, WHEN_HIGHER = WHEN_OWN << 1, WHEN_MASKED = WHEN_OWN << 2, WHEN_CLOSED = WHEN_OWN << 3 };

static const struct key_bind binds[] = {
	{ ACT_CHECK_TAKE,      "F5 T",  WHEN_OPEN },
	{ ACT_CHECK_SEEN,      "F7 Y",  WHEN_OPEN },
	{ ACT_CHECK_SILENT,    "F6 N",  WHEN_OPEN },
	{ ACT_CHECK_HIGHER,    "F9 J",  WHEN_HIGHER },
	{ ACT_REVEAL,          "v",     WHEN_MASKED },
	{ ACT_CHECK_CLOSE,     "F8 G",  WHEN_OPEN },
	{ ACT_CHECK_NOTE,      "F2 B",  WHEN_OPEN },
	{ ACT_CHECK_EMERGENCY, "E",     WHEN_HIGHER },
	{ ACT_CHECK_REOPEN,    "F8 O",  WHEN_CLOSED },
	{ ACT_MEAL_PAUSE,      "Z",     WHEN_ALWAYS },
	{ ACT_DINER,           "u",     WHEN_ALWAYS },
	{ ACT_DOORS,           "s",     WHEN_ALWAYS },
	{ ACT_HISTORY,         "h",     WHEN_ALWAYS },
};
static const struct keymap keys = { "welfare-check", binds, COUNT(binds) };

/* The page ------------------------------------------------------------------------------------------------------------------------ */

static const char *rung_label(const struct app *app, int rung)
{
	const char code[] = { (char)('0' + rung), '\0' };

	return office_code_label(app->of, "welfare_rung", code);
}

static void add_fact(struct check_screen *s, const char *label, const char *text, enum style style)
{
	if (text[0])
		card_view_fact(&s->cs.view, label, text, style, 0, TAG_NONE);
}

/* 11-24 11:42 */
static void add_when(const struct app *app, int64_t at, struct strbuf *out)
{
	if (day_of_instant(at) != app->today) {
		day_format_near(out, day_of_instant(at), app->today);
		strbuf_add_char(out, ' ');
	}
	time_format(out, minutes_of_instant(at));
}

static void add_state(const struct app *app, struct check_screen *s)
{
	const struct welfare_check *c = &s->page.check;
	int64_t left_ms = c->due_at - office_now(app->of);
	AUTO_STRBUF words = { 0 };

	if (!c->open) {
		add_when(app, c->closed_at, &words);
		strbuf_format(&words, " 由%s结束：%s%s%s", c->closed_by, office_code_label(app->of, "welfare_conclusion", c->conclusion), c->note[0] ? "，" : "", c->note);
		add_fact(s, "结论", strbuf_str(&words), STYLE_GOOD);
		return;
	}
	strbuf_format(&words, "第%d级 %s", c->rung, rung_label(app, c->rung));
	if (c->due_at && left_ms > 0)
		strbuf_format(&words, "，还有%lld分钟", (long long)((left_ms + MINUTE_MS - 1) / MINUTE_MS));
	else if (c->due_at)
		strbuf_format(&words, "，超时%lld分钟：请转下一级", (long long)(-left_ms / MINUTE_MS));
	add_fact(s, "现在", strbuf_str(&words), c->overdue ? STYLE_URGENT : STYLE_STRONG);
	add_fact(s, "谁在办", c->taken_by[0] ? c->taken_by : "还没有人接手", c->taken_by[0] ? STYLE_TEXT : STYLE_URGENT);
}

static void add_cause(const struct app *app, struct check_screen *s)
{
	const struct welfare_check *c = &s->page.check;
	AUTO_STRBUF words = { 0 };

	add_when(app, c->opened_at, &words);
	strbuf_format(&words, " %s", office_code_label(app->of, "welfare_cause", c->cause));
	if (c->outcome[0] && strcmp(c->outcome, c->cause) != 0)
		strbuf_format(&words, "（%s）", office_code_label(app->of, "outcome", c->outcome));
	if (c->outcome_note[0])
		strbuf_format(&words, "：%s", c->outcome_note);
	add_fact(s, "为什么", strbuf_str(&words), STYLE_TEXT);
}

static void add_care(const struct app *app, struct check_screen *s)
{
	const struct code_list *tags = form_codes(app->of->forms, "care_tag");
	AUTO_STRBUF words = { 0 };

	for (size_t i = 0; tags && i < tags->n; i++) {
		const char *at = strstr(s->page.check.care, tags->codes[i].code);

		if (at)
			strbuf_format(&words, "%s%s", words.n ? " " : "", tags->codes[i].label);
	}
	add_fact(s, "关爱", strbuf_str(&words), STYLE_NOTICE);
	add_fact(s, "须知", s->page.health, STYLE_NOTICE);
}

/* false: the rung has nobody. */
static bool add_contacts(struct check_screen *s, int rung)
{
	bool any = false;

	for (size_t i = 0; i < s->page.n_contacts; i++) {
		const struct welfare_contact *k = &s->page.contacts[i];
		AUTO_STRBUF words = { 0 };

		if (k->rung != rung)
			continue;
		strbuf_format(&words, "%s%s%s", k->name, k->name[0] && k->phone[0] ? " " : "", k->phone);
		card_view_fact(&s->cs.view, k->what, strbuf_str(&words), STYLE_TEXT, (int64_t)i + 1, TAG_CONTACT);
		any = true;
	}
	return any;
}

static void add_steps(const struct app *app, struct check_screen *s, int rung)
{
	for (size_t i = 0; i < s->page.n_steps; i++) {
		const struct welfare_step *step = &s->page.steps[i];
		AUTO_STRBUF words = { 0 };

		if (step->rung != rung)
			continue;
		add_when(app, step->at, &words);
		strbuf_format(&words, " %s %s%s%s", step->person, office_code_label(app->of, "welfare_result", step->result), step->note[0] ? "：" : "", step->note);
		card_view_line(&s->cs.view, strbuf_str(&words), strcmp(step->result, "answered") == 0 ? STYLE_GOOD : STYLE_TEXT, 0, TAG_NONE);
	}
}

/* Where nobody is recorded for a rung. */
static const char *const missing[WELFARE_RUNGS] = {
	[1] = "没有登记是谁送的", [2] = "没有登记本人的电话", [3] = "没有登记代收人、有钥匙的人、紧急联系人", [4] = "这个网格没有指定网格员",
};

/* Rungs that lie ahead show whom they want, too: one telephone call may be two. */
static void add_rungs(const struct app *app, struct check_screen *s)
{
	for (int rung = 1; rung <= WELFARE_RUNGS; rung++) {
		AUTO_STRBUF head = { 0 };

		strbuf_format(&head, "%d %s%s", rung, rung_label(app, rung), s->page.check.open && rung == s->page.check.rung ? " ← 现在" : "");
		card_view_heading(&s->cs.view, strbuf_str(&head));
		if (rung == 1)
			add_fact(s, "敲门", s->page.wait, STYLE_TEXT);
		if (rung == WELFARE_RUNGS)
			add_fact(s, "电话", "110 报警，120 急救", STYLE_TEXT);
		else if (!add_contacts(s, rung))
			card_view_line(&s->cs.view, missing[rung], STYLE_DIM, 0, TAG_NONE);
		add_steps(app, s, rung);
	}
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct check_screen *s = state;
	const struct welfare_check *c = &s->page.check;
	AUTO_STRBUF who = { 0 };
	enum rc rc;

	card_screen_clear(&s->cs);
	if ((rc = welfare_load(app->of, s->cs.id, &s->cs.arena, &s->page, e)) != RC_OK)
		return rc;
	s->minute = office_now(app->of) / MINUTE_MS;
	strbuf_format(&who, "%s %s %s", c->name, c->address, c->number);
	card_view_line(&s->cs.view, strbuf_str(&who), STYLE_STRONG, 0, TAG_NONE);
	add_state(app, s);
	add_cause(app, s);
	add_care(app, s);
	add_rungs(app, s);
	card_screen_show(app, &s->cs, arena_format(&s->cs.arena, "关爱核查 · %s", c->name));
	return RC_OK;
}

/* Keys ---------------------------------------------------------------------------------------------------------------------------- */

static const struct welfare_contact *contact_here(const struct check_screen *s)
{
	const struct card_item *item = card_view_item(&s->cs.view);

	return item && item->tag == TAG_CONTACT ? &s->page.contacts[item->id - 1] : NULL;
}

static void reveal(struct app *app, struct check_screen *s)
{
	const struct welfare_contact *k = contact_here(s);
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };

	if (welfare_reveal(app->of, s->cs.id, k, &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s %s 电话 %s（已记入台账）", k->what, k->name, plain);
}

static struct next seen(struct app *app, const struct check_screen *s)
{
	struct err e = { 0 };

	if (welfare_try(app->of, s->cs.id, "answered", "", "", &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	return part_push("welfare-close", s->cs.id, 0);
}

static struct next higher(struct app *app, const struct check_screen *s, int to)
{
	int from = s->page.check.rung;
	struct err e = { 0 };

	return next_report(app, welfare_raise(app->of, s->cs.id, from, to, &e), &e, "已转到第%d级：%s", to, rung_label(app, to));
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct check_screen *s = state;
	const struct welfare_check *c = &s->page.check;
	struct err e = { 0 };

	switch (action) {
	case ACT_CHECK_TAKE:
		return next_report(app, welfare_take(app->of, c->id, &e), &e, "已接手，到时限没有结果会再响铃");
	case ACT_CHECK_SEEN:
		return seen(app, s);
	case ACT_CHECK_SILENT:
		return next_report(app, welfare_try(app->of, c->id, "unanswered", "", "", &e), &e, "已记：没有回应。可以再试，或者转下一级");
	case ACT_CHECK_HIGHER:
		return higher(app, s, c->rung + 1);
	case ACT_CHECK_EMERGENCY:
		return app_ask(app, "直接转到报警或120？") ? higher(app, s, WELFARE_RUNGS) : next_stay();
	case ACT_CHECK_NOTE:
		return part_push("welfare-try", 0, c->id);
	case ACT_CHECK_CLOSE:
		return part_push("welfare-close", c->id, 0);
	case ACT_CHECK_REOPEN:
		return next_report(app, welfare_reopen(app->of, c->id, &e), &e, "核查已重新打开");
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_MEAL_PAUSE:
		return part_push("meal_pause", 0, c->diner_id);
	case ACT_DINER:
		return next_push("diner", (struct screen_args){ .id = c->diner_id });
	case ACT_DOORS:
		return next_push("doors", (struct screen_args){ .id = c->day, .text = c->meal });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = c->id, .form = "welfare-close" });
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct check_screen *s = state;
	const struct welfare_contact *k = contact_here(s);
	const struct welfare_check *c = &s->page.check;

	return (c->open ? WHEN_OPEN : 0) | (c->open && c->rung < WELFARE_RUNGS ? WHEN_HIGHER : 0) | (k && k->field[0] ? WHEN_MASKED : 0) |
	       (!c->open && day_of_instant(c->closed_at) == app->today ? WHEN_CLOSED : 0);
}

/* The clock of the rung, by the minute. */
static void tick(struct app *app, void *state)
{
	struct check_screen *s = state;
	struct err e = { 0 };

	if (office_now(app->of) / MINUTE_MS != s->minute && load_screen(app, s, &e) != RC_OK)
		app_fail(app, &e);
}

const struct screen_def welfare_check_screen = {
	.name = "welfare-check", .title = "关爱核查", .reads = WELFARE_READS,
	.state_size = sizeof(struct check_screen), .keys = &keys,
	.open = card_screen_open, .load = load_screen, .act = act, .when = when, .tick = tick,
	CARD_SCREEN_FUNCTIONS,
};
