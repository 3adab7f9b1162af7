/* Sealed columns: id numbers and health are encrypted in the file, in the journal and in every bundle.
 *
 * XChaCha20-Poly1305 with a random nonce; additional data is table|id|column, so that a value can't be moved to another place. The office's key lies
 * beside the database (PATH.key, 0600), made with it, never inside it.  Keyed BLAKE2b finds equal values without opening them.
 */
#ifndef YL_STORE_SEAL_H
#define YL_STORE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct store;

#define SEAL_HASH_BYTES 16

/* *sealed is allocated; the caller frees. */
void seal_text(const struct store *st, const char *table, int64_t id, const char *column, const char *plain,
               unsigned char **sealed, size_t *n);
/* Errors  RC_INVALID: damaged, moved from elsewhere, or another office's key */
enum rc seal_open(const struct store *st, const char *table, int64_t id, const char *column, const void *sealed, size_t n,
                  char **plain, struct err *e) MUST_USE;
void seal_hash(const struct store *st, const char *table, const char *column, const char *plain, unsigned char out[SEAL_HASH_BYTES]);

#endif
