/* Saving and deleting a volunteer, and looking at a masked telephone number. */
#include "volunteer_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/text.h"
#include "number.h"
#include "resident/resident_rules.h"
#include "reveal.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "store/txn.h"

enum rc volunteer_find(struct office *of, int64_t id, struct arena *a, struct volunteer_row *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT rev, grid_id, resident_id, number, name, status, status_day, joined_day FROM volunteer"
	                               " WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位志愿者，可能刚被删除", e)) != RC_OK)
		return rc;
	*out = (struct volunteer_row){
		.id = id, .rev = column_int(&q, 0), .grid_id = column_int(&q, 1), .resident_id = column_int(&q, 2),
		.number = arena_copy(a, column_text(&q, 3)), .name = arena_copy(a, column_text(&q, 4)),
		.status = volunteer_status_from_key(column_text(&q, 5)), .status_day = column_day(&q, 6), .joined_day = column_day(&q, 7),
	};
	return RC_OK;
}

enum rc volunteer_of_resident(struct office *of, int64_t resident_id, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(min(id), 0) FROM volunteer WHERE resident_id = :resident AND deleted_at IS NULL");
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	bind_int(&q, ":resident", resident_id);
	return rc == RC_OK ? stmt_int(&q, id, e) : rc;
}

/* From the resident -------------------------------------------------------------------------------------------------------------- */

static void fill_number(struct record *r, const char *field, const struct stmt *q, int column)
{
	if (record_value(r, field)->kind == VALUE_NONE && !column_is_null(q, column))
		value_set_number(record_value(r, field), column_int(q, column));
}

/* Those who died or moved away don't begin as volunteers; of whoever is one already the rest may still be put right. */
static enum rc fill_from_resident(struct office *of, struct record *r, int64_t was, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT sex, born_day, grid_id, status FROM resident WHERE id = :id");
	int64_t id = record_number(r, "resident_id", 0);
	const char *status;
	enum rc rc;

	if ((rc = resident_fill_in(of, r, "name", "请写姓名；住在本社区的可以先选居民", e)) != RC_OK || id == 0)
		return rc;
	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位居民", e)) != RC_OK)
		return rc;
	status = column_text(&q, 3);
	if (id != was && (strcmp(status, "dead") == 0 || strcmp(status, "moved") == 0))
		return err_set(e, RC_INVALID, "resident_id", "这位居民%s，不能登记为志愿者", strcmp(status, "dead") == 0 ? "已去世" : "已迁出，要继续服务的请不选居民、直接写姓名");
	if (record_value(r, "sex")->kind == VALUE_NONE)
		value_set_text(record_value(r, "sex"), column_text(&q, 0));
	fill_number(r, "born_day", &q, 1);
	fill_number(r, "grid_id", &q, 2);
	return RC_OK;
}

/* What the form can't say -------------------------------------------------------------------------------------------------------- */

static enum rc check_days(const struct office *of, const struct record *r, struct err *e)
{
	static const char *const past[] = { "born_day", "agreement_day" };
	int32_t today = office_today(of);

	for (size_t i = 0; i < COUNT(past); i++)
		if (record_number(r, past[i], today) > today)
			return err_set(e, RC_INVALID, past[i], "%s不能晚于今天", form_field(r->form, past[i])->label);
	if (record_number(r, "insurance_to_day", INT32_MAX) < record_number(r, "insurance_from_day", INT32_MIN))
		return err_set(e, RC_INVALID, "insurance_to_day", "保险到期不能早于开始，请改日期");
	return RC_OK;
}

static enum rc check_identity(struct record *r, struct err *e)
{
	const struct value *number = record_value(r, "id_number");
	char normal[19];
	enum rc rc;

	if (number->kind != VALUE_TEXT)
		return RC_OK;
	if ((rc = idnumber_check(number->text, normal, e)) != RC_OK)
		return err_set(e, rc, "id_number", "%s", e->text);
	return resident_agree_with_id_number(r, normal, e);
}

/* Who is a volunteer already, by what names somebody without doubt. */
static const struct {
	const char *field, *sql, *who, *advice;
} sames[] = {
	{ "resident_id", "SELECT number, name FROM volunteer WHERE resident_id = :p AND id IS NOT :id AND deleted_at IS NULL LIMIT 1",
	  "这位居民已经是志愿者", "请改那一条" },
	{ "outside_number", "SELECT number, name FROM volunteer WHERE outside_number = :p AND id IS NOT :id AND deleted_at IS NULL LIMIT 1",
	  "这个平台编号已属于", "请核对" },
	{ "id_number", "SELECT number, name FROM volunteer WHERE id_hash = :p AND id IS NOT :id AND deleted_at IS NULL LIMIT 1",
	  "这个身份证号的已有", "请改那一条" },
	{ "name", "SELECT number, name FROM volunteer WHERE phone = :p AND name = :q AND id IS NOT :id AND deleted_at IS NULL LIMIT 1",
	  "同名同电话的已有", "请改那一条" },
};

/* The column itself is sealed: its hash is what is found. */
static void bind_id_number(struct office *of, struct stmt *q, const char *id_number)
{
	unsigned char hash[SEAL_HASH_BYTES];

	seal_hash(of->st, "volunteer", "id_number", id_number, hash);
	bind_blob(q, ":p", hash, sizeof hash);
}

