/* How long an issue took: all working days, and those on which the clock ran. */
#include "domain/deadline.h"

#include "base/day.h"
#include "domain/issue.h"
#include "store/stmt.h"

/* Working days in (from, to] on which the clock stood. Suspensions of one issue follow each other; two desks that both held it (a merge) overlap,
 * so that a day is counted once. */
static enum rc count_stood(struct office *of, int64_t issue_id, int32_t from, int32_t to, int *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT from_day, ended_day FROM suspension WHERE issue_id = :id ORDER BY from_day");
	int32_t counted = from;
	bool row;
	enum rc rc;

	*out = 0;
	bind_int(&q, ":id", issue_id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int32_t begin = column_day(&q, 0), end = column_is_null(&q, 1) ? to : column_day(&q, 1);

		if (begin == DAY_NONE)
			continue;
		if (begin < counted)
			begin = counted;
		if (end > to)
			end = to;
		if (end <= begin)
			continue;
		*out += calendar_workdays_between(of->calendar, begin, end);
		counted = end;
	}
	return rc;
}

enum rc issue_days(struct office *of, const struct issue *it, struct issue_days *out, struct err *e)
{
	int32_t from = day_of_instant(it->raised_at);
	int32_t to = it->status == STATUS_CLOSED ? day_of_instant(it->closed_at) : office_today(of);
	int gross, stood;
	enum rc rc;

	if (to < from)
		to = from;                /* the clock of the computer went back */
	gross = calendar_workdays_between(of->calendar, from, to);
	if ((rc = count_stood(of, it->id, from, to, &stood, e)) == RC_OK)
		*out = (struct issue_days){ .gross = gross, .net = gross - stood };
	return rc;
}
