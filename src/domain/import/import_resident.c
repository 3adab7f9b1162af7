/* Residents from a spreadsheet: what else a column can be, who is already there, and the household that comes along. */
#include "import_check.h"

#include "domain/resident.h"
#include "resident/resident_rules.h"
#include "base/text.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "store/store.h"

static const struct import_target address_parts[] = {
	{ "address", "住址（小区、楼栋、单元、室号在一格）", NULL },
	{ "estate", "小区", NULL },
	{ "building", "楼栋", NULL },
	{ "unit", "单元", NULL },
	{ "room", "室号", NULL },
};

static const struct import_alias aliases[] = {
	{ "居民姓名", "name" }, { "户主姓名", "name" },
	{ "备用电话", "phone2" }, { "其他电话", "phone2" },
	{ "关系", "relation" }, { "户主关系", "relation" },
	{ "婚姻状况", "marriage" }, { "人员类型", "kind" }, { "人口类型", "kind" }, { "政治面貌", "politics" },
	{ "标签", "care_tags" }, { "特殊人群", "care_tags" },
	{ "地址", "address" }, { "住址", "address" }, { "家庭住址", "address" }, { "家庭地址", "address" }, { "居住地址", "address" },
	{ "现住址", "address" }, { "现住地址", "address" }, { "详细地址", "address" }, { "居住地", "address" },
	{ "小区", "estate" }, { "小区名称", "estate" }, { "自然村", "estate" },
	{ "楼栋", "building" }, { "幢", "building" }, { "幢号", "building" }, { "楼号", "building" }, { "栋号", "building" },
	{ "单元", "unit" }, { "单元号", "unit" },
	{ "室", "room" }, { "室号", "room" }, { "房号", "room" }, { "房间号", "room" }, { "门牌号", "room" },
};

/* Reading a row -------------------------------------------------------------------------------------------------------------------- */

static enum rc complete(struct import *im, size_t row, struct import_row *made, struct import_mistakes *m, struct err *e)
{
	struct err fault = { 0 };
	enum rc rc = resident_check(im->of, &made->r, &fault);

	(void)row;
	return import_mistake(m, import_column_of(im, fault.field), rc, &fault, e);
}

static enum rc read_address(struct import *im, size_t row, struct import_row *out, int *column, struct err *e)
{
	int estate = import_column_of(im, "estate"), building = import_column_of(im, "building");
	const char *whole = import_cell_text(im, row, import_column_of(im, "address"));

	*column = import_column_of(im, "address");
	if (!text_is_blank(whole)) {
		out->has_address = true;
		return address_parse(&im->book, whole, &out->address, e);
	}
	*column = estate;
	if (text_is_blank(import_cell_text(im, row, estate)) && text_is_blank(import_cell_text(im, row, building)))
		return RC_OK;
	out->has_address = true;
	return address_from_parts(&im->book, import_cell_text(im, row, estate), import_cell_text(im, row, building),
	                          import_cell_text(im, row, import_column_of(im, "unit")), import_cell_text(im, row, import_column_of(im, "room")),
	                          &out->address, e);
}

static enum rc parse_address(struct import *im, size_t row, struct import_row *out, struct import_mistakes *m, struct err *e)
{
	struct err fault = { 0 };
	int column = -1;
	enum rc rc = read_address(im, row, out, &column, &fault);

	return import_mistake(m, column, rc, &fault, e);
}

/* Who is already there ------------------------------------------------------------------------------------------------------------- */

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

static void address_key(const struct import_row *row, struct strbuf *key)
{
	if (row->has_address)
		strbuf_format(key, "%s\n%lld\n%s\n%s", record_text(&row->r, "name"), (long long)row->address.building_id, row->address.unit,
		              row->address.room);
}

static const struct import_identity identities[] = { { "证件号码", id_number_key }, { "姓名和电话", phone_key }, { "姓名和住址", address_key } };

