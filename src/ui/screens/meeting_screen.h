/* What the files of the screen of one meeting share: its state, what the cursor stands on, and what is done in a meeting. */
#ifndef YL_UI_SCREENS_MEETING_SCREEN_H
#define YL_UI_SCREENS_MEETING_SCREEN_H

#include "base/mem.h"
#include "domain/meeting.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

enum pane { PANE_RECORD, PANE_PEOPLE };

struct meeting_screen {
	int64_t id, slot_id;          /* slot_id: the item that is talked about; 0: the first that is open */
	struct arena arena;           /* owns what `meeting` points to */
	struct meeting meeting;
	struct card_view record, people;
	enum pane pane;
	bool entered;
};

/* meeting.c: what the cursor stands on; NULL or 0 where it is nothing of the kind. */
const struct card_item *meeting_line_here(const struct meeting_screen *s);
const struct meeting_slot *meeting_slot_here(const struct meeting_screen *s);
int64_t meeting_person_here(const struct meeting_screen *s);

/* meeting_people.c: who comes, who says what, who steps aside. */
struct next meeting_do_sign(struct app *app, struct meeting_screen *s);
struct next meeting_do_sign_by_name(struct app *app, struct meeting_screen *s);
struct next meeting_do_note_opinion(struct app *app, struct meeting_screen *s);
struct next meeting_do_recuse(struct app *app, struct meeting_screen *s);
struct next meeting_do_invite_all(struct app *app, struct meeting_screen *s);

/* meeting_course.c: what is on the agenda, what is voted on, how it ends. */
struct next meeting_do_add_item(struct app *app, struct meeting_screen *s);
struct next meeting_do_take_away(struct app *app, struct meeting_screen *s);
struct next meeting_do_vote(struct app *app, struct meeting_screen *s);
struct next meeting_do_end(struct app *app, struct meeting_screen *s);
struct next meeting_do_cancel(struct app *app, struct meeting_screen *s);

#endif
