/* The search where shifts overlap: divide each person's time into slots of one shift each, and solve all people at once as a flow.
 *
 * A slot is a stretch of time and a length; the slots of a person never overlap and their lengths together keep his cap, so whatever the flow puts
 * into them keeps the rules.  Slots are laid round shifts, their cores: those that he has, so that a round can't make the plan worse, or those that
 * would be best for him at the best prices known, which is how a plan changes its shape. */
#include "assign_work.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum {
	FURTHER = 8,                      /* shifts that are tried by chance as further cores in the time that is left */
	OPEN_TRIES = 50,                  /* to find an open place by chance */
};
/* How far the prices of a round are from the best ones: a little settles ties each time otherwise; near an open place more is worth a try. */
static const double NOISE = 0.0005, NOISE_NEAR = 0.002;

static const struct assign_shift *core_shift(const struct assign_work *w, int32_t i)
{
	return &w->m.p->shifts[w->m.edges[w->cores[i].core].shift];
}

/* Add a core in the order of time unless it is too long for the minutes left or overlaps another; returns how many there are. */
static int32_t add_core(struct assign_work *w, int32_t n, int32_t edge, int32_t *left)
{
	const struct assign_shift *s = &w->m.p->shifts[w->m.edges[edge].shift];
	int32_t at = n;

	if (w->m.edges[edge].minutes > *left)
		return n;
	for (int32_t i = 0; i < n; i++)
		if (model_overlap(s, core_shift(w, i)))
			return n;
	while (at > 0 && core_shift(w, at - 1)->start > s->start) {
		w->cores[at] = w->cores[at - 1];
		at--;
	}
	w->cores[at] = (struct slot){ .core = edge, .minutes = w->m.edges[edge].minutes };
	*left -= w->m.edges[edge].minutes;
	return n + 1;
}

static int32_t choose_cores(struct assign_work *w, int32_t person, bool priced)
{
	const struct assign_model *m = &w->m;
	int32_t first = m->first[person], edges = m->first[person + 1] - first, n = 0, left = m->minutes[person];

	if (priced) {
		int32_t wanted;

		pattern_best(w, person, w->price, &wanted);
		for (int32_t i = 0; i < wanted; i++)
			n = add_core(w, n, w->pattern[i], &left);
	} else {
		for (int32_t i = first; n < w->best.count[person]; i++)
			if (w->best.on[i])
				n = add_core(w, n, i, &left);
	}
	for (int32_t i = 0; i < FURTHER && n < m->most[person]; i++)
		n = add_core(w, n, first + (int32_t)chance(w, (uint32_t)edges), &left);
	if (n > 0)
		w->cores[chance(w, (uint32_t)n)].minutes += left;
	return n;
}

/* Let the slots meet somewhere between their cores. */
static void stretch(struct assign_work *w, int32_t n)
{
	for (int32_t i = 0; i < n; i++) {
		w->cores[i].from = i == 0 ? INT_MIN : w->cores[i - 1].to;
		w->cores[i].to = INT_MAX;
		if (i + 1 < n) {
			int32_t end = core_shift(w, i)->end, next = core_shift(w, i + 1)->start;
			uint32_t kind = chance(w, 3);

			w->cores[i].to = kind == 0 ? end : kind == 1 ? next : end + (int32_t)chance(w, (uint32_t)(next - end) + 1);
		}
	}
}

/* Whether a person could stand on an event, and whether the best plan has him there. */
static bool at_event(const struct assign_work *w, int32_t person, int32_t event, bool *held)
{
	const struct assign_model *m = &w->m;
	bool could = false;

	*held = false;
	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		if (model_event(m->p, m->edges[i].shift) == event) {
			could = true;
			*held = *held || w->best.on[i];
		}
	return could;
}

/* Of two people who are not to meet one must leave the event to the other in this round: who is not there now in a round that keeps to the plan,
 * else as a coin falls that is the same for both. */
static bool must_yield(const struct assign_work *w, int32_t person, int32_t shift, bool priced)
{
	const struct assign_model *m = &w->m;
	int32_t event = model_event(m->p, shift);
	bool here, there;

	at_event(w, person, event, &here);
	for (int32_t k = m->apart_first[person]; k < m->apart_first[person + 1]; k++) {
		int32_t other = m->apart[k];
		uint64_t coin = w->salt ^ ((uint64_t)(uint32_t)(person + other) << 32 | (uint32_t)event);

		if (!at_event(w, other, event, &there))
			continue;
		if (!priced && (here || there)) {
			if (there)
				return true;
			continue;
		}
		coin = (coin ^ coin >> 31) * 0x9E3779B97F4A7C15ULL;
		if ((coin >> 63 != 0) == (person < other))
			return true;
	}
	return false;
}

static void fill_slots(struct assign_work *w, int32_t person, int32_t n, bool priced)
{
	const struct assign_model *m = &w->m;
	bool apart = m->apart_first[person + 1] > m->apart_first[person];

	w->slots[person] = n;
	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++) {
		const struct assign_shift *s = &m->p->shifts[m->edges[i].shift];

		w->slot[i] = -1;
		if (apart && must_yield(w, person, m->edges[i].shift, priced))
			continue;
		for (int32_t k = 0; k < n; k++)
			if (w->cores[k].from <= s->start && s->end <= w->cores[k].to && m->edges[i].minutes <= w->cores[k].minutes)
				w->slot[i] = k;
	}
}

/* Mark the people near an open place: those who could take it, and of those who could take what these have a quarter. */
static void mark_near(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	int32_t tries = OPEN_TRIES, shift;

	memset(w->marked, 0, (size_t)m->p->n_people);
	do
		shift = (int32_t)chance(w, (uint32_t)m->p->n_shifts);
	while (--tries > 0 && w->best.filled[shift] == m->places[shift]);
	for (int32_t k = m->shift_first[shift]; k < m->shift_first[shift + 1]; k++) {
		int32_t person = m->edges[m->shift_edges[k]].person;

		w->marked[person] = true;
		for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
			for (int32_t l = m->shift_first[m->edges[i].shift]; w->best.on[i] && l < m->shift_first[m->edges[i].shift + 1]; l++)
				if (chance(w, 4) == 0)
					w->marked[m->edges[m->shift_edges[l]].person] = true;
	}
}

static void shake_prices(struct assign_work *w, double noise)
{
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		w->price[s] = w->best_price[s] + noise * (chance(w, 2001) / 1000.0 - 1) * (fabs(w->best_price[s]) + 4 * w->small);
}

void round_begin(struct assign_work *w, uint32_t priced, bool near)
{
	const struct assign_model *m = &w->m;

	w->salt = w->chance;
	if (priced > 0)
		shake_prices(w, near ? NOISE_NEAR : NOISE);
	if (near)
		mark_near(w);
	else
		memset(w->marked, true, (size_t)m->p->n_people);
	for (int32_t person = 0; person < m->p->n_people; person++) {
		int32_t n = 0;

		if (m->most[person] > 0) {
			n = choose_cores(w, person, w->marked[person] && chance(w, 1000) < priced);
			stretch(w, n);
		}
		fill_slots(w, person, n, priced > 0);
	}
	flow_build(w, &w->best);
}

void round_end(struct assign_work *w)
{
	if (flow_take(w))
		return;
	for (int32_t s = 0; s < w->m.p->n_shifts; s++)
		roster_fill(&w->now, &w->m, s);
}
