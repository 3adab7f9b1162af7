/* The demo's canteen: its figures, that every order, route and check agrees with the others, and that it is the same for the same seed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "demo_fixture.h"
#include "test.h"

#define PER_WEEKDAY \
	"(SELECT day, sum(portions) AS meals FROM meal_order WHERE state = 'ordered' AND (day + 3) % 7 < 5 GROUP BY day)"

static const char *const wrong[] = {
	"SELECT count(*) FROM meal_order AS o WHERE NOT EXISTS (SELECT 1 FROM diner WHERE diner.id = o.diner_id) /*scan*/",
	"SELECT count(*) FROM diner AS d JOIN resident AS r ON r.id = d.resident_id WHERE (d.status = 'deceased') <> (r.status = 'dead') /*scan*/",
	"SELECT count(*) FROM diner WHERE way = 'delivery' AND entitled_why IS NULL /*scan*/",
	/* on two routes; on one without being brought, or though it was cancelled */
	"SELECT count(*) FROM (SELECT 1 FROM stop GROUP BY order_id HAVING count(*) > 1) /*scan*/",
	"SELECT count(*) FROM stop JOIN meal_order AS o ON o.id = stop.order_id JOIN route AS r ON r.id = stop.route_id"
	" WHERE o.way <> 'delivery' OR o.state <> 'ordered' OR o.day <> r.day OR o.meal <> r.meal /*scan*/",
	/* carried by somebody who was not on the shift, or who is not to go there */
	"SELECT count(*) FROM route AS r WHERE r.volunteer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id"
	" LEFT JOIN attendance AS t ON t.assignment_id = a.id WHERE a.id = r.assignment_id AND a.volunteer_id = r.volunteer_id AND s.day = r.day"
	" AND s.service = 'meals' AND (s.day = " TODAY " OR t.result IN ('present', 'late'))) /*scan*/",
	"SELECT count(*) FROM meal_order AS o JOIN diner_block AS b ON b.diner_id = o.diner_id AND b.volunteer_id = o.outcome_volunteer_id /*scan*/",
	/* outcomes of what lies ahead or was cancelled; a past day without one, but for yesterday's dinner */
	"SELECT count(*) FROM meal_order WHERE outcome IS NOT NULL AND (day >= " TODAY " OR state = 'cancelled') /*scan*/",
	"SELECT count(*) FROM meal_order WHERE outcome IS NULL AND state = 'ordered' AND day < " TODAY " AND NOT (day = " TODAY " - 1 AND meal = 'dinner') /*scan*/",
	"SELECT count(*) FROM meal_order AS o JOIN meal_close AS c ON c.day = o.day AND c.meal = o.meal WHERE o.outcome IS NULL AND o.state = 'ordered' /*scan*/",
	"SELECT count(*) FROM meal_order WHERE outcome IN ('s3', 's4', 'f3') AND way <> 'delivery' /*scan*/",
	/* eaten in spite of a pause, or before and after one was a diner */
	"SELECT count(*) FROM meal_order AS o JOIN meal_pause AS p ON p.diner_id = o.diner_id WHERE o.day BETWEEN p.from_day AND p.to_day /*scan*/",
	"SELECT count(*) FROM meal_order AS o JOIN diner AS d ON d.id = o.diner_id WHERE d.status <> 'active' AND o.day >= d.status_day /*scan*/",
	/* a check that nothing asked for, or one that is missing or did not end */
	"SELECT count(*) FROM welfare_check AS w JOIN meal_order AS o ON o.id = w.order_id WHERE w.cause <> o.outcome OR w.state <> 'closed'"
	" OR w.conclusion IS NULL OR w.closed_at < w.opened_at /*scan*/",
	"SELECT count(*) FROM meal_order AS o WHERE outcome IN ('s4', 'f1', 'f6') AND NOT EXISTS (SELECT 1 FROM welfare_check AS w WHERE w.order_id = o.id) /*scan*/",
	"SELECT count(*) FROM welfare_check AS w WHERE NOT EXISTS (SELECT 1 FROM welfare_step AS s WHERE s.check_id = w.id AND s.rung = w.rung"
	" AND s.result = 'answered') /*scan*/",
	/* a meal that was eaten and not on any menu; what stands in for nothing of its menu */
	"SELECT count(*) FROM meal_order AS o WHERE NOT EXISTS (SELECT 1 FROM menu AS m WHERE m.day = o.day AND m.meal = o.meal AND m.price_fen > 0) /*scan*/",
	"SELECT count(*) FROM menu WHERE (sample_at IS NOT NULL) <> (day < " TODAY ") /*scan*/",
	"SELECT count(*) FROM menu_dish AS d WHERE d.instead_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM menu_dish AS m WHERE m.menu_id = d.menu_id"
	" AND m.dish_id = d.instead_of_id AND m.instead_of_id IS NULL) /*scan*/",
	/* today waits for its dispatcher */
	"SELECT count(*) FROM route WHERE (state = 'draft') <> (day = " TODAY ") OR (left_at IS NOT NULL) <> (day < " TODAY ") /*scan*/",
	/* nobody's telephone */
	"SELECT count(*) FROM diner WHERE stand_in_phone NOT LIKE '1990000____' OR key_phone NOT LIKE '1990000____' /*scan*/",
};

