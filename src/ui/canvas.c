/* A grid of cells: painting text, areas and borders without ever leaving half a wide character behind. */
#include "ui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Directions of a border piece. */
enum { TO_UP = 1, TO_DOWN = 2, TO_LEFT = 4, TO_RIGHT = 8 };

static const char *const line_text[16] = {
	[0] = " ", [TO_UP] = "│", [TO_DOWN] = "│", [TO_UP | TO_DOWN] = "│", [TO_LEFT] = "─", [TO_RIGHT] = "─", [TO_LEFT | TO_RIGHT] = "─",
	[TO_DOWN | TO_RIGHT] = "┌", [TO_DOWN | TO_LEFT] = "┐", [TO_UP | TO_RIGHT] = "└", [TO_UP | TO_LEFT] = "┘",
	[TO_UP | TO_DOWN | TO_RIGHT] = "├", [TO_UP | TO_DOWN | TO_LEFT] = "┤",
	[TO_DOWN | TO_LEFT | TO_RIGHT] = "┬", [TO_UP | TO_LEFT | TO_RIGHT] = "┴", [TO_UP | TO_DOWN | TO_LEFT | TO_RIGHT] = "┼",
};

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

static void set_blank(struct cell *cell, enum style style)
{
	*cell = (struct cell){ .text = " ", .width = 1, .style = (uint8_t)style };
}

void canvas_init(struct canvas *c, int rows, int cols)
{
	*c = (struct canvas){ 0 };
	canvas_resize(c, rows, cols);
}

void canvas_release(struct canvas *c)
{
	free(c->cells);
	*c = (struct canvas){ 0 };
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = rows > 0 ? rows : 0;
	c->cols = cols > 0 ? cols : 0;
	c->cells = mem_resize(c->cells, ((size_t)c->rows * (size_t)c->cols + 1) * sizeof *c->cells);
	canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	for (size_t i = 0; i < n; i++)
		set_blank(&c->cells[i], STYLE_TEXT);
	c->cursor_row = c->cursor_col = -1;
}

/* Make ready to paint over [col, end): a wide character that reaches over one of its borders loses its other half. */
static void cut_free(struct canvas *c, int row, int col, int end)
{
	if (cell_at(c, row, col)->width == 0)
		set_blank(cell_at(c, row, col - 1), cell_at(c, row, col - 1)->style);
	if (end < c->cols && cell_at(c, row, end)->width == 0)
		set_blank(cell_at(c, row, end), cell_at(c, row, end)->style);
}

/* One cluster that text_fit() let through; only what lies in [0, cols) is painted, and half a character as a blank. */
static void put_cluster(struct canvas *c, int row, int col, enum style style, const char *s, size_t n, int width)
{
	int from = col < 0 ? 0 : col, end = col + width > c->cols ? c->cols : col + width;
	struct cell *cell;

	assert(n < CELL_BYTES);
	if (from >= end)
		return;
	cut_free(c, row, from, end);
	if (end - from < width) {
		set_blank(cell_at(c, row, from), style);
		return;
	}
	cell = cell_at(c, row, col);
	*cell = (struct cell){ .width = (uint8_t)width, .style = (uint8_t)style };
	memcpy(cell->text, s, n);
	if (width == 2)
		cell[1] = (struct cell){ .style = (uint8_t)style };
}

/* Text that is fitted already. */
static int put_fitted(struct canvas *c, int row, int col, enum style style, const char *s, size_t n)
{
	size_t at = 0;

	while (at < n) {
		int width;
		size_t len = text_cluster(s + at, n - at, &width);

		if (row >= 0 && row < c->rows)
			put_cluster(c, row, col, style, s + at, len, width);
		col += width;
		at += len;
	}
	return col;
}

static int put_aligned(struct canvas *c, int row, int col, int width_cols, enum style style, const char *text, enum text_align align)
{
	AUTO_STRBUF fitted = { 0 };

	text_fit(&fitted, text, width_cols, align);
	return put_fitted(c, row, col, style, strbuf_str(&fitted), fitted.n);
}

int canvas_text(struct canvas *c, int row, int col, int width_cols, enum style style, const char *text)
{
	return put_aligned(c, row, col, width_cols, style, text, ALIGN_LEFT);
}

int canvas_text_right(struct canvas *c, int row, int col, int width_cols, enum style style, const char *text)
{
	return put_aligned(c, row, col, width_cols, style, text, ALIGN_RIGHT);
}

int canvas_put(struct canvas *c, int row, int col, int max_cols, enum style style, const char *text)
{
	int used;
	size_t n = text_prefix(text, max_cols, &used);
	AUTO_STRBUF head = { 0 };

	if (text[n] == '\0')
		return canvas_text(c, row, col, used, style, text);
	strbuf_add_n(&head, text, n);
	return canvas_text(c, row, col, used, style, strbuf_str(&head));
}

int canvas_format(struct canvas *c, int row, int col, int max_cols, enum style style, const char *format, ...)
{
	AUTO_FREE char *text = NULL;
	va_list args;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	return n < 0 ? col : canvas_put(c, row, col, max_cols, style, text);
}

static struct rect clip(const struct canvas *c, struct rect area)
{
	int row_end = area.row + area.rows, col_end = area.col + area.cols;

