/* What happened to a record, and taking the last step back. */
#include "store/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/record.h"

static const char *or_dash(const char *s)
{
	return s ? s : "-";
}

/* "verb op table column before→after, …;" for each entry. */
static char *history_text(struct store *st, const char *table, int64_t id)
{
	AUTO_ARENA a = { 0 };
	const struct journal_entry *entries;
	struct strbuf out = { 0 };
	struct err e = { 0 };
	size_t n;

	assert_ok(journal_history(st, table, id, &a, &entries, &n, &e), &e);
	for (size_t i = 0; i < n; i++) {
		strbuf_format(&out, "%s %c %s", entries[i].verb, entries[i].op, entries[i].table);
		for (size_t c = 0; c < entries[i].n; c++)
			strbuf_format(&out, " %s %s→%s", entries[i].changes[c].column, or_dash(entries[i].changes[c].before),
			              or_dash(entries[i].changes[c].after));
		strbuf_add(&out, ";");
	}
	return strbuf_take(&out);
}

static void a_history_tells_what_changed_newest_first(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	AUTO_ARENA a = { 0 };
	const struct journal_entry *entries;
	size_t n;

	fixture_write(f->st, "account.add", "INSERT INTO account (id, name) VALUES (7, '陈晓')");
	store_set_actor(f->st, 7, "陈晓");
	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code, name) VALUES (1, '03', '三\"网格')");
	store_set_actor(f->st, 0, NULL);
	fixture_write(f->st, "grid.edit", "UPDATE grid SET name = NULL, from_day = 20000 WHERE id = 1");
	fixture_write(f->st, "grid.drop", "DELETE FROM grid WHERE id = 1");
	text = history_text(f->st, "grid", 1);
	assert_string_equal(text, "grid.drop D grid code \"03\"→- kind \"grid\"→- from_day 20000→-;"
	                          "grid.edit U grid name \"三\\\"网格\"→- from_day -→20000;"
	                          "grid.add I grid code -→\"03\" name -→\"三\\\"网格\" kind -→\"grid\";");
	assert_ok(journal_history(f->st, "grid", 1, &a, &entries, &n, &f->e), &f->e);
	assert_int_equal(n, 3);
	assert_string_equal(entries[2].actor_name, "陈晓");
	assert_int_equal(entries[2].actor, 7);
	assert_string_equal(entries[0].actor_name, "");
	assert_int_equal(entries[0].actor, 0);
	assert_true(entries[0].at >= entries[2].at && store_now(f->st) - entries[0].at < 60000);
	assert_ok(journal_history(f->st, "grid", 99, &a, &entries, &n, &f->e), &f->e);
	assert_int_equal(n, 0);
}

static void a_history_opens_what_is_sealed_and_knows_added_fields(void **state)
{
	static const char form_text[] =
		"[form]\ntable = resident\ntitle = 居民\n[field name]\nlabel = 姓名\ntype = text 1..40\n"
		"[field health_note]\nlabel = 健康\ntype = note 0..500\nsealed = yes\n[field x.wifi]\nlabel = 网\ntype = text 0..20\n";
	struct fixture *f = *state;
	AUTO_FREE char *dir = fixture_file(f, "forms");
	AUTO_FREE char *command = mem_format("mkdir %s && cp " YL_SOURCE_DIR "/forms/codes.ini %s/ && cat > %s/resident.ini", dir, dir, dir);
	AUTO_FREE char *text = NULL;
	AUTO_RECORD r = { 0 };
	struct form_set *set = NULL;
	FILE *pipe = popen(command, "w");

	fputs(form_text, pipe);
	assert_int_equal(pclose(pipe), 0);
	assert_ok(form_set_load(&set, dir, "", &f->e), &f->e);
	record_init(&r, form_find(set, "resident"));
	value_set_text(record_value(&r, "name"), "王秀英");
	value_set_text(record_value(&r, "health_note"), "高血压");
	value_set_text(record_value(&r, "x.wifi"), "友邻");
	assert_ok(record_save(f->st, &r, "resident.add", &f->e), &f->e);
	value_set_text(record_value(&r, "health_note"), NULL);
	value_set_text(record_value(&r, "x.wifi"), "友邻5G");
	assert_ok(record_save(f->st, &r, "resident.edit", &f->e), &f->e);
	text = history_text(f->st, "resident", r.id);
	assert_string_equal(text, "resident.edit U extra x.wifi \"友邻\"→\"友邻5G\";"
	                          "resident.edit U resident health_note \"高血压\"→-;"
	                          "resident.add I extra x.wifi -→\"友邻\";"
	                          "resident.add I resident name -→\"王秀英\" health_note -→\"高血压\" status -→\"present\";");
	form_set_free(set);
}

