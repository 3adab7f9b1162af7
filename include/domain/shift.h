/* 班次: templates that make the week, extra shifts, and how many of which kind each wants. */
#ifndef YL_DOMAIN_SHIFT_H
#define YL_DOMAIN_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/record.h"

/* Keys stand in shift.state. 满员 is not a state: it follows from the places (roster.h). */
#define SHIFT_STATES(X) X(DRAFT, draft) X(PUBLISHED, published) X(CANCELLED, cancelled)
enum shift_state {
#define X(upper, lower) SHIFT_##upper,
	SHIFT_STATES(X)
#undef X
	SHIFT_STATE_COUNT
};
const char *shift_state_key(enum shift_state s);
enum shift_state shift_state_from_key(const char *key);

/* 1 … of shift_need: the form's ranges. */
enum { SHIFT_HEADCOUNT_MAX = 200, SHIFT_PRIORITY_MAX = 3, SHIFT_PRIORITY_USUAL = 2 };

struct shift_need {
	int64_t id, rev;
	int position, headcount, priority;           /* priority 1 … 3, 3 is filled first */
	const char *role, *skill, *qualification;    /* codes; "": none */
};

struct shift {
	int64_t id, rev, template_id, grid_id;       /* 0: none */
	const char *service, *title, *place, *grid, *cancelled_why, *note;     /* service: code; grid: its code */
	int32_t day;
	int begin_min, end_min, needed;              /* needed -1: as planned */
	bool flexible, deleted;
	enum shift_state state;
	const struct shift_need *needs;
	size_t n_needs;
};

struct shift_template {
	int64_t id, rev, grid_id;
	const char *service, *title, *place, *grid, *note;
	unsigned weekdays;                           /* bit 1 Monday … bit 7 Sunday */
	int begin_min, end_min;
	int32_t from_day, to_day;                    /* DAY_NONE: open */
	bool flexible, on_holidays, deleted;
	const struct shift_need *needs;
	size_t n_needs;
};

/* Errors of all: RC_DENIED by role (VOLUNTEER_VIEW to read, ROSTER_EDIT to change); RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc shift_load(struct office *of, int64_t id, struct arena *a, struct shift *out, struct err *e) MUST_USE;
enum rc shift_template_load(struct office *of, int64_t id, struct arena *a, struct shift_template *out, struct err *e) MUST_USE;
/* All that live, by service, begin. */
enum rc shift_templates(struct office *of, struct arena *a, const struct shift_template **out, size_t *n, struct err *e) MUST_USE;

/* Forms shift_template and shift. New ones get one need: one hand. RC_INVALID at "end_min" (not after begin; over midnight says: two shifts),
 * "to_day". Changing a template changes no shift that stands; changing day or times of a shift says in *displaced how many assignments are in conflict
 * now (they stay, marked). */
enum rc shift_template_save(struct office *of, struct record *r, struct err *e) MUST_USE;
enum rc shift_save(struct office *of, struct record *r, int *displaced, struct err *e) MUST_USE;
enum rc shift_template_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* Form shift_need, of a template or a shift (the other 0). RC_INVALID "headcount" below 1, or fewer than are assigned. */
enum rc shift_need_save(struct office *of, int64_t template_id, int64_t shift_id, struct record *r, struct err *e) MUST_USE;
enum rc shift_need_delete(struct office *of, int64_t id, const char *why, struct err *e) MUST_USE;

/* The week from `monday` of the templates: one shift a template and day from today on, in state draft, with its needs; what is there already (or was
 * cancelled or deleted by somebody) is not made again, what was undone is. Days off of config/holidays.ini are left out unless the template says so.
 * *made, *skipped_holidays. RC_INVALID where it is no Monday, has gone by, or is more than 60 days ahead. */
enum rc shift_make_week(struct office *of, int32_t monday, int *made, int *skipped_holidays, struct err *e) MUST_USE;
/* Extra shifts (without a template) of one week again in another, with their needs, without people. */
enum rc shift_copy_week(struct office *of, int32_t from_monday, int32_t to_monday, int *made, struct err *e) MUST_USE;
/* All drafts of the week. */
enum rc shift_publish_week(struct office *of, int32_t monday, int *published, struct err *e) MUST_USE;
/* Its assignments are cancelled with the reason. Refused once somebody has signed in. */
enum rc shift_cancel(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* Cancelled by mistake: open again, as a draft; assignments stay cancelled. */
enum rc shift_reopen(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;

#endif
