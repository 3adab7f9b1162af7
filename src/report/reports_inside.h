/* The functions of the table of reports: struct report_def's fill(). */
#ifndef YL_REPORT_REPORTS_INSIDE_H
#define YL_REPORT_REPORTS_INSIDE_H

#include "report/reports.h"

enum rc fill_coverage(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;
enum rc fill_kitchen(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;
enum rc fill_meal_orders(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;
enum rc fill_service_ledger(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;
enum rc fill_settlement(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;
enum rc fill_volunteer_trend(struct office *of, const struct report_query *q, struct report *r, struct err *e) MUST_USE;

#endif
