/* 志愿者 through the terminal: from a resident to a painted week, certificates that expire, finding and filtering, bad input at its field. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "resident_steps.h"
#include "test.h"

#define AUNT "万长庚"              /* nobody of the demo community */
#define AUNT_PHONE "13988887755"

static void open_volunteers(struct terminal *t)
{
	terminal_press(t, "Alt-4");
	terminal_expect(t, "┌ 志愿者 ─");
}

static void fill(struct terminal *t, const char *field, const char *typed)
{
	go_to_field(t, field);
	terminal_press(t, "^U");
	terminal_type(t, typed);
}

/* A code is chosen from the list under the field. */
static void choose(struct terminal *t, const char *field, const char *typed)
{
	go_to_field(t, field);
	terminal_type(t, typed);
	terminal_settle(t, 100, 3000);
	terminal_press(t, "Enter");
}

/* From the list; ends on her page. */
static void add_volunteer(struct terminal *t, const char *name, const char *phone, const char *service)
{
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增志愿者");
	fill(t, "姓名", name);
	fill(t, "电话", phone);
	choose(t, "愿做的服务", service);
	terminal_press(t, "^S");
	terminal_expect(t, "已保存志愿者 ZY-");
	terminal_expect(t, "┌ 志愿者 · ");
}

/* On a volunteer's page: "ZY-0041". */
static void read_number(struct terminal *t, char *out, size_t size)
{
	int row, col;

	assert_true(terminal_find(t, "ZY-", &row, &col));
	snprintf(out, size, "%.7s", strstr(terminal_row(t, row), "ZY-"));
}

static void take_step(struct terminal *t, const char *words)
{
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 志愿者状态");
	terminal_press(t, "^S");
	terminal_expect(t, words);
}

static void add_certificate(struct terminal *t, const char *kind, const char *expires)
{
	terminal_press(t, "F7");
	terminal_expect(t, "┌ 新增证书");
	choose(t, "证书", kind);
	fill(t, "有效期到", expires);
	terminal_press(t, "^S");
}

/* The whole way ---------------------------------------------------------------------------------------------------------------------- */

static void a_resident_becomes_a_volunteer_who_is_on_duty(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_residents(t);
	add_resident(t, AUNT, "", AUNT_PHONE);
	open_volunteers(t);
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增志愿者");
	go_to_field(t, "居民");
	terminal_type(t, "7755");
	terminal_expect(t, ">" AUNT);
	terminal_press(t, "Enter");
	choose(t, "愿做的服务", "送餐");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存志愿者 ZY-");
	terminal_expect(t, "┌ 志愿者 · " AUNT);
	terminal_expect(t, " · 申请（今天起）");
	terminal_expect(t, "做送餐要健康证，没有有效的");
	take_step(t, "已改为「审核」");
	take_step(t, "已改为「培训」");
	take_step(t, "已改为「在岗」");
	terminal_expect(t, " · 在岗（今天起）");
	add_certificate(t, "健康证", "明天");
	terminal_expect(t, "已保存；健康证明天到期");
	terminal_expect(t, "到 2026-11-25 · 明天到期");
	assert_false(terminal_shows(t, "做送餐要健康证"));
	leave(t);
}

static void a_morning_is_painted_and_taken_back(void **state)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");
		const char *name = i == 0 ? "万长庚" : "车千里", *phone = i == 0 ? "13988887755" : "13988887744";

		open_volunteers(t);
		add_volunteer(t, name, phone, "探访");
		terminal_press(t, "F5");
		terminal_expect(t, "┌ 可服务时段 · ");
		terminal_expect(t, "周日");
		terminal_expect(t, "21:00");
		terminal_expect(t, "周一 08:00-08:30");
		press_all(t, (const char *[]){ "Shift-Down", "Shift-Down", "Shift-Down", NULL });
		terminal_expect(t, "周一 08:00-10:00");
		terminal_type(t, "1");
		terminal_expect(t, "周一 08:00-10:00 记为「愿」");
		terminal_press(t, "Right");            /* the same hours on Tuesday */
		terminal_type(t, "4");
		terminal_expect(t, "周二 08:00-10:00 记为「不可」");
		terminal_press(t, "Space");            /* lets the stretch go */
		press_all(t, (const char *[]){ "Up", "Up", NULL });
		terminal_type(t, "0");
		terminal_expect(t, "周二 08:30-09:00 已擦去");
		terminal_press(t, "^Z");
		terminal_expect(t, "画可服务时段");
		terminal_press(t, "Esc");
		terminal_expect(t, "┌ 志愿者 · ");
		terminal_expect(t, "愿 08:00-10:00");
		terminal_expect(t, "不可 08:00-10:00");
		leave(t);
	}
}

