/* What is found in slices and kept is what all of it read at once would say: on the demo, with its volunteers fifteen times over. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "demo_fixture.h"
#include "roster/gap_inside.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

#define MONDAY (20781 - 1)        /* of TODAY */
#define TIMES "json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14]') AS k"

static void run(struct office_fixture *x, const char *sql)
{
	AUTO_TXN t = { 0 };
	AUTO_FREE char *marked = mem_format("%s /*scan*/", sql);
	AUTO_STMT q = stmt_use_temporary(x->of.st, marked);
	struct err e = { 0 };

	assert_ok(txn_begin(&t, x->of.st, "test", &e));
	assert_ok(stmt_run(&q, &e));
	assert_ok(txn_commit(&t, &e));
}

/* More than a slice takes. */
static void open_crowd(struct office_fixture *x)
{
	open_demo(x, "crowd.db", 1, DEMO_SMALL);
	act_as(x, ROLE_HEAD);
	run(x, "INSERT INTO volunteer (id, number, name, phone, services, skills, grid_id, weekly_shifts, weekly_minutes, may_call, status)"
	       " SELECT v.id + (k.value << 20), v.number, v.name, v.phone, v.services, v.skills, v.grid_id, k.value % 3 + 1, v.weekly_minutes, k.value % 2, v.status"
	       " FROM volunteer AS v, " TIMES);
	run(x, "INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree) SELECT a.id + (k.value << 20), a.volunteer_id + (k.value << 20), a.weekday,"
	       " a.begin_min, a.end_min, CASE k.value % 3 WHEN 0 THEN 'willing' WHEN 1 THEN 'can' ELSE a.degree END FROM availability AS a, " TIMES);
	run(x, "INSERT INTO qualification (id, volunteer_id, kind, expires_day) SELECT q.id + (k.value << 20), q.volunteer_id + (k.value << 20), q.kind, 20770 + k.value"
	       " FROM qualification AS q, " TIMES);
}

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

static const int64_t *ids_of(struct office_fixture *x, const char *sql, struct arena *a, size_t *n)
{
	AUTO_STMT q = stmt_use(x->of.st, sql);
	const int64_t *ids;
	struct err e = { 0 };

	assert_ok(stmt_rows(&q, a, sizeof *ids, read_id, &ids, n, &e));
	return ids;
}

/* Everybody at once, in one go. */
static struct roster_people everybody(struct office_fixture *x, int32_t from, int32_t to, struct arena *a)
{
	struct roster_want want = { .from_day = from, .to_day = to };
	struct roster_people people;
	struct err e = { 0 };

	want.ids = ids_of(x, "SELECT id FROM volunteer WHERE deleted_at IS NULL AND status <> 'stopped' /*scan*/", a, &want.n_ids);
	assert_ok(roster_people_load(&x->of, &want, a, &people, &e));
	assert_ok(roster_stands_read(&x->of, day_monday(from) - 28, day_monday(to) + 6, a, &people.stands, &people.n_stands, &e));
	assert_ok(roster_been_read(&x->of, 20781 - 56, 20781 - 1, a, &people.been, &people.n_been, &e));
	return people;
}

static void find(struct roster_finder *f, int32_t monday, int64_t need)
{
	struct err e = { 0 };
	bool more = true;

	for (roster_finder_begin(f, monday, need); more;)
		assert_ok(roster_finder_step(f, &more, &e));
}

/* All who are not on the shift, each as the rules say; the list in its order. */
static void assert_found(struct office_fixture *x, struct roster_finder *f, const struct roster_people *people, const struct shift *s,
                         const struct shift_need *need)
{
	struct roster_spot spot = roster_spot_of(s, need);
	const struct roster_candidate *list;
	size_t n, wanted = 0;

	find(f, day_monday(s->day), need->id);
	list = roster_finder_list(f, &n);
	for (size_t i = 0; i < people->n; i++)
		wanted += !roster_stands_on(people, people->list[i].v.id, s->id);
	assert_int_equal(n, wanted);
	for (size_t i = 0; i < n; i++) {
		const struct roster_person *p = roster_person_find(people, list[i].volunteer_id);
		unsigned conflicts = roster_conflicts(&x->of, people, p, &spot, NULL);
		AUTO_STRBUF reason = { 0 };

		roster_reason(people, p, &spot, conflicts, &reason);
		assert_int_equal(list[i].conflicts, conflicts);
		assert_int_equal(list[i].score, roster_score(&x->of, people, p, &spot, conflicts));
		assert_string_equal(list[i].reason, strbuf_str(&reason));
		assert_string_equal(list[i].name, p->v.name);
		assert_true(i == 0 || !(list[i - 1].conflicts & ROSTER_BLOCKING) || (conflicts & ROSTER_BLOCKING));
		assert_true(i == 0 || (!(list[i - 1].conflicts & ROSTER_BLOCKING) && (conflicts & ROSTER_BLOCKING)) || list[i - 1].score >= list[i].score);
	}
}

