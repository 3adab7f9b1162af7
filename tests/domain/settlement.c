/* A month's settlement: which orders count, by which rule, closing it, and what is corrected afterwards. */
#include "domain/settlement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "canteen.h"
#include "domain/undo.h"
#include "store/stmt.h"
#include "store/txn.h"

#define OCTOBER day_from_civil(2026, 10, 1)
#define NOVEMBER day_from_civil(2026, 11, 1)
#define OPEN_ENTRIES "SELECT count(*) FROM settlement_entry /*scan*/"

static void put_price(struct town *t, int32_t day, const char *meal, int64_t fen)
{
	hands_insert(t, "INSERT INTO menu (id, day, meal, price_fen) VALUES (:id, %" PRId32 ", '%s', %" PRId64 ")", day, meal, fen);
}

static void put_closed(struct town *t, int32_t day, const char *meal)
{
	hands_insert(t, "INSERT INTO meal_close (id, day, meal, closed_at) VALUES (:id, %" PRId32 ", '%s', 1)", day, meal);
}

/* An order with what came of it. */
static int64_t put_order(struct town *t, int64_t diner, int32_t day, const char *meal, const char *outcome)
{
	int64_t id = canteen_order(t, diner, day, meal);
	AUTO_FREE char *sql = mem_format("UPDATE meal_order SET outcome = '%s' WHERE id = :id", outcome);

	town_write(t, sql, id);
	return id;
}

/* A diner of the age on 2026-11-24, who has the meals brought. */
static int64_t put_diner(struct town *t, const char *name, int32_t born_day, const char *subsidy_class)
{
	int64_t resident = canteen_resident(t, name, 0), diner;
	AUTO_FREE char *born = mem_format("UPDATE resident SET born_day = %" PRId32 " WHERE id = :id", born_day);
	AUTO_FREE char *set = mem_format("UPDATE diner SET subsidy_class = '%s', payer = 'self' WHERE id = :id", subsidy_class);

	town_write(t, born, resident);
	diner = canteen_diner(t, resident, "delivery");
	town_write(t, set, diner);
	return diner;
}

static void use_rules(struct town *t, const char *text)
{
	char path[] = "/tmp/youlin-test-XXXXXX";
	int fd = mkstemp(path);
	struct subsidies *set;
	struct err e = { 0 };

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	assert_ok(subsidies_load(&set, path, t->of.forms, &e));
	unlink(path);
	subsidies_free(t->of.subsidies);
	t->of.subsidies = set;
}

#define RULE(name, from, to, code, young, old, amount, charity, cap, fee) \
	"[" name "]\nlabel=" name "\nversion=1\nfrom=" from "\nto=" to "\nclass=" code "\nage_from=" young "\nage_to=" old "\namount=" amount \
	"\ncharity=" charity "\ncap=" cap "\nfee=" fee "\n"

static struct settlement load(struct town *t, int32_t month, struct arena *a)
{
	struct settlement s;
	struct err e = { 0 };

	assert_ok(settlement_load(&t->of, month, a, &s, &e));
	return s;
}

static void assert_charge(const struct meal_charge *c, int64_t meals, int64_t price, int64_t subsidy, int64_t charity, int64_t own, int64_t fee)
{
	assert_int_equal(c->meals, meals);
	assert_int_equal(c->price_fen, price);
	assert_int_equal(c->subsidy_fen, subsidy);
	assert_int_equal(c->charity_fen, charity);
	assert_int_equal(c->own_fen, own);
	assert_int_equal(c->fee_fen, fee);
	assert_int_equal(price + fee, subsidy + charity + own);
}

static void what_was_eaten_is_subsidised_and_what_was_cooked_in_vain_is_paid_in_full(void **state)
{
	static const struct { const char *code; int price, subsidy, own, fee; } cases[] = {
		{ "s1", 1500, 200, 1500, 200 }, { "s4", 1500, 200, 1500, 200 }, { "s5", 1500, 200, 1500, 200 },
		{ "f1", 1500, 0, 1700, 200 }, { "f2", 1500, 0, 1700, 200 }, { "f4", 1500, 0, 1700, 200 },
		{ "f3", 0, 0, 0, 0 }, { "f5", 0, 0, 0, 0 }, { "f6", 0, 0, 0, 0 }, { "f7", 0, 0, 0, 0 }, { "f8", 0, 0, 0, 0 }, { "f9", 0, 0, 0, 0 },
		{ "f0", 0, 0, 0, 0 }, { "gone", 0, 0, 0, 0 },
	};
	struct town *t = *state;
	int64_t diner = put_diner(t, "沈月娥", day_from_civil(1948, 3, 1), "age");
	AUTO_ARENA a = { 0 };

	town_as(t, CANTEEN);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t month = day_from_civil(2024, 1, 1) + 31 * (int32_t)i;
		struct settlement s;

		put_price(t, month, "lunch", 1500);
		put_order(t, diner, month, "lunch", cases[i].code);
		s = load(t, month, &a);
		assert_int_equal(s.n_diners, cases[i].price ? 1 : 0);
		assert_int_equal(s.n_uncharged, cases[i].price ? 0 : 1);
		assert_charge(&s.month.charge, cases[i].price ? 1 : 0, cases[i].price, cases[i].subsidy, 0, cases[i].own, cases[i].fee);
	}
}

