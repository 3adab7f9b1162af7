/* Those for a roster: volunteers with their times, absences, certificates and grids, and who stands where. One statement a table, whatever their number. */
#include "roster_inside.h"

#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "domain/register.h"
#include "store/stmt.h"

#define WEEK 7

/* Volunteers ---------------------------------------------------------------------------------------------------------------------- */

enum {
	COL_ID, COL_NAME, COL_PHONE, COL_GRID_ID, COL_GRID, COL_SERVICES, COL_SKILLS, COL_STATUS, COL_WEEKLY_SHIFTS, COL_WEEKLY_MINUTES, COL_MAY_CALL,
	COL_DELETED,
};

static const char volunteer_sql[] =
	"SELECT v.id, v.name, v.phone, v.grid_id, grid.code, v.services, v.skills, v.status, v.weekly_shifts, v.weekly_minutes, v.may_call,"
	" v.deleted_at IS NOT NULL FROM volunteer AS v LEFT JOIN grid ON grid.id = v.grid_id"
	" WHERE v.id IN (SELECT value FROM json_each(:ids)) ORDER BY v.id /*scan*/";

static bool is_rostered(const struct office *of, const char *status)
{
	const struct code *c = code_find(form_codes(of->forms, "volunteer_status"), status);

	return c && code_has_flag(c, "rostered");
}

static int or_setting(const struct stmt *q, int column, int setting)
{
	return column_is_null(q, column) ? setting : (int)column_int(q, column);
}

static void read_person(const struct office *of, const struct field *phone, const struct stmt *q, struct arena *a, struct roster_person *p)
{
	AUTO_STRBUF masked = { 0 };

	register_show(of, phone, column_text(q, COL_PHONE), column_int(q, COL_GRID_ID), &masked);
	*p = (struct roster_person){ .rostered = is_rostered(of, column_text(q, COL_STATUS)) };
	p->v.id = column_int(q, COL_ID);
	p->v.name = arena_copy(a, column_text(q, COL_NAME));
	p->v.phone = arena_copy(a, strbuf_str(&masked));
	p->v.grid_id = column_int(q, COL_GRID_ID);
	p->v.grid = arena_copy(a, column_text(q, COL_GRID));
	p->v.services = arena_copy(a, column_text(q, COL_SERVICES));
	p->v.skills = arena_copy(a, column_text(q, COL_SKILLS));
	p->v.status = volunteer_status_from_key(column_text(q, COL_STATUS));
	p->v.weekly_shifts = or_setting(q, COL_WEEKLY_SHIFTS, of->settings->weekly_shifts);
	p->v.weekly_minutes = or_setting(q, COL_WEEKLY_MINUTES, of->settings->weekly_minutes);
	p->v.may_call = column_int(q, COL_MAY_CALL) != 0;
	p->v.deleted = column_int(q, COL_DELETED) != 0;
}

static enum rc read_people(struct office *of, const char *ids, struct arena *a, struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, volunteer_sql);
	const struct field *phone = form_field(form_find(of->forms, "volunteer"), "phone");
	bool row = false;
	enum rc rc;

	bind_text(&q, ":ids", ids);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		read_person(of, phone, &q, a, &out->list[out->n++]);
	return rc;
}

/* What hangs on them -------------------------------------------------------------------------------------------------------------- */

struct part_row {
	int64_t volunteer_id;
	union {
		struct volunteer_grid grid;
		struct volunteer_qualification qualification;
		struct volunteer_apart apart;
		struct volunteer_time time;
		struct volunteer_absence absence;
	};
};

static void read_grid(const struct stmt *q, struct arena *a, void *out)
{
	struct part_row *row = out;

	(void)a;
	row->volunteer_id = column_int(q, 0);
	row->grid = (struct volunteer_grid){ .grid_id = column_int(q, 1), .code = "" };
}

static void read_qualification(const struct stmt *q, struct arena *a, void *out)
{
	struct part_row *row = out;

	row->volunteer_id = column_int(q, 0);
	row->qualification = (struct volunteer_qualification){
		.kind = arena_copy(a, column_text(q, 1)), .number = "", .issuer = "", .issued_day = column_day(q, 2), .expires_day = column_day(q, 3),
	};
}

static void read_apart(const struct stmt *q, struct arena *a, void *out)
{
	struct part_row *row = out;

	(void)a;
	row->volunteer_id = column_int(q, 0);
	row->apart = (struct volunteer_apart){ .other_id = column_int(q, 1), .other = "", .why = "" };
}

