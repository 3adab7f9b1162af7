/* Weeks of shifts: made of the templates, copied, published; and shifts that do not take place. */
#include "domain/shift.h"

#include <stdlib.h>

#include "base/day.h"
#include "duty.h"
#include "store/journal.h"

static int64_t count_shifts(struct town *t)
{
	return town_int(t, "SELECT count(*) FROM shift WHERE deleted_at IS NULL", 0);
}

static void assert_made(struct town *t, int32_t monday, int made, int skipped)
{
	struct err e = { 0 };
	int got_made = -1, got_skipped = -1;

	assert_ok(shift_make_week(&t->of, monday, &got_made, &got_skipped, &e));
	assert_int_equal(got_made, made);
	assert_int_equal(got_skipped, skipped);
}

static void a_week_is_made_of_the_templates_once(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t lunch = duty_template(t, FILLS({ "place", "居民食堂" }, { "grid_id", NULL, t->grid3 }));

	duty_template(t, FILLS({ "title", "周末环境" }, { "service", "environment" }, { "weekdays", "6" }));
	assert_ok(duty_try_need(t, lunch, 0, 0, FILLS({ "role", "driver" }, { "skill", "driving" }, { "headcount", "2" }), NULL, &e));
	assert_made(t, DUTY_NEXT, 6, 0);
	assert_made(t, DUTY_NEXT, 0, 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift WHERE template_id = :id AND state = 'draft'", lunch), 5);
	assert_ok(shift_load(&t->of, town_int(t, "SELECT id FROM shift WHERE template_id = :id ORDER BY day", lunch), &a, &s, &e));
	assert_int_equal(s.day, DUTY_NEXT);
	assert_string_equal(s.place, "居民食堂");
	assert_string_equal(s.grid, "03");
	assert_int_equal(s.n_needs, 2);
	assert_string_equal(s.needs[1].skill, "driving");
	assert_int_equal(s.needs[1].headcount, 2);
	/* a template that changes leaves them alone */
	assert_ok(duty_try_template(t, lunch, FILLS({ "title", "午间送餐" }, { "weekdays", "1" }), NULL, &e));
	assert_made(t, DUTY_NEXT, 0, 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift WHERE title = '午餐送餐'", 0), 5);
	/* one that was cancelled or deleted is not made again, one whose template has gone neither */
	assert_ok(shift_cancel(&t->of, s.id, s.rev, "食堂检修", &e));
	town_write(t, "UPDATE shift SET deleted_at = 1, deleted_why = '不用' WHERE day = 20787 + 1 AND :id", 1);
	assert_made(t, DUTY_NEXT, 0, 0);
	assert_ok(shift_template_delete(&t->of, lunch, duty_rev(t, "shift_template", lunch), "不再开", &e));
	assert_made(t, DUTY_NEXT + 7, 1, 0);
}

static void a_week_that_was_undone_is_made_again(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	duty_template(t, NULL);
	assert_made(t, DUTY_NEXT, 5, 0);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_string_equal(done, "shift.make_week 午餐送餐");
	assert_int_equal(count_shifts(t), 0);
	/* as the template says by now, in the rows that were undone: no second ones beside them */
	assert_ok(duty_try_template(t, town_int(t, "SELECT id FROM shift_template", 0), FILLS({ "title", "午间送餐" }), NULL, &e));
	assert_made(t, DUTY_NEXT, 5, 0);
	assert_int_equal(count_shifts(t), 5);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift WHERE title = '午间送餐' AND state = 'draft'", 0), 5);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift_need WHERE shift_id IS NOT NULL AND deleted_at IS NULL", 0), 5);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift_need WHERE shift_id IS NOT NULL", 0), 5);
}

static char *ids(struct town *t, const char *rows)
{
	AUTO_FREE char *sql = mem_format("SELECT group_concat(id) FROM (SELECT id FROM %s ORDER BY id)", rows);

	return town_text(t, sql, 0);
}

/* Each makes it without knowing of the other: what one has made is wiped from the file, and made again as another desk would. */
static void two_desks_make_the_same_shifts_of_the_same_plans(void **state)
{
	static const char *const rows[] = { "shift", "shift_need WHERE shift_id IS NOT NULL" };
	struct town *t = *state;
	struct err e = { 0 };
	char *first[COUNT(rows)];
	int64_t visit = duty_shift(t, FILLS({ "title", "节前探访" })), need = duty_need(t, visit);
	int copied;

	duty_template(t, NULL);
	for (int desk = 0; desk < 2; desk++) {
		assert_made(t, DUTY_NEXT, 5, 0);
		assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &copied, &e));
		assert_int_equal(copied, 1);
		assert_int_equal(count_shifts(t), 1 + 5 + 1);
		for (size_t i = 0; i < COUNT(rows); i++) {
			AUTO_FREE char *now = ids(t, rows[i]);

			if (desk == 0)
				first[i] = mem_copy(now);
			else
				assert_string_equal(now, first[i]);
		}
		town_write(t, "DELETE FROM shift WHERE id <> :id", visit);
		town_write(t, "DELETE FROM shift_need WHERE shift_id IS NOT NULL AND id <> :id", need);
	}
	for (size_t i = 0; i < COUNT(rows); i++)
		free(first[i]);
}

