/* Volunteers from a spreadsheet: headings of the platforms, residents that are found, duplicates, where they stand on the ladder, a mapping that is kept. */
#include "domain/import.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include "hands.h"
#include "store/journal.h"
#include "store/txn.h"

static int head(void **state)
{
	town_setup(state);
	town_as(*state, HEAD);
	return 0;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, head, town_teardown)

static const char usual[] =
	"志愿者编号,志愿者姓名,手机号码,服务类别,所属网格,状态,注册时间\n"
	"PH0001,王秀英,13800003321,探访、送餐,03,在岗,2020-01-01\n"
	"PH0002,陈阿姨,13700001111,,网格05,,2021-05-06\n"
	"PH0003,李叔叔,13700002222,巡防,,培训,2022-07-08\n";

static struct import *open_in(struct town *t, const char *text, const char *encoding)
{
	AUTO_FREE char *path = mem_format("%s/people.csv", t->dir);
	iconv_t convert = iconv_open(encoding, "UTF-8");
	char bytes[8192], *in = (char *)text, *out = bytes;
	size_t left = strlen(text), room = sizeof bytes;
	FILE *f = fopen(path, "wb");
	struct import *im = NULL;
	struct err e = { 0 };

	assert_non_null(f);
	assert_true(convert != (iconv_t)-1);
	assert_int_equal(iconv(convert, &in, &left, &out, &room), 0);
	iconv_close(convert);
	assert_int_equal(fwrite(bytes, 1, sizeof bytes - room, f), sizeof bytes - room);
	assert_int_equal(fclose(f), 0);
	assert_ok(import_open(&im, &t->of, IMPORT_VOLUNTEERS, path, &e));
	return im;
}

static struct import *open_text(struct town *t, const char *text)
{
	return open_in(t, text, "UTF-8");
}

/* "row column reason" lines. */
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

static void assert_mapped(const struct import *im, size_t column, const char *target)
{
	const struct import_target *t = import_mapped(im, column);

	if (target == NULL)
		assert_null(t);
	else
		assert_string_equal(t ? t->name : "(none)", target);
}

static void what_platforms_call_things_is_recognised_in_both_encodings(void **state)
{
	static const char *const targets[] = { "outside_number", "name", "phone", "services", "grid", "ladder", NULL };
	static const char *const encodings[] = { "UTF-8", "GB18030" };

	for (size_t k = 0; k < COUNT(encodings); k++) {
		struct import *im = open_in(*state, usual, encodings[k]);

		assert_string_equal(import_encoding(im), encodings[k]);
		assert_int_equal(import_rows(im), 3);
		for (size_t i = 0; i < COUNT(targets); i++)
			assert_mapped(im, i, targets[i]);
		import_free(im);
	}
}

static void good_rows_come_in_linked_numbered_and_where_they_stand(void **state)
{
	struct town *t = *state;
	struct import *im = open_text(t, usual);
	AUTO_FREE char *done = NULL;
	struct import_summary s;
	struct err e = { 0 };

	town_write(t, "UPDATE resident SET status = 'present' WHERE id = :id", t->wang);
	s = check(im, NULL);
	assert_int_equal(s.good, 3);
	assert_int_equal(s.bad + s.duplicates + s.new_households, 0);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 3);
	assert_town_text(t, "SELECT number || ' ' || status || ' ' || services FROM volunteer WHERE resident_id = :id", t->wang,
	                 "ZY-0001 active meals visit");
	assert_int_equal(town_int(t, "SELECT joined_day FROM volunteer WHERE resident_id = :id", t->wang), TOWN_TODAY);
	assert_town_text(t, "SELECT status || ' ' || services FROM volunteer WHERE outside_number = 'PH0002' AND grid_id = :id", t->grid5, "applied other");
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer WHERE outside_number = 'PH0003' AND status = 'training'", 0), 1);
	assert_int_equal(town_int(t, "SELECT count(DISTINCT no) FROM journal WHERE verb = 'volunteer.import' /*scan*/", 0), 1);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer WHERE deleted_at IS NULL /*scan*/", 0), 0);
	import_free(im);
}

