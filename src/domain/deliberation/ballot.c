/* The arithmetic of votes and of quorum. Halves and two thirds are compared by multiplying, never by dividing. */
#include "domain/ballot.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"

/* Beyond any community; far enough below 2^63 that sums and threefold amounts can't overflow. */
#define COUNT_MAX INT64_C(1000000000)

static const char *const rule_keys[] = {
	[BALLOT_MAJORITY] = "majority", [BALLOT_TWOTHIRDS] = "twothirds", [BALLOT_ALL] = "all", [BALLOT_DOUBLE] = "double",
};
_Static_assert(COUNT(rule_keys) == BALLOT_RULE_COUNT, "every rule has its key");

static const char *const way_keys[] = { [BALLOT_HAND] = "hand", [BALLOT_PAPER] = "paper", [BALLOT_INQUIRY] = "inquiry" };
_Static_assert(COUNT(way_keys) == BALLOT_WAY_COUNT, "every way has its key");

const char *ballot_rule_key(enum ballot_rule r)
{
	return r < BALLOT_RULE_COUNT ? rule_keys[r] : "";
}

enum ballot_rule ballot_rule_from_key(const char *key)
{
	return (enum ballot_rule)text_index(rule_keys, BALLOT_RULE_COUNT, key);
}

const char *ballot_way_key(enum ballot_way w)
{
	return w < BALLOT_WAY_COUNT ? way_keys[w] : "";
}

enum ballot_way ballot_way_from_key(const char *key)
{
	return (enum ballot_way)text_index(way_keys, BALLOT_WAY_COUNT, key);
}

/* Checking ------------------------------------------------------------------------------------------------------------------------ */

#define AT(member) offsetof(struct ballot_count, member)

static const struct number {
	size_t at;
	const char *field, *label;
	bool twice;               /* counts for BALLOT_DOUBLE only */
} numbers[] = {
	{ AT(present), "present_n", "参加人数", false },
	{ AT(for_n), "for_n", "赞成", false },
	{ AT(against_n), "against_n", "反对", false },
	{ AT(abstain_n), "abstain_n", "弃权", false },
	{ AT(recused_n), "recused_n", "回避", false },
	{ AT(invalid_n), "invalid_n", "废票", false },
	{ AT(all_households), "all_households", "总户数", true },
	{ AT(for_households), "for_households", "赞成户数", true },
	{ AT(against_households), "against_households", "反对户数", true },
	{ AT(abstain_households), "abstain_households", "弃权户数", true },
	{ AT(all_area), "all_area", "总面积", true },
	{ AT(for_area), "for_area", "赞成面积", true },
	{ AT(against_area), "against_area", "反对面积", true },
	{ AT(abstain_area), "abstain_area", "弃权面积", true },
};

static enum rc check_range(const struct ballot_count *b, struct err *e)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		const struct number *n = &numbers[i];
		int64_t value;

		memcpy(&value, (const char *)b + n->at, sizeof value);
		if (n->twice && b->rule != BALLOT_DOUBLE)
			continue;
		if (value < 0)
			return err_set(e, RC_INVALID, n->field, "%s不能是负数（现在 %lld）", n->label, (long long)value);
		if (value > COUNT_MAX)
			return err_set(e, RC_INVALID, n->field, "%s %lld 太大了，请核对", n->label, (long long)value);
	}
	return RC_OK;
}

/* The first of the counts that alone is more than there are; else the sum. */
static enum rc check_votes(const struct ballot_count *b, struct err *e)
{
	int64_t sum = b->for_n + b->against_n + b->abstain_n + b->recused_n + b->invalid_n;
	bool asked = b->way == BALLOT_INQUIRY;
	const char *unit = asked ? "户" : "人";
	long long present = b->present;

	if (present == 0)
		return err_set(e, RC_INVALID, "present_n", asked ? "一户都没有征询，不能计票" : "没有人参加，不能表决");
	if (b->recused_n > present)
		return err_set(e, RC_INVALID, "recused_n", "回避 %lld %s，比参加的 %lld %s还多", (long long)b->recused_n, unit, present, unit);
	if (sum > present)
		return err_set(e, RC_INVALID, "for_n", "赞成、反对、弃权、回避和废票合计 %lld，多于参加的 %lld %s，请重新点票", (long long)sum, present, unit);
	if (sum < present && !asked)
		return err_set(e, RC_INVALID, "for_n", "赞成、反对、弃权、回避和废票合计 %lld，少于参加的 %lld %s；没有表态的请计入弃权",
		               (long long)sum, present, unit);
	return RC_OK;
}

/* Who abstains has voted: 参与表决 isn't 同意. */
static int64_t voted_households(const struct ballot_count *b)
{
	return b->for_households + b->against_households + b->abstain_households;
}

static int64_t voted_area(const struct ballot_count *b)
{
	return b->for_area + b->against_area + b->abstain_area;
}

/* Households or area: all there are, and those who took part. */
static enum rc check_part(int64_t all, int64_t voted, const char *all_field, const char *yes_field, const char *what, struct err *e)
{
	if (all == 0)
		return err_set(e, RC_INVALID, all_field, "双过半要按全体业主计算，请填总%s", what);
	if (voted > all)
		return err_set(e, RC_INVALID, yes_field, "赞成、反对和弃权%s合计 %lld，多于总%s %lld", what, (long long)voted, what, (long long)all);
	return RC_OK;
}

