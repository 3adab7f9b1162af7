/* Residents from a spreadsheet's CSV: read, map columns, check every row, take in.
 *
 * UTF-8 (with or without BOM), GB18030 or UTF-16 with BOM, separated by comma, semicolon or tab, as Excel and WPS save it. The headings are the first
 * row in which two are known (a title may stand above them), else the first row.
 * At most 64 MiB, 200,000 rows, 200 columns, 4,000 bytes a cell. The file is read once; what it holds stays in memory only.
 * Steps: open → (map)* → check → run. Row numbers are those of the spreadsheet.
 */
#ifndef YL_DOMAIN_RESIDENT_IMPORT_H
#define YL_DOMAIN_RESIDENT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/form.h"
#include "domain/office.h"

struct resident_import;

/* Called now and then; false stops (RC_STOPPED, data are as before). */
typedef bool import_progress(void *context, size_t done, size_t total);

/* Read and decode a file and guess what each column is, by label or field name.
 * Errors  RC_DENIED; RC_IO not readable; RC_INVALID empty, too large, a workbook instead of CSV, neither encoding, cut off inside quotes, no headings, headings only */
enum rc resident_import_open(struct resident_import **out, struct office *of, const char *path, struct err *e) MUST_USE;
void resident_import_free(struct resident_import *im);

const char *resident_import_encoding(const struct resident_import *im);        /* "UTF-8" "GB18030" */
char resident_import_separator(const struct resident_import *im);
size_t resident_import_rows(const struct resident_import *im);                 /* without the headings */
size_t resident_import_columns(const struct resident_import *im);
const char *resident_import_heading(const struct resident_import *im, size_t column);
const char *resident_import_cell(const struct resident_import *im, size_t row, size_t column);   /* row from 0; "" beyond its end */
size_t resident_import_row_number(const struct resident_import *im, size_t row);

/* What a column can be: a field of the form, a whole address, or one of the four parts that together name a household. */
struct import_target {
	const char *name;             /* "name", "phone" …, "address" (西林小区3幢2单元501室 or 西林小区 3-2-501), "estate" "building" "unit" "room" */
	const char *label;
	const struct field *field;    /* NULL for an address */
};
size_t resident_import_targets(const struct resident_import *im, const struct import_target **out);
/* NULL: the column is left out. */
const struct import_target *resident_import_mapped(const struct resident_import *im, size_t column);
/* Map a column to a target by its name, NULL to leave it out; a target that another column had moves here. Forgets what check found. */
void resident_import_map(struct resident_import *im, size_t column, const char *target);

enum import_fault_kind {
	IMPORT_BAD,                   /* the row can't be taken */
	IMPORT_TWICE_IN_FILE,         /* same id number, name and phone, or name and address as an earlier row */
	IMPORT_KNOWN,                 /* … as a resident in the database */
};
struct import_fault {
	enum import_fault_kind kind;
	size_t row_number;
	const char *column;           /* heading; "" for the whole row */
	const char *reason;           /* what is wrong and what is allowed */
};
struct import_summary {
	size_t good, bad, duplicates; /* rows; after run: taken in, bad, left out as duplicates */
	size_t new_households;
};

/* Check every row by the form's rules, the resident's rules, and against the database. Faults are in file order, borrowed until map, check or free. */
enum rc resident_import_check(struct resident_import *im, import_progress *progress, void *context, struct import_summary *out,
                              const struct import_fault **faults, size_t *n_faults, struct err *e) MUST_USE;
/* A checked row's value as it will be saved, for the preview: masked like a list. */
void resident_import_show(const struct resident_import *im, size_t row, const struct import_target *target, struct strbuf *out);

enum import_mode {
	IMPORT_ALL_OR_NOTHING,        /* refused while one row is bad */
	IMPORT_GOOD_ROWS,             /* bad rows are left out */
};
/* Take the rows in: one transaction, verb 'resident.import'. Duplicates are left out unless `duplicates_too`. Households that are missing are made where
 * the building exists.  Errors  RC_INVALID not checked, or bad rows under all-or-nothing; RC_STOPPED; RC_BUSY; RC_DB */
enum rc resident_import_run(struct resident_import *im, enum import_mode mode, bool duplicates_too, import_progress *progress, void *context,
                            struct import_summary *out, struct err *e) MUST_USE;

#endif
