/* What a loaded volunteer can do when: pure questions of the roster. */
#include "domain/volunteer.h"

#include <assert.h>
#include <string.h>

#include "base/day.h"

static bool counts_on(const struct volunteer_time *t, int32_t day)
{
	return t->weekday == day_weekday(day) && (t->from_day == DAY_NONE || t->from_day <= day) && (t->to_day == DAY_NONE || day <= t->to_day);
}

static bool is_dated(const struct volunteer_time *t)
{
	return t->from_day != DAY_NONE || t->to_day != DAY_NONE;
}

/* The time that holds at a minute of a day; *until: how long at most. NULL where none does. */
static const struct volunteer_time *time_at(const struct volunteer *v, int32_t day, int minute, int *until)
{
	const struct volunteer_time *found = NULL;

	for (size_t i = 0; i < v->n_times; i++) {
		const struct volunteer_time *t = &v->times[i];

		if (counts_on(t, day) && t->begin_min <= minute && minute < t->end_min && (found == NULL || is_dated(t)))
			found = t;
	}
	if (found == NULL)
		return NULL;
	*until = found->end_min;
	for (size_t i = 0; i < v->n_times && !is_dated(found); i++) {
		const struct volunteer_time *t = &v->times[i];

		if (counts_on(t, day) && is_dated(t) && minute < t->begin_min && t->begin_min < *until)
			*until = t->begin_min;
	}
	return found;
}

static bool is_absent(const struct volunteer *v, int32_t day)
{
	for (size_t i = 0; i < v->n_absences; i++)
		if (v->absences[i].from_day <= day && day <= v->absences[i].to_day)
			return true;
	return false;
}

enum availability_degree volunteer_degree(const struct volunteer *v, int32_t day, int begin_min, int end_min, bool *said)
{
	enum availability_degree least = AVAILABLE_WILLING;

	assert(begin_min < end_min);
	*said = v->n_times > 0;
	if (is_absent(v, day))
		return AVAILABLE_CANNOT;
	if (!*said)
		return AVAILABLE_CAN;
	for (int minute = begin_min; minute < end_min;) {
		const struct volunteer_time *t = time_at(v, day, minute, &minute);

		if (t == NULL)
			return AVAILABLE_CANNOT;
		if (t->degree < least)
			least = t->degree;
	}
	return least;
}

bool volunteer_holds(const struct volunteer *v, const char *kind, int32_t day)
{
	for (size_t i = 0; i < v->n_qualifications; i++) {
		const struct volunteer_qualification *q = &v->qualifications[i];

		if (strcmp(q->kind, kind) == 0 && (q->issued_day == DAY_NONE || q->issued_day <= day) &&
		    (q->expires_day == DAY_NONE || day <= q->expires_day))
			return true;
	}
	return false;
}

const char *volunteer_lacks(const struct office *of, const struct volunteer *v, const char *service, const char *qualification, int32_t day)
{
	const struct code_list *services = form_codes(of->forms, "service"), *kinds;
	const struct code *wanted = services && service ? code_find(services, service) : NULL;

	kinds = wanted && wanted->flags[0] ? form_codes(of->forms, "qualification_kind") : NULL;      /* asked of everybody for every shift */
	for (size_t i = 0; kinds && i < kinds->n; i++)
		if (code_has_flag(wanted, kinds->codes[i].code) && !volunteer_holds(v, kinds->codes[i].code, day))
			return kinds->codes[i].code;
	return qualification && qualification[0] && !volunteer_holds(v, qualification, day) ? qualification : NULL;
}

enum expiry volunteer_expiry(int32_t last_day, int32_t today, struct strbuf *out)
{
	if (last_day == DAY_NONE || last_day > today + VOLUNTEER_SOON_DAYS)
		return EXPIRY_FINE;
	if (last_day < today)
		strbuf_format(out, "已过期%d天", (int)(today - last_day));
	else if (last_day == today)
		strbuf_add(out, "今天到期");
	else if (last_day == today + 1)
		strbuf_add(out, "明天到期");
	else
		strbuf_format(out, "还有%d天到期", (int)(last_day - today));
	return last_day < today ? EXPIRY_OVER : EXPIRY_SOON;
}
