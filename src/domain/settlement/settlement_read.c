/* What is written of settlements: entries, which month is next, which meals stand open; and the months of a calendar. */
#include "settlement_inside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

#define YEAR_FIRST 1900
#define YEAR_LAST 2199
#define DUE_DAY 5                        /* of the month after */

int32_t month_of_day(int32_t day, int months)
{
	int year, month, of_month;

	if (day < day_from_civil(YEAR_FIRST, 1, 1) || day > day_from_civil(YEAR_LAST, 12, 31))
		return DAY_NONE;
	day_to_civil(day, &year, &month, &of_month);
	months += year * 12 + month - 1;
	return months < YEAR_FIRST * 12 || months >= (YEAR_LAST + 1) * 12 ? DAY_NONE : day_from_civil(months / 12, months % 12 + 1, 1);
}

void month_words(struct strbuf *out, int32_t month_day)
{
	int year, month, of_month;

	day_to_civil(month_day, &year, &month, &of_month);
	strbuf_format(out, "%d年%d月", year, month);
}

int64_t settlement_id(int32_t month_day)
{
	AUTO_STRBUF key = { 0 };

	day_format(&key, month_day);
	return store_derived_id("settlement", strbuf_str(&key));
}

/* Lists --------------------------------------------------------------------------------------------------------------------------- */

void entries_free(struct entries *x)
{
	free(x->list);
	*x = (struct entries){ 0 };
}

struct settle_entry *entries_add(struct entries *x)
{
	x->list = mem_grow(x->list, &x->cap, x->n + 1, sizeof *x->list);
	return &x->list[x->n++];
}

#define ENTRY_COLUMNS \
	"order_id, diner_id, day, meal, outcome, payer, subsidy_class, rule, rule_label, rule_version, meals, price_fen, subsidy_fen," \
	" charity_fen, own_fen, fee_fen"

static enum rc read_all(struct stmt *q, struct arena *a, struct entries *out, struct err *e)
{
	enum rc rc;
	bool row;

	while ((rc = stmt_step(q, &row, e)) == RC_OK && row)
		*entries_add(out) = (struct settle_entry){
			.order_id = column_int(q, 0), .diner_id = column_int(q, 1), .day = column_day(q, 2), .meal = arena_copy(a, column_text(q, 3)),
			.outcome = arena_copy(a, column_text(q, 4)), .payer = arena_copy(a, column_text(q, 5)), .subsidy_class = arena_copy(a, column_text(q, 6)),
			.rule = arena_copy(a, column_text(q, 7)), .rule_label = arena_copy(a, column_text(q, 8)), .rule_version = arena_copy(a, column_text(q, 9)),
			.correction = column_int(q, 16) != 0,
			.charge = { .meals = column_int(q, 10), .price_fen = column_int(q, 11), .subsidy_fen = column_int(q, 12), .charity_fen = column_int(q, 13),
			            .own_fen = column_int(q, 14), .fee_fen = column_int(q, 15) },
		};
	return rc;
}

enum rc entries_of_settlement(struct office *of, int64_t id, struct arena *a, struct entries *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT " ENTRY_COLUMNS ", correction FROM settlement_entry WHERE settlement_id = :id");

	bind_int(&q, ":id", id);
	return read_all(&q, a, out, e);
}

enum rc entries_of_days(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct entries *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT " ENTRY_COLUMNS ", 1 FROM settlement_entry WHERE day BETWEEN :from AND :to");

	bind_day(&q, ":from", from_day);
	bind_day(&q, ":to", to_day);
	return read_all(&q, a, out, e);
}

/* Months ---------------------------------------------------------------------------------------------------------------------------- */

enum rc settlement_find_next(struct office *of, int32_t *month_day, struct err *e)
{
	AUTO_STMT last = stmt_use(of->st, "SELECT max(month_day) FROM settlement");
	AUTO_STMT first = stmt_use(of->st, "SELECT day FROM meal_order WHERE day >= :day ORDER BY day LIMIT 1");
	int32_t from = INT32_MIN + 1;
	bool row;
	enum rc rc = stmt_step(&last, &row, e);

	if (rc != RC_OK)
		return rc;
	if (row && !column_is_null(&last, 0) && (from = month_of_day(column_day(&last, 0), 1)) == DAY_NONE)
		from = INT32_MAX;
	bind_day(&first, ":day", from);
	if ((rc = stmt_step(&first, &row, e)) == RC_OK)
		*month_day = row ? month_of_day(column_day(&first, 0), 0) : DAY_NONE;
	return rc;
}

static void read_meal(const struct stmt *q, struct arena *a, void *element)
{
	*(struct settle_meal *)element = (struct settle_meal){
		.day = column_day(q, 0), .meal = arena_copy(a, column_text(q, 1)), .orders = (size_t)column_int(q, 2),
	};
}

enum rc settlement_find_unclosed(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct settle_meal **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT o.day, o.meal, count(*) FROM meal_order AS o WHERE o.day BETWEEN :from AND :to AND o.state = 'ordered' GROUP BY o.day, o.state, o.meal"
		" HAVING NOT EXISTS (SELECT 1 FROM meal_close AS c WHERE c.day = o.day AND c.meal = o.meal AND c.deleted_at IS NULL) ORDER BY o.day, o.state, o.meal");

	bind_day(&q, ":from", from_day);
	bind_day(&q, ":to", to_day);
	return stmt_rows(&q, a, sizeof **out, read_meal, out, n, e);
}

enum rc settlement_due(struct office *of, int32_t *month_day, struct err *e)
{
	int32_t today = office_today(of), next = DAY_NONE;
	enum rc rc;

	if ((rc = office_require(of, MAY_SETTLE, e)) != RC_OK || (rc = settlement_find_next(of, &next, e)) != RC_OK)
		return rc;
	*month_day = next != DAY_NONE && month_of_day(next, 1) != DAY_NONE && today >= month_of_day(next, 1) + DUE_DAY - 1 ? next : DAY_NONE;
	return RC_OK;
}
