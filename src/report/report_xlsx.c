/* A report as a workbook: a sheet a table, real numbers and dates, native charts. libxlsxwriter makes the file in a folder of this account alone. */
#include "report_inside.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/text.h"

#define ROWS_MOST 1048575              /* of a sheet, without its heading */
#define NAME_MOST 31                   /* characters of a sheet's name */
#define TEXT_MOST 32000                /* characters of a cell: Excel takes 32,767 */
#define WIDTH_LEAST 8
#define WIDTH_MOST 60
#define EPOCH_DAY 25569                /* 1970-01-01 as a spreadsheet counts days */
#define CHART_ROWS 16                  /* of the sheet that a chart covers, with the gap below it */

static const struct {
	const char *format;
	double unit;                   /* what one of the spreadsheet's is in ours */
	int64_t origin;                /* what the spreadsheet's nought is in ours, below it */
} looks[] = {
	[REPORT_TEXT] = { "@", 1, 0 }, [REPORT_NUMBER] = { "0", 1, 0 }, [REPORT_MINUTES] = { "0.0", 60, 0 }, [REPORT_MONEY] = { "#,##0.00", 100, 0 },
	[REPORT_DAY] = { "yyyy-mm-dd", 1, EPOCH_DAY }, [REPORT_MONTH] = { "yyyy-mm", 1, EPOCH_DAY },
};

/* The library ---------------------------------------------------------------------------------------------------------------------- */

/* What is called of libxlsxwriter. It is opened when a workbook is written: with the libcrypto that it brings it takes 4 ms to load, which every start of
 * the program would wait for. */
#define FUNCTIONS(X) \
	X(chart_add_series) X(chart_axis_set_num_format) X(chart_legend_set_position) X(chart_series_set_categories) X(chart_series_set_name_range) \
	X(chart_series_set_values) X(chart_title_set_name) X(format_set_bold) X(format_set_bottom) X(format_set_num_format) X(workbook_add_chart) \
	X(workbook_add_format) X(workbook_add_worksheet) X(workbook_close) X(workbook_new_opt) X(workbook_set_properties) X(worksheet_autofilter) \
	X(worksheet_fit_to_pages) X(worksheet_freeze_panes) X(worksheet_insert_chart_opt) X(worksheet_repeat_rows) X(worksheet_set_column) \
	X(worksheet_set_footer) X(worksheet_set_landscape) X(worksheet_set_paper) X(worksheet_write_number) X(worksheet_write_string)
struct library {
	void *handle;
#define X(name) __typeof__(name) *name;
	FUNCTIONS(X)
#undef X
};

static void library_close(struct library *x)
{
	if (x->handle)
		dlclose(x->handle);
}
#define AUTO_LIBRARY __attribute__((cleanup(library_close))) struct library

