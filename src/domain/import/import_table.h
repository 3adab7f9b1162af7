/* A CSV file in memory: decoded, cleaned, cut into cells. */
#ifndef YL_DOMAIN_IMPORT_TABLE_H
#define YL_DOMAIN_IMPORT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

/* Rows that are blank are left out; number[] keeps what the spreadsheet calls each row. */
struct import_table {
	const char *encoding;
	char separator;
	struct strbuf text;               /* all cells, NUL-ended */
	uint32_t *cells;                  /* where each begins */
	size_t n_cells, cells_cap;
	uint32_t *first;                  /* the first cell of each row, and one past the last row's */
	uint32_t *number;                 /* 1 = the file's first row */
	size_t n_rows, rows_cap;
	size_t n_columns;                 /* of the widest row */
};

enum rc import_table_read(struct import_table *out, const char *path, struct err *e) MUST_USE;
/* The same for bytes in memory; `bytes` is changed. */
enum rc import_table_parse(struct import_table *out, struct strbuf *bytes, struct err *e) MUST_USE;
void import_table_release(struct import_table *t);

const char *import_table_cell(const struct import_table *t, size_t row, size_t column);   /* "" beyond the row's end */

#endif
