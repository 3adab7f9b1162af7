/* Planning: each week's open places as a problem of the planner, around all that stands, in slices; what it finds is shown first and accepted afterwards. */
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
#define SLICE 500                        /* of effort */
#define ENOUGH_FIRST 20                  /* effort for ten pairs, once no more places can be filled: what is left to better is the order of people; */
#define ENOUGH_AGAIN 3                   /* … where the week begins from its last plan */
#define PATIENCE 4                       /* the clock stops a week only where the machine is so many times slower than effort supposes */
#define SEED 1

/* Each week goes through these after the first. */
enum stage { STAGE_PEOPLE, STAGE_WEEK, STAGE_PAIRS, STAGE_START, STAGE_SEARCH, STAGE_CHECK, STAGE_TAKE, STAGE_OPEN, STAGE_DONE };

struct roster_planner {
	struct office *of;
	int32_t from_day, to_day, monday;    /* monday: of the week under way */
	int weeks, week;
	const struct roster_refused *refused;        /* the caller's */
	size_t n_refused;
	int64_t effort, left;                /* of each week, about a microsecond each; of this one */
	int64_t enough;                      /* of this one, where no more places can be filled */
	int64_t spent_us;                    /* by the clock, on this one */
	enum stage stage;
	struct roster_pool pool;             /* kept, as is the memory, for plans to come */
	struct roster_memory memory;
	struct arena arena;                  /* owns the plan and the weeks */
	struct roster_week board;
	struct roster_problem_making making;
	struct roster_problem problem;
	struct assign work;
	struct assign_why *why;              /* of the places that stay open */
	int *taken;                          /* places that the plan fills, by row */
	int32_t next_row;                    /* whose open places are explained next */
	struct roster_tally tally;
	struct roster_planned *added;
	struct roster_open *open;
	const struct roster_shift **shifts;
	size_t n_added, cap_added, n_open, cap_open, n_shifts, cap_shifts;
	struct roster_plan plan;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* A week -------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_people(struct roster_planner *p, struct err *e)
{
	bool more;
	enum rc rc = roster_pool_step(&p->pool, &more, e);

	if (rc == RC_OK && !more)
		p->stage = STAGE_WEEK;
	return rc;
}

static enum rc read_week(struct roster_planner *p, struct err *e)
{
	enum rc rc = roster_load(p->of, p->monday, NULL, &p->arena, &p->board, e);

	if (rc != RC_OK)
		return rc;
	p->making = (struct roster_problem_making){
		.of = p->of, .people = &p->pool.people, .week = &p->board, .from_day = p->from_day, .to_day = p->to_day, .refused = p->refused,
		.n_refused = p->n_refused, .a = &p->arena,
	};
	roster_say_conflicts(p->of, &p->pool.people, &p->board);
	roster_problem_begin(&p->making);
	p->stage = STAGE_PAIRS;
	return RC_OK;
}

static enum rc add_people(struct roster_planner *p, struct err *e)
{
	(void)e;
	if (roster_problem_add_people(&p->making))
		return RC_OK;
	roster_problem_end(&p->making, &p->problem);
	p->stage = STAGE_START;
	return RC_OK;
}

static enum rc start(struct roster_planner *p, struct err *e)
{
	enum rc rc = assign_init(&p->work, &p->problem.problem, SEED, e);
	bool again;

	if (rc != RC_OK)
		return rc;
	again = roster_memory_start(&p->memory, p->monday, &p->problem, &p->pool.people, &p->work);
	p->enough = (int64_t)p->problem.problem.pair_first[p->problem.problem.n_people] * (again ? ENOUGH_AGAIN : ENOUGH_FIRST) / 10;
	p->left = p->effort;
	p->spent_us = 0;
	p->stage = STAGE_SEARCH;
	return RC_OK;
}

static bool is_enough(const struct roster_planner *p)
{
	return assign_best(&p->work)->at_most == 0 && p->effort - p->left >= p->enough;
}

/* Until nothing is better or the effort is spent. */
static enum rc search(struct roster_planner *p, struct err *e)
{
	int64_t began = now_us();
	bool more = assign_step(&p->work, p->left < SLICE ? p->left : SLICE) && (p->left -= SLICE) > 0 && !is_enough(p);

	(void)e;
	p->spent_us += now_us() - began;
	if (more && p->spent_us > PATIENCE * p->effort) {
		p->plan.cut = true;
		more = false;
	}
	if (!more)
		p->stage = STAGE_CHECK;
	return RC_OK;
}

static enum rc check(struct roster_planner *p, struct err *e)
{
	enum rc rc = assign_verify(&p->problem.problem, assign_best(&p->work), e);

