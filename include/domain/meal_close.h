/* 关账: a meal of which everything is known. Closed, nothing of it changes any more, until the head opens it again with a reason. */
#ifndef YL_DOMAIN_MEAL_CLOSE_H
#define YL_DOMAIN_MEAL_CLOSE_H

#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"

/* Its routes become `closed`.
 * Errors  RC_DENIED (MEAL_CLOSE); RC_INVALID "outcome" orders without an outcome (how many, who), "check" an open welfare check, also one that two missed
 *         meals have just opened, "route" one that is on its way, "day" ahead, closed already, or nothing was ordered; RC_BUSY; RC_DB */
enum rc meal_close(struct office *of, int32_t day, const char *meal, const char *note, struct err *e) MUST_USE;
/* Errors  RC_DENIED (MEAL_REOPEN); RC_INVALID "why" blank, "day" not closed; RC_BUSY; RC_DB */
enum rc meal_reopen(struct office *of, int32_t day, const char *meal, const char *why, struct err *e) MUST_USE;

#endif
