/* 关爱核查: who is looked for now, overdue ones first, and those of the last days. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/welfare.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"
#include "ui/widgets/card_words.h"

#define HEAD_ROWS 1
#define CLOSED_DAYS 14
#define MINUTE_MS 60000

enum { TAG_NONE, TAG_CHECK };     /* a line's id is its place in the list, from 1 */

struct welfare_screen {
	struct arena arena;
	const struct welfare_check *checks;
	size_t n;
	int64_t minute;               /* of the clock, as it was loaded */
	struct card_view list;
};

enum { WHEN_QUIET = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_OPEN,       "Enter l", WHEN_ROW },
	{ ACT_CHECK_TAKE, "F5 T",    WHEN_QUIET },
	{ ACT_DINER,      "u",       WHEN_ROW },
};
static const struct keymap keys = { "welfare", binds, COUNT(binds) };

static const struct card_column columns[] = { { "何时", 7 }, { "姓名", 9 }, { "网格", 5 }, { "为什么", 15 }, { "到了哪一级", 17 }, { "时限", 13 }, { "谁在办", 0 } };

static struct rect rows_area(const struct app *app)
{
	struct rect r = app->area;

	return (struct rect){ r.row + 1 + HEAD_ROWS, r.col + 2, r.rows - 2 - HEAD_ROWS, r.cols - 4 };
}

static const struct welfare_check *chosen(const struct welfare_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == TAG_CHECK ? &s->checks[item->id - 1] : NULL;
}

/* 还有3分钟; 超时12分钟. Appended, nothing where the rung has no end. */
static void add_left(const struct app *app, const struct welfare_check *c, struct strbuf *out)
{
	int64_t left_ms = c->due_at - office_now(app->of);

	if (!c->open || c->due_at == 0)
		return;
	if (left_ms > 0)
		strbuf_format(out, "还有%lld分钟", (long long)((left_ms + MINUTE_MS - 1) / MINUTE_MS));
	else
		strbuf_format(out, "超时%lld分钟", (long long)(-left_ms / MINUTE_MS));
}

static void add_when(const struct app *app, int64_t at, struct strbuf *out)
{
	if (day_of_instant(at) == app->today)
		time_format(out, minutes_of_instant(at));
	else
		day_format_near(out, day_of_instant(at), app->today);
}

static void add_check(const struct app *app, struct card_view *v, const struct welfare_check *c, size_t i)
{
	const char rung[] = { (char)('0' + c->rung), '\0' };
	AUTO_STRBUF when = { 0 };
	AUTO_STRBUF left = { 0 };
	AUTO_STRBUF line = { 0 };

	add_when(app, c->open ? c->opened_at : c->closed_at, &when);
	add_left(app, c, &left);
	const char *const cells[] = {
		strbuf_str(&when), c->name, c->grid, office_code_label(app->of, "welfare_cause", c->cause),
		c->open ? office_code_label(app->of, "welfare_rung", rung) : office_code_label(app->of, "welfare_conclusion", c->conclusion), strbuf_str(&left),
		!c->open ? c->closed_by : c->taken_by[0] ? c->taken_by : "还没有人接手",
	};

	card_cells(&line, columns, cells, COUNT(cells));
	card_view_line(v, strbuf_str(&line), !c->open ? STYLE_DIM : c->overdue || !c->taken_by[0] ? STYLE_URGENT : STYLE_TEXT, (int64_t)i + 1, TAG_CHECK);
}

static void fill(const struct app *app, struct welfare_screen *s, int64_t id)
{
	struct card_view *v = &s->list;
	struct rect area = rows_area(app);
	size_t open = 0;

	while (open < s->n && s->checks[open].open)
		open++;
	card_view_clear(v);
	if (open == 0)
		card_view_line(v, "现在没有要找的人", STYLE_GOOD, 0, TAG_NONE);
	for (size_t i = 0; i < s->n; i++) {
		if (i == open)
			card_view_heading(v, "这两周结束的");
		if (s->checks[i].id == id)
			v->cursor = v->n;
		add_check(app, v, &s->checks[i], i);
	}
	v->row = area.row;
	v->col = area.col;
	card_view_layout(v, area.rows, area.cols);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct welfare_screen *s = state;
	const struct welfare_check *before = chosen(s), *checks;
	int64_t id = before ? before->id : 0;
	struct arena made = { 0 };
	size_t n;
	enum rc rc;

	if ((rc = welfare_list(app->of, instant_of_day(app->today - CLOSED_DAYS, 0), &made, &checks, &n, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->checks = checks;
	s->n = n;
	s->minute = office_now(app->of) / MINUTE_MS;
	fill(app, s, id);
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct welfare_screen *s = state;
	struct rect rows = rows_area(app);

	canvas_frame(c, area, STYLE_BORDER, "关爱核查");
	card_headings(c, rows.row - 1, rows.col, columns, COUNT(columns));
	card_view_draw(&s->list, c, rows, true);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct welfare_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		return next_push("welfare-check", (struct screen_args){ .id = chosen(s)->id });
	case ACT_CHECK_TAKE:
		return next_report(app, welfare_take(app->of, chosen(s)->id, &e), &e, "已接手，到时限没有结果会再响铃");
	case ACT_DINER:
		return next_push("diner", (struct screen_args){ .id = chosen(s)->diner_id });
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct welfare_check *c = chosen(state);

	(void)app;
	return c ? WHEN_ROW | (c->open ? WHEN_QUIET : 0) : 0;
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct welfare_screen *s = state;

	(void)app;
	return card_view_key(&s->list, ev) ? next_stay() : next_pass();
}

/* The clocks of the rungs, by the minute. */
static void tick(struct app *app, void *state)
{
	struct welfare_screen *s = state;
	struct err e = { 0 };

	if (office_now(app->of) / MINUTE_MS != s->minute && load_screen(app, s, &e) != RC_OK)
		app_fail(app, &e);
}

static void close_screen(struct app *app, void *state)
{
	struct welfare_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	arena_clear(&s->arena);
}

const struct screen_def welfare_screen = {
	.name = "welfare", .title = "关爱核查", .reads = WELFARE_READS,
	.state_size = sizeof(struct welfare_screen), .keys = &keys,
	.load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .tick = tick, .close = close_screen,
};
