/* 异议: what residents say against a decision on notice, how it was handled, and where they are reached. One that is open stops 办事. */
#include "decision_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "resident/resident_rules.h"
#include "reveal.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Notice and decision, as long as objections may come or be handled: until it is carried out. */
static enum rc find_decision(struct office *of, int64_t notice_id, struct arena *a, struct decision *out, const struct decision_notice **notice,
                             struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT decision_id FROM notice WHERE id = :id AND deleted_at IS NULL");
	struct decision d;
	enum rc rc;

	bind_int(&q, ":id", notice_id);
	if ((rc = stmt_one(&q, "这次公示不在了，可能刚被删除", e)) != RC_OK)
		return rc;
	if ((rc = decision_find(of, column_int(&q, 0), a, &d, e)) != RC_OK)
		return rc;
	if (d.acted_at)
		return err_set(e, RC_INVALID, NULL, "%s 已在执行，异议不再登记；新情况请登记为事项", d.number);
	for (size_t i = 0; i < d.n_notices; i++)
		if (d.notices[i].id == notice_id)
			*notice = &d.notices[i];
	*out = d;
	return RC_OK;
}

static enum rc find_objection(struct office *of, int64_t id, int64_t *notice_id, bool *open, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT notice_id, state = :open FROM objection WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	bind_text(&q, ":open", OBJECTION_OPEN);
	if ((rc = stmt_one(&q, "没有这条异议", e)) != RC_OK)
		return rc;
	*notice_id = column_int(&q, 0);
	*open = column_int(&q, 1) != 0;
	return RC_OK;
}

/* Taking down -------------------------------------------------------------------------------------------------------------------- */

static enum rc stamp_new(struct office *of, int64_t id, int64_t notice_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE objection SET notice_id = :notice, at = :now, state = :open WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":notice", notice_id);
	bind_int(&q, ":now", office_now(of));
	bind_text(&q, ":open", OBJECTION_OPEN);
	return stmt_run(&q, e);
}

/* One that was taken down before is changed until it is handled. */
static enum rc check_change(struct office *of, int64_t notice_id, const struct record *r, struct err *e)
{
	int64_t owner;
	bool open;
	enum rc rc;

	if (r->id == 0)
		return RC_OK;
	if ((rc = find_objection(of, r->id, &owner, &open, e)) != RC_OK)
		return rc;
	if (owner != notice_id)
		return err_set(e, RC_NOTFOUND, NULL, "这次公示没有这条异议");
	return open ? RC_OK : err_set(e, RC_INVALID, NULL, "这条异议已处理，不能再改");
}

static enum rc write_objection(struct office *of, int64_t notice_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct decision_notice *notice = NULL;
	struct decision d;
	bool is_new = r->id == 0;
	enum rc rc;

	if ((rc = find_decision(of, notice_id, &a, &d, &notice, e)) != RC_OK || (rc = check_change(of, notice_id, r, e)) != RC_OK)
		return rc;
	if (d.state != DECISION_APPROVED)
		return err_set(e, RC_INVALID, NULL, "%s 已退回修改，重新公示后再登记异议", d.number);
	if (notice && notice->from_day > office_today(of))
		return err_set(e, RC_INVALID, NULL, "公示还没有开始，不能登记异议");
	if ((rc = resident_fill_in(of, r, "name", "请选定提出异议的居民，或者手写姓名", e)) != RC_OK || (rc = record_save(of->st, r, "decision.objection", e)) != RC_OK)
		return rc;
	return is_new ? stamp_new(of, r->id, notice_id, e) : RC_OK;
}

enum rc objection_save(struct office *of, int64_t notice_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.objection", e)) != RC_OK ||
	    (rc = write_objection(of, notice_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Handling ----------------------------------------------------------------------------------------------------------------------- */

static enum rc stamp_handled(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE objection SET handled_at = :now, handled_by = :me WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

static enum rc write_handling(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct decision_notice *notice;
	struct decision d;
	int64_t notice_id;
	bool open;
	enum rc rc;

	if (strcmp(record_text(r, "state"), OBJECTION_OPEN) == 0)
		return err_set(e, RC_INVALID, "state", "请选处理结果：成立、不成立或已撤回");
	if ((rc = find_objection(of, r->id, &notice_id, &open, e)) != RC_OK || (rc = find_decision(of, notice_id, &a, &d, &notice, e)) != RC_OK ||
	    (rc = record_save(of->st, r, "decision.objection.handle", e)) != RC_OK)
		return rc;
	return stamp_handled(of, r->id, e);
}

enum rc objection_handle(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.objection.handle", e)) != RC_OK ||
	    (rc = write_handling(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Who objected -------------------------------------------------------------------------------------------------------------------- */

static const char phone_sql[] =
	"SELECT objection.phone, grid.id, grid.code, decision.number FROM objection JOIN notice ON notice.id = objection.notice_id"
	" JOIN decision ON decision.id = notice.decision_id LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id"
	" LEFT JOIN grid ON grid.id = agenda_item.grid_id WHERE objection.id = :id AND objection.deleted_at IS NULL";

static enum rc read_phone(struct office *of, int64_t id, char **phone, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, phone_sql);
	int64_t grid;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这条异议", e)) != RC_OK)
		return rc;
	grid = column_int(&q, 1);
	if (of->me.role == ROLE_GRID && grid && !office_owns_grid(of, grid))
		return err_set(e, RC_DENIED, NULL, "%s 属于%s网格，请交该网格的网格员或书记联系", column_text(&q, 3), column_text(&q, 2));
	if (column_text(&q, 0)[0] == '\0')
		return err_set(e, RC_INVALID, NULL, "提出异议的人没有留电话");
	*phone = mem_copy(column_text(&q, 0));
	return RC_OK;
}

enum rc objection_reveal(struct office *of, int64_t id, char **plain, struct err *e)
{
	AUTO_FREE char *phone = NULL;
	enum rc rc;

	if ((rc = office_require(of, MAY_REVEAL, e)) != RC_OK || (rc = read_phone(of, id, &phone, e)) != RC_OK ||
	    (rc = reveal_note(of, "objection", id, "phone", e)) != RC_OK)
		return rc;
	*plain = phone;
	phone = NULL;
	return RC_OK;
}
