/* 退回上一步: a closed step is taken anew. What was done stays in the record; what hangs on it (tasks, decision, agenda item) goes back with the issue. */
#include "flow.h"

#include <string.h>

#include "deliberation/agenda_inside.h"
#include "deliberation/decision_rules.h"
#include "store/stmt.h"

/* Steps that are reached on several ways, by the results of the step before. 重办 has no step of its own before it: the one before 办事 is meant. */
static enum rc step_before(struct step *s, enum phase *out, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT phase FROM phase WHERE issue_id = :issue AND closed_at IS NOT NULL AND (CASE :phase"
		" WHEN 'act' THEN result IN ('direct', 'refer', 'decided') ELSE result IN ('done', 'settled') END)"
		" ORDER BY opened_at DESC LIMIT 1");
	enum phase found = PHASE_COUNT;
	bool row;
	enum rc rc;

	bind_int(&q, ":issue", s->it->id);
	bind_text(&q, ":phase", phase_key(s->it->phase));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (row)
		found = phase_from_key(column_text(&q, 0));
	if (s->it->phase == PHASE_ACT)
		*out = found == PHASE_DECIDE ? PHASE_DECIDE : PHASE_TRIAGE;
	else
		*out = found == PHASE_DECIDE ? PHASE_DECIDE : PHASE_ACT;
	return RC_OK;
}

/* The newest item that stands for the issue and the newest decision on it; 0 where there is none. */
static enum rc find_by_issue(struct step *s, const char *sql, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, sql);
	bool row;
	enum rc rc;

	bind_int(&q, ":issue", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*id = row ? column_int(&q, 0) : 0;
	return rc;
}

static const char item_sql[] =
	"SELECT agenda_item.id FROM agenda_issue JOIN agenda_item ON agenda_item.id = agenda_issue.agenda_item_id"
	" WHERE agenda_issue.issue_id = :issue AND agenda_issue.deleted_at IS NULL AND agenda_item.deleted_at IS NULL AND agenda_item.state <> 'merged'"
	" ORDER BY agenda_issue.at DESC, agenda_issue.id DESC LIMIT 1 /*scan*/";

static const char decision_sql[] =
	"SELECT decision.id FROM agenda_issue JOIN decision ON decision.agenda_item_id = agenda_issue.agenda_item_id"
	" WHERE agenda_issue.issue_id = :issue AND agenda_issue.deleted_at IS NULL AND decision.deleted_at IS NULL"
	" ORDER BY decision.at DESC, decision.id DESC LIMIT 1 /*scan*/";

/* 定事 -> 议事 --------------------------------------------------------------------------------------------------------------------- */

static enum rc pool_item(struct step *s, int64_t item, bool *moved, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"UPDATE agenda_item SET state = 'pool', meeting_id = NULL, settled_at = NULL, rev = rev + 1 WHERE id = :item AND state = 'passed'");
	enum rc rc;

	bind_int(&q, ":item", item);
	if ((rc = stmt_run(&q, e)) == RC_OK)
		*moved = store_changes(s->of->st) > 0;
	return rc;
}

/* One issue of the same item goes back as this one does. */
static enum rc undo_other(struct step *s, int64_t issue, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD fields = { 0 };
	enum rc rc;

	record_init(&fields, s->fields->form);
	value_set_text(record_value(&fields, "reason"), step_text(s, "reason"));
	if ((rc = issue_read(s->of, issue, &it, e)) != RC_OK)
		return rc;
	return issue_step(s->of, &it, s->t, 0, &fields, e);
}

static enum rc next_other(struct step *s, int64_t item, int64_t after, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT issue.id FROM agenda_issue JOIN issue ON issue.id = agenda_issue.issue_id WHERE agenda_issue.agenda_item_id = :item"
		" AND agenda_issue.deleted_at IS NULL AND issue.deleted_at IS NULL AND issue.phase = 'decide' AND issue.status <> 'closed'"
		" AND issue.id <> :issue AND issue.id > :after ORDER BY issue.id LIMIT 1 /*scan*/");
	bool row;
	enum rc rc;

	bind_int(&q, ":item", item);
	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":after", after);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*id = row ? column_int(&q, 0) : 0;
	return rc;
}

/* The item waits in the pool again, with all issues that it stands for: they were voted on together. What was written on the old vote no longer holds. */
static enum rc repool(struct step *s, struct err *e)
{
	int64_t item, other = 0;
	bool moved;
	enum rc rc;

	if ((rc = find_by_issue(s, item_sql, &item, e)) != RC_OK || item == 0)
		return rc;
	if ((rc = decision_void(s->of, item, step_text(s, "reason"), e)) != RC_OK || (rc = pool_item(s, item, &moved, e)) != RC_OK || !moved)
		return rc;
	while ((rc = next_other(s, item, other, &other, e)) == RC_OK && other)
		if ((rc = undo_other(s, other, e)) != RC_OK)
			return rc;
	return rc;
}

/* 办事, 评事 -> 定事 -------------------------------------------------------------------------------------------------------------- */

/* The decision may be changed (when it is returned) and carried out anew. */
static enum rc recall_decision(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE decision SET acted_at = NULL, rev = rev + 1 WHERE id = :id AND acted_at IS NOT NULL");
	int64_t decision;
	enum rc rc;

	if ((rc = find_by_issue(s, decision_sql, &decision, e)) != RC_OK || decision == 0)
		return rc;
	bind_int(&q, ":id", decision);
	return stmt_run(&q, e);
}

static void nobody_in_charge(struct step *s)
{
	s->to.handler_id = 0;
	s->to.party = s->to.unit_in_charge = "";
}

static enum rc prepare(struct step *s, enum phase before, struct err *e)
{
	enum rc rc = RC_OK;

	if (s->it->phase == PHASE_DELIBERATE)
		rc = agenda_leave_issue(s->of, s->it->id, step_text(s, "reason"), e);
	else if (s->it->phase == PHASE_DECIDE)
		rc = repool(s, e);
	else
		rc = step_cancel_tasks(s, e);
	if (rc == RC_OK && s->it->phase > PHASE_DECIDE && before == PHASE_DECIDE)
		rc = recall_decision(s, e);
	return rc;
}

enum rc flow_undo(struct step *s, struct err *e)
{
	enum phase before = s->it->phase - 1;
	enum rc rc;

	if (s->it->phase > PHASE_DECIDE && (rc = step_before(s, &before, e)) != RC_OK)
		return rc;
	if ((rc = prepare(s, before, e)) != RC_OK || (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	if (before == PHASE_ACT)
		return step_begin_round(s, NULL, e);
	nobody_in_charge(s);
	return step_enter(s, before, s->it->round, NULL, e);
}
