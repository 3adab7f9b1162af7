/* People's numbers: prefix, day, the desk's letter where an office has several sites, and a count that begins at 1 each day; some without a day.
 *
 * A number is taken inside the transaction that saves the row, never reserved ahead, and belongs into the INSERT itself: a row whose making is undone
 * then keeps its number, so that nobody else gets it.
 */
#ifndef YL_DOMAIN_NUMBER_H
#define YL_DOMAIN_NUMBER_H

#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "domain/office.h"

/* The next number of today: "YT-20261124-003" for prefix YT and 3 digits; "YT-20261124-A003" at desk A; more digits where they are needed.
 *
 * table    a literal of the program, with an indexed column `number`
 * number   the caller frees
 * Errors   RC_BUSY, RC_DB */
enum rc number_next(struct office *of, const char *table, const char *prefix, int digits, char **number, struct err *e) MUST_USE;
/* … of another day. Without a prefix ("") it begins with the day. */
enum rc number_next_on(struct office *of, int32_t day, const char *table, const char *prefix, int digits, char **number, struct err *e) MUST_USE;

/* Without a day, for what is kept for years: "ZY-0001", "ZY-A0001" at desk A. The table has an index TABLE_number_length (length(number), number). */
enum rc number_next_ever(struct office *of, const char *table, const char *prefix, int digits, char **number, struct err *e) MUST_USE;

/* 1124-007 for this year's, 20251124-007 for older ones; appended. */
void number_short(const char *number, int32_t today, struct strbuf *out);

#endif
