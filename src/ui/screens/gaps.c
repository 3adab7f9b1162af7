/* 缺口: which shifts of the days to come are short of hands, and whom to ask, with what each said. args.id a need to begin with; 0: the most pressing. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/gap.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

#define CALLS_MAX 200             /* shown; how many more there are is said */

enum gap_tag { GAP_TAG_NONE, GAP_TAG_GAP, GAP_TAG_CALL };

enum looking { LOOKING_NOT, LOOKING_FOR_GAPS, LOOKING_FOR_CALLS };

struct gaps_screen {
	struct gap_search *search;    /* owns gaps and calls */
	enum looking looking;         /* what idle time is used for; what is shown is as of before */
	bool found;                   /* the gaps, once */
	const struct gap *gaps;
	size_t n;
	int64_t need_id;              /* whose calls are shown */
	const struct gap_call *calls;
	size_t n_calls;
	struct card_view list, card;
	bool in_card;
};

enum { WHEN_EDITS = WHEN_OWN, WHEN_CALL = WHEN_OWN << 1, WHEN_GAP = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_CALL_YES,       "1",     WHEN_EDITS | WHEN_CALL },
	{ ACT_CALL_NO,        "2",     WHEN_EDITS | WHEN_CALL },
	{ ACT_CALL_LATER,     "3",     WHEN_EDITS | WHEN_CALL },
	{ ACT_CALL_UNREACHED, "4",     WHEN_EDITS | WHEN_CALL },
	{ ACT_REVEAL,         "v",     WHEN_CALL },
	{ ACT_OPEN,           "Enter", WHEN_GAP },
	{ ACT_OTHER_PANE,     "Tab",   WHEN_ALWAYS },
	{ ACT_ROSTER,         "F6",    WHEN_ALWAYS },
	{ ACT_TREND,          "F7 t",  WHEN_ALWAYS },
};
static const struct keymap keys = { "gaps", binds, COUNT(binds) };

/* Words ------------------------------------------------------------------------------------------------------------------------------ */

/* 11-25 10:30 午餐送餐 队员 缺2人（要8 排6） */
static void add_gap(const struct app *app, struct card_view *v, const struct gap *g)
{
	AUTO_STRBUF line = { 0 };

	day_format_near(&line, g->day, app->today);
	strbuf_add_char(&line, ' ');
	time_format(&line, g->begin_min);
	strbuf_format(&line, " %s", g->title[0] ? g->title : office_code_label(app->of, "service", g->service));
	if (g->grid[0])
		strbuf_format(&line, " %s", g->grid);
	strbuf_format(&line, " %s 缺%.1f人（要%d 排%d）", office_code_label(app->of, "shift_role", g->role), g->missing, g->wanted, g->assigned);
	if (g->asked > 0)
		strbuf_format(&line, " 问过%d人", g->asked);
	if (g->agreed > 0)
		strbuf_format(&line, " 答应%d人", g->agreed);
	if (g->cannot)
		strbuf_add(&line, " 没有人可问");
	card_view_line(v, strbuf_str(&line), g->cannot ? STYLE_ERROR : g->day - app->today <= 2 ? STYLE_URGENT : STYLE_TEXT, g->need_id, GAP_TAG_GAP);
}

static void add_sum(const struct app *app, struct card_view *v, const struct gap_sum *sum)
{
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s %d个班次，缺人的%d个，缺%.1f人；近四周空着没人做的%d人次", office_code_label(app->of, "service", sum->service), sum->shifts,
	              sum->short_shifts, sum->missing, sum->suppressed);
	card_view_line(v, strbuf_str(&line), STYLE_TEXT, 0, GAP_TAG_NONE);
}

static void fill_list(const struct app *app, struct gaps_screen *s)
{
	size_t n;
	const struct gap_sum *sums = gap_search_sums(s->search, &n);

	card_view_clear(&s->list);
	if (!s->found) {
		card_view_line(&s->list, "正在算今后的班次缺不缺人…", STYLE_DIM, 0, GAP_TAG_NONE);
		return;
	}
	for (size_t i = 0; i < s->n; i++)
		add_gap(app, &s->list, &s->gaps[i]);
	if (s->n == 0)
		card_view_line(&s->list, "这些天的班次都有人", STYLE_GOOD, 0, GAP_TAG_NONE);
	card_view_heading(&s->list, "按服务");
	for (size_t i = 0; i < n; i++)
		add_sum(app, &s->list, &sums[i]);
}

