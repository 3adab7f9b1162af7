/* What the screen of one meeting shows: the record (agenda, and what was said and voted on the item that is open) and the people. */
#ifndef YL_UI_SCREENS_MEETING_ROOM_H
#define YL_UI_SCREENS_MEETING_ROOM_H

#include "domain/meeting.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* The item that the meeting is at: slot_id if it is on the agenda, else the first without outcome, else the last; NULL where there is none. */
const struct meeting_slot *meeting_slot_at(const struct meeting *m, int64_t slot_id);
const struct meeting_attendee *meeting_attendee_at(const struct meeting *m, int64_t attendee_id);

/* Facts, warnings, the agenda; under the item `slot_id` what was recorded. Each clears the card first. */
void meeting_record_card(struct app *app, struct card_view *v, const struct meeting *m, int64_t slot_id);
/* Everybody, with what they said on the item: "√ 王秀英  居民代表  赞成". */
void meeting_people_card(const struct app *app, struct card_view *v, const struct meeting *m, int64_t slot_id);

#endif
