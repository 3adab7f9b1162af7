/* Dates and times as people type them. */
#include "base/day.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

static void dates_are_understood(void **state)
{
	/* Today is Tuesday 2026-11-24. */
	static const struct { const char *typed; int y, m, d; } cases[] = {
		{ "今天", 2026, 11, 24 }, { "明天", 2026, 11, 25 }, { "后天", 2026, 11, 26 }, { "大后天", 2026, 11, 27 }, { "昨天", 2026, 11, 23 },
		{ "前天", 2026, 11, 22 }, { "+3", 2026, 11, 27 }, { "-2", 2026, 11, 22 }, { "+3天", 2026, 11, 27 }, { "＋３", 2026, 11, 27 },
		{ "+0", 2026, 11, 24 }, { "周二", 2026, 11, 24 }, { "周五", 2026, 11, 27 }, { "周一", 2026, 11, 30 }, { "星期日", 2026, 11, 29 },
		{ "周天", 2026, 11, 29 }, { "礼拜五", 2026, 11, 27 }, { "周5", 2026, 11, 27 }, { "下周五", 2026, 12, 4 }, { "下周一", 2026, 11, 30 },
		{ "本周一", 2026, 11, 23 }, { "这周五", 2026, 11, 27 }, { "上周五", 2026, 11, 20 }, { "下下周一", 2026, 12, 7 },
		{ "下个星期三", 2026, 12, 2 },
		{ "1124", 2026, 11, 24 }, { "0301", 2026, 3, 1 }, { "301", 2026, 3, 1 }, { "11-24", 2026, 11, 24 }, { "3-1", 2026, 3, 1 },
		{ "11/24", 2026, 11, 24 }, { "11.24", 2026, 11, 24 }, { "11月24日", 2026, 11, 24 }, { "11月24", 2026, 11, 24 },
		{ "11月24号", 2026, 11, 24 }, { "20261124", 2026, 11, 24 }, { "2026-11-24", 2026, 11, 24 }, { "2026/1/4", 2026, 1, 4 },
		{ "2026.11.24", 2026, 11, 24 }, { "2026年11月24日", 2026, 11, 24 }, { "２０２６年１１月２４日", 2026, 11, 24 },
		{ " 2026 - 11 - 24 ", 2026, 11, 24 }, { "1950-01-01", 1950, 1, 1 }, { "20240229", 2024, 2, 29 },
	};
	int32_t today = day_from_civil(2026, 11, 24);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int32_t day = 0;

		assert_int_equal(day_parse(cases[i].typed, today, &day, &e), RC_OK);
		assert_int_equal(day, day_from_civil(cases[i].y, cases[i].m, cases[i].d));
	}
}

static void what_is_no_date_is_refused_with_what_is_allowed(void **state)
{
	static const struct { const char *typed, *words; } cases[] = {
		{ "", "可写" }, { NULL, "可写" }, { "   ", "可写" }, { "x", "可写" }, { "明", "可写" }, { "今天下午", "可写" }, { "周八", "可写" },
		{ "周", "可写" }, { "+", "可写" }, { "+99999", "可写" }, { "++3", "可写" }, { "24", "可写" }, { "11-", "可写" },
		{ "26-11-24", "可写" }, { "2026-11", "可写" }, { "2026年11月", "可写" }, { "2026-11-24-1", "可写" }, { "123456", "可写" },
		{ "123456789", "可写" }, { "2026-02-30", "没有 2 月 30 日" }, { "0229", "没有" }, { "1301", "没有" }, { "1124x", "可写" },
		{ "1899-12-31", "年份" }, { "2200-01-01", "年份" }, { "00000000", "没有" }, { "\xFF\xFE", "可写" },
	};
	int32_t today = day_from_civil(2026, 11, 24);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int32_t day = 77;

		assert_int_equal(day_parse(cases[i].typed, today, &day, &e), RC_INVALID);
		assert_int_equal(day, 77);
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

static void times_are_understood(void **state)
{
	static const struct { const char *typed; int minutes; } cases[] = {
		{ "0930", 570 }, { "930", 570 }, { "9:30", 570 }, { "9：30", 570 }, { "09:05", 545 }, { "９：３０", 570 }, { "9", 540 },
		{ "9点", 540 }, { "9点半", 570 }, { "9点钟", 540 }, { "9点05", 545 }, { "9点5分", 545 }, { "9点一刻", 555 }, { "9时30分", 570 },
		{ "下午3点", 900 }, { "下午3点半", 930 }, { "下午15点", 900 }, { "中午12点", 720 }, { "中午1点", 780 }, { "中午2点", 840 }, { "中午11点", 660 }, { "上午9:30", 570 },
		{ "晚上8点", 1200 }, { "凌晨12点", 0 }, { "凌晨2点", 120 }, { "0000", 0 }, { "2359", 1439 }, { "23:59", 1439 }, { " 9 : 30 ", 570 },
		{ "9.30", 570 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int minutes = -1;

		assert_int_equal(time_parse(cases[i].typed, &minutes, &e), RC_OK);
		assert_int_equal(minutes, cases[i].minutes);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const cases[] = {
		"", "x", "24:00", "2400", "9:60", "0960", "9:5", "9:300", "12345", "下午", "点", "9点半分", "晚上12点", "晚上2点", "中午5点", ":30",
		"-1", "93 0x", "9点30分钟后", "\xE7\x82",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int minutes = -7;

		assert_int_equal(time_parse(cases[i], &minutes, &e), RC_INVALID);
		assert_int_equal(minutes, -7);
		assert_non_null(strstr(e.text, "可写"));
	}
	assert_int_equal(time_parse(NULL, &(int){ 0 }, &(struct err){ 0 }), RC_INVALID);
}

static void a_huge_input_is_refused(void **state)
{
	size_t n = 1 << 20;
	AUTO_FREE char *s = mem_alloc(n + 1);
	struct err e = { 0 };
	int32_t day;
	int minutes;

	(void)state;
	memset(s, '1', n);
	assert_int_equal(day_parse(s, 0, &day, &e), RC_INVALID);
	assert_int_equal(time_parse(s, &minutes, &e), RC_INVALID);
}

static void what_is_shown_is_understood_again(void **state)
{
	(void)state;
	for (int32_t day = day_from_civil(1900, 1, 1); day <= day_from_civil(2199, 12, 31); day += 13) {
		AUTO_STRBUF s = { 0 };
		struct err e = { 0 };
		int32_t back;

		day_format(&s, day);
		assert_int_equal(day_parse(strbuf_str(&s), 0, &back, &e), RC_OK);
		assert_int_equal(back, day);
	}
	for (int minutes = 0; minutes < 1440; minutes++) {
		AUTO_STRBUF s = { 0 };
		struct err e = { 0 };
		int back;

		time_format(&s, minutes);
		assert_int_equal(time_parse(strbuf_str(&s), &back, &e), RC_OK);
		assert_int_equal(back, minutes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_understood),
		cmocka_unit_test(what_is_no_date_is_refused_with_what_is_allowed),
		cmocka_unit_test(times_are_understood),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_huge_input_is_refused),
		cmocka_unit_test(what_is_shown_is_understood_again),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
