/* Volunteers: saving with a number, from a resident, the same one twice, the ladder, deleting, looking at a number. */
#include "domain/volunteer.h"

#include <stdlib.h>

#include "domain/register.h"
#include "domain/register_pick.h"
#include "hands.h"
#include "store/journal.h"

#define STATUS "SELECT status FROM volunteer WHERE id = :id"

static int grid_worker(void **state)
{
	town_setup(state);
	town_as(*state, GRID3);
	return 0;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, grid_worker, town_teardown)

static int64_t rev(struct town *t, int64_t id)
{
	return town_int(t, "SELECT rev FROM volunteer WHERE id = :id", id);
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

static void a_new_volunteer_gets_a_number_and_has_applied(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t id = hands_volunteer(t, "陈阿姨", FILLS({ "phone", "13700001111" }, { "services", "meals visit" }, { "weekly_shifts", "3" })), second;

	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_string_equal(v.number, "ZY-0001");
	assert_string_equal(v.name, "陈阿姨");
	assert_string_equal(v.services, "meals visit");
	assert_int_equal(v.status, VOLUNTEER_APPLIED);
	assert_int_equal(v.status_day, TOWN_TODAY);
	assert_int_equal(v.weekly_shifts, 3);
	assert_int_equal(v.weekly_minutes, t->settings.weekly_minutes);
	assert_int_equal(v.n_grids + v.n_qualifications + v.n_aparts + v.n_times + v.n_absences, 0);
	second = hands_volunteer(t, "李叔叔", NULL);
	assert_ok(volunteer_load(&t->of, second, &a, &v, &e));
	assert_string_equal(v.number, "ZY-0002");
	/* neither number nor status is the form's to change */
	assert_ok(hands_try_save(t, second, FILLS({ "number", "ZY-0001" }, { "status", "active" }, { "note", "会开车" }), NULL, &e));
	assert_ok(volunteer_load(&t->of, second, &a, &v, &e));
	assert_string_equal(v.number, "ZY-0002");
	assert_int_equal(v.status, VOLUNTEER_APPLIED);
	assert_string_equal(v.note, "会开车");
}

static void the_number_of_one_whose_adding_was_undone_is_not_given_again(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t id;

	hands_volunteer(t, "陈阿姨", NULL);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	id = hands_volunteer(t, "李叔叔", NULL);
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_string_equal(v.number, "ZY-0002");
}

static void a_resident_fills_in_what_is_blank(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	town_write(t, "UPDATE resident SET sex = '2', born_day = -5000, grid_id = (SELECT grid_id FROM household WHERE id = resident.household_id)"
	              " WHERE id = :id", t->wang);
	hands_record(t, &r, "volunteer", 0, FILLS({ "resident_id", NULL, t->wang }, { "services", "visit" }));
	assert_ok(volunteer_save(&t->of, &r, &e));
	assert_string_equal(record_text(&r, "name"), "王秀英");
	assert_string_equal(record_text(&r, "phone"), "13800003321");
	assert_string_equal(record_text(&r, "sex"), "2");
	assert_int_equal(record_number(&r, "born_day", 0), -5000);
	assert_int_equal(record_number(&r, "grid_id", 0), t->grid3);
	assert_string_equal(record_text(&r, "number"), "ZY-0001");
}

static void what_is_typed_goes_before_what_the_resident_says(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(t, &r, "volunteer", 0, FILLS({ "resident_id", NULL, t->wang }, { "services", "visit" }, { "phone", "13911112222" },
	                                          { "grid_id", NULL, t->grid5 }));
	assert_ok(volunteer_save(&t->of, &r, &e));
	assert_string_equal(record_text(&r, "phone"), "13911112222");
	assert_int_equal(record_number(&r, "grid_id", 0), t->grid5);
}

static void what_is_wrong_is_said_at_its_field_and_nothing_is_saved(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	const struct { struct fill fill; const char *field, *words; } cases[] = {
		{ { "name", NULL }, "name", "请写姓名" },
		{ { "services", NULL }, "services", "愿做的服务" },
		{ { "resident_id", NULL, t->wang }, "resident_id", "已经是志愿者 ZY-0001 王秀英" },
		{ { "resident_id", NULL, t->li }, "resident_id", "已去世" },
		{ { "resident_id", NULL, t->zhang }, "resident_id", "已迁出" },
		{ { "resident_id", NULL, 4711 }, "resident_id", "已合并或删除" },
		{ { "outside_number", "PH0001" }, "outside_number", "ZY-0001" },
		{ { "phone", "13800003321" }, "name", "同名同电话的已有 ZY-0001" },
		{ { "born_day", "明天" }, "born_day", "不能晚于今天" },
		{ { "agreement_day", "明天" }, "agreement_day", "不能晚于今天" },
		{ { "insurance_to_day", "2026-01-01" }, "insurance_to_day", "不能早于开始" },
	};

	assert_ok(hands_try_save(t, 0, FILLS({ "resident_id", NULL, t->wang }, { "outside_number", "PH0001" }), NULL, &e));
	town_write(t, "UPDATE resident SET status = 'dead' WHERE id = :id", t->li);
	town_write(t, "UPDATE resident SET status = 'moved' WHERE id = :id", t->zhang);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fill fills[] = { { "insurance_from_day", "2026-06-01" }, cases[i].fill, { 0 } };

		assert_refused_unchanged(hands_try_save(t, 0, fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	}
	assert_int_equal(town_int(t, "SELECT count(*) FROM volunteer /*scan*/", 0), 1);
}

static void a_service_that_is_not_on_the_list_is_refused(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(t, &r, "volunteer", 0, FILLS({ "name", "陈阿姨" }));
	value_set_text(record_value(&r, "services"), "meals dancing");
	assert_refused_unchanged(volunteer_save(&t->of, &r, &e), RC_INVALID, "services", "愿做的服务");
}

static void an_id_number_fills_in_sex_and_birthday_and_must_agree(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(t, &r, "volunteer", 0, FILLS({ "name", "陈阿姨" }, { "services", "visit" }, { "id_number", "11010519491231002X" }));
	assert_ok(volunteer_save(&t->of, &r, &e));
	assert_string_equal(record_text(&r, "sex"), "2");
	assert_int_equal(town_int(t, "SELECT born_day FROM volunteer WHERE id = :id", r.id), -7306);
	assert_refused_unchanged(hands_try_save(t, r.id, FILLS({ "sex", "1" }), NULL, &e), RC_INVALID, "sex", "证上是女");
	assert_refused_unchanged(hands_try_save(t, r.id, FILLS({ "born_day", "1950-01-01" }), NULL, &e), RC_INVALID, "born_day", "1949-12-31");
}

static void somebody_who_moved_away_since_may_still_be_put_right(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id;

	assert_ok(hands_try_save(t, 0, FILLS({ "resident_id", NULL, t->wang }), &id, &e));
	town_write(t, "UPDATE resident SET status = 'moved' WHERE id = :id", t->wang);
	assert_ok(hands_try_save(t, id, FILLS({ "note", "周末回来" }), NULL, &e));
}

static void a_stale_save_conflicts_and_changes_nothing(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);

	hands_record(t, &mine, "volunteer", id, FILLS({ "note", "我的" }));
	assert_ok(hands_try_save(t, id, FILLS({ "note", "别人的" }), NULL, &e));
	assert_refused_unchanged(volunteer_save(&t->of, &mine, &e), RC_CONFLICT, "", "改过");
	assert_string_equal(record_text(&mine, "note"), "我的");
}

static void only_those_who_may_change_and_read_volunteers(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);
	char *plain;

	town_as(t, GRID5);
	assert_ok(hands_try_save(t, id, FILLS({ "note", "别的网格也能改" }), NULL, &e));
	town_as(t, DESK);
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_refused_unchanged(hands_try_save(t, id, FILLS({ "note", "x" }), NULL, &e), RC_DENIED, "", "管理志愿者");
	assert_refused_unchanged(hands_try_step(t, id, "active", NULL, &e), RC_DENIED, "", "管理志愿者");
	assert_refused_unchanged(hands_try_part(t, id, "absence", 0, FILLS({ "from_day", "今天" }, { "to_day", "今天" }), &e), RC_DENIED, "", "管理志愿者");
	assert_refused_unchanged(volunteer_paint(&t->of, id, 1, 480, 600, AVAILABLE_CAN, &e), RC_DENIED, "", "管理志愿者");
	assert_refused_unchanged(volunteer_delete(&t->of, id, 2, "x", &e), RC_DENIED, "", "管理志愿者");
	town_as(t, CANTEEN);
	assert_refused_unchanged(volunteer_reveal(&t->of, id, "phone", &plain, &e), RC_DENIED, "", "查看完整号码");
	town_as(t, ADMIN);
	assert_refused(volunteer_load(&t->of, id, &a, &v, &e), RC_DENIED, "", "查看志愿者");
	town_as(t, HEAD);
	assert_refused(volunteer_load(&t->of, 4711, &a, &v, &e), RC_NOTFOUND, "", "没有这位志愿者");
}