static enum rc check_same(struct office *of, const struct record *r, size_t i, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sames[i].sql);
	bool by_phone = strcmp(sames[i].field, "name") == 0, row;
	const struct value *v = record_value((struct record *)r, by_phone ? "phone" : sames[i].field);
	enum rc rc;

	if (v->kind == VALUE_NONE)
		return RC_OK;
	if (strcmp(sames[i].field, "id_number") == 0)
		bind_id_number(of, &q, v->text);
	else
		bind_value(&q, ":p", v);
	bind_int(&q, ":id", r->id);
	if (by_phone)
		bind_text(&q, ":q", record_text(r, "name"));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, sames[i].field, "%s %s %s，%s", sames[i].who, column_text(&q, 0), column_text(&q, 1), sames[i].advice);
}

enum rc volunteer_check(struct office *of, struct record *r, int64_t was, struct err *e)
{
	enum rc rc;

	if ((rc = fill_from_resident(of, r, was, e)) != RC_OK || (rc = check_identity(r, e)) != RC_OK)
		return rc;
	return check_days(of, r, e);
}

enum rc volunteer_check_same(struct office *of, const struct record *r, struct err *e)
{
	enum rc rc;

	for (size_t i = 0; i < COUNT(sames); i++)
		if ((rc = check_same(of, r, i, e)) != RC_OK)
			return rc;
	return RC_OK;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

/* The row begins with its number and is then filled in: a volunteer whose adding is undone keeps the number, so that no other gets it. */
static enum rc insert_volunteer(struct office *of, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO volunteer (id, number, status, status_day) VALUES (:id, :number, :status, :today)");
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if ((rc = number_next_ever(of, "volunteer", "ZY", 4, &number, e)) != RC_OK || (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	r->rev = 1;
	value_set_text(record_value(r, "number"), number);
	value_set_text(record_value(r, "status"), volunteer_status_key(VOLUNTEER_APPLIED));
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":status", volunteer_status_key(VOLUNTEER_APPLIED));
	bind_int(&q, ":today", office_today(of));
	return stmt_run(&q, e);
}

/* Number and status are not changed by the form, whatever it holds. */
static enum rc write_volunteer(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct volunteer_row stored = { 0 };
	enum rc rc;

	if (r->id != 0 && (rc = volunteer_find(of, r->id, &a, &stored, e)) != RC_OK)
		return rc;
	if ((rc = volunteer_check(of, r, stored.resident_id, e)) != RC_OK || (rc = volunteer_check_same(of, r, e)) != RC_OK)
		return rc;
	if (r->id == 0) {
		if ((rc = insert_volunteer(of, r, e)) != RC_OK)
			return rc;
	} else {
		value_set_text(record_value(r, "number"), stored.number);
		value_set_text(record_value(r, "status"), volunteer_status_key(stored.status));
	}
	return record_save(of->st, r, "volunteer.save", e);
}

enum rc volunteer_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "volunteer.save", e)) != RC_OK ||
	    (rc = write_volunteer(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Deleting ----------------------------------------------------------------------------------------------------------------------- */

static enum rc require_unassigned(struct office *of, const struct volunteer_row *v, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM assignment WHERE " FUTURE_ASSIGNMENTS);
	int64_t n;
	enum rc rc;

	bind_int(&q, ":volunteer", v->id);
	bind_int(&q, ":today", office_today(of));
	bind_int(&q, ":minutes", minutes_of_instant(office_now(of)));
	if ((rc = stmt_int(&q, &n, e)) != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_INVALID, NULL, "%s还排着 %d 个班，不能删除；不再来的请按「停用」，以后的班会一起取消", v->name, (int)n);
}

static enum rc require_nothing_served(struct office *of, const struct volunteer_row *v, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(sum(minutes), 0) FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL");
	int64_t minutes;
	enum rc rc;

	bind_int(&q, ":id", v->id);
	if ((rc = stmt_int(&q, &minutes, e)) != RC_OK || minutes == 0)
		return rc;
	return err_set(e, RC_INVALID, NULL, "%s已经服务了 %d 分钟，记录要留着，不能删除；不再来的请按「停用」", v->name, (int)minutes);
}

enum rc volunteer_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct volunteer_row v;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "volunteer.delete", e)) != RC_OK ||
	    (rc = volunteer_find(of, id, &a, &v, e)) != RC_OK || (rc = require_unassigned(of, &v, e)) != RC_OK ||
	    (rc = require_nothing_served(of, &v, e)) != RC_OK ||
	    (rc = record_delete(of->st, form_find(of->forms, "volunteer"), id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Looking at what is masked ------------------------------------------------------------------------------------------------------ */

enum rc volunteer_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e)
{
	AUTO_RECORD r = { 0 };
	AUTO_FREE char *value = NULL;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = office_require(of, MAY_REVEAL, e)) != RC_OK)
		return rc;
	if (strcmp(field, "phone") != 0 && strcmp(field, "emergency_phone") != 0)
		return err_set(e, RC_INVALID, NULL, "这一项没有遮盖");
	record_init(&r, form_find(of->forms, "volunteer"));
	if ((rc = record_load(of->st, r.form, id, &r, e)) != RC_OK)
		return rc;
	value = mem_copy(record_text(&r, field));
	if (text_is_blank(value))
		return err_set(e, RC_INVALID, NULL, "没有登记%s", form_field(r.form, field)->label);
	if ((rc = reveal_note(of, "volunteer", id, field, e)) != RC_OK)
		return rc;
	*plain = value;
	value = NULL;
	return RC_OK;
}
