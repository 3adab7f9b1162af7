/* The demo's years of meetings: on evenings and weekends, some announced too late or badly attended, their matters settled one after the other. */
#include "demo_deliberation.h"

#include <string.h>

#include "base/day.h"
#include "store/txn.h"

#define MEETINGS_IN_A_TXN 8

struct past {
	struct debate *b;
	int32_t from, until;
	int items, settled;               /* to be settled, and settled so far */
	bool carries;                     /* a matter that was not settled waits for the next meeting */
	struct demo_matter carried;
	int32_t carried_day;              /* of the meeting that it comes from */
};

/* Evenings of any day, and Saturdays more than their share. */
static int32_t pick_day(struct past *p)
{
	struct demo_random *r = &p->b->d->random;
	int32_t day = p->from + (int32_t)((int64_t)(p->until - p->from) * p->settled / p->items) + demo_between(r, -3, 3);

	if (demo_chance(r, 250))
		day += 6 - day_weekday(day);
	if (p->carries && day <= p->carried_day)
		return p->carried_day + 1;
	return day < p->until ? day : p->until;
}

/* Now and then told too late, seldom even after it was held. */
static int32_t announce(struct past *p, int32_t day)
{
	struct demo_random *r = &p->b->d->random;

	if (demo_chance(r, 5))
		return day + 1;
	return demo_chance(r, 15) ? day - demo_between(r, 0, 2) : day - demo_between(r, 3, 9);
}

static const char *pick_outcome(struct past *p, const struct demo_meeting *m, size_t i)
{
	static const char *const outcomes[] = { "passed", "failed", "deferred", "unreached" };
	static const int weights[] = { 800, 110, 100, 120 };
	bool last = i == m->n_matters - 1 && i > 0 && p->settled + (int)m->n_matters < p->items;

	return outcomes[demo_weighted(&p->b->d->random, weights, last ? 4 : 2)];
}

static enum rc take_matters(struct past *p, struct demo_meeting *m, struct demo_matter *own, struct err *e)
{
	static const int weights[] = { 350, 450, 200 };
	size_t n = 2 + demo_weighted(&p->b->d->random, weights, COUNT(weights));
	enum rc rc = RC_OK;

	if ((int)n > p->items - p->settled)
		n = (size_t)(p->items - p->settled);
	m->estate = p->carries ? p->carried.estate : demo_below(&p->b->d->random, (uint32_t)p->b->d->n_estates);
	for (m->n_matters = 0; m->n_matters < n && rc == RC_OK; m->n_matters++) {
		m->matters[m->n_matters] = &own[m->n_matters];
		if (m->n_matters == 0 && p->carries)
			own[0] = p->carried;
		else
			rc = demo_matter_make(p->b, m->estate, demo_raised_before(p->b, m->day, 14, 30), &own[m->n_matters], e);
	}
	p->carries = false;
	return rc;
}

/* Seldom too few come: less than half. */
static size_t pick_absent(struct debate *b, const struct demo_meeting *m)
{
	struct demo_random *r = &b->d->random;
	bool missed = demo_chance(r, 18) && m->n_seats >= 8 && strcmp(m->kind, "bench") != 0;

	return missed ? m->n_seats * 6 / 10 : demo_below(r, (uint32_t)(m->n_seats * 3 / 10 + 1));
}

static enum rc hold(struct past *p, struct err *e)
{
	int weights[DEMO_KINDS];
	struct demo_meeting m = { .status = "confirmed", .day = pick_day(p) };
	struct demo_matter own[DEMO_SLOTS];
	const char *outcomes[DEMO_SLOTS];
	size_t kind;
	enum rc rc;

	for (size_t i = 0; i < DEMO_KINDS; i++)
		weights[i] = demo_kinds[i].weight;
	kind = demo_weighted(&p->b->d->random, weights, DEMO_KINDS);
	m.announced_day = announce(p, m.day);
	if ((rc = take_matters(p, &m, own, e)) != RC_OK || (rc = demo_meeting_number(p->b, &m, e)) != RC_OK)
		return rc;
	demo_meeting_place(p->b, &m, kind);
	demo_meeting_time(p->b, &m);
	demo_meeting_call(p->b, &m, (size_t)demo_between(&p->b->d->random, (int)demo_kinds[kind].min_seats, (int)demo_kinds[kind].max_seats));
	for (size_t i = 0; i < m.n_matters; i++)
		outcomes[i] = pick_outcome(p, &m, i);
	if ((rc = demo_meeting_sign(p->b, &m, pick_absent(p->b, &m), e)) != RC_OK || (rc = demo_meeting_play(p->b, &m, outcomes, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < m.n_matters; i++) {
		if (own[i].settled_at == 0) {
			p->carries = true;
			p->carried = own[i];
			p->carried_day = m.day;
		} else if ((rc = demo_matter_write(p->b, &own[i], e)) != RC_OK) {
			return rc;
		} else {
			p->settled++;
		}
	}
	return RC_OK;
}

/* A matter that nobody wants to deliberate any more. */
static enum rc withdraw_one(struct debate *b, int32_t day, struct err *e)
{
	struct demo_matter m;
	enum rc rc = demo_matter_make(b, demo_below(&b->d->random, (uint32_t)b->d->n_estates), demo_raised_before(b, day, 10, 20), &m, e);

	if (rc != RC_OK)
		return rc;
	m.state = "withdrawn";
	m.settled_at = demo_soon(b->d, m.pooled_at, DEMO_WORKDAY, 3 * DEMO_WORKDAY);
	demo_course_plan(b, &m);
	return demo_matter_write(b, &m, e);
}

static enum rc hold_some(struct past *p, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, p->b->d->of->st, "demo.meetings", e)) != RC_OK)
		return rc;
	for (int i = 0; i < MEETINGS_IN_A_TXN && p->settled < p->items; i++)
		if ((rc = hold(p, e)) != RC_OK)
			return rc;
	if ((rc = withdraw_one(p->b, pick_day(p), e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc demo_deliberate_past(struct debate *b, int32_t from, int32_t until, int items, struct err *e)
{
	struct past p = { .b = b, .from = from, .until = until, .items = items };
	enum rc rc = RC_OK;

	while (p.settled < p.items && rc == RC_OK) {
		rc = hold_some(&p, e);
		demo_tell(b->d, "议事和定事", (size_t)p.settled, (size_t)p.items);
	}
	return rc;
}
