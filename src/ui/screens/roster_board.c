/* The week as a grid of cells. What a colour says is said by a sign too: √ full, ! nobody, · draft, × cancelled, ? somebody in conflict. */
#include "ui/screens/roster_board.h"

#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"

#define NAME_COLS 20
#define DAY_COLS 8
#define HEAD_ROWS 1
#define FOOT_ROWS 1

/* Rows ------------------------------------------------------------------------------------------------------------------------------- */

static bool same_row(const struct shift *a, const struct shift *b)
{
	return a->begin_min == b->begin_min && a->end_min == b->end_min && a->template_id == b->template_id && strcmp(a->service, b->service) == 0 &&
	       strcmp(a->title, b->title) == 0 && a->grid_id == b->grid_id;
}

static const struct shift *shift_of(const struct board_row *row)
{
	for (int d = 0; d < BOARD_DAYS; d++)
		if (row->days[d])
			return &row->days[d]->shift;
	return NULL;
}

/* The row of a shift that has its day free; a new one where there is none. */
static struct board_row *row_for(struct roster_board *b, const struct roster_shift *s, int day)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].days[day] == NULL && same_row(shift_of(&b->rows[i]), &s->shift))
			return &b->rows[i];
	b->rows[b->n] = (struct board_row){ 0 };
	return &b->rows[b->n++];
}

void roster_board_fill(struct roster_board *b, const struct roster_week *week, struct arena *a)
{
	b->rows = arena_alloc(a, (week->n + 1) * sizeof *b->rows);
	b->n = 0;
	for (size_t i = 0; i < week->n; i++) {
		int day = week->shifts[i].shift.day - week->monday;

		if (day >= 0 && day < BOARD_DAYS)
			row_for(b, &week->shifts[i], day)->days[day] = &week->shifts[i];
	}
	if (b->row >= b->n)
		b->row = b->n > 0 ? b->n - 1 : 0;
}

void roster_board_layout(struct roster_board *b, int rows)
{
	b->visible = rows > HEAD_ROWS + FOOT_ROWS ? rows - HEAD_ROWS - FOOT_ROWS : 1;
	if (b->row < b->top)
		b->top = b->row;
	if (b->row >= b->top + (size_t)b->visible)
		b->top = b->row - (size_t)b->visible + 1;
}

const struct roster_shift *roster_board_shift(const struct roster_board *b)
{
	return b->row < b->n ? b->rows[b->row].days[b->day] : NULL;
}

bool roster_board_key(struct roster_board *b, const struct key_event *ev)
{
	switch (ev->key) {
	case YK_LEFT:
		b->day -= b->day > 0;
		break;
	case YK_RIGHT:
		b->day += b->day < BOARD_DAYS - 1;
		break;
	case YK_UP:
		b->row -= b->row > 0;
		break;
	case YK_DOWN:
		b->row += b->row + 1 < b->n;
		break;
	case YK_HOME:
		b->row = 0;
		break;
	case YK_END:
		b->row = b->n > 0 ? b->n - 1 : 0;
		break;
	default:
		return false;
	}
	roster_board_layout(b, b->visible + HEAD_ROWS + FOOT_ROWS);
	return true;
}

/* Painting --------------------------------------------------------------------------------------------------------------------------- */

static bool has_conflict(const struct roster_shift *s)
{
	for (size_t p = 0; p < s->n_places; p++)
		for (size_t i = 0; i < s->places[p].n_seats; i++)
			if ((s->places[p].seats[i].conflicts & ROSTER_BLOCKING) && s->places[p].seats[i].override_why[0] == '\0')
				return true;
	return false;
}

struct look_of_cell {
	const char *sign;
	enum style style;
};

static struct look_of_cell cell_look(const struct roster_shift *s)
{
	if (s->shift.state == SHIFT_CANCELLED)
		return (struct look_of_cell){ "×", STYLE_DIM };
	if (has_conflict(s))
		return (struct look_of_cell){ "?", STYLE_ERROR };
	if (s->filled >= s->wanted)
		return (struct look_of_cell){ s->shift.state == SHIFT_DRAFT ? "·" : "√", STYLE_GOOD };
	if (s->filled == 0)
		return (struct look_of_cell){ s->shift.state == SHIFT_DRAFT ? "·" : "!", STYLE_URGENT };
	return (struct look_of_cell){ s->shift.state == SHIFT_DRAFT ? "·" : " ", STYLE_WARNING };
}

