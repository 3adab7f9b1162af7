/* Where a stop would cost least: the hot loop.
 *
 * A spot lies between two stops of a trip (or the kitchen).  It is looked at from the nearer one only; seen from there the detour is at least twice
 * the way to it less the way that is saved, which rules most spots out before anything else is looked up. */
#include "route_work.h"

enum { BLINK = 100 };                     /* one spot in so many is not seen */

/* Ways to and from one stop at one speed. */
struct ways {
	const int32_t *from, *to;         /* NULL: computed */
	size_t step;
	float x, y;
	double factor;
};

static inline int32_t way_computed(const struct ways *ways, const struct node *other)
{
	return model_seconds(ways->factor, ways->x - other->x, ways->y - other->y);
}

static inline int32_t way_to(const struct route_work *w, const struct ways *ways, int32_t from)
{
	return ways->from ? ways->to[(size_t)w->nodes[from].place * ways->step] : way_computed(ways, &w->nodes[from]);
}

static inline int32_t way_from(const struct route_work *w, const struct ways *ways, int32_t to)
{
	return ways->from ? ways->from[w->nodes[to].place] : way_computed(ways, &w->nodes[to]);
}

static inline struct ways ways_of(const struct route_work *w, int32_t speed, int32_t stop)
{
	const int32_t *table = w->m.ways[speed];
	size_t place = (size_t)w->nodes[stop].place, n = (size_t)w->m.p->n_places;

	if (!table)
		return (struct ways){ .x = w->nodes[stop].x, .y = w->nodes[stop].y, .factor = w->m.factor[speed] };
	if (w->m.symmetric)
		return (struct ways){ .from = table + place * n, .to = table + place * n, .step = 1 };
	return (struct ways){ .from = table + place * n, .to = table + place, .step = n };
}

/* Whether the trip keeps its times with the stop put in between; how much longer he is away and waits then. */
static inline bool fits_timed(const struct route_work *w, int32_t stop, int32_t route, int32_t after, int32_t next, int32_t in, int32_t out,
                              int32_t *longer, int32_t *last_door)
{
	struct span kitchen = span_of_kitchen(&w->m, route), own = span_of_stop(&w->m.stops[stop]), upto, all;

	if (!span_join(after ? &w->before[after] : &kitchen, in, &own, &upto) ||
	    !span_join(&upto, out, next ? &w->behind[next] : &kitchen, &all))
		return false;
	*longer = all.takes - w->trips[route].away;
	*last_door = next ? all.takes - (w->trips[route].away - w->trips[route].last_door) : all.takes - out - w->m.stops[stop].service;
	return true;
}

static int64_t order_delta(const struct route_work *w, int32_t stop, int32_t after, int32_t next)
{
	int32_t own = w->m.stops[stop].rank, before = after ? w->rank_before[after] : 0, behind = next ? w->rank_behind[next] : 0, more = 0;

	if (own == 0)
		return 0;
	more += before > own;
	more += behind > 0 && own > behind;
	more -= behind > 0 && before > behind;
	return (int64_t)more * w->m.p->weights.order;
}

/* Price a spot whose ways are known; what the carrier himself costs apart. Meals and forbidden pairs have been looked at. */
static inline void price(const struct route_work *w, int32_t stop, int32_t route, int32_t after, int32_t next, int32_t in, int32_t out,
                         int32_t direct, int64_t meeting, struct spot *best)
{
	const struct trip *t = &w->trips[route];
	const struct route_weights *x = &w->m.p->weights;
	int32_t detour = in + out - direct, service = w->m.stops[stop].service, longer = detour + service, last_door;
	int64_t delta = (int64_t)x->second * longer + meeting;

	if (delta >= best->delta)
		return;
	if (w->m.timed) {
		if (!fits_timed(w, stop, route, after, next, in, out, &longer, &last_door))
			return;
		delta += (int64_t)x->wait * (longer - detour - service);
	} else {
		last_door = next ? t->last_door + longer : t->away - (t->n > 0 ? direct : 0) + in;
	}
	if (last_door > w->m.p->hot_s || t->away + longer > t->limit)
		return;
	if (w->m.ranked)
		delta += order_delta(w, stop, after, next);
	if (x->fair > 0)
		delta += model_fair(&w->m, route, (int64_t)t->away + longer) - model_fair(&w->m, route, t->away);
	if (delta < best->delta)
		*best = (struct spot){ delta, route, after };
}

static inline bool blinks(struct route_work *w)
{
	if (--w->blink > 0)
		return false;
	w->blink = 1 + chance_below(w, 2 * BLINK - 1);
	return true;
}

struct spot spot_at(struct route_work *w, int32_t stop, int32_t route, int32_t after)
{
	struct spot best = { INT64_MAX, -1, 0 };
	const struct trip *t = &w->trips[route];
	int32_t next = after ? w->nodes[after].next : t->first, direct = after ? w->nodes[after].out : next ? w->nodes[next].in : 0;

	if (t->room >= w->m.stops[stop].meals && model_may(&w->m, stop, route))
		price(w, stop, route, after, next, model_way(&w->m, t->speed, after, stop), model_way(&w->m, t->speed, stop, next), direct,
		      model_meeting(&w->m, stop, route) + (t->n == 0 ? w->m.p->carriers[route].cost : 0), &best);
	return best;
}

/* Idle carriers ----------------------------------------------------------------------------------------------------------------------- */

