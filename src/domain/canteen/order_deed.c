/* What orders have to become to be as their plans say: one decision for each diner, day and meal. */
#include "order_rules.h"

#include <string.h>

#include "domain/meal_order.h"
#include "store/stmt.h"

/* Everything that one decision looks at. */
struct matter {
	struct office *of;
	const struct diner *diner;
	const struct order_meal *meal;
	const struct order_row *row;                 /* NULL: there is none */
	const struct meal_plan *plan;                /* NULL: none wants it, and why not: */
	const char *why_not;
	int32_t day;
	bool makes;                                  /* within the days that orders are made for */
};

/* As the plan has it; brought only while there is a ground. */
static struct order_deed as_planned(const struct matter *m, enum order_deed_kind kind, struct arena *a)
{
	const char *way = diner_way(m->diner, m->plan);
	bool stays = strcmp(way, "delivery") == 0 && !diner_is_entitled(m->diner, m->day);
	const char *ground = !stays ? "" : m->diner->entitled_why[0] ? "送餐依据已到期，改为自取" : "没有送餐依据，改为自取";
	const char *late = m->meal->late && kind != DEED_CHANGE ? "截止后按用餐计划订的" : "";

	return (struct order_deed){
		.kind = kind, .order_id = m->row ? m->row->id : meal_order_id(m->diner->id, m->day, m->meal->meal), .diner_id = m->diner->id, .day = m->day,
		.meal = m->meal->meal, .portions = m->plan->portions, .size = m->plan->size[0] ? m->plan->size : "normal", .way = stays ? "pickup" : way,
		.why = arena_format(a, "%s%s%s", late, late[0] && ground[0] ? "；" : "", ground), .keep_values = m->row && m->row->changed,
	};
}

static bool is_as_planned(const struct order_row *row, const struct order_deed *plan)
{
	return row->portions == plan->portions && strcmp(row->size, plan->size) == 0 && strcmp(row->way, plan->way) == 0;
}

/* The plan wants it. */
static bool decide_wanted(const struct matter *m, struct arena *a, struct order_deed *out)
{
	const struct order_row *row = m->row;

	if (m->meal->closed || m->meal->left)
		return false;
	if (row == NULL) {
		*out = as_planned(m, DEED_MAKE, a);
		return m->makes;
	}
	if (row->reported || row->typed || (row->cancelled && !row->lapsed))
		return false;
	*out = as_planned(m, row->cancelled ? DEED_RESTORE : DEED_CHANGE, a);
	return row->cancelled || (!row->changed && !row->out && !is_as_planned(row, out));
}

/* No plan wants it. What lapsed before keeps up with the reason. */
static bool decide_unwanted(const struct matter *m, struct order_deed *out, int *against)
{
	const struct order_row *row = m->row;

	if (row == NULL || row->reported || (row->cancelled && (!row->lapsed || strcmp(row->why, m->why_not) == 0)))
		return false;
	if (!row->cancelled && (row->typed || row->out || m->meal->closed)) {
		++*against;
		return false;
	}
	if (m->meal->closed)
		return false;
	*out = (struct order_deed){ .kind = DEED_LAPSE, .order_id = row->id, .diner_id = row->diner_id, .day = row->day, .meal = row->meal, .why = m->why_not };
	return true;
}

static const struct order_row *row_of(const struct order_row *rows, size_t n, int32_t day, const char *meal)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].day == day && strcmp(rows[i].meal, meal) == 0)
			return &rows[i];
	return NULL;
}

enum rc order_deeds(struct office *of, const struct order_days *days, const struct diner *d, struct arena *a, const struct order_deed **out, size_t *n,
                    int *against, struct err *e)
{
	size_t n_meals = (size_t)(days->to_day - days->from_day + 1) * days->n_meals, n_rows, count = 0;
	const struct order_row *rows;
	struct order_deed *deeds;
	enum rc rc = order_rows(of, d->id, days->from_day, days->to_day, a, &rows, &n_rows, e);

	if (rc != RC_OK)
		return rc;
	*out = deeds = NULL;
	*n = 0;
	if (n_rows == 0 && d->n_plans == 0)
		return RC_OK;
	*out = deeds = arena_alloc(a, n_meals * sizeof *deeds);
	for (size_t i = 0; i < n_meals; i++) {
		AUTO_STRBUF why = { 0 };
		struct matter m = { .of = of, .diner = d, .meal = &days->meals[i], .day = days->from_day + (int32_t)(i / days->n_meals) };

		m.makes = m.day <= days->make_to_day;
		m.row = row_of(rows, n_rows, m.day, m.meal->meal);
		m.plan = diner_wants(of, d, m.day, m.meal->meal, &why);
		m.why_not = m.row && m.plan == NULL ? arena_copy(a, strbuf_str(&why)) : "";
		count += m.plan ? decide_wanted(&m, a, &deeds[count]) : decide_unwanted(&m, &deeds[count], against);
	}
	*n = count;
	return RC_OK;
}

/* Doing it ------------------------------------------------------------------------------------------------------------------------- */

static enum rc make(struct office *of, const struct order_deed *deed, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO meal_order (id, diner_id, day, meal, portions, size, way, source, state, why, account_id, at)"
		" VALUES (:id, :diner, :day, :meal, :portions, :size, :way, 'plan', 'ordered', :why, :me, :now) ON CONFLICT (id) DO NOTHING");

	bind_int(&q, ":id", deed->order_id);
	bind_int(&q, ":diner", deed->diner_id);
	bind_day(&q, ":day", deed->day);
	bind_text(&q, ":meal", deed->meal);
	bind_int(&q, ":portions", deed->portions);
	bind_text(&q, ":size", deed->size);
	bind_words(&q, ":way", deed->way);
	bind_words(&q, ":why", deed->why);
	bind_id(&q, ":me", store_actor(of->st));
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static enum rc change(struct office *of, const struct order_deed *deed, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_order SET rev = rev + 1, state = 'ordered', lapsed = NULL, why = :why, portions = iif(:keep, portions, :portions),"
		" size = iif(:keep, size, :size), way = iif(:keep, way, :way) WHERE id = :id");
	enum rc rc;

	bind_int(&q, ":id", deed->order_id);
	bind_int(&q, ":keep", deed->keep_values);
	bind_int(&q, ":portions", deed->portions);
	bind_text(&q, ":size", deed->size);
	bind_words(&q, ":way", deed->way);
	bind_words(&q, ":why", deed->why);
	if ((rc = stmt_run(&q, e)) != RC_OK || deed->keep_values || strcmp(deed->way, "delivery") == 0)
		return rc;
	return order_leave_route(of, deed->order_id, e);
}

static enum rc lapse(struct office *of, const struct order_deed *deed, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE meal_order SET rev = rev + 1, state = 'cancelled', lapsed = 1, why = :why WHERE id = :id");

	bind_int(&q, ":id", deed->order_id);
	bind_text(&q, ":why", deed->why);
	return stmt_run(&q, e);
}

enum rc order_deed_do(struct office *of, const struct order_deed *deed, struct err *e)
{
	switch (deed->kind) {
	case DEED_MAKE:
		return make(of, deed, e);
	case DEED_RESTORE:
	case DEED_CHANGE:
		return change(of, deed, e);
	case DEED_LAPSE:
		return lapse(of, deed, e);
	}
	return RC_OK;
}
