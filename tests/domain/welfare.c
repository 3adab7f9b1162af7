/* The ladder of a welfare check: its clocks, tries, rungs, conclusion, whom it shows, and whom it rings for. */
#include "domain/welfare.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/meal_close.h"
#include "door.h"

#define STATE "SELECT rung || state || coalesce(conclusion, '') || coalesce(note, '') FROM welfare_check WHERE id = :id"
#define STEPS "SELECT coalesce(group_concat(rung || result, ' '), '') FROM (SELECT * FROM welfare_step ORDER BY at, id)"

static int64_t shut_door(struct town *t, struct door *d)
{
	door_setup(t, d);
	door_tell(t, d->of_wang, "f1", NULL);
	return door_check(t, d->of_wang);
}

static struct welfare_page load(struct town *t, int64_t id, struct arena *a)
{
	struct welfare_page page = { 0 };
	struct err e = { 0 };

	assert_ok(welfare_load(&t->of, id, a, &page, &e));
	return page;
}

static void each_rung_has_its_clock_and_only_a_person_goes_higher(void **state)
{
	static const int minutes[] = { 5, 5, 10, 20 };
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id = shut_door(t, &d);

	for (int rung = 1; rung < WELFARE_RUNGS; rung++) {
		AUTO_ARENA a = { 0 };
		struct welfare_check c = load(t, id, &a).check;

		assert_int_equal(c.rung, rung);
		assert_true(c.due_at == t->now + (int64_t)minutes[rung - 1] * 60000);
		town_pass_minutes(t, minutes[rung - 1] - 1);
		assert_false(load(t, id, &a).check.overdue);
		town_pass_minutes(t, 1);
		assert_true(load(t, id, &a).check.overdue);
		assert_int_equal(load(t, id, &a).check.rung, rung);
		assert_ok(welfare_raise(&t->of, id, rung, rung + 1, &e));
	}
	town_pass_minutes(t, 600);
	AUTO_ARENA a = { 0 };
	assert_false(load(t, id, &a).check.overdue);               /* help is on its way */
	assert_town_text(t, STEPS, 0, "1passed_on 2passed_on 3passed_on 4passed_on");
	assert_refused_unchanged(welfare_raise(&t->of, id, 5, 6, &e), RC_INVALID, "rung", "最后一级");
}

static void an_ill_person_goes_straight_to_the_last_rung(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id;

	door_setup(t, &d);
	door_tell(t, d.of_wang, "f6", NULL);
	id = door_check(t, d.of_wang);
	assert_refused_unchanged(welfare_raise(&t->of, id, 1, 1, &e), RC_INVALID, "rung", "只能转到比「再敲门」高");
	assert_ok(welfare_raise(&t->of, id, 1, 5, &e));
	assert_refused_unchanged(welfare_raise(&t->of, id, 1, 2, &e), RC_CONFLICT, "", "别人刚转到了「报警或120」");
	assert_town_text(t, STATE, id, "5open");
}

static void tries_are_kept_and_a_conclusion_says_how_it_is_known(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id = shut_door(t, &d);
	AUTO_ARENA a = { 0 };
	struct welfare_page page;

	assert_refused_unchanged(welfare_try(&t->of, id, "passed_on", "", "", &e), RC_INVALID, "result", "请选结果");
	assert_refused_unchanged(welfare_try(&t->of, id, "", "", "", &e), RC_INVALID, "result", "请选结果");
	assert_ok(welfare_try(&t->of, id, "unanswered", "周大勇", "敲了三遍", &e));
	assert_refused_unchanged(welfare_close(&t->of, id, "unheard", "", &e), RC_INVALID, "note", "怎么知道的");
	assert_refused_unchanged(welfare_close(&t->of, id, "", "说过", &e), RC_INVALID, "conclusion", "请选结论");
	town_pass_minutes(t, 2);
	assert_ok(welfare_try(&t->of, id, "answered", "女儿", "在邻居家", &e));
	page = load(t, id, &a);
	assert_int_equal(page.n_steps, 2);
	assert_string_equal(page.steps[0].person, "周大勇");
	assert_string_equal(page.steps[1].note, "在邻居家");
	assert_true(page.check.open);                              /* an answer does not close it */
	assert_ok(welfare_close(&t->of, id, "away", "", &e));
	assert_town_text(t, STATE, id, "1closedaway");
	assert_refused_unchanged(welfare_try(&t->of, id, "answered", "", "", &e), RC_CONFLICT, "", "结束：外出");
	assert_refused_unchanged(welfare_close(&t->of, id, "unheard", "又", &e), RC_CONFLICT, "", "孙梅结束");
}

