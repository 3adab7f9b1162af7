/* The frame around the screens: size, main screens, the mouse, what stays when one looks elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "demo.h"
#include "test.h"

static void a_small_window_says_so_and_growing_it_brings_the_view_back(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");
	char *before;

	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "王");
	terminal_expect(t, "草稿已存");
	before = mem_copy(terminal_screen(t));
	terminal_resize(t, 20, 60);
	terminal_expect(t, "窗口只有 60×20，请放大到 80×24");
	assert_false(terminal_shows(t, "提事登记"));
	terminal_type(t, "xyz");               /* nobody sees where it would go */
	terminal_resize(t, 24, 80);
	terminal_expect(t, "┌ 提事登记");
	assert_string_equal(terminal_screen(t), before);
	terminal_resize(t, 40, 140);
	terminal_settle(t, 100, 2000);
	assert_true(terminal_shows(t, "┌ 提事登记"));
	terminal_resize(t, 2, 1);
	terminal_settle(t, 100, 2000);
	terminal_resize(t, 24, 80);
	terminal_expect(t, "┌ 提事登记");
	assert_string_equal(terminal_screen(t), before);
	free(before);
	terminal_close(t);
}

static void a_wide_window_shows_two_panes(void **state)
{
	struct terminal *t = demo_start_as(*state, 30, 120, "desk");

	terminal_press(t, "2");
	terminal_expect(t, "┌ DH-");             /* the issue beside the list */
	terminal_resize(t, 30, 100);
	terminal_expect_gone(t, "┌ DH-");
	assert_true(terminal_shows(t, "┌ 事项"));
	terminal_close(t);
}

static void a_look_at_another_main_screen_leaves_everything_as_it_was(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");

	terminal_press(t, "2");
	terminal_expect(t, "┌ 事项");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_type(t, "2018");              /* digits are text in a form */
	terminal_expect(t, "2018");
	terminal_press(t, "Alt-8");
	terminal_expect(t, "┌ 居民");
	terminal_press(t, "2");                /* no text is typed in a list */
	terminal_expect(t, "2018");
	terminal_press(t, "Alt-2");            /* the same again: its first screen; what was typed is a draft */
	terminal_expect(t, "┌ 事项");
	assert_false(terminal_shows(t, "2018"));
	terminal_press(t, "Alt-1");
	terminal_expect(t, "草稿 1");
	terminal_close(t);
}

static void the_way_back_leads_to_the_first_main_screen_and_then_out(void **state)
{
	static const char *const keys[] = { "F10", "q", "Esc" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct terminal *t = demo_start_as(*state, 24, 80, "desk");

		terminal_press(t, "8");
		terminal_expect(t, "┌ 居民");
		terminal_press(t, keys[i]);
		terminal_expect(t, "┌ 工作台");
		terminal_press(t, keys[i]);
		terminal_expect(t, "退出友邻？");
		terminal_press(t, "y");
		assert_int_equal(terminal_stop(t), 0);
	}
}

static void the_mouse_reaches_main_screens_and_keys(void **state)
{
	char config[160];
	AUTO_FREE char *path = mem_format("%s/mouse.ini", ((struct demo *)*state)->home);
	FILE *file = fopen(path, "w");
	struct terminal *t;
	int row, col;

	assert_non_null(file);
	fputs("[ui]\nmouse = on\n", file);
	fclose(file);
	snprintf(config, sizeof config, "YOULIN_CONFIG=%s", path);
	t = demo_start(*state, 24, 80, (const char *const[]){ config, NULL });
	demo_log_in(t, "desk");
	assert_true(terminal_state(t).mouse);
	assert_true(terminal_find(t, "居民", &row, &col));
	terminal_click(t, row, col);
	terminal_expect(t, "┌ 居民");
	assert_true(terminal_find(t, "F10返回", &row, &col));
	terminal_click(t, row, col + 4);
	terminal_expect(t, "┌ 工作台");
	terminal_press(t, "^P");
	terminal_expect(t, "拼音首字母");
	assert_true(terminal_find(t, "事项  2", &row, &col));
	terminal_click(t, row, col);
	terminal_expect(t, "┌ 事项");
	terminal_press(t, "1");
	terminal_expect(t, "┌ 工作台");
	terminal_click(t, 0, 0);               /* nothing stands there */
	terminal_settle(t, 100, 1000);
	assert_true(terminal_shows(t, "┌ 工作台"));
	terminal_close(t);
}

static void ctrl_l_paints_everything_again(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");
	size_t bytes;

	terminal_settle(t, 300, 2000);
	bytes = terminal_state(t).bytes;
	terminal_press(t, "^L");
	terminal_settle(t, 100, 2000);
	assert_true(terminal_state(t).bytes - bytes > 800);
	assert_true(terminal_shows(t, "┌ 工作台"));
	terminal_close(t);
}

/* A key costs few bytes: only the cells that change are sent. */
static void a_cursor_movement_sends_at_most_600_bytes(void **state)
{
	struct terminal *t = demo_start_as(*state, 30, 100, "desk");
	size_t bytes;

	terminal_press(t, "8");
	terminal_expect(t, "┌ 居民");
	terminal_settle(t, 300, 2000);
	bytes = terminal_state(t).bytes;
	terminal_press(t, "Down");
	terminal_settle(t, 100, 1000);
	assert_in_range(terminal_state(t).bytes - bytes, 1, 600);
	bytes = terminal_state(t).bytes;
	terminal_press(t, "PgDn");
	terminal_settle(t, 100, 1000);
	assert_in_range(terminal_state(t).bytes - bytes, 1, 4096);
	terminal_close(t);
}

/* A long paste into a field arrives whole up to the field's limit, and quickly. */
static void a_megabyte_can_be_pasted(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "desk");
	AUTO_STRBUF text = { 0 };

	while (text.n < 1 << 20)
		strbuf_add(&text, "三幢二单元水管漏水，");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 提事登记");
	terminal_paste(t, strbuf_str(&text));
	terminal_expect(t, "三幢二单元");
	terminal_press(t, "Alt-1");
	terminal_expect(t, "┌ 工作台");
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_small_window_says_so_and_growing_it_brings_the_view_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_wide_window_shows_two_panes, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_look_at_another_main_screen_leaves_everything_as_it_was, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_way_back_leads_to_the_first_main_screen_and_then_out, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_mouse_reaches_main_screens_and_keys, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(ctrl_l_paints_everything_again, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_cursor_movement_sends_at_most_600_bytes, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_megabyte_can_be_pasted, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
