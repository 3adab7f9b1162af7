/* Writing a decision: what is known before a person types, and saving what was typed. */
#include "decision_rules.h"

#include "issue/issue_rules.h"
#include "number.h"
#include "base/day.h"
#include "base/settings.h"
#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Of the item ---------------------------------------------------------------------------------------------------------------------- */

struct ground {
	int64_t id, meeting_id, settled_at, grid_id, cost_fen;     /* cost_fen -1: not said */
	const char *number, *text;                   /* text: of the alternative that passed, else the item's title */
	const char *decision;         /* number of the one that stands already, "" */
	bool passed, away;            /* away: its open issues are all elsewhere than in 定事 */
};

static const char ground_sql[] =
	"SELECT agenda_item.state = 'passed', agenda_item.meeting_id, agenda_item.settled_at, agenda_item.grid_id, agenda_item.number,"
	" coalesce(alternative.text, agenda_item.title), coalesce(alternative.cost_fen, -1),"
	" (SELECT number FROM decision WHERE decision.agenda_item_id = agenda_item.id AND decision.deleted_at IS NULL LIMIT 1),"
	" (SELECT min(issue.phase <> 'decide') FROM agenda_issue AS link JOIN issue ON issue.id = link.issue_id"
	"  WHERE link.agenda_item_id = agenda_item.id AND link.deleted_at IS NULL AND issue.deleted_at IS NULL AND issue.status <> 'closed')"
	" FROM agenda_item LEFT JOIN ballot ON ballot.id ="
	"  (SELECT voted.id FROM agenda_slot JOIN ballot AS voted ON voted.agenda_slot_id = agenda_slot.id"
	"   WHERE agenda_slot.agenda_item_id = agenda_item.id AND agenda_slot.deleted_at IS NULL AND voted.deleted_at IS NULL"
	"   AND voted.result = 'passed' ORDER BY voted.at DESC, voted.id DESC LIMIT 1)"
	" LEFT JOIN alternative ON alternative.id = ballot.alternative_id"
	" WHERE agenda_item.id = :id AND agenda_item.deleted_at IS NULL /*scan*/";

static enum rc read_ground(struct office *of, int64_t id, struct arena *a, struct ground *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, ground_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这个议题", e)) != RC_OK)
		return rc;
	*out = (struct ground){
		.id = id, .passed = column_int(&q, 0) != 0, .meeting_id = column_int(&q, 1),
		.settled_at = column_int(&q, 2), .grid_id = column_int(&q, 3), .number = arena_copy(a, column_text(&q, 4)),
		.text = arena_copy(a, column_text(&q, 5)), .cost_fen = column_int(&q, 6), .decision = arena_copy(a, column_text(&q, 7)), .away = column_int(&q, 8) != 0,
	};
	return RC_OK;
}

enum rc decision_require_open_issue(const struct agenda_issue_ref *issues, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!issues[i].closed)
			return RC_OK;
	if (n == 0)
		return RC_OK;
	return err_set(e, RC_INVALID, "text", "%s%s已结，不用再定；还要办的请书记先重开", issues[0].number, n > 1 ? " 等事项都" : " ");
}

/* Can a decision be written for it now? */
static enum rc require_ground(struct office *of, const struct ground *g, struct arena *a, struct err *e)
{
	const struct agenda_issue_ref *issues;
	size_t n;
	enum rc rc;

	if (!g->passed)
		return err_set(e, RC_INVALID, "text", "%s 还没有议定，表决通过后才能写决议", g->number);
	if ((rc = decision_item_issues(of, g->id, a, &issues, &n, e)) != RC_OK)
		return rc;
	if (g->away)
		return err_set(e, RC_INVALID, "text", "%s 的事项都不在定事，不能写决议；请先看过事项", g->number);
	return decision_require_open_issue(issues, n, e);
}

static enum rc require_none(const struct ground *g, struct err *e)
{
	return g->decision[0] ? err_set(e, RC_CONFLICT, "text", "%s 已有决议 %s，请改那一份", g->number, g->decision) : RC_OK;
}

/* Prefill -------------------------------------------------------------------------------------------------------------------------- */

static enum rc offer(struct office *of, const struct ground *g, struct record *r, struct err *e)
{
	int64_t worker = 0;
	enum rc rc;

	value_set_text(record_value(r, "text"), g->text);
	value_set_number(record_value(r, "effective_day"), office_today(of) + of->settings->on_notice_days);
	if (g->cost_fen >= 0)
		value_set_number(record_value(r, "cost_fen"), g->cost_fen);
	if (g->grid_id && (rc = issue_grid_worker(of, g->grid_id, &worker, e)) != RC_OK)
		return rc;
	if (worker)
		value_set_number(record_value(r, "owner_id"), worker);
	return issue_form_defaults(of, r, e);
}

