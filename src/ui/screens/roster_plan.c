/* 自动排班: what the planner would add between two days, beside what stands and what stays open; accepted whole or in part. args.id the Monday. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/roster.h"
#include "ui/screen.h"
#include "ui/screens/roster_people.h"
#include "ui/widgets/card_view.h"

#define BUDGET_MS 500             /* a week is proven long before; overlapping hours get better as long as they are given */
#define WEEK 7
#define MONTH 28

enum plan_tag { PLAN_TAG_NONE, PLAN_TAG_ADDED };

struct plan_screen {
	int32_t from_day;
	int days;
	struct roster_planner *planner;                  /* owns the plan; NULL: it could not be made */
	struct roster_plan *plan;     /* NULL until it is there; what changes afterwards is noticed when it is accepted */
	int percent;                  /* shown until then */
	struct card_view card;
};

enum { WHEN_ADDED = WHEN_OWN, WHEN_ANY = WHEN_OWN << 1, WHEN_SHORT = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_ACCEPT, "F6 S",  WHEN_ANY },
	{ ACT_MARK,   "Space", WHEN_ADDED },
	{ ACT_AUTO,   "F8 A",  WHEN_SHORT },
};
static const struct keymap keys = { "roster-plan", binds, COUNT(binds) };

/* Words ------------------------------------------------------------------------------------------------------------------------------ */

static int wanted(const struct roster_plan *p)
{
	int n = 0;

	for (size_t i = 0; i < p->n_added; i++)
		n += p->added[i].wanted;
	return n;
}

static void add_summary(struct card_view *v, const struct roster_plan *p)
{
	AUTO_STRBUF line = { 0 };
	int open = 0;

	for (size_t i = 0; i < p->n_open; i++)
		open += p->open[i].places;
	strbuf_format(&line, "新排 %zu，采用 %d；原有 %d 不动；空 %d", p->n_added, wanted(p), p->kept, open);
	card_view_line(v, strbuf_str(&line), STYLE_STRONG, 0, PLAN_TAG_NONE);
	strbuf_truncate(&line, 0);
	if (p->proven)
		strbuf_add(&line, "已证明没有更好的排法");
	else if (p->at_most > 0)
		strbuf_format(&line, "最多还能再多排上 %d 个位子", p->at_most);
	else
		strbuf_add(&line, "位子已经排到最多，先后还可能更顺");
	if (p->cut)
		strbuf_add(&line, "；这台电脑慢，提前停下，再排一次结果可能不同");
	card_view_line(v, strbuf_str(&line), p->proven ? STYLE_GOOD : STYLE_NOTICE, 0, PLAN_TAG_NONE);
}

static void add_shift(const struct app *app, struct card_view *v, const struct shift *shift)
{
	AUTO_STRBUF words = { 0 };

	roster_shift_words(app, shift, &words);
	card_view_heading(v, strbuf_str(&words));
}

static void add_open(const struct app *app, struct card_view *v, const struct roster_open *open)
{
	AUTO_STRBUF line = { 0 };

	roster_shift_words(app, open->shift, &line);
	strbuf_format(&line, " 空%d位：%s", open->places, open->why);
	card_view_line(v, strbuf_str(&line), STYLE_WARNING, 0, PLAN_TAG_NONE);
}

static void fill_plan(const struct app *app, struct card_view *v, const struct roster_plan *p)
{
	add_summary(v, p);
	for (size_t i = 0; i < p->n_added; i++) {
		AUTO_STRBUF line = { 0 };

		if (i == 0 || p->added[i].shift_id != p->added[i - 1].shift_id)
			add_shift(app, v, p->added[i].shift);
		strbuf_format(&line, "[%s] %s  %s", p->added[i].wanted ? "√" : " ", p->added[i].name, p->added[i].reason);
		card_view_line(v, strbuf_str(&line), p->added[i].wanted ? STYLE_TEXT : STYLE_DIM, (int64_t)i + 1, PLAN_TAG_ADDED);
	}
	if (p->n_open > 0)
		card_view_heading(v, "还空着");
	for (size_t i = 0; i < p->n_open; i++)
		add_open(app, v, &p->open[i]);
}

static void fill(const struct app *app, struct plan_screen *s)
{
	card_view_clear(&s->card);
	if (s->plan) {
		fill_plan(app, &s->card, s->plan);
	} else if (s->planner) {
		AUTO_FREE char *line = mem_format("正在排班 %d%%，按 Esc 停下，班次不动", s->percent);

		card_view_line(&s->card, line, STYLE_NOTICE, 0, PLAN_TAG_NONE);
	}
	card_view_layout_framed(&s->card, app->area);
}

/* Loading and painting --------------------------------------------------------------------------------------------------------------- */

/* What was there before is gone: a plan is made anew, in idle time. */
static enum rc begin_plan(struct app *app, struct plan_screen *s, struct err *e)
{
	roster_planner_free(s->planner);
	s->planner = NULL;
	s->plan = NULL;
	s->percent = 0;
	return roster_planner_new(&s->planner, app->of, s->from_day, s->from_day + s->days - 1, BUDGET_MS, e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct plan_screen *s = state;

	s->from_day = (int32_t)args->id;
	s->days = WEEK;
	return begin_plan(app, s, e);
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

	if (s->planner == NULL || s->plan)
		return false;
	if (roster_planner_step(s->planner, &more, &e) != RC_OK) {
		app_fail(app, &e);
		roster_planner_free(s->planner);
		s->planner = NULL;
	} else if (!more) {
		s->plan = roster_planner_plan(s->planner);
	} else {
		s->percent = roster_planner_percent(s->planner);
	}
	*repaint = !more || s->percent != before;
	if (*repaint)
		fill(app, s);
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

	(void)app;
	return (item && item->tag == PLAN_TAG_ADDED ? WHEN_ADDED : 0) | (s->plan && wanted(s->plan) > 0 ? WHEN_ANY : 0) | (s->days < MONTH ? WHEN_SHORT : 0);
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

static struct next act(struct app *app, void *state, enum action action)
{
	struct plan_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);
	struct err e = { 0 };
	enum rc rc = RC_OK;

	switch (action) {
	case ACT_ACCEPT:
		return accept(app, s);
	case ACT_MARK:
		s->plan->added[item->id - 1].wanted = !s->plan->added[item->id - 1].wanted;
		break;
	case ACT_AUTO:                 /* four weeks instead of one */
		s->days = MONTH;
		rc = begin_plan(app, s, &e);
		break;
	default:
		return next_pass();
	}
	if (rc != RC_OK)
		app_fail(app, &e);
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
	roster_planner_free(s->planner);
}

const struct screen_def roster_plan_screen = {
	.name = "roster-plan", .title = "自动排班",
	.state_size = sizeof(struct plan_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
