/* 服务时长台账 as a workbook: every figure in it is compared with what SQL says of the same rows. */
#include "domain/service_ledger.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "book.h"
#include "domain/attendance.h"
#include "report/reports.h"
#include "served.h"

static void assert_has(const char *text, const char *words)
{
	if (strstr(text, words) == NULL)
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void assert_has_not(const char *text, const char *words)
{
	if (strstr(text, words) != NULL)
		fail_msg("\"%s\" is in:\n%s", words, text);
}

struct people {
	int64_t shen, lu;
};

/* October and November; one waits, one did not come, one stands beside the roster; a name that Excel would calculate. */
static struct people serve(struct town *t)
{
	struct people p = { served_volunteer(t, "沈明", 0), served_volunteer(t, "=1+1", 0) };
	struct err e = { 0 };

	served_day(t, p.shen, day_from_civil(2026, 10, 8), 80, true);
	served_day(t, p.shen, day_from_civil(2026, 11, 2), 80, true);
	served_day(t, p.shen, day_from_civil(2026, 11, 3), 45, false);
	town_write(t, "UPDATE attendance SET result = 'absent', minutes = 0 WHERE id = :id", served_day(t, p.lu, day_from_civil(2026, 11, 4), 60, false));
	town_write(t, "UPDATE attendance SET minutes = 7800, approved_minutes = 7800 WHERE id = :id", served_day(t, p.lu, day_from_civil(2026, 11, 5), 60, true));
	town_as(t, HEAD2);
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, p.shen }, { "day", "2026-11-20" }, { "minutes", "30" }), NULL, &e));
	town_as(t, HEAD);
	return p;
}

static char *book_of(struct town *t, const struct report_query *q)
{
	AUTO_FREE char *path = mem_format("%s/a.xlsx", t->dir);
	AUTO_REPORT *r = NULL;
	struct err e = { 0 };

	assert_ok(report_make(&t->of, "service-ledger", q, &r, &e));
	assert_ok(report_write(r, path, true, &e));
	return book_read(path);
}

/* The lines of a sheet as a spreadsheet adds up one of its columns; 0 where the column is empty. */
static double sum_of(const char *lines, const char *sheet, char column)
{
	AUTO_FREE char *head = mem_format("%s!%c", sheet, column);
	double sum = 0;

	for (const char *s = lines; (s = strstr(s, head)) != NULL; s++) {
		const char *value = strstr(s, " n ");

		if (value && value < s + strcspn(s, "\n"))
			sum += strtod(value + 3, NULL);
	}
	return sum;
}

static void assert_hours(double hours, int64_t minutes)
{
	if (hours * 60 < (double)minutes - 0.001 || hours * 60 > (double)minutes + 0.001)
		fail_msg("%.4f hours, not %" PRId64 " minutes", hours, minutes);
}

static void the_workbook_says_what_the_database_says(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *lines = NULL;
	int64_t approved, waiting;

	serve(t);
	approved = town_int(t, "SELECT sum(approved_minutes) FROM attendance WHERE deleted_at IS NULL", 0);
	waiting = town_int(t, "SELECT sum(minutes) FROM attendance WHERE deleted_at IS NULL AND approved_at IS NULL AND result <> 'absent'", 0);
	lines = book_of(t, &(struct report_query){ .newest_first = true });
	assert_hours(sum_of(lines, "明细", 'H'), approved);
	assert_int_equal((int64_t)sum_of(lines, "明细", 'I'), approved);
	assert_hours(sum_of(lines, "按志愿者", 'C'), approved);
	assert_hours(sum_of(lines, "按志愿者", 'D'), waiting);
	assert_hours(sum_of(lines, "按服务", 'B'), approved);
	assert_hours(sum_of(lines, "按服务", 'C'), waiting);
	assert_hours(sum_of(lines, "按月", 'B'), approved);
	assert_hours(sum_of(lines, "按月", 'C'), waiting);
	assert_int_equal((int)sum_of(lines, "按月", 'D'), 3);
	assert_int_equal((int)sum_of(lines, "按月", 'E'), 1);
}

