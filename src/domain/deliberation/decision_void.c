/* Decisions that no longer hold: the vote was undone, or all of their issues went back to 理事. Both stay on the record, with who and why. */
#include "decision_rules.h"

#include "store/stmt.h"

enum rc decision_void(struct office *of, int64_t agenda_item_id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE decision SET deleted_at = :now, deleted_by = :me, deleted_why = :why, rev = rev + 1"
		" WHERE agenda_item_id = :item AND deleted_at IS NULL");

	bind_int(&q, ":item", agenda_item_id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

/* Items of the issue with a decision that is not being carried out, and that stand for no other issue which waits for it, or for which it was carried
 * out before the head took it back for this one. */
static const char left_sql[] =
	"SELECT decision.agenda_item_id FROM agenda_issue AS link JOIN decision ON decision.agenda_item_id = link.agenda_item_id"
	" WHERE link.issue_id = :issue AND link.deleted_at IS NULL AND decision.deleted_at IS NULL AND decision.acted_at IS NULL"
	" AND NOT EXISTS (SELECT 1 FROM agenda_issue AS beside JOIN issue AS other ON other.id = beside.issue_id"
	"  WHERE beside.agenda_item_id = link.agenda_item_id AND beside.deleted_at IS NULL AND other.id <> :issue AND other.deleted_at IS NULL"
	"  AND ((other.phase = 'decide' AND other.status <> 'closed')"
	"   OR EXISTS (SELECT 1 FROM phase AS carried WHERE carried.issue_id = other.id AND carried.phase = 'decide'"
	"    AND carried.result IN ('decided', 'settled') AND NOT EXISTS (SELECT 1 FROM phase AS again WHERE again.issue_id = other.id"
	"     AND again.phase = 'triage' AND again.opened_at >= carried.closed_at)))) LIMIT 1";

enum rc decision_leave_issue(struct office *of, int64_t issue_id, const char *why, struct err *e)
{
	bool row = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && row) {
		AUTO_STMT q = stmt_use(of->st, left_sql);

		bind_int(&q, ":issue", issue_id);
		if ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
			rc = decision_void(of, column_int(&q, 0), why, e);
	}
	return rc;
}
