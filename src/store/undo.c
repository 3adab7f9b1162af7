/* Undo: the old values of somebody's last transaction, written back as a new one. */
#include "store/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "store/reference.h"

static const char undo_verb[] = "undo ";

struct op {
	int64_t lsn;
	char *table;
	int64_t id;
	char op;
	char *new, *old;
};

struct ops {
	struct op *list;
	size_t n, cap;
};

static void ops_release(struct ops *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->list[i].table);
		free(o->list[i].new);
		free(o->list[i].old);
	}
	free(o->list);
	*o = (struct ops){ 0 };
}
#define AUTO_OPS __attribute__((cleanup(ops_release))) struct ops

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool contains(const int64_t *list, size_t n, int64_t value)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == value)
			return true;
	return false;
}

/* The last transaction that can be undone; its verb. */
static enum rc find_last(struct store *st, int64_t account_id, int64_t *no, char **verb, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT no, verb FROM journal WHERE actor = :actor AND n > 0 AND site = :site ORDER BY lsn DESC");
	AUTO_FREE int64_t *undone = NULL;
	size_t n = 0, cap = 0;
	bool row = false;
	enum rc rc;

	bind_int(&q, ":actor", account_id);
	bind_int(&q, ":site", st->self.site);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const char *v = column_text(&q, 1);

		if (starts(v, undo_verb)) {
			undone = mem_grow(undone, &cap, n + 1, sizeof *undone);
			undone[n++] = strtoll(v + strlen(undo_verb), NULL, 10);
		} else if (starts(v, "account.") || starts(v, "auth.")) {
			return err_set(e, RC_DENIED, NULL, "上一步是账号操作，不能撤销；请在账号管理里改回");
		} else if (strcmp(v, "reveal") != 0 && !contains(undone, n, column_int(&q, 0))) {
			*no = column_int(&q, 0);
			*verb = mem_copy(v);
			return RC_OK;
		}
	}
	return rc == RC_OK ? err_set(e, RC_NOTFOUND, NULL, "没有可以撤销的操作") : rc;
}

static enum rc load_ops(struct store *st, int64_t no, struct ops *out, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT lsn, tbl, id, op, new, old FROM journal WHERE site = :site AND no = :no ORDER BY k DESC");
	bool row = false;
	enum rc rc;

	bind_int(&q, ":site", st->self.site);
	bind_int(&q, ":no", no);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		out->list = mem_grow(out->list, &out->cap, out->n + 1, sizeof *out->list);
		out->list[out->n++] = (struct op){
			.lsn = column_int(&q, 0), .table = mem_copy(column_text(&q, 1)), .id = column_int(&q, 2),
			.op = column_text(&q, 3)[0], .new = mem_copy(column_text(&q, 4)), .old = mem_copy(column_text(&q, 5)),
		};
	}
	return rc;
}

static enum rc conflict(const struct op *op, struct err *e)
{
	return err_set(e, RC_CONFLICT, NULL, "撤销不了：之后又有人改过（%s），没有改动任何内容", op->table);
}

static void bind_member(struct stmt *q, char side, size_t i, const sqlite3_value *v)
{
	char name[24];
	int parameter;

	snprintf(name, sizeof name, ":%c%zu", side, i);
	parameter = q->raw ? sqlite3_bind_parameter_index(q->raw, name) : 0;
	if (parameter > 0)
		sqlite3_bind_value(q->raw, parameter, v);
}

/* Columns go into assembled SQL only if the live table has them. */
static bool has_columns(const struct table *t, const struct members *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (table_column(t, m->list[i].name) == NULL)
			return false;
	return true;
}

/* Write the old values back, if every column still has the new one. */
static enum rc undo_update(struct store *st, const struct table *t, const struct op *op, struct err *e)
{
	AUTO_MEMBERS new = { 0 };
	AUTO_MEMBERS old = { 0 };
	AUTO_STRBUF sql = { 0 };
	enum rc rc;

