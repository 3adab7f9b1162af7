/* A month's settlement against a second reckoning that knows nothing of the first: random orders, ages, classes, rules that change, caps. */
#include "domain/settlement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "canteen.h"
#include "store/stmt.h"
#include "store/txn.h"

#define MONTH day_from_civil(2026, 10, 1)
#define DAYS 31
#define DINERS 6
#define SEEDS 6
#define CHANGE 14                        /* the day of the month, counted from 0, that the new version begins on */

/* The same rules twice: as a file, and as the recount's table. */
static const char rules_text[] =
	"[young]\nlabel=a\nversion=1\nfrom=2020-01-01\nto=\nclass=age\nage_from=60\nage_to=74\namount=7%\ncharity=0\ncap=9\nfee=200\n"
	"[old1]\nlabel=b\nversion=1\nfrom=2020-01-01\nto=2026-10-14\nclass=age\nage_from=75\nage_to=150\namount=333\ncharity=33%\ncap=7\nfee=150\n"
	"[old2]\nlabel=b\nversion=2\nfrom=2026-10-15\nto=\nclass=age\nage_from=75\nage_to=150\namount=41%\ncharity=100\ncap=11\nfee=0\n"
	"[poor]\nlabel=c\nversion=1\nfrom=2020-01-01\nto=\nclass=lowincome\nage_from=0\nage_to=150\namount=50%\ncharity=17%\ncap=20\nfee=0\n";

struct recount {
	int64_t meals, price, subsidy, charity, own, fee;
};

static uint64_t chance(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % below;
}

static void use_rules(struct town *t)
{
	char path[] = "/tmp/youlin-test-XXXXXX";
	int fd = mkstemp(path);
	struct err e = { 0 };

	assert_true(fd >= 0);
	assert_int_equal(write(fd, rules_text, sizeof rules_text - 1), (ssize_t)sizeof rules_text - 1);
	close(fd);
	subsidies_free(t->of.subsidies);
	assert_ok(subsidies_load(&t->of.subsidies, path, t->of.forms, &e));
	unlink(path);
}

static void put_diners(struct town *t, uint64_t *seed)
{
	for (int i = 0; i < DINERS; i++) {
		int64_t resident = canteen_resident(t, "沈月娥", 0), diner = canteen_diner(t, resident, chance(seed, 2) ? "delivery" : "pickup");
		int32_t born = day_from_civil(chance(seed, 3) ? 1951 : 1966, 10, 1 + (int)chance(seed, 31));      /* a birthday in the month */
		AUTO_FREE char *of_resident = mem_format("UPDATE resident SET born_day = %s%" PRId32 " WHERE id = :id", chance(seed, 8) ? "" : "NULL AND ", born);
		AUTO_FREE char *of_diner = mem_format("UPDATE diner SET subsidy_class = %s, subsidy_from_day = %s%" PRId32 ", subsidy_class_before = %s, payer = %s"
			" WHERE id = :id", chance(seed, 2) ? "'lowincome'" : "'age'", chance(seed, 2) ? "" : "NULL AND ", MONTH + (int32_t)chance(seed, DAYS),
			chance(seed, 2) ? "NULL" : "'lowincome'", chance(seed, 2) ? "'child'" : "NULL");

		town_write(t, of_resident, resident);
		town_write(t, of_diner, diner);
	}
}

static void put_meals(struct town *t, uint64_t *seed)
{
	static const char *const meals[] = { "breakfast", "lunch", "dinner" };
	static const char *const outcomes[] = { "s1", "s2", "s4", "s5", "s1", "s1", "f1", "f2", "f5", "f8" };

	for (int32_t day = MONTH - 1; day <= MONTH + DAYS; day++)
		for (size_t m = 0; m < COUNT(meals); m++) {
			hands_insert(t, "INSERT INTO menu (id, day, meal, price_fen) VALUES (:id, %" PRId32 ", '%s', %d)", day, meals[m], 301 + (int)chance(seed, 1500));
			for (int i = 0; i < DINERS; i++) {
				AUTO_FREE char *find = mem_format("SELECT id FROM diner ORDER BY id LIMIT 1 OFFSET %d /*scan*/", i);
				AUTO_FREE char *told = NULL;

				if (chance(seed, 3) == 0)
					continue;
				told = mem_format("UPDATE meal_order SET outcome = '%s', portions = %d, state = '%s' WHERE id = :id", outcomes[chance(seed, COUNT(outcomes))],
				                  1 + (int)chance(seed, 3), chance(seed, 12) ? "ordered" : "cancelled");
				town_write(t, told, canteen_order(t, town_int(t, find, 0), day, meals[m]));
			}
		}
}

