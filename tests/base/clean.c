/* Cleaning and folding of what people type and files bring. */
#include "base/text.h"

#include <string.h>

#include "test.h"

static void hostile_code_points_are_refused(void **state)
{
	static const uint32_t hostile[] = {
		0, 7, 9, 10, 27, 0x7F, 0x80, 0x9B, 0xAD, 0x61C, 0x180E, 0x200B, 0x200D, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060,
		0x2066, 0x2069, 0xD800, 0xDFFF, 0xFDD0, 0xFEFF, 0xFFF9, 0xFFFE, 0xFFFF, 0x1FFFF, 0xE0001, 0xE0041, 0x110000, UINT32_MAX,
	};
	static const uint32_t welcome[] = {
		' ', 'a', 0xA0, 0xB7, 0x301, 0x2014, 0x2026, 0x3000, 0x738B, 0x9FFF, 0xE000, 0xF8FF, 0xFF10, 0xFFFD, 0x20000, 0x31350,
		0xF0000, 0xFE0F, 0xE0100,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++)
		assert_true(text_is_hostile(hostile[i]));
	for (size_t i = 0; i < COUNT(welcome); i++)
		assert_false(text_is_hostile(welcome[i]));
}

static void typed_text_is_cleaned(void **state)
{
	static const struct { const char *s; enum text_kind kind; const char *want; size_t dropped; } cases[] = {
		{ "  王秀英　 ", TEXT_LINE, "王秀英", 0 },
		{ "", TEXT_LINE, "", 0 },
		{ " 　 ", TEXT_LINE, "", 0 },
		{ "　", TEXT_LINE, "", 0 },
		{ "王\t秀\u00A0英", TEXT_LINE, "王 秀 英", 0 },
		{ "一\r\n二\r三\n四", TEXT_LINE, "一 二 三 四", 0 },
		{ "一\r\n二\r三\n四\n", TEXT_NOTE, "一\n二\n三\n四\n", 0 },
		{ "a\x1b[31mb", TEXT_LINE, "a[31mb", 1 },
		{ "付\u202E款\u200B给", TEXT_NOTE, "付款给", 2 },
		{ "王\xFF秀\xE7\x8E", TEXT_LINE, "王秀", 3 },
		{ "Zu\u0308rich", TEXT_LINE, "Z\u00FCrich", 0 },          /* NFC */
		{ "か\u3099", TEXT_LINE, "が", 0 },
		{ "\u0301王", TEXT_LINE, "王", 1 },                        /* a mark without a base */
		{ "一\n\u0301二", TEXT_NOTE, "一\n二", 1 },
		{ "x\u0332\u0332\u0332\u0332\u0332\u0332", TEXT_LINE, "x\u0332\u0332\u0332\u0332", 2 },
		{ "阿卜杜拉·买买提", TEXT_LINE, "阿卜杜拉·买买提", 0 },
		{ "\uE86C\U00020BB7\U00031350", TEXT_LINE, "\uE86C\U00020BB7\U00031350", 0 },   /* private use, rare and newest Han */
		{ "葛\U000E0100", TEXT_LINE, "葛\U000E0100", 0 },          /* the form of a surname */
		{ "３幢２单元", TEXT_LINE, "３幢２单元", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		assert_int_equal(text_clean(&out, cases[i].s, strlen(cases[i].s), cases[i].kind), cases[i].dropped);
		assert_string_equal(strbuf_str(&out), cases[i].want);
	}
}

static void a_nul_inside_is_dropped(void **state)
{
	AUTO_STRBUF out = { 0 };

	(void)state;
	assert_int_equal(text_clean(&out, "王\0秀", 7, TEXT_LINE), 1);
	assert_string_equal(strbuf_str(&out), "王秀");
}

static void cleaning_appends_and_keeps_what_is_there(void **state)
{
	AUTO_STRBUF out = { 0 };

	(void)state;
	strbuf_add(&out, "前 ");
	text_clean(&out, " Zu\u0308 ", 6, TEXT_LINE);
	assert_string_equal(strbuf_str(&out), "前 Z\u00FC");
}

static void cleaning_twice_changes_nothing(void **state)
{
	static const char *const pieces[] = {
		"a", " ", "王", "\u0301", "\u0323", "\xFF", "\n", "\r", "\u202E", "\u1112", "\u1161", "\u11AB", "\u0958", "\uFB2C", "\u3099",
		"か", "　", "\u2000", "\uF900", "\u0344", "\t", "\u0F73", "\U0001D15E",
	};
	unsigned seed = 11;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO_STRBUF s = { 0 };
		AUTO_STRBUF once = { 0 };
		AUTO_STRBUF twice = { 0 };
		enum text_kind kind = round & 1 ? TEXT_LINE : TEXT_NOTE;

		for (int k = 0; k < 1 + round % 12; k++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_add(&s, pieces[(seed >> 16) % COUNT(pieces)]);
		}
		text_clean(&once, strbuf_str(&s), s.n, kind);
		assert_true(text_is_utf8(strbuf_str(&once), once.n, NULL));
		assert_int_equal(text_clean(&twice, strbuf_str(&once), once.n, kind), 0);
		assert_string_equal(strbuf_str(&twice), strbuf_str(&once));
	}
}

static void folding_makes_alike_what_people_type_differently(void **state)
{
	static const struct { const char *s, *want; } cases[] = {
		{ "３－２－５０１", "3-2-501" }, { "ＡＢＣ abc XYZ", "abc abc xyz" }, { "王　秀", "王 秀" }, { "", "" },
		{ "１２：３０", "12:30" }, { "！～Ａｚ", "!~az" }, { "阿里•买买提", "阿里·买买提" }, { "阿里・买买提", "阿里·买买提" }, { "ÄÖ", "äö" },
		{ "王秀英\U00020BB7", "王秀英\U00020BB7" }, { "\xFF", "\xEF\xBF\xBD" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		text_fold(&out, cases[i].s);
		assert_string_equal(strbuf_str(&out), cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_code_points_are_refused),
		cmocka_unit_test(typed_text_is_cleaned),
		cmocka_unit_test(a_nul_inside_is_dropped),
		cmocka_unit_test(cleaning_appends_and_keeps_what_is_there),
		cmocka_unit_test(cleaning_twice_changes_nothing),
		cmocka_unit_test(folding_makes_alike_what_people_type_differently),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
