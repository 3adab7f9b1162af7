/* 定事 (decisions): written for what a meeting passed, approved by the head, put on notice, carried out.
 *
 * draft → submitted → approved | returned. An approved decision goes on to 办事 with decision_carry_out(): its tasks become actions of the first open issue, the
 * other issues of the item get one action that follows it; without tasks (no_action says why) its issues go on to 评事. An open objection or a notice that
 * still runs stops it; so does an upheld one until the decision was returned, written anew, approved and put on notice again. Undoing 定事 voids it (a
 * deleted row with the reason), undoing 办事 lets it be carried out again, with those tasks that were not done.
 */
#ifndef YL_DOMAIN_DECISION_H
#define YL_DOMAIN_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/agenda.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

#define DECISION_STATES(X) X(DRAFT, draft) X(SUBMITTED, submitted) X(APPROVED, approved) X(RETURNED, returned)
enum decision_state {
#define X(upper, lower) DECISION_##upper,
	DECISION_STATES(X)
#undef X
	DECISION_STATE_COUNT
};
const char *decision_state_key(enum decision_state s);
enum decision_state decision_state_from_key(const char *key);

struct decision_partner {
	int64_t id;
	const char *party, *name, *promise;          /* party: code */
	int32_t promised_day;
};

struct decision_task {
	int64_t id, action_id;
	const char *title, *party, *owner;           /* owner: name of the account, or as written */
	int32_t due_day;
};

struct decision_objection {
	int64_t id, rev, at, handled_at;
	const char *name, *phone, *text, *state, *handling, *handler;       /* phone: masked, "" none; state: code */
};

struct decision_notice {
	int64_t id, rev;
	int32_t from_day, to_day;
	const char *place, *note;
	const struct decision_objection *objections;
	size_t n_objections;
};

/* Texts live in the arena. approver and approved_at: who returned it, where it is returned (no name if its author took it back). */
struct decision {
	int64_t id, rev, agenda_item_id, meeting_id, author_id, at, submitted_at, approved_at, acted_at, cost_fen;     /* cost_fen -1: not said */
	const char *number, *text, *party, *owner, *source, *no_action, *author, *approver, *approved_note, *item, *item_number, *meeting;
	int32_t effective_day;
	enum decision_state state;
	bool deleted;
	int open_objections;
	const struct decision_partner *partners;
	size_t n_partners;
	const struct decision_task *tasks;
	size_t n_tasks;
	const struct decision_notice *notices;       /* newest last */
	size_t n_notices;
	const struct agenda_issue_ref *issues;       /* of the item */
	size_t n_issues;
};

/* Errors of all: RC_DENIED by role; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc decision_load(struct office *of, int64_t id, struct arena *a, struct decision *out, struct err *e) MUST_USE;
/* As a list: number, text, party (code), state (code), at (ms), meeting's number, open objections, notice's last day. Orders: at, number. */
const struct list_spec *decision_list_spec(void);

/* A new record of form decision with what the item's passed ballot says: text and cost of the alternative, effective day. */
enum rc decision_prefill(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e) MUST_USE;
/* New (id 0) for a passed item, or a change while draft or returned (the item is known then: 0). RC_CONFLICT where the item has a decision already. */
enum rc decision_save(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e) MUST_USE;
/* decision_partner, decision_task, notice (new or changed). */
enum rc decision_part_save(struct office *of, int64_t decision_id, struct record *r, struct err *e) MUST_USE;
enum rc decision_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e) MUST_USE;
/* To the head: needs tasks, or why there are none. */
enum rc decision_submit(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
enum rc decision_approve(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;         /* the head, never its author */
enum rc decision_return(struct office *of, struct record *r, struct err *e) MUST_USE;   /* form decision-return: approved_note; the head, also an approved one; its author before that */
/* RC_INVALID with the sentence of decision_blocked(), or with the number of an issue that is held, parked or no longer in 定事. */
enum rc decision_carry_out(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
/* Why it can't be carried out now, in one sentence, appended; false: it can. */
struct strbuf;
bool decision_blocked(const struct office *of, const struct decision *d, struct strbuf *why);

enum rc objection_save(struct office *of, int64_t notice_id, struct record *r, struct err *e) MUST_USE;       /* form objection; while the notice runs */
enum rc objection_handle(struct office *of, struct record *r, struct err *e) MUST_USE;                /* form objection-handle; not as "open" */
/* The telephone number of who objected, as people read it. Written to `reveal` before it is given; the caller frees.
 * Errors  RC_DENIED, also for a grid worker where the item is another grid's; RC_NOTFOUND; RC_INVALID no number was left; RC_BUSY; RC_DB */
enum rc objection_reveal(struct office *of, int64_t id, char **plain, struct err *e) MUST_USE;

#endif
