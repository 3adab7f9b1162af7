/* A volunteer as a card: used by the volunteer's own screen and beside the list. */
#ifndef YL_UI_VOLUNTEER_CARD_H
#define YL_UI_VOLUNTEER_CARD_H

#include "domain/volunteer.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* What stands on a line: the kind of the record that its id is of. */
enum volunteer_tag {
	VOLUNTEER_TAG_NONE, VOLUNTEER_TAG_RESIDENT, VOLUNTEER_TAG_GRID, VOLUNTEER_TAG_QUALIFICATION, VOLUNTEER_TAG_APART, VOLUNTEER_TAG_ABSENCE,
	VOLUNTEER_TAG_TIME, VOLUNTEER_TAG_WEEK,
};

/* Clears the card first. */
void volunteer_card(const struct app *app, struct card_view *card, const struct volunteer *v);
/* 08:00-12:00; appended. */
void volunteer_time_text(int begin_min, int end_min, struct strbuf *out);
/* Tables that it reads: for screen_def.reads. */
#define VOLUNTEER_READS (TBL_VOLUNTEER | TBL_VOLUNTEER_GRID | TBL_QUALIFICATION | TBL_APART | TBL_AVAILABILITY | TBL_ABSENCE | TBL_GRID)

#endif
