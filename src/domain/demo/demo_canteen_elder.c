/* The demo's elders who eat at the canteen: those who live alone, are very old or frail come first. */
#include "demo_canteen.h"

#include <string.h>

#include "base/day.h"
#include "volunteer/word_set.h"

#define ELDER_AGE 60
#define RASTER_COLUMNS 5           /* demo_places.c: estates stand on a raster */

bool demo_elder_has(const struct demo_elder *elder, const char *tag)
{
	return word_set_has(elder->care, tag);
}

static void read_elder(const struct stmt *q, struct arena *a, void *element)
{
	struct demo_elder *elder = element;

	*elder = (struct demo_elder){
		.id = column_int(q, 0), .name = arena_copy(a, column_text(q, 1)), .age = (int)column_int(q, 2), .care = arena_copy(a, column_text(q, 3)),
		.has_phone = column_int(q, 4) != 0, .building_id = column_int(q, 5), .unit = (int)column_int(q, 6), .floor = (int)column_int(q, 7),
		.child = arena_copy(a, column_text(q, 8)), .x_m = (int32_t)column_int(q, 9), .y_m = (int32_t)column_int(q, 10), .estate = (int)column_int(q, 11),
	};
}

/* .age is read as the birthday, .estate found by the building. */
static enum rc read_elders(struct demo_canteen *c, struct demo_elder **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"SELECT r.id, r.name, r.born_day, r.care_tags, r.phone IS NOT NULL, h.building_id, CAST(h.unit AS INTEGER), h.floor, r.emergency_name, b.x_m, b.y_m, 0"
		" FROM resident AS r JOIN household AS h ON h.id = r.household_id JOIN building AS b ON b.id = h.building_id"
		" WHERE r.born_day <= :born AND r.status = 'present' ORDER BY r.id /*scan*/");
	const struct demo_elder *read;
	struct demo_elder *elders;
	enum rc rc;

	bind_day(&q, ":born", c->today - ELDER_AGE * 36525 / 100);
	if ((rc = stmt_rows(&q, &c->arena, sizeof *read, read_elder, &read, n, e)) != RC_OK)
		return rc;
	elders = arena_alloc(&c->arena, *n * sizeof *elders + 1);
	for (size_t i = 0; i < *n; i++) {
		elders[i] = read[i];
		elders[i].age = day_age_years(read[i].age, c->today);
		for (size_t k = 0; k < c->d->n_buildings; k++)
			if (c->d->buildings[k].id == read[i].building_id)
				elders[i].estate = c->d->buildings[k].estate;
	}
	*out = elders;
	return RC_OK;
}

static int weight_of(const struct demo_elder *elder)
{
	static const struct { const char *tag; int weight; } tags[] = {
		{ "alone", 60 }, { "aged80", 45 }, { "disabled", 60 }, { "dementia", 30 }, { "empty", 12 }, { "lowincome", 25 }, { "bereaved", 15 },
	};
	int weight = elder->age < 70 ? 3 : 6;

	for (size_t i = 0; i < COUNT(tags); i++)
		weight += demo_elder_has(elder, tags[i].tag) ? tags[i].weight : 0;
	return weight;
}

/* One after the other by weight, without putting back: each is swapped to the front. */
enum rc demo_choose_elders(struct demo_canteen *c, size_t n, struct demo_elder **out, size_t *chosen, struct err *e)
{
	struct demo_elder *elders;
	size_t found;
	int *weights;
	enum rc rc = read_elders(c, &elders, &found, e);

	if (rc != RC_OK)
		return rc;
	*chosen = n < found ? n : found;
	weights = arena_alloc(&c->arena, found * sizeof *weights + 1);
	for (size_t i = 0; i < found; i++)
		weights[i] = weight_of(&elders[i]);
	for (size_t i = 0; i < *chosen; i++) {
		size_t k = i + demo_weighted(&c->d->random, weights + i, found - i);
		struct demo_elder elder = elders[k];
		int weight = weights[k];

		elders[k] = elders[i];
		weights[k] = weights[i];
		elders[i] = elder;
		weights[i] = weight;
	}
	*out = elders;
	return RC_OK;
}

/* To and fro through the rows of the raster. */
static int place_in_walk(int estate)
{
	int row = estate / RASTER_COLUMNS, column = estate % RASTER_COLUMNS;

	return row * RASTER_COLUMNS + (row % 2 ? RASTER_COLUMNS - 1 - column : column);
}

int demo_elder_compare(const struct demo_elder *a, const struct demo_elder *b)
{
	int by_estate = place_in_walk(a->estate) - place_in_walk(b->estate);

	if (by_estate != 0)
		return by_estate;
	if (a->building_id != b->building_id)
		return a->building_id < b->building_id ? -1 : 1;
	if (a->unit != b->unit)
		return a->unit - b->unit;
	if (a->floor != b->floor)
		return a->floor - b->floor;
	return a->id < b->id ? -1 : a->id > b->id;
}
