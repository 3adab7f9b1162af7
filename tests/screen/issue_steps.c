/* What tests of issues do again and again. */
#include "issue_steps.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

#define NUMBER_BYTES 15                   /* DH-20261124-001 */

/* The number on the message line or in the frame: the one of today that was given last. */
static char *number_on_screen(struct terminal *t)
{
	const char *screen = terminal_screen(t);
	const char *at = strstr(screen, "DH-20261124-");

	if (at == NULL)
		fail_msg("no number:\n%s", screen);
	return mem_copy_n(at, NUMBER_BYTES);
}

char *raise_issue(struct terminal *t, const char *title)
{
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "w");
	terminal_expect(t, "新增居民");
	terminal_press(t, "Enter");
	terminal_expect(t, "岁");
	terminal_type(t, "wyls");
	terminal_expect(t, "漏水渗水");
	terminal_press(t, "Enter");
	terminal_type(t, title);
	terminal_press(t, "^S");
	terminal_expect(t, "已保存 DH-");
	return number_on_screen(t);
}

void open_issue(struct terminal *t, const char *number)
{
	AUTO_FREE char *frame = mem_format("┌ %s", number);

	terminal_press(t, "Alt-2");
	terminal_expect(t, "┌ 事项");
	terminal_press(t, "/");
	terminal_expect(t, "查找 ");
	terminal_press(t, "^U");
	terminal_type(t, number);
	terminal_expect(t, "1 条");
	terminal_press(t, "Enter");
	terminal_press(t, "Enter");
	terminal_expect(t, frame);
	terminal_expect(t, "r回执");
}

void choose_step(struct terminal *t, const char *label)
{
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 办理 DH-");
	for (int digit = 1; digit <= 9; digit++) {
		AUTO_FREE char *line = mem_format("%d %s ", digit, label);
		char key[2] = { (char)('0' + digit), '\0' };

		if (!terminal_shows(t, line))
			continue;
		terminal_type(t, key);
		return;
	}
	fail_msg("no step %s:\n%s", label, terminal_screen(t));
}

static void save_step(struct terminal *t)
{
	terminal_press(t, "^S");
	terminal_expect(t, "已保存：DH-");
}

void take_direct(struct terminal *t)
{
	choose_step(t, "直办");
	terminal_expect(t, "┌ 直办 · DH-");
	save_step(t);
	terminal_expect(t, "办事 >");
}

void finish_work(struct terminal *t, const char *result)
{
	terminal_press(t, "F7");
	terminal_expect(t, "┌ 进展 · DH-");
	terminal_type(t, "水管已换好");
	terminal_press(t, "Tab");
	terminal_type(t, "完成");
	terminal_expect(t, ">1 完成");
	terminal_press(t, "Enter");
	save_step(t);
	choose_step(t, "办结");
	terminal_expect(t, "┌ 办结 · DH-");
	terminal_type(t, result);
	go_to_field(t, "办理结论");
	terminal_type(t, "已解决");
	terminal_press(t, "Enter");
	go_to_field(t, "佐证");
	terminal_type(t, "照片一张");
	go_to_field(t, "告知方式");
	terminal_type(t, "电话");
	terminal_press(t, "Enter");
	save_step(t);
	terminal_expect(t, "待评事");
}

static void choose_code(struct terminal *t, const char *field, const char *label)
{
	go_to_field(t, field);
	terminal_press(t, "^U");
	terminal_type(t, label);
	terminal_settle(t, 60, 2000);
	terminal_press(t, "Enter");
}

void evaluate(struct terminal *t, const char *satisfaction, const char *solved, const char *closing)
{
	choose_step(t, "评价");
	terminal_expect(t, "┌ 评价 · DH-");
	choose_code(t, "满意度", satisfaction);
	go_to_field(t, "问题解决了");
	terminal_type(t, solved);
	if (*closing)
		choose_code(t, "结案类型", closing);
	save_step(t);
}