static void what_was_cancelled_or_not_reported_costs_nothing(void **state)
{
	struct town *t = *state;
	int64_t diner = put_diner(t, "沈月娥", day_from_civil(1948, 3, 1), "age");
	AUTO_ARENA a = { 0 };
	struct settlement s;

	town_as(t, CANTEEN);
	put_price(t, NOVEMBER, "lunch", 1500);
	put_price(t, NOVEMBER, "dinner", 1500);
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", put_order(t, diner, NOVEMBER, "lunch", "s1"));
	canteen_order(t, diner, NOVEMBER, "dinner");
	s = load(t, NOVEMBER + 12, &a);
	assert_int_equal(s.month_day, NOVEMBER);
	assert_int_equal(s.last_day, NOVEMBER + 29);
	assert_int_equal(s.month.entries, 0);
	assert_int_equal(s.n_uncharged, 1);
	assert_int_equal(s.n_unclosed, 1);
	assert_string_equal(s.unclosed[0].meal, "dinner");
	assert_false(s.closed);
	assert_false(s.over);
}

static void the_rule_is_that_of_the_day_the_age_and_the_class_of_the_day(void **state)
{
	static const char rules[] = RULE("young", "2026-01-01", "", "age", "60", "74", "100", "0", "", "0")
	                            RULE("old", "2026-01-01", "2026-10-20", "age", "75", "150", "200", "0", "", "0")
	                            RULE("newer", "2026-10-21", "", "age", "75", "150", "300", "50%", "", "100")
	                            RULE("poor", "2026-01-01", "", "lowincome", "0", "150", "50%", "0", "", "0");
	struct town *t = *state;
	int64_t diner;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	static const struct { int day; const char *rule; int subsidy, charity; } cases[] = {
		{ 9, "young", 100, 0 }, { 10, "old", 200, 0 }, { 20, "old", 200, 0 }, { 21, "newer", 300, 350 }, { 25, "newer", 300, 350 }, { 26, "poor", 500, 0 },
	};

	use_rules(t, rules);
	diner = put_diner(t, "沈月娥", day_from_civil(1951, 10, 10), "lowincome");      /* 75 on the 10th */
	town_write(t, "UPDATE diner SET subsidy_from_day = 20752 WHERE id = :id", diner);      /* 2026-10-26 */
	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		put_price(t, OCTOBER + cases[i].day - 1, "lunch", 1000);
		put_order(t, diner, OCTOBER + cases[i].day - 1, "lunch", "s1");
	}
	s = load(t, OCTOBER, &a);
	assert_int_equal(s.n_diners, 1);
	assert_int_equal(s.diners[0].n_entries, COUNT(cases));
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(s.diners[0].entries[i].rule, cases[i].rule);
		assert_int_equal(s.diners[0].entries[i].charge.subsidy_fen, cases[i].subsidy);
		assert_int_equal(s.diners[0].entries[i].charge.charity_fen, cases[i].charity);
	}
	assert_int_equal(s.n_rules, 4);
	assert_string_equal(s.rules[0].key, "newer");
	assert_int_equal(s.rules[0].month.charge.subsidy_fen, 600);
	assert_int_equal(s.n_payers, 1);
	assert_string_equal(s.payers[0].label, "本人");
}

