/* What opens a welfare check, what keeps one shut, and the correction that closes it as a false alarm. */
#include "domain/welfare.h"

#include "base/day.h"
#include "door.h"

static void the_outcomes_that_alarm_open_one(void **state)
{
	static const struct { const char *code, *condition, *wanted; } cases[] = {
		{ "s1", NULL, NULL }, { "s2", NULL, NULL }, { "s3", NULL, NULL }, { "s4", NULL, "s4 open" }, { "s5", NULL, NULL }, { "f1", NULL, "f1 open" },
		{ "f2", NULL, NULL }, { "f3", NULL, NULL }, { "f4", NULL, NULL }, { "f5", NULL, NULL }, { "f6", NULL, "f6 open" }, { "f7", NULL, NULL },
		{ "f8", NULL, NULL }, { "f9", NULL, NULL }, { "f0", NULL, NULL }, { "s1", "fair", NULL }, { "s1", "poor", "f6 open" }, { "f2", "poor", "f6 open" },
	};
	struct town *t = *state;
	struct door d;

	door_setup(t, &d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t order = canteen_order(t, canteen_diner(t, t->zhang, "delivery"), TOWN_TODAY, "lunch"), check;
		struct outcome_said said;
		struct err e = { 0 };

		assert_ok(outcome_set(&t->of, order, &(struct outcome_entry){ .code = cases[i].code, .condition = cases[i].condition }, &said, &e));
		check = door_check(t, order);
		if ((check != 0) != (cases[i].wanted != NULL) || said.check_id != check)
			fail_msg("%s %s", cases[i].code, cases[i].condition ? cases[i].condition : "");
		if (check)
			assert_check(order, cases[i].wanted);
	}
}

static void two_desks_make_one(void **state)
{
	struct town *t = *state, *other;
	struct door d;
	struct err e = { 0 };
	struct outcome_said said;

	door_setup(t, &d);
	other = town_second(t);
	door_tell(t, d.of_wang, "f1", NULL);
	assert_ok(outcome_set(&other->of, d.of_wang, &(struct outcome_entry){ .code = "f1", .note = "又敲了一次" }, &said, &e));
	town_close_second(other);
	assert_int_equal(town_int(t, "SELECT count(*) FROM welfare_check", 0), 1);
	assert_check(d.of_wang, "f1 open");
}

static void a_corrected_slip_closes_it_as_a_false_alarm_and_keeps_the_tries(void **state)
{
	struct town *t = *state;
	struct door d;
	struct outcome_said said;
	struct err e = { 0 };

	door_setup(t, &d);
	door_tell(t, d.of_wang, "f1", NULL);
	assert_ok(welfare_try(&t->of, door_check(t, d.of_wang), "unanswered", "", "", &e));
	door_tell(t, d.of_wang, "s1", &said);
	assert_true(said.check_closed);
	assert_check(d.of_wang, "f1 closed false");
	assert_int_equal(town_int(t, "SELECT count(*) FROM welfare_step", 0), 1);
	door_tell(t, d.of_wang, "f1", &said);                      /* it was no slip after all */
	assert_true(said.check_id != 0);
	assert_check(d.of_wang, "f1 open");
	assert_ok(outcome_set(&t->of, d.of_wang, &(struct outcome_entry){ .code = NULL }, &said, &e));
	assert_check(d.of_wang, "f1 closed false");
}

static void one_that_was_concluded_is_not_opened_by_a_second_word_about_the_same(void **state)
{
	struct town *t = *state;
	struct door d;
	struct outcome_said said;
	struct err e = { 0 };

	door_setup(t, &d);
	door_tell(t, d.of_wang, "f1", NULL);
	assert_ok(welfare_close(&t->of, door_check(t, d.of_wang), "unheard", "打通了电话", &e));
	assert_ok(outcome_set(&t->of, d.of_wang, &(struct outcome_entry){ .code = "f1", .note = "没听见敲门" }, &said, &e));
	assert_check(d.of_wang, "f1 closed unheard");
	door_tell(t, d.of_wang, "f6", &said);                      /* that is something else */
	assert_check(d.of_wang, "f6 open");
}

static void a_pause_of_the_day_explains_a_shut_door_but_not_an_ill_person(void **state)
{
	struct town *t = *state;
	struct door d;
	struct outcome_said said;

	door_setup(t, &d);
	hands_insert(t, "INSERT INTO meal_pause (id, diner_id, from_day, to_day, reason) VALUES (:id, %lld, %d, %d, 'hospital')", (long long)d.wang,
	             TOWN_TODAY, TOWN_TODAY);
	door_tell(t, d.of_wang, "f1", &said);
	assert_true(said.excused);
	assert_int_equal(door_check(t, d.of_wang), 0);
	door_tell(t, d.of_wang, "f6", &said);
	assert_check(d.of_wang, "f6 open");
}

