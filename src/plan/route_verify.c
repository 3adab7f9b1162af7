/* The verifier: every trip is walked with the clock in hand and every rule read anew from the problem.  Slow and plain on purpose; it shares nothing
 * with the planner but the problem's own types. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan/route.h"

struct verify {
	const struct route_problem *p;
	const struct route_plan *plan;
	int32_t *served_by;               /* [n_diners] a carrier, -1 */
	int64_t cost, seconds, meals;
	int32_t pins, orders, faces;
};

static int64_t seconds_between(const struct route_problem *p, int32_t speed, int32_t from, int32_t to)
{
	const struct route_speed *s = &p->speeds[speed];
	double metres;

	if (s->seconds)
		return s->seconds[(int64_t)from * p->n_places + to];
	metres = hypot((double)p->places[from].x - p->places[to].x, (double)p->places[from].y - p->places[to].y);
	return (int64_t)floor(metres * p->detour_permille / s->mm_per_s + 0.5);
}

/* One trip ---------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_trip_row(const struct verify *v, int32_t i, struct err *e)
{
	const struct route_trip *t = &v->plan->trips[i];

	if (t->carrier < 0 || t->carrier >= v->p->n_carriers || (i > 0 && t->carrier <= t[-1].carrier))
		return err_set(e, RC_INVALID, NULL, "第 %d 条线路的送餐人不存在、重复或次序不对", i + 1);
	if (t->n < 1 || t->first != (i > 0 ? t[-1].first + t[-1].n : 0) || t->n > v->plan->n_stops - t->first)
		return err_set(e, RC_INVALID, NULL, "第 %d 条线路的站点不对", i + 1);
	return RC_OK;
}

static enum rc check_meeting(struct verify *v, const struct route_trip *t, const struct route_stop *stop, struct err *e)
{
	const struct route_diner *d;

	if (stop->diner < 0 || stop->diner >= v->p->n_diners)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行的线路上有不存在的人", t->carrier + 1);
	d = &v->p->diners[stop->diner];
	if (v->served_by[stop->diner] >= 0)
		return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行排了两次", stop->diner + 1);
	v->served_by[stop->diner] = t->carrier;
	if (d->firm && d->carrier != t->carrier)
		return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行只能由固定送餐人送", stop->diner + 1);
	if (d->carrier >= 0 && d->carrier != t->carrier) {
		v->pins++;
		v->cost += v->p->weights.pin;
	}
	if (d->familiar >= 0 && d->familiar != t->carrier) {
		v->faces++;
		v->cost += (int64_t)d->faces * v->p->weights.familiar;
	}
	return RC_OK;
}

/* Walk a trip as it says; *door is when the last hand-over begins, *back when he is at the kitchen again. */
static enum rc walk(struct verify *v, const struct route_trip *t, int64_t *door, int64_t *back, int64_t *waited, struct err *e)
{
	const struct route_problem *p = v->p;
	int64_t at = t->leave_s, walked = 0;
	int32_t here = 0, speed = p->carriers[t->carrier].speed, place = 0;

	*waited = 0;
	for (int32_t i = t->first; i < t->first + t->n; i++) {
		const struct route_stop *stop = &v->plan->stops[i];
		enum rc rc = check_meeting(v, t, stop, e);
		const struct route_diner *d;

		if (rc != RC_OK)
			return rc;
		d = &p->diners[stop->diner];
		walked += seconds_between(p, speed, here, d->place) + d->service_s;
		at += seconds_between(p, speed, here, d->place);
		if (stop->begin_s < at || stop->begin_s < d->open_s || stop->begin_s > d->close_s)
			return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行的送达时间 %d 早于到门或不在期望时段里", stop->diner + 1, stop->begin_s);
		*waited += stop->begin_s - at;
		*door = stop->begin_s;
		at = (int64_t)stop->begin_s + d->service_s;
		here = d->place;
		if (d->place_in_route > 0) {
			v->orders += d->place_in_route < place;
			v->cost += d->place_in_route < place ? p->weights.order : 0;
			place = d->place_in_route;
		}
	}
	walked += seconds_between(p, speed, here, 0);
	*back = at + seconds_between(p, speed, here, 0);
	v->cost += walked * p->weights.second + *waited * p->weights.wait;
	return RC_OK;
}

static enum rc check_times(struct verify *v, const struct route_trip *t, struct err *e)
{
	const struct route_carrier *c = &v->p->carriers[t->carrier];
	const struct route_weights *x = &v->p->weights;
	int64_t door = 0, back = 0, waited = 0, away;
	enum rc rc = walk(v, t, &door, &back, &waited, e);

