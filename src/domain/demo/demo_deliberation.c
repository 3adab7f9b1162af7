/* The demo's deliberations: who speaks for the bodies, the years of meetings, what is going on today; and disputes that were settled without a meeting. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "demo_case.h"
#include "number.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define SEED_OF_ITS_OWN UINT64_C(0x59495348495f3033)
#define RECENT_DAYS 12                 /* of them demo_today.c tells */
#define DISPUTE_DAYS 60                /* before today: by now they are settled */

int64_t demo_happened(const struct demo *d, int64_t at)
{
	return at <= d->now ? at : 0;
}

int64_t demo_soon(struct demo *d, int64_t at, int min_minutes, int max_minutes)
{
	int minutes = demo_between(&d->random, min_minutes, max_minutes);

	return at == DEMO_NEVER ? DEMO_NEVER : demo_work_later(d, at, minutes);
}

enum rc demo_number(struct demo *d, int64_t at, const char *table, const char *prefix, int digits, char out[40], struct err *e)
{
	AUTO_FREE char *number = NULL;
	enum rc rc = number_next_on(d->of, day_of_instant(at), table, prefix, digits, &number, e);

	if (rc == RC_OK)
		snprintf(out, 40, "%s", number);
	return rc;
}

/* The cast -------------------------------------------------------------------------------------------------------------------------- */

static void name_one(struct demo *d, char out[24])
{
	const char *surname = demo_surname(&d->random);
	char given[16];

	demo_given_name(&d->random, demo_between(&d->random, 1, 2), 1975, given);
	snprintf(out, 24, "%s%s", surname, given);
}

/* People stand by building, buildings by estate. */
static void find_people(struct demo *d, size_t estate, struct demo_cast *c)
{
	for (size_t i = 0; i < d->n_people; i++) {
		if (d->buildings[d->people[i].building].estate != (int)estate)
			continue;
		if (c->n_people++ == 0)
			c->first_person = i;
	}
	for (size_t i = 0; i < d->n_buildings; i++)
		if (d->buildings[i].estate == (int)estate)
			c->homes += d->buildings[i].units * d->buildings[i].floors * d->buildings[i].doors;
}

static struct demo_cast *make_casts(struct demo *d)
{
	struct demo_cast *casts = mem_alloc(d->n_estates * sizeof *casts);

	for (size_t i = 0; i < d->n_estates; i++) {
		struct demo_cast *c = &casts[i];

		memset(c, 0, sizeof *c);
		name_one(d, c->property);
		name_one(d, c->owners);
		name_one(d, c->police);
		name_one(d, c->unit);
		name_one(d, c->merchant);
		find_people(d, i, c);
	}
	return casts;
}

enum rc demo_deliberate(struct demo *d, int32_t from, int items, int pool, struct err *e)
{
	struct debate b = { .d = d };
	enum rc rc;

	/* a stream of its own: what was made before stays as it is, whatever is added here */
	demo_random_init(&d->random, d->options->seed ^ SEED_OF_ITS_OWN);
	d->clock = d->now;
	b.casts = make_casts(d);
	if ((rc = demo_deliberate_past(&b, from, day_of_instant(d->now) - RECENT_DAYS, items - demo_settled_today(), e)) == RC_OK)
		rc = demo_deliberate_today(&b, pool, e);
	free(b.casts);
	return rc;
}

/* Disputes -------------------------------------------------------------------------------------------------------------------------- */

static const struct demo_subject *pick_dispute(struct demo *d)
{
	const struct demo_subject *s;

	do {
		s = &demo_subjects[demo_below(&d->random, (uint32_t)demo_subject_count)];
	} while (strncmp(s->category, "dispute.", 8) != 0);
	return s;
}

enum rc demo_settle_disputes(struct demo *d, int32_t from, int wanted, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"SELECT count(*) FROM issue WHERE category GLOB 'dispute*' AND closing = 'solved' /*scan*/");
	int32_t until = day_of_instant(d->now) - DISPUTE_DAYS;
	AUTO_TXN t = { 0 };
	int64_t known;
	enum rc rc;

	if ((rc = stmt_int(&q, &known, e)) != RC_OK || (rc = txn_begin(&t, d->of->st, "demo.disputes", e)) != RC_OK)
		return rc;
	for (int64_t i = known; i < wanted; i++) {
		int32_t day = from + (int32_t)((until - from) * (i - known) / (wanted - known));
		int64_t at = demo_work_later(d, instant_of_day(day, 8 * 60 + 30), demo_between(&d->random, 0, 500));
		char number[40];

		if ((rc = demo_number(d, at, "issue", d->of->community.abbr, 3, number, e)) != RC_OK ||
		    (rc = demo_bulk_settled(d, pick_dispute(d), at, number, e)) != RC_OK)
			return rc;
		if (i % 32 == 0)
			demo_tell(d, "调解的矛盾纠纷", (size_t)i, (size_t)wanted);
	}
	demo_tell(d, "调解的矛盾纠纷", (size_t)wanted, (size_t)wanted);
	return txn_commit(&t, e);
}
