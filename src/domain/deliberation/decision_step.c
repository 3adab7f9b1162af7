/* The way of a decision to its approval: submitted, approved or returned by the head, never by who wrote it alone. */
#include "decision_rules.h"

#include "base/text.h"
#include "domain/person.h"
#include "store/stmt.h"
#include "store/txn.h"

/* A new state with who and when; what a former round left is taken away. Zero ids and instants: none. */
struct move {
	enum decision_state state;
	int64_t submitted_at, approved_by, approved_at;
	const char *note;
};

static enum rc write_move(struct office *of, int64_t id, const struct move *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE decision SET state = :state, submitted_at = :submitted, approved_by = :by, approved_at = :at,"
	                               " approved_note = :note, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":state", decision_state_key(m->state));
	bind_id(&q, ":submitted", m->submitted_at);
	bind_id(&q, ":by", m->approved_by);
	bind_id(&q, ":at", m->approved_at);
	bind_text(&q, ":note", m->note);
	return stmt_run(&q, e);
}

/* Submitting --------------------------------------------------------------------------------------------------------------------- */

static enum rc check_submit(struct office *of, const struct decision *d, struct err *e)
{
	enum rc rc;

	if (of->me.id != d->author_id && of->me.role != ROLE_HEAD)
		return err_set(e, RC_DENIED, NULL, "%s 由%s起草，请由起草人或书记提交", d->number, d->author);
	if ((rc = decision_require_draft(of, d, e)) != RC_OK || (rc = decision_require_open_issue(d->issues, d->n_issues, e)) != RC_OK)
		return rc;
	if (d->n_tasks == 0 && text_is_blank(d->no_action))
		return err_set(e, RC_INVALID, "no_action", "请加上任务；没有任务的要写明不需办理的原因");
	if (d->n_tasks > 0 && !text_is_blank(d->no_action))
		return err_set(e, RC_INVALID, "no_action", "已有 %zu 项任务，「不需办理的原因」请清空；确实不办的请删去任务", d->n_tasks);
	return RC_OK;
}

enum rc decision_submit(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct move to = { .state = DECISION_SUBMITTED, .submitted_at = office_now(of) };
	struct decision d;
	enum rc rc;

	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.submit", e)) != RC_OK ||
	    (rc = decision_find_seen(of, id, rev, &a, &d, e)) != RC_OK || (rc = check_submit(of, &d, e)) != RC_OK ||
	    (rc = write_move(of, id, &to, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Approving ---------------------------------------------------------------------------------------------------------------------- */

static enum rc other_heads(struct office *of, int64_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM account WHERE role = :head AND id <> :me AND disabled_at IS NULL AND deleted_at IS NULL /*scan*/");

	bind_text(&q, ":head", role_key(ROLE_HEAD));
	bind_int(&q, ":me", of->me.id);
	return stmt_int(&q, n, e);
}

/* Four eyes, also where there is one head: then somebody else writes, or another head is made. */
static enum rc require_other_author(struct office *of, const struct decision *d, struct err *e)
{
	enum person_same mine;
	int64_t others;
	enum rc rc;

	if ((rc = person_is_me(of, d->author_id, &mine, e)) != RC_OK || mine == PERSON_OTHER)
		return rc;
	if ((rc = other_heads(of, &others, e)) != RC_OK)
		return rc;
	if (others > 0)
		return err_set(e, RC_DENIED, NULL, "决议由您起草，要由另一位负责人批准%s", person_hint(mine));
	return err_set(e, RC_DENIED, NULL, "决议由您起草，要由另一位负责人批准；现在只有您一个书记账号，请管理员再建一个%s", person_hint(mine));
}

enum rc decision_approve(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct move to = { .state = DECISION_APPROVED, .approved_by = of->me.id, .approved_at = office_now(of) };
	struct decision d;
	enum rc rc;

	if ((rc = office_require(of, MAY_DECISION_APPROVE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.approve", e)) != RC_OK ||
	    (rc = decision_find_seen(of, id, rev, &a, &d, e)) != RC_OK)
		return rc;
	if (d.state != DECISION_SUBMITTED)
		return err_set(e, RC_INVALID, NULL, "%s %s，不能批准", d.number, d.state == DECISION_APPROVED ? "已经批准" : "还没有提交");
	to.submitted_at = d.submitted_at;
	if ((rc = require_other_author(of, &d, e)) != RC_OK || (rc = decision_require_open_issue(d.issues, d.n_issues, e)) != RC_OK ||
	    (rc = write_move(of, id, &to, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Returning ---------------------------------------------------------------------------------------------------------------------- */

static enum rc check_return(const struct decision *d, const struct record *r, struct err *e)
{
	if (d->state != DECISION_SUBMITTED && d->state != DECISION_APPROVED)
		return err_set(e, RC_INVALID, NULL, "%s 还没有提交，不用退回", d->number);
	if (d->acted_at)
		return err_set(e, RC_INVALID, NULL, "%s 已在执行，不能退回；请先把事项退回定事", d->number);
	if (text_is_blank(record_text(r, "approved_note")))
		return err_set(e, RC_INVALID, "approved_note", "请写明要改什么");
	return RC_OK;
}

/* The head's, and before it is approved also the author's, who thought of something. */
static enum rc require_return(const struct office *of, const struct decision *d, struct err *e)
{
	if (d->state == DECISION_SUBMITTED && d->author_id == of->me.id && office_may(of, MAY_DECISION_EDIT))
		return RC_OK;
	return office_require(of, MAY_DECISION_APPROVE, e);
}

/* Where the author takes it back approved_by stays empty: it never is the author. */
enum rc decision_return(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct move to = { .state = DECISION_RETURNED, .approved_at = office_now(of) };
	enum person_same mine;
	struct decision d;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.return", e)) != RC_OK ||
	    (rc = decision_find_seen(of, own.id, own.rev, &a, &d, e)) != RC_OK || (rc = require_return(of, &d, e)) != RC_OK ||
	    (rc = check_return(&d, &own, e)) != RC_OK || (rc = person_is_me(of, d.author_id, &mine, e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "decision.return", e)) != RC_OK)
		return rc;
	to.submitted_at = d.submitted_at;
	to.approved_by = mine == PERSON_OTHER ? of->me.id : 0;
	to.note = record_text(&own, "approved_note");
	if ((rc = write_move(of, own.id, &to, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	own.rev++;
	record_copy(r, &own);
	return RC_OK;
}
