/* A meal as the planner takes it: who is to be brought something, who could bring it, and what each wish weighs. Plain structs in, plain structs out. */
#include "dispatch_inside.h"

#include <string.h>

#include "volunteer/word_set.h"

#define FIRM_NEED 10                     /* times as bad as for others where what was fixed by hand is left out */
#define CARED_FACES 3                    /* a strange face is so much worse for whoever needs care */
#define LINE_PLACES 1000                 /* stops of a fixed line before those of the next */
#define LAST_PLACE (LINE_PLACES * (DISPATCH_LINE_MAX + 1))
#define FAIR_UNIT_S 3600
#define DAY_S 86400

static const struct { const char *tag; int need; bool face; } care[] = {
	{ "alone", 1, true }, { "disabled", 2, true }, { "dementia", 2, true }, { "aged80", 1, false },
};

struct making {
	const struct office *of;
	const struct dispatch *d;
	const struct dispatch_wish *w;
	const struct dispatch_face *faces;
	struct arena *a;
	struct dispatch_problem *out;
	struct route_place *places;
	struct route_diner *diners;
	struct route_carrier *carriers;
	int *orders, *who, *routes;
	bool *taken, *stays;
};

static int32_t between(int64_t n, int64_t least, int64_t most)
{
	return (int32_t)(n < least ? least : n > most ? most : n);
}

/* Carriers ------------------------------------------------------------------------------------------------------------------------------- */

/* The first of his routes that may still be changed; -1: none. *gone: he is under way, or has been. */
static int open_route(const struct dispatch *d, int64_t volunteer_id, bool *gone)
{
	int found = -1;

	*gone = false;
	for (size_t i = 0; i < d->day.n_routes; i++) {
		if (d->day.routes[i].volunteer_id != volunteer_id)
			continue;
		if (!route_is_open(&d->day.routes[i]))
			*gone = true;
		else if (found < 0)
			found = (int)i;
	}
	return found;
}

static void add_carrier(struct making *m, int at)
{
	const struct carrier *c = &m->d->carriers[at];
	int from = c->from_min > m->d->day.leave_min ? c->from_min : m->d->day.leave_min, to = c->to_min > from ? c->to_min : from;
	bool gone;
	int route = open_route(m->d, c->volunteer_id, &gone);

	if (gone || c->away || c->volunteer_id == m->w->without_id)
		return;
	m->who[m->out->p.n_carriers] = at;
	m->routes[m->out->p.n_carriers] = route;
	m->carriers[m->out->p.n_carriers++] = (struct route_carrier){
		.capacity = between(c->load_meals, 0, ROUTE_MAX_MEALS), .speed = transport_of(c->transport), .from_s = from * SECONDS, .to_s = to * SECONDS,
		.max_s = (to - from) * SECONDS, .carried_s = between((int64_t)c->minutes * SECONDS, 0, ROUTE_MAX_SECONDS),
	};
}

/* Diners --------------------------------------------------------------------------------------------------------------------------------- */

/* Houses at one point are one place. */
static int32_t place_at(struct making *m, const struct dispatch_door *door)
{
	struct route_problem *p = &m->out->p;

	for (int32_t i = 1; i < p->n_places; i++)
		if (m->places[i].x == door->x_m && m->places[i].y == door->y_m)
			return i;
	m->places[p->n_places] = (struct route_place){ door->x_m, door->y_m };
	return p->n_places++;
}

static bool needs_care(const struct meal_order *o)
{
	for (size_t i = 0; i < COUNT(care); i++)
		if (care[i].face && word_set_has(o->care, care[i].tag))
			return true;
	return false;
}

/* The planner takes need x meals x weight up to a limit. */
static int32_t need_of(const struct making *m, const struct meal_order *o, bool firm)
{
	int64_t unserved = m->of->settings->route_unserved > 0 ? m->of->settings->route_unserved : 1, meals = o->portions > 0 ? o->portions : 1;
	int64_t most = ROUTE_MAX_COST / unserved / meals;
	int need = 1;

	for (size_t i = 0; i < COUNT(care); i++)
		need += word_set_has(o->care, care[i].tag) ? care[i].need : 0;
	return between(firm ? (int64_t)need * FIRM_NEED : need, 1, most < 1 ? 1 : most > ROUTE_MAX_NEED ? ROUTE_MAX_NEED : most);
}

static int32_t faces_of(const struct making *m, const struct meal_order *o, const struct dispatch_face *face)
{
	int32_t faces = needs_care(o) ? CARED_FACES : 1;

	return face->faces >= m->of->settings->faces_month ? 2 * faces : faces;
}