static void a_cap_is_counted_day_by_day_and_breakfast_first(void **state)
{
	static const char rules[] = RULE("capped", "2026-01-01", "", "age", "60", "150", "100", "0", "4", "0");
	struct town *t = *state;
	int64_t diner;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	const struct settle_entry *x;

	use_rules(t, rules);
	diner = put_diner(t, "沈月娥", day_from_civil(1948, 3, 1), "age");
	town_as(t, CANTEEN);
	for (int day = 1; day >= 0; day--) {
		put_price(t, OCTOBER + day, "lunch", 1000);
		put_price(t, OCTOBER + day, "dinner", 800);
		put_price(t, OCTOBER + day, "breakfast", 300);
		put_order(t, diner, OCTOBER + day, "dinner", "s1");
		put_order(t, diner, OCTOBER + day, "breakfast", "s1");
		town_write(t, "UPDATE meal_order SET portions = 2 WHERE id = :id", put_order(t, diner, OCTOBER + day, "lunch", day ? "s1" : "f2"));
	}
	s = load(t, OCTOBER, &a);
	x = s.diners[0].entries;
	assert_int_equal(s.diners[0].n_entries, 6);
	assert_charge(&x[0].charge, 1, 300, 100, 0, 200, 0);
	assert_charge(&x[1].charge, 2, 2000, 0, 0, 2000, 0);       /* refused: of no rule, and nothing of the cap */
	assert_charge(&x[2].charge, 1, 800, 100, 0, 700, 0);
	assert_charge(&x[3].charge, 1, 300, 100, 0, 200, 0);
	assert_charge(&x[4].charge, 2, 2000, 100, 0, 1900, 0);     /* the fourth and last */
	assert_charge(&x[5].charge, 1, 800, 0, 0, 800, 0);
	assert_charge(&s.month.charge, 8, 6200, 400, 0, 5800, 0);
}

/* October, eaten by two; closed meals, prices. */
static void october(struct town *t, int64_t *wang, int64_t *order, int64_t *li)
{
	*wang = put_diner(t, "沈月娥", day_from_civil(1948, 3, 1), "age");
	*li = put_diner(t, "李国强", day_from_civil(1938, 3, 1), "age");
	put_price(t, OCTOBER + 4, "lunch", 1500);
	*order = put_order(t, *wang, OCTOBER + 4, "lunch", "s1");
	put_order(t, *li, OCTOBER + 4, "lunch", "s2");
}

static void a_month_is_closed_when_all_of_it_is_known(void **state)
{
	struct town *t = *state;
	int64_t wang, order, li;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	struct err e = { 0 };

	october(t, &wang, &order, &li);
	put_order(t, li, NOVEMBER, "lunch", "s1");
	town_as(t, CANTEEN);
	s = load(t, NOVEMBER, &a);
	assert_refused_unchanged(settlement_close(&t->of, NOVEMBER, &s, "", &e), RC_INVALID, "month", "还没有过完");
	town_set_day(t, "2026-12-03");
	assert_refused_unchanged(settlement_close(&t->of, NOVEMBER, &s, "", &e), RC_INVALID, "month", "请先结2026年10月");
	assert_refused_unchanged(settlement_close(&t->of, OCTOBER, &s, "", &e), RC_INVALID, "meal", "还有 1 餐没有关账：10-05 中餐");
	put_closed(t, OCTOBER + 4, "lunch");
	town_write(t, "UPDATE menu SET price_fen = -1 WHERE day = 20731 AND meal = 'lunch'", 0);
	assert_refused_unchanged(settlement_close(&t->of, OCTOBER, &s, "", &e), RC_INVALID, "price", "10-05 中餐");
	town_write(t, "UPDATE menu SET price_fen = 1500 WHERE day = 20731 AND meal = 'lunch'", 0);
	assert_refused_unchanged(settlement_close(&t->of, OCTOBER, &s, "", &e), RC_CONFLICT, "", "刚有变化");
	s = load(t, OCTOBER, &a);
	town_as(t, DESK);
	assert_refused_unchanged(settlement_close(&t->of, OCTOBER, &s, "", &e), RC_DENIED, "", "");
	assert_refused_unchanged(settlement_load(&t->of, OCTOBER, &a, &s, &e), RC_DENIED, "", "");
	town_as(t, CANTEEN);
	assert_ok(settlement_close(&t->of, OCTOBER, &s, "已对账", &e));
	assert_int_equal(town_int(t, OPEN_ENTRIES, 0), 2);
	assert_refused_unchanged(settlement_close(&t->of, OCTOBER, &s, "", &e), RC_INVALID, "month", "已经结了");
	s = load(t, OCTOBER, &a);
	assert_true(s.closed);
	assert_string_equal(s.note, "已对账");
	assert_int_equal(s.next_month, NOVEMBER);
	assert_charge(&s.month.charge, 2, 3000, 500, 0, 2900, 400);
	assert_refused_unchanged(settlement_close(&t->of, day_from_civil(2026, 9, 1), &s, "", &e), RC_INVALID, "month", "没有人订餐");
}

