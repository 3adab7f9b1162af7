/* The meal that a screen of the canteen is about. */
#include "ui/screens/meal_at.h"

#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/meal_day.h"

struct meal_at meal_at_of(const struct app *app, const struct screen_args *args)
{
	const struct code *code = code_find(form_codes(app->of->forms, "meal"), args->text ? args->text : meal_of_now(app->of));

	return (struct meal_at){ args->id ? (int32_t)args->id : app->today, code ? code->code : "lunch" };
}

struct screen_args meal_at_args(struct meal_at at)
{
	return (struct screen_args){ .id = at.day, .text = at.meal };
}

static int32_t ask_day(struct app *app, int32_t day)
{
	AUTO_FREE char *typed = app_prompt(app, "看哪一天（如 昨天、明天、1124、-3）", "", false);
	struct err e = { 0 };
	int32_t to;

	if (typed == NULL)
		return day;
	if (day_parse(typed, app->today, &to, &e) == RC_OK)
		return to;
	app_fail(app, &e);
	return day;
}

static const char *other_meal(const struct app *app, const char *meal)
{
	const struct code_list *meals = form_codes(app->of->forms, "meal");
	size_t at = 0;

	while (at < meals->n && strcmp(meals->codes[at].code, meal) != 0)
		at++;
	return meals->codes[(at + 1) % meals->n].code;
}

bool meal_at_key(struct app *app, struct meal_at at, enum action action, struct meal_at *to)
{
	*to = at;
	switch (action) {
	case ACT_DAY_BEFORE:
		to->day--;
		return true;
	case ACT_DAY_AFTER:
		to->day++;
		return true;
	case ACT_GO_DAY:
		to->day = ask_day(app, at.day);
		return true;
	case ACT_OTHER_MEAL:
		to->meal = other_meal(app, at.meal);
		return true;
	default:
		return false;
	}
}

void meal_at_words(const struct app *app, struct meal_at at, struct strbuf *out)
{
	const char weekday[] = { (char)('0' + day_weekday(at.day)), '\0' };

	day_format(out, at.day);
	strbuf_format(out, " %s%s %s", office_code_label(app->of, "weekday", weekday), at.day == app->today ? "（今天）" : "",
	              office_code_label(app->of, "meal", at.meal));
}
