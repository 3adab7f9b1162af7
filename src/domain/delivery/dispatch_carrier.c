/* Who can carry a meal: those on shifts of service `meals` that fit it, then those who carry a route all the same. */
#include "dispatch_inside.h"

#include <string.h>

#include "base/day.h"
#include "domain/register.h"
#include "store/stmt.h"

#define EARLY_MIN 90                     /* a shift that begins so long after the meal leaves still fits */
#define BY_HAND_MIN 180
#define FAIR_DAYS 28

struct carrier_row {
	struct carrier carrier;              /* phone raw */
	int64_t grid_id;
};

/* Columns: volunteer, name, phone, grid, transport, load (NULL: the office's), assignment, begin, end, away. */
static void read_carrier(const struct stmt *q, struct arena *a, void *out)
{
	struct carrier_row *row = out;

	row->grid_id = column_int(q, 3);
	row->carrier = (struct carrier){
		.volunteer_id = column_int(q, 0), .name = arena_copy(a, column_text(q, 1)), .phone = arena_copy(a, column_text(q, 2)),
		.transport = transport_codes[transport_of(column_text(q, 4))], .load_meals = column_is_null(q, 5) ? -1 : (int)column_int(q, 5),
		.assignment_id = column_int(q, 6), .from_min = (int)column_int(q, 7), .to_min = (int)column_int(q, 8), .away = column_int(q, 9) != 0, .route = -1,
	};
}

static enum rc read_minutes(struct office *of, int32_t day, struct carrier *c, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT sum(coalesce(approved_minutes, minutes)) FROM attendance WHERE volunteer_id = :volunteer AND day BETWEEN :from AND :to"
		" AND service = 'meals' AND deleted_at IS NULL");
	int64_t minutes;
	bool row;
	enum rc rc;

	bind_int(&q, ":volunteer", c->volunteer_id);
	bind_day(&q, ":from", day - FAIR_DAYS);
	bind_day(&q, ":to", day - 1);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	minutes = row ? column_int(&q, 0) : 0;
	c->minutes = minutes < 0 ? 0 : minutes > FAIR_DAYS * 24 * 60 ? FAIR_DAYS * 24 * 60 : (int)minutes;
	return RC_OK;
}

/* What the row leaves open: the office's load and speed, the telephone as the account sees it, minutes served. */
static enum rc finish(struct office *of, int32_t day, const struct carrier_row *row, struct arena *a, struct carrier *out, struct err *e)
{
	AUTO_STRBUF phone = { 0 };
	enum transport t = transport_of(row->carrier.transport);
	struct carrier c = row->carrier;

	register_show(of, form_field(form_find(of->forms, "volunteer"), "phone"), c.phone, row->grid_id, &phone);
	c.phone = arena_copy(a, strbuf_str(&phone));
	c.load_meals = c.load_meals >= 0 ? c.load_meals : transport_meals(of->settings, t);
	c.m_per_min = transport_speed(of->settings, t);
	*out = c;
	return read_minutes(of, day, out, e);
}

/* On two shifts that fit he is one carrier, as long as both take. */
static struct carrier *on_two(struct carrier *list, size_t n, const struct carrier *c)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].volunteer_id == c->volunteer_id)
			return &list[i];
	return NULL;
}

static enum rc read_shifts(struct office *of, const struct meal_day *m, struct arena *a, const struct carrier_row **rows, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT v.id, v.name, v.phone, v.grid_id, v.transport, v.load_meals, a.id, s.begin_min, s.end_min,"
		" EXISTS (SELECT 1 FROM attendance AS t WHERE t.assignment_id = a.id AND t.result IN ('absent', 'excused') AND t.deleted_at IS NULL)"
		" OR EXISTS (SELECT 1 FROM absence AS b WHERE b.volunteer_id = v.id AND b.from_day <= :day AND b.to_day >= :day AND b.deleted_at IS NULL)"
		" OR v.status IS 'stopped' OR v.deleted_at IS NOT NULL"
		" FROM shift AS s JOIN assignment AS a ON a.shift_id = s.id JOIN volunteer AS v ON v.id = a.volunteer_id"
		" WHERE s.service = 'meals' AND s.day = :day AND s.begin_min <= :latest AND s.end_min > :leave AND s.state IS NOT 'cancelled'"
		" AND s.deleted_at IS NULL AND a.state IS NOT 'cancelled' AND a.deleted_at IS NULL ORDER BY s.begin_min, v.name, v.id, a.id /*scan*/");

	bind_day(&q, ":day", m->day);
	bind_int(&q, ":leave", m->leave_min);
	bind_int(&q, ":latest", m->leave_min + EARLY_MIN);
	return stmt_rows(&q, a, sizeof **rows, read_carrier, rows, n, e);
}

