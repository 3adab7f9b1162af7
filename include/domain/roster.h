/* 排班: who stands on which shift. The board of a week, candidates with reasons in words, conflicts that block until somebody says why, and plans made by
 * the planner (plan/assign.h). */
#ifndef YL_DOMAIN_ROSTER_H
#define YL_DOMAIN_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "domain/shift.h"

/* What speaks against somebody on a place; bits. The first six block until overridden with a reason; the others are only said. */
#define ROSTER_CONFLICTS(X) \
	X(STATUS,        "不在岗")        \
	X(ABSENT,        "请假")          \
	X(OVERLAP,       "同时有别的班")  \
	X(QUALIFICATION, "缺证书")        \
	X(UNAVAILABLE,   "这时没空")      \
	X(OVER_CAP,      "超过每周上限")  \
	X(APART,         "有人不能同班")  \
	X(SKILL,         "不会这一项")    \
	X(SERVICE,       "没报这项")  \
	X(UNWILLING,     "这时不愿意")    \
	X(FAR,           "不在服务网格")
enum roster_conflict_bit {
#define X(name, words) ROSTER_BIT_##name,
	ROSTER_CONFLICTS(X)
#undef X
	ROSTER_CONFLICT_COUNT
};
enum roster_conflict {
#define X(name, words) ROSTER_##name = 1 << ROSTER_BIT_##name,
	ROSTER_CONFLICTS(X)
#undef X
};
#define ROSTER_BLOCKING (ROSTER_STATUS | ROSTER_ABSENT | ROSTER_OVERLAP | ROSTER_QUALIFICATION | ROSTER_UNAVAILABLE | ROSTER_OVER_CAP | ROSTER_APART | ROSTER_SKILL)
struct strbuf;
/* "同时有别的班、超过每周上限"; appended. */
void roster_conflict_words(unsigned conflicts, struct strbuf *out);

struct roster_seat {
	int64_t id, rev, volunteer_id;               /* of the assignment */
	const char *name;
	bool confirmed, pinned, attended;            /* attended: an attendance says so */
	unsigned conflicts;                          /* 0 until they are said: roster_finder_conflicts() */
	const char *override_why;                    /* "" */
};

struct roster_place {
	struct shift_need need;
	struct roster_seat *seats;                   /* not cancelled ones */
	size_t n_seats;
};

struct roster_shift {
	struct shift shift;                          /* its needs are in places */
	const struct roster_place *places;
	size_t n_places;
	int wanted, filled;                          /* heads; 满员: filled >= wanted */
};

struct roster_filter {
	int64_t grid_id;                             /* 0: all */
	const char *service;                         /* NULL or "": all */
};

struct roster_week {
	int32_t monday;
	struct roster_shift *shifts;                 /* by service, begin, id, day; cancelled ones too */
	size_t n;
	size_t hidden;                               /* what the filter keeps away */
	const char *holidays[7];                     /* what a day is off for, 放假 where nobody named it; "" */
};

/* Errors of all: RC_DENIED by role (VOLUNTEER_VIEW to read, ROSTER_EDIT to change); RC_NOTFOUND; RC_INVALID in words; RC_CONFLICT; RC_BUSY; RC_DB.
 * Nothing is changed on failure. */
enum rc roster_load(struct office *of, int32_t monday, const struct roster_filter *f, struct arena *a, struct roster_week *out, struct err *e) MUST_USE;
/* A week that is loaded again keeps the conflicts that were said, until they are said anew. */
void roster_keep_conflicts(const struct roster_week *before, struct roster_week *now);

struct roster_candidate {
	int64_t volunteer_id;
	const char *name, *grid, *phone;             /* phone masked */
	unsigned conflicts;
	int score;                                   /* more is better */
	const char *reason;                          /* 愿意 · 本网格 · 上周2班 · 去过8次 */
};
/* Whom a place could have: everybody but those who stopped and those who stand on the shift, best first: those who can, by score; then those in
 * conflict. Found in slices of a few milliseconds, so that no key waits; what is read for one place serves the next as long as nothing changes. */
struct roster_finder;
struct roster_finder *roster_finder_new(struct office *of);      /* of and its login outlive it */
void roster_finder_free(struct roster_finder *f);
/* Look for a place of this week from now on; 0: for none, only what its conflicts ask for is read. */
void roster_finder_begin(struct roster_finder *f, int32_t monday, int64_t need_id);
/* One slice. *more false: roster_finder_list() is what was looked for. After an error begin anew. */
enum rc roster_finder_step(struct roster_finder *f, bool *more, struct err *e) MUST_USE;
/* What the last search found that came to its end; it stays until the next one does. */
const struct roster_candidate *roster_finder_list(const struct roster_finder *f, size_t *n);
/* What speaks against those who stand on the week that a search came to its end for; reads nothing. */
void roster_finder_conflicts(const struct roster_finder *f, struct roster_week *week);

