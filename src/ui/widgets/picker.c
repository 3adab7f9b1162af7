/* The list under a field. */
#include "ui/widgets/picker.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DIGITS_MAX 9
#define GAP_COLS 2
#define MORE_COLS 14              /* room for how many rows are below */
#define NOTHING_FOUND "换个写法试试"

void picker_clear(struct picker *p)
{
	arena_clear(&p->arena);
	p->n = 0;
	p->cursor = 0;
	p->title = "";
}

void picker_release(struct picker *p)
{
	arena_clear(&p->arena);
	free(p->rows);
	*p = (struct picker){ 0 };
}

void picker_title(struct picker *p, const char *title)
{
	p->title = arena_copy(&p->arena, title);
}

void picker_add(struct picker *p, const struct picker_row *row)
{
	struct picker_row *copy;

	p->rows = mem_grow(p->rows, &p->cap, p->n + 1, sizeof *p->rows);
	copy = &p->rows[p->n++];
	*copy = *row;
	copy->label = arena_copy(&p->arena, row->label);
	copy->detail = arena_copy(&p->arena, row->detail ? row->detail : "");
	copy->code = arena_copy(&p->arena, row->code);
}

static bool is_meant(const struct picker_row *row, const char *code, int64_t id)
{
	if (row->kind != PICK_VALUE)
		return false;
	return code ? row->code && strcmp(row->code, code) == 0 : row->id == id;
}

void picker_point(struct picker *p, const char *code, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_meant(&p->rows[i], code, id)) {
			p->cursor = i;
			return;
		}
}

static size_t move_down(const struct picker *p, size_t by)
{
	return p->cursor + by < p->n ? p->cursor + by : p->n - 1;
}

bool picker_key(struct picker *p, const struct key_event *ev)
{
	const size_t page = PICKER_ROWS_MAX - 1;
	size_t at = p->cursor;

	if (p->n == 0)
		return false;
	switch (ev->key) {
	case YK_UP:
		if (at == 0)
			return false;
		at--;
		break;
	case YK_WHEEL_UP:
		at -= at > 0;
		break;
	case YK_DOWN:
	case YK_WHEEL_DOWN:
		at = move_down(p, 1);
		break;
	case YK_PGUP:
		at = at > page ? at - page : 0;
		break;
	case YK_PGDN:
		at = move_down(p, page);
		break;
	case YK_CTRL_HOME:
		at = 0;
		break;
	case YK_CTRL_END:
		at = p->n - 1;
		break;
	default:
		return false;
	}
	p->cursor = at;
	return true;
}

const struct picker_row *picker_row(const struct picker *p)
{
	return p->cursor < p->n ? &p->rows[p->cursor] : NULL;
}

/* The digit in front of a row: 1–9 for the first values, 0 for 不填, else none (-1). */
static int digit_of(const struct picker *p, size_t i)
{
	int values = 0;

	if (!p->numbered)
		return -1;
	if (p->rows[i].kind != PICK_VALUE)
		return p->rows[i].kind == PICK_NOTHING ? 0 : -1;
	for (size_t k = 0; k <= i; k++)
		values += p->rows[k].kind == PICK_VALUE;
	return values <= DIGITS_MAX ? values : -1;
}

const struct picker_row *picker_digit(struct picker *p, uint32_t key)
{
	uint32_t folded = key_fold(key);

	if (!p->numbered || folded < '0' || folded > '9')
		return NULL;
	for (size_t i = 0; i < p->n; i++)
		if (digit_of(p, i) == (int)(folded - '0')) {
			p->cursor = i;
			return &p->rows[i];
		}
	return NULL;
}

/* The first row to show, so that the bar is in view. */
static size_t first_row(const struct picker *p, size_t visible)
{
	if (p->cursor < visible)
		return 0;
	return p->cursor - visible + 1;
}

