/* What happened in 议事: the meetings where the matter was on the agenda, who recused themselves, how the votes went. */
#include "timeline_rows.h"

#include <string.h>

#include "base/day.h"
#include "deliberation/meeting_rules.h"
#include "store/stmt.h"

/* An item that the issue left counts for what was said on it before. */
#define SLOTS_OF_ISSUE \
	" FROM agenda_issue AS link JOIN agenda_slot AS slot ON slot.agenda_item_id = link.agenda_item_id" \
	" JOIN meeting ON meeting.id = slot.meeting_id JOIN agenda_item AS item ON item.id = link.agenda_item_id" \
	" WHERE link.issue_id = :id AND slot.deleted_at IS NULL AND meeting.deleted_at IS NULL" \
	" AND (link.deleted_at IS NULL OR coalesce(slot.at, meeting.begun_at) < link.deleted_at)"

/* On one item of an agenda ---------------------------------------------------------------------------------------------------------- */

static void add_recusal(struct story *s, const struct meeting_recusal *r, int64_t meeting)
{
	struct event *ev = story_add_event(s, TIMELINE_RECUSAL, TIMELINE_INFO, r->at, "");

	ev->entry.record_id = meeting;
	ev->entry.headline = arena_format(s->arena, "回避 %s", r->name);
	ev->entry.text = r->reason;
}

/* 方案1 举手：赞成 7，反对 2，弃权 1，回避 1 · 通过 */
static const char *ballot_words(const struct story *s, const struct meeting_ballot *b)
{
	AUTO_STRBUF out = { 0 };

	if (b->position)
		strbuf_format(&out, "方案%d ", b->position);
	strbuf_format(&out, "%s：赞成 %lld，反对 %lld，弃权 %lld", story_label(s, "ballot_way", ballot_way_key(b->count.way)), (long long)b->count.for_n,
	              (long long)b->count.against_n, (long long)b->count.abstain_n);
	if (b->count.recused_n > 0)
		strbuf_format(&out, "，回避 %lld", (long long)b->count.recused_n);
	if (b->count.invalid_n > 0)
		strbuf_format(&out, "，废票 %lld", (long long)b->count.invalid_n);
	strbuf_format(&out, " · %s", story_label(s, "ballot_result", slot_outcome_key(b->passed ? SLOT_PASSED : SLOT_FAILED)));
	return arena_copy(s->arena, strbuf_str(&out));
}

static const char *ballot_text(const struct story *s, const struct meeting_ballot *b)
{
	AUTO_STRBUF out = { 0 };
	AUTO_STRBUF why = { 0 };

	story_add_text(&out, "方案：", b->alternative);
	if (b->count.rule < BALLOT_RULE_COUNT && b->count.way < BALLOT_WAY_COUNT)
		ballot_explain(&b->count, &why);
	story_add_text(&out, "", strbuf_str(&why));
	story_add_text(&out, "计票：", b->teller);
	story_add_text(&out, "监票：", b->supervisor);
	return arena_copy(s->arena, strbuf_str(&out));
}

static void add_ballot(struct story *s, const struct meeting_ballot *b, int64_t meeting)
{
	struct event *ev = story_add_event(s, TIMELINE_BALLOT, b->passed ? TIMELINE_DONE : TIMELINE_ALERT, b->at, "");

	ev->entry.record_id = meeting;
	ev->entry.headline = ballot_words(s, b);
	ev->entry.text = ballot_text(s, b);
}

static enum rc read_slot(struct story *s, int64_t id, int64_t meeting, struct err *e)
{
	struct meeting_slot slot = { .id = id };
	enum rc rc;

