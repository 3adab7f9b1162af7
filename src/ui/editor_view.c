/* The editor on the screen: rows wrapped for a width, and the part of them that shows the cursor. */
#include "ui/editor_inside.h"

#include "base/mem.h"

/* A row whose successor may look different from now on goes, and so does the one before it: its end depends on what follows. */
void editor_drop_rows(struct editor *ed, size_t at)
{
	while (ed->n_rows > 0 && ed->rows[ed->n_rows - 1].next >= at)
		ed->n_rows--;
	if (ed->n_rows > 0)
		ed->n_rows--;
	ed->rows_complete = false;
}

static void add_row(struct editor *ed, struct editor_row row)
{
	ed->rows = mem_grow(ed->rows, &ed->cap_rows, ed->n_rows + 1, sizeof *ed->rows);
	ed->rows[ed->n_rows++] = row;
}

/* The last column is kept for the cursor behind the last character. */
void editor_layout(struct editor *ed, int cols)
{
	size_t at;

	cols = cols > 3 ? cols - 1 : 2;
	if (cols != ed->row_cols)
		ed->n_rows = 0;
	else if (ed->rows_complete)
		return;
	ed->row_cols = cols;
	at = ed->n_rows > 0 ? ed->rows[ed->n_rows - 1].next : 0;
	while (at < ed->text.n) {
		size_t n, used = text_wrap(ed->text.s + at, cols, &n);

		add_row(ed, (struct editor_row){ .at = at, .n = n, .next = at + used });
		at += used;
	}
	if (ed->text.n == 0 || ed->text.s[ed->text.n - 1] == '\n')
		add_row(ed, (struct editor_row){ .at = ed->text.n, .next = ed->text.n });
	ed->rows_complete = true;
}

size_t editor_cursor_row(const struct editor *ed)
{
	size_t low = 0, high = ed->n_rows;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (ed->rows[middle].at <= ed->cursor)
			low = middle;
		else
			high = middle;
	}
	return ed->at_row_end && low > 0 && ed->rows[low].at == ed->cursor ? low - 1 : low;
}

int editor_width(const struct editor *ed, size_t from, size_t to)
{
	int width, total = 0;

	while (from < to) {
		from += text_cluster(ed->text.s + from, ed->text.n - from, &width);
		total += width;
	}
	return total;
}

int editor_rows(struct editor *ed, int cols)
{
	if (!ed->several_lines)
		return 1;
	editor_layout(ed, cols);
	return (int)ed->n_rows;
}

/* Paint bytes of one row, and what of them is selected. */
static void draw_part(const struct editor *ed, struct canvas *c, struct rect area, enum style style, size_t from, size_t to)
{
	size_t low = ed->cursor < ed->anchor ? ed->cursor : ed->anchor, high = ed->cursor < ed->anchor ? ed->anchor : ed->cursor;
	AUTO_STRBUF part = { 0 };

	strbuf_add_n(&part, ed->text.s + from, to - from);
	canvas_put(c, area.row, area.col, area.cols, style, strbuf_str(&part));
	low = low < from ? from : low;
	high = high > to ? to : high;
	if (low < high) {
		struct rect selected = { area.row, area.col + editor_width(ed, from, low), 1, editor_width(ed, low, high) };

		if (selected.col + selected.cols > area.col + area.cols)
			selected.cols = area.col + area.cols - selected.col;
		canvas_restyle(c, selected, STYLE_SELECTION);
	}
}

static void draw_rows(struct editor *ed, struct canvas *c, struct rect area, enum style style, bool active)
{
	size_t row;

	editor_layout(ed, area.cols);
	ed->page_rows = area.rows;
	row = editor_cursor_row(ed);
	if (active && row < ed->top)
		ed->top = row;
	if (active && row >= ed->top + (size_t)area.rows)
		ed->top = row - (size_t)area.rows + 1;
	if (ed->top + (size_t)area.rows > ed->n_rows)
		ed->top = ed->n_rows > (size_t)area.rows ? ed->n_rows - (size_t)area.rows : 0;
	for (size_t i = 0; i < (size_t)area.rows && ed->top + i < ed->n_rows; i++) {
		const struct editor_row *r = &ed->rows[ed->top + i];

		draw_part(ed, c, (struct rect){ area.row + (int)i, area.col, 1, area.cols }, style, r->at, r->at + r->n);
	}
	if (active)
		canvas_cursor(c, area.row + (int)(row - ed->top), area.col + editor_width(ed, ed->rows[row].at, ed->cursor));
}

/* The cells that the cursor needs: the character that it stands on, or one behind the last. */
static int cursor_cols(const struct editor *ed)
{
	int width = ed->cursor < ed->text.n ? editor_width(ed, ed->cursor, editor_after(ed, ed->cursor)) : 1;

	return width > 0 ? width : 1;
}

/* Move the view as little as shows the cursor, and back where the text has become shorter. */
static void scroll_line(struct editor *ed, int cols)
{
	if (ed->cursor < ed->view_at)
		ed->view_at = ed->cursor;
	while (ed->view_at < ed->cursor && editor_width(ed, ed->view_at, ed->cursor) + cursor_cols(ed) > cols)
		ed->view_at = editor_after(ed, ed->view_at);
	while (ed->view_at > 0) {
		size_t before = editor_before(ed, ed->view_at);

		if (editor_width(ed, before, ed->text.n) + 1 > cols)
			break;
		ed->view_at = before;
	}
}

static void draw_stars(const struct editor *ed, struct canvas *c, struct rect area, enum style style, bool active)
{
	int n = (int)ed->clusters < area.cols - 1 ? (int)ed->clusters : area.cols - 1;

	for (int i = 0; i < n; i++)
		canvas_put(c, area.row, area.col + i, 1, style, "*");
	if (active)
		canvas_cursor(c, area.row, area.col + n);
}

void editor_draw(struct editor *ed, struct canvas *c, struct rect area, enum style style, bool active)
{
	if (area.rows < 1 || area.cols < 1)
		return;
	canvas_fill(c, area, style);
	if (ed->several_lines) {
		draw_rows(ed, c, area, style, active);
	} else if (ed->secret) {
		draw_stars(ed, c, area, style, active);
	} else if (!active) {
		canvas_text(c, area.row, area.col, area.cols, style, ed->text.s);
	} else {
		area.rows = 1;
		scroll_line(ed, area.cols);
		draw_part(ed, c, area, style, ed->view_at, ed->text.n);
		canvas_cursor(c, area.row, area.col + editor_width(ed, ed->view_at, ed->cursor));
	}
}