static bool carries(const struct meal_day *m, int64_t volunteer_id)
{
	for (size_t i = 0; i < m->n_routes; i++)
		if (m->routes[i].volunteer_id == volunteer_id)
			return true;
	return false;
}

static enum rc read_person(struct office *of, const struct meal_day *m, int64_t volunteer_id, struct arena *a, struct carrier *out, bool *gone, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id, name, phone, grid_id, transport, load_meals, NULL, :leave, :leave + :minutes, status IS 'stopped' OR deleted_at IS NOT NULL"
		" FROM volunteer WHERE id = :id");
	struct carrier_row row;
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	bind_int(&q, ":leave", m->leave_min);
	bind_int(&q, ":minutes", BY_HAND_MIN);
	if ((rc = stmt_one(&q, "没有这位志愿者，请重新选择", e)) != RC_OK)
		return rc;
	read_carrier(&q, a, &row);
	*gone = row.carrier.away;
	return finish(of, m->day, &row, a, out, e);
}

/* Somebody who is away is listed only while a route is still his. */
static enum rc add_on_shifts(struct office *of, const struct meal_day *m, struct arena *a, struct carrier *list, size_t *n, const struct carrier_row *rows,
                             size_t n_rows, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n_rows && rc == RC_OK; i++) {
		struct carrier *before = on_two(list, *n, &rows[i].carrier);

		if (before && before->to_min < rows[i].carrier.to_min)
			before->to_min = rows[i].carrier.to_min;
		if (before || (rows[i].carrier.away && !carries(m, rows[i].carrier.volunteer_id)))
			continue;
		if ((rc = finish(of, m->day, &rows[i], a, &list[*n], e)) == RC_OK)
			++*n;
	}
	return rc;
}

enum rc dispatch_carriers(struct office *of, const struct meal_day *m, struct arena *a, struct carrier **out, size_t *n, struct err *e)
{
	const struct carrier_row *rows;
	struct carrier *list;
	size_t n_rows, count = 0;
	bool gone;
	enum rc rc;

	if ((rc = read_shifts(of, m, a, &rows, &n_rows, e)) != RC_OK)
		return rc;
	list = arena_alloc(a, (n_rows + m->n_routes + 1) * sizeof *list);
	if ((rc = add_on_shifts(of, m, a, list, &count, rows, n_rows, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < m->n_routes; i++) {
		struct carrier wanted = { .volunteer_id = m->routes[i].volunteer_id };

		if (wanted.volunteer_id == 0 || on_two(list, count, &wanted))
			continue;
		if ((rc = read_person(of, m, wanted.volunteer_id, a, &list[count], &gone, e)) == RC_OK)
			count++;
		else if (rc != RC_NOTFOUND)
			return rc;
		err_clear(e);
	}
	*out = list;
	*n = count;
	return RC_OK;
}

enum rc dispatch_carrier_by_hand(struct office *of, const struct meal_day *m, int64_t volunteer_id, struct arena *a, struct carrier *out, struct err *e)
{
	struct carrier c;
	bool gone;
	enum rc rc;

	if ((rc = read_person(of, m, volunteer_id, a, &c, &gone, e)) != RC_OK)
		return rc;
	if (gone)
		return err_set(e, RC_INVALID, "volunteer_id", "%s已停用或删除，不能送餐，请另选一位", c.name);
	*out = c;
	return RC_OK;
}
