/* Where hands will be missing, whom to ask, and how it went over time. */
#include "domain/gap.h"

#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "duty.h"
#include "roster/gap_inside.h"

static void assert_near(double got, double wanted)
{
	if (fabs(got - wanted) > 1e-6)
		fail_msg("%.6f instead of %.6f", got, wanted);
}

/* A sign-in of a shift so many days ago. */
static void came(struct town *t, int64_t volunteer, int days_ago, const char *result)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO attendance (id, assignment_id, volunteer_id, day, result) VALUES (:id, 1, %lld, %d, '%s')",
	                                 (long long)volunteer, TOWN_TODAY - days_ago, result);

	duty_insert(t, sql);
}

/* To the end of a search. */
static enum rc search(struct gap_search *s, struct err *e)
{
	bool more = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && more)
		rc = gap_search_step(s, &more, e);
	return rc;
}

static void load(struct town *t, struct arena *a, const struct gap **out, size_t *n)
{
	struct gap_search *s = gap_search_new(&t->of);
	const struct gap *found;
	struct err e = { 0 };
	struct gap *list;

	gap_search_begin(s);
	assert_ok(search(s, &e));
	found = gap_search_gaps(s, n);
	list = arena_alloc(a, (*n + 1) * sizeof *list);
	for (size_t i = 0; i < *n; i++) {
		list[i] = found[i];
		list[i].grid = arena_copy(a, found[i].grid);
		list[i].role = arena_copy(a, found[i].role);
	}
	gap_search_free(s);
	*out = list;
}

/* Numbers -------------------------------------------------------------------------------------------------------------------------- */

static void somebody_unknown_comes_every_other_time(void **state)
{
	static const struct { double attended, scheduled, wanted; } cases[] = {
		{ 0, 0, 0.5 }, { 1, 1, 2.0 / 3 }, { 0, 1, 1.0 / 3 }, { 3, 4, 4.0 / 6 }, { 8, 8, 0.9 }, { 0, 8, 0.1 }, { 0.5, 0.5, 0.6 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_near(show_probability(cases[i].attended, cases[i].scheduled), cases[i].wanted);
}

static void what_is_long_ago_counts_less(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct gap_base base = { .pool = { .of = &t->of }, .also_day = DAY_NONE };
	bool more = true;
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), zhu = duty_volunteer(t, "朱红", NULL);

	came(t, xu, 60, "present");
	came(t, gu, 0, "absent");
	came(t, gu, 120, "late");
	came(t, gu, 366, "absent");
	came(t, gu, 10, "excused");
	while (more)
		assert_ok(gap_base_step(&base, &more, &e));
	assert_near(gap_shows(&base.rates, xu), 1.5 / 2.5);
	assert_near(gap_shows(&base.rates, gu), 1.25 / 3.25);
	assert_near(gap_shows(&base.rates, zhu), 0.5);
	assert_near(gap_shows(&base.rates, 4711), 0.5);
	gap_base_release(&base);
}

static void a_percentile_is_the_nearest_rank(void **state)
{
	static const struct { int n, values[8], percent, wanted; } cases[] = {
		{ 1, { 7 }, 80, 7 }, { 2, { 9, 1 }, 80, 9 }, { 5, { 5, 1, 4, 2, 3 }, 80, 4 }, { 8, { 8, 7, 6, 5, 4, 3, 2, 1 }, 80, 7 },
		{ 8, { 3, 3, 3, 3, 3, 3, 3, 9 }, 80, 3 }, { 4, { 1, 2, 3, 4 }, 0, 1 }, { 4, { 1, 2, 3, 4 }, 100, 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int values[8];

		memcpy(values, cases[i].values, sizeof values);
		assert_int_equal(gap_percentile(values, (size_t)cases[i].n, cases[i].percent), cases[i].wanted);
	}
}

/* Gaps ----------------------------------------------------------------------------------------------------------------------------- */

static void a_place_is_short_of_those_who_will_likely_not_come(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	const struct gap *list;
	size_t n;
	int64_t shift = duty_shift(t, FILLS({ "grid_id", NULL, t->grid3 })), need = duty_need(t, shift);
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL);

	duty_headcount(t, shift, "2");
	duty_stand(t, need, xu, "confirmed");
	duty_stand(t, need, gu, "planned");
	for (int i = 0; i < 8; i++)
		came(t, xu, 0, "present");
	load(t, &a, &list, &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].need_id, need);
	assert_int_equal(list[0].wanted, 2);
	assert_int_equal(list[0].assigned, 2);
	assert_near(list[0].expected, 0.9 + 0.5);
	assert_near(list[0].missing, 0.6);
	assert_string_equal(list[0].grid, "03");
	assert_string_equal(list[0].role, "hand");
	/* nobody else there is: there is nobody to ask */
	assert_true(list[0].cannot);
	/* half a head is where a gap begins */
	for (int i = 0; i < 8; i++)
		came(t, gu, 0, "present");
	load(t, &a, &list, &n);
	assert_int_equal(n, 0);
	/* who is known not to come does not count */
	duty_absent(t, gu, TOWN_TODAY + 3, TOWN_TODAY + 3);
	duty_volunteer(t, "朱红", NULL);
	load(t, &a, &list, &n);
	assert_int_equal(n, 1);
	assert_near(list[0].expected, 0.9);
	assert_false(list[0].cannot);
}

