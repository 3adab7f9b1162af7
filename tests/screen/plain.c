/* Registers and records of plain types: two terminals on one record, deleting and restoring, drafts, a list as a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "demo.h"
#include "test.h"

/* By its name: where it stands among the registers is no matter. */
static void open_register(struct terminal *t, const char *name)
{
	AUTO_FREE char *choice = mem_format(">%s", name), *frame = mem_format("┌ %s", name);

	terminal_press(t, "^P");
	terminal_type(t, name);
	terminal_expect(t, choice);
	terminal_press(t, "Enter");
	terminal_expect(t, frame);
}

/* From anywhere to the register of buildings. */
static void open_buildings(struct terminal *t)
{
	terminal_press(t, "Alt-0");
	terminal_expect(t, "┌ 系统");
	terminal_expect(t, "楼栋          ");
	open_register(t, "楼栋");
	terminal_expect(t, "西林花园1幢");
}

/* In a record's form: Tab until the help of the field is on the message line. */
static void go_to_help(struct terminal *t, const char *help)
{
	for (int i = 0; i < 20 && !terminal_shows(t, help); i++) {
		terminal_press(t, "Tab");
		terminal_settle(t, 30, 2000);
	}
	terminal_expect(t, help);
}

static struct terminal *open_first_building(void *state, const char *login)
{
	struct terminal *t = demo_start_as(state, 24, 80, login);

	open_buildings(t);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 修改楼栋");
	return t;
}

static void who_saves_second_chooses_between_both_values(void **state)
{
	struct terminal *first = open_first_building(*state, "head"), *second = open_first_building(*state, "grid");

	go_to_help(second, "怎么进楼");
	terminal_type(second, "北门进第二栋");
	terminal_expect(second, "北门进第二栋");
	go_to_help(first, "怎么进楼");
	terminal_type(first, "南门直走");
	terminal_press(first, "^S");
	terminal_expect(first, "已保存楼栋");
	terminal_press(second, "^S");
	terminal_expect(second, "别人刚存的（");
	terminal_expect(second, "[x] 北门进第二栋");
	terminal_expect(second, "[ ] 南门直走");
	terminal_press(second, "Esc");         /* nothing is decided: the form is as it was */
	terminal_expect(second, "┌ 修改楼栋");
	terminal_expect(second, "北门进第二栋");
	terminal_press(second, "^S");
	terminal_expect(second, "[x] 北门进第二栋");
	terminal_press(second, "Space");
	terminal_expect(second, "[x] 南门直走");
	terminal_press(second, "Enter");
	terminal_expect(second, "已保存楼栋");
	terminal_press(second, "Enter");
	terminal_expect(second, "南门直走");
	assert_false(terminal_shows(second, "北门进第二栋"));
	terminal_close(first);
	terminal_close(second);
}

static void another_terminal_s_change_shows_while_nothing_is_typed(void **state)
{
	struct terminal *first = open_first_building(*state, "head"), *second = open_first_building(*state, "grid");

	go_to_help(first, "怎么进楼");
	terminal_type(first, "南门直走");
	terminal_press(first, "^S");
	terminal_expect(first, "已保存楼栋");
	terminal_expect(second, "南门直走");
	terminal_close(first);
	terminal_close(second);
}

static void a_record_is_deleted_with_a_reason_and_brought_back_by_undo(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	terminal_press(t, "Alt-0");
	terminal_expect(t, "┌ 系统");
	open_register(t, "小区");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增小区");
	terminal_type(t, "错登小区");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存小区 错登小区");
	terminal_type(t, "/");
	terminal_type(t, "错登");
	terminal_expect(t, "1 条，隐藏 2 条");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 修改小区");
	terminal_press(t, "F8");
	terminal_expect(t, "删除的原因");
	terminal_press(t, "Enter");            /* a reason is wanted */
	terminal_settle(t, 100, 2000);
	assert_false(terminal_shows(t, "已删除小区"));
	if (!terminal_shows(t, "删除的原因"))
		terminal_press(t, "F8");
	terminal_expect(t, "删除的原因");
	terminal_type(t, "重复登记");
	terminal_press(t, "Enter");
	terminal_expect(t, "已删除小区");
	terminal_expect(t, "没有符合条件的");
	terminal_press(t, "^Z");
	terminal_expect(t, "1 条，隐藏 2 条");
	terminal_close(t);
}

