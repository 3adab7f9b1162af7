/* A meal is closed when everything of it is known, and opened again by the head. */
#include "domain/meal_close.h"

#include <inttypes.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "door_rules.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define NAMES 5                          /* in a sentence; how many there are it says as well */

int64_t meal_close_id(int32_t day, const char *meal)
{
	AUTO_FREE char *key = mem_format("%" PRId32 " %s", day, meal);

	return store_derived_id("meal_close", key);
}

static void bind_meal(struct stmt *q, int32_t day, const char *meal)
{
	bind_day(q, ":day", day);
	bind_text(q, ":meal", meal);
}

/* What stands in the way ------------------------------------------------------------------------------------------------------------ */

/* Names of a statement's rows, with how many there are. */
static enum rc collect(struct stmt *q, struct strbuf *names, size_t *n, struct err *e)
{
	bool row;
	enum rc rc;

	*n = 0;
	while ((rc = stmt_step(q, &row, e)) == RC_OK && row)
		if ((*n)++ < NAMES)
			strbuf_format(names, "%s%s", names->n ? "、" : "", column_text(q, 0));
	if (*n > NAMES)
		strbuf_add(names, "等");
	return rc;
}

static enum rc check_reported(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT r.name FROM meal_order AS o JOIN diner AS d ON d.id = o.diner_id LEFT JOIN resident AS r ON r.id = d.resident_id"
		" WHERE o.day = :day AND o.meal = :meal AND o.outcome IS NULL AND o.state = 'ordered' ORDER BY o.id");
	AUTO_STRBUF names = { 0 };
	size_t n;
	enum rc rc;

	bind_meal(&q, day, meal);
	if ((rc = collect(&q, &names, &n, e)) != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_INVALID, "outcome", "还有 %zu 份未回报：%s；没人送的请登记「%s」", n, strbuf_str(&names), office_code_label(of, "outcome", "f8"));
}

static enum rc check_checks(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT r.name FROM welfare_check AS w JOIN meal_order AS o ON o.id = w.order_id JOIN diner AS d ON d.id = o.diner_id"
		" LEFT JOIN resident AS r ON r.id = d.resident_id WHERE w.state = 'open' AND w.deleted_at IS NULL AND o.day = :day AND o.meal = :meal"
		" ORDER BY w.opened_at, w.id /*scan*/");
	AUTO_STRBUF names = { 0 };
	size_t n;
	enum rc rc;

	bind_meal(&q, day, meal);
	if ((rc = collect(&q, &names, &n, e)) != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_INVALID, "check", "还有 %zu 个关爱核查没有结束：%s；人没事了再关账", n, strbuf_str(&names));
}

static enum rc check_routes(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT t.line || '号线' || coalesce(v.name, '') FROM route AS t LEFT JOIN volunteer AS v ON v.id = t.volunteer_id WHERE t.day = :day"
		" AND t.meal = :meal AND t.state = 'out' AND t.deleted_at IS NULL AND t.merged_into_id IS NULL ORDER BY t.line");
	AUTO_STRBUF names = { 0 };
	size_t n;
	enum rc rc;

	bind_meal(&q, day, meal);
	if ((rc = collect(&q, &names, &n, e)) != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_INVALID, "route", "还有 %zu 条线路没有回来：%s；回来了的请先登记", n, strbuf_str(&names));
}

static enum rc check_day(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM meal_order WHERE day = :day AND meal = :meal LIMIT 1");
	int leave = meal_leave_min(of, meal);
	bool any;
	enum rc rc;

	if ((rc = meal_require_open(of, day, meal, e)) != RC_OK)
		return rc;
	if (leave < 0 || office_now(of) < instant_of_day(day, leave))
		return err_set(e, RC_INVALID, "day", "这一餐还没有出餐，不能关账");
	bind_meal(&q, day, meal);
	if ((rc = stmt_step(&q, &any, e)) != RC_OK || any)
		return rc;
	return err_set(e, RC_INVALID, "day", "这一餐没有人订餐，不用关账");
}

/* Checks that two missed meals want, of whoever was not seen at this one; *opened how many. */
static enum rc sweep_missed(struct office *of, int32_t day, const char *meal, size_t *opened, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM meal_order WHERE day = :day AND meal = :meal AND outcome IS NOT NULL AND state = 'ordered'");
	enum rc rc;
	bool row;

	bind_meal(&q, day, meal);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int64_t check = 0;
		bool closed = false;

		if ((rc = welfare_follow_missed(of, column_int(&q, 0), &check, &closed, e)) != RC_OK)
			return rc;
		*opened += check != 0;
	}
	return rc;
}

