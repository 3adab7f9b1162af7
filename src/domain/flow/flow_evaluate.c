/* Effects of 评事, and the ways out and back in: the reporter's answer decides, not the handler's. */
#include "flow.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "deliberation/decision_rules.h"
#include "domain/deadline.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

static bool has_flag(const struct step *s, const char *list, const char *code, const char *flag)
{
	return issue_code_has_flag(s->of, list, code, flag);
}

static bool is_anonymous(const struct step *s)
{
	return strcmp(s->it->reporter_kind, REPORTER_ANONYMOUS) == 0;
}

/* Does this answer move the issue, or is it kept beside while the reporter is waited for? */
static bool decides(const struct step *s)
{
	return is_anonymous(s) || strcmp(step_text(s, "rater"), RATER_REPORTER) == 0;
}

/* Who may say how it went: the reporter; of an anonymous issue anybody else. */
static enum rc check_rater(const struct step *s, struct err *e)
{
	const char *rater = step_text(s, "rater");

	if (is_anonymous(s) && strcmp(rater, RATER_REPORTER) == 0)
		return err_set(e, RC_INVALID, "rater", "匿名事项没有提事人可问，请选受益居民、第三方或办理人自评");
	if (!is_anonymous(s) && strcmp(rater, RATER_HANDLER) == 0)
		return err_set(e, RC_INVALID, "rater", "办理人自评不能代替提事人，请回访%s", s->it->reporter_name);
	return RC_OK;
}

static enum rc check_answer(const struct step *s, struct err *e)
{
	const char *closing = step_text(s, "closing");

	if (closing[0] && has_flag(s, "closing", closing, FLAG_STEP))
		return err_set(e, RC_INVALID, "closing", "「%s」有专门的步骤，评价时请选别的类型", office_code_label(s->of, "closing", closing));
	if (!decides(s) && has_flag(s, "satisfaction", step_text(s, "satisfaction"), FLAG_NONE))
		return err_set(e, RC_INVALID, "rater", "没有联系上提事人的，评价人请选提事人");
	return check_rater(s, e);
}

static enum rc stamp_evaluation(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE evaluation SET issue_id = :issue, round = :round, at = :now, account_id = :me WHERE id = :id");

	bind_int(&q, ":id", s->fields->id);
	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":round", s->it->round);
	bind_int(&q, ":now", s->now);
	bind_id(&q, ":me", s->of->me.id);
	return stmt_run(&q, e);
}

/* 办事 begins again: a new round with its own deadline and a task for who is in charge. */
enum rc step_begin_round(struct step *s, int64_t *phase_id, struct err *e)
{
	enum rc rc;

	s->to.reopened++;
	s->to.due_day = deadline_due(s->of->deadlines, s->of->calendar, DEADLINE_WHOLE, s->it->category, s->it->urgency, s->today, &s->to.due_rule);
	if ((rc = step_enter(s, PHASE_ACT, s->it->round + 1, phase_id, e)) != RC_OK || s->to.handler_id == 0)
		return rc;
	return step_new_task(s, s->it->title, s->it->round + 1, NULL, DAY_NONE, e);
}

/* Not reached: tried again on the next working day. */
static enum rc try_again(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE phase SET due_day = :due, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", s->it->phase_id);
	bind_day(&q, ":due", calendar_add_workdays(s->of->calendar, s->today, 1));
	return stmt_run(&q, e);
}

static bool sends_back(const struct step *s)
{
	return has_flag(s, "satisfaction", step_text(s, "satisfaction"), FLAG_BAD) ||
	       (step_number(s, "solved", 1) == 0 && has_flag(s, "closing", step_text(s, "closing"), FLAG_SOLVED));
}

enum rc flow_evaluate(struct step *s, struct err *e)
{
	enum rc rc;

	if ((rc = check_answer(s, e)) != RC_OK || (rc = step_save(s, e)) != RC_OK || (rc = stamp_evaluation(s, e)) != RC_OK)
		return rc;
	if (!decides(s))
		return RC_OK;
	s->to.satisfaction = step_text(s, "satisfaction");
	if (has_flag(s, "satisfaction", s->to.satisfaction, FLAG_NONE))
		return try_again(s, e);
	if (sends_back(s)) {
		rc = phase_close(s->of, s->it->phase_id, RESULT_AGAIN, s->now, e);
		return rc == RC_OK ? step_begin_round(s, NULL, e) : rc;
	}
	if ((rc = phase_close(s->of, s->it->phase_id, RESULT_SATISFIED, s->now, e)) != RC_OK)
		return rc;
	return step_end(s, step_text(s, "closing"), e);
}

enum rc flow_unreached(struct step *s, struct err *e)
{
	enum rc rc = step_leave(s, s->t->result, e);

	s->to.satisfaction = SATISFACTION_UNREACHED;
	return rc == RC_OK ? step_end(s, s->it->claimed, e) : rc;
}

enum rc flow_withdraw(struct step *s, struct err *e)
{
	enum rc rc = RC_OK;

	if (s->it->phase == PHASE_DECIDE)
		rc = decision_leave_issue(s->of, s->it->id, step_text(s, "reason"), e);
	if (rc != RC_OK || (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	return step_end(s, CLOSING_WITHDRAWN, e);
}

/* What was never worked on goes back to 理事, everything else to 办事. */
enum rc flow_reopen(struct step *s, struct err *e)
{
	int64_t phase_id;
	enum rc rc;

	s->to.closed_at = s->to.joined_id = 0;
	s->to.closing = s->to.satisfaction = "";
	if (s->it->phase == PHASE_ACT || s->it->phase == PHASE_EVALUATE) {
		rc = step_begin_round(s, &phase_id, e);
	} else {
		s->to.accepted_at = 0;
		s->to.reopened++;
		s->to.due_day = deadline_due(s->of->deadlines, s->of->calendar, DEADLINE_WHOLE, s->it->category, s->it->urgency, s->today,
		                             &s->to.due_rule);
		rc = step_enter(s, PHASE_TRIAGE, s->it->round + 1, &phase_id, e);
	}
	return rc == RC_OK ? step_save_on(s, phase_id, 1, e) : rc;
}
