/* What the tests of 班次 and 排班 do over and over. GRID3 is at work; today is Tuesday 2026-11-24. */
#ifndef YL_TESTS_DOMAIN_DUTY_H
#define YL_TESTS_DOMAIN_DUTY_H

#include "base/mem.h"
#include "domain/roster.h"
#include "domain/shift.h"
#include "town.h"

#define DUTY_MONDAY (TOWN_TODAY - 1)     /* 2026-11-23 */
#define DUTY_NEXT (TOWN_TODAY + 6)       /* 2026-11-30 */

int duty_setup(void **state);
#define DUTY_TEST(name) cmocka_unit_test_setup_teardown(name, duty_setup, town_teardown)

/* A row; :id is a new id. */
int64_t duty_insert(struct town *t, const char *sql);
int64_t duty_rev(struct town *t, const char *table, int64_t id);

/* Active, of grid 3, for all services, with a health certificate, without stated times; then `set` ("weekly_shifts = 2"; NULL). */
int64_t duty_volunteer(struct town *t, const char *name, const char *set);
void duty_time(struct town *t, int64_t volunteer, int weekday, int begin_min, int end_min, const char *degree);
void duty_absent(struct town *t, int64_t volunteer, int32_t from, int32_t to);
void duty_holds(struct town *t, int64_t volunteer, const char *kind, int32_t expires);
void duty_apart(struct town *t, int64_t volunteer, int64_t other);
/* On a place without asking any rule. */
int64_t duty_stand(struct town *t, int64_t need, int64_t volunteer, const char *state);

/* 午餐送餐, meals, Monday to Friday 10:00 to 12:00; then as `fills` say. */
enum rc duty_try_template(struct town *t, int64_t id, const struct fill *fills, int64_t *made, struct err *e);
int64_t duty_template(struct town *t, const struct fill *fills);
/* 探访, visit, 10:00 to 12:00 on the day of `fills` (else Friday 11-27). */
enum rc duty_try_shift(struct town *t, int64_t id, const struct fill *fills, int64_t *made, int *displaced, struct err *e);
int64_t duty_shift(struct town *t, const struct fill *fills);
int64_t duty_need(struct town *t, int64_t shift);                        /* its first */
/* The first need of a shift or template is changed, or one is added (need 0). */
enum rc duty_try_need(struct town *t, int64_t template_id, int64_t shift, int64_t need, const struct fill *fills, int64_t *made, struct err *e);
void duty_headcount(struct town *t, int64_t shift, const char *headcount);

/* All rows of the tables of rosters, without rev. The caller frees. */
char *duty_snapshot(struct town *t);
#define assert_refused_untouched(call, wanted, at, words) \
	do { \
		AUTO_FREE char *before_ = duty_snapshot(t), *after_ = NULL; \
		assert_refused(call, wanted, at, words); \
		after_ = duty_snapshot(t); \
		assert_string_equal(before_, after_); \
	} while (0)

#endif
