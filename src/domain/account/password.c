/* Password hashes. A lock file beside the database lets two hashes run at once: six terminals must not ask for 400 MB together. */
#include "password.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "store/store.h"

#define PASSWORD_CHARACTERS 8
#define PASSWORD_BYTES 200
#define HASHING_AT_ONCE 2
#define NO_MEMORY "内存不足，不能核对密码，请关闭一些程序后再试"

_Static_assert(PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES, "a hash must fit");

/* What is hashed: NFC, so that two ways of typing one character are one password. */
static void normal_password(struct strbuf *out, const char *password)
{
	text_clean(out, password, strlen(password), TEXT_LINE);
}

static void forget(struct strbuf *b)
{
	if (b->s)
		sodium_memzero(b->s, b->cap);
	strbuf_release(b);
}
#define AUTO_SECRET __attribute__((cleanup(forget))) struct strbuf

enum rc password_check(const char *password, const char *login, struct err *e)
{
	AUTO_SECRET normal = { 0 };
	size_t n = strlen(password);

	if (n > PASSWORD_BYTES)
		return err_set(e, RC_INVALID, "password", "密码太长：最多 %d 个字节", PASSWORD_BYTES);
	if (text_clean(&normal, password, n, TEXT_LINE) > 0)
		return err_set(e, RC_INVALID, "password", "密码里有无法输入的字符，请只用字母、数字、符号或汉字");
	if (text_cluster_count(strbuf_str(&normal)) < PASSWORD_CHARACTERS)
		return err_set(e, RC_INVALID, "password", "密码太短：至少 %d 个字符（首尾空格不算）", PASSWORD_CHARACTERS);
	if (strcmp(strbuf_str(&normal), login) == 0)
		return err_set(e, RC_INVALID, "password", "密码不能与用户名相同");
	return RC_OK;
}

/* One of the two places, taken as a byte of the lock file; given back by close(). */
static enum rc take_place(struct store *st, int *fd, struct err *e)
{
	AUTO_FREE char *path = mem_format("%s.login", store_path(st));
	struct flock place = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (file < 0)
		return err_set(e, RC_IO, NULL, "不能打开 %s：%s", path, err_reason(errno));
	for (int i = 0; i < HASHING_AT_ONCE; i++) {
		place.l_start = i;
		if (fcntl(file, F_OFD_SETLK, &place) == 0) {
			*fd = file;
			return RC_OK;
		}
	}
	place.l_start = getpid() % HASHING_AT_ONCE;
	while (fcntl(file, F_OFD_SETLKW, &place) != 0) {
		if (errno == EINTR)
			continue;
		close(file);
		return err_set(e, RC_IO, NULL, "不能锁定 %s：%s", path, err_reason(errno));
	}
	*fd = file;
	return RC_OK;
}

static enum rc hash_normal(struct store *st, const char *normal, size_t n, char hash[PASSWORD_HASH_BYTES], struct err *e)
{
	char made[PASSWORD_HASH_BYTES] = "";
	int fd = -1, failed;
	enum rc rc = take_place(st, &fd, e);

	if (rc != RC_OK)
		return rc;
	failed = crypto_pwhash_str_alg(made, normal, n, password_cost.operations, password_cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
	close(fd);
	if (failed)
		return err_set(e, RC_IO, NULL, NO_MEMORY);
	memcpy(hash, made, sizeof made);
	return RC_OK;
}

enum rc password_hash(struct store *st, const char *password, char hash[PASSWORD_HASH_BYTES], struct err *e)
{
	AUTO_SECRET normal = { 0 };

	normal_password(&normal, password);
	return hash_normal(st, strbuf_str(&normal), normal.n, hash, e);
}

enum rc password_verify(struct store *st, const char *hash, const char *password, bool *ok, struct err *e)
{
	AUTO_SECRET normal = { 0 };
	char unused[PASSWORD_HASH_BYTES];
	int fd = -1, differs;
	enum rc rc;

	normal_password(&normal, password);
	if (hash == NULL) {
		if ((rc = hash_normal(st, strbuf_str(&normal), normal.n, unused, e)) == RC_OK)
			*ok = false;
		return rc;
	}
	if ((rc = take_place(st, &fd, e)) != RC_OK)
		return rc;
	errno = 0;
	differs = crypto_pwhash_str_verify(hash, strbuf_str(&normal), normal.n);
	if (differs && errno != EINVAL) {              /* libsodium says EINVAL for a mismatch, anything else is a lack of memory */
		close(fd);
		return err_set(e, RC_IO, NULL, NO_MEMORY);
	}
	close(fd);
	*ok = !differs;
	return RC_OK;
}

bool password_is_cheap(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, password_cost.operations, password_cost.memory_bytes) != 0;
}
