/* Bars in cells. A panel is a title, a row for the numbers on the highest bars, and the bars; below all panels stand the labels. */
#include "ui/widgets/bar_chart.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"

#define GUTTER_LEAST 4            /* left of the axis: its highest number */
#define SLOT_MOST 10
#define BAR_ROWS_LEAST 2
#define EIGHTHS 8

/* What is drawn of a chart in an area. */
struct plot {
	const struct bar_chart *b;
	struct canvas *c;
	struct rect area;
	int gutter, slot;             /* columns */
	size_t first;                 /* slot */
};

static int64_t highest(const struct bar_series *s, size_t first, size_t n)
{
	int64_t most = 1;

	for (size_t i = first; i < n; i++)
		if (s->values[i] > most)
			most = s->values[i];
	return most;
}

static int number_cols(int64_t number)
{
	return snprintf(NULL, 0, "%" PRId64, number);
}

static struct plot lay_out(const struct bar_chart *b, struct canvas *c, struct rect area)
{
	struct plot p = { .b = b, .c = c, .area = area, .gutter = GUTTER_LEAST, .slot = 1 };
	int cols;

	for (size_t k = 0; k < b->n_series; k++) {
		int64_t most = highest(&b->series[k], 0, b->n);
		int title = b->series[k].sign ? 0 : text_width(b->series[k].title);

		if (number_cols(most) + 1 > p.gutter)
			p.gutter = number_cols(most) + 1;
		if (title + 1 > p.gutter)
			p.gutter = title + 1;
		if (number_cols(most) + 1 > p.slot)
			p.slot = number_cols(most) + 1;
	}
	for (size_t i = 0; i < b->n; i++)
		if (text_width(b->labels[i]) + 1 > p.slot)
			p.slot = text_width(b->labels[i]) + 1;
	cols = area.cols - p.gutter - 1;
	if (cols < p.slot)
		p.first = b->n;
	else if ((int)b->n * p.slot > cols)
		p.first = b->n - (size_t)(cols / p.slot);
	if (b->n > p.first && cols / (int)(b->n - p.first) > p.slot)
		p.slot = cols / (int)(b->n - p.first) < SLOT_MOST ? cols / (int)(b->n - p.first) : SLOT_MOST;
	return p;
}

static int slot_col(const struct plot *p, size_t i)
{
	return p->area.col + p->gutter + 1 + (int)(i - p->first) * p->slot;
}

static void put_number(const struct plot *p, int row, size_t i, enum style style, int64_t number)
{
	AUTO_FREE char *text = mem_format("%" PRId64, number);

	canvas_text_right(p->c, row, slot_col(p, i), p->slot - 1, style, text);
}

/* So many eighths of a cell, from its foot up. */
static const char *block(int eighths)
{
	static const char *const blocks[] = { "", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

	return blocks[eighths];
}

/* Whatever is not nought shows. */
static int height_of(int64_t value, int64_t most, int rows)
{
	int64_t all = (int64_t)rows * EIGHTHS, height = value <= 0 ? 0 : (int64_t)((double)value / (double)most * (double)all + 0.5);

	return value > 0 && height == 0 ? 1 : (int)height;
}

static void draw_bar(const struct plot *p, const struct bar_series *s, size_t i, int foot, int height)
{
	const char sign[] = { s->sign, '\0' };

	for (int row = foot; height > 0; row--, height -= EIGHTHS)
		for (int k = 0; k < p->slot - 1; k++)
			canvas_text(p->c, row, slot_col(p, i) + k, 1, s->style, p->c->ascii_lines ? sign : block(height < EIGHTHS ? height : EIGHTHS));
}

/* `rows` of bars below a row for the title and for the number on the highest. */
static void draw_panel(const struct plot *p, const struct bar_series *s, int row, int rows)
{
	int64_t most = highest(s, p->first, p->b->n);
	int foot = row + rows;
	AUTO_FREE char *top = mem_format("%" PRId64, most);

	canvas_put(p->c, row, p->area.col, p->gutter, STYLE_STRONG, s->title);
	canvas_text_right(p->c, row + 1, p->area.col, p->gutter - 1, STYLE_DIM, rows > 1 ? top : "");
	canvas_text_right(p->c, foot, p->area.col, p->gutter - 1, STYLE_DIM, "0");
	canvas_column(p->c, row + 1, p->area.col + p->gutter, rows, STYLE_BORDER);
	for (size_t i = p->first; i < p->b->n; i++) {
		int height = height_of(s->values[i], most, rows), above = foot - (height + EIGHTHS - 1) / EIGHTHS;

		draw_bar(p, s, i, foot, height);
		put_number(p, above, i, s->values[i] ? STYLE_TEXT : STYLE_DIM, s->values[i]);
	}
}

static void draw_numbers(const struct plot *p, const struct bar_series *s, int row)
{
	canvas_put(p->c, row, p->area.col, p->gutter, s->sign ? STYLE_STRONG : STYLE_LABEL, s->title);
	for (size_t i = p->first; i < p->b->n; i++)
		put_number(p, row, i, STYLE_TEXT, s->values[i]);
}

static void draw_labels(const struct plot *p, int row)
{
	for (size_t i = p->first; i < p->b->n; i++)
		canvas_text_right(p->c, row, slot_col(p, i), p->slot - 1, STYLE_DIM, p->b->labels[i]);
}

void bar_chart_draw(const struct bar_chart *b, struct canvas *c, struct rect area)
{
	struct plot p = lay_out(b, c, area);
	int panels = 0, numbers = 0, rows, row = area.row;

	if (p.first == b->n || area.rows < 1)
		return;
	for (size_t k = 0; k < b->n_series; k++) {
		panels += b->series[k].sign != 0;
		numbers += b->series[k].sign == 0;
	}
	rows = panels ? (area.rows - 1 - numbers) / panels - 1 : 0;      /* bars of a panel */
	for (size_t k = 0; k < b->n_series; k++) {
		if (b->series[k].sign == 0 || rows < BAR_ROWS_LEAST)
			continue;
		draw_panel(&p, &b->series[k], row, rows);
		row += rows + 1;
	}
	draw_labels(&p, row++);
	for (size_t k = 0; k < b->n_series && row < area.row + area.rows; k++)
		if (b->series[k].sign == 0 || rows < BAR_ROWS_LEAST)
			draw_numbers(&p, &b->series[k], row++);
}
