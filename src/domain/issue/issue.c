/* The summary of an issue: loaded in one statement, read by rules, headings and screens. */
#include "domain/issue.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/text.h"
#include "domain/deadline.h"
#include "issue_codes.h"
#include "issue_rules.h"
#include "store/stmt.h"

static const char *const phase_keys[PHASE_COUNT] = {
#define X(upper, lower) [PHASE_##upper] = #lower,
	ISSUE_PHASES(X)
#undef X
};

static const char *const status_keys[STATUS_COUNT] = {
#define X(upper, lower) [STATUS_##upper] = #lower,
	ISSUE_STATUSES(X)
#undef X
};

const char *phase_key(enum phase p)
{
	return p < PHASE_COUNT ? phase_keys[p] : "";
}

enum phase phase_from_key(const char *key)
{
	return (enum phase)text_index(phase_keys, PHASE_COUNT, key);
}

const char *status_key(enum issue_status s)
{
	return s < STATUS_COUNT ? status_keys[s] : "";
}

enum issue_status status_from_key(const char *key)
{
	return (enum issue_status)text_index(status_keys, STATUS_COUNT, key);
}

bool issue_code_has_flag(const struct office *of, const char *list, const char *code, const char *flag)
{
	const struct code_list *codes = form_codes(of->forms, list);
	const struct code *found = codes ? code_find(codes, code) : NULL;

	return found && code_has_flag(found, flag);
}

const char *phase_label(const struct office *of, enum phase p)
{
	return office_code_label(of, "phase", phase_key(p));
}

const char *status_label(const struct office *of, enum issue_status s)
{
	return office_code_label(of, "issue_status", status_key(s));
}

/* Columns of load_sql, in its order. */
enum {
	COL_REV, COL_DELETED, COL_PHASE, COL_STATUS, COL_REOPENED, COL_GRID, COL_BUILDING, COL_REPORTER, COL_RAISED_BY, COL_HANDLER, COL_JOINED,
	COL_RAISED_AT, COL_ACCEPTED_AT, COL_PHASE_AT, COL_CLOSED_AT, COL_DUE, COL_NUMBER, COL_TITLE, COL_BODY, COL_CATEGORY, COL_URGENCY, COL_CHANNEL,
	COL_PUBLICITY, COL_REPORTER_KIND, COL_REPORTER_NAME, COL_REPORTER_PHONE, COL_PARTY, COL_UNIT, COL_CLOSING, COL_SATISFACTION, COL_DUE_RULE,
	COL_PLACE, COL_GRID_CODE, COL_HANDLER_NAME, COL_RAISER_NAME, COL_JOINED_NUMBER,
	COL_STEP_ID, COL_STEP_REV, COL_STEP_DUE, COL_ROUND, COL_CLAIMED, COL_SUPPORTERS, COL_EXTENSIONS,
};

static const char load_sql[] =
	"SELECT issue.rev, issue.deleted_at IS NOT NULL, issue.phase, issue.status, issue.reopened, issue.grid_id, issue.building_id,"
	" issue.reporter_id, issue.raised_by, issue.handler_id, issue.joined_id, issue.raised_at, issue.accepted_at, issue.phase_at,"
	" issue.closed_at, issue.due_day, issue.number, issue.title, issue.body, issue.category, issue.urgency, issue.channel,"
	" issue.publicity,"
	" issue.reporter_kind, issue.reporter_name, issue.reporter_phone, issue.party, issue.unit_in_charge, issue.closing, issue.satisfaction,"
	" issue.due_rule, trim(coalesce(building.place_text, '') || coalesce(issue.unit || '单元', '') || coalesce(issue.room || '室', '')"
	"  || ' ' || coalesce(issue.place_note, '')), grid.code, handler.name, raiser.name, target.number,"
	" step.id, step.rev, step.due_day,"
	" (SELECT max(round) FROM phase WHERE phase.issue_id = issue.id),"
	" (SELECT closing FROM phase WHERE phase.issue_id = issue.id AND closing IS NOT NULL ORDER BY opened_at DESC LIMIT 1),"
	" (SELECT count(DISTINCT coalesce(resident_id, id)) FROM support WHERE support.issue_id = issue.id AND deleted_at IS NULL),"
	" (SELECT count(*) FROM extension WHERE extension.issue_id = issue.id AND state = 'approved')"
	" FROM issue"
	" LEFT JOIN building ON building.id = issue.building_id"
	" LEFT JOIN grid ON grid.id = issue.grid_id"
	" LEFT JOIN account AS handler ON handler.id = issue.handler_id"
	" LEFT JOIN account AS raiser ON raiser.id = issue.raised_by"
	" LEFT JOIN issue AS target ON target.id = issue.joined_id"
	" LEFT JOIN phase AS step ON step.id ="
	"  (SELECT id FROM phase WHERE phase.issue_id = issue.id AND closed_at IS NULL ORDER BY opened_at DESC LIMIT 1)"
	" WHERE issue.id = :id";

