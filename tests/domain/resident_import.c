/* Residents from a spreadsheet: what columns are, what is wrong with rows, and all or nothing. */
#include "domain/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/resident.h"
#include "office_fixture.h"
#include "test.h"

static const char usual[] =
	"\xEF\xBB\xBF" "西林寺社区居民花名册,,,,,\r\n"
	"姓名*,性别,身份证号码,联系电话（手机）,家庭住址,备注,没人认识的列\r\n"
	"王秀英,女,,13812343321,西林小区3幢2单元501室,养狗,x\r\n"
	"张三,男,,13900003210,西林小区3-2-501,,\r\n"
	"\r\n"
	"李四,女,11010519491231002X,,湖景雅苑3栋1203,,\r\n";

static struct import *open_text(struct office_fixture *x, const char *text)
{
	AUTO_FREE char *path = fixture_path(x, "people.csv");
	struct import *im = NULL;
	struct err e = { 0 };

	write_file(path, text, strlen(text));
	assert_ok(import_open(&im, &x->of, IMPORT_RESIDENTS, path, &e));
	return im;
}

/* What check says, as "row column reason" lines. */
static struct import_summary check(struct import *im, struct strbuf *lines)
{
	const struct import_fault *faults;
	struct import_summary s;
	struct err e = { 0 };
	size_t n;

	assert_ok(import_check(im, NULL, NULL, &s, &faults, &n, &e));
	for (size_t i = 0; lines && i < n; i++)
		strbuf_format(lines, "%zu %s %s\n", faults[i].row_number, faults[i].column, faults[i].reason);
	return s;
}

static void headings_are_found_under_a_title_and_recognised(void **state)
{
	static const char *const targets[] = { "name", "sex", "id_number", "phone", "address", "note", NULL };
	struct office_fixture *x = *state;
	struct import *im;
	AUTO_STRBUF shown = { 0 };

	act_as(x, ROLE_HEAD);
	im = open_text(x, usual);
	assert_string_equal(import_encoding(im), "UTF-8");
	assert_int_equal(import_separator(im), ',');
	assert_int_equal(import_rows(im), 3);
	assert_int_equal(import_columns(im), COUNT(targets));
	for (size_t i = 0; i < COUNT(targets); i++) {
		const struct import_target *t = import_mapped(im, i);

		if (targets[i] == NULL)
			assert_null(t);
		else
			assert_string_equal(t->name, targets[i]);
	}
	assert_int_equal(import_row_number(im, 2), 6);
	import_show(im, 2, import_mapped(im, 2), &shown);
	assert_string_equal(strbuf_str(&shown), "110105********002X");
	import_free(im);
}

static void good_rows_come_in_with_their_households(void **state)
{
	struct office_fixture *x = *state;
	struct import *im;
	struct import_summary s;
	struct err e = { 0 };

	make_household(x, x->buildings[0], "2", "501");
	act_as(x, ROLE_HEAD);
	im = open_text(x, usual);
	s = check(im, NULL);
	assert_int_equal(s.good, 3);
	assert_int_equal(s.bad + s.duplicates, 0);
	assert_int_equal(s.new_households, 1);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 3);
	assert_int_equal(s.new_households, 1);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE address_key = '3-2-501'"), 2);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = '李四' AND sex = '2' AND address_key = '3-1203' AND born_day < 0"), 1);
	assert_int_equal(count_rows(x, "SELECT count(DISTINCT no) FROM journal WHERE verb = 'resident.import' /*scan*/"), 1);
	assert_int_equal(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e), RC_INVALID);      /* once is enough */
	import_free(im);
}

