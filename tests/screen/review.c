/* 督办: the head's tabs, the filter, 六事核查, and what the workbench says of them. Rows with faults are put into the demo community first. */
#include "resident_steps.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"
#include "test.h"

#define MS_A_DAY "86400000"
#define NOON(day) "(20757 + " #day ") * " MS_A_DAY     /* on that day of November 2026, in the morning at UTC */

/* What the demo community has of its own is put away, so that what is counted is what stands below. */
static const char *const put_away[] = {
	"/*scan*/ UPDATE decision SET deleted_at = 1", "/*scan*/ UPDATE objection SET deleted_at = 1", "/*scan*/ UPDATE meeting SET deleted_at = 1", "/*scan*/ UPDATE agenda_item SET deleted_at = 1",
	"/*scan*/ UPDATE issue SET deleted_at = 1 WHERE id IN (SELECT issue_id FROM agenda_issue)",
};

/* Two decisions that wait, one on notice with an open objection; a meeting that was called late, and an issue that was closed without an answer. */
static const char *const rows[] = {
	"INSERT INTO meeting (id, number, title, kind, day, announced_day, status, quorum)"
	" VALUES (901, 'YS-20261110-01', '电梯议事会', 'council', 20767, 20768, 'confirmed', 'default')",
	"INSERT INTO agenda_item (id, number, title, state, meeting_id) VALUES (902, 'YT-20261103-001', '加装电梯', 'passed', 901)",
	"INSERT INTO decision (id, number, agenda_item_id, meeting_id, text, party, cost_fen, state, author_id, at, submitted_at)"
	" SELECT 903, 'JY-20261110-01', 902, 901, '同意三号楼加装电梯', 'community', 1234500, 'submitted', id, " NOON(10) ", " NOON(11)
	" FROM account WHERE login = 'grid'",
	"INSERT INTO decision (id, number, agenda_item_id, meeting_id, text, party, state, at, submitted_at)"
	" VALUES (904, 'JY-20261110-02', 902, 901, '设立充电棚', 'organisation', 'submitted', " NOON(9) ", " NOON(12) ")",
	"INSERT INTO decision (id, number, agenda_item_id, meeting_id, text, party, state, at, approved_at, no_action)"
	" VALUES (905, 'JY-20261110-03', 902, 901, '公约修改', 'community', 'approved', " NOON(10) ", " NOON(11) ", '张贴即可')",
	"INSERT INTO notice (id, decision_id, from_day, to_day, place) VALUES (906, 905, 20769, 20775, '公告栏')",
	"INSERT INTO objection (id, notice_id, name, phone, text, at, state) VALUES (907, 906, '周四', '13900005678', '影响一楼采光', " NOON(12) ", 'open')",
	"INSERT INTO issue (id, number, title, reporter_kind, category, raised_at, accepted_at, phase, status, phase_at, closed_at, closing, due_day)"
	" VALUES (908, 'DH-20261105-901', '井盖松动没人问过', 'self', 'property.facility', " NOON(5) ", " NOON(5) ", 'evaluate', 'closed', " NOON(16) ", " NOON(17)
	", 'solved', 20772)",
	"INSERT INTO phase (id, issue_id, phase, opened_at, closed_at) VALUES (909, 908, 'triage', " NOON(5) ", " NOON(6) "), (910, 908, 'act', " NOON(6) ", "
	NOON(16) "), (911, 908, 'evaluate', " NOON(16) ", " NOON(17) ")",
};

static enum rc put_rows(struct store *st, const char *const *sql, size_t n, struct err *e)
{
	enum rc rc;
	AUTO_TXN txn = { 0 };

