/* A typical week (84 volunteers, 60 shifts) planned, and planned again after one change by the planner that made the plan before. */
#include <stdlib.h>
#include <time.h>

#include "domain/roster.h"
#include "duty.h"

#define BUDGET_MS 500
#define MS_FIRST 20               /* CPU, in a build for speed */
#define MS_AGAIN 5
#define TRIES 5

static const struct roster_wish next_week = { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT + 6, .budget_ms = BUDGET_MS };

static double cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Times say something only of what people run. */
static bool is_built_for_speed(void)
{
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
	return true;
#else
	return false;
#endif
}

#define SERIES(n) "(WITH RECURSIVE r (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM r WHERE k + 1 < " #n ") SELECT k FROM r)"

/* Shifts of five weeks: four that were attended, and the next. Each day has slots one after the other, or such as lie half across the next. */
static void build_shifts(struct town *t, int step_min)
{
	AUTO_FREE char *shifts = mem_format(
		"INSERT INTO shift (id, service, title, day, begin_min, end_min, state) SELECT 500000 + k, CASE k %% 3 WHEN 0 THEN 'visit' WHEN 1 THEN 'patrol' ELSE"
		" 'environment' END, '班' || (k %% 3), %d + k / 60 * 7 + k %% 7, 480 + k / 7 %% 5 * %d, 600 + k / 7 %% 5 * %d, 'published' FROM " SERIES(300)
		" WHERE :id", DUTY_NEXT - 28, step_min, step_min);

	town_write(t, shifts, 1);
	town_write(t, "INSERT INTO shift_need (id, shift_id, position, role, headcount, priority) SELECT id + 100000, id, 1, 'hand', 3 + id % 2, 1 + id % 3 FROM shift"
	              " WHERE :id /*scan*/", 1);
	town_write(t, "INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state) SELECT s.id * 4 + r.k, s.id, s.id + 100000, 400000 + (s.id + 29 *"
	              " r.k) % 84, 'assigned', 'confirmed' FROM shift AS s, " SERIES(3) " AS r WHERE s.id < 500240 AND :id /*scan*/", 1);
	town_write(t, "INSERT INTO attendance (id, assignment_id, volunteer_id, shift_id, service, day, result, minutes) SELECT a.id + 10000000, a.id, a.volunteer_id,"
	              " a.shift_id, 'visit', s.day, 'present', 120 FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id WHERE :id /*scan*/", 1);
}

static void build_week(struct town *t, int step_min)
{
	town_write(t, "INSERT INTO volunteer (id, name, phone, status, services, grid_id, weekly_shifts, may_call) SELECT 400000 + k, '志愿者' || k, '13812345678',"
	              " 'active', CASE k % 3 WHEN 0 THEN 'visit patrol' WHEN 1 THEN 'patrol environment' ELSE 'visit' END, (SELECT id FROM grid ORDER BY id LIMIT 1),"
	              " 1 + k % 4, 1 FROM " SERIES(84) " WHERE :id /*scan*/", 1);
	town_write(t, "INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree) SELECT 700000 + v.id * 7 + r.k, v.id, r.k + 1, 480, 1200,"
	              " CASE (v.id + r.k) % 4 WHEN 0 THEN 'willing' WHEN 1 THEN 'unwilling' WHEN 2 THEN 'can' ELSE 'cannot' END FROM volunteer AS v, " SERIES(7)
	              " AS r WHERE :id /*scan*/", 1);
	build_shifts(t, step_min);
}

/* To its end; returns what it took. */
static double plan(struct roster_planner *p, const struct roster_wish *wish)
{
	double began = cpu_ms();
	struct err e = { 0 };
	bool more = true;

	assert_ok(roster_planner_begin(p, wish, &e));
	while (more)
		assert_ok(roster_planner_step(p, &more, &e));
	return cpu_ms() - began;
}

static double plan_anew(struct town *t, const struct roster_wish *wish, struct roster_plan *out)
{
	struct roster_planner *p = roster_planner_new(&t->of);
	double ms = plan(p, wish);

	*out = *roster_planner_plan(p);      /* its figures */
	roster_planner_free(p);
	return ms;
}

/* One after the other; each leaves the week a little different. */
static const char *const changes[] = {
	"UPDATE volunteer SET status = 'away' WHERE id = 400010 AND :id",
	"INSERT INTO absence (id, volunteer_id, from_day, to_day) SELECT 900001, 400020, 20787, 20800 WHERE :id",
	"INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state) SELECT 900002, 500245, 600245, 400001, 'assigned', 'planned' WHERE :id",
	"UPDATE assignment SET state = 'cancelled' WHERE id = 900002 AND :id",
	"UPDATE shift SET state = 'cancelled' WHERE id = 500250 AND :id",
	"UPDATE shift_need SET headcount = 6 WHERE id = 600260 AND :id",
	"INSERT INTO volunteer (id, name, status, services, weekly_shifts) SELECT 400100, '新来的', 'active', 'visit patrol environment', 5 WHERE :id",
};

