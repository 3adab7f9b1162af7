/* The workbench: a table of groups by role, each a filter over issues, or the account's own tasks and drafts. */
#include "domain/workbench.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "issue/issue_codes.h"
#include "issue/issue_query.h"
#include "issue/issue_rules.h"
#include "number.h"
#include "store/stmt.h"

#define ROLE(name) (1U << ROLE_##name)
#define EVERYBODY (ROLE(DESK) | ROLE(GRID) | ROLE(CANTEEN) | ROLE(PROJECT) | ROLE(HEAD) | ROLE(ADMIN))

/* In the order in which they stand on the screen. `own`: for these roles only what is theirs. */
struct group_spec {
	const char *key, *label;
	unsigned roles, own;
	bool urgent;
	enum workbench_target target;
	struct issue_filter filter;
	const char *tab;
	bool uncounted;
};

static const struct group_spec groups[] = {
	{ "extension", "延期待批", ROLE(HEAD), 0, false, WORKBENCH_ISSUES, { .phase = ISSUE_ANY_PHASE, .extension = true } },
	{ "approve", "待批决议", ROLE(HEAD), 0, false, WORKBENCH_REVIEW, { .phase = ISSUE_ANY_PHASE }, .tab = "approve" },
	{ "overdue", "已逾期", EVERYBODY & ~ROLE(ADMIN), ~ROLE(HEAD), true, WORKBENCH_ISSUES, { .phase = ISSUE_ANY_PHASE, .overdue = true } },
	{ "today", "今天到期", EVERYBODY & ~ROLE(ADMIN), ~ROLE(HEAD), false, WORKBENCH_ISSUES, { .phase = ISSUE_ANY_PHASE, .today = true } },
	{ "triage", "待理事", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), false, WORKBENCH_ISSUES, { .phase = PHASE_TRIAGE, .status = ISSUE_OPEN } },
	{ "tasks", "我的任务", ROLE(DESK) | ROLE(GRID) | ROLE(PROJECT) | ROLE(HEAD), 0, false, WORKBENCH_ACTIONS, { .phase = ISSUE_ANY_PHASE, .mine = true } },
	{ "evaluate", "待评价", ROLE(DESK) | ROLE(GRID) | ROLE(HEAD), ROLE(GRID), false, WORKBENCH_ISSUES,
	  { .phase = PHASE_EVALUATE, .status = ISSUE_OPEN } },
	{ "review", "挂起搁置待复核", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), false, WORKBENCH_ISSUES, { .phase = ISSUE_ANY_PHASE, .review = true } },
	{ "deliberate", "待议事", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), false, WORKBENCH_ISSUES, { .phase = PHASE_DELIBERATE, .status = ISSUE_OPEN } },
	{ "objection", "公示异议", ROLE(HEAD), 0, false, WORKBENCH_REVIEW, { .phase = ISSUE_ANY_PHASE }, .tab = "objections" },
	{ "checks", "六事核查", ROLE(HEAD), 0, false, WORKBENCH_REVIEW, { .phase = ISSUE_ANY_PHASE }, .tab = "checks", .uncounted = true },
	{ "mine", "我登记和负责的未结", ROLE(DESK) | ROLE(CANTEEN) | ROLE(PROJECT), ~0U, false, WORKBENCH_ISSUES, { .phase = ISSUE_ANY_PHASE } },
	{ "drafts", "草稿", EVERYBODY, 0, false, WORKBENCH_DRAFTS, { .phase = ISSUE_ANY_PHASE } },
};

struct builder {
	struct office *of;
	struct arena *arena;
	size_t rows_per_group;
	int32_t today;
};

static const char *short_number(const struct builder *b, const char *number)
{
	AUTO_STRBUF out = { 0 };

	number_short(number, b->today, &out);
	return arena_copy(b->arena, strbuf_str(&out));
}

static const char *near_day(const struct builder *b, int32_t day)
{
	AUTO_STRBUF out = { 0 };

	day_format_near(&out, day, b->today);
	return arena_copy(b->arena, strbuf_str(&out));
}

/* Issues ---------------------------------------------------------------------------------------------------------------------------- */

static const char rows_sql[] =
	"SELECT issue.id, issue.number, issue.title, grid.code, issue.due_day, issue.phase, issue.status, issue.satisfaction,"
	" (SELECT review_day FROM suspension WHERE suspension.issue_id = issue.id AND ended_day IS NULL ORDER BY from_day DESC LIMIT 1),"
	" asked.workdays, account.name"
	" FROM issue LEFT JOIN grid ON grid.id = issue.grid_id"
	" LEFT JOIN extension AS asked ON asked.issue_id = issue.id AND asked.state = 'asked'"
	" LEFT JOIN account ON account.id = asked.asked_by";

