/* What every question about 缺口 asks for: everybody who could be asked, how often they came, which calls were made. Read in slices and kept. */
#include "gap_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"
#include "store/store.h"

#define DAY_MS INT64_C(86400000)
#define RATE_DAYS 10                     /* sign-ins of so many days are read in one slice */
#define CALLS 256                        /* … and so many calls */

void gap_base_release(struct gap_base *b)
{
	roster_pool_release(&b->pool);
	free(b->rates.list);
	free(b->calls.list);
	arena_clear(&b->calls_arena);
	*b = (struct gap_base){ .pool = b->pool };
}

/* Showing up ---------------------------------------------------------------------------------------------------------------------- */

double show_probability(double attended, double scheduled)
{
	return (attended + 1) / (scheduled + 2);
}

static void read_shown(const struct stmt *q, struct arena *a, void *out)
{
	double weight = exp2(-(double)column_int(q, 1) / GAP_HALF_DAYS);

	(void)a;
	*(struct gap_rate *)out = (struct gap_rate){ .volunteer_id = column_int(q, 0), .scheduled = weight, .attended = column_int(q, 2) ? weight : 0 };
}

/* Whoever asked for leave in time was not to come. */
static enum rc read_window(struct office *of, int32_t from, int32_t to, struct arena *a, const struct gap_rate **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT volunteer_id, :today - day, result IN ('present', 'late') FROM attendance WHERE day BETWEEN :from AND :to AND assignment_id IS NOT NULL"
		" AND result IN ('present', 'late', 'absent') AND deleted_at IS NULL ORDER BY volunteer_id /*scan*/");

	bind_day(&q, ":today", office_today(of));
	bind_day(&q, ":from", from);
	bind_day(&q, ":to", to);
	return stmt_rows(&q, a, sizeof **out, read_shown, out, n, e);
}

/* Both lists are by volunteer; of `more` somebody may have several rows. */
static void merge_rates(struct gap_rates *rates, const struct gap_rate *more, size_t n)
{
	struct gap_rate *list = mem_alloc((rates->n + n + 1) * sizeof *list);
	size_t count = 0, i = 0, k = 0;

	while (i < rates->n || k < n) {
		bool old = k == n || (i < rates->n && rates->list[i].volunteer_id <= more[k].volunteer_id);
		const struct gap_rate *next = old ? &rates->list[i++] : &more[k++];

		if (count == 0 || list[count - 1].volunteer_id != next->volunteer_id)
			list[count++] = (struct gap_rate){ .volunteer_id = next->volunteer_id };
		list[count - 1].scheduled += next->scheduled;
		list[count - 1].attended += next->attended;
	}
	free(rates->list);
	*rates = (struct gap_rates){ list, count };
}

static enum rc read_rates(struct gap_base *b, bool *more, struct err *e)
{
	int32_t today = office_today(b->pool.of), first = today - GAP_PAST_DAYS;
	int32_t to = today - b->rate_days, from = to - RATE_DAYS + 1 > first ? to - RATE_DAYS + 1 : first;
	AUTO_ARENA own = { 0 };
	const struct gap_rate *rows;
	size_t n;
	enum rc rc = read_window(b->pool.of, from, to, &own, &rows, &n, e);

	if (rc != RC_OK)
		return rc;
	merge_rates(&b->rates, rows, n);
	b->rate_days += RATE_DAYS;
	*more = from > first;
	return RC_OK;
}

static void begin_rates(struct gap_base *b)
{
	b->rates.n = 0;
	b->rate_days = 0;
}

