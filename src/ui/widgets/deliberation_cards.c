/* Cards of a 议题, a decision and a meeting: facts, and lines that open what they name. */
#include "ui/widgets/deliberation_cards.h"

#include <inttypes.h>

#include "base/day.h"
#include "base/text.h"
#include "ui/widgets/card_words.h"

static void add_day(const struct app *app, struct strbuf *out, int64_t instant)
{
	day_format_near(out, day_of_instant(instant), app->today);
}

/* ￥1,200 */
static void add_money(struct strbuf *out, int64_t fen)
{
	static const struct field money = { .type = FIELD_MONEY, .unit = "" };
	struct value v = { .kind = VALUE_NUMBER, .number = fen };

	field_show(&money, &v, false, out);
}

static void add_issues(struct card_view *v, const struct agenda_issue_ref *issues, size_t n)
{
	if (n == 0)
		return;
	card_heading(v, "来源事项", n);
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  %s%s", issues[i].number, issues[i].title, issues[i].closed ? "（已结）" : "");
		card_view_line(v, strbuf_str(&line), issues[i].closed ? STYLE_DIM : STYLE_TEXT, issues[i].id, TAG_ISSUE);
	}
}

/* A 议题 ------------------------------------------------------------------------------------------------------------------------- */

static void add_interests(const struct app *app, struct card_view *v, const struct agenda_item *item)
{
	card_heading(v, "利害关系方", item->n_interests);
	for (size_t i = 0; i < item->n_interests; i++) {
		const struct agenda_interest *in = &item->interests[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  %s  %s", in->name, office_code_label(app->of, "attendee_category", in->category), in->stake);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, in->id, TAG_INTEREST);
	}
	if (item->n_interests == 0)
		card_view_line(v, "还没有写，开会前请想清楚谁受影响", STYLE_DIM, 0, TAG_NONE);
}

static void alternative_line(const struct agenda_alternative *a, struct strbuf *line)
{
	strbuf_format(line, "%d. %s", a->position, a->text);
	if (a->cost_fen >= 0) {
		strbuf_add(line, " · ");
		if (a->cost_fen == 0)
			strbuf_add(line, "不花钱");
		else
			add_money(line, a->cost_fen);
	}
	if (a->households >= 0)
		strbuf_format(line, " · 受益%" PRId64 "户", a->households);
	if (a->objection[0])
		strbuf_format(line, " · 反对：%s", a->objection);
}

static void add_alternatives(struct card_view *v, const struct agenda_item *item)
{
	card_heading(v, "备选方案", item->n_alternatives);
	for (size_t i = 0; i < item->n_alternatives; i++) {
		AUTO_STRBUF line = { 0 };

		alternative_line(&item->alternatives[i], &line);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, item->alternatives[i].id, TAG_ALTERNATIVE);
	}
	if (item->n_alternatives == 0)
		card_view_line(v, "还没有方案，可以在会上就议题本身表决", STYLE_DIM, 0, TAG_NONE);
}

void agenda_card(const struct app *app, struct card_view *v, const struct agenda_item *item)
{
	AUTO_STRBUF state = { 0 };
	AUTO_STRBUF since = { 0 };

	card_view_clear(v);
	strbuf_format(&state, "%s · %s", office_code_label(app->of, "agenda_state", agenda_state_key(item->state)), office_code_label(app->of, "urgency", item->urgency));
	if (item->supporters > 0)
		strbuf_format(&state, " · 附议%d人", item->supporters);
	if (item->property)
		strbuf_add(&state, " · 物业共有事项");
	card_view_line(v, item->title, STYLE_STRONG, 0, TAG_NONE);
	card_view_line(v, strbuf_str(&state), STYLE_NOTICE, 0, TAG_NONE);
	add_day(app, &since, item->at);
	card_fact(v, "提出", strbuf_str(&since));
	card_fact(v, "提议人", item->proposer);
	card_fact(v, "网格", item->grid);
	card_fact(v, "说明", item->body);
	card_fact(v, "撤销理由", item->withdrawn_why);
	if (item->meeting_id)
		card_view_fact(v, "会议", item->meeting, STYLE_TEXT, item->meeting_id, TAG_MEETING);
	if (item->merged_id)
		card_view_fact(v, "已合并到", item->merged, STYLE_TEXT, item->merged_id, TAG_ITEM);
	add_interests(app, v, item);
	add_alternatives(v, item);
	add_issues(v, item->issues, item->n_issues);
}