static void a_resident_has_the_history_of_those_merged_into_it(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;

	fixture_write(f->st, "a", "INSERT INTO resident (id, name) VALUES (1, '王秀英')");
	fixture_write(f->st, "b", "INSERT INTO resident (id, name) VALUES (2, '王秀瑛')");
	fixture_write(f->st, "c", "INSERT INTO resident (id, name) VALUES (3, '王秀')");
	fixture_write(f->st, "d", "UPDATE resident SET phone = '1' WHERE id = 3");
	fixture_write(f->st, "e", "UPDATE resident SET merged_into = 1, deleted_at = 5 WHERE id = 2");
	fixture_write(f->st, "f", "UPDATE resident SET merged_into = 2, deleted_at = 5 WHERE id = 3");
	text = history_text(f->st, "resident", 1);
	for (const char *verb = "abcdef"; *verb; verb++) {
		char begin[4] = { *verb, ' ', '\0' };

		assert_non_null(strstr(text, begin));
	}
	free(text);
	text = history_text(f->st, "resident", 3);
	assert_null(strstr(text, "a I"));
}

/* Undo ---------------------------------------------------------------------------------------------------------------------------- */

static void expect_undo(struct fixture *f, enum rc expected, const char *says)
{
	char *done = NULL;
	enum rc rc = journal_undo(f->st, 7, &done, &f->e);

	assert_rc(rc, expected, &f->e);
	assert_true((rc == RC_OK) == (done != NULL));
	if (strstr(done ? done : f->e.text, says) == NULL)
		print_error("%s\n", done ? done : f->e.text);
	assert_non_null(strstr(done ? done : f->e.text, says));
	free(done);
}

static int begin(void **state)
{
	if (fixture_begin(state) != 0)
		return -1;
	store_set_actor(((struct fixture *)*state)->st, 7, "陈晓");
	return 0;
}

static void undo_writes_the_old_values_back_as_a_new_step(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "issue.raise", "INSERT INTO issue (id, number, title, phase, status) VALUES (1, 'DH-1', '漏水', 'raise', 'open')");
	fixture_write(f->st, "issue.triage", "UPDATE issue SET phase = 'act', title = '屋顶漏水', rev = rev + 1 WHERE id = 1");
	expect_undo(f, RC_OK, "issue.triage DH-1");
	assert_int_equal(fixture_int(f->st, "SELECT title = '漏水' AND phase = 'raise' AND status = 'open' AND rev = 3 FROM issue"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal WHERE verb = 'undo 2' AND actor = 7"), 1);
	expect_undo(f, RC_OK, "issue.raise DH-1");               /* step by step backwards */
	assert_int_equal(fixture_int(f->st, "SELECT deleted_at > 0 AND deleted_by = 7 AND deleted_why = '撤销' FROM issue"), 1);
	expect_undo(f, RC_NOTFOUND, "没有可以撤销");
	assert_int_equal(fixture_int(f->st, "SELECT max(no) FROM journal"), 4);
}

static void what_was_done_after_an_undo_is_undone_first(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "a", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_write(f->st, "b", "UPDATE grid SET name = 'b' WHERE id = 1");
	expect_undo(f, RC_OK, "b");
	fixture_write(f->st, "c", "UPDATE grid SET name = 'c' WHERE id = 1");
	expect_undo(f, RC_OK, "c");
	assert_int_equal(fixture_int(f->st, "SELECT name IS NULL FROM grid"), 1);
	expect_undo(f, RC_OK, "a");
	expect_undo(f, RC_NOTFOUND, "");
}

static void a_step_of_many_records_is_undone_whole_or_not_at_all(void **state)
{
	struct fixture *f = *state;
	AUTO_TXN t = { 0 };
	static const char *const steps[] = {
		"INSERT INTO issue (id, number) VALUES (1, 'DH-1')",
		"INSERT INTO phase (id, issue_id, phase) VALUES (1, 1, 'raise')",
		"INSERT INTO resident (id, name) VALUES (5, '王秀英')",
		"UPDATE issue SET reporter_id = 5 WHERE id = 1",
		"UPDATE grid SET name = 'new' WHERE id = 1",
		"DELETE FROM progress WHERE id = 3",
	};

	store_set_actor(f->st, 8, NULL);
	fixture_write(f->st, "x", "INSERT INTO grid (id, code, name) VALUES (1, '01', 'old')");
	fixture_write(f->st, "x", "INSERT INTO progress (id, text) VALUES (3, '到场')");
	store_set_actor(f->st, 7, NULL);
	assert_ok(txn_begin(&t, f->st, "issue.raise", &f->e), &f->e);
	for (size_t i = 0; i < COUNT(steps); i++) {
		AUTO_STMT q = stmt_use(f->st, steps[i]);

		assert_ok(stmt_run(&q, &f->e), &f->e);
	}
	assert_ok(txn_commit(&t, &f->e), &f->e);

	store_set_actor(f->st, 8, NULL);
	fixture_write(f->st, "y", "UPDATE grid SET name = 'theirs' WHERE id = 1");
	store_set_actor(f->st, 7, NULL);
	expect_undo(f, RC_CONFLICT, "grid");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM phase"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM issue WHERE deleted_at IS NULL"), 1);

	store_set_actor(f->st, 8, NULL);
	fixture_write(f->st, "y", "UPDATE grid SET name = 'new' WHERE id = 1");
	store_set_actor(f->st, 7, NULL);
	expect_undo(f, RC_OK, "issue.raise DH-1");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM phase"), 0);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM issue WHERE deleted_at IS NULL"), 0);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM resident WHERE deleted_at IS NULL"), 0);
	assert_int_equal(fixture_int(f->st, "SELECT name = 'old' FROM grid"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT text = '到场' FROM progress WHERE id = 3"), 1);
}

static void what_others_changed_or_built_upon_is_not_undone(void **state)
{
	static const struct { const char *mine, *theirs; } cases[] = {
		{ "UPDATE grid SET name = 'mine' WHERE id = 1", "UPDATE grid SET name = 'theirs' WHERE id = 1" },
		{ "INSERT INTO issue (id, number) VALUES (2, 'DH-2')", "UPDATE issue SET title = 'x' WHERE id = 2" },
		{ "INSERT INTO issue (id, number) VALUES (3, 'DH-3')", "INSERT INTO support (id, issue_id) VALUES (1, 3)" },
		{ "INSERT INTO progress (id, text) VALUES (4, 'x')", "UPDATE progress SET text = 'y' WHERE id = 4" },
		{ "DELETE FROM progress WHERE id = 9", "INSERT INTO progress (id, text) VALUES (9, 'again')" },
		{ "UPDATE resident SET name = '甲' WHERE id = 1", "UPDATE resident SET name = '乙' WHERE id = 1" },
		/* columns of a group are one thing */
		{ "UPDATE issue SET phase = 'act' WHERE id = 1", "UPDATE issue SET status = 'held' WHERE id = 1" },
	};
	struct fixture *f = *state;

	store_set_actor(f->st, 8, NULL);
	fixture_write(f->st, "x", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_write(f->st, "x", "INSERT INTO issue (id, number) VALUES (1, 'DH-1')");
	fixture_write(f->st, "x", "INSERT INTO progress (id, text) VALUES (9, 'x')");
	fixture_write(f->st, "x", "INSERT INTO resident (id, name) VALUES (1, 'x')");
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t before;

		store_set_actor(f->st, 7, NULL);
		fixture_write(f->st, "mine", cases[i].mine);
		store_set_actor(f->st, 8, NULL);
		fixture_write(f->st, "theirs", cases[i].theirs);
		store_set_actor(f->st, 7, NULL);
		before = fixture_int(f->st, "SELECT count(*) FROM journal");
		expect_undo(f, RC_CONFLICT, "之后又有人改过");
		assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), before);
	}
}

