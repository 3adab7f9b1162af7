/* Two residents who are one person were both volunteers: what is merged of them, what is refused, and that it can be undone. */
#include "domain/resident_merge.h"

#include <stdlib.h>

#include "base/day.h"
#include "hands.h"
#include "served.h"
#include "store/journal.h"

static int setup(void **state)
{
	struct town *t;
	int rc = town_setup(state);

	t = *state;
	town_write(t, "UPDATE resident SET status = 'present'", 0);
	town_as(t, HEAD);
	return rc;
}

#define JOIN_TEST(name) cmocka_unit_test_setup_teardown(name, setup, town_teardown)

/* li's record into wang's. */
static enum rc try_merge(struct town *t, struct err *e)
{
	struct resident_merge m;
	enum rc rc = resident_merge_load(&t->of, t->wang, t->li, &m, e);

	if (rc != RC_OK)
		return rc;
	rc = resident_merge_save(&t->of, &m, e);
	resident_merge_release(&m);
	return rc;
}

static void merge(struct town *t)
{
	struct err e = { 0 };

	assert_ok(try_merge(t, &e));
}

static char *snapshot(struct town *t)
{
	static const char *const tables[] = {
		"resident", "volunteer", "volunteer_grid", "qualification", "apart", "availability", "absence", "assignment", "attendance", "service_proof",
		"point_entry", "call",
	};
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++)
		town_snapshot_table(t, tables[i], strcmp(tables[i], "point_entry") ? "WHERE deleted_at IS NULL" : "", &out);
	return mem_copy(strbuf_str(&out));
}

