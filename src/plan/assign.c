/* The assignment planner from outside: phases one after the other, the best plan written out. */
#include "plan/assign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign_work.h"
#include "base/mem.h"

enum {
	EFFORT_UNIT = 1000,               /* inside, effort is counted in about nanoseconds */
	PIVOTS_AT_ONCE = 2000,
	FIRST_ROUNDS = 10,                /* before prices are looked for: how far they move depends on how good the plan is */
	PRICED_FIRST = 300,               /* steps of prices before the search, and one part in so many of its effort afterwards */
	PRICED_PART = 4,
	EVERYBODY = 16,                   /* one in so many rounds has everybody in it, */
	PRICED = 700,                     /* so many of a thousand starting from the prices */
	CERTIFIED = 25,                   /* steps of prices until they are made whole and kept */
	CYCLE = 1024,                     /* rounds in which a plan may get dearer, at first by such a part of an open place's weight */
	SLACK_PART = 30,
	EFFORT_MODEL = 200,                /* of an edge, to make the model and the first plan */
	LEAST_BARREN = 200,               /* rounds, and effort, before the search is given up */
	LEAST_EFFORT = 2000000,
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

/* Each place to the cheapest in turn. */
static void fill_all(struct assign_work *w)
{
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		roster_fill(&w->now, &w->m, s);
}

/* Life --------------------------------------------------------------------------------------------------------------------------- */

/* How many shifts all people can take together. */
static int32_t most_seats(const struct assign_model *m)
{
	int32_t n = 0;

	for (int32_t i = 0; i < m->p->n_people; i++)
		n += m->most[i];
	return n;
}

static void *room(int32_t n, size_t bytes)
{
	return mem_resize(NULL, (size_t)n * bytes);
}

/* All allocation happens here. What is written before it is read is not cleared: on large problems that would take longer than to plan. */
static void make_room(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	int32_t shifts = m->p->n_shifts, people = m->p->n_people, edges = m->n_edges, most = m->most_edges + 1, seats = most_seats(m);
	int32_t **per_most[] = { &w->slot_size, &w->slot_node, &w->slot_arc, &w->slot_used, &w->kept, &w->kept_before, &w->map, &w->pattern };
	int32_t **per_shift[] = { &w->shifts, &w->shift_arc, &w->wanted, &w->seen_shifts };
	double **prices[] = { &w->price, &w->best_price, &w->slope, &w->rate, &w->shaken };
	int32_t **per_edge[] = { &w->slot, &w->arc };
	int32_t **per_node[] = { &w->later_node, &w->later_arc };

	roster_make(&w->now, m);
	roster_make(&w->best, m);
	for (size_t i = 0; i < COUNT(per_most); i++)
		*per_most[i] = room(most, sizeof(int32_t));
	for (size_t i = 0; i < COUNT(per_shift); i++)
		*per_shift[i] = room(shifts, sizeof(int32_t));
	for (size_t i = 0; i < COUNT(prices); i++)
		*prices[i] = mem_alloc((size_t)shifts * sizeof(double));
	for (size_t i = 0; i < COUNT(per_edge); i++)
		*per_edge[i] = room(edges, sizeof(int32_t));
	for (size_t i = 0; i < COUNT(per_node); i++)
		*per_node[i] = room(people + edges, sizeof(int32_t));
	w->slots = room(people, sizeof *w->slots);
	w->people = room(people, sizeof *w->people);
	w->marked = mem_alloc((size_t)people);
	w->seen = mem_alloc((size_t)shifts);
	w->undo = room(2 * seats, sizeof *w->undo);
	w->cores = room(most, sizeof *w->cores);
	w->table = mem_resize(NULL, m->most_table * sizeof *w->table);
	w->prices = mem_alloc((size_t)shifts * sizeof *w->prices);
	w->seats = room(seats + m->p->n_pins, sizeof *w->seats);
	netflow_reserve(&w->net, 1 + shifts + people + edges, shifts + 2 * edges + seats);
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
	w->effort = (int64_t)w->m.n_edges * EFFORT_MODEL;
	for (int32_t s = 0; s < p->n_shifts; s++)
		w->shift_arc[s] = -1;
	fill_all(w);
	roster_copy(&w->best, &w->now, &w->m);
	keep_prices(w, w->price);
	write_cost(w);
	write_seats(w);
	out->work = w;
	return RC_OK;
}

/* Put what the rules allow of these seats. */
static void put_seats(struct assign_work *w, const struct assign_seat *seats, int32_t n_seats)
{
	const struct assign_model *m = &w->m;

	for (int32_t k = 0; k < n_seats; k++) {
		if (seats[k].person < 0 || seats[k].person >= m->p->n_people)
			continue;
		for (int32_t i = m->first[seats[k].person]; i < m->first[seats[k].person + 1]; i++)
			if (m->edges[i].shift == seats[k].shift && roster_fits(&w->now, m, i))
				roster_put(&w->now, m, i);
	}
}

void assign_start_from(struct assign *a, const struct assign_seat *seats, int32_t n_seats, const int64_t *prices)
{
	struct assign_work *w = a->work;

	roster_clear(&w->now, &w->m);
	put_seats(w, seats, n_seats);
	fill_all(w);
	if (w->now.cost <= w->best.cost)
		roster_copy(&w->best, &w->now, &w->m);
	else
		roster_copy(&w->now, &w->best, &w->m);
	for (int32_t s = 0; s < w->m.p->n_shifts && prices; s++)
		w->price[s] = (double)(prices[s] < w->m.penalty[s] ? prices[s] : w->m.penalty[s]);
	if (prices)
		keep_prices(w, w->price);
	write_cost(w);
	write_seats(w);
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
	free(w->people);
	free(w->marked);
	free(w->shifts);
	free(w->shift_arc);
	free(w->slot);
	free(w->slots);
	free(w->arc);
	free(w->slot_size);
	free(w->slot_node);
	free(w->slot_arc);
	free(w->slot_used);
	free(w->later_node);
	free(w->later_arc);
	free(w->undo);
	free(w->price);
	free(w->best_price);
	free(w->shaken);
	free(w->slope);
	free(w->rate);
	free(w->wanted);
	free(w->table);
	free(w->kept);
	free(w->kept_before);
	free(w->map);
	free(w->pattern);
	free(w->cores);
	free(w->seen_shifts);
	free(w->seen);
	free(w->seats);
	free(w->prices);
	free(w);
	a->work = NULL;
}

/* Work --------------------------------------------------------------------------------------------------------------------------- */

/* Take what a network has found; returns whether the plan got cheaper. */
static bool take(struct assign_work *w)
{
	if (!flow_take(w) || w->now.cost > w->best.cost)
		return false;
	if (w->now.cost == w->best.cost)
		return false;
	w->stale = true;
	roster_copy(&w->best, &w->now, &w->m);
	w->found = effort_of(w);
	write_cost(w);
	return true;
}

/* The slots of the model, everybody in them. */
static void begin_flow(struct assign_work *w)
{
	const struct assign_model *m = &w->m;

	for (int32_t i = 0; i < m->n_edges; i++)
		w->slot[i] = m->edges[i].slot;
	memcpy(w->slots, m->slots, (size_t)m->p->n_people * sizeof *w->slots);
	flow_everybody(w);
	flow_build(w);
	w->phase = PHASE_FLOW;
}

/* The flow is optimal: its prices prove so where slots say all, else they are where the search for better ones begins. */
static void end_flow(struct assign_work *w)
{
	take(w);
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->price[s] = w->shift_arc[s] >= 0 ? (double)w->net.price[1 + w->shift_arc[s]] : (double)w->m.penalty[s];
	keep_prices(w, w->price);
	w->phase = PHASE_FIRST;
	w->rounds = w->barren = 0;
}

/* Prices in whole numbers are what is shown and proven by; the search goes on with the finer ones. */
static void certify(struct assign_work *w)
{
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->shaken[s] = nearbyint(w->best_price[s]);
	keep_prices(w, w->shaken);
}

/* A cycle begins at the best plan; first it may leave it by so much. */
static void begin_cycle(struct assign_work *w)
{
	w->slack = w->m.p->weights.unfilled / SLACK_PART;
	w->slack_step = w->slack / CYCLE + 1;
	roster_copy(&w->now, &w->best, &w->m);
}

static void end_first(struct assign_work *w)
{
	w->phase = PHASE_SEARCH;
	w->pricing = true;
	w->rounds = w->barren = 0;
	dual_begin(w);
	begin_cycle(w);
}

static void begin_round(struct assign_work *w)
{
	if (w->phase == PHASE_FIRST)
		round_of_everybody(w, 0);
	else if (w->rounds % EVERYBODY == 0)
		round_of_everybody(w, PRICED);
	else
		round_near(w);
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
	w->rounds++;
	w->barren = take(w) ? 0 : w->barren + 1;
	return true;
}

/* The search ends when as much again as it took to the last better plan has found no other. */
static bool is_barren(const struct assign_work *w)
{
	return !w->pricing && w->barren >= LEAST_BARREN && effort_of(w) - w->found > w->found + LEAST_EFFORT;
}

static void piece_of_pricing(struct assign_work *w)
{
	w->pricing = dual_step(w);
	if (!w->pricing || w->steps % CERTIFIED == 0)
		certify(w);
}

/* Prices first, for they lead the rounds; then both in turn, for a good plan says how far prices still have to move. */
static void piece_of_search(struct assign_work *w)
{
	int64_t before = effort_of(w);

	if (w->pricing && !w->solving && (w->steps < PRICED_FIRST || (PRICED_PART - 1) * w->dual_effort <= w->search_effort)) {
		piece_of_pricing(w);
		if (w->steps > PRICED_FIRST)
			w->dual_effort += effort_of(w) - before;
		return;
	}
	if (piece_of_round(w)) {
		w->slack -= w->slack_step;
		if (w->slack < 0)
			w->slack = 0;
		if (is_barren(w))
			w->phase = PHASE_DONE;
		else if (w->rounds % CYCLE == 0)
			begin_cycle(w);
	}
	w->search_effort += effort_of(w) - before;
}

static void piece_of_work(struct assign_work *w)
{
	switch (w->phase) {
	case PHASE_START:
		begin_flow(w);
		break;
	case PHASE_FLOW:
		if (netflow_improve(&w->net, PIVOTS_AT_ONCE))
			end_flow(w);
		break;
	case PHASE_FIRST:
		if (piece_of_round(w) && (w->rounds == FIRST_ROUNDS || w->barren == 2))
			end_first(w);
		break;
	case PHASE_SEARCH:
		piece_of_search(w);
		break;
	case PHASE_DONE:
		break;
	}
	if (w->plan.proven)
		w->phase = PHASE_DONE;
}

bool assign_step(struct assign *a, int64_t effort)
{
	struct assign_work *w = a->work;

	w->allowed += effort * EFFORT_UNIT;
	while (w->phase != PHASE_DONE && effort_of(w) < w->allowed)
		piece_of_work(w);
	if (w->stale)
		write_seats(w);
	return w->phase != PHASE_DONE;
}

const struct assign_plan *assign_best(const struct assign *a)
{
	return &a->work->plan;
}
