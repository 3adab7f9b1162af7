/* 议事 and 定事 through the terminal: a whole meeting, its papers, its decision, and the way on to 办事. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* A printer for one test: keeps what it is given beside the database. */
static char *make_printer(const struct demo *d)
{
	AUTO_FREE char *folder = mem_format("%s/bin", d->home), *path = mem_format("%s/bin/lp", d->home);
	FILE *f;

	assert_int_equal(mkdir(folder, 0700), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\nfor file; do :; done\ncp \"$file\" %s/printed.pdf\n", d->home);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0700), 0);
	return mem_format("PATH=%s:%s", folder, getenv("PATH"));
}

static void what_is_shown_goes_to_the_printer(void **state)
{
	const struct demo *d = *state;
	AUTO_FREE char *path = make_printer(d), *pdf = mem_format("%s/printed.pdf", d->home), *text = NULL;
	struct terminal *t = demo_start(d, 24, 80, (const char *[]){ path, NULL });

	demo_log_in(t, "desk");
	open_deliberation(t, "议事会");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ YS-");
	terminal_type(t, "p");
	terminal_expect(t, "┌ 协商议事记录表");
	terminal_type(t, "P");
	terminal_expect(t, "打印几份");
	terminal_press(t, "^U");
	terminal_type(t, "100");
	terminal_press(t, "Enter");
	terminal_expect(t, "份数应是 1 到 99");
	terminal_type(t, "P");
	terminal_expect(t, "打印几份");
	terminal_press(t, "Enter");
	terminal_expect(t, "已送打印机，1份");
	text = text_of_pdf(pdf);
	assert_non_null(strstr(text, "协商议事记录表"));
	leave(t);
}

/* Each at its line, with what was typed left as it is. */
static void what_is_wrong_with_a_meeting_stands_at_its_field(void **state)
{
	static const struct { const char *field, *typed; } fields[] = {
		{ "会议名称", "三幢楼组议事会" }, { "日期", "今天" }, { "开始", "1030" }, { "结束", "0930" }, { "地点", "二楼会议室" },
	};
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	open_deliberation(t, "议事会");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增议事会");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		go_to_field(t, fields[i].field);
		terminal_press(t, "^U");
		terminal_type(t, fields[i].typed);
	}
	terminal_press(t, "^S");
	terminal_expect(t, "! 请填写「主持人」");
	go_to_field(t, "主持人");
	terminal_type(t, "俞国华");
	go_to_field(t, "记录人");
	terminal_type(t, "陈晓");
	terminal_expect(t, ">陈晓");
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "! 结束要晚于开始");
	terminal_expect(t, "二楼会议室");
	go_to_field(t, "结束");
	terminal_press(t, "^U");
	terminal_type(t, "1130");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ YS-20261124-");
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_whole_meeting_is_kept_as_it_was_held, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_record_becomes_a_paper_with_every_name_and_number, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_shown_goes_to_the_printer, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_wrong_with_a_meeting_stands_at_its_field, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_decision_is_written_approved_put_on_notice_and_carried_out, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("deliberation", tests, NULL, NULL);
}
