/* The generic list of a record type: rows, masks, search, saving. */
#include "domain/register.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "office_fixture.h"
#include "store/stmt.h"
#include "test.h"

static const struct form *form_of(const struct office_fixture *x, const char *name)
{
	return form_find(x->of.forms, name);
}

/* Ids found by what is typed after `/`, as names in the order of their ids. */
static void found(struct office_fixture *x, const char *typed, struct strbuf *names)
{
	struct list_filter filter;
	AUTO_STRBUF sql = { 0 };
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	bool any, row;

	assert_ok(register_filter(&x->of, form_of(x, "resident"), typed, &a, &filter, &any, &e));
	if (!any) {
		strbuf_add(names, "(all)");
		return;
	}
	strbuf_format(&sql, "SELECT name FROM resident WHERE deleted_at IS NULL AND (%s) ORDER BY id /*scan*/", filter.where);
	AUTO_STMT q = stmt_use_temporary(x->of.st, strbuf_str(&sql));
	bind_value(&q, ":p", &filter.p);
	if (strstr(filter.where, ":q"))
		bind_value(&q, ":q", &filter.q);
	enum rc rc;
	while ((rc = stmt_step(&q, &row, &e)) == RC_OK && row)
		strbuf_format(names, "%s%s", names->n ? " " : "", column_text(&q, 0));
	assert_ok(rc);
}

static void make_people(struct office_fixture *x)
{
	int64_t home = make_household(x, x->buildings[0], "2", "501"), other = make_household(x, x->buildings[2], "1", "1203");
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	make_resident(x, home, "王秀英", "13812343321");
	make_resident(x, home, "张三", "13900003210");
	make_resident(x, other, "曾国强", "057385012345");
	act_as(x, ROLE_HEAD);
	record_init(&r, form_of(x, "resident"));
	fill_record(&r, (const struct field_text[]){ { "name", "Anna O'Neil" }, { "care_tags", "独居 高龄" }, { "status", "present" },
	            { "id_number", "11010519491231002X" } }, 4);
	assert_ok(register_save(&x->of, &r, &e));
}

static void what_is_typed_finds_people_in_every_way(void **state)
{
	static const struct { const char *typed, *names; } cases[] = {
		{ "", "(all)" }, { "  ", "(all)" }, { "王", "王秀英" }, { "秀", "王秀英" }, { "wxy", "王秀英" }, { "ｗｘｙ", "王秀英" },
		{ "wangxiu", "王秀英" }, { "zs", "张三" }, { "zhs", "张三" }, { "zhangs", "张三" }, { "zgq", "曾国强" }, { "cgq", "曾国强" }, { "gq", "曾国强" }, { "gz", "" },
		{ "3321", "王秀英" }, { "13812343321", "王秀英" }, { "321", "王秀英" }, { "210", "张三" }, { "21", "" }, { "5012345", "曾国强" },
		{ "3-2-501", "王秀英 张三" }, { "3幢2单元", "王秀英 张三" }, { "3幢2单元501室", "王秀英 张三" }, { "1203", "曾国强" },
		{ "3-", "王秀英 张三 曾国强" }, { "王 3321", "王秀英" }, { "3321 王", "王秀英" }, { "张 3321", "" }, { "3-2-501 zs", "张三" },
		{ "西林小区 501", "王秀英 张三" }, { "西林小区3-2-501", "王秀英 张三" }, { "西林小区3幢2单元501室", "王秀英 张三" }, { "湖景 3-2-501", "" },
		{ "独居", "Anna O'Neil" }, { "高", "Anna O'Neil" }, { "anna", "Anna O'Neil" }, { "O'NEIL", "Anna O'Neil" }, { "独居 anna", "Anna O'Neil" },
		{ "11010519491231002X", "Anna O'Neil" }, { "11010519491231002x anna", "Anna O'Neil" }, { "在册", "王秀英 张三 曾国强 Anna O'Neil" },
		{ "独居 高龄 anna 王", "" }, { "不存在", "" },
	};
	struct office_fixture *x = *state;

	make_people(x);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF names = { 0 };

		found(x, cases[i].typed, &names);
		if (strcmp(strbuf_str(&names), cases[i].names) != 0)
			fail_msg("%s: \"%s\" instead of \"%s\"", cases[i].typed, strbuf_str(&names), cases[i].names);
	}
}

