/* Looking into a database from outside. */
#include "evidence.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../screen/test.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

#define BUSY_MS 10000

static sqlite3 *open_database(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		fail_msg("%s: %s", path, sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, BUSY_MS);
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return q;
}

static const char *column(sqlite3_stmt *q, int i)
{
	const unsigned char *text = sqlite3_column_text(q, i);

	return text ? (const char *)text : "";
}

size_t evidence_lost(const char *database, const struct acknowledged *done, size_t n, struct strbuf *why)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, "SELECT title, body FROM issue WHERE number = ?1 AND deleted_at IS NULL");
	size_t lost = 0;

	for (size_t i = 0; i < n; i++) {
		const char *fault = NULL;

		sqlite3_bind_text(q, 1, done[i].number, -1, SQLITE_STATIC);
		if (sqlite3_step(q) != SQLITE_ROW)
			fault = "is not there";
		else if (strcmp(column(q, 0), done[i].title) != 0 || strcmp(column(q, 1), done[i].body) != 0)
			fault = "has another title or body";
		else if (sqlite3_step(q) == SQLITE_ROW)
			fault = "is there twice";
		sqlite3_reset(q);
		if (fault == NULL)
			continue;
		strbuf_format(why, "%s %s: %s\n", done[i].number, done[i].title, fault);
		lost++;
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return lost;
}

bool evidence_kept(const char *database, const char *title, const char *body, size_t n)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, "SELECT body FROM issue WHERE title = ?1 UNION ALL"
	                              " SELECT coalesce(content ->> '$.body', '') FROM draft WHERE content ->> '$.title' = ?1");
	bool kept = false;

	sqlite3_bind_text(q, 1, title, -1, SQLITE_STATIC);
	while (!kept && sqlite3_step(q) == SQLITE_ROW)
		kept = strncmp(column(q, 0), body, n) == 0;
	sqlite3_finalize(q);
	sqlite3_close(db);
	return kept;
}

bool evidence_sound(const char *database, struct strbuf *why)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, "PRAGMA integrity_check(5)");
	bool sound = false;

	while (sqlite3_step(q) == SQLITE_ROW) {
		sound = strcmp(column(q, 0), "ok") == 0;
		if (!sound)
			strbuf_format(why, "%s\n", column(q, 0));
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return sound;
}

int64_t evidence_number(const char *database, const char *sql)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, sql);
	int64_t n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;

	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

void evidence_tamper(const char *database, const char *change)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
	AUTO_STRBUF sql = { 0 }, again = { 0 };
	char *message = NULL;

	strbuf_add(&sql, "BEGIN;");
	while (sqlite3_step(q) == SQLITE_ROW) {
		strbuf_format(&sql, "DROP TRIGGER \"%s\";", column(q, 0));
		strbuf_format(&again, "%s;", column(q, 1));
	}
	sqlite3_finalize(q);
	strbuf_format(&sql, "%s;%sCOMMIT", change, strbuf_str(&again));
	if (sqlite3_exec(db, strbuf_str(&sql), NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", change, message);
	sqlite3_close(db);
}

/* sh -c with the paths in the environment: no quoting to get wrong. */
int evidence_check(const struct demo *d, struct strbuf *said)
{
	char line[512];
	int status;
	FILE *pipe;

	setenv("CHECKED_DATABASE", d->database, 1);
	fflush(NULL);
	pipe = popen("exec \"$YOULIN\" --db \"$CHECKED_DATABASE\" check 2>&1", "r");
	assert_non_null(pipe);
	while (fgets(line, sizeof line, pipe))
		strbuf_add(said, line);
	status = pclose(pipe);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool is_clean(const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);

		if ((cp == 0xFFFD && len == 1) || (text_is_hostile(cp) && cp != '\n'))
			return false;
		at += len;
	}
	/* the same inside of JSON */
	return !strstr(s, "\\u00") && !strstr(s, "\\u20");
}

static size_t unclean_in(sqlite3 *db, const char *table, struct strbuf *why)
{
	AUTO_FREE char *sql = mem_format("SELECT * FROM \"%s\"", table);
	sqlite3_stmt *q = prepare(db, sql);
	size_t unclean = 0;

	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			if (sqlite3_column_type(q, i) != SQLITE_TEXT || is_clean(column(q, i), (size_t)sqlite3_column_bytes(q, i)))
				continue;
			if (++unclean <= 3)
				strbuf_format(why, "%s.%s: %s\n", table, sqlite3_column_name(q, i), column(q, i));
		}
	sqlite3_finalize(q);
	return unclean;
}

size_t evidence_unclean(const char *database, struct strbuf *why)
{
	sqlite3 *db = open_database(database);
	sqlite3_stmt *q = prepare(db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'");
	size_t unclean = 0;

	while (sqlite3_step(q) == SQLITE_ROW)
		unclean += unclean_in(db, column(q, 0), why);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return unclean;
}

static void copy_one(const struct demo *from, const struct demo *to, const char *suffix)
{
	AUTO_FREE char *source = mem_format("%s%s", from->database, suffix), *target = mem_format("%s%s", to->database, suffix);
	char bytes[65536];
	size_t n;
	FILE *in = fopen(source, "rb"), *out;

	remove(target);
	if (in == NULL)
		return;
	out = fopen(target, "wb");
	assert_non_null(out);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

void evidence_copy(const struct demo *from, struct demo *to, bool with_log)
{
	demo_make(to);
	copy_one(from, to, "");
	copy_one(from, to, ".key");
	if (with_log)
		copy_one(from, to, "-wal");
}
