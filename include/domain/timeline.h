/* The story of one issue: the six steps, and under each what happened in it, from all tables, unbroken. */
#ifndef YL_DOMAIN_TIMELINE_H
#define YL_DOMAIN_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/issue.h"
#include "domain/office.h"

enum timeline_kind {
	TIMELINE_STEP,                /* heads a group: one pass through a step */
	TIMELINE_FUTURE,              /* heads a step that is not reached, or was not needed */
	TIMELINE_NOTE,                /* progress about the issue as a whole */
	TIMELINE_ACTION, TIMELINE_PROGRESS, TIMELINE_EVALUATION, TIMELINE_SUPPORT,
	TIMELINE_HOLD, TIMELINE_PARK, TIMELINE_RESUME, TIMELINE_EXTENSION,
	TIMELINE_JOINED,              /* another issue came into this one */
	TIMELINE_MEETING,             /* where it was on the agenda, and what became of it there */
	TIMELINE_RECUSAL, TIMELINE_BALLOT,
	TIMELINE_DECISION,            /* written, submitted, approved, returned, voided */
	TIMELINE_NOTICE, TIMELINE_OBJECTION,
};

enum timeline_mark {
	TIMELINE_DONE,                /* √ */
	TIMELINE_NOW,                 /* > under way */
	TIMELINE_NONE,                /* - not yet, not needed */
	TIMELINE_ALERT,               /* ! late, blocked, refused, dissatisfied */
	TIMELINE_INFO,                /* · beside the way */
};
const char *timeline_sign(enum timeline_mark m);

struct timeline_entry {
	enum timeline_kind kind;
	enum timeline_mark mark;
	enum phase phase;
	int round;
	int64_t at;                   /* ms UTC; 0: no instant (future steps) */
	int32_t due_day;              /* of an action, a step, a review; DAY_NONE */
	int days;                     /* working days that a step took or takes; late days of an action; -1: says nothing */
	const char *who;              /* names; "" */
	const char *headline;         /* one line: 受理 · 直办 李明 */
	const char *text;             /* may have several lines; "" */
	int64_t record_id;            /* 0: none */
	const char *record;           /* … its table, where it is a record with a screen of its own: issue, agenda_item, meeting, decision; "" */
};

struct timeline {
	const struct timeline_entry *entries;
	size_t n;
	int gross, net;               /* working days so far */
};

/* Everything lives in the arena. Errors  RC_NOTFOUND, RC_DENIED, RC_DB */
enum rc timeline_load(struct office *of, int64_t issue_id, struct arena *a, struct timeline *out, struct err *e) MUST_USE;

#endif