static void what_was_moved_or_changed_is_not_made_again(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int copied;

	duty_template(t, FILLS({ "weekdays", "1" }));
	duty_shift(t, FILLS({ "title", "节前探访" }));
	assert_made(t, DUTY_NEXT, 1, 0);
	assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &copied, &e));
	assert_ok(shift_load(&t->of, town_int(t, "SELECT id FROM shift WHERE template_id IS NOT NULL", 0), &a, &s, &e));
	assert_ok(duty_try_shift(t, s.id, FILLS({ "day", "2026-12-02" }), NULL, NULL, &e));
	assert_ok(duty_try_shift(t, town_int(t, "SELECT id FROM shift WHERE template_id IS NULL AND day >= 20787", 0), FILLS({ "title", "探访" }), NULL, NULL, &e));
	assert_made(t, DUTY_NEXT, 0, 0);
	assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &copied, &e));
	assert_int_equal(copied, 0);
	assert_int_equal(count_shifts(t), 3);
	/* a copy that was deleted comes back when somebody copies again */
	town_write(t, "UPDATE shift SET deleted_at = 1, deleted_why = '不用', state = 'cancelled' WHERE title = '探访'", 0);
	assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &copied, &e));
	assert_int_equal(copied, 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift WHERE title = '节前探访' AND state = 'draft' AND deleted_at IS NULL", 0), 2);
}

static void days_gone_by_get_no_shifts_and_validity_counts(void **state)
{
	struct town *t = *state;

	duty_template(t, NULL);
	assert_made(t, DUTY_MONDAY, 4, 0);
	duty_template(t, FILLS({ "title", "短期" }, { "from_day", "2026-12-01" }, { "to_day", "2026-12-02" }));
	assert_made(t, DUTY_NEXT, 5 + 2, 0);
}

/* National Day 2026: off from Thursday 10-01 to Wednesday 10-07. */
static void days_off_are_left_out_unless_the_template_says_so(void **state)
{
	struct town *t = *state;
	int32_t monday = day_from_civil(2026, 9, 28);

	town_set_day(t, "2026-09-21");
	duty_template(t, FILLS({ "weekdays", "1 2 3 4 5 6" }));
	duty_template(t, FILLS({ "title", "节日巡防" }, { "service", "patrol" }, { "weekdays", "4 6" }, { "on_holidays", "是" }));
	assert_made(t, monday, 3 + 2, 3);
	assert_int_equal(town_int(t, "SELECT count(*) FROM shift WHERE day >= 20727 AND title = '午餐送餐' AND :id", 1), 0);
}

static void weeks_that_cannot_be_made_are_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int made = -1, skipped = -1;

	duty_template(t, NULL);
	assert_refused_untouched(shift_make_week(&t->of, DUTY_NEXT + 1, &made, &skipped, &e), RC_INVALID, "monday", "周一");
	assert_refused_untouched(shift_make_week(&t->of, DUTY_MONDAY - 7, &made, &skipped, &e), RC_INVALID, "monday", "已经过去");
	assert_refused_untouched(shift_make_week(&t->of, DUTY_MONDAY + 70, &made, &skipped, &e), RC_INVALID, "monday", "60 天");
	assert_refused_untouched(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_MONDAY, &made, &e), RC_INVALID, "to_monday", "同一周");
	assert_refused_untouched(shift_copy_week(&t->of, DUTY_MONDAY + 1, DUTY_NEXT, &made, &e), RC_INVALID, "from_monday", "周一");
	assert_refused_untouched(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT + 3, &made, &e), RC_INVALID, "to_monday", "周一");
	assert_refused_untouched(shift_publish_week(&t->of, DUTY_MONDAY + 1, &made, &e), RC_INVALID, "monday", "周一");
	assert_int_equal(made, -1);
}

