/* The model: which pairs the rules allow once the pins stand, in the order of time that the planner works in. */
#include "assign_model.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Who is kept apart, and the pins ------------------------------------------------------------------------------------------------ */

static void link_apart(struct assign_model *m)
{
	const struct assign_problem *p = m->p;

	for (int32_t i = 0; i < p->n_apart; i++) {
		m->apart_first[p->apart[i].a + 1]++;
		m->apart_first[p->apart[i].b + 1]++;
	}
	for (int32_t i = 0; i < p->n_people; i++)
		m->apart_first[i + 1] += m->apart_first[i];
	for (int32_t i = 0; i < p->n_apart; i++) {
		m->apart[m->apart_first[p->apart[i].a]++] = p->apart[i].b;
		m->apart[m->apart_first[p->apart[i].b]++] = p->apart[i].a;
	}
	for (int32_t i = p->n_people; i > 0; i--)
		m->apart_first[i] = m->apart_first[i - 1];
	m->apart_first[0] = 0;
}

/* What is known of a person while the model is made: where the pins put him. */
struct pins {
	int32_t *first, *shifts;          /* by person */
};

static void pins_release(struct pins *pins)
{
	free(pins->first);
	free(pins->shifts);
}

static void sort_pins(struct pins *pins, const struct assign_problem *p)
{
	pins->first = mem_alloc(((size_t)p->n_people + 1) * sizeof(int32_t));
	pins->shifts = mem_alloc((size_t)p->n_pins * sizeof(int32_t));
	for (int32_t i = 0; i < p->n_pins; i++)
		pins->first[p->pins[i].person + 1]++;
	for (int32_t i = 0; i < p->n_people; i++)
		pins->first[i + 1] += pins->first[i];
	for (int32_t i = 0; i < p->n_pins; i++)
		pins->shifts[pins->first[p->pins[i].person]++] = p->pins[i].shift;
	for (int32_t i = p->n_people; i > 0; i--)
		pins->first[i] = pins->first[i - 1];
	pins->first[0] = 0;
}

/* Pairs ------------------------------------------------------------------------------------------------------------------------- */

enum assign_degree model_degree(const struct assign_problem *p, int32_t person, int32_t shift)
{
	const struct assign_shift *s = &p->shifts[shift];
	const struct assign_window *w = p->windows + p->window_first[person];
	int32_t n = p->window_first[person + 1] - p->window_first[person], reached = s->start;
	enum assign_degree least = ASSIGN_WILLING;

	for (int32_t i = 0; i < n; i++)
		if (w[i].start < s->end && w[i].end > s->start && w[i].degree < least)
			least = w[i].degree;
	if (least == ASSIGN_CANNOT)
		return ASSIGN_CANNOT;
	for (bool further = true; further && reached < s->end;) {
		further = false;
		for (int32_t i = 0; i < n; i++)
			if (w[i].start <= reached && w[i].end > reached) {
				reached = w[i].end;
				further = true;
			}
	}
	return reached >= s->end ? least : ASSIGN_CANNOT;
}

/* Whether the pins of this person and of those he is kept from leave a shift open to him. */
static bool pins_allow(const struct assign_model *m, const struct pins *pins, int32_t person, int32_t shift)
{
	const struct assign_problem *p = m->p;

	for (int32_t i = pins->first[person]; i < pins->first[person + 1]; i++)
		if (model_overlap(&p->shifts[pins->shifts[i]], &p->shifts[shift]))
			return false;
	for (int32_t k = m->apart_first[person]; k < m->apart_first[person + 1]; k++)
		for (int32_t i = pins->first[m->apart[k]]; i < pins->first[m->apart[k] + 1]; i++)
			if (model_event(p, pins->shifts[i]) == model_event(p, shift))
				return false;
	return true;
}

static enum rc cost_pins(struct assign_model *m, const struct pins *pins, int32_t person, struct err *e)
{
	const struct assign_problem *p = m->p;
	int32_t n = pins->first[person + 1] - pins->first[person];

	for (int32_t i = pins->first[person]; i < pins->first[person + 1]; i++)
		for (int32_t k = pins->first[person]; k < i; k++)
			if (pins->shifts[i] == pins->shifts[k])
				return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行在同一班次上定了两次，请去掉一次", person + 1);
	for (int32_t i = pins->first[person]; i < pins->first[person + 1]; i++)
		for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++)
			if (p->pairs[k].shift == pins->shifts[i])
				m->pinned_cost += p->pairs[k].cost + p->weights.degree[model_degree(p, person, pins->shifts[i])];
	m->held[person] = 0;
	for (int32_t i = 0; i < n; i++)
		m->pinned_cost += model_fair(m, person, i);
	m->held[person] = n;
	return RC_OK;
}

