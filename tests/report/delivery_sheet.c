/* 送餐单: a route of the town read back out of its PDF — what the carrier needs, nobody forgotten, and no more of anybody than that. */
#include "report/paper.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/meal_order.h"
#include "rounds.h"
#include "sample.h"

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

static char *read_pdf(struct town *t, int64_t route)
{
	AUTO_FREE char *path = mem_format("%s/sheet.pdf", t->dir);
	AUTO_ARENA a = { 0 };
	struct delivery_sheet sheet;
	struct err e = { 0 };

	assert_ok(delivery_sheet_load(&t->of, route, &a, &sheet, &e));
	assert_int_equal(sheet.total, sheet.on_sheets + sheet.n_excluded);
	AUTO_PAPER *p = paper_of_delivery_sheet(&t->of, &sheet);
	assert_string_equal(paper_number(p), "2026-11-24-lunch-1");
	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(PDF_TEXT, path, true);
}

static char *read_screen(struct town *t, int64_t route)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF text = { 0 };
	struct delivery_sheet sheet;
	struct err e = { 0 };

	assert_ok(delivery_sheet_load(&t->of, route, &a, &sheet, &e));
	AUTO_PAPER *p = paper_of_delivery_sheet(&t->of, &sheet);
	paper_text(p, 96, &text);
	return strbuf_take(&text);
}

/* Two doors on the way, one order without a carrier, one that was cancelled. */
static int64_t a_route(struct town *t)
{
	struct err e = { 0 };
	int64_t first = rounds_order(t, "欧阳秀英", 1050, 0, ""), second = rounds_order(t, "李福生", 1050, 0, ""), cancelled = rounds_order(t, "陈取消", 1, 1, "");
	int64_t route = rounds_route(t, rounds_carrier(t, "周大勇", "walk", NULL), ORDERS(first, second));

	rounds_order(t, "钱没人", 10, 10, "");
	town_write(t, "UPDATE diner SET wait_min = 5, may_leave = 1, stand_in = '女儿', diets = 'diabetes low_salt', allergens = 'peanut', avoids = '香菜',"
	              " door_note = '耳背，多敲几下', window_begin_min = 655, window_end_min = 700 WHERE id = :id", rounds_diner(t, first));
	town_write(t, "UPDATE meal_order SET portions = 2, size = 'large' WHERE id = :id", first);
	town_write(t, "UPDATE resident SET sex = '1' WHERE name = '李福生' AND :id = :id /*scan*/", 1);
	town_write(t, "UPDATE building SET entry_note = '东门按铃' WHERE name = '9幢' AND :id = :id /*scan*/", 1);
	assert_ok(meal_order_cancel(&t->of, cancelled, "女儿来接", &e));
	return route;
}

static void the_carrier_reads_what_each_door_needs_and_who_is_on_no_sheet(void **state)
{
	static const char *const wanted[] = {
		"送餐单", "2026年11月24日中餐·1号线·周大勇·步行", "2户，共3份", "【草稿，还没有确认】", "欧阳女士", "李先生", "9幢1单元101室；东门按铃",
		"2份；加量", "糖尿病", "过敏：花", "香菜", "等5分钟", "女儿；", "不能放", "10:55-11:40", "耳", "共4户=各送餐单上2户+不在单上2户",
		"钱没人1份：待送餐力量", "陈取消1份：取消：女儿来接",
	};
	struct town *t = *state;
	AUTO_FREE char *text = read_pdf(t, a_route(t));

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	assert_has_not(text, "欧阳秀英");
	assert_has_not(text, "李福生");
	assert_has_not(text, "1380000");
	assert_true(strstr(text, "欧阳女士") < strstr(text, "李先生"));
}

static void telephones_are_printed_only_where_the_office_wants_them_and_masked_on_the_screen(void **state)
{
	struct town *t = *state;
	int64_t route = a_route(t);
	AUTO_FREE char *pdf = NULL, *screen = NULL;

	t->settings.phone_on_sheet = 1;
	pdf = read_pdf(t, route);
	screen = read_screen(t, route);
	assert_has(pdf, "13800001234");
	assert_has_not(screen, "13800001234");
	assert_has(screen, "138****1234");
}

static void soft_food_is_said_once(void **state)
{
	struct town *t = *state;
	int64_t order = rounds_order(t, "王秀英", 100, 0, ""), route = rounds_route(t, 0, ORDERS(order));
	AUTO_FREE char *text = NULL;

	town_write(t, "UPDATE meal_order SET size = 'soft' WHERE id = :id", order);
	town_write(t, "UPDATE diner SET diets = 'soft' WHERE id = :id", rounds_diner(t, order));
	text = read_pdf(t, route);
	assert_has(text, "1份；软食等1分钟");
	assert_has(text, "1号线·（还没有送餐人）10:45");
}

static void who_took_it_out_of_the_house_is_written_down(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t route = a_route(t);

	assert_ok(delivery_sheet_note(&t->of, route, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'route' AND field = 'sheet' AND record_id = :id /*scan*/", route), 1);
	town_as(t, PROJECT);
	assert_code(delivery_sheet_note(&t->of, route, &e), RC_DENIED);
}

static void a_route_that_is_gone_has_no_sheet(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct delivery_sheet sheet;
	AUTO_ARENA a = { 0 };

	assert_refused(delivery_sheet_load(&t->of, 4711, &a, &sheet, &e), RC_NOTFOUND, "", "已经删除或并走");
}

static void people_are_called_by_their_surname(void **state)
{
	static const struct { const char *name, *sex, *called; } cases[] = {
		{ "王秀英", "2", "王女士" }, { "司马光", "1", "司马先生" }, { "司马", "1", "司先生" }, { "李四", "9", "李老人" }, { "", "1", "先生" },
		{ "𠮷田", "1", "𠮷先生" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		delivery_sheet_caller(cases[i].name, cases[i].sex, &out);
		assert_string_equal(strbuf_str(&out), cases[i].called);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROUNDS_TEST(the_carrier_reads_what_each_door_needs_and_who_is_on_no_sheet),
		ROUNDS_TEST(telephones_are_printed_only_where_the_office_wants_them_and_masked_on_the_screen),
		ROUNDS_TEST(soft_food_is_said_once),
		ROUNDS_TEST(who_took_it_out_of_the_house_is_written_down),
		ROUNDS_TEST(a_route_that_is_gone_has_no_sheet),
		cmocka_unit_test(people_are_called_by_their_surname),
	};

	return cmocka_run_group_tests_name("report-delivery_sheet", tests, NULL, NULL);
}