const struct picker_row *picker_click(struct picker *p, int row, int rows)
{
	size_t at = first_row(p, rows > 2 ? (size_t)rows - 2 : 1) + (size_t)row - 1;

	if (row < 1 || row >= rows - 1 || at >= p->n)
		return NULL;
	p->cursor = at;
	return &p->rows[at];
}

int picker_height(const struct picker *p)
{
	int rows = (int)(p->n < PICKER_ROWS_MAX ? p->n : PICKER_ROWS_MAX);

	return (rows > 0 ? rows : 1) + 2;
}

/* Columns in front of the label: number, tick. */
static int lead_cols(const struct picker *p)
{
	return (p->numbered ? 2 : 0) + (p->ticks ? 4 : 0);
}

int picker_width(const struct picker *p)
{
	int title = text_width(p->title ? p->title : "") + 4, nothing = p->n > 0 ? 0 : text_width(NOTHING_FOUND) + 2;
	int width = title > nothing ? title : nothing;

	if (p->n > PICKER_ROWS_MAX && width < MORE_COLS)
		width = MORE_COLS;

	for (size_t i = 0; i < p->n; i++) {
		const struct picker_row *row = &p->rows[i];
		int wanted = lead_cols(p) + text_width(row->label) + (row->leads ? 2 : 0);

		if (row->detail[0])
			wanted += GAP_COLS + text_width(row->detail);
		if (wanted > width)
			width = wanted;
	}
	return width + 4;
}

static void draw_row(const struct picker *p, size_t i, struct canvas *c, struct rect line)
{
	const struct picker_row *row = &p->rows[i];
	enum style style = i == p->cursor ? STYLE_SELECTED : row->kind == PICK_ADD ? STYLE_STRONG : STYLE_TEXT;
	int end = line.col + line.cols, col = line.col;
	int digit = digit_of(p, i);

	canvas_fill(c, line, style);
	col = canvas_put(c, line.row, col, end - col, style, i == p->cursor ? ">" : " ");
	if (p->numbered) {
		char number[3] = { digit < 0 ? ' ' : (char)('0' + digit), ' ', '\0' };

		col = canvas_put(c, line.row, col, end - col, style, number);
	}
	if (p->ticks)
		col = canvas_put(c, line.row, col, end - col, style, row->kind != PICK_VALUE ? "    " : row->ticked ? "[x] " : "[ ] ");
	col = canvas_put(c, line.row, col, end - col, style, row->label);
	if (row->leads)
		col = canvas_put(c, line.row, col, end - col, style, " >");
	if (row->detail[0] && col + GAP_COLS < end)
		canvas_put(c, line.row, col + GAP_COLS, end - col - GAP_COLS, i == p->cursor ? style : STYLE_DIM, row->detail);
}

/* Over the lower border, how many rows are below it. */
static void draw_more(struct canvas *c, struct rect area, size_t below)
{
	AUTO_FREE char *text = mem_format(" 还有 %zu 项 ", below);

	canvas_put(c, area.row + area.rows - 1, area.col + 2, area.cols - 4, STYLE_DIM, text);
}

void picker_draw(const struct picker *p, struct canvas *c, struct rect area)
{
	struct rect inner;
	size_t first;

	if (area.rows < 3 || area.cols < 6)
		return;
	canvas_fill(c, area, STYLE_TEXT);
	inner = canvas_frame(c, area, STYLE_BORDER, p->title ? p->title : "");
	first = first_row(p, (size_t)inner.rows);
	if (p->n == 0)
		canvas_put(c, inner.row, inner.col + 1, inner.cols - 1, STYLE_DIM, NOTHING_FOUND);
	for (int k = 0; k < inner.rows && first + (size_t)k < p->n; k++)
		draw_row(p, first + (size_t)k, c, (struct rect){ inner.row + k, inner.col, 1, inner.cols });
	if (first + (size_t)inner.rows < p->n)
		draw_more(c, area, p->n - first - (size_t)inner.rows);
}
