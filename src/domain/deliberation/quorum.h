/* config/quorum.ini: how many must be there, by kind of meeting. */
#ifndef YL_DOMAIN_QUORUM_H
#define YL_DOMAIN_QUORUM_H

#include "base/err.h"
#include "base/form.h"
#include "domain/ballot.h"

struct quorums;

/* Errors  RC_IO where the file can't be read; RC_INVALID for its content, with file and line, where a section is no code of `meeting_kind`, or where
 * [default] is missing. */
enum rc quorums_load(struct quorums **out, const char *path, const struct form_set *forms, struct err *e) MUST_USE;
void quorums_free(struct quorums *qs);

/* The rule of a kind (code of `meeting_kind`), of [default] where it has none. Lives as long as `qs`. */
const struct quorum_rule *quorum_find(const struct quorums *qs, const char *kind);

#endif
