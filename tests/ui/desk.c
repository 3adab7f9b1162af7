/* An office with a handful of records. */
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/register.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

#define BEGIN INT64_C(1795484460000)      /* 2026-11-24 09:41 in Beijing */

static int64_t clock_now(void *context)
{
	const struct desk *d = context;

	return d->now;
}

void desk_as(struct desk *d, enum role role)
{
	d->of.me.id = 100 + (int64_t)role;
	d->of.me.role = role;
	snprintf(d->of.me.name, sizeof d->of.me.name, "%s甲", role_label(role));
	store_set_actor(d->st, d->of.me.id, d->of.me.name);
}

char *desk_said(struct desk *d)
{
	char *said = d->loop.message ? d->loop.message : mem_copy("");

	d->loop.message = NULL;
	return said;
}

static void take(struct desk *d, struct record *r, const char *field, const char *typed)
{
	const struct field *f = form_field(r->form, field);
	struct err e = { 0 };

	assert_non_null(f);
	if (f->type == FIELD_PICK && typed[0]) {
		value_set_number(record_value(r, field), strtoll(typed, NULL, 10));
		return;
	}
	if (field_parse(f, typed, d->loop.app.today, record_value(r, field), &e) != RC_OK)
		fail_msg("%s: %s", field, e.text);
}

int64_t desk_add(struct desk *d, const char *form, ...)
{
	struct record r = { 0 };
	struct err e = { 0 };
	const char *field;
	int64_t id;
	va_list args;

	record_init(&r, form_find(d->of.forms, form));
	va_start(args, form);
	while ((field = va_arg(args, const char *)) != NULL)
		take(d, &r, field, va_arg(args, const char *));
	va_end(args);
	for (size_t i = 0; i < r.form->n; i++)
		if (r.values[i].kind == VALUE_NONE && r.form->fields[i].initial[0])
			take(d, &r, r.form->fields[i].name, r.form->fields[i].initial);
	if (register_save(&d->of, &r, &e) != RC_OK)
		fail_msg("%s: %s %s", form, e.field, e.text);
	id = r.id;
	record_release(&r);
	return id;
}

void desk_load(struct desk *d, const char *form, int64_t id, struct record *r)
{
	struct err e = { 0 };

	if (record_load(d->st, form_find(d->of.forms, form), id, r, &e) != RC_OK)
		fail_msg("%s: %s", form, e.text);
}

void desk_change(struct desk *d, const char *form, int64_t id, const char *field, const char *typed)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	desk_load(d, form, id, &r);
	take(d, &r, field, typed);
	if (register_save(&d->of, &r, &e) != RC_OK)
		fail_msg("%s: %s %s", form, e.field, e.text);
}

/* Rows of table account, so that the journal knows the names; nobody logs in with them. */
static void add_accounts(struct desk *d)
{
	AUTO_TXN t = { 0 };
	struct err e = { 0 };

	assert_int_equal(txn_begin(&t, d->st, "account.add", &e), RC_OK);
	for (enum role role = ROLE_DESK; role < ROLE_COUNT; role++) {
		AUTO_STMT q = stmt_use(d->st, "INSERT INTO account (id, login, name, role) VALUES (:id, :role, :name, :role)");

		desk_as(d, role);
		bind_int(&q, ":id", d->of.me.id);
		bind_text(&q, ":role", role_key(role));
		bind_text(&q, ":name", d->of.me.name);
		assert_int_equal(stmt_run(&q, &e), RC_OK);
	}
	assert_int_equal(txn_commit(&t, &e), RC_OK);
}

static const char *id_text(int64_t id, char text[24])
{
	snprintf(text, 24, "%lld", (long long)id);
	return text;
}

static void add_rows(struct desk *d)
{
	int64_t estate, other;
	char a[24], b[24];

	d->grid = desk_add(d, "grid", "code", "03", "name", "西林网格", "kind", "grid", NULL);
	d->microgrid = desk_add(d, "grid", "code", "03-1", "name", "西林一组", "kind", "micro", "parent_id", id_text(d->grid, a), NULL);
	estate = desk_add(d, "estate", "name", "西林小区", NULL);
	other = desk_add(d, "estate", "name", "东湖花园", NULL);
	d->building = desk_add(d, "building", "estate_id", id_text(estate, a), "number", "3", "name", "3幢", "microgrid_id", id_text(d->microgrid, b), NULL);
	desk_add(d, "building", "estate_id", id_text(estate, a), "number", "5", "name", "5幢", "microgrid_id", id_text(d->microgrid, b), NULL);
	desk_add(d, "building", "estate_id", id_text(other, a), "number", "3", "name", "3幢", "microgrid_id", id_text(d->microgrid, b), NULL);
	d->household = desk_add(d, "household", "building_id", id_text(d->building, a), "unit", "2", "room", "501", NULL);
	d->wang = desk_add(d, "resident", "name", "王秀英", "household_id", id_text(d->household, a), "phone", "13812343321", "born_day", "1950-01-01", "sex", "女", NULL);
	d->zhang = desk_add(d, "resident", "name", "张伟", "household_id", id_text(d->household, a), "phone", "13912345678", NULL);
	desk_add(d, "resident", "name", "王小明", "phone", "13700001111", NULL);
	desk_add(d, "resident", "name", "李娜", "phone", "13700002222", NULL);
}

int desk_setup(void **state)
{
	static const struct office_new new_office = {
		.code = "330482001001", .name = "西林寺社区", .street = "当湖街道", .kind = "urban", .abbr = "DH",
		.admin_login = "admin", .admin_name = "管理员", .admin_password = "a-long-password",
	};
	struct desk *d = mem_alloc(sizeof *d);
	char path[96];
	struct store_options options = { .path = path };
	struct err e = { 0 };

	snprintf(d->folder, sizeof d->folder, "/tmp/youlin-ui-XXXXXX");
	assert_non_null(mkdtemp(d->folder));
	snprintf(path, sizeof path, "%s/office.db", d->folder);
	setenv("TZ", "Asia/Shanghai", 1);
	if (settings_load(&d->settings, NULL, &e) != RC_OK || office_create(path, &d->settings, &new_office, &e) != RC_OK ||
	    store_open(&d->st, &options, &e) != RC_OK || office_open(&d->of, d->st, &d->settings, &e) != RC_OK) {
		print_error("%s\n", e.text);
		return -1;
	}
	d->now = BEGIN;
	store_set_clock(d->st, clock_now, d);
	d->loop.app = (struct app){ .loop = &d->loop, .of = &d->of, .today = day_of_instant(BEGIN), .rows = ROWS, .cols = COLS, .area = { 1, 0, ROWS - 3, COLS } };
	canvas_init(&d->canvas, ROWS, COLS);
	add_accounts(d);
	desk_as(d, ROLE_HEAD);
	add_rows(d);
	*state = d;
	return 0;
}

int desk_teardown(void **state)
{
	struct desk *d = *state;
	char command[96];

	canvas_release(&d->canvas);
	free(d->loop.message);
	office_close(&d->of);
	store_close(d->st);
	settings_release(&d->settings);
	snprintf(command, sizeof command, "rm -rf %s", d->folder);
	if (system(command) != 0)
		return -1;
	free(d);
	return 0;
}
