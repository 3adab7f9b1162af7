/* The record of a meeting and its people as two cards. */
#include "ui/screens/meeting_room.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "ui/widgets/deliberation_cards.h"

const struct meeting_slot *meeting_slot_at(const struct meeting *m, int64_t slot_id)
{
	for (size_t i = 0; i < m->n_slots; i++)
		if (m->slots[i].id == slot_id)
			return &m->slots[i];
	for (size_t i = 0; i < m->n_slots; i++)
		if (m->slots[i].outcome == SLOT_OPEN)
			return &m->slots[i];
	return m->n_slots > 0 ? &m->slots[m->n_slots - 1] : NULL;
}

const struct meeting_attendee *meeting_attendee_at(const struct meeting *m, int64_t attendee_id)
{
	for (size_t i = 0; i < m->n_attendees; i++)
		if (m->attendees[i].id == attendee_id)
			return &m->attendees[i];
	return NULL;
}

/* The record -------------------------------------------------------------------------------------------------------------------- */

static void add_head(struct app *app, struct card_view *v, const struct meeting *m)
{
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF state = { 0 };
	AUTO_ARENA arena = { 0 };
	const char *warnings[8];
	size_t n = meeting_warnings(app->of, m, &arena, warnings, COUNT(warnings));

	card_view_line(v, m->title, STYLE_STRONG, 0, TAG_NONE);
	strbuf_format(&state, "%s · 应到%d人，实到%d人", office_code_label(app->of, "meeting_status", meeting_status_key(m->status)), m->expected, m->present);
	if (m->quorum.label[0])
		strbuf_format(&state, "，要%d人", quorum_needed(&m->quorum, m->expected));
	card_view_line(v, strbuf_str(&state), STYLE_NOTICE, 0, TAG_NONE);
	meeting_line(app, m, &line);
	card_view_line(v, strbuf_str(&line), STYLE_TEXT, 0, TAG_NONE);
	strbuf_truncate(&line, 0);
	strbuf_format(&line, "主持 %s · 记录 %s · 议程%d分钟，会期%d分钟", m->host, m->recorder, m->planned_min, m->end_min - m->begin_min);
	card_view_line(v, strbuf_str(&line), m->planned_min > m->end_min - m->begin_min ? STYLE_WARNING : STYLE_TEXT, 0, TAG_NONE);
	for (size_t i = 0; i < n; i++)
		card_view_line(v, warnings[i], STYLE_WARNING, 0, TAG_NONE);
}

static void add_opinions(const struct app *app, struct card_view *v, const struct meeting_slot *slot)
{
	for (size_t i = 0; i < slot->n_opinions; i++) {
		const struct meeting_opinion *o = &slot->opinions[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "    %s %s%s%s", o->name, office_code_label(app->of, "stance", o->stance), o->text[0] ? "：" : "", o->text);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, o->id, TAG_OPINION);
	}
}

static void add_ballots(const struct app *app, struct card_view *v, const struct meeting_slot *slot)
{
	for (size_t i = 0; i < slot->n_ballots; i++) {
		const struct meeting_ballot *b = &slot->ballots[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "    %s%s%s 赞成%" PRId64 " 反对%" PRId64 " 弃权%" PRId64 "：%s", office_code_label(app->of, "ballot_way", ballot_way_key(b->count.way)),
		              b->alternative[0] ? "，" : "", b->alternative, b->count.for_n, b->count.against_n, b->count.abstain_n, b->passed ? "通过" : "不通过");
		card_view_line(v, strbuf_str(&line), b->passed ? STYLE_GOOD : STYLE_WARNING, b->id, TAG_BALLOT);
		strbuf_truncate(&line, 0);
		strbuf_add(&line, "    ");
		ballot_explain(&b->count, &line);
		card_view_line(v, strbuf_str(&line), STYLE_DIM, 0, TAG_NONE);
	}
}

static void add_recorded(const struct app *app, struct card_view *v, const struct meeting_slot *slot)
{
	add_opinions(app, v, slot);
	for (size_t i = 0; i < slot->n_recusals; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "    %s 回避：%s", slot->recusals[i].name, slot->recusals[i].reason);
		card_view_line(v, strbuf_str(&line), STYLE_NOTICE, slot->recusals[i].id, TAG_RECUSAL);
	}
	add_ballots(app, v, slot);
	if (slot->decision_id) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "    决议 %s", slot->decision);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, slot->decision_id, TAG_DECISION);
	}
}

