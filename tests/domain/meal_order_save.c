/* Orders typed by hand and changed by hand: what is asked for a reason, and what is refused. */
#include "domain/meal_order.h"

#include <inttypes.h>

#include "hands.h"

#define WHOLE "SELECT state || portions || size || way || source || coalesce(why, '') FROM meal_order WHERE id = :id"

static int canteen(void **state)
{
	int rc = town_setup(state);

	town_write(*state, "UPDATE resident SET status = 'present'", 0);
	town_as(*state, CANTEEN);
	return rc;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, canteen, town_teardown)

static int64_t diner(struct town *t, const char *status)
{
	return hands_insert(t, "INSERT INTO diner (id, number, resident_id, status, way) VALUES (:id, 'JC-0001', %" PRId64 ", '%s', 'pickup')", t->wang, status);
}

static enum rc try_order(struct town *t, int64_t id, const struct fill *fills, int64_t *saved, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	hands_record(t, &r, "meal_order", id, id ? NULL : FILLS({ "day", "明天" }, { "meal", "lunch" }, { "portions", "1" }, { "size", "normal" }, { "way", "pickup" }));
	town_fill(t, &r, fills);
	if ((rc = meal_order_save(&t->of, &r, e)) == RC_OK && saved)
		*saved = r.id;
	return rc;
}

static void an_order_is_typed_and_a_cancelled_one_is_ordered_again(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id, again;

	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "portions", "2" }), &id, &e));
	assert_int_equal(id, meal_order_id(wang, TOWN_TODAY + 1, "lunch"));
	assert_town_text(t, WHOLE, id, "ordered2normalpickuptyped");
	assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, wang }), NULL, &e), RC_INVALID, "portions", "已经订了 2 份");
	assert_ok(meal_order_cancel(&t->of, id, "", &e));
	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "size", "soft" }, { "way", "" }), &again, &e));    /* the diner's way */
	assert_int_equal(again, id);
	assert_town_text(t, WHOLE, id, "ordered1softpickuptyped");
}

static void what_makes_no_sense_is_refused_at_its_field(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active");
	const struct { struct fill fill; const char *field, *words; } cases[] = {
		{ { "diner_id", NULL, 0 }, "diner_id", "请先选定就餐老人" },
		{ { "diner_id", NULL, 4711 }, "diner_id", "没有这位就餐老人" },
		{ { "portions", NULL, 0 }, "portions", "1 到 10" },
		{ { "portions", NULL, 4000000000 }, "portions", "1 到 10" },
		{ { "portions", NULL, -1 }, "portions", "1 到 10" },
		{ { "portions", "" }, "portions", "1 到 10" },
		{ { "meal", "" }, "meal", "请选定餐次" },
		{ { "size", "" }, "size", "请选份量" },
		{ { "way", "delivery" }, "way", "没有登记送餐依据" },
		{ { "day", "昨天" }, "day", "日期已过" },
		{ { "day", "2027-06-01" }, "day", "最远订到今天以后 31 天" },
		{ { "day", "今天" }, "why", "已过中餐订餐截止时间 8:45" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fill fills[] = { { "diner_id", NULL, wang }, cases[i].fill, { 0 } };

		assert_refused_unchanged(try_order(t, 0, fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	}
	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "day", "今天" }, { "why", "刚出院" }), NULL, &e));
	town_as(t, PROJECT);
	assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, wang }), NULL, &e), RC_DENIED, "", "");
}

static void who_has_stopped_is_not_ordered_for_but_who_is_paused_is_with_a_reason(void **state)
{
	static const struct { const char *status, *field, *words; } cases[] = {
		{ "applied", "diner_id", "现在是「待审」" }, { "stopped", "diner_id", "把状态改为在册" }, { "deceased", "diner_id", "" }, { "paused", "why", "正在暂停" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active");

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *sql = mem_format("UPDATE diner SET status = '%s' WHERE id = :id", cases[i].status);

		town_write(t, sql, wang);
		assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, wang }), NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	}
	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "why", "回来吃一顿" }), NULL, &e));
	town_write(t, "UPDATE diner SET status = 'active' WHERE id = :id", wang);
	hands_insert(t, "INSERT INTO meal_pause (id, diner_id, from_day, to_day, reason) VALUES (:id, %" PRId64 ", 20780, 20790, 'hospital')", wang);
	assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "day", "后天" }), NULL, &e), RC_INVALID, "why",
	                         "正在暂停（住院 11-23 至 12-03），还要订餐请写明原因");
	town_write(t, "UPDATE resident SET status = 'dead' WHERE id = :id", t->wang);
	assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "day", "后天" }, { "why", "x" }), NULL, &e), RC_INVALID, "diner_id", "去世");
}

