/* Makes a routing problem ready for the search. */
#include "route_model.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Beyond this many bytes of tables, all speeds together, a way is computed each time it is asked for: the square root costs less than the memory that it
 * would be fetched from, the more so where other programs want the cache too. */
enum { TABLE_BYTES = 1 << 17 };

static void take_stops(struct route_model *m)
{
	const struct route_problem *p = m->p;
	static const struct route_place nowhere;

	m->n = p->n_diners;
	m->stops = mem_alloc(((size_t)m->n + 1) * sizeof *m->stops);
	m->stops[0] = (struct model_stop){ .pin = -1, .familiar = -1, .barred = -1 };
	if (p->places) {
		m->stops[0].x = (float)p->places[0].x;
		m->stops[0].y = (float)p->places[0].y;
	}
	for (int32_t i = 1; i <= m->n; i++) {
		const struct route_diner *d = &p->diners[i - 1];
		const struct route_place *at = p->places ? &p->places[d->place] : &nowhere;

		m->stops[i] = (struct model_stop){
			.x = (float)at->x, .y = (float)at->y, .place = d->place, .meals = d->meals, .service = d->service_s, .open = d->open_s, .close = d->close_s,
			.pin = d->carrier, .firm = d->firm, .familiar = d->familiar, .face_cost = d->faces * p->weights.familiar,
			.rank = d->place_in_route, .barred = -1, .price = (int64_t)d->need * d->meals * p->weights.unserved,
		};
		m->ranked = m->ranked || d->place_in_route > 0;
	}
}

static void take_forbidden(struct route_model *m)
{
	const struct route_problem *p = m->p;
	int32_t rows = 0;

	m->barred_words = p->n_carriers / 64 + 1;
	for (int32_t i = 0; i < p->n_forbidden; i++) {
		struct model_stop *s = &m->stops[p->forbidden[i].diner + 1];

		if (s->barred < 0)
			s->barred = rows++;
	}
	m->barred = mem_alloc((size_t)rows * (size_t)m->barred_words * sizeof *m->barred);
	for (int32_t i = 0; i < p->n_forbidden; i++) {
		size_t row = (size_t)m->stops[p->forbidden[i].diner + 1].barred * (size_t)m->barred_words;
		int32_t carrier = p->forbidden[i].carrier;

		m->barred[row + (size_t)(carrier >> 6)] |= UINT64_C(1) << (carrier & 63);
	}
}

/* Ways -------------------------------------------------------------------------------------------------------------------------------- */

static int32_t *table_of(const struct route_model *m, int32_t speed)
{
	size_t n = (size_t)m->p->n_places;
	const struct route_place *at = m->p->places;
	const int32_t *given = m->p->speeds[speed].seconds;
	int32_t *table = mem_alloc(n * n * sizeof *table);

	if (given) {
		memcpy(table, given, n * n * sizeof *table);
		return table;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			double dx = at[i].x - at[j].x, dy = at[i].y - at[j].y, way = sqrt(dx * dx + dy * dy) * m->factor[speed] + 0.5;

			table[i * n + j] = way < ROUTE_FAR ? (int32_t)way : ROUTE_FAR;
		}
	return table;
}

static bool both_ways_alike(const int32_t *table, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		for (int32_t j = 0; j < i; j++)
			if (table[(size_t)i * (size_t)n + (size_t)j] != table[(size_t)j * (size_t)n + (size_t)i])
				return false;
	return true;
}

static void take_ways(struct route_model *m)
{
	const struct route_problem *p = m->p;
	double far = 0;
	size_t bytes = (size_t)p->n_places * (size_t)p->n_places * sizeof(int32_t) * (size_t)p->n_speeds;

	m->factor = mem_alloc((size_t)p->n_speeds * sizeof *m->factor);
	m->ways = mem_alloc((size_t)p->n_speeds * sizeof *m->ways);
	for (int32_t i = 0; p->places && i < p->n_places; i++)
		far = fmax(far, fmax(fabs((double)p->places[i].x), fabs((double)p->places[i].y)));
	m->symmetric = true;
	for (int32_t s = 0; s < p->n_speeds; s++) {
		m->symmetric = m->symmetric && (!p->speeds[s].seconds || both_ways_alike(p->speeds[s].seconds, p->n_places));
		m->factor[s] = p->speeds[s].seconds ? 0 : (double)p->detour_permille / p->speeds[s].mm_per_s;
		/* What is computed each time is not cut off at ROUTE_FAR, so it must not be able to come near. */
		if (bytes <= TABLE_BYTES || p->speeds[s].seconds || far * 3 * m->factor[s] >= ROUTE_FAR)
			m->ways[s] = table_of(m, s);
	}
}

