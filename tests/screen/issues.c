/* 事项, as a desk and a grid worker live with it: raise, find again, triage, act, evaluate, send back, and what must not get lost. */
#include "issue_steps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "test.h"

static void an_issue_goes_from_the_desk_through_all_steps_and_is_there_after_a_new_start(void **state)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *desk = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "desk");
		AUTO_FREE char *number = raise_issue(desk, ISSUE_TITLE);
		struct terminal *grid;

		terminal_expect(desk, ISSUE_TITLE);
		terminal_expect(desk, "待理事");
		terminal_press(desk, "r");
		terminal_expect(desk, "回执");
		terminal_press(desk, "Esc");
		press_all(desk, (const char *[]){ "F10", "F10", "y", NULL });
		terminal_close(desk);

		grid = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "grid");
		open_issue(grid, number);
		take_direct(grid);
		finish_work(grid, "换了水管，现场干净");
		terminal_close(grid);

		desk = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "desk");
		open_issue(desk, number);
		evaluate(desk, "非常满意", "y", "已解决");
		terminal_expect(desk, "已结");
		terminal_close(desk);

		desk = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "desk");
		terminal_press(desk, "Alt-2");
		terminal_expect(desk, "F7筛选");
		if (terminal_shows(desk, "F8全部"))     /* kept from the first layout */
			terminal_press(desk, "F8");
		open_issue(desk, number);
		terminal_press(desk, "End");
		terminal_expect(desk, "非常满意");
		terminal_close(desk);
	}
}

static void a_dissatisfied_reporter_sends_the_issue_back(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "grid");
	AUTO_FREE char *number = raise_issue(t, ISSUE_TITLE);

	take_direct(t);
	finish_work(t, "临时堵住了");
	evaluate(t, "不满意", "n", "");
	terminal_expect(t, "重办1次");
	terminal_expect(t, "办事(再) >");
	terminal_close(t);
}

static void the_head_reopens_what_was_closed_and_the_desk_is_not_offered_to(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");
	AUTO_FREE char *number = raise_issue(t, ISSUE_TITLE);

	choose_step(t, "不予受理");
	terminal_expect(t, "┌ 不予受理 · DH-");
	terminal_type(t, "不属于社区管，请向供水公司反映");
	go_to_field(t, "告知方式");
	terminal_type(t, "窗口");
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "y是");              /* it ends the issue: asks once more */
	terminal_press(t, "y");
	terminal_expect(t, "已结");
	choose_step(t, "重开");
	terminal_type(t, "供水公司说属于楼内管道");
	terminal_press(t, "^S");
	terminal_expect(t, "y是");
	terminal_press(t, "y");
	terminal_expect(t, "待理事");
	terminal_close(t);

	t = demo_start_as(*state, 24, 80, "desk");
	open_issue(t, number);
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 办理 DH-");
	assert_false(terminal_shows(t, "不予受理"));
	assert_false(terminal_shows(t, "直办"));
	terminal_close(t);
}

static void a_similar_open_issue_is_shown_and_can_be_supported_instead(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "desk");
	AUTO_FREE char *number = raise_issue(t, ISSUE_TITLE);
	AUTO_FREE char *seen = mem_format("已记下附议：%s", number);

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "z");
	terminal_expect(t, "新增居民");
	terminal_press(t, "Enter");
	terminal_expect(t, "岁");
	terminal_type(t, "wyls");
	terminal_expect(t, "漏水渗水");
	terminal_press(t, "Enter");
	terminal_type(t, "楼道水管漏水");
	terminal_expect(t, "相似的未结事项");
	terminal_expect(t, ISSUE_TITLE);
	terminal_press(t, "F6");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 附议 DH-");
	terminal_press(t, "^S");
	terminal_expect(t, seen);
	terminal_settle(t, 100, 2000);
	open_issue(t, number);
	terminal_expect(t, "附议1人");
	terminal_close(t);
}

static void an_issue_for_a_new_resident_adds_the_person_without_leaving(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, NEWCOMER);
	terminal_expect(t, "＋ 新增居民");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 新增居民");
	go_to_field(t, "电话");
	terminal_type(t, NEWCOMER_PHONE);
	terminal_press(t, "^S");
	terminal_expect(t, "┌ 提事登记");
	terminal_expect(t, NEWCOMER);
	go_to_field(t, "分类");
	terminal_type(t, "wyls");
	terminal_expect(t, "漏水渗水");
	terminal_press(t, "Enter");
	go_to_field(t, "标题");
	terminal_type(t, ISSUE_TITLE);
	terminal_press(t, "^S");
	terminal_expect(t, "已保存 DH-");
	terminal_expect(t, NEWCOMER);
	terminal_close(t);
}