static void the_most_pressing_gap_comes_first_from_tomorrow_to_the_end_of_the_fortnight(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct gap_search *s;
	const struct gap *list;
	size_t n;
	int64_t last = duty_shift(t, FILLS({ "day", "2026-12-08" })), small = duty_shift(t, FILLS({ "day", "2026-11-25" }, { "begin_min", "8:00" }));
	int64_t large = duty_shift(t, FILLS({ "day", "2026-11-25" })), gone = duty_shift(t, NULL);

	duty_shift(t, FILLS({ "day", "2026-11-24" }));
	duty_shift(t, FILLS({ "day", "2026-12-09" }));
	duty_headcount(t, large, "3");
	assert_ok(shift_cancel(&t->of, gone, duty_rev(t, "shift", gone), "下雨", &e));
	load(t, &a, &list, &n);
	assert_int_equal(n, 3);
	assert_int_equal(list[0].shift_id, large);
	assert_int_equal(list[1].shift_id, small);
	assert_int_equal(list[2].shift_id, last);
	town_as(t, ADMIN);
	s = gap_search_new(&t->of);
	gap_search_begin(s);
	assert_refused(search(s, &e), RC_DENIED, "", "志愿者");
	gap_search_free(s);
}

/* Eight Fridays of a template with one place, which really needed 1 to 4 hands. */
static void where_need_varies_most_of_the_last_same_weekdays_count(void **state)
{
	static const int needed[] = { 1, 1, 2, 2, 2, 3, 3, 4 };
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	const struct gap *list;
	struct err e = { 0 };
	size_t n;
	int64_t lunch = duty_template(t, FILLS({ "weekdays", "5" }));
	int made, skipped;

	assert_ok(shift_make_week(&t->of, DUTY_MONDAY, &made, &skipped, &e));
	load(t, &a, &list, &n);
	assert_int_equal(list[0].wanted, 1);
	for (int i = 0; i < 9; i++) {
		AUTO_FREE char *sql = mem_format("INSERT INTO shift (id, template_id, service, day, begin_min, end_min, state, needed)"
		                                 " VALUES (:id, %lld, 'meals', %d, 600, 720, 'published', %d)", (long long)lunch, TOWN_TODAY + 3 - 7 * (i + 1),
		                                 i < 8 ? needed[i] : 50);

		duty_insert(t, sql);
	}
	/* other weekdays and other templates say nothing */
	town_write(t, "INSERT INTO shift (id, template_id, service, day, begin_min, end_min, state, needed) VALUES (901, :id, 'meals', 20780, 600, 720, 'draft', 99)",
	           lunch);
	town_write(t, "INSERT INTO shift (id, template_id, service, day, begin_min, end_min, state, needed) VALUES (902, 1 + :id, 'meals', 20777, 600, 720, 'draft', 99)",
	           lunch);
	load(t, &a, &list, &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].wanted, 3);
	assert_near(list[0].missing, 3);
	/* a week later the oldest of them has gone */
	town_write(t, "UPDATE shift SET needed = 0 WHERE template_id = :id AND day < 20780", lunch);
	load(t, &a, &list, &n);
	assert_int_equal(n, 0);
}

/* Calls ---------------------------------------------------------------------------------------------------------------------------- */

static enum rc try_note(struct town *t, int64_t need, int64_t volunteer, const char *outcome, struct err *e)
{
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "call"));
	town_fill(t, &r, FILLS({ "outcome", outcome }, { "note", "下午打的" }));
	return gap_call_note(&t->of, need, volunteer, &r, e);
}