static void saving_and_deleting_through_the_register_keeps_the_rules(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t shift, id;

	hands_record(t, &r, "volunteer", 0, FILLS({ "resident_id", NULL, t->li }, { "services", "visit" }));
	assert_ok(register_save(&t->of, &r, &e));
	assert_string_equal(record_text(&r, "number"), "ZY-0001");
	id = r.id;
	shift = hands_insert(t, "INSERT INTO shift (id, day, begin_min, end_min, state) VALUES (:id, %d, 480, 600, 'published')", TOWN_TODAY + 1);
	hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %lld, %lld, 'planned')", (long long)shift, (long long)id);
	assert_refused_unchanged(register_delete(&t->of, r.form, id, r.rev, "重复", &e), RC_INVALID, "", "1 个班");
}

static void a_picker_finds_volunteers_by_name_telephone_and_number(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", FILLS({ "phone", "13700001111" }));
	static const char *const typed[] = { "陈", "cay", "1111", "zy-0001", "0001" };

	hands_volunteer(t, "李叔叔", FILLS({ "phone", "13700002222" }));
	for (size_t i = 0; i < COUNT(typed); i++) {
		struct candidate *found;
		size_t n;

		assert_ok(register_candidates(&t->of, form_find(t->of.forms, "volunteer"), typed[i], 5, &found, &n, &e));
		if (n == 0 || found[0].id != id)
			fail_msg("\"%s\" does not find her", typed[i]);
		assert_string_equal(found[0].detail, "137****1111 ZY-0001");
		candidates_free(found, n);
	}
}

