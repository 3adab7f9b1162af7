/* What the tests of 班次 and 排班 do over and over. */
#include "duty.h"

#include <stdlib.h>

#include "store/stmt.h"
#include "store/txn.h"

int duty_setup(void **state)
{
	int rc = town_setup(state);

	town_as(*state, GRID3);
	return rc;
}

int64_t duty_insert(struct town *t, const char *sql)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };
	int64_t id;

	assert_ok(txn_begin(&txn, t->st, "test.insert", &e));
	assert_ok(store_new_id(t->st, &id, &e));
	town_write(t, sql, id);
	assert_ok(txn_commit(&txn, &e));
	return id;
}

int64_t duty_rev(struct town *t, const char *table, int64_t id)
{
	AUTO_FREE char *sql = mem_format("SELECT rev FROM %s WHERE id = :id", table);

	return town_int(t, sql, id);
}

/* People ------------------------------------------------------------------------------------------------------------------------- */

int64_t duty_volunteer(struct town *t, const char *name, const char *set)
{
	AUTO_FREE char *sql = mem_format(
		"INSERT INTO volunteer (id, name, phone, status, services, skills, grid_id, may_call) VALUES (:id, '%s', '13812345678', 'active',"
		" 'meals canteen visit escort environment mediation tutoring patrol event emergency other', 'cooking', %lld, 1)", name, (long long)t->grid3);
	int64_t id = duty_insert(t, sql);

	if (set) {
		AUTO_FREE char *update = mem_format("UPDATE volunteer SET %s WHERE id = :id", set);

		town_write(t, update, id);
	}
	duty_holds(t, id, "health", TOWN_TODAY + 365);
	return id;
}

static void insert_format(struct town *t, char *sql)
{
	AUTO_FREE char *own = sql;

	duty_insert(t, own);
}

void duty_time(struct town *t, int64_t volunteer, int weekday, int begin_min, int end_min, const char *degree)
{
	insert_format(t, mem_format("INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree) VALUES (:id, %lld, '%d', %d, %d, '%s')",
	                            (long long)volunteer, weekday, begin_min, end_min, degree));
}

void duty_absent(struct town *t, int64_t volunteer, int32_t from, int32_t to)
{
	insert_format(t, mem_format("INSERT INTO absence (id, volunteer_id, from_day, to_day) VALUES (:id, %lld, %d, %d)", (long long)volunteer, from, to));
}

void duty_holds(struct town *t, int64_t volunteer, const char *kind, int32_t expires)
{
	insert_format(t, mem_format("INSERT INTO qualification (id, volunteer_id, kind, expires_day) VALUES (:id, %lld, '%s', %d)", (long long)volunteer,
	                            kind, expires));
}

void duty_apart(struct town *t, int64_t volunteer, int64_t other)
{
	insert_format(t, mem_format("INSERT INTO apart (id, volunteer_id, other_id) VALUES (:id, %lld, %lld)", (long long)volunteer, (long long)other));
}

int64_t duty_stand(struct town *t, int64_t need, int64_t volunteer, const char *state)
{
	AUTO_FREE char *sql = mem_format(
		"INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state) SELECT :id, shift_id, id, %lld, 'assigned', '%s' FROM shift_need"
		" WHERE id = %lld", (long long)volunteer, state, (long long)need);

	return duty_insert(t, sql);
}

/* Shifts ------------------------------------------------------------------------------------------------------------------------- */

static void open_record(struct town *t, const char *form, int64_t id, struct record *r)
{
	struct err e = { 0 };

	if (id)
		assert_ok(record_load(t->st, form_find(t->of.forms, form), id, r, &e));
	else
		record_init(r, form_find(t->of.forms, form));
}

enum rc duty_try_template(struct town *t, int64_t id, const struct fill *fills, int64_t *made, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	open_record(t, "shift_template", id, &r);
	if (id == 0)
		town_fill(t, &r, FILLS({ "service", "meals" }, { "title", "午餐送餐" }, { "weekdays", "1 2 3 4 5" }, { "begin_min", "10:00" },
		                       { "end_min", "12:00" }));
	town_fill(t, &r, fills);
	if ((rc = shift_template_save(&t->of, &r, e)) == RC_OK && made)
		*made = r.id;
	return rc;
}

int64_t duty_template(struct town *t, const struct fill *fills)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(duty_try_template(t, 0, fills, &id, &e));
	return id;
}

enum rc duty_try_shift(struct town *t, int64_t id, const struct fill *fills, int64_t *made, int *displaced, struct err *e)
{
	AUTO_RECORD r = { 0 };
	int count = -1;
	enum rc rc;

	open_record(t, "shift", id, &r);
	if (id == 0)
		town_fill(t, &r, FILLS({ "service", "visit" }, { "title", "探访" }, { "day", "2026-11-27" }, { "begin_min", "10:00" }, { "end_min", "12:00" }));
	town_fill(t, &r, fills);
	rc = shift_save(&t->of, &r, &count, e);
	if (rc == RC_OK && made)
		*made = r.id;
	if (displaced)
		*displaced = count;
	return rc;
}

int64_t duty_shift(struct town *t, const struct fill *fills)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(duty_try_shift(t, 0, fills, &id, NULL, &e));
	return id;
}

int64_t duty_need(struct town *t, int64_t shift)
{
	return town_int(t, "SELECT id FROM shift_need WHERE shift_id = :id AND deleted_at IS NULL ORDER BY position LIMIT 1", shift);
}

enum rc duty_try_need(struct town *t, int64_t template_id, int64_t shift, int64_t need, const struct fill *fills, int64_t *made, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	open_record(t, "shift_need", need, &r);
	if (need == 0)
		town_fill(t, &r, FILLS({ "role", "hand" }, { "headcount", "1" }, { "priority", "2" }));
	town_fill(t, &r, fills);
	if ((rc = shift_need_save(&t->of, template_id, shift, &r, e)) == RC_OK && made)
		*made = r.id;
	return rc;
}

void duty_headcount(struct town *t, int64_t shift, const char *headcount)
{
	struct err e = { 0 };

	assert_ok(duty_try_need(t, 0, shift, duty_need(t, shift), FILLS({ "headcount", headcount }), NULL, &e));
}

char *duty_snapshot(struct town *t)
{
	static const char *const tables[] = { "volunteer", "shift_template", "shift", "shift_need", "assignment", "call" };
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++)
		town_snapshot_table(t, tables[i], "", &out);
	return strbuf_take(&out);
}
