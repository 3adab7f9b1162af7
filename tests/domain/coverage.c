/* Need against service: which elders count, who is served, who waits for hands, who sees too many faces, who could carry. */
#include "domain/coverage.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "canteen.h"

static struct coverage load(struct town *t, struct arena *a)
{
	struct coverage c;
	struct err e = { 0 };

	assert_ok(coverage_load(&t->of, a, &c, &e));
	return c;
}

static const struct coverage_grid *grid(const struct coverage *c, int64_t id)
{
	for (size_t i = 0; i < c->n_grids; i++)
		if (c->grids[i].grid_id == id)
			return &c->grids[i];
	return NULL;
}

static void set_elder(struct town *t, int64_t resident, const char *tags, const char *more)
{
	AUTO_FREE char *sql = mem_format("UPDATE resident SET care_tags = '%s' %s WHERE id = :id", tags, more);

	town_write(t, sql, resident);
}

static void put_outcome(struct town *t, int64_t order, const char *outcome, int64_t volunteer)
{
	AUTO_FREE char *sql = mem_format("UPDATE meal_order SET outcome = %s, outcome_volunteer_id = nullif(%" PRId64 ", 0) WHERE id = :id", outcome, volunteer);

	town_write(t, sql, order);
}

static void whoever_has_a_tag_and_the_age_and_lives_here_is_in_need(void **state)
{
	static const struct { const char *tags, *more; int need; } cases[] = {
		{ "alone", "", 1 }, { "empty aged80", "", 1 }, { "lowincome", "", 0 }, { "veteran child", "", 0 }, { "", "", 0 }, { "alonely xalone", "", 0 },
		{ "lowincome dementia", ", born_day = -12000", 1 }, { "disabled", ", born_day = 10000", 0 }, { "alone", ", born_day = NULL, status = 'dead'", 0 },
		{ "alone", ", status = 'moved'", 0 }, { "alone", ", status = 'present', deleted_at = 1", 0 },
	};
	struct town *t = *state;
	AUTO_ARENA a = { 0 };

	town_as(t, HEAD);
	town_write(t, "UPDATE resident SET care_tags = NULL", 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct coverage c;

		set_elder(t, t->wang, cases[i].tags, cases[i].more);
		c = load(t, &a);
		if (c.all.need != cases[i].need)
			fail_msg("case %zu: %d", i, c.all.need);
		assert_int_equal(c.n_elders, cases[i].need);
		assert_int_equal(c.n_grids, cases[i].need);
	}
}

static void sixty_is_reached_on_the_birthday(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };

	town_as(t, HEAD);
	town_write(t, "UPDATE resident SET care_tags = NULL", 0);
	set_elder(t, t->wang, "alone", ", born_day = -1134");                     /* 1966-11-24: 60 today */
	assert_int_equal(day_from_civil(1966, 11, 24), -1134);
	assert_int_equal(load(t, &a).all.need, 1);
	set_elder(t, t->wang, "alone", ", born_day = -1133");
	assert_int_equal(load(t, &a).all.need, 0);
}

static void a_grid_in_which_nobody_is_served_is_marked(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct coverage c;
	int64_t wang, li, order;

	town_as(t, HEAD);
	set_elder(t, t->wang, "alone", "");
	set_elder(t, t->li, "aged80", "");
	set_elder(t, t->zhang, "disabled", "");
	wang = canteen_diner(t, t->wang, "delivery");
	li = canteen_diner(t, t->li, "delivery");
	order = canteen_order(t, wang, TOWN_TODAY - COVERAGE_DAYS, "lunch");
	put_outcome(t, order, "'s1'", 0);                                         /* a day too long ago */
	put_outcome(t, canteen_order(t, li, TOWN_TODAY - COVERAGE_DAYS + 1, "lunch"), "'s1'", 0);
	c = load(t, &a);
	assert_int_equal(c.all.need, 3);
	assert_int_equal(c.all.served, 1);
	assert_true(grid(&c, t->grid3)->nobody);
	assert_false(grid(&c, t->grid5)->nobody);
	assert_true(grid(&c, 0)->nobody);
	assert_string_equal(grid(&c, 0)->grid, "未分网格");
	assert_int_equal(c.grids[c.n_grids - 1].grid_id, t->grid5);               /* lacks least */
	assert_int_equal(c.n_elders, 2);
	town_write(t, "UPDATE diner SET status = 'applied' WHERE id = :id", wang);
	put_outcome(t, canteen_order(t, li, TOWN_TODAY - 2, "lunch"), "'f2'", 0);
	set_elder(t, t->li, "veteran", "");                                       /* no need, eats all the same */
	c = load(t, &a);
	assert_int_equal(grid(&c, t->grid5)->need, 0);
	assert_int_equal(grid(&c, t->grid5)->others, 1);
	assert_int_equal(grid(&c, t->grid3)->waiting, 1);
}

