/* UTF-8, columns, clusters and fitting. */
#include "base/text.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

static void every_code_point_survives_encoding_and_decoding(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		uint32_t back;
		size_t n;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		n = text_encode(cp, bytes);
		assert_int_equal(text_decode(bytes, n, &back), n);
		assert_int_equal(back, cp);
		assert_true(text_is_utf8(bytes, n, NULL));
	}
}

static void bytes_that_are_not_utf8_are_found(void **state)
{
	static const struct { const char *bytes; size_t n, bad_at; } cases[] = {
		{ "\x80", 1, 0 },                      /* continuation alone */
		{ "abc\xFF", 4, 3 },
		{ "\xC0\xAF", 2, 0 },                  /* overlong '/' */
		{ "\xE0\x80\xAF", 3, 0 },
		{ "\xF0\x80\x80\xAF", 4, 0 },
		{ "王\xED\xA0\x80", 6, 3 },            /* surrogate */
		{ "\xF4\x90\x80\x80", 4, 0 },          /* above U+10FFFF */
		{ "\xE7\x8E", 2, 0 },                  /* 王 cut short */
		{ "a\xF0\xA0\x80", 4, 1 },
		{ "\xCD\xF5\xD0\xE3\xD3\xA2", 6, 0 },  /* 王秀英 in GBK */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t bad_at = 99;

		assert_false(text_is_utf8(cases[i].bytes, cases[i].n, &bad_at));
		assert_int_equal(bad_at, cases[i].bad_at);
	}
	assert_true(text_is_utf8("", 0, NULL));
	assert_true(text_is_utf8("王秀英\xEF\xBF\xBD𠀀", 16, NULL));
}

static void impossible_code_points_are_encoded_as_the_replacement(void **state)
{
	static const uint32_t cases[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char bytes[4];

		assert_int_equal(text_encode(cases[i], bytes), 3);
		assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	}
}

static void width_is_counted_in_columns(void **state)
{
	static const struct { const char *s; int cols; } cases[] = {
		{ "", 0 }, { "abc", 3 }, { "王秀英", 6 }, { "3幢2单元", 8 }, { "阿卜杜拉·买买提", 15 },
		{ "e\u0301", 1 },                  /* e and an accent */
		{ "\u0301e", 2 },                  /* a lone mark is painted as a sign of its own */
		{ "Ａ１：", 6 }, { "𠀀", 2 }, { "が", 2 }, { "か\u3099", 2 }, { "─│┌", 3 },
		{ "a\nb", 3 }, { "a\x1b[31m", 6 }, { "\u202E王", 3 }, { "\xFF王", 3 }, { "　", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_width(cases[i].s), cases[i].cols);
}

static void a_character_that_must_not_reach_the_terminal_has_no_width(void **state)
{
	static const uint32_t cases[] = { 0, 7, '\n', 0x1B, 0x7F, 0x9B, 0x202E, 0x200B, 0x200D, 0xFEFF, 0x2028, 0xD800, 0xFFFE, 0x110000 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_char_width(cases[i]), -1);
	assert_int_equal(text_char_width('a'), 1);
	assert_int_equal(text_char_width(0x738B), 2);
	assert_int_equal(text_char_width(0x0301), 0);
	assert_int_equal(text_char_width(0xE000), 1);
}

static void a_cluster_is_a_base_with_its_marks(void **state)
{
	static const struct { const char *s; size_t len; int cols; } cases[] = {
		{ "abc", 1, 1 }, { "王秀", 3, 2 }, { "e\u0301x", 3, 1 }, { "王\u0301秀", 5, 2 }, { "\nx", 1, 0 },
		{ "\u0301\u0301", 2, 1 }, { "\xFFz", 1, 1 }, { "か\u3099き", 6, 2 }, { "葛\U000E0100x", 7, 2 },
		{ "a\u200Db", 1, 1 },              /* a joiner is not a mark, it is refused */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int cols;

		assert_int_equal(text_cluster(cases[i].s, strlen(cases[i].s), &cols), cases[i].len);
		assert_int_equal(cols, cases[i].cols);
	}
	assert_int_equal(text_cluster_count("王e\u0301\n英"), 4);
	assert_int_equal(text_cluster_count(""), 0);
}

static void blank_is_nothing_but_white_space(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL));
	assert_true(text_is_blank(""));
	assert_true(text_is_blank(" \t\r\n\u00A0　"));
	assert_false(text_is_blank(" 0 "));
	assert_false(text_is_blank("\xFF"));
}

