/* Raising and correcting issues. */
#include "domain/issue.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/journal.h"
#include "town.h"

#define RAISED_BY_EACH 10

static void raising_fills_in_what_is_known(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "3幢2单元水管漏水", FILLS({ "unit", "2" }, { "room", "501" }, { "body", "从昨晚开始漏" }));

	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_string_equal(it.number, "DH-20261124-001");
	assert_string_equal(it.reporter_name, "王秀英");
	assert_string_equal(it.reporter_phone, "138****3321");
	assert_string_equal(it.place, "西林小区3幢2单元501室");
	assert_string_equal(it.grid, "03");
	assert_int_equal(it.grid_id, t->grid3);
	assert_int_equal(it.phase, PHASE_TRIAGE);
	assert_int_equal(it.status, STATUS_OPEN);
	assert_int_equal(it.raised_by, t->accounts[DESK]);
	assert_string_equal(it.raiser, "陈晓");
	assert_int_equal(it.raised_at, t->now);
	assert_int_equal(it.due_day, TOWN_TODAY + 7);          /* five working days */
	assert_string_equal(it.due_rule, "default normal");
	assert_int_equal(it.step_due_day, TOWN_TODAY + 1);
	assert_int_equal(it.round, 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE issue_id = :id", id), 2);
	assert_town_text(t, "SELECT result FROM phase WHERE issue_id = :id AND phase = 'raise' AND closed_at IS NOT NULL", id, "raised");
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE issue_id = :id AND phase = 'triage' AND closed_at IS NULL", id), 1);
}

static void the_record_comes_back_complete(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	AUTO_FREE char *number = NULL;
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "issue"));
	town_fill(t, &r, FILLS({ "reporter_kind", "self" }, { "reporter_id", NULL, t->li }, { "category", "traffic.road" }, { "urgency", "urgent" },
	                       { "channel", "phone" }, { "publicity", "public" }, { "title", "路灯不亮" }));
	assert_ok(issue_raise(&t->of, &r, &number, &e));
	assert_string_equal(number, "DH-20261124-001");
	assert_true(r.id != 0);
	assert_int_equal(r.rev, town_int(t, "SELECT rev FROM issue WHERE id = :id", r.id));
	assert_string_equal(record_text(&r, "reporter_name"), "李建国");
	assert_string_equal(record_text(&r, "reporter_phone"), "13900001234");
	/* no building: the reporter's grid */
	assert_int_equal(town_int(t, "SELECT grid_id FROM issue WHERE id = :id", r.id), t->grid5);
}

static void what_was_typed_outranks_what_the_register_says(void **state)
{
	struct town *t = *state;
	int64_t id = town_raise(t, "楼道堆物", FILLS({ "reporter_name", "王阿姨" }, { "reporter_phone", "057385001234" }));

	assert_town_text(t, "SELECT reporter_name FROM issue WHERE id = :id", id, "王阿姨");
	assert_town_text(t, "SELECT reporter_phone FROM issue WHERE id = :id", id, "057385001234");
}

static void the_grid_is_the_buildings_before_the_reporters(void **state)
{
	struct town *t = *state;

	assert_int_equal(town_int(t, "SELECT grid_id FROM issue WHERE id = :id",
	                          town_raise(t, "下水道堵", FILLS({ "reporter_id", NULL, t->li }, { "building_id", NULL, t->building3 }))), t->grid3);
	assert_int_equal(town_int(t, "SELECT coalesce(grid_id, 0) FROM issue WHERE id = :id",
	                          town_raise(t, "广场舞太吵", FILLS({ "reporter_id", NULL, t->zhang }, { "building_id", NULL, 0 }))), 0);
}

static void what_is_missing_is_asked_for_at_its_field(void **state)
{
	static const struct { const char *field, *typed, *at, *words; } cases[] = {
		{ "reporter_id", NULL, "reporter_id", "匿名" },
		{ "reporter_kind", "behalf", "behalf_name", "代报人" },
		{ "reporter_kind", NULL, "reporter_kind", "" },
		{ "category", NULL, "category", "" },
		{ "category", "property", "category", "小类" },
		{ "title", NULL, "title", "" },
		{ "urgency", NULL, "urgency", "" },
		{ "channel", NULL, "channel", "" },
	};
	struct town *t = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fill fills[2] = { { cases[i].field, cases[i].typed, 0 } };

		assert_refused(town_try_raise(t, "水管漏水", fills, NULL, &e), RC_INVALID, cases[i].at, cases[i].words);
	}
	assert_refused(town_try_raise(t, "水管漏水", FILLS({ "reporter_id", NULL, 4711 }), NULL, &e), RC_INVALID, "reporter_id", "重新选定");
	assert_refused(town_try_raise(t, "水管漏水", FILLS({ "building_id", NULL, 4711 }), NULL, &e), RC_INVALID, "building_id", "另选地点");
	assert_int_equal(town_int(t, "SELECT count(*) FROM issue", 0), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase", 0), 0);
}

