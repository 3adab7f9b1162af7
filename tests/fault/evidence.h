/* What a database really holds, read with SQLite itself and with `youlin check`, not through the program's own layers. */
#ifndef YL_TESTS_FAULT_EVIDENCE_H
#define YL_TESTS_FAULT_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "desk.h"

/* How many acknowledged issues are missing or differ; `why` gets a line for each. */
size_t evidence_lost(const char *database, const struct acknowledged *done, size_t n, struct strbuf *why);
/* Whether an issue or a draft of this title holds a body that begins with `body`. A draft's title may lag behind by less than the body. */
bool evidence_kept(const char *database, const char *title, const char *body, size_t n);
/* integrity_check. */
bool evidence_sound(const char *database, struct strbuf *why);
/* One number of a query, -1 where the query fails. */
int64_t evidence_number(const char *database, const char *sql);
/* Change a database past the program and its triggers, which are the same afterwards. */
void evidence_tamper(const char *database, const char *sql);

/* `youlin check` on the demo's database: its exit status, and what it said. */
int evidence_check(const struct demo *d, struct strbuf *said);

/* How many texts in all tables hold what may not reach a terminal; `why` gets a line for the first ones. */
size_t evidence_unclean(const char *database, struct strbuf *why);

/* Copy a database with its key, with or without what stands in the log that was not written back yet. */
void evidence_copy(const struct demo *from, struct demo *to, bool with_log);

#endif
