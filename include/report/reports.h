/* Which reports there are: each is one function that fills a report with what the domain worked out, and one row of the table. */
#ifndef YL_REPORT_REPORTS_H
#define YL_REPORT_REPORTS_H

#include "domain/office.h"
#include "report/report.h"
#include "store/list.h"

/* What is asked for; a report takes of it what it knows. */
struct report_query {
	const struct list_filter *filters;           /* of the list that it is made of, borrowed; NULL: all of it */
	size_t n_filters;
	bool newest_first;
	int months;                                  /* how far back, this month included; 0: as the report does by itself */
	int32_t day;                                 /* of one meal, or any of a month to be settled; 0: today */
	const char *meal;                            /* its code; NULL: the meal of now */
	bool (*stop)(void *context, int64_t done, int64_t all);      /* asked while it works; true: give up. NULL: never */
	void *context;
};

struct report_def {
	const char *name;                            /* "service-ledger" */
	const char *title;                           /* 服务时长: of the workbook and of the proposed file */
	/* Fills *r, which is empty. Errors  those of the domain's functions, RC_DENIED first; RC_STOPPED */
	enum rc (*fill)(struct office *of, const struct report_query *q, struct report *r, struct err *e);
};

extern const struct report_def report_registry[];
extern const size_t report_registry_count;

/* Make one of the table. The caller frees. Errors  RC_NOTFOUND no such report; those of its fill() */
enum rc report_make(struct office *of, const char *name, const struct report_query *q, struct report **out, struct err *e) MUST_USE;

#endif
