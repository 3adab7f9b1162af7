/* Reports as files: the same description as a workbook, read back by another program, and as CSV. */
#include "report/report.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "book.h"
#include "test.h"

struct folder {
	char path[64];
};

static int make_folder(void **state)
{
	struct folder *f = mem_alloc(sizeof *f);

	text_locale_init();
	snprintf(f->path, sizeof f->path, "/tmp/youlin-test-XXXXXX");
	*state = f;
	return mkdtemp(f->path) ? 0 : -1;
}

static int remove_folder(void **state)
{
	struct folder *f = *state;
	AUTO_FREE char *command = mem_format("rm -rf '%s'", f->path);
	int status = system(command);

	free(f);
	return status;
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

static char *path_in(void **state, const char *name)
{
	const struct folder *f = *state;

	return mem_format("%s/%s", f->path, name);
}

static char *read_text(const char *path)
{
	FILE *from = fopen(path, "rb");
	AUTO_STRBUF out = { 0 };
	int c;

	assert_non_null(from);
	while ((c = fgetc(from)) != EOF)
		strbuf_add_char(&out, (char)c);
	fclose(from);
	return strbuf_take(&out);
}

static const struct report_column every_kind[] = {
	{ "事由", REPORT_TEXT }, { "人次", REPORT_NUMBER }, { "时长（小时）", REPORT_MINUTES }, { "金额（元）", REPORT_MONEY }, { "日期", REPORT_DAY },
	{ "月份", REPORT_MONTH },
};

static struct report *one_of_each(void)
{
	struct report *r = report_new("样表");
	int32_t day = day_from_civil(2026, 11, 24);

	report_table(r, "样表", every_kind, COUNT(every_kind));
	report_text(r, "送餐");
	report_number(r, 12);
	report_number(r, 80);
	report_number(r, 123456);
	report_number(r, day);
	report_number(r, day_from_civil(2026, 11, 1));
	report_text(r, "");
	for (size_t c = 1; c < COUNT(every_kind); c++)
		report_empty(r);
	return r;
}

static void a_workbook_has_real_numbers_and_dates(void **state)
{
	AUTO_FREE char *path = path_in(state, "样表.xlsx"), *lines = NULL;
	AUTO_REPORT *r = one_of_each();
	struct err e = { 0 };
	struct stat s;

	assert_ok(report_write(r, path, false, &e));
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
	lines = book_read(path);
	assert_has(lines, "sheet 样表 frozen=1 columns=");
	assert_has(lines, "样表!A1 s 事由\n");
	assert_has(lines, "样表!A2 s 送餐\n");
	assert_has(lines, "样表!B2 n 12 0\n");
	assert_has(lines, "样表!C2 n 1.333333333333333");     /* 80 minutes, not 1.3 hours: sums stay right */
	assert_has(lines, " 0.0\n");
	assert_has(lines, "样表!D2 n 1234.56 #,##0.00\n");
	assert_has(lines, "样表!E2 n 46350 yyyy-mm-dd\n");    /* 2026-11-24 as Excel counts: days since 1899-12-30 */
	assert_has(lines, "样表!F2 n 46327 yyyy-mm\n");
	assert_has_not(lines, "样表!A3");
	assert_has_not(lines, "样表!B3 ");
}

static void the_same_as_csv_reads_as_an_office_writes_it(void **state)
{
	AUTO_FREE char *path = path_in(state, "样表.CSV"), *text = NULL;
	AUTO_REPORT *r = one_of_each();
	struct err e = { 0 };

	assert_ok(report_write(r, path, false, &e));
	text = read_text(path);
	assert_string_equal(text, "\xEF\xBB\xBF\"事由\",\"人次\",\"时长（小时）\",\"金额（元）\",\"日期\",\"月份\"\r\n"
	                          "\"送餐\",\"12\",\"1.3\",\"1234.56\",\"2026-11-24\",\"2026-11\"\r\n\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
}

static void numbers_read_in_their_units(void **state)
{
	static const struct { enum report_kind kind; int64_t number; const char *words; } cases[] = {
		{ REPORT_NUMBER, -7, "-7" }, { REPORT_MINUTES, 0, "0.0" }, { REPORT_MINUTES, 2, "0.0" }, { REPORT_MINUTES, 3, "0.1" }, { REPORT_MINUTES, 90, "1.5" },
		{ REPORT_MINUTES, -90, "-1.5" }, { REPORT_MINUTES, 599997, "10000.0" }, { REPORT_MONEY, 5, "0.05" }, { REPORT_MONEY, -1250, "-12.50" },
		{ REPORT_MONEY, INT64_MIN, "-92233720368547758.08" }, { REPORT_DAY, 0, "1970-01-01" }, { REPORT_MONTH, 31, "1970-02" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF words = { 0 };

		report_words(cases[i].kind, cases[i].number, &words);
		assert_string_equal(strbuf_str(&words), cases[i].words);
	}
}

/* Formulas, a text that Excel would unescape, controls, bytes that are no UTF-8, XML's own signs. */
static const struct { const char *text, *sheet, *csv; } hostile[] = {
	{ "=1+1", "=1+1", "\"'=1+1\"" }, { "@SUM(A1)", "@SUM(A1)", "\"'@SUM(A1)\"" }, { "+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "\"'+cmd|" },
	{ "=HYPERLINK(\"http://x\",\"y\")", "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http" }, { "_x0041_", "_x0041_", "\"_x0041_\"" },
	{ "a\x01\x1b[31mb", "a[31mb", "\"a[31mb\"" }, { "坏\xff\xfe字", "坏字", "\"坏字\"" }, { "<b>&amp;\"'", "<b>&amp;\"'", "\"<b>&amp;\"\"'\"" },
	{ "上\n下", "上\\n下", "\"上\n下\"" }, { "\u202e倒过来", "倒过来", "\"倒过来\"" }, { "http://example.org/", "http://example.org/", "\"http://example.org/\"" },
};

static void hostile_text_stays_text(void **state)
{
	static const struct report_column columns[] = { { "=标题()", REPORT_TEXT } };
	AUTO_FREE char *book = path_in(state, "a.xlsx"), *file = path_in(state, "a.csv"), *lines = NULL, *text = NULL;
	AUTO_REPORT *r = report_new("=1");
	struct err e = { 0 };

	report_table(r, "表", columns, 1);
	for (size_t i = 0; i < COUNT(hostile); i++)
		report_text(r, hostile[i].text);
	assert_ok(report_write(r, book, false, &e));
	assert_ok(report_write(r, file, false, &e));
	lines = book_read(book);
	text = read_text(file);
	assert_has_not(lines, " f ");
	assert_has(lines, "表!A1 s =标题()\n");
	for (size_t i = 0; i < COUNT(hostile); i++) {
		AUTO_FREE char *line = mem_format("表!A%zu s %s\n", i + 2, hostile[i].sheet);

		assert_has(lines, line);
		assert_has(text, hostile[i].csv);
	}
}

static void sheets_have_names_that_a_spreadsheet_takes(void **state)
{
	static const struct { const char *title, *name; } cases[] = {
		{ "2026/11 [上]", "sheet 2026 11  上  frozen" }, { "", "sheet 表 frozen" }, { "'x'", "sheet  x  frozen" }, { "重名", "sheet 重名 frozen" },
		{ "重名", "sheet 重名 2 frozen" }, { "重名", "sheet 重名 3 frozen" },
		{ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三", "sheet 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一 frozen" },
	};
	static const struct report_column columns[] = { { "列", REPORT_NUMBER } };
	AUTO_FREE char *path = path_in(state, "a.xlsx"), *lines = NULL;
	AUTO_REPORT *r = report_new("名字");
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		report_table(r, cases[i].title, columns, 1);
	assert_ok(report_write(r, path, false, &e));
	lines = book_read(path);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_has(lines, cases[i].name);
}

/* In columns of the screen: a Chinese character takes two. */
static void columns_are_as_wide_as_what_stands_in_them(void **state)
{
	static const struct report_column columns[] = { { "甲", REPORT_TEXT }, { "乙", REPORT_TEXT }, { "一二三四五六七八", REPORT_NUMBER } };
	AUTO_FREE char *path = path_in(state, "a.xlsx"), *lines = NULL;
	AUTO_REPORT *r = report_new("宽");
	struct err e = { 0 };

	report_table(r, "宽", columns, COUNT(columns));
	report_text(r, "友邻社区党群服务中心");
	report_text(r, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十");
	report_number(r, 1);
	assert_ok(report_write(r, path, false, &e));
	lines = book_read(path);
	assert_has(lines, "columns=22,60,20\n");
}

static void a_chart_is_the_workbooks_own_and_follows_its_cells(void **state)
{
	static const struct report_column columns[] = { { "月份", REPORT_MONTH }, { "新来", REPORT_NUMBER }, { "离开", REPORT_NUMBER } };
	AUTO_FREE char *path = path_in(state, "a.xlsx"), *lines = NULL;
	AUTO_REPORT *r = report_new("变化");
	struct err e = { 0 };

	report_table(r, "变化", columns, COUNT(columns));
	for (int month = 1; month <= 3; month++) {
		report_number(r, day_from_civil(2026, month, 1));
		report_number(r, month);
		report_number(r, 3 - month);
	}
	report_chart(r, REPORT_BARS, "新来和离开", 1, 2);
	report_chart(r, REPORT_LINES, "离开", 2, 1);
	assert_ok(report_write(r, path, false, &e));
	lines = book_read(path);
	assert_has(lines, "chart bar 新来和离开: 变化!$A$2:$A$4 变化!$B$1=变化!$B$2:$B$4 变化!$C$1=变化!$C$2:$C$4\n");
	assert_has(lines, "chart line 离开: 变化!$A$2:$A$4 变化!$C$1=变化!$C$2:$C$4\n");
}

static void a_table_without_rows_is_a_heading(void **state)
{
	AUTO_FREE char *book = path_in(state, "a.xlsx"), *file = path_in(state, "a.csv"), *lines = NULL, *text = NULL;
	AUTO_REPORT *r = report_new("空");
	struct err e = { 0 };

	report_table(r, "空", every_kind, COUNT(every_kind));
	report_chart(r, REPORT_BARS, "没有", 1, 1);
	assert_int_equal(report_rows(r), 0);
	assert_ok(report_write(r, book, false, &e));
	assert_ok(report_write(r, file, false, &e));
	lines = book_read(book);
	assert_has(lines, "空!F1 s 月份");
	assert_has_not(lines, "chart");
	text = read_text(file);
	assert_has(text, "\"月份\"\r\n");
}

static size_t files_in(void **state)
{
	const struct folder *f = *state;
	DIR *d = opendir(f->path);
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static void a_file_is_not_replaced_unless_asked_and_nothing_is_left_beside_it(void **state)
{
	static const char *const names[] = { "a.xlsx", "a.csv" };
	AUTO_REPORT *r = one_of_each();
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(names); i++) {
		AUTO_FREE char *path = path_in(state, names[i]), *before = NULL, *after = NULL;
		FILE *f = fopen(path, "w");

		fputs("别人的", f);
		fclose(f);
		before = read_text(path);
		assert_refused(report_write(r, path, false, &e), RC_CONFLICT, "文件已经存在");
		after = read_text(path);
		assert_string_equal(before, after);
		assert_ok(report_write(r, path, true, &e));
		assert_int_equal(files_in(state), i + 1);
	}
}

static void a_path_that_cannot_be_is_refused_in_words(void **state)
{
	AUTO_FREE char *other = path_in(state, "a.xls"), *nowhere = path_in(state, "无/a.xlsx"), *bare = path_in(state, ".xlsx"), *file = path_in(state, "f"),
	     *below = path_in(state, "f/a.xlsx");
	const struct { const char *path; enum rc rc; const char *words; } cases[] = {
		{ other, RC_INVALID, "以 .xlsx（表格）或 .csv 结尾" }, { "  ", RC_INVALID, "请输入文件名" }, { nowhere, RC_IO, "写不了文件" }, { below, RC_IO, "写不了文件" },
		{ "csv", RC_INVALID, "结尾" },
	};
	AUTO_REPORT *r = one_of_each();
	struct err e = { 0 };
	FILE *f = fopen(file, "w");

	fclose(f);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(report_write(r, cases[i].path, false, &e), cases[i].rc, cases[i].words);
	assert_int_equal(files_in(state), 1);
	assert_ok(report_write(r, bare, false, &e));
}

static void a_text_longer_than_a_cell_takes_is_cut_with_a_sign(void **state)
{
	static const struct report_column columns[] = { { "长", REPORT_TEXT } };
	AUTO_FREE char *path = path_in(state, "a.xlsx"), *lines = NULL;
	AUTO_REPORT *r = report_new("长");
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };

	for (int i = 0; i < 40000; i++)
		strbuf_add(&text, "长");
	report_table(r, "长", columns, 1);
	report_text(r, strbuf_str(&text));
	assert_ok(report_write(r, path, false, &e));
	lines = book_read(path);
	assert_has(lines, "长长…\n");
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What a community's ledger of two years comes to. The bound is loose: sanitizers and a busy machine are no reason to fail. */
static void twenty_thousand_rows_take_a_moment(void **state)
{
	AUTO_FREE char *book = path_in(state, "a.xlsx"), *lines = NULL;
	AUTO_REPORT *r = report_new("多");
	double began = seconds();
	struct err e = { 0 };

	report_table(r, "多", every_kind, COUNT(every_kind));
	for (int i = 0; i < 20000; i++) {
		AUTO_FREE char *text = mem_format("志愿者%d", i);

		report_text(r, text);
		for (size_t c = 1; c < COUNT(every_kind); c++)
			report_number(r, i);
	}
	assert_ok(report_write(r, book, false, &e));
	print_message("20,000 rows of 6 cells: %.2f s\n", seconds() - began);
	assert_true(seconds() - began < 20);
	lines = book_read(book);
	assert_has(lines, "多!A20001 s 志愿者19999\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_workbook_has_real_numbers_and_dates),
		FOLDER_TEST(the_same_as_csv_reads_as_an_office_writes_it),
		FOLDER_TEST(numbers_read_in_their_units),
		FOLDER_TEST(hostile_text_stays_text),
		FOLDER_TEST(sheets_have_names_that_a_spreadsheet_takes),
		FOLDER_TEST(columns_are_as_wide_as_what_stands_in_them),
		FOLDER_TEST(a_chart_is_the_workbooks_own_and_follows_its_cells),
		FOLDER_TEST(a_table_without_rows_is_a_heading),
		FOLDER_TEST(a_file_is_not_replaced_unless_asked_and_nothing_is_left_beside_it),
		FOLDER_TEST(a_path_that_cannot_be_is_refused_in_words),
		FOLDER_TEST(a_text_longer_than_a_cell_takes_is_cut_with_a_sign),
		FOLDER_TEST(twenty_thousand_rows_take_a_moment),
	};

	return cmocka_run_group_tests_name("report-report", tests, NULL, NULL);
}
