/* Reports: tables and the charts beside them, described once, written as an XLSX workbook or as CSV.
 *
 * A report computes nothing: figures come from the domain, each in its unit, and the kind of a column says how they are shown. It owns its texts.
 * Text stays text: in a workbook it is never a formula, in a CSV file what a spreadsheet would take for one is marked (base/csv.h).
 */
#ifndef YL_REPORT_REPORT_H
#define YL_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

enum report_kind {
	REPORT_TEXT,
	REPORT_NUMBER,                /* a whole number */
	REPORT_MINUTES,               /* in hours with one decimal; a workbook keeps the minutes behind it, so that sums are right */
	REPORT_MONEY,                 /* 分, shown as 元 with two decimals */
	REPORT_DAY,                   /* days since 1970-01-01, shown as 2026-11-24 */
	REPORT_MONTH,                 /* its first day, shown as 2026-11 */
};

struct report_column {
	const char *title;            /* with the unit where it has one: "核定（小时）" */
	enum report_kind kind;
};

struct report;

struct report *report_new(const char *title);     /* the caller frees */
void report_free(struct report *r);
#define AUTO_REPORT __attribute__((cleanup(report_free_pointer))) struct report
void report_free_pointer(struct report **r);

/* Begin a table: a sheet of the workbook. A CSV file has the first one alone. Title and columns are copied. */
void report_table(struct report *r, const char *title, const struct report_column *columns, size_t n);
/* The next cell of the table begun last, row by row: text in a column of texts (NULL, "": empty), a number in the others, or nothing in either. */
void report_text(struct report *r, const char *text);
void report_number(struct report *r, int64_t number);
void report_empty(struct report *r);

/* A native chart beside the table begun last, one of the workbook's own: `n` columns from `first` on are its series, the table's first column its axis. */
enum report_chart { REPORT_BARS, REPORT_LINES };
void report_chart(struct report *r, enum report_chart kind, const char *title, size_t first, size_t n);

const char *report_title(const struct report *r);         /* borrowed */
size_t report_rows(const struct report *r);               /* whole rows of the first table; 0 where there is none */

/* How a number of a kind reads: "1.5", "12.34", "2026-11-24"; appended. */
void report_words(enum report_kind kind, int64_t number, struct strbuf *out);

/* A file whose name ends in .xlsx or .csv: written whole or not at all, mode 0600. "~/" is the home directory.
 * Errors  RC_CONFLICT it exists and `replace` is false; RC_INVALID another ending, a blank path, a directory, more rows than a sheet holds (1,048,575); RC_NOTFOUND
 *         libxlsxwriter is not installed; RC_IO */
enum rc report_write(const struct report *r, const char *path, bool replace, struct err *e) MUST_USE;

#endif
