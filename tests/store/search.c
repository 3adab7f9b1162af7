/* Full text: one Han character is enough, and what was typed is found as it was typed. */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static int64_t matches(struct store *st, const char *typed)
{
	AUTO_STRBUF query = { 0 };
	AUTO_STMT q = stmt_use(st, "SELECT count(*) FROM issue_text WHERE issue_text MATCH :query");
	struct err e = { 0 };
	int64_t n = -1;

	search_query(&query, typed);
	if (query.n == 0)
		return -1;
	bind_text(&q, ":query", strbuf_str(&query));
	assert_ok(stmt_int(&q, &n, &e), &e);
	return n;
}

static void what_is_typed_becomes_exact_phrases(void **state)
{
	static const struct { const char *typed, *query; } cases[] = {
		{ "漏水", "\"漏水\"" }, { "3幢 漏水", "\"3幢\" AND \"漏水\"" }, { "　漏水　", "\"漏水\"" }, { "", "" }, { "  ", "" }, { "，。", "" },
		{ "\"", "" }, { "a\"b", "\"ab\"" }, { "title:x OR y*", "\"title:x\" AND \"OR\" AND \"y*\"" }, { "-x", "\"-x\"" },
		{ "漏 ! 水", "\"漏\" AND \"水\"" }, { "\xFF", "" }, { "x\xFF", "\"x\xFF\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		search_query(&out, cases[i].typed);
		assert_string_equal(strbuf_str(&out), cases[i].query);
	}
}

static void texts_are_found_by_any_part_of_them(void **state)
{
	static const struct { const char *typed; int64_t n; } cases[] = {
		{ "漏", 2 }, { "漏水", 2 }, { "水漏", 0 }, { "屋顶漏水", 1 }, { "漏水了", 1 }, { "3幢", 1 }, { "３幢", 1 }, { "WIFI", 1 }, { "wifi", 1 },
		{ "wif", 0 }, { "DH-20261124-007", 1 }, { "dh 007", 1 }, { "𠀀", 1 }, { "漏 屋", 1 }, { "漏 无此字", 0 }, { "ｗｉｆｉ", 1 },
		{ "café", 1 }, { "() AND NOT", 0 }, { "NEAR", 0 },
	};
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO issue (id, number, title, body) VALUES"
	              " (1, 'DH-20261124-007', '屋顶漏水', '3幢顶楼，WiFi 也不通𠀀'), (2, 'DH-20261124-008', '水管漏水了', 'café 门口')");
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t n = matches(f->st, cases[i].typed);

		if (n != cases[i].n)
			print_error("“%s”: %d, expected %d\n", cases[i].typed, (int)n, (int)cases[i].n);
		assert_int_equal(n, cases[i].n);
	}
}

static void the_index_follows_every_change(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO issue (id, title) VALUES (1, '漏水'), (2, '停车')");
	fixture_write(f->st, "test", "UPDATE issue SET title = '噪音' WHERE id = 1");
	assert_int_equal(matches(f->st, "漏水"), 0);
	assert_int_equal(matches(f->st, "噪音"), 1);
	fixture_write(f->st, "test", "UPDATE issue SET urgency = 'high' WHERE id = 1");
	fixture_write(f->st, "test", "DELETE FROM issue WHERE id = 2");
	assert_int_equal(matches(f->st, "停车"), 0);
	fixture_write(f->st, "test", "INSERT INTO issue_text (issue_text, rank) VALUES ('integrity-check', 1)");
}

static void the_index_follows_what_is_taken_back(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO issue (id, title) VALUES (1, '漏水')");
	{
		AUTO_TXN outer = { 0 };

		assert_ok(txn_begin(&outer, f->st, "test", &f->e), &f->e);
		{
			AUTO_TXN inner = { 0 };
			AUTO_STMT q = stmt_use(f->st, "UPDATE issue SET title = '噪音' WHERE id = 1");

			assert_ok(txn_begin(&inner, f->st, "test", &f->e), &f->e);
			assert_ok(stmt_run(&q, &f->e), &f->e);
		}
		{
			/* The second row fails after the first one was indexed. */
			AUTO_STMT q = stmt_use(f->st, "INSERT INTO issue (id, title) VALUES (3, '停车'), (1, '重复')");

			assert_rc(stmt_run(&q, &f->e), RC_DB, &f->e);
		}
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO issue (id, title) VALUES (5, '路灯')");

		assert_ok(stmt_run(&q, &f->e), &f->e);
		assert_ok(txn_commit(&outer, &f->e), &f->e);
	}
	assert_int_equal(matches(f->st, "漏水"), 1);
	assert_int_equal(matches(f->st, "噪音"), 0);
	assert_int_equal(matches(f->st, "停车"), 0);
	assert_int_equal(matches(f->st, "路灯"), 1);
	fixture_write(f->st, "test", "INSERT INTO issue_text (issue_text, rank) VALUES ('integrity-check', 1)");
}

static void the_index_functions_write_nothing_but_an_index(void **state)
{
	static const char *const wrong[] = {
		"SELECT yl_text_add('grid', 5, 'code', 'x')", "SELECT yl_text_add('x\") ; DROP TABLE grid; --_text', 5, 'code', 'x')",
		"SELECT yl_text_add()", "SELECT yl_text_add('issue_text')", "SELECT yl_text_add('issue_text', 1, 'title')",
		"SELECT yl_text_add(NULL, 1, 'title', 'x')", "SELECT yl_text_add('nowhere_text', 1, 'title', 'x')",
		"SELECT yl_text_add('issue_text', 1, 'title', 'outside a transaction')",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		AUTO_STMT q = stmt_use(f->st, wrong[i]);

		assert_rc(stmt_run(&q, &f->e), RC_DB, &f->e);
	}
}

static void hostile_texts_are_indexed_and_found_no_worse(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *huge = mem_alloc(300001);
	AUTO_TXN t = { 0 };
	AUTO_STMT q = stmt_use(f->st, "INSERT INTO issue (id, title, body) VALUES (:id, :title, :body)");
	const struct { const void *bytes; size_t n; } cases[] = {
		{ "", 0 }, { "\xE7\x8E", 2 }, { "\xFF\xFF", 2 }, { "\xF0\x9F", 2 }, { huge, 300000 }, { "a\xCC", 2 }, { "\xEF\xBC", 2 },
	};

	memset(huge, 'a', 300000);
	assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
	for (size_t i = 0; i < COUNT(cases); i++) {
		bind_int(&q, ":id", (int64_t)i + 1);
		/* Past the store's own check: what an older program or a merge may have left in the file. */
		sqlite3_bind_text64(q.raw, sqlite3_bind_parameter_index(q.raw, ":body"), cases[i].bytes, cases[i].n, SQLITE_STATIC, SQLITE_UTF8);
		bind_text(&q, ":title", "好");
		assert_ok(stmt_run(&q, &f->e), &f->e);
	}
	assert_ok(txn_commit(&t, &f->e), &f->e);
	assert_int_equal(matches(f->st, "好"), COUNT(cases));
	fixture_write(f->st, "test", "INSERT INTO issue_text (issue_text, rank) VALUES ('integrity-check', 1)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_becomes_exact_phrases),
		cmocka_unit_test_setup_teardown(texts_are_found_by_any_part_of_them, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_index_follows_every_change, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_index_follows_what_is_taken_back, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_index_functions_write_nothing_but_an_index, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(hostile_texts_are_indexed_and_found_no_worse, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
