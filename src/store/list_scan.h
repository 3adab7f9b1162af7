/* One pass over a table's ids for a filter and an order, in slices that never hold a read transaction between them. */
#ifndef YL_STORE_LIST_SCAN_H
#define YL_STORE_LIST_SCAN_H

#include "base/strbuf.h"
#include "store/list.h"

struct ids {
	int64_t *v;
	size_t n, cap;
};

/* How SQLite goes through the table; found from its plan. */
enum scan_mode {
	SCAN_SEEK,      /* an index finds the rows in order: go on behind the last row */
	SCAN_WALK,      /* every row in order, the filter looks at each: as before, but rows that don't match count as progress */
	SCAN_SORT,      /* found, then sorted: the first page by LIMIT, the rest at once */
};

struct scan {
	struct store *st;
	const struct list_spec *spec;
	struct list_order order;
	struct list_filter *filters;      /* own copies, texts and values */
	size_t n_filters;

	enum scan_mode mode;
	bool may_walk;                    /* a sorted query whose order has an index: try a walk first */
	bool has_inner_query;             /* … which gives the first page alone: each slice would gather the inner query's result anew */
	bool tried_walk;
	size_t walk_left;                 /* rows that a walk may still look at */
	bool complete;
	int part;                         /* 0, 1: rows with and without a value in the order column, in the order's sense; 2: done */
	bool begun;                       /* of this part: key and last_id are valid */
	struct value key;
	int64_t last_id;
	size_t live;                      /* live rows passed; counted by a walk only */
	bool (*wanted)(void *context);    /* gives up a sort that takes long; NULL: never */
	void *wanted_context;
};

void scan_release(struct scan *s);
/* Set filters (copied) and order, from the beginning. */
enum rc scan_start(struct scan *s, struct store *st, const struct list_spec *spec, const struct list_filter *filters, size_t n,
                   struct list_order order, struct err *e) MUST_USE;
/* From the beginning again, with the same filters and order. */
void scan_restart(struct scan *s);
/* Append up to max_rows ids until `deadline` (monotonic µs); sets `complete` at the end. */
enum rc scan_run(struct scan *s, size_t max_rows, int64_t deadline, struct ids *out, struct err *e) MUST_USE;
/* Whether a row is among those that the scan gives. */
enum rc scan_has(struct scan *s, int64_t id, bool *has, struct err *e) MUST_USE;
bool scan_is_filtered(const struct scan *s);

int64_t scan_clock(void);             /* monotonic µs */

#endif
