/* What hangs on a diner, and whether it makes an order on a day. */
#include "domain/diner.h"

#include <stdlib.h>

#include "base/day.h"
#include "hands.h"

#define MONDAY (TOWN_TODAY + 6)           /* 2026-11-30 */

struct fixture {
	struct town *t;
	int64_t id;
};

static int canteen(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	void *town;
	int rc = town_setup(&town);

	f->t = town;
	town_as(f->t, CANTEEN);
	hands_record(f->t, &r, "diner", 0, FILLS({ "resident_id", NULL, f->t->wang }, { "way", "pickup" }));
	assert_ok(diner_save(&f->t->of, &r, &e));
	f->id = r.id;
	*state = f;
	return rc;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	void *town = f->t;
	int rc = town_teardown(&town);

	free(f);
	return rc;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, canteen, teardown)

static enum rc try_part(struct fixture *f, const char *form, int64_t id, const struct fill *fills, int64_t *saved, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	hands_record(f->t, &r, form, id, fills);
	if ((rc = diner_part_save(&f->t->of, f->id, &r, e)) == RC_OK && saved)
		*saved = r.id;
	return rc;
}

static int64_t part(struct fixture *f, const char *form, const struct fill *fills)
{
	struct err e = { 0 };
	int64_t id;

	assert_ok(try_part(f, form, 0, fills, &id, &e));
	return id;
}

static void step(struct fixture *f, const char *status, const char *day)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(f->t, &r, "diner-status", f->id, FILLS({ "status", status }, { "status_day", day }, { "status_why", "去女儿家" }));
	assert_ok(diner_step(&f->t->of, &r, &e));
}

static struct diner load(struct fixture *f, struct arena *a)
{
	struct err e = { 0 };
	struct diner d = { 0 };

	assert_ok(diner_load(&f->t->of, f->id, a, &d, &e));
	return d;
}

/* Parts --------------------------------------------------------------------------------------------------------------------------- */