static void who_is_there_already_is_said_for_each_row(void **state)
{
	static const char text[] =
		"编号,姓名,电话,平台编号\n"
		"1,陈阿姨,13700001111,\n"               /* name and telephone */
		"2,陈阿姨,13700009999,PH0009\n"         /* outside number */
		"3,王秀英,13800003321,\n"               /* the resident */
		"4,周师傅,13700003333,PH0010\n"
		"5,周师傅,13700003333,\n"               /* the row above */
		"6,周老师,13700004444,PH0010\n";        /* its number */
	static const char *const wanted[] = {
		"2  同名同电话的已有 ZY-0001 陈阿姨", "3  这个平台编号已属于 ZY-0002 李叔叔", "4  这位居民已经是志愿者 ZY-0003", "6  与第 5 行姓名和电话相同",
		"7  与第 5 行平台编号相同",
	};
	struct town *t = *state;
	AUTO_STRBUF lines = { 0 };
	struct import_summary s;
	struct err e = { 0 };
	struct import *im;

	town_write(t, "UPDATE resident SET status = 'present' WHERE id = :id", t->wang);
	hands_volunteer(t, "陈阿姨", FILLS({ "phone", "13700001111" }));
	hands_volunteer(t, "李叔叔", FILLS({ "outside_number", "PH0009" }));
	hands_volunteer(t, "秀英", FILLS({ "resident_id", NULL, t->wang }));
	im = open_text(t, text);
	s = check(im, &lines);
	assert_int_equal(s.good, 1);
	assert_int_equal(s.duplicates, 5);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strstr(strbuf_str(&lines), wanted[i]) == NULL)
			fail_msg("\"%s\" is not in:\n%s", wanted[i], strbuf_str(&lines));
	assert_false(import_takes_duplicates(im));
	assert_refused_unchanged(import_run(im, IMPORT_GOOD_ROWS, true, NULL, NULL, &s, &e), RC_INVALID, "", "不能再导入");
	assert_ok(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e));
	assert_int_equal(s.good, 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer WHERE deleted_at IS NULL /*scan*/", 0), 4);
	import_free(im);
}

static void every_bad_row_is_named_with_its_column_and_reason(void **state)
{
	static const char text[] =
		"姓名,电话,服务类别,网格,状态,身份证号\n"
		",13700001111,,,,\n"
		"陈阿姨,12,,,,\n"
		"陈阿姨,13700001111,跳舞,,,\n"
		"陈阿姨,13700001111,,99,,\n"
		"陈阿姨,13700001111,,,停用,\n"
		"陈阿姨,13700001111,,,,11010519491231002X1\n"
		"陈阿姨,1.37E+10,,,,\n";
	static const char *const wanted[] = {
		"2 姓名 请写姓名", "3 电话 ", "4 服务类别 ", "5 网格 没有网格「99」", "6 状态 「停用」的不能成批导入", "7 身份证号 ", "8 电话 ",
	};
	struct town *t = *state;
	struct import *im = open_text(t, text);
	AUTO_STRBUF lines = { 0 };
	struct import_summary s = check(im, &lines);
	struct err e = { 0 };

	assert_int_equal(s.bad, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strstr(strbuf_str(&lines), wanted[i]) == NULL)
			fail_msg("\"%s\" is not in:\n%s", wanted[i], strbuf_str(&lines));
	assert_refused_unchanged(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e), RC_INVALID, "", "7 行");
	import_free(im);
}

static void every_mistake_of_a_row_is_told_once(void **state)
{
	static const char text[] =
		"姓名,电话,服务类别,网格,状态,出生日期\n"
		"陈阿姨,12,跳舞,99,停用,2099-01-01\n"
		",13700001111,,,,\n"
		"李叔叔,13700002222,巡防,03,在岗,1958-05-01\n";
	static const char *const wanted[] = {
		"2 电话 ", "2 服务类别 ", "2 网格 没有网格「99」", "2 状态 「停用」的不能成批导入", "2 出生日期 出生日期不能晚于今天", "3 姓名 请写姓名",
	};
	struct town *t = *state;
	struct import *im = open_text(t, text);
	AUTO_STRBUF lines = { 0 };
	struct import_summary s = check(im, &lines);
	size_t n = 0;

	for (const char *at = strbuf_str(&lines); (at = strchr(at, '\n')) != NULL; at++)
		n++;
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strstr(strbuf_str(&lines), wanted[i]) == NULL)
			fail_msg("\"%s\" is not in:\n%s", wanted[i], strbuf_str(&lines));
	assert_int_equal(n, COUNT(wanted));
	assert_int_equal(s.bad, 2);                /* rows, not mistakes */
	assert_int_equal(s.good, 1);
	import_free(im);
}

