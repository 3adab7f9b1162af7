/* Small weeks, and the plan that nothing betters. */
#include "week.h"

#include <string.h>

uint32_t week_chance(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*seed >> 8) * below >> 24);
}

void week_finish(struct week *w)
{
	int32_t windows = 0, pairs = 0;

	for (int32_t i = 0; i < w->p.n_people; i++) {
		for (int32_t k = 0; k < w->n_windows[i]; k++)
			w->windows[windows++] = w->windows_of[i][k];
		for (int32_t k = 0; k < w->n_pairs[i]; k++)
			w->pairs[pairs++] = w->pairs_of[i][k];
		w->window_first[i + 1] = windows;
		w->pair_first[i + 1] = pairs;
	}
	w->p.shifts = w->shifts;
	w->p.people = w->people;
	w->p.window_first = w->window_first;
	w->p.windows = w->windows;
	w->p.pair_first = w->pair_first;
	w->p.pairs = w->pairs;
	w->p.apart = w->apart;
	w->p.pins = w->pins;
}

void week_plain(struct week *w, int32_t people, int32_t shifts)
{
	*w = (struct week){ .p = { .n_people = people, .n_shifts = shifts, .weights = { .unfilled = 100000, .degree = { 0, 30, 0, -5 },
	                                                                                .fair_step = 200, .fair_carried = 10, .carried_unit = 240 } } };
	for (int32_t s = 0; s < shifts; s++)
		w->shifts[s] = (struct assign_shift){ .start = 480 + 120 * s, .end = 600 + 120 * s, .need = 1, .priority = 1, .event = -1 };
	for (int32_t i = 0; i < people; i++) {
		w->people[i] = (struct assign_person){ .skills = 1, .max_shifts = 2, .max_minutes = 1440 };
		w->windows_of[i][0] = (struct assign_window){ 0, 10080, ASSIGN_CAN };
		w->n_windows[i] = 1;
		w->n_pairs[i] = shifts;
		for (int32_t s = 0; s < shifts; s++)
			w->pairs_of[i][s] = (struct assign_pair){ s, 10 };
	}
	week_finish(w);
}

static void random_shift(struct week *w, int32_t s, uint32_t *seed, bool fixed)
{
	int32_t start = fixed ? 240 * (int32_t)week_chance(seed, 3) : 60 * (int32_t)week_chance(seed, 8);
	int32_t length = fixed ? 240 : 60 + 60 * (int32_t)week_chance(seed, 4);

	w->shifts[s] = (struct assign_shift){ .start = start, .end = start + length, .need = (int32_t)week_chance(seed, 3),
		.skill = (int32_t)week_chance(seed, 2), .priority = 1 + (int32_t)week_chance(seed, 3),
		.event = week_chance(seed, 3) ? -1 : (int32_t)week_chance(seed, 2) };
}

static void random_person(struct week *w, int32_t i, uint32_t *seed, bool fixed)
{
	int32_t most = (int32_t)week_chance(seed, 4);

	w->people[i] = (struct assign_person){ .skills = 1 + week_chance(seed, 3), .max_shifts = fixed ? most : 9,
		.max_minutes = fixed ? 240 * most + 100 : 60 * (int32_t)week_chance(seed, 9), .carried_minutes = 100 * (int32_t)week_chance(seed, 9) };
	w->n_windows[i] = 1 + (int32_t)week_chance(seed, 3);
	for (int32_t k = 0; k < w->n_windows[i]; k++) {
		int32_t start = 60 * (int32_t)week_chance(seed, 8);

		w->windows_of[i][k] = (struct assign_window){ start, start + 60 + 60 * (int32_t)week_chance(seed, 12),
			week_chance(seed, 8) ? ASSIGN_RATHER_NOT + (int)week_chance(seed, 3) : ASSIGN_CANNOT };
	}
	w->n_pairs[i] = 0;
	for (int32_t s = 0; s < w->p.n_shifts; s++)
		if (week_chance(seed, 6))
			w->pairs_of[i][w->n_pairs[i]++] = (struct assign_pair){ s, (int32_t)week_chance(seed, 200) - 20 };
}

