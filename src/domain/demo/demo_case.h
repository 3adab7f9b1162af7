/* One issue of the demo to be: what it is about, who raises it, where. */
#ifndef YL_DOMAIN_DEMO_CASE_H
#define YL_DOMAIN_DEMO_CASE_H

#include "demo_make.h"

/* What people raise, and how such a thing ends. */
struct demo_subject {
	const char *category;
	bool home;                        /* at somebody's building: the title begins with the place */
	const char *title, *body, *done;
	const char *party, *route;        /* codes */
	const char *unit;                 /* whom it would be referred to; NULL: handled by the office itself */
};
extern const struct demo_subject demo_subjects[];
extern const size_t demo_subject_count;

struct demo_case {
	const struct demo_subject *subject;
	const struct demo_person *person; /* who raises it; NULL: anonymous */
	bool behalf;
	const struct demo_person *speaker;   /* on behalf: who came */
	int64_t raised_at;
	const char *channel, *urgency, *place_note;
	const struct demo_building *building;    /* NULL: a common place */
	enum role raised_by;
	char title[128];
};

void demo_case_make(struct demo *d, int64_t raised_at, struct demo_case *out);
void demo_case_about(struct demo *d, const struct demo_subject *subject, int64_t raised_at, struct demo_case *out);

/* An instant `minutes` of work later: 8:30 to 17:30 on working days. */
int64_t demo_work_later(const struct demo *d, int64_t at, int minutes);
/* Instants of the day's issues, ascending; how many. */
size_t demo_day_instants(struct demo *d, int32_t day, int n, int64_t *out);

/* demo_play.c: issues raised in [from, d->now], step by step through the use cases. */
enum rc demo_play(struct demo *d, int32_t from, int per_1000_days, struct err *e) MUST_USE;
/* demo_bulk.c: finished issues of the days [from, until), as the use cases would leave them. */
enum rc demo_bulk(struct demo *d, int32_t from, int32_t until, int per_day, struct err *e) MUST_USE;
/* One that ends solved; inside a txn. */
enum rc demo_bulk_settled(struct demo *d, const struct demo_subject *subject, int64_t raised_at, const char *number, struct err *e) MUST_USE;

#endif
