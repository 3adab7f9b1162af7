/* 议题 and issues: an item is made when 理事 sends an issue to 议事, and no longer stands for it when the issue leaves. */
#include "agenda_inside.h"

#include <string.h>

#include "base/text.h"
#include "issue/issue_codes.h"
#include "issue/issue_rules.h"
#include "store/stmt.h"

#define PROPOSER_COLS 30          /* the form's field takes 30 characters */
#define SECRET "secret"           /* code of `publicity` */

/* Links --------------------------------------------------------------------------------------------------------------------------- */

static enum rc is_linked(struct office *of, int64_t item_id, int64_t issue_id, bool *linked, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM agenda_issue WHERE agenda_item_id = :item AND issue_id = :issue AND deleted_at IS NULL");

	bind_int(&q, ":item", item_id);
	bind_int(&q, ":issue", issue_id);
	return stmt_step(&q, linked, e);
}

enum rc agenda_link(struct office *of, int64_t item_id, int64_t issue_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO agenda_issue (id, agenda_item_id, issue_id, at) VALUES (:id, :item, :issue, :now)");
	bool linked;
	enum rc rc;

	if ((rc = is_linked(of, item_id, issue_id, &linked, e)) != RC_OK || linked)
		return rc;
	bind_int(&q, ":item", item_id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":now", office_now(of));
	return stmt_insert(&q, NULL, e);
}

static const char waiting_sql[] =
	"SELECT agenda_item.id FROM agenda_issue JOIN agenda_item ON agenda_item.id = agenda_issue.agenda_item_id"
	" WHERE agenda_issue.issue_id = :issue AND agenda_issue.deleted_at IS NULL AND agenda_item.deleted_at IS NULL"
	" AND agenda_item.state IN ('pool', 'scheduled') AND agenda_item.id <> :except LIMIT 1";

enum rc agenda_waiting_for(struct office *of, int64_t issue_id, int64_t except, int64_t *item_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, waiting_sql);
	bool row;
	enum rc rc;

	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":except", except);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*item_id = row ? column_int(&q, 0) : 0;
	return rc;
}

/* Coming -------------------------------------------------------------------------------------------------------------------------- */

/* An item is read out in a room: who asked not to be named isn't. */
static void proposer_of(const struct office *of, const struct issue *it, struct strbuf *out)
{
	const char *kind = office_code_label(of, "reporter_kind", it->reporter_kind);

	if (strcmp(it->reporter_kind, REPORTER_ANONYMOUS) == 0 || text_is_blank(it->reporter_name))
		strbuf_add(out, kind);
	else if (strcmp(it->publicity, SECRET) == 0)
		text_mask_name(out, it->reporter_name);
	else
		strbuf_add_n(out, it->reporter_name, text_prefix(it->reporter_name, PROPOSER_COLS, NULL));
}

/* Why 理事 sent it to 议事, the last time. */
static enum rc reason_of(struct office *of, const struct issue *it, char **reason, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT reason FROM phase WHERE issue_id = :issue AND phase = 'triage' AND result = 'deliberate'"
	                               " ORDER BY opened_at DESC LIMIT 1 /*scan*/");
	enum rc rc;

	bind_int(&q, ":issue", it->id);
	rc = stmt_text(&q, reason, e);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void fill_text(struct record *r, const char *field, const char *text)
{
	if (text_is_blank(record_text(r, field)))
		value_set_text(record_value(r, field), text);
}

enum rc agenda_fill_from_issue(struct office *of, const struct issue *it, struct record *r, struct err *e)
{
	AUTO_STRBUF proposer = { 0 };
	AUTO_FREE char *reason = NULL;
	enum rc rc = reason_of(of, it, &reason, e);

	if (rc != RC_OK)
		return rc;
	proposer_of(of, it, &proposer);
	fill_text(r, "title", it->title);
	fill_text(r, "urgency", it->urgency);
	fill_text(r, "proposer", strbuf_str(&proposer));
	fill_text(r, "body", reason);
	if (record_number(r, "grid_id", 0) == 0 && it->grid_id)
		value_set_number(record_value(r, "grid_id"), it->grid_id);
	return RC_OK;
}

enum rc agenda_open_for_issue(struct office *of, const struct issue *it, const char *reason, struct err *e)
{
	AUTO_STRBUF proposer = { 0 };
	AUTO_FREE char *number = NULL;
	struct agenda_new made = { .title = it->title, .body = reason, .urgency = it->urgency, .grid_id = it->grid_id };
	int64_t id;
	enum rc rc;

	if ((rc = agenda_waiting_for(of, it->id, 0, &id, e)) != RC_OK || id)
		return rc;
	proposer_of(of, it, &proposer);
	made.proposer = strbuf_str(&proposer);
	rc = agenda_insert(of, &made, &id, &number, e);
	return rc == RC_OK ? agenda_link(of, id, it->id, e) : rc;
}

/* Leaving ------------------------------------------------------------------------------------------------------------------------- */

static void bind_mark(struct stmt *q, const struct office *of, int64_t item_id, const char *why)
{
	bind_int(q, ":item", item_id);
	bind_int(q, ":now", office_now(of));
	bind_id(q, ":me", of->me.id);
	bind_text(q, ":why", why);
}

enum rc agenda_unlink(struct office *of, int64_t item_id, int64_t issue_id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE agenda_issue SET deleted_at = :now, deleted_by = :me, deleted_why = :why, rev = rev + 1"
		" WHERE agenda_item_id = :item AND issue_id = :issue AND deleted_at IS NULL");

	bind_mark(&q, of, item_id, why);
	bind_int(&q, ":issue", issue_id);
	return stmt_run(&q, e);
}

/* Where people have begun on it, what they said stays; the recorder settles it. */
static enum rc take_from_agenda(struct office *of, int64_t item_id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE agenda_slot SET deleted_at = :now, deleted_by = :me, deleted_why = :why, rev = rev + 1"
		" WHERE agenda_item_id = :item AND outcome IS NULL AND begun_at IS NULL AND deleted_at IS NULL");

	bind_mark(&q, of, item_id, why);
	return stmt_run(&q, e);
}

/* Nothing is left that it stands for. */
static enum rc end_empty(struct office *of, int64_t item_id, const char *why, struct err *e)
{
	AUTO_STMT left = stmt_use(of->st, "SELECT 1 FROM agenda_issue WHERE agenda_item_id = :item AND deleted_at IS NULL");
	AUTO_STMT q = stmt_use(of->st, "UPDATE agenda_item SET state = 'withdrawn', meeting_id = NULL, settled_at = :now, withdrawn_why = :why, rev = rev + 1"
	                               " WHERE id = :item");
	bool row;
	enum rc rc;

	bind_int(&left, ":item", item_id);
	if ((rc = stmt_step(&left, &row, e)) != RC_OK || row || (rc = take_from_agenda(of, item_id, why, e)) != RC_OK)
		return rc;
	bind_int(&q, ":item", item_id);
	bind_int(&q, ":now", office_now(of));
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

enum rc agenda_leave_issue(struct office *of, int64_t issue_id, const char *why, struct err *e)
{
	int64_t item;
	enum rc rc;

	while ((rc = agenda_waiting_for(of, issue_id, 0, &item, e)) == RC_OK && item)
		if ((rc = agenda_unlink(of, item, issue_id, why, e)) != RC_OK || (rc = end_empty(of, item, why, e)) != RC_OK)
			return rc;
	return rc;
}
