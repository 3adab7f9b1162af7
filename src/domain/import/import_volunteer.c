/* Volunteers from a spreadsheet, as 志愿汇 and 志愿浙江 export them: linked to residents, found again, put where they stand on the ladder. */
#include "import_check.h"

#include <string.h>

#include "base/text.h"
#include "domain/volunteer.h"
#include "volunteer/volunteer_rules.h"
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
static enum rc parse_grid(struct import *im, size_t row, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(im->of->st, "SELECT id FROM grid WHERE deleted_at IS NULL AND (code = :text OR code = '0' || :text OR name = :text)"
	                                   " ORDER BY parent_id IS NOT NULL, id LIMIT 1 /*scan*/");
	const char *text = import_cell_text(im, row, import_column_of(im, "grid"));
	int64_t id;
	enum rc rc;

	if (text_is_blank(text))
		return RC_OK;
	bind_text(&q, ":text", strncmp(text, "网格", strlen("网格")) == 0 ? text + strlen("网格") : text);
	if ((rc = stmt_int(&q, &id, e)) == RC_NOTFOUND)
		return err_set(e, RC_INVALID, "grid_id", "没有网格「%.60s」，请写网格的编号，如 03", text);
	if (rc == RC_OK)
		value_set_number(record_value(r, "grid_id"), id);
	return rc;
}

/* Where the volunteer stands already; kept in `status` until the row is taken. Away and stopped ask for a reason and are not for a list. */
static enum rc parse_ladder(struct import *im, size_t row, struct record *r, struct err *e)
{
	const struct field *f = form_field(im->form, "status");
	const char *text = import_cell_text(im, row, import_column_of(im, "ladder"));
	struct value v = { 0 };
	enum volunteer_status status;
	enum rc rc;

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

/* The resident of whom the row speaks: by id number, else by name and telephone; one alone, who lives here. An id number is not passed over: with
 * another name beside it one of the two is wrong. */
static enum rc link_resident(struct import *im, size_t row, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(im->of->st,
		"SELECT id, name FROM resident WHERE id_hash = :hash AND status = 'present' AND deleted_at IS NULL AND merged_into IS NULL"
		" UNION SELECT id, name FROM resident WHERE name = :name AND phone_tail = yl_reversed_digits(:phone) AND status = 'present'"
		" AND deleted_at IS NULL AND merged_into IS NULL ORDER BY id LIMIT 2 /*scan*/");
	const char *id_number = record_text(r, "id_number"), *name = record_text(r, "name");
	unsigned char hash[SEAL_HASH_BYTES];
	bool found, several;
	int64_t id;
	enum rc rc;

	(void)row;
	bind_null(&q, ":hash");
	if (*id_number) {
		seal_hash(im->of->st, "resident", "id_number", id_number, hash);
		bind_blob(&q, ":hash", hash, sizeof hash);
	}
	bind_words(&q, ":name", name);
	bind_words(&q, ":phone", record_text(r, "phone"));
	if ((rc = stmt_step(&q, &found, e)) != RC_OK || !found)
		return rc;
	id = column_int(&q, 0);
	if (*name && strcmp(column_text(&q, 1), name) != 0)
		return err_set(e, RC_INVALID, "id_number", "这个身份证号是居民%s的，和姓名「%.30s」不符，请核对", column_text(&q, 1), name);
	if ((rc = stmt_step(&q, &several, e)) == RC_OK && !several)
		value_set_number(record_value(r, "resident_id"), id);
	return rc;
}

static enum rc check_volunteer(struct import *im, size_t row, struct record *r, struct err *e)
{
	(void)row;
	return volunteer_check(im->of, r, 0, e);
}

/* What a platform does not say is 其他: a list without services is of use all the same. */
static void fill_services(struct record *r)
{
	if (record_value(r, "services")->kind == VALUE_NONE)
		value_set_text(record_value(r, "services"), "other");
}

/* Each says what it finds, whatever the others found. */
static const struct {
	const char *target;               /* NULL: the fault names its field */
	enum rc (*parse)(struct import *im, size_t row, struct record *r, struct err *e);
} steps[] = {
	{ "grid", parse_grid }, { "ladder", parse_ladder }, { NULL, link_resident }, { NULL, check_volunteer },
};

static enum rc complete(struct import *im, size_t row, struct import_row *made, struct import_mistakes *m, struct err *e)
{
	fill_services(&made->r);
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct err fault = { 0 };
		enum rc rc = steps[i].parse(im, row, &made->r, &fault);

		if ((rc = import_mistake(m, import_column_of(im, steps[i].target ? steps[i].target : fault.field), rc, &fault, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
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

/* Where nothing else tells people apart. */
static bool has_name_alone(const struct import_row *row)
{
	return record_text(&row->r, "outside_number")[0] == '\0' && record_text(&row->r, "id_number")[0] == '\0' && record_text(&row->r, "phone")[0] == '\0' &&
	       record_number(&row->r, "resident_id", 0) == 0;
}

static void name_key(const struct import_row *row, struct strbuf *key)
{
	if (has_name_alone(row))
		strbuf_add(key, record_text(&row->r, "name"));
}

static const struct import_identity identities[] = {
	{ "平台编号", outside_key }, { "身份证号", id_number_key }, { "姓名和电话", phone_key }, { "居民", resident_key }, { "姓名（没有别的可以区分）", name_key },
};

/* The same file a second time brings nobody a second time, though it has names alone. */
static enum rc find_namesake(struct import_checker *c, const struct import_row *row, struct strbuf *reason, bool *known, struct err *e)
{
	AUTO_STMT q = stmt_use(c->of->st, "SELECT number FROM volunteer WHERE name_pinyin = yl_pinyin(:name) AND name = :name AND deleted_at IS NULL"
	                                  " ORDER BY id LIMIT 1 /*scan*/");
	enum rc rc;

	bind_text(&q, ":name", record_text(&row->r, "name"));
	if ((rc = stmt_step(&q, known, e)) == RC_OK && *known)
		strbuf_format(reason, "只有姓名，库里已有同名的 %s；是另一个人的，请补上电话或编号", column_text(&q, 0));
	return rc;
}

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
	if (rc == RC_OK && has_name_alone(row))
		return find_namesake(c, row, reason, known, e);
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
