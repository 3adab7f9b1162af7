/* While people talk: the meeting begins, people recuse themselves and speak, items are settled by hand, the meeting ends. */
#include "meeting_rules.h"

#include <string.h>

#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Beginning ---------------------------------------------------------------------------------------------------------------------- */

static enum rc check_ready(struct office *of, const struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM agenda_slot WHERE meeting_id = :id AND deleted_at IS NULL");
	int64_t n;
	enum rc rc;

	bind_int(&q, ":id", m->id);
	if ((rc = stmt_int(&q, &n, e)) != RC_OK)
		return rc;
	if (n == 0)
		return err_set(e, RC_INVALID, NULL, "%s 还没有议题，请先从议题池排入议程", m->number);
	if (text_is_blank(m->host))
		return err_set(e, RC_INVALID, "host", "%s 还没有主持人，请先写明由谁主持", m->number);
	return RC_OK;
}

static enum rc write_begun(struct office *of, const struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET status = :status, begun_at = :now, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":status", meeting_status_key(MEETING_RUNNING));
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc meeting_begin(struct office *of, int64_t meeting_id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.begin", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, rev, BEFORE_MEETING, "再开始", &a, &m, e)) != RC_OK ||
	    (rc = meeting_require_keeper(of, &m, e)) != RC_OK || (rc = check_ready(of, &m, e)) != RC_OK || (rc = write_begun(of, &m, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Recusal ------------------------------------------------------------------------------------------------------------------------ */

/* Somebody of this meeting. */
static enum rc find_attendee(struct office *of, const struct meeting *m, int64_t id, struct arena *a, struct meeting_attendee *out, struct err *e)
{
	int64_t meeting_id;
	enum rc rc = meeting_read_attendee(of, id, a, out, &meeting_id, e);

	if (rc == RC_OK && meeting_id != m->id)
		return err_set(e, RC_NOTFOUND, NULL, "%s不在这次会议的名单上，请重新选择", out->name);
	return rc;
}

static enum rc check_recusal(struct office *of, int64_t slot_id, const struct meeting_attendee *who, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM recusal WHERE agenda_slot_id = :slot AND attendee_id = :who AND id <> :id AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	if (who->present_at == 0)
		return err_set(e, RC_INVALID, NULL, "%s没有签到，不用登记回避；人来了请先签到", who->name);
	bind_int(&q, ":slot", slot_id);
	bind_int(&q, ":who", who->id);
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		return err_set(e, RC_INVALID, NULL, "%s已经登记回避", who->name);
	return rc;
}

/* A record that is saved again has to be of this slot and person: a screen that shows another one would overwrite it. */
static enum rc check_same(struct stmt *q, const struct record *r, int64_t slot_id, int64_t attendee_id, struct err *e)
{
	bool row;
	enum rc rc;

	if (r->id == 0)
		return RC_OK;
	bind_int(q, ":id", r->id);
	bind_int(q, ":slot", slot_id);
	bind_int(q, ":who", attendee_id);
	if ((rc = stmt_step(q, &row, e)) == RC_OK && !row)
		return err_set(e, RC_NOTFOUND, NULL, "这条%s已经撤销或不属于这项议题，请重新选择", r->form->title);
	return rc;
}

/* Whose it is, on which item, since when: what no form asks. */
static enum rc stamp(struct office *of, const char *sql, int64_t id, int64_t slot_id, int64_t attendee_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", id);
	bind_int(&q, ":slot", slot_id);
	bind_int(&q, ":who", attendee_id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static const char recusal_sql[] = "UPDATE recusal SET agenda_slot_id = :slot, attendee_id = :who, at = coalesce(at, :now) WHERE id = :id";
static const char opinion_sql[] = "UPDATE opinion SET agenda_slot_id = :slot, attendee_id = :who, at = coalesce(at, :now) WHERE id = :id";

enum rc meeting_recuse(struct office *of, int64_t slot_id, int64_t attendee_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	AUTO_STMT same = stmt_use(of->st, "SELECT 1 FROM recusal WHERE id = :id AND agenda_slot_id = :slot AND attendee_id = :who AND deleted_at IS NULL");
	struct meeting_attendee who;
	struct meeting_slot slot;
	struct meeting m;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.recuse", e)) != RC_OK ||
	    (rc = meeting_open_slot(of, slot_id, "登记回避", &a, &m, &slot, e)) != RC_OK ||
	    (rc = find_attendee(of, &m, attendee_id, &a, &who, e)) != RC_OK || (rc = check_same(&same, &own, slot_id, attendee_id, e)) != RC_OK ||
	    (rc = check_recusal(of, slot_id, &who, own.id, e)) != RC_OK || (rc = record_save(of->st, &own, "meeting.recuse", e)) != RC_OK ||
	    (rc = stamp(of, recusal_sql, own.id, slot_id, attendee_id, e)) != RC_OK || (rc = meeting_slot_begin(of, &slot, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

static enum rc find_recusal(struct office *of, int64_t id, int64_t *slot_id, int64_t *rev, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT agenda_slot_id, rev FROM recusal WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "这条回避已经撤销，请重新选择", e)) != RC_OK)
		return rc;
	*slot_id = column_int(&q, 0);
	*rev = column_int(&q, 1);
	return RC_OK;
}

enum rc meeting_recuse_drop(struct office *of, int64_t recusal_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	int64_t slot_id, rev;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.unrecuse", e)) != RC_OK || (rc = find_recusal(of, recusal_id, &slot_id, &rev, e)) != RC_OK ||
	    (rc = meeting_open_slot(of, slot_id, "取消回避", &a, &m, &slot, e)) != RC_OK || (rc = record_delete(of->st, form_find(of->forms, "recusal"), recusal_id, rev, "取消回避", e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Opinions ----------------------------------------------------------------------------------------------------------------------- */

/* Whose words they are does not change: a form that adds them needs to know the opinion only. */
static enum rc find_speaker(struct office *of, int64_t opinion_id, int64_t *attendee_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT attendee_id FROM opinion WHERE id = :id AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	if (opinion_id == 0 || *attendee_id != 0)
		return RC_OK;
	bind_int(&q, ":id", opinion_id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		*attendee_id = column_int(&q, 0);
	return rc;
}

/* Words may follow a stance after the item was voted on, as long as the meeting runs: what is being typed is not lost. */
static enum rc find_slot(struct office *of, int64_t slot_id, bool again, struct arena *a, struct meeting *m, struct meeting_slot *slot, struct err *e)
{
	int64_t meeting_id;
	enum rc rc;

	if (!again)
		return meeting_open_slot(of, slot_id, "记意见", a, m, slot, e);
	if ((rc = meeting_read_slot(of, slot_id, a, slot, &meeting_id, e)) != RC_OK)
		return rc;
	return meeting_for_change(of, meeting_id, ANY_REV, DURING(RUNNING), "记意见", a, m, e);
}

enum rc meeting_opinion(struct office *of, int64_t slot_id, int64_t attendee_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	AUTO_STMT same = stmt_use(of->st, "SELECT 1 FROM opinion WHERE id = :id AND agenda_slot_id = :slot AND attendee_id = :who AND deleted_at IS NULL");
	struct meeting_attendee who;
	struct meeting_slot slot;
	struct meeting m;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.opinion", e)) != RC_OK || (rc = find_speaker(of, own.id, &attendee_id, e)) != RC_OK ||
	    (rc = find_slot(of, slot_id, own.id != 0, &a, &m, &slot, e)) != RC_OK ||
	    (rc = find_attendee(of, &m, attendee_id, &a, &who, e)) != RC_OK || (rc = check_same(&same, &own, slot_id, attendee_id, e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "meeting.opinion", e)) != RC_OK || (rc = stamp(of, opinion_sql, own.id, slot_id, attendee_id, e)) != RC_OK ||
	    (rc = meeting_slot_begin(of, &slot, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Settled by hand, and the end --------------------------------------------------------------------------------------------------- */

enum rc meeting_settle(struct office *of, int64_t slot_id, enum slot_outcome outcome, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	enum rc rc;

	if (outcome != SLOT_FAILED && outcome != SLOT_DEFERRED)
		return err_set(e, RC_INVALID, NULL, "通过要有表决，请记表决；这里只能记「未通过」或「再议」");
	if ((rc = txn_begin(&t, of->st, "meeting.settle", e)) != RC_OK ||
	    (rc = meeting_open_slot(of, slot_id, "改结果", &a, &m, &slot, e)) != RC_OK || (rc = meeting_slot_begin(of, &slot, e)) != RC_OK ||
	    (rc = meeting_slot_close(of, &slot, outcome, e)) != RC_OK ||
	    (rc = meeting_item_settle(of, m.id, slot.agenda_item_id, outcome, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* What an open item comes to when people leave: the last ballot counts; one that was begun is 再议, the others were not reached. */
static enum slot_outcome outcome_at_end(const struct meeting_slot *slot)
{
	if (slot->n_ballots)
		return SLOT_FAILED;
	return slot->begun_at ? SLOT_DEFERRED : SLOT_UNREACHED;
}

static enum rc close_slots(struct office *of, const struct meeting *m, int *back, struct err *e)
{
	enum rc rc;

	*back = 0;
	for (size_t i = 0; i < m->n_slots; i++) {
		const struct meeting_slot *slot = &m->slots[i];
		enum slot_outcome outcome = outcome_at_end(slot);

		if (slot->outcome != SLOT_OPEN)
			continue;
		if ((rc = meeting_slot_close(of, slot, outcome, e)) != RC_OK ||
		    (rc = meeting_item_settle(of, m->id, slot->agenda_item_id, outcome, e)) != RC_OK)
			return rc;
		*back += outcome != SLOT_FAILED;
	}
	return RC_OK;
}

static enum rc write_ended(struct office *of, const struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET status = :status, ended_at = :now, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":status", meeting_status_key(MEETING_ENDED));
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc meeting_end(struct office *of, int64_t meeting_id, int64_t rev, int *unreached, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	int back;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.end", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, rev, DURING(RUNNING), "散会", &a, &m, e)) != RC_OK ||
	    (rc = meeting_load(of, meeting_id, &a, &m, e)) != RC_OK ||
	    (rc = close_slots(of, &m, &back, e)) != RC_OK || (rc = write_ended(of, &m, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*unreached = back;
	return RC_OK;
}
