/* What happened in the steps of an issue, of triage, 办事 and 评事 and beside the way. */
#include "timeline_rows.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/text.h"
#include "issue/issue_codes.h"
#include "issue/issue_rules.h"
#include "store/stmt.h"

/* What an event leads to: the other issue, the meeting for what happened in it, the decision for what became of it. */
static const char *record_of(enum timeline_kind kind)
{
	switch (kind) {
	case TIMELINE_JOINED:
		return "issue";
	case TIMELINE_MEETING:
	case TIMELINE_RECUSAL:
	case TIMELINE_BALLOT:
		return "meeting";
	case TIMELINE_DECISION:
	case TIMELINE_NOTICE:
	case TIMELINE_OBJECTION:
		return "decision";
	default:
		return "";
	}
}

struct event *story_add_event(struct story *s, enum timeline_kind kind, enum timeline_mark mark, int64_t at, const char *who)
{
	struct event *ev;

	s->events = mem_grow(s->events, &s->cap_events, s->n_events + 1, sizeof *s->events);
	ev = &s->events[s->n_events];
	*ev = (struct event){ .order = s->n_events };
	ev->entry = (struct timeline_entry){
		.kind = kind, .mark = mark, .at = at, .who = arena_copy(s->arena, who), .headline = "", .text = "", .due_day = DAY_NONE, .days = -1,
		.record = record_of(kind),
	};
	s->n_events++;
	return ev;
}

static enum timeline_mark action_mark(const char *status, int late)
{
	if (strcmp(status, ACTION_DONE) == 0)
		return TIMELINE_DONE;
	if (strcmp(status, ACTION_CANCELLED) == 0)
		return TIMELINE_NONE;
	if (strcmp(status, ACTION_BLOCKED) == 0 || late > 0)
		return TIMELINE_ALERT;
	return TIMELINE_NOW;
}

static const char *action_words(const struct story *s, const struct stmt *q, int late)
{
	AUTO_STRBUF out = { 0 };
	const char *status = column_text(q, 3);
	int32_t due = column_day(q, 5), done = column_is_null(q, 6) ? DAY_NONE : day_of_instant(column_int(q, 6));

	strbuf_format(&out, "%s · %s", column_text(q, 2), story_label(s, "action_status", status));
	if (column_int(q, 4) > 0 && column_int(q, 4) < 100)
		strbuf_format(&out, " %lld%%", (long long)column_int(q, 4));
	if (done != DAY_NONE)
		strbuf_format(&out, " %s", story_day(s, done));
	else if (due != DAY_NONE && strcmp(status, ACTION_CANCELLED) != 0)
		strbuf_format(&out, "，期限 %s", story_day(s, due));
	if (late > 0)
		strbuf_format(&out, "，逾期%d天", late);
	return arena_copy(s->arena, strbuf_str(&out));
}

static const char *action_text(const struct story *s, const struct stmt *q)
{
	AUTO_STRBUF out = { 0 };

	story_add_text(&out, "主体：", story_label(s, "party", column_text(q, 8)));
	if (!text_is_blank(column_text(q, 9)))
		story_add_text(&out, "协同：", column_is_null(q, 10) ? column_text(q, 9)
		                         : arena_format(s->arena, "%s，答应 %s", column_text(q, 9), story_day(s, column_day(q, 10))));
	story_add_text(&out, "原因：", column_text(q, 11));
	story_add_text(&out, "结果：", column_text(q, 12));
	story_add_text(&out, "佐证：", column_text(q, 13));
	return arena_copy(s->arena, strbuf_str(&out));
}

static bool is_over(const char *status)
{
	return strcmp(status, ACTION_DONE) == 0 || strcmp(status, ACTION_CANCELLED) == 0;
}

static enum rc read_actions(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT action.id, round, title, status, progress, due_day, done_at, coalesce(account.name, owner_name), party, partner,"
		" promised_day, blocked_reason, result, evidence, coalesce(at, 0)"
		" FROM action LEFT JOIN account ON account.id = action.owner_id"
		" WHERE action.issue_id = :id AND action.deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const char *status = column_text(&q, 3);
		int32_t due = column_day(&q, 5);
		bool runs = !is_over(status) && due != DAY_NONE && due < s->today && s->it->status == STATUS_OPEN;
		int late = runs ? calendar_workdays_between(s->of->calendar, due, s->today) : 0;
		struct event *ev = story_add_event(s, TIMELINE_ACTION, action_mark(status, late), column_int(&q, 14), column_text(&q, 7));

		ev->entry.record_id = ev->action_id = column_int(&q, 0);
		ev->entry.round = (int)column_int(&q, 1);
		ev->entry.due_day = due;
		ev->entry.days = late > 0 ? late : -1;
		ev->entry.headline = action_words(s, &q, late);
		ev->entry.text = action_text(s, &q);
	}
	return rc;
}

