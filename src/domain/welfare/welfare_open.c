/* What opens a welfare check, and the correction that closes it as a false alarm: beside the change of the outcome, in its transaction. */
#include "delivery/door_rules.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "store/stmt.h"
#include "store/store.h"

#define NEAR_DAYS 31                     /* how far apart two meals in a row may lie */

#define RANK(meal) "instr('breakfast lunch dinner', " meal ")"

static const char cause_missed[] = "missed";

int64_t welfare_check_id(int64_t order_id)
{
	AUTO_FREE char *key = mem_format("%" PRId64, order_id);

	return store_derived_id("welfare_check", key);
}

/* The row of an order, if there is one that stands. */
struct check_row {
	bool exists, open;
	bool settled;                        /* closed, and no false alarm: the diner was seen to */
	char cause[16];
};

static enum rc find_check(struct office *of, int64_t order_id, struct check_row *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT state = 'open', conclusion IS NOT 'false', cause FROM welfare_check WHERE id = :id AND deleted_at IS NULL");
	struct check_row c = { 0 };
	enum rc rc;

	bind_int(&q, ":id", welfare_check_id(order_id));
	if ((rc = stmt_step(&q, &c.exists, e)) != RC_OK)
		return rc;
	if (c.exists) {
		const char *cause = column_text(&q, 2);

		c.open = column_int(&q, 0) != 0;
		c.settled = !c.open && column_int(&q, 1) != 0;
		memcpy(c.cause, cause, strnlen(cause, sizeof c.cause - 1));
	}
	*out = c;
	return RC_OK;
}

/* Opened on the first rung; one that was closed or undone begins again, with the tries that it has. */
static enum rc open_check(struct office *of, const struct door_order *d, const char *cause, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO welfare_check (id, diner_id, order_id, cause, opened_at, rung, rung_at, state, account_id)"
		" VALUES (:id, :diner, :order, :cause, :now, 1, :now, 'open', :me)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, cause = excluded.cause, opened_at = excluded.opened_at, rung = 1, rung_at = excluded.rung_at,"
		" state = 'open', account_id = excluded.account_id, conclusion = NULL, note = NULL, closed_at = NULL, closed_by = NULL, taken_by = NULL,"
		" taken_at = NULL, deleted_at = NULL, deleted_by = NULL, deleted_why = NULL");

	bind_int(&q, ":id", welfare_check_id(d->id));
	bind_int(&q, ":diner", d->diner_id);
	bind_int(&q, ":order", d->id);
	bind_text(&q, ":cause", cause);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

static enum rc close_false(struct office *of, int64_t order_id, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE welfare_check SET rev = rev + 1, state = 'closed', conclusion = 'false', note = :note, closed_at = :now, closed_by = :me WHERE id = :id");

	bind_int(&q, ":id", welfare_check_id(order_id));
	bind_text(&q, ":note", note);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

/* An outcome ---------------------------------------------------------------------------------------------------------------------- */

/* Why an outcome wants a check; NULL: it does not. */
static const char *cause_of(const struct office *of, const char *code, const char *condition)
{
	const struct code *c = code_find(form_codes(of->forms, "diner_condition"), condition);

	if (outcome_has_flag(of, code, "check"))
		return code;
	return c && code_has_flag(c, "alert") ? "f6" : NULL;
}

/* A door that stays shut while a pause says that nobody is there. Who was seen unwell is looked after all the same. */
static bool is_excused(const struct door_order *d, const char *cause)
{
	return cause && d->paused && strcmp(cause, "f6") != 0;
}

static enum rc follow_outcome(struct office *of, const struct door_order *before, const char *code, const char *condition, struct outcome_said *said,
                              struct err *e)
{
	const char *had = cause_of(of, before->outcome, before->condition), *cause = cause_of(of, code, condition);
	struct check_row check;
	enum rc rc;

	if ((rc = find_check(of, before->id, &check, e)) != RC_OK)
		return rc;
	said->excused = is_excused(before, cause);
	if (cause && !said->excused) {
		bool same = had && strcmp(had, cause) == 0, stands = check.exists && (check.open ? strcmp(check.cause, cause) == 0 : same && check.settled);

		if (stands)
			return RC_OK;
		said->check_id = welfare_check_id(before->id);
		return open_check(of, before, cause, e);
	}
	if (!check.open || strcmp(check.cause, cause_missed) == 0)
		return RC_OK;
	said->check_closed = true;
	return close_false(of, before->id, code[0] ? "送达结果已更正" : "送达结果已撤回", e);
}

/* Two meals in a row ---------------------------------------------------------------------------------------------------------------- */

/* The order before or after; *id 0: none near enough. */
static enum rc find_neighbour(struct office *of, const struct door_order *d, bool before, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, before ?
		"SELECT id FROM meal_order WHERE diner_id = :diner AND day BETWEEN :day - :near AND :day AND (day < :day OR " RANK("meal") " < " RANK(":meal") ")"
		" ORDER BY day DESC, " RANK("meal") " DESC LIMIT 1 /*scan*/" :
		"SELECT id FROM meal_order WHERE diner_id = :diner AND day BETWEEN :day AND :day + :near AND (day > :day OR " RANK("meal") " > " RANK(":meal") ")"
		" ORDER BY day, " RANK("meal") " LIMIT 1 /*scan*/");
	bool row;
	enum rc rc;

	bind_int(&q, ":diner", d->diner_id);
	bind_day(&q, ":day", d->day);
	bind_text(&q, ":meal", d->meal);
	bind_int(&q, ":near", NEAR_DAYS);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*id = row ? column_int(&q, 0) : 0;
	return rc;
}

