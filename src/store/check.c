/* `youlin check`: looks at everything, changes nothing. */
#include "store/check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "store/reference.h"
#include "store/record.h"
#include "store/seal.h"

struct check {
	struct store *st;
	const struct form_set *forms;
	check_report *report;
	void *context;
	int faults;
};

void check_say(struct check *c, bool ok, const char *format, ...)
{
	char line[400];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	c->faults += !ok;
	if (c->report)
		c->report(c->context, ok, line);
}

struct store *check_store(struct check *c)
{
	return c->st;
}

static enum rc check_integrity(struct check *c, struct err *e)
{
	AUTO_STMT q = stmt_use(c->st, "PRAGMA integrity_check(20)");
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		bool ok = strcmp(column_text(&q, 0), "ok") == 0;

		check_say(c, ok, ok ? "数据库文件完整" : "数据库文件损坏：%s", column_text(&q, 0));
	}
	return rc;
}

/* References ---------------------------------------------------------------------------------------------------------------------- */

/* Rows of a table (with tbl = :tbl where `column` is given) whose reference points nowhere. */
static enum rc check_target(struct check *c, const struct reference *r, const char *target, const char *column, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	bool row = false;
	int64_t n;
	enum rc rc;

	strbuf_format(&sql, "SELECT count(*), min(id) FROM \"%s\" AS r WHERE r.\"%s\" IS NOT NULL%s%s%s"
	              " AND NOT EXISTS (SELECT 1 FROM \"%s\" AS t WHERE t.id = r.\"%s\") /*scan*/", r->table, r->column,
	              column ? " AND r.\"" : "", column ? column : "", column ? "\" = :tbl" : "", target, r->column);
	AUTO_STMT q = stmt_use_temporary(c->st, strbuf_str(&sql));

	if (column)
		bind_text(&q, ":tbl", target);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	n = row ? column_int(&q, 0) : 0;
	if (n > 0)
		check_say(c, false, "引用：%s.%s → %s 有 %" PRId64 " 条找不到对方（如 id %" PRId64 "）", r->table, r->column, target, n,
		          column_int(&q, 1));
	return RC_OK;
}

static enum rc check_named_targets(struct check *c, const struct reference *r, struct err *e)
{
	AUTO_FREE char *sql = mem_format("SELECT DISTINCT \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL /*scan*/", r->target_column, r->table,
	                                 r->target_column);
	AUTO_STMT q = stmt_use_temporary(c->st, sql);
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const struct table *t;

		if (!table_is_identifier(column_text(&q, 0)) || table_load(c->st, column_text(&q, 0), &t, e) != RC_OK)
			check_say(c, false, "引用：%s.%s 里的「%.40s」不是表", r->table, r->target_column, column_text(&q, 0));
		else if ((rc = check_target(c, r, t->name, r->target_column, e)) != RC_OK)
			break;
	}
	return rc;
}

static bool has_table(struct store *st, const char *name)
{
	const struct table *t;
	struct err ignored;

	return table_load(st, name, &t, &ignored) == RC_OK;
}

static enum rc check_references(struct check *c, struct err *e)
{
	AUTO_REFERENCES refs = { 0 };
	int before = c->faults;
	enum rc rc = references_load(c->st, NULL, &refs, e);

	for (size_t i = 0; rc == RC_OK && i < refs.n; i++) {
		const struct reference *r = &refs.list[i];
		const struct table *t;

		if ((rc = table_load(c->st, r->table, &t, e)) != RC_OK)
			break;
		if (table_column(t, "id") == NULL || table_column(t, r->column) == NULL)
			continue;
		if (r->target == NULL)
			rc = check_named_targets(c, r, e);
		else if (!has_table(c->st, r->target))
			check_say(c, false, "引用：%s.%s 写明指向 %s，没有这张表", r->table, r->column, r->target);
		else
			rc = check_target(c, r, r->target, NULL, e);
	}
	if (rc == RC_OK && c->faults == before)
		check_say(c, true, "引用齐全（%zu 处）", refs.n);
	return rc;
}

