/* What happened at the door is written down, corrected, or taken back. */
#include "door_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "store/stmt.h"
#include "store/txn.h"

bool outcome_has_flag(const struct office *of, const char *code, const char *flag)
{
	const struct code *c = code_find(form_codes(of->forms, "outcome"), code);

	return c && code_has_flag(c, flag);
}

enum rc door_order_find(struct office *of, int64_t id, struct arena *a, struct door_order *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT o.diner_id, o.outcome_at, t.id, t.volunteer_id, t.left_at, o.day, t.line, o.meal, o.way, o.outcome, o.condition, r.name,"
		" o.state = 'cancelled', d.status IN ('paused') OR EXISTS (SELECT 1 FROM meal_pause AS p WHERE p.diner_id = o.diner_id AND p.from_day <= o.day"
		"  AND p.to_day >= o.day AND p.deleted_at IS NULL)"
		" FROM meal_order AS o JOIN diner AS d ON d.id = o.diner_id LEFT JOIN resident AS r ON r.id = d.resident_id"
		" LEFT JOIN stop AS s ON s.order_id = o.id AND s.deleted_at IS NULL"
		" LEFT JOIN route AS t ON t.id = s.route_id AND t.deleted_at IS NULL AND t.merged_into_id IS NULL WHERE o.id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这份订餐", e)) != RC_OK)
		return rc;
	*out = (struct door_order){
		.id = id, .diner_id = column_int(&q, 0), .outcome_at = column_int(&q, 1), .route_id = column_int(&q, 2), .carrier_id = column_int(&q, 3),
		.left_at = column_int(&q, 4), .day = column_day(&q, 5), .line = (int)column_int(&q, 6), .meal = arena_copy(a, column_text(&q, 7)),
		.way = arena_copy(a, column_text(&q, 8)), .outcome = arena_copy(a, column_text(&q, 9)), .condition = arena_copy(a, column_text(&q, 10)),
		.name = arena_copy(a, column_text(&q, 11)), .cancelled = column_int(&q, 12) != 0, .paused = column_int(&q, 13) != 0,
	};
	return RC_OK;
}

/* What may be written ------------------------------------------------------------------------------------------------------------- */

static enum rc check_code(const struct office *of, const struct door_order *d, const struct outcome_entry *x, struct err *e)
{
	if (x->code && code_find(form_codes(of->forms, "outcome"), x->code) == NULL)
		return err_set(e, RC_INVALID, "outcome", "请选送达结果");
	if (x->code && strcmp(d->way, "delivery") != 0 && outcome_has_flag(of, x->code, "door"))
		return err_set(e, RC_INVALID, "outcome", "%s这份是%s，没有「%s」；来吃了、来取了的请登记「%s」", d->name, office_code_label(of, "meal_way", d->way),
		               office_code_label(of, "outcome", x->code), office_code_label(of, "outcome", "s5"));
	if (x->condition && x->condition[0] && code_find(form_codes(of->forms, "diner_condition"), x->condition) == NULL)
		return err_set(e, RC_INVALID, "condition", "请选本人状态：好、一般或异常");
	return RC_OK;
}

static enum rc check_day(struct office *of, const struct door_order *d, struct err *e)
{
	AUTO_STRBUF today = { 0 };

	day_format(&today, office_today(of));
	if (d->cancelled)
		return err_set(e, RC_INVALID, "outcome", "%s这份订餐已经取消，没有送达结果；照样做了饭的请先恢复订餐", d->name);
	if (d->day > office_today(of))
		return err_set(e, RC_INVALID, "outcome", "还没到这一天，不能登记送达结果（本机今天是 %s，日期不对的请先校准时钟）", strbuf_str(&today));
	return meal_require_open(of, d->day, d->meal, e);
}

static enum rc check_correction(struct office *of, const struct door_order *d, const struct outcome_entry *x, struct err *e)
{
	enum rc rc;

	if (d->outcome[0] == '\0' || d->day >= office_today(of))
		return RC_OK;
	if ((rc = office_require(of, MAY_MEAL_REOPEN, e)) != RC_OK)
		return rc;
	if (text_is_blank(x->why))
		return err_set(e, RC_INVALID, "why", "过了当天更正送达结果，请写明原因");
	return RC_OK;
}

/* A time that was typed. */
static enum rc check_at(struct office *of, const struct door_order *d, int64_t at, struct err *e)
{
	AUTO_STRBUF left = { 0 };

	if (at == 0)
		return RC_OK;
	if (at > office_now(of))
		return err_set(e, RC_INVALID, "at", "还没到这个时间，请改成送到的时间");
	if (day_of_instant(at) != d->day)
		return err_set(e, RC_INVALID, "at", "时间要在这一餐的当天");
	if (at >= d->left_at)
		return RC_OK;
	time_format(&left, minutes_of_instant(d->left_at));
	return err_set(e, RC_INVALID, "at", "%d号线 %s 才出发，送到不会比这更早；请改时间", d->line, strbuf_str(&left));
}

/* Writing ------------------------------------------------------------------------------------------------------------------------- */

/* The last thing that is known of the route: what is told now came after it, whatever the clock says. */
static enum rc find_last(struct office *of, const struct door_order *d, int64_t *last, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT coalesce(max(o.outcome_at), 0) FROM stop AS s JOIN meal_order AS o ON o.id = s.order_id WHERE s.route_id = :route AND s.deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":route", d->route_id);
	if ((rc = stmt_int(&q, last, e)) == RC_OK && *last < d->left_at)
		*last = d->left_at;
	return rc;
}

