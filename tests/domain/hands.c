/* Volunteers in the town. */
#include "hands.h"

#include <stdarg.h>
#include <stdio.h>

#include "store/stmt.h"
#include "store/txn.h"

void hands_record(struct town *t, struct record *r, const char *form, int64_t id, const struct fill *fills)
{
	struct err e = { 0 };

	record_init(r, form_find(t->of.forms, form));
	if (id)
		assert_ok(record_load(t->st, r->form, id, r, &e));
	town_fill(t, r, fills);
}

enum rc hands_try_save(struct town *t, int64_t id, const struct fill *fills, int64_t *saved, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	hands_record(t, &r, "volunteer", id, id ? NULL : FILLS({ "name", "王秀英" }, { "services", "visit" }, { "transport", "walk" }));
	town_fill(t, &r, fills);
	if ((rc = volunteer_save(&t->of, &r, e)) == RC_OK && saved)
		*saved = r.id;
	return rc;
}

int64_t hands_volunteer(struct town *t, const char *name, const struct fill *fills)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(t, &r, "volunteer", 0, FILLS({ "name", name }, { "services", "visit" }));
	town_fill(t, &r, fills);
	assert_ok(volunteer_save(&t->of, &r, &e));
	return r.id;
}

enum rc hands_try_step(struct town *t, int64_t volunteer, const char *status, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	hands_record(t, &r, "volunteer-status", volunteer, FILLS({ "status", status }, { "status_day", "今天" }, { "status_why", NULL }));
	town_fill(t, &r, fills);
	return volunteer_step(&t->of, &r, e);
}

void hands_step(struct town *t, int64_t volunteer, const char *status)
{
	struct err e = { 0 };

	assert_ok(hands_try_step(t, volunteer, status, FILLS({ "status_why", "说过了" }), &e));
}

enum rc hands_try_part(struct town *t, int64_t volunteer, const char *form, int64_t id, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	hands_record(t, &r, form, id, fills);
	return volunteer_part_save(&t->of, volunteer, &r, e);
}

int64_t hands_part(struct town *t, int64_t volunteer, const char *form, const struct fill *fills)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(t, &r, form, 0, fills);
	assert_ok(volunteer_part_save(&t->of, volunteer, &r, &e));
	return r.id;
}

int64_t hands_insert(struct town *t, const char *sql, ...)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };
	char text[1024];
	int64_t id;
	va_list args;

	va_start(args, sql);
	vsnprintf(text, sizeof text, sql, args);
	va_end(args);
	assert_ok(txn_begin(&txn, t->st, "test.insert", &e));
	assert_ok(store_new_id(t->st, &id, &e));
	{
		AUTO_STMT q = stmt_use_temporary(t->st, text);

		bind_int(&q, ":id", id);
		assert_ok(stmt_run(&q, &e));
	}
	assert_ok(txn_commit(&txn, &e));
	return id;
}

int64_t hands_rows(struct town *t)
{
	return town_int(t, "SELECT count(*) FROM journal /*scan*/", 0);
}
