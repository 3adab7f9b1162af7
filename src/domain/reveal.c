/* The note that somebody looked at an unmasked value. */
#include "reveal.h"

#include "store/stmt.h"
#include "store/txn.h"

enum rc reveal_note(struct office *of, const char *table, int64_t record_id, const char *field, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO reveal (id, account_id, tbl, record_id, field, at)"
	                               " VALUES (:id, :me, :tbl, :record, :field, :now)");
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "reveal", e)) != RC_OK)
		return rc;
	bind_int(&q, ":me", of->me.id);
	bind_text(&q, ":tbl", table);
	bind_int(&q, ":record", record_id);
	bind_text(&q, ":field", field);
	bind_int(&q, ":now", office_now(of));
	if ((rc = stmt_insert(&q, NULL, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
