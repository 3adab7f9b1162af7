/* Walking through a table's ids in slices.
 *
 * A slice goes on behind the last row that was seen, found by its key and id, so that nothing is held open while the program waits for
 * a key.  Rows that change between two slices may be missed or appear twice until the list is loaded again, which their change causes.
 */
#include "list_scan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "internal.h"

#define LOOK_AT_CLOCK_ROWS 64
#define TRY_WALK_ROWS 1000
#define SCREEN_ROWS 60
#define ASK_AFTER_STEPS 5000      /* of SQLite's machine: a fraction of a millisecond */

int64_t scan_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void forget_position(struct scan *s)
{
	value_clear(&s->key);
	s->part = 0;
	s->begun = false;
	s->complete = false;
	s->tried_walk = false;
	s->walk_left = SIZE_MAX;
	s->live = 0;
}

void scan_release(struct scan *s)
{
	for (size_t i = 0; i < s->n_filters; i++) {
		free((char *)s->filters[i].where);
		value_clear(&s->filters[i].p);
		value_clear(&s->filters[i].q);
	}
	free(s->filters);
	forget_position(s);
	*s = (struct scan){ 0 };
}

void scan_restart(struct scan *s)
{
	forget_position(s);
}

bool scan_is_filtered(const struct scan *s)
{
	return s->n_filters > 0;
}

/* A condition with :p and :q numbered, so that several filters stand side by side; texts in quotes stay. */
static void add_condition(struct strbuf *sql, const char *where, size_t number)
{
	bool quoted = false;

	strbuf_add_char(sql, '(');
	for (; *where; where++) {
		strbuf_add_char(sql, *where);
		quoted = quoted != (*where == '\'');
		if (!quoted && *where == ':' && (where[1] == 'p' || where[1] == 'q') && !isalnum((unsigned char)where[2]) && where[2] != '_')
			strbuf_format(sql, "%c%zu", *++where, number);
	}
	strbuf_add_char(sql, ')');
}

static void add_filters(struct strbuf *sql, const struct scan *s)
{
	for (size_t i = 0; i < s->n_filters; i++) {
		strbuf_add(sql, i > 0 ? " AND " : "");
		add_condition(sql, s->filters[i].where, i);
	}
	if (s->n_filters == 0)
		strbuf_add_char(sql, '1');
}

static void add_conditions(struct strbuf *sql, const struct scan *s)
{
	strbuf_format(sql, "(%s) AND ", s->spec->live);
	add_filters(sql, s);
}

static void add_order(struct strbuf *sql, const struct scan *s)
{
	const char *sense = s->order.descending ? " DESC" : "";

	strbuf_format(sql, " ORDER BY \"%s\"%s, id%s", s->order.column, sense, sense);
}

/* NULLs come first in ascending order. */
static bool part_is_null(const struct scan *s)
{
	return (s->part == 0) != s->order.descending;
}

/* The rows of this part behind the last one that was seen. A walk answers for each row whether it is live and whether it matches. */
static void part_sql(const struct scan *s, struct strbuf *sql)
{
	const char *beyond = s->order.descending ? "<" : ">", *column = s->order.column;

	strbuf_format(sql, "SELECT id, \"%s\"", column);
	if (s->mode == SCAN_WALK) {
		strbuf_format(sql, ", (%s), ", s->spec->live);
		add_filters(sql, s);
		strbuf_format(sql, " FROM \"%s\" WHERE ", s->spec->table);
	} else {
		strbuf_format(sql, ", 1, 1 FROM \"%s\" WHERE ", s->spec->table);
		add_conditions(sql, s);
		strbuf_add(sql, " AND ");
	}
	strbuf_format(sql, "\"%s\" IS %sNULL", column, part_is_null(s) ? "" : "NOT ");
	if (s->begun && part_is_null(s))
		strbuf_format(sql, " AND id %s :last", beyond);
	else if (s->begun)
		strbuf_format(sql, " AND (\"%s\", id) %s (:key, :last)", column, beyond);
	add_order(sql, s);
	strbuf_add(sql, " /*scan*/");
}

static void bind_one(struct stmt *q, char letter, size_t number, const struct value *v)
{
	AUTO_FREE char *name = mem_format(":%c%zu", letter, number);

	if (q->raw && sqlite3_bind_parameter_index(q->raw, name))
		bind_value(q, name, v);
}

static void bind_filters(struct stmt *q, const struct scan *s)
{
	for (size_t i = 0; i < s->n_filters; i++) {
		bind_one(q, 'p', i, &s->filters[i].p);
		bind_one(q, 'q', i, &s->filters[i].q);
	}
}

