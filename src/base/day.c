/* Days, times and instants: arithmetic on the civil calendar and what people read. */
#include "base/day.h"

#include <time.h>

#define YEAR_MIN 1
#define YEAR_MAX 9999

int64_t instant_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static struct tm local_time(int64_t instant_ms)
{
	time_t seconds = (time_t)floor_div(instant_ms, 1000);
	struct tm tm = { 0 };

	localtime_r(&seconds, &tm);
	return tm;
}

int32_t day_of_instant(int64_t instant_ms)
{
	struct tm tm = local_time(instant_ms);

	return day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int minutes_of_instant(int64_t instant_ms)
{
	struct tm tm = local_time(instant_ms);

	return tm.tm_hour * 60 + tm.tm_min;
}

int64_t instant_of_day(int32_t day, int minutes)
{
	struct tm tm = { .tm_hour = minutes / 60, .tm_min = minutes % 60, .tm_isdst = -1 };
	int year, month;

	day_to_civil(day, &year, &month, &tm.tm_mday);
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	return (int64_t)mktime(&tm) * 1000;
}

int32_t day_today(void)
{
	return day_of_instant(instant_now());
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin in March. */
int32_t day_from_civil(int year, int month, int day_of_month)
{
	int y, era, year_of_era, day_of_year, day_of_era;

	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day_of_month < 1 ||
	    day_of_month > days_in_month(year, month))
		return DAY_NONE;
	y = month <= 2 ? year - 1 : year;
	era = y / 400;
	year_of_era = y - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
	day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void day_to_civil(int32_t day, int *year, int *month, int *day_of_month)
{
	int64_t z = (int64_t)day + 719468, era = floor_div(z, 146097), day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153;

	*day_of_month = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int day_weekday(int32_t day)
{
	int64_t since_monday = (int64_t)day + 3;       /* 1970-01-01 was a Thursday */

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

int32_t day_monday(int32_t day)
{
	return day - (day_weekday(day) - 1);
}

int day_age_years(int32_t born, int32_t today)
{
	int by, bm, bd, ty, tm, td;

	if (born == DAY_NONE || today == DAY_NONE || born > today)
		return -1;
	day_to_civil(born, &by, &bm, &bd);
	day_to_civil(today, &ty, &tm, &td);
	return ty - by - (tm < bm || (tm == bm && td < bd));
}

void day_format(struct strbuf *out, int32_t day)
{
	int year, month, day_of_month;

	if (day == DAY_NONE)
		return;
	day_to_civil(day, &year, &month, &day_of_month);
	strbuf_format(out, "%04d-%02d-%02d", year, month, day_of_month);
}

void day_format_near(struct strbuf *out, int32_t day, int32_t today)
{
	int year, month, day_of_month, this_year, unused_month, unused_day;
	int64_t distance = (int64_t)day - today;

	if (day == DAY_NONE)
		return;
	day_to_civil(day, &year, &month, &day_of_month);
	day_to_civil(today, &this_year, &unused_month, &unused_day);
	if (distance >= -1 && distance <= 1)
		strbuf_add(out, distance < 0 ? "昨天" : distance > 0 ? "明天" : "今天");
	else if (year == this_year)
		strbuf_format(out, "%02d-%02d", month, day_of_month);
	else
		day_format(out, day);
}

void time_format(struct strbuf *out, int minutes)
{
	strbuf_format(out, "%02d:%02d", minutes / 60, minutes % 60);
}

void instant_format(struct strbuf *out, int64_t instant_ms)
{
	struct tm tm = local_time(instant_ms);

	strbuf_format(out, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}