/* Triggers, views, full text: as this program would make them ------------------------------------------------------------------------ */

/* Every CREATE of ours stands in `wanted` word for word; SQLite keeps the text. */
static enum rc check_objects(struct check *c, const char *wanted, size_t n_wanted, struct err *e)
{
	AUTO_STMT q = stmt_use(c->st, "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL TABLE%'"
	                              " ORDER BY name /*scan*/");
	size_t n = 0;
	int before = c->faults;
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (strstr(wanted, column_text(&q, 1)) == NULL)
			check_say(c, false, "触发器：%s 与程序要求的不同", column_text(&q, 0));
		n++;
	}
	if (rc != RC_OK)
		return rc;
	if (n != n_wanted)
		check_say(c, false, "触发器：应有 %zu 个，实有 %zu 个", n_wanted, n);
	if (c->faults == before)
		check_say(c, true, "触发器和视图齐全（%zu 个）", n);
	else
		check_say(c, true, "可运行 youlin check --rebuild 重建触发器和派生内容");
	return RC_OK;
}

static size_t count_creates(const char *sql)
{
	size_t n = strncmp(sql, "CREATE ", strlen("CREATE ")) == 0;

	for (const char *at = sql; (at = strstr(at, "\nCREATE ")) != NULL; at++)
		n++;
	return n;
}

typedef enum rc table_visitor(struct check *c, const struct table *t, void *context, struct err *e);

static enum rc each_journaled(struct check *c, table_visitor *visit, void *context, struct err *e)
{
	const struct table *t;
	char **names;
	size_t n;
	enum rc rc = table_journaled(c->st, &names, &n, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if ((rc = table_load(c->st, names[i], &t, e)) == RC_OK)
			rc = visit(c, t, context, e);
	table_names_free(names, n);
	return rc;
}

static enum rc add_triggers(struct check *c, const struct table *t, void *wanted, struct err *e)
{
	(void)c, (void)e;
	trigger_sql(t, wanted);
	return RC_OK;
}

static enum rc check_triggers(struct check *c, struct err *e)
{
	AUTO_STRBUF wanted = { 0 };
	enum rc rc = each_journaled(c, add_triggers, &wanted, e);

	if (rc != RC_OK)
		return rc;
	strbuf_add(&wanted, trigger_guards());
	strbuf_add(&wanted, migrate_derived_sql());
	return check_objects(c, strbuf_str(&wanted), count_creates(strbuf_str(&wanted)), e);
}

/* Derived columns ------------------------------------------------------------------------------------------------------------------ */

static enum rc check_derived_table(struct check *c, const struct table *t, void *context, struct err *e)
{
	AUTO_STRBUF differ = { 0 };
	AUTO_FREE char *sql = NULL;
	int64_t wrong;
	enum rc rc;

	(void)context;
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].derived)
			strbuf_format(&differ, "%st.\"%s\" IS NOT d.\"%s\"", differ.n ? " OR " : "", t->columns[i].name, t->columns[i].name);
	if (differ.n == 0)
		return RC_OK;
	sql = mem_format("SELECT count(*) FROM \"%s\" AS t JOIN derived_%s AS d ON d.id = t.id WHERE %s /*scan*/", t->name, t->name,
	                 strbuf_str(&differ));
	AUTO_STMT q = stmt_use_temporary(c->st, sql);

	if ((rc = stmt_int(&q, &wrong, e)) != RC_OK)
		return rc;
	check_say(c, wrong == 0, wrong == 0 ? "派生列 %s 正确" : "派生列 %s：%" PRId64 " 条与重新计算的不同", t->name, wrong);
	return RC_OK;
}

static enum rc check_derived(struct check *c, struct err *e)
{
	return each_journaled(c, check_derived_table, NULL, e);
}

