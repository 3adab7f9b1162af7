/* Plans of a meal: what they promise, what accepting them changes, and that nobody is lost whatever is done. */
#include "domain/dispatch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "domain/delivery_sheet.h"
#include "rounds.h"

static int accept(struct town *t, const struct dispatch_plan *plan, int *stale)
{
	struct err e = { 0 };
	int moved = -1;

	assert_ok(dispatch_plan_accept(&t->of, plan, &moved, stale, &e));
	assert_nobody_lost(t);
	return moved;
}

static const struct dispatch_planned *route_with(const struct dispatch_plan *plan, int64_t order)
{
	for (size_t i = 0; i < plan->n_routes; i++)
		for (size_t k = 0; k < plan->routes[i].n_stops; k++)
			if (plan->before.day.orders[plan->routes[i].stops[k]].id == order)
				return &plan->routes[i];
	return NULL;
}

static int64_t carrier_of(const struct dispatch_plan *plan, int64_t order)
{
	const struct dispatch_planned *p = route_with(plan, order);

	return p && p->carrier >= 0 ? plan->before.carriers[p->carrier].volunteer_id : 0;
}

static void a_plan_is_shown_first_and_changes_nothing_until_it_is_accepted(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t orders[12], rows;
	int stale = -1;

	for (int i = 0; i < 12; i++)
		orders[i] = rounds_order(t, "王一", i < 6 ? 300 + 10 * i : -300 - 10 * i, 40, "");
	rounds_carrier(t, "周一", "walk", NULL);
	rounds_carrier(t, "吴二", "walk", NULL);
	rows = hands_rows(t);
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(hands_rows(t), rows);
	assert_int_equal(plan->n_unserved, 0);
	assert_int_equal(plan->n_routes, 2);
	assert_true(route_with(plan, orders[0]) == route_with(plan, orders[5]) && route_with(plan, orders[0]) != route_with(plan, orders[6]));
	assert_int_equal(accept(t, plan, &stale), 12);
	assert_int_equal(stale, 0);
	assert_int_equal(town_int(t, "SELECT count(*) FROM stop WHERE arrive_min > 645 AND :id = :id /*scan*/", 1), 12);
	rows = hands_rows(t);
	plan = rounds_plan(t, p, DISPATCH_AGAIN, 0);
	assert_int_equal(plan->n_moved, 0);
	dispatch_planner_free(p);
}

static void whoever_nobody_can_serve_is_named_with_the_reason(void **state)
{
	static const struct { int x; const char *load, *hot, *why; } cases[] = {
		{ 100,   "load_meals = 0", NULL, "0 份" },
		{ 20000, NULL,             NULL, "保温时间" },
		{ 100,   "load_meals = 1", NULL, "装满" },
	};
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	int64_t who = rounds_carrier(t, "周一", "walk", NULL), one = rounds_order(t, "王一", 100, 0, "disabled"), two = rounds_order(t, "李二", 100, 0, "");

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct dispatch_plan *plan;
		char sql[128];
		bool found = false;

		snprintf(sql, sizeof sql, "UPDATE volunteer SET %s WHERE id = :id", cases[i].load ? cases[i].load : "load_meals = NULL");
		town_write(t, sql, who);
		snprintf(sql, sizeof sql, "UPDATE building SET x_m = %d WHERE name = '9幢' AND :id = :id /*scan*/", cases[i].x);
		town_write(t, sql, 1);
		plan = rounds_plan(t, p, DISPATCH_ALL, 0);
		for (size_t k = 0; k < plan->n_unserved; k++)
			found = found || strstr(plan->unserved[k].why, cases[i].why);
		if (!found)
			fail_msg("case %zu: %zu, %s", i, plan->n_unserved, plan->n_unserved ? plan->unserved[0].why : "");
	}
	/* Whoever needs it more is the one who is brought his meal. */
	assert_int_equal(carrier_of(dispatch_planner_plan(p), one), who);
	assert_int_equal(carrier_of(dispatch_planner_plan(p), two), 0);
	assert_int_equal(dispatch_planner_plan(p)->n_asks, 1);
	assert_non_null(strstr(dispatch_planner_plan(p)->asks[0], "再请1位步行送餐的志愿者（一趟8份），可以多送1份"));
	dispatch_planner_free(p);
}