static const char *issue_note(const struct builder *b, const struct stmt *q, const struct workbench_row *row)
{
	enum phase phase = phase_from_key(column_text(q, 5));
	enum issue_status status = status_from_key(column_text(q, 6));
	AUTO_STRBUF out = { 0 };

	if (!column_is_null(q, 9))
		return arena_format(b->arena, "%s 延%lld个工作日", column_text(q, 10), (long long)column_int(q, 9));
	if (status != STATUS_OPEN)
		return arena_format(b->arena, "%s，复核 %s", status_label(b->of, status), near_day(b, column_day(q, 8)));
	if (phase == PHASE_EVALUATE)
		return arena_copy(b->arena, office_code_label(b->of, "satisfaction", column_text(q, 7)));
	issue_late_words(phase, status, row->due_day, row->late, b->today, &out);
	return out.n ? arena_copy(b->arena, strbuf_str(&out)) : near_day(b, row->due_day);
}

static struct workbench_row read_issue(const struct builder *b, const struct stmt *q)
{
	struct workbench_row row = {
		.id = column_int(q, 0), .number = short_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = column_day(q, 4),
	};

	row.late = issue_lateness(b->of, phase_from_key(column_text(q, 5)), status_from_key(column_text(q, 6)), row.due_day, b->today);
	row.note = issue_note(b, q, &row);
	return row;
}

/* Tasks ----------------------------------------------------------------------------------------------------------------------------- */

#define TASKS_FROM \
	" FROM action JOIN issue ON issue.id = action.issue_id LEFT JOIN grid ON grid.id = issue.grid_id" \
	" WHERE action.owner_id = :me AND action.status IN ('todo', 'doing', 'blocked') AND action.deleted_at IS NULL" \
	" AND issue.status <> 'closed' AND issue.deleted_at IS NULL"

static struct workbench_row read_task(const struct builder *b, const struct stmt *q)
{
	struct workbench_row row = {
		.id = column_int(q, 0), .number = short_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = column_day(q, 4), .action_id = column_int(q, 5),
	};

	row.late = issue_lateness(b->of, PHASE_ACT, status_from_key(column_text(q, 7)), row.due_day, b->today);
	if (strcmp(column_text(q, 6), ACTION_BLOCKED) == 0)
		row.note = office_code_label(b->of, "action_status", ACTION_BLOCKED);
	else if (row.late > 0)
		row.note = arena_format(b->arena, "逾期%d天", row.late);
	else
		row.note = near_day(b, row.due_day);
	return row;
}

/* Drafts ---------------------------------------------------------------------------------------------------------------------------- */

static struct workbench_row read_draft(const struct builder *b, const struct stmt *q)
{
	const struct form *form = form_find(b->of->forms, column_text(q, 1));
	AUTO_STRBUF at = { 0 };

	instant_format(&at, column_int(q, 3));
	return (struct workbench_row){
		.id = column_int(q, 0), .number = form ? form->title : "", .title = arena_copy(b->arena, column_text(q, 2)), .grid = "",
		.note = arena_copy(b->arena, strbuf_str(&at)), .due_day = DAY_NONE,
	};
}

/* What waits in 督办 ------------------------------------------------------------------------------------------------------------------ */

static struct workbench_row read_decision(const struct builder *b, const struct stmt *q)
{
	return (struct workbench_row){
		.id = column_int(q, 0), .number = short_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = DAY_NONE,
		.note = arena_format(b->arena, "%s %s送批", column_text(q, 4), near_day(b, day_of_instant(column_int(q, 5)))),
	};
}

static struct workbench_row read_objection(const struct builder *b, const struct stmt *q)
{
	return (struct workbench_row){
		.id = column_int(q, 0), .number = short_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = DAY_NONE, .note = arena_format(b->arena, "公示至 %s", near_day(b, column_day(q, 4))),
	};
}

/* Groups ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct workbench_row read_row(const struct builder *b, const struct stmt *q);

static enum rc read_rows(const struct builder *b, struct stmt *q, read_row *read, struct workbench_group *g, struct err *e)
{
	struct workbench_row *rows = arena_alloc(b->arena, (b->rows_per_group + 1) * sizeof *rows);
	bool row;
	enum rc rc = RC_OK;

	while (g->n_rows < b->rows_per_group && (rc = stmt_step(q, &row, e)) == RC_OK && row)
		rows[g->n_rows++] = read(b, q);
	g->rows = rows;
	return rc;
}

static enum rc load_issues(const struct builder *b, struct workbench_group *g, struct err *e)
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
	return found ? read_rows(b, &rows, read_issue, g, e) : RC_OK;
}

/* Count, and the first rows where there are any. Both queries may know :me, the second :max. */
static enum rc load_rows(const struct builder *b, const char *how_many, const char *which, read_row *read, struct workbench_group *g, struct err *e)
{
	AUTO_STMT count = stmt_use(b->of->st, how_many);
	AUTO_STMT rows = stmt_use(b->of->st, which);
	int64_t found;
	enum rc rc;