static void fill_card(const struct app *app, struct gaps_screen *s)
{
	(void)app;
	card_view_clear(&s->card);
	for (size_t i = 0; i < s->n_calls && i < CALLS_MAX; i++) {
		const struct gap_call *c = &s->calls[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s %s  %s", c->name, c->phone, c->reason);
		if (c->last[0])
			strbuf_format(&line, "  %s", c->last);
		card_view_line(&s->card, strbuf_str(&line), STYLE_TEXT, c->volunteer_id, GAP_TAG_CALL);
	}
	if (s->n_calls > CALLS_MAX) {
		AUTO_FREE char *more = mem_format("还有 %zu 人没有列出", s->n_calls - CALLS_MAX);

		card_view_line(&s->card, more, STYLE_DIM, 0, GAP_TAG_NONE);
	}
	if (s->n_calls == 0 && s->looking != LOOKING_NOT)
		card_view_line(&s->card, "正在看可以问谁…", STYLE_DIM, 0, GAP_TAG_NONE);
	else if (s->n_calls == 0)
		card_view_line(&s->card, s->need_id ? "没有人可问：有证书、有空、同意接电话的都问过或已有班" : "", STYLE_DIM, 0, GAP_TAG_NONE);
}

/* Areas and loading ------------------------------------------------------------------------------------------------------------------ */

static struct rect list_area(const struct app *app)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = r.cols * 3 / 5;
	else
		r.rows = r.rows / 2;
	return r;
}

static struct rect card_area(const struct app *app)
{
	struct rect list = list_area(app), r = app->area;

	if (app->wide) {
		r.col += list.cols - 1;
		r.cols -= list.cols - 1;
	} else {
		r.row += list.rows - 1;
		r.rows -= list.rows - 1;
	}
	return r;
}

static void layout(const struct app *app, struct gaps_screen *s)
{
	card_view_layout_framed(&s->list, list_area(app));
	card_view_layout_framed(&s->card, card_area(app));
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct gaps_screen *s = state;

	(void)e;
	s->search = gap_search_new(app->of);
	s->need_id = args->id;
	return RC_OK;
}

/* Gaps and calls are found in idle time; those of before stay in view until then. */
static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct gaps_screen *s = state;
	enum rc rc = office_require(app->of, MAY_VOLUNTEER_VIEW, e);

	if (rc != RC_OK)
		return rc;
	gap_search_begin(s->search);
	s->looking = LOOKING_FOR_GAPS;
	fill_list(app, s);
	fill_card(app, s);
	layout(app, s);
	return RC_OK;
}

/* Whom to ask for the gap under the cursor; while gaps are looked for, it is asked when they are there. */
static void ask_for_calls(const struct app *app, struct gaps_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);
	int64_t need_id = item && item->tag == GAP_TAG_GAP ? item->id : 0;

	if (s->looking != LOOKING_FOR_GAPS)
		s->looking = need_id ? LOOKING_FOR_CALLS : LOOKING_NOT;
	if (need_id != s->need_id || need_id == 0) {
		s->calls = NULL;
		s->n_calls = 0;
	}
	s->need_id = need_id;
	if (s->looking == LOOKING_FOR_CALLS)
		gap_search_ask(s->search, need_id);
	fill_card(app, s);
	layout(app, s);
}

static void take_gaps(const struct app *app, struct gaps_screen *s)
{
	s->found = true;
	s->looking = LOOKING_NOT;
	s->gaps = gap_search_gaps(s->search, &s->n);
	fill_list(app, s);
	for (size_t i = 0; i < s->list.n; i++)
		if (s->need_id && s->list.items[i].tag == GAP_TAG_GAP && s->list.items[i].id == s->need_id)
			s->list.cursor = i;
	layout(app, s);
	ask_for_calls(app, s);
}

