/* The list of diners: its row, its cells, what finds a diner, its filters. Who a diner is stands with the resident. */
#include "domain/diner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/register.h"

/* Behind the columns that are shown: what their cells also need. */
enum { ROW_GRID_ID = DINER_COLUMN_COUNT, ROW_PAUSES, ROW_RESIDENT, ROW_POSITION, ROW_COLUMNS };

const struct list_spec diner_list_spec = {
	.table = "diner",
	.row =
		"SELECT diner.number, resident.name, diner.status, diner.way, grid.code, diner.line, resident.phone, resident.care_tags,"
		" household.address_text || char(31) || coalesce(household.address_key, ''), resident.grid_id,"
		" (SELECT group_concat(from_day || ' ' || to_day || ' ' || coalesce(reason, '-'), ' ') FROM meal_pause WHERE meal_pause.diner_id = diner.id"
		"  AND meal_pause.deleted_at IS NULL), iif(resident.deleted_at IS NULL, resident.status, 'deleted'), diner.line_position"
		" FROM diner LEFT JOIN resident ON resident.id = diner.resident_id LEFT JOIN household ON household.id = resident.household_id"
		" LEFT JOIN grid ON grid.id = resident.grid_id WHERE diner.id = :id",
	.n_columns = ROW_COLUMNS,
	.live = "diner.deleted_at IS NULL",
	.reads = TABLE_BIT(DINER) | TABLE_BIT(RESIDENT) | TABLE_BIT(HOUSEHOLD) | TABLE_BIT(GRID) | TABLE_BIT(MEAL_PAUSE) | TABLE_BIT(MEAL_PLAN),
};

/* Cells --------------------------------------------------------------------------------------------------------------------------- */

enum diner_status diner_row_status(const struct list *l, size_t i)
{
	return diner_status_from_key(list_text(l, i, DINER_STATE));
}

/* The pause that today lies in, among "from to reason from to reason …". */
static bool pause_today(const char *all, int32_t today, int32_t *to, char reason[24])
{
	int from, last, used;

	while (sscanf(all, "%d %d %23s %n", &from, &last, reason, &used) == 3) {
		if (from <= today && today <= last) {
			*to = last;
			return true;
		}
		all += used;
	}
	return false;
}

static void state_cell(const struct office *of, const struct list *l, size_t i, struct strbuf *out)
{
	enum diner_status status = diner_row_status(l, i);
	const char *resident = list_text(l, i, ROW_RESIDENT);
	char reason[24];
	int32_t to;

	if (!diner_has_ended(status) && strcmp(resident, "present") != 0 && resident[0]) {
		strbuf_format(out, "居民%s", strcmp(resident, "deleted") == 0 ? "已删除" : office_code_label(of, "resident_status", resident));
	} else if (status == DINER_ACTIVE && pause_today(list_text(l, i, ROW_PAUSES), office_today(of), &to, reason)) {
		strbuf_format(out, "%s到", office_code_label(of, "pause_reason", reason));
		day_format_near(out, to, office_today(of));
	} else {
		strbuf_add(out, office_code_label(of, "diner_status", list_text(l, i, DINER_STATE)));
	}
}

static void resident_cell(const struct office *of, const struct list *l, size_t i, const char *form, const char *field, enum diner_column column,
                          struct strbuf *out)
{
	int64_t grid_id = strtoll(list_text(l, i, ROW_GRID_ID), NULL, 10);

	register_show(of, form_field(form_find(of->forms, form), field), list_text(l, i, column), grid_id, out);
}