static void what_is_wrong_in_a_part_is_said_at_its_field(void **state)
{
	struct fixture *f = *state;
	struct town *t = f->t;
	struct err e = { 0 };
	const struct { const char *form; struct fill fills[6]; const char *field, *words; } cases[] = {
		{ "meal_plan", { { "weekdays", "5 6" }, { "meal", "lunch" }, { "portions", "1" } }, "weekdays", "周五的中餐已有用餐计划，从 2026-11-01" },
		{ "meal_plan", { { "weekdays", "6" }, { "meal", "lunch" }, { "portions", "1" }, { "way", "delivery" } }, "way", "没有登记送餐依据" },
		{ "meal_plan", { { "weekdays", "6" }, { "meal", "lunch" }, { "portions", "1" }, { "from_day", "+2" }, { "to_day", "+1" } }, "to_day",
		  "不能早于开始" },
		{ "meal_plan", { { "meal", "lunch" }, { "portions", "1" } }, "weekdays", "请选星期几" },
		{ "meal_pause", { { "from_day", "+9" }, { "to_day", "+11" }, { "reason", "away" } }, "from_day", "重叠" },
		{ "meal_pause", { { "from_day", "+4" }, { "to_day", "+20" }, { "reason", "away" } }, "from_day", "住院 11-29 至 12-03" },
		{ "meal_pause", { { "from_day", "+2" }, { "to_day", "+1" }, { "reason", "away" } }, "to_day", "不能早于开始" },
		{ "meal_pause", { { "from_day", "+2" }, { "reason", "away" } }, "to_day", "请填到哪天为止" },
		{ "meal_pause", { { "to_day", "+2" }, { "reason", "away" } }, "from_day", "请填从哪天起" },
		{ "diner_block", { { "why", "吵过架" } }, "volunteer_id", "请选定志愿者" },
		{ "absence", { { "from_day", "今天" }, { "to_day", "今天" } }, "", "不是就餐老人的一部分" },
	};

	part(f, "meal_plan", FILLS({ "weekdays", "1 2 3 4 5" }, { "meal", "lunch" }, { "portions", "1" }, { "from_day", "2026-11-01" }));
	part(f, "meal_pause", FILLS({ "from_day", "+5" }, { "to_day", "+9" }, { "reason", "hospital" }));
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_unchanged(try_part(f, cases[i].form, 0, cases[i].fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	/* another meal, another weekday, days that have gone, the day after */
	part(f, "meal_plan", FILLS({ "weekdays", "1 5" }, { "meal", "dinner" }, { "portions", "2" }));
	part(f, "meal_plan", FILLS({ "weekdays", "6 7" }, { "meal", "lunch" }, { "portions", "1" }));
	part(f, "meal_plan", FILLS({ "weekdays", "1" }, { "meal", "lunch" }, { "portions", "1" }, { "to_day", "2026-10-31" }));
	part(f, "meal_pause", FILLS({ "from_day", "+10" }, { "to_day", "+10" }, { "reason", "away" }));
}

static void a_pause_is_ended_early_and_notes_who_entered_it(void **state)
{
	struct fixture *f = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t id = part(f, "meal_pause", FILLS({ "from_day", "-4" }, { "to_day", "+3" }, { "reason", "hospital" }));

	assert_int_equal(town_int(f->t, "SELECT account_id FROM meal_pause WHERE id = :id", id), f->t->of.me.id);
	assert_int_equal(town_int(f->t, "SELECT at FROM meal_pause WHERE id = :id", id), f->t->now);
	assert_ok(try_part(f, "meal_pause", id, FILLS({ "to_day", "昨天" }), NULL, &e));
	assert_int_equal(load(f, &a).pauses[0].to_day, TOWN_TODAY - 1);
	assert_ok(diner_part_delete(&f->t->of, form_find(f->t->of.forms, "meal_pause"), id, "没有住院", &e));
	assert_int_equal(load(f, &a).n_pauses, 0);
}

static void pauses_that_are_over_are_the_last_ten(void **state)
{
	struct fixture *f = *state;
	AUTO_ARENA a = { 0 };
	struct diner d;

	for (int i = 1; i <= 15; i++)
		hands_insert(f->t, "INSERT INTO meal_pause (id, diner_id, from_day, to_day) VALUES (:id, %lld, %d, %d)", (long long)f->id, TOWN_TODAY - i,
		             TOWN_TODAY - i);
	part(f, "meal_pause", FILLS({ "from_day", "+5" }, { "to_day", "+6" }, { "reason", "away" }));
	d = load(f, &a);
	assert_int_equal(d.n_pauses, 11);
	assert_int_equal(d.pauses[0].from_day, TOWN_TODAY + 5);
	assert_int_equal(d.pauses[10].from_day, TOWN_TODAY - 10);
}

/* What it comes to ---------------------------------------------------------------------------------------------------------------- */

static void assert_answer(struct fixture *f, int32_t day, const char *meal, int portions, const char *words)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF why = { 0 };
	struct diner d = load(f, &a);
	const struct meal_plan *p = diner_wants(&f->t->of, &d, day, meal, &why);

	if ((p ? p->portions : 0) != portions || strcmp(strbuf_str(&why), words) != 0)
		fail_msg("%s on %d: %d portions, \"%s\"", meal, (int)day, p ? p->portions : 0, strbuf_str(&why));
}

static void a_plan_makes_an_order_on_its_days_only(void **state)
{
	struct fixture *f = *state;

	part(f, "meal_plan", FILLS({ "weekdays", "1 2 3" }, { "meal", "lunch" }, { "portions", "1" }, { "to_day", "2026-11-30" }));
	part(f, "meal_plan", FILLS({ "weekdays", "1 2 3" }, { "meal", "lunch" }, { "portions", "2" }, { "from_day", "2026-12-01" }));
	assert_answer(f, MONDAY, "lunch", 0, "待审");
	step(f, "active", "+1");
	assert_answer(f, TOWN_TODAY, "lunch", 0, "从 11-25 起才在册");
	assert_answer(f, TOWN_TODAY + 1, "lunch", 1, "");
	assert_answer(f, TOWN_TODAY + 2, "lunch", 0, "这一天没有中餐的用餐计划");
	assert_answer(f, MONDAY, "lunch", 1, "");
	assert_answer(f, MONDAY, "dinner", 0, "这一天没有晚餐的用餐计划");
	assert_answer(f, MONDAY + 1, "lunch", 2, "");
}

static void why_not_is_said_in_words(void **state)
{
	struct fixture *f = *state;

	step(f, "active", "今天");
	part(f, "meal_plan", FILLS({ "weekdays", "1 2 3 4 5 6 7" }, { "meal", "lunch" }, { "portions", "1" }));
	part(f, "meal_pause", FILLS({ "from_day", "2026-11-26" }, { "to_day", "2027-01-02" }, { "reason", "hospital" }));
	assert_answer(f, TOWN_TODAY + 1, "lunch", 1, "");
	assert_answer(f, TOWN_TODAY + 2, "lunch", 0, "暂停：住院 11-26 至 2027-01-02");
	assert_answer(f, TOWN_TODAY + 39, "lunch", 0, "暂停：住院 11-26 至 2027-01-02");
	assert_answer(f, TOWN_TODAY + 40, "lunch", 1, "");
	step(f, "paused", "今天");
	assert_answer(f, TOWN_TODAY, "lunch", 0, "暂停：去女儿家");
	step(f, "active", "今天");
	town_write(f->t, "UPDATE resident SET status = 'dead' WHERE id = :id", f->t->wang);
	assert_answer(f, TOWN_TODAY, "lunch", 0, "居民资料里已去世");
	town_write(f->t, "UPDATE resident SET status = 'moved' WHERE id = :id", f->t->wang);
	assert_answer(f, TOWN_TODAY, "lunch", 0, "居民资料里已迁出");
}

static void meals_are_brought_while_there_is_a_ground(void **state)
{
	struct diner d = { .way = "pickup", .entitled_why = "", .entitled_to_day = DAY_NONE };
	struct meal_plan own = { .way = "" }, brought = { .way = "delivery" };

	(void)state;
	assert_false(diner_is_entitled(&d, TOWN_TODAY));
	d.entitled_why = "ill";
	assert_true(diner_is_entitled(&d, TOWN_TODAY));
	d.entitled_to_day = TOWN_TODAY;
	assert_true(diner_is_entitled(&d, TOWN_TODAY));
	assert_false(diner_is_entitled(&d, TOWN_TODAY + 1));
	assert_string_equal(diner_way(&d, &own), "pickup");
	assert_string_equal(diner_way(&d, &brought), "delivery");
	assert_string_equal(diner_way(&d, NULL), "pickup");
}

static void weekdays_are_said_as_people_say_them(void **state)
{
	static const struct { const char *days, *words; } cases[] = {
		{ "1 2 3 4 5", "周一至周五" }, { "1 2", "周一、周二" }, { "1 2 3 5 7", "周一至周三、周五、周日" }, { "6 7", "周六、周日" }, { "7", "周日" },
		{ "1 2 3 4 5 6 7", "周一至周日" }, { "", "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		meal_weekdays_words(&f->t->of, cases[i].days, &out);
		assert_string_equal(strbuf_str(&out), cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_wrong_in_a_part_is_said_at_its_field),
		TEST(a_pause_is_ended_early_and_notes_who_entered_it),
		TEST(pauses_that_are_over_are_the_last_ten),
		TEST(a_plan_makes_an_order_on_its_days_only),
		TEST(why_not_is_said_in_words),
		TEST(meals_are_brought_while_there_is_a_ground),
		TEST(weekdays_are_said_as_people_say_them),
	};

	return cmocka_run_group_tests_name("domain-diner-part", tests, NULL, NULL);
}
