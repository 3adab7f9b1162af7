/* Rows of table action: what somebody has to do for an issue. */
#include "issue_rules.h"

#include "base/day.h"
#include "issue_codes.h"
#include "store/stmt.h"

enum rc action_open(struct office *of, const struct action_row *row, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO action (id, issue_id, round, at, title, party, owner_id, owner_name, partner, promised_day, start_day, due_day, status)"
		" VALUES (:id, :issue, :round, :now, :title, :party, :owner, :name, :partner, :promised, :start, :due, :status)");

	bind_int(&q, ":issue", row->issue_id);
	bind_int(&q, ":round", row->round);
	bind_int(&q, ":now", row->at);
	bind_text(&q, ":title", row->title);
	bind_words(&q, ":party", row->party);
	bind_id(&q, ":owner", row->owner_id);
	bind_text(&q, ":name", row->owner_name);
	bind_text(&q, ":partner", row->partner);
	bind_day(&q, ":promised", row->promised_day);
	bind_day(&q, ":start", office_today(of));
	bind_day(&q, ":due", row->due_day);
	bind_text(&q, ":status", ACTION_TODO);
	return stmt_insert(&q, id, e);
}