static void what_nobody_carried_is_suppressed_demand(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct coverage c;
	int64_t wang, carrier, route, order;

	town_as(t, HEAD);
	carrier = hands_volunteer(t, "周大勇", FILLS({ "transport", "walk" }));
	set_elder(t, t->wang, "alone", "");
	wang = canteen_diner(t, t->wang, "delivery");
	put_outcome(t, canteen_order(t, wang, TOWN_TODAY - 3, "lunch"), "'f8'", 0);
	canteen_order(t, wang, TOWN_TODAY - 2, "lunch");                          /* on no route */
	order = canteen_order(t, wang, TOWN_TODAY - 1, "lunch");                  /* carried, not reported yet */
	route = canteen_route(t, TOWN_TODAY - 1, "lunch", 1, carrier);
	canteen_stop(t, order, route, 1);
	order = canteen_order(t, wang, TOWN_TODAY - 1, "dinner");
	canteen_stop(t, order, canteen_route(t, TOWN_TODAY - 1, "dinner", 1, 0), 1);      /* on a route that nobody took */
	canteen_order(t, wang, TOWN_TODAY, "lunch");                              /* today may still come */
	order = canteen_order(t, wang, TOWN_TODAY - 4, "lunch");
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", order);
	c = load(t, &a);
	assert_int_equal(c.all.suppressed, 3);
	assert_int_equal(c.elders[0].suppressed, 3);
	assert_int_equal(c.elders[0].diner_id, wang);
}

static void faces_are_counted_in_the_month_and_the_worst_stand_first(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct coverage c;
	int64_t wang, li, zhang;

	town_as(t, HEAD);
	set_elder(t, t->wang, "alone", "");
	set_elder(t, t->li, "disabled", "");
	set_elder(t, t->zhang, "aged80", "");
	wang = canteen_diner(t, t->wang, "delivery");
	li = canteen_diner(t, t->li, "delivery");
	zhang = canteen_diner(t, t->zhang, "delivery");
	for (int i = 0; i < 5; i++) {
		put_outcome(t, canteen_order(t, li, TOWN_TODAY - i, "lunch"), "'s1'", 900 + i);
		put_outcome(t, canteen_order(t, wang, TOWN_TODAY - i, "lunch"), "'s1'", 900 + i % 2);
		put_outcome(t, canteen_order(t, zhang, TOWN_TODAY - i, "lunch"), "'s1'", 900 + i);      /* 高龄 alone is not asked */
	}
	put_outcome(t, canteen_order(t, wang, day_from_civil(2026, 10, 31), "lunch"), "'s1'", 999);
	c = load(t, &a);
	assert_int_equal(c.month_day, day_from_civil(2026, 11, 1));
	assert_int_equal(c.n_faces, 2);
	assert_int_equal(c.faces[0].diner_id, li);
	assert_int_equal(c.faces[0].faces, 5);
	assert_int_equal(c.faces[0].meals, 5);
	assert_true(c.faces[0].over);
	assert_int_equal(c.faces[1].faces, 2);
	assert_false(c.faces[1].over);
}

static void who_wants_to_carry_and_is_on_no_shift_is_told(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct coverage c;
	int64_t idle, busy, shift, old;

	town_as(t, HEAD);
	set_elder(t, t->wang, "alone", "");
	idle = hands_volunteer(t, "周大勇", FILLS({ "services", "送餐" }, { "grid_id", NULL, t->grid3 }));
	busy = hands_volunteer(t, "钱小芳", FILLS({ "services", "送餐" }, { "grid_id", NULL, t->grid3 }));
	hands_volunteer(t, "孙国平", FILLS({ "services", "探访" }));
	town_write(t, "UPDATE volunteer SET status = 'active'", 0);
	shift = hands_insert(t, "INSERT INTO shift (id, service, day, state) VALUES (:id, 'meals', %d, 'published')", TOWN_TODAY + 3);
	old = hands_insert(t, "INSERT INTO shift (id, service, day, state) VALUES (:id, 'meals', %d, 'published')", TOWN_TODAY - COVERAGE_SHIFT_DAYS - 1);
	hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %" PRId64 ", %" PRId64 ", 'planned')", shift, busy);
	hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %" PRId64 ", %" PRId64 ", 'cancelled')", shift, idle);
	hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %" PRId64 ", %" PRId64 ", 'confirmed')", old, idle);
	c = load(t, &a);
	assert_int_equal(c.n_carriers, 1);
	assert_int_equal(c.carriers[0].volunteer_id, idle);
	assert_int_equal(c.carriers[0].last_day, TOWN_TODAY - COVERAGE_SHIFT_DAYS - 1);
	assert_int_equal(c.carriers[0].need, 1);
	town_write(t, "UPDATE volunteer SET status = 'stopped' WHERE id = :id", idle);
	assert_int_equal(load(t, &a).n_carriers, 0);
}

static void a_grid_worker_sees_the_own_grids(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct coverage c;
	struct err e = { 0 };

	set_elder(t, t->wang, "alone", "");
	set_elder(t, t->li, "alone", "");
	town_as(t, GRID5);
	c = load(t, &a);
	assert_int_equal(c.all.need, 1);
	assert_int_equal(c.n_elders, 1);
	assert_int_equal(c.elders[0].resident_id, t->li);
	town_as(t, ADMIN);
	assert_refused_unchanged(coverage_load(&t->of, &a, &c, &e), RC_DENIED, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(whoever_has_a_tag_and_the_age_and_lives_here_is_in_need),
		TOWN_TEST(sixty_is_reached_on_the_birthday),
		TOWN_TEST(a_grid_in_which_nobody_is_served_is_marked),
		TOWN_TEST(what_nobody_carried_is_suppressed_demand),
		TOWN_TEST(faces_are_counted_in_the_month_and_the_worst_stand_first),
		TOWN_TEST(who_wants_to_carry_and_is_on_no_shift_is_told),
		TOWN_TEST(a_grid_worker_sees_the_own_grids),
	};

	return cmocka_run_group_tests_name("domain-coverage", tests, NULL, NULL);
}