static void a_failed_raise_leaves_the_record_as_it_was(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "issue"));
	town_fill(t, &r, FILLS({ "reporter_kind", "self" }, { "reporter_id", NULL, t->wang }, { "title", "水管漏水" }));
	assert_code(issue_raise(&t->of, &r, NULL, &e), RC_INVALID);
	assert_int_equal(r.id, 0);
	assert_string_equal(record_text(&r, "reporter_name"), "");
	assert_string_equal(record_text(&r, "title"), "水管漏水");
}

static void anonymous_and_behalf_are_raised_too(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	AUTO_ISSUE it = { 0 };
	int64_t anonymous = town_raise(t, "有人夜里烧电缆", FILLS({ "reporter_kind", "anonymous" }));

	assert_ok(issue_load(&t->of, anonymous, &it, &e));
	assert_string_equal(it.reporter_kind, "anonymous");
	assert_string_equal(it.reporter_name, "");
	assert_int_equal(it.reporter_id, 0);
	town_raise(t, "老人家里没电", FILLS({ "reporter_kind", "behalf" }, { "behalf_name", "女儿" }, { "behalf_phone", "13800001111" }));
}

static void numbers_count_each_day_and_are_not_given_twice(void **state)
{
	struct town *t = *state;

	for (int i = 1; i <= 12; i++) {
		AUTO_FREE char *wanted = mem_format("DH-20261124-%03d", i);

		assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "第几件", NULL), wanted);
	}
	town_write(t, "UPDATE issue SET number = 'DH-20261124-999' WHERE number = 'DH-20261124-012' AND :id", 1);
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "很忙的一天", NULL), "DH-20261124-1000");
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "很忙的一天", NULL), "DH-20261124-1001");
	town_set_day(t, "2026-11-25");
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "第二天", NULL), "DH-20261125-001");
}

static void a_desk_with_a_letter_has_its_own_numbers(void **state)
{
	struct town *t = *state;

	town_raise(t, "没有字母", NULL);
	town_write(t, "UPDATE issue SET number = 'DH-20261124-B005' WHERE :id", 1);
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "没有字母", NULL), "DH-20261124-001");
}

static void two_offices_raise_at_once_and_get_two_numbers(void **state)
{
	struct town *t = *state, *other = town_second(t);
	int64_t a = town_raise(t, "甲楼漏水", NULL), b = town_raise(other, "乙楼漏水", NULL);

	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", a, "DH-20261124-001");
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", b, "DH-20261124-002");
	town_close_second(other);
}

/* One of several processes that raise at the same time: 0 if all went well. */
static int raise_in_a_process(struct town *t, enum town_account who)
{
	struct town *mine = town_second(t);

	town_as(mine, who);
	for (int i = 0; i < RAISED_BY_EACH; i++)
		town_raise(mine, "水管漏水", NULL);
	town_close_second(mine);
	return 0;
}

static void processes_that_raise_at_once_get_each_number_once(void **state)
{
	static const enum town_account who[] = { DESK, GRID3, PROJECT, HEAD };
	struct town *t = *state;
	pid_t children[COUNT(who)];

	store_close(t->st);           /* a connection must not live through a fork */
	for (size_t i = 0; i < COUNT(who); i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			_exit(raise_in_a_process(t, who[i]));
	}
	for (size_t i = 0; i < COUNT(who); i++) {
		int status;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	{
		struct store_options options = { .path = t->path };
		struct err e = { 0 };

		assert_ok(store_open(&t->st, &options, &e));
		t->of.st = t->st;
	}
	assert_int_equal(town_int(t, "SELECT count(DISTINCT number) FROM issue", 0), COUNT(who) * RAISED_BY_EACH);
	assert_town_text(t, "SELECT max(number) FROM issue", 0, "DH-20261124-040");
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE phase = 'triage' AND closed_at IS NULL", 0), COUNT(who) * RAISED_BY_EACH);
}

static void who_may_raise(void **state)
{
	static const struct { enum town_account who; enum rc rc; } cases[] = {
		{ DESK, RC_OK }, { GRID3, RC_OK }, { GRID5, RC_OK }, { CANTEEN, RC_OK }, { PROJECT, RC_OK }, { HEAD, RC_OK }, { ADMIN, RC_DENIED },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		town_as(t, cases[i].who);
		assert_code(town_try_raise(t, "水管漏水", NULL, NULL, &e), cases[i].rc);
	}
}

static void hostile_text_is_kept_harmless(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "issue"));
	town_fill(t, &r, FILLS({ "reporter_kind", "self" }, { "reporter_id", NULL, t->wang }, { "category", "property.leak" }, { "urgency", "normal" },
	                       { "channel", "window" }, { "publicity", "internal" }, { "title", "\x1b[2J漏水'); DROP TABLE issue;--" }));
	assert_ok(issue_raise(&t->of, &r, NULL, &e));
	assert_town_text(t, "SELECT title FROM issue WHERE id = :id", r.id, "[2J漏水'); DROP TABLE issue;--");
	value_set_text(record_value(&r, "title"), "\x1b[2J漏水");
	r.id = r.rev = 0;
	assert_code(issue_raise(&t->of, &r, NULL, &e), RC_INVALID);
	assert_string_equal(e.field, "title");
}