static void a_prefix_never_cuts_a_character(void **state)
{
	static const struct { const char *s; int cols; size_t len; int used; } cases[] = {
		{ "王秀英", 5, 6, 4 }, { "王秀英", 6, 9, 6 }, { "王秀英", 1, 0, 0 }, { "王秀英", 0, 0, 0 }, { "abc", 2, 2, 2 },
		{ "ae\u0301z", 2, 4, 2 }, { "", 5, 0, 0 }, { "王", -3, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int used = -1;

		assert_int_equal(text_prefix(cases[i].s, cases[i].cols, &used), cases[i].len);
		assert_int_equal(used, cases[i].used);
	}
	assert_int_equal(text_prefix("王秀英", 5, NULL), 6);
}

static void text_is_fitted_to_the_column(void **state)
{
	static const struct { const char *s; int cols; enum text_align align; const char *want; } cases[] = {
		{ "王秀英", 8, ALIGN_LEFT, "王秀英  " },
		{ "王秀英", 8, ALIGN_RIGHT, "  王秀英" },
		{ "王秀英", 6, ALIGN_LEFT, "王秀英" },
		{ "王秀英", 5, ALIGN_LEFT, "王秀…" },
		{ "王秀英", 4, ALIGN_LEFT, "王… " },
		{ "王秀英", 4, ALIGN_RIGHT, " 王…" },
		{ "王秀英", 1, ALIGN_LEFT, "…" },
		{ "王秀英", 2, ALIGN_LEFT, "… " },
		{ "王秀英", 0, ALIGN_LEFT, "" },
		{ "王秀英", -2, ALIGN_LEFT, "" },
		{ "", 3, ALIGN_LEFT, "   " },
		{ "12.50", 7, ALIGN_RIGHT, "  12.50" },
		{ "第一行\n第二行", 20, ALIGN_LEFT, "第一行 第二行       " },
		{ "a\x1b]0;x\x07z", 10, ALIGN_LEFT, "a�]0;x�z  " },
		{ "付\u202E款", 6, ALIGN_LEFT, "付�款 " },
		{ "\u0301头", 4, ALIGN_LEFT, "�头 " },
		{ "e\u0301\u0301\u0301\u0301\u0301\u0301!", 2, ALIGN_LEFT, "e\u0301\u0301\u0301\u0301!" },
		{ "\xCD\xF5", 3, ALIGN_LEFT, "�� " },
		{ "\x1b王秀英", 4, ALIGN_LEFT, "�王…" },
		{ "a\x7f~ z", 6, ALIGN_LEFT, "a�~ z " },
		{ "\xC2\x9B王", 4, ALIGN_LEFT, "�王 " },             /* CSI as one character */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		text_fit(&out, cases[i].s, cases[i].cols, cases[i].align);
		assert_string_equal(strbuf_str(&out), cases[i].want);
	}
}

/* What no text may break, tried with text made of the awkward pieces. */
static void fitted_text_has_its_width_and_no_control(void **state)
{
	static const char *const pieces[] = {
		"a", " ", "王", "\u0301", "\xFF", "\x1b", "\n", "\u202E", "𠀀", "\u200D", "—", "\xE7\x8E", "１", "\u3099", "\uE000", "\u0378",
	};
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO_STRBUF s = { 0 };
		AUTO_STRBUF out = { 0 };
		int cols = (int)((seed >> 8) % 12);
		size_t at = 0;

		for (int k = 0; k < round % 15; k++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_add(&s, pieces[(seed >> 16) % COUNT(pieces)]);
		}
		text_fit(&out, strbuf_str(&s), cols, round & 1 ? ALIGN_LEFT : ALIGN_RIGHT);
		assert_int_equal(text_width(strbuf_str(&out)), cols);
		assert_true(text_is_utf8(strbuf_str(&out), out.n, NULL));
		while (at < out.n) {
			uint32_t cp;

			at += text_decode(out.s + at, out.n - at, &cp);
			assert_int_not_equal(text_char_width(cp), -1);
		}
	}
}

static void a_megabyte_of_text_is_fitted_without_reading_it_all(void **state)
{
	size_t n = 1 << 20;
	AUTO_FREE char *s = mem_alloc(n + 1);
	AUTO_STRBUF out = { 0 };

	(void)state;
	memset(s, 'x', n);
	text_fit(&out, s, 4, ALIGN_LEFT);
	assert_string_equal(strbuf_str(&out), "xxx…");
	assert_int_equal(text_width(s), n);
}

/* A login over SSH often brings LC_ALL=C, or a locale that is not installed. */
static void an_environment_without_utf8_gets_it(void **state)
{
	static const char *const cases[] = { "C", "POSIX", "zh_CN.GBK", "nothing_like.it" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char number[16];

		setenv("LC_ALL", cases[i], 1);
		text_locale_init();
		assert_string_equal(nl_langinfo(CODESET), "UTF-8");
		assert_int_equal(text_width("が─"), 3);
		snprintf(number, sizeof number, "%.1f", 1.5);
		assert_string_equal(number, "1.5");
	}
	unsetenv("LC_ALL");
	text_locale_init();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
		cmocka_unit_test(bytes_that_are_not_utf8_are_found),
		cmocka_unit_test(impossible_code_points_are_encoded_as_the_replacement),
		cmocka_unit_test(width_is_counted_in_columns),
		cmocka_unit_test(a_character_that_must_not_reach_the_terminal_has_no_width),
		cmocka_unit_test(a_cluster_is_a_base_with_its_marks),
		cmocka_unit_test(blank_is_nothing_but_white_space),
		cmocka_unit_test(a_prefix_never_cuts_a_character),
		cmocka_unit_test(text_is_fitted_to_the_column),
		cmocka_unit_test(fitted_text_has_its_width_and_no_control),
		cmocka_unit_test(a_megabyte_of_text_is_fitted_without_reading_it_all),
		cmocka_unit_test(an_environment_without_utf8_gets_it),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
