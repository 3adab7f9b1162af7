/* Whose issue it is: grid workers act in their grids and on what was given to them, and who can be made responsible. */
#include "issue_rules.h"

#include "domain/role.h"
#include "store/stmt.h"

enum rc issue_require_own(const struct office *of, const struct issue *it, struct err *e)
{
	if (of->me.role != ROLE_GRID || it->grid_id == 0 || office_owns_grid(of, it->grid_id) || it->handler_id == of->me.id)
		return RC_OK;
	return err_set(e, RC_DENIED, NULL, "%s属于%s网格，请交该网格的网格员或书记办理", it->number, it->grid);
}

enum rc issue_check_handler(struct office *of, int64_t account_id, const char *field, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT name, role FROM account WHERE id = :id AND deleted_at IS NULL AND disabled_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", account_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, field, "这个账号不存在或已停用，请另选责任人");
	if (!role_may(role_from_key(column_text(&q, 1)), MAY_ISSUE_ACT))
		return err_set(e, RC_INVALID, field, "%s是%s，不能办事，请另选责任人", column_text(&q, 0), role_label(role_from_key(column_text(&q, 1))));
	return RC_OK;
}

enum rc issue_grid_worker(struct office *of, int64_t grid_id, int64_t *account_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT account.id FROM grid JOIN account ON account.id = grid.worker_id"
	                               " WHERE grid.id = :grid AND account.deleted_at IS NULL AND account.disabled_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":grid", grid_id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*account_id = row ? column_int(&q, 0) : 0;
	return rc;
}
