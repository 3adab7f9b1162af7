/* 六事核查 on the head's screen: the checks with what each finds, and beside them, or behind Enter, the findings of one.
 *
 * Nothing is asked while painting: idle slices count one check each, then load the findings of the check under the cursor.
 */
#ifndef YL_UI_SCREENS_REVIEW_CHECKS_H
#define YL_UI_SCREENS_REVIEW_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/review.h"
#include "ui/app.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

#define REVIEW_CHECKS_MAX 16

struct review_checks {
	struct review_filter filter;
	struct card_view checks;      /* a fact for each: its name and how many it finds */
	size_t counts[REVIEW_CHECKS_MAX], counted;   /* the first `counted` are new */
	size_t total;                 /* of all, at the last time that all were counted */
	bool known;
	bool inside;                  /* the keys go to the findings */
	struct card_view found;       /* a line for each finding */
	struct arena arena;
	const struct review_finding *findings;
	size_t n;
	size_t shown;                 /* the check whose findings these are + 1; 0: none yet */
};

/* What is known is out of date: numbers stay until the new ones are there, cursors stay where they are. */
void review_checks_restart(struct review_checks *r, const struct review_filter *f);
void review_checks_release(struct review_checks *r);
/* After a change of size. */
void review_checks_layout(const struct app *app, struct review_checks *r, struct rect area);
bool review_checks_idle(struct app *app, struct review_checks *r, struct rect area, bool *repaint);
bool review_checks_key(const struct app *app, struct review_checks *r, struct rect area, const struct key_event *ev);
/* Enter: into the findings, or the record of one. */
struct next review_checks_open(const struct app *app, struct review_checks *r, struct rect area);
/* Esc: back to the checks. false: one is there already. */
bool review_checks_escape(const struct app *app, struct review_checks *r, struct rect area);
bool review_checks_may_open(const struct review_checks *r);
void review_checks_draw(const struct app *app, const struct review_checks *r, struct canvas *c, struct rect area);

#endif
