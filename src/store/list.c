/* Lists: which rows there are (an array of ids) and what stands in those that are seen (a small cache). */
#include "store/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "list_scan.h"

#define FIRST_PAGE_ROWS 200
#define FIRST_PAGE_US 8000
#define CACHED_ROWS 512
#define LOOK_AT_CLOCK_ROWS 64

struct cached {
	int64_t id;                    /* 0: nothing */
	char *texts;                   /* n_columns texts, one after the other, each with its NUL; NULL: the row is gone */
	size_t *starts;
};

struct list {
	struct store *st;
	struct list_spec spec;
	struct scan scan;
	struct ids shown;              /* what callers see */
	struct ids coming;             /* a reload that has not come to the kept row yet; then it is shown */
	bool reloading;
	int64_t keep_id;

	size_t total;                  /* live rows; SIZE_MAX while not known */
	size_t counted;                /* so far, by a pass of its own */
	int64_t counted_to;
	struct cached *cache;          /* row i of the list lies in slot i % CACHED_ROWS */
};

static void forget_rows(struct list *l)
{
	for (size_t i = 0; i < CACHED_ROWS; i++) {
		free(l->cache[i].texts);
		l->cache[i] = (struct cached){ .starts = l->cache[i].starts };
	}
}

enum rc list_open(struct list **out, struct store *st, const struct list_spec *spec, struct err *e)
{
	struct list *l;

	/* A row query that is wrong is found here, not at the first painting. */
	AUTO_STMT q = stmt_use(st, spec->row);

	bind_int(&q, ":id", 0);
	if (q.fault.code != RC_OK) {
		*e = q.fault;
		return e->code;
	}
	if ((size_t)column_count(&q) != spec->n_columns)
		return err_set(e, RC_DB, NULL, "程序错误：列表 %s 的行有 %d 列，应为 %zu 列", spec->table, column_count(&q), spec->n_columns);
	l = mem_alloc(sizeof *l);
	l->st = st;
	l->spec = *spec;
	l->total = SIZE_MAX;
	l->cache = mem_alloc(CACHED_ROWS * sizeof *l->cache);
	for (size_t i = 0; i < CACHED_ROWS; i++)
		l->cache[i].starts = mem_alloc(spec->n_columns * sizeof *l->cache[i].starts);
	*out = l;
	return RC_OK;
}

void list_close(struct list *l)
{
	if (l == NULL)
		return;
	forget_rows(l);
	for (size_t i = 0; i < CACHED_ROWS; i++)
		free(l->cache[i].starts);
	free(l->cache);
	free(l->shown.v);
	free(l->coming.v);
	scan_release(&l->scan);
	free(l);
}

static size_t find(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->v[i] == id)
			return i;
	return SIZE_MAX;
}

/* The array that is being filled. */
static struct ids *filling(struct list *l)
{
	return l->reloading ? &l->coming : &l->shown;
}

static void show_coming(struct list *l)
{
	struct ids before = l->shown;

	l->shown = l->coming;
	l->coming = before;
	l->coming.n = 0;
	l->reloading = false;
	forget_rows(l);
}

/* After some rows have come: is there what a reload waits for, is the total known? */
static void look_at_progress(struct list *l, size_t from)
{
	if (l->reloading) {
		struct ids new_ones = { .v = l->coming.v + from, .n = l->coming.n - from };

		if (l->scan.complete || find(&new_ones, l->keep_id) != SIZE_MAX)
			show_coming(l);
	}
	if (!l->scan.complete)
		return;
	if (!scan_is_filtered(&l->scan))
		l->total = filling(l)->n;
	else if (l->scan.mode == SCAN_WALK)
		l->total = l->scan.live;
}

static enum rc fill(struct list *l, size_t max_rows, int64_t deadline, struct err *e)
{
	size_t from = filling(l)->n;
	enum rc rc = scan_run(&l->scan, max_rows, deadline, filling(l), e);

	if (rc == RC_OK)
		look_at_progress(l, from < filling(l)->n && l->scan.mode != SCAN_SORT ? from : 0);
	return rc;
}

static void start_counting(struct list *l)
{
	l->total = SIZE_MAX;
	l->counted = 0;
	l->counted_to = INT64_MIN;
}

enum rc list_query(struct list *l, const struct list_filter *filters, size_t n, struct list_order order,
                   int64_t keep_id, struct err *e)
{
	int64_t deadline = scan_clock() + FIRST_PAGE_US;
	enum rc rc = scan_start(&l->scan, l->st, &l->spec, filters, n, order, e);

	if (rc != RC_OK)
		return rc;
	l->reloading = false;
	l->shown.n = 0;
	forget_rows(l);
	start_counting(l);
	rc = fill(l, FIRST_PAGE_ROWS, deadline, e);
	while (rc == RC_OK && keep_id != 0 && find(&l->shown, keep_id) == SIZE_MAX && !l->scan.complete && scan_clock() < deadline)
		rc = fill(l, SIZE_MAX - l->shown.n, deadline, e);
	return rc;
}

