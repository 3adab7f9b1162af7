/* Diners as orders need them: what says whether and how they eat, without names and addresses. */
#include "order_rules.h"

#include "base/day.h"
#include "store/stmt.h"

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

static void read_diner(const struct stmt *q, struct arena *a, void *out)
{
	*(struct diner *)out = (struct diner){
		.id = column_int(q, 0), .status = diner_status_from_key(column_text(q, 1)), .status_day = column_day(q, 2), .status_why = kept(q, 3, a),
		.way = kept(q, 4, a), .entitled_why = kept(q, 5, a), .entitled_to_day = column_day(q, 6), .deleted = column_int(q, 7) != 0,
		.resident_status = kept(q, 8, a), .who = { .deleted = column_int(q, 9) != 0 },
	};
}

static void read_plan(const struct stmt *q, struct arena *a, void *out)
{
	*(struct meal_plan *)out = (struct meal_plan){
		.id = column_int(q, 0), .weekdays = kept(q, 1, a), .meal = kept(q, 2, a), .portions = (int)column_int(q, 3), .size = kept(q, 4, a),
		.way = kept(q, 5, a), .from_day = column_day(q, 6), .to_day = column_day(q, 7),
	};
}

static void read_pause(const struct stmt *q, struct arena *a, void *out)
{
	*(struct meal_pause *)out = (struct meal_pause){
		.id = column_int(q, 0), .from_day = column_day(q, 1), .to_day = column_day(q, 2), .reason = kept(q, 3, a), .why = kept(q, 4, a),
	};
}

static enum rc add_parts(struct office *of, struct diner *d, struct arena *a, struct err *e)
{
	AUTO_STMT plans = stmt_use(of->st,
		"SELECT id, weekdays, meal, portions, coalesce(size, 'normal'), way, from_day, to_day FROM meal_plan"
		" WHERE diner_id = :id AND deleted_at IS NULL AND (to_day IS NULL OR to_day >= :today) /*scan*/");
	AUTO_STMT pauses = stmt_use(of->st,
		"SELECT id, from_day, to_day, reason, why FROM meal_pause WHERE diner_id = :id AND deleted_at IS NULL AND to_day >= :today ORDER BY from_day /*scan*/");
	enum rc rc;

	bind_int(&plans, ":id", d->id);
	bind_day(&plans, ":today", office_today(of));
	bind_int(&pauses, ":id", d->id);
	bind_day(&pauses, ":today", office_today(of));
	if ((rc = stmt_rows(&plans, a, sizeof *d->plans, read_plan, &d->plans, &d->n_plans, e)) != RC_OK)
		return rc;
	return stmt_rows(&pauses, a, sizeof *d->pauses, read_pause, &d->pauses, &d->n_pauses, e);
}

#define DINER \
	"SELECT d.id, d.status, d.status_day, d.status_why, d.way, d.entitled_why, d.entitled_to_day, d.deleted_at IS NOT NULL, r.status," \
	" r.deleted_at IS NOT NULL FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id WHERE "

enum rc order_diners(struct office *of, int64_t after, int max, struct arena *a, struct diner **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, DINER "d.id > :after ORDER BY d.id LIMIT :max");
	struct diner *list;
	size_t count;
	enum rc rc;

	bind_int(&q, ":after", after);
	bind_int(&q, ":max", max);
	if ((rc = stmt_rows(&q, a, sizeof *list, read_diner, &list, &count, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < count; i++)
		if ((rc = add_parts(of, &list[i], a, e)) != RC_OK)
			return rc;
	*out = list;
	*n = count;
	return RC_OK;
}

enum rc order_diner(struct office *of, int64_t id, struct arena *a, struct diner *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, DINER "d.id = :id");
	struct diner d;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位就餐老人的记录", e)) != RC_OK)
		return rc;
	read_diner(&q, a, &d);
	if ((rc = add_parts(of, &d, a, e)) != RC_OK)
		return rc;
	*out = d;
	return RC_OK;
}
