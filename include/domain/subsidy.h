/* 助餐补贴: the versioned rules of config/subsidies.ini, and what a meal costs whom.
 *
 * Money is 分. What a rule gives is reckoned per portion; per cent are rounded down to the 分 and the diner pays the rest, so that always
 *	price + fee = subsidy + charity + own.
 */
#ifndef YL_DOMAIN_SUBSIDY_H
#define YL_DOMAIN_SUBSIDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"

enum { SUBSIDY_FEN_MAX = 100000, SUBSIDY_CAP_MAX = 1000, SUBSIDY_AGE_MAX = 150, SUBSIDY_PORTIONS_MAX = 1000 };

/* So many 分, or per cent of what it is a share of. */
struct share {
	int value;
	bool percent;
};

struct subsidy_rule {
	const char *name, *label, *version;
	const char *subsidy_class;       /* code; "age": of whoever has the age */
	int32_t from_day, to_day;        /* both count; to_day DAY_NONE: open */
	int age_from, age_to;            /* completed years, both count */
	struct share amount;             /* of the price of a portion */
	struct share charity;            /* of what the subsidy leaves of it */
	int cap;                         /* portions a month; 0: no cap */
	int fee_fen;                     /* of bringing one order */
};

struct subsidies;

/* Errors  RC_IO; RC_INVALID "file:line: what, and what is allowed"; two rules of one class that hold on one day for one age are refused. */
enum rc subsidies_load(struct subsidies **out, const char *path, const struct form_set *forms, struct err *e) MUST_USE;
void subsidies_free(struct subsidies *s);

/* The rule of the class on that day at that age, else that of the age alone; NULL where none holds: the diner pays all. Borrowed from `s`.
 * age  completed years, -1 unknown: only a rule for all ages holds;  subsidy_class  a code, "" or NULL: by age */
const struct subsidy_rule *subsidy_find(const struct subsidies *s, int32_t day, int age, const char *subsidy_class);

/* What one order costs, all its portions together. */
struct meal_charge {
	int64_t meals, price_fen, subsidy_fen, charity_fen, own_fen, fee_fen;
};

/* rule       NULL: no subsidy and no fee
 * price_fen  of one portion, 0 … SUBSIDY_FEN_MAX;  portions  0 … SUBSIDY_PORTIONS_MAX
 * used       portions of the month that the rule has paid before
 * *paid      portions of this order that it pays, for the cap (NULL: nobody asks) */
struct meal_charge subsidy_price(const struct subsidy_rule *rule, int64_t price_fen, int portions, bool brought, int used, int *paid);

#endif
