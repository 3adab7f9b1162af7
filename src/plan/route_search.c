/* The search: each round takes strings of neighbouring stops out of a few trips near one place and puts them in again, the cheapest spot first seen by
 * each; what is worse is kept by a chance that cools down. */
#include "route_work.h"

#include <math.h>
#include <string.h>

enum {
	MEAN_TAKEN = 10,                  /* stops a round */
	LONGEST = 10,                     /* string */
	SPLIT_STOPS = 100,                /* a split string keeps one stop more inside it but for one in so many */
	MOST_TRIPS = 32,                  /* a round */
	ABSENT_NEAR = 12, ABSENT_FAR = 2, /* tried a round */
	ANYWHERE_ONE_IN = 12,             /* rounds in which a stop without a spot is tried in all trips */
	EXCHANGE_ONE_IN = 16,             /* rounds in which whole trips change their carriers */
	WHOLE_ONE_IN = 24,                /* rounds in which one trip is taken out as a whole: perhaps one less will do */
	TAILS_TRIED = 4,                  /* pairs whose ends may be exchanged before each round */
	LOGS = 4096,
};

/* Taking out -------------------------------------------------------------------------------------------------------------------------- */

static void take(struct route_work *w, int32_t stop)
{
	trip_take(w, stop);
	w->hand[w->n_hand++] = stop;
}

/* Take `n` stops from `first` on, but for `kept` ones after the first `upto`. */
static void take_string(struct route_work *w, int32_t first, int32_t n, int32_t upto, int32_t kept)
{
	int32_t stop = first;

	for (int32_t i = 0; i < n + kept && stop; i++) {
		int32_t next = w->nodes[stop].next;

		if (i < upto || i >= upto + kept)
			take(w, stop);
		stop = next;
	}
}

/* Take a string of `n` stops that `stop` is in, whole or split. */
static void take_round(struct route_work *w, int32_t stop, int32_t n)
{
	const struct trip *t = &w->trips[w->nodes[stop].route];
	int32_t kept = 0, upto = n, ahead = 0, behind = 0, least, most, first = stop;

	if (n > 1 && n < t->n && (chance_bits(w) >> 63)) {
		kept = 1;
		while (n + kept < t->n && chance_below(w, SPLIT_STOPS) != 0)
			kept++;
		upto = 1 + chance_below(w, n - 1);
	}
	/* The string begins up to n + kept - 1 before the stop and ends no earlier than it. */
	for (int32_t i = w->nodes[stop].prev; i && ahead < n + kept - 1; i = w->nodes[i].prev)
		ahead++;
	for (int32_t i = w->nodes[stop].next; i && behind < n + kept - 1; i = w->nodes[i].next)
		behind++;
	least = n + kept - 1 - behind > 0 ? n + kept - 1 - behind : 0;
	most = ahead;
	for (int32_t back = least + chance_below(w, most - least + 1); back > 0; back--)
		first = w->nodes[first].prev;
	take_string(w, first, n, upto, kept);
}

static bool is_touched(const struct route_work *w, int32_t route)
{
	return w->touched_round[route] == w->round;
}

/* Returns whether all trips keep their times without what was taken. */
static bool take_out(struct route_work *w)
{
	const struct route_model *m = &w->m;
	double mean = w->n_used > 0 ? (double)(m->n - w->n_absent) / w->n_used : 1, longest = mean < LONGEST ? mean : LONGEST;
	int32_t trips = 1 + (int32_t)(chance_part(w) * (4.0 * MEAN_TAKEN / (1 + longest) - 1));
	bool hold = true, whole = w->mixed && chance_below(w, WHOLE_ONE_IN) == 0;

	for (int32_t k = -1; k < m->n_near && w->n_touched < trips && w->n_touched < MOST_TRIPS; k++) {
		int32_t stop = k < 0 ? w->seed_stop : m->near[(size_t)w->seed_stop * (size_t)m->n_near + (size_t)k].stop, route, n;
		double most;

		if (stop == 0)
			break;
		route = w->nodes[stop].route;
		if (route < 0 || is_touched(w, route))
			continue;
		most = w->trips[route].n < longest ? w->trips[route].n : longest;
		n = 1 + (int32_t)(chance_part(w) * most);
		if (whole && w->n_touched == 0)
			n = w->trips[route].n;
		take_round(w, stop, n < w->trips[route].n ? n : w->trips[route].n);
	}
	for (int32_t i = 0; i < w->n_touched; i++)
		hold = trip_settle(w, w->touched[i]) && hold;
	return hold;
}

/* Exchanging -------------------------------------------------------------------------------------------------------------------------- */

