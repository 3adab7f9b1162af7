/* A 班次 does not take place, or does after all. */
#include "domain/shift.h"

#include "base/text.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define WHY_MAX 100

static enum rc write_state(struct office *of, int64_t id, enum shift_state state, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE shift SET state = :state, cancelled_why = :why, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":state", shift_state_key(state));
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

static enum rc cancel_seats(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE assignment SET state = 'cancelled', cancelled_why = :why, rev = rev + 1"
		" WHERE shift_id = :id AND state <> 'cancelled' AND deleted_at IS NULL");

	bind_int(&q, ":id", id);
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

static enum rc cancel(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct shift s;
	bool attended;
	enum rc rc;

	if ((rc = shift_read_live(of, id, rev, &a, &s, e)) != RC_OK || (rc = shift_attended(of, id, &attended, e)) != RC_OK)
		return rc;
	if (s.state == SHIFT_CANCELLED)
		return err_set(e, RC_INVALID, NULL, "「%s」已经取消", s.title);
	if (attended)
		return err_set(e, RC_INVALID, NULL, "「%s」已经有人签到，不能取消；没来的人请在签到里记", s.title);
	if ((rc = write_state(of, id, SHIFT_CANCELLED, why, e)) != RC_OK)
		return rc;
	return cancel_seats(of, id, why, e);
}

enum rc shift_cancel(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK)
		return rc;
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明取消班次的理由，志愿者会问");
	if (text_cluster_count(why) > WHY_MAX)
		return err_set(e, RC_INVALID, "why", "理由最多 %d 个字", WHY_MAX);
	if ((rc = txn_begin(&t, of->st, "shift.cancel", e)) != RC_OK || (rc = cancel(of, id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc shift_reopen(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct shift s;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "shift.reopen", e)) != RC_OK ||
	    (rc = shift_read_live(of, id, rev, &a, &s, e)) != RC_OK)
		return rc;
	if (s.state != SHIFT_CANCELLED)
		return err_set(e, RC_INVALID, NULL, "「%s」没有取消，不用恢复", s.title);
	if (shift_is_over(of, s.day, s.end_min))
		return err_set(e, RC_INVALID, NULL, "「%s」的时间已过，不能恢复", s.title);
	if ((rc = write_state(of, id, SHIFT_DRAFT, NULL, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
