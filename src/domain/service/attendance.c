/* 签到: a day's list, and the one case that is marked, changed or approved. */
#include "attendance_rules.h"

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "store/stmt.h"

static const char *const result_keys[] = {
#define X(upper, lower) #lower,
	ATTENDANCE_RESULTS(X)
#undef X
};

const char *attendance_result_key(enum attendance_result r)
{
	return r < ATTENDANCE_RESULT_COUNT ? result_keys[r] : "";
}

enum attendance_result attendance_result_from_key(const char *key)
{
	return (enum attendance_result)text_index(result_keys, COUNT(result_keys), key);
}

bool attendance_served(enum attendance_result r)
{
	return r == ATTENDANCE_PRESENT || r == ATTENDANCE_LATE;
}

/* A day ---------------------------------------------------------------------------------------------------------------------------- */

/* Those of the roster, cancelled ones only where somebody came all the same; then what was done beside it. */
static const char day_sql[] =
	"SELECT coalesce(assignment.id, 0), coalesce(attendance.id, 0), coalesce(attendance.rev, 0), coalesce(shift.id, 0), volunteer.id,"
	" volunteer.name, volunteer.phone, coalesce(volunteer.grid_id, 0), coalesce(shift.title, ''), coalesce(attendance.service, shift.service),"
	" coalesce(attendance.content, shift.title), coalesce(shift.begin_min, -1), coalesce(shift.end_min, -1), coalesce(attendance.begin_min, -1),"
	" coalesce(attendance.end_min, -1), coalesce(attendance.minutes, -1), coalesce(attendance.approved_minutes, -1), attendance.result,"
	" attendance.approved_at IS NOT NULL, " ATTENDANCE_MINE ", attendance.difference_why"
	" FROM (SELECT assignment.id AS assignment_id, (SELECT attendance.id FROM attendance WHERE attendance.assignment_id = assignment.id"
	"  AND attendance.deleted_at IS NULL) AS attendance_id, assignment.volunteer_id AS volunteer_id, shift.id AS shift_id,"
	"  assignment.state = 'cancelled' OR assignment.deleted_at IS NOT NULL OR shift.state = 'cancelled' AS off"
	"  FROM shift JOIN assignment ON assignment.shift_id = shift.id WHERE shift.day = :day AND shift.deleted_at IS NULL"
	"  UNION ALL SELECT NULL, attendance.id, attendance.volunteer_id, NULL, 0 FROM attendance"
	"  WHERE attendance.day = :day AND attendance.assignment_id IS NULL AND attendance.deleted_at IS NULL) AS due"
	" JOIN volunteer ON volunteer.id = due.volunteer_id LEFT JOIN assignment ON assignment.id = due.assignment_id"
	" LEFT JOIN attendance ON attendance.id = due.attendance_id LEFT JOIN shift ON shift.id = due.shift_id"
	" WHERE due.off = 0 OR attendance.id IS NOT NULL"
	" ORDER BY shift.id IS NULL, shift.begin_min, shift.service, shift.id, volunteer.name_pinyin, volunteer.name, attendance.id /*scan*/";

static const char *show_phone(const struct office *of, const char *phone, int64_t grid_id, struct arena *a)
{
	const struct form *form = form_find(of->forms, "volunteer");
	const struct field *f = form ? form_field(form, "phone") : NULL;
	AUTO_STRBUF out = { 0 };

	if (f)
		register_show(of, f, phone, grid_id, &out);
	return arena_copy(a, strbuf_str(&out));
}

/* The telephone number comes as it is stored: attendance_day() masks it. */
struct day_row {
	struct attendance_row row;
	int64_t grid_id;
};

static void read_row(const struct stmt *q, struct arena *a, void *element)
{
	struct day_row *d = element;

	d->grid_id = column_int(q, 7);
	d->row = (struct attendance_row){
		.assignment_id = column_int(q, 0), .attendance_id = column_int(q, 1), .rev = column_int(q, 2), .shift_id = column_int(q, 3),
		.volunteer_id = column_int(q, 4), .name = arena_copy(a, column_text(q, 5)), .phone = arena_copy(a, column_text(q, 6)),
		.shift = arena_copy(a, column_text(q, 8)), .service = arena_copy(a, column_text(q, 9)), .content = arena_copy(a, column_text(q, 10)),
		.begin_min = (int)column_int(q, 11), .end_min = (int)column_int(q, 12), .came_min = (int)column_int(q, 13),
		.left_min = (int)column_int(q, 14), .minutes = (int)column_int(q, 15), .approved_minutes = (int)column_int(q, 16),
		.result = attendance_result_from_key(column_text(q, 17)), .approved = column_int(q, 18) != 0, .mine = column_int(q, 19) != 0,
		.difference_why = arena_copy(a, column_text(q, 20)),
	};
}

