/* Explanations of a plan: read off the problem, the plan and its prices. */
#include "plan/assign_why.h"

#include <stdlib.h>

#include "assign_model.h"
#include "base/mem.h"

/* The seats of a person are a stretch of the plan, found by halving. */
static int32_t first_seat(const struct assign_plan *plan, int32_t person)
{
	int32_t low = 0, high = plan->n_seats;

	while (low < high) {
		int32_t middle = low + (high - low) / 2;

		if (plan->seats[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_on(const struct assign_plan *plan, int32_t person, int32_t shift)
{
	for (int32_t i = first_seat(plan, person); i < plan->n_seats && plan->seats[i].person == person; i++)
		if (plan->seats[i].shift == shift)
			return true;
	return false;
}

static bool is_pin(const struct assign_problem *p, int32_t person, int32_t shift)
{
	for (int32_t k = 0; k < p->n_pins; k++)
		if (p->pins[k].person == person && p->pins[k].shift == shift)
			return true;
	return false;
}

static const struct assign_pair *pair_of(const struct assign_problem *p, int32_t person, int32_t shift)
{
	for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++)
		if (p->pairs[k].shift == shift)
			return &p->pairs[k];
	return NULL;
}

static int32_t minutes_of(const struct assign_problem *p, int32_t shift)
{
	return p->shifts[shift].end - p->shifts[shift].start;
}

static int32_t open_places(const struct assign_problem *p, const struct assign_plan *plan, int32_t shift)
{
	int32_t open = p->shifts[shift].need;

	for (int32_t i = 0; i < plan->n_seats; i++)
		open -= plan->seats[i].shift == shift;
	return open > 0 ? open : 0;
}

/* Somebody on the event whom the person is not to meet, -1 if there is nobody. */
static int32_t met_there(const struct assign_problem *p, const struct assign_plan *plan, int32_t person, int32_t shift)
{
	for (int32_t k = 0; k < p->n_apart; k++) {
		int32_t other = p->apart[k].a == person ? p->apart[k].b : p->apart[k].b == person ? p->apart[k].a : -1;

		for (int32_t i = other < 0 ? plan->n_seats : first_seat(plan, other); i < plan->n_seats && plan->seats[i].person == other; i++)
			if (model_event(p, plan->seats[i].shift) == model_event(p, shift))
				return other;
	}
	return -1;
}

/* Rules -------------------------------------------------------------------------------------------------------------------------- */

/* Whether places are open is the last thing that matters, and known to the caller. */
static enum assign_rule rule_of(const struct assign_problem *p, const struct assign_plan *plan, int32_t person, int32_t shift, bool open,
                                int32_t *by)
{
	int64_t count = 0, minutes = minutes_of(p, shift);
	int32_t overlapping = -1;

	*by = -1;
	if (is_on(plan, person, shift))
		return ASSIGN_ON_IT;
	if (!(p->people[person].skills >> p->shifts[shift].skill & 1))
		return ASSIGN_UNSKILLED;
	if (!pair_of(p, person, shift))
		return ASSIGN_UNLISTED;
	if (model_degree(p, person, shift) == ASSIGN_CANNOT)
		return ASSIGN_AWAY;
	if ((*by = met_there(p, plan, person, shift)) >= 0)
		return ASSIGN_KEPT_APART;
	for (int32_t i = first_seat(plan, person); i < plan->n_seats && plan->seats[i].person == person; i++) {
		if (overlapping < 0 && model_overlap(&p->shifts[plan->seats[i].shift], &p->shifts[shift]))
			overlapping = plan->seats[i].shift;
		minutes += minutes_of(p, plan->seats[i].shift);
		count++;
	}
	if ((*by = overlapping) >= 0)
		return ASSIGN_OVERLAPS;
	if (count >= p->people[person].max_shifts || count >= ASSIGN_MAX_SHIFTS)
		return ASSIGN_SHIFTS_FULL;
	if (minutes > p->people[person].max_minutes)
		return ASSIGN_MINUTES_FULL;
	return open ? ASSIGN_FREE : ASSIGN_NO_PLACE;
}

/* What a person's pair with a shift costs beside what open places cost. */
static int64_t pair_cost(const struct assign_problem *p, int32_t person, int32_t shift)
{
	const struct assign_pair *pair = pair_of(p, person, shift);

	return pair ? pair->cost + p->weights.degree[model_degree(p, person, shift)] : 0;
}

static int64_t fair_cost(const struct assign_problem *p, int32_t person, int64_t count)
{
	return count * count * p->weights.fair_step +
	       count * (int64_t)p->weights.fair_carried * (p->people[person].carried_minutes / p->weights.carried_unit);
}

static int64_t open_cost(const struct assign_problem *p, int32_t shift)
{
	return (int64_t)p->shifts[shift].priority * p->weights.unfilled;
}

/* What a person has, while it is found out what he would have to leave. */
struct holding {
	int32_t count, minutes, kept;     /* kept: not yet given up */
	int64_t cost;                     /* of what is given up, as a gain below zero */
};

/* The shift whose giving up costs least, -1 if what is left is pinned; `overlapping` ones come first whatever they cost. */
static int32_t least_loss(const struct assign_problem *p, const int32_t *held, int32_t n, int32_t person, int32_t shift, bool overlapping,
                          int64_t *loss)
{
	int32_t best = -1;

	for (int32_t i = 0; i < n; i++) {
		int64_t value;

		if (held[i] < 0 || (overlapping && !model_overlap(&p->shifts[held[i]], &p->shifts[shift])))
			continue;
		if (is_pin(p, person, held[i])) {
			if (overlapping)
				return -2;
			continue;
		}
		value = open_cost(p, held[i]) - pair_cost(p, person, held[i]);
		if (best < 0 || value < *loss) {
			best = i;
			*loss = value;
		}
	}
	return best;
}

/* Give up what overlaps, then the least that must go for the caps; returns false if pins stand in the way. */
static bool give_up(const struct assign_problem *p, int32_t person, int32_t shift, int32_t *held, struct holding *h)
{
	const struct assign_person *v = &p->people[person];
	int32_t n = h->count;
	int64_t loss = 0;

	for (bool overlapping = true;;) {
		int32_t i;

		if (!overlapping && h->kept + 1 <= v->max_shifts && h->minutes + (int64_t)minutes_of(p, shift) <= v->max_minutes)
			return true;
		i = least_loss(p, held, n, person, shift, overlapping, &loss);
		if (i == -1 && overlapping) {
			overlapping = false;
			continue;
		}
		if (i < 0)
			return false;
		h->cost += loss;
		h->minutes -= minutes_of(p, held[i]);
		h->kept--;
		held[i] = -1;
	}
}

void assign_why_not(const struct assign_problem *p, const struct assign_plan *plan, int32_t person, int32_t shift, struct assign_move *out)
{
	bool open = open_places(p, plan, shift) > 0;
	int32_t first = first_seat(plan, person);
	struct holding h = { 0 };
	AUTO_FREE int32_t *held = NULL;

	*out = (struct assign_move){ .cost = ASSIGN_IMPOSSIBLE };
	out->rule = rule_of(p, plan, person, shift, open, &out->by);
	if (out->rule < ASSIGN_OVERLAPS)
		return;
	while (first + h.count < plan->n_seats && plan->seats[first + h.count].person == person)
		h.minutes += minutes_of(p, plan->seats[first + h.count++].shift);
	held = mem_alloc((size_t)h.count * sizeof *held);
	for (int32_t i = 0; i < h.count; i++)
		held[i] = plan->seats[first + i].shift;
	h.kept = h.count;
	if (!give_up(p, person, shift, held, &h))
		return;
	out->gives_up = h.count - h.kept;
	out->cost = h.cost + pair_cost(p, person, shift) - (open ? open_cost(p, shift) : 0) + fair_cost(p, person, h.kept + 1) -
	            fair_cost(p, person, h.count);
}

/* Open places -------------------------------------------------------------------------------------------------------------------- */

struct assign_why {
	const struct assign_problem *p;
	const struct assign_plan *plan;
	int32_t shift, groups;            /* which is looked at next; how many were explained */
	int32_t *numbers;                 /* owns those below */
	int32_t *person_in, *shift_in;    /* the last group that it was in, counted from 1 */
	int32_t *queue;
	int32_t *open;                    /* [n_shifts] */
	int32_t *listed_first, *listed;   /* [n_shifts + 1] and [pairs]: who is listed for a shift */
};

static void list_people(struct assign_why *g)
{
	const struct assign_problem *p = g->p;

	for (int32_t k = 0; k < p->pair_first[p->n_people]; k++)
		g->listed_first[p->pairs[k].shift + 1]++;
	for (int32_t s = 0; s < p->n_shifts; s++)
		g->listed_first[s + 1] += g->listed_first[s];
	for (int32_t person = 0; person < p->n_people; person++)
		for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++)
			g->listed[g->listed_first[p->pairs[k].shift]++] = person;
	for (int32_t s = p->n_shifts; s > 0; s--)
		g->listed_first[s] = g->listed_first[s - 1];
	g->listed_first[0] = 0;
}

/* Whether a person could do one shift in place of another that he has, and keep to all rules. */
static bool could_swap(const struct assign_why *g, int32_t person, int32_t shift, int32_t instead_of)
{
	const struct assign_problem *p = g->p;
	int64_t minutes = minutes_of(p, shift) - minutes_of(p, instead_of);

	for (int32_t i = first_seat(g->plan, person); i < g->plan->n_seats && g->plan->seats[i].person == person; i++) {
		int32_t held = g->plan->seats[i].shift;

		minutes += minutes_of(p, held);
		if (held != instead_of && model_overlap(&p->shifts[held], &p->shifts[shift]))
			return false;
	}
	return minutes <= p->people[person].max_minutes && !is_pin(p, person, instead_of);
}

/* From an open shift to those that somebody would have to leave for it, and from these likewise. */
static void find_group(struct assign_why *g, int32_t number, struct assign_open *out)
{
	const struct assign_problem *p = g->p;
	int32_t head = 0, tail = 0, by;

	g->queue[tail++] = out->shift;
	g->shift_in[out->shift] = number;
	while (head < tail) {
		int32_t shift = g->queue[head++];

		out->group_shifts++;
		out->group_places += p->shifts[shift].need;
		for (int32_t k = g->listed_first[shift]; k < g->listed_first[shift + 1]; k++) {
			int32_t person = g->listed[k];
			enum assign_rule rule;

			rule = rule_of(p, g->plan, person, shift, true, &by);
			if (rule < ASSIGN_OVERLAPS && rule != ASSIGN_ON_IT)
				continue;
			out->group_people += g->person_in[person] != number;
			g->person_in[person] = number;
			for (int32_t i = first_seat(g->plan, person); i < g->plan->n_seats && g->plan->seats[i].person == person; i++) {
				int32_t held = g->plan->seats[i].shift;

				if (g->shift_in[held] == number || rule == ASSIGN_ON_IT || !could_swap(g, person, shift, held))
					continue;
				g->shift_in[held] = number;
				g->queue[tail++] = held;
			}
		}
	}
}

static enum assign_open_kind kind_of(const struct assign_open *o)
{
	const int32_t *n = o->people;
	int32_t taken = n[ASSIGN_OVERLAPS] + n[ASSIGN_SHIFTS_FULL] + n[ASSIGN_MINUTES_FULL] + n[ASSIGN_ON_IT];

	if (n[ASSIGN_FREE] > 0)
		return ASSIGN_OPEN_DEARER;
	if (taken > 0)
		return ASSIGN_OPEN_TAKEN;
	if (n[ASSIGN_KEPT_APART] > 0)
		return ASSIGN_OPEN_APART;
	return n[ASSIGN_AWAY] > 0 ? ASSIGN_OPEN_AWAY : ASSIGN_OPEN_UNSKILLED;
}

struct assign_why *assign_why_new(const struct assign_problem *p, const struct assign_plan *plan)
{
	size_t people = (size_t)p->n_people, shifts = (size_t)p->n_shifts;
	size_t pairs = people > 0 ? (size_t)p->pair_first[people] : 0;
	int32_t *numbers = mem_alloc((people + 4 * shifts + 1 + pairs) * sizeof *numbers);
	struct assign_why *g = mem_alloc(sizeof *g);

	*g = (struct assign_why){
		.p = p, .plan = plan, .numbers = numbers, .person_in = numbers, .shift_in = numbers + people, .queue = numbers + people + shifts,
		.open = numbers + people + 2 * shifts, .listed_first = numbers + people + 3 * shifts, .listed = numbers + people + 4 * shifts + 1,
	};
	if (people > 0)
		list_people(g);
	for (int32_t s = 0; s < p->n_shifts; s++)
		g->open[s] = p->shifts[s].need;
	for (int32_t i = 0; i < plan->n_seats; i++)
		g->open[plan->seats[i].shift]--;
	return g;
}

void assign_why_free(struct assign_why *g)
{
	if (g)
		free(g->numbers);
	free(g);
}

bool assign_why_next(struct assign_why *g, struct assign_open *out)
{
	int32_t by;

	while (g->shift < g->p->n_shifts && g->open[g->shift] <= 0)
		g->shift++;
	if (g->shift >= g->p->n_shifts)
		return false;
	*out = (struct assign_open){ .shift = g->shift, .places = g->open[g->shift] };
	for (int32_t person = 0; person < g->p->n_people; person++)
		out->people[rule_of(g->p, g->plan, person, g->shift, true, &by)]++;
	out->kind = kind_of(out);
	find_group(g, ++g->groups, out);
	g->shift++;
	return true;
}

/* Recruits ----------------------------------------------------------------------------------------------------------------------- */

static int by_kind(const void *left, const void *right)
{
	const struct assign_recruit *a = left, *b = right;
	const int32_t x[] = { a->grid, a->skill, a->start, a->end }, y[] = { b->grid, b->skill, b->start, b->end };

	for (size_t i = 0; i < COUNT(x); i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

static int by_worth(const void *left, const void *right)
{
	const struct assign_recruit *a = left, *b = right;

	if (a->worth != b->worth)
		return a->worth > b->worth ? -1 : 1;
	return by_kind(left, right);
}

int32_t assign_recruits(const struct assign_problem *p, const struct assign_plan *plan, struct assign_recruit *out)
{
	AUTO_FREE int32_t *open = mem_alloc((size_t)p->n_shifts * sizeof *open);
	int32_t n = 0, kinds = 0;

	for (int32_t i = 0; i < plan->n_seats; i++)
		open[plan->seats[i].shift]--;
	for (int32_t s = 0; s < p->n_shifts; s++) {
		const struct assign_shift *shift = &p->shifts[s];
		int64_t worth = plan->prices[s] - p->weights.fair_step - p->weights.degree[ASSIGN_CAN];

		open[s] += shift->need;
		if (worth > 0 && shift->need > 0)
			out[n++] = (struct assign_recruit){ shift->grid, shift->skill, shift->start, shift->end, open[s] > 0 ? open[s] : 0, worth };
	}
	qsort(out, (size_t)n, sizeof *out, by_kind);
	for (int32_t i = 0; i < n; i++) {
		struct assign_recruit *last = &out[kinds - (kinds > 0)];

		if (kinds == 0 || by_kind(last, &out[i]) != 0) {
			out[kinds++] = out[i];
			continue;
		}
		last->open += out[i].open;
		last->worth = out[i].worth > last->worth ? out[i].worth : last->worth;
	}
	qsort(out, (size_t)kinds, sizeof *out, by_worth);
	return kinds;
}
