/* How this copy of the program stands. */
#include "domain/health.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "store/stmt.h"
#include "store/store.h"

#define BACKUP_SIGN ".backup"
#define JOURNAL_ROWS "400"        /* how far back the tail is looked for: big imports are one transaction of many rows */

static int64_t file_bytes(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 ? (int64_t)s.st_size : 0;
}

/* The newest of the files beside the database that are called like it with ".backup" behind. */
static int64_t newest_backup(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_copy_n(a, path, (size_t)(slash - path) + 1) : "./";
	const char *prefix = arena_format(a, "%s" BACKUP_SIGN, slash ? slash + 1 : path);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int64_t newest = 0;

	while (dir && (entry = readdir(dir)) != NULL) {
		struct stat s;

		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || stat(arena_format(a, "%s%s", folder, entry->d_name), &s) != 0)
			continue;
		if ((int64_t)s.st_mtime * 1000 > newest)
			newest = (int64_t)s.st_mtime * 1000;
	}
	if (dir)
		closedir(dir);
	return newest;
}

/* A session whose process is gone ended without saying so. */
static bool is_running(int64_t pid)
{
	return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

static enum rc load_sessions(struct office *of, struct arena *a, struct office_health *h, struct err *e)
{
	struct health_session *sessions = NULL;
	AUTO_FREE struct health_session *grown = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(of->st, "SELECT session.pid, coalesce(account.name, ''), coalesce(session.tty, ''), session.began_at FROM session"
	                               " LEFT JOIN account ON account.id = session.account_id"
	                               " WHERE session.ended_at IS NULL ORDER BY session.began_at DESC /*scan*/");

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (!is_running(column_int(&q, 0)))
			continue;
		grown = mem_grow(grown, &cap, n + 1, sizeof *grown);
		grown[n++] = (struct health_session){
			.name = arena_copy(a, column_text(&q, 1)), .terminal = arena_copy(a, column_text(&q, 2)), .began_at = column_int(&q, 3),
		};
	}
	if (rc != RC_OK)
		return rc;
	sessions = arena_alloc(a, n * sizeof *sessions);
	if (n > 0)
		memcpy(sessions, grown, n * sizeof *sessions);
	h->sessions = sessions;
	h->n_sessions = n;
	return RC_OK;
}

static enum rc load_acts(struct office *of, size_t max, struct arena *a, struct office_health *h, struct err *e)
{
	struct health_act *acts = arena_alloc(a, (max + 1) * sizeof *acts);
	size_t n = 0;
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(of->st, "SELECT max(journal.hlc) >> 16, coalesce(account.name, ''), coalesce(max(journal.verb), ''), max(max(journal.n), count(*))"
	                               " FROM journal LEFT JOIN account ON account.id = journal.actor"
	                               " WHERE journal.lsn > (SELECT max(lsn) FROM journal) - " JOURNAL_ROWS
	                               " GROUP BY journal.site, journal.no ORDER BY max(journal.lsn) DESC LIMIT :max /*scan*/");

	bind_int(&q, ":max", (int64_t)max);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row && n < max)
		acts[n++] = (struct health_act){
			.at = column_int(&q, 0), .actor = arena_copy(a, column_text(&q, 1)), .verb = arena_copy(a, column_text(&q, 2)), .changes = column_int(&q, 3),
		};
	if (rc != RC_OK)
		return rc;
	h->acts = acts;
	h->n_acts = n;
	return RC_OK;
}

static enum rc count_drafts(struct office *of, struct office_health *h, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM draft /*scan*/");

	return stmt_int(&q, &h->drafts, e);
}

enum rc office_health(struct office *of, size_t acts, struct arena *a, struct office_health *out, struct err *e)
{
	struct office_health h = { .path = arena_copy(a, store_path(of->st)), .schema = store_schema_version() };
	enum rc rc;

	h.bytes = file_bytes(h.path) + file_bytes(arena_format(a, "%s-wal", h.path));
	h.backup_at = newest_backup(h.path, a);
	if ((rc = count_drafts(of, &h, e)) != RC_OK || (rc = load_sessions(of, a, &h, e)) != RC_OK)
		return rc;
	if (office_may(of, MAY_JOURNAL_VIEW) && (rc = load_acts(of, acts, a, &h, e)) != RC_OK)
		return rc;
	*out = h;
	return RC_OK;
}
