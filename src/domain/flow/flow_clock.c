/* Effects that stop, start and move the clock: 挂起 and 搁置, 恢复 and 启用, 延期. */
#include "flow.h"

#include "base/calendar.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/deadline.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

/* Suspension --------------------------------------------------------------------------------------------------------------------- */

static enum rc move_step_due(struct step *s, int workdays, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE phase SET due_day = :due, rev = rev + 1 WHERE id = :id");

	if (s->it->step_due_day == DAY_NONE || workdays == 0)
		return RC_OK;
	bind_int(&q, ":id", s->it->phase_id);
	bind_day(&q, ":due", deadline_shift(s->of->calendar, s->it->step_due_day, workdays));
	return stmt_run(&q, e);
}

enum rc suspension_end(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE suspension SET ended_day = :today, ended_at = :now, ended_by = :me, rev = rev + 1"
	                                  " WHERE id = :id");
	int stood = calendar_workdays_between(s->of->calendar, s->it->suspended_day, s->today);
	enum rc rc;

	bind_int(&q, ":id", s->it->suspension_id);
	bind_day(&q, ":today", s->today);
	bind_int(&q, ":now", s->now);
	bind_id(&q, ":me", s->of->me.id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	if (stood < 0)
		stood = 0;                /* the clock of the computer went back */
	s->to.due_day = deadline_shift(s->of->calendar, s->to.due_day, stood);
	s->to.status = STATUS_OPEN;
	return move_step_due(s, stood, e);
}

static enum rc stamp_suspension(struct step *s, const char *kind, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE suspension SET issue_id = :issue, kind = :kind, at = :now, from_day = :today, account_id = :me"
	                                  " WHERE id = :id");

	bind_int(&q, ":id", s->fields->id);
	bind_int(&q, ":issue", s->it->id);
	bind_text(&q, ":kind", kind);
	bind_int(&q, ":now", s->now);
	bind_day(&q, ":today", s->today);
	bind_id(&q, ":me", s->of->me.id);
	return stmt_run(&q, e);
}

/* A held issue may be parked: then the hold ends here. */
static enum rc suspend(struct step *s, const char *kind, enum issue_status status, struct err *e)
{
	int32_t review = (int32_t)step_number(s, "review_day", DAY_NONE);
	enum rc rc;

	if (review != DAY_NONE && review <= s->today)
		return err_set(e, RC_INVALID, "review_day", "请写今天以后的日子，到时会提醒");
	if (s->it->suspension_id && (rc = suspension_end(s, e)) != RC_OK)
		return rc;
	s->to.status = status;
	if ((rc = step_save(s, e)) != RC_OK)
		return rc;
	return stamp_suspension(s, kind, e);
}

enum rc flow_hold(struct step *s, struct err *e)
{
	return suspend(s, SUSPENSION_HOLD, STATUS_HELD, e);
}

enum rc flow_park(struct step *s, struct err *e)
{
	return suspend(s, SUSPENSION_PARK, STATUS_PARKED, e);
}

/* Why it goes on is a note in the story. */
static enum rc note_resume(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "INSERT INTO progress (id, issue_id, at, account_id, text) VALUES (:id, :issue, :now, :me, :text)");
	AUTO_FREE char *text = mem_format("%s：%s", s->t->label, step_text(s, "reason"));

	if (text_is_blank(step_text(s, "reason")))
		return RC_OK;
	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":now", s->now);
	bind_id(&q, ":me", s->of->me.id);
	bind_text(&q, ":text", text);
	return stmt_insert(&q, NULL, e);
}

enum rc flow_resume(struct step *s, struct err *e)
{
	enum rc rc;

	s->to.status = STATUS_OPEN;
	if (s->it->suspension_id && (rc = suspension_end(s, e)) != RC_OK)
		return rc;
	return note_resume(s, e);
}

/* Extension ---------------------------------------------------------------------------------------------------------------------- */

enum rc flow_ask_extension(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE extension SET issue_id = :issue, asked_by = :me, asked_at = :now, state = :asked,"
	                                  " due_before_day = :due WHERE id = :id");
	struct extension_rule rule = deadline_extension(s->of->deadlines);
	enum rc rc;

	if (step_number(s, "workdays", 0) > rule.workdays)
		return err_set(e, RC_INVALID, "workdays", "一次最多延 %d 个工作日", rule.workdays);
	if ((rc = step_save(s, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", s->fields->id);
	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":me", s->of->me.id);
	bind_int(&q, ":now", s->now);
	bind_text(&q, ":asked", EXTENSION_ASKED);
	bind_day(&q, ":due", s->it->due_day);
	return stmt_run(&q, e);
}

static enum rc decide(struct step *s, const char *state, int32_t due_after, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE extension SET state = :state, decided_by = :me, decided_at = :now, due_after_day = :due,"
	                                  " rev = rev + 1 WHERE id = :id");
	enum rc rc;

	if (s->fields->id != s->it->extension_id)
		return err_set(e, RC_CONFLICT, NULL, "这个延期申请已经处理过，请重新打开");
	if ((rc = step_save(s, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", s->it->extension_id);
	bind_text(&q, ":state", state);
	bind_int(&q, ":me", s->of->me.id);
	bind_int(&q, ":now", s->now);
	bind_day(&q, ":due", due_after);
	return stmt_run(&q, e);
}

enum rc flow_approve_extension(struct step *s, struct err *e)
{
	s->to.due_day = deadline_shift(s->of->calendar, s->it->due_day, s->it->extension_workdays);
	return decide(s, EXTENSION_APPROVED, s->to.due_day, e);
}

enum rc flow_refuse_extension(struct step *s, struct err *e)
{
	if (text_is_blank(step_text(s, "decided_note")))
		return err_set(e, RC_INVALID, "decided_note", "不批准要写明理由");
	return decide(s, EXTENSION_REFUSED, s->it->due_day, e);
}
