/* The canteen on the workbench: welfare checks that are open, meals of which something is not known yet, and a month that should be closed. */
#include "workbench_inside.h"

#include "base/day.h"
#include "domain/meal_day.h"
#include "domain/settlement.h"
#include "domain/welfare.h"

/* Checks -------------------------------------------------------------------------------------------------------------------------- */

static struct workbench_row check_row(const struct workbench_builder *b, const struct welfare_check *c)
{
	const char rung[] = { (char)('0' + c->rung), '\0' };
	const char *step = office_code_label(b->of, "welfare_rung", rung);
	AUTO_STRBUF opened = { 0 };

	time_format(&opened, minutes_of_instant(c->opened_at));
	return (struct workbench_row){
		.id = c->id, .number = day_of_instant(c->opened_at) == b->today ? arena_copy(b->arena, strbuf_str(&opened)) : workbench_day(b, day_of_instant(c->opened_at)),
		.title = arena_format(b->arena, "%s %s", c->name, office_code_label(b->of, "welfare_cause", c->cause)), .grid = c->grid, .due_day = DAY_NONE,
		.note = c->overdue ? arena_format(b->arena, "%s超时", step) : c->taken_by[0] ? arena_format(b->arena, "%s在办", c->taken_by) : "还没有人接手",
		.late = c->overdue,
	};
}

enum rc workbench_welfare(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	const struct welfare_check *checks;
	struct workbench_row *rows;
	enum rc rc;

	if ((rc = welfare_list(b->of, INT64_MAX, b->arena, &checks, &g->count, e)) != RC_OK)
		return rc;
	g->n_rows = g->count < b->rows_per_group ? g->count : b->rows_per_group;
	rows = arena_alloc(b->arena, g->n_rows * sizeof *rows + 1);
	for (size_t i = 0; i < g->n_rows; i++)
		rows[i] = check_row(b, &checks[i]);
	g->rows = rows;
	return RC_OK;
}

/* Meals that wait for outcomes ------------------------------------------------------------------------------------------------------ */

enum rc workbench_doors(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	AUTO_STMT q = stmt_use(b->of->st,
		"SELECT day, meal, count(*) FROM meal_order WHERE outcome IS NULL AND state = 'ordered' AND day <= :today GROUP BY day, meal ORDER BY day DESC, meal DESC");
	struct workbench_row *rows = arena_alloc(b->arena, (b->rows_per_group + 1) * sizeof *rows);
	bool row;
	enum rc rc;

	bind_day(&q, ":today", b->today);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int32_t day = column_day(&q, 0);
		const char *meal = arena_copy(b->arena, column_text(&q, 1));

		if (!meal_report_is_due(b->of, day, meal))
			continue;
		g->count += (size_t)column_int(&q, 2);
		if (g->n_rows < b->rows_per_group)
			rows[g->n_rows++] = (struct workbench_row){
				.id = day, .number = workbench_day(b, day), .meal = meal, .grid = "", .note = "", .due_day = DAY_NONE, .late = day < b->today,
				.title = arena_format(b->arena, "%s %lld份没有结果", office_code_label(b->of, "meal", meal), (long long)column_int(&q, 2)),
			};
	}
	g->rows = rows;
	return rc;
}

/* Months ---------------------------------------------------------------------------------------------------------------------------- */

enum rc workbench_settlement(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	struct workbench_row *row = arena_alloc(b->arena, sizeof *row);
	AUTO_STRBUF month = { 0 };
	int32_t due = DAY_NONE;
	enum rc rc = settlement_due(b->of, &due, e);

	if (rc != RC_OK || due == DAY_NONE)
		return rc;
	month_words(&month, due);
	*row = (struct workbench_row){
		.id = due, .number = arena_copy(b->arena, strbuf_str(&month)), .title = "餐费", .grid = "", .note = "过了5日还没有结账", .due_day = DAY_NONE,
	};
	g->count = 1;
	g->rows = row;
	g->n_rows = b->rows_per_group > 0;
	return RC_OK;
}
