/* 缺口: the places of the next days against who will likely come, a few in each slice. */
#include "gap_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "shift_rules.h"
#include "store/stmt.h"

#define WEEK 7
#define SAME_DAYS 8                      /* so many weeks back, the same weekday */
#define PERCENT 80
#define SHORT 0.5                        /* a place counts as short from so much of a head missing */
#define SHIFTS 16                        /* weighed in one slice */
#define PEOPLE 512                       /* … and asked about */

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

/* Places ------------------------------------------------------------------------------------------------------------------------- */

static double expected(const struct gap_base *b, const struct roster_place *place)
{
	double sum = 0;

	for (size_t i = 0; i < place->n_seats; i++)
		if (!(place->seats[i].conflicts & (ROSTER_STATUS | ROSTER_ABSENT)))
			sum += gap_shows(&b->rates, place->seats[i].volunteer_id);
	return sum;
}

static void count_calls(const struct gap_base *b, struct gap *g)
{
	for (size_t i = 0; i < b->calls.n; i++) {
		const struct gap_called *c = &b->calls.list[i];

		if (c->need_id != g->need_id)
			continue;
		g->asked++;
		g->agreed += strcmp(c->outcome, "yes") == 0 && !c->assigned;
	}
}

static void weigh_place(struct gap_finding *f, const struct gap_base *b, const struct roster_shift *row, const struct roster_place *place, int wanted)
{
	struct gap g = {
		.shift_id = row->shift.id, .need_id = place->need.id, .grid_id = row->shift.grid_id, .service = row->shift.service,
		.title = row->shift.title, .grid = row->shift.grid, .role = place->need.role, .day = row->shift.day, .begin_min = row->shift.begin_min,
		.end_min = row->shift.end_min, .wanted = wanted, .assigned = (int)place->n_seats, .expected = expected(b, place),
	};

	g.missing = wanted - g.expected;
	if (place->need.id == 0 || g.missing < SHORT)
		return;
	count_calls(b, &g);
	f->list = mem_grow(f->list, &f->cap, f->n + 1, sizeof *f->list);
	f->spots = mem_grow(f->spots, &f->spots_cap, f->n + 1, sizeof *f->spots);
	f->spots[f->n] = roster_spot_of(&row->shift, &place->need);
	f->list[f->n++] = g;
}

/* What is needed beyond the plan, or less than it, is the first place's: others ask for something special. */
static enum rc weigh_shift(struct gap_finding *f, const struct gap_base *b, const struct roster_shift *row, struct err *e)
{
	int needed, more = 0;
	enum rc rc = really_needed(b->pool.of, &row->shift, &needed, e);

	if (rc != RC_OK)
		return rc;
	if (needed >= 0)
		more = needed - row->wanted;
	for (size_t i = 0; i < row->n_places; i++) {
		int wanted = row->places[i].need.headcount + (i == 0 ? more : 0);

		weigh_place(f, b, row, &row->places[i], wanted < 0 ? 0 : wanted);
	}
	return RC_OK;
}

static enum rc weigh_some_shifts(struct gap_finding *f, const struct gap_base *b, struct err *e)
{
	int32_t from = office_today(b->pool.of) + 1, to = office_today(b->pool.of) + b->pool.of->settings->gap_days;
	enum rc rc = RC_OK;

	for (size_t end = f->next_shift + SHIFTS; rc == RC_OK && f->next_shift < f->week.n && f->next_shift < end; f->next_shift++) {
		const struct shift *s = &f->week.shifts[f->next_shift].shift;

		if ((s->state == SHIFT_DRAFT || s->state == SHIFT_PUBLISHED) && from <= s->day && s->day <= to)
			rc = weigh_shift(f, b, &f->week.shifts[f->next_shift], e);
	}
	return rc;
}

/* Whether nobody is left to ask ---------------------------------------------------------------------------------------------------- */

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

/* A few people of one gap, or of several where somebody is found soon. */
static void ask_some_people(struct gap_finding *f, const struct gap_base *b)
{
	const struct roster_people *people = &b->pool.people;
	size_t left = PEOPLE;

	while (f->next_gap < f->n) {
		bool found = false;

		for (; f->next_person < people->n && left > 0 && !found; f->next_person++, left--)
			found = gap_may_ask(b->pool.of, people, &people->list[f->next_person], &f->spots[f->next_gap], &b->calls);
		if (!found && f->next_person < people->n)
			return;
		f->list[f->next_gap++].cannot = !found;
		f->next_person = 0;
	}
}

/* Together ------------------------------------------------------------------------------------------------------------------------ */

void gap_finding_release(struct gap_finding *f)
{
	arena_clear(&f->arena);
	free(f->list);
	free(f->spots);
	*f = (struct gap_finding){ 0 };
}

enum rc gap_finding_step(struct gap_finding *f, const struct gap_base *b, bool *more, struct err *e)
{
	int32_t last = office_today(b->pool.of) + b->pool.of->settings->gap_days;
	enum rc rc;

	*more = true;
	if (f->next_shift < f->week.n)
		return weigh_some_shifts(f, b, e);
	if (f->next_monday == 0)
		f->next_monday = day_monday(office_today(b->pool.of) + 1);
	if (f->next_monday <= last) {
		if ((rc = roster_load(b->pool.of, f->next_monday, NULL, &f->arena, &f->week, e)) != RC_OK)
			return rc;
		roster_say_conflicts(b->pool.of, &b->pool.people, &f->week);
		f->next_monday += WEEK;
		f->next_shift = 0;
		return RC_OK;
	}
	if (f->next_gap < f->n) {
		ask_some_people(f, b);
		return RC_OK;
	}
	if ((rc = gap_sums_step(f, b->pool.of, more, e)) == RC_OK && !*more && f->n > 0)
		qsort(f->list, f->n, sizeof *f->list, compare_gaps);
	return rc;
}
