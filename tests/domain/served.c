/* Volunteers, shifts and who stands on them in the town. */
#include "served.h"

#include "base/day.h"
#include "base/mem.h"
#include "store/txn.h"

static int64_t insert(struct town *t, const char *sql)
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

int64_t served_volunteer(struct town *t, const char *name, int64_t resident_id)
{
	AUTO_FREE char *resident = resident_id ? mem_format("%lld", (long long)resident_id) : mem_copy("NULL");
	AUTO_FREE char *sql = mem_format("INSERT INTO volunteer (id, number, name, phone, sex, resident_id, status, services) VALUES"
	                                 " (:id, 'ZY-' || substr('000' || (1 + (SELECT count(*) FROM volunteer)), -4), '%s', '13800005566', '2', %s,"
	                                 " 'active', 'meals')", name, resident);

	return insert(t, sql);
}

int64_t served_shift(struct town *t, const struct shift_row *row)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO shift (id, service, title, day, begin_min, end_min, flexible, state) VALUES"
	                                 " (:id, 'meals', '%s', %d, %d, %d, %d, 'published')", row->title, row->day, row->begin_min, row->end_min, row->flexible);

	return insert(t, sql);
}

int64_t served_assign(struct town *t, int64_t shift, int64_t volunteer)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO assignment (id, shift_id, volunteer_id, way, state) VALUES (:id, %lld, %lld, 'assigned', 'confirmed')",
	                                 (long long)shift, (long long)volunteer);

	return insert(t, sql);
}

int64_t served_day(struct town *t, int64_t volunteer, int32_t day, int minutes, bool approved)
{
	int64_t shift = served_shift(t, &(struct shift_row){ .title = "送餐", .day = day, .begin_min = 540, .end_min = 540 + minutes });
	int64_t assignment = served_assign(t, shift, volunteer), now = t->now, id;
	enum town_account before = t->who;
	struct err e = { 0 };

	t->now = instant_of_day(day, 23 * 60);
	town_as(t, HEAD2);
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_PRESENT, &e));
	id = town_int(t, "SELECT id FROM attendance WHERE assignment_id = :id", assignment);
	if (approved)
		assert_ok(served_try_approve(t, id, -1, &e));
	t->now = now;
	town_as(t, before);
	return id;
}

static int64_t rev_of(struct town *t, int64_t attendance)
{
	return town_int(t, "SELECT coalesce((SELECT rev FROM attendance WHERE id = :id), 1)", attendance);
}

enum rc served_try_save(struct town *t, int64_t assignment, const struct fill *fills, struct err *e)
{
	int64_t id = town_int(t, "SELECT coalesce((SELECT id FROM attendance WHERE assignment_id = :id AND deleted_at IS NULL), 0)", assignment);
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "attendance"));
	if (id)
		assert_int_equal(record_load(t->st, r.form, id, &r, e), RC_OK);
	town_fill(t, &r, fills);
	return attendance_save(&t->of, assignment, &r, e);
}

enum rc served_try_extra(struct town *t, int64_t attendance, const struct fill *fills, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, "attendance-extra"));
	if (attendance)
		assert_int_equal(record_load(t->st, r.form, attendance, &r, e), RC_OK);
	else
		town_fill(t, &r, FILLS({ "service", "visit" }, { "content", "陪老人说话" }, { "day", "今天" }, { "minutes", "60" }));
	town_fill(t, &r, fills);
	if ((rc = attendance_extra_save(&t->of, &r, e)) == RC_OK && id)
		*id = r.id;
	return rc;
}

enum rc served_try_approve(struct town *t, int64_t attendance, int minutes, struct err *e)
{
	return attendance_approve(&t->of, attendance, rev_of(t, attendance), minutes, e);
}

enum rc served_try_proof(struct town *t, int64_t volunteer, const struct fill *fills, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, "service_proof"));
	town_fill(t, &r, FILLS({ "to_day", "今天" }, { "responsible", "周勤" }, { "handler", "李明" }, { "contact", "0573-85000000" }));
	town_fill(t, &r, fills);
	if ((rc = service_proof_issue(&t->of, volunteer, &r, e)) == RC_OK && id)
		*id = r.id;
	return rc;
}

struct attendance_row served_row(struct town *t, int32_t day, const char *name, struct arena *a)
{
	const struct attendance_row *rows, *found = NULL;
	struct err e = { 0 };
	size_t n;

	assert_ok(attendance_day(&t->of, day, a, &rows, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0) {
			assert_null(found);
			found = &rows[i];
		}
	assert_non_null(found);
	return *found;
}

char *served_snapshot(struct town *t)
{
	static const char *const tables[] = { "attendance", "service_proof", "point_entry", "assignment", "shift" };
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++)
		town_snapshot_table(t, tables[i], "", &out);
	return mem_copy(strbuf_str(&out));
}
