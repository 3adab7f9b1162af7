/* config/subsidies.ini: the shipped rules, which one holds, what a meal costs whom, and files with mistakes. */
#include "domain/subsidy.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "test.h"

#define TODAY 20781                      /* 2026-11-24 */

static int setup(void **state)
{
	struct form_set *forms;
	struct err e = { 0 };

	if (form_set_load(&forms, YL_SOURCE_DIR "/forms", "", &e) != RC_OK) {
		print_error("%s\n", e.text);
		return -1;
	}
	*state = forms;
	return 0;
}

static int teardown(void **state)
{
	form_set_free(*state);
	return 0;
}

static enum rc load_text(const struct form_set *forms, const char *text, size_t n, struct subsidies **out, struct err *e)
{
	char path[] = "/tmp/youlin-test-XXXXXX";
	int fd = mkstemp(path);
	enum rc rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
	rc = subsidies_load(out, path, forms, e);
	unlink(path);
	return rc;
}

#define RULE(name, from, to, code, young, old, amount, charity, cap, fee) \
	"[" name "]\nlabel=例\nversion=1\nfrom=" from "\nto=" to "\nclass=" code "\nage_from=" young "\nage_to=" old "\namount=" amount \
	"\ncharity=" charity "\ncap=" cap "\nfee=" fee "\n"
#define USUAL RULE("a", "2026-01-01", "", "age", "60", "79", "200", "0", "", "200")

static void the_shipped_rule_follows_age_then_class(void **state)
{
	static const struct { int32_t day; int age; const char *code, *name; } cases[] = {
		{ TODAY, 59, "age", NULL }, { TODAY, 60, "age", "aged60" }, { TODAY, 74, NULL, "aged60" }, { TODAY, 75, "", "aged75" },
		{ TODAY, 84, "age", "aged75" }, { TODAY, 85, "age", "aged85" }, { TODAY, 150, "age", "aged85" }, { TODAY, 80, "lowincome", "lowincome" },
		{ TODAY, 40, "lowincome", "lowincome" }, { TODAY, 80, "veteran", "aged75" }, { TODAY, 80, "gone", "aged75" },
		{ TODAY, -1, "age", NULL }, { TODAY, -1, "lowincome", "lowincome" }, { 18261, 80, "age", NULL }, { 18262, 80, "age", "aged75" },
	};
	struct subsidies *s;
	struct err e = { 0 };

	assert_ok(subsidies_load(&s, YL_SOURCE_DIR "/config/subsidies.ini", *state, &e));
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct subsidy_rule *r = subsidy_find(s, cases[i].day, cases[i].age, cases[i].code);

		if (cases[i].name == NULL)
			assert_null(r);
		else if (r == NULL || strcmp(r->name, cases[i].name) != 0)
			fail_msg("case %zu gives %s, not %s", i, r ? r->name : "none", cases[i].name);
	}
	subsidies_free(s);
}

static void the_day_of_a_change_belongs_to_the_new_version(void **state)
{
	static const char text[] = RULE("old", "2026-01-01", "2026-11-23", "age", "60", "150", "100", "0", "", "0")
	                           RULE("new", "2026-11-24", "", "age", "60", "150", "300", "0", "", "0");
	struct subsidies *s;
	struct err e = { 0 };

	assert_ok(load_text(*state, text, sizeof text - 1, &s, &e));
	assert_string_equal(subsidy_find(s, TODAY - 1, 70, "age")->name, "old");
	assert_string_equal(subsidy_find(s, TODAY, 70, "age")->name, "new");
	subsidies_free(s);
}

