/* Pickers: what is typed finds the record that was meant, best first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "fixture.h"
#include "store/record.h"

static struct form_set *forms;

static int begin(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO grid (id, code, name, kind, parent_id) VALUES (1, '03', '西林三网格', 'grid', NULL),"
		" (2, '03-2', '西林三网格二微网格', 'micro', 1), (3, '12', '东湖网格', 'grid', NULL)",
		"INSERT INTO estate (id, name) VALUES (1, '西林小区'), (2, '东湖花园')",
		"INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (1, 1, '3', '3幢', 2), (2, 1, '13', '13幢', 2),"
		" (3, 2, '3', '3幢', NULL), (4, 2, '5', '五号楼', NULL)",
		"INSERT INTO household (id, building_id, unit, room) VALUES (1, 1, '2', '501'), (2, 1, '2', '502'), (3, 1, '21', '101'),"
		" (4, 2, '1', '301'), (5, 3, '2', '501'), (6, 4, NULL, '101')",
		"INSERT INTO resident (id, name, phone, household_id) VALUES (1, '王秀英', '13812343321', 1), (2, '王小明', '13900003321', 2),"
		" (3, '张三', '0573-85012345', 4), (4, '曾国强', NULL, 5), (5, '阿卜杜拉·买买提', '13700001111', 3), (6, 'Anna', NULL, NULL)",
		"INSERT INTO resident (id, name, phone, deleted_at) VALUES (7, '王秀兰', '13812343321', 5)",
		"INSERT INTO resident (id, name, phone, merged_into) VALUES (8, '王秀英', '13812343321', 1)",
		"UPDATE household SET head_id = 1 WHERE id = 1",
		"INSERT INTO account (id, login, name) VALUES (1, 'chenxiao', '陈晓'), (2, 'wang', '王海'), (3, 'old', '陈旧')",
		"UPDATE account SET disabled_at = 5 WHERE id = 3",
	};
	struct err e = { 0 };

	if (fixture_begin(state) != 0 || form_set_load(&forms, YL_SOURCE_DIR "/forms", "", &e) != RC_OK)
		return -1;
	for (size_t i = 0; i < COUNT(rows); i++)
		fixture_write(((struct fixture *)*state)->st, "test", rows[i]);
	return 0;
}

static int end(void **state)
{
	form_set_free(forms);
	return fixture_end(state);
}

/* The ids found, as "1 5 3". */
static char *found(struct store *st, const char *form, const char *typed, size_t max)
{
	struct strbuf ids = { 0 };
	struct candidate *list = NULL;
	struct err e = { 0 };
	size_t n = 0;

	assert_ok(record_candidates(st, form_find(forms, form), typed, max, &list, &n, &e), &e);
	assert_true(n <= max);
	for (size_t i = 0; i < n; i++)
		strbuf_format(&ids, "%s%d", i ? " " : "", (int)list[i].id);
	candidates_free(list, n);
	return strbuf_take(&ids);
}

