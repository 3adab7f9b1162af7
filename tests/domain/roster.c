/* The board of a week, what speaks against somebody on a place, and who could be there instead. */
#include "domain/roster.h"

#include <stdlib.h>
#include <time.h>

#include "base/day.h"
#include "duty.h"

/* To the end of a search. */
static enum rc search(struct roster_finder *f, struct err *e)
{
	bool more = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && more)
		rc = roster_finder_step(f, &more, e);
	return rc;
}

/* A week with its conflicts. */
static void load(struct town *t, int32_t monday, struct arena *a, struct roster_week *out)
{
	struct roster_finder *f = roster_finder_new(&t->of);
	struct err e = { 0 };

	assert_ok(roster_load(&t->of, monday, NULL, a, out, &e));
	roster_finder_begin(f, monday, 0);
	assert_ok(search(f, &e));
	roster_finder_conflicts(f, out);
	roster_finder_free(f);
}

static enum rc candidates(struct town *t, int64_t need, struct arena *a, const struct roster_candidate **out, size_t *n, struct err *e)
{
	struct roster_finder *f = roster_finder_new(&t->of);
	const struct roster_candidate *list;
	struct roster_candidate *copy;
	int32_t day = (int32_t)town_int(t, "SELECT coalesce((SELECT day FROM shift JOIN shift_need ON shift_need.shift_id = shift.id"
	                                  " WHERE shift_need.id = :id), 20781)", need);
	enum rc rc;

	roster_finder_begin(f, day_monday(day), need);
	if ((rc = search(f, e)) == RC_OK) {
		list = roster_finder_list(f, n);
		copy = arena_alloc(a, (*n + 1) * sizeof *copy);
		for (size_t i = 0; i < *n; i++) {
			copy[i] = list[i];
			copy[i].name = arena_copy(a, list[i].name);
			copy[i].phone = arena_copy(a, list[i].phone);
			copy[i].reason = arena_copy(a, list[i].reason);
		}
		*out = copy;
	}
	roster_finder_free(f);
	return rc;
}

static const struct roster_candidate *candidate(struct town *t, int64_t need, int64_t volunteer, struct arena *a)
{
	const struct roster_candidate *list;
	struct err e = { 0 };
	size_t n;

	assert_ok(candidates(t, need, a, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].volunteer_id == volunteer)
			return &list[i];
	return NULL;
}

static void assert_conflicts(struct town *t, int64_t need, int64_t volunteer, unsigned wanted)
{
	AUTO_ARENA a = { 0 };
	const struct roster_candidate *c = candidate(t, need, volunteer, &a);

	assert_non_null(c);
	if (c->conflicts != wanted)
		fail_msg("%s: %x instead of %x: %s", c->name, c->conflicts, wanted, c->reason);
}

/* The week ------------------------------------------------------------------------------------------------------------------------ */

static void the_week_shows_who_stands_where_in_the_order_of_services(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct roster_week w;
	int64_t patrol = duty_shift(t, FILLS({ "service", "patrol" }, { "title", "巡防" }));
	int64_t meals = duty_shift(t, FILLS({ "service", "meals" }, { "title", "送餐" }, { "grid_id", NULL, t->grid3 }));
	int64_t early = duty_shift(t, FILLS({ "service", "patrol" }, { "title", "早巡" }, { "begin_min", "7:00" }));
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), leader;

	duty_shift(t, FILLS({ "day", "2026-11-30" }));
	duty_headcount(t, meals, "2");
	assert_ok(duty_try_need(t, 0, meals, 0, FILLS({ "role", "leader" }), &leader, &e));
	duty_stand(t, duty_need(t, meals), xu, "planned");
	duty_stand(t, leader, gu, "confirmed");
	duty_stand(t, leader, duty_volunteer(t, "朱红", NULL), "cancelled");
	load(t, DUTY_MONDAY, &a, &w);
	assert_int_equal(w.n, 3);
	assert_int_equal(w.shifts[0].shift.id, meals);
	assert_int_equal(w.shifts[1].shift.id, early);
	assert_int_equal(w.shifts[2].shift.id, patrol);
	assert_int_equal(w.shifts[0].wanted, 3);
	assert_int_equal(w.shifts[0].filled, 2);
	assert_int_equal(w.shifts[0].n_places, 2);
	assert_string_equal(w.shifts[0].places[0].seats[0].name, "徐丽");
	assert_false(w.shifts[0].places[0].seats[0].confirmed);
	assert_int_equal(w.shifts[0].places[1].need.id, leader);
	assert_int_equal(w.shifts[0].places[1].n_seats, 1);
	assert_true(w.shifts[0].places[1].seats[0].confirmed);
	assert_int_equal(w.shifts[0].places[1].seats[0].conflicts, 0);
	assert_refused(roster_load(&t->of, DUTY_MONDAY + 1, NULL, &a, &w, &e), RC_INVALID, "monday", "周一");
}