static void read_ids(struct issue *it, const struct stmt *q)
{
	it->rev = column_int(q, COL_REV);
	it->deleted = column_int(q, COL_DELETED) != 0;
	it->phase = phase_from_key(column_text(q, COL_PHASE));
	it->status = status_from_key(column_text(q, COL_STATUS));
	it->reopened = (int)column_int(q, COL_REOPENED);
	it->grid_id = column_int(q, COL_GRID);
	it->building_id = column_int(q, COL_BUILDING);
	it->reporter_id = column_int(q, COL_REPORTER);
	it->raised_by = column_int(q, COL_RAISED_BY);
	it->handler_id = column_int(q, COL_HANDLER);
	it->joined_id = column_int(q, COL_JOINED);
	it->raised_at = column_int(q, COL_RAISED_AT);
	it->accepted_at = column_int(q, COL_ACCEPTED_AT);
	it->phase_at = column_int(q, COL_PHASE_AT);
	it->closed_at = column_int(q, COL_CLOSED_AT);
	it->due_day = column_day(q, COL_DUE);
	it->phase_id = column_int(q, COL_STEP_ID);
	it->phase_rev = column_int(q, COL_STEP_REV);
	it->step_due_day = column_day(q, COL_STEP_DUE);
	it->round = column_is_null(q, COL_ROUND) ? 1 : (int)column_int(q, COL_ROUND);
	it->supporters = (int)column_int(q, COL_SUPPORTERS);
	it->extensions = (int)column_int(q, COL_EXTENSIONS);
}

/* The phone as the account may see it. */
static const char *shown_phone(const struct office *of, struct issue *it, const char *phone)
{
	const struct form *form = form_find(of->forms, "issue");
	const struct field *field = form ? form_field(form, "reporter_phone") : NULL;
	AUTO_STRBUF masked = { 0 };

	if (field && office_sees(of, field, it->grid_id))
		return arena_copy(&it->strings, phone);
	text_mask_phone(&masked, phone);
	return arena_copy(&it->strings, strbuf_str(&masked));
}

static void read_texts(const struct office *of, struct issue *it, const struct stmt *q)
{
	const struct {
		const char **to;
		int column;
	} texts[] = {
		{ &it->number, COL_NUMBER }, { &it->title, COL_TITLE }, { &it->body, COL_BODY }, { &it->category, COL_CATEGORY }, { &it->urgency, COL_URGENCY },
		{ &it->channel, COL_CHANNEL }, { &it->publicity, COL_PUBLICITY }, { &it->reporter_kind, COL_REPORTER_KIND },
		{ &it->reporter_name, COL_REPORTER_NAME }, { &it->place, COL_PLACE }, { &it->grid, COL_GRID_CODE },
		{ &it->handler, COL_HANDLER_NAME }, { &it->raiser, COL_RAISER_NAME }, { &it->party, COL_PARTY },
		{ &it->unit_in_charge, COL_UNIT }, { &it->closing, COL_CLOSING }, { &it->claimed, COL_CLAIMED },
		{ &it->satisfaction, COL_SATISFACTION }, { &it->joined_number, COL_JOINED_NUMBER }, { &it->due_rule, COL_DUE_RULE },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i].to = arena_copy(&it->strings, column_text(q, texts[i].column));
	it->reporter_phone = shown_phone(of, it, column_text(q, COL_REPORTER_PHONE));
}

static enum rc read_row(struct office *of, int64_t id, struct issue *it, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, load_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这件事项，可能已被撤销", e)) != RC_OK)
		return rc;
	it->id = id;
	read_ids(it, &q);
	read_texts(of, it, &q);
	return RC_OK;
}

