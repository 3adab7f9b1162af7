/* 可服务时段: the week of a volunteer as cells, one a half hour, painted with keys. args.id the volunteer.
 *
 * A column a weekday, a row an hour whose left half is the first half hour: the whole week stands on 24 lines. What is painted is saved at once; the
 * stretch that was chosen stays chosen, so that the same hours of the next day take two keys.
 */
#include <string.h>

#include "base/day.h"
#include "domain/volunteer.h"
#include "ui/screen.h"
#include "ui/widgets/volunteer_card.h"

#define FIRST_HOUR 6
#define HOURS 16
#define SLOTS (HOURS * 2)
#define SLOT_MINUTES 30
#define LABEL_COLS 6

/* What a cell says: a degree, nothing (AVAILABILITY_DEGREE_COUNT), or not the same all the time. */
#define NOTHING AVAILABILITY_DEGREE_COUNT
#define MIXED (AVAILABILITY_DEGREE_COUNT + 1)

struct week_screen {
	int64_t id;
	struct arena arena;           /* owns what `v` points to */
	struct volunteer v;
	unsigned char cells[7][SLOTS];
	int weekday;                  /* 0 Monday … 6 */
	int slot;                     /* under the cursor */
	int anchor;                   /* the other end of the stretch; -1: none */
};

static const struct key_bind binds[] = {
	{ ACT_PAINT_WILLING,   "1 +",      WHEN_MAY_EDIT },
	{ ACT_PAINT_CAN,       "2 =",      WHEN_MAY_EDIT },
	{ ACT_PAINT_UNWILLING, "3 -",      WHEN_MAY_EDIT },
	{ ACT_PAINT_CANNOT,    "4 x",      WHEN_MAY_EDIT },
	{ ACT_PAINT_NOTHING,   "0 Delete", WHEN_MAY_EDIT },
	{ ACT_STRETCH,         "Space v",  WHEN_MAY_EDIT },
};
static const struct keymap keys = { "volunteer-week", binds, COUNT(binds) };

/* How a degree looks: a sign beside the colour, for terminals without one. */
static const struct {
	const char *sign;
	enum style style;
} looks[MIXED + 1] = {
	[AVAILABLE_CANNOT] = { "x", STYLE_HEAT_4 }, [AVAILABLE_UNWILLING] = { "-", STYLE_HEAT_3 }, [AVAILABLE_CAN] = { "=", STYLE_HEAT_2 },
	[AVAILABLE_WILLING] = { "+", STYLE_HEAT_1 }, [NOTHING] = { ".", STYLE_DIM }, [MIXED] = { "~", STYLE_WARNING },
};

static int slot_begin(int slot)
{
	return FIRST_HOUR * 60 + slot * SLOT_MINUTES;
}

static bool counts_always(const struct volunteer_time *t)
{
	return t->from_day == DAY_NONE && t->to_day == DAY_NONE;
}

/* Loading -------------------------------------------------------------------------------------------------------------------------- */

/* Minutes of a slot that a time covers. */
static int covered(const struct volunteer_time *t, int slot)
{
	int begin = slot_begin(slot), end = begin + SLOT_MINUTES;

	begin = t->begin_min > begin ? t->begin_min : begin;
	end = t->end_min < end ? t->end_min : end;
	return end > begin ? end - begin : 0;
}

static void fill_cells(struct week_screen *s)
{
	memset(s->cells, NOTHING, sizeof s->cells);
	for (size_t i = 0; i < s->v.n_times; i++) {
		const struct volunteer_time *t = &s->v.times[i];

		for (int slot = 0; slot < SLOTS && counts_always(t) && t->weekday >= 1 && t->weekday <= 7; slot++)
			if (covered(t, slot) > 0)
				s->cells[t->weekday - 1][slot] = (unsigned char)(covered(t, slot) == SLOT_MINUTES ? (int)t->degree : MIXED);
	}
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct week_screen *s = state;

	(void)app; (void)e;
	s->id = args->id;
	s->slot = 4;                  /* 08:00 */
	s->anchor = -1;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct week_screen *s = state;
	enum rc rc;

	arena_clear(&s->arena);
	if ((rc = volunteer_load(app->of, s->id, &s->arena, &s->v, e)) != RC_OK)
		return rc;
	fill_cells(s);
	return RC_OK;
}

/* Keys ----------------------------------------------------------------------------------------------------------------------------- */

static int first_slot(const struct week_screen *s)
{
	return s->anchor >= 0 && s->anchor < s->slot ? s->anchor : s->slot;
}

