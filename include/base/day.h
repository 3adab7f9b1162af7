/* Days, times and instants.
 *
 * A day is the number of days since 1970-01-01 in local time (may be negative); a time of day is minutes since midnight;
 * an instant is milliseconds since 1970-01-01 UTC.  DAY_NONE means "no day".
 */
#ifndef YL_BASE_DAY_H
#define YL_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

#define DAY_NONE INT32_MIN

int64_t instant_now(void);                         /* ms UTC */
int32_t day_of_instant(int64_t instant_ms);        /* local time zone */
int minutes_of_instant(int64_t instant_ms);        /* minutes since local midnight */
int64_t instant_of_day(int32_t day, int minutes);
int32_t day_today(void);

int32_t day_from_civil(int year, int month, int day_of_month);   /* DAY_NONE for a date that does not exist */
void day_to_civil(int32_t day, int *year, int *month, int *day_of_month);
int day_weekday(int32_t day);                      /* 1 Monday … 7 Sunday */
int32_t day_monday(int32_t day);                   /* of its week */
int day_age_years(int32_t born, int32_t today);    /* completed years; -1 where a day is missing or today is before the birth */

/* What people type: 今天 明天 后天 昨天 前天, +3 -2, 周五 (the next one from today, today included), 本周五 下周五 上周五, 1124 (this
 * year), 11-24, 11月24日, 20261124, 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日; full-width digits too. Years 1900 to 2199.
 * Errors  RC_INVALID with what is allowed. */
enum rc day_parse(const char *typed, int32_t today, int32_t *day, struct err *e) MUST_USE;
/* 0930, 930, 9:30, 9：30, 9, 9点, 9点半, 9点一刻, 下午3点, 晚上8点. */
enum rc time_parse(const char *typed, int *minutes, struct err *e) MUST_USE;

void day_format(struct strbuf *out, int32_t day);            /* 2026-11-24; "" for DAY_NONE */
void day_format_near(struct strbuf *out, int32_t day, int32_t today);   /* 今天 明天 昨天, 11-24 within the year, else 2026-11-24 */
void time_format(struct strbuf *out, int minutes);           /* 09:30 */
void instant_format(struct strbuf *out, int64_t instant_ms); /* 2026-11-24 09:41 */

#endif
