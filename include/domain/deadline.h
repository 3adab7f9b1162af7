/* Deadlines by category and urgency, from config/deadlines.ini, counted in working days.
 *
 * Sections are categories (property, property.leak) and [default]; a key that a section lacks comes from its parent, then from [default]. 0 means the same day, also
 * at a weekend (应急当日).  Source of the shipped values: municipal 12345 rules (design notes on the field); every city has its own, so it is a file.
 */
#ifndef YL_DOMAIN_DEADLINE_H
#define YL_DOMAIN_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/err.h"
#include "base/form.h"

struct deadlines;
struct issue;
struct office;

enum deadline_kind { DEADLINE_ACCEPT, DEADLINE_WHOLE, DEADLINE_EVALUATE };    /* 受理, 办结, 回访 */

/* Errors  RC_IO; RC_INVALID "file:line: what, and what is allowed" */
enum rc deadlines_load(struct deadlines **out, const char *path, const struct form_set *forms, struct err *e) MUST_USE;
void deadlines_free(struct deadlines *d);

/* The rule for a category and urgency; an unknown code falls back to its parent and [default].
 * rule  "property.leak urgent": section and key; borrowed from `d` */
int deadline_workdays(const struct deadlines *d, enum deadline_kind kind, const char *category, const char *urgency, const char **rule);
int32_t deadline_due(const struct deadlines *d, const struct calendar *c, enum deadline_kind kind, const char *category, const char *urgency,
                     int32_t from, const char **rule);

/* Limits of extensions ([extension] times, workdays, late). */
struct extension_rule {
	int times;                    /* how many may be approved */
	int workdays;                 /* at most, each */
	bool late;                    /* may be asked after the deadline */
};
struct extension_rule deadline_extension(const struct deadlines *d);
int deadline_attempts(const struct deadlines *d);     /* calls before an issue may be closed as 未联系上 */

/* `day` moved by n working days, also backwards; n = 0 leaves it where it is. */
int32_t deadline_shift(const struct calendar *c, int32_t day, int n);

/* Working days from the raising to the end (or today), and those on which the clock ran. */
struct issue_days {
	int gross, net;
};
enum rc issue_days(struct office *of, const struct issue *it, struct issue_days *out, struct err *e) MUST_USE;

#endif
