/* A small town for tests of issues. */
#include "town.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

static int64_t town_clock(void *context)
{
	return ((struct town *)context)->now;
}

static struct stmt town_stmt(struct town *t, const char *sql, int64_t id)
{
	AUTO_FREE char *text = mem_format("%s /*scan*/", sql);
	struct stmt q = stmt_use_temporary(t->st, text);

	if (strstr(sql, ":id"))
		bind_int(&q, ":id", id);
	return q;
}

int64_t town_int(struct town *t, const char *sql, int64_t id)
{
	AUTO_STMT q = town_stmt(t, sql, id);
	struct err e = { 0 };
	int64_t out;

	assert_ok(stmt_int(&q, &out, &e));
	return out;
}

char *town_text(struct town *t, const char *sql, int64_t id)
{
	AUTO_STMT q = town_stmt(t, sql, id);
	struct err e = { 0 };
	char *out = NULL;

	assert_ok(stmt_text(&q, &out, &e));
	return out;
}

void assert_town_text(struct town *t, const char *sql, int64_t id, const char *wanted)
{
	AUTO_FREE char *got = town_text(t, sql, id);

	if (got == NULL || wanted == NULL) {
		assert_true(got == NULL && wanted == NULL);
		return;
	}
	assert_string_equal(got, wanted);
}

void town_write(struct town *t, const char *sql, int64_t id)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };

	assert_ok(txn_begin(&txn, t->st, "test.write", &e));
	{
		AUTO_STMT q = town_stmt(t, sql, id);

		assert_ok(stmt_run(&q, &e));
	}
	assert_ok(txn_commit(&txn, &e));
}

void town_snapshot_table(struct town *t, const char *table, const char *where, struct strbuf *out)
{
	AUTO_FREE char *sql = mem_format("SELECT * FROM %s %s ORDER BY id /*scan*/", table, where);
	AUTO_STMT q = stmt_use_temporary(t->st, sql);
	struct err e = { 0 };
	bool row;

	while (stmt_step(&q, &row, &e) == RC_OK && row) {
		strbuf_add(out, table);
		for (int i = 0; i < column_count(&q); i++)
			if (i != 1)               /* rev */
				strbuf_format(out, "|%s", column_text(&q, i));
		strbuf_add_char(out, '\n');
	}
	assert_string_equal(e.text, "");
}

char *town_snapshot(struct town *t)
{
	static const char *const tables[] = { "issue", "phase", "action", "progress", "evaluation", "support", "suspension", "extension" };
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++) {
		bool marked = strcmp(tables[i], "issue") == 0 || strcmp(tables[i], "action") == 0 || strcmp(tables[i], "support") == 0;

		town_snapshot_table(t, tables[i], marked ? "WHERE deleted_at IS NULL" : "", &out);
	}
	return mem_copy(strbuf_str(&out));
}

static int64_t insert(struct town *t, const char *sql)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };
	int64_t id;

	assert_ok(txn_begin(&txn, t->st, "test.insert", &e));
	assert_ok(store_new_id(t->st, &id, &e));
	{
		AUTO_STMT q = town_stmt(t, sql, id);

		assert_ok(stmt_run(&q, &e));
	}
	assert_ok(txn_commit(&txn, &e));
	return id;
}

static int64_t insert_under(struct town *t, const char *format, int64_t parent)
{
	AUTO_FREE char *number = mem_format("%lld", (long long)parent);
	AUTO_STRBUF sql = { 0 };

	for (const char *at = format; *at; at++) {
		if (*at == '@')
			strbuf_add(&sql, number);
		else
			strbuf_add_char(&sql, *at);
	}
	return insert(t, strbuf_str(&sql));
}