static void every_bad_row_is_named_with_its_column_and_reason(void **state)
{
	static const char text[] =
		"姓名,性别,身份证号,电话,出生日期,地址\n"
		",男,,13812343321,,西林小区3-2-501\n"
		"王五,不男不女,,,,西林小区3-2-501\n"
		"王六,男,11010519491231002X1,,,\n"
		"王七,男,11010519491231002X,,,\n"
		"王八,,1.10105E+17,,,\n"
		"王九,,,12,,\n"
		"王十,,,,1950-13-01,\n"
		"赵一,,,,2027-01-01,\n"
		"赵二,,,,,东湖小区1-1-101\n"
		"赵三,,,,,西林小区9-1-101\n"
		"赵四,,,,1960/3/5,西林小区5-1-101\n";
	static const char *const wanted[] = {
		"2 姓名 ", "3 性别 ", "4 身份证号 ", "5 性别 ", "6 身份证号 ", "7 电话 ", "8 出生日期 ", "9 出生日期 ", "10 地址 ", "11 地址 ",
	};
	struct office_fixture *x = *state;
	struct import *im;
	AUTO_STRBUF lines = { 0 };
	struct import_summary s;
	struct err e = { 0 };
	char *rest, *line;
	size_t i = 0;

	act_as(x, ROLE_HEAD);
	im = open_text(x, text);
	s = check(im, &lines);
	assert_int_equal(s.bad, COUNT(wanted));
	assert_int_equal(s.good, 1);
	assert_non_null(strstr(strbuf_str(&lines), "科学计数"));
	assert_non_null(strstr(strbuf_str(&lines), "没有「9」这一楼栋"));
	rest = lines.s;
	while ((line = strsep(&rest, "\n")) != NULL && *line)
		if (strncmp(line, wanted[i], strlen(wanted[i])) != 0 || strlen(line) <= strlen(wanted[i]))
			fail_msg("%s: not %s", line, wanted[i]);
		else
			i++;
	assert_refused(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e), RC_INVALID, "", "10 行");
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident"), 0);
	assert_ok(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 1);
	assert_int_equal(s.bad, 10);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = '赵四'"), 1);
	import_free(im);
}

static void duplicates_are_found_in_the_file_and_in_the_database(void **state)
{
	static const char text[] =
		"姓名,证件号码,电话,地址\n"
		"李四,11010519491231002X,,\n"
		"李肆,11010519491231002x,,\n"
		"张三,,13900003210,\n"
		"张三,,139 0000 3210,\n"
		"王秀英,,13812343321,\n"
		"陈七,,,西林小区3-2-501\n"
		"陈七,,,西林小区3幢2单元501室\n"
		"陈七,,,西林小区5幢2单元501室\n"
		"赵六,,,西林小区3幢2单元501室\n";
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	struct import *im;
	AUTO_STRBUF lines = { 0 };
	struct import_summary s;
	struct err e = { 0 };

	make_resident(x, 0, "王秀英", "13812343321");
	make_resident(x, home, "赵六", NULL);
	act_as(x, ROLE_HEAD);
	im = open_text(x, text);
	s = check(im, &lines);
	assert_string_equal(strbuf_str(&lines),
	                    "3  与第 2 行证件号码相同\n"
	                    "5  与第 4 行姓名和电话相同\n"
	                    "6  库里已有姓名和电话相同的居民\n"
	                    "8  与第 7 行姓名和住址相同\n"
	                    "10  库里已有姓名和住址相同的居民\n");
	assert_int_equal(s.duplicates, 5);
	assert_int_equal(s.good, 4);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 4);
	assert_int_equal(s.duplicates, 5);
	s = check(im, NULL);
	assert_int_equal(s.good, 0);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, true, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 9);
	import_free(im);
}

