/* The connection: opening, creating, closing, and what SQLite's errors mean to a person. */
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"

/* What every connection sets. mmap and cache are sized for a community's ten years; a start reads none of it. */
static const char pragmas[] =
	"PRAGMA synchronous = FULL;"
	"PRAGMA foreign_keys = OFF;"
	"PRAGMA recursive_triggers = ON;"
	"PRAGMA temp_store = MEMORY;"
	"PRAGMA mmap_size = 268435456;"
	"PRAGMA cache_size = -65536;";

enum rc db_fail(struct store *st, struct err *e)
{
	const char *text = sqlite3_errmsg(st->db);

	switch (sqlite3_errcode(st->db)) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, RC_BUSY, NULL, "数据库正由另一个程序使用，请稍后再试");
	case SQLITE_FULL:
		return err_set(e, RC_IO, NULL, "磁盘已满，没有保存；请管理员腾出空间后再试");
	case SQLITE_IOERR:
		return err_set(e, RC_IO, NULL, "读写数据库文件失败（%s），没有保存；请管理员检查磁盘", text);
	case SQLITE_READONLY:
		return err_set(e, RC_DENIED, NULL, "数据库文件不可写（%s）", st->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(e, RC_DB, NULL, "数据库文件已损坏，请停止使用并用最近的备份恢复：%s", st->path);
	case SQLITE_CANTOPEN:
		return err_set(e, RC_IO, NULL, "打不开数据库 %s", st->path);
	default:
		return err_set(e, RC_DB, NULL, "数据库出错：%s", text);
	}
}

enum rc db_exec(struct store *st, const char *sql, struct err *e)
{
	return sqlite3_exec(st->db, sql, NULL, NULL, NULL) == SQLITE_OK ? RC_OK : db_fail(st, e);
}

void db_progress(const struct store *st, const char *what, int percent)
{
	if (st->progress)
		st->progress(st->progress_context, what, percent);
}

struct store *db_new(const struct store_options *options)
{
	struct store *st = mem_alloc(sizeof *st);
	const char *tty = ttyname(STDIN_FILENO);

	st->path = mem_copy(options->path);
	st->lock_path = mem_format("%s.lock", options->path);
	st->lock_fd = -1;
	st->read_only = options->read_only;
	st->busy_timeout_ms = options->busy_timeout_ms > 0 ? options->busy_timeout_ms : BUSY_TIMEOUT_DEFAULT_MS;
	st->progress = options->progress;
	st->progress_context = options->context;
	if (options->create && options->demo)
		st->seeded = seeded_new(options->seed);
	if (tty && strncmp(tty, "/dev/", 5) == 0)
		tty += 5;
	snprintf(st->tty, sizeof st->tty, "%s", tty ? tty : "-");
	return st;
}

static enum rc configure(struct store *st, struct err *e)
{
	static const struct { int option, on; } options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_ENABLE_FKEY, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 },
	};
	enum rc rc;

	sqlite3_extended_result_codes(st->db, 0);
	sqlite3_busy_timeout(st->db, st->busy_timeout_ms);
	for (size_t i = 0; i < COUNT(options); i++)
		if (sqlite3_db_config(st->db, options[i].option, options[i].on, NULL) != SQLITE_OK)
			return db_fail(st, e);
	if ((rc = db_exec(st, pragmas, e)) != RC_OK || st->seeded == NULL)
		return rc;
	return db_exec(st, "PRAGMA synchronous = OFF", e);
}

enum rc db_connect(struct store *st, const char *path, struct err *e)
{
	int flags = (st->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
	enum rc rc;

	if (sqlite3_open_v2(path, &st->db, flags, NULL) != SQLITE_OK)
		return db_fail(st, e);
	if ((rc = configure(st, e)) != RC_OK ||
	    (rc = function_register(st, e)) != RC_OK ||
	    (rc = function_register_text(st, e)) != RC_OK ||
	    (rc = search_register(st, e)) != RC_OK ||
	    (rc = tokenizer_register(st, e)) != RC_OK)
		return rc;
	change_watch(st);
	return RC_OK;
}

/* Made under another name and published when it is whole: a start that is killed half-way leaves no half database. */
static enum rc create_file(const struct store_options *options, struct err *e)
{
	AUTO_FREE char *building = mem_format("%s.new-%ld", options->path, (long)getpid());
	struct store_options making = *options;
	struct store *st;
	enum rc rc;

