/* Questions about those that were loaded for a roster: who is there, where they stand, where they were. Pure. */
#include "roster_inside.h"

#include <string.h>

#define WEEK 7

const struct roster_person *roster_person_find(const struct roster_people *people, int64_t volunteer_id)
{
	size_t from = 0, to = people->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (people->list[middle].v.id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < people->n && people->list[from].v.id == volunteer_id ? &people->list[from] : NULL;
}

/* The first stand of this volunteer or of one with a greater id. */
static size_t first_stand(const struct roster_people *people, int64_t volunteer_id)
{
	size_t from = 0, to = people->n_stands;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (people->stands[middle].volunteer_id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct roster_stand *roster_stands_of(const struct roster_people *people, int64_t volunteer_id, size_t *n)
{
	size_t first = first_stand(people, volunteer_id), end = first;

	while (end < people->n_stands && people->stands[end].volunteer_id == volunteer_id)
		end++;
	*n = end - first;
	return people->stands + first;
}

bool roster_stands_on(const struct roster_people *people, int64_t volunteer_id, int64_t shift_id)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, volunteer_id, &n);

	for (size_t i = 0; i < n; i++)
		if (stands[i].shift_id == shift_id)
			return true;
	return false;
}

static bool stands_before(const struct roster_stand *a, const struct roster_stand *b)
{
	if (a->volunteer_id != b->volunteer_id)
		return a->volunteer_id < b->volunteer_id;
	if (a->day != b->day)
		return a->day < b->day;
	return a->begin_min <= b->begin_min;
}

void roster_stand_add(struct roster_people *people, struct arena *a, const struct roster_stand *stand)
{
	size_t at = people->n_stands;

	if (people->n_stands >= people->cap_stands) {
		struct roster_stand *list;

		people->cap_stands = 2 * people->n_stands + 64;
		list = arena_alloc(a, people->cap_stands * sizeof *list);
		if (people->n_stands > 0)
			memcpy(list, people->stands, people->n_stands * sizeof *list);
		people->stands = list;
	}
	for (; at > 0 && !stands_before(&people->stands[at - 1], stand); at--)
		people->stands[at] = people->stands[at - 1];
	people->stands[at] = *stand;
	people->n_stands++;
}

int roster_been_times(const struct roster_people *people, int64_t volunteer_id, int64_t template_id)
{
	size_t from = 0, to = people->n_been;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct roster_been *b = &people->been[middle];

		if (b->volunteer_id < volunteer_id || (b->volunteer_id == volunteer_id && b->template_id < template_id))
			from = middle + 1;
		else
			to = middle;
	}
	if (from < people->n_been && people->been[from].volunteer_id == volunteer_id && people->been[from].template_id == template_id)
		return people->been[from].times;
	return 0;
}

int roster_shifts_in_week(const struct roster_people *people, int64_t volunteer_id, int32_t monday)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, volunteer_id, &n);
	int count = 0;

	for (size_t i = 0; i < n; i++)
		count += monday <= stands[i].day && stands[i].day < monday + WEEK;
	return count;
}

struct roster_spot roster_spot_of(const struct shift *s, const struct shift_need *need)
{
	return (struct roster_spot){
		.shift_id = s->id, .need_id = need->id, .template_id = s->template_id, .grid_id = s->grid_id, .day = s->day, .begin_min = s->begin_min,
		.end_min = s->end_min > s->begin_min ? s->end_min : s->begin_min + 1, .flexible = s->flexible, .service = s->service,
		.skill = need->skill, .qualification = need->qualification,
	};
}