static void assert_week_found(struct office_fixture *x, struct roster_finder *f, int32_t monday)
{
	AUTO_ARENA a = { 0 };
	struct roster_people people = everybody(x, monday, monday + 6, &a);
	struct roster_week week, said;
	struct err e = { 0 };

	assert_true(people.n > 300);      /* some slices */
	assert_ok(roster_load(&x->of, monday, NULL, &a, &week, &e));
	assert_ok(roster_load(&x->of, monday, NULL, &a, &said, &e));
	assert_true(week.n > 5);
	for (size_t i = 0; i < week.n; i += 3)
		for (size_t k = 0; k < week.shifts[i].n_places; k++)
			assert_found(x, f, &people, &week.shifts[i].shift, &week.shifts[i].places[k].need);
	roster_say_conflicts(&x->of, &people, &week);
	roster_finder_conflicts(f, &said);
	for (size_t i = 0; i < week.n; i++)
		for (size_t k = 0; k < week.shifts[i].n_places; k++)
			for (size_t j = 0; j < week.shifts[i].places[k].n_seats; j++)
				assert_int_equal(week.shifts[i].places[k].seats[j].conflicts, said.shifts[i].places[k].seats[j].conflicts);
}

static void what_is_kept_says_what_all_at_once_would_whatever_changes(void **state)
{
	static const char *const changes[] = {
		"INSERT INTO absence (id, volunteer_id, from_day, to_day) SELECT id, id, 20780, 20782 FROM volunteer WHERE id % 3 = 0 AND status = 'active'",
		"UPDATE volunteer SET status = 'stopped' WHERE id % 5 = 0",
		"UPDATE volunteer SET deleted_at = 1 WHERE id % 7 = 0",
		"UPDATE assignment SET state = 'cancelled' WHERE id % 2 = 0",
		"UPDATE attendance SET result = 'absent' WHERE id % 2 = 1",
		"DELETE FROM availability WHERE weekday = '3'",
		"UPDATE qualification SET expires_day = 20782 WHERE id % 2 = 0",
		"INSERT INTO apart (id, volunteer_id, other_id) SELECT id, id, (SELECT volunteer_id FROM assignment ORDER BY id DESC LIMIT 1) FROM volunteer WHERE id % 4 = 1",
		"UPDATE shift SET begin_min = begin_min - 60 WHERE id % 2 = 1",
	};
	struct office_fixture *x = *state;
	struct roster_finder *f;

	open_crowd(x);
	f = roster_finder_new(&x->of);
	assert_week_found(x, f, MONDAY);
	assert_week_found(x, f, MONDAY - 7);
	for (size_t i = 0; i < COUNT(changes); i++) {
		run(x, changes[i]);
		assert_week_found(x, f, MONDAY + 7 * (int)(i % 2));
	}
	roster_finder_free(f);
}

/* A change between two slices: what was read before it is read again. */
static void a_change_in_the_middle_is_not_missed(void **state)
{
	struct office_fixture *x = *state;
	AUTO_ARENA a = { 0 };
	size_t n_needs, n;
	struct err e = { 0 };

	open_crowd(x);
	const int64_t *needs = ids_of(x, "SELECT shift_need.id FROM shift_need JOIN shift ON shift.id = shift_id WHERE day BETWEEN 20780 AND 20786 /*scan*/", &a,
	                              &n_needs);

	for (int steps = 1; steps < 20; steps += 3) {
		struct roster_finder *f = roster_finder_new(&x->of);
		const struct roster_candidate *list;
		bool more = true;

		roster_finder_begin(f, MONDAY, needs[0]);
		for (int i = 0; i < steps && more; i++)
			assert_ok(roster_finder_step(f, &more, &e));
		run(x, "UPDATE volunteer SET name = name || '改' WHERE id % 2 = 0");
		while (more)
			assert_ok(roster_finder_step(f, &more, &e));
		if (steps < 10) {              /* not at its end before the change */
			list = roster_finder_list(f, &n);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(list[i].volunteer_id % 2 == 0, strstr(list[i].name, "改") != NULL);
		}
		run(x, "UPDATE volunteer SET name = replace(name, '改', '')");
		roster_finder_free(f);
	}
}