static enum rc library_open(struct library *x, struct err *e)
{
	if ((x->handle = dlopen("libxlsxwriter.so." LXW_SOVERSION, RTLD_NOW | RTLD_LOCAL)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "本机没有装 libxlsxwriter" LXW_SOVERSION "，写不了 .xlsx；请管理员安装，或者导出 .csv");
#define X(name) \
	if ((*(void **)&x->name = dlsym(x->handle, #name)) == NULL) \
		return err_set(e, RC_NOTFOUND, NULL, "本机的 libxlsxwriter 缺少 " #name "，请管理员重新安装，或者导出 .csv");
	FUNCTIONS(X)
#undef X
	return RC_OK;
}

struct book {
	const struct library *x;
	lxw_workbook *file;
	lxw_format *heading, *formats[COUNT(looks)];
	char (*names)[NAME_MOST * 4 + 1];      /* of the sheets */
};

/* The folder ----------------------------------------------------------------------------------------------------------------------- */

/* A folder that others can't look into, beside the file that is wanted: what libxlsxwriter lays down on its way holds names too. */
struct workshop {
	char *folder, *file;
};

static void workshop_remove(struct workshop *w)
{
	if (w->file)
		unlink(w->file);
	if (w->folder)
		rmdir(w->folder);
	free(w->file);
	free(w->folder);
	*w = (struct workshop){ 0 };
}
#define AUTO_WORKSHOP __attribute__((cleanup(workshop_remove))) struct workshop

static enum rc workshop_make(struct workshop *w, const char *path, struct err *e)
{
	AUTO_FREE char *copy = mem_copy(path);
	char *folder = mem_format("%s/.youlin-XXXXXX", dirname(copy));

	if (mkdtemp(folder) == NULL) {         /* 0700 */
		int reason = errno;

		free(folder);
		return err_set(e, RC_IO, NULL, "写不了文件（%s）：%s", err_reason(reason), path);
	}
	w->folder = folder;
	w->file = mem_format("%s/book.xlsx", folder);
	return RC_OK;
}

/* Names and texts ------------------------------------------------------------------------------------------------------------------ */

/* At most so many characters of it. */
static size_t prefix_bytes(const char *s, size_t most)
{
	size_t at = 0, n = strlen(s);

	for (size_t i = 0; i < most && at < n; i++) {
		uint32_t cp;

		at += text_decode(s + at, n - at, &cp);
	}
	return at;
}

static bool is_taken(const struct book *b, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(b->names[i], name) == 0)
			return true;
	return false;
}

/* What a sheet may be called: some signs are not allowed, nor an apostrophe at an end, and no two names are the same. */
static void name_sheet(struct book *b, size_t i, const char *title)
{
	AUTO_STRBUF clean = { 0 };
	char *name = b->names[i];

	for (const char *s = title; *s; s++)
		strbuf_add_char(&clean, strchr("[]:*?/\\'", *s) || (unsigned char)*s < ' ' ? ' ' : *s);
	if (text_is_blank(strbuf_str(&clean)))
		strbuf_add(&clean, "表");
	snprintf(name, sizeof b->names[i], "%.*s", (int)prefix_bytes(strbuf_str(&clean), NAME_MOST), strbuf_str(&clean));
	for (unsigned k = 2; is_taken(b, i, name); k++)
		snprintf(name, sizeof b->names[i], "%.*s %u", (int)prefix_bytes(strbuf_str(&clean), NAME_MOST - 7), strbuf_str(&clean), k);
}

static bool is_escape(const char *s)
{
	return s[0] == '_' && s[1] == 'x' && strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
}

/* "_x0041_" in a workbook means "A": where somebody wrote just that, its first sign is written so instead. */
static void write_text(const struct library *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *text, lxw_format *format)
{
	AUTO_STRBUF plain = { 0 };
	size_t n;

	for (const char *s = text; *s; s++) {
		if (is_escape(s))
			strbuf_add(&plain, "_x005F");
		strbuf_add_char(&plain, *s);
	}
	n = prefix_bytes(strbuf_str(&plain), TEXT_MOST);
	if (n < plain.n) {
		strbuf_truncate(&plain, n);
		strbuf_add(&plain, "…");
	}
	x->worksheet_write_string(sheet, row, col, strbuf_str(&plain), format);
}

/* Sheets --------------------------------------------------------------------------------------------------------------------------- */

static void widen(int *width, const char *words)
{
	size_t line = strcspn(words, "\n");
	AUTO_FREE char *first = mem_copy_n(words, line);
	int cols = text_width(first) + 2;

	if (cols > *width)
		*width = cols < WIDTH_MOST ? cols : WIDTH_MOST;
}

static void write_column(struct book *b, lxw_worksheet *sheet, const struct report_table *t, size_t c)
{
	const struct library *x = b->x;
	const struct report_column *column = &t->columns[c];
	lxw_format *format = b->formats[column->kind];
	int width = WIDTH_LEAST;

	widen(&width, column->title);
	width += 2;                            /* the heading's filter mark */
	x->worksheet_write_string(sheet, 0, (lxw_col_t)c, column->title, b->heading);
	for (size_t i = c; i < t->n_cells; i += t->n_columns) {
		const struct report_cell *cell = &t->cells[i];
		lxw_row_t row = (lxw_row_t)(i / t->n_columns + 1);
		AUTO_STRBUF words = { 0 };

		if (cell->text)
			write_text(x, sheet, row, (lxw_col_t)c, cell->text, format);
		else if (cell->known)
			x->worksheet_write_number(sheet, row, (lxw_col_t)c, (double)(cell->number + looks[column->kind].origin) / looks[column->kind].unit, format);
		report_cell_words(column, cell, &words);
		widen(&width, strbuf_str(&words));
	}
	x->worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
}

static void draw_picture(struct book *b, lxw_worksheet *sheet, const struct report_table *t, size_t i, size_t k)
{
	const struct library *x = b->x;
	const struct report_picture *p = &t->pictures[k];
	lxw_chart *chart = x->workbook_add_chart(b->file, p->kind == REPORT_BARS ? LXW_CHART_COLUMN : LXW_CHART_LINE);
	lxw_row_t last = (lxw_row_t)(t->n_cells / t->n_columns);
	lxw_chart_options size = { .x_scale = 1.5, .y_scale = 1 };

	for (size_t c = p->first; c < p->first + p->n; c++) {
		lxw_chart_series *series = x->chart_add_series(chart, NULL, NULL);

		x->chart_series_set_categories(series, b->names[i], 1, 0, last, 0);
		x->chart_series_set_values(series, b->names[i], 1, (lxw_col_t)c, last, (lxw_col_t)c);
		x->chart_series_set_name_range(series, b->names[i], 0, (lxw_col_t)c);
	}
	if (t->columns[0].kind != REPORT_TEXT)
		x->chart_axis_set_num_format(chart->x_axis, looks[t->columns[0].kind].format);
	x->chart_title_set_name(chart, p->title);
	x->chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	x->worksheet_insert_chart_opt(sheet, (lxw_row_t)(1 + k * CHART_ROWS), (lxw_col_t)(t->n_columns + 1), chart, &size);
}

static void write_sheet(struct book *b, const struct report_table *t, size_t i)
{
	const struct library *x = b->x;
	lxw_worksheet *sheet;
	size_t rows = t->n_cells / t->n_columns;

	name_sheet(b, i, t->title);
	sheet = x->workbook_add_worksheet(b->file, b->names[i]);
	for (size_t c = 0; c < t->n_columns; c++)
		write_column(b, sheet, t, c);
	x->worksheet_freeze_panes(sheet, 1, 0);
	x->worksheet_repeat_rows(sheet, 0, 0);
	x->worksheet_autofilter(sheet, 0, 0, (lxw_row_t)rows, (lxw_col_t)(t->n_columns - 1));
	x->worksheet_set_paper(sheet, 9);         /* A4 */
	x->worksheet_set_landscape(sheet);
	x->worksheet_fit_to_pages(sheet, 1, 0);
	x->worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
	for (size_t k = 0; k < t->n_pictures && rows > 0; k++)
		draw_picture(b, sheet, t, i, k);
}

static void make_formats(struct book *b)
{
	const struct library *x = b->x;

	b->heading = x->workbook_add_format(b->file);
	x->format_set_bold(b->heading);
	x->format_set_bottom(b->heading, LXW_BORDER_THIN);
	for (size_t i = 0; i < COUNT(looks); i++) {
		b->formats[i] = x->workbook_add_format(b->file);
		x->format_set_num_format(b->formats[i], looks[i].format);
	}
}

static enum rc make_file(const struct library *x, const struct report *r, const struct workshop *w, struct err *e)
{
	lxw_workbook_options options = { .tmpdir = w->folder };
	lxw_doc_properties properties = { .title = (char *)r->title };
	struct book b = { .x = x, .file = x->workbook_new_opt(w->file, &options), .names = mem_alloc(r->n * sizeof *b.names) };
	lxw_error failed;

	if (b.file) {
		x->workbook_set_properties(b.file, &properties);
		make_formats(&b);
		for (size_t i = 0; i < r->n; i++)
			write_sheet(&b, &r->tables[i], i);
	}
	failed = b.file ? x->workbook_close(b.file) : LXW_ERROR_MEMORY_MALLOC_FAILED;
	free(b.names);
	return failed == LXW_NO_ERROR ? RC_OK : err_set(e, RC_IO, NULL, "没有写成 xlsx 文件，请看磁盘是否已满：%s", w->folder);
}

/* Bytes -------------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_file(const char *path, struct strbuf *out, struct err *e)
{
	char bytes[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	while (fd >= 0 && ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			strbuf_add_n(out, bytes, (size_t)n);
	if (n < 0)
		err_set(e, RC_IO, NULL, "没有写成 xlsx 文件（%s）", err_reason(errno));
	if (fd >= 0)
		close(fd);
	return n < 0 ? RC_IO : RC_OK;
}

enum rc report_xlsx(const struct report *r, const char *path, struct strbuf *out, struct err *e)
{
	AUTO_LIBRARY x = { 0 };
	AUTO_WORKSHOP w = { 0 };
	enum rc rc;

	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].n_cells / r->tables[i].n_columns > ROWS_MOST)
			return err_set(e, RC_INVALID, NULL, "有%zu行，一张表最多%d行，请缩小范围或者导出 .csv", r->tables[i].n_cells / r->tables[i].n_columns, ROWS_MOST);
	if ((rc = library_open(&x, e)) != RC_OK || (rc = workshop_make(&w, path, e)) != RC_OK || (rc = make_file(&x, r, &w, e)) != RC_OK)
		return rc;
	return read_file(w.file, out, e);
}
