/* The routing planner from outside: life, cooling, the best plan written out. */
#include "plan/route.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "route_work.h"

enum { ROUNDS_AT_ONCE = 32, LOGS = 4096, CYCLES_SHOWN = 20, MOST_LEGS = 32, AIM_ROUNDS = 10000, AIM_ROUNDS_A_STOP = 300 };
/* Temperatures in mean ways to the fifth nearest stop; a later cycle, and one that begins from somebody's plan, starts less hot. */
static const double HOT = 1.8, COLD = 0.018, HOT_MIXED = 2.5, COLD_MIXED = 0.05, WARM = 0.2;
/* With fewer rounds a stop than this there is no time to cool from so high: it begins less hot, by the root of the share, never below the least.  Who
 * makes which trip, where that matters, is settled while it is hot. */
static const double ROUNDS_A_STOP = 400, ROUNDS_A_US = 0.25, LEAST_HOT = 0.25;
/* One long cooling ends in whatever valley it came to; several shorter ones, each from where the last one ended and less hot than the first, see several.
 * For one as many rounds a stop are enough as there are stops, within these. */
static const double LEAST_A_LEG = 110, MOST_A_LEG = 300, REHEAT = 0.35;
/* What the search takes an unserved meal for, in the same: enough that it is the last thing to give up, little enough to give it up for another. */
static const double SOFT_MEAL = 20;

/* Life -------------------------------------------------------------------------------------------------------------------------------- */

static void make_room(struct route_work *w)
{
	size_t stops = (size_t)w->m.n + 1, carriers = (size_t)w->m.p->n_carriers;
	int32_t **per_stop[] = { &w->absent, &w->absent_at, &w->hand, &w->key, &w->best_next, &w->best_route, &w->plan_unserved };

	trips_make(w);
	for (size_t i = 0; i < COUNT(per_stop); i++)
		*per_stop[i] = mem_alloc(stops * sizeof(int32_t));
	w->best_first = mem_alloc(carriers * sizeof *w->best_first);
	w->dirty = mem_alloc(carriers * sizeof *w->dirty);
	w->is_dirty = mem_alloc(carriers * sizeof *w->is_dirty);
	w->soft_price = mem_alloc(stops * sizeof *w->soft_price);
	w->plan_trips = mem_alloc(carriers * sizeof *w->plan_trips);
	w->plan_stops = mem_alloc(stops * sizeof *w->plan_stops);
	w->logs = mem_alloc(LOGS * sizeof *w->logs);
}

/* Prices as the search sees them keep their proportions, but for those that would be next to nothing. */
static void set_prices(struct route_work *w)
{
	const struct route_weights *x = &w->m.p->weights;
	double meal = SOFT_MEAL * w->m.spread * x->second + 2.0 * x->pin + 2.0 * x->order, scale = x->unserved > 0 ? meal / x->unserved : 1;

	for (int32_t i = 1; i <= w->m.n; i++) {
		int64_t price = w->m.stops[i].price;

		w->soft_price[i] = scale < 1 ? (int64_t)((double)price * scale) : price;
	}
}

static void set_heat(struct route_work *w)
{
	double by_time = w->aim.us > 0 ? (double)w->aim.us * ROUNDS_A_US : 1e18, by_rounds = w->aim.rounds > 0 ? (double)w->aim.rounds : 1e18;
	double a_stop = fmin(by_time, by_rounds) / (w->m.n + 1), share = sqrt(a_stop / ROUNDS_A_STOP);

	w->legs = w->mixed ? 1 : (int32_t)fmax(1, fmin(a_stop / fmin(fmax(w->m.n, LEAST_A_LEG), MOST_A_LEG), MOST_LEGS));
	share = w->mixed ? 1 : fmax(LEAST_HOT, fmin(share, 1));
	w->hot = (w->mixed ? HOT_MIXED : HOT) * share * w->m.spread * w->m.p->weights.second + 1;
	w->cold = (w->mixed ? COLD_MIXED : COLD) * w->m.spread * w->m.p->weights.second + 0.01;
	for (int32_t i = 0; i < LOGS; i++)
		w->logs[i] = log((i + 0.5) / LOGS);
}

/* Whether it does not matter which carrier makes a trip. */
static bool all_alike(const struct route_model *m)
{
	bool alike = m->n_classes == 1 && m->p->n_forbidden == 0;

	for (int32_t i = 1; i <= m->n && alike; i++)
		alike = m->stops[i].pin < 0 && m->stops[i].familiar < 0;
	return alike;
}

