/* The arithmetic of votes and of quorum: pure, no database. */
#ifndef YL_DOMAIN_BALLOT_H
#define YL_DOMAIN_BALLOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum ballot_rule { BALLOT_MAJORITY, BALLOT_TWOTHIRDS, BALLOT_ALL, BALLOT_DOUBLE, BALLOT_RULE_COUNT };
enum ballot_way { BALLOT_HAND, BALLOT_PAPER, BALLOT_INQUIRY, BALLOT_WAY_COUNT };
const char *ballot_rule_key(enum ballot_rule r);
enum ballot_rule ballot_rule_from_key(const char *key);      /* BALLOT_RULE_COUNT if unknown */
const char *ballot_way_key(enum ballot_way w);
enum ballot_way ballot_way_from_key(const char *key);

/* What was counted. Households and whole m2 for BALLOT_DOUBLE only. */
struct ballot_count {
	enum ballot_way way;
	enum ballot_rule rule;
	int64_t present;              /* those who may take part: in the room, or households asked */
	int64_t for_n, against_n, abstain_n, recused_n, invalid_n;
	int64_t all_households, for_households, against_households, abstain_households;
	int64_t all_area, for_area, against_area, abstain_area;
};

/* Do the sums agree with those present? for + against + abstain + recused + invalid = present by hand and on paper (all who are there vote, abstain or recuse
 * themselves); ≤ present for an inquiry (some doors stay shut). Negative numbers, more votes than people, more households or area than there are: RC_INVALID
 * at the field (for_n, present_n, for_households …) with both numbers in the sentence. */
enum rc ballot_check(const struct ballot_count *b, struct err *e) MUST_USE;

/* majority: for > (present - recused) / 2; twothirds: 3 for ≥ 2 (present - recused) > 0; all: for = present - recused > 0;
 * double: at least two thirds of households and of area take part, and of these more than half of each are for. Who hands in a vote and abstains takes
 * part, and isn't for.
 * Source: 民法典 第二百七十八条: 「应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决」, 「应当经参与表决专有部分面积过半数的业主且参与表决
 * 人数过半数的业主同意」.
 * A count that ballot_check() refuses passes by no rule. */
bool ballot_passes(const struct ballot_count *b);
/* "赞成 7 票，超过有表决权的 11 人的一半" … why it passes or not; appended. */
struct strbuf;
void ballot_explain(const struct ballot_count *b, struct strbuf *out);

/* Quorum: numerator/denominator of those expected must be there ("at least" or "more than"), and at least `least` people. */
struct quorum_rule {
	const char *name;             /* section of quorum.ini */
	const char *label;            /* 到会过半数 */
	int numerator, denominator;
	bool more_than;
	int least;
};
bool quorum_reached(const struct quorum_rule *q, int expected, int present);
int quorum_needed(const struct quorum_rule *q, int expected);

#endif
