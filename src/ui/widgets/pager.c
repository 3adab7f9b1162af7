/* Lines to read. They are wrapped once for a width; `top` counts wrapped rows, so that a changed width keeps the line that was on top. */
#include "ui/widgets/pager.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define WHEEL_ROWS 3

struct wrapped {
	size_t line;
	const char *text;             /* into the line's text */
	size_t bytes;
};

void pager_clear(struct pager *p)
{
	arena_clear(&p->arena);
	p->n = p->n_wrapped = 0;
	p->cols = 0;
}

void pager_release(struct pager *p)
{
	arena_clear(&p->arena);
	free(p->lines);
	free(p->wrapped);
	*p = (struct pager){ .cursor = -1 };
}

static void add_line(struct pager *p, struct pager_line line, const char *format, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = arena_alloc(&p->arena, (size_t)(n > 0 ? n : 0) + 1);
	vsnprintf(text, (size_t)(n > 0 ? n : 0) + 1, format, args);
	line.text = text;
	p->lines = mem_grow(p->lines, &p->cap, p->n + 1, sizeof *p->lines);
	p->lines[p->n++] = line;
	p->cols = 0;
}

void pager_add(struct pager *p, enum style style, int indent_cols, int64_t id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_line(p, (struct pager_line){ .style = style, .indent_cols = indent_cols, .id = id }, format, args);
	va_end(args);
}

void pager_add_hanging(struct pager *p, enum style style, int hang_cols, int64_t id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_line(p, (struct pager_line){ .style = style, .hang_cols = hang_cols, .id = id }, format, args);
	va_end(args);
}

static void add_wrapped(struct pager *p, size_t line, const char *text, size_t bytes)
{
	p->wrapped = mem_grow(p->wrapped, &p->cap_wrapped, p->n_wrapped + 1, sizeof *p->wrapped);
	p->wrapped[p->n_wrapped++] = (struct wrapped){ line, text, bytes };
}

static void wrap_line(struct pager *p, size_t line)
{
	const struct pager_line *l = &p->lines[line];
	const char *at = l->text;
	int cols = p->cols - l->indent_cols;

	do {
		size_t bytes = 0, next = *at ? text_wrap(at, cols, &bytes) : 0;

		add_wrapped(p, line, at, bytes);
		at += next;
		cols = p->cols - l->indent_cols - l->hang_cols;
	} while (*at);
}

/* The first wrapped row of a line. */
static int row_of_line(const struct pager *p, size_t line)
{
	for (size_t i = 0; i < p->n_wrapped; i++)
		if (p->wrapped[i].line >= line)
			return (int)i;
	return p->n_wrapped > 0 ? (int)p->n_wrapped - 1 : 0;
}

static void clamp_top(struct pager *p)
{
	int last = (int)p->n_wrapped - p->rows;

	if (p->top > last)
		p->top = last;
	if (p->top < 0)
		p->top = 0;
}

/* The next line from `from` (by +1 or -1) that Enter would open; -1 if there is none. */
static int next_with_id(const struct pager *p, int from, int by)
{
	for (int i = from; i >= 0 && i < (int)p->n; i += by)
		if (p->lines[i].id != 0)
			return i;
	return -1;
}

static void show_cursor(struct pager *p)
{
	int first, after;

	if (p->cursor < 0)
		return;
	first = row_of_line(p, (size_t)p->cursor);
	after = first + 1;
	while (after < (int)p->n_wrapped && p->wrapped[after].line == (size_t)p->cursor)
		after++;
	if (after > p->top + p->rows)
		p->top = after - p->rows;
	if (first < p->top)
		p->top = first;
}

void pager_layout(struct pager *p, int rows, int cols)
{
	p->rows = rows;
	if (p->cols != cols) {
		size_t on_top = p->n_wrapped > 0 && p->top < (int)p->n_wrapped ? p->wrapped[p->top].line : 0;
		bool again = p->n_wrapped > 0;

		p->cols = cols;
		p->n_wrapped = 0;
		for (size_t i = 0; i < p->n; i++)
			wrap_line(p, i);
		if (again)
			p->top = row_of_line(p, on_top);
	}
	if (p->cursor >= 0 && (p->cursor >= (int)p->n || p->lines[p->cursor].id == 0)) {
		int near = next_with_id(p, p->cursor < (int)p->n ? p->cursor : (int)p->n - 1, -1);

		if (near < 0)
			near = next_with_id(p, 0, 1);
		p->cursor = near < 0 ? 0 : near;
	}
	clamp_top(p);
	if (p->n > 0)
		show_cursor(p);
	clamp_top(p);
}

/* Up and Down in a pager with a cursor: to the next line that opens something, scrolling where that is far. */
static bool move_cursor(struct pager *p, int by)
{
	int next = next_with_id(p, p->cursor + by, by);
	int row = next < 0 ? -1 : row_of_line(p, (size_t)next);

	if (next >= 0 && row >= p->top - p->rows && row < p->top + 2 * p->rows) {
		p->cursor = next;
		show_cursor(p);
	} else {
		p->top += by;
	}
	return true;
}

bool pager_key(struct pager *p, const struct key_event *ev)
{
	int page = p->rows > 1 ? p->rows - 1 : 1;

	switch (ev->key) {
	case YK_UP:
	case YK_DOWN:
		if (p->cursor >= 0)
			move_cursor(p, ev->key == YK_UP ? -1 : 1);
		else
			p->top += ev->key == YK_UP ? -1 : 1;
		break;
	case YK_WHEEL_UP:
		p->top -= WHEEL_ROWS;
		break;
	case YK_WHEEL_DOWN:
		p->top += WHEEL_ROWS;
		break;
	case YK_PGUP:
		p->top -= page;
		break;
	case YK_PGDN:
	case ' ':
		p->top += page;
		break;
	case YK_HOME:
	case YK_CTRL_HOME:
		p->top = 0;
		if (p->cursor >= 0 && next_with_id(p, 0, 1) >= 0)
			p->cursor = next_with_id(p, 0, 1);
		break;
	case YK_END:
	case YK_CTRL_END:
		p->top = (int)p->n_wrapped;
		if (p->cursor >= 0 && next_with_id(p, (int)p->n - 1, -1) >= 0)
			p->cursor = next_with_id(p, (int)p->n - 1, -1);
		break;
	default:
		return false;
	}
	clamp_top(p);
	return true;
}

void pager_draw(const struct pager *p, struct canvas *c, struct rect area)
{
	for (int k = 0; k < area.rows && p->top + k < (int)p->n_wrapped; k++) {
		const struct wrapped *w = &p->wrapped[p->top + k];
		const struct pager_line *line = &p->lines[w->line];
		bool chosen = p->cursor >= 0 && line->id != 0 && w->line == (size_t)p->cursor;
		int indent = line->indent_cols + (w->text == line->text ? 0 : line->hang_cols);
		AUTO_STRBUF text = { 0 };

		strbuf_add_n(&text, w->text, w->bytes);
		if (chosen)
			canvas_fill(c, (struct rect){ area.row + k, area.col, 1, area.cols }, STYLE_SELECTED);
		canvas_put(c, area.row + k, area.col + indent, area.cols - indent,
		           chosen ? STYLE_SELECTED : line->style, strbuf_str(&text));
	}
}

int64_t pager_id(const struct pager *p)
{
	return p->cursor >= 0 && p->cursor < (int)p->n ? p->lines[p->cursor].id : 0;
}
