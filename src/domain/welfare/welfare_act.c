/* What people do about a welfare check: take it, try, go a rung higher, conclude. */
#include "delivery/door_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "welfare_inside.h"

static const char answered[] = "answered", passed_on[] = "passed_on";

static enum rc find_open(struct office *of, int64_t id, struct arena *a, struct welfare_check *c, struct err *e)
{
	enum rc rc = welfare_find(of, id, a, c, e);

	if (rc != RC_OK || c->open)
		return rc;
	return err_set(e, RC_CONFLICT, NULL, "%s的核查已由%s结束：%s", c->name, c->closed_by[0] ? c->closed_by : "别人",
	               office_code_label(of, "welfare_conclusion", c->conclusion));
}

/* Now, but never before what stands there already: a clock that was moved back would turn the ladder upside down. */
static enum rc reckon_now(struct office *of, const struct welfare_check *c, int64_t *at, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(max(at), 0) FROM welfare_step WHERE check_id = :check");
	int64_t last;
	enum rc rc;

	bind_int(&q, ":check", c->id);
	if ((rc = stmt_int(&q, &last, e)) != RC_OK)
		return rc;
	if (last < c->rung_at)
		last = c->rung_at;
	*at = office_now(of) > last ? office_now(of) : last;
	return RC_OK;
}

/* Whoever does something about it has it, and the bell is quiet. */
static enum rc write_taken(struct office *of, int64_t id, int64_t at, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE welfare_check SET rev = rev + 1, taken_by = :me, taken_at = :at WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":at", at);
	return stmt_run(&q, e);
}

static enum rc take(struct office *of, int64_t id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct welfare_check c;
	int64_t at;
	enum rc rc;

	if ((rc = find_open(of, id, &a, &c, e)) != RC_OK || (rc = reckon_now(of, &c, &at, e)) != RC_OK)
		return rc;
	return write_taken(of, id, at, e);
}

