/* The workbench: a table of groups by role, each with how it is counted and what Enter on it opens. */
#include "workbench_inside.h"

#include <string.h>

#include "base/day.h"
#include "number.h"

#define ROLE(name) (1U << ROLE_##name)
#define EVERYBODY (ROLE(DESK) | ROLE(GRID) | ROLE(CANTEEN) | ROLE(PROJECT) | ROLE(HEAD) | ROLE(ADMIN))

static workbench_load_group load_drafts, load_later;

/* In the order in which they stand on the screen. `own`: for these roles only what is theirs. */
static const struct group_spec {
	const char *key, *label;
	unsigned roles, own;
	enum workbench_target target;
	workbench_load_group *load;
	struct issue_filter filter;
	const char *tab;
	bool urgent, uncounted, rare;        /* rare: not shown where there is none */
} groups[] = {
	{ "welfare", "关爱核查", ROLE(DESK) | ROLE(GRID) | ROLE(CANTEEN) | ROLE(HEAD), 0, WORKBENCH_WELFARE, workbench_welfare, .urgent = true, .rare = true },
	{ "doors", "送餐未回报", ROLE(DESK) | ROLE(CANTEEN) | ROLE(HEAD), 0, WORKBENCH_DOORS, workbench_doors, .urgent = true, .rare = true },
	{ "extension", "延期待批", ROLE(HEAD), 0, WORKBENCH_ISSUES, workbench_issues, { .phase = ISSUE_ANY_PHASE, .extension = true } },
	{ "approve", "待批决议", ROLE(HEAD), 0, WORKBENCH_REVIEW, workbench_decisions, .tab = "approve" },
	{ "objection", "公示异议", ROLE(HEAD), 0, WORKBENCH_REVIEW, workbench_objections, .tab = "objections" },
	{ "overdue", "已逾期", EVERYBODY & ~ROLE(ADMIN), ~ROLE(HEAD), WORKBENCH_ISSUES, workbench_issues,
	  { .phase = ISSUE_ANY_PHASE, .overdue = true }, .urgent = true },
	{ "today", "今天到期", EVERYBODY & ~ROLE(ADMIN), ~ROLE(HEAD), WORKBENCH_ISSUES, workbench_issues, { .phase = ISSUE_ANY_PHASE, .today = true } },
	{ "triage", "待理事", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), WORKBENCH_ISSUES, workbench_issues, { .phase = PHASE_TRIAGE, .status = ISSUE_OPEN } },
	{ "tasks", "我的任务", ROLE(DESK) | ROLE(GRID) | ROLE(PROJECT) | ROLE(HEAD), 0, WORKBENCH_ACTIONS, workbench_tasks,
	  { .phase = ISSUE_ANY_PHASE, .mine = true } },
	{ "gaps", "七天内缺人的班次", ROLE(GRID) | ROLE(HEAD), 0, WORKBENCH_ROSTER, workbench_gaps },
	{ "hours", "服务时长待核定", ROLE(GRID) | ROLE(HEAD), 0, WORKBENCH_ATTENDANCE, workbench_hours },
	{ "evaluate", "待评价", ROLE(DESK) | ROLE(GRID) | ROLE(HEAD), ROLE(GRID), WORKBENCH_ISSUES, workbench_issues,
	  { .phase = PHASE_EVALUATE, .status = ISSUE_OPEN } },
	{ "review", "挂起搁置待复核", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), WORKBENCH_ISSUES, workbench_issues, { .phase = ISSUE_ANY_PHASE, .review = true } },
	{ "deliberate", "待议事", ROLE(GRID) | ROLE(HEAD), ROLE(GRID), WORKBENCH_ISSUES, workbench_issues,
	  { .phase = PHASE_DELIBERATE, .status = ISSUE_OPEN } },
	{ "applicants", "志愿者待审核", ROLE(GRID) | ROLE(HEAD), 0, WORKBENCH_VOLUNTEERS, workbench_applicants, .tab = "status=applied" },
	{ "expiring", "证书快到期", ROLE(GRID) | ROLE(HEAD), 0, WORKBENCH_VOLUNTEERS, workbench_expiring, .tab = "status=active papers=2" },
	{ "settlement", "餐费还没有结账", ROLE(CANTEEN) | ROLE(HEAD), 0, WORKBENCH_SETTLEMENT, workbench_settlement },
	{ "checks", "六事核查", ROLE(HEAD), 0, WORKBENCH_REVIEW, load_later, .tab = "checks", .uncounted = true },
	{ "mine", "我登记和负责的未结", ROLE(DESK) | ROLE(CANTEEN) | ROLE(PROJECT), ~0U, WORKBENCH_ISSUES, workbench_issues, { .phase = ISSUE_ANY_PHASE } },
	{ "drafts", "草稿", EVERYBODY, 0, WORKBENCH_DRAFTS, load_drafts },
};

