/* The agenda of a meeting: items from the pool, their order, and what becomes of them. */
#include "meeting_rules.h"

#include <string.h>

#include "issue/issue_rules.h"
#include "base/day.h"
#include "domain/agenda.h"
#include "store/stmt.h"
#include "store/txn.h"

#define LENGTH_DEFAULT 15
#define LENGTH_MAX 480

/* Items -------------------------------------------------------------------------------------------------------------------------- */

static enum rc schedule_item(struct office *of, int64_t id, int64_t meeting_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = :scheduled, meeting_id = :meeting, settled_at = NULL, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":meeting", meeting_id);
	bind_text(&q, ":scheduled", agenda_state_key(AGENDA_SCHEDULED));
	return stmt_run(&q, e);
}

enum rc meeting_item_settle(struct office *of, int64_t meeting_id, int64_t agenda_item_id, enum slot_outcome outcome, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = :state, meeting_id = :stays, settled_at = :settled, rev = rev + 1"
	                               " WHERE id = :id AND meeting_id = :meeting AND state = :scheduled");
	bool settled = outcome == SLOT_PASSED || outcome == SLOT_FAILED;
	enum agenda_state state = outcome == SLOT_PASSED ? AGENDA_PASSED : outcome == SLOT_FAILED ? AGENDA_FAILED : AGENDA_POOL;

	bind_int(&q, ":id", agenda_item_id);
	bind_int(&q, ":meeting", meeting_id);
	bind_id(&q, ":stays", settled ? meeting_id : 0);
	bind_id(&q, ":settled", settled ? office_now(of) : 0);
	bind_text(&q, ":state", agenda_state_key(state));
	bind_text(&q, ":scheduled", agenda_state_key(AGENDA_SCHEDULED));
	return stmt_run(&q, e);
}

enum rc meeting_items_back(struct office *of, int64_t meeting_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = :pool, meeting_id = NULL, rev = rev + 1"
	                               " WHERE meeting_id = :meeting AND state = :scheduled");

	bind_int(&q, ":meeting", meeting_id);
	bind_text(&q, ":pool", agenda_state_key(AGENDA_POOL));
	bind_text(&q, ":scheduled", agenda_state_key(AGENDA_SCHEDULED));
	return stmt_run(&q, e);
}

static enum rc require_pool(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT number, state FROM agenda_item WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这件议题，可能已删除，请重新选择", e)) != RC_OK)
		return rc;
	if (agenda_state_from_key(column_text(&q, 1)) == AGENDA_POOL)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，只有待议的议题可以列入议程", column_text(&q, 0),
	               office_code_label(of, "agenda_state", column_text(&q, 1)));
}

/* Slots -------------------------------------------------------------------------------------------------------------------------- */

