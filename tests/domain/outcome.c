/* What happened at the door: who may say it, when, how it is corrected, and what follows from it. */
#include "domain/outcome.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/undo.h"
#include "door.h"

#define ROW "SELECT coalesce(outcome, '-') || ' ' || coalesce(condition, '-') || ' ' || coalesce(outcome_note, '-') FROM meal_order WHERE id = :id"
#define AT "SELECT outcome_at FROM meal_order WHERE id = :id"
#define MINUTE 60000

static enum rc try_set(struct town *t, int64_t order, struct outcome_entry x, struct err *e)
{
	struct outcome_said said;

	return outcome_set(&t->of, order, &x, &said, e);
}

static void an_outcome_says_what_when_and_who_was_there(void **state)
{
	struct town *t = *state;
	struct door d;
	struct outcome_said said;
	struct err e = { 0 };
	int64_t rows;

	door_setup(t, &d);
	assert_ok(outcome_set(&t->of, d.of_wang, &(struct outcome_entry){ .code = "s1", .condition = "fair", .note = "咳嗽" }, &said, &e));
	assert_town_text(t, ROW, d.of_wang, "s1 fair 咳嗽");
	assert_true(town_int(t, AT, d.of_wang) == t->now);
	assert_true(town_int(t, "SELECT outcome_volunteer_id FROM meal_order WHERE id = :id", d.of_wang) == d.carrier);
	assert_true(town_int(t, "SELECT outcome_by FROM meal_order WHERE id = :id", d.of_wang) == t->accounts[CANTEEN]);
	assert_false(said.check_id || said.check_closed || said.clock_at || said.offer_pause);
	rows = hands_rows(t);
	door_tell(t, d.of_wang, "s1", &said);                      /* the same again */
	assert_int_equal(hands_rows(t), rows);
	assert_town_text(t, "SELECT coalesce(outcome, '-') FROM meal_order WHERE id = :id", d.of_li, "-");
}

static void a_slip_of_the_day_is_corrected_and_keeps_its_time(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t noon;

	door_setup(t, &d);
	noon = t->now;
	door_tell(t, d.of_wang, "f2", NULL);
	town_pass_minutes(t, 30);
	town_as(t, DESK);
	door_tell(t, d.of_wang, "s2", NULL);
	assert_town_text(t, ROW, d.of_wang, "s2 - -");
	assert_true(town_int(t, AT, d.of_wang) == noon);
	assert_ok(try_set(t, d.of_wang, (struct outcome_entry){ .note = NULL }, &e));      /* taken back */
	assert_town_text(t, ROW, d.of_wang, "- - -");
	assert_true(town_int(t, "SELECT outcome_at IS NULL AND outcome_volunteer_id IS NULL FROM meal_order WHERE id = :id", d.of_wang));
}

static void what_makes_no_sense_is_refused_in_words(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t tomorrow, pickup;

	door_setup(t, &d);
	tomorrow = canteen_order(t, d.wang, TOWN_TODAY + 1, "lunch");
	pickup = canteen_order(t, canteen_diner(t, t->zhang, "pickup"), TOWN_TODAY, "lunch");
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", d.of_li);
	assert_refused_unchanged(try_set(t, tomorrow, (struct outcome_entry){ .code = "s1" }, &e), RC_INVALID, "outcome", "还没到这一天");
	assert_refused_unchanged(try_set(t, d.of_li, (struct outcome_entry){ .code = "s1" }, &e), RC_INVALID, "outcome", "已经取消");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "S1" }, &e), RC_INVALID, "outcome", "请选送达结果");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1'; --" }, &e), RC_INVALID, "outcome", "请选送达结果");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .condition = "?" }, &e), RC_INVALID, "condition", "请选本人状态");
	assert_refused_unchanged(try_set(t, pickup, (struct outcome_entry){ .code = "s4" }, &e), RC_INVALID, "outcome", "这份是自取");
	assert_ok(try_set(t, pickup, (struct outcome_entry){ .code = "s5" }, &e));
	assert_refused_unchanged(try_set(t, 4711, (struct outcome_entry){ .code = "s1" }, &e), RC_NOTFOUND, "", "没有这份订餐");
	town_as(t, PROJECT);
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1" }, &e), RC_DENIED, "", "");
}

static void a_typed_time_lies_between_leaving_and_now(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };

	door_setup(t, &d);
	town_write(t, "UPDATE route SET left_at = :id WHERE line = 3", t->now - 60 * MINUTE);
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .at = t->now + MINUTE }, &e), RC_INVALID, "at", "还没到这个时间");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .at = t->now - 61 * MINUTE }, &e), RC_INVALID, "at", "3号线 11:00 才出发");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .at = t->now - 1440 * MINUTE }, &e), RC_INVALID, "at", "当天");
	assert_ok(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .at = t->now - 20 * MINUTE }, &e));
	assert_true(town_int(t, AT, d.of_wang) == t->now - 20 * MINUTE);
}

