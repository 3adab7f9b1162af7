/* `youlin check`: is everything in this database as it should be? Reads only. */
#ifndef YL_STORE_CHECK_H
#define YL_STORE_CHECK_H

#include <stdbool.h>

#include "base/err.h"
#include "base/form.h"

struct store;

/* Called with one line for each thing looked at; ok false where something is wrong. */
typedef void check_report(void *context, bool ok, const char *line);

/* integrity_check; references ("-> table" of the schema); journal: gapless numbers, chain hashes, rows against the fold of their ops;
 * triggers as generated; form specs against columns; derived columns against a new computation.
 * *faults counts what is wrong. Errors only where the check itself could not run. */
enum rc store_check(struct store *st, const struct form_set *forms, check_report *report, void *context, int *faults, struct err *e) MUST_USE;

/* Drop and make anew what is derived: columns, full text, triggers. */
enum rc store_rebuild_derived(struct store *st, struct err *e) MUST_USE;

#endif