void diner_cell(const struct office *of, const struct list *l, size_t i, enum diner_column column, struct strbuf *out)
{
	switch (column) {
	case DINER_STATE:
		state_cell(of, l, i, out);
		break;
	case DINER_WAY:
		strbuf_add(out, office_code_label(of, "meal_way", list_text(l, i, column)));
		break;
	case DINER_LINE:
		strbuf_add(out, list_text(l, i, column));
		if (list_text(l, i, ROW_POSITION)[0])
			strbuf_format(out, "-%s", list_text(l, i, ROW_POSITION));
		break;
	case DINER_PHONE:
		resident_cell(of, l, i, "resident", "phone", column, out);
		break;
	case DINER_CARE:
		resident_cell(of, l, i, "resident", "care_tags", column, out);
		break;
	case DINER_ADDRESS:
		resident_cell(of, l, i, "household", "address_text", column, out);
		break;
	default:
		strbuf_add(out, list_text(l, i, column));
	}
}

/* Finding ------------------------------------------------------------------------------------------------------------------------- */

/* Both rules see the same words, so that their parameters are the same. */
enum rc diner_find(struct office *of, const char *typed, struct arena *a, struct list_filter *out, bool *any, struct err *e)
{
	struct list_filter person, number;
	bool any_number;
	enum rc rc;

	if ((rc = register_filter(of, form_find(of->forms, "resident"), typed, a, &person, any, e)) != RC_OK || !*any ||
	    (rc = register_filter(of, form_find(of->forms, "diner"), typed, a, &number, &any_number, e)) != RC_OK)
		return rc;
	*out = (struct list_filter){
		.where = arena_format(a, "(%s OR EXISTS (SELECT 1 FROM resident WHERE resident.id = diner.resident_id AND %s))", number.where, person.where),
		.p = person.p, .q = person.q.kind != VALUE_NONE ? person.q : number.q,
	};
	return RC_OK;
}

/* Filters ------------------------------------------------------------------------------------------------------------------------- */

struct list_filter diner_filter_status(const char *status, struct arena *a)
{
	return (struct list_filter){ .where = "diner.status = :p", .p = { .kind = VALUE_TEXT, .text = arena_copy(a, status) } };
}

struct list_filter diner_filter_way(const char *way, struct arena *a)
{
	return (struct list_filter){
		.where = "(diner.way = :p OR EXISTS (SELECT 1 FROM meal_plan WHERE meal_plan.diner_id = diner.id AND meal_plan.way = :p"
		         " AND meal_plan.deleted_at IS NULL))",
		.p = { .kind = VALUE_TEXT, .text = arena_copy(a, way) },
	};
}

struct list_filter diner_filter_grid(int64_t grid_id)
{
	return (struct list_filter){
		.where = "EXISTS (SELECT 1 FROM resident WHERE resident.id = diner.resident_id AND resident.grid_id = :p)",
		.p = { .kind = VALUE_NUMBER, .number = grid_id },
	};
}

struct list_filter diner_filter_line(int line)
{
	if (line == 0)
		return (struct list_filter){ .where = "diner.line IS NULL AND diner.way = 'delivery'" };
	return (struct list_filter){ .where = "diner.line = :p", .p = { .kind = VALUE_NUMBER, .number = line } };
}

struct list_filter diner_filter_paused(int32_t today)
{
	return (struct list_filter){
		.where = "(diner.status = 'paused' OR EXISTS (SELECT 1 FROM meal_pause WHERE meal_pause.diner_id = diner.id"
		         " AND meal_pause.from_day <= :p AND meal_pause.to_day >= :p AND meal_pause.deleted_at IS NULL))",
		.p = { .kind = VALUE_NUMBER, .number = today },
	};
}

struct list_filter diner_filter_care(const char *tag, struct arena *a)
{
	return (struct list_filter){
		.where = "EXISTS (SELECT 1 FROM resident WHERE resident.id = diner.resident_id AND instr(' ' || resident.care_tags || ' ', :p) > 0)",
		.p = { .kind = VALUE_TEXT, .text = arena_format(a, " %s ", tag) },
	};
}

struct list_filter diner_filter_gone(void)
{
	return (struct list_filter){
		.where = "diner.status NOT IN ('stopped', 'quiet', 'deceased') AND NOT EXISTS (SELECT 1 FROM resident WHERE resident.id = diner.resident_id"
		         " AND resident.status = 'present' AND resident.deleted_at IS NULL)",
	};
}
