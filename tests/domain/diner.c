/* Diners: who may be one, what must agree, the ladder and what ends with it, deleting, finding, two residents who are one. */
#include "domain/diner.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/day.h"
#include "domain/register.h"
#include "domain/resident_merge.h"
#include "hands.h"
#include "store/journal.h"

static int canteen(void **state)
{
	int rc = town_setup(state);

	town_write(*state, "UPDATE resident SET status = 'present'", 0);
	town_as(*state, CANTEEN);
	return rc;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, canteen, town_teardown)

static enum rc try_save(struct town *t, int64_t id, const struct fill *fills, int64_t *saved, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	hands_record(t, &r, "diner", id, id ? NULL : FILLS({ "way", "dine_in" }, { "payer", "self" }));
	town_fill(t, &r, fills);
	if ((rc = diner_save(&t->of, &r, e)) == RC_OK && saved)
		*saved = r.id;
	return rc;
}

static int64_t diner(struct town *t, int64_t resident)
{
	struct err e = { 0 };
	int64_t id;

	assert_ok(try_save(t, 0, FILLS({ "resident_id", NULL, resident }), &id, &e));
	return id;
}

static enum rc try_part(struct town *t, int64_t id, const char *form, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	hands_record(t, &r, form, 0, fills);
	return diner_part_save(&t->of, id, &r, e);
}

static enum rc try_step(struct town *t, int64_t id, const char *status, const char *day, const char *why, struct err *e)
{
	AUTO_RECORD r = { 0 };

	hands_record(t, &r, "diner-status", id, FILLS({ "status", status }, { "status_day", day }, { "status_why", why }));
	return diner_step(&t->of, &r, e);
}

static void step(struct town *t, int64_t id, const char *status)
{
	struct err e = { 0 };

	assert_ok(try_step(t, id, status, "今天", "说过了", &e));
}

static struct diner load(struct town *t, int64_t id, struct arena *a)
{
	struct err e = { 0 };
	struct diner d = { 0 };

