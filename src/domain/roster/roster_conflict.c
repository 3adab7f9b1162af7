/* What speaks against somebody on a place: each rule asks what was loaded, none asks the database. */
#include "roster_inside.h"

#include "base/day.h"
#include "base/strbuf.h"
#include "shift_rules.h"
#include "volunteer/word_set.h"

#define WEEK 7

void roster_conflict_words(unsigned conflicts, struct strbuf *out)
{
	static const char *const words[] = {
#define X(name, text) [ROSTER_BIT_##name] = text,
		ROSTER_CONFLICTS(X)
#undef X
	};
	const char *between = "";

	for (unsigned i = 0; i < ROSTER_CONFLICT_COUNT; i++) {
		if (!(conflicts & 1U << i))
			continue;
		strbuf_format(out, "%s%s", between, words[i]);
		between = "、";
	}
}

static bool is_without(const struct roster_without *without, int64_t assignment_id)
{
	for (size_t i = 0; without && i < COUNT(without->ids); i++)
		if (without->ids[i] != 0 && without->ids[i] == assignment_id)
			return true;
	return false;
}

static bool is_absent(const struct volunteer *v, int32_t day)
{
	for (size_t i = 0; i < v->n_absences; i++)
		if (v->absences[i].from_day <= day && day <= v->absences[i].to_day)
			return true;
	return false;
}

/* The best of the hours that touch the shift. */
static enum availability_degree best_degree(const struct volunteer *v, const struct roster_spot *spot)
{
	enum availability_degree best = AVAILABLE_CANNOT;

	for (size_t i = 0; i < v->n_times; i++) {
		int begin = v->times[i].begin_min > spot->begin_min ? v->times[i].begin_min : spot->begin_min;
		int end = v->times[i].end_min < spot->end_min ? v->times[i].end_min : spot->end_min;
		enum availability_degree d;
		bool said;

		if (begin < end && (d = volunteer_degree(v, spot->day, begin, end, &said)) > best)
			best = d;
	}
	return best;
}

enum availability_degree roster_degree(const struct volunteer *v, const struct roster_spot *spot, bool *said)
{
	enum availability_degree d = volunteer_degree(v, spot->day, spot->begin_min, spot->end_min, said);

	return spot->flexible && *said && !is_absent(v, spot->day) ? best_degree(v, spot) : d;
}

/* Other shifts at the same time, and how much of the week is taken. */
static unsigned time_conflicts(const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                               const struct roster_without *without)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, p->v.id, &n);
	int32_t monday = day_monday(spot->day);
	int shifts = 1, minutes = spot->end_min - spot->begin_min;
	unsigned found = 0;

	for (size_t i = 0; i < n; i++) {
		const struct roster_stand *s = &stands[i];

		if (s->shift_id == spot->shift_id || is_without(without, s->assignment_id) || s->day < monday || s->day >= monday + WEEK)
			continue;
		shifts++;
		minutes += s->end_min - s->begin_min;
		if (s->day == spot->day && !s->flexible && !spot->flexible && s->begin_min < spot->end_min && spot->begin_min < s->end_min)
			found |= ROSTER_OVERLAP;
	}
	if (shifts > p->v.weekly_shifts || minutes > p->v.weekly_minutes)
		found |= ROSTER_OVER_CAP;
	return found;
}

static bool meets_apart(const struct roster_people *people, const struct volunteer *v, const struct roster_spot *spot,
                        const struct roster_without *without)
{
	for (size_t i = 0; i < v->n_aparts; i++) {
		size_t n;
		const struct roster_stand *stands = roster_stands_of(people, v->aparts[i].other_id, &n);

		for (size_t k = 0; k < n; k++)
			if (stands[k].shift_id == spot->shift_id && !is_without(without, stands[k].assignment_id))
				return true;
	}
	return false;
}

static bool serves_in(const struct volunteer *v, int64_t grid_id)
{
	if (grid_id == 0 || v->grid_id == grid_id)
		return true;
	for (size_t i = 0; i < v->n_grids; i++)
		if (v->grids[i].grid_id == grid_id)
			return true;
	return false;
}

unsigned roster_conflicts(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                          const struct roster_without *without)
{
	const struct volunteer *v = &p->v;
	bool said, absent = is_absent(v, spot->day);
	enum availability_degree degree = roster_degree(v, spot, &said);
	unsigned found = time_conflicts(people, p, spot, without);

	if (!p->rostered || v->deleted)
		found |= ROSTER_STATUS;
	if (absent)
		found |= ROSTER_ABSENT;
	else if (degree == AVAILABLE_CANNOT)
		found |= ROSTER_UNAVAILABLE;
	else if (degree == AVAILABLE_UNWILLING)
		found |= ROSTER_UNWILLING;
	if (volunteer_lacks(of, v, spot->service, spot->qualification, spot->day))
		found |= ROSTER_QUALIFICATION;
	if (meets_apart(people, v, spot, without))
		found |= ROSTER_APART;
	if (spot->skill[0] && !word_set_has(v->skills, spot->skill))
		found |= ROSTER_SKILL;
	if (spot->service[0] && !word_set_has(v->services, spot->service))
		found |= ROSTER_SERVICE;
	if (!serves_in(v, spot->grid_id))
		found |= ROSTER_FAR;
	return found;
}

/* Everybody who stands on a shift is on one of its needs: one that was deleted meanwhile asks for nothing but the service's own. */
static struct roster_spot spot_of_seat(const struct shift *s, int64_t need_id)
{
	static const struct shift_need nothing = { .role = "", .skill = "", .qualification = "" };

	for (size_t i = 0; i < s->n_needs; i++)
		if (s->needs[i].id == need_id)
			return roster_spot_of(s, &s->needs[i]);
	return roster_spot_of(s, &nothing);
}

static size_t standing_on(const struct roster_people *people, int64_t shift_id, int64_t *ids)
{
	size_t n = 0;

	for (size_t i = 0; i < people->n_stands; i++)
		if (people->stands[i].shift_id == shift_id)
			ids[n++] = people->stands[i].volunteer_id;
	return n;
}

enum rc roster_count_conflicts(struct office *of, int64_t shift_id, int *n, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const int64_t nobody = 0;
	struct roster_want want = { .ids = &nobody };
	struct roster_people people;
	struct shift s;
	int64_t *ids;
	int count = 0;
	enum rc rc;

	if ((rc = shift_read(of, shift_id, &a, &s, e)) != RC_OK)
		return rc;
	want.from_day = want.to_day = s.day;
	if ((rc = roster_people_load(of, &want, &a, &people, e)) != RC_OK)
		return rc;
	ids = arena_alloc(&a, (people.n_stands + 1) * sizeof *ids);
	want.n_ids = standing_on(&people, shift_id, ids);
	want.ids = ids;
	if ((rc = roster_people_load(of, &want, &a, &people, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < people.n_stands; i++) {
		const struct roster_stand *stand = &people.stands[i];
		const struct roster_person *p = stand->shift_id == shift_id ? roster_person_find(&people, stand->volunteer_id) : NULL;
		struct roster_spot spot = spot_of_seat(&s, stand->need_id);

		count += p && (roster_conflicts(of, &people, p, &spot, NULL) & ROSTER_BLOCKING);
	}
	*n = count;
	return RC_OK;
}
