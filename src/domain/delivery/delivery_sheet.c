/* A route's sheet: surnames, doors, and everybody of the meal who is on none. */
#include "domain/delivery_sheet.h"

#include <string.h>

#include "base/text.h"
#include "dispatch_inside.h"
#include "reveal.h"
#include "store/stmt.h"

static const char *const long_surnames[] = {
	"欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫", "夏侯", "令狐", "慕容", "司徒", "东方", "公孙", "宇文", "长孙", "端木", "南宫", "申屠", "澹台",
};

static size_t surname_bytes(const char *name)
{
	int cols;

	for (size_t i = 0; i < COUNT(long_surnames); i++)
		if (strncmp(name, long_surnames[i], strlen(long_surnames[i])) == 0 && name[strlen(long_surnames[i])])
			return strlen(long_surnames[i]);
	return name[0] ? text_cluster(name, strlen(name), &cols) : 0;
}

void delivery_sheet_caller(const char *name, const char *sex, struct strbuf *out)
{
	strbuf_add_n(out, name, surname_bytes(name));
	strbuf_add(out, strcmp(sex, "1") == 0 ? "先生" : strcmp(sex, "2") == 0 ? "女士" : "老人");
}

/* Doors ---------------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_door(struct office *of, const struct meal_order *o, struct arena *a, struct sheet_door *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT sex, phone FROM resident WHERE id = :id");
	AUTO_STRBUF caller = { 0 };
	AUTO_STRBUF masked = { 0 };
	bool row;
	enum rc rc;

	bind_int(&q, ":id", o->resident_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	delivery_sheet_caller(o->name, row ? column_text(&q, 0) : "", &caller);
	out->caller = arena_copy(a, strbuf_str(&caller));
	out->phone = out->phone_masked = "";
	if (!row || !of->settings->phone_on_sheet)
		return RC_OK;
	text_mask_phone(&masked, column_text(&q, 1));
	out->phone = arena_copy(a, column_text(&q, 1));
	out->phone_masked = arena_copy(a, strbuf_str(&masked));
	return RC_OK;
}

static enum rc read_doors(struct office *of, struct delivery_sheet *s, struct arena *a, struct err *e)
{
	const struct meal_route *r = &s->board.day.routes[s->route];
	struct sheet_door *doors = arena_alloc(a, (r->n_stops + 1) * sizeof *doors);

	for (size_t i = 0; i < r->n_stops; i++) {
		enum rc rc = read_door(of, &s->board.day.orders[r->stops[i]], a, &doors[i], e);

		if (rc != RC_OK)
			return rc;
		doors[i].order = r->stops[i];
	}
	s->doors = doors;
	s->n_doors = r->n_stops;
	return RC_OK;
}

/* Who is on none -------------------------------------------------------------------------------------------------------------------------- */

static bool is_brought(const struct meal_order *o)
{
	return strcmp(o->way, "delivery") == 0 && !o->cancelled;
}

static const char *why_unrouted(const struct meal_order *o)
{
	return o->outcome[0] ? order_standing_label(o->standing) : order_standing_label(ORDER_NO_CARRIER);
}

static void list_excluded(struct delivery_sheet *s, struct arena *a)
{
	const struct meal_day *m = &s->board.day;
	struct sheet_excluded *list = arena_alloc(a, (m->n_orders + m->n_left_out + 1) * sizeof *list);

	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];

		s->on_sheets += o->route >= 0;
		if (o->route < 0 && is_brought(o))
			list[s->n_excluded++] = (struct sheet_excluded){ o->name, why_unrouted(o), o->portions };
	}
	for (size_t i = 0; i < m->n_left_out; i++)
		list[s->n_excluded++] = (struct sheet_excluded){ m->left_out[i].name, m->left_out[i].reason, m->left_out[i].portions };
	s->excluded = list;
	s->total = s->on_sheets + s->n_excluded;
}

static enum rc find_meal(struct office *of, int64_t route_id, struct arena *a, int32_t *day, const char **meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT day, meal FROM route WHERE id = :id AND deleted_at IS NULL AND merged_into_id IS NULL");
	enum rc rc;

	bind_int(&q, ":id", route_id);
	if ((rc = stmt_one(&q, "这条线路已经删除或并走，请重新选择", e)) != RC_OK)
		return rc;
	*day = column_day(&q, 0);
	*meal = arena_copy(a, column_text(&q, 1));
	return RC_OK;
}

enum rc delivery_sheet_load(struct office *of, int64_t route_id, struct arena *a, struct delivery_sheet *out, struct err *e)
{
	struct delivery_sheet s = { .route = -1 };
	const char *meal;
	int32_t day;
	enum rc rc;

	if ((rc = find_meal(of, route_id, a, &day, &meal, e)) != RC_OK || (rc = dispatch_load(of, day, meal, a, &s.board, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < s.board.day.n_routes; i++)
		if (s.board.day.routes[i].id == route_id)
			s.route = (int)i;
	if (s.route < 0)
		return err_set(e, RC_NOTFOUND, NULL, "这条线路已经删除或并走，请重新选择");
	if ((rc = read_doors(of, &s, a, e)) != RC_OK)
		return rc;
	list_excluded(&s, a);
	*out = s;
	return RC_OK;
}

enum rc delivery_sheet_note(struct office *of, int64_t route_id, struct err *e)
{
	enum rc rc = office_require(of, MAY_DINER_VIEW, e);

	return rc != RC_OK ? rc : reveal_note(of, "route", route_id, "sheet", e);
}
