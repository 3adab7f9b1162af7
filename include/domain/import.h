/* People from a spreadsheet's CSV, residents or volunteers: read, map columns, check every row, take in.
 *
 * UTF-8 (with or without BOM), GB18030 or UTF-16 with BOM, separated by comma, semicolon or tab, as Excel and WPS save it. The headings are the first
 * row in which two are known (a title may stand above them), else the first row.
 * At most 64 MiB, 200,000 rows, 200 columns, 4,000 bytes a cell. The file is read once; what it holds stays in memory only.
 * Steps: open → (map)* → check → run. Row numbers are those of the spreadsheet.
 */
#ifndef YL_DOMAIN_IMPORT_H
#define YL_DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/form.h"
#include "domain/office.h"

struct import;

enum import_kind { IMPORT_RESIDENTS, IMPORT_VOLUNTEERS };

/* Called now and then; false stops (RC_STOPPED, data are as before). */
typedef bool import_progress(void *context, size_t done, size_t total);

/* Read and decode a file and guess what each column is, by label or field name.
 * Errors  RC_DENIED; RC_IO not readable; RC_INVALID empty, too large, a workbook instead of CSV, neither encoding, cut off inside quotes, no headings, headings only */
enum rc import_open(struct import **out, struct office *of, enum import_kind kind, const char *path, struct err *e) MUST_USE;
void import_free(struct import *im);

const char *import_encoding(const struct import *im);        /* "UTF-8" "GB18030" */
char import_separator(const struct import *im);
size_t import_rows(const struct import *im);                 /* without the headings */
size_t import_columns(const struct import *im);
const char *import_heading(const struct import *im, size_t column);
const char *import_cell(const struct import *im, size_t row, size_t column);   /* row from 0; "" beyond its end */
size_t import_row_number(const struct import *im, size_t row);

/* What a column can be: a field of the form; of residents also a whole address, or one of the four parts that together name a household; of volunteers
 * also a grid by its code, and how far they are on the ladder. */
struct import_target {
	const char *name;             /* "name", "phone" …, "address" (西林小区3幢2单元501室 or 西林小区 3-2-501), "estate" "building" "unit" "room"; "grid" "ladder" */
	const char *label;
	const struct field *field;    /* NULL for what is no field */
};
size_t import_targets(const struct import *im, const struct import_target **out);
/* NULL: the column is left out. */
const struct import_target *import_mapped(const struct import *im, size_t column);
/* Map a column to a target by its name, NULL to leave it out; a target that another column had moves here. Forgets what check found. */
void import_map(struct import *im, size_t column, const char *target);
/* What the columns are, as one line to keep, and a kept line for the next file: columns are known again by their headings. Unknown headings and targets
 * are passed over. Reading forgets what check found. */
void import_mapping_write(const struct import *im, struct strbuf *out);
void import_mapping_read(struct import *im, const char *line);

enum import_fault_kind {
	IMPORT_BAD,                   /* the row can't be taken */
	IMPORT_TWICE_IN_FILE,         /* same id number, name and phone, or name and address (volunteers: outside number, resident) as an earlier row */
	IMPORT_KNOWN,                 /* … as somebody in the database */
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

/* Check every row by the form's rules, those of residents or volunteers, and against the database. A volunteer is linked to the resident of the same id
 * number, or name and telephone; without services the row stands for 其他. Faults are in file order, borrowed until map, check or free. */
enum rc import_check(struct import *im, import_progress *progress, void *context, struct import_summary *out,
                              const struct import_fault **faults, size_t *n_faults, struct err *e) MUST_USE;
/* A checked row's value as it will be saved, for the preview: masked like a list. */
void import_show(const struct import *im, size_t row, const struct import_target *target, struct strbuf *out);

enum import_mode {
	IMPORT_ALL_OR_NOTHING,        /* refused while one row is bad */
	IMPORT_GOOD_ROWS,             /* bad rows are left out */
};
/* Whether duplicates may be taken in all the same: two residents may share a telephone, a volunteer is there once. */
bool import_takes_duplicates(const struct import *im);
/* Take the rows in: one transaction, verb 'resident.import' or 'volunteer.import'. Duplicates are left out unless `duplicates_too`. Households that are
 * missing are made where the building exists.  Errors  RC_INVALID not checked, bad rows under all-or-nothing, duplicates of volunteers; RC_STOPPED; RC_BUSY; RC_DB */
enum rc import_run(struct import *im, enum import_mode mode, bool duplicates_too, import_progress *progress, void *context,
                            struct import_summary *out, struct err *e) MUST_USE;

#endif
