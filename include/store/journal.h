/* The journal: history of a record and undo. Rows are written by triggers; nothing here writes it. */
#ifndef YL_STORE_JOURNAL_H
#define YL_STORE_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

struct store;

/* One changed column. Values are JSON text of the value as it stands in the column; NULL where there was none. Sealed values are opened to text. */
struct change {
	const char *column;       /* "x.…" for an added field */
	const char *before, *after;
};

struct journal_entry {
	int64_t site, no;         /* the transaction */
	int64_t at;               /* ms UTC, from the hybrid clock */
	int64_t hlc;              /* the hybrid clock itself: what was written later has more, also within one ms and after a clock was set back */
	int64_t actor;            /* account id, 0 for the program */
	const char *actor_name;   /* "" if unknown */
	const char *verb;
	const char *table;
	int64_t id;
	char op;
	const struct change *changes;
	size_t n;
};

/* Everything that ever happened to one record and its added fields, newest first; for a resident also to the records merged into it.
 * Entries live in the arena. */
enum rc journal_history(struct store *st, const char *table, int64_t id, struct arena *arena,
                        const struct journal_entry **out, size_t *n, struct err *e) MUST_USE;

/* Undo an account's last transaction of this site that is not itself an undo and not undone yet: a new transaction (verb 'undo NO') that
 * writes the old values back; what was added is marked as deleted. Looking at masked values (verb 'reveal') is passed over.
 *
 * done    the verb that was undone and, behind a blank, the name of its record ("issue.triage.accept DH-…"); the caller frees
 * Errors  RC_NOTFOUND nothing to undo; RC_CONFLICT something was changed or built upon by somebody since (nothing is changed); RC_DENIED the
 *         use case can't be undone (journal verbs 'account.*', 'auth.*'); RC_BUSY; RC_DB */
enum rc journal_undo(struct store *st, int64_t account_id, char **done, struct err *e) MUST_USE;

#endif