static void calls(struct town *t, int64_t need, struct arena *a, const struct gap_call **out, size_t *n)
{
	struct gap_search *s = gap_search_new(&t->of);
	const struct gap_call *found;
	struct err e = { 0 };
	struct gap_call *list;

	gap_search_ask(s, need);
	assert_ok(search(s, &e));
	found = gap_search_calls(s, n);
	list = arena_alloc(a, (*n + 1) * sizeof *list);
	for (size_t i = 0; i < *n; i++) {
		list[i] = found[i];
		list[i].phone = arena_copy(a, found[i].phone);
		list[i].reason = arena_copy(a, found[i].reason);
		list[i].last = arena_copy(a, found[i].last);
	}
	gap_search_free(s);
	*out = list;
}

static bool is_asked(struct town *t, int64_t need, int64_t volunteer)
{
	AUTO_ARENA a = { 0 };
	const struct gap_call *list;
	size_t n;

	calls(t, need, &a, &list, &n);
	for (size_t i = 0; i < n; i++)
		if (list[i].volunteer_id == volunteer)
			return true;
	return false;
}

static void the_likeliest_is_asked_first(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	const struct gap_call *list;
	size_t n;
	int64_t need = duty_need(t, duty_shift(t, FILLS({ "grid_id", NULL, t->grid3 })));
	int64_t far = duty_volunteer(t, "远山", "grid_id = NULL"), unsure = duty_volunteer(t, "爽约", NULL), sure = duty_volunteer(t, "常来", NULL);
	int64_t willing = duty_volunteer(t, "愿来", NULL);

	duty_time(t, willing, 5, 480, 1080, "willing");
	for (int i = 0; i < 3; i++) {
		came(t, sure, 0, "present");
		came(t, willing, 0, "present");
		came(t, unsure, 0, "absent");
	}
	calls(t, need, &a, &list, &n);
	assert_int_equal(n, 4);
	assert_int_equal(list[0].volunteer_id, willing);
	assert_string_equal(list[0].reason, "愿意 · 本网格 · 上周0班");
	assert_near(list[0].shows, 0.8);
	assert_int_equal(list[1].volunteer_id, sure);
	assert_int_equal(list[2].volunteer_id, far);
	assert_int_equal(list[3].volunteer_id, unsure);
	assert_near(list[3].shows, 0.2);
	assert_string_equal(list[0].last, "");
	town_as(t, DESK);
	calls(t, need, &a, &list, &n);
	assert_string_equal(list[0].phone, "138****5678");
}

static void who_cannot_or_would_rather_not_is_not_asked(void **state)
{
	static const char *const sets[] = {
		"may_call = 0", "may_call = NULL", "status = 'away'", "status = 'stopped'", "deleted_at = 1", "weekly_shifts = 0",
	};
	struct town *t = *state;
	int64_t shift = duty_shift(t, FILLS({ "service", "meals" })), need = duty_need(t, shift), who;

	assert_true(is_asked(t, need, duty_volunteer(t, "徐丽", NULL)));
	for (size_t i = 0; i < COUNT(sets); i++)
		assert_false(is_asked(t, need, duty_volunteer(t, "徐丽", sets[i])));
	who = duty_volunteer(t, "证书", NULL);
	town_write(t, "UPDATE qualification SET expires_day = 20783 WHERE volunteer_id = :id", who);
	assert_false(is_asked(t, need, who));
	who = duty_volunteer(t, "请假", NULL);
	duty_absent(t, who, TOWN_TODAY, TOWN_TODAY + 5);
	assert_false(is_asked(t, need, who));
	who = duty_volunteer(t, "已排", NULL);
	duty_headcount(t, shift, "2");
	duty_stand(t, need, who, "planned");
	assert_false(is_asked(t, need, who));
}

