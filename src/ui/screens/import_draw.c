/* Painting of the screens that import residents and volunteers. Reads the file's rows from memory only. */
#include "ui/screens/import_screen.h"

#include <string.h>

#include "base/text.h"
#include "ui/widgets/hint.h"

#define HEAD_ROWS 3               /* file, result, names of the panes */
#define MAPPED_COLS 22
#define SAMPLES 3
#define NUMBER_COLS 7
#define PREVIEW_COLS 13
#define ADDRESS_COLS 26
#define IDNUMBER_COLS 18
#define KIND_COLS 5
#define COLUMN_COLS 14
#define FAULT_FOOT 2              /* the reason under the cursor in full */

const struct import_words import_kinds[] = {
	[IMPORT_RESIDENTS] = { "导入居民", "import.residents", true }, [IMPORT_VOLUNTEERS] = { "导入志愿者", "import.volunteers", false },
};

static const char *const pane_names[IMPORT_PANES] = { "各列对应", "预览", "问题" };

const char *import_fault_label(enum import_fault_kind kind)
{
	static const char *const labels[] = { [IMPORT_BAD] = "有误", [IMPORT_TWICE_IN_FILE] = "重复", [IMPORT_KNOWN] = "已有" };

	return labels[kind];
}

size_t import_pane_rows(const struct import_screen *s, enum import_pane pane)
{
	if (!s->file)
		return 0;
	switch (pane) {
	case IMPORT_MAPPING: return import_columns(s->file);
	case IMPORT_PREVIEW: return s->checked ? import_rows(s->file) : 0;
	default:             return s->n_faults;
	}
}

/* In two panes the mapping stands at the left for good. */
static struct rect pane_area(const struct app *app, struct rect area, enum import_pane pane)
{
	int left = app->wide ? area.cols * 2 / 5 : 0;

	area.row += HEAD_ROWS;
	area.rows -= HEAD_ROWS;
	if (app->wide && pane == IMPORT_MAPPING) {
		area.cols = left - 1;
	} else if (app->wide) {
		area.col += left;
		area.cols -= left;
	}
	return area;
}

size_t import_rows_shown(const struct app *app, enum import_pane pane)
{
	struct rect inner = app->area;
	int rows;

	inner.rows -= 2;                   /* the frame */
	inner.cols -= 2;
	rows = pane_area(app, inner, pane).rows - 1 - (pane == IMPORT_FAULTS ? FAULT_FOOT : 0);
	return rows > 0 ? (size_t)rows : 1;
}

/* The head ---------------------------------------------------------------------------------------------------------------------------------- */

static const char *separator_label(char separator)
{
	return separator == '\t' ? "制表符" : separator == ';' ? "分号" : "逗号";
}

static void draw_result(const struct import_screen *s, struct canvas *c, struct rect area)
{
	const struct import_summary *is = s->done ? &s->taken : &s->found;
	enum style style = !s->checked || (!s->done && is->bad) ? STYLE_WARNING : STYLE_GOOD;
	AUTO_STRBUF line = { 0 };

	if (!s->checked) {
		strbuf_add(&line, "还没有检查");
	} else if (s->done) {
		strbuf_format(&line, "已导入 %zu 人", is->good);
		if (import_kinds[s->kind].households)
			strbuf_format(&line, "，新建 %zu 户", is->new_households);
		strbuf_format(&line, "；没有导入：有误 %zu 行，重复 %zu 行", is->bad, is->duplicates);
	} else {
		strbuf_format(&line, "可以导入 %zu 行，有误 %zu 行，重复 %zu 行", is->good, is->bad, is->duplicates);
		if (import_kinds[s->kind].households)
			strbuf_format(&line, "；会新建 %zu 户", is->new_households);
	}
	canvas_text(c, area.row + 1, area.col, area.cols, style, strbuf_str(&line));
}

/* In two panes the mapping is always there: the other two are named. */
static void draw_names(const struct app *app, const struct import_screen *s, struct canvas *c, struct rect area)
{
	int col = area.col;

	for (int p = 0; p < IMPORT_PANES; p++) {
		AUTO_STRBUF name = { 0 };

		strbuf_format(&name, p == IMPORT_FAULTS && s->checked ? " %s %zu " : " %s ", pane_names[p], s->n_faults);
		if (app->wide && p == IMPORT_PREVIEW)
			col = pane_area(app, area, IMPORT_PREVIEW).col;
		col = canvas_put(c, area.row + 2, col, area.col + area.cols - col, p == (int)s->pane ? STYLE_SELECTED : STYLE_DIM, strbuf_str(&name)) + 1;
	}
}