/* The ladder --------------------------------------------------------------------------------------------------------------------- */

static void the_ladder_goes_up_and_steps_may_be_skipped(void **state)
{
	(void)state;
	for (enum volunteer_status from = 0; from < VOLUNTEER_STATUS_COUNT; from++)
		for (enum volunteer_status to = 0; to < VOLUNTEER_STATUS_COUNT; to++) {
			bool up = to > from && to <= VOLUNTEER_ACTIVE;
			bool wanted = from == VOLUNTEER_STOPPED ? to == VOLUNTEER_APPLIED : from == to ? false : to == VOLUNTEER_STOPPED || up ||
			              (from == VOLUNTEER_ACTIVE && to == VOLUNTEER_AWAY) || (from == VOLUNTEER_AWAY && to == VOLUNTEER_ACTIVE);

			if (volunteer_may_step(from, to) != wanted)
				fail_msg("%s to %s", volunteer_status_key(from), volunteer_status_key(to));
		}
	assert_false(volunteer_may_step(VOLUNTEER_STATUS_COUNT, VOLUNTEER_ACTIVE));
	assert_int_equal(volunteer_status_from_key("away"), VOLUNTEER_AWAY);
	assert_int_equal(volunteer_status_from_key("gone"), VOLUNTEER_STATUS_COUNT);
	assert_int_equal(availability_degree_from_key("unwilling"), AVAILABLE_UNWILLING);
}

