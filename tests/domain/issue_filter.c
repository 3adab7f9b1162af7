/* Filters and search over issues: what matches, what the filter line says, what is kept. */
#include "domain/issue_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "town.h"

static void assert_count(struct town *t, struct issue_filter f, size_t wanted, const char *what)
{
	struct err e = { 0 };
	size_t n;

	assert_ok(issue_count(&t->of, &f, &n, &e));
	if (n != wanted)
		fail_msg("%s: %zu instead of %zu", what, n, wanted);
}

#define WITH(setting, wanted) \
	do { \
		f = ISSUE_FILTER_ALL; \
		f.setting; \
		assert_count(t, f, wanted, #setting); \
	} while (0)

/* Eight issues: 1 at 理事 here; 2 at 理事 elsewhere; 3 acting; 4 held; 5 parked; 6 waiting for its answer; 7 closed; 8 acting with an extension asked. */
static void raise_some(struct town *t)
{
	int64_t id;

	town_raise(t, "3幢2单元水管漏水", FILLS({ "unit", "2" }, { "room", "501" }));
	town_raise(t, "路灯不亮", FILLS({ "category", "traffic.road" }, { "building_id", NULL, t->building5 }, { "reporter_id", NULL, t->li }));
	id = town_raise(t, "楼道堆物", FILLS({ "category", "property.clutter" }));
	town_to_act(t, id);
	id = town_raise(t, "电梯异响", FILLS({ "category", "property.lift" }));
	town_to_act(t, id);
	town_as(t, HEAD);
	town_take(t, id, "hold", FILLS({ "reason", "other_body" }, { "note", "等检测" }, { "review_day", "2026-11-30" }));
	town_as(t, DESK);
	id = town_raise(t, "想装充电桩", FILLS({ "category", "traffic.ebike" }));
	town_as(t, HEAD);
	town_take(t, id, "park", FILLS({ "reason", "money" }, { "note", "没钱" }, { "review_day", "2026-12-24" }));
	town_as(t, DESK);
	town_to_evaluate(t, town_raise(t, "邻居吵架", FILLS({ "category", "dispute.neighbour" }, { "reporter_kind", "behalf" }, { "behalf_name", "女儿" })));
	town_take(t, town_raise(t, "水管漏水", NULL), "withdraw", FILLS({ "reason", "好了" }));
	id = town_raise(t, "下水道积水", FILLS({ "category", "environment.drain" }, { "reporter_id", NULL, 0 }, { "reporter_name", "孙悟空" },
	                                       { "reporter_phone", "13612345678" }, { "place_note", "东门岗亭旁" }));
	town_to_act(t, id);
	town_as(t, GRID3);
	town_take(t, id, "extension.ask", FILLS({ "workdays", "2" }, { "reason", "等水泵" }));
	town_as(t, HEAD);
}

static void each_filter_shows_its_own(void **state)
{
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;

	raise_some(t);
	assert_count(t, f, 7, "not closed");
	WITH(status = ISSUE_ALL, 8);
	WITH(status = ISSUE_CLOSED, 1);
	WITH(status = ISSUE_HELD, 1);
	WITH(status = ISSUE_PARKED, 1);
	WITH(status = ISSUE_OPEN, 5);
	WITH(phase = PHASE_TRIAGE, 3);
	WITH(phase = PHASE_ACT, 3);
	WITH(phase = PHASE_EVALUATE, 1);
	WITH(phase = PHASE_DECIDE, 0);
	WITH(grid_id = t->grid5, 1);
	WITH(building_id = t->building3, 6);
	WITH(reporter_id = t->li, 1);
	WITH(handler_id = t->accounts[GRID3], 4);
	WITH(extension = true, 1);
	WITH(unreached = true, 0);
	WITH(overdue = true, 0);
	WITH(today = true, 0);
	WITH(review = true, 0);
	f = ISSUE_FILTER_ALL;
	strcpy(f.category, "property");
	assert_count(t, f, 3, "property");
	strcpy(f.category, "property.lift");
	assert_count(t, f, 1, "property.lift");
	strcpy(f.category, "prop");
	assert_count(t, f, 0, "prop");
}

static void days_move_what_is_due_soon_today_and_late(void **state)
{
	/* due: 12-01 for five working days, 12-11 for a dispute; the clock stands for what is held, parked or at 评事 */
	static const struct { const char *day; size_t soon, today, overdue, review; } cases[] = {
		{ "2026-11-24", 0, 0, 0, 0 }, { "2026-11-27", 4, 0, 0, 0 }, { "2026-11-30", 4, 0, 0, 1 }, { "2026-12-01", 4, 4, 0, 1 },
		{ "2026-12-02", 0, 0, 4, 1 }, { "2026-12-25", 0, 0, 4, 2 },
	};
	struct town *t = *state;

	raise_some(t);
	assert_int_equal(t->settings.soon_days, 2);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct issue_filter f = ISSUE_FILTER_ALL;

		town_set_day(t, cases[i].day);
		WITH(soon = true, cases[i].soon);
		WITH(today = true, cases[i].today);
		WITH(overdue = true, cases[i].overdue);
		WITH(review = true, cases[i].review);
	}
}