static void other_columns_that_others_changed_do_not_matter(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "x", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_write(f->st, "mine", "UPDATE grid SET name = 'mine' WHERE id = 1");
	store_set_actor(f->st, 8, NULL);
	fixture_write(f->st, "theirs", "UPDATE grid SET leader = 'theirs' WHERE id = 1");
	store_set_actor(f->st, 7, NULL);
	expect_undo(f, RC_OK, "mine");
	assert_int_equal(fixture_int(f->st, "SELECT name IS NULL AND leader = 'theirs' FROM grid"), 1);
}

static void some_steps_are_never_undone(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "grid.add", "INSERT INTO grid (id, code) VALUES (1, '01')");
	fixture_write(f->st, "reveal", "INSERT INTO reveal (id, tbl) VALUES (1, 'resident')");
	expect_undo(f, RC_OK, "grid.add");                             /* looking is passed over */
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM reveal"), 1);
	fixture_write(f->st, "account.add", "INSERT INTO account (id, name) VALUES (9, '新人')");
	expect_undo(f, RC_DENIED, "账号");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM account WHERE deleted_at IS NULL"), 1);
}

static void sealed_values_come_back_with_an_undo(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "a", "INSERT INTO resident (id, name, health_note) VALUES (1, '甲', x'00ff01')");
	fixture_write(f->st, "b", "UPDATE resident SET health_note = NULL WHERE id = 1");
	expect_undo(f, RC_OK, "b 甲");
	assert_int_equal(fixture_int(f->st, "SELECT health_note = x'00ff01' FROM resident"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_history_tells_what_changed_newest_first, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_history_opens_what_is_sealed_and_knows_added_fields, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_resident_has_the_history_of_those_merged_into_it, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(undo_writes_the_old_values_back_as_a_new_step, begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_was_done_after_an_undo_is_undone_first, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_step_of_many_records_is_undone_whole_or_not_at_all, begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_others_changed_or_built_upon_is_not_undone, begin, fixture_end),
		cmocka_unit_test_setup_teardown(other_columns_that_others_changed_do_not_matter, begin, fixture_end),
		cmocka_unit_test_setup_teardown(some_steps_are_never_undone, begin, fixture_end),
		cmocka_unit_test_setup_teardown(sealed_values_come_back_with_an_undo, begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