static void read_time(const struct stmt *q, struct arena *a, void *out)
{
	struct part_row *row = out;
	const char *weekday = column_text(q, 1);

	(void)a;
	row->volunteer_id = column_int(q, 0);
	row->time = (struct volunteer_time){
		.weekday = weekday[0] >= '1' && weekday[0] <= '7' ? weekday[0] - '0' : 0, .begin_min = (int)column_int(q, 2), .end_min = (int)column_int(q, 3),
		.degree = availability_degree_from_key(column_text(q, 4)), .from_day = column_day(q, 5), .to_day = column_day(q, 6),
	};
	if (row->time.degree == AVAILABILITY_DEGREE_COUNT)
		row->time.degree = AVAILABLE_CAN;
}

static void read_absence(const struct stmt *q, struct arena *a, void *out)
{
	struct part_row *row = out;

	(void)a;
	row->volunteer_id = column_int(q, 0);
	row->absence = (struct volunteer_absence){ .from_day = column_day(q, 1), .to_day = column_day(q, 2), .why = "" };
}

/* Rows come by volunteer; `member` says where their array lies in struct volunteer, its count behind it. */
static const struct part {
	const char *sql;
	stmt_read *read;
	size_t bytes, list, count;
} parts[] = {
#define PART(type, member) sizeof(struct type), offsetof(struct volunteer, member), offsetof(struct volunteer, n_##member)
	{ "SELECT volunteer_id, grid_id FROM volunteer_grid WHERE volunteer_id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL"
	  " ORDER BY volunteer_id, id /*scan*/", read_grid, PART(volunteer_grid, grids) },
	{ "SELECT volunteer_id, kind, issued_day, expires_day FROM qualification WHERE volunteer_id IN (SELECT value FROM json_each(:ids))"
	  " AND deleted_at IS NULL ORDER BY volunteer_id, id /*scan*/", read_qualification, PART(volunteer_qualification, qualifications) },
	{ "SELECT volunteer_id, other_id FROM apart WHERE volunteer_id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL"
	  " UNION SELECT other_id, volunteer_id FROM apart WHERE other_id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL"
	  " ORDER BY 1, 2 /*scan*/", read_apart, PART(volunteer_apart, aparts) },
	{ "SELECT volunteer_id, weekday, begin_min, end_min, degree, from_day, to_day FROM availability"
	  " WHERE volunteer_id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL ORDER BY volunteer_id, weekday, begin_min /*scan*/",
	  read_time, PART(volunteer_time, times) },
#undef PART
};

/* Of those days: of some volunteers, or of all. */
#define ABSENCE_SQL(condition) "SELECT volunteer_id, from_day, to_day FROM absence WHERE " condition " AND to_day >= :from AND from_day <= :to" \
	" AND deleted_at IS NULL ORDER BY volunteer_id, from_day /*scan*/"
static const struct part absences_of_ids = {
	ABSENCE_SQL("volunteer_id IN (SELECT value FROM json_each(:ids))"), read_absence, sizeof(struct volunteer_absence),
	offsetof(struct volunteer, absences), offsetof(struct volunteer, n_absences),
};
static const struct part absences_of_all = {
	ABSENCE_SQL("true"), read_absence, sizeof(struct volunteer_absence), offsetof(struct volunteer, absences), offsetof(struct volunteer, n_absences),
};

static void give(struct roster_people *people, const struct part *part, const struct part_row *rows, size_t n, struct arena *a)
{
	struct roster_person *p = (struct roster_person *)roster_person_find(people, rows[0].volunteer_id);
	char *list;

	if (p == NULL)
		return;
	list = arena_alloc(a, n * part->bytes);
	for (size_t i = 0; i < n; i++)
		memcpy(list + i * part->bytes, &rows[i].grid, part->bytes);
	memcpy((char *)&p->v + part->list, &list, sizeof list);
	memcpy((char *)&p->v + part->count, &n, sizeof n);
}

