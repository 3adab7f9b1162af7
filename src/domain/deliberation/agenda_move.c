/* What becomes of a 议题 before it is settled: merged, split, withdrawn; or, after it failed, taken into the pool again. */
#include "domain/agenda.h"

#include <string.h>

#include "agenda_inside.h"
#include "base/text.h"
#include "domain/issue_flow.h"
#include "issue/issue_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define WHY_MIN 2
#define WHY_MAX 500

/* Merging ------------------------------------------------------------------------------------------------------------------------- */

static size_t urgency_rank(const struct office *of, const char *urgency)
{
	const struct code_list *list = form_codes(of->forms, "urgency");
	size_t i = 0;

	while (i < list->n && strcmp(list->codes[i].code, urgency) != 0)
		i++;
	return i < list->n ? i : 0;
}

/* The survivor is as pressing, as old and as much a matter of common property as the more so of both. */
static enum rc inherit(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET urgency = :urgency, property = :property, at = :at, rev = rev + 1 WHERE id = :id");
	bool more_urgent = urgency_rank(of, from->urgency) > urgency_rank(of, into->urgency);
	bool older = from->at && (into->at == 0 || from->at < into->at);

	if (!more_urgent && !older && (into->property || !from->property))
		return RC_OK;
	bind_int(&q, ":id", into->id);
	bind_text(&q, ":urgency", more_urgent ? from->urgency : into->urgency);
	bind_int(&q, ":property", from->property || into->property);
	bind_int(&q, ":at", older ? from->at : into->at);
	return stmt_run(&q, e);
}

static enum rc link_issues(struct office *of, const struct agenda_item *from, int64_t into, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < from->n_issues; i++)
		rc = agenda_link(of, into, from->issues[i].id, e);
	return rc;
}

static enum rc mark_merged(struct office *of, int64_t id, int64_t into, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = :merged, merged_id = :into, settled_at = :now, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":into", into);
	bind_int(&q, ":now", office_now(of));
	bind_text(&q, ":merged", agenda_state_key(AGENDA_MERGED));
	return stmt_run(&q, e);
}

static enum rc merge(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e)
{
	enum rc rc;

	if ((rc = link_issues(of, from, into->id, e)) != RC_OK || (rc = agenda_copy_interests(of, from, into, e)) != RC_OK ||
	    (rc = agenda_copy_alternatives(of, from, into, e)) != RC_OK || (rc = inherit(of, from, into, e)) != RC_OK)
		return rc;
	return mark_merged(of, from->id, into->id, e);
}

