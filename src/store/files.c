/* Files beside the database: made with mode 0600 whatever the umask is, durable before they get their name. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"

#define HEADER_BYTES 100
#define HEADER_APPLICATION_ID 68

static enum rc io_error(struct err *e, const char *what, const char *path)
{
	return err_set(e, RC_IO, NULL, "%s %s 失败：%s", what, path, err_reason(errno));
}

/* The directory a path lies in; the caller frees. */
static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return mem_copy(".");
	return slash == path ? mem_copy("/") : mem_copy_n(path, (size_t)(slash - path));
}

enum rc file_make_directory(const char *path, struct err *e)
{
	AUTO_FREE char *dir = directory_of(path);
	size_t n = strlen(dir);

	for (size_t i = 1; i <= n; i++) {
		char kept = dir[i];

		if (kept != '/' && kept != '\0')
			continue;
		dir[i] = '\0';
		if (mkdir(dir, 0700) == 0 ? chmod(dir, 0700) != 0 : errno != EEXIST)
			return io_error(e, "建立目录", dir);
		dir[i] = kept;
	}
	return RC_OK;
}

static enum rc sync_path(const char *path, int flags, struct err *e)
{
	int fd = open(path, flags | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) != 0;

	if (failed)
		io_error(e, "写入", path);
	if (fd >= 0)
		close(fd);
	return failed ? RC_IO : RC_OK;
}

static enum rc sync_directory_of(const char *path, struct err *e)
{
	AUTO_FREE char *dir = directory_of(path);

	return sync_path(dir, O_RDONLY | O_DIRECTORY, e);
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		n -= (size_t)written;
	}
	return true;
}

enum rc file_create(const char *path, const void *bytes, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0 && errno == EEXIST)
		return err_set(e, RC_CONFLICT, NULL, "文件 %s 已经存在", path);
	if (fd < 0)
		return io_error(e, "建立文件", path);
	ok = fchmod(fd, 0600) == 0 && write_all(fd, bytes, n) && fsync(fd) == 0;
	if (!ok)
		io_error(e, "写入", path);
	close(fd);
	if (!ok) {
		unlink(path);
		return RC_IO;
	}
	return sync_directory_of(path, e);
}

enum rc file_publish(const char *from, const char *to, struct err *e)
{
	enum rc rc = sync_path(from, O_RDONLY, e);

	if (rc != RC_OK)
		return rc;
	if (link(from, to) != 0) {                 /* unlike rename, never replaces */
		if (errno == EEXIST)
			return err_set(e, RC_CONFLICT, NULL, "文件 %s 已经存在，没有覆盖", to);
		return io_error(e, "建立文件", to);
	}
	unlink(from);
	return sync_directory_of(to, e);
}

enum rc file_check_header(const char *path, struct err *e)
{
	unsigned char header[HEADER_BYTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const unsigned char *id = header + HEADER_APPLICATION_ID;
	ssize_t n;

	if (fd < 0 && errno == ENOENT)
		return err_set(e, RC_NOTFOUND, NULL, "找不到数据库 %s", path);
	if (fd < 0)
		return io_error(e, "打开", path);
	n = read(fd, header, sizeof header);
	close(fd);
	if (n < 0)
		return io_error(e, "读取", path);
	if (n < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0 ||
	    ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) != APPLICATION_ID)
		return err_set(e, RC_INVALID, NULL, "%s 不是友邻的数据库，没有改动它；请检查路径", path);
	return RC_OK;
}

static void hash_machine_id(crypto_generichash_state *h)
{
	char id[64];
	int fd = open("/etc/machine-id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, id, sizeof id);

	if (fd >= 0)
		close(fd);
	if (n > 0)
		crypto_generichash_update(h, (const unsigned char *)id, (size_t)n);
}

enum rc file_machine(const char *path, unsigned char out[HASH_BYTES], struct err *e)
{
	crypto_generichash_state h;
	struct stat at;
	uint64_t place[2];

	if (stat(path, &at) != 0)
		return io_error(e, "查看", path);
	place[0] = (uint64_t)at.st_dev;
	place[1] = (uint64_t)at.st_ino;
	crypto_generichash_init(&h, NULL, 0, HASH_BYTES);
	hash_machine_id(&h);
	crypto_generichash_update(&h, (const unsigned char *)place, sizeof place);
	crypto_generichash_final(&h, out, HASH_BYTES);
	return RC_OK;
}

void file_restrict(const char *path)
{
	struct stat at;

	/* Not ours to change, or a file system without modes: the open that follows says what is wrong. */
	if (stat(path, &at) == 0 && (at.st_mode & 0077) != 0 && chmod(path, 0600) != 0)
		return;
}
