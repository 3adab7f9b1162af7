/* How a meeting of the demo is arranged: its form, when and where, its number; and that its matters follow one another. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "demo_case.h"

#define EVENING (18 * 60 + 30)
#define MINUTE_MS 60000

const struct demo_kind demo_kinds[DEMO_KINDS] = {
	{ "council",   "station", "议事会",       440, 9, 16 }, { "bench",    "point", "板凳会",   220, 6, 10 },
	{ "staircase", "point",   "楼组会",       190, 7, 12 }, { "inquiry",  "point", "入户征询", 90, 10, 18 },
	{ "assembly",  "centre",  "居民代表会议", 60, 18, 25 },
};
static const char *const bases[] = { "committee", "half", "residents", "regular", "issue" };
static const int basis_weights[] = { 250, 120, 180, 220, 230 };

int64_t demo_raised_before(struct debate *b, int32_t day, int min_days, int max_days)
{
	int32_t raised = day - demo_between(&b->d->random, min_days, max_days);

	return demo_work_later(b->d, instant_of_day(raised, 8 * 60 + 30), demo_between(&b->d->random, 0, 500));
}

void demo_meeting_place(struct debate *b, struct demo_meeting *m, size_t kind)
{
	static const char *const points[] = { "友邻点", "车棚旁空地", "中心花园凉亭", "架空层" };
	const char *estate = b->d->estates[m->estate].name;
	bool central = strcmp(demo_kinds[kind].level, "point") != 0;

	m->kind = demo_kinds[kind].kind;
	m->level = demo_kinds[kind].level;
	m->basis = bases[demo_weighted(&b->d->random, basis_weights, COUNT(bases))];
	m->host = demo_accounts[central ? ROLE_HEAD - ROLE_DESK : ROLE_GRID - ROLE_DESK].name;
	m->recorder_id = b->d->accounts[demo_chance(&b->d->random, 750) ? ROLE_DESK : ROLE_PROJECT];
	snprintf(m->title, sizeof m->title, "%s%s", estate, demo_kinds[kind].name);
	if (central)
		snprintf(m->place, sizeof m->place, "党群服务中心二楼议事厅");
	else
		snprintf(m->place, sizeof m->place, "%s%s", estate, strcmp(m->kind, "inquiry") == 0 ? "逐户上门" : DEMO_PICK(&b->d->random, points));
}

/* How long its matters take, and the time for them; now and then it is too short. */
void demo_meeting_time(struct debate *b, struct demo_meeting *m)
{
	struct demo_random *r = &b->d->random;
	static const int weekend[] = { 9 * 60, 14 * 60, 19 * 60 };
	int sum = 0;

	for (size_t i = 0; i < m->n_matters; i++)
		sum += m->lengths[i] = 5 * demo_between(r, 3, 7);
	m->begin_min = day_weekday(m->day) > 5 ? DEMO_PICK(r, weekend) : EVENING + 30 * demo_between(r, 0, 1);
	m->end_min = m->begin_min + (demo_chance(r, 60) ? sum - 10 : sum + 5 * demo_between(r, 2, 6));
	if (m->n_matters == 0)
		m->end_min = m->begin_min + 90;
}

enum rc demo_meeting_number(struct debate *b, struct demo_meeting *m, struct err *e)
{
	int32_t day = m->announced_day == DAY_NONE || m->announced_day > day_of_instant(b->d->now) ? day_of_instant(b->d->now) : m->announced_day;
	enum rc rc = demo_new_id(b->d, &m->id, e);

	return rc == RC_OK ? demo_number(b->d, instant_of_day(day, 9 * 60), "meeting", "YS", 2, m->number, e) : rc;
}

enum rc demo_meeting_play(struct debate *b, struct demo_meeting *m, const char *const *outcomes, struct err *e)
{
	int64_t at = instant_of_day(m->day, m->begin_min);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < m->n_matters && rc == RC_OK; i++) {
		rc = demo_session_play(b, m, i, at, outcomes[i], e);
		at += (int64_t)m->lengths[i] * MINUTE_MS;
	}
	return rc == RC_OK ? demo_meeting_write(b, m, e) : rc;
}