static void count_used(struct route_work *w)
{
	w->n_used = 0;
	for (int32_t i = 0; i < w->m.p->n_carriers; i++)
		w->n_used += w->trips[i].n > 0;
}

static void begin_best(struct route_work *w)
{
	w->n_dirty = 0;
	for (int32_t i = 0; i < w->m.p->n_carriers; i++) {
		w->dirty[w->n_dirty++] = i;
		w->is_dirty[i] = true;
	}
	best_keep(w);
	count_used(w);
}

enum rc route_init(struct route *out, const struct route_problem *p, uint64_t seed, struct err *e)
{
	struct route_work *w = mem_alloc(sizeof *w);
	enum rc rc = route_model_make(&w->m, p, e);

	if (rc != RC_OK) {
		free(w);
		return rc;
	}
	make_room(w);
	w->chance = (seed + 1) * 0x9E3779B97F4A7C15ULL | 1;
	w->aim.rounds = AIM_ROUNDS + AIM_ROUNDS_A_STOP * (int64_t)w->m.n;
	w->blink = 1;
	w->mixed = !all_alike(&w->m);
	set_prices(w);
	set_heat(w);
	for (int32_t i = 0; i <= w->m.n; i++)
		w->absent_at[i] = w->best_route[i] = -1;
	for (int32_t i = 1; i <= w->m.n; i++)
		absent_add(w, i);
	if (!w->mixed && w->m.n > 1 && !w->m.timed && !w->m.ranked && w->m.symmetric)
		start_savings(w);
	else
		start_spots(w);
	begin_best(w);
	out->work = w;
	return RC_OK;
}

void route_aim_at(struct route *r, struct route_aim aim)
{
	if (aim.rounds <= 0 && aim.us <= 0)
		return;
	r->work->aim = aim;
	set_heat(r->work);
}

void route_start_from(struct route *r, const struct route_plan *from)
{
	struct route_work *w = r->work;

	trips_clear(w);
	w->n_absent = 0;
	w->lost = w->soft_lost = 0;
	for (int32_t i = 1; i <= w->m.n; i++)
		absent_add(w, i);
	for (int32_t k = 0; k < from->n_trips; k++) {
		int32_t route = from->trips[k].carrier, after = 0;

		if (route < 0 || route >= w->m.p->n_carriers)
			continue;
		for (int32_t i = from->trips[k].first; i < from->trips[k].first + from->trips[k].n; i++) {
			int32_t stop = from->stops[i].diner + 1;

			if (stop < 1 || stop > w->m.n || w->absent_at[stop] < 0 || spot_at(w, stop, route, after).delta == INT64_MAX)
				continue;
			round_begin(w);
			trip_put(w, stop, route, after);
			trip_settle(w, route);
			absent_remove(w, stop);
			after = stop;
		}
	}
	start_spots(w);
	w->warm = true;
	begin_best(w);
}

void route_release(struct route *r)
{
	struct route_work *w = r->work;

	if (!w)
		return;
	void *blocks[] = {
		w->nodes, w->gap, w->trips, w->before, w->behind, w->rank_before, w->rank_behind, w->idle, w->soft_price, w->absent, w->absent_at,
		w->changes, w->touched, w->touched_round, w->trips_saved, w->hand, w->key, w->best_next, w->best_first, w->best_route, w->dirty,
		w->is_dirty, w->logs, w->plan_trips, w->plan_stops, w->plan_unserved,
	};

	for (size_t i = 0; i < COUNT(blocks); i++)
		free(blocks[i]);
	route_model_release(&w->m);
	free(w);
	r->work = NULL;
}

/* Work -------------------------------------------------------------------------------------------------------------------------------- */

/* How far the cycle is: 1 at its end. Cycles after the first are each as long as all before. */
static double progress(const struct route_work *w)
{
	double share = w->cycles == 0 ? 1 : (double)(INT64_C(1) << (w->cycles < CYCLES_SHOWN ? w->cycles - 1 : CYCLES_SHOWN));
	double rounds = w->aim.rounds > 0 ? (double)(w->spent.rounds - w->cycle_from.rounds) / ((double)w->aim.rounds * share) : 0;
	double us = w->aim.us > 0 ? (double)(w->spent.us - w->cycle_from.us) / ((double)w->aim.us * share) : 0;

	return rounds > us ? rounds : us;
}