enum rc list_reload(struct list *l, int64_t keep_id, struct err *e)
{
	bool wait = false;
	enum rc rc;

	if (keep_id != 0 && (rc = scan_has(&l->scan, keep_id, &wait, e)) != RC_OK)
		return rc;
	scan_restart(&l->scan);
	forget_rows(l);
	start_counting(l);
	l->keep_id = keep_id;
	l->coming.n = 0;
	l->reloading = true;
	rc = fill(l, FIRST_PAGE_ROWS, scan_clock() + FIRST_PAGE_US, e);
	if (rc == RC_OK && !wait && l->reloading)
		show_coming(l);
	return rc;
}

/* Count the live rows behind a filter that an index serves. */
static enum rc count_more(struct list *l, int64_t deadline, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	size_t seen = 0;
	bool row = true;
	enum rc rc;

	strbuf_format(&sql, "SELECT id, (%s) FROM \"%s\" WHERE id > :after ORDER BY id", l->spec.live, l->spec.table);
	AUTO_STMT q = stmt_use(l->st, strbuf_str(&sql));

	bind_int(&q, ":after", l->counted_to);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		l->counted += column_int(&q, 1) != 0;
		l->counted_to = column_int(&q, 0);
		if (++seen % LOOK_AT_CLOCK_ROWS == 0 && scan_clock() >= deadline)
			return RC_OK;
	}
	if (rc == RC_OK)
		l->total = l->counted;
	return rc;
}

enum rc list_fill(struct list *l, int budget_ms, bool *more, struct err *e)
{
	int64_t deadline = scan_clock() + (int64_t)budget_ms * 1000;
	enum rc rc = RC_OK;

	if (!l->scan.complete)
		rc = fill(l, SIZE_MAX - filling(l)->n, deadline, e);
	else if (l->total == SIZE_MAX)
		rc = count_more(l, deadline, e);
	if (rc == RC_OK)
		*more = !l->scan.complete || l->total == SIZE_MAX;
	return rc;
}

enum rc list_fill_idle(struct list *l, int budget_ms, bool (*wanted)(void *context), void *context, bool *more, struct err *e)
{
	enum rc rc;

	l->scan.wanted = wanted;
	l->scan.wanted_context = context;
	rc = list_fill(l, budget_ms, more, e);
	l->scan.wanted = NULL;
	return rc;
}

bool list_complete(const struct list *l)
{
	return l->scan.complete && !l->reloading;
}

size_t list_count(const struct list *l)
{
	return l->shown.n;
}

size_t list_total(const struct list *l)
{
	return l->total;
}

int64_t list_id(const struct list *l, size_t i)
{
	return i < l->shown.n ? l->shown.v[i] : 0;
}

size_t list_index(const struct list *l, int64_t id)
{
	return find(&l->shown, id);
}

/* A row that is gone since the list was filled leaves empty cells. */
static enum rc fetch(struct list *l, struct cached *c, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(l->st, l->spec.row);
	struct strbuf texts = { 0 };
	bool row = false;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	free(c->texts);
	*c = (struct cached){ .id = id, .starts = c->starts };
	if (!row)
		return RC_OK;
	for (size_t i = 0; i < l->spec.n_columns; i++) {
		const char *text = column_text(&q, (int)i);

		c->starts[i] = texts.n;
		strbuf_add_n(&texts, text, strlen(text) + 1);
	}
	c->texts = strbuf_take(&texts);
	return RC_OK;
}

enum rc list_prepare(struct list *l, size_t first, size_t n, struct err *e)
{
	size_t end = first < l->shown.n ? l->shown.n : first;
	enum rc rc = RC_OK;

	if (n > CACHED_ROWS)
		n = CACHED_ROWS;
	if (n < end - first)
		end = first + n;
	for (size_t i = first; i < end && rc == RC_OK; i++) {
		struct cached *c = &l->cache[i % CACHED_ROWS];

		if (c->id != l->shown.v[i])
			rc = fetch(l, c, l->shown.v[i], e);
	}
	return rc;
}

const char *list_text(const struct list *l, size_t i, size_t column)
{
	const struct cached *c = &l->cache[i % CACHED_ROWS];

	if (i >= l->shown.n || column >= l->spec.n_columns || c->id != l->shown.v[i] || c->texts == NULL)
		return "";
	return c->texts + c->starts[column];
}
