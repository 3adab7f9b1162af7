/* The heads of an issue's story: each pass through a step, how it ended or what it waits for. */
#include "timeline_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/text.h"
#include "issue/issue_rules.h"
#include "store/stmt.h"

const char *story_label(const struct story *s, const char *list, const char *code)
{
	return arena_copy(s->arena, office_code_label(s->of, list, code));
}

void story_release(struct story *s)
{
	free(s->passes);
	free(s->events);
}

const char *story_day(const struct story *s, int32_t day)
{
	AUTO_STRBUF out = { 0 };

	day_format_near(&out, day, s->today);
	return arena_copy(s->arena, strbuf_str(&out));
}

void story_add_text(struct strbuf *out, const char *label, const char *text)
{
	if (text_is_blank(text))
		return;
	strbuf_format(out, "%s%s%s", out->n ? "\n" : "", label, text);
}

enum {
	PASS_ID, PASS_PHASE, PASS_ROUND, PASS_OPENED, PASS_CLOSED, PASS_BY, PASS_RESULT, PASS_HANDLER, PASS_UNIT, PASS_REASON, PASS_TEXT,
	PASS_EVIDENCE, PASS_ANSWER_WAY, PASS_DUE, PASS_PROMISED, PASS_JOINED, PASS_JOINED_NUMBER, PASS_CLOSING,
};

/* What stands after the step's result: who takes it, until when, which issue. */
static const char *result_words(const struct story *s, const struct stmt *q)
{
	const char *result = story_label(s, "phase_result", column_text(q, PASS_RESULT));
	int32_t promised = column_day(q, PASS_PROMISED);

	if (!column_is_null(q, PASS_JOINED))
		return arena_format(s->arena, "%s %s", result, column_text(q, PASS_JOINED_NUMBER));
	if (promised != DAY_NONE)
		return arena_format(s->arena, "%s %s，预计 %s 答复", result, column_text(q, PASS_UNIT), story_day(s, promised));
	if (column_text(q, PASS_CLOSING)[0])
		return arena_format(s->arena, "%s %s", result, story_label(s, "closing", column_text(q, PASS_CLOSING)));
	if (phase_from_key(column_text(q, PASS_PHASE)) == PHASE_TRIAGE && column_text(q, PASS_HANDLER)[0])
		return arena_format(s->arena, "%s %s", result, column_text(q, PASS_HANDLER));
	return result;
}

static const char *raise_words(const struct story *s)
{
	return arena_format(s->arena, "%s · %s", story_label(s, "channel", s->it->channel), story_label(s, "reporter_kind", s->it->reporter_kind));
}

/* What an open step waits for. */
static const char *open_words(const struct story *s, enum phase phase, int32_t due)
{
	const char *until = due == DAY_NONE ? "" : arena_format(s->arena, "，期限 %s", story_day(s, due));

	switch (phase) {
	case PHASE_TRIAGE:
		return arena_format(s->arena, "%s%s", s->it->accepted_at ? "已受理，等定去向" : "等受理", until);
	case PHASE_ACT:
		return arena_format(s->arena, "%s%s%s", s->it->handler[0] ? s->it->handler : s->it->unit_in_charge, "办理中", until);
	case PHASE_EVALUATE:
		return arena_format(s->arena, "等提事人评价%s", until);
	default:
		return s->waits;
	}
}

static const char *pass_text(const struct story *s, const struct stmt *q, enum phase phase, bool open)
{
	AUTO_STRBUF out = { 0 };

	if (phase == PHASE_RAISE)
		return arena_copy(s->arena, s->it->body);
	story_add_text(&out, "", column_text(q, PASS_TEXT));
	story_add_text(&out, phase == PHASE_ACT && open ? "" : "理由：", column_text(q, PASS_REASON));
	story_add_text(&out, "佐证：", column_text(q, PASS_EVIDENCE));
	if (column_text(q, PASS_ANSWER_WAY)[0])
		story_add_text(&out, "告知：", story_label(s, "answer_way", column_text(q, PASS_ANSWER_WAY)));
	return arena_copy(s->arena, strbuf_str(&out));
}

static bool is_result(const struct story *s, const char *result, const char *flag)
{
	return issue_code_has_flag(s->of, "phase_result", result, flag);
}

static enum timeline_mark pass_mark(const struct story *s, const struct stmt *q, bool open, int32_t due)
{
	if (open && s->stuck)
		return TIMELINE_ALERT;
	if (!open)
		return is_result(s, column_text(q, PASS_RESULT), "alert") ? TIMELINE_ALERT : TIMELINE_DONE;
	return s->it->status == STATUS_OPEN && due != DAY_NONE && due < s->today ? TIMELINE_ALERT : TIMELINE_NOW;
}

static struct pass read_pass(const struct story *s, const struct stmt *q)
{
	enum phase phase = phase_from_key(column_text(q, PASS_PHASE));
	bool open = column_is_null(q, PASS_CLOSED);
	int64_t opened = column_int(q, PASS_OPENED), closed = column_int(q, PASS_CLOSED);
	int32_t due = phase == PHASE_ACT && open ? s->it->due_day : column_day(q, PASS_DUE);
	struct pass p = { .opened_at = opened, .open = open };
	int64_t joined = column_int(q, PASS_JOINED);

	p.head = (struct timeline_entry){
		.kind = TIMELINE_STEP, .phase = phase, .round = (int)column_int(q, PASS_ROUND), .at = open ? opened : closed, .due_day = due,
		.mark = pass_mark(s, q, open, due), .who = arena_copy(s->arena, open ? "" : column_text(q, PASS_BY)),
		.headline = phase == PHASE_RAISE ? raise_words(s) : open ? open_words(s, phase, due) : result_words(s, q),
		.text = pass_text(s, q, phase, open), .days = -1,
		.record = joined ? "issue" : open ? s->waits_record : "", .record_id = joined ? joined : open ? s->waits_id : 0,
	};
	if (phase != PHASE_RAISE)
		p.head.days = calendar_workdays_between(s->of->calendar, day_of_instant(opened), open ? s->today : day_of_instant(closed));
	return p;
}

enum rc story_read_passes(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st,
		"SELECT phase.id, phase.phase, phase.round, phase.opened_at, phase.closed_at, closer.name, phase.result, handler.name,"
		" phase.unit_in_charge, phase.reason, phase.text, phase.evidence, phase.answer_way, phase.due_day, phase.promised_day,"
		" phase.joined_id, target.number, phase.closing"
		" FROM phase LEFT JOIN account AS closer ON closer.id = phase.closed_by LEFT JOIN account AS handler ON handler.id = phase.handler_id"
		" LEFT JOIN issue AS target ON target.id = phase.joined_id"
		" WHERE phase.issue_id = :id ORDER BY phase.opened_at, phase.id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct pass p = read_pass(s, &q);

		if (p.head.phase == PHASE_COUNT)
			continue;
		s->passes = mem_grow(s->passes, &s->cap_passes, s->n_passes + 1, sizeof *s->passes);
		s->passes[s->n_passes++] = p;
	}
	return rc;
}
