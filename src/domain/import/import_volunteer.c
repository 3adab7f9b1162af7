/* Volunteers from a spreadsheet, as 志愿汇 and 志愿浙江 export them: linked to residents, found again, put where they stand on the ladder. */
#include "import_check.h"

#include <string.h>

#include "base/text.h"
#include "domain/volunteer.h"
#include "roster/volunteer_rules.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "store/store.h"

static const struct import_target extra[] = {
	{ "grid", "网格（编号）", NULL },
	{ "ladder", "状态（申请、审核、培训、在岗）", NULL },
};

static const struct import_alias aliases[] = {
	{ "志愿者姓名", "name" }, { "真实姓名", "name" },
	{ "志愿者编号", "outside_number" }, { "志愿者号", "outside_number" }, { "志愿汇编号", "outside_number" }, { "志愿浙江编号", "outside_number" },
	{ "平台编号", "outside_number" }, { "注册号", "outside_number" },
	{ "服务类别", "services" }, { "服务类型", "services" }, { "服务意向", "services" }, { "服务领域", "services" },
	{ "特长", "skills" }, { "专业技能", "skills" }, { "出行方式", "transport" },
	{ "紧急联系人电话", "emergency_phone" }, { "推荐人", "introducer" }, { "来源", "source" },
	{ "保险号", "insurance" }, { "协议版本", "agreement" },
	{ "网格", "grid" }, { "网格编号", "grid" }, { "所属网格", "grid" },
	{ "状态", "ladder" }, { "志愿者状态", "ladder" },
};

/* Reading a row -------------------------------------------------------------------------------------------------------------------- */

/* 03, 3, 网格03 or the grid's name. */
static enum rc parse_grid(struct import *im, size_t row, struct record *r, int *column, struct err *e)
{
	AUTO_STMT q = stmt_use(im->of->st, "SELECT id FROM grid WHERE deleted_at IS NULL AND (code = :text OR code = '0' || :text OR name = :text)"
	                                   " ORDER BY parent_id IS NOT NULL, id LIMIT 1 /*scan*/");
	const char *text;
	int64_t id;
	enum rc rc;

	*column = import_column_of(im, "grid");
	text = import_cell_text(im, row, *column);
	if (text_is_blank(text))
		return RC_OK;
	bind_text(&q, ":text", strncmp(text, "网格", strlen("网格")) == 0 ? text + strlen("网格") : text);
	if ((rc = stmt_int(&q, &id, e)) == RC_NOTFOUND)
		return err_set(e, RC_INVALID, "grid_id", "没有网格「%s」，请写网格的编号，如 03", text);
	if (rc == RC_OK)
		value_set_number(record_value(r, "grid_id"), id);
	return rc;
}

/* Where the volunteer stands already; kept in `status` until the row is taken. Away and stopped ask for a reason and are not for a list. */
static enum rc parse_ladder(struct import *im, size_t row, struct record *r, int *column, struct err *e)
{
	const struct field *f = form_field(im->form, "status");
	const char *text;
	struct value v = { 0 };
	enum volunteer_status status;
	enum rc rc;

	*column = import_column_of(im, "ladder");
	text = import_cell_text(im, row, *column);
	if (text_is_blank(text))
		return RC_OK;
	if ((rc = field_parse(f, text, office_today(im->of), &v, e)) != RC_OK)
		return rc;
	status = volunteer_status_from_key(value_text(&v));
	if (status > VOLUNTEER_ACTIVE)
		rc = err_set(e, RC_INVALID, "status", "「%s」的不能成批导入，请写申请、审核、培训或在岗", office_code_label(im->of, "volunteer_status", value_text(&v)));
	else
		value_copy(record_value(r, "status"), &v);
	value_clear(&v);
	return rc;
}