static enum rc find_household(struct import_checker *c, const struct import_row *row, size_t row_number, int64_t *household_id, struct err *e)
{
	AUTO_STRBUF key = { 0 };
	enum rc rc;

	*household_id = 0;
	if (!row->has_address)
		return RC_OK;
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT id FROM household WHERE building_id = :building AND unit IS nullif(:unit, '') AND room IS nullif(:room, '') AND deleted_at IS NULL");
	bind_int(&q, ":building", row->address.building_id);
	bind_text(&q, ":unit", row->address.unit);
	bind_text(&q, ":room", row->address.room);
	if ((rc = stmt_int(&q, household_id, e)) != RC_NOTFOUND)
		return rc;
	err_clear(e);
	strbuf_format(&key, "%lld\n%s\n%s", (long long)row->address.building_id, row->address.unit, row->address.room);
	c->new_households += key_table_put(&c->households, store_derived_id("household", key.s), row_number) == row_number;
	return RC_OK;
}

static enum rc find_person(struct import_checker *c, const struct import_row *row, int64_t household_id, struct strbuf *reason, bool *known,
                           struct err *e)
{
	const char *id_number = record_text(&row->r, "id_number"), *phone = record_text(&row->r, "phone");
	unsigned char hash[SEAL_HASH_BYTES];
	bool found;
	enum rc rc;
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT 0 AS why FROM resident WHERE id_hash = :hash AND deleted_at IS NULL"
		" UNION ALL SELECT 1 FROM resident WHERE name = :name AND phone_tail = yl_reversed_digits(:phone) AND deleted_at IS NULL"
		" UNION ALL SELECT 2 FROM resident WHERE name = :name AND household_id = :household AND deleted_at IS NULL LIMIT 1");

	bind_null(&q, ":hash");
	if (*id_number) {
		seal_hash(c->of->st, "resident", "id_number", id_number, hash);
		bind_blob(&q, ":hash", hash, sizeof hash);
	}
	bind_text(&q, ":name", record_text(&row->r, "name"));
	bind_text(&q, ":phone", *phone ? phone : NULL);
	bind_id(&q, ":household", household_id);
	if ((rc = stmt_step(&q, &found, e)) != RC_OK)
		return rc;
	*known = found;
	if (found)
		strbuf_format(reason, "库里已有%s相同的居民", identities[column_int(&q, 0)].label);
	return RC_OK;
}

static enum rc find_known(struct import_checker *c, const struct import_row *row, size_t row_number, struct strbuf *reason, bool *known,
                          struct err *e)
{
	int64_t household_id;
	enum rc rc;

	if ((rc = find_person(c, row, 0, reason, known, e)) != RC_OK || *known ||
	    (rc = find_household(c, row, row_number, &household_id, e)) != RC_OK || household_id == 0)
		return rc;
	return find_person(c, row, household_id, reason, known, e);
}

/* Taking a row in ------------------------------------------------------------------------------------------------------------------ */

static enum rc take(struct import *im, struct import_row *made, bool *new_household, struct err *e)
{
	int64_t household_id = 0;
	enum rc rc = RC_OK;

	if (made->has_address)
		rc = household_at(im->of, made->address.building_id, made->address.unit, made->address.room, &household_id, new_household, e);
	if (rc != RC_OK)
		return rc;
	if (household_id)
		value_set_number(record_value(&made->r, "household_id"), household_id);
	return resident_save(im->of, &made->r, e);
}

const struct import_type import_residents = {
	.form = "resident", .what = "居民", .verb = "resident.import", .may = MAY_RESIDENT_IMPORT, .takes_duplicates = true,
	.extra = address_parts, .n_extra = COUNT(address_parts), .aliases = aliases, .n_aliases = COUNT(aliases),
	.complete = complete, .finish = parse_address, .identities = identities, .n_identities = COUNT(identities), .find_known = find_known,
	.take = take,
};