static void take_calls(const struct app *app, struct gaps_screen *s)
{
	s->looking = LOOKING_NOT;
	s->calls = gap_search_calls(s->search, &s->n_calls);
	fill_card(app, s);
	layout(app, s);
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct gaps_screen *s = state;
	struct err e = { 0 };
	bool more = false;

	if (s->looking == LOOKING_NOT)
		return false;
	if (gap_search_step(s->search, &more, &e) != RC_OK) {
		s->looking = LOOKING_NOT;
		app_fail(app, &e);
		*repaint = true;
	} else if (!more) {
		if (s->looking == LOOKING_FOR_GAPS)
			take_gaps(app, s);
		else
			take_calls(app, s);
		*repaint = true;
	}
	return s->looking != LOOKING_NOT;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct gaps_screen *s = state;
	AUTO_FREE char *title = mem_format("缺口 · 今后%d天", app->of->settings->gap_days);

	(void)area;
	card_view_draw_framed(&s->list, c, list_area(app), title, !s->in_card);
	card_view_draw_framed(&s->card, c, card_area(app), "可以问的人", s->in_card);
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static const struct gap_call *call_here(const struct gaps_screen *s)
{
	const struct card_item *item = s->in_card ? card_view_item(&s->card) : NULL;

	for (size_t i = 0; item && i < s->n_calls; i++)
		if (item->tag == GAP_TAG_CALL && s->calls[i].volunteer_id == item->id)
			return &s->calls[i];
	return NULL;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct gaps_screen *s = state;
	const struct card_item *item = s->in_card ? NULL : card_view_item(&s->list);

	return (office_may(app->of, MAY_ROSTER_EDIT) ? WHEN_EDITS : 0) | (call_here(s) ? WHEN_CALL : 0) | (item && item->tag == GAP_TAG_GAP ? WHEN_GAP : 0);
}

static struct next note_call(struct app *app, struct gaps_screen *s, const char *outcome)
{
	const struct gap_call *c = call_here(s);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(app->of->forms, "call"));
	value_set_text(record_value(&r, "outcome"), outcome);
	return next_report(app, gap_call_note(app->of, s->need_id, c->volunteer_id, &r, &e), &e, "%s：%s%s", c->name,
	                   office_code_label(app->of, "call_outcome", outcome), strcmp(outcome, "yes") == 0 ? "，已排上" : "");
}

static void reveal(struct app *app, const struct gaps_screen *s)
{
	const struct gap_call *c = call_here(s);
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };
	enum rc rc = gap_reveal(app->of, c->volunteer_id, &plain, &e);

	app_report(app, rc, &e, "%s 电话 %s（已记入台账）", c->name, rc == RC_OK ? plain : "");
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct gaps_screen *s = state;

	switch (action) {
	case ACT_CALL_YES:
		return note_call(app, s, "yes");
	case ACT_CALL_NO:
		return note_call(app, s, "no");
	case ACT_CALL_LATER:
		return note_call(app, s, "later");
	case ACT_CALL_UNREACHED:
		return note_call(app, s, "unreached");
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_OPEN:
	case ACT_OTHER_PANE:
		s->in_card = !s->in_card;
		return next_stay();
	case ACT_ROSTER:
		for (size_t i = 0; i < s->n; i++)
			if (s->gaps[i].need_id == s->need_id)
				return next_push("roster", (struct screen_args){ .id = s->gaps[i].day });
		return next_push("roster", (struct screen_args){ 0 });
	case ACT_TREND:
		return next_push("volunteer-trend", (struct screen_args){ 0 });
	case ACT_BACK:
		if (!s->in_card)
			return next_pass();
		s->in_card = false;
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct gaps_screen *s = state;

	if (s->in_card)
		return card_view_key(&s->card, ev) ? next_stay() : next_pass();
	if (!card_view_key(&s->list, ev))
		return next_pass();
	ask_for_calls(app, s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct gaps_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	card_view_release(&s->card);
	gap_search_free(s->search);
}

const struct screen_def gaps_screen = {
	.name = "gaps", .title = "缺口",
	.reads = TBL_SHIFT | TBL_SHIFT_NEED | TBL_ASSIGNMENT | TBL_ATTENDANCE | TBL_VOLUNTEER | TBL_VOLUNTEER_GRID | TBL_QUALIFICATION | TBL_AVAILABILITY |
	         TBL_ABSENCE | TBL_CALL,
	.state_size = sizeof(struct gaps_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