/* FTS5 compares an index with its content in a statement that counts as a write; it is taken back. */
static enum rc check_full_text(struct check *c, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_STMT names = stmt_use(c->st, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%' /*scan*/");
	bool row = false;
	enum rc rc;

	if (c->st->read_only)
		return RC_OK;
	if ((rc = txn_begin(&t, c->st, "check", e)) != RC_OK)
		return rc;
	while ((rc = stmt_step(&names, &row, e)) == RC_OK && row) {
		AUTO_FREE char *sql = mem_format("INSERT INTO \"%s\" (\"%s\", rank) VALUES ('integrity-check', 1)", column_text(&names, 0),
		                                 column_text(&names, 0));
		AUTO_STMT q = stmt_use_temporary(c->st, sql);
		struct err why = { 0 };
		bool ok = stmt_run(&q, &why) == RC_OK;

		check_say(c, ok, ok ? "全文索引 %s 正确" : "全文索引 %s 与内容不符", column_text(&names, 0));
	}
	return rc;
}

/* Forms and sealed values ---------------------------------------------------------------------------------------------------------- */

static enum rc check_sealed_column(struct check *c, const struct form *form, const struct field *f, struct err *e)
{
	AUTO_FREE char *sql = mem_format("SELECT id, \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL /*scan*/", f->name, form->table, f->name);
	AUTO_STMT q = stmt_use_temporary(c->st, sql);
	int64_t wrong = 0, n = 0, example = 0;
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		AUTO_FREE char *plain = NULL;
		size_t size;
		const void *bytes = column_blob(&q, 1, &size);

		n++;
		if (seal_open(c->st, form->table, column_int(&q, 0), f->name, bytes, size, &plain, NULL) != RC_OK) {
			wrong++;
			example = column_int(&q, 0);
		}
	}
	if (rc == RC_OK && wrong > 0)
		check_say(c, false, "加密列 %s.%s：%" PRId64 " 条打不开（如 id %" PRId64 "）", form->table, f->name, wrong, example);
	else if (rc == RC_OK)
		check_say(c, true, "加密列 %s.%s 都能打开（%" PRId64 " 条）", form->table, f->name, n);
	return rc;
}

static enum rc check_forms(struct check *c, struct err *e)
{
	struct err why = { 0 };
	enum rc rc;

	if (c->forms == NULL)
		return RC_OK;
	rc = record_check_forms(c->st, c->forms, &why);
	if (rc == RC_INVALID) {
		check_say(c, false, "表单：%s", why.text);
		return RC_OK;
	}
	if (rc != RC_OK) {
		*e = why;
		return rc;
	}
	check_say(c, true, "表单与数据库相符（%zu 张）", form_count(c->forms));
	for (size_t i = 0; i < form_count(c->forms); i++) {
		const struct form *form = form_at(c->forms, i);

		for (size_t k = 0; k < form->n; k++)
			if (form->fields[k].sealed && (rc = check_sealed_column(c, form, &form->fields[k], e)) != RC_OK)
				return rc;
	}
	return RC_OK;
}

/* All that reads, on one state of the database, whatever others write meanwhile. */
static enum rc check_snapshot(struct check *c, struct err *e)
{
	static enum rc (*const parts[])(struct check *c, struct err *e) = {
		check_integrity, check_triggers, check_forms, check_references, check_chains, check_fold, check_derived,
	};
	enum rc rc = db_exec(c->st, "BEGIN", e);

	if (rc != RC_OK)
		return rc;
	table_cache_clear(c->st);
	for (size_t i = 0; rc == RC_OK && i < COUNT(parts); i++) {
		db_progress(c->st, "检查", (int)(100 * i / COUNT(parts)));
		rc = parts[i](c, e);
	}
	sqlite3_exec(c->st->db, "COMMIT", NULL, NULL, NULL);
	return rc;
}

enum rc store_check(struct store *st, const struct form_set *forms, check_report *report, void *context, int *faults, struct err *e)
{
	struct check c = { .st = st, .forms = forms, .report = report, .context = context };
	enum rc rc;

	if (st->depth > 0)
		return err_set(e, RC_DB, NULL, "程序错误：事务里不能检查");
	if ((rc = check_snapshot(&c, e)) != RC_OK || (rc = check_full_text(&c, e)) != RC_OK)
		return err_during(e, "检查没有做完");
	db_progress(st, "检查", 100);
	*faults = c.faults;
	return RC_OK;
}
