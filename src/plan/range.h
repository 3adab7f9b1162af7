/* Rows of numbers that a planner can compute with, or a sentence that says which is not. */
#ifndef YL_PLAN_RANGE_H
#define YL_PLAN_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct range {
	int64_t value, least, most;
	const char *what;             /* in Chinese: 份数 */
};

/* RC_INVALID names the first that is outside: "班次第 3 行的人数是 -1，应在 0 到 …". `row` counts from 0. */
enum rc range_check(const char *row_name, int32_t row, const struct range *ranges, size_t n, struct err *e) MUST_USE;

#endif