static void one_closed_by_mistake_is_opened_on_its_day(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id = shut_door(t, &d);

	assert_refused_unchanged(welfare_reopen(&t->of, id, &e), RC_INVALID, "", "没有结束");
	assert_ok(welfare_close(&t->of, id, "unheard", "看错人了", &e));
	assert_ok(welfare_reopen(&t->of, id, &e));
	assert_town_text(t, STATE, id, "1open");
	assert_ok(welfare_close(&t->of, id, "unheard", "见到了", &e));
	door_tell(t, d.of_li, "s1", NULL);
	assert_ok(meal_close(&t->of, TOWN_TODAY, "lunch", "", &e));
	assert_refused_unchanged(welfare_reopen(&t->of, id, &e), RC_INVALID, "day", "已经关账");
	town_set_day(t, "2026-11-25");
	assert_refused_unchanged(welfare_reopen(&t->of, id, &e), RC_INVALID, "", "不是今天结束的");
}

static void a_clock_that_was_moved_back_does_not_turn_the_ladder_upside_down(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id = shut_door(t, &d);
	AUTO_ARENA a = { 0 };
	struct welfare_page page;

	assert_ok(welfare_try(&t->of, id, "unanswered", "甲", "", &e));
	town_pass_minutes(t, -90);
	assert_ok(welfare_raise(&t->of, id, 1, 2, &e));
	assert_ok(welfare_try(&t->of, id, "answered", "乙", "", &e));
	page = load(t, id, &a);
	assert_int_equal(page.n_steps, 3);
	assert_string_equal(page.steps[2].person, "乙");
	assert_true(page.steps[2].at >= page.steps[0].at && page.check.rung_at >= page.check.opened_at);
}

/* Who sees what --------------------------------------------------------------------------------------------------------------------- */

static void the_page_shows_whom_each_rung_wants_and_reveals_through_the_ledger(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	AUTO_ARENA a = { 0 };
	struct welfare_page page;
	int64_t id;

	id = shut_door(t, &d);
	town_write(t, "UPDATE resident SET emergency_name = '王芳', emergency_relation = '女儿', emergency_phone = '13811112222', emergency_key = 1 WHERE id = :id",
	           t->wang);
	town_write(t, "UPDATE diner SET stand_in = '刘阿姨', stand_in_phone = '13833334444', wait_min = 4, door_note = '按门铃' WHERE id = :id", d.wang);
	page = load(t, id, &a);
	assert_int_equal(page.n_contacts, 5);
	assert_string_equal(page.contacts[0].name, "周大勇");
	assert_string_equal(page.contacts[1].phone, "138****3321");
	assert_string_equal(page.contacts[2].name, "刘阿姨");
	assert_string_equal(page.contacts[3].what, "紧急联系人");
	assert_string_equal(page.contacts[3].name, "王芳（女儿，有钥匙）");
	assert_string_equal(page.contacts[3].phone, "138****2222");
	assert_string_equal(page.contacts[4].name, "李明");        /* the grid worker */
	assert_string_equal(page.wait, "敲门后等 4 分钟；按门铃");
	AUTO_FREE char *plain = NULL;
	assert_ok(welfare_reveal(&t->of, id, &page.contacts[3], &plain, &e));
	assert_string_equal(plain, "13811112222");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'resident' AND field = 'emergency_phone'", 0), 1);
	assert_refused_unchanged(welfare_reveal(&t->of, id, &(struct welfare_contact){ .table = "resident", .field = "id_number", .record_id = t->wang }, &plain, &e),
	                         RC_INVALID, "", "没有遮盖");
	assert_refused_unchanged(welfare_reveal(&t->of, id, &(struct welfare_contact){ .table = "resident", .field = "phone", .record_id = t->li }, &plain, &e),
	                         RC_INVALID, "", "没有遮盖");
	assert_ok(welfare_close(&t->of, id, "unheard", "见到了", &e));
	assert_refused_unchanged(welfare_reveal(&t->of, id, &page.contacts[3], &plain, &e), RC_DENIED, "", "");
}

static size_t listed(struct town *t, enum town_account who, int64_t since)
{
	AUTO_ARENA a = { 0 };
	const struct welfare_check *list;
	size_t n = 0;
	struct err e = { 0 };

	town_as(t, who);
	assert_ok(welfare_list(&t->of, since, &a, &list, &n, &e));
	return n;
}

