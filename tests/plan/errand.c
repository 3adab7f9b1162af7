/* Small problems of routes, and the plan that nothing betters. */
#include "errand.h"

#include <string.h>

int32_t errand_chance(uint32_t *seed, int32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (int32_t)((uint64_t)(*seed >> 8) * (uint32_t)below >> 24);
}

static int64_t count_calls(void *with)
{
	return (*(int64_t *)with)++;
}

struct plan_clock errand_clock(int64_t *calls)
{
	return (struct plan_clock){ count_calls, calls };
}

void errand_finish(struct errand *w)
{
	w->p.places = w->places;
	w->p.speeds = w->speeds;
	w->p.diners = w->diners;
	w->p.carriers = w->carriers;
	w->p.forbidden = w->forbidden;
	for (int32_t i = 0; i < w->p.n_speeds; i++)
		w->speeds[i].seconds = w->speeds[i].mm_per_s > 0 ? NULL : w->ways[i];
}

void errand_plain(struct errand *w, int32_t diners, int32_t carriers)
{
	*w = (struct errand){ .p = { .n_places = diners + 1, .n_speeds = 1, .n_diners = diners, .n_carriers = carriers,
	                             .detour_permille = 1000, .hot_s = 2700,
	                             .weights = { .unserved = 100000, .pin = 20000, .order = 10000, .second = 1, .wait = 1, .familiar = 100,
	                                          .fair_unit_s = 60 } } };
	w->speeds[0].mm_per_s = 1000;
	for (int32_t i = 0; i < diners; i++) {
		w->places[i + 1].x = 100 * (i + 1);
		w->diners[i] = (struct route_diner){ .place = i + 1, .meals = 1, .service_s = 60, .close_s = 20000, .need = 1, .carrier = -1,
		                                     .familiar = -1, .faces = 1 };
	}
	for (int32_t i = 0; i < carriers; i++)
		w->carriers[i] = (struct route_carrier){ .capacity = 20, .to_s = 20000, .max_s = 5400 };
	errand_finish(w);
}

static void random_diner(struct errand *w, int32_t i, uint32_t *seed, unsigned what)
{
	struct route_diner *d = &w->diners[i];

	d->place = 1 + errand_chance(seed, w->p.n_places - 1);
	d->meals = errand_chance(seed, 10) ? 1 + errand_chance(seed, 3) : 0;
	d->service_s = 10 * errand_chance(seed, 12);
	d->need = errand_chance(seed, 4) ? 1 : 3;
	if (what & ERRAND_WINDOWS) {
		d->open_s = 50 * errand_chance(seed, 30);
		d->close_s = d->open_s + 50 * errand_chance(seed, 20);
	}
	if ((what & ERRAND_PINS) && errand_chance(seed, 2)) {
		d->carrier = errand_chance(seed, w->p.n_carriers);
		d->firm = errand_chance(seed, 3) == 0;
	}
	if ((what & ERRAND_PINS) && errand_chance(seed, 2)) {
		d->familiar = errand_chance(seed, w->p.n_carriers);
		d->faces = errand_chance(seed, 3);
	}
	if ((what & ERRAND_ORDER) && errand_chance(seed, 3))
		d->place_in_route = 1 + errand_chance(seed, 4);
}

static void random_carrier(struct errand *w, int32_t i, uint32_t *seed, unsigned what)
{
	struct route_carrier *c = &w->carriers[i];

	c->capacity = errand_chance(seed, 8);
	c->speed = errand_chance(seed, 2);
	c->max_s = 300 + 100 * errand_chance(seed, 20);
	c->cost = errand_chance(seed, 3) ? 0 : 200;
	if (what & ERRAND_WINDOWS) {
		c->from_s = 100 * errand_chance(seed, 8);
		c->to_s = c->from_s + 100 * errand_chance(seed, 30);
	}
	if (what & ERRAND_FAIR)
		c->carried_s = 1000 * errand_chance(seed, 5);
}

