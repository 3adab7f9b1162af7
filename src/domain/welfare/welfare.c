/* Welfare checks as they stand: the list, and the rung's clock. */
#include "delivery/door_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/register.h"
#include "store/stmt.h"
#include "welfare_inside.h"

#define MINUTE_MS 60000
#define CLOSED_MAX 500

int welfare_rung_minutes(const struct office *of, int rung)
{
	const struct settings *s = of->settings;
	const int minutes[WELFARE_RUNGS] = { s->knock_minutes, s->call_minutes, s->neighbour_minutes, s->visit_minutes, 0 };

	return rung >= 1 && rung <= WELFARE_RUNGS ? minutes[rung - 1] : 0;
}

bool welfare_is_mine(const struct office *of, int64_t grid_id)
{
	return grid_id == 0 || office_owns_grid(of, grid_id);
}

int64_t welfare_due_at(const struct office *of, int rung, int64_t rung_at)
{
	int minutes = welfare_rung_minutes(of, rung);

	return minutes ? rung_at + (int64_t)minutes * MINUTE_MS : 0;
}

enum {
	COL_ID, COL_REV, COL_DINER, COL_ORDER, COL_RESIDENT, COL_GRID_ID, COL_NUMBER, COL_NAME, COL_ADDRESS, COL_KEY, COL_GRID, COL_CARE, COL_CAUSE,
	COL_CONCLUSION, COL_NOTE, COL_CLOSED_BY, COL_TAKEN_BY, COL_DAY, COL_MEAL, COL_OUTCOME, COL_CONDITION, COL_OUTCOME_NOTE, COL_CARRIER, COL_OPENED,
	COL_RUNG_AT, COL_CLOSED, COL_TAKEN, COL_RUNG, COL_OPEN,
};

#define SELECT_CHECK \
	"SELECT w.id, w.rev, w.diner_id, w.order_id, d.resident_id, r.grid_id, d.number, r.name, h.address_text, h.address_key, g.code, r.care_tags, w.cause," \
	" w.conclusion, w.note, closer.name, taker.name, o.day, o.meal, o.outcome, o.condition, o.outcome_note, v.name, w.opened_at, w.rung_at, w.closed_at," \
	" w.taken_at, w.rung, w.state = 'open'" \
	" FROM welfare_check AS w JOIN diner AS d ON d.id = w.diner_id LEFT JOIN meal_order AS o ON o.id = w.order_id" \
	" LEFT JOIN resident AS r ON r.id = d.resident_id LEFT JOIN household AS h ON h.id = r.household_id LEFT JOIN grid AS g ON g.id = r.grid_id" \
	" LEFT JOIN account AS closer ON closer.id = w.closed_by LEFT JOIN account AS taker ON taker.id = w.taken_by" \
	" LEFT JOIN volunteer AS v ON v.id = o.outcome_volunteer_id"

/* An address with its short form, before it is known what the account may see. */
struct check_row {
	struct welfare_check check;
	const char *key;
};

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

static void read_check(const struct stmt *q, struct arena *a, void *out)
{
	struct check_row *row = out;

	row->key = kept(q, COL_KEY, a);
	row->check = (struct welfare_check){
		.id = column_int(q, COL_ID), .rev = column_int(q, COL_REV), .diner_id = column_int(q, COL_DINER), .order_id = column_int(q, COL_ORDER),
		.resident_id = column_int(q, COL_RESIDENT), .grid_id = column_int(q, COL_GRID_ID), .number = kept(q, COL_NUMBER, a),
		.name = kept(q, COL_NAME, a), .address = kept(q, COL_ADDRESS, a), .grid = kept(q, COL_GRID, a), .care = kept(q, COL_CARE, a),
		.cause = kept(q, COL_CAUSE, a), .conclusion = kept(q, COL_CONCLUSION, a), .note = kept(q, COL_NOTE, a), .closed_by = kept(q, COL_CLOSED_BY, a),
		.taken_by = kept(q, COL_TAKEN_BY, a), .day = column_day(q, COL_DAY), .meal = kept(q, COL_MEAL, a), .outcome = kept(q, COL_OUTCOME, a),
		.condition = kept(q, COL_CONDITION, a), .outcome_note = kept(q, COL_OUTCOME_NOTE, a), .carrier = kept(q, COL_CARRIER, a),
		.opened_at = column_int(q, COL_OPENED), .rung_at = column_int(q, COL_RUNG_AT), .closed_at = column_int(q, COL_CLOSED),
		.taken_at = column_int(q, COL_TAKEN), .rung = (int)column_int(q, COL_RUNG), .open = column_int(q, COL_OPEN) != 0,
	};
}

