/* The workbench: what waits for this account today. Indexed queries only (< 10 ms among 150,000 issues). */
#ifndef YL_DOMAIN_WORKBENCH_H
#define YL_DOMAIN_WORKBENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/issue_list.h"
#include "domain/office.h"

struct workbench_row {
	int64_t id;                   /* issue, draft, decision, volunteer by the group's target; of shifts, hours and months: the day */
	int64_t action_id;            /* 我的任务: the action, else 0 */
	const char *number;           /* short: 1124-007; of shifts and hours: when */
	const char *title;
	const char *grid;             /* code, "" */
	const char *note;             /* 逾期3天, 今天, 待审批：李明 延5个工作日, … */
	int32_t due_day;              /* DAY_NONE */
	int late;                     /* working days, 0 */
	const char *meal;             /* of doors: code, id is the day; else NULL */
};

enum workbench_target {
	WORKBENCH_ISSUES, WORKBENCH_ACTIONS, WORKBENCH_DRAFTS, WORKBENCH_REVIEW, WORKBENCH_ROSTER, WORKBENCH_ATTENDANCE, WORKBENCH_VOLUNTEERS,
	WORKBENCH_WELFARE, WORKBENCH_DOORS, WORKBENCH_SETTLEMENT,
};

struct workbench_group {
	const char *key;              /* "triage" */
	const char *label;            /* 待理事 */
	size_t count;
	bool urgent;                  /* late things: drawn with emphasis when count > 0 */
	enum workbench_target target; /* what Enter on the heading opens */
	struct issue_filter filter;   /* for WORKBENCH_ISSUES */
	const char *tab;              /* for WORKBENCH_REVIEW and _VOLUNTEERS: where the screen begins; else NULL */
	bool uncounted;               /* 六事核查: count is 0, the screen asks review_count() when nobody types */
	const struct workbench_row *rows;
	size_t n_rows;                /* at most what was asked for */
};

struct workbench {
	const struct workbench_group *groups;   /* those of this role in a fixed order, also with count 0 but for rare ones */
	size_t n;
};

/* What a screen has to watch: TBL_… bits. */
#define WORKBENCH_READS \
	(TBL_ISSUE | TBL_PHASE | TBL_ACTION | TBL_EVALUATION | TBL_SUSPENSION | TBL_EXTENSION | TBL_GRID | TBL_ACCOUNT | TBL_DRAFT | TBL_DECISION | \
	 TBL_DECISION_TASK | TBL_NOTICE | TBL_OBJECTION | TBL_MEETING | TBL_ATTENDEE | TBL_RECUSAL | TBL_BALLOT | TBL_SHIFT | TBL_SHIFT_NEED | \
	 TBL_ASSIGNMENT | TBL_ATTENDANCE | TBL_VOLUNTEER | TBL_QUALIFICATION | TBL_WELFARE_CHECK | TBL_MEAL_ORDER | TBL_SETTLEMENT)

enum rc workbench_load(struct office *of, size_t rows_per_group, struct arena *a, struct workbench *out, struct err *e) MUST_USE;

#endif
