/* Working days. */
#include "base/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

static struct calendar *shipped(void)
{
	struct calendar *c = NULL;
	struct err e = { 0 };

	assert_int_equal(calendar_load(&c, YL_SOURCE_DIR "/config/holidays.ini", &e), RC_OK);
	return c;
}

static void the_published_schedules_are_shipped(void **state)
{
	static const struct { int y, m, d; bool work; } cases[] = {
		{ 2026, 1, 1, false }, { 2026, 1, 2, false }, { 2026, 1, 3, false }, { 2026, 1, 4, true }, { 2026, 2, 14, true },
		{ 2026, 2, 15, false }, { 2026, 2, 23, false }, { 2026, 2, 24, true }, { 2026, 2, 28, true }, { 2026, 3, 1, false },
		{ 2026, 4, 6, false }, { 2026, 4, 7, true }, { 2026, 5, 5, false }, { 2026, 5, 9, true }, { 2026, 6, 19, false },
		{ 2026, 6, 22, true }, { 2026, 9, 20, true }, { 2026, 9, 25, false }, { 2026, 9, 28, true }, { 2026, 10, 7, false },
		{ 2026, 10, 8, true }, { 2026, 10, 10, true }, { 2026, 10, 11, false }, { 2026, 11, 24, true }, { 2026, 11, 28, false },
		{ 2025, 1, 1, false }, { 2025, 1, 26, true }, { 2025, 1, 28, false }, { 2025, 2, 4, false }, { 2025, 2, 5, true },
		{ 2025, 2, 8, true }, { 2025, 4, 27, true }, { 2025, 5, 5, false }, { 2025, 6, 2, false }, { 2025, 9, 28, true },
		{ 2025, 10, 8, false }, { 2025, 10, 9, true }, { 2025, 10, 11, true },
	};
	struct calendar *c = shipped();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(calendar_is_workday(c, day_from_civil(cases[i].y, cases[i].m, cases[i].d)), cases[i].work);
	assert_true(calendar_is_holiday(c, day_from_civil(2026, 10, 3)));
	assert_false(calendar_is_holiday(c, day_from_civil(2026, 10, 10)));
	assert_false(calendar_is_holiday(c, day_from_civil(2026, 11, 28)));
	assert_false(calendar_is_holiday(c, day_from_civil(2027, 10, 1)));
	assert_string_equal(calendar_holiday_name(c, day_from_civil(2026, 2, 17)), "春节");
	assert_string_equal(calendar_holiday_name(c, day_from_civil(2025, 10, 8)), "国庆节、中秋节");
	assert_string_equal(calendar_holiday_name(c, day_from_civil(2026, 2, 14)), "");
	assert_string_equal(calendar_holiday_name(c, day_from_civil(2027, 2, 17)), "");
	assert_true(calendar_knows(c, 2025));
	assert_true(calendar_knows(c, 2026));
	assert_false(calendar_knows(c, 2027));
	calendar_free(c);
}

/* 2025: 28 days off, 5 shifted; 2026: 33 and 6. Counted by hand from the notices. */
static void a_year_has_the_working_days_of_its_notice(void **state)
{
	struct calendar *c = shipped();

	(void)state;
	assert_int_equal(calendar_workdays_between(c, day_from_civil(2024, 12, 31), day_from_civil(2025, 12, 31)), 248);
	assert_int_equal(calendar_workdays_between(c, day_from_civil(2025, 12, 31), day_from_civil(2026, 12, 31)), 248);
	calendar_free(c);
}

static void a_year_without_a_schedule_is_counted_by_weekends(void **state)
{
	struct calendar *c = shipped();

	(void)state;
	assert_true(calendar_is_workday(c, day_from_civil(2027, 1, 1)));       /* a Friday */
	assert_false(calendar_is_workday(c, day_from_civil(2027, 1, 2)));
	calendar_free(c);
}

