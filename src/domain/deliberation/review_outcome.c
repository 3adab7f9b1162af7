/* Outcomes: what was promised, when it was done, how long each step took, what the reporter said; and their sums. */
#include "domain/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/text.h"
#include "issue/issue_codes.h"
#include "issue/issue_query.h"
#include "issue/issue_rules.h"
#include "number.h"
#include "store/stmt.h"

#define DAY_MS INT64_C(86400000)

/* Columns of the row; PASSES: "phase opened closed" of each pass, separated by commas. */
enum { ROW_NUMBER, ROW_TITLE, ROW_DUE, ROW_PHASE, ROW_STATUS, ROW_PHASE_AT, ROW_CLOSED_AT, ROW_CLOSING, ROW_SATISFACTION, ROW_REOPENED, ROW_PASSES, ROW_COLUMNS };

const struct list_spec review_outcome_spec = {
	.table = "issue",
	.row =
		"SELECT issue.number, issue.title, issue.due_day, issue.phase, issue.status, issue.phase_at, issue.closed_at, issue.closing, issue.satisfaction,"
		" issue.reopened, (SELECT group_concat(phase.phase || ' ' || phase.opened_at || ' ' || coalesce(phase.closed_at, '')) FROM phase"
		"  WHERE phase.issue_id = issue.id) FROM issue WHERE issue.id = :id",
	.n_columns = ROW_COLUMNS,
	.live = "issue.deleted_at IS NULL",
	.reads = TABLE_BIT(ISSUE) | TABLE_BIT(PHASE),
};

size_t review_filters(const struct review_filter *f, struct arena *a, struct list_filter out[REVIEW_FILTERS_MAX])
{
	size_t n = 0;

	if (f->from_day != DAY_NONE)
		out[n++] = (struct list_filter){ .where = "issue.raised_at >= :p", .p = { .kind = VALUE_NUMBER, .number = instant_of_day(f->from_day, 0) } };
	if (f->to_day != DAY_NONE)
		out[n++] = (struct list_filter){ .where = "issue.raised_at < :p", .p = { .kind = VALUE_NUMBER, .number = instant_of_day(f->to_day + 1, 0) } };
	if (f->grid_id)
		out[n++] = (struct list_filter){ .where = "issue.grid_id = :p", .p = { .kind = VALUE_NUMBER, .number = f->grid_id } };
	if (f->category[0])        /* '/' is the character after '.' */
		out[n++] = (struct list_filter){
			.where = "issue.category >= :p AND issue.category < :q",
			.p = { .kind = VALUE_TEXT, .text = arena_copy(a, f->category) }, .q = { .kind = VALUE_TEXT, .text = arena_format(a, "%s/", f->category) },
		};
	return n;
}

/* One row ---------------------------------------------------------------------------------------------------------------------------- */

static int64_t row_number(const struct list *l, size_t i, size_t column)
{
	return strtoll(list_text(l, i, column), NULL, 10);
}

static int32_t row_day(const struct list *l, size_t i, size_t column)
{
	return list_text(l, i, column)[0] ? (int32_t)row_number(l, i, column) : DAY_NONE;
}

/* Ended by a step of its own: nothing was promised, or nothing any more. */
static bool is_set_aside(const struct office *of, const char *closing)
{
	return closing[0] && issue_code_has_flag(of, "closing", closing, FLAG_STEP);
}

static int32_t day_done(const struct list *l, size_t i, enum phase phase, enum issue_status status)
{
	if (phase == PHASE_EVALUATE)
		return day_of_instant(row_number(l, i, ROW_PHASE_AT));
	return status == STATUS_CLOSED ? day_of_instant(row_number(l, i, ROW_CLOSED_AT)) : DAY_NONE;
}

/* "triage 1795454842571 1795455000000": working days between, until `end` where it is still open. */
static void add_pass(const struct office *of, char *pass, int32_t end, int days[PHASE_COUNT])
{
	char *opened = strchr(pass, ' '), *closed;
	enum phase phase;
	int32_t from, to;

	if (opened == NULL)
		return;
	*opened = '\0';
	if ((phase = phase_from_key(pass)) == PHASE_COUNT)
		return;
	from = day_of_instant(strtoll(opened + 1, &closed, 10));
	to = closed[0] && closed[1] ? day_of_instant(strtoll(closed + 1, NULL, 10)) : end;
	if (days[phase] < 0)
		days[phase] = 0;
	if (to > from)
		days[phase] += calendar_workdays_between(of->calendar, from, to);
}

void review_outcome_read(const struct office *of, const struct list *l, size_t i, struct review_outcome *out)
{
	enum phase phase = phase_from_key(list_text(l, i, ROW_PHASE));
	enum issue_status status = status_from_key(list_text(l, i, ROW_STATUS));
	AUTO_FREE char *passes = mem_copy(list_text(l, i, ROW_PASSES));
	char *rest = passes, *pass;

	*out = (struct review_outcome){ .due_day = row_day(l, i, ROW_DUE), .done_day = day_done(l, i, phase, status) };
	for (int p = 0; p < PHASE_COUNT; p++)
		out->days[p] = -1;
	if (phase == PHASE_COUNT)
		return;                   /* the row is gone */
	if (out->due_day != DAY_NONE && out->done_day != DAY_NONE && !is_set_aside(of, list_text(l, i, ROW_CLOSING)) && out->done_day > out->due_day)
		out->late = calendar_workdays_between(of->calendar, out->due_day, out->done_day);
	if (out->done_day == DAY_NONE)
		out->late = issue_lateness(of, phase, status, out->due_day, office_today(of));
	while ((pass = strsep(&rest, ",")) != NULL)
		add_pass(of, pass, status == STATUS_CLOSED ? day_of_instant(row_number(l, i, ROW_CLOSED_AT)) : office_today(of), out->days);
}

