/* The journal: which op each change leaves, and that no write passes it by. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static char *last_op(struct store *st)
{
	return fixture_text(st, "SELECT tbl || ' ' || id || ' ' || op || ' ' || coalesce(new, '-') || ' ' || coalesce(old, '-')"
	                        " FROM journal ORDER BY lsn DESC LIMIT 1");
}

static void each_change_leaves_one_op_of_what_changed(void **state)
{
	static const struct { const char *sql, *op; } cases[] = {
		{ "INSERT INTO progress (id, issue_id, text) VALUES (9, 1, '已\"到\"场\\\n')",
		  "progress 9 I {\"issue_id\":1,\"text\":\"已\\\"到\\\"场\\\\\\n\"} -" },
		{ "UPDATE progress SET text = 'x', at = 5 WHERE id = 9",
		  "progress 9 U {\"at\":5,\"text\":\"x\"} {\"at\":null,\"text\":\"已\\\"到\\\"场\\\\\\n\"}" },
		{ "UPDATE progress SET text = NULL WHERE id = 9", "progress 9 U {\"text\":null} {\"text\":\"x\"}" },
		{ "DELETE FROM progress WHERE id = 9", "progress 9 D - {\"issue_id\":1,\"at\":5}" },
		{ "INSERT INTO resident (id, id_number) VALUES (4, x'00ff1a')",
		  "resident 4 I {\"id_number\":{\"$b\":\"00ff1a\"},\"status\":\"present\"} -" },
		/* columns of one group travel together */
		{ "INSERT INTO issue (id, phase, status) VALUES (1, 'raise', 'open')",
		  "issue 1 I {\"phase\":\"raise\",\"status\":\"open\",\"reopened\":0} -" },
		{ "UPDATE issue SET status = 'held' WHERE id = 1",
		  "issue 1 U {\"phase\":\"raise\",\"status\":\"held\",\"phase_at\":null,\"closed_at\":null,\"closing\":null}"
		  " {\"phase\":\"raise\",\"status\":\"open\",\"phase_at\":null,\"closed_at\":null,\"closing\":null}" },
		{ "UPDATE issue SET title = '\x01', urgency = 'high' WHERE id = 1",
		  "issue 1 U {\"title\":\"\\u0001\",\"urgency\":\"high\"} {\"title\":null,\"urgency\":null}" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *op = NULL;

		fixture_write(f->st, "test", cases[i].sql);
		op = last_op(f->st);
		assert_string_equal(op, cases[i].op);
		assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), i + 1);
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal WHERE length(salt) = 16"), COUNT(cases));
	assert_int_equal(fixture_int(f->st, "SELECT count(DISTINCT salt) FROM journal"), COUNT(cases));
}

static void nothing_changed_leaves_nothing(void **state)
{
	static const char *const same[] = {
		"UPDATE resident SET rev = rev + 1 WHERE id = 1",
		"UPDATE resident SET name = '王秀英' WHERE id = 1",
		"UPDATE resident SET name_pinyin = 'x', grid_id = 5 WHERE id = 1",      /* derived */
		"UPDATE resident SET phone = NULL WHERE id = 1",
		"UPDATE resident SET name = 'x' WHERE id = 2",
	};
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO resident (id, name) VALUES (1, '王秀英')");
	for (size_t i = 0; i < COUNT(same); i++)
		fixture_write(f->st, "test", same[i]);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 1);
}

static void a_record_stamped_in_the_future_still_takes_later_edits(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01'), (2, '02')");
	/* As a merge would bring it: an op of a site whose clock was ten years ahead. */
	f->st->next.hlc = f->st->self.hlc;
	{
		AUTO_TXN t = { 0 };
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO journal (site, no, k, hlc, schema, tbl, id, op, new)"
		                              " VALUES (yl_site(), yl_no(), yl_k(), :hlc, 1, 'grid', 1, 'U', '{\"name\":\"later\"}')");

		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		bind_int(&q, ":hlc", f->st->next.hlc + ((INT64_C(3650) * 86400000) << 16));
		assert_ok(stmt_run(&q, &f->e), &f->e);
		assert_ok(txn_commit(&t, &f->e), &f->e);
	}
	int64_t ours = f->st->self.hlc;

	fixture_write(f->st, "test", "UPDATE grid SET name = 'mine' WHERE id = 1");
	fixture_write(f->st, "test", "UPDATE grid SET name = 'mine' WHERE id = 2");
	assert_int_equal(fixture_int(f->st, "SELECT json_extract(new, '$.name') = 'mine' FROM journal WHERE tbl = 'grid' AND id = 1"
	                                    " ORDER BY hlc DESC LIMIT 1"), 1);
	assert_true(f->st->self.hlc - ours < INT64_C(3600000) << 16);      /* our own clock did not follow */
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal WHERE id = 2 AND hlc > (SELECT hlc FROM self)"), 0);
}

