/* An import at work: what its files share. */
#ifndef YL_DOMAIN_IMPORT_RULES_H
#define YL_DOMAIN_IMPORT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "domain/import.h"
#include "resident/address.h"
#include "import_table.h"
#include "store/record.h"

enum row_state { ROW_UNCHECKED, ROW_GOOD, ROW_BAD, ROW_TWICE, ROW_KNOWN };

struct import_type;

struct import {
	struct office *of;
	const struct import_type *type;
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
void import_make_targets(struct import *im);
void import_guess(struct import *im);
int import_find_target(const struct import *im, const char *name);       /* -1 */
int import_column_of(const struct import *im, const char *target);       /* -1 */

/* import_row.c: a row → a record of the form, and its address. */
struct import_row {
	struct record r;
	bool has_address;
	struct address address;
};

/* What is wrong with a row: the first mistake of each column, and what is wrong with the row as a whole (column -1). */
struct import_mistakes {
	const struct import *im;
	size_t row;
	bool *told;                       /* one a column of the table, all false before the row; NULL: the first mistake is enough */
	size_t n;
	struct err first;
	void (*tell)(void *context, size_t row, int column, const char *reason);
	void *context;
};
/* Takes a mistake (RC_INVALID in `fault`) down and goes on: RC_OK. What else went wrong is handed on in `e`. */
enum rc import_mistake(struct import_mistakes *m, int column, enum rc rc, const struct err *fault, struct err *e) MUST_USE;
/* RC_INVALID with the first mistake where there are some. */
enum rc import_build_row(struct import *im, size_t row, struct import_row *out, struct import_mistakes *m, struct err *e) MUST_USE;
void import_row_release(struct import_row *row);
/* What a cell says: without the apostrophe that keeps a spreadsheet from computing; "" for column -1. */
const char *import_cell_text(const struct import *im, size_t row, int column);

/* Who is imported: everything that differs between residents and volunteers. */
struct import_alias {
	const char *heading, *target;
};
/* What makes two rows one person: appended to `key`, nothing where the row lacks it. Texts, not values: they are hashed and forgotten. */
struct import_identity {
	const char *label;
	void (*key)(const struct import_row *row, struct strbuf *key);
};
struct import_checker;
struct import_type {
	const char *form, *what, *verb;
	enum capability may;
	bool takes_duplicates;
	const struct import_target *extra;            /* beside the form's fields */
	size_t n_extra;
	const struct import_alias *aliases;           /* beside the common ones */
	size_t n_aliases;
	/* After the cells were parsed, before the form's own check: rules, and what is filled in. */
	enum rc (*complete)(struct import *im, size_t row, struct import_row *made, struct import_mistakes *m, struct err *e);
	enum rc (*finish)(struct import *im, size_t row, struct import_row *made, struct import_mistakes *m, struct err *e);    /* after it; may be NULL */
	const struct import_identity *identities;
	size_t n_identities;
	/* Somebody in the database; the reason is appended. */
	enum rc (*find_known)(struct import_checker *c, const struct import_row *row, size_t row_number, struct strbuf *reason, bool *known,
	                      struct err *e);
	enum rc (*take)(struct import *im, struct import_row *made, bool *new_household, struct err *e);
};
extern const struct import_type import_residents, import_volunteers;

#endif
