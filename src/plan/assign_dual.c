/* Prices: what a place of a shift is worth when every person takes the best set of shifts at these prices for himself.
 *
 * What all people then gain, taken from the price of all places, is a bound on every plan (Lagrangean relaxation).  The best prices are sought by
 * Polyak's steps along a smoothed subgradient (Camerini, Fratta and Maffioli, 1975). */
#include "assign_work.h"

#include <math.h>
#include <string.h>

enum {
	UNMEASURED = 9, PATIENCE = 10, MOST_STEPS = 1000,
	CELLS_A_TICK = 1, EFFORT_KEEP = 4,   /* about nanoseconds */
};
static const double SMOOTHING = 0.95, FIRST_STRIDE = 0.5, LEAST_STRIDE = 0.0005, GOOD_ENOUGH = 1e-5;

/* Edges that can pay at these prices, with the number of kept ones that end before each begins. */
static int32_t keep_edges(struct assign_work *w, int32_t person, const double *price)
{
	const struct assign_model *m = &w->m;
	const struct assign_edge *edges = m->edges + m->first[person];
	int32_t n = m->first[person + 1] - m->first[person], kept = 0;
	double least = (double)model_fair(m, person, 0);

	w->effort += n * EFFORT_KEEP;
	for (int32_t i = 0; i < n; i++) {
		w->map[i] = kept;
		if (price[edges[i].shift] - edges[i].cost > least) {
			w->kept[kept] = i;
			w->kept_before[kept] = w->map[edges[i].before];
			kept++;
		}
	}
	return kept;
}

/* One row of the table: the best of the first edges for each count and use of units, with this edge or without. */
static void table_row(double *row, const double *above, const double *before, int32_t most, int32_t width, int32_t units, double worth)
{
	for (int32_t j = 0; j <= most; j++) {
		double *to = row + (size_t)j * (size_t)width;
		const double *without = above + (size_t)j * (size_t)width, *with = before + ((size_t)j - 1) * (size_t)width;

		if (j == 0) {
			memcpy(to, without, (size_t)width * sizeof *to);
			continue;
		}
		memcpy(to, without, (size_t)units * sizeof *to);
		for (int32_t h = units; h < width; h++) {
			double taken = with[h - units] + worth;

			to[h] = taken > without[h] ? taken : without[h];
		}
	}
}

double pattern_best(struct assign_work *w, int32_t person, const double *price, int32_t *n)
{
	const struct assign_model *m = &w->m;
	const struct assign_edge *edges = m->edges + m->first[person];
	int32_t kept = keep_edges(w, person, price), most = m->most[person] < kept ? m->most[person] : kept, width = m->cap[person] + 1;
	size_t size = (size_t)(most + 1) * (size_t)width;
	double gain = 0, fair = 0;
	int32_t j = 0, h = width - 1;

	*n = 0;
	if (kept == 0)
		return 0;
	w->effort += (kept + 1) * (int64_t)size / CELLS_A_TICK;
	for (size_t i = 0; i < size; i++)
		w->table[i] = i < (size_t)width ? 0 : -1e18;
	for (int32_t i = 0; i < kept; i++) {
		const struct assign_edge *e = &edges[w->kept[i]];

		table_row(w->table + (size_t)(i + 1) * size, w->table + (size_t)i * size, w->table + (size_t)w->kept_before[i] * size, most, width,
		          e->units, price[e->shift] - e->cost);
	}
	for (int32_t k = 1; k <= most; k++) {
		double total;

		fair += (double)model_fair(m, person, k - 1);
		total = w->table[(size_t)kept * size + (size_t)k * (size_t)width + (size_t)h] - fair;
		if (total > gain) {
			gain = total;
			j = k;
		}
	}
	for (int32_t i = kept; j > 0; ) {
		size_t at = (size_t)j * (size_t)width + (size_t)h;

		if (w->table[(size_t)i * size + at] == w->table[(size_t)(i - 1) * size + at]) {
			i--;
			continue;
		}
		w->pattern[(*n)++] = m->first[person] + w->kept[i - 1];
		h -= edges[w->kept[i - 1]].units;
		i = w->kept_before[i - 1];
		j--;
	}
	return gain;
}

double dual_value(struct assign_work *w, const double *price)
{
	const struct assign_model *m = &w->m;
	double value = 0;

	memset(w->wanted, 0, (size_t)m->p->n_shifts * sizeof *w->wanted);
	for (int32_t s = 0; s < m->p->n_shifts; s++)
		value += m->places[s] * price[s];
	for (int32_t person = 0; person < m->p->n_people; person++) {
		int32_t n;

		value -= pattern_best(w, person, price, &n);
		for (int32_t i = 0; i < n; i++)
			w->wanted[m->edges[w->pattern[i]].shift]++;
	}
	return value;
}

/* Where too many want a shift its price falls, where too few it rises: along the smoothed slope, as far as the gap between plan and bound says.  A
 * price moves in proportion to itself, for places that nobody can fill cost hundreds of times what the others do. */
static void move_prices(struct assign_work *w, double value)
{
	const struct assign_model *m = &w->m;
	double square = 0, length;

	for (int32_t s = 0; s < m->p->n_shifts; s++) {
		double slope = m->places[s] - w->wanted[s];

		if ((w->price[s] >= (double)m->penalty[s] && slope > 0) || m->places[s] == 0)
			slope = 0;
		w->rate[s] = fabs(w->price[s]) + w->small;
		w->slope[s] = SMOOTHING * w->slope[s] + slope;
		square += w->rate[s] * w->slope[s] * w->slope[s];
	}
	if (square <= 0)
		return;
	length = w->stride * ((double)w->best.cost - value) / square;
	for (int32_t s = 0; s < m->p->n_shifts; s++)
		w->price[s] = fmin(w->price[s] + length * w->rate[s] * w->slope[s], (double)m->penalty[s]);
}

void dual_begin(struct assign_work *w)
{
	size_t bytes = (size_t)w->m.p->n_shifts * sizeof(double);

	w->stride = FIRST_STRIDE;
	w->peak = -INFINITY;
	w->steps = w->idle = 0;
	w->small = w->m.p->weights.fair_step / 2.0 + 1;
	memcpy(w->best_price, w->price, bytes);
	memset(w->slope, 0, bytes);
}

/* The first prices are those of a corner that every way leads down from: the first steps are not measured by them. */
bool dual_step(struct assign_work *w)
{
	size_t bytes = (size_t)w->m.p->n_shifts * sizeof(double);
	double value = dual_value(w, w->price), before = w->peak;

	if (++w->steps > UNMEASURED) {
		if (value > w->peak) {
			w->peak = value;
			memcpy(w->best_price, w->price, bytes);
		}
		w->idle = value > before + fabs(value) * 1e-5 ? 0 : w->idle + 1;
	}
	if (w->idle >= PATIENCE) {
		w->idle = 0;
		w->stride *= 0.7;
		memcpy(w->price, w->best_price, bytes);
		memset(w->slope, 0, bytes);
		value = dual_value(w, w->price);
	}
	move_prices(w, value);
	return w->stride > LEAST_STRIDE && w->steps < MOST_STEPS && (double)w->best.cost - w->peak > (double)w->best.cost * GOOD_ENOUGH;
}
