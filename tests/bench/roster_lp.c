/* The compact model: a variable for each allowed pair, for each person's j-th shift and for the open places of a shift.
 *
 * Shifts that all share an instant are one row (a clique), as a person who knows the solvers would write it. With fixed slots the rows are those of
 * a network and the solvers need no integers. */
#include "roster_lp.h"

#include <stdlib.h>

#include "base/mem.h"

/* The allowed pairs of one person. */
struct allowed {
	int32_t n, *pairs;
};

static bool inside_a_window(const struct assign_problem *p, int32_t person, const struct assign_shift *s)
{
	for (int32_t k = p->window_first[person]; k < p->window_first[person + 1]; k++)
		if (p->windows[k].start <= s->start && s->end <= p->windows[k].end)
			return true;
	return false;
}

static void allow(struct allowed *a, const struct assign_problem *p, int32_t person)
{
	a->n = 0;
	for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++) {
		const struct assign_shift *s = &p->shifts[p->pairs[k].shift];

		if (inside_a_window(p, person, s) && s->end - s->start <= p->people[person].max_minutes)
			a->pairs[a->n++] = k;
	}
}

static const struct assign_shift *shift_of(const struct assign_problem *p, const struct allowed *a, int32_t i)
{
	return &p->shifts[p->pairs[a->pairs[i]].shift];
}

static int32_t most_of(const struct assign_problem *p, const struct allowed *a, int32_t person)
{
	int32_t most = p->people[person].max_shifts, shortest = INT32_MAX;

	for (int32_t i = 0; i < a->n; i++) {
		int32_t length = shift_of(p, a, i)->end - shift_of(p, a, i)->start;

		shortest = length < shortest ? length : shortest;
	}
	if (p->people[person].max_minutes / shortest < most)
		most = p->people[person].max_minutes / shortest;
	return most < a->n ? most : a->n;
}

static void write_cost(const struct assign_problem *p, struct allowed *a, FILE *out)
{
	const struct assign_weights *w = &p->weights;

	fprintf(out, "Minimize\n obj:");
	for (int32_t s = 0; s < p->n_shifts; s++)
		fprintf(out, " + %lld u%d\n", (long long)w->unfilled * p->shifts[s].priority, s);
	for (int32_t v = 0; v < p->n_people; v++) {
		allow(a, p, v);
		for (int32_t i = 0; i < a->n; i++)
			fprintf(out, " + %d x%d\n", p->pairs[a->pairs[i]].cost, a->pairs[i]);
		for (int32_t j = 1; a->n > 0 && j <= most_of(p, a, v); j++)
			fprintf(out, " + %d y%d_%d\n", w->fair_step * (2 * j - 1) + w->fair_carried * (p->people[v].carried_minutes / w->carried_unit), v, j);
	}
}

static void write_places(const struct assign_problem *p, struct allowed *a, FILE *out)
{
	int32_t pairs = p->n_people ? p->pair_first[p->n_people] : 0;
	AUTO_FREE int32_t *head = mem_alloc((size_t)p->n_shifts * sizeof *head);
	AUTO_FREE int32_t *next = mem_alloc((size_t)pairs * sizeof *next);

	for (int32_t v = 0; v < p->n_people; v++) {
		allow(a, p, v);
		for (int32_t i = 0; i < a->n; i++) {
			next[a->pairs[i]] = head[p->pairs[a->pairs[i]].shift];
			head[p->pairs[a->pairs[i]].shift] = a->pairs[i] + 1;
		}
	}
	for (int32_t s = 0; s < p->n_shifts; s++) {
		fprintf(out, " c%d: u%d", s, s);
		for (int32_t k = head[s]; k > 0; k = next[k - 1])
			fprintf(out, " + x%d\n", k - 1);
		fprintf(out, " = %d\n", p->shifts[s].need);
	}
}

/* The clique of the instant at which shift i begins, unless a later instant holds all of it. */
static void write_clique(const struct assign_problem *p, const struct allowed *a, int32_t person, int32_t i, FILE *out)
{
	int32_t at = shift_of(p, a, i)->start, first_end = INT32_MAX, n = 0;

	for (int32_t k = 0; k < a->n; k++) {
		const struct assign_shift *s = shift_of(p, a, k);

		if (s->start <= at && at < s->end) {
			if (s->start == at && k < i)
				return;
			first_end = s->end < first_end ? s->end : first_end;
			n++;
		}
	}
	for (int32_t k = 0; k < a->n; k++)
		if (shift_of(p, a, k)->start > at && shift_of(p, a, k)->start < first_end)
			return;
	if (n < 2)
		return;
	fprintf(out, " k%d_%d:", person, i);
	for (int32_t k = 0; k < a->n; k++)
		if (shift_of(p, a, k)->start <= at && at < shift_of(p, a, k)->end)
			fprintf(out, " + x%d\n", a->pairs[k]);
	fprintf(out, " <= 1\n");
}

static void write_person(const struct roster_file *f, struct allowed *a, int32_t v, FILE *out)
{
	const struct assign_problem *p = &f->problem;
	int64_t minutes = 0;

	allow(a, p, v);
	if (a->n == 0)
		return;
	fprintf(out, " f%d:", v);
	for (int32_t i = 0; i < a->n; i++) {
		fprintf(out, " + x%d\n", a->pairs[i]);
		minutes += shift_of(p, a, i)->end - shift_of(p, a, i)->start;
	}
	for (int32_t j = 1; j <= most_of(p, a, v); j++)
		fprintf(out, " - y%d_%d\n", v, j);
	fprintf(out, " = 0\n");
	if (!f->fixed && minutes > p->people[v].max_minutes) {
		fprintf(out, " h%d:", v);
		for (int32_t i = 0; i < a->n; i++)
			fprintf(out, " + %d x%d\n", (shift_of(p, a, i)->end - shift_of(p, a, i)->start) / 30, a->pairs[i]);
		fprintf(out, " <= %d\n", p->people[v].max_minutes / 30);
	}
	for (int32_t i = 0; i < a->n; i++)
		write_clique(p, a, v, i, out);
}

static void write_bounds(const struct roster_file *f, struct allowed *a, FILE *out)
{
	const struct assign_problem *p = &f->problem;

	fprintf(out, "Bounds\n");
	for (int32_t s = 0; s < p->n_shifts; s++)
		fprintf(out, " 0 <= u%d <= %d\n", s, p->shifts[s].need);
	for (int32_t v = 0; v < p->n_people; v++) {
		allow(a, p, v);
		for (int32_t j = 1; a->n > 0 && j <= most_of(p, a, v); j++)
			fprintf(out, " 0 <= y%d_%d <= 1\n", v, j);
		for (int32_t i = 0; i < a->n && f->fixed; i++)
			fprintf(out, " 0 <= x%d <= 1\n", a->pairs[i]);
	}
	if (f->fixed)
		return;
	fprintf(out, "Binaries\n");
	for (int32_t v = 0; v < p->n_people; v++) {
		allow(a, p, v);
		for (int32_t i = 0; i < a->n; i++)
			fprintf(out, " x%d\n", a->pairs[i]);
	}
}

void roster_lp_write(const struct roster_file *f, FILE *out)
{
	struct allowed a = { 0, mem_alloc((size_t)f->problem.n_shifts * sizeof(int32_t)) };

	write_cost(&f->problem, &a, out);
	fprintf(out, "Subject To\n");
	write_places(&f->problem, &a, out);
	for (int32_t v = 0; v < f->problem.n_people; v++)
		write_person(f, &a, v, out);
	write_bounds(f, &a, out);
	fprintf(out, "End\n");
	free(a.pairs);
}
