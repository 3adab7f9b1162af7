/* When the demo's diners eat: plans, pauses, and who does not go there. */
#include "demo_canteen.h"

#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

#define WORKDAYS 0x3eU             /* bits of weekdays, Monday is 1 */
#define EVERY_DAY 0xfeU

static const struct {
	unsigned days;
	int brought, comes;            /* weights: whose meals are brought, who comes */
} lunches[] = {
	{ EVERY_DAY, 400, 100 }, { WORKDAYS, 190, 130 }, { 0x2aU, 60, 40 }, { 0x14U, 40, 40 }, { 0xc0U, 20, 20 }, { 0, 290, 670 },
};

static bool add_pause(struct demo_canteen *c, struct demo_diner *diner, int32_t from, int min_days, int max_days)
{
	int32_t to = from + demo_between(&c->d->random, min_days, max_days) - 1;
	bool eats = from > diner->from_day + 10 && (diner->to_day == DAY_NONE || to < diner->to_day);

	for (int i = 0; i < diner->n_pauses; i++)
		if (from <= diner->pauses[i].to_day + 1 && to + 1 >= diner->pauses[i].from_day)
			eats = false;
	if (eats && diner->n_pauses < DEMO_PAUSES_MAX)
		diner->pauses[diner->n_pauses++] = (struct demo_pause){ from, to, demo_chance(&c->d->random, 450) };
	return eats;
}

void demo_choose_plan(struct demo_canteen *c, struct demo_diner *diner)
{
	struct demo_random *r = &c->d->random;
	int weights[COUNT(lunches)];
	bool active = strcmp(diner->status, "active") == 0;

	for (size_t i = 0; i < COUNT(lunches); i++)
		weights[i] = diner->way == DEMO_DELIVERY ? lunches[i].brought : lunches[i].comes;
	diner->lunch = lunches[demo_weighted(r, weights, COUNT(weights))].days;
	diner->portions = demo_chance(r, 40) ? 2 : 1;
	if (diner->lunch == 0)
		return;
	c->n_planned++;
	if (c->n_planned % 6 == 2)
		diner->dinner = diner->lunch;
	if (demo_chance(r, 500))
		add_pause(c, diner, c->today - demo_between(r, 40, 330), 4, 14);
	if (active && c->n_planned % 20 == 4)
		add_pause(c, diner, c->today - demo_between(r, 0, 6), 8, 20);
	if (active && c->n_planned % 20 == 9)
		add_pause(c, diner, c->today + demo_between(r, 1, 12), 2, 10);
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

static const char *weekdays_of(unsigned days, char out[16])
{
	size_t n = 0;

	for (int i = 1; i <= 7; i++) {
		if (!(days & 1U << i))
			continue;
		if (n)
			out[n++] = ' ';
		out[n++] = (char)('0' + i);
	}
	out[n] = '\0';
	return out;
}

/* Who stopped has plans that ended; a paused diner's go on when the pause is over. */
static int32_t last_day(const struct demo_diner *diner)
{
	bool kept = strcmp(diner->status, "active") == 0 || strcmp(diner->status, "paused") == 0 || strcmp(diner->status, "applied") == 0;

	return kept ? DAY_NONE : diner->to_day;
}

/* Dinner is not brought: nobody stands on a shift for it. */
static enum rc insert_plan(struct demo_canteen *c, const struct demo_diner *diner, const char *meal, unsigned days, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"INSERT INTO meal_plan (id, diner_id, weekdays, meal, portions, size, way, from_day, to_day)"
		" VALUES (:id, :diner, :weekdays, :meal, :portions, :size, :way, :from, :to)");
	char weekdays[16];
	bool dinner = strcmp(meal, "dinner") == 0;

	bind_int(&q, ":diner", diner->id);
	bind_text(&q, ":weekdays", weekdays_of(days, weekdays));
	bind_text(&q, ":meal", meal);
	bind_int(&q, ":portions", dinner ? 1 : diner->portions);
	bind_text(&q, ":size", diner->size);
	bind_text(&q, ":way", dinner && diner->way == DEMO_DELIVERY ? "pickup" : NULL);
	bind_day(&q, ":from", diner->from_day);
	bind_day(&q, ":to", last_day(diner));
	return stmt_insert(&q, NULL, e);
}

static enum rc insert_pause(struct demo_canteen *c, const struct demo_diner *diner, const struct demo_pause *p, struct err *e)
{
	static const char *const reasons[] = { "away", "away", "family", "other" };
	static const char *const whys[] = { "去女儿家", "回老家探亲", "儿子回来住几天", NULL };
	AUTO_STMT q = stmt_use(c->d->of->st,
		"INSERT INTO meal_pause (id, diner_id, from_day, to_day, reason, why, account_id, at) VALUES (:id, :diner, :from, :to, :reason, :why, :account, :at)");
	size_t i = demo_below(&c->d->random, (uint32_t)COUNT(reasons));
	int32_t told = p->hospital || p->from_day > c->today ? p->from_day : p->from_day - 2;

	bind_int(&q, ":diner", diner->id);
	bind_day(&q, ":from", p->from_day);
	bind_day(&q, ":to", p->to_day);
	bind_text(&q, ":reason", p->hospital ? "hospital" : reasons[i]);
	bind_text(&q, ":why", p->hospital ? NULL : whys[i]);
	bind_int(&q, ":account", c->d->accounts[ROLE_CANTEEN]);
	bind_int(&q, ":at", instant_of_day(told < c->today ? told : c->today - 1, 510));
	return stmt_insert(&q, NULL, e);
}

enum rc demo_insert_plans(struct demo_canteen *c, const struct demo_diner *diner, struct err *e)
{
	enum rc rc = diner->lunch ? insert_plan(c, diner, "lunch", diner->lunch, e) : RC_OK;

	if (rc == RC_OK && diner->dinner)
		rc = insert_plan(c, diner, "dinner", diner->dinner, e);
	for (int i = 0; rc == RC_OK && i < diner->n_pauses; i++)
		rc = insert_pause(c, diner, &diner->pauses[i], e);
	return rc;
}

enum rc demo_insert_block(struct demo_canteen *c, const struct demo_diner *diner, struct err *e)
{
	static const char *const whys[] = { "老人要求换一位", "有过误会，双方都不愿再见", "方言不通，老人听不懂", "老人怕生，只认熟人" };
	AUTO_STMT q = stmt_use(c->d->of->st, "INSERT INTO diner_block (id, diner_id, volunteer_id, why) VALUES (:id, :diner, :volunteer, :why)");

	bind_int(&q, ":diner", diner->id);
	bind_int(&q, ":volunteer", diner->block_id);
	bind_text(&q, ":why", DEMO_PICK(&c->d->random, whys));
	return stmt_insert(&q, NULL, e);
}
