/* 表决: filled in from what is known, checked against the room, its result by the rule, and what follows from it. */
#include "meeting_rules.h"

#include <string.h>

#include "issue/issue_rules.h"
#include "base/day.h"
#include "domain/agenda.h"
#include "domain/issue_flow.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Before it is counted ----------------------------------------------------------------------------------------------------------- */

/* Recusals of those who are here now: whoever left doesn't count among those present either. */
static enum rc count_recused(struct office *of, int64_t slot_id, int64_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT count(*) FROM recusal JOIN attendee ON attendee.id = attendee_id WHERE agenda_slot_id = :slot AND recusal.deleted_at IS NULL"
		" AND attendee.deleted_at IS NULL AND present_at IS NOT NULL");

	bind_int(&q, ":slot", slot_id);
	return stmt_int(&q, n, e);
}

static void offer_number(struct record *r, const char *field, int64_t number)
{
	if (record_value(r, field)->kind == VALUE_NONE)
		value_set_number(record_value(r, field), number);
}

/* Who counted the last ballot of this meeting counts again. */
static enum rc offer_counters(struct office *of, int64_t meeting_id, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT teller, supervisor FROM ballot WHERE id = (SELECT max(ballot.id) FROM agenda_slot JOIN ballot ON agenda_slot_id = agenda_slot.id"
		" WHERE meeting_id = :meeting AND ballot.deleted_at IS NULL)");
	bool row;
	enum rc rc;

	bind_int(&q, ":meeting", meeting_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	value_set_text(record_value(r, "teller"), column_text(&q, 0));
	value_set_text(record_value(r, "supervisor"), column_text(&q, 1));
	return RC_OK;
}

enum rc meeting_ballot_question(struct office *of, int64_t id, struct arena *a, struct ballot_question *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT slot.id, 0, item.title FROM agenda_slot AS slot JOIN agenda_item AS item ON item.id = slot.agenda_item_id WHERE slot.id = :id"
		" UNION ALL SELECT slot.id, alternative.id, alternative.text FROM alternative"
		"  JOIN agenda_slot AS slot ON slot.agenda_item_id = alternative.agenda_item_id JOIN meeting ON meeting.id = slot.meeting_id"
		"  WHERE alternative.id = :id AND slot.outcome IS NULL AND slot.deleted_at IS NULL AND meeting.status = :running LIMIT 1");
	enum rc rc;

	bind_int(&q, ":id", id);
	bind_text(&q, ":running", meeting_status_key(MEETING_RUNNING));
	if ((rc = stmt_one(&q, "会上已经不议这个方案了", e)) == RC_OK)
		*out = (struct ballot_question){ column_int(&q, 0), column_int(&q, 1), arena_copy(a, column_text(&q, 2)) };
	return rc;
}

enum rc meeting_ballot_prefill(struct office *of, int64_t slot_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	AUTO_RECORD made = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	int64_t meeting_id, recused;
	enum rc rc;

	record_init(&made, form_find(of->forms, "ballot"));
	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = meeting_read_slot(of, slot_id, &a, &slot, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_read(of, meeting_id, &a, &m, e)) != RC_OK || (rc = count_recused(of, slot_id, &recused, e)) != RC_OK ||
	    (rc = issue_form_defaults(of, &made, e)) != RC_OK || (rc = offer_counters(of, meeting_id, &made, e)) != RC_OK)
		return rc;
	if (slot.property)
		value_set_text(record_value(&made, "rule"), ballot_rule_key(BALLOT_DOUBLE));
	if (strcmp(m.kind, ballot_way_key(BALLOT_INQUIRY)) == 0) {
		value_set_text(record_value(&made, "way"), ballot_way_key(BALLOT_INQUIRY));
	} else {
		offer_number(&made, "present_n", m.present);
		offer_number(&made, "recused_n", recused);
	}
	record_copy(r, &made);
	return RC_OK;
}

/* Checking ----------------------------------------------------------------------------------------------------------------------- */

/* One running ballot. */
struct counting {
	struct office *of;
	struct meeting meeting;
	struct meeting_slot slot;
	int64_t alternative_id, recused;
	struct record *fields;
	struct ballot_count count;
};