/* Nobody ate it and nobody saw the diner. One who is known to be away, or who cancelled, misses nothing. */
static bool is_missed(const struct office *of, const struct door_order *d)
{
	return !d->cancelled && !d->paused && !outcome_has_flag(of, d->outcome, "eaten") && !outcome_has_flag(of, d->outcome, "reached") &&
	       !outcome_has_flag(of, d->outcome, "away");
}

static enum rc was_missed(struct office *of, int64_t order_id, bool *missed, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct door_order d;
	struct check_row check;
	enum rc rc;

	*missed = false;
	if (order_id == 0)
		return RC_OK;
	if ((rc = door_order_find(of, order_id, &a, &d, e)) != RC_OK || (rc = find_check(of, order_id, &check, e)) != RC_OK)
		return rc;
	*missed = is_missed(of, &d) && !check.settled;
	return RC_OK;
}

/* Somebody sees to the diner already. */
static enum rc is_looked_after(struct office *of, int64_t diner_id, bool *yes, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM welfare_check WHERE diner_id = :diner AND state = 'open' AND deleted_at IS NULL LIMIT 1");

	bind_int(&q, ":diner", diner_id);
	return stmt_step(&q, yes, e);
}

enum rc welfare_follow_missed(struct office *of, int64_t order_id, int64_t *opened, bool *closed, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct door_order d;
	struct check_row check;
	int64_t before = 0;
	bool missed, looked_after;
	enum rc rc;

	if ((rc = door_order_find(of, order_id, &a, &d, e)) != RC_OK || (rc = find_check(of, order_id, &check, e)) != RC_OK ||
	    (rc = find_neighbour(of, &d, true, &before, e)) != RC_OK || (rc = was_missed(of, before, &missed, e)) != RC_OK)
		return rc;
	missed = missed && d.outcome[0] && is_missed(of, &d);
	if (!missed && check.open && strcmp(check.cause, cause_missed) == 0) {
		*closed = true;
		return close_false(of, order_id, "更正后不再是连续两餐没吃上", e);
	}
	if (!missed || check.open || check.settled || cause_of(of, d.outcome, d.condition))
		return RC_OK;
	if ((rc = is_looked_after(of, d.diner_id, &looked_after, e)) != RC_OK || looked_after || (rc = open_check(of, &d, cause_missed, e)) != RC_OK)
		return rc;
	*opened = welfare_check_id(order_id);
	return RC_OK;
}

enum rc welfare_follow(struct office *of, const struct door_order *before, const char *code, const char *condition, struct outcome_said *said,
                       struct err *e)
{
	int64_t after = 0;
	enum rc rc;

	if ((rc = follow_outcome(of, before, code, condition, said, e)) != RC_OK ||
	    (rc = welfare_follow_missed(of, before->id, &said->check_id, &said->check_closed, e)) != RC_OK ||
	    (rc = find_neighbour(of, before, false, &after, e)) != RC_OK || after == 0)
		return rc;
	return welfare_follow_missed(of, after, &said->check_id, &said->check_closed, e);
}
