/* Orders are made from the plans of who eats; making them again changes nothing. */
#include "domain/meal_order.h"

#include <inttypes.h>

#include "base/day.h"
#include "base/mem.h"
#include "volunteer/word_set.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

struct wish {
	int64_t diner_id, portions;
	const char *status, *weekdays, *meal, *size, *way;
	int32_t from_day, to_day;
};

int64_t meal_order_id(int64_t diner_id, int32_t day, const char *meal)
{
	AUTO_FREE char *key = mem_format("%" PRId64 " %" PRId32 " %s", diner_id, day, meal);

	return store_derived_id("meal_order", key);
}

static void read_wish(const struct stmt *q, struct arena *a, void *element)
{
	struct wish *w = element;

	*w = (struct wish){
		.diner_id = column_int(q, 0), .status = arena_copy(a, column_text(q, 1)), .weekdays = arena_copy(a, column_text(q, 2)),
		.meal = arena_copy(a, column_text(q, 3)), .portions = column_int(q, 4), .size = arena_copy(a, column_text(q, 5)),
		.way = arena_copy(a, column_text(q, 6)), .from_day = column_day(q, 7), .to_day = column_day(q, 8),
	};
}

/* The later of two plans comes first: its order is there when the other's turn comes. */
static enum rc read_wishes(struct office *of, struct arena *a, const struct wish **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT d.id, d.status, p.weekdays, p.meal, p.portions, coalesce(p.size, 'normal'), coalesce(p.way, d.way), p.from_day, p.to_day"
		" FROM meal_plan AS p JOIN diner AS d ON d.id = p.diner_id WHERE p.deleted_at IS NULL AND d.deleted_at IS NULL"
		" ORDER BY d.id, p.meal, p.from_day DESC, p.id DESC /*scan*/");

	return stmt_rows(&q, a, sizeof **out, read_wish, out, n, e);
}

static bool is_wanted_on(const struct office *of, const struct wish *w, int32_t day)
{
	const struct code *status = code_find(form_codes(of->forms, "diner_status"), w->status);
	const char weekday[] = { (char)('0' + day_weekday(day)), '\0' };

	return status && code_has_flag(status, "eats") && word_set_has(w->weekdays, weekday) && (w->from_day == DAY_NONE || day >= w->from_day) &&
	       (w->to_day == DAY_NONE || day <= w->to_day);
}

static enum rc is_paused(struct office *of, int64_t diner_id, int32_t day, bool *paused, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT 1 FROM meal_pause WHERE diner_id = :diner AND from_day <= :day AND to_day >= :day AND deleted_at IS NULL LIMIT 1");

	bind_int(&q, ":diner", diner_id);
	bind_day(&q, ":day", day);
	return stmt_step(&q, paused, e);
}

static enum rc insert_order(struct office *of, const struct wish *w, int32_t day, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO meal_order (id, diner_id, day, meal, portions, size, way, source, state, account_id, at)"
		" VALUES (:id, :diner, :day, :meal, :portions, :size, :way, 'plan', 'ordered', :me, :now) ON CONFLICT (id) DO NOTHING");

	bind_int(&q, ":id", meal_order_id(w->diner_id, day, w->meal));
	bind_int(&q, ":diner", w->diner_id);
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", w->meal);
	bind_int(&q, ":portions", w->portions);
	bind_text(&q, ":size", w->size);
	bind_words(&q, ":way", w->way);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static enum rc make_one(struct office *of, const struct wish *w, int32_t day, int *made, struct err *e)
{
	bool paused;
	enum rc rc;

	if (!is_wanted_on(of, w, day))
		return RC_OK;
	if ((rc = is_paused(of, w->diner_id, day, &paused, e)) != RC_OK || paused || (rc = insert_order(of, w, day, e)) != RC_OK)
		return rc;
	*made += (int)store_changes(of->st);
	return RC_OK;
}

static enum rc make_days(struct office *of, int32_t from_day, int days, int *made, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct wish *wishes;
	size_t n;
	enum rc rc = read_wishes(of, &a, &wishes, &n, e);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		for (int32_t day = from_day; rc == RC_OK && day < from_day + days; day++)
			rc = make_one(of, &wishes[i], day, made, e);
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
	if (days < 1 || days > ORDERS_DAYS_MAX)
		return err_set(e, RC_INVALID, "days", "一次订 1 到 %d 天", ORDERS_DAYS_MAX);
	if ((rc = txn_begin(&t, of->st, "order.make", e)) != RC_OK || (rc = make_days(of, from_day, days, &count, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	return RC_OK;
}