/* When it was: as typed; of a correction as it was; else now, but never before what is known already. */
static enum rc reckon_at(struct office *of, const struct door_order *d, const struct outcome_entry *x, int64_t *at, struct outcome_said *said, struct err *e)
{
	int64_t last = 0;
	enum rc rc;

	if (x->at || d->outcome_at) {
		*at = x->at ? x->at : d->outcome_at;
		return RC_OK;
	}
	if (d->route_id && (rc = find_last(of, d, &last, e)) != RC_OK)
		return rc;
	*at = office_now(of);
	if (last > *at)
		*at = said->clock_at = last;
	return RC_OK;
}

static enum rc write_outcome(struct office *of, const struct door_order *d, const struct outcome_entry *x, int64_t at, const char *condition, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_order SET rev = rev + 1, outcome = :code, outcome_at = :at, condition = :condition, outcome_note = coalesce(:note, outcome_note),"
		" outcome_volunteer_id = :volunteer, outcome_by = :me, outcome_why = :why WHERE id = :id");

	bind_int(&q, ":id", d->id);
	bind_text(&q, ":code", x->code);
	bind_int(&q, ":at", at);
	bind_words(&q, ":condition", condition);
	bind_text(&q, ":note", x->note);
	bind_id(&q, ":volunteer", x->volunteer_id ? x->volunteer_id : d->carrier_id);
	bind_id(&q, ":me", of->me.id);
	bind_text(&q, ":why", text_is_blank(x->why) ? NULL : x->why);
	return stmt_run(&q, e);
}

static enum rc clear_outcome(struct office *of, const struct door_order *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_order SET rev = rev + 1, outcome = NULL, outcome_at = NULL, condition = NULL, outcome_note = NULL, outcome_volunteer_id = NULL,"
		" outcome_by = NULL, outcome_why = NULL WHERE id = :id AND outcome IS NOT NULL");

	bind_int(&q, ":id", d->id);
	return stmt_run(&q, e);
}

static bool changes_nothing(const struct door_order *d, const struct outcome_entry *x)
{
	return strcmp(x->code, d->outcome) == 0 && x->note == NULL && x->at == 0 && x->volunteer_id == 0 &&
	       (x->condition == NULL || strcmp(x->condition, d->condition) == 0);
}

static enum rc set_one(struct office *of, int64_t order_id, const struct outcome_entry *x, struct outcome_said *said, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct door_order d;
	const char *condition;
	int64_t at;
	enum rc rc;

	if ((rc = door_order_find(of, order_id, &a, &d, e)) != RC_OK || (rc = check_day(of, &d, e)) != RC_OK || (rc = check_code(of, &d, x, e)) != RC_OK ||
	    (rc = check_correction(of, &d, x, e)) != RC_OK || (rc = check_at(of, &d, x->at, e)) != RC_OK)
		return rc;
	if (x->code == NULL) {
		if ((rc = clear_outcome(of, &d, e)) != RC_OK)
			return rc;
		return welfare_follow(of, &d, "", "", said, e);
	}
	if (changes_nothing(&d, x))
		return RC_OK;
	condition = x->condition ? x->condition : d.condition;
	if ((rc = reckon_at(of, &d, x, &at, said, e)) != RC_OK || (rc = write_outcome(of, &d, x, at, condition, e)) != RC_OK)
		return rc;
	said->offer_pause = outcome_has_flag(of, x->code, "away") && !d.paused;
	return welfare_follow(of, &d, x->code, condition, said, e);
}

enum rc outcome_set(struct office *of, int64_t order_id, const struct outcome_entry *x, struct outcome_said *said, struct err *e)
{
	AUTO_TXN t = { 0 };
	struct outcome_said own = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_OUTCOME_EDIT, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, x->code ? "outcome.set" : "outcome.clear", e)) != RC_OK || (rc = set_one(of, order_id, x, &own, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*said = own;
	return RC_OK;
}

/* Several ------------------------------------------------------------------------------------------------------------------------- */

static enum rc fill_one(struct office *of, int64_t id, const char *code, size_t *written, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM meal_order WHERE id = :id AND outcome IS NULL AND state = 'ordered'");
	struct outcome_said said = { 0 };
	bool wanted;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &wanted, e)) != RC_OK || !wanted)
		return rc;
	*written += 1;
	return set_one(of, id, &(struct outcome_entry){ .code = code }, &said, e);
}

enum rc outcome_fill(struct office *of, const int64_t *ids, size_t n, const char *code, size_t *written, struct err *e)
{
	AUTO_TXN t = { 0 };
	size_t count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_OUTCOME_EDIT, e)) != RC_OK)
		return rc;
	if (outcome_has_flag(of, code, "check"))
		return err_set(e, RC_INVALID, "outcome", "「%s」要做关爱核查，请一份一份登记", office_code_label(of, "outcome", code));
	rc = txn_begin(&t, of->st, "outcome.fill", e);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = fill_one(of, ids[i], code, &count, e);
	if (rc != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*written = count;
	return RC_OK;
}

void outcome_said_words(const struct outcome_said *said, struct strbuf *out)
{
	if (said->check_id)
		strbuf_add(out, "，已开关爱核查");
	if (said->check_closed)
		strbuf_add(out, "，关爱核查已按误报结束");
	if (said->excused)
		strbuf_add(out, "；这天登记过暂停，不开核查");
	if (said->clock_at) {
		strbuf_add(out, "；本机时钟比上一次登记的早，按 ");
		time_format(out, minutes_of_instant(said->clock_at));
		strbuf_add(out, " 记，请校准时钟");
	}
	if (said->offer_pause)
		strbuf_add(out, "；以后几天也不吃的请登记暂停");
}
