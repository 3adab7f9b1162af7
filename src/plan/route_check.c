/* Whether a routing problem's numbers can be computed with: ranges, and rows that point to rows. */
#include "range.h"
#include "route_model.h"

static enum rc check_diner(const struct route_problem *p, int32_t i, struct err *e)
{
	const struct route_diner *d = &p->diners[i];
	const struct range ranges[] = {
		{ d->place, 1, p->n_places - 1, "地点" },
		{ d->meals, 0, ROUTE_MAX_MEALS, "份数" },
		{ d->service_s, 0, ROUTE_MAX_SECONDS, "交付秒数" },
		{ d->open_s, 0, ROUTE_MAX_SECONDS, "最早送达" },
		{ d->close_s, 0, ROUTE_MAX_SECONDS, "最晚送达" },
		{ d->need, 1, ROUTE_MAX_NEED, "需要程度" },
		{ (int64_t)d->need * d->meals * p->weights.unserved, 0, ROUTE_MAX_COST, "需要程度乘份数乘未送达的权重" },
		{ d->carrier, -1, p->n_carriers - 1, "固定送餐人" },
		{ d->place_in_route, 0, ROUTE_MAX_SECONDS, "固定次序" },
		{ d->familiar, -1, p->n_carriers - 1, "熟悉的送餐人" },
		{ (int64_t)d->faces * p->weights.familiar, 0, ROUTE_MAX_COST, "生面孔的权重" },
		{ d->faces, 0, ROUTE_MAX_COST, "生面孔的程度" },
	};

	if (d->close_s < d->open_s)
		return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行的最晚送达早于最早送达，请改正后再排", i + 1);
	if (d->firm && d->carrier < 0)
		return err_set(e, RC_INVALID, NULL, "就餐老人第 %d 行只要固定送餐人，却没有写是谁，请补上后再排", i + 1);
	return range_check("就餐老人", i, ranges, COUNT(ranges), e);
}

static enum rc check_carrier(const struct route_problem *p, int32_t i, struct err *e)
{
	const struct route_carrier *c = &p->carriers[i];
	const struct range ranges[] = {
		{ c->capacity, 0, ROUTE_MAX_MEALS, "载量" },
		{ c->speed, 0, p->n_speeds - 1, "交通方式" },
		{ c->from_s, 0, ROUTE_MAX_SECONDS, "最早出发" },
		{ c->to_s, 0, ROUTE_MAX_SECONDS, "最晚返回" },
		{ c->max_s, 0, ROUTE_MAX_SECONDS, "在外秒数上限" },
		{ c->carried_s, 0, ROUTE_MAX_SECONDS, "前几周在外秒数" },
		{ c->cost, 0, ROUTE_MAX_COST, "动用的代价" },
	};

	if (c->to_s < c->from_s)
		return err_set(e, RC_INVALID, NULL, "送餐人第 %d 行的最晚返回早于最早出发，请改正后再排", i + 1);
	return range_check("送餐人", i, ranges, COUNT(ranges), e);
}

static enum rc check_speed(const struct route_problem *p, int32_t i, struct err *e)
{
	const struct route_speed *s = &p->speeds[i];
	const struct range speed = { s->mm_per_s, 1, ROUTE_MAX_METRES, "速度" };

	if (!s->seconds)
		return p->places ? range_check("交通方式", i, &speed, 1, e) :
		                   err_set(e, RC_INVALID, NULL, "交通方式第 %d 行没有路程表，地点也没有坐标，请补上后再排", i + 1);
	for (int64_t k = 0; k < (int64_t)p->n_places * p->n_places; k++) {
		const struct range way = { s->seconds[k], 0, ROUTE_MAX_SECONDS, "路程" };
		enum rc rc = range_check("交通方式", i, &way, 1, e);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc check_places(const struct route_problem *p, struct err *e)
{
	for (int32_t i = 0; p->places && i < p->n_places; i++) {
		const struct range ranges[] = {
			{ p->places[i].x, -ROUTE_MAX_METRES, ROUTE_MAX_METRES, "横坐标" },
			{ p->places[i].y, -ROUTE_MAX_METRES, ROUTE_MAX_METRES, "纵坐标" },
		};
		enum rc rc = range_check("地点", i, ranges, COUNT(ranges), e);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* What fairness can come to on the longest trip of somebody who has carried the most. */
static int64_t most_fair(const struct route_weights *w)
{
	int64_t away = ROUTE_MAX_SECONDS;

	return w->fair_unit_s < 1 ? 0 : 3 * away * away / w->fair_unit_s * w->fair / w->fair_unit_s;
}

static enum rc check_sizes(const struct route_problem *p, struct err *e)
{
	const struct route_weights *w = &p->weights;
	const struct range sizes[] = {
		{ p->n_places, 1, ROUTE_MAX_DINERS + 1, "地点数" },
		{ p->n_speeds, p->n_carriers > 0, ROUTE_MAX_SPEEDS, "交通方式数" },
		{ p->n_diners, 0, ROUTE_MAX_DINERS, "就餐老人数" },
		{ p->n_carriers, 0, ROUTE_MAX_CARRIERS, "送餐人数" },
		{ p->n_forbidden, 0, ROUTE_MAX_PAIRS, "回避的对数" },
		{ p->detour_permille, 0, ROUTE_MAX_METRES, "绕路千分比" },
		{ p->hot_s, 0, ROUTE_MAX_SECONDS, "保热秒数" },
		{ w->unserved, 0, ROUTE_MAX_COST, "未送达的权重" },
		{ w->pin, 0, ROUTE_MAX_COST, "固定送餐人的权重" },
		{ w->order, 0, ROUTE_MAX_COST, "固定次序的权重" },
		{ w->second, 0, ROUTE_MAX_FAIR, "每秒的权重" },
		{ w->wait, 0, ROUTE_MAX_FAIR, "每秒等候的权重" },
		{ w->familiar, 0, ROUTE_MAX_COST, "生面孔的权重" },
		{ w->fair_unit_s, 1, ROUTE_MAX_SECONDS, "均衡的单位" },
		{ most_fair(w), 0, (int64_t)ROUTE_MAX_COST * ROUTE_MAX_COST / 100, "均衡的权重除以单位的平方" },
	};

	if (w->fair < 0 || w->fair > ROUTE_MAX_FAIR)
		return err_set(e, RC_INVALID, NULL, "均衡的权重是 %d，应在 0 到 %d 之间，请改正后再排", w->fair, ROUTE_MAX_FAIR);
	return range_check("排线问题", 0, sizes, COUNT(sizes), e);
}

enum rc route_problem_check(const struct route_problem *p, struct err *e)
{
	enum rc rc = check_sizes(p, e);

	if (rc == RC_OK)
		rc = check_places(p, e);
	for (int32_t i = 0; i < p->n_speeds && rc == RC_OK; i++)
		rc = check_speed(p, i, e);
	for (int32_t i = 0; i < p->n_diners && rc == RC_OK; i++)
		rc = check_diner(p, i, e);
	for (int32_t i = 0; i < p->n_carriers && rc == RC_OK; i++)
		rc = check_carrier(p, i, e);
	for (int32_t i = 0; i < p->n_forbidden && rc == RC_OK; i++) {
		const struct range ends[] = {
			{ p->forbidden[i].diner, 0, p->n_diners - 1, "就餐老人" },
			{ p->forbidden[i].carrier, 0, p->n_carriers - 1, "送餐人" },
		};

		rc = range_check("回避", i, ends, COUNT(ends), e);
	}
	return rc;
}
