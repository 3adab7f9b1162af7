/* One shift as a card: its places with who is on them, and who could be. */
#ifndef YL_UI_SCREENS_ROSTER_PEOPLE_H
#define YL_UI_SCREENS_ROSTER_PEOPLE_H

#include "domain/roster.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* What stands on a line; its id is the need's, the assignment's, the volunteer's. */
enum roster_tag { ROSTER_TAG_NONE, ROSTER_TAG_PLACE, ROSTER_TAG_SEAT, ROSTER_TAG_CANDIDATE };

struct roster_people {
	int64_t need_id;              /* the place that the candidates are for; 0: none */
	bool looking;                 /* they are being looked for; those of `candidates` are as of before */
	const struct roster_candidate *candidates;
	size_t n;
	const char *find;             /* only candidates of this name (pinyin, initials); "": all */
	int64_t marked_id;            /* the assignment to be swapped; 0: none */
};

/* Clears the card first. `s` NULL: no shift under the cursor. */
void roster_people_card(const struct app *app, struct card_view *v, const struct roster_shift *s, const struct roster_people *people);
/* The place of a need, and the seat of an assignment; NULL where it is not of this shift, and for id 0. */
const struct roster_place *roster_place_at(const struct roster_shift *s, int64_t need_id);
const struct roster_seat *roster_seat_at(const struct roster_shift *s, int64_t assignment_id);
/* 午餐送餐 周三 11-25 10:30-12:30; appended. */
void roster_shift_words(const struct app *app, const struct shift *s, struct strbuf *out);

#endif
