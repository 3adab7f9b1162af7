/* Whom to ask when hands are short, and what they said. */
#include "gap_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "store/stmt.h"
#include "store/txn.h"

#define DAY_MS INT64_C(86400000)

/* Calls --------------------------------------------------------------------------------------------------------------------------- */

static void read_called(const struct stmt *q, struct arena *a, void *out)
{
	*(struct gap_called *)out = (struct gap_called){
		.volunteer_id = column_int(q, 0), .shift_id = column_int(q, 1), .need_id = column_int(q, 2), .at = column_int(q, 3),
		.outcome = arena_copy(a, column_text(q, 4)), .assigned = column_int(q, 5) != 0,
	};
}

enum rc gap_calls_load(struct office *of, struct arena *a, struct gap_calls_made *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT c.volunteer_id, c.shift_id, c.need_id, c.at, c.outcome, EXISTS (SELECT 1 FROM assignment AS s WHERE s.volunteer_id = c.volunteer_id"
		" AND s.shift_id = c.shift_id AND s.state <> 'cancelled' AND s.deleted_at IS NULL)"
		" FROM call AS c WHERE c.at >= :since AND c.deleted_at IS NULL ORDER BY c.volunteer_id, c.at, c.id /*scan*/");

	bind_int(&q, ":since", office_now(of) - GAP_PAST_DAYS * DAY_MS);
	return stmt_rows(&q, a, sizeof *out->list, read_called, &out->list, &out->n, e);
}

/* The calls of somebody: the first, and how many. */
static const struct gap_called *calls_of(const struct gap_calls_made *calls, int64_t volunteer_id, size_t *n)
{
	size_t from = 0, to = calls->n, end;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (calls->list[middle].volunteer_id < volunteer_id)
			from = middle + 1;
		else
			to = middle;
	}
	for (end = from; end < calls->n && calls->list[end].volunteer_id == volunteer_id;)
		end++;
	*n = end - from;
	return calls->list + from;
}

/* Said no for this shift, or was spoken to for another a short time ago and then not needed. */
static bool is_to_rest(const struct office *of, const struct gap_calls_made *calls, int64_t volunteer_id, int64_t shift_id)
{
	int64_t since = office_now(of) - of->settings->call_rest_days * DAY_MS;
	size_t n;
	const struct gap_called *list = calls_of(calls, volunteer_id, &n);

	for (size_t i = 0; i < n; i++) {
		const struct gap_called *c = &list[i];

		if (c->shift_id == shift_id ? strcmp(c->outcome, "no") == 0 : c->at > since && !c->assigned && strcmp(c->outcome, "unreached") != 0)
			return true;
	}
	return false;
}

bool gap_may_ask(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                 const struct gap_calls_made *calls)
{
	return p->v.may_call && !roster_stands_on(people, p->v.id, spot->shift_id) && !is_to_rest(of, calls, p->v.id, spot->shift_id) &&
	       !(roster_conflicts(of, people, p, spot, NULL) & ROSTER_BLOCKING);
}

/* The list ------------------------------------------------------------------------------------------------------------------------ */

struct ranked {
	struct gap_call call;
	double rank;
};

static int compare_calls(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	return a->call.volunteer_id < b->call.volunteer_id ? -1 : a->call.volunteer_id > b->call.volunteer_id;
}

static void add_reach(const struct gap_called *list, size_t n, struct strbuf *out)
{
	size_t reached = 0;

	for (size_t i = 0; i < n; i++)
		reached += strcmp(list[i].outcome, "unreached") != 0;
	if (n > 0)
		strbuf_format(out, " · 接通率%d%%", (int)((100 * reached + n / 2) / n));
}

/* "没接通 今天 09:41" */
static void last_words(const struct office *of, const struct gap_called *list, size_t n, int64_t shift_id, struct strbuf *out)
{
	for (size_t i = n; i-- > 0;) {
		if (list[i].shift_id != shift_id)
			continue;
		strbuf_format(out, "%s ", office_code_label(of, "call_outcome", list[i].outcome));
		day_format_near(out, day_of_instant(list[i].at), office_today(of));
		strbuf_add(out, " ");
		time_format(out, minutes_of_instant(list[i].at));
		return;
	}
}

static struct ranked rank_one(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                              const struct gap_rates *rates, const struct gap_calls_made *calls, struct arena *a)
{
	AUTO_STRBUF reason = { 0 };
	AUTO_STRBUF last = { 0 };
	unsigned conflicts = roster_conflicts(of, people, p, spot, NULL);
	double shows = gap_shows(rates, p->v.id);
	size_t n;
	const struct gap_called *made = calls_of(calls, p->v.id, &n);

