/* 自动排班: what the planner would add between two days, beside what stands and what stays open; accepted whole or in part, or planned again without
 * whose tick was taken away. args.id the Monday; args.data where the board keeps its planner (struct roster_planner *const *), which outlives this screen. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/roster.h"
#include "ui/screen.h"
#include "ui/screens/roster_plan_card.h"

#define BUDGET_MS 500             /* a week is proven long before; overlapping hours get better as long as they are given */
#define WEEK 7
#define MONTH 28

struct plan_screen {
	int32_t from_day;
	int days;
	struct roster_planner *planner;                  /* the board's; owns the plan */
	bool planning;
	struct roster_plan *plan;     /* NULL until it is there; what changes afterwards is noticed when it is accepted */
	int percent;                  /* shown until then */
	struct roster_refused *refused;                  /* one each of refusals */
	struct plan_refusal *refusals;
	size_t n_refused, cap_refused, cap_refusals;
	bool kept;                    /* who stays is shown where there is little room, too */
	struct card_view card;
};

enum { WHEN_TICK = WHEN_OWN, WHEN_ANY = WHEN_OWN << 1, WHEN_SHORT = WHEN_OWN << 2, WHEN_LONG = WHEN_OWN << 3, WHEN_PLANNED = WHEN_OWN << 4, WHEN_NARROW = WHEN_OWN << 5 };

static const struct key_bind binds[] = {
	{ ACT_ACCEPT,     "F6 S",  WHEN_ANY },
	{ ACT_TICK,       "Space", WHEN_TICK },
	{ ACT_PLAN_AGAIN, "F5 R",  WHEN_PLANNED },
	{ ACT_FOUR_WEEKS, "F8 A",  WHEN_SHORT },
	{ ACT_ONE_WEEK,   "F8 A",  WHEN_LONG },
	{ ACT_SHOW_KEPT,  "v",     WHEN_NARROW },
};
static const struct keymap keys = { "roster-plan", binds, COUNT(binds) };

static void fill(const struct app *app, struct plan_screen *s)
{
	const struct plan_view view = { .plan = s->plan, .refusals = s->refusals, .n_refusals = s->n_refused, .kept = s->kept || app->wide };

	card_view_clear(&s->card);
	if (s->plan) {
		roster_plan_card(app, &s->card, &view);
	} else if (s->planning) {
		AUTO_FREE char *line = mem_format("正在排班 %d%%，按 Esc 停下，班次不动", s->percent);

		card_view_line(&s->card, line, STYLE_NOTICE, 0, PLAN_TAG_NONE);
	}
	card_view_layout_framed(&s->card, app->area);
}

/* Refusing ---------------------------------------------------------------------------------------------------------------------------- */

/* Those who are ticked again may be planned. */
static void take_back(struct plan_screen *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_refused; i++) {
		if (s->refusals[i].again) {
			free(s->refusals[i].words);
			continue;
		}
		s->refused[kept] = s->refused[i];
		s->refusals[kept++] = s->refusals[i];
	}
	s->n_refused = kept;
}

static void refuse(const struct app *app, struct plan_screen *s, const struct roster_planned *one)
{
	AUTO_STRBUF words = { 0 };

	roster_plan_seat_words(app, one, &words);
	s->refused = mem_grow(s->refused, &s->cap_refused, s->n_refused + 1, sizeof *s->refused);
	s->refusals = mem_grow(s->refusals, &s->cap_refusals, s->n_refused + 1, sizeof *s->refusals);
	s->refused[s->n_refused] = (struct roster_refused){ .shift_id = one->shift_id, .volunteer_id = one->volunteer_id };
	s->refusals[s->n_refused++] = (struct plan_refusal){ .words = strbuf_take(&words) };
}

static void refuse_unticked(const struct app *app, struct plan_screen *s)
{
	for (size_t i = 0; s->plan && i < s->plan->n_added; i++)
		if (!s->plan->added[i].wanted)
			refuse(app, s, &s->plan->added[i]);
}

/* Loading and painting --------------------------------------------------------------------------------------------------------------- */

/* What was there before is gone: a plan is made anew, in idle time. */
static enum rc begin_plan(struct plan_screen *s, struct err *e)
{
	const struct roster_wish wish = {
		.from_day = s->from_day, .to_day = s->from_day + s->days - 1, .budget_ms = BUDGET_MS, .refused = s->refused, .n_refused = s->n_refused,
	};
	enum rc rc = roster_planner_begin(s->planner, &wish, e);