static int64_t portion_share(int64_t of, int64_t fen, int percent)
{
	return percent ? of * percent / 100 : fen < of ? fen : of;
}

/* One order, the simple way. Which rule: 0 young, 1 old1, 2 old2, 3 poor, -1 none. */
static void recount_one(const struct stmt *q, int used[4], struct recount *sum)
{
	static const struct { int64_t subsidy, charity; int subsidy_percent, charity_percent, cap; int64_t fee; } rules[] = {
		{ 0, 0, 7, 0, 9, 200 }, { 333, 0, 0, 33, 7, 150 }, { 0, 100, 41, 0, 11, 0 }, { 0, 0, 50, 17, 20, 0 },
	};
	int32_t day = (int32_t)column_int(q, 0);
	bool poor = strcmp(column_text(q, 3), "lowincome") == 0, eaten = column_text(q, 1)[0] == 's';
	int64_t portions = column_int(q, 2), price = column_int(q, 5), years = column_is_null(q, 4) ? -1 : column_int(q, 4);
	int rule = poor ? 3 : years < 60 ? -1 : years < 75 ? 0 : day < MONTH + CHANGE ? 1 : 2;
	int64_t fee = rule >= 0 && column_int(q, 6) ? rules[rule].fee : 0, subsidy = 0, charity = 0;

	for (int64_t i = 0; i < portions && rule >= 0 && eaten; i++) {
		int64_t gives;

		if (used[rule] == rules[rule].cap)
			break;
		used[rule]++;
		gives = portion_share(price, rules[rule].subsidy, rules[rule].subsidy_percent);
		subsidy += gives;
		charity += portion_share(price - gives, rules[rule].charity, rules[rule].charity_percent);
	}
	sum->meals += portions;
	sum->price += price * portions;
	sum->fee += fee;
	sum->subsidy += subsidy;
	sum->charity += charity;
	sum->own += price * portions + fee - subsidy - charity;
}

static struct recount recount(struct town *t, int64_t diner)
{
	/* Ages by the calendar that SQLite has. */
	AUTO_STMT q = stmt_use(t->st,
		"SELECT o.day, o.outcome, o.portions, coalesce(iif(d.subsidy_from_day IS NULL OR o.day >= d.subsidy_from_day, d.subsidy_class, d.subsidy_class_before), ''),"
		" strftime('%Y', o.day * 86400, 'unixepoch') - strftime('%Y', r.born_day * 86400, 'unixepoch')"
		"  - (strftime('%m%d', o.day * 86400, 'unixepoch') < strftime('%m%d', r.born_day * 86400, 'unixepoch')), m.price_fen, o.way = 'delivery'"
		" FROM meal_order o JOIN diner d ON d.id = o.diner_id JOIN resident r ON r.id = d.resident_id JOIN menu m ON m.day = o.day AND m.meal = o.meal"
		" WHERE o.diner_id = :diner AND o.day BETWEEN :from AND :to AND o.state = 'ordered' AND o.outcome NOT IN ('f5', 'f7', 'f8')"
		" ORDER BY o.day, CASE o.meal WHEN 'breakfast' THEN 1 WHEN 'lunch' THEN 2 ELSE 3 END /*scan*/");
	struct recount sum = { 0 };
	int used[4] = { 0 };
	struct err e = { 0 };
	bool row;

	bind_int(&q, ":diner", diner);
	bind_day(&q, ":from", MONTH);
	bind_day(&q, ":to", MONTH + DAYS - 1);
	while (stmt_step(&q, &row, &e) == RC_OK && row)
		recount_one(&q, used, &sum);
	assert_string_equal(e.text, "");
	return sum;
}

static void assert_recounted(const struct recount *r, const struct meal_charge *c)
{
	assert_int_equal(c->meals, r->meals);
	assert_int_equal(c->price_fen, r->price);
	assert_int_equal(c->subsidy_fen, r->subsidy);
	assert_int_equal(c->charity_fen, r->charity);
	assert_int_equal(c->fee_fen, r->fee);
	assert_int_equal(c->own_fen, r->own);
	assert_int_equal(c->price_fen + c->fee_fen, c->subsidy_fen + c->charity_fen + c->own_fen);
}

static void add(struct recount *to, const struct meal_charge *c)
{
	to->meals += c->meals;
	to->price += c->price_fen;
	to->subsidy += c->subsidy_fen;
	to->charity += c->charity_fen;
	to->own += c->own_fen;
	to->fee += c->fee_fen;
}

