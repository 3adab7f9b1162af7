/* An office in a temporary directory. */
#include "office_fixture.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/account/password.h"
#include "domain/resident.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

/* Linked instead of password_cost.c: tests check what is done with hashes, not how long they take. */
const struct password_cost password_cost = { .operations = 1, .memory_bytes = 8192 };

static int64_t fixture_clock(void *context)
{
	return ((const struct office_fixture *)context)->clock;
}

static void must(enum rc rc, const struct err *e)
{
	if (rc != RC_OK)
		fail_msg("%s", e->text);
}

static void open_office(struct office_fixture *x)
{
	const struct store_options options = { .path = x->path, .busy_timeout_ms = 2000 };
	struct store *st;
	struct err e = { 0 };

	must(store_open(&st, &options, &e), &e);
	store_set_clock(st, fixture_clock, x);
	must(office_open(&x->of, st, &x->settings, &e), &e);
}

static void close_office(struct office_fixture *x)
{
	struct store *st = x->of.st;

	if (st == NULL)
		return;
	office_close(&x->of);
	store_close(st);
}

void office_fixture_reopen(struct office_fixture *x)
{
	close_office(x);
	open_office(x);
}

static void run(struct office_fixture *x, const char *sql, const int64_t *ids, size_t n)
{
	struct stmt q = stmt_use(x->of.st, sql);
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++) {
		char name[8];

		snprintf(name, sizeof name, ":%zu", i + 1);
		bind_int(&q, name, ids[i]);
	}
	must(stmt_run(&q, &e), &e);
	stmt_done(&q);
}

static void make_places(struct office_fixture *x)
{
	AUTO_TXN t = { 0 };
	struct err e = { 0 };
	int64_t *all[] = { &x->grids[0], &x->grids[1], &x->estates[0], &x->estates[1], &x->buildings[0], &x->buildings[1], &x->buildings[2] };

	must(txn_begin(&t, x->of.st, "test.places", &e), &e);
	for (size_t i = 0; i < COUNT(all); i++)
		must(store_new_id(x->of.st, all[i], &e), &e);
	run(x, "INSERT INTO grid (id, code, name, kind) VALUES (:1, '01', '西林网格', 'grid'), (:2, '02', '湖景网格', 'grid')", x->grids, 2);
	run(x, "INSERT INTO estate (id, name) VALUES (:1, '西林小区'), (:2, '湖景雅苑')", x->estates, 2);
	run(x, "INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (:1, :2, '3', '3幢', :3)",
	    (const int64_t[]){ x->buildings[0], x->estates[0], x->grids[0] }, 3);
	run(x, "INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (:1, :2, '5', '5幢', :3)",
	    (const int64_t[]){ x->buildings[1], x->estates[0], x->grids[0] }, 3);
	run(x, "INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (:1, :2, '3', '3幢', :3)",
	    (const int64_t[]){ x->buildings[2], x->estates[1], x->grids[1] }, 3);
	must(txn_commit(&t, &e), &e);
}

int office_fixture_setup(void **state)
{
	static const struct office_new office = {
		.code = "330482001001", .name = "西林寺社区", .street = "当湖街道", .kind = "urban", .abbr = "DH",
		.admin_login = "admin", .admin_name = "钱立", .admin_password = FIXTURE_PASSWORD,
	};
	struct office_fixture *x = mem_alloc(sizeof *x);
	const char *tmp = getenv("TMPDIR");
	struct err e = { 0 };

	snprintf(x->dir, sizeof x->dir, "%s/youlin-test-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(x->dir));
	x->path = mem_format("%s/office.db", x->dir);
	x->clock = instant_of_day(day_from_civil(2026, 11, 24), 9 * 60);
	must(settings_load(&x->settings, YL_SOURCE_DIR "/config/youlin.ini", &e), &e);
	must(office_create(x->path, &x->settings, &office, &e), &e);
	open_office(x);
	make_places(x);
	*state = x;
	return 0;
}

static void remove_directory(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		AUTO_FREE char *file = mem_format("%s/%s", path, entry->d_name);

		unlink(file);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

int office_fixture_teardown(void **state)
{
	struct office_fixture *x = *state;

	close_office(x);
	settings_release(&x->settings);
	remove_directory(x->dir);
	free(x->path);
	free(x);
	return 0;
}

void act_as(struct office_fixture *x, enum role role)
{
	account_release(&x->of.me);
	x->of.me = (struct account){ .id = 1000 + (int)role, .role = role };
	snprintf(x->of.me.login, sizeof x->of.me.login, "%s", role_key(role));
	snprintf(x->of.me.name, sizeof x->of.me.name, "%s", role_label(role));
	store_set_actor(x->of.st, role == ROLE_NONE ? 0 : x->of.me.id, x->of.me.name);
	if (role == ROLE_NONE)
		x->of.me.id = 0;
}

char *fixture_path(const struct office_fixture *x, const char *name)
{
	return mem_format("%s/%s", x->dir, name);
}

void write_file(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

void fill_record(struct record *r, const struct field_text *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct field *f = form_field(r->form, fields[i].field);
		struct err e = { 0 };

		assert_non_null(f);
		if (f->type == FIELD_PICK)
			value_set_number(record_value(r, f->name), strtoll(fields[i].text, NULL, 10));
		else
			must(field_parse(f, fields[i].text, day_from_civil(2026, 11, 24), record_value(r, f->name), &e), &e);
	}
}

int64_t make_household(struct office_fixture *x, int64_t building_id, const char *unit, const char *room)
{
	enum role role = x->of.me.role;
	struct err e = { 0 };
	int64_t id;

	act_as(x, ROLE_HEAD);
	must(household_at(&x->of, building_id, unit, room, &id, NULL, &e), &e);
	act_as(x, role);
	return id;
}

int64_t make_resident(struct office_fixture *x, int64_t household_id, const char *name, const char *phone)
{
	enum role role = x->of.me.role;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	record_init(&r, form_find(x->of.forms, "resident"));
	value_set_text(record_value(&r, "name"), name);
	value_set_text(record_value(&r, "phone"), phone);
	value_set_text(record_value(&r, "status"), "present");
	if (household_id)
		value_set_number(record_value(&r, "household_id"), household_id);
	must(resident_save(&x->of, &r, &e), &e);
	act_as(x, role);
	return r.id;
}

int64_t count_rows(struct office_fixture *x, const char *sql)
{
	struct stmt q = stmt_use_temporary(x->of.st, sql);
	struct err e = { 0 };
	int64_t n = 0;

	must(stmt_int(&q, &n, &e), &e);
	stmt_done(&q);
	return n;
}

char *text_of(struct office_fixture *x, const char *sql)
{
	struct stmt q = stmt_use_temporary(x->of.st, sql);
	struct err e = { 0 };
	char *text = NULL;

	must(stmt_text(&q, &text, &e), &e);
	stmt_done(&q);
	return text ? text : mem_copy("");
}
