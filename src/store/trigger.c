/* The journal's triggers, generated from the live columns of each table of `journaled`.
 *
 * One op a changed row: a JSON object of the columns that changed, and of those that travel with them in a group; a save that changes
 * nothing, or only rev and derived columns, leaves nothing.  An op's clock is that of its transaction, or one more than the newest op of
 * its record: a record that was once stamped in the future still takes later edits.
 */
#include "store/store.h"

#include <string.h>

#include "internal.h"

#define COLUMNS_MAX 63                         /* SQLite takes 127 arguments; yl_json_new wants their names and two a column */
#define GROUPS_MAX 26                          /* a letter each */

enum rc trigger_check_table(const struct table *t, struct err *e)
{
	size_t journaled = 0;

	if (table_column(t, "id") == NULL || table_column(t, "rev") == NULL)
		return err_set(e, RC_DB, NULL, "表 %s 要同步，须有 id 和 rev 两列", t->name);
	for (size_t i = 0; i < t->n; i++) {
		const struct column *c = &t->columns[i];

		if (!c->journaled)
			continue;
		journaled++;
		if (c->group > GROUPS_MAX)
			return err_set(e, RC_DB, NULL, "表 %s 的列分组超过 %d 个", t->name, GROUPS_MAX);
		if (c->required != (c->initial != NULL))
			return err_set(e, RC_DB, NULL, "表 %s 列 %s：NOT NULL 和 DEFAULT 要么都有，要么都没有", t->name, c->name);
	}
	if (journaled > COLUMNS_MAX)
		return err_set(e, RC_DB, NULL, "表 %s 要同步的列超过 %d 个，请拆表", t->name, COLUMNS_MAX);
	return RC_OK;
}

/* 'volunteer_id from_day:a to_day:a': what function.c reads. The names stand once, so that opening a database does not parse them a dozen times. */
static void add_columns(struct strbuf *out, const struct table *t)
{
	const char *blank = "";

	strbuf_add_char(out, '\'');
	for (size_t i = 0; i < t->n; i++) {
		const struct column *c = &t->columns[i];

		if (!c->journaled)
			continue;
		strbuf_format(out, "%s%s", blank, c->name);
		if (c->group)
			strbuf_format(out, ":%c", 'a' + c->group - 1);
		blank = " ";
	}
	strbuf_add_char(out, '\'');
}

/* What a row holds. */
static void add_row(struct strbuf *out, const struct table *t, const char *side)
{
	strbuf_add(out, "yl_json(");
	add_columns(out, t);
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].journaled)
			strbuf_format(out, ", %s.\"%s\"", side, t->columns[i].name);
	strbuf_add_char(out, ')');
}

/* What has changed in it, as it is now or as it was. */
static void add_change(struct strbuf *out, const struct table *t, const char *function)
{
	strbuf_format(out, "%s(", function);
	add_columns(out, t);
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].journaled)
			strbuf_format(out, ", OLD.\"%s\", NEW.\"%s\"", t->columns[i].name, t->columns[i].name);
	strbuf_add_char(out, ')');
}

static void add_op(struct strbuf *out, const struct table *t, const char *side, char op)
{
	strbuf_format(out, " BEGIN\n"
	              "  INSERT INTO journal (site, no, k, hlc, actor, verb, schema, tbl, id, op, new, old, salt) VALUES (\n"
	              "    yl_site(), yl_no(), yl_k(),\n"
	              "    max(yl_hlc(), 1 + coalesce((SELECT max(hlc) FROM journal WHERE tbl = '%s' AND id = %s.id), 0)),\n"
	              "    yl_actor(), yl_verb(), yl_schema(), '%s', %s.id, '%c', ", t->name, side, t->name, side, op);
}

static void add_insert(struct strbuf *out, const struct table *t)
{
	strbuf_format(out, "CREATE TRIGGER journal_%s_insert AFTER INSERT ON \"%s\"", t->name, t->name);
	add_op(out, t, "NEW", 'I');
	add_row(out, t, "NEW");
	strbuf_add(out, ", NULL, yl_salt());\nEND;\n");
}

static void add_update(struct strbuf *out, const struct table *t)
{
	const char *or = " WHEN ";

	strbuf_format(out, "CREATE TRIGGER journal_%s_update AFTER UPDATE ON \"%s\"", t->name, t->name);
	for (size_t i = 0; i < t->n; i++) {
		if (!t->columns[i].journaled)
			continue;
		strbuf_format(out, "%sOLD.\"%s\" IS NOT NEW.\"%s\"", or, t->columns[i].name, t->columns[i].name);
		or = " OR ";
	}
	add_op(out, t, "NEW", 'U');
	add_change(out, t, "yl_json_new");
	strbuf_add(out, ", ");
	add_change(out, t, "yl_json_old");
	strbuf_add(out, ", yl_salt());\nEND;\n");
}

static void add_delete(struct strbuf *out, const struct table *t)
{
	strbuf_format(out, "CREATE TRIGGER journal_%s_delete AFTER DELETE ON \"%s\"", t->name, t->name);
	add_op(out, t, "OLD", 'D');
	strbuf_add(out, "NULL, ");
	add_row(out, t, "OLD");
	strbuf_add(out, ", yl_salt());\nEND;\n");
}

void trigger_sql(const struct table *t, struct strbuf *out)
{
	add_insert(out, t);
	add_update(out, t);
	add_delete(out, t);
	strbuf_format(out, "CREATE TRIGGER journal_%s_id BEFORE UPDATE OF id ON \"%s\" WHEN NEW.id IS NOT OLD.id BEGIN\n"
	              "  SELECT RAISE(ABORT, 'id is immutable');\nEND;\n", t->name, t->name);
}

const char *trigger_guards(void)
{
	return
		"CREATE TRIGGER journal_guard_insert BEFORE INSERT ON journal\n"
		"  WHEN NEW.site IS NOT yl_site() OR NEW.no IS NOT yl_no() BEGIN\n"
		"  SELECT RAISE(ABORT, 'an op belongs to the running transaction');\nEND;\n"
		"CREATE TRIGGER journal_guard_update BEFORE UPDATE ON journal WHEN NOT yl_sealing() BEGIN\n"
		"  SELECT RAISE(ABORT, 'the journal is append-only');\nEND;\n"
		"CREATE TRIGGER journal_guard_delete BEFORE DELETE ON journal BEGIN\n"
		"  SELECT RAISE(ABORT, 'the journal is append-only');\nEND;\n"
		"CREATE TRIGGER self_guard_update BEFORE UPDATE ON self WHEN NOT yl_sealing() BEGIN\n"
		"  SELECT RAISE(ABORT, 'self moves with transactions only');\nEND;\n"
		"CREATE TRIGGER self_guard_delete BEFORE DELETE ON self BEGIN\n"
		"  SELECT RAISE(ABORT, 'self is one row');\nEND;\n";
}
