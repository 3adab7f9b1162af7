/* Records that belong to another. */
#include "record_part.h"

#include <string.h>

#include "store/stmt.h"
#include "store/txn.h"

static enum rc part_of(struct office *of, const struct record_parts *parts, const struct form *form, const struct record_part **out, struct err *e)
{
	enum rc rc = office_require(of, parts->may, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < parts->n; i++)
		if (strcmp(parts->parts[i].table, form->table) == 0) {
			*out = &parts->parts[i];
			return RC_OK;
		}
	return err_set(e, RC_INVALID, NULL, "「%s」不是%s的一部分", form->title, parts->subject);
}

static enum rc find_row(struct office *of, const struct record_part *p, const struct form *form, int64_t id, int64_t *owner_id, int64_t *rev,
                        struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, p->find);
	bool row;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "这条%s不在了，可能刚被删除", form->title);
	*owner_id = column_int(&q, 0);
	*rev = column_int(&q, 1);
	return RC_OK;
}

static enum rc stamp(struct office *of, const struct record_part *p, int64_t id, int64_t owner_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, p->stamp);

	bind_int(&q, ":id", id);
	bind_int(&q, ":owner", owner_id);
	if (strstr(p->stamp, ":me"))
		bind_id(&q, ":me", of->me.id);
	if (strstr(p->stamp, ":now"))
		bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static enum rc write(struct office *of, const struct record_parts *parts, const struct record_part *p, int64_t owner_id, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const char *label;
	const void *owner;
	int64_t stored = owner_id, rev;
	bool fresh = r->id == 0;
	enum rc rc;

	if ((!fresh && (rc = find_row(of, p, r->form, r->id, &stored, &rev, e)) != RC_OK) ||
	    (rc = parts->find(of, owner_id, &a, &owner, &label, e)) != RC_OK)
		return rc;
	if (stored != owner_id)
		return err_set(e, RC_NOTFOUND, NULL, "%s没有这条%s", label, r->form->title);
	if ((p->require && (rc = p->require(of, owner, e)) != RC_OK) || (rc = p->check(of, owner, r, e)) != RC_OK ||
	    (rc = record_save(of->st, r, p->verb, e)) != RC_OK || (fresh && (rc = stamp(of, p, r->id, owner_id, e)) != RC_OK))
		return rc;
	return p->follow ? p->follow(of, owner_id, e) : RC_OK;
}

enum rc record_parts_save(struct office *of, const struct record_parts *parts, int64_t owner_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	const struct record_part *p = NULL;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = part_of(of, parts, r->form, &p, e)) != RC_OK || (rc = txn_begin(&t, of->st, p->verb, e)) != RC_OK ||
	    (rc = write(of, parts, p, owner_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

enum rc record_parts_delete(struct office *of, const struct record_parts *parts, const struct form *form, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	const struct record_part *p = NULL;
	const char *label;
	const void *owner;
	int64_t owner_id, rev;
	enum rc rc;

	if ((rc = part_of(of, parts, form, &p, e)) != RC_OK || (rc = txn_begin(&t, of->st, parts->delete_verb, e)) != RC_OK ||
	    (rc = find_row(of, p, form, id, &owner_id, &rev, e)) != RC_OK || (rc = parts->find(of, owner_id, &a, &owner, &label, e)) != RC_OK ||
	    (p->require && (rc = p->require(of, owner, e)) != RC_OK) || (p->spare && (rc = p->spare(of, owner, id, e)) != RC_OK) ||
	    (rc = record_delete(of->st, form, id, rev, why, e)) != RC_OK || (p->follow && (rc = p->follow(of, owner_id, e)) != RC_OK))
		return rc;
	return txn_commit(&t, e);
}
