/* What the files about decisions share: reading without asking roles, who may change one when, and the checks of an owner.
 *
 * All of it runs inside the transaction of a use case. Texts live in the arena.
 */
#ifndef YL_DOMAIN_DECISION_RULES_H
#define YL_DOMAIN_DECISION_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/decision.h"
#include "domain/office.h"

/* objection_state */
#define OBJECTION_OPEN "open"
#define OBJECTION_UPHELD "upheld"

/* decision.c: asks no role. A deleted one is RC_NOTFOUND. */
enum rc decision_find(struct office *of, int64_t id, struct arena *a, struct decision *out, struct err *e) MUST_USE;
/* … and nobody changed it since it was seen. */
enum rc decision_find_seen(struct office *of, int64_t id, int64_t rev, struct arena *a, struct decision *out, struct err *e) MUST_USE;
/* The issues that an item stands for, in the order they came. */
enum rc decision_item_issues(struct office *of, int64_t agenda_item_id, struct arena *a, const struct agenda_issue_ref **out, size_t *n,
                             struct err *e) MUST_USE;
/* Money as the form of decisions shows it, appended. */
void decision_add_money(const struct office *of, int64_t fen, struct strbuf *out);

/* decision_carry.c */
/* The last day of the notices of an approved decision, DAY_NONE without any. One of what was returned and approved anew meanwhile doesn't count. */
int32_t decision_notice_end(const struct decision *d);
bool decision_is_overruled(const struct decision *d);    /* an objection was upheld since the decision was last approved */

/* decision_save.c */
enum rc decision_require_draft(const struct office *of, const struct decision *d, struct err *e) MUST_USE;    /* draft or returned */
/* Refused at "text" with the number where every issue of the item has closed. */
enum rc decision_require_open_issue(const struct agenda_issue_ref *issues, size_t n, struct err *e) MUST_USE;
/* owner_id or owner_name, and one who may act. */
enum rc decision_check_owner(struct office *of, const struct record *r, struct err *e) MUST_USE;

/* decision_void.c: what was decided on an item no longer holds: a deleted row with the reason. */
enum rc decision_void(struct office *of, int64_t agenda_item_id, const char *why, struct err *e) MUST_USE;
/* The issue leaves 定事, for 理事 or for good: decisions on its items that nobody else waits for, and that were carried out for nobody, are voided. */
enum rc decision_leave_issue(struct office *of, int64_t issue_id, const char *why, struct err *e) MUST_USE;

#endif