static void mine_is_what_waits_for_me(void **state)
{
	static const struct { enum town_account who; size_t wanted; } cases[] = {
		{ DESK, 7 }, { GRID3, 6 }, { GRID5, 1 }, { PROJECT, 0 }, { HEAD, 0 },
	};
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;

	raise_some(t);
	f.mine = true;
	for (size_t i = 0; i < COUNT(cases); i++) {
		town_as(t, cases[i].who);
		assert_count(t, f, cases[i].wanted, "mine");
	}
	town_as(t, ADMIN);
	{
		struct err e = { 0 };
		size_t n;

		assert_code(issue_count(&t->of, &f, &n, &e), RC_DENIED);
	}
}

static void what_is_typed_is_understood(void **state)
{
	static const struct { const char *typed; size_t wanted; } cases[] = {
		{ "", 8 }, { "  ", 8 }, { "　", 8 },
		{ "漏水", 2 }, { "水", 3 }, { "漏水 3幢", 1 }, { "3幢 漏水", 1 }, { "漏水 路灯", 0 }, { "东门岗亭", 1 }, { "东门 积水", 1 },
		{ "007", 1 }, { "００７", 1 }, { "1124-007", 1 }, { "20261124-007", 1 }, { "DH-20261124-007", 1 }, { "dh-20261124-007", 1 },
		{ "1124-009", 0 }, { "1123-007", 0 }, { "1125-007", 0 }, { "20251124-007", 0 }, { "20261124", 8 }, { "08", 0 },
		{ "3321", 6 }, { "03321", 6 }, { "13800003321", 6 }, { "1234", 1 }, { "5678", 1 }, { "2345678", 1 }, { "9999", 0 },
		{ "3-2-501", 6 }, { "3-501", 6 }, { "3-2", 6 }, { "5-1-101", 1 }, { "3-2-502", 0 }, { "33-2-501", 0 }, { "3-", 1 },
		{ "wxy", 6 }, { "WXY", 6 }, { "wx", 6 }, { "w", 0 }, { "wangx", 0 }, { "wang", 6 }, { "ljg", 1 }, { "swk", 1 }, { "zs", 0 },
		{ "王秀英", 6 }, { "王", 0 }, { "王秀", 6 }, { "秀英", 0 }, { "李建国", 1 }, { "孙悟空", 1 }, { "孙悟", 1 }, { "孙", 0 },
		{ "%", 0 }, { "_", 0 }, { "\"", 0 }, { "漏\"水", 2 }, { "* OR *", 0 }, { "'", 0 }, { "\\", 0 }, { "-", 0 }, { "---", 0 }, { "漏*", 2 },
		{ "a b c d e f g h i j", 0 },
	};
	struct town *t = *state;

	raise_some(t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct issue_filter f = ISSUE_FILTER_ALL;

		f.status = ISSUE_ALL;
		snprintf(f.text, sizeof f.text, "%s", cases[i].typed);
		assert_count(t, f, cases[i].wanted, cases[i].typed);
	}
}

