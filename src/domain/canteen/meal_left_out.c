/* Who wanted to eat and gets nothing, each with the reason: a plan without an order, or an order that was cancelled. */
#include "meal_day_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/diner.h"
#include "store/stmt.h"

/* A diner whose plan holds that day, as far as diner_wants() looks at it. */
struct planned {
	struct diner diner;
	struct meal_plan plan;
	struct meal_pause pause;
};

enum {
	COL_DINER, COL_NUMBER, COL_NAME, COL_STATUS, COL_STATUS_DAY, COL_STATUS_WHY, COL_PRESENCE, COL_RESIDENT_GONE, COL_WEEKDAYS, COL_PORTIONS,
	COL_FROM, COL_TO, COL_PAUSE, COL_PAUSE_FROM, COL_PAUSE_TO, COL_PAUSE_REASON, COL_PAUSE_WHY,
};

static const char planned_sql[] =
	"SELECT d.id, d.number, r.name, d.status, d.status_day, d.status_why, r.status, r.deleted_at IS NOT NULL, p.weekdays, p.portions, p.from_day,"
	" p.to_day, x.id, x.from_day, x.to_day, x.reason, x.why"
	" FROM meal_plan AS p JOIN diner AS d ON d.id = p.diner_id LEFT JOIN resident AS r ON r.id = d.resident_id"
	" LEFT JOIN meal_pause AS x ON x.id = (SELECT id FROM meal_pause WHERE diner_id = d.id AND :day BETWEEN from_day AND to_day AND deleted_at IS NULL LIMIT 1)"
	" WHERE p.meal = :meal AND instr(p.weekdays, :weekday) > 0 AND (p.from_day IS NULL OR p.from_day <= :day) AND (p.to_day IS NULL OR p.to_day >= :day)"
	" AND p.deleted_at IS NULL AND d.deleted_at IS NULL"
	" AND NOT EXISTS (SELECT 1 FROM meal_order AS o WHERE o.diner_id = d.id AND o.day = :day AND o.meal = :meal)"
	" GROUP BY d.id /*scan*/";

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

static void read_planned(const struct stmt *q, struct arena *a, void *out)
{
	*(struct planned *)out = (struct planned){
		.diner = { .id = column_int(q, COL_DINER), .number = kept(q, COL_NUMBER, a), .status_why = kept(q, COL_STATUS_WHY, a),
		           .resident_status = kept(q, COL_PRESENCE, a), .status_day = column_day(q, COL_STATUS_DAY),
		           .status = diner_status_from_key(column_text(q, COL_STATUS)),
		           .who = { .name = kept(q, COL_NAME, a), .deleted = column_int(q, COL_RESIDENT_GONE) != 0 } },
		.plan = { .weekdays = kept(q, COL_WEEKDAYS, a), .portions = (int)column_int(q, COL_PORTIONS), .from_day = column_day(q, COL_FROM),
		          .to_day = column_day(q, COL_TO) },
		.pause = { .id = column_int(q, COL_PAUSE), .from_day = column_day(q, COL_PAUSE_FROM), .to_day = column_day(q, COL_PAUSE_TO),
		           .reason = kept(q, COL_PAUSE_REASON, a), .why = kept(q, COL_PAUSE_WHY, a) },
	};
}

static enum rc read_all(struct office *of, const struct meal_day *m, struct arena *a, struct planned **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, planned_sql);
	const char weekday[] = { (char)('0' + day_weekday(m->day)), '\0' };

	bind_day(&q, ":day", m->day);
	bind_text(&q, ":meal", m->meal);
	bind_text(&q, ":weekday", weekday);
	return stmt_rows(&q, a, sizeof **out, read_planned, out, n, e);
}

static struct meal_left_out of_plan(const struct office *of, const struct meal_day *m, struct planned *p, struct arena *a)
{
	AUTO_STRBUF why = { 0 };

	p->plan.meal = m->meal;
	p->diner.plans = &p->plan;
	p->diner.n_plans = 1;
	p->diner.pauses = &p->pause;
	p->diner.n_pauses = p->pause.id != 0;
	if (diner_wants(of, &p->diner, m->day, m->meal, &why))
		strbuf_add(&why, "还没有生成订餐");
	return (struct meal_left_out){
		.diner_id = p->diner.id, .number = p->diner.number, .name = p->diner.who.name, .portions = p->plan.portions,
		.reason = arena_copy(a, strbuf_str(&why)),
	};
}

static struct meal_left_out of_order(const struct meal_order *o, struct arena *a)
{
	return (struct meal_left_out){
		.diner_id = o->diner_id, .order_id = o->id, .number = o->number, .name = o->name, .portions = o->portions,
		.reason = o->lapsed ? o->why : o->why[0] ? arena_format(a, "取消：%s", o->why) : "取消",
	};
}

static int by_name(const void *a, const void *b)
{
	const struct meal_left_out *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->diner_id > y->diner_id) - (x->diner_id < y->diner_id);
}

enum rc meal_left_out(struct office *of, const struct meal_day *m, struct arena *a, const struct meal_left_out **out, size_t *n, struct err *e)
{
	struct meal_left_out *all;
	struct planned *planned;
	size_t n_planned, count = 0;
	enum rc rc = read_all(of, m, a, &planned, &n_planned, e);

	if (rc != RC_OK)
		return rc;
	all = arena_alloc(a, (n_planned + m->n_orders) * sizeof *all);
	for (size_t i = 0; i < n_planned; i++)
		all[count++] = of_plan(of, m, &planned[i], a);
	for (size_t i = 0; i < m->n_orders; i++)
		if (m->orders[i].cancelled)
			all[count++] = of_order(&m->orders[i], a);
	if (count > 0)
		qsort(all, count, sizeof *all, by_name);
	*out = all;
	*n = count;
	return RC_OK;
}