static void build_places(struct town *t)
{
	int64_t estate, micro3, micro5;

	t->grid3 = insert(t, "INSERT INTO grid (id, code, name, kind) VALUES (:id, '03', '西林三网格', 'grid')");
	t->grid5 = insert(t, "INSERT INTO grid (id, code, name, kind) VALUES (:id, '05', '西林五网格', 'grid')");
	micro3 = insert_under(t, "INSERT INTO grid (id, code, kind, parent_id) VALUES (:id, '03-2', 'micro', @)", t->grid3);
	micro5 = insert_under(t, "INSERT INTO grid (id, code, kind, parent_id) VALUES (:id, '05-1', 'micro', @)", t->grid5);
	estate = insert(t, "INSERT INTO estate (id, name) VALUES (:id, '西林小区')");
	t->building3 = insert_under(t, "INSERT INTO building (id, number, name, microgrid_id) VALUES (:id, '3', '3幢', @)", micro3);
	t->building5 = insert_under(t, "INSERT INTO building (id, number, name, microgrid_id) VALUES (:id, '5', '5幢', @)", micro5);
	town_write(t, "UPDATE building SET estate_id = :id", estate);
	t->household3 = insert_under(t, "INSERT INTO household (id, building_id, unit, room) VALUES (:id, @, '2', '501')", t->building3);
	t->household5 = insert_under(t, "INSERT INTO household (id, building_id, unit, room) VALUES (:id, @, '1', '101')", t->building5);
	t->wang = insert_under(t, "INSERT INTO resident (id, household_id, name, phone) VALUES (:id, @, '王秀英', '13800003321')", t->household3);
	t->li = insert_under(t, "INSERT INTO resident (id, household_id, name, phone) VALUES (:id, @, '李建国', '13900001234')", t->household5);
	t->zhang = insert(t, "INSERT INTO resident (id, name, phone) VALUES (:id, '张三', '13700007788')");
}

static void build_accounts(struct town *t)
{
	static const char *const rows[TOWN_ACCOUNTS] = {
		[DESK] = "'desk', '陈晓', 'desk'", [GRID3] = "'grid3', '李明', 'grid'", [GRID5] = "'grid5', '赵强', 'grid'",
		[CANTEEN] = "'canteen', '孙梅', 'canteen'", [PROJECT] = "'project', '吴静', 'project'", [HEAD] = "'head', '周勤', 'head'",
		[HEAD2] = "'head2', '郑平', 'head'", [ADMIN] = "'admin', '钱进', 'admin'",
	};

	for (size_t i = 0; i < TOWN_ACCOUNTS; i++) {
		AUTO_FREE char *sql = mem_format("INSERT INTO account (id, login, name, role) VALUES (:id, %s)", rows[i]);

		t->accounts[i] = insert(t, sql);
	}
	insert_under(t, "UPDATE grid SET worker_id = @ WHERE code = '03' AND :id", t->accounts[GRID3]);
	insert_under(t, "UPDATE grid SET worker_id = @ WHERE code = '05' AND :id", t->accounts[GRID5]);
}

static void make_path(struct town *t)
{
	strcpy(t->dir, "/tmp/youlin-test-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->path, sizeof t->path, "%s/youlin.db", t->dir);
}

static void open_office(struct town *t, bool create)
{
	struct store_options options = { .path = t->path, .create = create };
	struct err e = { 0 };

	assert_ok(settings_load(&t->settings, YL_SOURCE_DIR "/config/youlin.ini", &e));
	assert_ok(store_open(&t->st, &options, &e));
	store_set_clock(t->st, town_clock, t);
	if (create)
		insert(t, "INSERT INTO community (id, code, name, street, kind, abbr, phone) VALUES"
		          " (:id, '330482001001', '西林寺社区', '当湖街道', 'urban', 'DH', '0573-85000000')");
	assert_ok(office_open(&t->of, t->st, &t->settings, &e));
}

static void build(struct town *t)
{
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };

	assert_ok(txn_begin(&txn, t->st, "test.build", &e));
	build_places(t);
	build_accounts(t);
	assert_ok(txn_commit(&txn, &e));
}

int town_setup(void **state)
{
	struct town *t = mem_alloc(sizeof *t);

	text_locale_init();
	setenv("TZ", "Asia/Shanghai", 1);
	make_path(t);
	t->now = instant_of_day(TOWN_TODAY, 9 * 60);
	open_office(t, true);
	build(t);
	town_as(t, DESK);
	*state = t;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st; (void)type; (void)ftw;
	return remove(path);
}

void town_close_second(struct town *second)
{
	office_close(&second->of);
	store_close(second->st);
	settings_release(&second->settings);
	free(second);
}

