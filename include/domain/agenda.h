/* 议题 (agenda items): the pool of matters that wait to be deliberated, with who has an interest and which alternatives there are.
 *
 * An item stands for one issue, for several after merging, or for a question of the office itself. 理事 → 议事 makes one for its issue (flow_triage.c).
 * Interested parties and alternatives are records of the forms `interest` and `alternative`, saved with agenda_part_save().
 */
#ifndef YL_DOMAIN_AGENDA_H
#define YL_DOMAIN_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

/* Keys stand in agenda_item.state; labels come from the code list `agenda_state`. */
#define AGENDA_STATES(X) X(POOL, pool) X(SCHEDULED, scheduled) X(PASSED, passed) X(FAILED, failed) X(WITHDRAWN, withdrawn) X(MERGED, merged)
enum agenda_state {
#define X(upper, lower) AGENDA_##upper,
	AGENDA_STATES(X)
#undef X
	AGENDA_STATE_COUNT
};
const char *agenda_state_key(enum agenda_state s);
enum agenda_state agenda_state_from_key(const char *key);

struct agenda_interest {
	int64_t id, resident_id;
	const char *name, *category, *stake;         /* category: code */
};

struct agenda_alternative {
	int64_t id;
	int position;
	const char *text, *objection;
	int64_t cost_fen;                            /* -1: not said */
	int64_t households;                          /* -1: not said */
};

struct agenda_issue_ref {
	int64_t id;
	const char *number, *title;
	bool closed;
};

/* Everything of one item, for its page and for the meeting's screen. Texts live in the arena. */
struct agenda_item {
	int64_t id, rev;
	const char *number, *title, *body, *proposer, *urgency, *grid;
	enum agenda_state state;
	bool property, deleted;
	int supporters;
	int64_t at, meeting_id, merged_id, split_id;
	const char *meeting;                         /* its number and day, "" */
	const char *merged;                          /* number of the item it went into, "" */
	const char *withdrawn_why;                   /* "" where it is wanted */
	const struct agenda_interest *interests;
	size_t n_interests;
	const struct agenda_alternative *alternatives;
	size_t n_alternatives;
	const struct agenda_issue_ref *issues;
	size_t n_issues;
};

/* Errors of all: RC_DENIED by role; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc agenda_load(struct office *of, int64_t id, struct arena *a, struct agenda_item *out, struct err *e) MUST_USE;

/* The pool as a list: number, title, urgency (code), supporters, waits since (ms), state (code), number of alternatives, grid code. */
const struct list_spec *agenda_list_spec(void);
/* Orders of the list: "rank" (most pressing first: urgency, then 附议, then age), "at", "supporters", "number". agenda_rank(): ids of the pool by rank. */
enum rc agenda_rank(struct office *of, struct arena *a, const int64_t **out, size_t *n, struct err *e) MUST_USE;

/* New item (id 0) or a change of one that is not settled. `issue_id`: the issue a new one is made for, 0 none. */
enum rc agenda_save(struct office *of, struct record *r, int64_t issue_id, struct err *e) MUST_USE;
/* interest or alternative of an item: a new one, or a change. */
enum rc agenda_part_save(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e) MUST_USE;
enum rc agenda_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e) MUST_USE;

/* `id` goes into `into`: its issues, interests and alternatives are linked there as well; both must be in the pool. */
enum rc agenda_merge(struct office *of, int64_t id, int64_t into, struct err *e) MUST_USE;
/* A new item out of one in the pool: `r` is a new record of form agenda_item; the chosen issues (at least one) move, or, where n is 0, both keep all links. */
enum rc agenda_split(struct office *of, int64_t id, struct record *r, const int64_t *issues, size_t n, struct err *e) MUST_USE;
/* No longer wanted: with a reason. Its open issues go back to 理事. */
enum rc agenda_withdraw(struct office *of, int64_t id, const char *why, struct err *e) MUST_USE;
/* One that did not pass comes into the pool again (再议). */
enum rc agenda_again(struct office *of, int64_t id, struct err *e) MUST_USE;

#endif
