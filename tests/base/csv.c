/* CSV out: what a spreadsheet gets to read. */
#include "base/csv.h"

#include "test.h"

static void check_cell(const char *text, const char *want)
{
	AUTO_STRBUF out = { 0 };

	csv_cell(&out, text);
	assert_string_equal(strbuf_str(&out), want);
}

static void every_cell_is_quoted_and_quotes_are_doubled(void **state)
{
	(void)state;
	check_cell("王秀英", "\"王秀英\"");
	check_cell("", "\"\"");
	check_cell(NULL, "\"\"");
	check_cell("他说\"好\"", "\"他说\"\"好\"\"\"");
	check_cell("甲,乙\n丙", "\"甲,乙\n丙\"");
	check_cell("\"\"\"", "\"\"\"\"\"\"\"\"");
}

static void a_formula_becomes_text_and_a_number_stays_one(void **state)
{
	(void)state;
	check_cell("=1+1", "\"'=1+1\"");
	check_cell("@SUM(A1)", "\"'@SUM(A1)\"");
	check_cell("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"");
	check_cell("-", "\"'-\"");
	check_cell(" =1", "\"' =1\"");
	check_cell("\t=1", "\"'\t=1\"");
	check_cell("-3.5", "\"-3.5\"");
	check_cell("+8613812343321", "\"+8613812343321\"");
	check_cell("3-2-501", "\"3-2-501\"");
}

static void a_file_begins_with_a_bom_and_rows_end_with_cr_lf(void **state)
{
	AUTO_STRBUF out = { 0 };

	(void)state;
	csv_begin(&out);
	csv_cell(&out, "a\"");
	csv_cell(&out, "");
	csv_cell(&out, "b");
	csv_end_row(&out);
	csv_cell(&out, "c");
	csv_end_row(&out);
	assert_string_equal(strbuf_str(&out), "\xEF\xBB\xBF\"a\"\"\",\"\",\"b\"\r\n\"c\"\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_quoted_and_quotes_are_doubled),
		cmocka_unit_test(a_formula_becomes_text_and_a_number_stays_one),
		cmocka_unit_test(a_file_begins_with_a_bom_and_rows_end_with_cr_lf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
