/* The flow of an issue: which steps there are, who may take them when, and one function that takes one.
 *
 * The table of transitions is the only place that knows the way from 提事 to 评事: screens list what issue_transitions() offers, open the form that it
 * names, and call issue_step(). Guards read a loaded issue only, so that offers cost nothing; issue_step() asks them again inside its transaction.
 */
#ifndef YL_DOMAIN_ISSUE_FLOW_H
#define YL_DOMAIN_ISSUE_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/issue.h"
#include "domain/office.h"
#include "store/record.h"

struct step;                      /* one running step; private to the flow */

enum transition_flag {
	STEP_APPENDS  = 1 << 0,       /* adds beside what others do (任务, 进展, 申请延期): a rev that moved on is no conflict, a state that moved on is */
	STEP_TARGET   = 1 << 1,       /* wants the id of an action (改任务), or takes one (进展) */
	STEP_SERIOUS  = 1 << 2,       /* ends or throws back: a screen asks once more */
	STEP_BY_RECORD = 1 << 3,      /* taken by the record of a meeting or a decision: never offered, no matter whose grid */
};

struct transition {
	const char *name;             /* "triage.accept"; the journal's verb is "issue." and this */
	const char *verb;
	const char *label;            /* 受理 */
	unsigned phases;              /* bits 1 << enum phase: where it can be taken */
	unsigned statuses;            /* bits 1 << enum issue_status */
	enum phase to;                /* where the issue is afterwards; PHASE_COUNT: the same step */
	enum capability need;
	const char *form;             /* form of its fields; NULL: none, one key does it */
	const char *result;           /* code of phase_result that closes the step; NULL: it stays open */
	unsigned flags;               /* enum transition_flag */
	const char *help;             /* one line */
	enum rc (*guard)(const struct office *of, const struct issue *it, struct err *e);   /* what else is in the way; reads `it` only; may be NULL */
	enum rc (*effect)(struct step *s, struct err *e);
};

/* An offer: a transition of this step, and why this account can't take it now, "" if it can. */
struct offer {
	const struct transition *transition;
	bool allowed;
	char why_not[512];
};

/* All transitions of the issue's step and status, in the order of the table, allowed ones and others; how many. `max` >= TRANSITIONS_MAX holds all. */
#define TRANSITIONS_MAX 32
size_t issue_transitions(const struct office *of, const struct issue *it, struct offer *out, size_t max);

const struct transition *transition_find(const char *name);          /* NULL if unknown */
/* What a verb of the journal is called: "issue.triage.accept" → 受理; NULL for verbs of others. */
const char *transition_verb_label(const char *verb);

/* A record of the transition's form with what is already known: due day, handler (the grid's worker), closing type …
 * `target`: the action for STEP_TARGET, else 0. Transitions without a form have no record: pass NULL on to issue_step(). */
enum rc issue_step_prefill(struct office *of, const struct issue *it, const struct transition *t, int64_t target,
                           struct record *fields, struct err *e) MUST_USE;

/* Take one step, in one transaction.
 *
 * it      as it was loaded when the person saw it: its rev guards the step
 * target  the action of 改任务 (its record is `fields`) and 进展 (0: about the issue as a whole); the approved decision of decide.act and
 *         decide.settled, which move the issue only: its tasks are decision_carry_out()'s; else 0
 * fields  a record of t->form, NULL where the form is NULL
 * Errors  RC_DENIED by role, grid, or because the author may not decide; RC_CONFLICT the issue moved on (nothing is changed);
 *         RC_INVALID at a field, or what is still missing; RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc issue_step(struct office *of, const struct issue *it, const struct transition *t, int64_t target,
                   struct record *fields, struct err *e) MUST_USE;

#endif
