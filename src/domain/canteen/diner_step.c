/* The ladder of a diner: applied, active, paused; stopped, quiet or deceased, and what ends with it. */
#include "diner_rules.h"

#include "base/day.h"
#include "base/text.h"
#include "order_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

bool diner_may_step(enum diner_status from, enum diner_status to)
{
	if (from >= DINER_STATUS_COUNT || to >= DINER_STATUS_COUNT || from == to)
		return false;
	if (from == DINER_DECEASED)
		return to == DINER_ACTIVE;
	if (to == DINER_PAUSED)
		return from == DINER_ACTIVE;
	if (to == DINER_APPLIED)
		return diner_has_ended(from);
	return true;
}

static const char *label(const struct office *of, enum diner_status s)
{
	return office_code_label(of, "diner_status", diner_status_key(s));
}

static enum rc check_day(const struct office *of, const struct diner_row *d, enum diner_status to, int64_t day, struct err *e)
{
	if (day > office_today(of) && to != DINER_ACTIVE)
		return err_set(e, RC_INVALID, "status_day", "日期不能晚于今天；以后才停的请登记「暂停」，或在用餐计划里填止日");
	if (d->status_day != DAY_NONE && day < d->status_day && d->status_day <= office_today(of)) {
		AUTO_STRBUF last = { 0 };

		day_format(&last, d->status_day);
		return err_set(e, RC_INVALID, "status_day", "不能早于上一步的日期 %s", strbuf_str(&last));
	}
	return RC_OK;
}

static enum rc check(const struct office *of, const struct diner_row *d, const struct record *r, struct err *e)
{
	enum diner_status to = diner_status_from_key(record_text(r, "status"));

	if (to == DINER_STATUS_COUNT)
		return err_set(e, RC_INVALID, "status", "请选定下一步的状态");
	if (to == d->status)
		return err_set(e, RC_INVALID, "status", "%s现在就是「%s」，请选下一步", d->name, label(of, to));
	if (!diner_may_step(d->status, to))
		return err_set(e, RC_INVALID, "status", "从「%s」不能到「%s」%s", label(of, d->status), label(of, to),
		               d->status == DINER_DECEASED ? "；登记错了的请改回「在册」" : to == DINER_PAUSED ? "，在册的才有暂停" : "");
	if (((to != DINER_APPLIED && to != DINER_ACTIVE) || d->status == DINER_DECEASED) && text_is_blank(record_text(r, "status_why")))
		return err_set(e, RC_INVALID, "status_why", "请写明%s的原因", label(of, to));
	return check_day(of, d, to, record_number(r, "status_day", office_today(of)), e);
}

#define GONE " SET deleted_at = :now, deleted_by = :me, deleted_why = :why, rev = rev + 1 WHERE diner_id = :diner AND deleted_at IS NULL AND from_day >= :day"
#define CUT " SET to_day = :day - 1, rev = rev + 1 WHERE diner_id = :diner AND deleted_at IS NULL AND (to_day IS NULL OR to_day >= :day)"

/* What was to begin later goes; what goes on ends the day before. */
static const char *const gone[] = { "UPDATE meal_plan" GONE, "UPDATE meal_pause" GONE };
static const char *const cut[] = { "UPDATE meal_plan" CUT, "UPDATE meal_pause" CUT };

static enum rc end_parts(struct office *of, int64_t id, int64_t day, const char *why, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COUNT(gone); i++) {
		AUTO_STMT q = stmt_use(of->st, gone[i]);

		bind_int(&q, ":diner", id);
		bind_int(&q, ":day", day);
		bind_int(&q, ":now", office_now(of));
		bind_id(&q, ":me", of->me.id);
		bind_text(&q, ":why", why);
		rc = stmt_run(&q, e);
	}
	for (size_t i = 0; rc == RC_OK && i < COUNT(cut); i++) {
		AUTO_STMT q = stmt_use(of->st, cut[i]);

		bind_int(&q, ":diner", id);
		bind_int(&q, ":day", day);
		rc = stmt_run(&q, e);
	}
	return rc;
}

static enum rc take_step(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct diner_row d;
	enum diner_status to;
	enum rc rc;

	if ((rc = diner_find_row(of, r->id, &a, &d, e)) != RC_OK)
		return rc;
	if (d.rev != r->rev)
		return err_set(e, RC_CONFLICT, NULL, "%s的记录刚被别人改动，请看过再改", d.name);
	if ((rc = check(of, &d, r, e)) != RC_OK || (rc = record_save(of->st, r, "diner.step", e)) != RC_OK)
		return rc;
	to = diner_status_from_key(record_text(r, "status"));
	if (diner_has_ended(to) && (rc = end_parts(of, r->id, record_number(r, "status_day", office_today(of)), label(of, to), e)) != RC_OK)
		return rc;
	return orders_follow(of, r->id, e);
}

enum rc diner_step(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DINER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "diner.step", e)) != RC_OK ||
	    (rc = take_step(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
