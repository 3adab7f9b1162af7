/* Which stops are near a stop, beside a look at all pairs. */
#include "errand.h"

#include <stdlib.h>

#include "route_model.h"

enum { MOST_STOPS = 700 };

struct map {
	struct route_place places[MOST_STOPS + 1];
	struct route_diner diners[MOST_STOPS];
	struct route_carrier carrier;
	struct route_speed speed;
	struct route_problem p;
};

/* A street, a square, one point, two towns far apart, a grid full of equal ways. */
static struct route_place place_of(int kind, int32_t i, uint32_t *seed)
{
	switch (kind) {
	case 0:
		return (struct route_place){ 10 * errand_chance(seed, 5000), 7 };
	case 1:
		return (struct route_place){ errand_chance(seed, 2001) - 1000, errand_chance(seed, 2001) - 1000 };
	case 2:
		return (struct route_place){ -300, 40 };
	case 3:
		return (struct route_place){ errand_chance(seed, 100) + (i % 3 ? 0 : 900000), errand_chance(seed, 100) - (i % 3 ? 0 : 900000) };
	default:
		return (struct route_place){ i % 25 * 100, i / 25 * 100 };
	}
}

static void map_make(struct map *w, int kind, int32_t n, uint32_t *seed)
{
	*w = (struct map){ .carrier = { .capacity = 10, .to_s = ROUTE_MAX_SECONDS, .max_s = ROUTE_MAX_SECONDS }, .speed = { .mm_per_s = 1000 } };
	for (int32_t i = 0; i < n; i++) {
		w->places[i + 1] = place_of(kind, i, seed);
		w->diners[i] = (struct route_diner){ .place = i + 1, .meals = 1, .close_s = ROUTE_MAX_SECONDS, .need = 1, .carrier = -1, .familiar = -1 };
	}
	w->p = (struct route_problem){ .n_places = n + 1, .n_speeds = 1, .n_diners = n, .n_carriers = 1, .places = w->places, .speeds = &w->speed,
	                               .diners = w->diners, .carriers = &w->carrier, .detour_permille = 1000, .hot_s = ROUTE_MAX_SECONDS,
	                               .weights = { .unserved = 100, .second = 1, .wait = 1, .fair_unit_s = 1 } };
}

static int by_number(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* Squares of distances from a stop to all others, ascending. */
static void all_squares(const struct map *w, int32_t stop, int64_t *out)
{
	int32_t n = 0;

	for (int32_t j = 1; j <= w->p.n_diners; j++) {
		int64_t dx = w->places[j].x - w->places[stop].x, dy = w->places[j].y - w->places[stop].y;

		if (j != stop)
			out[n++] = dx * dx + dy * dy;
	}
	qsort(out, (size_t)n, sizeof *out, by_number);
}

static void check_rows(const struct map *w, const struct route_model *m)
{
	static const int64_t EXACT = 1 << 24;     /* of a float */
	int64_t squares[MOST_STOPS];

	for (int32_t stop = 1; stop <= m->n; stop++) {
		all_squares(w, stop, squares);
		for (int32_t k = 0; k < m->n_near && k < m->n - 1; k++) {
			const struct model_near *near = &m->near[(size_t)stop * (size_t)m->n_near + (size_t)k];
			int64_t dx = w->places[near->stop].x - w->places[stop].x, dy = w->places[near->stop].y - w->places[stop].y;

			assert_in_range(near->stop, 1, m->n);
			assert_int_not_equal(near->stop, stop);
			assert_int_equal(near->way, model_way(m, 0, stop, near->stop));
			if (squares[k] < EXACT)
				assert_int_equal(dx * dx + dy * dy, squares[k]);
		}
	}
}

static void cells_find_the_same_near_stops_as_a_look_at_all_pairs(void **state)
{
	static const int32_t sizes[] = { 1, 2, 5, 41, 300, MOST_STOPS };
	uint32_t seed = 11;
	struct err e = { 0 };

	(void)state;
	for (int kind = 0; kind < 5; kind++)
		for (size_t i = 0; i < COUNT(sizes); i++) {
			struct map *w = malloc(sizeof *w);
			struct route_model m;

			map_make(w, kind, sizes[i], &seed);
			assert_int_equal(route_model_make(&m, &w->p, &e), RC_OK);
			check_rows(w, &m);
			route_model_release(&m);
			free(w);
		}
}

/* A table for few places, computed ways for many: both to the nearest second. */
static void ways_are_the_same_from_a_table_and_computed(void **state)
{
	uint32_t seed = 12;
	struct err e = { 0 };
	struct map *w = malloc(sizeof *w);
	struct route_model few, many;

	(void)state;
	map_make(w, 1, MOST_STOPS, &seed);
	assert_int_equal(route_model_make(&many, &w->p, &e), RC_OK);
	w->p.n_places = 51;
	w->p.n_diners = 50;
	assert_int_equal(route_model_make(&few, &w->p, &e), RC_OK);
	assert_null(many.ways[0]);
	assert_non_null(few.ways[0]);
	for (int32_t i = 0; i <= 50; i++)
		for (int32_t j = 0; j <= 50; j++)
			assert_int_equal(model_way(&few, 0, i, j), model_way(&many, 0, i, j));
	route_model_release(&few);
	route_model_release(&many);
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_find_the_same_near_stops_as_a_look_at_all_pairs),
		cmocka_unit_test(ways_are_the_same_from_a_table_and_computed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
