/* The demo's canteen, month by month: orders, routes, outcomes, closed meals; today's lunch waits for its dispatcher. */
#include "demo_canteen.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "delivery/door_rules.h"
#include "domain/meal_day.h"
#include "domain/meal_order.h"
#include "store/stmt.h"
#include "store/txn.h"

#define DAYS_IN_A_TXN 31
#define CANCELLED 22               /* of a thousand orders */
#define VISITS 50                  /* of a thousand days of somebody without a plan */
#define UNREPORTED 2               /* of yesterday's dinner */

static const char *const way_keys[] = { "dine_in", "pickup", "delivery" };

static bool is_paused(const struct demo_diner *diner, int32_t day)
{
	for (int i = 0; i < diner->n_pauses; i++)
		if (day >= diner->pauses[i].from_day && day <= diner->pauses[i].to_day)
			return true;
	return false;
}

/* By plan, or because somebody without one comes by. */
static bool eats_on(struct demo_canteen *c, const struct demo_diner *diner, int32_t day, bool dinner, const char **source)
{
	bool comes = diner->lunch == 0 && diner->way != DEMO_DELIVERY && !dinner && day <= c->today && demo_chance(&c->d->random, VISITS);

	if (day < diner->from_day || (diner->to_day != DAY_NONE && day > diner->to_day) || is_paused(diner, day))
		return false;
	*source = comes ? "typed" : "plan";
	return comes || ((dinner ? diner->dinner : diner->lunch) & 1U << day_weekday(day));
}

static const char *why_cancelled(struct demo_canteen *c, int32_t day)
{
	static const char *const whys[] = { "去女儿家吃", "身体不舒服，自己煮粥", "去医院看病", "家里来客人", "今天不想吃" };

	return day <= c->today && demo_chance(&c->d->random, CANCELLED) ? DEMO_PICK(&c->d->random, whys) : NULL;
}

/* The orders of a meal, in the order of lines and places. */
static size_t make_orders(struct demo_canteen *c, int32_t day, bool dinner, struct demo_order *orders)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_diners; i++) {
		const struct demo_diner *diner = &c->diners[i];
		const char *source;

		if (!eats_on(c, diner, day, dinner, &source))
			continue;
		orders[n++] = (struct demo_order){
			.diner = diner, .way = dinner && diner->way == DEMO_DELIVERY ? DEMO_PICKUP : diner->way, .meal = dinner ? "dinner" : "lunch", .source = source,
			.why = why_cancelled(c, day), .portions = dinner ? 1 : diner->portions, .route = -1, .id = meal_order_id(diner->id, day, dinner ? "dinner" : "lunch"),
		};
	}
	return n;
}

static enum rc insert_order(struct demo_canteen *c, const struct demo_order *o, int32_t day, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"INSERT INTO meal_order (id, diner_id, day, meal, portions, size, way, source, state, why, account_id, at, outcome, outcome_at, condition,"
		" outcome_volunteer_id, outcome_by) VALUES (:id, :diner, :day, :meal, :portions, :size, :way, :source, :state, :why, :account, :at, :outcome,"
		" :outcome_at, :condition, :volunteer, :by)");
	bool planned = strcmp(o->source, "plan") == 0;
	int32_t made = planned ? day - DEMO_AHEAD_DAYS : day;

	bind_int(&q, ":id", o->id);
	bind_int(&q, ":diner", o->diner->id);
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", o->meal);
	bind_int(&q, ":portions", o->portions);
	bind_text(&q, ":size", o->diner->size);
	bind_text(&q, ":way", way_keys[o->way]);
	bind_text(&q, ":source", o->source);
	bind_text(&q, ":state", o->why ? "cancelled" : "ordered");
	bind_text(&q, ":why", o->why);
	bind_int(&q, ":account", c->account_id);
	bind_int(&q, ":at", instant_of_day(made, 8 * 60));
	bind_text(&q, ":outcome", o->outcome);
	bind_id(&q, ":outcome_at", o->outcome_at);
	bind_text(&q, ":condition", o->condition);
	bind_id(&q, ":volunteer", o->outcome && o->carrier ? o->carrier->volunteer_id : 0);
	bind_id(&q, ":by", o->outcome ? c->account_id : 0);
	return stmt_run(&q, e);
}