	if ((rc = json_read(st, op->new, &new, e)) != RC_OK || (rc = json_read(st, op->old, &old, e)) != RC_OK)
		return rc;
	if (new.n != old.n || !has_columns(t, &new))
		return conflict(op, e);
	strbuf_format(&sql, "UPDATE \"%s\" SET rev = rev + 1", t->name);
	for (size_t i = 0; i < new.n; i++)
		strbuf_format(&sql, ", \"%s\" = :o%zu", new.list[i].name, i);
	strbuf_add(&sql, " WHERE id = :id");
	for (size_t i = 0; i < new.n; i++)
		strbuf_format(&sql, " AND \"%s\" IS :n%zu", new.list[i].name, i);
	AUTO_STMT q = stmt_use_temporary(st, strbuf_str(&sql));

	bind_int(&q, ":id", op->id);
	for (size_t i = 0; i < new.n; i++) {
		const struct member *before = json_member(&old, new.list[i].name);

		if (before == NULL)
			return conflict(op, e);
		bind_member(&q, 'o', i, before->value);
		bind_member(&q, 'n', i, new.list[i].value);
	}
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return store_changes(st) == 1 ? RC_OK : conflict(op, e);
}

/* Has somebody else touched the record since? The account's own later transactions are undone ones and their undos. */
static enum rc check_untouched(struct store *st, const struct op *op, int64_t account_id, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT count(*) FROM journal WHERE tbl = :table AND id = :id AND lsn > :lsn"
	                           " AND NOT (site = :site AND actor IS :actor) AND (site, no) <> (yl_site(), yl_no())");
	int64_t n;
	enum rc rc;

	bind_text(&q, ":table", op->table);
	bind_int(&q, ":id", op->id);
	bind_int(&q, ":lsn", op->lsn);
	bind_int(&q, ":site", st->self.site);
	bind_int(&q, ":actor", account_id);
	rc = stmt_int(&q, &n, e);
	return rc == RC_OK && n > 0 ? conflict(op, e) : rc;
}

/* Does a live record refer to this one? Asked when the whole transaction is undone: what it added beside the record is gone by then. */
static enum rc check_unreferenced(struct store *st, const struct references *refs, const struct op *op, struct err *e)
{
	for (size_t i = 0; i < refs->n; i++) {
		const struct reference *r = &refs->list[i];
		AUTO_STRBUF sql = { 0 };
		const struct table *t;
		int64_t n;
		enum rc rc;

		if (r->target == NULL || strcmp(r->target, op->table) != 0)
			continue;
		if ((rc = table_load(st, r->table, &t, e)) != RC_OK)
			return rc;
		if (table_column(t, r->column) == NULL || table_column(t, r->column)->derived)
			continue;
		strbuf_format(&sql, "SELECT count(*) FROM \"%s\" WHERE \"%s\" = :id%s /*scan*/", t->name, r->column,
		              table_column(t, "deleted_at") ? " AND deleted_at IS NULL" : "");
		AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

		bind_int(&q, ":id", op->id);
		if ((rc = stmt_int(&q, &n, e)) != RC_OK)
			return rc;
		if (n > 0)
			return conflict(op, e);
	}
	return RC_OK;
}