static void draw_cell(const struct roster_shift *s, struct canvas *c, int row, int col, bool chosen, bool active)
{
	struct look_of_cell look;
	AUTO_STRBUF text = { 0 };

	if (s == NULL && !chosen)
		return;
	if (s) {
		look = cell_look(s);
		strbuf_format(&text, " %s%d/%d", look.sign, s->filled, s->wanted);
	} else {
		look = (struct look_of_cell){ "", STYLE_DIM };
		strbuf_add(&text, " -");
	}
	canvas_text(c, row, col, DAY_COLS - 1, chosen ? active ? STYLE_SELECTED : STYLE_SELECTED_IDLE : look.style, strbuf_str(&text));
}

static void draw_head(const struct app *app, const struct roster_week *week, struct canvas *c, struct rect in)
{
	static const char *const names[BOARD_DAYS] = { "一", "二", "三", "四", "五", "六", "日" };

	for (int d = 0; d < BOARD_DAYS; d++) {
		int32_t day = week->monday + d;
		int year, month, of_month;

		day_to_civil(day, &year, &month, &of_month);
		canvas_format(c, in.row, in.col + NAME_COLS + d * DAY_COLS, DAY_COLS, day == app->today ? STYLE_STRONG : week->holidays[d][0] ? STYLE_NOTICE : STYLE_HEADING,
		              "%s%d%s", names[d], of_month, week->holidays[d][0] ? "休" : day == app->today ? "今" : "");
	}
}

void roster_holiday_words(const struct roster_week *week, struct strbuf *out)
{
	for (int d = 0; d < BOARD_DAYS; d++)
		if (week->holidays[d][0] && (d == 0 || strcmp(week->holidays[d], week->holidays[d - 1]) != 0))
			strbuf_format(out, "%s%s", out->n ? "、" : "", week->holidays[d]);
}

static void draw_name(const struct app *app, const struct shift *s, struct canvas *c, int row, int col)
{
	AUTO_STRBUF text = { 0 };

	time_format(&text, s->begin_min);
	strbuf_format(&text, " %s", s->title[0] ? s->title : office_code_label(app->of, "service", s->service));
	if (s->grid[0])
		strbuf_format(&text, " %s", s->grid);
	canvas_text(c, row, col, NAME_COLS - 1, STYLE_TEXT, strbuf_str(&text));
}

void roster_board_draw(const struct app *app, const struct roster_board *b, const struct roster_week *week, struct canvas *c, struct rect in, bool active)
{
	AUTO_STRBUF foot = { 0 };
	AUTO_STRBUF off = { 0 };

	roster_holiday_words(week, &off);
	draw_head(app, week, c, in);
	for (int k = 0; k < b->visible && b->top + (size_t)k < b->n; k++) {
		const struct board_row *row = &b->rows[b->top + (size_t)k];

		draw_name(app, shift_of(row), c, in.row + HEAD_ROWS + k, in.col);
		for (int d = 0; d < BOARD_DAYS; d++)
			draw_cell(row->days[d], c, in.row + HEAD_ROWS + k, in.col + NAME_COLS + d * DAY_COLS, b->top + (size_t)k == b->row && d == b->day, active);
	}
	if (b->n == 0)
		canvas_text(c, in.row + HEAD_ROWS, in.col + 1, in.cols - 1, STYLE_DIM, "这一周还没有班次：按 F5 由模板建，或按 F2 加一个");
	strbuf_format(&foot, "√满 !空 ·草稿 ×取消 ?有冲突 · %zu个班次", week->n);
	if (week->hidden > 0)
		strbuf_format(&foot, "，隐藏%zu个", week->hidden);
	if (off.n)
		strbuf_format(&foot, " · 休：%s", strbuf_str(&off));
	canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, strbuf_str(&foot));
}
