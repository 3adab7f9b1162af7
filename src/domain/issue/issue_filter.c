/* Filters of the list of issues: as conditions, in words, as a line to keep. */
#include "domain/issue_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/text.h"
#include "issue_query.h"
#include "issue_rules.h"
#include "issue_search.h"
#include "store/stmt.h"

/* Conditions ------------------------------------------------------------------------------------------------------------------------ */

/* Where the clock of 办结 runs. */
#define IN_WORK "issue.phase IN ('triage', 'deliberate', 'decide', 'act')"
#define RUNNING "issue.status = 'open' AND " IN_WORK

static const char *const status_sql[] = {
	[ISSUE_OPEN_ALL] = "issue.status IN ('open', 'held', 'parked')", [ISSUE_OPEN] = "issue.status = 'open'", [ISSUE_HELD] = "issue.status = 'held'",
	[ISSUE_PARKED] = "issue.status = 'parked'", [ISSUE_CLOSED] = "+issue.status = 'closed'", [ISSUE_ALL] = NULL,
};        /* nearly all are closed, an index on that helps nobody: + keeps it out of the way */

struct conditions {
	struct list_filter *out;
	size_t n;
};

static struct value number_value(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

static struct value text_value(char *text)
{
	return (struct value){ .kind = VALUE_TEXT, .text = text };
}

static void add(struct conditions *c, const char *where, struct value p, struct value q)
{
	c->out[c->n++] = (struct list_filter){ .where = where, .p = p, .q = q };
}

static void add_plain(struct conditions *c, const char *where)
{
	add(c, where, (struct value){ 0 }, (struct value){ 0 });
}

static void add_number(struct conditions *c, const char *where, int64_t number)
{
	add(c, where, number_value(number), (struct value){ 0 });
}

static void add_mine(struct conditions *c, const struct office *of, struct arena *a)
{
	AUTO_STRBUF where = { 0 };

	if (of->me.role != ROLE_GRID) {
		add_number(c, "(issue.handler_id = :p OR (issue.raised_by = :p AND issue.status <> 'closed'))", of->me.id);
		return;
	}
	if (of->me.n_grids == 0)
		return;                   /* all grids are theirs */
	strbuf_add(&where, "(issue.handler_id = :p OR issue.grid_id IN (");
	for (size_t i = 0; i < of->me.n_grids; i++)
		strbuf_format(&where, "%s%lld", i ? ", " : "", (long long)of->me.grids[i]);
	strbuf_add(&where, "))");
	add_number(c, arena_copy(a, strbuf_str(&where)), of->me.id);
}

static void add_category(struct conditions *c, const char *category, struct arena *a)
{
	if (strchr(category, '.'))
		add(c, "issue.category = :p", text_value(arena_copy(a, category)), (struct value){ 0 });
	else        /* '/' is the character after '.' */
		add(c, "issue.category >= :p AND issue.category < :q", text_value(arena_copy(a, category)), text_value(arena_format(a, "%s/", category)));
}

static void add_days(struct conditions *c, const struct office *of, const struct issue_filter *f)
{
	int32_t today = office_today(of);

	if (f->overdue)
		add_number(c, RUNNING " AND issue.due_day < :p", today);
	if (f->today)
		add_number(c, RUNNING " AND issue.due_day = :p", today);
	if (f->soon)
		add(c, RUNNING " AND issue.due_day >= :p AND issue.due_day <= :q", number_value(today),
		    number_value(calendar_add_workdays(of->calendar, today, of->settings->soon_days)));
	if (f->review)
		add_number(c, "issue.status IN ('held', 'parked') AND issue.id IN"
		              " (SELECT issue_id FROM suspension WHERE ended_day IS NULL AND review_day <= :p)", today);
}

size_t issue_filters(const struct office *of, const struct issue_filter *f, struct arena *a, struct list_filter out[ISSUE_FILTERS_MAX])
{
	struct conditions c = { .out = out };

	if (f->phase < PHASE_COUNT)
		add(&c, "issue.phase = :p", text_value(arena_copy(a, phase_key(f->phase))), (struct value){ 0 });
	if (status_sql[f->status])
		add_plain(&c, status_sql[f->status]);
	if (f->grid_id)
		add_number(&c, "issue.grid_id = :p", f->grid_id);
	if (f->category[0])
		add_category(&c, f->category, a);
	if (f->mine)
		add_mine(&c, of, a);
	add_days(&c, of, f);
	if (f->extension)
		add_plain(&c, "issue.status <> 'closed' AND " IN_WORK " AND issue.id IN (SELECT issue_id FROM extension WHERE state = 'asked')");
	if (f->unreached)
		add_plain(&c, "issue.status = 'open' AND issue.phase = 'evaluate' AND issue.satisfaction = 'unreached'");
	if (f->handler_id)
		add_number(&c, "issue.handler_id = :p", f->handler_id);
	if (f->building_id)
		add_number(&c, "issue.building_id = :p", f->building_id);
	if (f->reporter_id)
		add_number(&c, "issue.reporter_id = :p", f->reporter_id);
	return c.n + issue_search(f->text, office_today(of), a, out + c.n);
}

/* In words -------------------------------------------------------------------------------------------------------------------------- */

static void add_words(struct strbuf *out, const char *words)
{
	if (words[0])
		strbuf_format(out, "%s%s", out->n ? " · " : "", words);
}

/* A name for an id, looked up; nothing where there is none. */
static enum rc add_named(struct office *of, const char *sql, int64_t id, const char *format, struct strbuf *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);
	AUTO_FREE char *name = NULL;
	bool row;
	enum rc rc;

	if (id == 0)
		return RC_OK;
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	name = mem_format("%s%s", column_text(&q, 0), format);
	add_words(out, name);
	return RC_OK;
}