static void what_a_filter_keeps_away_is_counted(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct roster_week w;

	duty_shift(t, FILLS({ "service", "meals" }, { "grid_id", NULL, t->grid3 }));
	duty_shift(t, FILLS({ "service", "meals" }, { "grid_id", NULL, t->grid5 }));
	duty_shift(t, FILLS({ "service", "patrol" }));
	assert_ok(roster_load(&t->of, DUTY_MONDAY, &(struct roster_filter){ .grid_id = t->grid3 }, &a, &w, &e));
	assert_int_equal(w.n, 2);
	assert_int_equal(w.hidden, 1);
	assert_ok(roster_load(&t->of, DUTY_MONDAY, &(struct roster_filter){ .service = "meals" }, &a, &w, &e));
	assert_int_equal(w.n, 2);
	assert_int_equal(w.hidden, 1);
	assert_ok(roster_load(&t->of, DUTY_MONDAY, &(struct roster_filter){ .service = "" }, &a, &w, &e));
	assert_int_equal(w.n, 3);
	assert_int_equal(w.hidden, 0);
}

static void days_off_have_a_name(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_week w;

	load(t, day_from_civil(2026, 9, 28), &a, &w);
	assert_string_equal(w.holidays[2], "");
	assert_string_equal(w.holidays[3], "国庆节");
	assert_string_equal(w.holidays[6], "国庆节");
	load(t, day_from_civil(2026, 9, 21), &a, &w);
	assert_string_equal(w.holidays[4], "中秋节");
}

/* Whoever leaves while assigned is still shown, in conflict: nobody is lost sight of. */
static void who_was_stopped_or_deleted_while_assigned_stays_in_sight(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_week w;
	int64_t shift = duty_shift(t, NULL), xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), zhu = duty_volunteer(t, "朱红", NULL);

	duty_headcount(t, shift, "3");
	duty_stand(t, duty_need(t, shift), xu, "planned");
	duty_stand(t, duty_need(t, shift), gu, "planned");
	duty_stand(t, duty_need(t, shift), zhu, "planned");
	town_write(t, "UPDATE volunteer SET status = 'stopped' WHERE id = :id", xu);
	town_write(t, "UPDATE volunteer SET deleted_at = 1 WHERE id = :id", gu);
	town_write(t, "DELETE FROM volunteer WHERE id = :id", zhu);
	load(t, DUTY_MONDAY, &a, &w);
	assert_int_equal(w.shifts[0].filled, 3);
	assert_string_equal(w.shifts[0].places[0].seats[0].name, "徐丽");
	for (size_t i = 0; i < 3; i++)
		assert_true(w.shifts[0].places[0].seats[i].conflicts & ROSTER_STATUS);
	assert_string_equal(w.shifts[0].places[0].seats[2].name, "");
}

static void who_stands_on_a_need_that_was_deleted_stays_in_sight(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_week w;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), other;

	assert_ok(duty_try_need(t, 0, shift, 0, NULL, &other, &e));
	duty_stand(t, other, duty_volunteer(t, "徐丽", NULL), "planned");
	town_write(t, "UPDATE shift_need SET deleted_at = 1 WHERE id = :id", other);
	load(t, DUTY_MONDAY, &a, &w);
	assert_int_equal(w.shifts[0].wanted, 1);
	assert_int_equal(w.shifts[0].n_places, 2);
	assert_int_equal(w.shifts[0].places[1].n_seats, 1);
}

static void rows_of_nonsense_do_not_run_the_board_aground(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_week w;
	int64_t shift = duty_shift(t, NULL), xu = duty_volunteer(t, "徐丽", NULL);

	duty_stand(t, duty_need(t, shift), xu, "别的");
	duty_time(t, xu, 5, 900, 100, "whatever");
	town_write(t, "UPDATE availability SET weekday = 'x' WHERE volunteer_id = :id", xu);
	town_write(t, "UPDATE volunteer SET services = NULL, status = '?', skills = '  ', weekly_shifts = -4 WHERE id = :id", xu);
	town_write(t, "UPDATE shift SET begin_min = 900, end_min = 10, service = 'nosuch', state = '?', title = NULL WHERE id = :id", shift);
	load(t, DUTY_MONDAY, &a, &w);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.shifts[0].filled, 1);
	assert_true(w.shifts[0].places[0].seats[0].conflicts & ROSTER_STATUS);
}

