/* Transactions: one use case, one transaction.
 *
 *	AUTO_TXN t = { 0 };
 *	if ((rc = txn_begin(&t, st, "issue.triage", e)) != RC_OK || … || (rc = txn_commit(&t, e)) != RC_OK)
 *		return rc;                    // leaving the scope rolls back what was not committed
 *
 * txn_begin waits for other processes behind a lock file (flock), then BEGIN IMMEDIATE; it nests (an inner commit is a savepoint's release; the outermost
 * verb goes to the journal). txn_commit returns after the commit is on disk; only then may "已保存" be shown.
 */
#ifndef YL_STORE_TXN_H
#define YL_STORE_TXN_H

#include <stdbool.h>

#include "base/err.h"

struct store;

struct txn {
	struct store *st;
	int depth;
	bool open;
};

/* verb  the use case, "issue.triage": goes to the journal; a literal
 * Errors  RC_BUSY with who holds the database and for how long; RC_DB */
enum rc txn_begin(struct txn *t, struct store *st, const char *verb, struct err *e) MUST_USE;
/* The same for what can wait: where another process writes it is RC_BUSY at once. */
enum rc txn_try(struct txn *t, struct store *st, const char *verb, struct err *e) MUST_USE;
enum rc txn_commit(struct txn *t, struct err *e) MUST_USE;
void txn_end(struct txn *t);                      /* rolls back if still open */
#define AUTO_TXN __attribute__((cleanup(txn_end))) struct txn

#endif
