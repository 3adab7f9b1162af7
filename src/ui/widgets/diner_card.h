/* A diner as a card: used by the diner's own screen and beside the list. */
#ifndef YL_UI_DINER_CARD_H
#define YL_UI_DINER_CARD_H

#include "domain/diner.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* What stands on a line: the kind of the record that its id is of. */
enum diner_tag { DINER_TAG_NONE, DINER_TAG_RESIDENT, DINER_TAG_PLAN, DINER_TAG_PAUSE, DINER_TAG_BLOCK, DINER_TAG_VOLUNTEER, DINER_TAG_MEAL };

/* Clears the card first. */
void diner_card(const struct app *app, struct card_view *card, const struct diner *d);
/* Tables that it reads: for screen_def.reads. */
#define DINER_READS (TBL_DINER | TBL_DINER_BLOCK | TBL_MEAL_PLAN | TBL_MEAL_PAUSE | TBL_RESIDENT | TBL_HOUSEHOLD | TBL_GRID | TBL_VOLUNTEER | TBL_MEAL_ORDER)

#endif