static enum rc insert_close(struct demo_canteen *c, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st, "INSERT INTO meal_close (id, day, meal, closed_at, account_id) VALUES (:id, :day, :meal, :at, :account)");

	bind_int(&q, ":id", meal_close_id(day, meal));
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", meal);
	bind_int(&q, ":at", instant_of_day(day, meal_leave_min(c->d->of, meal) + c->d->of->settings->report_minutes));
	bind_int(&q, ":account", c->account_id);
	return stmt_run(&q, e);
}

/* Outcomes of a meal that is past, and what they ask for. */
static enum rc write_orders(struct demo_canteen *c, int32_t day, struct demo_order *orders, size_t n, size_t unreported, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct demo_order *o = &orders[i];

		if (day < c->today && o->why == NULL && i >= unreported)
			demo_choose_outcome(c, day, meal_leave_min(c->d->of, o->meal), o);
		if ((rc = insert_order(c, o, day, e)) == RC_OK)
			rc = demo_insert_check(c, o, e);
	}
	return rc;
}

/* Yesterday's dinner still waits for the last outcomes. */
static enum rc make_meal(struct demo_canteen *c, int32_t day, bool dinner, struct demo_order *orders, struct err *e)
{
	size_t n = make_orders(c, day, dinner, orders);
	bool waits = dinner && day == c->today - 1;
	struct demo_routes routes;
	enum rc rc = RC_OK;

	if (!dinner && day <= c->today) {
		demo_route_orders(c, day, orders, n, &routes);
		rc = demo_insert_routes(c, &routes, orders, n, e);
	}
	if (rc == RC_OK)
		rc = write_orders(c, day, orders, n, waits ? UNREPORTED : 0, e);
	return rc == RC_OK && day < c->today && !waits ? insert_close(c, day, dinner ? "dinner" : "lunch", e) : rc;
}

static enum rc make_days(struct demo_canteen *c, int32_t from, int32_t until, struct demo_order *orders, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, c->d->of->st, "demo.canteen", e);

	for (int32_t day = from; rc == RC_OK && day < until; day++) {
		rc = make_meal(c, day, false, orders, e);
		if (rc == RC_OK)
			rc = make_meal(c, day, true, orders, e);
	}
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}

/* By line and place; those on none come last, as they were. */
static int by_line(const void *left, const void *right)
{
	const struct demo_diner *a = left, *b = right;

	if (a->line != b->line)
		return a->line == 0 ? 1 : b->line == 0 ? -1 : a->line - b->line;
	if (a->line_position != b->line_position)
		return a->line_position - b->line_position;
	return a->id < b->id ? -1 : a->id > b->id;
}

static enum rc make_history(struct demo_canteen *c, struct err *e)
{
	struct demo_order *orders = arena_alloc(&c->arena, c->n_diners * sizeof *orders + 1);
	int32_t end = c->today + DEMO_AHEAD_DAYS + 1;
	enum rc rc = RC_OK;

	qsort(c->diners, c->n_diners, sizeof *c->diners, by_line);
	for (int32_t day = c->from_day; rc == RC_OK && day < end; day += DAYS_IN_A_TXN) {
		rc = make_days(c, day, day + DAYS_IN_A_TXN < end ? day + DAYS_IN_A_TXN : end, orders, e);
		demo_tell(c->d, "老年食堂", (size_t)(day - c->from_day), (size_t)(end - c->from_day));
	}
	return rc;
}

enum rc demo_make_canteen(struct demo *d, size_t diners, int lines, int days, struct err *e)
{
	struct demo_canteen c = { .d = d, .today = day_of_instant(d->now), .lines = lines, .account_id = d->accounts[ROLE_CANTEEN] };
	enum rc rc = demo_read_carriers(&c, e);

	c.from_day = days > 0 ? c.today - days : c.n_carriers > 0 ? c.carriers[0].day : c.today;
	if (rc == RC_OK && (rc = demo_make_diners(&c, diners, e)) == RC_OK && (rc = demo_make_menus(&c, e)) == RC_OK)
		rc = make_history(&c, e);
	if (rc == RC_OK)
		rc = demo_settle_months(d, c.today, e);
	arena_clear(&c.arena);
	return rc;
}
