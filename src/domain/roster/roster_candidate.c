/* Who could stand on a place: best first, with the reason in words; a few people in each slice. */
#include "domain/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "roster_inside.h"

#define WEEK 7
#define LOT 512                          /* people weighed in one slice */

struct found {
	struct arena arena;                  /* owns all that the list points to */
	struct roster_candidate *list;
	size_t n;
};

struct roster_finder {
	struct roster_pool pool;
	int64_t need_id;
	bool placed;                         /* the place was read, in this generation of the pool */
	unsigned generation;
	struct arena place_arena;            /* owns what the spot points to */
	struct roster_spot spot;
	struct found found, making;          /* that was found last; that is looked for */
	size_t next;                         /* person to be weighed */
};

struct roster_finder *roster_finder_new(struct office *of)
{
	struct roster_finder *f = mem_alloc(sizeof *f);

	f->pool.of = of;
	return f;
}

void roster_finder_free(struct roster_finder *f)
{
	if (f == NULL)
		return;
	roster_pool_release(&f->pool);
	arena_clear(&f->place_arena);
	arena_clear(&f->found.arena);
	arena_clear(&f->making.arena);
	free(f);
}

void roster_finder_begin(struct roster_finder *f, int32_t monday, int64_t need_id)
{
	f->pool.from_day = monday;
	f->pool.to_day = monday + WEEK - 1;
	f->need_id = need_id;
	f->placed = false;
}

const struct roster_candidate *roster_finder_list(const struct roster_finder *f, size_t *n)
{
	*n = f->found.n;
	return f->found.list;
}

void roster_finder_conflicts(const struct roster_finder *f, struct roster_week *week)
{
	roster_say_conflicts(f->pool.of, &f->pool.people, week);
}

/* The place may have moved to another week since the board was read. */
static enum rc read_place(struct roster_finder *f, struct err *e)
{
	struct shift_need need;
	struct shift s;
	enum rc rc;

	arena_clear(&f->place_arena);
	if ((rc = office_require(f->pool.of, MAY_VOLUNTEER_VIEW, e)) != RC_OK ||
	    (f->need_id && (rc = roster_need_read(f->pool.of, f->need_id, &f->place_arena, &s, &need, e)) != RC_OK))
		return rc;
	if (f->need_id)
		f->spot = roster_spot_of(&s, &need);
	if (f->need_id && (s.day < f->pool.from_day || s.day > f->pool.to_day))
		return err_set(e, RC_CONFLICT, NULL, "「%s」已改到别的周，请重新选择", s.title);
	f->placed = true;
	f->generation = f->pool.generation - 1;      /* weighing begins with the first */
	return RC_OK;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct roster_candidate *a = left, *b = right;
	bool a_blocked = a->conflicts & ROSTER_BLOCKING, b_blocked = b->conflicts & ROSTER_BLOCKING;

	if (a_blocked != b_blocked)
		return a_blocked - b_blocked;
	if (a->score != b->score)
		return b->score < a->score ? -1 : 1;
	return a->volunteer_id < b->volunteer_id ? -1 : a->volunteer_id > b->volunteer_id;
}

/* Owns its texts: the pool may be read again while the list is still shown. */
static struct roster_candidate candidate(const struct roster_finder *f, const struct roster_person *p, struct arena *a)
{
	const struct roster_people *people = &f->pool.people;
	unsigned conflicts = roster_conflicts(f->pool.of, people, p, &f->spot, NULL);
	AUTO_STRBUF reason = { 0 };

	roster_reason(people, p, &f->spot, conflicts, &reason);
	return (struct roster_candidate){
		.volunteer_id = p->v.id, .name = arena_copy(a, p->v.name), .grid = arena_copy(a, p->v.grid), .phone = arena_copy(a, p->v.phone),
		.conflicts = conflicts, .score = roster_score(f->pool.of, people, p, &f->spot, conflicts), .reason = arena_copy(a, strbuf_str(&reason)),
	};
}

static void weigh_some(struct roster_finder *f)
{
	const struct roster_people *people = &f->pool.people;

	for (size_t end = f->next + LOT; f->next < people->n && f->next < end; f->next++) {
		const struct roster_person *p = &people->list[f->next];

		if (!roster_stands_on(people, p->v.id, f->spot.shift_id))
			f->making.list[f->making.n++] = candidate(f, p, &f->making.arena);
	}
}

static void begin_weighing(struct roster_finder *f)
{
	f->generation = f->pool.generation;
	arena_clear(&f->making.arena);
	f->making.list = arena_alloc(&f->making.arena, (f->pool.people.n + 1) * sizeof *f->making.list);
	f->making.n = f->next = 0;
}

static void finish(struct roster_finder *f)
{
	struct found before = f->found;

	qsort(f->making.list, f->making.n, sizeof *f->making.list, compare_candidates);
	f->found = f->making;
	f->making = (struct found){ 0 };
	arena_clear(&before.arena);
	f->placed = false;
}

enum rc roster_finder_step(struct roster_finder *f, bool *more, struct err *e)
{
	bool reads = false;
	enum rc rc;

	if ((!f->placed && (rc = read_place(f, e)) != RC_OK) || (rc = roster_pool_step(&f->pool, &reads, e)) != RC_OK)
		return rc;
	*more = true;
	if (reads)
		return RC_OK;
	if (f->need_id == 0) {
		*more = f->placed = false;
		return RC_OK;
	}
	if (f->generation != f->pool.generation)
		begin_weighing(f);
	if (f->next < f->pool.people.n) {
		weigh_some(f);
		return RC_OK;
	}
	finish(f);
	*more = false;
	return RC_OK;
}
