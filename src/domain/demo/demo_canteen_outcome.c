/* What happened at the demo's doors. */
#include "demo_canteen.h"

#include <string.h>

#include "base/day.h"

struct likely {
	const char *outcome;
	int weight;
};

static const struct likely at_the_door[] = {
	{ "s1", 9050 }, { "s2", 310 }, { "s3", 340 }, { "s4", 35 }, { "f1", 40 }, { "f2", 25 }, { "f3", 8 }, { "f4", 140 }, { "f6", 12 }, { "f7", 14 }, { "f9", 8 },
	{ "f0", 8 },
};
static const struct likely left_at_the_door[] = { { "s1", 7500 }, { "s2", 150 }, { "s3", 2000 }, { "s4", 80 }, { "f1", 20 }, { "f4", 120 }, { "f6", 10 } };
static const struct likely at_the_counter[] = { { "s5", 9800 }, { "f4", 150 }, { "f0", 50 } };

static const char *by_chance(struct demo_random *r, const struct likely *list, size_t n)
{
	int weights[16];

	for (size_t i = 0; i < n; i++)
		weights[i] = list[i].weight;
	return list[demo_weighted(r, weights, n)].outcome;
}

/* Went to hospital in the night: the pause is written down afterwards. */
static bool goes_to_hospital(const struct demo_diner *diner, int32_t day)
{
	for (int i = 0; i < diner->n_pauses; i++)
		if (diner->pauses[i].hospital && diner->pauses[i].from_day == day + 1)
			return true;
	return false;
}

void demo_choose_outcome(struct demo_canteen *c, int32_t day, int leave_min, struct demo_order *o)
{
	struct demo_random *r = &c->d->random;
	bool brought = o->way == DEMO_DELIVERY;

	if (goes_to_hospital(o->diner, day))
		o->outcome = "f5";
	else if (brought && o->route < 0)
		o->outcome = "f8";
	else if (!brought)
		o->outcome = by_chance(r, at_the_counter, COUNT(at_the_counter));
	else if (o->diner->may_leave)
		o->outcome = by_chance(r, left_at_the_door, COUNT(left_at_the_door));
	else
		o->outcome = by_chance(r, at_the_door, COUNT(at_the_door));
	if (strcmp(o->outcome, "f6") == 0)
		o->condition = "poor";
	else if (o->outcome[0] == 's' && brought && demo_chance(r, 250))
		o->condition = demo_chance(r, 100) ? "fair" : "well";
	o->outcome_at = instant_of_day(day, brought && o->route >= 0 ? o->arrive_min + demo_between(r, 0, 5) : leave_min + demo_between(r, 15, 75));
}
