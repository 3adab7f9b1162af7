/* What the head looks at: decisions to approve, outcomes by matter, and 六事核查: steps that were skipped or badly taken. */
#ifndef YL_DOMAIN_REVIEW_H
#define YL_DOMAIN_REVIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"

/* Where a finding's record is opened. */
enum review_subject { REVIEW_ISSUE, REVIEW_MEETING, REVIEW_DECISION };

/* One check of 六事核查: each one query. */
struct review_check {
	const char *name;             /* "skipped" */
	const char *label;            /* 跳过步骤 */
	const char *help;             /* what it means, and what to do */
	enum review_subject subject;
};
size_t review_check_count(void);
const struct review_check *review_check_at(size_t i);

struct review_finding {
	int64_t id;                   /* of the subject */
	int64_t at;                   /* ms */
	const char *number, *title, *what;           /* what: one sentence with the facts */
};

/* Narrowing; 0, "" and DAY_NONE: all. */
struct review_filter {
	int64_t grid_id;
	const char *category;         /* code, first level takes its children */
	int32_t from_day, to_day;     /* of raising or of the meeting */
};

/* How many each check finds, n of review_check_count(). One query each. Errors RC_DENIED; RC_DB */
enum rc review_counts(struct office *of, const struct review_filter *f, size_t *counts, struct err *e) MUST_USE;
/* Newest first, at most `max`. Texts live in the arena. */
enum rc review_findings(struct office *of, size_t check, const struct review_filter *f, size_t max, struct arena *a,
                        const struct review_finding **out, size_t *n, struct err *e) MUST_USE;

/* One matter's outcome: promised against done. */
struct review_outcome {
	int64_t id;
	const char *number, *title, *category, *grid, *satisfaction;       /* codes */
	int32_t due_day, done_day;    /* DAY_NONE */
	int late;                     /* working days */
	int days[6];                  /* working days in each step, by enum phase */
	int reopened, tasks, tasks_done;
};
struct review_totals {
	int64_t issues, closed, on_time, late, overdue_open, reopened, rated, satisfied, objections_open, to_approve;
};
/* Newest first, at most `max`, and the totals of all that match. */
enum rc review_outcomes(struct office *of, const struct review_filter *f, size_t max, struct arena *a, const struct review_outcome **out, size_t *n,
                        struct review_totals *totals, struct err *e) MUST_USE;

#endif