/* Put stops of the hand from `first` to `last` one after the other into an empty trip; who does not fit stays in the hand. */
static void put_whole(struct route_work *w, int32_t first, int32_t last, int32_t route, int32_t *left)
{
	int32_t after = 0;

	for (int32_t i = first; i < last; i++) {
		int32_t stop = w->hand[i];

		if (spot_at(w, stop, route, after).delta == INT64_MAX) {
			w->hand[(*left)++] = stop;
			continue;
		}
		trip_put(w, stop, route, after);
		trip_settle(w, route);
		after = stop;
	}
}

/* Two carriers of different kinds exchange their trips, or one takes over the other's. Returns whether there was anything to do. */
static bool exchange(struct route_work *w)
{
	int32_t a = w->nodes[w->seed_stop].route, b = chance_below(w, w->m.p->n_carriers), middle, left = 0;

	if (a < 0 || a == b)
		return false;
	for (int32_t stop = w->trips[a].first, next; stop; stop = next) {
		next = w->nodes[stop].next;
		take(w, stop);
	}
	middle = w->n_hand;
	for (int32_t stop = w->trips[b].first, next; stop; stop = next) {
		next = w->nodes[stop].next;
		take(w, stop);
	}
	trip_settle(w, a);
	trip_settle(w, b);
	put_whole(w, 0, middle, b, &left);
	put_whole(w, middle, w->n_hand, a, &left);
	w->n_hand = left;
	return true;
}

/* Putting in -------------------------------------------------------------------------------------------------------------------------- */

/* Of those who are left out, those near the place that the round is about, and a few others. */
static void call_absent(struct route_work *w)
{
	const struct route_model *m = &w->m;
	const struct model_near *near = &m->near[(size_t)w->seed_stop * (size_t)m->n_near];
	int32_t called = w->n_hand;

	if (w->n_absent <= ABSENT_NEAR) {
		for (int32_t i = 0; i < w->n_absent; i++)
			w->hand[w->n_hand++] = w->absent[i];
		return;
	}
	if (w->absent_at[w->seed_stop] >= 0)
		w->hand[w->n_hand++] = w->seed_stop;
	for (int32_t k = 0; k < m->n_near && near[k].stop && w->n_hand - called < ABSENT_NEAR; k++)
		if (w->absent_at[near[k].stop] >= 0)
			w->hand[w->n_hand++] = near[k].stop;
	for (int32_t k = 0; k < ABSENT_FAR; k++) {
		int32_t stop = w->absent[chance_below(w, w->n_absent)], i = called;

		while (i < w->n_hand && w->hand[i] != stop)
			i++;
		if (i == w->n_hand)
			w->hand[w->n_hand++] = stop;
	}
}

static int32_t way_out(const struct route_work *w, int32_t stop)
{
	return model_way(&w->m, w->m.p->carriers[0].speed, 0, stop);
}

/* By chance, by meals, the farthest first, the nearest first, or, where somebody is left out, by time spent on a meal. */
static void sort_hand(struct route_work *w)
{
	int32_t kind = chance_below(w, w->n_absent > 0 ? 15 : 11);

	for (int32_t i = 0; i < w->n_hand; i++) {
		int32_t stop = w->hand[i], at = i, key;
		const struct model_stop *s = &w->m.stops[stop];

		if (kind < 4)
			key = (int32_t)(chance_bits(w) >> 34);
		else if (kind < 8)
			key = -s->meals;
		else if (kind < 11)
			key = kind < 10 ? -way_out(w, stop) : way_out(w, stop);
		else
			key = s->meals > 0 ? s->service * 16 / s->meals : s->service * 16;
		w->key[stop] = key;
		for (; at > 0 && w->key[w->hand[at - 1]] > key; at--)
			w->hand[at] = w->hand[at - 1];
		w->hand[at] = stop;
	}
}

/* What a stop in hand will cost at least: his time at the door, or that he is left out. */
static int64_t at_least(const struct route_work *w, int32_t stop)
{
	int64_t service = (int64_t)w->m.p->weights.second * w->m.stops[stop].service;

	return service < w->soft_price[stop] ? service : w->soft_price[stop];
}

/* Returns false as soon as it is certain, no detour being less than none, that the round won't be worth keeping.  In every other round nobody is put in who costs more than his price;
 * in the others he may be the first of several who are worth it together. */
static bool put_in(struct route_work *w, double keep_below)
{
	bool frugal = chance_bits(w) >> 63, anywhere = w->n_absent > 0 && w->m.n_near < w->m.n - 1 && chance_below(w, ANYWHERE_ONE_IN) == 0;
	int64_t rest = 0;

	for (int32_t i = 0; i < w->n_hand; i++)
		rest += at_least(w, w->hand[i]);
	for (int32_t i = 0; i < w->n_hand; i++) {
		int32_t stop = w->hand[i];
		struct spot s;

		if ((double)(w->cost + w->soft_lost + rest) >= keep_below)
			return false;
		rest -= at_least(w, stop);
		s = spot_near(w, stop, true);
		if (s.delta == INT64_MAX && anywhere)
			s = spot_anywhere(w, stop);
		if (s.delta == INT64_MAX || (frugal && s.delta >= w->m.stops[stop].price)) {
			w->lost += w->m.stops[stop].price;
			w->soft_lost += w->soft_price[stop];
		} else {
			trip_put(w, stop, s.route, s.after);
			if (!trip_settle(w, s.route))
				return false;
		}
	}
	return (double)(w->cost + w->soft_lost) < keep_below;
}

