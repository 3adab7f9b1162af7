/* A map in cells. A cell is about twice as high as it is wide, so a row stands for twice the metres of a column. */
#include "ui/widgets/cell_map.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

#define ROWS_LEAST 4
#define COLS_LEAST 16
#define MARGIN_COLS 3             /* room for a number, and for the kitchen's sign */
#define SPAN_LEAST_M 100
#define LABEL_BYTES 16

struct plot {
	const struct cell_map *m;
	struct canvas *c;
	struct rect area;             /* of the map alone */
	int m_per_col;
	int64_t west_m, north_m;      /* of the first cell */
};

enum style route_style(int line)
{
	static const enum style styles[] = { STYLE_ROUTE_1, STYLE_ROUTE_2, STYLE_ROUTE_3, STYLE_ROUTE_4, STYLE_ROUTE_5, STYLE_ROUTE_6 };

	return line < 1 ? STYLE_TEXT : styles[(line - 1) % (int)COUNT(styles)];
}

/* 1, 2, 5, 10, 20, 50 … */
static int round_up(int64_t m)
{
	static const int steps[] = { 1, 2, 5 };
	int64_t ten = 1;

	for (;; ten *= 10)
		for (size_t i = 0; i < COUNT(steps); i++)
			if (steps[i] * ten >= m)
				return (int)(steps[i] * ten);
}

static bool has_somebody(const struct cell_map *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->points[i].kind != MAP_HOUSE)
			return true;
	return false;
}

static struct plot lay_out(const struct cell_map *m, struct canvas *c, struct rect area)
{
	struct plot p = { .m = m, .c = c, .area = { area.row, area.col, area.rows - 1, area.cols } };
	int64_t west = INT32_MAX, east = INT32_MIN, south = INT32_MAX, north = INT32_MIN, by_cols, by_rows;
	int cols = p.area.cols - MARGIN_COLS, rows = p.area.rows - 1;

	for (size_t i = 0; i < m->n; i++) {
		const struct map_point *at = &m->points[i];

		if (at->kind == MAP_HOUSE)
			continue;
		west = at->x_m < west ? at->x_m : west;
		east = at->x_m > east ? at->x_m : east;
		south = at->y_m < south ? at->y_m : south;
		north = at->y_m > north ? at->y_m : north;
	}
	by_cols = ((east - west > SPAN_LEAST_M ? east - west : SPAN_LEAST_M) + cols - 1) / cols;
	by_rows = ((north - south > SPAN_LEAST_M ? north - south : SPAN_LEAST_M) + 2 * rows - 1) / (2 * rows);
	p.m_per_col = round_up(by_cols > by_rows ? by_cols : by_rows);
	/* In the middle of what is there. */
	p.west_m = (west + east) / 2 - (int64_t)p.m_per_col * cols / 2;
	p.north_m = (north + south) / 2 + (int64_t)p.m_per_col * rows;
	return p;
}

static bool is_inside(const struct plot *p, const struct map_point *at)
{
	int64_t east_m = p->west_m + (int64_t)p->m_per_col * (p->area.cols - 1), south_m = p->north_m - (int64_t)2 * p->m_per_col * (p->area.rows - 1);

	return at->x_m >= p->west_m && at->x_m <= east_m && at->y_m <= p->north_m && at->y_m >= south_m;
}

static int row_of(const struct plot *p, const struct map_point *at)
{
	int64_t row = (p->north_m - at->y_m + p->m_per_col) / (2 * p->m_per_col);

	return p->area.row + (int)(row < 0 ? 0 : row >= p->area.rows ? p->area.rows - 1 : row);
}

static int col_of(const struct plot *p, const struct map_point *at)
{
	int64_t col = (at->x_m - p->west_m + p->m_per_col / 2) / p->m_per_col;

	return p->area.col + (int)(col < 0 ? 0 : col >= p->area.cols ? p->area.cols - 1 : col);
}

/* Never beyond the right edge: a number or a wide sign begins further left there. */
static void put(const struct plot *p, const struct map_point *at, enum style style, const char *text)
{
	int width = text_width(text), col = col_of(p, at), last = p->area.col + p->area.cols - width;

	canvas_put(p->c, row_of(p, at), col < last ? col : last, width, style, text);
}

