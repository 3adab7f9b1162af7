/* What tests of the residents' screens do again and again. */
#include "resident_steps.h"

#include <signal.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

const struct layout layouts[2] = { { 24, 80 }, { 36, 120 } };

#define FIELDS_MAX 40

void leave(struct terminal *t)
{
	kill(terminal_process(t), SIGHUP);
	assert_int_equal(terminal_stop(t), 0);
}

void press_all(struct terminal *t, const char *const *keys)
{
	for (; *keys; keys++)
		terminal_press(t, *keys);
}

void open_residents(struct terminal *t)
{
	terminal_press(t, "Alt-8");
	terminal_expect(t, "┌ 居民 ─");
	if (terminal_shows(t, "a全部"))
		terminal_press(t, "a");
	terminal_expect_gone(t, "a全部");
}

void find_resident(struct terminal *t, const char *typed)
{
	terminal_press(t, "/");
	terminal_expect(t, "查找 ");
	terminal_press(t, "^U");
	terminal_type(t, typed);
	terminal_settle(t, 150, 5000);
}

void go_to_field(struct terminal *t, const char *label)
{
	AUTO_FREE char *heading = mem_format("%s  ", label);
	int row, col;

	for (int i = 0; i < FIELDS_MAX; i++) {
		terminal_settle(t, 30, 2000);
		if (terminal_find(t, heading, &row, &col) && terminal_state(t).cursor_row == row)
			return;
		terminal_press(t, "Tab");
	}
	fail_msg("no field %s:\n%s", label, terminal_screen(t));
}

/* The household comes from the picker; one that is missing is made from what was typed. */
static void choose_household(struct terminal *t, const char *address)
{
	go_to_field(t, "所在户");
	terminal_type(t, address);
	terminal_expect(t, "┌ ");
	terminal_settle(t, 150, 5000);
	if (!terminal_shows(t, "没有找到")) {
		terminal_press(t, "Enter");
		return;
	}
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 新增户 ");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ 新增居民");
}

void add_resident(struct terminal *t, const char *name, const char *address, const char *phone)
{
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增居民");
	terminal_type(t, name);
	if (*address)
		choose_household(t, address);
	if (*phone) {
		go_to_field(t, "电话");
		terminal_type(t, phone);
	}
	terminal_press(t, "^S");
	terminal_settle(t, 150, 5000);
	if (terminal_shows(t, "可能是同一个人"))
		terminal_type(t, "2");
	terminal_expect(t, "已保存 ");
	terminal_expect(t, "┌ 居民 · ");
}
