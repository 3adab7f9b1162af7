/* 送达 and 关爱核查 through the terminal: one key an order, a shut door that rings on somebody else's form, the ladder to its third rung, a slip, closing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "resident_steps.h"
#include "store/stmt.h"
#include "store/store.h"
#include "test.h"

#define NOON_HOURS 3              /* the tests begin at 09:41; lunch has left the kitchen then */

/* Who stands in today's lunch on route 1: first and second door. */
#define AT_DOOR(position) \
	"SELECT r.name FROM stop AS s JOIN route AS t ON t.id = s.route_id JOIN meal_order AS o ON o.id = s.order_id JOIN diner AS d ON d.id = o.diner_id" \
	" JOIN resident AS r ON r.id = d.resident_id WHERE t.day = 20781 AND t.meal = 'lunch' AND t.line = 1 AND s.position = " #position " /*scan*/"

static char *ask(const struct demo *d, const char *sql)
{
	struct store_options options = { .path = d->database };
	struct store *st = NULL;
	struct err e = { 0 };
	char *out = NULL;

	if (store_open(&st, &options, &e) != RC_OK)
		fail_msg("%s", e.text);
	{
		AUTO_STMT q = stmt_use(st, sql);

		if (stmt_text(&q, &out, &e) != RC_OK)
			fail_msg("%s: %s", sql, e.text);
	}
	store_close(st);
	return out;
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static int at_noon(void **state)
{
	demo_setup(state);
	demo_leap(*state, NOON_HOURS);
	return 0;
}

static void open_doors(struct terminal *t)
{
	terminal_press(t, "^P");
	terminal_expect(t, "命令");
	terminal_type(t, "送达");
	terminal_settle(t, 150, 5000);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 送达 · 2026-11-24 周二（今天） 中餐");
}

static void find_door(struct terminal *t, const char *typed)
{
	terminal_press(t, "/");
	terminal_expect(t, "哪一家");
	terminal_press(t, "^U");
	terminal_type(t, typed);
	terminal_press(t, "Enter");
	terminal_expect_gone(t, "哪一家");
}

/* The words that lead to the check of somebody, in the frame. */
static char *rings_for(const char *name)
{
	return mem_format("核查 %s 无人应答 Alt-w", name);
}

static void a_shut_door_rings_on_the_grid_workers_form_at_once_and_disturbs_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo d;
		struct terminal *canteen, *grid;
		struct terminal_state before, after;
		long from;

		demo_make(&d);
		demo_leap(&d, NOON_HOURS);
		AUTO_FREE char *name = ask(&d, AT_DOOR(1));
		AUTO_FREE char *words = rings_for(name);

		grid = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "grid");
		terminal_press(grid, "F2");
		terminal_expect(grid, "┌ 提事登记");
		go_to_field(grid, "标题");
		terminal_type(grid, "楼道灯坏了，晚上看不见");
		terminal_expect(grid, "楼道灯坏了，晚上看不见");
		canteen = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		open_doors(canteen);
		find_door(canteen, "1-1");
		terminal_settle(grid, 300, 3000);
		before = terminal_state(grid);
		assert_false(terminal_shows(grid, "核查"));
		from = now_ms();
		terminal_type(canteen, "6");
		terminal_expect(grid, words);
		printf("[ alarm    ] %ld ms after the key\n", now_ms() - from);
		assert_in_range(now_ms() - from, 0, 2000);         /* one second; the sanitizers take their share */
		terminal_settle(grid, 200, 2000);
		after = terminal_state(grid);
		assert_int_equal(after.bells, before.bells + 1);
		assert_int_equal(after.cursor_row, before.cursor_row);
		assert_int_equal(after.cursor_col, before.cursor_col);
		assert_true(terminal_shows(grid, "楼道灯坏了，晚上看不见"));
		assert_true(terminal_look(grid, 0, 1).coloured);
		terminal_type(grid, "！");                          /* the typing goes on */
		terminal_expect(grid, "楼道灯坏了，晚上看不见！");
		terminal_expect(canteen, "已开关爱核查");
		leave(canteen);
		leave(grid);
		demo_remove(&d);
	}
}

