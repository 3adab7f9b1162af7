/* Residents and households: headings, saving with their rules, looking at sensitive values. */
#include "domain/resident.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/text.h"
#include "domain/register.h"
#include "resident_rules.h"
#include "reveal.h"
#include "store/stmt.h"
#include "store/txn.h"

#define OLDEST_YEARS 130

/* An address comes with its short form, for those who may not see it whole: see register.c. */
#define SUMMARY \
	"SELECT r.id, r.household_id, r.grid_id, r.name, r.sex, r.born_day, r.phone, h.address_text || char(31) || coalesce(h.address_key, '')," \
	" g.code, r.relation, r.care_tags, r.status, h.head_id = r.id, r.deleted_at IS NOT NULL, r.merged_into" \
	" FROM resident AS r LEFT JOIN household AS h ON h.id = r.household_id LEFT JOIN grid AS g ON g.id = r.grid_id "

static const struct field *find_field(const struct office *of, const char *form_name, const char *field)
{
	const struct form *form = form_find(of->forms, form_name);

	return form ? form_field(form, field) : NULL;
}

/* A column as people read it, in the arena. */
static const char *show(const struct office *of, const char *form, const char *field, const char *raw, int64_t grid_id, struct arena *a)
{
	AUTO_STRBUF out = { 0 };
	const struct field *f = find_field(of, form, field);

	if (f)
		register_show(of, f, raw, grid_id, &out);
	return arena_copy(a, strbuf_str(&out));
}

static struct resident_summary summary_of_row(const struct office *of, const struct stmt *q, struct arena *a)
{
	int32_t born = column_day(q, 5);
	int64_t grid_id = column_int(q, 2);
	const char *status = column_text(q, 11);

	return (struct resident_summary){
		.id = column_int(q, 0), .household_id = column_int(q, 1), .grid_id = grid_id,
		.name = arena_copy(a, column_text(q, 3)),
		.sex = show(of, "resident", "sex", column_text(q, 4), grid_id, a),
		.age = born == DAY_NONE ? -1 : day_age_years(born, office_today(of)),
		.phone = show(of, "resident", "phone", column_text(q, 6), grid_id, a),
		.address = show(of, "household", "address_text", column_text(q, 7), grid_id, a),
		.grid = arena_copy(a, column_text(q, 8)),
		.relation = show(of, "resident", "relation", column_text(q, 9), grid_id, a),
		.care = show(of, "resident", "care_tags", column_text(q, 10), grid_id, a),
		.status = strcmp(status, "present") == 0 ? "" : show(of, "resident", "status", status, grid_id, a),
		.is_head = column_int(q, 12) != 0, .deleted = column_int(q, 13) != 0, .merged_into = column_int(q, 14),
	};
}

enum rc resident_summary(struct office *of, int64_t id, struct arena *a, struct resident_summary *out, struct err *e)
{
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_VIEW, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, SUMMARY "WHERE r.id = :id");
	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位居民的记录", e)) != RC_OK)
		return rc;
	*out = summary_of_row(of, &q, a);
	return RC_OK;
}

void resident_summary_line(const struct resident_summary *r, struct strbuf *out)
{
	const char *parts[] = { r->sex, "", r->phone, r->address, r->care, r->status };
	char age[16];

	if (r->age >= 0) {
		snprintf(age, sizeof age, "%d岁", r->age);
		parts[1] = age;
	}
	strbuf_add(out, r->name);
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i][0])
			strbuf_format(out, " %s", parts[i]);
}

enum rc household_members(struct office *of, int64_t household_id, struct arena *a, struct resident_summary **out, size_t *n, struct err *e)
{
	AUTO_FREE struct resident_summary *members = NULL;
	size_t count = 0, cap = 0;
	bool row;
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_VIEW, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, SUMMARY "WHERE r.household_id = :id AND r.deleted_at IS NULL"
	                                       " ORDER BY h.head_id IS NOT r.id, r.born_day IS NULL, r.born_day, r.id /*scan*/");
	bind_int(&q, ":id", household_id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		members = mem_grow(members, &cap, count + 1, sizeof *members);
		members[count++] = summary_of_row(of, &q, a);
	}
	if (rc != RC_OK)
		return rc;
	*out = arena_alloc(a, count * sizeof *members + 1);
	if (count > 0)
		memcpy(*out, members, count * sizeof *members);
	*n = count;
	return RC_OK;
}