static void hostile_text_finds_nothing_and_breaks_nothing(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *huge = mem_alloc(1 << 16);
	const char *texts[] = { "' OR 1=1 --", "%", "_", "\\", "\"", "x'00'", "\x1b[2J", "\xff\xfe", "[a-z]*", "}{\",", "; ; ;", huge };

	make_people(x);
	memset(huge, 'q', (1 << 16) - 1);
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO_STRBUF names = { 0 };

		found(x, texts[i], &names);
		if (strbuf_str(&names)[0] != '\0' && strcmp(strbuf_str(&names), "(all)") != 0)
			fail_msg("%zu: %s", i, strbuf_str(&names));
	}
	for (size_t i = 0; i + 1 < COUNT(texts); i++) {
		AUTO_FREE char *two = mem_format("%s 王", texts[i]);
		AUTO_STRBUF names = { 0 };

		found(x, two, &names);
		if (strbuf_str(&names)[0] != '\0' && strcmp(strbuf_str(&names), "王秀英") != 0)
			fail_msg("%s: %s", two, strbuf_str(&names));
	}
}

static void every_form_with_a_list_has_a_query_that_runs(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < form_count(x->of.forms); i++) {
		const struct form *form = form_at(x->of.forms, i);
		AUTO_ARENA a = { 0 };
		struct list_spec spec;
		bool row;

		if (form->n_columns == 0 || !register_may_view(&x->of, form))
			continue;
		assert_ok(register_list_spec(&x->of, form, &a, &spec, &e));
		assert_int_equal(spec.n_columns, form->n_columns + 1);
		AUTO_STMT q = stmt_use_temporary(x->of.st, spec.row);
		bind_int(&q, ":id", 1);
		assert_ok(stmt_step(&q, &row, &e));
		assert_int_equal(column_count(&q), spec.n_columns);
	}
}

/* The row of the residents' list, cell by cell, as the account sees it. */
static void show_row(struct office_fixture *x, struct strbuf *out)
{
	const struct form *form = form_of(x, "resident");
	AUTO_ARENA a = { 0 };
	struct list_spec spec;
	struct list *l;
	struct err e = { 0 };

	assert_ok(register_list_spec(&x->of, form, &a, &spec, &e));
	assert_ok(list_open(&l, x->of.st, &spec, &e));
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "name_pinyin", false }, 0, &e));
	assert_ok(list_prepare(l, 0, 1, &e));
	for (size_t i = 0; i < form->n_columns; i++) {
		strbuf_add(out, i ? "|" : "");
		register_cell(&x->of, form, l, 0, i, out);
	}
	list_close(l);
}

static void cells_are_labels_and_masks(void **state)
{
	static const struct { enum role role; const char *row; } cases[] = {
		{ ROLE_DESK, "王秀英|女|1950-01-01|138****3321|3-2-501|独居、高龄|在册" },
		{ ROLE_HEAD, "王秀英|女|1950-01-01|13812343321|西林小区3幢2单元501室|独居、高龄|在册" },
	};
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	AUTO_FREE char *home_text = mem_format("%" PRId64, home);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	record_init(&r, form_of(x, "resident"));
	fill_record(&r, (const struct field_text[]){ { "name", "王秀英" }, { "sex", "女" }, { "born_day", "1950-01-01" }, { "phone", "13812343321" },
	            { "household_id", home_text }, { "care_tags", "独居 高龄" }, { "status", "present" } }, 7);
	assert_ok(register_save(&x->of, &r, &e));
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF row = { 0 };

		act_as(x, cases[i].role);
		show_row(x, &row);
		assert_string_equal(strbuf_str(&row), cases[i].row);
	}
}