static void cool(struct route_work *w)
{
	double done = progress(w), hot;
	int32_t leg;

	if (done >= 1) {
		best_load(w);
		count_used(w);
		w->cycles++;
		w->cycle_from = w->spent;
		done = 0;
	}
	done = fmin(done, 1) * w->legs;
	leg = (int32_t)fmin(done, w->legs - 1);
	hot = w->hot * (w->warm || w->cycles > 0 ? WARM : leg > 0 ? REHEAT : 1);
	w->heat = hot * pow(w->cold / hot, done - leg);
}

bool route_step(struct route *r, int64_t us, int64_t rounds, const struct plan_clock *clock)
{
	struct route_work *w = r->work;
	int64_t began = clock->now(clock->with), before = w->spent.us, done = 0;

	if (w->m.n == 0 || w->m.p->n_carriers == 0)
		return false;
	while (us > 0 || rounds > 0 || progress(w) < 1) {
		int64_t n = rounds > 0 && rounds - done < ROUNDS_AT_ONCE ? rounds - done : ROUNDS_AT_ONCE;

		cool(w);
		for (int64_t i = 0; i < n; i++)
			search_round(w);
		done += n;
		w->spent.rounds += n;
		w->spent.us = before + clock->now(clock->with) - began;
		if ((us > 0 && w->spent.us - before >= us) || (rounds > 0 && done >= rounds))
			break;
	}
	return w->cycles == 0 && progress(w) < 1;
}

/* The plan ---------------------------------------------------------------------------------------------------------------------------- */

/* Where time does not bind he leaves at once; else as early as there is no more waiting than must be. */
static void write_trip(struct route_work *w, int32_t route)
{
	const struct route_model *m = &w->m;
	struct route_plan *plan = &w->plan;
	struct span kitchen = span_of_kitchen(m, route), all = kitchen;
	struct route_trip *t = &w->plan_trips[plan->n_trips];
	int32_t speed = m->p->carriers[route].speed, at, before = 0, rank = 0;

	*t = (struct route_trip){ .carrier = route, .first = plan->n_stops };
	for (int32_t i = w->best_first[route]; i; before = i, i = w->best_next[i]) {
		struct span own = span_of_stop(&m->stops[i]), longer;

		if (span_join(&all, model_way(m, speed, before, i), &own, &longer))
			all = longer;
	}
	t->leave_s = at = all.soonest;
	before = 0;
	for (int32_t i = w->best_first[route]; i; before = i, i = w->best_next[i]) {
		const struct model_stop *s = &m->stops[i];

		at += model_way(m, speed, before, i);
		t->waiting_s += at < s->open ? s->open - at : 0;
		at = at < s->open ? s->open : at;
		w->plan_stops[plan->n_stops++] = (struct route_stop){ i - 1, at };
		t->last_door_s = at;
		at += s->service;
		t->n++;
		t->meals += s->meals;
		plan->pins_broken += s->pin >= 0 && s->pin != route;
		plan->strange_faces += s->familiar >= 0 && s->familiar != route;
		plan->orders_broken += s->rank > 0 && s->rank < rank;
		rank = s->rank > 0 ? s->rank : rank;
	}
	t->back_s = at + model_way(m, speed, before, 0);
	plan->seconds += t->back_s - t->leave_s;
	plan->n_trips++;
}

static void write_plan(struct route_work *w)
{
	struct route_plan *plan = &w->plan;
	int64_t meals = 0, room = 0;

	*plan = (struct route_plan){ .trips = w->plan_trips, .stops = w->plan_stops, .unserved = w->plan_unserved, .cost = w->best_cost };
	for (int32_t route = 0; route < w->m.p->n_carriers; route++) {
		room += w->m.p->carriers[route].capacity;
		if (w->best_first[route])
			write_trip(w, route);
	}
	for (int32_t i = 1; i <= w->m.n; i++) {
		meals += w->m.stops[i].meals;
		if (w->best_route[i] >= 0)
			continue;
		w->plan_unserved[plan->n_unserved++] = i - 1;
		plan->unserved_meals += w->m.stops[i].meals;
	}
	plan->unserved_at_least = meals > room ? meals - room : 0;
	w->stale = false;
}

const struct route_plan *route_best(const struct route *r)
{
	if (r->work->stale)
		write_plan(r->work);
	r->work->plan.rounds = r->work->spent.rounds;
	return &r->work->plan;
}