static bool in_the_room(const struct counting *c)
{
	enum ballot_way way = ballot_way_from_key(record_text(c->fields, "way"));

	return way == BALLOT_HAND || way == BALLOT_PAPER;
}

static void fill_in(struct counting *c)
{
	if (in_the_room(c)) {
		offer_number(c->fields, "present_n", c->meeting.present);
		offer_number(c->fields, "recused_n", c->recused);
	} else {
		offer_number(c->fields, "recused_n", 0);
	}
	offer_number(c->fields, "invalid_n", 0);
}

static struct ballot_count read_count(const struct record *r)
{
	return (struct ballot_count){
		.way = ballot_way_from_key(record_text(r, "way")), .rule = ballot_rule_from_key(record_text(r, "rule")),
		.present = record_number(r, "present_n", 0), .for_n = record_number(r, "for_n", 0), .against_n = record_number(r, "against_n", 0),
		.abstain_n = record_number(r, "abstain_n", 0), .recused_n = record_number(r, "recused_n", 0), .invalid_n = record_number(r, "invalid_n", 0),
		.all_households = record_number(r, "all_households", 0), .for_households = record_number(r, "for_households", 0),
		.against_households = record_number(r, "against_households", 0), .abstain_households = record_number(r, "abstain_households", 0),
		.all_area = record_number(r, "all_area", 0), .for_area = record_number(r, "for_area", 0),
		.against_area = record_number(r, "against_area", 0), .abstain_area = record_number(r, "abstain_area", 0),
	};
}

/* What was counted in the room has to agree with the room: signatures, recusals, quorum. */
static enum rc check_room(const struct counting *c, struct err *e)
{
	const struct meeting *m = &c->meeting;

	if (c->count.present != m->present)
		return err_set(e, RC_INVALID, "present_n", "签到的有 %d 人，这里写了 %lld 人；有人先走或没签到的，请先改签到", m->present,
		               (long long)c->count.present);
	if (c->count.recused_n != c->recused)
		return err_set(e, RC_INVALID, "recused_n", "登记回避的有 %lld 人，这里写了 %lld 人；请先登记回避，写明理由", (long long)c->recused,
		               (long long)c->count.recused_n);
	if (!quorum_reached(&m->quorum, m->expected, m->present))
		return err_set(e, RC_INVALID, "rule", "到会 %d 人，不足应到 %d 人的法定人数 %d 人（%s），不能表决；可记为再议", m->present, m->expected,
		               quorum_needed(&m->quorum, m->expected), m->quorum.label);
	return RC_OK;
}

static enum rc check_ballot(const struct counting *c, struct err *e)
{
	enum rc rc;

	if ((in_the_room(c) && (rc = check_room(c, e)) != RC_OK) || (rc = ballot_check(&c->count, e)) != RC_OK)
		return rc;
	if (c->slot.property && c->count.rule != BALLOT_DOUBLE)
		return err_set(e, RC_INVALID, "rule", "「%s」是物业共有事项，要户数和面积双过半，请改规则", c->slot.title);
	if (strcmp(record_text(c->fields, "teller"), record_text(c->fields, "supervisor")) == 0)
		return err_set(e, RC_INVALID, "supervisor", "计票人和监票人不能是同一个人，请另选监票人");
	return RC_OK;
}

static enum rc check_alternative(const struct counting *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st, "SELECT 1 FROM alternative WHERE id = :id AND agenda_item_id = :item AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	if (c->alternative_id == 0)
		return RC_OK;
	bind_int(&q, ":id", c->alternative_id);
	bind_int(&q, ":item", c->slot.agenda_item_id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && !row)
		return err_set(e, RC_NOTFOUND, NULL, "「%s」没有这个方案，可能已删除，请重新选择", c->slot.title);
	return rc;
}

/* What was withdrawn or merged meanwhile is not voted on. */
static enum rc check_item(const struct counting *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st, "SELECT state FROM agenda_item WHERE id = :id AND meeting_id = :meeting AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", c->slot.agenda_item_id);
	bind_int(&q, ":meeting", c->meeting.id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (row && agenda_state_from_key(column_text(&q, 0)) == AGENDA_SCHEDULED)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "%s 已经撤销、合并或改到别的会上，不能表决；请记为再议", c->slot.number);
}

/* What follows ------------------------------------------------------------------------------------------------------------------- */

