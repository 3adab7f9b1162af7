/* 议题: one item with everything that belongs to it, the pool as a list, and its ranking. */
#include "domain/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "agenda_inside.h"
#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "issue/issue_rules.h"
#include "store/stmt.h"

static const char *const state_keys[] = {
#define X(upper, lower) [AGENDA_##upper] = #lower,
	AGENDA_STATES(X)
#undef X
};

const char *agenda_state_key(enum agenda_state s)
{
	return s < AGENDA_STATE_COUNT ? state_keys[s] : "";
}

enum agenda_state agenda_state_from_key(const char *key)
{
	return (enum agenda_state)text_index(state_keys, COUNT(state_keys), key);
}

/* Reading ------------------------------------------------------------------------------------------------------------------------- */

static const char load_sql[] =
	"SELECT agenda_item.rev, agenda_item.number, agenda_item.title, agenda_item.body, agenda_item.proposer, agenda_item.urgency, grid.code,"
	" agenda_item.state, agenda_item.property, agenda_item.deleted_at IS NOT NULL, agenda_item.supporters, agenda_item.at, agenda_item.meeting_id,"
	" agenda_item.merged_id, agenda_item.split_id, meeting.number, meeting.day, target.number, agenda_item.withdrawn_why"
	" FROM agenda_item LEFT JOIN grid ON grid.id = agenda_item.grid_id LEFT JOIN meeting ON meeting.id = agenda_item.meeting_id"
	" LEFT JOIN agenda_item AS target ON target.id = agenda_item.merged_id WHERE agenda_item.id = :id";

/* "YS-20261124-01 2026-11-24" */
static const char *meeting_words(const char *number, int32_t day, struct arena *a)
{
	AUTO_STRBUF words = { 0 };

	strbuf_add(&words, number);
	if (day != DAY_NONE) {
		strbuf_add_char(&words, ' ');
		day_format(&words, day);
	}
	return arena_copy(a, strbuf_str(&words));
}

static enum rc read_item(struct office *of, int64_t id, struct arena *a, struct agenda_item *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, load_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这件议题，可能已被撤销", e)) != RC_OK)
		return rc;
	*out = (struct agenda_item){
		.id = id, .rev = column_int(&q, 0), .number = arena_copy(a, column_text(&q, 1)), .title = arena_copy(a, column_text(&q, 2)),
		.body = arena_copy(a, column_text(&q, 3)), .proposer = arena_copy(a, column_text(&q, 4)), .urgency = arena_copy(a, column_text(&q, 5)),
		.grid = arena_copy(a, column_text(&q, 6)), .state = agenda_state_from_key(column_text(&q, 7)), .property = column_int(&q, 8) != 0,
		.deleted = column_int(&q, 9) != 0, .supporters = (int)column_int(&q, 10), .at = column_int(&q, 11), .meeting_id = column_int(&q, 12),
		.merged_id = column_int(&q, 13), .split_id = column_int(&q, 14),
		.meeting = meeting_words(column_text(&q, 15), column_day(&q, 16), a), .merged = arena_copy(a, column_text(&q, 17)),
		.withdrawn_why = arena_copy(a, column_text(&q, 18)),
	};
	return RC_OK;
}

static void read_interest(const struct stmt *q, struct arena *a, void *row)
{
	*(struct agenda_interest *)row = (struct agenda_interest){
		.id = column_int(q, 0), .resident_id = column_int(q, 1), .name = arena_copy(a, column_text(q, 2)),
		.category = arena_copy(a, column_text(q, 3)), .stake = arena_copy(a, column_text(q, 4)),
	};
}

static void read_alternative(const struct stmt *q, struct arena *a, void *row)
{
	*(struct agenda_alternative *)row = (struct agenda_alternative){
		.id = column_int(q, 0), .position = (int)column_int(q, 1), .text = arena_copy(a, column_text(q, 2)),
		.objection = arena_copy(a, column_text(q, 3)), .cost_fen = column_is_null(q, 4) ? -1 : column_int(q, 4),
		.households = column_is_null(q, 5) ? -1 : column_int(q, 5),
	};
}

static void read_issue(const struct stmt *q, struct arena *a, void *row)
{
	*(struct agenda_issue_ref *)row = (struct agenda_issue_ref){
		.id = column_int(q, 0), .number = arena_copy(a, column_text(q, 1)), .title = arena_copy(a, column_text(q, 2)),
		.closed = column_int(q, 3) != 0,
	};
}