/* Who has a number of the platform, an id number, a telephone, or nothing but a name. */
static void the_same_file_a_second_time_brings_nobody(void **state)
{
	static const char text[] =
		"姓名,电话,平台编号,身份证号\n"
		"陈阿姨,,PH0001,\n"
		"李叔叔,13700002222,,\n"
		"周师傅,,,11010519491231002X\n"
		"吴老师,,,\n";
	struct town *t = *state;
	struct import_summary s;
	struct err e = { 0 };

	for (int again = 0; again < 2; again++) {
		struct import *im = open_text(t, text);
		AUTO_STRBUF lines = { 0 };

		s = check(im, &lines);
		assert_int_equal(s.good, again ? 0 : 4);
		assert_int_equal(s.duplicates, again ? 4 : 0);
		if (again) {
			assert_non_null(strstr(strbuf_str(&lines), "4  这个身份证号的已有 ZY-0003 周师傅"));
			assert_non_null(strstr(strbuf_str(&lines), "5  只有姓名，库里已有同名的 ZY-0004"));
		}
		assert_ok(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e));
		assert_int_equal(s.good, again ? 0 : 4);
		import_free(im);
	}
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer", 0), 4);
}

static void an_id_number_of_somebody_else_is_a_mistake(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF lines = { 0 };
	struct err e = { 0 };
	AUTO_RECORD r = { 0 };
	struct import_summary s;
	struct import *im;

	town_write(t, "UPDATE resident SET status = 'present' WHERE id = :id", t->wang);
	record_init(&r, form_find(t->of.forms, "resident"));
	assert_ok(record_load(t->st, r.form, t->wang, &r, &e));
	town_fill(t, &r, FILLS({ "id_kind", "id18" }, { "id_number", "11010519491231002X" }));
	{
		AUTO_TXN txn = { 0 };

		assert_ok(txn_begin(&txn, t->st, "test.resident", &e));
		assert_ok(record_save(t->st, &r, "test.resident", &e));
		assert_ok(txn_commit(&txn, &e));
	}
	im = open_text(t, "姓名,身份证号\n李四,11010519491231002X\n王秀英,11010519491231002X\n");
	s = check(im, &lines);
	assert_int_equal(s.bad, 1);
	assert_int_equal(s.good, 1);
	assert_non_null(strstr(strbuf_str(&lines), "2 身份证号 这个身份证号是居民王秀英的，和姓名「李四」不符"));
	import_free(im);
}

static void odd_files_give_rows_or_a_sentence(void **state)
{
	static const struct { const char *text, *encoding; size_t rows; const char *name; } cases[] = {
		{ "姓名,电话,备注\n陈阿姨,13700001111,\"第一行\n第二行，带\"\"引号\"\"\"\n", "GB18030", 1, "陈阿姨" },
		{ "\xEF\xBB\xBF\"姓名\",\"电话\"\r\n\"陈阿姨\",\"13700001111\"\r\n", "UTF-8", 1, "陈阿姨" },
		{ "姓名;电话\n陈阿姨;13700001111\n", "UTF-16", 1, "陈阿姨" },
		{ "二〇二六年志愿者名单,\n姓名,电话\n陈阿姨,13700001111\n\n,\n", "GB18030", 1, "陈阿姨" },
		{ "姓名,电话\n𠮷阿姨·买买提,13700001111", "GB18030", 1, "𠮷阿姨·买买提" },
		{ "姓名,电话\n\x1b[31m陈阿姨\xE2\x80\xAE,13700001111\n", "UTF-8", 1, "[31m陈阿姨" },
		{ "姓名,电话\n=cmd|' /C calc'!A0,13700001111\n", "UTF-8", 1, "=cmd|' /C calc'!A0" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct import *im = open_in(t, cases[i].text, cases[i].encoding);
		AUTO_FREE char *done = NULL;
		struct import_summary s = check(im, NULL);
		struct err e = { 0 };

		assert_int_equal(import_rows(im), cases[i].rows);
		assert_int_equal(s.good, cases[i].rows);
		assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
		assert_town_text(t, "SELECT name FROM volunteer WHERE deleted_at IS NULL", 0, cases[i].name);
		assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
		import_free(im);
	}
}

static void files_that_are_none_are_refused_with_what_to_do(void **state)
{
	static const struct { const char *bytes; size_t n; const char *words; } cases[] = {
#define BYTES(s) s, sizeof s - 1
		{ BYTES(""), "空的" }, { BYTES("\xEF\xBB\xBF"), "没有内容" }, { BYTES("姓名,电话\n"), "从第二行起是志愿者" },
		{ BYTES("姓名,电话\n\"陈阿姨,13700001111\n"), "引号" }, { BYTES("姓名,电话\n陈阿\xe5\xa7"), "不完整" },
		{ BYTES("\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n\xb3\xc2\xb0"), "编码" }, { BYTES("PK\x03\x04xxxx"), "另存为 CSV" },
#undef BYTES
	};
	struct town *t = *state;
	AUTO_FREE char *path = mem_format("%s/odd.csv", t->dir);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct import *im = NULL;
		struct err e = { 0 };
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		assert_int_equal(fwrite(cases[i].bytes, 1, cases[i].n, f), cases[i].n);
		assert_int_equal(fclose(f), 0);
		if (import_open(&im, &t->of, IMPORT_VOLUNTEERS, path, &e) != RC_INVALID || strstr(e.text, cases[i].words) == NULL)
			fail_msg("case %zu: \"%s\", not \"%s\"", i, e.text, cases[i].words);
		assert_null(im);
	}
}

