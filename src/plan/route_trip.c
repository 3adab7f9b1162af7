/* Trips as linked stops: taking out, putting in, times and cost; every change of a round can be undone in reverse. */
#include "route_work.h"

#include <string.h>

#include "base/mem.h"

void trips_make(struct route_work *w)
{
	const struct route_model *m = &w->m;
	size_t stops = (size_t)m->n + 1, carriers = (size_t)m->p->n_carriers;

	w->nodes = mem_alloc(stops * sizeof *w->nodes);
	w->gap = mem_alloc(stops * sizeof *w->gap);
	w->trips = mem_alloc(carriers * sizeof *w->trips);
	w->trips_saved = mem_alloc(carriers * sizeof *w->trips_saved);
	w->touched = mem_alloc(carriers * sizeof *w->touched);
	w->touched_round = mem_alloc(carriers * sizeof *w->touched_round);
	w->idle = mem_alloc((size_t)m->n_classes * sizeof *w->idle);
	w->before = mem_alloc(stops * sizeof *w->before);
	w->behind = mem_alloc(stops * sizeof *w->behind);
	w->rank_before = mem_alloc(stops * sizeof *w->rank_before);
	w->rank_behind = mem_alloc(stops * sizeof *w->rank_behind);
	w->change_room = 8 * stops;
	w->changes = mem_alloc(w->change_room * sizeof *w->changes);
	trips_clear(w);
}

void trips_clear(struct route_work *w)
{
	const struct route_model *m = &w->m;

	for (int32_t i = 0; i <= m->n; i++) {
		w->nodes[i] = (struct node){ .route = -1, .place = m->stops[i].place, .x = m->stops[i].x, .y = m->stops[i].y };
		w->gap[i] = NOT_ON_TRIP;
	}
	for (int32_t i = 0; i < m->p->n_carriers; i++)
		w->trips[i] = (struct trip){ .room = m->p->carriers[i].capacity, .limit = m->limit[i], .speed = m->p->carriers[i].speed };
	for (int32_t i = 0; i < m->n_classes; i++)
		w->idle[i] = m->class_members[m->classes[i].first];
	w->cost = 0;
	round_begin(w);
}

void round_begin(struct route_work *w)
{
	w->n_changes = w->n_touched = 0;
	w->round++;
}

static void touch(struct route_work *w, int32_t route)
{
	if (w->touched_round[route] == w->round)
		return;
	w->touched_round[route] = w->round;
	w->trips_saved[w->n_touched] = w->trips[route];
	w->touched[w->n_touched++] = route;
}

/* Links ------------------------------------------------------------------------------------------------------------------------------- */

static inline void set_gap(struct route_work *w, int32_t stop)
{
	const struct node *c = &w->nodes[stop];

	w->gap[stop] = c->in > c->out ? c->in : c->out;
}

static void unlink_stop(struct route_work *w, int32_t stop, int32_t direct)
{
	struct node *c = &w->nodes[stop];
	struct trip *t = &w->trips[c->route];

	if (c->prev) {
		w->nodes[c->prev].next = c->next;
		w->nodes[c->prev].out = direct;
		set_gap(w, c->prev);
	} else {
		t->first = c->next;
	}
	if (c->next) {
		w->nodes[c->next].prev = c->prev;
		w->nodes[c->next].in = direct;
		set_gap(w, c->next);
	} else {
		t->last = c->prev;
	}
	c->route = -1;
	w->gap[stop] = NOT_ON_TRIP;
}

static void link_stop(struct route_work *w, int32_t stop, int32_t route, int32_t after, int32_t in, int32_t out)
{
	struct trip *t = &w->trips[route];
	struct node *c = &w->nodes[stop];

	c->route = route;
	c->prev = after;
	c->next = after ? w->nodes[after].next : t->first;
	c->in = in;
	c->out = out;
	set_gap(w, stop);
	if (after) {
		w->nodes[after].next = stop;
		w->nodes[after].out = in;
		set_gap(w, after);
	} else {
		t->first = stop;
	}
	if (c->next) {
		w->nodes[c->next].prev = stop;
		w->nodes[c->next].in = out;
		set_gap(w, c->next);
	} else {
		t->last = stop;
	}
}

static struct change *note(struct route_work *w)
{
	if ((size_t)w->n_changes == w->change_room)
		w->changes = mem_grow(w->changes, &w->change_room, w->change_room + 1, sizeof *w->changes);
	return &w->changes[w->n_changes++];
}

void trip_take(struct route_work *w, int32_t stop)
{
	struct node *c = &w->nodes[stop];
	const struct model_stop *s = &w->m.stops[stop];
	int32_t route = c->route;
	struct trip *t = &w->trips[route];
	int32_t direct = c->prev || c->next ? model_way(&w->m, t->speed, c->prev, c->next) : 0;

	touch(w, route);
	*note(w) = (struct change){ stop, route, c->prev, c->in, c->out, direct, false };
	unlink_stop(w, stop, direct);
	t->travel += direct - c->in - c->out;
	t->service -= s->service;
	t->room += s->meals;
	t->meeting -= model_meeting(&w->m, stop, route);
	if (--t->n == 0)
		w->idle[w->m.class_of[route]] = route;
}