	if (strstr(how_many, ":me"))
		bind_int(&count, ":me", b->of->me.id);
	if ((rc = stmt_int(&count, &found, e)) != RC_OK)
		return rc;
	g->count = (size_t)found;
	if (strstr(which, ":me"))
		bind_int(&rows, ":me", b->of->me.id);
	bind_int(&rows, ":max", (int64_t)b->rows_per_group);
	return found ? read_rows(b, &rows, read, g, e) : RC_OK;
}

static enum rc load_tasks(const struct builder *b, struct workbench_group *g, struct err *e)
{
	return load_rows(b, "SELECT count(*)" TASKS_FROM,
	                 "SELECT /*scan*/ issue.id, issue.number, action.title, grid.code, action.due_day, action.id, action.status,"
	                 " issue.status" TASKS_FROM " ORDER BY action.due_day, action.id LIMIT :max", read_task, g, e);
}

static enum rc load_drafts(const struct builder *b, struct workbench_group *g, struct err *e)
{
	return load_rows(b, "SELECT count(*) FROM draft WHERE account_id = :me",
	                 "SELECT id, form, title, updated_at FROM draft WHERE account_id = :me ORDER BY updated_at DESC LIMIT :max", read_draft, g, e);
}

static enum rc load_decisions(const struct builder *b, struct workbench_group *g, struct err *e)
{
	return load_rows(b, "SELECT count(*) FROM decision WHERE state = 'submitted' AND deleted_at IS NULL",
	                 "SELECT decision.id, decision.number, decision.text, grid.code, account.name, coalesce(decision.submitted_at, decision.at)"
	                 " FROM decision LEFT JOIN account ON account.id = decision.author_id LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id"
	                 " LEFT JOIN grid ON grid.id = agenda_item.grid_id WHERE decision.state = 'submitted' AND decision.deleted_at IS NULL"
	                 " ORDER BY decision.at, decision.id LIMIT :max", read_decision, g, e);
}

static enum rc load_objections(const struct builder *b, struct workbench_group *g, struct err *e)
{
	return load_rows(b, "SELECT count(*) FROM objection WHERE state = 'open' AND deleted_at IS NULL",
	                 "SELECT notice.decision_id, decision.number, objection.text, grid.code, notice.to_day"
	                 " FROM objection LEFT JOIN notice ON notice.id = objection.notice_id LEFT JOIN decision ON decision.id = notice.decision_id"
	                 " LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id LEFT JOIN grid ON grid.id = agenda_item.grid_id"
	                 " WHERE objection.state = 'open' AND objection.deleted_at IS NULL ORDER BY objection.id LIMIT :max", read_objection, g, e);
}

static enum rc load_review(const struct builder *b, struct workbench_group *g, struct err *e)
{
	if (g->uncounted)
		return RC_OK;
	return strcmp(g->key, "approve") == 0 ? load_decisions(b, g, e) : load_objections(b, g, e);
}

static enum rc load_group(const struct builder *b, struct workbench_group *g, struct err *e)
{
	switch (g->target) {
	case WORKBENCH_ACTIONS:
		return load_tasks(b, g, e);
	case WORKBENCH_DRAFTS:
		return load_drafts(b, g, e);
	case WORKBENCH_REVIEW:
		return load_review(b, g, e);
	default:
		return load_issues(b, g, e);
	}
}

enum rc workbench_load(struct office *of, size_t rows_per_group, struct arena *a, struct workbench *out, struct err *e)
{
	struct builder b = { .of = of, .arena = a, .rows_per_group = rows_per_group, .today = office_today(of) };
	struct workbench_group *made = arena_alloc(a, COUNT(groups) * sizeof *made);
	unsigned me = 1U << of->me.role;
	size_t n = 0;

	if (of->me.id == 0)
		return err_set(e, RC_DENIED, NULL, "请先登录");
	for (size_t i = 0; i < COUNT(groups); i++) {
		const struct group_spec *spec = &groups[i];
		enum rc rc;

		if (!(spec->roles & me))
			continue;
		made[n] = (struct workbench_group){
			.key = spec->key, .label = spec->label, .urgent = spec->urgent, .target = spec->target, .filter = spec->filter,
			.tab = spec->tab, .uncounted = spec->uncounted,
		};
		made[n].filter.mine = made[n].filter.mine || (spec->own & me);
		if ((rc = load_group(&b, &made[n], e)) != RC_OK)
			return rc;
		n++;
	}
	*out = (struct workbench){ .groups = made, .n = n };
	return RC_OK;
}