static void a_list_is_sorted_by_the_column_that_orders_it(void **state)
{
	static const struct { const char *form, *column, *sorted; } cases[] = {
		{ "resident", "name", "name_pinyin" }, { "resident", "name_pinyin", "name_pinyin" }, { "resident", "household_id", "address_key" },
		{ "resident", "born_day", "born_day" }, { "estate", "name", "name_pinyin" }, { "grid", "code", "code" },
		{ "building", "place_text", "place_pinyin" }, { "resident", "note", NULL }, { "resident", "no_such", NULL }, { "resident", "1; DROP", NULL },
	};
	struct office_fixture *x = *state;

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = { 0 };
		struct list_order order;
		struct err e = { 0 };
		enum rc rc = register_order(&x->of, form_of(x, cases[i].form), cases[i].column, true, &a, &order, &e);

		assert_int_equal(rc, cases[i].sorted ? RC_OK : RC_INVALID);
		if (cases[i].sorted) {
			assert_string_equal(order.column, cases[i].sorted);
			assert_true(order.descending);
		}
	}
}

static void a_form_asks_its_roles(void **state)
{
	struct office_fixture *x = *state;
	const struct form *grid = form_of(x, "grid"), *account = form_of(x, "account");
	AUTO_ARENA a = { 0 };
	AUTO_RECORD r = { 0 };
	struct list_spec spec;
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_true(register_may_view(&x->of, grid));
	assert_false(register_may_edit(&x->of, grid));
	assert_refused(register_list_spec(&x->of, account, &a, &spec, &e), RC_DENIED, "", "不能查看");
	record_init(&r, grid);
	fill_record(&r, (const struct field_text[]){ { "code", "09" }, { "name", "新网格" }, { "kind", "grid" } }, 3);
	assert_refused(register_save(&x->of, &r, &e), RC_DENIED, "", "不能修改");
	act_as(x, ROLE_NONE);
	assert_false(register_may_view(&x->of, grid));
	act_as(x, ROLE_HEAD);
	assert_ok(register_save(&x->of, &r, &e));
	assert_int_equal(count_rows(x, "SELECT count(*) FROM journal WHERE verb = 'grid.save' /*scan*/"), 1);
}

static void what_others_stand_on_is_not_deleted(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501"), id = make_resident(x, home, "王秀英", NULL);
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	assert_refused(register_delete(&x->of, form_of(x, "household"), home, 1, "空户", &e), RC_INVALID, "", "1 名居民");
	assert_refused(register_delete(&x->of, form_of(x, "building"), x->buildings[0], 1, "拆除", &e), RC_INVALID, "", "1 户");
	assert_refused(register_delete(&x->of, form_of(x, "estate"), x->estates[0], 1, "拆除", &e), RC_INVALID, "", "2 个楼栋");
	assert_refused(register_delete(&x->of, form_of(x, "grid"), x->grids[0], 1, "撤并", &e), RC_INVALID, "", "楼栋或微网格");
	assert_ok(register_delete(&x->of, form_of(x, "resident"), id, 1, "重复登记", &e));
	assert_ok(register_delete(&x->of, form_of(x, "household"), home, 1, "空户", &e));
	assert_refused(register_delete(&x->of, form_of(x, "account"), 1, 1, "离职", &e), RC_INVALID, "", "停用");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_is_typed_finds_people_in_every_way),
		TEST(hostile_text_finds_nothing_and_breaks_nothing),
		TEST(every_form_with_a_list_has_a_query_that_runs),
		TEST(cells_are_labels_and_masks),
		TEST(a_list_is_sorted_by_the_column_that_orders_it),
		TEST(a_form_asks_its_roles),
		TEST(what_others_stand_on_is_not_deleted),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