	if ((rc = txn_begin(&txn, st, "test.rows", e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		AUTO_STMT q = stmt_use(st, sql[i]);

		if ((rc = stmt_run(&q, e)) != RC_OK)
			return rc;
	}
	return txn_commit(&txn, e);
}

static void write_rows(const struct demo *d, const char *const *sql, size_t n)
{
	struct store_options options = { .path = d->database };
	struct store *st = NULL;
	struct err e = { 0 };

	if (store_open(&st, &options, &e) != RC_OK || put_rows(st, sql, n, &e) != RC_OK)
		fail_msg("%s", e.text);
	store_close(st);
}

static int setup(void **state)
{
	demo_setup(state);
	write_rows(*state, put_away, sizeof put_away / sizeof *put_away);
	write_rows(*state, rows, sizeof rows / sizeof *rows);
	return 0;
}

static void open_review(struct terminal *t)
{
	terminal_press(t, "^P");
	terminal_type(t, "督办");
	terminal_expect(t, ">督办");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 待批 ");
}

static void press_times(struct terminal *t, const char *key, int n)
{
	while (n-- > 0)
		terminal_press(t, key);
}

static void assert_above(struct terminal *t, const char *upper, const char *lower)
{
	int row = 0, row_below = 0;

	assert_true(terminal_find(t, upper, &row, NULL));
	assert_true(terminal_find(t, lower, &row_below, NULL));
	assert_true(row < row_below);
}

static void the_workbench_says_what_waits_and_leads_there(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	terminal_expect(t, "待批决议 2");
	terminal_expect(t, "设立充电棚");
	terminal_expect(t, "公示异议 1");
	terminal_expect(t, "公示至 11-18");
	terminal_press(t, "G");
	terminal_expect(t, "六事核查 3");
	press_all(t, (const char *[]){ "Up", "Enter", NULL });
	terminal_expect(t, "┌ 六事核查 ");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 工作台 ");
	press_all(t, (const char *[]){ "g", "Down", "Down", "Down", "Enter", NULL });
	terminal_expect(t, "┌ 待批 ");
	terminal_press(t, "F10");
	terminal_expect(t, "┌ 工作台 ");
	leave(t);
}

static void tab_and_arrows_turn_the_tabs_at_both_sizes(void **state)
{
	static const char *const frames[] = { "┌ 成效 ", "┌ 逾期 ", "┌ 异议 ", "┌ 六事核查 ", "┌ 待批 " };

	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		struct terminal *t = demo_start_as(*state, layouts[i].rows, layouts[i].cols, "head");

		open_review(t);
		terminal_expect(t, " 待批 2 ");
		terminal_expect(t, " 异议 1 ");
		assert_above(t, "设立充电棚", "同意三号楼加装电");         /* what was written first */
		terminal_expect(t, "￥12,345.00");
		for (size_t k = 0; k < 5; k++) {
			terminal_press(t, k % 2 ? "Right" : "Tab");
			terminal_expect(t, frames[k]);
		}
		terminal_press(t, "Shift-Tab");
		terminal_expect(t, " 六事核查 3");
		terminal_press(t, "Left");
		terminal_expect(t, "影响一楼采光");
		if (i == 1)
			terminal_expect(t, "公约修改");              /* the decision it is about, beside it */
		leave(t);
	}
}

static void outcomes_are_narrowed_and_that_is_kept(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_review(t);
	terminal_press(t, "Tab");
	terminal_expect(t, "近12个月 · ");
	terminal_expect(t, "按期 ");
	press_all(t, (const char *[]){ "f", "1", NULL });
	terminal_expect(t, "不限时间");
	terminal_type(t, "3");
	terminal_expect(t, "2026年11月 · ");
	press_all(t, (const char *[]){ "F7", "3", NULL });
	terminal_expect(t, "不限分类");
	terminal_type(t, "2");
	terminal_expect(t, "2026年11月 · 物业管理 · ");
	leave(t);

	t = demo_start_as(*state, 36, 120, "head");
	open_review(t);
	terminal_press(t, "Tab");
	terminal_expect(t, "2026年11月 · 物业管理 · ");
	terminal_press(t, "a");
	terminal_expect(t, "不限时间 · ");
	assert_false(terminal_shows(t, "隐藏"));
	leave(t);
}

static void a_matter_is_found_and_opened_and_the_list_stays(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_review(t);
	terminal_press(t, "Tab");
	terminal_press(t, "/");
	terminal_type(t, "井盖松动");
	terminal_expect(t, "1 条");
	terminal_press(t, "Left");             /* moves in the text */
	terminal_settle(t, 100, 1000);
	assert_true(terminal_shows(t, "┌ 成效 "));
	terminal_expect(t, "理1办6评1");
	terminal_expect(t, " 1天 ");           /* due on the 15th, a Sunday; done on the 16th */
	press_all(t, (const char *[]){ "Enter", "Enter", NULL });
	terminal_expect(t, "┌ DH-20261105-901");
	terminal_press(t, "Esc");
	terminal_expect(t, "查找「井盖松动」");
	terminal_press(t, "Esc");
	terminal_expect_gone(t, "查找「井盖松动」");
	leave(t);
}

static void a_finding_is_one_key_from_its_record(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");

	open_review(t);
	terminal_press(t, "Shift-Tab");
	terminal_expect(t, " 六事核查 3");
	press_times(t, "Down", 7);
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 无提事人评价 ");
	terminal_expect(t, "DH-20261105-901 井盖松动没人问过");
	terminal_expect(t, "结案（已解决），没有提事人的评价");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ DH-20261105-901");
	terminal_press(t, "Esc");
	terminal_expect(t, "没有提事人的评价");
	terminal_resize(t, 36, 120);
	terminal_expect(t, "┌ 六事核查 ");
	terminal_expect(t, "┬ 无提事人评价 ");
	terminal_press(t, "Esc");              /* to the checks */
	terminal_press(t, "Down");
	terminal_expect(t, "周四的异议还没有处理");
	terminal_resize(t, 24, 80);
	terminal_expect_gone(t, "周四的异议还没有处理");
	terminal_press(t, "Esc");
	terminal_expect(t, "┌ 工作台 ");
	leave(t);
}

/* Enter goes to the findings once they are there, not to a record nobody has seen. */
static void keys_that_come_at_once_lose_nothing(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "head");

