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
	struct arena arena;           /* owns the plan */
	struct roster_plan plan;
	const char **added_shifts, **open_shifts;        /* in words, as plan.added and plan.open; in the arena */
	bool planned;                 /* once; what changes meanwhile is noticed when it is accepted */
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
	card_view_line(v, strbuf_str(&line), p->proven ? STYLE_GOOD : STYLE_NOTICE, 0, PLAN_TAG_NONE);
}

static void fill(const struct app *app, struct plan_screen *s)
{
	const struct roster_plan *p = &s->plan;
	int64_t before = 0;

	card_view_clear(&s->card);
	add_summary(&s->card, p);
	for (size_t i = 0; i < p->n_added; i++) {
		AUTO_STRBUF line = { 0 };

		if (p->added[i].shift_id != before)    /* another shift begins */
			card_view_heading(&s->card, s->added_shifts[i]);
		before = p->added[i].shift_id;
		strbuf_format(&line, "[%s] %s  %s", p->added[i].wanted ? "√" : " ", p->added[i].name, p->added[i].reason);
		card_view_line(&s->card, strbuf_str(&line), p->added[i].wanted ? STYLE_TEXT : STYLE_DIM, (int64_t)i + 1, PLAN_TAG_ADDED);
	}
	if (p->n_open > 0)
		card_view_heading(&s->card, "还空着");
	for (size_t i = 0; i < p->n_open; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s 空%d位：%s", s->open_shifts[i], p->open[i].places, p->open[i].why);
		card_view_line(&s->card, strbuf_str(&line), STYLE_WARNING, 0, PLAN_TAG_NONE);
	}
	card_view_layout_framed(&s->card, app->area);
}

/* Loading and painting --------------------------------------------------------------------------------------------------------------- */

static bool stop_wanted(void *context)
{
	return app_progress(context, "排班", 0, 0);
}

/* Read once with the plan: marking a line asks the database nothing. */
static enum rc shift_words(struct app *app, struct arena *a, int64_t shift_id, const char **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	struct shift shift;
	enum rc rc;

	if ((rc = shift_load(app->of, shift_id, &arena, &shift, e)) != RC_OK)
		return rc;
	roster_shift_words(app, &shift, &words);
	*out = arena_copy(a, strbuf_str(&words));
	return RC_OK;
}

static enum rc read_words(struct app *app, struct plan_screen *s, struct err *e)
{
	const struct roster_plan *p = &s->plan;
	enum rc rc = RC_OK;

	s->added_shifts = arena_alloc(&s->arena, (p->n_added + 1) * sizeof *s->added_shifts);
	s->open_shifts = arena_alloc(&s->arena, (p->n_open + 1) * sizeof *s->open_shifts);
	for (size_t i = 0; i < p->n_added && rc == RC_OK; i++) {
		if (i > 0 && p->added[i].shift_id == p->added[i - 1].shift_id)
			s->added_shifts[i] = s->added_shifts[i - 1];
		else
			rc = shift_words(app, &s->arena, p->added[i].shift_id, &s->added_shifts[i], e);
	}
	for (size_t i = 0; i < p->n_open && rc == RC_OK; i++)
		rc = shift_words(app, &s->arena, p->open[i].shift_id, &s->open_shifts[i], e);
	return rc;
}

static enum rc make_plan(struct app *app, struct plan_screen *s, struct err *e)
{
	enum rc rc;

	arena_clear(&s->arena);
	s->plan = (struct roster_plan){ 0 };
	rc = roster_plan(app->of, s->from_day, s->from_day + s->days - 1, BUDGET_MS, stop_wanted, app, &s->arena, &s->plan, e);
	if (rc == RC_OK)
		rc = read_words(app, s, e);
	if (rc == RC_OK)
		s->planned = true;
	else
		s->plan = (struct roster_plan){ 0 };
	return rc;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct plan_screen *s = state;

	(void)app; (void)e;
	s->from_day = (int32_t)args->id;
	s->days = WEEK;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct plan_screen *s = state;
	enum rc rc = s->planned ? RC_OK : make_plan(app, s, e);

	if (rc == RC_OK)
		fill(app, s);
	return rc;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct plan_screen *s = state;
	AUTO_STRBUF title = { 0 };

	(void)app;
	strbuf_add(&title, "自动排班 ");
	day_format(&title, s->plan.from_day);
	strbuf_add(&title, " 至 ");
	day_format(&title, s->plan.to_day);
	card_view_draw_framed(&s->card, c, area, strbuf_str(&title), true);
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static unsigned when(const struct app *app, const void *state)
{
	const struct plan_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);

	(void)app;
	return (item && item->tag == PLAN_TAG_ADDED ? WHEN_ADDED : 0) | (wanted(&s->plan) > 0 ? WHEN_ANY : 0) | (s->days < MONTH ? WHEN_SHORT : 0);
}

static struct next accept(struct app *app, struct plan_screen *s)
{
	struct err e = { 0 };
	int made = 0, stale = 0;

	if (roster_plan_accept(app->of, &s->plan, &made, &stale, &e) != RC_OK) {
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
		s->plan.added[item->id - 1].wanted = !s->plan.added[item->id - 1].wanted;
		break;
	case ACT_AUTO:                 /* four weeks instead of one */
		s->days = MONTH;
		rc = make_plan(app, s, &e);
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
	arena_clear(&s->arena);
}

const struct screen_def roster_plan_screen = {
	.name = "roster-plan", .title = "自动排班",
	.state_size = sizeof(struct plan_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
