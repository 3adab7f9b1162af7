/* Closing a meal: what stands in its way, what is closed with it, and opening it again. */
#include "domain/meal_close.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/undo.h"
#include "door.h"

#define LUNCH TOWN_TODAY, "lunch"
#define CLOSED "SELECT count(*) FROM meal_close WHERE deleted_at IS NULL"

static void a_meal_is_closed_when_everybody_is_known_about(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t unrouted, pickup;

	door_setup(t, &d);
	unrouted = canteen_order(t, canteen_diner(t, t->zhang, "delivery"), LUNCH);
	pickup = canteen_order(t, canteen_diner(t, canteen_resident(t, "沈月娥", 0), "pickup"), LUNCH);
	town_write(t, "UPDATE route SET state = 'out' WHERE id = :id", d.route);
	door_tell(t, d.of_wang, "s1", NULL);
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "outcome", "还有 3 份未回报");
	assert_non_null(strstr(e.text, "李建国"));
	assert_non_null(strstr(e.text, "沈月娥"));
	door_tell(t, d.of_li, "f1", NULL);
	door_tell(t, unrouted, "f8", NULL);
	door_tell(t, pickup, "s5", NULL);
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "route", "3号线周大勇");
	town_write(t, "UPDATE route SET state = 'back', left_at = 1 WHERE id = :id", d.route);
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "check", "1 个关爱核查没有结束：李建国");
	assert_ok(welfare_close(&t->of, door_check(t, d.of_li), "away", "邻居说去女儿家了", &e));
	assert_ok(meal_close(&t->of, LUNCH, "平安", &e));
	assert_int_equal(town_int(t, CLOSED, 0), 1);
	assert_town_text(t, "SELECT state FROM route WHERE id = :id", d.route, "closed");
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "day", "已经关账");
}

static void what_cannot_be_closed_says_why(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };

	door_setup(t, &d);
	assert_refused_unchanged(meal_close(&t->of, TOWN_TODAY, "dinner", "", &e), RC_INVALID, "day", "还没有出餐");
	assert_refused_unchanged(meal_close(&t->of, TOWN_TODAY + 1, "lunch", "", &e), RC_INVALID, "day", "还没有出餐");
	assert_refused_unchanged(meal_close(&t->of, TOWN_TODAY, "supper", "", &e), RC_INVALID, "day", "还没有出餐");
	assert_refused_unchanged(meal_close(&t->of, TOWN_TODAY - 1, "lunch", "", &e), RC_INVALID, "day", "没有人订餐");
	town_as(t, DESK);
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_DENIED, "", "");
}

static void closed_nothing_changes_until_the_head_opens_it_with_a_reason(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	struct outcome_said said;
	char *done = NULL;

	door_setup(t, &d);
	door_tell(t, d.of_wang, "s1", NULL);
	door_tell(t, d.of_li, "s1", NULL);
	town_as(t, HEAD);
	assert_ok(meal_close(&t->of, LUNCH, NULL, &e));
	town_as(t, CANTEEN);
	assert_refused_unchanged(outcome_set(&t->of, d.of_wang, &(struct outcome_entry){ .code = "f2" }, &said, &e), RC_INVALID, "day", "已经关账");
	assert_refused_unchanged(office_undo(&t->of, &done, &e), RC_INVALID, "", "已经关账");
	assert_refused_unchanged(meal_reopen(&t->of, LUNCH, "写错了", &e), RC_DENIED, "", "书记");
	town_as(t, HEAD);
	assert_refused_unchanged(office_undo(&t->of, &done, &e), RC_INVALID, "", "重新开账");
	assert_refused_unchanged(meal_reopen(&t->of, LUNCH, "", &e), RC_INVALID, "why", "为什么");
	assert_ok(meal_reopen(&t->of, LUNCH, "李建国其实没吃到", &e));
	assert_int_equal(town_int(t, CLOSED, 0), 0);
	assert_town_text(t, "SELECT state FROM route WHERE id = :id", d.route, "confirmed");
	assert_refused_unchanged(meal_reopen(&t->of, LUNCH, "再来", &e), RC_INVALID, "day", "没有关账");
	door_tell(t, d.of_li, "f7", NULL);
	assert_ok(meal_close(&t->of, LUNCH, "", &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM meal_close", 0), 1);
}

static void two_missed_meals_are_seen_at_closing_at_the_latest(void **state)
{
	struct town *t = *state;
	struct door d;
	struct err e = { 0 };
	int64_t before;

	door_setup(t, &d);
	before = canteen_order(t, d.li, TOWN_TODAY, "breakfast");
	town_write(t, "UPDATE meal_order SET outcome = 's1' WHERE id = :id", before);
	door_tell(t, d.of_wang, "s1", NULL);
	door_tell(t, d.of_li, "f9", NULL);
	town_write(t, "UPDATE meal_order SET outcome = 'f8' WHERE id = :id", before);      /* as another copy told it */
	assert_refused(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "check", "1 位老人连续两餐没吃上");
	assert_check(d.of_li, "missed open");
	assert_int_equal(town_int(t, CLOSED, 0), 0);
	assert_refused_unchanged(meal_close(&t->of, LUNCH, "", &e), RC_INVALID, "check", "没有结束：李建国");
	assert_ok(welfare_close(&t->of, door_check(t, d.of_li), "away", "在儿子家吃", &e));
	assert_ok(meal_close(&t->of, LUNCH, "", &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_meal_is_closed_when_everybody_is_known_about),
		TOWN_TEST(what_cannot_be_closed_says_why),
		TOWN_TEST(closed_nothing_changes_until_the_head_opens_it_with_a_reason),
		TOWN_TEST(two_missed_meals_are_seen_at_closing_at_the_latest),
	};

	return cmocka_run_group_tests_name("domain-meal_close", tests, NULL, NULL);
}