static void without_carriers_and_without_orders_there_is_a_plan_too(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	int stale = -1;

	assert_int_equal(plan->n_routes, 0);
	assert_int_equal(accept(t, plan, &stale), 0);
	rounds_order(t, "王一", 100, 0, "");
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(plan->n_unserved, 1);
	assert_non_null(strstr(plan->unserved[0].why, "没有能派的送餐志愿者"));
	assert_int_equal(accept(t, plan, &stale), 0);
	dispatch_planner_free(p);
}

static void pins_blocks_and_who_always_comes_are_kept(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t one = rounds_carrier(t, "周一", "walk", NULL), two = rounds_carrier(t, "吴二", "walk", NULL);
	int64_t pinned = rounds_order(t, "王钉", 500, 500, ""), blocked = rounds_order(t, "李回", 500, 510, ""), own = rounds_order(t, "张定", 510, 500, "");
	int64_t route = rounds_route(t, two, ORDERS(pinned));

	assert_ok(stop_pin(&t->of, pinned, true, &e));
	hands_insert(t, "INSERT INTO diner_block (id, diner_id, volunteer_id) VALUES (:id, %" PRId64 ", %" PRId64 ")", rounds_diner(t, blocked), two);
	hands_insert(t, "UPDATE diner SET volunteer_id = %" PRId64 " WHERE id = %" PRId64 " AND :id > 0", one, rounds_diner(t, own));
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(carrier_of(plan, pinned), two);
	assert_int_equal(carrier_of(plan, blocked), one);
	assert_int_equal(carrier_of(plan, own), one);
	/* Pinned is pinned, though he can carry nothing. */
	town_write(t, "UPDATE volunteer SET load_meals = 0 WHERE id = :id", two);
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(carrier_of(plan, pinned), two);
	assert_true(route_with(plan, pinned)->warnings & DISPATCH_OVER_LOAD);
	assert_way(t, route, "王钉");
	dispatch_planner_free(p);
}

static void a_fixed_line_keeps_its_order_and_the_house_on_no_map_comes_last(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t far = rounds_order(t, "王远", 300, 0, ""), near = rounds_order(t, "李近", 100, 0, ""), nowhere = rounds_order_nowhere(t, "张无");
	const struct dispatch_planned *route;

	rounds_carrier(t, "周一", "walk", NULL);
	town_write(t, "UPDATE diner SET line = 7, line_position = 1 WHERE id = :id", rounds_diner(t, far));
	town_write(t, "UPDATE diner SET line = 7, line_position = 2 WHERE id = :id", rounds_diner(t, near));
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(plan->n_routes, 1);
	route = &plan->routes[0];
	assert_int_equal(route->line, 7);
	assert_int_equal(plan->before.day.orders[route->stops[0]].id, far);
	assert_int_equal(plan->before.day.orders[route->stops[1]].id, near);
	assert_int_equal(plan->before.day.orders[route->stops[2]].id, nowhere);
	assert_int_equal(plan->n_unplaced, 1);
	assert_true(route->warnings & DISPATCH_UNPLACED);
	dispatch_planner_free(p);
}

static void only_the_rest_is_planned_around_what_stands(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	int64_t a = rounds_order(t, "王一", 300, 0, ""), b = rounds_order(t, "李二", -300, 0, ""), c = rounds_order(t, "张三", 310, 0, "");
	int64_t one = rounds_route(t, rounds_carrier(t, "周一", "walk", NULL), ORDERS(b, a));
	int stale;

	rounds_carrier(t, "吴二", "walk", "load_meals = 0");
	assert_int_equal(accept(t, rounds_plan(t, p, DISPATCH_REST, 0), &stale), 1);
	assert_true(town_int(t, "SELECT route_id FROM stop WHERE order_id = :id", c) == one);
	assert_true(town_int(t, "SELECT position FROM stop WHERE order_id = :id", b) < town_int(t, "SELECT position FROM stop WHERE order_id = :id", a));
	dispatch_planner_free(p);
}

