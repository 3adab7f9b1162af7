/* The verifier: every rule read anew from the problem, the cost added up, the bound worked out from the prices.  Slow and plain on purpose; it
 * shares nothing with the planner but the problem's own types. */
#include <stdlib.h>

#include "base/mem.h"
#include "plan/assign.h"

struct verify {
	const struct assign_problem *p;
	const struct assign_plan *plan;
	int32_t *first;                   /* [n_people + 1] seats of a person */
	bool *pinned;                     /* [n_seats] */
	int32_t *filled, *by_pins;        /* [n_shifts] */
	int64_t cost;
};

static int64_t length_of(const struct assign_problem *p, int32_t shift)
{
	return (int64_t)p->shifts[shift].end - p->shifts[shift].start;
}

static bool collide(const struct assign_problem *p, int32_t a, int32_t b)
{
	int32_t begin = p->shifts[a].start > p->shifts[b].start ? p->shifts[a].start : p->shifts[b].start;
	int32_t end = p->shifts[a].end < p->shifts[b].end ? p->shifts[a].end : p->shifts[b].end;

	return begin < end;
}

static bool same_event(const struct assign_problem *p, int32_t a, int32_t b)
{
	return a == b || (p->shifts[a].event >= 0 && p->shifts[a].event == p->shifts[b].event);
}

/* How willing a person is at the worst moment of a shift: between two neighbouring edges of windows nothing changes. */
static int willing(const struct assign_problem *p, int32_t person, int32_t shift)
{
	int32_t start = p->shifts[shift].start, end = p->shifts[shift].end, worst = ASSIGN_WILLING;

	for (int32_t at = start; at < end;) {
		int32_t next = end, here = -1;

		for (int32_t k = p->window_first[person]; k < p->window_first[person + 1]; k++) {
			const struct assign_window *w = &p->windows[k];

			if (w->start > at && w->start < next)
				next = w->start;
			if (w->end > at && w->end < next)
				next = w->end;
			if (w->start <= at && at < w->end && (here < 0 || (int)w->degree < here))
				here = (int)w->degree;
		}
		if (here <= 0)
			return ASSIGN_CANNOT;
		worst = here < worst ? here : worst;
		at = next;
	}
	return worst;
}

static const struct assign_pair *pair_of(const struct assign_problem *p, int32_t person, int32_t shift)
{
	for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++)
		if (p->pairs[k].shift == shift)
			return &p->pairs[k];
	return NULL;
}

static int64_t fair(const struct assign_problem *p, int32_t person, int64_t j)
{
	return p->weights.fair_step * (2 * j - 1) +
	       (int64_t)p->weights.fair_carried * (p->people[person].carried_minutes / p->weights.carried_unit);
}

