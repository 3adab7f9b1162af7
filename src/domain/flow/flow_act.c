/* Effects of 办事: tasks, progress, another person in charge, and 办结. */
#include "flow.h"

#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

/* Tasks -------------------------------------------------------------------------------------------------------------------------- */

/* A task of this issue that a step is about. */
struct task {
	int round;
	bool over;                    /* done or cancelled */
	char *status;
	int progress;
};

static void task_release(struct task *t)
{
	mem_free_pointer(&t->status);
}
#define AUTO_TASK __attribute__((cleanup(task_release))) struct task

static enum rc find_task(struct step *s, int64_t id, struct task *out, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "SELECT round, status, progress FROM action WHERE id = :id AND issue_id = :issue AND deleted_at IS NULL");
	const char *status;
	bool row;
	enum rc rc;

	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "%s 没有这项任务，请重新选择", s->it->number);
	status = column_text(&q, 1);
	out->round = (int)column_int(&q, 0);
	out->over = strcmp(status, ACTION_DONE) == 0 || strcmp(status, ACTION_CANCELLED) == 0;
	out->status = mem_copy(status);
	out->progress = (int)column_int(&q, 2);
	return RC_OK;
}

static enum rc check_owner(struct step *s, struct err *e)
{
	int64_t owner = step_number(s, "owner_id", 0);

	if (owner)
		return issue_check_handler(s->of, owner, "owner_id", e);
	if (text_is_blank(step_text(s, "owner_name")))
		return err_set(e, RC_INVALID, "owner_id", "请选责任人；没有账号的人或单位写在「外部责任人」");
	return RC_OK;
}

static enum rc stamp_task(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE action SET issue_id = :issue, round = :round, at = :now WHERE id = :id");

	bind_int(&q, ":id", s->fields->id);
	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":round", s->it->round);
	bind_int(&q, ":now", s->now);
	return stmt_run(&q, e);
}

enum rc flow_task(struct step *s, struct err *e)
{
	int32_t due = (int32_t)step_number(s, "due_day", DAY_NONE);
	enum rc rc;

	if (due != DAY_NONE && due < s->today)
		return err_set(e, RC_INVALID, "due_day", "期限不能早于今天");
	value_set_text(record_value(s->fields, "status"), ACTION_TODO);
	if ((rc = check_owner(s, e)) != RC_OK || (rc = step_save(s, e)) != RC_OK)
		return rc;
	return stamp_task(s, e);
}

enum rc flow_change_task(struct step *s, struct err *e)
{
	AUTO_TASK task = { 0 };
	enum rc rc;

	if ((rc = find_task(s, s->target, &task, e)) != RC_OK)
		return rc;
	if (s->fields->id != s->target)
		return err_set(e, RC_NOTFOUND, NULL, "请重新打开这项任务再改");
	if (task.over)
		return err_set(e, RC_INVALID, NULL, "任务已%s，不能再改；要重做请新增任务", office_code_label(s->of, "action_status", task.status));
	value_set_text(record_value(s->fields, "status"), task.status);
	if ((rc = check_owner(s, e)) != RC_OK)
		return rc;
	return step_save(s, e);
}

/* Progress ----------------------------------------------------------------------------------------------------------------------- */

static enum rc stamp_progress(struct step *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, "UPDATE progress SET issue_id = :issue, action_id = :action, at = :now, account_id = :me WHERE id = :id");

	bind_int(&q, ":id", s->fields->id);
	bind_int(&q, ":issue", s->it->id);
	bind_id(&q, ":action", s->target);
	bind_int(&q, ":now", s->now);
	bind_id(&q, ":me", s->of->me.id);
	return stmt_run(&q, e);
}

/* Status and per cent follow each other: 完成 is 100 %, a task that has begun is 进行中. */
static void settle_progress(struct step *s, const struct task *task)
{
	struct value *status = record_value(s->fields, "status"), *percent = record_value(s->fields, "progress");

	if (status->kind == VALUE_NONE && percent->kind == VALUE_NUMBER && strcmp(task->status, ACTION_TODO) == 0 && percent->number > 0)
		value_set_text(status, ACTION_DOING);
	if (strcmp(value_text(status), ACTION_DONE) == 0)
		value_set_number(percent, 100);
}

