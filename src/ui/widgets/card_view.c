/* One record to read. */
#include "ui/widgets/card_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LABEL_COLS 12
#define GAP_COLS 2
#define WHEEL_ROWS 3

void card_view_clear(struct card_view *v)
{
	arena_clear(&v->arena);
	v->n = 0;
}

void card_view_release(struct card_view *v)
{
	arena_clear(&v->arena);
	free(v->items);
	memset(v, 0, sizeof(*v));
}

static void add(struct card_view *v, enum card_kind kind, const char *label, const char *text, enum style style, int64_t id, int tag)
{
	v->items = mem_grow(v->items, &v->cap, v->n + 1, sizeof(v->items[0]));
	v->items[v->n++] = (struct card_item){
		.kind = kind, .style = style, .label = arena_copy(&v->arena, label), .text = arena_copy(&v->arena, text), .id = id, .tag = tag,
	};
}

void card_view_heading(struct card_view *v, const char *text)
{
	add(v, CARD_HEADING, "", text, STYLE_HEADING, 0, 0);
}

void card_view_fact(struct card_view *v, const char *label, const char *text, enum style style, int64_t id, int tag)
{
	add(v, CARD_FACT, label, text, style, id, tag);
}

void card_view_line(struct card_view *v, const char *text, enum style style, int64_t id, int tag)
{
	add(v, CARD_LINE, "", text, style, id, tag);
}

static int text_col(const struct card_item *item)
{
	return item->kind == CARD_FACT ? LABEL_COLS + GAP_COLS : 0;
}

static int text_cols(const struct card_item *item, int cols)
{
	int room = cols - text_col(item);

	return room < 4 ? 4 : room;
}

/* Headings stand apart by a blank row, the first one and those after a heading excepted. */
static int rows_before(const struct card_view *v, size_t i)
{
	return v->items[i].kind == CARD_HEADING && i > 0 && v->items[i - 1].kind != CARD_HEADING;
}

static int item_rows(const struct card_item *item, int cols)
{
	const char *s = item->text;
	int rows = 0;

	if (item->kind == CARD_HEADING || *s == '\0')
		return 1;
	while (*s) {
		size_t shown;

		s += text_wrap(s, text_cols(item, cols), &shown);
		rows++;
	}
	return rows;
}

static int first_row(const struct card_view *v, size_t item, int cols)
{
	int row = 0;

	for (size_t i = 0; i < item; i++)
		row += rows_before(v, i) + item_rows(&v->items[i], cols);
	return row + (item < v->n ? rows_before(v, item) : 0);
}

/* The next item in a direction that is no heading; the same one where there is none. */
static size_t neighbour(const struct card_view *v, size_t from, int step)
{
	for (size_t i = from + (size_t)step; i < v->n; i += (size_t)step)      /* below 0 wraps to beyond n */
		if (v->items[i].kind != CARD_HEADING)
			return i;
	return from;
}

static void show_cursor(struct card_view *v)
{
	int begin = first_row(v, v->cursor, v->cols);
	int end = begin + item_rows(&v->items[v->cursor], v->cols);

	if (neighbour(v, v->cursor, -1) == v->cursor)
		begin = 0;                 /* nothing above but headings: show them */
	if (end > v->top + v->rows)
		v->top = end - v->rows;
	if (begin < v->top)
		v->top = begin;
}

void card_view_layout(struct card_view *v, int rows, int cols)
{
	v->rows = rows > 0 ? rows : 1;
	v->cols = cols;
	if (v->n == 0) {
		v->cursor = 0;
		v->top = 0;
		return;
	}
	if (v->cursor >= v->n)
		v->cursor = v->n - 1;
	if (v->items[v->cursor].kind == CARD_HEADING)
		v->cursor = neighbour(v, v->cursor, 1);
	if (v->items[v->cursor].kind == CARD_HEADING)
		v->cursor = neighbour(v, v->cursor, -1);
	show_cursor(v);
}

bool card_view_go_tag(struct card_view *v, int tag)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i].tag == tag && v->items[i].kind != CARD_HEADING) {
			v->cursor = i;
			show_cursor(v);
			return true;
		}
	return false;
}

/* Moves at least one item and about `rows` rows. */
static void page(struct card_view *v, int rows, int step)
{
	int from = first_row(v, v->cursor, v->cols);
	size_t at = v->cursor, next;

	while ((next = neighbour(v, at, step)) != at) {
		at = next;
		if (abs(first_row(v, at, v->cols) - from) >= rows)
			break;
	}
	v->cursor = at;
}

