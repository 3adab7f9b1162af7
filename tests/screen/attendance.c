/* 签到 and 服务时长 through the terminal: a day is marked, corrected, approved by somebody else, and becomes a certificate. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "resident_steps.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"
#include "test.h"

/* What the demo community has of its own is put away, so that what is counted is what stands below. It is 2026-11-24 (20781), 09:41. The grid worker
 * 沈建明 serves as a volunteer too. */
static const char *const rows[] = {
	"/*scan*/ UPDATE shift SET deleted_at = 1", "/*scan*/ UPDATE attendance SET deleted_at = 1", "/*scan*/ UPDATE volunteer SET deleted_at = 1",
	"INSERT INTO volunteer (id, number, name, phone, sex, status, services) VALUES"
	" (9001, 'ZY-9001', '丁二喜', '13800009001', '1', 'active', 'meals'), (9002, 'ZY-9002', '沈建明', '13800009002', '1', 'active', 'meals'),"
	" (9003, 'ZY-9003', '马四海', '13800009003', '2', 'active', 'meals')",
	"INSERT INTO shift (id, service, title, day, begin_min, end_min, state) VALUES (9101, 'meals', '早餐送到户', 20781, 480, 570, 'published'),"
	" (9102, 'meals', '午餐备餐', 20781, 575, 660, 'published'), (9103, 'visit', '探望独居老人', 20780, 540, 630, 'published')",
	"INSERT INTO assignment (id, shift_id, volunteer_id, way, state) VALUES (9201, 9101, 9001, 'assigned', 'confirmed'),"
	" (9202, 9101, 9002, 'assigned', 'confirmed'), (9203, 9102, 9003, 'assigned', 'confirmed'), (9204, 9103, 9001, 'assigned', 'confirmed')",
};

static enum rc put_rows(struct store *st, const char *const *list, size_t n, struct err *e)
{
	AUTO_TXN txn = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&txn, st, "test.rows", e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		AUTO_STMT q = stmt_use(st, list[i]);

		if ((rc = stmt_run(&q, e)) != RC_OK)
			return rc;
	}
	return txn_commit(&txn, e);
}

static void write_these(const struct demo *d, const char *const *list, size_t n)
{
	struct store_options options = { .path = d->database };
	struct store *st = NULL;
	struct err e = { 0 };

	if (store_open(&st, &options, &e) != RC_OK || put_rows(st, list, n, &e) != RC_OK)
		fail_msg("%s", e.text);
	store_close(st);
}

static void write_rows(const struct demo *d)
{
	write_these(d, rows, COUNT(rows));
}

static int setup(void **state)
{
	demo_setup(state);
	write_rows(*state);
	return 0;
}

static void open_by_name(struct terminal *t, const char *name, const char *frame)
{
	AUTO_FREE char *row = mem_format(">%s", name);

	terminal_press(t, "^P");
	terminal_type(t, name);
	terminal_expect(t, row);
	terminal_press(t, "Enter");
	terminal_expect(t, frame);
}

static struct terminal *open_day(const struct demo *d, const struct layout *size, const char *login)
{
	struct terminal *t = demo_start_as(d, size->rows, size->cols, login);

	open_by_name(t, "签到", "┌ 签到 · 2026-11-24 周二（今天）");
	return t;
}

/* What a row says after the name; the row is looked for among those of the list, not in the message line. */
static void expect_row(struct terminal *t, const char *name, const char *words)
{
	AUTO_FREE char *first = mem_format("│ %s", name);
	int row, col;

	for (int i = 0; i < 100; i++) {
		if (terminal_find(t, first, &row, &col) && strstr(terminal_row(t, row), words))
			return;
		terminal_settle(t, 20, 200);
	}
	fail_msg("no \"%s\" behind %s:\n%s", words, name, terminal_screen(t));
}

