/* What is going on in the demo's community today: meetings in every state, decisions at every stage, matters that wait. */
#include "demo_deliberation.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "store/txn.h"

/* Whatever the scale: a meeting so many working days ago (ahead: negative), and how far its matters have come. */
static const struct scene {
	int workdays_ago;
	size_t kind;
	const char *status;
	size_t seats;
	struct { const char *outcome; enum demo_stop stop; } slots[DEMO_SLOTS];
	size_t n;
} scenes[] = {
	{ 20, 0, "confirmed", 14, { { "passed", STOP_ACTING }, { "passed", STOP_ACTING }, { "passed", STOP_NOWHERE } }, 3 },
	{ 3,  2, "confirmed", 11, { { "passed", STOP_NOTICE }, { "passed", STOP_OBJECTION }, { "passed", STOP_NOTICE } }, 3 },
	{ 3,  0, "confirmed", 13, { { "passed", STOP_SUBMITTED }, { "passed", STOP_DRAFT }, { "passed", STOP_RETURNED }, { "passed", STOP_SUBMITTED } }, 4 },
	{ 2,  1, "ended",     8,  { { "passed", STOP_PASSED }, { "failed", STOP_NOWHERE } }, 2 },
	{ 1,  3, "running",   12, { { NULL, STOP_NOWHERE }, { NULL, STOP_NOWHERE } }, 2 },
	{ 0,  0, "announced", 12, { { NULL, STOP_NOWHERE }, { NULL, STOP_NOWHERE }, { NULL, STOP_NOWHERE } }, 3 },
	{ -5, 4, "announced", 20, { { NULL, STOP_NOWHERE } }, 1 },
	{ -8, 0, "draft",     9,  { { NULL, STOP_NOWHERE } }, 1 },
	{ 5,  2, "cancelled", 8,  { { NULL, STOP_NOWHERE } }, 0 },
};

static int32_t day_of_scene(const struct debate *b, int workdays_ago)
{
	const struct calendar *calendar = b->d->of->calendar;
	int32_t today = day_of_instant(b->d->now), day = today;

	if (workdays_ago < 0)
		return calendar_add_workdays(calendar, today, -workdays_ago);
	for (; workdays_ago > 0; workdays_ago -= calendar_is_workday(calendar, day))
		day--;
	return day;
}

/* What is shown to a newcomer stands for somebody's issue. */
static enum rc make_shown(struct debate *b, size_t estate, int64_t raised_at, struct demo_matter *m, struct err *e)
{
	enum rc rc = demo_matter_make(b, estate, raised_at, m, e);

	if (rc != RC_OK || m->n_issues > 0)
		return rc;
	m->n_issues = 1;
	return demo_new_id(b->d, &m->issue_ids[0], e);
}

static enum rc play_scene(struct debate *b, const struct scene *scene, size_t estate, struct err *e)
{
	int32_t day = day_of_scene(b, scene->workdays_ago), today = day_of_instant(b->d->now);
	bool to_come = strcmp(scene->status, "announced") == 0 || strcmp(scene->status, "draft") == 0;
	struct demo_meeting m = { .status = scene->status, .day = day, .estate = estate };
	struct demo_matter own[DEMO_SLOTS];
	const char *outcomes[DEMO_SLOTS];
	enum rc rc;

	m.announced_day = strcmp(scene->status, "draft") == 0 ? DAY_NONE : (day < today ? day : today) - 4;
	if ((rc = demo_meeting_number(b, &m, e)) != RC_OK)
		return rc;
	for (; m.n_matters < scene->n; m.n_matters++) {
		m.matters[m.n_matters] = &own[m.n_matters];
		if ((rc = make_shown(b, estate, demo_raised_before(b, day < today ? day : today, 14, 30), &own[m.n_matters], e)) != RC_OK)
			return rc;
		own[m.n_matters].stop = scene->slots[m.n_matters].stop;
		outcomes[m.n_matters] = scene->slots[m.n_matters].outcome;
	}
	demo_meeting_place(b, &m, scene->kind);
	m.recorder_id = b->d->accounts[ROLE_DESK];
	demo_meeting_time(b, &m);
	demo_meeting_call(b, &m, scene->seats);
	if ((rc = demo_meeting_sign(b, &m, to_come || scene->n == 0 ? m.n_seats : 1, e)) != RC_OK || (rc = demo_meeting_play(b, &m, outcomes, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < m.n_matters; i++)
		if ((rc = demo_matter_write(b, &own[i], e)) != RC_OK)
			return rc;
	return RC_OK;
}

/* Waiting, with somebody who has an interest, and neighbours who want the same. */
static enum rc fill_pool(struct debate *b, int pool, struct err *e)
{
	enum rc rc = RC_OK;

	for (int i = 0; i < pool && rc == RC_OK; i++) {
		size_t estate = demo_below(&b->d->random, (uint32_t)b->d->n_estates);
		const struct demo_cast *cast = &b->casts[estate];
		struct demo_matter m;

		if ((rc = make_shown(b, estate, demo_raised_before(b, day_of_instant(b->d->now), 12, 30), &m, e)) != RC_OK)
			return rc;
		if (m.concerned == NULL)
			m.concerned = &b->d->people[cast->first_person + demo_below(&b->d->random, (uint32_t)cast->n_people)];
		m.supports = demo_between(&b->d->random, 0, 5);
		rc = demo_matter_write(b, &m, e);
	}
	return rc;
}

enum rc demo_deliberate_today(struct debate *b, int pool, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, b->d->of->st, "demo.meetings", e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(scenes); i++)
		if ((rc = play_scene(b, &scenes[i], i % b->d->n_estates, e)) != RC_OK)
			return rc;
	if ((rc = fill_pool(b, pool, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

int demo_settled_today(void)
{
	int n = 0;

	for (size_t i = 0; i < COUNT(scenes); i++)
		for (size_t k = 0; k < scenes[i].n; k++)
			n += scenes[i].slots[k].outcome != NULL;
	return n;
}
