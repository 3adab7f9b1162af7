/* What is typed about doors and checks in forms: the same use cases as one key. */
#include "door_rules.h"

#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

static enum rc require_rev(struct office *of, const char *sql, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);
	int64_t rev;
	enum rc rc;

	bind_int(&q, ":id", r->id);
	if ((rc = stmt_int(&q, &rev, e)) != RC_OK)
		return rc;
	return rev == r->rev ? RC_OK : err_set(e, RC_CONFLICT, NULL, "刚被别人改过，请看过再改");
}

enum rc outcome_save(struct office *of, struct record *r, struct err *e)
{
	struct outcome_entry x = {
		.code = record_text(r, "outcome"), .condition = record_text(r, "condition"), .note = record_text(r, "outcome_note"),
		.volunteer_id = record_number(r, "outcome_volunteer_id", 0), .why = record_text(r, "outcome_why"),
	};
	struct outcome_said said;
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "outcome.set", e)) != RC_OK ||
	    (rc = require_rev(of, "SELECT rev FROM meal_order WHERE id = :id", r, e)) != RC_OK || (rc = outcome_set(of, r->id, &x, &said, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc welfare_try_save(struct office *of, int64_t check_id, struct record *r, struct err *e)
{
	return welfare_try(of, check_id, record_text(r, "result"), record_text(r, "person"), record_text(r, "note"), e);
}

enum rc welfare_close_save(struct office *of, struct record *r, struct err *e)
{
	return welfare_close(of, r->id, record_text(r, "conclusion"), record_text(r, "note"), e);
}