enum rc welfare_take(struct office *of, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "welfare.take", e)) != RC_OK || (rc = take(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Tries --------------------------------------------------------------------------------------------------------------------------- */

static enum rc insert_step(struct office *of, const struct welfare_check *c, int64_t at, const char *result, const char *person, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO welfare_step (id, check_id, rung, at, person, result, note, account_id)"
		" VALUES (:id, :check, :rung, :at, :person, :result, :note, :me)");

	bind_int(&q, ":check", c->id);
	bind_int(&q, ":rung", c->rung);
	bind_int(&q, ":at", at);
	bind_text(&q, ":person", text_is_blank(person) ? of->me.name : person);
	bind_text(&q, ":result", result);
	bind_words(&q, ":note", note ? note : "");
	bind_id(&q, ":me", of->me.id);
	return stmt_insert(&q, NULL, e);
}

static enum rc try_rung(struct office *of, int64_t id, const char *result, const char *person, const char *note, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct welfare_check c;
	int64_t at;
	enum rc rc;

	if ((rc = find_open(of, id, &a, &c, e)) != RC_OK || (rc = reckon_now(of, &c, &at, e)) != RC_OK ||
	    (rc = insert_step(of, &c, at, result, person, note, e)) != RC_OK || c.taken_at)
		return rc;
	return write_taken(of, id, at, e);
}

enum rc welfare_try(struct office *of, int64_t id, const char *result, const char *person, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if (strcmp(result, passed_on) == 0 || code_find(form_codes(of->forms, "welfare_result"), result) == NULL)
		return err_set(e, RC_INVALID, "result", "请选结果：见到或联系上，或者没有回应");
	if ((rc = txn_begin(&t, of->st, "welfare.try", e)) != RC_OK || (rc = try_rung(of, id, result, person, note, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Rungs --------------------------------------------------------------------------------------------------------------------------- */

static const char *rung_label(const struct office *of, int rung)
{
	const char code[] = { (char)('0' + rung), '\0' };

	return office_code_label(of, "welfare_rung", code);
}

/* Whoever goes higher has it. */
static enum rc write_rung(struct office *of, const struct welfare_check *c, int to, int64_t at, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE welfare_check SET rev = rev + 1, rung = :rung, rung_at = :at, taken_by = :me, taken_at = :at WHERE id = :id");

	bind_int(&q, ":id", c->id);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":rung", to);
	bind_int(&q, ":at", at);
	return stmt_run(&q, e);
}

static enum rc raise(struct office *of, int64_t id, int from, int to, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct welfare_check c;
	int64_t at;
	enum rc rc;

	if ((rc = find_open(of, id, &a, &c, e)) != RC_OK)
		return rc;
	if (c.rung != from)
		return err_set(e, RC_CONFLICT, NULL, "别人刚转到了「%s」，请看过再转", rung_label(of, c.rung));
	if (to <= from || to > WELFARE_RUNGS)
		return err_set(e, RC_INVALID, "rung", from >= WELFARE_RUNGS ? "已经是最后一级" : "只能转到比「%s」高的一级", rung_label(of, from));
	if ((rc = reckon_now(of, &c, &at, e)) != RC_OK || (rc = insert_step(of, &c, at, passed_on, NULL, rung_label(of, to), e)) != RC_OK)
		return rc;
	return write_rung(of, &c, to, at, e);
}

enum rc welfare_raise(struct office *of, int64_t id, int from_rung, int to_rung, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "welfare.raise", e)) != RC_OK || (rc = raise(of, id, from_rung, to_rung, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Conclusion ---------------------------------------------------------------------------------------------------------------------- */

static enum rc was_answered(struct office *of, int64_t id, bool *yes, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM welfare_step WHERE check_id = :check AND result = :answered LIMIT 1");

	bind_int(&q, ":check", id);
	bind_text(&q, ":answered", answered);
	return stmt_step(&q, yes, e);
}

static enum rc conclude(struct office *of, int64_t id, const char *conclusion, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE welfare_check SET rev = rev + 1, state = 'closed', conclusion = :conclusion, note = :note, closed_at = :at, closed_by = :me WHERE id = :id");
	AUTO_ARENA a = { 0 };
	struct welfare_check c;
	int64_t at;
	bool known;
	enum rc rc;

	if ((rc = find_open(of, id, &a, &c, e)) != RC_OK || (rc = was_answered(of, id, &known, e)) != RC_OK || (rc = reckon_now(of, &c, &at, e)) != RC_OK)
		return rc;
	if (!known && text_is_blank(note))
		return err_set(e, RC_INVALID, "note", "还没有人见到或联系上%s，请写明是怎么知道的", c.name);
	bind_int(&q, ":id", id);
	bind_text(&q, ":conclusion", conclusion);
	bind_words(&q, ":note", note ? note : "");
	bind_int(&q, ":at", at);
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

enum rc welfare_close(struct office *of, int64_t id, const char *conclusion, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if (code_find(form_codes(of->forms, "welfare_conclusion"), conclusion) == NULL)
		return err_set(e, RC_INVALID, "conclusion", "请选结论");
	if ((rc = txn_begin(&t, of->st, "welfare.close", e)) != RC_OK || (rc = conclude(of, id, conclusion, note, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc reopen(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE welfare_check SET rev = rev + 1, state = 'open', conclusion = NULL, note = NULL, closed_at = NULL, closed_by = NULL, rung_at = :now,"
		" taken_by = :me, taken_at = :now WHERE id = :id");
	AUTO_ARENA a = { 0 };
	struct welfare_check c;
	enum rc rc;

	if ((rc = welfare_find(of, id, &a, &c, e)) != RC_OK)
		return rc;
	if (c.open)
		return err_set(e, RC_INVALID, NULL, "%s的核查没有结束，接着做就行", c.name);
	if (day_of_instant(c.closed_at) != office_today(of))
		return err_set(e, RC_INVALID, NULL, "%s的核查不是今天结束的，不能再打开；人又找不到了请重新登记送达结果", c.name);
	if ((rc = meal_require_open(of, c.day, c.meal, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

enum rc welfare_reopen(struct office *of, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "welfare.reopen", e)) != RC_OK || (rc = reopen(of, id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
