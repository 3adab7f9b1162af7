/* Files as spreadsheets save them, and files that are something else. */
#include "domain/import/import_table.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

static struct strbuf bytes_of(const char *s, size_t n)
{
	struct strbuf b = { 0 };

	strbuf_add_n(&b, s, n);
	return b;
}

static struct strbuf encoded(const char *utf8, const char *encoding)
{
	iconv_t how = iconv_open(encoding, "UTF-8");
	char out[4096], *to = out, *from = (char *)(uintptr_t)utf8;
	size_t left = strlen(utf8), room = sizeof out;

	assert_int_equal(iconv(how, &from, &left, &to, &room), 0);
	iconv_close(how);
	return bytes_of(out, sizeof out - room);
}

static void check(const struct import_table *t, const char *encoding, char separator)
{
	assert_string_equal(t->encoding, encoding);
	assert_int_equal(t->separator, separator);
	assert_int_equal(t->n_rows, 2);
	assert_int_equal(t->n_columns, 3);
	assert_string_equal(import_table_cell(t, 0, 1), "电话");
	assert_string_equal(import_table_cell(t, 1, 0), "王秀英");
	assert_string_equal(import_table_cell(t, 1, 2), "3幢");
}

static void encodings_and_separators_are_recognised(void **state)
{
	static const char comma[] = "姓名,电话,地址\r\n王秀英,13812343321,3幢\r\n";
	static const char tab[] = "姓名\t电话\t地址\n王秀英\t13812343321\t3幢\n";
	static const char semicolon[] = "姓名;电话;地址\r王秀英;13812343321;3幢";
	static const struct { const char *text, *as, *encoding; char separator; } cases[] = {
		{ comma, "UTF-8", "UTF-8", ',' }, { comma, "GB18030", "GB18030", ',' }, { comma, "UTF-16", "UTF-16", ',' },
		{ tab, "UTF-8", "UTF-8", '\t' }, { tab, "GB18030", "GB18030", '\t' }, { semicolon, "UTF-8", "UTF-8", ';' },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF b = encoded(cases[i].text, cases[i].as);
		struct import_table t;
		struct err e = { 0 };

		assert_ok(import_table_parse(&t, &b, &e));
		check(&t, cases[i].encoding, cases[i].separator);
		import_table_release(&t);
	}
}

static void lists_in_cells_do_not_make_their_sign_the_separator(void **state)
{
	static const char comma[] = "姓名,服务类别\n陈阿姨,探访;送餐;环境;巡防\n李叔叔,探访;送餐;环境;巡防\n";
	static const char tab[] = "姓名\t电话\t备注\n陈阿姨\t\t养花,养鱼,种菜,钓鱼\n李叔叔\t\ta,b,c,d\n";
	static const struct { const char *text; char separator; } cases[] = { { comma, ',' }, { tab, '\t' } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF b = bytes_of(cases[i].text, strlen(cases[i].text));
		struct import_table t;
		struct err e = { 0 };

		assert_ok(import_table_parse(&t, &b, &e));
		assert_int_equal(t.separator, cases[i].separator);
		assert_int_equal(t.n_rows, 3);
		import_table_release(&t);
	}
}

static void a_byte_order_mark_is_not_part_of_the_first_heading(void **state)
{
	AUTO_STRBUF b = bytes_of("\xEF\xBB\xBF姓名,电话,地址\n王秀英,1,3幢", strlen("\xEF\xBB\xBF姓名,电话,地址\n王秀英,1,3幢"));
	struct import_table t;
	struct err e = { 0 };

	(void)state;
	assert_ok(import_table_parse(&t, &b, &e));
	assert_string_equal(import_table_cell(&t, 0, 0), "姓名");
	import_table_release(&t);
}

static void quotes_line_feeds_and_blank_rows_keep_the_spreadsheets_row_numbers(void **state)
{
	static const char text[] = "a,b\r\n\r\n\"x,1\",\"line one\r\nline \"\"two\"\"\"\r\n,\r\ny,z,w\r\n";
	AUTO_STRBUF b = bytes_of(text, sizeof text - 1);
	struct import_table t;
	struct err e = { 0 };

	(void)state;
	assert_ok(import_table_parse(&t, &b, &e));
	assert_int_equal(t.n_rows, 3);
	assert_int_equal(t.number[0], 1);
	assert_int_equal(t.number[1], 3);
	assert_int_equal(t.number[2], 5);
	assert_string_equal(import_table_cell(&t, 1, 0), "x,1");
	assert_string_equal(import_table_cell(&t, 1, 1), "line one\nline \"two\"");
	assert_string_equal(import_table_cell(&t, 1, 2), "");
	assert_string_equal(import_table_cell(&t, 2, 2), "w");
	assert_string_equal(import_table_cell(&t, 9, 0), "");
	import_table_release(&t);
}

