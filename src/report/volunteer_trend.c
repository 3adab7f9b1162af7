/* 志愿者变化: who came, who left, who stood by and who did not show, month by month. */
#include "base/mem.h"
#include "domain/gap.h"
#include "reports_inside.h"

#define MONTHS 12

enum rc fill_volunteer_trend(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	static const struct report_column columns[] = {
		{ "月份", REPORT_MONTH }, { "新来", REPORT_NUMBER }, { "离开", REPORT_NUMBER }, { "爽约（次）", REPORT_NUMBER }, { "到岗（次）", REPORT_NUMBER },
		{ "在岗", REPORT_NUMBER },
	};
	const struct volunteer_trend *months;
	AUTO_ARENA a = { 0 };
	size_t n;
	enum rc rc;

	if ((rc = office_require(of, MAY_EXPORT_LIST, e)) != RC_OK ||
	    (rc = volunteer_trends(of, q->months ? q->months : MONTHS, &a, &months, &n, e)) != RC_OK)
		return rc;
	report_table(r, "志愿者变化", columns, COUNT(columns));
	for (size_t i = 0; i < n; i++) {
		report_number(r, months[i].month);
		report_number(r, months[i].joined);
		report_number(r, months[i].left);
		report_number(r, months[i].no_shows);
		report_number(r, months[i].attended);
		report_number(r, months[i].active);
	}
	report_chart(r, REPORT_BARS, "新来、离开和爽约", 1, 3);
	report_chart(r, REPORT_LINES, "在岗人数", 5, 1);
	return RC_OK;
}
