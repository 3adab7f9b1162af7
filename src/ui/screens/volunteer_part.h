/* The forms of volunteers, by name: what the screen "volunteer-part" is pushed with. */
#ifndef YL_UI_SCREENS_VOLUNTEER_PART_H
#define YL_UI_SCREENS_VOLUNTEER_PART_H

#include "ui/screen.h"

/* form          volunteer, volunteer-status, volunteer_grid, qualification, apart, availability, absence
 * id            the record, 0 a new one
 * volunteer_id  whom it belongs to; 0 for the first two */
struct next volunteer_part(const char *form, int64_t id, int64_t volunteer_id);
bool volunteer_part_has_form(const char *form);

#endif
