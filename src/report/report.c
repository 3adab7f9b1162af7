/* A report is built cell by cell; what its file's name ends in says how it is written. */
#include "report/report.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/day.h"
#include "base/file.h"
#include "base/text.h"
#include "report_inside.h"

struct report *report_new(const char *title)
{
	struct report *r = mem_alloc(sizeof *r);

	r->title = arena_copy(&r->arena, title);
	return r;
}

void report_free(struct report *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++) {
		free(r->tables[i].cells);
		free(r->tables[i].pictures);
	}
	free(r->tables);
	arena_clear(&r->arena);
	free(r);
}

void report_free_pointer(struct report **r)
{
	report_free(*r);
}

/* Building ------------------------------------------------------------------------------------------------------------------------- */

void report_table(struct report *r, const char *title, const struct report_column *columns, size_t n)
{
	struct report_column *own = arena_alloc(&r->arena, n * sizeof *own);

	for (size_t i = 0; i < n; i++)
		own[i] = (struct report_column){ arena_copy(&r->arena, columns[i].title), columns[i].kind };
	r->tables = mem_grow(r->tables, &r->cap, r->n + 1, sizeof *r->tables);
	r->tables[r->n++] = (struct report_table){ .title = arena_copy(&r->arena, title), .columns = own, .n_columns = n };
}

static struct report_table *last_table(const struct report *r)
{
	assert(r->n > 0);
	return &r->tables[r->n - 1];
}

static struct report_cell *next_cell(struct report *r, bool text)
{
	struct report_table *t = last_table(r);

	assert((t->columns[t->n_cells % t->n_columns].kind == REPORT_TEXT) == text);
	t->cells = mem_grow(t->cells, &t->cap_cells, t->n_cells + 1, sizeof *t->cells);
	t->cells[t->n_cells] = (struct report_cell){ 0 };
	return &t->cells[t->n_cells++];
}

/* What people or other programs wrote may hold what no sheet can: it is cleaned as what is typed is. */
void report_text(struct report *r, const char *text)
{
	struct report_cell *cell = next_cell(r, true);
	AUTO_STRBUF clean = { 0 };

	if (text == NULL || *text == '\0')
		return;
	text_clean(&clean, text, strlen(text), TEXT_NOTE);
	cell->text = arena_copy(&r->arena, strbuf_str(&clean));
}

void report_number(struct report *r, int64_t number)
{
	struct report_cell *cell = next_cell(r, false);

	cell->number = number;
	cell->known = true;
}

void report_empty(struct report *r)
{
	const struct report_table *t = last_table(r);

	next_cell(r, t->columns[t->n_cells % t->n_columns].kind == REPORT_TEXT);
}

void report_chart(struct report *r, enum report_chart kind, const char *title, size_t first, size_t n)
{
	struct report_table *t = last_table(r);

	assert(first > 0 && first + n <= t->n_columns);
	t->pictures = mem_grow(t->pictures, &t->cap_pictures, t->n_pictures + 1, sizeof *t->pictures);
	t->pictures[t->n_pictures++] = (struct report_picture){ .kind = kind, .title = arena_copy(&r->arena, title), .first = first, .n = n };
}

const char *report_title(const struct report *r)
{
	return r->title;
}

size_t report_rows(const struct report *r)
{
	return r->n > 0 ? r->tables[0].n_cells / r->tables[0].n_columns : 0;
}

/* Words ---------------------------------------------------------------------------------------------------------------------------- */

static void add_decimal(struct strbuf *out, int64_t number, int64_t unit, int digits)
{
	const char *sign = number < 0 ? "-" : "";
	uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;

	strbuf_format(out, "%s%" PRIu64 ".%0*" PRIu64, sign, size / (uint64_t)unit, digits, size % (uint64_t)unit);
}

/* To the nearest tenth of an hour; half a tenth goes away from nought. */
static int64_t tenths_of_hours(int64_t minutes)
{
	return (minutes * 10 + (minutes < 0 ? -30 : 30)) / 60;
}

void report_words(enum report_kind kind, int64_t number, struct strbuf *out)
{
	int year, month, day;

	switch (kind) {
	case REPORT_TEXT:
	case REPORT_NUMBER:
		strbuf_format(out, "%" PRId64, number);
		break;
	case REPORT_MINUTES:
		add_decimal(out, tenths_of_hours(number), 10, 1);
		break;
	case REPORT_MONEY:
		add_decimal(out, number, 100, 2);
		break;
	case REPORT_DAY:
		day_format(out, (int32_t)number);
		break;
	case REPORT_MONTH:
		day_to_civil((int32_t)number, &year, &month, &day);
		strbuf_format(out, "%04d-%02d", year, month);
		break;
	}
}

void report_cell_words(const struct report_column *column, const struct report_cell *cell, struct strbuf *out)
{
	if (column->kind == REPORT_TEXT)
		strbuf_add(out, cell->text ? cell->text : "");
	else if (cell->known)
		report_words(column->kind, cell->number, out);
}

/* Writing -------------------------------------------------------------------------------------------------------------------------- */

void report_csv(const struct report *r, struct strbuf *out)
{
	const struct report_table *t = &r->tables[0];

	csv_begin(out);
	for (size_t c = 0; c < t->n_columns; c++)
		csv_cell(out, t->columns[c].title);
	csv_end_row(out);
	for (size_t i = 0; i < t->n_cells; i++) {
		AUTO_STRBUF words = { 0 };

		report_cell_words(&t->columns[i % t->n_columns], &t->cells[i], &words);
		csv_cell(out, strbuf_str(&words));
		if ((i + 1) % t->n_columns == 0)
			csv_end_row(out);
	}
}

static bool ends_in(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);

	return n > m && strcasecmp(path + n - m, ending) == 0;
}

enum rc report_write(const struct report *r, const char *path, bool replace, struct err *e)
{
	AUTO_FREE char *full = file_path(path);
	AUTO_STRBUF bytes = { 0 };
	enum rc rc;

	assert(r->n > 0);
	if (full == NULL)
		return err_set(e, RC_INVALID, NULL, "请输入文件名");
	if (ends_in(full, ".csv"))
		report_csv(r, &bytes);
	else if (!ends_in(full, ".xlsx"))
		return err_set(e, RC_INVALID, NULL, "文件名请以 .xlsx（表格）或 .csv 结尾：%s", full);
	else if ((rc = report_xlsx(r, full, &bytes, e)) != RC_OK)
		return rc;
	return file_write(full, strbuf_str(&bytes), bytes.n, replace, e);
}