static void what_was_said_is_noted_and_yes_assigns(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	const struct gap_call *list;
	const struct gap *gaps;
	size_t n;
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), next = duty_need(t, duty_shift(t, FILLS({ "day", "2026-11-30" })));
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL), zhu = duty_volunteer(t, "朱红", NULL);

	duty_headcount(t, shift, "3");
	assert_ok(try_note(t, need, xu, "unreached", &e));
	assert_ok(try_note(t, need, gu, "no", &e));
	assert_false(is_asked(t, need, gu));
	calls(t, need, &a, &list, &n);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].volunteer_id == xu || list[1].volunteer_id == xu, 1);
	for (size_t i = 0; i < n; i++)
		if (list[i].volunteer_id == xu) {
			assert_string_equal(list[i].last, "没接通 今天 09:00");
			assert_non_null(strstr(list[i].reason, "接通率0%"));
		}
	assert_ok(try_note(t, need, xu, "yes", &e));
	assert_int_equal(town_int(t, "SELECT volunteer_id FROM assignment WHERE need_id = :id", need), xu);
	assert_town_text(t, "SELECT group_concat(outcome || note) FROM (SELECT * FROM call WHERE volunteer_id = :id ORDER BY id)", xu, "unreached下午打的,yes下午打的");
	load(t, &a, &gaps, &n);
	assert_int_equal(gaps[0].asked, 3);
	assert_int_equal(gaps[0].agreed, 0);
	assert_int_equal(gaps[0].assigned, 1);
	/* who was spoken to and not needed rests from other shifts for a week; who was not reached, or serves, does not */
	assert_false(is_asked(t, next, gu));
	assert_true(is_asked(t, next, xu));
	assert_true(is_asked(t, next, zhu));
	town_pass_minutes(t, 5 * 24 * 60);
	assert_false(is_asked(t, next, gu));
	town_write(t, "UPDATE call SET at = at - 3 * 86400000 WHERE :id", 1);
	assert_true(is_asked(t, next, gu));
}

static void a_yes_that_cannot_be_kept_leaves_nothing_behind(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t shift = duty_shift(t, NULL), need = duty_need(t, shift), xu = duty_volunteer(t, "徐丽", NULL), away = duty_volunteer(t, "顾明", "status = 'away'");
	int64_t over = duty_need(t, duty_shift(t, FILLS({ "day", "2026-11-24" }, { "begin_min", "8:00" }, { "end_min", "9:00" })));

	duty_stand(t, need, duty_volunteer(t, "朱红", NULL), "planned");
	assert_refused_untouched(try_note(t, need, xu, "yes", &e), RC_INVALID, "", "排满");
	duty_headcount(t, shift, "2");
	assert_refused_untouched(try_note(t, need, away, "yes", &e), RC_INVALID, "override_why", "不在岗");
	assert_refused_untouched(try_note(t, need, xu, NULL, &e), RC_INVALID, "outcome", "结果");
	assert_refused_untouched(try_note(t, over, xu, "no", &e), RC_INVALID, "", "时间已过");
	assert_refused_untouched(try_note(t, need, 4711, "no", &e), RC_NOTFOUND, "", "没有这位志愿者");
	assert_refused_untouched(try_note(t, 4711, xu, "no", &e), RC_NOTFOUND, "", "已经删除");
	town_as(t, DESK);
	assert_refused_untouched(try_note(t, need, xu, "no", &e), RC_DENIED, "", "排班");
}

static void the_number_to_dial_is_written_down_first(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };
	int64_t xu = duty_volunteer(t, "徐丽", NULL);

	assert_ok(gap_reveal(&t->of, xu, &plain, &e));
	assert_string_equal(plain, "13812345678");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'volunteer' AND field = 'phone' AND record_id = :id", xu), 1);
	town_as(t, PROJECT);
	assert_refused(gap_reveal(&t->of, xu, &plain, &e), RC_DENIED, "", "排班");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE record_id = :id", xu), 1);
}

/* Sums ----------------------------------------------------------------------------------------------------------------------------- */

static int64_t past_shift(struct town *t, int days_ago, const char *needed, const char *headcount)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO shift (id, service, day, begin_min, end_min, state, needed) VALUES (:id, 'patrol', %d, 600, 720,"
	                                 " 'published', %s)", TOWN_TODAY - days_ago, needed);
	int64_t id = duty_insert(t, sql);
	AUTO_FREE char *need = mem_format("INSERT INTO shift_need (id, shift_id, headcount) VALUES (:id, %lld, %s)", (long long)id, headcount);

	duty_insert(t, need);
	return id;
}