	open_review(t);
	terminal_press(t, "Shift-Tab");
	terminal_expect(t, "┌ 六事核查 ");
	terminal_send(t, "jjjjjjj\r\r\r", 10);
	terminal_settle(t, 300, 3000);
	if (terminal_shows(t, "┌ 六事核查 "))
		terminal_press(t, "Enter");
	terminal_expect(t, "┌ DH-20261105-901");
	leave(t);
}

static void what_somebody_settles_leaves_the_list_by_itself(void **state)
{
	static const char *const settled[] = { "UPDATE objection SET state = 'dismissed' WHERE id = 907", "UPDATE meeting SET announced_day = 20763 WHERE id = 901" };
	struct terminal *t = demo_start_as(*state, 36, 120, "head");

	open_review(t);
	terminal_press(t, "Shift-Tab");
	terminal_expect(t, " 六事核查 3");
	write_rows(*state, settled, sizeof settled / sizeof *settled);
	terminal_expect(t, " 六事核查 1");
	terminal_expect(t, " 异议 0 ");
	leave(t);
}

static void the_number_of_who_objects_is_masked_until_it_is_asked_for(void **state)
{
	struct terminal *t = demo_start_as(*state, 36, 120, "head");

	open_review(t);
	terminal_press(t, "Tab");
	terminal_press(t, "Tab");
	terminal_press(t, "Tab");
	terminal_expect(t, "周四");
	terminal_press(t, "Enter");
	terminal_expect(t, "周四 139****5678：影响一楼采光");
	terminal_press(t, "End");
	terminal_expect(t, "显号码");
	terminal_type(t, "v");
	terminal_expect(t, "周四 电话 13900005678（已记入台账）");
	leave(t);
}

static void it_is_the_head_s_alone(void **state)
{
	static const char *const others[] = { "desk", "grid", "project" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct terminal *t = demo_start_as(*state, 24, 80, others[i]);

		terminal_expect(t, "┌ 工作台 ");
		assert_false(terminal_shows(t, "六事核查"));
		assert_false(terminal_shows(t, "待批决议"));
		terminal_press(t, "^P");
		terminal_type(t, "督办");
		terminal_settle(t, 200, 2000);
		assert_false(terminal_shows(t, ">督办"));
		leave(t);
	}
}

int main(void)
{
#define REVIEW_TEST(name) cmocka_unit_test_setup_teardown(name, setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		REVIEW_TEST(the_workbench_says_what_waits_and_leads_there),
		REVIEW_TEST(tab_and_arrows_turn_the_tabs_at_both_sizes),
		REVIEW_TEST(outcomes_are_narrowed_and_that_is_kept),
		REVIEW_TEST(a_matter_is_found_and_opened_and_the_list_stays),
		REVIEW_TEST(a_finding_is_one_key_from_its_record),
		REVIEW_TEST(keys_that_come_at_once_lose_nothing),
		REVIEW_TEST(what_somebody_settles_leaves_the_list_by_itself),
		REVIEW_TEST(the_number_of_who_objects_is_masked_until_it_is_asked_for),
		REVIEW_TEST(it_is_the_head_s_alone),
	};

	return cmocka_run_group_tests_name("screen-review", tests, NULL, NULL);
}
