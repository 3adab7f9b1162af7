/* The last plan of each week, by ids: a week that is planned again begins from it, whatever has changed since. Of this session only. */
#include "roster_inside.h"

#include <stdlib.h>
#include <string.h>

struct memory_seat {
	int64_t need_id, volunteer_id;
};

struct memory_price {
	int64_t need_id, price;
};

struct memory_week {
	int32_t monday;
	struct memory_seat *seats;           /* by need */
	struct memory_price *prices;         /* by need */
	size_t n_seats, n_prices;
};

static struct memory_week *week_of(const struct roster_memory *m, int32_t monday)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->weeks[i].monday == monday)
			return &m->weeks[i];
	return NULL;
}

static void week_release(struct memory_week *w)
{
	free(w->seats);
	free(w->prices);
}

void roster_memory_release(struct roster_memory *m)
{
	for (size_t i = 0; i < m->n; i++)
		week_release(&m->weeks[i]);
	free(m->weeks);
	*m = (struct roster_memory){ 0 };
}

/* Both begin with the id of the need. */
static int compare_needs(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return a < b ? -1 : a > b;
}

void roster_memory_keep(struct roster_memory *m, int32_t monday, const struct roster_problem *p, const struct roster_people *people,
                        const struct assign_plan *plan)
{
	struct memory_week *week = week_of(m, monday);
	size_t n_rows = (size_t)p->problem.n_shifts, n_seats = (size_t)plan->n_seats;

	if (week) {
		week_release(week);
	} else {
		m->weeks = mem_grow(m->weeks, &m->cap, m->n + 1, sizeof *m->weeks);
		week = &m->weeks[m->n++];
	}
	*week = (struct memory_week){
		.monday = monday, .n_seats = n_seats, .n_prices = n_rows,
		.seats = mem_alloc((n_seats + 1) * sizeof *week->seats), .prices = mem_alloc((n_rows + 1) * sizeof *week->prices),
	};
	for (size_t i = 0; i < n_seats; i++)
		week->seats[i] = (struct memory_seat){ p->rows[plan->seats[i].shift].spot.need_id, people->list[plan->seats[i].person].v.id };
	for (size_t i = 0; i < n_rows; i++)
		week->prices[i] = (struct memory_price){ p->rows[i].spot.need_id, plan->prices[i] };
	qsort(week->seats, n_seats, sizeof *week->seats, compare_needs);
	qsort(week->prices, n_rows, sizeof *week->prices, compare_needs);
}

/* A place that was not there before: nobody is dear to it yet. */
static int64_t price_of(const struct memory_week *w, int64_t need_id)
{
	const struct memory_price *found = bsearch(&need_id, w->prices, w->n_prices, sizeof *w->prices, compare_needs);

	return found ? found->price : 0;
}

static const struct memory_seat *first_seat(const struct memory_week *w, int64_t need_id)
{
	const struct memory_seat *found = bsearch(&need_id, w->seats, w->n_seats, sizeof *w->seats, compare_needs);

	while (found && found > w->seats && found[-1].need_id == need_id)
		found--;
	return found ? found : w->seats + w->n_seats;
}

bool roster_memory_start(const struct roster_memory *m, int32_t monday, const struct roster_problem *p, const struct roster_people *people,
                         struct assign *work)
{
	const struct memory_week *w = week_of(m, monday);
	struct assign_seat *seats;
	int64_t *prices;
	int32_t n = 0;

	if (w == NULL)
		return false;
	seats = mem_alloc((w->n_seats + 1) * sizeof *seats);
	prices = mem_alloc(((size_t)p->problem.n_shifts + 1) * sizeof *prices);
	for (int32_t i = 0; i < p->problem.n_shifts; i++) {
		int64_t need_id = p->rows[i].spot.need_id;

		prices[i] = price_of(w, need_id);
		for (const struct memory_seat *s = first_seat(w, need_id); s < w->seats + w->n_seats && s->need_id == need_id; s++) {
			const struct roster_person *person = roster_person_find(people, s->volunteer_id);

			if (person)
				seats[n++] = (struct assign_seat){ .person = (int32_t)(person - people->list), .shift = i };
		}
	}
	assign_start_from(work, seats, n, prices);
	free(seats);
	free(prices);
	return true;
}
