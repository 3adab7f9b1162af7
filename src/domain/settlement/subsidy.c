/* Which subsidy rule holds for whom on a day, and what a meal then costs whom. */
#include "domain/subsidy.h"

#include <assert.h>
#include <string.h>

#include "base/day.h"
#include "subsidy_rules.h"

static const struct subsidy_rule *find_of_class(const struct subsidies *s, int32_t day, int age, const char *subsidy_class)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct subsidy_rule *r = &s->rules[i];
		bool fits = age < 0 ? r->age_from == 0 && r->age_to == SUBSIDY_AGE_MAX : r->age_from <= age && age <= r->age_to;

		if (fits && r->from_day <= day && (r->to_day == DAY_NONE || day <= r->to_day) && strcmp(r->subsidy_class, subsidy_class) == 0)
			return r;
	}
	return NULL;
}

const struct subsidy_rule *subsidy_find(const struct subsidies *s, int32_t day, int age, const char *subsidy_class)
{
	const struct subsidy_rule *found = NULL;

	if (subsidy_class && *subsidy_class)
		found = find_of_class(s, day, age, subsidy_class);
	return found ? found : find_of_class(s, day, age, SUBSIDY_BY_AGE);
}

/* Rounded down, never more than there is. */
static int64_t share_of(const struct share *share, int64_t fen)
{
	int64_t part = share->percent ? fen * share->value / 100 : share->value;

	return part < fen ? part : fen;
}

struct meal_charge subsidy_price(const struct subsidy_rule *rule, int64_t price_fen, int portions, bool brought, int used, int *paid)
{
	struct meal_charge c = { .meals = portions, .price_fen = price_fen * portions };
	int within = 0;

	assert(price_fen >= 0 && price_fen <= SUBSIDY_FEN_MAX && portions >= 0 && portions <= SUBSIDY_PORTIONS_MAX && used >= 0);
	if (rule) {
		int64_t subsidy = share_of(&rule->amount, price_fen);
		int left = rule->cap == 0 ? portions : used < rule->cap ? rule->cap - used : 0;

		within = portions < left ? portions : left;
		c.subsidy_fen = subsidy * within;
		c.charity_fen = share_of(&rule->charity, price_fen - subsidy) * within;
		c.fee_fen = brought && portions > 0 ? rule->fee_fen : 0;
	}
	c.own_fen = c.price_fen + c.fee_fen - c.subsidy_fen - c.charity_fen;
	if (paid)
		*paid = within;
	return c;
}
