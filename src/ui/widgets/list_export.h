/* The list as it stands, filters, order and masks included, or a report of the table, written as an XLSX or a CSV file. */
#ifndef YL_UI_LIST_EXPORT_H
#define YL_UI_LIST_EXPORT_H

#include "report/reports.h"
#include "ui/widgets/list_view.h"

/* Asks for the file, and before one is replaced; shows progress, stops at Esc; says how many rows were written, or what went wrong.
 * `title` is the proposed name without its date: "居民" → 居民-20261124.xlsx, in the home directory or where the account wrote last. */
void list_export(struct app *app, struct list_view *v, const char *title);

/* The same with a report of the table (report/reports.h); who may stop it is filled in. */
void report_export(struct app *app, const char *name, const struct report_query *q);

/* Write a report under a name that is asked for; the last folder is kept. Whether it was written; everything is said on the message line.
 * `ending`: "xlsx" or "csv", of the proposed name; `count` and `unit` only for the message: "已导出 12 行". */
bool list_export_write(struct app *app, const char *title, const char *ending, const struct report *r, size_t count, const char *unit);

#endif