static void two_desks_close_a_month_once(void **state)
{
	struct town *t = *state, *second;
	int64_t wang, order, li;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	struct err e = { 0 };
	char *done = NULL;

	october(t, &wang, &order, &li);
	put_closed(t, OCTOBER + 4, "lunch");
	town_as(t, CANTEEN);
	second = town_second(t);
	town_as(second, HEAD);
	s = load(second, OCTOBER, &a);
	assert_ok(settlement_close(&t->of, OCTOBER, &s, "", &e));
	assert_refused(settlement_close(&second->of, OCTOBER, &s, "", &e), RC_INVALID, "month", "已经结了");
	town_close_second(second);
	assert_int_equal(town_int(t, "SELECT count(*) FROM settlement", 0), 1);
	assert_int_equal(town_int(t, OPEN_ENTRIES, 0), 2);
	assert_refused_unchanged(office_undo(&t->of, &done, &e), RC_INVALID, "", "不能撤销");
	assert_null(done);
}

static void closed_nothing_changes_and_the_difference_goes_to_the_next_month(void **state)
{
	struct town *t = *state;
	int64_t wang, order, li;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	struct err e = { 0 };

	october(t, &wang, &order, &li);
	put_closed(t, OCTOBER + 4, "lunch");
	town_as(t, HEAD);
	s = load(t, OCTOBER, &a);
	assert_ok(settlement_close(&t->of, OCTOBER, &s, "", &e));
	put_price(t, NOVEMBER + 1, "lunch", 1500);
	put_closed(t, NOVEMBER + 1, "lunch");
	put_order(t, li, NOVEMBER + 1, "lunch", "s1");
	assert_int_equal(load(t, NOVEMBER, &a).corrected.entries, 0);

	town_write(t, "UPDATE meal_order SET outcome = 'f7' WHERE id = :id", order);
	town_write(t, "UPDATE diner SET subsidy_class = 'lowincome' WHERE id = :id", li);      /* since ever: October too */
	s = load(t, OCTOBER, &a);
	assert_charge(&s.month.charge, 2, 3000, 500, 0, 2900, 400);
	s = load(t, NOVEMBER, &a);
	assert_charge(&s.month.charge, 1, 1500, 750, 0, 750, 0);
	assert_int_equal(s.corrected.entries, 3);
	/* 沈月娥 gets 15 元 back; of 李国强's the street pays 750 instead of 300 and no fee is asked for */
	assert_charge(&s.corrected.charge, -1, -1500, -200 + 450, 0, -1500 - 650, -400);
	assert_int_equal(s.n_rules, 3);
	for (size_t i = 0; i < s.n_rules; i++)
		if (strcmp(s.rules[i].key, "aged85") == 0)
			assert_charge(&s.rules[i].corrected.charge, -1, -1500, -300, 0, -1400, -200);
	town_set_day(t, "2026-12-03");
	assert_ok(settlement_close(&t->of, NOVEMBER, &s, "", &e));
	put_order(t, li, NOVEMBER + 31, "lunch", "s1");
	put_price(t, NOVEMBER + 31, "lunch", 1500);
	assert_int_equal(load(t, NOVEMBER + 31, &a).corrected.entries, 0);
	s = load(t, NOVEMBER, &a);
	assert_charge(&s.corrected.charge, -1, -1500, 250, 0, -2150, -400);

	town_write(t, "UPDATE meal_order SET outcome = 's1' WHERE id = :id", order);           /* it was right the first time */
	s = load(t, NOVEMBER + 31, &a);
	assert_int_equal(s.corrected.entries, 1);
	assert_charge(&s.corrected.charge, 1, 1500, 200, 0, 1500, 200);
}

static void a_closed_month_whose_meal_is_open_again_holds_the_next(void **state)
{
	struct town *t = *state;
	int64_t wang, order, li;
	AUTO_ARENA a = { 0 };
	struct settlement s;
	struct err e = { 0 };

	october(t, &wang, &order, &li);
	put_closed(t, OCTOBER + 4, "lunch");
	town_as(t, HEAD);
	s = load(t, OCTOBER, &a);
	assert_ok(settlement_close(&t->of, OCTOBER, &s, "", &e));
	put_price(t, NOVEMBER, "lunch", 1500);
	put_order(t, li, NOVEMBER, "lunch", "s1");
	put_closed(t, NOVEMBER, "lunch");
	town_set_day(t, "2026-12-03");
	town_write(t, "UPDATE meal_close SET deleted_at = 1 WHERE day = 20731", 0);
	s = load(t, NOVEMBER, &a);
	assert_refused_unchanged(settlement_close(&t->of, NOVEMBER, &s, "", &e), RC_INVALID, "meal", "10-05 中餐");
	town_write(t, "UPDATE meal_close SET deleted_at = NULL WHERE day = 20731", 0);
	town_write(t, "UPDATE menu SET deleted_at = 1 WHERE day = 20731", 0);          /* its price is lost: nobody gets the month back */
	s = load(t, NOVEMBER, &a);
	assert_refused_unchanged(settlement_close(&t->of, NOVEMBER, &s, "", &e), RC_INVALID, "price", "10-05 中餐");
}

