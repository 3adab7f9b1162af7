/* What hangs on a volunteer: further grids, certificates, who is kept apart, times of the week, absences. */
#include "volunteer_rules.h"

#include "base/day.h"
#include "record_part.h"
#include "store/stmt.h"

/* What a form can't say about its fields ----------------------------------------------------------------------------------------- */

/* A row that is there already, if any: its id must be another than :id. */
static enum rc is_there(struct stmt *q, const struct volunteer_row *v, const struct record *r, const char *field, bool *there, struct err *e)
{
	bind_int(q, ":volunteer", v->id);
	bind_int(q, ":id", r->id);
	bind_int(q, ":other", record_number(r, field, 0));
	return stmt_step(q, there, e);
}

static enum rc check_grid(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct volunteer_row *v = owner;
	AUTO_STMT grid = stmt_use(of->st, "SELECT code FROM grid WHERE id = :other AND deleted_at IS NULL");
	AUTO_STMT same = stmt_use(of->st, "SELECT 1 FROM volunteer_grid WHERE volunteer_id = :volunteer AND grid_id = :other AND id <> :id"
	                                  " AND deleted_at IS NULL");
	int64_t id = record_number(r, "grid_id", 0);
	bool there;
	enum rc rc;

	if (id == 0)
		return err_set(e, RC_INVALID, "grid_id", "请选定网格");
	bind_int(&grid, ":other", id);
	if ((rc = stmt_step(&grid, &there, e)) != RC_OK)
		return rc;
	if (!there)
		return err_set(e, RC_INVALID, "grid_id", "这个网格已不存在，请重新选择");
	if (id == v->grid_id)
		return err_set(e, RC_INVALID, "grid_id", "网格 %s 就是%s本人的网格，不用再加", column_text(&grid, 0), v->name);
	if ((rc = is_there(&same, v, r, "grid_id", &there, e)) != RC_OK)
		return rc;
	return there ? err_set(e, RC_INVALID, "grid_id", "网格 %s 已经加过了", column_text(&grid, 0)) : RC_OK;
}

static enum rc check_qualification(struct office *of, const void *owner, struct record *r, struct err *e)
{
	int64_t issued = record_number(r, "issued_day", INT32_MIN), expires = record_number(r, "expires_day", INT32_MAX);

	(void)owner;
	if (issued > office_today(of))
		return err_set(e, RC_INVALID, "issued_day", "发证日期不能晚于今天");
	if (expires < issued)
		return err_set(e, RC_INVALID, "expires_day", "有效期到期不能早于发证日期，请改日期");
	return RC_OK;
}

static enum rc check_apart(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct volunteer_row *v = owner;
	AUTO_STMT same = stmt_use(of->st, "SELECT 1 FROM apart WHERE ((volunteer_id = :volunteer AND other_id = :other) OR (volunteer_id = :other"
	                                  " AND other_id = :volunteer)) AND id <> :id AND deleted_at IS NULL");
	AUTO_ARENA a = { 0 };
	struct volunteer_row other;
	int64_t id = record_number(r, "other_id", 0);
	bool there;
	enum rc rc;

	if (id == v->id)
		return err_set(e, RC_INVALID, "other_id", "这就是%s本人，请选另一位", v->name);
	if ((rc = volunteer_find(of, id, &a, &other, e)) == RC_NOTFOUND)
		return err_set(e, RC_INVALID, "other_id", "请选定另一位志愿者");
	if (rc != RC_OK || (rc = is_there(&same, v, r, "other_id", &there, e)) != RC_OK)
		return rc;
	return there ? err_set(e, RC_INVALID, "other_id", "%s和%s已经登记为不同班", v->name, other.name) : RC_OK;
}

