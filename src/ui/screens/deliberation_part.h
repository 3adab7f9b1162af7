/* The forms of 议事 and 定事, by name: what the screen "deliberation-part" is pushed with. */
#ifndef YL_UI_SCREENS_DELIBERATION_PART_H
#define YL_UI_SCREENS_DELIBERATION_PART_H

#include "ui/screen.h"

/* name       row of the table in deliberation_part.c: the form's name, or "walk-in", "split"
 * id         the record, 0 a new one
 * parent_id  what it belongs to: the meeting, the item, the slot, the decision, the notice */
struct next deliberation_part(const char *name, int64_t id, int64_t parent_id);
/* The part that a kept draft of this form belongs to; NULL if the form is none of these. */
const char *deliberation_part_of_form(const char *form);

#endif
