/* A way from the kitchen over doors and back: when he is where, and what is not as it should be. The same reckoning as the planner's (plan/route.h). */
#include "dispatch_inside.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#define NO_LIMIT (INT_MAX / SECONDS * SECONDS)
#define OTHER_MEAL_MIN 240               /* what was agreed for so long after a meal leaves is for another one */

const char *const transport_codes[TRANSPORT_COUNT] = { "walk", "bicycle", "ebike", "car" };

enum transport transport_of(const char *code)
{
	for (enum transport t = 0; t < TRANSPORT_COUNT; t++)
		if (strcmp(transport_codes[t], code) == 0)
			return t;
	return TRANSPORT_WALK;
}

int transport_meals(const struct settings *s, enum transport t)
{
	const int meals[TRANSPORT_COUNT] = { s->walk_meals, s->bicycle_meals, s->ebike_meals, s->car_meals };

	return meals[t];
}

int transport_speed(const struct settings *s, enum transport t)
{
	const int speeds[TRANSPORT_COUNT] = { s->walk_speed, s->bicycle_speed, s->ebike_speed, s->car_speed };

	return speeds[t] > 0 ? speeds[t] : 1;
}

int dispatch_stay_s(const struct office *of, const struct meal_order *o)
{
	return ((o->wait_min > 0 ? o->wait_min : of->settings->wait_minutes) + of->settings->handover_minutes) * SECONDS;
}

void dispatch_window(const struct meal_day *m, const struct meal_order *o, int *begin_min, int *end_min)
{
	bool other = (o->window_end_min >= 0 && o->window_end_min <= m->leave_min) || o->window_begin_min >= m->leave_min + OTHER_MEAL_MIN;

	*begin_min = o->window_begin_min < 0 || other ? 0 : o->window_begin_min;
	*end_min = o->window_end_min < 0 || other ? NO_LIMIT / SECONDS : o->window_end_min;
}

int32_t dispatch_mm_per_s(const struct carrier *c)
{
	return c->m_per_min * 1000 / SECONDS > 0 ? c->m_per_min * 1000 / SECONDS : 1;
}

/* The way so far ------------------------------------------------------------------------------------------------------------------------ */

struct walker {
	const struct office *of;
	const struct dispatch *d;
	const struct carrier *c;
	const int *stops;
	size_t n;
	double metres;
	int x, y;
};

static double metres_between(int ax, int ay, int bx, int by)
{
	return hypot((double)ax - bx, (double)ay - by);
}

static int32_t speed_of(const struct walker *w)
{
	struct carrier walking = { .m_per_min = transport_speed(w->of->settings, TRANSPORT_WALK) };

	return dispatch_mm_per_s(w->c ? w->c : &walking);
}

static int leg_s(const struct walker *w, double metres)
{
	return (int)(metres * (w->of->settings->detour_percent * 10) / speed_of(w) + 0.5);
}

/* To the door of a stop; n is the kitchen. */
static int go(struct walker *w, size_t to)
{
	bool home = to >= w->n;
	int x = home ? w->d->kitchen_x_m : w->d->doors[w->stops[to]].x_m, y = home ? w->d->kitchen_y_m : w->d->doors[w->stops[to]].y_m;
	double metres = metres_between(w->x, w->y, x, y);

	w->x = x;
	w->y = y;
	w->metres += metres * w->of->settings->detour_percent / 100;
	return leg_s(w, metres);
}

static struct walker start(const struct office *of, const struct dispatch *d, const struct carrier *c, const int *stops, size_t n)
{
	return (struct walker){ .of = of, .d = d, .c = c, .stops = stops, .n = n, .x = d->kitchen_x_m, .y = d->kitchen_y_m };
}

/* As late as early doors allow: he waits in the kitchen, where it is warm, and not before a door. Going so much later makes nobody later than his window
 * ends, and the last door no later at all: at a door it only eats what is waited for up to there. */
static int leave_s(struct walker w, int earliest_s)
{
	int at = earliest_s, waited = 0, later = NO_LIMIT;

	for (size_t i = 0; i < w.n; i++) {
		const struct meal_order *o = &w.d->day.orders[w.stops[i]];
		int begin, end, room;

		dispatch_window(&w.d->day, o, &begin, &end);
		at += go(&w, i);
		if (at < begin * SECONDS) {
			waited += begin * SECONDS - at;
			at = begin * SECONDS;
		}
		room = end * SECONDS > at ? end * SECONDS - at : 0;
		if (room < NO_LIMIT - waited && waited + room < later)
			later = waited + room;
		at += dispatch_stay_s(w.of, o);
	}
	return earliest_s + (later < waited ? later : waited);
}

