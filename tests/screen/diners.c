/* 就餐老人 through the terminal: from a resident to plans and pauses, what must not be eaten, finding and filtering, bad input at its field. */
#include <string.h>

#include "resident_steps.h"
#include "test.h"

#define ELDER "万长庚"             /* nobody of the demo community */
#define ELDER_PHONE "13988887755"
#define NUMBER "JC-0025"          /* the first that the demo has not given */

static void open_diners(struct terminal *t)
{
	terminal_press(t, "^P");
	terminal_expect(t, "命令");
	terminal_type(t, "就餐老人");
	terminal_settle(t, 150, 5000);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 就餐老人 ─");
}

static void fill(struct terminal *t, const char *field, const char *typed)
{
	go_to_field(t, field);
	terminal_press(t, "^U");
	terminal_type(t, typed);
}

/* A code is chosen from the list under the field. */
static void choose(struct terminal *t, const char *field, const char *typed)
{
	go_to_field(t, field);
	terminal_type(t, typed);
	terminal_settle(t, 100, 3000);
	terminal_press(t, "Enter");
}

/* From a main screen; ends on the page of somebody whom the demo does not have, who waits to be taken in. */
static void add_diner(struct terminal *t)
{
	open_residents(t);
	add_resident(t, ELDER, "", ELDER_PHONE);
	terminal_type(t, "C");
	terminal_expect(t, "┌ 新增就餐老人");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存就餐老人 JC-");
	terminal_expect(t, "┌ 就餐老人 · " ELDER);
}

static void make_active(struct terminal *t)
{
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 就餐状态");
	terminal_press(t, "^S");
	terminal_expect(t, "已改为「在册」");
}

static void a_resident_becomes_a_diner_with_a_plan_and_a_pause(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo d;
		struct terminal *t;

		demo_make(&d);
		t = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "head");
		add_diner(t);
		terminal_expect(t, " · 待审（今天起）");
		terminal_expect(t, "还没有用餐计划");
		make_active(t);
		terminal_press(t, "F8");
		terminal_expect(t, "┌ 新增用餐计划");
		choose(t, "星期", "周一");
		terminal_press(t, "^S");
		terminal_expect(t, "已保存用餐计划");
		terminal_expect(t, "中餐  周一  1份  堂食");
		terminal_press(t, "F5");
		terminal_expect(t, "┌ 暂停用餐");
		fill(t, "到", "+3");
		choose(t, "原因", "住院");
		terminal_press(t, "^S");
		terminal_expect(t, "已保存暂停：住院 11-24 至 11-27");
		terminal_expect(t, "今天暂停：住院 11-24 至 11-27");
		terminal_press(t, "^Z");
		terminal_expect(t, "登记暂停用餐");
		terminal_expect_gone(t, "今天暂停");
		terminal_press(t, "F3");
		terminal_expect(t, "改就餐状态");
		terminal_press(t, "Esc");
		terminal_press(t, "Esc");
		terminal_expect(t, "┌ 居民 · " ELDER);
		terminal_type(t, "C");                          /* now it is there to be looked at */
		terminal_expect(t, "┌ 就餐老人 · " ELDER);
		leave(t);
		demo_remove(&d);
	}
}

static void what_must_not_be_eaten_stands_out(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");
	int row, col;

	add_diner(t);
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改就餐老人");
	choose(t, "过敏", "花生");
	choose(t, "饮食要求", "糖尿病");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存就餐老人 JC-");
	terminal_expect(t, "花生");
	assert_true(terminal_find(t, "花生", &row, &col));
	assert_true(terminal_look(t, row, col).coloured);
	assert_true(terminal_find(t, "糖尿病", &row, &col));
	assert_true(terminal_look(t, row, col).coloured);
	leave(t);
}

