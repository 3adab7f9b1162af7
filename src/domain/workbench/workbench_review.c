/* What waits in 督办, on the head's workbench: decisions to approve, objections to answer. */
#include "workbench_inside.h"

#include "base/day.h"

static struct workbench_row read_decision(const struct workbench_builder *b, const struct stmt *q)
{
	return (struct workbench_row){
		.id = column_int(q, 0), .number = workbench_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = DAY_NONE,
		.note = arena_format(b->arena, "%s %s送批", column_text(q, 4), workbench_day(b, day_of_instant(column_int(q, 5)))),
	};
}

enum rc workbench_decisions(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*) FROM decision WHERE state = 'submitted' AND deleted_at IS NULL",
	                      "SELECT decision.id, decision.number, decision.text, grid.code, account.name, coalesce(decision.submitted_at, decision.at)"
	                      " FROM decision LEFT JOIN account ON account.id = decision.author_id LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id"
	                      " LEFT JOIN grid ON grid.id = agenda_item.grid_id WHERE decision.state = 'submitted' AND decision.deleted_at IS NULL"
	                      " ORDER BY decision.at, decision.id LIMIT :max", read_decision, g, e);
}

static struct workbench_row read_objection(const struct workbench_builder *b, const struct stmt *q)
{
	return (struct workbench_row){
		.id = column_int(q, 0), .number = workbench_number(b, column_text(q, 1)), .title = arena_copy(b->arena, column_text(q, 2)),
		.grid = arena_copy(b->arena, column_text(q, 3)), .due_day = DAY_NONE, .note = arena_format(b->arena, "公示至 %s", workbench_day(b, column_day(q, 4))),
	};
}

enum rc workbench_objections(const struct workbench_builder *b, struct workbench_group *g, struct err *e)
{
	return workbench_fill(b, "SELECT count(*) FROM objection WHERE state = 'open' AND deleted_at IS NULL",
	                      "SELECT notice.decision_id, decision.number, objection.text, grid.code, notice.to_day"
	                      " FROM objection LEFT JOIN notice ON notice.id = objection.notice_id LEFT JOIN decision ON decision.id = notice.decision_id"
	                      " LEFT JOIN agenda_item ON agenda_item.id = decision.agenda_item_id LEFT JOIN grid ON grid.id = agenda_item.grid_id"
	                      " WHERE objection.state = 'open' AND objection.deleted_at IS NULL ORDER BY objection.id LIMIT :max", read_objection, g, e);
}