/* Conflicts ------------------------------------------------------------------------------------------------------------------------ */

static void each_conflict_is_said_where_it_is_and_only_there(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, FILLS({ "service", "meals" }, { "grid_id", NULL, t->grid3 }));
	int64_t need = duty_need(t, shift), driver, other = duty_shift(t, FILLS({ "begin_min", "11:59" }, { "end_min", "13:00" }));
	int64_t later = duty_shift(t, FILLS({ "begin_min", "12:00" }, { "end_min", "13:00" })), sunday = duty_shift(t, FILLS({ "day", "2026-11-29" }));
	int64_t next = duty_shift(t, FILLS({ "day", "2026-11-30" }));
	int64_t who = duty_volunteer(t, "徐丽", NULL), foe = duty_volunteer(t, "顾明", NULL);

	assert_conflicts(t, need, who, 0);
	assert_conflicts(t, need, duty_volunteer(t, "朱一", "status = 'away'"), ROSTER_STATUS);
	assert_conflicts(t, need, duty_volunteer(t, "朱二", "status = 'training'"), ROSTER_STATUS);
	assert_conflicts(t, need, duty_volunteer(t, "朱三", "services = 'visit'"), ROSTER_SERVICE);
	assert_conflicts(t, need, duty_volunteer(t, "朱四", "services = 'mealss visit'"), ROSTER_SERVICE);
	assert_conflicts(t, need, duty_volunteer(t, "朱五", "grid_id = NULL"), ROSTER_FAR);
	assert_conflicts(t, need, duty_volunteer(t, "朱六", "weekly_shifts = 0"), ROSTER_OVER_CAP);
	assert_conflicts(t, need, duty_volunteer(t, "朱七", "weekly_minutes = 119"), ROSTER_OVER_CAP);
	assert_conflicts(t, need, duty_volunteer(t, "朱八", "weekly_minutes = 120"), 0);
	/* a skill, a certificate beyond the service's own */
	assert_ok(duty_try_need(t, 0, shift, 0, FILLS({ "skill", "driving" }, { "qualification", "driving" }), &driver, &e));
	assert_conflicts(t, driver, who, ROSTER_SKILL | ROSTER_QUALIFICATION);
	town_write(t, "UPDATE volunteer SET skills = 'cooking driving' WHERE id = :id", who);
	duty_holds(t, who, "driving", TOWN_TODAY + 3);
	assert_conflicts(t, driver, who, 0);
	/* the shift is on the day after its last one */
	town_write(t, "UPDATE qualification SET expires_day = 20783 WHERE kind = 'driving' AND volunteer_id = :id", who);
	assert_conflicts(t, driver, who, ROSTER_QUALIFICATION);
	town_write(t, "UPDATE qualification SET deleted_at = 1 WHERE kind = 'health' AND volunteer_id = :id", who);
	assert_conflicts(t, need, who, ROSTER_QUALIFICATION);
	duty_holds(t, who, "health", TOWN_TODAY + 100);
	/* absent on that day and not on others */
	duty_absent(t, who, TOWN_TODAY + 4, TOWN_TODAY + 5);
	assert_conflicts(t, need, who, 0);
	duty_absent(t, who, TOWN_TODAY + 2, TOWN_TODAY + 3);
	assert_conflicts(t, need, who, ROSTER_ABSENT);
	town_write(t, "UPDATE absence SET deleted_at = 1 WHERE volunteer_id = :id", who);
	/* kept apart, from either side */
	duty_apart(t, foe, who);
	duty_stand(t, driver, foe, "planned");
	assert_conflicts(t, need, who, ROSTER_APART);
	town_write(t, "UPDATE apart SET volunteer_id = other_id, other_id = volunteer_id WHERE :id", 1);
	assert_conflicts(t, need, who, ROSTER_APART);
	town_write(t, "UPDATE assignment SET state = 'cancelled' WHERE volunteer_id = :id", foe);
	assert_conflicts(t, need, who, 0);
	/* at the same time; one may end when the other begins */
	duty_stand(t, duty_need(t, later), who, "planned");
	assert_conflicts(t, need, who, 0);
	duty_stand(t, duty_need(t, other), who, "planned");
	assert_conflicts(t, need, who, ROSTER_OVERLAP);
	town_write(t, "UPDATE shift SET flexible = 1 WHERE id = :id", other);
	assert_conflicts(t, need, who, 0);
	/* the cap is of the week */
	town_write(t, "UPDATE volunteer SET weekly_shifts = 3 WHERE id = :id", who);
	duty_stand(t, duty_need(t, next), who, "planned");
	assert_conflicts(t, need, who, 0);
	duty_stand(t, duty_need(t, sunday), who, "planned");
	assert_conflicts(t, need, who, ROSTER_OVER_CAP);
}

