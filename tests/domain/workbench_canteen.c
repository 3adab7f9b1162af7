/* The canteen on the workbench: who is looked for, and meals of which something is not known. */
#include "domain/workbench.h"

#include <string.h>

#include "door.h"

static const struct workbench_group *group(struct town *t, enum town_account who, const char *key, struct arena *a)
{
	struct workbench bench;
	struct err e = { 0 };

	town_as(t, who);
	assert_ok(workbench_load(&t->of, 5, a, &bench, &e));
	for (size_t i = 0; i < bench.n; i++)
		if (strcmp(bench.groups[i].key, key) == 0)
			return &bench.groups[i];
	return NULL;
}

static void a_check_stands_on_the_workbench_of_whoever_may_see_it(void **state)
{
	static const struct { enum town_account who; bool sees; } cases[] = {
		{ DESK, true }, { GRID3, true }, { GRID5, false }, { CANTEEN, true }, { HEAD, true }, { PROJECT, false }, { ADMIN, false },
	};
	struct town *t = *state;
	struct door d;
	AUTO_ARENA a = { 0 };
	const struct workbench_group *g;
	struct err e = { 0 };

	door_setup(t, &d);
	assert_null(group(t, HEAD, "welfare", &a));               /* nobody is looked for: it takes no line */
	town_as(t, CANTEEN);
	door_tell(t, d.of_wang, "f1", NULL);
	for (size_t i = 0; i < COUNT(cases); i++)
		if ((group(t, cases[i].who, "welfare", &a) != NULL) != cases[i].sees)
			fail_msg("account %d", cases[i].who);
	g = group(t, HEAD, "welfare", &a);
	assert_int_equal(g->count, 1);
	assert_true(g->urgent);
	assert_string_equal(g->rows[0].title, "王秀英 无人应答");
	assert_string_equal(g->rows[0].note, "还没有人接手");
	town_pass_minutes(t, 5);
	assert_string_equal(group(t, HEAD, "welfare", &a)->rows[0].note, "再敲门超时");
	town_as(t, GRID3);
	assert_ok(welfare_close(&t->of, door_check(t, d.of_wang), "unheard", "见到了", &e));
	assert_null(group(t, HEAD, "welfare", &a));
}

static void a_meal_waits_for_its_outcomes_when_they_are_due(void **state)
{
	struct town *t = *state;
	struct door d;
	AUTO_ARENA a = { 0 };
	const struct workbench_group *g;

	door_setup(t, &d);
	assert_null(group(t, CANTEEN, "doors", &a));              /* three hours after it left */
	town_pass_minutes(t, 120);
	canteen_order(t, d.wang, TOWN_TODAY - 1, "dinner");
	canteen_order(t, d.wang, TOWN_TODAY + 1, "lunch");
	g = group(t, CANTEEN, "doors", &a);
	assert_int_equal(g->count, 3);
	assert_int_equal(g->n_rows, 2);
	assert_int_equal(g->rows[0].id, TOWN_TODAY);
	assert_string_equal(g->rows[0].meal, "lunch");
	assert_string_equal(g->rows[0].title, "中餐 2份没有结果");
	assert_string_equal(g->rows[1].number, "昨天");
	assert_null(group(t, GRID3, "doors", &a));
	town_as(t, CANTEEN);
	door_tell(t, d.of_wang, "s1", NULL);
	door_tell(t, d.of_li, "s1", NULL);
	assert_int_equal(group(t, DESK, "doors", &a)->count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_check_stands_on_the_workbench_of_whoever_may_see_it),
		TOWN_TEST(a_meal_waits_for_its_outcomes_when_they_are_due),
	};

	return cmocka_run_group_tests_name("domain-workbench_canteen", tests, NULL, NULL);
}
