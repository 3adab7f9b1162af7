/* Effects of 理事: accept, and send the issue on its way. */
#include "flow.h"

#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "deliberation/agenda_inside.h"
#include "deliberation/decision_rules.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

/* A reporter is told at 受理, so the time is kept at once and not when the step ends. */
static enum rc stamp_answer(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE phase SET answered_at = :now WHERE id = :id AND answer_way <> :none");

	bind_int(&q, ":id", s->it->phase_id);
	bind_int(&q, ":now", s->now);
	bind_text(&q, ":none", ANSWER_NONE);
	return stmt_run(&q, e);
}

static void accept(struct step *s)
{
	if (s->to.accepted_at == 0)
		s->to.accepted_at = s->now;
}

enum rc flow_accept(struct step *s, struct err *e)
{
	enum rc rc;

	accept(s);
	if (s->it->phase_id == 0)
		return RC_OK;
	if ((rc = step_save_on(s, s->it->phase_id, s->it->phase_rev, e)) != RC_OK)
		return rc;
	return stamp_answer(s, e);
}

/* Who answers for it from here on. After saving: `to` borrows the saved texts. */
static enum rc take_charge(struct step *s, struct err *e)
{
	enum rc rc = issue_check_handler(s->of, step_number(s, "handler_id", 0), "handler_id", e);

	s->to.handler_id = step_number(s, "handler_id", 0);
	s->to.party = step_text(s, "party");
	s->to.unit_in_charge = step_text(s, "unit_in_charge");
	accept(s);
	return rc;
}

enum rc flow_direct(struct step *s, struct err *e)
{
	enum rc rc;

	if ((rc = step_leave(s, s->t->result, e)) != RC_OK || (rc = take_charge(s, e)) != RC_OK ||
	    (rc = step_enter(s, PHASE_ACT, s->it->round, NULL, e)) != RC_OK)
		return rc;
	return step_new_task(s, s->it->title, s->it->round, NULL, DAY_NONE, e);
}

enum rc flow_refer(struct step *s, struct err *e)
{
	int32_t promised = (int32_t)step_number(s, "promised_day", DAY_NONE);
	AUTO_FREE char *title = mem_format("跟进转办：%s", step_text(s, "unit_in_charge"));
	enum rc rc;

	if (promised != DAY_NONE && promised < s->today)
		return err_set(e, RC_INVALID, "promised_day", "预计答复不能早于今天");
	if ((rc = step_leave(s, s->t->result, e)) != RC_OK || (rc = take_charge(s, e)) != RC_OK ||
	    (rc = step_enter(s, PHASE_ACT, s->it->round, NULL, e)) != RC_OK)
		return rc;
	return step_new_task(s, title, s->it->round, step_text(s, "unit_in_charge"), promised, e);
}

enum rc flow_deliberate(struct step *s, struct err *e)
{
	enum rc rc;

	accept(s);
	if ((rc = step_leave(s, s->t->result, e)) != RC_OK || (rc = step_enter(s, PHASE_DELIBERATE, s->it->round, NULL, e)) != RC_OK)
		return rc;
	return agenda_open_for_issue(s->of, s->it, step_text(s, "reason"), e);
}

enum rc flow_refuse(struct step *s, struct err *e)
{
	enum rc rc = step_leave(s, s->t->result, e);

	return rc == RC_OK ? step_end(s, CLOSING_REFUSED, e) : rc;
}

/* Back to 理事: what was begun in 办事 is cancelled, and nobody is in charge until it goes somewhere again. */
enum rc step_cancel_tasks(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"UPDATE action SET status = :cancelled, blocked_reason = :reason, rev = rev + 1"
		" WHERE issue_id = :issue AND deleted_at IS NULL AND status NOT IN (:done, :cancelled)");

	bind_int(&q, ":issue", s->it->id);
	bind_text(&q, ":reason", step_text(s, "reason"));
	bind_text(&q, ":done", ACTION_DONE);
	bind_text(&q, ":cancelled", ACTION_CANCELLED);
	return stmt_run(&q, e);
}

