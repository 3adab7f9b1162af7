/* Dates and times as people type them. */
#include "base/day.h"

#include <string.h>

#include "base/text.h"

#define TYPED_YEAR_MIN 1900
#define TYPED_YEAR_MAX 2199
#define OFFSET_MAX 3660
#define DATE_HELP "可写：今天、明天、+3、周五、1124、11-24、2026-11-24"
#define TIME_HELP "可写：0930、9:30、9点半、下午3点"

struct word {
	const char *text;
	int value;
};

static const struct word near_days[] = {
	{ "大后天", 3 }, { "大前天", -3 }, { "今天", 0 }, { "今日", 0 }, { "明天", 1 }, { "明日", 1 }, { "后天", 2 }, { "昨天", -1 },
	{ "昨日", -1 }, { "前天", -2 },
};

static const struct word weekday_names[] = {
	{ "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "日", 7 }, { "天", 7 },
	{ "1", 1 }, { "2", 2 }, { "3", 3 }, { "4", 4 }, { "5", 5 }, { "6", 6 }, { "7", 7 },
};

/* How many weeks from this one; "周五" alone is the next Friday from today. */
static const struct word week_names[] = { { "上上", -2 }, { "下下", 2 }, { "上", -1 }, { "下", 1 }, { "本", 0 }, { "这", 0 } };

/* Parts of the day; hour_of() says which hours of a clock of 12 they go with. */
enum { MORNING, NOON, AFTERNOON, NIGHT };
static const struct word day_parts[] = {
	{ "凌晨", MORNING }, { "清晨", MORNING }, { "早上", MORNING }, { "上午", MORNING }, { "中午", NOON }, { "下午", AFTERNOON },
	{ "傍晚", AFTERNOON }, { "晚上", NIGHT },
};

/* The word that s begins with, and s behind it; NULL if there is none. */
static const struct word *take_word(const char **s, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i].text);

		if (strncmp(*s, words[i].text, len) == 0) {
			*s += len;
			return &words[i];
		}
	}
	return NULL;
}

/* Digits at *s, at most max_digits; how many there were. */
static int take_number(const char **s, int max_digits, int *number)
{
	int n = 0;

	*number = 0;
	while (n < max_digits && (*s)[n] >= '0' && (*s)[n] <= '9')
		*number = *number * 10 + (*s)[n++] - '0';
	*s += n;
	return n;
}

static bool take_any(const char **s, const char *const *texts)
{
	for (; *texts; texts++) {
		size_t len = strlen(*texts);

		if (strncmp(*s, *texts, len) == 0) {
			*s += len;
			return true;
		}
	}
	return false;
}

/* Folded, without blanks anywhere. */
static void prepare(struct strbuf *out, const char *typed)
{
	AUTO_STRBUF folded = { 0 };

	text_fold(&folded, typed ? typed : "");
	for (const char *p = strbuf_str(&folded); *p; p++)
		if (*p != ' ' && *p != '\t')
			strbuf_add_char(out, *p);
}

static bool parse_near(const char *s, int32_t today, int32_t *day)
{
	const struct word *w = take_word(&s, near_days, COUNT(near_days));

	if (w == NULL || *s != '\0')
		return false;
	*day = today + w->value;
	return true;
}

static bool parse_offset(const char *s, int32_t today, int32_t *day)
{
	static const char *const units[] = { "天", "日", NULL };
	int sign = *s == '-' ? -1 : 1, n;

	if (*s != '+' && *s != '-')
		return false;
	s++;
	if (take_number(&s, 4, &n) == 0 || n > OFFSET_MAX)
		return false;
	take_any(&s, units);
	if (*s != '\0')
		return false;
	*day = today + sign * n;
	return true;
}

static bool parse_weekday(const char *s, int32_t today, int32_t *day)
{
	static const char *const names[] = { "周", "星期", "礼拜", NULL };
	const struct word *week = take_word(&s, week_names, COUNT(week_names));
	const struct word *weekday;
	int ahead;

	if (week && strncmp(s, "个", strlen("个")) == 0)
		s += strlen("个");
	if (!take_any(&s, names))
		return false;
	weekday = take_word(&s, weekday_names, COUNT(weekday_names));
	if (weekday == NULL || *s != '\0')
		return false;
	ahead = weekday->value - day_weekday(today);
	if (week)
		ahead += 7 * week->value;
	else if (ahead < 0)
		ahead += 7;
	*day = today + ahead;
	return true;
}