/* `ids` NULL: the part is of all. Texts and lists live in the arena. */
static enum rc read_part(struct office *of, const struct part *part, const struct roster_want *want, const char *ids, struct arena *a,
                         struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, part->sql);
	AUTO_ARENA own = { 0 };
	const struct part_row *rows;
	size_t n, from = 0;
	enum rc rc;

	if (ids)
		bind_text(&q, ":ids", ids);
	if (part->read == read_absence) {
		bind_day(&q, ":from", want->from_day);
		bind_day(&q, ":to", want->to_day);
	}
	if ((rc = stmt_rows(&q, part->read == read_qualification ? a : &own, sizeof *rows, part->read, &rows, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 1; i <= n; i++)
		if (i == n || rows[i].volunteer_id != rows[from].volunteer_id) {
			give(out, part, &rows[from], i - from, a);
			from = i;
		}
	return RC_OK;
}

static void ids_json(const int64_t *ids, size_t n, struct strbuf *out)
{
	strbuf_add(out, "[");
	for (size_t i = 0; i < n; i++)
		strbuf_format(out, "%s%lld", i ? "," : "", (long long)ids[i]);
	strbuf_add(out, "]");
}

enum rc roster_people_add(struct office *of, const int64_t *ids, size_t n, struct arena *a, struct roster_people *people, struct err *e)
{
	AUTO_STRBUF json = { 0 };
	enum rc rc;

	ids_json(ids, n, &json);
	rc = read_people(of, strbuf_str(&json), a, people, e);
	for (size_t i = 0; i < COUNT(parts) && rc == RC_OK; i++)
		rc = read_part(of, &parts[i], NULL, strbuf_str(&json), a, people, e);
	return rc;
}

enum rc roster_absences_read(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *people, struct err *e)
{
	AUTO_STRBUF json = { 0 };

	if (want->ids == NULL)
		return read_part(of, &absences_of_all, want, NULL, a, people, e);
	ids_json(want->ids, want->n_ids, &json);
	return read_part(of, &absences_of_ids, want, strbuf_str(&json), a, people, e);
}

/* Who stands where ---------------------------------------------------------------------------------------------------------------- */

static void read_stand(const struct stmt *q, struct arena *a, void *out)
{
	struct roster_stand *s = out;

	(void)a;
	*s = (struct roster_stand){
		.assignment_id = column_int(q, 0), .volunteer_id = column_int(q, 1), .shift_id = column_int(q, 2), .need_id = column_int(q, 3),
		.day = column_day(q, 4), .begin_min = (int)column_int(q, 5), .end_min = (int)column_int(q, 6), .flexible = column_int(q, 7) != 0,
	};
	if (s->end_min <= s->begin_min)
		s->end_min = s->begin_min + 1;
}

enum rc roster_stands_read(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct roster_stand **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT assignment.id, volunteer_id, shift_id, need_id, day, begin_min, end_min, flexible FROM shift JOIN assignment ON shift_id = shift.id"
		" WHERE day BETWEEN :from AND :to AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL"
		" AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL ORDER BY volunteer_id, day, begin_min, assignment.id /*scan*/");

	bind_day(&q, ":from", from_day);
	bind_day(&q, ":to", to_day);
	return stmt_rows(&q, a, sizeof **out, read_stand, out, n, e);
}

static void read_been(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct roster_been *)out = (struct roster_been){ column_int(q, 0), column_int(q, 1), (int)column_int(q, 2) };
}

/* Whoever stood on it was there, unless a sign-in says otherwise: not every office keeps sign-ins. */
enum rc roster_been_read(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct roster_been **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT assignment.volunteer_id, template_id, count(*) FROM shift JOIN assignment ON assignment.shift_id = shift.id"
		" WHERE day BETWEEN :from AND :to AND template_id IS NOT NULL AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL"
		" AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM attendance"
		"  WHERE assignment_id = assignment.id AND result IN ('absent', 'excused') AND attendance.deleted_at IS NULL)"
		" GROUP BY assignment.volunteer_id, template_id ORDER BY assignment.volunteer_id, template_id /*scan*/");

	bind_day(&q, ":from", from_day);
	bind_day(&q, ":to", to_day);
	return stmt_rows(&q, a, sizeof **out, read_been, out, n, e);
}

/* Everything ---------------------------------------------------------------------------------------------------------------------- */

enum rc roster_people_load(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *out, struct err *e)
{
	struct roster_people people = { .list = arena_alloc(a, (want->n_ids + 1) * sizeof *people.list) };
	enum rc rc;

	if ((rc = roster_people_add(of, want->ids, want->n_ids, a, &people, e)) != RC_OK ||
	    (rc = roster_absences_read(of, want, a, &people, e)) != RC_OK ||
	    (rc = roster_stands_read(of, day_monday(want->from_day), day_monday(want->to_day) + WEEK - 1, a, &people.stands, &people.n_stands, e)) != RC_OK)
		return rc;
	*out = people;
	return RC_OK;
}