/* A place that moved away since the board was read is said, not weighed by another week's rules. */
static void a_place_that_moved_to_another_week_is_said(void **state)
{
	struct office_fixture *x = *state;
	AUTO_ARENA a = { 0 };
	struct roster_finder *f;
	struct err e = { 0 };
	bool more = true;
	size_t n;

	open_demo(x, "moved.db", 1, DEMO_SMALL);
	act_as(x, ROLE_HEAD);
	f = roster_finder_new(&x->of);
	const int64_t *needs = ids_of(x, "SELECT shift_need.id FROM shift_need JOIN shift ON shift.id = shift_id WHERE day = 20782 /*scan*/", &a, &n);

	roster_finder_begin(f, MONDAY, needs[0]);
	run(x, "UPDATE shift SET day = day + 7 WHERE day = 20782");
	assert_refused(roster_finder_step(f, &more, &e), RC_CONFLICT, "", "别的周");
	roster_finder_free(f);
}

/* Gaps ------------------------------------------------------------------------------------------------------------------------------- */

static void search(struct gap_search *s)
{
	struct err e = { 0 };
	bool more = true;

	while (more)
		assert_ok(gap_search_step(s, &more, &e));
}

/* The same question asked of a search that has kept what it read, and of a new one. */
static void assert_same_gaps(struct office_fixture *x, struct gap_search *kept)
{
	struct gap_search *fresh = gap_search_new(&x->of);
	struct gap_search *both[] = { kept, fresh };
	const struct gap *gaps[2];
	const struct gap_sum *sums[2];
	const struct gap_call *calls[2];
	size_t n[2], n_sums[2], n_calls[2];

	for (size_t i = 0; i < COUNT(both); i++) {
		gap_search_begin(both[i]);
		search(both[i]);
		gaps[i] = gap_search_gaps(both[i], &n[i]);
		sums[i] = gap_search_sums(both[i], &n_sums[i]);
		assert_true(n[i] > 3);
		gap_search_ask(both[i], gaps[i][n[i] / 2].need_id);
		search(both[i]);
		calls[i] = gap_search_calls(both[i], &n_calls[i]);
	}
	assert_int_equal(n[0], n[1]);
	assert_int_equal(n_sums[0], n_sums[1]);
	assert_int_equal(n_calls[0], n_calls[1]);
	for (size_t i = 0; i < n[0]; i++) {
		assert_int_equal(gaps[0][i].need_id, gaps[1][i].need_id);
		assert_int_equal(gaps[0][i].asked, gaps[1][i].asked);
		assert_int_equal(gaps[0][i].cannot, gaps[1][i].cannot);
		assert_true(gaps[0][i].expected == gaps[1][i].expected);
	}
	for (size_t i = 0; i < n_sums[0]; i++)
		assert_int_equal(sums[0][i].suppressed, sums[1][i].suppressed);
	for (size_t i = 0; i < n_calls[0]; i++)
		assert_int_equal(calls[0][i].volunteer_id, calls[1][i].volunteer_id);
	gap_search_free(fresh);
}

static void gaps_that_are_kept_are_those_found_anew(void **state)
{
	static const char *const changes[] = {
		"UPDATE attendance SET result = 'absent' WHERE id % 2 = 1",
		"INSERT INTO absence (id, volunteer_id, from_day, to_day) SELECT id, id, 20780, 20790 FROM volunteer WHERE id % 3 = 0 AND status = 'active'",
		"UPDATE assignment SET state = 'cancelled' WHERE id % 2 = 0",
		"UPDATE volunteer SET may_call = 0 WHERE id % 2 = 0",
		"INSERT INTO call (id, shift_id, need_id, volunteer_id, outcome, at) SELECT s.id + v.id % 97, s.id, n.id, v.id, 'no', 1795478400000 FROM volunteer AS v"
		" JOIN shift_need AS n JOIN shift AS s ON s.id = n.shift_id WHERE s.day = 20784 AND v.id % 2 = 1 GROUP BY s.id + v.id % 97",
	};
	struct office_fixture *x = *state;
	struct gap_search *kept;

	open_crowd(x);
	kept = gap_search_new(&x->of);
	assert_same_gaps(x, kept);
	for (size_t i = 0; i < COUNT(changes); i++) {
		run(x, changes[i]);
		assert_same_gaps(x, kept);
	}
	x->clock += INT64_C(86400000);
	assert_same_gaps(x, kept);
	gap_search_free(kept);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_kept_says_what_all_at_once_would_whatever_changes),
		TEST(a_change_in_the_middle_is_not_missed),
		TEST(a_place_that_moved_to_another_week_is_said),
		TEST(gaps_that_are_kept_are_those_found_anew),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("roster_slices", tests, NULL, NULL);
}
