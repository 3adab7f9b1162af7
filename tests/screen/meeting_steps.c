/* What tests of 议事 do again and again. */
#include "meeting_steps.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

void open_deliberation(struct terminal *t, const char *list)
{
	static const struct {
		const char *list, *column;
	} lists[] = { { "议题池", "附议" }, { "议事会", "形式" }, { "决议", "公示至" } };
	const char *column = "";

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].list, list) == 0)
			column = lists[i].column;
	terminal_press(t, "Alt-3");
	terminal_expect(t, "┌ 议事");
	for (int i = 0; i < 3 && !terminal_shows(t, column); i++) {
		terminal_press(t, "Tab");
		terminal_settle(t, 50, 2000);
	}
	terminal_expect(t, column);
}

void add_item(struct terminal *t, const char *title)
{
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 新增议题");
	go_to_field(t, "议题");
	terminal_type(t, title);
	terminal_press(t, "^S");
	terminal_expect(t, "┌ YT-20261124-");
	terminal_press(t, "F10");
	terminal_expect(t, "┌ 议事");
}

void call_meeting(struct terminal *t, const char *title)
{
	static const struct {
		const char *field, *typed;
	} fields[] = { { "日期", "今天" }, { "开始", "0930" }, { "结束", "1030" }, { "地点", "二楼会议室" }, { "主持人", "俞国华" }, { "通知日期", "-5" } };

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增议事会");
	go_to_field(t, "会议名称");
	terminal_type(t, title);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		go_to_field(t, fields[i].field);
		terminal_press(t, "^U");
		terminal_type(t, fields[i].typed);
	}
	go_to_field(t, "记录人");
	terminal_type(t, "陈晓");
	terminal_expect(t, ">陈晓");
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ YS-20261124-");
}

void schedule_item(struct terminal *t, const char *title)
{
	terminal_press(t, "F5");
	terminal_expect(t, "加哪个议题");
	for (int i = 0; i < 60; i++) {
		AUTO_FREE char *chosen = mem_format(" %s", title);
		int row, col;

		if (terminal_find(t, chosen, &row, &col) && strchr(terminal_row(t, row), '>'))
			break;
		terminal_press(t, "Down");
		terminal_settle(t, 20, 1000);
	}
	terminal_press(t, "Enter");
	terminal_expect(t, "已加入议程");
}

void invite(struct terminal *t, const char *name)
{
	terminal_press(t, "F7");
	terminal_expect(t, "┌ 新增参会人");
	go_to_field(t, "姓名");
	terminal_type(t, name);
	terminal_press(t, "^S");
	terminal_expect(t, "已保存参会人");
}

void sign_in_by_name(struct terminal *t, const char *name)
{
	AUTO_FREE char *choice = mem_format("1 %s", name), *said = mem_format("%s 已签到", name);

	terminal_type(t, "/");
	terminal_expect(t, "┌ 谁到了");
	terminal_expect(t, choice);
	terminal_type(t, "1");
	terminal_expect(t, said);
}

void sign_in(struct terminal *t, int before, int after, int people)
{
	for (int i = before; i < after; i++) {
		AUTO_FREE char *count = mem_format("参会人 %d/%d", i + 1, people);

		terminal_press(t, "Space");
		terminal_expect(t, count);
		terminal_press(t, "Down");
	}
}

void go_to_item(struct terminal *t, const char *title)
{
	terminal_press(t, "Home");
	for (int i = 0; i < 60; i++) {
		int row, col;

		if (terminal_find(t, title, &row, &col) && strstr(terminal_row(t, row), ">") && strstr(terminal_row(t, row), "分钟"))
			return;
		terminal_press(t, "Down");
		terminal_settle(t, 20, 1000);
	}
	fail_msg("no item %s:\n%s", title, terminal_screen(t));
}

void vote(struct terminal *t, const char *rule, const char *in_favour, const char *against, const char *abstain)
{
	const struct {
		const char *field, *typed;
	} fields[] = { { "规则", rule }, { "赞成", in_favour }, { "反对", against }, { "弃权", abstain }, { "计票人", "金一鸣" }, { "监票人", "方有才" } };

	terminal_press(t, "F5");
	terminal_expect(t, "┌ 表决");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		go_to_field(t, fields[i].field);
		terminal_press(t, "^U");
		terminal_type(t, fields[i].typed);
		if (i == 0)
			terminal_press(t, "Enter");
	}
	terminal_press(t, "^S");
}

void write_decision(struct terminal *t, const char *text, const char *owner)
{
	AUTO_FREE char *choice = mem_format(">%s", owner);

	terminal_press(t, "F9");
	terminal_expect(t, "┌ 新增决议");
	go_to_field(t, "决议内容");
	terminal_type(t, text);
	go_to_field(t, "责任人");
	terminal_type(t, owner);
	terminal_expect(t, choice);
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ JY-20261124-");
}

void add_task(struct terminal *t, const char *text)
{
	terminal_press(t, "F8");
	terminal_expect(t, "┌ 新增决议任务");
	go_to_field(t, "任务");
	terminal_type(t, text);
	go_to_field(t, "期限");
	terminal_type(t, "+20");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存决议任务");
}

void open_decision(struct terminal *t, const char *words)
{
	open_deliberation(t, "决议");
	terminal_press(t, "/");
	terminal_type(t, words);
	terminal_expect(t, "1 条");
	terminal_press(t, "Enter");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ JY-20261124-");
}
