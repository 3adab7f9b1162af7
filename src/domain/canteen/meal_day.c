/* One meal of a day, whole: its orders in one statement, its routes in another, and what they come to. */
#include "domain/meal_day.h"

#include <string.h>

#include "base/day.h"
#include "domain/outcome.h"
#include "domain/register.h"
#include "meal_day_inside.h"
#include "store/stmt.h"

static const char *const standing_labels[] = {
#define X(name, label) [ORDER_##name] = label,
	ORDER_STANDINGS(X)
#undef X
};

const char *order_standing_label(enum order_standing s)
{
	return s < ORDER_STANDING_COUNT ? standing_labels[s] : "";
}

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

static int minute(const struct stmt *q, int column)
{
	return column_is_null(q, column) ? -1 : (int)column_int(q, column);
}

/* Orders -------------------------------------------------------------------------------------------------------------------------- */

enum {
	COL_ID, COL_REV, COL_DINER, COL_RESIDENT, COL_NUMBER, COL_NAME, COL_PHONE, COL_ADDRESS, COL_KEY, COL_GRID, COL_CARE, COL_SIZE, COL_WAY, COL_SOURCE,
	COL_WHY, COL_PORTIONS, COL_CANCELLED, COL_OUTCOME, COL_CONDITION, COL_OUTCOME_NOTE, COL_OUTCOME_AT, COL_OUTCOME_VOLUNTEER, COL_CHECK, COL_ROUTE,
	COL_STOP, COL_STOP_REV, COL_POSITION, COL_ARRIVE, COL_PINNED, COL_DIETS, COL_ALLERGENS, COL_AVOIDS, COL_LINE, COL_LINE_POSITION, COL_VOLUNTEER,
	COL_BEGIN, COL_END, COL_WAIT, COL_MAY_LEAVE, COL_STAND_IN, COL_KEY_HOLDER, COL_DOOR_NOTE, COL_ENTRY_NOTE, COL_BUILDING, COL_GRID_ID, COL_PLACED,
	COL_X, COL_Y, COL_LAPSED, COL_SEX,
};

/* A stop of a route that was deleted or merged away holds nobody. */
static const char orders_sql[] =
	"SELECT o.id, o.rev, o.diner_id, d.resident_id, d.number, r.name, r.phone, h.address_text, h.address_key, g.code, r.care_tags, o.size, o.way,"
	" o.source, o.why, o.portions, o.state = 'cancelled', o.outcome, o.condition, o.outcome_note, o.outcome_at, o.outcome_volunteer_id,"
	" (SELECT id FROM welfare_check AS w WHERE w.order_id = o.id AND w.state = 'open' AND w.deleted_at IS NULL LIMIT 1), t.id,"
	" s.id, s.rev, s.position, s.arrive_min, s.pinned, d.diets, d.allergens, d.avoids, d.line, d.line_position, d.volunteer_id,"
	" d.window_begin_min, d.window_end_min, d.wait_min, d.may_leave, d.stand_in, d.key_holder, d.door_note, b.entry_note, b.id, r.grid_id,"
	" b.x_m IS NOT NULL AND b.y_m IS NOT NULL, b.x_m, b.y_m, o.lapsed, r.sex"
	" FROM meal_order AS o JOIN diner AS d ON d.id = o.diner_id LEFT JOIN resident AS r ON r.id = d.resident_id"
	" LEFT JOIN household AS h ON h.id = r.household_id LEFT JOIN building AS b ON b.id = h.building_id LEFT JOIN grid AS g ON g.id = r.grid_id"
	" LEFT JOIN stop AS s ON s.order_id = o.id AND s.deleted_at IS NULL"
	" LEFT JOIN route AS t ON t.id = s.route_id AND t.deleted_at IS NULL AND t.merged_into_id IS NULL"
	" WHERE o.day = :day AND o.meal = :meal ORDER BY g.code, b.place_pinyin, h.unit, h.room, o.id /*scan*/";