static void a_desks_letter_is_found_by_the_digits(void **state)
{
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_write(t, "UPDATE issue SET number = 'DH-20261124-A007' WHERE id = :id", id);
	strcpy(f.text, "007");
	assert_count(t, f, 1, f.text);
	strcpy(f.text, "1124-007");
	assert_count(t, f, 1, f.text);
	strcpy(f.text, "1124-a007");
	assert_count(t, f, 1, f.text);
	strcpy(f.text, "1124-b007");
	assert_count(t, f, 0, f.text);
	town_set_day(t, "2027-01-05");
	strcpy(f.text, "1124-007");
	assert_count(t, f, 1, "of last year");
}

static void a_filter_says_in_words_what_it_shows(void **state)
{
	struct town *t = *state;
	struct issue_filter f = ISSUE_FILTER_ALL;
	AUTO_STRBUF none = { 0 };
	AUTO_STRBUF all = { 0 };
	struct err e = { 0 };

	assert_ok(issue_filter_label(&t->of, &f, &none, &e));
	assert_string_equal(none.s, "未结事项");
	f = (struct issue_filter){ .phase = PHASE_TRIAGE, .status = ISSUE_HELD, .grid_id = t->grid3, .category = "property", .mine = true, .overdue = true,
	                           .handler_id = t->accounts[GRID3], .building_id = t->building3, .reporter_id = t->wang, .text = "漏水" };
	assert_ok(issue_filter_label(&t->of, &f, &all, &e));
	assert_string_equal(all.s, "待理事 · 挂起 · 03网格 · 物业管理 · 我的 · 已逾期 · 李明负责 · 西林小区3幢 · 王秀英提出 · 「漏水」");
}

static void a_filter_is_kept_as_a_line_and_read_again(void **state)
{
	static const char *const lines[] = {
		"status=unclosed", "status=all", "status=closed phase=act grid=5 handler=6 building=7 reporter=8 category=property.leak mine overdue today soon"
		" review extension unreached",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct issue_filter f = { .overdue = true, .text = "漏水" };
		AUTO_STRBUF again = { 0 };

		issue_filter_read(&f, lines[i]);
		assert_string_equal(f.text, "");
		issue_filter_write(&f, &again);
		assert_string_equal(again.s, lines[i]);
	}
}

static void an_unreadable_line_is_passed_over(void **state)
{
	static const char *const lines[] = { "", "   ", "=", "==", "phase=", "phase=none", "status=none", "grid=x", "mine=1", "nothing", "phase", "\xff\xff" };
	struct town *t = *state;

	raise_some(t);
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct issue_filter f;

		issue_filter_read(&f, lines[i]);
		assert_count(t, f, 7, lines[i]);
	}
	{
		AUTO_FREE char *huge = mem_alloc(200000);
		struct issue_filter f;

		memset(huge, 'a', 199999);
		memcpy(huge, "category=", 9);
		issue_filter_read(&f, huge);
		assert_int_equal(strlen(f.category), sizeof f.category - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(each_filter_shows_its_own),
		TOWN_TEST(days_move_what_is_due_soon_today_and_late),
		TOWN_TEST(mine_is_what_waits_for_me),
		TOWN_TEST(what_is_typed_is_understood),
		TOWN_TEST(a_desks_letter_is_found_by_the_digits),
		TOWN_TEST(a_filter_says_in_words_what_it_shows),
		TOWN_TEST(a_filter_is_kept_as_a_line_and_read_again),
		TOWN_TEST(an_unreadable_line_is_passed_over),
	};

	return cmocka_run_group_tests_name("domain-issue-filter", tests, NULL, NULL);
}