	if (rc != RC_OK)
		return err_during(e, "排班结果没有通过核对");
	p->stage = STAGE_TAKE;
	return RC_OK;
}

/* What the week gave --------------------------------------------------------------------------------------------------------------- */

static void add_planned(struct roster_planner *p, const struct roster_row *row, const struct roster_person *person)
{
	const struct roster_people *people = &p->pool.people;
	AUTO_STRBUF reason = { 0 };

	roster_reason(people, person, &row->spot, roster_conflicts(p->of, people, person, &row->spot, NULL), &reason);
	p->added = mem_grow(p->added, &p->cap_added, p->n_added + 1, sizeof *p->added);
	p->added[p->n_added++] = (struct roster_planned){
		.need_id = row->spot.need_id, .shift_id = row->spot.shift_id, .volunteer_id = person->v.id, .shift = &row->shift->shift,
		.role = row->place->need.role, .name = person->v.name, .reason = arena_copy(&p->arena, strbuf_str(&reason)), .wanted = true,
	};
}

static void stand(struct roster_planner *p, const struct roster_row *row, const struct roster_person *person)
{
	const struct roster_stand s = {
		.volunteer_id = person->v.id, .shift_id = row->spot.shift_id, .need_id = row->spot.need_id, .day = row->spot.day,
		.begin_min = row->spot.begin_min, .end_min = row->spot.end_min, .flexible = row->spot.flexible,
	};

	roster_stand_add(&p->pool.people, &p->arena, &s);
}

static int compare_seats(const void *left, const void *right)
{
	const struct assign_seat *a = left, *b = right;

	if (a->shift != b->shift)
		return a->shift < b->shift ? -1 : 1;
	return a->person < b->person ? -1 : a->person > b->person;
}

/* The seats of the plan that are no pins, by row. */
static struct assign_seat *new_seats(struct roster_planner *p, int32_t *n)
{
	const struct assign_problem *problem = &p->problem.problem;
	const struct assign_plan *plan = assign_best(&p->work);
	struct assign_seat *pins = arena_alloc(&p->arena, ((size_t)problem->n_pins + 1) * sizeof *pins);
	struct assign_seat *seats = arena_alloc(&p->arena, ((size_t)plan->n_seats + 1) * sizeof *seats);

	if (problem->n_pins > 0)
		memcpy(pins, problem->pins, (size_t)problem->n_pins * sizeof *pins);
	qsort(pins, (size_t)problem->n_pins, sizeof *pins, compare_seats);
	*n = 0;
	for (int32_t i = 0; i < plan->n_seats; i++)
		if (bsearch(&plan->seats[i], pins, (size_t)problem->n_pins, sizeof *pins, compare_seats) == NULL)
			seats[(*n)++] = plan->seats[i];
	qsort(seats, (size_t)*n, sizeof *seats, compare_seats);
	return seats;
}

/* Rows of one shift lie together. */
static void list_shifts(struct roster_planner *p)
{
	for (int32_t i = 0; i < p->problem.problem.n_shifts; i++) {
		const struct roster_shift *shift = p->problem.rows[i].shift;

		if (shift->shift.day < p->from_day || shift->shift.day > p->to_day || (p->n_shifts > 0 && p->shifts[p->n_shifts - 1] == shift))
			continue;
		p->shifts = mem_grow(p->shifts, &p->cap_shifts, p->n_shifts + 1, sizeof *p->shifts);
		p->shifts[p->n_shifts++] = shift;
	}
}

/* Reasons are as of before the plan, so people stand only when all are said. */
static enum rc take(struct roster_planner *p, struct err *e)
{
	const struct assign_plan *plan = assign_best(&p->work);
	int32_t n;
	const struct assign_seat *seats = new_seats(p, &n);

	(void)e;
	list_shifts(p);
	p->taken = arena_alloc(&p->arena, ((size_t)p->problem.problem.n_shifts + 1) * sizeof *p->taken);
	for (int32_t i = 0; i < n; i++) {
		add_planned(p, &p->problem.rows[seats[i].shift], &p->pool.people.list[seats[i].person]);
		p->taken[seats[i].shift]++;
	}
	for (int32_t i = 0; i < n; i++)
		stand(p, &p->problem.rows[seats[i].shift], &p->pool.people.list[seats[i].person]);
	p->plan.kept += p->problem.kept;
	p->plan.cost += plan->cost;
	p->plan.bound += plan->bound;
	p->plan.at_most += (int)plan->at_most;
	p->plan.proven = p->plan.proven && plan->proven;
	roster_memory_keep(&p->memory, p->monday, &p->problem, &p->pool.people, plan);
	p->why = assign_why_new(&p->problem.problem, plan);
	p->next_row = 0;
	p->tally = (struct roster_tally){ .lacking = "" };
	p->stage = STAGE_OPEN;
	return RC_OK;
}

static void add_open(struct roster_planner *p, const struct roster_row *row, int places)
{
	struct assign_open group;
	AUTO_STRBUF why = { 0 };
	bool known = assign_why_next(p->why, &group) && group.shift == p->next_row;

	roster_open_words(p->of, &p->tally, &row->spot, known ? &group : NULL, &why);
	p->open = mem_grow(p->open, &p->cap_open, p->n_open + 1, sizeof *p->open);
	p->open[p->n_open++] = (struct roster_open){
		.need_id = row->spot.need_id, .shift_id = row->spot.shift_id, .shift = &row->shift->shift, .role = row->place->need.role, .places = places,
		.why = arena_copy(&p->arena, strbuf_str(&why)),
	};
}

static void forget_week(struct roster_planner *p)
{
	assign_why_free(p->why);
	p->why = NULL;
	assign_release(&p->work);
}

static void next_week(struct roster_planner *p)
{
	forget_week(p);
	p->week++;
	p->monday += WEEK;
	p->stage = STAGE_WEEK;
	if (p->week < p->weeks)
		return;
	p->stage = STAGE_DONE;
	p->plan.added = p->added;
	p->plan.n_added = p->n_added;
	p->plan.open = p->open;
	p->plan.n_open = p->n_open;
	p->plan.shifts = p->shifts;
	p->plan.n_shifts = p->n_shifts;
}

static enum rc say_open(struct roster_planner *p, struct err *e)
{
	const struct roster_row *row;

