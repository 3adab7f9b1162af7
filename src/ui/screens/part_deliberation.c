/* The forms of 议事 and 定事: what belongs to items, meetings and decisions, and these themselves. */
#include "ui/screens/part.h"

#include "domain/agenda.h"
#include "domain/decision.h"
#include "domain/meeting.h"

static enum rc save_item(struct office *of, int64_t issue_id, struct record *r, struct err *e)
{
	return agenda_save(of, r, issue_id, e);
}

static enum rc save_split(struct office *of, int64_t item_id, struct record *r, struct err *e)
{
	return agenda_split(of, item_id, r, NULL, 0, e);
}

/* Who says it is known: the words that were said are written later. */
static enum rc save_opinion(struct office *of, int64_t slot_id, struct record *r, struct err *e)
{
	return meeting_opinion(of, slot_id, 0, r, e);
}

/* The minutes of a meeting that has none yet begin with what was recorded in it. */
static enum rc compose_minutes(struct office *of, int64_t none, struct record *r, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF text = { 0 };
	struct meeting m;
	enum rc rc;

	(void)none;
	if (record_text(r, "minutes")[0])
		return RC_OK;
	if ((rc = meeting_load(of, r->id, &arena, &m, e)) != RC_OK)
		return rc;
	meeting_compose_minutes(of, &m, &text);
	value_set_text(record_value(r, "minutes"), strbuf_str(&text));
	return RC_OK;
}

/* Who answers for the decision does the task, unless somebody else is named. */
static enum rc begin_task(struct office *of, int64_t decision_id, struct record *r, struct err *e)
{
	static const char *const same[] = { "party", "owner_id", "owner_name" };
	AUTO_RECORD decision = { 0 };
	enum rc rc;

	record_init(&decision, form_find(of->forms, "decision"));
	if ((rc = record_load(of->st, decision.form, decision_id, &decision, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(same); i++)
		value_copy(record_value(r, same[i]), record_value(&decision, same[i]));
	return RC_OK;
}

static const struct part parts[] = {
	{ .name = "agenda_item",      .may = MAY_MEETING_EDIT,  .save = save_item, .opens = "agenda-item" },
	{ .name = "split",            .may = MAY_MEETING_EDIT,  .save = save_split, .form = "agenda_item", .opens = "agenda-item" },
	{ .name = "interest",         .may = MAY_MEETING_EDIT,  .save = agenda_part_save },
	{ .name = "alternative",      .may = MAY_MEETING_EDIT,  .save = agenda_part_save },
	{ .name = "meeting",          .may = MAY_MEETING_EDIT,  .save_alone = meeting_save, .opens = "meeting" },
	{ .name = "attendee",         .may = MAY_MEETING_EDIT,  .save = meeting_invite },
	{ .name = "walk-in",          .may = MAY_MEETING_EDIT,  .save = meeting_walk_in, .form = "attendee" },
	{ .name = "agenda_slot",      .may = MAY_MEETING_EDIT,  .save_alone = meeting_slot_save },
	{ .name = "opinion",          .may = MAY_MEETING_EDIT,  .save = save_opinion },
	{ .name = "minutes",          .may = MAY_MEETING_EDIT,  .save_alone = meeting_minutes_save, .propose = compose_minutes, .act = true },
	{ .name = "amendment",        .may = MAY_MEETING_EDIT,  .save = meeting_amend },
	{ .name = "decision",         .may = MAY_DECISION_EDIT, .save = decision_save, .begin = decision_prefill, .opens = "decision" },
	{ .name = "decision_partner", .may = MAY_DECISION_EDIT, .save = decision_part_save },
	{ .name = "decision_task",    .may = MAY_DECISION_EDIT, .save = decision_part_save, .begin = begin_task },
	{ .name = "notice",           .may = MAY_DECISION_EDIT, .save = decision_part_save },
	{ .name = "decision-return",  .may = MAY_DECISION_EDIT, .save_alone = decision_return, .act = true },
	{ .name = "objection",        .may = MAY_DECISION_EDIT, .save = objection_save },
	{ .name = "objection-handle", .may = MAY_DECISION_EDIT, .save_alone = objection_handle, .act = true },
};

const struct part_table deliberation_parts = { parts, COUNT(parts) };
