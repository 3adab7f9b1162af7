/* What the files about meetings share: rows as rules see them, who may change what when, and the moves of a 议题.
 *
 * All of it runs inside the transaction of a use case. Texts live in the arena.
 */
#ifndef YL_DOMAIN_MEETING_RULES_H
#define YL_DOMAIN_MEETING_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/meeting.h"
#include "domain/office.h"

#define DURING(status) (1U << MEETING_##status)
#define ANY_REV INT64_C(-1)
#define BEFORE_MEETING (DURING(DRAFT) | DURING(ANNOUNCED))

/* meeting_load.c: asks no role. meeting_read() leaves out the parts: attendees, agenda, amendments. */
enum rc meeting_read(struct office *of, int64_t id, struct arena *a, struct meeting *out, struct err *e) MUST_USE;
/* One of its rows that is not deleted, and whose meeting it is. Without the slot's parts. */
enum rc meeting_read_attendee(struct office *of, int64_t id, struct arena *a, struct meeting_attendee *out, int64_t *meeting_id, struct err *e) MUST_USE;
enum rc meeting_read_slot(struct office *of, int64_t id, struct arena *a, struct meeting_slot *out, int64_t *meeting_id, struct err *e) MUST_USE;
/* What was recorded on a slot, of which the id is enough. */
enum rc meeting_read_recusals(struct office *of, struct arena *a, struct meeting_slot *slot, struct err *e) MUST_USE;
enum rc meeting_read_ballots(struct office *of, struct arena *a, struct meeting_slot *slot, struct err *e) MUST_USE;

/* meeting.c */
/* The meeting for a change that is possible in `statuses` (bits DURING); `what` names the change in the refusal: 改议程.
 * Before it begins whoever may prepare meetings; from then on its recorder or the head. RC_CONFLICT where it isn't at `rev` any more. */
enum rc meeting_for_change(struct office *of, int64_t id, int64_t rev, unsigned statuses, const char *what, struct arena *a, struct meeting *out,
                           struct err *e) MUST_USE;
enum rc meeting_require_keeper(const struct office *of, const struct meeting *m, struct err *e) MUST_USE;

/* The slot of a running meeting, open, for a change; the meeting as well. */
enum rc meeting_open_slot(struct office *of, int64_t slot_id, const char *what, struct arena *a, struct meeting *m, struct meeting_slot *slot,
                          struct err *e) MUST_USE;

/* meeting_agenda.c */
enum rc meeting_slot_begin(struct office *of, const struct meeting_slot *slot, struct err *e) MUST_USE;         /* the first thing said on it */
enum rc meeting_slot_close(struct office *of, const struct meeting_slot *slot, enum slot_outcome outcome, struct err *e) MUST_USE;
/* The item of a slot is settled (state passed or failed), or back in the pool. One that went another way meanwhile (withdrawn, merged) stays there. */
enum rc meeting_item_settle(struct office *of, int64_t meeting_id, int64_t agenda_item_id, enum slot_outcome outcome, struct err *e) MUST_USE;
/* All items of a meeting that does not take place. */
enum rc meeting_items_back(struct office *of, int64_t meeting_id, struct err *e) MUST_USE;

/* meeting_interest.c: interested parties of the agenda that are not on the list of attendees. */
struct interested {
	int64_t resident_id;
	const char *name, *category, *item;          /* item: number of its 议题 */
};
enum rc meeting_interested(struct office *of, int64_t meeting_id, struct arena *a, const struct interested **out, size_t *n, struct err *e) MUST_USE;

#endif