/* A click takes the item that it is on. */
static bool click(struct card_view *v, const struct key_event *ev)
{
	int wanted = ev->row - v->row + v->top;

	if (ev->row < v->row || ev->row >= v->row + v->rows || ev->col < v->col || ev->col >= v->col + v->cols)
		return false;
	for (size_t i = 0; i < v->n; i++) {
		int begin = first_row(v, i, v->cols);

		if (v->items[i].kind != CARD_HEADING && wanted >= begin && wanted < begin + item_rows(&v->items[i], v->cols)) {
			v->cursor = i;
			return true;
		}
	}
	return false;
}

bool card_view_key(struct card_view *v, const struct key_event *ev)
{
	if (v->n == 0)
		return false;
	switch (ev->key) {
	case YK_UP: case 'k':           v->cursor = neighbour(v, v->cursor, -1); break;
	case YK_DOWN: case 'j':         v->cursor = neighbour(v, v->cursor, 1); break;
	case YK_PGUP:                   page(v, v->rows - 1, -1); break;
	case YK_PGDN:                   page(v, v->rows - 1, 1); break;
	case YK_WHEEL_UP:               page(v, WHEEL_ROWS, -1); break;
	case YK_WHEEL_DOWN:             page(v, WHEEL_ROWS, 1); break;
	case YK_HOME: case YK_CTRL_HOME: v->cursor = 0; break;
	case YK_END: case YK_CTRL_END:  v->cursor = v->n - 1; break;
	case YK_CLICK:
		return click(v, ev);
	default:
		return false;
	}
	card_view_layout(v, v->rows, v->cols);
	return true;
}

const struct card_item *card_view_item(const struct card_view *v)
{
	return v->cursor < v->n && v->items[v->cursor].kind != CARD_HEADING ? &v->items[v->cursor] : NULL;
}

static void draw_heading(const struct card_item *item, struct canvas *c, struct rect area, int row)
{
	int col = canvas_put(c, row, area.col, area.cols, item->style, item->text);

	if (col + 1 < area.col + area.cols)
		canvas_line(c, row, col + 1, area.col + area.cols - col - 1, STYLE_BORDER);
}

static void draw_text(const struct card_item *item, struct canvas *c, struct rect area, int row)
{
	const char *s = item->text;
	int cols = text_cols(item, area.cols);

	while (*s) {
		size_t shown, used = text_wrap(s, cols, &shown);
		AUTO_FREE char *line = mem_copy_n(s, shown);

		if (row >= area.row && row < area.row + area.rows)
			canvas_put(c, row, area.col + text_col(item), cols, item->style, line);
		row++;
		s += used;
	}
}

/* Restyle the part of an item's rows that the area shows. */
static void mark_rows(struct canvas *c, struct rect area, int row, int rows, enum style style)
{
	int begin = row < area.row ? area.row : row;
	int end = row + rows > area.row + area.rows ? area.row + area.rows : row + rows;

	if (end > begin)
		canvas_restyle(c, (struct rect){ begin, area.col, end - begin, area.cols }, style);
}

static void draw_item(const struct card_view *v, size_t i, struct canvas *c, struct rect area, int row, bool active)
{
	const struct card_item *item = &v->items[i];
	bool visible = row >= area.row && row < area.row + area.rows;

	if (item->kind == CARD_HEADING) {
		if (visible)
			draw_heading(item, c, area, row);
		return;
	}
	if (visible && item->kind == CARD_FACT)
		canvas_text(c, row, area.col, LABEL_COLS, STYLE_LABEL, item->label);
	draw_text(item, c, area, row);
	if (active && i == v->cursor)
		mark_rows(c, area, row, item_rows(item, area.cols), STYLE_SELECTED);
}

void card_view_draw(const struct card_view *v, struct canvas *c, struct rect area, bool active)
{
	int row = area.row - v->top;

	for (size_t i = 0; i < v->n && row < area.row + area.rows; i++) {
		row += rows_before(v, i);
		draw_item(v, i, c, area, row, active);
		row += item_rows(&v->items[i], area.cols);
	}
}

/* Beside the first of its rows that is in view: a sign, for colour alone says nothing where there is none. */
static void draw_cursor(const struct card_view *v, struct canvas *c, struct rect inner)
{
	int begin = first_row(v, v->cursor, inner.cols) - v->top, rows = item_rows(&v->items[v->cursor], inner.cols);

	if (begin < 0 && begin + rows > 0)
		begin = 0;
	if (begin >= 0 && begin < inner.rows)
		canvas_put(c, inner.row + begin, inner.col - 1, 1, STYLE_SELECTED, ">");
}

void card_view_layout_framed(struct card_view *v, struct rect area)
{
	v->row = area.row + 1;
	v->col = area.col + 2;
	card_view_layout(v, area.rows - 2, area.cols - 4);
}

void card_view_draw_framed(const struct card_view *v, struct canvas *c, struct rect area, const char *title, bool active)
{
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, title);

	inner.col++;
	inner.cols -= 2;
	card_view_draw(v, c, inner, active);
	if (active && card_view_item(v))
		draw_cursor(v, c, inner);
}
