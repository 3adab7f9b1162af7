/* Sealed columns, and the key file that opens them. */
#include "store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define KEY_BYTES crypto_kdf_KEYBYTES

/* One line, so that an administrator can copy it onto paper. */
static const char key_prefix[] = "youlin-key-1 ";
#define KEY_LINE_BYTES (sizeof key_prefix - 1 + 2 * KEY_BYTES + 1)

static char *key_path(const struct store *st)
{
	return mem_format("%s.key", st->path);
}

static void derive_keys(struct store *st, const unsigned char key[KEY_BYTES])
{
	crypto_kdf_derive_from_key(st->seal_key, sizeof st->seal_key, 1, "yl-seal", key);
	crypto_kdf_derive_from_key(st->hash_key, sizeof st->hash_key, 2, "yl-seal", key);
}

static enum rc read_key(struct store *st, const char *path, struct err *e)
{
	char line[KEY_LINE_BYTES + 2];
	unsigned char key[KEY_BYTES];
	size_t prefix = sizeof key_prefix - 1, n_key = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	bool good;

	if (fd < 0)
		return err_set(e, RC_INVALID, NULL, "打不开密钥文件 %s（%s）。身份证号等加密内容要靠它读取，请把建库时保存的密钥文件放回这里",
		               path, err_reason(errno));
	n = read(fd, line, sizeof line - 1);
	close(fd);
	line[n > 0 ? n : 0] = '\0';
	good = n >= (ssize_t)(KEY_LINE_BYTES - 1) && strncmp(line, key_prefix, prefix) == 0 &&
	       sodium_hex2bin(key, sizeof key, line + prefix, 2 * KEY_BYTES, NULL, &n_key, NULL) == 0 && n_key == KEY_BYTES;
	sodium_memzero(line, sizeof line);
	if (!good)
		return err_set(e, RC_INVALID, NULL, "密钥文件 %s 已损坏，请用建库时保存的一份替换它", path);
	derive_keys(st, key);
	sodium_memzero(key, sizeof key);
	file_restrict(path);
	return RC_OK;
}

/* A key that is there already is kept: it may be the only one that opens another file's values. */
enum rc seal_key_create(struct store *st, struct err *e)
{
	AUTO_FREE char *path = key_path(st);
	unsigned char key[KEY_BYTES];
	char line[KEY_LINE_BYTES + 1];
	enum rc rc;

	if (access(path, F_OK) == 0)
		return read_key(st, path, e);
	random_bytes(st, key, sizeof key);
	memcpy(line, key_prefix, sizeof key_prefix - 1);
	sodium_bin2hex(line + sizeof key_prefix - 1, 2 * KEY_BYTES + 1, key, KEY_BYTES);
	line[KEY_LINE_BYTES - 1] = '\n';
	rc = file_create(path, line, KEY_LINE_BYTES, e);
	if (rc == RC_OK)
		derive_keys(st, key);
	sodium_memzero(key, sizeof key);
	sodium_memzero(line, sizeof line);
	return rc;
}

void seal_key_check(const struct store *st, unsigned char out[HASH_BYTES])
{
	static const unsigned char constant[] = "youlin";

	crypto_generichash(out, HASH_BYTES, constant, sizeof constant, st->hash_key, sizeof st->hash_key);
}

enum rc seal_key_load(struct store *st, struct err *e)
{
	AUTO_FREE char *path = key_path(st);
	AUTO_STMT q = stmt_use(st, "SELECT key_check FROM self WHERE one = 1");
	unsigned char check[HASH_BYTES];
	const void *kept;
	size_t n = 0;
	bool row = false;
	enum rc rc;

	if (st->read_only && access(path, F_OK) != 0)
		return RC_OK;                      /* everything else can be read; sealed values say that they can't */
	if ((rc = read_key(st, path, e)) != RC_OK || (rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	seal_key_check(st, check);
	kept = row ? column_blob(&q, 0, &n) : NULL;
	if (n != HASH_BYTES || sodium_memcmp(kept, check, HASH_BYTES) != 0)
		return err_set(e, RC_INVALID, NULL, "密钥文件 %s 不是这个数据库的，请放回建库时保存的一份", path);
	return RC_OK;
}

/* The place a value belongs to: it can't be opened anywhere else. */
static char *place(const char *table, int64_t id, const char *column)
{
	return mem_format("%s|%" PRId64 "|%s", table, id, column);
}

void seal_text(const struct store *st, const char *table, int64_t id, const char *column, const char *plain,
               unsigned char **sealed, size_t *n)
{
	AUTO_FREE char *where = place(table, id, column);
	size_t length = strlen(plain);
	unsigned char *out = mem_alloc(NONCE_BYTES + length + TAG_BYTES);

	random_bytes(st, out, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_BYTES, NULL, (const unsigned char *)plain, length,
	                                           (const unsigned char *)where, strlen(where), NULL, out, st->seal_key);
	*sealed = out;
	*n = NONCE_BYTES + length + TAG_BYTES;
}

enum rc seal_open(const struct store *st, const char *table, int64_t id, const char *column, const void *sealed, size_t n,
                  char **plain, struct err *e)
{
	AUTO_FREE char *where = place(table, id, column);
	AUTO_FREE char *out = NULL;
	const unsigned char *bytes = sealed;

	if (n >= NONCE_BYTES + TAG_BYTES) {
		out = mem_alloc(n - NONCE_BYTES - TAG_BYTES + 1);
		if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)out, NULL, NULL, bytes + NONCE_BYTES, n - NONCE_BYTES,
		                                               (const unsigned char *)where, strlen(where), bytes, st->seal_key) == 0) {
			*plain = out;
			out = NULL;
			return RC_OK;
		}
	}
	return err_set(e, RC_INVALID, column, "加密内容打不开：已损坏、被移动过，或密钥文件不对");
}

void seal_hash(const struct store *st, const char *table, const char *column, const char *plain, unsigned char out[SEAL_HASH_BYTES])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, st->hash_key, sizeof st->hash_key, SEAL_HASH_BYTES);
	crypto_generichash_update(&h, (const unsigned char *)table, strlen(table) + 1);
	crypto_generichash_update(&h, (const unsigned char *)column, strlen(column) + 1);
	crypto_generichash_update(&h, (const unsigned char *)plain, strlen(plain));
	crypto_generichash_final(&h, out, SEAL_HASH_BYTES);
}
