/* Importing residents: a GB18030 file with tabs and bad rows, its mapping, all or nothing, the good rows, what is exported. */
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "resident_steps.h"
#include "test.h"

static const char sheet[] =
	"姓名\t性别\t出生年月日\t手机\t家庭住址\t特殊人群\t小名\r\n"
	"区文澜\t女\t1950-01-01\t13988887766\t西林花园1幢1单元909室\t独居、高龄\t阿澜\r\n"
	"尉迟恭\t男\t1960/2/3\t13900001111\t西林花园 1-1-908\t\t\r\n"
	"\t男\t1960-01-01\t\t\t\t\r\n"
	"解小燕\t女\t2050-01-01\t\t\t\t\r\n"
	"区文澜\t女\t1950-01-01\t13988887766\t西林花园1幢1单元909室\t\t=1+1\r\n";

static void write_file(const struct demo *d, const char *name, const char *utf8, const char *encoding)
{
	AUTO_FREE char *path = mem_format("%s/%s", d->home, name);
	iconv_t convert = iconv_open(encoding, "UTF-8");
	char bytes[4096], *in = (char *)utf8, *out = bytes;
	size_t left = strlen(utf8), room = sizeof bytes;
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_true(convert != (iconv_t)-1);
	assert_int_equal(iconv(convert, &in, &left, &out, &room), 0);
	iconv_close(convert);
	assert_int_equal(fwrite(bytes, 1, sizeof bytes - room, f), sizeof bytes - room);
	assert_int_equal(fclose(f), 0);
}

static struct terminal *open_file(void *state, const struct layout *layout, const char *name)
{
	struct terminal *t = demo_start_as(state, layout->rows, layout->cols, "head");

	open_residents(t);
	terminal_press(t, "F8");
	terminal_expect(t, "CSV 文件");
	terminal_press(t, "^U");
	terminal_type(t, "~/");
	terminal_type(t, name);
	terminal_press(t, "Enter");
	return t;
}

static void a_gb18030_file_with_tabs_is_recognized_and_its_bad_rows_listed(void **state)
{
	static const char *const shown[] = {
		"编码 GB18030", "用制表符分隔", "5 行 7 列", "可以导入 2 行，有误 2 行，重复 1 行", "会新建 2 户", "请填写「姓名」", "出生日期不能晚于今天", "与第 2 行",
	};

	write_file(*state, "people.csv", sheet, "GB18030");
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = open_file(*state, &layouts[i], "people.csv");

		for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
			terminal_expect(t, shown[k]);
		if (layouts[i].cols < 110)
			terminal_press(t, "Tab");
		terminal_expect(t, "导入为");
		terminal_expect(t, "阿澜");
		leave(t);
	}
}

static void all_or_nothing_takes_nothing_while_a_row_is_bad(void **state)
{
	struct terminal *t;

	write_file(*state, "people.csv", sheet, "GB18030");
	t = open_file(*state, &layouts[0], "people.csv");
	terminal_expect(t, "有误 2 行");
	terminal_press(t, "F8");
	terminal_expect(t, "怎样导入");
	terminal_type(t, "1");
	terminal_expect(t, "有 2 行不能导入");
	terminal_press(t, "Esc");
	find_resident(t, "尉迟恭");
	terminal_expect(t, "没有符合条件的");
	leave(t);
}

static void the_good_rows_are_taken_in_and_one_undo_takes_them_back(void **state)
{
	struct terminal *t;

	write_file(*state, "people.csv", sheet, "GB18030");
	t = open_file(*state, &layouts[0], "people.csv");
	terminal_expect(t, "有误 2 行");
	terminal_press(t, "F8");
	terminal_expect(t, "怎样导入");
	terminal_type(t, "2");
	terminal_expect(t, "已导入 2 人，新建 2 户");
	assert_false(terminal_shows(t, "F8导入"));     /* not a second time */
	terminal_press(t, "Esc");
	find_resident(t, "尉迟恭");
	terminal_expect(t, "西林花园1幢1单元908室");
	find_resident(t, "ycg");
	terminal_expect(t, "1960-02-03");
	find_resident(t, "区文澜");
	terminal_expect(t, "1 条，隐藏");
	terminal_expect(t, "独居");
	terminal_press(t, "Esc");
	terminal_press(t, "^Z");
	find_resident(t, "区文澜");
	terminal_expect(t, "没有符合条件的");
	leave(t);
}

