/* The list as it stands, written as a CSV file. */
#include "ui/widgets/list_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/draft.h"

#define KEEP_FOLDER "export.folder"
#define CHUNK 200

/* "~/居民-20261124.csv", or in the folder where this account wrote last. */
static char *proposed_path(struct app *app, const char *title)
{
	AUTO_FREE char *folder = NULL;
	struct err e = { 0 };
	int year, month, day;

	day_to_civil(app->today, &year, &month, &day);
	if (preference_get(app->of->st, app->of->me.id, KEEP_FOLDER, &folder, &e) != RC_OK)
		folder = NULL;             /* a kept folder is a convenience: without it the home directory is proposed */
	return mem_format("%s%s-%04d%02d%02d.csv", folder ? folder : "~/", title, year, month, day);
}

static void keep_folder(struct app *app, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct err e = { 0 };
	AUTO_FREE char *folder = slash ? mem_copy_n(path, (size_t)(slash - path) + 1) : NULL;

	if (folder && preference_set(app->of->st, app->of->me.id, KEEP_FOLDER, folder, &e) != RC_OK)
		app_fail(app, &e);
}

static bool write_asking(struct app *app, const char *path, const struct strbuf *content)
{
	struct err e = { 0 };
	enum rc rc = file_write(path, strbuf_str(content), content->n, false, &e);

	if (rc == RC_CONFLICT) {
		AUTO_FREE char *question = mem_format("文件 %s 已经存在，要替换它吗？", path);

		if (!app_ask(app, question))
			return false;
		rc = file_write(path, strbuf_str(content), content->n, true, &e);
	}
	if (rc != RC_OK)
		app_fail(app, &e);
	return rc == RC_OK;
}

bool list_export_write(struct app *app, const char *title, const struct strbuf *content, size_t count, const char *unit)
{
	AUTO_FREE char *proposed = proposed_path(app, title);
	AUTO_FREE char *typed = app_prompt(app, "导出到文件", proposed, false);
	AUTO_FREE char *path = typed ? file_path(typed) : NULL;

	if (!path || !write_asking(app, path, content))
		return false;
	keep_folder(app, path);
	app_say(app, "已导出 %zu %s：%s", count, unit, path);
	return true;
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