	if (rc != RC_OK)
		return rc;
	away = back - t->leave_s;
	if (door != t->last_door_s || back != t->back_s || waited != t->waiting_s)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行的线路写的时间与实际走的不同", t->carrier + 1);
	if (t->leave_s < c->from_s || back > c->to_s || away > c->max_s)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行超出了他的时间", t->carrier + 1);
	if (door - t->leave_s > v->p->hot_s)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行的最后一份送到时已超过保热时限", t->carrier + 1);
	v->seconds += away;
	v->cost += c->cost + away * (2 * (int64_t)c->carried_s + away) / x->fair_unit_s * x->fair / x->fair_unit_s;
	return RC_OK;
}

static enum rc check_load(const struct verify *v, const struct route_trip *t, struct err *e)
{
	int64_t meals = 0;

	for (int32_t i = t->first; i < t->first + t->n; i++)
		meals += v->p->diners[v->plan->stops[i].diner].meals;
	if (meals > v->p->carriers[t->carrier].capacity || meals != t->meals)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行要带 %lld 份，写的是 %d 份，只能带 %d 份", t->carrier + 1, (long long)meals, t->meals,
		               v->p->carriers[t->carrier].capacity);
	return RC_OK;
}

/* All of them ------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_forbidden(const struct verify *v, struct err *e)
{
	for (int32_t i = 0; i < v->p->n_forbidden; i++)
		if (v->served_by[v->p->forbidden[i].diner] == v->p->forbidden[i].carrier)
			return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行不能由送餐人第 %d 行送", v->p->forbidden[i].diner + 1,
			               v->p->forbidden[i].carrier + 1);
	return RC_OK;
}

/* Nobody vanishes: who is on no trip is on the list of those left out, and only they. */
static enum rc check_unserved(struct verify *v, struct err *e)
{
	const struct route_plan *plan = v->plan;
	int32_t listed = 0;

	for (int32_t i = 0; i < v->p->n_diners; i++) {
		const struct route_diner *d = &v->p->diners[i];

		if (v->served_by[i] >= 0)
			continue;
		if (listed >= plan->n_unserved || plan->unserved[listed] != i)
			return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行既不在线路上，也不在未排名单里", i + 1);
		listed++;
		v->meals += d->meals;
		v->cost += (int64_t)d->need * d->meals * v->p->weights.unserved;
	}
	if (listed != plan->n_unserved)
		return err_set(e, RC_INVALID, NULL, "未排名单里有已在线路上的人");
	return RC_OK;
}

static enum rc check_sums(const struct verify *v, struct err *e)
{
	const struct route_plan *plan = v->plan;
	int64_t meals = 0;
	const struct { const char *what; int64_t said, is; } sums[] = {
		{ "代价", plan->cost, v->cost },
		{ "总秒数", plan->seconds, v->seconds },
		{ "未送份数", plan->unserved_meals, v->meals },
		{ "换了固定送餐人的人数", plan->pins_broken, v->pins },
		{ "颠倒的固定次序", plan->orders_broken, v->orders },
		{ "生面孔", plan->strange_faces, v->faces },
	};

	for (size_t i = 0; i < COUNT(sums); i++)
		if (sums[i].said != sums[i].is)
			return err_set(e, RC_INVALID, NULL, "方案说%s是 %lld，实际是 %lld", sums[i].what, (long long)sums[i].said, (long long)sums[i].is);
	for (int32_t i = 0; i < v->p->n_diners; i++)
		meals += v->p->diners[i].meals;
	for (int32_t i = 0; i < v->p->n_carriers; i++)
		meals -= v->p->carriers[i].capacity;
	if (plan->unserved_at_least != (meals > 0 ? meals : 0))
		return err_set(e, RC_INVALID, NULL, "方案说至少有 %lld 份送不了，应是 %lld 份", (long long)plan->unserved_at_least,
		               (long long)(meals > 0 ? meals : 0));
	return RC_OK;
}

enum rc route_verify(const struct route_problem *p, const struct route_plan *plan, struct err *e)
{
	AUTO_FREE int32_t *served_by = mem_alloc((size_t)p->n_diners * sizeof *served_by);
	struct verify v = { .p = p, .plan = plan, .served_by = served_by };
	int32_t stops = 0;
	enum rc rc = RC_OK;

	memset(served_by, -1, (size_t)p->n_diners * sizeof *served_by);
	for (int32_t i = 0; i < plan->n_trips && rc == RC_OK; i++) {
		if ((rc = check_trip_row(&v, i, e)) == RC_OK && (rc = check_times(&v, &plan->trips[i], e)) == RC_OK)
			rc = check_load(&v, &plan->trips[i], e);
		stops += plan->trips[i].n;
	}
	if (rc == RC_OK && stops != plan->n_stops)
		rc = err_set(e, RC_INVALID, NULL, "有的站点不属于任何线路");
	if (rc == RC_OK)
		rc = check_forbidden(&v, e);
	if (rc == RC_OK)
		rc = check_unserved(&v, e);
	return rc == RC_OK ? check_sums(&v, e) : rc;
}
