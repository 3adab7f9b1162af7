/* Effects that a record takes: what a meeting passed goes on to 定事, what a decision says goes on to 办事 or is settled. */
#include "flow.h"

#include "base/day.h"
#include "base/mem.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

/* Held and parked matters are voted on like others: then they wait for nothing any more. */
enum rc flow_passed(struct step *s, struct err *e)
{
	enum rc rc;

	if ((s->it->suspension_id && (rc = suspension_end(s, e)) != RC_OK) || (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	return step_enter(s, PHASE_DECIDE, s->it->round, NULL, e);
}

/* Somebody of the office keeps an eye on what a body outside does: who was in charge before, else the grid's worker, else whoever begins it. */
static enum rc inside_owner(struct step *s, int64_t *owner, struct err *e)
{
	enum rc rc;

	*owner = s->it->handler_id;
	if (*owner == 0 && s->it->grid_id && (rc = issue_grid_worker(s->of, s->it->grid_id, owner, e)) != RC_OK)
		return rc;
	if (*owner == 0)
		*owner = s->of->me.id;
	return RC_OK;
}

/* Party and person in charge, as the approved decision `target` of the issue's item says. */
static enum rc take_charge(struct step *s, const char **no_action, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT party, owner_id, owner_name, no_action FROM decision WHERE id = :id AND state = 'approved' AND deleted_at IS NULL"
		" AND EXISTS (SELECT 1 FROM agenda_issue WHERE agenda_issue.agenda_item_id = decision.agenda_item_id"
		"  AND agenda_issue.issue_id = :issue AND agenda_issue.deleted_at IS NULL)");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->target);
	bind_int(&q, ":issue", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, NULL, "%s 没有已批准的决议，不能%s", s->it->number, s->t->label);
	s->to.party = arena_copy(s->strings, column_text(&q, 0));
	s->to.handler_id = column_int(&q, 1);
	s->to.unit_in_charge = arena_copy(s->strings, s->to.handler_id ? "" : column_text(&q, 2));
	if (no_action)
		*no_action = arena_copy(s->strings, column_text(&q, 3));
	return s->to.handler_id ? RC_OK : inside_owner(s, &s->to.handler_id, e);
}

/* The head approved the days of its tasks: the matter isn't late before the last of them. */
static enum rc take_due(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "SELECT max(due_day) FROM decision_task WHERE decision_id = :id AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->target);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && row && s->to.due_day != DAY_NONE && column_day(&q, 0) > s->to.due_day)
		s->to.due_day = column_day(&q, 0);
	return rc;
}

enum rc flow_decided(struct step *s, struct err *e)
{
	enum rc rc;

	if ((rc = take_charge(s, NULL, e)) != RC_OK || (rc = take_due(s, e)) != RC_OK || (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	return step_enter(s, PHASE_ACT, s->it->round, NULL, e);
}

/* 评事 asks about a claim; here it is that there was nothing to be done, and why. */
static enum rc claim_nothing(struct step *s, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE phase SET closing = :closing, reason = :why, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", s->it->phase_id);
	bind_text(&q, ":closing", CLOSING_EXPLAINED);
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

enum rc flow_settled(struct step *s, struct err *e)
{
	const char *why;
	enum rc rc;

	if ((rc = take_charge(s, &why, e)) != RC_OK || (rc = claim_nothing(s, why, e)) != RC_OK || (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	return step_enter(s, PHASE_EVALUATE, s->it->round, NULL, e);
}
