/* Which columns a table really has: what assembled SQL may name. */
#ifndef YL_DOMAIN_TABLE_COLUMNS_H
#define YL_DOMAIN_TABLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct store;

struct table_columns {
	const char *table;
	const char **names;           /* in the arena */
	bool *indexed;                /* the first column of an index */
	size_t n;
};

/* Errors  RC_INVALID no such table, RC_DB */
enum rc table_columns_load(struct store *st, const char *table, struct arena *a, struct table_columns *out, struct err *e) MUST_USE;
bool table_has(const struct table_columns *t, const char *column);
/* The column that holds a text's pinyin: name → name_pinyin, place_text → place_pinyin; NULL where there is none. */
const char *table_pinyin(const struct table_columns *t, const char *column);
bool table_is_indexed(const struct table_columns *t, const char *column);

#endif
