/* Planning: the meal as a problem of the planner, searched in slices by rounds, so that the same day gives the same plan; a preview that changes nothing. */
#include "domain/dispatch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dispatch_inside.h"

#define SLICE_US 3000
#define ROUNDS_A_MS 250                  /* as an office's machine does them on a usual day */
#define FACES_AT_ONCE 64
#define SEED 1
#define RECRUITS_EACH 3
#define RECRUIT_ROUNDS 4000

enum stage { STAGE_DAY, STAGE_FACES, STAGE_START, STAGE_SEARCH, STAGE_TAKE, STAGE_ASK, STAGE_RECRUIT, STAGE_DONE };

struct dispatch_planner {
	struct office *of;
	struct dispatch_wish wish;           /* its meal is owned */
	char *meal;
	enum stage stage;
	struct arena arena;                  /* owns the plan */
	struct dispatch_face *faces;
	size_t next_face;
	struct dispatch_problem problem;
	struct route work;
	struct route_recruits recruits;
	bool recruiting;
	int64_t aim;
	struct dispatch_plan plan;
};

static int64_t now_us(void *with)
{
	struct timespec t;

	(void)with;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const struct plan_clock slices = { now_us, NULL };

/* The day -------------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_day(struct dispatch_planner *p, struct err *e)
{
	enum rc rc;

	if ((rc = dispatch_load(p->of, p->wish.day, p->meal, &p->arena, &p->plan.before, e)) != RC_OK ||
	    (rc = meal_require_open(p->of, p->wish.day, p->meal, e)) != RC_OK)
		return rc;
	p->faces = arena_alloc(&p->arena, (p->plan.before.day.n_orders + 1) * sizeof *p->faces);
	p->stage = STAGE_FACES;
	return RC_OK;
}

static enum rc read_faces(struct dispatch_planner *p, struct err *e)
{
	const struct meal_day *m = &p->plan.before.day;

	for (size_t end = p->next_face + FACES_AT_ONCE; p->next_face < end && p->next_face < m->n_orders; p->next_face++) {
		enum rc rc = dispatch_is_carried(&m->orders[p->next_face])
		                 ? dispatch_face_read(p->of, m->orders[p->next_face].diner_id, p->wish.day, &p->faces[p->next_face], e)
		                 : RC_OK;

		if (rc != RC_OK)
			return rc;
	}
	if (p->next_face >= m->n_orders)
		p->stage = STAGE_START;
	return RC_OK;
}

/* Enough rounds for most days, fewer where the office has no patience. */
static int64_t rounds_for(const struct dispatch_planner *p)
{
	int64_t enough = 4000 + 300 * (int64_t)p->problem.p.n_diners, patience = (int64_t)p->of->settings->plan_ms * ROUNDS_A_MS;

	return enough < patience ? enough : patience;
}

static enum rc start(struct dispatch_planner *p, struct err *e)
{
	enum rc rc;

	dispatch_problem_make(p->of, &p->plan.before, &p->wish, p->faces, &p->arena, &p->problem);
	if ((rc = route_init(&p->work, &p->problem.p, SEED, e)) != RC_OK)
		return err_during(e, "线路排不了");
	p->aim = rounds_for(p);
	route_aim_at(&p->work, (struct route_aim){ .rounds = p->aim });
	if (p->wish.mode != DISPATCH_ALL) {
		struct route_plan standing;

		dispatch_problem_standing(&p->plan.before, &p->problem, &p->arena, &standing);
		route_start_from(&p->work, &standing);
	}
	p->stage = STAGE_SEARCH;
	return RC_OK;
}

static enum rc search(struct dispatch_planner *p, struct err *e)
{
	(void)e;
	if (p->problem.p.n_diners == 0 || p->problem.p.n_carriers == 0 || !route_step(&p->work, SLICE_US, 0, &slices))
		p->stage = STAGE_TAKE;
	return RC_OK;
}

/* What it gave ------------------------------------------------------------------------------------------------------------------------------ */

/* Firm ones stay where they are: they are in the routes, with a warning. */
static void list_unserved(struct dispatch_planner *p, const struct route_plan *best)
{
	struct route_unserved *why = arena_alloc(&p->arena, ((size_t)best->n_unserved + 1) * sizeof *why);
	struct dispatch_unserved *list = arena_alloc(&p->arena, ((size_t)best->n_unserved + 1) * sizeof *list);

	route_why_unserved(&p->problem.p, best, why);
	for (int32_t i = 0; i < best->n_unserved; i++) {
		AUTO_STRBUF words = { 0 };

		if (p->problem.p.diners[best->unserved[i]].firm)
			continue;
		dispatch_unserved_words(&p->plan.before, &p->problem, &why[i], &words);
		list[p->plan.n_unserved++] = (struct dispatch_unserved){ p->problem.orders[best->unserved[i]], arena_copy(&p->arena, strbuf_str(&words)) };
	}
	p->plan.unserved = list;
}

/* Whoever needs care and is used to nobody of them has seen many faces this month already. */
static void warn_of_faces(struct dispatch_planner *p)
{
	struct dispatch_planned *routes = (struct dispatch_planned *)p->plan.routes;

	for (size_t i = 0; i < p->plan.n_routes; i++)
		for (size_t k = 0; k < routes[i].n_stops && routes[i].carrier >= 0; k++) {
			const struct dispatch_face *face = &p->faces[routes[i].stops[k]];

			if (face->faces >= p->of->settings->faces_month && face->last_id != p->plan.before.carriers[routes[i].carrier].volunteer_id)
				routes[i].warnings |= DISPATCH_STRANGE;
		}
}

static enum rc take(struct dispatch_planner *p, struct err *e)
{
	const struct route_plan *best = route_best(&p->work);
	enum rc rc = route_verify(&p->problem.p, best, e);

	if (rc != RC_OK)
		return err_during(e, "排线结果没有通过核对");
	dispatch_take(p->of, &p->problem, best, &p->arena, &p->plan);
	warn_of_faces(p);
	list_unserved(p, best);
	p->plan.rounds = best->rounds;
	p->stage = p->plan.n_unserved > 0 ? STAGE_ASK : STAGE_DONE;
	return RC_OK;
}

static enum rc ask(struct dispatch_planner *p, struct err *e)
{
	struct route_carrier kinds[TRANSPORT_COUNT];
	enum rc rc;

	dispatch_recruit_kinds(p->of, &p->plan.before, kinds);
	rc = route_recruits_init(&p->recruits, &p->problem.p, route_best(&p->work), kinds, TRANSPORT_COUNT, RECRUITS_EACH, SEED, e);
	if (rc != RC_OK)
		return rc;
	p->recruiting = true;
	route_aim_at(&p->recruits.route, (struct route_aim){ .rounds = RECRUIT_ROUNDS });
	p->stage = STAGE_RECRUIT;
	return RC_OK;
}

/* One line a kind. */
static void list_asks(struct dispatch_planner *p)
{
	struct route_recruit found[TRANSPORT_COUNT * RECRUITS_EACH];
	const char **asks = arena_alloc(&p->arena, TRANSPORT_COUNT * sizeof *asks);
	int32_t n = route_recruits_list(&p->recruits, found);

	for (enum transport t = 0; t < TRANSPORT_COUNT; t++) {
		AUTO_STRBUF words = { 0 };
		int people = 0, meals = 0;

		for (int32_t i = 0; i < n; i++) {
			people += found[i].kind == (int32_t)t;
			meals += found[i].kind == (int32_t)t ? found[i].meals : 0;
		}
		if (people == 0 || meals == 0)
			continue;
		dispatch_recruit_words(p->of, t, people, meals, &words);
		asks[p->plan.n_asks++] = arena_copy(&p->arena, strbuf_str(&words));
	}
	p->plan.asks = asks;
}

static enum rc recruit(struct dispatch_planner *p, struct err *e)
{
	(void)e;
	if (route_step(&p->recruits.route, SLICE_US, 0, &slices))
		return RC_OK;
	list_asks(p);
	p->stage = STAGE_DONE;
	return RC_OK;
}

/* The planner -------------------------------------------------------------------------------------------------------------------------------- */

struct dispatch_planner *dispatch_planner_new(struct office *of)
{
	struct dispatch_planner *p = mem_alloc(sizeof *p);

	*p = (struct dispatch_planner){ .of = of, .stage = STAGE_DONE };
	return p;
}

static void forget(struct dispatch_planner *p)
{
	if (p->recruiting)
		route_recruits_release(&p->recruits);
	route_release(&p->work);
	arena_clear(&p->arena);
	free(p->meal);
}

void dispatch_planner_free(struct dispatch_planner *p)
{
	if (p == NULL)
		return;
	forget(p);
	free(p);
}

enum rc dispatch_planner_begin(struct dispatch_planner *p, const struct dispatch_wish *w, struct err *e)
{
	char *meal;
	enum rc rc = office_require(p->of, MAY_ROUTE_EDIT, e);

	if (rc != RC_OK)
		return rc;
	meal = mem_copy(w->meal);
	forget(p);
	*p = (struct dispatch_planner){ .of = p->of, .wish = *w, .meal = meal, .plan = { .mode = w->mode } };
	return RC_OK;
}

enum rc dispatch_planner_step(struct dispatch_planner *p, bool *more, struct err *e)
{
	static enum rc (*const stages[STAGE_DONE])(struct dispatch_planner *p, struct err *e) = {
		[STAGE_DAY] = read_day, [STAGE_FACES] = read_faces, [STAGE_START] = start, [STAGE_SEARCH] = search, [STAGE_TAKE] = take, [STAGE_ASK] = ask,
		[STAGE_RECRUIT] = recruit,
	};
	enum rc rc = p->stage < STAGE_DONE ? stages[p->stage](p, e) : RC_OK;

	if (rc == RC_OK)
		*more = p->stage < STAGE_DONE;
	return rc;
}

int dispatch_planner_percent(const struct dispatch_planner *p)
{
	switch (p->stage) {
	case STAGE_SEARCH:
		return 10 + (int)(80 * route_best(&p->work)->rounds / (p->aim > 0 ? p->aim : 1));
	case STAGE_TAKE: case STAGE_ASK: case STAGE_RECRUIT:
		return 90;
	case STAGE_DONE:
		return 100;
	default:
		return p->stage == STAGE_DAY ? 0 : 5;
	}
}

const struct dispatch_plan *dispatch_planner_plan(const struct dispatch_planner *p)
{
	return &p->plan;
}
