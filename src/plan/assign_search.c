/* The search where shifts overlap: divide each person's time into slots of one shift each, and solve all people at once as a flow.
 *
 * A slot is a stretch of time and a length; the slots of a person never overlap and their lengths together keep his cap, so whatever the flow puts
 * into them keeps the rules.  Slots are laid round shifts, their cores: those that he has, so that a round can't make the plan worse, or those that
 * would be best for him at the best prices known, which is how a plan changes its shape. */
#include "assign_work.h"

#include <limits.h>
#include <math.h>

#include "base/mem.h"

enum {
	FURTHER = 8,                      /* shifts that are tried by chance as further cores in the time that is left */
	OPEN_TRIES = 50,                  /* to find an open place by chance */
	NEIGHBOURS_SKIPPED = 3,           /* one in so many of those further away is in a round */
	EFFORT_SHAKE = 5,                 /* of a price, in about nanoseconds */
};
/* How far the prices of a round are from the best ones: a little settles ties each time otherwise; near an open place more is worth a try. */
static const double NOISE = 0.0005, NOISE_NEAR = 0.002, NOISE_FAR = 0.01;

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

		pattern_best(w, person, w->shaken, &wanted);
		for (int32_t i = 0; i < wanted; i++)
			n = add_core(w, n, w->pattern[i], &left);
	} else {
		for (int32_t i = first; n < w->now.count[person]; i++)
			if (w->now.on[i])
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
			*held = *held || w->now.on[i];
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

static void shake_prices(struct assign_work *w, double noise)
{
	int32_t n = w->m.p->n_shifts;

	for (int32_t s = 0; s < n; s++)
		w->shaken[s] = w->best_price[s] + noise * (chance(w, 2001) / 1000.0 - 1) * (fabs(w->best_price[s]) + 4 * w->small);
	w->effort += n * EFFORT_SHAKE;
}

/* Lay out the time of the people of the round, solve them as one, take what is found. */
static void solve_round(struct assign_work *w, uint32_t priced)
{
	for (int32_t k = 0; k < w->n_people; k++) {
		int32_t person = w->people[k], n = 0;

		if (w->m.most[person] > 0) {
			n = choose_cores(w, person, chance(w, 1000) < priced);
			stretch(w, n);
		}
		fill_slots(w, person, n, priced > 0);
	}
	flow_build(w);
}

void round_of_everybody(struct assign_work *w, uint32_t priced)
{
	w->salt = w->chance;
	if (priced > 0)
		shake_prices(w, NOISE);
	flow_everybody(w);
	solve_round(w, priced);
}

/* Near rounds -------------------------------------------------------------------------------------------------------------------- */

/* A shift with an open place, found by chance; any shift where none is found. */
static int32_t choose_place(struct assign_work *w)
{
	int32_t shift = 0;

	for (int32_t tries = OPEN_TRIES; tries > 0; tries--) {
		shift = (int32_t)chance(w, (uint32_t)w->m.p->n_shifts);
		if (w->now.filled[shift] < w->m.places[shift])
			break;
	}
	return shift;
}

static void see(struct assign_work *w, int32_t shift, int32_t *n)
{
	if (w->seen[shift])
		return;
	w->seen[shift] = true;
	w->seen_shifts[(*n)++] = shift;
}

static void add_to_round(struct assign_work *w, int32_t person)
{
	w->marked[person] = true;
	w->people[w->n_people++] = person;
}

/* From a shift to those who could take it, to what they have, to those who could take that: until there are `most` people. */
static void gather(struct assign_work *w, int32_t from, int32_t most)
{
	const struct assign_model *m = &w->m;
	int32_t seen = 0;

	for (int32_t k = 0; k < w->n_people; k++)
		w->marked[w->people[k]] = false;
	w->n_people = 0;
	see(w, from, &seen);
	for (int32_t head = 0; head < seen && w->n_people < most; head++) {
		int32_t shift = w->seen_shifts[head], first = m->shift_first[shift], n = m->shift_first[shift + 1] - first;
		int32_t at = n > 0 ? (int32_t)chance(w, (uint32_t)n) : 0;

		for (int32_t k = 0; k < n && w->n_people < most; k++) {
			int32_t person = m->edges[m->shift_edges[first + (at + k) % n]].person;

			if (w->marked[person] || (head > 0 && chance(w, NEIGHBOURS_SKIPPED) > 0))
				continue;
			add_to_round(w, person);
			for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
				if (w->now.on[i])
					see(w, m->edges[i].shift, &seen);
		}
	}
	for (int32_t k = 0; k < seen; k++)
		w->seen[w->seen_shifts[k]] = false;
}

void round_near(struct assign_work *w)
{
	static const int32_t sizes[] = { 40, 80, 160, 320, 640 };
	static const double noises[] = { NOISE, NOISE_NEAR, NOISE_FAR };
	static const uint32_t priced[] = { 0, 250, 700, 1000 };
	int32_t shift = choose_place(w);
	uint32_t many = priced[chance(w, COUNT(priced))];

	w->salt = w->chance;
	gather(w, shift, sizes[chance(w, COUNT(sizes))]);
	if (many > 0) {
		shake_prices(w, noises[chance(w, COUNT(noises))]);
		if (chance(w, 2) == 0)
			w->shaken[shift] = (double)w->m.penalty[shift] * 1.5;
	}
	solve_round(w, many);
}
