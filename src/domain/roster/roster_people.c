/* Everybody for a roster at once: volunteers with their times, absences, certificates and grids, and who stands where. One statement a table. */
#include "roster_inside.h"

#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "domain/register.h"
#include "store/stmt.h"

#define BEEN_DAYS 56
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

static enum rc read_people(struct office *of, const char *ids, size_t most, struct arena *a, struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, volunteer_sql);
	const struct field *phone = form_field(form_find(of->forms, "volunteer"), "phone");
	bool row = false;
	enum rc rc;

	out->list = arena_alloc(a, (most ? most : 1) * sizeof *out->list);
	bind_text(&q, ":ids", ids);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row && out->n < most)
		read_person(of, phone, &q, a, &out->list[out->n++]);
	return rc;
}

const struct roster_person *roster_person_find(const struct roster_people *people, int64_t volunteer_id)
{
	size_t from = 0, to = people->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (people->list[middle].v.id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < people->n && people->list[from].v.id == volunteer_id ? &people->list[from] : NULL;
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
	{ "SELECT volunteer_id, from_day, to_day FROM absence WHERE volunteer_id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL"
	  " AND to_day >= :from AND from_day <= :to ORDER BY volunteer_id, from_day /*scan*/", read_absence, PART(volunteer_absence, absences) },
#undef PART
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

static enum rc read_part(struct office *of, const struct part *part, const struct roster_want *want, const char *ids, struct arena *a,
                         struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, part->sql);
	AUTO_ARENA own = { 0 };
	const struct part_row *rows;
	size_t n, from = 0;
	enum rc rc;

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

static enum rc read_stands(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT assignment.id, volunteer_id, shift_id, need_id, day, begin_min, end_min, flexible FROM shift JOIN assignment ON shift_id = shift.id"
		" WHERE day BETWEEN :from AND :to AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL"
		" AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL ORDER BY volunteer_id, day, begin_min, assignment.id /*scan*/");

	bind_day(&q, ":from", day_monday(want->from_day) - WEEK * want->weeks_before);
	bind_day(&q, ":to", day_monday(want->to_day) + WEEK - 1);
	return stmt_rows(&q, a, sizeof *out->stands, read_stand, &out->stands, &out->n_stands, e);
}

static void read_been(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct roster_been *)out = (struct roster_been){ column_int(q, 0), column_int(q, 1), (int)column_int(q, 2) };
}

/* Whoever stood on it was there, unless a sign-in says otherwise: not every office keeps sign-ins. */
static enum rc read_been_rows(struct office *of, struct arena *a, struct roster_people *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT assignment.volunteer_id, template_id, count(*) FROM shift JOIN assignment ON assignment.shift_id = shift.id"
		" WHERE day BETWEEN :from AND :to AND template_id IS NOT NULL AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL"
		" AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM attendance"
		"  WHERE assignment_id = assignment.id AND result IN ('absent', 'excused') AND attendance.deleted_at IS NULL)"
		" GROUP BY assignment.volunteer_id, template_id ORDER BY assignment.volunteer_id, template_id /*scan*/");

	bind_day(&q, ":from", office_today(of) - BEEN_DAYS);
	bind_day(&q, ":to", office_today(of) - 1);
	return stmt_rows(&q, a, sizeof *out->been, read_been, &out->been, &out->n_been, e);
}

/* Everything ---------------------------------------------------------------------------------------------------------------------- */

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

static enum rc everybody(struct office *of, struct arena *a, const int64_t **ids, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM volunteer WHERE deleted_at IS NULL AND status IS NOT 'stopped' ORDER BY id /*scan*/");

	return stmt_rows(&q, a, sizeof **ids, read_id, ids, n, e);
}

static void ids_json(const int64_t *ids, size_t n, struct strbuf *out)
{
	strbuf_add(out, "[");
	for (size_t i = 0; i < n; i++)
		strbuf_format(out, "%s%lld", i ? "," : "", (long long)ids[i]);
	strbuf_add(out, "]");
}