void trip_put(struct route_work *w, int32_t stop, int32_t route, int32_t after)
{
	struct trip *t = &w->trips[route];
	const struct model_stop *s = &w->m.stops[stop];
	int32_t next = after ? w->nodes[after].next : t->first;
	int32_t in = model_way(&w->m, t->speed, after, stop), out = model_way(&w->m, t->speed, stop, next);
	int32_t direct = after ? w->nodes[after].out : next ? w->nodes[next].in : 0;

	touch(w, route);
	*note(w) = (struct change){ stop, route, after, in, out, direct, true };
	link_stop(w, stop, route, after, in, out);
	t->travel += in + out - direct;
	t->service += s->service;
	t->room -= s->meals;
	t->meeting += model_meeting(&w->m, stop, route);
	t->n++;
}

/* Time -------------------------------------------------------------------------------------------------------------------------------- */

struct span span_of_stop(const struct model_stop *s)
{
	return (struct span){ s->service, s->open, s->close };
}

struct span span_of_kitchen(const struct route_model *m, int32_t carrier)
{
	return (struct span){ 0, m->p->carriers[carrier].from_s, m->p->carriers[carrier].to_s };
}

/* One stretch after the other: whether that is possible at all, and what it takes. */
bool span_join(const struct span *a, int32_t way, const struct span *b, struct span *out)
{
	int32_t takes = a->takes + way, early = b->soonest - takes, late = b->latest - takes;
	int32_t wait = early > a->latest ? early - a->latest : 0;

	if (a->soonest > late)
		return false;
	out->soonest = (early > a->soonest ? early : a->soonest) - wait;
	out->latest = late < a->latest ? late : a->latest;
	out->takes = takes + b->takes + wait;
	return true;
}

/* Whether the windows can be kept. */
static bool settle_spans(struct route_work *w, int32_t route)
{
	struct trip *t = &w->trips[route];
	struct span kitchen = span_of_kitchen(&w->m, route), own, all;
	const struct span *so_far = &kitchen;

	for (int32_t i = t->first; i; i = w->nodes[i].next) {
		own = span_of_stop(&w->m.stops[i]);
		if (!span_join(so_far, w->nodes[i].in, &own, &w->before[i]))
			return false;
		so_far = &w->before[i];
	}
	if (!span_join(so_far, w->nodes[t->last].out, &kitchen, &all))
		return false;
	t->waiting = all.takes - t->travel - t->service;
	so_far = &kitchen;
	for (int32_t i = t->last; i; i = w->nodes[i].prev) {
		own = span_of_stop(&w->m.stops[i]);
		if (!span_join(&own, w->nodes[i].out, so_far, &w->behind[i]))
			return false;
		so_far = &w->behind[i];
	}
	return true;
}

static void settle_ranks(struct route_work *w, int32_t route)
{
	struct trip *t = &w->trips[route];
	int32_t rank = 0;

	t->descents = 0;
	for (int32_t i = t->first; i; i = w->nodes[i].next) {
		int32_t own = w->m.stops[i].rank;

		t->descents += own > 0 && own < rank;
		rank = own > 0 ? own : rank;
		w->rank_before[i] = rank;
	}
	rank = 0;
	for (int32_t i = t->last; i; i = w->nodes[i].prev) {
		rank = w->m.stops[i].rank > 0 ? w->m.stops[i].rank : rank;
		w->rank_behind[i] = rank;
	}
}

bool trip_settle(struct route_work *w, int32_t route)
{
	const struct route_weights *x = &w->m.p->weights;
	struct trip *t = &w->trips[route];
	int64_t before = t->cost;
	bool holds = true;

	t->waiting = t->descents = 0;
	if (t->n > 0 && w->m.timed)
		holds = settle_spans(w, route);
	if (t->n > 0 && w->m.ranked)
		settle_ranks(w, route);
	t->away = t->travel + t->service + t->waiting;
	t->last_door = t->n > 0 ? t->away - w->nodes[t->last].out - w->m.stops[t->last].service : 0;
	t->cost = 0;
	if (t->n > 0)
		t->cost = (int64_t)x->second * (t->travel + t->service) + (int64_t)x->wait * t->waiting + t->meeting +
		          (int64_t)x->order * t->descents + w->m.p->carriers[route].cost;
	if (x->fair > 0)
		t->cost += model_fair(&w->m, route, t->away);
	w->cost += t->cost - before;
	return holds && t->away <= t->limit && t->last_door <= w->m.p->hot_s;
}

void round_undo(struct route_work *w)
{
	for (int32_t i = w->n_changes - 1; i >= 0; i--) {
		const struct change *c = &w->changes[i];

		if (c->put)
			unlink_stop(w, c->stop, c->direct);
		else
			link_stop(w, c->stop, c->route, c->after, c->in, c->out);
	}
	for (int32_t i = 0; i < w->n_touched; i++) {
		int32_t route = w->touched[i];

		w->cost += w->trips_saved[i].cost - w->trips[route].cost;
		w->trips[route] = w->trips_saved[i];
		if (w->trips[route].n == 0)
			w->idle[w->m.class_of[route]] = route;
		if (w->trips[route].n > 0 && (w->m.timed || w->m.ranked))
			trip_settle(w, route);
	}
}