static void a_whole_city_comes_in_at_once(void **state)
{
	enum { PEOPLE = 5012 };
	struct town *t = *state;
	AUTO_STRBUF text = { 0 };
	AUTO_FREE char *path = mem_format("%s/city.csv", t->dir);
	struct import *im = NULL;
	const struct import_fault *faults;
	struct import_summary s;
	struct err e = { 0 };
	size_t n;
	FILE *f = fopen(path, "wb");

	strbuf_add(&text, "姓名,手机号,志愿者编号,服务类别\n");
	for (int i = 0; i < PEOPLE; i++)
		strbuf_format(&text, "志愿者%d,1370000%04d,PH%05d,探访\n", i, i % 10000, i);
	assert_int_equal(fwrite(text.s, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
	assert_ok(import_open(&im, &t->of, IMPORT_VOLUNTEERS, path, &e));
	assert_ok(import_check(im, NULL, NULL, &s, &faults, &n, &e));
	assert_int_equal(s.good, PEOPLE);
	assert_ok(import_run(im, IMPORT_ALL_OR_NOTHING, false, NULL, NULL, &s, &e));
	assert_town_text(t, "SELECT max(number) FROM volunteer", 0, "ZY-5012");
	import_free(im);
}

static void a_mapping_is_kept_by_its_headings(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF kept = { 0 };
	struct import *im = open_text(t, "姓名,怎么联系,注册时间,随便\n陈阿姨,13700001111,2020-01-01,x\n");

	assert_mapped(im, 1, NULL);
	import_map(im, 1, "phone");
	import_map(im, 3, "note");
	import_mapping_write(im, &kept);
	import_free(im);
	im = open_text(t, "随便,新的一列,怎么联系,姓名\nx,y,13700001111,陈阿姨\n");
	import_mapping_read(im, strbuf_str(&kept));
	assert_mapped(im, 0, "note");
	assert_mapped(im, 1, NULL);
	assert_mapped(im, 2, "phone");
	assert_mapped(im, 3, "name");
	import_mapping_read(im, "随便=no_such_target 怎么联系= == = 没有的列=name \x80=name");
	assert_mapped(im, 0, "note");
	assert_mapped(im, 2, NULL);
	assert_mapped(im, 3, "name");
	import_free(im);
}

static void only_those_who_manage_volunteers_import_them(void **state)
{
	struct town *t = *state;
	struct import *im = NULL;
	struct err e = { 0 };

	town_as(t, DESK);
	assert_refused(import_open(&im, &t->of, IMPORT_VOLUNTEERS, "people.csv", &e), RC_DENIED, "", "管理志愿者");
	assert_null(im);
	town_as(t, GRID3);
	im = open_text(t, usual);
	import_free(im);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_platforms_call_things_is_recognised_in_both_encodings),
		TEST(good_rows_come_in_linked_numbered_and_where_they_stand),
		TEST(who_is_there_already_is_said_for_each_row),
		TEST(every_bad_row_is_named_with_its_column_and_reason),
		TEST(every_mistake_of_a_row_is_told_once),
		TEST(the_same_file_a_second_time_brings_nobody),
		TEST(an_id_number_of_somebody_else_is_a_mistake),
		TEST(odd_files_give_rows_or_a_sentence),
		TEST(files_that_are_none_are_refused_with_what_to_do),
		TEST(a_whole_city_comes_in_at_once),
		TEST(a_mapping_is_kept_by_its_headings),
		TEST(only_those_who_manage_volunteers_import_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
