/* A verified copy of the whole database, made while others go on working. */
#include "store/store.h"

#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"

#define PAGES_A_STEP 2048

/* One snapshot for all steps: else every write of another process would start the copy again. */
static enum rc copy_pages(struct store *st, struct store *copy, const char *what, struct err *e)
{
	sqlite3_backup *b;
	int result;
	enum rc rc = db_exec(st, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", e);

	if (rc != RC_OK)
		return rc;
	b = sqlite3_backup_init(copy->db, "main", st->db, "main");
	do {
		result = b ? sqlite3_backup_step(b, PAGES_A_STEP) : SQLITE_ERROR;
		if (b && sqlite3_backup_pagecount(b) > 0)
			db_progress(st, what, 100 - (int)(100LL * sqlite3_backup_remaining(b) / sqlite3_backup_pagecount(b)));
	} while (result == SQLITE_OK);
	sqlite3_backup_finish(b);
	sqlite3_exec(st->db, "COMMIT", NULL, NULL, NULL);
	return result == SQLITE_DONE ? RC_OK : db_fail(copy, e);
}

static enum rc verify(struct store *copy, struct err *e)
{
	AUTO_STMT q = stmt_use(copy, "PRAGMA integrity_check(1)");
	AUTO_FREE char *answer = NULL;
	enum rc rc = stmt_text(&q, &answer, e);

	if (rc == RC_OK && (answer == NULL || strcmp(answer, "ok") != 0))
		return err_set(e, RC_DB, NULL, "备份核对不通过（%s），数据库可能已损坏；请勿继续使用，联系管理员", answer ? answer : "");
	return rc;
}

enum rc backup_to(struct store *st, const char *to, const char *what, struct err *e)
{
	AUTO_FREE char *building = mem_format("%s.new-%ld", to, (long)getpid());
	struct store *copy;
	enum rc rc;

	if (access(to, F_OK) == 0)
		return err_set(e, RC_CONFLICT, NULL, "%s 已经存在，没有覆盖它", to);
	if ((rc = file_create(building, "", 0, e)) != RC_OK)
		return rc;
	copy = db_new(&(struct store_options){ .path = building });
	if ((rc = db_connect(copy, building, e)) == RC_OK &&
	    (rc = copy_pages(st, copy, what, e)) == RC_OK)
		rc = verify(copy, e);
	store_close(copy);
	if (rc == RC_OK)
		rc = file_publish(building, to, e);
	unlink(building);
	return rc;
}

enum rc store_backup(struct store *st, const char *to, struct err *e)
{
	enum rc rc;

	if (st->depth > 0)
		return err_set(e, RC_DB, NULL, "程序错误：事务里不能备份");
	rc = backup_to(st, to, "备份", e);
	return rc == RC_OK ? RC_OK : err_during(e, "备份没有成功");
}