/* Saving --------------------------------------------------------------------------------------------------------------------------- */

enum rc resident_require_grid(struct office *of, const struct form *form, int64_t id, struct err *e)
{
	const char *sql = strcmp(form->name, "resident") == 0 ? "SELECT coalesce(grid_id, 0) FROM resident WHERE id = :id" :
	                  strcmp(form->name, "household") == 0 ? "SELECT coalesce(grid_id, 0) FROM household WHERE id = :id" :
	                  strcmp(form->name, "building") == 0 ? "SELECT coalesce(grid_id, 0) FROM building WHERE id = :id" : NULL;
	int64_t grid_id;
	enum rc rc;

	if (sql == NULL || id == 0 || of->me.role != ROLE_GRID)
		return RC_OK;
	AUTO_STMT q = stmt_use(of->st, sql);
	bind_int(&q, ":id", id);
	if ((rc = stmt_int(&q, &grid_id, e)) == RC_NOTFOUND)
		return err_set(e, RC_NOTFOUND, NULL, "没有这条%s记录", form->title);
	if (rc != RC_OK || grid_id == 0 || office_owns_grid(of, grid_id))
		return rc;
	return err_set(e, RC_DENIED, NULL, "这条%s记录不在您负责的网格里，请交该网格的网格员或书记修改", form->title);
}

static int64_t id_value(const struct record *r, const char *field)
{
	return form_field(r->form, field) ? record_number(r, field, 0) : 0;
}

enum rc resident_agree_with_id_number(struct record *r, const char *normal, struct err *e)
{
	struct value *sex = record_value(r, "sex"), *born = record_value(r, "born_day");
	const char *sex_code = idnumber_sex(normal) == 1 ? "1" : "2";
	AUTO_STRBUF day = { 0 };

	if (born->kind == VALUE_NONE) {
		value_set_number(born, idnumber_birthday(normal));
	} else if (born->number != idnumber_birthday(normal)) {
		day_format(&day, idnumber_birthday(normal));
		return err_set(e, RC_INVALID, "born_day", "出生日期与身份证号不一致：证上是 %s", strbuf_str(&day));
	}
	if (sex->kind == VALUE_NONE)
		value_set_text(sex, sex_code);
	else if ((sex->text[0] == '1' || sex->text[0] == '2') && strcmp(sex->text, sex_code) != 0)
		return err_set(e, RC_INVALID, "sex", "性别与身份证号不一致：证上是%s", sex_code[0] == '1' ? "男" : "女");
	return RC_OK;
}

enum rc resident_check(struct office *of, struct record *r, struct err *e)
{
	const struct value *id_number = record_value(r, "id_number"), *born = record_value(r, "born_day");
	struct value *kind = record_value(r, "id_kind");
	char normal[19];
	enum rc rc;

	if (id_number->kind == VALUE_TEXT && (kind->kind == VALUE_NONE || strcmp(kind->text, "id18") == 0)) {
		if ((rc = idnumber_check(id_number->text, normal, e)) != RC_OK)
			return err_set(e, rc, "id_number", "%s", e->text);
		if (kind->kind == VALUE_NONE)
			value_set_text(kind, "id18");
		if ((rc = resident_agree_with_id_number(r, normal, e)) != RC_OK)
			return rc;
	}
	if (born->kind == VALUE_NUMBER && born->number > office_today(of))
		return err_set(e, RC_INVALID, "born_day", "出生日期不能晚于今天");
	if (born->kind == VALUE_NUMBER && day_age_years((int32_t)born->number, office_today(of)) > OLDEST_YEARS)
		return err_set(e, RC_INVALID, "born_day", "出生日期早于 %d 年前，请核对年份", OLDEST_YEARS);
	return RC_OK;
}

/* A household that is there and, for a new record of a grid worker, in an own grid. */
static enum rc check_household(struct office *of, const struct record *r, struct err *e)
{
	int64_t household_id = id_value(r, "household_id"), found;
	enum rc rc;

	if (household_id == 0)
		return RC_OK;
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM household WHERE id = :id AND deleted_at IS NULL");
	bind_int(&q, ":id", household_id);
	if ((rc = stmt_int(&q, &found, e)) == RC_NOTFOUND)
		return err_set(e, RC_INVALID, "household_id", "这一户已不存在，请重新选择");
	if (rc != RC_OK || r->id != 0)
		return rc;
	return resident_require_grid(of, form_find(of->forms, "household"), household_id, e);
}

