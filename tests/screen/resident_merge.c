/* Merging two records of one person, and taking it back. */
#include "resident_steps.h"
#include "test.h"

/* Two records of one person, the list standing on the first of them. */
static struct terminal *start(void *state, const struct layout *layout)
{
	struct terminal *t = demo_start_as(state, layout->rows, layout->cols, "head");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_press(t, "Esc");
	add_resident(t, "区文兰", "", "13977776655");
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改居民");
	go_to_field(t, "工作单位");
	terminal_type(t, "丝厂");
	terminal_press(t, "^S");
	terminal_expect(t, "丝厂");
	terminal_press(t, "Esc");
	find_resident(t, "owl");
	terminal_expect(t, "2 条");
	terminal_press(t, "Home");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · ");
	terminal_press(t, "Esc");
	return t;
}

static void two_records_become_one_and_undo_parts_them(void **state)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo *d = *state;
		struct terminal *t;

		if (i > 0) {
			demo_remove(d);
			demo_make(d);
		}
		t = start(d, &layouts[i]);
		terminal_press(t, "m");
		terminal_expect(t, "已标记");
		terminal_press(t, "Down");
		terminal_press(t, "M");
		terminal_expect(t, "保留的记录");
		terminal_expect(t, "并入后改指");
		terminal_expect(t, "13977776655");
		terminal_expect(t, NEWCOMER_PHONE);
		terminal_press(t, "^S");
		terminal_expect(t, "合成一条");
		terminal_type(t, "y");
		terminal_expect(t, "已合并");
		terminal_expect(t, "1 条，隐藏");
		terminal_press(t, "^Z");
		terminal_expect(t, "2 条，隐藏");
		leave(t);
	}
}

static void each_field_takes_the_value_that_was_chosen(void **state)
{
	struct terminal *t = start(*state, &layouts[0]);
	int row, col;

	terminal_press(t, "m");
	terminal_press(t, "Down");
	terminal_press(t, "M");
	terminal_expect(t, "保留的记录");
	terminal_press(t, "Home");
	assert_true(terminal_find(t, "合并后 姓名：", &row, &col));
	terminal_press(t, "Left");
	terminal_expect(t, "合并后 姓名：" NEWCOMER);
	terminal_press(t, "Space");
	terminal_expect(t, "合并后 姓名：区文兰");
	terminal_expect(t, "不要的：" NEWCOMER);
	terminal_press(t, "x");                /* the other record stays, what was chosen stays chosen */
	terminal_expect(t, "合并后 姓名：区文兰");
	terminal_press(t, "^S");
	terminal_expect(t, "合成一条");
	terminal_type(t, "n");
	terminal_expect_gone(t, "合成一条");
	terminal_press(t, "^S");
	terminal_expect(t, "合成一条");
	terminal_type(t, "y");
	terminal_expect(t, "已合并");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · 区文兰");
	terminal_expect(t, NEW_ADDRESS);
	terminal_expect(t, "丝厂");
	leave(t);
}

static void a_record_that_changed_meanwhile_is_compared_again(void **state)
{
	struct terminal *t = start(*state, &layouts[0]), *other;

	terminal_press(t, "m");
	terminal_press(t, "Down");
	terminal_press(t, "M");
	terminal_expect(t, "保留的记录");
	other = demo_start_as(*state, 24, 80, "grid");
	open_residents(other);
	find_resident(other, "区文兰");
	terminal_press(other, "F4");
	terminal_expect(other, "┌ 修改居民");
	go_to_field(other, "民族");
	terminal_type(other, "壮族");
	terminal_press(other, "^S");
	terminal_expect(other, "已保存");
	leave(other);
	terminal_expect(t, "已重新比较");
	terminal_expect(t, "壮族");
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_records_become_one_and_undo_parts_them, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(each_field_takes_the_value_that_was_chosen, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_record_that_changed_meanwhile_is_compared_again, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