	roster_reason(people, p, spot, conflicts, &reason);
	add_reach(made, n, &reason);
	last_words(of, made, n, spot->shift_id, &last);
	return (struct ranked){
		.call = { .volunteer_id = p->v.id, .name = p->v.name, .phone = p->v.phone, .grid = p->v.grid, .reason = arena_copy(a, strbuf_str(&reason)),
		          .last = arena_copy(a, strbuf_str(&last)), .shows = shows },
		.rank = roster_score(of, people, p, spot, conflicts) + of->settings->weight_fair * shows,
	};
}

enum rc gap_calls(struct office *of, int64_t need_id, struct arena *a, const struct gap_call **out, size_t *n, struct err *e)
{
	struct roster_want want = { .weeks_before = ROSTER_CARRIED_WEEKS, .been = true };
	struct roster_people people;
	struct gap_calls_made calls;
	struct gap_rates rates;
	struct roster_spot spot;
	struct shift_need need;
	struct shift s;
	struct ranked *list;
	struct gap_call *kept;
	size_t count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = roster_need_read(of, need_id, a, &s, &need, e)) != RC_OK)
		return rc;
	want.from_day = want.to_day = s.day;
	if ((rc = roster_people_load(of, &want, a, &people, e)) != RC_OK || (rc = gap_rates_load(of, a, &rates, e)) != RC_OK ||
	    (rc = gap_calls_load(of, a, &calls, e)) != RC_OK)
		return rc;
	spot = roster_spot_of(&s, &need);
	list = arena_alloc(a, (people.n + 1) * sizeof *list);
	for (size_t i = 0; i < people.n; i++)
		if (gap_may_ask(of, &people, &people.list[i], &spot, &calls))
			list[count++] = rank_one(of, &people, &people.list[i], &spot, &rates, &calls, a);
	qsort(list, count, sizeof *list, compare_calls);
	kept = arena_alloc(a, (count + 1) * sizeof *kept);
	for (size_t i = 0; i < count; i++)
		kept[i] = list[i].call;
	*out = kept;
	*n = count;
	return RC_OK;
}

/* Noting -------------------------------------------------------------------------------------------------------------------------- */

static enum rc stamp(struct office *of, int64_t id, int64_t shift_id, int64_t need_id, int64_t volunteer_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE call SET shift_id = :shift, need_id = :need, volunteer_id = :volunteer, account_id = :me, at = :now WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":shift", shift_id);
	bind_int(&q, ":need", need_id);
	bind_int(&q, ":volunteer", volunteer_id);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

static enum rc check_volunteer(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM volunteer WHERE id = :id AND deleted_at IS NULL");

	bind_int(&q, ":id", id);
	return stmt_one(&q, "没有这位志愿者，可能已删除，请重新选择", e);
}

static enum rc note(struct office *of, int64_t need_id, int64_t volunteer_id, struct record *r, struct err *e)
{
	const struct roster_new made = { .need_id = need_id, .volunteer_id = volunteer_id, .way = "assigned" };
	AUTO_ARENA a = { 0 };
	struct shift_need need;
	struct shift s;
	enum rc rc;

	if (r->id)
		return err_set(e, RC_INVALID, NULL, "这次电话已经记过，请再记一次");
	if ((rc = roster_need_read(of, need_id, &a, &s, &need, e)) != RC_OK || (rc = roster_check_open(of, &s, "记电话", e)) != RC_OK ||
	    (rc = check_volunteer(of, volunteer_id, e)) != RC_OK || (rc = record_save(of->st, r, "gap.call", e)) != RC_OK ||
	    (rc = stamp(of, r->id, s.id, need_id, volunteer_id, e)) != RC_OK)
		return rc;
	return strcmp(record_text(r, "outcome"), "yes") == 0 ? roster_seat_put(of, &made, NULL, e) : RC_OK;
}

enum rc gap_call_note(struct office *of, int64_t need_id, int64_t volunteer_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "gap.call", e)) != RC_OK ||
	    (rc = note(of, need_id, volunteer_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

enum rc gap_reveal(struct office *of, int64_t volunteer_id, char **plain, struct err *e)
{
	enum rc rc = office_require(of, MAY_ROSTER_EDIT, e);

	return rc == RC_OK ? volunteer_reveal(of, volunteer_id, "phone", plain, e) : rc;
}