/* Another time of the same weekday that lies across this one: always and always, or dated and dated on a common day. */
static enum rc check_overlap(struct office *of, const struct volunteer_row *v, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT begin_min, end_min, degree FROM availability WHERE volunteer_id = :volunteer AND weekday = :weekday AND id <> :id"
		" AND deleted_at IS NULL AND begin_min < :end AND end_min > :begin AND (from_day IS NULL AND to_day IS NULL) = :always"
		" AND coalesce(from_day, -2147483648) <= :to AND coalesce(to_day, 2147483647) >= :from ORDER BY begin_min LIMIT 1 /*scan*/");
	bool row, always = record_value((struct record *)r, "from_day")->kind == VALUE_NONE &&
	                   record_value((struct record *)r, "to_day")->kind == VALUE_NONE;
	enum rc rc;

	bind_int(&q, ":volunteer", v->id);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":weekday", record_text(r, "weekday"));
	bind_int(&q, ":begin", record_number(r, "begin_min", 0));
	bind_int(&q, ":end", record_number(r, "end_min", 0));
	bind_int(&q, ":always", always);
	bind_int(&q, ":from", record_number(r, "from_day", INT32_MIN));
	bind_int(&q, ":to", record_number(r, "to_day", INT32_MAX));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, "begin_min", "和已登记的%s %02d:%02d–%02d:%02d（%s）重叠，请改时间，或者先改那一条",
	               office_code_label(of, "weekday", record_text(r, "weekday")), (int)column_int(&q, 0) / 60, (int)column_int(&q, 0) % 60,
	               (int)column_int(&q, 1) / 60, (int)column_int(&q, 1) % 60, office_code_label(of, "availability_degree", column_text(&q, 2)));
}

static enum rc check_days(const struct record *r, struct err *e)
{
	if (record_number(r, "to_day", INT32_MAX) < record_number(r, "from_day", INT32_MIN))
		return err_set(e, RC_INVALID, "to_day", "结束不能早于开始，请改日期");
	return RC_OK;
}

static enum rc check_availability(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct volunteer_row *v = owner;
	int64_t begin = record_number(r, "begin_min", 0), end = record_number(r, "end_min", begin + 1);
	enum rc rc;

	if (end <= begin)
		return err_set(e, RC_INVALID, "end_min", "结束要晚于开始（%02d:%02d）；过了零点的请分成两天登记", (int)begin / 60, (int)begin % 60);
	if ((rc = check_days(r, e)) != RC_OK)
		return rc;
	return check_overlap(of, v, r, e);
}

static enum rc check_absence(struct office *of, const void *owner, struct record *r, struct err *e)
{
	(void)of;
	(void)owner;
	return check_days(r, e);
}

static const struct record_part kinds[] = {
	{ .table = "volunteer_grid", .verb = "volunteer.grid", .check = check_grid,
	  .find = "SELECT volunteer_id, rev FROM volunteer_grid WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE volunteer_grid SET volunteer_id = :owner WHERE id = :id" },
	{ .table = "qualification", .verb = "volunteer.qualification", .check = check_qualification,
	  .find = "SELECT volunteer_id, rev FROM qualification WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE qualification SET volunteer_id = :owner WHERE id = :id" },
	{ .table = "apart", .verb = "volunteer.apart", .check = check_apart,
	  .find = "SELECT volunteer_id, rev FROM apart WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE apart SET volunteer_id = :owner WHERE id = :id" },
	{ .table = "availability", .verb = "volunteer.time", .check = check_availability,
	  .find = "SELECT volunteer_id, rev FROM availability WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE availability SET volunteer_id = :owner WHERE id = :id" },
	{ .table = "absence", .verb = "volunteer.absence", .check = check_absence,
	  .find = "SELECT volunteer_id, rev FROM absence WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE absence SET volunteer_id = :owner, account_id = :me WHERE id = :id" },
};

/* Whoever is kept apart is found from both sides: the row stays with whom it was entered for. */
static enum rc find_volunteer(struct office *of, int64_t id, struct arena *a, const void **owner, const char **label, struct err *e)
{
	struct volunteer_row *v = arena_alloc(a, sizeof *v);
	enum rc rc = volunteer_find(of, id, a, v, e);

	if (rc != RC_OK)
		return rc;
	*owner = v;
	*label = v->name;
	return RC_OK;
}

static const struct record_parts parts = {
	.subject = "志愿者", .may = MAY_VOLUNTEER_EDIT, .delete_verb = "volunteer.part.delete", .parts = kinds, .n = COUNT(kinds), .find = find_volunteer,
};

enum rc volunteer_part_save(struct office *of, int64_t volunteer_id, struct record *r, struct err *e)
{
	return record_parts_save(of, &parts, volunteer_id, r, e);
}

enum rc volunteer_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e)
{
	return record_parts_delete(of, &parts, form, id, why, e);
}