static void a_grid_worker_sees_the_own_grids_and_others_see_all(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	AUTO_ARENA a = { 0 };
	struct welfare_page page;
	const struct welfare_check *list;
	size_t n;
	int64_t id = shut_door(t, &d);

	assert_int_equal(listed(t, GRID3, t->now), 1);
	assert_int_equal(listed(t, GRID5, t->now), 0);
	assert_int_equal(listed(t, DESK, t->now), 1);
	assert_int_equal(listed(t, HEAD, t->now), 1);
	town_as(t, GRID5);
	assert_refused_unchanged(welfare_load(&t->of, id, &a, &page, &e), RC_DENIED, "", "网格");
	assert_refused_unchanged(welfare_take(&t->of, id, &e), RC_DENIED, "", "网格");
	town_as(t, PROJECT);
	assert_refused_unchanged(welfare_list(&t->of, 0, &a, &list, &n, &e), RC_DENIED, "", "");
}

static void overdue_ones_come_first_and_closed_ones_last(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	AUTO_ARENA a = { 0 };
	const struct welfare_check *list;
	size_t n;
	int64_t first = shut_door(t, &d), second;

	assert_ok(welfare_raise(&t->of, first, 1, 4, &e));
	town_pass_minutes(t, 1);
	door_tell(t, d.of_li, "s4", NULL);
	second = door_check(t, d.of_li);
	town_pass_minutes(t, 10);
	assert_ok(welfare_list(&t->of, t->now, &a, &list, &n, &e));
	assert_int_equal(n, 2);
	assert_true(list[0].id == second && list[0].overdue && list[1].id == first && !list[1].overdue);
	assert_ok(welfare_close(&t->of, second, "unheard", "见到了", &e));
	assert_ok(welfare_list(&t->of, 0, &a, &list, &n, &e));
	assert_int_equal(n, 2);
	assert_true(list[1].id == second && !list[1].open);
}

/* The bell ------------------------------------------------------------------------------------------------------------------------ */

static struct welfare_alarm alarm_of(struct town *t, enum town_account who)
{
	struct welfare_alarm alarm;
	struct err e = { 0 };

	town_as(t, who);
	assert_ok(welfare_alarm(&t->of, &alarm, &e));
	return alarm;
}

static void it_rings_for_who_answers_for_it_until_somebody_takes_it_and_again_when_late(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t id = shut_door(t, &d);
	struct welfare_alarm first = alarm_of(t, GRID3), late;

	assert_int_equal(first.loud, 1);
	assert_true(first.check_id == id);
	assert_string_equal(first.name, "王秀英");
	assert_string_equal(first.what, "无人应答");
	assert_int_equal(alarm_of(t, HEAD).loud, 1);
	assert_int_equal(alarm_of(t, CANTEEN).loud, 1);
	assert_int_equal(alarm_of(t, GRID5).open, 0);
	assert_int_equal(alarm_of(t, DESK).open, 0);
	town_as(t, GRID3);
	assert_ok(welfare_take(&t->of, id, &e));
	assert_int_equal(alarm_of(t, HEAD).loud, 0);
	assert_int_equal(alarm_of(t, HEAD).open, 1);               /* quiet, and still to be seen */
	assert_true(alarm_of(t, HEAD).next_at == t->now + 5 * 60000);
	town_pass_minutes(t, 5);
	late = alarm_of(t, HEAD);
	assert_int_equal(late.loud, 1);
	assert_true(late.loud_at > first.loud_at);
	assert_string_equal(late.what, "再敲门超时");
	town_as(t, GRID3);
	assert_ok(welfare_take(&t->of, id, &e));
	assert_int_equal(alarm_of(t, HEAD).loud, 0);
	assert_ok(welfare_close(&t->of, id, "unheard", "见到了", &e));
	assert_int_equal(alarm_of(t, HEAD).open, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(each_rung_has_its_clock_and_only_a_person_goes_higher),
		TOWN_TEST(an_ill_person_goes_straight_to_the_last_rung),
		TOWN_TEST(tries_are_kept_and_a_conclusion_says_how_it_is_known),
		TOWN_TEST(one_closed_by_mistake_is_opened_on_its_day),
		TOWN_TEST(a_clock_that_was_moved_back_does_not_turn_the_ladder_upside_down),
		TOWN_TEST(the_page_shows_whom_each_rung_wants_and_reveals_through_the_ledger),
		TOWN_TEST(a_grid_worker_sees_the_own_grids_and_others_see_all),
		TOWN_TEST(overdue_ones_come_first_and_closed_ones_last),
		TOWN_TEST(it_rings_for_who_answers_for_it_until_somebody_takes_it_and_again_when_late),
	};

	return cmocka_run_group_tests_name("domain-welfare", tests, NULL, NULL);
}
