/* 餐费结算 and 覆盖与缺口 as workbooks, 结算表 and 对账单 as papers: read back. */
#include "domain/settlement.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "book.h"
#include "canteen.h"
#include "report/paper.h"
#include "report/reports.h"
#include "sample.h"

#define OCTOBER day_from_civil(2026, 10, 1)

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

/* 沈月娥, 78, had two lunches of 15 元 brought in October and refused a third; her daughter pays. */
static int64_t eat_october(struct town *t)
{
	static const char *const outcomes[] = { "s1", "s1", "f2" };
	int64_t resident = canteen_resident(t, "沈月娥", 0), diner;

	town_write(t, "UPDATE resident SET born_day = -7976, care_tags = 'alone' WHERE id = :id", resident);      /* 1948-03-01 */
	diner = canteen_diner(t, resident, "delivery");
	town_write(t, "UPDATE diner SET payer = 'child', payer_name = '沈小妹' WHERE id = :id", diner);
	for (int32_t i = 0; i < 3; i++) {
		int64_t order = canteen_order(t, diner, OCTOBER + i, "lunch");
		AUTO_FREE char *sql = mem_format("UPDATE meal_order SET outcome = '%s' WHERE id = :id", outcomes[i]);

		hands_insert(t, "INSERT INTO menu (id, day, meal, price_fen) VALUES (:id, %" PRId32 ", 'lunch', 1500)", OCTOBER + i);
		town_write(t, sql, order);
	}
	return diner;
}

static char *book_of(struct town *t, const char *name)
{
	AUTO_FREE char *path = mem_format("%s/%s.xlsx", t->dir, name);
	AUTO_REPORT *r = NULL;
	struct err e = { 0 };

	assert_ok(report_make(&t->of, name, &(struct report_query){ .day = OCTOBER + 5 }, &r, &e));
	assert_ok(report_write(r, path, false, &e));
	return book_read(path);
}

static void the_workbook_has_who_pays_and_what_the_street_is_asked_for(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *lines = NULL;

	eat_october(t);
	town_as(t, CANTEEN);
	lines = book_of(t, "settlement");
	assert_has(lines, "按老人!B2 s 沈月娥");
	assert_has(lines, "按老人!E2 s 沈小妹");
	assert_has(lines, "按老人!F2 n 3 ");
	assert_has(lines, "按老人!G2 n 45 ");
	assert_has(lines, "按老人!H2 n 6 ");
	assert_has(lines, "按老人!I2 n 4 ");                    /* 2 元 of two that were eaten */
	assert_has(lines, "按老人!K2 n 47 ");
	assert_has(lines, "补贴申领!A2 s 75至84周岁");
	assert_has(lines, "补贴申领!A3 s 没有补贴");
	assert_has(lines, "按自付人!A2 s 子女");
	assert_has(lines, "明细!E4 s 拒收");
	assert_has_not(lines, "更正!A2");
}

static void the_coverage_has_four_sheets(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *lines = NULL;

	eat_october(t);
	town_as(t, HEAD);
	lines = book_of(t, "coverage");
	assert_has(lines, "按网格!A2 s 未分网格");
	assert_has(lines, "按网格!H2 s 有需要，一个也没吃上");
	assert_has(lines, "没吃上的!B2 s 沈月娥");
	assert_has(lines, "熟面孔!A1 s 编号");
	assert_has(lines, "愿送没排上!A1 s 编号");
}

static void papers_say_what_is_due_and_that_an_open_month_is_no_claim(void **state)
{
	struct town *t = *state;
	int64_t diner = eat_october(t);
	AUTO_ARENA a = { 0 };
	AUTO_PAPER *table = NULL, *statement = NULL;
	AUTO_STRBUF shown = { 0 };
	AUTO_STRBUF own = { 0 };
	struct settlement s;
	struct err e = { 0 };

	town_as(t, HEAD);
	assert_ok(settlement_load(&t->of, OCTOBER, &a, &s, &e));
	table = paper_of_settlement(&t->of, &s);
	paper_text(table, 96, &shown);
	assert_has(strbuf_str(&shown), "2026年10月助餐结算表");
	assert_has(strbuf_str(&shown), "还没有结账");
	assert_has(strbuf_str(&shown), "75至84周岁（默认）");
	assert_has(strbuf_str(&shown), "47.00");
	assert_has_not(strbuf_str(&shown), "以前月份的更正");
	statement = paper_of_statement(&t->of, &s, settlement_diner(&s, diner));
	paper_text(statement, 96, &own);
	assert_has(strbuf_str(&own), "自付人：子女沈小妹");
	assert_has(strbuf_str(&own), "10月3日 中餐");
	assert_has(strbuf_str(&own), "本月应付：47.00 元");
	assert_null(settlement_diner(&s, diner + 1));
}

static void a_closed_month_with_corrections_is_signed(void **state)
{
	struct town *t = *state;
	int64_t diner = eat_october(t);
	AUTO_ARENA a = { 0 };
	AUTO_PAPER *table = NULL;
	AUTO_STRBUF shown = { 0 };
	struct settlement s;
	struct err e = { 0 };

	town_as(t, HEAD);
	hands_insert(t, "INSERT INTO meal_close (id, day, meal, closed_at) SELECT :id + day, day, 'lunch', 1 FROM menu /*scan*/");
	assert_ok(settlement_load(&t->of, OCTOBER, &a, &s, &e));
	assert_ok(settlement_close(&t->of, OCTOBER, &s, "已对账", &e));
	town_write(t, "UPDATE meal_order SET outcome = 's1' WHERE outcome = 'f2'", 0);
	canteen_order(t, diner, OCTOBER + 40, "lunch");
	assert_ok(settlement_load(&t->of, OCTOBER + 40, &a, &s, &e));
	table = paper_of_settlement(&t->of, &s);
	paper_text(table, 96, &shown);
	assert_has(strbuf_str(&shown), "四、以前月份的更正");
	assert_has(strbuf_str(&shown), "10月3日 中餐");
	assert_has(strbuf_str(&shown), "-2.00");
	assert_ok(settlement_load(&t->of, OCTOBER, &a, &s, &e));
	paper_free(table);
	table = paper_of_settlement(&t->of, &s);
	strbuf_release(&shown);
	paper_text(table, 96, &shown);
	assert_has(strbuf_str(&shown), "说明：已对账");
	assert_has_not(strbuf_str(&shown), "还没有结账");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_workbook_has_who_pays_and_what_the_street_is_asked_for),
		TOWN_TEST(the_coverage_has_four_sheets),
		TOWN_TEST(papers_say_what_is_due_and_that_an_open_month_is_no_claim),
		TOWN_TEST(a_closed_month_with_corrections_is_signed),
	};

	return cmocka_run_group_tests_name("report-settlement", tests, NULL, NULL);
}
