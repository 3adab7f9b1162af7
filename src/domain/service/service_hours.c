/* 服务时长: what a volunteer's approved minutes add up to, by month and in stars. */
#include "attendance_rules.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "store/stmt.h"

#define MONTHS_MOST 36
#define HOURS_MOST 100000

/* Stars ---------------------------------------------------------------------------------------------------------------------------- */

static const int64_t star_hours_initial[] = { 100, 300, 600, 1000, 1500 };

static enum rc bad_stars(struct err *e, const char *text, const char *why)
{
	return err_set(e, RC_INVALID, NULL, "设置 [roster] star_hours = %s：%s；应是小时数，从小到大，空格隔开，如 100 300 600", text, why);
}

enum rc star_hours_read(const char *text, struct star_hours *out, struct err *e)
{
	struct star_hours read = { 0 };
	const char *at = text ? text : "";

	if (text_is_blank(text)) {
		for (size_t i = 0; i < COUNT(star_hours_initial); i++)
			read.hours[read.n++] = star_hours_initial[i];
		*out = read;
		return RC_OK;
	}
	while (*(at += strspn(at, " \t")) != '\0') {
		char *end = (char *)at;
		long hours = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : 0;

		if (end == at || (*end && *end != ' ' && *end != '\t'))
			return bad_stars(e, text, "有不是整数的");
		if (hours < 1 || hours > HOURS_MOST)
			return bad_stars(e, text, "小时数要在1到100000之间");
		if (read.n == STARS_MOST)
			return bad_stars(e, text, "最多10个星级");
		if (read.n > 0 && hours <= read.hours[read.n - 1])
			return bad_stars(e, text, "后一个要大于前一个");
		read.hours[read.n++] = hours;
		at = end;
	}
	*out = read;
	return RC_OK;
}

int stars_reached(const struct star_hours *s, int64_t minutes)
{
	int n = 0;

	while (n < (int)s->n && minutes >= s->hours[n] * 60)
		n++;
	return n;
}

/* Sums ----------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_sums(struct office *of, int64_t volunteer_id, struct service_hours *h, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT coalesce(sum(approved_minutes) FILTER (WHERE approved_at IS NOT NULL), 0),"
		" coalesce(sum(minutes) FILTER (WHERE approved_at IS NULL AND result IN ('present', 'late')), 0),"
		" count(*) FILTER (WHERE approved_at IS NOT NULL), count(*) FILTER (WHERE result = 'absent')"
		" FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	if ((rc = stmt_one(&q, "没有这位志愿者", e)) != RC_OK)
		return rc;
	h->minutes = column_int(&q, 0);
	h->waiting = column_int(&q, 1);
	h->times = (int)column_int(&q, 2);
	h->no_shows = (int)column_int(&q, 3);
	return RC_OK;
}

static int32_t first_of_month(int32_t day)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	return day - day_of_month + 1;
}

static enum rc read_months(struct office *of, int64_t volunteer_id, struct arena *a, struct service_hours *h, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT day, approved_minutes FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL"
	                               " AND approved_at IS NOT NULL ORDER BY day DESC");
	struct service_month *months = arena_alloc(a, MONTHS_MOST * sizeof *months);
	size_t n = 0;
	bool row;
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int32_t month = first_of_month(column_day(&q, 0));

		if (n == 0 || months[n - 1].month != month) {
			if (n == MONTHS_MOST)
				break;
			months[n++] = (struct service_month){ .month = month };
		}
		months[n - 1].minutes += column_int(&q, 1);
		months[n - 1].times++;
	}
	if (rc != RC_OK)
		return rc;
	h->months = months;
	h->n_months = n;
	return RC_OK;
}

static enum rc require_volunteer(struct office *of, int64_t volunteer_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM volunteer WHERE id = :id");

	bind_int(&q, ":id", volunteer_id);
	return stmt_one(&q, "没有这位志愿者", e);
}

enum rc service_hours(struct office *of, int64_t volunteer_id, struct arena *a, struct service_hours *out, struct err *e)
{
	struct service_hours h = { 0 };
	struct star_hours stars;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = star_hours_read(of->settings->star_hours, &stars, e)) != RC_OK ||
	    (rc = require_volunteer(of, volunteer_id, e)) != RC_OK || (rc = read_sums(of, volunteer_id, &h, e)) != RC_OK ||
	    (rc = read_months(of, volunteer_id, a, &h, e)) != RC_OK || (rc = points_balance(of, volunteer_id, &h.points, e)) != RC_OK)
		return rc;
	h.stars = stars_reached(&stars, h.minutes);
	h.next_star_minutes = h.stars < (int)stars.n ? stars.hours[h.stars] * 60 - h.minutes : 0;
	*out = h;
	return RC_OK;
}
