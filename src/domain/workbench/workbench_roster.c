/* Volunteers on the workbench: shifts that are short of hands, hours to approve, who has applied, certificates that run out. */
#include "workbench_inside.h"

#include "base/day.h"
#include "domain/volunteer.h"

/* Shifts of the coming week ---------------------------------------------------------------------------------------------------------- */

#define MISSING \
	" FROM (SELECT shift.id AS shift_id, sum(max(0, headcount - (SELECT count(*) FROM assignment WHERE assignment.shift_id = shift.id" \
	"  AND need_id = shift_need.id AND state <> 'cancelled' AND assignment.deleted_at IS NULL))) AS missing, sum(headcount) AS headcount" \
	"  FROM shift JOIN shift_need ON shift_need.shift_id = shift.id AND shift_need.deleted_at IS NULL" \
	"  WHERE shift.day BETWEEN :today + 1 AND :today + 7 AND shift.state <> 'cancelled' AND shift.deleted_at IS NULL GROUP BY shift.id)"

static struct workbench_row read_gap(const struct workbench_builder *b, const struct stmt *q)
{
	AUTO_STRBUF when = { 0 };
	int32_t day = column_day(q, 0);

	day_format_near(&when, day, b->today);
	strbuf_add(&when, " ");
	time_format(&when, (int)column_int(q, 1));
	return (struct workbench_row){
		.id = day, .number = arena_copy(b->arena, strbuf_str(&when)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = DAY_NONE,
		.note = arena_format(b->arena, "缺%lld人（要%lld人）", (long long)column_int(q, 4), (long long)column_int(q, 5)),
	};
}

enum rc workbench_gaps(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*)" MISSING " WHERE missing > 0 /*scan*/",
	                      "SELECT day, begin_min, title, grid.code, missing, headcount" MISSING " JOIN shift ON shift.id = shift_id"
	                      " LEFT JOIN grid ON grid.id = shift.grid_id WHERE missing > 0 ORDER BY day, begin_min, shift.id LIMIT :max /*scan*/",
	                      read_gap, g, e);
}

/* Hours that wait for approval, by day ------------------------------------------------------------------------------------------------ */

#define UNAPPROVED " FROM attendance WHERE approved_at IS NULL AND result IN ('present', 'late') AND deleted_at IS NULL"

static struct workbench_row read_hours(const struct workbench_builder *b, const struct stmt *q)
{
	int32_t day = column_day(q, 0);

	return (struct workbench_row){
		.id = day, .number = workbench_day(b, day), .grid = "", .note = "", .due_day = DAY_NONE,
		.title = arena_format(b->arena, "%lld人 %.1f小时", (long long)column_int(q, 1), (double)column_int(q, 2) / 60),
	};
}

enum rc workbench_hours(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*)" UNAPPROVED,
	                      "SELECT day, count(*), coalesce(sum(minutes), 0)" UNAPPROVED " GROUP BY day ORDER BY day LIMIT :max", read_hours, g, e);
}

/* People ------------------------------------------------------------------------------------------------------------------------------ */

static struct workbench_row read_person(const struct workbench_builder *b, const struct stmt *q, const char *note)
{
	return (struct workbench_row){
		.id = column_int(q, 0), .number = arena_copy(b->arena, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .note = note, .due_day = DAY_NONE,
	};
}

static struct workbench_row read_applicant(const struct workbench_builder *b, const struct stmt *q)
{
	return read_person(b, q, column_is_null(q, 4) ? "" : arena_format(b->arena, "%s申请", workbench_day(b, column_day(q, 4))));
}

#define APPLIED " FROM volunteer LEFT JOIN grid ON grid.id = volunteer.grid_id WHERE status = 'applied' AND volunteer.deleted_at IS NULL"

enum rc workbench_applicants(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*)" APPLIED,
	                      "SELECT volunteer.id, volunteer.number, volunteer.name, grid.code, status_day" APPLIED " ORDER BY volunteer.id LIMIT :max",
	                      read_applicant, g, e);
}

static struct workbench_row read_expiring(const struct workbench_builder *b, const struct stmt *q)
{
	return read_person(b, q, arena_format(b->arena, "%s到 %s", office_code_label(b->of, "qualification_kind", column_text(q, 4)),
	                                      workbench_day(b, column_day(q, 5))));
}

#define TEXT_OF(number) #number
#define DAYS(number) TEXT_OF(number)

/* The last of their kind, of those who are rostered: what volunteer_filter_expiring() lists. */
#define EXPIRING \
	" FROM qualification AS held CROSS JOIN volunteer ON volunteer.id = held.volunteer_id LEFT JOIN grid ON grid.id = volunteer.grid_id" \
	" WHERE expires_day BETWEEN :today AND :today + " DAYS(VOLUNTEER_SOON_DAYS) " AND held.deleted_at IS NULL" \
	" AND volunteer.status = 'active' AND volunteer.deleted_at IS NULL" \
	" AND NOT EXISTS (SELECT 1 FROM qualification AS later WHERE later.volunteer_id = held.volunteer_id AND later.kind = held.kind" \
	"  AND later.deleted_at IS NULL AND (later.expires_day IS NULL OR later.expires_day > held.expires_day))"

enum rc workbench_expiring(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*)" EXPIRING,
	                      "SELECT volunteer.id, volunteer.number, volunteer.name, grid.code, held.kind, expires_day" EXPIRING
	                      " ORDER BY expires_day, held.id LIMIT :max", read_expiring, g, e);
}