/* Rules -------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_seats(struct verify *v, struct err *e)
{
	const struct assign_problem *p = v->p;

	for (int32_t i = 0; i < v->plan->n_seats; i++) {
		const struct assign_seat *s = &v->plan->seats[i];

		if (s->person < 0 || s->person >= p->n_people || s->shift < 0 || s->shift >= p->n_shifts)
			return err_set(e, RC_INVALID, NULL, "方案第 %d 项指向不存在的人或班次", i + 1);
		if (i > 0 && (s->person < s[-1].person || (s->person == s[-1].person && s->shift <= s[-1].shift)))
			return err_set(e, RC_INVALID, NULL, "方案第 %d 项次序不对或重复", i + 1);
		v->first[s->person + 1]++;
		v->filled[s->shift]++;
	}
	for (int32_t i = 0; i < p->n_people; i++)
		v->first[i + 1] += v->first[i];
	for (int32_t k = 0; k < p->n_pins; k++) {
		int32_t i = v->first[p->pins[k].person];

		while (i < v->first[p->pins[k].person + 1] && v->plan->seats[i].shift != p->pins[k].shift)
			i++;
		if (i == v->first[p->pins[k].person + 1])
			return err_set(e, RC_INVALID, NULL, "方案动了第 %d 项已定的安排", k + 1);
		v->pinned[i] = true;
		v->by_pins[p->pins[k].shift]++;
	}
	return RC_OK;
}

static enum rc check_pair(const struct verify *v, int32_t seat, struct err *e)
{
	const struct assign_problem *p = v->p;
	int32_t person = v->plan->seats[seat].person, shift = v->plan->seats[seat].shift;

	if (!pair_of(p, person, shift))
		return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行不在班次第 %d 行的人选里", person + 1, shift + 1);
	if (!(p->people[person].skills & (UINT64_C(1) << p->shifts[shift].skill)))
		return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行没有班次第 %d 行要的技能", person + 1, shift + 1);
	if (willing(p, person, shift) == ASSIGN_CANNOT)
		return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行在班次第 %d 行的时间不可服务", person + 1, shift + 1);
	return RC_OK;
}

static enum rc check_person(struct verify *v, int32_t person, struct err *e)
{
	const struct assign_problem *p = v->p;
	int64_t count = 0, minutes = 0;
	bool free_choice = false;
	enum rc rc;

	for (int32_t i = v->first[person]; i < v->first[person + 1]; i++) {
		int32_t shift = v->plan->seats[i].shift;
		const struct assign_pair *pair = pair_of(p, person, shift);

		v->cost += fair(p, person, ++count) + (pair ? pair->cost + p->weights.degree[willing(p, person, shift)] : 0);
		minutes += length_of(p, shift);
		if (v->pinned[i])
			continue;
		free_choice = true;
		if ((rc = check_pair(v, i, e)) != RC_OK)
			return rc;
		for (int32_t k = v->first[person]; k < v->first[person + 1]; k++)
			if (k != i && collide(p, shift, v->plan->seats[k].shift))
				return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行有两个班次时间重叠", person + 1);
	}
	if (free_choice && (count > p->people[person].max_shifts || minutes > p->people[person].max_minutes))
		return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行超过了班数或时长上限", person + 1);
	return RC_OK;
}

static enum rc check_apart(const struct verify *v, const struct assign_apart *apart, struct err *e)
{
	for (int32_t i = v->first[apart->a]; i < v->first[apart->a + 1]; i++)
		for (int32_t k = v->first[apart->b]; k < v->first[apart->b + 1]; k++)
			if (!(v->pinned[i] && v->pinned[k]) && same_event(v->p, v->plan->seats[i].shift, v->plan->seats[k].shift))
				return err_set(e, RC_INVALID, NULL, "志愿者第 %d 行与第 %d 行不能同班", apart->a + 1, apart->b + 1);
	return RC_OK;
}

static enum rc check_places(struct verify *v, struct err *e)
{
	const struct assign_problem *p = v->p;
	int64_t open = 0;

	for (int32_t s = 0; s < p->n_shifts; s++) {
		int64_t missing = (int64_t)p->shifts[s].need - v->filled[s];

		if (missing < 0 && v->filled[s] > v->by_pins[s])
			return err_set(e, RC_INVALID, NULL, "班次第 %d 行排的人多于需要", s + 1);
		missing = missing > 0 ? missing : 0;
		open += missing;
		v->cost += missing * p->shifts[s].priority * p->weights.unfilled;
	}
	if (open != v->plan->unfilled)
		return err_set(e, RC_INVALID, NULL, "方案说缺 %lld 人，实际缺 %lld 人", (long long)v->plan->unfilled, (long long)open);
	if (v->cost != v->plan->cost)
		return err_set(e, RC_INVALID, NULL, "方案说代价是 %lld，实际是 %lld", (long long)v->plan->cost, (long long)v->cost);
	return RC_OK;
}

/* The bound ---------------------------------------------------------------------------------------------------------------------- */

/* What is open to one person, by start, and what the pins leave him. */
struct choice {
	int32_t n, count;
	int32_t all, unit;                /* shifts that the rules allow whatever they cost, and the unit of their lengths */
	int64_t minutes;
	int32_t *shifts;
	int64_t *gain;                    /* price less cost */
	int64_t *lengths;                 /* of all, the shortest first */
	int32_t held;
};

