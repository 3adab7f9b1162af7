/* One issue through all six steps, each taken by whom it belongs to, and what the screen says of it at the end. */
#include "base/mem.h"
#include "meeting_steps.h"
#include "test.h"

#define MEETING "三号楼楼组会"
#define RESULT "管道换新，住户确认不漏"
#define DAYS_ON_NOTICE 8

/* On the issue's screen: from where the cursor is down to the next line that leads somewhere, and there. */
static void open_from_story(struct terminal *t, const char *frame)
{
	for (int i = 0; i < 40 && !terminal_shows(t, "Enter打开"); i++) {
		terminal_press(t, "Down");
		terminal_settle(t, 20, 1000);
	}
	terminal_press(t, "Enter");
	terminal_expect(t, frame);
}

/* 提事 and 理事: it needs to be talked over. */
static char *raise_and_refer(const struct demo *d)
{
	struct terminal *t = demo_start_as(d, 24, 80, "grid");
	char *number = raise_issue(t, ISSUE_TITLE);

	choose_step(t, "议事");
	terminal_expect(t, "┌ 议事 · DH-");
	terminal_type(t, "要几户一起出钱");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存：DH-");
	open_from_story(t, "┌ YT-20261124-");          /* what it waits as */
	leave(t);
	return number;
}

/* 议事 and the decision that follows from it, up to the head's desk. */
static void talk_over_and_decide(const struct demo *d)
{
	struct terminal *t = demo_start_as(d, 24, 80, "desk");

	open_deliberation(t, "议事会");
	call_meeting(t, MEETING);
	schedule_item(t, ISSUE_TITLE);
	invite(t, "金一鸣");
	invite(t, "方有才");
	invite(t, "丁二喜");
	terminal_press(t, "F6");
	terminal_expect(t, "会议开始");
	sign_in_by_name(t, "金一鸣");
	terminal_press(t, "Down");
	sign_in(t, 1, 3, 3);
	terminal_press(t, "Tab");
	go_to_item(t, ISSUE_TITLE);
	vote(t, "实到过半数", "2", "1", "0");
	terminal_expect(t, "表决已记：通过");
	terminal_press(t, "F8");
	terminal_type(t, "y");
	terminal_expect(t, "已散会");
	go_to_item(t, ISSUE_TITLE);
	write_decision(t, "更换总管，费用分摊", "沈建明");
	add_task(t, "更换楼道总管");
	terminal_press(t, "F6");
	terminal_expect(t, "已送批");
	leave(t);
}

static void approve(const struct demo *d)
{
	struct terminal *t = demo_start_as(d, 36, 120, "head");

	open_decision(t, "更换总管");
	terminal_press(t, "F6");
	terminal_expect(t, "已批准");
	leave(t);
}

/* 公示; somebody objects, and that has to be answered before anything is done. */
static void put_on_notice(const struct demo *d)
{
	struct terminal *t = demo_start_as(d, 24, 80, "desk");

	open_decision(t, "更换总管");
	terminal_press(t, "F8");
	terminal_expect(t, "┌ 新增公示");
	go_to_field(t, "结束");
	terminal_press(t, "^U");
	terminal_type(t, "+7");
	go_to_field(t, "地点");
	terminal_type(t, "三号楼楼道");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存公示");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 新增异议");
	go_to_field(t, "姓名");
	terminal_type(t, "丁二喜");
	go_to_field(t, "异议内容");
	terminal_type(t, "一楼不该一样出钱");
	terminal_press(t, "^S");
	terminal_expect(t, "有 1 条异议还没有处理");
	assert_false(terminal_shows(t, "F6交办"));
	terminal_press(t, "p");
	terminal_expect(t, "┌ 公示 · JY-20261124-");
	terminal_expect(t, "三号楼楼道");
	assert_false(terminal_shows(t, "丁二喜"));
	leave(t);
}

static void answer_and_carry_out(const struct demo *d)
{
	struct terminal *t = demo_start_as(d, 24, 80, "desk");

	open_decision(t, "更换总管");
	terminal_press(t, "End");                      /* the issue it came from; above it the objection */
	terminal_press(t, "Up");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 处理异议");
	go_to_field(t, "处理结果");
	terminal_press(t, "^U");
	terminal_type(t, "不成立");
	terminal_press(t, "Enter");
	go_to_field(t, "处理情况");
	terminal_type(t, "已说明按受益面积分摊");
	terminal_press(t, "^S");
	terminal_expect(t, "F6交办");
	terminal_press(t, "F6");
	terminal_type(t, "y");
	terminal_expect(t, "已交办");
	leave(t);
}

static void do_and_judge(const struct demo *d, const char *number)
{
	struct terminal *t = demo_start_as(d, 24, 80, "grid");

	open_issue(t, number);
	finish_work(t, RESULT);
	leave(t);
	t = demo_start_as(d, 24, 80, "desk");
	open_issue(t, number);
	evaluate(t, "满意", "y", "");
	terminal_expect(t, "已结 已解决");
	leave(t);
}

static void one_issue_goes_all_six_steps_and_its_story_has_no_gap(void **state)
{
	static const char *const told[] = {
		"提事 √", "理事 √", "议事 √", "定事 √", "办事 √", "评事 √", "议事会 · 实到 3 应到 3 · 通过", "更换楼道总管", "一楼不该一样出钱", "已说明按受益面积分摊", RESULT,
	};
	const struct demo *d = *state;
	AUTO_FREE char *number = raise_and_refer(d);
	struct terminal *t;

	talk_over_and_decide(d);
	approve(d);
	put_on_notice(d);
	demo_leap(d, DAYS_ON_NOTICE * 24);
	answer_and_carry_out(d);
	do_and_judge(d, number);
	t = demo_start_as(d, 60, 120, "head");
	terminal_press(t, "Alt-2");
	terminal_expect(t, "┌ 事项");
	terminal_press(t, "F8");                       /* what is closed too */
	open_issue(t, number);
	for (size_t i = 0; i < COUNT(told); i++)
		terminal_expect(t, told[i]);
	open_from_story(t, "┌ YS-20261124-");
	terminal_expect(t, MEETING);
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_issue_goes_all_six_steps_and_its_story_has_no_gap, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}