/* Both on the breakfast shift: the first came, the second is put down wrongly and corrected. */
static void mark_breakfast(struct terminal *t)
{
	terminal_press(t, "Home");
	terminal_press(t, "Space");
	terminal_expect(t, "丁二喜 已记：到");
	expect_row(t, "丁二喜", "到    08:00-");
	terminal_press(t, "F6");                  /* the next one is chosen by itself */
	terminal_expect(t, "沈建明 已记：爽约");
	expect_row(t, "沈建明", "爽约");
	terminal_press(t, "Up");
	terminal_press(t, "F5");
	terminal_expect(t, "沈建明 已记：迟到");
	terminal_press(t, "Space");
	terminal_expect(t, "沈建明 已记：到");
	expect_row(t, "沈建明", "90分钟");
}

static void a_day_is_marked_with_one_key_a_person_and_corrected(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		struct demo one;
		struct terminal *t;

		demo_make(&one);
		write_rows(&one);
		t = open_day(i == 0 ? *state : &one, &layouts[i], "desk");
		terminal_expect(t, "08:00-09:30 早餐送到户 · 送餐");
		terminal_expect(t, "3人 · 到0 · 迟到0 · 爽约0 · 请假0 · 未签3");
		terminal_press(t, "Home");
		if (layouts[i].cols == 80)
			terminal_expect(t, "F1帮助 空格到 F5迟到 F6爽约 F7请假 [前日 ]次日 F4时间 F3日期 … ^P命令 F10返回");
		mark_breakfast(t);
		assert_false(terminal_shows(t, "空格到"));        /* he came already: the key would do nothing */
		terminal_press(t, "Down");
		terminal_press(t, "F7");
		terminal_expect(t, "马四海 已记：请假");
		terminal_expect(t, "3人 · 到2 · 迟到0 · 爽约0 · 请假1 · 未签0 · 待核定2");
		assert_false(terminal_shows(t, "13800009003"));
		terminal_type(t, "v");
		terminal_expect(t, "马四海 电话 13800009003（已记入台账）");
		terminal_press(t, "[");
		terminal_expect(t, "┌ 签到 · 2026-11-23 周一");
		terminal_expect(t, "探望独居老人");
		terminal_type(t, "d");
		terminal_expect(t, "看哪一天");
		terminal_type(t, "明天");
		terminal_press(t, "Enter");
		terminal_expect(t, "这一天没有排班");
		leave(t);
		demo_remove(&one);
	}
}

static void hours_are_approved_by_somebody_else_one_by_one_or_a_day_at_once(void **state)
{
	struct terminal *t = open_day(*state, &layouts[0], "grid");

	mark_breakfast(t);
	terminal_press(t, "F8");
	terminal_expect(t, "沈建明的时长不能由本人核定");
	expect_row(t, "沈建明", "由他人核定");
	terminal_press(t, "Up");
	terminal_type(t, "P");
	terminal_expect(t, "核定多少分钟");
	terminal_type(t, "91");
	terminal_press(t, "Enter");
	terminal_expect(t, "最多核定90分钟");
	terminal_type(t, "P");
	terminal_expect(t, "核定多少分钟");
	terminal_type(t, "80");
	terminal_press(t, "Enter");
	terminal_expect(t, "丁二喜 已核定80分钟");
	expect_row(t, "丁二喜", "已核80分钟");
	leave(t);
	t = open_day(*state, &layouts[1], "head");
	terminal_press(t, "F9");
	terminal_expect(t, "核定这一天所有待核定的时长");
	terminal_type(t, "y");
	terminal_expect(t, "已核定1人");
	expect_row(t, "沈建明", "已核90分钟");
	leave(t);
}