/* A decision -------------------------------------------------------------------------------------------------------------------- */

static void add_partners(const struct app *app, struct card_view *v, const struct decision *d)
{
	card_heading(v, "协同方", d->n_partners);
	for (size_t i = 0; i < d->n_partners; i++) {
		const struct decision_partner *p = &d->partners[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  %s：%s，", office_code_label(app->of, "party", p->party), p->name, p->promise);
		day_format_near(&line, p->promised_day, app->today);
		strbuf_add(&line, "前");
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, p->id, TAG_PARTNER);
	}
}

static void add_tasks(const struct app *app, struct card_view *v, const struct decision *d)
{
	card_heading(v, "任务", d->n_tasks);
	for (size_t i = 0; i < d->n_tasks; i++) {
		const struct decision_task *t = &d->tasks[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  %s  期限 ", t->title, t->owner[0] ? t->owner : office_code_label(app->of, "party", t->party));
		day_format_near(&line, t->due_day, app->today);
		if (t->action_id)
			strbuf_add(&line, " · 已进入办事");
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, t->id, TAG_TASK);
	}
	if (d->n_tasks == 0)
		card_view_line(v, d->no_action[0] ? d->no_action : "还没有任务：至少写一项，或写明不需办理的原因", d->no_action[0] ? STYLE_TEXT : STYLE_WARNING, 0, TAG_NONE);
}

static void add_objections(const struct app *app, struct card_view *v, const struct decision_notice *n)
{
	for (size_t i = 0; i < n->n_objections; i++) {
		const struct decision_objection *o = &n->objections[i];
		bool open = o->handled_at == 0;
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "  异议 ");
		add_day(app, &line, o->at);
		strbuf_format(&line, " %s%s%s：%s（%s%s%s）", o->name, o->phone[0] ? " " : "", o->phone, o->text, office_code_label(app->of, "objection_state", o->state), o->handling[0] ? "：" : "", o->handling);
		card_view_line(v, strbuf_str(&line), open ? STYLE_WARNING : STYLE_TEXT, o->id, TAG_OBJECTION);
	}
}

static void add_notices(const struct app *app, struct card_view *v, const struct decision *d)
{
	card_heading(v, "公示", d->n_notices);
	for (size_t i = 0; i < d->n_notices; i++) {
		const struct decision_notice *n = &d->notices[i];
		AUTO_STRBUF line = { 0 };

		day_format_near(&line, n->from_day, app->today);
		strbuf_add(&line, " 至 ");
		day_format_near(&line, n->to_day, app->today);
		strbuf_format(&line, "  %s%s%s", n->place, n->note[0] ? "，" : "", n->note);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, n->id, TAG_NOTICE);
		add_objections(app, v, n);
	}
	if (d->n_notices == 0)
		card_view_line(v, d->state == DECISION_APPROVED ? "还没有公示" : "批准后公示", STYLE_DIM, 0, TAG_NONE);
}

static void add_approval(const struct app *app, struct card_view *v, const struct decision *d)
{
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s", d->author);
	if (d->submitted_at) {
		strbuf_add(&line, "，");
		add_day(app, &line, d->submitted_at);
		strbuf_add(&line, "送批");
	}
	card_fact(v, "起草", strbuf_str(&line));
	if (d->approved_at == 0)
		return;
	strbuf_truncate(&line, 0);
	strbuf_format(&line, "%s，", d->approver);
	add_day(app, &line, d->approved_at);
	card_fact(v, d->state == DECISION_RETURNED ? "退回" : "批准", strbuf_str(&line));
	card_fact(v, "意见", d->approved_note);
}