static void the_week_is_readable_without_colours(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_volunteers(t);
	add_volunteer(t, AUNT, AUNT_PHONE, "探访");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 可服务时段 · ");
	terminal_type(t, "1");
	terminal_press(t, "Down");
	terminal_type(t, "2");
	terminal_press(t, "Down");
	terminal_type(t, "3");
	terminal_press(t, "Down");
	terminal_type(t, "4");
	terminal_press(t, "Right");
	terminal_expect(t, "++++====");
	terminal_expect(t, "----xxxx");
	leave(t);
}

/* Finding ---------------------------------------------------------------------------------------------------------------------------- */

static void a_volunteer_is_found_by_initials_telephone_and_number(void **state)
{
	char number[16] = "";
	const char *const ways[] = { "wcg", "万长", "7755", number };

	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");

		open_volunteers(t);
		if (i == 0) {
			add_volunteer(t, AUNT, AUNT_PHONE, "探访");
			read_number(t, number, sizeof number);
			terminal_press(t, "Esc");
			add_volunteer(t, "车千里", "13988887744", "巡防");
			terminal_press(t, "Esc");
		}
		for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
			find_resident(t, "zzzz");
			terminal_expect(t, "没有符合条件的");
			find_resident(t, ways[k]);
			terminal_expect(t, AUNT);
			terminal_expect(t, "1 条，隐藏");
		}
		leave(t);
	}
}

static void a_filter_is_said_counted_and_kept(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_volunteers(t);
	add_volunteer(t, AUNT, AUNT_PHONE, "探访");
	add_certificate(t, "健康证", "昨天");
	terminal_expect(t, "已保存；健康证已过期1天");
	terminal_press(t, "Esc");
	add_volunteer(t, "车千里", "13988887744", "巡防");
	terminal_press(t, "Esc");
	terminal_press(t, "F7");
	terminal_expect(t, "证书：不限");
	terminal_type(t, "4");
	terminal_expect(t, "证书快到期");
	terminal_type(t, "2");
	terminal_expect(t, "证书已过期 · ");
	terminal_expect(t, "条，隐藏");
	terminal_expect(t, AUNT);
	assert_false(terminal_shows(t, "车千里"));
	leave(t);

	t = demo_start_as(*state, 24, 80, "head");
	open_volunteers(t);
	terminal_expect(t, "证书已过期 · ");
	terminal_press(t, "a");
	terminal_expect_gone(t, "证书已过期");
	terminal_expect_gone(t, "隐藏");
	leave(t);
}

/* Importing -------------------------------------------------------------------------------------------------------------------------- */

