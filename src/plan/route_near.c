/* Which stops are near a stop: places in square cells, looked through in rings around it until nobody farther out can be nearer. */
#include "route_model.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NEAR_PLACES = 40, MOST_NEAR = 60, IN_A_CELL = 4 };

struct near {
	float far;
	int32_t stop;
};

/* The nearest so far. */
struct row {
	struct near *list;
	int32_t n, most;
};

/* Stops by cell. Where there are no places, or all at one point, one cell holds them all. */
struct cells {
	double x, y, side;                /* the corner of the first, metres */
	int32_t across, down;
	int32_t *first;                   /* [across x down + 1] in `stops` */
	int32_t *stops;                   /* [n] ascending in each cell */
};

static float far_apart(const struct route_model *m, int32_t a, int32_t b)
{
	const struct model_stop *i = &m->stops[a], *j = &m->stops[b];

	if (!m->p->places)
		return m->p->n_speeds > 0 ? (float)m->ways[0][(size_t)i->place * (size_t)m->p->n_places + (size_t)j->place] : 0;
	return (i->x - j->x) * (i->x - j->x) + (i->y - j->y) * (i->y - j->y);
}

static int32_t shortest_way(const struct route_model *m, int32_t a, int32_t b)
{
	int32_t least = ROUTE_FAR;

	for (int32_t s = 0; s < m->p->n_speeds; s++) {
		int32_t forth = model_way(m, s, a, b), back = m->symmetric ? forth : model_way(m, s, b, a);

		least = forth < least ? forth : least;
		least = back < least ? back : least;
	}
	return least;
}

/* Cells --------------------------------------------------------------------------------------------------------------------------------- */

static int32_t column_of(const struct cells *c, const struct model_stop *s)
{
	return (int32_t)((s->x - c->x) / c->side);
}

static int32_t line_of(const struct cells *c, const struct model_stop *s)
{
	return (int32_t)((s->y - c->y) / c->side);
}

static struct cells cells_over(const struct route_model *m)
{
	struct cells c = { .x = m->stops[1].x, .y = m->stops[1].y, .side = 1, .across = 1, .down = 1 };
	double right = c.x, top = c.y, wide;

	for (int32_t i = 2; i <= m->n; i++) {
		c.x = fmin(c.x, m->stops[i].x);
		c.y = fmin(c.y, m->stops[i].y);
		right = fmax(right, m->stops[i].x);
		top = fmax(top, m->stops[i].y);
	}
	wide = fmax(right - c.x, top - c.y);
	c.side = fmax(1, fmax(sqrt((right - c.x) * (top - c.y) * IN_A_CELL / m->n), wide * IN_A_CELL / m->n));
	c.across = (int32_t)((right - c.x) / c.side) + 1;
	c.down = (int32_t)((top - c.y) / c.side) + 1;
	return c;
}

static struct cells cells_make(const struct route_model *m)
{
	struct cells c = cells_over(m);
	size_t n = (size_t)c.across * (size_t)c.down;

	c.first = mem_alloc((n + 1) * sizeof *c.first);
	c.stops = mem_alloc((size_t)m->n * sizeof *c.stops);
	for (int32_t i = 1; i <= m->n; i++)
		c.first[line_of(&c, &m->stops[i]) * c.across + column_of(&c, &m->stops[i])]++;
	for (size_t k = 1; k <= n; k++)
		c.first[k] += c.first[k - 1];
	for (int32_t i = m->n; i >= 1; i--)
		c.stops[--c.first[line_of(&c, &m->stops[i]) * c.across + column_of(&c, &m->stops[i])]] = i;
	return c;
}

/* Rows ---------------------------------------------------------------------------------------------------------------------------------- */

/* Nearer, or as near and of a lower number: the row is the same whatever order stops are seen in. */
static inline bool before(const struct near *a, float far, int32_t stop)
{
	return a->far < far || (a->far == far && a->stop < stop);
}

static void row_add(const struct route_model *m, struct row *r, int32_t stop, int32_t j)
{
	float far = far_apart(m, stop, j);
	int32_t at;

	if (j == stop || (r->n == r->most && before(&r->list[r->n - 1], far, j)))
		return;
	at = r->n < r->most ? r->n++ : r->n - 1;
	for (; at > 0 && !before(&r->list[at - 1], far, j); at--)
		r->list[at] = r->list[at - 1];
	r->list[at] = (struct near){ far, j };
}

static void row_add_cell(const struct route_model *m, const struct cells *c, struct row *r, int32_t stop, int32_t column, int32_t line)
{
	if (column < 0 || column >= c->across || line < 0 || line >= c->down)
		return;
	for (int32_t cell = line * c->across + column, i = c->first[cell]; i < c->first[cell + 1]; i++)
		row_add(m, r, stop, c->stops[i]);
}

/* The cells at this many cells' distance. */
static void row_add_ring(const struct route_model *m, const struct cells *c, struct row *r, int32_t stop, int32_t ring)
{
	int32_t column = column_of(c, &m->stops[stop]), line = line_of(c, &m->stops[stop]);

	for (int32_t i = -ring; i <= ring; i++) {
		row_add_cell(m, c, r, stop, column + i, line - ring);
		if (ring > 0)
			row_add_cell(m, c, r, stop, column + i, line + ring);
	}
	for (int32_t i = 1 - ring; i < ring; i++) {
		row_add_cell(m, c, r, stop, column - ring, line + i);
		row_add_cell(m, c, r, stop, column + ring, line + i);
	}
}

static void near_of(const struct route_model *m, const struct cells *c, int32_t stop, struct row *r)
{
	int32_t rings = c->across > c->down ? c->across : c->down;

	r->n = 0;
	for (int32_t ring = 0; ring < rings; ring++) {
		/* Whoever is farther out is at least so far away. */
		double least = c->side * (ring - 1);

		if (r->n == r->most && ring > 1 && r->list[r->n - 1].far < least * least)
			break;
		row_add_ring(m, c, r, stop, ring);
	}
	for (int32_t k = 0; k < r->n; k++)
		m->near[(size_t)stop * (size_t)r->most + (size_t)k] = (struct model_near){ r->list[k].stop, shortest_way(m, stop, r->list[k].stop) };
}

/* Diners of one building are each other's nearest: what counts is how many places are near. */
static int32_t how_many(const struct route_model *m)
{
	int32_t n = m->p->n_places > 1 ? NEAR_PLACES * m->n / (m->p->n_places - 1) : NEAR_PLACES;

	n = n < NEAR_PLACES ? NEAR_PLACES : n > MOST_NEAR ? MOST_NEAR : n;
	n = m->n - 1 < n ? m->n - 1 : n;
	return n > 1 ? n : 1;
}

void route_model_near(struct route_model *m)
{
	int32_t most = m->n_near = how_many(m), fifth = most > 4 ? 4 : most - 1, speed = m->p->n_carriers > 0 ? m->p->carriers[0].speed : 0;
	AUTO_FREE struct near *list = mem_alloc((size_t)most * sizeof *list);
	struct row r = { list, 0, most };
	struct cells c;

	m->near = mem_alloc(((size_t)m->n + 1) * (size_t)most * sizeof *m->near);
	if (m->n == 0 || m->p->n_speeds == 0)
		return;
	c = cells_make(m);
	for (int32_t i = 1; i <= m->n; i++) {
		near_of(m, &c, i, &r);
		m->spread += (double)model_way(m, speed, i, m->near[(size_t)i * (size_t)most + (size_t)fifth].stop) / m->n;
	}
	free(c.first);
	free(c.stops);
}