int town_teardown(void **state)
{
	struct town *t = *state;

	nftw(t->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	town_close_second(t);
	return 0;
}

struct town *town_second(struct town *t)
{
	struct town *second = mem_alloc(sizeof *second);

	*second = *t;
	second->st = NULL;
	memset(&second->of, 0, sizeof second->of);
	memset(&second->settings, 0, sizeof second->settings);
	open_office(second, false);
	town_as(second, HEAD);
	return second;
}

void town_as(struct town *t, enum town_account who)
{
	static const enum role roles[TOWN_ACCOUNTS] = {
		[DESK] = ROLE_DESK, [GRID3] = ROLE_GRID, [GRID5] = ROLE_GRID, [CANTEEN] = ROLE_CANTEEN, [PROJECT] = ROLE_PROJECT,
		[HEAD] = ROLE_HEAD, [HEAD2] = ROLE_HEAD, [ADMIN] = ROLE_ADMIN,
	};
	struct account *me = &t->of.me;

	t->who = who;
	account_release(me);
	*me = (struct account){ .id = t->accounts[who], .rev = 1, .role = roles[who] };
	if (roles[who] == ROLE_GRID) {
		me->grids = mem_alloc(sizeof *me->grids);
		me->grids[0] = who == GRID3 ? t->grid3 : t->grid5;
		me->n_grids = 1;
	}
	store_set_actor(t->st, me->id, "test");
}

void town_set_day(struct town *t, const char *day)
{
	struct err e = { 0 };
	int32_t parsed;

	assert_ok(day_parse(day, TOWN_TODAY, &parsed, &e));
	t->now = instant_of_day(parsed, 9 * 60);
}

void town_pass_minutes(struct town *t, int minutes)
{
	t->now += (int64_t)minutes * 60 * 1000;
}

void town_fill(struct town *t, struct record *r, const struct fill *fills)
{
	for (const struct fill *f = fills; f && f->field; f++) {
		struct err e = { 0 };

		if (f->id)
			value_set_number(record_value(r, f->field), f->id);
		else if (f->typed == NULL)
			value_clear(record_value(r, f->field));
		else
			assert_ok(field_parse(form_field(r->form, f->field), f->typed, office_today(&t->of), record_value(r, f->field), &e));
	}
}

enum rc town_try_raise(struct town *t, const char *title, const struct fill *fills, int64_t *id, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, "issue"));
	town_fill(t, &r, FILLS({ "reporter_kind", "self" }, { "reporter_id", NULL, t->wang }, { "category", "property.leak" }, { "urgency", "normal" },
	                       { "channel", "window" }, { "publicity", "internal" }, { "building_id", NULL, t->building3 }, { "title", title }));
	town_fill(t, &r, fills);
	if ((rc = issue_raise(&t->of, &r, NULL, e)) == RC_OK && id)
		*id = r.id;
	return rc;
}

int64_t town_raise(struct town *t, const char *title, const struct fill *fills)
{
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(town_try_raise(t, title, fills, &id, &e));
	return id;
}

enum rc town_try(struct town *t, int64_t issue, const char *step, int64_t target, const struct fill *fills, struct err *e)
{
	const struct transition *tr = transition_find(step);
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD r = { 0 };
	enum rc rc;

	assert_non_null(tr);
	if ((rc = issue_load(&t->of, issue, &it, e)) != RC_OK)
		return rc;
	if (tr->form == NULL)
		return issue_step(&t->of, &it, tr, target, NULL, e);
	if ((rc = issue_step_prefill(&t->of, &it, tr, target, &r, e)) != RC_OK)
		return rc;
	town_fill(t, &r, fills);
	return issue_step(&t->of, &it, tr, target, &r, e);
}

void town_take(struct town *t, int64_t issue, const char *step, const struct fill *fills)
{
	struct err e = { 0 };

	assert_ok(town_try(t, issue, step, 0, fills, &e));
}

void town_to_act(struct town *t, int64_t issue)
{
	enum town_account before = t->who;

	town_as(t, HEAD);
	town_take(t, issue, "triage.direct", FILLS({ "handler_id", NULL, t->accounts[GRID3] }, { "text", "尽快上门" }));
	town_as(t, before);
}

void town_to_evaluate(struct town *t, int64_t issue)
{
	enum town_account before = t->who;
	struct err e = { 0 };
	int64_t action;

	town_to_act(t, issue);
	town_as(t, HEAD);
	action = town_int(t, "SELECT id FROM action WHERE issue_id = :id", issue);
	assert_ok(town_try(t, issue, "act.progress", action, FILLS({ "text", "换了接头" }, { "status", "done" }), &e));
	town_take(t, issue, "act.done", FILLS({ "text", "接头已更换" }, { "closing", "solved" }, { "evidence", "照片3张" }, { "answer_way", "phone" }));
	town_as(t, before);
}
