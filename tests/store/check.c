/* `youlin check` finds what is wrong, and says nothing against what is right. */
#include "store/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "fixture.h"
#include "store/internal.h"
#include "store/record.h"
#include "store/reference.h"

struct lines {
	struct strbuf wrong;
	int good;
};

static void note(void *context, bool ok, const char *line)
{
	struct lines *l = context;

	if (ok)
		l->good++;
	else
		strbuf_format(&l->wrong, "%s\n", line);
}

/* The lines of what is wrong; the caller frees. */
static char *faults_of(struct store *st, const struct form_set *forms)
{
	struct lines l = { 0 };
	struct err e = { 0 };
	int faults = -1, lines = 0;

	assert_ok(store_check(st, forms, note, &l, &faults, &e), &e);
	for (size_t i = 0; i < l.wrong.n; i++)
		lines += l.wrong.s[i] == '\n';
	assert_int_equal(faults, lines);
	assert_true(l.good > 0);
	return strbuf_take(&l.wrong);
}

static struct form_set *forms;

/* A little of everything: inserts, edits, deletions, undone steps, derived columns, sealed values, several sites. */
static int begin(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO account (id, login, name) VALUES (7, 'chen', '陈晓')",
		"INSERT INTO grid (id, code, name, worker_id) VALUES (1, '03', '三网格', 7)",
		"INSERT INTO estate (id, name, x_m) VALUES (1, '西林小区', 5)",
		"INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (1, 1, '3', '3幢', 1)",
		"INSERT INTO household (id, building_id, unit, room) VALUES (1, 1, '2', '501')",
		"INSERT INTO resident (id, household_id, name, phone) VALUES (1, 1, '王秀英', '13812343321')",
		"INSERT INTO issue (id, number, title, phase, status, reporter_id, grid_id) VALUES (1, 'DH-1', '漏水', 'raise', 'open', 1, 1)",
		"UPDATE issue SET phase = 'act', title = NULL WHERE id = 1",
		"INSERT INTO progress (id, issue_id, text) VALUES (1, 1, 'x'), (2, 1, 'y')",
		"DELETE FROM progress WHERE id = 1",
		"INSERT INTO progress (id, issue_id, at) VALUES (1, 1, 5)",
		"UPDATE resident SET deleted_at = 1, deleted_by = 7, deleted_why = 'x' WHERE id = 1",
		"INSERT INTO extra (id, tbl, record_id, name, value) VALUES (5, 'grid', 1, 'x.wifi', '友邻')",
	};
	struct fixture *f;
	struct err e = { 0 };
	AUTO_RECORD r = { 0 };

	if (fixture_begin(state) != 0 || form_set_load(&forms, YL_SOURCE_DIR "/forms", "", &e) != RC_OK)
		return -1;
	f = *state;
	for (size_t i = 0; i < COUNT(rows); i++)
		fixture_write(f->st, "test", rows[i]);
	record_init(&r, form_find(forms, "resident"));
	value_set_text(record_value(&r, "name"), "李四");
	value_set_text(record_value(&r, "health_note"), "高血压");
	value_set_text(record_value(&r, "status"), "present");
	return record_save(f->st, &r, "resident.add", &e) == RC_OK ? 0 : -1;
}

static int end(void **state)
{
	form_set_free(forms);
	return fixture_end(state);
}

static void a_sound_database_has_no_faults(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *wrong = faults_of(f->st, forms);

	assert_string_equal(wrong, "");
	free(wrong);
	wrong = faults_of(f->st, NULL);
	assert_string_equal(wrong, "");
}

static void an_empty_database_has_no_faults(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *wrong = faults_of(f->st, NULL);

	assert_string_equal(wrong, "");
}

