/* The roster board: a week made of the templates, planned, accepted, taken back, and changed by hand; the templates; the gaps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

/* From anywhere, by what the palette calls it. */
static void open_by_name(struct terminal *t, const char *name, const char *frame)
{
	AUTO_FREE char *choice = mem_format(">%s", name);

	terminal_press(t, "^P");
	terminal_type(t, name);
	terminal_expect(t, choice);
	terminal_press(t, "Enter");
	terminal_expect(t, frame);
}

/* The week after next is empty. */
static void go_to_empty_week(struct terminal *t)
{
	open_by_name(t, "排班", "┌ 排班 2026-11-23");
	terminal_type(t, "]");
	terminal_expect(t, "┌ 排班 2026-11-30");
	terminal_type(t, "]");
	terminal_expect(t, "┌ 排班 2026-12-07");
	terminal_expect(t, "这一周还没有班次");
}

/* Down until the key line offers an action. */
static void go_down_to(struct terminal *t, const char *key)
{
	for (int i = 0; i < 80 && !terminal_shows(t, key); i++) {
		terminal_press(t, "Down");
		terminal_settle(t, 20, 1000);
	}
	terminal_expect(t, key);
}

static void a_week_is_made_planned_accepted_and_taken_back(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		struct demo one;
		const struct demo *d = i == 0 ? *state : &one;
		struct terminal *t;

		demo_make(&one);
		t = demo_start_as(d, layouts[i].rows, layouts[i].cols, "grid");
		go_to_empty_week(t);
		terminal_press(t, "F5");
		terminal_expect(t, "已按模板建好这一周");
		terminal_expect(t, "·0/");
		terminal_press(t, "F5");
		terminal_expect(t, "这一周的班次都在了");
		terminal_press(t, "F6");
		terminal_expect(t, "┌ 自动排班 2026-12-07 至 2026-12-13");
		terminal_expect(t, "新排 ");
		terminal_expect(t, "│>[√] ");
		terminal_expect(t, " → ");
		terminal_press(t, "F6");
		terminal_expect(t, "排上");
		terminal_expect(t, "┌ 排班 2026-12-07");
		terminal_press(t, "^Z");
		terminal_settle(t, 100, 2000);
		if (terminal_shows(t, "y是"))
			terminal_press(t, "y");
		terminal_expect(t, "·0/");
		terminal_press(t, "F8");
		terminal_expect(t, "发布了");
		terminal_expect(t, "!0/");
		leave(t);
		demo_remove(&one);
	}
}

/* The figure behind some words. */
static int number_after(struct terminal *t, const char *words)
{
	int row;

	assert_true(terminal_find(t, words, &row, NULL));
	return atoi(strstr(terminal_row(t, row), words) + strlen(words));
}

