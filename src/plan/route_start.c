/* First trips: savings where all carriers are alike, else the stops put in one by one where they cost least, the farthest first. */
#include "route_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void absent_add(struct route_work *w, int32_t stop)
{
	w->absent_at[stop] = w->n_absent;
	w->absent[w->n_absent++] = stop;
	w->lost += w->m.stops[stop].price;
	w->soft_lost += w->soft_price[stop];
}

void absent_remove(struct route_work *w, int32_t stop)
{
	int32_t at = w->absent_at[stop], last = w->absent[--w->n_absent];

	w->absent[at] = last;
	w->absent_at[last] = at;
	w->absent_at[stop] = -1;
	w->lost -= w->m.stops[stop].price;
	w->soft_lost -= w->soft_price[stop];
}

/* Spots ------------------------------------------------------------------------------------------------------------------------------- */

struct far_stop {
	int32_t far, stop;
};

static int by_far(const void *left, const void *right)
{
	const struct far_stop *a = left, *b = right;

	if (a->far != b->far)
		return a->far > b->far ? -1 : 1;
	return (a->stop > b->stop) - (a->stop < b->stop);
}

/* Put in whoever is absent, where there is a spot. */
void start_spots(struct route_work *w)
{
	int32_t n = w->n_absent, speed = w->m.p->n_carriers > 0 ? w->m.p->carriers[0].speed : 0;
	AUTO_FREE struct far_stop *list = mem_alloc((size_t)n * sizeof *list);

	if (w->m.p->n_carriers == 0)
		return;
	for (int32_t i = 0; i < n; i++)
		list[i] = (struct far_stop){ model_way(&w->m, speed, 0, w->absent[i]), w->absent[i] };
	qsort(list, (size_t)n, sizeof *list, by_far);
	for (int32_t i = 0; i < n; i++) {
		int32_t stop = list[i].stop;
		struct spot s;

		round_begin(w);
		s = spot_near(w, stop, false);
		if (s.delta == INT64_MAX)
			s = spot_anywhere(w, stop);
		if (s.delta >= w->m.stops[stop].price)
			continue;
		trip_put(w, stop, s.route, s.after);
		if (trip_settle(w, s.route))
			absent_remove(w, stop);
		else
			round_undo(w);
	}
	round_begin(w);
}

/* Savings ----------------------------------------------------------------------------------------------------------------------------- */

struct saving {
	int32_t saved, a, b;
};

/* The greatest first, equal ones in the order in which they were found: by 11 bits of what is saved at a time. */
static void sort_savings(struct saving *list, size_t n)
{
	enum { BITS = 11, DIGITS = 1 << BITS };
	AUTO_FREE struct saving *other = mem_alloc(n * sizeof *other);
	struct saving *from = list, *to = other;
	int32_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = list[i].saved > most ? list[i].saved : most;
	for (int shift = 0; shift < 31 && most >> shift > 0; shift += BITS) {
		size_t at[DIGITS] = { 0 }, sum = 0;
		struct saving *turn = from;

		for (size_t i = 0; i < n; i++)
			at[from[i].saved >> shift & (DIGITS - 1)]++;
		for (int d = DIGITS - 1; d >= 0; d--) {
			size_t here = at[d];

			at[d] = sum;
			sum += here;
		}
		for (size_t i = 0; i < n; i++)
			to[at[from[i].saved >> shift & (DIGITS - 1)]++] = from[i];
		from = to;
		to = turn;
	}
	if (from != list)
		memcpy(list, from, n * sizeof *list);
}

/* A chain of stops that will be a trip; kept at both its ends. */
struct chain {
	int32_t other;                    /* the stop at its other end */
	int32_t meals, inside;            /* ways inside and services */
	int32_t link[2];                  /* neighbours of a stop in its chain */
};

/* Whether the row of those near a stop goes beyond a way. At its very end it is not certain; a saving may be listed twice. */
static bool reaches(const struct route_model *m, int32_t stop, int32_t way)
{
	const struct model_near *last = &m->near[(size_t)stop * (size_t)m->n_near + (size_t)m->n_near - 1];

	return last->stop == 0 || last->way > way;
}