static void what_cannot_be_a_price_is_never_reckoned_with(void **state)
{
	static const struct { const char *price, *portions; size_t unpriced; } cases[] = {
		{ "-1", "1", 1 }, { "100001", "1", 1 }, { "9223372036854775807", "1", 1 }, { "NULL", "1", 1 }, { "1500", "-1", 1 },
		{ "1500", "9223372036854775807", 1 }, { "100000", "1000", 0 }, { "0", "1", 0 }, { "1500", "0", 0 },
	};
	struct town *t = *state;
	int64_t diner = put_diner(t, "沈月娥", day_from_civil(1948, 3, 1), "age"), order;
	AUTO_ARENA a = { 0 };

	put_price(t, OCTOBER, "lunch", 1500);
	order = put_order(t, diner, OCTOBER, "lunch", "s1");
	town_as(t, CANTEEN);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *price = mem_format("UPDATE menu SET price_fen = %s WHERE day = 20727 AND meal = 'lunch'", cases[i].price);
		AUTO_FREE char *portions = mem_format("UPDATE meal_order SET portions = %s WHERE id = :id", cases[i].portions);

		town_write(t, price, 0);
		town_write(t, portions, order);
		assert_int_equal(load(t, OCTOBER, &a).n_unpriced, cases[i].unpriced);
	}
}

static void months_that_no_calendar_has_are_refused(void **state)
{
	static const int32_t days[] = { DAY_NONE, INT32_MAX, INT32_MIN + 1, -30000, 90000 };
	struct town *t = *state;
	struct settlement s = { .n_diners = 77 };
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(days); i++) {
		assert_refused_unchanged(settlement_load(&t->of, days[i], &a, &s, &e), RC_INVALID, "month", "没有这个月份");
		assert_refused_unchanged(settlement_close(&t->of, days[i], &s, "", &e), RC_INVALID, "month", "没有这个月份");
	}
	assert_int_equal(s.n_diners, 77);
	s = load(t, 0, &a);                       /* 1970-01 */
	assert_int_equal(s.next_month, DAY_NONE);
	assert_int_equal(month_of_day(OCTOBER + 30, 3), day_from_civil(2027, 1, 1));
	assert_int_equal(month_of_day(OCTOBER, -10), day_from_civil(2025, 12, 1));
	assert_int_equal(month_of_day(day_from_civil(1900, 1, 31), -1), DAY_NONE);
}

static void a_month_is_due_from_the_fifth_on(void **state)
{
	struct town *t = *state;
	int64_t wang, order, li;
	struct err e = { 0 };
	int32_t due = 1;

	town_as(t, HEAD);
	assert_ok(settlement_due(&t->of, &due, &e));
	assert_int_equal(due, DAY_NONE);
	october(t, &wang, &order, &li);
	town_set_day(t, "2026-11-04");
	assert_ok(settlement_due(&t->of, &due, &e));
	assert_int_equal(due, DAY_NONE);
	town_set_day(t, "2026-11-05");
	assert_ok(settlement_due(&t->of, &due, &e));
	assert_int_equal(due, OCTOBER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(what_was_eaten_is_subsidised_and_what_was_cooked_in_vain_is_paid_in_full),
		TOWN_TEST(what_was_cancelled_or_not_reported_costs_nothing),
		TOWN_TEST(the_rule_is_that_of_the_day_the_age_and_the_class_of_the_day),
		TOWN_TEST(a_cap_is_counted_day_by_day_and_breakfast_first),
		TOWN_TEST(a_month_is_closed_when_all_of_it_is_known),
		TOWN_TEST(two_desks_close_a_month_once),
		TOWN_TEST(closed_nothing_changes_and_the_difference_goes_to_the_next_month),
		TOWN_TEST(a_closed_month_whose_meal_is_open_again_holds_the_next),
		TOWN_TEST(what_cannot_be_a_price_is_never_reckoned_with),
		TOWN_TEST(months_that_no_calendar_has_are_refused),
		TOWN_TEST(a_month_is_due_from_the_fifth_on),
	};

	return cmocka_run_group_tests_name("domain-settlement", tests, NULL, NULL);
}