void week_random(struct week *w, uint32_t *seed, unsigned what)
{
	week_plain(w, 1 + (int32_t)week_chance(seed, 4), 1 + (int32_t)week_chance(seed, 5));
	w->p.weights.unfilled = week_chance(seed, 5) ? 100000 : 250;
	for (int32_t s = 0; s < w->p.n_shifts; s++)
		random_shift(w, s, seed, what & WEEK_FIXED);
	for (int32_t i = 0; i < w->p.n_people; i++)
		random_person(w, i, seed, what & WEEK_FIXED);
	if (what & WEEK_APART)
		for (int32_t k = 0; k < 2 && w->p.n_people > 1; k++) {
			int32_t a = (int32_t)week_chance(seed, (uint32_t)w->p.n_people);

			w->apart[w->p.n_apart++] = (struct assign_apart){ a, (a + 1) % w->p.n_people };
		}
	if (what & WEEK_PINS) {
		w->pins[w->p.n_pins++] = (struct assign_seat){ (int32_t)week_chance(seed, (uint32_t)w->p.n_people), 0 };
		if (w->p.n_shifts > 1)
			w->pins[w->p.n_pins++] = (struct assign_seat){ (int32_t)week_chance(seed, (uint32_t)w->p.n_people), 1 };
	}
	week_finish(w);
}

/* Trying everything -------------------------------------------------------------------------------------------------------------- */

/* Degree in hours: each hour of the shift must lie in a window, none in one that says no. All times are whole hours. */
static int degree_by_hour(const struct week *w, int32_t i, int32_t s)
{
	int worst = ASSIGN_WILLING;

	for (int32_t at = w->shifts[s].start; at < w->shifts[s].end; at += 60) {
		int here = 9;

		for (int32_t k = 0; k < w->n_windows[i]; k++)
			if (w->windows_of[i][k].start <= at && at < w->windows_of[i][k].end && (int)w->windows_of[i][k].degree < here)
				here = (int)w->windows_of[i][k].degree;
		worst = here == 9 ? ASSIGN_CANNOT : here < worst ? here : worst;
	}
	return worst;
}

static bool touch(const struct week *w, int32_t s, int32_t t)
{
	return w->shifts[s].start < w->shifts[t].end && w->shifts[t].start < w->shifts[s].end;
}

static unsigned pinned_of(const struct week *w, int32_t i)
{
	unsigned mask = 0;

	for (int32_t k = 0; k < w->p.n_pins; k++)
		if (w->pins[k].person == i)
			mask |= 1u << w->pins[k].shift;
	return mask;
}

static const struct assign_pair *pair_of(const struct week *w, int32_t i, int32_t s)
{
	for (int32_t k = 0; k < w->n_pairs[i]; k++)
		if (w->pairs_of[i][k].shift == s)
			return &w->pairs_of[i][k];
	return NULL;
}

/* What the set of shifts costs for a person, -1 where a rule forbids it. */
static int64_t cost_of(const struct week *w, int32_t i, unsigned mask)
{
	const struct assign_weights *x = &w->p.weights;
	unsigned pinned = pinned_of(w, i);
	int32_t count = 0, minutes = 0;
	int64_t cost = 1000000;           /* so that it is never below zero */

	if ((mask & pinned) != pinned)
		return -1;
	for (int32_t s = 0; s < w->p.n_shifts; s++) {
		const struct assign_pair *pair = pair_of(w, i, s);

		if (!(mask >> s & 1))
			continue;
		cost += x->fair_step * (2 * ++count - 1) + x->fair_carried * (w->people[i].carried_minutes / x->carried_unit);
		minutes += w->shifts[s].end - w->shifts[s].start;
		cost += pair ? pair->cost + x->degree[degree_by_hour(w, i, s)] : 0;
		if (pinned >> s & 1)
			continue;
		if (!pair || !(w->people[i].skills >> w->shifts[s].skill & 1) || degree_by_hour(w, i, s) == ASSIGN_CANNOT)
			return -1;
		for (int32_t t = 0; t < w->p.n_shifts; t++)
			if (t != s && (mask >> t & 1) && touch(w, s, t))
				return -1;
	}
	if (mask != pinned && (count > w->people[i].max_shifts || minutes > w->people[i].max_minutes))
		return -1;
	return cost;
}

