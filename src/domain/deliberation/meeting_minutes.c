/* 纪要: composed from what was recorded, kept, confirmed, and afterwards only amended. */
#include "meeting_rules.h"

#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

enum rc meeting_minutes_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct meeting m;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.minutes", e)) != RC_OK ||
	    (rc = meeting_for_change(of, own.id, own.rev, DURING(RUNNING) | DURING(ENDED), "改纪要", &a, &m, e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "meeting.minutes", e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

static enum rc write_confirmed(struct office *of, const struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET status = :status, confirmed_at = :now, confirmed_by = :me, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":status", meeting_status_key(MEETING_CONFIRMED));
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

enum rc meeting_confirm(struct office *of, int64_t meeting_id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	enum rc rc;

	if ((rc = office_require(of, MAY_DECISION_APPROVE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "meeting.confirm", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, rev, DURING(ENDED), "确认纪要", &a, &m, e)) != RC_OK)
		return rc;
	if (text_is_blank(m.minutes))
		return err_set(e, RC_INVALID, "minutes", "%s 还没有写纪要，请记录人先写好再确认", m.number);
	if ((rc = write_confirmed(of, &m, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc stamp_amendment(struct office *of, int64_t id, int64_t meeting_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE amendment SET meeting_id = :meeting, at = :now, account_id = :me WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":meeting", meeting_id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

enum rc meeting_amend(struct office *of, int64_t meeting_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct meeting m;
	enum rc rc;

	if (r->id)
		return err_set(e, RC_INVALID, NULL, "更正写下后不再修改；还有要更正的，请再附一条");
	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.amend", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, DURING(CONFIRMED), "附更正", &a, &m, e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "meeting.amend", e)) != RC_OK || (rc = stamp_amendment(of, own.id, meeting_id, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