/* What is open in this round: actions, calls that nobody answered. */
static enum rc read_counts(struct office *of, struct issue *it, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT count(*), count(CASE WHEN owner_id = :me THEN 1 END),"
		" (SELECT count(*) FROM evaluation WHERE issue_id = :id AND round = :round AND satisfaction = :unreached)"
		" FROM action WHERE issue_id = :id AND round = :round AND deleted_at IS NULL AND status NOT IN (:done, :cancelled)");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", it->id);
	bind_int(&q, ":me", of->me.id);
	bind_int(&q, ":round", it->round);
	bind_text(&q, ":unreached", SATISFACTION_UNREACHED);
	bind_text(&q, ":done", ACTION_DONE);
	bind_text(&q, ":cancelled", ACTION_CANCELLED);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	it->open_actions = row ? (int)column_int(&q, 0) : 0;
	it->my_actions = row ? (int)column_int(&q, 1) : 0;
	it->attempts = row ? (int)column_int(&q, 2) : 0;
	return RC_OK;
}

/* What stops the clock, and what waits for a decision. */
static enum rc read_waiting(struct office *of, struct issue *it, struct err *e)
{
	AUTO_STMT stop = stmt_use(of->st, "SELECT id, from_day, review_day FROM suspension WHERE issue_id = :id AND ended_day IS NULL"
	                                  " ORDER BY from_day DESC LIMIT 1");
	AUTO_STMT ask = stmt_use(of->st, "SELECT id, " PERSON_ACCOUNT_SQL("asked_by") ", workdays FROM extension WHERE issue_id = :id AND state = :asked"
	                                 " ORDER BY id DESC LIMIT 1");
	bool row;
	enum rc rc;

	it->suspended_day = it->review_day = DAY_NONE;
	bind_int(&stop, ":id", it->id);
	if ((rc = stmt_step(&stop, &row, e)) != RC_OK)
		return rc;
	if (row) {
		it->suspension_id = column_int(&stop, 0);
		it->suspended_day = column_day(&stop, 1);
		it->review_day = column_day(&stop, 2);
	}
	bind_int(&ask, ":id", it->id);
	bind_text(&ask, ":asked", EXTENSION_ASKED);
	bind_int(&ask, ":me", of->me.id);
	if ((rc = stmt_step(&ask, &row, e)) != RC_OK)
		return rc;
	if (row) {
		it->extension_id = column_int(&ask, 0);
		it->extension_mine = (enum person_same)column_int(&ask, 1);
		it->extension_workdays = (int)column_int(&ask, 2);
	}
	return RC_OK;
}

enum rc issue_read(struct office *of, int64_t id, struct issue *out, struct err *e)
{
	struct issue it = { 0 };
	enum rc rc;

	if ((rc = read_row(of, id, &it, e)) != RC_OK || (rc = read_counts(of, &it, e)) != RC_OK || (rc = read_waiting(of, &it, e)) != RC_OK) {
		issue_release(&it);
		return rc;
	}
	*out = it;
	return RC_OK;
}

enum rc issue_load(struct office *of, int64_t id, struct issue *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_ISSUE_VIEW, e);

	return rc == RC_OK ? issue_read(of, id, out, e) : rc;
}

void issue_release(struct issue *it)
{
	if (it == NULL)
		return;
	arena_clear(&it->strings);
	memset(it, 0, sizeof *it);
}

void issue_state_words(const struct office *of, enum phase phase, enum issue_status status, const char *closing, struct strbuf *out)
{
	if (status == STATUS_CLOSED) {
		strbuf_format(out, "%s%s%s", status_label(of, status), closing[0] ? " " : "", office_code_label(of, "closing", closing));
		return;
	}
	if (phase == PHASE_TRIAGE || phase == PHASE_EVALUATE)
		strbuf_add(out, "待");
	strbuf_add(out, phase_label(of, phase));
	if (status != STATUS_OPEN)
		strbuf_format(out, " %s", status_label(of, status));
}

void issue_state(const struct office *of, const struct issue *it, struct strbuf *out)
{
	issue_state_words(of, it->phase, it->status, it->closing, out);
}

int issue_lateness(const struct office *of, enum phase phase, enum issue_status status, int32_t due_day, int32_t today)
{
	int late;

	if (status != STATUS_OPEN || phase == PHASE_EVALUATE || due_day == DAY_NONE || due_day >= today)
		return 0;
	late = calendar_workdays_between(of->calendar, due_day, today);
	return late > 0 ? late : 1;           /* past the day, though no working day went by since */
}

int issue_days_late(const struct office *of, const struct issue *it)
{
	return issue_lateness(of, it->phase, it->status, it->due_day, office_today(of));
}