static int problem_carrier(const struct making *m, int64_t volunteer_id)
{
	for (int32_t i = 0; i < m->out->p.n_carriers && volunteer_id != 0; i++)
		if (m->d->carriers[m->who[i]].volunteer_id == volunteer_id)
			return i;
	return -1;
}

/* How an order takes part. */
struct part {
	bool in, stays;
	int carrier;                         /* firm: of the problem */
	bool firm;
};

/* Whoever a route is given to and who will come for it. */
static bool comes(const struct making *m, int64_t volunteer_id)
{
	for (size_t i = 0; i < m->d->n_carriers && volunteer_id != 0; i++)
		if (m->d->carriers[i].volunteer_id == volunteer_id)
			return !m->d->carriers[i].away && volunteer_id != m->w->without_id;
	return false;
}

/* What is pinned to a route that nobody comes for stays there, as does what a carrier who is under way will fetch afterwards. */
static struct part part_of(const struct making *m, const struct meal_order *o)
{
	const struct meal_route *r = o->route >= 0 ? &m->d->day.routes[o->route] : NULL;
	bool rest = m->w->mode == DISPATCH_REST;
	int carrier;

	if (!dispatch_is_carried(o) || (r && !route_is_open(r)))
		return (struct part){ .stays = r != NULL, .carrier = -1 };
	if (r == NULL)
		return (struct part){ .in = true, .carrier = -1 };
	if (!comes(m, r->volunteer_id))
		return (struct part){ .in = !o->pinned, .stays = o->pinned, .carrier = -1 };
	if ((carrier = problem_carrier(m, r->volunteer_id)) < 0)
		return (struct part){ .stays = true, .carrier = -1 };
	if (m->routes[carrier] != o->route)
		return (struct part){ .in = !rest && !o->pinned, .stays = rest || o->pinned, .carrier = -1 };
	return (struct part){ .in = true, .carrier = carrier, .firm = o->pinned || rest };
}

/* Fixed lines keep their order; in a route that stays together, its own. Whoever's house is on no map comes last, grid by grid. */
static int32_t place_in_route(const struct making *m, const struct meal_order *o, const struct dispatch_door *door, bool firm)
{
	if (firm && m->w->mode == DISPATCH_REST)
		return between(o->position, 1, LINE_PLACES - 1);
	if (door->warnings & DISPATCH_UNPLACED)
		return LAST_PLACE + between(o->grid_id % LINE_PLACES, 0, LINE_PLACES - 1);
	if (o->line <= 0)
		return 0;
	return between(o->line, 1, DISPATCH_LINE_MAX) * LINE_PLACES + between(o->line_position, 0, LINE_PLACES - 1);
}

static void add_diner(struct making *m, int at)
{
	const struct meal_order *o = &m->d->day.orders[at];
	const struct dispatch_door *door = &m->d->doors[at];
	struct part part = part_of(m, o);
	int begin, end, own = problem_carrier(m, o->volunteer_id), last = problem_carrier(m, m->faces[at].last_id);

	m->stays[at] = part.stays;
	if (!part.in)
		return;
	if (o->route >= 0)
		m->taken[o->route] = true;
	dispatch_window(&m->d->day, o, &begin, &end);
	m->orders[m->out->p.n_diners] = at;
	m->diners[m->out->p.n_diners++] = (struct route_diner){
		.place = place_at(m, door), .meals = between(o->portions, 1, ROUTE_MAX_MEALS), .service_s = between(dispatch_stay_s(m->of, o), 0, DAY_S),
		.open_s = between((int64_t)begin * SECONDS, 0, 2 * DAY_S), .close_s = between((int64_t)(end < begin ? begin : end) * SECONDS, 0, 2 * DAY_S),
		.need = need_of(m, o, part.firm), .carrier = part.firm ? part.carrier : own, .firm = part.firm,
		.place_in_route = place_in_route(m, o, door, part.firm), .familiar = last >= 0 ? last : own, .faces = faces_of(m, o, &m->faces[at]),
	};
}

/* A pin goes before a block: whoever set it saw the warning. */
static void forbid(struct making *m)
{
	struct route_problem *p = &m->out->p;
	struct route_pair *pairs = arena_alloc(m->a, (m->d->n_blocks + 1) * sizeof *pairs);

	for (int32_t i = 0; i < p->n_diners && m->d->n_blocks > 0; i++)
		for (int32_t k = 0; k < p->n_carriers; k++) {
			bool own = m->diners[i].firm && m->diners[i].carrier == k;

			if (!own && dispatch_is_blocked(m->d, m->d->day.orders[m->orders[i]].diner_id, m->d->carriers[m->who[k]].volunteer_id))
				pairs[p->n_forbidden++] = (struct route_pair){ i, k };
		}
	p->forbidden = pairs;
}