/* Two meals in a row ---------------------------------------------------------------------------------------------------------------- */

/* Yesterday's dinner and today's lunch of one diner, told one after the other; whether that opened a check of the second. */
static void two_meals_in_a_row_that_nobody_ate_open_one(void **state)
{
	static const struct { const char *before, *now; const char *set; bool opens; } cases[] = {
		{ "f3", "f7", "", true },  { "f8", "f8", "", true },   { NULL, "f9", "", true },  { "s1", "f3", "", false }, { "f3", "s1", "", false },
		{ "f2", "f3", "", false }, { "f4", "f3", "", false },  { "f3", "f4", "", false }, { "f5", "f0", "", false }, { "f0", "f2", "", false },
		{ "f3", "f3", "UPDATE meal_order SET state = 'cancelled', outcome = NULL WHERE id = :id", false },
		{ "f3", "f3", "INSERT INTO meal_pause (id, diner_id, from_day, to_day) SELECT id + 1, diner_id, day, day FROM meal_order WHERE id = :id", false },
	};
	struct town *t = *state;
	struct door d;

	door_setup(t, &d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t diner = canteen_diner(t, t->zhang, "delivery"), before, now;

		before = canteen_order(t, diner, TOWN_TODAY - 1, "dinner");
		canteen_order(t, diner, TOWN_TODAY - 1, "breakfast");
		now = canteen_order(t, diner, TOWN_TODAY, "lunch");
		if (cases[i].before)
			door_tell(t, before, cases[i].before, NULL);
		if (cases[i].set[0])
			town_write(t, cases[i].set, before);
		town_write(t, "DELETE FROM welfare_check WHERE order_id = :id", before);
		door_tell(t, now, cases[i].now, NULL);
		if ((door_check(t, now) != 0) != cases[i].opens)
			fail_msg("case %zu: %s, %s", i, cases[i].before ? cases[i].before : "-", cases[i].now);
		if (cases[i].opens)
			assert_check(now, "missed open");
	}
}

static void correcting_either_of_the_two_closes_it(void **state)
{
	struct town *t = *state;
	struct door d;
	int64_t diner, before, now;

	door_setup(t, &d);
	diner = canteen_diner(t, t->zhang, "delivery");
	before = canteen_order(t, diner, TOWN_TODAY, "breakfast");
	now = canteen_order(t, diner, TOWN_TODAY, "lunch");
	door_tell(t, before, "f3", NULL);
	door_tell(t, now, "f3", NULL);
	assert_check(now, "missed open");
	door_tell(t, before, "s1", NULL);
	assert_check(now, "missed closed false");
	door_tell(t, before, "f3", NULL);
	assert_check(now, "missed open");
	door_tell(t, now, "s2", NULL);
	assert_check(now, "missed closed false");
}

static void whoever_is_looked_after_already_is_not_counted_twice(void **state)
{
	struct town *t = *state;
	struct door d;
	int64_t diner, before, now;
	struct err e = { 0 };

	door_setup(t, &d);
	diner = canteen_diner(t, t->zhang, "delivery");
	before = canteen_order(t, diner, TOWN_TODAY, "breakfast");
	now = canteen_order(t, diner, TOWN_TODAY, "lunch");
	door_tell(t, before, "f1", NULL);
	door_tell(t, now, "f3", NULL);
	assert_int_equal(door_check(t, now), 0);                   /* the first is open */
	assert_ok(welfare_close(&t->of, door_check(t, before), "unheard", "见到了", &e));
	door_tell(t, now, "f9", NULL);
	assert_int_equal(door_check(t, now), 0);                   /* the diner was seen since */
}

/* Whatever is told, corrected and taken back in whatever order ----------------------------------------------------------------------- */

#define CAUSE "CASE WHEN o.outcome IN ('s4', 'f1', 'f6') THEN o.outcome WHEN o.condition = 'poor' THEN 'f6' END"
#define MISSED(o) "(" o ".state = 'ordered' AND coalesce(" o ".outcome, '-') NOT IN ('s1', 's2', 's3', 's4', 's5', 'f2', 'f4', 'f5', 'f6'))"
#define EARLIER "(SELECT e.id FROM meal_order AS e WHERE e.diner_id = o.diner_id AND e.day * 3 + (e.meal = 'lunch') < o.day * 3 + (o.meal = 'lunch')" \
	" ORDER BY e.day DESC, e.meal = 'lunch' DESC LIMIT 1)"

