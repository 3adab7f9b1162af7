/* Logging what somebody raised, and correcting it. */
#include "domain/issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/deadline.h"
#include "issue_codes.h"
#include "issue_rules.h"
#include "number.h"
#include "store/stmt.h"
#include "store/txn.h"

/* What the form can't say about its fields. */
static enum rc check_fields(const struct office *of, const struct record *r, struct err *e)
{
	const char *kind = record_text(r, "reporter_kind"), *category = record_text(r, "category");
	const struct code_list *categories = form_codes(of->forms, "category");
	const struct code *code = categories ? code_find(categories, category) : NULL;

	if (strcmp(kind, REPORTER_ANONYMOUS) != 0 && record_number(r, "reporter_id", 0) == 0 && text_is_blank(record_text(r, "reporter_name")))
		return err_set(e, RC_INVALID, "reporter_id", "请选定提事人，或者手写姓名；不愿留名的请选匿名");
	if (strcmp(kind, REPORTER_BEHALF) == 0 && text_is_blank(record_text(r, "behalf_name")))
		return err_set(e, RC_INVALID, "behalf_name", "代报的请写明代报人姓名");
	for (size_t i = 0; code && !code->parent && i < categories->n; i++)
		if (categories->codes[i].parent && strcmp(categories->codes[i].parent, code->code) == 0)
			return err_set(e, RC_INVALID, "category", "「%s」还要再选小类", code->label);
	return RC_OK;
}

/* Name and phone of a known reporter where they were left blank. *grid_id: where the reporter lives, 0 unknown. */
static enum rc fill_reporter(struct office *of, struct record *r, int64_t *grid_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT name, phone, grid_id, deleted_at IS NULL FROM resident WHERE id = :id");
	int64_t id = record_number(r, "reporter_id", 0);
	bool row;
	enum rc rc;

	*grid_id = 0;
	if (id == 0 || strcmp(record_text(r, "reporter_kind"), REPORTER_ANONYMOUS) == 0)
		return RC_OK;
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row || !column_int(&q, 3))
		return err_set(e, RC_INVALID, "reporter_id", "这位居民的记录已合并或删除，请重新选定提事人");
	if (text_is_blank(record_text(r, "reporter_name")))
		value_set_text(record_value(r, "reporter_name"), column_text(&q, 0));
	if (text_is_blank(record_text(r, "reporter_phone")))
		value_set_text(record_value(r, "reporter_phone"), column_text(&q, 1));
	*grid_id = column_int(&q, 2);
	return RC_OK;
}

/* The grid of a place: the building's, else the reporter's. */
static enum rc find_grid(struct office *of, const struct record *r, int64_t reporters, int64_t *grid_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT grid_id FROM building WHERE id = :id AND deleted_at IS NULL");
	int64_t building = record_number(r, "building_id", 0);
	bool row;
	enum rc rc;

	*grid_id = reporters;
	if (building == 0)
		return RC_OK;
	bind_int(&q, ":id", building);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, "building_id", "这个楼栋不存在或已删除，请另选地点");
	*grid_id = column_int(&q, 0);
	return RC_OK;
}

/* What the program adds to what was typed. */
struct raising {
	const char *number;
	int64_t grid_id, now;
	int32_t due_day;
	const char *rule;
};

/* The row begins with its number and is then filled in: an issue whose raising is undone keeps its number, so that nobody else gets it. */
static enum rc insert_issue(struct office *of, int64_t id, const struct raising *add, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO issue (id, number, grid_id, raised_at, raised_by, phase, status, phase_at, due_day, due_rule)"
		" VALUES (:id, :number, :grid, :now, :me, :phase, :status, :now, :due, :rule)");

	bind_int(&q, ":id", id);
	bind_text(&q, ":number", add->number);
	bind_id(&q, ":grid", add->grid_id);
	bind_int(&q, ":now", add->now);
	bind_int(&q, ":me", of->me.id);
	bind_text(&q, ":phase", phase_key(PHASE_TRIAGE));
	bind_text(&q, ":status", status_key(STATUS_OPEN));
	bind_day(&q, ":due", add->due_day);
	bind_text(&q, ":rule", add->rule);
	return stmt_run(&q, e);
}

/* 提事 is done with the logging; 理事 waits from then on. */
static enum rc open_steps(struct office *of, const struct record *r, const struct raising *add, struct err *e)
{
	int32_t accept = deadline_due(of->deadlines, of->calendar, DEADLINE_ACCEPT, record_text(r, "category"), record_text(r, "urgency"),
	                              day_of_instant(add->now), NULL);
	struct phase_row raise = { .issue_id = r->id, .phase = PHASE_RAISE, .round = 1, .at = add->now, .due_day = DAY_NONE };
	struct phase_row triage = { .issue_id = r->id, .phase = PHASE_TRIAGE, .round = 1, .at = add->now, .due_day = accept };
	int64_t raise_id, triage_id;
	enum rc rc;

