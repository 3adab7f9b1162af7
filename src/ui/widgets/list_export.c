/* The list as it stands, written as a CSV file. */
#include "ui/widgets/list_export.h"

#include "base/csv.h"
#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "ui/widgets/save_as.h"

#define CHUNK 200

static enum rc write_bytes(const void *content, const char *path, bool replace, struct err *e)
{
	const struct strbuf *bytes = content;

	return file_write(path, strbuf_str(bytes), bytes->n, replace, e);
}

bool list_export_write(struct app *app, const char *title, const struct strbuf *content, size_t count, const char *unit)
{
	AUTO_FREE char *name = NULL, *path = NULL;
	int year, month, day;

	day_to_civil(app->today, &year, &month, &day);
	name = mem_format("%s-%04d%02d%02d.csv", title, year, month, day);
	path = save_as(app, "导出到文件", name, write_bytes, content);
	if (path)
		app_say(app, "已导出 %zu %s：%s", count, unit, path);
	return path != NULL;
}

/* The list knows its length only when it has been filled. */
static enum rc fill(struct app *app, struct list_view *v, struct err *e)
{
	bool more = true;
	enum rc rc;

	while (more) {
		if ((rc = list_fill(v->list, 20, &more, e)) != RC_OK)
			return rc;
		if (app_progress(app, "读取列表", (int64_t)list_count(v->list), 0))
			return err_set(e, RC_STOPPED, NULL, "已停止，没有导出");
	}
	return RC_OK;
}

static void add_heading(const struct list_view *v, struct strbuf *out)
{
	csv_begin(out);
	for (size_t c = 0; c < v->n_columns; c++)
		csv_cell(out, v->columns[c].title);
	csv_end_row(out);
}

static void add_row(const struct app *app, const struct list_view *v, size_t i, struct strbuf *out)
{
	for (size_t c = 0; c < v->n_columns; c++) {
		AUTO_STRBUF cell = { 0 };
		enum style ignored = STYLE_TEXT;

		list_view_cell(app, v, i, &v->columns[c], &cell, &ignored);
		csv_cell(out, strbuf_str(&cell));
	}
	csv_end_row(out);
}

static enum rc collect(struct app *app, struct list_view *v, struct strbuf *out, struct err *e)
{
	size_t n;
	enum rc rc;

	if ((rc = fill(app, v, e)) != RC_OK)
		return rc;
	n = list_count(v->list);
	add_heading(v, out);
	for (size_t i = 0; i < n; i++) {
		if (i % CHUNK == 0) {
			if (app_progress(app, "导出", (int64_t)i, (int64_t)n))
				return err_set(e, RC_STOPPED, NULL, "已停止，没有导出");
			if ((rc = list_prepare(v->list, i, n - i < CHUNK ? n - i : CHUNK, e)) != RC_OK)
				return rc;
		}
		add_row(app, v, i, out);
	}
	return RC_OK;
}

void list_export(struct app *app, struct list_view *v, const char *title)
{
	AUTO_STRBUF content = { 0 };
	struct err e = { 0 };
	enum rc rc = collect(app, v, &content, &e);

	if (rc != RC_OK)
		app_fail(app, &e);
	else
		list_export_write(app, title, &content, list_count(v->list), "行");
	if (list_view_prepare(app, v, v->rows, &e) != RC_OK)
		app_fail(app, &e);
}
