/* Damaged spreadsheets: refused with a clean sentence, or read with every row either good or reported; what is taken in is clean. */
#include "domain/import.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/office_fixture.h"
#include "../domain/test.h"
#include "base/mem.h"
#include "base/text.h"
#include "mutate.h"

static const char *const sheets[] = {
	"\xEF\xBB\xBF" "西林寺社区居民花名册,,,,,\r\n姓名*,性别,身份证号码,联系电话（手机）,家庭住址,备注\r\n"
	"王秀英,女,,13812343321,西林小区3幢2单元501室,养狗\r\n张三,男,,13900003210,西林小区3-2-502,\"一,二\n三\"\r\n李四,女,11010519491231002X,,湖景雅苑3栋1203,\"他说\"\"好\"\"\"\r\n",
	"姓名\t性别\t出生年月日\t手机\t家庭住址\t特殊人群\n区文澜\t女\t1950-01-01\t13988887766\t西林小区3幢1单元909室\t独居、高龄\n\t男\t1960-01-01\t\t\t\n",
	"姓名;电话\n甲;13800000001\n乙;0573-85012345\n",
};

/* The other encoding that Excel and WPS save. */
static void to_gb18030(struct strbuf *text)
{
	iconv_t convert = iconv_open("GB18030", "UTF-8");
	size_t left = text->n, room = text->n * 4;
	char *in = text->s, *bytes = mem_alloc(room), *out = bytes;

	if (iconv(convert, &in, &left, &out, &room) != (size_t)-1) {
		strbuf_truncate(text, 0);
		strbuf_add_n(text, bytes, (size_t)(out - bytes));
	}
	iconv_close(convert);
	free(bytes);
}

/* A cell may have lines; painting makes blanks of their ends. */
static void assert_paintable(const char *text)
{
	AUTO_FREE char *line = mem_copy(text);

	for (char *c = line; *c; c++)
		*c = *c == '\n' ? ' ' : *c;
	assert_clean(line);
}

static void look_at_cells(const struct import *im)
{
	size_t rows = import_rows(im), columns = import_columns(im);

	for (size_t column = 0; column < columns; column++)
		assert_paintable(import_heading(im, column));
	for (size_t row = 0; row < rows && row < 50; row++) {
		for (size_t column = 0; column < columns && column < 50; column++) {
			const struct import_target *target = import_mapped(im, column);
			AUTO_STRBUF shown = { 0 };

			if (target)
				import_show(im, row, target, &shown);
			assert_paintable(strbuf_str(&shown));
		}
	}
	assert_string_equal(import_cell(im, rows, 0), "");
}

/* Rows are good, bad or double, all of them; each that isn't good has a reason in words. */
static void check_rows(struct import *im, size_t *good)
{
	const struct import_fault *faults;
	struct import_summary s;
	struct err e = { 0 };
	size_t n;
	enum rc rc = import_check(im, NULL, NULL, &s, &faults, &n, &e);

	if (rc != RC_OK) {                                             /* no column is the name */
		assert_refusal(&e, rc);
		return;
	}
	assert_int_equal(s.good + s.bad + s.duplicates, import_rows(im));
	assert_true(n >= s.bad);
	for (size_t i = 0; i < n; i++) {
		assert_paintable(faults[i].column);
		assert_paintable(faults[i].reason);
		assert_false(text_is_blank(faults[i].reason));
	}
	*good = s.good;
}

static void try_sheet(struct office_fixture *x, const struct strbuf *text, bool take, size_t *opened)
{
	AUTO_FREE char *path = fixture_path(x, "people.csv");
	struct import *im = NULL;
	struct import_summary s;
	struct err e = { 0 };
	size_t good = 0;
	enum rc rc;

	write_file(path, strbuf_str(text), text->n);
	rc = import_open(&im, &x->of, IMPORT_RESIDENTS, path, &e);
	if (rc != RC_OK) {
		assert_refusal(&e, rc);
		assert_null(im);
		return;
	}
	++*opened;
	look_at_cells(im);
	check_rows(im, &good);
	if (take && good > 0) {
		int64_t before = count_rows(x, "SELECT count(*) FROM resident /*scan*/");

		assert_ok(import_run(im, IMPORT_GOOD_ROWS, false, NULL, NULL, &s, &e));
		assert_int_equal(count_rows(x, "SELECT count(*) FROM resident /*scan*/") - before, (int64_t)good);
	}
	import_free(im);
}

static void a_damaged_spreadsheet_is_refused_or_every_row_accounted_for(void **state)
{
	struct office_fixture *x = *state;
	struct rng r = { 17 };
	size_t rounds = fuzz_rounds(900), opened = 0;

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < rounds; i++) {
		AUTO_STRBUF text = { 0 };

		strbuf_add(&text, sheets[i % COUNT(sheets)]);
		if (i % 5 == 0)
			to_gb18030(&text);
		mutate(&r, &text);
		strbuf_add(&text, "");
		try_sheet(x, &text, i % 20 == 0, &opened);
	}
	assert_true(opened > rounds / 5 && opened < rounds);
}

static void what_was_taken_from_damaged_spreadsheets_is_clean(void **state)
{
	static const char *const columns[] = { "name", "phone", "note", "employer", "care_tags" };
	struct office_fixture *x = *state;
	struct rng r = { 23 };
	size_t opened = 0;

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < hostile_word_count * 2; i++) {
		const struct hostile_word *word = &hostile_words[i % hostile_word_count];
		AUTO_STRBUF text = { 0 };

		strbuf_format(&text, "姓名,电话,备注\n\"王");
		strbuf_add_n(&text, word->bytes, word->n);
		strbuf_format(&text, "秀%zu\",199000%05zu,\"养", i, i + rng_below(&r, 2) * 50000);
		strbuf_add_n(&text, word->bytes, word->n);
		strbuf_add(&text, "狗\"\n");
		try_sheet(x, &text, true, &opened);
	}
	assert_true(count_rows(x, "SELECT count(*) FROM resident /*scan*/") > (int64_t)hostile_word_count / 2);
	for (size_t i = 0; i < COUNT(columns); i++) {
		AUTO_FREE char *sql = mem_format("SELECT coalesce(group_concat(replace(%s, char(10), ' '), '|'), '') FROM resident /*scan*/", columns[i]);
		AUTO_FREE char *all = text_of(x, sql);

		assert_clean(all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_damaged_spreadsheet_is_refused_or_every_row_accounted_for, office_fixture_setup, office_fixture_teardown),
		cmocka_unit_test_setup_teardown(what_was_taken_from_damaged_spreadsheets_is_clean, office_fixture_setup, office_fixture_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("damaged spreadsheets", tests, NULL, NULL);
}
