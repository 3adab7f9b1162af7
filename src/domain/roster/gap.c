/* 缺口: the places of the next days against who will likely come. */
#include "gap_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "shift_rules.h"
#include "store/stmt.h"

#define WEEK 7
#define SAME_DAYS 8                      /* so many weeks back, the same weekday */
#define PERCENT 80
#define SHORT 0.5                        /* a place counts as short from so much of a head missing */

/* Showing up ---------------------------------------------------------------------------------------------------------------------- */

double show_probability(double attended, double scheduled)
{
	return (attended + 1) / (scheduled + 2);
}

struct shown {
	int64_t volunteer_id;
	int32_t day;
	bool came;
};

static void read_shown(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct shown *)out = (struct shown){ column_int(q, 0), column_day(q, 1), column_int(q, 2) != 0 };
}

/* Whoever asked for leave in time was not to come. */
static enum rc read_history(struct office *of, struct arena *a, const struct shown **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT volunteer_id, day, result IN ('present', 'late') FROM attendance WHERE day BETWEEN :from AND :to AND assignment_id IS NOT NULL"
		" AND result IN ('present', 'late', 'absent') AND deleted_at IS NULL ORDER BY volunteer_id, day /*scan*/");

	bind_day(&q, ":from", office_today(of) - GAP_PAST_DAYS);
	bind_day(&q, ":to", office_today(of));
	return stmt_rows(&q, a, sizeof **out, read_shown, out, n, e);
}

enum rc gap_rates_load(struct office *of, struct arena *a, struct gap_rates *out, struct err *e)
{
	AUTO_ARENA own = { 0 };
	const struct shown *rows;
	struct gap_rate *list;
	size_t n, count = 0;
	enum rc rc = read_history(of, &own, &rows, &n, e);

	if (rc != RC_OK)
		return rc;
	list = arena_alloc(a, (n + 1) * sizeof *list);
	for (size_t i = 0; i < n; i++) {
		double weight = exp2(-(double)(office_today(of) - rows[i].day) / GAP_HALF_DAYS);

		if (count == 0 || list[count - 1].volunteer_id != rows[i].volunteer_id)
			list[count++] = (struct gap_rate){ .volunteer_id = rows[i].volunteer_id };
		list[count - 1].scheduled += weight;
		list[count - 1].attended += rows[i].came ? weight : 0;
	}
	*out = (struct gap_rates){ list, count };
	return RC_OK;
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

/* What is really needed ------------------------------------------------------------------------------------------------------------ */

static int compare_values(const void *left, const void *right)
{
	int a = *(const int *)left, b = *(const int *)right;

	return a < b ? -1 : a > b;
}

int gap_percentile(int *values, size_t n, int percent)
{
	size_t rank = (n * (size_t)percent + 99) / 100;

	qsort(values, n, sizeof *values, compare_values);
	return values[rank > 0 ? rank - 1 : 0];
}

/* Heads that the shift of this template and weekday really needed in the last weeks, at the 80th percentile; -1: not known. */
static enum rc really_needed(struct office *of, const struct shift *s, int *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT needed FROM shift WHERE template_id = :template AND day BETWEEN :day - 56 AND :today AND day < :day AND (:day - day) % 7 = 0"
		" AND needed >= 0 AND state <> 'cancelled' AND deleted_at IS NULL ORDER BY day DESC LIMIT 8");
	int values[SAME_DAYS];
	size_t n = 0;
	bool row = false;
	enum rc rc;

	*out = -1;
	if (s->template_id == 0)
		return RC_OK;
	bind_int(&q, ":template", s->template_id);
	bind_day(&q, ":day", s->day);
	bind_day(&q, ":today", office_today(of));
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row && n < SAME_DAYS)
		values[n++] = (int)column_int(&q, 0);
	if (rc == RC_OK && n > 0)
		*out = gap_percentile(values, n, PERCENT);
	return rc;
}

/* Gaps ---------------------------------------------------------------------------------------------------------------------------- */

struct finding {
	struct office *of;
	struct arena *a;
	struct roster_people people;
	struct gap_rates rates;
	struct gap_calls_made calls;
	struct gap *list;
	size_t n, cap;
};

static double expected(const struct finding *f, const struct roster_place *place)
{
	double sum = 0;

	for (size_t i = 0; i < place->n_seats; i++)
		if (!(place->seats[i].conflicts & (ROSTER_STATUS | ROSTER_ABSENT)))
			sum += gap_shows(&f->rates, place->seats[i].volunteer_id);
	return sum;
}

