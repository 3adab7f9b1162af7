/* Votes and quorum: what is refused, what passes, and every small case against the plain definition of its rule. */
#include "domain/ballot.h"

#include <limits.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "test.h"

#include <string.h>

/* A count by hand: present, for, against, abstain, recused. */
#define HAND(r, p, f, a, s, c) { .way = BALLOT_HAND, .rule = BALLOT_##r, .present = p, .for_n = f, .against_n = a, .abstain_n = s, .recused_n = c }
/* A double majority asked at the doors: all, for, against of households and of area. */
#define DOORS(h, hf, ha, m, mf, ma) { .way = BALLOT_INQUIRY, .rule = BALLOT_DOUBLE, .present = h, .for_n = hf, .against_n = ha, \
	.all_households = h, .for_households = hf, .against_households = ha, .all_area = m, .for_area = mf, .against_area = ma }
/* … and abstained with a vote handed in: households and area. */
#define ABSTAINED(h, hf, ha, hs, m, mf, ma, ms) { .way = BALLOT_INQUIRY, .rule = BALLOT_DOUBLE, .present = h, .for_n = hf, .against_n = ha, .abstain_n = hs, \
	.all_households = h, .for_households = hf, .against_households = ha, .abstain_households = hs, \
	.all_area = m, .for_area = mf, .against_area = ma, .abstain_area = ms }

static void keys_are_read_back(void **state)
{
	(void)state;
	for (enum ballot_rule r = 0; r < BALLOT_RULE_COUNT; r++)
		assert_int_equal(ballot_rule_from_key(ballot_rule_key(r)), r);
	for (enum ballot_way w = 0; w < BALLOT_WAY_COUNT; w++)
		assert_int_equal(ballot_way_from_key(ballot_way_key(w)), w);
	assert_string_equal(ballot_rule_key(BALLOT_DOUBLE), "double");
	assert_string_equal(ballot_way_key(BALLOT_INQUIRY), "inquiry");
	assert_int_equal(ballot_rule_from_key("half"), BALLOT_RULE_COUNT);
	assert_int_equal(ballot_rule_from_key(""), BALLOT_RULE_COUNT);
	assert_int_equal(ballot_rule_from_key(NULL), BALLOT_RULE_COUNT);
	assert_int_equal(ballot_way_from_key("online"), BALLOT_WAY_COUNT);
	assert_int_equal(ballot_way_from_key(NULL), BALLOT_WAY_COUNT);
	assert_string_equal(ballot_rule_key(BALLOT_RULE_COUNT), "");
	assert_string_equal(ballot_way_key(BALLOT_WAY_COUNT), "");
}