/* An order as it is read, before it is known what the account may see and which route is which. */
struct order_row {
	struct meal_order order;                     /* address whole, phone raw */
	const char *key;
	int64_t route_id;
};

static void read_order(const struct stmt *q, struct arena *a, void *out)
{
	struct order_row *row = out;

	row->key = kept(q, COL_KEY, a);
	row->route_id = column_int(q, COL_ROUTE);
	row->order = (struct meal_order){
		.id = column_int(q, COL_ID), .rev = column_int(q, COL_REV), .diner_id = column_int(q, COL_DINER), .resident_id = column_int(q, COL_RESIDENT),
		.number = kept(q, COL_NUMBER, a), .name = kept(q, COL_NAME, a), .phone = kept(q, COL_PHONE, a), .address = kept(q, COL_ADDRESS, a),
		.grid = kept(q, COL_GRID, a), .care = kept(q, COL_CARE, a), .sex = kept(q, COL_SEX, a), .size = kept(q, COL_SIZE, a), .way = kept(q, COL_WAY, a),
		.source = kept(q, COL_SOURCE, a), .why = kept(q, COL_WHY, a), .portions = (int)column_int(q, COL_PORTIONS),
		.cancelled = column_int(q, COL_CANCELLED) != 0, .lapsed = column_int(q, COL_LAPSED) != 0, .outcome = kept(q, COL_OUTCOME, a), .condition = kept(q, COL_CONDITION, a),
		.outcome_note = kept(q, COL_OUTCOME_NOTE, a), .outcome_at = column_int(q, COL_OUTCOME_AT),
		.outcome_volunteer_id = column_int(q, COL_OUTCOME_VOLUNTEER), .check_id = column_int(q, COL_CHECK), .route = -1,
		.stop_id = column_int(q, COL_STOP), .stop_rev = column_int(q, COL_STOP_REV), .position = (int)column_int(q, COL_POSITION),
		.arrive_min = minute(q, COL_ARRIVE), .pinned = column_int(q, COL_PINNED) != 0,
		.food = { .diets = kept(q, COL_DIETS, a), .allergens = kept(q, COL_ALLERGENS, a), .avoids = kept(q, COL_AVOIDS, a) },
		.line = (int)column_int(q, COL_LINE), .line_position = (int)column_int(q, COL_LINE_POSITION), .volunteer_id = column_int(q, COL_VOLUNTEER),
		.window_begin_min = minute(q, COL_BEGIN), .window_end_min = minute(q, COL_END), .wait_min = (int)column_int(q, COL_WAIT),
		.may_leave = column_int(q, COL_MAY_LEAVE) != 0, .stand_in = kept(q, COL_STAND_IN, a), .key_holder = kept(q, COL_KEY_HOLDER, a),
		.door_note = kept(q, COL_DOOR_NOTE, a), .entry_note = kept(q, COL_ENTRY_NOTE, a), .building_id = column_int(q, COL_BUILDING),
		.grid_id = column_int(q, COL_GRID_ID), .placed = column_int(q, COL_PLACED) != 0, .x_m = (int32_t)column_int(q, COL_X),
		.y_m = (int32_t)column_int(q, COL_Y),
	};
}

static const char *telephone(const struct office *of, const char *form, const char *raw, int64_t grid_id, struct arena *a)
{
	AUTO_STRBUF out = { 0 };

	register_show(of, form_field(form_find(of->forms, form), "phone"), raw, grid_id, &out);
	return arena_copy(a, strbuf_str(&out));
}

/* Who brings a meal must know the door: whole while it is brought, from yesterday on; else the key, as elsewhere. */
static bool shows_address(const struct office *of, const struct meal_order *o, int32_t day)
{
	bool brought = strcmp(o->way, "delivery") == 0 && !o->cancelled && day >= office_today(of) - 1;

	return brought || office_sees(of, form_field(form_find(of->forms, "household"), "address_text"), o->grid_id);
}