static enum rc move_task(struct step *s, const struct task *task, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"UPDATE action SET status = :status, progress = :progress, rev = rev + 1,"
		" blocked_reason = CASE WHEN :status IN (:blocked, :cancelled) THEN :text ELSE NULL END,"
		" result = CASE WHEN :status = :done THEN :text ELSE NULL END,"
		" done_at = CASE WHEN :status = :done THEN coalesce(done_at, :now) ELSE NULL END WHERE id = :id");
	const char *status = step_text(s, "status");

	bind_int(&q, ":id", s->target);
	bind_text(&q, ":status", status[0] ? status : task->status);
	bind_int(&q, ":progress", step_number(s, "progress", task->progress));
	bind_text(&q, ":blocked", ACTION_BLOCKED);
	bind_text(&q, ":cancelled", ACTION_CANCELLED);
	bind_text(&q, ":done", ACTION_DONE);
	bind_text(&q, ":text", step_text(s, "text"));
	bind_int(&q, ":now", s->now);
	return stmt_run(&q, e);
}

static enum rc check_progress(struct step *s, const struct task *task, bool moves, struct err *e)
{
	if (s->target == 0 && moves)
		return err_set(e, RC_INVALID, "status", "要改任务状态，请先选定是哪项任务");
	if (moves && (s->it->phase != PHASE_ACT || task->round != s->it->round))
		return err_set(e, RC_INVALID, "status", "这项任务不在本次办理中，只能记进展，不能改状态");
	return RC_OK;
}

enum rc flow_progress(struct step *s, struct err *e)
{
	bool moves = step_text(s, "status")[0] || step_number(s, "progress", -1) >= 0;
	AUTO_TASK task = { 0 };
	enum rc rc;

	if ((s->target && (rc = find_task(s, s->target, &task, e)) != RC_OK) || (rc = check_progress(s, &task, moves, e)) != RC_OK)
		return rc;
	if (moves)
		settle_progress(s, &task);
	if ((rc = step_save(s, e)) != RC_OK || (rc = stamp_progress(s, e)) != RC_OK)
		return rc;
	return moves ? move_task(s, &task, e) : RC_OK;
}

/* In charge, and done ------------------------------------------------------------------------------------------------------------ */

static enum rc hand_over_tasks(struct step *s, int64_t to, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"UPDATE action SET owner_id = :to, rev = rev + 1 WHERE issue_id = :issue AND owner_id = :from AND deleted_at IS NULL"
		" AND status NOT IN (:done, :cancelled)");

	bind_int(&q, ":issue", s->it->id);
	bind_int(&q, ":from", s->it->handler_id);
	bind_int(&q, ":to", to);
	bind_text(&q, ":done", ACTION_DONE);
	bind_text(&q, ":cancelled", ACTION_CANCELLED);
	return stmt_run(&q, e);
}

enum rc flow_assign(struct step *s, struct err *e)
{
	int64_t to = step_number(s, "handler_id", 0);
	enum rc rc;

	if (to == s->it->handler_id)
		return err_set(e, RC_INVALID, "handler_id", "责任人已经是%s，请另选一位", s->it->handler);
	if ((rc = issue_check_handler(s->of, to, "handler_id", e)) != RC_OK || (rc = hand_over_tasks(s, to, e)) != RC_OK ||
	    (s->it->phase_id && (rc = step_save_on(s, s->it->phase_id, s->it->phase_rev, e)) != RC_OK))
		return rc;
	s->to.handler_id = to;
	s->to.party = step_text(s, "party");
	return RC_OK;
}

enum rc flow_done(struct step *s, struct err *e)
{
	const char *claim = step_text(s, "closing");
	enum rc rc;

	if (issue_code_has_flag(s->of, "closing", claim, FLAG_STEP))
		return err_set(e, RC_INVALID, "closing", "「%s」有专门的步骤，办结时请选别的结论", office_code_label(s->of, "closing", claim));
	if (issue_code_has_flag(s->of, "closing", claim, FLAG_SOLVED) && text_is_blank(step_text(s, "evidence")))
		return err_set(e, RC_INVALID, "evidence", "报「%s」要写明佐证，如照片编号、签字单", office_code_label(s->of, "closing", claim));
	if ((rc = step_leave(s, s->t->result, e)) != RC_OK)
		return rc;
	return step_enter(s, PHASE_EVALUATE, s->it->round, NULL, e);
}
