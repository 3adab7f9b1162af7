/* 议事 and 定事 through the terminal: a whole meeting, its papers, its decision, and the way on to 办事. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "meeting_steps.h"
#include "test.h"

static const char *const people[] = {
	"金一鸣", "方有才", "丁二喜", "万三多", "马四海", "牛五金", "毛六顺", "尹七巧", "孔八方", "尤九如", "邓十全", "甘十一",
};
#define PEOPLE ((int)(sizeof people / sizeof *people))
#define LIFT "三幢加装扶手"
#define NOISE "小广场晚上噪声"
#define BENCH "花园里加两张长椅"

/* Three items, twelve people; ends in the running meeting, eleven are there. */
static struct terminal *hold_meeting(const struct demo *d, const struct layout *size)
{
	struct terminal *t = demo_start_as(d, size->rows, size->cols, "desk");

	open_deliberation(t, "议题池");
	add_item(t, LIFT);
	add_item(t, NOISE);
	add_item(t, BENCH);
	open_deliberation(t, "议事会");
	call_meeting(t, "三幢楼组议事会");
	schedule_item(t, LIFT);
	schedule_item(t, NOISE);
	schedule_item(t, BENCH);
	for (int i = 0; i < PEOPLE; i++)
		invite(t, people[i]);
	terminal_press(t, "F8");
	terminal_expect(t, "记为已通知");
	terminal_press(t, "F6");
	terminal_expect(t, "会议开始");
	sign_in_by_name(t, people[0]);
	terminal_press(t, "Down");
	sign_in(t, 1, PEOPLE - 1, PEOPLE);
	return t;
}

/* In the people's list: the first has an opinion, the second an interest. */
static void speak(struct terminal *t)
{
	terminal_press(t, "Home");
	terminal_type(t, "o");
	terminal_expect(t, "┌ 金一鸣");
	terminal_type(t, "1");
	terminal_expect(t, "已记下");
	terminal_press(t, "Down");
	terminal_type(t, "R");
	terminal_expect(t, "回避的理由");
	terminal_type(t, "扶手装在他家门口");
	terminal_press(t, "Enter");
	terminal_expect(t, "已记回避");
	terminal_press(t, "Tab");
}

static void vote_and_end(struct terminal *t)
{
	go_to_item(t, LIFT);
	vote(t, "实到过半数", "9", "1", "1");          /* with one recusal that is twelve: more than are there */
	terminal_expect(t, "11");
	assert_true(terminal_shows(t, "┌ 表决 · " LIFT));
	go_to_field(t, "弃权");
	terminal_press(t, "^U");
	terminal_type(t, "0");
	terminal_press(t, "^S");
	terminal_expect(t, "表决已记：通过");
	go_to_item(t, NOISE);
	vote(t, "实到三分之二", "5", "5", "1");
	terminal_expect(t, "表决已记：不通过");
	terminal_press(t, "F8");
	terminal_expect(t, "散会？");
	terminal_type(t, "y");
	terminal_expect(t, "1个没议到的议题回到议题池");
}

static void a_whole_meeting_is_kept_as_it_was_held(void **state)
{
	const struct demo *d = *state;

	for (size_t i = 0; i < 2; i++) {
		struct demo one;
		struct terminal *t;

		demo_make(&one);
		t = hold_meeting(i == 0 ? d : &one, &layouts[i]);
		speak(t);
		vote_and_end(t);
		terminal_press(t, "F5");
		terminal_expect(t, "┌ 会议纪要");
		terminal_expect(t, "赞成 9，反对 1，弃权 0，回避 1");
		terminal_press(t, "^S");
		terminal_expect(t, "已保存会议纪要");
		open_deliberation(t, "议题池");
		terminal_press(t, "/");
		terminal_type(t, BENCH);
		terminal_expect(t, "1 条");
		terminal_press(t, "Enter");
		leave(t);
		demo_remove(&one);
	}
}

/* What `pdftotext -layout` makes of a file, without blanks. */
static char *text_of_pdf(const char *path)
{
	AUTO_FREE char *command = mem_format("pdftotext -layout '%s' -", path);
	AUTO_STRBUF text = { 0 };
	FILE *f = popen(command, "r");
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		if (c != ' ' && c != '\n' && c != '\f')
			strbuf_add_char(&text, (char)c);
	assert_int_equal(pclose(f), 0);
	return strbuf_take(&text);
}

static void the_record_becomes_a_paper_with_every_name_and_number(void **state)
{
	static const char *const wanted[] = {
		"协商议事记录表", "三幢楼组议事会", "二楼会议室", "俞国华", "陈晓", LIFT, NOISE, BENCH, "扶手装在他家门口", "实到过半数", "实到三分之二", "未议到",
		"主持人", "记录人",
	};
	const struct demo *d = *state;
	struct terminal *t = hold_meeting(d, &layouts[1]);
	AUTO_FREE char *path = mem_format("%s/record.pdf", d->home), *text = NULL;

	speak(t);
	vote_and_end(t);
	terminal_type(t, "p");
	terminal_expect(t, "协商议事记录表");
	terminal_type(t, "s");
	terminal_expect(t, "PDF");
	terminal_press(t, "^U");
	terminal_type(t, path);
	terminal_press(t, "Enter");
	terminal_expect(t, "record.pdf");
	for (int i = 0; i < 50 && access(path, R_OK) != 0; i++)
		terminal_settle(t, 50, 200);
	text = text_of_pdf(path);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (strstr(text, wanted[i]) == NULL)
			fail_msg("no %s in %s", wanted[i], text);
	for (int i = 0; i < PEOPLE; i++)
		assert_non_null(strstr(text, people[i]));
	leave(t);
}

/* The recorder writes it, the head approves it, it is on notice, and then it is carried out. */
static void a_decision_is_written_approved_put_on_notice_and_carried_out(void **state)
{
	const struct demo *d = *state;
	struct terminal *t = hold_meeting(d, &layouts[0]);

	speak(t);
	vote_and_end(t);
	go_to_item(t, LIFT);
	write_decision(t, "三幢各层楼梯加装扶手", "沈建明");
	terminal_press(t, "F6");
	terminal_expect(t, "任务");                    /* nothing to do, and no reason why */
	add_task(t, "联系厂家上门安装");
	terminal_press(t, "F6");
	terminal_expect(t, "已送批");
	leave(t);
	t = demo_start_as(d, 24, 80, "head");
	open_decision(t, "楼梯加装扶手");
	terminal_press(t, "F6");
	terminal_expect(t, "已批准");
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_whole_meeting_is_kept_as_it_was_held, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_record_becomes_a_paper_with_every_name_and_number, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_decision_is_written_approved_put_on_notice_and_carried_out, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("deliberation", tests, NULL, NULL);
}
