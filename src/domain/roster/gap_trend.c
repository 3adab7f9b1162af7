/* Hands over time: gaps by service with the work that waited, and who came and went month by month. */
#include "gap_inside.h"

#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

#define SUPPRESSED_DAYS 28
#define SUPPRESSED_STEP 7                /* days counted in one slice */
#define MONTHS_MAX 60

/* By service ---------------------------------------------------------------------------------------------------------------------- */

static struct gap_sum *sum_of(struct gap_sum *sums, size_t n, const char *service)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(sums[i].service, service) == 0)
			return &sums[i];
	return NULL;
}

/* A shift is short once, however many of its places are. */
static void add_gaps(struct gap_sum *sums, size_t n_sums, const struct gap *gaps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gap_sum *sum = sum_of(sums, n_sums, gaps[i].service);
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = gaps[k].shift_id == gaps[i].shift_id;
		if (sum == NULL)
			continue;
		sum->missing += gaps[i].missing;
		sum->short_shifts += !seen;
	}
}

static enum rc count_shifts(struct office *of, struct gap_sum *sums, size_t n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT service, count(*) FROM shift WHERE day BETWEEN :from AND :to AND state IN ('draft', 'published') AND deleted_at IS NULL"
		" GROUP BY service /*scan*/");
	bool row = false;
	enum rc rc;

	bind_day(&q, ":from", office_today(of) + 1);
	bind_day(&q, ":to", office_today(of) + of->settings->gap_days);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct gap_sum *sum = sum_of(sums, n, column_text(&q, 0));

		if (sum)
			sum->shifts = (int)column_int(&q, 1);
	}
	return rc;
}

/* Places of some days that stayed empty: of what was really needed where that is known, else of what was planned. */
static enum rc count_suppressed(struct office *of, int32_t from, int32_t to, struct gap_sum *sums, size_t n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT service, coalesce(needed, (SELECT sum(headcount) FROM shift_need WHERE shift_id = shift.id AND shift_need.deleted_at IS NULL), 0)"
		" - (SELECT count(*) FROM assignment WHERE assignment.shift_id = shift.id AND assignment.state <> 'cancelled' AND assignment.deleted_at IS NULL)"
		" FROM shift WHERE day BETWEEN :from AND :to AND state <> 'cancelled' AND deleted_at IS NULL");
	bool row = false;
	enum rc rc;

	bind_day(&q, ":from", from);
	bind_day(&q, ":to", to);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct gap_sum *sum = sum_of(sums, n, column_text(&q, 0));

		if (sum && column_int(&q, 1) > 0)
			sum->suppressed += (int)column_int(&q, 1);
	}
	return rc;
}

static enum rc begin_sums(struct gap_finding *f, struct office *of, const struct code_list *services, struct err *e)
{
	f->sums = arena_alloc(&f->arena, (services->n + 1) * sizeof *f->sums);
	for (size_t i = 0; i < services->n; i++)
		f->sums[i].service = services->codes[i].code;
	add_gaps(f->sums, services->n, f->list, f->n);
	f->next_empty = office_today(of) - SUPPRESSED_DAYS;
	return count_shifts(of, f->sums, services->n, e);
}

/* Only services with something to say stay. */
static void end_sums(struct gap_finding *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (f->sums[i].shifts > 0 || f->sums[i].suppressed > 0)
			f->sums[f->n_sums++] = f->sums[i];
}

enum rc gap_sums_step(struct gap_finding *f, struct office *of, bool *more, struct err *e)
{
	const struct code_list *services = form_codes(of->forms, "service");
	int32_t today = office_today(of), from = f->next_empty, to = from + SUPPRESSED_STEP - 1;
	enum rc rc;

	*more = true;
	if (f->sums == NULL)
		return begin_sums(f, of, services, e);
	if ((rc = count_suppressed(of, from, to < today ? to : today - 1, f->sums, services->n, e)) != RC_OK)
		return rc;
	f->next_empty = to + 1;
	if (to >= today - 1) {
		end_sums(f, services->n);
		*more = false;
	}
	return RC_OK;
}

/* Month by month ------------------------------------------------------------------------------------------------------------------- */

/* Months since the first of all; for comparing. */
static int month_of(int32_t day)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	return year * 12 + month - 1;
}

static int32_t first_day_of(int month)
{
	return day_from_civil(month / 12, month % 12 + 1, 1);
}

static enum rc count_people(struct office *of, int first, struct volunteer_trend *list, int months, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT joined_day, left_day FROM volunteer WHERE joined_day IS NOT NULL AND deleted_at IS NULL /*scan*/");
	bool row = false;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int joined = month_of(column_day(&q, 0)), left = column_is_null(&q, 1) ? INT32_MAX : month_of(column_day(&q, 1));

		for (int i = 0; i < months; i++) {
			list[i].joined += joined == first + i;
			list[i].left += left == first + i;
			list[i].active += joined <= first + i && first + i < left;
		}
	}
	return rc;
}

static enum rc count_shown(struct office *of, int first, struct volunteer_trend *list, int months, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT day, sum(result = 'absent'), sum(result IN ('present', 'late')) FROM attendance WHERE day >= :from AND deleted_at IS NULL"
		" GROUP BY day");
	bool row = false;
	enum rc rc;

	bind_day(&q, ":from", first_day_of(first));
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int i = month_of(column_day(&q, 0)) - first;

		if (i < 0 || i >= months)
			continue;
		list[i].no_shows += (int)column_int(&q, 1);
		list[i].attended += (int)column_int(&q, 2);
	}
	return rc;
}

enum rc volunteer_trends(struct office *of, int months, struct arena *a, const struct volunteer_trend **out, size_t *n, struct err *e)
{
	struct volunteer_trend *list;
	int first;
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	if (rc != RC_OK)
		return rc;
	if (months < 1 || months > MONTHS_MAX)
		return err_set(e, RC_INVALID, NULL, "一次看 1 到 %d 个月", MONTHS_MAX);
	first = month_of(office_today(of)) - months + 1;
	list = arena_alloc(a, (size_t)months * sizeof *list);
	for (int i = 0; i < months; i++)
		list[i].month = first_day_of(first + i);
	if ((rc = count_people(of, first, list, months, e)) != RC_OK || (rc = count_shown(of, first, list, months, e)) != RC_OK)
		return rc;
	*out = list;
	*n = (size_t)months;
	return RC_OK;
}