/* 11-24, of other years 25-11-24: eight columns. */
static void add_short_day(const struct office *of, int32_t day, struct strbuf *out)
{
	int year, month, day_of_month, this_year;

	if (day == DAY_NONE)
		return;
	day_to_civil(day, &year, &month, &day_of_month);
	day_to_civil(office_today(of), &this_year, &(int){ 0 }, &(int){ 0 });
	if (year != this_year)
		strbuf_format(out, "%02d-", year % 100);
	strbuf_format(out, "%02d-%02d", month, day_of_month);
}

/* 理1议5办7: the steps it was in, without 提事, which takes no time. */
static void add_days(const struct office *of, const struct review_outcome *r, struct strbuf *out)
{
	for (int p = PHASE_TRIAGE; p < PHASE_COUNT; p++) {
		const char *label = phase_label(of, (enum phase)p);
		int cols;

		if (r->days[p] >= 0)
			strbuf_format(out, "%.*s%d", (int)text_cluster(label, strlen(label), &cols), label, r->days[p]);
	}
}

void review_outcome_cell(const struct office *of, const struct list *l, size_t i, enum review_column column, struct strbuf *out)
{
	struct review_outcome r;

	review_outcome_read(of, l, i, &r);
	switch (column) {
	case REVIEW_NUMBER:
		number_short(list_text(l, i, ROW_NUMBER), office_today(of), out);
		break;
	case REVIEW_TITLE:
		strbuf_add(out, list_text(l, i, ROW_TITLE));
		break;
	case REVIEW_DUE:
		add_short_day(of, r.due_day, out);
		break;
	case REVIEW_DONE:
		add_short_day(of, r.done_day, out);
		break;
	case REVIEW_LATE:
		if (r.late > 0)
			strbuf_format(out, "%d天", r.late);
		break;
	case REVIEW_DAYS:
		add_days(of, &r, out);
		break;
	case REVIEW_SATISFACTION:
		strbuf_add(out, office_code_label(of, "satisfaction", list_text(l, i, ROW_SATISFACTION)));
		break;
	default:
		if (row_number(l, i, ROW_REOPENED) > 0)
			strbuf_add(out, list_text(l, i, ROW_REOPENED));
	}
}

/* Sums ------------------------------------------------------------------------------------------------------------------------------- */

/* An instant's day is counted with today's distance from UTC. */
static const char totals_sql[] =
	"SELECT count(*), sum(closed), sum(promised AND done / 86400000 <= due_day), sum(promised AND done / 86400000 > due_day),"
	" sum(status = 'open' AND phase IN ('triage', 'deliberate', 'decide', 'act') AND due_day < :today), sum(reopened > 0),"
	" sum(instr(:rated, ' ' || satisfaction || ' ') > 0), sum(instr(:good, ' ' || satisfaction || ' ') > 0) FROM ("
	" SELECT issue.status, issue.phase, issue.due_day, issue.reopened, issue.satisfaction, issue.status = 'closed' AS closed,"
	"  instr(:aside, ' ' || coalesce(issue.closing, '') || ' ') = 0 AS promised,"
	"  :zone + CASE WHEN issue.phase = 'evaluate' THEN issue.phase_at WHEN issue.status = 'closed' THEN issue.closed_at END AS done"
	" FROM issue INDEXED BY issue_outcome";

/* " a b c ": the codes of a list that have the flag, or lack it. */
static void bind_codes(const struct office *of, struct stmt *q, const char *name, const char *list, const char *flag, bool has)
{
	const struct code_list *codes = form_codes(of->forms, list);
	AUTO_STRBUF text = { 0 };

	strbuf_add_char(&text, ' ');
	for (size_t i = 0; codes && i < codes->n; i++)
		if (code_has_flag(&codes->codes[i], flag) == has)
			strbuf_format(&text, "%s ", codes->codes[i].code);
	bind_text(q, name, strbuf_str(&text));
}

static void bind_totals(const struct office *of, struct stmt *q)
{
	int32_t today = office_today(of);

	bind_day(q, ":today", today);
	bind_int(q, ":zone", today * DAY_MS - instant_of_day(today, 0));
	bind_codes(of, q, ":rated", "satisfaction", FLAG_NONE, false);
	bind_codes(of, q, ":good", "satisfaction", FLAG_GOOD, true);
	bind_codes(of, q, ":aside", "closing", FLAG_STEP, true);
}

enum rc review_totals(struct office *of, const struct review_filter *f, struct review_totals *out, struct err *e)
{
	struct list_filter filters[REVIEW_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	size_t n = review_filters(f, &arena, filters);
	bool row;
	enum rc rc;

	if ((rc = office_require(of, MAY_REVIEW, e)) != RC_OK)
		return rc;
	AUTO_STMT q = issue_query(of, totals_sql, filters, n, ")");
	bind_totals(of, &q);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	*out = (struct review_totals){
		.issues = column_int(&q, 0), .closed = column_int(&q, 1), .on_time = column_int(&q, 2), .late = column_int(&q, 3),
		.overdue = column_int(&q, 4), .reopened = column_int(&q, 5), .rated = column_int(&q, 6), .satisfied = column_int(&q, 7),
	};
	return RC_OK;
}