static void write_file(const struct demo *d, const char *name, const char *text)
{
	AUTO_FREE char *path = mem_format("%s/%s", d->home, name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static void open_file(struct terminal *t, const char *name)
{
	open_volunteers(t);
	terminal_press(t, "F8");
	terminal_expect(t, "CSV 文件");
	terminal_press(t, "^U");
	terminal_type(t, "~/");
	terminal_type(t, name);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 导入志愿者");
}

static void a_platforms_list_is_imported_and_its_columns_are_known_the_next_time(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "head");

	write_file(*state, "one.csv", "志愿者编号,真实姓名,怎么联系\nPH1," AUNT "," AUNT_PHONE "\nPH1,车千里,13988887744\nPH2,,\n");
	write_file(*state, "two.csv", "怎么联系,真实姓名,志愿者编号\n13988887733,边九思,PH3\n" AUNT_PHONE "," AUNT ",PH4\n");
	open_file(t, "one.csv");
	terminal_expect(t, "可以导入 1 行，有误 1 行，重复 1 行");
	assert_false(terminal_shows(t, "会新建"));
	terminal_expect(t, "与第 2 行平台编号相同");
	terminal_expect(t, "请写姓名");
	press_all(t, (const char *[]){ "Tab", "Down", "Down", "Enter", NULL });     /* the faults were in front */
	terminal_expect(t, "「怎么联系」这一列是");
	terminal_type(t, "dh");                /* 电话 */
	terminal_press(t, "Enter");
	terminal_expect(t, "13988887755");
	terminal_press(t, "F8");
	terminal_expect(t, "怎样导入");
	assert_false(terminal_shows(t, "也导入"));         /* nobody is there twice */
	terminal_type(t, "2");
	terminal_expect(t, "已导入 1 人");
	leave(t);

	t = demo_start_as(*state, 24, 80, "head");
	open_file(t, "two.csv");
	terminal_expect(t, "可以导入 1 行，有误 0 行，重复 1 行");
	terminal_expect(t, "同名同电话的已有 ZY-");
	leave(t);
}

/* Bad input -------------------------------------------------------------------------------------------------------------------------- */

static void bad_input_is_said_at_its_field_and_nothing_is_lost(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_volunteers(t);
	add_volunteer(t, AUNT, AUNT_PHONE, "探访");
	terminal_press(t, "Esc");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 新增志愿者");
	choose(t, "愿做的服务", "探访");
	terminal_press(t, "^S");
	terminal_expect(t, "请写姓名");
	fill(t, "姓名", AUNT);
	fill(t, "电话", AUNT_PHONE);
	terminal_press(t, "^S");
	terminal_expect(t, "同名同电话的已有 ZY-");
	assert_true(terminal_shows(t, AUNT_PHONE));
	fill(t, "电话", "13988887744");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存志愿者 ZY-");
	terminal_press(t, "F8");
	terminal_expect(t, "┌ 新增请假");
	fill(t, "从", "+3");
	fill(t, "到", "+1");
	terminal_press(t, "^S");
	terminal_expect(t, "结束不能早于开始");
	fill(t, "到", "+5");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存请假");
	terminal_expect(t, "11-27 到 11-29");
	terminal_press(t, "F6");
	terminal_expect(t, "┌ 志愿者状态");
	choose(t, "状态", "请假");
	terminal_press(t, "^S");
	terminal_expect(t, "在岗的才有请假");
	leave(t);
}

static void the_desk_reads_and_reveals_but_does_not_change(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_volunteers(t);
	add_volunteer(t, AUNT, AUNT_PHONE, "探访");
	leave(t);
	t = demo_start_as(*state, 24, 80, "desk");
	open_volunteers(t);
	find_resident(t, "7755");
	terminal_expect(t, AUNT);
	assert_false(terminal_shows(t, "F2新增"));
	terminal_press(t, "Enter");
	terminal_expect(t, "139****7755");
	assert_false(terminal_shows(t, "F6状态"));
	terminal_type(t, "v");
	terminal_expect(t, AUNT_PHONE "（已记入台账）");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 可服务时段 · ");
	assert_false(terminal_shows(t, "1愿"));
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_resident_becomes_a_volunteer_who_is_on_duty, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_morning_is_painted_and_taken_back, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_week_is_readable_without_colours, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_volunteer_is_found_by_initials_telephone_and_number, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_filter_is_said_counted_and_kept, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_platforms_list_is_imported_and_its_columns_are_known_the_next_time, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(bad_input_is_said_at_its_field_and_nothing_is_lost, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_desk_reads_and_reveals_but_does_not_change, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
