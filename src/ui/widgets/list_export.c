/* The list as it stands, and reports of the table, written as files. */
#include "ui/widgets/list_export.h"

#include "base/day.h"
#include "base/mem.h"
#include "ui/widgets/save_as.h"

#define CHUNK 200

static enum rc write_report(const void *content, const char *path, bool replace, struct err *e)
{
	return report_write(content, path, replace, e);
}

bool list_export_write(struct app *app, const char *title, const char *ending, const struct report *r, size_t count, const char *unit)
{
	AUTO_FREE char *name = NULL, *path = NULL;
	int year, month, day;

	day_to_civil(app->today, &year, &month, &day);
	name = mem_format("%s-%04d%02d%02d.%s", title, year, month, day, ending);
	path = save_as(app, "导出到文件（.xlsx 或 .csv）", name, write_report, r);
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

static void add_heading(const struct list_view *v, const char *title, struct report *r)
{
	AUTO_FREE struct report_column *columns = mem_alloc(v->n_columns * sizeof *columns);

	for (size_t c = 0; c < v->n_columns; c++)
		columns[c] = (struct report_column){ v->columns[c].title, REPORT_TEXT };
	report_table(r, title, columns, v->n_columns);
}

static void add_row(const struct app *app, const struct list_view *v, size_t i, struct report *r)
{
	for (size_t c = 0; c < v->n_columns; c++) {
		AUTO_STRBUF cell = { 0 };
		enum style ignored = STYLE_TEXT;

		list_view_cell(app, v, i, &v->columns[c], &cell, &ignored);
		report_text(r, strbuf_str(&cell));
	}
}

static enum rc collect(struct app *app, struct list_view *v, const char *title, struct report *r, struct err *e)
{
	size_t n;
	enum rc rc;

	if ((rc = fill(app, v, e)) != RC_OK)
		return rc;
	n = list_count(v->list);
	add_heading(v, title, r);
	for (size_t i = 0; i < n; i++) {
		if (i % CHUNK == 0) {
			if (app_progress(app, "导出", (int64_t)i, (int64_t)n))
				return err_set(e, RC_STOPPED, NULL, "已停止，没有导出");
			if ((rc = list_prepare(v->list, i, n - i < CHUNK ? n - i : CHUNK, e)) != RC_OK)
				return rc;
		}
		add_row(app, v, i, r);
	}
	return RC_OK;
}

void list_export(struct app *app, struct list_view *v, const char *title)
{
	AUTO_REPORT *r = report_new(title);
	struct err e = { 0 };
	enum rc rc = collect(app, v, title, r, &e);

	if (rc != RC_OK)
		app_fail(app, &e);
	else
		list_export_write(app, title, "xlsx", r, list_count(v->list), "行");
	if (list_view_prepare(app, v, v->rows, &e) != RC_OK)
		app_fail(app, &e);
}

/* Reports of the table --------------------------------------------------------------------------------------------------------------- */

static bool stop(void *context, int64_t done, int64_t all)
{
	return app_progress(context, "导出", done, all);
}

void report_export(struct app *app, const char *name, const struct report_query *q)
{
	struct report_query watched = *q;
	AUTO_REPORT *r = NULL;
	struct err e = { 0 };

	watched.stop = stop;
	watched.context = app;
	if (report_make(app->of, name, &watched, &r, &e) != RC_OK)
		app_fail(app, &e);
	else
		list_export_write(app, report_title(r), "xlsx", r, report_rows(r), "行");
}
