/* What is done about one who is on a shift, or who could be: assign, take off, confirm, pin, swap, stand in. Conflicts are said and can be passed over
 * with a reason. */
#ifndef YL_UI_SCREENS_ROSTER_SEAT_H
#define YL_UI_SCREENS_ROSTER_SEAT_H

#include "ui/screen.h"
#include "ui/screens/roster_people.h"

/* One of the candidates onto the place they are for. */
struct next roster_put_on(struct app *app, const struct roster_people *people, int64_t volunteer_id);
/* ACT_TAKE_OFF, ACT_CONFIRM_SEAT, ACT_PIN, ACT_STAND_IN, ACT_SWAP_SEATS (marks the first, changes with the second). */
void roster_seat_act(struct app *app, const struct roster_shift *shift, struct roster_people *people, int64_t assignment_id, enum action action);

#endif