static void working_days_are_added_over_holidays(void **state)
{
	static const struct { int m, d, n, want_m, want_d; } cases[] = {
		{ 2, 13, 0, 2, 13 },       /* Friday, itself */
		{ 2, 15, 0, 2, 24 },       /* the first day of the holiday */
		{ 2, 13, 1, 2, 14 },       /* the Saturday that is worked */
		{ 2, 13, 2, 2, 24 },
		{ 2, 20, 1, 2, 24 },
		{ 9, 30, 1, 10, 8 },
		{ 9, 30, 5, 10, 13 },      /* 8, 9, 10, 12, 13 */
		{ 2, 24, -1, 2, 14 },
		{ 11, 24, 3, 11, 27 },
	};
	struct calendar *c = shipped();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(calendar_add_workdays(c, day_from_civil(2026, cases[i].m, cases[i].d), cases[i].n),
		                 day_from_civil(2026, cases[i].want_m, cases[i].want_d));
	assert_int_equal(calendar_add_workdays(c, DAY_NONE, 3), DAY_NONE);
	calendar_free(c);
}

static void working_days_between_agree_with_adding(void **state)
{
	struct calendar *c = shipped();
	int32_t from = day_from_civil(2026, 1, 30);

	(void)state;
	for (int n = 1; n < 200; n++)
		assert_int_equal(calendar_workdays_between(c, from, calendar_add_workdays(c, from, n)), n);
	assert_int_equal(calendar_workdays_between(c, from, from), 0);
	assert_int_equal(calendar_workdays_between(c, day_from_civil(2026, 10, 8), day_from_civil(2026, 9, 30)), -1);
	assert_int_equal(calendar_workdays_between(c, DAY_NONE, from), 0);
	assert_int_equal(calendar_workdays_between(c, from, DAY_NONE), 0);
	calendar_free(c);
}

static void mistakes_are_refused_at_their_line(void **state)
{
	static const struct { const char *content, *where, *words; } cases[] = {
		{ "[x]\noff = 01-01\n", ":1: ", "年份" },
		{ "[1800]\n", ":1: ", "年份" },
		{ "[20266666666666666666]\n", ":1: ", "年份" },
		{ "[2026]\noff = 02-30\n", ":2: ", "不存在" },
		{ "[2026]\noff = 1-1\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-03..01-01\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-01..\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-01,01-02\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-01..01-03 01-02\n", ":2: ", "2026-01-02 写了两次" },
		{ "[2026]\noff = 元旦 01-01\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-01 元旦 放假\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-01 一二三四五六七八九十一\n", ":2: ", "名称太长" },
		{ "[2026]\nwork = 01-04 元旦\n", ":2: ", "看不懂" },
		{ "[2026]\noff = 01-04\nwork = 01-04\n", ":3: ", "2026-01-04" },
		{ "[2026]\nwork = 01-05\n", ":2: ", "不是周末" },
		{ "[2026]\nholiday = 01-05\n", ":2: ", "off、work、source" },
	};
	const struct folder *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar *c = NULL;
		struct err e = { 0 };
		char path[256];

		folder_write(f, "h.ini", cases[i].content, strlen(cases[i].content), path);
		assert_int_equal(calendar_load(&c, path, &e), RC_INVALID);
		assert_null(c);
		assert_non_null(strstr(e.text, cases[i].where));
		assert_non_null(strstr(e.text, cases[i].words));
	}
	calendar_free(NULL);
}

static void a_day_off_needs_no_name(void **state)
{
	static const char content[] = "[2026]\noff = 01-01   01-02 元旦 01-03\n";
	const struct folder *f = *state;
	struct calendar *c = NULL;
	struct err e = { 0 };
	char path[256];

	folder_write(f, "h.ini", content, sizeof content - 1, path);
	if (calendar_load(&c, path, &e) != RC_OK)
		fail_msg("%s", e.text);
	for (int i = 1; i <= 3; i++)
		assert_string_equal(calendar_holiday_name(c, day_from_civil(2026, 1, i)), i == 2 ? "元旦" : "");
	assert_true(calendar_is_holiday(c, day_from_civil(2026, 1, 3)));
	calendar_free(c);
}

static void a_missing_file_is_an_io_failure(void **state)
{
	struct calendar *c = NULL;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(calendar_load(&c, "/nowhere/holidays.ini", &e), RC_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_schedules_are_shipped),
		cmocka_unit_test(a_year_has_the_working_days_of_its_notice),
		cmocka_unit_test(a_year_without_a_schedule_is_counted_by_weekends),
		cmocka_unit_test(working_days_are_added_over_holidays),
		cmocka_unit_test(working_days_between_agree_with_adding),
		cmocka_unit_test_setup_teardown(mistakes_are_refused_at_their_line, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_day_off_needs_no_name, folder_setup, folder_teardown),
		cmocka_unit_test(a_missing_file_is_an_io_failure),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
