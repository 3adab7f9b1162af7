/* What can be dropped and made anew: the journal's triggers, the triggers and views of derived columns, full text. */
#include "store/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "internal.h"

/* Run `sql` with %w replaced by each name that `select` gives. The names are taken first: dropping moves the schema. */
static enum rc for_each_name(struct store *st, const char *select, const char *sql, struct err *e)
{
	AUTO_STMT q = stmt_use(st, select);
	AUTO_STRBUF all = { 0 };
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		char *one = sqlite3_mprintf(sql, column_text(&q, 0), column_text(&q, 0));

		strbuf_add(&all, one);
		sqlite3_free(one);
	}
	return rc == RC_OK ? db_exec(st, strbuf_str(&all), e) : rc;
}

#define SELECT_TEXTS "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' /*scan*/"

/* Every trigger is ours: generated, or from derived.sql. */
enum rc derived_drop(struct store *st, struct err *e)
{
	enum rc rc;

	if ((rc = for_each_name(st, "SELECT name FROM sqlite_schema WHERE type = 'trigger' /*scan*/",
	                        "DROP TRIGGER \"%w\";", e)) != RC_OK ||
	    (rc = for_each_name(st, "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'derived_*' /*scan*/",
	                        "DROP VIEW \"%w\";", e)) != RC_OK)
		return rc;
	return for_each_name(st, SELECT_TEXTS, "DROP TABLE \"%w\";", e);
}

static enum rc create_journal_triggers(struct store *st, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	const struct table *t;
	char **names;
	size_t n;
	enum rc rc;

	table_cache_clear(st);
	if ((rc = table_journaled(st, &names, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		if ((rc = table_load(st, names[i], &t, e)) == RC_OK && (rc = trigger_check_table(t, e)) == RC_OK)
			trigger_sql(t, &sql);
	}
	table_names_free(names, n);
	if (rc != RC_OK)
		return rc;
	strbuf_add(&sql, trigger_guards());
	return db_exec(st, strbuf_str(&sql), e);
}

enum rc derived_create(struct store *st, struct err *e)
{
	enum rc rc = db_exec(st, migrate_derived_sql(), e);

	return rc == RC_OK ? create_journal_triggers(st, e) : rc;
}

/* UPDATE of the rows whose derived columns are not what the view says; nothing for a table without any. */
static void add_computation(struct strbuf *sql, const struct table *t)
{
	AUTO_STRBUF columns = { 0 }, differ = { 0 };

	for (size_t i = 0; i < t->n; i++) {
		const char *name = t->columns[i].name;

		if (!t->columns[i].derived)
			continue;
		strbuf_format(&columns, "%s\"%s\"", columns.n ? ", " : "", name);
		strbuf_format(&differ, "%s t.\"%s\" IS NOT d.\"%s\"", differ.n ? " OR" : "", name, name);
	}
	if (columns.n == 0)
		return;
	strbuf_format(sql, "UPDATE \"%s\" AS t SET (%s) = (SELECT %s FROM derived_%s AS d WHERE d.id = t.id)"
	              " WHERE EXISTS (SELECT 1 FROM derived_%s AS d WHERE d.id = t.id AND (%s));\n",
	              t->name, strbuf_str(&columns), strbuf_str(&columns), t->name, t->name, strbuf_str(&differ));
}

enum rc derived_compute(struct store *st, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	const struct table *t;
	char **names;
	size_t n;
	enum rc rc;

	if ((rc = table_journaled(st, &names, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if ((rc = table_load(st, names[i], &t, e)) == RC_OK)
			add_computation(&sql, t);
	table_names_free(names, n);
	if (rc != RC_OK || (rc = db_exec(st, strbuf_str(&sql), e)) != RC_OK)
		return rc;
	return for_each_name(st, SELECT_TEXTS, "INSERT INTO \"%w\" (\"%w\") VALUES ('rebuild');", e);
}

enum rc store_rebuild_derived(struct store *st, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, st, "store.rebuild", e)) != RC_OK ||
	    (rc = derived_drop(st, e)) != RC_OK ||
	    (rc = derived_create(st, e)) != RC_OK ||
	    (rc = derived_compute(st, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
