/* The assignment planner from outside: phases one after the other, the best plan written out. */
#include "plan/assign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign_work.h"
#include "base/mem.h"

enum {
	PIVOTS_AT_ONCE = 2000,
	FIRST_ROUNDS = 10,                /* before prices are looked for: how far they move depends on how good the plan is */
	PRICED_ROUNDS = 4,                /* the first ones after it have all people start from the prices */
	PRICED = 700,                     /* of a thousand people, in later rounds */
	MOST_BARREN = 2000,
};

/* The plan ----------------------------------------------------------------------------------------------------------------------- */

static int by_seat(const void *left, const void *right)
{
	const struct assign_seat *a = left, *b = right;

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->shift > b->shift) - (a->shift < b->shift);
}

static void write_bound(struct assign_work *w)
{
	struct assign_plan *plan = &w->plan;
	int64_t open = w->m.p->weights.unfilled;

	plan->bound = (int64_t)ceil(w->bound - 1e-6) + w->m.pinned_cost;
	plan->proven = plan->bound >= plan->cost;
	plan->at_most = open > 0 ? (plan->cost - plan->bound) / open : plan->unfilled;
	plan->at_most = plan->at_most < plan->unfilled ? plan->at_most : plan->unfilled;
}

static void write_cost(struct assign_work *w)
{
	w->plan.cost = w->best.cost + w->m.pinned_cost;
	w->plan.unfilled = 0;
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->plan.unfilled += w->m.places[s] - w->best.filled[s];
	write_bound(w);
}

static void write_seats(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	int32_t n = 0;

	for (int32_t i = 0; i < m->p->n_pins; i++)
		w->seats[n++] = m->p->pins[i];
	for (int32_t i = 0; i < m->n_edges; i++)
		if (w->best.on[i])
			w->seats[n++] = (struct assign_seat){ m->edges[i].person, m->edges[i].shift };
	qsort(w->seats, (size_t)n, sizeof *w->seats, by_seat);
	w->plan.n_seats = n;
	w->plan.seats = w->seats;
	w->plan.prices = w->prices;
	w->stale = false;
}

/* A plan that is no better but another one is taken too: from it the search may find what it did not from the old one. */
static void keep_better(struct assign_work *w)
{
	if (w->now.cost > w->best.cost)
		return;
	roster_copy(&w->best, &w->now, &w->m);
	write_cost(w);
	w->stale = true;
}

/* Keep prices if they prove more than those before. */
static void keep_prices(struct assign_work *w, const double *price)
{
	double value = dual_value(w, price);

	if (value <= w->bound)
		return;
	w->bound = value;
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->prices[s] = (int64_t)price[s];
	write_bound(w);
}

/* Life --------------------------------------------------------------------------------------------------------------------------- */

static void make_room(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	size_t shifts = (size_t)m->p->n_shifts, people = (size_t)m->p->n_people, edges = (size_t)m->n_edges, most = (size_t)m->most_edges + 1;
	int32_t **per_most[] = { &w->slot_size, &w->slot_node, &w->slot_arc, &w->slot_used, &w->kept, &w->kept_before, &w->map, &w->pattern };
	double **per_shift[] = { &w->price, &w->best_price, &w->slope, &w->rate };
	int64_t arcs = (int64_t)m->p->n_shifts + 2 * (int64_t)m->n_edges;

	roster_make(&w->now, m);
	roster_make(&w->best, m);
	w->slot = mem_alloc(edges * sizeof *w->slot);
	w->arc = mem_alloc(edges * sizeof *w->arc);
	w->later_node = mem_alloc((people + edges) * sizeof *w->later_node);
	w->later_arc = mem_alloc((people + edges) * sizeof *w->later_arc);
	w->slots = mem_alloc(people * sizeof *w->slots);
	w->marked = mem_alloc(people);
	w->wanted = mem_alloc(shifts * sizeof *w->wanted);
	for (size_t i = 0; i < COUNT(per_most); i++)
		*per_most[i] = mem_alloc(most * sizeof(int32_t));
	for (size_t i = 0; i < COUNT(per_shift); i++)
		*per_shift[i] = mem_alloc(shifts * sizeof(double));
	w->cores = mem_alloc(most * sizeof *w->cores);
	w->table = mem_alloc(m->most_table * sizeof *w->table);
	w->prices = mem_alloc(shifts * sizeof *w->prices);
	w->seats = mem_alloc((edges + (size_t)m->p->n_pins) * sizeof *w->seats);
	for (int32_t i = 0; i < m->p->n_people; i++)
		arcs += m->most[i];
	netflow_reserve(&w->net, 1 + m->p->n_shifts + m->p->n_people + m->n_edges, (int32_t)arcs);
}

enum rc assign_init(struct assign *out, const struct assign_problem *p, uint64_t seed, struct err *e)
{
	struct assign_work *w = mem_alloc(sizeof *w);
	enum rc rc = model_make(&w->m, p, e);

