/* What hangs on a decision: partners and tasks while it is written, notices once it is approved. */
#include "decision_rules.h"

#include <string.h>

#include "base/day.h"
#include "record_part.h"
#include "store/stmt.h"
#include "store/txn.h"

/* What a form can't say about its fields. */

static enum rc check_partner(struct office *of, const struct decision *d, const struct record *r, struct err *e)
{
	(void)d;
	if (record_number(r, "promised_day", INT32_MAX) < office_today(of))
		return err_set(e, RC_INVALID, "promised_day", "承诺日期不能早于今天");
	return RC_OK;
}

static enum rc check_task(struct office *of, const struct decision *d, const struct record *r, struct err *e)
{
	(void)d;
	if (record_number(r, "due_day", INT32_MAX) < office_today(of))
		return err_set(e, RC_INVALID, "due_day", "期限不能早于今天");
	return decision_check_owner(of, r, e);
}

static enum rc check_notice(struct office *of, const struct decision *d, const struct record *r, struct err *e)
{
	int64_t from = record_number(r, "from_day", INT32_MAX), to = record_number(r, "to_day", INT32_MAX);

	(void)of;
	if (from < day_of_instant(d->approved_at))
		return err_set(e, RC_INVALID, "from_day", "公示不能早于批准决议的那天");
	if (to < from)
		return err_set(e, RC_INVALID, "to_day", "结束不能早于开始，请改结束日期");
	return RC_OK;
}

static enum rc require_on_notice(const struct office *of, const struct decision *d, struct err *e)
{
	(void)of;
	if (d->state != DECISION_APPROVED)
		return err_set(e, RC_INVALID, NULL, "%s 还没有批准，批准后才能公示", d->number);
	if (d->acted_at)
		return err_set(e, RC_INVALID, NULL, "%s 已在执行，公示不能再改", d->number);
	return RC_OK;
}

struct part {
	const char *table, *verb;
	const char *find, *stamp;     /* find: whose it is, and its rev */
	enum rc (*require)(const struct office *of, const struct decision *d, struct err *e);
	enum rc (*check)(struct office *of, const struct decision *d, const struct record *r, struct err *e);
};

static const struct part parts[] = {
	{ "decision_partner", "decision.partner", "SELECT decision_id, rev FROM decision_partner WHERE id = :id AND deleted_at IS NULL",
	  "UPDATE decision_partner SET decision_id = :owner WHERE id = :id", decision_require_draft, check_partner },
	{ "decision_task", "decision.task", "SELECT decision_id, rev FROM decision_task WHERE id = :id AND deleted_at IS NULL",
	  "UPDATE decision_task SET decision_id = :owner WHERE id = :id", decision_require_draft, check_task },
	{ "notice", "decision.notice", "SELECT decision_id, rev FROM notice WHERE id = :id AND deleted_at IS NULL",
	  "UPDATE notice SET decision_id = :owner, account_id = :me WHERE id = :id", require_on_notice, check_notice },
};

/* NULL for a form that is of something else. */
static const struct part *part_of(const struct form *form)
{
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(parts[i].table, form->table) == 0)
			return &parts[i];
	return NULL;
}

static enum rc may_edit(struct office *of, const struct part *p, const struct form *form, struct err *e)
{
	enum rc rc = office_require(of, MAY_DECISION_EDIT, e);

	if (rc == RC_OK && p == NULL)
		return err_set(e, RC_INVALID, NULL, "「%s」不是决议的一部分", form->title);
	return rc;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_part(struct office *of, const struct part *p, int64_t decision_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct decision d;
	int64_t owner = decision_id, rev;
	bool is_new = r->id == 0;
	enum rc rc;

	if ((!is_new && (rc = record_part_find(of, p->find, r->form, r->id, &owner, &rev, e)) != RC_OK) || (rc = decision_find(of, decision_id, &a, &d, e)) != RC_OK)
		return rc;
	if (owner != decision_id)
		return err_set(e, RC_NOTFOUND, NULL, "%s 没有这条%s", d.number, r->form->title);
	if ((rc = p->require(of, &d, e)) != RC_OK || (rc = p->check(of, &d, r, e)) != RC_OK || (rc = record_save(of->st, r, p->verb, e)) != RC_OK)
		return rc;
	return is_new ? record_part_stamp(of, p->stamp, r->id, decision_id, e) : RC_OK;
}

enum rc decision_part_save(struct office *of, int64_t decision_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	const struct part *p = part_of(r->form);
	enum rc rc;

	record_copy(&own, r);
	if ((rc = may_edit(of, p, r->form, e)) != RC_OK || (rc = txn_begin(&t, of->st, p->verb, e)) != RC_OK ||
	    (rc = write_part(of, p, decision_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Taking away -------------------------------------------------------------------------------------------------------------------- */

static enum rc require_no_objection(const struct decision *d, int64_t id, struct err *e)
{
	for (size_t i = 0; i < d->n_notices; i++)
		if (d->notices[i].id == id && d->notices[i].n_objections > 0)
			return err_set(e, RC_INVALID, NULL, "这次公示已有异议，不能删除，请处理异议");
	return RC_OK;
}

static enum rc delete_part(struct office *of, const struct part *p, const struct form *form, int64_t id, const char *why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct decision d;
	int64_t decision_id, rev;
	enum rc rc;

	if ((rc = record_part_find(of, p->find, form, id, &decision_id, &rev, e)) != RC_OK || (rc = decision_find(of, decision_id, &a, &d, e)) != RC_OK ||
	    (rc = p->require(of, &d, e)) != RC_OK || (rc = require_no_objection(&d, id, e)) != RC_OK)
		return rc;
	return record_delete(of->st, form, id, rev, why, e);
}

enum rc decision_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	const struct part *p = part_of(form);
	enum rc rc;

	if ((rc = may_edit(of, p, form, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.part.delete", e)) != RC_OK ||
	    (rc = delete_part(of, p, form, id, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