	if (rc != RC_OK)
		return rc;
	s->plan = NULL;
	s->percent = 0;
	s->planning = true;
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct plan_screen *s = state;

	(void)app;
	s->planner = *(struct roster_planner *const *)args->data;
	s->from_day = (int32_t)args->id;
	s->days = WEEK;
	return begin_plan(s, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	(void)e;
	fill(app, state);
	return RC_OK;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct plan_screen *s = state;
	int before = s->percent;
	struct err e = { 0 };
	bool more = false;

	if (!s->planning)
		return false;
	if (roster_planner_step(s->planner, &more, &e) != RC_OK)
		app_fail(app, &e);
	else if (!more)
		s->plan = roster_planner_plan(s->planner);
	else
		s->percent = roster_planner_percent(s->planner);
	s->planning = more;
	*repaint = !more || s->percent != before;
	if (*repaint)
		fill(app, s);
	if (s->plan && card_view_item(&s->card)->tag != PLAN_TAG_ADDED)
		card_view_go_tag(&s->card, PLAN_TAG_ADDED);
	return more;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct plan_screen *s = state;
	AUTO_STRBUF title = { 0 };

	(void)app;
	strbuf_add(&title, "自动排班 ");
	day_format(&title, s->from_day);
	strbuf_add(&title, " 至 ");
	day_format(&title, s->from_day + s->days - 1);
	card_view_draw_framed(&s->card, c, area, strbuf_str(&title), true);
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static unsigned when(const struct app *app, const void *state)
{
	const struct plan_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);

	return (s->plan && item && item->tag != PLAN_TAG_NONE ? WHEN_TICK : 0) | (s->plan && roster_plan_wanted(s->plan) > 0 ? WHEN_ANY : 0) |
	       (s->days < MONTH ? WHEN_SHORT : WHEN_LONG) | (s->planning ? 0 : WHEN_PLANNED) | (s->plan && !app->wide ? WHEN_NARROW : 0);
}

static struct next accept(struct app *app, struct plan_screen *s)
{
	struct err e = { 0 };
	int made = 0, stale = 0;

	if (roster_plan_accept(app->of, s->plan, &made, &stale, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	if (stale > 0)
		app_warn(app, "排上%d人；%d人因为别人刚改过班次没有排上", made, stale);
	else
		app_say(app, "排上%d人；按 Ctrl-Z 全部撤回", made);
	return next_pop(0);
}

/* On the first line: all off, or all on again. */
static void tick(struct plan_screen *s, const struct card_item *item)
{
	bool none = roster_plan_wanted(s->plan) == 0;

	switch (item->tag) {
	case PLAN_TAG_ALL:
		for (size_t i = 0; i < s->plan->n_added; i++)
			s->plan->added[i].wanted = none;
		break;
	case PLAN_TAG_ADDED:
		s->plan->added[item->id - 1].wanted = !s->plan->added[item->id - 1].wanted;
		break;
	default:
		s->refusals[item->id - 1].again = !s->refusals[item->id - 1].again;
	}
}

static enum rc plan_again(const struct app *app, struct plan_screen *s, enum action action, struct err *e)
{
	take_back(s);
	refuse_unticked(app, s);
	if (action != ACT_PLAN_AGAIN)
		s->days = action == ACT_FOUR_WEEKS ? MONTH : WEEK;
	return begin_plan(s, e);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct plan_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_ACCEPT:
		return accept(app, s);
	case ACT_TICK:
		tick(s, card_view_item(&s->card));
		break;
	case ACT_PLAN_AGAIN: case ACT_FOUR_WEEKS: case ACT_ONE_WEEK:
		if (plan_again(app, s, action, &e) != RC_OK)
			app_fail(app, &e);
		break;
	case ACT_SHOW_KEPT:
		s->kept = !s->kept;
		break;
	default:
		return next_pass();
	}
	fill(app, s);
	return next_stay();
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct plan_screen *s = state;

	(void)app;
	return card_view_key(&s->card, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct plan_screen *s = state;

	(void)app;
	card_view_release(&s->card);
	for (size_t i = 0; i < s->n_refused; i++)
		free(s->refusals[i].words);
	free(s->refusals);
	free(s->refused);
}

const struct screen_def roster_plan_screen = {
	.name = "roster-plan", .title = "自动排班",
	.state_size = sizeof(struct plan_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