/* What belongs to an item, several of each: the query gives rows of one item, `read` one row. */
static const struct part {
	const char *sql;
	size_t size;
	stmt_read *read;
} parts[] = {
	{ "SELECT id, resident_id, name, category, stake FROM interest WHERE agenda_item_id = :item AND deleted_at IS NULL ORDER BY id",
	  sizeof(struct agenda_interest), read_interest },
	{ "SELECT id, position, text, objection, cost_fen, households FROM alternative WHERE agenda_item_id = :item AND deleted_at IS NULL"
	  " ORDER BY position, id", sizeof(struct agenda_alternative), read_alternative },
	{ "SELECT DISTINCT issue.id, issue.number, issue.title, issue.status = 'closed' OR issue.deleted_at IS NOT NULL"
	  " FROM agenda_issue JOIN issue ON issue.id = agenda_issue.issue_id"
	  " WHERE agenda_issue.agenda_item_id = :item AND agenda_issue.deleted_at IS NULL ORDER BY issue.number, issue.id /*scan*/",
	  sizeof(struct agenda_issue_ref), read_issue },
};

static enum rc read_part(struct office *of, const struct part *part, int64_t item, struct arena *a, void *out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, part->sql);

	bind_int(&q, ":item", item);
	return stmt_rows(&q, a, part->size, part->read, out, n, e);
}

enum rc agenda_read(struct office *of, int64_t id, struct arena *a, struct agenda_item *out, struct err *e)
{
	struct agenda_item it;
	enum rc rc;

	if ((rc = read_item(of, id, a, &it, e)) != RC_OK || (rc = read_part(of, &parts[0], id, a, &it.interests, &it.n_interests, e)) != RC_OK ||
	    (rc = read_part(of, &parts[1], id, a, &it.alternatives, &it.n_alternatives, e)) != RC_OK ||
	    (rc = read_part(of, &parts[2], id, a, &it.issues, &it.n_issues, e)) != RC_OK)
		return rc;
	*out = it;
	return RC_OK;
}

enum rc agenda_read_in(struct office *of, int64_t id, unsigned states, const char *what, struct arena *a, struct agenda_item *out, struct err *e)
{
	struct agenda_item it;
	enum rc rc = agenda_read(of, id, a, &it, e);

	if (rc != RC_OK)
		return rc;
	if (it.deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", it.number);
	if (it.state == AGENDA_MERGED && !(states & AGENDA_IN(MERGED)))
		return err_set(e, RC_INVALID, NULL, "%s 已并入 %s，不能%s；请打开那一件", it.number, it.merged, what);
	if (it.state == AGENDA_SCHEDULED && !(states & AGENDA_IN(SCHEDULED)))
		return err_set(e, RC_INVALID, NULL, "%s 已排入 %s，不能%s；请先从那次会议的议程撤下", it.number, it.meeting, what);
	if (!(states & 1U << it.state))
		return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，不能%s", it.number, office_code_label(of, "agenda_state", agenda_state_key(it.state)), what);
	*out = it;
	return RC_OK;
}

enum rc agenda_load(struct office *of, int64_t id, struct arena *a, struct agenda_item *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_MEETING_VIEW, e);

	return rc == RC_OK ? agenda_read(of, id, a, out, e) : rc;
}

/* The pool ------------------------------------------------------------------------------------------------------------------------ */

const struct list_spec *agenda_list_spec(void)
{
	static const struct list_spec spec = {
		.table = "agenda_item",
		.row =
			"SELECT agenda_item.number, agenda_item.title, agenda_item.urgency, agenda_item.supporters, agenda_item.at, agenda_item.state,"
			" (SELECT count(*) FROM alternative WHERE alternative.agenda_item_id = agenda_item.id AND alternative.deleted_at IS NULL), grid.code"
			" FROM agenda_item LEFT JOIN grid ON grid.id = agenda_item.grid_id WHERE agenda_item.id = :id",
		.n_columns = 8,
		.live = "agenda_item.deleted_at IS NULL",
		.reads = TABLE_BIT(AGENDA_ITEM) | TABLE_BIT(ALTERNATIVE) | TABLE_BIT(GRID) | TABLE_BIT(SUPPORT),
	};

	return &spec;
}

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

enum rc agenda_rank(struct office *of, struct arena *a, const int64_t **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id FROM agenda_item WHERE state = 'pool' AND deleted_at IS NULL ORDER BY rank, id /*scan*/");
	enum rc rc = office_require(of, MAY_MEETING_VIEW, e);

	return rc == RC_OK ? stmt_rows(&q, a, sizeof **out, read_id, out, n, e) : rc;
}
