/* A diner with everything that hangs on the record: for the page, for orders, for routes. */
#include "domain/diner.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "store/stmt.h"

static const char *const status_keys[] = {
#define X(upper, lower) [DINER_##upper] = #lower,
	DINER_STATUSES(X)
#undef X
};

const char *diner_status_key(enum diner_status s)
{
	return s < DINER_STATUS_COUNT ? status_keys[s] : "";
}

enum diner_status diner_status_from_key(const char *key)
{
	return (enum diner_status)text_index(status_keys, COUNT(status_keys), key);
}

bool diner_has_ended(enum diner_status s)
{
	return s == DINER_STOPPED || s == DINER_QUIET || s == DINER_DECEASED;
}

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

/* The row ------------------------------------------------------------------------------------------------------------------------ */

enum {
	COL_REV, COL_RESIDENT, COL_VOLUNTEER_ID, COL_NUMBER, COL_STATUS, COL_STATUS_DAY, COL_STATUS_WHY, COL_CLASS, COL_PAYER, COL_PAYER_NAME, COL_PAYMENT,
	COL_WAY, COL_ENTITLED, COL_ENTITLED_TO, COL_LINE, COL_POSITION, COL_VOLUNTEER, COL_BEGIN, COL_END, COL_WAIT, COL_MAY_LEAVE, COL_STAND_IN,
	COL_STAND_IN_PHONE, COL_KEY_HOLDER, COL_KEY_PHONE, COL_DIETS, COL_ALLERGENS, COL_AVOIDS, COL_DOOR, COL_NOTE, COL_DELETED, COL_GONE, COL_PRESENCE,
};

static const char row_sql[] =
	"SELECT d.rev, d.resident_id, d.volunteer_id, d.number, d.status, d.status_day, d.status_why, d.subsidy_class, d.payer, d.payer_name, d.payment,"
	" d.way, d.entitled_why, d.entitled_to_day, d.line, d.line_position, v.name, d.window_begin_min, d.window_end_min, d.wait_min, d.may_leave,"
	" d.stand_in, d.stand_in_phone, d.key_holder, d.key_phone, d.diets, d.allergens, d.avoids, d.door_note, d.note, d.deleted_at IS NOT NULL,"
	" v.deleted_at IS NOT NULL OR v.status IS 'stopped', r.status FROM diner AS d LEFT JOIN volunteer AS v ON v.id = d.volunteer_id"
	" LEFT JOIN resident AS r ON r.id = d.resident_id WHERE d.id = :id";

/* A telephone number as the account may read it. */
static const char *telephone(const struct office *of, const char *field, const char *raw, int64_t grid_id, struct arena *a)
{
	const struct field *f = form_field(form_find(of->forms, "diner"), field);
	AUTO_STRBUF out = { 0 };

	register_show(of, f, raw, grid_id, &out);
	return arena_copy(a, strbuf_str(&out));
}

static int minute(const struct stmt *q, int column)
{
	return column_is_null(q, column) ? -1 : (int)column_int(q, column);
}

static enum rc read_row(struct office *of, int64_t id, struct arena *a, struct diner *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, row_sql);
	struct resident_summary who = { .name = "", .sex = "", .age = -1, .phone = "", .address = "", .grid = "", .relation = "", .care = "", .status = "" };
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位就餐老人的记录", e)) != RC_OK)
		return rc;
	if (column_int(&q, COL_RESIDENT) != 0 && (rc = resident_summary(of, column_int(&q, COL_RESIDENT), a, &who, e)) != RC_OK)
		return rc;
	*d = (struct diner){
		.id = id, .rev = column_int(&q, COL_REV), .who = who, .volunteer_id = column_int(&q, COL_VOLUNTEER_ID), .number = kept(&q, COL_NUMBER, a),
		.status_why = kept(&q, COL_STATUS_WHY, a), .subsidy_class = kept(&q, COL_CLASS, a), .payer = kept(&q, COL_PAYER, a),
		.payer_name = kept(&q, COL_PAYER_NAME, a), .payment = kept(&q, COL_PAYMENT, a), .way = kept(&q, COL_WAY, a),
		.entitled_why = kept(&q, COL_ENTITLED, a), .volunteer = kept(&q, COL_VOLUNTEER, a), .stand_in = kept(&q, COL_STAND_IN, a),
		.stand_in_phone = telephone(of, "stand_in_phone", column_text(&q, COL_STAND_IN_PHONE), who.grid_id, a),
		.key_holder = kept(&q, COL_KEY_HOLDER, a), .key_phone = telephone(of, "key_phone", column_text(&q, COL_KEY_PHONE), who.grid_id, a),
		.diets = kept(&q, COL_DIETS, a), .allergens = kept(&q, COL_ALLERGENS, a), .avoids = kept(&q, COL_AVOIDS, a),
		.door_note = kept(&q, COL_DOOR, a), .note = kept(&q, COL_NOTE, a), .resident_status = kept(&q, COL_PRESENCE, a),
		.status_day = column_day(&q, COL_STATUS_DAY), .entitled_to_day = column_day(&q, COL_ENTITLED_TO), .line = (int)column_int(&q, COL_LINE),
		.line_position = (int)column_int(&q, COL_POSITION), .window_begin_min = minute(&q, COL_BEGIN), .window_end_min = minute(&q, COL_END),
		.wait_min = (int)column_int(&q, COL_WAIT), .may_leave = column_int(&q, COL_MAY_LEAVE) != 0, .deleted = column_int(&q, COL_DELETED) != 0,
		.volunteer_gone = column_int(&q, COL_GONE) != 0, .status = diner_status_from_key(column_text(&q, COL_STATUS)),
	};
	return RC_OK;
}