static void a_portion_is_shared_as_the_rule_says(void **state)
{
	static const struct {
		struct subsidy_rule rule;
		int price, portions, used;
		bool brought;
		int subsidy, charity, own, fee, paid;
	} cases[] = {
		{ { .amount = { 300, false }, .fee_fen = 200 }, 1500, 1, 0, true, 300, 0, 1400, 200, 1 },
		{ { .amount = { 300, false }, .fee_fen = 200 }, 1500, 2, 0, true, 600, 0, 2600, 200, 2 },     /* one fee: one way */
		{ { .amount = { 300, false }, .fee_fen = 200 }, 1500, 1, 0, false, 300, 0, 1200, 0, 1 },
		{ { .amount = { 33, true } }, 1001, 3, 0, false, 990, 0, 2013, 0, 3 },                         /* 330.33 each */
		{ { .amount = { 2000, false } }, 1500, 1, 0, false, 1500, 0, 0, 0, 1 },
		{ { .amount = { 100, true }, .fee_fen = 200 }, 1500, 1, 0, true, 1500, 0, 200, 200, 1 },
		{ { .amount = { 1000, false }, .charity = { 50, true } }, 1501, 1, 0, false, 1000, 250, 251, 0, 1 },
		{ { .amount = { 1000, false }, .charity = { 900, false } }, 1500, 1, 0, false, 1000, 500, 0, 0, 1 },
		{ { .amount = { 300, false }, .cap = 10 }, 1500, 3, 8, false, 600, 0, 3900, 0, 2 },
		{ { .amount = { 300, false }, .cap = 10 }, 1500, 3, 10, false, 0, 0, 4500, 0, 0 },
		{ { .amount = { 300, false }, .cap = 10 }, 1500, 3, 12, false, 0, 0, 4500, 0, 0 },
		{ { .amount = { 300, false }, .fee_fen = 200 }, 1500, 0, 0, true, 0, 0, 0, 0, 0 },
		{ { .amount = { 300, false } }, 0, 1, 0, false, 0, 0, 0, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int paid = -1;
		struct meal_charge c = subsidy_price(&cases[i].rule, cases[i].price, cases[i].portions, cases[i].brought, cases[i].used, &paid);

		if (c.subsidy_fen != cases[i].subsidy || c.charity_fen != cases[i].charity || c.own_fen != cases[i].own || c.fee_fen != cases[i].fee ||
		    paid != cases[i].paid)
			fail_msg("case %zu: subsidy %d charity %d own %d fee %d paid %d", i, (int)c.subsidy_fen, (int)c.charity_fen, (int)c.own_fen,
			         (int)c.fee_fen, paid);
	}
}

static void without_a_rule_the_diner_pays_all(void **state)
{
	struct meal_charge c = subsidy_price(NULL, 1500, 2, true, 0, NULL);

	(void)state;
	assert_int_equal(c.own_fen, 3000);
	assert_int_equal(c.subsidy_fen + c.charity_fen + c.fee_fen, 0);
}

static unsigned next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static void the_shares_always_add_up(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		bool percent = next(&seed, 2), given = next(&seed, 2);
		struct subsidy_rule rule = {
			.amount = { (int)next(&seed, percent ? 101 : 3000), percent }, .charity = { (int)next(&seed, given ? 101 : 1000), given },
			.cap = (int)next(&seed, 40), .fee_fen = (int)next(&seed, 500),
		};
		int portions = (int)next(&seed, 11), used = (int)next(&seed, 60), paid;
		struct meal_charge c = subsidy_price(&rule, next(&seed, 5000), portions, next(&seed, 2), used, &paid);

		assert_true(c.price_fen + c.fee_fen == c.subsidy_fen + c.charity_fen + c.own_fen);
		assert_true(c.subsidy_fen >= 0 && c.charity_fen >= 0 && c.own_fen >= c.fee_fen && c.fee_fen >= 0);
		assert_true(paid >= 0 && paid <= portions && (rule.cap == 0 || paid == 0 || used + paid <= rule.cap));
	}
}