static void times_and_extra_work_are_typed_and_what_is_wrong_stands_at_its_field(void **state)
{
	struct terminal *t = open_day(*state, &layouts[0], "grid");

	terminal_press(t, "F4");
	terminal_expect(t, "┌ 签到");
	go_to_field(t, "离开");
	terminal_press(t, "^U");
	terminal_type(t, "0700");
	terminal_press(t, "^S");
	terminal_expect(t, "! 离开要晚于到");
	go_to_field(t, "离开");
	terminal_press(t, "^U");
	terminal_type(t, "0915");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存签到");
	expect_row(t, "丁二喜", "08:00-09:15  75分钟");
	terminal_press(t, "F2");
	terminal_expect(t, "┌ 补记服务");
	terminal_type(t, "马四海");
	terminal_expect(t, ">马四海");
	terminal_press(t, "Enter");
	go_to_field(t, "服务");
	terminal_type(t, "探访");
	terminal_press(t, "Enter");
	go_to_field(t, "内容");
	terminal_type(t, "陪老人说话");
	terminal_press(t, "^S");
	terminal_expect(t, "! 请填服务时长");
	go_to_field(t, "服务时长");
	terminal_type(t, "40");
	terminal_press(t, "^S");
	terminal_expect(t, "已保存补记服务");
	terminal_expect(t, "排班以外的服务");
	terminal_type(t, "h");
	terminal_expect(t, "┌ 变更记录 · 签到");
	terminal_expect(t, "离开：（空） -> 09:15");
	terminal_press(t, "F10");
	terminal_expect(t, "排班以外的服务");
	terminal_press(t, "End");
	terminal_type(t, "X");
	terminal_expect(t, "为什么删除这条补记");
	terminal_type(t, "记错了人");
	terminal_press(t, "Enter");
	terminal_expect(t, "已删除，按 Ctrl-Z 可以撤销");
	terminal_expect_gone(t, "排班以外的服务");
	terminal_press(t, "^Z");
	terminal_expect(t, "排班以外的服务");
	leave(t);
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

/* From the paper: into a file, and back as text. */
static char *store_pdf(struct terminal *t, const char *path)
{
	terminal_type(t, "s");
	terminal_expect(t, "PDF");
	terminal_press(t, "^U");
	terminal_type(t, path);
	terminal_press(t, "Enter");
	terminal_expect(t, "proof.pdf");
	for (int i = 0; i < 50 && access(path, R_OK) != 0; i++)
		terminal_settle(t, 50, 200);
	return text_of_pdf(path);
}

static void approved_hours_become_a_certificate_and_a_voided_one_is_marked(void **state)
{
	static const char *const wanted[] = {
		"志愿服务记录证明", "ZM-20261124-01", "姓名丁二喜", "ZY-9001", "早餐送到户", "1.5小时（90分钟）", "负责人俞国华", "0573-85000000", "民政部令第67号",
	};
	const struct demo *d = *state;
	AUTO_FREE char *path = mem_format("%s/proof.pdf", d->home), *text = NULL;
	struct terminal *t = open_day(d, &layouts[0], "head");

	terminal_press(t, "Space");
	terminal_expect(t, "丁二喜 已记：到");
	terminal_press(t, "Up");
	terminal_press(t, "F8");
	terminal_expect(t, "丁二喜 已核定90分钟");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 服务时长");
	terminal_expect(t, "1.5小时（90分钟） · 1次");
	terminal_expect(t, "0星，离下一星还差98.5小时");
	terminal_press(t, "F5");
	terminal_expect(t, "┌ 志愿服务记录证明");
	terminal_press(t, "^S");
	terminal_expect(t, "! 请填写「负责人」");
	go_to_field(t, "负责人");
	terminal_type(t, "俞国华");
	go_to_field(t, "联系方式");
	terminal_type(t, "0573-85000000");
	terminal_press(t, "^S");
	terminal_expect(t, "┌ 志愿服务记录证明 · ZM-20261124-01");
	text = store_pdf(t, path);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strstr(text, wanted[i]) == NULL)
			fail_msg("no %s in %s", wanted[i], text);
	terminal_press(t, "F10");
	terminal_expect(t, "开出的证明");
	terminal_press(t, "^Z");
	terminal_expect(t, "证明「ZM-20261124-01」已经开出，不能撤销");
	for (int i = 0; i < 5; i++)
		terminal_press(t, "Down");
	terminal_press(t, "F8");
	terminal_expect(t, "为什么作废");
	terminal_type(t, "用途写错");
	terminal_press(t, "Enter");
	terminal_expect(t, "已作废：用途写错");
	terminal_press(t, "Enter");
	terminal_expect(t, "【已作废】");
	leave(t);
}

