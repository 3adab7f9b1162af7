/* Ctrl-Z, as the rules allow it: the journal writes the old values back (store/journal.h), the rules say whether what then stands may stand. */
#ifndef YL_DOMAIN_UNDO_H
#define YL_DOMAIN_UNDO_H

#include "base/err.h"
#include "domain/office.h"

/* Undo the last change of the account: journal_undo() in one transaction with what guards it. Nothing is changed on failure.
 *
 * done    as of journal_undo(); the caller frees
 * Errors  those of journal_undo(); RC_INVALID a 志愿服务记录证明 was issued, or its minutes would be other than it says: it is voided first;
 *         a meal that was closed meanwhile */
enum rc office_undo(struct office *of, char **done, struct err *e) MUST_USE;

#endif
