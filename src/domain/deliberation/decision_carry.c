/* Carrying a decision out: what stands in its way, and moving its issues on with the tasks that it yields. */
#include "decision_rules.h"

#include <string.h>

#include "issue/issue_codes.h"
#include "issue/issue_rules.h"
#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "domain/issue_flow.h"
#include "store/stmt.h"
#include "store/txn.h"

#define PARTNERS_MAX 500              /* clusters, as forms/action.ini has it */

/* What stops it --------------------------------------------------------------------------------------------------------------------- */

int32_t decision_notice_end(const struct decision *d)
{
	int32_t end = DAY_NONE;

	for (size_t i = 0; i < d->n_notices; i++)
		if (d->notices[i].from_day >= day_of_instant(d->approved_at) && (end == DAY_NONE || d->notices[i].to_day > end))
			end = d->notices[i].to_day;
	return end;
}

bool decision_is_overruled(const struct decision *d)
{
	for (size_t i = 0; i < d->n_notices; i++)
		for (size_t k = 0; k < d->notices[i].n_objections; k++)
			if (strcmp(d->notices[i].objections[k].state, OBJECTION_UPHELD) == 0 && d->notices[i].objections[k].handled_at > d->approved_at)
				return true;
	return false;
}

bool decision_blocked(const struct office *of, const struct decision *d, struct strbuf *why)
{
	int32_t end = decision_notice_end(d);

	if (d->deleted)
		strbuf_format(why, "%s 已作废", d->number);
	else if (d->acted_at)
		strbuf_format(why, "%s 已在执行", d->number);
	else if (d->state != DECISION_APPROVED)
		strbuf_format(why, "%s 现在是「%s」，批准后才能办理", d->number, office_code_label(of, "decision_state", decision_state_key(d->state)));
	else if (end == DAY_NONE)
		strbuf_format(why, "%s 还没有公示", d->number);
	else if (decision_is_overruled(d))
		strbuf_add(why, "异议成立，请退回议事或修改决议");
	else if (d->open_objections > 0)
		strbuf_format(why, "有 %d 条异议还没有处理，处理后才能办理", d->open_objections);
	else if (end >= office_today(of)) {
		strbuf_add(why, "公示到 ");
		day_format(why, end);
		strbuf_add(why, "，期满后才能办理");
	} else
		return false;
	return true;
}

/* Tasks ----------------------------------------------------------------------------------------------------------------------------- */

struct task {
	int64_t id;                   /* of the decision_task */
	struct action_row action;
};

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return column_is_null(q, column) ? NULL : arena_copy(a, column_text(q, column));
}

/* Tasks that nobody has yet: those of a decision that goes to 办事 again are taken up where they were cancelled. */
static enum rc read_pending(struct office *of, const struct decision *d, struct arena *a, struct task *out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT decision_task.id, decision_task.title, decision_task.party, decision_task.owner_id, decision_task.owner_name, decision_task.due_day"
		" FROM decision_task LEFT JOIN action ON action.id = decision_task.action_id WHERE decision_task.decision_id = :id"
		" AND decision_task.deleted_at IS NULL AND (action.id IS NULL OR action.deleted_at IS NOT NULL OR action.status = :cancelled)"
		" ORDER BY decision_task.due_day, decision_task.id /*scan*/");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", d->id);
	bind_text(&q, ":cancelled", ACTION_CANCELLED);
	*n = 0;
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row && *n < d->n_tasks)
		out[(*n)++] = (struct task){
			.id = column_int(&q, 0),
			.action = {
				.title = kept(&q, 1, a), .party = kept(&q, 2, a), .owner_id = column_int(&q, 3), .owner_name = kept(&q, 4, a),
				.due_day = column_day(&q, 5), .promised_day = DAY_NONE,
			},
		};
	return rc;
}

/* 物业公司：出脚手架；业委会：通知住户 */
static const char *partner_words(const struct decision *d, struct arena *a)
{
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < d->n_partners; i++) {
		size_t before = out.n;

		strbuf_format(&out, "%s%s：%s", i ? "；" : "", d->partners[i].name, d->partners[i].promise);
		if (text_cluster_count(strbuf_str(&out)) > PARTNERS_MAX) {
			strbuf_truncate(&out, before);
			break;
		}
	}
	return out.n ? arena_copy(a, strbuf_str(&out)) : NULL;
}

static enum rc write_action(struct office *of, const struct issue *it, const struct action_row *action, int64_t *id, struct err *e)
{
	struct action_row row = *action;

	row.issue_id = it->id;
	row.round = it->round;
	row.at = office_now(of);
	return action_open(of, &row, id, e);
}

static enum rc link_task(struct office *of, int64_t task, int64_t action, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE decision_task SET action_id = :action, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", task);
	bind_int(&q, ":action", action);
	return stmt_run(&q, e);
}

/* Moving ---------------------------------------------------------------------------------------------------------------------------- */

