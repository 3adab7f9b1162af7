/* Which columns refer to a table, read from the comments of the schema ("-> resident"). */
#ifndef YL_DOMAIN_REFERENCES_H
#define YL_DOMAIN_REFERENCES_H

#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct store;

struct reference {
	const char *table, *column;
};

/* Of synchronized tables; a new table is found without a word here. Texts live in the arena. */
enum rc references_to(struct store *st, const char *table, struct arena *a, struct reference **out, size_t *n, struct err *e) MUST_USE;

#endif
