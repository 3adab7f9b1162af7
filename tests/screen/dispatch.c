/* The dispatch board: planned, accepted, taken back, changed by hand, under way, on paper; and somebody else at it at the same time. */
#include <string.h>

#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

/* From the day's orders. */
static void open_board(struct terminal *t)
{
	terminal_press(t, "Alt-5");
	terminal_expect(t, "┌ 送餐 · 2026-11-24 周二（今天） 中餐");
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 派单 · 2026-11-24 周二（今天） 中餐 10:45出餐");
	terminal_expect(t, "条线路");
}

/* The plan of the demo's lunch, accepted: one route with all who are brought their meal. */
static void plan(struct terminal *t)
{
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 自动排线 2026-11-24 中餐");
	terminal_expect(t, "条线路送");
	terminal_press(t, "F6");
	terminal_expect(t, "已采用");
	terminal_expect(t, " 草稿");
	terminal_expect_gone(t, "没有人");
}

static void open_route(struct terminal *t)
{
	terminal_press(t, "Home");
	terminal_press(t, "Enter");
	terminal_expect(t, "    1 10:");
}

/* The cursor to the first stop. */
static void go_to_stop(struct terminal *t)
{
	terminal_press(t, "Home");
	terminal_press(t, "Down");
	terminal_settle(t, 50, 2000);
	terminal_expect(t, "K提前");
}

/* Whose row it is: behind the minutes. The caller frees. */
static char *name_in(const char *row, const char *start)
{
	const char *name = strstr(row, start) + strlen(start) + 3;

	return mem_copy_n(name, strcspn(name, " "));
}

static char *first_stop(struct terminal *t)
{
	int at;

	assert_true(terminal_find(t, "    1 10:", &at, NULL));
	return name_in(terminal_row(t, at), "    1 10:");
}

static void a_meal_is_planned_accepted_changed_by_hand_and_taken_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct demo d;
		struct terminal *t;
		AUTO_FREE char *first = NULL, *now_first = NULL, *said = NULL;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		open_board(t);
		plan(t);
		open_route(t);
		first = first_stop(t);
		go_to_stop(t);
		terminal_type(t, "J");
		said = mem_format("%s 改为第2站", first);
		terminal_expect(t, said);
		now_first = first_stop(t);
		assert_string_not_equal(first, now_first);
		terminal_press(t, "^Z");
		terminal_expect(t, "改送餐站点");
		terminal_settle(t, 100, 2000);
		go_to_stop(t);
		terminal_type(t, "P");
		terminal_expect(t, "已钉住，自动排线不动它");
		terminal_press(t, "F6");
		terminal_expect(t, "改到哪条线路");
		terminal_press(t, "Enter");
		terminal_expect(t, "已改1户");
		terminal_expect(t, "没有人");
		terminal_expect(t, "2条线路");
		leave(t);
		demo_remove(&d);
	}
}

static void a_whole_route_goes_to_somebody_else_and_under_way_a_reason_is_asked(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_board(t);
	plan(t);
	terminal_press(t, "Home");
	terminal_press(t, "F6");
	terminal_expect(t, "号线改给谁");
	terminal_expect(t, "别的志愿者…");
	terminal_press(t, "Esc");
	terminal_type(t, "C");
	terminal_expect(t, "已确认");
	terminal_press(t, "F7");
	terminal_expect(t, "配送中");
	terminal_press(t, "Home");
	terminal_press(t, "Enter");
	go_to_stop(t);
	terminal_type(t, "J");
	terminal_expect(t, "线路已经出发，为什么改");
	terminal_press(t, "Esc");
	terminal_settle(t, 50, 2000);
	terminal_press(t, "F7");
	terminal_expect(t, "已回");
	leave(t);
}

static void the_map_is_beside_the_routes_or_behind_a_key(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_board(t);
	terminal_press(t, "Tab");
	terminal_expect(t, "┌ 地图 · ");
	terminal_expect(t, "食=食堂  !=待派");
	terminal_press(t, "Tab");
	terminal_expect(t, "┌ 派单 · ");
	terminal_close(t);
	t = demo_start_as(*state, 36, 120, "canteen");
	open_board(t);
	terminal_expect(t, "地图 · ");
	terminal_expect(t, "食=食堂");
	leave(t);
}

static void the_sheet_of_a_route_is_read_before_it_is_printed(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "canteen");

	open_board(t);
	plan(t);
	terminal_press(t, "F8");
	terminal_expect(t, "┌ 送餐单 · 2026-11-24-lunch-");
	terminal_expect(t, "地址，怎么进");
	terminal_expect(t, "【草稿，还没有确认】");
	terminal_press(t, "End");
	terminal_expect(t, "不在单上");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 派单 · ");
	leave(t);
}

static void the_cursor_and_the_marks_stay_when_somebody_else_changes_the_routes(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen"), *other;
	AUTO_FREE char *mine = NULL;
	int row;

	open_board(t);
	plan(t);
	open_route(t);
	go_to_stop(t);
	terminal_press(t, "Down");
	terminal_type(t, " ");
	terminal_expect(t, "标记1户");
	assert_true(terminal_find(t, " *  2 10:", &row, NULL));
	mine = name_in(terminal_row(t, row), " *  2 10:");
	other = demo_start_as(*state, 24, 80, "head");
	open_board(other);
	open_route(other);
	go_to_stop(other);
	terminal_press(other, "F6");
	terminal_expect(other, "改到哪条线路");
	terminal_press(other, "Enter");
	terminal_expect(other, "已改1户");
	leave(other);
	terminal_expect(t, "2条线路");
	terminal_expect(t, "标记1户");
	terminal_expect(t, " *  1 10:");
	assert_true(terminal_find(t, " *  1 10:", &row, NULL));
	assert_non_null(strstr(terminal_row(t, row), mine));
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_meal_is_planned_accepted_changed_by_hand_and_taken_back),
		cmocka_unit_test_setup_teardown(a_whole_route_goes_to_somebody_else_and_under_way_a_reason_is_asked, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_map_is_beside_the_routes_or_behind_a_key, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_sheet_of_a_route_is_read_before_it_is_printed, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_cursor_and_the_marks_stay_when_somebody_else_changes_the_routes, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("screen-dispatch", tests, NULL, NULL);
}
