/* Who could stand on a place: best first, with the reason in words. */
#include "domain/roster.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "roster_inside.h"

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

static struct roster_candidate candidate(const struct office *of, const struct roster_people *people, const struct roster_person *p,
                                         const struct roster_spot *spot, struct arena *a)
{
	AUTO_STRBUF reason = { 0 };
	unsigned conflicts = roster_conflicts(of, people, p, spot, NULL);

	roster_reason(people, p, spot, conflicts, &reason);
	return (struct roster_candidate){
		.volunteer_id = p->v.id, .name = p->v.name, .grid = p->v.grid, .phone = p->v.phone, .conflicts = conflicts,
		.score = roster_score(of, people, p, spot, conflicts), .reason = arena_copy(a, strbuf_str(&reason)),
	};
}

enum rc roster_candidates(struct office *of, int64_t need_id, struct arena *a, const struct roster_candidate **out, size_t *n, struct err *e)
{
	struct roster_want want = { .weeks_before = ROSTER_CARRIED_WEEKS, .been = true };
	struct roster_people people;
	struct roster_candidate *list;
	struct roster_spot spot;
	struct shift_need need;
	struct shift s;
	size_t count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = roster_need_read(of, need_id, a, &s, &need, e)) != RC_OK)
		return rc;
	want.from_day = want.to_day = s.day;
	if ((rc = roster_people_load(of, &want, a, &people, e)) != RC_OK)
		return rc;
	spot = roster_spot_of(&s, &need);
	list = arena_alloc(a, (people.n + 1) * sizeof *list);
	for (size_t i = 0; i < people.n; i++)
		if (!roster_stands_on(&people, people.list[i].v.id, s.id))
			list[count++] = candidate(of, &people, &people.list[i], &spot, a);
	qsort(list, count, sizeof *list, compare_candidates);
	*out = list;
	*n = count;
	return RC_OK;
}