static void steps_note_when_somebody_joined_and_left(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);

	town_set_day(t, "2026-11-26");
	hands_step(t, id, "active");
	town_set_day(t, "2026-12-01");
	hands_step(t, id, "away");
	town_set_day(t, "2026-12-05");
	hands_step(t, id, "active");
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_int_equal(v.joined_day, TOWN_TODAY + 2);
	assert_int_equal(v.left_day, INT32_MIN);
	hands_step(t, id, "stopped");
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_int_equal(v.left_day, TOWN_TODAY + 11);
	assert_string_equal(v.status_why, "说过了");
	hands_step(t, id, "applied");
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_int_equal(v.status, VOLUNTEER_APPLIED);
	assert_int_equal(v.joined_day, TOWN_TODAY + 2);
	assert_int_equal(v.left_day, INT32_MIN);
}

static void a_step_that_does_not_go_says_why(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);

	assert_refused_unchanged(hands_try_step(t, id, "away", FILLS({ "status_why", "回老家" }), &e), RC_INVALID, "status", "在岗的才有请假");
	assert_refused_unchanged(hands_try_step(t, id, "applied", NULL, &e), RC_INVALID, "status", "现在就是「申请」");
	hands_step(t, id, "training");
	assert_refused_unchanged(hands_try_step(t, id, "vetted", NULL, &e), RC_INVALID, "status", "不能往回退");
	assert_refused_unchanged(hands_try_step(t, id, "stopped", NULL, &e), RC_INVALID, "status_why", "请写明停用的原因");
	assert_refused_unchanged(hands_try_step(t, id, "active", FILLS({ "status_day", "明天" }), &e), RC_INVALID, "status_day", "不能晚于今天");
	assert_refused_unchanged(hands_try_step(t, id, "active", FILLS({ "status_day", "昨天" }), &e), RC_INVALID, "status_day", "2026-11-24");
	hands_step(t, id, "active");
	assert_refused_unchanged(hands_try_step(t, id, "away", NULL, &e), RC_INVALID, "status_why", "请写明请假的原因");
	hands_step(t, id, "stopped");
	assert_refused_unchanged(hands_try_step(t, id, "active", NULL, &e), RC_INVALID, "status", "请先改为「申请」");
}

static void a_stale_step_conflicts(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);

	hands_record(t, &r, "volunteer-status", id, FILLS({ "status", "active" }));
	hands_step(t, id, "vetted");
	assert_refused_unchanged(volunteer_step(&t->of, &r, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_town_text(t, STATUS, id, "vetted");
}

static void stopping_cancels_what_is_to_come_and_being_away_does_not(void **state)
{
	struct town *t = *state;
	int64_t id = hands_volunteer(t, "陈阿姨", NULL), shifts[3], places[3];
	const int days[3] = { TOWN_TODAY - 1, TOWN_TODAY, TOWN_TODAY + 3 };
	const char *text = "SELECT state FROM assignment WHERE id = :id";

	hands_step(t, id, "active");
	for (int i = 0; i < 3; i++) {
		shifts[i] = hands_insert(t, "INSERT INTO shift (id, day, begin_min, end_min, state) VALUES (:id, %d, 480, 600, 'published')", days[i]);
		places[i] = hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %lld, %lld, 'confirmed')",
		                         (long long)shifts[i], (long long)id);
	}
	hands_step(t, id, "away");
	assert_town_text(t, text, places[2], "confirmed");
	hands_step(t, id, "stopped");
	assert_town_text(t, text, places[0], "confirmed");
	assert_town_text(t, text, places[1], "confirmed");                            /* it began at 8, it is 9 */
	assert_town_text(t, text, places[2], "cancelled");
	assert_town_text(t, "SELECT cancelled_why FROM assignment WHERE id = :id", places[2], "停用：说过了");
}

/* Deleting and revealing --------------------------------------------------------------------------------------------------------- */

