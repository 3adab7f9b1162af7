/* Rows of table phase: one pass of an issue through one of the six steps. */
#include "issue_rules.h"

#include "base/day.h"
#include "store/stmt.h"

enum rc phase_open(struct office *of, const struct phase_row *row, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO phase (id, issue_id, phase, round, opened_at, due_day, handler_id, party, unit_in_charge)"
		" VALUES (:id, :issue, :phase, :round, :at, :due, :handler, :party, :unit)");

	bind_int(&q, ":issue", row->issue_id);
	bind_text(&q, ":phase", phase_key(row->phase));
	bind_int(&q, ":round", row->round);
	bind_int(&q, ":at", row->at);
	bind_day(&q, ":due", row->due_day);
	bind_id(&q, ":handler", row->handler_id);
	bind_words(&q, ":party", row->party);
	bind_words(&q, ":unit", row->unit_in_charge);
	return stmt_insert(&q, id, e);
}

enum rc phase_close(struct office *of, int64_t id, const char *result, int64_t at, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE phase SET closed_at = :at, closed_by = :me, result = :result, rev = rev + 1,"
	                               " answered_at = CASE WHEN answer_way <> 'none' THEN coalesce(answered_at, :at) END"
	                               " WHERE id = :id AND closed_at IS NULL");

	bind_int(&q, ":id", id);
	bind_int(&q, ":at", at);
	bind_id(&q, ":me", of->me.id);
	bind_text(&q, ":result", result);
	return stmt_run(&q, e);
}