static void a_column_is_mapped_by_hand_and_the_rows_are_checked_again(void **state)
{
	struct terminal *t;

	write_file(*state, "people.csv", sheet, "UTF-8");
	t = open_file(*state, &layouts[0], "people.csv");
	terminal_expect(t, "编码 UTF-8");
	terminal_press(t, "Tab");
	terminal_expect(t, "导入为");
	terminal_press(t, "Enter");
	terminal_expect(t, "「姓名」这一列是");
	terminal_press(t, "Home");
	terminal_press(t, "Enter");            /* not imported: then no row has a name */
	terminal_expect(t, "请先指定哪一列是姓名");
	terminal_expect(t, "还没有检查");
	assert_false(terminal_shows(t, "F8导入"));
	terminal_press(t, "End");
	terminal_press(t, "Enter");
	terminal_expect(t, "「小名」这一列是");
	terminal_press(t, "Down");
	terminal_press(t, "Enter");
	terminal_expect(t, "可以导入 2 行，有误 3 行");     /* two rows have a nickname */
	leave(t);
}

static void the_bad_rows_leave_as_csv_with_their_reasons(void **state)
{
	const struct demo *d = *state;
	AUTO_FREE char *path = mem_format("%s/bad.csv", d->home);
	char content[2048] = "";
	struct terminal *t;
	FILE *f;

	write_file(d, "people.csv", sheet, "GB18030");
	t = open_file(*state, &layouts[1], "people.csv");
	terminal_expect(t, "有误 2 行");
	terminal_press(t, "F9");
	terminal_expect(t, "导出到文件");
	terminal_press(t, "^U");
	terminal_type(t, "~/bad.csv");
	terminal_press(t, "Enter");
	terminal_expect(t, "已导出 3 行");
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_true(fread(content, 1, sizeof content - 1, f) > 0);
	fclose(f);
	assert_true(strncmp(content, "\xEF\xBB\xBF", 3) == 0);
	assert_non_null(strstr(content, "\"原行号\",\"问题\""));
	assert_non_null(strstr(content, "\"4\",\"姓名：请填写「姓名」\""));
	assert_non_null(strstr(content, "\"'=1+1\""));
	assert_null(strstr(content, "尉迟恭"));
	leave(t);
}

static void a_file_that_can_not_be_read_says_why_and_another_may_be_chosen(void **state)
{
	static const struct {
		const char *name, *content, *said;
	} cases[] = {
		{ "none.csv", NULL, "none.csv" },
		{ "empty.csv", "", "空" },
		{ "headings.csv", "姓名,性别\n", "没有" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t;

		if (cases[i].content)
			write_file(*state, cases[i].name, cases[i].content, "UTF-8");
		t = open_file(*state, &layouts[0], cases[i].name);
		terminal_expect(t, "还没有选择文件");
		terminal_expect(t, cases[i].said);
		leave(t);
	}
}

static void a_folder_offers_its_csv_files(void **state)
{
	struct terminal *t;

	write_file(*state, "people.csv", sheet, "GB18030");
	write_file(*state, "other.doc", "x", "UTF-8");
	t = open_file(*state, &layouts[0], "");
	terminal_expect(t, "选择 CSV 文件");
	terminal_expect(t, "people.csv");
	assert_false(terminal_shows(t, "other.doc"));
	terminal_press(t, "Enter");
	terminal_expect(t, "编码 GB18030");
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_gb18030_file_with_tabs_is_recognized_and_its_bad_rows_listed, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(all_or_nothing_takes_nothing_while_a_row_is_bad, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_good_rows_are_taken_in_and_one_undo_takes_them_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_column_is_mapped_by_hand_and_the_rows_are_checked_again, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_bad_rows_leave_as_csv_with_their_reasons, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_can_not_be_read_says_why_and_another_may_be_chosen, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_folder_offers_its_csv_files, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