static void one_who_is_assigned_or_has_served_is_not_deleted(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL), shift, place, served;

	shift = hands_insert(t, "INSERT INTO shift (id, day, begin_min, end_min, state) VALUES (:id, %d, 600, 660, 'published')", TOWN_TODAY);
	place = hands_insert(t, "INSERT INTO assignment (id, shift_id, volunteer_id, state) VALUES (:id, %lld, %lld, 'planned')", (long long)shift,
	                     (long long)id);
	assert_refused_unchanged(volunteer_delete(&t->of, id, rev(t, id), "重复", &e), RC_INVALID, "", "还排着 1 个班");
	town_write(t, "UPDATE assignment SET state = 'cancelled' WHERE id = :id", place);
	served = hands_insert(t, "INSERT INTO attendance (id, volunteer_id, day, minutes) VALUES (:id, %lld, %d, 90)", (long long)id, TOWN_TODAY - 3);
	assert_refused_unchanged(volunteer_delete(&t->of, id, rev(t, id), "重复", &e), RC_INVALID, "", "已经服务了 90 分钟");
	town_write(t, "UPDATE attendance SET deleted_at = 1 WHERE id = :id", served);
	assert_refused_unchanged(volunteer_delete(&t->of, id, rev(t, id), " ", &e), RC_INVALID, "why", "理由");
	assert_refused_unchanged(volunteer_delete(&t->of, id, rev(t, id) + 1, "重复", &e), RC_CONFLICT, "", "改过");
	assert_ok(volunteer_delete(&t->of, id, rev(t, id), "重复", &e));
	assert_refused_unchanged(volunteer_delete(&t->of, id, rev(t, id), "重复", &e), RC_NOTFOUND, "", "没有这位志愿者");
}

static void a_telephone_number_is_masked_until_it_is_looked_at_and_that_is_written_down(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *plain = NULL;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct volunteer v;
	int64_t id = hands_volunteer(t, "陈阿姨", FILLS({ "phone", "13700001111" }, { "grid_id", NULL, t->grid5 }));
	char *nothing = NULL;

	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_string_equal(v.phone, "137****1111");
	assert_ok(volunteer_reveal(&t->of, id, "phone", &plain, &e));
	assert_string_equal(plain, "13700001111");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'volunteer' AND field = 'phone' AND record_id = :id /*scan*/", id), 1);
	assert_refused_unchanged(volunteer_reveal(&t->of, id, "emergency_phone", &nothing, &e), RC_INVALID, "", "没有登记联系人电话");
	assert_refused_unchanged(volunteer_reveal(&t->of, id, "id_number", &nothing, &e), RC_INVALID, "", "没有遮盖");
	assert_null(nothing);
	town_as(t, HEAD);
	assert_ok(volunteer_load(&t->of, id, &a, &v, &e));
	assert_string_equal(v.phone, "13700001111");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_volunteer_gets_a_number_and_has_applied),
		TEST(the_number_of_one_whose_adding_was_undone_is_not_given_again),
		TEST(a_resident_fills_in_what_is_blank),
		TEST(what_is_typed_goes_before_what_the_resident_says),
		TEST(what_is_wrong_is_said_at_its_field_and_nothing_is_saved),
		TEST(a_service_that_is_not_on_the_list_is_refused),
		TEST(an_id_number_fills_in_sex_and_birthday_and_must_agree),
		TEST(somebody_who_moved_away_since_may_still_be_put_right),
		TEST(a_stale_save_conflicts_and_changes_nothing),
		TEST(only_those_who_may_change_and_read_volunteers),
		TEST(saving_and_deleting_through_the_register_keeps_the_rules),
		TEST(a_picker_finds_volunteers_by_name_telephone_and_number),
		TEST(the_ladder_goes_up_and_steps_may_be_skipped),
		TEST(steps_note_when_somebody_joined_and_left),
		TEST(a_step_that_does_not_go_says_why),
		TEST(a_stale_step_conflicts),
		TEST(stopping_cancels_what_is_to_come_and_being_away_does_not),
		TEST(one_who_is_assigned_or_has_served_is_not_deleted),
		TEST(a_telephone_number_is_masked_until_it_is_looked_at_and_that_is_written_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