static enum rc read_progress(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT progress.id, progress.at, account.name, progress.text, progress.status, progress.progress, progress.action_id"
		" FROM progress LEFT JOIN account ON account.id = progress.account_id"
		" WHERE progress.issue_id = :id ORDER BY progress.at, progress.id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int64_t action = column_int(&q, 6);
		const char *status = column_text(&q, 4);
		struct event *ev = story_add_event(s, action ? TIMELINE_PROGRESS : TIMELINE_NOTE,
		                             strcmp(status, ACTION_BLOCKED) == 0 ? TIMELINE_ALERT : TIMELINE_INFO, column_int(&q, 1), column_text(&q, 2));

		ev->entry.record_id = column_int(&q, 0);
		ev->action_id = action;
		ev->entry.text = arena_copy(s->arena, column_text(&q, 3));
		ev->entry.headline = "进展";
		if (status[0] && !column_is_null(&q, 5))
			ev->entry.headline = arena_format(s->arena, "%s %lld%%", story_label(s, "action_status", status), (long long)column_int(&q, 5));
		else if (status[0])
			ev->entry.headline = story_label(s, "action_status", status);
		else if (!column_is_null(&q, 5))
			ev->entry.headline = arena_format(s->arena, "完成 %lld%%", (long long)column_int(&q, 5));
	}
	return rc;
}

static enum rc read_evaluations(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT evaluation.id, evaluation.at, account.name, evaluation.rater, evaluation.satisfaction, evaluation.solved, evaluation.opinion,"
		" evaluation.round, evaluation.answer_way FROM evaluation LEFT JOIN account ON account.id = evaluation.account_id"
		" WHERE evaluation.issue_id = :id ORDER BY evaluation.at, evaluation.id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		const char *satisfaction = column_text(&q, 4);
		bool bad = issue_code_has_flag(s->of, "satisfaction", satisfaction, FLAG_BAD) || (!column_is_null(&q, 5) && !column_int(&q, 5));
		bool none = issue_code_has_flag(s->of, "satisfaction", satisfaction, FLAG_NONE);
		struct event *ev = story_add_event(s, TIMELINE_EVALUATION, bad ? TIMELINE_ALERT : none ? TIMELINE_NONE : TIMELINE_DONE,
		                             column_int(&q, 1), column_text(&q, 2));

		ev->entry.record_id = column_int(&q, 0);
		ev->entry.round = (int)column_int(&q, 7);
		ev->entry.headline = arena_format(s->arena, "%s %s%s · %s", story_label(s, "rater", column_text(&q, 3)),
			story_label(s, "satisfaction", satisfaction), column_is_null(&q, 5) ? "" : column_int(&q, 5) ? "，已解决" : "，没有解决",
			story_label(s, "answer_way", column_text(&q, 8)));
		ev->entry.text = arena_copy(s->arena, column_text(&q, 6));
	}
	return rc;
}

static enum rc read_supports(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT support.id, support.at, account.name, support.name, support.note FROM support"
		" LEFT JOIN account ON account.id = support.account_id"
		" WHERE support.issue_id = :id AND support.deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct event *ev = story_add_event(s, TIMELINE_SUPPORT, TIMELINE_INFO, column_int(&q, 1), column_text(&q, 2));

		ev->entry.record_id = column_int(&q, 0);
		ev->entry.headline = arena_format(s->arena, "附议 %s", column_text(&q, 3));
		ev->entry.text = arena_copy(s->arena, column_text(&q, 4));
	}
	return rc;
}

