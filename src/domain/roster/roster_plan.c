/* Planning: each week's open places as a problem of the planner, around all that stands; what it finds is shown first and accepted afterwards. */
#include "domain/roster.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "roster_inside.h"
#include "store/txn.h"

#define WEEK 7
#define DAYS_MAX 62
#define SLICE_US 20000
#define SEED 1

/* A plan under way: what the weeks so far gave. */
struct planning {
	struct office *of;
	int32_t from_day, to_day;
	int64_t budget_us;                   /* of each week */
	bool (*stop)(void *context);
	void *context;
	struct arena *a;
	struct roster_pool pool;
	struct roster_planned *added;
	struct roster_open *open;
	size_t n_added, cap_added, n_open, cap_open;
	struct roster_plan plan;
};

static int64_t now_us(void *with)
{
	struct timespec t;

	(void)with;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum rc check_stop(const struct planning *pl, struct err *e)
{
	if (pl->stop && pl->stop(pl->context))
		return err_set(e, RC_STOPPED, NULL, "已停下，排班没有改动");
	return RC_OK;
}

/* Until nothing is better, the time is up, or somebody says so. */
static enum rc search(const struct planning *pl, struct assign *work, struct err *e)
{
	const struct plan_clock clock = { now_us, NULL };
	int64_t began = now_us(NULL), left = pl->budget_us;
	bool more = true;
	enum rc rc;

	while (more) {
		if ((rc = check_stop(pl, e)) != RC_OK)
			return rc;
		more = assign_step(work, left < SLICE_US ? left : SLICE_US, &clock);
		left = pl->budget_us - (now_us(NULL) - began);
		more = more && left > 0;
	}
	return RC_OK;
}

/* What the week gave --------------------------------------------------------------------------------------------------------------- */

static void add_planned(struct planning *pl, const struct roster_row *row, const struct roster_person *p)
{
	AUTO_STRBUF reason = { 0 };

	roster_reason(&pl->pool.people, p, &row->spot, roster_conflicts(pl->of, &pl->pool.people, p, &row->spot, NULL), &reason);
	pl->added = mem_grow(pl->added, &pl->cap_added, pl->n_added + 1, sizeof *pl->added);
	pl->added[pl->n_added++] = (struct roster_planned){
		.need_id = row->spot.need_id, .shift_id = row->spot.shift_id, .volunteer_id = p->v.id, .name = arena_copy(pl->a, p->v.name),
		.reason = arena_copy(pl->a, strbuf_str(&reason)), .wanted = true,
	};
}

static void stand(struct planning *pl, const struct roster_row *row, const struct roster_person *p)
{
	const struct roster_stand s = {
		.volunteer_id = p->v.id, .shift_id = row->spot.shift_id, .need_id = row->spot.need_id, .day = row->spot.day,
		.begin_min = row->spot.begin_min, .end_min = row->spot.end_min, .flexible = row->spot.flexible,
	};

	roster_stand_add(&pl->pool.people, pl->a, &s);
}

static bool is_pin(const struct assign_problem *p, const struct assign_seat *seat)
{
	for (int32_t i = 0; i < p->n_pins; i++)
		if (p->pins[i].person == seat->person && p->pins[i].shift == seat->shift)
			return true;
	return false;
}

/* Seats by place, in the order of rows: reasons are as of before the plan, so people stand only when all are said. */
static void take_seats(struct planning *pl, const struct roster_problem *week, const struct assign_plan *plan, int *taken)
{
	for (int32_t row = 0; row < week->problem.n_shifts; row++)
		for (int32_t i = 0; i < plan->n_seats; i++)
			if (plan->seats[i].shift == row && week->rows[row].free > 0 && !is_pin(&week->problem, &plan->seats[i])) {
				add_planned(pl, &week->rows[row], &pl->pool.people.list[plan->seats[i].person]);
				taken[row]++;
			}
	for (int32_t i = 0; i < plan->n_seats; i++)
		if (!is_pin(&week->problem, &plan->seats[i]))
			stand(pl, &week->rows[plan->seats[i].shift], &pl->pool.people.list[plan->seats[i].person]);
}

static void say_open(struct planning *pl, const struct roster_problem *week, const int *taken)
{
	for (int32_t i = 0; i < week->problem.n_shifts; i++) {
		const struct roster_row *row = &week->rows[i];
		AUTO_STRBUF why = { 0 };

		if (row->free <= taken[i])
			continue;
		roster_open_words(pl->of, &pl->pool.people, row, &why);
		pl->open = mem_grow(pl->open, &pl->cap_open, pl->n_open + 1, sizeof *pl->open);
		pl->open[pl->n_open++] = (struct roster_open){
			.need_id = row->spot.need_id, .shift_id = row->spot.shift_id, .places = row->free - taken[i], .why = arena_copy(pl->a, strbuf_str(&why)),
		};
	}
}

static enum rc take_plan(struct planning *pl, const struct roster_problem *week, const struct assign_plan *plan, struct err *e)
{
	int *taken = arena_alloc(pl->a, ((size_t)week->problem.n_shifts + 1) * sizeof *taken);
	enum rc rc = assign_verify(&week->problem, plan, e);

	if (rc != RC_OK)
		return err_during(e, "排班结果没有通过核对");
	take_seats(pl, week, plan, taken);
	say_open(pl, week, taken);
	pl->plan.kept += week->kept;
	pl->plan.cost += plan->cost;
	pl->plan.bound += plan->bound;
	pl->plan.at_most += (int)plan->at_most;
	pl->plan.proven = pl->plan.proven && plan->proven;
	return RC_OK;
}

static enum rc plan_week(struct planning *pl, int32_t monday, struct err *e)
{
	struct roster_problem week;
	struct roster_week board;
	struct assign work = { 0 };
	enum rc rc;

	if ((rc = roster_load(pl->of, monday, NULL, pl->a, &board, e)) != RC_OK)
		return rc;
	roster_problem_make(pl->of, &pl->pool.people, &board, pl->from_day, pl->to_day, pl->a, &week);
	if ((rc = assign_init(&work, &week.problem, SEED, e)) != RC_OK)
		return rc;
	if ((rc = search(pl, &work, e)) == RC_OK)
		rc = take_plan(pl, &week, assign_best(&work), e);
	assign_release(&work);
	return rc;
}

/* The plan ------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_days(int32_t from_day, int32_t to_day, struct err *e)
{
	if (from_day == DAY_NONE || to_day == DAY_NONE || to_day < from_day)
		return err_set(e, RC_INVALID, "to_day", "结束日期早于开始日期，请改日期");
	if (to_day - from_day >= DAYS_MAX)
		return err_set(e, RC_INVALID, "to_day", "一次最多排 %d 天", DAYS_MAX);
	return RC_OK;
}

static enum rc load_people(struct planning *pl, struct err *e)
{
	bool more = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && more)
		if ((rc = check_stop(pl, e)) == RC_OK)
			rc = roster_pool_step(&pl->pool, &more, e);
	return rc;
}

static enum rc plan_all(struct planning *pl, struct err *e)
{
	int32_t first = day_monday(pl->from_day);
	int weeks = (day_monday(pl->to_day) - first) / WEEK + 1;
	enum rc rc = load_people(pl, e);

	pl->budget_us /= weeks;
	for (int i = 0; rc == RC_OK && i < weeks; i++)
		rc = plan_week(pl, first + i * WEEK, e);
	return rc;
}

static void keep(struct planning *pl, struct roster_plan *out)
{
	struct roster_planned *added = arena_alloc(pl->a, (pl->n_added + 1) * sizeof *added);
	struct roster_open *open = arena_alloc(pl->a, (pl->n_open + 1) * sizeof *open);

	if (pl->n_added > 0)
		memcpy(added, pl->added, pl->n_added * sizeof *added);
	if (pl->n_open > 0)
		memcpy(open, pl->open, pl->n_open * sizeof *open);
	*out = pl->plan;
	out->added = added;
	out->n_added = pl->n_added;
	out->open = open;
	out->n_open = pl->n_open;
}

enum rc roster_plan(struct office *of, int32_t from_day, int32_t to_day, int budget_ms, bool (*stop)(void *context), void *context, struct arena *a,
                    struct roster_plan *out, struct err *e)
{
	struct planning pl = {
		.of = of, .pool = { .of = of, .from_day = from_day, .to_day = to_day }, .from_day = from_day, .to_day = to_day, .budget_us = (int64_t)budget_ms * 1000, .stop = stop, .context = context, .a = a,
		.plan = { .from_day = from_day, .to_day = to_day, .proven = true },
	};
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_days(from_day, to_day, e)) != RC_OK)
		return rc;
	if ((rc = plan_all(&pl, e)) == RC_OK)
		keep(&pl, out);
	roster_pool_release(&pl.pool);
	free(pl.added);
	free(pl.open);
	return rc;
}

/* Accepting ------------------------------------------------------------------------------------------------------------------------ */

static enum rc accept_all(struct office *of, const struct roster_plan *plan, int *made, int *stale, struct err *e)
{
	for (size_t i = 0; i < plan->n_added; i++) {
		const struct roster_new one = { .need_id = plan->added[i].need_id, .volunteer_id = plan->added[i].volunteer_id, .way = "planned" };
		enum rc rc = plan->added[i].wanted ? roster_seat_put(of, &one, NULL, e) : RC_OK;

		if (rc == RC_INVALID || rc == RC_NOTFOUND) {
			err_clear(e);
			++*stale;
		} else if (rc != RC_OK) {
			return rc;
		} else {
			*made += plan->added[i].wanted;
		}
	}
	return RC_OK;
}

enum rc roster_plan_accept(struct office *of, const struct roster_plan *plan, int *made, int *stale, struct err *e)
{
	AUTO_TXN t = { 0 };
	int count = 0, missed = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "roster.plan", e)) != RC_OK ||
	    (rc = accept_all(of, plan, &count, &missed, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	*stale = missed;
	return RC_OK;
}
