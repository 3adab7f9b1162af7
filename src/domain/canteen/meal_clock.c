/* When a meal leaves, until when it is ordered, when its outcomes are due, and whether it is closed. */
#include "domain/meal_day.h"

#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

enum { HOUR = 60 };

static const char *const meals[] = { "breakfast", "lunch", "dinner" };

/* 1045 → 10:45 */
static int minutes_of(int clock)
{
	int minutes = clock % 100;

	return clock / 100 * HOUR + (minutes < HOUR ? minutes : HOUR - 1);
}

int meal_leave_min(const struct office *of, const char *meal)
{
	const struct settings *s = of->settings;
	const int leaves[] = { s->leave_breakfast, s->leave_lunch, s->leave_dinner };

	for (size_t i = 0; i < COUNT(meals); i++)
		if (strcmp(meals[i], meal) == 0)
			return minutes_of(leaves[i]);
	return -1;
}

static bool has_passed(const struct office *of, int32_t day, const char *meal, int minutes_after)
{
	int leave = meal_leave_min(of, meal);

	return leave >= 0 && office_now(of) >= instant_of_day(day, leave + minutes_after);
}

bool meal_cutoff_passed(const struct office *of, int32_t day, const char *meal)
{
	return has_passed(of, day, meal, -of->settings->cutoff_minutes);
}

bool meal_report_is_due(const struct office *of, int32_t day, const char *meal)
{
	return has_passed(of, day, meal, of->settings->report_minutes);
}

static bool is_cooked(const struct office *of, const char *meal)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM meal_plan WHERE meal = :meal AND deleted_at IS NULL LIMIT 1 /*scan*/");
	bool row;
	struct err e = { 0 };

	bind_text(&q, ":meal", meal);
	return stmt_step(&q, &row, &e) == RC_OK && row;
}

const char *meal_of_now(const struct office *of)
{
	const char *last = "lunch";

	for (size_t i = 0; i < COUNT(meals); i++) {
		if (!is_cooked(of, meals[i]))
			continue;
		if (!meal_report_is_due(of, office_today(of), meals[i]))
			return meals[i];
		last = meals[i];
	}
	return last;
}

enum rc meal_require_open(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM meal_close WHERE day = :day AND meal = :meal AND deleted_at IS NULL");
	bool closed;
	enum rc rc;

	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", meal);
	if ((rc = stmt_step(&q, &closed, e)) != RC_OK || !closed)
		return rc;
	return err_set(e, RC_INVALID, "day", "这一餐已经关账，不能再改；确实要改请书记重新开账");
}
