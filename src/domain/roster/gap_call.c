/* Whom to ask when hands are short, and what they said. */
#include "gap_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "store/stmt.h"
#include "store/txn.h"

#define DAY_MS INT64_C(86400000)
#define PEOPLE 512                       /* weighed in one slice */

/* Who is to be asked --------------------------------------------------------------------------------------------------------------- */

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

struct gap_ranked {
	struct gap_call call;
	double rank;
};

static int compare_calls(const void *left, const void *right)
{
	const struct gap_ranked *a = left, *b = right;

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

/* Owns its texts: the base may be read again while the list is still shown. */
static struct gap_ranked rank_one(const struct gap_base *b, const struct roster_person *p, const struct roster_spot *spot, struct arena *a)
{
	const struct office *of = b->pool.of;
	const struct roster_people *people = &b->pool.people;
	AUTO_STRBUF reason = { 0 };
	AUTO_STRBUF last = { 0 };
	unsigned conflicts = roster_conflicts(of, people, p, spot, NULL);
	double shows = gap_shows(&b->rates, p->v.id);
	size_t n;
	const struct gap_called *made = calls_of(&b->calls, p->v.id, &n);

	roster_reason(people, p, spot, conflicts, &reason);
	add_reach(made, n, &reason);
	last_words(of, made, n, spot->shift_id, &last);
	return (struct gap_ranked){
		.call = { .volunteer_id = p->v.id, .name = arena_copy(a, p->v.name), .phone = arena_copy(a, p->v.phone), .grid = arena_copy(a, p->v.grid),
		          .reason = arena_copy(a, strbuf_str(&reason)), .last = arena_copy(a, strbuf_str(&last)), .shows = shows },
		.rank = roster_score(of, people, p, spot, conflicts) + of->settings->weight_fair * shows,
	};
}

void gap_asking_release(struct gap_asking *k)
{
	arena_clear(&k->arena);
	arena_clear(&k->place_arena);
	*k = (struct gap_asking){ 0 };
}

enum rc gap_asking_begin(struct gap_asking *k, struct gap_base *b, int64_t need_id, struct err *e)
{
	struct shift_need need;
	struct shift s;
	enum rc rc;

	gap_asking_release(k);
	if ((rc = office_require(b->pool.of, MAY_VOLUNTEER_VIEW, e)) != RC_OK ||
	    (rc = roster_need_read(b->pool.of, need_id, &k->place_arena, &s, &need, e)) != RC_OK)
		return rc;
	k->spot = roster_spot_of(&s, &need);
	b->also_day = s.day;
	return RC_OK;
}

static void keep_best_first(struct gap_asking *k)
{
	qsort(k->ranked, k->n, sizeof *k->ranked, compare_calls);
	k->list = arena_alloc(&k->arena, (k->n + 1) * sizeof *k->list);
	for (size_t i = 0; i < k->n; i++)
		k->list[i] = k->ranked[i].call;
}

void gap_asking_step(struct gap_asking *k, const struct gap_base *b, bool *more)
{
	const struct roster_people *people = &b->pool.people;

	if (k->ranked == NULL)
		k->ranked = arena_alloc(&k->arena, (people->n + 1) * sizeof *k->ranked);
	for (size_t end = k->next_person + PEOPLE; k->next_person < people->n && k->next_person < end; k->next_person++) {
		const struct roster_person *p = &people->list[k->next_person];

		if (gap_may_ask(b->pool.of, people, p, &k->spot, &b->calls))
			k->ranked[k->n++] = rank_one(b, p, &k->spot, &k->arena);
	}
	*more = k->next_person < people->n;
	if (!*more)
		keep_best_first(k);
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