/* Carriers ---------------------------------------------------------------------------------------------------------------------------- */

static int32_t limit_of(const struct route_carrier *c)
{
	return c->max_s < c->to_s - c->from_s ? c->max_s : c->to_s - c->from_s;
}

/* Carriers sorted so that those who are alike stand together. The order is the caller's among these. */
struct sorted {
	int32_t key[7];
	int32_t carrier;
};

static int by_key(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;

	for (size_t i = 0; i < COUNT(a->key); i++)
		if (a->key[i] != b->key[i])
			return a->key[i] < b->key[i] ? -1 : 1;
	return (a->carrier > b->carrier) - (a->carrier < b->carrier);
}

static void take_carriers(struct route_model *m)
{
	const struct route_problem *p = m->p;
	size_t n = (size_t)p->n_carriers;
	AUTO_FREE struct sorted *sorted = mem_alloc(n * sizeof *sorted);

	m->limit = mem_alloc(n * sizeof *m->limit);
	m->class_of = mem_alloc(n * sizeof *m->class_of);
	m->class_members = mem_alloc(n * sizeof *m->class_members);
	m->classes = mem_alloc(n * sizeof *m->classes);
	for (int32_t i = 0; i < p->n_carriers; i++) {
		const struct route_carrier *c = &p->carriers[i];
		int32_t carried = p->weights.fair > 0 ? c->carried_s : 0;

		m->limit[i] = limit_of(c);
		sorted[i] = (struct sorted){ { c->capacity, c->speed, c->from_s, c->to_s, m->limit[i], carried, c->cost }, i };
	}
	qsort(sorted, n, sizeof *sorted, by_key);
	for (int32_t i = 0; i < p->n_carriers; i++) {
		if (i == 0 || memcmp(sorted[i].key, sorted[i - 1].key, sizeof sorted[i].key) != 0)
			m->classes[m->n_classes++] = (struct model_class){ .first = i, .capacity = sorted[i].key[0], .speed = sorted[i].key[1] };
		m->classes[m->n_classes - 1].n++;
		m->class_members[i] = sorted[i].carrier;
		m->class_of[sorted[i].carrier] = m->n_classes - 1;
	}
}

/* Windows bind if somebody could come too early or too late for one: where nobody can, the plain sums along a trip say all. */
static void see_time(struct route_model *m)
{
	const struct route_problem *p = m->p;
	int32_t first = INT32_MAX, latest_open = 0, earliest_close = INT32_MAX;

	for (int32_t i = 0; i < p->n_carriers; i++) {
		const struct route_carrier *c = &p->carriers[i];

		first = c->from_s < first ? c->from_s : first;
		/* He leaves at from_s; then his trip is over in time if he is not away longer than the limit. */
		for (int32_t d = 0; d < (i == 0 ? p->n_diners : 0); d++) {
			latest_open = p->diners[d].open_s > latest_open ? p->diners[d].open_s : latest_open;
			earliest_close = p->diners[d].close_s < earliest_close ? p->diners[d].close_s : earliest_close;
		}
	}
	for (int32_t i = 0; i < p->n_carriers && !m->timed; i++) {
		int32_t away = m->limit[i] < p->hot_s ? m->limit[i] : p->hot_s;

		m->timed = latest_open > p->carriers[i].from_s || earliest_close < p->carriers[i].from_s + (int64_t)away;
	}
}

/* Life -------------------------------------------------------------------------------------------------------------------------------- */

enum rc route_model_make(struct route_model *out, const struct route_problem *p, struct err *e)
{
	struct route_model m = { .p = p };
	enum rc rc = route_problem_check(p, e);

	if (rc != RC_OK)
		return rc;
	take_stops(&m);
	take_forbidden(&m);
	take_ways(&m);
	take_carriers(&m);
	see_time(&m);
	route_model_near(&m);
	*out = m;
	return RC_OK;
}

void route_model_release(struct route_model *m)
{
	for (int32_t s = 0; m->ways && s < m->p->n_speeds; s++)
		free(m->ways[s]);
	free(m->ways);
	free(m->stops);
	free(m->factor);
	free(m->limit);
	free(m->class_of);
	free(m->classes);
	free(m->class_members);
	free(m->near);
	free(m->barred);
	*m = (struct route_model){ 0 };
}
