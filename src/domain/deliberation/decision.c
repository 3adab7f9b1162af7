/* A decision as its screen and its papers show it: row, partners, tasks, notices with objections, issues; and decisions as a list. */
#include "decision_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "store/stmt.h"

static const char *const state_keys[] = {
#define X(upper, lower) [DECISION_##upper] = #lower,
	DECISION_STATES(X)
#undef X
};

const char *decision_state_key(enum decision_state s)
{
	return s < DECISION_STATE_COUNT ? state_keys[s] : "";
}

enum decision_state decision_state_from_key(const char *key)
{
	return (enum decision_state)text_index(state_keys, COUNT(state_keys), key);
}

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

/* The row ------------------------------------------------------------------------------------------------------------------------ */

enum {
	COL_REV, COL_ITEM_ID, COL_MEETING_ID, COL_AUTHOR_ID, COL_AT, COL_SUBMITTED, COL_APPROVED, COL_ACTED, COL_COST, COL_NUMBER, COL_TEXT, COL_PARTY,
	COL_OWNER, COL_SOURCE, COL_NO_ACTION, COL_AUTHOR, COL_APPROVER, COL_NOTE, COL_ITEM, COL_ITEM_NUMBER, COL_MEETING, COL_EFFECTIVE, COL_STATE,
	COL_DELETED,
};

static const char row_sql[] =
	"SELECT decision.rev, decision.agenda_item_id, decision.meeting_id, decision.author_id, decision.at, decision.submitted_at,"
	" decision.approved_at, decision.acted_at, coalesce(decision.cost_fen, -1), decision.number, decision.text, decision.party,"
	" coalesce(owner.name, decision.owner_name), decision.source, decision.no_action, author.name, approver.name, decision.approved_note,"
	" agenda_item.title, agenda_item.number, meeting.number, decision.effective_day, decision.state, decision.deleted_at IS NOT NULL"
	" FROM decision LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id LEFT JOIN meeting ON meeting.id = decision.meeting_id"
	" LEFT JOIN account AS owner ON owner.id = decision.owner_id LEFT JOIN account AS author ON author.id = decision.author_id"
	" LEFT JOIN account AS approver ON approver.id = decision.approved_by WHERE decision.id = :id";

static enum rc read_row(struct office *of, int64_t id, struct arena *a, struct decision *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, row_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这份决议", e)) != RC_OK)
		return rc;
	*d = (struct decision){
		.id = id, .rev = column_int(&q, COL_REV), .agenda_item_id = column_int(&q, COL_ITEM_ID), .meeting_id = column_int(&q, COL_MEETING_ID),
		.author_id = column_int(&q, COL_AUTHOR_ID), .at = column_int(&q, COL_AT), .submitted_at = column_int(&q, COL_SUBMITTED),
		.approved_at = column_int(&q, COL_APPROVED), .acted_at = column_int(&q, COL_ACTED), .cost_fen = column_int(&q, COL_COST),
		.number = kept(&q, COL_NUMBER, a), .text = kept(&q, COL_TEXT, a), .party = kept(&q, COL_PARTY, a), .owner = kept(&q, COL_OWNER, a),
		.source = kept(&q, COL_SOURCE, a), .no_action = kept(&q, COL_NO_ACTION, a), .author = kept(&q, COL_AUTHOR, a),
		.approver = kept(&q, COL_APPROVER, a), .approved_note = kept(&q, COL_NOTE, a), .item = kept(&q, COL_ITEM, a),
		.item_number = kept(&q, COL_ITEM_NUMBER, a), .meeting = kept(&q, COL_MEETING, a), .effective_day = column_day(&q, COL_EFFECTIVE),
		.state = decision_state_from_key(column_text(&q, COL_STATE)), .deleted = column_int(&q, COL_DELETED) != 0,
	};
	return RC_OK;
}

/* What belongs to it ------------------------------------------------------------------------------------------------------------- */

static enum rc read_all(struct office *of, const char *sql, int64_t id, size_t bytes, stmt_read *read, struct arena *a, void *out, size_t *n,
                        struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", id);
	return stmt_rows(&q, a, bytes, read, out, n, e);
}