static void add_id(struct ids *out, int64_t id)
{
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
	out->v[out->n++] = id;
}

static void remember(struct scan *s, const struct stmt *q)
{
	s->begun = true;
	s->last_id = column_int(q, 0);
	if (sqlite3_column_type(q->raw, 1) == SQLITE_INTEGER)
		value_set_number(&s->key, column_int(q, 1));
	else
		value_set_text(&s->key, column_text(q, 1));
	if (s->key.kind == VALUE_NONE && !column_is_null(q, 1)) {      /* an empty text is a key too */
		s->key.kind = VALUE_TEXT;
		s->key.text = mem_copy("");
	}
}

/* One slice of the present part; *ended where it has no more rows. */
static enum rc run_part(struct scan *s, size_t max_rows, int64_t deadline, struct ids *out, bool *ended, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	size_t seen = 0, end = out->n + max_rows;
	bool row = true;
	enum rc rc;

	part_sql(s, &sql);
	AUTO_STMT q = stmt_use(s->st, strbuf_str(&sql));

	bind_filters(&q, s);
	if (s->begun) {
		bind_int(&q, ":last", s->last_id);
		if (!part_is_null(s))
			bind_value(&q, ":key", &s->key);
	}
	*ended = false;
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		s->live += column_int(&q, 2) != 0;
		if (column_int(&q, 2) && column_int(&q, 3))
			add_id(out, column_int(&q, 0));
		if (out->n >= end || --s->walk_left == 0 || (++seen % LOOK_AT_CLOCK_ROWS == 0 && scan_clock() >= deadline)) {
			remember(s, &q);
			return RC_OK;
		}
	}
	*ended = rc == RC_OK;
	return rc;
}

static int ask_wanted(void *context)
{
	const struct scan *s = context;

	return s->wanted(s->wanted_context);
}

/* All rows of a query; *given_up where somebody wanted the time for something else. */
static enum rc take_rows(struct scan *s, struct stmt *q, struct ids *found, bool *given_up, struct err *e)
{
	bool row = true;
	enum rc rc;

	if (s->wanted)
		sqlite3_progress_handler(s->st->db, ASK_AFTER_STEPS, ask_wanted, s);
	while ((rc = stmt_step(q, &row, e)) == RC_OK && row)
		add_id(found, column_int(q, 0));
	*given_up = rc != RC_OK && sqlite3_errcode(s->st->db) == SQLITE_INTERRUPT;
	sqlite3_progress_handler(s->st->db, 0, NULL, NULL);
	if (!*given_up)
		return rc;
	err_clear(e);
	return RC_OK;
}

/* A sorted result can't be gone on with: a page of it, or all of it. */
static enum rc run_sorted(struct scan *s, size_t max_rows, struct ids *out, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	struct ids found = { 0 };
	bool page = !s->begun, given_up = false;
	enum rc rc;

	strbuf_format(&sql, "SELECT id FROM \"%s\" WHERE ", s->spec->table);
	add_conditions(&sql, s);
	add_order(&sql, s);
	strbuf_add(&sql, " LIMIT :limit /*scan*/");
	AUTO_STMT q = stmt_use(s->st, strbuf_str(&sql));

	bind_filters(&q, s);
	bind_int(&q, ":limit", page ? (int64_t)max_rows : -1);
	rc = take_rows(s, &q, &found, &given_up, e);
	if (rc != RC_OK || given_up) {
		free(found.v);
		return rc;
	}
	free(out->v);
	*out = found;
	s->complete = !page || out->n < max_rows;
	s->begun = true;
	return RC_OK;
}

static enum rc run_parts(struct scan *s, size_t max_rows, int64_t deadline, struct ids *out, struct err *e)
{
	size_t end = out->n + max_rows;
	enum rc rc = RC_OK;

	while (rc == RC_OK && !s->complete && out->n < end) {
		bool ended;

		rc = run_part(s, end - out->n, deadline, out, &ended, e);
		if (rc == RC_OK && !ended)
			break;
		if (rc == RC_OK) {
			s->part++;
			s->begun = false;
			s->complete = s->part == 2;
		}
	}
	return rc;
}

/* Back to sorting; the rows that a walk gave are its first page, or none. */
static void sort_from_here(struct scan *s, bool page_is_there)
{
	bool complete = s->complete;

	s->mode = SCAN_SORT;
	forget_position(s);
	s->tried_walk = true;
	s->begun = page_is_there;
	s->complete = complete;
}

