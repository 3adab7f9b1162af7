/* 签到, 服务时长, 证明, 积分: what was served, approved by somebody else, and what it adds up to. */
#ifndef YL_DOMAIN_ATTENDANCE_H
#define YL_DOMAIN_ATTENDANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

#define ATTENDANCE_RESULTS(X) X(PRESENT, present) X(LATE, late) X(ABSENT, absent) X(EXCUSED, excused)
enum attendance_result {
#define X(upper, lower) ATTENDANCE_##upper,
	ATTENDANCE_RESULTS(X)
#undef X
	ATTENDANCE_RESULT_COUNT
};
const char *attendance_result_key(enum attendance_result r);
enum attendance_result attendance_result_from_key(const char *key);

/* One who was to come on a day, or came beside the roster. */
struct attendance_row {
	int64_t assignment_id, attendance_id, rev, shift_id, volunteer_id;   /* attendance_id 0: nothing is known yet; assignment_id 0: extra work */
	const char *name, *phone, *shift, *service, *content;                /* phone masked; service: code */
	int begin_min, end_min;                      /* of the shift; -1: none */
	int came_min, left_min, minutes, approved_minutes;                   /* -1: not known */
	enum attendance_result result;               /* ATTENDANCE_RESULT_COUNT: not known */
	bool approved, mine;                         /* mine: the account must not approve it: it is the volunteer's own */
	const char *difference_why;
};

/* Errors of all: RC_DENIED by role; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */

/* All of a day by shift and name; texts live in the arena. */
enum rc attendance_day(struct office *of, int32_t day, struct arena *a, const struct attendance_row **out, size_t *n, struct err *e) MUST_USE;

/* One key: came (at the shift's begin, or now where that is later and the shift still runs: then late after [roster] late_minutes), did not come, is
 * excused. Minutes are the shift's, of one who came late those that are left; a flexible shift has none: they are filled in by the form. Again with another
 * result corrects it: on the same day freely (what was approved has to be approved again), later only until it is approved; the journal keeps both. */
enum rc attendance_mark(struct office *of, int64_t assignment_id, enum attendance_result result, struct err *e) MUST_USE;
/* What is known before times are typed: the record as it stands, or a new one who came and left with the shift. `r` is initialised. */
enum rc attendance_prefill(struct office *of, int64_t assignment_id, struct record *r, struct err *e) MUST_USE;
/* Form attendance: times and minutes. Minutes blank: left - came. RC_INVALID "end_min" before "begin_min"; "minutes" more than left - came;
 * "difference_why" blank where they are more than the shift's; "end_min" still to come; a future day. */
