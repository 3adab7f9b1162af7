/* What the head looks at: decisions to approve, open objections, outcomes by matter, and 六事核查: steps that were skipped or badly taken.
 *
 * A check of 六事核查 is one row of a table: a query, and the sentence that says its facts. Lists of the screen are list_specs, so that ten years of
 * matters are paged through like the list of issues.
 */
#ifndef YL_DOMAIN_REVIEW_H
#define YL_DOMAIN_REVIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/issue.h"
#include "domain/office.h"
#include "store/list.h"

/* Narrowing. Days: of raising an issue, of the meeting, of drafting the decision. */
struct review_filter {
	int64_t grid_id;              /* 0: all */
	char category[48];            /* code, a first level takes its children; "": all. Of a meeting or decision: of one of its issues */
	int32_t from_day, to_day;     /* both included; DAY_NONE: open */
};
#define REVIEW_FILTER_ALL ((struct review_filter){ .from_day = DAY_NONE, .to_day = DAY_NONE })
/* The last twelve months: what can still be mended, and what the workbench counts. */
struct review_filter review_filter_recent(const struct office *of);

/* 六事核查 -------------------------------------------------------------------------------------------------------------------------- */

/* Where a finding's record is opened. */
enum review_subject { REVIEW_ISSUE, REVIEW_MEETING, REVIEW_DECISION };

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
	int32_t day;                  /* that the filter's days are about */
	const char *number, *title, *what;           /* what: one sentence with the facts */
};

/* Errors of all  RC_DENIED; RC_DB
 * How many a check finds. Below 60 ms for ten years of matters, so that a screen can count one check in one idle slice. */
enum rc review_count(struct office *of, size_t check, const struct review_filter *f, size_t *n, struct err *e) MUST_USE;
/* Newest first, at most `max`. Texts live in the arena. */
enum rc review_findings(struct office *of, size_t check, const struct review_filter *f, size_t max, struct arena *a,
                        const struct review_finding **out, size_t *n, struct err *e) MUST_USE;

/* Outcomes ------------------------------------------------------------------------------------------------------------------------- */

/* Issues as outcomes; orders: raised_at, due_day. */
extern const struct list_spec review_outcome_spec;
#define REVIEW_FILTERS_MAX 4
/* The filter's conditions for list_query(), their number. Texts live in the arena. */
size_t review_filters(const struct review_filter *f, struct arena *a, struct list_filter out[REVIEW_FILTERS_MAX]);

/* One matter's outcome: promised against done. */
struct review_outcome {
	int32_t due_day, done_day;    /* DAY_NONE: none; done: 办结, or the end of what came to no 办结 */
	int late;                     /* working days that 办结 came after the promise, or that it is overdue now */
	int days[PHASE_COUNT];        /* working days in each step, all its passes; -1: never there */
};
/* Of a prepared row of the list. */
void review_outcome_read(const struct office *of, const struct list *l, size_t i, struct review_outcome *out);

/* Columns of the list as people read them. */
enum review_column {
	REVIEW_NUMBER, REVIEW_TITLE, REVIEW_DUE, REVIEW_DONE, REVIEW_LATE, REVIEW_DAYS, REVIEW_SATISFACTION, REVIEW_REOPENED, REVIEW_COLUMN_COUNT
};
void review_outcome_cell(const struct office *of, const struct list *l, size_t i, enum review_column column, struct strbuf *out);

/* Sums over all that a filter leaves. 撤回, 并入 and 不予受理 are in `issues` and `closed` only: nothing was promised. */
struct review_totals {
	int64_t issues, closed;
	int64_t on_time, late;        /* 办结 by the promised day, or after it */
	int64_t overdue;              /* the promise is past and there is no 办结 */
	int64_t reopened;             /* sent back at least once */
	int64_t rated, satisfied;     /* answers that count, and the good ones among them */
};
enum rc review_totals(struct office *of, const struct review_filter *f, struct review_totals *out, struct err *e) MUST_USE;

/* What waits -------------------------------------------------------------------------------------------------------------------- */

/* Decisions that wait for approval, in the order `at`. */
extern const struct list_spec review_decision_spec;
enum review_decision_column {
	REVIEW_DECISION_NUMBER, REVIEW_DECISION_TEXT, REVIEW_DECISION_COST, REVIEW_DECISION_AUTHOR, REVIEW_DECISION_MEETING, REVIEW_DECISION_SUBMITTED,
	REVIEW_DECISION_ITEM, REVIEW_DECISION_PARTY, REVIEW_DECISION_SOURCE, REVIEW_DECISION_TASKS, REVIEW_DECISION_NO_ACTION,
	REVIEW_DECISION_COLUMNS
};
/* Open objections, in the order `id`. */
extern const struct list_spec review_objection_spec;
enum review_objection_column {
	REVIEW_OBJECTION_NUMBER, REVIEW_OBJECTION_TEXT, REVIEW_OBJECTION_NAME, REVIEW_OBJECTION_AT, REVIEW_OBJECTION_UNTIL, REVIEW_OBJECTION_DECISION,
	REVIEW_OBJECTION_DECISION_ID,
	REVIEW_OBJECTION_COLUMNS
};
/* A prepared row's cell as people read it: ￥1,200.00, 11-24, labels. Appends. */
void review_decision_cell(const struct office *of, const struct list *l, size_t i, enum review_decision_column column, struct strbuf *out);
void review_objection_cell(const struct office *of, const struct list *l, size_t i, enum review_objection_column column, struct strbuf *out);

#endif
