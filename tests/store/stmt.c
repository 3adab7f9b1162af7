/* Statements: binding, faults that stick, and what is refused. */
#include "store/stmt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static void values_come_back_as_they_were_bound(void **state)
{
	struct fixture *f = *state;
	struct value number = { .kind = VALUE_NUMBER, .number = -5 }, text = { .kind = VALUE_TEXT, .text = (char *)"王" }, none = { 0 };
	AUTO_STMT q = stmt_use(f->st, "SELECT :int, :text, :null, :day, :no_day, :id, :no_id, :blob, :number, :word, :none, :big");
	bool row = false;
	size_t n;

	bind_int(&q, ":int", INT64_MIN);
	bind_text(&q, ":text", "西林小区𠀀");
	bind_text(&q, ":null", NULL);
	bind_day(&q, ":day", -8766);
	bind_day(&q, ":no_day", DAY_NONE);
	bind_id(&q, ":id", 7);
	bind_id(&q, ":no_id", 0);
	bind_blob(&q, ":blob", "a\0b", 3);
	bind_value(&q, ":number", &number);
	bind_value(&q, ":word", &text);
	bind_value(&q, ":none", &none);
	bind_int(&q, ":big", INT64_MAX);
	assert_ok(stmt_step(&q, &row, &f->e), &f->e);
	assert_true(row);
	assert_int_equal(column_count(&q), 12);
	assert_true(column_int(&q, 0) == INT64_MIN);
	assert_string_equal(column_text(&q, 1), "西林小区𠀀");
	assert_true(column_is_null(&q, 2));
	assert_string_equal(column_text(&q, 2), "");
	assert_int_equal(column_int(&q, 2), 0);
	assert_int_equal(column_day(&q, 3), -8766);
	assert_int_equal(column_day(&q, 4), DAY_NONE);
	assert_int_equal(column_int(&q, 5), 7);
	assert_true(column_is_null(&q, 6));
	assert_memory_equal(column_blob(&q, 7, &n), "a\0b", 3);
	assert_int_equal(n, 3);
	assert_int_equal(column_int(&q, 8), -5);
	assert_string_equal(column_text(&q, 9), "王");
	assert_true(column_is_null(&q, 10));
	assert_true(column_int(&q, 11) == INT64_MAX);
	assert_ok(stmt_step(&q, &row, &f->e), &f->e);
	assert_false(row);
}

static void a_fault_sticks_until_the_step_that_reports_it(void **state)
{
	static const char *const wrong[] = { "SELEC 1", "SELECT x FROM nowhere", "SELECT nothing FROM grid WHERE id = 1", "" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		AUTO_STMT q = stmt_use_temporary(f->st, wrong[i]);
		bool row = true;

		bind_int(&q, ":x", 1);
		f->e = (struct err){ 0 };
		assert_rc(stmt_step(&q, &row, &f->e), RC_DB, &f->e);
		assert_int_equal(f->e.code, RC_DB);
		assert_true(f->e.text[0] != '\0');
		assert_true(row);                          /* untouched */
	}
	AUTO_STMT q = stmt_use(f->st, "SELECT :a");
	int64_t n = 42;

	bind_int(&q, ":typo", 1);
	bind_int(&q, ":a", 1);
	assert_rc(stmt_int(&q, &n, &f->e), RC_DB, &f->e);
	assert_non_null(strstr(f->e.text, ":typo"));
	assert_int_equal(n, 42);
}

static void a_double_quoted_word_is_a_column_and_never_a_text(void **state)
{
	struct fixture *f = *state;
	AUTO_STMT q = stmt_use(f->st, "SELECT \"no_such_column\" FROM grid WHERE id = 1");
	int64_t n;

	assert_rc(stmt_int(&q, &n, &f->e), RC_DB, &f->e);
}

static void text_that_is_not_utf8_is_never_bound(void **state)
{
	static const char *const wrong[] = { "\xFF", "王\xE7\x8E", "\xCD\xF5\xD0\xE3\xD3\xA2", "\xED\xA0\x80" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		AUTO_STMT q = stmt_use(f->st, "SELECT :s");
		char *s = NULL;

		bind_text(&q, ":s", wrong[i]);
		assert_rc(stmt_text(&q, &s, &f->e), RC_INVALID, &f->e);
		assert_null(s);
	}
}

static void a_statement_is_used_again_without_the_values_of_before(void **state)
{
	static const char sql[] = "SELECT :a IS NULL";
	struct fixture *f = *state;
	struct sqlite3_stmt *first;
	int64_t n;

	{
		AUTO_STMT q = stmt_use(f->st, sql);

		first = q.raw;
		bind_int(&q, ":a", 1);
		assert_ok(stmt_int(&q, &n, &f->e), &f->e);
		assert_int_equal(n, 0);
	}
	AUTO_STMT again = stmt_use(f->st, sql);

	assert_ptr_equal(again.raw, first);
	assert_ok(stmt_int(&again, &n, &f->e), &f->e);
	assert_int_equal(n, 1);
}

static void one_text_can_be_in_use_twice_at_once(void **state)
{
	static const char sql[] = "WITH RECURSIVE c (n) AS (SELECT :from UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT n FROM c";
	struct fixture *f = *state;
	AUTO_STMT outer = stmt_use(f->st, sql);
	bool row = true, inner_row = true;
	int pairs = 0;

	bind_int(&outer, ":from", 1);
	while (stmt_step(&outer, &row, &f->e) == RC_OK && row) {
		AUTO_STMT inner = stmt_use(f->st, sql);

		bind_int(&inner, ":from", column_int(&outer, 0));
		while (stmt_step(&inner, &inner_row, &f->e) == RC_OK && inner_row)
			pairs++;
	}
	assert_int_equal(pairs, 3 + 2 + 1);
}