	if (rc != RC_OK) {
		free(w);
		return rc;
	}
	make_room(w);
	w->chance = (seed + 1) * 0x9E3779B97F4A7C15ULL | 1;
	w->bound = -1e18;
	for (int32_t i = 0; i < w->m.n_edges; i++)
		w->slot[i] = w->m.edges[i].slot;
	memcpy(w->slots, w->m.slots, (size_t)p->n_people * sizeof *w->slots);
	for (int32_t s = 0; s < p->n_shifts; s++)
		roster_fill(&w->now, &w->m, s);
	roster_copy(&w->best, &w->now, &w->m);
	roster_clear(&w->now, &w->m);
	flow_build(w, &w->now);
	keep_prices(w, w->price);
	write_cost(w);
	write_seats(w);
	out->work = w;
	return RC_OK;
}

void assign_start_from(struct assign *a, const struct assign_seat *seats, int32_t n_seats)
{
	struct assign_work *w = a->work;
	const struct assign_model *m = &w->m;

	roster_clear(&w->now, m);
	for (int32_t k = 0; k < n_seats; k++) {
		if (seats[k].person < 0 || seats[k].person >= m->p->n_people)
			continue;
		for (int32_t i = m->first[seats[k].person]; i < m->first[seats[k].person + 1]; i++)
			if (m->edges[i].shift == seats[k].shift && roster_fits(&w->now, m, i))
				roster_put(&w->now, m, i);
	}
	for (int32_t s = 0; s < m->p->n_shifts; s++)
		roster_fill(&w->now, m, s);
	keep_better(w);
	write_seats(w);
	flow_build(w, &w->now);
}

void assign_release(struct assign *a)
{
	struct assign_work *w = a->work;

	if (!w)
		return;
	netflow_release(&w->net);
	roster_release(&w->now);
	roster_release(&w->best);
	model_release(&w->m);
	free(w->slot);
	free(w->arc);
	free(w->slots);
	free(w->slot_size);
	free(w->slot_node);
	free(w->slot_arc);
	free(w->slot_used);
	free(w->later_node);
	free(w->later_arc);
	free(w->wanted);
	free(w->marked);
	free(w->kept);
	free(w->kept_before);
	free(w->map);
	free(w->pattern);
	free(w->price);
	free(w->best_price);
	free(w->slope);
	free(w->rate);
	free(w->cores);
	free(w->table);
	free(w->prices);
	free(w->seats);
	free(w);
	a->work = NULL;
}

/* Work --------------------------------------------------------------------------------------------------------------------------- */

/* The flow is optimal: its prices prove so where slots say all, else they are where the search for better ones begins. */
static void end_flow(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	bool whole = flow_take(w);

	for (int32_t s = 0; s < m->p->n_shifts; s++) {
		if (!whole)
			roster_fill(&w->now, m, s);
		w->price[s] = (double)w->net.price[1 + s];
	}
	keep_better(w);
	keep_prices(w, w->price);
	w->phase = w->plan.proven ? PHASE_DONE : PHASE_FIRST;
}

/* Prices in whole numbers are what is shown and proven by; the search goes on with the finer ones. */
static void end_dual(struct assign_work *w)
{
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->price[s] = nearbyint(w->best_price[s]);
	keep_prices(w, w->price);
	w->phase = w->plan.proven ? PHASE_DONE : PHASE_SEARCH;
	w->rounds = w->barren = 0;
}

/* Of four rounds two have most people start from the prices, one those near an open place, and one nobody. */
static void begin_round(struct assign_work *w)
{
	if (w->phase == PHASE_FIRST)
		round_begin(w, 0, false);
	else if (w->rounds < PRICED_ROUNDS)
		round_begin(w, 1000, false);
	else
		round_begin(w, w->rounds % 4 == 1 ? 0 : PRICED, w->rounds % 4 == 3);
	w->solving = true;
}

/* A piece of a round; returns whether it was the last. */
static bool piece_of_round(struct assign_work *w)
{
	if (!w->solving)
		begin_round(w);
	if (!netflow_improve(&w->net, PIVOTS_AT_ONCE))
		return false;
	w->solving = false;
	round_end(w);
	w->rounds++;
	w->barren = w->now.cost < w->best.cost ? 0 : w->barren + 1;
	keep_better(w);
	return true;
}

static void piece_of_work(struct assign_work *w)
{
	switch (w->phase) {
	case PHASE_FLOW:
		if (netflow_improve(&w->net, PIVOTS_AT_ONCE))
			end_flow(w);
		break;
	case PHASE_FIRST:
		if (piece_of_round(w) && (w->plan.proven || w->rounds == FIRST_ROUNDS || w->barren == 2)) {
			w->phase = w->plan.proven ? PHASE_DONE : PHASE_DUAL;
			dual_begin(w);
		}
		break;
	case PHASE_DUAL:
		if (!dual_step(w))
			end_dual(w);
		break;
	case PHASE_SEARCH:
		if (piece_of_round(w) && (w->plan.proven || w->barren >= MOST_BARREN))
			w->phase = PHASE_DONE;
		break;
	case PHASE_DONE:
		break;
	}
}

bool assign_step(struct assign *a, int64_t budget_us, const struct plan_clock *clock)
{
	struct assign_work *w = a->work;
	int64_t until = clock->now(clock->with) + budget_us;

	while (w->phase != PHASE_DONE && clock->now(clock->with) < until)
		piece_of_work(w);
	if (w->stale)
		write_seats(w);
	return w->phase != PHASE_DONE;
}

const struct assign_plan *assign_best(const struct assign *a)
{
	return &a->work->plan;
}