static const struct route_speed *make_speeds(struct making *m)
{
	struct route_speed *speeds = arena_alloc(m->a, TRANSPORT_COUNT * sizeof *speeds);

	for (enum transport t = 0; t < TRANSPORT_COUNT; t++) {
		struct carrier c = { .m_per_min = transport_speed(m->of->settings, t) };

		speeds[t].mm_per_s = dispatch_mm_per_s(&c);
	}
	return speeds;
}

static struct route_weights weights_of(const struct settings *s)
{
	return (struct route_weights){
		.unserved = s->route_unserved, .pin = s->route_pin, .order = s->route_order, .second = s->route_second, .wait = s->route_wait,
		.familiar = s->route_familiar, .fair = s->route_fair, .fair_unit_s = FAIR_UNIT_S,
	};
}

static void make_room(struct making *m)
{
	size_t n = m->d->day.n_orders + 1, c = m->d->n_carriers + 1;

	m->places = arena_alloc(m->a, (n + 1) * sizeof *m->places);
	m->diners = arena_alloc(m->a, n * sizeof *m->diners);
	m->orders = arena_alloc(m->a, n * sizeof *m->orders);
	m->stays = arena_alloc(m->a, n * sizeof *m->stays);
	m->carriers = arena_alloc(m->a, c * sizeof *m->carriers);
	m->who = arena_alloc(m->a, c * sizeof *m->who);
	m->routes = arena_alloc(m->a, c * sizeof *m->routes);
	m->taken = arena_alloc(m->a, (m->d->day.n_routes + 1) * sizeof *m->taken);
}

void dispatch_problem_make(const struct office *of, const struct dispatch *d, const struct dispatch_wish *w, const struct dispatch_face *faces, struct arena *a,
                           struct dispatch_problem *out)
{
	struct making m = { .of = of, .d = d, .w = w, .faces = faces, .a = a, .out = out };

	*out = (struct dispatch_problem){
		.p = { .n_speeds = TRANSPORT_COUNT, .detour_permille = of->settings->detour_percent * 10, .hot_s = d->hot_minutes * SECONDS,
		       .weights = weights_of(of->settings) },
	};
	make_room(&m);
	m.places[out->p.n_places++] = (struct route_place){ d->kitchen_x_m, d->kitchen_y_m };
	for (size_t i = 0; i < d->n_carriers; i++)
		add_carrier(&m, (int)i);
	for (size_t i = 0; i < d->day.n_orders; i++)
		add_diner(&m, (int)i);
	out->p.places = m.places;
	out->p.speeds = make_speeds(&m);
	out->p.diners = m.diners;
	out->p.carriers = m.carriers;
	forbid(&m);
	out->orders = m.orders;
	out->carriers = m.who;
	out->routes = m.routes;
	out->taken = m.taken;
	out->stays = m.stays;
}

/* Where it begins ------------------------------------------------------------------------------------------------------------------------- */

static int32_t diner_of(const struct dispatch_problem *p, int order)
{
	int32_t low = 0, high = p->p.n_diners;

	while (low < high) {
		int32_t middle = low + (high - low) / 2;

		if (p->orders[middle] < order)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->p.n_diners && p->orders[low] == order ? low : -1;
}

void dispatch_problem_standing(const struct dispatch *d, const struct dispatch_problem *p, struct arena *a, struct route_plan *out)
{
	struct route_trip *trips = arena_alloc(a, ((size_t)p->p.n_carriers + 1) * sizeof *trips);
	struct route_stop *stops = arena_alloc(a, ((size_t)p->p.n_diners + 1) * sizeof *stops);
	struct route_plan plan = { .trips = trips, .stops = stops };

	for (int32_t i = 0; i < p->p.n_carriers; i++) {
		const struct meal_route *r = p->routes[i] >= 0 ? &d->day.routes[p->routes[i]] : NULL;
		struct route_trip *trip = &trips[plan.n_trips];

		*trip = (struct route_trip){ .carrier = i, .first = plan.n_stops };
		for (size_t k = 0; r && k < r->n_stops; k++) {
			int32_t diner = diner_of(p, r->stops[k]);

			if (diner >= 0)
				stops[plan.n_stops++] = (struct route_stop){ .diner = diner };
		}
		trip->n = plan.n_stops - trip->first;
		plan.n_trips += trip->n > 0;
	}
	*out = plan;
}
