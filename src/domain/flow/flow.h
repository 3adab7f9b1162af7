/* One running step of an issue: what effects read, what they change, and the helpers that they share.
 *
 * An effect writes the rows of its own (phases, actions, evaluations …) at once and leaves the issue's new state in `to`; issue_step() writes that
 * last, in one guarded update. Everything happens inside the step's transaction.
 */
#ifndef YL_DOMAIN_FLOW_H
#define YL_DOMAIN_FLOW_H

#include <stdint.h>

#include "domain/issue_flow.h"
#include "issue/issue_rules.h"

/* The columns of issue that steps move. Ids and instants 0: none; texts "" none. */
struct standing {
	enum phase phase;
	enum issue_status status;
	int64_t phase_at, closed_at, accepted_at, handler_id, joined_id;
	int32_t due_day;
	int reopened;
	const char *party, *unit_in_charge, *closing, *satisfaction, *due_rule;
};

struct step {
	struct office *of;
	const struct transition *t;
	const struct issue *it;       /* as it is inside the transaction */
	struct record *fields;        /* an own copy that effects may fill in and save; NULL where the transition has no form */
	int64_t target;
	int64_t now;
	int32_t today;
	struct arena *strings;        /* for texts that `to` borrows and no field holds */
	struct standing to;
};

/* flow_step.c: helpers of effects */
const char *step_text(const struct step *s, const char *field);                    /* "" where the form lacks it */
int64_t step_number(const struct step *s, const char *field, int64_t none);
enum rc step_save(struct step *s, struct err *e) MUST_USE;                         /* save `fields` as it stands */
enum rc step_save_on(struct step *s, int64_t id, int64_t rev, struct err *e) MUST_USE;    /* … onto a row of table phase */
enum rc step_leave(struct step *s, const char *result, struct err *e) MUST_USE;    /* save onto the open row of table phase, and close it */
enum rc step_enter(struct step *s, enum phase phase, int round, int64_t *phase_id, struct err *e) MUST_USE;   /* open the next; sets `to` */
enum rc step_end(struct step *s, const char *closing, struct err *e) MUST_USE;     /* close the issue; ends what stops the clock */
enum rc step_new_task(struct step *s, const char *title, int round, const char *partner, int32_t promised_day, struct err *e) MUST_USE;

/* effects: flow_triage.c */
enum rc flow_accept(struct step *s, struct err *e);
enum rc flow_direct(struct step *s, struct err *e);
enum rc flow_refer(struct step *s, struct err *e);
enum rc flow_deliberate(struct step *s, struct err *e);
enum rc flow_join(struct step *s, struct err *e);
enum rc flow_refuse(struct step *s, struct err *e);
enum rc flow_back(struct step *s, struct err *e);
enum rc step_cancel_tasks(struct step *s, struct err *e) MUST_USE;                 /* the open ones, with the reason given */
/* flow_act.c */
enum rc flow_task(struct step *s, struct err *e);
enum rc flow_change_task(struct step *s, struct err *e);
enum rc flow_progress(struct step *s, struct err *e);
enum rc flow_assign(struct step *s, struct err *e);
enum rc flow_done(struct step *s, struct err *e);
/* flow_evaluate.c */
enum rc flow_evaluate(struct step *s, struct err *e);
enum rc flow_unreached(struct step *s, struct err *e);
enum rc flow_withdraw(struct step *s, struct err *e);
enum rc flow_reopen(struct step *s, struct err *e);
enum rc step_begin_round(struct step *s, int64_t *phase_id, struct err *e) MUST_USE;      /* 重办: 办事 anew, its own deadline, a first task */
/* flow_decide.c */
enum rc flow_passed(struct step *s, struct err *e);
enum rc flow_decided(struct step *s, struct err *e);
enum rc flow_settled(struct step *s, struct err *e);
/* flow_undo.c */
enum rc flow_undo(struct step *s, struct err *e);
/* flow_clock.c */
enum rc flow_hold(struct step *s, struct err *e);
enum rc flow_park(struct step *s, struct err *e);
enum rc flow_resume(struct step *s, struct err *e);
enum rc flow_ask_extension(struct step *s, struct err *e);
enum rc flow_approve_extension(struct step *s, struct err *e);
enum rc flow_refuse_extension(struct step *s, struct err *e);
enum rc suspension_end(struct step *s, struct err *e) MUST_USE;                    /* and move the deadlines by the days it stood */

#endif
