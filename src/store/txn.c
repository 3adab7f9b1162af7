/* Transactions: the queue of writers, then BEGIN IMMEDIATE; at the end the journal is numbered and sealed, then COMMIT. */
#include "store/txn.h"

#include <assert.h>
#include <stdio.h>

#include "internal.h"

/* Another program (the sqlite3 shell, a backup) may hold SQLite's own lock without standing in our queue. */
static enum rc begin_immediate(struct store *st, int timeout_ms, struct err *e)
{
	enum rc rc;

	sqlite3_busy_timeout(st->db, timeout_ms);
	rc = db_exec(st, "BEGIN IMMEDIATE", e);
	sqlite3_busy_timeout(st->db, st->busy_timeout_ms);
	if (rc == RC_BUSY)
		return err_set(e, RC_BUSY, NULL, "数据库正由另一个程序写入，已等待 %g 秒，请稍后再试", timeout_ms / 1000.0);
	return rc;
}

static void take_back(struct store *st)
{
	if (!sqlite3_get_autocommit(st->db))
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	st->depth = 0;
	st->verb[0] = '\0';
	change_rolled_back(st);
	lock_drop(st);
}

/* A newer program may have migrated the database while this one has it open. */
static enum rc check_version(struct store *st, struct err *e)
{
	int version;
	enum rc rc = migrate_version(st, &version, e);

	if (rc == RC_OK && version != store_schema_version())
		return err_set(e, RC_INVALID, NULL, "数据库刚由新版程序升级，请退出后重新打开");
	return rc;
}

static enum rc begin_outermost(struct store *st, const char *verb, int timeout_ms, struct err *e)
{
	enum rc rc;

	if (st->read_only)
		return err_set(e, RC_DENIED, NULL, "数据库以只读方式打开，不能保存");
	if ((rc = lock_take(st, timeout_ms, e)) != RC_OK)
		return rc;
	if ((rc = begin_immediate(st, timeout_ms, e)) != RC_OK) {
		lock_drop(st);
		return rc;
	}
	st->depth = 1;
	st->k = 0;
	st->touched = 0;
	snprintf(st->verb, sizeof st->verb, "%s", verb);
	if ((rc = check_version(st, e)) != RC_OK ||
	    (rc = self_begin(st, e)) != RC_OK ||
	    (rc = change_catch_up(st, e)) != RC_OK) {
		take_back(st);
		return rc;
	}
	lock_sign(st);
	return RC_OK;
}

enum rc txn_begin_within(struct txn *t, struct store *st, const char *verb, int timeout_ms, struct err *e)
{
	enum rc rc;

	if (st->depth == 0) {
		if ((rc = begin_outermost(st, verb, timeout_ms, e)) != RC_OK)
			return rc;
	} else {
		if ((rc = db_exec(st, "SAVEPOINT nested", e)) != RC_OK)
			return rc;
		st->depth++;
	}
	*t = (struct txn){ .st = st, .depth = st->depth, .open = true };
	return RC_OK;
}

enum rc txn_begin(struct txn *t, struct store *st, const char *verb, struct err *e)
{
	return txn_begin_within(t, st, verb, st->busy_timeout_ms, e);
}

enum rc txn_try(struct txn *t, struct store *st, const char *verb, struct err *e)
{
	return txn_begin_within(t, st, verb, 0, e);
}

void txn_rename(struct store *st, const char *verb)
{
	assert(st->depth > 0);
	snprintf(st->verb, sizeof st->verb, "%s", verb);
}

static enum rc commit_outermost(struct store *st, struct err *e)
{
	int64_t ops = 0;
	enum rc rc;

	if (sqlite3_get_autocommit(st->db))
		return err_set(e, RC_DB, NULL, "前面的写入出错，整个操作已撤回，没有保存");
	st->sealing = true;
	rc = chain_seal(st, &ops, e);
	if (rc == RC_OK)
		rc = self_commit(st, ops > 0, e);
	st->sealing = false;
	if (rc != RC_OK || (rc = db_exec(st, "COMMIT", e)) != RC_OK)
		return rc;
	st->self = st->next;
	if (ops > 0)
		st->seen_lsn = st->last_lsn;
	st->depth = 0;
	st->verb[0] = '\0';
	lock_sign(st);
	lock_drop(st);
	return RC_OK;
}

enum rc txn_commit(struct txn *t, struct err *e)
{
	struct store *st = t->st;
	enum rc rc;

	assert(t->open && t->depth == st->depth);
	if (t->depth == 1) {
		if ((rc = commit_outermost(st, e)) != RC_OK)
			return rc;                 /* txn_end takes it back */
	} else {
		if ((rc = db_exec(st, "RELEASE nested", e)) != RC_OK)
			return rc;
		st->depth--;
	}
	t->open = false;
	return RC_OK;
}

void txn_end(struct txn *t)
{
	struct store *st = t->st;

	if (!t->open)
		return;
	assert(t->depth == st->depth);
	t->open = false;
	if (t->depth == 1) {
		take_back(st);
		return;
	}
	sqlite3_exec(st->db, "ROLLBACK TO nested; RELEASE nested", NULL, NULL, NULL);
	st->depth--;
	st->k = -1;                                /* the ops since the savepoint are gone */
	change_rolled_back(st);
}
