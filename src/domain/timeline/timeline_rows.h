/* What happened to an issue, read from its tables; timeline.c puts it in order. */
#ifndef YL_DOMAIN_TIMELINE_ROWS_H
#define YL_DOMAIN_TIMELINE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "domain/timeline.h"

/* One pass through a step, with its head. */
struct pass {
	struct timeline_entry head;
	int64_t opened_at;
	bool open;
};

/* Something that happened in a pass. */
struct event {
	struct timeline_entry entry;
	int64_t action_id;            /* the task that it belongs to; 0: the issue as a whole */
	size_t pass;                  /* where timeline.c put it */
	size_t order;                 /* of reading: the last key of sorting */
};

struct story {
	struct office *of;
	const struct issue *it;
	struct arena *arena;
	int32_t today;
	struct pass *passes;          /* in time */
	size_t n_passes, cap_passes;
	struct event *events;
	size_t n_events, cap_events;
	const char *waits;            /* what an open 议事 or 定事 waits for; "" */
	const char *waits_record;     /* … the table of what it waits for, "" */
	int64_t waits_id;
	bool stuck;                   /* … and somebody has to do something about it */
};

enum rc story_read_passes(struct story *s, struct err *e) MUST_USE;
enum rc story_read_events(struct story *s, struct err *e) MUST_USE;
enum rc story_read_waiting(struct story *s, struct err *e) MUST_USE;               /* timeline_waiting.c; before the passes */
enum rc story_read_meetings(struct story *s, struct err *e) MUST_USE;              /* timeline_meeting.c */
enum rc story_read_decisions(struct story *s, struct err *e) MUST_USE;             /* timeline_decision.c */
void story_release(struct story *s);

/* One more event, to be filled in: no headline, no text yet. */
struct event *story_add_event(struct story *s, enum timeline_kind kind, enum timeline_mark mark, int64_t at, const char *who);

/* Words, in the arena: a label of a code list; 今天, 11-24. */
const char *story_label(const struct story *s, const char *list, const char *code);
const char *story_day(const struct story *s, int32_t day);
/* One more line with what it is called, unless it is blank. */
void story_add_text(struct strbuf *out, const char *label, const char *text);

#endif
