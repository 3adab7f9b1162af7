/* Id numbers and telephone numbers. */
#include "base/identity.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"

/* The examples of GB 11643-1999, annex A, and numbers made with the formula. */
static void good_id_numbers_are_taken(void **state)
{
	static const struct { const char *typed, *normal; int y, m, d, sex; } cases[] = {
		{ "11010519491231002X", "11010519491231002X", 1949, 12, 31, 2 },
		{ "440524188001010014", "440524188001010014", 1880, 1, 1, 1 },
		{ "11010519491231002x", "11010519491231002X", 1949, 12, 31, 2 },
		{ "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", 1949, 12, 31, 2 },
		{ " 110105 19491231 002X ", "11010519491231002X", 1949, 12, 31, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		char normal[19];

		assert_int_equal(idnumber_check(cases[i].typed, normal, &e), RC_OK);
		assert_string_equal(normal, cases[i].normal);
		assert_int_equal(idnumber_birthday(normal), day_from_civil(cases[i].y, cases[i].m, cases[i].d));
		assert_int_equal(idnumber_sex(normal), cases[i].sex);
	}
}

static void wrong_id_numbers_are_refused_for_their_reason(void **state)
{
	static const struct { const char *typed, *words; } cases[] = {
		{ "", "18 位" }, { NULL, "18 位" }, { "11010519491231002", "18 位" }, { "11010519491231002X1", "18 位" },
		{ "110105491231002", "15 位的旧号码" }, { "1101051949123100AX", "只能是数字" }, { "11010519491231002Y", "只能是数字" },
		{ "王秀英", "18 位" }, { "110105194902300021", "出生日期 19490230" }, { "110105184912310021", "出生日期" },
		{ "110105194912310021", "校验码" }, { "110105194912310020", "校验码" }, { "\xFF", "18 位" },
		{ "110105194912310020000000000000000000000000000000000000000000000000000000000000000", "18 位" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		char normal[19] = "untouched";

		assert_int_equal(idnumber_check(cases[i].typed, normal, &e), RC_INVALID);
		assert_string_equal(normal, "untouched");
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

/* The check character finds every single wrong digit and every exchange of neighbours: what it was made for. */
static void one_wrong_digit_or_two_exchanged_are_always_found(void **state)
{
	static const char good[] = "33048219500101123";
	char full[19];

	(void)state;
	snprintf(full, sizeof full, "%s%c", good, idnumber_check_character(good));
	for (int at = 0; at < 17; at++) {
		for (char c = '0'; c <= '9'; c++) {
			struct err e = { 0 };
			char wrong[19], normal[19];

			memcpy(wrong, full, sizeof wrong);
			wrong[at] = c;
			assert_int_equal(idnumber_check(wrong, normal, &e), c == full[at] ? RC_OK : RC_INVALID);
		}
		if (at < 16 && full[at] != full[at + 1]) {
			struct err e = { 0 };
			char wrong[19], normal[19];

			memcpy(wrong, full, sizeof wrong);
			wrong[at] = full[at + 1];
			wrong[at + 1] = full[at];
			assert_int_equal(idnumber_check(wrong, normal, &e), RC_INVALID);
		}
	}
}

static void telephone_numbers_are_made_alike(void **state)
{
	static const struct { const char *typed, *normal; } cases[] = {
		{ "13812343321", "13812343321" }, { "138 1234 3321", "13812343321" }, { "138-1234-3321", "13812343321" },
		{ "１３８１２３４３３２１", "13812343321" }, { "+8613812343321", "13812343321" }, { "+86 138 1234 3321", "13812343321" },
		{ "8613812343321", "13812343321" }, { "008613812343321", "13812343321" }, { "0573-85012345", "057385012345" },
		{ "(0573)85012345", "057385012345" }, { "（0573）85012345", "057385012345" }, { "021-62345678", "02162345678" },
		{ "85012345", "85012345" }, { "110", "110" }, { "12345", "12345" }, { "95598", "95598" }, { "400-812-3123", "4008123123" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		char normal[24];

		assert_int_equal(phone_check(cases[i].typed, normal, &e), RC_OK);
		assert_string_equal(normal, cases[i].normal);
	}
}

static void wrong_telephone_numbers_are_refused(void **state)
{
	static const char *const cases[] = {
		"", "12", "1381234332", "138123433210", "12812343321", "138123433a1", "无", "13812343321 13812343322", "0057385012345",
		"123456789", "3001234567", "+", "+86", "13812343321转8001", "\xFF\xFF\xFF",
		"1111111111111111111111111111111111111111111111111111111111111111111111111111",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		char normal[24] = "untouched";

		assert_int_equal(phone_check(cases[i], normal, &e), RC_INVALID);
		assert_string_equal(normal, "untouched");
		assert_non_null(strstr(e.text, "电话号码"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_id_numbers_are_taken),
		cmocka_unit_test(wrong_id_numbers_are_refused_for_their_reason),
		cmocka_unit_test(one_wrong_digit_or_two_exchanged_are_always_found),
		cmocka_unit_test(telephone_numbers_are_made_alike),
		cmocka_unit_test(wrong_telephone_numbers_are_refused),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
