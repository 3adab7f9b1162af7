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
/* In the meeting: the first of those who are not there yet is this one, and signs in; the list of people is shown then. */
void sign_in_by_name(struct terminal *t, const char *name);
/* In the list of people, with the cursor on the next: `before` of `people` are there, `after` are it then. */
void sign_in(struct terminal *t, int before, int after, int people);
/* The item on the agenda with this title, in the record. */
void go_to_item(struct terminal *t, const char *title);
/* A vote by hand on the item, with the rule's label. */
void vote(struct terminal *t, const char *rule, const char *in_favour, const char *against, const char *abstain);

/* From the passed item, in the record: its decision, ending on its own screen. `owner` is an account's whole name. */
void write_decision(struct terminal *t, const char *text, const char *owner);
/* On a decision's screen. */
void add_task(struct terminal *t, const char *text);
/* From anywhere: the one decision with these words. */
void open_decision(struct terminal *t, const char *words);

#endif