static void columns_can_be_mapped_by_hand(void **state)
{
	struct office_fixture *x = *state;
	struct import *im;
	const struct import_fault *faults;
	struct import_summary s;
	struct err e = { 0 };
	size_t n;

	act_as(x, ROLE_HEAD);
	im = open_text(x, "甲,乙,丙,丁\n王秀英,13812343321,5,301\n");
	assert_refused(import_check(im, NULL, NULL, &s, &faults, &n, &e), RC_INVALID, "name", "姓名");
	import_map(im, 0, "phone");
	import_map(im, 0, "name");
	import_map(im, 1, "phone");
	import_map(im, 2, "building");
	import_map(im, 3, "no such target");
	import_map(im, 99, "sex");
	assert_null(import_mapped(im, 3));
	assert_null(import_mapped(im, 99));
	import_map(im, 3, "name");           /* a target is at one place */
	assert_null(import_mapped(im, 0));
	import_map(im, 0, "name");
	import_map(im, 2, NULL);
	assert_ok(import_check(im, NULL, NULL, &s, &faults, &n, &e));
	assert_int_equal(s.good, 1);
	import_map(im, 2, NULL);             /* forgets what was checked */
	assert_int_equal(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e), RC_INVALID);
	import_free(im);
}

static bool stop_at_once(void *context, size_t done, size_t total)
{
	*(size_t *)context = total;
	return done == 0;
}

static void stopping_leaves_the_data_as_they_were(void **state)
{
	struct office_fixture *x = *state;
	AUTO_STRBUF text = { 0 };
	struct import *im;
	struct import_summary s;
	struct err e = { 0 };
	size_t total = 0;

	strbuf_add(&text, "姓名,地址\n");
	for (int i = 0; i < 500; i++)
		strbuf_format(&text, "王%d,西林小区3-1-%d\n", i, 100 + i);
	act_as(x, ROLE_HEAD);
	im = open_text(x, strbuf_str(&text));
	s = check(im, NULL);
	assert_int_equal(s.good, 500);
	assert_int_equal(s.new_households, 500);
	assert_int_equal(import_run(im, IMPORT_ALL_OR_NOTHING, false, stop_at_once, &total, &s, &e), RC_STOPPED);
	assert_int_equal(total, 500);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident"), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM household"), 0);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident"), 500);
	import_free(im);
}

static void only_the_head_imports_and_only_what_can_be_read(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *path = fixture_path(x, "one.csv");
	struct import *im = NULL;
	struct err e = { 0 };

	write_file(path, "姓名,电话\n", strlen("姓名,电话\n"));
	act_as(x, ROLE_DESK);
	assert_int_equal(import_open(&im, &x->of, IMPORT_RESIDENTS, path, &e), RC_DENIED);
	act_as(x, ROLE_HEAD);
	assert_refused(import_open(&im, &x->of, IMPORT_RESIDENTS, path, &e), RC_INVALID, "path", "只有一行");
	assert_int_equal(import_open(&im, &x->of, IMPORT_RESIDENTS, "/no/such/file", &e), RC_IO);
	assert_null(im);
	import_free(NULL);
}

static void hostile_cells_are_values_and_nothing_else(void **state)
{
	static const char text[] =
		"姓名,备注\n"
		"\"Robert'); DROP TABLE resident;--\",\"=cmd|' /C calc'!A0\"\n"
		"'王秀英,'+1\n"
		"\"\x1b[31m李四\",\"a\xE2\x80\xAE" "b\"\n"
		"\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\",x\n";
	struct office_fixture *x = *state;
	struct import *im;
	struct import_summary s;
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	im = open_text(x, text);
	s = check(im, NULL);
	assert_int_equal(s.good, 3);
	assert_int_equal(s.bad, 1);
	assert_ok(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e));
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = 'Robert''); DROP TABLE resident;--'"), 1);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = '王秀英' AND note = '+1'"), 1);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = '[31m李四' AND note = 'ab'"), 1);
	import_free(im);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(headings_are_found_under_a_title_and_recognised),
		TEST(good_rows_come_in_with_their_households),
		TEST(every_bad_row_is_named_with_its_column_and_reason),
		TEST(duplicates_are_found_in_the_file_and_in_the_database),
		TEST(columns_can_be_mapped_by_hand),
		TEST(stopping_leaves_the_data_as_they_were),
		TEST(only_the_head_imports_and_only_what_can_be_read),
		TEST(hostile_cells_are_values_and_nothing_else),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