static void a_clock_that_was_moved_back_is_said_and_loses_nothing(void **state)
{
	struct town *t = *state;
	struct door d;
	struct outcome_said said;
	AUTO_STRBUF words = { 0 };
	int64_t noon;

	door_setup(t, &d);
	noon = t->now;
	door_tell(t, d.of_wang, "s1", NULL);
	t->now -= 40 * MINUTE;
	door_tell(t, d.of_li, "f1", &said);
	assert_true(said.clock_at == noon);
	assert_true(town_int(t, AT, d.of_li) == noon);
	outcome_said_words(&said, &words);
	assert_non_null(strstr(strbuf_str(&words), "按 12:00 记，请校准时钟"));
	assert_true(door_check(t, d.of_li) != 0);
}

static void after_its_day_only_the_head_corrects_and_says_why(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };

	door_setup(t, &d);
	door_tell(t, d.of_wang, "f3", NULL);
	town_set_day(t, "2026-11-25");
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .why = "写错了" }, &e), RC_DENIED, "", "书记");
	assert_ok(try_set(t, d.of_li, (struct outcome_entry){ .code = "s1" }, &e));        /* told for the first time */
	town_as(t, HEAD);
	assert_refused_unchanged(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .why = "　" }, &e), RC_INVALID, "why", "写明原因");
	assert_ok(try_set(t, d.of_wang, (struct outcome_entry){ .code = "s1", .why = "送餐人记错" }, &e));
	assert_town_text(t, "SELECT outcome || outcome_why FROM meal_order WHERE id = :id", d.of_wang, "s1送餐人记错");
}

static void several_at_once_leave_what_was_told(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	size_t n = 99;
	int64_t ids[3];

	door_setup(t, &d);
	ids[0] = d.of_wang;
	ids[1] = d.of_li;
	ids[2] = canteen_order(t, canteen_diner(t, t->zhang, "delivery"), TOWN_TODAY, "lunch");
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", ids[2]);
	door_tell(t, d.of_li, "f2", NULL);
	assert_refused_unchanged(outcome_fill(&t->of, ids, 3, "f1", &n, &e), RC_INVALID, "outcome", "一份一份登记");
	assert_int_equal(n, 99);
	assert_ok(outcome_fill(&t->of, ids, 3, "s1", &n, &e));
	assert_int_equal(n, 1);
	assert_town_text(t, ROW, d.of_wang, "s1 - -");
	assert_town_text(t, ROW, d.of_li, "f2 - -");
	assert_town_text(t, ROW, ids[2], "- - -");
}

static void whoever_is_in_hospital_or_away_is_offered_a_pause(void **state)
{
	static const struct { const char *code; bool offer; } cases[] = { { "s1", false }, { "f4", true }, { "f5", true }, { "f9", false } };
	struct town *t = *state;
	struct door d;

	door_setup(t, &d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct outcome_said said;

		door_tell(t, d.of_wang, cases[i].code, &said);
		assert_int_equal(said.offer_pause, cases[i].offer);
	}
	assert_int_equal(door_check(t, d.of_wang), 0);
}

static void an_undo_takes_the_check_back_with_the_outcome(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	char *done = NULL;

	door_setup(t, &d);
	door_tell(t, d.of_wang, "f1", NULL);
	assert_check(d.of_wang, "f1 open");
	assert_ok(office_undo(&t->of, &done, &e));
	free(done);
	assert_town_text(t, ROW, d.of_wang, "- - -");
	assert_int_equal(door_check(t, d.of_wang), 0);
	door_tell(t, d.of_wang, "f1", NULL);                       /* and once more */
	assert_check(d.of_wang, "f1 open");
}

static void what_is_typed_in_the_form_is_the_same_and_does_not_overwrite(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };

	door_setup(t, &d);
	AUTO_RECORD mine = { 0 };
	AUTO_RECORD theirs = { 0 };

	hands_record(t, &mine, "outcome", d.of_wang, FILLS({ "outcome", "s2" }, { "condition", "poor" }, { "outcome_note", "脸色不好" }));
	record_copy(&theirs, &mine);
	assert_ok(outcome_save(&t->of, &mine, &e));
	assert_town_text(t, ROW, d.of_wang, "s2 poor 脸色不好");
	assert_check(d.of_wang, "f6 open");
	assert_refused_unchanged(outcome_save(&t->of, &theirs, &e), RC_CONFLICT, "", "刚被别人改过");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(an_outcome_says_what_when_and_who_was_there),
		TOWN_TEST(a_slip_of_the_day_is_corrected_and_keeps_its_time),
		TOWN_TEST(what_makes_no_sense_is_refused_in_words),
		TOWN_TEST(a_typed_time_lies_between_leaving_and_now),
		TOWN_TEST(a_clock_that_was_moved_back_is_said_and_loses_nothing),
		TOWN_TEST(after_its_day_only_the_head_corrects_and_says_why),
		TOWN_TEST(several_at_once_leave_what_was_told),
		TOWN_TEST(whoever_is_in_hospital_or_away_is_offered_a_pause),
		TOWN_TEST(what_is_typed_in_the_form_is_the_same_and_does_not_overwrite),
		TOWN_TEST(an_undo_takes_the_check_back_with_the_outcome),
	};

	return cmocka_run_group_tests_name("domain-outcome", tests, NULL, NULL);
}
