/* Whether a problem's numbers can be computed with: ranges, and rows that point to rows. */
#include "assign_model.h"
#include "range.h"

/* So that sums of costs and numbers of arcs stay far from where they would not fit. */
enum { ASSIGN_MAX_PLACES = 10000000, ASSIGN_MAX_EDGES = 200000000 };

static enum rc check_shift(const struct assign_problem *p, int32_t i, struct err *e)
{
	const struct assign_shift *s = &p->shifts[i];
	const struct range ranges[] = {
		{ s->start, -ASSIGN_MAX_MINUTES, ASSIGN_MAX_MINUTES, "开始时间" },
		{ s->end, -ASSIGN_MAX_MINUTES, ASSIGN_MAX_MINUTES, "结束时间" },
		{ s->need, 0, ASSIGN_MAX_NEED, "人数" },
		{ s->skill, 0, 63, "技能" },
		{ s->priority, 1, ASSIGN_MAX_COST, "优先级" },
		{ (int64_t)s->priority * p->weights.unfilled, 0, ASSIGN_MAX_COST, "优先级乘缺人的权重" },
	};

	if (s->end <= s->start)
		return err_set(e, RC_INVALID, NULL, "班次第 %d 行的结束时间不晚于开始时间，请改正后再排；跨过零点的班次，结束写第二天的时间", i + 1);
	return range_check("班次", i, ranges, COUNT(ranges), e);
}

static enum rc check_person(const struct assign_problem *p, int32_t i, struct err *e)
{
	const struct assign_person *v = &p->people[i];
	const struct range ranges[] = {
		{ v->max_shifts, 0, INT32_MAX, "班数上限" },
		{ v->max_minutes, 0, INT32_MAX, "分钟上限" },
		{ v->carried_minutes, 0, ASSIGN_MAX_MINUTES, "前几周分钟数" },
		{ (int64_t)p->weights.fair_carried * (v->carried_minutes / p->weights.carried_unit), -ASSIGN_MAX_COST, ASSIGN_MAX_COST,
		  "前几周分钟数乘它的权重" },
		{ p->window_first[i + 1] - (int64_t)p->window_first[i], 0, INT32_MAX, "可服务时段数" },
		{ p->pair_first[i + 1] - (int64_t)p->pair_first[i], 0, ASSIGN_MAX_PAIRS, "可去班次数" },
	};
	enum rc rc = range_check("志愿者", i, ranges, COUNT(ranges), e);

	if (rc != RC_OK)
		return rc;
	for (int32_t k = p->window_first[i]; k < p->window_first[i + 1]; k++) {
		const struct assign_window *w = &p->windows[k];

		if (w->end <= w->start)
			return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行有一个时段结束不晚于开始，请改正后再排", i + 1);
		if ((unsigned)w->degree > ASSIGN_WILLING)
			return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行有一个时段的意愿不明，请重新选择", i + 1);
	}
	for (int32_t k = p->pair_first[i]; k < p->pair_first[i + 1]; k++) {
		const struct range pair[] = {
			{ p->pairs[k].shift, 0, p->n_shifts - 1, "可去班次" },
			{ p->pairs[k].cost, -ASSIGN_MAX_COST, ASSIGN_MAX_COST, "去某班次的代价" },
		};

		if ((rc = range_check("志愿者", i, pair, COUNT(pair), e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc check_links(const struct assign_problem *p, struct err *e)
{
	enum rc rc = RC_OK;

	for (int32_t i = 0; i < p->n_apart && rc == RC_OK; i++) {
		const struct range ends[] = { { p->apart[i].a, 0, p->n_people - 1, "一方" }, { p->apart[i].b, 0, p->n_people - 1, "另一方" } };

		rc = range_check("不同班的人", i, ends, COUNT(ends), e);
		if (rc == RC_OK && p->apart[i].a == p->apart[i].b)
			rc = err_set(e, RC_INVALID, NULL, "不同班的人第 %d 行两方是同一个人，请改正后再排", i + 1);
	}
	for (int32_t i = 0; i < p->n_pins && rc == RC_OK; i++) {
		const struct range ends[] = { { p->pins[i].person, 0, p->n_people - 1, "志愿者" }, { p->pins[i].shift, 0, p->n_shifts - 1, "班次" } };

		rc = range_check("已定的安排", i, ends, COUNT(ends), e);
	}
	return rc;
}

enum rc problem_check(const struct assign_problem *p, struct err *e)
{
	const struct assign_weights *w = &p->weights;
	const struct range sizes[] = {
		{ p->n_shifts, 0, ASSIGN_MAX_ROWS, "班次数" },
		{ p->n_people, 0, ASSIGN_MAX_ROWS, "志愿者数" },
		{ p->n_apart, 0, ASSIGN_MAX_ROWS, "不同班的人数" },
		{ p->n_pins, 0, ASSIGN_MAX_ROWS, "已定的安排数" },
		{ w->unfilled, 0, ASSIGN_MAX_COST, "缺人的权重" },
		{ w->degree[ASSIGN_CANNOT], -ASSIGN_MAX_COST, ASSIGN_MAX_COST, "不可的权重" },
		{ w->degree[ASSIGN_RATHER_NOT], -ASSIGN_MAX_COST, ASSIGN_MAX_COST, "不太愿意的权重" },
		{ w->degree[ASSIGN_CAN], -ASSIGN_MAX_COST, ASSIGN_MAX_COST, "可以的权重" },
		{ w->degree[ASSIGN_WILLING], -ASSIGN_MAX_COST, ASSIGN_MAX_COST, "愿意的权重" },
		{ w->fair_step, 0, ASSIGN_MAX_COST / ASSIGN_MAX_SHIFTS, "均衡的权重" },
		{ w->fair_carried, 0, ASSIGN_MAX_COST / ASSIGN_MAX_SHIFTS, "前几周的权重" },
		{ w->carried_unit, 1, ASSIGN_MAX_MINUTES, "前几周的单位" },
	};
	enum rc rc = range_check("排班问题", 0, sizes, COUNT(sizes), e);
	int64_t places = 0;

	for (int32_t i = 0; i < p->n_shifts && rc == RC_OK; i++) {
		rc = check_shift(p, i, e);
		places += p->shifts[i].need;
	}
	if (rc == RC_OK && (places > ASSIGN_MAX_PLACES || (p->n_people > 0 && p->pair_first[p->n_people] > ASSIGN_MAX_EDGES)))
		return err_set(e, RC_INVALID, NULL, "一次要排的太多，请分几周或分网格来排");
	for (int32_t i = 0; i < p->n_people && rc == RC_OK; i++)
		rc = check_person(p, i, e);
	return rc == RC_OK ? check_links(p, e) : rc;
}