static void draw_head(const struct app *app, const struct import_screen *s, struct canvas *c, struct rect area)
{
	canvas_format(c, area.row, area.col, area.cols, STYLE_TEXT, "%s  编码 %s  用%s分隔  %zu 行 %zu 列", s->path,
	              import_encoding(s->file), separator_label(import_separator(s->file)), import_rows(s->file),
	              import_columns(s->file));
	draw_result(s, c, area);
	draw_names(app, s, c, area);
}

/* The panes --------------------------------------------------------------------------------------------------------------------------------- */

/* A few of the column's values, so that one sees what it holds. */
static void add_samples(const struct import_screen *s, size_t column, struct strbuf *out)
{
	int shown = 0;

	for (size_t row = 0; row < import_rows(s->file) && row < 50 && shown < SAMPLES; row++) {
		const char *cell = import_cell(s->file, row, column);

		if (text_is_blank(cell))
			continue;
		strbuf_format(out, "%s%s", shown++ ? " / " : "", cell);
	}
}

static int heading_cols(struct rect area)
{
	return area.cols > 2 * MAPPED_COLS + 20 ? MAPPED_COLS : area.cols / 3;
}

static void draw_mapping_row(const struct import_screen *s, size_t i, struct canvas *c, struct rect area, int row)
{
	const struct import_target *target = import_mapped(s->file, i);
	int cols = heading_cols(area);
	AUTO_STRBUF samples = { 0 };

	add_samples(s, i, &samples);
	canvas_text(c, row, area.col, cols, STYLE_TEXT, import_heading(s->file, i));
	canvas_text(c, row, area.col + cols + 1, cols, target ? STYLE_STRONG : STYLE_DIM, target ? target->label : "不导入");
	canvas_text(c, row, area.col + 2 * cols + 2, area.cols - 2 * cols - 2, STYLE_DIM, strbuf_str(&samples));
}

static void head_mapping(const struct import_screen *s, struct canvas *c, struct rect area)
{
	int cols = heading_cols(area);

	(void)s;
	canvas_text(c, area.row, area.col, cols, STYLE_HEADING, "文件里的列");
	canvas_text(c, area.row, area.col + cols + 1, cols, STYLE_HEADING, "导入为");
	canvas_text(c, area.row, area.col + 2 * cols + 2, area.cols - 2 * cols - 2, STYLE_HEADING, "文件里的内容");
}

static int preview_cols(const struct import_target *target)
{
	if (!target->field)
		return ADDRESS_COLS;
	return target->field->type == FIELD_IDNUMBER ? IDNUMBER_COLS : PREVIEW_COLS;
}

/* Paint the preview's columns of one row, or their headings (row SIZE_MAX). */
static void draw_preview_cells(const struct import_screen *s, size_t i, struct canvas *c, struct rect area, int row)
{
	int col = area.col + NUMBER_COLS, end = area.col + area.cols;

	for (size_t k = s->first_column; k < import_columns(s->file) && col < end; k++) {
		const struct import_target *target = import_mapped(s->file, k);
		int cols = target ? preview_cols(target) : 0;
		AUTO_STRBUF cell = { 0 };

		if (!target)
			continue;
		if (i == SIZE_MAX)
			strbuf_add(&cell, target->label);
		else
			import_show(s->file, i, target, &cell);
		canvas_text(c, row, col, cols < end - col ? cols : end - col, i == SIZE_MAX ? STYLE_HEADING : STYLE_TEXT, strbuf_str(&cell));
		col += cols + 1;
	}
}

/* Faults are in the order of the file. */
static bool has_fault(const struct import_screen *s, size_t row_number)
{
	size_t low = 0, high = s->n_faults;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->faults[middle].row_number < row_number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_faults && s->faults[low].row_number == row_number;
}

static void draw_preview_row(const struct import_screen *s, size_t i, struct canvas *c, struct rect area, int row)
{
	size_t number = import_row_number(s->file, i);
	bool fault = has_fault(s, number);

	canvas_format(c, row, area.col, NUMBER_COLS, fault ? STYLE_ERROR : STYLE_DIM, fault ? "%5zu!" : "%5zu", number);
	draw_preview_cells(s, i, c, area, row);
}

