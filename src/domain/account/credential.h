/* The passwords of accounts, local to this site: counted tries, lockout, hashes. */
#ifndef YL_DOMAIN_CREDENTIAL_H
#define YL_DOMAIN_CREDENTIAL_H

#include <stdint.h>

#include "base/err.h"

struct office;

/* One try, counted before it is hashed; account_id < 0 is an unknown name and does the same work. The count stays until credential_clear().
 * Errors  RC_DENIED wrong, locked for so many seconds, or disabled (said only where the password is right) */
enum rc credential_try(struct office *of, int64_t account_id, const char *password, struct err *e) MUST_USE;
/* It was right: no fails, and now is the last good login. Inside a txn. */
enum rc credential_clear(struct office *of, int64_t account_id, struct err *e) MUST_USE;
/* A new hash, made by password_hash() before the txn that this runs in. */
enum rc credential_set(struct office *of, int64_t account_id, const char *hash, struct err *e) MUST_USE;

#endif