static int last_slot(const struct week_screen *s)
{
	return s->anchor > s->slot ? s->anchor : s->slot;
}

static bool may_edit(const struct app *app, const struct week_screen *s)
{
	return office_may(app->of, MAY_VOLUNTEER_EDIT) && !s->v.deleted;
}

/* "周三 08:00-12:00" */
static void stretch_text(const struct app *app, const struct week_screen *s, struct strbuf *out)
{
	const char code[] = { (char)('1' + s->weekday), '\0' };

	strbuf_format(out, "%s ", office_code_label(app->of, "weekday", code));
	volunteer_time_text(slot_begin(first_slot(s)), slot_begin(last_slot(s) + 1), out);
}

static void paint(struct app *app, struct week_screen *s, enum availability_degree degree)
{
	AUTO_STRBUF stretch = { 0 };
	struct err e = { 0 };

	if (volunteer_paint(app->of, s->id, s->weekday + 1, slot_begin(first_slot(s)), slot_begin(last_slot(s) + 1), degree, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	stretch_text(app, s, &stretch);
	if (degree == NOTHING)
		app_say(app, "%s 已擦去", strbuf_str(&stretch));
	else
		app_say(app, "%s 记为「%s」", strbuf_str(&stretch), office_code_label(app->of, "availability_degree", availability_degree_key(degree)));
}

static struct next act(struct app *app, void *state, enum action action)
{
	static const struct {
		enum action action;
		enum availability_degree degree;
	} brushes[] = {
		{ ACT_PAINT_WILLING, AVAILABLE_WILLING }, { ACT_PAINT_CAN, AVAILABLE_CAN }, { ACT_PAINT_UNWILLING, AVAILABLE_UNWILLING },
		{ ACT_PAINT_CANNOT, AVAILABLE_CANNOT }, { ACT_PAINT_NOTHING, NOTHING },
	};
	struct week_screen *s = state;

	for (size_t i = 0; i < COUNT(brushes); i++)
		if (brushes[i].action == action) {
			paint(app, s, brushes[i].degree);
			return next_stay();
		}
	if (action == ACT_STRETCH) {
		s->anchor = s->anchor < 0 ? s->slot : -1;
		return next_stay();
	}
	if (action != ACT_BACK || s->anchor < 0)
		return next_pass();
	s->anchor = -1;               /* first the stretch is let go */
	return next_stay();
}

/* Where the arrows lead; Shift begins a stretch. */
static bool move(struct week_screen *s, uint32_t key)
{
	static const struct {
		uint32_t key;
		int days, slots;
		bool extends;
	} moves[] = {
		{ YK_UP, 0, -1, false }, { YK_DOWN, 0, 1, false }, { YK_LEFT, -1, 0, false }, { YK_RIGHT, 1, 0, false },
		{ YK_SHIFT_UP, 0, -1, true }, { YK_SHIFT_DOWN, 0, 1, true }, { YK_PGUP, 0, -4, false }, { YK_PGDN, 0, 4, false },
		{ YK_HOME, 0, -SLOTS, false }, { YK_END, 0, SLOTS, false }, { YK_SHIFT_HOME, 0, -SLOTS, true }, { YK_SHIFT_END, 0, SLOTS, true },
		{ 'k', 0, -1, false }, { 'j', 0, 1, false }, { 'h', -1, 0, false }, { 'l', 1, 0, false },
	};

	for (size_t i = 0; i < COUNT(moves); i++) {
		if (moves[i].key != key)
			continue;
		if (moves[i].extends && s->anchor < 0)
			s->anchor = s->slot;
		s->weekday = (s->weekday + moves[i].days + 7) % 7;
		s->slot += moves[i].slots;
		s->slot = s->slot < 0 ? 0 : s->slot >= SLOTS ? SLOTS - 1 : s->slot;
		return true;
	}
	return false;
}

/* Where things stand: the width of a weekday, and of half of an hour in it. */
static int day_cols(struct rect inner)
{
	return (inner.cols - LABEL_COLS) / 7;
}

static int half_cols(struct rect inner)
{
	return (day_cols(inner) - 1) / 2;
}

static void click(const struct app *app, struct week_screen *s, const struct key_event *ev)
{
	struct rect inner = { app->area.row + 1, app->area.col + 1, app->area.rows - 2, app->area.cols - 2 };
	int hour = ev->row - inner.row - 1, col = ev->col - inner.col - LABEL_COLS;

	if (hour < 0 || hour >= HOURS || col < 0 || col >= 7 * day_cols(inner))
		return;
	s->weekday = col / day_cols(inner);
	s->slot = hour * 2 + (col % day_cols(inner) >= half_cols(inner));
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct week_screen *s = state;

	if (ev->key == YK_CLICK) {
		click(app, s, ev);
		return next_stay();
	}
	return move(s, ev->key) ? next_stay() : next_pass();
}

static unsigned when(const struct app *app, const void *state)
{
	return may_edit(app, state) ? WHEN_MAY_EDIT : 0;
}

/* Painting the screen -------------------------------------------------------------------------------------------------------------- */

static void draw_cell(const struct week_screen *s, struct canvas *c, struct rect inner, int weekday, int slot)
{
	int cell = s->cells[weekday][slot], cols = half_cols(inner);
	bool here = weekday == s->weekday && slot == s->slot, chosen = weekday == s->weekday && slot >= first_slot(s) && slot <= last_slot(s);
	enum style style = here ? STYLE_SELECTED : chosen ? STYLE_SELECTION : looks[cell].style;
	AUTO_STRBUF text = { 0 };

	for (int i = 0; i < cols; i++)
		strbuf_add(&text, here && (i == 0 || i == cols - 1) ? (i == 0 ? "[" : "]") : cell == NOTHING && i != cols / 2 ? " " : looks[cell].sign);
	canvas_text(c, inner.row + 1 + slot / 2, inner.col + LABEL_COLS + weekday * day_cols(inner) + slot % 2 * cols, cols, style, strbuf_str(&text));
}

static void draw_heads(const struct app *app, struct canvas *c, struct rect inner)
{
	canvas_text(c, inner.row, inner.col, inner.cols, STYLE_HEADING, "");
	for (int weekday = 0; weekday < 7; weekday++) {
		const char code[] = { (char)('1' + weekday), '\0' };

		canvas_put(c, inner.row, inner.col + LABEL_COLS + weekday * day_cols(inner), day_cols(inner), STYLE_HEADING,
		           office_code_label(app->of, "weekday", code));
	}
	for (int hour = 0; hour < HOURS; hour++)
		canvas_format(c, inner.row + 1 + hour, inner.col, LABEL_COLS, STYLE_LABEL, "%02d:00", FIRST_HOUR + hour);
}

/* What the cells can't show: hours before and after, times of a stretch of days. */
static void add_beyond(const struct week_screen *s, struct strbuf *out)
{
	for (size_t i = 0; i < s->v.n_times; i++) {
		const struct volunteer_time *t = &s->v.times[i];

		if (t->weekday != s->weekday + 1)
			continue;
		if (!counts_always(t))
			strbuf_add(out, "  另有定期的");
		else if (t->begin_min < slot_begin(0) || t->end_min > slot_begin(SLOTS))
			strbuf_add(out, "  另有");
		else
			continue;
		strbuf_add_char(out, ' ');
		volunteer_time_text(t->begin_min, t->end_min, out);
	}
}

/* The signs, and what the cursor is on. */
static void draw_foot(const struct app *app, const struct week_screen *s, struct canvas *c, struct rect inner)
{
	AUTO_STRBUF here = { 0 };
	int row = inner.row + 1 + HOURS, col = inner.col + 1;

	stretch_text(app, s, &here);
	add_beyond(s, &here);
	for (int degree = AVAILABLE_WILLING; degree >= AVAILABLE_CANNOT; degree--) {
		col = canvas_format(c, row, col, 3, looks[degree].style, " %s ", looks[degree].sign);
		col = canvas_format(c, row, col, 6, STYLE_LABEL, "%s  ", office_code_label(app->of, "availability_degree", availability_degree_key(degree)));
	}
	canvas_text(c, row, col + 1, inner.col + inner.cols - col - 1, STYLE_TEXT, strbuf_str(&here));
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct week_screen *s = state;
	AUTO_STRBUF title = { 0 };
	struct rect inner;

	strbuf_format(&title, "可服务时段 · %s", s->v.name);
	inner = canvas_frame(c, area, STYLE_BORDER, strbuf_str(&title));
	draw_heads(app, c, inner);
	for (int weekday = 0; weekday < 7; weekday++)
		for (int slot = 0; slot < SLOTS; slot++)
			draw_cell(s, c, inner, weekday, slot);
	draw_foot(app, s, c, inner);
}

static void close_screen(struct app *app, void *state)
{
	struct week_screen *s = state;

	(void)app;
	arena_clear(&s->arena);
}

const struct screen_def volunteer_week_screen = {
	.name = "volunteer-week", .title = "可服务时段", .reads = TBL_VOLUNTEER | TBL_AVAILABILITY | TBL_ABSENCE,
	.state_size = sizeof(struct week_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