/* None of these may ever have a row. */
static const char *const never[] = {
	/* an outcome that alarms without a check */
	"SELECT count(*) FROM meal_order AS o WHERE " CAUSE " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM welfare_check AS w WHERE w.order_id = o.id"
	" AND w.deleted_at IS NULL AND (w.state = 'closed' OR w.cause = " CAUSE "))",
	/* a check that goes on though what opened it was taken back */
	"SELECT count(*) FROM welfare_check AS w JOIN meal_order AS o ON o.id = w.order_id WHERE w.state = 'open' AND w.cause <> 'missed'"
	" AND w.cause IS NOT " CAUSE,
	/* two missed meals of which one was not missed after all */
	"SELECT count(*) FROM welfare_check AS w JOIN meal_order AS o ON o.id = w.order_id LEFT JOIN meal_order AS b ON b.id = " EARLIER
	" WHERE w.state = 'open' AND w.cause = 'missed' AND NOT (" MISSED("o") " AND " MISSED("b") ")",
	/* two missed meals that nobody looks into */
	"SELECT count(*) FROM meal_order AS o JOIN meal_order AS b ON b.id = " EARLIER " WHERE o.outcome IS NOT NULL AND " CAUSE " IS NULL AND " MISSED("o")
	" AND " MISSED("b") " AND NOT EXISTS (SELECT 1 FROM welfare_check AS w WHERE w.diner_id = o.diner_id AND (w.state = 'open' OR w.order_id = o.id))"
	" AND NOT EXISTS (SELECT 1 FROM welfare_check AS s WHERE s.order_id = b.id AND s.state = 'closed' AND s.conclusion <> 'false')",
	/* two checks of one order */
	"SELECT count(*) FROM (SELECT 1 FROM welfare_check GROUP BY order_id HAVING count(*) > 1)",
};

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static void whatever_is_told_and_corrected_the_checks_agree_with_it(void **state)
{
	static const char *const codes[] = { "s1", "s2", "s3", "s4", "s5", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f0", NULL };
	static const char *const conditions[] = { NULL, NULL, NULL, "", "well", "poor" };
	struct town *t = *state;
	struct door d;
	int64_t orders[8];
	uint32_t seed = 7;

	door_setup(t, &d);
	for (size_t i = 0; i < COUNT(orders); i++)
		orders[i] = canteen_order(t, i < 4 ? d.wang : d.li, TOWN_TODAY - 2 + (int32_t)(i % 4 / 2), i % 2 ? "lunch" : "breakfast");
	town_as(t, HEAD);
	for (int step = 0; step < 250; step++) {
		int64_t order = orders[next_random(&seed) % COUNT(orders)], check = door_check(t, order);
		struct outcome_entry x = { .code = codes[next_random(&seed) % COUNT(codes)], .condition = conditions[next_random(&seed) % COUNT(conditions)],
		                           .why = "改" };
		struct outcome_said said;
		struct err e = { 0 };

		if (check && next_random(&seed) % 4 == 0)
			(void)!welfare_close(&t->of, check, "unheard", "见到了", &e);
		err_clear(&e);
		assert_ok(outcome_set(&t->of, order, &x, &said, &e));
		for (size_t i = 0; i < COUNT(never); i++)
			if (town_int(t, never[i], 0) != 0)
				fail_msg("step %d: %s", step, never[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_outcomes_that_alarm_open_one),
		TOWN_TEST(two_desks_make_one),
		TOWN_TEST(a_corrected_slip_closes_it_as_a_false_alarm_and_keeps_the_tries),
		TOWN_TEST(one_that_was_concluded_is_not_opened_by_a_second_word_about_the_same),
		TOWN_TEST(a_pause_of_the_day_explains_a_shut_door_but_not_an_ill_person),
		TOWN_TEST(two_meals_in_a_row_that_nobody_ate_open_one),
		TOWN_TEST(correcting_either_of_the_two_closes_it),
		TOWN_TEST(whatever_is_told_and_corrected_the_checks_agree_with_it),
		TOWN_TEST(whoever_is_looked_after_already_is_not_counted_twice),
	};

	return cmocka_run_group_tests_name("domain-welfare_open", tests, NULL, NULL);
}