/* Whoever is entered as the head becomes it, where a household has none. */
static enum rc name_head(struct office *of, const struct record *r, struct err *e)
{
	int64_t household_id = id_value(r, "household_id");

	if (household_id == 0 || strcmp(record_text(r, "relation"), "head") != 0)
		return RC_OK;
	AUTO_STMT q = stmt_use(of->st, "UPDATE household SET head_id = :id, rev = rev + 1 WHERE id = :household AND head_id IS NULL");
	bind_int(&q, ":id", r->id);
	bind_int(&q, ":household", household_id);
	return stmt_run(&q, e);
}

static enum rc save_resident(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "resident.save", e)) != RC_OK || (rc = resident_require_grid(of, r->form, r->id, e)) != RC_OK ||
	    (rc = check_household(of, r, e)) != RC_OK || (rc = record_save(of->st, r, "resident.save", e)) != RC_OK ||
	    (rc = name_head(of, r, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc resident_save(struct office *of, struct record *r, struct err *e)
{
	int64_t id = r->id, rev = r->rev;
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_EDIT, e)) != RC_OK || (rc = resident_check(of, r, e)) != RC_OK)
		return rc;
	if ((rc = save_resident(of, r, e)) != RC_OK) {
		r->id = id;
		r->rev = rev;
	}
	return rc;
}

/* Looking at what is masked ---------------------------------------------------------------------------------------------------------- */

enum rc resident_find(struct office *of, const char *typed, size_t max, struct candidate **out, size_t *n, struct err *e)
{
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_VIEW, e)) != RC_OK)
		return rc;
	return record_candidates(of->st, form_find(of->forms, "resident"), typed, max, out, n, e);
}

static enum rc plain_value(struct office *of, const struct field *f, const struct record *r, char **plain, struct err *e)
{
	AUTO_STRBUF out = { 0 };

	if (f->type == FIELD_PICK)
		return record_label(of->st, form_find(of->forms, f->pick_form), record_number(r, f->name, 0), plain, e);
	field_show(f, &r->values[form_field_index(r->form, f)], false, &out);
	*plain = mem_copy(strbuf_str(&out));
	return RC_OK;
}

/* Whether there is something to reveal: the address of a household is sensitive, so the field that picks one is too. */
static bool is_hidden(const struct office *of, const struct field *f)
{
	const struct form *target = f->type == FIELD_PICK ? form_find(of->forms, f->pick_form) : NULL;
	const struct field *name = target ? form_field(target, target->name_field) : f;

	return name && (name->sensitive || name->sealed || name->type == FIELD_IDNUMBER);
}

enum rc resident_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e)
{
	const struct form *form = form_find(of->forms, "resident");
	const struct field *f = form_field(form, field);
	AUTO_RECORD r = { 0 };
	AUTO_FREE char *value = NULL;
	enum rc rc;

	if ((rc = office_require(of, MAY_REVEAL, e)) != RC_OK)
		return rc;
	if (f == NULL || !is_hidden(of, f))
		return err_set(e, RC_INVALID, NULL, "这一项没有遮盖");
	if ((rc = resident_require_grid(of, form, id, e)) != RC_OK)
		return err_during(e, "不能查看");
	record_init(&r, form);
	if ((rc = record_load(of->st, form, id, &r, e)) != RC_OK || (rc = plain_value(of, f, &r, &value, e)) != RC_OK ||
	    (rc = reveal_note(of, "resident", id, field, e)) != RC_OK)
		return rc;
	*plain = value;
	value = NULL;
	return RC_OK;
}

struct list_filter resident_filter_care(const char *tag, struct arena *a)
{
	return (struct list_filter){
		.where = "instr(' ' || resident.care_tags || ' ', :p) > 0",
		.p = { .kind = VALUE_TEXT, .text = arena_format(a, " %s ", tag) },
	};
}

struct list_filter resident_filter_grid(int64_t grid_id)
{
	return (struct list_filter){ .where = "resident.grid_id = :p", .p = { .kind = VALUE_NUMBER, .number = grid_id } };
}

struct list_filter resident_filter_household(int64_t household_id)
{
	return (struct list_filter){ .where = "resident.household_id = :p", .p = { .kind = VALUE_NUMBER, .number = household_id } };
}