static void impossible_counts_are_refused_at_the_field_with_both_numbers(void **state)
{
	static const struct { struct ballot_count b; const char *field, *words; } cases[] = {
		{ HAND(MAJORITY, 12, 7, 3, 3, 0), "for_n", "合计 13，多于参加的 12 人" },
		{ HAND(MAJORITY, 12, 7, 3, 1, 0), "for_n", "合计 11，少于参加的 12 人" },
		{ HAND(MAJORITY, 0, 0, 0, 0, 0), "present_n", "没有人参加" },
		{ HAND(MAJORITY, 12, -1, 3, 3, 7), "for_n", "赞成不能是负数（现在 -1）" },
		{ HAND(MAJORITY, 12, 3, -3, 12, 0), "against_n", "反对不能是负数" },
		{ HAND(MAJORITY, 12, 3, 12, -3, 0), "abstain_n", "弃权不能是负数" },
		{ HAND(MAJORITY, 12, 12, 0, 3, -3), "recused_n", "回避不能是负数" },
		{ HAND(MAJORITY, -12, -12, 0, 0, 0), "present_n", "参加人数不能是负数" },
		{ HAND(MAJORITY, 3, 0, 0, 0, 4), "recused_n", "回避 4 人，比参加的 3 人还多" },
		{ HAND(MAJORITY, INT64_MAX, INT64_MAX, 0, 0, 0), "present_n", "太大" },
		{ HAND(MAJORITY, 12, INT64_MAX, INT64_MAX, 14, 0), "for_n", "太大" },
		{ HAND(MAJORITY, 12, INT64_MIN, 0, 0, 0), "for_n", "负数" },
		{ HAND(TWOTHIRDS, 12, 1000000000, 1000000000, 0, 0), "for_n", "合计 2000000000" },
		{ { .way = BALLOT_PAPER, .rule = BALLOT_MAJORITY, .present = 12, .for_n = 12, .invalid_n = -1 }, "invalid_n", "废票不能是负数" },
		{ { .way = BALLOT_PAPER, .rule = BALLOT_MAJORITY, .present = 12, .for_n = 12, .invalid_n = 1 }, "for_n", "合计 13" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_MAJORITY, .present = 12, .for_n = 12, .abstain_n = 1 }, "for_n", "多于参加的 12 户" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_MAJORITY }, "present_n", "一户都没有征询" },
		{ { .way = BALLOT_WAY_COUNT, .rule = BALLOT_MAJORITY, .present = 1, .for_n = 1 }, "way", "请选表决方式" },
		{ { .way = BALLOT_HAND, .rule = BALLOT_RULE_COUNT, .present = 1, .for_n = 1 }, "rule", "请选表决规则" },
		{ DOORS(100, 60, 41, 9000, 5000, 3000), "for_n", "合计 101" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_DOUBLE, .present = 200, .for_n = 60, .all_households = 100, .for_households = 60,
		    .against_households = 41, .all_area = 1 }, "for_households", "户数合计 101，多于总户数 100" },
		{ ABSTAINED(100, 60, 30, 10, 9000, 5000, 3000, 1001), "for_area", "赞成、反对和弃权面积合计 9001，多于总面积 9000" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_DOUBLE, .present = 200, .for_n = 60, .all_households = 100, .for_households = 60,
		    .against_households = 30, .abstain_households = 11, .all_area = 1 }, "for_households", "户数合计 101，多于总户数 100" },
		{ ABSTAINED(100, 60, 40, 0, 9000, 5000, 4000, -1), "abstain_area", "弃权面积不能是负数" },
		{ DOORS(100, 60, 40, 9000, 5000, 4001), "for_area", "面积合计 9001，多于总面积 9000" },
		{ DOORS(100, 60, 40, 0, 0, 0), "all_area", "请填总面积" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_DOUBLE, .present = 9, .for_n = 9 }, "all_households", "请填总户数" },
		{ DOORS(100, 60, 40, 9000, -1, 0), "for_area", "负数" },
		{ DOORS(100, 60, 40, 9000, INT64_MAX, INT64_MAX), "for_area", "太大" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF words = { 0 };
		struct err e = { 0 };

		assert_refused(ballot_check(&cases[i].b, &e), RC_INVALID, cases[i].field, cases[i].words);
		assert_false(ballot_passes(&cases[i].b));
		ballot_explain(&cases[i].b, &words);
		assert_string_equal(strbuf_str(&words), e.text);
	}
}

