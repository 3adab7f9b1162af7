/* What tests of 议事 do again and again, as the recorder does it. */
#ifndef YL_TESTS_SCREEN_MEETING_STEPS_H
#define YL_TESTS_SCREEN_MEETING_STEPS_H

#include "issue_steps.h"

/* From anywhere: the three lists of 议事, at this one ("议题池", "议事会", "决议"). */
void open_deliberation(struct terminal *t, const char *list);
/* On the lists: a new 议题 of the office itself. */
void add_item(struct terminal *t, const char *title);
/* On the lists: a meeting today, hosted and recorded by whom is logged in; ends on the meeting's own screen. */
void call_meeting(struct terminal *t, const char *title);
/* On a meeting's screen, before it begins: items of the pool by title, people by name. */
void schedule_item(struct terminal *t, const char *title);
void invite(struct terminal *t, const char *name);
/* In the meeting, in the list of people: everybody but the last `absent` signs in. */
void sign_in(struct terminal *t, int people, int absent);
/* The item on the agenda with this title, in the record. */
void go_to_item(struct terminal *t, const char *title);
/* A vote by hand on the item, with the rule's label. */
void vote(struct terminal *t, const char *rule, const char *in_favour, const char *against, const char *abstain);

#endif