/* Whether people who are to be kept apart meet by more than their pins. */
static bool quarrel(const struct week *w, const unsigned *masks, int32_t upto)
{
	for (int32_t k = 0; k < w->p.n_apart; k++) {
		int32_t a = w->apart[k].a, b = w->apart[k].b;

		for (int32_t s = 0; s < w->p.n_shifts && a <= upto && b <= upto; s++)
			for (int32_t t = 0; t < w->p.n_shifts; t++)
				if ((masks[a] >> s & 1) && (masks[b] >> t & 1) && !((pinned_of(w, a) >> s & 1) && (pinned_of(w, b) >> t & 1)) &&
				    (s == t || (w->shifts[s].event >= 0 && w->shifts[s].event == w->shifts[t].event)))
					return true;
	}
	return false;
}

struct attempt {
	const struct week *w;
	int64_t costs[WEEK_PEOPLE][1 << WEEK_SHIFTS];
	unsigned masks[WEEK_PEOPLE];
	int32_t filled[WEEK_SHIFTS], by_pins[WEEK_SHIFTS];
	int64_t least;
};

static void finish_attempt(struct attempt *a, int64_t cost)
{
	for (int32_t s = 0; s < a->w->p.n_shifts; s++) {
		int32_t open = a->w->shifts[s].need - a->filled[s];

		if (open < 0 && a->filled[s] > a->by_pins[s])
			return;
		cost += open > 0 ? (int64_t)open * a->w->shifts[s].priority * a->w->p.weights.unfilled : 0;
	}
	a->least = cost < a->least ? cost : a->least;
}

static void attempt_from(struct attempt *a, int32_t i, int64_t cost)
{
	if (i == a->w->p.n_people) {
		finish_attempt(a, cost);
		return;
	}
	for (unsigned mask = 0; mask < 1u << a->w->p.n_shifts; mask++) {
		if (a->costs[i][mask] < 0)
			continue;
		a->masks[i] = mask;
		if (a->w->p.n_apart > 0 && quarrel(a->w, a->masks, i))
			continue;
		for (int32_t s = 0; s < a->w->p.n_shifts; s++)
			a->filled[s] += mask >> s & 1;
		attempt_from(a, i + 1, cost + a->costs[i][mask] - 1000000);
		for (int32_t s = 0; s < a->w->p.n_shifts; s++)
			a->filled[s] -= mask >> s & 1;
	}
}

int64_t week_least(const struct week *w)
{
	struct attempt a = { .w = w, .least = INT64_MAX };

	for (int32_t i = 0; i < w->p.n_people; i++)
		for (unsigned mask = 0; mask < 1u << w->p.n_shifts; mask++)
			a.costs[i][mask] = cost_of(w, i, mask);
	for (int32_t k = 0; k < w->p.n_pins; k++)
		a.by_pins[w->pins[k].shift]++;
	attempt_from(&a, 0, 0);
	return a.least;
}

const struct assign_plan *week_plan(struct assign *a, const struct assign_problem *p, uint64_t seed)
{
	struct err e = { 0 };

	if (assign_init(a, p, seed, &e) != RC_OK)
		fail_msg("%s", e.text);
	while (assign_step(a, 1000))
		;
	if (assign_verify(p, assign_best(a), &e) != RC_OK)
		fail_msg("%s", e.text);
	return assign_best(a);
}