/* Closing ------------------------------------------------------------------------------------------------------------------------- */

static enum rc close_routes(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE route SET rev = rev + 1, state = 'closed' WHERE day = :day AND meal = :meal AND state <> 'closed' AND deleted_at IS NULL");

	bind_meal(&q, day, meal);
	return stmt_run(&q, e);
}

static enum rc write_close(struct office *of, int32_t day, const char *meal, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO meal_close (id, day, meal, closed_at, account_id, note) VALUES (:id, :day, :meal, :now, :me, :note)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, closed_at = excluded.closed_at, account_id = excluded.account_id, note = excluded.note,"
		" deleted_at = NULL, deleted_by = NULL, deleted_why = NULL");

	bind_int(&q, ":id", meal_close_id(day, meal));
	bind_meal(&q, day, meal);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_words(&q, ":note", note ? note : "");
	return stmt_run(&q, e);
}

/* A check that is opened on the way stays, though the meal then stays open as well. */
static enum rc close_meal(struct office *of, int32_t day, const char *meal, const char *note, size_t *opened, struct err *e)
{
	enum rc rc;

	if ((rc = check_day(of, day, meal, e)) != RC_OK || (rc = check_reported(of, day, meal, e)) != RC_OK ||
	    (rc = check_routes(of, day, meal, e)) != RC_OK || (rc = sweep_missed(of, day, meal, opened, e)) != RC_OK || *opened > 0 ||
	    (rc = check_checks(of, day, meal, e)) != RC_OK || (rc = close_routes(of, day, meal, e)) != RC_OK)
		return rc;
	return write_close(of, day, meal, note, e);
}

enum rc meal_close(struct office *of, int32_t day, const char *meal, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	size_t opened = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_CLOSE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "meal.close", e)) != RC_OK ||
	    (rc = close_meal(of, day, meal, note, &opened, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK || opened == 0)
		return rc;
	return err_set(e, RC_INVALID, "check", "有 %zu 位老人连续两餐没吃上，已开关爱核查；人没事了再关账", opened);
}

/* Opening again ------------------------------------------------------------------------------------------------------------------- */

static enum rc mark_open(struct office *of, int32_t day, const char *meal, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_close SET rev = rev + 1, deleted_at = :now, deleted_by = :me, deleted_why = :why WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", meal_close_id(day, meal));
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_text(&q, ":why", why);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return store_changes(of->st) == 1 ? RC_OK : err_set(e, RC_INVALID, "day", "这一餐没有关账，可以直接改");
}

static enum rc open_routes(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE route SET rev = rev + 1, state = iif(left_at IS NULL, 'confirmed', 'back') WHERE day = :day AND meal = :meal AND state = 'closed'"
		" AND deleted_at IS NULL");

	bind_meal(&q, day, meal);
	return stmt_run(&q, e);
}

enum rc meal_reopen(struct office *of, int32_t day, const char *meal, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MEAL_REOPEN, e)) != RC_OK)
		return rc;
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明为什么重新开账");
	if ((rc = txn_begin(&t, of->st, "meal.reopen", e)) != RC_OK || (rc = mark_open(of, day, meal, why, e)) != RC_OK ||
	    (rc = open_routes(of, day, meal, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Undoing ------------------------------------------------------------------------------------------------------------------------- */

/* What an undo has touched of a meal that is closed, or a meal that it has opened. */
static const char fallen_sql[] =
	"SELECT tbl FROM journal LEFT JOIN meal_order AS o ON o.id = CASE tbl WHEN 'meal_order' THEN journal.id"
	"  WHEN 'welfare_check' THEN (SELECT order_id FROM welfare_check AS w WHERE w.id = journal.id)"
	"  WHEN 'stop' THEN (SELECT order_id FROM stop AS s WHERE s.id = journal.id) END"
	" WHERE journal.site = yl_site() AND journal.no = yl_no() AND tbl IN ('meal_order', 'welfare_check', 'stop', 'meal_close')"
	" AND (tbl = 'meal_close' OR EXISTS (SELECT 1 FROM meal_close AS c WHERE c.day = o.day AND c.meal = o.meal AND c.deleted_at IS NULL)) LIMIT 1";

enum rc meals_stand(struct office *of, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, fallen_sql);
	bool row;
	enum rc rc = stmt_step(&q, &row, e);

	if (rc != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, NULL, "这一餐已经关账，不能撤销；确实要改请书记重新开账");
}