	area.row = area.row < 0 ? 0 : area.row;
	area.col = area.col < 0 ? 0 : area.col;
	area.rows = (row_end > c->rows ? c->rows : row_end) - area.row;
	area.cols = (col_end > c->cols ? c->cols : col_end) - area.col;
	if (area.rows < 0 || area.cols < 0)
		area.rows = area.cols = 0;
	return area;
}

void canvas_fill(struct canvas *c, struct rect area, enum style style)
{
	area = clip(c, area);
	for (int row = area.row; row < area.row + area.rows && area.cols > 0; row++) {
		cut_free(c, row, area.col, area.col + area.cols);
		for (int col = area.col; col < area.col + area.cols; col++)
			set_blank(cell_at(c, row, col), style);
	}
}

void canvas_restyle(struct canvas *c, struct rect area, enum style style)
{
	area = clip(c, area);
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int col = area.col; col < area.col + area.cols; col++) {
			struct cell *cell = cell_at(c, row, col);

			if (cell->width == 0)
				continue;
			cell->style = (uint8_t)style;
			if (cell->width == 2)
				cell[1].style = (uint8_t)style;
		}
}

/* The sign of a border piece; where lines are ASCII, a corner or a crossing is a plus. */
static const char *line_sign(const struct canvas *c, unsigned lines)
{
	if (!c->ascii_lines)
		return line_text[lines];
	if ((lines & (TO_LEFT | TO_RIGHT)) && (lines & (TO_UP | TO_DOWN)))
		return "+";
	return lines & (TO_UP | TO_DOWN) ? "|" : "-";
}

static unsigned lines_at(const struct canvas *c, int row, int col)
{
	return row >= 0 && row < c->rows && col >= 0 && col < c->cols ? cell_at(c, row, col)->lines : 0;
}

static void put_line(struct canvas *c, int row, int col, enum style style, unsigned lines)
{
	const char *sign;

	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
		return;
	lines |= lines_at(c, row, col);
	sign = line_sign(c, lines);
	put_cluster(c, row, col, style, sign, strlen(sign), 1);
	cell_at(c, row, col)->lines = (uint8_t)lines;
}

/* At its ends a line runs into a border that is there already, but not through it. */
void canvas_line(struct canvas *c, int row, int col, int cols, enum style style)
{
	for (int i = 0; i < cols; i++) {
		unsigned lines = TO_LEFT | TO_RIGHT;

		if (i == 0 && lines_at(c, row, col))
			lines = TO_RIGHT;
		else if (i == cols - 1 && lines_at(c, row, col + i))
			lines = TO_LEFT;
		put_line(c, row, col + i, style, lines);
	}
}

void canvas_column(struct canvas *c, int row, int col, int rows, enum style style)
{
	for (int i = 0; i < rows; i++) {
		unsigned lines = TO_UP | TO_DOWN;

		if (i == 0 && lines_at(c, row, col))
			lines = TO_DOWN;
		else if (i == rows - 1 && lines_at(c, row + i, col))
			lines = TO_UP;
		put_line(c, row + i, col, style, lines);
	}
}

struct rect canvas_frame(struct canvas *c, struct rect area, enum style style, const char *title)
{
	int last_row = area.row + area.rows - 1, last_col = area.col + area.cols - 1;

	if (area.rows < 2 || area.cols < 2)
		return (struct rect){ area.row, area.col, 0, 0 };
	for (int col = area.col + 1; col < last_col; col++) {
		put_line(c, area.row, col, style, TO_LEFT | TO_RIGHT);
		put_line(c, last_row, col, style, TO_LEFT | TO_RIGHT);
	}
	for (int row = area.row + 1; row < last_row; row++) {
		put_line(c, row, area.col, style, TO_UP | TO_DOWN);
		put_line(c, row, last_col, style, TO_UP | TO_DOWN);
	}
	put_line(c, area.row, area.col, style, TO_DOWN | TO_RIGHT);
	put_line(c, area.row, last_col, style, TO_DOWN | TO_LEFT);
	put_line(c, last_row, area.col, style, TO_UP | TO_RIGHT);
	put_line(c, last_row, last_col, style, TO_UP | TO_LEFT);
	if (title && *title && area.cols > 6) {
		int width = text_width(title), room = area.cols - 4;

		canvas_put(c, area.row, area.col + 1, 1, style, " ");
		canvas_text(c, area.row, area.col + 2, width < room ? width : room, STYLE_TITLE, title);
		canvas_put(c, area.row, area.col + 2 + (width < room ? width : room), 1, style, " ");
	}
	return (struct rect){ area.row + 1, area.col + 1, area.rows - 2, area.cols - 2 };
}

void canvas_cursor(struct canvas *c, int row, int col)
{
	bool inside = row >= 0 && row < c->rows && col >= 0 && col < c->cols;

	c->cursor_row = inside ? row : -1;
	c->cursor_col = inside ? col : -1;
}

void canvas_row_text(const struct canvas *c, int row, struct strbuf *out)
{
	size_t end = out->n;

	for (int col = 0; row >= 0 && row < c->rows && col < c->cols; col++) {
		const struct cell *cell = cell_at(c, row, col);

		strbuf_add(out, cell->text);
		if (strcmp(cell->text, " ") != 0 && cell->width > 0)
			end = out->n;
	}
	strbuf_truncate(out, end);
}