	assert_ok(diner_load(&t->of, id, a, &d, &e));
	return d;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------- */

static void a_new_diner_gets_a_number_and_is_who_the_resident_is(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct diner d = load(t, diner(t, t->wang), &a);
	int64_t found;
	struct err e = { 0 };

	assert_string_equal(d.number, "JC-0001");
	assert_string_equal(d.who.name, "王秀英");
	assert_string_equal(d.who.phone, "138****3321");
	assert_int_equal(d.status, DINER_APPLIED);
	assert_int_equal(d.status_day, TOWN_TODAY);
	assert_int_equal(d.window_begin_min, -1);
	assert_int_equal(d.n_plans + d.n_pauses + d.n_blocks, 0);
	assert_string_equal(load(t, diner(t, t->li), &a).number, "JC-0002");
	assert_ok(diner_of_resident(&t->of, t->wang, &found, &e));
	assert_int_equal(found, d.id);
	assert_ok(diner_of_resident(&t->of, t->zhang, &found, &e));
	assert_int_equal(found, 0);
	town_write(t, "UPDATE resident SET phone = '13800009999' WHERE id = :id", t->wang);       /* nothing was copied */
	assert_string_equal(load(t, d.id, &a).who.phone, "138****9999");
}

static void what_is_wrong_is_said_at_its_field_and_nothing_is_saved(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	const struct { struct fill fill; const char *field, *words; } cases[] = {
		{ { "resident_id", NULL, 0 }, "resident_id", "请先选定居民" },
		{ { "resident_id", NULL, t->wang }, "resident_id", "王秀英已经登记为就餐老人 JC-0001（待审）" },
		{ { "resident_id", NULL, t->li }, "resident_id", "已去世" },
		{ { "resident_id", NULL, 4711 }, "resident_id", "已合并或删除" },
		{ { "way", "delivery" }, "entitled_why", "请选送餐依据" },
		{ { "window_end_min", "1030" }, "window_end_min", "最晚要晚于最早（11:00）" },
		{ { "window_end_min", "1100" }, "window_end_min", "最晚要晚于最早（11:00）" },
		{ { "payer", "child" }, "payer_name", "请写付款人" },
		{ { "line_position", "3" }, "line", "哪条固定线路" },
		{ { "volunteer_id", NULL, 4711 }, "volunteer_id", "已停用或删除" },
	};

	diner(t, t->wang);
	town_write(t, "UPDATE resident SET status = 'dead' WHERE id = :id", t->li);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fill fills[] = { { "resident_id", NULL, t->zhang }, { "window_begin_min", "1100" }, cases[i].fill, { 0 } };

		assert_refused_unchanged(try_save(t, 0, fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	}
	town_write(t, "UPDATE resident SET status = 'moved' WHERE id = :id", t->zhang);
	assert_refused_unchanged(try_save(t, 0, FILLS({ "resident_id", NULL, t->zhang }), NULL, &e), RC_INVALID, "resident_id", "已迁出");
	assert_int_equal(town_int(t, "SELECT count(*) FROM diner /*scan*/", 0), 1);
}

static void a_ground_is_kept_while_a_plan_brings_meals(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id;

	assert_ok(try_save(t, 0, FILLS({ "resident_id", NULL, t->wang }, { "way", "delivery" }, { "entitled_why", "alone" }), &id, &e));
	assert_ok(try_part(t, id, "meal_plan", FILLS({ "weekdays", "1 2" }, { "meal", "lunch" }, { "portions", "1" }, { "way", "delivery" }), &e));
	assert_refused_unchanged(try_save(t, id, FILLS({ "way", "pickup" }, { "entitled_why", NULL }), NULL, &e), RC_INVALID, "entitled_why", "还有 1 条用餐计划");
	assert_ok(try_save(t, id, FILLS({ "way", "pickup" }), NULL, &e));
}

static void somebody_who_moved_away_since_may_be_put_right_but_is_shown(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = diner(t, t->wang);
	AUTO_ARENA a = { 0 };

	town_write(t, "UPDATE resident SET status = 'moved' WHERE id = :id", t->wang);
	assert_ok(try_save(t, id, FILLS({ "note", "跟女儿住" }), NULL, &e));
	assert_string_equal(load(t, id, &a).resident_status, "moved");
}

static void a_stale_save_conflicts_and_changes_nothing(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 };
	struct err e = { 0 };
	int64_t id = diner(t, t->wang);

	hands_record(t, &mine, "diner", id, FILLS({ "note", "我的" }));
	assert_ok(try_save(t, id, FILLS({ "note", "别人的" }), NULL, &e));
	assert_refused_unchanged(diner_save(&t->of, &mine, &e), RC_CONFLICT, "", "改过");
}

static void only_those_who_may_change_order_and_read(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct diner d;
	int64_t id;
	char *plain;

	assert_ok(try_save(t, 0, FILLS({ "resident_id", NULL, t->wang }, { "stand_in", "李阿姨" }, { "stand_in_phone", "13700001111" }), &id, &e));
	assert_string_equal(load(t, id, &a).stand_in_phone, "137****1111");
	assert_refused_unchanged(diner_reveal(&t->of, id, "stand_in_phone", &plain, &e), RC_DENIED, "", "查看完整号码");
	town_as(t, DESK);
	assert_refused_unchanged(try_save(t, id, FILLS({ "note", "x" }), NULL, &e), RC_DENIED, "", "管理就餐老人");
	assert_refused_unchanged(try_step(t, id, "active", "今天", NULL, &e), RC_DENIED, "", "管理就餐老人");
	assert_refused_unchanged(diner_delete(&t->of, id, 1, "x", &e), RC_DENIED, "", "管理就餐老人");
	assert_refused_unchanged(diner_restore(&t->of, id, 1, &e), RC_DENIED, "", "管理就餐老人");
	assert_refused_unchanged(try_part(t, id, "diner_block", FILLS({ "why", "吵过架" }), &e), RC_DENIED, "", "管理就餐老人");
	assert_ok(try_part(t, id, "meal_pause", FILLS({ "from_day", "今天" }, { "to_day", "+2" }, { "reason", "away" }), &e));
	assert_ok(diner_reveal(&t->of, id, "stand_in_phone", &plain, &e));
	assert_string_equal(plain, "13700001111");
	free(plain);
	assert_refused(diner_reveal(&t->of, id, "key_phone", &plain, &e), RC_INVALID, "", "没有登记");
	assert_refused(diner_reveal(&t->of, id, "note", &plain, &e), RC_INVALID, "", "没有遮盖");
	town_as(t, PROJECT);
	assert_refused(diner_load(&t->of, id, &a, &d, &e), RC_DENIED, "", "查看就餐老人");
	town_as(t, HEAD);
	assert_refused(diner_load(&t->of, 4711, &a, &d, &e), RC_NOTFOUND, "", "没有这位");
}

static void a_fixed_volunteer_is_one_who_goes_there(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id, aunt, uncle;

	town_as(t, HEAD);
	aunt = hands_volunteer(t, "陈阿姨", NULL);
	uncle = hands_volunteer(t, "李叔叔", NULL);
	id = diner(t, t->wang);
	assert_ok(try_save(t, id, FILLS({ "volunteer_id", NULL, aunt }), NULL, &e));
	assert_refused_unchanged(try_part(t, id, "diner_block", FILLS({ "volunteer_id", NULL, aunt }, { "why", "吵过架" }), &e), RC_INVALID, "volunteer_id",
	                         "陈阿姨是王秀英的固定志愿者");
	assert_ok(try_part(t, id, "diner_block", FILLS({ "volunteer_id", NULL, uncle }, { "why", "吵过架" }), &e));
	assert_refused_unchanged(try_part(t, id, "diner_block", FILLS({ "volunteer_id", NULL, uncle }, { "why", "又吵了" }), &e), RC_INVALID, "volunteer_id",
	                         "已经登记为不上门");
	assert_refused_unchanged(try_save(t, id, FILLS({ "volunteer_id", NULL, uncle }), NULL, &e), RC_INVALID, "volunteer_id", "李叔叔登记为不上门（吵过架）");
	hands_step(t, aunt, "stopped");
	assert_ok(try_save(t, id, FILLS({ "note", "还是她" }), NULL, &e));
	assert_refused_unchanged(try_save(t, 0, FILLS({ "resident_id", NULL, t->li }, { "volunteer_id", NULL, aunt }), NULL, &e), RC_INVALID, "volunteer_id",
	                         "陈阿姨已停用");
}

/* The ladder --------------------------------------------------------------------------------------------------------------------- */

static void the_ladder_is_what_the_header_says(void **state)
{
	static const char *const wanted[DINER_STATUS_COUNT] = {
		[DINER_APPLIED] = "active stopped quiet deceased", [DINER_ACTIVE] = "paused stopped quiet deceased",
		[DINER_PAUSED] = "active stopped quiet deceased", [DINER_STOPPED] = "applied active quiet deceased",
		[DINER_QUIET] = "applied active stopped deceased", [DINER_DECEASED] = "active",
	};

	(void)state;
	for (enum diner_status from = 0; from < DINER_STATUS_COUNT; from++)
		for (enum diner_status to = 0; to < DINER_STATUS_COUNT; to++)
			if (diner_may_step(from, to) != (strstr(wanted[from], diner_status_key(to)) != NULL))
				fail_msg("%s to %s", diner_status_key(from), diner_status_key(to));
	assert_false(diner_may_step(DINER_STATUS_COUNT, DINER_ACTIVE));
	assert_int_equal(diner_status_from_key("gone"), DINER_STATUS_COUNT);
}

static void a_step_that_does_not_go_says_why(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = diner(t, t->wang);

	assert_refused_unchanged(try_step(t, id, "paused", "今天", "住院", &e), RC_INVALID, "status", "在册的才有暂停");
	assert_refused_unchanged(try_step(t, id, "applied", "今天", NULL, &e), RC_INVALID, "status", "现在就是「待审」");
	assert_refused_unchanged(try_step(t, id, "stopped", "今天", NULL, &e), RC_INVALID, "status_why", "请写明停餐的原因");
	assert_refused_unchanged(try_step(t, id, "stopped", "明天", "搬家", &e), RC_INVALID, "status_day", "请登记「暂停」");
	assert_refused_unchanged(try_step(t, id, "active", "昨天", NULL, &e), RC_INVALID, "status_day", "2026-11-24");
	assert_ok(try_step(t, id, "active", "+3", NULL, &e));                                        /* begins on Friday */
	step(t, id, "deceased");
	assert_refused_unchanged(try_step(t, id, "stopped", "今天", "x", &e), RC_INVALID, "status", "登记错了的请改回「在册」");
	assert_refused_unchanged(try_step(t, id, "active", "今天", NULL, &e), RC_INVALID, "status_why", "请写明");
}

static void stopping_ends_plans_and_pauses_and_one_undo_brings_them_back(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t id = diner(t, t->wang);
	struct diner d;

	step(t, id, "active");
	assert_ok(try_part(t, id, "meal_plan", FILLS({ "weekdays", "1 2 3" }, { "meal", "lunch" }, { "portions", "1" }, { "from_day", "2026-11-01" }), &e));
	assert_ok(try_part(t, id, "meal_plan", FILLS({ "weekdays", "6" }, { "meal", "lunch" }, { "portions", "1" }, { "from_day", "2026-12-01" }), &e));
	assert_ok(try_part(t, id, "meal_pause", FILLS({ "from_day", "-2" }, { "to_day", "+2" }, { "reason", "hospital" }), &e));
	step(t, id, "deceased");
	d = load(t, id, &a);
	assert_int_equal(d.n_plans, 1);
	assert_int_equal(d.plans[0].to_day, TOWN_TODAY - 1);
	assert_int_equal(d.pauses[0].to_day, TOWN_TODAY - 1);
	assert_refused_unchanged(try_part(t, id, "meal_plan", FILLS({ "weekdays", "1" }, { "meal", "lunch" }, { "portions", "1" }), &e), RC_INVALID, "",
	                         "请先把「状态」改为在册");
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	d = load(t, id, &a);
	assert_int_equal(d.status, DINER_ACTIVE);
	assert_int_equal(d.n_plans, 2);
	assert_int_equal(d.plans[0].to_day, DAY_NONE);
	assert_int_equal(d.pauses[0].to_day, TOWN_TODAY + 2);
}

/* Deleting, finding, merging ------------------------------------------------------------------------------------------------------ */

static void what_was_ordered_keeps_a_diner_and_a_second_keeps_one_from_coming_back(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = diner(t, t->wang), order, other;

	order = hands_insert(t, "INSERT INTO meal_order (id, diner_id, day, meal, state) VALUES (:id, %lld, 20781, 'lunch', 'cancelled')", (long long)id);
	assert_refused_unchanged(diner_delete(&t->of, id, town_int(t, "SELECT rev FROM diner WHERE id = :id", id), "重复", &e), RC_INVALID, "", "订过 1 餐");
	town_write(t, "DELETE FROM meal_order WHERE id = :id", order);
	assert_ok(register_delete(&t->of, form_find(t->of.forms, "diner"), id, town_int(t, "SELECT rev FROM diner WHERE id = :id", id), "重复", &e));
	other = diner(t, t->wang);
	assert_refused_unchanged(diner_restore(&t->of, id, town_int(t, "SELECT rev FROM diner WHERE id = :id", id), &e), RC_INVALID, "resident_id", "JC-0002");
	assert_ok(diner_delete(&t->of, other, town_int(t, "SELECT rev FROM diner WHERE id = :id", other), "重复", &e));
	assert_ok(diner_restore(&t->of, id, town_int(t, "SELECT rev FROM diner WHERE id = :id", id), &e));
}

/* How many a filter leaves. */
static size_t found(struct town *t, const struct list_filter *filter)
{
	struct err e = { 0 };
	struct list *l = NULL;
	size_t n;

	assert_ok(list_open(&l, t->st, &diner_list_spec, &e));
	assert_ok(list_query(l, filter, 1, (struct list_order){ "number", false }, 0, &e));
	n = list_count(l);
	list_close(l);
	return n;
}

static size_t typed(struct town *t, const char *text)
{
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct list_filter f;
	bool any;

	assert_ok(diner_find(&t->of, text, &a, &f, &any, &e));
	assert_true(any);
	return found(t, &f);
}

static void diners_are_found_by_whatever_finds_the_resident_and_by_number(void **state)
{
	static const struct { const char *typed; size_t n; } cases[] = {
		{ "王", 1 }, { "wxy", 1 }, { "3321", 1 }, { "jc-0001", 1 }, { "0002", 1 }, { "jc", 2 }, { "3-2-501", 1 }, { "王 3321", 1 }, { "zzzz", 0 },
		{ "张三丰", 0 }, { "';", 0 },
	};
	struct town *t = *state;

	diner(t, t->wang);
	diner(t, t->li);
	for (size_t i = 0; i < COUNT(cases); i++)
		if (typed(t, cases[i].typed) != cases[i].n)
			fail_msg("\"%s\" finds %zu", cases[i].typed, typed(t, cases[i].typed));
}

static void filters_leave_whom_they_name(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t id, other = diner(t, t->li);

	town_write(t, "UPDATE resident SET care_tags = 'alone dementia' WHERE id = :id", t->wang);
	assert_ok(try_save(t, 0, FILLS({ "resident_id", NULL, t->wang }, { "way", "delivery" }, { "entitled_why", "alone" }), &id, &e));
	assert_int_equal(found(t, &(struct list_filter[]){ diner_filter_line(0) }[0]), 1);
	assert_ok(try_save(t, id, FILLS({ "line", "2" }, { "line_position", "1" }), NULL, &e));
	step(t, id, "active");
	assert_ok(try_part(t, id, "meal_pause", FILLS({ "from_day", "-1" }, { "to_day", "今天" }, { "reason", "away" }), &e));
	const struct { struct list_filter f; size_t n; } cases[] = {
		{ diner_filter_status("active", &a), 1 }, { diner_filter_way("delivery", &a), 1 }, { diner_filter_way("pickup", &a), 0 },
		{ diner_filter_grid(t->grid3), 1 }, { diner_filter_line(2), 1 }, { diner_filter_line(0), 0 }, { diner_filter_paused(TOWN_TODAY), 1 },
		{ diner_filter_paused(TOWN_TODAY + 1), 0 }, { diner_filter_care("dementia", &a), 1 }, { diner_filter_care("disabled", &a), 0 },
		{ diner_filter_gone(), 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (found(t, &cases[i].f) != cases[i].n)
			fail_msg("filter %zu leaves %zu", i, found(t, &cases[i].f));
	town_write(t, "UPDATE resident SET status = 'dead' WHERE id = :id", t->li);
	assert_int_equal(found(t, &(struct list_filter[]){ diner_filter_gone() }[0]), 1);
	step(t, other, "deceased");
	assert_int_equal(found(t, &(struct list_filter[]){ diner_filter_gone() }[0]), 0);
}

static enum rc merge(struct town *t, struct err *e)
{
	struct resident_merge m;
	enum rc rc = resident_merge_load(&t->of, t->wang, t->li, &m, e);

	if (rc != RC_OK)
		return rc;
	rc = resident_merge_save(&t->of, &m, e);
	resident_merge_release(&m);
	return rc;
}

static void a_diner_goes_along_with_the_resident(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = diner(t, t->li), now;

	town_as(t, HEAD);
	assert_ok(merge(t, &e));
	assert_ok(diner_of_resident(&t->of, t->wang, &now, &e));
	assert_int_equal(now, id);
}

static void of_two_diners_one_must_have_ended_before_they_are_merged(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	int64_t keep = diner(t, t->wang), other = diner(t, t->li), now;

	town_as(t, HEAD);
	assert_refused_unchanged(merge(t, &e), RC_INVALID, "", "（JC-0001、JC-0002），请先把不用的那条的「状态」改为停餐");
	step(t, keep, "stopped");
	assert_ok(merge(t, &e));
	assert_ok(diner_of_resident(&t->of, t->wang, &now, &e));
	assert_int_equal(now, other);                                                                 /* who still eats stays */
	assert_town_text(t, "SELECT deleted_why FROM diner WHERE id = :id", keep, "已并入 JC-0002");
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM diner WHERE deleted_at IS NULL /*scan*/", 0), 2);
}

static void what_was_ordered_goes_along_but_for_meals_that_both_had(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t keep = diner(t, t->wang), other = diner(t, t->li);

	town_as(t, HEAD);
	step(t, other, "stopped");
	hands_insert(t, "INSERT INTO meal_order (id, diner_id, day, meal, state) VALUES (:id, %" PRId64 ", 20770, 'lunch', 'ordered')", keep);
	hands_insert(t, "INSERT INTO meal_order (id, diner_id, day, meal, state) VALUES (:id, %" PRId64 ", 20770, 'lunch', 'ordered')", other);
	hands_insert(t, "INSERT INTO meal_order (id, diner_id, day, meal, state) VALUES (:id, %" PRId64 ", 20771, 'lunch', 'ordered')", other);
	assert_ok(merge(t, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE diner_id = :id /*scan*/", keep), 2);
	assert_int_equal(town_int(t, "SELECT count(*) FROM meal_order WHERE diner_id = :id AND day = 20770 /*scan*/", other), 1);
}

static void two_volunteers_who_are_one_go_nowhere_that_one_of_them_does_not(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id, aunt, uncle;

	town_as(t, HEAD);
	aunt = hands_volunteer(t, "王秀英", FILLS({ "resident_id", NULL, t->wang }));
	uncle = hands_volunteer(t, "李建国", FILLS({ "resident_id", NULL, t->li }));
	id = diner(t, t->zhang);
	assert_ok(try_save(t, id, FILLS({ "volunteer_id", NULL, aunt }), NULL, &e));
	assert_ok(try_part(t, id, "diner_block", FILLS({ "volunteer_id", NULL, uncle }, { "why", "吵过架" }), &e));
	assert_ok(merge(t, &e));
	assert_int_equal(town_int(t, "SELECT volunteer_id IS NULL FROM diner WHERE id = :id", id), 1);
	assert_int_equal(town_int(t, "SELECT volunteer_id FROM diner_block WHERE diner_id = :id", id), aunt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_diner_gets_a_number_and_is_who_the_resident_is),
		TEST(what_is_wrong_is_said_at_its_field_and_nothing_is_saved),
		TEST(a_ground_is_kept_while_a_plan_brings_meals),
		TEST(somebody_who_moved_away_since_may_be_put_right_but_is_shown),
		TEST(a_stale_save_conflicts_and_changes_nothing),
		TEST(only_those_who_may_change_order_and_read),
		TEST(a_fixed_volunteer_is_one_who_goes_there),
		TEST(the_ladder_is_what_the_header_says),
		TEST(a_step_that_does_not_go_says_why),
		TEST(stopping_ends_plans_and_pauses_and_one_undo_brings_them_back),
		TEST(what_was_ordered_keeps_a_diner_and_a_second_keeps_one_from_coming_back),
		TEST(diners_are_found_by_whatever_finds_the_resident_and_by_number),
		TEST(filters_leave_whom_they_name),
		TEST(a_diner_goes_along_with_the_resident),
		TEST(of_two_diners_one_must_have_ended_before_they_are_merged),
		TEST(what_was_ordered_goes_along_but_for_meals_that_both_had),
		TEST(two_volunteers_who_are_one_go_nowhere_that_one_of_them_does_not),
	};

	return cmocka_run_group_tests_name("domain-diner", tests, NULL, NULL);
}
