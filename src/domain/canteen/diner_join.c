/* Two residents who turn out to be one person and were both diners: one of them must have ended and gives way. What was ordered for that one goes along,
 * but where both had an order of one day and meal: both were cooked, each stays with whom it was cooked for. */
#include "diner_rules.h"

#include "base/mem.h"
#include "store/stmt.h"

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

static enum rc move_orders(struct office *of, int64_t keep, int64_t other, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_order AS o SET rev = rev + 1, diner_id = :keep WHERE diner_id = :other"
		" AND NOT EXISTS (SELECT 1 FROM meal_order AS k WHERE k.diner_id = :keep AND k.day = o.day AND k.meal = o.meal)");

	bind_int(&q, ":keep", keep);
	bind_int(&q, ":other", other);
	return stmt_run(&q, e);
}

static enum rc give_way(struct office *of, const struct diner_row *keep, const struct diner_row *other, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE diner SET deleted_at = :now, deleted_by = :me, deleted_why = '已并入 ' || :number, rev = rev + 1 WHERE id = :id");
	enum rc rc;

	if (!diner_has_ended(other->status))
		return err_set(e, RC_INVALID, NULL, "两条都登记了就餐老人（%s、%s），请先把不用的那条的「状态」改为停餐，再合并", keep->number, other->number);
	bind_int(&q, ":id", other->id);
	bind_text(&q, ":number", keep->number);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return move_orders(of, keep->id, other->id, e);
}

enum rc diner_join(struct office *of, int64_t keep_resident, int64_t other_resident, struct err *e)
{
	/* who goes on stays, then whose resident stays */
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM diner WHERE resident_id IN (:keep, :other) AND deleted_at IS NULL"
	                               " ORDER BY status IN ('stopped', 'quiet', 'deceased'), resident_id = :keep DESC, id /*scan*/");
	AUTO_ARENA a = { 0 };
	struct diner_row keep, other;
	const int64_t *ids;
	size_t n;
	enum rc rc;

	bind_int(&q, ":keep", keep_resident);
	bind_int(&q, ":other", other_resident);
	if ((rc = stmt_rows(&q, &a, sizeof *ids, read_id, &ids, &n, e)) != RC_OK || n < 2 || (rc = diner_find_row(of, ids[0], &a, &keep, e)) != RC_OK)
		return rc;
	for (size_t i = 1; rc == RC_OK && i < n; i++)
		if ((rc = diner_find_row(of, ids[i], &a, &other, e)) == RC_OK)
			rc = give_way(of, &keep, &other, e);
	return rc;
}