static void results_and_their_words(void **state)
{
	static const struct { struct ballot_count b; bool passes; const char *words; } cases[] = {
		{ HAND(MAJORITY, 12, 7, 3, 1, 1), true, "赞成 7 票，超过有表决权的 11 人的一半" },
		{ HAND(MAJORITY, 12, 6, 6, 0, 0), false, "赞成 6 票，没有超过有表决权的 12 人的一半（要 7 票）" },
		{ HAND(MAJORITY, 11, 6, 5, 0, 0), true, "赞成 6 票，超过有表决权的 11 人的一半" },
		{ HAND(MAJORITY, 11, 5, 0, 6, 0), false, "赞成 5 票，没有超过有表决权的 11 人的一半（要 6 票）" },
		{ HAND(MAJORITY, 12, 0, 0, 12, 0), false, "赞成 0 票，没有超过有表决权的 12 人的一半（要 7 票）" },
		{ HAND(MAJORITY, 1, 1, 0, 0, 0), true, "赞成 1 票，超过有表决权的 1 人的一半" },
		{ HAND(TWOTHIRDS, 12, 8, 4, 0, 0), true, "赞成 8 票，达到有表决权的 12 人的三分之二" },
		{ HAND(TWOTHIRDS, 12, 7, 5, 0, 0), false, "赞成 7 票，不到有表决权的 12 人的三分之二（要 8 票）" },
		{ HAND(TWOTHIRDS, 13, 8, 5, 0, 0), false, "赞成 8 票，不到有表决权的 13 人的三分之二（要 9 票）" },
		{ HAND(TWOTHIRDS, 13, 8, 4, 0, 1), true, "赞成 8 票，达到有表决权的 12 人的三分之二" },
		{ HAND(TWOTHIRDS, 3, 0, 0, 0, 3), false, "参加的 3 人全部回避，没有人有表决权" },
		{ HAND(ALL, 5, 5, 0, 0, 0), true, "有表决权的 5 人全部赞成" },
		{ HAND(ALL, 5, 4, 0, 0, 1), true, "有表决权的 4 人全部赞成" },
		{ HAND(ALL, 5, 4, 0, 1, 0), false, "有表决权的 5 人中赞成 4 票，没有全体一致" },
		{ HAND(ALL, 2, 0, 0, 0, 2), false, "参加的 2 人全部回避，没有人有表决权" },
		{ HAND(MAJORITY, 2, 0, 0, 0, 2), false, "参加的 2 人全部回避，没有人有表决权" },
		{ { .way = BALLOT_PAPER, .rule = BALLOT_MAJORITY, .present = 4, .for_n = 2, .invalid_n = 2 }, false,
		  "赞成 2 票，没有超过有表决权的 4 人的一半（要 3 票）" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_TWOTHIRDS, .present = 30, .for_n = 20 }, true, "赞成 20 户，达到有表决权的 30 户的三分之二" },
		{ { .way = BALLOT_INQUIRY, .rule = BALLOT_MAJORITY, .present = 30 }, false, "赞成 0 户，没有超过有表决权的 30 户的一半（要 16 户）" },
		{ DOORS(99, 40, 26, 9000, 3001, 2999), true,
		  "参与表决 66 户 6000 平方米，都达到全体 99 户 9000 平方米的三分之二；其中赞成 40 户 3001 平方米，都过半" },
		{ DOORS(99, 40, 25, 9000, 6000, 3000), false, "参与表决 65 户 9000 平方米，没有都达到全体 99 户 9000 平方米的三分之二" },
		{ DOORS(99, 40, 26, 9000, 3000, 2999), false, "参与表决 66 户 5999 平方米，没有都达到全体 99 户 9000 平方米的三分之二" },
		{ DOORS(99, 33, 33, 9000, 6000, 0), false,
		  "参与表决 66 户 6000 平方米，都达到全体 99 户 9000 平方米的三分之二；其中赞成 33 户 6000 平方米，没有都过半" },
		{ DOORS(99, 66, 0, 9000, 3000, 3000), false,
		  "参与表决 66 户 6000 平方米，都达到全体 99 户 9000 平方米的三分之二；其中赞成 66 户 3000 平方米，没有都过半" },
		/* 60 of 90 households and 4000 of 6000 m2 are two thirds, those who abstained among them; 31 of 60 and 2001 of 4000 are more than half */
		{ ABSTAINED(90, 31, 14, 15, 6000, 2001, 999, 1000), true,
		  "参与表决 60 户 4000 平方米，都达到全体 90 户 6000 平方米的三分之二；其中赞成 31 户 2001 平方米，都过半" },
		/* for outnumbers against, but is half of those who voted and no more: of households, then of area */
		{ ABSTAINED(90, 30, 10, 20, 6000, 2001, 999, 1000), false,
		  "参与表决 60 户 4000 平方米，都达到全体 90 户 6000 平方米的三分之二；其中赞成 30 户 2001 平方米，没有都过半" },
		{ ABSTAINED(90, 31, 9, 20, 6000, 2000, 500, 1500), false,
		  "参与表决 60 户 4000 平方米，都达到全体 90 户 6000 平方米的三分之二；其中赞成 31 户 2000 平方米，没有都过半" },
		/* one household, one m2 short of two thirds */
		{ ABSTAINED(90, 40, 9, 10, 6000, 3000, 500, 500), false, "参与表决 59 户 4000 平方米，没有都达到全体 90 户 6000 平方米的三分之二" },
		{ ABSTAINED(90, 40, 10, 10, 6000, 3000, 500, 499), false, "参与表决 60 户 3999 平方米，没有都达到全体 90 户 6000 平方米的三分之二" },
		/* all abstain: everybody takes part, nobody agrees */
		{ ABSTAINED(90, 0, 0, 90, 6000, 0, 0, 6000), false,
		  "参与表决 90 户 6000 平方米，都达到全体 90 户 6000 平方米的三分之二；其中赞成 0 户 0 平方米，没有都过半" },
		{ HAND(MAJORITY, 1000000000, 500000001, 499999999, 0, 0), true, "赞成 500000001 票，超过有表决权的 1000000000 人的一半" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF words = { 0 };
		struct err e = { 0 };

		assert_ok(ballot_check(&cases[i].b, &e));
		ballot_explain(&cases[i].b, &words);
		if (ballot_passes(&cases[i].b) != cases[i].passes || strcmp(strbuf_str(&words), cases[i].words) != 0)
			fail_msg("case %zu: %d, \"%s\"", i, ballot_passes(&cases[i].b), strbuf_str(&words));
	}
}

