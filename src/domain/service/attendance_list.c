/* 服务时长: the ledger of what was served, as a list that is narrowed by volunteer, by days and by what waits for approval. */
#include "attendance_rules.h"

#include "domain/register.h"

static const struct list_spec ledger = {
	.table = "attendance",
	.row = "SELECT attendance.day, volunteer.name, attendance.service, coalesce(attendance.content, shift.title), attendance.minutes, attendance.approved_minutes,"
	       " attendance.result, account.name, volunteer.number, volunteer.id FROM attendance LEFT JOIN volunteer ON volunteer.id = attendance.volunteer_id"
	       " LEFT JOIN shift ON shift.id = attendance.shift_id LEFT JOIN account ON account.id = attendance.approved_by WHERE attendance.id = :id",
	.n_columns = 10,
	.live = "attendance.deleted_at IS NULL",
	.reads = TABLE_BIT(ATTENDANCE) | TABLE_BIT(VOLUNTEER) | TABLE_BIT(ACCOUNT) | TABLE_BIT(SHIFT),
};

const struct list_spec *attendance_list_spec(void)
{
	return &ledger;
}

struct list_filter attendance_of_volunteer(int64_t volunteer_id)
{
	return (struct list_filter){ .where = "attendance.volunteer_id = :p", .p = { .kind = VALUE_NUMBER, .number = volunteer_id } };
}

struct list_filter attendance_between(int32_t from_day, int32_t to_day)
{
	return (struct list_filter){ .where = "attendance.day BETWEEN :p AND :q", .p = { .kind = VALUE_NUMBER, .number = from_day },
	                             .q = { .kind = VALUE_NUMBER, .number = to_day } };
}

/* Whoever did not come has nothing to approve. */
const struct list_filter attendance_unapproved = { .where = "attendance.approved_at IS NULL AND attendance.result IN ('present', 'late')" };

enum rc attendance_filter_typed(struct office *of, const char *typed, struct arena *a, struct list_filter *out, bool *any, struct err *e)
{
	struct list_filter who;
	enum rc rc = register_filter(of, form_find(of->forms, "volunteer"), typed, a, &who, any, e);

	if (rc != RC_OK || !*any)
		return rc;
	*out = who;
	out->where = arena_format(a, "attendance.volunteer_id IN (SELECT volunteer.id FROM volunteer WHERE %s)", who.where);
	return RC_OK;
}
