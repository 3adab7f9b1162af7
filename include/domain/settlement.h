/* 结算: what the meals of a month cost, and who pays how much of it. domain.md §5.6
 *
 * Which orders count: never one that is cancelled; what was eaten (flag `eaten` of code list `outcome`), with the subsidy of the day's rule; and what was cooked and
 * not called off in time (flag `charged`: nobody answered, refused, out): at its full price, without any subsidy, because the street pays for meals
 * that were eaten only. An office that does not charge for these takes the flag away. All else costs nobody anything.
 *
 * The rule is that of the order's day, of the age and the class on that day; portions under a cap are counted day by day, breakfast first. Money is 分 and always
 *	price + fee = subsidy + charity + own.
 *
 * A month is reckoned anew whenever it is asked for, until it is closed: then each order has an entry that nothing changes. What is corrected later (an outcome,
 * a class, a price) becomes the difference, taken back under the old rule and added under the new, in the month that is to be closed next, for
 * SETTLEMENT_BACK_MONTHS months back. Months are closed one after the other.
 */
#ifndef YL_DOMAIN_SETTLEMENT_H
#define YL_DOMAIN_SETTLEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/office.h"
#include "domain/subsidy.h"

enum { SETTLEMENT_BACK_MONTHS = 6 };

/* What an order adds to a month; of a correction amounts may be negative. */
struct settle_entry {
	int64_t order_id, diner_id;
	int32_t day;
	const char *meal, *outcome, *payer;              /* codes */
	const char *rule, *rule_label, *rule_version;    /* "": no subsidy */
	const char *subsidy_class;                       /* code: the rule's; "" */
	struct meal_charge charge;
	bool correction;
};

struct settle_sum {
	int64_t entries;
	struct meal_charge charge;
};

/* A diner's part of the month: its entries lie together, those of the month in day order before the corrections. */
struct settle_diner {
	int64_t diner_id, resident_id;
	const char *number, *name, *payer_name, *address, *grid;
	const char *payer;                               /* code */
	const struct settle_entry *entries;
	size_t n_entries;
	struct settle_sum month, corrected;
};

/* What one rule, or one payer, comes to. */
struct settle_group {
	const char *key, *label, *version;               /* key: the rule's name, or the code of the payer; "" no rule */
	const char *subsidy_class;                       /* code, of rules */
	size_t diners;
	struct settle_sum month, corrected;
};

/* A meal that stands in the way of closing. */
struct settle_meal {
	int32_t day;
	const char *meal;                                /* code */
	size_t orders;
};

struct settlement {
	int32_t month_day, last_day;                     /* first and last day of the month */
	int32_t next_month;                              /* first day of the month to be closed next; DAY_NONE: nothing was ever ordered, or all is closed */
	bool closed, over;                               /* over: its last day has gone by */
	int64_t closed_at;
	const char *closed_by, *note;
	const struct settle_diner *diners;               /* by number */
	size_t n_diners;
	const struct settle_group *rules, *payers;       /* the rule that gives most first; payers as their code list has them */
	size_t n_rules, n_payers;
	const struct settle_meal *unclosed, *unpriced;   /* unpriced: no menu, a price or portions that can't be */
	size_t n_unclosed, n_unpriced;
	size_t n_uncharged;                              /* orders that stood and cost nobody anything */
	struct settle_sum month, corrected;
};

/* The first day of a month from any of its days, `months` later; DAY_NONE where a calendar does not reach. */
int32_t month_of_day(int32_t day, int months);
/* 2026年11月; appended. */
void month_words(struct strbuf *out, int32_t month_day);

/* Pure. NULL: nothing of the month is theirs. */
const struct settle_diner *settlement_diner(const struct settlement *s, int64_t diner_id);

/* Errors of both: RC_DENIED (SETTLE); RC_INVALID "month"; RC_BUSY; RC_DB.
 * month_day  any day of the month */
enum rc settlement_load(struct office *of, int32_t month_day, struct arena *a, struct settlement *out, struct err *e) MUST_USE;

/* `seen`  what the person agreed to. Cannot be undone: corrections follow in the next month.
 * RC_INVALID "month" closed already (when, by whom), not over, an earlier one is open, nothing was ordered; "meal" not closed (which days); "price" missing (which
 * menus); RC_CONFLICT the sums are not those that were seen. Nothing is changed on failure. */
enum rc settlement_close(struct office *of, int32_t month_day, const struct settlement *seen, const char *note, struct err *e) MUST_USE;

/* The first day of the month that should have been closed by now (over, and today is the 5th or later); DAY_NONE: none. Cheap. */
enum rc settlement_due(struct office *of, int32_t *month_day, struct err *e) MUST_USE;

#define SETTLEMENT_READS \
	(TBL_MEAL_ORDER | TBL_DINER | TBL_RESIDENT | TBL_MENU | TBL_MEAL_CLOSE | TBL_SETTLEMENT | TBL_SETTLEMENT_ENTRY)

#endif
