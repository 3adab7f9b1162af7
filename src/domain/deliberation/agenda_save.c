/* 议题 are written: a new one, for an issue or for the office itself, or a change of one that waits. */
#include "domain/agenda.h"

#include <string.h>

#include "agenda_inside.h"
#include "domain/place.h"
#include "issue/issue_rules.h"
#include "number.h"
#include "store/stmt.h"
#include "store/txn.h"

enum rc agenda_insert(struct office *of, const struct agenda_new *made, int64_t *id, char **number, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO agenda_item (id, number, title, body, proposer, urgency, property, state, split_id, at, account_id, grid_id)"
		" VALUES (:id, :number, :title, :body, :proposer, :urgency, 0, :pool, :split, :at, :me, :grid)");
	AUTO_FREE char *next = NULL;
	enum rc rc;

	if ((rc = number_next(of, "agenda_item", "YT", 3, &next, e)) != RC_OK)
		return rc;
	bind_text(&q, ":number", next);
	bind_words(&q, ":title", made->title);
	bind_words(&q, ":body", made->body);
	bind_words(&q, ":proposer", made->proposer);
	bind_words(&q, ":urgency", made->urgency);
	bind_text(&q, ":pool", agenda_state_key(AGENDA_POOL));
	bind_id(&q, ":split", made->split_id);
	bind_int(&q, ":at", made->at ? made->at : office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_id(&q, ":grid", made->grid_id);
	if ((rc = stmt_insert(&q, id, e)) != RC_OK)
		return rc;
	*number = next;
	next = NULL;
	return RC_OK;
}

/* The number is the program's, whatever the record says. */
static enum rc save_fields(struct office *of, struct record *r, const char *number, struct err *e)
{
	enum rc rc = grid_check(of, r, e);

	value_set_text(record_value(r, "number"), number);
	return rc == RC_OK ? record_save(of->st, r, "agenda.save", e) : rc;
}

enum rc agenda_create(struct office *of, struct record *r, const struct agenda_new *made, struct err *e)
{
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if (record_value(r, "property")->kind == VALUE_NONE)
		value_set_number(record_value(r, "property"), 0);
	if ((rc = agenda_insert(of, made, &r->id, &number, e)) != RC_OK)
		return rc;
	r->rev = 1;
	return save_fields(of, r, number, e);
}

/* An item is made for an issue that is in 议事, once. */
static enum rc check_issue(struct office *of, const struct issue *it, struct err *e)
{
	AUTO_STRBUF state = { 0 };
	AUTO_ARENA a = { 0 };
	struct agenda_item other;
	int64_t item;
	enum rc rc;

	issue_state(of, it, &state);
	if (it->deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", it->number);
	if (it->status == STATUS_CLOSED || it->phase != PHASE_DELIBERATE)
		return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，理事时选了「议事」的才列为议题", it->number, strbuf_str(&state));
	if ((rc = agenda_waiting_for(of, it->id, 0, &item, e)) != RC_OK || item == 0)
		return rc;
	if ((rc = agenda_read(of, item, &a, &other, e)) != RC_OK)
		return rc;
	return err_set(e, RC_INVALID, NULL, "%s 已列为议题 %s，请打开那一件", it->number, other.number);
}

static enum rc save_new(struct office *of, struct record *r, int64_t issue_id, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	enum rc rc;

	if (issue_id == 0)
		return agenda_create(of, r, &(struct agenda_new){ 0 }, e);
	if ((rc = issue_read(of, issue_id, &it, e)) != RC_OK || (rc = check_issue(of, &it, e)) != RC_OK ||
	    (rc = agenda_fill_from_issue(of, &it, r, e)) != RC_OK || (rc = agenda_create(of, r, &(struct agenda_new){ 0 }, e)) != RC_OK)
		return rc;
	return agenda_link(of, r->id, issue_id, e);
}

static enum rc save_change(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	enum rc rc = agenda_read_in(of, r->id, AGENDA_WAITING, "修改", &a, &it, e);

	return rc == RC_OK ? save_fields(of, r, it.number, e) : rc;
}

enum rc agenda_save(struct office *of, struct record *r, int64_t issue_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "agenda.save", e)) != RC_OK ||
	    (rc = own.id ? save_change(of, &own, e) : save_new(of, &own, issue_id, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