/* Mark what was added as deleted; rows of tables that only grow are taken out again, the journal keeps them. */
static enum rc undo_insert(struct store *st, const struct table *t, const struct op *op, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	bool mark = table_column(t, "deleted_at") != NULL;
	enum rc rc;

	if (mark)
		strbuf_format(&sql, "UPDATE \"%s\" SET deleted_at = :at, deleted_by = :by, deleted_why = '撤销', rev = rev + 1"
		              " WHERE id = :id AND deleted_at IS NULL", t->name);
	else
		strbuf_format(&sql, "DELETE FROM \"%s\" WHERE id = :id", t->name);
	AUTO_STMT q = stmt_use(st, strbuf_str(&sql));

	if (mark) {
		bind_int(&q, ":at", store_now(st));
		bind_id(&q, ":by", st->actor);
	}
	bind_int(&q, ":id", op->id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return store_changes(st) == 1 ? RC_OK : conflict(op, e);
}

static enum rc undo_delete(struct store *st, const struct table *t, const struct op *op, struct err *e)
{
	AUTO_MEMBERS old = { 0 };
	AUTO_STRBUF names = { 0 }, values = { 0 };
	enum rc rc;

	if ((rc = json_read(st, op->old, &old, e)) != RC_OK)
		return rc;
	if (!has_columns(t, &old))
		return conflict(op, e);
	strbuf_format(&names, "INSERT INTO \"%s\" (id", t->name);
	strbuf_add(&values, ") VALUES (:id");
	for (size_t i = 0; i < old.n; i++) {
		strbuf_format(&names, ", \"%s\"", old.list[i].name);
		strbuf_format(&values, ", :o%zu", i);
	}
	strbuf_format(&names, "%s)", strbuf_str(&values));
	AUTO_STMT q = stmt_use_temporary(st, strbuf_str(&names));

	bind_int(&q, ":id", op->id);
	for (size_t i = 0; i < old.n; i++)
		bind_member(&q, 'o', i, old.list[i].value);
	return stmt_run(&q, e);
}

static enum rc undo_op(struct store *st, const struct op *op, int64_t account_id, struct err *e)
{
	const struct table *t;
	enum rc rc = table_load(st, op->table, &t, e);

	if (rc != RC_OK)
		return rc;
	switch (op->op) {
	case 'U':                                  /* every column is compared: others may have changed the rest */
		return undo_update(st, t, op, e);
	case 'I':
		rc = check_untouched(st, op, account_id, e);
		return rc == RC_OK ? undo_insert(st, t, op, e) : rc;
	case 'D':
		rc = check_untouched(st, op, account_id, e);
		return rc == RC_OK ? undo_delete(st, t, op, e) : rc;
	default:
		return err_set(e, RC_DENIED, NULL, "上一步是合并或抹除，不能撤销");
	}
}

static enum rc undo_all(struct store *st, const struct ops *ops, int64_t account_id, struct err *e)
{
	AUTO_REFERENCES refs = { 0 };
	enum rc rc = references_load(st, NULL, &refs, e);

	for (size_t i = 0; rc == RC_OK && i < ops->n; i++)
		rc = undo_op(st, &ops->list[i], account_id, e);
	for (size_t i = 0; rc == RC_OK && i < ops->n; i++)
		if (ops->list[i].op == 'I')
			rc = check_unreferenced(st, &refs, &ops->list[i], e);
	return rc;
}

/* "DH-20261124-007" or "王秀英": what people call the first record of the transaction that has a name. */
static enum rc name_of(struct store *st, const struct ops *ops, char **name, struct err *e)
{
	static const char *const names[] = { "number", "name", "title" };

	for (size_t i = ops->n; i-- > 0; ) {
		const struct table *t;
		enum rc rc = table_load(st, ops->list[i].table, &t, e);

		if (rc != RC_OK)
			return rc;
		for (size_t k = 0; k < COUNT(names); k++) {
			AUTO_FREE char *sql = NULL;

			if (table_column(t, names[k]) == NULL)
				continue;
			sql = mem_format("SELECT \"%s\" FROM \"%s\" WHERE id = :id", names[k], t->name);
			AUTO_STMT q = stmt_use(st, sql);

			bind_int(&q, ":id", ops->list[i].id);
			rc = stmt_text(&q, name, e);
			if (rc != RC_NOTFOUND && (rc != RC_OK || *name))
				return rc;
		}
	}
	return RC_OK;
}

enum rc journal_undo(struct store *st, int64_t account_id, char **done, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_OPS ops = { 0 };
	AUTO_FREE char *verb = NULL;
	AUTO_FREE char *name = NULL;
	char as[32];
	int64_t no = 0;
	enum rc rc;

	if ((rc = txn_begin(&t, st, undo_verb, e)) != RC_OK ||
	    (rc = find_last(st, account_id, &no, &verb, e)) != RC_OK ||
	    (rc = load_ops(st, no, &ops, e)) != RC_OK)
		return rc;
	snprintf(as, sizeof as, "%s%" PRId64, undo_verb, no);
	txn_rename(st, as);
	if ((rc = name_of(st, &ops, &name, e)) != RC_OK ||
	    (rc = undo_all(st, &ops, account_id, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*done = mem_format("%s%s%s", verb, name ? " " : "", name ? name : "");
	return RC_OK;
}
