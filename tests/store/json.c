/* JSON of the journal: every value comes back as it was, and equal values are equal text. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static void every_value_comes_back_as_it_was(void **state)
{
	static const char *const values[] = {
		"NULL", "0", "-1", "9223372036854775807", "-9223372036854775808", "''", "'a'", "'王\"秀\\英'", "char(1,9,10,13,31,127)", "'𠀀😀'",
		"'{\"$b\":\"00\"}'", "'[1,2]'", "'null'", "'1'", "x''", "x'00'", "x'00ff10'", "zeroblob(1000)", "replace(printf('%.2000c', 'x'), 'x', '长')",
		"1.5", "0.1", "1e300",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(values); i++) {
		AUTO_FREE char *sql = mem_format("SELECT yl_json_new('skipped v', 5, 5, x'fe', %s)", values[i]);
		AUTO_FREE char *same = NULL;
		AUTO_FREE char *json = NULL;
		AUTO_MEMBERS m = { 0 };
		int64_t equal;

		json = fixture_text(f->st, sql);
		assert_ok(json_read(f->st, json, &m, &f->e), &f->e);
		assert_int_equal(m.n, 1);
		assert_non_null(json_member(&m, "v"));
		assert_null(json_member(&m, "skipped"));
		same = mem_format("SELECT :v IS %s AND typeof(:v) = typeof(%s)", values[i], values[i]);
		AUTO_STMT q = stmt_use_temporary(f->st, same);

		sqlite3_bind_value(q.raw, 1, m.list[0].value);
		assert_ok(stmt_int(&q, &equal, &f->e), &f->e);
		if (!equal)
			print_error("%s became %s\n", values[i], json);
		assert_int_equal(equal, 1);
	}
}

static void a_text_that_looks_like_a_blob_stays_a_text(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *json = fixture_text(f->st, "SELECT yl_json('v', '{\"$b\":\"00\"}')");

	assert_string_equal(json, "{\"v\":\"{\\\"$b\\\":\\\"00\\\"}\"}");
}

static void blobs_that_are_none_are_not_taken(void **state)
{
	static const char *const wrong[] = {
		"", "{}", "{\"$b\":\"", "{\"$b\":\"0\"}", "{\"$b\":\"0g\"}", "{\"$b\":\"00\"} ", "{\"$b\":\"00\",\"x\":1}", "{\"$c\":\"00\"}", "{\"$b\":\"}",
	};
	unsigned char *bytes = NULL;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(json_blob_bytes(wrong[i], &bytes, &n));
	assert_null(bytes);
	assert_true(json_blob_bytes("{\"$b\":\"00fF\"}", &bytes, &n));
	assert_int_equal(n, 2);
	assert_memory_equal(bytes, "\0\xFF", 2);
	free(bytes);
}

static void json_that_is_broken_is_an_error_and_changes_nothing(void **state)
{
	static const char *const wrong[] = { "{", "{\"a\":}", "nonsense", "{\"a\":1", "\xFF" };
	struct fixture *f = *state;
	AUTO_MEMBERS m = { 0 };

	assert_ok(json_read(f->st, "{\"a\":1}", &m, &f->e), &f->e);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_not_equal(json_read(f->st, wrong[i], &m, &f->e), RC_OK);
		assert_int_equal(m.n, 1);
	}
	assert_ok(json_read(f->st, NULL, &m, &f->e), &f->e);
	assert_int_equal(m.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_value_comes_back_as_it_was, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_text_that_looks_like_a_blob_stays_a_text, fixture_begin, fixture_end),
		cmocka_unit_test(blobs_that_are_none_are_not_taken),
		cmocka_unit_test_setup_teardown(json_that_is_broken_is_an_error_and_changes_nothing, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
