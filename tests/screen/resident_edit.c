/* The forms of residents and households: a household from the picker, who might be the same person, two terminals on one record. */
#include "resident_steps.h"
#include "test.h"

static void a_person_and_a_household_are_added_in_one_go(void **state)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		static const char *const names[] = { NEWCOMER, "尉迟恭" };
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");

		open_residents(t);
		add_resident(t, names[i], NEW_ADDRESS, "");        /* the second time it is there already */
		terminal_expect(t, NEW_ADDRESS);
		terminal_press(t, "F6");
		terminal_expect(t, "┌ 户 · " NEW_ADDRESS);
		terminal_expect(t, i == 0 ? "住在这里的人 1" : "住在这里的人 2");
		terminal_expect(t, "9 层");        /* from the room */
		leave(t);
	}
}

static void a_member_added_to_a_household_lives_in_it(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "grid");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, "");
	terminal_press(t, "F6");
	terminal_expect(t, "住在这里的人 1");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增居民");
	terminal_expect(t, NEW_ADDRESS);
	terminal_type(t, "尉迟恭");
	terminal_press(t, "^S");
	terminal_expect(t, "住在这里的人 2");
	terminal_expect(t, "尉迟恭");
	leave(t);
}

static void a_household_whose_address_is_taken_is_offered_instead(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, "");
	terminal_press(t, "Esc");
	terminal_press(t, "F2");
	terminal_type(t, "尉迟恭");
	go_to_field(t, "所在户");
	terminal_type(t, "西林花园1-1-908");
	terminal_expect(t, "没有找到");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 新增户 ");
	go_to_field(t, "室号");
	terminal_press(t, "^U");
	terminal_type(t, "909");
	terminal_press(t, "^S");
	terminal_expect(t, "就用这一户吗");
	terminal_type(t, "y");
	terminal_expect(t, "┌ 新增居民");
	terminal_expect(t, NEW_ADDRESS);
	terminal_press(t, "^S");
	terminal_expect(t, "已保存 尉迟恭");
	leave(t);
}

static void the_same_person_is_shown_before_saving(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_press(t, "Esc");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增居民");
	terminal_type(t, "区小澜");
	go_to_field(t, "电话");
	terminal_type(t, NEWCOMER_PHONE);
	terminal_press(t, "^S");
	terminal_expect(t, "可能是同一个人");
	terminal_expect(t, "电话相同，打开：" NEWCOMER);
	terminal_expect(t, "139****7766");     /* masked as everywhere */
	terminal_type(t, "1");                 /* back to the form, with all that was typed */
	terminal_expect(t, "还没有保存");
	terminal_expect(t, "区小澜");
	terminal_press(t, "^S");
	terminal_expect(t, "可能是同一个人");
	terminal_type(t, "3");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_press(t, "Esc");
	find_resident(t, "区小澜");
	terminal_expect(t, "没有符合条件的");
	leave(t);
}

static void a_change_that_has_nothing_to_do_with_who_it_is_asks_nothing(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_press(t, "Esc");
	add_resident(t, "区小澜", "", NEWCOMER_PHONE);
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改居民");
	go_to_field(t, "民族");
	terminal_type(t, "壮族");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存 区小澜");
	terminal_expect(t, "壮族");
	leave(t);
}

static void what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增居民");
	terminal_press(t, "^S");
	terminal_expect(t, "请填写");
	terminal_type(t, NEWCOMER);
	go_to_field(t, "出生日期");
	terminal_type(t, "2027-01-01");
	terminal_press(t, "^S");
	terminal_expect(t, "出生日期不能晚于今天");
	terminal_expect(t, NEWCOMER);
	terminal_resize(t, 36, 120);
	terminal_expect(t, "出生日期不能晚于今天");
	terminal_expect(t, "2027-01-01");
	terminal_press(t, "^U");
	terminal_type(t, "1950-01-01");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_expect(t, "76岁");
	leave(t);
}

static struct terminal *open_edit(void *state, const struct layout *layout, const char *login)
{
	struct terminal *t = demo_start_as(state, layout->rows, layout->cols, login);

	open_residents(t);
	find_resident(t, "owl");
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 修改居民");
	return t;
}

static void type_into(struct terminal *t, const char *field, const char *text)
{
	go_to_field(t, field);
	terminal_press(t, "^U");
	terminal_type(t, text);
}

static void two_terminals_on_one_record_choose_between_both_values(void **state)
{
	struct terminal *first = demo_start_as(*state, 24, 80, "head"), *second;

	open_residents(first);
	add_resident(first, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	leave(first);
	first = open_edit(*state, &layouts[0], "head");
	second = open_edit(*state, &layouts[1], "grid");
	type_into(first, "电话说明", "本人");
	type_into(first, "民族", "壮族");
	terminal_press(first, "^S");
	terminal_expect(first, "已保存 " NEWCOMER);
	type_into(second, "电话说明", "儿子的手机");
	type_into(second, "工作单位", "丝厂");
	terminal_press(second, "^S");
	terminal_expect(second, "别人刚存的");
	terminal_expect(second, "儿子的手机");
	terminal_expect(second, "本人");
	terminal_press(second, "Enter");       /* mine stays */
	terminal_settle(second, 200, 5000);
	if (!terminal_shows(second, "已保存"))
		terminal_press(second, "^S");
	terminal_expect(second, "已保存 " NEWCOMER);
	terminal_press(first, "Enter");        /* what both wrote is there, and nothing was overwritten unseen */
	terminal_expect(first, "儿子的手机");
	terminal_expect(first, "壮族");
	terminal_expect(first, "丝厂");
	leave(first);
	leave(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_person_and_a_household_are_added_in_one_go, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_member_added_to_a_household_lives_in_it, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_household_whose_address_is_taken_is_offered_instead, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_same_person_is_shown_before_saving, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_change_that_has_nothing_to_do_with_who_it_is_asks_nothing, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(two_terminals_on_one_record_choose_between_both_values, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