enum rc decision_prefill(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e)
{
	const struct form *form = form_find(of->forms, "decision");
	AUTO_RECORD made = { 0 };
	AUTO_ARENA a = { 0 };
	struct ground g;
	enum rc rc;

	if (form == NULL)
		return err_set(e, RC_INVALID, NULL, "缺少表单 forms/decision.ini，不能写决议");
	record_init(&made, form);
	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = read_ground(of, agenda_item_id, &a, &g, e)) != RC_OK ||
	    (rc = require_ground(of, &g, &a, e)) != RC_OK || (rc = require_none(&g, e)) != RC_OK || (rc = offer(of, &g, &made, e)) != RC_OK)
		return rc;
	record_copy(r, &made);
	return RC_OK;
}

/* Saving --------------------------------------------------------------------------------------------------------------------------- */

enum rc decision_require_draft(const struct office *of, const struct decision *d, struct err *e)
{
	if (d->state == DECISION_DRAFT || d->state == DECISION_RETURNED)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，不能再改；要改请书记先退回", d->number,
	               office_code_label(of, "decision_state", decision_state_key(d->state)));
}

enum rc decision_check_owner(struct office *of, const struct record *r, struct err *e)
{
	int64_t owner = record_number(r, "owner_id", 0);

	if (owner)
		return issue_check_handler(of, owner, "owner_id", e);
	if (text_is_blank(record_text(r, "owner_name")))
		return err_set(e, RC_INVALID, "owner_id", "请选责任人；没有账号的人或单位写在「外部责任人」");
	return RC_OK;
}

static enum rc check_fields(struct office *of, const struct ground *g, const struct record *r, struct err *e)
{
	int64_t cost = record_number(r, "cost_fen", 0), effective = record_number(r, "effective_day", DAY_NONE);
	bool sourced = record_text(r, "source")[0] != '\0';

	if (cost > 0 && !sourced)
		return err_set(e, RC_INVALID, "source", "有经费的要写明从哪里出，请选经费来源");
	if (cost <= 0 && sourced)
		return err_set(e, RC_INVALID, "source", "没有经费的不用选来源，请写上经费或把来源清空");
	if (effective != DAY_NONE && g->settled_at && effective < day_of_instant(g->settled_at))
		return err_set(e, RC_INVALID, "effective_day", "生效日期不能早于表决通过的那天");
	return decision_check_owner(of, r, e);
}

/* The row begins with its number and is then filled in: a decision whose writing is undone keeps its number, so that no other gets it. */
static enum rc insert_decision(struct office *of, const struct ground *g, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO decision (id, number, agenda_item_id, meeting_id, state, author_id, at)"
	                               " VALUES (:id, :number, :item, :meeting, :state, :me, :now)");
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if ((rc = number_next(of, "decision", "JY", 2, &number, e)) != RC_OK || (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	r->rev = 1;
	value_set_text(record_value(r, "number"), number);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":number", number);
	bind_int(&q, ":item", g->id);
	bind_id(&q, ":meeting", g->meeting_id);
	bind_text(&q, ":state", decision_state_key(DECISION_DRAFT));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

/* What it is written for; of one that stands already, only while it is open for changes. */
static enum rc find_ground(struct office *of, int64_t agenda_item_id, struct record *r, struct arena *a, struct ground *out, struct err *e)
{
	struct decision d;
	enum rc rc;

	if (r->id == 0) {
		rc = read_ground(of, agenda_item_id, a, out, e);
		return rc == RC_OK ? require_none(out, e) : rc;
	}
	if ((rc = decision_find(of, r->id, a, &d, e)) != RC_OK || (rc = decision_require_draft(of, &d, e)) != RC_OK)
		return rc;
	value_set_text(record_value(r, "number"), d.number);
	return read_ground(of, d.agenda_item_id, a, out, e);
}

static enum rc write_decision(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct ground g;
	enum rc rc;

	if ((rc = find_ground(of, agenda_item_id, r, &a, &g, e)) != RC_OK || (rc = require_ground(of, &g, &a, e)) != RC_OK ||
	    (rc = check_fields(of, &g, r, e)) != RC_OK || (r->id == 0 && (rc = insert_decision(of, &g, r, e)) != RC_OK))
		return rc;
	return record_save(of->st, r, "decision.save", e);
}

enum rc decision_save(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DECISION_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "decision.save", e)) != RC_OK ||
	    (rc = write_decision(of, agenda_item_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