static void what_hangs_on_either_goes_to_the_one_that_stays(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t keep = hands_volunteer(t, "王秀英", FILLS({ "resident_id", NULL, t->wang }, { "grid_id", NULL, t->grid3 }, { "services", "visit" }));
	int64_t other = hands_volunteer(t, "李建国", FILLS({ "resident_id", NULL, t->li }, { "grid_id", NULL, t->grid5 }, { "services", "meals" },
	                                                   { "transport", "ebike" }, { "outside_number", "ZYH-77" }));
	int64_t third = hands_volunteer(t, "张三", NULL), fourth = hands_volunteer(t, "沈明", NULL);

	hands_part(t, keep, "qualification", FILLS({ "kind", "health" }, { "number", "J1" }, { "expires_day", "2027-01-01" }));
	hands_part(t, other, "qualification", FILLS({ "kind", "health" }, { "number", "J1" }, { "expires_day", "2027-01-01" }));
	hands_part(t, other, "qualification", FILLS({ "kind", "first_aid" }));
	hands_part(t, keep, "availability", FILLS({ "weekday", "1" }, { "begin_min", "0900" }, { "end_min", "1100" }, { "degree", "can" }));
	hands_part(t, other, "availability", FILLS({ "weekday", "1" }, { "begin_min", "1000" }, { "end_min", "1200" }, { "degree", "cannot" }));
	hands_part(t, other, "availability", FILLS({ "weekday", "2" }, { "begin_min", "1000" }, { "end_min", "1200" }, { "degree", "willing" }));
	hands_part(t, keep, "absence", FILLS({ "from_day", "2026-12-01" }, { "to_day", "2026-12-10" }));
	hands_part(t, other, "absence", FILLS({ "from_day", "2026-12-02" }, { "to_day", "2026-12-03" }));
	hands_part(t, other, "absence", FILLS({ "from_day", "2026-12-20" }, { "to_day", "2026-12-21" }));
	hands_part(t, keep, "apart", FILLS({ "other_id", NULL, other }));
	hands_part(t, keep, "apart", FILLS({ "other_id", NULL, third }));
	hands_part(t, third, "apart", FILLS({ "other_id", NULL, other }));
	hands_part(t, fourth, "apart", FILLS({ "other_id", NULL, other }));
	served_day(t, keep, TOWN_TODAY - 3, 60, true);
	served_day(t, other, TOWN_TODAY - 2, 90, true);
	town_as(t, HEAD);
	merge(t);
	assert_ok(volunteer_load(&t->of, keep, &a, &v, &e));
	assert_int_equal(v.resident_id, t->wang);
	assert_string_equal(v.services, "meals visit");
	assert_string_equal(v.transport, "ebike");
	assert_string_equal(v.outside_number, "ZYH-77");
	assert_int_equal(v.grid_id, t->grid3);
	assert_int_equal(v.n_grids, 1);
	assert_int_equal(v.grids[0].grid_id, t->grid5);
	assert_int_equal(v.n_qualifications, 2);
	assert_int_equal(v.n_times, 2);
	assert_int_equal(v.times[0].degree, AVAILABLE_CAN);
	assert_int_equal(v.n_absences, 2);
	assert_int_equal(v.n_aparts, 2);
	assert_int_equal(town_int(t, "SELECT sum(approved_minutes) FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL", keep), 150);
	assert_town_text(t, "SELECT deleted_why FROM volunteer WHERE id = :id", other, "已并入 ZY-0001");
	assert_int_equal(town_int(t, "SELECT count(*) FROM attendance WHERE volunteer_id = :id", other), 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer WHERE resident_id = :id AND deleted_at IS NULL", t->wang), 1);
}

static void one_volunteer_goes_along_with_the_resident(void **state)
{
	struct town *t = *state;
	int64_t other = hands_volunteer(t, "李建国", FILLS({ "resident_id", NULL, t->li })), found = -1;
	struct err e = { 0 };

	assert_ok(volunteer_of_resident(&t->of, t->wang, &found, &e));
	assert_int_equal(found, 0);
	merge(t);
	assert_ok(volunteer_of_resident(&t->of, t->wang, &found, &e));
	assert_int_equal(found, other);
	town_as(t, ADMIN);
	assert_refused(volunteer_of_resident(&t->of, t->wang, &found, &e), RC_DENIED, "", "");
	assert_int_equal(town_int(t, "SELECT resident_id FROM volunteer WHERE id = :id AND deleted_at IS NULL", other), t->wang);
}

/* The first served of each day's rows is at 09:00 for an hour. */
static void what_was_served_at_one_time_counts_once(void **state)
{
	static const struct {
		const char *keep, *other;             /* written to each row */
		int64_t minutes;                      /* approved in the end */
		bool keeps_own;
	} cases[] = {
		{ "approved_minutes = 60, approved_at = 1", "approved_minutes = 60, approved_at = 1", 60, true },
		{ "result = 'absent', minutes = 0", "approved_minutes = 60, approved_at = 1", 60, false },
		{ "minutes = 60", "approved_minutes = 50, approved_at = 1", 50, false },
		{ "approved_minutes = 60, approved_at = 1, begin_min = 540, end_min = 600", "approved_minutes = 30, approved_at = 1, begin_min = 570, end_min = 600", 60, true },
		{ "approved_minutes = 60, approved_at = 1, begin_min = 540, end_min = 600", "approved_minutes = 60, approved_at = 1, begin_min = 600, end_min = 660", 120, true },
		{ "result = 'absent', minutes = 0", "result = 'absent', minutes = 0", 0, true },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *of_keep = mem_format("UPDATE attendance SET %s WHERE id = :id", cases[i].keep);
		AUTO_FREE char *of_other = mem_format("UPDATE attendance SET %s WHERE id = :id", cases[i].other);
		AUTO_FREE char *done = NULL;
		bool common = strstr(cases[i].keep, "begin_min") == NULL;
		struct err e = { 0 };
		int64_t keep = served_volunteer(t, "王秀英", t->wang), other = served_volunteer(t, "李建国", t->li), mine, theirs;

		mine = served_day(t, keep, TOWN_TODAY - 5, 60, false);
		theirs = served_day(t, other, TOWN_TODAY - 5, 60, false);
		if (common)
			town_write(t, "UPDATE attendance SET shift_id = (SELECT shift_id FROM attendance AS a WHERE a.id = :id) WHERE approved_at IS NULL", mine);
		town_write(t, of_keep, mine);
		town_write(t, of_other, theirs);
		town_as(t, HEAD);
		merge(t);
		if (town_int(t, "SELECT coalesce(sum(approved_minutes), 0) FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL", keep) != cases[i].minutes)
			fail_msg("case %zu: other minutes", i);
		assert_int_equal(town_int(t, "SELECT deleted_at IS NULL FROM attendance WHERE id = :id", mine), cases[i].keeps_own);
		assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer WHERE deleted_at IS NULL", 0), 1);
		assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
		town_write(t, "UPDATE volunteer SET deleted_at = 1", 0);
		town_write(t, "UPDATE attendance SET deleted_at = 1, approved_at = 1", 0);
	}
}

static void shifts_to_come_that_clash_are_refused_with_what_to_do(void **state)
{
	static const struct { int begin, end; bool clashes; } cases[] = { { 600, 720, true }, { 660, 780, true }, { 720, 800, false }, { 500, 600, false } };
	struct town *t = *state;
	int64_t keep = served_volunteer(t, "王秀英", t->wang), other = served_volunteer(t, "李建国", t->li);
	int64_t mine = served_shift(t, &(struct shift_row){ .title = "午餐送餐", .day = TOWN_TODAY + 3, .begin_min = 600, .end_min = 720 });
	int64_t seat;

	served_assign(t, mine, keep);
	seat = served_assign(t, mine, other);
	for (size_t i = 0; i <= COUNT(cases); i++) {
		AUTO_FREE char *before = snapshot(t);
		AUTO_FREE char *after = NULL;
		AUTO_FREE char *done = NULL;
		struct err e = { 0 };

		if (i == 0 || cases[i - 1].clashes) {
			assert_refused(try_merge(t, &e), RC_INVALID, "", "ZY-0001和ZY-0002同时排在「11-27 周五 10:00 午餐送餐」，请先在排班板撤下一个");
		} else {
			merge(t);
			assert_int_equal(town_int(t, "SELECT count(*) FROM assignment WHERE volunteer_id = :id AND state = 'confirmed'", keep), 2);
			assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
		}
		after = snapshot(t);
		assert_string_equal(before, after);
		town_write(t, "UPDATE assignment SET state = 'cancelled' WHERE id = :id", seat);
		if (i < COUNT(cases))
			seat = served_assign(t, served_shift(t, &(struct shift_row){ .title = "探访", .day = TOWN_TODAY + 3, .begin_min = cases[i].begin,
			                                                            .end_min = cases[i].end }), other);
	}
}

static void hours_in_a_proof_are_not_taken_from_under_it(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t keep = served_volunteer(t, "王秀英", t->wang), other = served_volunteer(t, "李建国", t->li), proof;
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *after = NULL;

	served_day(t, keep, TOWN_TODAY - 5, 60, true);
	served_day(t, other, TOWN_TODAY - 5, 60, true);
	town_as(t, HEAD);
	assert_ok(served_try_proof(t, other, NULL, &proof, &e));
	before = snapshot(t);
	assert_refused(try_merge(t, &e), RC_INVALID, "", "请先作废证明");
	assert_non_null(strstr(e.text, "ZY-0001和ZY-0002同一时间的服务记了两次"));
	after = snapshot(t);
	assert_string_equal(before, after);
	assert_ok(service_proof_void(&t->of, proof, "两份记录是同一人", &e));
	merge(t);
	assert_int_equal(town_int(t, "SELECT sum(approved_minutes) FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL", keep), 60);
}

static void a_proof_goes_on_saying_what_it_said(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t keep = served_volunteer(t, "王秀英", t->wang), other = served_volunteer(t, "李建国", t->li), proof;

	served_day(t, keep, TOWN_TODAY - 5, 60, true);
	served_day(t, other, TOWN_TODAY - 9, 90, true);
	town_as(t, HEAD);
	assert_ok(served_try_proof(t, keep, FILLS({ "from_day", "2026-11-16" }), &proof, &e));      /* the other one's day lies before it */
	assert_ok(service_proof_void(&t->of, proof, "再开一张", &e));
	assert_ok(served_try_proof(t, keep, NULL, &proof, &e));
	assert_refused(try_merge(t, &e), RC_INVALID, "", "的时长就对不上了；请先作废证明");
	assert_ok(service_proof_void(&t->of, proof, "两份记录是同一人", &e));
	assert_ok(served_try_proof(t, keep, FILLS({ "from_day", "2026-11-16" }), &proof, &e));
	merge(t);
	assert_int_equal(town_int(t, "SELECT sum(approved_minutes) FROM attendance WHERE volunteer_id = :id AND deleted_at IS NULL", keep), 150);
}

static void the_higher_step_of_the_ladder_counts(void **state)
{
	static const struct { const char *keep, *other, *wanted; } cases[] = {
		{ "active", "stopped", "active" }, { "stopped", "active", "active" }, { "applied", "training", "training" }, { "away", "vetted", "away" },
		{ "stopped", "stopped", "stopped" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t keep = served_volunteer(t, "王秀英", t->wang), other = served_volunteer(t, "李建国", t->li);
		AUTO_FREE char *set = mem_format("UPDATE volunteer SET status = iif(id = :id, '%s', '%s'), joined_day = iif(id = :id, NULL, 20000)"
		                                 " WHERE deleted_at IS NULL", cases[i].keep, cases[i].other);
		AUTO_FREE char *done = NULL;
		struct err e = { 0 };

		(void)other;
		town_write(t, set, keep);
		merge(t);
		assert_town_text(t, "SELECT status FROM volunteer WHERE id = :id", keep, cases[i].wanted);
		assert_int_equal(town_int(t, "SELECT joined_day FROM volunteer WHERE id = :id", keep), 20000);
		assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
		town_write(t, "UPDATE volunteer SET deleted_at = 1", 0);
	}
}

static void one_undo_brings_both_back(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t keep = hands_volunteer(t, "王秀英", FILLS({ "resident_id", NULL, t->wang }, { "grid_id", NULL, t->grid3 }));
	int64_t other = hands_volunteer(t, "李建国", FILLS({ "resident_id", NULL, t->li }, { "grid_id", NULL, t->grid5 }, { "id_number", "11010519491231002X" }));
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *after = NULL;
	AUTO_FREE char *done = NULL;

	t->settings.per_hour = 10;
	hands_part(t, other, "qualification", FILLS({ "kind", "first_aid" }));
	hands_part(t, keep, "apart", FILLS({ "other_id", NULL, other }));
	served_day(t, keep, TOWN_TODAY - 5, 60, true);
	served_day(t, other, TOWN_TODAY - 5, 60, true);
	town_as(t, HEAD);
	before = snapshot(t);
	merge(t);
	assert_int_equal(town_int(t, "SELECT sum(points) FROM point_entry WHERE volunteer_id = :id", keep), 10);
	assert_int_equal(town_int(t, "SELECT id_number IS NOT NULL FROM volunteer WHERE id = :id", keep), 1);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	after = snapshot(t);
	assert_string_equal(before, after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOIN_TEST(what_hangs_on_either_goes_to_the_one_that_stays),
		JOIN_TEST(one_volunteer_goes_along_with_the_resident),
		JOIN_TEST(what_was_served_at_one_time_counts_once),
		JOIN_TEST(shifts_to_come_that_clash_are_refused_with_what_to_do),
		JOIN_TEST(hours_in_a_proof_are_not_taken_from_under_it),
		JOIN_TEST(a_proof_goes_on_saying_what_it_said),
		JOIN_TEST(the_higher_step_of_the_ladder_counts),
		JOIN_TEST(one_undo_brings_both_back),
	};

	return cmocka_run_group_tests_name("domain-volunteer-join", tests, NULL, NULL);
}