/* Somebody who is unticked is not planned again; what stays is behind a key where there is little room; one week becomes four and one again. */
static void a_plan_is_looked_through_and_made_again(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		struct demo one;
		const struct demo *d = i == 0 ? *state : &one;
		bool wide = layouts[i].cols >= 110;
		struct terminal *t;
		int planned;

		demo_make(&one);
		t = demo_start_as(d, layouts[i].rows, layouts[i].cols, "grid");
		open_by_name(t, "排班", "┌ 排班 2026-11-23");
		terminal_press(t, "F6");
		terminal_expect(t, "┌ 自动排班 2026-11-23 至 2026-11-29");
		terminal_expect(t, "新排 ");
		terminal_expect(t, "空格打勾");
		terminal_expect(t, "F8排四周");
		if (wide) {
			terminal_expect(t, "  原有 · ");
			assert_false(terminal_shows(t, "v原有"));
		} else {
			assert_false(terminal_shows(t, "  原有 · "));
			terminal_press(t, "Home");
			terminal_type(t, "v");
			terminal_expect(t, "  原有 · ");
			terminal_type(t, "v");
			terminal_expect_gone(t, "  原有 · ");
		}
		planned = number_after(t, "新排 ");
		terminal_press(t, "End");
		terminal_expect(t, "共空");                  /* days that stay open for one reason are said together */
		terminal_press(t, "Home");
		terminal_press(t, "Space");
		terminal_expect(t, "采用 0；");
		terminal_press(t, "Space");
		terminal_expect_gone(t, "采用 0；");
		go_down_to(t, "│>[√]");
		terminal_press(t, "Space");
		terminal_expect(t, "│>[ ]");
		assert_int_equal(number_after(t, "采用 "), planned - 1);
		terminal_press(t, "F5");
		terminal_expect_gone(t, "│>[ ]");
		terminal_press(t, "End");
		terminal_expect(t, "去掉了勾，不排的");
		terminal_press(t, "Space");
		terminal_expect(t, "再排时可以排");
		terminal_press(t, "F8");
		terminal_expect(t, "┌ 自动排班 2026-11-23 至 2026-12-20");
		terminal_expect(t, "F8排一周");
		terminal_expect(t, "新排 ");
		terminal_press(t, "F8");
		terminal_expect(t, "┌ 自动排班 2026-11-23 至 2026-11-29");
		terminal_expect(t, "新排 ");
		assert_int_equal(number_after(t, "新排 "), planned);
		assert_false(terminal_shows(t, "去掉了勾"));
		leave(t);
		demo_remove(&one);
	}
}

/* By hand: the best, and one in conflict, who needs a reason. */
static void people_are_put_on_and_taken_off_by_hand(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "grid");

	go_to_empty_week(t);
	terminal_press(t, "F5");
	terminal_expect(t, "·0/");
	terminal_press(t, "Tab");
	go_down_to(t, "排上");
	terminal_press(t, "Enter");
	terminal_expect(t, "已排上");
	terminal_expect(t, "·1/");
	terminal_press(t, "Home");
	go_down_to(t, "P钉住");
	terminal_type(t, "P");
	terminal_expect(t, "已钉住");
	terminal_type(t, "C");
	terminal_expect(t, "已确认");
	terminal_type(t, "D");
	terminal_expect(t, "撤下的理由");
	terminal_type(t, "家里有事");
	terminal_press(t, "Enter");
	terminal_expect(t, "已撤下");
	terminal_press(t, "End");
	terminal_expect(t, "排上");
	terminal_press(t, "Enter");
	terminal_expect(t, "仍要排上请写理由");
	terminal_type(t, "已和本人说好");
	terminal_press(t, "Enter");
	terminal_expect(t, "已排上");
	terminal_press(t, "Home");
	terminal_expect(t, "（已和本人说好）");
	leave(t);
}

static void a_shift_that_is_over_midnight_is_refused_at_its_field(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "grid");
	static const struct { const char *field, *typed; } fields[] = { { "服务", "巡防" }, { "名称", "夜里巡防" }, { "开始", "2200" }, { "结束", "0100" } };

	go_to_empty_week(t);
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增班次");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		go_to_field(t, fields[i].field);
		terminal_type(t, fields[i].typed);
		if (i == 0)
			terminal_press(t, "Enter");
	}
	terminal_press(t, "^S");
	terminal_expect(t, "! ");
	terminal_expect(t, "两个班");
	go_to_field(t, "结束");
	terminal_press(t, "^U");
	terminal_type(t, "2330");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存班次");
	terminal_expect(t, "夜里巡防");
	leave(t);
}

static void templates_are_changed_where_they_stand(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_by_name(t, "班次模板", "┌ 班次模板");
	terminal_expect(t, "每天 10:30-12:30 午餐送餐");
	terminal_press(t, "F7");
	terminal_expect(t, "┌ 新增需要的人");
	go_to_field(t, "人数");
	terminal_press(t, "^U");
	terminal_type(t, "0");
	terminal_press(t, "^S");
	terminal_expect(t, "! ");
	terminal_press(t, "^U");
	terminal_type(t, "2");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存需要的人");
	terminal_expect(t, "队员 2人");
	leave(t);
}