enum rc meeting_slot_begin(struct office *of, const struct meeting_slot *slot, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_slot SET begun_at = :now WHERE id = :id");

	if (slot->begun_at)
		return RC_OK;
	bind_int(&q, ":id", slot->id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc meeting_slot_close(struct office *of, const struct meeting_slot *slot, enum slot_outcome outcome, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_slot SET outcome = :outcome, at = :now, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", slot->id);
	bind_text(&q, ":outcome", slot_outcome_key(outcome));
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

/* At the end of the agenda. */
static enum rc insert_slot(struct office *of, int64_t meeting_id, int64_t item_id, int length_min, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position, length_min) VALUES (:id, :meeting, :item,"
		" (SELECT coalesce(max(position), 0) + 1 FROM agenda_slot WHERE meeting_id = :meeting AND deleted_at IS NULL), :length)");

	bind_int(&q, ":meeting", meeting_id);
	bind_int(&q, ":item", item_id);
	bind_int(&q, ":length", length_min);
	return stmt_insert(&q, NULL, e);
}

enum rc meeting_schedule(struct office *of, int64_t meeting_id, int64_t agenda_item_id, int length_min, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting m;
	int length = length_min ? length_min : LENGTH_DEFAULT;
	enum rc rc;

	if (length < 1 || length > LENGTH_MAX)
		return err_set(e, RC_INVALID, "length_min", "时长写 1 到 %d 分钟", LENGTH_MAX);
	if ((rc = txn_begin(&t, of->st, "meeting.schedule", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, BEFORE_MEETING | DURING(RUNNING), "改议程", &a, &m, e)) != RC_OK ||
	    (rc = require_pool(of, agenda_item_id, e)) != RC_OK || (rc = insert_slot(of, meeting_id, agenda_item_id, length, e)) != RC_OK ||
	    (rc = schedule_item(of, agenda_item_id, meeting_id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Order -------------------------------------------------------------------------------------------------------------------------- */

struct order {
	int64_t *ids;
	int *positions;               /* as they are stored */
	size_t n;
};

static enum rc read_order(struct office *of, int64_t meeting_id, struct arena *a, struct order *out, struct err *e)
{
	AUTO_STMT count = stmt_use(of->st, "SELECT count(*) FROM agenda_slot WHERE meeting_id = :meeting AND deleted_at IS NULL");
	AUTO_STMT q = stmt_use(of->st, "SELECT id, position FROM agenda_slot WHERE meeting_id = :meeting AND deleted_at IS NULL ORDER BY position, id /*scan*/");
	int64_t n;
	bool row;
	enum rc rc;

	bind_int(&count, ":meeting", meeting_id);
	bind_int(&q, ":meeting", meeting_id);
	if ((rc = stmt_int(&count, &n, e)) != RC_OK)
		return rc;
	*out = (struct order){
		.ids = arena_alloc(a, (size_t)(n + 1) * sizeof *out->ids), .positions = arena_alloc(a, (size_t)(n + 1) * sizeof *out->positions),
	};
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row && out->n < (size_t)n) {
		out->ids[out->n] = column_int(&q, 0);
		out->positions[out->n++] = (int)column_int(&q, 1);
	}
	return rc;
}

/* The place in the order is nothing that a form edits: it leaves rev alone, so that a note being typed is no conflict. */
static enum rc write_order(struct office *of, const struct order *order, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_slot SET position = :position WHERE id = :id AND position IS NOT :position");
	enum rc rc;

	for (size_t i = 0; i < order->n; i++) {
		bind_int(&q, ":id", order->ids[i]);
		bind_int(&q, ":position", (int64_t)i + 1);
		if ((rc = stmt_run(&q, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static void move_in_order(struct order *order, int64_t id, int by)
{
	size_t from = 0, to;

	while (from + 1 < order->n && order->ids[from] != id)
		from++;
	if (by < 0)
		to = from > (size_t)-(int64_t)by ? from - (size_t)-(int64_t)by : 0;
	else
		to = from + (size_t)by < order->n ? from + (size_t)by : order->n - 1;
	if (to < from)
		memmove(order->ids + to + 1, order->ids + to, (from - to) * sizeof *order->ids);
	else
		memmove(order->ids + from, order->ids + from + 1, (to - from) * sizeof *order->ids);
	order->ids[to] = id;
}

enum rc meeting_move_slot(struct office *of, int64_t slot_id, int by, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	struct order order;
	int64_t meeting_id;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.move", e)) != RC_OK || (rc = meeting_read_slot(of, slot_id, &a, &slot, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, BEFORE_MEETING | DURING(RUNNING), "改议程", &a, &m, e)) != RC_OK ||
	    (rc = read_order(of, meeting_id, &a, &order, e)) != RC_OK)
		return rc;
	move_in_order(&order, slot_id, by);
	if ((rc = write_order(of, &order, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Taking off, and the form ------------------------------------------------------------------------------------------------------- */

enum rc meeting_unschedule(struct office *of, int64_t slot_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	struct order order;
	int64_t meeting_id;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.unschedule", e)) != RC_OK ||
	    (rc = meeting_read_slot(of, slot_id, &a, &slot, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, BEFORE_MEETING | DURING(RUNNING), "改议程", &a, &m, e)) != RC_OK)
		return rc;
	if (slot.begun_at || slot.outcome != SLOT_OPEN)
		return err_set(e, RC_INVALID, NULL, "「%s」已经议过，不能移出议程；没有议完的请记为再议", slot.title);
	if ((rc = record_delete(of->st, form_find(of->forms, "agenda_slot"), slot_id, slot.rev, "移出议程", e)) != RC_OK ||
	    (rc = meeting_item_settle(of, meeting_id, slot.agenda_item_id, SLOT_UNREACHED, e)) != RC_OK ||
	    (rc = read_order(of, meeting_id, &a, &order, e)) != RC_OK || (rc = write_order(of, &order, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc meeting_slot_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	AUTO_RECORD own = { 0 };
	struct meeting_slot slot;
	struct meeting m;
	int64_t meeting_id;
	enum rc rc;

	record_copy(&own, r);
	if ((rc = txn_begin(&t, of->st, "meeting.slot", e)) != RC_OK || (rc = meeting_read_slot(of, own.id, &a, &slot, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, BEFORE_MEETING | DURING(RUNNING), "改议程", &a, &m, e)) != RC_OK ||
	    (rc = record_save(of->st, &own, "meeting.slot", e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
