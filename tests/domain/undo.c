/* Ctrl-Z against what a 志愿服务记录证明 says: no way round it changes minutes that stand on a paper. */
#include "domain/undo.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "served.h"

#define PROOF "ZM-20261124-01"

struct proven {
	int64_t who, attendance, assignment, proof;
};

static void undo_as(struct town *t, enum town_account who)
{
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	town_as(t, who);
	assert_ok(office_undo(&t->of, &done, &e));
	assert_non_null(done);
}

static void refuse_undo(struct town *t, enum town_account who, const char *words)
{
	char *done = NULL;
	struct err e = { 0 };

	town_as(t, who);
	assert_refused_untouched(office_undo(&t->of, &done, &e), RC_INVALID, "", words);
	assert_null(done);
}

static int64_t minutes_of(struct town *t, int64_t attendance)
{
	return town_int(t, "SELECT coalesce(approved_minutes, -1) FROM attendance WHERE id = :id", attendance);
}

/* An hour of this morning, approved by HEAD as the last thing that account did; proven by GRID3 a minute later. */
static struct proven prove(struct town *t)
{
	struct proven p = { .who = served_volunteer(t, "沈明", 0) };
	struct err e = { 0 };

	t->settings.per_hour = 10;
	t->now = instant_of_day(TOWN_TODAY, 20 * 60);
	p.attendance = served_day(t, p.who, TOWN_TODAY, 60, false);
	p.assignment = town_int(t, "SELECT assignment_id FROM attendance WHERE id = :id", p.attendance);
	t->now = instant_of_day(TOWN_TODAY, 23 * 60);
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, p.attendance, -1, &e));
	town_pass_minutes(t, 1);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, p.who, NULL, &p.proof, &e));
	return p;
}

static void an_approval_that_a_proof_counts_is_undone_only_after_the_proof_is_voided(void **state)
{
	struct town *t = *state;
	struct proven p = prove(t);
	struct err e = { 0 };

	refuse_undo(t, HEAD, "请先作废证明「" PROOF "」");
	town_as(t, GRID3);
	assert_ok(service_proof_void(&t->of, p.proof, "时长记错", &e));
	undo_as(t, HEAD);
	assert_int_equal(minutes_of(t, p.attendance), -1);
	assert_int_equal(town_int(t, "SELECT sum(points) FROM point_entry WHERE volunteer_id = :id", p.who), 0);
}

static void so_is_a_whole_day_that_was_approved_at_once(void **state)
{
	struct town *t = *state;
	int64_t first = served_volunteer(t, "沈明", 0), second = served_volunteer(t, "陆芳", 0), id;
	struct err e = { 0 };
	int approved;

	id = served_day(t, first, TOWN_TODAY - 1, 60, false);
	served_day(t, second, TOWN_TODAY - 1, 60, false);
	town_as(t, HEAD);
	assert_ok(attendance_approve_day(&t->of, TOWN_TODAY - 1, &approved, &e));
	assert_int_equal(approved, 2);
	town_pass_minutes(t, 1);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, second, NULL, NULL, &e));
	refuse_undo(t, HEAD, PROOF);
	assert_int_equal(minutes_of(t, id), 60);
}

/* Taken back before the proof was issued; bringing it back would put more on the paper than it says. */
static void minutes_do_not_come_back_under_a_proof_either(void **state)
{
	struct town *t = *state;
	int64_t who = served_volunteer(t, "沈明", 0), id, assignment;
	struct err e = { 0 };

	t->now = instant_of_day(TOWN_TODAY, 23 * 60);
	id = served_day(t, who, TOWN_TODAY, 60, true);
	served_day(t, who, TOWN_TODAY - 1, 90, true);
	assignment = town_int(t, "SELECT assignment_id FROM attendance WHERE id = :id", id);
	town_as(t, HEAD);
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_ABSENT, &e));
	town_pass_minutes(t, 1);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, NULL, NULL, &e));
	refuse_undo(t, HEAD, PROOF);
	assert_int_equal(minutes_of(t, id), -1);
}