enum rc attendance_save(struct office *of, int64_t assignment_id, struct record *r, struct err *e) MUST_USE;
/* Form attendance-extra: work beside the roster. RC_INVALID "day" in the future or more than 60 days ago; overlapping another attendance of the same person. */
enum rc attendance_extra_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Written down by mistake. RC_INVALID of one of the roster (that is marked otherwise), one that is closed (as correcting it), a blank reason. */
enum rc attendance_extra_delete(struct office *of, int64_t attendance_id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* Nobody approves their own: RC_DENIED. `minutes` -1: as claimed; part of it is allowed, more is not; not before the shift is over. Earns points where
 * [points] per_hour is set. */
enum rc attendance_approve(struct office *of, int64_t attendance_id, int64_t rev, int minutes, struct err *e) MUST_USE;
/* All of a day that the account may approve. */
enum rc attendance_approve_day(struct office *of, int32_t day, int *approved, struct err *e) MUST_USE;

/* Hours ------------------------------------------------------------------------------------------------------------------------------ */

/* The ledger as a list of table attendance: day, volunteer's name, service (code), content, minutes, approved minutes, result (code), approver's name, volunteer's
 * number and id. Orders: day. Filters: attendance_of_volunteer(), attendance_unapproved. */
const struct list_spec *attendance_list_spec(void);
struct list_filter attendance_of_volunteer(int64_t volunteer_id);
struct list_filter attendance_between(int32_t from_day, int32_t to_day);
extern const struct list_filter attendance_unapproved;
/* What was typed to find a volunteer: register_filter() of the form volunteer. */
enum rc attendance_filter_typed(struct office *of, const char *typed, struct arena *a, struct list_filter *out, bool *any, struct err *e) MUST_USE;

struct service_month {
	int32_t month;                               /* its first day */
	int64_t minutes;                             /* approved */
	int times;
};
struct service_hours {
	int64_t minutes, waiting;                    /* approved ever; claimed and not yet approved */
	int times, no_shows;
	int stars;                                   /* by [roster] star_hours: how many thresholds are reached */
	int64_t next_star_minutes;                   /* still missing; 0: all reached */
	int64_t points;                              /* balance without what has expired */
	const struct service_month *months;          /* newest first, at most 36 */
	size_t n_months;
};
/* RC_INVALID also where the setting star_hours can't be read. */
enum rc service_hours(struct office *of, int64_t volunteer_id, struct arena *a, struct service_hours *out, struct err *e) MUST_USE;

#define STARS_MOST 10
struct star_hours {
	int64_t hours[STARS_MOST];                   /* rising */
	size_t n;
};
/* The setting [roster] star_hours; "" or NULL: 100 300 600 1000 1500. RC_INVALID says what is wrong with it. */
enum rc star_hours_read(const char *text, struct star_hours *out, struct err *e) MUST_USE;

/* Proof ------------------------------------------------------------------------------------------------------------------------------ */

struct service_line {
	const char *service, *content;               /* label of the service; distinct contents joined */
	int32_t from_day, to_day;
	int64_t minutes;
	int times;
};
/* 志愿服务记录证明: contents of 民政部令第67号 (2021-02-01) 第十条 ff.: identity, time (hours) and content, issuing unit, person responsible, handler, contact,
 * number, day. Free of charge. From approved minutes only. */
struct service_proof {
	int64_t id;
	const char *number, *name, *sex, *id_number, *volunteer_number, *purpose, *responsible, *handler, *contact, *voided_why;   /* sex: its label; id_number in full: for paper alone */
	int32_t from_day, to_day, issued_day;
	int64_t minutes;
	const struct service_line *lines;
	size_t n_lines;
};
/* Before anything is typed: who is responsible and how to reach the office as on the proof before, the account as handler. `r` is initialised. */
enum rc service_proof_prefill(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Form service_proof: numbered and dated; RC_INVALID "to_day" where nothing was approved in that time, "from_day". The reading of the id number is written down. */
enum rc service_proof_issue(struct office *of, int64_t volunteer_id, struct record *r, struct err *e) MUST_USE;
/* Needs the role that issues them: the id number is in it. */
enum rc service_proof_load(struct office *of, int64_t id, struct arena *a, struct service_proof *out, struct err *e) MUST_USE;
/* Of a volunteer, newest first. */
struct service_proof_row {
	int64_t id, minutes;
	const char *number, *voided_why;             /* voided_why "": it is valid */
	int32_t issued_day;
	bool voided;
};
enum rc service_proofs(struct office *of, int64_t volunteer_id, struct arena *a, const struct service_proof_row **out, size_t *n, struct err *e) MUST_USE;
/* While one stands, the minutes that it counts are not corrected, and no undo (domain/undo.h) changes them. It stays with its number and the reason. */
enum rc service_proof_void(struct office *of, int64_t id, const char *why, struct err *e) MUST_USE;

/* Points ----------------------------------------------------------------------------------------------------------------------------- */

/* Double entry: every move is two entries that add up to zero. Spending: RC_INVALID "points" more than the balance, or not above zero. */
enum rc points_spend(struct office *of, int64_t volunteer_id, int64_t points, const char *note, struct err *e) MUST_USE;
enum rc points_correct(struct office *of, int64_t volunteer_id, int64_t points, const char *note, struct err *e) MUST_USE;    /* head only; either sign; a note */
/* The next volunteer after *after (0: the first): what has passed its day is entered as the program's own deed; oldest points are spent first. A few
 * milliseconds, and where another process writes not even those: RC_BUSY at once. *more
 * false: there was none left. */
enum rc points_expire_next(struct office *of, int64_t *after, bool *more, struct err *e) MUST_USE;

#endif
