/* 结算 and 覆盖与缺口 through the terminal: a month by diner, payer and rule, one diner's statement, closing; who is not served and who could carry. */
#include <string.h>

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

static void a_month_is_read_by_diner_payer_and_rule_and_closed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo d;
		struct terminal *t;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		open_by_name(t, "餐费结算", "┌ 结算 · 2026年10月 还没有结账");
		terminal_expect(t, "按老人 ");
		terminal_expect(t, "JC-00");
		terminal_press(t, "Tab");
		terminal_expect(t, "本月合计");
		terminal_press(t, "Tab");
		terminal_expect(t, "补贴规则（版本）");
		terminal_expect(t, "60至74周岁（默认）");
		terminal_press(t, "Tab");
		terminal_expect(t, "没有以前月份的更正");
		terminal_press(t, "Tab");
		terminal_expect(t, "没有待处理的");
		terminal_press(t, "Tab");
		terminal_press(t, "Enter");
		terminal_expect(t, "10月 还没有结账 · ");
		terminal_expect(t, "应付 ");
		terminal_type(t, "p");
		terminal_expect(t, "┌ 对账单 · JC-");
		terminal_expect(t, "不作收款和");
		terminal_press(t, "Esc");
		terminal_press(t, "Esc");
		terminal_expect(t, "按老人 ");
		terminal_type(t, "C");
		terminal_expect(t, "结2026年10月的账？");
		terminal_type(t, "n");
		terminal_expect_gone(t, "的账？");
		terminal_type(t, "C");
		terminal_expect(t, "结2026年10月的账？");
		terminal_type(t, "y");
		terminal_expect(t, "2026年10月已结账");
		terminal_expect(t, "已结账（");
		assert_false(terminal_shows(t, "F6结账"));
		terminal_press(t, "^Z");
		terminal_expect(t, "已经结算，不能撤销");
		terminal_type(t, "p");
		terminal_expect(t, "┌ 结算表 · 2026年10月");
		terminal_press(t, "Esc");
		terminal_press(t, "Right");
		terminal_expect(t, "┌ 结算 · 2026年11月 没有过完");
		terminal_type(t, "C");
		terminal_expect(t, "结2026年11月的账？");
		terminal_type(t, "y");
		terminal_expect(t, "还没有过完");
		leave(t);
		demo_remove(&d);
	}
}

static void the_workbench_reminds_and_leads_to_the_month(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	terminal_expect(t, "餐费还没有结账");
	terminal_expect(t, "过了5日还没有结账");
	leave(t);
}

static void who_does_not_settle_is_not_offered_it(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "5");
	terminal_expect(t, "┌ 送餐 · ");
	assert_false(terminal_shows(t, "j结算"));
	leave(t);
}

static void need_and_service_stand_side_by_side(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo d;
		struct terminal *t;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "head");
		open_by_name(t, "覆盖与缺口", "┌ 覆盖与缺口 · 近30天");
		terminal_expect(t, "按网格 ");
		terminal_expect(t, "需要");
		terminal_expect(t, "█");
		terminal_press(t, "Enter");
		terminal_expect(t, "住址");
		terminal_press(t, "Enter");
		terminal_settle(t, 150, 3000);
		assert_true(terminal_shows(t, "┌ 居民 · ") || terminal_shows(t, "┌ 就餐老人 · "));
		terminal_press(t, "Esc");
		terminal_expect(t, "┌ 覆盖与缺口");
		terminal_press(t, "Tab");
		terminal_expect(t, "送餐人  送到");
		terminal_press(t, "Tab");
		terminal_expect(t, "上次值班");
		terminal_press(t, "F6");
		terminal_expect(t, "┌ 缺口");
		leave(t);
		demo_remove(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_is_read_by_diner_payer_and_rule_and_closed),
		cmocka_unit_test_setup_teardown(the_workbench_reminds_and_leads_to_the_month, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(who_does_not_settle_is_not_offered_it, demo_setup, demo_teardown),
		cmocka_unit_test(need_and_service_stand_side_by_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