static void thousands_of_statements_are_kept_by_their_text(void **state)
{
	struct fixture *f = *state;
	AUTO_STMT held = stmt_use(f->st, "SELECT :x");      /* in use while others come and go */
	char sql[32];
	int64_t n = -1;

	bind_int(&held, ":x", 42);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 2500; i++) {
			snprintf(sql, sizeof sql, "SELECT %d", i);
			AUTO_STMT q = stmt_use(f->st, sql);

			assert_ok(stmt_int(&q, &n, &f->e), &f->e);
			assert_int_equal(n, i);
		}
	assert_true(f->st->cache.n <= 1000);
	assert_ok(stmt_int(&held, &n, &f->e), &f->e);
	assert_int_equal(n, 42);
}

static void nothing_found_is_said_and_changes_nothing(void **state)
{
	struct fixture *f = *state;
	AUTO_STMT q = stmt_use(f->st, "SELECT name FROM grid WHERE id = :id");
	char *name = (char *)"as before";
	int64_t n = 3;

	bind_int(&q, ":id", 99);
	assert_rc(stmt_text(&q, &name, &f->e), RC_NOTFOUND, &f->e);
	assert_rc(stmt_int(&q, &n, &f->e), RC_NOTFOUND, &f->e);
	assert_string_equal(name, "as before");
	assert_int_equal(n, 3);
}

static void a_write_outside_a_transaction_is_refused(void **state)
{
	static const char *const writes[] = {
		"INSERT INTO grid (id, code) VALUES (1, '01')", "INSERT INTO preference VALUES (1, 'a', 'b')",
		"UPDATE self SET no = 5 WHERE one = 1", "DELETE FROM draft WHERE id = 1", "DROP TABLE grid",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(writes); i++) {
		AUTO_STMT q = stmt_use(f->st, writes[i]);

		assert_rc(stmt_run(&q, &f->e), RC_DB, &f->e);
		assert_non_null(strstr(f->e.text, "事务"));
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM grid"), 0);
}

static void rows_changed_are_counted_without_those_of_triggers(void **state)
{
	struct fixture *f = *state;
	AUTO_TXN t = { 0 };

	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	AUTO_STMT insert = stmt_use(f->st, "INSERT INTO issue (id, title) VALUES (1, '漏水'), (2, '停车')");
	AUTO_STMT update = stmt_use(f->st, "UPDATE issue SET title = :title WHERE id = :id");

	assert_ok(stmt_run(&insert, &f->e), &f->e);
	assert_int_equal(store_changes(f->st), 2);
	bind_text(&update, ":title", "x");
	bind_int(&update, ":id", 1);
	assert_ok(stmt_run(&update, &f->e), &f->e);
	assert_int_equal(store_changes(f->st), 1);
	bind_int(&update, ":id", 77);
	assert_ok(stmt_run(&update, &f->e), &f->e);
	assert_int_equal(store_changes(f->st), 0);
}

static void a_statement_that_reads_a_whole_table_is_a_fault(void **state)
{
	static const struct { const char *sql; bool sound; } cases[] = {
		{ "SELECT id FROM issue WHERE id = 1", true },
		{ "SELECT id FROM issue WHERE grid_id = 1 ORDER BY raised_at, id", true },
		{ "SELECT id FROM issue ORDER BY raised_at DESC, id DESC LIMIT 10", true },
		{ "SELECT count(*) FROM journal WHERE site = 1", true },
		{ "SELECT j.value FROM json_each('[1]') AS j", true },
		{ "WITH c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT n FROM c", true },
		{ "SELECT rowid FROM issue_text WHERE issue_text MATCH '\"漏水\"'", true },
		{ "SELECT id FROM issue WHERE title = 'x'", false },
		{ "SELECT i.id FROM issue AS i JOIN grid AS g ON g.name = i.title WHERE i.id = 1", false },
		{ "SELECT id FROM issue WHERE grid_id = 1 ORDER BY title", false },
		{ "UPDATE issue SET title = 'x' WHERE body = 'y'", false },
		{ "DELETE FROM issue", false },
		{ "SELECT id FROM issue WHERE title = 'x' /*scan*/", true },
		{ "DELETE FROM issue /*scan*/", true },
	};
	struct fixture *f = *state;
	AUTO_TXN t = { 0 };

	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STMT q = stmt_use(f->st, cases[i].sql);
		enum rc rc = stmt_run(&q, &f->e);

		if ((rc == RC_OK) != cases[i].sound)
			print_error("%s: %s\n", cases[i].sql, f->e.text);
		assert_true((rc == RC_OK) == cases[i].sound);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_come_back_as_they_were_bound, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_fault_sticks_until_the_step_that_reports_it, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_double_quoted_word_is_a_column_and_never_a_text, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(text_that_is_not_utf8_is_never_bound, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_statement_is_used_again_without_the_values_of_before, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(one_text_can_be_in_use_twice_at_once, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(thousands_of_statements_are_kept_by_their_text, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(nothing_found_is_said_and_changes_nothing, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_write_outside_a_transaction_is_refused, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(rows_changed_are_counted_without_those_of_triggers, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_statement_that_reads_a_whole_table_is_a_fault, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
