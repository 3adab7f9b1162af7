/* Two records of one person become one. */
#include "domain/resident_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "canteen/diner_rules.h"
#include "resident_rules.h"
#include "volunteer/volunteer_rules.h"
#include "store/journal.h"
#include "store/reference.h"
#include "store/stmt.h"
#include "store/txn.h"

/* When each column of a record was last written. */
struct writing {
	int64_t id;
	const struct journal_entry *entries;          /* newest first */
	size_t n;
};

static int64_t written_hlc(const struct writing *w, const char *column)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->entries[i].id != w->id && strcmp(w->entries[i].table, "resident") == 0)
			continue;
		for (size_t k = 0; k < w->entries[i].n; k++)
			if (strcmp(w->entries[i].changes[k].column, column) == 0)
				return w->entries[i].hlc;
	}
	return 0;
}

static void choose(struct resident_merge *m, const struct writing *keep, const struct writing *other)
{
	const struct form *form = m->keep.form;

	for (size_t i = 0; i < form->n; i++) {
		const struct value *mine = &m->keep.values[i], *theirs = &m->other.values[i];

		m->differs[i] = mine->kind != VALUE_NONE && theirs->kind != VALUE_NONE && !value_equal(mine, theirs);
		m->take_other[i] = mine->kind == VALUE_NONE ? theirs->kind != VALUE_NONE :
		                   m->differs[i] && written_hlc(other, form->fields[i].name) > written_hlc(keep, form->fields[i].name);
	}
	/* A value that is shown by another field's value comes with it: an id number with its kind. */
	for (size_t i = 0; i < form->n; i++) {
		const char *ruler = form->fields[i].shown_when_field;

		if (ruler && m->take_other[i])
			m->take_other[form_field_index(form, form_field(form, ruler))] = true;
	}
}

static enum rc load_one(struct office *of, int64_t id, struct record *r, struct err *e)
{
	const struct form *form = form_find(of->forms, "resident");
	enum rc rc;

	record_init(r, form);
	if ((rc = record_load(of->st, form, id, r, e)) != RC_OK)
		return rc;
	return r->deleted ? err_set(e, RC_NOTFOUND, NULL, "这条居民记录已删除或已合并") : RC_OK;
}

static enum rc load_history(struct office *of, int64_t id, struct arena *a, struct writing *w, struct err *e)
{
	w->id = id;
	return journal_history(of->st, "resident", id, a, &w->entries, &w->n, e);
}

enum rc resident_merge_load(struct office *of, int64_t keep_id, int64_t other_id, struct resident_merge *m, struct err *e)
{
	struct resident_merge made = { 0 };
	struct writing keep, other;
	AUTO_ARENA a = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_MERGE, e)) != RC_OK)
		return rc;
	if (keep_id == other_id)
		return err_set(e, RC_INVALID, NULL, "请另选一条记录，同一条不能与自己合并");
	if ((rc = load_one(of, keep_id, &made.keep, e)) != RC_OK || (rc = load_one(of, other_id, &made.other, e)) != RC_OK ||
	    (rc = load_history(of, keep_id, &a, &keep, e)) != RC_OK || (rc = load_history(of, other_id, &a, &other, e)) != RC_OK) {
		resident_merge_release(&made);
		return rc;
	}
	made.take_other = mem_alloc(made.keep.form->n * sizeof(bool));
	made.differs = mem_alloc(made.keep.form->n * sizeof(bool));
	choose(&made, &keep, &other);
	*m = made;
	return RC_OK;
}

void resident_merge_release(struct resident_merge *m)
{
	record_release(&m->keep);
	record_release(&m->other);
	free(m->take_other);
	free(m->differs);
	memset(m, 0, sizeof *m);
}

static enum rc mark_merged(struct office *of, const struct record *other, int64_t keep_id, struct err *e)
{
	enum rc rc;
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE resident SET merged_into = :keep, deleted_at = :now, deleted_by = :me, deleted_why = '与另一条记录合并', rev = rev + 1"
		" WHERE id = :id AND rev = :rev AND deleted_at IS NULL");

	bind_int(&q, ":keep", keep_id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":id", other->id);
	bind_int(&q, ":rev", other->rev);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return store_changes(of->st) > 0 ? RC_OK : err_set(e, RC_CONFLICT, NULL, "要并入的那条记录刚被别人改过，请重新打开再合并");
}

static enum rc repoint_one(struct office *of, const struct reference *ref, int64_t from, int64_t to, struct err *e)
{
	AUTO_FREE char *sql = mem_format("UPDATE \"%s\" SET \"%s\" = :to, rev = rev + 1 WHERE \"%s\" = :from /*scan*/", ref->table, ref->column, ref->column);
	AUTO_STMT q = stmt_use_temporary(of->st, sql);

	bind_int(&q, ":to", to);
	bind_int(&q, ":from", from);
	return stmt_run(&q, e);
}

static enum rc repoint(struct office *of, int64_t from, int64_t to, struct err *e)
{
	AUTO_REFERENCES refs = { 0 };
	enum rc rc = references_load(of->st, "resident", &refs, e);

	for (size_t i = 0; rc == RC_OK && i < refs.n; i++)
		rc = repoint_one(of, &refs.list[i], from, to, e);
	return rc;
}

enum rc resident_merge_save(struct office *of, struct resident_merge *m, struct err *e)
{
	AUTO_RECORD merged = { 0 };
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_MERGE, e)) != RC_OK)
		return rc;
	record_copy(&merged, &m->keep);
	for (size_t i = 0; i < merged.form->n; i++)
		if (m->take_other[i])
			value_copy(&merged.values[i], &m->other.values[i]);
	if ((rc = resident_check(of, &merged, e)) != RC_OK || (rc = txn_begin(&t, of->st, "resident.merge", e)) != RC_OK ||
	    (rc = resident_require_grid(of, merged.form, m->keep.id, e)) != RC_OK ||
	    (rc = resident_require_grid(of, merged.form, m->other.id, e)) != RC_OK ||
	    (rc = mark_merged(of, &m->other, m->keep.id, e)) != RC_OK || (rc = record_save(of->st, &merged, "resident.merge", e)) != RC_OK ||
	    (rc = volunteer_join(of, m->keep.id, m->other.id, e)) != RC_OK || (rc = diner_join(of, m->keep.id, m->other.id, e)) != RC_OK ||
	    (rc = repoint(of, m->other.id, m->keep.id, e)) != RC_OK)
		return err_during(e, "未能合并");
	return txn_commit(&t, e);
}