static void the_ladder_is_climbed_to_the_third_rung_and_closed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct demo d;
		struct terminal *canteen, *grid;

		demo_make(&d);
		demo_leap(&d, NOON_HOURS);
		AUTO_FREE char *name = ask(&d, AT_DOOR(1));
		AUTO_FREE char *words = rings_for(name);
		AUTO_FREE char *title = mem_format("┌ 关爱核查 · %s", name);

		canteen = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "canteen");
		open_doors(canteen);
		find_door(canteen, name);
		terminal_type(canteen, "6");
		terminal_expect(canteen, "已开关爱核查");
		grid = demo_start_as(&d, layouts[i].rows, layouts[i].cols, "grid");
		terminal_expect(grid, words);
		terminal_expect(grid, "关爱核查 1");               /* on the workbench, too */
		terminal_press(grid, "Alt-w");
		terminal_expect(grid, title);
		terminal_expect(grid, "还没有人接手");
		terminal_type(grid, "T");
		terminal_expect(grid, "已接手");
		terminal_type(grid, "N");
		terminal_expect(grid, "没有回应。可以再试");
		terminal_type(grid, "J");
		terminal_expect(grid, "第2级 打电话");
		terminal_type(grid, "N");
		terminal_settle(grid, 200, 3000);
		terminal_type(grid, "J");
		terminal_expect(grid, "第3级 邻居或紧急联系人");
		terminal_press(grid, "F8");
		terminal_expect(grid, "┌ 核查结论");
		terminal_type(grid, "没听见");
		terminal_settle(grid, 100, 3000);
		terminal_press(grid, "Enter");
		terminal_press(grid, "^S");
		terminal_expect(grid, "怎么知道的");               /* nobody was seen: how is it known? */
		go_to_field(grid, "说明");
		terminal_type(grid, "邻居说在睡觉");
		terminal_press(grid, "^S");
		terminal_expect(grid, "核查已结束：没听见");
		terminal_expect(grid, "没听见，邻居说在睡觉");
		terminal_expect_gone(grid, "Alt-w");
		terminal_expect_gone(canteen, "Alt-w");
		leave(canteen);
		leave(grid);
		demo_remove(&d);
	}
}

static void a_slip_is_corrected_by_the_right_key_and_the_bell_is_quiet(void **state)
{
	AUTO_FREE char *name = ask(*state, AT_DOOR(1));
	AUTO_FREE char *told = mem_format("%s：当面交付，关爱核查已按误报结束", name);
	AUTO_FREE char *words = rings_for(name);
	struct terminal *canteen = demo_start_as(*state, 24, 80, "canteen"), *head = demo_start_as(*state, 24, 80, "head");

	open_doors(canteen);
	find_door(canteen, "1-1");
	terminal_press(head, "^P");
	terminal_expect(head, "拼音首字母");
	terminal_type(head, "tsdj");
	terminal_expect(head, ">提事登记");
	terminal_type(canteen, "6");
	terminal_expect(head, words);                  /* over a question, too, which stays as it is */
	assert_true(terminal_shows(head, "tsdj") && terminal_shows(head, ">提事登记"));
	terminal_press(head, "Esc");
	terminal_press(canteen, "Up");                 /* the cursor had gone on to the next door */
	terminal_type(canteen, "1");
	terminal_expect(canteen, told);
	terminal_expect_gone(head, "Alt-w");
	leave(canteen);
	leave(head);
}

/* Answer yes to the question that a key asks. */
static void press_and_agree(struct terminal *t, const char *key, const char *question)
{
	terminal_press(t, key);
	terminal_expect(t, question);
	terminal_type(t, "y");
	terminal_expect_gone(t, question);
}