/* 1124, 20261124, 11-24, 2026.11.24, 2026年11月24日 → year (0 if not given), month, day. */
static bool split_date(const char *s, int *year, int *month, int *day_of_month)
{
	static const char *const separators[] = { "-", "/", ".", "年", "月", NULL };
	static const char *const ends[] = { "日", "号", NULL };
	const char *first = s;
	int number, digits = take_number(&s, 8, &number), second, third;

	*year = 0;
	if (*s == '\0') {
		*year = digits == 8 ? number / 10000 : 0;
		*month = number / 100 % 100;
		*day_of_month = number % 100;
		return digits == 8 || digits == 4 || digits == 3;
	}
	if (digits == 0 || !take_any(&s, separators) || take_number(&s, 2, &second) == 0)
		return false;
	if (take_any(&s, ends) || *s == '\0') {
		*month = number;
		*day_of_month = second;
		return *s == '\0' && digits <= 2 && strstr(first, "年") == NULL;
	}
	if (digits != 4 || !take_any(&s, separators) || take_number(&s, 2, &third) == 0)
		return false;
	take_any(&s, ends);
	*year = number;
	*month = second;
	*day_of_month = third;
	return *s == '\0';
}

enum rc day_parse(const char *typed, int32_t today, int32_t *day, struct err *e)
{
	AUTO_STRBUF s = { 0 };
	int year, month, day_of_month, this_year, this_month, this_day;
	int32_t found;

	prepare(&s, typed);
	if (parse_near(strbuf_str(&s), today, &found) || parse_offset(strbuf_str(&s), today, &found) ||
	    parse_weekday(strbuf_str(&s), today, &found)) {
		*day = found;
		return RC_OK;
	}
	if (!split_date(strbuf_str(&s), &year, &month, &day_of_month))
		return err_set(e, RC_INVALID, NULL, "看不懂这个日期，" DATE_HELP);
	day_to_civil(today, &this_year, &this_month, &this_day);
	if (year == 0)
		year = this_year;
	if (year < TYPED_YEAR_MIN || year > TYPED_YEAR_MAX)
		return err_set(e, RC_INVALID, NULL, "年份应在 %d 到 %d 之间", TYPED_YEAR_MIN, TYPED_YEAR_MAX);
	found = day_from_civil(year, month, day_of_month);
	if (found == DAY_NONE)
		return err_set(e, RC_INVALID, NULL, "%d 年没有 %d 月 %d 日，" DATE_HELP, year, month, day_of_month);
	*day = found;
	return RC_OK;
}

/* The hour on a clock of 24, -1 if the words and the number don't go together. */
static int hour_of(const struct word *part, int hour)
{
	if (part == NULL || hour > 12)
		return hour;
	switch (part->value) {
	case MORNING:
		return hour == 12 && strcmp(part->text, "凌晨") == 0 ? 0 : hour;
	case NOON:
		return hour <= 2 ? hour + 12 : hour >= 11 ? hour : -1;
	case AFTERNOON:
		return hour < 12 ? hour + 12 : hour;
	default:
		return hour >= 5 && hour < 12 ? hour + 12 : -1;    /* 晚上12点 belongs to the next day */
	}
}

/* Minutes behind the hour: "", 30, 半, 一刻, 三刻; false for anything else. */
static bool parse_minutes(const char *s, int *minutes)
{
	static const struct word fractions[] = { { "半", 30 }, { "一刻", 15 }, { "三刻", 45 }, { "整", 0 } };
	static const char *const ends[] = { "分", NULL };
	const struct word *w = take_word(&s, fractions, COUNT(fractions));

	if (w) {
		*minutes = w->value;
		return *s == '\0';
	}
	if (*s == '\0') {
		*minutes = 0;
		return true;
	}
	if (take_number(&s, 2, minutes) == 0)
		return false;
	take_any(&s, ends);
	return *s == '\0';
}

static bool split_time(const char *s, int *hour, int *minutes)
{
	static const char *const hours[] = { "点钟", "点", "时", NULL };
	const struct word *part = take_word(&s, day_parts, COUNT(day_parts));
	int number, digits = take_number(&s, 4, &number);

	if (digits == 0)
		return false;
	if (*s == '\0') {
		*hour = hour_of(part, digits > 2 ? number / 100 : number);
		*minutes = digits > 2 ? number % 100 : 0;
		return true;
	}
	*hour = hour_of(part, number);
	if (digits > 2)
		return false;
	if (*s == ':' || *s == '.') {
		s++;
		return take_number(&s, 2, minutes) == 2 && *s == '\0';
	}
	return take_any(&s, hours) && parse_minutes(s, minutes);
}

enum rc time_parse(const char *typed, int *minutes, struct err *e)
{
	AUTO_STRBUF s = { 0 };
	int hour, minute;

	prepare(&s, typed);
	if (!split_time(strbuf_str(&s), &hour, &minute))
		return err_set(e, RC_INVALID, NULL, "看不懂这个时间，" TIME_HELP);
	if (hour < 0 || hour > 23 || minute > 59)
		return err_set(e, RC_INVALID, NULL, "没有这个时间，应在 00:00 到 23:59 之间，" TIME_HELP);
	*minutes = hour * 60 + minute;
	return RC_OK;
}