static void bad_input_is_said_at_its_field_and_nothing_is_lost(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_diners(t);
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增就餐老人");
	choose(t, "取餐方式", "送餐");
	terminal_press(t, "^S");
	terminal_expect(t, "居民");
	terminal_expect(t, "┌ 新增就餐老人");
	leave(t);

	t = demo_start_as(*state, 24, 80, "head");
	add_diner(t);
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改就餐老人");
	choose(t, "取餐方式", "送餐");
	terminal_press(t, "^S");
	terminal_expect(t, "请选送餐依据");
	choose(t, "送餐依据", "独居");
	fill(t, "最早", "1130");
	fill(t, "最晚", "1100");
	terminal_press(t, "^S");
	terminal_expect(t, "最晚要晚于最早（11:30）");
	fill(t, "最晚", "1230");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存就餐老人 JC-");
	open_diners(t);
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增就餐老人");
	go_to_field(t, "居民");
	terminal_type(t, "7755");
	terminal_expect(t, ">" ELDER);
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, ELDER "已经登记为就餐老人 JC-");
	leave(t);
}

static void a_diner_is_found_and_filtered(void **state)
{
	static const char *const ways[] = { "wcg", "万长", "7755", NUMBER };

	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");

		if (i == 0) {
			add_diner(t);
			make_active(t);
		}
		open_diners(t);
		for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
			find_resident(t, "zzzz");
			terminal_expect(t, "没有符合条件的");
			find_resident(t, ways[k]);
			terminal_expect(t, ELDER);
			terminal_expect(t, ELDER_PHONE);
		}
		terminal_press(t, "Esc");
		terminal_press(t, "F7");
		terminal_expect(t, "今天：不限");
		terminal_type(t, "5");
		terminal_expect(t, "居民已迁出或去世");
		terminal_type(t, "2");
		terminal_expect(t, "今天暂停 · ");
		terminal_expect_gone(t, ELDER_PHONE);
		terminal_press(t, "a");
		terminal_press(t, "End");
		terminal_expect(t, ELDER_PHONE);
		leave(t);
	}
}

static void who_moves_away_is_not_cooked_for_and_that_is_said(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	add_diner(t);
	make_active(t);
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 居民 · " ELDER);
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改居民");
	choose(t, "* 状态", "迁出");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ 居民 · " ELDER);
	terminal_type(t, "C");
	terminal_expect(t, "居民资料里迁出，不再订餐；请改「状态」");
	open_diners(t);
	find_resident(t, "7755");
	terminal_expect(t, "居民迁出");
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 就餐状态");
	choose(t, "状态", "停餐");
	terminal_press(t, "^S");
	terminal_expect(t, "请写明停餐的原因");
	fill(t, "原因", "搬去女儿家");
	terminal_press(t, "^S");
	terminal_expect(t, "已改为「停餐」，用餐计划和暂停一起结束");
	terminal_expect_gone(t, "居民迁出");
	leave(t);
}

static void the_desk_pauses_and_reveals_but_does_not_change(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	add_diner(t);
	make_active(t);
	leave(t);
	t = demo_start_as(*state, 24, 80, "desk");
	open_diners(t);
	find_resident(t, "7755");
	terminal_expect(t, ELDER);
	terminal_expect(t, "139****7755");
	assert_false(terminal_shows(t, "F2新增"));
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 就餐老人 · " ELDER);
	terminal_expect(t, "F5暂停");
	assert_false(terminal_shows(t, "F6状态"));
	assert_false(terminal_shows(t, "F4修改"));
	terminal_type(t, "v");
	terminal_expect(t, ELDER_PHONE "（已记入台账）");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 暂停用餐");
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_resident_becomes_a_diner_with_a_plan_and_a_pause),
		cmocka_unit_test_setup_teardown(what_must_not_be_eaten_stands_out, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(bad_input_is_said_at_its_field_and_nothing_is_lost, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_diner_is_found_and_filtered, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(who_moves_away_is_not_cooked_for_and_that_is_said, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_desk_pauses_and_reveals_but_does_not_change, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