/* The way of the chosen route ----------------------------------------------------------------------------------------------------------- */

static void put_dot(const struct plot *p, int row, int col)
{
	canvas_put(p->c, row, col, 1, STYLE_STRONG, ".");
}

static void draw_leg(const struct plot *p, const struct map_point *from, const struct map_point *to)
{
	int row = row_of(p, from), col = col_of(p, from), rows = row_of(p, to) - row, cols = col_of(p, to) - col;
	int steps = abs(rows) > abs(cols) ? abs(rows) : abs(cols);

	for (int i = 1; i < steps; i++)
		put_dot(p, row + rows * i / steps, col + cols * i / steps);
}

static const struct map_point *kitchen(const struct cell_map *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->points[i].kind == MAP_KITCHEN)
			return &m->points[i];
	return NULL;
}

static void draw_way(const struct plot *p)
{
	const struct map_point *before = kitchen(p->m);

	for (size_t i = 0; i < p->m->n; i++) {
		const struct map_point *at = &p->m->points[i];

		if (at->kind != MAP_STOP || at->place == 0)
			continue;
		if (before)
			draw_leg(p, before, at);
		before = at;
	}
}

/* Points ----------------------------------------------------------------------------------------------------------------------------------- */

/* Later ones are painted over earlier ones. */
static int rank(const struct map_point *at)
{
	static const int ranks[] = { [MAP_HOUSE] = 0, [MAP_STOP] = 1, [MAP_UNSERVED] = 3, [MAP_KITCHEN] = 5 };

	return at->here && at->kind != MAP_KITCHEN ? 4 : at->kind == MAP_STOP && at->place > 0 ? 2 : ranks[at->kind];
}

static void draw_point(const struct plot *p, const struct map_point *at)
{
	char number[LABEL_BYTES];

	switch (at->kind) {
	case MAP_KITCHEN:
		put(p, at, STYLE_SELECTED, "食");
		return;
	case MAP_HOUSE:
		if (is_inside(p, at))
			put(p, at, STYLE_DIM, "o");
		return;
	case MAP_UNSERVED:
		put(p, at, at->here ? STYLE_SELECTED : STYLE_URGENT, "!");
		return;
	default:
		snprintf(number, sizeof number, "%d", at->place > 0 ? at->place : at->line);
		put(p, at, at->here ? STYLE_SELECTED : at->place > 0 ? STYLE_MATCH : route_style(at->line), number);
	}
}

/* Backwards, so that of several doors in one house the first of the way shows. */
static void draw_points(const struct plot *p)
{
	for (int r = 0; r <= 5; r++)
		for (size_t i = p->m->n; i-- > 0;)
			if (rank(&p->m->points[i]) == r)
				draw_point(p, &p->m->points[i]);
}

/* So many columns as make a round number of metres; the scale is that of a column otherwise. */
static void draw_legend(const struct plot *p, int row)
{
	int cols = p->area.cols / 5 > 4 ? p->area.cols / 5 / 5 * 5 : 4, col = p->area.col;
	AUTO_FREE char *words = NULL;

	cols = cols < 5 ? 5 : cols;
	canvas_put(p->c, row, col, 1, STYLE_BORDER, "|");
	canvas_line(p->c, row, col + 1, cols - 1, STYLE_BORDER);
	canvas_put(p->c, row, col + cols, 1, STYLE_BORDER, "|");
	words = mem_format(" %d米  食=食堂  !=待派  o=楼栋", cols * p->m_per_col);
	canvas_text(p->c, row, col + cols + 1, p->area.cols - cols - 1, STYLE_DIM, words);
}

void cell_map_draw(const struct cell_map *m, struct canvas *c, struct rect area)
{
	struct plot p;

	if (area.rows < ROWS_LEAST || area.cols < COLS_LEAST || !has_somebody(m))
		return;
	p = lay_out(m, c, area);
	draw_way(&p);
	draw_points(&p);
	draw_legend(&p, area.row + area.rows - 1);
}
