/* Files that a person asked for. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

char *file_path(const char *typed)
{
	AUTO_STRBUF clean = { 0 };
	const char *home = getenv("HOME");

	if (text_is_blank(typed))
		return NULL;
	text_clean(&clean, typed, strlen(typed), TEXT_LINE);
	if (clean.n == 0)
		return NULL;
	if (strncmp(clean.s, "~/", 2) == 0 && home)
		return mem_format("%s%s", home, clean.s + 1);
	return strbuf_take(&clean);
}

static enum rc write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return RC_IO;
		bytes += done;
		n -= (size_t)done;
	}
	return fsync(fd) == 0 ? RC_OK : RC_IO;
}

/* The name survives a power cut only once its directory is on disk too. */
static void sync_directory(const char *path)
{
	AUTO_FREE char *copy = mem_copy(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

/* link() refuses a name that is taken, rename() replaces it. */
static int put_in_place(const char *temporary, const char *path, bool replace)
{
	if (replace)
		return rename(temporary, path);
	if (link(temporary, path) != 0)
		return -1;
	return unlink(temporary);
}

static enum rc refuse(const char *path, int reason, struct err *e)
{
	if (reason == EEXIST)
		return err_set(e, RC_CONFLICT, NULL, "文件已经存在：%s", path);
	return err_set(e, RC_IO, NULL, "写不了文件（%s）：%s", err_reason(reason), path);
}

enum rc file_write(const char *path, const void *bytes, size_t n, bool replace, struct err *e)
{
	AUTO_FREE char *full = file_path(path);
	AUTO_FREE char *temporary = NULL;
	struct stat was;
	int fd, reason;

	if (!full)
		return err_set(e, RC_INVALID, NULL, "请输入文件名");
	if (stat(full, &was) == 0 && S_ISDIR(was.st_mode))
		return err_set(e, RC_INVALID, NULL, "%s 是文件夹，请再写上文件名", full);
	temporary = mem_format("%s.XXXXXX", full);
	fd = mkstemp(temporary);           /* 0600 */
	if (fd < 0)
		return refuse(full, errno, e);
	reason = write_all(fd, bytes, n) == RC_OK ? 0 : errno;
	if (close(fd) != 0 && reason == 0)
		reason = errno;
	if (reason == 0 && put_in_place(temporary, full, replace) != 0)
		reason = errno;
	if (reason != 0) {
		unlink(temporary);
		return refuse(full, reason, e);
	}
	sync_directory(full);
	return RC_OK;
}