double gap_shows(const struct gap_rates *rates, int64_t volunteer_id)
{
	size_t from = 0, to = rates->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (rates->list[middle].volunteer_id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	if (from < rates->n && rates->list[from].volunteer_id == volunteer_id)
		return show_probability(rates->list[from].attended, rates->list[from].scheduled);
	return show_probability(0, 0);
}

/* Calls --------------------------------------------------------------------------------------------------------------------------- */

static void read_called(const struct stmt *q, struct arena *a, void *out)
{
	*(struct gap_called *)out = (struct gap_called){
		.id = column_int(q, 0), .volunteer_id = column_int(q, 1), .shift_id = column_int(q, 2), .need_id = column_int(q, 3), .at = column_int(q, 4),
		.outcome = arena_copy(a, column_text(q, 5)), .assigned = column_int(q, 6) != 0,
	};
}

static int compare_called(const void *left, const void *right)
{
	const struct gap_called *a = left, *b = right;

	if (a->volunteer_id != b->volunteer_id)
		return a->volunteer_id < b->volunteer_id ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static enum rc read_calls(struct gap_base *b, bool *more, struct err *e)
{
	AUTO_STMT q = stmt_use(b->pool.of->st,
		"SELECT c.id, c.volunteer_id, c.shift_id, c.need_id, c.at, c.outcome, EXISTS (SELECT 1 FROM assignment AS s WHERE s.volunteer_id = c.volunteer_id"
		" AND s.shift_id = c.shift_id AND s.state <> 'cancelled' AND s.deleted_at IS NULL)"
		" FROM call AS c WHERE c.id > :after AND c.at >= :since AND c.deleted_at IS NULL ORDER BY c.id LIMIT :most");
	struct gap_called *rows;
	size_t n;
	enum rc rc;

	bind_int(&q, ":after", b->call_after);
	bind_int(&q, ":since", office_now(b->pool.of) - GAP_PAST_DAYS * DAY_MS);
	bind_int(&q, ":most", CALLS);
	if ((rc = stmt_rows(&q, &b->calls_arena, sizeof *rows, read_called, &rows, &n, e)) != RC_OK)
		return rc;
	b->calls.list = mem_grow(b->calls.list, &b->calls_cap, b->calls.n + n, sizeof *rows);
	if (n > 0) {
		memcpy(b->calls.list + b->calls.n, rows, n * sizeof *rows);
		b->call_after = rows[n - 1].id;
	}
	b->calls.n += n;
	*more = n == CALLS;
	if (!*more && b->calls.n > 0)
		qsort(b->calls.list, b->calls.n, sizeof *rows, compare_called);
	return RC_OK;
}

static void begin_calls(struct gap_base *b)
{
	arena_clear(&b->calls_arena);
	b->calls.n = 0;
	b->call_after = INT64_MIN;
}

/* Together ------------------------------------------------------------------------------------------------------------------------ */

static const struct {
	table_set tables;
	void (*begin)(struct gap_base *b);
	enum rc (*read)(struct gap_base *b, bool *more, struct err *e);
} kinds[GAP_PARTS] = {
	[GAP_RATES] = { TBL_ATTENDANCE, begin_rates, read_rates },
	[GAP_CALLS] = { TBL_CALL | TBL_ASSIGNMENT, begin_calls, read_calls },
};

static enum rc read_part(struct gap_base *b, size_t i, bool *more, struct err *e)
{
	struct gap_part *part = &b->parts[i];
	uint64_t version = store_version(b->pool.of->st, kinds[i].tables);
	int32_t today = office_today(b->pool.of);
	bool rest;
	enum rc rc;

	if (!part->begun || part->version != version || part->today != today) {
		*part = (struct gap_part){ .begun = true, .version = version, .today = today };
		b->generation++;
		kinds[i].begin(b);
	} else if (part->whole) {
		*more = false;
		return RC_OK;
	}
	if ((rc = kinds[i].read(b, &rest, e)) != RC_OK) {
		part->begun = false;
		return rc;
	}
	part->whole = !rest;
	*more = true;
	return RC_OK;
}

enum rc gap_base_step(struct gap_base *b, bool *more, struct err *e)
{
	int32_t today = office_today(b->pool.of);
	unsigned before = b->pool.generation;
	enum rc rc;

	b->pool.from_day = today + 1;
	b->pool.to_day = today + b->pool.of->settings->gap_days;
	if (b->also_day != DAY_NONE && b->also_day < b->pool.from_day)
		b->pool.from_day = b->also_day;
	if (b->also_day != DAY_NONE && b->also_day > b->pool.to_day)
		b->pool.to_day = b->also_day;
	*more = false;
	rc = roster_pool_step(&b->pool, more, e);
	b->generation += b->pool.generation - before;
	for (size_t i = 0; i < GAP_PARTS && rc == RC_OK && !*more; i++)
		rc = read_part(b, i, more, e);
	return rc;
}