static void a_meal_is_not_closed_before_everybody_is_known_about(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "head");
	AUTO_FREE char *second = ask(*state, AT_DOOR(2));
	AUTO_FREE char *looking = mem_format("关爱核查没有结束：%s", second);

	open_doors(t);
	find_door(t, "1-2");
	terminal_type(t, "6");
	terminal_expect(t, "已开关爱核查");
	press_and_agree(t, "F8", "这一餐关账？");
	terminal_expect(t, "份未回报");
	find_door(t, "1-1");
	press_and_agree(t, "F7", "都登记为「当面交付」？");
	terminal_expect(t, "已登记：当面交付");
	while (terminal_shows(t, "· 未回报：")) {               /* the other routes, and who comes to the canteen */
		terminal_press(t, "Tab");
		terminal_settle(t, 100, 2000);
		press_and_agree(t, "F7", "都登记为「");
		terminal_settle(t, 200, 3000);
	}
	press_and_agree(t, "F8", "这一餐关账？");
	terminal_expect(t, looking);
	find_door(t, "1-2");
	terminal_type(t, "w");
	terminal_expect(t, "┌ 关爱核查 · ");
	terminal_type(t, "Y");
	terminal_expect(t, "┌ 核查结论");
	terminal_type(t, "外出");
	terminal_settle(t, 100, 3000);
	terminal_press(t, "Enter");
	terminal_press(t, "^S");
	terminal_expect(t, "核查已结束：外出");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 送达");
	press_and_agree(t, "F8", "这一餐关账？");
	terminal_expect(t, "俞国华已关账");
	assert_false(terminal_shows(t, "6未应门"));     /* a key that does nothing is not shown */
	terminal_type(t, "1");                          /* nothing is told of it any more: it leads to the workbench */
	terminal_expect(t, "┌ 工作台");
	terminal_type(t, "5");
	terminal_press(t, "^P");
	terminal_type(t, "送达");
	terminal_settle(t, 150, 5000);
	terminal_press(t, "Enter");
	terminal_expect(t, "俞国华已关账");
	terminal_press(t, "F8");
	terminal_expect(t, "为什么重新开账");
	terminal_type(t, "有一份记错了");
	terminal_press(t, "Enter");
	terminal_expect(t, "已重新开账");
	leave(t);
}

static void a_locked_screen_rings_and_names_nobody(void **state)
{
	AUTO_FREE char *name = ask(*state, AT_DOOR(1));
	struct terminal *canteen = demo_start_as(*state, 24, 80, "canteen"), *head = demo_start_as(*state, 24, 80, "head");
	int bells;

	open_doors(canteen);
	find_door(canteen, "1-1");
	terminal_press(head, "Alt-l");
	terminal_expect(head, "已锁屏");
	bells = terminal_state(head).bells;
	terminal_type(canteen, "6");
	terminal_expect(head, "有关爱核查要处理，请解锁");
	terminal_settle(head, 200, 2000);
	assert_true(terminal_state(head).bells > bells);
	assert_false(terminal_shows(head, name));
	leave(canteen);
	leave(head);
}

/* With a short pause between two bells. */
static struct terminal *start_ringing(const struct demo *d, const char *login)
{
	char path[160], config[192];
	struct terminal *t;
	FILE *f;

	snprintf(path, sizeof path, "%s/youlin.ini", d->home);
	snprintf(config, sizeof config, "YOULIN_CONFIG=%s", path);
	f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fprintf(f, "[welfare]\nbell_seconds = 1\n") > 0);
	assert_int_equal(fclose(f), 0);
	t = demo_start(d, 24, 80, (const char *[]){ config, NULL });
	demo_log_in(t, login);
	return t;
}

/* How often it rings in so many ms. */
static int bells_within(struct terminal *t, int ms)
{
	int before = terminal_state(t).bells;
	long until = now_ms() + ms;

	while (now_ms() < until)
		terminal_take(t, 50);
	return terminal_state(t).bells - before;
}