const char *workbench_number(const struct workbench_builder *b, const char *number)
{
	AUTO_STRBUF out = { 0 };

	number_short(number, b->today, &out);
	return arena_copy(b->arena, strbuf_str(&out));
}

const char *workbench_day(const struct workbench_builder *b, int32_t day)
{
	AUTO_STRBUF out = { 0 };

	day_format_near(&out, day, b->today);
	return arena_copy(b->arena, strbuf_str(&out));
}

enum rc workbench_rows(const struct workbench_builder *b, struct stmt *q, workbench_read *read, struct workbench_group *g, struct err *e)
{
	struct workbench_row *rows = arena_alloc(b->arena, (b->rows_per_group + 1) * sizeof *rows);
	bool row;
	enum rc rc = RC_OK;

	while (g->n_rows < b->rows_per_group && (rc = stmt_step(q, &row, e)) == RC_OK && row)
		rows[g->n_rows++] = read(b, q);
	g->rows = rows;
	return rc;
}

static void bind_known(const struct workbench_builder *b, struct stmt *q, const char *sql)
{
	if (strstr(sql, ":me"))
		bind_int(q, ":me", b->of->me.id);
	if (strstr(sql, ":today"))
		bind_day(q, ":today", b->today);
}

enum rc workbench_fill(const struct workbench_builder *b, const char *how_many, const char *which, workbench_read *read, struct workbench_group *g,
                       struct err *e)
{
	AUTO_STMT count = stmt_use(b->of->st, how_many);
	AUTO_STMT rows = stmt_use(b->of->st, which);
	int64_t found;
	enum rc rc;

	bind_known(b, &count, how_many);
	if ((rc = stmt_int(&count, &found, e)) != RC_OK)
		return rc;
	g->count = (size_t)found;
	bind_known(b, &rows, which);
	bind_int(&rows, ":max", (int64_t)b->rows_per_group);
	return found ? workbench_rows(b, &rows, read, g, e) : RC_OK;
}

static struct workbench_row read_draft(const struct workbench_builder *b, const struct stmt *q)
{
	const struct form *form = form_find(b->of->forms, column_text(q, 1));
	AUTO_STRBUF at = { 0 };

	instant_format(&at, column_int(q, 3));
	return (struct workbench_row){
		.id = column_int(q, 0), .number = form ? form->title : "", .title = arena_copy(b->arena, column_text(q, 2)), .grid = "",
		.note = arena_copy(b->arena, strbuf_str(&at)), .due_day = DAY_NONE,
	};
}

static enum rc load_drafts(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*) FROM draft WHERE account_id = :me",
	                      "SELECT id, form, title, updated_at FROM draft WHERE account_id = :me ORDER BY updated_at DESC LIMIT :max", read_draft, g, e);
}

/* Counted by the screen when nobody types. */
static enum rc load_later(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	(void)b; (void)g; (void)e;
	return RC_OK;
}

enum rc workbench_load(struct office *of, size_t rows_per_group, struct arena *a, struct workbench *out, struct err *e)
{
	struct workbench_builder b = { .of = of, .arena = a, .rows_per_group = rows_per_group, .today = office_today(of) };
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
		if ((rc = spec->load(&b, &made[n], e)) != RC_OK)
			return rc;
		n += !spec->rare || made[n].count > 0;
	}
	*out = (struct workbench){ .groups = made, .n = n };
	return RC_OK;
}
