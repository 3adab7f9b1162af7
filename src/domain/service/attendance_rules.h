/* What the files of attendance, hours and points ask each other. */
#ifndef YL_DOMAIN_ATTENDANCE_RULES_H
#define YL_DOMAIN_ATTENDANCE_RULES_H

#include "domain/attendance.h"
#include "domain/person.h"

/* Whether a volunteer is the person of the account :me: enum person_same. For a query with `volunteer` in it. */
#define ATTENDANCE_MINE PERSON_ME_SQL("volunteer.resident_id", "volunteer.name")

/* One that is served or was to be, with the shift's times; texts live in the arena. */
struct attendance_case {
	int64_t assignment_id, attendance_id, rev, shift_id, volunteer_id;   /* 0: none */
	const char *volunteer, *service, *title;
	int32_t day;
	int begin_min, end_min;              /* of the shift; -1: beside the roster */
	int came_min, left_min, minutes;     /* -1: not known */
	enum attendance_result result;       /* ATTENDANCE_RESULT_COUNT: not known */
	bool flexible, cancelled, approved;
	enum person_same mine;               /* whether the account is the volunteer's own */
};

enum rc attendance_find_assignment(struct office *of, int64_t assignment_id, struct arena *a, struct attendance_case *out, struct err *e) MUST_USE;
enum rc attendance_find(struct office *of, int64_t attendance_id, struct arena *a, struct attendance_case *out, struct err *e) MUST_USE;

bool attendance_served(enum attendance_result r);                        /* present or late */
int attendance_minute_now(const struct office *of);
/* Whether the shift's hours are over. */
bool attendance_over(const struct office *of, const struct attendance_case *c);
/* On the day itself everything may be corrected, later what is not approved. */
enum rc attendance_require_open(const struct office *of, const struct attendance_case *c, struct err *e) MUST_USE;
/* What was approved and is corrected has to be approved again: points are taken back. Nothing where it was not approved. */
enum rc attendance_withdraw(struct office *of, const struct attendance_case *c, struct err *e) MUST_USE;

/* After an undo, inside its txn: whether the valid proofs of whom it touched still say what is approved. RC_INVALID names one that does not. */
enum rc service_proofs_stand(struct office *of, struct err *e) MUST_USE;

/* How many of the thresholds so many approved minutes reach. */
int stars_reached(const struct star_hours *s, int64_t minutes);

/* Points for approved minutes, inside a txn; nothing where [points] per_hour is 0. */
enum rc points_earn(struct office *of, int64_t volunteer_id, int64_t attendance_id, int minutes, struct err *e) MUST_USE;
/* … and back again: all that an attendance has earned. */
enum rc points_take_back(struct office *of, int64_t volunteer_id, int64_t attendance_id, struct err *e) MUST_USE;
/* What may be spent today: what has passed its day counts no more, whether or not that is entered. */
enum rc points_balance(struct office *of, int64_t volunteer_id, int64_t *points, struct err *e) MUST_USE;

#endif