static void stated_times_say_how_willing_somebody_is(void **state)
{
	struct town *t = *state;
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), who = duty_volunteer(t, "徐丽", NULL);

	duty_time(t, who, 4, 540, 1080, "willing");
	assert_conflicts(t, need, who, ROSTER_UNAVAILABLE);
	duty_time(t, who, 5, 540, 660, "willing");
	assert_conflicts(t, need, who, ROSTER_UNAVAILABLE);
	/* for what may be done whenever it suits, part of the time will do */
	town_write(t, "UPDATE shift SET flexible = 1 WHERE id = :id", shift);
	assert_conflicts(t, need, who, 0);
	town_write(t, "UPDATE shift SET flexible = 0 WHERE id = :id", shift);
	duty_time(t, who, 5, 660, 720, "unwilling");
	assert_conflicts(t, need, who, ROSTER_UNWILLING);
	town_write(t, "UPDATE availability SET degree = 'can' WHERE degree = 'unwilling' AND :id", 1);
	assert_conflicts(t, need, who, 0);
	town_write(t, "UPDATE availability SET degree = 'cannot' WHERE degree = 'can' AND :id", 1);
	assert_conflicts(t, need, who, ROSTER_UNAVAILABLE);
}

static void conflicts_have_words(void **state)
{
	AUTO_STRBUF out = { 0 };

	(void)state;
	roster_conflict_words(ROSTER_OVERLAP | ROSTER_OVER_CAP, &out);
	assert_string_equal(strbuf_str(&out), "同时有别的班、超过每周上限");
	strbuf_truncate(&out, 0);
	roster_conflict_words(0, &out);
	assert_string_equal(strbuf_str(&out), "");
}

/* Candidates ---------------------------------------------------------------------------------------------------------------------- */

static void the_best_comes_first_with_the_reason_in_words(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	const struct roster_candidate *list;
	int64_t lunch = duty_template(t, FILLS({ "grid_id", NULL, t->grid3 })), need, last, old;
	int64_t far = duty_volunteer(t, "远山", "grid_id = NULL"), blocked = duty_volunteer(t, "不在", "status = 'away'");
	int64_t willing = duty_volunteer(t, "愿来", NULL), plain = duty_volunteer(t, "可来", NULL), stopped = duty_volunteer(t, "停用", "status = 'stopped'");
	int made, skipped;
	size_t n;

	town_set_day(t, "2026-11-09");
	assert_ok(shift_make_week(&t->of, DUTY_MONDAY - 14, &made, &skipped, &e));
	assert_ok(shift_make_week(&t->of, DUTY_MONDAY - 7, &made, &skipped, &e));
	assert_ok(shift_make_week(&t->of, DUTY_MONDAY, &made, &skipped, &e));
	town_set_day(t, "2026-11-24");
	last = duty_need(t, town_int(t, "SELECT id FROM shift WHERE template_id = :id AND day = 20774", lunch));
	old = duty_need(t, town_int(t, "SELECT id FROM shift WHERE template_id = :id AND day = 20767", lunch));
	need = duty_need(t, town_int(t, "SELECT id FROM shift WHERE template_id = :id AND day = 20784", lunch));
	for (int day = 1; day <= 5; day++)
		duty_time(t, willing, day, 480, 1080, "willing");
	duty_stand(t, last, willing, "confirmed");
	duty_stand(t, old, willing, "confirmed");
	assert_ok(candidates(t, need, &a, &list, &n, &e));
	assert_int_equal(n, 4);
	assert_int_equal(list[0].volunteer_id, willing);
	assert_string_equal(list[0].reason, "愿意 · 本网格 · 上周1班 · 去过2次");
	assert_int_equal(list[1].volunteer_id, plain);
	assert_string_equal(list[1].reason, "没填时段 · 本网格 · 上周0班");
	assert_int_equal(list[2].volunteer_id, far);
	assert_string_equal(list[2].reason, "不在服务网格 · 没填时段 · 上周0班");
	assert_int_equal(list[3].volunteer_id, blocked);
	assert_non_null(strstr(list[3].reason, "不在岗"));
	assert_true(list[0].score > list[1].score && list[1].score > list[2].score);
	assert_null(candidate(t, need, stopped, &a));
	/* whoever did not come has not been there */
	town_write(t, "INSERT INTO attendance (id, assignment_id, result) SELECT 900, id, 'absent' FROM assignment WHERE need_id = :id", old);
	assert_non_null(strstr(candidate(t, need, willing, &a)->reason, "去过1次"));
	/* the place's own people are left out */
	duty_stand(t, need, plain, "planned");
	assert_null(candidate(t, need, plain, &a));
}

