/* What a field that points at another record shows and offers, as the account may see it; and small questions about registers.
 *
 * A name that the account may not read (an address) is shown by its short form where the record has one (3-2-501), else masked.
 */
#ifndef YL_DOMAIN_REGISTER_PICK_H
#define YL_DOMAIN_REGISTER_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"
#include "domain/office.h"
#include "store/record.h"

/* The grid that decides what of a record is masked; 0: none. RC_NOTFOUND where there is no such row. */
enum rc register_grid(struct office *of, const struct form *form, int64_t id, int64_t *grid_id, struct err *e) MUST_USE;

/* The name of a record of the form, for a field, a heading, a line of a history; "" if unknown. The caller frees. */
enum rc register_label(struct office *of, const struct form *form, int64_t id, char **label, struct err *e) MUST_USE;

/* Candidates for what was typed, best first; candidates_free(). */
enum rc register_candidates(struct office *of, const struct form *form, const char *typed, size_t max,
                            struct candidate **out, size_t *n, struct err *e) MUST_USE;

/* Whether records can be added by filling in the form: the role may, and nothing that a record must have is made elsewhere (a login). */
bool register_may_add(const struct office *of, const struct form *form);

/* How many live records there are. */
enum rc register_count(struct office *of, const struct form *form, int64_t *count, struct err *e) MUST_USE;

/* Take the mark of deletion away again. Errors  RC_DENIED, RC_CONFLICT, RC_NOTFOUND, RC_BUSY, RC_DB */
enum rc register_restore(struct office *of, const struct form *form, int64_t id, int64_t rev, struct err *e) MUST_USE;

#endif
