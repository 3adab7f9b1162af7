/* References between tables, as the comments of the schema state them: "-> table", or "-> [column]" where that column names the table.
 *
 * A new table is found without a word here: what verifies references, points them elsewhere or counts them reads them from the schema.
 */
#ifndef YL_STORE_REFERENCE_H
#define YL_STORE_REFERENCE_H

#include <stddef.h>

#include "base/err.h"

struct store;

struct reference {
	char *table, *column;
	char *target;             /* NULL: the table named in target_column */
	char *target_column;
};

struct references {
	struct reference *list;   /* by table, then in the order of its columns */
	size_t n, cap;
};

/* Those that point to `target`, NULL for all. */
enum rc references_load(struct store *st, const char *target, struct references *out, struct err *e) MUST_USE;
void references_release(struct references *r);
#define AUTO_REFERENCES __attribute__((cleanup(references_release))) struct references

#endif