enum rc agenda_merge(struct office *of, int64_t id, int64_t into, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct agenda_item from, target;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK)
		return rc;
	if (id == into)
		return err_set(e, RC_INVALID, NULL, "不能并入自己，请选另一件议题");
	if ((rc = txn_begin(&t, of->st, "agenda.merge", e)) != RC_OK ||
	    (rc = agenda_read_in(of, id, AGENDA_IN(POOL), "合并", &a, &from, e)) != RC_OK ||
	    (rc = agenda_read_in(of, into, AGENDA_IN(POOL), "合并", &a, &target, e)) != RC_OK || (rc = merge(of, &from, &target, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Splitting ----------------------------------------------------------------------------------------------------------------------- */

static bool stands_for(const struct agenda_item *it, int64_t issue_id)
{
	for (size_t i = 0; i < it->n_issues; i++)
		if (it->issues[i].id == issue_id)
			return true;
	return false;
}

static enum rc check_chosen(const struct agenda_item *it, const int64_t *issues, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (!stands_for(it, issues[i]))
			return err_set(e, RC_INVALID, NULL, "选中的事项不在 %s 里，请重新选择", it->number);
		for (size_t k = 0; k < i; k++)
			if (issues[k] == issues[i])
				return err_set(e, RC_INVALID, NULL, "同一件事项选了两次，请重新选择");
	}
	if (n > 0 && n == it->n_issues)
		return err_set(e, RC_INVALID, NULL, "%s 至少要留下一件事项；要全部移走，改它的题目就行", it->number);
	return RC_OK;
}

static enum rc move_issue(struct office *of, int64_t from, int64_t to, int64_t issue_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_issue SET agenda_item_id = :to, rev = rev + 1"
	                               " WHERE agenda_item_id = :from AND issue_id = :issue AND deleted_at IS NULL");

	bind_int(&q, ":from", from);
	bind_int(&q, ":to", to);
	bind_int(&q, ":issue", issue_id);
	return stmt_run(&q, e);
}

/* What was left blank is as in the item that it comes from. */
static enum rc fill_from_item(struct office *of, int64_t id, struct record *r, struct err *e)
{
	static const char *const fields[] = { "proposer", "urgency", "property", "grid_id" };
	AUTO_RECORD old = { 0 };
	enum rc rc = record_load(of->st, r->form, id, &old, e);

	for (size_t i = 0; rc == RC_OK && i < COUNT(fields); i++)
		if (record_value(r, fields[i])->kind == VALUE_NONE)
			value_copy(record_value(r, fields[i]), record_value(&old, fields[i]));
	return rc;
}

/* Whoever has an interest in the whole has one in the part; alternatives follow where the new item stands for the same. */
static enum rc split(struct office *of, const struct agenda_item *it, struct record *r, const int64_t *issues, size_t n, struct err *e)
{
	struct agenda_item made = { 0 };
	enum rc rc;

	if ((rc = check_chosen(it, issues, n, e)) != RC_OK || (rc = fill_from_item(of, it->id, r, e)) != RC_OK ||
	    (rc = agenda_create(of, r, &(struct agenda_new){ .split_id = it->id, .at = it->at }, e)) != RC_OK)
		return rc;
	made.id = r->id;
	for (size_t i = 0; i < n; i++)
		if ((rc = move_issue(of, it->id, made.id, issues[i], e)) != RC_OK)
			return rc;
	if ((rc = agenda_copy_interests(of, it, &made, e)) != RC_OK || n > 0)
		return rc;
	rc = link_issues(of, it, made.id, e);
	return rc == RC_OK ? agenda_copy_alternatives(of, it, &made, e) : rc;
}

enum rc agenda_split(struct office *of, int64_t id, struct record *r, const int64_t *issues, size_t n, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct agenda_item it;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "agenda.split", e)) != RC_OK ||
	    (rc = agenda_read_in(of, id, AGENDA_IN(POOL), "拆分", &a, &it, e)) != RC_OK || (rc = split(of, &it, &own, issues, n, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Withdrawing --------------------------------------------------------------------------------------------------------------------- */

static enum rc mark_withdrawn(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE agenda_item SET state = :withdrawn, meeting_id = NULL, settled_at = :now, withdrawn_why = :why, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	bind_text(&q, ":why", why);
	bind_text(&q, ":withdrawn", agenda_state_key(AGENDA_WITHDRAWN));
	return stmt_run(&q, e);
}

static bool is_deliberated(const struct issue *it)
{
	return !it->deleted && it->status != STATUS_CLOSED && it->phase == PHASE_DELIBERATE;
}

/* An issue that nothing else waits for goes back to 理事. */
static enum rc send_back(struct office *of, int64_t issue_id, const char *why, struct err *e)
{
	const struct transition *back = transition_find("deliberate.back");
	AUTO_RECORD fields = { 0 };
	AUTO_ISSUE it = { 0 };
	int64_t other;
	enum rc rc;

	if ((rc = issue_read(of, issue_id, &it, e)) != RC_OK || !is_deliberated(&it) || (rc = agenda_waiting_for(of, issue_id, 0, &other, e)) != RC_OK ||
	    other)
		return rc;
	record_init(&fields, form_find(of->forms, back->form));
	value_set_text(record_value(&fields, "reason"), why);
	return issue_step(of, &it, back, 0, &fields, e);
}

static enum rc check_why(const char *why, struct err *e)
{
	size_t n = text_is_blank(why) ? 0 : text_cluster_count(why);

	if (n < WHY_MIN)
		return err_set(e, RC_INVALID, "why", "请写明为什么不再议，至少 %d 个字", WHY_MIN);
	return n > WHY_MAX ? err_set(e, RC_INVALID, "why", "理由写了 %zu 个字，请不超过 %d 个", n, WHY_MAX) : RC_OK;
}

enum rc agenda_withdraw(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = check_why(why, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "agenda.withdraw", e)) != RC_OK ||
	    (rc = agenda_read_in(of, id, AGENDA_IN(POOL) | AGENDA_IN(FAILED), "撤销", &a, &it, e)) != RC_OK ||
	    (rc = mark_withdrawn(of, id, why, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < it.n_issues; i++)
		if ((rc = send_back(of, it.issues[i].id, why, e)) != RC_OK)
			return rc;
	return txn_commit(&t, e);
}

/* Again --------------------------------------------------------------------------------------------------------------------------- */

/* An issue that went another way meanwhile, or for which another item waits, isn't this one's any more. */
static enum rc keep_or_drop(struct office *of, const struct agenda_item *item, int64_t issue_id, size_t *kept, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	int64_t other;
	enum rc rc;

	if ((rc = issue_read(of, issue_id, &it, e)) != RC_OK || (rc = agenda_waiting_for(of, issue_id, item->id, &other, e)) != RC_OK)
		return rc;
	if (is_deliberated(&it) && other == 0) {
		++*kept;
		return RC_OK;
	}
	return agenda_unlink(of, item->id, issue_id, "再议时事项已不在议事", e);
}

static enum rc mark_pool(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = :pool, meeting_id = NULL, settled_at = NULL, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":pool", agenda_state_key(AGENDA_POOL));
	return stmt_run(&q, e);
}

enum rc agenda_again(struct office *of, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	size_t kept = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "agenda.again", e)) != RC_OK ||
	    (rc = agenda_read_in(of, id, AGENDA_IN(FAILED), "再议", &a, &it, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < it.n_issues; i++)
		if ((rc = keep_or_drop(of, &it, it.issues[i].id, &kept, e)) != RC_OK)
			return rc;
	if (it.n_issues > 0 && kept == 0)
		return err_set(e, RC_INVALID, NULL, "%s 的事项都已不在议事，不能再议；要议请在理事时重新选「议事」", it.number);
	if ((rc = mark_pool(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