static unsigned stop_warnings(const struct walker *w, int stop, int at_s, int leave_s_)
{
	const struct meal_order *o = &w->d->day.orders[stop];
	unsigned found = w->d->doors[stop].warnings & DISPATCH_UNPLACED;
	int begin, end;

	dispatch_window(&w->d->day, o, &begin, &end);
	if ((at_s - leave_s_) / SECONDS > w->d->hot_minutes)
		found |= DISPATCH_LATE;
	if (end < NO_LIMIT / SECONDS && at_s / SECONDS > end)
		found |= DISPATCH_WINDOW;
	if (w->c && dispatch_is_blocked(w->d, o->diner_id, w->c->volunteer_id))
		found |= DISPATCH_BLOCKED;
	if (strcmp(o->way, "delivery") != 0)
		found |= DISPATCH_GONE;
	return found;
}

static unsigned own_warnings(const struct carrier *c, int meals, int back_min)
{
	if (c == NULL)
		return DISPATCH_NO_CARRIER;
	return (c->away ? DISPATCH_AWAY : 0) | (c->assignment_id == 0 ? DISPATCH_NO_SHIFT : 0) | (meals > c->load_meals ? DISPATCH_OVER_LOAD : 0) |
	       (c->assignment_id != 0 && back_min > c->to_min ? DISPATCH_OVER_SHIFT : 0);
}

struct reckoned dispatch_reckon(const struct office *of, const struct dispatch *d, const struct carrier *c, const int *stops, size_t n, int left_min,
                                struct dispatch_door *doors)
{
	struct walker w = start(of, d, c, stops, n);
	int ready = c && c->from_min > d->day.leave_min ? c->from_min : d->day.leave_min;
	int leave = left_min >= 0 ? left_min * SECONDS : leave_s(w, ready * SECONDS), at = leave;
	struct reckoned out = { .leave_min = leave / SECONDS, .last_door_min = -1 };

	for (size_t i = 0; i < n; i++) {
		const struct meal_order *o = &d->day.orders[stops[i]];
		unsigned found;
		int begin, end;

		dispatch_window(&d->day, o, &begin, &end);
		at += go(&w, i);
		at = at < begin * SECONDS ? begin * SECONDS : at;
		found = stop_warnings(&w, stops[i], at, leave);
		if (doors) {
			doors[stops[i]].arrive_min = at / SECONDS;
			doors[stops[i]].warnings = found;
		}
		out.warnings |= found;
		out.last_door_min = at / SECONDS;
		out.meals += o->portions;
		at += dispatch_stay_s(of, o);
	}
	at += n > 0 ? go(&w, n) : 0;
	out.back_min = at / SECONDS;
	out.metres = (int)(w.metres + 0.5);
	out.warnings |= own_warnings(c, out.meals, out.back_min);
	return out;
}

unsigned dispatch_try_carrier(const struct dispatch *d, int route, const struct carrier *c)
{
	const struct meal_route *r = &d->day.routes[route];
	unsigned found = (c->away ? DISPATCH_AWAY : 0) | (c->assignment_id == 0 ? DISPATCH_NO_SHIFT : 0) | (r->meals > c->load_meals ? DISPATCH_OVER_LOAD : 0) |
	                 (c->route >= 0 && c->route != route ? DISPATCH_TWICE : 0);

	for (size_t i = 0; i < r->n_stops; i++)
		if (dispatch_is_blocked(d, d->day.orders[r->stops[i]].diner_id, c->volunteer_id))
			found |= DISPATCH_BLOCKED;
	return found;
}

size_t dispatch_best_place(const struct dispatch *d, const int *stops, size_t n, int order)
{
	const struct dispatch_door *door = &d->doors[order];
	double least = HUGE_VAL;
	size_t best = n;

	for (size_t i = 0; i <= n; i++) {
		int ax = i > 0 ? d->doors[stops[i - 1]].x_m : d->kitchen_x_m, ay = i > 0 ? d->doors[stops[i - 1]].y_m : d->kitchen_y_m;
		int bx = i < n ? d->doors[stops[i]].x_m : d->kitchen_x_m, by = i < n ? d->doors[stops[i]].y_m : d->kitchen_y_m;
		double more = metres_between(ax, ay, door->x_m, door->y_m) + metres_between(door->x_m, door->y_m, bx, by) - metres_between(ax, ay, bx, by);

		if (more <= least) {
			least = more;
			best = i;
		}
	}
	return best;
}
