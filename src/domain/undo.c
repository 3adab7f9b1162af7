/* Undo with the rules that a use case would have asked. Old values are written back column by column: no use case sees it happen. */
#include "domain/undo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "delivery/door_rules.h"
#include "service/attendance_rules.h"
#include "store/journal.h"
#include "store/txn.h"

static const char verb[] = "undo";                /* journal_undo() says which one */

/* "proof.issue ZM-20261124-01": a paper may be in somebody's hand, taking back its record does not take that back. */
static enum rc require_undoable(const char *done, struct err *e)
{
	static const char issued[] = "proof.issue ", settled[] = "settlement.close";
	size_t n = sizeof issued - 1;

	if (strncmp(done, settled, sizeof settled - 1) == 0)
		return err_set(e, RC_INVALID, NULL, "这个月已经结算，不能撤销；有错的请更正，差额进下个月");
	if (strncmp(done, issued, n) != 0)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "证明「%s」已经开出，不能撤销；写错了请把它作废并写明原因", done + n);
}

enum rc office_undo(struct office *of, char **done, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_FREE char *undone = NULL;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, verb, e)) != RC_OK || (rc = journal_undo(of->st, of->me.id, &undone, e)) != RC_OK ||
	    (rc = require_undoable(undone, e)) != RC_OK || (rc = service_proofs_stand(of, e)) != RC_OK ||
	    (rc = meals_stand(of, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*done = undone;
	undone = NULL;
	return RC_OK;
}