/* Of two plans that are proven the cost is the same. */
static void assert_no_worse(const struct roster_plan *warm, const struct roster_plan *cold)
{
	assert_true(warm->proven || !cold->proven);
	assert_true(warm->cost <= cold->cost);
	assert_true(warm->bound <= cold->cost);
	assert_int_equal(warm->kept, cold->kept);
}

static void plan_after_changes(struct town *t)
{
	struct roster_planner *p = roster_planner_new(&t->of);
	double first = 1e9, again = 0;
	struct roster_plan cold;

	for (int i = 0; i < TRIES; i++) {
		double ms = plan_anew(t, &next_week, &cold);

		first = ms < first ? ms : first;
	}
	plan(p, &next_week);
	assert_true(roster_planner_plan(p)->n_added > 100);
	for (size_t i = 0; i < COUNT(changes); i++) {
		double ms;

		town_write(t, changes[i], 1);
		ms = plan(p, &next_week);
		again = ms > again ? ms : again;
		plan_anew(t, &next_week, &cold);
		assert_no_worse(roster_planner_plan(p), &cold);
	}
	roster_planner_free(p);
	print_message("planned in %.1f ms, again in at most %.1f ms\n", first, again);
	if (is_built_for_speed()) {
		assert_true(first < MS_FIRST);
		assert_true(again < MS_AGAIN);
	}
}

static void slots_are_planned_again_after_one_change_as_well_as_anew(void **state)
{
	build_week(*state, 120);
	plan_after_changes(*state);
}

static void hours_across_each_other_are_planned_again_as_well_as_anew(void **state)
{
	build_week(*state, 60);
	plan_after_changes(*state);
}

static bool has_seat(const struct roster_plan *p, const struct roster_refused *who)
{
	for (size_t i = 0; i < p->n_added; i++)
		if (p->added[i].shift_id == who->shift_id && p->added[i].volunteer_id == who->volunteer_id)
			return true;
	return false;
}

/* Each of those who are refused one after the other is left off that shift, and only as long as that is wished. */
static void somebody_who_is_refused_is_left_off_that_shift(void **state)
{
	struct roster_refused refused[5];
	struct roster_wish wish = next_week;
	struct roster_planner *p;
	struct town *t = *state;
	struct roster_plan cold;

	build_week(t, 120);
	p = roster_planner_new(&t->of);
	plan(p, &wish);
	wish.refused = refused;
	for (size_t i = 0; i < COUNT(refused); i++) {
		const struct roster_planned *one = &roster_planner_plan(p)->added[13 * i];

		refused[wish.n_refused++] = (struct roster_refused){ one->shift_id, one->volunteer_id };
		plan(p, &wish);
		for (size_t k = 0; k < wish.n_refused; k++)
			assert_false(has_seat(roster_planner_plan(p), &refused[k]));
		plan_anew(t, &wish, &cold);
		assert_no_worse(roster_planner_plan(p), &cold);
	}
	plan(p, &next_week);
	plan_anew(t, &next_week, &cold);
	assert_int_equal(roster_planner_plan(p)->cost, cold.cost);
	roster_planner_free(p);
}

/* Another week in between, and a month: each week begins from its own last plan. */
static void other_days_in_between_do_no_harm(void **state)
{
	const struct roster_wish month = { .from_day = DUTY_NEXT - 3, .to_day = DUTY_NEXT + 24, .budget_ms = BUDGET_MS };
	const struct roster_wish later = { .from_day = DUTY_NEXT + 7, .to_day = DUTY_NEXT + 13, .budget_ms = BUDGET_MS };
	struct town *t = *state;
	struct roster_planner *p;
	int64_t cost;

	build_week(t, 120);
	p = roster_planner_new(&t->of);
	plan(p, &next_week);
	cost = roster_planner_plan(p)->cost;
	plan(p, &later);
	assert_int_equal(roster_planner_plan(p)->n_added, 0);
	plan(p, &month);
	assert_int_equal(roster_planner_plan(p)->from_day, DUTY_NEXT - 3);
	plan(p, &next_week);
	assert_int_equal(roster_planner_plan(p)->cost, cost);
	roster_planner_free(p);
}

/* A wish that is refused leaves the plan that was there. */
static void a_plan_stays_when_the_next_cannot_begin(void **state)
{
	const struct roster_wish wrong = { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT - 1, .budget_ms = BUDGET_MS };
	struct town *t = *state;
	struct err e = { 0 };
	struct roster_planner *p;
	size_t n;

	build_week(t, 120);
	p = roster_planner_new(&t->of);
	plan(p, &next_week);
	n = roster_planner_plan(p)->n_added;
	assert_refused(roster_planner_begin(p, &wrong, &e), RC_INVALID, "to_day", "早于");
	assert_int_equal(roster_planner_plan(p)->n_added, n);
	assert_true(roster_planner_plan(p)->added[n - 1].name[0]);
	roster_planner_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(slots_are_planned_again_after_one_change_as_well_as_anew),
		DUTY_TEST(hours_across_each_other_are_planned_again_as_well_as_anew),
		DUTY_TEST(somebody_who_is_refused_is_left_off_that_shift),
		DUTY_TEST(other_days_in_between_do_no_harm),
		DUTY_TEST(a_plan_stays_when_the_next_cannot_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
