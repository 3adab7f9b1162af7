/* Coming orders of one diner follow the plans, in the transaction that changed them. */
#include "order_rules.h"

#include "domain/meal_order.h"

/* Orders may lie further ahead than they are made by themselves. */
static enum rc coming(struct office *of, struct arena *a, struct order_days *out, struct err *e)
{
	int ahead = of->settings->order_days;

	return order_days_load(of, office_today(of), ORDERS_DAYS_MAX + 1, ahead + 1, a, out, e);
}

enum rc orders_follow(struct office *of, int64_t diner_id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct order_deed *deeds;
	struct order_days days;
	struct diner d;
	size_t n;
	int against = 0;
	enum rc rc;

	if ((rc = order_diner(of, diner_id, &a, &d, e)) != RC_OK || (rc = coming(of, &a, &days, e)) != RC_OK ||
	    (rc = order_deeds(of, &days, &d, &a, &deeds, &n, &against, e)) != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = order_deed_do(of, &deeds[i], e);
	return rc;
}

enum rc order_is_planned(struct office *of, int64_t diner_id, int32_t day, const char *meal, bool *planned, struct err *e)
{
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF why = { 0 };
	struct diner d;
	enum rc rc = order_diner(of, diner_id, &a, &d, e);

	if (rc == RC_OK)
		*planned = diner_wants(of, &d, day, meal, &why) != NULL;
	return rc;
}

enum rc orders_against_plan(struct office *of, int64_t diner_id, int *n, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct order_deed *deeds;
	struct order_days days;
	struct diner d;
	size_t n_deeds;
	int against = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_DINER_VIEW, e)) != RC_OK || (rc = order_diner(of, diner_id, &a, &d, e)) != RC_OK ||
	    (rc = coming(of, &a, &days, e)) != RC_OK || (rc = order_deeds(of, &days, &d, &a, &deeds, &n_deeds, &against, e)) != RC_OK)
		return rc;
	*n = against;
	return RC_OK;
}
