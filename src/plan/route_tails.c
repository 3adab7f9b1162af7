/* Two trips exchange their ends, or a stretch of one is turned round: the moves of 2-opt* and 2-opt beside a pair of near stops (Potvin & Rousseau 1995;
 * among near stops as in Toth & Vigo 2003).  The detour is known before anything is changed; all else is the trip's to say once it is. */
#include "route_work.h"

enum { NEAR = 16 };                       /* a stop is joined to one of so many nearest */

static void take(struct route_work *w, int32_t stop)
{
	trip_take(w, stop);
	w->hand[w->n_hand++] = stop;
}

/* Put stops of the hand after one another, from `first` up to but not including `last`, downwards where that is less. */
static bool put_row(struct route_work *w, int32_t first, int32_t last, int32_t route, int32_t after)
{
	int32_t step = first < last ? 1 : -1;

	for (int32_t i = first; i != last; i += step) {
		if (!model_may(&w->m, w->hand[i], route))
			return false;
		trip_put(w, w->hand[i], route, after);
		after = w->hand[i];
	}
	return true;
}

/* The meals from a stop to the end of its trip. */
static int32_t meals_from(const struct route_work *w, int32_t stop)
{
	int32_t meals = 0;

	for (; stop; stop = w->nodes[stop].next)
		meals += w->m.stops[stop].meals;
	return meals;
}

static int32_t meals_upto(const struct route_work *w, int32_t stop)
{
	int32_t meals = 0;

	for (; stop; stop = w->nodes[stop].prev)
		meals += w->m.stops[stop].meals;
	return meals;
}

static bool have_room(const struct route_work *w, int32_t a, int32_t b, int32_t from_a, int32_t from_b)
{
	return w->trips[a].room + from_a >= from_b && w->trips[b].room + from_b >= from_a;
}

static void take_from(struct route_work *w, int32_t stop, int32_t last)
{
	for (int32_t next; stop; stop = next) {
		next = stop == last ? 0 : w->nodes[stop].next;
		take(w, stop);
	}
}

/* `a` is followed by `b` and what comes after it, the stop before `b` by what came after `a`. */
static bool join_straight(struct route_work *w, int32_t a, int32_t b)
{
	int32_t route_a = w->nodes[a].route, route_b = w->nodes[b].route, behind = w->nodes[a].next, before = w->nodes[b].prev, middle;

	if (!have_room(w, route_a, route_b, meals_from(w, behind), meals_from(w, b)))
		return false;
	take_from(w, behind, 0);
	middle = w->n_hand;
	take_from(w, b, 0);
	return put_row(w, middle, w->n_hand, route_a, a) && put_row(w, 0, middle, route_b, before);
}

/* `a` is followed by `b` and, backwards, what came before it; what came after `a` goes, backwards, before what came after `b`. */
static bool join_crossed(struct route_work *w, int32_t a, int32_t b)
{
	int32_t route_a = w->nodes[a].route, route_b = w->nodes[b].route, behind = w->nodes[a].next, middle;

	if (!have_room(w, route_a, route_b, meals_from(w, behind), meals_upto(w, b)))
		return false;
	take_from(w, behind, 0);
	middle = w->n_hand;
	take_from(w, w->trips[route_b].first, b);
	return put_row(w, w->n_hand - 1, middle - 1, route_a, a) && put_row(w, middle - 1, -1, route_b, 0);
}

/* The stretch after `a` up to `b` is turned round. */
static bool turn(struct route_work *w, int32_t a, int32_t b)
{
	take_from(w, w->nodes[a].next, b);
	return put_row(w, w->n_hand - 1, -1, w->nodes[a].route, a);
}

static bool comes_after(const struct route_work *w, int32_t a, int32_t b)
{
	while (a && a != b)
		a = w->nodes[a].next;
	return a == b;
}

bool tails_join(struct route_work *w, double keep_below)
{
	const struct route_model *m = &w->m;
	int32_t a = w->seed_stop, b, speed, far_a, far_b, ways;
	bool same, straight, done;

	b = m->near[(size_t)a * (size_t)m->n_near + (size_t)chance_below(w, m->n_near < NEAR ? m->n_near : NEAR)].stop;
	if (!b || w->nodes[a].route < 0 || w->nodes[b].route < 0)
		return false;
	speed = w->trips[w->nodes[a].route].speed;
	same = w->nodes[a].route == w->nodes[b].route;
	if (!m->symmetric || w->trips[w->nodes[b].route].speed != speed)
		return false;
	if (same && !comes_after(w, a, b)) {
		int32_t first = b;

		b = a;
		a = first;
	}
	straight = !same && chance_bits(w) >> 63;
	far_a = w->nodes[a].next;
	far_b = straight ? w->nodes[b].prev : w->nodes[b].next;
	ways = model_way(m, speed, a, b) + model_way(m, speed, far_a, far_b) - w->nodes[a].out - (straight ? w->nodes[b].in : w->nodes[b].out);
	if (far_a == b || (double)(w->cost + w->soft_lost + (int64_t)ways * m->p->weights.second) >= keep_below)
		return false;
	w->n_hand = 0;
	done = same ? turn(w, a, b) : straight ? join_straight(w, a, b) : join_crossed(w, a, b);
	for (int32_t i = 0; i < w->n_touched; i++)
		done = trip_settle(w, w->touched[i]) && done;
	return done && w->n_touched > 0 && (double)(w->cost + w->soft_lost) < keep_below;
}