/* Whether the pins (his own, and of those he is to be kept from) leave the shift open to him. */
static bool left_open(const struct verify *v, int32_t person, int32_t shift)
{
	const struct assign_problem *p = v->p;

	for (int32_t k = 0; k < p->n_pins; k++) {
		int32_t other = p->pins[k].person;

		if (other == person && collide(p, p->pins[k].shift, shift))
			return false;
		for (int32_t i = 0; i < p->n_apart && same_event(p, p->pins[k].shift, shift); i++)
			if ((p->apart[i].a == person && p->apart[i].b == other) || (p->apart[i].b == person && p->apart[i].a == other))
				return false;
	}
	return true;
}

static int32_t common_measure(int64_t a, int64_t b)
{
	for (int64_t rest; b; b = rest) {
		rest = a % b;
		a = b;
	}
	return (int32_t)a;
}

static void add_length(struct choice *c, int64_t length)
{
	int32_t at = c->all++;

	for (; at > 0 && c->lengths[at - 1] > length; at--)
		c->lengths[at] = c->lengths[at - 1];
	c->lengths[at] = length;
	c->unit = common_measure(c->unit, length);
}

/* How many shifts can be done at most: the shortest ones. */
static int64_t most_shifts(const struct choice *c)
{
	int64_t left = c->minutes, n = 0;

	while (n < c->all && n < c->count && n < ASSIGN_MAX_SHIFTS && (left -= c->lengths[n]) >= 0)
		n++;
	return n;
}

static void make_choice(const struct verify *v, int32_t person, struct choice *c)
{
	const struct assign_problem *p = v->p;

	c->n = c->all = c->unit = c->held = 0;
	c->minutes = p->people[person].max_minutes;
	for (int32_t k = 0; k < p->n_pins; k++)
		if (p->pins[k].person == person) {
			c->held++;
			c->minutes -= length_of(p, p->pins[k].shift);
		}
	c->count = p->people[person].max_shifts - c->held;
	if (c->count <= 0)
		return;
	for (int32_t k = p->pair_first[person]; k < p->pair_first[person + 1]; k++) {
		int32_t shift = p->pairs[k].shift, degree, at = c->n;
		int64_t gain = v->plan->prices[shift] - p->pairs[k].cost;

		if (p->shifts[shift].need <= v->by_pins[shift] || !(p->people[person].skills & (UINT64_C(1) << p->shifts[shift].skill)) ||
		    length_of(p, shift) > c->minutes || (degree = willing(p, person, shift)) == ASSIGN_CANNOT || !left_open(v, person, shift))
			continue;
		add_length(c, length_of(p, shift));
		gain -= p->weights.degree[degree];
		if (gain <= fair(p, person, c->held + 1))
			continue;
		while (at > 0 && p->shifts[c->shifts[at - 1]].start > p->shifts[shift].start) {
			c->shifts[at] = c->shifts[at - 1];
			c->gain[at] = c->gain[at - 1];
			at--;
		}
		c->shifts[at] = shift;
		c->gain[at] = gain;
		c->n++;
	}
}

/* The unit of time of a person's table, as the header tells: his shifts' own, or so large that the table has the size agreed upon. */
static int64_t unit_of(const struct choice *c)
{
	int64_t most = c->count < c->all ? c->count : c->all, widest;

	most = most < ASSIGN_MAX_SHIFTS ? most : ASSIGN_MAX_SHIFTS;
	widest = ASSIGN_TABLE / ((c->all + 1) * (most + 1));
	widest = widest > 1 ? widest : 1;
	return c->minutes / c->unit + 1 > widest ? c->minutes / widest + 1 : c->unit;
}

/* What a person gains at most by the choice: the longest way through his shifts from the last to the first, by shifts and time left. */
static int64_t most_gain(const struct assign_problem *p, int32_t person, const struct choice *c)
{
	int64_t most = most_shifts(c), all = 0, unit, width, size;
	AUTO_FREE int64_t *table = NULL;

	if (most <= 0 || c->n == 0)
		return 0;
	most = most < c->n ? most : c->n;
	for (int32_t i = 0; i < c->n; i++)
		all += length_of(p, c->shifts[i]);
	unit = unit_of(c);
	width = all <= c->minutes ? 1 : c->minutes / unit + 1;
	size = (most + 1) * width;
	table = mem_alloc((size_t)(c->n + 1) * (size_t)size * sizeof *table);
	for (int32_t i = c->n - 1; i >= 0; i--) {
		int64_t units = width > 1 ? length_of(p, c->shifts[i]) / unit : 0;
		int32_t after = i + 1;

		while (after < c->n && p->shifts[c->shifts[after]].start < p->shifts[c->shifts[i]].end)
			after++;
		for (int64_t j = 0; j <= most; j++)
			for (int64_t h = 0; h < width; h++) {
				int64_t value = table[(i + 1) * size + j * width + h], with;

				if (j < most && h >= units) {
					with = table[after * size + (j + 1) * width + h - units] + c->gain[i] - fair(p, person, c->held + j + 1);
					value = with > value ? with : value;
				}
				table[i * size + j * width + h] = value;
			}
	}
	return table[width - 1];
}