static void add_status_words(const struct office *of, const struct issue_filter *f, struct strbuf *out)
{
	static const enum issue_status one[] = {
		[ISSUE_HELD] = STATUS_HELD, [ISSUE_PARKED] = STATUS_PARKED, [ISSUE_CLOSED] = STATUS_CLOSED, [ISSUE_OPEN] = STATUS_OPEN,
	};
	AUTO_STRBUF phase = { 0 };

	if (f->phase < PHASE_COUNT)
		strbuf_format(&phase, "%s%s", f->phase == PHASE_TRIAGE || f->phase == PHASE_EVALUATE ? "待" : "", phase_label(of, f->phase));
	add_words(out, strbuf_str(&phase));
	if (f->status == ISSUE_ALL)
		add_words(out, "未结和已结");
	else if (f->status != ISSUE_OPEN_ALL)
		add_words(out, status_label(of, one[f->status]));
}

/* The yes-or-no members of a filter: as kept, and in words. */
#define FLAGS(X) \
	X(mine, "我的") X(overdue, "已逾期") X(today, "今天到期") X(soon, "快到期") X(review, "到复核日") X(extension, "延期待批") X(unreached, "未联系上")

static void add_flag_words(const struct issue_filter *f, struct strbuf *out)
{
#define X(member, words) if (f->member) add_words(out, words);
	FLAGS(X)
#undef X
}

enum rc issue_filter_label(struct office *of, const struct issue_filter *f, struct strbuf *out, struct err *e)
{
	AUTO_STRBUF words = { 0 };
	AUTO_STRBUF text = { 0 };
	enum rc rc;

