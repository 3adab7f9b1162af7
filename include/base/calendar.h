/* Working days: weekends, public holidays and shifted working days (调休) from config/holidays.ini.
 *
 * A year that the file does not have is counted by weekends alone, and calendar_knows() says so.
 */
#ifndef YL_BASE_CALENDAR_H
#define YL_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct calendar;

/* File: one section a year, `[2026]`, with `off = 01-01..01-03 元旦 02-15..02-23 春节 …` (names may be left out), `work = 01-04 02-14 …`
 * and `source = 国办发明电〔2025〕…`.
 * Errors  RC_IO; RC_INVALID with file:line for a date that does not exist or is stated twice, or a `work` day that is no weekend. */
enum rc calendar_load(struct calendar **out, const char *path, struct err *e) MUST_USE;
void calendar_free(struct calendar *c);

bool calendar_knows(const struct calendar *c, int year);
bool calendar_is_workday(const struct calendar *c, int32_t day);
/* A day off that the file states, also where it falls on a weekend. */
bool calendar_is_holiday(const struct calendar *c, int32_t day);
/* What such a day is off for: "春节"; "" for other days and where the file names none. Borrowed. */
const char *calendar_holiday_name(const struct calendar *c, int32_t day);
/* The nth working day after `day` (n = 0: day itself if a working day, else the next one; n < 0: before it). */
int32_t calendar_add_workdays(const struct calendar *c, int32_t day, int n);
/* Working days in (from, to]; negative where to < from. */
int calendar_workdays_between(const struct calendar *c, int32_t from, int32_t to);

#endif
