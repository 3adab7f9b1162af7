/* A report as it lies in memory, for the files that write it. */
#ifndef YL_REPORT_REPORT_INSIDE_H
#define YL_REPORT_REPORT_INSIDE_H

#include "base/mem.h"
#include "report/report.h"

struct report_cell {
	const char *text;             /* of a column of texts, clean UTF-8; NULL: empty */
	int64_t number;
	bool known;                   /* of the others */
};

struct report_picture {
	enum report_chart kind;
	const char *title;
	size_t first, n;
};

struct report_table {
	const char *title;
	const struct report_column *columns;
	size_t n_columns;
	struct report_cell *cells;    /* row by row */
	size_t n_cells, cap_cells;
	struct report_picture *pictures;
	size_t n_pictures, cap_pictures;
};

struct report {
	struct arena arena;           /* owns the texts */
	const char *title;
	struct report_table *tables;
	size_t n, cap;
};

/* One cell as it reads; appended. */
void report_cell_words(const struct report_column *column, const struct report_cell *cell, struct strbuf *out);

/* The whole file. Errors  RC_INVALID too many rows; RC_IO */
void report_csv(const struct report *r, struct strbuf *out);
enum rc report_xlsx(const struct report *r, const char *path, struct strbuf *out, struct err *e) MUST_USE;

#endif
