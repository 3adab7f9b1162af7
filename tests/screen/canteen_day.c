/* A day of the canteen from the orders to the closed meal: an elder in hospital, a carrier who is ill, a slip, a door that stays shut to the third rung. */
#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

#define NOON_HOURS 3              /* the tests begin at 09:41; lunch has left the kitchen then */

static void agree(struct terminal *t, const char *key, const char *question)
{
	terminal_press(t, key);
	terminal_expect(t, question);
	terminal_type(t, "y");
	terminal_expect_gone(t, question);
}

static void choose(struct terminal *t, const char *field, const char *typed)
{
	go_to_field(t, field);
	terminal_type(t, typed);
	terminal_settle(t, 100, 3000);
	terminal_press(t, "Enter");
}

/* 09:41, the orders are there; the first is in hospital since this morning. */
static void pause_one(struct terminal *t)
{
	terminal_press(t, "Alt-5");
	terminal_expect(t, "┌ 送餐 · 2026-11-24 周二（今天） 中餐 10:45出餐");
	terminal_expect(t, "全部 6");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 就餐老人 · ");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 暂停用餐");
	go_to_field(t, "到");
	terminal_type(t, "+3");
	choose(t, "原因", "住院");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存暂停：住院");
	terminal_press(t, "Esc");
	terminal_expect(t, "全部 5");
	for (int i = 0; i < 4; i++)
		terminal_press(t, "Tab");
	terminal_expect(t, "暂停：住院 11-24 至 11-27");
	terminal_press(t, "Tab");
}

/* The second of two carriers does not come: the first takes all, and goes. */
static void plan_without_one(struct terminal *t)
{
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 派单 · 2026-11-24");
	terminal_expect(t, "2条线路");
	terminal_press(t, "Home");
	terminal_press(t, "Down");
	terminal_settle(t, 50, 2000);
	terminal_type(t, "I");
	terminal_expect(t, "来不了");
	terminal_type(t, "发烧");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 自动排线");
	terminal_expect(t, "1条线路送4户");
	terminal_press(t, "F6");
	terminal_expect(t, "已采用");
	terminal_expect(t, "1条线路 已派4份 待派0份");
	terminal_press(t, "Home");
	terminal_settle(t, 50, 2000);
	terminal_type(t, "C");
	terminal_expect(t, "已确认");
	terminal_press(t, "F7");
	terminal_expect(t, "配送中");
}

/* The carrier telephones: a wrong key at the first door, nobody opens at the second. */
static void tell_doors(struct terminal *t)
{
	terminal_type(t, "s");
	terminal_expect(t, "┌ 送达 · 2026-11-24");
	terminal_expect(t, "已回报 0/5");
	terminal_press(t, "Home");
	terminal_settle(t, 50, 2000);
	terminal_type(t, "7");
	terminal_expect(t, "拒收");
	terminal_press(t, "Up");
	terminal_settle(t, 50, 2000);
	terminal_type(t, "1");
	terminal_expect(t, "：当面交付");
	terminal_press(t, "Tab");
	terminal_settle(t, 50, 2000);
	terminal_type(t, "6");
	terminal_expect(t, "已开关爱核查");
	terminal_expect(t, "已回报 2/5");
	while (terminal_shows(t, "· 未回报：")) {
		terminal_press(t, "Tab");
		terminal_settle(t, 100, 2000);
		agree(t, "F7", "都登记为「");
		terminal_settle(t, 200, 3000);
	}
	terminal_press(t, "F8");
	terminal_expect(t, "这一餐关账？");
	terminal_type(t, "y");
	terminal_expect_gone(t, "这一餐关账？");
	terminal_settle(t, 100, 2000);
	assert_false(terminal_shows(t, "已关账"));
}

static void climb_to_the_third_rung(struct terminal *t)
{
	terminal_press(t, "Alt-w");
	terminal_expect(t, "┌ 关爱核查 · ");
	terminal_type(t, "T");
	terminal_expect(t, "已接手");
	for (int i = 0; i < 2; i++) {
		terminal_type(t, "N");
		terminal_settle(t, 200, 3000);
		terminal_type(t, "J");
		terminal_expect(t, i == 0 ? "第2级 打电话" : "第3级 邻居或紧急联系人");
	}
	terminal_type(t, "Y");
	terminal_expect(t, "┌ 核查结论");
	choose(t, "结论", "没听见");
	terminal_press(t, "^S");
	terminal_expect(t, "核查已结束：没听见");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 送达");
}

static void come_back_and_close(struct terminal *t)
{
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 派单");
	terminal_press(t, "Home");
	terminal_settle(t, 50, 2000);
	terminal_press(t, "F7");
	terminal_expect(t, "已回");
	terminal_type(t, "s");
	terminal_expect(t, "已回报 5/5");
	agree(t, "F8", "这一餐关账？");
	terminal_expect(t, "顾美芳已关账");
}

static void from_the_orders_to_the_closed_meal(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct demo d;
		struct terminal *t;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		pause_one(t);
		plan_without_one(t);
		demo_leap(&d, NOON_HOURS);
		tell_doors(t);
		climb_to_the_third_rung(t);
		come_back_and_close(t);
		leave(t);
		demo_remove(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(from_the_orders_to_the_closed_meal) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
