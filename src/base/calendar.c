/* Working days, from weekends and the holiday schedules that the State Council publishes year by year. */
#include "base/calendar.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/ini.h"
#include "base/mem.h"
#include "base/text.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define NAME_COLS_MOST 20

enum mark { MARK_NONE, MARK_OFF, MARK_WORK };

struct year {
	int number;
	int32_t first_day;
	unsigned char marks[366];
	unsigned char name_of[366];    /* 1 + index in names; 0: none */
	char **names;
	size_t n_names, cap_names;
};

struct calendar {
	struct year *years;
	size_t n;
};

static const struct year *find_year(const struct calendar *c, int number)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->years[i].number == number)
			return &c->years[i];
	return NULL;
}

/* "02-15" at *s; DAY_NONE if it is not a date of that year. */
static int32_t take_date(const char **s, int year)
{
	const char *p = *s;

	for (int i = 0; i < 5; i++)
		if (i == 2 ? p[i] != '-' : p[i] < '0' || p[i] > '9')
			return DAY_NONE;
	*s += 5;
	return day_from_civil(year, (p[0] - '0') * 10 + p[1] - '0', (p[3] - '0') * 10 + p[4] - '0');
}

static enum rc mark_days(struct year *y, const struct ini_entry *at, int32_t from, int32_t to, enum mark mark, struct err *e)
{
	for (int32_t day = from; day <= to; day++) {
		unsigned char *m = &y->marks[day - y->first_day];
		AUTO_STRBUF date = { 0 };

		day_format(&date, day);
		if (*m != MARK_NONE)
			return ini_refuse(at->path, at->line, e, "%s 写了两次", strbuf_str(&date));
		if (mark == MARK_WORK && day_weekday(day) <= 5)
			return ini_refuse(at->path, at->line, e, "%s 不是周末，work 只写调休要上班的周六、周日", strbuf_str(&date));
		*m = (unsigned char)mark;
	}
	return RC_OK;
}

/* "春节" behind the days that *s has passed: what they are off for. */
static enum rc take_name(struct year *y, const struct ini_entry *at, const char **s, int32_t from, int32_t to, struct err *e)
{
	size_t n = strcspn(*s, " \t");
	AUTO_FREE char *name = mem_copy_n(*s, n);

	if (text_width(name) > NAME_COLS_MOST || y->n_names == UCHAR_MAX)
		return ini_refuse(at->path, at->line, e, "%s：假日的名称太长，最多10个汉字", name);
	y->names = mem_grow(y->names, &y->cap_names, y->n_names + 1, sizeof *y->names);
	y->names[y->n_names++] = name;
	name = NULL;
	for (int32_t day = from; day <= to; day++)
		y->name_of[day - y->first_day] = (unsigned char)y->n_names;
	*s += n;
	return RC_OK;
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

/* What begins like neither a date nor a sign is a name. */
static bool is_name(const char *s, enum mark mark)
{
	return mark == MARK_OFF && *s && !strchr("0123456789.,-~", *s);
}

/* "01-01..01-03 元旦 04-05 清明节 …": the names may be left out. */
static enum rc parse_days(struct year *y, const struct ini_entry *at, enum mark mark, struct err *e)
{
	const char *s = at->value;