/* From the page 系统. */
static void open_drafts(struct terminal *t)
{
	terminal_press(t, "Home");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 我的草稿");
}

static void what_is_left_is_found_among_the_drafts_and_thrown_away(void **state)
{
	struct terminal *t = open_first_building(*state, "head");

	go_to_help(t, "怎么进楼");
	terminal_type(t, "东门进");
	terminal_press(t, "Esc");
	terminal_expect(t, "填了还没有保存");
	terminal_expect(t, "继续填写");
	terminal_type(t, "2");                 /* kept */
	terminal_expect(t, "┌ 楼栋");
	terminal_press(t, "Enter");
	terminal_expect(t, "有一份没保存的楼栋");
	terminal_press(t, "Enter");
	terminal_expect(t, "东门进");
	terminal_press(t, "Esc");
	terminal_type(t, "2");
	terminal_expect(t, "┌ 楼栋");
	terminal_press(t, "Alt-0");
	terminal_expect(t, "┌ 系统");
	terminal_expect(t, "1 份");
	open_drafts(t);
	terminal_expect(t, "修改");
	terminal_type(t, "D");
	terminal_expect(t, "不能找回");
	terminal_type(t, "y");
	terminal_expect(t, "没有草稿");
	terminal_close(t);
}

/* The same account at two terminals, both at the same new form. */
static void what_is_being_typed_at_another_terminal_is_neither_offered_nor_thrown_away(void **state)
{
	struct terminal *first = open_first_building(*state, "head"), *second;

	go_to_help(first, "怎么进楼");
	terminal_type(first, "东门进");
	terminal_expect(first, "草稿已存");
	second = open_first_building(*state, "head");
	terminal_settle(second, 100, 3000);
	assert_false(terminal_shows(second, "有一份没保存的楼栋"));
	go_to_help(second, "怎么进楼");
	terminal_type(second, "西门进");
	terminal_expect(second, "草稿已存");
	terminal_press(second, "Alt-0");
	terminal_expect(second, "┌ 系统");
	terminal_expect(second, "2 份");
	open_drafts(second);
	terminal_expect(second, "别处在填");
	for (int i = 0; i < 2; i++) {                  /* whichever row it is on */
		terminal_press(second, i == 0 ? "End" : "Home");
		terminal_type(second, "D");
		terminal_expect(second, "不能找回");
		terminal_type(second, "y");
		terminal_settle(second, 100, 3000);
	}
	terminal_expect(second, "1 份草稿");
	terminal_expect(second, "别处在填");
	terminal_close(second);
	terminal_drop(first, &(long){ 0 });            /* its line breaks: now the draft is anybody's */
	second = demo_start_as(*state, 24, 80, "head");
	open_buildings(second);
	terminal_press(second, "Enter");
	terminal_expect(second, "有一份没保存的楼栋");
	terminal_press(second, "Enter");
	terminal_expect(second, "东门进");
	terminal_close(second);
}

static void the_list_as_it_stands_becomes_a_file_that_only_its_owner_reads(void **state)
{
	const struct demo *d = *state;
	struct terminal *t = demo_start_as(d, 24, 80, "desk");
	char path[160], line[512];
	struct stat s;
	FILE *f;

	snprintf(path, sizeof path, "%s/户.csv", d->home);
	terminal_press(t, "Alt-0");
	terminal_expect(t, "户            60 条");
	open_register(t, "户");
	terminal_expect(t, "60 条");
	terminal_type(t, "x");
	terminal_expect(t, "导出到文件");
	terminal_press(t, "^U");
	terminal_type(t, path);
	terminal_press(t, "Enter");
	terminal_expect(t, "已导出 60 行");
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	assert_memory_equal(line, "\xEF\xBB\xBF", 3);
	while (fgets(line, sizeof line, f))
		assert_null(strstr(line, "西林花园"));     /* the front desk reads addresses in short, in the file too */
	fclose(f);
	terminal_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_saves_second_chooses_between_both_values, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(another_terminal_s_change_shows_while_nothing_is_typed, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_record_is_deleted_with_a_reason_and_brought_back_by_undo, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_left_is_found_among_the_drafts_and_thrown_away, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_being_typed_at_another_terminal_is_neither_offered_nor_thrown_away, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_list_as_it_stands_becomes_a_file_that_only_its_owner_reads, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
