/* 附议: others who want the same, counted once each. */
#include "domain/issue.h"

#include "issue_rules.h"
#include "resident/resident_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

static enum rc is_supporter(struct office *of, int64_t issue_id, int64_t resident_id, bool *known, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM support WHERE issue_id = :issue AND resident_id = :resident AND deleted_at IS NULL"
	                               " UNION ALL SELECT 1 FROM issue WHERE id = :issue AND reporter_id = :resident LIMIT 1");

	*known = false;
	if (resident_id == 0)
		return RC_OK;
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":resident", resident_id);
	return stmt_step(&q, known, e);
}

/* Who counted, when: what no form asks. */
static enum rc stamp(struct office *of, int64_t id, int64_t issue_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE support SET issue_id = :issue, at = :now, account_id = :me WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

enum rc support_add(struct office *of, int64_t issue_id, const struct supporter *who, bool *added, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO support (id, issue_id, resident_id, name, phone, note, at, account_id)"
	                               " VALUES (:id, :issue, :resident, :name, :phone, :note, :now, :me)");
	bool known;
	enum rc rc;

	if ((rc = is_supporter(of, issue_id, who->resident_id, &known, e)) != RC_OK)
		return rc;
	*added = !known;
	if (known)
		return RC_OK;
	bind_int(&q, ":issue", issue_id);
	bind_id(&q, ":resident", who->resident_id);
	bind_text(&q, ":name", who->name);
	bind_text(&q, ":phone", who->phone);
	bind_text(&q, ":note", who->note);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_insert(&q, NULL, e);
}

static enum rc check_target(struct office *of, int64_t issue_id, int64_t resident_id, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	bool known;
	enum rc rc;

	if ((rc = issue_read(of, issue_id, &it, e)) != RC_OK)
		return rc;
	if (it.deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", it.number);
	if (it.status == STATUS_CLOSED && it.joined_id)
		return err_set(e, RC_INVALID, NULL, "%s 已并入 %s，请附议那一件", it.number, it.joined_number);
	if (it.status == STATUS_CLOSED)
		return err_set(e, RC_INVALID, NULL, "%s 已结，不能再附议；问题还在的话，请重新登记或请书记重开", it.number);
	if (resident_id && resident_id == it.reporter_id)
		return err_set(e, RC_INVALID, "resident_id", "这位居民就是提事人，不用附议；新情况可以记进展");
	if ((rc = is_supporter(of, issue_id, resident_id, &known, e)) != RC_OK)
		return rc;
	return known ? err_set(e, RC_INVALID, "resident_id", "这位居民已经附议过 %s", it.number) : RC_OK;
}

enum rc issue_support(struct office *of, int64_t issue_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ISSUE_RAISE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "issue.support", e)) != RC_OK ||
	    (rc = check_target(of, issue_id, record_number(&own, "resident_id", 0), e)) != RC_OK || (rc = resident_fill_in(of, &own, "resident_id", "请选定附议人，或者手写姓名", e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "issue.support", e)) != RC_OK || (rc = stamp(of, own.id, issue_id, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