/* An idle carrier of a class whom the stop may have, -1 if there is none. */
static int32_t idle_of(struct route_work *w, int32_t class, int32_t stop)
{
	const struct model_class *k = &w->m.classes[class];

	if (w->idle[class] < 0)
		return -1;
	if (w->trips[w->idle[class]].n > 0) {
		w->idle[class] = -1;
		for (int32_t i = 0; i < k->n; i++)
			if (w->trips[w->m.class_members[k->first + i]].n == 0) {
				w->idle[class] = w->m.class_members[k->first + i];
				break;
			}
	}
	if (w->idle[class] < 0 || model_may(&w->m, stop, w->idle[class]))
		return w->idle[class];
	for (int32_t i = 0; i < k->n; i++) {
		int32_t carrier = w->m.class_members[k->first + i];

		if (w->trips[carrier].n == 0 && model_may(&w->m, stop, carrier))
			return carrier;
	}
	return -1;
}

static void take_cheaper(struct spot *best, struct spot other)
{
	if (other.delta < best->delta)
		*best = other;
}

/* With an idle carrier: one of each class, and those whom the diner has or knows. */
static void spot_idle(struct route_work *w, int32_t stop, struct spot *best)
{
	const struct model_stop *s = &w->m.stops[stop];
	int32_t own[] = { s->pin, s->familiar };

	for (int32_t class = 0; class < w->m.n_classes; class++) {
		const struct model_class *k = &w->m.classes[class];
		int32_t carrier;

		if (k->capacity < s->meals || w->idle[class] < 0)
			continue;
		if (2 * (int64_t)w->m.p->weights.second * model_way(&w->m, k->speed, 0, stop) >= best->delta && w->m.symmetric)
			continue;
		carrier = idle_of(w, class, stop);
		if (carrier >= 0)
			take_cheaper(best, spot_at(w, stop, carrier, 0));
	}
	for (size_t i = 0; i < COUNT(own); i++)
		if (own[i] >= 0 && w->trips[own[i]].n == 0)
			take_cheaper(best, spot_at(w, stop, own[i], 0));
}

/* Spots ------------------------------------------------------------------------------------------------------------------------------- */

/* A stop that is looked for a spot, and the best one so far. */
struct look {
	int32_t stop, speed;              /* whose ways are at hand */
	struct ways ways;
	int64_t at_least;                 /* what its service costs anywhere */
	int32_t slack;                    /* a detour as long as this is too long */
	bool choosy, blinking;
	struct spot best;
};

static inline void better(const struct route_work *w, struct look *l)
{
	int64_t second = w->m.p->weights.second, slack = second > 0 ? (l->best.delta - l->at_least) / second + 1 : ROUTE_FAR;

	l->slack = slack < ROUTE_FAR ? (int32_t)slack : ROUTE_FAR;
}

/* Both sides of a stop that is near, if they are not too far already. */
static inline void look_beside(struct route_work *w, struct look *l, const struct model_near *near, bool after, bool before)
{
	const struct node *j = &w->nodes[near->stop];
	bool alike = w->m.symmetric;
	int32_t speed = w->trips[j->route].speed, in, out, other;
	int64_t meeting = 0, so_far = l->best.delta;

	if (l->choosy) {
		if (!model_may(&w->m, l->stop, j->route))
			return;
		meeting = model_meeting(&w->m, l->stop, j->route);
	}
	if (speed != l->speed) {
		l->speed = speed;
		l->ways = ways_of(w, speed, l->stop);
	}
	in = alike && w->m.p->n_speeds == 1 ? near->way : way_to(w, &l->ways, near->stop);
	out = alike ? in : way_from(w, &l->ways, near->stop);
	if (after && !(l->blinking && blinks(w))) {
		other = way_from(w, &l->ways, j->next);
		if (other >= in || j->next == 0 || !alike)
			price(w, l->stop, j->route, near->stop, j->next, in, other, j->out, meeting, &l->best);
	}
	if (before && !(l->blinking && blinks(w))) {
		other = way_to(w, &l->ways, j->prev);
		if (other >= out || j->prev == 0 || !alike)
			price(w, l->stop, j->route, j->prev, near->stop, other, out, j->in, meeting, &l->best);
	}
	if (l->best.delta < so_far)
		better(w, l);
}

struct spot spot_near(struct route_work *w, int32_t stop, bool blinking)
{
	const struct model_stop *s = &w->m.stops[stop];
	const struct model_near *near = &w->m.near[(size_t)stop * (size_t)w->m.n_near];
	struct look l = { .stop = stop, .speed = -1, .at_least = (int64_t)w->m.p->weights.second * s->service, .slack = ROUTE_FAR,
	                  .choosy = s->pin >= 0 || s->familiar >= 0 || s->barred >= 0, .blinking = blinking, .best = { INT64_MAX, -1, 0 } };
	int32_t n = w->m.n_near, anyway = w->m.symmetric ? 0 : ROUTE_FAR, meals = s->meals;

	for (int32_t k = 0; k < n && near[k].stop; k++) {
		const struct node *j;
		int32_t upto = l.slack + anyway, twice = 2 * near[k].way;

		if (twice >= upto + w->gap[near[k].stop])
			continue;
		j = &w->nodes[near[k].stop];
		if (w->trips[j->route].room >= meals)
			look_beside(w, &l, &near[k], twice - j->out < upto, twice - j->in < upto);
	}
	spot_idle(w, stop, &l.best);
	return l.best;
}

struct spot spot_anywhere(struct route_work *w, int32_t stop)
{
	struct spot best = { INT64_MAX, -1, 0 };

	for (int32_t route = 0; route < w->m.p->n_carriers; route++) {
		if (w->trips[route].room < w->m.stops[stop].meals || w->trips[route].n == 0)
			continue;
		take_cheaper(&best, spot_at(w, stop, route, 0));
		for (int32_t i = w->trips[route].first; i; i = w->nodes[i].next)
			take_cheaper(&best, spot_at(w, stop, route, i));
	}
	spot_idle(w, stop, &best);
	return best;
}