static void a_community_eats_about_150_meals_a_day(void **state)
{
	static const struct question questions[] = {
		{ "SELECT count(*) FROM diner", 320, 320 }, { "SELECT count(DISTINCT status) FROM diner /*scan*/", 6, 6 },
		{ "SELECT avg(meals) FROM " PER_WEEKDAY " /*scan*/", 140, 170 },
		{ "SELECT 100 * sum(meals BETWEEN 130 AND 175) / count(*) FROM " PER_WEEKDAY " /*scan*/", 90, 100 },
		{ "SELECT count(*) FROM meal_order /*scan*/", 45000, 60000 },
		{ "SELECT 100 * sum(way = 'delivery') / count(*) FROM diner /*scan*/", 52, 66 }, { "SELECT count(DISTINCT line) FROM diner /*scan*/", 8, 8 },
		{ "SELECT 100 * sum(outcome IN ('s1', 's5')) / count(*) FROM meal_order WHERE outcome IS NOT NULL /*scan*/", 85, 95 },
		{ "SELECT count(*) FROM welfare_check /*scan*/", 100, 700 }, { "SELECT count(*) FROM dish", 55, 70 },
		{ "SELECT avg(n) FROM (SELECT count(DISTINCT outcome_volunteer_id) AS n FROM meal_order WHERE way = 'delivery' AND day BETWEEN " TODAY " - 31 AND " TODAY " - 1"
		  " GROUP BY diner_id) /*scan*/", 2, 8 },
		{ "SELECT max(day) - " TODAY " FROM meal_order /*scan*/", 7, 7 }, { "SELECT max(day) - " TODAY " FROM menu /*scan*/", 14, 14 },
		{ "SELECT count(*) FROM route WHERE day = " TODAY " /*scan*/", 8, 10 },
	};
	struct office_fixture *x = *state;

	open_demo(x, "demo.db", 1, DEMO_COMMUNITY);
	ask(x, questions, COUNT(questions));
	none(x, wrong, COUNT(wrong));
}

static void a_small_demo_agrees_at_any_seed(void **state)
{
	static const struct question questions[] = {
		{ "SELECT count(*) FROM diner", 24, 24 }, { "SELECT count(*) FROM meal_order WHERE day = " TODAY " AND meal = 'lunch' /*scan*/", 5, 24 },
		{ "SELECT count(*) FROM route WHERE day < " TODAY " /*scan*/", 20, MANY },
	};
	struct office_fixture *x = *state;

	for (uint64_t seed = 2; seed <= 3; seed++) {
		open_demo(x, seed == 2 ? "two.db" : "three.db", seed, DEMO_SMALL);
		ask(x, questions, COUNT(questions));
		none(x, wrong, COUNT(wrong));
	}
}

static char *content(struct office_fixture *x)
{
	static const char *const queries[] = {
		"SELECT group_concat(id || number || status || way || coalesce(line, '') || coalesce(door_note, '')) FROM (SELECT * FROM diner ORDER BY id) /*scan*/",
		"SELECT group_concat(id || state || coalesce(outcome, '') || coalesce(outcome_at, '')) FROM (SELECT * FROM meal_order ORDER BY id) /*scan*/",
		"SELECT group_concat(id || route_id || position || arrive_min) FROM (SELECT * FROM stop ORDER BY id) /*scan*/",
		"SELECT group_concat(id || menu_id || dish_id) FROM (SELECT * FROM menu_dish ORDER BY id) /*scan*/",
	};
	AUTO_STRBUF all = { 0 };

	for (size_t i = 0; i < COUNT(queries); i++) {
		AUTO_FREE char *text = text_of(x, queries[i]);

		assert_true(text[0] != '\0');
		strbuf_add(&all, text);
	}
	return strbuf_take(&all);
}

static void the_same_seed_gives_the_same_canteen(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;
	AUTO_FREE char *other = NULL;

	open_demo(x, "a.db", 7, DEMO_SMALL);
	first = content(x);
	open_demo(x, "b.db", 7, DEMO_SMALL);
	second = content(x);
	assert_string_equal(first, second);
	open_demo(x, "c.db", 8, DEMO_SMALL);
	other = content(x);
	assert_string_not_equal(first, other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_small_demo_agrees_at_any_seed),
		TEST(the_same_seed_gives_the_same_canteen),
		TEST(a_community_eats_about_150_meals_a_day),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("demo_canteen", tests, NULL, NULL);
}