static enum rc check_bound(struct verify *v, struct err *e)
{
	const struct assign_problem *p = v->p;
	int64_t bound = 0;
	AUTO_FREE int32_t *shifts = mem_alloc((size_t)p->n_shifts * sizeof *shifts);
	AUTO_FREE int64_t *numbers = mem_alloc(2 * (size_t)p->n_shifts * sizeof *numbers);
	struct choice c = { .shifts = shifts, .gain = numbers, .lengths = numbers + p->n_shifts };
	bool dear = false;

	for (int32_t s = 0; s < p->n_shifts; s++) {
		int64_t places = p->shifts[s].need - v->by_pins[s];

		bound += (places > 0 ? places : 0) * v->plan->prices[s];
		dear = dear || v->plan->prices[s] > (int64_t)p->shifts[s].priority * p->weights.unfilled;
	}
	for (int32_t person = 0; person < p->n_people; person++) {
		for (int32_t i = v->first[person], j = 0; i < v->first[person + 1]; i++)
			if (v->pinned[i]) {
				const struct assign_pair *pair = pair_of(p, person, v->plan->seats[i].shift);

				bound += fair(p, person, ++j) + (pair ? pair->cost + p->weights.degree[willing(p, person, pair->shift)] : 0);
			}
		make_choice(v, person, &c);
		bound -= most_gain(p, person, &c);
	}
	if (dear || bound < v->plan->bound)
		return err_set(e, RC_INVALID, NULL, "方案说代价不会低于 %lld，按它的价格只能证明 %lld", (long long)v->plan->bound, (long long)bound);
	if (v->plan->bound > v->plan->cost || v->plan->proven != (v->plan->bound == v->plan->cost))
		return err_set(e, RC_INVALID, NULL, "方案说它是最好的，但没有证明");
	return RC_OK;
}

/* What is said of the distance to the best must follow from the bound. */
static enum rc check_distance(const struct verify *v, struct err *e)
{
	int64_t place = v->p->weights.unfilled, most = v->plan->unfilled;

	if (place > 0 && (v->plan->cost - v->plan->bound) / place < most)
		most = (v->plan->cost - v->plan->bound) / place;
	if (v->plan->at_most != most)
		return err_set(e, RC_INVALID, NULL, "方案说最多还能多排 %lld 人，应是 %lld 人", (long long)v->plan->at_most, (long long)most);
	return RC_OK;
}

enum rc assign_verify(const struct assign_problem *p, const struct assign_plan *plan, struct err *e)
{
	size_t people = (size_t)p->n_people, shifts = (size_t)p->n_shifts;
	AUTO_FREE int32_t *first = mem_alloc((people + 1) * sizeof *first);
	AUTO_FREE bool *pinned = mem_alloc((size_t)(plan->n_seats > 0 ? plan->n_seats : 0) * sizeof *pinned);
	AUTO_FREE int32_t *filled = mem_alloc(2 * shifts * sizeof *filled);
	struct verify v = { p, plan, first, pinned, filled, filled + shifts, 0 };
	enum rc rc = check_seats(&v, e);

	for (int32_t i = 0; i < p->n_people && rc == RC_OK; i++)
		rc = check_person(&v, i, e);
	for (int32_t i = 0; i < p->n_apart && rc == RC_OK; i++)
		rc = check_apart(&v, &p->apart[i], e);
	if (rc == RC_OK)
		rc = check_places(&v, e);
	if (rc == RC_OK)
		rc = check_bound(&v, e);
	return rc == RC_OK ? check_distance(&v, e) : rc;
}