/* The definitions, said another way: by counting voters one after another. */
static bool plainly_passes(enum ballot_rule rule, int present, int yes, int recused)
{
	int voters = present - recused, rest = voters - yes;

	switch (rule) {
	case BALLOT_MAJORITY:  return yes > rest;
	case BALLOT_TWOTHIRDS: return voters > 0 && yes >= 2 * rest;
	default:               return voters > 0 && rest == 0;
	}
}

static void every_small_count_by_hand_follows_its_definition(void **state)
{
	size_t possible = 0, passed = 0;

	(void)state;
	for (int present = 0; present <= 9; present++)
		for (int yes = 0; yes <= 10; yes++)
			for (int no = 0; no <= 10; no++)
				for (int abstain = 0; abstain <= 10; abstain++)
					for (int recused = 0; recused <= 10; recused++)
						for (enum ballot_rule r = BALLOT_MAJORITY; r <= BALLOT_ALL; r++) {
							struct ballot_count b = { .rule = r, .present = present, .for_n = yes, .against_n = no,
							                          .abstain_n = abstain, .recused_n = recused };
							bool agrees = present > 0 && yes + no + abstain + recused == present;
							struct err e = { 0 };

							assert_int_equal(ballot_check(&b, &e), agrees ? RC_OK : RC_INVALID);
							assert_int_equal(ballot_passes(&b), agrees && plainly_passes(r, present, yes, recused));
							possible += agrees;
							passed += ballot_passes(&b);
						}
	assert_true(possible > 1000 && passed > 100 && passed < possible);
}

/* At least two parts of three, counted in thirds. */
static bool plainly_two_thirds(int part, int all)
{
	int missing = all - part;

	return part >= 2 * missing;
}

/* Whether a part of `all` follows the law: enough vote, and of those more are for than are not. */
static bool plainly_agrees(int yes, int no, int abstain, int all)
{
	return plainly_two_thirds(yes + no + abstain, all) && yes > no + abstain;
}

static void every_small_double_majority_follows_its_definition(void **state)
{
	size_t passed = 0;

	(void)state;
	for (int all = 1; all <= 4; all++)
		for (int area = 1; area <= 4; area++)
			for (int h = 0; h < 125; h++)
				for (int a = 0; a < 125; a++) {
					const int hf = h % 5, ha = h / 5 % 5, hs = h / 25, af = a % 5, aa = a / 5 % 5, as = a / 25;
					struct ballot_count b = ABSTAINED(all, hf, ha, hs, area, af, aa, as);
					bool possible = hf + ha + hs <= all && af + aa + as <= area;
					bool wanted = possible && plainly_agrees(hf, ha, hs, all) && plainly_agrees(af, aa, as, area);

					assert_int_equal(ballot_passes(&b), wanted);
					passed += wanted;
				}
	assert_true(passed > 100);
}