static int32_t minutes_left(const struct assign_model *m, const struct pins *pins, int32_t person)
{
	int64_t left = m->p->people[person].max_minutes;

	for (int32_t i = pins->first[person]; i < pins->first[person + 1]; i++)
		left -= m->p->shifts[pins->shifts[i]].end - m->p->shifts[pins->shifts[i]].start;
	return left < 0 ? 0 : (int32_t)left;
}

static int by_end(const void *left, const void *right, void *shifts)
{
	const struct assign_edge *a = left, *b = right;
	const struct assign_shift *s = (const struct assign_shift *)shifts + a->shift, *t = (const struct assign_shift *)shifts + b->shift;

	if (s->end != t->end)
		return s->end < t->end ? -1 : 1;
	if (s->start != t->start)
		return s->start < t->start ? -1 : 1;
	return (a->shift > b->shift) - (a->shift < b->shift);
}

static int32_t gcd(int32_t a, int32_t b)
{
	while (b) {
		int32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static int by_number(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

	return (a > b) - (a < b);
}

/* The unit that all lengths are multiples of; a larger one where the table of the pattern search would not fit: then lengths are rounded down,
 * which can only make the bound weaker. */
static int32_t unit_of(const struct assign_edge *edges, int32_t n, int32_t most, int32_t minutes)
{
	int64_t widest = ASSIGN_TABLE / ((int64_t)(n + 1) * (most + 1));
	int32_t unit = 0;

	for (int32_t i = 0; i < n; i++)
		unit = gcd(unit, edges[i].minutes);
	widest = widest > 1 ? widest : 1;
	return minutes / unit + 1 > widest ? (int32_t)(minutes / widest + 1) : unit;
}

/* Caps of a person; returns whether the count of shifts says all. `lengths` has room for his edges. */
static bool set_caps(struct assign_model *m, int32_t person, int32_t minutes, int32_t *lengths)
{
	struct assign_edge *edges = m->edges + m->first[person];
	int32_t n = m->first[person + 1] - m->first[person], unit, most = m->p->people[person].max_shifts - m->held[person];
	int64_t longest = 0, shortest = 0;
	int32_t counted;

	for (int32_t i = 0; i < n; i++)
		lengths[i] = edges[i].minutes;
	qsort(lengths, (size_t)n, sizeof *lengths, by_number);
	most = most < n ? most : n;
	counted = most = most < ASSIGN_MAX_SHIFTS ? most : ASSIGN_MAX_SHIFTS;
	for (int32_t i = 0; i < most; i++)
		if ((shortest += lengths[i]) > minutes)
			most = i;
	most = most > 0 ? most : 0;
	for (int32_t i = 0; i < most; i++)
		longest += lengths[n - 1 - i];
	m->most[person] = most;
	m->minutes[person] = minutes;
	if (longest <= minutes)
		return true;
	unit = unit_of(edges, n, counted, minutes);
	m->cap[person] = minutes / unit;
	for (int32_t i = 0; i < n; i++)
		edges[i].units = edges[i].minutes / unit;
	return false;
}

/* Cover a person's edges by as few slots as can be: all that begin before the first one ends. Returns whether edges of different slots never overlap. */
static bool set_slots(struct assign_model *m, int32_t person)
{
	const struct assign_shift *shifts = m->p->shifts;
	struct assign_edge *edges = m->edges + m->first[person];
	int32_t n = m->first[person + 1] - m->first[person], slots = 0, ended = INT_MIN;
	bool apart = true;

	for (int32_t i = 0; i < n; i++)
		edges[i].slot = -1;
	for (int32_t i = 0; i < n; i++) {
		int32_t end = ended, at = shifts[edges[i].shift].end;

		if (edges[i].slot >= 0)
			continue;
		for (int32_t k = i; k < n; k++) {
			const struct assign_shift *s = &shifts[edges[k].shift];

			if (edges[k].slot >= 0 || s->start >= at)
				continue;
			edges[k].slot = slots;
			apart = apart && s->start >= ended;
			end = s->end > end ? s->end : end;
		}
		ended = end;
		slots++;
	}
	m->slots[person] = slots;
	return apart;
}

static void add_edges(struct assign_model *m, const struct pins *pins, int32_t person, int32_t minutes)
{
	const struct assign_problem *p = m->p;

	m->first[person] = m->n_edges;
	if (p->people[person].max_shifts > m->held[person])
		for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++) {
			int32_t shift = p->pairs[k].shift;
			const struct assign_shift *s = &p->shifts[shift];
			enum assign_degree degree;

			if (m->places[shift] <= 0 || !(p->people[person].skills >> s->skill & 1) || s->end - s->start > minutes ||
			    (degree = model_degree(p, person, shift)) == ASSIGN_CANNOT || !pins_allow(m, pins, person, shift))
				continue;
			m->edges = mem_grow(m->edges, &m->edge_room, (size_t)m->n_edges + 1, sizeof *m->edges);
			m->edges[m->n_edges++] = (struct assign_edge){ .person = person, .shift = shift, .minutes = s->end - s->start,
			                                               .cost = p->pairs[k].cost + p->weights.degree[degree] };
		}
	m->first[person + 1] = m->n_edges;
}

static enum rc add_person(struct assign_model *m, const struct pins *pins, int32_t person, int32_t *scratch, struct err *e)
{
	int32_t minutes = minutes_left(m, pins, person), n;
	struct assign_edge *edges;
	size_t table;
	bool counts, slots;

	add_edges(m, pins, person, minutes);
	edges = m->edges + m->first[person];
	n = m->n_edges - m->first[person];
	qsort_r(edges, (size_t)n, sizeof *edges, by_end, (void *)(uintptr_t)m->p->shifts);
	for (int32_t i = 1; i < n; i++)
		if (edges[i].shift == edges[i - 1].shift)
			return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行两次列了同一班次，请去掉一次", person + 1);
	for (int32_t i = 0, k; i < n; i++) {
		for (k = 0; m->p->shifts[edges[k].shift].end <= m->p->shifts[edges[i].shift].start; k++)
			;
		edges[i].before = k;
	}
	counts = set_caps(m, person, minutes, scratch);
	slots = set_slots(m, person);
	m->fixed = m->fixed && counts && slots;
	m->most_edges = n > m->most_edges ? n : m->most_edges;
	table = (size_t)(n + 1) * (size_t)(m->most[person] + 1) * (size_t)(m->cap[person] + 1);
	m->most_table = table > m->most_table ? table : m->most_table;
	return RC_OK;
}

static void index_shifts(struct assign_model *m)
{
	int32_t n = m->p->n_shifts;

	m->shift_edges = mem_alloc((size_t)m->n_edges * sizeof(int32_t));
	for (int32_t i = 0; i < m->n_edges; i++)
		m->shift_first[m->edges[i].shift + 1]++;
	for (int32_t i = 0; i < n; i++)
		m->shift_first[i + 1] += m->shift_first[i];
	for (int32_t i = 0; i < m->n_edges; i++)
		m->shift_edges[m->shift_first[m->edges[i].shift]++] = i;
	for (int32_t i = n; i > 0; i--)
		m->shift_first[i] = m->shift_first[i - 1];
	m->shift_first[0] = 0;
}

static void make_room(struct assign_model *m)
{
	const struct assign_problem *p = m->p;
	size_t people = (size_t)p->n_people, shifts = (size_t)p->n_shifts;
	int32_t **per_person[] = { &m->first, &m->most, &m->minutes, &m->cap, &m->held, &m->slots, &m->apart_first };

	for (size_t i = 0; i < COUNT(per_person); i++)
		*per_person[i] = mem_alloc((people + 1) * sizeof(int32_t));
	m->edges = mem_grow(NULL, &m->edge_room, 1, sizeof *m->edges);
	m->apart = mem_alloc(2 * (size_t)p->n_apart * sizeof(int32_t));
	m->shift_first = mem_alloc((shifts + 1) * sizeof(int32_t));
	m->places = mem_alloc(shifts * sizeof(int32_t));
	m->penalty = mem_alloc(shifts * sizeof(int64_t));
}

enum rc model_make(struct assign_model *out, const struct assign_problem *p, struct err *e)
{
	struct assign_model m = { .p = p, .fixed = true };
	struct pins pins = { 0 };
	AUTO_FREE int32_t *scratch = NULL;
	enum rc rc = problem_check(p, e);

	if (rc != RC_OK)
		return rc;
	make_room(&m);
	link_apart(&m);
	sort_pins(&pins, p);
	scratch = mem_alloc(ASSIGN_MAX_PAIRS * sizeof *scratch);
	for (int32_t i = 0; i < p->n_shifts; i++) {
		m.places[i] = p->shifts[i].need;
		m.penalty[i] = (int64_t)p->shifts[i].priority * p->weights.unfilled;
	}
	for (int32_t i = 0; i < p->n_pins; i++)
		m.places[p->pins[i].shift] -= m.places[p->pins[i].shift] > 0;
	for (int32_t i = 0; i < p->n_people && rc == RC_OK; i++)
		if ((rc = cost_pins(&m, &pins, i, e)) == RC_OK)
			rc = add_person(&m, &pins, i, scratch, e);
	pins_release(&pins);
	if (rc != RC_OK) {
		model_release(&m);
		return rc;
	}
	index_shifts(&m);
	*out = m;
	return RC_OK;
}

void model_release(struct assign_model *m)
{
	int32_t **arrays[] = { &m->first, &m->shift_first, &m->shift_edges, &m->places, &m->most, &m->minutes, &m->cap, &m->held, &m->slots,
	                       &m->apart_first, &m->apart };

	for (size_t i = 0; i < COUNT(arrays); i++)
		mem_free_pointer(arrays[i]);
	mem_free_pointer(&m->edges);
	mem_free_pointer(&m->penalty);
}
