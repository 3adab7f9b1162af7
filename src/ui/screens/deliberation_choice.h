/* Choosing a meeting or a 议题 from a short list, and the way to an item's decision: shared by the screens of 议事. */
#ifndef YL_UI_SCREENS_DELIBERATION_CHOICE_H
#define YL_UI_SCREENS_DELIBERATION_CHOICE_H

#include "ui/screen.h"

/* One of the meetings that are not over, the next one first. -1: left with Esc (`e` untouched), there is none (said), or `e`. */
int64_t choose_meeting(struct app *app, struct err *e);
/* One of the pool, most pressing first, without `except`. -1 as above. */
int64_t choose_item(struct app *app, const char *title, int64_t except, struct err *e);
/* The decision on an item; the form of a new one where there is none yet. */
struct next open_decision_of(struct app *app, int64_t agenda_item_id);

#endif
