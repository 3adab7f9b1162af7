/* Weeks for the planner's tests: made by chance or by hand, and small enough to try every plan. */
#ifndef YL_TESTS_PLAN_WEEK_H
#define YL_TESTS_PLAN_WEEK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/assign.h"

enum { WEEK_SHIFTS = 8, WEEK_PEOPLE = 8, WEEK_WINDOWS = 4 };

/* A problem with its arrays; windows and pairs are kept in rows of fixed length until week_finish() puts them together. */
struct week {
	struct assign_problem p;
	struct assign_shift shifts[WEEK_SHIFTS];
	struct assign_person people[WEEK_PEOPLE];
	int32_t n_windows[WEEK_PEOPLE], n_pairs[WEEK_PEOPLE];
	struct assign_window windows_of[WEEK_PEOPLE][WEEK_WINDOWS];
	struct assign_pair pairs_of[WEEK_PEOPLE][WEEK_SHIFTS];
	int32_t window_first[WEEK_PEOPLE + 1], pair_first[WEEK_PEOPLE + 1];
	struct assign_window windows[WEEK_PEOPLE * WEEK_WINDOWS];
	struct assign_pair pairs[WEEK_PEOPLE * WEEK_SHIFTS];
	struct assign_apart apart[4];
	struct assign_seat pins[4];
};

/* People who can always, any shift, at most twice and for 24 hours; shifts of two hours one after the other that need one; all pairs cost 10. */
void week_plain(struct week *w, int32_t people, int32_t shifts);

/* By chance: skills, windows with degrees, caps, wishes. */
enum { WEEK_FIXED = 1, WEEK_PINS = 2, WEEK_APART = 4 };
void week_random(struct week *w, uint32_t *seed, unsigned what);

/* Put the arrays together; call it again after a change. */
void week_finish(struct week *w);

/* The least cost of any plan, by trying all. */
int64_t week_least(const struct week *w);

uint32_t week_chance(uint32_t *seed, uint32_t below);

/* Plan to the end, have it verified, and hand out the plan; release a afterwards. */
const struct assign_plan *week_plan(struct assign *a, const struct assign_problem *p, uint64_t seed);

#endif