static char *read_file(const char *path)
{
	AUTO_STRBUF text = { 0 };
	FILE *f = fopen(path, "r");
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		strbuf_add_char(&text, (char)c);
	fclose(f);
	return strbuf_take(&text);
}

/* What tests/tools/read_xlsx.py makes of a workbook. */
static char *sheets_of(const char *path)
{
	AUTO_FREE char *command = mem_format("PYTHONIOENCODING=utf-8 python3 '" YL_SOURCE_DIR "/tests/tools/read_xlsx.py' '%s'", path);
	AUTO_STRBUF text = { 0 };
	FILE *f = popen(command, "r");
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		strbuf_add_char(&text, (char)c);
	assert_int_equal(pclose(f), 0);
	return strbuf_take(&text);
}

static void export_to(struct terminal *t, const char *path, const char *answer)
{
	terminal_type(t, "x");
	terminal_expect(t, "导出到文件");
	terminal_expect(t, "服务时长-20261124.xlsx");
	terminal_press(t, "^U");
	terminal_type(t, path);
	terminal_press(t, "Enter");
	terminal_expect(t, answer);
}

static void the_ledger_is_narrowed_and_written_out(void **state)
{
	static const char *const in_sheets[] = {
		"sheet 明细 frozen=1", "明细!B2 s 沈建明\n", "明细!I2 n 90 0\n", "按志愿者!A2 s 丁二喜\n", "按志愿者!C2 n 1.5 0.0\n", "按志愿者!D2 n 1.5 0.0\n",
		"按月!A2 n 46327 yyyy-mm\n", "chart bar 每月的服务时长",
	};
	static const char *const wanted[] = {
		"\"2026-11-24\",\"丁二喜\",\"ZY-9001\",\"送餐\",\"早餐送到户\",\"到\",\"1.5\",\"1.5\",\"90\",\"俞国华\"",
		"\"2026-11-23\",\"丁二喜\",\"ZY-9001\",\"探访\",\"探望独居老人\",\"到\",\"1.5\",\"\",\"\",\"\"",
	};
	const struct demo *d = *state;
	AUTO_FREE char *path = mem_format("%s/hours.csv", d->home), *book = mem_format("%s/hours.xlsx", d->home), *text = NULL, *sheets = NULL;
	struct terminal *t = open_day(d, &layouts[1], "head");

	mark_breakfast(t);
	terminal_press(t, "F9");
	terminal_expect(t, "核定这一天");
	terminal_type(t, "y");
	terminal_expect(t, "已核定2人");
	terminal_press(t, "[");
	terminal_expect(t, "2026-11-23");
	terminal_press(t, "Space");
	terminal_expect(t, "丁二喜 已记：到");
	open_by_name(t, "服务时长", "┌ 服务时长");
	terminal_expect(t, "3 条");
	terminal_expect(t, "┬ 累计");
	terminal_type(t, "/");
	terminal_type(t, "dex");
	terminal_expect(t, "2 条");
	terminal_press(t, "Esc");
	terminal_expect(t, "3 条");
	terminal_press(t, "F7");
	terminal_expect(t, "只看待核定的");
	terminal_type(t, "3");
	terminal_expect(t, "待核定 · 1 条");
	terminal_type(t, "a");
	terminal_expect(t, "3 条");
	export_to(t, path, "已导出 3 行");
	text = read_file(path);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strstr(text, wanted[i]) == NULL)
			fail_msg("no %s in %s", wanted[i], text);
	export_to(t, path, "已经存在");
	terminal_press(t, "Esc");
	export_to(t, "hours.doc", "以 .xlsx（表格）或 .csv 结尾");
	export_to(t, book, "已导出 3 行");
	sheets = sheets_of(book);
	for (size_t i = 0; i < COUNT(in_sheets); i++)
		if (strstr(sheets, in_sheets[i]) == NULL)
			fail_msg("no %s in %s", in_sheets[i], sheets);
	leave(t);
}