static void add_agenda(const struct app *app, struct card_view *v, const struct meeting *m, const struct meeting_slot *at)
{
	AUTO_STRBUF head = { 0 };

	strbuf_format(&head, "议程 %zu", m->n_slots);
	card_view_heading(v, strbuf_str(&head));
	for (size_t i = 0; i < m->n_slots; i++) {
		const struct meeting_slot *slot = &m->slots[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s%d. %s  %d分钟", slot == at ? ">" : " ", slot->position, slot->title, slot->length_min);
		if (slot->outcome != SLOT_OPEN)
			strbuf_format(&line, " · %s", office_code_label(app->of, "slot_outcome", slot_outcome_key(slot->outcome)));
		if (slot->note[0])
			strbuf_format(&line, "（%s）", slot->note);
		card_view_line(v, strbuf_str(&line), slot == at ? STYLE_STRONG : STYLE_TEXT, slot->id, TAG_SLOT);
		if (slot == at)
			add_recorded(app, v, slot);
	}
	if (m->n_slots == 0)
		card_view_line(v, "还没有议题，按「加议题」从议题池选", STYLE_DIM, 0, TAG_NONE);
}

static void add_minutes(const struct app *app, struct card_view *v, const struct meeting *m)
{
	if (m->minutes[0] == '\0')
		return;
	card_view_heading(v, m->confirmed_at ? "会议纪要（已确认）" : "会议纪要（未确认）");
	card_view_line(v, m->minutes, STYLE_TEXT, 0, TAG_NONE);
	for (size_t i = 0; i < m->n_amendments; i++) {
		const struct meeting_amendment *a = &m->amendments[i];
		AUTO_STRBUF line = { 0 };

		strbuf_add(&line, "更正 ");
		day_format_near(&line, day_of_instant(a->at), app->today);
		strbuf_format(&line, " %s：%s（%s）", a->who, a->text, a->reason);
		card_view_line(v, strbuf_str(&line), STYLE_NOTICE, 0, TAG_NONE);
	}
}

void meeting_record_card(struct app *app, struct card_view *v, const struct meeting *m, int64_t slot_id)
{
	card_view_clear(v);
	add_head(app, v, m);
	add_agenda(app, v, m, meeting_slot_at(m, slot_id));
	add_minutes(app, v, m);
}

/* The people -------------------------------------------------------------------------------------------------------------------- */

static bool is_recused(const struct meeting_slot *slot, int64_t attendee_id)
{
	for (size_t i = 0; slot && i < slot->n_recusals; i++)
		if (slot->recusals[i].attendee_id == attendee_id)
			return true;
	return false;
}

/* The newest stance of a person on an item; "" if nothing was said. */
static const char *stance_of(const struct meeting_slot *slot, int64_t attendee_id)
{
	const char *stance = "";

	for (size_t i = 0; slot && i < slot->n_opinions; i++)
		if (slot->opinions[i].attendee_id == attendee_id)
			stance = slot->opinions[i].stance;
	return stance;
}

void meeting_people_card(const struct app *app, struct card_view *v, const struct meeting *m, int64_t slot_id)
{
	const struct meeting_slot *slot = meeting_slot_at(m, slot_id);

	card_view_clear(v);
	for (size_t i = 0; i < m->n_attendees; i++) {
		const struct meeting_attendee *a = &m->attendees[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s %s  %s", a->present_at ? "√" : " ", a->name, office_code_label(app->of, "attendee_category", a->category));
		if (a->represents[0])
			strbuf_format(&line, "·%s", a->represents);
		if (is_recused(slot, a->id))
			strbuf_add(&line, "  回避");
		else if (stance_of(slot, a->id)[0])
			strbuf_format(&line, "  %s", office_code_label(app->of, "stance", stance_of(slot, a->id)));
		card_view_line(v, strbuf_str(&line), a->present_at ? STYLE_TEXT : STYLE_DIM, a->id, TAG_ATTENDEE);
	}
	if (m->n_attendees == 0)
		card_view_line(v, "还没有邀请人", STYLE_DIM, 0, TAG_NONE);
}