	add_status_words(of, f, &words);
	if ((rc = add_named(of, "SELECT code FROM grid WHERE id = :id", f->grid_id, "网格", &words, e)) != RC_OK)
		return rc;
	add_words(&words, office_code_label(of, "category", f->category));
	add_flag_words(f, &words);
	if ((rc = add_named(of, "SELECT name FROM account WHERE id = :id", f->handler_id, "负责", &words, e)) != RC_OK ||
	    (rc = add_named(of, "SELECT place_text FROM building WHERE id = :id", f->building_id, "", &words, e)) != RC_OK ||
	    (rc = add_named(of, "SELECT name FROM resident WHERE id = :id", f->reporter_id, "提出", &words, e)) != RC_OK)
		return rc;
	if (!text_is_blank(f->text))
		strbuf_format(&text, "「%s」", f->text);
	add_words(&words, strbuf_str(&text));
	strbuf_add(out, words.n ? strbuf_str(&words) : "未结事项");
	return RC_OK;
}

/* A line to keep -------------------------------------------------------------------------------------------------------------------- */

static const char *const status_words[] = {
	[ISSUE_OPEN_ALL] = "unclosed", [ISSUE_OPEN] = "open", [ISSUE_HELD] = "held", [ISSUE_PARKED] = "parked", [ISSUE_CLOSED] = "closed",
	[ISSUE_ALL] = "all",
};

void issue_filter_write(const struct issue_filter *f, struct strbuf *out)
{
	strbuf_format(out, "status=%s", status_words[f->status]);
	if (f->phase < PHASE_COUNT)
		strbuf_format(out, " phase=%s", phase_key(f->phase));
	if (f->grid_id)
		strbuf_format(out, " grid=%lld", (long long)f->grid_id);
	if (f->handler_id)
		strbuf_format(out, " handler=%lld", (long long)f->handler_id);
	if (f->building_id)
		strbuf_format(out, " building=%lld", (long long)f->building_id);
	if (f->reporter_id)
		strbuf_format(out, " reporter=%lld", (long long)f->reporter_id);
	if (f->category[0])
		strbuf_format(out, " category=%s", f->category);
#define X(member, words) if (f->member) strbuf_add(out, " " #member);
	FLAGS(X)
#undef X
}

static void read_status(struct issue_filter *f, const char *word)
{
	for (size_t i = 0; i < COUNT(status_words); i++)
		if (strcmp(status_words[i], word) == 0)
			f->status = (enum issue_status_filter)i;
}

static void read_flag(struct issue_filter *f, const char *word)
{
#define X(member, words) if (strcmp(word, #member) == 0) f->member = true;
	FLAGS(X)
#undef X
}

static void read_pair(struct issue_filter *f, const char *key, const char *value)
{
	int64_t number = strtoll(value, NULL, 10);

	if (strcmp(key, "status") == 0)
		read_status(f, value);
	else if (strcmp(key, "phase") == 0)
		f->phase = phase_from_key(value);
	else if (strcmp(key, "grid") == 0)
		f->grid_id = number;
	else if (strcmp(key, "handler") == 0)
		f->handler_id = number;
	else if (strcmp(key, "building") == 0)
		f->building_id = number;
	else if (strcmp(key, "reporter") == 0)
		f->reporter_id = number;
	else if (strcmp(key, "category") == 0)
		snprintf(f->category, sizeof f->category, "%s", value);
}

void issue_filter_read(struct issue_filter *f, const char *line)
{
	AUTO_FREE char *words = mem_copy(line);
	char *save = NULL;

	*f = ISSUE_FILTER_ALL;
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *equals = strchr(word, '=');

		if (equals) {
			*equals = '\0';
			read_pair(f, word, equals + 1);
		} else {
			read_flag(f, word);
		}
	}
}

enum rc issue_count(struct office *of, const struct issue_filter *f, size_t *n, struct err *e)
{
	struct list_filter filters[ISSUE_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	size_t n_filters = issue_filters(of, f, &arena, filters);
	AUTO_STMT q = issue_query(of, "SELECT count(*) FROM issue", filters, n_filters, "");
	int64_t count;
	enum rc rc;

	if ((rc = office_require(of, MAY_ISSUE_VIEW, e)) == RC_OK && (rc = stmt_int(&q, &count, e)) == RC_OK)
		*n = (size_t)count;
	return rc;
}
