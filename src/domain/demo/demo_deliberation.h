/* A matter that the demo deliberates, from 提事 to 评事, and the meeting that it is on. Everything is planned first and then written once, because rows
 * of the past are never changed: an instant that lies ahead of the demo's today has not happened, DEMO_NEVER never will. */
#ifndef YL_DOMAIN_DEMO_DELIBERATION_H
#define YL_DOMAIN_DEMO_DELIBERATION_H

#include "demo_debate.h"
#include "demo_make.h"

#define DEMO_NEVER INT64_MAX
#define DEMO_SEATS 26
#define DEMO_SLOTS 4
#define DEMO_WORKDAY (9 * 60)          /* minutes */

/* Who speaks for an estate's bodies, the same people over the years. */
struct demo_cast {
	char property[24], owners[24], police[24], unit[24], merchant[24];
	size_t first_person, n_people;    /* of demo.people */
	int homes;
};

/* How far a matter that passed has come at most. */
enum demo_stop {
	STOP_NOWHERE, STOP_PASSED, STOP_DRAFT, STOP_SUBMITTED, STOP_RETURNED, STOP_NOTICE, STOP_OBJECTION, STOP_ACTING,
};

/* What came of it: instants of its steps, who answers for it. */
struct demo_course {
	int64_t id, made_at, submitted_at, approved_at, acted_at, done_at, closed_at;      /* id: the decision */
	int64_t back_at;                  /* failed or withdrawn: when it went back to 理事 */
	int32_t notice_from, notice_to;
	int64_t owner_id;
	const char *owner_name;           /* NULL: it is owner_id's */
	const char *party, *no_action;
	char number[40];
	bool taskless;                    /* a fault: nothing to do, and not said why */
	int64_t action_ids[DEBATE_JOBS];  /* what its tasks became */
	size_t n_tasks;
	int32_t due_days[DEBATE_JOBS];
};

struct demo_matter {
	const struct demo_topic *topic;
	size_t estate;
	const struct demo_building *building;     /* NULL: the whole estate's */
	const struct demo_person *reporter, *second, *concerned;   /* second: reporter of a second issue; concerned: with an interest */
	bool body;                        /* the topic's body has an interest, too */
	bool unrecused;                   /* a fault: nobody recused himself */
	bool unasked;                     /* a fault: closed without the reporter's answer */
	char title[128], number[40], issue_number[40];     /* the latter of the first issue, which has the tasks */
	const char *urgency, *state;      /* codes */
	int64_t item_id, issue_ids[2], alternative_ids[DEBATE_OPTIONS];
	size_t n_issues, n_alternatives, chosen;
	int64_t costs_fen[DEBATE_OPTIONS];
	int gains[DEBATE_OPTIONS];
	int supports;
	int64_t raised_at, pooled_at, settled_at, meeting_id;
	enum demo_stop stop;
	struct demo_course course;
};

struct demo_seat {
	int64_t id;
	const struct demo_person *person; /* NULL: not on file */
	char name[24], represents[80];
	const char *category;
	bool invited, present;
};

struct demo_meeting {
	int64_t id, recorder_id;
	size_t estate;
	const char *kind, *level, *basis, *status, *host;
	char number[40], title[80], place[64];
	int32_t day, announced_day;
	int begin_min, end_min;
	struct demo_seat seats[DEMO_SEATS];
	size_t n_seats, n_present;
	struct demo_matter *matters[DEMO_SLOTS];
	int lengths[DEMO_SLOTS];
	size_t n_matters;
	char minutes[2000];
};

#define DEMO_LAST_TOPICS 6

struct debate {
	struct demo *d;
	struct demo_cast *casts;          /* by estate */
	const struct demo_topic *last[DEMO_LAST_TOPICS];       /* those that were taken last are not taken again */
	size_t n_taken;
};

/* demo_matter.c */
enum rc demo_matter_make(struct debate *b, size_t estate, int64_t raised_at, struct demo_matter *out, struct err *e) MUST_USE;
/* The item with everything that hangs on it, its issues with their steps, and its decision: as they stand today. */
enum rc demo_matter_write(struct debate *b, struct demo_matter *m, struct err *e) MUST_USE;
/* demo_matter_issue.c: one of its issues; k: which */
enum rc demo_matter_write_issue(struct debate *b, struct demo_matter *m, size_t k, struct err *e) MUST_USE;
/* demo_decision.c */
void demo_course_plan(struct debate *b, struct demo_matter *m);
enum rc demo_decision_write(struct debate *b, struct demo_matter *m, struct err *e) MUST_USE;
/* demo_meeting.c: who is called, and the row with its attendees */
void demo_meeting_call(struct debate *b, struct demo_meeting *m, size_t wanted);
/* Ids for the seats; all but `absent` of those called come, and now and then somebody who wasn't. */
enum rc demo_meeting_sign(struct debate *b, struct demo_meeting *m, size_t absent, struct err *e) MUST_USE;
enum rc demo_meeting_write(struct debate *b, struct demo_meeting *m, struct err *e) MUST_USE;
/* demo_arrange.c: forms of meetings, by how often they are held */
struct demo_kind {
	const char *kind, *level, *name;
	int weight;
	size_t min_seats, max_seats;
};
#define DEMO_KINDS 5
extern const struct demo_kind demo_kinds[DEMO_KINDS];
/* An instant of work some days before `day`. */
int64_t demo_raised_before(struct debate *b, int32_t day, int min_days, int max_days);
void demo_meeting_place(struct debate *b, struct demo_meeting *m, size_t kind);
/* Minutes for each matter, and begin and end. */
void demo_meeting_time(struct debate *b, struct demo_meeting *m);
enum rc demo_meeting_number(struct debate *b, struct demo_meeting *m, struct err *e) MUST_USE;
/* Its matters one after the other (`outcomes`: as demo_session_play() takes them), then its own rows. */
enum rc demo_meeting_play(struct debate *b, struct demo_meeting *m, const char *const *outcomes, struct err *e) MUST_USE;
/* demo_session.c: what happens with matter `i`. `outcome`: code of slot_outcome, NULL: it has not begun */
enum rc demo_session_play(struct debate *b, struct demo_meeting *m, size_t i, int64_t begun_at, const char *outcome, struct err *e) MUST_USE;

/* demo_past.c: meetings of the days [from, until), until so many items are settled */
enum rc demo_deliberate_past(struct debate *b, int32_t from, int32_t until, int items, struct err *e) MUST_USE;
/* demo_today.c: what is going on, and how many items that settles */
enum rc demo_deliberate_today(struct debate *b, int pool, struct err *e) MUST_USE;
int demo_settled_today(void);

/* demo_deliberation.c: the deliberations of the days [from, today], `items` of them settled, and what is going on today. */
enum rc demo_deliberate(struct demo *d, int32_t from, int items, int pool, struct err *e) MUST_USE;
/* Settled disputes since `from`, until there are `wanted`. */
enum rc demo_settle_disputes(struct demo *d, int32_t from, int wanted, struct err *e) MUST_USE;

/* at, or 0 where it lies ahead. */
int64_t demo_happened(const struct demo *d, int64_t at);
/* `at` and some minutes of work, between both. */
int64_t demo_soon(struct demo *d, int64_t at, int min_minutes, int max_minutes);
/* The number of the day at `at` in table `table`. */
enum rc demo_number(struct demo *d, int64_t at, const char *table, const char *prefix, int digits, char out[40], struct err *e) MUST_USE;

#endif