static void ops_of_one_record_are_in_order_within_a_transaction(void **state)
{
	struct fixture *f = *state;
	AUTO_TXN t = { 0 };

	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	for (int i = 0; i < 5; i++) {
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO grid (id, code) VALUES (1, '1')"
		                              " ON CONFLICT (id) DO UPDATE SET code = CAST(code AS INTEGER) + 1");

		assert_ok(stmt_run(&q, &f->e), &f->e);
	}
	assert_ok(txn_commit(&t, &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT count(DISTINCT hlc) FROM journal"), 5);
	assert_int_equal(fixture_int(f->st, "SELECT max(hlc) - min(hlc) FROM journal"), 4);
}

static void what_must_not_be_written_is_refused(void **state)
{
	static const struct { const char *sql, *says; } cases[] = {
		{ "UPDATE grid SET id = 2 WHERE id = 1", "immutable" },
		{ "UPDATE journal SET new = '{}' WHERE lsn = 1", "append-only" },
		{ "DELETE FROM journal WHERE lsn = 1", "append-only" },
		{ "INSERT INTO journal (site, no, k, hlc, schema, tbl, id, op) VALUES (5, 1, 0, 1, 1, 'grid', 1, 'U')", "transaction" },
		{ "UPDATE self SET no = 0 WHERE one = 1", "self" },
		{ "DELETE FROM self WHERE one = 1", "self" },
		{ "INSERT INTO self SELECT * FROM self WHERE one = 1", "" },
		{ "UPDATE grid SET code = x'00' WHERE id = 1", "" },         /* STRICT */
	};
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_TXN t = { 0 };
		AUTO_STMT q = stmt_use(f->st, cases[i].sql);

		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		assert_rc(stmt_run(&q, &f->e), RC_DB, &f->e);
		assert_non_null(strstr(f->e.text, cases[i].says));
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT no FROM self"), 1);
}

static void the_sqlite3_program_can_read_and_cannot_write(void **state)
{
	struct fixture *f = *state;
	char **names;
	size_t n;

	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_ok(table_journaled(f->st, &names, &n, &f->e), &f->e);
	assert_true(n > 10);
	for (size_t i = 0; i < n; i++) {
		static const char *const writes[] = {
			"INSERT INTO \"%s\" (id) VALUES (123)", "UPDATE \"%s\" SET rev = 9", "DELETE FROM \"%s\"",
		};

		for (size_t w = 0; w < COUNT(writes); w++) {
			char *sql = sqlite3_mprintf(writes[w], names[i]);
			AUTO_FREE char *out = NULL;

			assert_int_not_equal(fixture_shell(f->path, sql, &out), 0);
			assert_non_null(strstr(out, "no such function"));
			sqlite3_free(sql);
		}
	}
	table_names_free(names, n);
	static const char *const others[] = {
		"INSERT INTO journal (site, no, k, hlc, schema, tbl, id, op) VALUES (1, 1, 0, 1, 1, 'grid', 1, 'U')",
		"UPDATE journal SET actor = 1", "DELETE FROM journal", "UPDATE self SET no = 0", "DELETE FROM self",
	};
	for (size_t i = 0; i < COUNT(others); i++) {
		AUTO_FREE char *out = NULL;

		assert_int_not_equal(fixture_shell(f->path, others[i], &out), 0);
	}
	AUTO_FREE char *out = NULL;

	assert_int_equal(fixture_shell(f->path, "SELECT code FROM grid", &out), 0);
	assert_string_equal(out, "01\n");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 1);
}

/* The control of the test above: without the triggers the shell does write. */
static void without_triggers_the_sqlite3_program_would_write(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *out = NULL;

	assert_int_equal(fixture_shell(f->path, "DROP TRIGGER journal_extra_insert; INSERT INTO extra (id) VALUES (123)", &out), 0);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM extra"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_change_leaves_one_op_of_what_changed, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(nothing_changed_leaves_nothing, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_record_stamped_in_the_future_still_takes_later_edits, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(ops_of_one_record_are_in_order_within_a_transaction, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_must_not_be_written_is_refused, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_sqlite3_program_can_read_and_cannot_write, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(without_triggers_the_sqlite3_program_would_write, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