void errand_random(struct errand *w, uint32_t *seed, unsigned what)
{
	errand_plain(w, 1 + errand_chance(seed, errand_chance(seed, 20) ? 5 : 7), 1 + errand_chance(seed, 3));
	w->p.n_speeds = 2;
	w->speeds[1].mm_per_s = 4000;
	w->p.detour_permille = 1300;
	w->p.hot_s = 200 + 100 * errand_chance(seed, 20);
	w->p.weights.wait = errand_chance(seed, 3);
	w->p.weights.fair = what & ERRAND_FAIR ? 1 + errand_chance(seed, 3) : 0;
	if (errand_chance(seed, 5) == 0)
		w->p.weights.unserved = 300;
	for (int32_t i = 0; i < w->p.n_places; i++)
		w->places[i] = (struct route_place){ errand_chance(seed, 600), errand_chance(seed, 600) };
	for (int32_t i = 0; i < w->p.n_diners; i++)
		random_diner(w, i, seed, what);
	for (int32_t i = 0; i < w->p.n_carriers; i++)
		random_carrier(w, i, seed, what);
	for (int32_t i = 0; (what & ERRAND_FORBIDDEN) && i < ERRAND_PAIRS; i++)
		w->forbidden[w->p.n_forbidden++] = (struct route_pair){ errand_chance(seed, w->p.n_diners), errand_chance(seed, w->p.n_carriers) };
	for (int32_t k = 0; (what & ERRAND_TABLE) && k < 2; k++) {
		w->speeds[k].mm_per_s = 0;
		for (int32_t i = 0; i < w->p.n_places * w->p.n_places; i++)
			w->ways[k][i] = i % (w->p.n_places + 1) ? errand_chance(seed, 500) : 0;
	}
	errand_finish(w);
}

/* Trying everything ------------------------------------------------------------------------------------------------------------------- */

#define NEVER INT64_MAX

struct attempt {
	const struct errand *w;
	int32_t carrier;
	int32_t order[ERRAND_STOPS], n;
	int64_t best[1 << ERRAND_STOPS];  /* of the carrier at hand, by the set of diners */
};

static int32_t way(const struct errand *w, int32_t carrier, int32_t from, int32_t to)
{
	const struct route_speed *s = &w->speeds[w->carriers[carrier].speed];
	double x = w->places[from].x - w->places[to].x, y = w->places[from].y - w->places[to].y;

	return s->seconds ? s->seconds[from * w->p.n_places + to] :
	                    (int32_t)(__builtin_sqrt(x * x + y * y) * w->p.detour_permille / s->mm_per_s + 0.5);
}

static bool may_meet(const struct errand *w, int32_t diner, int32_t carrier)
{
	for (int32_t i = 0; i < w->p.n_forbidden; i++)
		if (w->forbidden[i].diner == diner && w->forbidden[i].carrier == carrier)
			return false;
	return !w->diners[diner].firm || w->diners[diner].carrier == carrier;
}

/* Begin as early as possible; then leave as late as the last door allows. Returns the seconds away, -1 where it can't be done. */
static int64_t away(const struct attempt *a, int64_t *door)
{
	const struct route_carrier *c = &a->w->carriers[a->carrier];
	int64_t at = c->from_s, leave;
	int32_t here = 0;

	for (int32_t i = 0; i < a->n; i++) {
		const struct route_diner *d = &a->w->diners[a->order[i]];

		at += way(a->w, a->carrier, here, d->place);
		at = at > d->open_s ? at : d->open_s;
		if (at > d->close_s)
			return -1;
		*door = at;
		at += d->service_s;
		here = d->place;
	}
	at += way(a->w, a->carrier, here, 0);
	leave = *door;
	for (int32_t i = a->n - 1; i >= 0; i--) {
		const struct route_diner *d = &a->w->diners[a->order[i]];
		int32_t before = i > 0 ? a->w->diners[a->order[i - 1]].place : 0;

		leave = leave < d->close_s ? leave : d->close_s;
		leave -= way(a->w, a->carrier, before, d->place) + (i > 0 ? a->w->diners[a->order[i - 1]].service_s : 0);
	}
	*door -= leave;
	return at > c->to_s || at - leave > c->max_s || *door > a->w->p.hot_s ? -1 : at - leave;
}

