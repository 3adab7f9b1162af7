/* Orders are made from the plans of who eats, by hand or as idle work; making them again changes nothing. */
#include "domain/meal_order.h"

#include <inttypes.h>

#include "order_rules.h"
#include "store/store.h"
#include "store/txn.h"

enum {
	SLICE = 12,                              /* diners of one call of idle work: some milliseconds where all is new */
	BATCH = 200,                             /* diners in memory at once otherwise */
};

int64_t meal_order_id(int64_t diner_id, int32_t day, const char *meal)
{
	AUTO_FREE char *key = mem_format("%" PRId64 " %" PRId32 " %s", diner_id, day, meal);

	return store_derived_id("meal_order", key);
}

/* Some diners: what is to be done, and, where `doing`, doing it. */
struct work {
	struct office *of;
	const struct order_days *days;
	bool doing;
	int made;
	size_t deeds;
};

static enum rc work_on(struct work *w, const struct diner *list, size_t n, struct arena *a, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const struct order_deed *deeds;
		size_t n_deeds;
		int against = 0;

		if ((rc = order_deeds(w->of, w->days, &list[i], a, &deeds, &n_deeds, &against, e)) != RC_OK)
			return rc;
		w->deeds += n_deeds;
		for (size_t j = 0; rc == RC_OK && w->doing && j < n_deeds; j++) {
			rc = order_deed_do(w->of, &deeds[j], e);
			w->made += deeds[j].kind == DEED_MAKE;
		}
	}
	return rc;
}

static enum rc make_all(struct office *of, int32_t from_day, int days, int *made, struct err *e)
{
	AUTO_ARENA kept = { 0 };
	struct order_days these;
	struct work w = { .of = of, .days = &these, .doing = true };
	int64_t after = INT64_MIN;
	size_t n = BATCH;
	enum rc rc = order_days_load(of, from_day, days, days, &kept, &these, e);

	while (rc == RC_OK && n == BATCH) {
		AUTO_ARENA a = { 0 };
		struct diner *list;

		if ((rc = order_diners(of, after, BATCH, &a, &list, &n, e)) != RC_OK || (rc = work_on(&w, list, n, &a, e)) != RC_OK || n == 0)
			break;
		after = list[n - 1].id;
	}
	*made = w.made;
	return rc;
}

enum rc orders_make(struct office *of, int32_t from_day, int days, int *made, struct err *e)
{
	AUTO_TXN t = { 0 };
	int count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK)
		return rc;
	if (from_day < office_today(of))
		return err_set(e, RC_INVALID, "from_day", "日期已过，不能再订餐");
	if (days < 1 || days > ORDERS_DAYS_MAX || from_day > office_today(of) + ORDERS_DAYS_MAX)
		return err_set(e, RC_INVALID, "days", "一次订 1 到 %d 天，最远到今天以后 %d 天", ORDERS_DAYS_MAX, ORDERS_DAYS_MAX);
	if ((rc = txn_begin(&t, of->st, "order.make", e)) != RC_OK || (rc = make_all(of, from_day, days, &count, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	return RC_OK;
}

/* Idle work ------------------------------------------------------------------------------------------------------------------------- */

/* Nobody waits for it, so it waits for nobody. What another desk wrote since is read again. */
static enum rc do_at_once(struct office *of, const struct order_days *days, int64_t after, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct work w = { .of = of, .days = days, .doing = true };
	struct diner *list;
	size_t n;
	enum rc rc;

	if ((rc = txn_try(&t, of->st, "order.make", e)) != RC_OK || (rc = order_diners(of, after, SLICE, &a, &list, &n, e)) != RC_OK ||
	    (rc = work_on(&w, list, n, &a, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc orders_tend(struct office *of, int64_t *after, bool *more, struct err *e)
{
	AUTO_ARENA a = { 0 };
	int ahead = of->settings->order_days + 1;
	struct order_days days;
	struct work w = { .of = of, .days = &days };
	struct diner *list;
	size_t n;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK || (rc = order_days_load(of, office_today(of), ahead, ahead, &a, &days, e)) != RC_OK ||
	    (rc = order_diners(of, *after, SLICE, &a, &list, &n, e)) != RC_OK || (rc = work_on(&w, list, n, &a, e)) != RC_OK)
		return rc;
	if (w.deeds > 0) {
		/* the program's own deed: no Ctrl-Z takes it for the last one of whoever works */
		store_set_actor(of->st, 0, NULL);
		rc = do_at_once(of, &days, *after, e);
		store_set_actor(of->st, of->me.id, of->me.name);
	}
	if (rc != RC_OK)
		return rc;
	if (n > 0)
		*after = list[n - 1].id;
	*more = n == SLICE;
	return RC_OK;
}
