/* Bringing a database to this program's schema: numbered migrations, each in one transaction, after a verified backup beside the database.
 *
 * A migration changes the shape.  It must not change values of journaled columns: its SQL runs while the journal's triggers are dropped, and
 * `youlin check` would find rows that their ops do not explain.  What changes values is a use case of its own, run afterwards.
 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"
#include "schema.h"

const struct migration *migrate_list(size_t *n)
{
	*n = COUNT(schema_migrations);
	return schema_migrations;
}

const char *migrate_derived_sql(void)
{
	return schema_derived;
}

enum rc migrate_version(struct store *st, int *version, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "PRAGMA user_version");
	int64_t n;
	enum rc rc = stmt_int(&q, &n, e);

	if (rc == RC_OK)
		*version = (int)n;
	return rc;
}

static enum rc set_version(struct store *st, int version, struct err *e)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA user_version = %d", version);
	return db_exec(st, sql, e);
}

/* One transaction that needs no lock: nobody else knows the file yet. */
static enum rc fill_new_file(struct store *st, struct err *e)
{
	size_t n;
	const struct migration *list = migrate_list(&n);
	char application[64];
	enum rc rc;

	snprintf(application, sizeof application, "PRAGMA application_id = %d; BEGIN", APPLICATION_ID);
	if ((rc = db_exec(st, application, e)) != RC_OK)
		return rc;
	st->depth = 1;
	for (size_t i = 0; i < n; i++)
		if ((rc = db_exec(st, list[i].sql, e)) != RC_OK)
			return err_during(e, "迁移 %04d-%s", list[i].version, list[i].name);
	if ((rc = set_version(st, (int)n, e)) != RC_OK ||
	    (rc = derived_create(st, e)) != RC_OK ||
	    (rc = self_insert(st, e)) != RC_OK)
		return rc;
	return db_exec(st, "COMMIT; PRAGMA journal_mode = WAL", e);
}

enum rc migrate_create(struct store *st, struct err *e)
{
	enum rc rc = fill_new_file(st, e);

	st->depth = 0;
	return rc;
}

static enum rc refuse_newer(struct store *st, int version, int newest, struct err *e)
{
	/* Not even the checkpoint that closing the last connection makes. */
	sqlite3_db_config(st->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return err_set(e, RC_INVALID, NULL, "数据库由较新的程序建立（第 %d 版，本程序只认到第 %d 版），没有改动它；请升级本程序",
	               version, newest);
}

static enum rc back_up(struct store *st, int version, struct err *e)
{
	time_t now = time(NULL);
	struct tm local;
	char stamp[32];
	AUTO_FREE char *to = NULL;

	localtime_r(&now, &local);
	strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
	to = mem_format("%s.backup-v%d-%s", st->path, version, stamp);
	for (int again = 2; access(to, F_OK) == 0; again++) {      /* a second try within the second */
		free(to);
		to = mem_format("%s.backup-v%d-%s-%d", st->path, version, stamp, again);
	}
	return backup_to(st, to, "升级前备份", e);
}

static enum rc run_one(struct store *st, const struct migration *m, bool last, struct err *e)
{
	enum rc rc;

	if ((rc = db_exec(st, "BEGIN IMMEDIATE", e)) != RC_OK)
		return rc;
	if ((rc = derived_drop(st, e)) != RC_OK ||
	    (rc = db_exec(st, m->sql, e)) != RC_OK ||
	    (rc = set_version(st, m->version, e)) != RC_OK ||
	    (rc = derived_create(st, e)) != RC_OK ||
	    (last && (rc = derived_compute(st, e)) != RC_OK) ||
	    (rc = db_exec(st, "COMMIT", e)) != RC_OK) {
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
		return err_during(e, "升级到第 %d 版（%s）没有成功，数据仍是原样", m->version, m->name);
	}
	return RC_OK;
}

/* Under the lock: whoever waited for it looks again, and finds that there is nothing left. */
static enum rc run_missing(struct store *st, const struct migration *list, size_t n, struct err *e)
{
	int version;
	enum rc rc = migrate_version(st, &version, e);

	if (rc != RC_OK || (size_t)version >= n)
		return rc;
	if ((rc = back_up(st, version, e)) != RC_OK)
		return err_during(e, "升级前的备份没有成功，数据库没有改动");
	for (size_t i = (size_t)version; i < n; i++) {
		db_progress(st, "升级数据库", (int)(100 * (i - (size_t)version) / (n - (size_t)version)));
		if ((rc = run_one(st, &list[i], i + 1 == n, e)) != RC_OK)
			return rc;
	}
	db_progress(st, "升级数据库", 100);
	return RC_OK;
}

enum rc migrate_open(struct store *st, const struct migration *list, size_t n, struct err *e)
{
	int version;
	enum rc rc = migrate_version(st, &version, e);

	if (rc != RC_OK)
		return rc;
	if (version > (int)n)
		return refuse_newer(st, version, (int)n, e);
	if (version == (int)n)
		return RC_OK;
	if (version < 1)
		return err_set(e, RC_INVALID, NULL, "%s 没有版本号，不是完整的友邻数据库", st->path);
	if (st->read_only)
		return err_set(e, RC_INVALID, NULL, "数据库是第 %d 版，要先升级到第 %zu 版；请正常打开一次", version, n);
	if ((rc = lock_take(st, st->busy_timeout_ms, e)) != RC_OK)
		return rc;
	rc = run_missing(st, list, n, e);
	lock_drop(st);
	return rc;
}
