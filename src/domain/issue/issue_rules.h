/* What the files about issues share: reading without asking roles, whose issue it is, rows of table phase. */
#ifndef YL_DOMAIN_ISSUE_RULES_H
#define YL_DOMAIN_ISSUE_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "domain/issue.h"
#include "domain/office.h"
#include "store/record.h"

/* issue.c */
enum rc issue_read(struct office *of, int64_t id, struct issue *out, struct err *e) MUST_USE;      /* issue_load() for rules: asks no role */
bool issue_code_has_flag(const struct office *of, const char *list, const char *code, const char *flag);
void issue_state_words(const struct office *of, enum phase phase, enum issue_status status, const char *closing, struct strbuf *out);
/* 逾期3天, 今天到期; nothing else */
void issue_late_words(enum phase phase, enum issue_status status, int32_t due_day, int late, int32_t today, struct strbuf *out);
int issue_lateness(const struct office *of, enum phase phase, enum issue_status status, int32_t due_day, int32_t today);

/* issue_access.c */
enum rc issue_require_own(const struct office *of, const struct issue *it, struct err *e) MUST_USE;   /* grid workers: their grids, or theirs to handle */
enum rc issue_check_handler(struct office *of, int64_t account_id, const char *field, struct err *e) MUST_USE;   /* who can be made responsible */
enum rc issue_grid_worker(struct office *of, int64_t grid_id, int64_t *account_id, struct err *e) MUST_USE;      /* 0 where there is none */

/* flow_prefill.c: the form's defaults, where nothing stands yet */
enum rc issue_form_defaults(struct office *of, struct record *r, struct err *e) MUST_USE;

/* issue_phase.c: one row of table phase, inside a txn. */
struct phase_row {
	int64_t issue_id;
	enum phase phase;
	int round;
	int64_t at;
	int32_t due_day;
	int64_t handler_id;
	const char *party, *unit_in_charge;
};
enum rc phase_open(struct office *of, const struct phase_row *row, int64_t *id, struct err *e) MUST_USE;
enum rc phase_close(struct office *of, int64_t id, const char *result, int64_t at, struct err *e) MUST_USE;

/* issue_action.c: a new task that nobody has begun, from today on; inside a txn. Texts NULL and days DAY_NONE: none. `id` may be NULL. */
struct action_row {
	int64_t issue_id;
	int round;
	int64_t at;
	const char *title, *party;
	int64_t owner_id;
	const char *owner_name, *partner;
	int32_t promised_day, due_day;
};
enum rc action_open(struct office *of, const struct action_row *row, int64_t *id, struct err *e) MUST_USE;

/* issue_support.c: someone counted as a supporter, once; *added false where they were before. Inside a txn. */
struct supporter {
	int64_t resident_id;
	const char *name, *phone, *note;
};
enum rc support_add(struct office *of, int64_t issue_id, const struct supporter *who, bool *added, struct err *e) MUST_USE;

#endif
