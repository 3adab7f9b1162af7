/* Making an office's file: whoever is interrupted finds either no office or a whole one. */
#include "office_file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/store.h"

#define KEY ".key"
#define MOVED_KEYS 1000

static char *making_path(const char *path)
{
	return mem_format("%s.making", path);
}

static void remove_with_company(const char *path)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal", KEY, ".lock", ".login" };

	for (size_t i = 0; i < COUNT(endings); i++) {
		AUTO_FREE char *name = mem_format("%s%s", path, endings[i]);

		unlink(name);
	}
}

enum rc office_file_begin(const char *path, const struct store_options *options, struct store **st, struct err *e)
{
	AUTO_FREE char *making = making_path(path);
	struct store_options own = *options;

	if (access(path, F_OK) == 0)
		return err_set(e, RC_CONFLICT, NULL, "%s 已经存在，没有覆盖它", path);
	remove_with_company(making);
	own.path = making;
	own.create = true;
	return store_open(st, &own, e);
}

/* A key without its database may be the only one that opens a copy of it somewhere. */
static enum rc move_old_key(const char *key, struct err *e)
{
	for (int i = 1; access(key, F_OK) == 0 && i < MOVED_KEYS; i++) {
		AUTO_FREE char *aside = mem_format("%s.%d", key, i);

		if (access(aside, F_OK) == 0)
			continue;
		if (rename(key, aside) != 0)
			return err_set(e, RC_IO, NULL, "不能移开旧密钥 %s：%s", key, err_reason(errno));
	}
	return RC_OK;
}

/* link() refuses a name that is taken, so that nothing is ever written over. */
static enum rc give_name(const char *from, const char *to, struct err *e)
{
	if (link(from, to) == 0 && unlink(from) == 0)
		return RC_OK;
	if (errno == EEXIST)
		return err_set(e, RC_CONFLICT, NULL, "%s 已经存在，没有覆盖它", to);
	return err_set(e, RC_IO, NULL, "不能建立 %s：%s", to, err_reason(errno));
}

static enum rc publish(const char *making, const char *path, struct err *e)
{
	AUTO_FREE char *making_key = mem_format("%s" KEY, making);
	AUTO_FREE char *key = mem_format("%s" KEY, path);
	enum rc rc;

	if ((rc = move_old_key(key, e)) != RC_OK || (rc = give_name(making_key, key, e)) != RC_OK)
		return rc;
	return give_name(making, path, e);
}

enum rc office_file_end(struct store *st, const char *path, enum rc made, struct err *e)
{
	AUTO_FREE char *making = making_path(path);

	store_close(st);
	if (made == RC_OK)
		made = publish(making, path, e);
	remove_with_company(making);
	return made;
}