/* Correcting --------------------------------------------------------------------------------------------------------------------- */

static enum rc edit(struct town *t, int64_t id, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "issue"));
	if (record_load(t->of.st, r.form, id, &r, e) != RC_OK)
		return e->code;
	town_fill(t, &r, fills);
	return issue_edit(&t->of, &r, e);
}

static void who_may_edit_what(void **state)
{
	static const struct { enum town_account who; const char *day; enum rc rc; const char *words; } cases[] = {
		{ DESK, "2026-11-24", RC_OK, "" }, { DESK, "2026-11-25", RC_DENIED, "当天" },
		{ GRID3, "2026-11-25", RC_OK, "" }, { GRID5, "2026-11-25", RC_DENIED, "03网格" },
		{ CANTEEN, "2026-11-24", RC_DENIED, "修改事项" }, { PROJECT, "2026-11-24", RC_DENIED, "修改事项" },
		{ HEAD, "2026-12-30", RC_OK, "" }, { ADMIN, "2026-11-24", RC_DENIED, "修改事项" },
	};
	struct town *t = *state;
	int64_t id = town_raise(t, "水管漏水", NULL);

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *title = mem_format("水管漏水%zu", i);
		struct err e = { 0 };

		town_as(t, cases[i].who);
		town_set_day(t, cases[i].day);
		assert_refused(edit(t, id, FILLS({ "title", title }), &e), cases[i].rc, "", cases[i].words);
	}
	town_set_day(t, "2026-11-24");
	town_as(t, GRID3);
	id = town_raise(t, "不是前台登记的", NULL);
	town_as(t, DESK);
	{
		struct err e = { 0 };

		assert_refused(edit(t, id, FILLS({ "title", "改一改" }), &e), RC_DENIED, "", "自己当天登记");
	}
}

static void a_stale_edit_conflicts_and_changes_nothing(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	record_init(&mine, form_find(t->of.forms, "issue"));
	assert_ok(record_load(t->of.st, mine.form, id, &mine, &e));
	assert_ok(edit(t, id, FILLS({ "title", "水管爆裂" }), &e));
	town_fill(t, &mine, FILLS({ "title", "水管渗水" }, { "category", "discuss.rule" }));
	assert_code(issue_edit(&t->of, &mine, &e), RC_CONFLICT);
	assert_town_text(t, "SELECT title FROM issue WHERE id = :id", id, "水管爆裂");
	assert_int_equal(town_int(t, "SELECT due_day FROM issue WHERE id = :id", id), TOWN_TODAY + 7);
}

static void another_category_or_urgency_moves_the_deadline_by_the_difference(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_ok(edit(t, id, FILLS({ "category", "dispute.neighbour" }), &e));      /* 13 working days */
	assert_int_equal(town_int(t, "SELECT due_day FROM issue WHERE id = :id", id), 20781 + 17);
	assert_town_text(t, "SELECT due_rule FROM issue WHERE id = :id", id, "dispute normal");
	town_write(t, "UPDATE issue SET due_day = due_day + 1 WHERE id = :id", id);   /* an extension of a working day */
	assert_ok(edit(t, id, FILLS({ "category", "property.leak" }, { "urgency", "emergency" }), &e));
	assert_int_equal(town_int(t, "SELECT due_day FROM issue WHERE id = :id", id), TOWN_TODAY + 1);
	assert_town_text(t, "SELECT due_rule FROM issue WHERE id = :id", id, "default emergency");
	assert_ok(edit(t, id, FILLS({ "title", "水管漏水更大了" }), &e));
	assert_int_equal(town_int(t, "SELECT due_day FROM issue WHERE id = :id", id), TOWN_TODAY + 1);
}

static void another_building_moves_it_to_another_grid(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_ok(edit(t, id, FILLS({ "building_id", NULL, t->building5 }), &e));
	assert_int_equal(town_int(t, "SELECT grid_id FROM issue WHERE id = :id", id), t->grid5);
}