/* Place of a route by id, -1: none. */
static int route_at(const struct meal_day *m, int64_t id)
{
	for (size_t i = 0; i < m->n_routes && id != 0; i++)
		if (m->routes[i].id == id)
			return (int)i;
	return -1;
}

static enum rc read_orders(struct office *of, struct meal_day *m, struct arena *a, struct meal_order **out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, orders_sql);
	const struct order_row *rows;
	struct meal_order *orders;
	enum rc rc;

	bind_day(&q, ":day", m->day);
	bind_text(&q, ":meal", m->meal);
	if ((rc = stmt_rows(&q, a, sizeof *rows, read_order, &rows, &m->n_orders, e)) != RC_OK)
		return rc;
	m->orders = *out = orders = arena_alloc(a, m->n_orders * sizeof *orders + 1);
	for (size_t i = 0; i < m->n_orders; i++) {
		orders[i] = rows[i].order;
		orders[i].phone = telephone(of, "resident", orders[i].phone, orders[i].grid_id, a);
		if (!shows_address(of, &orders[i], m->day))
			orders[i].address = rows[i].key;
		orders[i].route = orders[i].cancelled ? -1 : route_at(m, rows[i].route_id);
	}
	return RC_OK;
}

/* Routes -------------------------------------------------------------------------------------------------------------------------- */

struct route_row {
	struct meal_route route;                     /* phone raw */
	int64_t grid_id;
	bool leaves;                                 /* at a time of its own */
};

static void read_route(const struct stmt *q, struct arena *a, void *out)
{
	struct route_row *row = out;

	row->route = (struct meal_route){
		.id = column_int(q, 0), .rev = column_int(q, 1), .volunteer_id = column_int(q, 2), .assignment_id = column_int(q, 3), .carrier = kept(q, 4, a),
		.phone = kept(q, 5, a), .transport = kept(q, 6, a), .state = kept(q, 7, a), .note = kept(q, 8, a), .line = (int)column_int(q, 9),
		.load_meals = (int)column_int(q, 10), .leave_min = (int)column_int(q, 11), .left_at = column_int(q, 12), .back_at = column_int(q, 13),
		.last_door_min = -1,
	};
	row->leaves = !column_is_null(q, 11);
	row->grid_id = column_int(q, 14);
}

static enum rc read_routes(struct office *of, struct meal_day *m, struct arena *a, struct meal_route **out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT t.id, t.rev, t.volunteer_id, t.assignment_id, v.name, v.phone, t.transport, t.state, t.note, t.line, t.load_meals, t.leave_min, t.left_at,"
		" t.back_at, v.grid_id FROM route AS t LEFT JOIN volunteer AS v ON v.id = t.volunteer_id"
		" WHERE t.day = :day AND t.meal = :meal AND t.deleted_at IS NULL AND t.merged_into_id IS NULL ORDER BY t.line, t.id /*scan*/");
	const struct route_row *rows;
	struct meal_route *routes;
	enum rc rc;

	bind_day(&q, ":day", m->day);
	bind_text(&q, ":meal", m->meal);
	if ((rc = stmt_rows(&q, a, sizeof *rows, read_route, &rows, &m->n_routes, e)) != RC_OK)
		return rc;
	m->routes = *out = routes = arena_alloc(a, m->n_routes * sizeof *routes + 1);
	for (size_t i = 0; i < m->n_routes; i++) {
		routes[i] = rows[i].route;
		routes[i].phone = telephone(of, "volunteer", routes[i].phone, rows[i].grid_id, a);
		if (!rows[i].leaves)
			routes[i].leave_min = m->leave_min;
	}
	return RC_OK;
}

/* Together ------------------------------------------------------------------------------------------------------------------------ */

/* Put order `i` among the stops, which stay in the order of the way. */
static void insert_stop(const struct meal_day *m, int *stops, size_t n, int i)
{
	while (n > 0 && m->orders[stops[n - 1]].position > m->orders[i].position) {
		stops[n] = stops[n - 1];
		n--;
	}
	stops[n] = i;
}