	if ((rc = phase_open(of, &raise, &raise_id, e)) != RC_OK || (rc = phase_close(of, raise_id, RESULT_RAISED, add->now, e)) != RC_OK)
		return rc;
	return phase_open(of, &triage, &triage_id, e);
}

static enum rc write_issue(struct office *of, struct record *r, struct raising *add, char **number, struct err *e)
{
	int32_t today = day_of_instant(add->now);
	enum rc rc;

	add->due_day = deadline_due(of->deadlines, of->calendar, DEADLINE_WHOLE, record_text(r, "category"), record_text(r, "urgency"), today, &add->rule);
	if ((rc = number_next_on(of, today, "issue", of->community.abbr ? of->community.abbr : "", 3, number, e)) != RC_OK ||
	    (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	add->number = *number;
	r->rev = 1;
	if ((rc = insert_issue(of, r->id, add, e)) != RC_OK || (rc = record_save(of->st, r, "issue.raise", e)) != RC_OK)
		return rc;
	return open_steps(of, r, add, e);
}

enum rc issue_raise(struct office *of, struct record *r, char **number, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	AUTO_FREE char *made = NULL;
	struct raising add = { .now = office_now(of) };
	int64_t reporters_grid;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ISSUE_RAISE, e)) != RC_OK || (rc = check_fields(of, &own, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "issue.raise", e)) != RC_OK || (rc = fill_reporter(of, &own, &reporters_grid, e)) != RC_OK ||
	    (rc = find_grid(of, &own, reporters_grid, &add.grid_id, e)) != RC_OK || (rc = write_issue(of, &own, &add, &made, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	if (number) {
		*number = made;
		made = NULL;
	}
	return RC_OK;
}

/* Correcting --------------------------------------------------------------------------------------------------------------------- */

enum rc issue_may_edit(struct office *of, const struct issue *it, struct err *e)
{
	enum rc rc;

	if ((rc = office_require(of, MAY_ISSUE_EDIT, e)) != RC_OK)
		return rc;
	if (it->deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", it->number);
	if (of->me.role == ROLE_HEAD)
		return RC_OK;
	if (it->status == STATUS_CLOSED)
		return err_set(e, RC_DENIED, NULL, "%s 已结，要改请书记重开", it->number);
	if (of->me.role == ROLE_DESK && (it->raised_by != of->me.id || day_of_instant(it->raised_at) != office_today(of)))
		return err_set(e, RC_DENIED, NULL, "前台只改自己当天登记的事项，请交网格员或书记修改；新情况可以记进展");
	return issue_require_own(of, it, e);
}

/* Another category or urgency has another rule: the deadline moves by the difference, so that extensions and suspensions stay counted. */
static int32_t moved_due(const struct office *of, const struct issue *it, const struct record *r, const char **rule)
{
	int32_t from = day_of_instant(it->raised_at), before, after;

	before = deadline_due(of->deadlines, of->calendar, DEADLINE_WHOLE, it->category, it->urgency, from, NULL);
	after = deadline_due(of->deadlines, of->calendar, DEADLINE_WHOLE, record_text(r, "category"), record_text(r, "urgency"), from, rule);
	if (it->due_day == DAY_NONE || it->due_day == before)
		return after;
	return deadline_shift(of->calendar, it->due_day, calendar_workdays_between(of->calendar, before, after));
}

static enum rc write_consequences(struct office *of, const struct issue *it, const struct record *r, int64_t grid_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE issue SET grid_id = :grid, due_day = :due, due_rule = :rule WHERE id = :id");
	int32_t due_day = it->due_day;
	const char *rule = it->due_rule;
	bool ruled = strcmp(it->category, record_text(r, "category")) != 0 || strcmp(it->urgency, record_text(r, "urgency")) != 0;

	if (ruled && it->status != STATUS_CLOSED && it->phase <= PHASE_ACT)
		due_day = moved_due(of, it, r, &rule);
	bind_int(&q, ":id", it->id);
	bind_id(&q, ":grid", grid_id ? grid_id : it->grid_id);
	bind_day(&q, ":due", due_day);
	bind_words(&q, ":rule", rule);
	return stmt_run(&q, e);
}

enum rc issue_edit(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	AUTO_ISSUE it = { 0 };
	int64_t reporters_grid, grid_id;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ISSUE_EDIT, e)) != RC_OK || (rc = check_fields(of, &own, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "issue.edit", e)) != RC_OK || (rc = issue_read(of, own.id, &it, e)) != RC_OK ||
	    (rc = issue_may_edit(of, &it, e)) != RC_OK || (rc = fill_reporter(of, &own, &reporters_grid, e)) != RC_OK ||
	    (rc = find_grid(of, &own, reporters_grid, &grid_id, e)) != RC_OK || (rc = record_save(of->st, &own, "issue.edit", e)) != RC_OK ||
	    (rc = write_consequences(of, &it, &own, grid_id, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