static void somebody_is_found_by_initials_among_those_who_could_come(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "grid");

	open_by_name(t, "排班", "┌ 排班 2026-11-23");
	terminal_expect(t, "人可排");
	terminal_type(t, "/");
	terminal_type(t, "zzzz");
	terminal_press(t, "Enter");
	terminal_expect(t, "没有叫「zzzz」的志愿者可排");
	terminal_type(t, "/");
	terminal_press(t, "^U");
	terminal_type(t, "rzh");
	terminal_press(t, "Enter");
	terminal_expect(t, "查找「rzh」，另有 ");
	terminal_expect(t, "任紫涵");
	terminal_expect(t, "Enter排上");
	terminal_type(t, "a");
	terminal_expect_gone(t, "查找「rzh」");
	leave(t);
}

static void gaps_name_the_people_to_ask(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "grid");

	open_by_name(t, "缺口", "┌ 缺口 · 今后14天");
	terminal_expect(t, "缺");
	for (int i = 0; i < 30 && terminal_shows(t, "没有人可问："); i++) {
		terminal_press(t, "Down");
		terminal_settle(t, 100, 2000);
	}
	terminal_press(t, "Tab");
	terminal_expect(t, "没接通");
	terminal_type(t, "4");
	terminal_expect(t, "没接通");
	terminal_type(t, "1");
	terminal_expect(t, "已排上");
	leave(t);
}

static void the_trend_is_seen_at_a_glance_and_leaves_as_a_workbook(void **state)
{
	const struct demo *d = *state;
	char path[160];

	snprintf(path, sizeof path, "%s/trend.xlsx", d->home);
	for (size_t i = 0; i < 2; i++) {
		struct terminal *t = demo_start_as(d, layouts[i].rows, layouts[i].cols, "grid");

		open_by_name(t, "缺口", "┌ 缺口 · 今后14天");
		terminal_type(t, "t");
		terminal_expect(t, "┌ 志愿者变化 · 近12个月");
		terminal_expect(t, "新来");
		terminal_expect(t, "爽约");
		terminal_expect(t, "12月");
		terminal_expect(t, "█");
		terminal_expect(t, "在岗");
		if (i == 0) {
			terminal_type(t, "x");
			terminal_expect(t, "志愿者变化-20261124.xlsx");
			terminal_press(t, "^U");
			terminal_type(t, path);
			terminal_press(t, "Enter");
			terminal_expect(t, "已导出 12 行");
			assert_int_equal(access(path, R_OK), 0);
		}
		terminal_press(t, "F10");
		terminal_expect(t, "┌ 缺口");
		leave(t);
	}
}

static void the_workbench_says_where_hands_are_short_and_leads_there(void **state)
{
	static const char *const keys[][2] = { { "s", "┌ 签到 · 2026-11-25 周三" }, { "Q", "┌ 缺口 · 今后14天" } };
	struct terminal *t = demo_start_as(*state, 36, 120, "grid");
	int row;

	terminal_expect(t, "明天 10:30");
	assert_true(terminal_find(t, "七天内缺人的班次", &row, NULL));
	for (int i = 2; i < row; i++)                /* the cursor is on the list's first line */
		terminal_press(t, "Down");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 缺口 · 今后14天");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 工作台 ");
	terminal_press(t, "Down");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 排班 2026-11-23");
	for (size_t i = 0; i < COUNT(keys); i++) {
		terminal_type(t, keys[i][0]);
		terminal_expect(t, keys[i][1]);
		terminal_press(t, "Esc");
		terminal_expect(t, "┌ 排班 2026-11-23");
	}
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_week_is_made_planned_accepted_and_taken_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_plan_is_looked_through_and_made_again, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(people_are_put_on_and_taken_off_by_hand, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_shift_that_is_over_midnight_is_refused_at_its_field, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(templates_are_changed_where_they_stand, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_workbench_says_where_hands_are_short_and_leads_there, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(somebody_is_found_by_initials_among_those_who_could_come, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(gaps_name_the_people_to_ask, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_trend_is_seen_at_a_glance_and_leaves_as_a_workbook, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