static void work_that_waited_for_hands_is_counted_by_service(void **state)
{
	struct town *t = *state;
	struct gap_search *s = gap_search_new(&t->of);
	struct err e = { 0 };
	const struct gap_sum *sums;
	size_t n;
	int64_t visit = duty_shift(t, NULL), leader, half = past_shift(t, 1, "NULL", "3");

	assert_ok(duty_try_need(t, 0, visit, 0, FILLS({ "role", "leader" }), &leader, &e));
	duty_shift(t, FILLS({ "service", "meals" }));
	duty_stand(t, duty_need(t, half), duty_volunteer(t, "徐丽", NULL), "confirmed");
	past_shift(t, 28, "4", "1");
	past_shift(t, 2, "0", "5");
	past_shift(t, 29, "9", "9");
	town_write(t, "UPDATE shift SET state = 'cancelled' WHERE id = :id", past_shift(t, 3, "9", "9"));
	gap_search_begin(s);
	assert_ok(search(s, &e));
	sums = gap_search_sums(s, &n);
	assert_int_equal(n, 3);
	assert_string_equal(sums[0].service, "meals");
	assert_string_equal(sums[1].service, "visit");
	assert_string_equal(sums[2].service, "patrol");
	assert_int_equal(sums[1].shifts, 1);
	assert_int_equal(sums[1].short_shifts, 1);
	assert_near(sums[1].missing, 2);
	assert_int_equal(sums[1].suppressed, 0);
	assert_int_equal(sums[2].shifts, 0);
	assert_int_equal(sums[2].suppressed, 2 + 4);
	gap_search_free(s);
}

static void recruits_leavers_and_no_shows_are_counted_month_by_month(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	const struct volunteer_trend *list;
	size_t n;
	int64_t xu = duty_volunteer(t, "徐丽", "joined_day = 20758");                                   /* 2026-11-01 */

	duty_volunteer(t, "顾明", "joined_day = 20757");                                                /* 2026-10-31 */
	duty_volunteer(t, "朱红", "joined_day = 20000, left_day = 20758, status = 'stopped'");
	duty_volunteer(t, "马强", "joined_day = 20000, deleted_at = 1");
	duty_volunteer(t, "申请", "joined_day = NULL");
	came(t, xu, 0, "present");
	came(t, xu, 1, "late");
	came(t, xu, 2, "absent");
	came(t, xu, 24, "absent");
	came(t, xu, 400, "absent");
	assert_ok(volunteer_trends(&t->of, 3, &a, &list, &n, &e));
	assert_int_equal(n, 3);
	assert_int_equal(list[0].month, day_from_civil(2026, 9, 1));
	assert_int_equal(list[0].active, 1);
	assert_int_equal(list[1].month, day_from_civil(2026, 10, 1));
	assert_int_equal(list[1].joined, 1);
	assert_int_equal(list[1].active, 2);
	assert_int_equal(list[1].no_shows, 1);
	assert_int_equal(list[2].joined, 1);
	assert_int_equal(list[2].left, 1);
	assert_int_equal(list[2].active, 2);
	assert_int_equal(list[2].attended, 2);
	assert_int_equal(list[2].no_shows, 1);
	assert_ok(volunteer_trends(&t->of, 60, &a, &list, &n, &e));
	assert_int_equal(list[0].month, day_from_civil(2021, 12, 1));
	assert_refused(volunteer_trends(&t->of, 0, &a, &list, &n, &e), RC_INVALID, "", "个月");
	assert_refused(volunteer_trends(&t->of, 61, &a, &list, &n, &e), RC_INVALID, "", "个月");
	town_as(t, ADMIN);
	assert_refused(volunteer_trends(&t->of, 3, &a, &list, &n, &e), RC_DENIED, "", "志愿者");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_unknown_comes_every_other_time),
		DUTY_TEST(what_is_long_ago_counts_less),
		cmocka_unit_test(a_percentile_is_the_nearest_rank),
		DUTY_TEST(a_place_is_short_of_those_who_will_likely_not_come),
		DUTY_TEST(the_most_pressing_gap_comes_first_from_tomorrow_to_the_end_of_the_fortnight),
		DUTY_TEST(where_need_varies_most_of_the_last_same_weekdays_count),
		DUTY_TEST(the_likeliest_is_asked_first),
		DUTY_TEST(who_cannot_or_would_rather_not_is_not_asked),
		DUTY_TEST(what_was_said_is_noted_and_yes_assigns),
		DUTY_TEST(a_yes_that_cannot_be_kept_leaves_nothing_behind),
		DUTY_TEST(the_number_to_dial_is_written_down_first),
		DUTY_TEST(work_that_waited_for_hands_is_counted_by_service),
		DUTY_TEST(recruits_leavers_and_no_shows_are_counted_month_by_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