static int64_t cost_of_order(const struct attempt *a)
{
	const struct route_weights *x = &a->w->p.weights;
	const struct route_carrier *c = &a->w->carriers[a->carrier];
	int64_t door = 0, seconds = away(a, &door), cost = c->cost, moving = 0, meals = 0;
	int32_t here = 0, place = 0;

	if (seconds < 0)
		return NEVER;
	for (int32_t i = 0; i < a->n; i++) {
		const struct route_diner *d = &a->w->diners[a->order[i]];

		moving += way(a->w, a->carrier, here, d->place) + d->service_s;
		here = d->place;
		meals += d->meals;
		cost += d->carrier >= 0 && d->carrier != a->carrier ? x->pin : 0;
		cost += d->familiar >= 0 && d->familiar != a->carrier ? (int64_t)d->faces * x->familiar : 0;
		cost += d->place_in_route > 0 && d->place_in_route < place ? x->order : 0;
		place = d->place_in_route > 0 ? d->place_in_route : place;
	}
	moving += way(a->w, a->carrier, here, 0);
	cost += x->second * moving + x->wait * (seconds - moving);
	cost += seconds * (2 * (int64_t)c->carried_s + seconds) / x->fair_unit_s * x->fair / x->fair_unit_s;
	return meals <= c->capacity ? cost : NEVER;
}

static void try_orders(struct attempt *a, unsigned set)
{
	if (a->n > 0) {
		int64_t cost = cost_of_order(a);

		a->best[set] = cost < a->best[set] ? cost : a->best[set];
	}
	for (int32_t d = 0; d < a->w->p.n_diners; d++) {
		if ((set >> d & 1) || !may_meet(a->w, d, a->carrier))
			continue;
		a->order[a->n++] = d;
		try_orders(a, set | 1u << d);
		a->n--;
	}
}

int64_t errand_least(const struct errand *w)
{
	struct attempt a = { .w = w };
	unsigned all = (1u << w->p.n_diners) - 1;
	int64_t least[1 << ERRAND_STOPS], more[1 << ERRAND_STOPS];

	for (unsigned set = 0; set <= all; set++) {
		least[set] = 0;
		for (int32_t d = 0; d < w->p.n_diners; d++)
			least[set] += set >> d & 1 ? 0 : (int64_t)w->diners[d].need * w->diners[d].meals * w->p.weights.unserved;
	}
	/* least[set]: what it costs when this set has been served, by the carriers so far, and the rest is left out. */
	for (unsigned set = 1; set <= all; set++)
		least[set] = NEVER;
	for (a.carrier = 0; a.carrier < w->p.n_carriers; a.carrier++) {
		for (unsigned set = 0; set <= all; set++)
			a.best[set] = set ? NEVER : 0;
		try_orders(&a, 0);
		for (unsigned set = 0; set <= all; set++) {
			more[set] = NEVER;
			for (unsigned part = set;; part = (part - 1) & set) {
				int64_t lost = 0;

				for (int32_t d = 0; d < w->p.n_diners; d++)
					lost += part >> d & 1 ? (int64_t)w->diners[d].need * w->diners[d].meals * w->p.weights.unserved : 0;
				if (a.best[part] != NEVER && least[set ^ part] != NEVER && least[set ^ part] + a.best[part] - lost < more[set])
					more[set] = least[set ^ part] + a.best[part] - lost;
				if (part == 0)
					break;
			}
		}
		memcpy(least, more, sizeof least);
	}
	for (unsigned set = 1; set <= all; set++)
		least[0] = least[set] < least[0] ? least[set] : least[0];
	return least[0];
}

const struct route_plan *errand_plan(struct route *r, const struct route_problem *p, uint64_t seed, int64_t rounds)
{
	struct err e = { 0 };
	int64_t calls = 0;
	struct plan_clock clock = errand_clock(&calls);

	if (route_init(r, p, seed, &e) != RC_OK)
		fail_msg("%s", e.text);
	route_aim_at(r, (struct route_aim){ .rounds = rounds });
	while (route_step(r, 0, rounds, &clock))
		;
	if (route_verify(p, route_best(r), &e) != RC_OK)
		fail_msg("%s", e.text);
	return route_best(r);
}
