/* 班次 and their templates are written by hand: a new one, or a change of one that stands. */
#include "domain/shift.h"

#include "base/day.h"
#include "domain/place.h"
#include "roster_inside.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define DAY_MINUTES 1440

static const struct shift_need one_hand = {
	.position = 1, .headcount = 1, .priority = SHIFT_PRIORITY_USUAL, .role = "hand", .skill = "", .qualification = "",
};

/* What the form can't say ------------------------------------------------------------------------------------------------------- */

static enum rc check_times(const struct record *r, struct err *e)
{
	int64_t begin = record_number(r, "begin_min", -1), end = record_number(r, "end_min", -1);

	if (begin < 0 || begin >= DAY_MINUTES)
		return err_set(e, RC_INVALID, "begin_min", "请写明几点开始，如 9:30");
	if (end < 0 || end > DAY_MINUTES)
		return err_set(e, RC_INVALID, "end_min", "请写明几点结束，如 11:30");
	if (end == begin)
		return err_set(e, RC_INVALID, "end_min", "结束和开始是同一个时间，请改结束时间");
	if (end < begin)
		return err_set(e, RC_INVALID, "end_min", "结束早于开始（%02d:%02d）；过半夜的请分成两个班：一个到 23:59，一个从第二天 00:00 起", (int)begin / 60,
		               (int)begin % 60);
	return RC_OK;
}

/* Templates ----------------------------------------------------------------------------------------------------------------------- */

static enum rc save_template(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct shift_template stored;
	bool fresh = r->id == 0;
	enum rc rc;

	if ((rc = grid_check(of, r, e)) != RC_OK || (!fresh && (rc = shift_template_read_live(of, r->id, r->rev, &a, &stored, e)) != RC_OK) ||
	    (rc = record_save(of->st, r, "shift.template", e)) != RC_OK)
		return rc;
	return fresh ? shift_need_insert(of, r->id, 0, &one_hand, e) : RC_OK;
}

enum rc shift_template_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	int64_t from = record_number(r, "from_day", DAY_NONE), to = record_number(r, "to_day", DAY_NONE);
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_times(&own, e)) != RC_OK)
		return rc;
	if (from != DAY_NONE && to != DAY_NONE && to < from)
		return err_set(e, RC_INVALID, "to_day", "「止」早于「起」，请改日期；一直开的可以空着");
	if ((rc = txn_begin(&t, of->st, "shift.template", e)) != RC_OK || (rc = save_template(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

enum rc shift_template_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct shift_template stored;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "shift.template.delete", e)) != RC_OK ||
	    (rc = shift_template_read_live(of, id, rev, &a, &stored, e)) != RC_OK ||
	    (rc = record_delete(of->st, form_find(of->forms, "shift_template"), id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Shifts -------------------------------------------------------------------------------------------------------------------------- */

static enum rc stamp(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE shift SET state = 'draft', account_id = :me, at = :now WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static enum rc insert_shift(struct office *of, struct record *r, struct err *e)
{
	enum rc rc;

	if (record_number(r, "day", INT32_MAX) < office_today(of))
		return err_set(e, RC_INVALID, "day", "日期已过，不能再开班；已经做了的服务请用「补记服务」");
	if ((rc = record_save(of->st, r, "shift.save", e)) != RC_OK || (rc = stamp(of, r->id, e)) != RC_OK)
		return rc;
	return shift_need_insert(of, 0, r->id, &one_hand, e);
}

/* Times that people signed in for stay; a day that has gone by is none to move to. */
static enum rc check_moved(struct office *of, const struct shift *s, const struct record *r, struct err *e)
{
	bool attended;
	enum rc rc;

	if (record_number(r, "day", 0) == s->day && record_number(r, "begin_min", 0) == s->begin_min && record_number(r, "end_min", 0) == s->end_min)
		return RC_OK;
	if ((rc = shift_attended(of, s->id, &attended, e)) != RC_OK)
		return rc;
	if (attended)
		return err_set(e, RC_INVALID, "begin_min", "已经有人签到，不能改日期和时间；实际时间请记在签到里");
	if (record_number(r, "day", 0) != s->day && record_number(r, "day", 0) < office_today(of))
		return err_set(e, RC_INVALID, "day", "不能改到已经过去的日期");
	return RC_OK;
}

static enum rc change_shift(struct office *of, struct record *r, int *displaced, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct shift s;
	enum rc rc = shift_read_live(of, r->id, r->rev, &a, &s, e);

	if (rc != RC_OK)
		return rc;
	if (s.state == SHIFT_CANCELLED)
		return err_set(e, RC_INVALID, NULL, "「%s」已取消，不能修改；请先恢复班次", s.title);
	if ((rc = check_moved(of, &s, r, e)) != RC_OK || (rc = record_save(of->st, r, "shift.save", e)) != RC_OK)
		return rc;
	return roster_count_conflicts(of, s.id, displaced, e);
}

enum rc shift_save(struct office *of, struct record *r, int *displaced, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	int count = 0;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_times(&own, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "shift.save", e)) != RC_OK || (rc = grid_check(of, &own, e)) != RC_OK ||
	    (rc = own.id ? change_shift(of, &own, &count, e) : insert_shift(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	*displaced = count;
	return RC_OK;
}
