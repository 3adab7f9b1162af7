/* Reasons for those left out: each carrier is asked for each of them, place by place of his trip; and the list of recruits. */
#include "plan/route_why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct why {
	const struct route_problem *p;
	const struct route_plan *plan;
	int32_t carrier, diner;
	int32_t *order, n;                /* the carrier's stops, the diner among them or not */
};

static int64_t way(const struct why *w, int32_t from, int32_t to)
{
	const struct route_speed *s = &w->p->speeds[w->p->carriers[w->carrier].speed];
	double x, y;

	if (s->seconds)
		return s->seconds[(int64_t)from * w->p->n_places + to];
	x = (double)w->p->places[from].x - w->p->places[to].x;
	y = (double)w->p->places[from].y - w->p->places[to].y;
	return (int64_t)(sqrt(x * x + y * y) * w->p->detour_permille / s->mm_per_s + 0.5);
}

/* When he has to leave at the latest to be at the last door then; no later than all windows allow. */
static int64_t latest_leave(const struct why *w, int64_t door)
{
	int64_t leave = door;

	for (int32_t i = w->n - 1; i >= 0; i--) {
		const struct route_diner *d = &w->p->diners[w->order[i]], *before = i > 0 ? &w->p->diners[w->order[i - 1]] : NULL;

		leave = leave < d->close_s ? leave : d->close_s;
		leave -= way(w, before ? before->place : 0, d->place) + (before ? before->service_s : 0);
	}
	return leave;
}

/* What the times of the trip break first: the hot-meal limit, a window, his hours; or nothing. */
static enum route_rule broken_by(const struct why *w)
{
	const struct route_carrier *c = &w->p->carriers[w->carrier];
	int64_t at = c->from_s, door = at, moving = 0, leave;
	bool missed = false;
	int32_t here = 0;

	for (int32_t i = 0; i < w->n; i++) {
		const struct route_diner *d = &w->p->diners[w->order[i]];

		moving += way(w, here, d->place) + (i > 0 ? w->p->diners[w->order[i - 1]].service_s : 0);
		at += way(w, here, d->place);
		at = at < d->open_s ? d->open_s : at;
		missed = missed || at > d->close_s;
		door = at;
		at += d->service_s;
		here = d->place;
	}
	at += way(w, here, 0);
	if (moving > w->p->hot_s)
		return ROUTE_LATE;
	if (missed)
		return ROUTE_WINDOWS;
	leave = latest_leave(w, door);
	if (door - leave > w->p->hot_s)
		return ROUTE_LATE;
	return at > c->to_s || at - leave > c->max_s ? ROUTE_LONG : ROUTE_DEARER;
}

static bool may_meet(const struct why *w)
{
	const struct route_diner *d = &w->p->diners[w->diner];

	for (int32_t i = 0; i < w->p->n_forbidden; i++)
		if (w->p->forbidden[i].diner == w->diner && w->p->forbidden[i].carrier == w->carrier)
			return false;
	return !d->firm || d->carrier == w->carrier;
}

/* With the diner at each place of the trip in turn, the one that breaks the last of the rules. */
static enum route_rule best_place(struct why *w, const struct route_trip *t)
{
	enum route_rule best = ROUTE_FULL;

	w->n = t->n + 1;
	for (int32_t at = 0; at <= t->n && best < ROUTE_DEARER; at++) {
		enum route_rule rule;

		for (int32_t i = 0; i < t->n; i++)
			w->order[i + (i >= at)] = w->plan->stops[t->first + i].diner;
		w->order[at] = w->diner;
		rule = broken_by(w);
		best = rule > best ? rule : best;
	}
	return best;
}

static enum route_rule rule_of(struct why *w, const struct route_trip *t)
{
	const struct route_carrier *c = &w->p->carriers[w->carrier];
	int32_t meals = w->p->diners[w->diner].meals;
	enum route_rule alone;

	if (!may_meet(w))
		return ROUTE_FORBIDDEN;
	if (meals > c->capacity)
		return ROUTE_TOO_MANY;
	w->order[0] = w->diner;
	w->n = 1;
	alone = broken_by(w);
	if (alone != ROUTE_DEARER)
		return alone == ROUTE_LATE ? ROUTE_TOO_FAR : ROUTE_NO_TIME;
	if (!t)
		return ROUTE_DEARER;
	return t->meals > c->capacity - meals ? ROUTE_FULL : best_place(w, t);
}

