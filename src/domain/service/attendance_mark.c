/* 签到: one key a person, times by the form, and work beside the roster. */
#include "attendance_rules.h"

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "store/stmt.h"
#include "store/txn.h"

#define EXTRA_DAYS_BACK 60

/* Minutes that are not known are none in the row. */
static void bind_minutes(struct stmt *q, const char *name, int minutes)
{
	if (minutes < 0)
		bind_null(q, name);
	else
		bind_int(q, name, minutes);
}

/* What a case is before it is marked: whose, where and when, so that hours outlive a shift that is changed. */
static enum rc insert_case(struct office *of, const struct attendance_case *c, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO attendance (id, assignment_id, volunteer_id, shift_id, service, content, day, account_id, at)"
	                               " VALUES (:id, :assignment, :volunteer, :shift, :service, :content, :day, :me, :now)");

	bind_id(&q, ":assignment", c->assignment_id);
	bind_int(&q, ":volunteer", c->volunteer_id);
	bind_id(&q, ":shift", c->shift_id);
	bind_words(&q, ":service", c->service);
	bind_words(&q, ":content", c->title);
	bind_day(&q, ":day", c->day);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_insert(&q, id, e);
}

static enum rc require_markable(const struct office *of, const struct attendance_case *c, struct err *e)
{
	if (c->cancelled && c->attendance_id == 0)
		return err_set(e, RC_INVALID, NULL, "%s的这一班已取消，来了的请按「补记」登记", c->volunteer);
	if (c->day > office_today(of))
		return err_set(e, RC_INVALID, NULL, "还没到这一天，不能签到");
	return attendance_require_open(of, c, e);
}

/* One key -------------------------------------------------------------------------------------------------------------------------- */

/* When somebody came is known only while the shift runs; a flexible one has no time to come at, nor a length. */
static void fill_times(const struct office *of, struct attendance_case *c, enum attendance_result wanted)
{
	bool first = !attendance_served(c->result), runs = c->day == office_today(of) && !attendance_over(of, c);
	int now = attendance_minute_now(of);

	c->result = wanted;
	c->came_min = c->left_min = -1;
	c->minutes = 0;
	if (!attendance_served(wanted))
		return;
	if (c->flexible) {
		c->came_min = runs ? now : -1;
		c->minutes = -1;
		return;
	}
	if (runs && now > c->begin_min && (first || wanted == ATTENDANCE_LATE))
		c->came_min = now;
	else if (wanted == ATTENDANCE_PRESENT)
		c->came_min = c->begin_min;
	if (first && c->came_min - c->begin_min > of->settings->late_minutes)
		c->result = ATTENDANCE_LATE;
	c->minutes = c->end_min - (c->result == ATTENDANCE_LATE && c->came_min >= 0 ? c->came_min : c->begin_min);
}

static enum rc write_mark(struct office *of, const struct attendance_case *c, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendance SET result = :result, begin_min = :came, end_min = :left, minutes = :minutes,"
	                               " difference_why = NULL, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":result", attendance_result_key(c->result));
	bind_minutes(&q, ":came", c->came_min);
	bind_minutes(&q, ":left", c->left_min);
	bind_minutes(&q, ":minutes", c->minutes);
	return stmt_run(&q, e);
}

static enum rc mark(struct office *of, int64_t assignment_id, enum attendance_result result, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	int64_t id;
	enum rc rc;

	if ((rc = attendance_find_assignment(of, assignment_id, &a, &c, e)) != RC_OK || (rc = require_markable(of, &c, e)) != RC_OK)
		return rc;
	if (c.attendance_id && c.result == result)
		return RC_OK;
	id = c.attendance_id;
	if ((rc = attendance_withdraw(of, &c, e)) != RC_OK || (id == 0 && (rc = insert_case(of, &c, &id, e)) != RC_OK))
		return rc;
	fill_times(of, &c, result);
	return write_mark(of, &c, id, e);
}

