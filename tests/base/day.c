/* Days: the calendar's arithmetic and what people read. */
#include "base/day.h"

#include <stdlib.h>
#include <time.h>

#include "test.h"

static void days_count_from_1970(void **state)
{
	static const struct { int y, m, d; int32_t day; int weekday; } cases[] = {
		{ 1970, 1, 1, 0, 4 }, { 1969, 12, 31, -1, 3 }, { 1950, 1, 1, -7305, 7 }, { 2000, 2, 29, 11016, 2 }, { 2026, 11, 24, 20781, 2 },
		{ 2024, 2, 29, 19782, 4 }, { 1, 1, 1, -719162, 1 }, { 9999, 12, 31, 2932896, 5 }, { 1900, 3, 1, -25508, 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int y, m, d;

		assert_int_equal(day_from_civil(cases[i].y, cases[i].m, cases[i].d), cases[i].day);
		assert_int_equal(day_weekday(cases[i].day), cases[i].weekday);
		day_to_civil(cases[i].day, &y, &m, &d);
		assert_int_equal(y, cases[i].y);
		assert_int_equal(m, cases[i].m);
		assert_int_equal(d, cases[i].d);
	}
}

static void every_day_of_four_centuries_comes_back(void **state)
{
	int32_t first = day_from_civil(1800, 1, 1), last = day_from_civil(2200, 12, 31);

	(void)state;
	for (int32_t day = first; day <= last; day++) {
		int y, m, d;

		day_to_civil(day, &y, &m, &d);
		assert_int_equal(day_from_civil(y, m, d), day);
		assert_int_equal(day_weekday(day + 1), day_weekday(day) % 7 + 1);
	}
}

static void dates_that_do_not_exist_are_no_day(void **state)
{
	static const int cases[][3] = {
		{ 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 }, { 2026, 13, 1 }, { 2026, 0, 1 }, { 2026, 1, 0 }, { 2026, 1, 32 },
		{ 0, 1, 1 }, { 10000, 1, 1 }, { -5, 1, 1 }, { 2026, -1, 5 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(day_from_civil(cases[i][0], cases[i][1], cases[i][2]), DAY_NONE);
}

static void age_is_in_completed_years(void **state)
{
	int32_t born = day_from_civil(1950, 6, 15), leap = day_from_civil(1952, 2, 29);

	(void)state;
	assert_int_equal(day_age_years(born, day_from_civil(2026, 6, 14)), 75);
	assert_int_equal(day_age_years(born, day_from_civil(2026, 6, 15)), 76);
	assert_int_equal(day_age_years(leap, day_from_civil(2026, 2, 28)), 73);
	assert_int_equal(day_age_years(leap, day_from_civil(2026, 3, 1)), 74);
	assert_int_equal(day_age_years(born, born), 0);
	assert_int_equal(day_age_years(born, born - 1), -1);
	assert_int_equal(day_age_years(DAY_NONE, born), -1);
	assert_int_equal(day_age_years(born, DAY_NONE), -1);
}

static void instants_are_read_in_local_time(void **state)
{
	int32_t day = day_from_civil(2026, 11, 24);
	int64_t at = instant_of_day(day, 9 * 60 + 41);
	AUTO_STRBUF s = { 0 };

	(void)state;
	assert_true(at == 1795484460000);              /* 2026-11-24T01:41Z */
	assert_int_equal(day_of_instant(at), day);
	assert_int_equal(minutes_of_instant(at), 9 * 60 + 41);
	assert_int_equal(day_of_instant(instant_of_day(day, 0) - 1), day - 1);
	assert_int_equal(minutes_of_instant(instant_of_day(day, 0) - 1), 1439);
	assert_int_equal(day_of_instant(-1), 0);       /* 08:00 on 1970-01-01 in China */
	instant_format(&s, at);
	assert_string_equal(strbuf_str(&s), "2026-11-24 09:41");
	assert_int_equal(day_of_instant(instant_now()), day_today());
}

static void days_are_shown_in_full_or_near(void **state)
{
	int32_t today = day_from_civil(2026, 12, 31);
	static const struct { int distance; const char *want; } cases[] = {
		{ 0, "今天" }, { 1, "明天" }, { -1, "昨天" }, { -2, "12-29" }, { 2, "2027-01-02" }, { -364, "01-01" }, { -365, "2025-12-31" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF s = { 0 };

		day_format_near(&s, today + cases[i].distance, today);
		assert_string_equal(strbuf_str(&s), cases[i].want);
	}
	AUTO_STRBUF none = { 0 };

	day_format(&none, DAY_NONE);
	day_format_near(&none, DAY_NONE, today);
	assert_string_equal(strbuf_str(&none), "");
	day_format(&none, day_from_civil(800, 1, 2));
	time_format(&none, 9 * 60 + 5);
	assert_string_equal(strbuf_str(&none), "0800-01-0209:05");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_from_1970),
		cmocka_unit_test(every_day_of_four_centuries_comes_back),
		cmocka_unit_test(dates_that_do_not_exist_are_no_day),
		cmocka_unit_test(age_is_in_completed_years),
		cmocka_unit_test(instants_are_read_in_local_time),
		cmocka_unit_test(days_are_shown_in_full_or_near),
	};

	setenv("TZ", "CST-8", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