/* SQLite sorts all that a filter finds, even if it finds nearly everything. Where a short walk fills a screen, walking is the better way. */
static enum rc try_walk(struct scan *s, size_t max_rows, struct ids *out, struct err *e)
{
	size_t before = out->n;
	bool filled;
	enum rc rc;

	s->tried_walk = true;
	s->mode = SCAN_WALK;
	s->walk_left = TRY_WALK_ROWS;
	rc = run_parts(s, max_rows, INT64_MAX, out, e);
	s->walk_left = SIZE_MAX;
	if (rc != RC_OK)
		return rc;
	filled = s->complete || out->n - before >= SCREEN_ROWS;
	if (!filled)
		out->n = before;
	if (!filled || s->has_inner_query)
		sort_from_here(s, filled);
	return RC_OK;
}

enum rc scan_run(struct scan *s, size_t max_rows, int64_t deadline, struct ids *out, struct err *e)
{
	enum rc rc;

	if (s->complete)
		return RC_OK;
	if (s->mode == SCAN_SORT && s->may_walk && !s->tried_walk) {
		rc = try_walk(s, max_rows, out, e);
		if (rc != RC_OK || s->mode == SCAN_WALK || s->begun)
			return rc;
	}
	return s->mode == SCAN_SORT ? run_sorted(s, max_rows, out, e) : run_parts(s, max_rows, deadline, out, e);
}

enum rc scan_has(struct scan *s, int64_t id, bool *has, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	int64_t n;
	enum rc rc;

	strbuf_format(&sql, "SELECT count(*) FROM \"%s\" WHERE id = :row AND ", s->spec->table);
	add_conditions(&sql, s);
	strbuf_add(&sql, " /*scan*/");
	AUTO_STMT q = stmt_use(s->st, strbuf_str(&sql));

	bind_filters(&q, s);
	bind_int(&q, ":row", id);
	rc = stmt_int(&q, &n, e);
	if (rc == RC_OK)
		*has = n > 0;
	return rc;
}

/* What SQLite would do with rows that meet the conditions, or with all rows. */
static enum rc plan_of(const struct scan *s, bool all, enum scan_mode *mode, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	AUTO_FREE char *scanned = mem_format("SCAN %s", s->spec->table);
	bool row = true;
	enum rc rc;

	strbuf_format(&sql, "EXPLAIN QUERY PLAN SELECT id FROM \"%s\" WHERE ", s->spec->table);
	if (all)
		strbuf_add_char(&sql, '1');
	else
		add_conditions(&sql, s);
	add_order(&sql, s);
	AUTO_STMT q = stmt_use_temporary(s->st, strbuf_str(&sql));

	*mode = SCAN_SEEK;
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const char *line = column_text(&q, 3);

		if (strstr(line, "ORDER BY"))      /* USE TEMP B-TREE FOR (LAST TERM OF) ORDER BY */
			*mode = SCAN_SORT;
		else if (strncmp(line, scanned, strlen(scanned)) == 0 && *mode != SCAN_SORT)
			*mode = SCAN_WALK;
	}
	return rc;
}

static bool find_inner_query(const struct scan *s)
{
	for (size_t i = 0; i < s->n_filters; i++)
		if (strstr(s->filters[i].where, "SELECT"))
			return true;
	return false;
}

static enum rc find_mode(struct scan *s, struct err *e)
{
	enum scan_mode all;
	enum rc rc = plan_of(s, false, &s->mode, e);

	if (rc != RC_OK || s->mode != SCAN_SORT)
		return rc;
	s->has_inner_query = find_inner_query(s);
	rc = plan_of(s, true, &all, e);
	if (rc == RC_OK)
		s->may_walk = all != SCAN_SORT;
	return rc;
}

enum rc scan_start(struct scan *s, struct store *st, const struct list_spec *spec, const struct list_filter *filters, size_t n,
                   struct list_order order, struct err *e)
{
	struct scan next = {
		.st = st, .spec = spec, .order = order, .walk_left = SIZE_MAX, .n_filters = n, .filters = mem_alloc((n + 1) * sizeof *filters),
	};
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		next.filters[i].where = mem_copy(filters[i].where);
		value_copy(&next.filters[i].p, &filters[i].p);
		value_copy(&next.filters[i].q, &filters[i].q);
	}
	rc = table_is_identifier(order.column) ? find_mode(&next, e)
	                                       : err_set(e, RC_DB, NULL, "程序错误：不能按「%s」排序", order.column);
	if (rc != RC_OK) {
		scan_release(&next);
		return rc;
	}
	scan_release(s);
	*s = next;
	return RC_OK;
}