enum rc attendance_mark(struct office *of, int64_t assignment_id, enum attendance_result result, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if (result >= ATTENDANCE_RESULT_COUNT)
		return err_set(e, RC_INVALID, "result", "请选签到结果：到、迟到、爽约或请假");
	if ((rc = office_require(of, MAY_ATTENDANCE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.mark", e)) != RC_OK ||
	    (rc = mark(of, assignment_id, result, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* What was typed ------------------------------------------------------------------------------------------------------------------- */

#define UNKNOWN (-1)

/* Times and minutes that agree with each other; minutes that were left blank are filled in, the shift's (`planned`) where no times are known. */
static enum rc check_times(const struct office *of, struct record *r, int32_t day, int planned, struct err *e)
{
	int came = (int)record_number(r, "begin_min", UNKNOWN), left = (int)record_number(r, "end_min", UNKNOWN);
	int minutes = (int)record_number(r, "minutes", UNKNOWN), between = came >= 0 && left >= 0 ? left - came : UNKNOWN;

	if (came >= 0 && left >= 0 && left <= came)
		return err_set(e, RC_INVALID, "end_min", "离开要晚于到；过了半夜的请分两天登记");
	if (day == office_today(of) && left > attendance_minute_now(of))
		return err_set(e, RC_INVALID, "end_min", "还没到这个时间，请等离开后再填");
	if (minutes < 0)
		minutes = between >= 0 ? between : planned;
	if (minutes < 0)
		return err_set(e, RC_INVALID, "minutes", "请填服务时长，或者把到和离开都填上");
	if (between >= 0 && minutes > between)
		return err_set(e, RC_INVALID, "minutes", "服务时长最多%d分钟（离开减去到），请改小或者改时间", between);
	value_set_number(record_value(r, "minutes"), minutes);
	return RC_OK;
}

/* Two attendances of one person at the same time would count an hour twice. One without times stands for its shift's. */
static enum rc check_overlap(struct office *of, const struct record *r, int64_t volunteer_id, int32_t day, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT coalesce(attendance.content, shift.title, ''), coalesce(attendance.begin_min, shift.begin_min), coalesce(attendance.end_min, shift.end_min)"
		" FROM attendance LEFT JOIN shift ON shift.id = attendance.shift_id AND shift.flexible IS NOT 1"
		" WHERE attendance.volunteer_id = :volunteer AND attendance.day = :day AND attendance.id <> :id AND attendance.deleted_at IS NULL"
		" AND attendance.result IN ('present', 'late') AND coalesce(attendance.begin_min, shift.begin_min) < :left"
		" AND coalesce(attendance.end_min, shift.end_min) > :came");
	int64_t came = record_number(r, "begin_min", UNKNOWN), left = record_number(r, "end_min", UNKNOWN);
	AUTO_STRBUF from = { 0 };
	AUTO_STRBUF to = { 0 };
	bool row;
	enum rc rc;

	if (came < 0 || left < 0)
		return RC_OK;
	bind_int(&q, ":volunteer", volunteer_id);
	bind_int(&q, ":day", day);
	bind_int(&q, ":id", r->id);
	bind_int(&q, ":came", came);
	bind_int(&q, ":left", left);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	time_format(&from, (int)column_int(&q, 1));
	time_format(&to, (int)column_int(&q, 2));
	return err_set(e, RC_INVALID, "begin_min", "同一天 %s 到 %s 已记了「%s」，时间不能重叠", strbuf_str(&from), strbuf_str(&to), column_text(&q, 0));
}

/* Times of the roster -------------------------------------------------------------------------------------------------------------- */

static enum rc check_roster_times(struct office *of, const struct attendance_case *c, struct record *r, struct err *e)
{
	bool served = attendance_served(attendance_result_from_key(record_text(r, "result")));
	int length = c->end_min - c->begin_min, planned = c->flexible ? UNKNOWN : length;
	enum rc rc;

	if (!served) {
		value_clear(record_value(r, "minutes"));
		return RC_OK;
	}
	if ((rc = check_times(of, r, c->day, planned, e)) != RC_OK)
		return rc;
	if (record_number(r, "minutes", 0) > length && text_is_blank(record_text(r, "difference_why")))
		return err_set(e, RC_INVALID, "difference_why", "比班次的%d分钟多，请写明原因", length);
	return check_overlap(of, r, c->volunteer_id, c->day, e);
}

enum rc attendance_prefill(struct office *of, int64_t assignment_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	enum rc rc;

	if ((rc = office_require(of, MAY_ATTENDANCE_EDIT, e)) != RC_OK || (rc = attendance_find_assignment(of, assignment_id, &a, &c, e)) != RC_OK ||
	    (rc = require_markable(of, &c, e)) != RC_OK)
		return rc;
	if (c.attendance_id)
		return record_load(of->st, r->form, c.attendance_id, r, e);
	value_set_text(record_value(r, "result"), attendance_result_key(ATTENDANCE_PRESENT));
	if (c.flexible)
		return RC_OK;
	value_set_number(record_value(r, "begin_min"), c.begin_min);
	if (attendance_over(of, &c))
		value_set_number(record_value(r, "end_min"), c.end_min);
	return RC_OK;
}

static enum rc save_roster(struct office *of, int64_t assignment_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	enum rc rc;

	if ((rc = attendance_find_assignment(of, assignment_id, &a, &c, e)) != RC_OK || (rc = require_markable(of, &c, e)) != RC_OK)
		return rc;
	if (r->id != c.attendance_id)
		return err_set(e, RC_CONFLICT, NULL, "%s刚由别人签到了，请重新打开", c.volunteer);
	if ((rc = check_roster_times(of, &c, r, e)) != RC_OK || (rc = attendance_withdraw(of, &c, e)) != RC_OK)
		return rc;
	if (r->id == 0) {
		if ((rc = insert_case(of, &c, &r->id, e)) != RC_OK)
			return rc;
		r->rev = 1;
	}
	return record_save(of->st, r, "attendance.save", e);
}

enum rc attendance_save(struct office *of, int64_t assignment_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ATTENDANCE_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.save", e)) != RC_OK ||
	    (rc = save_roster(of, assignment_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Beside the roster ---------------------------------------------------------------------------------------------------------------- */

static enum rc check_extra(struct office *of, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM volunteer WHERE id = :id AND deleted_at IS NULL");
	int64_t volunteer = record_number(r, "volunteer_id", 0), day = record_number(r, "day", INT32_MAX), found;
	int32_t today = office_today(of);
	enum rc rc;

	if (volunteer) {
		bind_int(&q, ":id", volunteer);
		if ((rc = stmt_int(&q, &found, e)) == RC_NOTFOUND)
			return err_set(e, RC_INVALID, "volunteer_id", "这位志愿者不在了，请重新选择");
		if (rc != RC_OK)
			return rc;
	}
	if (day != INT32_MAX && day > today)
		return err_set(e, RC_INVALID, "day", "日期不能晚于今天，做完了再补记");
	if (day < today - EXTRA_DAYS_BACK)
		return err_set(e, RC_INVALID, "day", "只能补记%d天以内的服务", EXTRA_DAYS_BACK);
	if ((rc = check_times(of, r, (int32_t)day, UNKNOWN, e)) != RC_OK)
		return rc;
	return check_overlap(of, r, volunteer, (int32_t)day, e);
}

static enum rc stamp_extra(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE attendance SET result = :result, account_id = :me, at = :now WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":result", attendance_result_key(ATTENDANCE_PRESENT));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

/* One that stands already: of the roster it is none, and it may be corrected still. */
static enum rc open_extra(struct office *of, int64_t id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	enum rc rc;

	if (id == 0)
		return RC_OK;
	if ((rc = attendance_find(of, id, &a, &c, e)) != RC_OK)
		return rc;
	if (c.assignment_id)
		return err_set(e, RC_INVALID, NULL, "这一条是排班的签到，请按「到」「爽约」等更正");
	if ((rc = attendance_require_open(of, &c, e)) != RC_OK)
		return rc;
	return attendance_withdraw(of, &c, e);
}

static enum rc save_extra(struct office *of, struct record *r, struct err *e)
{
	bool is_new = r->id == 0;
	enum rc rc;

	if ((rc = open_extra(of, r->id, e)) != RC_OK || (rc = check_extra(of, r, e)) != RC_OK || (rc = record_save(of->st, r, "attendance.extra", e)) != RC_OK)
		return rc;
	return is_new ? stamp_extra(of, r->id, e) : RC_OK;
}

static enum rc may_add(const struct office *of, const struct form *form, struct err *e)
{
	enum rc rc = office_require(of, MAY_ATTENDANCE_EDIT, e);

	if (rc != RC_OK || register_may_edit(of, form))
		return rc;
	return err_set(e, RC_DENIED, NULL, "%s不能补记排班以外的服务，请交网格员或书记登记", role_label(of->me.role));
}

enum rc attendance_extra_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = may_add(of, r->form, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.extra", e)) != RC_OK ||
	    (rc = save_extra(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

enum rc attendance_extra_delete(struct office *of, int64_t attendance_id, int64_t rev, const char *why, struct err *e)
{
	const struct form *form = form_find(of->forms, "attendance-extra");
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = may_add(of, form, e)) != RC_OK || (rc = txn_begin(&t, of->st, "attendance.extra.delete", e)) != RC_OK ||
	    (rc = open_extra(of, attendance_id, e)) != RC_OK || (rc = record_delete(of->st, form, attendance_id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
