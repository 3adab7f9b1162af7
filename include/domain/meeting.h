/* 议事会 (meetings): called, announced, held, recorded, confirmed. 草稿 → 已通知 → 进行中 → 已结束 → 纪要已确认.
 *
 * While people talk, each use case is one key and one transaction. The record is kept by its recorder or the head; everybody else of the office reads.
 * Which quorum counts for which kind of meeting stands in config/quorum.ini.
 */
#ifndef YL_DOMAIN_MEETING_H
#define YL_DOMAIN_MEETING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/ballot.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

#define MEETING_STATUSES(X) X(DRAFT, draft) X(ANNOUNCED, announced) X(RUNNING, running) X(ENDED, ended) X(CONFIRMED, confirmed) X(CANCELLED, cancelled)
enum meeting_status {
#define X(upper, lower) MEETING_##upper,
	MEETING_STATUSES(X)
#undef X
	MEETING_STATUS_COUNT
};
const char *meeting_status_key(enum meeting_status s);
enum meeting_status meeting_status_from_key(const char *key);

enum slot_outcome { SLOT_OPEN, SLOT_PASSED, SLOT_FAILED, SLOT_DEFERRED, SLOT_UNREACHED, SLOT_OUTCOME_COUNT };
const char *slot_outcome_key(enum slot_outcome o);      /* "" for SLOT_OPEN */

struct meeting_attendee {
	int64_t id, rev, resident_id;
	const char *name, *category, *represents;
	bool invited;
	int64_t present_at;           /* 0: not here */
};

struct meeting_recusal {
	int64_t id, attendee_id, at;
	const char *name, *reason;
};

struct meeting_opinion {
	int64_t id, rev, attendee_id, at;
	const char *name, *stance, *text;            /* stance: code */
};

struct meeting_ballot {
	int64_t id, rev, alternative_id, at;
	const char *alternative;      /* its text; "" the item as it stands */
	int position;                 /* of the alternative; 0: none */
	struct ballot_count count;
	const char *teller, *supervisor;
	bool passed;
};

struct meeting_slot {
	int64_t id, rev, agenda_item_id;
	int position, length_min;
	const char *number, *title;   /* of the item */
	const char *note;
	bool property;
	enum slot_outcome outcome;
	int64_t begun_at, decision_id;               /* decision_id: the newest decision on it, 0 none */
	const char *decision;         /* its number, "" */
	const struct meeting_recusal *recusals;
	size_t n_recusals;
	const struct meeting_opinion *opinions;
	size_t n_opinions;
	const struct meeting_ballot *ballots;
	size_t n_ballots;
};

struct meeting_amendment {
	int64_t id, at;
	const char *text, *reason, *who;
};

/* Everything of one meeting: its screen, its papers. Texts live in the arena. */
struct meeting {
	int64_t id, rev;
	const char *number, *title, *kind, *level, *place, *host, *recorder, *basis, *grid, *minutes, *confirmer, *cancelled_why;   /* kind level basis: codes */
	int64_t recorder_id, begun_at, ended_at, confirmed_at;
	int32_t day, announced_day;   /* announced_day: DAY_NONE where nobody was told */
	int begin_min, end_min;
	enum meeting_status status;
	bool deleted;
	int expected, present;        /* 应到 实到 */
	int planned_min;              /* sum over the agenda */
	struct quorum_rule quorum;
	const struct meeting_attendee *attendees;    /* in the order they were added */
	size_t n_attendees;
	const struct meeting_slot *slots;
	size_t n_slots;
	const struct meeting_amendment *amendments;
	size_t n_amendments;
};

/* Errors of all: RC_DENIED by role, or because another one keeps the record; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB.
 * Nothing is changed on failure. */
enum rc meeting_load(struct office *of, int64_t id, struct arena *a, struct meeting *out, struct err *e) MUST_USE;
bool meeting_is_mine(const struct office *of, const struct meeting *m);      /* may this account keep its record */

/* Meetings as a list: number, title, kind (code), day, begin_min, place, status (code), items, present. Orders: day, number. */
const struct list_spec *meeting_list_spec(void);

/* What is not as it should be, in sentences, most important first: announced less than 3 days before, agenda longer than the meeting, an interested
 * party that is not invited, no quorum, nobody invited, no items. Never blocking. How many; texts live in the arena. */
size_t meeting_warnings(struct office *of, const struct meeting *m, struct arena *a, const char **out, size_t max);

