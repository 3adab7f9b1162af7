/* Households: one a building, unit and room; made where somebody moves in. */
#include "domain/resident.h"

#include <stdlib.h>
#include <string.h>

#include "resident_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

/* The live household at an address, other than `except`; 0 if there is none. */
static enum rc find_at(struct office *of, int64_t building_id, const char *unit, const char *room, int64_t except, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id FROM household WHERE building_id = :building AND unit IS nullif(:unit, '') AND room IS nullif(:room, '')"
		" AND deleted_at IS NULL AND id <> :except LIMIT 1");
	enum rc rc;

	bind_int(&q, ":building", building_id);
	bind_text(&q, ":unit", unit);
	bind_text(&q, ":room", room);
	bind_int(&q, ":except", except);
	if ((rc = stmt_int(&q, id, e)) != RC_NOTFOUND)
		return rc;
	err_clear(e);
	*id = 0;
	return RC_OK;
}

/* 501 → 5, 1203 → 12: rooms are numbered by floor. */
static void fill_in_floor(struct record *r)
{
	struct value *floor = record_value(r, "floor");
	const char *room = record_text(r, "room");
	size_t digits = strspn(room, "0123456789");

	if (floor->kind == VALUE_NONE && room[digits] == '\0' && (digits == 3 || digits == 4))
		value_set_number(floor, strtol(room, NULL, 10) / 100);
}

static enum rc save_household(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t building_id = record_number(r, "building_id", 0), taken;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "household.save", e)) != RC_OK || (rc = resident_require_grid(of, r->form, r->id, e)) != RC_OK ||
	    (rc = resident_require_grid(of, form_find(of->forms, "building"), r->id ? 0 : building_id, e)) != RC_OK ||
	    (rc = find_at(of, building_id, record_text(r, "unit"), record_text(r, "room"), r->id, &taken, e)) != RC_OK)
		return rc;
	if (taken)
		return err_set(e, RC_INVALID, "room", "这个地址已有一户，请打开它登记");
	if ((rc = record_save(of->st, r, "household.save", e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc household_save(struct office *of, struct record *r, struct err *e)
{
	int64_t id = r->id, rev = r->rev;
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_EDIT, e)) != RC_OK)
		return rc;
	fill_in_floor(r);
	if ((rc = save_household(of, r, e)) != RC_OK) {
		r->id = id;
		r->rev = rev;
	}
	return rc;
}

static enum rc make_at(struct office *of, int64_t building_id, const char *unit, const char *room, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(of->forms, "household"));
	value_set_number(record_value(&r, "building_id"), building_id);
	value_set_text(record_value(&r, "unit"), unit);
	value_set_text(record_value(&r, "room"), room);
	if ((rc = household_save(of, &r, e)) == RC_OK)
		*id = r.id;
	return rc;
}

enum rc household_at(struct office *of, int64_t building_id, const char *unit, const char *room, int64_t *id, bool *made, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t found = 0;
	bool missing;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "household.save", e)) != RC_OK || (rc = find_at(of, building_id, unit, room, 0, &found, e)) != RC_OK)
		return rc;
	missing = found == 0;
	if ((missing && (rc = make_at(of, building_id, unit, room, &found, e)) != RC_OK) || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*id = found;
	if (made)
		*made = missing;
	return RC_OK;
}