static void the_bell_rings_again_until_somebody_takes_it_and_once_more_when_the_rung_is_late(void **state)
{
	AUTO_FREE char *name = ask(*state, AT_DOOR(1));
	AUTO_FREE char *words = rings_for(name);
	AUTO_FREE char *late = mem_format("%s 再敲门超时", name);
	struct terminal *canteen = demo_start_as(*state, 24, 80, "canteen"), *head = start_ringing(*state, "head");

	assert_int_equal(bells_within(head, 1500), 0);
	open_doors(canteen);
	find_door(canteen, "1-1");
	terminal_type(canteen, "6");
	terminal_expect(head, words);
	assert_in_range(bells_within(head, 3500), 2, 5);
	terminal_press(head, "Alt-w");
	terminal_type(head, "T");
	terminal_expect(head, "已接手");
	assert_int_equal(bells_within(head, 2500), 0);
	assert_true(terminal_shows(head, words));      /* quiet, and still to be seen */
	demo_leap(*state, NOON_HOURS + 1);                      /* nobody has touched a key for an hour: it is locked, and rings all the same */
	terminal_expect(head, "有关爱核查要处理，请解锁");
	assert_true(bells_within(head, 2500) > 0);
	terminal_type(head, "youlin-demo");
	terminal_press(head, "Enter");
	terminal_expect(head, late);
	leave(canteen);
	leave(head);
}

static void what_is_looked_for_and_is_not_there_is_said(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "canteen");

	open_doors(t);
	find_door(t, "9-99");
	terminal_expect(t, "没有找到「9-99」");
	find_door(t, "没有这个人");
	terminal_expect(t, "没有找到「没有这个人」");
	leave(t);
}

static void what_is_typed_about_a_door_is_kept_and_shown(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "canteen");

	open_doors(t);
	find_door(t, "1-1");
	terminal_press(t, "F4");
	terminal_expect(t, "┌ 送达结果");
	terminal_type(t, "拒收");
	terminal_settle(t, 100, 3000);
	terminal_press(t, "Enter");
	go_to_field(t, "备注");
	terminal_type(t, "说不饿");
	terminal_press(t, "^S");
	terminal_expect(t, "已登记：拒收");
	terminal_expect(t, "说不饿");
	terminal_press(t, "F5");
	terminal_expect(t, "几点送到的");
	terminal_type(t, "2310");
	terminal_press(t, "Enter");
	terminal_expect(t, "还没到这个时间");
	terminal_press(t, "F5");
	terminal_type(t, "1055");
	terminal_press(t, "Enter");
	terminal_expect(t, "时间已改");
	terminal_expect(t, "10:55");
	terminal_type(t, "X");                          /* taken back */
	terminal_expect(t, "已撤回");
	terminal_expect_gone(t, "说不饿");
	leave(t);
}

#define DOOR_TEST(name) cmocka_unit_test_setup_teardown(name, at_noon, demo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shut_door_rings_on_the_grid_workers_form_at_once_and_disturbs_nothing),
		cmocka_unit_test(the_ladder_is_climbed_to_the_third_rung_and_closed),
		DOOR_TEST(a_slip_is_corrected_by_the_right_key_and_the_bell_is_quiet),
		DOOR_TEST(a_meal_is_not_closed_before_everybody_is_known_about),
		DOOR_TEST(a_locked_screen_rings_and_names_nobody),
		DOOR_TEST(the_bell_rings_again_until_somebody_takes_it_and_once_more_when_the_rung_is_late),
		DOOR_TEST(what_is_looked_for_and_is_not_there_is_said),
		DOOR_TEST(what_is_typed_about_a_door_is_kept_and_shown),
	};

	return cmocka_run_group_tests_name("screen-doors", tests, NULL, NULL);
}