static void extra_shifts_are_copied_without_people_once(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t visit = duty_shift(t, FILLS({ "title", "节前探访" })), gone = duty_shift(t, FILLS({ "title", "量血压" }));
	int made;

	duty_template(t, NULL);
	assert_made(t, DUTY_MONDAY, 4, 0);
	assert_ok(duty_try_need(t, 0, visit, 0, FILLS({ "role", "leader" }), NULL, &e));
	duty_stand(t, duty_need(t, visit), duty_volunteer(t, "徐丽", NULL), "confirmed");
	assert_ok(shift_cancel(&t->of, gone, duty_rev(t, "shift", gone), "没有人", &e));
	assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &made, &e));
	assert_int_equal(made, 1);
	assert_ok(shift_copy_week(&t->of, DUTY_MONDAY, DUTY_NEXT, &made, &e));
	assert_int_equal(made, 0);
	assert_ok(shift_load(&t->of, town_int(t, "SELECT id FROM shift WHERE day >= 20787 AND :id", 1), &a, &s, &e));
	assert_string_equal(s.title, "节前探访");
	assert_int_equal(s.day, TOWN_TODAY + 10);
	assert_int_equal(s.state, SHIFT_DRAFT);
	assert_int_equal(s.n_needs, 2);
	assert_int_equal(town_int(t, "SELECT count(*) FROM assignment WHERE shift_id = :id", s.id), 0);
}

static void publishing_takes_the_drafts_of_the_week(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t visit = duty_shift(t, NULL), gone = duty_shift(t, NULL), later = duty_shift(t, FILLS({ "day", "2026-11-30" }));
	int published;

	assert_ok(shift_cancel(&t->of, gone, duty_rev(t, "shift", gone), "没有人", &e));
	assert_ok(shift_publish_week(&t->of, DUTY_MONDAY, &published, &e));
	assert_int_equal(published, 1);
	assert_town_text(t, "SELECT state FROM shift WHERE id = :id", visit, "published");
	assert_town_text(t, "SELECT state FROM shift WHERE id = :id", gone, "cancelled");
	assert_town_text(t, "SELECT state FROM shift WHERE id = :id", later, "draft");
	assert_ok(shift_publish_week(&t->of, DUTY_MONDAY, &published, &e));
	assert_int_equal(published, 0);
}

static void cancelling_takes_the_people_off_and_reopening_does_not_put_them_back(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct shift s;
	int64_t id = duty_shift(t, NULL), seat = duty_stand(t, duty_need(t, id), duty_volunteer(t, "徐丽", NULL), "confirmed");

	assert_refused_untouched(shift_cancel(&t->of, id, 1, " ", &e), RC_INVALID, "why", "理由");
	assert_refused_untouched(shift_cancel(&t->of, id, 7, "下雨", &e), RC_CONFLICT, "", "刚被别人改过");
	assert_refused_untouched(shift_reopen(&t->of, id, 1, &e), RC_INVALID, "", "没有取消");
	assert_ok(shift_cancel(&t->of, id, 1, "下雨", &e));
	assert_town_text(t, "SELECT state || cancelled_why FROM assignment WHERE id = :id", seat, "cancelled下雨");
	assert_ok(shift_load(&t->of, id, &a, &s, &e));
	assert_int_equal(s.state, SHIFT_CANCELLED);
	assert_string_equal(s.cancelled_why, "下雨");
	assert_refused_untouched(shift_cancel(&t->of, id, s.rev, "下雨", &e), RC_INVALID, "", "已经取消");
	assert_refused_untouched(duty_try_shift(t, id, FILLS({ "place", "3幢" }), NULL, NULL, &e), RC_INVALID, "", "已取消");
	assert_refused_untouched(duty_try_need(t, 0, id, 0, NULL, NULL, &e), RC_INVALID, "", "已取消");
	assert_ok(shift_reopen(&t->of, id, s.rev, &e));
	assert_town_text(t, "SELECT state || coalesce(cancelled_why, '-') FROM shift WHERE id = :id", id, "draft-");
	assert_town_text(t, "SELECT state FROM assignment WHERE id = :id", seat, "cancelled");
	assert_ok(shift_cancel(&t->of, id, s.rev + 1, "下雨", &e));
	town_set_day(t, "2026-11-28");
	assert_refused_untouched(shift_reopen(&t->of, id, s.rev + 2, &e), RC_INVALID, "", "时间已过");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(a_week_is_made_of_the_templates_once),
		DUTY_TEST(a_week_that_was_undone_is_made_again),
		DUTY_TEST(two_desks_make_the_same_shifts_of_the_same_plans),
		DUTY_TEST(what_was_moved_or_changed_is_not_made_again),
		DUTY_TEST(days_gone_by_get_no_shifts_and_validity_counts),
		DUTY_TEST(days_off_are_left_out_unless_the_template_says_so),
		DUTY_TEST(weeks_that_cannot_be_made_are_refused),
		DUTY_TEST(extra_shifts_are_copied_without_people_once),
		DUTY_TEST(publishing_takes_the_drafts_of_the_week),
		DUTY_TEST(cancelling_takes_the_people_off_and_reopening_does_not_put_them_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