/* Before ---------------------------------------------------------------------------------------------------------------------------- */
enum rc meeting_save(struct office *of, struct record *r, struct err *e) MUST_USE;                    /* form meeting; a new one gets a number */
/* An item of the pool to the end of the agenda; length_min 1..480, 0: 15. */
enum rc meeting_schedule(struct office *of, int64_t meeting_id, int64_t agenda_item_id, int length_min, struct err *e) MUST_USE;
enum rc meeting_unschedule(struct office *of, int64_t slot_id, struct err *e) MUST_USE;               /* back to the pool */
enum rc meeting_move_slot(struct office *of, int64_t slot_id, int by, struct err *e) MUST_USE;
enum rc meeting_slot_save(struct office *of, struct record *r, struct err *e) MUST_USE;               /* form agenda_slot: length, note */
enum rc meeting_invite(struct office *of, int64_t meeting_id, struct record *r, struct err *e) MUST_USE;      /* form attendee; new or changed */
/* Every interested party of the agenda that is not invited yet; how many. */
enum rc meeting_invite_interested(struct office *of, int64_t meeting_id, int *added, struct err *e) MUST_USE;
enum rc meeting_uninvite(struct office *of, int64_t attendee_id, struct err *e) MUST_USE;
enum rc meeting_announce(struct office *of, int64_t meeting_id, int64_t rev, struct err *e) MUST_USE;
enum rc meeting_cancel(struct office *of, int64_t meeting_id, int64_t rev, const char *why, struct err *e) MUST_USE;  /* its items go back to the pool */

/* In the meeting -------------------------------------------------------------------------------------------------------------------- */
enum rc meeting_begin(struct office *of, int64_t meeting_id, int64_t rev, struct err *e) MUST_USE;
enum rc meeting_sign(struct office *of, int64_t attendee_id, bool present, struct err *e) MUST_USE;
/* Somebody who was not invited comes in: form attendee; signed in at once. */
enum rc meeting_walk_in(struct office *of, int64_t meeting_id, struct record *r, struct err *e) MUST_USE;
enum rc meeting_recuse(struct office *of, int64_t slot_id, int64_t attendee_id, struct record *r, struct err *e) MUST_USE;   /* form recusal */
enum rc meeting_recuse_drop(struct office *of, int64_t recusal_id, struct err *e) MUST_USE;
enum rc meeting_opinion(struct office *of, int64_t slot_id, int64_t attendee_id, struct record *r, struct err *e) MUST_USE;  /* form opinion; words may follow later, then attendee_id may be 0 */
/* What people vote on: an alternative, or the item as it stands in its slot (alternative_id 0). The text lives in the arena. */
struct ballot_question {
	int64_t slot_id, alternative_id;
	const char *text;
};
/* `id`: of the alternative, or of the slot.  Errors  RC_NOTFOUND no running meeting has it as an open item */
enum rc meeting_ballot_question(struct office *of, int64_t id, struct arena *a, struct ballot_question *out, struct err *e) MUST_USE;
/* A ballot with what is known filled in: present, recused, rule by the kind of matter, teller and supervisor of the last one. */
enum rc meeting_ballot_prefill(struct office *of, int64_t slot_id, struct record *r, struct err *e) MUST_USE;
/* Counted, checked, result by the rule. A passed ballot settles the item and moves its issues on to 定事; a failed one is said so and leaves the item open. */
enum rc meeting_ballot(struct office *of, int64_t slot_id, int64_t alternative_id, struct record *r, bool *passed, struct err *e) MUST_USE;
enum rc meeting_settle(struct office *of, int64_t slot_id, enum slot_outcome outcome, struct err *e) MUST_USE;    /* FAILED or DEFERRED, by hand */
/* Ends: items without outcome go back to the pool by themselves (再议 where they had been begun); one whose last ballot failed is FAILED.
 * unreached: how many went back. */
enum rc meeting_end(struct office *of, int64_t meeting_id, int64_t rev, int *unreached, struct err *e) MUST_USE;

/* After ----------------------------------------------------------------------------------------------------------------------------- */
/* A first text of the minutes from what was recorded; appended. */
void meeting_compose_minutes(const struct office *of, const struct meeting *m, struct strbuf *out);
enum rc meeting_minutes_save(struct office *of, struct record *r, struct err *e) MUST_USE;            /* form minutes; until they are confirmed */
enum rc meeting_confirm(struct office *of, int64_t meeting_id, int64_t rev, struct err *e) MUST_USE;  /* by the head; not without minutes */
/* Confirmed minutes are never changed: what is put right is added. Only by the recorder or the head. */
enum rc meeting_amend(struct office *of, int64_t meeting_id, struct record *r, struct err *e) MUST_USE;       /* form amendment */

#endif