void decision_card(const struct app *app, struct card_view *v, const struct decision *d)
{
	AUTO_STRBUF state = { 0 };
	AUTO_STRBUF money = { 0 };
	AUTO_STRBUF day = { 0 };
	AUTO_STRBUF why = { 0 };

	card_view_clear(v);
	strbuf_add(&state, d->deleted ? "已作废" : d->acted_at ? "已交办" : office_code_label(app->of, "decision_state", decision_state_key(d->state)));
	if (d->open_objections > 0)
		strbuf_format(&state, " · %d条异议未处理", d->open_objections);
	card_view_line(v, strbuf_str(&state), d->open_objections > 0 ? STYLE_WARNING : STYLE_NOTICE, 0, TAG_NONE);
	if (d->state == DECISION_APPROVED && !d->acted_at && decision_blocked(app->of, d, &why))
		card_view_line(v, strbuf_str(&why), STYLE_DIM, 0, TAG_NONE);
	card_fact(v, "决议", d->text);
	card_view_fact(v, "议题", d->item, STYLE_TEXT, d->agenda_item_id, TAG_ITEM);
	if (d->meeting_id)
		card_view_fact(v, "会议", d->meeting, STYLE_TEXT, d->meeting_id, TAG_MEETING);
	card_fact(v, "责任主体", office_code_label(app->of, "party", d->party));
	card_fact(v, "责任人", d->owner);
	if (d->cost_fen > 0) {
		add_money(&money, d->cost_fen);
		strbuf_format(&money, "（%s）", office_code_label(app->of, "fund_source", d->source));
		card_fact(v, "经费", strbuf_str(&money));
	}
	day_format_near(&day, d->effective_day, app->today);
	card_fact(v, "生效", strbuf_str(&day));
	add_approval(app, v, d);
	add_tasks(app, v, d);
	add_partners(app, v, d);
	add_notices(app, v, d);
	add_issues(v, d->issues, d->n_issues);
}

/* A meeting --------------------------------------------------------------------------------------------------------------------- */

void meeting_line(const struct app *app, const struct meeting *m, struct strbuf *out)
{
	strbuf_format(out, "%s · %s · ", office_code_label(app->of, "meeting_kind", m->kind), office_code_label(app->of, "meeting_level", m->level));
	day_format_near(out, m->day, app->today);
	strbuf_add(out, " ");
	time_format(out, m->begin_min);
	strbuf_add(out, "-");
	time_format(out, m->end_min);
	strbuf_format(out, " · %s", m->place);
}

void meeting_card(struct app *app, struct card_view *v, const struct meeting *m)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF came = { 0 };
	const char *warnings[8];
	size_t n = meeting_warnings(app->of, m, &arena, warnings, COUNT(warnings));

	card_view_clear(v);
	card_view_line(v, m->title, STYLE_STRONG, 0, TAG_NONE);
	card_view_line(v, office_code_label(app->of, "meeting_status", meeting_status_key(m->status)), STYLE_NOTICE, 0, TAG_NONE);
	meeting_line(app, m, &line);
	card_view_line(v, strbuf_str(&line), STYLE_TEXT, 0, TAG_NONE);
	for (size_t i = 0; i < n; i++)
		card_view_line(v, warnings[i], STYLE_WARNING, 0, TAG_NONE);
	card_fact(v, "主持", m->host);
	card_fact(v, "记录", m->recorder);
	strbuf_format(&came, "应到%d人，实到%d人", m->expected, m->present);
	card_fact(v, "到会", strbuf_str(&came));
	card_heading(v, "议程", m->n_slots);
	for (size_t i = 0; i < m->n_slots; i++) {
		const struct meeting_slot *slot = &m->slots[i];
		AUTO_STRBUF text = { 0 };

		strbuf_format(&text, "%d. %s  %d分钟", slot->position, slot->title, slot->length_min);
		if (slot->outcome != SLOT_OPEN)
			strbuf_format(&text, " · %s", office_code_label(app->of, "slot_outcome", slot_outcome_key(slot->outcome)));
		card_view_line(v, strbuf_str(&text), STYLE_TEXT, slot->agenda_item_id, TAG_ITEM);
	}
}
