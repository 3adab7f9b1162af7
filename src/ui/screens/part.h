/* The forms that hang on a record with a screen of its own, by name: what the screen "part" is pushed with. */
#ifndef YL_UI_SCREENS_PART_H
#define YL_UI_SCREENS_PART_H

#include "ui/screen.h"

/* name       row of the table in part.c: the form's name, or "walk-in", "split"
 * id         the record, 0 a new one
 * parent_id  what it belongs to: the meeting, the item, the decision, the shift … */
struct next part_push(const char *name, int64_t id, int64_t parent_id);
/* The part that a kept draft of this form belongs to; NULL if the form is none of these. */
const char *part_of_form(const char *form);

#endif
