/* Whether a row's person is already there: in the file, or in the database. */
#ifndef YL_DOMAIN_IMPORT_CHECK_H
#define YL_DOMAIN_IMPORT_CHECK_H

#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import.h"

struct import_checker;

struct import_checker *import_checker_new(struct office *of, size_t rows);
void import_checker_free(struct import_checker *c);

/* *state becomes ROW_GOOD, ROW_TWICE or ROW_KNOWN; the reason is appended where it is not good. */
enum rc import_check_row(struct import_checker *c, const struct import_row *row, size_t row_number, enum row_state *state, struct strbuf *reason,
                         struct err *e) MUST_USE;
size_t import_checker_new_households(const struct import_checker *c);

#endif