struct carrying {
	struct office *of;
	const struct decision *d;
	struct arena *arena;
	struct task *tasks;
	size_t n_tasks;
	const char *carrier;          /* number of the issue that has the tasks, NULL: none yet */
	size_t moved;
};

/* Which issue has the tasks of a decision that was begun before. */
static enum rc find_carrier(struct carrying *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT issue.number FROM decision_task JOIN action ON action.id = decision_task.action_id JOIN issue ON issue.id = action.issue_id"
		" WHERE decision_task.decision_id = :id AND decision_task.deleted_at IS NULL LIMIT 1");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", c->d->id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		c->carrier = arena_copy(c->arena, column_text(&q, 0));
	return rc;
}

static enum rc give_tasks(struct carrying *c, const struct issue *it, struct err *e)
{
	int64_t action;
	enum rc rc;

	for (size_t i = 0; i < c->n_tasks; i++)
		if ((rc = write_action(c->of, it, &c->tasks[i].action, &action, e)) != RC_OK || (rc = link_task(c->of, c->tasks[i].id, action, e)) != RC_OK)
			return rc;
	c->carrier = arena_copy(c->arena, it->number);
	return RC_OK;
}

/* One task that says whose tasks it follows, due when the last of them is. */
static enum rc give_follower(struct carrying *c, const struct issue *it, struct err *e)
{
	struct action_row follow = {
		.title = arena_format(c->arena, "随 %s 一并办理", c->carrier), .party = c->d->party, .owner_id = it->handler_id,
		.due_day = DAY_NONE, .promised_day = DAY_NONE,
	};

	if (strcmp(c->carrier, it->number) == 0)
		return RC_OK;
	for (size_t i = 0; i < c->d->n_tasks; i++)
		if (follow.due_day == DAY_NONE || c->d->tasks[i].due_day > follow.due_day)
			follow.due_day = c->d->tasks[i].due_day;
	return write_action(c->of, it, &follow, NULL, e);
}

/* An issue that is elsewhere meanwhile (withdrawn, sent back) stays there. */
static enum rc move_issue(struct carrying *c, int64_t id, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	AUTO_ISSUE moved = { 0 };
	enum rc rc;

	if ((rc = issue_read(c->of, id, &it, e)) != RC_OK)
		return rc;
	if (it.deleted || it.status == STATUS_CLOSED || it.phase != PHASE_DECIDE)
		return RC_OK;
	if (it.status != STATUS_OPEN)
		return err_set(e, RC_INVALID, NULL, "%s 现在%s，请先恢复再办理决议", it.number, status_label(c->of, it.status));
	c->moved++;
	if (c->d->n_tasks == 0)
		return issue_step(c->of, &it, transition_find("decide.settled"), c->d->id, NULL, e);
	if ((rc = issue_step(c->of, &it, transition_find("decide.act"), c->d->id, NULL, e)) != RC_OK || (rc = issue_read(c->of, id, &moved, e)) != RC_OK)
		return rc;
	return c->carrier ? give_follower(c, &moved, e) : give_tasks(c, &moved, e);
}

static enum rc move_issues(struct carrying *c, struct err *e)
{
	enum rc rc;

	if ((rc = decision_require_open_issue(c->d->issues, c->d->n_issues, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < c->d->n_issues; i++)
		if ((rc = move_issue(c, c->d->issues[i].id, e)) != RC_OK)
			return rc;
	if (c->d->n_issues > 0 && c->moved == 0)
		return err_set(e, RC_INVALID, NULL, "%s 的事项都不在定事，请看过事项再办", c->d->number);
	return RC_OK;
}

static enum rc prepare_tasks(struct carrying *c, struct err *e)
{
	enum rc rc;

	c->tasks = arena_alloc(c->arena, (c->d->n_tasks + 1) * sizeof *c->tasks);
	if ((rc = read_pending(c->of, c->d, c->arena, c->tasks, &c->n_tasks, e)) != RC_OK)
		return rc;
	if (c->n_tasks == 0)
		return find_carrier(c, e);
	c->tasks[0].action.partner = partner_words(c->d, c->arena);
	c->tasks[0].action.promised_day = c->d->n_partners ? c->d->partners[0].promised_day : DAY_NONE;      /* the earliest stands first */
	return RC_OK;
}

static enum rc stamp_acted(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE decision SET acted_at = :now, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc decision_carry_out(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF why = { 0 };
	struct decision d;
	struct carrying c = { .of = of, .d = &d, .arena = &a };
	enum rc rc;

	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.carry_out", e)) != RC_OK ||
	    (rc = decision_find_seen(of, id, rev, &a, &d, e)) != RC_OK)
		return rc;
	if (decision_blocked(of, &d, &why))
		return err_set(e, RC_INVALID, NULL, "%s", strbuf_str(&why));
	if ((rc = prepare_tasks(&c, e)) != RC_OK || (rc = move_issues(&c, e)) != RC_OK || (rc = stamp_acted(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