/* Whoever looks after somebody must know the door; afterwards the address is masked as elsewhere. */
static void finish(const struct office *of, const struct check_row *row, struct welfare_check *c)
{
	*c = row->check;
	if (c->open) {
		c->due_at = welfare_due_at(of, c->rung, c->rung_at);
		c->overdue = c->due_at != 0 && office_now(of) >= c->due_at;
	} else if (!office_sees(of, form_field(form_find(of->forms, "household"), "address_text"), c->grid_id)) {
		c->address = row->key;
	}
}

static int by_urgency(const void *a, const void *b)
{
	const struct welfare_check *one = a, *other = b;

	if (one->overdue != other->overdue)
		return one->overdue ? -1 : 1;
	if (one->opened_at != other->opened_at)
		return one->opened_at < other->opened_at ? -1 : 1;
	return one->id < other->id ? -1 : one->id > other->id;
}

/* Those of a bound statement that are the account's. */
static enum rc add_mine(struct office *of, struct stmt *q, struct arena *a, struct welfare_check *out, size_t max, size_t *n, struct err *e)
{
	bool row;
	enum rc rc = RC_OK;

	while (*n < max && (rc = stmt_step(q, &row, e)) == RC_OK && row) {
		struct check_row read;

		if (!welfare_is_mine(of, column_int(q, COL_GRID_ID)))
			continue;
		read_check(q, a, &read);
		finish(of, &read, &out[(*n)++]);
	}
	return rc;
}

enum rc welfare_list(struct office *of, int64_t closed_since, struct arena *a, const struct welfare_check **out, size_t *n, struct err *e)
{
	AUTO_STMT count = stmt_use(of->st, "SELECT count(*) FROM welfare_check WHERE state = 'open' AND deleted_at IS NULL");
	AUTO_STMT open = stmt_use(of->st, SELECT_CHECK " WHERE w.state = 'open' AND w.deleted_at IS NULL ORDER BY w.opened_at, w.id");
	AUTO_STMT closed = stmt_use(of->st, SELECT_CHECK " WHERE w.state = 'closed' AND w.closed_at >= :since AND w.deleted_at IS NULL"
	                                    " ORDER BY w.closed_at DESC, w.id DESC");
	struct welfare_check *list;
	size_t found = 0;
	int64_t n_open;
	enum rc rc;

	if ((rc = office_require(of, MAY_WELFARE_EDIT, e)) != RC_OK || (rc = stmt_int(&count, &n_open, e)) != RC_OK)
		return rc;
	list = arena_alloc(a, ((size_t)n_open + CLOSED_MAX) * sizeof *list);
	bind_int(&closed, ":since", closed_since);
	if ((rc = add_mine(of, &open, a, list, (size_t)n_open, &found, e)) != RC_OK)
		return rc;
	qsort(list, found, sizeof *list, by_urgency);
	if ((rc = add_mine(of, &closed, a, list, found + CLOSED_MAX, &found, e)) != RC_OK)
		return rc;
	*out = list;
	*n = found;
	return RC_OK;
}

enum rc welfare_find(struct office *of, int64_t id, struct arena *a, struct welfare_check *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, SELECT_CHECK " WHERE w.id = :id AND w.deleted_at IS NULL");
	struct check_row row;
	enum rc rc;

	if ((rc = office_require(of, MAY_WELFARE_EDIT, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这个关爱核查，也许刚被撤销", e)) != RC_OK)
		return rc;
	if (!welfare_is_mine(of, column_int(&q, COL_GRID_ID)))
		return err_set(e, RC_DENIED, NULL, "这位老人不在您负责的网格里，请交该网格的网格员或书记");
	read_check(&q, a, &row);
	finish(of, &row, out);
	return RC_OK;
}