static void a_copy_that_went_on_has_no_faults(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *to = fixture_file(f, "copy.db");
	AUTO_FREE char *command = mem_format("cp %s.key %s.key", f->path, to);
	AUTO_FREE char *wrong = NULL;
	struct store *copy;

	assert_ok(store_backup(f->st, to, &f->e), &f->e);
	assert_int_equal(system(command), 0);
	copy = fixture_open_at(to);
	fixture_write(copy, "test", "UPDATE grid SET name = 'copy' WHERE id = 1");
	fixture_write(copy, "test", "UPDATE grid SET name = 'copy2' WHERE id = 1");
	assert_int_equal(fixture_int(copy, "SELECT count(DISTINCT site) FROM journal"), 2);
	wrong = faults_of(copy, forms);
	assert_string_equal(wrong, "");
	store_close(copy);
}

/* Each wrong on purpose, by the sqlite3 program, with the guards taken away first. */
static void what_was_tampered_with_is_found(void **state)
{
	static const struct { const char *sql; bool rebuild; const char *says; } cases[] = {
		/* triggers */
		{ "DROP TRIGGER journal_issue_update", false, "触发器：应有" },
		{ "DROP TRIGGER journal_issue_update; CREATE TRIGGER journal_issue_update AFTER UPDATE ON issue BEGIN SELECT 1; END", false,
		  "触发器：journal_issue_update" },
		{ "DROP VIEW derived_estate; CREATE VIEW derived_estate AS SELECT id, 'x' AS name_pinyin FROM estate", false, "触发器：derived_estate" },
		/* rows that bypassed the journal */
		{ "DROP TRIGGER journal_extra_insert; INSERT INTO extra (id, tbl) VALUES (99, 'grid')", true, "extra：1 条没有台账" },
		{ "DROP TRIGGER journal_extra_update; DROP TRIGGER journal_extra_id; UPDATE extra SET value = '改' WHERE id = 5", true, "extra 5：与台账不符：value" },
		{ "DROP TRIGGER journal_extra_delete; DELETE FROM extra WHERE id = 5", true, "extra 5：台账里有，表里没有" },
		/* the journal itself */
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET actor = 9 WHERE tbl = 'grid'", true, "校验链不符" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET new = replace(new, '三', '四') WHERE tbl = 'grid'", true, "校验链不符" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET hlc = hlc + 1 WHERE tbl = 'grid'", true, "校验链不符" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET salt = NULL WHERE tbl = 'grid'", true, "校验链不符" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET hash = zeroblob(32) WHERE tbl = 'grid'", true, "校验链不符" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET n = 0 WHERE tbl = 'grid'", true, "没有结尾" },
		{ "DROP TRIGGER journal_guard_update; UPDATE journal SET n = 7 WHERE tbl = 'grid'", true, "条数不符" },
		{ "DROP TRIGGER journal_guard_delete; DELETE FROM journal WHERE tbl = 'estate'", true, "缺号" },
		{ "DROP TRIGGER journal_guard_delete; DELETE FROM journal WHERE lsn = (SELECT max(lsn) FROM journal)", true, "末笔不符" },
		{ "DROP TRIGGER journal_guard_delete; DELETE FROM journal", true, "一笔也没有" },
		{ "DROP TRIGGER self_guard_update; UPDATE self SET no = no + 1", true, "末笔不符" },
		{ "DROP TRIGGER self_guard_update; UPDATE self SET hash = zeroblob(32)", true, "末笔不符" },
	};
	struct fixture *f = *state;
	AUTO_FREE char *kept = mem_format("cp %s %s.kept", f->path, f->path);
	AUTO_FREE char *back = mem_format("cp %s.kept %s; rm -f %s.lock", f->path, f->path, f->path);

	fixture_close(f);
	assert_int_equal(system(kept), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *out = NULL;
		AUTO_FREE char *wrong = NULL;

		if (fixture_shell(f->path, cases[i].sql, &out) != 0)
			fail_msg("%s: %s", cases[i].sql, out);
		fixture_open(f);
		if (cases[i].rebuild)
			assert_ok(store_rebuild_derived(f->st, &f->e), &f->e);
		wrong = faults_of(f->st, forms);
		if (strstr(wrong, cases[i].says) == NULL)
			print_error("%s\n found: %s\n", cases[i].sql, wrong);
		assert_non_null(strstr(wrong, cases[i].says));
		fixture_close(f);
		assert_int_equal(system(back), 0);
	}
	fixture_open(f);
	AUTO_FREE char *wrong = faults_of(f->st, forms);               /* the control: as it was, it is sound */

	assert_string_equal(wrong, "");
}