static void what_was_approved_after_the_proof_is_none_of_its(void **state)
{
	struct town *t = *state;
	struct proven p = prove(t);
	int64_t later = served_day(t, p.who, TOWN_TODAY - 2, 45, false), other = served_day(t, served_volunteer(t, "陆芳", 0), TOWN_TODAY - 2, 45, false);
	struct err e = { 0 };

	town_pass_minutes(t, 1);
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, later, -1, &e));
	undo_as(t, HEAD);
	assert_int_equal(minutes_of(t, later), -1);
	assert_ok(served_try_approve(t, other, -1, &e));
	undo_as(t, HEAD);
	assert_int_equal(minutes_of(t, other), -1);
	assert_int_equal(minutes_of(t, p.attendance), 60);
}

/* The same, corrected by hand and not by undoing: an evening shift of the day on which a proof was issued in the morning. */
static void nor_does_it_keep_from_correcting_it(void **state)
{
	struct town *t = *state;
	struct proven p = prove(t);
	int64_t shift, assignment, id;
	struct err e = { 0 };

	shift = served_shift(t, &(struct shift_row){ .title = "巡防", .day = TOWN_TODAY, .begin_min = 1300, .end_min = 1360 });
	assignment = served_assign(t, shift, p.who);
	town_as(t, HEAD2);
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_PRESENT, &e));
	id = town_int(t, "SELECT id FROM attendance WHERE assignment_id = :id", assignment);
	town_pass_minutes(t, 1);
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, id, -1, &e));
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_ABSENT, &e));
	assert_int_equal(minutes_of(t, id), -1);
	assert_refused_untouched(attendance_mark(&t->of, p.assignment, ATTENDANCE_ABSENT, &e), RC_INVALID, "", "请先作废证明「" PROOF "」");
}

static void an_issued_proof_is_voided_and_not_undone(void **state)
{
	struct town *t = *state;
	struct proven p = prove(t);
	struct err e = { 0 };
	int64_t second;

	refuse_undo(t, GRID3, "证明「" PROOF "」已经开出");
	assert_ok(service_proof_void(&t->of, p.proof, "姓名写错", &e));
	assert_ok(served_try_proof(t, p.who, NULL, &second, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM service_proof WHERE number = '" PROOF "'", 0), 1);
	assert_int_equal(town_int(t, "SELECT number = 'ZM-20261124-02' FROM service_proof WHERE id = :id", second), 1);
}

static void voiding_is_undone_while_the_minutes_still_stand(void **state)
{
	struct town *t = *state;
	struct proven p = prove(t);
	struct err e = { 0 };

	assert_ok(service_proof_void(&t->of, p.proof, "看错了", &e));
	undo_as(t, GRID3);
	assert_int_equal(town_int(t, "SELECT voided_why IS NULL FROM service_proof WHERE id = :id", p.proof), 1);
	assert_ok(service_proof_void(&t->of, p.proof, "时长记错", &e));
	town_as(t, HEAD2);
	assert_ok(attendance_mark(&t->of, p.assignment, ATTENDANCE_ABSENT, &e));
	refuse_undo(t, GRID3, PROOF);
	assert_int_equal(town_int(t, "SELECT voided_why = '时长记错' FROM service_proof WHERE id = :id", p.proof), 1);
}

static void what_has_nothing_to_do_with_proofs_is_undone_as_ever(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	int64_t id;

	prove(t);
	town_as(t, DESK);
	id = town_raise(t, "楼道灯不亮", NULL);
	assert_ok(office_undo(&t->of, &done, &e));
	assert_memory_equal(done, "issue.raise ", 12);
	assert_int_equal(town_int(t, "SELECT deleted_at IS NOT NULL FROM issue WHERE id = :id", id), 1);
	town_as(t, CANTEEN);
	assert_refused(office_undo(&t->of, &done, &e), RC_NOTFOUND, "", "没有可以撤销的操作");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(an_approval_that_a_proof_counts_is_undone_only_after_the_proof_is_voided),
		TOWN_TEST(so_is_a_whole_day_that_was_approved_at_once),
		TOWN_TEST(minutes_do_not_come_back_under_a_proof_either),
		TOWN_TEST(what_was_approved_after_the_proof_is_none_of_its),
		TOWN_TEST(nor_does_it_keep_from_correcting_it),
		TOWN_TEST(an_issued_proof_is_voided_and_not_undone),
		TOWN_TEST(voiding_is_undone_while_the_minutes_still_stand),
		TOWN_TEST(what_has_nothing_to_do_with_proofs_is_undone_as_ever),
	};

	return cmocka_run_group_tests_name("domain-undo", tests, NULL, NULL);
}