static void who_falls_ill_is_planned_around(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t ill = rounds_carrier(t, "周一", "walk", NULL), well = rounds_carrier(t, "吴二", "walk", NULL);
	int64_t a = rounds_order(t, "王一", 300, 0, ""), b = rounds_order(t, "李二", -300, 0, "");
	int64_t lost, stays;
	int stale;

	lost = rounds_route(t, ill, ORDERS(a));
	stays = rounds_route(t, well, ORDERS(b));
	assert_ok(carrier_take_off(&t->of, LUNCH, ill, "发烧", NULL, &e));
	plan = rounds_plan(t, p, DISPATCH_AGAIN, ill);
	assert_int_equal(carrier_of(plan, a), well);
	assert_int_equal(plan->n_emptied, 1);
	assert_int_equal(accept(t, plan, &stale), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM route WHERE deleted_at IS NOT NULL AND id = :id", lost), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM stop WHERE deleted_at IS NULL AND route_id = :id", stays), 2);
	dispatch_planner_free(p);
}

static void a_route_under_way_is_left_alone(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t one = rounds_carrier(t, "周一", "walk", NULL), two = rounds_carrier(t, "吴二", "walk", NULL);
	int64_t a = rounds_order(t, "王一", 300, 0, ""), b = rounds_order(t, "李二", 300, 10, ""), out = rounds_route(t, one, ORDERS(a));

	assert_ok(route_leave(&t->of, out, 0, &e));
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_null(route_with(plan, a));
	assert_int_equal(carrier_of(plan, b), two);
	assert_int_equal(plan->n_kept, 1);
	dispatch_planner_free(p);
}

static void what_changed_between_preview_and_accepting_is_left_and_counted(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	const struct dispatch_plan *plan;
	int64_t a = rounds_order(t, "王一", 300, 0, ""), b = rounds_order(t, "李二", 310, 0, ""), c = rounds_order(t, "张三", 320, 0, ""), hand;
	int stale = -1;

	rounds_carrier(t, "周一", "walk", NULL);
	plan = rounds_plan(t, p, DISPATCH_ALL, 0);
	assert_int_equal(plan->n_moved, 3);
	town_write(t, "UPDATE meal_order SET state = 'cancelled' WHERE id = :id", a);
	hand = rounds_route(t, 0, ORDERS(b));
	assert_int_equal(accept(t, plan, &stale), 1);
	assert_int_equal(stale, 2);
	assert_way(t, hand, "李二");
	assert_int_equal(town_int(t, "SELECT count(*) FROM stop WHERE deleted_at IS NULL AND order_id = :id", c), 1);
	hands_insert(t, "INSERT INTO meal_close (id, day, meal) VALUES (:id, %d, 'lunch')", TOWN_TODAY);
	assert_refused_unchanged(dispatch_plan_accept(&t->of, plan, &stale, &stale, &e), RC_INVALID, "day", "已经关账");
	dispatch_planner_free(p);
}

static void the_same_day_gives_the_same_plan(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of), *q = dispatch_planner_new(&t->of);
	const struct dispatch_plan *one, *two;

	for (int i = 0; i < 20; i++)
		rounds_order(t, "王一", (i * 137) % 800 - 400, (i * 211) % 900 - 450, i % 3 ? "" : "alone");
	for (int i = 0; i < 4; i++)
		rounds_carrier(t, "周一", i % 2 ? "walk" : "ebike", NULL);
	one = rounds_plan(t, p, DISPATCH_ALL, 0);
	two = rounds_plan(t, q, DISPATCH_ALL, 0);
	assert_int_equal(one->n_routes, two->n_routes);
	assert_int_equal(one->metres_after, two->metres_after);
	for (size_t i = 0; i < one->n_routes; i++) {
		assert_int_equal(one->routes[i].n_stops, two->routes[i].n_stops);
		assert_memory_equal(one->routes[i].stops, two->routes[i].stops, one->routes[i].n_stops * sizeof(int));
	}
	dispatch_planner_free(p);
	dispatch_planner_free(q);
}

