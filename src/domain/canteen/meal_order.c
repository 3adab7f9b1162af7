/* One order is cancelled or restored by hand. */
#include "domain/meal_order.h"

#include "base/text.h"
#include "domain/meal_day.h"
#include "order_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

bool meal_order_wants_reason(const struct office *of, int32_t day, const char *meal)
{
	return meal_cutoff_passed(of, day, meal);
}

enum rc order_require_reason(const struct office *of, const struct order_row *o, const char *why, struct err *e)
{
	int minute = meal_leave_min(of, o->meal) - of->settings->cutoff_minutes;

	if (!text_is_blank(why))
		return RC_OK;
	if (o->out)
		return err_set(e, RC_INVALID, "why", "%s已经带着这份餐出发了，请先联系，再写明原因", o->carrier[0] ? o->carrier : "送餐人");
	if (!meal_cutoff_passed(of, o->day, o->meal))
		return RC_OK;
	if (minute < 0)
		minute = 0;
	return err_set(e, RC_INVALID, "why", "已过%s订餐截止时间 %d:%02d，厨房已经备餐，请写明原因", office_code_label(of, "meal", o->meal), minute / 60, minute % 60);
}

enum rc order_require_changeable(struct office *of, const struct order_row *o, struct err *e)
{
	if (o->reported)
		return err_set(e, RC_INVALID, NULL, "已经登记了送达结果，请先更正结果");
	return meal_require_open(of, o->day, o->meal, e);
}

static enum rc set_state(struct office *of, const struct order_row *o, const char *state, bool typed, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meal_order SET rev = rev + 1, state = :state, lapsed = NULL, why = :why, source = iif(:typed, 'typed', source)"
	                               " WHERE id = :id");

	bind_text(&q, ":state", state);
	bind_words(&q, ":why", text_is_blank(why) ? NULL : why);
	bind_int(&q, ":typed", typed);
	bind_int(&q, ":id", o->id);
	return stmt_run(&q, e);
}

/* What lapsed with its plan and is cancelled by hand as well stays cancelled when the plan holds again. */
static enum rc cancel(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct order_row o;
	enum rc rc;

	if ((rc = order_find_row(of, id, &a, &o, e)) != RC_OK || (rc = order_require_changeable(of, &o, e)) != RC_OK)
		return rc;
	if (o.cancelled && !o.lapsed)
		return RC_OK;
	if (!o.cancelled && (rc = order_require_reason(of, &o, why, e)) != RC_OK)
		return rc;
	return set_state(of, &o, "cancelled", false, text_is_blank(why) && o.lapsed ? o.why : why, e);
}

/* One that no plan makes is kept as somebody's own order, else the next look at the plans would take it away again. */
static enum rc restore(struct office *of, int64_t id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct order_row o;
	bool planned;
	enum rc rc;

	if ((rc = order_find_row(of, id, &a, &o, e)) != RC_OK || (rc = order_require_changeable(of, &o, e)) != RC_OK)
		return rc;
	if (!o.cancelled)
		return RC_OK;
	if ((rc = order_is_planned(of, o.diner_id, o.day, o.meal, &planned, e)) != RC_OK)
		return rc;
	return set_state(of, &o, "ordered", !planned, meal_cutoff_passed(of, o.day, o.meal) ? "截止后恢复的" : NULL, e);
}

enum rc meal_order_cancel(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK || (rc = txn_begin(&t, of->st, "order.cancel", e)) != RC_OK ||
	    (rc = cancel(of, id, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc meal_order_restore(struct office *of, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK || (rc = txn_begin(&t, of->st, "order.restore", e)) != RC_OK ||
	    (rc = restore(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
