/* A problem made ready for the planner: pins taken out, pairs that a rule forbids left out, each person's pairs in order of time. */
#ifndef YL_PLAN_ASSIGN_MODEL_H
#define YL_PLAN_ASSIGN_MODEL_H

#include <stddef.h>

#include "plan/assign.h"

/* An edge is a pair that the rules allow by itself; edges are numbered through all people. */
struct assign_edge {
	int32_t person, shift;
	int32_t cost;                     /* with its degree */
	int32_t minutes;
	int32_t units;                    /* length in the person's units, rounded down; 0 where minutes cannot bind */
	int32_t before;                   /* how many of the person's edges end before it begins: they are the first ones */
	int32_t slot;                     /* edges of a person in one slot exclude each other */
};

struct assign_model {
	const struct assign_problem *p;
	int32_t n_edges;
	size_t edge_room;
	struct assign_edge *edges;        /* by person, then end, then start, then shift */
	int32_t *first;                   /* [n_people + 1] edges of a person */
	int32_t *shift_first, *shift_edges;   /* [n_shifts + 1] and [n_edges]: edges of a shift */
	int32_t *places;                  /* [n_shifts] not taken by pins */
	int64_t *penalty;                 /* [n_shifts] one open place */
	int32_t *most;                    /* [n_people] how many shifts more */
	int32_t *minutes;                 /* [n_people] how many minutes more */
	int32_t *cap;                     /* [n_people] the same in units, rounded down; 0 where minutes cannot bind */
	int32_t *held;                    /* [n_people] pinned shifts */
	int32_t *slots;                   /* [n_people] */
	int32_t *apart_first, *apart;     /* [n_people + 1] whom a person is not to meet, both ways */
	int64_t pinned_cost;              /* what the pins cost; open places apart */
	int32_t most_edges;               /* of a person */
	size_t most_table;                /* the largest (edges + 1) x (most + 1) x (cap + 1) */
	bool fixed;                       /* slots and counts say everything but who is kept apart */
};

/* Errors RC_INVALID with the row; nothing is kept on failure. */
enum rc model_make(struct assign_model *out, const struct assign_problem *p, struct err *e) MUST_USE;
void model_release(struct assign_model *m);

/* Errors RC_INVALID: numbers out of range, rows that point to nothing. */
enum rc problem_check(const struct assign_problem *p, struct err *e) MUST_USE;

/* Cost of the person's next shift as such when `taken` are held beside the pins. */
static inline int64_t model_fair(const struct assign_model *m, int32_t person, int32_t taken)
{
	const struct assign_weights *w = &m->p->weights;

	return (int64_t)w->fair_step * (2 * (m->held[person] + taken) + 1) +
	       (int64_t)w->fair_carried * (m->p->people[person].carried_minutes / w->carried_unit);
}

/* The least willing degree of the windows that a shift touches, CANNOT where some of it lies outside all. */
enum assign_degree model_degree(const struct assign_problem *p, int32_t person, int32_t shift);

static inline bool model_overlap(const struct assign_shift *a, const struct assign_shift *b)
{
	return a->start < b->end && b->start < a->end;
}

static inline int32_t model_event(const struct assign_problem *p, int32_t shift)
{
	return p->shifts[shift].event < 0 ? -1 - shift : p->shifts[shift].event;
}

#endif
