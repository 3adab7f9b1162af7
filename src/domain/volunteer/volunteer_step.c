/* The ladder of a volunteer: applied, vetted, training, active; away for a while, stopped, and from there anew. */
#include "volunteer_rules.h"

#include "base/day.h"
#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

bool volunteer_may_step(enum volunteer_status from, enum volunteer_status to)
{
	if (from >= VOLUNTEER_STATUS_COUNT || to >= VOLUNTEER_STATUS_COUNT || from == to)
		return false;
	if (from == VOLUNTEER_STOPPED)
		return to == VOLUNTEER_APPLIED;
	if (to == VOLUNTEER_AWAY)
		return from == VOLUNTEER_ACTIVE;
	return to > from || (from == VOLUNTEER_AWAY && to == VOLUNTEER_ACTIVE);
}

static const char *label(const struct office *of, enum volunteer_status s)
{
	return office_code_label(of, "volunteer_status", volunteer_status_key(s));
}

static enum rc check(const struct office *of, const struct volunteer_row *v, const struct record *r, struct err *e)
{
	enum volunteer_status to = volunteer_status_from_key(record_text(r, "status"));
	int64_t day = record_number(r, "status_day", DAY_NONE);

	if (to == VOLUNTEER_STATUS_COUNT)
		return err_set(e, RC_INVALID, "status", "请选定下一步的状态");
	if (to == v->status)
		return err_set(e, RC_INVALID, "status", "%s现在就是「%s」，请选下一步", v->name, label(of, to));
	if (!volunteer_may_step(v->status, to))
		return err_set(e, RC_INVALID, "status", "从「%s」不能到「%s」%s", label(of, v->status), label(of, to),
		               v->status == VOLUNTEER_STOPPED ? "，请先改为「申请」" : to == VOLUNTEER_AWAY ? "，在岗的才有请假" : "，不能往回退");
	if ((to == VOLUNTEER_AWAY || to == VOLUNTEER_STOPPED) && text_is_blank(record_text(r, "status_why")))
		return err_set(e, RC_INVALID, "status_why", "请写明%s的原因", label(of, to));
	if (day > office_today(of))
		return err_set(e, RC_INVALID, "status_day", "日期不能晚于今天；以后请假的请在志愿者那一页登记「请假」");
	if (day != DAY_NONE && v->status_day != DAY_NONE && day < v->status_day) {
		AUTO_STRBUF last = { 0 };

		day_format(&last, v->status_day);
		return err_set(e, RC_INVALID, "status_day", "不能早于上一步的日期 %s", strbuf_str(&last));
	}
	return RC_OK;
}

/* The days that follow from the step: first day active, day stopped. */
static enum rc write_days(struct office *of, const struct volunteer_row *v, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE volunteer SET joined_day = :joined, left_day = :left WHERE id = :id"
	                               " AND (joined_day IS NOT :joined OR left_day IS NOT :left)");
	enum volunteer_status to = volunteer_status_from_key(record_text(r, "status"));
	int32_t day = (int32_t)record_number(r, "status_day", DAY_NONE);

	bind_int(&q, ":id", v->id);
	bind_day(&q, ":joined", to == VOLUNTEER_ACTIVE && v->joined_day == DAY_NONE ? day : v->joined_day);
	bind_day(&q, ":left", to == VOLUNTEER_STOPPED ? day : DAY_NONE);
	return stmt_run(&q, e);
}

static enum rc cancel_future(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE assignment SET state = 'cancelled', cancelled_why = :why, rev = rev + 1 WHERE " FUTURE_ASSIGNMENTS);

	bind_text(&q, ":why", why);
	bind_int(&q, ":volunteer", id);
	bind_int(&q, ":today", office_today(of));
	bind_int(&q, ":minutes", minutes_of_instant(office_now(of)));
	return stmt_run(&q, e);
}

static enum rc take_step(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF why = { 0 };
	struct volunteer_row v;
	enum rc rc;

	if ((rc = volunteer_find(of, r->id, &a, &v, e)) != RC_OK)
		return rc;
	if (v.rev != r->rev)
		return err_set(e, RC_CONFLICT, NULL, "%s的记录刚被别人改动，请看过再改", v.name);
	if ((rc = check(of, &v, r, e)) != RC_OK || (rc = record_save(of->st, r, "volunteer.step", e)) != RC_OK ||
	    (rc = write_days(of, &v, r, e)) != RC_OK)
		return rc;
	if (volunteer_status_from_key(record_text(r, "status")) != VOLUNTEER_STOPPED)
		return RC_OK;
	strbuf_format(&why, "停用：%s", record_text(r, "status_why"));
	return cancel_future(of, r->id, strbuf_str(&why), e);
}

enum rc volunteer_step(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "volunteer.step", e)) != RC_OK ||
	    (rc = take_step(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