static void check_month(struct town *t)
{
	AUTO_ARENA a = { 0 };
	struct settlement s;
	struct err e = { 0 };
	struct recount all = { 0 }, by_rule = { 0 }, by_payer = { 0 };

	assert_ok(settlement_load(&t->of, MONTH + 7, &a, &s, &e));
	assert_int_equal(s.n_diners, DINERS);
	assert_int_equal(s.n_unpriced, 0);
	for (size_t i = 0; i < s.n_diners; i++) {
		struct recount one = recount(t, s.diners[i].diner_id);

		assert_recounted(&one, &s.diners[i].month.charge);
		add(&all, &s.diners[i].month.charge);
	}
	for (size_t i = 0; i < s.n_rules; i++)
		add(&by_rule, &s.rules[i].month.charge);
	for (size_t i = 0; i < s.n_payers; i++)
		add(&by_payer, &s.payers[i].month.charge);
	assert_recounted(&all, &s.month.charge);
	assert_recounted(&by_rule, &s.month.charge);
	assert_recounted(&by_payer, &s.month.charge);
}

/* Everything that may change of a closed month is changed: what was settled and what is corrected together are what the recount says. */
static void check_corrected(struct town *t, uint64_t *seed)
{
	AUTO_ARENA a = { 0 };
	struct settlement before, after, next;
	struct err e = { 0 };

	town_write(t, "INSERT INTO meal_close (id, day, meal, closed_at) SELECT min(id), day, meal, 1 FROM meal_order GROUP BY day, meal /*scan*/", 0);
	assert_ok(settlement_load(&t->of, MONTH - 1, &a, &before, &e));
	assert_ok(settlement_close(&t->of, MONTH - 1, &before, "", &e));
	assert_ok(settlement_load(&t->of, MONTH, &a, &before, &e));
	assert_ok(settlement_close(&t->of, MONTH, &before, "", &e));
	town_write(t, "UPDATE meal_order SET outcome = iif(id % 5 = 0, 'f7', iif(id % 7 = 0, 's1', outcome)) /*scan*/", 0);
	town_write(t, chance(seed, 2) ? "UPDATE diner SET subsidy_class = 'lowincome', subsidy_from_day = NULL /*scan*/"
	                              : "UPDATE resident SET born_day = born_day - 366 * 12 /*scan*/", 0);
	town_write(t, "UPDATE menu SET price_fen = price_fen + 10 WHERE id % 11 = 0 /*scan*/", 0);
	assert_ok(settlement_load(&t->of, MONTH, &a, &after, &e));
	assert_int_equal(after.month.charge.own_fen, before.month.charge.own_fen);
	assert_ok(settlement_load(&t->of, MONTH + DAYS, &a, &next, &e));
	for (size_t i = 0; i < after.n_diners; i++) {
		struct meal_charge c = after.diners[i].month.charge;
		struct recount now;

		for (size_t k = 0; k < next.n_diners; k++)
			for (size_t j = 0; j < next.diners[k].n_entries; j++) {
				const struct settle_entry *x = &next.diners[k].entries[j];
				struct recount sum = { c.meals, c.price_fen, c.subsidy_fen, c.charity_fen, c.own_fen, c.fee_fen };

				if (x->diner_id != after.diners[i].diner_id || !x->correction || x->day < MONTH)
					continue;
				add(&sum, &x->charge);
				c = (struct meal_charge){ sum.meals, sum.price, sum.subsidy, sum.charity, sum.own, sum.fee };
			}
		now = recount(t, after.diners[i].diner_id);
		assert_recounted(&now, &c);
	}
}

static void a_second_reckoning_comes_to_the_same(void **state)
{
	struct town *t = *state;
	AUTO_TXN all = { 0 };                    /* rolled back: nothing of it is waited for */
	struct err e = { 0 };
	uint64_t seed = 20261124;

	use_rules(t);
	town_as(t, HEAD);
	assert_ok(txn_begin(&all, t->st, "test.recount", &e));
	for (int i = 0; i < SEEDS; i++) {
		town_write(t, "DELETE FROM meal_order /*scan*/", 0);
		town_write(t, "DELETE FROM menu /*scan*/", 0);
		town_write(t, "DELETE FROM meal_close /*scan*/", 0);
		town_write(t, "DELETE FROM settlement /*scan*/", 0);
		town_write(t, "DELETE FROM settlement_entry /*scan*/", 0);
		town_write(t, "DELETE FROM diner /*scan*/", 0);
		put_diners(t, &seed);
		put_meals(t, &seed);
		check_month(t);
		check_corrected(t, &seed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { TOWN_TEST(a_second_reckoning_comes_to_the_same) };

	return cmocka_run_group_tests_name("domain-settlement_recount", tests, NULL, NULL);
}