/* A cancelled order that still has its stop is carried by nobody. */
static void fill_route(const struct meal_day *m, struct meal_route *r, int at, struct arena *a)
{
	size_t n = 0;
	int *stops;

	for (size_t i = 0; i < m->n_orders; i++)
		n += m->orders[i].route == at;
	r->stops = stops = arena_alloc(a, n * sizeof *stops + 1);
	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];

		if (o->route != at)
			continue;
		insert_stop(m, stops, r->n_stops++, (int)i);
		r->meals += o->portions;
		if (o->arrive_min > r->last_door_min)
			r->last_door_min = o->arrive_min;
	}
}

static enum order_standing standing_of(const struct office *of, const struct meal_day *m, const struct meal_order *o)
{
	const struct meal_route *r = o->route >= 0 ? &m->routes[o->route] : NULL;

	if (o->cancelled)
		return ORDER_CANCELLED;
	if (strcmp(o->outcome, "s5") == 0)
		return ORDER_COLLECTED;
	if (o->outcome[0])
		return outcome_has_flag(of, o->outcome, "eaten") ? ORDER_EATEN : ORDER_FAILED;
	if (meal_report_is_due(of, m->day, m->meal))
		return ORDER_UNREPORTED;
	if (r && r->left_at != 0)
		return ORDER_LOADED;
	if (strcmp(o->way, "delivery") != 0 || (r && r->volunteer_id != 0))
		return ORDER_ORDERED;
	/* Before anybody is sent, nobody is missing. */
	return m->n_routes > 0 || meal_cutoff_passed(of, m->day, m->meal) ? ORDER_NO_CARRIER : ORDER_ORDERED;
}

static void add_up(const struct office *of, struct meal_day *m, struct meal_order *orders, struct meal_route *routes, struct arena *a)
{
	for (size_t i = 0; i < m->n_orders; i++) {
		struct meal_order *o = &orders[i];

		o->standing = standing_of(of, m, o);
		m->meals += o->cancelled ? 0 : o->portions;
		m->checks_open += o->check_id != 0;
	}
	for (size_t i = 0; i < m->n_routes; i++)
		fill_route(m, &routes[i], (int)i, a);
}

static enum rc read_close(struct office *of, struct meal_day *m, struct arena *a, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT c.closed_at, n.name FROM meal_close AS c LEFT JOIN account AS n ON n.id = c.account_id"
		" WHERE c.day = :day AND c.meal = :meal AND c.deleted_at IS NULL");
	enum rc rc;

	bind_day(&q, ":day", m->day);
	bind_text(&q, ":meal", m->meal);
	if ((rc = stmt_step(&q, &m->closed, e)) != RC_OK || !m->closed)
		return rc;
	m->closed_at = column_int(&q, 0);
	m->closed_by = kept(&q, 1, a);
	return RC_OK;
}

enum rc meal_day_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct meal_day *out, struct err *e)
{
	struct meal_day m = { .day = day, .meal = arena_copy(a, meal), .leave_min = meal_leave_min(of, meal), .closed_by = "" };
	struct meal_order *orders;
	struct meal_route *routes;
	enum rc rc;

	if ((rc = office_require(of, MAY_DINER_VIEW, e)) != RC_OK)
		return rc;
	if (m.leave_min < 0)
		return err_set(e, RC_INVALID, "meal", "没有「%s」这一餐", meal);
	if ((rc = read_routes(of, &m, a, &routes, e)) != RC_OK || (rc = read_orders(of, &m, a, &orders, e)) != RC_OK ||
	    (rc = read_close(of, &m, a, e)) != RC_OK)
		return rc;
	add_up(of, &m, orders, routes, a);
	if ((rc = meal_left_out(of, &m, a, &m.left_out, &m.n_left_out, e)) != RC_OK)
		return rc;
	*out = m;
	return RC_OK;
}