enum rc flow_back(struct step *s, struct err *e)
{
	enum rc rc;

	if ((rc = step_cancel_tasks(s, e)) != RC_OK || (rc = agenda_leave_issue(s->of, s->it->id, step_text(s, "reason"), e)) != RC_OK ||
	    (s->it->phase == PHASE_DECIDE && (rc = decision_leave_issue(s->of, s->it->id, step_text(s, "reason"), e)) != RC_OK) ||
	    (rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	s->to.handler_id = 0;
	s->to.party = s->to.unit_in_charge = "";
	return step_enter(s, PHASE_TRIAGE, s->it->round, NULL, e);
}

/* Joining ------------------------------------------------------------------------------------------------------------------------ */

/* Is `id` reached from the target by following where each was joined to? */
static enum rc leads_to(struct office *of, int64_t from, int64_t id, bool *reached, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"WITH RECURSIVE chain(id) AS (SELECT :start UNION SELECT joined_id FROM issue JOIN chain ON issue.id = chain.id"
		" WHERE joined_id IS NOT NULL) SELECT 1 FROM chain WHERE id = :id");

	bind_int(&q, ":start", from);
	bind_int(&q, ":id", id);
	return stmt_step(&q, reached, e);
}

static enum rc check_join(struct step *s, const struct issue *target, struct err *e)
{
	bool reached;
	enum rc rc;

	if (target->id == s->it->id)
		return err_set(e, RC_INVALID, "joined_id", "不能并入自己，请选另一件事项");
	if (target->deleted)
		return err_set(e, RC_INVALID, "joined_id", "%s 已删除，请选另一件", target->number);
	if ((rc = leads_to(s->of, target->id, s->it->id, &reached, e)) != RC_OK)
		return rc;
	if (reached)
		return err_set(e, RC_INVALID, "joined_id", "%s 已并入本事项，不能互相并入", target->number);
	if (target->status == STATUS_CLOSED)
		return err_set(e, RC_INVALID, "joined_id", "%s 已结，不能并入；请选一件没有结的", target->number);
	return RC_OK;
}

/* The reporter, as a supporter there. */
static enum rc move_reporter(struct step *s, int64_t target, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "SELECT reporter_id, reporter_name, reporter_phone FROM issue WHERE id = :id");
	bool row, added;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return support_add(s->of, target, &(struct supporter){
		.resident_id = column_int(&q, 0), .note = note,
		.name = column_is_null(&q, 1) ? office_code_label(s->of, "reporter_kind", s->it->reporter_kind) : column_text(&q, 1),
		.phone = column_is_null(&q, 2) ? NULL : column_text(&q, 2),
	}, &added, e);
}

/* Those who supported this one support that one. */
static enum rc move_supporters(struct step *s, int64_t target, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "SELECT resident_id, name, phone FROM support WHERE issue_id = :id AND deleted_at IS NULL");
	bool row, added;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct supporter who = {
			.resident_id = column_int(&q, 0), .name = column_text(&q, 1), .note = note,
			.phone = column_is_null(&q, 2) ? NULL : column_text(&q, 2),
		};

		if ((rc = support_add(s->of, target, &who, &added, e)) != RC_OK)
			return rc;
	}
	return rc;
}

enum rc flow_join(struct step *s, struct err *e)
{
	int64_t target_id = step_number(s, "joined_id", 0);
	AUTO_FREE char *note = mem_format("随 %s 并入", s->it->number);
	AUTO_ISSUE target = { 0 };
	enum rc rc;

	if (target_id == 0)
		return err_set(e, RC_INVALID, "joined_id", "请选定并入哪一件事项");
	if ((rc = issue_read(s->of, target_id, &target, e)) != RC_OK || (rc = check_join(s, &target, e)) != RC_OK ||
	    (rc = step_leave(s, s->t->result, e)) != RC_OK || (rc = move_reporter(s, target_id, note, e)) != RC_OK ||
	    (rc = move_supporters(s, target_id, note, e)) != RC_OK)
		return rc;
	accept(s);
	s->to.joined_id = target_id;
	return step_end(s, CLOSING_DUPLICATE, e);
}