	(void)e;
	while (p->next_row < p->problem.problem.n_shifts && p->problem.rows[p->next_row].free <= p->taken[p->next_row])
		p->next_row++;
	if (p->next_row >= p->problem.problem.n_shifts) {
		next_week(p);
		return RC_OK;
	}
	row = &p->problem.rows[p->next_row];
	if (roster_open_count(p->of, &p->pool.people, &row->spot, &p->tally))
		return RC_OK;
	add_open(p, row, row->free - p->taken[p->next_row]);
	p->tally = (struct roster_tally){ .lacking = "" };
	p->next_row++;
	return RC_OK;
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

struct roster_planner *roster_planner_new(struct office *of)
{
	struct roster_planner *p = mem_alloc(sizeof *p);

	*p = (struct roster_planner){ .of = of, .pool = { .of = of }, .stage = STAGE_DONE };
	return p;
}

/* What one plan leaves behind; pool and memory stay. */
static void forget_plan(struct roster_planner *p)
{
	forget_week(p);
	roster_pool_forget_planned(&p->pool);
	arena_clear(&p->arena);
	free(p->making.pairs);
	free(p->added);
	free(p->open);
	free(p->shifts);
}

enum rc roster_planner_begin(struct roster_planner *p, const struct roster_wish *w, struct err *e)
{
	int weeks;
	enum rc rc;

	if ((rc = office_require(p->of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_days(w->from_day, w->to_day, e)) != RC_OK)
		return rc;
	forget_plan(p);
	weeks = (day_monday(w->to_day) - day_monday(w->from_day)) / WEEK + 1;
	*p = (struct roster_planner){
		.of = p->of, .from_day = w->from_day, .to_day = w->to_day, .monday = day_monday(w->from_day), .weeks = weeks,
		.refused = w->refused, .n_refused = w->n_refused, .effort = (int64_t)w->budget_ms * 1000 / weeks, .pool = p->pool, .memory = p->memory,
		.plan = { .from_day = w->from_day, .to_day = w->to_day, .proven = true },
	};
	p->pool.from_day = w->from_day;
	p->pool.to_day = w->to_day;
	return RC_OK;
}

void roster_planner_free(struct roster_planner *p)
{
	if (p == NULL)
		return;
	forget_plan(p);
	roster_pool_release(&p->pool);
	roster_memory_release(&p->memory);
	free(p);
}

enum rc roster_planner_step(struct roster_planner *p, bool *more, struct err *e)
{
	static enum rc (*const stages[STAGE_DONE])(struct roster_planner *p, struct err *e) = {
		[STAGE_PEOPLE] = read_people, [STAGE_WEEK] = read_week, [STAGE_PAIRS] = add_people, [STAGE_START] = start, [STAGE_SEARCH] = search,
		[STAGE_CHECK] = check, [STAGE_TAKE] = take, [STAGE_OPEN] = say_open,
	};
	enum rc rc = p->stage < STAGE_DONE ? stages[p->stage](p, e) : RC_OK;

	if (rc == RC_OK)
		*more = p->stage < STAGE_DONE;
	return rc;
}

/* A week's share of a stage: where it begins, and how much of it is behind. */
static double week_share(const struct roster_planner *p)
{
	switch (p->stage) {
	case STAGE_PAIRS:
		return 0.5 * (double)p->making.next_person / (double)(p->pool.people.n + 1);
	case STAGE_SEARCH:
		return 0.5 + 0.4 * (double)(p->effort - p->left) / (double)(p->effort + 1);
	case STAGE_CHECK: case STAGE_TAKE: case STAGE_OPEN:
		return 0.9;
	default:
		return p->stage == STAGE_START ? 0.5 : 0;
	}
}

int roster_planner_percent(const struct roster_planner *p)
{
	if (p->stage == STAGE_DONE)
		return 100;
	if (p->stage == STAGE_PEOPLE)
		return p->pool.n_ids > 0 ? (int)(20 * p->pool.next / p->pool.n_ids) : 0;
	return 20 + (int)(80 * (p->week + week_share(p)) / p->weeks);
}

struct roster_plan *roster_planner_plan(struct roster_planner *p)
{
	return &p->plan;
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
