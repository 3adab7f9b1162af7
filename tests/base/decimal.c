/* Decimal numbers as people type them. */
#include "decimal.h"

#include <string.h>

#include "base/err.h"
#include "test.h"

static void numbers_are_read_as_scaled_integers(void **state)
{
	static const struct { const char *s; int decimals; int64_t want; } cases[] = {
		{ "0", 0, 0 }, { "12", 0, 12 }, { "-12", 0, -12 }, { "+12", 0, 12 }, { "007", 0, 7 }, { "12", 2, 1200 }, { "12.5", 2, 1250 },
		{ "12.50", 2, 1250 }, { "0.05", 2, 5 }, { "-0.05", 2, -5 }, { "1,234", 0, 1234 }, { "1,234,567.89", 2, 123456789 },
		{ "3.5", 6, 3500000 }, { "999999999999999", 0, 999999999999999 }, { "0000000000000000000000001", 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t got = -1;

		assert_true(decimal_parse(cases[i].s, strlen(cases[i].s), cases[i].decimals, &got));
		assert_true(got == cases[i].want);
	}
}

static void anything_else_is_refused(void **state)
{
	static const struct { const char *s; int decimals; } cases[] = {
		{ "", 0 }, { "-", 0 }, { "+", 0 }, { ".", 2 }, { ".5", 2 }, { "5.", 2 }, { "1.5", 0 }, { "1.555", 2 }, { "1.2.3", 2 }, { "--1", 0 },
		{ "1-", 0 }, { "1e5", 0 }, { "0x10", 0 }, { " 1", 0 }, { "1 ", 0 }, { "1,23", 0 }, { "1234,567", 0 }, { ",123", 0 }, { "1,2345", 0 },
		{ "1,234,", 0 }, { "1.234,5", 5 }, { "1000000000000000", 0 }, { "999999999999999", 6 }, { "99999999999999999999999", 0 },
		{ "12元", 0 }, { "\xFF", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t got = 77;

		assert_false(decimal_parse(cases[i].s, strlen(cases[i].s), cases[i].decimals, &got));
		assert_int_equal(got, 77);
	}
}

static void a_number_is_read_to_its_length_only(void **state)
{
	int64_t got;

	(void)state;
	assert_true(decimal_parse("123x", 3, 0, &got));
	assert_int_equal(got, 123);
	assert_false(decimal_parse("1,234", 3, 0, &got));
}

static void money_is_written_with_two_decimals(void **state)
{
	static const struct { int64_t fen; bool grouped; const char *want; } cases[] = {
		{ 0, true, "0.00" }, { 5, true, "0.05" }, { 1250, false, "12.50" }, { 123456, true, "1,234.56" }, { 123456, false, "1234.56" },
		{ 100000000, true, "1,000,000.00" }, { -123456, true, "-1,234.56" }, { 99999, true, "999.99" },
		{ INT64_MIN, false, "-92233720368547758.08" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF s = { 0 };

		decimal_add_money(&s, cases[i].fen, cases[i].grouped);
		assert_string_equal(strbuf_str(&s), cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_as_scaled_integers),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(a_number_is_read_to_its_length_only),
		cmocka_unit_test(money_is_written_with_two_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
