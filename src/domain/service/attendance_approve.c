/* 核定: minutes count when somebody else than who served has said so. */
#include "attendance_rules.h"

#include "store/stmt.h"
#include "store/txn.h"

/* What a paper says already is not taken back under it. What was approved after it was issued does not stand on it. */
static enum rc require_no_proof(struct office *of, const struct attendance_case *c, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT number FROM service_proof WHERE volunteer_id = :volunteer AND voided_why IS NULL AND deleted_at IS NULL"
		" AND coalesce(from_day, :day) <= :day AND to_day >= :day AND at >= (SELECT approved_at FROM attendance WHERE id = :id) LIMIT 1");
	bool row;
	enum rc rc;

	bind_int(&q, ":volunteer", c->volunteer_id);
	bind_int(&q, ":day", c->day);
	bind_int(&q, ":id", c->attendance_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, NULL, "这段时长已写进证明「%s」，要更正请先作废证明「%s」", column_text(&q, 0), column_text(&q, 0));
}

/* rev is left alone: whoever takes the approval back writes the row next. */
enum rc attendance_withdraw(struct office *of, const struct attendance_case *c, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendance SET approved_minutes = NULL, approved_by = NULL, approved_at = NULL WHERE id = :id");
	enum rc rc;

	if (!c->approved)
		return RC_OK;
	if ((rc = require_no_proof(of, c, e)) != RC_OK || (rc = points_take_back(of, c->volunteer_id, c->attendance_id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", c->attendance_id);
	return stmt_run(&q, e);
}

static enum rc require_approvable(const struct office *of, const struct attendance_case *c, int minutes, struct err *e)
{
	if (c->mine != PERSON_OTHER)
		return err_set(e, RC_DENIED, NULL, "%s的时长不能由本人核定，请交另一位网格员或书记%s", c->volunteer, person_hint(c->mine));
	if (c->approved)
		return err_set(e, RC_INVALID, NULL, "%s的这段时长已核定", c->volunteer);
	if (!attendance_served(c->result))
		return err_set(e, RC_INVALID, NULL, "%s没有到，没有时长可核定", c->volunteer);
	if (!attendance_over(of, c))
		return err_set(e, RC_INVALID, NULL, "这一班还没结束，结束后再核定");
	if (c->minutes < 0)
		return err_set(e, RC_INVALID, NULL, "%s还没有服务时长，请先填到和离开", c->volunteer);
	if (minutes > c->minutes)
		return err_set(e, RC_INVALID, "minutes", "最多核定%d分钟，多出来的请先改签到的时长", c->minutes);
	if (minutes < -1)
		return err_set(e, RC_INVALID, "minutes", "核定的时长不能小于0分钟");
	return RC_OK;
}

static enum rc write_approval(struct office *of, const struct attendance_case *c, int minutes, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendance SET approved_minutes = :minutes, approved_by = :me, approved_at = :now, rev = rev + 1"
	                               " WHERE id = :id AND rev = :rev");
	enum rc rc;

	bind_int(&q, ":id", c->attendance_id);
	bind_int(&q, ":rev", c->rev);
	bind_int(&q, ":minutes", minutes);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return points_earn(of, c->volunteer_id, c->attendance_id, minutes, e);
}

static enum rc approve(struct office *of, int64_t attendance_id, int64_t rev, int minutes, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	enum rc rc;

	if ((rc = attendance_find(of, attendance_id, &a, &c, e)) != RC_OK)
		return rc;
	if (c.rev != rev)
		return err_set(e, RC_CONFLICT, NULL, "%s的签到刚被别人改过，请看过再核定", c.volunteer);
	if ((rc = require_approvable(of, &c, minutes, e)) != RC_OK)
		return rc;
	return write_approval(of, &c, minutes < 0 ? c.minutes : minutes, e);
}

enum rc attendance_approve(struct office *of, int64_t attendance_id, int64_t rev, int minutes, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ATTENDANCE_APPROVE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.approve", e)) != RC_OK ||
	    (rc = approve(of, attendance_id, rev, minutes, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* A day ---------------------------------------------------------------------------------------------------------------------------- */

static void read_id(const struct stmt *q, struct arena *a, void *element)
{
	(void)a;
	*(int64_t *)element = column_int(q, 0);
}

static enum rc approve_all(struct office *of, const int64_t *ids, size_t n, struct arena *a, int *approved, struct err *e)
{
	int count = 0;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		struct attendance_case c;
		struct err why = { 0 };

		if ((rc = attendance_find(of, ids[i], a, &c, e)) != RC_OK)
			return rc;
		if (require_approvable(of, &c, -1, &why) != RC_OK)
			continue;
		if ((rc = write_approval(of, &c, c.minutes, e)) != RC_OK)
			return rc;
		count++;
	}
	*approved = count;
	return RC_OK;
}

enum rc attendance_approve_day(struct office *of, int32_t day, int *approved, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM attendance WHERE day = :day AND approved_at IS NULL AND deleted_at IS NULL ORDER BY id");
	const int64_t *ids;
	size_t n;
	int count;
	enum rc rc;

	bind_int(&q, ":day", day);
	if ((rc = office_require(of, MAY_ATTENDANCE_APPROVE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.approve_day", e)) != RC_OK ||
	    (rc = stmt_rows(&q, &a, sizeof *ids, read_id, &ids, &n, e)) != RC_OK || (rc = approve_all(of, ids, n, &a, &count, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*approved = count;
	return RC_OK;
}
