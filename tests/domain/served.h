/* Volunteers, shifts and who stands on them in the town, for tests of what was served. Their own use cases are not asked: rows are written. */
#ifndef YL_TESTS_DOMAIN_SERVED_H
#define YL_TESTS_DOMAIN_SERVED_H

#include "domain/attendance.h"
#include "town.h"

struct shift_row {
	const char *title;
	int32_t day;
	int begin_min, end_min;
	bool flexible;
};

int64_t served_volunteer(struct town *t, const char *name, int64_t resident_id);
int64_t served_shift(struct town *t, const struct shift_row *row);       /* of service meals, published */
int64_t served_assign(struct town *t, int64_t shift, int64_t volunteer);
/* A day of the volunteer that was served at 09:00 for so many minutes, and approved by HEAD2 where `approved`; the attendance. */
int64_t served_day(struct town *t, int64_t volunteer, int32_t day, int minutes, bool approved);

enum rc served_try_save(struct town *t, int64_t assignment, const struct fill *fills, struct err *e);
enum rc served_try_extra(struct town *t, int64_t attendance, const struct fill *fills, int64_t *id, struct err *e);     /* attendance 0: a new one */
enum rc served_try_approve(struct town *t, int64_t attendance, int minutes, struct err *e);
enum rc served_try_proof(struct town *t, int64_t volunteer, const struct fill *fills, int64_t *id, struct err *e);
/* The one row of the day's list with this name; its texts live in the arena. */
struct attendance_row served_row(struct town *t, int32_t day, const char *name, struct arena *a);

char *served_snapshot(struct town *t);       /* all rows of what is served, proven and earned; the caller frees */
#define assert_refused_untouched(call, wanted, at, words) \
	do { \
		AUTO_FREE char *before_ = served_snapshot(t), *after_ = NULL; \
		assert_refused(call, wanted, at, words); \
		after_ = served_snapshot(t); \
		assert_string_equal(before_, after_); \
	} while (0)

#endif