static void what_is_not_as_it_should_be_is_found(void **state)
{
	static const struct { const char *sql, *says; } cases[] = {
		{ "UPDATE issue SET reporter_id = 12345 WHERE id = 1", "引用：issue.reporter_id → resident 有 1 条" },
		{ "INSERT INTO extra (id, tbl, record_id) VALUES (8, 'grid', 999)", "引用：extra.record_id → grid 有 1 条" },
		{ "INSERT INTO extra (id, tbl, record_id) VALUES (9, 'no''where', 999)", "不是表" },
		{ "UPDATE estate SET name_pinyin = 'x' WHERE id = 1", "派生列 estate：1 条" },
		{ "UPDATE household SET address_key = 'x' WHERE id = 1", "派生列 household：1 条" },
		{ "UPDATE resident SET health_note = x'0011' WHERE name = '李四' /*scan*/", "加密列 resident.health_note：1 条打不开" },
		{ "INSERT INTO issue_text (issue_text) VALUES ('delete-all')", "全文索引 issue_text" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *wrong = NULL;

		fixture_write(f->st, "test", cases[i].sql);
		wrong = faults_of(f->st, forms);
		if (strstr(wrong, cases[i].says) == NULL)
			print_error("%s\n found: %s\n", cases[i].sql, wrong);
		assert_non_null(strstr(wrong, cases[i].says));
	}
}

static void a_form_that_does_not_fit_is_found(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *dir = fixture_file(f, "forms");
	AUTO_FREE char *command = mem_format("mkdir %s && cp " YL_SOURCE_DIR "/forms/codes.ini %s/ &&"
	                                     " printf '[form]\\ntable = grid\\ntitle = x\\n[field wifi]\\nlabel = x\\ntype = text 1..9\\n' > %s/grid.ini",
	                                     dir, dir, dir);
	AUTO_FREE char *wrong = NULL;
	struct form_set *set = NULL;

	assert_int_equal(system(command), 0);
	assert_ok(form_set_load(&set, dir, "", &f->e), &f->e);
	wrong = faults_of(f->st, set);
	assert_non_null(strstr(wrong, "grid.ini:4"));
	form_set_free(set);
}

/* What blanks a person's data must leave the chain as it is: the digest is kept in place of the values. */
static void an_erased_op_keeps_the_chain(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *wrong = NULL;
	AUTO_FREE char *out = NULL;
	AUTO_FREE char *sql = NULL;
	char digest[2 * HASH_BYTES + 1];
	unsigned char bytes[HASH_BYTES];
	crypto_generichash_state h;

	{
		AUTO_STMT q = stmt_use(f->st, "SELECT salt, new FROM journal WHERE tbl = 'resident' AND id = 1 ORDER BY hlc LIMIT 1");
		bool row = false;

		assert_ok(stmt_step(&q, &row, &f->e), &f->e);
		crypto_generichash_init(&h, NULL, 0, HASH_BYTES);
		for (int i = 0; i < 2; i++) {
			size_t n;
			const void *field = column_blob(&q, i, &n);
			int64_t length = (int64_t)n;           /* little-endian, as all machines that run this */

			crypto_generichash_update(&h, (const unsigned char *)&length, sizeof length);
			crypto_generichash_update(&h, field, n);
		}
		crypto_generichash_update(&h, (const unsigned char *)&(int64_t){ -1 }, sizeof(int64_t));
		crypto_generichash_final(&h, bytes, HASH_BYTES);
		sodium_bin2hex(digest, sizeof digest, bytes, HASH_BYTES);
	}
	fixture_close(f);
	sql = mem_format("DROP TRIGGER journal_guard_update; UPDATE journal SET new = '{\"$erased\":\"%s\"}', old = NULL, salt = NULL"
	                 " WHERE lsn = (SELECT lsn FROM journal WHERE tbl = 'resident' AND id = 1 ORDER BY hlc LIMIT 1)", digest);
	assert_int_equal(fixture_shell(f->path, sql, &out), 0);
	fixture_open(f);
	assert_ok(store_rebuild_derived(f->st, &f->e), &f->e);
	wrong = faults_of(f->st, forms);
	assert_null(strstr(wrong, "校验链"));
	assert_non_null(strstr(wrong, "resident 1"));      /* the row itself was not blanked here */

	/* The control: another digest does not fit. */
	digest[0] = digest[0] == '0' ? '1' : '0';
	fixture_close(f);
	free(sql);
	free(out);
	sql = mem_format("DROP TRIGGER journal_guard_update; UPDATE journal SET new = '{\"$erased\":\"%s\"}' WHERE new LIKE '{\"$erased\"%%'", digest);
	assert_int_equal(fixture_shell(f->path, sql, &out), 0);
	fixture_open(f);
	free(wrong);
	wrong = faults_of(f->st, forms);
	assert_non_null(strstr(wrong, "校验链"));
}

static void references_are_read_from_the_comments_of_the_schema(void **state)
{
	static const struct { const char *table, *column, *target, *target_column; } cases[] = {
		{ "resident", "household_id", "household", NULL }, { "building", "grid_id", "grid", NULL }, { "grid", "parent_id", "grid", NULL },
		{ "extra", "record_id", NULL, "tbl" }, { "issue", "joined_id", "issue", NULL }, { "credential", "account_id", "account", NULL },
	};
	struct fixture *f = *state;
	AUTO_REFERENCES refs = { 0 };

	assert_ok(references_load(f->st, NULL, &refs, &f->e), &f->e);
	assert_true(refs.n > 30);
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool found = false;

		for (size_t k = 0; k < refs.n; k++) {
			const struct reference *r = &refs.list[k];

			if (strcmp(r->table, cases[i].table) == 0 && strcmp(r->column, cases[i].column) == 0) {
				assert_string_equal(r->target ? r->target : "", cases[i].target ? cases[i].target : "");
				assert_string_equal(r->target_column ? r->target_column : "", cases[i].target_column ? cases[i].target_column : "");
				found = true;
			}
		}
		if (!found)
			fail_msg("%s.%s", cases[i].table, cases[i].column);
	}
}

static void a_check_does_not_wait_for_readers_and_sees_one_state(void **state)
{
	struct fixture *f = *state;
	struct store_options options = { .path = f->path, .read_only = true };
	struct store *st = NULL;
	AUTO_FREE char *wrong = NULL;

	assert_ok(store_open(&st, &options, &f->e), &f->e);
	wrong = faults_of(st, forms);
	assert_string_equal(wrong, "");
	store_close(st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_sound_database_has_no_faults, begin, end),
		cmocka_unit_test_setup_teardown(an_empty_database_has_no_faults, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_copy_that_went_on_has_no_faults, begin, end),
		cmocka_unit_test_setup_teardown(what_was_tampered_with_is_found, begin, end),
		cmocka_unit_test_setup_teardown(what_is_not_as_it_should_be_is_found, begin, end),
		cmocka_unit_test_setup_teardown(a_form_that_does_not_fit_is_found, begin, end),
		cmocka_unit_test_setup_teardown(an_erased_op_keeps_the_chain, begin, end),
		cmocka_unit_test_setup_teardown(references_are_read_from_the_comments_of_the_schema, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_check_does_not_wait_for_readers_and_sees_one_state, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