static void what_is_typed_finds_whom_was_meant(void **state)
{
	static const struct { const char *form, *typed, *ids; } cases[] = {
		/* residents: name, pinyin, telephone, address */
		{ "resident", "王秀英", "1" }, { "resident", "王", "2 1" }, { "resident", "秀英", "1" }, { "resident", "wxy", "1" },
		{ "resident", "wx", "2 1" }, { "resident", "WXY", "1" }, { "resident", "wangxiuying", "1" }, { "resident", "zengguo", "4" },
		{ "resident", "zs", "3" }, { "resident", "张s", "3" }, { "resident", "买买提", "5" }, { "resident", "anna", "6" },
		{ "resident", "3321", "2 1" }, { "resident", "321", "2 1" }, { "resident", "43321", "1" }, { "resident", "２３４５", "3" },
		{ "resident", "13812343321", "1" }, { "resident", "138-1234-3321", "1" }, { "resident", "99", "" }, { "resident", "999", "" },
		{ "resident", "3-2-501", "1 4" }, { "resident", "3幢2单元501", "1 4" }, { "resident", "3－2", "1 4 2 5" },
		{ "resident", "3-2-5", "1 4 2" }, { "resident", "东湖3-2-501", "4" }, { "resident", "xl3-2-501", "1" },
		{ "resident", "13-1", "3" }, { "resident", "zzz", "" }, { "resident", "李", "" },
		{ "resident", "%", "" }, { "resident", "'; DROP TABLE resident; --", "" }, { "resident", "_秀", "" }, { "resident", "\"", "" },
		/* buildings: place, pinyin, number, estate and number */
		{ "building", "西林", "2 1" }, { "building", "3", "3 1" }, { "building", "3幢", "3 1 2" }, { "building", "xl3", "1" },
		{ "building", "西林3", "1" }, { "building", "dhhy", "3 4" }, { "building", "dh5", "4" }, { "building", "东湖花园五", "4" },
		{ "building", "3-2-501", "3 1" }, { "building", "小区", "2 1" },
		/* grids: code, name */
		{ "grid", "03", "1 2" }, { "grid", "3", "1" }, { "grid", "03-2", "2" }, { "grid", "dh", "3" }, { "grid", "三网格", "1 2" },
		/* households: address, head */
		{ "household", "3-2-501", "5 1" }, { "household", "西林3-2", "1 2 3" }, { "household", "501", "5 1" }, { "household", "王秀英", "1" },
		{ "household", "xlxq", "4 3 1 2" },
		/* accounts: name, pinyin, login; not those that are disabled */
		{ "account", "陈", "1" }, { "account", "cx", "1" }, { "account", "chenx", "1" }, { "account", "wang", "2" },
		/* any other: its name */
		{ "estate", "东湖", "2" }, { "estate", "xl", "1" }, { "estate", "花园", "2" }, { "estate", "%", "" }, { "estate", "", "2 1" },
	};
	struct fixture *f = *state;
	int wrong = 0;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *ids = found(f->st, cases[i].form, cases[i].typed, 20);

		if (strcmp(ids, cases[i].ids) != 0) {
			print_error("%s “%s”: %s, expected %s\n", cases[i].form, cases[i].typed, ids, cases[i].ids);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void nothing_typed_offers_the_first_ones(void **state)
{
	static const char *const names[] = { "resident", "building", "grid", "household", "account", "estate" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(names); i++) {
		AUTO_FREE char *ids = found(f->st, names[i], "", 2);
		AUTO_FREE char *blank = found(f->st, names[i], " 　", 2);

		assert_int_equal(strlen(ids), 3);
		assert_string_equal(ids, blank);
	}
}

static void no_more_than_asked_for_and_nobody_twice(void **state)
{
	struct fixture *f = *state;

	for (size_t max = 0; max < 4; max++) {
		AUTO_FREE char *ids = found(f->st, "resident", "王", max);

		assert_string_equal(ids, max == 0 ? "" : max == 1 ? "2" : "2 1");
	}
}

static void the_detail_tells_people_apart_and_masks_the_telephone(void **state)
{
	struct fixture *f = *state;
	struct candidate *list = NULL;
	size_t n = 0;

	assert_ok(record_candidates(f->st, form_find(forms, "resident"), "王秀英", 5, &list, &n, &f->e), &f->e);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].label, "王秀英");
	assert_string_equal(list[0].detail, "138****3321 3-2-501");
	candidates_free(list, n);
	assert_ok(record_candidates(f->st, form_find(forms, "resident"), "anna", 5, &list, &n, &f->e), &f->e);
	assert_string_equal(list[0].detail, "");
	candidates_free(list, n);
	assert_ok(record_candidates(f->st, form_find(forms, "household"), "西林3-2-501", 5, &list, &n, &f->e), &f->e);
	assert_string_equal(list[0].label, "西林小区3幢2单元501室");
	assert_string_equal(list[0].detail, "王秀英");
	candidates_free(list, n);
}

static void hostile_texts_find_nothing_and_break_nothing(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *huge = mem_alloc(200001);
	const char *const cases[] = { huge, "\xFF\xFE", "\x01", "王\xE7", "----", "3----2", "幢单元室", "１２３４５６７８９０１２３４５６７８９０", "a-b-c-d" };
	static const char *const names[] = { "resident", "building", "grid", "household", "account", "estate" };

	memset(huge, 'w', 200000);
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t k = 0; k < COUNT(names); k++)
			free(found(f->st, names[k], cases[i], 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_typed_finds_whom_was_meant, begin, end),
		cmocka_unit_test_setup_teardown(nothing_typed_offers_the_first_ones, begin, end),
		cmocka_unit_test_setup_teardown(no_more_than_asked_for_and_nobody_twice, begin, end),
		cmocka_unit_test_setup_teardown(the_detail_tells_people_apart_and_masks_the_telephone, begin, end),
		cmocka_unit_test_setup_teardown(hostile_texts_find_nothing_and_break_nothing, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
