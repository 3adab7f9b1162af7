/* Lists over a million rows: an array of ids for one filter and order, filled in slices; visible rows fetched by id through a small cache.
 *
 * The first page is there at once; list_fill() works on in idle time until `complete`. draw never asks the database: list_prepare() fetches the window
 * and a margin before painting. After a change list_reload() starts over and keeps the row that the cursor is on: what was there stays in view
 * until the new array has come to that row.  Between two calls no read transaction is open: a row that changes meanwhile may be missed or be
 * there twice until the reload that its change causes. An order column with an index (column, id) gives the budgets; so does a filter
 * that an index serves in that order.
 */
#ifndef YL_STORE_LIST_H
#define YL_STORE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"
#include "store/store.h"

struct list;

/* A list's shape: static data of the domain. Identifiers are literals of the program. */
struct list_spec {
	const char *table;            /* "issue" */
	const char *row;              /* "SELECT number, title, … FROM issue WHERE issue.id = :id": texts of one row, n_columns of them */
	size_t n_columns;
	const char *live;             /* condition that always holds: "deleted_at IS NULL" */
	table_set reads;              /* TBL_… that the row query reads */
};

/* One condition, with at most two parameters named :p and :q in its text. */
struct list_filter {
	const char *where;            /* "grid_id = :p" */
	struct value p, q;
};

struct list_order {
	const char *column;           /* an indexed column of the table */
	bool descending;
};

enum rc list_open(struct list **out, struct store *st, const struct list_spec *spec, struct err *e) MUST_USE;
void list_close(struct list *l);

/* Set filters and order and load the first page; filters are copied. `keep_id`: the row to find again (0: none). */
enum rc list_query(struct list *l, const struct list_filter *filters, size_t n, struct list_order order,
                   int64_t keep_id, struct err *e) MUST_USE;
/* The same query again, after changes. */
enum rc list_reload(struct list *l, int64_t keep_id, struct err *e) MUST_USE;

/* Work on for at most budget_ms; *more says whether another slice is wanted. */
enum rc list_fill(struct list *l, int budget_ms, bool *more, struct err *e) MUST_USE;
/* The same for idle time. Sorting what a common word finds can't be cut into slices: it is given up, to begin anew at the next call, when `wanted`
 * says that a key waits. */
enum rc list_fill_idle(struct list *l, int budget_ms, bool (*wanted)(void *context), void *context, bool *more, struct err *e) MUST_USE;

bool list_complete(const struct list *l);
size_t list_count(const struct list *l);              /* rows found so far; final when complete */
size_t list_total(const struct list *l);              /* live rows without filters; SIZE_MAX while not known */
int64_t list_id(const struct list *l, size_t i);      /* 0 beyond the end */
size_t list_index(const struct list *l, int64_t id);  /* SIZE_MAX if not (yet) found */

/* Fetch rows [first, first + n) into the cache. */
enum rc list_prepare(struct list *l, size_t first, size_t n, struct err *e) MUST_USE;
/* A cell of a prepared row: "" if NULL or not prepared. Borrowed until the next list_prepare/reload. */
const char *list_text(const struct list *l, size_t i, size_t column);

#endif