/* Issues of the item: those that wait for it move on; all closed is refused, because nobody would carry out what was agreed. */
static enum rc move_issue(struct office *of, int64_t issue_id, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	enum rc rc;

	if ((rc = issue_read(of, issue_id, &it, e)) != RC_OK || it.phase != PHASE_DELIBERATE)
		return rc;
	return issue_step(of, &it, transition_find("deliberate.passed"), 0, NULL, e);
}

static enum rc move_issues(const struct counting *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT issue.id, issue.number, issue.status FROM agenda_issue JOIN issue ON issue.id = issue_id"
		" WHERE agenda_item_id = :item AND agenda_issue.deleted_at IS NULL AND issue.deleted_at IS NULL");
	AUTO_FREE char *closed = NULL;
	AUTO_FREE int64_t *ids = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum rc rc;

	bind_int(&q, ":item", c->slot.agenda_item_id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (status_from_key(column_text(&q, 2)) != STATUS_CLOSED) {
			ids = mem_grow(ids, &cap, n + 1, sizeof *ids);
			ids[n++] = column_int(&q, 0);
		} else if (closed == NULL) {
			closed = mem_copy(column_text(&q, 1));
		}
	}
	if (rc == RC_OK && closed && n == 0)
		return err_set(e, RC_INVALID, NULL, "%s 已经结案，表决没有记下；要继续请书记先重开，否则请记为再议", closed);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = move_issue(c->of, ids[i], e);
	return rc;
}

static enum rc stamp_ballot(const struct counting *c, bool passed, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st,
		"UPDATE ballot SET agenda_slot_id = :slot, alternative_id = :alternative, result = :result, invalid_n = coalesce(invalid_n, 0), at = :now,"
		" account_id = :me WHERE id = :id");

	bind_int(&q, ":id", c->fields->id);
	bind_int(&q, ":slot", c->slot.id);
	bind_id(&q, ":alternative", c->alternative_id);
	bind_text(&q, ":result", slot_outcome_key(passed ? SLOT_PASSED : SLOT_FAILED));
	bind_int(&q, ":now", office_now(c->of));
	bind_id(&q, ":me", c->of->me.id);
	return stmt_run(&q, e);
}

static enum rc settle(const struct counting *c, struct err *e)
{
	enum rc rc;

	if ((rc = meeting_slot_close(c->of, &c->slot, SLOT_PASSED, e)) != RC_OK ||
	    (rc = meeting_item_settle(c->of, c->meeting.id, c->slot.agenda_item_id, SLOT_PASSED, e)) != RC_OK)
		return rc;
	return move_issues(c, e);
}

/* The form's own rules come first, so that the cursor goes to what is missing before numbers are compared. */
static enum rc count_ballot(struct counting *c, bool *passed, struct err *e)
{
	enum rc rc;

	if ((rc = check_item(c, e)) != RC_OK || (rc = check_alternative(c, e)) != RC_OK ||
	    (rc = count_recused(c->of, c->slot.id, &c->recused, e)) != RC_OK)
		return rc;
	fill_in(c);
	if ((rc = record_save(c->of->st, c->fields, "meeting.ballot", e)) != RC_OK)
		return rc;
	c->count = read_count(c->fields);
	if ((rc = check_ballot(c, e)) != RC_OK)
		return rc;
	*passed = ballot_passes(&c->count);
	if ((rc = stamp_ballot(c, *passed, e)) != RC_OK || (rc = meeting_slot_begin(c->of, &c->slot, e)) != RC_OK)
		return rc;
	return *passed ? settle(c, e) : RC_OK;
}

enum rc meeting_ballot(struct office *of, int64_t slot_id, int64_t alternative_id, struct record *r, bool *passed, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct counting c = { .of = of, .alternative_id = alternative_id, .fields = &own };
	bool result;
	enum rc rc;

	if (r->id)
		return err_set(e, RC_INVALID, NULL, "表决记下后不再修改；记错了请撤销上一步，再重新记");
	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.ballot", e)) != RC_OK ||
	    (rc = meeting_open_slot(of, slot_id, "表决", &a, &c.meeting, &c.slot, e)) != RC_OK || (rc = count_ballot(&c, &result, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	*passed = result;
	return RC_OK;
}