static int32_t list_savings(const struct route_model *m, int32_t speed, struct saving *list)
{
	AUTO_FREE int32_t *out = mem_alloc(((size_t)m->n + 1) * sizeof *out);
	int32_t n = 0;

	for (int32_t i = 1; i <= m->n; i++)
		out[i] = model_way(m, speed, 0, i);
	for (int32_t a = 1; a <= m->n; a++)
		for (int32_t k = 0; k < m->n_near; k++) {
			const struct model_near *near = &m->near[(size_t)a * (size_t)m->n_near + (size_t)k];
			int32_t b = near->stop, saved;

			if (b == 0 || (b < a && reaches(m, b, near->way)))
				continue;
			saved = out[a] + out[b] - model_way(m, speed, a, b);
			if (saved > 0)
				list[n++] = (struct saving){ saved, a, b };
		}
	sort_savings(list, (size_t)n);
	return n;
}

/* Whether the chains that end in a and in b may be one trip. */
static bool may_join(const struct route_work *w, const struct chain *c, int32_t a, int32_t b)
{
	const struct route_carrier *k = &w->m.p->carriers[0];
	int64_t away, x = c[a].other, y = c[b].other;

	if (c[a].link[1] || c[b].link[1] || x == b || c[a].meals + c[b].meals > k->capacity)
		return false;
	away = (int64_t)c[a].inside + c[b].inside + model_way(&w->m, k->speed, a, b) + model_way(&w->m, k->speed, 0, (int32_t)x) +
	       model_way(&w->m, k->speed, (int32_t)y, 0);
	return away <= w->m.limit[0] && away <= w->m.p->hot_s;
}

static void join(const struct route_work *w, struct chain *c, int32_t a, int32_t b)
{
	int32_t x = c[a].other, y = c[b].other;
	int32_t meals = c[a].meals + c[b].meals, inside = c[a].inside + c[b].inside + model_way(&w->m, w->m.p->carriers[0].speed, a, b);

	c[a].link[c[a].link[0] ? 1 : 0] = b;
	c[b].link[c[b].link[0] ? 1 : 0] = a;
	c[x].other = y;
	c[y].other = x;
	c[x].meals = c[y].meals = meals;
	c[x].inside = c[y].inside = inside;
}

/* The chain that begins at a stop becomes the next carrier's trip, unless the times can't be kept after all. */
static void lay_out(struct route_work *w, const struct chain *c, int32_t first, int32_t route)
{
	int32_t stop = first, before = 0;

	round_begin(w);
	while (stop) {
		int32_t next = c[stop].link[0] == before ? c[stop].link[1] : c[stop].link[0];

		trip_put(w, stop, route, before);
		absent_remove(w, stop);
		before = stop;
		stop = next;
	}
	if (trip_settle(w, route))
		return;
	for (stop = w->trips[route].first; stop; stop = w->nodes[stop].next)
		absent_add(w, stop);
	round_undo(w);
}

void start_savings(struct route_work *w)
{
	const struct route_model *m = &w->m;
	AUTO_FREE struct chain *c = mem_alloc(((size_t)m->n + 1) * sizeof *c);
	AUTO_FREE struct saving *list = mem_alloc((size_t)m->n * (size_t)m->n_near * sizeof *list);
	int32_t n = list_savings(m, m->p->carriers[0].speed, list), route = 0;

	for (int32_t i = 1; i <= m->n; i++)
		c[i] = (struct chain){ .other = i, .meals = m->stops[i].meals, .inside = m->stops[i].service };
	for (int32_t i = 0; i < n; i++)
		if (may_join(w, c, list[i].a, list[i].b))
			join(w, c, list[i].a, list[i].b);
	for (int32_t i = 1; i <= m->n && route < m->p->n_carriers; i++)
		if (w->nodes[i].route < 0 && c[i].link[1] == 0 && c[i].meals <= m->p->carriers[0].capacity && i <= c[i].other)
			lay_out(w, c, i, route++);
	start_spots(w);
}
