/* What has changed of months that are closed: what they come to today, less all that was settled of them. */
#include "settlement_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

/* What is folded into one: an order under one version of a rule. */
static int compare_keys(const struct settle_entry *a, const struct settle_entry *b)
{
	int order;

	if (a->order_id != b->order_id)
		return a->order_id < b->order_id ? -1 : 1;
	order = strcmp(a->rule, b->rule);
	return order ? order : strcmp(a->rule_version, b->rule_version);
}

/* What was settled before what is reckoned now: its payer stays. */
static int compare(const void *x, const void *y)
{
	const struct settle_entry *a = x, *b = y;
	int order = compare_keys(a, b);

	return order ? order : (int)b->correction - (int)a->correction;
}

static void charge_add(struct meal_charge *to, const struct meal_charge *x, int times)
{
	to->meals += times * x->meals;
	to->price_fen += times * x->price_fen;
	to->subsidy_fen += times * x->subsidy_fen;
	to->charity_fen += times * x->charity_fen;
	to->own_fen += times * x->own_fen;
	to->fee_fen += times * x->fee_fen;
}

static bool is_nothing(const struct meal_charge *c)
{
	return c->meals == 0 && c->price_fen == 0 && c->subsidy_fen == 0 && c->charity_fen == 0 && c->own_fen == 0 && c->fee_fen == 0;
}

/* Adds what is left of each order; an order that was settled keeps the payer it had. */
static void fold(struct entries *x, struct entries *out)
{
	const char *payer = NULL;

	qsort(x->list, x->n, sizeof *x->list, compare);
	for (size_t i = 0, next; i < x->n; i = next) {
		struct settle_entry one = x->list[i];

		if (i == 0 || x->list[i - 1].order_id != one.order_id)
			payer = NULL;
		for (size_t j = i; payer == NULL && j < x->n && x->list[j].order_id == one.order_id; j++)
			if (x->list[j].correction)
				payer = x->list[j].payer;
		one.charge = (struct meal_charge){ 0 };
		for (next = i; next < x->n && compare_keys(&x->list[next], &one) == 0; next++) {
			charge_add(&one.charge, &x->list[next].charge, x->list[next].correction ? -1 : 1);
			one.outcome = x->list[next].outcome;
		}
		if (payer)
			one.payer = payer;
		one.correction = true;
		if (!is_nothing(&one.charge))
			*entries_add(out) = one;
	}
}

static enum rc correct_month(struct office *of, int32_t month_day, struct arena *a, struct entries *out, struct reckoned *said,
                           struct err *e)
{
	AUTO_ENTRIES both = { 0 };
	size_t uncharged = said->n_uncharged;
	enum rc rc;

	if ((rc = entries_of_days(of, month_day, month_of_day(month_day, 1) - 1, a, &both, e)) != RC_OK ||
	    (rc = month_reckon(of, month_day, a, &both, said, e)) != RC_OK)
		return rc;
	said->n_uncharged = uncharged;           /* it is told of the month itself */
	if (both.n > 0)
		fold(&both, out);
	return RC_OK;
}

enum rc corrections_reckon(struct office *of, int32_t month_day, struct arena *a, struct entries *out, struct reckoned *said, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT month_day FROM settlement WHERE month_day >= :from AND month_day < :to ORDER BY month_day");
	enum rc rc;
	bool row;

	bind_day(&q, ":from", month_of_day(month_day, -SETTLEMENT_BACK_MONTHS));
	bind_day(&q, ":to", month_day);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		if ((rc = correct_month(of, column_day(&q, 0), a, out, said, e)) != RC_OK)
			return rc;
	return rc;
}
