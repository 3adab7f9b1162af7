/* 菜单 and 厨房单 through the terminal: what is cooked, for whom not, a stand-in that changes the sheet, the labels, the papers, 留样. */
#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

static void open_by_name(struct terminal *t, const char *name, const char *title)
{
	terminal_press(t, "^P");
	terminal_expect(t, "命令");
	terminal_type(t, name);
	terminal_settle(t, 150, 5000);
	terminal_press(t, "Enter");
	terminal_expect(t, title);
}

static void open_kitchen(struct terminal *t)
{
	open_by_name(t, "厨房单", "┌ 厨房单 · 2026-11-24 周二（今天） 中餐 10:45出餐");
}

static void the_sheet_adds_up_and_leads_to_the_papers(void **state)
{
	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "canteen");

		open_kitchen(t);
		terminal_expect(t, "份 = 厨房单 6 份 + 不做的");
		terminal_expect(t, "菜品 ");
		terminal_type(t, "]");
		terminal_expect(t, "┌ 厨房单 · 2026-11-25 周三 中餐");
		terminal_expect(t, "红烧肉：胡国荣 1份（不适合：糖尿病）→ 山药烩鸡丁");
		if (layouts[i].cols < 110) {
			terminal_expect_gone(t, "红烧肉→");
			terminal_press(t, "Tab");
		}
		terminal_expect(t, "红烧肉→山药烩鸡丁");
		terminal_type(t, "p");
		terminal_expect(t, "中餐厨房单");
		terminal_expect(t, "2026年11月25日");
		terminal_press(t, "Esc");
		terminal_type(t, "b");
		terminal_expect(t, "中餐标签");
		terminal_press(t, "Esc");
		terminal_type(t, "m");
		terminal_expect(t, "晚餐 16:45出餐");
		terminal_close(t);
	}
}

static void the_sheet_is_written_as_a_workbook(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_kitchen(t);
	terminal_press(t, "F9");
	terminal_expect(t, "厨房单-20261124.xlsx");
	terminal_press(t, "Enter");
	terminal_expect(t, "已导出");
	terminal_close(t);
}

static void a_sample_is_put_aside_and_taken_back(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_kitchen(t);
	terminal_expect(t, "还没有留样");
	terminal_press(t, "F8");
	terminal_expect(t, "谁留的样");
	terminal_press(t, "Enter");
	terminal_expect(t, "留样：今天 09:41 顾美芳，留到 11-26 09:41");
	terminal_press(t, "^Z");
	terminal_expect(t, "还没有留样");
	terminal_close(t);
}

static void dishes_are_added_and_taken_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct demo d;
		struct terminal *t;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		open_by_name(t, "菜单", "┌ 菜单 · 2026-11-23 起一周");
		terminal_expect(t, "今天 中餐");
		terminal_press(t, "Up");
		terminal_expect(t, "这一餐还没有菜单");
		terminal_press(t, "F2");
		terminal_expect(t, "加哪道菜");
		terminal_type(t, "fqcd");                           /* 番茄炒蛋 by its initials */
		terminal_press(t, "Enter");
		terminal_settle(t, 150, 3000);
		if (terminal_shows(t, "哪道菜 ─"))
			terminal_press(t, "Enter");
		terminal_expect(t, "过敏原：蛋");
		terminal_expect(t, "还没有定");
		terminal_press(t, "F5");
		terminal_expect(t, "一份多少元");
		terminal_type(t, "6.5");
		terminal_press(t, "Enter");
		terminal_expect(t, "￥6.50");
		terminal_press(t, "Tab");
		terminal_expect(t, ">番茄炒蛋");
		terminal_type(t, "X");
		terminal_expect(t, "已去掉：番茄炒蛋");
		terminal_press(t, "^Z");
		terminal_expect(t, "过敏原：蛋");
		leave(t);
		demo_remove(&d);
	}
}

static void what_is_typed_wrong_is_said_and_changes_nothing(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_by_name(t, "菜单", "┌ 菜单 · 2026-11-23 起一周");
	terminal_press(t, "F5");
	terminal_expect(t, "一份多少元");
	terminal_type(t, "abc");
	terminal_press(t, "Enter");
	terminal_expect(t, "单价");
	terminal_press(t, "F2");
	terminal_expect(t, "加哪道菜");
	terminal_type(t, "佛跳墙");
	terminal_press(t, "Enter");
	terminal_expect(t, "没有「佛跳墙」这道菜");
	terminal_type(t, "]");
	terminal_expect(t, "┌ 菜单 · 2026-11-30 起一周");
	terminal_type(t, "t");
	terminal_expect(t, "┌ 菜单 · 2026-11-23 起一周");
	leave(t);
}

static void the_desk_reads_and_does_not_change(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	open_by_name(t, "菜单", "┌ 菜单 · 2026-11-23 起一周");
	assert_false(terminal_shows(t, "加菜"));
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 厨房单 · 2026-11-24 周二（今天） 中餐");
	assert_false(terminal_shows(t, "F8留样"));
	terminal_close(t);
}

static void an_order_is_typed_for_tomorrow(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "Alt-5");
	terminal_expect(t, "┌ 送餐 · 2026-11-24");
	terminal_type(t, "]");
	terminal_expect(t, "2026-11-25 周三 中餐");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增订餐");
	go_to_field(t, "就餐老人");
	terminal_type(t, "sgl");                                    /* 孙国良, who is paused */
	terminal_settle(t, 150, 3000);
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "正在暂停");
	go_to_field(t, "原因");
	terminal_type(t, "回来一天");
	terminal_press(t, "^S");
	terminal_settle(t, 150, 3000);
	terminal_expect(t, "┌ 送餐 · 2026-11-25");
	terminal_expect(t, "孙国良");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_sheet_adds_up_and_leads_to_the_papers, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_sheet_is_written_as_a_workbook, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_sample_is_put_aside_and_taken_back, demo_setup, demo_teardown),
		cmocka_unit_test(dishes_are_added_and_taken_away),
		cmocka_unit_test_setup_teardown(what_is_typed_wrong_is_said_and_changes_nothing, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_desk_reads_and_does_not_change, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_order_is_typed_for_tomorrow, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
