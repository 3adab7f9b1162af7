/* A routing problem made ready for the search: ways in flat tables, near diners, carriers in classes.  Stops are numbered from 1; 0 is the kitchen. */
#ifndef YL_PLAN_ROUTE_MODEL_H
#define YL_PLAN_ROUTE_MODEL_H

#include <math.h>
#include <stddef.h>

#include "plan/route.h"

enum { ROUTE_FAR = 1 << 29 };             /* longer than anything */

struct model_stop {
	float x, y;                       /* metres: whole numbers that a float holds exactly */
	int32_t place, meals, service;
	int32_t open, close;
	int32_t pin, familiar;            /* carriers, -1 */
	int32_t face_cost;
	int32_t rank;                     /* place in the route, 0: none */
	int32_t barred;                   /* row of forbidden carriers, -1: none */
	bool firm;
	int64_t price;                    /* of being left out */
};

struct model_near {
	int32_t stop;                     /* 0 ends a row */
	int32_t way;                      /* nobody needs less, back or forth */
};

struct model_class {
	int32_t first, n;                 /* of class_members */
	int32_t capacity, speed;
};

struct route_model {
	const struct route_problem *p;
	int32_t n;                        /* stops, the kitchen apart */
	struct model_stop *stops;         /* [n + 1] */
	int32_t **ways;                   /* [n_speeds] [n_places x n_places], NULL: computed */
	double *factor;                   /* [n_speeds] seconds a metre */
	int32_t *limit;                   /* [n_carriers] away at most, all considered */
	int32_t *class_of;                /* [n_carriers] */
	struct model_class *classes;      /* carriers that are alike in all but who likes them */
	int32_t n_classes;
	int32_t *class_members;           /* [n_carriers] */
	int32_t n_near;
	struct model_near *near;          /* [(n + 1) x n_near] stops near a stop, the nearest first */
	uint64_t *barred;                 /* rows of bits, one a carrier */
	int32_t barred_words;
	bool symmetric;                   /* all ways are as long back as forth */
	bool timed;                       /* windows, or a kitchen's hours, can bind */
	bool ranked;                      /* somebody has a place in the route */
	double spread;                    /* mean seconds to the fifth nearest stop */
};

/* Errors RC_INVALID with the row; nothing is kept on failure. */
enum rc route_model_make(struct route_model *out, const struct route_problem *p, struct err *e) MUST_USE;
void route_model_release(struct route_model *m);

/* Errors RC_INVALID: numbers out of range, rows that point to nothing. */
enum rc route_problem_check(const struct route_problem *p, struct err *e) MUST_USE;

/* The stops nearest to each stop. */
void route_model_near(struct route_model *m);

/* From differences in metres to seconds, to the nearest. */
static inline int32_t model_seconds(double factor, double dx, double dy)
{
	return (int32_t)(sqrt(dx * dx + dy * dy) * factor + 0.5);
}

static inline int32_t model_way(const struct route_model *m, int32_t speed, int32_t from, int32_t to)
{
	const struct model_stop *a = &m->stops[from], *b = &m->stops[to];

	if (m->ways[speed])
		return m->ways[speed][(size_t)a->place * (size_t)m->p->n_places + (size_t)b->place];
	return model_seconds(m->factor[speed], a->x - b->x, a->y - b->y);
}

static inline bool model_may(const struct route_model *m, int32_t stop, int32_t carrier)
{
	const struct model_stop *s = &m->stops[stop];

	if (s->firm && s->pin != carrier)
		return false;
	return s->barred < 0 || !(m->barred[(size_t)s->barred * (size_t)m->barred_words + (size_t)(carrier >> 6)] >> (carrier & 63) & 1);
}

/* What it costs that this carrier serves the stop, the way apart. */
static inline int64_t model_meeting(const struct route_model *m, int32_t stop, int32_t carrier)
{
	const struct model_stop *s = &m->stops[stop];

	return (s->pin >= 0 && s->pin != carrier ? m->p->weights.pin : 0) + (s->familiar >= 0 && s->familiar != carrier ? s->face_cost : 0);
}

static inline int64_t model_fair(const struct route_model *m, int32_t carrier, int64_t away)
{
	int64_t unit = m->p->weights.fair_unit_s, carried = m->p->carriers[carrier].carried_s;

	return (away * (2 * carried + away) / unit) * m->p->weights.fair / unit;
}

#endif
