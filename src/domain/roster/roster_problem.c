/* A week as the planner takes it: what the rules forbid as things stand is left out of the pairs, as are services that somebody did not sign up for;
 * all that stands is pinned. */
#include "roster_inside.h"

#include <stdlib.h>
#include <string.h>

#include "shift_rules.h"
#include "volunteer/word_set.h"

#define DAY_MINUTES 1440
#define WEEK_MINUTES (7 * DAY_MINUTES)
#define WINDOW_END 100000000
#define CHECKS 2048                      /* of somebody on a place, in one slice */

static int32_t at_most(int32_t n, int32_t most)
{
	return n < 0 ? 0 : n > most ? most : n;
}

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_rows(const void *left, const void *right)
{
	const struct roster_spot *a = &((const struct roster_row *)left)->spot, *b = &((const struct roster_row *)right)->spot;
	int by;

	if ((by = compare_numbers(a->day, b->day)) != 0 || (by = compare_numbers(a->begin_min, b->begin_min)) != 0 ||
	    (by = compare_numbers(a->shift_id, b->shift_id)) != 0)
		return by;
	return compare_numbers(a->need_id, b->need_id);
}

static bool is_open(const struct roster_problem_making *b, const struct shift *s)
{
	return (s->state == SHIFT_DRAFT || s->state == SHIFT_PUBLISHED) && b->from_day <= s->day && s->day <= b->to_day &&
	       !shift_has_begun(b->of, s->day, s->begin_min);
}

static void collect_rows(struct roster_problem_making *b)
{
	size_t most = 0;

	for (size_t i = 0; i < b->week->n; i++)
		most += b->week->shifts[i].n_places;
	b->rows = arena_alloc(b->a, (most + 1) * sizeof *b->rows);
	for (size_t i = 0; i < b->week->n; i++) {
		const struct roster_shift *row = &b->week->shifts[i];

		for (size_t k = 0; k < row->n_places && row->shift.state != SHIFT_CANCELLED; k++) {
			const struct roster_place *place = &row->places[k];
			int free = place->need.headcount - (int)place->n_seats;

			if (!is_open(b, &row->shift) || free < 0)
				free = 0;
			if (free > 0 || place->n_seats > 0)
				b->rows[b->n_rows++] = (struct roster_row){ roster_spot_of(&row->shift, &place->need), row, place, free };
		}
	}
	qsort(b->rows, (size_t)b->n_rows, sizeof *b->rows, compare_rows);
}

static bool is_pinned(const struct roster_problem_making *b, const struct roster_seat *seat, int32_t *person)
{
	const struct roster_person *p = roster_person_find(b->people, seat->volunteer_id);

	*person = p ? (int32_t)(p - b->people->list) : -1;
	return p != NULL;
}

/* Seats of people who are not asked any more (stopped, deleted) hold their place without being in the plan. */
static const struct assign_seat *make_pins(struct roster_problem_making *b, int32_t *counts)
{
	struct assign_seat *pins;
	size_t most = 0;

	for (int32_t i = 0; i < b->n_rows; i++)
		most += b->rows[i].place->n_seats;
	pins = arena_alloc(b->a, (most + 1) * sizeof *pins);
	for (int32_t i = 0; i < b->n_rows; i++)
		for (size_t k = 0; k < b->rows[i].place->n_seats; k++) {
			int32_t person;

			if (!is_pinned(b, &b->rows[i].place->seats[k], &person))
				continue;
			pins[b->n_pins++] = (struct assign_seat){ .person = person, .shift = i };
			counts[i]++;
		}
	return pins;
}

/* Whatever the weights of the config: the planner takes costs up to a limit, and above it more urgent is no dearer. */
static int32_t priority_of(const struct roster_problem_making *b, int priority)
{
	int32_t most = ASSIGN_MAX_COST / (b->of->settings->weight_unfilled > 0 ? b->of->settings->weight_unfilled : 1);

	return priority < 1 ? 1 : at_most(priority, most);
}

/* What can be done whenever it suits is in nobody's way: it lies beyond the week, each at a time of its own. */
static const struct assign_shift *make_shifts(struct roster_problem_making *b, const int32_t *pinned)
{
	struct assign_shift *shifts = arena_alloc(b->a, ((size_t)b->n_rows + 1) * sizeof *shifts);
	int32_t event = -1;

	for (int32_t i = 0; i < b->n_rows; i++) {
		const struct roster_row *row = &b->rows[i];
		int32_t start = at_most(row->spot.begin_min, DAY_MINUTES - 1), length = row->spot.end_min - row->spot.begin_min;

		if (i == 0 || row->spot.shift_id != b->rows[i - 1].spot.shift_id)
			event++;
		start += row->spot.flexible ? WEEK_MINUTES + 2 * DAY_MINUTES * event : (row->spot.day - b->week->monday) * DAY_MINUTES;
		shifts[i] = (struct assign_shift){
			.start = start, .end = start + at_most(length, DAY_MINUTES), .need = row->free + pinned[i],
			.priority = priority_of(b, row->place->need.priority), .event = event,
		};
	}
	return shifts;
}