static void resizing_while_typing_loses_nothing(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	go_to_field(t, "标题");
	terminal_type(t, "一半的标题");
	terminal_resize(t, 36, 120);
	terminal_expect(t, "没有相似的未结事项");
	terminal_type(t, "，另一半");
	terminal_resize(t, 20, 60);
	terminal_settle(t, 100, 2000);
	terminal_resize(t, 24, 80);
	terminal_expect(t, "一半的标题，另一半");
	terminal_close(t);
}

static void a_note_before_there_is_a_task_asks_for_nothing_of_a_task(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "grid");
	AUTO_FREE char *number = raise_issue(t, ISSUE_TITLE);

	terminal_press(t, "F7");
	terminal_expect(t, "┌ 进展 · DH-");
	assert_false(terminal_shows(t, "任务状态"));
	terminal_type(t, "先去看了一下");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存：DH-");
	terminal_expect(t, "先去看了一下");
	terminal_close(t);
}

static void a_dropped_connection_leaves_a_draft_that_is_offered_again(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");
	long ms;

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	go_to_field(t, "标题");
	terminal_type(t, "话说到一半断了线");
	terminal_settle(t, 30, 500);
	assert_int_equal(terminal_drop(t, &ms), 0);

	t = demo_start_as(*state, 24, 80, "desk");
	terminal_expect(t, "草稿 1");
	terminal_press(t, "F2");
	terminal_expect(t, "草稿");
	terminal_press(t, "Enter");
	terminal_expect(t, "话说到一半断了线");
	terminal_close(t);
}

static void two_who_triage_one_issue_do_not_overwrite_each_other(void **state)
{
	struct terminal *first = demo_start_as(*state, 24, 80, "grid");
	struct terminal *second = demo_start_as(*state, 36, 120, "head");
	AUTO_FREE char *number = raise_issue(first, ISSUE_TITLE);

	open_issue(second, number);
	choose_step(second, "直办");
	terminal_expect(second, "┌ 直办 · DH-");
	take_direct(first);
	terminal_press(second, "^S");
	terminal_settle(second, 200, 5000);
	assert_false(terminal_shows(second, "已保存：DH-"));
	terminal_expect(second, "改");
	terminal_close(first);
	terminal_close(second);
}

static void anothers_new_issue_appears_in_the_list_without_a_key(void **state)
{
	struct terminal *watching = demo_start_as(*state, 24, 80, "grid");
	struct terminal *raising = demo_start_as(*state, 36, 120, "desk");

	terminal_press(watching, "Alt-2");
	terminal_expect(watching, "┌ 事项");
	free(raise_issue(raising, ISSUE_TITLE));
	terminal_expect(watching, ISSUE_TITLE);
	terminal_close(raising);
	terminal_close(watching);
}

static void a_saved_step_is_undone_with_one_key(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "grid");
	AUTO_FREE char *number = raise_issue(t, ISSUE_TITLE);

	take_direct(t);
	terminal_press(t, "^Z");
	terminal_expect(t, "撤销");
	terminal_settle(t, 100, 2000);
	if (terminal_shows(t, "y是"))
		terminal_press(t, "y");
	terminal_expect(t, "待理事");
	terminal_press(t, "F3");
	terminal_expect(t, "变更");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_issue_goes_from_the_desk_through_all_steps_and_is_there_after_a_new_start, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_dissatisfied_reporter_sends_the_issue_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_head_reopens_what_was_closed_and_the_desk_is_not_offered_to, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_similar_open_issue_is_shown_and_can_be_supported_instead, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_issue_for_a_new_resident_adds_the_person_without_leaving, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(resizing_while_typing_loses_nothing, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_note_before_there_is_a_task_asks_for_nothing_of_a_task, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_dropped_connection_leaves_a_draft_that_is_offered_again, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(two_who_triage_one_issue_do_not_overwrite_each_other, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(anothers_new_issue_appears_in_the_list_without_a_key, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_saved_step_is_undone_with_one_key, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
