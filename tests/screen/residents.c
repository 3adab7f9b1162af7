/* 居民: finding people, filters that are kept and said, masks and what reveals them. */
#include "resident_steps.h"
#include "test.h"

static void a_person_is_found_by_name_pinyin_telephone_and_address(void **state)
{
	static const char *const ways[] = { NEWCOMER, "文澜", "owl", "ouwenl", "区w", "7766", "８８７７６６", "13988887766", "1-1-909", "西林花园 909" };

	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");

		open_residents(t);
		if (i == 0) {
			add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
			terminal_press(t, "Esc");
		}
		for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
			find_resident(t, "zzzz");
			terminal_expect_gone(t, NEWCOMER);
			terminal_expect(t, "没有符合条件的");
			find_resident(t, ways[k]);
			terminal_expect(t, NEWCOMER);
			terminal_expect(t, "1 条，隐藏");
		}
		leave(t);
	}
}

static void enter_opens_who_was_found_and_esc_comes_back_to_the_list(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_press(t, "Esc");
	find_resident(t, "7766");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_expect(t, NEWCOMER_PHONE);
	terminal_expect(t, "还没有提过事");
	terminal_press(t, "Esc");
	terminal_expect(t, "查找「7766」");      /* the search is kept, its typing is over */
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 户 · " NEW_ADDRESS);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	press_all(t, (const char *[]){ "Esc", "Esc", NULL });
	terminal_expect(t, "查找「7766」");
	terminal_press(t, "Esc");
	terminal_expect_gone(t, "查找「7766」");
	leave(t);
}

static void a_resident_becomes_a_volunteer_with_one_key_and_then_it_leads_there(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_press(t, "F9");
	terminal_expect(t, "┌ 新增志愿者");
	terminal_expect(t, NEWCOMER);
	go_to_field(t, "愿做的服务");
	terminal_type(t, "探访");
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存志愿者 ZY-");
	terminal_expect(t, "┌ 志愿者 · ");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_press(t, "V");
	terminal_expect(t, "┌ 志愿者 · ");
	terminal_press(t, "Esc");
	leave(t);
	t = demo_start_as(*state, 24, 80, "desk");      /* sees volunteers and makes none */
	open_residents(t);
	find_resident(t, "7766");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · ");
	terminal_press(t, "F9");
	terminal_expect(t, "┌ 志愿者 · ");
	leave(t);
}

static void a_filter_is_said_and_kept_for_the_next_login(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "Alt-8");
	terminal_expect(t, "在册 · ");         /* those who live here, at first */
	terminal_press(t, "F7");
	terminal_expect(t, "关爱标签：不限");
	terminal_type(t, "3");
	terminal_expect(t, "独居");
	terminal_type(t, "2");
	terminal_expect(t, "在册 · 独居 · ");
	terminal_expect(t, "隐藏");
	terminal_press(t, "o");                /* by the next column that has an index */
	terminal_expect(t, "出生日期升");
	leave(t);

	t = demo_start_as(*state, 36, 120, "desk");
	terminal_press(t, "Alt-8");
	terminal_expect(t, "在册 · 独居 · ");
	terminal_expect(t, "出生日期升");
	terminal_press(t, "a");
	terminal_expect_gone(t, "独居 · ");
	terminal_expect_gone(t, "隐藏");
	leave(t);

	t = demo_start_as(*state, 24, 80, "grid");     /* each account has its own */
	terminal_press(t, "Alt-8");
	terminal_expect(t, "在册 · ");
	assert_false(terminal_shows(t, "独居 · "));
	leave(t);
}

static void the_desk_sees_masks_and_reveals_one_field_until_it_leaves(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "desk");

	open_residents(t);
	add_resident(t, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_expect(t, "139****7766");
	assert_false(terminal_shows(t, NEWCOMER_PHONE));
	terminal_press(t, "F7");
	terminal_expect(t, "显示哪一项");
	terminal_type(t, "2");
	terminal_expect(t, NEWCOMER_PHONE);
	terminal_expect(t, "已记入台账");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 居民 ─");
	terminal_expect_gone(t, NEWCOMER_PHONE);
	terminal_press(t, "Enter");
	terminal_expect(t, "139****7766");
	assert_false(terminal_shows(t, NEWCOMER_PHONE));
	leave(t);
}