static void read_partner(const struct stmt *q, struct arena *a, void *out)
{
	*(struct decision_partner *)out = (struct decision_partner){
		.id = column_int(q, 0), .party = kept(q, 1, a), .name = kept(q, 2, a), .promise = kept(q, 3, a), .promised_day = column_day(q, 4),
	};
}

static void read_task(const struct stmt *q, struct arena *a, void *out)
{
	*(struct decision_task *)out = (struct decision_task){
		.id = column_int(q, 0), .action_id = column_int(q, 1), .title = kept(q, 2, a), .party = kept(q, 3, a), .owner = kept(q, 4, a),
		.due_day = column_day(q, 5),
	};
}

static void read_notice(const struct stmt *q, struct arena *a, void *out)
{
	*(struct decision_notice *)out = (struct decision_notice){
		.id = column_int(q, 0), .rev = column_int(q, 1), .from_day = column_day(q, 2), .to_day = column_day(q, 3), .place = kept(q, 4, a),
		.note = kept(q, 5, a),
	};
}

static void read_objection(const struct stmt *q, struct arena *a, void *out)
{
	AUTO_STRBUF phone = { 0 };

	text_mask_phone(&phone, column_text(q, 9));
	*(struct decision_objection *)out = (struct decision_objection){
		.id = column_int(q, 0), .rev = column_int(q, 1), .at = column_int(q, 2), .handled_at = column_int(q, 3), .name = kept(q, 4, a),
		.text = kept(q, 5, a), .state = kept(q, 6, a), .handling = kept(q, 7, a), .handler = kept(q, 8, a),
		.phone = arena_copy(a, strbuf_str(&phone)),
	};
}

static void read_issue(const struct stmt *q, struct arena *a, void *out)
{
	*(struct agenda_issue_ref *)out = (struct agenda_issue_ref){
		.id = column_int(q, 0), .number = kept(q, 1, a), .title = kept(q, 2, a), .closed = column_int(q, 3) != 0,
	};
}

/* A decision has a handful of each: sorting them is nothing. */
static const char partners_sql[] =
	"SELECT id, party, name, promise, promised_day FROM decision_partner WHERE decision_id = :id AND deleted_at IS NULL"
	" ORDER BY promised_day, id /*scan*/";
static const char tasks_sql[] =
	"SELECT decision_task.id, action_id, title, party, coalesce(account.name, owner_name), due_day FROM decision_task"
	" LEFT JOIN account ON account.id = decision_task.owner_id WHERE decision_id = :id AND decision_task.deleted_at IS NULL"
	" ORDER BY due_day, decision_task.id /*scan*/";
static const char notices_sql[] =
	"SELECT id, rev, from_day, to_day, place, note FROM notice WHERE decision_id = :id AND deleted_at IS NULL ORDER BY to_day, id /*scan*/";
static const char objections_sql[] =
	"SELECT objection.id, objection.rev, at, handled_at, objection.name, text, state, handling, account.name, objection.phone FROM objection"
	" LEFT JOIN account ON account.id = handled_by WHERE notice_id = :id AND objection.deleted_at IS NULL ORDER BY at, objection.id /*scan*/";
static const char issues_sql[] =
	"SELECT issue.id, issue.number, issue.title, issue.status = 'closed' FROM agenda_issue JOIN issue ON issue.id = agenda_issue.issue_id"
	" WHERE agenda_issue.agenda_item_id = :id AND agenda_issue.deleted_at IS NULL AND issue.deleted_at IS NULL"
	" ORDER BY agenda_issue.at, agenda_issue.id /*scan*/";

enum rc decision_item_issues(struct office *of, int64_t agenda_item_id, struct arena *a, const struct agenda_issue_ref **out, size_t *n,
                             struct err *e)
{
	return read_all(of, issues_sql, agenda_item_id, sizeof **out, read_issue, a, out, n, e);
}

static enum rc read_notices(struct office *of, struct arena *a, struct decision *d, struct err *e)
{
	struct decision_notice *notices;
	enum rc rc;