enum rc ballot_check(const struct ballot_count *b, struct err *e)
{
	enum rc rc;

	if (b->way >= BALLOT_WAY_COUNT)
		return err_set(e, RC_INVALID, "way", "请选表决方式：举手、票决或入户征询");
	if (b->rule >= BALLOT_RULE_COUNT)
		return err_set(e, RC_INVALID, "rule", "请选表决规则");
	if ((rc = check_range(b, e)) != RC_OK || (rc = check_votes(b, e)) != RC_OK || b->rule != BALLOT_DOUBLE)
		return rc;
	if ((rc = check_part(b->all_households, voted_households(b), "all_households", "for_households", "户数", e)) != RC_OK)
		return rc;
	return check_part(b->all_area, voted_area(b), "all_area", "for_area", "面积", e);
}

/* Rules --------------------------------------------------------------------------------------------------------------------------- */

static bool reaches_two_thirds(int64_t part, int64_t all)
{
	return 3 * part >= 2 * all;
}

static bool is_more_than_half(int64_t part, int64_t all)
{
	return 2 * part > all;
}

static bool double_takes_part(const struct ballot_count *b)
{
	return reaches_two_thirds(voted_households(b), b->all_households) && reaches_two_thirds(voted_area(b), b->all_area);
}

static bool double_agrees(const struct ballot_count *b)
{
	return is_more_than_half(b->for_households, voted_households(b)) && is_more_than_half(b->for_area, voted_area(b));
}

/* Of a count that ballot_check() lets pass. */
static bool passes(const struct ballot_count *b)
{
	int64_t voters = b->present - b->recused_n;

	switch (b->rule) {
	case BALLOT_MAJORITY:  return is_more_than_half(b->for_n, voters);
	case BALLOT_TWOTHIRDS: return voters > 0 && reaches_two_thirds(b->for_n, voters);
	case BALLOT_ALL:       return voters > 0 && b->for_n == voters;
	default:               return double_takes_part(b) && double_agrees(b);
	}
}

bool ballot_passes(const struct ballot_count *b)
{
	struct err e = { 0 };

	return ballot_check(b, &e) == RC_OK && passes(b);
}

/* In words ------------------------------------------------------------------------------------------------------------------------ */

/* "赞成 7 票，超过有表决权的 11 人的一半"; "…，不到有表决权的 12 人的三分之二（要 8 票）". */
static void explain_share(const struct ballot_count *b, const char *const *units, const char *passed, const char *failed, const char *share,
                          int64_t needed, struct strbuf *out)
{
	long long voters = b->present - b->recused_n;

	strbuf_format(out, "赞成 %lld %s，%s有表决权的 %lld %s%s", (long long)b->for_n, units[0], passes(b) ? passed : failed, voters, units[1], share);
	if (!passes(b))
		strbuf_format(out, "（要 %lld %s）", (long long)needed, units[0]);
}

static void explain_double(const struct ballot_count *b, struct strbuf *out)
{
	bool takes_part = double_takes_part(b);

	strbuf_format(out, "参与表决 %lld 户 %lld 平方米，%s全体 %lld 户 %lld 平方米的三分之二", (long long)voted_households(b), (long long)voted_area(b),
	              takes_part ? "都达到" : "没有都达到", (long long)b->all_households, (long long)b->all_area);
	if (takes_part)
		strbuf_format(out, "；其中赞成 %lld 户 %lld 平方米，%s", (long long)b->for_households, (long long)b->for_area,
		              double_agrees(b) ? "都过半" : "没有都过半");
}

void ballot_explain(const struct ballot_count *b, struct strbuf *out)
{
	static const char *const by_head[] = { "票", "人" }, *const by_door[] = { "户", "户" };
	const char *const *units = b->way == BALLOT_INQUIRY ? by_door : by_head;
	int64_t voters = b->present - b->recused_n;
	struct err e = { 0 };

	if (ballot_check(b, &e) != RC_OK)
		strbuf_add(out, e.text);
	else if (b->rule == BALLOT_DOUBLE)
		explain_double(b, out);
	else if (voters == 0)
		strbuf_format(out, "参加的 %lld %s全部回避，没有人有表决权", (long long)b->present, units[1]);
	else if (b->rule == BALLOT_MAJORITY)
		explain_share(b, units, "超过", "没有超过", "的一半", voters / 2 + 1, out);
	else if (b->rule == BALLOT_TWOTHIRDS)
		explain_share(b, units, "达到", "不到", "的三分之二", (2 * voters + 2) / 3, out);
	else if (passes(b))
		strbuf_format(out, "有表决权的 %lld %s全部赞成", (long long)voters, units[1]);
	else
		strbuf_format(out, "有表决权的 %lld %s中赞成 %lld %s，没有全体一致", (long long)voters, units[1], (long long)b->for_n, units[0]);
}

/* Quorum -------------------------------------------------------------------------------------------------------------------------- */

bool quorum_reached(const struct quorum_rule *q, int expected, int present)
{
	return present >= quorum_needed(q, expected);
}

int quorum_needed(const struct quorum_rule *q, int expected)
{
	assert(q->denominator > 0);
	int64_t share = expected > 0 ? (int64_t)expected * q->numerator : 0;
	int64_t needed = q->more_than ? share / q->denominator + 1 : (share + q->denominator - 1) / q->denominator;

	return (int)(needed > q->least ? needed : q->least);
}
