/* A 议题 and a decision as cards: used by their own screens and beside the lists of 议事. */
#ifndef YL_UI_DELIBERATION_CARDS_H
#define YL_UI_DELIBERATION_CARDS_H

#include "domain/agenda.h"
#include "domain/decision.h"
#include "domain/meeting.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* What stands on a line: the kind of the record that its id is of. */
enum deliberation_tag {
	TAG_NONE, TAG_ISSUE, TAG_INTEREST, TAG_ALTERNATIVE, TAG_MEETING, TAG_ITEM, TAG_DECISION, TAG_PARTNER, TAG_TASK, TAG_NOTICE, TAG_OBJECTION,
	TAG_SLOT, TAG_OPINION, TAG_RECUSAL, TAG_BALLOT, TAG_ATTENDEE,
};

/* Each clears the card first. */
void agenda_card(const struct app *app, struct card_view *v, const struct agenda_item *item);
void decision_card(const struct app *app, struct card_view *v, const struct decision *d);
/* What a meeting is, without what happens in it: for the list. */
void meeting_card(struct app *app, struct card_view *v, const struct meeting *m);
/* 议事会 · 友邻站 · 11-26 19:00-20:30 · 社区会议室; appended. */
void meeting_line(const struct app *app, const struct meeting *m, struct strbuf *out);

#endif
