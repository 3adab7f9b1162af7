/* Saving, deleting and restoring a diner, and looking at a masked telephone number. */
#include "diner_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "number.h"
#include "order_rules.h"
#include "reveal.h"
#include "store/stmt.h"
#include "store/txn.h"

enum rc diner_find_row(struct office *of, int64_t id, struct arena *a, struct diner_row *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT d.rev, d.resident_id, d.volunteer_id, d.number, r.name, d.entitled_why, d.status, d.status_day FROM diner AS d"
		" LEFT JOIN resident AS r ON r.id = d.resident_id WHERE d.id = :id AND d.deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位就餐老人，可能刚被删除", e)) != RC_OK)
		return rc;
	*out = (struct diner_row){
		.id = id, .rev = column_int(&q, 0), .resident_id = column_int(&q, 1), .volunteer_id = column_int(&q, 2),
		.number = arena_copy(a, column_text(&q, 3)), .name = arena_copy(a, column_text(&q, 4)), .entitled_why = arena_copy(a, column_text(&q, 5)),
		.status = diner_status_from_key(column_text(&q, 6)), .status_day = column_day(&q, 7),
	};
	return RC_OK;
}

/* What the form can't say -------------------------------------------------------------------------------------------------------- */

enum rc diner_check_same(struct office *of, int64_t resident_id, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT d.number, r.name, d.status FROM diner AS d JOIN resident AS r ON r.id = d.resident_id"
	                               " WHERE d.resident_id = :resident AND d.id <> :id AND d.deleted_at IS NULL LIMIT 1");
	bool row;
	enum rc rc;

	bind_int(&q, ":resident", resident_id);
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, "resident_id", "%s已经登记为就餐老人 %s（%s），请改那一条", column_text(&q, 1), column_text(&q, 0),
	               office_code_label(of, "diner_status", column_text(&q, 2)));
}

/* Those who died or moved away don't begin as diners; of whoever is one already the rest may still be put right. */
static enum rc check_resident(struct office *of, const struct record *r, int64_t was, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT status, name FROM resident WHERE id = :id AND deleted_at IS NULL");
	int64_t id = record_number(r, "resident_id", 0);
	bool row;
	enum rc rc;

	if (id == 0)
		return err_set(e, RC_INVALID, "resident_id", "请先选定居民；还没有资料的，先在居民里新增");
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return id == was ? RC_OK : err_set(e, RC_INVALID, "resident_id", "这位居民的记录已合并或删除，请重新选定");
	if (id != was && strcmp(column_text(&q, 0), "dead") == 0)
		return err_set(e, RC_INVALID, "resident_id", "%s已去世，不能登记为就餐老人", column_text(&q, 1));
	if (id != was && strcmp(column_text(&q, 0), "moved") == 0)
		return err_set(e, RC_INVALID, "resident_id", "%s已迁出；又住回来的，请先在居民资料里改人员状态", column_text(&q, 1));
	return diner_check_same(of, id, r->id, e);
}

/* Meals are brought for a reason, whether always or by one of the plans. */
static enum rc check_delivery(struct office *of, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM meal_plan WHERE diner_id = :id AND way = 'delivery' AND deleted_at IS NULL"
	                               " AND (to_day IS NULL OR to_day >= :today)");
	int64_t plans;
	enum rc rc;

	if (!text_is_blank(record_text(r, "entitled_why")))
		return RC_OK;
	if (strcmp(record_text(r, "way"), "delivery") == 0)
		return err_set(e, RC_INVALID, "entitled_why", "要送餐的，请选送餐依据（失能、失智、独居、高龄、生病）；没有依据的请改为堂食或自取");
	bind_int(&q, ":id", r->id);
	bind_int(&q, ":today", office_today(of));
	if ((rc = stmt_int(&q, &plans, e)) != RC_OK || plans == 0)
		return rc;
	return err_set(e, RC_INVALID, "entitled_why", "还有 %d 条用餐计划要送餐，请留着送餐依据，或者先改那些计划的取餐方式", (int)plans);
}

static enum rc check_volunteer(struct office *of, const struct record *r, int64_t was, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT v.name, v.deleted_at IS NOT NULL OR v.status = 'stopped', (SELECT b.why FROM diner_block AS b WHERE b.diner_id = :diner"
		" AND b.volunteer_id = v.id AND b.deleted_at IS NULL) FROM volunteer AS v WHERE v.id = :id");
	int64_t id = record_number(r, "volunteer_id", 0);
	bool row;
	enum rc rc;

	if (id == 0)
		return RC_OK;
	bind_int(&q, ":id", id);
	bind_int(&q, ":diner", r->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row || (id != was && column_int(&q, 1) != 0))
		return err_set(e, RC_INVALID, "volunteer_id", "%s已停用或删除，请选另一位志愿者", row ? column_text(&q, 0) : "这位志愿者");
	if (!column_is_null(&q, 2))
		return err_set(e, RC_INVALID, "volunteer_id", "%s登记为不上门（%s），请选另一位，或者先删去那一条", column_text(&q, 0), column_text(&q, 2));
	return RC_OK;
}