/* The resident of whom the row speaks: by id number, else by name and telephone; one alone, who lives here. */
static enum rc link_resident(struct import *im, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(im->of->st,
		"SELECT id FROM resident WHERE id_hash = :hash AND status = 'present' AND deleted_at IS NULL AND merged_into IS NULL"
		" UNION SELECT id FROM resident WHERE name = :name AND phone_tail = yl_reversed_digits(:phone) AND status = 'present'"
		" AND deleted_at IS NULL AND merged_into IS NULL LIMIT 2");
	const char *id_number = record_text(r, "id_number"), *phone = record_text(r, "phone");
	unsigned char hash[SEAL_HASH_BYTES];
	bool row;
	int64_t id;
	enum rc rc;

	bind_null(&q, ":hash");
	if (*id_number) {
		seal_hash(im->of->st, "resident", "id_number", id_number, hash);
		bind_blob(&q, ":hash", hash, sizeof hash);
	}
	bind_words(&q, ":name", record_text(r, "name"));
	bind_words(&q, ":phone", phone);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	id = column_int(&q, 0);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK && !row)
		value_set_number(record_value(r, "resident_id"), id);
	return rc;
}

/* What a platform does not say is 其他: a list without services is of use all the same. */
static void fill_services(struct record *r)
{
	if (record_value(r, "services")->kind == VALUE_NONE)
		value_set_text(record_value(r, "services"), "other");
}

static enum rc complete(struct import *im, size_t row, struct import_row *made, int *column, struct err *e)
{
	enum rc rc;

	fill_services(&made->r);
	if ((rc = parse_grid(im, row, &made->r, column, e)) != RC_OK || (rc = parse_ladder(im, row, &made->r, column, e)) != RC_OK)
		return rc;
	if ((rc = link_resident(im, &made->r, e)) == RC_OK && (rc = volunteer_check(im->of, &made->r, 0, e)) != RC_OK)
		*column = import_column_of(im, e->field);
	return rc;
}

/* Who is already there ------------------------------------------------------------------------------------------------------------- */

static void outside_key(const struct import_row *row, struct strbuf *key)
{
	strbuf_add(key, record_text(&row->r, "outside_number"));
}

static void id_number_key(const struct import_row *row, struct strbuf *key)
{
	strbuf_add(key, record_text(&row->r, "id_number"));
}

static void phone_key(const struct import_row *row, struct strbuf *key)
{
	const char *phone = record_text(&row->r, "phone");

	if (*phone)
		strbuf_format(key, "%s\n%s", record_text(&row->r, "name"), phone);
}

static void resident_key(const struct import_row *row, struct strbuf *key)
{
	int64_t id = record_number(&row->r, "resident_id", 0);

	if (id)
		strbuf_format(key, "%lld", (long long)id);
}

static const struct import_identity identities[] = {
	{ "平台编号", outside_key }, { "身份证号", id_number_key }, { "姓名和电话", phone_key }, { "居民", resident_key },
};

static enum rc find_known(struct import_checker *c, const struct import_row *row, size_t row_number, struct strbuf *reason, bool *known,
                          struct err *e)
{
	struct err same = { 0 };
	enum rc rc = volunteer_check_same(c->of, &row->r, &same);

	(void)row_number;
	*known = rc == RC_INVALID;
	if (*known)
		strbuf_add(reason, same.text);
	else if (rc != RC_OK)
		*e = same;
	return *known ? RC_OK : rc;
}

/* Taking a row in ------------------------------------------------------------------------------------------------------------------ */

static enum rc climb(struct import *im, int64_t id, const char *status, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(im->of->forms, "volunteer-status"));
	if ((rc = record_load(im->of->st, r.form, id, &r, e)) != RC_OK)
		return rc;
	value_set_text(record_value(&r, "status"), status);
	value_set_text(record_value(&r, "status_why"), "导入");
	return volunteer_step(im->of, &r, e);
}

static enum rc take(struct import *im, struct import_row *made, bool *new_household, struct err *e)
{
	AUTO_FREE char *status = mem_copy(record_text(&made->r, "status"));
	enum rc rc;

	*new_household = false;
	if ((rc = volunteer_save(im->of, &made->r, e)) != RC_OK || status[0] == '\0' ||
	    strcmp(status, volunteer_status_key(VOLUNTEER_APPLIED)) == 0)
		return rc;
	return climb(im, made->r.id, status, e);
}

const struct import_type import_volunteers = {
	.form = "volunteer", .what = "志愿者", .verb = "volunteer.import", .may = MAY_VOLUNTEER_EDIT, .takes_duplicates = false,
	.extra = extra, .n_extra = COUNT(extra), .aliases = aliases, .n_aliases = COUNT(aliases),
	.complete = complete, .identities = identities, .n_identities = COUNT(identities), .find_known = find_known, .take = take,
};