static void head_preview(const struct import_screen *s, struct canvas *c, struct rect area)
{
	canvas_text(c, area.row, area.col, NUMBER_COLS, STYLE_HEADING, "行号");
	draw_preview_cells(s, SIZE_MAX, c, area, area.row);
}

static void draw_fault_row(const struct import_screen *s, size_t i, struct canvas *c, struct rect area, int row)
{
	const struct import_fault *f = &s->faults[i];
	int at = area.col + NUMBER_COLS;

	canvas_format(c, row, area.col, NUMBER_COLS, STYLE_TEXT, "%5zu", f->row_number);
	canvas_text(c, row, at, KIND_COLS, f->kind == IMPORT_BAD ? STYLE_ERROR : STYLE_WARNING, import_fault_label(f->kind));
	canvas_text(c, row, at + KIND_COLS, COLUMN_COLS, STYLE_TEXT, f->column);
	canvas_text(c, row, at + KIND_COLS + COLUMN_COLS + 1, area.cols - NUMBER_COLS - KIND_COLS - COLUMN_COLS - 1, STYLE_TEXT, f->reason);
}

static void head_faults(const struct import_screen *s, struct canvas *c, struct rect area)
{
	int at = area.col + NUMBER_COLS;

	(void)s;
	canvas_text(c, area.row, area.col, NUMBER_COLS, STYLE_HEADING, "行号");
	canvas_text(c, area.row, at + KIND_COLS, COLUMN_COLS, STYLE_HEADING, "列");
	canvas_text(c, area.row, at + KIND_COLS + COLUMN_COLS + 1, area.cols - NUMBER_COLS - KIND_COLS - COLUMN_COLS - 1, STYLE_HEADING, "问题");
}

static void draw_reason(const struct import_screen *s, struct canvas *c, struct rect area)
{
	const char *text = s->n_faults ? s->faults[s->places[IMPORT_FAULTS].cursor].reason : "没有发现问题";

	for (int row = area.row + area.rows - FAULT_FOOT; row < area.row + area.rows && *text; row++) {
		size_t shown, used = text_wrap(text, area.cols, &shown);
		AUTO_FREE char *line = mem_copy_n(text, shown);

		canvas_text(c, row, area.col, area.cols, STYLE_NOTICE, line);
		text += used;
	}
}

static const struct {
	void (*head)(const struct import_screen *s, struct canvas *c, struct rect area);
	void (*row)(const struct import_screen *s, size_t i, struct canvas *c, struct rect area, int row);
} painters[IMPORT_PANES] = {
	[IMPORT_MAPPING] = { head_mapping, draw_mapping_row },
	[IMPORT_PREVIEW] = { head_preview, draw_preview_row },
	[IMPORT_FAULTS]  = { head_faults, draw_fault_row },
};

static void draw_pane(const struct app *app, const struct import_screen *s, enum import_pane pane, struct canvas *c, struct rect area)
{
	const struct import_place *place = &s->places[pane];
	size_t shown = import_rows_shown(app, pane), n = import_pane_rows(s, pane);

	painters[pane].head(s, c, area);
	for (size_t i = 0; i < shown && place->top + i < n; i++) {
		int row = area.row + 1 + (int)i;

		painters[pane].row(s, place->top + i, c, area, row);
		if (place->top + i == place->cursor)
			canvas_restyle(c, (struct rect){ row, area.col, 1, area.cols }, pane == s->pane ? STYLE_SELECTED : STYLE_SELECTED_IDLE);
	}
	if (pane == IMPORT_FAULTS && s->checked)
		draw_reason(s, c, area);
}

void import_draw(const struct app *app, const struct import_screen *s, const struct keymap *keys, struct canvas *c, struct rect area)
{
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, import_kinds[s->kind].title);
	enum import_pane other = s->pane == IMPORT_MAPPING ? IMPORT_FAULTS : s->pane;

	inner.col++;
	inner.cols -= 2;
	if (!s->file) {
		hint_draw(app, c, inner, keys, "还没有选择文件，按 {open} 选择\n"
		          "在 Excel 或 WPS 里「另存为 CSV」，第一行是各列的名称\n编码和分隔符会自动识别");
		return;
	}
	draw_head(app, s, c, inner);
	if (app->wide)
		draw_pane(app, s, IMPORT_MAPPING, c, pane_area(app, inner, IMPORT_MAPPING));
	else
		other = s->pane;
	draw_pane(app, s, other, c, pane_area(app, inner, other));
}
