/* A volunteer with everything that hangs on the record: for the page, for the roster, for checks. */
#include "domain/volunteer.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "store/stmt.h"

static const char *const status_keys[] = {
#define X(upper, lower) [VOLUNTEER_##upper] = #lower,
	VOLUNTEER_STATUSES(X)
#undef X
};
static const char *const degree_keys[] = {
#define X(upper, lower) [AVAILABLE_##upper] = #lower,
	AVAILABILITY_DEGREES(X)
#undef X
};

const char *volunteer_status_key(enum volunteer_status s)
{
	return s < VOLUNTEER_STATUS_COUNT ? status_keys[s] : "";
}

enum volunteer_status volunteer_status_from_key(const char *key)
{
	return (enum volunteer_status)text_index(status_keys, COUNT(status_keys), key);
}

const char *availability_degree_key(enum availability_degree d)
{
	return d < AVAILABILITY_DEGREE_COUNT ? degree_keys[d] : "";
}

enum availability_degree availability_degree_from_key(const char *key)
{
	return (enum availability_degree)text_index(degree_keys, COUNT(degree_keys), key);
}

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

/* The row ------------------------------------------------------------------------------------------------------------------------ */

enum {
	COL_REV, COL_RESIDENT, COL_GRID, COL_NUMBER, COL_NAME, COL_SEX, COL_SERVICES, COL_SKILLS, COL_TRANSPORT, COL_GRID_CODE, COL_COMMITMENT,
	COL_AGREEMENT, COL_INSURANCE, COL_SOURCE, COL_INTRODUCER, COL_NOTE, COL_STATUS_WHY, COL_EMERGENCY_NAME, COL_OUTSIDE, COL_BORN,
	COL_AGREEMENT_DAY, COL_INSURANCE_FROM, COL_INSURANCE_TO, COL_STATUS_DAY, COL_JOINED, COL_LEFT, COL_LOAD, COL_SHIFTS, COL_MINUTES,
	COL_MAY_CALL, COL_DELETED, COL_STATUS, COL_PHONE, COL_EMERGENCY_PHONE,
};

static const char row_sql[] =
	"SELECT v.rev, v.resident_id, v.grid_id, v.number, v.name, v.sex, v.services, v.skills, v.transport, grid.code, v.commitment,"
	" v.agreement, v.insurance, v.source, v.introducer, v.note, v.status_why, v.emergency_name, v.outside_number, v.born_day,"
	" v.agreement_day, v.insurance_from_day, v.insurance_to_day, v.status_day, v.joined_day, v.left_day, v.load_meals, v.weekly_shifts,"
	" v.weekly_minutes, v.may_call, v.deleted_at IS NOT NULL, v.status, v.phone, v.emergency_phone"
	" FROM volunteer AS v LEFT JOIN grid ON grid.id = v.grid_id WHERE v.id = :id";

/* A telephone number as the account may read it. */
static const char *telephone(const struct office *of, const char *field, const struct stmt *q, int column, struct arena *a)
{
	const struct field *f = form_field(form_find(of->forms, "volunteer"), field);
	AUTO_STRBUF out = { 0 };

	register_show(of, f, column_text(q, column), column_int(q, COL_GRID), &out);
	return arena_copy(a, strbuf_str(&out));
}

static int or_setting(const struct stmt *q, int column, int setting)
{
	return column_is_null(q, column) ? setting : (int)column_int(q, column);
}

static enum rc read_row(struct office *of, int64_t id, struct arena *a, struct volunteer *v, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, row_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这位志愿者的记录", e)) != RC_OK)
		return rc;
	*v = (struct volunteer){
		.id = id, .rev = column_int(&q, COL_REV), .resident_id = column_int(&q, COL_RESIDENT), .grid_id = column_int(&q, COL_GRID),
		.number = kept(&q, COL_NUMBER, a), .name = kept(&q, COL_NAME, a), .sex = kept(&q, COL_SEX, a), .services = kept(&q, COL_SERVICES, a),
		.skills = kept(&q, COL_SKILLS, a), .transport = kept(&q, COL_TRANSPORT, a), .grid = kept(&q, COL_GRID_CODE, a),
		.commitment = kept(&q, COL_COMMITMENT, a), .agreement = kept(&q, COL_AGREEMENT, a), .insurance = kept(&q, COL_INSURANCE, a),
		.source = kept(&q, COL_SOURCE, a), .introducer = kept(&q, COL_INTRODUCER, a), .note = kept(&q, COL_NOTE, a),
		.status_why = kept(&q, COL_STATUS_WHY, a), .emergency_name = kept(&q, COL_EMERGENCY_NAME, a),
		.outside_number = kept(&q, COL_OUTSIDE, a), .phone = telephone(of, "phone", &q, COL_PHONE, a),
		.emergency_phone = telephone(of, "emergency_phone", &q, COL_EMERGENCY_PHONE, a), .born_day = column_day(&q, COL_BORN),
		.agreement_day = column_day(&q, COL_AGREEMENT_DAY), .insurance_from_day = column_day(&q, COL_INSURANCE_FROM),
		.insurance_to_day = column_day(&q, COL_INSURANCE_TO), .status_day = column_day(&q, COL_STATUS_DAY),
		.joined_day = column_day(&q, COL_JOINED), .left_day = column_day(&q, COL_LEFT), .load_meals = (int)column_int(&q, COL_LOAD),
		.weekly_shifts = or_setting(&q, COL_SHIFTS, of->settings->weekly_shifts),
		.weekly_minutes = or_setting(&q, COL_MINUTES, of->settings->weekly_minutes), .may_call = column_int(&q, COL_MAY_CALL) != 0,
		.deleted = column_int(&q, COL_DELETED) != 0, .status = volunteer_status_from_key(column_text(&q, COL_STATUS)),
	};
	return RC_OK;
}