static void make_people(struct roster_problem_making *b, struct assign_problem *p)
{
	size_t n = b->people->n;
	struct assign_person *people = arena_alloc(b->a, (n + 1) * sizeof *people);
	struct assign_window *windows = arena_alloc(b->a, (n + 1) * sizeof *windows);
	int32_t *first = arena_alloc(b->a, (n + 1) * sizeof *first);

	for (size_t i = 0; i < n; i++) {
		const struct volunteer *v = &b->people->list[i].v;

		people[i] = (struct assign_person){
			.skills = 1, .max_shifts = at_most(v->weekly_shifts, ASSIGN_MAX_SHIFTS), .max_minutes = at_most(v->weekly_minutes, WEEK_MINUTES),
			.carried_minutes = roster_carried_minutes(b->people, v->id, b->week->monday),
		};
		windows[i] = (struct assign_window){ 0, WINDOW_END, ASSIGN_CAN };
		first[i + 1] = (int32_t)i + 1;
	}
	p->n_people = (int32_t)n;
	p->people = people;
	p->windows = windows;
	p->window_first = first;
}

static bool is_refused(const struct roster_problem_making *b, int64_t volunteer_id, int64_t shift_id)
{
	for (size_t i = 0; i < b->n_refused; i++)
		if (b->refused[i].volunteer_id == volunteer_id && b->refused[i].shift_id == shift_id)
			return true;
	return false;
}

/* Most people did not sign up for most services: that takes least and is asked first. */
static unsigned conflicts_of(const struct roster_problem_making *b, const struct roster_person *person, const struct roster_spot *spot)
{
	if (spot->service[0] && !word_set_has(person->v.services, spot->service))
		return ROSTER_SERVICE;
	return roster_conflicts(b->of, b->people, person, spot, NULL);
}

/* What one person can do; people come in their order. */
static void add_pairs(struct roster_problem_making *b, size_t i)
{
	const struct roster_person *person = &b->people->list[i];

	for (int32_t k = 0; k < b->n_rows && person->rostered; k++) {
		const struct roster_spot *spot = &b->rows[k].spot;
		unsigned conflicts;

		if (b->rows[k].free == 0 || roster_stands_on(b->people, person->v.id, spot->shift_id) ||
		    is_refused(b, person->v.id, spot->shift_id))
			continue;
		if ((conflicts = conflicts_of(b, person, spot)) & (ROSTER_BLOCKING | ROSTER_SERVICE))
			continue;
		b->pairs = mem_grow(b->pairs, &b->cap_pairs, b->n_pairs + 1, sizeof *b->pairs);
		b->pairs[b->n_pairs++] = (struct assign_pair){ .shift = k, .cost = roster_cost(b->of, b->people, person, spot, conflicts) };
	}
	b->pair_first[i + 1] = (int32_t)b->n_pairs;
}

static void make_apart(struct roster_problem_making *b, struct assign_problem *p)
{
	struct assign_apart *apart;
	size_t most = 0;

	for (size_t i = 0; i < b->people->n; i++)
		most += b->people->list[i].v.n_aparts;
	apart = arena_alloc(b->a, (most + 1) * sizeof *apart);
	for (size_t i = 0; i < b->people->n; i++)
		for (size_t k = 0; k < b->people->list[i].v.n_aparts; k++) {
			const struct roster_person *other = roster_person_find(b->people, b->people->list[i].v.aparts[k].other_id);

			if (other && other > &b->people->list[i])
				apart[p->n_apart++] = (struct assign_apart){ (int32_t)i, (int32_t)(other - b->people->list) };
		}
	p->apart = apart;
}

void roster_problem_begin(struct roster_problem_making *m)
{
	int32_t *pinned;

	m->problem.weights = (struct assign_weights){
		.unfilled = m->of->settings->weight_unfilled, .fair_step = m->of->settings->weight_fair, .fair_carried = roster_carried_cost(m->of),
		.carried_unit = ROSTER_CARRIED_UNIT,
	};
	collect_rows(m);
	pinned = arena_alloc(m->a, ((size_t)m->n_rows + 1) * sizeof *pinned);
	m->problem.pins = make_pins(m, pinned);
	m->problem.n_pins = m->n_pins;
	m->problem.shifts = make_shifts(m, pinned);
	m->problem.n_shifts = m->n_rows;
	make_people(m, &m->problem);
	make_apart(m, &m->problem);
	m->pair_first = arena_alloc(m->a, (m->people->n + 1) * sizeof *m->pair_first);
}

bool roster_problem_add_people(struct roster_problem_making *m)
{
	size_t lot = CHECKS / ((size_t)m->n_rows + 1) + 1;

	for (size_t end = m->next_person + lot; m->next_person < m->people->n && m->next_person < end; m->next_person++)
		add_pairs(m, m->next_person);
	return m->next_person < m->people->n;
}

void roster_problem_end(struct roster_problem_making *m, struct roster_problem *out)
{
	struct assign_pair *pairs = arena_alloc(m->a, (m->n_pairs + 1) * sizeof *pairs);
	int kept = 0;

	if (m->n_pairs > 0)
		memcpy(pairs, m->pairs, m->n_pairs * sizeof *pairs);
	free(m->pairs);
	m->pairs = NULL;
	m->problem.pairs = pairs;
	m->problem.pair_first = m->pair_first;
	for (int32_t i = 0; i < m->n_rows; i++)
		kept += m->from_day <= m->rows[i].spot.day && m->rows[i].spot.day <= m->to_day ? (int)m->rows[i].place->n_seats : 0;
	*out = (struct roster_problem){ .problem = m->problem, .rows = m->rows, .kept = kept };
}
