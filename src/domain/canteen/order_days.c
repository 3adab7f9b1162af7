/* The days and meals in which orders follow their plans, and what the clock and the closing say about each. */
#include "order_rules.h"

#include "base/day.h"
#include "domain/meal_day.h"
#include "store/stmt.h"

static enum rc is_closed(struct office *of, int32_t day, const char *meal, bool *closed, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM meal_close WHERE day = :day AND meal = :meal AND deleted_at IS NULL");

	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", meal);
	return stmt_step(&q, closed, e);
}

enum rc order_days_load(struct office *of, int32_t from_day, int days, int make_days, struct arena *a, struct order_days *out, struct err *e)
{
	const struct code_list *codes = form_codes(of->forms, "meal");
	struct order_meal *meals = arena_alloc(a, (size_t)days * codes->n * sizeof *meals);

	for (size_t i = 0; i < (size_t)days * codes->n; i++) {
		int32_t day = from_day + (int32_t)(i / codes->n);
		struct order_meal *m = &meals[i];
		enum rc rc;

		m->meal = codes->codes[i % codes->n].code;
		m->late = meal_cutoff_passed(of, day, m->meal);
		m->left = meal_leave_min(of, m->meal) >= 0 && office_now(of) >= instant_of_day(day, meal_leave_min(of, m->meal));
		if ((rc = is_closed(of, day, m->meal, &m->closed, e)) != RC_OK)
			return rc;
	}
	*out = (struct order_days){
		.from_day = from_day, .to_day = from_day + days - 1, .make_to_day = from_day + make_days - 1, .meals = meals, .n_meals = codes->n,
	};
	return RC_OK;
}
