/* A roster in the making: edges put and dropped, with counts, hours and cost kept up. */
#include "assign_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void roster_make(struct roster *r, const struct assign_model *m)
{
	r->on = mem_alloc((size_t)m->n_edges);
	r->count = mem_alloc((size_t)m->p->n_people * sizeof(int32_t));
	r->used = mem_alloc((size_t)m->p->n_people * sizeof(int32_t));
	r->filled = mem_alloc((size_t)m->p->n_shifts * sizeof(int32_t));
	roster_clear(r, m);
}

void roster_release(struct roster *r)
{
	mem_free_pointer(&r->on);
	mem_free_pointer(&r->count);
	mem_free_pointer(&r->used);
	mem_free_pointer(&r->filled);
}

void roster_clear(struct roster *r, const struct assign_model *m)
{
	memset(r->on, 0, (size_t)m->n_edges);
	memset(r->count, 0, (size_t)m->p->n_people * sizeof(int32_t));
	memset(r->used, 0, (size_t)m->p->n_people * sizeof(int32_t));
	memset(r->filled, 0, (size_t)m->p->n_shifts * sizeof(int32_t));
	r->cost = 0;
	for (int32_t i = 0; i < m->p->n_shifts; i++)
		r->cost += m->places[i] * m->penalty[i];
}

void roster_copy(struct roster *to, const struct roster *from, const struct assign_model *m)
{
	memcpy(to->on, from->on, (size_t)m->n_edges);
	memcpy(to->count, from->count, (size_t)m->p->n_people * sizeof(int32_t));
	memcpy(to->used, from->used, (size_t)m->p->n_people * sizeof(int32_t));
	memcpy(to->filled, from->filled, (size_t)m->p->n_shifts * sizeof(int32_t));
	to->cost = from->cost;
}

void roster_put(struct roster *r, const struct assign_model *m, int32_t edge)
{
	const struct assign_edge *e = &m->edges[edge];

	r->on[edge] = 1;
	r->cost += e->cost + model_fair(m, e->person, r->count[e->person]) - m->penalty[e->shift];
	r->count[e->person]++;
	r->used[e->person] += e->minutes;
	r->filled[e->shift]++;
}

void roster_drop(struct roster *r, const struct assign_model *m, int32_t edge)
{
	const struct assign_edge *e = &m->edges[edge];

	r->on[edge] = 0;
	r->count[e->person]--;
	r->used[e->person] -= e->minutes;
	r->filled[e->shift]--;
	r->cost -= e->cost + model_fair(m, e->person, r->count[e->person]) - m->penalty[e->shift];
}

/* Whether somebody whom the person is not to meet stands on the same event. */
static bool meets(const struct roster *r, const struct assign_model *m, int32_t person, int32_t shift)
{
	for (int32_t k = m->apart_first[person]; k < m->apart_first[person + 1]; k++)
		for (int32_t i = m->first[m->apart[k]]; i < m->first[m->apart[k] + 1]; i++)
			if (r->on[i] && model_event(m->p, m->edges[i].shift) == model_event(m->p, shift))
				return true;
	return false;
}

bool roster_fits(const struct roster *r, const struct assign_model *m, int32_t edge)
{
	const struct assign_edge *e = &m->edges[edge];
	const struct assign_shift *s = &m->p->shifts[e->shift];
	int32_t left = r->count[e->person];

	if (r->on[edge] || r->filled[e->shift] >= m->places[e->shift] || left >= m->most[e->person] ||
	    e->minutes > m->minutes[e->person] - r->used[e->person])
		return false;
	for (int32_t i = m->first[e->person]; left > 0; i++) {
		const struct assign_shift *other = &m->p->shifts[m->edges[i].shift];

		if (!r->on[i])
			continue;
		if (model_overlap(s, other))
			return false;
		left--;
	}
	return !meets(r, m, e->person, e->shift);
}

int32_t roster_cheapest(const struct roster *r, const struct assign_model *m, int32_t shift)
{
	int64_t least = m->penalty[shift];
	int32_t best = -1;

	if (r->filled[shift] >= m->places[shift])
		return -1;
	for (int32_t k = m->shift_first[shift]; k < m->shift_first[shift + 1]; k++) {
		int32_t edge = m->shift_edges[k], person = m->edges[edge].person;
		int64_t cost = m->edges[edge].cost + model_fair(m, person, r->count[person]);

		if (cost < least && roster_fits(r, m, edge)) {
			least = cost;
			best = edge;
		}
	}
	return best;
}

void roster_fill(struct roster *r, const struct assign_model *m, int32_t shift)
{
	for (int32_t edge = roster_cheapest(r, m, shift); edge >= 0; edge = roster_cheapest(r, m, shift))
		roster_put(r, m, edge);
}