	if ((rc = meeting_read_recusals(s->of, s->arena, &slot, e)) != RC_OK || (rc = meeting_read_ballots(s->of, s->arena, &slot, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < slot.n_recusals; i++)
		add_recusal(s, &slot.recusals[i], meeting);
	for (size_t i = 0; i < slot.n_ballots; i++)
		add_ballot(s, &slot.ballots[i], meeting);
	return RC_OK;
}

/* Meetings ----------------------------------------------------------------------------------------------------------------------- */

enum {
	SLOT_ID, SLOT_MEETING, SLOT_NUMBER, SLOT_KIND, SLOT_DAY, SLOT_BEGIN, SLOT_STATUS, SLOT_BEGUN, SLOT_OUTCOME, SLOT_EXPECTED, SLOT_PRESENT,
	SLOT_ITEM_NUMBER, SLOT_ITEM, SLOT_HOST, SLOT_PLACE, SLOT_NOTE, SLOT_CANCELLED,
};

static const char slots_sql[] =
	"SELECT slot.id, meeting.id, meeting.number, meeting.kind, meeting.day, meeting.begin_min, meeting.status,"
	" coalesce(meeting.begun_at, slot.begun_at, slot.at, 0), slot.outcome,"
	" coalesce(meeting.expected, (SELECT count(*) FROM attendee WHERE attendee.meeting_id = meeting.id AND attendee.deleted_at IS NULL"
	"  AND attendee.invited = 1)),"
	" (SELECT count(*) FROM attendee WHERE attendee.meeting_id = meeting.id AND attendee.deleted_at IS NULL AND attendee.present_at IS NOT NULL),"
	" item.number, item.title, meeting.host, meeting.place, slot.note, meeting.cancelled_why" SLOTS_OF_ISSUE " GROUP BY slot.id /*scan*/";

static enum timeline_mark slot_mark(const char *outcome, enum meeting_status status)
{
	if (strcmp(outcome, slot_outcome_key(SLOT_PASSED)) == 0)
		return TIMELINE_DONE;
	if (strcmp(outcome, slot_outcome_key(SLOT_DEFERRED)) == 0)
		return TIMELINE_INFO;
	if (outcome[0])
		return TIMELINE_ALERT;        /* failed, not reached */
	return status == MEETING_CANCELLED ? TIMELINE_NONE : TIMELINE_NOW;
}

/* YS-20261124-01 议事会 · 实到 10 应到 12 · 通过; what is still to come says when. */
static const char *slot_words(const struct story *s, const struct stmt *q, enum meeting_status status)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "%s %s", column_text(q, SLOT_NUMBER), story_label(s, "meeting_kind", column_text(q, SLOT_KIND)));
	if (status == MEETING_DRAFT || status == MEETING_ANNOUNCED) {
		strbuf_format(&out, " %s", story_day(s, column_day(q, SLOT_DAY)));
		if (!column_is_null(q, SLOT_BEGIN)) {
			strbuf_add_char(&out, ' ');
			time_format(&out, (int)column_int(q, SLOT_BEGIN));
		}
	} else if (status != MEETING_CANCELLED)
		strbuf_format(&out, " · 实到 %lld 应到 %lld", (long long)column_int(q, SLOT_PRESENT), (long long)column_int(q, SLOT_EXPECTED));
	strbuf_format(&out, " · %s", column_text(q, SLOT_OUTCOME)[0] ? story_label(s, "slot_outcome", column_text(q, SLOT_OUTCOME))
	                             : story_label(s, "meeting_status", column_text(q, SLOT_STATUS)));
	return arena_copy(s->arena, strbuf_str(&out));
}

static const char *slot_text(const struct story *s, const struct stmt *q)
{
	AUTO_STRBUF out = { 0 };

	story_add_text(&out, "议题：", arena_format(s->arena, "%s %s", column_text(q, SLOT_ITEM_NUMBER), column_text(q, SLOT_ITEM)));
	story_add_text(&out, "主持：", column_text(q, SLOT_HOST));
	story_add_text(&out, "地点：", column_text(q, SLOT_PLACE));
	story_add_text(&out, "说明：", column_text(q, SLOT_NOTE));
	story_add_text(&out, "取消：", column_text(q, SLOT_CANCELLED));
	return arena_copy(s->arena, strbuf_str(&out));
}

/* When it was, else when it is planned. */
static int64_t slot_time(const struct stmt *q)
{
	if (column_int(q, SLOT_BEGUN))
		return column_int(q, SLOT_BEGUN);
	return column_is_null(q, SLOT_DAY) ? 0 : instant_of_day(column_day(q, SLOT_DAY), (int)column_int(q, SLOT_BEGIN));
}

/* A 议题 that is no longer wanted, whether or not its issues went back with it. */
static enum rc read_withdrawn(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT item.number, item.withdrawn_why, item.settled_at FROM agenda_issue AS link JOIN agenda_item AS item ON item.id = link.agenda_item_id"
		" WHERE link.issue_id = :id AND link.deleted_at IS NULL AND item.state = 'withdrawn' AND item.withdrawn_why IS NOT NULL"
		" AND item.deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct event *ev = story_add_event(s, TIMELINE_MEETING, TIMELINE_INFO, column_int(&q, 2), "");

		ev->entry.headline = arena_format(s->arena, "撤销议题 %s", column_text(&q, 0));
		ev->entry.text = arena_copy(s->arena, column_text(&q, 1));
	}
	return rc;
}

enum rc story_read_meetings(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, slots_sql);
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		enum meeting_status status = meeting_status_from_key(column_text(&q, SLOT_STATUS));
		int64_t slot = column_int(&q, SLOT_ID), meeting = column_int(&q, SLOT_MEETING);
		struct event *ev = story_add_event(s, TIMELINE_MEETING, slot_mark(column_text(&q, SLOT_OUTCOME), status), slot_time(&q), "");

		ev->entry.record_id = meeting;
		ev->entry.headline = slot_words(s, &q, status);
		ev->entry.text = slot_text(s, &q);
		if ((rc = read_slot(s, slot, meeting, e)) != RC_OK)
			return rc;
	}
	return rc == RC_OK ? read_withdrawn(s, e) : rc;
}
