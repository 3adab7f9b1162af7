/* What happened in 定事: the decision from writing to approval, its notices, and what was said against it. Voided ones are told as well. */
#include "timeline_rows.h"

#include <string.h>

#include "base/day.h"
#include "deliberation/decision_rules.h"
#include "store/stmt.h"

static struct event *add(struct story *s, const struct decision *d, enum timeline_kind kind, enum timeline_mark mark, int64_t at, const char *who)
{
	struct event *ev = story_add_event(s, kind, mark, at, who);

	ev->entry.record_id = d->id;
	return ev;
}

static void add_money(const struct story *s, const struct decision *d, struct strbuf *out)
{
	if (d->cost_fen <= 0)
		return;
	strbuf_add(out, " · ");
	decision_add_money(s->of, d->cost_fen, out);
	strbuf_format(out, " %s", story_label(s, "fund_source", d->source));
}

/* JY-20261124-01 · 社区 李明 · ￥8,000.00 友邻基金 */
static const char *decision_words(const struct story *s, const struct decision *d)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "%s · %s %s", d->number, story_label(s, "party", d->party), d->owner);
	add_money(s, d, &out);
	return arena_copy(s->arena, strbuf_str(&out));
}

static const char *decision_text(const struct story *s, const struct decision *d)
{
	AUTO_STRBUF out = { 0 };

	story_add_text(&out, "决议：", d->text);
	story_add_text(&out, "不需办理：", d->no_action);
	for (size_t i = 0; i < d->n_partners; i++)
		story_add_text(&out, "协同：", arena_format(s->arena, "%s %s，答应 %s", d->partners[i].name, d->partners[i].promise,
		                                            story_day(s, d->partners[i].promised_day)));
	if (d->effective_day != DAY_NONE)
		story_add_text(&out, "生效：", story_day(s, d->effective_day));
	return arena_copy(s->arena, strbuf_str(&out));
}

static void add_writing(struct story *s, const struct decision *d)
{
	enum timeline_mark mark = d->deleted ? TIMELINE_NONE : d->state == DECISION_APPROVED ? TIMELINE_DONE : TIMELINE_NOW;
	struct event *ev = add(s, d, TIMELINE_DECISION, mark, d->at, d->author);

	ev->entry.headline = decision_words(s, d);
	ev->entry.text = decision_text(s, d);
}

static void add_approval(struct story *s, const struct decision *d)
{
	bool waits = d->state == DECISION_SUBMITTED && !d->deleted;
	struct event *ev;

	if (d->submitted_at) {
		ev = add(s, d, TIMELINE_DECISION, waits ? TIMELINE_NOW : TIMELINE_INFO, d->submitted_at, "");
		ev->entry.headline = waits ? "提交决议，等批准" : "提交决议";
	}
	if (d->approved_at == 0)
		return;
	ev = add(s, d, TIMELINE_DECISION, d->state == DECISION_APPROVED ? TIMELINE_DONE : TIMELINE_ALERT, d->approved_at, d->approver);
	ev->entry.headline = d->state == DECISION_APPROVED ? "批准决议" : "退回决议";
	ev->entry.text = arena_copy(s->arena, d->approved_note);
}

/* Days have no time of day: a notice of the day of approval stands after it. */
static int64_t notice_time(const struct decision *d, const struct decision_notice *n)
{
	int64_t at = n->from_day == DAY_NONE ? 0 : instant_of_day(n->from_day, 0);

	return d->approved_at && n->from_day == day_of_instant(d->approved_at) ? d->approved_at : at;
}

static void add_notice(struct story *s, const struct decision *d, const struct decision_notice *n)
{
	bool over = n->to_day == DAY_NONE || n->to_day < s->today, begun = n->from_day <= s->today;
	struct event *ev = add(s, d, TIMELINE_NOTICE, over || d->acted_at ? TIMELINE_DONE : begun ? TIMELINE_NOW : TIMELINE_NONE, notice_time(d, n), "");

	ev->entry.due_day = n->to_day;
	ev->entry.headline = arena_format(s->arena, "公示 %s 至 %s · %s", story_day(s, n->from_day), story_day(s, n->to_day), n->place);
	ev->entry.text = arena_copy(s->arena, n->note);
}

static void add_objection(struct story *s, const struct decision *d, const struct decision_objection *o)
{
	bool alert = strcmp(o->state, OBJECTION_OPEN) == 0 || strcmp(o->state, OBJECTION_UPHELD) == 0;
	struct event *ev = add(s, d, TIMELINE_OBJECTION, alert ? TIMELINE_ALERT : TIMELINE_INFO, o->at, "");
	AUTO_STRBUF text = { 0 };

	ev->entry.headline = arena_format(s->arena, "异议 %s · %s", o->name, story_label(s, "objection_state", o->state));
	story_add_text(&text, "", o->text);
	if (o->handled_at)
		story_add_text(&text, "处理：", arena_format(s->arena, "%s（%s %s）", o->handling, o->handler, story_day(s, day_of_instant(o->handled_at))));
	ev->entry.text = arena_copy(s->arena, strbuf_str(&text));
}

static enum rc read_one(struct story *s, int64_t id, struct err *e)
{
	struct decision d;
	enum rc rc = decision_load(s->of, id, s->arena, &d, e);

	if (rc != RC_OK)
		return rc;
	add_writing(s, &d);
	add_approval(s, &d);
	for (size_t i = 0; i < d.n_notices; i++) {
		add_notice(s, &d, &d.notices[i]);
		for (size_t k = 0; k < d.notices[i].n_objections; k++)
			add_objection(s, &d, &d.notices[i].objections[k]);
	}
	return RC_OK;
}

/* An item that the issue left counts for what was decided on it before. */
static const char decisions_sql[] =
	"SELECT decision.id, coalesce(decision.deleted_at, 0), account.name, decision.deleted_why, decision.number"
	" FROM agenda_issue AS link JOIN decision ON decision.agenda_item_id = link.agenda_item_id"
	" LEFT JOIN account ON account.id = decision.deleted_by"
	" WHERE link.issue_id = :id AND (link.deleted_at IS NULL OR decision.at < link.deleted_at) GROUP BY decision.id /*scan*/";

enum rc story_read_decisions(struct story *s, struct err *e)
{
	AUTO_STMT q = stmt_use(s->of->st, decisions_sql);
	bool row;
	enum rc rc;

	if (!office_may(s->of, MAY_MEETING_VIEW))
		return RC_OK;
	bind_int(&q, ":id", s->it->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct event *ev;

		if ((rc = read_one(s, column_int(&q, 0), e)) != RC_OK)
			return rc;
		if (column_int(&q, 1) == 0)
			continue;
		ev = story_add_event(s, TIMELINE_DECISION, TIMELINE_ALERT, column_int(&q, 1), column_text(&q, 2));
		ev->entry.record_id = column_int(&q, 0);
		ev->entry.headline = arena_format(s->arena, "%s 作废", column_text(&q, 4));
		ev->entry.text = arena_copy(s->arena, column_text(&q, 3));
	}
	return rc;
}
