/* What hangs on a decision: partners and tasks while it is written, notices once it is approved. */
#include "decision_rules.h"

#include "base/day.h"
#include "record_part.h"

/* What a form can't say about its fields. */

static enum rc check_partner(struct office *of, const void *owner, struct record *r, struct err *e)
{
	(void)owner;
	if (record_number(r, "promised_day", INT32_MAX) < office_today(of))
		return err_set(e, RC_INVALID, "promised_day", "承诺日期不能早于今天");
	return RC_OK;
}

static enum rc check_task(struct office *of, const void *owner, struct record *r, struct err *e)
{
	(void)owner;
	if (record_number(r, "due_day", INT32_MAX) < office_today(of))
		return err_set(e, RC_INVALID, "due_day", "期限不能早于今天");
	return decision_check_owner(of, r, e);
}

static enum rc check_notice(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct decision *d = owner;
	int64_t from = record_number(r, "from_day", INT32_MAX), to = record_number(r, "to_day", INT32_MAX);

	(void)of;
	if (from < day_of_instant(d->approved_at))
		return err_set(e, RC_INVALID, "from_day", "公示不能早于批准决议的那天");
	if (to < from)
		return err_set(e, RC_INVALID, "to_day", "结束不能早于开始，请改结束日期");
	return RC_OK;
}

static enum rc require_draft(struct office *of, const void *owner, struct err *e)
{
	return decision_require_draft(of, owner, e);
}

static enum rc require_on_notice(struct office *of, const void *owner, struct err *e)
{
	const struct decision *d = owner;

	(void)of;
	if (d->state != DECISION_APPROVED)
		return err_set(e, RC_INVALID, NULL, "%s 还没有批准，批准后才能公示", d->number);
	if (d->acted_at)
		return err_set(e, RC_INVALID, NULL, "%s 已在执行，公示不能再改", d->number);
	return RC_OK;
}

static enum rc require_no_objection(struct office *of, const void *owner, int64_t id, struct err *e)
{
	const struct decision *d = owner;

	(void)of;
	for (size_t i = 0; i < d->n_notices; i++)
		if (d->notices[i].id == id && d->notices[i].n_objections > 0)
			return err_set(e, RC_INVALID, NULL, "这次公示已有异议，不能删除，请处理异议");
	return RC_OK;
}

static const struct record_part kinds[] = {
	{ .table = "decision_partner", .verb = "decision.partner", .require = require_draft, .check = check_partner,
	  .find = "SELECT decision_id, rev FROM decision_partner WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE decision_partner SET decision_id = :owner WHERE id = :id" },
	{ .table = "decision_task", .verb = "decision.task", .require = require_draft, .check = check_task,
	  .find = "SELECT decision_id, rev FROM decision_task WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE decision_task SET decision_id = :owner WHERE id = :id" },
	{ .table = "notice", .verb = "decision.notice", .require = require_on_notice, .check = check_notice, .spare = require_no_objection,
	  .find = "SELECT decision_id, rev FROM notice WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE notice SET decision_id = :owner, account_id = :me WHERE id = :id" },
};

static enum rc find_decision(struct office *of, int64_t id, struct arena *a, const void **owner, const char **label, struct err *e)
{
	struct decision *d = arena_alloc(a, sizeof *d);
	enum rc rc = decision_find(of, id, a, d, e);

	if (rc != RC_OK)
		return rc;
	*owner = d;
	*label = arena_format(a, "%s ", d->number);
	return RC_OK;
}

static const struct record_parts parts = {
	.subject = "决议", .may = MAY_DECISION_EDIT, .delete_verb = "decision.part.delete", .parts = kinds, .n = COUNT(kinds), .find = find_decision,
};

enum rc decision_part_save(struct office *of, int64_t decision_id, struct record *r, struct err *e)
{
	return record_parts_save(of, &parts, decision_id, r, e);
}

enum rc decision_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e)
{
	return record_parts_delete(of, &parts, form, id, why, e);
}