static void figures_of_a_double_majority_count_for_it_alone(void **state)
{
	struct ballot_count b = HAND(MAJORITY, 3, 2, 1, 0, 0);
	struct err e = { 0 };

	(void)state;
	b.for_area = -5;
	b.all_households = INT64_MAX;
	assert_ok(ballot_check(&b, &e));
	assert_true(ballot_passes(&b));
}

static void quorum_is_a_share_and_at_least_some(void **state)
{
	static const struct { struct quorum_rule q; int expected, needed; } cases[] = {
		{ { .numerator = 1, .denominator = 2, .more_than = true, .least = 3 }, 12, 7 },
		{ { .numerator = 1, .denominator = 2, .more_than = true, .least = 3 }, 13, 7 },
		{ { .numerator = 1, .denominator = 2, .more_than = true, .least = 3 }, 4, 3 },
		{ { .numerator = 1, .denominator = 2, .more_than = true, .least = 3 }, 0, 3 },
		{ { .numerator = 1, .denominator = 2, .more_than = false, .least = 1 }, 12, 6 },
		{ { .numerator = 1, .denominator = 2, .more_than = false, .least = 1 }, 13, 7 },
		{ { .numerator = 2, .denominator = 3, .more_than = false, .least = 5 }, 30, 20 },
		{ { .numerator = 2, .denominator = 3, .more_than = false, .least = 5 }, 31, 21 },
		{ { .numerator = 2, .denominator = 3, .more_than = true, .least = 5 }, 30, 21 },
		{ { .numerator = 2, .denominator = 3, .more_than = false, .least = 5 }, 6, 5 },
		{ { .numerator = 0, .denominator = 1, .more_than = false, .least = 3 }, 200, 3 },
		{ { .numerator = 1, .denominator = 1, .more_than = false, .least = 1 }, 9, 9 },
		{ { .numerator = 1, .denominator = 1, .more_than = false, .least = 1 }, INT_MAX, INT_MAX },
		{ { .numerator = 99, .denominator = 100, .more_than = true, .least = 1 }, INT_MAX, 2126008811 },
		{ { .numerator = 1, .denominator = 2, .more_than = true, .least = 3 }, -5, 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct quorum_rule *q = &cases[i].q;

		if (quorum_needed(q, cases[i].expected) != cases[i].needed)
			fail_msg("case %zu: %d needed", i, quorum_needed(q, cases[i].expected));
		assert_true(quorum_reached(q, cases[i].expected, cases[i].needed));
		assert_false(quorum_reached(q, cases[i].expected, cases[i].needed - 1));
		assert_false(quorum_reached(q, cases[i].expected, 0));
	}
}

static void every_small_quorum_follows_its_definition(void **state)
{
	(void)state;
	for (int below = 1; below <= 5; below++)
		for (int above = 0; above <= below; above++)
			for (int least = 1; least <= 4; least++)
				for (int expected = 0; expected <= 14; expected++)
					for (int present = 0; present <= 15; present++) {
						struct quorum_rule at_least = { .numerator = above, .denominator = below, .least = least };
						struct quorum_rule more = { .numerator = above, .denominator = below, .least = least, .more_than = true };

						assert_int_equal(quorum_reached(&at_least, expected, present), present >= least && present * below >= expected * above);
						assert_int_equal(quorum_reached(&more, expected, present), present >= least && present * below > expected * above);
					}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_read_back),
		cmocka_unit_test(impossible_counts_are_refused_at_the_field_with_both_numbers),
		cmocka_unit_test(results_and_their_words),
		cmocka_unit_test(every_small_count_by_hand_follows_its_definition),
		cmocka_unit_test(every_small_double_majority_follows_its_definition),
		cmocka_unit_test(figures_of_a_double_majority_count_for_it_alone),
		cmocka_unit_test(quorum_is_a_share_and_at_least_some),
		cmocka_unit_test(every_small_quorum_follows_its_definition),
	};

	return cmocka_run_group_tests_name("domain-ballot", tests, NULL, NULL);
}
