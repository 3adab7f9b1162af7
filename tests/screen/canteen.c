/* 送餐 through the terminal: the meal of now, other meals and days, who gets nothing and why, an order cancelled after the cut-off and taken back. */
#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

static void open_canteen(struct terminal *t)
{
	terminal_press(t, "Alt-5");
	terminal_expect(t, "┌ 送餐 · 2026-11-24 周二（今天） 中餐 10:45出餐");
}

static void the_day_s_meal_stands_on_one_screen(void **state)
{
	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "canteen");

		open_canteen(t);
		terminal_expect(t, "全部 6");
		terminal_expect(t, "6份：送餐5 堂食0 自取1");
		terminal_expect(t, "郑桂芳");
		terminal_press(t, "Tab");
		terminal_press(t, "Tab");
		terminal_expect_gone(t, "郑桂芳");
		terminal_expect(t, "胡国荣");
		terminal_press(t, "Tab");
		terminal_press(t, "Tab");
		terminal_expect(t, "取消：去医院看病");
		terminal_type(t, "m");
		terminal_expect(t, "晚餐 16:45出餐");
		terminal_type(t, "]");
		terminal_expect(t, "2026-11-25 周三 晚餐");
		terminal_press(t, "F3");
		terminal_type(t, "昨天");
		terminal_press(t, "Enter");
		terminal_expect(t, "2026-11-23 周一 晚餐");
		terminal_expect(t, "未回报2");
		terminal_type(t, "[");
		terminal_expect(t, "2026-11-22 周日 晚餐 16:45出餐 · 已关账");
		terminal_close(t);
	}
}

static void somebody_is_found_among_the_orders(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "grid");

	open_canteen(t);
	terminal_type(t, "/");
	terminal_expect(t, "找谁");
	terminal_type(t, "cgq");
	terminal_press(t, "Enter");
	terminal_expect(t, "查找「cgq」");
	terminal_expect(t, "陈国强");
	terminal_expect_gone(t, "郑桂芳");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 就餐老人 · 陈国强");
	terminal_press(t, "Esc");
	terminal_type(t, "a");
	terminal_expect(t, "郑桂芳");
	terminal_close(t);
}

static void after_the_cut_off_a_cancelled_order_has_a_reason(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "desk");

	open_canteen(t);
	terminal_type(t, "X");
	terminal_expect(t, "已过截止时间，为什么取消");
	terminal_type(t, "去女儿家");
	terminal_press(t, "Enter");
	terminal_expect(t, "按 Ctrl-Z 可以撤销");
	terminal_expect(t, "全部 5");
	terminal_press(t, "^Z");
	terminal_expect(t, "全部 6");
	terminal_close(t);
}

static void who_has_no_business_with_it_has_no_such_screen(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "project");

	terminal_settle(t, 100, 3000);
	assert_false(terminal_shows(t, "5送餐"));
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_day_s_meal_stands_on_one_screen, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(somebody_is_found_among_the_orders, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(after_the_cut_off_a_cancelled_order_has_a_reason, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(who_has_no_business_with_it_has_no_such_screen, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
