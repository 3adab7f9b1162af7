/* 六事核查: one query a check, narrowed by the head's filter; rights asked once. */
#include "domain/review.h"

#include <string.h>

#include "base/day.h"
#include "review_check.h"

#define RECENT_DAYS 365

struct review_filter review_filter_recent(const struct office *of)
{
	return (struct review_filter){ .from_day = office_today(of) - RECENT_DAYS, .to_day = DAY_NONE };
}

size_t review_check_count(void)
{
	return review_checks_n;
}

const struct review_check *review_check_at(size_t i)
{
	return i < review_checks_n ? &review_checks[i].shown : NULL;
}

/* Which issues a subject has, for a filter by category. */
static const char *const category_sql[] = {
	[REVIEW_ISSUE] = "SELECT 1 FROM issue WHERE issue.id = found.id",
	[REVIEW_MEETING] = "SELECT 1 FROM agenda_slot AS slot JOIN agenda_issue AS link ON link.agenda_item_id = slot.agenda_item_id"
	                   " JOIN issue ON issue.id = link.issue_id WHERE slot.meeting_id = found.id AND slot.deleted_at IS NULL AND link.deleted_at IS NULL",
	[REVIEW_DECISION] = "SELECT 1 FROM decision JOIN agenda_issue AS link ON link.agenda_item_id = decision.agenda_item_id"
	                    " JOIN issue ON issue.id = link.issue_id WHERE decision.id = found.id AND link.deleted_at IS NULL",
};

static void add_filter(const struct check *c, const struct review_filter *f, struct strbuf *sql)
{
	strbuf_add(sql, " WHERE true");
	if (f->from_day != DAY_NONE)
		strbuf_add(sql, " AND found.at >= :from");
	if (f->to_day != DAY_NONE)
		strbuf_add(sql, " AND found.at < :to");
	if (f->grid_id)
		strbuf_add(sql, " AND found.grid_id = :grid");
	if (f->category[0])
		strbuf_format(sql, " AND EXISTS (%s AND issue.category >= :category AND issue.category < :beyond)", category_sql[c->shown.subject]);
}

static void bind_edge(struct stmt *q, const char *name, const struct check *c, int32_t day)
{
	bind_int(q, name, c->shown.subject == REVIEW_MEETING ? day : instant_of_day(day, 0));
}

static void bind_filter(struct office *of, struct stmt *q, const struct check *c, const struct review_filter *f)
{
	AUTO_STRBUF beyond = { 0 };

	if (strstr(c->found, ":today"))
		bind_day(q, ":today", office_today(of));
	if (strstr(c->found, ":notice"))
		bind_int(q, ":notice", of->settings->notice_days);
	if (f->from_day != DAY_NONE)
		bind_edge(q, ":from", c, f->from_day);
	if (f->to_day != DAY_NONE)
		bind_edge(q, ":to", c, f->to_day + 1);
	if (f->grid_id)
		bind_int(q, ":grid", f->grid_id);
	if (f->category[0] == '\0')
		return;
	strbuf_format(&beyond, "%s/", f->category);        /* '/' is the character after '.' */
	bind_text(q, ":category", f->category);
	bind_text(q, ":beyond", strbuf_str(&beyond));
}

/* Suspects are few by the indexes that hold them; they are read and sorted on purpose. */
static struct stmt ask(struct office *of, const struct check *c, const char *select, const struct review_filter *f, const char *end)
{
	AUTO_STRBUF sql = { 0 };
	struct stmt q;

	strbuf_format(&sql, "SELECT /*scan*/ %s FROM (%s) AS found", select, c->found);
	add_filter(c, f, &sql);
	strbuf_add(&sql, end);
	q = stmt_use_temporary(of->st, strbuf_str(&sql));
	bind_filter(of, &q, c, f);
	return q;
}

static enum rc count_holding(struct office *of, const struct check *c, const struct review_filter *f, size_t *n, struct err *e)
{
	AUTO_STMT q = ask(of, c, "found.*", f, "");
	size_t count = 0;
	bool row;
	enum rc rc;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		count += c->holds(of, &q);
	if (rc == RC_OK)
		*n = count;
	return rc;
}

enum rc review_count(struct office *of, size_t check, const struct review_filter *f, size_t *n, struct err *e)
{
	const struct check *c = &review_checks[check];
	int64_t count;
	enum rc rc;

	if ((rc = office_require(of, MAY_REVIEW, e)) != RC_OK)
		return rc;
	if (c->holds)
		return count_holding(of, c, f, n, e);
	AUTO_STMT q = ask(of, c, "count(*)", f, "");
	if ((rc = stmt_int(&q, &count, e)) == RC_OK)
		*n = (size_t)count;
	return rc;
}

static struct review_finding read_finding(struct office *of, const struct check *c, const struct stmt *q, struct arena *a)
{
	AUTO_STRBUF what = { 0 };

	c->say(of, q, &what);
	return (struct review_finding){
		.id = column_int(q, FOUND_ID),
		.day = c->shown.subject == REVIEW_MEETING ? column_day(q, FOUND_AT) : day_of_instant(column_int(q, FOUND_AT)),
		.number = arena_copy(a, column_text(q, FOUND_NUMBER)), .title = arena_copy(a, column_text(q, FOUND_TITLE)),
		.what = arena_copy(a, strbuf_str(&what)),
	};
}

enum rc review_findings(struct office *of, size_t check, const struct review_filter *f, size_t max, struct arena *a,
                        const struct review_finding **out, size_t *n, struct err *e)
{
	const struct check *c = &review_checks[check];
	struct review_finding *found;
	size_t count = 0;
	bool row;
	enum rc rc;

	if ((rc = office_require(of, MAY_REVIEW, e)) != RC_OK)
		return rc;
	found = arena_alloc(a, (max + 1) * sizeof *found);
	AUTO_STMT q = ask(of, c, "found.*", f, " ORDER BY found.at DESC, found.id DESC");
	while (count < max && (rc = stmt_step(&q, &row, e)) == RC_OK && row)
		if (c->holds == NULL || c->holds(of, &q))
			found[count++] = read_finding(of, c, &q, a);
	if (rc != RC_OK)
		return rc;
	*out = found;
	*n = count;
	return RC_OK;
}