/* Whatever is done in whatever order --------------------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(*seed >> 33);
}

static int64_t pick_route(const struct dispatch *d, uint64_t *seed)
{
	return d->day.n_routes ? d->day.routes[next_random(seed) % d->day.n_routes].id : 0;
}

static void do_something(struct town *t, struct dispatch_planner *p, uint64_t *seed)
{
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	struct err e = { 0 };
	const struct meal_order *o;
	int64_t route, from;
	int stale;

	rounds_load(t, &a, &d);
	o = &d.day.orders[next_random(seed) % d.day.n_orders];
	from = o->route >= 0 ? d.day.routes[o->route].id : 0;
	route = pick_route(&d, seed);
	switch (next_random(seed) % 10) {
	case 0: case 1: case 2:
		(void)!stop_move(&t->of, o->id, from, next_random(seed) % 4 ? route : 0, (int)(next_random(seed) % 6), next_random(seed) % 2 ? "理由" : NULL, &e);
		break;
	case 3:
		(void)!stop_pin(&t->of, o->id, next_random(seed) % 2, &e);
		break;
	case 4:
		(void)!route_merge(&t->of, route, 0, pick_route(&d, seed), "理由", &e);
		break;
	case 5:
		(void)!route_split(&t->of, route, 0, (int)(next_random(seed) % 5), NULL, NULL, &e);
		break;
	case 6:
		(void)!route_give(&t->of, route, 0, d.carriers[next_random(seed) % d.n_carriers].volunteer_id, next_random(seed) % 2, "理由", &e);
		break;
	case 7:
		if (next_random(seed) % 4 == 0)
			(void)!route_leave(&t->of, route, 0, &e);
		else
			town_write(t, next_random(seed) % 2 ? "UPDATE meal_order SET state = 'cancelled' WHERE id = :id" : "UPDATE meal_order SET state = 'ordered' WHERE id = :id", o->id);
		break;
	case 8:
		(void)!carrier_take_off(&t->of, LUNCH, d.carriers[next_random(seed) % d.n_carriers].volunteer_id, "发烧", NULL, &e);
		break;
	default:
		accept(t, rounds_plan(t, p, next_random(seed) % 3, 0), &stale);
	}
}

/* Every sheet accounts for the whole meal. */
static void assert_on_the_foot(struct town *t)
{
	AUTO_ARENA a = { 0 };
	struct dispatch d;
	struct delivery_sheet sheet;
	struct err e = { 0 };
	size_t brought = 0;

	rounds_load(t, &a, &d);
	if (d.day.n_routes == 0)
		return;
	for (size_t i = 0; i < d.day.n_orders; i++)
		brought += !d.day.orders[i].cancelled;
	assert_ok(delivery_sheet_load(&t->of, d.day.routes[0].id, &a, &sheet, &e));
	assert_int_equal(sheet.total, brought + d.day.n_left_out);
	assert_int_equal(sheet.n_excluded, d.n_unrouted + d.day.n_left_out);
}

static void nobody_is_lost_whatever_is_done(void **state)
{
	struct town *t = *state;
	struct dispatch_planner *p = dispatch_planner_new(&t->of);
	uint64_t seed = 20261124;

	t->settings.plan_ms = 50;
	for (int i = 0; i < 14; i++)
		rounds_order(t, "王一", (i * 137) % 800 - 400, (i * 211) % 900 - 450, i % 3 ? "" : "alone");
	rounds_order_nowhere(t, "李二");
	for (int i = 0; i < 4; i++)
		rounds_carrier(t, "周一", i % 2 ? "walk" : "ebike", i ? NULL : "load_meals = 2");
	for (int i = 0; i < 150; i++) {
		do_something(t, p, &seed);
		assert_nobody_lost(t);
		assert_on_the_foot(t);
	}
	dispatch_planner_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROUNDS_TEST(a_plan_is_shown_first_and_changes_nothing_until_it_is_accepted),
		ROUNDS_TEST(whoever_nobody_can_serve_is_named_with_the_reason),
		ROUNDS_TEST(without_carriers_and_without_orders_there_is_a_plan_too),
		ROUNDS_TEST(pins_blocks_and_who_always_comes_are_kept),
		ROUNDS_TEST(a_fixed_line_keeps_its_order_and_the_house_on_no_map_comes_last),
		ROUNDS_TEST(only_the_rest_is_planned_around_what_stands),
		ROUNDS_TEST(who_falls_ill_is_planned_around),
		ROUNDS_TEST(a_route_under_way_is_left_alone),
		ROUNDS_TEST(what_changed_between_preview_and_accepting_is_left_and_counted),
		ROUNDS_TEST(the_same_day_gives_the_same_plan),
		ROUNDS_TEST(nobody_is_lost_whatever_is_done),
	};

	return cmocka_run_group_tests_name("domain-dispatch_plan", tests, NULL, NULL);
}
