/* Whether a row's person is already there: in the file, or in the database. */
#ifndef YL_DOMAIN_IMPORT_CHECK_H
#define YL_DOMAIN_IMPORT_CHECK_H

#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import_rules.h"

/* 63-bit hashes of what rows have seen so far. Open addressing; key 0 is an empty place. */
struct key_table {
	struct key_place {
		int64_t key;
		size_t row_number;
	} *places;
	size_t cap;                       /* a power of two, at least twice the keys */
};
/* The row that brought the key first; row_number itself where it is new. */
size_t key_table_put(struct key_table *t, int64_t key, size_t row_number);

struct import_checker {
	struct office *of;
	const struct import_type *type;
	struct key_table persons, households;
	size_t new_households;
};

struct import_checker *import_checker_new(const struct import *im, size_t rows);
void import_checker_free(struct import_checker *c);

/* *state becomes ROW_GOOD, ROW_TWICE or ROW_KNOWN; the reason is appended where it is not good. */
enum rc import_check_row(struct import_checker *c, const struct import_row *row, size_t row_number, enum row_state *state, struct strbuf *reason,
                         struct err *e) MUST_USE;

#endif