static void an_order_is_changed_and_stays_whose_it_is(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id, rows;

	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }), &id, &e));
	assert_refused_unchanged(try_order(t, id, FILLS({ "way", "" }), NULL, &e), RC_INVALID, "way", "请选取餐方式");
	assert_ok(try_order(t, id, FILLS({ "portions", "3" }, { "way", "dine_in" }), NULL, &e));
	assert_town_text(t, WHOLE, id, "ordered3normaldine_intyped");
	rows = hands_rows(t);
	assert_ok(try_order(t, id, NULL, NULL, &e));
	assert_int_equal(hands_rows(t), rows);
	assert_refused_unchanged(try_order(t, id, FILLS({ "day", "后天" }), NULL, &e), RC_INVALID, "day", "请取消这一份");
	assert_refused_unchanged(try_order(t, id, FILLS({ "diner_id", NULL, 1 }), NULL, &e), RC_INVALID, "day", "换人");
	assert_refused_unchanged(try_order(t, id, FILLS({ "portions", NULL, 11 }), NULL, &e), RC_INVALID, "portions", "");
	assert_ok(meal_order_cancel(&t->of, id, "", &e));
	assert_refused_unchanged(try_order(t, id, FILLS({ "portions", "1" }), NULL, &e), RC_INVALID, "", "已经取消，请先恢复");
}

static void a_stale_change_conflicts(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	AUTO_RECORD mine = { 0 };
	int64_t id;

	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, diner(t, "active") }), &id, &e));
	hands_record(t, &mine, "meal_order", id, FILLS({ "portions", "2" }));
	assert_ok(try_order(t, id, FILLS({ "portions", "4" }), NULL, &e));
	assert_refused_unchanged(meal_order_save(&t->of, &mine, &e), RC_CONFLICT, "", "刚被别人改动");
}

/* A route that has left with the order. */
static void send(struct town *t, int64_t order)
{
	int64_t route = hands_insert(t, "INSERT INTO route (id, day, meal, line, state, left_at) VALUES (:id, %d, 'lunch', 1, 'out', 1)", TOWN_TODAY + 1);

	hands_insert(t, "INSERT INTO stop (id, order_id, route_id, position) VALUES (:id, %" PRId64 ", %" PRId64 ", 1)", order, route);
}

static void what_a_carrier_is_on_the_way_with_is_changed_only_with_a_reason(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id;

	town_write(t, "UPDATE diner SET entitled_why = 'alone' WHERE id = :id", wang);
	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }, { "way", "delivery" }), &id, &e));
	send(t, id);
	assert_refused_unchanged(try_order(t, id, FILLS({ "portions", "2" }), NULL, &e), RC_INVALID, "why", "带着这份餐出发了");
	assert_refused_unchanged(meal_order_cancel(&t->of, id, " ", &e), RC_INVALID, "why", "带着这份餐出发了");
	assert_ok(try_order(t, id, FILLS({ "way", "pickup" }, { "why", "女儿来取" }), NULL, &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM stop WHERE order_id = :id AND deleted_at IS NULL /*scan*/", id), 0);
	assert_ok(meal_order_cancel(&t->of, id, "", &e));
}

static void what_is_closed_or_reported_stands(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t wang = diner(t, "active"), id, other = diner(t, "active");

	assert_ok(try_order(t, 0, FILLS({ "diner_id", NULL, wang }), &id, &e));
	town_write(t, "UPDATE meal_order SET outcome = 's5' WHERE id = :id", id);
	assert_refused_unchanged(try_order(t, id, FILLS({ "portions", "2" }), NULL, &e), RC_INVALID, "", "送达结果");
	town_write(t, "UPDATE meal_order SET outcome = NULL WHERE id = :id", id);
	hands_insert(t, "INSERT INTO meal_close (id, day, meal) VALUES (:id, %d, 'lunch')", TOWN_TODAY + 1);
	assert_refused_unchanged(try_order(t, id, FILLS({ "portions", "2" }), NULL, &e), RC_INVALID, "day", "关账");
	assert_refused_unchanged(try_order(t, 0, FILLS({ "diner_id", NULL, other }), NULL, &e), RC_INVALID, "day", "关账");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_order_is_typed_and_a_cancelled_one_is_ordered_again),
		TEST(what_makes_no_sense_is_refused_at_its_field),
		TEST(who_has_stopped_is_not_ordered_for_but_who_is_paused_is_with_a_reason),
		TEST(an_order_is_changed_and_stays_whose_it_is),
		TEST(a_stale_change_conflicts),
		TEST(what_a_carrier_is_on_the_way_with_is_changed_only_with_a_reason),
		TEST(what_is_closed_or_reported_stands),
	};

	return cmocka_run_group_tests_name("domain-meal_order_save", tests, NULL, NULL);
}