/* What belongs to it ------------------------------------------------------------------------------------------------------------- */

static void read_grid(const struct stmt *q, struct arena *a, void *out)
{
	*(struct volunteer_grid *)out = (struct volunteer_grid){ .id = column_int(q, 0), .grid_id = column_int(q, 1), .code = kept(q, 2, a) };
}

static void read_qualification(const struct stmt *q, struct arena *a, void *out)
{
	*(struct volunteer_qualification *)out = (struct volunteer_qualification){
		.id = column_int(q, 0), .rev = column_int(q, 1), .kind = kept(q, 2, a), .number = kept(q, 3, a), .issuer = kept(q, 4, a),
		.issued_day = column_day(q, 5), .expires_day = column_day(q, 6),
	};
}

static void read_apart(const struct stmt *q, struct arena *a, void *out)
{
	*(struct volunteer_apart *)out = (struct volunteer_apart){
		.id = column_int(q, 0), .other_id = column_int(q, 1), .other = kept(q, 2, a), .why = kept(q, 3, a),
	};
}

static void read_time(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct volunteer_time *)out = (struct volunteer_time){
		.id = column_int(q, 0), .rev = column_int(q, 1), .weekday = (int)column_int(q, 2), .begin_min = (int)column_int(q, 3),
		.end_min = (int)column_int(q, 4), .degree = availability_degree_from_key(column_text(q, 5)), .from_day = column_day(q, 6),
		.to_day = column_day(q, 7),
	};
}

static void read_absence(const struct stmt *q, struct arena *a, void *out)
{
	*(struct volunteer_absence *)out = (struct volunteer_absence){
		.id = column_int(q, 0), .rev = column_int(q, 1), .from_day = column_day(q, 2), .to_day = column_day(q, 3), .why = kept(q, 4, a),
	};
}

/* A volunteer has a handful of each: sorting them is nothing. */
static const char grids_sql[] =
	"SELECT part.id, part.grid_id, grid.code FROM volunteer_grid AS part JOIN grid ON grid.id = part.grid_id"
	" WHERE part.volunteer_id = :id AND part.deleted_at IS NULL AND grid.deleted_at IS NULL ORDER BY grid.code, part.id /*scan*/";
static const char qualifications_sql[] =
	"SELECT id, rev, kind, number, issuer, issued_day, expires_day FROM qualification WHERE volunteer_id = :id AND deleted_at IS NULL"
	" ORDER BY kind, expires_day IS NULL, expires_day, id /*scan*/";
static const char aparts_sql[] =
	"SELECT apart.id, other.id, other.name, apart.why FROM apart JOIN volunteer AS other"
	" ON other.id = CASE WHEN apart.volunteer_id = :id THEN apart.other_id ELSE apart.volunteer_id END"
	" WHERE (apart.volunteer_id = :id OR apart.other_id = :id) AND apart.deleted_at IS NULL AND other.deleted_at IS NULL"
	" ORDER BY other.name_pinyin, apart.id /*scan*/";
static const char times_sql[] =
	"SELECT id, rev, CAST(weekday AS INTEGER), begin_min, end_min, degree, from_day, to_day FROM availability"
	" WHERE volunteer_id = :id AND deleted_at IS NULL ORDER BY weekday, begin_min, from_day, id /*scan*/";
static const char absences_sql[] =
	"SELECT id, rev, from_day, to_day, why FROM absence WHERE volunteer_id = :id AND deleted_at IS NULL AND (to_day >= :today OR id IN"
	" (SELECT id FROM absence WHERE volunteer_id = :id AND deleted_at IS NULL AND to_day < :today ORDER BY to_day DESC LIMIT 10))"
	" ORDER BY to_day < :today, CASE WHEN to_day >= :today THEN from_day ELSE -to_day END, id /*scan*/";

static enum rc read_all(struct office *of, const char *sql, int64_t id, size_t bytes, stmt_read *read, struct arena *a, void *out, size_t *n,
                        struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", id);
	if (strstr(sql, ":today"))
		bind_int(&q, ":today", office_today(of));
	return stmt_rows(&q, a, bytes, read, out, n, e);
}

static enum rc read_parts(struct office *of, struct arena *a, struct volunteer *v, struct err *e)
{
	enum rc rc;

	if ((rc = read_all(of, grids_sql, v->id, sizeof *v->grids, read_grid, a, &v->grids, &v->n_grids, e)) != RC_OK ||
	    (rc = read_all(of, qualifications_sql, v->id, sizeof *v->qualifications, read_qualification, a, &v->qualifications,
	                   &v->n_qualifications, e)) != RC_OK ||
	    (rc = read_all(of, aparts_sql, v->id, sizeof *v->aparts, read_apart, a, &v->aparts, &v->n_aparts, e)) != RC_OK ||
	    (rc = read_all(of, times_sql, v->id, sizeof *v->times, read_time, a, &v->times, &v->n_times, e)) != RC_OK)
		return rc;
	return read_all(of, absences_sql, v->id, sizeof *v->absences, read_absence, a, &v->absences, &v->n_absences, e);
}

enum rc volunteer_load(struct office *of, int64_t id, struct arena *a, struct volunteer *out, struct err *e)
{
	struct volunteer v;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = read_row(of, id, a, &v, e)) != RC_OK ||
	    (rc = read_parts(of, a, &v, e)) != RC_OK)
		return rc;
	*out = v;
	return RC_OK;
}
