/* Where a matter stands in 议事 or 定事: what the open step waits for, in words. */
#include "timeline_rows.h"

#include <string.h>

#include "base/day.h"
#include "deliberation/decision_rules.h"
#include "domain/meeting.h"
#include "store/stmt.h"

static enum rc read_item(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT item.state, meeting.number, meeting.day, meeting.status, item.id FROM agenda_issue AS link"
		" JOIN agenda_item AS item ON item.id = link.agenda_item_id LEFT JOIN meeting ON meeting.id = item.meeting_id"
		" WHERE link.issue_id = :id AND link.deleted_at IS NULL AND item.deleted_at IS NULL AND item.state IN ('pool', 'scheduled', 'failed')"
		" ORDER BY link.at DESC, link.id DESC LIMIT 1 /*scan*/");
	const char *state;
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	s->waits = "等议事会";
	if (!row)
		return RC_OK;
	s->waits_record = "agenda_item";
	s->waits_id = column_int(&q, 4);
	state = column_text(&q, 0);
	if (strcmp(state, "pool") == 0)
		s->waits = "在议题池等会";
	else if (strcmp(state, "failed") == 0) {
		s->waits = "没有通过，等再议或退回理事";
		s->stuck = true;
	} else if (meeting_status_from_key(column_text(&q, 3)) == MEETING_RUNNING)
		s->waits = arena_format(s->arena, "%s 正在议", column_text(&q, 1));
	else
		s->waits = arena_format(s->arena, "已排入 %s，%s", column_text(&q, 1), story_day(s, column_day(&q, 2)));
	return RC_OK;
}

/* Of an approved decision: notice, objections. */
static const char *approved_words(struct story *s, const struct decision *d)
{
	int32_t end = decision_notice_end(d);

	s->stuck = decision_is_overruled(d) || d->open_objections > 0;
	if (decision_is_overruled(d))
		return arena_format(s->arena, "%s 异议成立，等退回", d->number);
	if (d->open_objections > 0)
		return arena_format(s->arena, "%s 有 %d 条异议等处理", d->number, d->open_objections);
	if (end == DAY_NONE)
		return arena_format(s->arena, "%s 已批准，等公示", d->number);
	if (end >= s->today)
		return arena_format(s->arena, "%s 公示至 %s", d->number, story_day(s, end));
	return arena_format(s->arena, "%s 公示期满，可以办理", d->number);
}

static const char *decision_state_words(struct story *s, const struct decision *d)
{
	switch (d->state) {
	case DECISION_DRAFT:
		return arena_format(s->arena, "%s 起草中", d->number);
	case DECISION_SUBMITTED:
		return arena_format(s->arena, "%s 待批", d->number);
	case DECISION_APPROVED:
		return approved_words(s, d);
	default:
		return arena_format(s->arena, "%s 已退回，等修改", d->number);
	}
}

static enum rc read_decision(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT decision.id, link.agenda_item_id FROM agenda_issue AS link"
		" LEFT JOIN decision ON decision.agenda_item_id = link.agenda_item_id AND decision.deleted_at IS NULL"
		" WHERE link.issue_id = :id AND link.deleted_at IS NULL ORDER BY decision.at DESC, decision.id DESC, link.id DESC LIMIT 1 /*scan*/");
	struct decision d;
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	s->waits = "已议定，等写决议";
	if (!row)
		return RC_OK;
	s->waits_record = column_is_null(&q, 0) ? "agenda_item" : "decision";
	s->waits_id = column_int(&q, column_is_null(&q, 0) ? 1 : 0);
	if (!column_is_null(&q, 0) && (rc = decision_find(s->of, column_int(&q, 0), s->arena, &d, e)) == RC_OK)
		s->waits = decision_state_words(s, &d);
	return rc;
}

enum rc story_read_waiting(struct story *s, struct err *e)
{
	s->waits = s->waits_record = "";
	if (s->it->status == STATUS_CLOSED)
		return RC_OK;
	if (s->it->phase == PHASE_DELIBERATE)
		return read_item(s, e);
	return s->it->phase == PHASE_DECIDE ? read_decision(s, e) : RC_OK;
}
