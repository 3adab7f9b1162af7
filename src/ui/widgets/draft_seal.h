/* Texts of sealed fields (id numbers, health) in drafts: a draft lies in the same file as the record, so it is sealed like it. */
#ifndef YL_UI_DRAFT_SEAL_H
#define YL_UI_DRAFT_SEAL_H

#include <stdint.h>

#include "base/err.h"

struct store;

/* The sealed text in hexadecimal, for one account's draft of one field. The caller frees. */
char *draft_seal(const struct store *st, int64_t account_id, const char *field, const char *text);
/* Errors  RC_INVALID damaged, of another account or field, or sealed with another office's key. The caller frees. */
enum rc draft_unseal(const struct store *st, int64_t account_id, const char *field, const char *sealed, char **text, struct err *e) MUST_USE;

#endif
