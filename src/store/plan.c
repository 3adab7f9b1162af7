/* Debug builds: a statement that reads a whole table or sorts without an index is a fault, unless its text says so. */
#include "store/stmt.h"

#include <string.h>

#include "base/mem.h"
#include "internal.h"

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Is this plan line the scan of a table's every row? `made` holds the names of subqueries seen so far, each between blanks. */
static bool is_full_scan(const char *line, const char *made)
{
	const char *name = line + strlen("SCAN ");
	AUTO_FREE char *word = NULL;

	if (!starts(line, "SCAN ") || strstr(name, "CONSTANT ROW") || starts(name, "("))
		return false;
	if (strstr(name, " USING ") || strstr(name, " VIRTUAL TABLE "))
		return false;
	word = mem_format(" %.*s ", (int)strcspn(name, " "), name);
	return strstr(made, word) == NULL;
}

bool plan_is_sound(struct store *st, const char *sql, struct err *e)
{
	AUTO_FREE char *explain = NULL;
	AUTO_STRBUF made = { 0 };
	sqlite3_stmt *plan = NULL;
	bool sound = true;

	if (strstr(sql, "/*scan*/"))
		return true;
	explain = mem_format("EXPLAIN QUERY PLAN %s", sql);
	if (sqlite3_prepare_v2(st->db, explain, -1, &plan, NULL) != SQLITE_OK)
		return true;
	strbuf_add_char(&made, ' ');
	while (sound && sqlite3_step(plan) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(plan, 3);

		if (starts(line, "MATERIALIZE ") || starts(line, "CO-ROUTINE "))
			strbuf_format(&made, "%s ", strchr(line, ' ') + 1);
		if (is_full_scan(line, strbuf_str(&made)) || starts(line, "USE TEMP B-TREE FOR ORDER BY")) {
			err_set(e, RC_DB, NULL, "程序错误：语句要通读或排序整张表（%s）：%.200s", line, sql);
			sound = false;
		}
	}
	sqlite3_finalize(plan);
	return sound;
}