/* The best ---------------------------------------------------------------------------------------------------------------------------- */

static void mark_dirty(struct route_work *w)
{
	for (int32_t i = 0; i < w->n_touched; i++) {
		int32_t route = w->touched[i];

		if (w->is_dirty[route])
			continue;
		w->is_dirty[route] = true;
		w->dirty[w->n_dirty++] = route;
	}
}

/* The trips as they are become the best; only those that changed are written. */
void best_keep(struct route_work *w)
{
	for (int32_t i = 0; i < w->n_dirty; i++)
		for (int32_t stop = w->best_first[w->dirty[i]]; stop; stop = w->best_next[stop])
			w->best_route[stop] = -1;
	for (int32_t i = 0; i < w->n_dirty; i++) {
		int32_t route = w->dirty[i];

		w->is_dirty[route] = false;
		w->best_first[route] = w->trips[route].first;
		for (int32_t stop = w->trips[route].first; stop; stop = w->nodes[stop].next) {
			w->best_next[stop] = w->nodes[stop].next;
			w->best_route[stop] = route;
		}
	}
	w->n_dirty = 0;
	w->best_cost = w->cost + w->lost;
	w->stale = true;
}

void best_load(struct route_work *w)
{
	trips_clear(w);
	w->n_absent = 0;
	w->lost = w->soft_lost = 0;
	for (int32_t route = 0; route < w->m.p->n_carriers; route++) {
		int32_t before = 0;

		round_begin(w);
		for (int32_t stop = w->best_first[route]; stop; stop = w->best_next[stop]) {
			trip_put(w, stop, route, before);
			before = stop;
		}
		if (!trip_settle(w, route))
			round_undo(w);
		w->is_dirty[route] = false;
	}
	w->n_dirty = 0;
	for (int32_t stop = 1; stop <= w->m.n; stop++) {
		w->absent_at[stop] = -1;
		if (w->nodes[stop].route < 0)
			absent_add(w, stop);
	}
	round_begin(w);
}

/* Rounds ------------------------------------------------------------------------------------------------------------------------------ */

/* What is lost by those left out has been counted on the way. */
static void accept(struct route_work *w)
{
	int64_t lost = w->lost, soft_lost = w->soft_lost;

	for (int32_t i = 0; i < w->n_hand; i++) {
		int32_t stop = w->hand[i];

		if (w->nodes[stop].route < 0 && w->absent_at[stop] < 0)
			absent_add(w, stop);
		else if (w->nodes[stop].route >= 0 && w->absent_at[stop] >= 0)
			absent_remove(w, stop);
	}
	w->lost = lost;
	w->soft_lost = soft_lost;
	for (int32_t i = 0; i < w->n_touched; i++)
		w->n_used += (w->trips[w->touched[i]].n > 0) - (w->trips_saved[i].n > 0);
	mark_dirty(w);
	if (w->cost + w->lost < w->best_cost)
		best_keep(w);
}

/* What it must cost less than to be kept. */
static double begin(struct route_work *w)
{
	round_begin(w);
	w->n_hand = 0;
	w->seed_stop = 1 + chance_below(w, w->m.n);
	return (double)(w->cost + w->soft_lost) - w->heat * w->logs[chance_bits(w) >> 52];
}

static void join_tails(struct route_work *w)
{
	for (int32_t i = 0; i < TAILS_TRIED; i++) {
		double keep_below = begin(w);

		if (tails_join(w, keep_below))
			accept(w);
		else
			round_undo(w);
	}
}

void search_round(struct route_work *w)
{
	int64_t lost = w->lost, soft_lost = w->soft_lost;
	double keep_below;
	bool kept;
	int32_t taken;

	join_tails(w);
	keep_below = begin(w);
	kept = w->mixed && chance_below(w, EXCHANGE_ONE_IN) == 0 ? exchange(w) : take_out(w);
	taken = w->n_hand;
	if (kept) {
		call_absent(w);
		for (int32_t i = taken; i < w->n_hand; i++) {
			w->lost -= w->m.stops[w->hand[i]].price;
			w->soft_lost -= w->soft_price[w->hand[i]];
		}
		sort_hand(w);
		kept = put_in(w, keep_below);
	}
	if (kept) {
		accept(w);
		return;
	}
	round_undo(w);
	w->lost = lost;
	w->soft_lost = soft_lost;
}