	for (s = skip_blanks(s); *s; s = skip_blanks(s)) {
		int32_t from, to;
		enum rc rc;

		from = to = take_date(&s, y->number);
		if (from != DAY_NONE && strncmp(s, "..", 2) == 0) {
			s += 2;
			to = take_date(&s, y->number);
		}
		if (from == DAY_NONE || to == DAY_NONE || to < from || (*s && *s != ' ' && *s != '\t'))
			return ini_refuse(at->path, at->line, e, "日期看不懂或不存在，应写成 01-01..01-03 元旦 04-05 清明节（%d 年的月-日，用空格隔开）", y->number);
		if ((rc = mark_days(y, at, from, to, mark, e)) != RC_OK)
			return rc;
		s = skip_blanks(s);
		if (is_name(s, mark) && (rc = take_name(y, at, &s, from, to, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc parse_year(struct year *y, const struct ini_section *s, struct err *e)
{
	static const char *const keys[] = { "off", "work", "source", NULL };
	const struct ini_entry *off = ini_entry(s, "off"), *work = ini_entry(s, "work");
	char *end;
	long number = strtol(s->name, &end, 10);
	enum rc rc;

	if (*end != '\0' || number < YEAR_MIN || number > YEAR_MAX)
		return ini_refuse(s->path, s->line, e, "[%s] 应是年份，例如 [2026]", s->name);
	*y = (struct year){ .number = (int)number, .first_day = day_from_civil((int)number, 1, 1) };
	if ((rc = ini_check_keys(s, keys, e)) != RC_OK ||
	    (off && (rc = parse_days(y, off, MARK_OFF, e)) != RC_OK) ||
	    (work && (rc = parse_days(y, work, MARK_WORK, e)) != RC_OK))
		return rc;
	return RC_OK;
}

enum rc calendar_load(struct calendar **out, const char *path, struct err *e)
{
	struct calendar *c;
	struct ini *ini = NULL;
	enum rc rc;

	if ((rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	c = mem_alloc(sizeof *c);
	c->years = mem_alloc(ini->n * sizeof *c->years);
	for (; c->n < ini->n && rc == RC_OK; c->n++)
		rc = parse_year(&c->years[c->n], &ini->sections[c->n], e);
	ini_free(ini);
	if (rc != RC_OK) {
		calendar_free(c);
		return rc;
	}
	*out = c;
	return RC_OK;
}

void calendar_free(struct calendar *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++) {
		for (size_t k = 0; k < c->years[i].n_names; k++)
			free(c->years[i].names[k]);
		free(c->years[i].names);
	}
	free(c->years);
	free(c);
}

bool calendar_knows(const struct calendar *c, int year)
{
	return find_year(c, year) != NULL;
}

static const struct year *year_of(const struct calendar *c, int32_t day)
{
	int number, month, day_of_month;

	day_to_civil(day, &number, &month, &day_of_month);
	return find_year(c, number);
}

static enum mark mark_of(const struct calendar *c, int32_t day)
{
	const struct year *y = year_of(c, day);

	return y ? (enum mark)y->marks[day - y->first_day] : MARK_NONE;
}

bool calendar_is_holiday(const struct calendar *c, int32_t day)
{
	return mark_of(c, day) == MARK_OFF;
}

const char *calendar_holiday_name(const struct calendar *c, int32_t day)
{
	const struct year *y = year_of(c, day);
	int name = y ? y->name_of[day - y->first_day] : 0;

	return name ? y->names[name - 1] : "";
}

bool calendar_is_workday(const struct calendar *c, int32_t day)
{
	enum mark mark = mark_of(c, day);

	return mark == MARK_WORK || (mark == MARK_NONE && day_weekday(day) <= 5);
}

int32_t calendar_add_workdays(const struct calendar *c, int32_t day, int n)
{
	int step = n < 0 ? -1 : 1;

	if (day == DAY_NONE)
		return DAY_NONE;
	if (n == 0) {
		while (!calendar_is_workday(c, day))
			day++;
		return day;
	}
	for (int left = n < 0 ? -n : n; left > 0;) {
		day += step;
		left -= calendar_is_workday(c, day);
	}
	return day;
}

int calendar_workdays_between(const struct calendar *c, int32_t from, int32_t to)
{
	int sign = to < from ? -1 : 1, count = 0;
	int32_t first = sign < 0 ? to : from, last = sign < 0 ? from : to;

	if (first == DAY_NONE)
		return 0;
	for (int32_t day = first; day < last; day++)
		count += calendar_is_workday(c, day + 1);
	return sign * count;
}