	making.seed = ~options->seed;              /* the file's making and its filling draw from different streams */
	st = db_new(&making);
	st->read_only = false;
	if (access(options->path, F_OK) == 0) {
		rc = err_set(e, RC_CONFLICT, NULL, "%s 已经存在，没有覆盖它", options->path);
		goto out;
	}
	if ((rc = file_make_directory(options->path, e)) != RC_OK ||
	    (rc = file_create(building, "", 0, e)) != RC_OK)
		goto out;
	if ((rc = seal_key_create(st, e)) != RC_OK ||
	    (rc = file_machine(building, st->machine, e)) != RC_OK ||
	    (rc = db_connect(st, building, e)) != RC_OK ||
	    (rc = migrate_create(st, e)) != RC_OK)
		goto out;
	store_close(st);
	st = NULL;
	rc = file_publish(building, options->path, e);
out:
	store_close(st);
	unlink(building);
	return rc;
}

static enum rc open_file(struct store *st, struct err *e)
{
	enum rc rc;
	size_t n;
	const struct migration *list = migrate_list(&n);

	if ((rc = file_check_header(st->path, e)) != RC_OK)
		return rc;
	if (!st->read_only)
		file_restrict(st->path);
	if ((rc = file_machine(st->path, st->machine, e)) != RC_OK ||
	    (rc = db_connect(st, st->path, e)) != RC_OK ||
	    (rc = migrate_open(st, list, n, e)) != RC_OK ||
	    (rc = self_load(st, &st->self, e)) != RC_OK ||
	    (rc = seal_key_load(st, e)) != RC_OK)
		return rc;
	st->next = st->self;
	return change_baseline(st, e);
}

enum rc store_open(struct store **out, const struct store_options *options, struct err *e)
{
	struct store *st;
	enum rc rc;

	if (sodium_init() < 0)
		return err_set(e, RC_IO, NULL, "系统没有可用的随机数来源");
	if (options->create && (rc = create_file(options, e)) != RC_OK)
		return err_during(e, "未能建立数据库");
	st = db_new(options);
	if ((rc = open_file(st, e)) != RC_OK) {
		store_close(st);
		return rc;
	}
	*out = st;
	return RC_OK;
}

void store_close(struct store *st)
{
	if (st == NULL)
		return;
	stmt_cache_clear(st);
	table_cache_clear(st);
	if (st->depth > 0)
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	if (st->seeded && st->db)                  /* what was not waited for is on disk from here on */
		sqlite3_exec(st->db, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	sqlite3_close(st->db);
	free(st->seeded);
	if (st->lock_fd >= 0)
		close(st->lock_fd);
	sodium_memzero(st->seal_key, sizeof st->seal_key);
	sodium_memzero(st->hash_key, sizeof st->hash_key);
	free(st->actor_name);
	free(st->lock_path);
	free(st->path);
	free(st);
}

const char *store_path(const struct store *st)
{
	return st->path;
}

int64_t store_site(const struct store *st)
{
	return st->self.site;
}

const char *store_desk(const struct store *st)
{
	return st->self.desk;
}

bool store_is_demo(const struct store *st)
{
	return st->self.demo;
}

int store_schema_version(void)
{
	size_t n;

	migrate_list(&n);
	return (int)n;
}

void store_set_actor(struct store *st, int64_t account_id, const char *name)
{
	char *copy = mem_copy(name);

	free(st->actor_name);
	st->actor_name = copy;
	st->actor = account_id;
}

int64_t store_actor(const struct store *st)
{
	return st->actor;
}

int64_t store_changes(const struct store *st)
{
	return st->changes;
}

int64_t store_now(const struct store *st)
{
	struct timespec t;

	if (st->clock)
		return st->clock(st->clock_context);
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void store_set_clock(struct store *st, int64_t (*now)(void *context), void *context)
{
	st->clock = now;
	st->clock_context = context;
}
