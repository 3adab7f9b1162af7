/* Closing a month: what stands in the way, then an entry of every order that counts and of every correction. */
#include "domain/settlement.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "settlement_inside.h"
#include "store/stmt.h"
#include "store/txn.h"

#define NAMES 5                          /* meals in a sentence; how many there are it says as well */

/* 11-03 中餐、11-04 晚餐等 */
static void meals_words(const struct office *of, const struct settle_meal *list, size_t n, struct strbuf *out)
{
	for (size_t i = 0; i < n && i < NAMES; i++) {
		strbuf_add(out, i ? "、" : "");
		day_format_near(out, list[i].day, office_today(of));
		strbuf_format(out, " %s", office_code_label(of, "meal", list[i].meal));
	}
	if (n > NAMES)
		strbuf_add(out, "等");
}

/* What stands in the way -------------------------------------------------------------------------------------------------------------- */

static enum rc check_month(const struct settlement *s, struct err *e)
{
	AUTO_STRBUF words = { 0 };

	if (s->closed) {
		instant_format(&words, s->closed_at);
		return err_set(e, RC_INVALID, "month", "这个月已经结了（%s %s）；以后的更正进下个月", s->closed_by, strbuf_str(&words));
	}
	if (!s->over)
		return err_set(e, RC_INVALID, "month", "这个月还没有过完，过完了再结");
	if (s->next_month != DAY_NONE && s->next_month < s->month_day) {
		month_words(&words, s->next_month);
		return err_set(e, RC_INVALID, "month", "请先结%s，一个月一个月地结", strbuf_str(&words));
	}
	if (s->next_month != s->month_day && s->month.entries == 0)
		return err_set(e, RC_INVALID, "month", "这个月没有人订餐，不用结");
	return RC_OK;
}

/* Also of months that corrections come from: one that was opened again has to be closed first. */
static enum rc check_meals(struct office *of, const struct settlement *s, struct arena *a, struct err *e)
{
	AUTO_STRBUF words = { 0 };
	struct settle_meal *open;
	int32_t from = month_of_day(s->month_day, -SETTLEMENT_BACK_MONTHS);
	size_t n;
	enum rc rc = settlement_find_unclosed(of, from == DAY_NONE ? s->month_day : from, s->last_day, a, &open, &n, e);

	if (rc != RC_OK || n == 0)
		return rc;
	meals_words(of, open, n, &words);
	return err_set(e, RC_INVALID, "meal", "还有 %zu 餐没有关账：%s；关了再结", n, strbuf_str(&words));
}

static enum rc check_prices(struct office *of, const struct settlement *s, struct err *e)
{
	AUTO_STRBUF words = { 0 };

	if (s->n_unpriced == 0)
		return RC_OK;
	meals_words(of, s->unpriced, s->n_unpriced, &words);
	return err_set(e, RC_INVALID, "price", "还有 %zu 餐没有餐价或餐价、份数不对：%s；请在菜单里补上", s->n_unpriced, strbuf_str(&words));
}

static bool charges_equal(const struct settle_sum *a, const struct settle_sum *b)
{
	return a->entries == b->entries && a->charge.meals == b->charge.meals && a->charge.price_fen == b->charge.price_fen &&
	       a->charge.subsidy_fen == b->charge.subsidy_fen && a->charge.charity_fen == b->charge.charity_fen &&
	       a->charge.own_fen == b->charge.own_fen && a->charge.fee_fen == b->charge.fee_fen;
}

static enum rc check_seen(const struct settlement *s, const struct settlement *seen, struct err *e)
{
	if (charges_equal(&s->month, &seen->month) && charges_equal(&s->corrected, &seen->corrected))
		return RC_OK;
	return err_set(e, RC_CONFLICT, NULL, "这个月的数刚有变化，请看过新的数再结");
}

/* Writing ----------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_head(struct office *of, const struct settlement *s, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO settlement (id, month_day, closed_at, account_id, note) VALUES (:id, :month, :now, :me, :note)");

	bind_int(&q, ":id", settlement_id(s->month_day));
	bind_day(&q, ":month", s->month_day);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_words(&q, ":note", note ? note : "");
	return stmt_run(&q, e);
}

static int64_t entry_id(int64_t settlement, const struct settle_entry *x)
{
	AUTO_FREE char *key = mem_format("%" PRId64 " %" PRId64 " %s %s", settlement, x->order_id, x->rule, x->rule_version);

	return store_derived_id("settlement_entry", key);
}

static enum rc write_entry(struct office *of, int64_t settlement, const struct settle_entry *x, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO settlement_entry (id, settlement_id, order_id, diner_id, day, meal, outcome, payer, subsidy_class, rule, rule_label, rule_version,"
		" correction, meals, price_fen, subsidy_fen, charity_fen, own_fen, fee_fen) VALUES (:id, :settlement, :order, :diner, :day, :meal, :outcome,"
		" :payer, :class, :rule, :label, :version, :correction, :meals, :price, :subsidy, :charity, :own, :fee)");

	bind_int(&q, ":id", entry_id(settlement, x));
	bind_int(&q, ":settlement", settlement);
	bind_int(&q, ":order", x->order_id);
	bind_int(&q, ":diner", x->diner_id);
	bind_day(&q, ":day", x->day);
	bind_text(&q, ":meal", x->meal);
	bind_words(&q, ":outcome", x->outcome);
	bind_text(&q, ":payer", x->payer);
	bind_words(&q, ":class", x->subsidy_class);
	bind_words(&q, ":rule", x->rule);
	bind_words(&q, ":label", x->rule_label);
	bind_words(&q, ":version", x->rule_version);
	bind_int(&q, ":correction", x->correction);
	bind_int(&q, ":meals", x->charge.meals);
	bind_int(&q, ":price", x->charge.price_fen);
	bind_int(&q, ":subsidy", x->charge.subsidy_fen);
	bind_int(&q, ":charity", x->charge.charity_fen);
	bind_int(&q, ":own", x->charge.own_fen);
	bind_int(&q, ":fee", x->charge.fee_fen);
	return stmt_run(&q, e);
}

static enum rc write_all(struct office *of, const struct settlement *s, const char *note, struct err *e)
{
	enum rc rc = write_head(of, s, note, e);

	for (size_t i = 0; rc == RC_OK && i < s->n_diners; i++)
		for (size_t j = 0; rc == RC_OK && j < s->diners[i].n_entries; j++)
			rc = write_entry(of, settlement_id(s->month_day), &s->diners[i].entries[j], e);
	return rc;
}

enum rc settlement_close(struct office *of, int32_t month_day, const struct settlement *seen, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct settlement now;
	enum rc rc;

	if ((rc = office_require(of, MAY_SETTLE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "settlement.close", e)) != RC_OK ||
	    (rc = settlement_load(of, month_day, &a, &now, e)) != RC_OK || (rc = check_month(&now, e)) != RC_OK ||
	    (rc = check_meals(of, &now, &a, e)) != RC_OK || (rc = check_prices(of, &now, e)) != RC_OK || (rc = check_seen(&now, seen, e)) != RC_OK ||
	    (rc = write_all(of, &now, note, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
