/* Who is called to a meeting, and who is there. */
#include "meeting_rules.h"

#include <string.h>

#include "domain/person.h"
#include "resident/resident_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define ON_LIST (BEFORE_MEETING | DURING(RUNNING))

/* The form ----------------------------------------------------------------------------------------------------------------------- */

/* A resident's name is the record's, whatever was written beside it; others are written by hand. */
static enum rc fill_name(struct office *of, struct record *r, struct err *e)
{
	if (record_number(r, "resident_id", 0))
		value_clear(record_value(r, "name"));
	return resident_fill_in(of, r, "resident_id", "请选定参会人，库里没有的手写姓名", e);
}

/* The same resident, or one name in one category of whom a side doesn't know the record: two residents may share a name. */
static enum rc check_once(struct office *of, int64_t meeting_id, const struct record *r, const char *hint, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT name FROM attendee WHERE meeting_id = :meeting AND deleted_at IS NULL AND id <> :id"
		" AND CASE " PERSON_SQL("resident_id", "name", ":resident", ":name") " WHEN 1 THEN 1 WHEN 2 THEN category = :category END");
	int64_t resident = record_number(r, "resident_id", 0);
	bool row;
	enum rc rc;

	bind_int(&q, ":meeting", meeting_id);
	bind_int(&q, ":id", r->id);
	bind_id(&q, ":resident", resident);
	bind_text(&q, ":name", record_text(r, "name"));
	bind_text(&q, ":category", record_text(r, "category"));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, resident ? "resident_id" : "name", "%s已经在名单上%s", column_text(&q, 0), hint);
}

/* Whose meeting, and how the person came: what no form asks. */
static enum rc stamp(struct office *of, int64_t id, int64_t meeting_id, bool invited, int64_t present_at, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendee SET meeting_id = :meeting, invited = :invited, present_at = :present WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":meeting", meeting_id);
	bind_int(&q, ":invited", invited);
	bind_id(&q, ":present", present_at);
	return stmt_run(&q, e);
}

static enum rc require_member(struct office *of, const struct record *r, int64_t meeting_id, struct arena *a, struct err *e)
{
	struct meeting_attendee stored;
	int64_t of_meeting;
	enum rc rc = meeting_read_attendee(of, r->id, a, &stored, &of_meeting, e);

	if (rc == RC_OK && of_meeting != meeting_id)
		return err_set(e, RC_NOTFOUND, NULL, "%s不在这次会议的名单上，请重新选择", stored.name);
	return rc;
}

static enum rc put_on_list(struct office *of, struct record *r, const struct meeting *m, bool walks_in, struct arena *a, struct err *e)
{
	bool is_new = r->id == 0;
	const char *hint = walks_in ? "，请直接签到" : "，不用重复添加";
	enum rc rc;

	if ((!is_new && (rc = require_member(of, r, m->id, a, e)) != RC_OK) || (rc = fill_name(of, r, e)) != RC_OK ||
	    (rc = check_once(of, m->id, r, hint, e)) != RC_OK || (rc = record_save(of->st, r, walks_in ? "meeting.walkin" : "meeting.invite", e)) != RC_OK)
		return rc;
	return is_new ? stamp(of, r->id, m->id, !walks_in, walks_in ? office_now(of) : 0, e) : RC_OK;
}

enum rc meeting_invite(struct office *of, int64_t meeting_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct meeting m;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.invite", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, ON_LIST, "改名单", &a, &m, e)) != RC_OK ||
	    (rc = put_on_list(of, &own, &m, false, &a, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

enum rc meeting_walk_in(struct office *of, int64_t meeting_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct meeting m;
	enum rc rc;

	if (r->id)
		return err_set(e, RC_INVALID, NULL, "已经在名单上，请直接签到");
	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.walkin", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, DURING(ANNOUNCED) | DURING(RUNNING), "签到", &a, &m, e)) != RC_OK ||
	    (rc = put_on_list(of, &own, &m, true, &a, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Off the list, and signing in ---------------------------------------------------------------------------------------------------- */

static enum rc check_silent(struct office *of, const struct meeting_attendee *who, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT count(*) FROM agenda_slot AS slot WHERE slot.meeting_id = (SELECT meeting_id FROM attendee WHERE id = :id)"
		" AND (EXISTS (SELECT 1 FROM opinion WHERE agenda_slot_id = slot.id AND attendee_id = :id AND deleted_at IS NULL)"
		" OR EXISTS (SELECT 1 FROM recusal WHERE agenda_slot_id = slot.id AND attendee_id = :id AND deleted_at IS NULL))");
	int64_t n;
	enum rc rc;

	bind_int(&q, ":id", who->id);
	if ((rc = stmt_int(&q, &n, e)) != RC_OK)
		return rc;
	if (n > 0)
		return err_set(e, RC_INVALID, NULL, "%s已有发言或回避的记录，不能移出名单", who->name);
	if (who->present_at)
		return err_set(e, RC_INVALID, NULL, "%s已签到，不能移出名单；签错了请先取消签到", who->name);
	return RC_OK;
}

enum rc meeting_uninvite(struct office *of, int64_t attendee_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_attendee who;
	struct meeting m;
	int64_t meeting_id;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.uninvite", e)) != RC_OK ||
	    (rc = meeting_read_attendee(of, attendee_id, &a, &who, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, ON_LIST, "改名单", &a, &m, e)) != RC_OK || (rc = check_silent(of, &who, e)) != RC_OK ||
	    (rc = record_delete(of->st, form_find(of->forms, "attendee"), attendee_id, who.rev, "移出名单", e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Presence is nothing that the form edits: it leaves rev alone. */
static enum rc write_present(struct office *of, const struct meeting_attendee *who, bool present, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendee SET present_at = :now WHERE id = :id");

	if (present == (who->present_at != 0))
		return RC_OK;
	bind_int(&q, ":id", who->id);
	bind_id(&q, ":now", present ? office_now(of) : 0);
	return stmt_run(&q, e);
}

enum rc meeting_sign(struct office *of, int64_t attendee_id, bool present, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_attendee who;
	struct meeting m;
	int64_t meeting_id;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.sign", e)) != RC_OK ||
	    (rc = meeting_read_attendee(of, attendee_id, &a, &who, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, DURING(ANNOUNCED) | DURING(RUNNING), "签到", &a, &m, e)) != RC_OK ||
	    (rc = write_present(of, &who, present, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