void route_why_unserved(const struct route_problem *p, const struct route_plan *plan, struct route_unserved *out)
{
	AUTO_FREE int32_t *order = mem_alloc(((size_t)p->n_diners + 1) * sizeof *order);
	struct why w = { .p = p, .plan = plan, .order = order };

	for (int32_t i = 0; i < plan->n_unserved; i++) {
		int32_t trip = 0;

		out[i] = (struct route_unserved){ .diner = plan->unserved[i], .rule = ROUTE_FORBIDDEN, .carrier = -1 };
		w.diner = plan->unserved[i];
		for (w.carrier = 0; w.carrier < p->n_carriers; w.carrier++) {
			bool under_way = trip < plan->n_trips && plan->trips[trip].carrier == w.carrier;
			enum route_rule rule = rule_of(&w, under_way ? &plan->trips[trip] : NULL);

			trip += under_way;
			out[i].carriers[rule]++;
			if (out[i].carrier < 0 || rule > out[i].rule) {
				out[i].rule = rule;
				out[i].carrier = w.carrier;
			}
		}
	}
}

/* Recruits ---------------------------------------------------------------------------------------------------------------------------- */

enum rc route_recruits_init(struct route_recruits *out, const struct route_problem *p, const struct route_plan *plan,
                            const struct route_carrier *kinds, int32_t n_kinds, int32_t each, uint64_t seed, struct err *e)
{
	struct route_recruits r = { .n_before = p->n_carriers, .each = each };
	struct route_problem *larger;
	int64_t more = n_kinds > 0 && each > 0 ? (int64_t)n_kinds * each : 0;
	enum rc rc;

	if (n_kinds < 0 || each < 0 || p->n_carriers + more > ROUTE_MAX_CARRIERS)
		return err_set(e, RC_INVALID, NULL, "要试的增补送餐人太多，最多 %d 人，请减少后再试", ROUTE_MAX_CARRIERS);
	r.carriers = mem_alloc((size_t)(p->n_carriers + more) * sizeof *r.carriers);
	r.left_out = mem_alloc((size_t)p->n_diners * sizeof *r.left_out);
	if (p->n_carriers > 0)
		memcpy(r.carriers, p->carriers, (size_t)p->n_carriers * sizeof *r.carriers);
	for (int32_t i = 0; i < more; i++)
		r.carriers[p->n_carriers + i] = kinds[i / each];
	for (int32_t i = 0; i < plan->n_unserved; i++)
		r.left_out[plan->unserved[i]] = true;
	r.p = larger = mem_alloc(sizeof *larger);
	*larger = *p;
	larger->carriers = r.carriers;
	larger->n_carriers += (int32_t)more;
	if ((rc = route_init(&r.route, larger, seed, e)) != RC_OK) {
		route_recruits_release(&r);
		return rc;
	}
	route_start_from(&r.route, plan);
	*out = r;
	return RC_OK;
}

static int by_meals(const void *left, const void *right)
{
	const struct route_recruit *a = left, *b = right;

	if (a->meals != b->meals)
		return a->meals > b->meals ? -1 : 1;
	return (a->trip > b->trip) - (a->trip < b->trip);
}

int32_t route_recruits_list(const struct route_recruits *r, struct route_recruit *out)
{
	const struct route_plan *plan = route_best(&r->route);
	int32_t n = 0;

	for (int32_t i = 0; i < plan->n_trips; i++) {
		const struct route_trip *t = &plan->trips[i];

		if (t->carrier < r->n_before)
			continue;
		out[n] = (struct route_recruit){ .kind = (t->carrier - r->n_before) / r->each, .trip = i };
		for (int32_t k = t->first; k < t->first + t->n; k++)
			out[n].meals += r->left_out[plan->stops[k].diner] ? r->p->diners[plan->stops[k].diner].meals : 0;
		n++;
	}
	qsort(out, (size_t)n, sizeof *out, by_meals);
	return n;
}

void route_recruits_release(struct route_recruits *r)
{
	route_release(&r->route);
	free(r->p);
	free(r->carriers);
	free(r->left_out);
	*r = (struct route_recruits){ 0 };
}