static void every_mistake_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "一条补贴规则也没有" },
		{ "[a]\n", ":1: [a] 缺少 label" },
		{ "[a]\nlabel=\nversion=1\n", ":2: label 要写明" },
		{ "[a]\nlable=x\n", ":2:" },
		{ RULE("a", "2026-1-1", "", "age", "60", "79", "1", "0", "", "0"), ":4: from = 2026-1-1 不是日期" },
		{ RULE("a", "2026-02-30", "", "age", "60", "79", "1", "0", "", "0"), ":4: from" },
		{ RULE("a", "", "", "age", "60", "79", "1", "0", "", "0"), ":4: from" },
		{ RULE("a", "明天", "", "age", "60", "79", "1", "0", "", "0"), ":4: from" },
		{ RULE("a", "2026-01-01", "2025-12-31", "age", "60", "79", "1", "0", "", "0"), ":5: [a] to 早于 from" },
		{ RULE("a", "2026-01-01", "", "rich", "60", "79", "1", "0", "", "0"), ":6: class = rich 不对" },
		{ RULE("a", "2026-01-01", "", "age", "-1", "79", "1", "0", "", "0"), ":7: age_from = -1 不对，应为 0 到 150" },
		{ RULE("a", "2026-01-01", "", "age", "60", "151", "1", "0", "", "0"), ":8: age_to" },
		{ RULE("a", "2026-01-01", "", "age", "80", "79", "1", "0", "", "0"), ":8: [a] age_to 小于 age_from" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "-200", "0", "", "0"), ":9: amount = -200 不对，应为 0 到 100000" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "2.5", "0", "", "0"), ":9: amount" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "101%", "0", "", "0"), ":9: amount" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "%", "0", "", "0"), ":9: amount" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "%s%n", "0", "", "0"), ":9: amount = %s%n 不对" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "99999999999999999999", "0", "", "0"), ":9: amount" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "", "", "0"), ":10: charity" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "0", "0", "0"), ":11: cap = 0 不行：不限份数请空着" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "0", "-3", "0"), ":11: cap" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "0", "1001", "0"), ":11: cap" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "0", "", "-1"), ":12: fee" },
		{ RULE("a", "2026-01-01", "", "age", "60", "79", "1", "0", "", "2元"), ":12: fee" },
		{ USUAL RULE("b", "2026-06-01", "2026-06-01", "age", "79", "90", "1", "0", "", "0"), ":13: [b] 和 [a] 的类别、年龄、日期都有重叠" },
		{ USUAL USUAL, "a" },
		{ "\xff\xfe[a]\n", "UTF-8" },
		{ "[a]\nlabel=\x1b[2J\n", ":2:" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct subsidies *s = (struct subsidies *)state;
		struct err e = { 0 };

		assert_code(load_text(*state, cases[i].text, strlen(cases[i].text), &s, &e), RC_INVALID);
		assert_ptr_equal(s, state);
		if (strstr(e.text, cases[i].words) == NULL)
			fail_msg("case %zu says \"%s\", not \"%s\"", i, e.text, cases[i].words);
	}
}

static void rules_that_touch_but_never_hold_together_are_taken(void **state)
{
	static const char *const cases[] = {
		USUAL RULE("b", "2026-01-01", "", "age", "80", "90", "1", "0", "", "0"),
		USUAL RULE("b", "2026-01-01", "", "veteran", "60", "79", "1", "0", "", "0"),
		USUAL RULE("b", "2025-01-01", "2025-12-31", "age", "60", "79", "1", "0", "", "0"),
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct subsidies *s;
		struct err e = { 0 };

		assert_ok(load_text(*state, cases[i], strlen(cases[i]), &s, &e));
		subsidies_free(s);
	}
}

static void a_file_cut_anywhere_is_loaded_or_refused(void **state)
{
	static const char text[] = USUAL;
	size_t loaded = 0;

	for (size_t n = 0; n <= sizeof text - 1; n++) {
		struct subsidies *s = NULL;
		struct err e = { 0 };
		enum rc rc = load_text(*state, text, n, &s, &e);

		assert_true((rc == RC_OK && s) || (rc == RC_INVALID && s == NULL && e.text[0]));
		loaded += rc == RC_OK;
		subsidies_free(s);
	}
	assert_true(loaded >= 2);
}

static void a_huge_or_missing_file_is_refused(void **state)
{
	size_t n = 2 << 20;
	AUTO_FREE char *text = mem_alloc(n);
	struct subsidies *s = NULL;
	struct err e = { 0 };

	memset(text, 'x', n);
	assert_code(load_text(*state, text, n, &s, &e), RC_INVALID);
	assert_code(subsidies_load(&s, "/nonexistent/subsidies.ini", *state, &e), RC_IO);
	assert_null(s);
	subsidies_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_rule_follows_age_then_class),
		cmocka_unit_test(the_day_of_a_change_belongs_to_the_new_version),
		cmocka_unit_test(a_portion_is_shared_as_the_rule_says),
		cmocka_unit_test(without_a_rule_the_diner_pays_all),
		cmocka_unit_test(the_shares_always_add_up),
		cmocka_unit_test(every_mistake_is_refused_with_its_line),
		cmocka_unit_test(rules_that_touch_but_never_hold_together_are_taken),
		cmocka_unit_test(a_file_cut_anywhere_is_loaded_or_refused),
		cmocka_unit_test(a_huge_or_missing_file_is_refused),
	};

	return cmocka_run_group_tests_name("domain-subsidy", tests, setup, teardown);
}