/* What belongs to it ------------------------------------------------------------------------------------------------------------- */

static void read_plan(const struct stmt *q, struct arena *a, void *out)
{
	*(struct meal_plan *)out = (struct meal_plan){
		.id = column_int(q, 0), .rev = column_int(q, 1), .weekdays = kept(q, 2, a), .meal = kept(q, 3, a), .portions = (int)column_int(q, 4),
		.size = kept(q, 5, a), .way = kept(q, 6, a), .from_day = column_day(q, 7), .to_day = column_day(q, 8),
	};
}

static void read_pause(const struct stmt *q, struct arena *a, void *out)
{
	*(struct meal_pause *)out = (struct meal_pause){
		.id = column_int(q, 0), .rev = column_int(q, 1), .from_day = column_day(q, 2), .to_day = column_day(q, 3), .reason = kept(q, 4, a),
		.why = kept(q, 5, a),
	};
}

static void read_block(const struct stmt *q, struct arena *a, void *out)
{
	*(struct diner_block *)out = (struct diner_block){
		.id = column_int(q, 0), .volunteer_id = column_int(q, 1), .volunteer = kept(q, 2, a), .why = kept(q, 3, a),
	};
}

static void read_meal(const struct stmt *q, struct arena *a, void *out)
{
	*(struct diner_meal *)out = (struct diner_meal){
		.id = column_int(q, 0), .day = column_day(q, 1), .meal = kept(q, 2, a), .portions = (int)column_int(q, 3), .way = kept(q, 4, a),
		.cancelled = column_int(q, 5) != 0, .outcome = kept(q, 6, a), .why = kept(q, 7, a),
	};
}

static const char plans_sql[] =
	"SELECT id, rev, weekdays, meal, portions, size, way, from_day, to_day FROM meal_plan WHERE diner_id = :id AND deleted_at IS NULL"
	" ORDER BY instr('breakfast lunch dinner', meal), from_day, weekdays, id /*scan*/";
static const char pauses_sql[] =
	"SELECT id, rev, from_day, to_day, reason, why FROM meal_pause WHERE diner_id = :id AND deleted_at IS NULL AND (to_day >= :today OR id IN"
	" (SELECT id FROM meal_pause WHERE diner_id = :id AND deleted_at IS NULL AND to_day < :today ORDER BY to_day DESC LIMIT 10))"
	" ORDER BY to_day < :today, CASE WHEN to_day >= :today THEN from_day ELSE -to_day END, id /*scan*/";
static const char blocks_sql[] =
	"SELECT b.id, b.volunteer_id, v.name, b.why FROM diner_block AS b LEFT JOIN volunteer AS v ON v.id = b.volunteer_id"
	" WHERE b.diner_id = :id AND b.deleted_at IS NULL ORDER BY v.name_pinyin, b.id /*scan*/";

static const char meals_sql[] =
	"SELECT id, day, meal, portions, way, state = 'cancelled', outcome, why FROM meal_order WHERE diner_id = :id ORDER BY day DESC, meal DESC LIMIT 20";

static enum rc read_all(struct office *of, const char *sql, int64_t id, size_t bytes, stmt_read *read, struct arena *a, void *out, size_t *n,
                        struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", id);
	if (strstr(sql, ":today"))
		bind_int(&q, ":today", office_today(of));
	return stmt_rows(&q, a, bytes, read, out, n, e);
}

enum rc diner_load(struct office *of, int64_t id, struct arena *a, struct diner *out, struct err *e)
{
	struct diner d;
	enum rc rc;

	if ((rc = office_require(of, MAY_DINER_VIEW, e)) != RC_OK || (rc = read_row(of, id, a, &d, e)) != RC_OK ||
	    (rc = read_all(of, plans_sql, id, sizeof *d.plans, read_plan, a, &d.plans, &d.n_plans, e)) != RC_OK ||
	    (rc = read_all(of, pauses_sql, id, sizeof *d.pauses, read_pause, a, &d.pauses, &d.n_pauses, e)) != RC_OK ||
	    (rc = read_all(of, blocks_sql, id, sizeof *d.blocks, read_block, a, &d.blocks, &d.n_blocks, e)) != RC_OK ||
	    (rc = read_all(of, meals_sql, id, sizeof *d.meals, read_meal, a, &d.meals, &d.n_meals, e)) != RC_OK)
		return rc;
	*out = d;
	return RC_OK;
}

enum rc diner_of_resident(struct office *of, int64_t resident_id, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(min(id), 0) FROM diner WHERE resident_id = :resident AND deleted_at IS NULL");
	enum rc rc = office_require(of, MAY_DINER_VIEW, e);

	bind_int(&q, ":resident", resident_id);
	return rc == RC_OK ? stmt_int(&q, id, e) : rc;
}