static const char *suspension_text(const struct story *s, const struct stmt *q)
{
	AUTO_STRBUF out = { 0 };
	int64_t fen = column_int(q, 8);

	story_add_text(&out, "", column_text(q, 5));
	if (fen > 0)
		story_add_text(&out, "缺口：", arena_format(s->arena, "￥%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100)));
	story_add_text(&out, "资金来源：", story_label(s, "fund_source", column_text(q, 9)));
	return arena_copy(s->arena, strbuf_str(&out));
}

static void add_resume(struct story *s, const struct stmt *q, bool parked)
{
	struct event *ev = story_add_event(s, TIMELINE_RESUME, TIMELINE_INFO, column_int(q, 10), column_text(q, 11));
	int days = calendar_workdays_between(s->of->calendar, column_day(q, 6), column_day(q, 12));

	ev->entry.record_id = column_int(q, 0);
	ev->entry.headline = arena_format(s->arena, "%s，停了%d个工作日", parked ? "启用" : "恢复", days);
}

static enum rc read_suspensions(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT suspension.id, coalesce(suspension.at, 0), maker.name, suspension.kind, suspension.reason, suspension.note, suspension.from_day,"
		" suspension.review_day, suspension.missing_fen, suspension.source, coalesce(suspension.ended_at, 0), ender.name, suspension.ended_day"
		" FROM suspension LEFT JOIN account AS maker ON maker.id = suspension.account_id"
		" LEFT JOIN account AS ender ON ender.id = suspension.ended_by WHERE suspension.issue_id = :id ORDER BY suspension.from_day, suspension.id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		bool parked = strcmp(column_text(&q, 3), SUSPENSION_PARK) == 0, open = column_is_null(&q, 12);
		bool due = open && !column_is_null(&q, 7) && column_day(&q, 7) <= s->today;
		struct event *ev = story_add_event(s, parked ? TIMELINE_PARK : TIMELINE_HOLD, due ? TIMELINE_ALERT : open ? TIMELINE_NOW : TIMELINE_INFO,
		                             column_int(&q, 1), column_text(&q, 2));

		ev->entry.record_id = column_int(&q, 0);
		ev->entry.due_day = column_day(&q, 7);
		ev->entry.headline = arena_format(s->arena, "%s：%s%s%s", parked ? "搁置" : "挂起",
			story_label(s, parked ? "park_reason" : "hold_reason", column_text(&q, 4)), open && parked ? "，复核 " : open ? "，预计恢复 " : "",
			open ? story_day(s, column_day(&q, 7)) : "");
		ev->entry.text = suspension_text(s, &q);
		if (!open)
			add_resume(s, &q, parked);
	}
	return rc;
}

static enum rc read_extensions(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT extension.id, extension.asked_at, asker.name, extension.workdays, extension.reason, extension.state, extension.decided_at,"
		" decider.name, extension.decided_note, extension.due_after_day FROM extension LEFT JOIN account AS asker ON asker.id = extension.asked_by"
		" LEFT JOIN account AS decider ON decider.id = extension.decided_by WHERE extension.issue_id = :id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		bool waits = strcmp(column_text(&q, 5), EXTENSION_ASKED) == 0, approved = strcmp(column_text(&q, 5), EXTENSION_APPROVED) == 0;
		struct event *ev = story_add_event(s, TIMELINE_EXTENSION, waits ? TIMELINE_NOW : TIMELINE_INFO, column_int(&q, 1), column_text(&q, 2));

		ev->entry.record_id = column_int(&q, 0);
		ev->entry.headline = arena_format(s->arena, "申请延期%lld个工作日%s", (long long)column_int(&q, 3), waits ? "，等批准" : "");
		ev->entry.text = arena_copy(s->arena, column_text(&q, 4));
		if (waits)
			continue;
		ev = story_add_event(s, TIMELINE_EXTENSION, approved ? TIMELINE_DONE : TIMELINE_ALERT, column_int(&q, 6), column_text(&q, 7));
		ev->entry.record_id = column_int(&q, 0);
		ev->entry.headline = approved ? arena_format(s->arena, "批准延期，期限改为 %s", story_day(s, column_day(&q, 9))) : "不批准延期";
		ev->entry.text = arena_copy(s->arena, column_text(&q, 8));
	}
	return rc;
}

static enum rc read_joined(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT id, closed_at, number, title, body FROM issue WHERE joined_id = :id AND deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct event *ev = story_add_event(s, TIMELINE_JOINED, TIMELINE_INFO, column_int(&q, 1), "");

		ev->entry.record_id = column_int(&q, 0);
		ev->entry.headline = arena_format(s->arena, "%s 并入：%s", column_text(&q, 2), column_text(&q, 3));
		ev->entry.text = arena_copy(s->arena, column_text(&q, 4));
	}
	return rc;
}

/* Was the issue accepted first and sent on its way later? At once, the way itself says it. */
static bool was_accepted_apart(const struct story *s)
{
	for (size_t i = 0; i < s->n_passes; i++)
		if (!s->passes[i].open && s->passes[i].head.at == s->it->accepted_at)
			return false;
	return s->it->accepted_at != 0;
}

enum rc story_read_events(struct story *s, struct err *e)
{
	enum rc rc;

	if (was_accepted_apart(s))
		story_add_event(s, TIMELINE_NOTE, TIMELINE_DONE, s->it->accepted_at, "")->entry.headline = "受理";
	if ((rc = read_actions(s, e)) != RC_OK || (rc = read_progress(s, e)) != RC_OK || (rc = read_evaluations(s, e)) != RC_OK ||
	    (rc = read_supports(s, e)) != RC_OK || (rc = read_suspensions(s, e)) != RC_OK || (rc = read_extensions(s, e)) != RC_OK ||
	    (rc = story_read_meetings(s, e)) != RC_OK || (rc = story_read_decisions(s, e)) != RC_OK)
		return rc;
	return read_joined(s, e);
}
