/* The list as it stands, filters, order and masks included, written as a CSV file. */
#ifndef YL_UI_LIST_EXPORT_H
#define YL_UI_LIST_EXPORT_H

#include "ui/widgets/list_view.h"

/* Asks for the file, and before one is replaced; shows progress, stops at Esc; says how many rows were written, or what went wrong.
 * `title` is the proposed name without its date: "居民" → 居民-20261124.csv, in the home directory or where the account wrote last. */
void list_export(struct app *app, struct list_view *v, const char *title);

/* Write a file under a name that is asked for; the last folder is kept. Whether it was written; everything is said on the message line.
 * `count` and `unit` only for the message: "已导出 12 行". */
bool list_export_write(struct app *app, const char *title, const struct strbuf *content, size_t count, const char *unit);

#endif