enum rc attendance_day(struct office *of, int32_t day, struct arena *a, const struct attendance_row **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, day_sql);
	struct day_row *found;
	struct attendance_row *rows;
	size_t count;
	enum rc rc;

	bind_int(&q, ":day", day);
	bind_int(&q, ":me", of->me.id);
	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = stmt_rows(&q, a, sizeof *found, read_row, &found, &count, e)) != RC_OK)
		return rc;
	rows = arena_alloc(a, (count + 1) * sizeof *rows);
	for (size_t i = 0; i < count; i++) {
		rows[i] = found[i].row;
		rows[i].phone = show_phone(of, rows[i].phone, found[i].grid_id, a);
	}
	*out = rows;
	*n = count;
	return RC_OK;
}

/* One case ------------------------------------------------------------------------------------------------------------------------- */

#define CASE_COLUMNS \
	"SELECT coalesce(assignment.id, 0), coalesce(attendance.id, 0), coalesce(attendance.rev, 0), coalesce(shift.id, 0), volunteer.id, volunteer.name," \
	" coalesce(attendance.service, shift.service), coalesce(shift.title, attendance.content), coalesce(shift.day, attendance.day)," \
	" coalesce(shift.begin_min, -1), coalesce(shift.end_min, -1), coalesce(attendance.begin_min, -1), coalesce(attendance.end_min, -1)," \
	" coalesce(attendance.minutes, -1), attendance.result, coalesce(shift.flexible, 0)," \
	" assignment.state = 'cancelled' OR assignment.deleted_at IS NOT NULL OR shift.state = 'cancelled' OR shift.deleted_at IS NOT NULL," \
	" attendance.approved_at IS NOT NULL, " ATTENDANCE_MINE " "

static void read_case(const struct stmt *q, struct arena *a, struct attendance_case *out)
{
	*out = (struct attendance_case){
		.assignment_id = column_int(q, 0), .attendance_id = column_int(q, 1), .rev = column_int(q, 2), .shift_id = column_int(q, 3),
		.volunteer_id = column_int(q, 4), .volunteer = arena_copy(a, column_text(q, 5)), .service = arena_copy(a, column_text(q, 6)),
		.title = arena_copy(a, column_text(q, 7)), .day = column_day(q, 8), .begin_min = (int)column_int(q, 9), .end_min = (int)column_int(q, 10),
		.came_min = (int)column_int(q, 11), .left_min = (int)column_int(q, 12), .minutes = (int)column_int(q, 13),
		.result = attendance_result_from_key(column_text(q, 14)), .flexible = column_int(q, 15) != 0, .cancelled = column_int(q, 16) != 0,
		.approved = column_int(q, 17) != 0, .mine = (enum person_same)column_int(q, 18),
	};
}

enum rc attendance_find_assignment(struct office *of, int64_t assignment_id, struct arena *a, struct attendance_case *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, CASE_COLUMNS
		"FROM assignment JOIN shift ON shift.id = assignment.shift_id JOIN volunteer ON volunteer.id = assignment.volunteer_id"
		" LEFT JOIN attendance ON attendance.assignment_id = assignment.id AND attendance.deleted_at IS NULL WHERE assignment.id = :id");
	enum rc rc;

	bind_int(&q, ":id", assignment_id);
	bind_int(&q, ":me", of->me.id);
	if ((rc = stmt_one(&q, "没有这条派班", e)) == RC_OK)
		read_case(&q, a, out);
	return rc;
}

enum rc attendance_find(struct office *of, int64_t attendance_id, struct arena *a, struct attendance_case *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, CASE_COLUMNS
		"FROM attendance JOIN volunteer ON volunteer.id = attendance.volunteer_id LEFT JOIN assignment ON assignment.id = attendance.assignment_id"
		" LEFT JOIN shift ON shift.id = attendance.shift_id WHERE attendance.id = :id AND attendance.deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", attendance_id);
	bind_int(&q, ":me", of->me.id);
	if ((rc = stmt_one(&q, "这条签到不在了，可能刚被删除", e)) == RC_OK)
		read_case(&q, a, out);
	return rc;
}

int attendance_minute_now(const struct office *of)
{
	return minutes_of_instant(office_now(of));
}

bool attendance_over(const struct office *of, const struct attendance_case *c)
{
	int32_t today = office_today(of);

	return c->day < today || (c->day == today && attendance_minute_now(of) >= c->end_min);
}

enum rc attendance_require_open(const struct office *of, const struct attendance_case *c, struct err *e)
{
	if (!c->approved || c->day == office_today(of))
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "%s的时长已核定，只能在服务当天更正", c->volunteer);
}
