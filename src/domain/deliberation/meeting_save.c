/* Calling a meeting: saving its form, announcing it, cancelling it. */
#include "meeting_rules.h"

#include <string.h>

#include "issue/issue_rules.h"
#include "number.h"
#include "base/day.h"
#include "base/text.h"
#include "quorum.h"
#include "store/stmt.h"
#include "store/txn.h"

/* What the form can't say ------------------------------------------------------------------------------------------------------- */

static enum rc check_times(const struct record *r, struct err *e)
{
	int64_t begin = record_number(r, "begin_min", 0), end = record_number(r, "end_min", begin + 1);
	int64_t day = record_number(r, "day", INT32_MAX), announced = record_number(r, "announced_day", DAY_NONE);

	if (end <= begin)
		return err_set(e, RC_INVALID, "end_min", "结束要晚于开始（%02d:%02d），请改结束时间", (int)begin / 60, (int)begin % 60);
	if (announced > day)
		return err_set(e, RC_INVALID, "announced_day", "通知日期在会议日期之后，请改通知日期；还没通知的可以空着");
	return RC_OK;
}

static enum rc check_recorder(struct office *of, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT name, role FROM account WHERE id = :id AND deleted_at IS NULL AND disabled_at IS NULL");
	int64_t id = record_number(r, "recorder_id", 0);
	bool row;
	enum rc rc;

	if (id == 0)
		return err_set(e, RC_INVALID, "recorder_id", "请选定记录人：会议记录由他来记");
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, "recorder_id", "这个账号不存在或已停用，请另选记录人");
	if (!role_may(role_from_key(column_text(&q, 1)), MAY_MEETING_EDIT))
		return err_set(e, RC_INVALID, "recorder_id", "%s是%s，不能记录议事，请另选记录人", column_text(&q, 0),
		               role_label(role_from_key(column_text(&q, 1))));
	return RC_OK;
}

/* From its beginning on a meeting keeps what it was called for. */
static enum rc check_frozen(const struct meeting *m, const struct record *stored, const struct record *r, struct err *e)
{
	static const char *const free_fields[] = { "title", "place", "host" };

	for (size_t i = 0; i < r->n; i++) {
		bool is_free = false;

		for (size_t k = 0; k < COUNT(free_fields); k++)
			is_free = is_free || strcmp(r->form->fields[i].name, free_fields[k]) == 0;
		if (!is_free && !value_equal(&stored->values[i], &r->values[i]))
			return err_set(e, RC_INVALID, r->form->fields[i].name, "%s 已经开始，只能改名称、地点和主持人；「%s」请改回", m->number,
			               r->form->fields[i].label);
	}
	return RC_OK;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

static enum rc set_quorum(struct office *of, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET quorum = :quorum WHERE id = :id AND quorum IS NOT :quorum");

	bind_int(&q, ":id", r->id);
	bind_text(&q, ":quorum", quorum_find(of->quorums, record_text(r, "kind"))->name);
	return stmt_run(&q, e);
}

/* The row begins with its number and is then filled in: a meeting whose calling is undone keeps its number, so that no other gets it. */
static enum rc insert_meeting(struct office *of, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO meeting (id, number, status) VALUES (:id, :number, :status)");
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if ((rc = number_next(of, "meeting", "YS", 2, &number, e)) != RC_OK || (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	r->rev = 1;
	value_set_text(record_value(r, "number"), number);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":status", meeting_status_key(MEETING_DRAFT));
	return stmt_run(&q, e);
}

static enum rc prepare_change(struct office *of, struct record *r, struct meeting *m, struct arena *a, struct err *e)
{
	AUTO_RECORD stored = { 0 };
	enum rc rc;

	if ((rc = meeting_for_change(of, r->id, r->rev, BEFORE_MEETING | DURING(RUNNING) | DURING(ENDED), "改", a, m, e)) != RC_OK ||
	    (rc = record_load(of->st, r->form, r->id, &stored, e)) != RC_OK)
		return rc;
	value_set_text(record_value(r, "number"), m->number);
	return BEFORE_MEETING & 1U << m->status ? RC_OK : check_frozen(m, &stored, r, e);
}

static enum rc write_meeting(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct meeting m = { .status = MEETING_DRAFT };
	bool before;
	enum rc rc;

	if ((rc = r->id ? prepare_change(of, r, &m, &a, e) : insert_meeting(of, r, e)) != RC_OK)
		return rc;
	before = (BEFORE_MEETING & 1U << m.status) != 0;
	if ((before && (rc = check_recorder(of, r, e)) != RC_OK) || (rc = record_save(of->st, r, "meeting.save", e)) != RC_OK)
		return rc;
	return before ? set_quorum(of, r, e) : RC_OK;
}

enum rc meeting_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = check_times(&own, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "meeting.save", e)) != RC_OK || (rc = write_meeting(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Announcing and cancelling ------------------------------------------------------------------------------------------------------ */

static enum rc write_announced(struct office *of, const struct meeting *m, int32_t day, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET status = :status, announced_day = :day, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":status", meeting_status_key(MEETING_ANNOUNCED));
	bind_day(&q, ":day", day);
	return stmt_run(&q, e);
}

enum rc meeting_announce(struct office *of, int64_t meeting_id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	int32_t day;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.announce", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, rev, DURING(DRAFT), "再通知", &a, &m, e)) != RC_OK)
		return rc;
	day = m.announced_day == DAY_NONE ? office_today(of) : m.announced_day;
	if (day > m.day)
		return err_set(e, RC_INVALID, "announced_day", "会议日期已过，请先在「通知日期」写明当时哪天通知的");
	if ((rc = write_announced(of, &m, day, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc write_cancelled(struct office *of, const struct meeting *m, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meeting SET status = :status, cancelled_why = :why, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":status", meeting_status_key(MEETING_CANCELLED));
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

enum rc meeting_cancel(struct office *of, int64_t meeting_id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	enum rc rc;

	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明取消会议的理由");
	if ((rc = txn_begin(&t, of->st, "meeting.cancel", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, rev, BEFORE_MEETING, "取消", &a, &m, e)) != RC_OK ||
	    (rc = write_cancelled(of, &m, why, e)) != RC_OK || (rc = meeting_items_back(of, m.id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