	if ((rc = read_all(of, notices_sql, d->id, sizeof *notices, read_notice, a, &notices, &d->n_notices, e)) != RC_OK)
		return rc;
	d->notices = notices;
	for (size_t i = 0; i < d->n_notices; i++) {
		struct decision_notice *notice = &notices[i];

		rc = read_all(of, objections_sql, notice->id, sizeof *notice->objections, read_objection, a, &notice->objections, &notice->n_objections, e);
		if (rc != RC_OK)
			return rc;
		for (size_t k = 0; k < notice->n_objections; k++)
			d->open_objections += strcmp(notice->objections[k].state, OBJECTION_OPEN) == 0;
	}
	return RC_OK;
}

static enum rc read_parts(struct office *of, struct arena *a, struct decision *d, struct err *e)
{
	enum rc rc;

	if ((rc = read_all(of, partners_sql, d->id, sizeof *d->partners, read_partner, a, &d->partners, &d->n_partners, e)) != RC_OK ||
	    (rc = read_all(of, tasks_sql, d->id, sizeof *d->tasks, read_task, a, &d->tasks, &d->n_tasks, e)) != RC_OK ||
	    (rc = read_notices(of, a, d, e)) != RC_OK)
		return rc;
	return decision_item_issues(of, d->agenda_item_id, a, &d->issues, &d->n_issues, e);
}

static enum rc read_whole(struct office *of, int64_t id, struct arena *a, struct decision *out, struct err *e)
{
	struct decision d;
	enum rc rc;

	if ((rc = read_row(of, id, a, &d, e)) != RC_OK || (rc = read_parts(of, a, &d, e)) != RC_OK)
		return rc;
	*out = d;
	return RC_OK;
}

enum rc decision_load(struct office *of, int64_t id, struct arena *a, struct decision *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_MEETING_VIEW, e);

	return rc == RC_OK ? read_whole(of, id, a, out, e) : rc;
}

enum rc decision_find(struct office *of, int64_t id, struct arena *a, struct decision *out, struct err *e)
{
	struct decision d;
	enum rc rc = read_whole(of, id, a, &d, e);

	if (rc != RC_OK)
		return rc;
	if (d.deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已作废", d.number);
	*out = d;
	return RC_OK;
}

enum rc decision_find_seen(struct office *of, int64_t id, int64_t rev, struct arena *a, struct decision *out, struct err *e)
{
	struct decision d;
	enum rc rc = decision_find(of, id, a, &d, e);

	if (rc != RC_OK)
		return rc;
	if (d.rev != rev)
		return err_set(e, RC_CONFLICT, NULL, "%s 刚被别人改动，请看过后再办", d.number);
	*out = d;
	return RC_OK;
}

void decision_add_money(const struct office *of, int64_t fen, struct strbuf *out)
{
	const struct form *form = form_find(of->forms, "decision");
	const struct field *field = form ? form_field(form, "cost_fen") : NULL;

	if (field)
		field_show(field, &(struct value){ .kind = VALUE_NUMBER, .number = fen }, false, out);
}

/* As a list ---------------------------------------------------------------------------------------------------------------------- */

static const struct list_spec list = {
	.table = "decision",
	.row =
		"SELECT decision.number, decision.text, decision.party, decision.state, decision.at, meeting.number,"
		" (SELECT count(*) FROM notice JOIN objection ON objection.notice_id = notice.id WHERE notice.decision_id = decision.id"
		"  AND notice.deleted_at IS NULL AND objection.deleted_at IS NULL AND objection.state = 'open'),"
		" (SELECT max(to_day) FROM notice WHERE notice.decision_id = decision.id AND notice.deleted_at IS NULL)"
		" FROM decision LEFT JOIN meeting ON meeting.id = decision.meeting_id WHERE decision.id = :id",
	.n_columns = 8,
	.live = "decision.deleted_at IS NULL",
	.reads = TBL_DECISION | TBL_MEETING | TBL_NOTICE | TBL_OBJECTION,
};

const struct list_spec *decision_list_spec(void)
{
	return &list;
}