enum rc roster_people_load(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *out, struct err *e)
{
	AUTO_STRBUF ids = { 0 };
	struct roster_people people = { 0 };
	const int64_t *list = want->ids;
	size_t n = want->n_ids;
	enum rc rc;

	if (list == NULL && (rc = everybody(of, a, &list, &n, e)) != RC_OK)
		return rc;
	ids_json(list, n, &ids);
	if ((rc = read_people(of, strbuf_str(&ids), n, a, &people, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(parts); i++)
		if ((rc = read_part(of, &parts[i], want, strbuf_str(&ids), a, &people, e)) != RC_OK)
			return rc;
	if ((rc = read_stands(of, want, a, &people, e)) != RC_OK || (want->been && (rc = read_been_rows(of, a, &people, e)) != RC_OK))
		return rc;
	*out = people;
	return RC_OK;
}

/* Asking -------------------------------------------------------------------------------------------------------------------------- */

/* The first stand of this volunteer or of one with a greater id. */
static size_t first_stand(const struct roster_people *people, int64_t volunteer_id)
{
	size_t from = 0, to = people->n_stands;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (people->stands[middle].volunteer_id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct roster_stand *roster_stands_of(const struct roster_people *people, int64_t volunteer_id, size_t *n)
{
	size_t first = first_stand(people, volunteer_id), end = first;

	while (end < people->n_stands && people->stands[end].volunteer_id == volunteer_id)
		end++;
	*n = end - first;
	return people->stands + first;
}

bool roster_stands_on(const struct roster_people *people, int64_t volunteer_id, int64_t shift_id)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, volunteer_id, &n);

	for (size_t i = 0; i < n; i++)
		if (stands[i].shift_id == shift_id)
			return true;
	return false;
}

static bool stands_before(const struct roster_stand *a, const struct roster_stand *b)
{
	if (a->volunteer_id != b->volunteer_id)
		return a->volunteer_id < b->volunteer_id;
	if (a->day != b->day)
		return a->day < b->day;
	return a->begin_min <= b->begin_min;
}

void roster_stand_add(struct roster_people *people, struct arena *a, const struct roster_stand *stand)
{
	size_t at = people->n_stands;

	if (people->n_stands >= people->cap_stands) {
		struct roster_stand *list;

		people->cap_stands = 2 * people->n_stands + 64;
		list = arena_alloc(a, people->cap_stands * sizeof *list);
		if (people->n_stands > 0)
			memcpy(list, people->stands, people->n_stands * sizeof *list);
		people->stands = list;
	}
	for (; at > 0 && !stands_before(&people->stands[at - 1], stand); at--)
		people->stands[at] = people->stands[at - 1];
	people->stands[at] = *stand;
	people->n_stands++;
}

int roster_been_times(const struct roster_people *people, int64_t volunteer_id, int64_t template_id)
{
	size_t from = 0, to = people->n_been;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct roster_been *b = &people->been[middle];

		if (b->volunteer_id < volunteer_id || (b->volunteer_id == volunteer_id && b->template_id < template_id))
			from = middle + 1;
		else
			to = middle;
	}
	if (from < people->n_been && people->been[from].volunteer_id == volunteer_id && people->been[from].template_id == template_id)
		return people->been[from].times;
	return 0;
}

int roster_shifts_in_week(const struct roster_people *people, int64_t volunteer_id, int32_t monday)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, volunteer_id, &n);
	int count = 0;

	for (size_t i = 0; i < n; i++)
		count += monday <= stands[i].day && stands[i].day < monday + WEEK;
	return count;
}

struct roster_spot roster_spot_of(const struct shift *s, const struct shift_need *need)
{
	return (struct roster_spot){
		.shift_id = s->id, .need_id = need->id, .template_id = s->template_id, .grid_id = s->grid_id, .day = s->day, .begin_min = s->begin_min,
		.end_min = s->end_min > s->begin_min ? s->end_min : s->begin_min + 1, .flexible = s->flexible, .service = s->service,
		.skill = need->skill, .qualification = need->qualification,
	};
}
