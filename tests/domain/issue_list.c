/* The list of issues: its cells as people read them, its orders, and that filters and search work through it. */
#include "domain/issue_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/issue_flow.h"
#include "store/list.h"
#include "town.h"

static struct list *open_list(struct town *t, const struct issue_filter *f, struct list_order order)
{
	struct list_filter filters[ISSUE_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	struct list *l = NULL;
	struct err e = { 0 };
	bool more = true;

	assert_ok(list_open(&l, t->st, &issue_list_spec, &e));
	assert_ok(list_query(l, filters, issue_filters(&t->of, f, &arena, filters), order, 0, &e));
	while (more)
		assert_ok(list_fill(l, 50, &more, &e));
	if (list_count(l))
		assert_ok(list_prepare(l, 0, list_count(l), &e));
	return l;
}

static void assert_cell(struct town *t, const struct list *l, size_t i, enum issue_column column, const char *wanted)
{
	AUTO_STRBUF got = { 0 };

	issue_cell(&t->of, l, i, column, &got);
	if (strcmp(strbuf_str(&got), wanted) != 0)
		fail_msg("row %zu, %s: \"%s\" instead of \"%s\"", i, issue_columns[column].label, strbuf_str(&got), wanted);
}

static void cells_are_what_people_read(void **state)
{
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;
	int64_t id = town_raise(t, "水管漏水", FILLS({ "place_note", "东门" }, { "urgency", "urgent" }));
	AUTO_RECORD support = { 0 };
	struct err e = { 0 };
	struct list *l;

	record_init(&support, form_find(t->of.forms, "support"));
	value_set_number(record_value(&support, "resident_id"), t->li);
	assert_ok(issue_support(&t->of, id, &support, &e));
	town_to_act(t, id);
	town_set_day(t, "2026-12-01");
	l = open_list(t, &f, issue_orders[0].order);
	assert_int_equal(list_count(l), 1);
	assert_int_equal(list_id(l, 0), id);
	assert_cell(t, l, 0, ISSUE_NUMBER, "1124-001");
	assert_cell(t, l, 0, ISSUE_TITLE, "水管漏水");
	assert_cell(t, l, 0, ISSUE_GRID, "03");
	assert_cell(t, l, 0, ISSUE_CATEGORY, "漏水渗水");
	assert_cell(t, l, 0, ISSUE_URGENCY, "急");
	assert_cell(t, l, 0, ISSUE_PHASE, "办事");
	assert_cell(t, l, 0, ISSUE_STATUS, "进行中");
	assert_cell(t, l, 0, ISSUE_DUE, "11-27");
	assert_cell(t, l, 0, ISSUE_HANDLER, "李明");
	assert_cell(t, l, 0, ISSUE_RAISED, "11-24");
	assert_cell(t, l, 0, ISSUE_PLACE, "西林小区3幢 东门");
	assert_cell(t, l, 0, ISSUE_SUPPORTERS, "1");
	assert_cell(t, l, 0, ISSUE_REOPENED, "");
	assert_cell(t, l, 0, ISSUE_CLOSING, "");
	assert_cell(t, l, 0, ISSUE_SATISFACTION, "");
	assert_cell(t, l, 0, ISSUE_STATE, "办事");
	assert_cell(t, l, 0, ISSUE_LATE, "逾期2天");
	assert_int_equal(issue_row_late(&t->of, l, 0), 2);
	assert_cell(t, l, 7, ISSUE_STATE, "");
	assert_cell(t, l, 7, ISSUE_LATE, "");
	list_close(l);
	for (size_t i = 0; i < ISSUE_COLUMN_COUNT; i++)
		assert_true(issue_columns[i].key && issue_columns[i].label);
}

static void states_are_told_in_words(void **state)
{
	static const struct { const char *step; struct fill fills[4]; const char *state, *late; } cases[] = {
		{ "hold", { { "reason", "weather" }, { "note", "雨" } }, "待理事 挂起", "" },
		{ "resume", { { NULL } }, "待理事", "" },
		{ "triage.deliberate", { { "reason", "商量" } }, "议事", "" },
		{ "withdraw", { { "reason", "好了" } }, "已结 诉求人撤回", "" },
	};
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;
	int64_t id = town_raise(t, "水管漏水", NULL);

	f.status = ISSUE_ALL;
	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct list *l;

		town_take(t, id, cases[i].step, cases[i].fills);
		l = open_list(t, &f, issue_orders[0].order);
		assert_cell(t, l, 0, ISSUE_STATE, cases[i].state);
		assert_cell(t, l, 0, ISSUE_LATE, cases[i].late);
		list_close(l);
	}
}

static void every_order_gives_every_row(void **state)
{
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;

	for (int i = 0; i < 30; i++) {
		town_pass_minutes(t, 1);
		town_raise(t, "水管漏水", FILLS({ "building_id", NULL, i % 3 ? t->building3 : t->building5 }, { "category", i % 2 ? "property.leak" : "discuss.rule" }));
	}
	town_raise(t, "没有地点", FILLS({ "building_id", NULL, 0 }, { "reporter_id", NULL, t->zhang }));
	for (size_t i = 0; i < issue_order_count; i++) {
		struct list *l = open_list(t, &f, issue_orders[i].order);

		assert_int_equal(list_count(l), 31);
		assert_int_equal(list_total(l), 31);
		list_close(l);
	}
	{
		struct list *l = open_list(t, &f, issue_orders[0].order);

		assert_cell(t, l, 0, ISSUE_NUMBER, "1124-031");
		assert_cell(t, l, 30, ISSUE_NUMBER, "1124-001");
		list_close(l);
	}
}

/* What is typed finds the same through the list, whichever way it goes through the rows. */
static void common_and_rare_words_find_the_same_through_the_list(void **state)
{
	static const struct { const char *typed; size_t wanted; } cases[] = {
		{ "漏水", 3100 }, { "路灯", 20 }, { "漏水 路灯", 20 }, { "wxy", 3080 }, { "ljg", 20 }, { "1124-003", 1 }, { "王秀英", 3080 }, { "没有", 0 },
	};
	struct town *t = *state;

	town_raise(t, "水管漏水", NULL);
	town_write(t,
		"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3100)"
		" INSERT INTO issue (id, number, title, category, phase, status, closed_at, raised_at, due_day, reporter_id)"
		" SELECT issue.id + n.i * 100, printf('DH-20261124-%03d', n.i), CASE WHEN n.i <= 21 THEN '路灯杆漏水' ELSE '水管漏水' END, 'property.leak',"
		" 'evaluate', 'closed', 1, issue.raised_at + n.i, issue.due_day, CASE WHEN n.i <= 21 THEN :id ELSE issue.reporter_id END FROM issue, n", t->li);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct issue_filter f = ISSUE_FILTER_ALL;
		struct list *l;
		size_t n;
		struct err e = { 0 };

		f.status = ISSUE_ALL;
		strcpy(f.text, cases[i].typed);
		l = open_list(t, &f, issue_orders[0].order);
		assert_ok(issue_count(&t->of, &f, &n, &e));
		if (list_count(l) != cases[i].wanted || n != cases[i].wanted)
			fail_msg("/%s: %zu in the list, %zu counted", cases[i].typed, list_count(l), n);
		list_close(l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(cells_are_what_people_read),
		TOWN_TEST(states_are_told_in_words),
		TOWN_TEST(every_order_gives_every_row),
		TOWN_TEST(common_and_rare_words_find_the_same_through_the_list),
	};

	return cmocka_run_group_tests_name("domain-issue-list", tests, NULL, NULL);
}