static int64_t count_rows(const struct demo *d, const char *sql)
{
	struct store_options options = { .path = d->database };
	struct store *st = NULL;
	struct err e = { 0 };
	int64_t n = -1;

	if (store_open(&st, &options, &e) != RC_OK)
		fail_msg("%s", e.text);
	{
		AUTO_STMT q = stmt_use(st, sql);

		if (stmt_int(&q, &n, &e) != RC_OK)
			fail_msg("%s", e.text);
	}
	store_close(st);
	return n;
}

static void points_that_passed_their_day_are_entered_while_nobody_types(void **state)
{
	static const char *const entries[] = {
		"INSERT INTO point_entry (id, move_id, volunteer_id, points, kind, expires_day, at) VALUES (9301, 9301, 9001, 10, 'earned', 20780, 1),"
		" (9302, 9301, NULL, -10, 'earned', NULL, 1), (9303, 9303, 9003, 10, 'earned', 20781, 1), (9304, 9303, NULL, -10, 'earned', NULL, 1)",
	};
	const struct demo *d = *state;
	struct terminal *t;

	write_these(d, entries, COUNT(entries));
	t = open_day(d, &layouts[0], "canteen");
	terminal_settle(t, 300, 3000);
	assert_int_equal(count_rows(d, "SELECT count(*) FROM point_entry WHERE kind = 'expired' /*scan*/"), 0);     /* not the canteen's business */
	leave(t);
	t = open_day(d, &layouts[0], "grid");
	for (int i = 0; i < 50 && count_rows(d, "SELECT count(*) FROM point_entry WHERE kind = 'expired' /*scan*/") == 0; i++)
		terminal_settle(t, 100, 1000);
	assert_int_equal(count_rows(d, "SELECT sum(points) FROM point_entry WHERE volunteer_id = 9001"), 0);
	assert_int_equal(count_rows(d, "SELECT sum(points) FROM point_entry WHERE volunteer_id = 9003"), 10);       /* today still counts */
	terminal_press(t, "^Z");
	terminal_expect(t, "没有可以撤销的操作");
	leave(t);
}

static void hours_are_a_key_away_from_a_volunteer(void **state)
{
	struct terminal *t = open_day(*state, &layouts[0], "desk");

	terminal_press(t, "Space");
	terminal_expect(t, "丁二喜 已记：到");
	terminal_press(t, "Alt-4");
	terminal_expect(t, "┌ 志愿者");
	terminal_press(t, "/");
	terminal_type(t, "ZY-9001");
	terminal_expect(t, "1 条");
	terminal_press(t, "Enter");
	terminal_press(t, "Enter");
	terminal_expect(t, "┌ 志愿者 · 丁二喜");
	terminal_press(t, "F9");
	terminal_expect(t, "┌ 服务时长");
	terminal_expect(t, "1.5小时（90分钟）");
	assert_false(terminal_shows(t, "F5证明"));       /* the desk issues none */
	leave(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_day_is_marked_with_one_key_a_person_and_corrected, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(hours_are_approved_by_somebody_else_one_by_one_or_a_day_at_once, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(times_and_extra_work_are_typed_and_what_is_wrong_stands_at_its_field, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(approved_hours_become_a_certificate_and_a_voided_one_is_marked, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_ledger_is_narrowed_and_written_out, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(points_that_passed_their_day_are_entered_while_nobody_types, setup, demo_teardown),
		cmocka_unit_test_setup_teardown(hours_are_a_key_away_from_a_volunteer, setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("attendance", tests, NULL, NULL);
}