static void telephones_are_masked_but_for_those_who_see_them(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	int64_t need = duty_need(t, duty_shift(t, NULL)), who = duty_volunteer(t, "徐丽", NULL);

	assert_string_equal(candidate(t, need, who, &a)->phone, "13812345678");
	town_as(t, DESK);
	assert_string_equal(candidate(t, need, who, &a)->phone, "138****5678");
}

/* A week of 60 shifts in a community with 400 volunteers. Under the sanitizers the time says nothing: what counts is the number of statements,
 * which does not grow with the week. */
static void a_week_is_loaded_at_once_whatever_its_size(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_week w;
	struct timespec from, to;
	int64_t people[400];
	double ms;

	town_set_day(t, "2026-11-22");
	for (int i = 0; i < 400; i++)
		people[i] = duty_volunteer(t, "志愿者", NULL);
	town_write(t, "INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree) SELECT 1000 + row_number() OVER (), v.id, d.value, 480, 1080, 'can'"
	              " FROM volunteer AS v, json_each('[1,2,3,4,5,6,7]') AS d WHERE :id", 1);
	for (int i = 0; i < 60; i++) {
		AUTO_FREE char *day = mem_format("2026-11-%02d", 23 + i % 7);
		int64_t shift = duty_shift(t, FILLS({ "day", day }));

		duty_headcount(t, shift, "3");
		for (int k = 0; k < 3; k++)
			duty_stand(t, duty_need(t, shift), people[(i * 3 + k) % 400], "planned");
	}
	load(t, DUTY_MONDAY, &a, &w);
	clock_gettime(CLOCK_MONOTONIC, &from);
	load(t, DUTY_MONDAY, &a, &w);
	clock_gettime(CLOCK_MONOTONIC, &to);
	ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
	print_message("a week of 60 shifts x 400 volunteers: %.1f ms\n", ms);
	assert_int_equal(w.n, 60);
	assert_int_equal(w.shifts[59].filled, 3);
	assert_true(ms < 500);
}

static void who_may_not_see_volunteers_sees_no_roster(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	const struct roster_candidate *list;
	struct roster_week w;
	size_t n;
	int64_t need = duty_need(t, duty_shift(t, NULL));

	town_as(t, ADMIN);
	assert_refused(roster_load(&t->of, DUTY_MONDAY, NULL, &a, &w, &e), RC_DENIED, "", "排班");
	assert_refused(candidates(t, need, &a, &list, &n, &e), RC_DENIED, "", "排班");
	town_as(t, CANTEEN);
	assert_ok(roster_load(&t->of, DUTY_MONDAY, NULL, &a, &w, &e));
	assert_refused(candidates(t, 4711, &a, &list, &n, &e), RC_NOTFOUND, "", "已经删除");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(the_week_shows_who_stands_where_in_the_order_of_services),
		DUTY_TEST(what_a_filter_keeps_away_is_counted),
		DUTY_TEST(days_off_have_a_name),
		DUTY_TEST(who_was_stopped_or_deleted_while_assigned_stays_in_sight),
		DUTY_TEST(who_stands_on_a_need_that_was_deleted_stays_in_sight),
		DUTY_TEST(rows_of_nonsense_do_not_run_the_board_aground),
		DUTY_TEST(each_conflict_is_said_where_it_is_and_only_there),
		DUTY_TEST(stated_times_say_how_willing_somebody_is),
		DUTY_TEST(conflicts_have_words),
		DUTY_TEST(the_best_comes_first_with_the_reason_in_words),
		DUTY_TEST(telephones_are_masked_but_for_those_who_see_them),
		DUTY_TEST(a_week_is_loaded_at_once_whatever_its_size),
		DUTY_TEST(who_may_not_see_volunteers_sees_no_roster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
