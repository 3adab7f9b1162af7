/* One order is cancelled or restored. */
#include "domain/meal_order.h"

#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Still to come: neither reported nor closed. */
static enum rc require_open(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT outcome, EXISTS (SELECT 1 FROM meal_close AS c WHERE c.day = o.day AND c.meal = o.meal AND c.deleted_at IS NULL)"
		" FROM meal_order AS o WHERE id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这份订餐", e)) != RC_OK)
		return rc;
	if (column_int(&q, 1))
		return err_set(e, RC_INVALID, "day", "这一餐已经关账，不能再改");
	if (!column_is_null(&q, 0))
		return err_set(e, RC_INVALID, NULL, "已经登记了送达结果，请先更正结果");
	return RC_OK;
}

static enum rc set_state(struct office *of, int64_t id, const char *state, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meal_order SET rev = rev + 1, state = :state, why = :why WHERE id = :id AND state IS NOT :state");
	enum rc rc = require_open(of, id, e);

	if (rc != RC_OK)
		return rc;
	bind_text(&q, ":state", state);
	bind_text(&q, ":why", why);
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

enum rc meal_order_cancel(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK)
		return rc;
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明为什么取消");
	if ((rc = txn_begin(&t, of->st, "order.cancel", e)) != RC_OK || (rc = set_state(of, id, "cancelled", why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc meal_order_restore(struct office *of, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK || (rc = txn_begin(&t, of->st, "order.restore", e)) != RC_OK ||
	    (rc = set_state(of, id, "ordered", NULL, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