static enum rc check_fields(struct record *r, struct err *e)
{
	int64_t begin = record_number(r, "window_begin_min", -1), end = record_number(r, "window_end_min", INT32_MAX);
	const char *payer = record_text(r, "payer");

	if (begin >= 0 && end <= begin)
		return err_set(e, RC_INVALID, "window_end_min", "最晚要晚于最早（%02d:%02d），请改时间", (int)begin / 60, (int)begin % 60);
	if (payer[0] && strcmp(payer, "self") != 0 && text_is_blank(record_text(r, "payer_name")))
		return err_set(e, RC_INVALID, "payer_name", "不是本人付的，请写付款人的姓名或单位名称");
	if (record_value(r, "line_position")->kind != VALUE_NONE && record_value(r, "line")->kind == VALUE_NONE)
		return err_set(e, RC_INVALID, "line", "填了线路里的次序，请写是哪条固定线路");
	return RC_OK;
}

static enum rc check(struct office *of, struct record *r, const struct diner_row *stored, struct err *e)
{
	enum rc rc;

	if ((rc = check_resident(of, r, stored->resident_id, e)) != RC_OK || (rc = check_fields(r, e)) != RC_OK ||
	    (rc = check_delivery(of, r, e)) != RC_OK)
		return rc;
	return check_volunteer(of, r, stored->volunteer_id, e);
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

/* The row begins with its number and is then filled in: a diner whose adding is undone keeps the number, so that no other gets it. */
static enum rc insert_diner(struct office *of, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO diner (id, number, status, status_day) VALUES (:id, :number, :status, :today)");
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if ((rc = number_next_ever(of, "diner", "JC", 4, &number, e)) != RC_OK || (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	r->rev = 1;
	value_set_text(record_value(r, "number"), number);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":status", diner_status_key(DINER_APPLIED));
	bind_int(&q, ":today", office_today(of));
	return stmt_run(&q, e);
}

/* The number is not changed by the form, whatever it holds. */
static enum rc write_diner(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct diner_row stored = { 0 };
	enum rc rc;

	if ((r->id != 0 && (rc = diner_find_row(of, r->id, &a, &stored, e)) != RC_OK) || (rc = check(of, r, &stored, e)) != RC_OK)
		return rc;
	if (r->id != 0)
		value_set_text(record_value(r, "number"), stored.number);
	else if ((rc = insert_diner(of, r, e)) != RC_OK)
		return rc;
	if ((rc = record_save(of->st, r, "diner.save", e)) != RC_OK)
		return rc;
	return orders_follow(of, r->id, e);
}

enum rc diner_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_DINER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "diner.save", e)) != RC_OK ||
	    (rc = write_diner(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Deleting ----------------------------------------------------------------------------------------------------------------------- */

static enum rc require_nothing_ordered(struct office *of, const struct diner_row *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM meal_order WHERE diner_id = :id");
	int64_t n;
	enum rc rc;

	bind_int(&q, ":id", d->id);
	if ((rc = stmt_int(&q, &n, e)) != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_INVALID, NULL, "%s已经订过 %d 餐，记录要留着，不能删除；不再来的请把「状态」改为停餐", d->name, (int)n);
}

enum rc diner_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct diner_row d;
	enum rc rc;

	if ((rc = office_require(of, MAY_DINER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "diner.delete", e)) != RC_OK ||
	    (rc = diner_find_row(of, id, &a, &d, e)) != RC_OK || (rc = require_nothing_ordered(of, &d, e)) != RC_OK ||
	    (rc = record_delete(of->st, form_find(of->forms, "diner"), id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc diner_restore(struct office *of, int64_t id, int64_t rev, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(resident_id, 0) FROM diner WHERE id = :id");
	AUTO_TXN t = { 0 };
	int64_t resident;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = office_require(of, MAY_DINER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "diner.restore", e)) != RC_OK ||
	    (rc = stmt_int(&q, &resident, e)) != RC_OK || (rc = diner_check_same(of, resident, id, e)) != RC_OK ||
	    (rc = record_restore(of->st, form_find(of->forms, "diner"), id, rev, e)) != RC_OK || (rc = orders_follow(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Looking at what is masked ------------------------------------------------------------------------------------------------------ */

enum rc diner_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e)
{
	AUTO_RECORD r = { 0 };
	AUTO_FREE char *value = NULL;
	enum rc rc;

	if ((rc = office_require(of, MAY_DINER_VIEW, e)) != RC_OK || (rc = office_require(of, MAY_REVEAL, e)) != RC_OK)
		return rc;
	if (strcmp(field, "stand_in_phone") != 0 && strcmp(field, "key_phone") != 0)
		return err_set(e, RC_INVALID, NULL, "这一项没有遮盖");
	record_init(&r, form_find(of->forms, "diner"));
	if ((rc = record_load(of->st, r.form, id, &r, e)) != RC_OK)
		return rc;
	value = mem_copy(record_text(&r, field));
	if (text_is_blank(value))
		return err_set(e, RC_INVALID, NULL, "没有登记%s", form_field(r.form, field)->label);
	if ((rc = reveal_note(of, "diner", id, field, e)) != RC_OK)
		return rc;
	*plain = value;
	value = NULL;
	return RC_OK;
}
