/* A month's settlement: as it was closed, else as it is reckoned today. */
#include "domain/settlement.h"

#include "base/day.h"
#include "settlement_inside.h"
#include "store/stmt.h"

static enum rc read_head(struct office *of, struct arena *a, struct settlement *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT s.closed_at, p.name, s.note FROM settlement AS s LEFT JOIN account AS p ON p.id = s.account_id WHERE s.id = :id");
	enum rc rc;

	bind_int(&q, ":id", settlement_id(out->month_day));
	if ((rc = stmt_step(&q, &out->closed, e)) != RC_OK)
		return rc;
	out->closed_by = out->note = "";
	if (!out->closed)
		return RC_OK;
	out->closed_at = column_int(&q, 0);
	out->closed_by = arena_copy(a, column_text(&q, 1));
	out->note = arena_copy(a, column_text(&q, 2));
	return RC_OK;
}

/* Corrections belong to the month that is closed next, no other. */
static enum rc reckon(struct office *of, struct arena *a, struct entries *x, struct settlement *out, struct err *e)
{
	struct reckoned said = { 0 };
	enum rc rc;

	if ((rc = month_reckon(of, out->month_day, a, x, &said, e)) != RC_OK ||
	    (out->next_month == out->month_day && (rc = corrections_reckon(of, out->month_day, a, x, &said, e)) != RC_OK))
		return rc;
	out->unpriced = said.unpriced;
	out->n_unpriced = said.n_unpriced;
	out->n_uncharged = said.n_uncharged;
	return RC_OK;
}

static enum rc read_unclosed(struct office *of, struct arena *a, struct settlement *out, struct err *e)
{
	int32_t today = office_today(of);
	struct settle_meal *list = NULL;
	enum rc rc = settlement_find_unclosed(of, out->month_day, out->last_day < today ? out->last_day : today, a, &list, &out->n_unclosed, e);

	out->unclosed = list;
	return rc;
}

static enum rc load(struct office *of, struct arena *a, struct entries *x, struct settlement *out, struct err *e)
{
	enum rc rc;

	if ((rc = settlement_find_next(of, &out->next_month, e)) != RC_OK || (rc = read_head(of, a, out, e)) != RC_OK)
		return rc;
	if (out->closed)
		rc = entries_of_settlement(of, settlement_id(out->month_day), a, x, e);
	else if ((rc = reckon(of, a, x, out, e)) == RC_OK)
		rc = read_unclosed(of, a, out, e);
	return rc == RC_OK ? settlement_sum(of, x, a, out, e) : rc;
}

enum rc settlement_load(struct office *of, int32_t month_day, struct arena *a, struct settlement *out, struct err *e)
{
	AUTO_ENTRIES x = { 0 };
	struct settlement found = { .month_day = month_of_day(month_day, 0), .next_month = DAY_NONE };
	enum rc rc = office_require(of, MAY_SETTLE, e);

	if (rc != RC_OK)
		return rc;
	if (found.month_day == DAY_NONE || month_of_day(month_day, 1) == DAY_NONE)
		return err_set(e, RC_INVALID, "month", "没有这个月份，请选 1900 年到 2199 年之间的月份");
	found.last_day = month_of_day(month_day, 1) - 1;
	found.over = found.last_day < office_today(of);
	if ((rc = load(of, a, &x, &found, e)) == RC_OK)
		*out = found;
	return rc;
}

const struct settle_diner *settlement_diner(const struct settlement *s, int64_t diner_id)
{
	for (size_t i = 0; i < s->n_diners; i++)
		if (s->diners[i].diner_id == diner_id)
			return &s->diners[i];
	return NULL;
}