static void a_closed_issue_is_edited_by_the_head_only(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	town_take(t, id, "withdraw", FILLS({ "reason", "自己修好了" }));
	assert_refused(edit(t, id, FILLS({ "title", "改标题" }), &e), RC_DENIED, "", "已结");
	town_as(t, HEAD);
	assert_ok(edit(t, id, FILLS({ "title", "改标题" }, { "urgency", "urgent" }), &e));
	assert_int_equal(town_int(t, "SELECT due_day FROM issue WHERE id = :id", id), TOWN_TODAY + 7);
}

static void undo_takes_a_raise_and_an_edit_back(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;
	AUTO_ISSUE it = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_ok(edit(t, id, FILLS({ "title", "水管爆裂" }, { "urgency", "urgent" }), &e));
	assert_ok(journal_undo(t->st, t->of.me.id, &first, &e));
	assert_town_text(t, "SELECT title || due_rule FROM issue WHERE id = :id", id, "水管漏水default normal");
	assert_ok(journal_undo(t->st, t->of.me.id, &second, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM issue WHERE id = :id AND deleted_at IS NULL", id), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase", 0), 0);
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "另一件", NULL), "DH-20261124-002");
}

/* Receipt, phone ------------------------------------------------------------------------------------------------------------------- */

static void a_receipt_fits_forty_columns_and_masks_names(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF out = { 0 };
	struct err e = { 0 };
	int64_t id = town_raise(t, "三幢二单元五楼到六楼之间的楼梯扶手松动而且灯也不亮了老人上下楼很危险请尽快派人来修一修",
	                        FILLS({ "place_note", "东门进来第一个楼道" }));

	assert_ok(issue_receipt(&t->of, id, &out, &e));
	assert_non_null(strstr(out.s, "DH-20261124-001"));
	assert_non_null(strstr(out.s, "王**"));
	assert_null(strstr(out.s, "王秀英"));
	assert_null(strstr(out.s, "13800003321"));
	assert_non_null(strstr(out.s, "0573-85000000"));
	assert_non_null(strstr(out.s, "2026-12-01 前办结"));
	assert_non_null(strstr(out.s, "03网格"));
	for (char *line = strtok(out.s, "\n"); line; line = strtok(NULL, "\n"))
		if (text_width(line) > 40)
			fail_msg("%d columns: %s", text_width(line), line);
}

static void a_revealed_phone_is_noted_first(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_ok(issue_reveal(&t->of, id, "reporter_phone", &plain, &e));
	assert_string_equal(plain, "13800003321");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'issue' AND record_id = :id AND field = 'reporter_phone'", id), 1);
	assert_refused(issue_reveal(&t->of, id, "title", &plain, &e), RC_INVALID, "", "没有遮盖");
	town_as(t, GRID5);
	assert_refused(issue_reveal(&t->of, id, "reporter_phone", &plain, &e), RC_DENIED, "", "03网格");
	town_as(t, CANTEEN);
	assert_refused(issue_reveal(&t->of, id, "reporter_phone", &plain, &e), RC_DENIED, "", "完整号码");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal", 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(raising_fills_in_what_is_known),
		TOWN_TEST(the_record_comes_back_complete),
		TOWN_TEST(what_was_typed_outranks_what_the_register_says),
		TOWN_TEST(the_grid_is_the_buildings_before_the_reporters),
		TOWN_TEST(what_is_missing_is_asked_for_at_its_field),
		TOWN_TEST(a_failed_raise_leaves_the_record_as_it_was),
		TOWN_TEST(anonymous_and_behalf_are_raised_too),
		TOWN_TEST(numbers_count_each_day_and_are_not_given_twice),
		TOWN_TEST(a_desk_with_a_letter_has_its_own_numbers),
		TOWN_TEST(two_offices_raise_at_once_and_get_two_numbers),
		TOWN_TEST(processes_that_raise_at_once_get_each_number_once),
		TOWN_TEST(who_may_raise),
		TOWN_TEST(hostile_text_is_kept_harmless),
		TOWN_TEST(who_may_edit_what),
		TOWN_TEST(a_stale_edit_conflicts_and_changes_nothing),
		TOWN_TEST(another_category_or_urgency_moves_the_deadline_by_the_difference),
		TOWN_TEST(another_building_moves_it_to_another_grid),
		TOWN_TEST(a_closed_issue_is_edited_by_the_head_only),
		TOWN_TEST(undo_takes_a_raise_and_an_edit_back),
		TOWN_TEST(a_receipt_fits_forty_columns_and_masks_names),
		TOWN_TEST(a_revealed_phone_is_noted_first),
	};

	return cmocka_run_group_tests_name("domain-issue-raise", tests, NULL, NULL);
}