static void what_was_revealed_is_masked_again_by_the_lock(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	open_residents(t);
	add_resident(t, NEWCOMER, "", NEWCOMER_PHONE);
	terminal_press(t, "F7");               /* the only masked field: nothing to choose */
	terminal_expect(t, NEWCOMER_PHONE);
	terminal_press(t, "Alt-l");
	terminal_expect(t, "密码");
	assert_false(terminal_shows(t, NEWCOMER_PHONE));
	terminal_type(t, "youlin-demo");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_expect(t, "139****7766");
	assert_false(terminal_shows(t, NEWCOMER_PHONE));
	leave(t);
}

static void a_role_is_offered_what_it_may_do(void **state)
{
	static const struct {
		const char *login, *offered, *hidden;
	} cases[] = {
		{ "desk", "F2新增", "F8导入" }, { "canteen", "F5提事", "F2新增" }, { "head", "F8导入", "M合并" }, { "grid", "m标记", "F8导入" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = demo_start_as(*state, 36, 160, cases[i].login);

		terminal_press(t, "Alt-8");
		terminal_expect(t, cases[i].offered);
		assert_false(terminal_shows(t, cases[i].hidden));
		leave(t);
	}
	struct terminal *t = demo_start_as(*state, 24, 80, "admin");
	assert_false(terminal_shows(t, "8居民"));
	terminal_press(t, "Alt-8");
	terminal_settle(t, 200, 2000);
	assert_false(terminal_shows(t, "┌ 居民"));
	leave(t);
}

static void another_terminals_new_person_appears_without_a_key(void **state)
{
	struct terminal *watching = demo_start_as(*state, 24, 80, "desk");
	struct terminal *adding = demo_start_as(*state, 36, 120, "head");

	open_residents(watching);
	find_resident(watching, "owl");
	terminal_expect(watching, "没有符合条件的");
	open_residents(adding);
	add_resident(adding, NEWCOMER, NEW_ADDRESS, NEWCOMER_PHONE);
	terminal_expect(watching, NEWCOMER);
	leave(adding);
	leave(watching);
}

static void a_deleted_record_is_gone_and_can_be_brought_back(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head"), *other;

	open_residents(t);
	add_resident(t, NEWCOMER, "", NEWCOMER_PHONE);
	other = demo_start_as(*state, 24, 80, "grid");
	open_residents(other);
	find_resident(other, "7766");
	terminal_press(other, "Enter");
	terminal_expect(other, "┌ 居民 · " NEWCOMER);
	terminal_press(t, "D");
	terminal_expect(t, "为什么删除");
	terminal_press(t, "Enter");            /* a reason is asked for */
	terminal_settle(t, 200, 3000);
	terminal_expect(t, "┌ 居民 · " NEWCOMER);
	terminal_press(t, "D");
	terminal_expect(t, "为什么删除");
	terminal_type(t, "登记错了");
	terminal_press(t, "Enter");
	terminal_expect(t, "已删除 " NEWCOMER);
	find_resident(t, "7766");
	terminal_expect(t, "没有符合条件的");
	terminal_expect(other, "这条记录已删除");      /* who had it open sees it */
	terminal_press(other, "R");
	terminal_expect(other, "已恢复 " NEWCOMER);
	terminal_expect_gone(other, "这条记录已删除");
	terminal_expect(t, NEWCOMER);
	leave(other);
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_person_is_found_by_name_pinyin_telephone_and_address, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(enter_opens_who_was_found_and_esc_comes_back_to_the_list, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_resident_becomes_a_volunteer_with_one_key_and_then_it_leads_there, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_filter_is_said_and_kept_for_the_next_login, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_desk_sees_masks_and_reveals_one_field_until_it_leaves, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_was_revealed_is_masked_again_by_the_lock, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_role_is_offered_what_it_may_do, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_deleted_record_is_gone_and_can_be_brought_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(another_terminals_new_person_appears_without_a_key, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
