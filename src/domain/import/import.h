/* An import at work: what its files share. */
#ifndef YL_DOMAIN_IMPORT_H
#define YL_DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "domain/resident_import.h"
#include "resident/address.h"
#include "import_table.h"
#include "store/record.h"

enum row_state { ROW_UNCHECKED, ROW_GOOD, ROW_BAD, ROW_TWICE, ROW_KNOWN };

struct resident_import {
	struct office *of;
	const struct form *form;
	struct import_table table;
	size_t heading;                   /* the row of headings; rows of data follow it */
	struct arena strings;             /* of targets */
	struct import_target *targets;
	size_t n_targets;
	int *mapped;                      /* one a column: index of its target, -1 none */
	struct address_book book;
	bool checked;
	unsigned char *states;            /* enum row_state, one a row of data */
	struct arena fault_strings;
	struct import_fault *faults;
	size_t n_faults, faults_cap;
	struct import_summary summary;
};

/* import_map.c */
void import_make_targets(struct resident_import *im);
void import_guess(struct resident_import *im);
int import_find_target(const struct resident_import *im, const char *name);       /* -1 */
int import_column_of(const struct resident_import *im, const char *target);       /* -1 */

/* import_row.c: a row → a record of the form, and its address. The first mistake is told; `column` is where it was made, -1 for the row. */
struct import_row {
	struct record r;
	bool has_address;
	struct address address;
};
enum rc import_build_row(struct resident_import *im, size_t row, struct import_row *out, int *column, struct err *e) MUST_USE;
void import_row_release(struct import_row *row);

#endif
