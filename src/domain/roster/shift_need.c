/* How many of which kind a template or a shift wants. */
#include "domain/shift.h"

#include <inttypes.h>

#include "base/mem.h"
#include "base/text.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

/* What was undone comes back with the row that has its id. */
static enum rc write_need(struct office *of, int64_t id, int64_t template_id, int64_t shift_id, const struct shift_need *need, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO shift_need (id, template_id, shift_id, position, role, skill, qualification, headcount, priority)"
		" VALUES (:id, :template, :shift, :position, :role, :skill, :qualification, :headcount, :priority)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, position = :position, role = :role, skill = :skill, qualification = :qualification,"
		" headcount = :headcount, priority = :priority, deleted_at = NULL, deleted_by = NULL, deleted_why = NULL");

	bind_int(&q, ":id", id);
	bind_id(&q, ":template", template_id);
	bind_id(&q, ":shift", shift_id);
	bind_int(&q, ":position", need->position);
	bind_words(&q, ":role", need->role);
	bind_words(&q, ":skill", need->skill);
	bind_words(&q, ":qualification", need->qualification);
	bind_int(&q, ":headcount", need->headcount);
	bind_int(&q, ":priority", need->priority);
	return stmt_run(&q, e);
}

enum rc shift_need_insert(struct office *of, int64_t template_id, int64_t shift_id, const struct shift_need *need, struct err *e)
{
	int64_t id;
	enum rc rc = store_new_id(of->st, &id, e);

	return rc == RC_OK ? write_need(of, id, template_id, shift_id, need, e) : rc;
}

enum rc shift_needs_copy(struct office *of, const struct shift_need *needs, size_t n, int64_t shift_id, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		AUTO_FREE char *key = mem_format("%" PRId64 " %" PRId64, shift_id, needs[i].id);

		rc = write_need(of, store_derived_id("shift_need", key), 0, shift_id, &needs[i], e);
	}
	return rc;
}

/* Whose it is, and how many stand on it. */
struct stored {
	int64_t rev, template_id, shift_id, seats;
};

static enum rc read_stored(struct office *of, int64_t id, struct stored *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT rev, template_id, shift_id, (SELECT count(*) FROM assignment WHERE assignment.shift_id = shift_need.shift_id AND need_id = shift_need.id"
		" AND state <> 'cancelled' AND deleted_at IS NULL) FROM shift_need WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "这一项需要已经删除，请重新选择", e)) != RC_OK)
		return rc;
	*out = (struct stored){ column_int(&q, 0), column_int(&q, 1), column_int(&q, 2), column_int(&q, 3) };
	return RC_OK;
}

/* The parent lives, and a shift is one that can still be staffed. */
static enum rc check_parent(struct office *of, int64_t template_id, int64_t shift_id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct shift_template t;
	struct shift s;
	enum rc rc;

	if (template_id)
		return shift_template_read_live(of, template_id, SHIFT_ANY_REV, &a, &t, e);
	if ((rc = shift_read_live(of, shift_id, SHIFT_ANY_REV, &a, &s, e)) != RC_OK)
		return rc;
	if (s.state == SHIFT_CANCELLED)
		return err_set(e, RC_INVALID, NULL, "「%s」已取消，不能改需要的人；请先恢复班次", s.title);
	return RC_OK;
}

static enum rc stamp(struct office *of, int64_t template_id, int64_t shift_id, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, template_id
		? "UPDATE shift_need SET template_id = :parent, position = (SELECT coalesce(max(position), 0) + 1 FROM shift_need AS other"
		  " WHERE other.template_id = :parent AND other.deleted_at IS NULL) WHERE id = :id"
		: "UPDATE shift_need SET shift_id = :parent, position = (SELECT coalesce(max(position), 0) + 1 FROM shift_need AS other"
		  " WHERE other.shift_id = :parent AND other.deleted_at IS NULL) WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":parent", template_id ? template_id : shift_id);
	return stmt_run(&q, e);
}

static enum rc check_change(struct office *of, int64_t template_id, int64_t shift_id, const struct record *r, struct err *e)
{
	struct stored stored;
	enum rc rc = read_stored(of, r->id, &stored, e);

	if (rc != RC_OK)
		return rc;
	if (stored.template_id != template_id || stored.shift_id != shift_id)
		return err_set(e, RC_NOTFOUND, NULL, "这一项需要不属于这里，请重新打开");
	if (record_number(r, "headcount", 0) < stored.seats)
		return err_set(e, RC_INVALID, "headcount", "已经排了 %d 人，人数不能更少；要减人请先把人撤下", (int)stored.seats);
	return RC_OK;
}

static enum rc save(struct office *of, int64_t template_id, int64_t shift_id, struct record *r, struct err *e)
{
	bool fresh = r->id == 0;
	enum rc rc;

	if (record_number(r, "headcount", 0) < 1)
		return err_set(e, RC_INVALID, "headcount", "人数至少 1 人");
	if (record_number(r, "priority", 0) == 0)
		value_set_number(record_value(r, "priority"), SHIFT_PRIORITY_USUAL);
	if ((rc = check_parent(of, template_id, shift_id, e)) != RC_OK ||
	    (!fresh && (rc = check_change(of, template_id, shift_id, r, e)) != RC_OK) || (rc = record_save(of->st, r, "shift.need", e)) != RC_OK)
		return rc;
	return fresh ? stamp(of, template_id, shift_id, r->id, e) : RC_OK;
}

enum rc shift_need_save(struct office *of, int64_t template_id, int64_t shift_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "shift.need", e)) != RC_OK ||
	    (rc = save(of, template_id, shift_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* What wants nobody is no shift. */
static enum rc check_not_last(struct office *of, const struct stored *stored, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, stored->template_id
		? "SELECT count(*) FROM shift_need WHERE template_id = :parent AND deleted_at IS NULL AND id <> :id"
		: "SELECT count(*) FROM shift_need WHERE shift_id = :parent AND deleted_at IS NULL AND id <> :id");
	int64_t n;
	enum rc rc;

	bind_int(&q, ":parent", stored->template_id ? stored->template_id : stored->shift_id);
	bind_int(&q, ":id", id);
	if ((rc = stmt_int(&q, &n, e)) != RC_OK)
		return rc;
	return n > 0 ? RC_OK : err_set(e, RC_INVALID, NULL, "至少要留下一项需要的人；不开这个班请取消班次");
}

enum rc shift_need_delete(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	struct stored stored;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "shift.need.delete", e)) != RC_OK ||
	    (rc = read_stored(of, id, &stored, e)) != RC_OK)
		return rc;
	if (stored.seats > 0)
		return err_set(e, RC_INVALID, NULL, "这一项已经排了 %d 人，请先把人撤下", (int)stored.seats);
	if ((rc = check_not_last(of, &stored, id, e)) != RC_OK ||
	    (rc = record_delete(of->st, form_find(of->forms, "shift_need"), id, stored.rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
