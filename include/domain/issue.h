/* Issues (事项): raise, edit, find similar ones, support, receipt, and the summary that rules, headings and screens read.
 *
 * A step forward (受理, 办结, 评价 …) is in issue_flow.h; the list and its filters in issue_list.h; the story in timeline.h.
 */
#ifndef YL_DOMAIN_ISSUE_H
#define YL_DOMAIN_ISSUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/office.h"
#include "domain/person.h"
#include "store/record.h"

/* The six steps in their order. Keys stand in issue.phase and phase.phase; labels come from the code list `phase`. */
#define ISSUE_PHASES(X) X(RAISE, raise) X(TRIAGE, triage) X(DELIBERATE, deliberate) X(DECIDE, decide) X(ACT, act) X(EVALUATE, evaluate)
enum phase {
#define X(upper, lower) PHASE_##upper,
	ISSUE_PHASES(X)
#undef X
	PHASE_COUNT
};

/* open: the clock runs; held 挂起 and parked 搁置: it stands; closed: the end. Labels from the code list `issue_status`. */
#define ISSUE_STATUSES(X) X(OPEN, open) X(HELD, held) X(PARKED, parked) X(CLOSED, closed)
enum issue_status {
#define X(upper, lower) STATUS_##upper,
	ISSUE_STATUSES(X)
#undef X
	STATUS_COUNT
};

const char *phase_key(enum phase p);
enum phase phase_from_key(const char *key);              /* PHASE_COUNT if unknown */
const char *phase_label(const struct office *of, enum phase p);
const char *status_key(enum issue_status s);
enum issue_status status_from_key(const char *key);      /* STATUS_COUNT if unknown */
const char *status_label(const struct office *of, enum issue_status s);

/* What rules ask of one issue, and what a heading shows. Ids and instants are 0 where there are none; texts are never NULL and live as long as the struct. */
struct issue {
	int64_t id, rev;
	enum phase phase;
	enum issue_status status;
	bool deleted;
	int round;                    /* pass through 办事 and 评事: 1, 2 … after it was sent back */
	int reopened;                 /* times sent back */
	int supporters;               /* 附议 */
	int open_actions;             /* of this round: neither done nor cancelled */
	int my_actions;               /* of these: owned by this account */
	int attempts;                 /* 未联系上 in this round */
	int extensions;               /* approved ones */
	int64_t grid_id, building_id, reporter_id, raised_by, handler_id, joined_id;
	int64_t raised_at, accepted_at, phase_at, closed_at;
	int32_t due_day;              /* for 办结; DAY_NONE: none */
	int32_t step_due_day;         /* for this step alone: 受理, 回访; DAY_NONE: none */
	int64_t phase_id, phase_rev;  /* the open row of table phase; 0 when closed */
	int64_t suspension_id;        /* that stops the clock now */
	int32_t suspended_day, review_day;
	int64_t extension_id;         /* one that waits for a decision */
	enum person_same extension_mine;     /* whether the account asked for it */
	int extension_workdays;
	const char *number, *title, *body, *category, *urgency, *channel, *publicity;      /* codes where they are codes */
	const char *reporter_kind, *reporter_name;
	const char *reporter_phone;   /* masked where the account may not see it */
	const char *place;            /* 西林小区3幢2单元501 东门岗亭旁 */
	const char *grid, *handler, *raiser;  /* code of the grid, names */
	const char *party, *unit_in_charge;
	const char *closing, *claimed, *satisfaction;   /* claimed: closing type that the handler reported at 办结 */
	const char *joined_number;
	const char *due_rule;         /* section of deadlines.ini and urgency */
	struct arena strings;
};

/* Errors  RC_NOTFOUND; RC_DENIED; RC_DB. A deleted issue loads, with `deleted` set. */
enum rc issue_load(struct office *of, int64_t id, struct issue *out, struct err *e) MUST_USE;
void issue_release(struct issue *it);
#define AUTO_ISSUE __attribute__((cleanup(issue_release))) struct issue

/* "待理事" "办事中" "办事 挂起" "已结 已解决": where it stands, in words. Overdue is not part of it. */
void issue_state(const struct office *of, const struct issue *it, struct strbuf *out);
/* Working days past the deadline, 0 if not late or the clock stands. */
int issue_days_late(const struct office *of, const struct issue *it);

/* Log what somebody raised. `r` is a new record of form `issue`; on success it has id and rev, and the fields that were filled in:
 * name and phone of a known reporter. Number, due day, grid (of the building, else of the reporter's household), the step 提事 and an
 * open step 理事 are made in the same transaction.
 *
 * number  "DH-20261124-007"; the caller frees; may be NULL
 * Errors  RC_INVALID at a field; RC_DENIED; RC_BUSY; RC_DB */
enum rc issue_raise(struct office *of, struct record *r, char **number, struct err *e) MUST_USE;

/* Change what was logged. `r` was loaded with record_load(). Another category or urgency moves the deadline by the difference of the rules.
 * The front desk changes what it raised the same day, grid workers what lies in their grids, the head everything; closed ones only the head.
 * Errors  RC_INVALID; RC_DENIED in words; RC_CONFLICT; RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc issue_edit(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Whether issue_edit() would be allowed; the reason into `e` where not. */
enum rc issue_may_edit(struct office *of, const struct issue *it, struct err *e) MUST_USE;

/* An open issue that may be the same one, with enough text to decide. */
struct similar_issue {
	int64_t id;
	const char *number, *title, *body, *place, *category;   /* category: its code */
	enum phase phase;
	enum issue_status status;
	int64_t raised_at;
	int supporters;
	bool same_building, same_category;
	int score;                    /* higher is more alike */
};
/* Open issues of the last [issue] similar_days days in the same building, category or with words of the title, most alike first. Any of the three may be
 * missing (0, NULL, ""). Cheap enough for every key (< 5 ms among 150,000 issues). Texts live in the arena. `except`: an issue to leave out, 0 none. */
enum rc issue_similar(struct office *of, const char *category, int64_t building_id, const char *title, int64_t except,
                      size_t max, struct arena *a, struct similar_issue **out, size_t *n, struct err *e) MUST_USE;

/* 附议: somebody else wants the same. `r` is a new record of form `support`. A resident supports an issue once, and not the own one.
 * Errors  RC_INVALID no name, or supported before, or the issue is closed (says what to do instead); RC_DENIED; RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc issue_support(struct office *of, int64_t issue_id, struct record *r, struct err *e) MUST_USE;

/* The whole value of a sensitive field (reporter_phone, behalf_phone), as people read it. Written to `reveal` before it is given; the caller frees.
 * Errors  RC_DENIED, also for a grid worker outside the own grids; RC_NOTFOUND; RC_INVALID no such field or not sensitive; RC_BUSY; RC_DB */
enum rc issue_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e) MUST_USE;

/* The receipt (回执) that the reporter takes home: lines of at most 40 columns, ended by LF. Names are masked. */
enum rc issue_receipt(struct office *of, int64_t id, struct strbuf *out, struct err *e) MUST_USE;

#endif