/* Put somebody on a place. With a blocking conflict: RC_INVALID with it in words, unless `override_why` gives a reason (kept with it). RC_INVALID where
 * the place is full, the shift is cancelled or over, or the person stands on it already. *id may be NULL. */
enum rc roster_assign(struct office *of, int64_t need_id, int64_t volunteer_id, const char *override_why, int64_t *id, struct err *e) MUST_USE;
/* Off again, with a reason once it was confirmed. */
enum rc roster_remove(struct office *of, int64_t assignment_id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* Two change places; both are checked as if newly assigned. */
enum rc roster_swap(struct office *of, int64_t a_id, int64_t b_id, const char *override_why, struct err *e) MUST_USE;
/* Somebody else stands in: the old one is cancelled with the reason, the new one says whom it replaces. */
enum rc roster_replace(struct office *of, int64_t assignment_id, int64_t volunteer_id, const char *why, const char *override_why, struct err *e) MUST_USE;
enum rc roster_pin(struct office *of, int64_t assignment_id, int64_t rev, bool pinned, struct err *e) MUST_USE;
enum rc roster_confirm(struct office *of, int64_t assignment_id, int64_t rev, struct err *e) MUST_USE;

/* Planning ------------------------------------------------------------------------------------------------------------------------ */

struct roster_planned {
	int64_t need_id, shift_id, volunteer_id;
	const struct shift *shift;                   /* as the plan saw it; its needs are not there */
	const char *role;                            /* code of shift_role */
	const char *name, *reason;                   /* as of a candidate */
	bool wanted;                                 /* whether to accept it: true at first, the screen may change it */
};

struct roster_open {
	int64_t need_id, shift_id;
	const struct shift *shift;
	const char *role;                            /* code of shift_role */
	int places;
	const char *why;                             /* 没有会开车的人 · 有健康证的3人都有班 … */
};

struct roster_plan {
	int32_t from_day, to_day;
	struct roster_planned *added;                /* by day, begin, need */
	size_t n_added;
	const struct roster_open *open;
	size_t n_open;
	const struct roster_shift *const *shifts;    /* as they are today: where somebody stands or a place is to be filled, by day, begin; conflicts are said */
	size_t n_shifts;
	int kept;                                    /* assignments that stand already: never touched, even where a rule speaks against them */
	int64_t cost, bound;
	int at_most;                                 /* a better plan would fill at most so many places more */
	bool proven;
	bool cut;                                    /* stopped by the clock on a slow machine: planned again it may come out otherwise */
};
/* Somebody whom the plan is to leave off a shift. */
struct roster_refused {
	int64_t shift_id, volunteer_id;
};

/* What is to be planned.
 *
 * budget_ms  for the search itself, over all weeks, on a desk machine: counted as effort, so that the same roster gives the same plan; the clock stops it
 *            only at four times as much */
struct roster_wish {
	int32_t from_day, to_day;
	int budget_ms;
	const struct roster_refused *refused;        /* borrowed until the next begin */
	size_t n_refused;
};

/* Plan what is open between two days (drafts and published shifts that have not begun), around all that stands: in slices of a few milliseconds, so that
 * keys are served meanwhile. Nothing is changed before the plan is accepted; to stop is to free the planner or to begin anew. A planner that is kept
 * plans again in a few milliseconds: what has not changed is not read again, and each week begins from its last plan. */
struct roster_planner;
struct roster_planner *roster_planner_new(struct office *of);    /* of and its login outlive it */
void roster_planner_free(struct roster_planner *p);
/* The plan before is gone, unless this fails: RC_INVALID "to_day": not 1 … 62 days; RC_DENIED. */
enum rc roster_planner_begin(struct roster_planner *p, const struct roster_wish *wish, struct err *e) MUST_USE;
/* One slice. *more false: the plan is there. After an error begin anew. */
enum rc roster_planner_step(struct roster_planner *p, bool *more, struct err *e) MUST_USE;
int roster_planner_percent(const struct roster_planner *p);      /* how far it is: 0 … 100 */
/* The plan, empty before it is there; it lives until the next begin. */
struct roster_plan *roster_planner_plan(struct roster_planner *p);
/* Those that are wanted become assignments (planned, way planned) in one change that Ctrl-Z takes back. What no longer fits because somebody else changed
 * the roster meanwhile is left out and counted in *stale. */
enum rc roster_plan_accept(struct office *of, const struct roster_plan *plan, int *made, int *stale, struct err *e) MUST_USE;

#endif