static void each_sheet_is_as_an_office_reads_it(void **state)
{
	static const char *const wanted[] = {
		"sheet 明细 frozen=1", "sheet 按志愿者 frozen=1", "sheet 按服务 frozen=1", "sheet 按月 frozen=1",
		"明细!A2 n 46346 yyyy-mm-dd\n",           /* 2026-11-20, the newest */
		"明细!D2 s 探访\n", "明细!E2 s 陪老人说话\n", "明细!F2 s 到\n", "明细!G2 n 0.5 0.0\n",
		"明细!B3 s =1+1\n", "明细!I3 n 7800 0\n", "明细!B4 s =1+1\n", "明细!F4 s 爽约\n",
		"按志愿者!A2 s =1+1\n", "按志愿者!C2 n 130 0.0\n", "按志愿者!F2 n 1 0\n", "按志愿者!G2 n 1 0\n", "按志愿者!G3 n 0 0\n",
		"按月!A2 n 46296 yyyy-mm\n", "按月!A3 n 46327 yyyy-mm\n",
		"chart bar 各项服务的时长: 按服务!$A$2:$A$3 按服务!$B$1=按服务!$B$2:$B$3\n", "chart bar 每月的服务时长: 按月!$A$2:$A$3 按月!$B$1=按月!$B$2:$B$3\n",
	};
	struct town *t = *state;
	AUTO_FREE char *lines = NULL;

	serve(t);
	lines = book_of(t, &(struct report_query){ .newest_first = true });
	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(lines, wanted[i]);
	assert_has_not(lines, " f ");
	assert_has_not(lines, "13800005566");
	assert_has_not(lines, "明细!I2 ");            /* what nobody approved has no minutes */
}

static void what_filters_the_list_filters_the_file_and_stars_stay_of_all(void **state)
{
	struct town *t = *state;
	struct people p = serve(t);
	const struct list_filter filters[] = { attendance_of_volunteer(p.lu), attendance_between(day_from_civil(2026, 11, 1), day_from_civil(2026, 11, 4)) };
	AUTO_FREE char *lines = book_of(t, &(struct report_query){ .filters = filters, .n_filters = COUNT(filters) });

	assert_has(lines, "明细!A2 n 46330 ");
	assert_has_not(lines, "明细!A3 ");
	assert_has(lines, "按志愿者!C2 n 0 0.0\n");
	assert_has(lines, "按志愿者!G2 n 1 0\n");
}

static bool stop_at_once(void *context, int64_t done, int64_t all)
{
	(void)done; (void)all;
	++*(int *)context;
	return true;
}

static void it_is_stopped_denied_and_unknown_in_words(void **state)
{
	struct town *t = *state;
	struct report_query q = { .stop = stop_at_once };
	struct report *r = NULL;
	struct err e = { 0 };
	int asked = 0;

	serve(t);
	q.context = &asked;
	assert_refused(report_make(&t->of, "service-ledger", &q, &r, &e), RC_STOPPED, "", "已停止");
	assert_int_equal(asked, 1);
	assert_refused(report_make(&t->of, "nothing", &q, &r, &e), RC_NOTFOUND, "", "没有叫 nothing 的报表");
	town_as(t, ADMIN);
	for (size_t i = 0; i < report_registry_count; i++)
		assert_refused(report_make(&t->of, report_registry[i].name, &q, &r, &e), RC_DENIED, "", "");
	assert_null(r);
}

static void nothing_served_is_an_empty_ledger(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *lines = NULL;

	town_as(t, HEAD);
	lines = book_of(t, &(struct report_query){ 0 });
	assert_has(lines, "明细!A1 s 日期");
	assert_has_not(lines, "!A2");
	assert_has_not(lines, "chart");
}

static void the_trend_has_its_months_and_two_charts(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *path = mem_format("%s/t.xlsx", t->dir), *lines = NULL;
	AUTO_REPORT *r = NULL;
	struct people p = serve(t);
	struct err e = { 0 };

	town_write(t, "UPDATE volunteer SET joined_day = 20720, left_day = 20780 WHERE id = :id", p.lu);     /* 2026-09-24, 2026-11-23 */
	town_write(t, "UPDATE volunteer SET joined_day = 20740 WHERE id = :id", p.shen);
	assert_ok(report_make(&t->of, "volunteer-trend", &(struct report_query){ .months = 3 }, &r, &e));
	assert_int_equal(report_rows(r), 3);
	assert_ok(report_write(r, path, false, &e));
	lines = book_read(path);
	assert_has(lines, "志愿者变化!A2 n 46266 yyyy-mm\n");                    /* 2026-09 */
	assert_has(lines, "志愿者变化!B2 n 1 0\n");
	assert_has(lines, "志愿者变化!C4 n 1 0\n");
	assert_has(lines, "志愿者变化!D4 n 1 0\n");
	assert_has(lines, "chart bar 新来、离开和爽约: 志愿者变化!$A$2:$A$4 志愿者变化!$B$1=志愿者变化!$B$2:$B$4");
	assert_has(lines, "chart line 在岗人数: 志愿者变化!$A$2:$A$4 志愿者变化!$F$1=志愿者变化!$F$2:$F$4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_workbook_says_what_the_database_says),
		TOWN_TEST(each_sheet_is_as_an_office_reads_it),
		TOWN_TEST(what_filters_the_list_filters_the_file_and_stars_stay_of_all),
		TOWN_TEST(it_is_stopped_denied_and_unknown_in_words),
		TOWN_TEST(nothing_served_is_an_empty_ledger),
		TOWN_TEST(the_trend_has_its_months_and_two_charts),
	};

	return cmocka_run_group_tests_name("report-service-ledger", tests, NULL, NULL);
}
