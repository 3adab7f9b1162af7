/* Painting a list: heading with the sort mark, rows, and at the foot what filters it and how much that hides. */
#include "ui/widgets/list_view.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/register.h"
#include "ui/editor.h"

#define MARK_COLS 1
#define GAP_COLS 1
#define REST_COLS_MIN 8
#define COUNT_COLS 28
#define COLUMNS_MAX 64

void list_view_cell(const struct app *app, const struct list_view *v, size_t i, const struct view_column *column, struct strbuf *out, enum style *style)
{
	if (column->show)
		column->show(app, v->list, i, column->source, out, style);
	else if (column->codes)
		strbuf_add(out, office_code_label(app->of, column->codes, list_text(v->list, i, column->source)));
	else if (column->form)
		register_cell(app->of, column->form, v->list, i, column->source, out);
	else
		strbuf_add(out, list_text(v->list, i, column->source));
}

/* How wide each column is: the rest is shared by those that state no width; what does not fit is left out from the right. */
static size_t measure(const struct list_view *v, int cols, int widths[COLUMNS_MAX])
{
	size_t n = v->n_columns < COLUMNS_MAX ? v->n_columns : COLUMNS_MAX, shared = 0;
	int left = cols;

	for (size_t i = 0; i < n; i++) {
		int wanted = v->columns[i].width_cols ? v->columns[i].width_cols : REST_COLS_MIN;

		if (left < wanted && i > 0) {
			n = i;
			break;
		}
		widths[i] = wanted < left ? wanted : left;
		left -= widths[i] + GAP_COLS;
		shared += v->columns[i].width_cols == 0;
	}
	left += GAP_COLS;
	for (size_t i = n; i-- > 0 && left > 0;) {
		int more = shared > 0 ? left / (int)shared : left;

		if (shared > 0 && v->columns[i].width_cols != 0)
			continue;
		widths[i] += more;
		left -= more;
		if (shared == 0)
			break;
		shared--;
	}
	return n;
}

static void draw_heading(const struct list_view *v, struct canvas *c, struct rect line, const int *widths, size_t n)
{
	int col = line.col + MARK_COLS;

	canvas_fill(c, line, STYLE_HEADING);
	for (size_t i = 0; i < n; i++) {
		const struct view_column *column = &v->columns[i];
		bool sorted = column->order && v->order.column && strcmp(column->order, v->order.column) == 0;
		AUTO_FREE char *title = mem_format("%s%s", column->title, !sorted ? "" : v->order.descending ? "降" : "升");

		if (column->align == ALIGN_RIGHT)
			canvas_text_right(c, line.row, col, widths[i], STYLE_HEADING, title);
		else
			canvas_text(c, line.row, col, widths[i], STYLE_HEADING, title);
		col += widths[i] + GAP_COLS;
	}
}

static void draw_row(const struct app *app, const struct list_view *v, size_t i, struct canvas *c, struct rect line,
                     const int *widths, size_t n, bool active)
{
	bool chosen = i == v->cursor;
	enum style bar = active ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int col = line.col + MARK_COLS;

	canvas_fill(c, line, chosen ? bar : STYLE_TEXT);
	if (chosen)
		canvas_put(c, line.row, line.col, MARK_COLS, bar, ">");
	for (size_t k = 0; k < n; k++) {
		enum style style = STYLE_TEXT;
		AUTO_STRBUF text = { 0 };

		list_view_cell(app, v, i, &v->columns[k], &text, &style);
		if (chosen)
			style = bar;
		if (v->columns[k].align == ALIGN_RIGHT)
			canvas_text_right(c, line.row, col, widths[k], style, strbuf_str(&text));
		else
			canvas_text(c, line.row, col, widths[k], style, strbuf_str(&text));
		col += widths[k] + GAP_COLS;
	}
}

/* 12345 → 12,345 */
static void add_count(struct strbuf *out, size_t n)
{
	if (n >= 1000)
		add_count(out, n / 1000);
	if (n >= 1000)
		strbuf_format(out, ",%03zu", n % 1000);
	else
		strbuf_format(out, "%zu", n);
}

static void add_counts(const struct list_view *v, struct strbuf *out)
{
	size_t count = list_count(v->list), total = list_total(v->list);

	if (v->query_due) {
		strbuf_add(out, "…");
		return;
	}
	add_count(out, count);
	strbuf_add(out, list_complete(v->list) ? " 条" : " 条以上");
	if (list_complete(v->list) && total != SIZE_MAX && total > count) {
		strbuf_add(out, "，隐藏 ");
		add_count(out, total - count);
		strbuf_add(out, " 条");
	}
}

static void draw_foot(const struct list_view *v, struct canvas *c, struct rect line)
{
	AUTO_STRBUF text = { 0 };
	AUTO_STRBUF counts = { 0 };

	canvas_fill(c, line, STYLE_DIM);
	add_counts(v, &counts);
	if (v->finding) {
		int col = canvas_put(c, line.row, line.col, line.cols, STYLE_STRONG, "查找 ");
		int cols = line.col + line.cols - col - COUNT_COLS;

		if (cols < 10)
			cols = line.col + line.cols - col;
		editor_draw(v->find, c, (struct rect){ line.row, col, 1, cols }, STYLE_FIELD_ACTIVE, true);
		if (col + cols < line.col + line.cols)
			canvas_text_right(c, line.row, col + cols, COUNT_COLS, STYLE_DIM, strbuf_str(&counts));
		return;
	}
	if (v->filter_text[0])
		strbuf_format(&text, "%s · ", v->filter_text);
	if (!editor_is_empty(v->find))
		strbuf_format(&text, "查找「%s」 · ", editor_text(v->find));
	strbuf_add(&text, strbuf_str(&counts));
	canvas_text(c, line.row, line.col, line.cols, list_view_filtered(v) ? STYLE_NOTICE : STYLE_DIM, strbuf_str(&text));
}

void list_view_draw(const struct app *app, const struct list_view *v, struct canvas *c, struct rect area, bool active)
{
	int widths[COLUMNS_MAX];
	size_t n = measure(v, area.cols - MARK_COLS, widths), count = list_count(v->list);

	*v->drawn = (struct rect){ area.row + 1, area.col, area.rows > 2 ? area.rows - 2 : 0, area.cols };
	if (area.rows < 3)
		return;
	draw_heading(v, c, (struct rect){ area.row, area.col, 1, area.cols }, widths, n);
	for (int k = 0; k < v->drawn->rows; k++) {
		struct rect line = { v->drawn->row + k, area.col, 1, area.cols };

		if (v->top + (size_t)k < count)
			draw_row(app, v, v->top + (size_t)k, c, line, widths, n, active);
		else
			canvas_fill(c, line, STYLE_TEXT);
	}
	if (count == 0 && list_complete(v->list))
		canvas_put(c, area.row + 2, area.col + 2, area.cols - 2, STYLE_DIM, list_view_filtered(v) ? "没有符合条件的" : "还没有记录");
	draw_foot(v, c, (struct rect){ area.row + area.rows - 1, area.col, 1, area.cols });
}
