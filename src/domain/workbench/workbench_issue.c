/* Issues and tasks on the workbench: a group is a filter over issues, or the account's own actions. */
#include "workbench_inside.h"

#include <string.h>

#include "base/day.h"
#include "issue/issue_codes.h"
#include "issue/issue_query.h"
#include "issue/issue_rules.h"

/* Issues ---------------------------------------------------------------------------------------------------------------------------- */

static const char rows_sql[] =
	"SELECT issue.id, issue.number, issue.title, grid.code, issue.due_day, issue.phase, issue.status, issue.satisfaction,"
	" (SELECT review_day FROM suspension WHERE suspension.issue_id = issue.id AND ended_day IS NULL ORDER BY from_day DESC LIMIT 1),"
	" asked.workdays, account.name"
	" FROM issue LEFT JOIN grid ON grid.id = issue.grid_id"
	" LEFT JOIN extension AS asked ON asked.issue_id = issue.id AND asked.state = 'asked'"
	" LEFT JOIN account ON account.id = asked.asked_by";

static const char *issue_note(const struct workbench_builder *b, const struct stmt *q, const struct workbench_row *row)
{
	enum phase phase = phase_from_key(column_text(q, 5));
	enum issue_status status = status_from_key(column_text(q, 6));
	AUTO_STRBUF out = { 0 };

	if (!column_is_null(q, 9))
		return arena_format(b->arena, "%s 延%lld个工作日", column_text(q, 10), (long long)column_int(q, 9));
	if (status != STATUS_OPEN)
		return arena_format(b->arena, "%s，复核 %s", status_label(b->of, status), workbench_day(b, column_day(q, 8)));
	if (phase == PHASE_EVALUATE)
		return arena_copy(b->arena, office_code_label(b->of, "satisfaction", column_text(q, 7)));
	issue_late_words(phase, status, row->due_day, row->late, b->today, &out);
	return out.n ? arena_copy(b->arena, strbuf_str(&out)) : workbench_day(b, row->due_day);
}

static struct workbench_row read_issue(const struct workbench_builder *b, const struct stmt *q)
{
	struct workbench_row row = {
		.id = column_int(q, 0), .number = workbench_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = column_day(q, 4),
	};

	row.late = issue_lateness(b->of, phase_from_key(column_text(q, 5)), status_from_key(column_text(q, 6)), row.due_day, b->today);
	row.note = issue_note(b, q, &row);
	return row;
}

enum rc workbench_issues(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	struct list_filter filters[ISSUE_FILTERS_MAX];
	size_t n = issue_filters(b->of, &g->filter, b->arena, filters);
	AUTO_STMT count = issue_query(b->of, "SELECT count(*) FROM issue", filters, n, "");
	AUTO_STMT rows = issue_query(b->of, rows_sql, filters, n, " ORDER BY issue.due_day, issue.id LIMIT :max");
	int64_t found;
	enum rc rc;

	if ((rc = stmt_int(&count, &found, e)) != RC_OK)
		return rc;
	g->count = (size_t)found;
	bind_int(&rows, ":max", (int64_t)b->rows_per_group);
	return found ? workbench_rows(b, &rows, read_issue, g, e) : RC_OK;
}

/* Tasks ----------------------------------------------------------------------------------------------------------------------------- */

#define TASKS_FROM \
	" FROM action JOIN issue ON issue.id = action.issue_id LEFT JOIN grid ON grid.id = issue.grid_id" \
	" WHERE action.owner_id = :me AND action.status IN ('todo', 'doing', 'blocked') AND action.deleted_at IS NULL" \
	" AND issue.status <> 'closed' AND issue.deleted_at IS NULL"

static struct workbench_row read_task(const struct workbench_builder *b, const struct stmt *q)
{
	struct workbench_row row = {
		.id = column_int(q, 0), .number = workbench_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = column_day(q, 4), .action_id = column_int(q, 5),
	};

	row.late = issue_lateness(b->of, PHASE_ACT, status_from_key(column_text(q, 7)), row.due_day, b->today);
	if (strcmp(column_text(q, 6), ACTION_BLOCKED) == 0)
		row.note = office_code_label(b->of, "action_status", ACTION_BLOCKED);
	else if (row.late > 0)
		row.note = arena_format(b->arena, "逾期%d天", row.late);
	else
		row.note = workbench_day(b, row.due_day);
	return row;
}

enum rc workbench_tasks(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*)" TASKS_FROM,
	                      "SELECT /*scan*/ issue.id, issue.number, action.title, grid.code, action.due_day, action.id, action.status,"
	                      " issue.status" TASKS_FROM " ORDER BY action.due_day, action.id LIMIT :max", read_task, g, e);
}
