/* A council of twelve in the town, for tests of meetings: three items from the pool, kept by the desk's 陈晓 (DESK), hosted by 周勤. */
#ifndef YL_TESTS_DOMAIN_ROOM_H
#define YL_TESTS_DOMAIN_ROOM_H

#include "base/mem.h"
#include "domain/meeting.h"
#include "town.h"

#define ROOM_PEOPLE 12
#define ROOM_ITEMS 3

struct room {
	int64_t meeting;
	int64_t people[ROOM_PEOPLE];      /* attendees: wang, li and zhang, then nine typed names */
	int64_t issues[ROOM_ITEMS], items[ROOM_ITEMS], slots[ROOM_ITEMS];
};

/* Each of the functions works as whoever is at work. */
void room_call(struct town *t, struct room *c);                  /* draft: invited, agenda drawn up */
void room_open(struct town *t, struct room *c, int present);     /* announced, so many signed in, running */

/* An issue that waits for deliberation, and its item. */
int64_t room_item(struct town *t, const char *title, int64_t *issue);
int64_t room_meeting(struct town *t, const struct fill *fills);     /* a draft for today 14:00 to 15:30 */
enum rc room_try_save(struct town *t, int64_t id, const struct fill *fills, int64_t *made, struct err *e);
enum rc room_try_invite(struct town *t, int64_t meeting, int64_t attendee, const struct fill *fills, int64_t *made, struct err *e);
enum rc room_try_opinion(struct town *t, int64_t slot, int64_t attendee, int64_t *id, const struct fill *fills, struct err *e);
enum rc room_try_recuse(struct town *t, int64_t slot, int64_t attendee, const char *reason, struct err *e);
/* Prefilled, with 8 for and whoever is left against, then as `fills` say. */
enum rc room_try_ballot(struct town *t, int64_t slot, const struct fill *fills, bool *passed, struct err *e);
void room_end(struct town *t, int64_t meeting, int back);           /* and so many went back to the pool */
int64_t room_rev(struct town *t, int64_t meeting);
int64_t room_slot(struct town *t, int64_t meeting, int position);

/* All rows of the tables of deliberation and of issues, without rev. The caller frees. */
char *room_snapshot(struct town *t);
/* A call that is refused and leaves every row as it was. */
#define assert_refused_untouched(call, wanted, at, words) \
	do { \
		AUTO_FREE char *before_ = room_snapshot(t), *after_ = NULL; \
		assert_refused(call, wanted, at, words); \
		after_ = room_snapshot(t); \
		assert_string_equal(before_, after_); \
	} while (0)

#endif