static void hostile_text_in_cells_is_cleaned(void **state)
{
	static const char text[] = "a,b\n\x1b[31m红\x1b[0m,\xE2\x80\xAE" "abc\xE2\x80\x8B\n";
	AUTO_STRBUF b = bytes_of(text, sizeof text - 1);
	struct import_table t;
	struct err e = { 0 };

	(void)state;
	assert_ok(import_table_parse(&t, &b, &e));
	assert_string_equal(import_table_cell(&t, 1, 0), "[31m红[0m");
	assert_string_equal(import_table_cell(&t, 1, 1), "abc");
	import_table_release(&t);
}

static void other_files_are_refused_with_what_to_do(void **state)
{
	static const struct { const char *bytes; size_t n; const char *words; } cases[] = {
#define BYTES(s) s, sizeof s - 1
		{ BYTES(""), "空的" }, { BYTES("\n\n\r\n"), "没有内容" }, { BYTES("PK\x03\x04xxxx"), "另存为 CSV" },
		{ BYTES("\xD0\xCF\x11\xE0\xA1\xB1"), "另存为 CSV" }, { BYTES("%PDF-1.4\n"), "PDF" }, { BYTES("a,b\0c\n"), "二进制" },
		{ BYTES("a,b\n\"王秀英,1\nx,y\n"), "引号" }, { BYTES("\xEF\xBB\xBF" "a\xff"), "损坏" }, { BYTES("a,b\n\xff\xff\xff\n"), "编码" },
		{ BYTES("姓名,电话\n王秀\xe8\x8b"), "不完整" }, { BYTES("\xff\xfe" "a"), "编码" },
#undef BYTES
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF b = bytes_of(cases[i].bytes, cases[i].n);
		struct import_table t = { .n_rows = 77 };
		struct err e = { 0 };

		if (import_table_parse(&t, &b, &e) != RC_INVALID || strstr(e.text, cases[i].words) == NULL)
			fail_msg("case %zu: \"%s\", not \"%s\"", i, e.text, cases[i].words);
		assert_int_equal(t.n_rows, 77);
	}
}

static void sizes_have_their_limits(void **state)
{
	AUTO_STRBUF cell = { 0 };
	AUTO_STRBUF columns = { 0 };
	AUTO_STRBUF rows = { 0 };
	struct import_table t;
	struct err e = { 0 };

	(void)state;
	strbuf_add(&cell, "a,b\n");
	for (int i = 0; i < 4001; i++)
		strbuf_add_char(&cell, 'x');
	assert_refused(import_table_parse(&t, &cell, &e), RC_INVALID, "path", "4000");
	for (int i = 0; i < 201; i++)
		strbuf_add(&columns, "c,");
	assert_refused(import_table_parse(&t, &columns, &e), RC_INVALID, "path", "200 列");
	for (int i = 0; i < 200002; i++)
		strbuf_add(&rows, "a\n");
	assert_refused(import_table_parse(&t, &rows, &e), RC_INVALID, "path", "200000 行");
}

static void a_path_that_is_no_file_is_refused(void **state)
{
	struct import_table t;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(import_table_read(&t, "/no/such/file.csv", &e), RC_IO);
	assert_int_equal(import_table_read(&t, "/tmp", &e), RC_IO);
	assert_int_equal(import_table_read(&t, "/dev/zero", &e), RC_IO);
	assert_int_equal(import_table_read(&t, "", &e), RC_IO);
}

/* Any bytes give a table or a sentence, never a fault: the sanitizers watch. */
static void damaged_files_never_break_the_reader(void **state)
{
	static const char text[] = "\xEF\xBB\xBF姓名,\"电话\",地址\r\n\"王\"\"秀英\",138\t1234,3幢;2\r\n";
	uint32_t random = 12345;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		AUTO_STRBUF b = bytes_of(text, sizeof text - 1);
		struct import_table t;
		struct err e = { 0 };

		for (int k = 0; k < 3; k++) {
			random = random * 1664525 + 1013904223;
			b.s[(random >> 8) % b.n] = (char)(random >> 24);
		}
		strbuf_truncate(&b, (random >> 4) % b.n);
		if (import_table_parse(&t, &b, &e) == RC_OK)
			import_table_release(&t);
		else
			assert_true(e.text[0] != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings_and_separators_are_recognised),
		cmocka_unit_test(lists_in_cells_do_not_make_their_sign_the_separator),
		cmocka_unit_test(a_byte_order_mark_is_not_part_of_the_first_heading),
		cmocka_unit_test(quotes_line_feeds_and_blank_rows_keep_the_spreadsheets_row_numbers),
		cmocka_unit_test(hostile_text_in_cells_is_cleaned),
		cmocka_unit_test(other_files_are_refused_with_what_to_do),
		cmocka_unit_test(sizes_have_their_limits),
		cmocka_unit_test(a_path_that_is_no_file_is_refused),
		cmocka_unit_test(damaged_files_never_break_the_reader),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
