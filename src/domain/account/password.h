/* Password hashes: argon2id by libsodium, at most two at once on one database (security.md). */
#ifndef YL_DOMAIN_PASSWORD_H
#define YL_DOMAIN_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct store;

/* What one hash costs. Defined in password_cost.c; a test program that defines its own cheaper one is linked with that instead. */
struct password_cost {
	unsigned long long operations;
	size_t memory_bytes;
};
extern const struct password_cost password_cost;

#define PASSWORD_HASH_BYTES 128

/* At least 8 characters, at most 200 bytes, nothing that can't be typed again, not the login.  Errors  RC_INVALID "password" */
enum rc password_check(const char *password, const char *login, struct err *e) MUST_USE;
/* Waits while two others are hashing.  Errors  RC_IO not enough memory, or the lock file can't be made */
enum rc password_hash(struct store *st, const char *password, char hash[PASSWORD_HASH_BYTES], struct err *e) MUST_USE;
/* hash NULL: does the same work and says no. */
enum rc password_verify(struct store *st, const char *hash, const char *password, bool *ok, struct err *e) MUST_USE;
bool password_is_cheap(const char *hash);            /* made when less was asked: hash again */

#endif