static void count_calls(const struct finding *f, struct gap *g)
{
	for (size_t i = 0; i < f->calls.n; i++) {
		const struct gap_called *c = &f->calls.list[i];

		if (c->need_id != g->need_id)
			continue;
		g->asked++;
		g->agreed += strcmp(c->outcome, "yes") == 0 && !c->assigned;
	}
}

static bool nobody_left(const struct finding *f, const struct roster_spot *spot)
{
	for (size_t i = 0; i < f->people.n; i++)
		if (gap_may_ask(f->of, &f->people, &f->people.list[i], spot, &f->calls))
			return false;
	return true;
}

static void weigh_place(struct finding *f, const struct roster_shift *row, const struct roster_place *place, int wanted)
{
	struct roster_spot spot = roster_spot_of(&row->shift, &place->need);
	struct gap g = {
		.shift_id = row->shift.id, .need_id = place->need.id, .grid_id = row->shift.grid_id, .service = row->shift.service,
		.title = row->shift.title, .grid = row->shift.grid, .role = place->need.role, .day = row->shift.day, .begin_min = row->shift.begin_min,
		.end_min = row->shift.end_min, .wanted = wanted, .assigned = (int)place->n_seats, .expected = expected(f, place),
	};

	g.missing = wanted - g.expected;
	if (place->need.id == 0 || g.missing < SHORT)
		return;
	count_calls(f, &g);
	g.cannot = nobody_left(f, &spot);
	f->list = mem_grow(f->list, &f->cap, f->n + 1, sizeof *f->list);
	f->list[f->n++] = g;
}

/* What is needed beyond the plan, or less than it, is the first place's: others ask for something special. */
static enum rc weigh_shift(struct finding *f, const struct roster_shift *row, struct err *e)
{
	int needed, more = 0;
	enum rc rc = really_needed(f->of, &row->shift, &needed, e);

	if (rc != RC_OK)
		return rc;
	if (needed >= 0)
		more = needed - row->wanted;
	for (size_t i = 0; i < row->n_places; i++) {
		int wanted = row->places[i].need.headcount + (i == 0 ? more : 0);

		weigh_place(f, row, &row->places[i], wanted < 0 ? 0 : wanted);
	}
	return RC_OK;
}

static enum rc weigh_week(struct finding *f, int32_t monday, int32_t from, int32_t to, struct err *e)
{
	struct roster_week week;
	enum rc rc = roster_load(f->of, monday, NULL, f->a, &week, e);

	for (size_t i = 0; rc == RC_OK && i < week.n; i++) {
		const struct shift *s = &week.shifts[i].shift;

		if ((s->state == SHIFT_DRAFT || s->state == SHIFT_PUBLISHED) && from <= s->day && s->day <= to)
			rc = weigh_shift(f, &week.shifts[i], e);
	}
	return rc;
}

static int compare_gaps(const void *left, const void *right)
{
	const struct gap *a = left, *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->missing != b->missing)
		return a->missing > b->missing ? -1 : 1;
	if (a->begin_min != b->begin_min)
		return a->begin_min < b->begin_min ? -1 : 1;
	return a->need_id < b->need_id ? -1 : a->need_id > b->need_id;
}

static enum rc find_all(struct finding *f, struct err *e)
{
	int32_t from = office_today(f->of) + 1, to = office_today(f->of) + f->of->settings->gap_days;
	const struct roster_want want = { .from_day = from, .to_day = to };
	enum rc rc;

	if ((rc = roster_people_load(f->of, &want, f->a, &f->people, e)) != RC_OK || (rc = gap_rates_load(f->of, f->a, &f->rates, e)) != RC_OK ||
	    (rc = gap_calls_load(f->of, f->a, &f->calls, e)) != RC_OK)
		return rc;
	for (int32_t monday = day_monday(from); rc == RC_OK && monday <= to; monday += WEEK)
		rc = weigh_week(f, monday, from, to, e);
	return rc;
}

enum rc gaps_load(struct office *of, struct arena *a, const struct gap **out, size_t *n, struct err *e)
{
	struct finding f = { .of = of, .a = a };
	struct gap *list;
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	if (rc == RC_OK && (rc = find_all(&f, e)) == RC_OK) {
		list = arena_alloc(a, (f.n + 1) * sizeof *list);
		if (f.n > 0)
			memcpy(list, f.list, f.n * sizeof *list);
		qsort(list, f.n, sizeof *list, compare_gaps);
		*out = list;
		*n = f.n;
	}
	free(f.list);
	return rc;
}
